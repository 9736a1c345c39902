//! Pages: what stands together, what splits, what repeats.

use super::*;
use crate::word::document::{NumberFormat, Page, RowHeight, SectionStart};

fn numbered(count: usize) -> Vec<Block> {
    (1..=count).map(|number| Block::Paragraph(paragraph(&format!("Dòng {number}")))).collect()
}

/// Single lines of 14 points that fill the body of a page.
const LINES: usize = 45;

#[test]
fn a_page_holds_as_many_lines_as_in_libreoffice() {
    let sheets = lay_out(&document(numbered(100)));
    let counts: Vec<usize> = sheets.sheets.iter().map(|sheet| texts(sheet).len()).collect();
    assert_eq!(counts, [LINES, LINES, 10]);
}

#[test]
fn neither_widow_nor_orphan() {
    for before in LINES - 8..=LINES {
        let mut blocks = numbered(before);
        blocks.push(Block::Paragraph(justified(&SENTENCE.repeat(3))));
        let sheets = lay_out(&document(blocks));
        let on_first = texts(&sheets.sheets[0]).len() - before;
        let on_second = sheets.sheets.get(1).map_or(0, |sheet| texts(sheet).len());
        assert!(on_first != 1 && on_second != 1, "{before}: {on_first} + {on_second}");
    }
}

#[test]
fn a_heading_goes_with_its_text() {
    for before in LINES - 4..=LINES {
        let mut blocks = numbered(before);
        blocks.push(Block::Paragraph(heading(1, "I. KẾT QUẢ")));
        blocks.push(Block::Paragraph(heading(2, "1. Tuyên truyền")));
        blocks.push(Block::Paragraph(justified(&SENTENCE.repeat(3))));
        let sheets = lay_out(&document(blocks));
        for sheet in &sheets.sheets {
            let last = texts(sheet).pop().unwrap();
            assert!(!last.starts_with("I.") && !last.starts_with("1."), "{before}: {last}");
        }
    }
}

#[test]
fn a_chain_longer_than_a_page_is_no_chain() {
    let mut blocks = numbered(120);
    for block in &mut blocks {
        if let Block::Paragraph(paragraph) = block {
            paragraph.style.keep_next = true;
        }
    }
    assert_eq!(lay_out(&document(blocks)).sheets.len(), 3);
}

#[test]
fn the_heading_of_a_table_is_repeated_and_read_once() {
    let mut rows = vec![Row { header: true, ..row(&["TT", "Đơn vị"]) }];
    rows.extend((1..=100).map(|number| row(&[&number.to_string(), "Công đoàn"])));
    let sheets = lay_out(&document(vec![table(&[1000, 6000], rows)]));
    assert!(sheets.sheets.len() >= 3);
    let own = |sheet: &Sheet| texts(sheet).iter().filter(|line| line.starts_with("TT")).count();
    assert_eq!(sheets.sheets.iter().map(own).collect::<Vec<_>>(), [1, 0, 0]);
    for sheet in &sheets.sheets[1..] {
        let first = sheet.items.iter().find_map(|placed| match &placed.item {
            Item::Text(text) => {
                Some((text.glyphs.iter().map(|glyph| glyph.character).collect::<String>(), placed.owner))
            }
            _ => None,
        });
        let (text, owner) = first.unwrap();
        assert_eq!(text, "TT");
        assert!(matches!(owner, Owner::Artifact(_)));
    }
    let all: usize = sheets.sheets.iter().map(|sheet| texts(sheet).len()).sum();
    assert_eq!(all, 101);
}

#[test]
fn a_row_taller_than_a_page_splits_and_loses_nothing() {
    let long = Cell { blocks: numbered(130), ..cell("") };
    let rows = vec![Row { cells: vec![cell("Đánh giá"), long], header: false, can_split: false, height: None }];
    let sheets = lay_out(&document(vec![table(&[2000, 6000], rows)]));
    assert_eq!(sheets.sheets.len(), 3);
    let shown: Vec<String> = sheets.sheets.iter().flat_map(texts).collect();
    assert_eq!(shown.len(), 130);
    for sheet in &sheets.sheets {
        assert!(lines(sheet).iter().all(|(baseline, _)| *baseline < (16838.0 - 1134.0) / 20.0));
    }
}

#[test]
fn a_row_that_must_not_split_goes_on_the_next_page() {
    let mut blocks = numbered(LINES - 3);
    let tall = Cell { blocks: numbered(6), ..cell("") };
    blocks.push(table(&[6000], vec![Row { cells: vec![tall], header: false, can_split: false, height: None }]));
    let sheets = lay_out(&document(blocks));
    assert_eq!(sheets.sheets.iter().map(|sheet| texts(sheet).len()).collect::<Vec<_>>(), [LINES - 3, 6]);
}

#[test]
fn a_merged_cell_over_a_page_end_shows_all_it_holds() {
    let start = Cell { merge: VerticalMerge::Start, blocks: numbered(60), ..cell("") };
    let mut rows = vec![Row { cells: vec![start, cell("1")], header: false, can_split: false, height: None }];
    for number in 2..=40 {
        let rest = Cell { merge: VerticalMerge::Continue, ..cell("") };
        rows.push(Row { cells: vec![rest, cell(&number.to_string())], header: false, can_split: false, height: None });
    }
    let sheets = lay_out(&document(vec![table(&[4000, 4000], rows)]));
    let mut shown: Vec<String> = Vec::new();
    for placed in sheets.sheets.iter().flat_map(|sheet| &sheet.items) {
        if let Item::Text(text) = &placed.item {
            shown.push(text.glyphs.iter().map(|glyph| glyph.character).collect());
        }
    }
    for number in 1..=60 {
        let wanted = format!("Dòng {number}");
        assert_eq!(shown.iter().filter(|text| **text == wanted).count(), 1, "{wanted}");
    }
    assert_eq!(sheets.sheets.len(), 2);
}

#[test]
fn signatures_keep_two_lines_of_text_with_them() {
    let mut last = justified(&SENTENCE.repeat(3));
    last.style.keep_next = true;
    last.style.keep_lines = true;
    let mut blocks = numbered(LINES - 5);
    blocks.push(Block::Paragraph(last));
    let signer = |text: &str| Row { height: Some(RowHeight::AtLeast(2400)), can_split: false, ..row(&[text, text]) };
    blocks.push(table(&[4000, 4000], vec![signer("CHỦ TỊCH")]));
    let sheets = lay_out(&document(blocks));
    let second = texts(&sheets.sheets[1]);
    assert!(second.len() > 3 && second.last().unwrap().contains("CHỦ TỊCH"), "{second:?}");
}

#[test]
fn signatures_for_more_than_a_page_begin_under_their_text() {
    let mut last = justified(&SENTENCE.repeat(3));
    last.style.keep_next = true;
    let mut blocks = numbered(20);
    blocks.push(Block::Paragraph(last));
    let rows = (1..=6).map(|number| {
        let mut row =
            Row { height: Some(RowHeight::AtLeast(2600)), can_split: false, ..row(&[&format!("Bên {number}")]) };
        if let Block::Paragraph(paragraph) = &mut row.cells[0].blocks[0] {
            paragraph.style.keep_next = number < 6;
        }
        row
    });
    blocks.push(table(&[8000], rows.collect()));
    let sheets = lay_out(&document(blocks));
    let first = texts(&sheets.sheets[0]);
    assert!(first.iter().any(|line| line == "Bên 2") && !first.iter().any(|line| line == "Bên 3"), "{first:?}");
    assert_eq!(texts(&sheets.sheets[1]), ["Bên 3", "Bên 4", "Bên 5", "Bên 6"]);
}

#[test]
fn page_numbers_start_again_and_know_how_many_there_are() {
    let field = |field| Inline::Field(field, RunStyle::default());
    let shown = Paragraph {
        inlines: vec![
            field(Field::PageNumber),
            run(" trên "),
            field(Field::SectionPageCount),
            run(" của "),
            field(Field::PageCount),
        ],
        ..Paragraph::default()
    };
    let mut paper = document(numbered(60));
    let annex = Section { first_number: Some(1), number_format: NumberFormat::UpperRoman, ..section(numbered(50)) };
    paper.sections.push(annex);
    for section in &mut paper.sections {
        section.headers.default = vec![Block::Paragraph(shown.clone())];
    }
    let sheets = lay_out(&paper);
    let header = |sheet: &Sheet| {
        let artifact = sheet.items.iter().filter(|placed| matches!(placed.owner, Owner::Artifact(_)));
        let texts = artifact.filter_map(|placed| match &placed.item {
            Item::Text(text) => Some(text.glyphs.iter().map(|glyph| glyph.character).collect::<String>()),
            _ => None,
        });
        texts.collect::<String>()
    };
    let headers: Vec<String> = sheets.sheets.iter().map(header).collect();
    assert_eq!(headers, ["1 trên 2 của 4", "2 trên 2 của 4", "I trên 2 của 4", "II trên 2 của 4"]);
}

#[test]
fn a_table_of_contents_gets_the_right_page() {
    let mut entry = paragraph("II. Phương hướng");
    entry.inlines.push(Inline::Field(Field::PageOf("_Toc2".into(), "0".into()), RunStyle::default()));
    let mut blocks = vec![Block::Paragraph(entry)];
    blocks.extend(numbered(60));
    let mut target = paragraph("II. Phương hướng");
    target.inlines.insert(0, Inline::Bookmark("_Toc2".into()));
    blocks.push(Block::Paragraph(target));
    let sheets = lay_out(&document(blocks));
    assert_eq!(texts(&sheets.sheets[0])[0], "II. Phương hướng2");
}

#[test]
fn an_annex_lies_on_its_side_and_columns_stand_side_by_side() {
    let mut paper = document(numbered(3));
    let page = Page { width: 16838, height: 11906, ..Page::default() };
    paper.sections.push(Section { page, ..section(numbered(3)) });
    let columns =
        Section { page, columns: 2, column_gap: 720, start: SectionStart::Continuous, ..section(numbered(40)) };
    paper.sections.push(columns);
    let sheets = lay_out(&paper);
    assert_eq!(sheets.sheets.len(), 2);
    assert!(sheets.sheets[0].width < sheets.sheets[0].height && sheets.sheets[1].width > sheets.sheets[1].height);
    assert!(texts(&sheets.sheets[1]).iter().any(|line| line.contains("Dòng 1Dòng ")), "{:?}", texts(&sheets.sheets[1]));
}

#[test]
fn a_page_break_leaves_no_empty_line_and_footnotes_stand_at_the_foot() {
    let mut broken = paragraph("Hết phần một");
    broken.inlines.push(Inline::PageBreak);
    let mut noted = paragraph("Phần hai");
    noted.inlines.push(Inline::FootnoteReference(3, RunStyle::default()));
    let mut paper = document(vec![Block::Paragraph(broken), Block::Paragraph(noted)]);
    paper.footnotes.insert(3, vec![Block::Paragraph(paragraph("Nguồn số liệu"))]);
    let sheets = lay_out(&paper);
    assert_eq!(texts(&sheets.sheets[0]), ["Hết phần một"]);
    let second = lines(&sheets.sheets[1]);
    assert!((second[1].0 - 69.8).abs() < 0.2 && second[1].1 == "Phần hai", "{second:?}");
    let (foot, text) = second.last().unwrap();
    assert!(*foot > 770.0 && text.contains("Nguồn số liệu"), "{second:?}");
}

#[test]
fn a_document_without_anything_is_an_empty_page() {
    assert_eq!(lay_out(&Document::default()).sheets.len(), 1);
    assert_eq!(write(&Document::default()).get_pages().len(), 1);
}

/// Numbered lines of a note, each on a line of its own.
fn note_of(lines: usize) -> Vec<Block> {
    (1..=lines).map(|number| Block::Paragraph(paragraph(&format!("Ghi chú {number}")))).collect()
}

fn noted(before: usize, note: usize, after: usize) -> Document {
    let mut blocks = numbered(before);
    let mut line = paragraph("Số liệu");
    line.inlines.push(Inline::FootnoteReference(3, RunStyle::default()));
    blocks.push(Block::Paragraph(line));
    blocks.extend(numbered(after));
    let mut paper = document(blocks);
    paper.footnotes.insert(3, note_of(note));
    paper
}

/// How many lines of the note each page shows; every line once, in order, above the lower margin.
fn shown_notes(paper: &Document, note: usize) -> Vec<usize> {
    let sheets = lay_out(paper);
    let mut pages = Vec::new();
    let mut seen = Vec::new();
    for sheet in &sheets.sheets {
        let own = lines(sheet).into_iter().filter(|(_, text)| text.contains("Ghi chú"));
        let own: Vec<(f64, String)> = own.collect();
        assert!(own.iter().all(|(baseline, _)| *baseline < (16838.0 - 1134.0) / 20.0), "{own:?}");
        pages.push(own.len());
        seen.extend(own.into_iter().filter_map(|(_, text)| text.rsplit(' ').next()?.parse::<usize>().ok()));
    }
    assert_eq!(seen, (1..=note).collect::<Vec<_>>());
    pages
}

#[test]
fn a_note_longer_than_what_is_left_of_the_page_goes_on_at_the_foot_of_the_next() {
    let paper = noted(LINES - 6, 12, 20);
    let pages = shown_notes(&paper, 12);
    assert_eq!(pages.len(), 2);
    assert!((2..=6).contains(&pages[0]), "{pages:?}");
    let first = texts(&lay_out(&paper).sheets[0]);
    assert!(first.iter().any(|line| line.starts_with("Số liệu")), "the reference stays where the note begins");
}

#[test]
fn a_note_longer_than_a_page_goes_on_as_long_as_it_must() {
    let pages = shown_notes(&noted(5, 90, 10), 90);
    assert!(pages.len() >= 3 && pages[0] > 20, "{pages:?}");
    // with nothing left to set the notes have the page for themselves
    let alone = shown_notes(&noted(0, 120, 0), 120);
    assert!(alone[1] > LINES - 3, "{alone:?}");
}

#[test]
fn columns_end_at_one_height_where_text_goes_on_below_them() {
    let mut paper = document(numbered(3));
    let columns =
        |count| Section { columns: 2, column_gap: 720, start: SectionStart::Continuous, ..section(numbered(count)) };
    paper.sections.push(columns(21));
    let below = vec![Block::Paragraph(paragraph("Hết hai cột"))];
    paper.sections.push(Section { start: SectionStart::Continuous, ..section(below) });
    let sheets = lay_out(&paper);
    assert_eq!(sheets.sheets.len(), 1);
    let shown = texts(&sheets.sheets[0]);
    // 21 lines in two columns: eleven and ten
    assert_eq!(shown.len(), 3 + 11 + 1, "{shown:?}");
    assert_eq!((shown[3].as_str(), shown[14].as_str()), ("Dòng 1Dòng 12", "Hết hai cột"));
    // without text below, the first column is filled first
    paper.sections.pop();
    assert!(texts(&lay_out(&paper).sheets[0]).contains(&"Dòng 21".to_string()));
}

#[test]
fn columns_over_two_pages_are_even_on_the_last() {
    let mut paper = document(Vec::new());
    paper.sections = vec![Section { columns: 2, column_gap: 720, ..section(numbered(2 * LINES + 10)) }];
    let below = vec![Block::Paragraph(paragraph("Hết hai cột"))];
    paper.sections.push(Section { start: SectionStart::Continuous, ..section(below) });
    let sheets = lay_out(&paper);
    assert_eq!(sheets.sheets.len(), 2);
    assert_eq!(texts(&sheets.sheets[1]).len(), 5 + 1, "{:?}", texts(&sheets.sheets[1]));
}

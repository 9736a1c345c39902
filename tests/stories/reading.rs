//! A secretary's own Word files, from whatever program they come, read for the PDF: nothing may be lost in silence.
//!
//! The files and their texts are in `tests/word`; `make-samples.py` there says how each was made.

use std::path::PathBuf;

use thidua::finding::Finding;
use thidua::word::document::{
    Alignment, Block, Document, Field, Inline, LineSpacing, Paragraph, Role, SectionStart, Table, VerticalMerge,
};
use thidua::word::{self, Package, compose};

fn sample(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/word").join(name)
}

fn read(name: &str) -> (Document, Vec<Finding>) {
    let bytes = std::fs::read(sample(name)).expect("a sample of this name");
    word::read(&Package::read(&bytes).expect("a package"), name).expect("a readable file")
}

fn paragraphs(blocks: &[Block]) -> Vec<&Paragraph> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => found.push(paragraph),
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                cells.for_each(|cell| found.extend(paragraphs(&cell.blocks)));
            }
        }
    }
    found
}

fn all(document: &Document) -> Vec<&Paragraph> {
    document.sections.iter().flat_map(|section| paragraphs(&section.blocks)).collect()
}

fn text(paragraph: &Paragraph) -> String {
    let piece = |inline: &Inline| match inline {
        Inline::Text(text, _) => text.clone(),
        Inline::Tab(_) => "\t".to_string(),
        Inline::LineBreak(_) => "⏎".to_string(),
        Inline::Field(Field::PageOf(_, cached), _) => cached.clone(),
        _ => String::new(),
    };
    paragraph.inlines.iter().map(piece).collect()
}

fn tables(document: &Document) -> Vec<&Table> {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None }).collect()
}

/// The paragraph that begins with these words.
fn that_says<'a>(document: &'a Document, words: &str) -> &'a Paragraph {
    let found = all(document).into_iter().find(|paragraph| text(paragraph).starts_with(words));
    found.unwrap_or_else(|| panic!("no paragraph says “{words}”"))
}

fn label(paragraph: &Paragraph) -> &str {
    paragraph.label.as_ref().map_or("", |label| label.text.as_str())
}

#[test]
fn every_paragraph_of_a_file_is_read_with_its_words_in_their_order() {
    for name in ["python-docx", "libreoffice", "libreoffice-again", "word"] {
        let expected = std::fs::read_to_string(sample(&format!("{name}.txt"))).expect("its text");
        let (document, _) = read(&format!("{name}.docx"));
        let read: Vec<String> = all(&document).into_iter().map(text).collect();
        assert_eq!(read, expected.lines().collect::<Vec<_>>(), "{name}");
    }
}

#[test]
fn a_file_by_python_docx_keeps_its_look() {
    for name in ["python-docx.docx", "libreoffice-again.docx"] {
        let (document, findings) = read(name);
        assert_eq!(findings, [], "{name}");
        assert_eq!((document.title.as_str(), document.author.as_str()), ("Báo cáo tổng kết", "Cụm thi đua số 5"));
        let heading = that_says(&document, "Chi tiết");
        assert_eq!(heading.role, Role::Heading(2));
        let body = that_says(&document, "Năm 2024");
        assert_eq!((body.style.alignment, body.style.first_line), (Alignment::Justified, 567));
        let bold: Vec<bool> = body
            .inlines
            .iter()
            .filter_map(|inline| if let Inline::Text(_, style) = inline { Some(style.bold) } else { None })
            .collect();
        assert_eq!(bold, [false, true, false]);
        assert_eq!(label(that_says(&document, "Phát triển")), "2.");
        assert_eq!(label(that_says(&document, "Tài chính")), "•");
        let table = tables(&document)[0];
        assert_eq!(table.rows[0].cells[0].span, 2);
        assert_eq!(table.rows[2].cells[2].merge, VerticalMerge::Continue);
        assert!(table.rows[1].cells[1].borders.left.is_some(), "lines come from the style of the table");
        assert_eq!(table.rows[1].cells[0].shading.as_deref(), Some("D3DFEE"));
        let wide = &document.sections[1];
        assert!(wide.page.width > wide.page.height);
        assert_eq!(text(paragraphs(&wide.headers.default)[0]), "Phụ lục");
        let pictures = all(&document).into_iter().flat_map(|own| &own.inlines);
        assert_eq!(pictures.filter(|inline| matches!(inline, Inline::Picture(_))).count(), 1);
    }
}

#[test]
fn a_file_by_libreoffice_keeps_lists_notes_columns_and_frames() {
    let (document, findings) = read("libreoffice.docx");
    let labels =
        ["Những căn cứ", "Việc một", "nhỏ", "nhỏ nữa", "Việc hai"].map(|words| label(that_says(&document, words)));
    assert_eq!(labels, ["I.", "1.", "a)", "b)", "2."]);
    assert_eq!(document.footnotes.len(), 1);
    let note = document.footnotes.values().next().expect("one note");
    assert!(text(paragraphs(note)[0]).contains("Luật số 06/2022/QH15"));
    assert_eq!((document.sections[1].columns, document.sections[1].start), (2, SectionStart::Continuous));
    let header = paragraphs(&document.sections[0].headers.default)[0];
    let fields: Vec<&Field> = header
        .inlines
        .iter()
        .filter_map(|inline| if let Inline::Field(field, _) = inline { Some(field) } else { None })
        .collect();
    assert_eq!(fields, [&Field::PageNumber, &Field::PageCount]);
    assert!(tables(&document)[0].rows[0].header);
    assert_eq!(findings.len(), 1, "the frame: {findings:?}");
    assert_eq!(document.language, "vi-VN", "whatever language LibreOffice itself speaks");
}

#[test]
fn a_file_in_the_manner_of_word_is_read_and_what_is_lost_is_said() {
    let (document, findings) = read("word.docx");
    let said: Vec<(&str, Option<usize>)> = findings.iter().map(|own| (own.code.id, own.place.paragraph)).collect();
    assert_eq!(said, [("VB04", Some(2)), ("VB05", Some(11)), ("VB03", Some(18))], "text box, deletion, chart");
    let labels = ["Phong trào", "Lao động giỏi", "Đánh giá"].map(|words| label(that_says(&document, words)));
    assert_eq!(labels, ["1.", "•", "II."]);
    let heading = that_says(&document, "Phong trào");
    assert_eq!((heading.role, heading.style.keep_next), (Role::Heading(2), true));
    assert!(
        matches!(&heading.inlines[..], [Inline::Bookmark(_), Inline::Text(_, style)] if style.font == "Calibri Light" && style.italic)
    );
    let rule = all(&document)[1];
    assert!(rule.style.borders.bottom.is_some() && rule.style.indent_left == 3000, "the line under the motto");
    let entry = that_says(&document, "I. Kết quả\t");
    assert!(entry.inlines.iter().any(|own| matches!(own, Inline::Field(Field::PageOf(name, _), _) if name == "_Toc1")));
    let cell = that_says(&document, "Công đoàn Hà Nội");
    assert_eq!((cell.style.after, cell.style.line), (0, LineSpacing::Multiple(240)), "as the table style says");
    let section = &document.sections[0];
    assert_eq!((section.watermark.as_deref(), section.first_page_differs), (Some("DỰ THẢO"), true));
    assert_eq!(text(paragraphs(&section.footers.first)[0]), "Lưu: VT");
    assert!(matches!(paragraphs(&section.headers.default)[0].inlines[..], [Inline::Field(Field::PageNumber, _)]));
    assert_eq!(text(paragraphs(&document.footnotes[&1])[0]), " Luật số 06/2022/QH15.");
    assert_eq!(document.default_tab, 567);
}

#[test]
fn every_built_in_template_is_read_without_a_finding() {
    for name in compose::names() {
        let package = compose::template(name).expect("a built-in template");
        let (document, findings) = word::read(&package, name).expect("a readable file");
        assert_eq!(findings, [], "{name}");
        let part = package.part("word/document.xml").expect("a body");
        let root = word::xml::parse(part).expect("well-formed").root;
        let written: String =
            root.descendants().filter(|own| own.name == "w:t").map(word::xml::Element::all_text).collect();
        let read: String = all(&document).into_iter().map(text).collect();
        assert!(!written.is_empty());
        assert_eq!(read.replace(['\t', '⏎'], ""), written, "{name}");
    }
}

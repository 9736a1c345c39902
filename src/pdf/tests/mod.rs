//! Stories of the PDF room: small papers laid out and written, then looked at from outside.
//!
//! Here are the papers and the ways to look at them; the stories stand in the files below.

mod any;
mod conformance;
mod pages;
mod text;

use std::collections::BTreeMap;

use super::page::lay_out;
use super::sheet::{Item, Owner, Sheet, Sheets};
use super::{Options, render};
use crate::word::document::{
    Alignment, Block, Border, BorderLine, Borders, Cell, Document, Field, Inline, Label, Paragraph, ParagraphStyle,
    Role, Row, RunStyle, Section, SignatureField, Table, VerticalAlignment, VerticalMerge,
};

const SENTENCE: &str = "Thực hiện Chương trình phối hợp về thi đua, khen thưởng, các công đoàn ngành đã phát động \
                        phong trào “Lao động giỏi, lao động sáng tạo” trong toàn thể đoàn viên, người lao động. ";

fn run(text: &str) -> Inline {
    Inline::Text(text.into(), RunStyle::default())
}

fn paragraph(text: &str) -> Paragraph {
    Paragraph { inlines: vec![run(text)], ..Paragraph::default() }
}

fn justified(text: &str) -> Paragraph {
    let style = ParagraphStyle { alignment: Alignment::Justified, ..ParagraphStyle::default() };
    Paragraph { style, ..paragraph(text) }
}

fn heading(level: u8, text: &str) -> Paragraph {
    let style = ParagraphStyle { keep_next: true, ..ParagraphStyle::default() };
    Paragraph { role: Role::Heading(level), style, ..paragraph(text) }
}

fn ruled() -> Borders {
    let border = Border { line: BorderLine::Single, width: 4, space: 0, color: "000000".into() };
    let border = Some(border);
    Borders { top: border.clone(), bottom: border.clone(), left: border.clone(), right: border, between: None }
}

fn cell(text: &str) -> Cell {
    Cell {
        span: 1,
        merge: VerticalMerge::None,
        borders: ruled(),
        shading: None,
        vertical_alignment: VerticalAlignment::Top,
        padding: [0, 108, 0, 108],
        blocks: vec![Block::Paragraph(paragraph(text))],
    }
}

fn row(texts: &[&str]) -> Row {
    let cells = texts.iter().map(|text| cell(text)).collect();
    Row { cells, header: false, can_split: true, height: None }
}

fn table(columns: &[i32], rows: Vec<Row>) -> Block {
    Block::Table(Table { columns: columns.to_vec(), rows, ..Table::default() })
}

fn section(blocks: Vec<Block>) -> Section {
    Section { columns: 1, blocks, ..Section::default() }
}

fn document(blocks: Vec<Block>) -> Document {
    Document {
        title: "Báo cáo tổng kết năm 2024".into(),
        author: "Liên đoàn Lao động".into(),
        language: "vi-VN".into(),
        default_tab: 720,
        sections: vec![section(blocks)],
        ..Document::default()
    }
}

/// A paper with one of everything: headings, lists, a long table, a note, fields to sign, page numbers.
fn paper() -> Document {
    let mut blocks = vec![
        Block::Paragraph(heading(1, "BÁO CÁO")),
        Block::Paragraph(heading(3, "I. KẾT QUẢ")),
        Block::Paragraph(justified(&SENTENCE.repeat(4))),
    ];
    for text in ["tuyên truyền", "chăm lo"] {
        let label = Label { text: "-".into(), ..Label::default() };
        let item = Paragraph { role: Role::ListItem(0), label: Some(label), ..paragraph(text) };
        blocks.push(Block::Paragraph(item));
    }
    let mut noted = paragraph("Số liệu đến ngày báo cáo");
    noted.inlines.push(Inline::FootnoteReference(7, RunStyle::default()));
    blocks.push(Block::Paragraph(noted));
    let mut rows = vec![Row { header: true, ..row(&["TT", "Đơn vị", "Điểm"]) }];
    rows.extend((1..=60).map(|number| row(&[&number.to_string(), "Công đoàn ngành Giáo dục", "98,5"])));
    rows.push(row(&["", "", ""]));
    blocks.push(table(&[900, 5000, 2000], rows));
    for name in ["cdgd", "cdyt"] {
        let field = SignatureField { name: name.into(), tooltip: format!("Đại diện {name}"), height: 2000 };
        let style = ParagraphStyle { keep_next: true, ..ParagraphStyle::default() };
        let signature = Paragraph { inlines: vec![Inline::Signature(field)], style, ..Paragraph::default() };
        blocks.extend([signature, paragraph("Nguyễn Văn An")].map(Block::Paragraph));
    }
    let mut document = document(blocks);
    document.footnotes.insert(7, vec![Block::Paragraph(paragraph("Theo phiếu của các đơn vị."))]);
    let number = Inline::Field(Field::PageNumber, RunStyle::default());
    let centred = ParagraphStyle { alignment: Alignment::Center, ..ParagraphStyle::default() };
    let header = Paragraph { inlines: vec![number], style: centred, ..Paragraph::default() };
    document.sections[0].headers.default = vec![Block::Paragraph(header)];
    document.sections[0].first_page_differs = true;
    document.sections[0].watermark = Some("DỰ THẢO".into());
    document
}

/// Lines of a sheet's own text, top to bottom, each with its baseline.
fn lines(sheet: &Sheet) -> Vec<(f64, String)> {
    let mut lines: BTreeMap<i64, Vec<(f64, String)>> = BTreeMap::new();
    for placed in &sheet.items {
        if let (Item::Text(text), Owner::Node(_)) = (&placed.item, placed.owner) {
            let shown: String = text.glyphs.iter().map(|glyph| glyph.character).collect();
            lines.entry((text.baseline * 100.0).round() as i64).or_default().push((text.x, shown));
        }
    }
    let joined = |(baseline, mut parts): (i64, Vec<(f64, String)>)| {
        parts.sort_by(|one, other| one.0.total_cmp(&other.0));
        (baseline as f64 / 100.0, parts.into_iter().map(|(_, shown)| shown).collect())
    };
    lines.into_iter().map(joined).collect()
}

fn texts(sheet: &Sheet) -> Vec<String> {
    lines(sheet).into_iter().map(|(_, text)| text).collect()
}

fn baselines(sheets: &Sheets) -> Vec<f64> {
    lines(&sheets.sheets[0]).into_iter().map(|(baseline, _)| baseline).collect()
}

fn write(document: &Document) -> lopdf::Document {
    let options = Options { seconds: Some(1_733_000_000), creator: "thidua".into() };
    lopdf::Document::load_mem(&render(document, &options)).expect("a PDF file")
}

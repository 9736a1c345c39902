//! Laws for any document: it ends, it does not panic, what it writes can be read.

use proptest::prelude::*;

use super::*;
use crate::word::document::{AfterLabel, LineSpacing, Page, Picture, RowHeight, SectionStart};

fn size() -> impl Strategy<Value = i32> {
    prop_oneof![4 => 0..2_000, 2 => -3_000..12_000, 1 => Just(i32::MIN), 1 => Just(i32::MAX), 1 => Just(0)]
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zàảấđ ]{0,40}", "\\PC{0,12}", Just("ấ".repeat(50)), Just("\t\n\u{A0}\u{2011}☐".to_string())]
}

fn style() -> impl Strategy<Value = ParagraphStyle> {
    let line = prop_oneof![
        size().prop_map(LineSpacing::Multiple),
        size().prop_map(LineSpacing::Exact),
        size().prop_map(LineSpacing::AtLeast)
    ];
    let alignment = prop_oneof![Just(Alignment::Left), Just(Alignment::Right), Just(Alignment::Justified)];
    (alignment, size(), size(), size(), line, size(), any::<[bool; 5]>()).prop_map(
        |(alignment, indent_left, indent_right, first_line, line, after, flags)| ParagraphStyle {
            alignment,
            indent_left,
            indent_right,
            first_line,
            line,
            after,
            before: after,
            keep_next: flags[0],
            keep_lines: flags[1],
            page_break_before: flags[2],
            widow_control: flags[3],
            borders: if flags[4] { ruled() } else { Borders::default() },
            ..ParagraphStyle::default()
        },
    )
}

fn inline() -> impl Strategy<Value = Inline> {
    let style = RunStyle::default;
    prop_oneof![
        6 => words().prop_map(move |text| Inline::Text(text, style())),
        2 => Just(Inline::Tab(style())),
        1 => Just(Inline::LineBreak(style())),
        1 => Just(Inline::PageBreak),
        1 => Just(Inline::ColumnBreak),
        1 => Just(Inline::Field(Field::PageCount, style())),
        1 => Just(Inline::Field(Field::PageNumber, style())),
        1 => (0..3_i64).prop_map(move |id| Inline::FootnoteReference(id, style())),
        1 => size().prop_map(|height| {
            Inline::Signature(SignatureField { name: "ky".into(), tooltip: "Ký".into(), height })
        }),
        1 => (size(), words()).prop_map(|(side, text)| Inline::Picture(Picture {
            width: i64::from(side) * 600,
            height: i64::from(side) * 900,
            data: text.into_bytes().into(),
            alternative_text: String::new(),
            drawing: None,
        })),
    ]
}

fn any_paragraph() -> impl Strategy<Value = Block> {
    let role = prop_oneof![Just(Role::Body), (0..4_u8).prop_map(Role::ListItem), (0..12_u8).prop_map(Role::Heading)];
    (role, style(), proptest::collection::vec(inline(), 0..6), any::<bool>()).prop_map(
        |(role, style, inlines, labelled)| {
            let label = labelled.then(|| Label { text: "1.".into(), after: AfterLabel::Tab, ..Label::default() });
            Block::Paragraph(Paragraph { role, style, label, inlines, ..Paragraph::default() })
        },
    )
}

fn block() -> impl Strategy<Value = Block> {
    any_paragraph().prop_recursive(2, 24, 4, |inner| {
        let merge = prop_oneof![Just(VerticalMerge::None), Just(VerticalMerge::Start), Just(VerticalMerge::Continue)];
        let cell = (0..4_usize, merge, proptest::collection::vec(inner.clone(), 0..3), size())
            .prop_map(|(span, merge, blocks, side)| Cell { span, merge, blocks, padding: [side; 4], ..cell("") });
        let height = prop_oneof![
            3 => Just(None),
            1 => size().prop_map(|height| Some(RowHeight::Exact(height))),
            1 => size().prop_map(|height| Some(RowHeight::AtLeast(height)))
        ];
        let row = (proptest::collection::vec(cell, 0..4), any::<[bool; 2]>(), height)
            .prop_map(|(cells, flags, height)| Row { cells, header: flags[0], can_split: flags[1], height });
        let rows = proptest::collection::vec(row, 0..5);
        let table = (rows, proptest::collection::vec(size(), 0..5), size())
            .prop_map(|(rows, columns, indent)| Block::Table(Table { columns, rows, indent, ..Table::default() }));
        prop_oneof![3 => inner, 2 => table]
    })
}

fn any_document() -> impl Strategy<Value = Document> {
    let page = prop_oneof![
        4 => Just(Page::default()),
        1 => (size(), size(), size(), size()).prop_map(|(width, height, top, left)| Page {
            width,
            height,
            top,
            bottom: left,
            left,
            right: top,
            header: top,
            footer: left
        })
    ];
    let section = (page, proptest::collection::vec(block(), 0..5), block(), any::<[bool; 2]>(), 0..4_u32).prop_map(
        |(page, blocks, margin, flags, columns)| {
            let mut section = Section { page, columns, ..section(blocks) };
            section.headers.default = vec![margin.clone()];
            section.footers.first = vec![margin];
            section.first_page_differs = flags[0];
            section.watermark = flags[0].then(|| "DỰ THẢO".to_string());
            section.start = if flags[1] { SectionStart::Continuous } else { SectionStart::NextPage };
            section
        },
    );
    (proptest::collection::vec(section, 0..3), block()).prop_map(|(sections, note)| Document {
        sections,
        footnotes: BTreeMap::from([(1, vec![note])]),
        ..document(Vec::new())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document_becomes_a_file_with_all_its_pages(document in any_document()) {
        let sheets = lay_out(&document);
        prop_assert!(!sheets.sheets.is_empty());
        let bytes = render(&document, &Options::default());
        let file = lopdf::Document::load_mem(&bytes).expect("a PDF file");
        prop_assert_eq!(file.get_pages().len(), sheets.sheets.len());
    }
}

use thidua::pdf;
use thidua::word::document::*;
fn run(t: &str) -> Inline {
    Inline::Text(t.into(), RunStyle::default())
}
fn p(t: &str) -> Paragraph {
    Paragraph { inlines: vec![run(t)], ..Default::default() }
}
fn main() {
    let mut b = vec![];
    let long = "Thực hiện Chương trình phối hợp số 05/CTPH-LĐLĐ về thi đua, khen thưởng năm 2024, các công đoàn ngành đã phát động phong trào thi đua AVATAR WAVE To Yo. “Lao động giỏi, lao động sáng tạo” gắn với kế hoạch/đề án/hoạt động/chương trình/nghị quyết-chuyên đề/kết luận của Ban Chấp hành. ";
    let mut h = p("BÁO CÁO TỔNG KẾT");
    h.role = Role::Heading(1);
    h.style.alignment = Alignment::Center;
    b.push(Block::Paragraph(h));
    for i in 0..12 {
        let mut q = p(&long.repeat(2));
        q.style.alignment = Alignment::Justified;
        q.style.first_line = 720;
        q.style.after = 120;
        if i % 4 == 0 {
            let mut h = p(&format!("{i}. Mục"));
            h.role = Role::Heading(2);
            h.style.keep_next = true;
            b.push(Block::Paragraph(h));
        }
        b.push(Block::Paragraph(q));
    }
    let mut l =
        p("một mục trong danh sách dài dài dài dài dài dài dài dài dài dài dài dài dài dài dài dài dài dài dài dài");
    l.role = Role::ListItem(0);
    l.style.indent_left = 720;
    l.style.first_line = -360;
    l.label = Some(Label { text: "a)".into(), ..Default::default() });
    b.push(Block::Paragraph(l.clone()));
    b.push(Block::Paragraph(l));
    let mut s = p("☐ ☑ ✓ ★ U\u{2011}U \u{a0} 漢 x");
    s.inlines.push(Inline::FootnoteReference(1, RunStyle::default()));
    b.push(Block::Paragraph(s));
    let bd = Some(Border { line: BorderLine::Single, width: 4, space: 0, color: "000000".into() });
    let bs = Borders { top: bd.clone(), bottom: bd.clone(), left: bd.clone(), right: bd.clone(), between: None };
    let cell = |t: &str, m: VerticalMerge| Cell {
        span: 1,
        merge: m,
        borders: bs.clone(),
        shading: None,
        vertical_alignment: VerticalAlignment::Center,
        padding: [0, 108, 0, 108],
        blocks: vec![Block::Paragraph(p(t))],
    };
    let mut rows = vec![Row {
        cells: vec![
            cell("TT", VerticalMerge::None),
            cell("Nội dung", VerticalMerge::None),
            cell("Điểm", VerticalMerge::None),
        ],
        header: true,
        can_split: false,
        height: None,
    }];
    for i in 0..40 {
        rows.push(Row {
            cells: vec![
                cell(&i.to_string(), VerticalMerge::None),
                cell(&format!("Nội dung tiêu chí thứ {i} khá dài để xuống dòng trong ô"), VerticalMerge::None),
                cell("gộp", if i % 3 == 0 { VerticalMerge::Start } else { VerticalMerge::Continue }),
            ],
            header: false,
            can_split: true,
            height: None,
        });
    }
    b.push(Block::Table(Table {
        columns: vec![700, 3000, 2000],
        rows,
        alignment: Alignment::Center,
        indent: 0,
        description: "Bảng".into(),
    }));
    b.push(Block::Paragraph(Paragraph {
        inlines: vec![Inline::Signature(SignatureField {
            name: "CĐGD".into(),
            tooltip: "Công đoàn Giáo dục".into(),
            height: 2000,
        })],
        ..Default::default()
    }));
    let head = Paragraph {
        inlines: vec![
            Inline::Field(Field::PageNumber, RunStyle::default()),
            run("/"),
            Inline::Field(Field::PageCount, RunStyle::default()),
        ],
        style: ParagraphStyle { alignment: Alignment::Center, ..Default::default() },
        ..Default::default()
    };
    let mut d = Document { title: "Thử".into(), default_tab: 720, ..Default::default() };
    d.footnotes.insert(1, vec![Block::Paragraph(p("Chú thích cuối trang."))]);
    d.sections.push(Section {
        columns: 1,
        first_page_differs: true,
        headers: Margins { default: vec![Block::Paragraph(head)], first: vec![] },
        blocks: b,
        watermark: Some("DỰ THẢO".into()),
        ..Default::default()
    });
    let t = std::time::Instant::now();
    let bytes = pdf::render(&d, &pdf::Options { seconds: Some(1_700_000_000), creator: "thidua".into() });
    eprintln!("{} bytes {:?}", bytes.len(), t.elapsed());
    std::fs::write("/tmp/pdfm/s.pdf", bytes).unwrap();
}

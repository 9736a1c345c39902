//! Stories of files changed in place: what is touched in a file that someone else made, and what is not.

use proptest::prelude::*;
use rust_xlsxwriter::{Color, Format, FormatPattern, Note, Workbook};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use super::sheet::{Survey, colour};
use super::{CellChange, Mark, NewValue, Notes, changed_cells, cut, marked_copy};
use crate::excel::book::Book;
use crate::finding::{CellAddress, Severity};

fn mark(sheet: &str, cell: (u32, u32), severity: Severity, words: &str) -> Mark {
    Mark { sheet: sheet.into(), cell: CellAddress::new(cell.0, cell.1), severity, words: words.into() }
}

/// What a unit sent: two sheets, a comment of its own, merged cells, a bold figure.
fn sent() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold().set_num_format("#,##0").set_background_color(Color::RGB(0x00CC_FFCC));
    let sheet = workbook.add_worksheet().set_name("Biểu & số").expect("a name");
    sheet.write(0, 0, "Nội dung").expect("a cell").write(0, 4, "Kết quả").expect("a cell");
    sheet.write_with_format(2, 4, 104.5, &bold).expect("a cell");
    sheet.merge_range(4, 1, 5, 2, "hai dòng", &bold).expect("a rectangle");
    sheet.insert_note(2, 4, &Note::new("Đã kiểm tra").set_author("Công đoàn")).expect("a comment");
    sheet.insert_note(0, 0, &Note::new("của đơn vị")).expect("a comment");
    workbook.add_worksheet().set_name("Khác").expect("a name").write(0, 0, 1).expect("a cell");
    workbook.save_to_buffer().expect("the workbook")
}

fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip archive");
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let mut text = String::new();
        entry.read_to_string(&mut text).expect("parts are UTF-8");
        parts.insert(entry.name().expect("its name").to_string(), text);
    }
    parts
}

/// The cell format that a cell has, as written.
fn format_of(parts: &BTreeMap<String, String>, sheet: &str, cell: &str) -> String {
    let xml = &parts[sheet];
    let start = xml.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("no cell {cell} in {xml}"));
    let tag = &xml[start..start + xml[start..].find('>').expect("a tag ends")];
    let style = tag.split(" s=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("0");
    let formats = parts["xl/styles.xml"].split("<cellXfs").nth(1).expect("formats");
    let formats = formats.split("</cellXfs>").next().expect("formats end");
    formats.split("<xf ").skip(1).nth(style.parse().expect("a number")).expect("the format is there").to_string()
}

#[test]
fn a_cell_at_fault_keeps_its_looks_but_for_the_colour() {
    let source = sent();
    let marks = [mark("Biểu & số", (2, 4), Severity::Warning, "Cao hơn điểm tối đa.")];
    let (before, after) = (parts(&source), parts(&marked_copy(&source, &marks).expect("marked")));
    let own = format_of(&before, "xl/worksheets/sheet1.xml", "E3");
    let marked = format_of(&after, "xl/worksheets/sheet1.xml", "E3");
    for kept in ["numFmtId", "fontId", "borderId"] {
        let value =
            |format: &str| format.split(kept).nth(1).and_then(|rest| rest.split('"').nth(1).map(str::to_string));
        assert_eq!(value(&own), value(&marked), "{kept}");
    }
    assert_ne!(own, marked);
    assert!(after["xl/styles.xml"].contains("patternType=\"solid\"") && after["xl/styles.xml"].contains("FFFFD966"));
    assert_eq!(Book::read(&source).0, Book::read(&marked_copy(&source, &marks).expect("marked")).0);
}

#[test]
fn comments_of_the_unit_stay_and_ours_stand_beside_them() {
    let source = sent();
    let marks = [
        mark("Biểu & số", (2, 4), Severity::Error, "Ô E3 <sai> & thiếu."),
        mark("Biểu & số", (7, 4), Severity::Error, "Chưa có kết quả."),
        mark("Biểu & số", (7, 4), Severity::Warning, "Thiếu minh chứng."),
    ];
    let after = parts(&marked_copy(&source, &marks).expect("marked"));
    let comments = &after["xl/comments1.xml"];
    assert!(comments.contains("Đã kiểm tra") && comments.contains("của đơn vị"), "{comments}");
    assert!(comments.contains("Ô E3 &lt;sai&gt; &amp; thiếu."), "{comments}");
    assert!(comments.contains("Chưa có kết quả.\n\nThiếu minh chứng."), "{comments}");
    assert_eq!(comments.matches("<comment ").count(), 3, "one comment a cell");
    assert_eq!(after["xl/drawings/vmlDrawing1.vml"].matches("ObjectType=\"Note\"").count(), 3, "a box for each");
    assert!(!after.contains_key("xl/drawings/vmlDrawing2.vml"));
    assert!(after["xl/worksheets/sheet1.xml"].contains("<row r=\"8\"><c r=\"E8\" s=\""));
}

#[test]
fn a_sheet_without_comments_gets_them_and_no_other_part_changes() {
    let source = sent();
    let (before, after) = (
        parts(&source),
        parts(&marked_copy(&source, &[mark("Khác", (0, 0), Severity::Error, "Sai.")]).expect("marked")),
    );
    let changed: Vec<&str> =
        after.iter().filter(|(name, text)| before.get(*name) != Some(text)).map(|(name, _)| name.as_str()).collect();
    let expected = [
        "[Content_Types].xml",
        "xl/comments2.xml",
        "xl/drawings/vmlDrawing2.vml",
        "xl/styles.xml",
        "xl/worksheets/_rels/sheet2.xml.rels",
        "xl/worksheets/sheet2.xml",
    ];
    assert_eq!(changed, expected);
    assert!(before.keys().all(|name| after.contains_key(name)));
    assert!(after["xl/worksheets/sheet2.xml"].contains("<legacyDrawing "));
}

#[test]
fn the_box_of_a_far_cell_stays_on_the_sheet() {
    let last = mark("Khác", (1_048_575, 16_383), Severity::Warning, "Quá xa.");
    let after = parts(&marked_copy(&sent(), &[last]).expect("marked"));
    assert!(after["xl/worksheets/sheet2.xml"].contains("<c r=\"XFD1048576\""));
    let anchor =
        after["xl/drawings/vmlDrawing2.vml"].split("<x:Anchor>").nth(1).and_then(|rest| rest.split('<').next());
    assert_eq!(anchor, Some("16383, 15, 1048575, 2, 16383, 40, 1048575, 4"));
}

#[test]
fn of_merged_cells_the_first_is_marked() {
    let source = sent();
    let after = parts(&marked_copy(&source, &[mark("Biểu & số", (5, 2), Severity::Error, "Sai.")]).expect("marked"));
    assert!(after["xl/comments1.xml"].contains("<comment ref=\"B5\""), "{}", after["xl/comments1.xml"]);
}

#[test]
fn what_cannot_be_marked_is_refused_with_a_reason() {
    let source = sent();
    for (bytes, sheet) in
        [(b"Ten;Ket qua\n".as_slice(), "a"), (&source[..], "không có trang này"), (&source[..200], "a")]
    {
        let why = marked_copy(bytes, &[mark(sheet, (0, 0), Severity::Error, "Sai.")]).expect_err("no marked copy");
        assert!(why.to_string().chars().count() > 10, "{why}");
    }
}

/// Cells coloured in the XML of a sheet; style 0 becomes 7, every other 9.
fn coloured(xml: &str, cells: &[(u32, u32)]) -> String {
    let notes: Notes =
        cells.iter().map(|(row, column)| (CellAddress::new(*row, *column), (Severity::Error, Vec::new()))).collect();
    let survey = Survey::of(xml).expect("a sheet");
    let edits = colour(xml, &survey, &notes, |base, _| if base == 0 { 7 } else { 9 }).expect("sound XML");
    cut::apply(xml, edits)
}

#[test]
fn cells_find_their_place_however_the_sheet_is_written() {
    let sheet = |cells: &str| {
        format!(
            "<worksheet><dimension ref=\"B2:C3\"/><cols><col min=\"4\" max=\"9\" style=\"3\"/></cols>{cells}</worksheet>"
        )
    };
    for (before, cells, after) in [
        ("<sheetData/>", vec![(1, 1)], "<sheetData><row r=\"2\"><c r=\"B2\" s=\"7\"/></row></sheetData>"),
        (
            "<sheetData><row r=\"2\" spans=\"2:3\"><c r=\"B2\" s=\"4\"><v>1</v></c></row></sheetData>",
            vec![(1, 0), (1, 1), (1, 3)],
            "<sheetData><row r=\"2\" spans=\"1:4\"><c r=\"A2\" s=\"7\"/><c r=\"B2\" s=\"9\"><v>1</v></c><c r=\"D2\" s=\"9\"/></row></sheetData>",
        ),
        (
            "<sheetData><row><c><v>1</v></c><c t='s'><v>2</v></c></row><row/><row r=\"9\" s=\"5\" customFormat=\"1\"/></sheetData>",
            vec![(0, 1), (1, 0), (4, 0), (8, 0)],
            "<sheetData><row><c><v>1</v></c><c t='s' s=\"7\"><v>2</v></c></row><row><c r=\"A2\" s=\"7\"/></row><row r=\"5\"><c r=\"A5\" s=\"7\"/></row><row r=\"9\" s=\"5\" customFormat=\"1\"><c r=\"A9\" s=\"9\"/></row></sheetData>",
        ),
    ] {
        let marked = coloured(&sheet(before), &cells);
        let inner = marked.split("</cols>").nth(1).and_then(|rest| rest.strip_suffix("</worksheet>"));
        assert_eq!(inner, Some(after));
    }
    let prefixed =
        "<x:worksheet xmlns:x=\"main\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\"/></x:row></x:sheetData></x:worksheet>";
    let marked = coloured(prefixed, &[(0, 0), (2, 1)]);
    assert!(
        marked.contains("<x:c r=\"A1\" s=\"7\"/></x:row><x:row r=\"3\"><x:c r=\"B3\" s=\"7\"/></x:row>"),
        "{marked}"
    );
    assert!(coloured(&sheet("<sheetData/>"), &[(8, 0)]).contains("<dimension ref=\"A2:C9\"/>"));
}

#[test]
fn the_link_to_the_boxes_stands_where_the_schema_wants_it() {
    for (behind, expected) in [
        ("<pageMargins/><drawing/><tableParts/><extLst/>", "<pageMargins/><drawing/>|<tableParts/><extLst/>"),
        (
            "<conditionalFormatting><extLst/></conditionalFormatting><pageSetup/>",
            "<conditionalFormatting><extLst/></conditionalFormatting><pageSetup/>|",
        ),
    ] {
        let xml = format!("<worksheet><sheetData/>{behind}</worksheet>");
        let survey = Survey::of(&xml).expect("a sheet");
        let linked = cut::apply(&xml, survey.link_drawing(&xml, "rId3"));
        let link = linked.split("<legacyDrawing").nth(1).and_then(|rest| rest.split("/>").next()).expect("a link");
        assert_eq!(
            linked.replace(&format!("<legacyDrawing{link}/>"), "|"),
            format!("<worksheet><sheetData/>{expected}</worksheet>")
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn wherever_the_marks_stand_no_value_changes(cells in prop::collection::vec((0u32..12, 0u32..8), 1..12)) {
        let source = sent();
        let marks: Vec<Mark> = cells.iter().map(|cell| mark("Biểu & số", *cell, Severity::Error, "Sai.")).collect();
        let marked = marked_copy(&source, &marks).expect("marked");
        let filled = |bytes: &[u8]| {
            let mut book = Book::read(bytes).0;
            book.values_mut().for_each(|sheet| sheet.retain(|_, cell| !cell.value.is_empty()));
            book
        };
        prop_assert_eq!(filled(&source), filled(&marked));
        prop_assert_eq!(marked_copy(&source, &marks).expect("again"), marked);
    }

    #[test]
    fn no_sheet_ends_the_run(xml in "[<>/ a-c\"'=:!?-]{0,60}") {
        let _ = Survey::of(&xml);
        let _ = Survey::of(&format!("<worksheet>{xml}<sheetData/></worksheet>"));
    }
}

#[test]
fn a_solid_fill_is_kept_apart_from_ours() {
    let mut workbook = Workbook::new();
    let striped = Format::new().set_pattern(FormatPattern::DarkUp);
    workbook.add_worksheet().write_with_format(0, 0, 1, &striped).expect("a cell");
    let source = workbook.save_to_buffer().expect("the workbook");
    let after = parts(&marked_copy(&source, &[mark("Sheet1", (0, 0), Severity::Error, "Sai.")]).expect("marked"));
    assert!(after["xl/styles.xml"].contains("darkUp"), "the unit's own fill is still there for its other cells");
    assert!(format_of(&after, "xl/worksheets/sheet1.xml", "A1").contains("fillId=\"3\""));
}

/// What a secretary's own definition looks like: formats, a formula, a sheet of their own.
fn kept() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = workbook.add_worksheet().set_name("Thông tin").expect("a name");
    sheet.write_with_format(0, 0, "Mục", &bold).expect("a cell").write(0, 1, "Giá trị").expect("a cell");
    sheet.write(1, 0, "Năm").expect("a cell").write_with_format(1, 1, 2024, &bold).expect("a cell");
    sheet.write(2, 0, "Hạn nộp").expect("a cell").write_with_format(2, 1, 45_000, &day).expect("a cell");
    sheet.write(3, 0, "Tổng").expect("a cell").write_formula(3, 1, "=B2*2").expect("a formula");
    workbook.add_worksheet().set_name("Riêng").expect("a name").write(5, 3, "giữ").expect("a cell");
    workbook.save_to_buffer().expect("the workbook")
}

fn change(cell: (u32, u32), value: NewValue) -> CellChange {
    CellChange { sheet: "Thông tin".into(), cell: CellAddress::new(cell.0, cell.1), value }
}

#[test]
fn a_changed_cell_keeps_its_format_and_all_else_stays_byte_for_byte() {
    let date = chrono::NaiveDate::from_ymd_opt(2025, 3, 5).expect("a day");
    let changes = [
        change((1, 1), NewValue::Number(rust_decimal::Decimal::from(2025))),
        change((2, 1), NewValue::Date(date)),
        change((0, 1), NewValue::Text("Giá trị & <khác>".into())),
        change((4, 0), NewValue::Text("Địa danh".into())),
        change((4, 1), NewValue::Text("Hải Minh".into())),
        change((3, 0), NewValue::Empty),
    ];
    let before = kept();
    let after = changed_cells(&before, &changes).expect("a workbook that can be changed");
    let (old, new) = (parts(&before), parts(&after));
    for (name, text) in &old {
        assert_eq!(name == "xl/worksheets/sheet1.xml", new[name] != *text, "{name}");
    }
    let sheet = "xl/worksheets/sheet1.xml";
    for cell in ["A1", "B2", "B3"] {
        assert_eq!(format_of(&old, sheet, cell), format_of(&new, sheet, cell), "{cell}");
    }
    let read = crate::sheet::read(&after, "ho-so.xlsx").expect("a workbook");
    let text = |row, column| read.sheets[0].cell(row, column).text();
    let shown: Vec<String> =
        [(1, 1), (2, 1), (0, 1), (4, 0), (4, 1), (3, 0)].map(|(row, column)| text(row, column)).into();
    assert_eq!(shown, ["2025", "05/3/2025", "Giá trị & <khác>", "Địa danh", "Hải Minh", ""]);
    assert_eq!(read.sheets[1].cell(5, 3).text(), "giữ");
}

#[test]
fn a_formula_and_a_sheet_that_is_not_there_are_left_alone() {
    let text = || NewValue::Text("x".into());
    let refused = changed_cells(&kept(), &[change((3, 1), text())]).expect_err("a formula");
    assert!(refused.to_string().contains("B4"), "{refused}");
    let other = CellChange { sheet: "Không có".into(), ..change((0, 0), text()) };
    assert!(changed_cells(&kept(), &[other]).is_err());
    assert!(changed_cells(b"no workbook", &[change((0, 0), text())]).is_err());
}

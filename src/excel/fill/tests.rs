//! Filling small workbooks: what a template may not do, and what it cannot break.

use serde_json::{Value, json};

use super::Template;
use crate::chart::Chart;
use crate::finding::{CellAddress, Finding};
use crate::vietnamese::figure::figure;

/// A workbook with these cells; a text that begins with `=` is a formula.
fn workbook(cells: &[(&str, &str)]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (address, text) in cells {
        let area = super::reference::Area::read(address).expect("an address");
        let (row, column) = (area.row_span().0, u16::try_from(area.column_span().0).expect("a column"));
        match text.strip_prefix('=') {
            Some(_) => sheet.write_formula(row, column, *text).expect("a formula"),
            None => sheet.write_string(row, column, *text).expect("a text"),
        };
    }
    workbook.save_to_buffer().expect("a workbook")
}

fn units(count: usize) -> Value {
    let unit = |number: usize| json!({"ten": format!("Đơn vị {number}"), "tong": figure(number.into())});
    json!({"nam": "2024", "xep_hang": (1..=count).map(unit).collect::<Vec<_>>()})
}

fn fill(cells: &[(&str, &str)], data: &Value) -> Result<String, Vec<Finding>> {
    let bytes =
        Template::compile(&workbook(cells), "mau/xep-hang.xlsx")?.fill_made(|wanted| wanted.part_of(data), "")?;
    let package = crate::word::Package::read(&bytes).expect("a package");
    let sheet = package.part("xl/worksheets/sheet1.xml").expect("the sheet");
    Ok(String::from_utf8(sheet.to_vec()).expect("text"))
}

fn codes(outcome: Result<String, Vec<Finding>>) -> Vec<&'static str> {
    outcome.err().into_iter().flatten().map(|finding| finding.code.id).collect()
}

#[test]
fn a_value_is_never_a_formula_and_never_breaks_the_part() {
    let data = json!({"ten": "=1+1 <b> & \u{1}\"x\"\n]]>"});
    let sheet = fill(&[("A1", "{{ten}}"), ("A2", "Tên: {{ten}}")], &data).expect("it is filled");
    assert!(sheet.contains("=1+1 &lt;b&gt; &amp; \"x\"\n]]&gt;</t>") && !sheet.contains("<f>"), "{sheet}");
}

#[test]
fn loops_that_would_never_end_are_told() {
    let mut cells: Vec<(&str, &str)> = ["A1", "A2", "A3", "A4"].map(|cell| (cell, "{{#each @root.xep_hang}}")).to_vec();
    cells.push(("A5", "{{ten}}"));
    cells.extend(["A6", "A7", "A8", "A9"].map(|cell| (cell, "{{/each}}")));
    assert_eq!(codes(fill(&cells, &units(100))), ["MAU10"]);
}

#[test]
fn a_file_that_is_no_workbook_is_refused_in_words() {
    for bytes in [&b"khong phai"[..], b"PK\x03\x04", &[]] {
        let faults = Template::faults(bytes, "mau/xep-hang.xlsx", &[]);
        assert_eq!(faults.iter().map(|own| own.code.id).collect::<Vec<_>>(), ["MAU01"]);
    }
}

#[test]
fn a_chart_in_a_cell_is_told_at_its_cell() {
    let data = json!({"bieu_do": {"diem_nhom": Chart::default().to_data(), "so_ke_hoach": ""}});
    let told = fill(&[("B2", "{{bieu_do.diem_nhom}}"), ("B3", "{{bieu_do.so_ke_hoach}}")], &data);
    let told = told.expect_err("a cell holds no drawing");
    let cells: Vec<_> = told.iter().map(|finding| (finding.code.id, finding.place.cell)).collect();
    assert_eq!(cells, [("MAU09", Some(CellAddress::new(1, 1)))]);
}

#[test]
fn formulas_and_values_outside_a_pair_repeat_with_their_row() {
    let cells = [("A1", "=ROW()"), ("B1", "{{#each xep_hang}}{{ten}}"), ("C1", "{{tong}}{{/each}}"), ("D1", "điểm")];
    let sheet = fill(&cells, &units(3)).expect("it is filled");
    assert_eq!(sheet.matches("<f>ROW()</f>").count(), 3, "{sheet}");
    assert!(sheet.contains("<c r=\"C3\"><v>3</v></c>"), "{sheet}");
}

#[test]
fn a_row_without_a_height_is_as_high_as_its_wrapped_texts() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let wrap = rust_xlsxwriter::Format::new().set_text_wrap();
    let sheet = workbook.add_worksheet();
    sheet.set_column_width(0, 10).expect("a width");
    for (row, text) in (0..).zip(["{{#each xep_hang}}{{ten}}{{/each}}", "{{ten_dai}}", "{{ten_dai}}", "{{nam}}"]) {
        sheet.write_string_with_format(row, 0, text, &wrap).expect("a text");
    }
    sheet.set_row_height(2, 39).expect("a height");
    sheet.merge_range(4, 0, 4, 5, "{{ten_dai}}", &wrap).expect("a merged area");
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let data = json!({"nam": "2024", "ten_dai": "Công đoàn ngành Nông nghiệp và Môi trường", "xep_hang": []});
    let template = Template::compile(&bytes, "mau/xep-hang.xlsx").expect("a template");
    let filled = template.fill_made(|wanted| wanted.part_of(&data), "").expect("filled");
    let package = crate::word::Package::read(&filled).expect("a package");
    let sheet = String::from_utf8(package.part("xl/worksheets/sheet1.xml").expect("the sheet").to_vec()).expect("text");
    let height = |row: u32| {
        let (_, rest) = sheet.split_once(&format!("<row r=\"{row}\"")).expect("the row");
        let own = rest.split_once('>').expect("its end").0;
        own.split_once("ht=\"").map(|(_, height)| height.split_once('"').expect("its end").0.to_string())
    };
    assert!(height(2).expect("wrapped").parse::<f64>().expect("points") > 45.0, "{sheet}");
    assert_eq!(height(3).as_deref(), Some("39"), "its own");
    assert_eq!((height(4), height(5)), (None, None), "one line each");
}

#[test]
fn a_loop_without_a_turn_vanishes_or_leaves_an_empty_row_that_formulas_need() {
    let rows = [("A1", "{{#each xep_hang}}"), ("A2", "{{tong}}"), ("A3", "{{/each}}")];
    let sheet = fill(&[&rows[..], &[("A4", "hết")]].concat(), &units(0)).expect("it is filled");
    assert!(sheet.contains("<row r=\"1\"") && !sheet.contains("<row r=\"2\""), "the last row is the first: {sheet}");
    let sheet = fill(&[&rows[..], &[("A4", "=SUM(A2:A2)")]].concat(), &units(0)).expect("it is filled");
    assert!(sheet.contains("<f>SUM(A1:A1)</f>"), "{sheet}");
}

#[test]
fn crossing_columns_and_tags_in_the_middle_of_a_row_are_told_at_their_cells() {
    let cells = [
        ("B1", "{{#cot xep_hang}}{{ten}}"),
        ("C1", "{{tong}}{{/cot}}"),
        ("C2", "{{#cot xep_hang}}{{ten}}"),
        ("D2", "{{tong}}{{/cot}}"),
        ("A4", "{{nam}}"),
        ("B4", "{{#each xep_hang}}"),
        ("A5", "{{/each}}"),
    ];
    let findings = fill(&cells, &units(2)).expect_err("faults");
    let told: Vec<(String, &str)> = findings
        .iter()
        .map(|own| (own.place.cell.map(|cell| cell.to_string()).unwrap_or_default(), own.code.id))
        .collect();
    assert_eq!(told, [("C2".to_string(), "MAU06")], "{findings:?}");
}

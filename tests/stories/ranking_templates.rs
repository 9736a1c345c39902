//! An office's own ranking workbook, mau/xep-hang.xlsx: rows and columns that repeat, and everything that moves with them.
//!
//! The workbooks are those of tests/excel, made with openpyxl and LibreOffice. What is read back is read with calamine and as
//! parts, never with what filled them.

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use crate::desk::{Desk, fixture, program};
use crate::workbook::parts;

/// A filled workbook.
struct Filled {
    parts: BTreeMap<String, Vec<u8>>,
    book: Xlsx<Cursor<Vec<u8>>>,
}

impl Filled {
    /// Builds an example with a workbook of tests/excel as the office's own.
    fn of(sample: &str, example: &str, cluster: &str) -> Filled {
        let desk = Desk::new();
        let output = build(&desk, sample, example);
        assert_eq!(output.status.code(), Some(0), "{sample}: {}", String::from_utf8_lossy(&output.stdout));
        let bytes = std::fs::read(desk.path(&format!("ra/{cluster}/xep-hang.xlsx"))).expect("the workbook");
        Filled { parts: parts(&bytes), book: Xlsx::new(Cursor::new(bytes)).expect("a workbook") }
    }

    /// The formula of a cell with `=`, else its value in words.
    fn cell(&mut self, sheet: &str, address: &str) -> String {
        let (row, column) = position(address);
        let formulas = self.book.worksheet_formula(sheet).expect("the sheet");
        let formula = formulas.get_value((row, column)).cloned().unwrap_or_default();
        if !formula.is_empty() {
            return format!("={formula}");
        }
        let values = self.book.worksheet_range(sheet).expect("the sheet");
        match values.get_value((row, column)) {
            Some(Data::Float(number)) => number.to_string(),
            Some(value) => value.to_string(),
            None => String::new(),
        }
    }

    fn part(&self, name: &str) -> String {
        String::from_utf8(self.parts.get(name).unwrap_or_else(|| panic!("no part {name}")).clone()).expect("text")
    }
}

fn build(desk: &Desk, sample: &str, example: &str) -> std::process::Output {
    let dossier = desk.path("ho-so");
    copy(&fixture(example), &dossier);
    std::fs::create_dir_all(dossier.join("mau")).expect("a folder");
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/excel").join(format!("{sample}.xlsx"));
    std::fs::copy(own, dossier.join("mau/xep-hang.xlsx")).expect("the office's own");
    program()
        .current_dir(desk.path("."))
        .args(["build", "ho-so", "--only", "xep-hang.xlsx", "--out", "ra", "--json"])
        .output()
        .expect("the program starts")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a file");
        }
    }
}

fn position(address: &str) -> (u32, u32) {
    let letters = address.trim_end_matches(|character: char| character.is_ascii_digit());
    let column = letters.bytes().fold(0, |number, letter| number * 26 + u32::from(letter - b'A') + 1);
    (address[letters.len()..].parse::<u32>().expect("a row") - 1, column - 1)
}

fn expect(filled: &mut Filled, cells: &[(&str, &str, &str)]) {
    for (sheet, address, expected) in cells {
        assert_eq!(filled.cell(sheet, address), *expected, "{sheet}!{address}");
    }
}

#[test]
fn a_row_repeats_for_every_unit_and_the_totals_take_them_all_in() {
    let mut filled = Filled::of("don-gian", "khoi-nganh-2024", "KN");
    expect(
        &mut filled,
        &[
            ("Xếp hạng", "A1", "BẢNG XẾP HẠNG KHỐI THI ĐUA CÔNG ĐOÀN NGÀNH NĂM 2024"),
            ("Xếp hạng", "A5", "1"),
            ("Xếp hạng", "C6", "99.99"),
            ("Xếp hạng", "F12", "=C12+D12-E12"),
            ("Xếp hạng", "F13", "=SUM(F5:F12)"),
            ("Xếp hạng", "F14", "=AVERAGE(F5:F12)"),
            ("Xếp hạng", "F15", "=MAX($F$5:$F$12)"),
            ("Xếp hạng", "E17", "Hải Minh, ngày 20 tháng 12 năm 2024"),
        ],
    );
    let sheet = filled.part("xl/worksheets/sheet1.xml");
    for kept in [
        "<dimension ref=\"A1:G17\"/>",
        "<mergeCell ref=\"E17:G17\"/>",
        "sqref=\"A5:G12\"",
        "<formula>$C$14</formula>",
        "topLeftCell=\"C5\"",
        "&amp;LKhối thi đua Công đoàn ngành",
    ] {
        assert!(sheet.contains(kept), "{kept} in {sheet}");
    }
    let workbook = filled.part("xl/workbook.xml");
    for kept in ["'Xếp hạng'!$A$1:$G$17", "'Xếp hạng'!$4:$4", "fullCalcOnLoad=\"1\""] {
        assert!(workbook.contains(kept), "{kept} in {workbook}");
    }
    assert_eq!(filled.parts["xl/theme/theme1.xml"], sample_part("don-gian", "xl/theme/theme1.xml"), "byte for byte");
}

fn sample_part(sample: &str, part: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/excel").join(format!("{sample}.xlsx"));
    parts(&std::fs::read(path).expect("the sample"))[part].clone()
}

#[test]
fn no_remembered_value_and_no_tag_is_left_anywhere() {
    for sample in ["don-gian", "cong-thuc", "bieu-do"] {
        let filled = Filled::of(sample, "khoi-nganh-2024", "KN");
        for (name, content) in filled.parts.iter().filter(|(name, _)| name.ends_with(".xml")) {
            let text = String::from_utf8_lossy(content);
            assert!(!text.contains("{{"), "{sample}: a tag is left in {name}");
            assert!(!text.contains("</f><v"), "{sample}: a remembered value is left in {name}");
            assert!(!text.contains("Cache>"), "{sample}: a chart remembers values in {name}");
        }
    }
}

#[test]
fn a_loop_in_a_loop_has_subtotals_and_a_total_of_the_lines_alone() {
    let mut filled = Filled::of("chi-tiet", "cum-5-thanh-pho-2023", "C5TP");
    let total = (1..2_000).find(|row| filled.cell("Chi tiết", &format!("B{row}")) == "Tất cả").expect("a total");
    let sum = filled.cell("Chi tiết", &format!("D{total}"));
    assert_eq!(sum.matches(':').count(), 5, "a range for each union, headings and subtotals left out: {sum}");
    let heading = filled.cell("Chi tiết", "D4");
    assert!(
        heading.starts_with("=SUM(D5:D") && sum.contains(&heading["=SUM(".len()..heading.len() - 1]),
        "{heading} {sum}"
    );
}

#[test]
fn columns_repeat_for_every_group_under_a_heading_and_over_their_means() {
    let mut filled = Filled::of("cot-nhom", "khoi-nganh-2024", "KN");
    expect(
        &mut filled,
        &[
            ("Xếp hạng", "D4", "I. Chăm lo, bảo vệ quyền, lợi ích hợp pháp, chính đáng của đoàn viên, CNVCLĐ"),
            ("Xếp hạng", "M4", "X. Điểm trừ"),
            ("Xếp hạng", "N5", "=SUM(C5:M5)"),
            ("Xếp hạng", "O5", "1"),
            ("Xếp hạng", "M13", "=AVERAGE(M5:M12)"),
            ("Xếp hạng", "N13", "=AVERAGE(N5:N12)"),
            ("Xếp hạng", "O16", "NGƯỜI LẬP BẢNG"),
        ],
    );
    let sheet = filled.part("xl/worksheets/sheet1.xml");
    for kept in ["<mergeCell ref=\"A1:O1\"/>", "<mergeCell ref=\"N3:N4\"/>", "sqref=\"C5:M12\"", "<col width=\"11\""] {
        assert!(sheet.contains(kept), "{kept} in {sheet}");
    }
}

#[test]
fn a_group_s_heading_stands_over_all_its_lines() {
    let mut filled = Filled::of("cot-tieu-chi", "khoi-nganh-2024", "KN");
    expect(
        &mut filled,
        &[
            ("Xếp hạng", "G3", "Chăm lo, bảo vệ quyền, lợi ích hợp pháp, chính đáng của đoàn viên, CNVCLĐ"),
            ("Xếp hạng", "G4", "1.1"),
            ("Xếp hạng", "L4", "I"),
            ("Xếp hạng", "L5", "20"),
            ("Xếp hạng", "L13", "=MAX(L5:L12)"),
        ],
    );
    assert!(filled.part("xl/worksheets/sheet1.xml").contains("<mergeCell ref=\"G3:K3\"/>"));
}

#[test]
fn tables_grow_with_their_rows_and_keep_their_names() {
    let mut filled = Filled::of("bang-excel", "khoi-nganh-2024", "KN");
    expect(&mut filled, &[("Xếp hạng", "C3", "Điểm 2024"), ("Xếp hạng", "E12", "=SUBTOTAL(109,E4:E11)")]);
    let table = filled.part("xl/tables/table1.xml");
    for kept in ["ref=\"A3:F12\"", "<autoFilter ref=\"A3:F11\"", "name=\"Điểm 2024\""] {
        assert!(table.contains(kept), "{kept} in {table}");
    }
    assert!(filled.part("xl/tables/table2.xml").contains("ref=\"A15:B19\""));
}

#[test]
fn charts_and_pictures_go_with_the_rows_they_stand_on() {
    let mut filled = Filled::of("bieu-do", "khoi-nganh-2024", "KN");
    expect(&mut filled, &[("Tóm tắt", "B1", "=MAX('Xếp hạng'!B4:B11)"), ("Tóm tắt", "B2", "='Xếp hạng'!B12")]);
    let charts: String =
        filled.parts.keys().filter(|name| name.starts_with("xl/charts/chart")).map(|name| filled.part(name)).collect();
    for kept in ["'Xếp hạng'!$B$4:$B$11", "'Xếp hạng'!$A$4:$A$11", "Tổng điểm năm 2024"] {
        assert!(charts.contains(kept), "{kept} in {charts}");
    }
    let drawing = filled.part("xl/drawings/drawing1.xml");
    let rows: Vec<&str> = drawing.split("<xdr:row>").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    let pictures = drawing.matches("<xdr:pic>").count() + drawing.matches("<xdr:pic ").count();
    assert_eq!(pictures, 9, "one in each of eight rows, and one below: {drawing}");
    assert!(rows.contains(&"13") && rows.contains(&"10"), "{rows:?}");
}

#[test]
fn names_of_sheets_are_filled_and_formulas_follow_from_sheet_to_sheet() {
    let mut filled = Filled::of("nhieu-trang", "khoi-nganh-2024", "KN");
    expect(
        &mut filled,
        &[
            ("Năm 2024", "B10", "=SUM(tat_ca_diem)"),
            ("Đối chiếu", "B3", "='Năm 2024'!B2"),
            ("Đối chiếu", "B10", "='Năm 2024'!B9"),
            ("Đối chiếu", "C10", "=B10/SUM('Năm 2024'!$B$2:$B$9)"),
            ("Đối chiếu", "B11", "=SUM(B3:B10)-'Năm 2024'!B10"),
            ("Ẩn", "A1", "='Năm 2024'!B10"),
        ],
    );
    let workbook = filled.part("xl/workbook.xml");
    for kept in [">'Năm 2024'!$B$2:$B$9<", ">'Năm 2024'!$A$1:$C$10<", ">MAX('Năm 2024'!$B$2:$B$9)<", "state=\"hidden\""]
    {
        assert!(workbook.contains(kept), "{kept} in {workbook}");
    }
}

#[test]
fn checks_links_comments_and_breaks_stand_at_every_copy_of_their_row() {
    let filled = Filled::of("xung-quanh", "khoi-nganh-2024", "KN");
    let sheet = filled.part("xl/worksheets/sheet1.xml");
    for kept in [
        "sqref=\"D5:E5 D7:E7 D9:E9 D11:E11 D13:E13 D15:E15 D17:E17 D19:E19\"",
        "<formula1>$B$22:$B$24</formula1>",
        "<mergeCell ref=\"A18:A19\"/>",
        "<mergeCell ref=\"B21:C21\"/>",
        "<autoFilter ref=\"A3:E19\"",
        "<formula>$C4&lt;AVERAGE($C$4:$C$19)</formula>",
        "manualBreakCount=\"9\"",
    ] {
        assert!(sheet.contains(kept), "{kept} in {sheet}");
    }
    assert_eq!(sheet.matches("location=\"'Xếp hạng'!B21\"").count(), 8, "a link in every copy, to the list below");
    assert_eq!(sheet.matches("outlineLevel=\"1\"").count(), 8);
    let comments = filled.parts.iter().find(|(name, _)| name.contains("comment") && name.ends_with(".xml"));
    let comments = String::from_utf8_lossy(comments.expect("comments").1).to_string();
    assert!(comments.contains("ref=\"C18\"") && comments.contains("ref=\"B24\""), "{comments}");
}

#[test]
fn rows_stand_or_not_and_an_empty_list_leaves_no_broken_formula() {
    let mut filled = Filled::of("dieu-kien", "khoi-nganh-2024", "KN");
    expect(
        &mut filled,
        &[
            ("Xếp hạng", "A1", "Kết quả 2024 của Khối thi đua Công đoàn ngành"),
            ("Xếp hạng", "A2", "Chủ đề: Tiếp tục tập trung phát triển đoàn viên và thực hiện chuyển đổi số"),
            ("Xếp hạng", "C12", "=COUNT(A4:A11)"),
            ("Xếp hạng", "A16", "Chưa nộp: không có."),
            ("Xếp hạng", "C19", "=COUNT(A18:A18)"),
        ],
    );
    let sheet = filled.part("xl/worksheets/sheet1.xml");
    assert!(
        sheet.contains("<color rgb=\"FFC00000\"/>") || sheet.contains("<sz val=\"14\"/>"),
        "rich text stays rich: {sheet}"
    );
    assert!(!sheet.contains("#REF!"), "{sheet}");
}

#[test]
fn formulas_in_the_repeated_row_are_copied_as_a_spreadsheet_copies_them() {
    let mut filled = Filled::of("cong-thuc", "khoi-nganh-2024", "KN");
    expect(
        &mut filled,
        &[
            ("Xếp hạng", "A4", "=N(A3)+1"),
            ("Xếp hạng", "A11", "=N(A10)+1"),
            ("Xếp hạng", "D8", "=IF(C8=\"\",\"\",RANK(C8,$C$4:$C$11))"),
            ("Xếp hạng", "E8", "=N(E7)+C8"),
            ("Xếp hạng", "F8", "=$C$4-C8"),
            ("Xếp hạng", "H8", "=C8*B1"),
            ("Xếp hạng", "I8", "=C8*2"),
            ("Xếp hạng", "C14", "=SUMIF(C4:C11,\">=90\",C4:C11)"),
            ("Xếp hạng", "C17", "=SUM(E:E)-SUM(E4:E11)"),
        ],
    );
    assert!(filled.part("xl/worksheets/sheet1.xml").contains("ref=\"C15\""), "the array formula moves with its cell");
}

#[test]
fn figures_arrive_as_figures_in_the_cell_s_own_format() {
    let filled = Filled::of("so-va-ngay", "khoi-nganh-2024", "KN");
    let sheet = filled.part("xl/worksheets/sheet1.xml");
    for kept in ["<v>1.0024</v>", "<v>30612.4</v>", "<v>44184</v>", ">722/</t>", ">30.612,4</t>"] {
        assert!(sheet.contains(kept), "{kept}: {sheet}");
    }
    let styles = filled.part("xl/styles.xml");
    for code in ["formatCode=\"#,##0.00\"", "formatCode=\"0.00%\"", "formatCode=\"#,##0\""] {
        assert!(styles.contains(code), "{code}: {styles}");
    }
}

#[test]
fn workbooks_of_libreoffice_are_filled_alike() {
    let mut filled = Filled::of("libreoffice-2", "cum-5-thanh-pho-2023", "C5TP");
    let heading = filled.cell("Xếp hạng", "A1");
    assert_eq!(heading, "BẢNG XẾP HẠNG NĂM 2023");
    expect(&mut filled, &[("Xếp hạng", "D8", "=SUM(D3:D7)"), ("Xếp hạng", "D3", "=B3+C3")]);
}

#[test]
fn all_faults_are_told_at_once_each_at_its_cell_and_nothing_is_written() {
    let desk = Desk::new();
    let output = build(&desk, "co-loi", "khoi-nganh-2024");
    assert_eq!(output.status.code(), Some(1));
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let findings = json["findings"].as_array().expect("findings");
    let at = |cell: &str| -> Vec<&str> {
        findings
            .iter()
            .filter(|own| own["cell"] == cell && own["file"] == "mau/xep-hang.xlsx")
            .filter_map(|own| own["code"].as_str())
            .collect()
    };
    for (cell, code) in [
        ("A1", "MAU02"),
        ("B1", "MAU08"),
        ("C1", "MAU04"),
        ("D1", "MAU07"),
        ("E1", "MAU09"),
        ("F1", "MAU03"),
        ("A3", "MAU02"),
        ("B7", "MAU06"),
        ("B9", "MAU02"),
        ("A11", "MAU06"),
        ("A14", "MAU13"),
        ("A16", "MAU05"),
        ("A18", "MAU05"),
        ("B20", "MAU13"),
    ] {
        assert_eq!(at(cell), [code], "{cell}");
    }
    let hint = findings.iter().find(|own| own["cell"] == "A1").and_then(|own| own["hint"].as_str()).expect("a hint");
    assert!(hint.contains("ý là nam?"), "{hint}");
    assert!(!desk.path("ra/KN/xep-hang.xlsx").exists());
}

#[test]
fn a_draft_says_so_on_every_page() {
    let desk = Desk::new();
    build(&desk, "don-gian", "khoi-nganh-2024");
    // a submission that is no workbook is an error, and the cluster's papers are drafts
    std::fs::write(desk.path("ho-so/so-lieu/Cong thuong.xlsx"), "không phải bảng tính").expect("a file");
    let output = program()
        .current_dir(desk.path("."))
        .args(["build", "ho-so", "--only", "xep-hang.xlsx", "--out", "ra"])
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(1));
    let parts = parts(&std::fs::read(desk.path("ra/KN/xep-hang.xlsx")).expect("the workbook"));
    let sheet = String::from_utf8_lossy(&parts["xl/worksheets/sheet1.xml"]).to_string();
    assert!(sheet.contains("&amp;12 DỰ THẢO"), "{sheet}");
}

#[test]
fn the_same_dossier_gives_the_same_bytes() {
    let bytes = |_| {
        let desk = Desk::new();
        build(&desk, "bieu-do", "cum-5-thanh-pho-2023");
        std::fs::read(desk.path("ra/C5TP/xep-hang.xlsx")).expect("the workbook")
    };
    let twice: Vec<Vec<u8>> = (0..2).map(bytes).collect();
    assert!(twice[0] == twice[1]);
}

#[test]
fn a_faulty_workbook_comes_back_with_a_comment_at_each_cell() {
    let desk = Desk::new();
    build(&desk, "co-loi", "khoi-nganh-2024");
    let output = desk.run(&["templates", "ho-so", "--check", "--out", "xem-lai"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stdout).to_string();
    assert!(said.contains("A1") && said.contains("ý là nam?") && said.contains("14 lỗi"), "{said}");
    let parts = parts(&std::fs::read(desk.path("xem-lai/xep-hang.xlsx")).expect("the copy"));
    let is_comments = |name: &str| name.contains("comment") && name.ends_with(".xml");
    let comments: String =
        parts.iter().filter(|(name, _)| is_comments(name)).map(|(_, text)| String::from_utf8_lossy(text)).collect();
    for cell in ["A1", "B1", "C1", "D1", "E1", "F1", "A3", "B7", "B9", "A11", "A14", "A16", "A18", "B20"] {
        assert!(comments.contains(&format!("ref=\"{cell}\"")), "no comment at {cell}: {comments}");
    }
}

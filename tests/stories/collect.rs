//! The ranking goes round, and comes back with remarks.

use serde_json::Value;
use std::path::PathBuf;

use crate::desk::{Desk, SmallDossier};
use crate::workbook;

/// Where the open column for remarks stands in a sheet of the ranking workbook: the part and the column's letter.
const DETAILS: (&str, &str) = ("xl/worksheets/sheet2.xml", "K");

/// A desk whose ranking workbook was written, and came back with these cells of sheet Chi tiết filled in.
fn desk(cells: &[(&str, &str)]) -> Desk {
    let desk = Desk::with(&SmallDossier::new());
    assert_eq!(desk.run(&["build", ".", "--only", "xep-hang.xlsx", "--out", "ket-qua"]).status.code(), Some(0));
    std::fs::create_dir_all(desk.path("tra-loi")).expect("a folder");
    let file: PathBuf = desk.path("tra-loi/Công đoàn ngành Y tế.xlsx");
    std::fs::copy(desk.path("ket-qua/K1/xep-hang.xlsx"), &file).expect("the workbook");
    let (part, column) = DETAILS;
    let cells: Vec<(String, &str)> = cells.iter().map(|(row, text)| (format!("{column}{row}"), *text)).collect();
    workbook::fill(&file, part, &cells);
    desk
}

#[test]
fn remarks_are_gathered_by_line_beside_the_mark_they_are_about() {
    let desk = desk(&[("7", "Đã kết nạp 110 người, có biên bản"), ("5", "Đề nghị xếp lại hạng")]);
    let output = desk.run(&["collect", ".", "tra-loi", "--out", "."]);
    let said = String::from_utf8_lossy(&output.stdout).to_string();
    assert_eq!(output.status.code(), Some(0), "{said}");
    for words in [
        "Đã đọc 1 tệp, có 2 ý kiến.",
        "Công đoàn ngành Y tế",
        "Cả đơn vị: 9 điểm",
        "“Đề nghị xếp lại hạng” (tra-loi/Công đoàn ngành Y tế.xlsx › Chi tiết › K5)",
        "1.1 Số đoàn viên kết nạp mới: TH 104/KH 100",
        "“Đã kết nạp 110 người, có biên bản”",
    ] {
        assert!(said.contains(words), "“{words}” is not in:\n{said}");
    }
    assert!(said.find("Cả đơn vị") < said.find("1.1 Số đoàn viên"), "the unit as a whole comes first");
    let bytes = std::fs::read(desk.path("y-kien.xlsx")).expect("the workbook of remarks");
    let strings = String::from_utf8(workbook::parts(&bytes)["xl/sharedStrings.xml"].clone()).expect("UTF-8");
    assert!(strings.contains("Đã kết nạp 110 người, có biên bản"));
}

#[test]
fn a_workbook_that_is_older_than_the_dossier_is_said_to_be_so() {
    let desk = desk(&[("7", "Đề nghị xem lại")]);
    desk.put("", &SmallDossier::new().submit("yte.xlsx", 4, 4, 110));
    let output = desk.run(&["collect", ".", "tra-loi", "--json"]);
    let object: Value = serde_json::from_slice(&output.stdout).expect("an object");
    assert_eq!(object["remarks"][0]["text"], "Đề nghị xem lại");
    assert_eq!(object["departures"][0]["returned"], "104");
    assert_eq!(object["departures"][0]["ours"], "110");
    assert_eq!(object["findings"][0]["code"], "GY03");
}

#[test]
fn files_of_another_kind_give_a_finding_each_and_the_others_are_still_read() {
    let desk = desk(&[("7", "Đề nghị xem lại")]);
    std::fs::copy(desk.path("so-lieu/yte.xlsx"), desk.path("tra-loi/bieu.xlsx")).expect("a form");
    std::fs::write(desk.path("tra-loi/hong.xlsx"), b"PK\x03\x04 khong phai").expect("a broken file");
    let output = desk.run(&["collect", ".", "tra-loi", "--json"]);
    assert_eq!(output.status.code(), Some(0));
    let object: Value = serde_json::from_slice(&output.stdout).expect("an object");
    assert_eq!(object["remarks"].as_array().map(Vec::len), Some(1));
    let findings = object["findings"].as_array().expect("a list");
    assert_eq!(findings.len(), 2, "{findings:?}");
    assert!(findings.iter().any(|finding| finding["code"] == "GY01"));
    let missing = desk.run(&["collect", ".", "khong-co.xlsx"]);
    assert_eq!(missing.status.code(), Some(2));
}

#[test]
fn a_remark_is_open_on_each_sheet_where_a_unit_would_remark() {
    let desk = desk(&[]);
    let parts = workbook::parts(&std::fs::read(desk.path("ket-qua/K1/xep-hang.xlsx")).expect("the workbook"));
    for sheet in 1..=4 {
        let xml = String::from_utf8(parts[&format!("xl/worksheets/sheet{sheet}.xml")].clone()).expect("UTF-8");
        assert!(xml.contains("<sheetProtection ") && !xml.contains("password="), "sheet {sheet} is not protected");
    }
    let strings = String::from_utf8(parts["xl/sharedStrings.xml"].clone()).expect("UTF-8");
    assert_eq!(strings.matches("Ý kiến của đơn vị").count(), 1, "one heading, shared by the sheets");
    let index = strings.split("<si>").skip(1).position(|one| one.contains("Ý kiến của đơn vị")).expect("its index");
    let uses = (1..=4).filter(|sheet| {
        let xml = String::from_utf8_lossy(&parts[&format!("xl/worksheets/sheet{sheet}.xml")]).to_string();
        xml.contains(&format!("<v>{index}</v>"))
    });
    assert_eq!(uses.count(), 4);
}

//! Stories of the form that a unit fills in, read back from the workbook itself.

use chrono::NaiveDate;
use std::io::Read;

use super::form;
use crate::dossier::{GroupKind, Rule, UnitId};
use crate::excel::book::Book;
use crate::scoring::sample::Office;

fn office() -> Office {
    Office::with_units(&["YT", "GD"])
        .group("0", GroupKind::Ordinary, Some("0"))
        .line("0.1", "người", Rule::Information, None)
        .group("I", GroupKind::Ordinary, Some("14"))
        .line("1.1", "người", Rule::Ratio, Some("5"))
        .line("1.2", "%", Rule::Ratio, Some("4.5"))
        .line("1.3", "đạt/không", Rule::PassFail, Some("3"))
        .line("1.4", "điểm", Rule::Direct, Some("1.5"))
        .group("X", GroupKind::Deduction, None)
        .line("10.1", "có/không", Rule::Disqualify, None)
        .target("YT", "1.1", "12500")
}

fn written(office: &Office, unit: usize) -> Vec<u8> {
    let date = NaiveDate::from_ymd_opt(2024, 12, 31).expect("a day in the calendar");
    form(&office.dossier, UnitId(unit), date).expect("the form is written")
}

fn sheet(bytes: &[u8], number: usize) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook is a zip archive");
    let mut text = String::new();
    let mut part = archive.by_name(&format!("xl/worksheets/sheet{number}.xml")).expect("the sheet is there");
    part.read_to_string(&mut text).expect("parts are UTF-8");
    text
}

/// The check on a cell of the first sheet.
fn check_on<'a>(xml: &'a str, cell: &str) -> Option<&'a str> {
    let end = xml.find(&format!(" sqref=\"{cell}\"")).or_else(|| {
        let list = xml.match_indices(" sqref=\"").find(|(at, _)| {
            let rest = &xml[at + 8..];
            rest.split('"').next().is_some_and(|cells| cells.split(' ').any(|own| own == cell))
        });
        list.map(|(at, _)| at)
    })?;
    let start = xml[..end].rfind("<dataValidation ")?;
    let close = xml[end..].find("</dataValidation>")? + end;
    Some(&xml[start..close])
}

#[test]
fn a_unit_finds_its_name_its_lines_and_the_plan_it_was_given() {
    let bytes = written(&office(), 0);
    let book = Book::read(&bytes);
    let name = "Biểu số liệu";
    assert_eq!(book.row(name, 1, "AC"), ["Mã đơn vị:", "YT"]);
    assert_eq!(book.cell(name, "A2").value, "BÁO CÁO KẾT QUẢ THI ĐUA NĂM 2024");
    assert_eq!(book.row(name, 4, "AC"), ["Đơn vị:", "Công đoàn YT"]);
    assert_eq!(book.row(name, 5, "AC"), ["Năm:", "2024"]);
    let headings =
        ["TT", "Nội dung", "ĐVT", "Điểm tối đa", "Kế hoạch", "Kết quả", "Điểm tự chấm", "Minh chứng", "Ghi chú"];
    assert_eq!(book.row(name, 8, "ABCDEFGHI"), headings);
    assert_eq!(book.row(name, 11, "ABD"), ["I", "Nhóm I", "14"]);
    assert_eq!(book.row(name, 12, "ABCDEF"), ["1.1", "Chỉ tiêu 1.1", "người", "5", "12500", ""]);
    let xml = sheet(&bytes, 1);
    assert!(xml.contains("<row r=\"1\"") && xml.contains("hidden=\"1\""), "the row of the code is hidden");
    assert!(xml.contains("<sheetProtection ") && !xml.contains("password="), "protected, without a password");
}

#[test]
fn each_open_cell_takes_only_what_its_line_asks_for() {
    let office = office();
    let xml = sheet(&written(&office, 0), 1);
    let (given, own) = (check_on(&xml, "E12"), sheet(&written(&office, 1), 1));
    assert_eq!(given, None, "a plan that was given is not typed");
    assert!(check_on(&own, "E12").expect("a plan of its own").contains("decimal"));
    for (cell, words) in [
        ("F12", "Ghi một con số từ 0 trở lên, tính bằng “người”"),
        ("G12", "từ 0 đến 5."),
        ("G13", "từ 0 đến 4,5."),
        ("F13", "Ghi 97,5 nếu kết quả là 97,5%"),
        ("F14", "\"Đạt,Không\""),
        ("F17", "\"Có,Không\""),
        ("C6", "type=\"date\""),
    ] {
        let check = check_on(&xml, cell).unwrap_or_else(|| panic!("no check on {cell}"));
        let check = check.replace("&quot;", "\"");
        assert!(check.contains(words), "{cell}: {check}");
    }
    for closed in ["F15", "G17", "G10", "D12"] {
        assert_eq!(check_on(&xml, closed), None, "{closed} is not typed");
    }
}

#[test]
fn the_second_sheet_waits_for_words_under_each_item() {
    let bytes = written(&office(), 0);
    let book = Book::read(&bytes);
    assert_eq!(book.row("Thuyết minh", 4, "AB"), ["Mục", "Nội dung"]);
    assert_eq!(book.row("Thuyết minh", 5, "AB"), ["Nổi bật", ""]);
    assert_eq!(book.cell("Thuyết minh", "A24").value, "Kiến nghị");
    let xml = sheet(&bytes, 2).replace("&quot;", "\"");
    assert!(xml.contains("\"Nổi bật,Mô hình mới,Hạn chế,Nguyên nhân,Kiến nghị\""), "{xml}");
}

#[test]
fn the_same_dossier_gives_the_same_form() {
    assert_eq!(written(&office(), 0), written(&office(), 0));
}

#[test]
fn a_line_that_the_unit_is_excused_from_is_closed_and_says_why() {
    let office = office().waiver("GD", "1.2", "không có doanh nghiệp");
    let (xml, bytes) = (sheet(&written(&office, 1), 1), written(&office, 1));
    assert_eq!((check_on(&xml, "F13"), check_on(&xml, "G13")), (None, None));
    assert_eq!(Book::read(&bytes).cell("Biểu số liệu", "I13").value, "Được miễn chấm: không có doanh nghiệp");
    assert!(check_on(&sheet(&written(&office, 0), 1), "F13").is_some(), "another unit still fills it in");
}

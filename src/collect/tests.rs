//! Stories of workbooks that came back: remarks by line, figures that moved, files that are something else.

use chrono::NaiveDate;
use rust_xlsxwriter::Workbook;

use super::{Collector, Returned};
use crate::dossier::{GroupKind, Rule};
use crate::excel;
use crate::scoring::sample::{Office, decimal};
use crate::sheet;

fn office() -> Office {
    Office::with_units(&["YT", "GD"])
        .group("I", GroupKind::Ordinary, Some("8"))
        .line("1.1", "người", Rule::Ratio, Some("5"))
        .line("1.2", "đạt/không", Rule::PassFail, Some("3"))
        .submits("YT", &["1.1: 95.5/100", "1.2: đạt"])
        .submits("GD", &["1.1: 100/100", "1.2: không"])
        .self_marks("YT", &["1.1: 5"])
        .verified("GD", "1.2", "1.5")
}

fn read(office: &Office, bytes: &[u8]) -> Returned {
    let scored = office.scored();
    let book = sheet::read(bytes, "tra-loi/Công đoàn YT góp ý.xlsx").expect("a spreadsheet");
    Collector::new(&scored.office.dossier, std::slice::from_ref(&scored.result)).read(&book)
}

/// Rows of a sheet of text below a title.
fn returned(title: &str, sheet: &str, rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name(sheet).expect("a name");
    page.write(0, 0, title).expect("the title");
    for (row, cells) in (2..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            match cell.parse::<f64>() {
                Ok(number) => page.write(row, column, number).expect("a figure"),
                Err(_) => page.write(row, column, *cell).expect("a text"),
            };
        }
    }
    book.save_to_buffer().expect("the workbook")
}

#[test]
fn our_own_workbook_comes_back_with_no_remark_and_no_other_figure() {
    let office = office();
    let scored = office.scored();
    let date = NaiveDate::from_ymd_opt(2024, 12, 12).expect("a day in the calendar");
    let bytes = excel::ranking(&office.dossier, &scored.result, false, date).expect("the workbook");
    let returned = read(&office, &bytes);
    assert_eq!((returned.remarks.len(), returned.departures.as_slice()), (0, &[][..]));
    assert!(returned.findings.is_empty(), "{:?}", returned.findings);
}

#[test]
fn a_remark_is_bound_to_its_unit_and_line_and_stands_beside_the_mark() {
    let rows: &[&[&str]] = &[
        &["Đơn vị", "Mã", "Điểm", "Ý kiến của đơn vị"],
        &["YT", "", "", "Đề nghị xem lại tổng điểm"],
        &["YT", "I", "", "Nhóm này tính thiếu"],
        &["YT", "1.1", "4.78", "Kết quả là 104, không phải 95,5"],
        &["GD", "1.2", "1.5", ""],
    ];
    let returned = read(&office(), &returned("ĐIỂM CHI TIẾT NĂM 2024", "Chi tiết", rows));
    let found: Vec<(&str, Option<&str>, Option<String>, &str)> = returned
        .remarks
        .iter()
        .map(|one| (one.unit.as_str(), one.line.as_deref(), one.mark.map(|mark| mark.to_string()), one.cell.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("YT", None, Some("7.78".into()), "D4"),
            ("YT", Some("I"), Some("7.78".into()), "D5"),
            ("YT", Some("1.1"), Some("4.78".into()), "D6")
        ]
    );
    let last = &returned.remarks[2];
    assert_eq!(last.why.as_deref(), Some("TH 95,5/KH 100 → 95,5% → 4,78 điểm (tối đa 5)"));
    assert_eq!((last.sender.as_deref(), last.text.as_str()), (Some("YT"), "Kết quả là 104, không phải 95,5"));
    assert!(returned.findings.is_empty());
}

#[test]
fn figures_that_were_changed_or_are_old_are_named() {
    let rows: &[&[&str]] = &[
        &["Đơn vị", "Mã", "Kế hoạch", "Kết quả", "Điểm tự chấm", "Điểm thẩm định", "Ý kiến"],
        &["YT", "1.1", "100", "104", "5", "", "đã sửa"],
        &["YT", "1.2", "", "Đạt", "", "", ""],
        &["GD", "1.1", "90", "100", "", "", ""],
        &["GD", "1.2", "", "Không đạt", "", "", ""],
    ];
    let returned = read(&office(), &returned("SỐ LIỆU NĂM 2024", "Số liệu", rows));
    let found: Vec<(&str, &str, &str, &str)> = returned
        .departures
        .iter()
        .map(|one| (one.cell.as_str(), one.item.as_str(), one.returned.as_str(), one.ours.as_str()))
        .collect();
    assert_eq!(
        found,
        [("D4", "Kết quả", "104", "95,5"), ("C6", "Kế hoạch", "90", "100"), ("F7", "Điểm thẩm định", "trống", "1,5")]
    );
    assert_eq!(returned.remarks.len(), 1);
    assert_eq!(returned.findings[0].code.id, "GY03");
    assert!(returned.findings[0].message.contains("có 3 ô khác"), "{}", returned.findings[0].message);
}

#[test]
fn a_workbook_of_another_kind_or_year_is_set_aside() {
    let form: &[&[&str]] = &[&["TT", "Nội dung", "Kết quả"], &["1.1", "Chỉ tiêu 1.1", "95"]];
    let other = read(&office(), &returned("BÁO CÁO", "Biểu 1", form));
    assert_eq!(other.findings[0].code.id, "GY01");
    let rows: &[&[&str]] = &[&["Đơn vị", "Mã", "Ý kiến của đơn vị"], &["YT", "1.1", "năm ngoái"]];
    let old = read(&office(), &returned("ĐIỂM CHI TIẾT TỪNG TIÊU CHÍ NĂM 2023", "Chi tiết", rows));
    assert_eq!((old.remarks.len(), old.findings[0].code.id), (0, "GY02"));
}

#[test]
fn a_remark_in_a_strange_row_is_not_lost() {
    let rows: &[&[&str]] =
        &[&["Đơn vị", "Mã", "Ý kiến của đơn vị"], &["XX", "1.1", "ai đây"], &["YT", "9.9", "dòng nào"]];
    let returned = read(&office(), &returned("NĂM 2024", "Chi tiết", rows));
    assert_eq!(returned.remarks.len(), 0);
    let said: Vec<&str> = returned.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        said,
        [
            "Ý kiến “ai đây” ở dòng “XX 1.1”, không thấy trong hồ sơ.",
            "Ý kiến “dòng nào” ở dòng “YT 9.9”, không thấy trong hồ sơ."
        ]
    );
}

#[test]
fn a_changed_maximum_is_a_departure_of_the_whole_table() {
    let rows: &[&[&str]] = &[&["Mã", "Điểm tối đa", "Đơn vị", "Ý kiến"], &["1.1", "6", "", ""], &["1.2", "3", "", ""]];
    let returned = read(&office(), &returned("NĂM 2024", "Thang điểm", rows));
    assert_eq!(returned.departures.len(), 1);
    assert_eq!((returned.departures[0].unit.as_deref(), returned.departures[0].ours.as_str()), (None, "5"));
    assert_eq!(decimal("5"), office().dossier.criteria[0].max.expect("a maximum"));
}

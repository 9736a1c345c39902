//! Stories of workbooks that came back: remarks by line, figures that moved, files that are something else.

use std::io::{Cursor, Read, Write};

use chrono::NaiveDate;
use rust_xlsxwriter::{Note, Workbook};

use super::{Collector, Returned, comments};
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
    Collector::new(&scored.office.dossier, std::slice::from_ref(&scored.result)).read(&book, &comments(bytes))
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

/// A workbook with a note of Excel at each cell, by its writer.
fn with_notes(notes: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name("Chi tiết").expect("a name");
    let rows = [["Đơn vị", "Mã", "Điểm", "Ý kiến của đơn vị"], ["YT", "", "", ""], ["YT", "1.1", "4.78", "thấp quá"]];
    for (row, cells) in (0..).zip(rows) {
        page.write_row(row, 0, cells).expect("a row");
    }
    for (cell, author, text) in notes {
        let cell: crate::finding::CellAddress = cell.parse().expect("an address");
        let note = Note::new(*text).set_author(*author).add_author_prefix(!author.is_empty());
        page.insert_note(cell.row, cell.column as u16, &note).expect("a note");
    }
    book.save_to_buffer().expect("the workbook")
}

#[test]
fn notes_on_cells_are_gathered_with_their_writer_and_ours_are_not() {
    let bytes = with_notes(&[
        ("C3", "Trần Thị B", "Xin xem lại điểm & kết quả"),
        ("B3", "", "Nguồn: so-lieu/YT.xlsx › Biểu 1 › E10"),
        ("A3", "", "Nguồn: so-lieu/YT.xlsx › Biểu 1 › E10\nSố này của năm trước"),
        ("A2", "Lê C", "Ai ký?"),
        ("A9", "Lê C", "Ở ngoài bảng"),
    ]);
    let returned = read(&office(), &bytes);
    let found: Vec<(Option<&str>, &str, Option<&str>, &str)> = returned
        .remarks
        .iter()
        .map(|one| (one.line.as_deref(), one.cell.as_str(), one.author.as_deref(), one.text.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (Some("1.1"), "D3", None, "thấp quá"),
            (None, "A2", Some("Lê C"), "Ai ký?"),
            (Some("1.1"), "A3", None, "Số này của năm trước"),
            (Some("1.1"), "C3", Some("Trần Thị B"), "Xin xem lại điểm & kết quả"),
        ]
    );
    let said: Vec<&str> = returned.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(said, ["Ý kiến “Ở ngoài bảng” không ở dòng của đơn vị hay tiêu chí nào."]);
}

/// The same parts, with a thread of talk beside the note that stands in for it.
fn with_thread(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook is a zip archive");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("an entry");
        writer.write_all(text.as_bytes()).expect("its content");
    };
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationship Id=\"rIdX\" Type=\"http://schemas.microsoft.com/office/2017/10/relationships/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    for index in 0..archive.len() {
        let mut text = String::new();
        let mut entry = archive.by_index(index).expect("an entry");
        entry.read_to_string(&mut text).expect("its text");
        let name = entry.name().expect("its name").to_string();
        let (kind, target) = match name.as_str() {
            "xl/worksheets/_rels/sheet1.xml.rels" => ("threadedComment", "../threadedComments/threadedComment1.xml"),
            "xl/_rels/workbook.xml.rels" => ("person", "persons/person.xml"),
            _ => {
                put(&name, &text);
                continue;
            }
        };
        put(&name, &text.replace("</Relationships>", &relation(kind, target)));
    }
    let space = "xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments\"";
    put(
        "xl/persons/person.xml",
        &format!("<personList {space}><person displayName=\"Phạm Văn D\" id=\"{{1}}\"/></personList>"),
    );
    put(
        "xl/threadedComments/threadedComment1.xml",
        &format!(
            "<ThreadedComments {space}><threadedComment ref=\"C3\" personId=\"{{1}}\" id=\"{{2}}\"><text>Sai số liệu</text>\
             </threadedComment><threadedComment ref=\"C3\" personId=\"{{9}}\" id=\"{{3}}\" parentId=\"{{2}}\"><text>Đã \
             xem &lt;1&gt;</text></threadedComment></ThreadedComments>"
        ),
    );
    writer.finish().expect("the end of the archive").into_inner()
}

#[test]
fn every_word_of_a_thread_is_a_remark_and_the_note_that_stands_in_for_it_is_none() {
    let stand_in = "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment.\n\nComment:\n    Sai số liệu";
    let bytes = with_notes(&[("C3", "tc={2}", stand_in)]);
    let told = |bytes: &[u8]| -> Vec<(Option<String>, String)> {
        let remarks = read(&office(), bytes).remarks;
        remarks.into_iter().skip(1).map(|one| (one.author, one.text)).collect()
    };
    assert_eq!(
        told(&with_thread(&bytes)),
        [(Some("Phạm Văn D".to_string()), "Sai số liệu".to_string()), (None, "Đã xem <1>".to_string())]
    );
    assert_eq!(told(&bytes), [(None, "Sai số liệu".to_string())], "a program that knows no threads dropped the thread");
}

//! Stories of reading what units send: the three shapes, how people bend them, and one fault at a time.

use super::*;
use crate::dossier::{self, CriterionId, Dossier, Source, Sourced, UnitId};
use crate::finding::CellAddress;
use crate::finding::catalogue::intake as codes;
use crate::sheet::SheetName;
use crate::sheet::sample::{Put, Rows, row, workbook};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::sync::LazyLock;

/// A dossier of three units in two clusters, read from a workbook as users write it.
static DOSSIER: LazyLock<Dossier> = LazyLock::new(|| {
    let dir = tempfile::tempdir().expect("a folder");
    let sheets: Vec<(&str, Rows)> = vec![
        ("Thông tin", vec![row!["Mục", "Giá trị"], row!["Năm", 2024.0]]),
        ("Cụm", vec![row!["Mã", "Tên"], row!["C1", "Cụm số 1"], row!["C2", "Cụm số 2"]]),
        (
            "Đơn vị",
            vec![
                row!["Mã", "Tên", "Tên viết tắt", "Tên gọi khác", "Cụm"],
                row!["GD", "Công đoàn ngành Giáo dục", "CĐGD", "", "C1"],
                row!["YT", "Công đoàn ngành Y tế", "CĐYT", "Ngành Y tế", "C1"],
                row!["XD", "Công đoàn ngành Xây dựng", "", "", "C2"],
            ],
        ),
        (
            "Tiêu chí",
            vec![
                row!["Mã", "Nội dung", "ĐVT", "Cách tính", "Tham số", "Điểm tối đa", "Tổng hợp", "Tên gọi khác", "Cụm"],
                row!["I", "Chăm lo", "", "", "", 14.0],
                row!["1.1", "Tỷ lệ ký thoả ước", "%", "Tỷ lệ", "", 4.0],
                row!["1.2", "Số lượt thăm hỏi", "lượt người", "Tỷ lệ", "", 4.0, "", "Thăm hỏi"],
                row!["1.3", "Hội nghị đúng hạn", "đạt/không", "Đạt/Không", "", 2.0],
                row!["1.4", "Chất lượng báo cáo", "điểm", "Chấm trực tiếp", "", 4.0],
                row!["P", "Điểm trừ", "", "Nhóm trừ"],
                row!["p1.1", "Báo cáo chậm", "lần", "Theo số lượng", 0.5],
            ],
        ),
    ];
    std::fs::write(dir.path().join("ho-so.xlsx"), workbook(&sheets)).expect("a file");
    let (dossier, findings) = dossier::read(dir.path());
    assert!(findings.is_empty(), "{findings:#?}");
    dossier.expect("a dossier")
});

/// A form as it should come back.
fn form(unit: &str) -> Rows {
    vec![
        row!["BÁO CÁO SỐ LIỆU"],
        row!["Đơn vị:", unit],
        row!["Năm: 2024", "", "Ngày báo cáo:", Put::Date(2024, 12, 5)],
        row![],
        row!["TT", "Nội dung", "ĐVT", "Kế hoạch", "Kết quả", "Điểm tự chấm", "Minh chứng", "Ghi chú"],
        row!["I", "Chăm lo"],
        row!["1.1", "Tỷ lệ ký thoả ước", "%", Put::Percent(0.9), Put::Percent(0.975), 4.0, "QĐ 12", "vượt"],
        row!["1.2", "Số lượt thăm hỏi", "lượt người", 400.0, "424.830", 4.0],
        row!["1.3", "Hội nghị đúng hạn", "đạt/không", "", "Đạt", 2.0],
        row!["1.4", "Chất lượng báo cáo", "điểm", "", "", 3.5],
        row!["P", "Điểm trừ"],
        row!["p1.1", "Báo cáo chậm", "lần", "", 1.0, -0.5],
        row!["", "Tổng cộng", "", "", "", 13.0],
    ]
}

fn read_one(sheets: &[(&str, Rows)], file: &str) -> FileReading {
    SubmissionReader::new(&DOSSIER).read_bytes(&workbook(sheets), file)
}

fn with(row: usize, column: usize, put: impl Into<Put>) -> FileReading {
    let mut rows = form("Công đoàn ngành Y tế");
    while rows.len() <= row {
        rows.push(Vec::new());
    }
    while rows[row].len() <= column {
        rows[row].push(Put::Nothing);
    }
    rows[row][column] = put.into();
    read_one(&[("Biểu 1", rows)], "so-lieu/a.xlsx")
}

/// Code and cell of every finding but the two that the form has by itself.
fn faults(reading: &FileReading) -> Vec<String> {
    let own = [&codes::GUESSED_FIGURE, &codes::NEGATIVE_DEDUCTION];
    let others = reading.findings.iter().filter(|finding| !own.contains(&finding.code));
    others
        .map(|finding| {
            let cell = finding.place.cell.map(|cell| cell.to_string()).unwrap_or_default();
            format!("{} {cell}", finding.code.id)
        })
        .collect()
}

/// A submission in one line: unit, then code=plan/result/self mark of every line.
fn summary(dossier: &Dossier, submission: &Submission) -> String {
    let figure = |value: &Option<dossier::Sourced<Decimal>>| {
        value.as_ref().map(|it| it.value.normalize().to_string()).unwrap_or_default()
    };
    let lines = submission.lines.iter().map(|(id, line)| {
        let result = match line.result.as_ref().map(|it| it.value) {
            None => String::new(),
            Some(Reading::Yes) => "có".into(),
            Some(Reading::No) => "không".into(),
            Some(Reading::Number(value)) => value.normalize().to_string(),
        };
        format!("{}={}/{result}/{}", dossier.criterion(*id).code, figure(&line.plan), figure(&line.self_mark))
    });
    let lines: Vec<String> = lines.collect();
    format!("{}: {}", dossier.unit(submission.unit).code, lines.join(" "))
}

fn summaries(reading: &FileReading) -> Vec<String> {
    reading.submissions.iter().map(|submission| summary(&DOSSIER, submission)).collect()
}

const SOUND: &str = "YT: 1.1=90/97.5/4 1.2=400/424830/4 1.3=/có/2 1.4=//3.5 p1.1=/1/0.5";

#[test]
fn a_form_is_read_with_its_words_and_cells() {
    let words = vec![
        row!["Mục", "Nội dung"],
        row!["Kết quả nổi bật", "Vượt chỉ tiêu"],
        row!["", "Nhiều sáng kiến"],
        row!["Hạn chế", "Còn chậm"],
    ];
    let reading = read_one(&[("Biểu 1", form("Công đoàn ngành Y tế")), ("Thuyết minh", words)], "so-lieu/a.xlsx");
    assert_eq!(summaries(&reading), [SOUND]);
    let said: Vec<_> = reading.findings.iter().map(|finding| finding.code.id).collect();
    assert_eq!(said, ["SL12", "SL20"], "the guess and the minus of a deduction: {:#?}", reading.findings);
    let submission = &reading.submissions[0];
    assert_eq!(submission.year, Some(2024));
    assert_eq!(submission.report_date.as_ref().map(|it| it.value), chrono::NaiveDate::from_ymd_opt(2024, 12, 5));
    let first = submission.lines.values().next().expect("a line");
    let source = &first.result.as_ref().expect("a result").source;
    assert_eq!(source.to_string(), "so-lieu/a.xlsx!Biểu 1!E7");
    assert_eq!(first.remark, "vượt");
    let kinds: Vec<_> = submission.narratives.iter().map(|it| it.kind).collect();
    use NarrativeKind::{Highlight, Weakness};
    assert_eq!(kinds, [Highlight, Highlight, Weakness]);
}

#[test]
fn the_form_may_be_bent_as_offices_bend_it() {
    let two_rows: Rows = vec![
        row!["CÔNG ĐOÀN NGÀNH Y TẾ", "", "", "Số: 12/BC"],
        row!["NĂM 2024"],
        row![
            "Kết quả thực hiện năm 2024",
            "Số TT",
            "Nội dung tiêu chí",
            "Điểm",
            "Đơn vị tính",
            "Chỉ tiêu kế hoạch năm"
        ],
        row!["", "", "", "Điểm tự chấm"],
        row!["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        row!["97,5%", "1.1.", "", 4.0, "%", "90"],
        row![],
        row![424830.0, "1,2", "Số lượt thăm hỏi", "4 điểm", "", "400 lượt"],
        row!["x", "", "HỘI NGHỊ ĐÚNG HẠN", 2.0],
        row!["", "1.4", "", "3,5"],
        row![1.0, "P 1.1", "", 0.5],
    ];
    let reading = read_one(&[("Sheet1", two_rows)], "so-lieu/bieu.xlsx");
    assert_eq!(summaries(&reading), [SOUND], "{:#?}", reading.findings);
    assert_eq!(faults(&reading), Vec::<String>::new());
}

#[test]
fn a_form_saved_as_text_is_read_like_the_workbook() {
    let text = "Đơn vị:;CĐYT;;;\nNăm: 2024\n\nTT;Nội dung;Kế hoạch;Kết quả;Điểm tự chấm\n1.1;;90%;97,5%;4\n\
                1.2;;400;424830;4\n1.3;;;đạt;2\n1.4;;;;3,5\np1.1;;;1;0,5\n";
    let reading = SubmissionReader::new(&DOSSIER).read_bytes(text.as_bytes(), "so-lieu/a.csv");
    assert_eq!(summaries(&reading), [SOUND], "{:#?}", reading.findings);
    assert!(reading.findings.is_empty(), "{:#?}", reading.findings);
}

#[test]
fn a_sheet_for_each_unit_is_three_submissions() {
    let plain = |unit: &str| -> Rows {
        let mut rows = form(unit);
        rows[7][4] = 424830.0.into();
        rows
    };
    let mut nameless = plain("");
    nameless[1] = row![];
    let sheets = [("GD", plain("CĐGD")), ("Y tế", plain("Ngành Y tế")), ("Công đoàn ngành Xây dựng", nameless)];
    let reading = read_one(&sheets, "so-lieu/ca-cum.xlsx");
    let units: Vec<String> = summaries(&reading).iter().map(|line| line[..2].to_string()).collect();
    assert_eq!(units, ["GD", "YT", "XD"]);
    assert_eq!(faults(&reading), Vec::<String>::new(), "{:#?}", reading.findings);
}

#[test]
fn a_joint_table_is_read_by_codes_or_by_names() {
    let by_code = vec![
        row!["TỔNG HỢP NĂM 2024"],
        row!["TT", "Đơn vị", "1.1", "1.2", "1.3", "1.4", "P1.1", "Ghi chú"],
        row![1.0, "YT", Put::Percent(0.975), 424830.0, "x", 3.5, 1.0],
        row![2.0, "Công đoàn ngành Giáo dục", 80.0, 0.0, "không", "", ""],
        row![3.0, "XD"],
        row!["", "Tổng cộng", "", 424830.0],
        row!["", "Người lập biểu"],
    ];
    let by_name = vec![
        row!["Tên đơn vị", "Tỷ lệ ký thoả ước", "THĂM HỎI", "Hội nghị đúng hạn", "Chất lượng báo cáo", "Báo cáo chậm"],
        row!["CĐYT", 97.5, 424830.0, 1.0, 3.5, 1.0],
        row!["gd", "80", 0.0, 0.0],
    ];
    for rows in [by_code, by_name] {
        let reading = read_one(&[("Tổng hợp", rows)], "so-lieu/tong-hop.xlsx");
        assert_eq!(
            summaries(&reading),
            [
                "YT: 1.1=/97.5/ 1.2=/424830/ 1.3=/có/ 1.4=//3.5 p1.1=/1/",
                "GD: 1.1=/80/ 1.2=/0/ 1.3=/không/ 1.4=// p1.1=//"
            ]
        );
        assert_eq!(faults(&reading), Vec::<String>::new(), "{:#?}", reading.findings);
        let places = reading.submissions[1].lines.values().filter(|line| line.place.is_some()).count();
        assert_eq!(places, 5, "empty cells have a place too");
    }
}

#[test]
fn each_fault_is_told_at_its_cell_and_the_rest_is_still_read() {
    let cases: Vec<(usize, usize, Put, &str, &str)> = vec![
        (6, 4, "thực hiện tốt".into(), "SL06 E7", "1.1=90//4"),
        (7, 4, Put::Formula("=NA()", "#N/A"), "SL07 E8", "1.2=400//4"),
        (7, 4, Put::Date(2024, 5, 5), "SL08 E8", "1.2=400//4"),
        (7, 4, "gần 9.692".into(), "SL09 E8", "1.2=400//4"),
        (7, 4, "626/723".into(), "SL09 E8", "1.2=400//4"),
        (7, 4, Put::Percent(0.9), "SL09 E8", "1.2=400//4"),
        (7, 4, "5 triệu đồng".into(), "SL09 E8", "1.2=400//4"),
        (8, 4, "cơ bản đạt".into(), "SL10 E9", "1.3=//2"),
        (7, 2, "cuộc".into(), "SL22 C8", "1.2=400/424830/4"),
        (7, 4, "424,83 nghìn lượt".into(), "SL21 E8", "1.2=400/424830/4"),
        (6, 3, "theo quy định".into(), "SL06 D7", "1.1=/97.5/4"),
        (6, 5, "tối đa".into(), "SL06 F7", "1.1=90/97.5/"),
        (9, 5, "khá".into(), "SL06 F10", "1.4=//"),
        (2, 0, "Năm: 2023".into(), "SL11 A3", "1.1=90/97.5/4"),
        (2, 3, "30/02/2024".into(), "SL17 D3", "1.1=90/97.5/4"),
        (11, 0, "9.9".into(), "", "p1.1=/1/0.5"),
        (6, 1, "Số lượt thăm hỏi".into(), "SL19 A7", "1.2=400/424830/4"),
        (13, 0, "7.7".into(), "", "1.1=90/97.5/4"),
    ];
    for (row, column, put, fault, line) in cases {
        let reading = with(row, column, put.clone());
        let expected: Vec<&str> = if fault.is_empty() { vec![] } else { vec![fault] };
        assert_eq!(faults(&reading), expected, "{row} {column} {put:?}: {:#?}", reading.findings);
        let read = summaries(&reading);
        assert!(read[0].contains(line), "{row} {column} {put:?}: {read:?}");
        for finding in reading.findings {
            assert_eq!(finding.unit.as_deref(), Some("YT"), "{}", finding.message);
        }
    }
}

#[test]
fn an_unreadable_result_is_marked_so_and_an_empty_one_is_not() {
    let unreadable = |reading: &FileReading| -> Vec<bool> {
        reading.submissions[0].lines.values().map(|line| line.unreadable).collect()
    };
    assert_eq!(unreadable(&with(6, 4, "tốt")), [true, false, false, false, false]);
    let empty = with(6, 4, "");
    assert_eq!(unreadable(&empty), [false; 5]);
    let line = empty.submissions[0].lines.values().next().expect("the line");
    assert!(line.result.is_none());
    assert_eq!(line.place.as_ref().map(|place| place.to_string()).as_deref(), Some("so-lieu/a.xlsx!Biểu 1!E7"));
}

#[test]
fn a_row_that_counts_in_thousands_is_turned_into_what_is_wanted() {
    let reading = with(7, 2, "nghìn lượt người");
    assert_eq!(faults(&reading), ["SL21 D8", "SL21 E8"], "{:#?}", reading.findings);
    assert!(summaries(&reading)[0].contains("1.2=400000/424830000/4"));
}

#[test]
fn lines_that_would_be_lost_are_said() {
    let mut rows = form("YT");
    rows.push(row!["9.9", "Chỉ tiêu lạ", "", "", 5.0]);
    rows.push(row!["", "Việc làm thêm", "", "", 7.0]);
    rows.push(row!["", "Ghi chú: không có"]);
    rows.push(row!["1.1", "Tỷ lệ ký thoả ước", "%", 90.0, 50.0]);
    let reading = read_one(&[("Biểu 1", rows)], "so-lieu/a.xlsx");
    assert_eq!(faults(&reading), ["SL05 A14", "SL05 B15", "SL14 E17"]);
    assert!(summaries(&reading)[0].contains("1.1=//"), "of two rows for one line neither is taken");
}

#[test]
fn a_line_without_a_code_is_known_by_its_words_and_never_in_silence() {
    let mut rows = form("Công đoàn ngành Y tế");
    rows[7][0] = "".into();
    rows[7][1] = "Số luợt thăm hỏii".into();
    rows[8][0] = "9.9".into();
    rows[8][1] = "Hội nghi đúng hạng".into();
    let reading = read_one(&[("Biểu 1", rows.clone())], "so-lieu/a.xlsx");
    assert_eq!(summaries(&reading), [SOUND], "{:#?}", reading.findings);
    assert_eq!(faults(&reading), ["SL23 B8", "SL23 A9"]);
    for finding in reading.findings.iter().filter(|finding| finding.code == &codes::LINE_BY_LIKENESS) {
        assert!(finding.message.contains('%'), "the score is told: {}", finding.message);
    }
    rows[8][1] = "Hội nghị năm".into();
    let reading = read_one(&[("Biểu 1", rows.clone())], "so-lieu/a.xlsx");
    assert_eq!(faults(&reading), ["SL23 B8", "SL05 A9"]);
    let asked = reading.findings.iter().find(|finding| finding.code == &codes::UNKNOWN_LINE).expect("a question");
    assert!(asked.hint.contains("ý là 1.3"), "{}", asked.hint);
    rows[8] = row!["", "Số lượt thăm hỏi ai", "", "", 5.0];
    rows[7] = row!["1.2", "Số lượt thăm hỏi", "", 400.0, 424830.0];
    let reading = read_one(&[("Biểu 1", rows)], "so-lieu/a.xlsx");
    assert_eq!(faults(&reading), ["SL05 B9"], "a line that is told by its code keeps its place");
}

#[test]
fn a_joint_table_knows_its_columns_by_their_words() {
    let rows = vec![
        row!["Đơn vị", "1.1", "Số luợt thăm hỏii", "Hội nghị năm", "Chuyện khác hẳn"],
        row!["YT", 97.5, 424830.0, "x", 3.0],
    ];
    let reading = read_one(&[("Tổng hợp", rows)], "so-lieu/tong-hop.xlsx");
    assert_eq!(faults(&reading), ["SL23 C1", "SL05 D1", "SL05 E1"], "{:#?}", reading.findings);
    assert_eq!(summaries(&reading), ["YT: 1.1=/97.5/ 1.2=/424830/"]);
}

#[test]
fn rows_that_are_no_lines_are_passed_over() {
    let mut rows = form("Công đoàn ngành Y tế");
    let total = rows.pop().expect("the total");
    rows.insert(8, row!["TT", "Nội dung", "ĐVT", "Kế hoạch", "Kết quả", "Điểm tự chấm"]);
    rows.insert(8, row![]);
    rows.insert(8, row!["", "Cộng nhóm I", "", "", "", 8.0]);
    rows.push(total);
    let failed = || Put::Formula("=NA()", "#N/A");
    for _ in rows.len()..553 {
        rows.push(vec![failed(), failed(), failed(), failed(), failed(), failed(), "#N/A".into()]);
    }
    let reading = read_one(&[("Biểu 1", rows)], "so-lieu/a.xlsx");
    assert_eq!(summaries(&reading), [SOUND]);
    assert_eq!(faults(&reading), Vec::<String>::new(), "{:#?}", reading.findings);
}

#[test]
fn counts_out_of_counts_are_read_where_they_are_certain() {
    for (row, written, fault, line) in [
        (6, "10/10", "SL24 E7", "1.1=90/100/4"),
        (6, "626/723 CĐCS", "SL24 E7", "1.1=90/86.5837/4"),
        (6, "5/0", "SL09 E7", "1.1=90//4"),
        (7, "385/400", "SL24 E8", "1.2=400/385/4"),
        (7, "626/723", "SL09 E8", "1.2=400//4"),
        (7, "trên 500", "SL09 E8", "1.2=400//4"),
    ] {
        let reading = with(row, 4, written);
        assert_eq!(faults(&reading), [fault], "{written}: {:#?}", reading.findings);
        assert!(summaries(&reading)[0].contains(line), "{written}: {:?}", summaries(&reading));
    }
    let hint = |reading: FileReading, code| {
        reading
            .findings
            .into_iter()
            .find(|finding| finding.code == code)
            .map(|finding| finding.hint)
            .unwrap_or_default()
    };
    assert!(hint(with(7, 4, "gần 9.692"), &codes::UNCLEAR_FIGURE).contains("9.692"), "the bare figure is proposed");
    assert!(hint(with(7, 4, Put::Date(2024, 4, 3)), &codes::DATE).contains("3/4"), "what was typed is proposed");
}

#[test]
fn a_ditto_mark_stands_for_the_measure_above_it() {
    let mut rows = form("Công đoàn ngành Y tế");
    rows[6][2] = "nghìn lượt người".into();
    rows[7][2] = "“".into();
    let reading = read_one(&[("Biểu 1", rows)], "so-lieu/a.xlsx");
    assert!(summaries(&reading)[0].contains("1.2=400000/424830000/4"), "{:?}", summaries(&reading));
    assert!(faults(&reading).contains(&"SL21 E8".to_string()), "{:?}", faults(&reading));
}

#[test]
fn a_hidden_sheet_is_no_submission_and_that_is_said() {
    let hidden = crate::sheet::sample::hidden_workbook("Biểu 2023", form("GD"), "Biểu 1", form("YT"));
    let reading = SubmissionReader::new(&DOSSIER).read_bytes(&hidden, "so-lieu/a.xlsx");
    assert_eq!(summaries(&reading), [SOUND]);
    assert_eq!(faults(&reading), ["SL15 "]);
}

#[test]
fn figures_that_do_not_go_together_are_told() {
    assert_eq!(faults(&with(12, 5, 15.5)), ["SL25 F13"], "the unit's own total");
    let mut dossier = DOSSIER.clone();
    dossier.information.deadline = chrono::NaiveDate::from_ymd_opt(2024, 11, 30);
    let read = |dossier: &Dossier, unit: &str, put: &[(usize, usize, f64)]| -> Submission {
        let mut rows = form(unit);
        for (row, column, value) in put {
            rows[*row][*column] = (*value).into();
        }
        let reader = SubmissionReader::new(dossier);
        let mut reading = reader.read_bytes(&workbook(&[("Biểu 1", rows)]), &format!("so-lieu/{unit}.xlsx"));
        reading.submissions.remove(0)
    };
    let said = |dossier: &Dossier, submissions: &[Submission]| -> Vec<String> {
        let cell = |finding: &Finding| finding.place.cell.map(|cell| cell.to_string()).unwrap_or_default();
        cross_checked(dossier, submissions).iter().map(|it| format!("{} {}", it.code.id, cell(it))).collect()
    };
    assert_eq!(said(&DOSSIER, &[read(&DOSSIER, "YT", &[])]), Vec::<String>::new(), "a sound form");
    assert_eq!(said(&dossier, &[read(&dossier, "YT", &[])]), ["SL30 D3"], "after the deadline");
    let bad = [(6, 4, 626.0), (7, 5, 6.0)];
    assert_eq!(said(&DOSSIER, &[read(&DOSSIER, "YT", &bad)]), ["SL27 E7", "SL26 F8"]);
    let past = |value: i64| {
        let mut dossier = DOSSIER.clone();
        let line = dossier::CriterionId(1);
        let source = read(&DOSSIER, "YT", &[]).lines[&line].result.as_ref().expect("a result").source.clone();
        let value = dossier::Sourced { value: Decimal::from(value), source };
        dossier.past.insert((2023, dossier::UnitId(1), line), value);
        dossier
    };
    assert_eq!(said(&past(400_000), &[read(&DOSSIER, "YT", &[])]), Vec::<String>::new());
    assert_eq!(said(&past(42_483), &[read(&DOSSIER, "YT", &[])]), ["SL29 E8"], "a naught too many");
    let mut parted = DOSSIER.clone();
    parted.criteria[1].measure = "%".into();
    parted.criteria[1].name = "Trong đó: nữ".into();
    let part = read(&DOSSIER, "YT", &[]);
    assert_eq!(said(&parted, &[part]), ["SL28 E8"], "424.830 of 97,5");
}

#[test]
fn one_file_sent_for_two_units_is_told() {
    let mut dossier = DOSSIER.clone();
    let template = dossier.criteria[1].clone();
    for number in 5..10 {
        let criterion =
            dossier::Criterion { code: format!("1.{number}"), name: format!("Việc {number}"), ..template.clone() };
        dossier.criteria.push(dossier::Criterion { other_names: Vec::new(), ..criterion });
    }
    let rows = |unit: &str, last: f64| {
        let mut rows = form(unit);
        rows.truncate(8);
        rows.extend((5..10).map(|number| row![format!("1.{number}").as_str(), "", "", 10.0, f64::from(number) * last]));
        rows
    };
    let submissions = |last: f64| -> Vec<Submission> {
        let sheets = [("Biểu 1", rows("YT", 7.0)), ("Biểu 2", rows("GD", last))];
        SubmissionReader::new(&dossier).read_bytes(&workbook(&sheets), "so-lieu/a.xlsx").submissions
    };
    let said = |last: f64| -> Vec<&str> {
        cross_checked(&dossier, &submissions(last)).iter().map(|finding| finding.code.id).collect()
    };
    assert_eq!(said(7.0), ["SL31"]);
    assert_eq!(said(8.0), Vec::<&str>::new());
}

#[test]
fn a_file_is_bound_by_what_stands_in_it_then_by_its_names() {
    let bound = |unit: &str, sheet: &str, file: &str| -> (Vec<String>, Vec<String>) {
        let mut rows = form(unit);
        if unit.is_empty() {
            rows[1] = row![];
        }
        let reading = read_one(&[(sheet, rows)], file);
        (summaries(&reading).iter().map(|line| line[..2].to_string()).collect(), faults(&reading))
    };
    let none = Vec::<String>::new();
    assert_eq!(
        bound("yt", "Biểu", "so-lieu/CĐGD.xlsx"),
        (vec!["YT".into()], none.clone()),
        "the name inside goes first"
    );
    assert_eq!(bound("", "CĐYT", "so-lieu/x.xlsx"), (vec!["YT".into()], none.clone()));
    assert_eq!(bound("", "Biểu", "so-lieu/03 cong doan nganh y te (sua).xlsx"), (vec!["YT".into()], none.clone()));
    assert_eq!(bound("", "Biểu", "so-lieu/Ngành Y tế/bieu 1.xlsx"), (vec!["YT".into()], none.clone()));
    let likeness = vec!["SL13 B2".to_string()];
    assert_eq!(
        bound("Công đoàn ngành Y tế tỉnh Hải Minh", "Biểu", "so-lieu/x.xlsx"),
        (vec!["YT".into()], likeness.clone())
    );
    assert_eq!(bound("Ban Y", "Biểu", "so-lieu/CĐYT.xlsx"), (vec!["YT".into()], likeness));
    assert_eq!(bound("CĐ Xây lắp", "Biểu", "so-lieu/x.xlsx"), (vec![], vec!["SL03 B2".into()]));
    assert_eq!(bound("", "Biểu", "so-lieu/x.xlsx"), (vec![], vec!["SL03 ".into()]));
}

/// Writes the given files under `so-lieu/` of a fresh folder.
#[test]
fn a_file_that_a_person_bound_stays_bound_whatever_stands_in_it() {
    let bound = |file: &str, inside: &str| {
        let reading = read_one(&[("Biểu 1", form(inside))], file);
        let units = reading.submissions.iter().map(|submission| DOSSIER.unit(submission.unit).code.clone());
        let codes = reading.findings.iter().map(|finding| finding.code.id).filter(|id| *id == "SL40");
        (units.collect::<Vec<_>>().join(" "), codes.count())
    };
    for (file, inside, unit, notes) in [
        ("so-lieu/[YT] bieu gui lai.xlsx", "Công đoàn bệnh viện", "YT", 1),
        ("so-lieu/[YT] bieu gui lai.xlsx", "Công đoàn ngành Giáo dục", "YT", 1),
        ("so-lieu/cu/[YT].xlsx", "Công đoàn ngành Y tế", "YT", 0),
        ("so-lieu/[KHAC] bieu.xlsx", "Công đoàn ngành Giáo dục", "GD", 0),
        ("so-lieu/[yt bieu.xlsx", "Công đoàn ngành Giáo dục", "GD", 0),
    ] {
        assert_eq!(bound(file, inside), (unit.to_string(), notes), "{file}, {inside}");
    }
    assert_eq!(name_of_code("CĐN/01"), "CĐN-01", "a code that no file's name can hold");
}

fn folder(files: &[(&str, Vec<u8>)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = dir.path().join("so-lieu").join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    dir
}

#[test]
fn two_submissions_of_one_unit_are_both_set_aside() {
    let dir = folder(&[
        ("b/y te.xlsx", workbook(&[("Biểu 1", form("YT"))])),
        ("a/y te sua.xlsx", workbook(&[("Biểu 1", form("Ngành Y tế"))])),
        ("gd.xlsx", workbook(&[("Biểu 1", form("GD"))])),
        ("~$gd.xlsx", b"lock".to_vec()),
        ("Thumbs.db", b"pictures".to_vec()),
        ("minh-chung.pdf", b"%PDF-1.4".to_vec()),
    ]);
    let (submissions, findings) = read(&DOSSIER, dir.path());
    assert_eq!(submissions.len(), 1);
    assert_eq!(DOSSIER.unit(submissions[0].unit).code, "GD");
    let doubled: Vec<_> = findings.iter().filter(|finding| finding.code == &codes::DUPLICATE_SUBMISSION).collect();
    assert_eq!(doubled.len(), 1);
    assert_eq!(doubled[0].unit.as_deref(), Some("YT"));
    assert!(
        doubled[0].message.contains("so-lieu/a/y te sua.xlsx") && doubled[0].message.contains("so-lieu/b/y te.xlsx")
    );
    let ids: Vec<_> = findings.iter().map(|finding| finding.code.id).filter(|id| id.starts_with("TEP")).collect();
    assert_eq!(ids, ["TEP08"], "only the evidence is mentioned");
    let again = read(&DOSSIER, dir.path());
    assert_eq!(format!("{again:?}"), format!("{:?}", (submissions, findings)), "the same each time");
}

#[test]
fn one_damaged_file_costs_only_itself() {
    let dir = folder(&[
        ("gd.xlsx", workbook(&[("Biểu 1", form("GD"))])),
        ("cong doan nganh y te.xlsx", b"PK\x03\x04broken".to_vec()),
        ("bia.xlsx", workbook(&[("Bìa", vec![row!["Báo cáo"]])])),
    ]);
    let (submissions, findings) = read(&DOSSIER, dir.path());
    assert_eq!(submissions.len(), 1);
    let said: Vec<_> = findings.iter().map(|finding| (finding.code.id, finding.unit.as_deref())).collect();
    assert!(said.contains(&("TEP01", Some("YT"))), "{said:?}");
    assert!(said.contains(&("SL02", None)), "{said:?}");
}

#[test]
fn a_dossier_without_submissions_says_so_and_goes_on() {
    let dir = tempfile::tempdir().expect("a folder");
    let (submissions, findings) = read(&DOSSIER, dir.path());
    assert!(submissions.is_empty());
    assert_eq!(findings.iter().map(|finding| finding.code.id).collect::<Vec<_>>(), ["SL01"]);
}

#[test]
fn the_example_dossiers_are_read_without_an_error() {
    for (name, expected) in [
        ("khoi-nganh-2024", 8),
        ("cum-5-thanh-pho-2023", 5),
        ("khoi-thi-dua-1-2024", 9),
        ("cong-doan-vien-chuc-2024", 32),
        ("giua-nhiem-ky-2020", 13),
    ] {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
        let dossier = dossier::read(&dir).0.expect("a dossier");
        let (submissions, findings) = read(&dossier, &dir);
        // some forms of these examples were dated after the deadline; that is true, and all there is to say
        let deadline = dossier.information.deadline;
        let late = submissions
            .iter()
            .filter(|it| it.report_date.as_ref().is_some_and(|day| deadline.is_some_and(|last| day.value > last)))
            .count();
        let said = findings.iter().filter(|finding| finding.code == &codes::LATE).count();
        assert_eq!((findings.len(), said), (late, late), "{name}: {findings:#?}");
        assert_eq!(submissions.len(), expected, "{name}");
        for submission in &submissions {
            let cluster = dossier.unit(submission.unit).cluster;
            let scheme = dossier.scheme(cluster);
            for line in scheme.iter().flat_map(|(_, lines)| lines) {
                // what is marked directly need not be in the unit's own papers
                let direct = dossier.criterion(*line).rule == dossier::Rule::Direct;
                let (unit, code) = (&dossier.unit(submission.unit).code, &dossier.criterion(*line).code);
                assert!(direct || submission.lines.contains_key(line), "{name}: {unit} {code}");
            }
        }
    }
}

#[test]
fn who_signs_below_the_table_is_no_line_of_it() {
    let mut rows = form("Công đoàn ngành Y tế");
    rows.push(row!["NGƯỜI LẬP BIỂU", "", "", "", Put::Date(2024, 11, 28)]);
    rows.push(row!["", "CHỦ TỊCH", "", "", 1.0]);
    let reading = read_one(&[("Biểu 1", rows)], "so-lieu/a.xlsx");
    assert_eq!(faults(&reading), [""; 0]);
    assert_eq!(summaries(&reading), [SOUND]);
}

#[test]
fn a_unit_is_told_by_a_part_of_the_file_name_only_with_a_word() {
    let mut rows = form("");
    rows.remove(1);
    let reading = read_one(&[("Biểu 1", rows.clone())], "so-lieu/bieu xay dung 2024.xlsx");
    assert_eq!(faults(&reading)[0], "SL13 ");
    assert!(summaries(&reading)[0].starts_with("XD"), "{:?}", summaries(&reading));
    let reading = read_one(&[("Biểu 1", rows)], "so-lieu/bieu 2024.xlsx");
    assert!(reading.submissions.is_empty());
    assert_eq!(reading.findings[0].code.id, "SL03");
}

#[test]
fn a_row_of_codes_below_a_form_makes_no_joint_table_of_it() {
    let mut rows = form("YT");
    rows.push(row!["1.1", "1.2", "Đơn vị"]);
    let reading = read_one(&[("Biểu 1", rows.clone())], "so-lieu/a.xlsx");
    assert_eq!(reading.submissions.len(), 1);
    assert!(summaries(&reading)[0].starts_with("YT"), "{:?}", summaries(&reading));
    rows.push(row![90.0, 5.0, "XD"]);
    rows.push(row![95.0, 6.0, "YT"]);
    let reading = read_one(&[("Biểu 1", rows)], "so-lieu/a.xlsx");
    assert_eq!(reading.submissions.len(), 2, "units stand under its headings");
}

#[test]
fn a_sentence_that_counts_other_than_it_names_is_said() {
    let reading = with(7, 6, "Hỗ trợ 3 đơn vị: Bệnh viện Tim, Bệnh viện Phổi");
    assert_eq!(faults(&reading), ["SL32 G8"]);
}

#[test]
fn the_bound_of_growth_is_the_definitions() {
    let mut dossier = DOSSIER.clone();
    let id = CriterionId(dossier.criteria.iter().position(|criterion| criterion.code == "1.2").expect("a line"));
    let unit = UnitId(1);
    let sheet = SheetName { file: "ho-so.xlsx".into(), sheet: "Kỳ trước".into() };
    let source = Source::new(sheet, CellAddress::new(1, 3));
    dossier.past.insert((2023, unit, id), Sourced { value: Decimal::from(100_000), source });
    let submissions = with(7, 4, 430_000.0).submissions;
    let said = |dossier: &Dossier| cross_checked(dossier, &submissions).len();
    assert_eq!(said(&dossier), 0, "not five times as much");
    dossier.information.steep_change = Decimal::from(4);
    assert_eq!(said(&dossier), 1);
    dossier.information.steep_change = Decimal::ZERO;
    assert_eq!(said(&dossier), 0);
}

/// Cells such as stand in forms and joint tables, in no order that makes sense.
fn any_cell() -> impl Strategy<Value = Put> {
    let words = [
        "TT",
        "Nội dung",
        "Kết quả",
        "Kế hoạch",
        "Điểm tự chấm",
        "Đơn vị",
        "Đơn vị:",
        "YT",
        "Năm:",
        "Ngày báo cáo:",
        "1.1",
        "1.2",
        "1.3",
        "1.4",
        "p1.1",
        "I",
        "đạt",
        "1.500",
        "99/0",
        "Mục",
        "Tổng",
        "424.830 %",
        "-",
        "",
    ];
    prop_oneof![
        proptest::sample::select(words.to_vec()).prop_map(Put::from),
        any::<f64>().prop_filter("what a file can hold", |number| number.is_finite()).prop_map(Put::Number),
        (-2.0..2.0).prop_map(Put::Percent),
        ".{0,12}".prop_map(Put::Text),
        Just(Put::Date(2024, 5, 5)),
        Just(Put::Formula("=1/0", "#DIV/0!")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_table_stops_the_reader(rows in proptest::collection::vec(proptest::collection::vec(any_cell(), 0..9), 0..14)) {
        let sheets = [("Biểu 1", rows.clone()), ("Thuyết minh", rows.clone())];
        read_one(&sheets, "so-lieu/a.xlsx");
        let mut below_headings = form("YT");
        below_headings.extend(rows);
        let reading = read_one(&[("Biểu 1", below_headings)], "so-lieu/a.xlsx");
        prop_assert_eq!(reading.submissions.len(), 1, "whatever stands below, the form is found");
    }
}

/// What cross checks find in submissions.
fn cross_checked(dossier: &Dossier, submissions: &[Submission]) -> Vec<Finding> {
    let check = CrossCheck::new(dossier);
    let mut packed: Vec<Packed> = submissions.iter().map(|submission| check.pack(submission)).collect();
    cross_findings(dossier, &mut packed)
}

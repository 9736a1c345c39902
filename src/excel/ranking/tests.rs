//! The ranking workbook as an office meets it: what the sheets say, that nothing is a dead figure, and that the same
//! dossier gives the same bytes.

use chrono::NaiveDate;

use super::ranking;
use crate::dossier::*;
use crate::excel::book::{Book, Cell};
use crate::scoring::sample::{Office, decimal};

fn date() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 12, 12).expect("a day in the calendar")
}

/// Three unions, one of which did not submit; a group of ratio and leader lines, a bonus, a deduction.
fn office() -> Office {
    let group = [GradeCondition::EveryGroup(Comparison::AtLeast, decimal("50"))];
    Office::with_units(&["YT", "GD", "XD"])
        .group("I", GroupKind::Ordinary, Some("10"))
        .line("1.1", "%", Rule::Ratio, Some("5"))
        .line("1.2", "người", Rule::AgainstLeader, Some("5"))
        .group("T", GroupKind::Bonus, Some("2"))
        .line("9.1", "bài", Rule::PerCount { points: decimal("1") }, None)
        .group("X", GroupKind::Deduction, None)
        .line("10.1", "lần", Rule::PerCount { points: decimal("0.5") }, None)
        .line("10.2", "", Rule::Disqualify, None)
        .grade("Tốt", Some("8"), None, &group)
        .grade("Khá", None, None, &[])
        .award("Cờ thi đua", Some(1), &[AwardCondition::Rank(Comparison::Equal, 1)])
        .submits("YT", &["1.1: 99.5/100", "1.2: 100/100", "9.1: 3", "10.1: 1", "10.2: không"])
        .self_marks("YT", &["1.1: 5", "1.2: 5"])
        .submits("GD", &["1.1: 100/100", "1.2: 140/100", "9.1: 0", "10.1: 0", "10.2: không"])
}

fn book(office: &Office, draft: bool) -> Book {
    let scored = office.scored();
    Book::read(&ranking(&scored.office.dossier, &scored.result, draft, date()).expect("the workbook is written"))
}

#[test]
fn the_chair_finds_the_units_by_rank_with_their_marks_class_and_award() {
    let book = book(&office(), false);
    let columns = "ABCDEFGHIJKL";
    assert_eq!(
        book.row("Xếp hạng", 4, columns),
        [
            "TT",
            "Đơn vị",
            "Nhóm I",
            "Cộng",
            "Thưởng",
            "Trừ",
            "Tổng",
            "Xếp thứ",
            "Xếp loại",
            "Đề nghị khen",
            "Tự chấm",
            "Ghi chú"
        ]
    );
    assert_eq!(book.cell("Xếp hạng", "C5").value, "10");
    assert_eq!(
        book.row("Xếp hạng", 6, columns),
        ["1", "Công đoàn GD", "10", "10", "0", "0", "10", "1", "Tốt", "Cờ thi đua", "", ""]
    );
    // 5 × 99,5/100 = 4,975 → 4,98; at plan half of 5; the bonus of 3 is cut to 2
    assert_eq!(
        book.row("Xếp hạng", 7, columns),
        ["2", "Công đoàn YT", "7.48", "7.48", "2", "0.5", "8.98", "2", "Tốt", "", "10", ""]
    );
    assert_eq!(
        book.row("Xếp hạng", 8, columns),
        ["3", "Công đoàn XD", "", "", "", "", "", "", "", "", "", "Chưa nộp báo cáo"]
    );
}

#[test]
fn every_mark_sum_place_and_class_is_a_formula_over_figures_and_scale() {
    let book = book(&office(), false);
    for column in "CDEFGHIJKL".chars() {
        let address = format!("{column}6");
        assert!(book.cell("Xếp hạng", &address).formula.is_some(), "{address} is a dead figure");
    }
    // GD is the second unit: its block begins 9 rows below that of YT
    assert_eq!(book.row("Chi tiết", 17, "ABEFGHI"), ["GD", "1.2", "100", "140", "140", "5", "5"]);
    let computed = book.cell("Tự chấm và thẩm định", "F17").formula.expect("a rule is a formula");
    assert_eq!(
        computed,
        "IF(OR(NOT(ISNUMBER(ket_qua)),N(ket_qua)<0,N(ke_hoach)<=0),\"\",ROUND(ROUND(IF(ket_qua<ke_hoach,\
         diem_toi_da/2*ket_qua/ke_hoach,IF(ket_qua=ke_hoach,diem_toi_da/2,IF(ket_qua>='Thang điểm'!H7,diem_toi_da,\
         diem_toi_da/2+(ket_qua-ke_hoach)/('Thang điểm'!H7-ke_hoach)*diem_toi_da/2))),10),lam_tron))"
    );
    assert_eq!(book.cell("Thang điểm", "H7").formula.as_deref(), Some("MAX('Số liệu'!F8,'Số liệu'!F17,'Số liệu'!F26)"));
    assert_eq!(book.cell("Số liệu", "F17"), Cell { formula: None, value: "140".into() });
}

#[test]
fn an_office_that_breaks_ties_by_a_group_compares_it_after_the_total() {
    let mut office = office();
    office.dossier.information.tie_breaks = vec![TieBreak::Code("T".into()), TieBreak::FewerDeductions];
    let book = book(&office, false);
    assert_eq!(
        book.row("Đồng điểm và lưu ý", 4, "CDEFGH"),
        ["Tổng điểm", "Được xếp hạng", "T", "ít trừ", "Số đơn vị cùng hạng", "Xếp thứ"]
    );
    let place = book.cell("Đồng điểm và lưu ý", "H5").formula.expect("a place is a formula");
    assert_eq!(
        place,
        "IF(D5=1,1+SUMPRODUCT($D$5:$D$7*(($C$5:$C$7>C5)+($C$5:$C$7=C5)*(($E$5:$E$7>E5)+($E$5:$E$7=E5)*($F$5:$F$7<F5)))),\"\")"
    );
}

#[test]
fn the_meeting_is_told_of_ties_missing_units_and_awards_that_need_a_vote() {
    let office = Office::with_units(&["YT", "GD", "XD"])
        .group("I", GroupKind::Ordinary, Some("5"))
        .line("1.1", "%", Rule::Ratio, Some("5"))
        .award("Cờ thi đua", Some(1), &[AwardCondition::Rank(Comparison::Equal, 1)])
        .submits("YT", &["1.1: 100/100"])
        .submits("GD", &["1.1: 100/100"]);
    let book = book(&office, false);
    let sheet = &book.0["Đồng điểm và lưu ý"];
    let said = |words: &str| sheet.values().any(|cell| cell.value.contains(words));
    assert!(said("Chưa nộp báo cáo, không xếp hạng: Công đoàn XD."));
    assert!(said("Cùng hạng 1 sau mọi bước phân định: Công đoàn YT, Công đoàn GD."));
    assert!(said("Cờ thi đua: số lượng 1, có đơn vị cùng hạng nên đề nghị 2 đơn vị"));
    assert_eq!(book.cell("Xếp hạng", "L6").value, "Đồng hạng");
}

#[test]
fn a_draft_says_so_and_the_same_dossier_gives_the_same_bytes() {
    let scored = office().scored();
    let write = |draft| ranking(&scored.office.dossier, &scored.result, draft, date()).expect("written");
    assert_eq!(write(false), write(false));
    let title = Book::read(&write(true)).cell("Xếp hạng", "A1").value;
    assert_eq!(title, "BẢNG TỔNG HỢP ĐIỂM, XẾP HẠNG NĂM 2024 (DỰ THẢO)");
    assert!(!Book::read(&write(false)).cell("Xếp hạng", "A1").value.contains("DỰ THẢO"));
}

#[test]
fn a_unit_called_like_a_formula_stays_a_word() {
    let mut office = office();
    office.dossier.units[0].name = "=HYPERLINK(\"http://example.org\")".into();
    let book = book(&office, false);
    assert_eq!(book.cell("Xếp hạng", "B7"), Cell { formula: None, value: "=HYPERLINK(\"http://example.org\")".into() });
}

/// Forty grassroots unions of sixty lines, every rule among them, each figure another one.
fn large() -> Office {
    let codes: Vec<String> = (1..=40).map(|unit| format!("CS{unit:02}")).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let mut office = Office::with_units(&codes);
    let steps = Steps {
        steps: vec![Step { comparison: Comparison::AtLeast, bound: decimal("100"), points: decimal("2") }],
        otherwise: decimal("1"),
    };
    let rules = [
        Rule::Ratio,
        Rule::AgainstLeader,
        Rule::PassFail,
        Rule::PerCount { points: decimal("0.5") },
        Rule::Steps(steps),
        Rule::Deduct { points: decimal("0.5"), limit: Some(decimal("2")) },
    ];
    for group in 1..=6 {
        office = office.group(&format!("N{group}"), GroupKind::Ordinary, Some("20"));
        for line in 1..=10 {
            let rule = rules[(group + line) % rules.len()].clone();
            office = office.line(&format!("{group}.{line}"), "người", rule, Some("2"));
        }
    }
    for line in &mut office.dossier.criteria {
        line.name =
            format!("{}: vận động đoàn viên, người lao động thực hiện tốt chủ trương của Đảng, pháp luật", line.name);
    }
    for (unit, code) in codes.iter().enumerate() {
        let lines: Vec<String> = office
            .dossier
            .criteria
            .iter()
            .enumerate()
            .map(|(index, line)| match line.rule {
                Rule::PassFail => format!("{}: {}", line.code, if (unit + index) % 7 == 0 { "không" } else { "đạt" }),
                Rule::Ratio | Rule::AgainstLeader | Rule::Steps(_) => {
                    format!("{}: {}/{}", line.code, 700 + (unit * 37 + index * 91) % 600, 900 + index * 13)
                }
                _ => format!("{}: {}", line.code, (unit + index) % 5),
            })
            .collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let marks: Vec<String> = office.dossier.criteria.iter().map(|line| format!("{}: 1.5", line.code)).collect();
        let marks: Vec<&str> = marks.iter().map(String::as_str).collect();
        office = office.submits(code, &lines).self_marks(code, &marks);
    }
    let half = [GradeCondition::EveryGroup(Comparison::AtLeast, decimal("50"))];
    office.grade("Xuất sắc", Some("90"), Some("20"), &half).grade("Tốt", None, None, &[])
}

#[test]
fn the_workbook_of_forty_unions_and_sixty_lines_can_be_sent_by_mail() {
    let scored = large().scored();
    let bytes = ranking(&scored.office.dossier, &scored.result, false, date()).expect("the workbook is written");
    assert!(bytes.len() < 500_000, "{} bytes", bytes.len());
    let book = Book::read(&bytes);
    assert_eq!(book.0["Chi tiết"].values().filter(|cell| cell.value.contains("/KH")).count(), 40 * 30);
}

#[test]
fn a_waived_unit_is_reckoned_live_on_the_scale_that_is_left_to_it() {
    let office = office().waiver("YT", "1.2", "không có đối tượng");
    let book = book(&office, false);
    assert_eq!(book.row("Số liệu", 8, "ABK"), ["YT", "1.2", "x"]);
    assert_eq!(book.cell("Chi tiết", "H5").value, "5", "what is left of ten points");
    let mark = book.cell("Chi tiết", "I8").formula.expect("a mark is a formula");
    assert_eq!(mark, "IF('Số liệu'!K8=\"x\",0,IF(diem_tham_dinh=\"\",N(diem_tinh),diem_tham_dinh))");
    // 4,98 of 5 are 9,96 of 10
    let row = (6..9).find(|row| book.cell("Xếp hạng", &format!("B{row}")).value == "Công đoàn YT").expect("its row");
    assert_eq!(book.cell("Xếp hạng", &format!("D{row}")).value, "9.96");
    assert_eq!(book.cell("Xếp hạng", &format!("L{row}")).value, "Quy đổi từ thang 5");
    let sheet = &book.0["Đồng điểm và lưu ý"];
    let said = |words: &str| sheet.values().any(|cell| cell.value.contains(words));
    assert!(said("Miễn chấm: Công đoàn YT, tiêu chí 1.2 (không có đối tượng)."));
}

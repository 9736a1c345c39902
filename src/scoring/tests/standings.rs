//! Totals, places, classes and awards.

use crate::dossier::{AwardCondition, Comparison, GradeCondition, GroupKind, RankStyle, Rule, TieBreak};
use crate::finding::catalogue::scoring as codes;
use crate::scoring::sample::{Office, Scored, decimal};

/// A table of one line of 100 points, so that a unit's result is its total; bonus IX (cap 5) and deduction X.
fn hundred(units: &[&str]) -> Office {
    let one = Rule::PerCount { points: decimal("1") };
    Office::with_units(units)
        .group("I", GroupKind::Ordinary, Some("100"))
        .line("1.1", "điểm", one.clone(), Some("100"))
        .group("IX", GroupKind::Bonus, Some("5"))
        .line("9.1", "mô hình", one.clone(), Some("2"))
        .line("9.2", "", one.clone(), Some("1"))
        .line("9.3", "", one.clone(), Some("1"))
        .line("9.4", "", Rule::PerCount { points: decimal("0.5") }, Some("0.5"))
        .line("9.5", "bài", Rule::PerCount { points: decimal("0.2") }, Some("1"))
        .group("X", GroupKind::Deduction, None)
        .line("10.1", "lần", Rule::Deduct { points: decimal("0.5"), limit: Some(decimal("2")) }, Some("2"))
        .line("10.2", "lần", Rule::PerCount { points: decimal("0.5") }, None)
        .line("10.4", "", Rule::Disqualify, None)
        .line("10.5", "", Rule::LowerGrade, None)
}

/// Units with the given totals, in the order given.
fn totals(totals: &[(&str, &str)]) -> Office {
    let units: Vec<&str> = totals.iter().map(|(unit, _)| *unit).collect();
    totals.iter().fold(hundred(&units), |office, (unit, total)| office.submits(unit, &[&format!("1.1: {total}")]))
}

fn ranks(scored: &Scored) -> Vec<Option<u32>> {
    scored.result.units.iter().map(|unit| unit.rank).collect()
}

fn serious(scored: &Scored) -> Vec<&str> {
    scored.codes().into_iter().filter(|code| *code != codes::EMPTY_TAKEN_AS_NONE.id).collect()
}

#[test]
fn the_bonus_cap_bites_and_a_total_may_pass_a_hundred() {
    let scored = hundred(&["A"]).submits("A", &["1.1: 98", "9.1: 2", "9.2: 1", "9.3: 1", "9.4: 1", "9.5: 6"]).scored();
    let unit = scored.unit("A");
    assert_eq!(unit.groups[1].sum, decimal("5.5"));
    assert_eq!((unit.base, unit.bonus, unit.deduction), (decimal("98"), decimal("5"), decimal("0")));
    assert_eq!(unit.total, decimal("103"));
}

#[test]
fn deductions_count_up_in_plus_and_are_taken_off() {
    let scored = hundred(&["A"]).submits("A", &["1.1: 90", "10.1: 7", "10.2: 3"]).scored();
    let unit = scored.unit("A");
    assert_eq!((unit.deduction, unit.total), (decimal("3.5"), decimal("86.5")));
    assert_eq!(scored.line("A", "10.1").why, "7 × 0,5 điểm = 3,5, chỉ tính 2 → trừ 2 điểm (không quá 2)");

    let mut capped = hundred(&["A"]);
    capped.dossier.groups[2].max = Some(decimal("3"));
    let scored = capped.submits("A", &["1.1: 90", "10.1: 7", "10.2: 3"]).scored();
    assert_eq!(scored.unit("A").total, decimal("87"));
}

#[test]
fn empty_bonus_and_deduction_lines_are_nothing_and_no_fault() {
    let scored = hundred(&["A"]).submits("A", &["1.1: 90"]).scored();
    assert_eq!(scored.codes(), ["CD13"]);
    assert_eq!(scored.unit("A").total, decimal("90"));
    assert!(scored.findings[0].message.contains("9.1, 9.2, 9.3, 9.4, 9.5, 10.1, 10.2;"));
}

#[test]
fn self_marks_are_put_together_as_the_total_is() {
    let scored = hundred(&["A", "B"])
        .submits("A", &["1.1: 90", "9.1: 2", "10.1: 1"])
        .self_marks("A", &["1.1: 95", "9.1: 4", "9.5: 3", "10.1: -0.5"])
        .submits("B", &["1.1: 90"])
        .scored();
    assert_eq!(scored.unit("A").self_total, Some(decimal("99.5")));
    assert_eq!(scored.unit("B").self_total, None);
}

#[test]
fn ties_share_the_place_and_are_listed() {
    let office = totals(&[("A", "90"), ("B", "95"), ("C", "95"), ("D", "80"), ("E", "97")]);
    let scored = office.scored();
    assert_eq!(ranks(&scored), [Some(4), Some(2), Some(2), Some(5), Some(1)]);
    assert_eq!(scored.result.ranking, [4, 1, 2, 0, 3]);
    assert_eq!(scored.result.ties.len(), 1);
    assert_eq!((scored.result.ties[0].rank, &scored.result.ties[0].units), (2, &vec![1, 2]));
    assert!(scored.finding(&codes::TIED).message.starts_with("Công đoàn B và Công đoàn C cùng 95 điểm"));

    let mut dense = office;
    dense.dossier.information.rank_style = RankStyle::Dense;
    assert_eq!(ranks(&dense.scored()), [Some(3), Some(2), Some(2), Some(4), Some(1)]);
}

#[test]
fn tie_breaks_are_tried_in_order() {
    let mut office = hundred(&["A", "B", "C"])
        .submits("A", &["1.1: 95", "10.2: 2"])
        .submits("B", &["1.1: 94"])
        .submits("C", &["1.1: 92", "9.1: 2"]);
    assert_eq!(ranks(&office.scored()), [Some(1), Some(1), Some(1)]);
    for (steps, expected) in [
        (vec![TieBreak::Code("I".into())], [1, 2, 3]),
        (vec![TieBreak::Code("1.1".into())], [1, 2, 3]),
        (vec![TieBreak::Bonus], [2, 2, 1]),
        (vec![TieBreak::FewerDeductions], [3, 1, 1]),
        (vec![TieBreak::FewerDeductions, TieBreak::Code("IX".into())], [3, 2, 1]),
        (vec![TieBreak::Code("X".into()), TieBreak::Bonus], [3, 2, 1]),
    ] {
        office.dossier.information.tie_breaks = steps.clone();
        assert_eq!(ranks(&office.scored()), expected.map(Some), "{steps:?}");
    }
}

#[test]
fn units_without_a_submission_and_knocked_out_ones_have_no_place() {
    let scored = hundred(&["A", "B", "C"])
        .submits("A", &["1.1: 99", "10.4: có"])
        .submits("C", &["1.1: 60", "10.4: không"])
        .grade("Tốt", None, None, &[])
        .scored();
    assert_eq!(ranks(&scored), [None, None, Some(1)]);
    assert_eq!(scored.result.ranking, [2, 0, 1]);
    assert_eq!([scored.grade("A"), scored.grade("B"), scored.grade("C")], [None, None, Some("Tốt")]);
    assert!(scored.unit("A").disqualified && scored.unit("A").total == decimal("99"));
    assert!(!scored.unit("B").submitted);
    assert_eq!(serious(&scored), ["CD22", "CD20"]);
    let line = scored.office.line_id("1.1");
    assert_eq!(scored.result.aggregates[&line].result, Some(decimal("159")), "A still counts in the sums");
}

#[test]
fn a_class_is_given_on_the_capped_total() {
    let mut office = hundred(&["A"]).submits("A", &["1.1: 100", "9.1: 2"]);
    office.dossier.information.grade_ceiling = decimal("94");
    let scored = office.grade("Xuất sắc", Some("95"), None, &[]).grade("Tốt", Some("85"), None, &[]).scored();
    assert_eq!((scored.unit("A").total, scored.grade("A")), (decimal("102"), Some("Tốt")));
}

#[test]
fn a_unit_that_fails_a_condition_is_tried_against_the_next_class() {
    let one = Rule::PerCount { points: decimal("1") };
    let scored = Office::with_units(&["A", "B", "C"])
        .group("I", GroupKind::Ordinary, Some("90"))
        .line("1.1", "điểm", one.clone(), Some("90"))
        .group("II", GroupKind::Ordinary, Some("10"))
        .line("2.1", "điểm", one.clone(), Some("10"))
        .group("X", GroupKind::Deduction, None)
        .line("10.1", "lần", one, None)
        .submits("A", &["1.1: 90", "2.1: 4", "10.1: 0"])
        .submits("B", &["1.1: 90", "2.1: 5", "10.1: 0"])
        .submits("C", &["1.1: 90", "2.1: 10", "10.1: 1"])
        .grade(
            "Xuất sắc",
            Some("90"),
            None,
            &[GradeCondition::EveryGroup(Comparison::AtLeast, decimal("50")), GradeCondition::NoDeduction],
        )
        .grade("Tốt", Some("80"), None, &[])
        .scored();
    assert_eq!([scored.grade("A"), scored.grade("B"), scored.grade("C")], [Some("Tốt"), Some("Xuất sắc"), Some("Tốt")]);
    assert_eq!(scored.codes(), ["CD23", "CD23"]);
    assert!(
        scored.findings[1].message.contains("nhóm II được 4 điểm, bằng 40% mức tối đa 10"),
        "{}",
        scored.findings[1].message
    );
}

#[test]
fn shares_are_rounded_down_and_ties_across_the_limit_all_fall() {
    let units = [("A", "99"), ("B", "98"), ("C", "98"), ("D", "97"), ("E", "96"), ("F", "95"), ("G", "50")];
    let graded = |share: &str| {
        totals(&units).grade("Xuất sắc", Some("90"), Some(share), &[]).grade("Tốt", Some("80"), None, &[]).scored()
    };
    // 20% of 7 is 1.4: one place, no tie across it
    let scored = graded("20");
    assert_eq!([scored.grade("A"), scored.grade("B"), scored.grade("G")], [Some("Xuất sắc"), Some("Tốt"), None]);
    assert!(!scored.codes().contains(&"CD25"));
    // 30% is 2.1: the second place is claimed by B and C, so neither has it
    let scored = graded("30");
    assert_eq!([scored.grade("A"), scored.grade("B"), scored.grade("C")], [Some("Xuất sắc"), Some("Tốt"), Some("Tốt")]);
    assert!(scored.finding(&codes::GRADE_SHARE_TIED).message.starts_with("Công đoàn B và Công đoàn C đồng hạng 2"));
    // 43% is 3.01: room for all three
    assert_eq!(graded("43").grade("C"), Some("Xuất sắc"));
}

#[test]
fn a_lowered_class_goes_down_by_one_and_no_further_than_the_last() {
    let scored = hundred(&["A", "B"])
        .submits("A", &["1.1: 99", "10.5: có"])
        .submits("B", &["1.1: 86", "10.5: có"])
        .grade("Xuất sắc", Some("95"), None, &[])
        .grade("Tốt", Some("85"), None, &[])
        .scored();
    assert_eq!([scored.grade("A"), scored.grade("B")], [Some("Tốt"), Some("Tốt")]);
    assert_eq!(serious(&scored), ["CD26", "CD26"]);
}

#[test]
fn awards_go_by_rank_and_a_tie_across_the_number_asks_for_a_vote() {
    let units = [("A", "97"), ("B", "99"), ("C", "98"), ("D", "97"), ("E", "96")];
    let scored = totals(&units)
        .grade("Xuất sắc", Some("97"), None, &[])
        .award("Cờ thi đua", Some(1), &[AwardCondition::Rank(Comparison::Equal, 1)])
        .award("Bằng khen", Some(3), &[AwardCondition::Grade(0)])
        .award("Giấy khen", None, &[AwardCondition::Rank(Comparison::AtLeast, 5)])
        .scored();
    assert_eq!(scored.awarded("Cờ thi đua"), ["B"]);
    assert_eq!(scored.awarded("Bằng khen"), ["B", "C", "A", "D"]);
    assert_eq!(scored.awarded("Giấy khen"), ["E"]);
    assert_eq!(serious(&scored), ["CD21", "CD27", "CD28"]);
    assert_eq!(
        scored.finding(&codes::AWARD_TIED).message,
        "Bằng khen: số lượng 3 mà Công đoàn A và Công đoàn D đồng hạng 3; tất cả được đề nghị, cần biểu quyết."
    );
    assert_eq!(scored.unit("B").awards, [0, 1]);
}

#[test]
fn two_submissions_of_one_unit_are_neither_taken() {
    let scored = hundred(&["A"]).submits("A", &["1.1: 90"]).submits("A", &["1.1: 80"]).scored();
    assert!(!scored.unit("A").submitted);
}

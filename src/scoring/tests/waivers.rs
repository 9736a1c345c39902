//! Lines that a unit is excused from (miễn chấm).

use crate::dossier::{Comparison, GradeCondition, GroupKind, Rule, WaiverEffect};
use crate::finding::catalogue::scoring as codes;
use crate::scoring::sample::{Office, decimal};

/// Two groups of 60 and 40 points, each line a plain count; a bonus and a deduction.
fn office() -> Office {
    let one = Rule::PerCount { points: decimal("1") };
    Office::with_units(&["A", "B"])
        .group("I", GroupKind::Ordinary, Some("60"))
        .line("1.1", "điểm", one.clone(), Some("40"))
        .line("1.2", "điểm", one.clone(), Some("20"))
        .group("II", GroupKind::Ordinary, Some("40"))
        .line("2.1", "điểm", one.clone(), Some("40"))
        .group("IX", GroupKind::Bonus, Some("5"))
        .line("9.1", "mô hình", one.clone(), None)
        .submits("A", &["1.1: 38", "2.1: 30", "9.1: 2"])
        .submits("B", &["1.1: 40", "1.2: 20", "2.1: 40", "9.1: 0"])
}

#[test]
fn a_waived_line_leaves_the_scale_and_the_rest_is_converted_to_the_whole() {
    let scored = office().waiver("A", "1.2", "không có công trình trọng điểm").scored();
    let unit = scored.unit("A");
    // 68 points of 80 are 85 of 100
    assert_eq!((unit.base, unit.bonus, unit.total), (decimal("85"), decimal("2"), decimal("87")));
    let conversion = unit.conversion.expect("the unit is converted");
    assert_eq!((conversion.sum, conversion.scale, conversion.left), (decimal("68"), decimal("100"), decimal("80")));
    assert_eq!(scored.unit("B").conversion, None);
    assert_eq!(
        scored.line("A", "1.2").why,
        "Miễn chấm (không có công trình trọng điểm) → không tính, quy đổi theo các dòng còn lại"
    );
    assert_eq!(scored.line_codes(), ["CD16"], "nothing is missing on a waived line");
    assert!(scored.findings[0].message.contains("1.2 (không có công trình trọng điểm)"));
}

#[test]
fn a_converted_base_is_rounded_once_half_away_from_zero() {
    let mut office = office().waiver("A", "1.2", "").waiver("A", "2.1", "");
    // 38 × 100/40 = 95
    assert_eq!(office.scored().unit("A").base, decimal("95"));
    office = office.waiver("B", "1.1", "");
    // 60 × 100/60
    assert_eq!(office.scored().unit("B").base, decimal("100"));
    office.dossier.information.decimals = 1;
    office.dossier.criteria[1].max = Some(decimal("19"));
    office.dossier.waivers.clear();
    // 59 × 99/80 = 73,0125 and 68 × 99/80 = 84,15
    let scored = office.waiver("A", "1.2", "").scored();
    assert_eq!(scored.unit("A").base, decimal("84.2"));
}

#[test]
fn a_waived_line_counts_full_where_the_dossier_says_so() {
    let mut office = office().waiver("A", "1.2", "mới thành lập").self_marks("A", &["1.1: 40", "2.1: 35"]);
    office.dossier.information.waiver_effect = WaiverEffect::CountFull;
    let scored = office.scored();
    let unit = scored.unit("A");
    assert_eq!((unit.base, unit.conversion), (decimal("88"), None));
    assert_eq!(scored.mark("A", "1.2"), "20");
    assert_eq!(scored.line("A", "1.2").why, "Miễn chấm (mới thành lập) → tính đủ 20 điểm");
    assert_eq!(unit.self_total, Some(decimal("95")), "full on the unit's own side too");
    assert_eq!(scored.unit("B").self_total, None);
}

#[test]
fn self_marks_are_converted_as_the_marks_are() {
    let scored = office().waiver("A", "1.2", "").self_marks("A", &["1.1: 40", "1.2: 20", "2.1: 40"]).scored();
    assert_eq!(scored.unit("A").self_total, Some(decimal("100")), "the mark on the waived line is left out");
}

#[test]
fn a_group_is_measured_against_what_is_left_of_it() {
    let half = [GradeCondition::EveryGroup(Comparison::AtLeast, decimal("50"))];
    let mut office = office().grade("Tốt", None, None, &half).grade("Khá", None, None, &[]);
    let line = office.line_id("1.1");
    office.submissions[0].lines.remove(&line);
    // group I without any points: 0 of 60 fails, waived as a whole it is nothing to fail
    assert_eq!(office.scored().grade("A"), Some("Khá"));
    let office = office.waiver("A", "1.1", "").waiver("A", "1.2", "");
    assert_eq!(office.scored().grade("A"), Some("Tốt"));
}

#[test]
fn a_verified_mark_on_a_waived_line_is_not_taken() {
    let scored = office().waiver("A", "1.2", "").verified("A", "1.2", "5").scored();
    assert_eq!(scored.unit("A").base, decimal("85"));
    assert!(scored.finding(&codes::WAIVED_AND_VERIFIED).message.contains("không lấy điểm thẩm định 5"));
}

#[test]
fn a_waived_bonus_line_is_nothing_to_add() {
    let mut office = office().waiver("A", "9.1", "").waiver("A", "1.2", "");
    assert_eq!(office.scored().unit("A").total, decimal("85"));
    office.dossier.information.waiver_effect = WaiverEffect::CountFull;
    assert_eq!(office.scored().unit("A").total, decimal("88"));
}

#[test]
fn a_unit_does_not_lead_a_line_it_is_excused_from() {
    let office = Office::with_units(&["A", "B"])
        .group("I", GroupKind::Ordinary, Some("10"))
        .line("1.1", "người", Rule::AgainstLeader, Some("10"))
        .submits("A", &["1.1: 300/100"])
        .submits("B", &["1.1: 200/100"]);
    assert_eq!(office.scored().mark("B", "1.1"), "7.5");
    let scored = office.waiver("A", "1.1", "").scored();
    assert_eq!(scored.mark("B", "1.1"), "10");
    assert_eq!(scored.unit("A").base, decimal("0"));
    assert!(scored.codes().contains(&codes::EVERYTHING_WAIVED.id), "nothing is left to convert");
    let line = scored.office.line_id("1.1");
    assert_eq!(scored.result.aggregates[&line].result, Some(decimal("500")), "its result is still the cluster's");
}

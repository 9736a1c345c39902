//! The rules, line by line, with the test vectors of the field.

use crate::dossier::{Comparison, GroupKind, Rule, Step, Steps};
use crate::finding::catalogue::scoring as codes;
use crate::scoring::sample::{Office, decimal};

/// One line 1.1 of an ordinary group, for units A and B.
fn one_line(measure: &str, rule: Rule, max: &str) -> Office {
    Office::with_units(&["A", "B"]).group("I", GroupKind::Ordinary, Some(max)).line("1.1", measure, rule, Some(max))
}

fn count(points: &str) -> Rule {
    Rule::PerCount { points: decimal(points) }
}

fn steps(bounds: &[(&str, &str)], otherwise: &str) -> Rule {
    let steps = bounds
        .iter()
        .map(|(bound, points)| Step { comparison: Comparison::AtLeast, bound: decimal(bound), points: decimal(points) })
        .collect();
    Rule::Steps(Steps { steps, otherwise: decimal(otherwise) })
}

#[test]
fn the_table_of_ratio_and_against_leader_holds() {
    for (result, leader, ratio, against_leader) in [
        ("0", "140", "0", "0"),
        ("80", "140", "4", "2"),
        ("99.5", "140", "4.98", "2.49"),
        ("100", "140", "5", "2.5"),
        ("120", "140", "5", "3.75"),
        ("139", "140", "5", "4.94"),
        ("140", "140", "5", "5"),
        ("110", "221", "5", "2.71"),
        ("221", "221", "5", "5"),
    ] {
        let own = format!("1.1: {result}/100");
        let leaders = format!("1.1: {leader}/100");
        for (rule, expected) in [(Rule::Ratio, ratio), (Rule::AgainstLeader, against_leader)] {
            let scored = one_line("người", rule, "5").submits("A", &[&own]).submits("B", &[&leaders]).scored();
            assert_eq!(scored.mark("A", "1.1"), expected, "{result} of 100, leader {leader}");
            assert!(scored.line_codes().is_empty());
        }
    }
}

#[test]
fn every_mark_says_why() {
    let scored = one_line("người", Rule::Ratio, "5").submits("A", &["1.1: 99.5/100"]).submits("B", &["1.1: 0/100"]);
    let scored = scored.scored();
    assert_eq!(scored.line("A", "1.1").why, "TH 99,5/KH 100 → 99,5% → 4,98 điểm (tối đa 5)");
    assert_eq!(scored.line("B", "1.1").why, "TH 0/KH 100 → 0% → 0 điểm (tối đa 5)");

    let scored = one_line("người", Rule::AgainstLeader, "5")
        .submits("A", &["1.1: 120/100"])
        .submits("B", &["1.1: 140/100"])
        .scored();
    assert_eq!(
        scored.line("A", "1.1").why,
        "TH 120/KH 100, dẫn đầu 140 → 2,5 + (120 − 100)/(140 − 100) × 2,5 → 3,75 điểm (tối đa 5)"
    );
    assert_eq!(scored.line("B", "1.1").why, "TH 140/KH 100 → dẫn đầu, vượt kế hoạch → 5 điểm (tối đa 5)");
}

#[test]
fn a_leader_below_its_own_plan_is_marked_as_below_plan() {
    let scored = one_line("người", Rule::AgainstLeader, "5")
        .submits("A", &["1.1: 180/200"])
        .submits("B", &["1.1: 120/100"])
        .scored();
    assert_eq!(scored.mark("A", "1.1"), "2.25");
    // B is above its own plan of 100, on the way to the leader's 180: 2.5 + 20/80 × 2.5
    assert_eq!(scored.mark("B", "1.1"), "3.13");
}

#[test]
fn two_leaders_both_get_the_maximum_and_all_at_plan_get_half() {
    let office = one_line("người", Rule::AgainstLeader, "5");
    let tied = office.clone().submits("A", &["1.1: 120/100"]).submits("B", &["1.1: 120/100"]).scored();
    assert_eq!([tied.mark("A", "1.1"), tied.mark("B", "1.1")], ["5", "5"]);
    let at_plan = office.submits("A", &["1.1: 100/100"]).submits("B", &["1.1: 90/90"]).scored();
    assert_eq!([at_plan.mark("A", "1.1"), at_plan.mark("B", "1.1")], ["2.5", "2.5"]);
}

#[test]
fn yes_gives_the_maximum_and_no_gives_nothing() {
    let scored =
        one_line("đạt/không", Rule::PassFail, "3").submits("A", &["1.1: đạt"]).submits("B", &["1.1: không"]).scored();
    assert_eq!([scored.mark("A", "1.1"), scored.mark("B", "1.1")], ["3", "0"]);
    assert_eq!(scored.line("A", "1.1").why, "Đạt → 3 điểm (tối đa 3)");
    assert!(scored.line_codes().is_empty());

    let wrong = one_line("đạt/không", Rule::PassFail, "3").submits("A", &["1.1: 7"]).submits("B", &["1.1: 1"]).scored();
    assert_eq!([wrong.mark("A", "1.1"), wrong.mark("B", "1.1")], ["0", "3"]);
    assert_eq!(wrong.finding(&codes::WRONG_KIND_OF_RESULT).place.to_string(), "so-lieu/A.xlsx › Biểu 1 › E10");
}

#[test]
fn a_count_is_paid_by_the_piece_up_to_the_maximum() {
    let scored = one_line("tin, bài", count("0.2"), "2").submits("A", &["1.1: 4"]).submits("B", &["1.1: 12"]).scored();
    assert_eq!([scored.mark("A", "1.1"), scored.mark("B", "1.1")], ["0.8", "2"]);
    assert_eq!(scored.line("B", "1.1").why, "12 × 0,2 điểm = 2,4, quá mức tối đa → 2 điểm (tối đa 2)");
}

#[test]
fn a_negative_count_is_a_fault_and_no_points() {
    let scored = one_line("tin, bài", count("0.2"), "2").submits("A", &["1.1: -4"]).submits("B", &["1.1: 0"]).scored();
    assert_eq!(scored.mark("A", "1.1"), "0");
    assert_eq!(scored.line_codes(), ["CD04"]);
    assert_eq!(scored.finding(&codes::NEGATIVE_RESULT).found.as_deref(), Some("-4"));
}

#[test]
fn cases_take_points_off_within_their_limit_and_never_below_zero() {
    for (cases, limit, expected) in
        [("0", None, "3"), ("2", None, "2"), ("7", None, "0"), ("2", Some("1.5"), "2"), ("7", Some("1.5"), "1.5")]
    {
        let rule = Rule::Deduct { points: decimal("0.5"), limit: limit.map(decimal) };
        let scored = one_line("lần", rule, "3").submits("A", &[&format!("1.1: {cases}")]).scored();
        assert_eq!(scored.mark("A", "1.1"), expected, "{cases} cases, limit {limit:?}");
    }
}

#[test]
fn steps_go_by_the_ratio_or_by_the_result_where_that_is_per_cent() {
    let rule = steps(&[("100", "4"), ("95", "3"), ("90", "2")], "0");
    for (measure, line, expected, why) in [
        ("cuộc", "1.1: 104/100", "4", "TH 104/KH 100 → 104% ≥ 100% → 4 điểm (tối đa 4)"),
        ("cuộc", "1.1: 19/20", "3", "TH 19/KH 20 → 95% ≥ 95% → 3 điểm (tối đa 4)"),
        ("cuộc", "1.1: 1/20", "0", "TH 1/KH 20 → 5%, bậc còn lại → 0 điểm (tối đa 4)"),
        ("%", "1.1: 97/100", "3", "TH 97% ≥ 95% → 3 điểm (tối đa 4)"),
        ("%", "1.1: 93.5", "2", "TH 93,5% ≥ 90% → 2 điểm (tối đa 4)"),
        ("cuộc", "1.1: 96", "3", "TH 96 ≥ 95 → 3 điểm (tối đa 4)"),
        ("cuộc", "1.1: 94996/100000", "2", "TH 94.996/KH 100.000 → 94,996% ≥ 90% → 2 điểm (tối đa 4)"),
    ] {
        let scored = one_line(measure, rule.clone(), "4").submits("A", &[line]).scored();
        assert_eq!(scored.mark("A", "1.1"), expected, "{measure} {line}");
        assert_eq!(scored.line("A", "1.1").why, why);
    }
}

#[test]
fn steps_of_a_unit_without_a_plan_are_doubted_when_others_have_one() {
    let office = one_line("cuộc", steps(&[("100", "4")], "1"), "4");
    let scored = office.submits("A", &["1.1: 12"]).submits("B", &["1.1: 20/20"]).scored();
    assert_eq!([scored.mark("A", "1.1"), scored.mark("B", "1.1")], ["1", "4"]);
    assert_eq!(scored.finding(&codes::STEPS_WITHOUT_PLAN).unit.as_deref(), Some("A"));
}

#[test]
fn a_missing_plan_or_one_of_zero_is_a_fault_that_names_its_cell() {
    for rule in [Rule::Ratio, Rule::AgainstLeader] {
        let scored = one_line("người", rule, "5").submits("A", &["1.1: 50"]).submits("B", &["1.1: 50/0"]).scored();
        assert_eq!([scored.mark("A", "1.1"), scored.mark("B", "1.1")], ["0", "0"]);
        assert_eq!(scored.line_codes(), ["CD02", "CD02"]);
        assert_eq!(scored.findings[0].place.to_string(), "so-lieu/A.xlsx › Biểu 1 › E10");
        assert_eq!(scored.findings[1].place.to_string(), "so-lieu/B.xlsx › Biểu 1 › D10");
        assert_eq!(scored.findings[1].criterion.as_deref(), Some("1.1"));
        assert!(scored.findings[1].message.contains("Công đoàn B"));
    }
}

#[test]
fn zero_is_a_result_but_an_empty_cell_is_missing() {
    let scored =
        one_line("người", Rule::Ratio, "5").submits("A", &["1.1: 0/100"]).submits("B", &["1.1: /100"]).scored();
    assert_eq!(scored.line_codes(), ["CD01"]);
    let finding = scored.finding(&codes::MISSING_RESULT);
    assert_eq!(
        (finding.unit.as_deref(), finding.place.to_string().as_str()),
        (Some("B"), "so-lieu/B.xlsx › Biểu 1 › E10")
    );
    assert_eq!(scored.line("B", "1.1").why, "Thiếu kết quả → 0 điểm (tối đa 5)");
}

#[test]
fn a_cell_that_could_not_be_read_is_not_reported_again() {
    let mut office = one_line("người", Rule::Ratio, "5").submits("A", &["1.1: /100"]);
    let line = office.line_id("1.1");
    office.submissions[0].lines.get_mut(&line).expect("the line is there").unreadable = true;
    let scored = office.submits("B", &["1.1: 5/5"]).scored();
    assert!(scored.line_codes().is_empty());
    assert_eq!(scored.mark("A", "1.1"), "0");
}

#[test]
fn the_plan_of_the_dossier_wins_with_a_warning() {
    let office = one_line("người", Rule::Ratio, "5").target("A", "1.1", "100");
    let scored = office.clone().submits("A", &["1.1: 80/80"]).scored();
    assert_eq!(scored.mark("A", "1.1"), "4");
    let finding = scored.finding(&codes::PLAN_DIFFERS);
    assert_eq!((finding.found.as_deref(), finding.expected.as_deref()), (Some("80"), Some("100")));
    let same = office.submits("A", &["1.1: 80/100"]).submits("B", &["1.1: 5/5"]).scored();
    assert!(same.line_codes().is_empty());
}

#[test]
fn a_direct_mark_is_the_verified_one_else_the_self_mark_with_a_warning() {
    let office = one_line("", Rule::Direct, "5").submits("A", &[]).submits("B", &[]);
    let office = office.self_marks("A", &["1.1: 4.5"]).self_marks("B", &["1.1: 5"]).verified("B", "1.1", "4.256");
    let scored = office.scored();
    assert_eq!([scored.mark("A", "1.1"), scored.mark("B", "1.1")], ["4.5", "4.26"]);
    assert_eq!(scored.line_codes(), ["CD07"]);
    assert_eq!(scored.line("A", "1.1").why, "Tự chấm, chưa thẩm định → 4,5 điểm (tối đa 5)");
    assert_eq!(scored.line("B", "1.1").why, "Thẩm định → 4,26 điểm (tối đa 5)");

    let none = one_line("", Rule::Direct, "5").submits("A", &[]).submits("B", &[]).verified("B", "1.1", "0").scored();
    assert_eq!(none.line_codes(), ["CD08"]);
}

#[test]
fn marks_given_by_people_stay_within_zero_and_the_maximum() {
    let office = one_line("người", Rule::Ratio, "5").submits("A", &["1.1: 9/9"]).submits("B", &["1.1: 9/9"]);
    let scored = office.verified("A", "1.1", "6").verified("B", "1.1", "-1").scored();
    assert_eq!([scored.mark("A", "1.1"), scored.mark("B", "1.1")], ["5", "0"]);
    assert_eq!(scored.line_codes(), ["CD05", "CD06", "CD10"]);
    assert_eq!(scored.finding(&codes::MARK_ABOVE_MAXIMUM).place.to_string(), "ho-so.xlsx › Thẩm định › C5");
}

#[test]
fn a_verified_mark_wins_and_the_difference_is_listed() {
    let scored = one_line("người", Rule::Ratio, "5")
        .submits("A", &["1.1: 9/9"])
        .submits("B", &["1.1: 9/9"])
        .verified("A", "1.1", "4.5")
        .verified("B", "1.1", "5")
        .scored();
    assert_eq!([scored.mark("A", "1.1"), scored.mark("B", "1.1")], ["4.5", "5"]);
    assert_eq!(scored.line_codes(), ["CD10"]);
    assert_eq!(scored.line("A", "1.1").why, "TH 9/KH 9 → 100% → 5 điểm; thẩm định 4,5 điểm (tối đa 5)");
    assert_eq!(scored.line("A", "1.1").computed, Some(decimal("5")));
}

#[test]
fn absurd_figures_are_findings_and_never_end_the_run() {
    let huge = "79228162514264337593543950335";
    for rule in [Rule::Ratio, Rule::AgainstLeader, count("5"), steps(&[("100", "4")], "0")] {
        let line = format!("1.1: {huge}/{huge}");
        let scored = one_line("người", rule, "5").submits("A", &[&line]).submits("B", &[&line]).scored();
        assert!(scored.line_codes().contains(&"CD11"), "{:?}", scored.line_codes());
    }
}

//! Sums, means and recomputed ratios of the cluster, past years and the term.

use crate::dossier::{Aggregation, Cumulation, GroupKind, Rule, TermTarget, TermYears};
use crate::finding::Place;
use crate::finding::catalogue::scoring as codes;
use crate::scoring::Aggregate;
use crate::scoring::sample::{Office, decimal};

/// Lines 1.1 (người), 1.2 (người), 1.3 (%), 1.4 (đạt/không).
fn office() -> Office {
    Office::with_units(&["A", "B", "C"])
        .group("I", GroupKind::Ordinary, Some("0"))
        .line("1.1", "người", Rule::Information, None)
        .line("1.2", "người", Rule::Information, None)
        .line("1.3", "%", Rule::Information, None)
        .line("1.4", "đạt/không", Rule::PassFail, Some("1"))
        .submits("A", &["1.1: 30/20", "1.2: 40", "1.3: 75/70", "1.4: đạt"])
        .submits("B", &["1.1: 10/20", "1.2: 60", "1.3: 16.67/70", "1.4: không"])
}

fn aggregate(office: Office, line: &str, aggregation: Aggregation) -> Aggregate {
    let scored = office.aggregated(line, aggregation).scored();
    scored.result.aggregates.get(&scored.office.line_id(line)).cloned().expect("the line is put together")
}

#[test]
fn counts_are_added_over_the_units_that_submitted() {
    let sum = aggregate(office(), "1.1", Aggregation::Sum);
    assert_eq!((sum.plan, sum.result, sum.ratio), (Some(decimal("40")), Some(decimal("40")), Some(decimal("100"))));
    assert_eq!((sum.met, sum.of), (1, 2));
    let with_target = office().target("C", "1.1", "25");
    let sum = aggregate(with_target, "1.1", Aggregation::Sum);
    assert_eq!((sum.plan, sum.assigned), (Some(decimal("40")), Some(decimal("65"))), "C did not submit");
}

#[test]
fn ratios_are_recomputed_from_totals_and_never_added() {
    let recomputed = aggregate(office(), "1.3", Aggregation::RatioOf("1.1".into(), "1.2".into()));
    assert_eq!(recomputed.result, Some(decimal("40")));
    assert_eq!((recomputed.plan, recomputed.ratio), (Some(decimal("70")), Some(decimal("57.14"))));
    let scored = office().scored();
    assert!(!scored.result.aggregates.contains_key(&scored.office.line_id("1.3")), "a % line without a rule");
}

#[test]
fn means_are_plain_or_weighted_with_two_decimals() {
    assert_eq!(aggregate(office(), "1.3", Aggregation::Mean).result, Some(decimal("45.84")));
    // (75 × 40 + 16.67 × 60) / 100
    let weighted = aggregate(office(), "1.3", Aggregation::WeightedBy("1.2".into()));
    assert_eq!(weighted.result, Some(decimal("40")));
    assert_eq!(aggregate(office(), "1.1", Aggregation::Maximum).result, Some(decimal("30")));
    assert_eq!(aggregate(office(), "1.1", Aggregation::Minimum).result, Some(decimal("10")));
}

#[test]
fn yes_and_no_are_counted() {
    let yeses = aggregate(office(), "1.4", Aggregation::CountMet);
    assert_eq!((yeses.result, yeses.met, yeses.of, yeses.plan), (Some(decimal("1")), 1, 2, None));
}

#[test]
fn last_year_is_put_together_the_same_way_when_every_counted_unit_has_it() {
    let half = office().past(2023, "A", "1.1", "20");
    assert_eq!(aggregate(half.clone(), "1.1", Aggregation::Sum).previous, None);
    let full = half.past(2023, "B", "1.1", "5").past(2023, "A", "1.2", "40").past(2023, "B", "1.2", "60");
    assert_eq!(aggregate(full.clone(), "1.1", Aggregation::Sum).previous, Some(decimal("25")));
    let recomputed = aggregate(full, "1.3", Aggregation::RatioOf("1.1".into(), "1.2".into()));
    assert_eq!(recomputed.previous, Some(decimal("25")));
}

fn term_office(cumulation: Cumulation, target: &str) -> Office {
    let mut office = office();
    office.dossier.information.term = Some(TermYears { text: "2022-2027".into(), first: 2022, last: 2027 });
    for (year, a, b) in [(2021, "900", "900"), (2022, "10", "20"), (2023, "20", "25")] {
        office = office.past(year, "A", "1.1", a).past(year, "B", "1.1", b).past(year, "C", "1.1", "5");
    }
    let target = TermTarget {
        criterion: "1.1".into(),
        target: Some(decimal(target)),
        cumulation,
        place: Place::sheet("ho-so.xlsx", "Nhiệm kỳ"),
    };
    office.dossier.term = Some(vec![target]);
    office
}

#[test]
fn the_term_cumulates_its_own_years_only() {
    for (cumulation, cumulative, ratio) in
        [(Cumulation::Sum, "125", "62.5"), (Cumulation::Last, "40", "20"), (Cumulation::Mean, "41.67", "20.84")]
    {
        let scored = term_office(cumulation, "200").scored();
        let line = &scored.result.term[0];
        assert_eq!(line.years, [(2022, decimal("35")), (2023, decimal("50")), (2024, decimal("40"))]);
        assert_eq!((line.cumulative, line.ratio), (Some(decimal(cumulative)), Some(decimal(ratio))), "{cumulation:?}");
    }
}

#[test]
fn gaps_in_past_years_are_said_once_for_a_unit_and_year() {
    let mut office = term_office(Cumulation::Sum, "200");
    let second = TermTarget { criterion: "1.2".into(), ..office.dossier.term.clone().expect("a term")[0].clone() };
    office.dossier.term.as_mut().expect("a term").push(second);
    let mut office = office.past(2023, "A", "1.2", "1").past(2023, "B", "1.2", "1");
    let key = (2022, office.unit_id("C"), office.line_id("1.1"));
    office.dossier.past.remove(&key);
    let scored = office.scored();
    let said = |code: &crate::finding::Code| scored.finding(code).message.clone();
    assert_eq!(said(&codes::PAST_YEAR_INCOMPLETE), "Năm 2023: trang tính Kỳ trước thiếu tiêu chí 1.2 của Công đoàn C.");
    assert_eq!(said(&codes::PAST_YEAR_WITHOUT_UNIT), "Năm 2022: trang tính Kỳ trước không có số liệu của Công đoàn C.");
    assert_eq!(scored.codes().iter().filter(|code| **code > "CD30").count(), 2);
}

#[test]
fn a_term_line_without_aggregation_is_said() {
    let scored = term_office(Cumulation::Sum, "200").aggregated("1.1", Aggregation::None).scored();
    assert_eq!(scored.finding(&codes::TERM_LINE_WITHOUT_AGGREGATION).criterion.as_deref(), Some("1.1"));
    assert_eq!(scored.result.term[0].cumulative, None);
}

#[test]
fn sums_beyond_reckoning_are_a_finding() {
    let huge = "1.1: 79228162514264337593543950335";
    let scored = Office::with_units(&["A", "B"])
        .group("I", GroupKind::Ordinary, None)
        .line("1.1", "đồng", Rule::Information, None)
        .submits("A", &[huge])
        .submits("B", &[huge])
        .scored();
    assert_eq!(scored.line_codes(), ["CD11"]);
}

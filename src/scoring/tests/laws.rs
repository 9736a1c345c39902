//! Laws that hold for every cluster, tried on many made by chance.

use proptest::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

use crate::dossier::{Comparison, GroupKind, RankStyle, Rule, Step, Steps, TieBreak, WaiverEffect};
use crate::scoring::sample::{Office, decimal};

const UNITS: [&str; 6] = ["A", "B", "C", "D", "E", "F"];

/// A table with every rule that marks a better result higher, a bonus group with a cap and a deduction group.
fn table() -> Office {
    let steps = [("100", "4"), ("95", "3")].map(|(bound, points)| Step {
        comparison: Comparison::AtLeast,
        bound: decimal(bound),
        points: decimal(points),
    });
    Office::with_units(&UNITS)
        .group("I", GroupKind::Ordinary, Some("19"))
        .line("1.1", "người", Rule::Ratio, Some("5"))
        .line("1.2", "người", Rule::AgainstLeader, Some("5"))
        .line("1.3", "cuộc", Rule::PerCount { points: decimal("0.3") }, Some("5"))
        .line("1.4", "cuộc", Rule::Steps(Steps { steps: steps.to_vec(), otherwise: decimal("1") }), Some("4"))
        .group("IX", GroupKind::Bonus, Some("2"))
        .line("9.1", "mô hình", Rule::PerCount { points: decimal("0.7") }, None)
        .group("X", GroupKind::Deduction, Some("3"))
        .line("10.1", "lần", Rule::PerCount { points: decimal("0.5") }, None)
        .grade("Xuất sắc", Some("15"), Some("20"), &[])
        .grade("Tốt", Some("10"), Some("50"), &[])
        .grade("Khá", None, None, &[])
}

/// Results of one unit for the six lines, plans for three of them; small numbers, so that ties are common.
fn results() -> impl Strategy<Value = Vec<[u32; 6]>> {
    proptest::collection::vec(proptest::array::uniform6(0u32..25), 1..=UNITS.len())
}

fn filled(results: &[[u32; 6]]) -> Office {
    results.iter().zip(UNITS).fold(table(), |office, (row, unit)| {
        let lines = [
            format!("1.1: {}/10", row[0]),
            format!("1.2: {}/12", row[1]),
            format!("1.3: {}", row[2]),
            format!("1.4: {}/20", row[3]),
            format!("9.1: {}", row[4] % 5),
            format!("10.1: {}", row[5] % 8),
        ];
        office.submits(unit, &lines.each_ref().map(String::as_str))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_better_result_never_lowers_a_units_own_mark(results in results(), line in 0usize..4, more in 1u32..30) {
        let before = filled(&results).scored();
        let mut better = results.clone();
        better[0][line] += more;
        let after = filled(&better).scored();
        prop_assert!(after.unit("A").lines[line].mark >= before.unit("A").lines[line].mark);
        prop_assert!(after.unit("A").total >= before.unit("A").total);
    }

    #[test]
    fn the_order_of_submissions_does_not_matter(results in results(), turn in 0usize..6) {
        let office = filled(&results);
        let mut turned = office.clone();
        turned.submissions.reverse();
        let length = turned.submissions.len();
        turned.submissions.rotate_left(turn % length);
        let (left, right) = (office.scored(), turned.scored());
        prop_assert_eq!(format!("{:?}", left.result), format!("{:?}", right.result));
        prop_assert_eq!(left.findings, right.findings);
    }

    #[test]
    fn totals_are_the_sums_of_their_parts(results in results()) {
        let scored = filled(&results).scored();
        for unit in &scored.result.units {
            let mark = |range: std::ops::Range<usize>| unit.lines[range].iter().map(|line| line.mark).sum::<Decimal>();
            prop_assert_eq!(unit.base, mark(0..4));
            prop_assert_eq!(unit.bonus, mark(4..5).min(decimal("2")));
            prop_assert_eq!(unit.deduction, mark(5..6).min(decimal("3")));
            prop_assert_eq!(unit.total, unit.base + unit.bonus - unit.deduction);
        }
    }

    #[test]
    fn every_tie_is_listed_and_places_follow_the_totals(results in results(), dense in any::<bool>()) {
        let mut office = filled(&results);
        office.dossier.information.rank_style = if dense { RankStyle::Dense } else { RankStyle::Competition };
        office.dossier.information.tie_breaks = vec![TieBreak::FewerDeductions];
        let scored = office.scored();
        let ranked: Vec<_> = scored.result.units.iter().filter(|unit| unit.rank.is_some()).collect();
        for (index, left) in ranked.iter().enumerate() {
            for right in &ranked[index + 1..] {
                let left_key = (left.total, -left.deduction);
                let right_key = (right.total, -right.deduction);
                prop_assert_eq!(left_key > right_key, left.rank < right.rank);
                prop_assert_eq!(left_key == right_key, left.rank == right.rank);
            }
        }
        let listed: BTreeSet<u32> = scored.result.ties.iter().map(|tie| tie.rank).collect();
        for rank in ranked.iter().filter_map(|unit| unit.rank) {
            let sharing = ranked.iter().filter(|unit| unit.rank == Some(rank)).count();
            prop_assert_eq!(sharing > 1, listed.contains(&rank));
        }
    }

    #[test]
    fn the_share_of_a_class_is_never_exceeded(results in results()) {
        let scored = filled(&results).scored();
        let ranked = scored.result.units.iter().filter(|unit| unit.rank.is_some()).count();
        for (grade, share) in [(0, 20), (1, 50)] {
            let given = scored.result.units.iter().filter(|unit| unit.grade == Some(grade)).count();
            prop_assert!(given * 100 <= share * ranked, "{given} of {ranked} at {share}%");
        }
    }

    #[test]
    fn a_waiver_neither_breaks_the_sums_nor_turns_a_better_result_into_a_worse_one(
        results in results(), waived in 0usize..6, line in 0usize..4, more in 1u32..30, full in any::<bool>()
    ) {
        let excused = |results: &[[u32; 6]]| {
            let code = ["1.1", "1.2", "1.3", "1.4", "9.1", "10.1"][waived];
            let mut office = filled(results).waiver("A", code, "mới thành lập");
            let effect = if full { WaiverEffect::CountFull } else { WaiverEffect::Convert };
            office.dossier.information.waiver_effect = effect;
            office.scored()
        };
        let before = excused(&results);
        let unit = before.unit("A");
        prop_assert_eq!(unit.total, unit.base + unit.bonus - unit.deduction);
        prop_assert!(unit.base <= decimal("19"), "{} of 19", unit.base);
        let sum: Decimal = unit.lines[0..4].iter().map(|line| line.mark).sum();
        match unit.conversion {
            None => prop_assert_eq!(unit.base, sum),
            Some(conversion) => {
                let exact = sum * conversion.scale / conversion.left;
                prop_assert!((unit.base - exact).abs() <= decimal("0.005"));
            }
        }
        let mut better = results.clone();
        better[0][line] += more;
        prop_assert!(excused(&better).unit("A").total >= unit.total);
    }
}

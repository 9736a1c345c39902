//! Two runs side by side (so sánh hai lần chấm): which units moved, and which figures, marks and rules moved them.
//!
//! Pure: two outcomes as ket-qua.json states them go in, a [`Comparison`] comes out. How an outcome is got, and how a
//! comparison is shown, lives elsewhere. May use `vietnamese`.

mod difference;
mod in_words;
mod lines;
mod outcome;
#[cfg(test)]
mod tests;
mod units;

pub use difference::*;
pub use in_words::{changed_figure, line_words, unit_words};
pub use outcome::{Cluster, Conventions, Criterion, Outcome, Unit, Unreadable};

/// Compares two runs: `before` and `after`. Clusters, units and lines are bound by their codes; what stands in one run
/// only is said so. Order: that of `after`, then what only `before` has.
pub fn compare(before: &Outcome, after: &Outcome) -> Comparison {
    let clusters = in_order(&before.clusters, &after.clusters, |cluster| cluster.code.as_str());
    Comparison {
        schema: 1,
        year: Both::new(before.year, after.year),
        conventions: conventions(before, after),
        clusters: clusters.into_iter().map(|pair| units::cluster(&pair)).collect(),
    }
}

/// Things of two lists bound by a key: those of the second list in its order, then those that only the first has.
fn in_order<'a, T>(before: &'a [T], after: &'a [T], key: impl Fn(&T) -> &str) -> Vec<Both<Option<&'a T>>> {
    let find = |list: &'a [T], wanted: &str| list.iter().find(|one| key(one) == wanted);
    let both = after.iter().map(|one| Both::new(find(before, key(one)), Some(one)));
    let gone = before.iter().filter(|one| find(after, key(one)).is_none()).map(|one| Both::new(Some(one), None));
    both.chain(gone).collect()
}

/// What the two definitions say differently for all clusters.
fn conventions(before: &Outcome, after: &Outcome) -> Vec<Convention> {
    let (Some(before), Some(after)) = (&before.conventions, &after.conventions) else { return Vec::new() };
    let items = [
        ("Làm tròn", before.decimals.to_string(), after.decimals.to_string()),
        ("Trần xếp loại", before.grade_ceiling.clone(), after.grade_ceiling.clone()),
        ("Kiểu xếp hạng", before.rank_style.clone(), after.rank_style.clone()),
        ("Phân định đồng điểm", before.tie_breaks.join("; "), after.tie_breaks.join("; ")),
        ("Dòng miễn chấm", before.waived_lines.clone(), after.waived_lines.clone()),
        ("Xếp loại", before.grades.join("; "), after.grades.join("; ")),
        ("Khen thưởng", before.awards.join("; "), after.awards.join("; ")),
    ];
    let changed = items.into_iter().filter(|(_, before, after)| before != after);
    changed
        .map(|(item, before, after)| Convention { item: item.to_string(), values: Both::new(before, after) })
        .collect()
}

//! The parties that sign a covenant: lead, deputies, members, in rows of two or three; the witness apart.

use serde_json::{Map, Value};
use std::ops::Range;

use super::value::{count, list, numbered, object};
use crate::dossier::{Dossier, Role, Unit};
use crate::scoring::ClusterResult;
use crate::vietnamese::figure::text;
use crate::wanted::Wanted;

/// `cac_ben_ky`, the grids, `ben_chung_kien` and `so_ban`.
pub(super) fn grid(dossier: &Dossier, result: &ClusterResult, wanted: &Wanted) -> Map<String, Value> {
    let mut units: Vec<&Unit> = result.units.iter().map(|outcome| dossier.unit(outcome.unit)).collect();
    // stable: protocol order inside each role
    units.sort_by_key(|unit| unit.role);
    let cluster = dossier.cluster(result.cluster);
    let has_witness = !cluster.witness_body.is_empty() || !cluster.witness_name.is_empty();
    let witness = |own: &Wanted| {
        if !has_witness {
            return Value::Null;
        }
        Value::Object(object(
            own,
            [
                ("ten", &|_| text(&cluster.witness_body)),
                ("chuc_vu", &|_| text(&cluster.witness_title)),
                ("nguoi_ky", &|_| text(&cluster.witness_name)),
            ],
        ))
    };
    let in_threes = !units.is_empty() && units.len().is_multiple_of(3);
    let lines = lines(&units);
    let (last, first) =
        lines.split_last().map_or((&[][..], &[][..]), |(last, first)| (std::slice::from_ref(last), first));
    let grid = |lines: &[Range<usize>], own: &Wanted| list(own, lines, |range, own| line(&units, range, own));
    let copies = units.len() + 1 + usize::from(has_witness);
    object(
        wanted,
        [
            ("luoi_ky_dau", &|own| grid(first, own)),
            ("luoi_ky_cuoi", &|own| grid(last, own)),
            ("hang_ky", &|own| rows(&units, if in_threes { 3 } else { 2 }, own)),
            ("hang_ky_2", &|own| rows(&units, 2, own)),
            ("hang_ky_3", &|own| rows(&units, 3, own)),
            ("ky_3_cot", &|_| Value::Bool(in_threes)),
            ("cac_ben_ky", &|own| numbered(own, &units, |unit, number, own| party(unit, number, own))),
            ("ben_chung_kien", &witness),
            ("so_ban", &|_| count(copies)),
        ],
    )
}

fn party(unit: &Unit, number: usize, wanted: &Wanted) -> Map<String, Value> {
    object(
        wanted,
        [
            ("tt", &|_| count(number)),
            ("ma", &|_| text(&unit.code)),
            ("ten", &|_| text(&unit.name)),
            ("chuc_vu", &|_| text(&unit.signer_title)),
            ("nguoi_ky", &|_| text(&unit.signer_name)),
            ("vai_tro", &|_| text(&unit.role_text)),
            ("la_truong", &|_| Value::Bool(unit.role == Role::Lead)),
            ("la_pho", &|_| Value::Bool(unit.role == Role::Deputy)),
            ("trong", &|_| Value::Bool(false)),
        ],
    )
}

/// A cell of the last row that no party fills.
fn empty_cell(wanted: &Wanted) -> Map<String, Value> {
    let no = || Value::Bool(false);
    object(
        wanted,
        [
            ("tt", &|_| Value::Null),
            ("ma", &|_| text("")),
            ("ten", &|_| text("")),
            ("chuc_vu", &|_| text("")),
            ("nguoi_ky", &|_| text("")),
            ("vai_tro", &|_| text("")),
            ("la_truong", &|_| no()),
            ("la_pho", &|_| no()),
            ("trong", &|_| Value::Bool(true)),
        ],
    )
}

fn rows(units: &[&Unit], columns: usize, wanted: &Wanted) -> Value {
    let cell = |at: usize, own: &Wanted| match units.get(at) {
        Some(unit) => party(unit, at + 1, own),
        None => empty_cell(own),
    };
    list(wanted, (0..units.len()).step_by(columns), |first, own| {
        object(own, [("o", &|own| list(own, first..first + columns, cell))])
    })
}

/// Names longer than this, in letters, leave no room for three parties side by side.
const LONGEST_IN_THREES: usize = 50;

/// The grid without empty cells: rows of three where the names are short enough, else of two; no party alone in a row
/// unless in rows of two the last one is left over.
fn lines(units: &[&Unit]) -> Vec<Range<usize>> {
    let longest = units.iter().map(|unit| unit.name.chars().count()).max().unwrap_or(0);
    let mut first = 0;
    let mut lines = Vec::new();
    for size in line_sizes(units.len(), longest <= LONGEST_IN_THREES) {
        let end = (first + size).min(units.len());
        lines.push(first..end);
        first = end;
    }
    lines
}

fn line(units: &[&Unit], range: &Range<usize>, wanted: &Wanted) -> Map<String, Value> {
    let cell = |index: usize, own: &Wanted| match range.clone().nth(index) {
        Some(at) => Value::Object(party(units[at], at + 1, own)),
        None => Value::Null,
    };
    object(
        wanted,
        [
            ("so_o", &|_| count(range.len())),
            ("mot", &|own| cell(0, own)),
            ("hai", &|own| cell(1, own)),
            ("ba", &|own| cell(2, own)),
        ],
    )
}

fn line_sizes(parties: usize, in_threes: bool) -> Vec<usize> {
    let mut sizes = Vec::new();
    let mut rest = parties;
    while rest > 0 {
        let size = match rest {
            1 => 1,
            2 | 4 => 2,
            _ if in_threes => 3,
            _ => 2,
        };
        sizes.push(size);
        rest -= size;
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_party_is_left_alone_where_three_fit() {
        for (parties, sizes) in [
            (1, vec![1]),
            (2, vec![2]),
            (3, vec![3]),
            (4, vec![2, 2]),
            (5, vec![3, 2]),
            (7, vec![3, 2, 2]),
            (8, vec![3, 3, 2]),
            (9, vec![3, 3, 3]),
            (15, vec![3; 5]),
        ] {
            assert_eq!(line_sizes(parties, true), sizes);
        }
        assert_eq!(line_sizes(5, false), [2, 2, 1]);
    }
}

//! The parties that sign a covenant: lead, deputies, members, in rows of two or three; the witness apart.

use serde_json::{Map, Value};

use super::value::{count, object};
use crate::dossier::{Dossier, Role, Unit};
use crate::scoring::ClusterResult;
use crate::vietnamese::figure::text;

/// `cac_ben_ky`, the grids, `ben_chung_kien` and `so_ban`.
pub(super) fn grid(dossier: &Dossier, result: &ClusterResult) -> Map<String, Value> {
    let mut units: Vec<&Unit> = result.units.iter().map(|outcome| dossier.unit(outcome.unit)).collect();
    // stable: protocol order inside each role
    units.sort_by_key(|unit| unit.role);
    let parties: Vec<Value> = units.iter().enumerate().map(|(position, unit)| party(unit, position + 1)).collect();
    let cluster = dossier.cluster(result.cluster);
    let has_witness = !cluster.witness_body.is_empty() || !cluster.witness_name.is_empty();
    let witness = has_witness.then(|| {
        Value::Object(object([
            ("ten", text(&cluster.witness_body)),
            ("chuc_vu", text(&cluster.witness_title)),
            ("nguoi_ky", text(&cluster.witness_name)),
        ]))
    });
    let in_threes = !parties.is_empty() && parties.len().is_multiple_of(3);
    let mut lines = lines(&parties, &units);
    let last_line = lines.pop();
    let copies = parties.len() + 1 + usize::from(has_witness);
    object([
        ("luoi_ky_dau", Value::Array(lines)),
        ("luoi_ky_cuoi", Value::Array(last_line.into_iter().collect())),
        ("hang_ky", rows(&parties, if in_threes { 3 } else { 2 })),
        ("hang_ky_2", rows(&parties, 2)),
        ("hang_ky_3", rows(&parties, 3)),
        ("ky_3_cot", Value::Bool(in_threes)),
        ("cac_ben_ky", Value::Array(parties)),
        ("ben_chung_kien", witness.unwrap_or(Value::Null)),
        ("so_ban", count(copies)),
    ])
}

fn party(unit: &Unit, number: usize) -> Value {
    Value::Object(object([
        ("tt", count(number)),
        ("ma", text(&unit.code)),
        ("ten", text(&unit.name)),
        ("chuc_vu", text(&unit.signer_title)),
        ("nguoi_ky", text(&unit.signer_name)),
        ("vai_tro", text(&unit.role_text)),
        ("la_truong", Value::Bool(unit.role == Role::Lead)),
        ("la_pho", Value::Bool(unit.role == Role::Deputy)),
        ("trong", Value::Bool(false)),
    ]))
}

/// A cell of the last row that no party fills.
fn empty_cell() -> Value {
    let no = || Value::Bool(false);
    Value::Object(object([
        ("tt", Value::Null),
        ("ma", text("")),
        ("ten", text("")),
        ("chuc_vu", text("")),
        ("nguoi_ky", text("")),
        ("vai_tro", text("")),
        ("la_truong", no()),
        ("la_pho", no()),
        ("trong", Value::Bool(true)),
    ]))
}

fn rows(parties: &[Value], columns: usize) -> Value {
    let rows = parties.chunks(columns).map(|chunk| {
        let mut cells = chunk.to_vec();
        cells.resize_with(columns, empty_cell);
        Value::Object(object([("o", Value::Array(cells))]))
    });
    Value::Array(rows.collect())
}

/// Names longer than this, in letters, leave no room for three parties side by side.
const LONGEST_IN_THREES: usize = 50;

/// The grid without empty cells: rows of three where the names are short enough, else of two; no party alone in a row
/// unless in rows of two the last one is left over.
fn lines(parties: &[Value], units: &[&Unit]) -> Vec<Value> {
    let longest = units.iter().map(|unit| unit.name.chars().count()).max().unwrap_or(0);
    let mut rest = parties;
    let mut lines = Vec::new();
    for size in line_sizes(parties.len(), longest <= LONGEST_IN_THREES) {
        let (line, after) = rest.split_at(size.min(rest.len()));
        rest = after;
        let cell = |index: usize| line.get(index).cloned().unwrap_or(Value::Null);
        lines.push(Value::Object(object([
            ("so_o", count(line.len())),
            ("mot", cell(0)),
            ("hai", cell(1)),
            ("ba", cell(2)),
        ])));
    }
    lines
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

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
    let copies = parties.len() + 1 + usize::from(has_witness);
    object([
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

//! Words of the dossier and of the units: sheet Văn bản and the narratives.

use serde_json::{Map, Value};

use super::Paper;
use super::names::{self, Kind};
use super::unit::short_name;
use super::value::object;
use crate::dossier::Dossier;
use crate::intake::NarrativeKind;
use crate::scoring::ClusterResult;
use crate::vietnamese::figure::text;
use crate::vietnamese::{fold, snake_case};

/// `van_ban`: every known key, and every other key that the sheet has for this paper or for all.
pub(super) fn texts_of(dossier: &Dossier, paper: Paper) -> Value {
    let mut map = Map::new();
    for known in names::TEXTS.names {
        let rows = dossier.texts(paper.name(), known.name);
        map.insert(known.name.to_string(), of_rows(&rows, known.kind == Kind::Texts));
    }
    let known: Vec<String> = names::TEXTS.names.iter().map(|known| fold(known.name)).collect();
    let own = dossier.texts.iter().filter(|row| row.paper == paper.name() || row.paper == "*");
    for row in own.filter(|row| !known.contains(&fold(&row.key))) {
        let name = snake_case(&row.key);
        if !name.is_empty() && !map.contains_key(&name) {
            map.insert(name, of_rows(&dossier.texts(paper.name(), &row.key), false));
        }
    }
    Value::Object(map)
}

/// A list where it has several rows or is one of the plural kinds (contract §6), else a text; empty without rows.
fn of_rows(rows: &[&str], plural: bool) -> Value {
    match rows {
        _ if plural || rows.len() > 1 => Value::Array(rows.iter().map(|row| text(without_end(row))).collect()),
        [row] => text(row),
        _ => Value::Null,
    }
}

/// A point of a list without the `;` or `.` at its end, which the template sets by the point's place.
fn without_end(row: &str) -> &str {
    row.trim().trim_end_matches([';', '.', ' '])
}

/// The year of the covenant where the dossier names one: a meeting that closes a year signs for the next.
pub(super) fn covenant_year(dossier: &Dossier) -> Option<i32> {
    let rows = dossier.texts(Paper::Covenant.name(), "Năm giao ước");
    rows.first()?.trim().parse().ok().filter(|year| (1900..=9999).contains(year))
}

/// `thuyet_minh`: the units' own words, in protocol order.
pub(super) fn narratives(dossier: &Dossier, result: &ClusterResult) -> Value {
    let of_kind = |kind: NarrativeKind| {
        let list = result.units.iter().flat_map(|outcome| {
            let unit = dossier.unit(outcome.unit);
            outcome.narratives.iter().filter(move |narrative| narrative.kind == kind).map(move |narrative| {
                Value::Object(object([
                    ("don_vi", text(&unit.name)),
                    ("don_vi_viet_tat", text(short_name(unit))),
                    ("ma", text(&unit.code)),
                    ("noi_dung", text(without_end(&narrative.text))),
                ]))
            })
        });
        Value::Array(list.collect())
    };
    Value::Object(object([
        ("noi_bat", of_kind(NarrativeKind::Highlight)),
        ("mo_hinh_moi", of_kind(NarrativeKind::NewModel)),
        ("han_che", of_kind(NarrativeKind::Weakness)),
        ("nguyen_nhan", of_kind(NarrativeKind::Cause)),
        ("kien_nghi", of_kind(NarrativeKind::Proposal)),
    ]))
}

//! The ranking with every mark and why it was given.

use axum::extract::{Path, State};
use axum::response::Response;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::sync::Arc;

use crate::dossier::{Dossier, GroupKind};
use crate::run::Checked;
use crate::scoring::{ClusterResult, LineResult, UnitResult};
use crate::vietnamese::plain;
use crate::web::answer::{self, Refusal};
use crate::web::desk::Desk;

pub async fn show(State(desk): State<Arc<Desk>>, Path(name): Path<String>) -> Result<Response, Refusal> {
    let folder = desk.shelf.dossier(&name)?;
    let read = desk.read(&folder).await?;
    let shown = match &*read {
        Ok(checked) => ranking(checked),
        Err(_) => json!({ "clusters": [] }),
    };
    Ok(answer::json(&shown))
}

fn ranking(checked: &Checked) -> Value {
    let dossier = &checked.dossier;
    let clusters = checked.results.iter().map(|result| {
        let cluster = dossier.cluster(result.cluster);
        let units = result.ranking.iter().filter_map(|index| result.units.get(*index));
        let ties = result.ties.iter().map(|tie| {
            let codes = tie.units.iter().filter_map(|index| result.units.get(*index));
            let codes: Vec<&str> = codes.map(|unit| dossier.unit(unit.unit).code.as_str()).collect();
            json!({ "rank": tie.rank, "units": codes })
        });
        json!({
            "code": cluster.code,
            "name": cluster.name,
            "groups": groups(dossier, result),
            "units": units.map(|unit| unit_json(dossier, unit)).collect::<Vec<Value>>(),
            "ties": ties.collect::<Vec<Value>>(),
        })
    });
    json!({ "year": dossier.information.year, "clusters": clusters.collect::<Vec<Value>>() })
}

fn groups(dossier: &Dossier, result: &ClusterResult) -> Vec<Value> {
    let of_group = |(group, lines): &(_, Vec<_>)| {
        let group = dossier.group(*group);
        let lines: Vec<Value> = lines
            .iter()
            .map(|line| {
                let line = dossier.criterion(*line);
                let max = line.max.map(plain);
                json!({ "code": line.code, "name": line.name, "measure": line.measure, "max": max, "rule": line.rule.word() })
            })
            .collect();
        let kind = match group.kind {
            GroupKind::Ordinary => "ordinary",
            GroupKind::Bonus => "bonus",
            GroupKind::Deduction => "deduction",
        };
        json!({ "code": group.code, "name": group.name, "kind": kind, "max": group.max.map(plain), "lines": lines })
    };
    result.scheme.iter().map(of_group).collect()
}

fn unit_json(dossier: &Dossier, result: &UnitResult) -> Value {
    let unit = dossier.unit(result.unit);
    let awards = result.awards.iter().filter_map(|award| dossier.awards.get(*award));
    let grade = result.grade.and_then(|grade| dossier.grades.get(grade));
    json!({
        "code": unit.code,
        "name": unit.name,
        "short": unit.short_name,
        "submitted": result.submitted,
        "disqualified": result.disqualified,
        "rank": result.rank,
        "total": plain(result.total),
        "base": plain(result.base),
        "bonus": plain(result.bonus),
        "deduction": plain(result.deduction),
        "self_total": result.self_total.map(plain),
        "grade": grade.map(|grade| grade.name.as_str()),
        "awards": awards.map(|award| award.name.as_str()).collect::<Vec<&str>>(),
        "groups": result.groups.iter().map(|group| plain(group.points)).collect::<Vec<String>>(),
        "lines": result.lines.iter().map(line_json).collect::<Vec<Value>>(),
    })
}

fn line_json(line: &LineResult) -> Value {
    let figure = |figure: Option<Decimal>| figure.map(plain);
    json!({
        "mark": line.scored.then(|| plain(line.mark)),
        "why": line.why,
        "plan": figure(line.plan),
        "result": figure(line.result.map(crate::intake::Reading::number)),
        "verified": figure(line.verified),
        "self_mark": figure(line.self_mark),
        "source": line.source.as_ref().map(|source| json!({
            "file": source.file(), "sheet": source.sheet(), "cell": source.cell.to_string(),
        })),
    })
}

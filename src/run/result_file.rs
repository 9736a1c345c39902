//! ket-qua.json: the results of all clusters and the findings, as contract §4 prints them.
//!
//! Field order is the contract's; what we add stands after it: a unit's `disqualified`, `why`, `plans`, `verified`,
//! `self`, `waived` and `conversion`, a cluster's `criteria`, the file's `conventions`, an aggregate's `previous`, a finding's `expected`, `cluster`, `paragraph` and `tag`.
//! Figures are strings of exact decimals; a yes is "1", a no is "0". Lines without points have no score, nor have waived
//! ones that left the scale; lines without a result have no result. `docs/ket-qua-json.md` says it for other programs.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::dossier::{CriterionId, Dossier, GroupId, TieBreak, in_words};
use crate::finding::Finding;
use crate::intake::Reading;
use crate::scoring::{Aggregate, ClusterResult, LineResult, TermResult, UnitResult};
use crate::vietnamese::plain;

/// The whole file.
pub fn result_json(dossier: &Dossier, clusters: &[ClusterResult], findings: &[Finding]) -> Value {
    file_json(dossier, clusters.iter().map(|result| cluster_json(dossier, result)).collect(), findings)
}

/// The file around the parts of its clusters.
pub(super) fn file_json(dossier: &Dossier, clusters: Vec<Value>, findings: &[Finding]) -> Value {
    json!({
        "schema": 1,
        "year": dossier.information.year,
        "clusters": clusters,
        "findings": findings.iter().map(finding_json).collect::<Vec<Value>>(),
        "conventions": conventions_json(dossier),
    })
}

/// What the definition says for all clusters, so that two runs can be compared.
fn conventions_json(dossier: &Dossier) -> Value {
    let information = &dossier.information;
    let grades: Vec<String> = dossier.grades.iter().map(in_words::grade).collect();
    let awards: Vec<String> = dossier.awards.iter().map(|award| in_words::award(award, &dossier.grades)).collect();
    json!({
        "decimals": information.decimals,
        "grade_ceiling": plain(information.grade_ceiling),
        "rank_style": information.rank_style.word(),
        "tie_breaks": information.tie_breaks.iter().map(TieBreak::word).collect::<Vec<&str>>(),
        "waived_lines": information.waiver_effect.word(),
        "grades": grades,
        "awards": awards,
    })
}

/// One cluster of the file.
pub fn cluster_json(dossier: &Dossier, result: &ClusterResult) -> Value {
    let cluster = dossier.cluster(result.cluster);
    let grades: Map<String, Value> = dossier
        .grades
        .iter()
        .enumerate()
        .map(|(index, grade)| {
            let units = result.units.iter().filter(|unit| unit.grade == Some(index)).count();
            (grade.name.clone(), units.into())
        })
        .collect();
    let aggregates: Map<String, Value> = result
        .scheme
        .iter()
        .flat_map(|(_, lines)| lines)
        .filter_map(|line| {
            let aggregate = result.aggregates.get(line)?;
            Some((dossier.criterion(*line).code.clone(), aggregate_json(aggregate)))
        })
        .collect();
    let term: Map<String, Value> =
        result.term.iter().map(|line| (dossier.criterion(line.criterion).code.clone(), term_json(line))).collect();
    let criteria: Vec<Value> = result
        .scheme
        .iter()
        .flat_map(|(group, lines)| lines.iter().map(move |line| (*group, *line)))
        .map(|(group, line)| criterion_json(dossier, group, line))
        .collect();
    json!({
        "code": cluster.code,
        "name": cluster.name,
        "expected": result.units.len(),
        "submitted": result.units.iter().filter(|unit| unit.submitted).count(),
        "grades": grades,
        "units": result.units.iter().map(|unit| unit_json(dossier, unit)).collect::<Vec<Value>>(),
        "aggregates": aggregates,
        "term": term,
        "criteria": criteria,
    })
}

/// One line of the scoring table.
fn criterion_json(dossier: &Dossier, group: GroupId, line: CriterionId) -> Value {
    let criterion = dossier.criterion(line);
    json!({
        "code": criterion.code,
        "name": criterion.name,
        "group": dossier.group(group).code,
        "measure": criterion.measure,
        "rule": in_words::rule(&criterion.rule),
        "max": criterion.max.map(plain),
    })
}

/// One finding of the file.
pub fn finding_json(finding: &Finding) -> Value {
    json!({
        "code": finding.code.id,
        "severity": finding.severity(),
        "file": finding.place.file,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell.map(|cell| cell.to_string()),
        "unit": finding.unit,
        "criterion": finding.criterion,
        "message": finding.message,
        "found": finding.found,
        "hint": finding.hint,
        "expected": finding.expected,
        "cluster": finding.cluster,
        "paragraph": finding.place.paragraph,
        "tag": finding.place.tag,
    })
}

fn unit_json(dossier: &Dossier, unit: &UnitResult) -> Value {
    let member = dossier.unit(unit.unit);
    let awards = unit.awards.iter().map(|award| dossier.awards[*award].name.as_str());
    let scored = |line: &LineResult| (unit.submitted && line.counts()).then(|| plain(line.mark).into());
    json!({
        "code": member.code,
        "name": member.name,
        "submitted": unit.submitted,
        "rank": unit.rank,
        "total": plain(unit.total),
        "base": plain(unit.base),
        "bonus": plain(unit.bonus),
        "deduction": plain(unit.deduction),
        "self_total": unit.self_total.map(plain),
        "grade": unit.grade.map(|grade| dossier.grades[grade].name.as_str()),
        "awards": awards.collect::<Vec<&str>>(),
        "scores": by_code(dossier, unit, scored),
        "results": by_code(dossier, unit, |line| line.result.map(|result| plain(Reading::number(result)).into())),
        "sources": by_code(dossier, unit, |line| line.source.as_ref().map(|source| source.to_string().into())),
        "disqualified": unit.disqualified,
        "why": by_code(dossier, unit, |line| Some(line.why.as_str().into())),
        "plans": by_code(dossier, unit, |line| line.plan.map(|plan| plain(plan).into())),
        "verified": by_code(dossier, unit, |line| line.verified.map(|mark| plain(mark).into())),
        "self": by_code(dossier, unit, |line| line.self_mark.map(|mark| plain(mark).into())),
        "waived": by_code(dossier, unit, |line| line.waived.as_ref().map(|waived| waived.reason.as_str().into())),
        "conversion": unit.conversion.map(|conversion| {
            let [sum, scale, left] = [conversion.sum, conversion.scale, conversion.left].map(plain);
            json!({"sum": sum, "scale": scale, "left": left})
        }),
    })
}

fn by_code(dossier: &Dossier, unit: &UnitResult, value: impl Fn(&LineResult) -> Option<Value>) -> Map<String, Value> {
    let entry = |line: &LineResult| Some((dossier.criterion(line.criterion).code.clone(), value(line)?));
    unit.lines.iter().filter_map(entry).collect()
}

fn aggregate_json(aggregate: &Aggregate) -> Value {
    json!({
        "plan": aggregate.plan.map(plain),
        "result": aggregate.result.map(plain),
        "ratio": aggregate.ratio.map(plain),
        "met": aggregate.met,
        "of": aggregate.of,
        "previous": aggregate.previous.map(plain),
    })
}

fn term_json(line: &TermResult) -> Value {
    let years: Map<String, Value> =
        line.years.iter().map(|(year, figure): &(i32, Decimal)| (year.to_string(), plain(*figure).into())).collect();
    json!({
        "target": line.target.map(plain),
        "years": years,
        "cumulative": line.cumulative.map(plain),
        "ratio": line.ratio.map(plain),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::{AwardCondition, Comparison, GroupKind, Rule};
    use crate::scoring::sample::{Office, decimal};

    fn office() -> Office {
        Office::with_units(&["A", "B"])
            .group("I", GroupKind::Ordinary, Some("8"))
            .line("1.1", "người", Rule::Ratio, Some("5"))
            .line("1.2", "đạt/không", Rule::PassFail, Some("3"))
            .line("1.3", "người", Rule::Information, None)
            .group("IX", GroupKind::Bonus, None)
            .line("9.1", "mô hình", Rule::PerCount { points: decimal("0.50") }, None)
            .submits("A", &["1.1: 99.50/100", "1.2: đạt", "1.3: 7", "9.1: 1"])
            .past(2023, "A", "1.1", "90")
            .grade("Xuất sắc", Some("8"), None, &[])
            .grade("Tốt", None, None, &[])
            .award("Cờ thi đua", Some(1), &[AwardCondition::Rank(Comparison::Equal, 1)])
    }

    #[test]
    fn the_file_reads_as_the_contract_prints_it() {
        let scored = office().scored();
        let file = result_json(&scored.office.dossier, std::slice::from_ref(&scored.result), &scored.findings);
        let first = &file["clusters"][0]["units"][0];
        let expected = json!({
            "code": "A", "name": "Công đoàn A", "submitted": true, "rank": 1, "total": "8.48", "base": "7.98",
            "bonus": "0.5", "deduction": "0", "self_total": null, "grade": "Xuất sắc", "awards": ["Cờ thi đua"],
            "scores": {"1.1": "4.98", "1.2": "3", "9.1": "0.5"},
            "results": {"1.1": "99.5", "1.2": "1", "1.3": "7", "9.1": "1"},
            "sources": {
                "1.1": "so-lieu/A.xlsx!Biểu 1!E10", "1.2": "so-lieu/A.xlsx!Biểu 1!E11",
                "1.3": "so-lieu/A.xlsx!Biểu 1!E12", "9.1": "so-lieu/A.xlsx!Biểu 1!E13"
            },
            "disqualified": false,
            "why": {
                "1.1": "TH 99,5/KH 100 → 99,5% → 4,98 điểm (tối đa 5)", "1.2": "Đạt → 3 điểm (tối đa 3)",
                "1.3": "Chỉ báo cáo, không tính điểm", "9.1": "1 × 0,5 điểm → 0,5 điểm"
            },
            "plans": {"1.1": "100"}, "verified": {}, "self": {}, "waived": {}, "conversion": null
        });
        assert_eq!(first.to_string(), expected.to_string(), "field for field, in order");
        let aggregates = &file["clusters"][0]["aggregates"];
        assert_eq!(
            aggregates["1.1"].to_string(),
            r#"{"plan":"100","result":"99.5","ratio":"99.5","met":0,"of":1,"previous":"90"}"#
        );
        assert_eq!((aggregates["1.2"]["met"].as_u64(), aggregates["1.2"]["of"].as_u64()), (Some(1), Some(1)));
        let cluster = file["clusters"][0].as_object().expect("an object");
        let fields: Vec<&str> = cluster.keys().map(String::as_str).collect();
        assert_eq!(
            fields,
            ["code", "name", "expected", "submitted", "grades", "units", "aggregates", "term", "criteria"]
        );
        assert_eq!((cluster["expected"].as_u64(), cluster["submitted"].as_u64()), (Some(2), Some(1)));
        assert_eq!(cluster["grades"], json!({"Xuất sắc": 1, "Tốt": 0}));
    }

    #[test]
    fn a_unit_without_a_submission_has_neither_rank_nor_marks() {
        let scored = office().scored();
        let file = result_json(&scored.office.dossier, &[scored.result], &scored.findings);
        let absent = &file["clusters"][0]["units"][1];
        assert_eq!((&absent["rank"], &absent["grade"], &absent["scores"]), (&Value::Null, &Value::Null, &json!({})));
        let finding = &file["findings"][0];
        let fields: Vec<&str> = finding.as_object().expect("an object").keys().map(String::as_str).take(10).collect();
        let listed = ["code", "severity", "file", "sheet", "cell", "unit", "criterion", "message", "found", "hint"];
        assert_eq!(fields, listed);
        assert_eq!(
            (&finding["code"], &finding["severity"], &finding["unit"]),
            (&json!("CD20"), &json!("warning"), &json!("B"))
        );
    }
}

//! The charts of a cluster: which figures they show, in which order and in which words.

use rust_decimal::Decimal;
use serde_json::Value;

use super::facts::is_main;
use super::value::object;
use crate::chart::{Bar, Chart};
use crate::dossier::{Dossier, GroupKind};
use crate::scoring::{ClusterResult, UnitResult};
use crate::vietnamese::{number, percent};
use crate::wanted::Wanted;

/// Results of more than so many per cent of the plan are not drawn longer: they would press all others together.
const MOST_PERCENT: u32 = 200;

/// `bieu_do`: empty where a chart would show nothing.
pub(super) fn charts(dossier: &Dossier, result: &ClusterResult, wanted: &Wanted) -> Value {
    let data = |chart: Chart| match chart.bars.iter().any(|bar| !bar.length().is_zero()) {
        true => chart.to_data(),
        false => Value::String(String::new()),
    };
    Value::Object(object(
        wanted,
        [
            ("diem_nhom", &|_| data(marks_by_group(dossier, result))),
            ("so_ke_hoach", &|_| data(results_against_plan(dossier, result))),
        ],
    ))
}

/// The marks of every unit, group by group, in rank order.
fn marks_by_group(dossier: &Dossier, result: &ClusterResult) -> Chart {
    let gives_points = |at: &usize| {
        let group = result.scheme[*at].0;
        is_main(dossier, group) || dossier.group(group).kind == GroupKind::Bonus
    };
    let groups: Vec<usize> = (0..result.scheme.len()).filter(gives_points).collect();
    let name = |at: &usize| {
        let group = dossier.group(result.scheme[*at].0);
        format!("{}. {}", group.code, group.name)
    };
    let bars = result.ranking.iter().map(|unit| &result.units[*unit]).map(|unit| Bar {
        label: dossier.unit(unit.unit).name.clone(),
        lengths: match unit.submitted {
            true => groups.iter().map(|group| length(dossier, unit, *group)).collect(),
            false => Vec::new(),
        },
        figure: outcome(unit),
    });
    Chart {
        title: "Biểu đồ thanh ngang: tổng điểm của các đơn vị, chia theo nhóm tiêu chí, xếp theo thứ hạng".to_string(),
        axis: "Điểm".to_string(),
        parts: groups.iter().map(name).collect(),
        bars: bars.collect(),
        ..Chart::default()
    }
}

/// A group's part of a unit's bar: where the base was converted, the part of the converted one, so that the bar is as
/// long as its parts count.
fn length(dossier: &Dossier, unit: &UnitResult, group: usize) -> Decimal {
    let result = &unit.groups[group];
    let converted = unit.conversion.as_ref().filter(|_| dossier.group(result.group).kind == GroupKind::Ordinary);
    let factor = converted.and_then(|conversion| unit.base.checked_div(conversion.sum));
    factor.and_then(|factor| result.points.checked_mul(factor)).unwrap_or(result.points)
}

/// What stands at the end of a unit's bar: its total, and what the bar does not show.
fn outcome(unit: &UnitResult) -> String {
    if !unit.submitted {
        return "chưa nộp báo cáo".to_string();
    }
    let mut remarks = Vec::new();
    if unit.deduction > Decimal::ZERO {
        remarks.push(format!("đã trừ {}", number(unit.deduction)));
    }
    if unit.conversion.is_some() {
        remarks.push("đã quy đổi".to_string());
    }
    if unit.disqualified {
        remarks.push("không xếp loại".to_string());
    }
    let total = number(unit.total);
    if remarks.is_empty() { total } else { format!("{total} ({})", remarks.join(", ")) }
}

/// The cluster's results of all lines that have a plan, in per cent of it.
fn results_against_plan(dossier: &Dossier, result: &ClusterResult) -> Chart {
    let lines = result.scheme.iter().filter(|(group, _)| is_main(dossier, *group)).flat_map(|(_, lines)| lines);
    let bars = lines.filter_map(|line| {
        let ratio = result.aggregates.get(line)?.ratio?;
        let criterion = dossier.criterion(*line);
        let lengths = match ratio >= Decimal::ONE_HUNDRED {
            true => vec![ratio, Decimal::ZERO],
            false => vec![Decimal::ZERO, ratio],
        };
        Some(Bar { label: format!("{}. {}", criterion.code, criterion.name), lengths, figure: percent(ratio) })
    });
    Chart {
        title: "Biểu đồ thanh ngang: kết quả thực hiện các chỉ tiêu so với kế hoạch".to_string(),
        axis: "Kết quả so với kế hoạch (%)".to_string(),
        parts: vec!["Đạt hoặc vượt kế hoạch".to_string(), "Chưa đạt kế hoạch".to_string()],
        bars: bars.collect(),
        line: Some((Decimal::ONE_HUNDRED, "Kế hoạch: 100%".to_string())),
        limit: Some(Decimal::from(MOST_PERCENT)),
    }
}

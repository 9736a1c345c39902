//! What a run found, for the terminal: by unit, worst first, about a screen, the rest counted.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use super::{Status, complain};
use crate::finding::{Finding, Severity};
use crate::run::{Checked, Survey, result_json};
use crate::vietnamese;

/// Findings shown in all, and in one unit's group, unless everything is asked for.
const SHOWN: usize = 8;
const SHOWN_OF_ONE: usize = 3;

/// Says why there is no dossier to work on.
pub(super) fn no_dossier(directory: &Path, findings: &[Finding]) -> Status {
    complain(format!("Không đọc được hồ sơ trong {}.", directory.display()));
    for finding in findings {
        complain(one(finding));
    }
    Status::Usage
}

/// The object of contract §4.
pub(super) fn json(checked: &Checked) -> String {
    format!("{:#}", result_json(&checked.dossier, &checked.results, &checked.findings))
}

/// A line for each cluster: how many sent in, who leads.
pub(super) fn overview(survey: &Survey) -> String {
    let mut text = String::new();
    for cluster in &survey.overviews {
        let _ = write!(text, "{}: {}/{} đơn vị đã nộp", cluster.name, cluster.submitted, cluster.units);
        let leaders: Vec<String> = cluster
            .leaders
            .iter()
            .map(|(name, total)| format!("{name} ({} điểm)", vietnamese::number(*total)))
            .collect();
        if !leaders.is_empty() {
            let _ = write!(text, "; dẫn đầu: {}", leaders.join(", "));
        }
        text.push_str(".\n");
    }
    text.truncate(text.trim_end().len());
    text
}

/// The findings by unit, the unit with most errors first.
pub(super) fn findings(survey: &Survey, all: bool) -> String {
    if survey.findings.is_empty() {
        return "Không có phát hiện nào: hồ sơ đầy đủ.".to_string();
    }
    let (most, most_of_one) = if all { (usize::MAX, usize::MAX) } else { (SHOWN, SHOWN_OF_ONE) };
    let mut text = String::new();
    let mut shown = 0;
    for (unit, group) in groups(&survey.findings) {
        if shown >= most {
            break;
        }
        let _ = writeln!(text, "\n{}: {}", heading(survey, unit), counts(&group));
        let room = most_of_one.min(most - shown);
        for finding in group.iter().take(room) {
            let _ = writeln!(text, "  {}", one(finding).replace('\n', "\n  "));
        }
        shown += group.len().min(room);
    }
    let left = survey.findings.len() - shown;
    if left > 0 {
        let _ = writeln!(
            text,
            "\ncòn {left} mục; xem đủ bằng “thidua check HỒ_SƠ --all”, hoặc trong ra-soat.xlsx mà build và check --out ghi ra."
        );
    }
    let _ = write!(text, "\nTổng cộng: {}.", counts(&survey.findings.iter().collect::<Vec<_>>()));
    text
}

/// Findings by unit code (none: the dossier itself), each group and the list of groups worst first.
fn groups(findings: &[Finding]) -> Vec<(Option<&str>, Vec<&Finding>)> {
    let mut by_unit: BTreeMap<Option<&str>, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        by_unit.entry(finding.unit.as_deref()).or_default().push(finding);
    }
    let mut groups: Vec<_> = by_unit.into_iter().collect();
    for (_, group) in &mut groups {
        group.sort_by_key(|finding| finding.severity());
    }
    let count = |group: &[&Finding], severity| group.iter().filter(|finding| finding.severity() == severity).count();
    groups.sort_by_key(|(unit, group)| {
        let worst = [Severity::Error, Severity::Warning].map(|severity| std::cmp::Reverse(count(group, severity)));
        (worst[0], unit.is_some(), worst[1])
    });
    groups
}

fn heading(survey: &Survey, unit: Option<&str>) -> String {
    let Some(code) = unit else { return "Hồ sơ chung".to_string() };
    survey.names.get(code).map_or_else(|| code.to_string(), |name| format!("{name} ({code})"))
}

fn counts(findings: &[&Finding]) -> String {
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .map(|severity| (findings.iter().filter(|finding| finding.severity() == severity).count(), severity))
        .filter(|(count, _)| *count > 0)
        .map(|(count, severity)| format!("{count} {}", severity.word()))
        .collect();
    parts.join(", ")
}

/// One finding in two or three lines.
pub(super) fn one(finding: &Finding) -> String {
    let mut text = format!("[{}] {}: {}", finding.code.id, finding.severity().word(), finding.message);
    let place = finding.place.to_string();
    if !place.is_empty() {
        let _ = write!(text, "\n    tại {place}");
    }
    let _ = write!(text, "\n    → {}", finding.hint);
    text
}

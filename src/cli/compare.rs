//! `thidua compare`: what changed between two runs, which units moved, and which cells moved them.

use std::fmt::Write;

use super::arguments::Compare;
use super::progress::Bar;
use super::{Status, complain, report, say, written};
use crate::compare::{
    ClusterDifference, Comparison, Presence, UnitDifference, Unreadable, changed_figure, line_words, unit_words,
};
use crate::run::{self, NoOutcome};
use crate::{excel, vietnamese};

/// Lines shown of one unit, unless everything is asked for.
const SHOWN: usize = 6;

pub(super) fn run(arguments: &Compare) -> Status {
    let bar = Bar::new();
    let comparison = match run::compare(&arguments.before, &arguments.after, &bar) {
        Ok(comparison) => comparison,
        Err(refusal) => return refuse(&refusal),
    };
    drop(bar);
    if arguments.json {
        match serde_json::to_string_pretty(&comparison) {
            Ok(text) => say(text),
            Err(error) => complain(format!("Không in được dạng JSON: {error}.")),
        }
    } else {
        say(text(&comparison, if arguments.all { usize::MAX } else { SHOWN }));
    }
    let written = arguments.out.as_ref().is_none_or(|out| {
        let path = written::workbook_at(out, "so-sanh.xlsx");
        written::write("bảng so sánh", &path, excel::comparison(&comparison), arguments.json)
    });
    if written { Status::Done } else { Status::Findings }
}

fn refuse(refusal: &NoOutcome) -> Status {
    match refusal {
        NoOutcome::NotOpened(path, error) => complain(format!("Không mở được tệp {}: {error}.", path.display())),
        NoOutcome::NotAnOutcome(path, why) => {
            let why = match why {
                Unreadable::NotJson => "không phải tệp JSON",
                Unreadable::OtherForm => "không có dạng của ket-qua.json",
            };
            complain(format!("Tệp {} {why}.", path.display()));
            complain("Hãy chỉ ra tệp ket-qua.json mà build đã ghi, hoặc thư mục hồ sơ có tệp ho-so.xlsx.");
        }
        NoOutcome::NoDossier(path, findings) => return report::no_dossier(path, findings),
    }
    Status::Usage
}

fn text(comparison: &Comparison, most: usize) -> String {
    if comparison.is_empty() {
        return "Hai lần chấm giống nhau: không đơn vị nào đổi điểm, đổi hạng.".to_string();
    }
    let mut text = String::new();
    if comparison.year.differs() {
        let _ = writeln!(text, "Năm: {} → {}.", comparison.year.before, comparison.year.after);
    }
    for convention in &comparison.conventions {
        let words = |value: &str| if value.is_empty() { "không có".to_string() } else { format!("“{value}”") };
        let (before, after) = (words(&convention.values.before), words(&convention.values.after));
        let _ = writeln!(text, "{}: {before} → {after}.", convention.item);
    }
    for cluster in &comparison.clusters {
        cluster_text(&mut text, cluster, most);
    }
    text.truncate(text.trim_end().len());
    text
}

fn cluster_text(text: &mut String, cluster: &ClusterDifference, most: usize) {
    let moved = cluster.units.iter().filter(|unit| unit.rank.differs()).count();
    let changed = cluster.changed_units().count();
    let _ = match cluster.presence {
        Presence::OnlyBefore => writeln!(text, "\n{}: chỉ có ở lần trước.", cluster.name),
        Presence::OnlyAfter => writeln!(text, "\n{}: chỉ có ở lần sau.", cluster.name),
        Presence::Both if cluster.is_empty() => writeln!(text, "\n{}: không có gì thay đổi.", cluster.name),
        Presence::Both => writeln!(text, "\n{}: {changed} đơn vị có thay đổi, {moved} đơn vị đổi hạng.", cluster.name),
    };
    if cluster.presence != Presence::Both {
        return;
    }
    for line in &cluster.criteria {
        let rule = |rule: &Option<String>| rule.clone().unwrap_or_else(|| "không có".to_string());
        let (before, after) = (rule(&line.rule.before), rule(&line.rule.after));
        let max = changed_figure(&line.max);
        let _ = writeln!(text, "  Tiêu chí {} {}: {before} → {after}; tối đa {max}.", line.code, line.name);
    }
    for unit in cluster.changed_units() {
        unit_text(text, unit, most);
    }
}

fn unit_text(text: &mut String, unit: &UnitDifference, most: usize) {
    let words = unit_words(unit);
    let words = if words.is_empty() { "điểm và hạng không đổi".to_string() } else { words };
    let _ = writeln!(text, "  {}: {words}.", unit.name);
    if !unit.passed_by.is_empty() {
        let _ = writeln!(text, "    bị vượt bởi: {}", unit.passed_by.join(", "));
    }
    if !unit.passed.is_empty() {
        let _ = writeln!(text, "    vượt: {}", unit.passed.join(", "));
    }
    for line in unit.lines.iter().take(most) {
        let points = match line.points {
            points if points.is_zero() => "điểm không đổi".to_string(),
            points => {
                let sign = if points.is_sign_negative() { "−" } else { "+" };
                format!("{} điểm ({sign}{})", changed_figure(&line.mark), vietnamese::number(points.abs()))
            }
        };
        let _ = writeln!(text, "    {} {}: {points}: {}", line.code, line.name, line_words(line));
    }
    let left = unit.lines.len().saturating_sub(most);
    if left > 0 {
        let _ = writeln!(text, "    còn {left} dòng; xem đủ bằng --all.");
    }
}

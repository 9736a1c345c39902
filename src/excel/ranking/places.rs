//! Formulas of places, classes and proposals: lexicographic comparison over the units of the cluster.
//!
//! A place counts the ranked units that are better: more points, or as many and better in the first tie-break, and so
//! on. A class is tried from the best down; a share is cut by place, and units tied across the cut all fall.

use super::super::address::{Spot, literal};
use super::atlas::Atlas;
use super::formula::{operator, submitted};
use crate::dossier::{AwardCondition, GradeCondition, GroupKind, RankStyle, Rule, TieBreak};

/// 1 for a unit that takes part in the ranking, else 0.
pub(super) fn in_ranking(atlas: &Atlas, unit: usize) -> String {
    let yes = literal(atlas.answers.yes);
    let mut tests = vec![submitted(atlas, unit)];
    for line in atlas.lines_where(|rule| *rule == Rule::Disqualify) {
        tests.push(format!("{}<>{yes}", atlas.result_of(unit, line)));
    }
    format!("IF(AND({}),1,0)", tests.join(","))
}

/// A figure of a unit that counts only when it has submitted.
pub(super) fn when_submitted(atlas: &Atlas, unit: usize, formula: &str) -> String {
    format!("IF({},{formula},\"\")", submitted(atlas, unit))
}

/// The figure of a tie-break for a unit.
pub(super) fn tie_figure(atlas: &Atlas, unit: usize, tie: &TieBreak) -> String {
    let cell = match tie {
        TieBreak::Bonus => atlas.standing(unit, atlas.standings.bonus),
        TieBreak::FewerDeductions => atlas.standing(unit, atlas.standings.deduction),
        TieBreak::Code(code) => {
            let group = atlas.groups.iter().position(|group| group.group.code == *code);
            let line = atlas.lines.iter().position(|line| line.criterion.code == *code);
            let row = match (group, line) {
                (Some(group), _) => atlas.group_row(unit, group),
                (None, Some(line)) => atlas.line_row(unit, line),
                (None, None) => atlas.unit_row(unit),
            };
            atlas.mark(row)
        }
    };
    format!("N({cell})")
}

/// Units with the same place as this one, itself included; 0 for one out of the ranking.
pub(super) fn tied(atlas: &Atlas, unit: usize) -> String {
    let equal: Vec<String> = keys(atlas, unit).into_iter().map(|key| format!("({}={})", key.column, key.own)).collect();
    let ranked = atlas.places(atlas.notes.in_ranking);
    format!("IF({}=1,SUMPRODUCT({ranked}*{}),0)", atlas.place(unit, atlas.notes.in_ranking), equal.join("*"))
}

/// The place of a unit, empty for one out of the ranking.
pub(super) fn rank(atlas: &Atlas, unit: usize) -> String {
    let better = keys(atlas, unit).into_iter().rev().fold(String::new(), |rest, key| {
        let Key { column, own, sign } = key;
        match rest.as_str() {
            "" => format!("({column}{sign}{own})"),
            rest => format!("(({column}{sign}{own})+({column}={own})*{rest})"),
        }
    });
    let ranked = atlas.places(atlas.notes.in_ranking);
    let above = match atlas.dossier.information.rank_style {
        RankStyle::Competition => format!("SUMPRODUCT({ranked}*{better})"),
        // Each set of tied units counts as one.
        RankStyle::Dense => {
            let tied = atlas.places(atlas.notes.tied);
            format!("ROUND(SUMPRODUCT({ranked}*{better}/({tied}+({tied}=0))),0)")
        }
    };
    format!("IF({}=1,1+{above},\"\")", atlas.place(unit, atlas.notes.in_ranking))
}

/// One step of the comparison: the column of all units, this unit's cell, and which is better.
struct Key<'a> {
    column: String,
    own: Spot<'a>,
    sign: &'static str,
}

fn keys<'a>(atlas: &Atlas<'a>, unit: usize) -> Vec<Key<'a>> {
    let key = |column, sign| Key { column: atlas.places(column), own: atlas.place(unit, column), sign };
    let mut keys = vec![key(atlas.notes.total, ">")];
    for (tie, column) in &atlas.notes.ties {
        keys.push(key(*column, if fewer_is_better(atlas, tie) { "<" } else { ">" }));
    }
    keys
}

/// Whether a tie-break looks at points that are taken off.
fn fewer_is_better(atlas: &Atlas, tie: &TieBreak) -> bool {
    let TieBreak::Code(code) = tie else {
        return *tie == TieBreak::FewerDeductions;
    };
    let group = atlas.groups.iter().find(|group| group.group.code == *code);
    let line = || atlas.lines.iter().position(|line| line.criterion.code == *code).map(|line| atlas.kind(line));
    group.map(|group| group.group.kind).or_else(line) == Some(GroupKind::Deduction)
}

/// The points a class is given on: the total up to the ceiling.
pub(super) fn grade_points(atlas: &Atlas, unit: usize) -> String {
    let ceiling = atlas.on_scale(atlas.scale_rows.ceiling, atlas.scale_rows.value);
    let in_ranking = atlas.place(unit, atlas.notes.in_ranking);
    format!("IF({in_ranking}=1,MIN({},{ceiling}),\"\")", atlas.place(unit, atlas.notes.total))
}

/// 1 where a unit has no better class and has the points and fulfils the conditions of this one.
pub(super) fn enough(atlas: &Atlas, unit: usize, grade: usize) -> String {
    let rows = &atlas.scale_rows;
    let this = &atlas.dossier.grades[grade];
    let mut tests = vec![format!("{}=1", atlas.place(unit, atlas.notes.in_ranking))];
    tests.extend((0..grade).map(|better| format!("{}=0", atlas.grading(unit, held(atlas, better)))));
    if this.from.is_some() {
        let from = atlas.on_scale(rows.grades[grade], rows.grade_from);
        tests.push(format!("{}>={from}", atlas.grading(unit, atlas.notes.grade_points)));
    }
    for (condition, row) in this.conditions.iter().zip(&rows.grade_conditions[grade]) {
        match condition {
            GradeCondition::NoDeduction => tests.push(no_deduction(atlas, unit)),
            GradeCondition::EveryGroup(comparison, _) => {
                let bound = atlas.on_scale(*row, rows.condition_bound);
                let groups = atlas.groups.iter().enumerate();
                for (group, _) in groups.filter(|(_, group)| group.group.kind == GroupKind::Ordinary) {
                    let (mark, max) = (atlas.mark(atlas.group_row(unit, group)), atlas.group_max(group));
                    let sign = operator(*comparison);
                    let max = match atlas.left_out(unit, group) {
                        Some(left_out) => format!("({max}-{left_out})"),
                        None => max.text(),
                    };
                    tests.push(format!("OR({max}<=0,ROUND({mark}*100,8){sign}ROUND({bound}*{max},8))"));
                }
            }
        }
    }
    format!("IF(AND({}),1,0)", tests.join(","))
}

/// 1 where a unit that has enough stands within the share of the class.
pub(super) fn within_share(atlas: &Atlas, unit: usize, grade: usize) -> String {
    let enough = atlas.notes.grades[grade].0;
    let share = atlas.on_scale(atlas.scale_rows.grades[grade], atlas.scale_rows.grade_share);
    let ranked = atlas.places(atlas.notes.in_ranking);
    let limit = format!("INT(ROUND({share}*SUM({ranked})/100,8))");
    let not_behind = format!("({}<={})", atlas.places(atlas.notes.rank), atlas.place(unit, atlas.notes.rank));
    let candidates = format!("SUMPRODUCT({}*{not_behind})", atlas.gradings(enough));
    format!("IF({}=1,IF({candidates}<={limit},1,0),0)", atlas.grading(unit, enough))
}

/// The column that says whether a unit holds a class, before it is lowered.
fn held(atlas: &Atlas, grade: usize) -> u16 {
    let (enough, within) = atlas.notes.grades[grade];
    within.unwrap_or(enough)
}

/// How many classes a unit is lowered by.
pub(super) fn lowered(atlas: &Atlas, unit: usize) -> String {
    let yes = literal(atlas.answers.yes);
    let lines = atlas.lines_where(|rule| *rule == Rule::LowerGrade);
    let counts: Vec<String> = lines.iter().map(|line| format!("({}={yes})", atlas.result_of(unit, *line))).collect();
    if counts.is_empty() { String::from("0") } else { format!("0+{}", counts.join("+")) }
}

/// The name of a unit's class, lowered where it must be; never below the last.
pub(super) fn grade(atlas: &Atlas, unit: usize) -> String {
    let rows = &atlas.scale_rows;
    let numbers: Vec<String> = (0..atlas.dossier.grades.len())
        .map(|grade| format!("{}*{}", grade + 1, atlas.grading(unit, held(atlas, grade))))
        .collect();
    let number = numbers.join("+");
    let (Some(first), Some(last)) = (rows.grades.first(), rows.grades.last()) else {
        return String::from("\"\"");
    };
    let names = atlas.on_scale(*first, rows.grade_name).down_to(*last);
    let lowered = atlas.grading(unit, atlas.notes.lowered);
    format!("IF({number}=0,\"\",INDEX({names},MIN({number}+{lowered},{})))", rows.grades.len())
}

/// 1 where a unit fulfils the conditions of an award.
pub(super) fn fulfils(atlas: &Atlas, unit: usize, award: usize) -> String {
    let rows = &atlas.scale_rows;
    let mut tests = vec![format!("{}=1", atlas.place(unit, atlas.notes.in_ranking))];
    for (condition, row) in atlas.dossier.awards[award].conditions.iter().zip(&rows.award_conditions[award]) {
        tests.push(match condition {
            AwardCondition::NoDeduction => no_deduction(atlas, unit),
            AwardCondition::Rank(comparison, _) => {
                let bound = atlas.on_scale(*row, rows.condition_bound);
                format!("{}{}{bound}", atlas.place(unit, atlas.notes.rank), operator(*comparison))
            }
            AwardCondition::Grade(grade) => match rows.grades.get(*grade) {
                Some(row) => {
                    let name = atlas.on_scale(*row, rows.grade_name);
                    format!("{}={name}", atlas.grading(unit, atlas.notes.grade))
                }
                None => String::from("FALSE"),
            },
        });
    }
    format!("IF(AND({}),1,0)", tests.join(","))
}

/// 1 where a unit is proposed: within the number in order of place, all units of a tie that crosses it included.
pub(super) fn proposed(atlas: &Atlas, unit: usize, award: usize) -> String {
    let fulfils = atlas.notes.awards[award].0;
    let own = atlas.awarding(unit, fulfils);
    if atlas.dossier.awards[award].number.is_none() {
        return own.text();
    }
    let number = atlas.on_scale(atlas.scale_rows.awards[award], atlas.scale_rows.award_number);
    let before = format!("({}<{})", atlas.places(atlas.notes.rank), atlas.place(unit, atlas.notes.rank));
    format!("IF({own}=1,IF(SUMPRODUCT({}*{before})<{number},1,0),0)", atlas.awardings(fulfils))
}

/// The proposed awards of a unit as words.
pub(super) fn award_words(atlas: &Atlas, unit: usize) -> String {
    let rows = &atlas.scale_rows;
    let parts: Vec<String> = atlas
        .notes
        .awards
        .iter()
        .zip(&rows.awards)
        .map(|((_, proposed), row)| {
            let name = atlas.on_scale(*row, rows.award_name);
            format!("IF({}=1,\"; \"&{name},\"\")", atlas.awarding(unit, *proposed))
        })
        .collect();
    if parts.is_empty() { String::from("\"\"") } else { format!("MID({},3,500)", parts.join("&")) }
}

/// No points in any deduction group, caps aside.
fn no_deduction(atlas: &Atlas, unit: usize) -> String {
    let groups = atlas.groups.iter().filter(|group| group.group.kind == GroupKind::Deduction);
    let sums: Vec<String> = groups
        .map(|group| {
            let (first, last) = (group.lines.start, group.lines.end.saturating_sub(1));
            format!("SUM({})<=0", atlas.mark(atlas.line_row(unit, first)).down_to(atlas.line_row(unit, last)))
        })
        .collect();
    if sums.is_empty() { String::from("TRUE") } else { format!("AND({})", sums.join(",")) }
}

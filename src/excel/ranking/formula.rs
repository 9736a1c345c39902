//! Formulas of marks, one for each rule of the scoring table.
//!
//! Excel counts in binary, we in decimals: 5 × 99,5/100 comes out a hair below 4,975 there. So every quotient is first
//! rounded to ten decimals, which takes the hair off, and only then as the dossier says. Only functions that Excel
//! 2010 and LibreOffice 7 both know.

use std::borrow::Cow;

use super::super::address::{Spot, literal};
use super::atlas::Atlas;
use super::row_names;
use crate::dossier::{Comparison, GroupKind, Rule};

/// The test whether a unit has submitted.
pub(super) fn submitted(atlas: &Atlas, unit: usize) -> String {
    format!("{}={}", atlas.submitted(unit), literal(atlas.answers.yes))
}

/// Rounds half away from zero to the dossier's decimals.
fn rounded(expression: &str) -> String {
    format!("ROUND(ROUND({expression},10),{})", row_names::DECIMALS)
}

/// A sum without the dust of binary fractions.
pub(super) fn clean(expression: &str) -> String {
    format!("ROUND({expression},10)")
}

/// What the rule gives for a line of a unit: empty where it cannot be scored. None for lines without points.
///
/// In bonus and deduction groups an empty result of a unit that submitted means that there is nothing to count.
pub(super) fn computed(atlas: &Atlas, unit: usize, line: usize) -> Option<String> {
    let criterion = atlas.lines[line].criterion;
    if !atlas.lines[line].gives_points() {
        return None;
    }
    let kind = atlas.kind(line);
    let given = match criterion.rule {
        Rule::Direct => row_names::SELF_MARK_AS_READ,
        _ => row_names::RESULT,
    };
    let points = match by_rule(atlas, line) {
        Some((missing, points)) => format!("IF({missing},\"\",{points})"),
        None => String::from("\"\""),
    };
    let points = match kind {
        GroupKind::Ordinary => points,
        _ => format!("IF({given}=\"\",IF({},0,\"\"),{points})", submitted(atlas, unit)),
    };
    let points = match criterion.rule {
        Rule::Direct => {
            let verified = row_names::VERIFIED_AS_READ;
            format!("IF({verified}<>\"\",\"\",{points})")
        }
        _ => points,
    };
    Some(unless_waived(atlas, unit, line, "\"\"", points))
}

/// A formula for a line, and another value where the unit is excused from it.
fn unless_waived(atlas: &Atlas, unit: usize, line: usize, waived: &str, formula: String) -> String {
    match atlas.is_waived(unit, line) {
        Some(test) => format!("IF({test},{waived},{formula})"),
        None => formula,
    }
}

/// The cell of a line's maximum, where a waived line counts full.
fn full_mark(atlas: &Atlas, line: usize) -> Option<String> {
    let counts_full = atlas.waivers.as_ref().is_some_and(|waivers| !waivers.convert);
    let has_maximum = atlas.lines[line].criterion.max.is_some() && atlas.kind(line) == GroupKind::Ordinary;
    (counts_full && has_maximum).then(|| atlas.line_max(line).text())
}

/// A sum of points of a unit on the whole scale, where waived lines left the unit's own.
pub(super) fn converted(atlas: &Atlas, unit: usize, sum: &str) -> String {
    let Some(row) = atlas.scale_rows.whole_scale else { return clean(sum) };
    let (whole, own) = (atlas.on_scale(row, atlas.scale_rows.value), atlas.own_scale(unit));
    let converted = rounded(&format!("{sum}*{whole}/{own}"));
    format!("IF({own}={whole},{},IF({own}<=0,0,{converted}))", clean(sum))
}

/// The maxima of a unit's ordinary lines without the waived ones.
pub(super) fn own_scale(atlas: &Atlas, unit: usize) -> Option<String> {
    let whole = atlas.on_scale(atlas.scale_rows.whole_scale?, atlas.scale_rows.value);
    let ordinary = (0..atlas.groups.len()).filter(|group| atlas.groups[*group].group.kind == GroupKind::Ordinary);
    let left_out: Vec<String> = ordinary.filter_map(|group| atlas.left_out(unit, group)).collect();
    Some(clean(&format!("{whole}-{}", left_out.join("-"))))
}

/// The test that forbids scoring, and the points; none where the line lacks the maximum that its rule needs.
fn by_rule(atlas: &Atlas, line: usize) -> Option<(String, String)> {
    let criterion = atlas.lines[line].criterion;
    let cells = Cells {
        plan: row_names::PLAN.to_string(),
        result: row_names::RESULT.to_string(),
        max: row_names::MAXIMUM.to_string(),
        points: atlas.rule(line, atlas.scale.points).text(),
        limit: atlas.rule(line, atlas.scale.limit).text(),
    };
    let capped = criterion.max.is_some();
    let whole = |points: String| rounded(&points);
    Some(match &criterion.rule {
        Rule::PerCount { .. } => (cells.no_figure(), whole(cells.counted_up(false, capped))),
        Rule::Deduct { limit, .. } if atlas.kind(line) == GroupKind::Deduction => {
            (cells.no_figure(), whole(cells.counted_up(limit.is_some(), capped)))
        }
        Rule::Steps(_) => (format!("NOT(ISNUMBER({}))", cells.result), whole(steps(atlas, line, &cells))),
        Rule::Direct => {
            let own = row_names::SELF_MARK_AS_READ;
            (format!("NOT(ISNUMBER({own}))"), bounded(atlas, line, own))
        }
        _ if !capped => return None,
        Rule::Ratio => (cells.no_plan_or_figure(), whole(cells.ratio())),
        Rule::AgainstLeader => {
            let leader = atlas.rule(line, atlas.scale.leader).text();
            (cells.no_plan_or_figure(), whole(cells.against_leader(&leader)))
        }
        Rule::PassFail => {
            let (yes, no) = (literal(atlas.answers.pass), literal(atlas.answers.fail));
            let Cells { result, max, .. } = &cells;
            (format!("AND({result}<>{yes},{result}<>{no})"), whole(format!("IF({result}={yes},{max},0)")))
        }
        Rule::Deduct { limit, .. } => (cells.no_figure(), whole(cells.deducted(limit.is_some()))),
        Rule::Disqualify | Rule::LowerGrade | Rule::Information => return None,
    })
}

/// The addresses that a rule looks at.
struct Cells {
    plan: String,
    result: String,
    max: String,
    points: String,
    limit: String,
}

impl Cells {
    fn no_figure(&self) -> String {
        format!("OR(NOT(ISNUMBER({0})),N({0})<0)", self.result)
    }

    fn no_plan_or_figure(&self) -> String {
        format!("OR(NOT(ISNUMBER({0})),N({0})<0,N({1})<=0)", self.result, self.plan)
    }

    fn ratio(&self) -> String {
        format!("{}*MIN({}/{},1)", self.max, self.result, self.plan)
    }

    fn against_leader(&self, leader: &str) -> String {
        let Cells { plan, result, max, .. } = self;
        let between = format!("{max}/2+({result}-{plan})/({leader}-{plan})*{max}/2");
        let at_least = format!("IF({result}={plan},{max}/2,IF({result}>={leader},{max},{between}))");
        format!("IF({result}<{plan},{max}/2*{result}/{plan},{at_least})")
    }

    /// Count times points, up to the limit and the maximum where there are such.
    fn counted_up(&self, limited: bool, capped: bool) -> String {
        let mut arguments = vec![format!("{}*{}", self.result, self.points)];
        arguments.extend(limited.then(|| self.limit.clone()));
        arguments.extend(capped.then(|| self.max.clone()));
        if arguments.len() == 1 { arguments.remove(0) } else { format!("MIN({})", arguments.join(",")) }
    }

    fn deducted(&self, limited: bool) -> String {
        format!("MAX({}-{},0)", self.max, self.counted_up(limited, false))
    }
}

/// A mark given by people: rounded, then held within 0 and the maximum; a minus sign in a deduction is a way of
/// writing.
pub(super) fn bounded(atlas: &Atlas, line: usize, mark: &str) -> String {
    let mark = rounded(mark);
    let mark = match atlas.kind(line) {
        GroupKind::Deduction => format!("ABS({mark})"),
        _ => format!("MAX({mark},0)"),
    };
    match atlas.lines[line].criterion.max {
        Some(_) => format!("MIN({mark},{})", row_names::MAXIMUM),
        None => mark,
    }
}

/// The mark that counts where nobody is excused: the verified one, else the computed one, else 0. The same in all rows.
pub(super) fn usual_mark() -> String {
    let (verified, computed) = (row_names::VERIFIED, row_names::COMPUTED);
    format!("IF({verified}=\"\",N({computed}),{verified})")
}

/// The mark of a line that counts; `usual` is [`usual_mark`].
pub(super) fn mark<'a>(atlas: &Atlas, unit: usize, line: usize, usual: &'a str) -> Cow<'a, str> {
    let Some(test) = atlas.is_waived(unit, line) else { return Cow::Borrowed(usual) };
    let waived = full_mark(atlas, line).unwrap_or_else(|| String::from("0"));
    Cow::Owned(format!("IF({test},{waived},{usual})"))
}

/// The unit's own mark as it enters the comparison: rounded, in a deduction without its sign.
pub(super) fn self_mark(atlas: &Atlas, unit: usize, line: usize) -> String {
    let own = row_names::SELF_MARK_AS_READ;
    let mark = match atlas.kind(line) {
        GroupKind::Deduction => format!("ABS({})", rounded(own)),
        _ => rounded(own),
    };
    let waived = match (&atlas.waivers, full_mark(atlas, line)) {
        (Some(waivers), Some(max)) => {
            let (first, last) = (atlas.unit_row(unit), atlas.unit_row(unit + 1).saturating_sub(1));
            let column = |column: u16| Spot::new(atlas.figures.sheet, first, column).down_to(last);
            let (marks, excused) = (column(atlas.figures.self_mark), column(waivers.column));
            let any = format!("SUMPRODUCT(ISNUMBER({marks})*({excused}<>{}))>0", literal(waivers.mark));
            format!("IF({any},{max},\"\")")
        }
        _ => String::from("\"\""),
    };
    unless_waived(atlas, unit, line, &waived, format!("IF(ISNUMBER({own}),{mark},\"\")"))
}

/// The sum of a unit's lines in a group, a bonus or deduction up to its cap. `sum` is the range of its lines.
pub(super) fn group_points(atlas: &Atlas, group: usize, sum: &str) -> String {
    let this = atlas.groups[group].group;
    match (this.kind, this.max) {
        (GroupKind::Ordinary, _) | (_, None) => clean(&format!("SUM({sum})")),
        (_, Some(_)) => format!("MIN({},{})", clean(&format!("SUM({sum})")), atlas.group_max(group)),
    }
}

/// The greatest result of a line among the units; a call takes at most 255 arguments.
pub(super) fn leader(atlas: &Atlas, line: usize) -> String {
    let result = |unit: usize| {
        let cell = atlas.result_of(unit, line).text();
        match atlas.is_waived(unit, line) {
            Some(test) => format!("IF({test},0,N({cell}))"),
            None => cell,
        }
    };
    let results: Vec<String> = atlas.units().map(|(unit, _)| result(unit)).collect();
    let parts: Vec<String> = results.chunks(200).map(|part| format!("MAX({})", part.join(","))).collect();
    match parts.as_slice() {
        [one] => one.clone(),
        many => format!("MAX({})", many.join(",")),
    }
}

fn steps(atlas: &Atlas, line: usize, cells: &Cells) -> String {
    let criterion = atlas.lines[line].criterion;
    let (Rule::Steps(steps), Some(rows)) = (&criterion.rule, atlas.scale_rows.steps.get(&line)) else {
        return String::from("0");
    };
    let Cells { plan, result, .. } = cells;
    let measured = if criterion.is_percent() {
        result.to_string()
    } else {
        format!("IF(N({plan})>0,ROUND({result}/{plan}*100,10),{result})")
    };
    let points = |row: u32| atlas.on_scale(row, atlas.scale_rows.steps_points).text();
    let otherwise = rows.last().map_or_else(|| String::from("0"), |row| points(*row));
    steps.steps.iter().zip(rows).rev().fold(otherwise, |below, (step, row)| {
        let bound = atlas.on_scale(*row, atlas.scale_rows.steps_bound);
        format!("IF({measured}{}{bound},{},{below})", operator(step.comparison), points(*row))
    })
}

/// A comparison as formulas write it.
pub(super) fn operator(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::AtLeast => ">=",
        Comparison::Above => ">",
        Comparison::AtMost => "<=",
        Comparison::Below => "<",
        Comparison::Equal => "=",
    }
}

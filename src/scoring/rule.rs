//! The rules (cách tính): what one line's result is worth, before rounding, and the words that say why.
//!
//! Only computed points live here. Verified and self marks, missing values and findings are `line`'s. Words that every line
//! has are put together piece by piece, which takes a fourth of the time of `format!`.

use rust_decimal::Decimal;

use super::arithmetic::{per_cent, round};
use crate::dossier::{Rule, Step, Steps};
use crate::intake::Reading;
use crate::vietnamese::number;

const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

/// Everything that a rule looks at.
pub(super) struct Inputs<'a> {
    pub rule: &'a Rule,
    pub max: Option<Decimal>,
    pub result: Reading,
    pub plan: Option<Decimal>,
    /// The greatest result of the line among the units that submitted.
    pub leader: Option<Decimal>,
    /// Whether results are per cent.
    pub percent: bool,
    /// Whether the line's group is taken off the total: its lines count up in plus.
    pub deduction: bool,
}

/// Points before rounding, and the way to them: `TH 99,5/KH 100 → 99,5%`.
#[derive(Debug)]
pub(super) struct Points {
    pub points: Decimal,
    pub way: String,
}

/// Why a line cannot be scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// No plan above 0.
    Plan,
    Negative,
    /// A figure where yes or no is asked, or the other way round.
    WrongKind,
    TooLarge,
    /// The line has no Điểm tối đa.
    Maximum,
}

/// The points of a line that has a result. Rules without points, and the direct mark, give none.
pub(super) fn points(inputs: &Inputs) -> Option<Result<Points, Obstacle>> {
    Some(match inputs.rule {
        Rule::Ratio => ratio(inputs),
        Rule::AgainstLeader => against_leader(inputs),
        Rule::PassFail => pass_fail(inputs),
        Rule::PerCount { points } => per_count(inputs, *points),
        Rule::Deduct { points, limit } if inputs.deduction => count_up(inputs, *points, *limit),
        Rule::Deduct { points, limit } => deduct(inputs, *points, *limit),
        Rule::Steps(steps) => by_steps(inputs, steps),
        Rule::Direct | Rule::Disqualify | Rule::LowerGrade | Rule::Information => return None,
    })
}

/// Whether a yes/no line was answered yes; a count above 0 is a yes. None for an answer that is neither.
pub(super) fn is_yes(result: Reading) -> Option<bool> {
    match result {
        Reading::Yes => Some(true),
        Reading::No => Some(false),
        Reading::Number(value) if value == Decimal::ZERO => Some(false),
        Reading::Number(value) if value > Decimal::ZERO => Some(true),
        Reading::Number(_) => None,
    }
}

impl Inputs<'_> {
    fn maximum(&self) -> Result<Decimal, Obstacle> {
        self.max.ok_or(Obstacle::Maximum)
    }

    fn plan_above_zero(&self) -> Result<Decimal, Obstacle> {
        self.plan.filter(|plan| *plan > Decimal::ZERO).ok_or(Obstacle::Plan)
    }

    /// The result as a figure that is not negative; a bare “đạt” is no figure.
    fn figure(&self) -> Result<Decimal, Obstacle> {
        match self.result {
            Reading::Yes => Err(Obstacle::WrongKind),
            other if other.number() < Decimal::ZERO => Err(Obstacle::Negative),
            other => Ok(other.number()),
        }
    }

    /// The result as a count: yes is one.
    fn count(&self) -> Result<Decimal, Obstacle> {
        let value = self.result.number();
        if value < Decimal::ZERO { Err(Obstacle::Negative) } else { Ok(value) }
    }

    /// `TH 104/KH 100`, with % where the measure is.
    fn against_plan(&self, result: Decimal, plan: Decimal) -> String {
        let sign = if self.percent { "%" } else { "" };
        ["TH ", &number(result), sign, "/KH ", &number(plan), sign].concat()
    }
}

fn ratio(inputs: &Inputs) -> Result<Points, Obstacle> {
    let (max, result, plan) = (inputs.maximum()?, inputs.figure()?, inputs.plan_above_zero()?);
    let way = [&*inputs.against_plan(result, plan), " → ", &shown_per_cent(result, plan)?].concat();
    Ok(Points { points: share(max, result, plan)?, way })
}

/// max × min(result / plan, 1), multiplied first so that the one division is the only rounding.
fn share(max: Decimal, result: Decimal, plan: Decimal) -> Result<Decimal, Obstacle> {
    if result >= plan {
        return Ok(max);
    }
    max.checked_mul(result).and_then(|product| product.checked_div(plan)).ok_or(Obstacle::TooLarge)
}

fn against_leader(inputs: &Inputs) -> Result<Points, Obstacle> {
    let (max, result, plan) = (inputs.maximum()?, inputs.figure()?, inputs.plan_above_zero()?);
    let leader = inputs.leader.unwrap_or(result).max(result);
    let half = max.checked_mul(HALF).ok_or(Obstacle::TooLarge)?;
    let figures = inputs.against_plan(result, plan);
    let (points, way) = if result < plan {
        let leading = if result == leader { ", dẫn đầu nhưng" } else { "," };
        let way = format!("{figures} → {}{leading} dưới kế hoạch, nửa điểm × tỷ lệ", shown_per_cent(result, plan)?);
        (share(half, result, plan)?, way)
    } else if result == plan {
        (half, format!("{figures} → bằng kế hoạch, nửa điểm"))
    } else if result == leader {
        (max, format!("{figures} → dẫn đầu, vượt kế hoạch"))
    } else {
        let above = half
            .checked_mul(result - plan)
            .and_then(|product| product.checked_div(leader - plan))
            .and_then(|points| points.checked_add(half))
            .ok_or(Obstacle::TooLarge)?;
        let [half, result, plan, leader] = [half, result, plan, leader].map(number);
        (above, format!("{figures}, dẫn đầu {leader} → {half} + ({result} − {plan})/({leader} − {plan}) × {half}"))
    };
    Ok(Points { points, way })
}

fn pass_fail(inputs: &Inputs) -> Result<Points, Obstacle> {
    let max = inputs.maximum()?;
    let yes = match inputs.result {
        Reading::Number(value) if value != Decimal::ZERO && value != Decimal::ONE => {
            return Err(Obstacle::WrongKind);
        }
        other => other.number() == Decimal::ONE,
    };
    let way = if yes { "Đạt" } else { "Không đạt" };
    Ok(Points { points: if yes { max } else { Decimal::ZERO }, way: way.to_string() })
}

fn per_count(inputs: &Inputs, points: Decimal) -> Result<Points, Obstacle> {
    let count = inputs.count()?;
    let product = count.checked_mul(points).ok_or(Obstacle::TooLarge)?;
    let way = [&*number(count), " × ", &number(points), " điểm"].concat();
    Ok(match inputs.max {
        Some(max) if product > max => {
            Points { points: max, way: format!("{way} = {}, quá mức tối đa", number(product)) }
        }
        _ => Points { points: product, way },
    })
}

fn deduct(inputs: &Inputs, points: Decimal, limit: Option<Decimal>) -> Result<Points, Obstacle> {
    let (max, count) = (inputs.maximum()?, inputs.figure()?);
    let (off, mut way) = points_off(count, points, limit)?;
    way = format!("{} − {way}", number(max));
    let rest = max.checked_sub(off).ok_or(Obstacle::TooLarge)?;
    if rest < Decimal::ZERO {
        way.push_str(", không dưới 0");
    }
    Ok(Points { points: rest.max(Decimal::ZERO), way })
}

/// Trừ dần inside a deduction group: the points off are the mark, for lines of such a group count up.
fn count_up(inputs: &Inputs, points: Decimal, limit: Option<Decimal>) -> Result<Points, Obstacle> {
    let count = inputs.count()?;
    let limit = match (limit, inputs.max) {
        (Some(limit), Some(max)) => Some(limit.min(max)),
        (limit, max) => limit.or(max),
    };
    let (points, way) = points_off(count, points, limit)?;
    Ok(Points { points, way })
}

/// Points off for some cases, at most the limit.
fn points_off(count: Decimal, points: Decimal, limit: Option<Decimal>) -> Result<(Decimal, String), Obstacle> {
    let product = count.checked_mul(points).ok_or(Obstacle::TooLarge)?;
    let way = [&*number(count), " × ", &number(points), " điểm"].concat();
    Ok(match limit {
        Some(limit) if product > limit => (limit, format!("{way} = {}, chỉ tính {}", number(product), number(limit))),
        _ => (product, way),
    })
}

fn by_steps(inputs: &Inputs, steps: &Steps) -> Result<Points, Obstacle> {
    if inputs.result == Reading::Yes {
        return Err(Obstacle::WrongKind);
    }
    let result = inputs.result.number();
    let plan = inputs.plan.filter(|plan| *plan > Decimal::ZERO && !inputs.percent);
    let (measured, figures) = match plan {
        Some(plan) => {
            let ratio = per_cent(result, plan).ok_or(Obstacle::TooLarge)?;
            (ratio, format!("{} → {}%", inputs.against_plan(result, plan), shown_beside(ratio, steps)))
        }
        None => (result, format!("TH {}{}", number(result), if inputs.percent { "%" } else { "" })),
    };
    Ok(match first_step(measured, steps) {
        Some(step) => {
            let sign = if plan.is_some() || inputs.percent { "%" } else { "" };
            let way = format!("{figures} {} {}{sign}", step.comparison.sign(), number(step.bound));
            Points { points: step.points, way }
        }
        None => Points { points: steps.otherwise, way: format!("{figures}, bậc còn lại") },
    })
}

fn first_step(measured: Decimal, steps: &Steps) -> Option<&Step> {
    steps.steps.iter().find(|step| step.comparison.holds(measured, step.bound))
}

/// The figure with as few decimals as still fall into the same step: 94.996% must not be shown as 95%.
fn shown_beside(measured: Decimal, steps: &Steps) -> String {
    let step = first_step(measured, steps);
    let shown = (2..10).map(|decimals| round(measured, decimals)).find(|shown| first_step(*shown, steps) == step);
    number(shown.unwrap_or(measured))
}

fn shown_per_cent(result: Decimal, plan: Decimal) -> Result<String, Obstacle> {
    let ratio = per_cent(result, plan).ok_or(Obstacle::TooLarge)?;
    Ok(number(round(ratio, 2)) + "%")
}

//! Rules, classes and awards in short words, as one line of a list says them: to compare two definitions by eye or by
//! machine. The sentences that explain a rule to a chair are the ranking workbook's.

use super::{Award, AwardCondition, Comparison, Grade, GradeCondition, Rule};
use crate::vietnamese::number;

/// `Theo bậc: ≥ 100: 4; ≥ 95: 3; còn lại: 0`.
pub fn rule(rule: &Rule) -> String {
    let word = rule.word();
    match rule {
        Rule::PerCount { points } => format!("{word}: {}", number(*points)),
        Rule::Deduct { points, limit: None } => format!("{word}: {}", number(*points)),
        Rule::Deduct { points, limit: Some(limit) } => {
            format!("{word}: {}; không quá {}", number(*points), number(*limit))
        }
        Rule::Steps(steps) => {
            let bounded = steps
                .steps
                .iter()
                .map(|step| format!("{} {}: {}; ", step.comparison.sign(), number(step.bound), number(step.points)));
            format!("{word}: {}còn lại: {}", bounded.collect::<String>(), number(steps.otherwise))
        }
        _ => word.to_string(),
    }
}

/// `Xuất sắc: từ 90 điểm, tối đa 20%, mọi nhóm ≥ 50%`.
pub fn grade(grade: &Grade) -> String {
    let mut parts = Vec::new();
    parts.extend(grade.from.map(|from| format!("từ {} điểm", number(from))));
    parts.extend(grade.share.map(|share| format!("tối đa {}%", number(share))));
    parts.extend(grade.conditions.iter().map(|condition| match condition {
        GradeCondition::EveryGroup(comparison, bound) => format!("mọi nhóm {} {}%", comparison.sign(), number(*bound)),
        GradeCondition::NoDeduction => "không có điểm trừ".to_string(),
    }));
    named(&grade.name, &parts)
}

/// `Cờ thi đua: 1, hạng 1`.
pub fn award(award: &Award, grades: &[Grade]) -> String {
    let mut parts: Vec<String> = award.number.map(|number| number.to_string()).into_iter().collect();
    parts.extend(award.conditions.iter().map(|condition| match condition {
        AwardCondition::Rank(Comparison::Equal, rank) => format!("hạng {rank}"),
        AwardCondition::Rank(comparison, rank) => format!("hạng {} {rank}", comparison.sign()),
        AwardCondition::Grade(grade) => {
            format!("xếp loại {}", grades.get(*grade).map_or("", |grade| grade.name.as_str()))
        }
        AwardCondition::NoDeduction => "không có điểm trừ".to_string(),
    }));
    named(&award.name, &parts)
}

fn named(name: &str, parts: &[String]) -> String {
    if parts.is_empty() { name.to_string() } else { format!("{name}: {}", parts.join(", ")) }
}

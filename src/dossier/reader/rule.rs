//! The key words of Cách tính with their Tham số, and of Tổng hợp. Pure: text in, rule out.

use rust_decimal::Decimal;

use super::cells::list;
use super::condition::{bound, comparison};
use crate::dossier::{Aggregation, Rule, Step, Steps};
use crate::sheet::{Cell, Measure, Value, read_figure};
use crate::vietnamese::{fold, is_percent, read_number};

/// A key word of the column Cách tính.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keyword {
    Bonus,
    Deduction,
    Ratio,
    AgainstLeader,
    PassFail,
    PerCount,
    Deduct,
    Steps,
    Direct,
    Disqualify,
    LowerGrade,
    Information,
}

/// All key words as users write them.
pub const KEYWORDS: [&str; 12] = [
    "Tỷ lệ",
    "So với dẫn đầu",
    "Đạt/Không",
    "Theo số lượng",
    "Trừ dần",
    "Theo bậc",
    "Chấm trực tiếp",
    "Không xếp loại",
    "Hạ bậc",
    "Thông tin",
    "Nhóm thưởng",
    "Nhóm trừ",
];

pub(super) const AGGREGATIONS: &str =
    "Cộng, Bình quân, Gia quyền <mã>, Tỷ lệ <mã>/<mã>, Lớn nhất, Nhỏ nhất, Đếm đạt, Không";

pub(super) fn keyword(text: &str) -> Option<Keyword> {
    Some(match fold(text).as_str() {
        "tile" => Keyword::Ratio,
        "sovoidandau" => Keyword::AgainstLeader,
        "datkhong" | "datkhongdat" | "dathoackhong" => Keyword::PassFail,
        "theosoluong" => Keyword::PerCount,
        "trudan" => Keyword::Deduct,
        "theobac" => Keyword::Steps,
        "chamtructiep" => Keyword::Direct,
        "khongxeploai" => Keyword::Disqualify,
        "habac" => Keyword::LowerGrade,
        "thongtin" => Keyword::Information,
        "nhomthuong" => Keyword::Bonus,
        "nhomtru" => Keyword::Deduction,
        _ => return None,
    })
}

/// Figures that were read by a guess: the value and what else it could be.
pub(super) type Guesses = Vec<(Decimal, Decimal)>;

/// The rule of a key word and its parameter; where the parameter cannot be read, what was expected of it.
pub(super) fn rule(keyword: Keyword, text: &str, cell: &Cell) -> Result<(Rule, Guesses), &'static str> {
    let plain = |rule| Ok((rule, Guesses::new()));
    match keyword {
        Keyword::Ratio => plain(Rule::Ratio),
        Keyword::AgainstLeader => plain(Rule::AgainstLeader),
        Keyword::PassFail => plain(Rule::PassFail),
        Keyword::Direct => plain(Rule::Direct),
        Keyword::Disqualify => plain(Rule::Disqualify),
        Keyword::LowerGrade => plain(Rule::LowerGrade),
        Keyword::Information | Keyword::Bonus | Keyword::Deduction => plain(Rule::Information),
        Keyword::PerCount => {
            let mut guesses = Guesses::new();
            let points = points(text, cell, &mut guesses).ok_or("số điểm cho mỗi đơn vị, như 0,5")?;
            Ok((Rule::PerCount { points }, guesses))
        }
        Keyword::Deduct => deduct(text, cell).ok_or("số điểm trừ mỗi trường hợp, như 0,5; không quá 2"),
        Keyword::Steps => steps(text).ok_or("các bậc như >=100: 4; >=95: 3; còn lại: 0"),
    }
}

/// Points for one: a number, or text such as `0,5 điểm/vụ`.
fn points(text: &str, cell: &Cell, guesses: &mut Guesses) -> Option<Decimal> {
    let value = match &cell.value {
        Value::Text(_) => {
            let number = read_number(text.split('/').next()?).ok()?;
            let suffix = fold(&number.suffix);
            if number.percent || !(suffix.is_empty() || suffix == "d" || suffix.starts_with("diem")) {
                return None;
            }
            guesses.extend(number.otherwise.map(|otherwise| (number.value, otherwise)));
            number.value
        }
        _ => read_figure(cell, Measure::Points).ok()??.value,
    };
    (value >= Decimal::ZERO).then_some(value)
}

fn deduct(text: &str, cell: &Cell) -> Option<(Rule, Guesses)> {
    let mut guesses = Guesses::new();
    let mut parts = list(text);
    let points = points(parts.next()?, cell, &mut guesses)?;
    let limit = match parts.next() {
        None => None,
        Some(part) => {
            let figure = part.find(|first: char| first.is_ascii_digit()).map(|start| part.split_at(start))?;
            if !matches!(fold(figure.0).as_str(), "khongqua" | "toida" | "nhieunhat") {
                return None;
            }
            let number = read_number(figure.1.split('/').next()?).ok()?;
            guesses.extend(number.otherwise.map(|otherwise| (number.value, otherwise)));
            Some(number.value)
        }
    };
    parts.next().is_none().then_some((Rule::Deduct { points, limit }, guesses))
}

/// Steps such as `>=100: 4; từ 95: 3; còn lại: 0`. Steps are tried in the order written.
fn steps(text: &str) -> Option<(Rule, Guesses)> {
    let mut guesses = Guesses::new();
    let mut steps = Steps { steps: Vec::new(), otherwise: Decimal::ZERO };
    for part in list(text) {
        let (condition, points) = part.rsplit_once(':')?;
        let number = read_number(points.trim_end_matches(['.', ' '])).ok()?;
        guesses.extend(number.otherwise.map(|otherwise| (number.value, otherwise)));
        if matches!(fold(condition).as_str(), "conlai" | "khac" | "cacmucconlai" | "truonghopconlai") {
            steps.otherwise = number.value;
            continue;
        }
        let (comparison, rest) = comparison(condition)?;
        let (bound, otherwise) = bound(rest)?;
        guesses.extend(otherwise.map(|otherwise| (bound, otherwise)));
        steps.steps.push(Step { comparison, bound, points: number.value });
    }
    (!steps.steps.is_empty()).then_some((Rule::Steps(steps), guesses))
}

/// What is put together without a word in the column Tổng hợp (contract §1 and §6).
pub(super) fn default_aggregation(rule: &Rule, measure: &str) -> Aggregation {
    let unmeasured = matches!(fold(measure).as_str(), "" | "diem");
    match rule {
        Rule::PassFail | Rule::Disqualify | Rule::LowerGrade => Aggregation::CountMet,
        Rule::Direct if unmeasured => Aggregation::None,
        _ if is_percent(measure) => Aggregation::None,
        _ => Aggregation::Sum,
    }
}

pub(super) fn aggregation(text: &str) -> Option<Aggregation> {
    Some(match fold(text).as_str() {
        "cong" | "tong" => Aggregation::Sum,
        "binhquan" | "trungbinh" => Aggregation::Mean,
        "lonnhat" => Aggregation::Maximum,
        "nhonhat" => Aggregation::Minimum,
        "demdat" => Aggregation::CountMet,
        "khong" => Aggregation::None,
        _ => return aggregation_with_codes(text),
    })
}

/// `Gia quyền 1.4`, `Tỷ lệ 2.1/2.2`: two words, then codes.
fn aggregation_with_codes(text: &str) -> Option<Aggregation> {
    let mut words = text.split_whitespace();
    let head = fold(&format!("{}{}", words.next()?, words.next()?));
    let rest = words.collect::<Vec<_>>().join(" ");
    match head.as_str() {
        "giaquien" if !rest.is_empty() => Some(Aggregation::WeightedBy(rest.trim_start_matches("theo ").to_string())),
        "tile" => {
            let (part, whole) = rest.split_once(['/', ':'])?;
            let (part, whole) = (part.trim(), whole.trim());
            (!part.is_empty() && !whole.is_empty()).then(|| Aggregation::RatioOf(part.into(), whole.into()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::Comparison;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a number in the test itself")
    }

    fn read(keyword: Keyword, text: &str) -> Result<Rule, &'static str> {
        rule(keyword, text, &Cell::plain(Value::Text(text.into()))).map(|(rule, _)| rule)
    }

    #[test]
    fn steps_are_read_in_every_way_they_are_written() {
        let step =
            |comparison, bound: &str, points: &str| Step { comparison, bound: decimal(bound), points: decimal(points) };
        let expected = Rule::Steps(Steps {
            steps: vec![
                step(Comparison::AtLeast, "100", "4"),
                step(Comparison::AtLeast, "95", "3.5"),
                step(Comparison::Above, "90", "2"),
            ],
            otherwise: decimal("0.5"),
        });
        for text in [
            ">=100: 4; >=95: 3,5; >90: 2; còn lại: 0,5",
            "≥ 100%: 4 điểm; ≥ 95%: 3,5 điểm; > 90%: 2 điểm; Còn lại: 0,5 điểm",
            "từ 100: 4\ntừ 95: 3.5\ntrên 90: 2\nconlai: 0.5",
        ] {
            assert_eq!(read(Keyword::Steps, text), Ok(expected.clone()), "{text}");
        }
        for text in ["", "100: 4", ">=: 4", ">=100 4", "còn lại: 0", ">=100: nhiều"] {
            assert!(read(Keyword::Steps, text).is_err(), "{text}");
        }
        assert!(matches!(read(Keyword::Steps, "<5: 2; <=10: 1"), Ok(Rule::Steps(steps)) if steps.steps.len() == 2));
    }

    #[test]
    fn deductions_may_have_a_limit() {
        let half = decimal("0.5");
        assert_eq!(read(Keyword::Deduct, "0,5"), Ok(Rule::Deduct { points: half, limit: None }));
        let limited = Rule::Deduct { points: half, limit: Some(decimal("2")) };
        for text in ["0,5; không quá 2", "0.5 điểm; Không quá 2 điểm", "0,5 điểm/vụ; tối đa 2"] {
            assert_eq!(read(Keyword::Deduct, text), Ok(limited.clone()), "{text}");
        }
        assert!(read(Keyword::Deduct, "0,5; hai").is_err());
        assert_eq!(read(Keyword::PerCount, "0,5 điểm/sáng kiến"), Ok(Rule::PerCount { points: half }));
        assert!(read(Keyword::PerCount, "").is_err());
        assert!(read(Keyword::PerCount, "-1").is_err());
    }

    #[test]
    fn aggregations_name_other_lines() {
        assert_eq!(aggregation("Gia quyền 1.4"), Some(Aggregation::WeightedBy("1.4".into())));
        assert_eq!(aggregation("tỉ lệ 2.1 / 2.2"), Some(Aggregation::RatioOf("2.1".into(), "2.2".into())));
        assert_eq!(aggregation("CỘNG"), Some(Aggregation::Sum));
        for text in ["Gia quyền", "Tỷ lệ 2.1", "Trung vị", ""] {
            assert_eq!(aggregation(text), None, "{text}");
        }
    }

    #[test]
    fn every_key_word_is_known() {
        for word in KEYWORDS {
            assert!(keyword(word).is_some(), "{word}");
            assert_eq!(keyword(word), keyword(&word.to_uppercase()), "{word}");
        }
        assert_eq!(keyword("Tính theo tỷ lệ"), None);
    }

    proptest! {
        #[test]
        fn no_parameter_stops_the_reader(text in "[-<>=≥0-9:;,. a-zăđ%/]{0,40}") {
            for keyword in [Keyword::PerCount, Keyword::Deduct, Keyword::Steps] {
                let _ = read(keyword, &text);
            }
            let _ = aggregation(&text);
        }
    }
}

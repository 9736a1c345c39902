//! Comparisons and the conditions of Xếp loại and Khen thưởng. Pure: text in, condition out.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::dossier::{AwardCondition, Comparison, Grade, GradeCondition};
use crate::vietnamese::{fold, read_number};

/// A comparison at the start of a text, in signs or words, and what follows it.
pub(super) fn comparison(text: &str) -> Option<(Comparison, &str)> {
    const SIGNS: [(&str, Comparison); 11] = [
        (">=", Comparison::AtLeast),
        ("=>", Comparison::AtLeast),
        ("≥", Comparison::AtLeast),
        ("<=", Comparison::AtMost),
        ("=<", Comparison::AtMost),
        ("≤", Comparison::AtMost),
        (">", Comparison::Above),
        ("<", Comparison::Below),
        ("==", Comparison::Equal),
        ("=", Comparison::Equal),
        ("≧", Comparison::AtLeast),
    ];
    const WORDS: [(&str, Comparison); 7] = [
        ("tu", Comparison::AtLeast),
        ("tren", Comparison::Above),
        ("hon", Comparison::Above),
        ("duoi", Comparison::Below),
        ("toida", Comparison::AtMost),
        ("khongqua", Comparison::AtMost),
        ("bang", Comparison::Equal),
    ];
    let text = text.trim();
    if let Some((sign, comparison)) = SIGNS.iter().find(|(sign, _)| text.starts_with(sign)) {
        return Some((*comparison, text[sign.len()..].trim()));
    }
    let figure = text.find(|first: char| first.is_ascii_digit())?;
    let (words, rest) = text.split_at(figure);
    let key = fold(words);
    WORDS.iter().find(|(word, _)| *word == key).map(|(_, comparison)| (*comparison, rest.trim()))
}

/// A bound, with or without `%`, and what else it could be where reading it was a guess.
pub(super) fn bound(text: &str) -> Option<(Decimal, Option<Decimal>)> {
    let number = read_number(text).ok()?;
    let suffix = fold(&number.suffix);
    (suffix.is_empty() || suffix == "trolen").then_some((number.value, number.otherwise))
}

fn is_no_deduction(key: &str) -> bool {
    matches!(key, "khongcodiemtru" | "khongbitrudiem" | "khongdiemtru" | "khongtrudiem")
}

/// `mọi nhóm >= 50%`, `không có điểm trừ`.
pub(super) fn grade_condition(text: &str) -> Option<GradeCondition> {
    if is_no_deduction(&fold(text)) {
        return Some(GradeCondition::NoDeduction);
    }
    let rest = after_words(text, "moinhom")?;
    let (comparison, rest) = comparison(rest)?;
    Some(GradeCondition::EveryGroup(comparison, bound(rest)?.0))
}

/// `hạng 1`, `hạng <= 3`, `xếp loại Xuất sắc`, `không có điểm trừ`.
pub(super) fn award_condition(text: &str, grades: &[Grade]) -> Option<AwardCondition> {
    if is_no_deduction(&fold(text)) {
        return Some(AwardCondition::NoDeduction);
    }
    if let Some(name) = after_words(text, "xeploai") {
        let key = fold(name);
        return grades.iter().position(|grade| fold(&grade.name) == key).map(AwardCondition::Grade);
    }
    let rest = after_words(text, "hang")?;
    let (comparison, rest) = comparison(rest).unwrap_or((Comparison::Equal, rest));
    let rank = bound(rest)?.0;
    (rank == rank.trunc()).then(|| rank.to_u32()).flatten().map(|rank| AwardCondition::Rank(comparison, rank))
}

/// What follows the first words of a text, where those fold to a key.
fn after_words<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let ends = text.char_indices().map(|(index, character)| index + character.len_utf8());
    let end = ends.take(80).find(|end| fold(&text[..*end]) == key)?;
    // marks that belong to the last letter in decomposed text go with it
    let rest = text[end..].trim_start_matches(unicode_normalization::char::is_combining_mark);
    (!rest.starts_with(char::is_alphanumeric)).then(|| rest.trim_start_matches([':', ' ']).trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;
    use proptest::prelude::*;

    fn grades() -> Vec<Grade> {
        ["Xuất sắc", "Khá"]
            .map(|name| Grade {
                name: name.into(),
                from: None,
                share: None,
                conditions: Vec::new(),
                place: Place::default(),
            })
            .to_vec()
    }

    #[test]
    fn conditions_of_classes() {
        let half = Decimal::from(50);
        for text in ["mọi nhóm >= 50%", "Mọi nhóm ≥ 50 %", "mọi nhóm từ 50% trở lên", "MỌI NHÓM >=50"]
        {
            assert_eq!(grade_condition(text), Some(GradeCondition::EveryGroup(Comparison::AtLeast, half)), "{text}");
        }
        assert_eq!(grade_condition("không có điểm trừ"), Some(GradeCondition::NoDeduction));
        for text in ["", "mọi nhóm", "mọi nhóm 50", "nhóm I >= 50%"] {
            assert_eq!(grade_condition(text), None, "{text}");
        }
    }

    #[test]
    fn conditions_of_awards() {
        let read = |text: &str| award_condition(text, &grades());
        assert_eq!(read("hạng 1"), Some(AwardCondition::Rank(Comparison::Equal, 1)));
        assert_eq!(read("Hạng <= 3"), Some(AwardCondition::Rank(Comparison::AtMost, 3)));
        assert_eq!(read("xếp loại Khá"), Some(AwardCondition::Grade(1)));
        assert_eq!(read("xếp loại xuat sac"), Some(AwardCondition::Grade(0)));
        assert_eq!(read("xếp loại Tốt"), None);
        assert_eq!(read("hạng nhất"), None);
        assert_eq!(read("hạng 1,5"), None);
    }

    proptest! {
        #[test]
        fn no_condition_stops_the_reader(text in ".{0,30}", signs in "[<>=≥ 0-9,.%hangxếplo]{0,20}") {
            for text in [text, signs] {
                let _ = (grade_condition(&text), award_condition(&text, &grades()), comparison(&text));
            }
        }
    }
}

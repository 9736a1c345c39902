//! How alike two names are, for lines whose code is missing and whose words are misspelt.

use super::abbreviation::written_out;
use super::fold_words;
use std::collections::HashMap;

/// Likeness of two names in per cent, 100 for the same words: shared pairs of letters, word by word, after folding and
/// with the usual abbreviations written out.
///
/// Names that differ in a number (`quý 1`, `quý 2`, `quý II`) are never nearly the same.
pub fn likeness(left: &str, right: &str) -> u32 {
    let (left, right) = (written_out(&fold_words(left)), written_out(&fold_words(right)));
    if left == right {
        return if left.is_empty() { 0 } else { 100 };
    }
    let (pairs_left, pairs_right) = (pairs(&left), pairs(&right));
    let total: u32 = pairs_left.values().chain(pairs_right.values()).sum();
    let shared: u32 =
        pairs_left.iter().map(|(pair, count)| (*count).min(pairs_right.get(pair).copied().unwrap_or(0))).sum();
    let score = (200 * shared).checked_div(total).unwrap_or(0).min(99);
    if numbers(&left) == numbers(&right) { score } else { score.min(70) }
}

/// Pairs of neighbouring letters with how often each stands; a word begins and ends with a space.
fn pairs(text: &str) -> HashMap<(char, char), u32> {
    let mut pairs = HashMap::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let mut before = ' ';
        for letter in word.chars().take(200).chain([' ']) {
            *pairs.entry((before, letter)).or_insert(0) += 1;
            before = letter;
        }
    }
    pairs
}

/// The words of a name that number it, in their order.
fn numbers(text: &str) -> Vec<&str> {
    let roman = |word: &str| word.chars().all(|letter| matches!(letter, 'i' | 'v' | 'x'));
    let digits = |word: &str| word.chars().any(|letter| letter.is_ascii_digit());
    text.split(' ').filter(|word| !word.is_empty() && (digits(word) || roman(word))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn misspelt_names_are_alike_and_other_names_are_not() {
        for (left, right) in [
            ("Số lượt người được thăm hỏi", "Số luợt nguời được thăm hỏii"),
            ("Tỷ lệ ký thoả ước lao động tập thể", "Ty le ki thỏa ước lao đông tâp thể"),
            ("Tổ chức hội nghị đúng hạn", "Tổ chức hội nghi đúng hạng"),
            ("Số CĐCS thành lập mới", "Số công đoàn cơ sở thành lập mới"),
            ("Tỷ lệ CNVCLĐ nữ", "Tỉ lệ công nhân, viên chức, lao động nữ"),
        ] {
            assert!(likeness(left, right) >= 85, "{left} / {right}: {}", likeness(left, right));
        }
        for (left, right) in [
            ("Số CĐCS thành lập mới", "Số CĐCS giải thể"),
            ("Số buổi tập huấn quý 1", "Số buổi tập huấn quý 2"),
            ("Số buổi tập huấn quý I", "Số buổi tập huấn quý II"),
            ("Nộp báo cáo đúng hạn", "Số đoàn viên kết nạp mới"),
            ("", ""),
        ] {
            assert!(likeness(left, right) < 85, "{left} / {right}: {}", likeness(left, right));
        }
    }

    proptest! {
        #[test]
        fn likeness_goes_both_ways(left in "[a-zđế 1-3]{0,30}", right in "[a-zđế 1-3]{0,30}") {
            prop_assert_eq!(likeness(&left, &right), likeness(&right, &left));
            prop_assert!(likeness(&left, &right) <= 100);
        }
    }
}

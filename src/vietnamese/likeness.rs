//! How alike two names are, for lines whose code is missing and whose words are misspelt.

use super::abbreviation::written_out;
use super::fold_words;

/// Likeness of two names in per cent, as [`Likely::likeness`] gives it.
pub fn likeness(left: &str, right: &str) -> u32 {
    Likely::new(left).likeness(&Likely::new(right))
}

/// A name made ready to be compared with many others.
#[derive(Clone, Debug)]
pub struct Likely {
    /// Folded, abbreviations written out.
    words: String,
    /// The words that number it, in their order.
    numbers: Vec<String>,
    /// Pairs of neighbouring letters with how often each stands, in order; a word begins and ends with a space.
    pairs: Vec<((char, char), u32)>,
}

impl Likely {
    pub fn new(name: &str) -> Self {
        let words = written_out(&fold_words(name));
        let (pairs, numbers) = (pairs(&words), numbers(&words));
        Likely { words, numbers, pairs }
    }

    /// Likeness in per cent, 100 for the same words: shared pairs of letters, word by word, after folding and with the
    /// usual abbreviations written out.
    ///
    /// Names that differ in a number (`quý 1`, `quý 2`, `quý II`) are never nearly the same.
    pub fn likeness(&self, other: &Likely) -> u32 {
        if self.words == other.words {
            return if self.words.is_empty() { 0 } else { 100 };
        }
        let total: u32 = self.pairs.iter().chain(&other.pairs).map(|(_, count)| count).sum();
        let score = (200 * shared(&self.pairs, &other.pairs)).checked_div(total).unwrap_or(0).min(99);
        if self.numbers == other.numbers { score } else { score.min(70) }
    }
}

fn pairs(text: &str) -> Vec<((char, char), u32)> {
    let mut all: Vec<(char, char)> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let mut before = ' ';
        for letter in word.chars().take(200).chain([' ']) {
            all.push((before, letter));
            before = letter;
        }
    }
    all.sort_unstable();
    all.chunk_by(|left, right| left == right).map(|same| (same[0], same.len() as u32)).collect()
}

/// How many pairs two names have in common.
fn shared(left: &[((char, char), u32)], right: &[((char, char), u32)]) -> u32 {
    let mut right = right.iter().peekable();
    let mut shared = 0;
    for (pair, count) in left {
        while right.next_if(|(other, _)| other < pair).is_some() {}
        if let Some((_, other)) = right.next_if(|(other, _)| other == pair) {
            shared += count.min(other);
        }
    }
    shared
}

/// The words of a name that number it.
fn numbers(text: &str) -> Vec<String> {
    let roman = |word: &str| word.chars().all(|letter| matches!(letter, 'i' | 'v' | 'x'));
    let digits = |word: &str| word.chars().any(|letter| letter.is_ascii_digit());
    text.split(' ').filter(|word| !word.is_empty() && (digits(word) || roman(word))).map(str::to_string).collect()
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

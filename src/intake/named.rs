//! A count in a sentence against the names that follow it: “8 công đoàn: …” with seven names.
//!
//! Only what is surely a list of names is counted; where a sentence could be meant otherwise nothing is said.

use crate::vietnamese::fold_words;

/// A count that the list behind it does not bear out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Miscount {
    /// The count with its noun, as written: `8 công đoàn`.
    pub phrase: String,
    pub stated: usize,
    pub named: usize,
}

/// What is counted and then named, after folding.
const NOUNS: [&str; 16] = [
    "cong doan",
    "cong ti",
    "cdcs",
    "cdn",
    "co quan",
    "ca nhan",
    "doanh nghiep",
    "don vi",
    "dong chi",
    "khoi",
    "mo hinh",
    "phuong",
    "tap the",
    "thanh pho",
    "truong",
    "xa",
];
/// Words between the count and its list, at most.
const BETWEEN: usize = 8;
/// Longest list that anyone counts through, and longest name in it, in words.
const LONGEST_LIST: usize = 60;
const LONGEST_NAME: usize = 12;

/// The first count in a text that does not go with its list.
pub(super) fn miscount(text: &str) -> Option<Miscount> {
    let mut at = 0;
    // a digit is one byte, and no byte of another letter
    while let Some(step) = first_digit(&text.as_bytes()[at..]) {
        let start = at + step;
        if let Some(miscount) = count_at(text, start) {
            return Some(miscount);
        }
        at = end_of_digits(text, start);
    }
    None
}

/// Where the first digit stands; of most texts, which have none, many bytes are looked at in one step.
fn first_digit(bytes: &[u8]) -> Option<usize> {
    let (chunks, _) = bytes.as_chunks::<32>();
    let has_none = |chunk: &&[u8; 32]| !chunk.iter().fold(false, |found, byte| found | byte.is_ascii_digit());
    let passed = chunks.iter().take_while(has_none).count() * 32;
    bytes[passed..].iter().position(u8::is_ascii_digit).map(|step| passed + step)
}

fn end_of_digits(text: &str, start: usize) -> usize {
    let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    start + digits
}

fn count_at(text: &str, start: usize) -> Option<Miscount> {
    let end = end_of_digits(text, start);
    // the digits of a date, a code or a larger figure count nothing
    if text[..start].ends_with(|before: char| before.is_alphanumeric() || matches!(before, '.' | ',' | '/' | '-')) {
        return None;
    }
    let stated: usize = text[start..end].parse().ok().filter(|count| (2..=LONGEST_LIST).contains(count))?;
    let rest = text[end..].strip_prefix(' ')?;
    // few counts have a list behind them, and folding costs more than looking for one
    let (before, list) = list(rest)?;
    let folded = fold_words(rest);
    let starts_with =
        |noun: &&&str| folded.strip_prefix(**noun).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    NOUNS.iter().find(starts_with)?;
    let words = before.split_whitespace().count();
    // an example names some of them only, a second figure counts something else
    let partly = ["trong do", "tieu bieu", "nhu", "dien hinh", "chu iu", "co"];
    let folded = format!(" {} ", fold_words(before));
    let is_part = partly.iter().any(|word| folded.contains(&format!(" {word} ")));
    if words > BETWEEN || is_part || before.contains(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let (least, most) = names(list)?;
    let miscount = stated < least || stated > most;
    let phrase = format!("{} {}", &text[start..end], before.trim());
    miscount.then_some(Miscount { phrase, stated, named: least })
}

/// What stands before a list and the list itself: behind a colon, behind `gồm`, or in brackets, up to the sentence's end.
fn list(text: &str) -> Option<(&str, &str)> {
    let sentence = &text[..sentence_end(text)];
    let (at, mark) = [":", " gồm ", " ("]
        .into_iter()
        .filter_map(|mark| Some((sentence.find(mark)?, mark)))
        .min_by_key(|(at, _)| *at)?;
    let behind = &sentence[at + mark.len()..];
    let list = if mark == " (" { &behind[..behind.find(')')?] } else { behind };
    let before = sentence[..at].trim_end_matches(" bao").trim_end_matches(" là");
    Some((before, list.trim_start_matches([':', ' '])))
}

fn sentence_end(text: &str) -> usize {
    let full_stop = |at: usize| {
        let before = text[..at].rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        let abbreviated = before.chars().count() <= 2 && before.chars().all(char::is_uppercase);
        let ends = text[at + 1..].chars().next().is_none_or(char::is_whitespace);
        ends && !abbreviated
    };
    let stop = text.match_indices('.').map(|(at, _)| at).find(|at| full_stop(*at));
    let line = text.find('\n');
    [stop, line].into_iter().flatten().min().unwrap_or(text.len())
}

/// The least and the most names that a list can be read as; none where it is no whole list of names. `và` may join two
/// names or stand inside one (`Giáo dục và Đào tạo`).
fn names(list: &str) -> Option<(usize, usize)> {
    if list.contains('…') || list.contains("..") || list.contains("v.v") {
        return None;
    }
    let separator = if list.contains(';') { ';' } else { ',' };
    let items: Vec<&str> = list.split(separator).map(str::trim).filter(|item| !item.is_empty()).collect();
    let is_name = |item: &&str| {
        let item = item.strip_prefix("và ").unwrap_or(item);
        let first = item.chars().next().is_some_and(char::is_uppercase);
        let figures = item.split_whitespace().any(|word| word.starts_with(|letter: char| letter.is_ascii_digit()));
        first && !figures && item.split_whitespace().count() <= LONGEST_NAME
    };
    if items.len() < 2 || items.len() > LONGEST_LIST || !items.iter().all(is_name) {
        return None;
    }
    let joined: usize = items.iter().map(|item| item.trim_start_matches("và ").matches(" và ").count()).sum();
    Some((items.len(), items.len() + joined))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_count_that_its_list_does_not_bear_out_is_found() {
        for (text, stated, named) in [
            ("Khen thưởng 8 công đoàn: Y tế, Giáo dục, Xây dựng, Công thương, Viên chức, Ngân hàng, Điện lực.", 8, 7),
            ("Có 03 đơn vị bị trừ điểm gồm Công ty A; Công ty B, chi nhánh Cảng; Công ty C; Công ty D", 3, 4),
            ("Biểu dương 4 tập thể (Trường Mầm non Hoa Sen, Trường Tiểu học Lê Lợi, Trường THCS Trần Phú)", 4, 3),
            ("05 xã bao gồm: Tân Lập, An Phú, Bình Minh và Long Hòa", 5, 3),
        ] {
            let found = miscount(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.stated, found.named), (stated, named), "{text}");
        }
    }

    #[test]
    fn the_first_digit_is_found_wherever_it_stands() {
        for length in 0..100 {
            let mut bytes = vec![b'x'; length];
            assert_eq!(first_digit(&bytes), None);
            for at in (0..length).rev() {
                bytes[at] = b'7';
                assert_eq!(first_digit(&bytes), Some(at), "{at} of {length}");
            }
        }
    }

    #[test]
    fn what_may_be_right_is_left_alone() {
        for text in [
            "Khen thưởng 3 công đoàn: Y tế, Giáo dục, Xây dựng.",
            // “và” may stand inside a name
            "Có 3 công đoàn: Y tế, Giáo dục và Đào tạo, Xây dựng",
            "Có 4 công đoàn: Y tế, Giáo dục, Xây dựng và Công thương",
            "Có 8 đơn vị, trong đó: Y tế, Giáo dục nộp sớm",
            "8 đơn vị tiêu biểu: Y tế, Giáo dục",
            "8 công đoàn: Y tế, Giáo dục, …",
            "Ngày 20/10/2024 công đoàn: Y tế, Giáo dục",
            "21 nhà “Mái ấm công đoàn” tặng: Nhà giáo A, Nhà giáo B",
            "5 đơn vị: 2 xã, 3 phường",
            "5 đơn vị đạt chỉ tiêu, gồm cả các đơn vị mới",
            "Vận động 1.250 đơn vị: A, B",
            "100% đơn vị: A, B",
            "3 đơn vị: họp tháng một lần, báo cáo mỗi quý",
            "Hội thi có 142 công đoàn cơ sở tham gia: Giáo dục, Y tế",
        ] {
            assert_eq!(miscount(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_stops_it(text in "[0-9A-ZĐa-zđế :;,.()…\n]{0,60}", name in "[A-Z][a-zđ]{1,6}", count in 2_usize..12) {
            let _ = miscount(&text);
            let names = vec![name; count].join(", ");
            prop_assert_eq!(miscount(&format!("{count} đơn vị: {names}.")), None);
            let found = miscount(&format!("{} đơn vị: {names}.", count + 1));
            prop_assert_eq!(found.map(|it| it.named), Some(count));
        }
    }
}

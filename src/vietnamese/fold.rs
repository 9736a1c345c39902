//! Folding: one key for all the ways a Vietnamese word is typed.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::plain::{BETWEEN, folded, is_plain};

/// The text in composed form (NFC): `e` + circumflex + acute becomes `ế`.
pub fn compose(text: &str) -> String {
    if is_plain(text) { text.to_string() } else { text.nfc().collect() }
}

/// The key for matching headings, key words and names: letters and digits only, lower case, without tones and marks,
/// `đ` as `d`, `y` as `i`. So `Tỷ lệ`, `TI LE` and `tỉ_lệ` are one key, as are `hoà` and `hòa`.
pub fn fold(text: &str) -> String {
    fold_short(text, usize::MAX).unwrap_or_default()
}

/// The same, unless it is longer than so many bytes: to tell a text from short words without going through all of it.
fn fold_short(text: &str, most: usize) -> Option<String> {
    let mut key = Vec::with_capacity(text.len().min(most));
    for character in text.chars() {
        match folded(character) {
            Some(BETWEEN) => {}
            Some(_) if key.len() == most => return None,
            Some(letter) => key.push(letter),
            None => return Some(fold_any(text)).filter(|key| key.len() <= most),
        }
    }
    // letters of the alphabet and digits are UTF-8
    String::from_utf8(key).ok()
}

/// The one of some short folded words that a text is; none where it is none of them.
pub fn one_of<'a>(text: &str, words: &[&'a str]) -> Option<&'a str> {
    let mut length = 0;
    for character in text.chars() {
        match folded(character) {
            Some(BETWEEN) => {}
            // most texts soon have a letter that none of the words has at that place
            Some(letter) if words.iter().all(|word| word.as_bytes().get(length) != Some(&letter)) => return None,
            Some(_) => length += 1,
            // more must be known than the letter
            None => break,
        }
    }
    let longest = words.iter().map(|word| word.len()).max().unwrap_or(0);
    let key = fold_short(text, longest)?;
    words.iter().copied().find(|word| *word == key)
}

/// Like [`fold`], but words stay apart, by one space each: for matching by likeness.
pub fn fold_words(text: &str) -> String {
    let mut words = Vec::with_capacity(text.len());
    for character in text.chars() {
        match folded(character) {
            Some(BETWEEN) if words.last().is_none_or(|last| *last == BETWEEN) => {}
            Some(letter) => words.push(letter),
            None => return fold_any_words(text),
        }
    }
    if words.last() == Some(&BETWEEN) {
        words.pop();
    }
    String::from_utf8(words).unwrap_or_default()
}

fn fold_any(text: &str) -> String {
    folded_characters(text).filter(|character| character.is_alphanumeric()).collect()
}

fn fold_any_words(text: &str) -> String {
    let spaced: String =
        folded_characters(text).map(|character| if character.is_alphanumeric() { character } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name of a tag made from words: `Quyền hạn ký` is `quyen_han_ky`. Marks go, `y` stays.
pub fn snake_case(text: &str) -> String {
    let plain: String =
        unmarked_characters(text).map(|character| if character.is_alphanumeric() { character } else { ' ' }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join("_")
}

/// Whether two texts are the same word after folding.
pub fn same(left: &str, right: &str) -> bool {
    fold(left) == fold(right)
}

fn folded_characters(text: &str) -> impl Iterator<Item = char> + '_ {
    unmarked_characters(text).map(|character| if character == 'y' { 'i' } else { character })
}

/// Lower case without tones and marks.
fn unmarked_characters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfd().filter(|character| !is_combining_mark(*character)).flat_map(char::to_lowercase).map(|character| {
        match character {
            // the letter đ, and the look-alikes eth and african d that keyboards give for it
            'đ' | 'ð' | 'ɖ' => 'd',
            'ƣ' => 'u',
            other => other,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_word_have_one_key() {
        for (left, right) in [
            ("Tỷ lệ", "tỉ lệ"),
            ("Hoà", "Hòa"),
            ("ĐƠN VỊ", "đơn vị"),
            ("Ðơn vị", "don_vi"),
            ("Uỷ ban", "ủy  ban"),
            ("Kế hoạch", "Ke\u{302}\u{301} hoa\u{323}ch"),
            ("Quý I", "Quí I"),
            ("đƣợc", "được"),
        ] {
            assert!(same(left, right), "{left} / {right}");
        }
        assert!(!same("Kế hoạch", "Kết quả"));
    }

    #[test]
    fn words_stay_apart_when_asked() {
        assert_eq!(snake_case("Quyền hạn ký"), "quyen_han_ky");
        assert_eq!(snake_case(" Nội dung  giao ước (1)"), "noi_dung_giao_uoc_1");
        assert_eq!(fold_words("  Số CĐCS,  thành-lập mới "), "so cdcs thanh lap moi");
    }

    proptest! {
        #[test]
        fn the_short_way_gives_the_same_key(
            words in "[a-zA-ZđĐàÁạỆựỳÝ0-9 .,;:()/–“”…-]{0,40}", any in "\\PC{0,20}", most in 0_usize..30,
        ) {
            for text in [words.clone(), any.clone(), format!("{words}{any}")] {
                prop_assert_eq!(fold(&text), fold_any(&text));
                prop_assert_eq!(fold_words(&text), fold_any_words(&text));
                prop_assert_eq!(compose(&text), text.nfc().collect::<String>());
                let key = fold_any(&text);
                prop_assert_eq!(fold_short(&text, most), Some(&key).filter(|key| key.len() <= most).cloned());
                prop_assert_eq!(one_of(&text, &["a", "tong", &key]), Some(&*key));
                prop_assert_eq!(one_of(&text, &["zq", "tong"]).is_some(), ["zq", "tong"].contains(&&*key));
            }
        }
    }
}

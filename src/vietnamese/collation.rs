//! The order of the Vietnamese dictionary: letters a ă â b c d đ e ê … first, then tones, then case.

use unicode_normalization::UnicodeNormalization;

/// A key whose order is the dictionary's: tones ngang, huyền, hỏi, ngã, sắc, nặng; a space comes before every letter.
pub fn sort_key(text: &str) -> (Vec<u32>, Vec<u8>, Vec<bool>) {
    let mut letters = Vec::new();
    let mut tones = Vec::new();
    let mut capitals = Vec::new();
    for character in text.nfc() {
        let lower = character.to_lowercase().next().unwrap_or(character);
        let mut parts = std::iter::once(lower).nfd();
        let mut base = parts.next().unwrap_or(lower);
        let mut mark = 0;
        let mut tone = 0;
        for part in parts {
            match part {
                '\u{300}' => tone = 1,
                '\u{309}' => tone = 2,
                '\u{303}' => tone = 3,
                '\u{301}' => tone = 4,
                '\u{323}' => tone = 5,
                '\u{306}' => mark = 1,
                '\u{302}' => mark = 2,
                '\u{31b}' => mark = 3,
                _ => {}
            }
        }
        if base == 'đ' {
            (base, mark) = ('d', 1);
        }
        letters.push(weight(base, mark));
        tones.push(tone);
        capitals.push(character.is_uppercase());
    }
    (letters, tones, capitals)
}

/// Letters after digits after everything else; a mark makes a letter of its own right after its base.
fn weight(base: char, mark: u32) -> u32 {
    match base {
        letter if letter.is_alphabetic() => 0x10_0000 + u32::from(letter) * 4 + mark,
        digit if digit.is_ascii_digit() => 0x8_0000 + u32::from(digit),
        other => u32::from(other).min(0x7_ffff),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_dictionary_order() {
        let expected = [
            "a",
            "à",
            "ả",
            "ã",
            "á",
            "ạ",
            "An",
            "Ăn",
            "Ân",
            "Ba Đình",
            "Bác",
            "Bạc",
            "Bắc",
            "Bắc Từ Liêm",
            "Dương",
            "Đặng",
            "Đỗ",
        ];
        let mut sorted = expected;
        sorted.reverse();
        sorted.sort_by_key(|word| sort_key(word));
        assert_eq!(sorted, expected);
    }
}

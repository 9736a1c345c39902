//! The letters of Vietnamese as they are typed today, each one character: most texts hold nothing else, and of those
//! much is known at a glance.

/// The letters with marks, small and capital, by their plain letter.
const MARKED: [(u8, &str); 7] = [
    (b'a', "àáâãăạảấầẩẫậắằẳẵặÀÁÂÃĂẠẢẤẦẨẪẬẮẰẲẴẶ"),
    (b'd', "đĐ"),
    (b'e', "èéêẹẻẽếềểễệÈÉÊẸẺẼẾỀỂỄỆ"),
    (b'i', "ìíĩỉịÌÍĨỈỊ"),
    (b'o', "òóôõơọỏốồổỗộớờởỡợÒÓÔÕƠỌỎỐỒỔỖỘỚỜỞỠỢ"),
    (b'u', "ùúũưụủứừửữựÙÚŨƯỤỦỨỪỬỮỰ"),
    (b'y', "ýỳỵỷỹÝỲỴỶỸ"),
];
/// Behind the last of them, `ỹ`.
const END: usize = 0x1EFA;

static PLAIN: [u8; END] = plain();

const fn plain() -> [u8; END] {
    let mut table = [0; END];
    let mut list = 0;
    while list < MARKED.len() {
        let (letter, marked) = MARKED[list];
        let bytes = marked.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            // letters of two and of three bytes, there are no others
            let (code, length) = if bytes[at] < 0xE0 {
                ((bytes[at] as usize & 0x1F) << 6 | bytes[at + 1] as usize & 0x3F, 2)
            } else {
                let high = (bytes[at] as usize & 0x0F) << 12 | (bytes[at + 1] as usize & 0x3F) << 6;
                (high | bytes[at + 2] as usize & 0x3F, 3)
            };
            table[code] = letter;
            at += length;
        }
        list += 1;
    }
    table
}

/// What the folded key of a text has for each character: 0 where more must be known than the character.
static FOLDED: [u8; END] = folded_table();

const fn folded_table() -> [u8; END] {
    let mut table = plain();
    let mut code = 0;
    while code < END {
        if code < 0x80 {
            let letter = (code as u8).to_ascii_lowercase();
            table[code] = if letter.is_ascii_alphanumeric() { letter } else { BETWEEN };
        }
        if table[code] == b'y' {
            table[code] = b'i';
        }
        code += 1;
    }
    table
}

/// What stands for all that is no letter and no figure.
pub(super) const BETWEEN: u8 = b' ';

/// What the folded key of a text has for a character of today's Vietnamese, `BETWEEN` for punctuation; none for every
/// other character.
pub(super) fn folded(character: char) -> Option<u8> {
    match FOLDED.get(character as usize) {
        Some(0) => None,
        Some(letter) => Some(*letter),
        None => is_punctuation(character).then_some(BETWEEN),
    }
}

/// The small letter without marks of a Vietnamese letter that has some; none for every other character.
pub(super) fn unmarked(character: char) -> Option<char> {
    match PLAIN.get(character as usize) {
        None | Some(0) => None,
        Some(letter) => Some(char::from(*letter)),
    }
}

/// Dashes, quotation marks, dots: what typesetting puts between words, never a letter or a part of one.
pub(super) fn is_punctuation(character: char) -> bool {
    matches!(character, '\u{2010}'..='\u{2027}')
}

/// Whether a text holds nothing but letters of today, ASCII and punctuation, so that it is composed and has nothing
/// hidden in it.
pub(super) fn is_plain(text: &str) -> bool {
    text.is_ascii()
        || text
            .chars()
            .all(|character| character.is_ascii() || unmarked(character).is_some() || is_punctuation(character))
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn every_letter_has_its_plain_one() {
        let all: Vec<char> = MARKED.iter().flat_map(|(_, letters)| letters.chars()).collect();
        assert_eq!(all.len(), 2 * (17 + 1 + 11 + 5 + 17 + 11 + 5));
        for letter in all {
            let mut parts = letter.to_lowercase().nfd();
            let base = parts.next().map(|base| if base == 'đ' { 'd' } else { base });
            assert_eq!(unmarked(letter), base, "{letter}");
            assert!(is_plain(&letter.to_string()));
        }
        for other in ['a', 'Z', 'ƣ', 'ð', 'ä', '\u{301}', 'µ', '\u{a0}', '\u{200b}', '가'] {
            assert_eq!(unmarked(other), None, "{other}");
        }
        assert!(!is_plain("Ke\u{302}\u{301}") && !is_plain("a\u{a0}b") && !is_plain("−1") && is_plain("– “a” …"));
    }
}

//! Text as it comes out of old and half-converted files, made whole: what is certain in silence, what is a guess as one.
//!
//! Certain: composed form, invisible characters, spaces that do not break, look-alikes that no Vietnamese word has. A
//! guess: an old encoding that no font tells, UTF-8 that was read as western European, TCVN3 that was converted half way.

use super::legacy::LegacyEncoding;
use super::plain::{is_plain, unmarked};
use super::syllable::is_syllable;

/// What a text has suffered, by its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Damage {
    Tcvn3,
    Vni,
    /// UTF-8 read as western European: `CÃ´ng Ä‘oÃ n`.
    Utf8,
    /// TCVN3 of which some letters stayed behind: `Ngμnh`, `l−ợng`.
    HalfTcvn3,
    /// Characters written by their numbers, as in web pages: `&#7897;`.
    CharacterNumbers,
}

impl Damage {
    /// Its name as users know it.
    pub fn name(self) -> &'static str {
        match self {
            Damage::Tcvn3 => "mã TCVN3 (ABC)",
            Damage::Vni => "mã VNI",
            Damage::Utf8 => "mã UTF-8 bị mở sai bảng mã",
            Damage::HalfTcvn3 => "mã TCVN3 chuyển đổi dở dang",
            Damage::CharacterNumbers => "mã ký tự của trang web",
        }
    }
}

/// The text without what cannot be seen, with plain spaces, in composed form, and without look-alikes of Vietnamese
/// letters (`ƣ` for `ư`, `Ð` for `Đ`). Nothing here is a guess.
pub fn clean(text: &str) -> String {
    if is_plain(text) {
        return text.to_string();
    }
    let visible = text.chars().filter(|character| !is_invisible(*character));
    let plain: String = visible
        .map(|character| match character {
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
            'ƣ' => 'ư',
            'Ƣ' => 'Ư',
            'Ð' | 'Ɖ' => 'Đ',
            'ð' | 'ɖ' => 'đ',
            other => other,
        })
        .collect();
    super::compose(&plain)
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// What the words of a text say about an encoding that its font tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Only decoded are its words Vietnamese.
    Legacy,
    /// It is Unicode already, whatever the font.
    Unicode,
    /// It reads either way, or says nothing.
    Silent,
}

/// Whether a text in a font of an old encoding really is in that encoding.
pub fn evidence(text: &str, encoding: LegacyEncoding) -> Evidence {
    if text.is_ascii() {
        return Evidence::Silent;
    }
    let Some(decoded) = encoding.decode(text) else { return Evidence::Unicode };
    let (gains, losses) = weigh(text, &decoded);
    match (gains > 0, losses > 0) {
        (true, false) => Evidence::Legacy,
        (false, true) if words(text).filter(|word| !word.is_ascii()).all(is_syllable) => Evidence::Unicode,
        (true, true) if gains > losses => Evidence::Legacy,
        _ => Evidence::Silent,
    }
}

/// Whether it is plain that nothing in a text needs mending, so that [`guess`] gives none and [`clean`] the text itself:
/// Vietnamese of today that cannot be of an old encoding, by a letter that none has or because its words are syllables.
pub fn is_sound(text: &str) -> bool {
    // looked for by its first byte: few texts have one
    if memchr::memchr(b'&', text.as_bytes()).is_some() && text.contains("&#") || !is_plain(text) {
        return false;
    }
    let beyond_western_europe = |letter: char| letter > '\u{ff}' && unmarked(letter).is_some();
    text.is_ascii()
        || text.contains(beyond_western_europe)
        || text.split_whitespace().filter(|word| !word.is_ascii()).all(|word| words(word).all(is_syllable))
}

/// What a text of which no font tells the encoding most likely is, made whole; none where it is sound or past mending.
pub fn guess(text: &str) -> Option<(Damage, String)> {
    if let Some(text) = character_numbers(text) {
        return Some((Damage::CharacterNumbers, clean(&text)));
    }
    if text.is_ascii() {
        return None;
    }
    if let Some(text) = utf8_read_wrongly(text) {
        return Some((Damage::Utf8, clean(&text)));
    }
    let candidates = [(Damage::Tcvn3, LegacyEncoding::Tcvn3), (Damage::Vni, LegacyEncoding::Vni)];
    let decoded = candidates.into_iter().filter_map(|(damage, encoding)| {
        let decoded = encoding.decode(text)?;
        let (gains, losses) = weigh(text, &decoded);
        (gains > 0 && losses * 4 <= gains).then(|| (gains - losses, damage, decoded))
    });
    // of two that read as well the first stays
    let mut best: Option<(usize, Damage, String)> = None;
    for candidate in decoded {
        if best.as_ref().is_none_or(|best| candidate.0 > best.0) {
            best = Some(candidate);
        }
    }
    if let Some((_, damage, decoded)) = best {
        return Some((damage, clean(&decoded)));
    }
    half_converted(text).map(|text| (Damage::HalfTcvn3, clean(&text)))
}

/// Whether a text that came from bytes of an unknown encoding reads as Vietnamese: of its words with marks, more than
/// half are spelt as syllables.
pub fn reads_as_vietnamese(text: &str) -> bool {
    let text = super::compose(text);
    let marked = words(&text).filter(|word| !word.is_ascii() && word.chars().count() > 1);
    let (mut all, mut sound) = (0_usize, 0_usize);
    for word in marked {
        all += 1;
        sound += usize::from(is_syllable(word));
    }
    sound * 2 > all
}

/// How many words become Vietnamese by a decoding, and how many become nonsense. Words of one letter and abbreviations
/// in capitals say nothing.
fn weigh(text: &str, decoded: &str) -> (usize, usize) {
    let (mut gains, mut losses) = (0, 0);
    for (before, after) in text.split_whitespace().zip(decoded.split_whitespace()) {
        // `µm` is a measure, not a word
        if before == after || before.starts_with(['µ', 'μ']) {
            continue;
        }
        for word in words(after).filter(|word| !word.is_ascii() && word.chars().count() > 1) {
            if is_syllable(word) {
                gains += usize::from(!words(before).all(is_syllable));
            } else if word.chars().any(|letter| letter.is_lowercase() || !letter.is_alphabetic()) {
                losses += 1;
            }
        }
    }
    (gains, losses)
}

/// Words between spaces, figures and the punctuation that every keyboard has.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let apart =
        |character: char| character.is_whitespace() || character.is_ascii_digit() || character.is_ascii_punctuation();
    text.split(apart).filter(|word| !word.is_empty())
}

/// UTF-8 that a program took for Windows-1252, turned back; none where it is something else.
fn utf8_read_wrongly(text: &str) -> Option<String> {
    let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(text);
    if lost {
        return None;
    }
    let decoded = std::str::from_utf8(&bytes).ok()?;
    // such a sequence never stands in a text by chance, but control characters would be one
    decoded.chars().all(|character| !character.is_control() || character.is_whitespace()).then(|| decoded.to_string())
}

/// `&#7897;` and `&#x1ED9;` turned into their characters; none without.
fn character_numbers(text: &str) -> Option<String> {
    let mut whole = String::new();
    let mut rest = text;
    let mut found = false;
    while let Some(start) = rest.find("&#") {
        let (before, behind) = rest.split_at(start);
        whole.push_str(before);
        let number = behind.find(';').filter(|end| *end < 12).and_then(|end| {
            let digits = &behind[2..end];
            let number = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => digits.parse().ok()?,
            };
            Some((char::from_u32(number).filter(|character| !character.is_control())?, end + 1))
        });
        let (character, used) = number.map_or(('&', 1), |(character, used)| (character, used));
        found |= used > 1;
        whole.push(character);
        rest = &behind[used..];
    }
    whole.push_str(rest);
    found.then_some(whole)
}

/// Unicode text in which a mu stands for `à`, and a minus sign or soft hyphen for `ư`; none where nothing is mended.
fn half_converted(text: &str) -> Option<String> {
    let leftover = |character: char| matches!(character, 'µ' | 'μ' | '\u{2212}' | '\u{ad}');
    if !text.contains(leftover) {
        return None;
    }
    let mut mended = false;
    let words = text.split(' ').map(|word| {
        let letters = word.trim_matches(|character: char| !character.is_alphabetic() && !leftover(character));
        if !letters.contains(leftover) || letters.chars().count() < 2 || letters.starts_with(['µ', 'μ']) {
            return word.to_string();
        }
        let whole: String = letters
            .chars()
            .map(|character| match character {
                'µ' | 'μ' => 'à',
                '\u{2212}' | '\u{ad}' => 'ư',
                other => other,
            })
            .collect();
        // a soft hyphen may be nothing but a soft hyphen
        if !is_syllable(&super::compose(&whole)) || is_syllable(&clean(letters)) {
            return word.to_string();
        }
        mended = true;
        word.replacen(letters, &whole, 1)
    });
    let text = words.collect::<Vec<_>>().join(" ");
    mended.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::super::legacy::tests::{encode, words};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_certain_is_mended_in_silence() {
        for (damaged, sound) in [
            ("phƣờng đƣợc", "phường được"),
            ("Ðoàn viên", "Đoàn viên"),
            ("Ke\u{302}\u{301} hoa\u{323}ch", "Kế hoạch"),
            ("12\u{a0}489,4\u{202f}ha", "12 489,4 ha"),
            ("Công\u{200b} đoàn\u{feff}", "Công đoàn"),
            ("công\u{ad}đoàn", "côngđoàn"),
            ("plain", "plain"),
        ] {
            assert_eq!(clean(damaged), sound);
        }
    }

    #[test]
    fn letters_tell_what_no_font_tells() {
        for (damaged, damage, sound) in [
            ("C«ng ®oµn ngµnh Gi¸o dôc", Damage::Tcvn3, "Công đoàn ngành Giáo dục"),
            ("§¹t", Damage::Tcvn3, "Đạt"),
            ("Kh«ng", Damage::Tcvn3, "Không"),
            ("KÕt qu¶ thùc hiÖn n¨m 2024", Damage::Tcvn3, "Kết quả thực hiện năm 2024"),
            ("Coâng ñoaøn ngaønh Giaùo duïc", Damage::Vni, "Công đoàn ngành Giáo dục"),
            ("Ñaït", Damage::Vni, "Đạt"),
            ("Coù", Damage::Vni, "Có"),
            ("CÃ´ng Ä‘oÃ\u{a0}n", Damage::Utf8, "Công đoàn"),
            ("C&#244;ng &#273;o&agrave;n h&#7897;i", Damage::CharacterNumbers, "Công đo&agrave;n hội"),
            ("Ngμnh l−ợng ®", Damage::HalfTcvn3, "Ngành lượng ®"),
            ("đoμn viên, th\u{b5}nh phố", Damage::HalfTcvn3, "đoàn viên, thành phố"),
            ("l\u{ad}ợng", Damage::HalfTcvn3, "lượng"),
        ] {
            assert_eq!(guess(damaged), Some((damage, sound.to_string())), "{damaged}");
        }
    }

    #[test]
    fn sound_text_is_left_alone() {
        for text in [
            "Công đoàn ngành Giáo dục",
            "không",
            "Có",
            "hoá đơn",
            "Đạt",
            "×",
            "· Nam",
            "m²",
            "20 °C ± 1",
            "«abc»",
            "5 µm",
            "− 0,25",
            "1−2",
            "R&D &# 5;",
            "Café",
            "công\u{ad}đoàn",
            "H'Mông Ê-đê",
            "",
        ] {
            assert_eq!(guess(text), None, "{text}");
        }
    }

    #[test]
    fn a_font_of_old_is_no_proof() {
        let tcvn3 = LegacyEncoding::Tcvn3;
        for (text, expected) in [
            ("C«ng ®oµn", Evidence::Legacy),
            ("Công đoàn", Evidence::Unicode),
            ("hoá", Evidence::Unicode),
            ("không", Evidence::Silent),
            ("2024", Evidence::Silent),
        ] {
            assert_eq!(evidence(text, tcvn3), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_line_of_an_old_paper_is_guessed_right(text in words()) {
            // a word or two can be read in several ways; a line of a paper cannot
            let text = format!("Kết quả thực hiện của các đơn vị {text}");
            for encoding in [LegacyEncoding::Tcvn3, LegacyEncoding::Vni] {
                let (_, mended) = guess(&encode(&text, encoding)).unwrap_or((Damage::Utf8, String::new()));
                prop_assert_eq!(&mended, &text);
            }
        }

        #[test]
        fn sound_words_are_never_changed(text in words()) {
            prop_assert_eq!(guess(&text), None);
            prop_assert_eq!(clean(&text), text);
        }

        #[test]
        fn what_is_sound_needs_no_mending(text in words(), letters in "[a-zÃ-ýđạ“”… 0-9.,]{0,20}") {
            prop_assert!(!text.contains('đ') || is_sound(&text));
            for text in [&text, &letters, &format!("{text} {letters}")] {
                if is_sound(text) {
                    prop_assert_eq!(guess(text), None);
                    prop_assert_eq!(&clean(text), text);
                }
            }
        }

        #[test]
        fn no_text_stops_the_repair(text in "\\PC{0,40}", numbers in "[&#x0-9;µ−a ]{0,30}") {
            for text in [text, numbers] {
                let _ = (guess(&text), clean(&text));
            }
        }
    }
}

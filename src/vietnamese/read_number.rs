//! Numbers as people type them, in Vietnamese and in English style: `424.830`, `1.234,5`, `86.58%`, `- 0,25`, `12.489,4 ha`.
//!
//! Only text is read here; what a workbook stores as a number needs no guessing. Rule for one dot: followed by exactly
//! three digits it parts thousands, otherwise it is a decimal point; the first is a guess and said to be one.

use rust_decimal::Decimal;

/// A number read from text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenNumber {
    pub value: Decimal,
    /// What the text would be in the other style, where it could have been meant so.
    pub otherwise: Option<Decimal>,
    /// A `%` stands behind it; the value is in per cent.
    pub percent: bool,
    /// Words behind it, such as `ha` or `tỷ đồng`; empty without.
    pub suffix: String,
}

/// Why a text is not one number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotANumber {
    Empty,
    /// Words, dates, lists, or figures set in a way that no style knows.
    Words,
    /// `gần 9.692`, `trên 500`: a figure that its writer does not vouch for.
    Approximate(Decimal),
    /// `626/723`: a count out of a count.
    Fraction(Decimal, Decimal),
    /// More digits than can be held exactly.
    TooLong,
}

/// No figure with its words is longer, in bytes; longer texts are not looked into.
const LONGEST: usize = 200;

/// Reads one number with what may stand around it.
pub fn read_number(text: &str) -> Result<WrittenNumber, NotANumber> {
    if text.len() > LONGEST {
        return Err(NotANumber::Words);
    }
    let text = tidy(text);
    if text.is_empty() {
        return Err(NotANumber::Empty);
    }
    if let Some(rest) = without_hedge(&text) {
        return match read_number(rest) {
            Ok(number) => Err(NotANumber::Approximate(number.value)),
            Err(_) => Err(NotANumber::Words),
        };
    }
    if let Some((part, whole)) = text.split_once('/') {
        return match (read_number(part), read_number(whole)) {
            (Ok(part), Ok(whole)) if part.suffix.is_empty() && !part.percent => {
                Err(NotANumber::Fraction(part.value, whole.value))
            }
            _ => Err(NotANumber::Words),
        };
    }
    let (negative, unsigned) = sign(&text);
    let end = unsigned
        .char_indices()
        .find(|(_, character)| !character.is_ascii_digit() && !matches!(character, '.' | ',' | ' ' | '\''))
        .map_or(unsigned.len(), |(index, _)| index);
    let (figure, behind) = unsigned.split_at(end);
    let (figure, stop) = strip_full_stop(figure.trim_end(), behind);
    let (percent, suffix) = suffix(behind, stop)?;
    let (value, otherwise) = figures(figure)?;
    let signed = |value: Decimal| if negative { -value } else { value };
    Ok(WrittenNumber { value: signed(value), otherwise: otherwise.map(signed), percent, suffix })
}

/// One kind of space, one kind of minus, nothing invisible.
fn tidy(text: &str) -> String {
    let visible = text.chars().filter(|character| !matches!(character, '\u{200b}'..='\u{200f}' | '\u{feff}'));
    let plain = visible.map(|character| match character {
        '\u{2212}' | '\u{2013}' | '\u{2014}' | '\u{2010}' | '\u{2011}' => '-',
        '\u{2019}' => '\'',
        other if other.is_whitespace() => ' ',
        other => other,
    });
    plain.collect::<String>().trim().to_string()
}

/// The text behind a word such as `gần`, if one stands in front.
fn without_hedge(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix(['>', '<', '~', '≈', '≥', '≤']) {
        return Some(rest.trim_start());
    }
    let (word, rest) = text.split_once(' ')?;
    matches!(super::fold(word).as_str(), "gan" | "tren" | "hon" | "khoang" | "duoi" | "xapxi" | "uoc" | "tam")
        .then(|| rest.trim_start())
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text).trim_start()),
    }
}

/// A full stop or comma at the very end belongs to the sentence, not to the figure.
fn strip_full_stop<'a>(figure: &'a str, behind: &str) -> (&'a str, bool) {
    match figure.strip_suffix(['.', ',']) {
        Some(bare) if behind.is_empty() => (bare, true),
        _ => (figure, false),
    }
}

fn suffix(behind: &str, stop: bool) -> Result<(bool, String), NotANumber> {
    let behind = behind.trim();
    let (percent, words) = match behind.strip_prefix('%') {
        Some(rest) => (true, rest.trim()),
        None => (false, behind),
    };
    let words = if stop { "" } else { words };
    let sound = words.chars().all(|character| !character.is_ascii_digit() && !matches!(character, '-' | '+' | '%'));
    if !sound || words.chars().count() > 40 {
        return Err(NotANumber::Words);
    }
    Ok((percent, words.to_string()))
}

/// The figure and, where the other style would read it too, that other figure.
fn figures(text: &str) -> Result<(Decimal, Option<Decimal>), NotANumber> {
    if !text.starts_with(|first: char| first.is_ascii_digit()) || !text.ends_with(|last: char| last.is_ascii_digit()) {
        return Err(NotANumber::Words);
    }
    let marks: Vec<char> = text.chars().filter(|character| !character.is_ascii_digit()).collect();
    let Some(&last) = marks.last() else { return Ok((decimal(text, "")?, None)) };
    let count_of_last = marks.iter().filter(|mark| **mark == last).count();
    let only_one_kind = count_of_last == marks.len();
    if only_one_kind && (count_of_last > 1 || matches!(last, ' ' | '\'')) {
        return Ok((decimal(&thousands(text, last)?, "")?, None));
    }
    if matches!(last, ' ' | '\'') || count_of_last > 1 {
        return Err(NotANumber::Words);
    }
    let (whole, fraction) = text.rsplit_once(last).ok_or(NotANumber::Words)?;
    if !only_one_kind {
        let apart = marks[0];
        if marks[..marks.len() - 1].iter().any(|mark| *mark != apart) {
            return Err(NotANumber::Words);
        }
        return Ok((decimal(&thousands(whole, apart)?, fraction)?, None));
    }
    let as_decimal = decimal(whole, fraction)?;
    let Ok(joined) = thousands(text, last) else { return Ok((as_decimal, None)) };
    let as_thousands = decimal(&joined, "")?;
    // a comma is the decimal comma of Vietnamese; a dot before exactly three digits parts thousands
    Ok(if last == ',' { (as_decimal, Some(as_thousands)) } else { (as_thousands, Some(as_decimal)) })
}

/// The digits of a whole number whose groups of three stand apart.
fn thousands(text: &str, apart: char) -> Result<String, NotANumber> {
    let mut groups = text.split(apart);
    let first = groups.next().unwrap_or_default();
    let sound = !first.is_empty() && first.len() <= 3 && first.bytes().all(|digit| digit.is_ascii_digit());
    if !sound || (first.starts_with('0')) {
        return Err(NotANumber::Words);
    }
    let mut joined = first.to_string();
    for group in groups {
        if group.len() != 3 || !group.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(NotANumber::Words);
        }
        joined.push_str(group);
    }
    Ok(joined)
}

fn decimal(whole: &str, fraction: &str) -> Result<Decimal, NotANumber> {
    if !whole.bytes().chain(fraction.bytes()).all(|digit| digit.is_ascii_digit()) {
        return Err(NotANumber::Words);
    }
    let plain = if fraction.is_empty() { whole.to_string() } else { format!("{whole}.{fraction}") };
    Decimal::from_str_exact(&plain).map_err(|_| NotANumber::TooLong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> String {
        match read_number(text) {
            Ok(number) => super::super::plain(number.value),
            Err(fault) => format!("{fault:?}"),
        }
    }

    #[test]
    fn figures_are_read_as_a_vietnamese_office_writes_them() {
        for (text, expected, why) in [
            ("424.830", "424830", "a dot before exactly three digits parts thousands"),
            ("1.234.567", "1234567", "several dots part thousands"),
            ("1.234,5", "1234.5", "dot for thousands, comma for decimals"),
            ("1,234.5", "1234.5", "the English way round"),
            ("1,234,567", "1234567", "several commas can only part thousands"),
            ("86,58%", "86.58", "per cent with a comma"),
            ("86.58%", "86.58", "two digits behind a dot are decimals"),
            ("86,58 %", "86.58", "a space before the sign"),
            ("+0,5", "0.5", "a plus in front"),
            ("- 0,25", "-0.25", "a minus with a space"),
            ("−0,25", "-0.25", "the true minus sign"),
            ("3.5", "3.5", "one digit behind a dot is a decimal"),
            ("12.489,4 ha", "12489.4", "a unit behind it"),
            ("12.489,4ha", "12489.4", "a unit without a space"),
            ("05", "5", "a count with a leading zero"),
            ("0.975", "0.975", "nothing starts its thousands with a zero"),
            ("0,975", "0.975", "a comma is a decimal comma"),
            ("1234.567", "1234.567", "four digits in front are no group of thousands"),
            ("424\u{a0}830", "424830", "a space that does not break parts thousands"),
            ("12 người", "12", "a unit in words"),
            ("98,5.", "98.5", "the full stop of a sentence"),
            ("2.700 tỉ đồng", "2700", "money in words"),
        ] {
            assert_eq!(value(text), expected, "{text}: {why}");
        }
    }

    /// Characters written as `\u{…}` in the table of forms, where they cannot be seen.
    fn unescaped(text: &str) -> String {
        let mut pieces = text.split("\\u{");
        let first = pieces.next().unwrap_or_default().to_string();
        pieces.fold(first, |whole, piece| {
            let (number, rest) = piece.split_once('}').expect("a closed number");
            let number = u32::from_str_radix(number, 16).expect("a hexadecimal number");
            format!("{whole}{}{rest}", char::from_u32(number).expect("a character"))
        })
    }

    /// A reading in the words of the table of forms.
    fn reading(text: &str) -> String {
        use super::super::plain;
        match read_number(text) {
            Ok(number) => {
                let otherwise = number.otherwise.map(|other| format!(" or {}", plain(other))).unwrap_or_default();
                let percent = if number.percent { " %" } else { "" };
                let suffix = if number.suffix.is_empty() { String::new() } else { format!(" [{}]", number.suffix) };
                format!("{}{otherwise}{percent}{suffix}", plain(number.value))
            }
            Err(NotANumber::Empty) => "empty".into(),
            Err(NotANumber::Words) => "words".into(),
            Err(NotANumber::Approximate(value)) => format!("about {}", plain(value)),
            Err(NotANumber::Fraction(part, whole)) => format!("{} of {}", plain(part), plain(whole)),
            Err(NotANumber::TooLong) => "too long".into(),
        }
    }

    #[test]
    fn every_written_form_of_the_table_is_read_as_it_says() {
        let table = include_str!("written-numbers.tsv");
        let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
        let mut count = 0;
        let mut wrong = Vec::new();
        for line in rows {
            let columns: Vec<&str> = line.split('\t').collect();
            let [written, expected, why] = columns[..] else { panic!("three columns: {line}") };
            assert!(why.len() > 8, "{written}: a reason");
            let read = reading(&unescaped(written));
            if read != expected {
                wrong.push(format!("{written}: {read}, not {expected} ({why})"));
            }
            count += 1;
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(count >= 200, "{count} forms");
    }

    #[test]
    fn what_is_not_one_figure_is_not_read_as_one() {
        for text in
            ["không", "đạt", "15.12.2024", "1.23.456", "5 xã, 3 phường", "1,5-2", "A1", ".", "%", "1..5", "12-15"]
        {
            assert_eq!(read_number(text), Err(NotANumber::Words), "{text}");
        }
        assert_eq!(read_number(" \u{a0}"), Err(NotANumber::Empty));
        assert_eq!(read_number("gần 9.692"), Err(NotANumber::Approximate(Decimal::from(9692))));
        assert_eq!(read_number("trên 500 vụ"), Err(NotANumber::Approximate(Decimal::from(500))));
        assert_eq!(read_number("626/723"), Err(NotANumber::Fraction(Decimal::from(626), Decimal::from(723))));
        assert_eq!(read_number(&"9".repeat(40)), Err(NotANumber::TooLong));
    }

    #[test]
    fn a_guess_says_what_else_it_could_be() {
        let guess = read_number("1.500").expect("a number");
        assert_eq!((guess.value, guess.otherwise), (Decimal::from(1500), Some(Decimal::new(1500, 3))));
        assert_eq!(read_number("1.234,5").expect("a number").otherwise, None);
        assert_eq!(read_number("3.5").expect("a number").otherwise, None);
    }

    proptest! {
        #[test]
        fn what_we_print_is_read_back(digits in -10_000_000_000_000_i64..10_000_000_000_000, scale in 0_u32..9) {
            let value = Decimal::new(digits, scale);
            let printed = super::super::number(value);
            prop_assert_eq!(read_number(&printed).map(|number| number.value), Ok(value), "{}", printed);
            let percent = super::super::percent(value);
            let read = read_number(&percent).expect("a percentage");
            prop_assert!(read.percent);
            prop_assert_eq!(read.value, value);
        }

        #[test]
        fn no_text_stops_the_reader(text in ".{0,40}", figures in "[-+0-9., %/']{0,40}") {
            let _ = read_number(&text);
            let _ = read_number(&figures);
        }
    }
}

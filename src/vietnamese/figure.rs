//! Figures and dates on their way into a template: JSON strings marked by a leading WORD JOINER (U+2060).
//!
//! JSON numbers are binary fractions in the filling engine, and a mark must stay exact. So a figure travels as a
//! string: the mark, then the plain decimal (`98.75`); a date as the mark and ISO form (`2024-12-12`). A tag that
//! prints one bare writes it the Vietnamese way, and helpers read it back with the functions here. An empty figure or
//! date is JSON null; a text of the user never starts with the mark, because [`text`] takes it off. A year is a text:
//! bare it prints `2024`, not `2.024`. What is not for reading, such as the figures of a chart, travels as a text behind
//! two marks.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::Value;
use std::borrow::Cow;

use super::{number, plain, short_date};

const MARK: char = '\u{2060}';
/// What stands before something [`carried`].
const CARRIED: &str = "\u{2060}\u{2060}";

/// A figure as template data: `98.75` becomes the marked string `98.75`.
pub fn figure(value: Decimal) -> Value {
    let plain = plain(value);
    let mut text = String::with_capacity(MARK.len_utf8() + plain.len());
    text.push(MARK);
    text.push_str(&plain);
    Value::String(text)
}

/// A date as template data.
pub fn date(value: NaiveDate) -> Value {
    Value::String(format!("{MARK}{}", value.format("%Y-%m-%d")))
}

/// A user's text as template data: never taken for a figure, nor for something [`carried`].
pub fn text(value: &str) -> Value {
    let value = value.trim_start_matches(MARK);
    if find_carried(value).is_some() {
        return Value::String(value.replace(MARK, ""));
    }
    Value::String(value.to_string())
}

/// Something that is not for reading, such as the figures of a chart, as template data.
pub fn carried(value: &str) -> Value {
    Value::String(format!("{CARRIED}{value}"))
}

/// What stands before something [`carried`] and the text from where it begins; none where nothing is, above all in a
/// text of the user's.
pub fn find_carried(data: &str) -> Option<(&str, &str)> {
    // looked for by its first byte: few texts have one
    memchr::memchr(CARRIED.as_bytes()[0], data.as_bytes())?;
    data.split_once(CARRIED)
}

/// The figure in a marked string; none for a text or a date.
pub fn read_figure(data: &str) -> Option<Decimal> {
    data.strip_prefix(MARK)?.parse().ok()
}

/// The date in a marked string; none for a text or a figure.
pub fn read_date(data: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(data.strip_prefix(MARK)?, "%Y-%m-%d").ok()
}

/// What a tag prints without a helper: `98,75` for a figure, `05/3/2024` for a date, a text as it is.
pub fn bare(data: &str) -> Cow<'_, str> {
    if let Some(value) = read_figure(data) {
        Cow::Owned(number(value))
    } else if let Some(value) = read_date(data) {
        Cow::Owned(short_date(value))
    } else {
        Cow::Borrowed(data)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(value: &Value) -> &str {
        value.as_str().expect("template data is a string")
    }

    #[test]
    fn a_figure_keeps_every_digit_and_prints_with_a_comma() {
        let mark: Decimal = "424830.750".parse().expect("a number in the test itself");
        let data = figure(mark);
        assert_eq!(inside(&data), "\u{2060}424830.75");
        assert_eq!(read_figure(inside(&data)), Some(mark));
        assert_eq!(read_date(inside(&data)), None);
        assert_eq!(bare(inside(&data)), "424.830,75");
    }

    #[test]
    fn a_date_prints_as_in_a_paper() {
        let day = NaiveDate::from_ymd_opt(2024, 3, 5).expect("a date in the test itself");
        let data = date(day);
        assert_eq!(inside(&data), "\u{2060}2024-03-05");
        assert_eq!(read_date(inside(&data)), Some(day));
        assert_eq!(read_figure(inside(&data)), None);
        assert_eq!(bare(inside(&data)), "05/3/2024");
    }

    #[test]
    fn what_is_carried_comes_back_and_cannot_be_typed() {
        assert_eq!(find_carried(inside(&carried("{\"a\": 1}"))), Some(("", "{\"a\": 1}")));
        assert_eq!(find_carried(inside(&text("\u{2060}\u{2060}{\"a\": 1}"))), None);
        assert_eq!(find_carried(inside(&text("a \u{2060}\u{2060}\u{2060}{\"a\": 1}"))), None);
        assert_eq!(find_carried(inside(&figure(Decimal::ONE))), None);
    }

    #[test]
    fn words_are_never_taken_for_figures() {
        for word in ["1.500", "98.75", "2024-03-05", "Hà Nội", ""] {
            assert_eq!(read_figure(word), None);
            assert_eq!(bare(word), word);
        }
        assert_eq!(inside(&text("\u{2060}5")), "5");
    }
}

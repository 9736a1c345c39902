//! What the text of a cell's `<v>` stands for.

use calamine::{ExcelDateTime, ExcelDateTimeType};
use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::styles::Looks;
use crate::sheet::grid::Value;
use crate::sheet::limit::TEXT;
use crate::sheet::number_format::Time;
use crate::vietnamese;

/// The value of a text that is no index of a shared string; none where the kind of cell is not known or the text is
/// nothing of its kind.
pub(super) fn value(kind: Option<&str>, text: &str, looks: Option<&Looks>, from_1904: bool) -> Option<Value> {
    let trimmed = text.trim_ascii();
    Some(match kind {
        Some("str") => Value::Text(shortened(text)),
        _ if trimmed.is_empty() => Value::Empty,
        Some("b") if trimmed == "1" || trimmed.eq_ignore_ascii_case("true") => Value::Bool(true),
        Some("b") if trimmed == "0" || trimmed.eq_ignore_ascii_case("false") => Value::Bool(false),
        Some("e") => Value::Error(shortened(trimmed).into()),
        Some("d") => {
            let date = trimmed.get(..10).and_then(vietnamese::read_date);
            date.map_or_else(|| Value::Text(shortened(trimmed)), Value::Date)
        }
        None | Some("n") => match number(trimmed, looks, from_1904) {
            Some(number) => number,
            None if kind.is_none() => Value::Text(shortened(text)),
            None => return None,
        },
        Some(_) => return None,
    })
}

fn number(text: &str, looks: Option<&Looks>, from_1904: bool) -> Option<Value> {
    let time = looks.map_or(Time::None, |looks| looks.time);
    if time != Time::Date {
        if let Some(number) = short_decimal(text) {
            return Some(Value::Number(number));
        }
        return text.parse().ok().map(number_value);
    }
    let number: f64 = text.parse().ok()?;
    let (year, month, day, ..) = ExcelDateTime::new(number, ExcelDateTimeType::DateTime, from_1904).to_ymd_hms_milli();
    let date = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
    Some(date.map_or_else(|| number_value(number), Value::Date))
}

/// The text as far as a cell can hold it, so that no longer one is copied again and again.
pub(super) fn shortened(text: &str) -> String {
    if text.len() <= TEXT { text.to_string() } else { text.chars().take(TEXT).collect() }
}

pub(in crate::sheet) fn number_value(number: f64) -> Value {
    exact(number).map_or_else(|| Value::Text(number.to_string()), Value::Number)
}

/// A number of at most fifteen digits without exponent: a float holds it so exactly that the text is what Excel shows.
pub(in crate::sheet) fn short_decimal(text: &str) -> Option<Decimal> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    if digits.is_empty() || digits.len() > 16 {
        return None;
    }
    let (mut mantissa, mut scale, mut point) = (0_i64, 0_u32, false);
    let mut count = 0;
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + i64::from(byte - b'0');
                count += 1;
                scale += u32::from(point);
            }
            b'.' if !point && count > 0 => point = true,
            _ => return None,
        }
    }
    if count > 15 || scale == 0 && point {
        return None;
    }
    while scale > 0 && mantissa % 10 == 0 {
        (mantissa, scale) = (mantissa / 10, scale - 1);
    }
    Some(if mantissa == 0 { Decimal::ZERO } else { Decimal::new(if negative { -mantissa } else { mantissa }, scale) })
}

/// The decimal that Excel shows for a float: fifteen digits, so that 0.1 + 0.2 is 0.3. None beyond 28 digits.
pub(in crate::sheet) fn exact(number: f64) -> Option<Decimal> {
    if !number.is_finite() {
        return None;
    }
    let text = format!("{number:.14e}");
    let (mantissa, exponent) = text.split_once('e')?;
    let mut digits: i128 = mantissa.replace('.', "").parse().ok()?;
    let mut scale = 14 - exponent.parse::<i32>().ok()?;
    while digits != 0 && digits % 10 == 0 {
        (digits, scale) = (digits / 10, scale - 1);
    }
    if digits == 0 || scale > 28 {
        return Some(Decimal::ZERO);
    }
    while scale < 0 {
        (digits, scale) = (digits.checked_mul(10)?, scale + 1);
    }
    Decimal::try_from_i128_with_scale(digits, u32::try_from(scale).ok()?).ok()
}

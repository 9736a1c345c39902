//! Numbers as Vietnamese papers write them: dot for thousands, comma for decimals.

use rust_decimal::{Decimal, RoundingStrategy};

/// `424.830`, `94,1`: thousands apart, no trailing zeros.
pub fn number(value: Decimal) -> String {
    let value = value.normalize();
    written(value, b',', Some(b'.')).unwrap_or_else(|| grouped(&value.to_string()))
}

/// The same with a fixed count of decimals, rounded half away from zero: `94,10`.
pub fn number_fixed(value: Decimal, decimals: u32) -> String {
    let rounded = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    grouped(&format!("{rounded:.*}", decimals as usize))
}

/// `12,5%`; the value is in per cent already.
pub fn percent(value: Decimal) -> String {
    format!("{}%", number(value))
}

/// The exact figure for machines: a point, no grouping, no trailing zeros (contract §4).
pub fn plain(value: Decimal) -> String {
    let value = value.normalize();
    written(value, b'.', None).unwrap_or_else(|| value.to_string())
}

/// The digits of a figure, with what parts decimals and thousands; none for one beyond what nearly all are below.
fn written(value: Decimal, point: u8, apart: Option<u8>) -> Option<String> {
    let (mut rest, scale) = (u64::try_from(value.mantissa().unsigned_abs()).ok()?, value.scale());
    // twenty digits with six dots, or twenty-eight decimals; from the last to the first
    let (mut text, mut at, mut count) = ([0; 40], 40, 0);
    let mut put = |byte: u8| {
        at -= 1;
        text[at] = byte;
    };
    while rest > 0 || count <= scale {
        match apart {
            _ if count == scale && scale > 0 => put(point),
            Some(apart) if count > scale && (count - scale) % 3 == 0 => put(apart),
            _ => {}
        }
        put(b'0' + (rest % 10) as u8);
        (rest, count) = (rest / 10, count + 1);
    }
    if value.is_sign_negative() {
        put(b'-');
    }
    String::from_utf8(text[at..].to_vec()).ok()
}

/// Counts below ten with a leading zero (`05`), as administrative papers write them; others like [`number`].
pub fn two_digits(value: Decimal) -> String {
    let value = value.normalize();
    if value.scale() == 0 && value >= Decimal::ZERO && value < Decimal::TEN {
        format!("0{value}")
    } else {
        number(value)
    }
}

fn grouped(plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut text = String::with_capacity(plain.len() + plain.len() / 3);
    text.push_str(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            text.push('.');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(',');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a number in the test itself")
    }

    #[test]
    fn thousands_take_a_dot_and_decimals_a_comma() {
        for (value, text) in
            [("424830", "424.830"), ("94.10", "94,1"), ("-1234567.5", "-1.234.567,5"), ("0", "0"), ("999", "999")]
        {
            assert_eq!(number(decimal(value)), text);
        }
        assert_eq!(number_fixed(decimal("4.975"), 2), "4,98");
        assert_eq!(number_fixed(decimal("94"), 2), "94,00");
        assert_eq!(percent(decimal("12.50")), "12,5%");
    }

    proptest! {
        #[test]
        fn the_short_way_gives_the_same_text(number in any::<i64>(), wide in any::<i64>(), scale in 0_u32..29) {
            let small = Decimal::new(number % 100_000, scale);
            let wide = Decimal::from_i128_with_scale(i128::from(number) * i128::from(wide) / (1 << 32), scale);
            for value in [small, wide, Decimal::new(number, scale), -Decimal::ZERO] {
                prop_assert_eq!(plain(value), value.normalize().to_string());
                prop_assert_eq!(super::number(value), grouped(&value.normalize().to_string()));
            }
        }
    }

    #[test]
    fn small_counts_take_a_zero_in_front() {
        assert_eq!(two_digits(decimal("5")), "05");
        assert_eq!(two_digits(decimal("10")), "10");
        assert_eq!(two_digits(decimal("0")), "00");
        assert_eq!(two_digits(decimal("2.5")), "2,5");
    }
}

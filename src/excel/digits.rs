//! Figures and addresses put straight into the text of a part: a sheet has tens of thousands of them, and the detour over
//! `format!` costs more than the digits.

use rust_decimal::Decimal;
use std::fmt::Write;

/// Figures with more decimals than these are left to the library.
const DECIMALS: u32 = 9;

/// The numbers below a thousand, each in three digits, one behind the other: most figures are one of them.
const THREES: [u8; 3000] = {
    let mut digits = [b'0'; 3000];
    let mut number = 0;
    while number < 1000 {
        digits[number * 3] += (number / 100) as u8;
        digits[number * 3 + 1] += (number / 10 % 10) as u8;
        digits[number * 3 + 2] += (number % 10) as u8;
        number += 1;
    }
    digits
};
static THREE: &str = match std::str::from_utf8(&THREES) {
    Ok(digits) => digits,
    Err(_) => panic!("digits are UTF-8"),
};

/// Appends a whole number.
pub(super) fn push_whole(number: u64, out: &mut String) {
    let at = (number % 1000) as usize * 3;
    let digits = &THREE[at..at + 3];
    if number < 1000 {
        let zeros = usize::from(number < 100) + usize::from(number < 10);
        out.push_str(&digits[zeros..]);
    } else {
        push_whole(number / 1000, out);
        out.push_str(digits);
    }
}

/// Appends so many quarters as a decimal number: `12.75`.
pub(super) fn push_quarters(quarters: u64, out: &mut String) {
    push_whole(quarters / 4, out);
    out.push_str(["", ".25", ".5", ".75"][(quarters % 4) as usize]);
}

/// Appends a figure without zeros at its end, as a cell holds it.
pub(super) fn push_figure(value: Decimal, out: &mut String) {
    let value = value.normalize();
    let scale = value.scale();
    let Some(digits) = u64::try_from(value.mantissa().unsigned_abs()).ok().filter(|_| scale <= DECIMALS) else {
        // writing into a text never fails
        let _ = write!(out, "{value}");
        return;
    };
    if value.is_sign_negative() {
        out.push('-');
    }
    let mut unit = 10_u64.pow(scale);
    push_whole(digits / unit, out);
    if scale > 0 {
        out.push('.');
    }
    let mut rest = digits % unit;
    while unit > 1 {
        unit /= 10;
        out.push(char::from(b'0' + (rest / unit) as u8));
        rest %= unit;
    }
}

/// Appends the letters of a column, counted from zero.
pub(super) fn push_letters(column: u16, out: &mut String) {
    if column >= 26 {
        push_letters(column / 26 - 1, out);
    }
    out.push(char::from(b'A' + (column % 26) as u8));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::CellAddress;

    #[test]
    fn figures_are_the_librarys() {
        for text in ["0", "-0.00", "5", "98.770", "-12.05", "0.001", "1234567.125", "0.0000000001", "-1e20"] {
            let value = Decimal::from_scientific(text).or_else(|_| text.parse()).expect("a figure");
            let mut own = String::new();
            push_figure(value, &mut own);
            assert_eq!(own, value.normalize().to_string(), "{text}");
        }
        for value in [Decimal::MAX, Decimal::MIN, Decimal::from(u64::MAX), Decimal::new(i64::MAX, 9)] {
            let mut own = String::new();
            push_figure(value, &mut own);
            assert_eq!(own, value.normalize().to_string());
        }
    }

    #[test]
    fn whole_numbers_have_no_zeros_before_them() {
        for number in [0, 7, 10, 99, 100, 305, 999, 1000, 1001, 50_060, 1_000_000, 10_020_003, u64::MAX] {
            let mut own = String::new();
            push_whole(number, &mut own);
            assert_eq!(own, number.to_string());
        }
    }

    #[test]
    fn quarters_are_those_of_a_double() {
        for quarters in 0..2000_u32 {
            let mut own = String::new();
            push_quarters(quarters.into(), &mut own);
            assert_eq!(own, (f64::from(quarters) * 0.25).to_string());
        }
    }

    #[test]
    fn letters_are_those_of_addresses() {
        for column in [0, 25, 26, 701, 702, 16_383, u16::MAX] {
            let mut own = String::new();
            push_letters(column, &mut own);
            assert_eq!(own, CellAddress::column_letters(column.into()));
        }
    }
}

//! Figures and addresses put straight into the text of a part: a sheet has tens of thousands of them, and the detour over
//! `format!` costs more than the digits.

use rust_decimal::Decimal;
use std::fmt::Write;

/// Figures with more decimals than these are left to the library.
const DECIMALS: u32 = 9;

/// Appends a whole number.
pub(super) fn push_whole(mut number: u64, out: &mut String) {
    // a number of 64 bits has at most 20 digits
    let mut digits = [b'0'; 20];
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    push_ascii(&digits[start..], out);
}

fn push_ascii(letters: &[u8], out: &mut String) {
    // digits and letters of the alphabet are UTF-8
    out.push_str(std::str::from_utf8(letters).unwrap_or_default());
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
    let mut letters = [b'A'; 4];
    let mut start = letters.len();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        start -= 1;
        letters[start] = b'A' + ((rest - 1) % 26) as u8;
        rest = (rest - 1) / 26;
    }
    push_ascii(&letters[start..], out);
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

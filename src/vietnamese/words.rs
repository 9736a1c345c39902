//! Numbers in words: linh, mốt, lăm, nghìn, tỷ; `bốn` after mười, `tư` after mươi (contract §6).

use rust_decimal::Decimal;

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

/// A whole number in words: 1.015 is `một nghìn không trăm mười lăm`.
pub fn number_words(value: u128) -> String {
    if value == 0 {
        return DIGITS[0].to_string();
    }
    let mut words = Vec::new();
    above_thousands(value, false, &mut words);
    words.join(" ")
}

/// A decimal in words: 98,5 is `chín mươi tám phẩy năm`; decimals after a leading zero are read one by one.
pub fn decimal_words(value: Decimal) -> String {
    let text = value.normalize().to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("âm ", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = number_words(whole.parse().unwrap_or(0));
    if fraction.is_empty() {
        return format!("{sign}{whole}");
    }
    let fraction = if fraction.starts_with('0') || fraction.len() > 3 {
        let digits: Vec<&str> = fraction.bytes().map(|digit| DIGITS[usize::from(digit - b'0')]).collect();
        digits.join(" ")
    } else {
        number_words(fraction.parse().unwrap_or(0))
    };
    format!("{sign}{whole} phẩy {fraction}")
}

/// Groups of nine digits, each followed by `tỷ`; `full` says that hundreds of the first group are read even when zero.
fn above_thousands(value: u128, full: bool, words: &mut Vec<&'static str>) {
    const BILLION: u128 = 1_000_000_000;
    if value >= BILLION {
        above_thousands(value / BILLION, full, words);
        words.push("tỷ");
        if !value.is_multiple_of(BILLION) {
            above_thousands(value % BILLION, true, words);
        }
        return;
    }
    let mut full = full;
    for (unit, word) in [(1_000_000, "triệu"), (1_000, "nghìn"), (1, "")] {
        let group = (value / unit % 1_000) as usize;
        if group > 0 {
            three_digits(group, full, words);
            if !word.is_empty() {
                words.push(word);
            }
            full = true;
        }
    }
}

fn three_digits(value: usize, full: bool, words: &mut Vec<&'static str>) {
    let (hundreds, tens, ones) = (value / 100, value / 10 % 10, value % 10);
    if hundreds > 0 || full {
        words.extend([DIGITS[hundreds], "trăm"]);
    }
    match tens {
        0 if ones > 0 && (hundreds > 0 || full) => words.push("linh"),
        0 => {}
        1 => words.push("mười"),
        _ => words.extend([DIGITS[tens], "mươi"]),
    }
    match (tens, ones) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (2.., 4) => words.push("tư"),
        (1.., 5) => words.push("lăm"),
        _ => words.push(DIGITS[ones]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_in_the_north() {
        for (value, words) in [
            (0, "không"),
            (10, "mười"),
            (14, "mười bốn"),
            (15, "mười lăm"),
            (21, "hai mươi mốt"),
            (24, "hai mươi tư"),
            (101, "một trăm linh một"),
            (2001, "hai nghìn không trăm linh một"),
            (145_000, "một trăm bốn mươi lăm nghìn"),
            (424_830, "bốn trăm hai mươi tư nghìn tám trăm ba mươi"),
            (1_000_000_001, "một tỷ không trăm linh một"),
            (2_000_000_000_000_000_000, "hai tỷ tỷ"),
        ] {
            assert_eq!(number_words(value), words, "{value}");
        }
    }

    #[test]
    fn a_mark_is_read_with_its_decimals() {
        for (value, words) in [
            ("98.5", "chín mươi tám phẩy năm"),
            ("96.25", "chín mươi sáu phẩy hai mươi lăm"),
            ("4.05", "bốn phẩy không năm"),
            ("-2", "âm hai"),
        ] {
            assert_eq!(decimal_words(value.parse().expect("a number in the test itself")), words);
        }
    }
}

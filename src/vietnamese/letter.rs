//! Numbering by letters of the Vietnamese alphabet and by Roman figures.

/// Order of points in an administrative paper: no f, j, w, z, and đ after d (NĐ 30/2020, Phụ lục I).
const LETTERS: [&str; 23] =
    ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "x", "y"];

/// The letter of a point counted from one: 1 is `a`, 5 is `đ`; after `y` they double (`aa`).
pub fn letter(number: u32) -> String {
    let Some(index) = number.checked_sub(1).map(|index| index as usize) else { return String::new() };
    LETTERS[index % LETTERS.len()].repeat((index / LETTERS.len()).min(8) + 1)
}

/// The letter of a count as Word goes on with Latin ones: 1 is `a`, 26 is `z`, 27 is `aa`. Plain figures for zero and
/// beyond thirty turns of the alphabet, where Word stops too.
pub fn latin_letter(number: u32) -> String {
    if !(1..=780).contains(&number) {
        return number.to_string();
    }
    let letter = char::from(b'a' + ((number - 1) % 26) as u8);
    std::iter::repeat_n(letter, ((number - 1) / 26 + 1) as usize).collect()
}

/// Roman figures, capital: 4 is `IV`. Nothing for zero; plain figures from 4,000.
pub fn roman(number: u32) -> String {
    const FIGURES: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number >= 4000 {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, figure) in FIGURES {
        while rest >= value {
            text.push_str(figure);
            rest -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_follow_the_vietnamese_alphabet() {
        let points: Vec<String> = (1..=8).map(letter).collect();
        assert_eq!(points, ["a", "b", "c", "d", "đ", "e", "g", "h"]);
        assert_eq!(letter(24), "aa");
    }

    #[test]
    fn latin_letters_double_after_z() {
        for (number, text) in [(0, "0"), (1, "a"), (26, "z"), (27, "aa"), (53, "aaa"), (781, "781")] {
            assert_eq!(latin_letter(number), text);
        }
    }

    #[test]
    fn roman_figures_count() {
        for (number, text) in [(1, "I"), (4, "IV"), (8, "VIII"), (9, "IX"), (14, "XIV"), (1999, "MCMXCIX")] {
            assert_eq!(roman(number), text);
        }
    }
}

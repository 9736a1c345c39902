//! What a number format of Excel says about the numbers it shows: per cent, fixed decimals, a date, a length of time.

/// How a format shows numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct NumberFormat {
    pub percent: bool,
    /// Decimals that it fixes, where it fixes any.
    pub decimals: Option<u8>,
    pub time: Time,
}

/// Whether a format shows numbers as days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Time {
    #[default]
    None,
    /// A date or a time of the day.
    Date,
    /// Hours, minutes or seconds gone by, `[h]:mm`.
    Elapsed,
}

impl NumberFormat {
    /// The format that a code describes; only its first section counts, the one for positive numbers.
    pub(super) fn of_code(code: &str) -> Self {
        let (mut bare, mut time) = (String::new(), Time::None);
        let mut characters = code.chars();
        while let Some(character) = characters.next() {
            match character {
                // literals: quoted, or the one character behind these
                '"' => {
                    characters.by_ref().find(|next| *next == '"');
                }
                '\\' | '_' | '*' => {
                    characters.next();
                }
                '[' => {
                    let inside: String = characters.by_ref().take_while(|next| *next != ']').collect();
                    let mut letters = inside.chars().map(|letter| letter.to_ascii_lowercase());
                    let first = letters.next();
                    let elapsed = matches!(first, Some('h' | 'm' | 's')) && letters.all(|letter| Some(letter) == first);
                    if elapsed && time == Time::None {
                        time = Time::Elapsed;
                    }
                }
                ';' => break,
                'd' | 'm' | 'y' | 'h' | 's' | 'D' | 'M' | 'Y' | 'H' | 'S' if time == Time::None => time = Time::Date,
                other => bare.push(other),
            }
        }
        let zeros = |(_, behind): (&str, &str)| behind.bytes().take_while(|byte| *byte == b'0').count().min(255) as u8;
        let decimals = bare.split_once('.').map(zeros).filter(|decimals| *decimals > 0);
        NumberFormat { percent: bare.contains('%'), decimals, time }
    }

    /// The format of a number that Excel knows without a code (ECMA-376 part 1, 18.8.30); those of East Asia are dates
    /// and times of the day.
    pub(super) fn built_in(number: u32) -> Self {
        Self::of_code(match number {
            1 => "0",
            2 => "0.00",
            3 | 37 | 38 => "#,##0",
            4 | 39 | 40 | 43 | 44 => "#,##0.00",
            9 => "0%",
            10 => "0.00%",
            11 => "0.00E+00",
            48 => "##0.0E+0",
            14..=17 | 27..=36 | 50..=58 => "dd-mm-yy",
            18..=22 | 45 | 47 => "h:mm",
            46 => "[h]:mm:ss",
            _ => "General",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_tells_how_a_number_is_shown() {
        for (code, percent, decimals, time) in [
            ("General", false, None, Time::None),
            ("0.00%", true, Some(2), Time::None),
            ("#,##0.0 \"%\"", false, Some(1), Time::None),
            ("0\\%", false, None, Time::None),
            ("dd/mm/yyyy", false, None, Time::Date),
            ("[$-42A]d\\ mmmm\\ yyyy", false, None, Time::Date),
            ("[h]:mm:ss", false, None, Time::Elapsed),
            ("[ss].00", false, Some(2), Time::Elapsed),
            ("[Red]0;[h]", false, None, Time::None),
            ("h:mm AM/PM", false, None, Time::Date),
            ("0.0;yyyy", false, Some(1), Time::None),
            ("#,##0*y", false, None, Time::None),
            ("\"ngày\" 0", false, None, Time::None),
            ("0.0_d", false, Some(1), Time::None),
        ] {
            assert_eq!(NumberFormat::of_code(code), NumberFormat { percent, decimals, time }, "{code}");
        }
        assert_eq!(NumberFormat::built_in(10).decimals, Some(2));
        assert_eq!(NumberFormat::built_in(14).time, Time::Date);
        assert_eq!(NumberFormat::built_in(999), NumberFormat::of_code("General"));
    }
}

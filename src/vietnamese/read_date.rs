//! Dates and years as people type them: `05/3/2024`, `5-3-2024`, `15.12.2024`, `ngày 05 tháng 3 năm 2024`.

use chrono::NaiveDate;

/// Reads one date; day before month before year, or year first (`2024-03-05`). A year of two digits is of this century.
pub fn read_date(text: &str) -> Option<NaiveDate> {
    let numbers = numbers_of(text);
    let [first, second, third] = numbers.as_slice() else { return None };
    if !only_date_words(text) {
        return None;
    }
    let (day, month, year) = if first.len() == 4 { (third, second, first) } else { (first, second, third) };
    if day.len() > 2 || month.len() > 2 || !matches!(year.len(), 2 | 4) {
        return None;
    }
    let number = |digits: &str| digits.parse::<u32>().ok();
    let year = number(year)? + if year.len() == 2 { 2000 } else { 0 };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, number(month)?, number(day)?)
}

/// The one year a text names (`Năm 2024`, `2024`); none where it names several different ones.
pub fn read_year(text: &str) -> Option<i32> {
    let mut years = numbers_of(text).into_iter().filter(|digits| digits.len() == 4);
    let year = years.next()?.parse().ok().filter(|year| (1900..=2199).contains(year))?;
    years.all(|other| other.parse() == Ok(year)).then_some(year)
}

/// First and last year of a term: `2017-2022`, `nhiệm kỳ 2023 – 2028`.
pub fn read_years(text: &str) -> Option<(i32, i32)> {
    let numbers = numbers_of(text);
    let [first, last] = numbers.as_slice() else { return None };
    let year = |digits: &str| digits.parse::<i32>().ok().filter(|year| (1900..=2199).contains(year));
    let (first, last) = (year(first)?, year(last)?);
    (first <= last).then_some((first, last))
}

fn numbers_of(text: &str) -> Vec<&str> {
    text.split(|character: char| !character.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect()
}

/// Nothing but digits, separators and the words day, month, year; a time of day at midnight is let through.
fn only_date_words(text: &str) -> bool {
    super::fold_words(text).split(' ').all(|word| {
        matches!(word, "ngai" | "thang" | "nam" | "mung" | "mong") || word.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_are_read_day_first() {
        let march = NaiveDate::from_ymd_opt(2024, 3, 5);
        for text in
            ["05/3/2024", "5-3-2024", "5.3.2024", "ngày 05 tháng 3 năm 2024", "Ngày 5/3/2024", "2024-03-05", "5/3/24"]
        {
            assert_eq!(read_date(text), march, "{text}");
        }
        for text in ["", "31/02/2024", "2024", "tháng 3 năm 2024", "5 xã, 3 phường, 2024 người", "1/2/3/4"] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }

    #[test]
    fn years_are_found_in_their_words() {
        assert_eq!(read_year("Năm 2024"), Some(2024));
        assert_eq!(read_year("2023 - 2024"), None);
        assert_eq!(read_year("24"), None);
        assert_eq!(read_years("Nhiệm kỳ 2017 - 2022"), Some((2017, 2022)));
        assert_eq!(read_years("2022-2017"), None);
    }

    proptest! {
        #[test]
        fn a_printed_date_is_read_back(days in 0_i32..60_000) {
            let date = NaiveDate::from_num_days_from_ce_opt(712_000 + days).expect("a date of our times");
            prop_assert_eq!(read_date(&super::super::short_date(date)), Some(date));
            prop_assert_eq!(read_date(&super::super::long_date(date)), Some(date));
        }

        #[test]
        fn no_text_stops_the_reader(text in ".{0,40}", digits in "[0-9/ .-]{0,30}") {
            for text in [text, digits] {
                let _ = (read_date(&text), read_year(&text), read_years(&text));
            }
        }
    }
}

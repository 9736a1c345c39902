//! Dates in administrative papers (NĐ 30/2020, Phụ lục I: day below 10 and months 1, 2 with a leading zero).

use chrono::{Datelike, NaiveDate};

/// `05/3/2024`.
pub fn short_date(date: NaiveDate) -> String {
    format!("{}/{}/{}", day(date), month(date), date.year())
}

/// `ngày 05 tháng 3 năm 2024`.
pub fn long_date(date: NaiveDate) -> String {
    format!("ngày {} tháng {} năm {}", day(date), month(date), date.year())
}

/// The same with room to fill in day and month by hand, where the date is not set yet. The spaces do not break.
pub fn long_date_blank(year: i32) -> String {
    let room = "\u{a0}".repeat(6);
    format!("ngày{room}tháng{room}năm {year}")
}

fn day(date: NaiveDate) -> String {
    format!("{:02}", date.day())
}

fn month(date: NaiveDate) -> String {
    if date.month() < 3 { format!("{:02}", date.month()) } else { date.month().to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_small_days_and_the_first_two_months_take_a_zero() {
        for (year, month, day, text) in [
            (2024, 3, 5, "ngày 05 tháng 3 năm 2024"),
            (2024, 1, 8, "ngày 08 tháng 01 năm 2024"),
            (2024, 6, 29, "ngày 29 tháng 6 năm 2024"),
            (2024, 12, 12, "ngày 12 tháng 12 năm 2024"),
        ] {
            let date = NaiveDate::from_ymd_opt(year, month, day).expect("a date in the test itself");
            assert_eq!(long_date(date), text);
        }
        assert_eq!(short_date(NaiveDate::from_ymd_opt(2024, 3, 5).expect("a date")), "05/3/2024");
    }
}

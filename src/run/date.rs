//! The date of papers: never that of the clock.

use chrono::NaiveDate;

use crate::dossier::Dossier;

/// The date that papers and files carry: the dossier's, else SOURCE_DATE_EPOCH's, else the last day of its year; never
/// the clock's (contract §4). The first day of 1970 where not even the year is known.
pub(super) fn paper_date(dossier: &Dossier) -> NaiveDate {
    let from_environment = || {
        let seconds: i64 = std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()?;
        Some(chrono::DateTime::from_timestamp(seconds, 0)?.date_naive())
    };
    let information = &dossier.information;
    let last_day = || NaiveDate::from_ymd_opt(information.year, 12, 31);
    information.document_date.or_else(from_environment).or_else(last_day).unwrap_or_default()
}

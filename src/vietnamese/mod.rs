//! The Vietnamese language as a computer meets it: folding for matching, numbers, dates, number words, order, letters.
//!
//! Pure functions over text and numbers; `figure` says how figures and dates travel into templates. Knows nothing of
//! dossiers or files and uses no other room.

mod abbreviation;
mod collation;
mod compound;
mod date;
pub mod figure;
mod fold;
mod legacy;
mod letter;
mod likeness;
mod measure;
mod number;
mod plain;
mod read_answer;
mod read_date;
mod read_number;
mod repair;
mod syllable;
mod words;

pub use collation::sort_key;
pub use compound::{longest_line, whole_words};
pub use date::{long_date, long_date_blank, short_date};
pub use fold::{compose, fold, fold_words, one_of, same, snake_case};
pub use legacy::LegacyEncoding;
pub use letter::{latin_letter, letter, roman};
pub use likeness::{Likely, likeness};
pub use measure::{Measures, compare_measures, is_ditto_mark, is_percent};
pub use number::{number, number_fixed, percent, plain, two_digits};
pub use read_answer::read_answer;
pub use read_date::{read_date, read_year, read_years};
pub use read_number::{NotANumber, WrittenNumber, read_number};
pub use repair::{Damage, Evidence, clean, evidence, guess, is_sound, reads_as_vietnamese};
pub use words::{decimal_words, number_words};

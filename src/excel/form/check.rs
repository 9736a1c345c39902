//! What a cell of the form takes, and what the user is told when something else is typed.

use rust_decimal::Decimal;
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime};

use super::super::WorkbookError;
use super::super::layout::{Layout, Table};
use super::super::pen::nearest;
use crate::dossier::{Aggregation, Criterion, GroupKind, Rule};
use crate::vietnamese;

/// What is to be typed into a cell.
pub(super) enum Entry<'a> {
    /// One of two words: the line is met, or not.
    Met,
    /// One of two words: it happened, or not.
    Happened,
    Figure {
        measure: &'a str,
        percent: bool,
        /// A figure below zero is taken after asking: reported values and those of steps may be.
        may_be_negative: bool,
    },
    SelfMark {
        max: Option<Decimal>,
        group: GroupKind,
    },
}

impl<'a> Entry<'a> {
    pub(super) fn result(criterion: &'a Criterion) -> Self {
        let counted_answers = criterion.rule == Rule::Information && criterion.aggregation == Aggregation::CountMet;
        match criterion.rule {
            Rule::Disqualify | Rule::LowerGrade => Entry::Happened,
            Rule::PassFail => Entry::Met,
            _ if counted_answers => Entry::Met,
            _ => Entry::figure(criterion),
        }
    }

    pub(super) fn figure(criterion: &'a Criterion) -> Self {
        let may_be_negative = matches!(criterion.rule, Rule::Information | Rule::Steps(_));
        Entry::Figure { measure: &criterion.measure, percent: criterion.is_percent(), may_be_negative }
    }

    pub(super) fn is_answer(&self) -> bool {
        matches!(self, Entry::Met | Entry::Happened)
    }
}

/// Writes the checks, in the words of the layout.
pub(super) struct Checks<'a> {
    words: &'a Table,
    answers: &'a Table,
    year: i32,
}

impl<'a> Checks<'a> {
    pub(super) fn new(layout: &'a Layout, year: i32) -> Result<Self, WorkbookError> {
        Ok(Checks { words: layout.table("nhac")?, answers: layout.table("bieu")?, year })
    }

    pub(super) fn of(&self, entry: &Entry) -> Result<DataValidation, WorkbookError> {
        match entry {
            Entry::Met => self.answer("dat"),
            Entry::Happened => self.answer("co"),
            Entry::Figure { measure, percent, may_be_negative } => self.figure(measure, *percent, *may_be_negative),
            Entry::SelfMark { max, group } => self.self_mark(*max, *group),
        }
    }

    /// A day of the dossier's year or of the next, in which reports are still handed in.
    pub(super) fn date(&self) -> Result<DataValidation, WorkbookError> {
        let year = u16::try_from(self.year).ok().filter(|year| (1900..9998).contains(year)).unwrap_or(1900);
        let last = if year == 1900 { 9998 } else { year + 1 };
        let days = (ExcelDateTime::from_ymd(year, 1, 1)?, ExcelDateTime::from_ymd(last, 12, 31)?);
        let check = DataValidation::new().allow_date(DataValidationRule::Between(days.0, days.1));
        let words = self.words.sentence("ngay", &[("nam", &self.year.to_string())])?;
        self.refusing(check.set_input_message(words.as_str())?, &words)
    }

    /// One of the items of the second sheet.
    pub(super) fn item(&self, items: &[String]) -> Result<DataValidation, WorkbookError> {
        self.refusing(DataValidation::new().allow_list_strings(items)?, self.words.word("muc")?)
    }

    fn answer(&self, yes: &str) -> Result<DataValidation, WorkbookError> {
        let (yes, no) = (self.answers.word(yes)?, self.answers.word("khong")?);
        let words = self.words.sentence("chon", &[("co", yes), ("khong", no)])?;
        self.refusing(DataValidation::new().allow_list_strings(&[yes, no])?, &words)
    }

    fn figure(&self, measure: &str, percent: bool, may_be_negative: bool) -> Result<DataValidation, WorkbookError> {
        let mut check = DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0));
        if percent {
            check = check.set_input_message(self.words.word("phan_tram")?)?;
        }
        let words = self.words.sentence(if may_be_negative { "so_bat_ky" } else { "so" }, &[("dvt", measure)])?;
        let check = self.refusing(check, &words)?;
        Ok(if may_be_negative { check.set_error_style(DataValidationErrorStyle::Warning) } else { check })
    }

    fn self_mark(&self, max: Option<Decimal>, group: GroupKind) -> Result<DataValidation, WorkbookError> {
        let (rule, words) = match max {
            Some(max) => {
                let words = self.words.sentence("diem", &[("toi_da", &vietnamese::number(max))])?;
                (DataValidationRule::Between(0.0, nearest(max)), words)
            }
            None => (DataValidationRule::GreaterThanOrEqualTo(0.0), self.words.word("diem_khong_tran")?.to_string()),
        };
        let mut check = DataValidation::new().allow_decimal_number(rule);
        if group == GroupKind::Deduction {
            check = check.set_input_message(self.words.word("diem_tru")?)?;
        }
        self.refusing(check, &words)
    }

    /// The check with what is said when it fails. Excel takes 255 characters.
    fn refusing(&self, check: DataValidation, words: &str) -> Result<DataValidation, WorkbookError> {
        let words: String = words.chars().take(225).collect();
        Ok(check.set_error_title(self.words.word("sai")?)?.set_error_message(words)?)
    }
}

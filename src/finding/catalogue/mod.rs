//! The catalogue of finding codes: for each a grade, a title, what it means, an example and how to mend it.
//!
//! One file for each room that speaks; `explain` prints an entry. A code, once given, keeps its meaning.

pub mod dossier;
pub mod intake;
pub mod output;
pub mod reading;
pub mod remarks;
pub mod scoring;
pub mod sheet;
pub mod template;

use super::Severity;

/// A kind of finding (mã phát hiện) with its explanation.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// What users type after `thidua explain`, such as `HS02`.
    pub id: &'static str,
    pub severity: Severity,
    pub title: &'static str,
    /// What it means and why it matters, two or three sentences.
    pub meaning: &'static str,
    /// A short example with file, sheet and cell.
    pub example: &'static str,
    /// The one thing to do; also the default hint of a finding.
    pub mend: &'static str,
}

/// Every code, in the order of the data's way.
pub fn all() -> impl Iterator<Item = &'static Code> {
    [
        dossier::CODES,
        sheet::CODES,
        intake::CODES,
        scoring::CODES,
        template::CODES,
        reading::CODES,
        output::CODES,
        remarks::CODES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// Looks a code up, whatever its case.
pub fn find(id: &str) -> Option<&'static Code> {
    all().find(|code| code.id.eq_ignore_ascii_case(id.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_is_given_once_and_explained() {
        let mut seen = BTreeSet::new();
        for code in all() {
            assert!(seen.insert(code.id), "{} is given twice", code.id);
            for text in [code.title, code.meaning, code.example, code.mend] {
                assert!(text.chars().count() > 8, "{}: “{text}” explains nothing", code.id);
            }
        }
    }
}

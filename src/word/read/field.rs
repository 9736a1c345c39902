//! Fields: which of them the PDF counts itself, and how far an open one has come.

use super::contents::Levels;
use crate::word::document::{Field, RunStyle};

/// What an instruction such as ` PAGEREF _Toc12 \h ` asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instruction {
    /// The PDF counts it itself.
    Counted(Field),
    /// A table of contents, which the PDF makes itself from the headings.
    Contents(Levels),
    /// Never shows anything: marks for indexes and the like.
    Silent,
    /// Shows what the file holds; the name of the field.
    Kept(String),
}

impl Instruction {
    pub fn read(text: &str) -> Instruction {
        let mut words = text.split_whitespace();
        let name = words.next().unwrap_or("").to_uppercase();
        match name.as_str() {
            "PAGE" => Instruction::Counted(Field::PageNumber),
            "NUMPAGES" => Instruction::Counted(Field::PageCount),
            "SECTIONPAGES" => Instruction::Counted(Field::SectionPageCount),
            "PAGEREF" => match words.next() {
                Some(bookmark) => {
                    Instruction::Counted(Field::PageOf(bookmark.trim_matches('"').to_string(), String::new()))
                }
                None => Instruction::Kept(name),
            },
            "TOC" => match Levels::read(text.trim_start().get(3..).unwrap_or("")) {
                Some(levels) => Instruction::Contents(levels),
                None => Instruction::Kept(name),
            },
            "XE" | "TC" | "TA" | "RD" | "SET" | "PRIVATE" | "BOOKMARK" | "ASK" | "" => Instruction::Silent,
            _ => Instruction::Kept(name),
        }
    }
}

/// The form that an instruction asks for (`\\* ROMAN`) where it is not plain figures.
pub fn unusual_form(text: &str) -> Option<&str> {
    let mut words = text.split_whitespace();
    words.by_ref().find(|word| *word == "\\*")?;
    words
        .next()
        .filter(|form| !["MERGEFORMAT", "CHARFORMAT", "ARABIC"].iter().any(|own| own.eq_ignore_ascii_case(form)))
}

/// A field between its begin and its end.
#[derive(Clone, Debug, Default)]
pub struct OpenField {
    pub instruction: String,
    /// Known once the separator has come.
    pub meaning: Option<Instruction>,
    /// What the file holds for it, as text.
    pub cached: String,
    /// Look of the result's first letters.
    pub style: Option<RunStyle>,
    /// Something of its result has been shown.
    pub shown: bool,
}

impl OpenField {
    /// Whether what comes inside is not to be shown: an instruction, or a result that the PDF makes itself.
    pub fn swallows(&self) -> bool {
        !matches!(self.meaning, Some(Instruction::Kept(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_counted_and_other_fields_keep_their_text() {
        for (text, expected) in [
            (" PAGE   \\* MERGEFORMAT ", Instruction::Counted(Field::PageNumber)),
            ("numpages", Instruction::Counted(Field::PageCount)),
            (" PAGEREF \"_Toc1\" \\h", Instruction::Counted(Field::PageOf("_Toc1".into(), String::new()))),
            ("TOC \\o \"1-2\"", Instruction::Contents(Levels { first: 1, last: 2 })),
            ("TOC \\c \"Bảng\"", Instruction::Kept("TOC".into())),
            (" XE \"công đoàn\" ", Instruction::Silent),
            ("", Instruction::Silent),
        ] {
            assert_eq!(Instruction::read(text), expected, "{text}");
        }
    }
}

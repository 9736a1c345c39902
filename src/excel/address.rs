//! Addresses of cells as formulas write them: `'Số liệu'!F12`, `'Xếp hạng'!$K$6:$K$13`.

use std::fmt::Write;

use crate::finding::CellAddress;

/// A cell of a sheet, row and column counted from zero.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'a> {
    pub(super) sheet: &'a str,
    pub(super) row: u32,
    pub(super) column: u16,
}

impl<'a> Spot<'a> {
    pub(super) fn new(sheet: &'a str, row: u32, column: u16) -> Self {
        Spot { sheet, row, column }
    }

    /// This cell and those below it down to `last`, as a range that does not move.
    pub(super) fn down_to(self, last: u32) -> String {
        let letters = CellAddress::column_letters(self.column.into());
        format!("{}${letters}${}:${letters}${}", sheet_prefix(self.sheet), self.row + 1, last + 1)
    }
}

impl std::fmt::Display for Spot<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_char('\'')?;
        match self.sheet.contains('\'') {
            true => f.write_str(&self.sheet.replace('\'', "''"))?,
            false => f.write_str(self.sheet)?,
        }
        f.write_str("'!")?;
        match u8::try_from(self.column) {
            Ok(column @ 0..26) => f.write_char(char::from(b'A' + column))?,
            _ => f.write_str(&CellAddress::column_letters(self.column.into()))?,
        }
        (self.row + 1).fmt(f)
    }
}

/// What stands before a cell of another sheet.
pub(super) fn sheet_prefix(sheet: &str) -> String {
    format!("'{}'!", sheet.replace('\'', "''"))
}

/// A text as a formula writes it. Excel takes at most 255 characters in one literal.
pub(super) fn literal(text: &str) -> String {
    let short: String = text.chars().take(255).collect();
    format!("\"{}\"", short.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stand_as_excel_writes_them() {
        let spot = Spot::new("Số liệu", 11, 5);
        assert_eq!(spot.to_string(), "'Số liệu'!F12");
        assert_eq!(spot.down_to(19), "'Số liệu'!$F$12:$F$20");
        assert_eq!(Spot::new("Cụm '5'", 0, 0).to_string(), "'Cụm ''5'''!A1");
        assert_eq!(literal("thi đua “Lao động giỏi” \"x\""), "\"thi đua “Lao động giỏi” \"\"x\"\"\"");
    }
}

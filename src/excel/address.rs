//! Addresses of cells as formulas write them: `'Số liệu'!F12`, `'Xếp hạng'!$K$6:$K$13`.

use super::digits::{push_letters, push_whole};

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
        let mut range = String::with_capacity(self.sheet.len() + 32);
        push_prefix(self.sheet, &mut range);
        for (before, row) in [("$", self.row), (":$", last)] {
            range.push_str(before);
            push_letters(self.column, &mut range);
            range.push('$');
            push_whole(u64::from(row) + 1, &mut range);
        }
        range
    }

    /// The address. Formulas hold so many that `to_string` would be felt.
    pub(super) fn text(self) -> String {
        let mut text = String::with_capacity(self.sheet.len() + 16);
        push_prefix(self.sheet, &mut text);
        push_letters(self.column, &mut text);
        push_whole(u64::from(self.row) + 1, &mut text);
        text
    }
}

impl std::fmt::Display for Spot<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text())
    }
}

/// What stands before a cell of another sheet.
pub(super) fn sheet_prefix(sheet: &str) -> String {
    let mut prefix = String::with_capacity(sheet.len() + 3);
    push_prefix(sheet, &mut prefix);
    prefix
}

fn push_prefix(sheet: &str, out: &mut String) {
    out.push('\'');
    if sheet.contains('\'') {
        out.push_str(&sheet.replace('\'', "''"));
    } else {
        out.push_str(sheet);
    }
    out.push_str("'!");
}

/// A text as a formula writes it. Excel takes at most 255 characters in one literal.
pub(super) fn literal(text: &str) -> String {
    let end = text.char_indices().nth(255).map_or(text.len(), |(end, _)| end);
    let mut literal = String::with_capacity(end + 2);
    for (at, part) in text[..end].split('"').enumerate() {
        literal.push_str(if at == 0 { "\"" } else { "\"\"" });
        literal.push_str(part);
    }
    literal.push('"');
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stand_as_excel_writes_them() {
        let spot = Spot::new("Số liệu", 11, 5);
        assert_eq!(spot.to_string(), "'Số liệu'!F12");
        assert_eq!(spot.text(), "'Số liệu'!F12");
        assert_eq!(spot.down_to(19), "'Số liệu'!$F$12:$F$20");
        assert_eq!(Spot::new("Cụm '5'", 0, 0).to_string(), "'Cụm ''5'''!A1");
        assert_eq!(literal("thi đua “Lao động giỏi” \"x\""), "\"thi đua “Lao động giỏi” \"\"x\"\"\"");
    }
}

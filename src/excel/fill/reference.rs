//! References in formulas: reading `'Số liệu'!$F$12:F20` and writing it back.
//!
//! Cells, ranges, whole columns and whole rows, each end fixed (`$`) or relative, with the sheet they are on. What is no such
//! reference (texts, functions, names, parts of tables, other files, several sheets at once) stays as written.

use crate::finding::CellAddress;

/// Rows of a sheet.
pub(super) const MOST_ROWS: u32 = 1_048_576;
/// Columns of a sheet.
pub(super) const MOST_COLUMNS: u32 = 16_384;
/// What stands where a cell was that is no more.
pub(super) const LOST: &str = "#REF!";

/// A row or a column, counted from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Coordinate {
    pub(super) at: u32,
    /// Written with `$`.
    pub(super) fixed: bool,
}

/// One end of a range on one axis, or both where it is a single row or column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) first: Coordinate,
    pub(super) last: Coordinate,
}

/// A cell, a range, whole columns or whole rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    /// None for whole columns.
    pub(super) rows: Option<Stretch>,
    /// None for whole rows.
    pub(super) columns: Option<Stretch>,
    /// Written with a colon, even where both ends are one cell.
    pub(super) range: bool,
}

/// A piece of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    Reference {
        /// The sheet's name, without quotes; none for the formula's own sheet.
        sheet: Option<String>,
        area: Area,
    },
}

impl Area {
    /// The area of one cell, relative.
    pub(super) fn cell(row: u32, column: u32) -> Area {
        Area::of((row, row), (column, column))
    }

    /// A relative area by its first and last row and column.
    pub(super) fn of(rows: (u32, u32), columns: (u32, u32)) -> Area {
        let free = |at| Coordinate { at, fixed: false };
        Area {
            rows: Some(Stretch { first: free(rows.0), last: free(rows.1) }),
            columns: Some(Stretch { first: free(columns.0), last: free(columns.1) }),
            range: rows.0 != rows.1 || columns.0 != columns.1,
        }
    }

    /// Reads an area without a sheet, such as `A4:F12` of a merged cell.
    pub(super) fn read(text: &str) -> Option<Area> {
        let mut scanner = Scanner { text, at: 0 };
        let area = scanner.area()?;
        (scanner.at == text.len()).then_some(area)
    }

    /// First and last row; all of them for whole columns.
    pub(super) fn row_span(&self) -> (u32, u32) {
        self.rows.map_or((0, MOST_ROWS - 1), |rows| (rows.first.at, rows.last.at))
    }

    /// First and last column; all of them for whole rows.
    pub(super) fn column_span(&self) -> (u32, u32) {
        self.columns.map_or((0, MOST_COLUMNS - 1), |columns| (columns.first.at, columns.last.at))
    }

    /// The same area moved; none where it would leave the sheet. Fixed ends stay.
    pub(super) fn moved(&self, rows: i64, columns: i64) -> Option<Area> {
        let shift = |stretch: Stretch, by: i64, most: u32| {
            let one = |end: Coordinate| {
                let at = if end.fixed { i64::from(end.at) } else { i64::from(end.at) + by };
                let at = u32::try_from(at).ok().filter(|at| *at < most)?;
                Some(Coordinate { at, ..end })
            };
            Some(Stretch { first: one(stretch.first)?, last: one(stretch.last)? })
        };
        let rows = match self.rows {
            Some(stretch) => Some(shift(stretch, rows, MOST_ROWS)?),
            None => None,
        };
        let columns = match self.columns {
            Some(stretch) => Some(shift(stretch, columns, MOST_COLUMNS)?),
            None => None,
        };
        Some(Area { rows, columns, ..*self })
    }
}

impl std::fmt::Display for Area {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let end = |last: bool| {
            let pick = |stretch: Stretch| if last { stretch.last } else { stretch.first };
            let mut text = String::new();
            if let Some(column) = self.columns.map(pick) {
                text.push_str(if column.fixed { "$" } else { "" });
                text.push_str(&CellAddress::column_letters(column.at));
            }
            if let Some(row) = self.rows.map(pick) {
                text.push_str(if row.fixed { "$" } else { "" });
                text.push_str(&(row.at + 1).to_string());
            }
            text
        };
        if self.range { write!(f, "{}:{}", end(false), end(true)) } else { f.write_str(&end(false)) }
    }
}

/// A sheet's name as it stands before a reference, `!` included; in quotes unless it is plain letters and figures.
pub(super) fn sheet_prefix(name: &str) -> String {
    let plain = name.chars().all(|character| character.is_ascii_alphabetic() || character == '_') && name.len() > 3;
    if plain { format!("{name}!") } else { format!("'{}'!", name.replace('\'', "''")) }
}

/// Takes a formula apart.
pub(super) fn pieces(formula: &str) -> Vec<Piece<'_>> {
    let mut scanner = Scanner { text: formula, at: 0 };
    let mut found = Vec::new();
    let mut from = 0;
    while scanner.at < formula.len() {
        let start = scanner.at;
        if let Some(piece) = scanner.reference() {
            if from < start {
                found.push(Piece::Text(&formula[from..start]));
            }
            found.push(piece);
            from = scanner.at;
        }
    }
    if from < formula.len() {
        found.push(Piece::Text(&formula[from..]));
    }
    found
}

/// Puts a formula together again, each reference as `write` gives it; it is also told what stands before, written already,
/// and the text that follows.
pub(super) fn rewrite(formula: &str, mut write: impl FnMut(Option<&str>, &Area, &str, &str) -> String) -> String {
    let mut text = String::with_capacity(formula.len() + 16);
    let pieces = pieces(formula);
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(own) => text.push_str(own),
            Piece::Reference { sheet, area } => {
                let after = match pieces.get(at + 1) {
                    Some(Piece::Text(own)) => own,
                    _ => "",
                };
                let written = write(sheet.as_deref(), area, &text, after);
                text.push_str(&written);
            }
        }
    }
    text
}

/// A formula as it stands when copied so many rows down and columns to the right.
pub(super) fn copied(formula: &str, rows: i64, columns: i64) -> String {
    rewrite(formula, |sheet, area, _, _| {
        let prefix = sheet.map(sheet_prefix).unwrap_or_default();
        match area.moved(rows, columns) {
            Some(area) => format!("{prefix}{area}"),
            None => LOST.to_string(),
        }
    })
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '.' | '\\' | '?' | '$')
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Reads a reference where one stands, or goes on over what is none.
    fn reference(&mut self) -> Option<Piece<'a>> {
        match self.peek()? {
            '"' => self.quoted('"'),
            '[' => self.brackets(),
            '\'' => {
                let start = self.at;
                self.quoted('\'');
                let inside = &self.text[start + 1..self.at];
                let name = inside.strip_suffix('\'').unwrap_or(inside).replace("''", "'");
                return self.after_sheet(name);
            }
            '#' => {
                // an error such as #REF! or #N/A: its letters are no reference
                self.at += 1;
                self.skip(|character| is_word(character) || character == '/');
                if self.peek() == Some('!') {
                    self.at += 1;
                }
            }
            character if is_word(character) => return self.word(),
            character => self.at += character.len_utf8(),
        }
        None
    }

    /// A word: a sheet's name, a function, a name, a number, or a reference.
    fn word(&mut self) -> Option<Piece<'a>> {
        let start = self.at;
        if let Some(area) = self.area() {
            return Some(Piece::Reference { sheet: None, area });
        }
        self.at = start;
        self.skip(is_word);
        match self.peek() {
            Some('!') => {
                let name = self.text[start..self.at].to_string();
                self.after_sheet(name)
            }
            // several sheets at once: what they point to stays
            Some(':') if self.several_sheets() => None,
            _ => None,
        }
    }

    /// Goes over `:Tháng3!A1` after the name of a first sheet.
    fn several_sheets(&mut self) -> bool {
        let start = self.at;
        self.at += 1;
        self.skip(is_word);
        if self.peek() == Some('!') {
            self.at += 1;
            let _ = self.area();
            return true;
        }
        self.at = start;
        false
    }

    /// The reference after a sheet's name; one into another file or to a name stays as written.
    fn after_sheet(&mut self, name: String) -> Option<Piece<'a>> {
        if self.peek() != Some('!') {
            return None;
        }
        self.at += 1;
        let other = name.contains('[') || name.contains(']') || name.contains(':');
        let start = self.at;
        let Some(area) = self.area() else {
            self.at = start;
            return None;
        };
        (!other).then_some(Piece::Reference { sheet: Some(name), area })
    }

    fn skip(&mut self, over: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|character| !over(character)).unwrap_or(rest.len());
    }

    /// Goes over a text in quotes; doubled quotes inside belong to it.
    fn quoted(&mut self, quote: char) {
        self.at += 1;
        while let Some(character) = self.peek() {
            self.at += character.len_utf8();
            if character == quote {
                if self.peek() != Some(quote) {
                    return;
                }
                self.at += 1;
            }
        }
    }

    /// Goes over `[…]` of a table or of another file, brackets inside brackets included; and over what it refers to there.
    fn brackets(&mut self) {
        let mut depth = 0_usize;
        while let Some(character) = self.peek() {
            self.at += character.len_utf8();
            match character {
                '\'' => self.at += self.peek().map_or(0, char::len_utf8),
                '[' => depth += 1,
                ']' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                _ => {}
            }
        }
        let end = self.at;
        self.skip(is_word);
        if self.peek() == Some('!') {
            self.at += 1;
            if self.area().is_none() {
                self.skip(is_word);
            }
        } else {
            self.at = end;
        }
    }

    /// A cell, range, columns or rows that ends at the end of a word.
    fn area(&mut self) -> Option<Area> {
        let (row, column) = self.corner()?;
        let after_first = self.at;
        if self.peek() == Some(':') {
            self.at += 1;
            if let Some((last_row, last_column)) = self.corner()
                && row.is_some() == last_row.is_some()
                && column.is_some() == last_column.is_some()
            {
                return Some(Area { rows: ordered(row, last_row), columns: ordered(column, last_column), range: true });
            }
            self.at = after_first;
        }
        let (row, column) = (row?, column?);
        Some(Area {
            rows: Some(Stretch { first: row, last: row }),
            columns: Some(Stretch { first: column, last: column }),
            range: false,
        })
    }

    /// One end: `$F$12`, `F`, `$12`. It must be a whole word, and neither a function nor a sheet.
    fn corner(&mut self) -> Option<(Option<Coordinate>, Option<Coordinate>)> {
        let start = self.at;
        let end = self.rest().find(|character| !is_word(character)).map_or(self.text.len(), |at| start + at);
        let word = &self.text[start..end];
        if matches!(self.text[end..].chars().next(), Some('(' | '!' | '[')) {
            return None;
        }
        let (fixed_column, rest) = strip_dollar(word);
        let letters = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let (column, fixed_row, figures) = if letters == 0 {
            (None, fixed_column, rest)
        } else {
            let column = Coordinate { at: column_number(&rest[..letters])?, fixed: fixed_column };
            let (fixed_row, figures) = strip_dollar(&rest[letters..]);
            (Some(column), fixed_row, figures)
        };
        let row = if figures.is_empty() {
            if fixed_row && column.is_some() {
                return None;
            }
            None
        } else {
            if figures.len() > 7 || !figures.bytes().all(|byte| byte.is_ascii_digit()) || figures.starts_with('0') {
                return None;
            }
            let at = figures.parse::<u32>().ok()?.checked_sub(1).filter(|at| *at < MOST_ROWS)?;
            Some(Coordinate { at, fixed: fixed_row })
        };
        if row.is_none() && column.is_none() {
            return None;
        }
        self.at = end;
        Some((row, column))
    }
}

fn strip_dollar(text: &str) -> (bool, &str) {
    text.strip_prefix('$').map_or((false, text), |rest| (true, rest))
}

/// The number of a column, from zero, by its letters.
fn column_number(letters: &str) -> Option<u32> {
    if letters.len() > 3 {
        return None;
    }
    let number = letters.bytes().fold(0, |number, byte| number * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1);
    (number - 1 < MOST_COLUMNS).then_some(number - 1)
}

/// Both ends of an axis, the lesser first.
fn ordered(first: Option<Coordinate>, last: Option<Coordinate>) -> Option<Stretch> {
    let (first, last) = (first?, last?);
    Some(if first.at <= last.at { Stretch { first, last } } else { Stretch { first: last, last: first } })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(formula: &str) -> Vec<String> {
        let reference = |piece| match piece {
            Piece::Reference { sheet, area } => {
                Some(format!("{}{area}", sheet.map(|s| sheet_prefix(&s)).unwrap_or_default()))
            }
            Piece::Text(_) => None,
        };
        pieces(formula).into_iter().filter_map(reference).collect()
    }

    #[test]
    fn references_are_told_from_everything_else() {
        for (formula, references) in [
            ("SUM(D5:D5)", vec!["D5:D5"]),
            ("$A$1+B$2*$C3-d4", vec!["$A$1", "B$2", "$C3", "D4"]),
            ("SUM(A:A)+SUM($2:3)+SUM(C:$E)", vec!["A:A", "$2:3", "C:$E"]),
            ("'Số liệu 2024'!F12+Sheet1!A1", vec!["'Số liệu 2024'!F12", "'Sheet1'!A1"]),
            ("'Cụm ''5'''!A1&\"A1 \"\"B2\"\" C3\"", vec!["'Cụm ''5'''!A1"]),
            ("LOG10(A1)+ATAN2(B1,C1)+XFE1+A1048577+A0", vec!["A1", "B1", "C1"]),
            ("Bang1[[#This Row],[A1]]+Bang1[A1]", vec![]),
            ("[1]Nguồn!A1+'[Khác.xlsx]S'!B2+C3", vec!["C3"]),
            ("IF(A1=1.5,2e3,TRUE)+tong_diem+#REF!+#N/A", vec!["A1"]),
            ("SUM(Tháng1:Tháng3!A1)+B2", vec!["B2"]),
            ("A1:INDEX(B1:B9,2)", vec!["A1", "B1:B9"]),
            ("B9:A1", vec!["A1:B9"]),
            ("_xlfn.XLOOKUP(A1,B:B,C:C)", vec!["A1", "B:B", "C:C"]),
        ] {
            assert_eq!(found(formula), references, "{formula}");
        }
    }

    #[test]
    fn a_copied_formula_moves_what_is_not_fixed() {
        for (formula, rows, columns, expected) in [
            ("D5*$D$5+D$5+$D5", 2, 1, "E7*$D$5+E$5+$D7"),
            ("SUM(D$5:D5)", 3, 0, "SUM(D$5:D8)"),
            ("A1", -1, 0, "#REF!"),
            ("\"A1\"&A1", 1, 0, "\"A1\"&A2"),
            ("SUM(A:A,5:5)", 1, 1, "SUM(B:B,6:6)"),
        ] {
            assert_eq!(copied(formula, rows, columns), expected, "{formula}");
        }
    }

    fn any_area() -> impl Strategy<Value = Area> {
        let end = |most: u32| {
            (0..most - 20_000.min(most - 1), any::<bool>()).prop_map(|(at, fixed)| Coordinate { at, fixed })
        };
        let stretch = move |most: u32| (end(most), end(most)).prop_map(|(a, b)| ordered(Some(a), Some(b)));
        (stretch(MOST_ROWS), stretch(MOST_COLUMNS)).prop_map(|(rows, columns)| Area { rows, columns, range: true })
    }

    proptest! {
        /// What is written can be read again, whatever the area.
        #[test]
        fn an_area_is_read_as_it_was_written(area in any_area()) {
            let written = area.to_string();
            prop_assert_eq!(Area::read(&written), Some(area), "{}", written);
        }

        /// No formula text, however broken, is lost or makes the reader fall over.
        #[test]
        fn a_formula_of_any_text_is_kept_whole(text in "[A-C1-9$:!'\"\\[\\]#(),. ệ]{0,24}") {
            let again = rewrite(&text, |sheet, area, _, _| format!("{}{area}", sheet.map(sheet_prefix).unwrap_or_default()));
            let references = |text: &str| found(text);
            prop_assert_eq!(references(&again), references(&text));
        }
    }
}

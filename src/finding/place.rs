//! Where a finding stands: a cell of a workbook, or a paragraph of a template.

use std::fmt;

/// A cell's address, counted from zero; written as Excel does (`E12`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellAddress {
    pub row: u32,
    pub column: u32,
}

impl CellAddress {
    pub fn new(row: u32, column: u32) -> Self {
        CellAddress { row, column }
    }

    /// Letters of a column counted from zero: 0 is `A`, 26 is `AA`.
    pub fn column_letters(column: u32) -> String {
        let mut letters = String::new();
        // writing into a text never fails
        let _ = write_letters(column, &mut letters);
        letters
    }
}

fn write_letters(column: u32, out: &mut impl fmt::Write) -> fmt::Result {
    if column >= 26 {
        write_letters(column / 26 - 1, out)?;
    }
    out.write_char(char::from(b'A' + (column % 26) as u8))
}

impl std::str::FromStr for CellAddress {
    type Err = ();

    /// Reads `E12` or `$E$12`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim().replace('$', "");
        let figures = text.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
        let letters = text.strip_suffix(figures).filter(|letters| (1..=3).contains(&letters.len())).ok_or(())?;
        let step = |sum: u32, letter: u8| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        let column = letters.bytes().fold(0, step);
        let row: u32 = figures
            .bytes()
            .all(|figure| figure.is_ascii_digit())
            .then_some(figures)
            .ok_or(())?
            .parse()
            .map_err(|_| ())?;
        Ok(CellAddress::new(row.checked_sub(1).ok_or(())?, column - 1))
    }
}

impl fmt::Display for CellAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_letters(self.column, f)?;
        fmt::Display::fmt(&(self.row + 1), f)
    }
}

/// Where something stands (vị trí). Every part may be unknown; the file is a path inside the dossier with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub file: Option<String>,
    /// Sheet of a workbook, or part of a template (`thân văn bản`, `đầu trang`).
    pub sheet: Option<String>,
    pub cell: Option<CellAddress>,
    /// Paragraph of a template, counted from one.
    pub paragraph: Option<usize>,
    /// The tag at fault, as written in the template.
    pub tag: Option<String>,
}

impl Place {
    pub fn file(file: impl Into<String>) -> Self {
        Place { file: Some(file.into()), ..Place::default() }
    }

    pub fn sheet(file: impl Into<String>, sheet: impl Into<String>) -> Self {
        Place { file: Some(file.into()), sheet: Some(sheet.into()), ..Place::default() }
    }

    pub fn cell(file: impl Into<String>, sheet: impl Into<String>, cell: CellAddress) -> Self {
        Place { cell: Some(cell), ..Place::sheet(file, sheet) }
    }

    /// How the place of a cell is written, without making one: a workbook names thousands.
    pub fn words_of_cell(file: &str, sheet: &str, cell: CellAddress) -> String {
        [file, BETWEEN, sheet, BETWEEN, &cell.to_string()].concat()
    }

    pub fn paragraph(
        file: impl Into<String>,
        part: impl Into<String>,
        paragraph: usize,
        tag: impl Into<String>,
    ) -> Self {
        Place { paragraph: Some(paragraph), tag: Some(tag.into()), ..Place::sheet(file, part) }
    }
}

/// What stands between the parts of a place.
const BETWEEN: &str = " › ";

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut between = "";
        for part in [&self.file, &self.sheet].into_iter().flatten() {
            f.write_str(between)?;
            f.write_str(part)?;
            between = BETWEEN;
        }
        if let Some(cell) = self.cell {
            write!(f, "{between}{cell}")?;
            between = BETWEEN;
        }
        match self.paragraph {
            Some(number) => write!(f, "{between}đoạn {number}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_written_as_excel_writes_it() {
        for (row, column, text) in
            [(0, 0, "A1"), (11, 4, "E12"), (0, 25, "Z1"), (0, 26, "AA1"), (9, 701, "ZZ10"), (0, 702, "AAA1")]
        {
            assert_eq!(CellAddress::new(row, column).to_string(), text);
            assert_eq!(text.parse(), Ok(CellAddress::new(row, column)));
        }
        let cell = CellAddress::new(11, 4);
        assert_eq!(Place::words_of_cell("a.xlsx", "Biểu 1", cell), Place::cell("a.xlsx", "Biểu 1", cell).to_string());
        for text in ["", "A", "7", "A0", "ABCD1", "A-1", "A1:B2", "Ă1", "A99999999999"] {
            assert_eq!(text.parse::<CellAddress>(), Err(()), "{text}");
        }
    }
}

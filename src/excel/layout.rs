//! The words, columns and order of a built-in workbook, as the text files in `templates/` state them.
//!
//! A small format of our own: `[sheet]` or `[sheet.table]`, then `key = words` and `cot key = heading | width`.
//! Knows nothing of dossiers or cells' contents.

use std::collections::BTreeMap;

use super::WorkbookError;

/// A workbook's layout.
#[derive(Debug)]
pub(super) struct Layout {
    tables: Vec<Table>,
}

/// One sheet or one table on a sheet: its words and its columns, from left to right.
#[derive(Debug, Default)]
pub(super) struct Table {
    key: String,
    words: BTreeMap<String, String>,
    pub(super) columns: Vec<Column>,
}

#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) key: String,
    pub(super) heading: String,
    pub(super) stand: Stand,
}

/// Where a column stands: the next free one with a width in characters, or a column of the sheet by its letter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Stand {
    Width(f64),
    Letter(u16),
}

impl Layout {
    /// Reads a layout; a line that fits no form is an error that names it.
    pub(super) fn read(text: &str) -> Result<Layout, WorkbookError> {
        let mut tables: Vec<Table> = Vec::new();
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(key) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                tables.push(Table { key: key.to_string(), ..Table::default() });
                continue;
            }
            let wrong = || WorkbookError::Layout(line.to_string());
            let (key, value) = line.split_once('=').ok_or_else(wrong)?;
            let table = tables.last_mut().ok_or_else(wrong)?;
            match key.trim().strip_prefix("cot ") {
                Some(key) => {
                    let (heading, stand) = value.rsplit_once('|').ok_or_else(wrong)?;
                    let stand = Stand::read(stand.trim()).ok_or_else(wrong)?;
                    let heading = heading.trim().to_string();
                    table.columns.push(Column { key: key.trim().to_string(), heading, stand });
                }
                None => {
                    table.words.insert(key.trim().to_string(), value.trim().to_string());
                }
            }
        }
        Ok(Layout { tables })
    }

    pub(super) fn table(&self, key: &str) -> Result<&Table, WorkbookError> {
        self.tables.iter().find(|table| table.key == key).ok_or_else(|| WorkbookError::Layout(format!("[{key}]")))
    }
}

impl Stand {
    fn read(text: &str) -> Option<Stand> {
        match text.as_bytes() {
            [letter @ b'A'..=b'Z'] => Some(Stand::Letter(u16::from(letter - b'A'))),
            _ => text.parse().ok().map(Stand::Width),
        }
    }
}

impl Table {
    /// The words under a key.
    pub(super) fn word(&self, key: &str) -> Result<&str, WorkbookError> {
        self.words.get(key).map(String::as_str).ok_or_else(|| WorkbookError::Layout(format!("[{}] {key} =", self.key)))
    }

    /// A number under a key, such as a width in characters.
    pub(super) fn figure(&self, key: &str) -> Result<f64, WorkbookError> {
        self.word(key)?.parse().map_err(|_| WorkbookError::Layout(format!("[{}] {key} =", self.key)))
    }

    /// The words under a key with `{name}` replaced.
    pub(super) fn sentence(&self, key: &str, values: &[(&str, &str)]) -> Result<String, WorkbookError> {
        Ok(fill(self.word(key)?, values))
    }

    /// The sheet's column of a key, where every column before it stands once.
    pub(super) fn position(&self, key: &str) -> Result<u16, WorkbookError> {
        let missing = || WorkbookError::Layout(format!("[{}] cot {key} =", self.key));
        let index = self.columns.iter().position(|column| column.key == key).ok_or_else(missing)?;
        match self.columns[index].stand {
            Stand::Letter(letter) => Ok(letter),
            Stand::Width(_) => u16::try_from(index).map_err(|_| missing()),
        }
    }

    /// The column of a key where columns of the key `repeated` stand `times` times instead of once.
    pub(super) fn position_after(&self, key: &str, repeated: &str, times: usize) -> Result<u16, WorkbookError> {
        let own = self.position(key)?;
        match self.position(repeated) {
            Ok(first) if first < own => {
                let times = u16::try_from(times).unwrap_or(u16::MAX);
                Ok(own.saturating_add(times).saturating_sub(1))
            }
            _ => Ok(own),
        }
    }

    pub(super) fn column(&self, key: &str) -> Result<&Column, WorkbookError> {
        self.columns
            .iter()
            .find(|column| column.key == key)
            .ok_or_else(|| WorkbookError::Layout(format!("[{}] cot {key} =", self.key)))
    }
}

/// Replaces each `{name}` by its value; names that are not given stay.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_string(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_taken_out_of_the_text_is_named_when_it_is_asked_for() {
        let layout = Layout::read("# lời dẫn\n[xep_hang]\nten = Xếp hạng\ncot tt = TT | 5\ncot tong = Tổng | 9.5\n")
            .expect("the layout is well formed");
        let table = layout.table("xep_hang").expect("the sheet is there");
        assert_eq!(table.word("ten").expect("the name is there"), "Xếp hạng");
        assert_eq!(table.position("tong").expect("the column is there"), 1);
        let error = table.position("xep_thu").expect_err("nobody wrote this column");
        assert!(error.to_string().contains("[xep_hang] cot xep_thu ="), "{error}");
    }

    #[test]
    fn a_line_of_no_known_form_is_an_error() {
        assert!(Layout::read("[a]\nchỉ có chữ").is_err());
        assert!(Layout::read("ten = chưa mở trang nào").is_err());
        assert!(Layout::read("[a]\ncot tt = TT | rộng").is_err());
    }

    #[test]
    fn columns_after_a_repeated_one_move_to_the_right() {
        let layout =
            Layout::read("[a]\ncot tt = TT | 5\ncot nhom = Nhóm {ma} | 8\ncot tong = Tổng | 9\n").expect("fine");
        let table = layout.table("a").expect("the sheet is there");
        assert_eq!(table.position_after("tt", "nhom", 8).expect("there"), 0);
        assert_eq!(table.position_after("tong", "nhom", 8).expect("there"), 9);
        assert_eq!(table.position_after("tong", "nhom", 0).expect("there"), 1);
    }
}

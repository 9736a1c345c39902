//! Small workbooks for tests, written by a program that is not the reader under test.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

/// What a test puts into a cell.
#[derive(Clone, Debug)]
pub(crate) enum Put {
    Text(String),
    Number(f64),
    /// A number shown as per cent: 0.975 stands there as 97,50%.
    Percent(f64),
    Date(u16, u8, u8),
    /// A formula with the result that the file remembers.
    Formula(&'static str, &'static str),
    /// Text in a font of this name.
    Font(&'static str, String),
    Nothing,
}

impl From<&str> for Put {
    fn from(text: &str) -> Self {
        if text.is_empty() { Put::Nothing } else { Put::Text(text.to_string()) }
    }
}

impl From<f64> for Put {
    fn from(number: f64) -> Self {
        Put::Number(number)
    }
}

/// A row of cells: texts and numbers as they are.
macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$($crate::sheet::sample::Put::from($cell)),*] };
}
pub(crate) use row;

pub(crate) type Rows = Vec<Vec<Put>>;

/// The bytes of an .xlsx with a hidden sheet before one that can be seen.
pub(crate) fn hidden_workbook(hidden: &str, hidden_rows: Rows, seen: &str, seen_rows: Rows) -> Vec<u8> {
    written(&[(hidden, hidden_rows), (seen, seen_rows)], Some(hidden))
}

/// The bytes of an .xlsx with these sheets.
pub(crate) fn workbook(sheets: &[(&str, Rows)]) -> Vec<u8> {
    written(sheets, None)
}

fn written(sheets: &[(&str, Rows)], hidden: Option<&str>) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let percent = Format::new().set_num_format("0.00%");
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).expect("a sheet's name");
        if hidden == Some(*name) {
            sheet.set_hidden(true);
        } else if hidden.is_some() {
            sheet.set_active(true);
        }
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let (row, column) = (row as u32, column as u16);
                match cell {
                    Put::Text(text) => sheet.write_string(row, column, text),
                    Put::Number(number) => sheet.write_number(row, column, *number),
                    Put::Percent(number) => sheet.write_number_with_format(row, column, *number, &percent),
                    Put::Date(year, month, day) => {
                        let value = ExcelDateTime::from_ymd(*year, *month, *day).expect("a date");
                        sheet.write_datetime_with_format(row, column, value, &date)
                    }
                    Put::Formula(formula, result) => {
                        sheet.write_formula(row, column, Formula::new(*formula).set_result(*result))
                    }
                    Put::Font(font, text) => {
                        sheet.write_string_with_format(row, column, text, &Format::new().set_font_name(*font))
                    }
                    Put::Nothing => continue,
                }
                .expect("a cell");
            }
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

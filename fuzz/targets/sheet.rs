//! The sheet reader: parts of workbooks of every kind that is read in the program itself.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let file = thidua_fuzz::spreadsheet(*choice, rest);
    if let Ok(workbook) = thidua::sheet::read(&file, "so-lieu/bieu.csv") {
        for sheet in &workbook.sheets {
            for (row, cells) in sheet.rows() {
                for (column, cell) in cells {
                    let _ = (cell.text(), cell.quoted(), sheet.anchor(row, *column));
                }
            }
        }
    }
});

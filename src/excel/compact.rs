//! A workbook made smaller without a change of what it says: cells that follow the one before need no address.
//!
//! An address is optional in the format (ISO/IEC 29500-1 §18.3.1.4): a cell without one stands right of the one before,
//! the first of a row in the first column. In a sheet of tens of thousands of cells the addresses are half of the file.

use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::WorkbookError;

/// Where the sheets stand in the package.
const SHEETS: &str = "xl/worksheets/sheet";

/// The same workbook, its sheets without the addresses that follow from the order.
pub(super) fn compact(workbook: &[u8]) -> Result<Vec<u8>, WorkbookError> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).map_err(failed)?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(workbook.len())));
    // no time of the clock: entries carry the format's first day
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(zip::DateTime::default());
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(failed)?;
        let name = entry.name().map_err(failed)?.to_string();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).map_err(failed)?;
        writer.start_file(name.as_str(), options).map_err(failed)?;
        if name.starts_with(SHEETS) {
            content = without_addresses(&String::from_utf8(content).map_err(failed)?).into_bytes();
        }
        writer.write_all(&content).map_err(failed)?;
    }
    Ok(writer.finish().map_err(failed)?.into_inner())
}

/// Between speed and size: the last few per cent cost most of the time.
const LEVEL: i64 = 6;

fn failed(error: impl std::fmt::Display) -> WorkbookError {
    WorkbookError::Writer(error.to_string())
}

/// A sheet as our writer writes it, without the addresses that say nothing new.
fn without_addresses(sheet: &str) -> String {
    const CELL: &str = "<c r=\"";
    let mut text = String::with_capacity(sheet.len());
    let mut rest = sheet;
    // the column that follows from the order; none outside of a row
    let mut next = 0;
    while let Some(at) = rest.find(['<']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with("<row ") {
            next = 0;
        }
        let address = rest.strip_prefix(CELL).and_then(|rest| rest.split_once('"'));
        let column = address.and_then(|(address, _)| column_of(address));
        match (address, column) {
            (Some((_, after)), Some(column)) => {
                if column == next {
                    text.push_str("<c");
                    rest = after;
                } else {
                    text.push('<');
                    rest = &rest[1..];
                }
                next = column + 1;
            }
            _ => {
                text.push('<');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    text
}

/// The column of an address, counted from zero.
fn column_of(address: &str) -> Option<u32> {
    let letters = address.bytes().take_while(u8::is_ascii_uppercase);
    letters.fold(None, |column: Option<u32>, letter| {
        let column = column.map_or(0, |column| column.saturating_add(1));
        Some(column.saturating_mul(26).saturating_add(u32::from(letter - b'A')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stays_only_where_the_order_does_not_tell_it() {
        let sheet = "<sheetData><row r=\"7\"><c r=\"A7\" s=\"1\"><v>1</v></c><c r=\"B7\"/><c r=\"D7\"/><c r=\"E7\"/></row>\
                     <row r=\"8\"><c r=\"B8\"><f>A7</f></c><c r=\"C8\"/></row></sheetData>";
        assert_eq!(
            without_addresses(sheet),
            "<sheetData><row r=\"7\"><c s=\"1\"><v>1</v></c><c/><c r=\"D7\"/><c/></row>\
             <row r=\"8\"><c r=\"B8\"><f>A7</f></c><c/></row></sheetData>"
        );
    }

    #[test]
    fn columns_are_counted_as_excel_counts_them() {
        for (address, column) in [("A1", 0), ("Z1", 25), ("AA12", 26), ("AZ1", 51), ("BA1", 52), ("AAA1", 702)] {
            assert_eq!(column_of(address), Some(column), "{address}");
        }
    }
}

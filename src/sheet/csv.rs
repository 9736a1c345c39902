//! Text with columns (.csv, .tsv, text saved under a workbook's name): its encoding, its separator, its cells.

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use std::sync::Arc;

use super::grid::{Cell, Cells, Grid, Value, Visibility, Workbook};
use super::limit::{COLUMNS, Limits, Room, far_cell};
use super::text;
use crate::finding::catalogue::sheet as codes;
use crate::finding::{CellAddress, Finding, Place};
use crate::vietnamese;

/// What stands in findings where a workbook has the name of a sheet.
const SHEET: &str = "CSV";
const SEPARATORS: [char; 3] = ['\t', ';', ','];
/// Lines that the separator is told by.
const SEARCHED_LINES: usize = 40;

/// Whether bytes are text in which at least two lines have columns.
pub(super) fn looks_like_one(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(16 << 10)];
    let (text, _) = decode(head);
    let control = |character: char| character.is_control() && !character.is_whitespace();
    // the last line may be cut off
    if text.starts_with("%PDF") || text.starts_with("{\\rtf") || text.chars().any(control) {
        return false;
    }
    SEPARATORS.iter().any(|separator| text.lines().filter(|line| line.contains(*separator)).count() > 1)
}

pub(super) fn read(bytes: &[u8], file: &str) -> Result<Workbook, Finding> {
    let (text, guessed) = decode(bytes);
    let (separator, text) = separator(&text);
    let mut cells = Cells::default();
    let mut far = None;
    let mut room = Room::new(&Limits::USUAL);
    let mut place = (0_u32, 0_u32);
    for field in Fields::new(text, separator) {
        let (row, column) = place;
        if !field.text.trim().is_empty() {
            let address = CellAddress::new(row, column);
            if row >= Limits::USUAL.rows || column >= COLUMNS {
                far.get_or_insert(address);
            } else {
                let mut value = Value::Text(field.text.trim().to_string());
                room.take(&mut value, file)?;
                cells.push(address, Cell::plain(value));
            }
        }
        place = if field.ends_row { (row.saturating_add(1), 0) } else { (row, column.saturating_add(1)) };
    }
    let mut remarks: Vec<Finding> =
        far.map(|address| far_cell(file, SHEET, address, &Limits::USUAL)).into_iter().collect();
    if guessed {
        let message =
            format!("Tệp {file} không ghi bằng UTF-8; các chữ được đọc theo bảng mã Windows-1258 của tiếng Việt.");
        remarks.push(Finding::new(&codes::GUESSED_ENCODING, Place::file(file), message).found("Windows-1258"));
    }
    remarks.extend(text::mend(&mut cells, file, SHEET));
    let file: Arc<str> = file.into();
    let grid = Grid::new(file.clone(), SHEET.into(), Visibility::Visible, Vec::new(), cells);
    Ok(Workbook { file, sheets: vec![grid], remarks })
}

/// The text of bytes, and whether taking it for Windows-1258 was a guess.
///
/// Marked UTF-8 and UTF-16 are what they say; UTF-16 without a mark shows by its zero bytes. What is no UTF-8 is
/// Windows-1258 where that reads as Vietnamese; else it stays as western Europe's letters, which the repair of texts
/// may know as TCVN3 or VNI.
fn decode(bytes: &[u8]) -> (String, bool) {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return (encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned(), false);
    }
    let zeros_at = |offset: usize| bytes.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let most = bytes.len() / 8;
    if zeros_at(1) > most && zeros_at(0) <= most / 4 {
        return (UTF_16LE.decode_without_bom_handling(bytes).0.into_owned(), false);
    }
    if zeros_at(0) > most && zeros_at(1) <= most / 4 {
        return (UTF_16BE.decode_without_bom_handling(bytes).0.into_owned(), false);
    }
    // a letter cut in two at the end is no reason to doubt
    match std::str::from_utf8(bytes) {
        Ok(text) => return (text.to_string(), false),
        Err(error) if error.error_len().is_none() => {
            return (UTF_8.decode_without_bom_handling(&bytes[..error.valid_up_to()]).0.into_owned(), false);
        }
        Err(_) => {}
    }
    let vietnamese = WINDOWS_1258.decode_without_bom_handling(bytes).0;
    if vietnamese::reads_as_vietnamese(&vietnamese) {
        (vietnamese.into_owned(), true)
    } else {
        (WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), false)
    }
}

/// The separator of a text, and the text behind Excel's own line about it (`sep=;`). Of those that stand in most lines
/// the tab goes first, then the semicolon: commas stand inside figures.
fn separator(text: &str) -> (char, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(stated) = first.trim().strip_prefix("sep=")
        && let Some(separator) = stated.chars().next().filter(|separator| SEPARATORS.contains(separator))
    {
        return (separator, rest);
    }
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(SEARCHED_LINES).collect();
    let holding = |separator: char| lines.iter().filter(|line| line.contains(separator)).count();
    let often = SEPARATORS.into_iter().find(|separator| holding(*separator) * 2 > lines.len());
    let most = || SEPARATORS.into_iter().rev().max_by_key(|separator| holding(*separator)).unwrap_or(',');
    (often.unwrap_or_else(most), text)
}

/// One field with whether its row ends behind it.
struct Field {
    text: String,
    ends_row: bool,
}

/// The fields of a text: quoted ones may hold separators, line ends and doubled quotes.
struct Fields<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    separator: char,
}

impl<'a> Fields<'a> {
    fn new(text: &'a str, separator: char) -> Self {
        Fields { rest: text.chars().peekable(), separator }
    }
}

impl Iterator for Fields<'_> {
    type Item = Field;

    fn next(&mut self) -> Option<Field> {
        self.rest.peek()?;
        let mut text = String::new();
        let mut quoted = false;
        while let Some(character) = self.rest.next() {
            match character {
                '"' if quoted && self.rest.peek() == Some(&'"') => {
                    self.rest.next();
                    text.push('"');
                }
                '"' if quoted => quoted = false,
                '"' if text.trim().is_empty() => quoted = true,
                other if quoted => text.push(other),
                other if other == self.separator => return Some(Field { text, ends_row: false }),
                '\r' if self.rest.peek() == Some(&'\n') => {}
                '\n' | '\r' => return Some(Field { text, ends_row: true }),
                other => text.push(other),
            }
        }
        Some(Field { text, ends_row: true })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(bytes: &[u8]) -> Vec<String> {
        let book = read(bytes, "a.csv").expect("text is always read");
        let grid = &book.sheets[0];
        grid.rows().map(|(_, cells)| cells.iter().map(|(_, cell)| cell.text()).collect::<Vec<_>>().join("|")).collect()
    }

    const TABLE: &str = "TT;Nội dung;Kết quả\r\n1.1;\"Tỷ lệ; thoả ước\";97,5%\n\n1.2;Số \"\"lượt\"\";1.234,5";
    const READ: [&str; 3] = ["TT|Nội dung|Kết quả", "1.1|Tỷ lệ; thoả ước|97,5%", "1.2|Số \"\"lượt\"\"|1.234,5"];

    #[test]
    fn one_table_in_every_encoding() {
        let utf16 = |big: bool| -> Vec<u8> {
            let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
            TABLE.encode_utf16().flat_map(bytes).collect()
        };
        assert_eq!(rows(TABLE.as_bytes()), READ);
        assert_eq!(rows(&[b"\xEF\xBB\xBF", TABLE.as_bytes()].concat()), READ);
        assert_eq!(rows(&[b"\xFF\xFE", utf16(false).as_slice()].concat()), READ);
        assert_eq!(rows(&[b"\xFE\xFF", utf16(true).as_slice()].concat()), READ);
        assert_eq!(rows(&utf16(false)), READ);
        // windows-1258 keeps base letters and tones apart
        let old = b"N\xf4\xf2i dung;K\xea\xect qua\xd2\n1.1;5";
        assert_eq!(rows(old), ["Nội dung|Kết quả", "1.1|5"]);
        let book = read(old, "a.csv").expect("text");
        assert_eq!(book.remarks.len(), 1, "the guess is told");
        assert_eq!(book.remarks[0].code, &codes::GUESSED_ENCODING);
    }

    #[test]
    fn text_in_an_older_encoding_is_known_by_its_letters() {
        let tcvn3 = b"N\xe9i dung;K\xd5t qu\xb6\nTh\xa8m h\xe1i;5";
        assert_eq!(rows(tcvn3), ["Nội dung|Kết quả", "Thăm hỏi|5"]);
    }

    #[test]
    fn the_separator_is_told_by_the_lines() {
        assert_eq!(rows(b"a,b\n1,\"2,5\""), ["a|b", "1|2,5"]);
        assert_eq!(rows(b"a\tb\n1\t2,5"), ["a|b", "1|2,5"]);
        assert_eq!(rows(b"sep=;\na;b,c"), ["a|b,c"]);
        assert_eq!(rows(b"a;b\n1,5;2,5\n2,5;3,5"), ["a|b", "1,5|2,5", "2,5|3,5"]);
    }

    #[test]
    fn what_has_no_columns_is_no_table() {
        assert!(looks_like_one(TABLE.as_bytes()));
        for bytes in [&b"rubbish"[..], b"%PDF-1.4\na,b\nc,d", b"\x00\x01\x02,\n,\n", b"one line, only"] {
            assert!(!looks_like_one(bytes));
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(table in proptest::collection::vec(proptest::collection::vec("[a-zếđ;,\" ]{1,6}x", 2..5), 2..5)) {
            let quoted = |field: &String| format!("\"{}\"", field.replace('"', "\"\""));
            let lines: Vec<String> = table.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join("\t")).collect();
            let expected: Vec<String> =
                table.iter().map(|row| row.iter().map(|it| it.trim().to_string()).collect::<Vec<_>>().join("|")).collect();
            prop_assert_eq!(rows(lines.join("\n").as_bytes()), expected);
        }

        #[test]
        fn no_bytes_stop_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = (looks_like_one(&bytes), read(&bytes, "a.csv"));
        }
    }
}

//! Reading a workbook back in tests, with nothing of the library that wrote it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use crate::finding::CellAddress;

/// A cell as the file holds it: its formula, if it has one, and the value shown.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Cell {
    pub(super) formula: Option<String>,
    pub(super) value: String,
}

/// The sheets of a workbook by name, cells by address.
pub(super) struct Book(pub(super) BTreeMap<String, BTreeMap<String, Cell>>);

impl Book {
    pub(super) fn read(bytes: &[u8]) -> Book {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook is a zip archive");
        let mut part = |name: &str| {
            let mut text = String::new();
            archive.by_name(name).expect("the part is there").read_to_string(&mut text).expect("parts are UTF-8");
            text
        };
        let strings: Vec<String> = pieces(&part("xl/sharedStrings.xml"), "si").iter().map(|item| plain(item)).collect();
        let names: Vec<String> =
            pieces(&part("xl/workbook.xml"), "sheet").iter().map(|sheet| attribute(sheet, "name")).collect();
        let mut book = BTreeMap::new();
        for (number, name) in (1..).zip(names) {
            let sheet = part(&format!("xl/worksheets/sheet{number}.xml"));
            let rows = pieces(&sheet, "row").into_iter().map(|row| (attribute(&row, "r"), pieces(&row, "c")));
            let cells = rows.flat_map(|(row, cells)| addressed(&row, cells)).map(|(address, cell)| {
                let value = pieces(&cell, "v").first().map(|value| plain(value)).unwrap_or_default();
                let shared = attribute(&cell, "t") == "s";
                let value = if shared { strings[value.parse::<usize>().expect("an index")].clone() } else { value };
                let formula = pieces(&cell, "f").first().map(|formula| plain(formula));
                (address, Cell { formula, value })
            });
            book.insert(name, cells.collect());
        }
        Book(book)
    }

    pub(super) fn cell(&self, sheet: &str, address: &str) -> Cell {
        self.0[sheet].get(address).cloned().unwrap_or_default()
    }

    /// The values of a row from column A on.
    pub(super) fn row(&self, sheet: &str, row: u32, columns: &str) -> Vec<String> {
        columns.chars().map(|column| self.cell(sheet, &format!("{column}{row}")).value).collect()
    }
}

/// The cells of a row with their addresses; one without an address stands right of the one before.
fn addressed(row: &str, cells: Vec<String>) -> Vec<(String, String)> {
    let mut next = 0;
    let mut addressed = Vec::with_capacity(cells.len());
    for cell in cells {
        let letters: String = attribute(&cell, "r").chars().take_while(char::is_ascii_uppercase).collect();
        let column = (next..).find(|column| letters.is_empty() || CellAddress::column_letters(*column) == letters);
        let column = column.expect("cells stand in the order of columns");
        addressed.push((format!("{}{row}", CellAddress::column_letters(column)), cell));
        next = column + 1;
    }
    addressed
}

/// The elements of a name, each with its tags. Enough for files that we wrote ourselves.
fn pieces(xml: &str, name: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = xml;
    while let Some(start) = rest.find(&format!("<{name}")) {
        rest = &rest[start..];
        let after = rest[name.len() + 1..].chars().next();
        if !matches!(after, Some(' ' | '>' | '/')) {
            rest = &rest[1..];
            continue;
        }
        let open = rest.find('>').expect("a tag ends") + 1;
        let end = match rest[..open].ends_with("/>") {
            true => open,
            false => rest.find(&format!("</{name}>")).expect("an element ends") + name.len() + 3,
        };
        pieces.push(rest[..end].to_string());
        rest = &rest[end..];
    }
    pieces
}

fn attribute(xml: &str, name: &str) -> String {
    let tag = &xml[..xml.find('>').unwrap_or(xml.len())];
    let value = tag.split_once(&format!(" {name}=\"")).map(|(_, rest)| rest);
    value.and_then(|rest| rest.split_once('"')).map(|(value, _)| value.to_string()).unwrap_or_default()
}

/// The text between tags.
fn plain(xml: &str) -> String {
    let texts = xml.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text);
    let text: String = texts.collect();
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

//! Reading a workbook back in tests, with nothing of the library that wrote it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

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
            let cells = pieces(&sheet, "c").into_iter().map(|cell| {
                let value = pieces(&cell, "v").first().map(|value| plain(value)).unwrap_or_default();
                let shared = attribute(&cell, "t") == "s";
                let value = if shared { strings[value.parse::<usize>().expect("an index")].clone() } else { value };
                let formula = pieces(&cell, "f").first().map(|formula| plain(formula));
                (attribute(&cell, "r"), Cell { formula, value })
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

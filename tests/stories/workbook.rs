//! A workbook as a zip of parts: read, and filled in cell by cell as a spreadsheet program would, all else kept.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;

/// The parts of a workbook by name.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook is a zip archive");
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("its content");
        parts.insert(entry.name().expect("its name").to_string(), content);
    }
    parts
}

/// Writes parts as a workbook.
pub fn write(path: &Path, parts: &BTreeMap<String, Vec<u8>>) {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).expect("an entry");
        writer.write_all(content).expect("its content");
    }
    std::fs::write(path, writer.finish().expect("the end of the archive").into_inner()).expect("the workbook");
}

/// Puts values into blank cells of a sheet: figures as numbers, all else as text. Their formats stay.
pub fn fill(path: &Path, part: &str, cells: &[(String, &str)]) {
    let mut parts = parts(&std::fs::read(path).expect("the workbook"));
    let sheet = parts.get_mut(part).expect("the sheet");
    let mut xml = String::from_utf8(std::mem::take(sheet)).expect("parts are UTF-8");
    for (cell, value) in cells {
        let start = start_of(&xml, cell).unwrap_or_else(|| panic!("no cell {cell}"));
        let end = start + xml[start..].find("/>").expect("a blank cell closes itself");
        let open = xml[start..end].to_string();
        let filled = match value.parse::<f64>() {
            Ok(_) => format!("{open}><v>{value}</v></c>"),
            Err(_) => format!("{open} t=\"inlineStr\"><is><t>{value}</t></is></c>"),
        };
        xml.replace_range(start..end + 2, &filled);
    }
    *sheet = xml.into_bytes();
    write(path, &parts);
}

/// Where a cell's element begins; a cell without an address stands right of the one before.
fn start_of(xml: &str, cell: &str) -> Option<usize> {
    let (letters, row) = cell.split_at(cell.find(|letter: char| letter.is_ascii_digit())?);
    let column = letters.bytes().fold(0, |column, letter| column * 26 + usize::from(letter - b'A') + 1);
    let start = xml.find(&format!("<row r=\"{row}\""))?;
    let end = start + xml[start..].find("</row>")?;
    let mut stands = 0;
    for (at, _) in
        xml[start..end].match_indices("<c").filter(|(at, _)| xml[start + at + 2..].starts_with([' ', '/', '>']))
    {
        let tag = &xml[start + at..];
        let tag = &tag[..tag.find('>')?];
        let own = tag.split_once(" r=\"").map(|(_, rest)| rest.bytes().take_while(u8::is_ascii_uppercase));
        stands =
            own.map_or(stands + 1, |own| own.fold(0, |column, letter| column * 26 + usize::from(letter - b'A') + 1));
        if stands == column {
            return Some(start + at);
        }
    }
    None
}

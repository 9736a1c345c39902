//! What the fuzz targets share: files built around the bytes that the fuzzer makes up.
//!
//! A fuzzer does not learn to write a zip with its checksums; so the bytes go into one part of a sound file, and the
//! reader meets them behind the unzipping, where its own work begins.

use std::io::{Cursor, Write};

use thidua::word::Package;

/// The parts of a small workbook as Excel writes it, with one part to be replaced.
const XLSX: [(&str, &str); 6] = [
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/styles.xml",
        r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font><name val=".VnTime"/></font></fonts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="14" fontId="0"/></cellXfs></styleSheet>"#,
    ),
    (
        "xl/sharedStrings.xml",
        r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2"><si><t>TT</t></si><si><t>N&#233;i dung</t></si></sst>"#,
    ),
];
const SHEET: (&str, &str) = (
    "xl/worksheets/sheet1.xml",
    r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2" s="1"><v>0.975</v></c></row></sheetData></worksheet>"#,
);

/// A spreadsheet of a kind that the first byte chooses, one of its parts made of the other bytes; or the bytes as they are.
pub fn spreadsheet(choice: u8, rest: &[u8]) -> Vec<u8> {
    let replaced = match choice % 8 {
        0 => return rest.to_vec(),
        1 => return ods(rest, b""),
        2 => return ods(b"<office:spreadsheet/>", rest),
        3 => "xl/sharedStrings.xml",
        4 => "xl/styles.xml",
        5 => "xl/workbook.xml",
        6 => "xl/_rels/workbook.xml.rels",
        _ => SHEET.0,
    };
    let parts = XLSX.into_iter().chain([SHEET]);
    zipped(parts.map(|(name, content)| (name, if name == replaced { rest } else { content.as_bytes() })))
}

/// An .ods of this content and these styles.
pub fn ods(content: &[u8], styles: &[u8]) -> Vec<u8> {
    let mimetype = b"application/vnd.oasis.opendocument.spreadsheet".as_slice();
    zipped([("mimetype", mimetype), ("content.xml", content), ("styles.xml", styles)])
}

fn zipped<'a>(parts: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name, stored).expect("a name that a zip can hold");
        writer.write_all(content).expect("memory takes what is written");
    }
    writer.finish().expect("memory takes what is written").into_inner()
}

/// What stands in front of the body of a Word file.
const WORD: &str = concat!(
    r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" "#,
    r#"xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" "#,
    r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" "#,
    r#"xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" "#,
    r#"xmlns:v="urn:schemas-microsoft-com:vml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">"#
);

/// A Word file with this body and, in a part of their own, these styles, lists or notes.
pub fn word_file(body: &str, others: &[(&str, &[u8])]) -> Package {
    let mut package = Package::default();
    package.set("[Content_Types].xml", types(others));
    package.set("_rels/.rels", XLSX[1].1.replace("xl/workbook.xml", "word/document.xml").into_bytes());
    package.set("word/_rels/document.xml.rels", relationships(others));
    package.set("word/document.xml", format!("{WORD}<w:body>{body}</w:body></w:document>").into_bytes());
    for (name, content) in others {
        package.set(format!("word/{name}.xml"), content.to_vec());
    }
    package
}

fn types(others: &[(&str, &[u8])]) -> Vec<u8> {
    const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let part = |(name, kind): (&str, &str)| {
        format!(r#"<Override PartName="/word/{name}.xml" ContentType="{KIND}.{kind}+xml"/>"#)
    };
    let parts: String = others.iter().map(|(name, _)| part((name, name))).collect();
    let main = part(("document", "document.main"));
    format!(
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>{main}{parts}</Types>"#
    )
    .into_bytes()
}

fn relationships(others: &[(&str, &[u8])]) -> Vec<u8> {
    const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let part = |(name, _): &(&str, &[u8])| {
        format!(r#"<Relationship Id="{name}" Type="{KIND}/{name}" Target="{name}.xml"/>"#)
    };
    let parts: String = others.iter().map(part).collect();
    format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{parts}</Relationships>"#)
        .into_bytes()
}

/// A body of text as people type it: each line a paragraph, a tab between cells of a table, `¦` where Word cut a run.
pub fn body(text: &str) -> String {
    let escaped = |text: &str| {
        let sound = |character: &char| matches!(character, '\t' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
        let text: String = text.chars().filter(sound).collect();
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    };
    let runs = |text: &str| -> String {
        let run = |text: &str| format!(r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, escaped(text));
        format!("<w:p>{}</w:p>", text.split('¦').map(run).collect::<String>())
    };
    let line = |line: &str| {
        if !line.contains('\t') {
            return runs(line);
        }
        let cells: String = line.split('\t').map(|cell| format!("<w:tc>{}</w:tc>", runs(cell))).collect();
        format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    };
    text.lines().map(line).collect::<String>().replace("</w:tbl><w:tbl>", "")
}

//! The Word reader: a body, or styles, lists and notes, of the fuzzer's own XML.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thidua::word::{self, Package};

/// A body that uses what the other parts define.
const BODY: &str = concat!(
    r#"<w:p><w:pPr><w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>"#,
    r#"<w:r><w:t>Thi đua</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>"#,
    r#"<w:tbl><w:tblPr><w:tblStyle w:val="b"/></w:tblPr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"#
);

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let package = match choice % 6 {
        0 => {
            let Ok(package) = Package::read(rest) else { return };
            package
        }
        1 => thidua_fuzz::word_file(BODY, &[("styles", rest)]),
        2 => thidua_fuzz::word_file(BODY, &[("numbering", rest)]),
        3 => thidua_fuzz::word_file(BODY, &[("footnotes", rest)]),
        _ => thidua_fuzz::word_file(&String::from_utf8_lossy(rest), &[]),
    };
    let _ = word::read(&package, "bao-cao-tong-ket.docx");
});

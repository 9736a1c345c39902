//! The table finder and all behind it: a sheet of these cells handed in to a real cluster.
//!
//! Lines are rows, tabs part cells; a cell that starts with `§` and two digits spans as many columns and rows, one that
//! starts with `#` is a number, with `%` a percentage, with `@` a date.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::path::Path;
use std::sync::LazyLock;
use thidua::dossier::Dossier;
use thidua::intake::{SubmissionReader, cross_check, settle};

static DOSSIER: LazyLock<Dossier> = LazyLock::new(|| {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/khoi-nganh-2024");
    thidua::dossier::read(&example).0.expect("the example's definition is read")
});
static READER: LazyLock<SubmissionReader<'static>> = LazyLock::new(|| SubmissionReader::new(&DOSSIER));

fn escaped(text: &str) -> String {
    let sound = |character: &char| matches!(character, ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    let text: String = text.chars().filter(sound).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn cell(text: &str) -> String {
    let mut text = text;
    let mut span = String::new();
    if let Some(rest) = text.strip_prefix('§') {
        let digits: Vec<u32> = rest.chars().take(2).filter_map(|digit| digit.to_digit(10)).collect();
        if let [columns, rows] = digits[..] {
            span = format!(r#" table:number-columns-spanned="{columns}" table:number-rows-spanned="{rows}""#);
            text = &rest[2..];
        }
    }
    let kind = match text.chars().next() {
        Some('#') => ("float", "office:value"),
        Some('%') => ("percentage", "office:value"),
        Some('@') => ("date", "office:date-value"),
        _ => ("string", "office:string-value"),
    };
    let value = escaped(text.trim_start_matches(['#', '%', '@']));
    format!(
        r#"<table:table-cell{span} office:value-type="{}" {}="{value}"><text:p>{value}</text:p></table:table-cell>"#,
        kind.0, kind.1
    )
}

fuzz_target!(|text: &str| {
    let row = |line: &str| format!("<table:table-row>{}</table:table-row>", line.split('\t').map(cell).collect::<String>());
    let (name, text) = text.split_once('\n').unwrap_or(("Biểu", text));
    let rows: String = text.lines().map(row).collect();
    let content = format!(r#"<office:body><table:table table:name="{}">{rows}</table:table></office:body>"#, escaped(name));
    let file = thidua_fuzz::ods(content.as_bytes(), b"");
    let reading = READER.read_bytes(&file, "so-lieu/Cong thuong.ods");
    let (submissions, _) = settle(&DOSSIER, reading.submissions);
    let _ = cross_check(&DOSSIER, &submissions);
});

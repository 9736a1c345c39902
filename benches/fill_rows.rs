//! How long filling takes, and how much memory, for a table of 100, 1,000 and 10,000 rows: `cargo bench --bench fill_rows`.
//!
//! A template made in Word's manner, a row loop over five cells; reading the template, filling it and packing the paper
//! count together. Ends with status 1 where 10,000 rows take a second or 200 MiB, or where the cost of a row grows.

use std::fmt::Write;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thidua::word::{Package, Template};

const SIZES: [usize; 3] = [100, 1_000, 10_000];
const ROUNDS: usize = 5;
const MOST_TIME: Duration = Duration::from_secs(1);
/// In KiB, as Linux counts.
const MOST_MEMORY: u64 = 200 << 10;
/// How much dearer a row may be among 10,000 than among 1,000.
const MOST_GROWTH: f64 = 2.0;

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const SPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml""#;

fn template() -> Vec<u8> {
    let mut row = String::new();
    let cells = [
        "{{#each don_vi}}{{tt}}",
        "{{ten}}",
        "{{so tong 2}}",
        "{{#if hang}}{{hang}}{{else}}–{{/if}}",
        "{{xep_loai}}{{/each}}",
    ];
    for (number, cell) in cells.iter().enumerate() {
        let _ = write!(
            row,
            "<w:tc><w:tcPr><w:tcW w:w=\"1800\" w:type=\"dxa\"/></w:tcPr><w:p w14:paraId=\"{number:08X}\" w:rsidR=\"00A1B2C3\"><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r w:rsidRPr=\"00A1B2C3\"><w:rPr><w:sz w:val=\"24\"/></w:rPr><w:t>{cell}</w:t></w:r></w:p></w:tc>"
        );
    }
    let body = format!(
        "<w:document {SPACES}><w:body><w:tbl><w:tblPr/><w:tblGrid/><w:tr>{row}</w:tr></w:tbl><w:p/></w:body></w:document>"
    );
    let mut package = Package::default();
    package.set("[Content_Types].xml", TYPES.as_bytes().to_vec());
    package.set("word/document.xml", body.into_bytes());
    package.to_bytes().unwrap_or_default()
}

fn data(rows: usize) -> Value {
    let unit = |number: usize| {
        json!({"tt": number, "ten": format!("Công đoàn cơ sở số {number} & các tổ"), "tong": format!("\u{2060}{}.{}", 50 + number % 50, number % 10),
               "hang": format!("\u{2060}{number}"), "xep_loai": "Hoàn thành xuất sắc nhiệm vụ"})
    };
    json!({"don_vi": (1..=rows).map(unit).collect::<Vec<_>>()})
}

/// Reads, fills and packs; the size of the paper in bytes.
fn fill(template: &[u8], data: &Value) -> Option<usize> {
    let template = Template::compile(Package::read(template).ok()?, "bang.docx").ok()?;
    Some(template.fill(data).ok()?.to_bytes().ok()?.len())
}

/// The most memory that this process has had, in KiB; Linux only.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find(|line| line.starts_with("VmHWM"))?.split_whitespace().nth(1)?.parse().ok()
}

fn main() -> ExitCode {
    let template = template();
    let mut fine = true;
    let mut costs = Vec::new();
    println!("{:>8} {:>10} {:>12} {:>12} {:>12}", "rows", "ms", "µs a row", "KiB out", "peak MiB");
    for rows in SIZES {
        let data = data(rows);
        let mut best = Duration::MAX;
        let mut size = None;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            size = fill(&template, &data);
            best = best.min(start.elapsed());
        }
        let cost = best.as_secs_f64() * 1e6 / rows as f64;
        let memory = peak();
        let shown = memory.map_or_else(|| "?".to_string(), |kib| (kib >> 10).to_string());
        let written = size.map_or_else(|| "not filled".to_string(), |bytes| (bytes >> 10).to_string());
        println!("{rows:>8} {:>10.1} {cost:>12.2} {written:>12} {shown:>12}", best.as_secs_f64() * 1e3);
        fine &= size.is_some() && best < MOST_TIME && memory.is_none_or(|kib| kib < MOST_MEMORY);
        costs.push(cost);
    }
    if let [_, thousand, ten_thousand] = costs.as_slice() {
        println!("a row among 10,000 costs {:.2} times a row among 1,000", ten_thousand / thousand);
        fine &= ten_thousand / thousand < MOST_GROWTH;
    }
    if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

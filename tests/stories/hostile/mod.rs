//! Files that are meant to take the program down, or would by accident: `check` ends, each file brings up one finding, and
//! the units beside them lose nothing. Their peak of memory and their time are measured by `tests/outside/hostile.py`.

mod files;

use serde_json::Value;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::desk::{Desk, SmallDossier, form};
use crate::row;

/// Where the judge wants the files to be written, to look at each by itself.
const FOLDER: &str = "THIDUA_HOSTILE_FILES";
/// No file of these may take longer, even where the program is built for looking into it.
const LONGEST: Duration = Duration::from_secs(240);

fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
    std::fs::write(path, bytes).expect("the file");
}

fn findings_of<'a>(json: &'a Value, file: &str) -> Vec<&'a Value> {
    json["findings"].as_array().expect("findings").iter().filter(|finding| finding["file"] == file).collect()
}

fn code(finding: &Value) -> &str {
    finding["code"].as_str().expect("a code")
}

#[test]
fn each_hostile_file_brings_up_one_finding_and_costs_nobody_else_anything() {
    let desk = Desk::with(&SmallDossier::new());
    let files = files::all();
    for (name, bytes, expected) in &files {
        write(&desk.path("so-lieu").join(name), bytes);
        if let Some(folder) = std::env::var_os(FOLDER) {
            write(&Path::new(&folder).join(format!("{expected}-{name}")), bytes);
        }
    }
    // nothing stands in it, but it says to be very large
    let sparse = std::fs::File::create(desk.path("so-lieu/rat-dai.csv")).expect("the file");
    sparse.set_len(500 << 20).expect("a size");
    let start = Instant::now();
    let (status, json) = desk.check();
    let took = start.elapsed();
    assert_eq!(status, Some(1));
    let mut wrong = Vec::new();
    for (name, expected) in files.iter().map(|(name, _, expected)| (*name, *expected)).chain([("rat-dai.csv", "TEP04")])
    {
        let found = findings_of(&json, &format!("so-lieu/{name}"));
        if found.len() != 1 || code(found[0]) != expected {
            wrong.push(format!("{name}: {expected} expected, found {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(json["clusters"][0]["submitted"], 2, "both forms beside them are read");
    assert!(took < LONGEST, "{took:?}");
}

#[test]
fn a_cell_at_the_end_of_the_world_and_a_false_size_cost_nothing() {
    let mut dossier = SmallDossier::new();
    let (name, mut rows) = form("Công đoàn ngành Y tế", 104);
    rows[1].resize(2, "".into());
    dossier.submissions[0].1 = vec![(name, rows)];
    let desk = Desk::with(&dossier);
    let (_, before) = desk.check();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let cells: [&[(&str, f64)]; 7] = [&[], &[], &[], &[], &[("1.1", 104.0)], &[("1.2", 2.0)], &[("1.3", 1.0)]];
    sheet.write(1, 0, "Đơn vị: Công đoàn ngành Y tế").expect("a cell");
    for (column, heading) in (0..).zip(["TT", "Kế hoạch", "Kết quả", "Điểm tự chấm"]) {
        sheet.write(3, column, heading).expect("a cell");
    }
    for (row, line) in (0..).zip(cells) {
        for (code, result) in line {
            sheet.write(row, 0, *code).expect("a cell");
            sheet.write(row, 1, 100).expect("a cell");
            sheet.write(row, 2, *result).expect("a cell");
        }
    }
    sheet.write(1_048_575, 16_383, ".").expect("the last cell there is");
    book.save(desk.path("so-lieu/yte.xlsx")).expect("a file");
    let (_, after) = desk.check();
    let found = findings_of(&after, "so-lieu/yte.xlsx");
    assert_eq!(found.iter().map(|finding| code(finding)).collect::<Vec<_>>(), ["TEP06"], "{found:#?}");
    assert_eq!(found[0]["cell"], "XFD1048576");
    let results = |json: &Value| json["clusters"][0]["units"][0]["results"].clone();
    assert_eq!(results(&after), results(&before));
}

#[test]
fn a_form_full_of_faults_does_not_fill_the_list() {
    let mut dossier = SmallDossier::new();
    let strange = (0..5_000).map(|number| row![format!("9.{number}").as_str(), "Việc không có trong hồ sơ", "", 1, 1]);
    dossier.submissions[0].1[0].1.extend(strange);
    let desk = Desk::with(&dossier);
    let (_, json) = desk.check();
    let found = findings_of(&json, "so-lieu/yte.xlsx");
    assert_eq!(found.len(), 301);
    assert_eq!(code(found.last().expect("findings")), "SL33");
    assert_eq!(json["clusters"][0]["submitted"], 2, "the lines above them are read");
}

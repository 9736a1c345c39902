//! A unit sends its form in another format: the figures are the same, and a damaged file costs only itself.
//!
//! The files in `tests/sheets` are the form of the unit GD of the example khoi-nganh-2024, saved by LibreOffice 24 as
//! .xls and .ods.

use serde_json::Value;

use crate::desk::{Desk, fixture};

const FORM: &str = "so-lieu/01 Công đoàn ngành Giáo dục và Đào tạo.xlsx";

fn example() -> Desk {
    let desk = Desk::new();
    for (path, bytes) in crate::desk::files_below(&fixture("khoi-nganh-2024")) {
        let path = desk.path(&path.to_string_lossy());
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        std::fs::write(path, bytes).expect("a file");
    }
    desk
}

fn sample(ending: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sheets/giao-duc").with_extension(ending);
    std::fs::read(path).expect("a sample")
}

/// The clusters of a result, with the file's own name put in the place of another.
fn clusters(json: &Value, file: &str) -> String {
    json["clusters"].to_string().replace(file, FORM)
}

#[test]
fn the_same_form_as_xls_and_as_ods_gives_the_same_marks() {
    let desk = example();
    let (_, as_xlsx) = desk.check();
    std::fs::remove_file(desk.path(FORM)).expect("the form was there");
    for ending in ["xls", "ods"] {
        let file = format!("so-lieu/GD.{ending}");
        std::fs::write(desk.path(&file), sample(ending)).expect("a file");
        let (status, json) = desk.check();
        assert_eq!(status, Some(0), "{:#}", json["findings"]);
        assert_eq!(clusters(&json, &file), clusters(&as_xlsx, FORM), "{ending}");
        std::fs::remove_file(desk.path(&file)).expect("the file was there");
    }
}

#[test]
fn a_damaged_old_workbook_costs_only_itself() {
    let desk = example();
    let whole = sample("xls");
    let mut scratched = whole.clone();
    scratched[600..].iter_mut().step_by(97).for_each(|byte| *byte ^= 0x5A);
    std::fs::write(desk.path("so-lieu/hong.xls"), &whole[..9_000]).expect("a file");
    std::fs::write(desk.path("so-lieu/xuoc.xls"), scratched).expect("a file");
    let (status, json) = desk.check();
    assert_eq!(status, Some(1));
    let errors: Vec<&Value> =
        json["findings"].as_array().expect("findings").iter().filter(|it| it["severity"] == "error").collect();
    let files: Vec<&str> = errors.iter().filter_map(|it| it["file"].as_str()).collect();
    assert_eq!(files, ["so-lieu/hong.xls", "so-lieu/xuoc.xls"], "{errors:#?}");
    assert_eq!(json["clusters"][0]["submitted"], json["clusters"][0]["expected"], "nobody else is lost");
}

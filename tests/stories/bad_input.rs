//! A secretary's dossier has faults: each is named with file, sheet and cell, and the rest is still read.

use serde_json::Value;

use crate::desk::{Desk, SmallDossier, form};
use crate::row;

/// The findings of grade error, each as `file!sheet!cell`.
fn errors(json: &Value) -> Vec<String> {
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or("").to_string();
    json["findings"]
        .as_array()
        .expect("a list of findings")
        .iter()
        .filter(|finding| finding["severity"] == "error")
        .map(|finding| format!("{}!{}!{}", text(finding, "file"), text(finding, "sheet"), text(finding, "cell")))
        .collect()
}

/// Checks that a dossier has exactly one error, at this place, and that everything says what to do.
fn one_error_at(dossier: &SmallDossier, place: &str) -> Value {
    let (status, json) = Desk::with(dossier).check();
    assert_eq!(errors(&json), [place], "{json:#}");
    assert_eq!(status, Some(1));
    for finding in json["findings"].as_array().expect("a list of findings") {
        for key in ["code", "message", "hint"] {
            assert!(finding[key].as_str().is_some_and(|text| !text.is_empty()), "{key} is missing in {finding:#}");
        }
    }
    json
}

fn total(json: &Value, unit: usize) -> &Value {
    &json["clusters"][0]["units"][unit]["total"]
}

#[test]
fn a_sound_dossier_has_no_error() {
    let (status, json) = Desk::with(&SmallDossier::new()).check();
    assert_eq!(errors(&json), Vec::<String>::new(), "{json:#}");
    assert_eq!(status, Some(0));
    assert_eq!(total(&json, 0), "9");
    assert_eq!(total(&json, 1), "8.75");
}

#[test]
fn a_folder_without_a_definition_is_no_dossier() {
    let desk = Desk::new();
    for command in ["check", "build"] {
        let output = desk.run(&[command, "."]);
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr).to_string();
        assert!(said.contains("ho-so.xlsx"), "{said}");
    }
    assert_eq!(desk.run(&["check", "nowhere"]).status.code(), Some(2));
}

#[test]
fn a_missing_sheet_is_named() {
    let dossier = SmallDossier::new().without_sheet("Đơn vị");
    let (status, json) = Desk::with(&dossier).check();
    assert_eq!(status, Some(1));
    let named = json["findings"].as_array().expect("findings").iter().any(|finding| {
        finding["severity"] == "error"
            && finding["file"] == "ho-so.xlsx"
            && finding["message"].as_str().is_some_and(|message| message.contains("Đơn vị"))
    });
    assert!(named, "{json:#}");
}

#[test]
fn a_missing_column_is_named() {
    let dossier = SmallDossier::new().set("Tiêu chí", 0, 3, "Ghi chú");
    let (status, json) = Desk::with(&dossier).check();
    assert_eq!(status, Some(1));
    let named = json["findings"].as_array().expect("findings").iter().any(|finding| {
        finding["severity"] == "error"
            && finding["sheet"] == "Tiêu chí"
            && finding["message"].as_str().is_some_and(|message| message.contains("Cách tính"))
    });
    assert!(named, "{json:#}");
}

#[test]
fn a_group_whose_maximum_is_not_the_sum_of_its_lines() {
    let json = one_error_at(&SmallDossier::new().set("Tiêu chí", 1, 5, 12), "ho-so.xlsx!Tiêu chí!F2");
    assert_eq!(total(&json, 0), "9");
}

#[test]
fn an_unknown_rule() {
    let json = one_error_at(&SmallDossier::new().set("Tiêu chí", 2, 3, "Tính nhẩm"), "ho-so.xlsx!Tiêu chí!D3");
    // the other two lines still count
    assert_eq!(total(&json, 0), "4");
}

#[test]
fn an_unknown_unit_in_the_plan() {
    let dossier = SmallDossier::new()
        .add_sheet("Chỉ tiêu", vec![row!["Đơn vị", "1.1"], row!["Công đoàn ngành Than", 50], row!["YT", 100]]);
    let json = one_error_at(&dossier, "ho-so.xlsx!Chỉ tiêu!A2");
    assert_eq!(total(&json, 0), "9");
}

#[test]
fn a_submission_of_an_unknown_unit() {
    let mut dossier = SmallDossier::new();
    dossier.submissions.push(("la.xlsx".into(), vec![form("Công đoàn ngành Than", 90)]));
    let (status, json) = Desk::with(&dossier).check();
    assert_eq!(status, Some(1));
    let places = errors(&json);
    assert!(places.len() == 1 && places[0].starts_with("so-lieu/la.xlsx!Biểu 1!"), "{places:?}");
    assert_eq!(json["clusters"][0]["submitted"], 2);
}

#[test]
fn an_empty_result_is_missing() {
    let json = one_error_at(&SmallDossier::new().submit("yte.xlsx", 4, 4, ""), "so-lieu/yte.xlsx!Biểu 1!E5");
    assert_eq!(total(&json, 0), "4");
}

#[test]
fn a_plan_of_zero_is_not_guessed() {
    let json = one_error_at(&SmallDossier::new().submit("yte.xlsx", 4, 3, 0), "so-lieu/yte.xlsx!Biểu 1!D5");
    assert_eq!(total(&json, 0), "4");
    assert_eq!(json["findings"][0]["unit"], "YT");
    assert_eq!(json["findings"][0]["criterion"], "1.1");
}

#[test]
fn words_in_a_number_cell() {
    let json = one_error_at(&SmallDossier::new().submit("yte.xlsx", 5, 4, "nhiều cuộc"), "so-lieu/yte.xlsx!Biểu 1!E6");
    assert_eq!(total(&json, 0), "7");
    assert_eq!(total(&json, 1), "8.75");
}

#[test]
fn two_submissions_of_one_unit_are_both_named_and_neither_is_taken() {
    let mut dossier = SmallDossier::new();
    dossier.submissions.push(("yte-ban-cuoi.xlsx".into(), vec![form("Công đoàn ngành Y tế", 120)]));
    let (status, json) = Desk::with(&dossier).check();
    assert_eq!(status, Some(1));
    let message = json["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .find(|finding| finding["severity"] == "error" && finding["unit"] == "YT")
        .and_then(|finding| finding["message"].as_str())
        .unwrap_or_else(|| panic!("no error for YT in {json:#}"));
    assert!(message.contains("so-lieu/yte.xlsx") && message.contains("so-lieu/yte-ban-cuoi.xlsx"), "{message}");
    assert_eq!(json["clusters"][0]["units"][0]["submitted"], false);
}

#[test]
fn a_result_of_zero_is_a_result() {
    let (status, json) = Desk::with(&SmallDossier::new().submit("yte.xlsx", 4, 4, 0)).check();
    assert_eq!(status, Some(0), "{json:#}");
    assert_eq!(total(&json, 0), "4");
    assert_eq!(json["clusters"][0]["units"][0]["scores"]["1.1"], "0");
}

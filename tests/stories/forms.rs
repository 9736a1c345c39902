//! Forms go out to the units, are filled in, and come back without a finding.

use serde_json::{Value, json};
use std::path::Path;

use crate::desk::{Desk, SmallDossier, fixture};
use crate::row;
use crate::workbook::fill;

/// A dossier whose plans are given in sheet Chỉ tiêu, before anyone has sent anything.
fn waiting() -> SmallDossier {
    let mut dossier =
        SmallDossier::new().add_sheet("Chỉ tiêu", vec![row!["Đơn vị", "1.1"], row!["YT", 100], row!["GD", 120]]);
    dossier.submissions.clear();
    dossier
}

/// Writes the forms and gives what the program said.
fn send_out(desk: &Desk, more: &[&str]) -> String {
    let output = desk.run(&[&["forms", "."], more].concat());
    let said = String::from_utf8_lossy(&output.stdout).to_string();
    assert_eq!(output.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// A unit fills in its form: result and self mark of the three lines, and a word of its own.
fn fill_in(form: &Path, results: [&str; 3], marks: [&str; 3]) {
    let rows = ["10", "11", "12"];
    let mut cells: Vec<(String, &str)> = vec![("C6".into(), "45636")];
    for ((row, result), mark) in rows.iter().zip(results).zip(marks) {
        cells.push((format!("F{row}"), result));
        cells.push((format!("G{row}"), mark));
    }
    fill(form, "xl/worksheets/sheet1.xml", &cells);
    fill(form, "xl/worksheets/sheet2.xml", &[("B5".to_string(), "Kết nạp vượt kế hoạch")]);
}

#[test]
fn filled_forms_come_back_without_a_finding_whatever_their_files_are_called() {
    let desk = Desk::with(&waiting());
    let said = send_out(&desk, &[]);
    assert!(said.contains("Đã ghi 2 biểu mẫu"), "{said}");
    fill_in(&desk.path("bieu-mau/YT.xlsx"), ["104", "2", "Đạt"], ["5", "2", "2"]);
    fill_in(&desk.path("bieu-mau/GD.xlsx"), ["90", "0", "Không"], ["3.75", "0", "0"]);
    std::fs::create_dir_all(desk.path("so-lieu/gửi lại")).expect("the folder of submissions");
    std::fs::copy(desk.path("bieu-mau/YT.xlsx"), desk.path("so-lieu/gửi lại/Book1 (2).xlsx")).expect("a copy");
    std::fs::copy(desk.path("bieu-mau/GD.xlsx"), desk.path("so-lieu/bao cao.xlsx")).expect("a copy");
    let (status, found) = desk.check();
    assert_eq!((status, &found["findings"]), (Some(0), &json!([])), "{found:#}");
    let unit = |index: usize| &found["clusters"][0]["units"][index];
    assert_eq!(unit(0)["results"], json!({"1.1": "104", "1.2": "2", "1.3": "1"}));
    assert_eq!((&unit(0)["plans"]["1.1"], &unit(1)["plans"]["1.1"]), (&json!("100"), &json!("120")));
    assert_eq!((&unit(0)["total"], &unit(0)["self_total"]), (&json!("9"), &json!("9")));
    assert_eq!(unit(1)["scores"], json!({"1.1": "3.75", "1.2": "0", "1.3": "0"}));
}

#[test]
fn a_form_binds_by_its_hidden_code_where_names_could_mean_two_units() {
    let dossier = waiting().set("Đơn vị", 1, 1, "Công đoàn ngành").set("Đơn vị", 2, 1, "Công đoàn ngành");
    let desk = Desk::with(&dossier);
    send_out(&desk, &["--out", "so-lieu"]);
    let (_, found) = desk.check();
    let submitted: Vec<&Value> = (0..2).map(|index| &found["clusters"][0]["units"][index]["submitted"]).collect();
    assert_eq!(submitted, [&json!(true), &json!(true)], "{found:#}");
}

#[test]
fn a_form_that_someone_began_to_fill_in_is_not_written_over() {
    let desk = Desk::with(&waiting());
    send_out(&desk, &[]);
    let (begun, blank) = (desk.path("bieu-mau/YT.xlsx"), desk.path("bieu-mau/GD.xlsx"));
    let untouched = std::fs::read(&begun).expect("the form");
    fill(&begun, "xl/worksheets/sheet1.xml", &[("F10".to_string(), "104")]);
    let filled = std::fs::read(&begun).expect("the form");
    let said = send_out(&desk, &[]);
    assert!(said.contains("Giữ nguyên") && said.contains("Đã ghi 1 biểu mẫu"), "{said}");
    assert_eq!(std::fs::read(&begun).expect("the form"), filled);
    assert!(blank.is_file());
    send_out(&desk, &["--force"]);
    assert_eq!(std::fs::read(&begun).expect("the form"), untouched);
}

#[test]
fn every_unit_of_the_examples_gets_a_form_that_is_bound_to_it() {
    for name in ["khoi-nganh-2024", "cong-doan-vien-chuc-2024", "giua-nhiem-ky-2020"] {
        let desk = Desk::new();
        std::fs::copy(fixture(name).join("ho-so.xlsx"), desk.path("ho-so.xlsx")).expect("the definition");
        send_out(&desk, &["--out", "so-lieu"]);
        let (_, found) = desk.check();
        for cluster in found["clusters"].as_array().expect("clusters") {
            assert_eq!(cluster["expected"], cluster["submitted"], "{name}: {}", cluster["code"]);
            assert_ne!(cluster["expected"], json!(0));
        }
        let of_intake = |finding: &&Value| finding["code"].as_str().is_some_and(|code| code.starts_with("SL"));
        let findings = found["findings"].as_array().expect("findings");
        assert_eq!(findings.iter().find(of_intake), None, "{name}: the reading of a blank form raises nothing");
    }
}

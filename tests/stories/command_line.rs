//! The command line as a secretary meets it: help, examples, explanations, exit statuses.

use crate::desk::{Desk, SmallDossier};

#[test]
fn help_is_in_vietnamese_and_names_every_command() {
    let output = Desk::new().run(&["--help"]);
    assert_eq!(output.status.code(), Some(0));
    let help = String::from_utf8_lossy(&output.stdout).to_string();
    for command in
        ["new", "forms", "check", "build", "compare", "collect", "templates", "explain", "signatures", "serve"]
    {
        assert!(help.contains(command), "{help}");
    }
    assert!(help.contains("Cách dùng"), "{help}");
}

#[test]
fn wrong_usage_ends_with_two_and_says_why() {
    let desk = Desk::with(&SmallDossier::new());
    for (arguments, said) in [
        (vec!["buid", "."], "buid"),
        (vec!["build", ".", "--onli", "giao-uoc"], "--onli"),
        (vec!["build", ".", "--only", "giao-uoc.odt"], "giao-uoc.odt"),
        (vec!["build"], "HỒ_SƠ"),
        (vec!["explain", "XX99"], "XX99"),
        (vec!["new", "x", "--example", "khong-co"], "khoi-nganh-2024"),
    ] {
        let output = desk.run(&arguments);
        let complaint = String::from_utf8_lossy(&output.stderr).to_string();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {complaint}");
        assert!(complaint.contains(said), "{arguments:?}: {complaint}");
        assert!(!complaint.contains("error:"), "{complaint}");
    }
}

#[test]
fn the_page_opens_on_a_folder_that_is_there() {
    let output = Desk::new().run(&["serve", "khong-co", "--no-open"]);
    let complaint = String::from_utf8_lossy(&output.stderr).to_string();
    assert_eq!(output.status.code(), Some(2), "{complaint}");
    assert!(complaint.contains("khong-co"), "{complaint}");
}

#[test]
fn every_code_is_explained() {
    let desk = Desk::new();
    let list = desk.run(&["explain"]);
    let codes = String::from_utf8_lossy(&list.stdout).to_string();
    assert!(codes.lines().count() > 20, "{codes}");
    for code in codes.lines().filter_map(|line| line.split_whitespace().next()) {
        let output = desk.run(&["explain", &code.to_lowercase()]);
        let text = String::from_utf8_lossy(&output.stdout).to_string();
        assert_eq!(output.status.code(), Some(0));
        assert!(text.contains("Ví dụ:") && text.contains("Cách sửa:"), "{text}");
    }
}

#[test]
fn an_empty_dossier_says_what_to_fill_in() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["new", "moi"]).status.code(), Some(0));
    assert!(desk.path("moi/so-lieu").is_dir());
    let output = desk.run(&["check", "moi"]);
    let said = String::from_utf8_lossy(&output.stdout).to_string();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("Năm"), "{said}");

    let again = desk.run(&["new", "moi"]);
    assert_eq!(again.status.code(), Some(2), "an existing dossier is not written over");
}

#[test]
fn every_example_can_be_taken_and_is_sound() {
    let desk = Desk::new();
    let list = desk.run(&["new", "--list"]);
    let names = String::from_utf8_lossy(&list.stdout).to_string();
    for expected in [
        "khoi-nganh-2024",
        "cum-5-thanh-pho-2023",
        "khoi-thi-dua-1-2024",
        "cong-doan-vien-chuc-2024",
        "giua-nhiem-ky-2020",
    ] {
        assert!(names.lines().any(|name| name == expected), "{names}");
    }
    for name in names.lines() {
        assert_eq!(desk.run(&["new", name, "--example", name]).status.code(), Some(0));
        let output = desk.run(&["check", name]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn check_writes_nothing_unless_asked() {
    let desk = Desk::with(&SmallDossier::new().submit("yte.xlsx", 4, 4, ""));
    let before = crate::desk::files_below(&desk.path("."));
    desk.run(&["check", "."]);
    assert_eq!(crate::desk::files_below(&desk.path(".")), before);
    assert_eq!(desk.run(&["check", ".", "--out", "ra"]).status.code(), Some(1));
    assert!(desk.path("ra/ra-soat.xlsx").is_file());
}

#[test]
fn templates_are_handed_out_and_a_changed_one_is_kept() {
    let desk = Desk::with(&SmallDossier::new());
    assert_eq!(desk.run(&["templates", "."]).status.code(), Some(0));
    let covenant = desk.path("mau/giao-uoc.docx");
    assert!(covenant.is_file());
    std::fs::write(&covenant, b"my own").expect("a changed template");
    desk.run(&["templates", "."]);
    assert_eq!(std::fs::read(&covenant).expect("the template"), b"my own");
    desk.run(&["templates", ".", "--force"]);
    assert_ne!(std::fs::read(&covenant).expect("the template"), b"my own");
}

//! `build`: every file of contract §4, drafts where there are errors, the same bytes each time.

use std::path::Path;

use crate::desk::{Desk, SmallDossier, files_below, fixture, program};
use crate::row;

fn names(folder: &Path) -> Vec<String> {
    files_below(folder).into_keys().map(|path| path.to_string_lossy().replace('\\', "/")).collect()
}

/// The text of a Word file's body, tags taken out.
fn word_text(bytes: &[u8], part: &str) -> String {
    let package = thidua::word::Package::read(bytes).expect("a Word file");
    let xml = String::from_utf8(package.part(part).expect("the part").to_vec()).expect("UTF-8");
    let mut text = String::new();
    let mut inside = false;
    for character in xml.chars() {
        match character {
            '<' => inside = true,
            '>' => inside = false,
            other if !inside => text.push(other),
            _ => {}
        }
    }
    text
}

#[test]
fn the_command_of_the_readme_writes_every_file_and_ends_well() {
    let out = tempfile::tempdir().expect("a folder");
    let output = program()
        .arg("build")
        .arg(fixture("khoi-nganh-2024"))
        .arg("--out")
        .arg(out.path())
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&output.stdout).to_string();
    assert_eq!(output.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let written = names(out.path());
    for name in &written {
        let shown = name.rsplit('/').next().expect("a name");
        assert!(said.contains(shown), "{name} is not told of:\n{said}");
    }
    let count = |ending: &str| written.iter().filter(|name| name.ends_with(ending)).count();
    for paper in ["bao-cao-tong-ket", "giao-uoc", "bien-ban-binh-xet", "to-trinh-khen-thuong"] {
        assert_eq!(count(&format!("/{paper}.docx")), 1, "{written:?}");
        assert_eq!(count(&format!("/{paper}.pdf")), 1, "{written:?}");
    }
    assert_eq!(count("/xep-hang.xlsx") + count("/xep-hang.pdf"), 2, "{written:?}");
    assert_eq!(written.iter().filter(|name| name.contains("/phieu-diem/")).count(), 8, "{written:?}");
    for common in ["tong-hop.xlsx", "ra-soat.xlsx", "ket-qua.json"] {
        assert!(written.iter().any(|name| name == common), "{written:?}");
    }
    assert_eq!(count("so-ket-nhiem-ky.docx"), 0, "there is no sheet Nhiệm kỳ: {written:?}");
}

#[test]
fn the_same_dossier_gives_the_same_bytes() {
    let folders = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
    for folder in &folders {
        let dossier = fixture("giua-nhiem-ky-2020");
        let status =
            program().arg("build").arg(dossier).arg("--out").arg(folder.path()).output().expect("it starts").status;
        assert_eq!(status.code(), Some(0));
    }
    let [first, second] = folders.map(|folder| files_below(folder.path()));
    assert!(first.keys().any(|path| path.ends_with("so-ket-nhiem-ky.pdf")), "{:?}", first.keys());
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (path, bytes) in &first {
        assert!(bytes == &second[path], "{} differs", path.display());
    }
}

#[test]
fn only_what_is_asked_for_is_written() {
    let desk = Desk::with(&SmallDossier::new());
    let output = desk.run(&["build", ".", "--only", "giao-uoc,xep-hang.xlsx"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(names(&desk.path("ket-qua")), ["K1/giao-uoc.docx", "K1/giao-uoc.pdf", "K1/xep-hang.xlsx"]);
}

#[test]
fn errors_make_drafts_of_the_clusters_they_touch_only() {
    let mut dossier = SmallDossier::new().submit("yte.xlsx", 4, 4, "");
    dossier.definition[1].1.push(row!["K2", "Khối thi đua số 2"]);
    dossier.definition[2].1.push(row!["TC", "Công đoàn ngành Tài chính", "K2", "Khối trưởng"]);
    dossier.submissions.push(("tc.xlsx".into(), vec![crate::desk::form("Công đoàn ngành Tài chính", 101)]));
    let desk = Desk::with(&dossier);
    assert_eq!(desk.run(&["build", "."]).status.code(), Some(1));
    let drafts: Vec<bool> = ["K1", "K2"]
        .iter()
        .map(|cluster| {
            let bytes = std::fs::read(desk.path(&format!("ket-qua/{cluster}/giao-uoc.docx"))).expect("the covenant");
            let package = thidua::word::Package::read(&bytes).expect("a Word file");
            let marked =
                |name: &str| package.part(name).is_some_and(|part| String::from_utf8_lossy(part).contains("DỰ THẢO"));
            package.names().filter(|name| name.starts_with("word/header")).any(marked)
        })
        .collect();
    assert_eq!(drafts, [true, false]);
}

#[test]
fn strict_writes_nothing_while_there_are_errors() {
    let desk = Desk::with(&SmallDossier::new().submit("yte.xlsx", 4, 4, ""));
    let output = desk.run(&["build", ".", "--strict"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!desk.path("ket-qua").exists());
}

#[test]
fn a_template_of_the_office_replaces_the_built_in_one() {
    let desk = Desk::with(&SmallDossier::new());
    assert_eq!(desk.run(&["templates", "."]).status.code(), Some(0));
    let path = desk.path("mau/giao-uoc.docx");
    let mut package = thidua::word::Package::read(&std::fs::read(&path).expect("the template")).expect("a Word file");
    let body = String::from_utf8(package.part("word/document.xml").expect("a body").to_vec()).expect("UTF-8");
    assert!(body.contains("GIAO ƯỚC"));
    package.set("word/document.xml", body.replace("GIAO ƯỚC", "BẢN CAM KẾT").into_bytes());
    std::fs::write(&path, package.to_bytes().expect("a Word file")).expect("the changed template");
    assert_eq!(desk.run(&["build", ".", "--only", "giao-uoc.docx"]).status.code(), Some(0));
    let bytes = std::fs::read(desk.path("ket-qua/K1/giao-uoc.docx")).expect("the covenant");
    let text = word_text(&bytes, "word/document.xml");
    assert!(text.contains("BẢN CAM KẾT") && text.contains("Công đoàn ngành Y tế"), "{text}");
}

#[test]
fn a_faulty_template_is_named_and_the_other_papers_are_written() {
    let desk = Desk::with(&SmallDossier::new());
    desk.run(&["templates", "."]);
    let path = desk.path("mau/giao-uoc.docx");
    let mut package = thidua::word::Package::read(&std::fs::read(&path).expect("the template")).expect("a Word file");
    let body = String::from_utf8(package.part("word/document.xml").expect("a body").to_vec()).expect("UTF-8");
    assert!(body.contains("{{nam_giao_uoc}}"));
    package.set("word/document.xml", body.replacen("{{nam_giao_uoc}}", "{{nam_giao_uocc}}", 1).into_bytes());
    std::fs::write(&path, package.to_bytes().expect("a Word file")).expect("the changed template");
    let output = desk.run(&["build", ".", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let finding = json["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .find(|finding| finding["file"] == "mau/giao-uoc.docx")
        .unwrap_or_else(|| panic!("no finding about the template: {json:#}"));
    assert!(finding["message"].as_str().is_some_and(|message| message.contains("nam_giao_uocc")), "{finding:#}");
    assert!(!desk.path("ket-qua/K1/giao-uoc.docx").exists());
    assert!(desk.path("ket-qua/K1/bien-ban-binh-xet.docx").is_file());
}

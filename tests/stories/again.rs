//! A secretary builds again and again: what has not changed is left alone, and the result is always that of a fresh build.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::desk::{Desk, SmallDossier, files_below, form};
use crate::row;

/// Two clusters, two units in the first and one in the second.
fn two_clusters() -> SmallDossier {
    let mut dossier = SmallDossier::new();
    dossier.definition[1].1.push(row!["K2", "Khối thi đua số 2"]);
    dossier.definition[2].1.push(row!["TC", "Công đoàn ngành Tài chính", "K2", "Khối trưởng"]);
    dossier.submissions.push(("tc.xlsx".into(), vec![form("Công đoàn ngành Tài chính", 101)]));
    dossier
}

fn build(desk: &Desk, more: &[&str]) -> String {
    let output = desk.run(&[&["build", "."], more].concat());
    assert!(output.status.code() == Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// When each output was written.
fn written(folder: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let time = |path: &PathBuf| folder.join(path).metadata().and_then(|found| found.modified()).expect("a time");
    files_below(folder).into_keys().map(|path| (path.clone(), time(&path))).collect()
}

/// The outputs that were written anew between two looks.
fn anew(before: &BTreeMap<PathBuf, SystemTime>, after: &BTreeMap<PathBuf, SystemTime>) -> Vec<String> {
    let changed = after.iter().filter(|(path, time)| before.get(*path) != Some(time));
    changed.map(|(path, _)| path.to_string_lossy().replace('\\', "/")).collect()
}

/// What a build without any memory writes.
fn fresh(desk: &Desk) -> BTreeMap<PathBuf, Vec<u8>> {
    let out = tempfile::tempdir().expect("a folder");
    build(desk, &["--fresh", "--out", out.path().to_str().expect("a plain path")]);
    files_below(out.path())
}

#[test]
fn nothing_has_changed_so_nothing_is_written() {
    let desk = Desk::with(&two_clusters());
    let first = build(&desk, &[]);
    let before = written(&desk.path("ket-qua"));
    let second = build(&desk, &[]);
    assert_eq!(anew(&before, &written(&desk.path("ket-qua"))), Vec::<String>::new());
    assert!(second.contains(&format!("giữ nguyên {} tệp", before.len())), "{second}");
    let found: Vec<&str> = first.lines().take_while(|line| !line.starts_with("./ket-qua")).collect();
    assert!(!found.is_empty() && second.starts_with(&found.join("\n")), "{first}\n{second}");
    let third = build(&desk, &["--fresh"]);
    assert!(!third.contains("giữ nguyên"), "{third}");
    assert_eq!(anew(&before, &written(&desk.path("ket-qua"))).len(), before.len());
}

#[test]
fn a_changed_submission_redoes_its_own_cluster() {
    let desk = Desk::with(&two_clusters());
    build(&desk, &[]);
    let before = written(&desk.path("ket-qua"));
    let mut changed = two_clusters().submit("tc.xlsx", 4, 4, 88);
    changed.submissions.retain(|(file, _)| file == "tc.xlsx");
    desk.put_submissions("", &changed);
    let said = build(&desk, &[]);
    let redone = anew(&before, &written(&desk.path("ket-qua")));
    assert!(redone.contains(&"K2/giao-uoc.pdf".to_string()), "{redone:?}");
    assert!(!redone.iter().any(|path| path.starts_with("K1/")), "{redone:?}");
    for common in ["ket-qua.json", "ra-soat.xlsx", "tong-hop.xlsx"] {
        assert!(redone.contains(&common.to_string()), "{redone:?}");
    }
    assert!(said.contains("của 1 cụm không có gì thay đổi"), "{said}");
    assert_eq!(files_below(&desk.path("ket-qua")), fresh(&desk));
}

#[test]
fn a_new_error_makes_drafts_of_papers_that_were_none() {
    let desk = Desk::with(&two_clusters());
    build(&desk, &[]);
    desk.put("", &two_clusters().submit("tc.xlsx", 4, 4, ""));
    assert_eq!(desk.run(&["build", "."]).status.code(), Some(1));
    let now = files_below(&desk.path("ket-qua"));
    let out = desk.path("moi");
    assert_eq!(desk.run(&["build", ".", "--fresh", "--out", "moi"]).status.code(), Some(1));
    assert_eq!(now, files_below(&out));
}

#[test]
fn a_paper_that_was_changed_or_lost_comes_back() {
    let desk = Desk::with(&two_clusters());
    build(&desk, &[]);
    let whole = files_below(&desk.path("ket-qua"));
    std::fs::write(desk.path("ket-qua/K1/giao-uoc.docx"), b"by hand").expect("a paper changed by hand");
    std::fs::remove_file(desk.path("ket-qua/K2/bao-cao-tong-ket.pdf")).expect("a paper lost");
    build(&desk, &[]);
    assert!(files_below(&desk.path("ket-qua")) == whole);
    std::fs::remove_file(desk.path("ket-qua/ket-qua.json")).expect("a common file lost");
    build(&desk, &[]);
    assert!(files_below(&desk.path("ket-qua")) == whole);
}

#[test]
fn another_definition_template_or_request_redoes_everything() {
    let desk = Desk::with(&two_clusters());
    build(&desk, &[]);
    let before = written(&desk.path("ket-qua"));
    desk.put("", &two_clusters().set("Thông tin", 2, 1, "Khối thi đua các ngành"));
    build(&desk, &[]);
    assert_eq!(anew(&before, &written(&desk.path("ket-qua"))).len(), before.len());
    assert_eq!(files_below(&desk.path("ket-qua")), fresh(&desk));

    assert_eq!(desk.run(&["templates", "."]).status.code(), Some(0));
    let before = written(&desk.path("ket-qua"));
    build(&desk, &[]);
    assert!(anew(&before, &written(&desk.path("ket-qua"))).contains(&"K1/giao-uoc.docx".to_string()));

    let before = written(&desk.path("ket-qua"));
    let said = build(&desk, &["--only", "giao-uoc"]);
    assert_eq!(anew(&before, &written(&desk.path("ket-qua"))).len(), 4, "{said}");
}

#[test]
fn strict_looks_again_at_errors_that_are_known() {
    let desk = Desk::with(&two_clusters().submit("tc.xlsx", 4, 4, ""));
    assert_eq!(desk.run(&["build", "."]).status.code(), Some(1));
    let output = desk.run(&["build", ".", "--strict"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("Còn lỗi nên chưa ghi tệp nào"), "{said}");
}

#[test]
fn the_results_are_printed_also_when_nothing_has_changed() {
    let desk = Desk::with(&two_clusters());
    let first = build(&desk, &["--json"]);
    assert_eq!(build(&desk, &["--json"]), first);
    assert_eq!(std::fs::read_to_string(desk.path("ket-qua/ket-qua.json")).expect("the results"), first);
}

#[test]
fn the_results_are_printed_also_when_errors_withhold_the_papers() {
    let desk = Desk::with(&two_clusters().submit("tc.xlsx", 4, 4, ""));
    let printed = |arguments: &[&str]| {
        let output = desk.run(arguments);
        assert_eq!(output.status.code(), Some(1));
        serde_json::from_slice::<serde_json::Value>(&output.stdout).expect("JSON and nothing else")
    };
    let withheld = printed(&["build", ".", "--strict", "--json"]);
    assert!(!desk.path("ket-qua").exists());
    assert_eq!(withheld, printed(&["check", ".", "--json"]));
    assert_eq!(withheld, printed(&["build", ".", "--json"]));
    assert_eq!(withheld, printed(&["build", ".", "--strict", "--json"]), "nothing has changed since");
}

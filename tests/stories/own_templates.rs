//! An office's own templates: handed out, changed in Word, checked with every fault at its place, filled.

use std::path::Path;

use crate::desk::{Desk, SmallDossier};
use thidua::run::TagList;
use thidua::word::Package;
use thidua::word::xml::parse;

fn said(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn read(path: &Path) -> Package {
    Package::read(&std::fs::read(path).expect("the file")).expect("a Word file")
}

fn text(package: &Package, part: &str) -> String {
    parse(package.part(part).expect("the part")).expect("XML").root.all_text()
}

/// Changes the words of a template as someone does who types into Word.
fn type_into(path: &Path, words: &[(&str, &str)]) {
    let mut package = read(path);
    let mut xml = String::from_utf8(package.part("word/document.xml").expect("the body").to_vec()).expect("UTF-8");
    for (old, new) in words {
        assert!(xml.contains(old), "“{old}” is in the template");
        xml = xml.replacen(old, new, 1);
    }
    package.set("word/document.xml", xml.into_bytes());
    std::fs::write(path, package.to_bytes().expect("a zip")).expect("the template");
}

#[test]
fn a_template_handed_out_explains_itself_and_the_paper_holds_nothing_of_that() {
    let desk = Desk::with(&SmallDossier::new());
    assert_eq!(desk.run(&["templates", "."]).status.code(), Some(0));
    let path = desk.path("mau/giao-uoc.docx");
    assert!(text(&read(&path), "word/comments.xml").contains("giữ đúng chính tả của thẻ"));
    type_into(&path, &[("GIAO ƯỚC THI ĐUA", "BẢN GIAO ƯỚC CỦA CƠ QUAN")]);

    assert_eq!(desk.run(&["build", ".", "--only", "giao-uoc.docx"]).status.code(), Some(0));
    let paper = std::fs::read_dir(desk.path("ket-qua")).expect("the results").flatten().map(|entry| entry.path());
    let paper = paper.map(|folder| folder.join("giao-uoc.docx")).find(|path| path.exists()).expect("the covenant");
    let package = read(&paper);
    assert!(text(&package, "word/document.xml").contains("BẢN GIAO ƯỚC CỦA CƠ QUAN"));
    assert!(package.names().all(|name| !name.contains("comments")), "the explanation stays in the template");
    let body = String::from_utf8_lossy(package.part("word/document.xml").expect("the body")).into_owned();
    assert!(!body.contains("comment"), "nothing points to it either");
}

#[test]
fn checking_says_of_each_template_that_it_is_fine() {
    let desk = Desk::with(&SmallDossier::new());
    let output = desk.run(&["templates", ".", "--check"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(said(&output).contains("Không có mẫu riêng"), "{}", said(&output));
    desk.run(&["templates", "."]);
    let output = desk.run(&["templates", ".", "--check"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(said(&output).matches(": dùng được.").count(), 7, "{}", said(&output));
}

#[test]
fn every_fault_is_told_at_once_and_stands_as_a_comment_in_the_copy() {
    let desk = Desk::with(&SmallDossier::new());
    desk.run(&["templates", "."]);
    let mau = desk.path("mau");
    type_into(
        &mau.join("giao-uoc.docx"),
        &[("{{cum.ten}}", "{{cum.tne}}"), ("{{#each cac_ben_ky}}", "{{#each cac_ben_kyy}}"), ("{{/each}}", "{{/if}}")],
    );
    std::fs::write(mau.join("giao_uoc.doc"), "cũ").expect("a stray file");
    std::fs::write(mau.join("phieu-diem.docx"), "không phải Word").expect("a broken template");

    let output = desk.run(&["templates", ".", "--check", "--out", "xem-lai"]);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for words in [
        "mau/bao-cao-tong-ket.docx: dùng được.",
        "Không có thẻ “tne” trong “cum”",
        "Có phải ý là ten?",
        "Có phải ý là cac_ben_ky?",
        "{{/if}} đóng chéo",
        "mau/giao-uoc.docx › thân văn bản › đoạn ",
        "Có phải ý là giao-uoc.docx?",
        "Không đọc được mẫu mau/phieu-diem.docx",
    ] {
        assert!(said.contains(words), "“{words}” in:\n{said}");
    }
    let copy = read(&desk.path("xem-lai/giao-uoc.docx"));
    let comments = text(&copy, "word/comments.xml");
    for words in ["Không có thẻ “tne”", "Có phải ý là cac_ben_ky?", "đóng chéo"] {
        assert!(comments.contains(words), "“{words}” in:\n{comments}");
    }
    let original = read(&mau.join("giao-uoc.docx"));
    assert_eq!(text(&copy, "word/document.xml"), text(&original, "word/document.xml"), "only comments are added");
    assert_eq!(desk.run(&["templates", ".", "--check", "--out", "mau"]).status.code(), Some(2));

    let output = desk.run(&["build", ".", "--strict", "--only", "giao-uoc"]);
    assert_eq!(output.status.code(), Some(1), "a faulty template keeps a strict build from writing");
    assert!(!desk.path("ket-qua").exists());
}

#[test]
fn the_tags_are_listed_with_their_values_as_text_and_as_a_word_file() {
    let desk = Desk::with(&SmallDossier::new());
    let output = desk.run(&["templates", ".", "--tags"]);
    let list = said(&output);
    assert_eq!(output.status.code(), Some(0), "{list}");
    for words in ["{{nam}} = 2024", "{{#each xep_hang}} = 2 mục", "{{so tong}}", "{{#if da_nop}} = có", "{{cum.ten}}"]
    {
        assert!(list.contains(words), "“{words}” in:\n{list}");
    }
    let word = text(&read(&desk.path("mau/danh-muc-the.docx")), "word/document.xml");
    for words in ["{{nam}}", "{{#each xep_hang}}", "2 mục", "chữ in hoa"] {
        assert!(word.contains(words), "“{words}” in the Word file");
    }
    let check = said(&desk.run(&["templates", ".", "--check"]));
    assert!(!check.contains("danh-muc-the"), "the list is no template: {check}");
}

/// `RENEW=1 cargo test --test stories the_documents_hold` writes the list anew.
#[test]
fn the_documents_hold_the_list_of_tags() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/danh-muc-the.md");
    let list = TagList::without_values().to_markdown();
    if std::env::var_os("RENEW").is_some() {
        std::fs::write(&path, &list).expect("the documents can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == list, "docs/danh-muc-the.md is stale: RENEW=1 cargo test --test stories the_documents_hold");
}

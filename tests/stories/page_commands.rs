//! What the commands do is done on the page too, on the same folder: every one of them, with its choices.

use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

use crate::browser::{Page, in_address};
use crate::desk::{Desk, SmallDossier, files_below};
use crate::{row, workbook};

/// A dossier, the page on it, and the beginning of its addresses.
fn open(dossier: &SmallDossier) -> (Desk, Page, String) {
    let desk = Desk::with(dossier);
    let page = Page::open(&desk.path("."));
    let name = page.send(&page.get("/api/shelf")).json()["dossiers"][0].as_str().expect("a dossier").to_string();
    let at = format!("/api/dossier/{}", in_address(&name));
    (desk, page, at)
}

fn build(page: &Page, at: &str, wanted: &Value) -> Value {
    let job = page.send(&page.post(&format!("{at}/build"), wanted)).json();
    page.wait_for(job["id"].as_u64().unwrap_or_else(|| panic!("a job: {job}")))
}

fn drop_file(page: &Page, at: &str, name: &str, content: &[u8], more: &str) -> Value {
    page.send(&page.drop_file(&format!("{at}/submissions?file={}{more}", in_address(name)), content)).json()
}

#[test]
fn a_file_that_cannot_be_read_is_kept_and_shown_as_faulty() {
    let (desk, page, at) = open(&SmallDossier::new());
    let good = fs::read(desk.path("so-lieu/giaoduc.xlsx")).expect("a submission");
    let damaged = &good[..good.len() / 2];
    let refused = page.send(&page.drop_file(&format!("{at}/submissions?file=Y%20te%20YT.xlsx"), damaged));
    assert_eq!(refused.status, 422, "never in the place of a report that can be read: {refused:?}");
    assert!(refused.json()["error"].as_str().is_some_and(|words| words.contains("so-lieu/yte.xlsx")), "{refused:?}");

    fs::remove_file(desk.path("so-lieu/giaoduc.xlsx")).expect("the file");
    let name = "Công đoàn ngành Giáo dục.xlsx";
    let stored = drop_file(&page, &at, name, damaged, "");
    let path = format!("so-lieu/{name}");
    assert_eq!((&stored["file"], &stored["units"]), (&json!(path), &json!(["GD"])), "{stored}");
    assert!(stored["fault"].as_str().is_some_and(|words| words.contains(name)), "{stored}");
    let unit = page.send(&page.get(&at)).json()["clusters"][0]["units"][1].clone();
    assert_eq!((&unit["submitted"], &unit["files"]), (&json!(false), &json!([path])), "{unit}");
    assert!(unit["errors"].as_u64().is_some_and(|errors| errors > 0), "faulty at a glance: {unit}");
    let (status, check) = desk.check();
    let told =
        check["findings"].as_array().expect("findings").iter().any(|one| one["code"] == "TEP01" && one["unit"] == "GD");
    assert!(status == Some(1) && told, "and the command line says so: {check}");

    let nobodys = drop_file(&page, &at, "scan.xlsx", &good[..good.len() / 3], "");
    assert_eq!(nobodys["units"], json!([]), "{nobodys}");
    let bound = page
        .send(&page.post(&format!("{at}/bind"), &json!({"file": "so-lieu/scan.xlsx", "unit": "GD", "replace": true})));
    assert_eq!(bound.json()["units"], json!(["GD"]), "a faulty file is bound by hand too: {bound:?}");

    let mended = drop_file(&page, &at, "gui lai.xlsx", &good, "&replace=true");
    assert_eq!(mended["kept"], json!(["so-lieu/.cu/[GD] scan.xlsx"]), "the mended one takes its place: {mended}");
    assert_eq!(desk.check().0, Some(0));
}

#[test]
fn an_old_file_comes_back_from_where_it_was_kept() {
    let (desk, page, at) = open(&SmallDossier::new());
    let first = fs::read(desk.path("so-lieu/yte.xlsx")).expect("a submission");
    let other = Desk::with(&SmallDossier::new().submit("yte.xlsx", 4, 4, 99));
    let second = fs::read(other.path("so-lieu/yte.xlsx")).expect("a submission");
    drop_file(&page, &at, "yte.xlsx", &second, "&replace=true");
    let kept = page.send(&page.get(&at)).json()["kept"].clone();
    assert_eq!(kept[0]["name"], "yte.xlsx", "{kept}");

    let back = |replace: bool| {
        page.send(&page.post(&format!("{at}/bring-back"), &json!({"file": "yte.xlsx", "replace": replace})))
    };
    assert_eq!(back(false).status, 409, "asked first");
    let stored = back(true).json();
    assert_eq!(stored["kept"], json!(["so-lieu/.cu/Công đoàn ngành Y tế.xlsx"]), "{stored}");
    let now = fs::read(desk.path("so-lieu/Công đoàn ngành Y tế.xlsx")).expect("the file");
    let aside = fs::read(desk.path("so-lieu/.cu/Công đoàn ngành Y tế.xlsx")).expect("the other");
    assert!(now == first && aside == second, "changed places");
    assert!(!desk.path("so-lieu/.cu/yte.xlsx").exists());
    assert_eq!(back(true).status, 404, "it is there once");
}

#[test]
fn a_row_of_a_joint_table_is_bound_by_hand() {
    let joint = vec![
        row!["Đơn vị", "1.1", "1.2", "1.3"],
        row!["Công đoàn ngành Y tế", 104, 2, "Đạt"],
        row!["CĐ Trường học vùng cao", 95, 1, "Đạt"],
    ];
    let mut dossier = SmallDossier::new();
    dossier.submissions = vec![("chung.xlsx".to_string(), vec![("Biểu 1".to_string(), joint)])];
    let (desk, page, at) = open(&dossier);
    let file = page.send(&page.get(&at)).json()["files"][0].clone();
    assert_eq!(file["units"], json!(["YT"]));
    let stranger = &file["strangers"][0];
    assert_eq!((&stranger["name"], &stranger["cell"]), (&json!("CĐ Trường học vùng cao"), &json!("A3")), "{file}");
    let sent = fs::read(desk.path("so-lieu/chung.xlsx")).expect("the joint table");

    let name =
        |unit: &str, name: &str| page.send(&page.post(&format!("{at}/name"), &json!({"unit": unit, "name": name})));
    assert_eq!(name("GD", "Tên không ai hỏi").status, 422, "only names that are asked about");
    assert_eq!(name("XX", "CĐ Trường học vùng cao").status, 422, "only units that there are");
    let named = name("GD", "CĐ Trường học vùng cao");
    assert_eq!(named.status, 200, "{named:?}");
    assert!(fs::read(desk.path("so-lieu/chung.xlsx")).expect("the table") == sent, "the units' own file stays");
    let (read, _) = thidua::dossier::read(&desk.path("."));
    assert_eq!(read.expect("a dossier").units[1].other_names, ["CĐ Trường học vùng cao"]);
    let (_, check) = desk.check();
    assert_eq!(check["clusters"][0]["submitted"], 2, "the command line knows the name as well");
    assert_eq!(check["clusters"][0]["units"][1]["results"]["1.1"], "95");
}

#[test]
fn only_some_papers_are_built_and_none_where_errors_forbid() {
    let (desk, page, at) = open(&SmallDossier::new());
    let report = build(&page, &at, &json!({"only": "giao-uoc.docx,xep-hang"}));
    assert_eq!(report["files"], json!(["K1/giao-uoc.docx", "K1/xep-hang.pdf", "K1/xep-hang.xlsx"]), "{report}");
    let fresh = build(&page, &at, &json!({"only": "giao-uoc.docx,xep-hang", "fresh": true}));
    assert_eq!(fresh["files"], report["files"], "everything anew where that is asked for: {fresh}");
    let unknown = page.send(&page.post(&format!("{at}/build"), &json!({"only": "bao-cao"})));
    assert_eq!(unknown.status, 422, "{unknown:?}");

    desk.put("", &SmallDossier::new().submit("yte.xlsx", 4, 4, "không rõ"));
    let before = files_below(&desk.path("ket-qua"));
    let report = build(&page, &at, &json!({"strict": true}));
    assert_eq!(report["state"], "withheld", "{report}");
    assert!(files_below(&desk.path("ket-qua")) == before, "nothing is written");
    assert_eq!(build(&page, &at, &json!({"only": "ket-qua"}))["has_errors"], true, "and otherwise it is");
}

#[test]
fn two_runs_are_compared_on_the_page_as_on_the_command_line() {
    let (desk, page, at) = open(&SmallDossier::new());
    let none = page.send(&page.get(&format!("{at}/comparison")));
    assert_eq!(none.status, 404, "{none:?}");
    build(&page, &at, &json!({"only": "ket-qua"}));
    assert_eq!(page.send(&page.get(&format!("{at}/comparison"))).json()["same"], true);
    let before = fs::read(desk.path("ket-qua/ket-qua.json")).expect("the outcome");
    desk.put("", &SmallDossier::new().submit("yte.xlsx", 4, 4, 60));

    let dropped = page.send(&page.drop_file(&format!("{at}/comparison"), &before)).json();
    assert_eq!(dropped, page.send(&page.get(&format!("{at}/comparison"))).json(), "dropped or where it lies");
    let output = desk.run(&["compare", "ket-qua/ket-qua.json", ".", "--all"]);
    let said = String::from_utf8_lossy(&output.stdout).to_string();
    for unit in dropped["clusters"][0]["units"].as_array().expect("units") {
        let words = format!("{}: {}.", unit["name"].as_str().expect("a name"), unit["words"].as_str().expect("words"));
        assert!(said.contains(&words), "“{words}” is not in:\n{said}");
        for line in unit["lines"].as_array().expect("lines") {
            assert!(said.contains(line["words"].as_str().expect("words")), "{line} is not in:\n{said}");
        }
    }
    let book = page.send(&page.drop_file(&format!("{at}/comparison?workbook=true"), &before));
    desk.run(&["compare", "ket-qua/ket-qua.json", ".", "--out", "so-sanh.xlsx"]);
    assert!(book.body == fs::read(desk.path("so-sanh.xlsx")).expect("the workbook"), "byte for byte");
    assert_eq!(page.send(&page.drop_file(&format!("{at}/comparison"), b"{}")).status, 422);
}

#[test]
fn remarks_are_gathered_on_the_page_as_on_the_command_line() {
    let (desk, page, at) = open(&SmallDossier::new());
    build(&page, &at, &json!({"only": "xep-hang.xlsx"}));
    let file: PathBuf = desk.path("Công đoàn ngành Y tế.xlsx");
    fs::copy(desk.path("ket-qua/K1/xep-hang.xlsx"), &file).expect("the workbook");
    workbook::fill(&file, "xl/worksheets/sheet2.xml", &[("K7".to_string(), "Đã kết nạp 110 người")]);
    let content = fs::read(&file).expect("the workbook that came back");
    let drop = |more: &str, content: &[u8]| {
        let name = in_address("Công đoàn ngành Y tế.xlsx");
        page.send(&page.drop_file(&format!("{at}/remarks?file={name}{more}"), content))
    };
    assert_eq!(drop("", &content).json()["file"], "y-kien/Công đoàn ngành Y tế.xlsx");
    assert_eq!(drop("", &content).json()["outcome"], "same");
    let remarks = page.send(&page.get(&format!("{at}/remarks"))).json();
    assert_eq!(
        (&remarks["remarks"][0]["text"], &remarks["remarks"][0]["line"]),
        (&json!("Đã kết nạp 110 người"), &json!("1.1"))
    );
    assert_eq!(remarks["remarks"][0]["file"], "y-kien/Công đoàn ngành Y tế.xlsx", "a path inside the dossier");
    let output = desk.run(&["collect", ".", "y-kien", "--json", "--out", "y-kien.xlsx"]);
    let theirs: Value = serde_json::from_slice(&output.stdout).expect("an object");
    assert_eq!(theirs["remarks"].as_array().map(Vec::len), remarks["remarks"].as_array().map(Vec::len));
    let book = page.send(&page.get(&format!("{at}/remarks/workbook")));
    assert_eq!((book.status, &book.body[..2]), (200, b"PK".as_slice()));

    assert_eq!(drop("", b"").status, 409, "asked before another takes its place");
    let kept = drop("&replace=true", b"").json()["kept"].clone();
    assert_eq!(kept, json!(["y-kien/.cu/Công đoàn ngành Y tế.xlsx"]));
    let remarks = page.send(&page.get(&format!("{at}/remarks"))).json();
    assert_eq!(remarks["files"].as_array().map(Vec::len), Some(1), "what was put away is not read: {remarks}");
    assert_eq!(remarks["remarks"], json!([]), "{remarks}");
}

#[test]
fn templates_of_the_offices_own_are_handed_out_taken_in_and_checked() {
    let (desk, page, at) = open(&SmallDossier::new());
    let none = page.send(&page.get(&format!("{at}/templates"))).json();
    assert_eq!(none["templates"], json!([]));
    let made = page.send(&page.post(&format!("{at}/templates"), &json!({}))).json();
    let theirs = Desk::with(&SmallDossier::new());
    theirs.run(&["templates", "."]);
    assert!(files_below(&desk.path("mau")) == files_below(&theirs.path("mau")), "as on the command line: {made}");
    let fine = page.send(&page.get(&format!("{at}/templates"))).json();
    let fine = fine["templates"].as_array().expect("templates").iter().all(|one| one["findings"] == json!([]));
    assert!(fine, "the built-in ones have no fault");

    let own = fs::read(desk.path("mau/giao-uoc.docx")).expect("a template");
    let mut parts = workbook::parts(&own);
    let body = String::from_utf8(parts["word/document.xml"].clone()).expect("UTF-8");
    let body = body.replacen("{{", "{{khong_co_the_nay}}{{", 1);
    parts.insert("word/document.xml".to_string(), body.into_bytes());
    workbook::write(&desk.path("sua.docx"), &parts);
    let faulty = fs::read(desk.path("sua.docx")).expect("the changed template");
    let drop = |name: &str, more: &str| {
        page.send(&page.drop_file(&format!("{at}/templates/own?file={}{more}", in_address(name)), &faulty))
    };
    assert_eq!(drop("giao-uoc-moi.docx", "").status, 422, "a name that no paper has");
    assert_eq!(drop("giao-uoc (1).docx", "").status, 409, "a browser's number behind the name does not matter");
    assert_eq!(drop("giao-uoc (1).docx", "&replace=true").json()["kept"], json!(["mau/.cu/giao-uoc.docx"]));
    let checked = page.send(&page.get(&format!("{at}/templates"))).json();
    let checked = checked["templates"].as_array().expect("templates");
    let covenant = checked.iter().find(|one| one["file"] == "mau/giao-uoc.docx").expect("the covenant");
    assert!(
        covenant["findings"][0]["message"].as_str().is_some_and(|words| words.contains("khong_co_the_nay")),
        "{covenant}"
    );
    let copy = page.send(&page.get(&format!("{at}/templates/commented?file=mau%2Fgiao-uoc.docx")));
    assert!(workbook::parts(&copy.body).contains_key("word/comments.xml"), "a comment at the fault");
    assert_eq!(page.send(&page.get(&format!("{at}/templates/commented?file=mau%2Fxep-hang.docx"))).status, 404);

    let tags = page.send(&page.get(&format!("{at}/templates/tags"))).json();
    let output = desk.run(&["templates", ".", "--tags", "--out", "the"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains(tags["text"].as_str().expect("a list").trim_end()));
    let word = page.send(&page.get(&format!("{at}/templates/tags/word")));
    assert!(word.body == fs::read(desk.path("the/danh-muc-the.docx")).expect("the list"), "byte for byte");
}

#[test]
fn forms_findings_and_explanations_are_those_of_the_command_line() {
    let (desk, page, at) = open(&SmallDossier::new().submit("yte.xlsx", 4, 4, "không rõ"));
    let made = page.send(&page.post(&format!("{at}/forms"), &json!({}))).json();
    assert_eq!((&made["written"], &made["kept"]), (&json!(2), &json!(0)));
    fs::copy(desk.path("so-lieu/giaoduc.xlsx"), desk.path("bieu-mau/GD.xlsx")).expect("a form that is filled in");
    assert_eq!(page.send(&page.post(&format!("{at}/forms"), &json!({}))).json()["kept"], 1);
    assert_eq!(page.send(&page.post(&format!("{at}/forms"), &json!({"force": true}))).json()["kept"], 0);

    desk.run(&["check", ".", "--out", "ra-soat"]);
    let findings = page.send(&page.get(&format!("{at}/findings")));
    assert!(findings.body == fs::read(desk.path("ra-soat/ra-soat.xlsx")).expect("the findings"), "byte for byte");
    let codes = page.send(&page.get("/api/explain")).json();
    let output = desk.run(&["explain"]);
    let listed = String::from_utf8_lossy(&output.stdout).lines().count();
    assert_eq!(codes["codes"].as_array().map(Vec::len), Some(listed));

    let signed = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/signed/changed.pdf")).expect("a signed sample");
    let seen = page.send(&page.drop_file("/api/signatures", &signed)).json();
    let output = desk.run(&["signatures", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/signed/changed.pdf")]);
    let said = String::from_utf8_lossy(&output.stdout).to_string();
    let field =
        seen["fields"].as_array().expect("fields").iter().find(|one| one["verdict"] == "changed").expect("a signature");
    for line in field["details"].as_array().expect("details") {
        assert!(said.contains(line.as_str().expect("words")), "{line} is not in:\n{said}");
    }
}

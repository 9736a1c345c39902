//! The secretary works on the page: makes a dossier, drops files, binds one by hand, builds, and the command line sees it all.

use serde_json::json;
use std::fs;

use crate::browser::{Page, in_address};
use crate::desk::{Desk, SmallDossier, files_below, fixture};
use crate::row;

/// A file of the small dossier, as its unit sent it.
fn sent(dossier: &SmallDossier, file: &str) -> Vec<u8> {
    fs::read(Desk::with(dossier).path("so-lieu").join(file)).expect("a submission")
}

fn small(desk: &Desk) -> (Page, String) {
    fs::remove_dir_all(desk.path("so-lieu")).expect("nothing sent in yet");
    let page = Page::open(&desk.path("."));
    let name = page.send(&page.get("/api/shelf")).json()["dossiers"][0].as_str().expect("a dossier").to_string();
    let at = format!("/api/dossier/{}", in_address(&name));
    (page, at)
}

#[test]
fn a_dossier_made_on_the_page_is_one_for_the_command_line() {
    let desk = Desk::new();
    let page = Page::open(&desk.path("."));
    let made = page.send(&page.post("/api/shelf", &json!({"name": "Khối ngành 2024", "example": "khoi-nganh-2024"})));
    assert_eq!(made.status, 200, "{made:?}");
    let theirs: Vec<_> = files_below(&desk.path("Khối ngành 2024")).into_iter().collect();
    let ours: Vec<_> = files_below(&fixture("khoi-nganh-2024")).into_iter().collect();
    assert!(theirs == ours, "the example, file by file");

    let at = format!("/api/dossier/{}", in_address("Khối ngành 2024"));
    let ranking = page.send(&page.get(&format!("{at}/ranking"))).json();
    let output = desk.run(&["check", "Khối ngành 2024", "--json"]);
    let check: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let units = check["clusters"][0]["units"].as_array().expect("units");
    for shown in ranking["clusters"][0]["units"].as_array().expect("units") {
        let same = units.iter().find(|unit| unit["code"] == shown["code"]).expect("the unit");
        assert_eq!((&same["rank"], &same["total"]), (&shown["rank"], &shown["total"]), "{}", shown["name"]);
    }
    let again = page.send(&page.post("/api/shelf", &json!({"name": "Khối ngành 2024"})));
    assert_eq!(again.status, 422, "a dossier is never made over another");
}

#[test]
fn files_dropped_are_kept_under_clear_names_and_replaced_only_when_told() {
    let dossier = SmallDossier::new();
    let desk = Desk::with(&dossier);
    let first = sent(&dossier, "yte.xlsx");
    let second = sent(&dossier.clone().submit("yte.xlsx", 4, 4, 99), "yte.xlsx");
    let (page, at) = small(&desk);
    let drop = |name: &str, content: &[u8], more: &str| {
        page.send(&page.drop_file(&format!("{at}/submissions?file={}{more}", in_address(name)), content))
    };
    let stored = drop("Book1 (3).xlsx", &first, "").json();
    assert_eq!(stored["file"], "so-lieu/Công đoàn ngành Y tế.xlsx", "{stored}");
    assert_eq!(stored["units"], json!(["YT"]));
    let twice = drop("Book1 (3).xlsx", &first, "").json();
    assert_eq!((&twice["outcome"], &twice["file"]), (&json!("same"), &stored["file"]), "the same file twice is one");

    let asked = drop("gui lai.xlsx", &second, "");
    assert_eq!(asked.status, 409, "{asked:?}");
    assert_eq!(asked.json()["question"]["replace"], json!(["so-lieu/Công đoàn ngành Y tế.xlsx"]));
    let kept = fs::read(desk.path("so-lieu/Công đoàn ngành Y tế.xlsx")).expect("the file");
    assert!(kept == first, "nothing changes before the answer");
    let replaced = drop("gui lai.xlsx", &second, "&replace=true").json();
    assert_eq!(replaced["kept"], json!(["so-lieu/.cu/Công đoàn ngành Y tế.xlsx"]), "{replaced}");
    let old = fs::read(desk.path("so-lieu/.cu/Công đoàn ngành Y tế.xlsx")).expect("the old file");
    let new = fs::read(desk.path("so-lieu/Công đoàn ngành Y tế.xlsx")).expect("the new file");
    assert!(old == first && new == second, "old and new, each where it belongs");

    let (_, check) = desk.check();
    assert_eq!(check["clusters"][0]["units"][0]["results"]["1.1"], "99", "the command line reads the new one");
    assert_eq!(check["clusters"][0]["submitted"], 1, "and never what was put away");
}

#[test]
fn a_file_bound_by_hand_is_bound_for_the_command_line_too() {
    let dossier = SmallDossier::new().submit("giaoduc.xlsx", 1, 1, "Công đoàn cơ sở trường học");
    let desk = Desk::with(&dossier);
    let unknown = sent(&dossier, "giaoduc.xlsx");
    let (page, at) = small(&desk);
    let stored = page.send(&page.drop_file(&format!("{at}/submissions?file=bieu.xlsx"), &unknown)).json();
    assert_eq!((&stored["file"], &stored["units"]), (&json!("so-lieu/bieu.xlsx"), &json!([])));
    let (status, check) = desk.check();
    assert_eq!((status, &check["clusters"][0]["submitted"]), (Some(1), &json!(0)));

    let bound =
        page.send(&page.post(&format!("{at}/bind"), &json!({"file": "so-lieu/bieu.xlsx", "unit": "GD"}))).json();
    assert_eq!(bound["file"], "so-lieu/[GD] bieu.xlsx", "{bound}");
    let (_, check) = desk.check();
    assert_eq!(check["clusters"][0]["units"][1]["results"]["1.1"], "95");
    let glance = page.send(&page.get(&at)).json();
    assert_eq!(glance["clusters"][0]["units"][1]["files"], json!(["so-lieu/[GD] bieu.xlsx"]));

    let file = json!({"file": "so-lieu/[GD] bieu.xlsx", "unit": null});
    let free = page.send(&page.post(&format!("{at}/bind"), &file)).json();
    assert_eq!((&free["file"], &free["units"]), (&json!("so-lieu/bieu.xlsx"), &json!([])), "and let go again");
    let away = page.send(&page.post(&format!("{at}/set-aside"), &json!({"file": "so-lieu/bieu.xlsx"}))).json();
    assert_eq!(away["kept"], "so-lieu/.cu/bieu.xlsx");
}

#[test]
fn names_and_texts_changed_in_forms_go_into_their_cells_and_nowhere_else() {
    let dossier = SmallDossier::new()
        .add_sheet("Văn bản", vec![row!["Văn bản", "Mục", "Nội dung"], row!["*", "Nơi nhận", "Như trên"]])
        .add_sheet("Ghi chép riêng", vec![row!["không ai được đụng vào", 7]]);
    let desk = Desk::with(&dossier);
    let page = Page::open(&desk.path("."));
    let name = page.send(&page.get("/api/shelf")).json()["dossiers"][0].as_str().expect("a dossier").to_string();
    let at = format!("/api/dossier/{}/fields", in_address(&name));
    let shown = page.send(&page.get(&at)).json();
    let field = |row: &str, column: &str| {
        let fields = shown["fields"].as_array().expect("fields");
        let found = fields.iter().find(|field| field["row"] == row && field["column"] == column);
        found.unwrap_or_else(|| panic!("{row}, {column}: {shown}")).clone()
    };
    let wish = |row: &str, column: &str, new: &str| {
        let field = field(row, column);
        json!({"sheet": field["sheet"], "cell": field["cell"], "old": field["value"], "new": new})
    };
    let changes = json!({"changes": [
        wish("YT", "Tên", "Công đoàn ngành Y tế & Dược <mới>"),
        wish("Năm", "Giá trị", "2025"),
        wish("Hạn nộp", "Giá trị", "5/3/2025"),
        wish("", "Văn bản", "giao-uoc"), wish("", "Mục", "Cam kết"), wish("", "Nội dung", "Dòng một\nDòng hai"),
    ]});
    let written = page.send(&page.post(&at, &changes));
    assert_eq!((written.status, &written.json()["written"]), (200, &json!(6)), "{written:?}");

    let (read, findings) = thidua::dossier::read(&desk.path("."));
    let read = read.expect("a dossier");
    assert_eq!(read.units[0].name, "Công đoàn ngành Y tế & Dược <mới>");
    assert_eq!(read.information.year, 2025);
    assert_eq!(read.information.deadline.map(|date| date.to_string()).as_deref(), Some("2025-03-05"));
    assert_eq!(read.texts("giao-uoc", "Cam kết"), ["Dòng một\nDòng hai"]);
    let strange = |finding: &thidua::finding::Finding| finding.place.sheet.as_deref() == Some("Ghi chép riêng");
    assert!(findings.iter().all(strange), "{findings:#?}");
    let bytes = fs::read(desk.path("ho-so.xlsx")).expect("the definition");
    let workbook = thidua::sheet::read(&bytes, "ho-so.xlsx").expect("a workbook");
    assert_eq!(workbook.sheet(&["Ghi chép riêng"]).expect("the sheet").cell(0, 1).text(), "7");

    let stale = page.send(&page.post(&at, &json!({"changes": [wish("YT", "Tên", "Tên khác")]})));
    assert_eq!(stale.status, 409, "what changed elsewhere is not written over: {stale:?}");
    for (sheet, cell) in [("Tiêu chí", "A2"), ("Ghi chép riêng", "A1"), ("Cụm", "A2"), ("Đơn vị", "ZZ99")] {
        let changes = json!({"changes": [{"sheet": sheet, "cell": cell, "old": "", "new": "x"}]});
        assert_eq!(page.send(&page.post(&at, &changes)).status, 409, "{sheet} {cell} is in no form");
    }
    assert_eq!(
        workbook.sheet(&["Thông tin"]).expect("the sheet").cell(3, 0).text(),
        "Hạn nộp",
        "right below the others"
    );
    let now = page.send(&page.get(&at)).json();
    let day =
        now["fields"].as_array().expect("fields").iter().find(|field| field["row"] == "Hạn nộp").expect("the day");
    let wish = json!({"sheet": day["sheet"], "cell": day["cell"], "old": day["value"], "new": "mai"});
    let no_date = page.send(&page.post(&at, &json!({"changes": [wish]})));
    assert_eq!(no_date.status, 422, "{no_date:?}");
}

#[test]
fn a_fault_is_shown_in_its_surroundings_and_sent_back_marked() {
    let dossier = SmallDossier::new().submit("yte.xlsx", 4, 4, "đã thực hiện tốt");
    let desk = Desk::with(&dossier);
    let content = sent(&dossier, "yte.xlsx");
    let (page, at) = small(&desk);
    let stored = page.send(&page.drop_file(&format!("{at}/submissions?file=yte.xlsx"), &content)).json();
    let glance = page.send(&page.get(&at)).json();
    let fault =
        glance["findings"].as_array().expect("findings").iter().find(|one| one["code"] == "SL06").expect("a fault");
    let asked = |name: &str| in_address(fault[name].as_str().expect("a place"));
    let window = format!("{at}/cells?file={}&sheet={}&cell={}", asked("file"), asked("sheet"), asked("cell"));
    let cells = page.send(&page.get(&window)).json();
    let rows = cells["rows"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["number"] == cells["row"]).expect("the row of the fault");
    let column = cells["columns"].as_array().expect("columns").iter().position(|column| *column == cells["column"]);
    assert_eq!(row["cells"][column.expect("its column")], "đã thực hiện tốt", "{cells}");
    let file = stored["file"].as_str().expect("a file");
    let copy = page.send(&page.get(&format!("{at}/marked?file={}", in_address(file))));
    assert_eq!((copy.status, &copy.body[..2]), (200, b"PK".as_slice()));
}

#[test]
fn papers_are_built_looked_at_and_left_alone_when_stopped() {
    let desk = Desk::with(&SmallDossier::new());
    let page = Page::open(&desk.path("."));
    let name = page.send(&page.get("/api/shelf")).json()["dossiers"][0].as_str().expect("a dossier").to_string();
    let at = format!("/api/dossier/{}", in_address(&name));
    let start = |what: &str| {
        let job = page.send(&page.post(&format!("{at}/{what}"), &json!({}))).json();
        job["id"].as_u64().expect("a job")
    };
    let stopped = start("build");
    page.send(&page.post(&format!("/api/job/{stopped}/cancel"), &json!(null)));
    assert_eq!(page.wait_for(stopped)["state"], "cancelled");
    assert!(!desk.path("ket-qua").exists(), "a build that was stopped leaves everything as it was");

    let built = page.wait_for(start("build"));
    assert_eq!((&built["state"], &built["failures"]), (&json!("done"), &json!([])), "{built}");
    assert_eq!(desk.run(&["build", ".", "--out", "cli"]).status.code(), Some(0));
    assert!(
        files_below(&desk.path("ket-qua")) == files_below(&desk.path("cli")),
        "byte for byte as on the command line"
    );

    let all = files_below(&desk.path("ket-qua"));
    let again = page.wait_for(start("build"));
    assert_eq!((&again["files"], &again["unchanged"]), (&json!([]), &json!(all.len())), "nothing has changed: {again}");
    fs::write(desk.path("ket-qua/K1/giao-uoc.docx"), b"changed by hand").expect("a paper");
    let mended = page.wait_for(start("build"));
    assert!(mended["files"].as_array().is_some_and(|files| !files.is_empty()), "{mended}");
    assert!(files_below(&desk.path("ket-qua")) == all, "as if made anew");

    let seen = start("preview");
    let files = page.wait_for(seen)["files"].clone();
    let first = files.as_array().and_then(|files| files.first()).and_then(|file| file.as_str()).expect("a document");
    let shown = page.send(&page.get(&format!("/api/job/{seen}/page?file={}", in_address(first))));
    assert_eq!((shown.status, &shown.body[..5]), (200, b"%PDF-".as_slice()));
    let zip = page.send(&page.get(&format!("{at}/zip?folder=ket-qua")));
    assert_eq!((zip.status, &zip.body[..2]), (200, b"PK".as_slice()));

    let covenant = fs::read(desk.path("ket-qua/K1/giao-uoc.pdf")).expect("the covenant");
    let open = page.send(&page.drop_file("/api/signatures", &covenant)).json();
    assert!(open["fields"].as_array().is_some_and(|fields| fields.len() >= 2), "{open}");
    assert_eq!(page.send(&page.drop_file("/api/signatures", b"no PDF")).status, 422);
    let templates = page.send(&page.post(&format!("{at}/templates"), &json!({}))).json();
    assert!(templates["written"].as_u64().is_some_and(|written| written > 4), "{templates}");
    assert!(desk.path("mau/giao-uoc.docx").exists());
}

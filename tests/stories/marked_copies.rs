//! A faulty submission goes back to its unit as a copy with the bad cells coloured and commented.

use serde_json::{Value, json};

use crate::desk::{Desk, SmallDossier};
use crate::workbook::parts;

/// One unit forgot a result and wrote words for another; the other unit's form is sound.
fn faulty() -> Desk {
    Desk::with(&SmallDossier::new().submit("yte.xlsx", 4, 4, "").submit("yte.xlsx", 5, 4, "khoảng hai"))
}

#[test]
fn a_faulty_file_comes_back_marked_and_a_sound_one_does_not() {
    let desk = faulty();
    let output = desk.run(&["check", ".", "--out", "ra"]);
    let said = String::from_utf8_lossy(&output.stdout).to_string();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("Đã ghi bản đánh dấu"), "{said}");
    assert!(desk.path("ra/ra-soat.xlsx").is_file() && !desk.path("ra/giaoduc.xlsx").exists());

    let before = parts(&std::fs::read(desk.path("so-lieu/yte.xlsx")).expect("the submission"));
    let after = parts(&std::fs::read(desk.path("ra/yte.xlsx")).expect("the marked copy"));
    let comments = String::from_utf8_lossy(&after["xl/comments1.xml"]).to_string();
    assert!(comments.contains("ref=\"E5\"") && comments.contains("ref=\"E6\""), "{comments}");
    assert!(comments.contains("khoảng hai"), "{comments}");
    for (name, content) in &before {
        let touched = ["[Content_Types].xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"].contains(&name.as_str());
        assert_eq!(after.get(name) == Some(content), !touched, "{name}");
    }
}

#[test]
fn the_marked_copy_reads_as_the_file_it_was_made_of() {
    let desk = faulty();
    let (_, before) = desk.check();
    assert_ne!(before["findings"], json!([]));
    desk.run(&["check", ".", "--out", "ra"]);
    std::fs::copy(desk.path("ra/yte.xlsx"), desk.path("so-lieu/yte.xlsx")).expect("the copy in place of the file");
    let (_, after) = desk.check();
    assert_eq!(before, after);
}

#[test]
fn marked_copies_never_land_among_the_submissions() {
    let desk = faulty();
    for out in ["so-lieu", "./so-lieu/danh-dau", "ra/../so-lieu"] {
        std::fs::create_dir_all(desk.path("ra")).expect("a folder");
        let before = crate::desk::files_below(&desk.path("."));
        let output = desk.run(&["check", ".", "--out", out]);
        assert_eq!(output.status.code(), Some(2), "{out}");
        assert_eq!(crate::desk::files_below(&desk.path(".")), before, "{out}");
    }
}

#[test]
fn a_file_of_another_kind_comes_back_as_a_workbook_with_the_same_cells_marked() {
    let desk = faulty();
    std::fs::remove_file(desk.path("so-lieu/yte.xlsx")).expect("the file was there");
    let rows = [
        "Đơn vị:;Công đoàn ngành Y tế;;;;",
        "Năm:;2024;;;;",
        "TT;Nội dung;ĐVT;Kế hoạch;Kết quả;Điểm tự chấm",
        "1.1;Số đoàn viên kết nạp mới;người;100;;5",
        "1.2;Số cuộc tuyên truyền;cuộc;;khoảng hai;2",
        "1.3;Không có tai nạn lao động;đạt/không;;Đạt;2",
    ];
    std::fs::write(desk.path("so-lieu/yte.csv"), rows.join("\r\n")).expect("the file");
    let (_, before) = desk.check();
    let output = desk.run(&["check", ".", "--out", "ra"]);
    assert!(desk.path("ra/yte.csv.xlsx").is_file(), "{}", String::from_utf8_lossy(&output.stdout));
    let copy = parts(&std::fs::read(desk.path("ra/yte.csv.xlsx")).expect("the marked copy"));
    let comments = String::from_utf8_lossy(&copy["xl/comments1.xml"]).to_string();
    assert!(comments.contains("ref=\"E4\"") && comments.contains("ref=\"E5\""), "{comments}");
    std::fs::remove_file(desk.path("so-lieu/yte.csv")).expect("the file was there");
    std::fs::copy(desk.path("ra/yte.csv.xlsx"), desk.path("so-lieu/yte.xlsx")).expect("the copy in its place");
    let (_, after) = desk.check();
    let errors = |found: &Value| -> Vec<(String, String)> {
        let all = found["findings"].as_array().expect("findings").iter();
        let errors = all.filter(|finding| finding["severity"] == "error");
        errors.map(|finding| (finding["code"].to_string(), finding["cell"].to_string())).collect()
    };
    assert_eq!(errors(&before).len(), 2, "{before:#}");
    assert_eq!(errors(&before), errors(&after));
}

#[test]
fn with_json_the_copies_are_written_and_the_output_stays_one_object() {
    let desk = faulty();
    let output = desk.run(&["check", ".", "--json", "--out", "ra"]);
    let found: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    assert_eq!(found["schema"], json!(1));
    assert!(desk.path("ra/yte.xlsx").is_file());
}

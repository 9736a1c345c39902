//! Two runs side by side: a unit sends a corrected figure, and the secretary tells the others what moved.

use serde_json::Value;

use crate::desk::{Desk, SmallDossier, fixture};

/// Two runs of the small dossier: in the second the result of Giáo dục is another one.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("truoc", &SmallDossier::new());
    desk.put("sau", &SmallDossier::new().submit("giaoduc.xlsx", 4, 4, 130).submit("yte.xlsx", 6, 4, "Không"));
    desk
}

fn said(desk: &Desk, arguments: &[&str]) -> String {
    let output = desk.run(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).to_string()
}

#[test]
fn the_secretary_reads_who_moved_and_which_cell_moved_them() {
    let said = said(&desk(), &["compare", "truoc", "sau"]);
    for words in [
        "Khối thi đua số 1: 2 đơn vị có thay đổi, 2 đơn vị đổi hạng.",
        "Công đoàn ngành Giáo dục: hạng 2 → 1; 8,75 → 9 điểm (+0,25)",
        "vượt: Công đoàn ngành Y tế",
        "kết quả 95 → 130 (ô so-lieu/giaoduc.xlsx!Biểu 1!E5)",
        "Công đoàn ngành Y tế: hạng 1 → 2; 9 → 7 điểm (−2)",
        "bị vượt bởi: Công đoàn ngành Giáo dục",
        "kết quả 1 → 0 (ô so-lieu/yte.xlsx!Biểu 1!E7)",
    ] {
        assert!(said.contains(words), "“{words}” is not in:\n{said}");
    }
}

#[test]
fn a_result_file_and_a_dossier_compare_as_two_dossiers_do() {
    let desk = desk();
    let json = |desk: &Desk, side: &str| {
        let output = desk.run(&["check", side, "--json"]);
        std::fs::write(desk.path(&format!("{side}.json")), output.stdout).expect("the file");
    };
    json(&desk, "truoc");
    json(&desk, "sau");
    let folders = said(&desk, &["compare", "truoc", "sau", "--json"]);
    assert_eq!(folders, said(&desk, &["compare", "truoc.json", "sau", "--json"]));
    assert_eq!(folders, said(&desk, &["compare", "truoc.json", "sau.json", "--json"]));
    let object: Value = serde_json::from_str(&folders).expect("an object");
    let unit = &object["clusters"][0]["units"][0];
    assert_eq!((unit["code"].as_str(), unit["rank"]["before"].as_u64()), (Some("GD"), Some(2)));
    assert_eq!(unit["lines"][0]["causes"][0], "result");
    assert_eq!(unit["total"]["after"], "9");
}

#[test]
fn the_same_dossier_twice_differs_in_nothing() {
    let desk = Desk::new();
    let example = fixture("khoi-nganh-2024").display().to_string();
    assert!(said(&desk, &["compare", &example, &example]).contains("giống nhau"));
}

#[test]
fn a_changed_maximum_is_told_before_the_units() {
    let desk = Desk::new();
    desk.put("truoc", &SmallDossier::new());
    desk.put("sau", &SmallDossier::new().set("Tiêu chí", 2, 5, 4).set("Tiêu chí", 1, 5, 9));
    let said = said(&desk, &["compare", "truoc", "sau"]);
    assert!(said.contains("Tiêu chí 1.1 Số đoàn viên kết nạp mới: Tỷ lệ → Tỷ lệ; tối đa 5 → 4."), "{said}");
    assert!(said.contains("cách tính hoặc điểm tối đa của tiêu chí đổi"), "{said}");
}

#[test]
fn the_workbook_of_a_comparison_is_the_same_each_time() {
    let desk = desk();
    said(&desk, &["compare", "truoc", "sau", "--out", "mot"]);
    said(&desk, &["compare", "truoc", "sau", "--out", "hai/bang.xlsx"]);
    let bytes = |path: &str| std::fs::read(desk.path(path)).expect("the workbook");
    assert_eq!(bytes("mot/so-sanh.xlsx"), bytes("hai/bang.xlsx"));
    let strings = crate::workbook::parts(&bytes("mot/so-sanh.xlsx"))["xl/sharedStrings.xml"].clone();
    let strings = String::from_utf8(strings).expect("parts are UTF-8");
    for words in ["Vượt: Công đoàn ngành Y tế", "kết quả 95 → 130", "Hai lần chấm dùng cùng quy ước và thang điểm."]
    {
        assert!(strings.contains(words), "“{words}” is not in the workbook");
    }
}

#[test]
fn what_is_no_run_is_refused_with_a_word_on_what_to_give() {
    let desk = desk();
    std::fs::write(desk.path("thu.json"), "{\"schema\": 1}").expect("a file");
    for (side, words) in [
        ("thu.json", "không có dạng của ket-qua.json"),
        ("truoc/ho-so.xlsx", "không phải tệp JSON"),
        ("khong-co", "Không mở được"),
    ] {
        let output = desk.run(&["compare", side, "sau"]);
        let complaint = String::from_utf8_lossy(&output.stderr).to_string();
        assert_eq!(output.status.code(), Some(2), "{complaint}");
        assert!(complaint.contains(words), "{complaint}");
    }
}

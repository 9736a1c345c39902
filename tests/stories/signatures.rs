//! A signed paper comes back: who has signed, who has not, was it changed since?

use serde_json::{Value, json};
use std::path::PathBuf;

use crate::desk::Desk;

/// What the program says of a sample: exit status, standard output, standard error.
fn said(sample: &str, more: &[&str]) -> (Option<i32>, String, String) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/signed").join(sample);
    let path = path.display().to_string();
    let output = Desk::new().run(&[&["signatures", &path], more].concat());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_string();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_secretary_sees_who_has_signed_and_who_has_not() {
    let (status, text, _) = said("partly.pdf", &[]);
    assert_eq!(status, Some(0), "{text}");
    for part in [
        "3 ô ký, đã ký 1, chưa ký 2",
        "Công đoàn ngành Y tế [ky_YT]: đã ký, chữ ký nguyên vẹn",
        "Người ký theo chứng thư: Nguyễn Thị Thử, Công đoàn ngành Y tế",
        "hạn từ 01/01/2024 đến 01/01/2034",
        "do người ký tự khai",
        "Chưa ký:\n  Công đoàn ngành Giáo dục [ky_GD]\n  Liên đoàn Lao động thành phố [chung_kien.ky]",
        "KHÔNG kiểm tra cơ quan cấp chứng thư",
    ] {
        assert!(text.contains(part), "“{part}” is missing:\n{text}");
    }
    let (status, text, _) = said("open.pdf", &[]);
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("chưa ai ký"), "{text}");
}

#[test]
fn a_paper_changed_after_signing_is_called_so() {
    for (sample, what) in [("changed.pdf", "nội dung trên trang"), ("noted.pdf", "ghi chú")] {
        let (status, text, _) = said(sample, &[]);
        assert_eq!(status, Some(1), "{text}");
        assert!(text.contains("ĐÃ BỊ SỬA SAU KHI KÝ") && text.contains(what), "{text}");
    }
}

#[test]
fn a_broken_signature_is_called_so_with_the_reason() {
    for (sample, why) in [("flipped.pdf", "nội dung khác"), ("other-key.pdf", "không khớp với chứng thư")] {
        let (status, text, _) = said(sample, &[]);
        assert_eq!(status, Some(1), "{text}");
        assert!(text.contains("CHỮ KÝ HỎNG") && text.contains(why), "{text}");
    }
}

#[test]
fn another_program_reads_the_same_as_json() {
    let (status, text, _) = said("all.pdf", &["--json"]);
    assert_eq!(status, Some(0), "{text}");
    let value: Value = serde_json::from_str(&text).expect("JSON");
    let head = json!([value["schema"], value["signed"], value["open"], value["sound"], value["issuer_trust"]]);
    assert_eq!(head, json!([1, 3, 0, true, "not-checked"]));
    let first = &value["fields"][0];
    assert_eq!(first["name"], "ky_YT");
    assert_eq!(first["signature"]["verdict"], "sound");
    assert_eq!(first["signature"]["later"]["signatures"], 2);
    assert_eq!(first["signature"]["certificate"]["common_name"], "Nguyễn Thị Thử");

    let (status, text, _) = said("changed.pdf", &["--json"]);
    assert_eq!(status, Some(1), "{text}");
    let value: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(value["fields"][0]["signature"]["later"]["changes"], json!(["content"]));
    assert_eq!(value["fields"][1]["signature"], Value::Null);
}

#[test]
fn files_without_places_to_sign_end_with_two() {
    for (sample, why) in
        [("plain.pdf", "không có ô ký"), ("make-samples.py", "không phải PDF"), ("khong-co.pdf", "Không mở được")]
    {
        let (status, text, complaint) = said(sample, &["--json"]);
        assert_eq!((status, text.as_str()), (Some(2), ""), "{complaint}");
        assert!(complaint.contains(why), "{complaint}");
    }
}

//! Filling: a template that compiles is filled with the values of a small cluster, and what comes out is a Word file
//! that our own reader opens.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use std::sync::LazyLock;
use thidua::vietnamese::figure;
use thidua::word::{self, Template};

static DATA: LazyLock<Value> = LazyLock::new(|| {
    let unit = |name: &str, mark: u32| {
        json!({
            "ten": name, "ma": "a<b>&c", "diem": figure::figure(mark.into()), "hang": mark, "trong": Value::Null,
            "tieu_chi": [{"ten": "Tỷ lệ", "diem": figure::figure(5.into())}, {"ten": "", "diem": ""}],
        })
    };
    json!({
        "nam": "2024", "ten_khoi": "Khối thi đua", "co": true, "khong": false, "rong": [], "trong": "",
        "don_vi": [unit("Công đoàn ngành Y tế", 97), unit("Công đoàn Công Thương", 98), unit("", 0)],
        "truong": {"ten": "Nguyễn Văn A", "chuc_vu": "Trưởng khối", "vung": {"ten": "sâu"}},
    })
});

fuzz_target!(|text: &str| {
    let package = thidua_fuzz::word_file(&thidua_fuzz::body(text), &[]);
    let Ok(template) = Template::compile(package, "mau/giao-uoc.docx") else { return };
    if let Ok(filled) = template.fill(&DATA) {
        assert!(word::read(&filled, "giao-uoc.docx").is_ok(), "a filled file is read back");
    }
});

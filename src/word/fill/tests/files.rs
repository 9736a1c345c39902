//! Whole files as other programs write them; `tests/word/templates/make.py` makes them.

use super::*;
use crate::word::draft;

const FILES: [(&str, &[u8]); 2] = [
    ("python-docx", include_bytes!("../../../../tests/word/templates/python-docx.docx")),
    ("libreoffice", include_bytes!("../../../../tests/word/templates/libreoffice.docx")),
];

#[test]
fn templates_by_other_programs_say_the_same() {
    for (name, bytes) in FILES {
        let template = compiled(Package::read(bytes).expect("a zip"));
        let result = fill(&template, &cluster());
        let page = part(&result, "word/document.xml");
        let said: Vec<String> = lines(&page).into_iter().filter(|line| !line.is_empty()).collect();
        let expected = [
            "Báo cáo của Cụm A & B <số 1>",
            "Đơn vị đầu: Điện lực!",
            "Đơn vị xuất sắc",
            "Điện lực: 98,75",
            "nhóm I 50",
            "nhóm II 48,75",
            "Y tế: 94,1",
            "nhóm I 50",
            "nhóm II 48,75",
            "Giáo dục: ",
            "nhóm I 50",
            "nhóm II 48,75",
            "TT | Đơn vị | Điểm",
            "1 | Điện lực | 98,75",
            "2 | Y tế | 94,10",
            "3 | Giáo dục | ",
            "Nhóm | Các đơn vị | Ghi chú",
            " | Điện lực | Y tế | Giáo dục | ",
            "I | 1 | 2 |  | ",
            "II | 1 | 2 |  | ",
            "Chưa có cụm trưởng",
        ];
        assert_eq!(said, expected, "{name}");
        let title = part(&result, "docProps/core.xml");
        assert_eq!(
            title.find("dc:title").map(Element::all_text).as_deref(),
            Some("Báo cáo Cụm A & B <số 1> năm 2024"),
            "{name}"
        );
        let headers: String = result
            .names()
            .filter(|part| part.starts_with("word/header") || part.starts_with("word/footer"))
            .map(|name| lines(&part(&result, name)).concat())
            .collect();
        for words in ["CỤM A & B <SỐ 1>", "Cụm A & B <số 1>", "Năm 2024"] {
            assert!(headers.contains(words), "{name}: {headers}");
        }
    }
}

#[test]
fn a_part_without_tags_keeps_its_bytes() {
    for (name, bytes) in FILES {
        let before = Package::read(bytes).expect("a zip");
        let after = fill(&compiled(before.clone()), &cluster());
        for part in [
            "word/styles.xml",
            "word/settings.xml",
            "word/fontTable.xml",
            "[Content_Types].xml",
            "word/theme/theme1.xml",
        ] {
            assert!(before.part(part) == after.part(part), "{name}: {part}");
        }
    }
}

#[test]
fn a_draft_by_another_program_is_marked_on_every_kind_of_page() {
    for (name, bytes) in FILES {
        let mut package = fill(&compiled(Package::read(bytes).expect("a zip")), &cluster());
        draft::mark(&mut package).expect("a good file");
        let document = part(&package, "word/document.xml");
        let references = document.descendants().filter(|element| element.name == "w:headerReference").count();
        let marked = package.names().filter(|part| part.starts_with("word/header"));
        let marked = marked
            .filter(|part| String::from_utf8_lossy(package.part(part).unwrap_or_default()).contains(draft::WORDS));
        assert!(references >= 2 && marked.count() >= 2, "{name}");
    }
}

#[test]
fn word_is_told_to_make_a_table_of_contents_anew() {
    let field = |code: &str, lock: &str| {
        format!(
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"{lock}/></w:r><w:r><w:instrText>{code}</w:instrText></w:r><w:r>\
             <w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
        )
    };
    let body = [
        field("PAGE", ""),
        field(" TOC \\o ", ""),
        field("TOC", " w:fldLock=\"1\""),
        "<w:p><w:fldSimple w:instr=\"toc \\h\"/><w:fldSimple w:instr=\"TOCX\"/></w:p>".to_string(),
        p("{{nam}}"),
    ];
    let page = filled(&body.concat(), &cluster());
    let fields =
        page.descendants().filter(|own| own.name == "w:fldSimple" || own.attribute("w:fldCharType") == Some("begin"));
    let dirty: Vec<bool> = fields.map(|own| own.attribute("w:dirty") == Some("true")).collect();
    assert_eq!(dirty, [false, true, false, true, false]);
}

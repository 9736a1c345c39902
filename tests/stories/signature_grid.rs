//! The covenant is signed by two to fifteen parties, some with long names: every one has its room, none meets another.

use std::collections::BTreeMap;

use crate::desk::{Cell, Desk, SmallDossier};
use crate::row;

/// A name of eighty letters, as some grassroots unions bear.
const LONG: &str = "Công đoàn Ban Quản lý dự án đầu tư xây dựng công trình dân dụng và công nghiệp";

/// A field of the PDF: its page, and its sides in points (left, bottom, right, top).
#[derive(Clone, Copy, Debug, PartialEq)]
struct Field {
    page: u32,
    sides: [f32; 4],
}

fn dossier(parties: usize, long: bool) -> SmallDossier {
    let name = |number: usize| match (long, number) {
        (true, 2) => LONG.to_string(),
        _ => format!("Công đoàn cơ sở Xí nghiệp số {number}"),
    };
    let mut units: Vec<Vec<Cell>> = vec![row!["Mã", "Tên", "Cụm", "Vai trò", "Chức vụ người ký", "Người ký"]];
    for number in 1..=parties {
        let role = if number == parties { "Cụm trưởng" } else { "Thành viên" };
        let (code, signer) = (format!("D{number}"), format!("Nguyễn Thị Thanh Hương {number}"));
        units.push(row![code.as_str(), name(number).as_str(), "K1", role, "Chủ tịch", signer.as_str()]);
    }
    let mut dossier = SmallDossier::new();
    dossier.submissions.clear();
    for (sheet, rows) in &mut dossier.definition {
        match sheet.as_str() {
            "Đơn vị" => *rows = units.clone(),
            "Cụm" => {
                *rows = vec![
                    row!["Mã", "Tên", "Chứng kiến", "Chức vụ chứng kiến", "Người chứng kiến"],
                    row!["K1", "Cụm số 1", "Liên đoàn Lao động tỉnh", "Phó Chủ tịch", "Trần Văn Kiến"],
                ];
            }
            _ => {}
        }
    }
    dossier
}

fn covenant(parties: usize, long: bool) -> (BTreeMap<String, Field>, String) {
    let desk = Desk::with(&dossier(parties, long));
    let output = desk.run(&["build", ".", "--only", "giao-uoc"]);
    let said = String::from_utf8_lossy(&output.stderr).to_string();
    let path = |ending: &str| desk.path("ket-qua/K1").join(format!("giao-uoc.{ending}"));
    let pdf = std::fs::read(path("pdf")).unwrap_or_else(|error| panic!("no covenant ({error}): {said}"));
    let word = std::fs::read(path("docx")).expect("the covenant in Word");
    let package = thidua::word::Package::read(&word).expect("a Word file");
    let body = String::from_utf8(package.part("word/document.xml").expect("the body").to_vec()).expect("UTF-8");
    (fields(&pdf), body)
}

fn fields(pdf: &[u8]) -> BTreeMap<String, Field> {
    let document = lopdf::Document::load_mem(pdf).expect("a PDF");
    let mut found = BTreeMap::new();
    for (page, id) in document.get_pages() {
        let annotations = document.get_page_annotations(id).expect("annotations that can be read");
        for annotation in annotations {
            if !matches!(annotation.get(b"Subtype").and_then(lopdf::Object::as_name), Ok(b"Widget")) {
                continue;
            }
            let name = annotation.get(b"T").and_then(lopdf::decode_text_string).expect("a field's name");
            let rectangle = annotation.get(b"Rect").and_then(lopdf::Object::as_array).expect("a rectangle");
            let sides: Vec<f32> = rectangle.iter().map(|side| side.as_float().expect("a number")).collect();
            found.insert(name, Field { page, sides: sides.try_into().expect("four sides") });
        }
    }
    found
}

fn meet(one: Field, other: Field) -> bool {
    let [a, b] = [one.sides, other.sides];
    one.page == other.page && a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

#[test]
fn two_to_fifteen_parties_and_the_witness_sign_each_in_its_own_room() {
    for (parties, long) in (2..=15).map(|parties| (parties, false)).chain([2, 3, 9].map(|parties| (parties, true))) {
        let (fields, body) = covenant(parties, long);
        let case = format!("{parties} parties, long names {long}: {fields:?}");
        assert_eq!(fields.len(), parties + 1, "{case}");
        for number in 1..=parties {
            assert!(body.contains(&format!("Nguyễn Thị Thanh Hương {number}<")), "{case}");
        }
        assert!(!long || body.replace('\u{a0}', " ").contains(&LONG.to_uppercase()), "{case}");
        let all: Vec<Field> = fields.values().copied().collect();
        for (index, one) in all.iter().enumerate() {
            assert!(all[index + 1..].iter().all(|other| !meet(*one, *other)), "two rooms meet, {case}");
            let [left, bottom, right, top] = one.sides;
            assert!(top - bottom > 100.0 && top - bottom < 104.0, "room of 36 mm for signature and seal, {case}");
            assert!(left >= 85.0 && right <= 553.0 && bottom >= 56.0, "inside the margins, {case}");
        }
        let witness = fields["chung-kien"];
        let middle = (witness.sides[0] + witness.sides[2]) / 2.0;
        assert!((middle - (85.0 + 552.8) / 2.0).abs() < 1.0, "the witness stands in the middle, {case}");
        let after = |one: Field, other: Field| (one.page, -one.sides[1]) > (other.page, -other.sides[1]);
        let units = || fields.iter().filter(|(name, _)| *name != "chung-kien").map(|(_, field)| *field);
        assert!(units().all(|field| after(witness, field)), "the witness is last, {case}");
        let first = fields[&format!("D{parties}")];
        assert!(units().all(|field| field == first || !after(first, field)), "the lead signs first, {case}");
        assert!(units().any(|field| field.page == witness.page), "the witness has parties on its page, {case}");
        let rooms_side_by_side =
            units().filter(|field| field.page == first.page && field.sides[1] == first.sides[1]).count();
        let expected = if parties == 2 || parties == 4 || long { 2 } else { 3 };
        assert_eq!(rooms_side_by_side, expected, "{case}");
    }
}

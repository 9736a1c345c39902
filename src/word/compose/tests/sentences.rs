//! The sentences of the papers: right for one unit, two and many, for ties, for missing figures and for no past year.

use super::{Element, all, names, part, template};
use crate::dossier::{Aggregation, AwardCondition, Comparison, Cumulation, DocumentText, GroupKind, Rule};
use crate::dossier::{TermTarget, TermYears};
use crate::finding::Place;
use crate::paper::{Paper, data, slip_data};
use crate::scoring::sample::{Office, decimal};

const CODES: [&str; 15] = ["A", "B", "C", "D", "E", "G", "H", "I", "K", "L", "M", "N", "O", "P", "Q"];

/// An office of these units with two criteria; nobody has submitted yet.
fn office(units: usize) -> Office {
    let mut office = Office::with_units(&CODES[..units])
        .group("I", GroupKind::Ordinary, Some("8"))
        .line("1.1", "người", Rule::Ratio, Some("5"))
        .line("1.2", "đạt/không", Rule::PassFail, Some("3"))
        .grade("Xuất sắc", Some("7"), None, &[])
        .grade("Tốt", None, None, &[])
        .award("Cờ thi đua", Some(1), &[AwardCondition::Rank(Comparison::Equal, 1)]);
    office.dossier.information.term = Some(TermYears { text: "2022-2027".into(), first: 2022, last: 2027 });
    office.dossier.term = Some(vec![TermTarget {
        criterion: "1.1".into(),
        target: Some(decimal("800")),
        cumulation: Cumulation::Sum,
        place: Place::default(),
    }]);
    office.dossier.information.issuing_body = "Liên đoàn Lao động thành phố".into();
    office.dossier.clusters[0].witness_body = "Liên đoàn Lao động thành phố".into();
    office
}

/// So many units, each a little worse than the one before.
pub(super) fn many(units: usize) -> Office {
    let mut office = office(units);
    for (place, code) in CODES[..units].iter().enumerate() {
        office = office.submits(code, &[&format!("1.1: {}/100", 130 - 5 * place), "1.2: đạt"]);
    }
    office
}

/// The text of the paragraphs of a paper of this office.
pub(super) fn filled(name: &str, office: &Office) -> Vec<String> {
    let paper = Paper::ALL.into_iter().find(|paper| paper.name() == name).expect("a paper");
    let result = office.scored().result;
    let data = if paper.is_per_unit() {
        slip_data(&office.dossier, &result, 0)
    } else {
        data(&office.dossier, &result, paper)
    };
    let compiled = crate::word::Template::compile(template(name).expect("a template"), name);
    let package = compiled
        .and_then(|compiled| compiled.fill(&data))
        .unwrap_or_else(|faults| panic!("{name}: {:?}", faults.iter().map(|fault| &fault.message).collect::<Vec<_>>()));
    all(&part(&package, "word/document.xml"), "w:p").into_iter().map(Element::all_text).collect()
}

/// The paragraph that begins so; without the first words, empty where there is none.
fn said(text: &[String], begins: &str) -> String {
    text.iter().find_map(|line| line.strip_prefix(begins)).unwrap_or_default().trim().to_string()
}

#[test]
fn no_paper_has_an_empty_phrase_for_any_number_of_units() {
    let offices = [1, 2, 8].map(|units| (format!("{units} units"), many(units)));
    let silent = [1, 2].map(|units| (format!("{units} silent units"), office(units)));
    for (case, office) in offices.into_iter().chain(silent) {
        for name in names() {
            let text = filled(name, &office);
            for line in &text {
                assert!(!line.contains("{{") && !line.contains("}}"), "{name}, {case}: “{line}”");
                for clumsy in ["là .", "là ;", " ;", " ,", ": .", ": ;", "..", ";.", ",.", "()", " /", "  ", "thứ với"]
                {
                    let blank = line.replace("./.", "").replace("\u{a0}", "_");
                    // dots to fill in by hand
                    let blank = blank.replace("…….", "").replace("……/……", "");
                    assert!(!blank.contains(clumsy), "{name}, {case}: “{clumsy}” in “{line}”");
                }
                let colons = line.split(';').map(|part| part.matches(':').count()).max().unwrap_or(0);
                assert!(colons <= 1 || line.contains("(lý do: "), "{name}, {case}: two colons in “{line}”");
            }
        }
    }
}

#[test]
fn standings_are_told_for_nobody_one_two_and_ties() {
    let report = |office: &Office| filled("bao-cao-tong-ket", office);
    assert!(report(&office(2)).iter().any(|line| line == "Chưa có đơn vị nào được xếp hạng."));
    let one = said(&report(&many(1)), "Tổng điểm tối đa của các nhóm là 8 điểm.");
    assert_eq!(one, "Có 01 đơn vị được xếp hạng với 8 điểm: Công đoàn A.");
    let tied = |alike: usize| {
        let mut office = office(3);
        for (place, code) in CODES[..3].iter().enumerate() {
            let result = if (place < 2) == (alike == 1) { 90 } else { 80 + 20 * usize::from(alike == 2) - 10 * place };
            office = office.submits(code, &[&format!("1.1: {result}/100"), "1.2: đạt"]);
        }
        office
    };
    let first = tied(1);
    let sentence = said(&report(&first), "Tổng điểm tối đa của các nhóm là 8 điểm.");
    assert!(sentence.contains("Có 03 đơn vị được xếp hạng"), "{sentence}");
    assert!(sentence.ends_with("Cùng xếp thứ nhất: Công đoàn A, Công đoàn B."), "{sentence}");
    let minutes = filled("bien-ban-binh-xet", &first);
    let tie = said(&minutes, "Có 02 đơn vị cùng xếp thứ nhất với");
    assert!(tie.ends_with("điểm: Công đoàn A, Công đoàn B."), "{minutes:?}");
    let classes = |office: &Office| said(&filled("bien-ban-binh-xet", office), "Kết quả xếp loại:");
    assert_eq!(classes(&first), "Xuất sắc có 02 đơn vị (66,67%); Tốt có 01 đơn vị (33,33%).");
    assert_eq!(classes(&many(1)), "Xuất sắc có 01 đơn vị (100%); Tốt không có đơn vị nào.");
}

#[test]
fn a_tie_below_the_first_place_is_told_once() {
    let mut office = office(3);
    for (code, result) in [("A", 100), ("B", 90), ("C", 90)] {
        office = office.submits(code, &[&format!("1.1: {result}/100"), "1.2: đạt"]);
    }
    let report = filled("bao-cao-tong-ket", &office);
    assert_eq!(said(&report, "Cùng xếp thứ 2 với 7,5 điểm:"), "Công đoàn B, Công đoàn C.");
    assert!(report.iter().any(|line| line.ends_with("Xếp thứ nhất: Công đoàn A.")), "{report:?}");
}

#[test]
fn criteria_are_told_by_what_is_known_of_them() {
    let deduct = Rule::Deduct { points: decimal("1"), limit: None };
    let mut office = office(2)
        .line("1.3", "lần chậm", deduct.clone(), Some("2"))
        .line("1.4", "vụ", deduct, Some("2"))
        .line("1.5", "%", Rule::Ratio, Some("2"))
        .line("1.6", "%", Rule::Ratio, Some("2"))
        .aggregated("1.6", Aggregation::Maximum)
        .line("1.7", "người", Rule::Information, None)
        .submits("A", &["1.1: 0/100", "1.2: đạt", "1.3: 2", "1.4: 0", "1.5: 90/95", "1.6: 100/100", "1.7: 30"])
        .submits("B", &["1.1: 0/100", "1.2: không", "1.3: 1", "1.4: 0", "1.5: 95/95", "1.6: 90/100", "1.7: 40"]);
    office.dossier.criteria[6].name = "Trong đó: đoàn viên nữ".into();
    office.dossier.criteria[1].name = "Phong trào “Xanh, sạch”: không có tai nạn".into();
    let report = filled("bao-cao-tong-ket", &office);
    for (begins, rest) in [
        ("- Phong trào “Xanh, sạch”: không có tai nạn,", "1/2 đơn vị đạt; chưa đạt: Công đoàn B."),
        ("- Chỉ tiêu 1.3:", "còn 03 lần chậm."),
        ("- Chỉ tiêu 1.4:", "không có vụ."),
        ("- Chỉ tiêu 1.5:", "1/2 đơn vị đạt kế hoạch; chưa đạt kế hoạch: Công đoàn A (94,74%)."),
        ("- Trong đó, đoàn viên nữ:", "70 người."),
    ] {
        assert_eq!(said(&report, begins), rest, "{report:?}");
    }
    let most = said(&report, "- Chỉ tiêu 1.6:");
    assert!(most.starts_with("cao nhất 100%; 1/2 đơn vị đạt kế hoạch"), "{most}");
    assert!(said(&report, "- Chỉ tiêu 1.1:").starts_with("không có, bằng 0% kế hoạch;"), "{report:?}");
}

#[test]
fn directions_are_drawn_from_what_fell_short_where_the_dossier_names_none() {
    let mut office = office(2).submits("A", &["1.1: 80/100", "1.2: đạt"]).submits("B", &["1.1: 90/100", "1.2: đạt"]);
    let report = filled("bao-cao-tong-ket", &office);
    assert!(report.iter().any(|line| line == "- Chỉ tiêu 1.1 (năm 2024 đạt 85% kế hoạch)."), "{report:?}");
    let own = |paper: &str, key: &str, text: &str| DocumentText {
        paper: paper.into(),
        key: key.into(),
        text: text.into(),
        place: Place::default(),
    };
    office.dossier.texts.push(own("bao-cao-tong-ket", "Phương hướng", "Phát triển đoàn viên"));
    let report = filled("bao-cao-tong-ket", &office);
    assert!(report.iter().any(|line| line == "- Phát triển đoàn viên."));
    assert!(!report.iter().any(|line| line.contains("đạt 85% kế hoạch).")), "{report:?}");
    // nothing to say: no heading, and no word of it in the subject
    let good = filled("bao-cao-tong-ket", &many(2));
    assert!(!good.iter().any(|line| line.to_lowercase().contains("phương hướng")), "{good:?}");
}

#[test]
fn the_nomination_counts_its_units_without_saying_a_number_thrice() {
    let letter = |office: &Office| said(&filled("to-trinh-khen-thuong", office), "Khối thi đua I có ");
    assert_eq!(letter(&many(1)), "01 đơn vị, đã gửi báo cáo và được xếp hạng. Tổng điểm đạt 8 điểm.");
    assert!(letter(&many(2)).starts_with("02 đơn vị, đều đã gửi báo cáo và được xếp hạng. Tổng điểm cao nhất 8 điểm"));
    let half = office(2).submits("A", &["1.1: 80/100", "1.2: đạt"]);
    assert!(
        letter(&half).starts_with("02 đơn vị; 01 đơn vị đã gửi báo cáo, 01 đơn vị được xếp hạng."),
        "{}",
        letter(&half)
    );
}

#[test]
fn the_report_says_who_is_excused_from_what_only_where_anybody_is() {
    let begins = "Các chỉ tiêu được miễn chấm";
    assert!(filled("bao-cao-tong-ket", &many(3)).iter().all(|line| !line.starts_with(begins)));
    let office = many(3).waiver("A", "1.2", "mới thành lập").waiver("B", "1.2", "");
    let report = filled("bao-cao-tong-ket", &office);
    let at = report.iter().position(|line| line.starts_with(begins)).expect("a sentence on waivers");
    assert_eq!(report[at], "Các chỉ tiêu được miễn chấm, điểm quy đổi theo các chỉ tiêu còn lại:");
    let name = &office.dossier.criterion(office.scored().result.scheme[0].1[1]).name;
    let expected = [format!("- Công đoàn A: {name} (mới thành lập);"), format!("- Công đoàn B: {name}.")];
    assert_eq!(report[at + 1..at + 3], expected);
}

//! Stories of reading a definition workbook: a sound one, and one fault at a time.

use super::*;
use crate::dossier::*;
use crate::sheet::sample::{Put, Rows, row, workbook};
use rust_decimal::Decimal;

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a number in the test itself")
}

/// A sound dossier of two clusters; a test changes what it is about.
fn sound() -> Vec<(&'static str, Rows)> {
    vec![
        (
            "THONG TIN",
            vec![
                row!["HỒ SƠ THI ĐUA"],
                row![],
                row!["Mục", "Giá trị"],
                row!["Năm", 2024.0],
                row!["Nhiệm kỳ", "2023 - 2028"],
                row!["Cơ quan cấp trên", "TỔNG LIÊN ĐOÀN"],
                row!["Hạn nộp", Put::Date(2024, 12, 10)],
                row!["Ngày văn bản", "ngày 05 tháng 3 năm 2025"],
                row!["Trần xếp loại", "100"],
                row!["Phân định đồng điểm", "I; thưởng; ít trừ"],
            ],
        ),
        (
            "Cụm",
            vec![
                row!["Tên", "Mã", "Ngày hội nghị", "Chủ đề"],
                row!["Cụm số 1", "C1", "20/12/2024", "Đoàn kết"],
                row!["Cụm số 2", "C2"],
            ],
        ),
        (
            "Đơn vị",
            vec![
                row!["Mã", "Tên", "Tên viết tắt", "Tên gọi khác", "Cụm", "Vai trò"],
                row!["GD", "Công đoàn Giáo dục", "CĐGD", "Giáo dục; Ngành GD", "C1", "Khối trưởng"],
                row!["YT", "Công đoàn Y tế", "", "", "Cụm số 1", "Phó Trưởng khối"],
                row!["XD", "Công đoàn Xây dựng", "", "", "c2"],
            ],
        ),
        (
            "Tiêu chí",
            vec![
                row!["Mã", "Nội dung", "ĐVT", "Cách tính", "Tham số", "Điểm tối đa", "Tổng hợp", "Tên gọi khác", "Cụm"],
                row!["I", "Chăm lo", "", "", "", 10.0],
                row!["1.1", "Ký thoả ước", "%", "Tỷ lệ", "", 6.0, "Tỷ lệ 1.2/1.3"],
                row!["1.2", "Số thăm hỏi", "người", "So với dẫn đầu", "", 4.0, "", "Thăm hỏi", "C1"],
                row!["1.2", "Số hỗ trợ", "người", "ti le", "", 4.0, "", "", "C2"],
                row!["1.3", "Tổng số", "người", "Thông tin"],
                row!["T", "Thưởng", "", "Nhóm thưởng", "", 5.0],
                row!["T.1", "Sáng kiến", "sáng kiến", "Theo số lượng", 0.5, 2.0],
                row!["P", "Trừ", "", "Nhóm trừ"],
                row!["P.1", "Chậm báo cáo", "lần", "Theo số lượng", "0,5 điểm/lần"],
                row!["", "Tổng cộng", "", "", "", 10.0],
            ],
        ),
        (
            "Chỉ tiêu",
            vec![
                row!["TT", "Đơn vị", "1.1", "1.2"],
                row![1.0, "GD", Put::Percent(0.975), "1.500"],
                row![2.0, "Công đoàn Y tế", 90.0, 200.0],
                row!["", "Tổng", "", 1700.0],
            ],
        ),
        ("Thẩm định", vec![row!["Đơn vị", "1.1"], row!["YT", 5.5]]),
        (
            "Kỳ trước",
            vec![
                row!["Năm", "Đơn vị", "Tiêu chí", "Kết quả"],
                row![2023.0, "GD", "1.2", 1400.0],
                row![2022.0, "GD", 1.1, "86,58%"],
            ],
        ),
        (
            "Nhiệm kỳ",
            vec![row!["Tiêu chí", "Chỉ tiêu", "Luỹ kế"], row!["1.2", 9000.0, "Cộng"], row!["1.1", 95.0, "Cuối kỳ"]],
        ),
        (
            "Xếp loại",
            vec![
                row!["Xếp loại", "Từ điểm", "Tỷ lệ tối đa", "Điều kiện"],
                row!["Xuất sắc", 95.0, Put::Percent(0.2), "mọi nhóm >= 50%; không có điểm trừ"],
                row!["Khá", 80.0],
            ],
        ),
        (
            "Khen thưởng",
            vec![
                row!["Hình thức", "Số lượng", "Điều kiện"],
                row!["Cờ thi đua", 1.0, "hạng 1"],
                row!["Bằng khen", 3.0, "xếp loại Xuất sắc"],
            ],
        ),
        (
            "Văn bản",
            vec![
                row!["Văn bản", "Mục", "Nội dung"],
                row!["*", "Nơi nhận", "Như trên"],
                row!["", "", "Lưu: VT"],
                row!["Giao ước", "Cam kết", "Thi đua"],
            ],
        ),
    ]
}

fn read_sheets(sheets: &[(&str, Rows)]) -> (Dossier, Vec<Finding>) {
    let book = sheet::read(&workbook(sheets), "ho-so.xlsx").expect("a sound file");
    read_workbook(&book)
}

/// The sound dossier with one cell changed.
fn with(sheet: &str, row: usize, column: usize, put: impl Into<Put>) -> (Dossier, Vec<Finding>) {
    let mut sheets = sound();
    let rows = &mut sheets.iter_mut().find(|(name, _)| vietnamese::same(name, sheet)).expect("the sheet").1;
    while rows.len() <= row {
        rows.push(Vec::new());
    }
    while rows[row].len() <= column {
        rows[row].push(Put::Nothing);
    }
    rows[row][column] = put.into();
    read_sheets(&sheets)
}

/// Code and place of every finding but the one guess that the sound dossier has.
fn faults(findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .filter(|finding| finding.code != &codes::GUESSED_FIGURE)
        .map(|finding| format!("{} {}", finding.code.id, finding.place))
        .collect()
}

#[test]
fn a_sound_dossier_is_read_whole() {
    let (dossier, findings) = read_sheets(&sound());
    let said: Vec<String> = findings.iter().map(|it| format!("{} {}", it.code.id, it.place)).collect();
    assert_eq!(said, ["HS20 ho-so.xlsx › Chỉ tiêu › D2"], "{findings:#?}");

    let information = &dossier.information;
    assert_eq!((information.year, information.period.as_str(), information.decimals), (2024, "Cả năm", 2));
    assert_eq!(information.term.as_ref().map(|term| (term.first, term.last)), Some((2023, 2028)));
    assert_eq!(information.deadline, chrono::NaiveDate::from_ymd_opt(2024, 12, 10));
    assert_eq!(information.document_date, chrono::NaiveDate::from_ymd_opt(2025, 3, 5));
    assert_eq!(information.tie_breaks, [TieBreak::Code("I".into()), TieBreak::Bonus, TieBreak::FewerDeductions]);

    assert_eq!(dossier.clusters.len(), 2);
    assert_eq!(dossier.clusters[0].meeting_date, chrono::NaiveDate::from_ymd_opt(2024, 12, 20));
    let roles: Vec<_> = dossier.units.iter().map(|unit| (unit.code.as_str(), unit.cluster.0, unit.role)).collect();
    assert_eq!(roles, [("GD", 0, Role::Lead), ("YT", 0, Role::Deputy), ("XD", 1, Role::Member)]);
    assert_eq!(dossier.units[0].other_names, ["Giáo dục", "Ngành GD"]);

    let kinds: Vec<_> = dossier.groups.iter().map(|group| (group.code.as_str(), group.kind, group.max)).collect();
    let ten = Some(Decimal::TEN);
    assert_eq!(
        kinds,
        [
            ("I", GroupKind::Ordinary, ten),
            ("T", GroupKind::Bonus, Some(decimal("5"))),
            ("P", GroupKind::Deduction, None)
        ]
    );
    assert_eq!(dossier.criteria.len(), 6);
    assert_eq!(dossier.criteria[0].aggregation, Aggregation::RatioOf("1.2".into(), "1.3".into()));
    assert_eq!(dossier.criteria[1].rule, Rule::AgainstLeader);
    assert_eq!(dossier.criteria[2].cluster, Some(ClusterId(1)));
    assert_eq!(dossier.criteria[4].rule, Rule::PerCount { points: decimal("0.5") });
    assert_eq!(dossier.criteria[5].rule, Rule::PerCount { points: decimal("0.5") });

    let target = |unit, line| dossier.targets.value(UnitId(unit), CriterionId(line));
    assert_eq!(target(0, 0), Some(decimal("97.5")), "a per cent cell");
    assert_eq!(target(0, 1), Some(decimal("1500")), "a dot before three digits");
    assert_eq!(target(1, 1), Some(decimal("200")));
    assert_eq!(
        dossier.targets.get(UnitId(0), CriterionId(0)).expect("a plan").source.to_string(),
        "ho-so.xlsx!Chỉ tiêu!C2"
    );
    assert_eq!(dossier.verified.value(UnitId(1), CriterionId(0)), Some(decimal("5.5")));
    assert_eq!(dossier.past[&(2023, UnitId(0), CriterionId(1))].value, decimal("1400"));
    assert_eq!(dossier.past[&(2022, UnitId(0), CriterionId(0))].value, decimal("86.58"));
    let term = dossier.term.as_ref().expect("a term");
    assert_eq!(term.iter().map(|it| it.cumulation).collect::<Vec<_>>(), [Cumulation::Sum, Cumulation::Last]);
    assert_eq!(dossier.grades[0].share, Some(decimal("20")));
    assert_eq!(dossier.grades[0].conditions.len(), 2);
    assert_eq!(dossier.awards[1].conditions, [AwardCondition::Grade(0)]);
    assert_eq!(dossier.texts("giao-uoc", "cam ket"), ["Thi đua"]);
    assert_eq!(dossier.texts("bao-cao-tong-ket", "Nơi nhận"), ["Như trên", "Lưu: VT"]);
}

#[test]
fn each_fault_is_told_at_its_cell_and_the_rest_is_still_read() {
    let cases: Vec<(&str, usize, usize, Put, Vec<&str>)> = vec![
        ("Thông tin", 3, 1, "".into(), vec!["HS04 ho-so.xlsx › THONG TIN › B4"]),
        ("Thông tin", 3, 1, "năm nay".into(), vec!["HS05 ho-so.xlsx › THONG TIN › B4"]),
        ("Thông tin", 6, 1, "31/02/2024".into(), vec!["HS05 ho-so.xlsx › THONG TIN › B7"]),
        ("Thông tin", 9, 1, "IX".into(), vec!["HS09 ho-so.xlsx › THONG TIN"]),
        (
            "Cụm",
            2,
            1,
            "C1".into(),
            vec!["HS06 ho-so.xlsx › Cụm › B3", "HS07 ho-so.xlsx › Đơn vị › E4", "HS07 ho-so.xlsx › Tiêu chí › I5"],
        ),
        ("Đơn vị", 3, 4, "C9".into(), vec!["HS07 ho-so.xlsx › Đơn vị › E4"]),
        ("Đơn vị", 3, 0, "GD".into(), vec!["HS06 ho-so.xlsx › Đơn vị › A4"]),
        ("Đơn vị", 3, 5, "Đầu mối".into(), vec!["HS18 ho-so.xlsx › Đơn vị › F4"]),
        ("Tiêu chí", 0, 5, "Điểm số".into(), vec!["HS03 ho-so.xlsx › Tiêu chí › A1"]),
        ("Tiêu chí", 1, 5, 20.0.into(), vec!["HS12 ho-so.xlsx › Tiêu chí › F2"]),
        ("Tiêu chí", 3, 5, 3.0.into(), vec!["HS12 ho-so.xlsx › Tiêu chí › F2"]),
        ("Tiêu chí", 2, 3, "Theo cảm nhận".into(), vec!["HS10 ho-so.xlsx › Tiêu chí › D3"]),
        ("Tiêu chí", 7, 4, "nhiều".into(), vec!["HS11 ho-so.xlsx › Tiêu chí › E8"]),
        ("Tiêu chí", 7, 4, "".into(), vec!["HS11 ho-so.xlsx › Tiêu chí › E8"]),
        ("Tiêu chí", 3, 6, "Trung vị".into(), vec!["HS13 ho-so.xlsx › Tiêu chí › G4"]),
        ("Tiêu chí", 2, 6, "Gia quyền 9.9".into(), vec!["HS09 ho-so.xlsx › Tiêu chí › A3"]),
        ("Tiêu chí", 5, 0, "1.1".into(), vec!["HS06 ho-so.xlsx › Tiêu chí › A6", "HS09 ho-so.xlsx › Tiêu chí › A3"]),
        ("Tiêu chí", 5, 0, "".into(), vec!["HS04 ho-so.xlsx › Tiêu chí › A6", "HS09 ho-so.xlsx › Tiêu chí › A3"]),
        (
            "Tiêu chí",
            5,
            0,
            Put::Date(2024, 3, 1),
            vec!["HS05 ho-so.xlsx › Tiêu chí › A6", "HS09 ho-so.xlsx › Tiêu chí › A3"],
        ),
        ("Chỉ tiêu", 1, 1, "CĐ Lạ".into(), vec!["HS08 ho-so.xlsx › Chỉ tiêu › B2"]),
        ("Chỉ tiêu", 0, 3, "7.9".into(), vec!["HS09 ho-so.xlsx › Chỉ tiêu › D1"]),
        ("Chỉ tiêu", 2, 3, "theo kế hoạch".into(), vec!["HS15 ho-so.xlsx › Chỉ tiêu › D3"]),
        ("Chỉ tiêu", 2, 3, Put::Percent(0.9), vec!["HS15 ho-so.xlsx › Chỉ tiêu › D3"]),
        ("Thẩm định", 1, 1, (-1.0).into(), vec!["HS15 ho-so.xlsx › Thẩm định › B2"]),
        ("Kỳ trước", 1, 0, 2024.0.into(), vec!["HS05 ho-so.xlsx › Kỳ trước › A2"]),
        ("Kỳ trước", 1, 2, "7.9".into(), vec!["HS09 ho-so.xlsx › Kỳ trước › C2"]),
        ("Kỳ trước", 3, 0, 2023.0.into(), vec!["HS04 ho-so.xlsx › Kỳ trước › B4"]),
        ("Nhiệm kỳ", 1, 2, "Nhân đôi".into(), vec!["HS05 ho-so.xlsx › Nhiệm kỳ › C2"]),
        ("Nhiệm kỳ", 1, 0, "8.8".into(), vec!["HS09 ho-so.xlsx › Nhiệm kỳ › A2"]),
        ("Xếp loại", 1, 3, "thật giỏi".into(), vec!["HS16 ho-so.xlsx › Xếp loại › D2"]),
        ("Xếp loại", 2, 1, 96.0.into(), vec!["HS22 ho-so.xlsx › Xếp loại › B3"]),
        ("Khen thưởng", 1, 2, "xếp loại Tốt".into(), vec!["HS16 ho-so.xlsx › Khen thưởng › C2"]),
        ("Văn bản", 3, 0, "Thư mời".into(), vec!["HS19 ho-so.xlsx › Văn bản › A4"]),
    ];
    for (sheet, row, column, put, expected) in cases {
        let (dossier, findings) = with(sheet, row, column, put.clone());
        assert_eq!(faults(&findings), expected, "{sheet} {row} {column} {put:?}: {findings:#?}");
        assert!(dossier.units.len() >= 2 && dossier.criteria.len() >= 4, "the rest is read");
    }
}

#[test]
fn a_wrong_sum_names_the_cluster_it_is_wrong_in() {
    let (_, findings) = with("Tiêu chí", 3, 5, 3.0);
    let wrong = findings.iter().find(|finding| finding.code == &codes::WRONG_SUM).expect("the finding");
    assert_eq!(wrong.cluster.as_deref(), Some("C1"));
    assert_eq!(wrong.message, "Nhóm I ghi điểm tối đa 10, trong khi tổng điểm các tiêu chí ở cụm C1 là 9.");
}

#[test]
fn a_line_of_unknown_rule_gives_no_points() {
    let (dossier, _) = with("Tiêu chí", 2, 3, "Theo cảm nhận");
    assert_eq!(dossier.criteria[0].rule, Rule::Information);
}

#[test]
fn every_missing_sheet_is_named() {
    for sheet in ["Thông tin", "Cụm", "Đơn vị", "Tiêu chí"] {
        let mut sheets = sound();
        sheets.retain(|(name, _)| !vietnamese::same(name, sheet));
        let (dossier, findings) = read_sheets(&sheets);
        let missing: Vec<_> = findings.iter().filter(|finding| finding.code == &codes::NO_SHEET).collect();
        assert_eq!(missing.len(), 1, "{sheet}");
        assert!(missing[0].message.contains(sheet));
        assert!(!dossier.texts.is_empty(), "the rest is read");
    }
    let (dossier, findings) = read_sheets(&[("Sheet1", vec![row!["gì đó"]])]);
    assert!(dossier.units.is_empty());
    assert_eq!(findings.iter().filter(|finding| finding.code == &codes::NO_SHEET).count(), 4);
}

#[test]
fn without_the_sheet_of_clusters_the_units_still_have_theirs() {
    let mut sheets = sound();
    sheets.retain(|(name, _)| *name != "Cụm");
    let (dossier, _) = read_sheets(&sheets);
    assert_eq!(dossier.units.len(), 3);
}

#[test]
fn headings_alone_are_no_dossier_but_no_reason_to_stop() {
    let sheets: Vec<(&str, Rows)> = sound()
        .into_iter()
        .map(|(name, rows)| {
            let heads = if vietnamese::same(name, "Thông tin") { 3 } else { 1 };
            (name, rows.into_iter().take(heads).collect())
        })
        .collect();
    let (dossier, findings) = read_sheets(&sheets);
    assert!(dossier.units.is_empty() && dossier.criteria.is_empty());
    let said = faults(&findings);
    for sheet in ["Cụm", "Đơn vị", "Tiêu chí"] {
        assert!(said.contains(&format!("HS17 ho-so.xlsx › {sheet}")), "{said:?}");
    }
}

#[test]
fn the_definition_is_found_in_its_folder() {
    let dir = tempfile::tempdir().expect("a folder");
    let (dossier, findings) = read(dir.path());
    assert!(dossier.is_none());
    assert_eq!(findings[0].code, &codes::NO_DEFINITION);

    std::fs::write(dir.path().join("~$ho-so.xlsx"), b"lock").expect("a file");
    std::fs::write(dir.path().join("Hồ sơ.xlsx"), workbook(&sound())).expect("a file");
    let (dossier, _) = read(dir.path());
    assert_eq!(dossier.expect("a dossier").units.len(), 3, "the name may be written with accents");

    std::fs::write(dir.path().join("ho-so.xlsx"), b"broken").expect("a file");
    let (dossier, findings) = read(dir.path());
    assert!(dossier.is_none(), "the exact name goes first");
    assert_eq!(findings[0].code.id, "TEP01");
    assert!(read(&dir.path().join("nowhere")).0.is_none());
}

#[test]
fn the_example_dossiers_are_read_without_an_error() {
    for (name, clusters, units) in [
        ("khoi-nganh-2024", 1, 8),
        ("cum-5-thanh-pho-2023", 1, 5),
        ("khoi-thi-dua-1-2024", 1, 9),
        ("cong-doan-vien-chuc-2024", 2, 32),
        ("giua-nhiem-ky-2020", 1, 14),
    ] {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
        let (dossier, findings) = read(&dir);
        assert!(findings.is_empty(), "{name}: {findings:#?}");
        let dossier = dossier.expect("a dossier");
        assert_eq!((dossier.clusters.len(), dossier.units.len()), (clusters, units), "{name}");
        assert!(!dossier.grades.is_empty() && !dossier.texts.is_empty(), "{name}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn no_cell_stops_the_reader(
        sheet in 0_usize..11,
        row in 0_usize..12,
        column in 0_usize..9,
        text in proptest::prop_oneof![".{0,20}", "[-0-9.,;:<>=≥%/ ]{0,16}", "(mọi nhóm|hạng|xếp loại|không quá|còn lại|Tỷ lệ)[ 0-9:;/]{0,8}"],
    ) {
        let name = sound()[sheet].0;
        let (dossier, _) = with(name, row, column, text.as_str());
        let lines: usize = (0..dossier.clusters.len()).map(|cluster| dossier.scheme(ClusterId(cluster)).len()).sum();
        proptest::prop_assert!(lines <= dossier.groups.len() * dossier.clusters.len());
    }
}

#[test]
fn lines_that_a_unit_is_excused_from_are_read_with_their_reasons() {
    let mut sheets = sound();
    sheets[0].1.push(row!["Dòng miễn chấm", "tính đủ điểm"]);
    sheets.push((
        "Miễn chấm",
        vec![
            row!["Đơn vị", "Tiêu chí", "Lý do"],
            row!["GD", "1.1", "Không có doanh nghiệp"],
            row!["Công đoàn Y tế", "I", "Mới thành lập"],
            row!["GD", "1.1", "Lặp lại"],
            row!["GD", "1.3", "Chỉ báo cáo"],
            row!["YT", "T.1", ""],
        ],
    ));
    let (dossier, findings) = read_sheets(&sheets);
    assert_eq!(dossier.information.waiver_effect, WaiverEffect::CountFull);
    let waived: Vec<(&str, &str, &str)> = dossier
        .waivers
        .iter()
        .map(|((unit, line), waiver)| {
            let line = dossier.criterion(*line).code.as_str();
            (dossier.unit(*unit).code.as_str(), line, waiver.reason.as_str())
        })
        .collect();
    assert_eq!(
        waived,
        [
            ("GD", "1.1", "Không có doanh nghiệp"),
            ("YT", "1.1", "Mới thành lập"),
            ("YT", "1.2", "Mới thành lập"),
            ("YT", "T.1", "")
        ]
    );
    let codes: Vec<&str> = findings.iter().map(|finding| finding.code.id).collect();
    assert_eq!(codes, ["HS20", "HS06", "HS31", "HS30"], "the first is the sound dossier's own");
    assert_eq!(waived.len(), 4);
    assert_eq!(
        dossier.waivers.values().next().map(|waiver| waiver.source.to_string()),
        Some("ho-so.xlsx!Miễn chấm!B2".into())
    );
}

#[test]
fn waived_lines_without_a_word_on_what_they_do_are_converted_with_a_warning() {
    let mut sheets = sound();
    sheets.push(("Miễn chấm", vec![row!["Đơn vị", "Tiêu chí", "Lý do"], row!["GD", "1.1", "Không có"]]));
    let (dossier, findings) = read_sheets(&sheets);
    assert_eq!(dossier.information.waiver_effect, WaiverEffect::Convert);
    assert_eq!(findings.iter().map(|finding| finding.code.id).collect::<Vec<_>>(), ["HS20", "HS32"]);
}

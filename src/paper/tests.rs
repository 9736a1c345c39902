//! The data of papers: name by name as listed, and right for one, two and many units.

use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::BTreeSet;

use super::names::{self, Kind, Name, Scope};
use super::{ClusterData, Paper, data, slip_data};
use crate::chart::Chart;
use crate::dossier::{
    AwardCondition, Comparison, Cumulation, DocumentText, GroupKind, Role, Rule, TermTarget, TermYears,
};
use crate::finding::Place;
use crate::intake::{Narrative, NarrativeKind};
use crate::scoring::sample::{Office, decimal};
use crate::vietnamese::figure;
use crate::wanted::Wanted;

/// An office in which every list of the data has at least one thing in it.
fn office() -> Office {
    let one = Rule::PerCount { points: decimal("1") };
    let mut office = Office::with_units(&["A", "B", "C", "D", "E"])
        .group("I", GroupKind::Ordinary, Some("12"))
        .line("1.1", "người", Rule::Ratio, Some("5"))
        .line("1.2", "%", Rule::Ratio, Some("4"))
        .line("1.3", "đạt/không", Rule::PassFail, Some("3"))
        .group("IX", GroupKind::Bonus, Some("2"))
        .line("9.1", "mô hình", one.clone(), None)
        .group("X", GroupKind::Deduction, None)
        .line("10.1", "lần", one, None)
        .submits("A", &["1.1: 130/100", "1.2: 90/95", "1.3: đạt", "9.1: 3", "10.1: 0"])
        .submits("B", &["1.1: 90/100", "1.2: 95/95", "1.3: không", "9.1: 0", "10.1: 1"])
        .submits("C", &["1.1: 105/100", "1.2: 95/95", "1.3: đạt", "9.1: 0", "10.1: 0"])
        .submits("D", &["1.1: 100/100", "1.2: 95/95", "1.3: đạt", "9.1: 0", "10.1: 0"])
        .self_marks("A", &["1.1: 4"])
        .waiver("D", "9.1", "mới thành lập")
        .target("E", "1.1", "50")
        .past(2023, "A", "1.1", "100")
        .past(2023, "B", "1.1", "100")
        .past(2023, "C", "1.1", "100")
        .past(2023, "D", "1.1", "100")
        .grade("Xuất sắc", Some("12"), None, &[])
        .grade("Tốt", None, None, &[])
        .award("Cờ thi đua", Some(1), &[AwardCondition::Rank(Comparison::Equal, 1)])
        .award("Bằng khen", Some(1), &[AwardCondition::Rank(Comparison::AtLeast, 2)])
        .award("Giấy khen", Some(1), &[AwardCondition::Rank(Comparison::Equal, 9)]);
    let dossier = &mut office.dossier;
    dossier.units[1].role = Role::Lead;
    dossier.units[1].role_text = "Khối trưởng".into();
    dossier.units[3].role = Role::Deputy;
    dossier.clusters[0].witness_body = "Liên đoàn Lao động thành phố".into();
    dossier.information.term = Some(TermYears { text: "2022-2027".into(), first: 2022, last: 2027 });
    dossier.term = Some(vec![TermTarget {
        criterion: "1.1".into(),
        target: Some(decimal("800")),
        cumulation: Cumulation::Sum,
        place: Place::default(),
    }]);
    let narrative = |kind| Narrative { kind, text: "Làm tốt công tác phát triển đoàn viên.".into() };
    office.submissions[0].narratives = vec![
        narrative(NarrativeKind::Highlight),
        narrative(NarrativeKind::NewModel),
        narrative(NarrativeKind::Weakness),
        narrative(NarrativeKind::Cause),
        narrative(NarrativeKind::Proposal),
    ];
    office
}

fn text(paper: &str, key: &str, text: &str) -> DocumentText {
    DocumentText { paper: paper.into(), key: key.into(), text: text.into(), place: Place::default() }
}

fn filled(office: &Office, paper: Paper) -> Value {
    data(&office.dossier, &office.scored().result, paper)
}

/// What a tag would print bare.
fn bare(value: &Value) -> String {
    figure::bare(value.as_str().unwrap_or_default()).into_owned()
}

fn codes(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().filter_map(|unit| unit["ma"].as_str()).collect()
}

/// Walks data beside its scope: same names, right kinds. Gathers the scopes met.
fn compare(value: &Value, scope: &'static Scope, path: &str, met: &mut BTreeSet<&'static str>) {
    met.insert(scope.title);
    let map = value.as_object().unwrap_or_else(|| panic!("{path} is no object"));
    let there: BTreeSet<&str> = map.keys().map(String::as_str).collect();
    let listed: BTreeSet<&str> = scope.names.iter().map(|name| name.name).collect();
    assert_eq!(there, listed, "{path} ({})", scope.title);
    for name in scope.names {
        compare_name(&map[name.name], name, &format!("{path}.{}", name.name), met);
    }
}

fn compare_name(value: &Value, name: &Name, path: &str, met: &mut BTreeSet<&'static str>) {
    let text = value.as_str().unwrap_or_default();
    match name.kind {
        Kind::Text => assert!(value.is_null() || value.is_string() && !text.starts_with('\u{2060}'), "{path}: {value}"),
        Kind::Figure => assert!(value.is_null() || figure::read_figure(text).is_some(), "{path}: {value}"),
        Kind::Date => assert!(value.is_null() || figure::read_date(text).is_some(), "{path}: {value}"),
        Kind::Flag => assert!(value.is_boolean(), "{path}: {value}"),
        Kind::Chart => assert!(text.is_empty() || Chart::in_text(text).is_some(), "{path}: {value}"),
        Kind::Texts => {
            assert!(value.as_array().is_some_and(|list| list.iter().all(Value::is_string)), "{path}: {value}")
        }
        Kind::One(_) if value.is_null() => {}
        Kind::One(scope) => compare(value, scope, path, met),
        Kind::Many(scope) => {
            for (index, item) in value.as_array().expect("a list").iter().enumerate() {
                compare(item, scope, &format!("{path}[{index}]"), met);
            }
        }
        Kind::ByCode(scope) => {
            for (code, item) in value.as_object().expect("criteria by code") {
                compare(item, scope, &format!("{path}.[{code}]"), met);
            }
        }
        Kind::ByKey(scope) => compare(value, scope, path, met),
    }
}

#[test]
fn the_data_holds_every_listed_name_and_no_other() {
    let office = office();
    let mut met = BTreeSet::new();
    for paper in Paper::ALL.into_iter().filter(|paper| !paper.is_per_unit()) {
        compare(&filled(&office, paper), &names::PAPER, paper.name(), &mut met);
    }
    let mut slip = slip_data(&office.dossier, &office.scored().result, 1);
    for name in names::SLIP.names {
        let value = slip.as_object_mut().expect("an object").remove(name.name).expect("a name of the slip");
        compare_name(&value, name, name.name, &mut met);
    }
    compare(&slip, &names::PAPER, "phieu-diem", &mut met);
    assert_eq!(met.len(), 30, "every scope was met: {met:?}");
}

#[test]
fn a_slip_names_what_its_unit_lost_and_the_next_place() {
    let office = office();
    let scored = office.scored();
    let slip = slip_data(&office.dossier, &scored.result, 1);
    assert_eq!(slip["don_vi_nay"]["ma"], "B");
    assert_eq!(codes(&slip["mat_diem_nhieu"]), ["1.3", "1.1"]);
    assert_eq!(bare(&slip["mat_diem_nhieu"][0]["mat"]), "3");
    assert_eq!((slip["don_vi_tren"]["ma"].as_str(), bare(&slip["cach_hang_tren"])), (Some("D"), "4,5".to_string()));
    let first = slip_data(&office.dossier, &scored.result, 0);
    assert_eq!((&first["don_vi_tren"], &first["cach_hang_tren"]), (&Value::Null, &Value::Null));
}

#[test]
fn one_preparation_serves_every_paper() {
    let office = office();
    let scored = office.scored();
    let prepared = ClusterData::new(&office.dossier, &scored.result);
    let everything = Wanted::everything();
    assert_eq!(prepared.slip(0, everything), slip_data(&office.dossier, &scored.result, 0));
    assert_eq!(prepared.slip(4, everything), slip_data(&office.dossier, &scored.result, 4));
    for paper in [Paper::Covenant, Paper::YearEndReport] {
        assert_eq!(prepared.paper(paper, everything), data(&office.dossier, &scored.result, paper));
    }
}

#[test]
fn units_stand_in_protocol_order_and_in_rank_order() {
    let data = filled(&office(), Paper::YearEndReport);
    assert_eq!(codes(&data["don_vi"]), ["A", "B", "C", "D", "E"]);
    assert_eq!(codes(&data["xep_hang"]), ["A", "C", "D", "B", "E"]);
    let places: Vec<String> =
        data["xep_hang"].as_array().expect("a list").iter().map(|unit| bare(&unit["hang"])).collect();
    assert_eq!(places, ["1", "2", "2", "4", ""]);
    assert_eq!(bare(&data["xep_hang"][0]["tong"]), "13,79");
    assert_eq!(data["xep_hang"][4]["tong"], Value::Null, "no mark for a unit that did not submit");
    assert_eq!(codes(&data["cum"]["chua_nop"]), ["E"]);
    assert_eq!(codes(&data["dong_diem"][0]["don_vi"]), ["C", "D"]);
}

#[test]
fn a_criterion_tells_plan_growth_and_who_stands_out() {
    let data = filled(&office(), Paper::YearEndReport);
    let line = &data["tieu_chi"]["1.1"];
    assert_eq!([&line["ke_hoach"], &line["ket_qua"], &line["ty_le"]].map(bare), ["400", "425", "106,25"]);
    assert_eq!(bare(&line["ke_hoach_giao"]), "450");
    assert_eq!((bare(&line["tang_giam"]), line["tang_giam_chu"].as_str()), ("6,25".into(), Some("tăng 6,25%")));
    assert_eq!([&line["so_dat"], &line["so_don_vi"]].map(bare), ["3", "4"]);
    assert_eq!(codes(&line["tieu_bieu"]), ["A", "C"]);
    assert_eq!(codes(&line["duoi_ke_hoach"]), ["B"]);
    assert_eq!(codes(&data["tieu_chi"]["1.3"]["chua_dat"]), ["B"]);
    assert!(codes(&data["tieu_chi"]["10.1"]["tieu_bieu"]).is_empty(), "nobody is praised for deductions");
    let own = &data["don_vi"][0]["tieu_chi"]["1.1"];
    assert_eq!([&own["ket_qua"], &own["diem"], &own["tu_cham"], &own["chenh_lech"]].map(bare), ["130", "5", "4", "1"]);
    assert_eq!(own["vi_sao"], "TH 130/KH 100 → 130% → 5 điểm (tối đa 5)");
}

#[test]
fn awards_nobody_gets_stand_apart_and_a_tie_asks_for_a_vote() {
    let data = filled(&office(), Paper::Nomination);
    let awards = data["khen_thuong"].as_array().expect("a list");
    assert_eq!(awards.len(), 2);
    assert_eq!((codes(&awards[0]["don_vi"]), &awards[0]["can_bieu_quyet"]), (vec!["A"], &Value::Bool(false)));
    assert_eq!((codes(&awards[1]["don_vi"]), &awards[1]["can_bieu_quyet"]), (vec!["C", "D"], &Value::Bool(true)));
    let list = data["de_nghi_khen"].as_array().expect("a list");
    let list: Vec<_> =
        list.iter().map(|line| (bare(&line["tt"]), line["ma"].as_str(), line["hinh_thuc"].as_str())).collect();
    let line = |number: &str, code, award| (number.to_string(), Some(code), Some(award));
    assert_eq!(list, [line("1", "A", "Cờ thi đua"), line("2", "C", "Bằng khen"), line("3", "D", "Bằng khen")]);
    assert_eq!(data["khen_thuong_trong"][0]["hinh_thuc"], "Giấy khen");
    assert_eq!(bare(&data["so_de_nghi_khen"]), "3");
    assert_eq!(data["co_can_bieu_quyet"], Value::Bool(true));
}

#[test]
fn lead_and_deputy_sign_first_in_full_rows() {
    let data = filled(&office(), Paper::Covenant);
    assert_eq!(codes(&data["cac_ben_ky"]), ["B", "D", "A", "C", "E"]);
    assert_eq!(data["ky_3_cot"], Value::Bool(false));
    let rows = data["hang_ky"].as_array().expect("a list");
    assert_eq!(rows.iter().map(|row| codes(&row["o"])).collect::<Vec<_>>(), [["B", "D"], ["A", "C"], ["E", ""]]);
    assert_eq!(rows[2]["o"][1]["trong"], Value::Bool(true));
    assert_eq!(codes(&data["hang_ky_3"][1]["o"]), ["C", "E", ""]);
    assert_eq!(bare(&data["so_ban"]), "7", "five parties, one on file, one for the witness");
    assert_eq!(data["cum"]["loai"], "khối");
}

#[test]
fn texts_are_lists_where_the_kind_is_plural_or_rows_are_several() {
    let mut office = office();
    office.dossier.texts = vec![
        text("*", "Căn cứ", "Luật Thi đua, khen thưởng;"),
        text("giao-uoc", "Quyền hạn kí", "TM. BAN THƯỜNG VỤ"),
        text("*", "Kính gửi", "Tổng Liên đoàn"),
        text("giao-uoc", "Kính gửi", "A"),
        text("giao-uoc", "Kính gửi", "B"),
        text("giao-uoc", "Lời chúc mừng", "Chúc mừng hội nghị."),
        text("bao-cao-tong-ket", "Số liệu khác", "x"),
        text("giao-uoc", "Năm giao ước", "2025"),
    ];
    let covenant = filled(&office, Paper::Covenant);
    let texts = &covenant["van_ban"];
    assert_eq!(texts["can_cu"], serde_json::json!(["Luật Thi đua, khen thưởng"]));
    assert_eq!(texts["quyen_han_ky"], "TM. BAN THƯỜNG VỤ");
    assert_eq!(texts["kinh_gui"], serde_json::json!(["A", "B"]));
    assert_eq!(texts["loi_chuc_mung"], "Chúc mừng hội nghị.");
    assert_eq!((&texts["cam_ket"], &texts["nguoi_ky"]), (&serde_json::json!([]), &Value::Null));
    assert!(texts.get("so_lieu_khac").is_none(), "a key of another paper is unknown here");
    assert_eq!((&covenant["nam_giao_uoc"], &covenant["giao_uoc_nam_nay"]), (&"2025".into(), &Value::Bool(false)));
    let report = filled(&office, Paper::YearEndReport);
    assert_eq!(
        (&report["van_ban"]["kinh_gui"], &report["cac_kinh_gui"]),
        (&"Tổng Liên đoàn".into(), &serde_json::json!(["Tổng Liên đoàn"]))
    );
    assert_eq!(report["nam"], "2024", "a year is a text, so that it never prints as 2.024");
}

#[test]
fn a_covenant_is_dated_by_its_own_signing_never_by_the_meeting_that_closes_its_year() {
    let mut office = office();
    let meeting = chrono::NaiveDate::from_ymd_opt(2024, 12, 20);
    for cluster in &mut office.dossier.clusters {
        (cluster.meeting_date, cluster.meeting_place) = (meeting, "Hội trường Thành ủy".into());
    }
    let signing = |office: &Office| {
        let data = filled(office, Paper::Covenant);
        (data["ngay_ky_giao_uoc"].clone(), data["noi_ky_giao_uoc"].clone())
    };
    let on = |year, month, day| {
        chrono::NaiveDate::from_ymd_opt(year, month, day).map_or(Value::Null, crate::vietnamese::figure::date)
    };
    office.dossier.texts = vec![];
    assert_eq!(signing(&office), (Value::Null, Value::Null), "2024 is closed, its covenant was signed long ago");
    office.dossier.texts = vec![text("giao-uoc", "Năm giao ước", "2025")];
    assert_eq!(signing(&office), (on(2024, 12, 20), "Hội trường Thành ủy".into()));
    office.dossier.texts.push(text("giao-uoc", "Ngày ký", "05/3/2025"));
    office.dossier.texts.push(text("giao-uoc", "Nơi ký", "Hải Phòng"));
    assert_eq!(signing(&office), (on(2025, 3, 5), "Hải Phòng".into()));
    office.dossier.texts = vec![text("giao-uoc", "Ngày ký", "tháng 3 năm 2024")];
    assert_eq!(signing(&office), ("tháng 3 năm 2024".into(), Value::Null), "words that are no date stand as they are");
}

#[test]
fn each_paper_has_the_symbol_of_its_kind() {
    let mut office = office();
    for (symbol, report, nomination) in
        [("BC-LĐLĐ", "BC-LĐLĐ", "TTr-LĐLĐ"), ("CĐVC", "BC-CĐVC", "TTr-CĐVC"), ("", "BC", "TTr")]
    {
        office.dossier.information.symbol = symbol.into();
        assert_eq!(filled(&office, Paper::YearEndReport)["ky_hieu_day_du"], report);
        assert_eq!(filled(&office, Paper::Nomination)["ky_hieu_day_du"], nomination);
        assert_eq!(filled(&office, Paper::Nomination)["ky_hieu"], symbol);
    }
    office.dossier.texts = vec![text("bien-ban-binh-xet", "Ký hiệu", "BB-HĐTĐKT")];
    assert_eq!(filled(&office, Paper::Minutes)["ky_hieu_day_du"], "BB-HĐTĐKT");
}

#[test]
fn a_basis_is_given_without_the_word_that_the_template_writes() {
    let mut office = office();
    office.dossier.texts = vec![
        text("*", "Căn cứ", "Căn cứ Luật Thi đua, khen thưởng;"),
        text("*", "Căn cứ", "căn  cứ vào kế hoạch"),
        text("*", "Căn cứ", "Quy chế hoạt động của Khối."),
        text("*", "Nhóm I", "Bám sát chỉ đạo của cấp trên."),
    ];
    let data = filled(&office, Paper::YearEndReport);
    assert_eq!(
        data["van_ban"]["can_cu"],
        serde_json::json!(["Luật Thi đua, khen thưởng", "vào kế hoạch", "Quy chế hoạt động của Khối"])
    );
    assert_eq!(data["nhom_chinh"][0]["mo_dau"], "Bám sát chỉ đạo của cấp trên");
}

#[test]
fn a_group_without_points_only_informs() {
    let mut office = office();
    office.dossier.groups[0].max = Some(decimal("0"));
    let data = filled(&office, Paper::YearEndReport);
    assert_eq!(codes(&data["nhom_thong_tin"]), ["I"]);
    assert!(codes(&data["nhom_chinh"]).is_empty() && codes(&data["don_vi"][0]["nhom_chinh"]).is_empty());
    assert_eq!([&data["so_nhom"], &data["so_tieu_chi"]].map(bare), ["0", "0"]);
}

#[test]
fn the_term_shows_each_year_and_what_is_reached() {
    let data = filled(&office(), Paper::MidTermReport);
    let line = &data["nhiem_ky_ket_qua"][0];
    assert_eq!([&line["luy_ke"], &line["chi_tieu"], &line["ty_le"]].map(bare), ["825", "800", "103,13"]);
    assert_eq!(data["nhiem_ky_cac_nam"], serde_json::json!(["2023", "2024"]));
    assert_eq!([&line["cac_nam"][0]["ket_qua"], &line["cac_nam"][1]["ket_qua"]].map(bare), ["400", "425"]);
    assert_eq!((&line["dat"], bare(&data["nhiem_ky_so_dat"])), (&Value::Bool(true), "1".to_string()));
}

#[test]
fn a_dossier_without_any_submission_still_has_data() {
    let office = Office::with_units(&["A"]).group("I", GroupKind::Ordinary, Some("5")).line(
        "1.1",
        "người",
        Rule::Ratio,
        Some("5"),
    );
    let data = filled(&office, Paper::YearEndReport);
    assert_eq!(data["cum"]["nop_du"], Value::Bool(false));
    assert_eq!(data["tieu_chi"]["1.1"]["ket_qua"], Value::Null);
    assert_eq!((&data["cum"]["cum_truong"], &data["dan_dau"]), (&Value::Null, &serde_json::json!([])));
}

/// The bars of a chart: label, length and figure.
fn bars(data: &Value, name: &str) -> Vec<(String, Decimal, String)> {
    let (_, chart, _) = Chart::in_text(data["bieu_do"][name].as_str().expect("a text")).expect("a chart");
    chart.bars.into_iter().map(|bar| (bar.label.clone(), bar.length(), bar.figure)).collect()
}

#[test]
fn the_chart_of_marks_follows_the_ranking_and_says_what_a_bar_cannot() {
    let data = filled(&office(), Paper::YearEndReport);
    let order: Vec<String> =
        data["xep_hang"].as_array().expect("a list").iter().map(|unit| bare(&unit["ten"])).collect();
    let bars = bars(&data, "diem_nhom");
    assert_eq!(bars.iter().map(|(label, ..)| label.clone()).collect::<Vec<_>>(), order);
    for (unit, (label, length, figure)) in data["xep_hang"].as_array().expect("a list").iter().zip(&bars) {
        let points = |name: &str| figure::read_figure(unit[name].as_str().unwrap_or_default()).unwrap_or_default();
        assert_eq!(*length, points("diem") + points("thuong"), "{label}");
        match (unit["da_nop"].as_bool(), points("tru").is_zero()) {
            (Some(false), _) => assert_eq!(figure, "chưa nộp báo cáo", "{label}"),
            (_, true) => assert_eq!(*figure, bare(&unit["tong"]), "{label}"),
            (_, false) => {
                assert_eq!(*figure, format!("{} (đã trừ {})", bare(&unit["tong"]), bare(&unit["tru"])), "{label}")
            }
        }
    }
}

#[test]
fn the_chart_of_results_has_a_bar_for_every_line_with_a_plan() {
    let bars = bars(&filled(&office(), Paper::YearEndReport), "so_ke_hoach");
    let labels: Vec<&str> =
        bars.iter().map(|(label, ..)| label.split_whitespace().next().unwrap_or_default()).collect();
    assert_eq!(labels, ["1.1."], "percentages are not put together, answers have no plan");
    assert_eq!((bars[0].1, bars[0].2.as_str()), (decimal("106.25"), "106,25%"));
}

#[test]
fn without_a_submission_there_is_no_chart() {
    let mut office = office();
    office.submissions.clear();
    let data = filled(&office, Paper::YearEndReport);
    assert_eq!((&data["bieu_do"]["diem_nhom"], &data["bieu_do"]["so_ke_hoach"]), (&Value::from(""), &Value::from("")));
}

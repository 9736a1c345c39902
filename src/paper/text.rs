//! Words of the dossier and of the units: sheet Văn bản and the narratives.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::Paper;
use super::names::{self, Kind};
use super::unit::short_name;
use super::value::{list, maybe_date, object};
use crate::dossier::{ClusterId, Dossier};
use crate::intake::NarrativeKind;
use crate::scoring::ClusterResult;
use crate::vietnamese::figure::{self, text};
use crate::vietnamese::{fold, long_date, one_of, read_date, snake_case};
use crate::wanted::Wanted;

/// `van_ban`: every known key, and every other key that the sheet has for this paper or for all.
pub(super) fn texts_of(dossier: &Dossier, paper: Paper, meeting: Option<NaiveDate>, wanted: &Wanted) -> Value {
    let mut map = Map::new();
    for known in names::TEXTS.names.iter().filter(|known| wanted.name(known.name).is_some()) {
        let rows = dossier.texts(paper.name(), known.name);
        let rows: Vec<&str> = match known.name {
            "can_cu" => rows.into_iter().map(without_opening).collect(),
            // the template ends these sentences
            "mo_dau" | "hieu_luc" | "trich_yeu" => rows.into_iter().map(without_end).collect(),
            _ => rows,
        };
        let value = of_rows(&rows, known.kind == Kind::Texts);
        map.insert(
            known.name.to_string(),
            if known.name == "thoi_gian_bat_dau" { with_day(value, meeting) } else { value },
        );
    }
    let known: Vec<String> = names::TEXTS.names.iter().map(|known| fold(known.name)).collect();
    let own = dossier.texts.iter().filter(|row| row.paper == paper.name() || row.paper == "*");
    for row in own.filter(|row| !known.contains(&fold(&row.key))) {
        let name = snake_case(&row.key);
        if !name.is_empty() && wanted.name(&name).is_some() && !map.contains_key(&name) {
            map.insert(name, of_rows(&dossier.texts(paper.name(), &row.key), false));
        }
    }
    Value::Object(map)
}

/// The hour at which a meeting begins, with its day: the minutes bear no other date (mẫu 1.9).
fn with_day(hour: Value, meeting: Option<NaiveDate>) -> Value {
    match (hour.as_str(), meeting) {
        (Some(words), Some(day)) if !words.to_lowercase().contains("ngày") => {
            text(&format!("{}, {}", without_end(words), long_date(day)))
        }
        (Some(words), _) => text(without_end(words)),
        _ => hour,
    }
}

/// A criterion's name as the beginning of a line that goes on with its figures, with the mark between: a colon, and a comma
/// where the name has a colon of its own.
pub(super) fn leading_name(name: &str) -> String {
    let name = name.trim().trim_end_matches([';', '.', ':', ',', ' ']);
    let head = name.split(':').next().unwrap_or_default();
    let rest = name[head.len()..].trim_start_matches(':').trim();
    match rest {
        "" => format!("{name}:"),
        _ if fold(head) != "trongdo" => format!("{name},"),
        _ => format!("{}, {}", head.trim(), leading_name(rest)),
    }
}

/// A list where it has several rows or is one of the plural kinds (contract §6), else a text; empty without rows.
fn of_rows(rows: &[&str], plural: bool) -> Value {
    match rows {
        _ if plural || rows.len() > 1 => Value::Array(rows.iter().map(|row| text(without_end(row))).collect()),
        [row] => text(row),
        _ => Value::Null,
    }
}

/// A point of a list without the `;` or `.` at its end, which the template sets by the point's place.
pub(super) fn without_end(row: &str) -> &str {
    row.trim().trim_end_matches([';', '.', ' '])
}

/// A basis without its first words `Căn cứ`, which the template writes.
fn without_opening(row: &str) -> &str {
    let row = row.trim();
    let mut ends = row.char_indices().map(|(at, character)| at + character.len_utf8());
    let end = ends.find(|end| one_of(&row[..*end], &["cancu"]).is_some());
    match end.and_then(|end| row[end..].strip_prefix(char::is_whitespace)) {
        Some(rest) => rest.trim_start(),
        None => row,
    }
}

/// Abbreviations of kinds of papers in a symbol (NĐ 30/2020, Phụ lục III, mục I).
const KINDS: [&str; 5] = ["BC", "TTr", "BB", "KH", "TB"];

/// The symbol of a paper: the dossier's with the abbreviation of the paper's kind before it, such as `TTr-LĐLĐ`; sheet
/// Văn bản may name another under `Ký hiệu`.
pub(super) fn full_symbol(dossier: &Dossier, paper: Paper) -> String {
    if let Some(own) = dossier.texts(paper.name(), "Ký hiệu").first() {
        return own.trim().to_string();
    }
    let symbol = dossier.information.symbol.trim();
    let body = match symbol.split_once('-') {
        Some((kind, body)) if KINDS.contains(&kind) => body,
        _ if KINDS.contains(&symbol) => "",
        _ => symbol,
    };
    let kind = match paper {
        Paper::YearEndReport | Paper::MidTermReport => "BC",
        Paper::Nomination => "TTr",
        Paper::Minutes => "BB",
        Paper::Covenant | Paper::Ranking | Paper::ScoreSlip => return body.to_string(),
    };
    if body.is_empty() { kind.to_string() } else { format!("{kind}-{body}") }
}

/// The year of the covenant where the dossier names one: a meeting that closes a year signs for the next.
pub(super) fn covenant_year(dossier: &Dossier) -> Option<i32> {
    let rows = dossier.texts(Paper::Covenant.name(), "Năm giao ước");
    rows.first()?.trim().parse().ok().filter(|year| (1900..=9999).contains(year))
}

/// Day and place of the covenant's signing, `Ngày ký` and `Nơi ký` of sheet Văn bản. Without them those of the meeting, but
/// only where that meeting signs for another year than the one it closes (`for_another_year`); else left to fill in by hand.
pub(super) fn covenant_signing(dossier: &Dossier, cluster: ClusterId, for_another_year: bool) -> (Value, Value) {
    let own = |key: &str| dossier.texts(Paper::Covenant.name(), key).first().map(|row| row.trim());
    let meeting = for_another_year.then(|| dossier.cluster(cluster));
    let day = match own("Ngày ký") {
        Some(words) => read_date(words).map_or_else(|| text(words), figure::date),
        None => maybe_date(meeting.and_then(|cluster| cluster.meeting_date)),
    };
    let place = own("Nơi ký").or(meeting.map(|cluster| cluster.meeting_place.as_str()));
    (day, place.map_or(Value::Null, text))
}

/// `thuyet_minh`: the units' own words, in protocol order.
pub(super) fn narratives(dossier: &Dossier, result: &ClusterResult, wanted: &Wanted) -> Value {
    let of_kind = |kind: NarrativeKind, own: &Wanted| {
        let all = result.units.iter().flat_map(|outcome| {
            let unit = dossier.unit(outcome.unit);
            outcome.narratives.iter().filter(move |narrative| narrative.kind == kind).map(move |own| (unit, own))
        });
        list(own, all, |(unit, narrative), own| {
            object(
                own,
                [
                    ("don_vi", &|_| text(&unit.name)),
                    ("don_vi_viet_tat", &|_| text(short_name(unit))),
                    ("ma", &|_| text(&unit.code)),
                    ("noi_dung", &|_| text(without_end(&narrative.text))),
                ],
            )
        })
    };
    Value::Object(object(
        wanted,
        [
            ("noi_bat", &|own| of_kind(NarrativeKind::Highlight, own)),
            ("mo_hinh_moi", &|own| of_kind(NarrativeKind::NewModel, own)),
            ("han_che", &|own| of_kind(NarrativeKind::Weakness, own)),
            ("nguyen_nhan", &|own| of_kind(NarrativeKind::Cause, own)),
            ("kien_nghi", &|own| of_kind(NarrativeKind::Proposal, own)),
        ],
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_report_never_has_two_colons() {
        for (name, leading) in [
            ("Tổng số đoàn viên", "Tổng số đoàn viên:"),
            ("Tổng số đoàn viên:", "Tổng số đoàn viên:"),
            ("Trong đó: đoàn viên nữ", "Trong đó, đoàn viên nữ:"),
            ("trong đó : nữ", "trong đó, nữ:"),
            ("Phong trào “Xanh”: không có tai nạn", "Phong trào “Xanh”: không có tai nạn,"),
            ("", ":"),
        ] {
            assert_eq!(leading_name(name), leading, "{name}");
        }
    }

    #[test]
    fn minutes_say_the_day_with_the_hour() {
        let day = NaiveDate::from_ymd_opt(2024, 12, 20);
        for (hour, day, said) in [
            ("8 giờ 00", day, "8 giờ 00, ngày 20 tháng 12 năm 2024"),
            ("8 giờ 00.", day, "8 giờ 00, ngày 20 tháng 12 năm 2024"),
            ("8 giờ 00, ngày 19/12/2024", day, "8 giờ 00, ngày 19/12/2024"),
            ("8 giờ 00", None, "8 giờ 00"),
        ] {
            assert_eq!(with_day(text(hour), day), text(said));
        }
        assert_eq!(with_day(Value::Null, day), Value::Null);
    }
}

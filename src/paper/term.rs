//! The term in template data: targets with the figures of each year, for the mid-term report.

use rust_decimal::Decimal;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

use super::value::{count, figure_or_empty, list, numbered, object, texts};
use crate::dossier::{Cumulation, Dossier};
use crate::scoring::{ClusterResult, TermResult};
use crate::vietnamese::figure::text;
use crate::wanted::Wanted;

/// `nhiem_ky_ket_qua` and the counts beside it; empty without sheet Nhiệm kỳ.
pub(super) fn term(dossier: &Dossier, result: &ClusterResult, wanted: &Wanted) -> Map<String, Value> {
    let years: BTreeSet<i32> = result.term.iter().flat_map(|line| &line.years).map(|(year, _)| *year).collect();
    let targeted = || result.term.iter().filter(|line| line.target.is_some());
    let names: Vec<String> = years.iter().map(i32::to_string).collect();
    let lines =
        |own: &Wanted| numbered(own, &result.term, |line, number, own| term_line(dossier, line, &years, number, own));
    object(
        wanted,
        [
            ("nhiem_ky_ket_qua", &lines),
            ("nhiem_ky_cac_nam", &|_| texts(names.iter().map(String::as_str))),
            ("nhiem_ky_so_nam", &|_| count(years.len())),
            ("nhiem_ky_so_dat", &|_| count(targeted().filter(|line| is_reached(line)).count())),
            ("nhiem_ky_so_chi_tieu", &|_| count(targeted().count())),
        ],
    )
}

fn is_reached(line: &TermResult) -> bool {
    matches!((line.cumulative, line.target), (Some(cumulative), Some(target)) if cumulative >= target)
}

fn term_line(
    dossier: &Dossier,
    line: &TermResult,
    years: &BTreeSet<i32>,
    number: usize,
    wanted: &Wanted,
) -> Map<String, Value> {
    let criterion = dossier.criterion(line.criterion);
    let row = dossier.term.iter().flatten().find(|row| row.criterion == criterion.code);
    let cumulation = row.map_or("", |row| match row.cumulation {
        Cumulation::Sum => "Cộng",
        Cumulation::Last => "Cuối kỳ",
        Cumulation::Mean => "Bình quân",
    });
    let of_year = |year: &i32| -> Option<Decimal> {
        line.years.iter().find(|(known, _)| known == year).map(|(_, figure)| *figure)
    };
    let by_year = |year: &i32, own: &Wanted| {
        object(own, [("nam", &|_| text(&year.to_string())), ("ket_qua", &|_| figure_or_empty(of_year(year)))])
    };
    object(
        wanted,
        [
            ("tt", &|_| count(number)),
            ("ma", &|_| text(&criterion.code)),
            ("ten", &|_| text(&criterion.name)),
            ("dvt", &|_| text(&criterion.measure)),
            ("la_phan_tram", &|_| Value::Bool(criterion.is_percent())),
            ("cach_luy_ke", &|_| text(cumulation)),
            ("chi_tieu", &|_| figure_or_empty(line.target)),
            ("luy_ke", &|_| figure_or_empty(line.cumulative)),
            ("ty_le", &|_| figure_or_empty(line.ratio)),
            ("dat", &|_| Value::Bool(is_reached(line))),
            ("cac_nam", &|own| list(own, years, by_year)),
        ],
    )
}

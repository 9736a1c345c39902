//! The data a template is filled with: everything of the paper itself, put together from the other files here.
//!
//! Names are the contract's (§5, §6) and those of `names`; a test holds the data and that list together.

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::Paper;
use super::chart;
use super::cluster::{self, LineFacts};
use super::signature;
use super::term;
use super::text;
use super::unit;
use super::value::{count, figure_or_empty, maybe_date, object, texts};
use crate::dossier::{Dossier, GroupId, GroupKind};
use crate::scoring::{ClusterResult, UnitResult};
use crate::vietnamese::figure::text as words;

/// The data of a paper of a cluster. For several papers use [`ClusterData`], which makes the common part once.
pub fn data(dossier: &Dossier, result: &ClusterResult, paper: Paper) -> Value {
    ClusterData::new(dossier, result).paper(paper)
}

/// The data of the score slip of one unit; `unit` is its index in `result.units`.
pub fn slip_data(dossier: &Dossier, result: &ClusterResult, unit: usize) -> Value {
    ClusterData::new(dossier, result).slip(unit)
}

/// The data of a cluster's papers: what they share, made once, and what each has besides.
#[derive(Clone, Debug)]
pub struct ClusterData<'a> {
    dossier: &'a Dossier,
    result: &'a ClusterResult,
    facts: Vec<LineFacts>,
    common: Value,
}

impl<'a> ClusterData<'a> {
    pub fn new(dossier: &'a Dossier, result: &'a ClusterResult) -> Self {
        let facts = LineFacts::of_all(dossier, result);
        let common = Value::Object(common(dossier, result, &facts));
        ClusterData { dossier, result, facts, common }
    }

    /// What all papers share.
    pub fn common(&self) -> &Value {
        &self.common
    }

    /// What a paper that is one for the cluster has besides.
    pub fn of_paper(&self, paper: Paper) -> Value {
        Value::Object(self.own(paper))
    }

    /// What the score slip of a unit has besides; `unit` is its index in `ClusterResult::units`.
    pub fn of_slip(&self, unit: usize) -> Value {
        let mut own = self.own(Paper::ScoreSlip);
        let names = unit::slip(self.dossier, self.result, &self.facts, unit);
        own.extend(names.into_iter().map(|(name, value)| (name.to_string(), value)));
        Value::Object(own)
    }

    /// All data of a paper that is one for the cluster.
    pub fn paper(&self, paper: Paper) -> Value {
        self.with(self.of_paper(paper))
    }

    /// All data of the score slip of a unit, by its index in `ClusterResult::units`.
    pub fn slip(&self, unit: usize) -> Value {
        self.with(self.of_slip(unit))
    }

    fn with(&self, own: Value) -> Value {
        let mut whole = self.common.clone();
        if let (Value::Object(whole), Value::Object(own)) = (&mut whole, own) {
            whole.extend(own);
        }
        whole
    }

    fn own(&self, paper: Paper) -> Map<String, Value> {
        let year = self.dossier.information.year;
        let covenant_year = text::covenant_year(self.dossier).unwrap_or(year);
        let meeting = self.dossier.cluster(self.result.cluster).meeting_date;
        let (day, place) = text::covenant_signing(self.dossier, self.result.cluster, covenant_year != year);
        object([
            ("van_ban", text::texts_of(self.dossier, paper, meeting)),
            ("ky_hieu_day_du", words(&text::full_symbol(self.dossier, paper))),
            ("cac_kinh_gui", texts(self.dossier.texts(paper.name(), "Kính gửi"))),
            ("nam_giao_uoc", words(&covenant_year.to_string())),
            ("giao_uoc_nam_nay", Value::Bool(covenant_year == year)),
            ("ngay_ky_giao_uoc", day),
            ("noi_ky_giao_uoc", place),
        ])
    }
}

/// What all papers of a cluster share.
fn common(dossier: &Dossier, result: &ClusterResult, facts: &[LineFacts]) -> Map<String, Value> {
    let mut map = information(dossier);
    let units = unit::all(dossier, result, facts);
    let groups = cluster::groups(dossier, result, facts);
    let of = |test: &dyn Fn(GroupId) -> bool| -> Vec<Value> {
        let chosen = result.scheme.iter().zip(&groups).filter(|((group, _), _)| test(*group));
        chosen.map(|(_, value)| value.clone()).collect()
    };
    let main = of(&|group| cluster::is_main(dossier, group));
    let informative =
        of(&|group| dossier.group(group).kind == GroupKind::Ordinary && !cluster::is_main(dossier, group));
    let short = cluster::fallen_short(&main);
    let members = |indices: &[usize]| unit::members(dossier, result, indices);
    let unranked: Vec<usize> =
        result.ranking.iter().copied().filter(|unit| result.units[*unit].rank.is_none()).collect();
    let leading: Vec<usize> =
        result.ranking.iter().copied().filter(|unit| result.units[*unit].rank == Some(1)).collect();
    let names = [
        ("cum", cluster::cluster(dossier, result)),
        ("xep_hang", unit::ranked(&units, result)),
        ("don_vi", Value::Array(units)),
        ("khong_xep_hang", members(&unranked)),
        ("dan_dau", members(&leading)),
        ("tieu_chi", cluster::criteria_by_code(&groups)),
        ("nhom", Value::Array(groups)),
        ("nhom_chinh", Value::Array(main)),
        ("chi_tieu_chua_dat", short),
        ("nhom_thong_tin", Value::Array(informative)),
        ("thuyet_minh", text::narratives(dossier, result)),
        ("bieu_do", chart::charts(dossier, result)),
    ];
    map.extend(names.into_iter().map(|(name, value)| (name.to_string(), value)));
    map.extend(scale(dossier, result));
    map.extend(standings(dossier, result));
    map.extend(signature::grid(dossier, result));
    map.extend(term::term(dossier, result));
    map
}

/// Sheet Thông tin.
fn information(dossier: &Dossier) -> Map<String, Value> {
    let information = &dossier.information;
    let year = |offset: i32| words(&(information.year + offset).to_string());
    object([
        ("nam", year(0)),
        ("nam_truoc", year(-1)),
        ("nam_sau", year(1)),
        ("ky", words(&information.period)),
        ("ca_nam", Value::Bool(crate::vietnamese::same(&information.period, "Cả năm"))),
        ("nhiem_ky", words(information.term.as_ref().map_or("", |term| &term.text))),
        ("co_quan_cap_tren", words(&information.superior_body)),
        ("co_quan_ban_hanh", words(&information.issuing_body)),
        ("ky_hieu", words(&information.symbol)),
        ("dia_danh", words(&information.place)),
        ("ngay_van_ban", maybe_date(information.document_date)),
        ("han_nop", maybe_date(information.deadline)),
        ("tran_xep_loai", figure_or_empty(Some(information.grade_ceiling))),
    ])
}

/// The scoring table in numbers and flags.
fn scale(dossier: &Dossier, result: &ClusterResult) -> Map<String, Value> {
    let of_kind = |kind: GroupKind| result.scheme.iter().filter(move |(group, _)| dossier.group(*group).kind == kind);
    let main = || result.scheme.iter().filter(|(group, _)| cluster::is_main(dossier, *group));
    let lines: usize = main().map(|(_, lines)| lines.len()).sum();
    let maxima = result.units.first().into_iter().flat_map(|unit| &unit.groups);
    let total = maxima
        .filter(|group| dossier.group(group.group).kind == GroupKind::Ordinary)
        .filter_map(|group| group.max)
        .try_fold(Decimal::ZERO, Decimal::checked_add);
    let has_past = result.aggregates.values().any(|aggregate| aggregate.previous.is_some());
    object([
        ("so_nhom", count(main().count())),
        ("so_tieu_chi", count(lines)),
        ("tong_diem_toi_da", figure_or_empty(total)),
        ("co_thuong", Value::Bool(of_kind(GroupKind::Bonus).next().is_some())),
        ("co_tru", Value::Bool(of_kind(GroupKind::Deduction).next().is_some())),
        ("co_ky_truoc", Value::Bool(has_past)),
    ])
}

/// Classes, awards and ties.
fn standings(dossier: &Dossier, result: &ClusterResult) -> Map<String, Value> {
    let any = |test: fn(&UnitResult) -> bool| Value::Bool(result.units.iter().any(test));
    let awarded = result.units.iter().filter(|unit| !unit.awards.is_empty()).count();
    let votes = result.awards.iter().any(|(award, units)| cluster::needs_vote(dossier, *award, units));
    object([
        ("xep_loai", cluster::grades(dossier, result)),
        ("khen_thuong", cluster::awards(dossier, result, true)),
        ("khen_thuong_trong", cluster::awards(dossier, result, false)),
        ("de_nghi_khen", cluster::proposed(dossier, result)),
        ("so_de_nghi_khen", count(awarded)),
        ("dong_diem", cluster::ties(dossier, result)),
        ("co_dong_diem", Value::Bool(!result.ties.is_empty())),
        ("co_can_bieu_quyet", Value::Bool(votes)),
        ("mien_cham", cluster::waivers(dossier, result)),
        ("mien_quy_doi", any(|unit| unit.conversion.is_some())),
        ("co_tu_cham", any(|unit| unit.self_total.is_some())),
        ("co_xep_loai", Value::Bool(!dossier.grades.is_empty())),
        ("co_khen_thuong", Value::Bool(awarded > 0)),
        ("co_thuyet_minh", any(|unit| !unit.narratives.is_empty())),
    ])
}

//! The data a template is filled with: everything of the paper itself, put together from the other files here.
//!
//! Names are the contract's (§5, §6) and those of `names`; a test holds the data and that list together.

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::Paper;
use super::chart;
use super::cluster;
use super::facts::{Facts, is_main};
use super::signature;
use super::term;
use super::text;
use super::unit;
use super::value::{count, figure_or_empty, maybe_date, object, texts};
use crate::dossier::{Dossier, GroupKind};
use crate::scoring::{ClusterResult, UnitResult};
use crate::vietnamese::figure::text as words;
use crate::wanted::Wanted;

/// All data of a paper of a cluster. For several papers use [`ClusterData`].
pub fn data(dossier: &Dossier, result: &ClusterResult, paper: Paper) -> Value {
    ClusterData::new(dossier, result).paper(paper, Wanted::everything())
}

/// All data of the score slip of one unit; `unit` is its index in `result.units`.
pub fn slip_data(dossier: &Dossier, result: &ClusterResult, unit: usize) -> Value {
    ClusterData::new(dossier, result).slip(unit, Wanted::everything())
}

/// The data of a cluster's papers, made as far as each wants them.
#[derive(Clone, Debug)]
pub struct ClusterData<'a> {
    dossier: &'a Dossier,
    result: &'a ClusterResult,
    facts: Facts,
}

impl<'a> ClusterData<'a> {
    pub fn new(dossier: &'a Dossier, result: &'a ClusterResult) -> Self {
        ClusterData { dossier, result, facts: Facts::new(dossier, result) }
    }

    /// The data of a paper that is one for the cluster.
    pub fn paper(&self, paper: Paper, wanted: &Wanted) -> Value {
        let mut map = self.common(wanted);
        map.extend(self.own(paper, wanted));
        Value::Object(map)
    }

    /// The data of the score slip of a unit, by its index in `ClusterResult::units`.
    pub fn slip(&self, unit: usize, wanted: &Wanted) -> Value {
        let mut map = self.common(wanted);
        map.extend(self.own(Paper::ScoreSlip, wanted));
        map.extend(unit::slip(self.dossier, self.result, &self.facts, unit, wanted));
        Value::Object(map)
    }

    /// What a paper has besides what all share.
    fn own(&self, paper: Paper, wanted: &Wanted) -> Map<String, Value> {
        let (dossier, cluster) = (self.dossier, self.result.cluster);
        let year = dossier.information.year;
        let covenant_year = text::covenant_year(dossier).unwrap_or(year);
        let signing = || text::covenant_signing(dossier, cluster, covenant_year != year);
        let meeting = dossier.cluster(cluster).meeting_date;
        object(
            wanted,
            [
                ("van_ban", &|own| text::texts_of(dossier, paper, meeting, own)),
                ("ky_hieu_day_du", &|_| words(&text::full_symbol(dossier, paper))),
                ("cac_kinh_gui", &|_| texts(dossier.texts(paper.name(), "Kính gửi"))),
                ("nam_giao_uoc", &|_| words(&covenant_year.to_string())),
                ("giao_uoc_nam_nay", &|_| Value::Bool(covenant_year == year)),
                ("ngay_ky_giao_uoc", &|_| signing().0),
                ("noi_ky_giao_uoc", &|_| signing().1),
            ],
        )
    }

    /// What all papers of a cluster share.
    fn common(&self, wanted: &Wanted) -> Map<String, Value> {
        let ClusterData { dossier, result, facts } = self;
        let those = |test: fn(&UnitResult) -> bool, own: &Wanted| {
            let units: Vec<usize> = result.ranking.iter().copied().filter(|unit| test(&result.units[*unit])).collect();
            unit::members(dossier, result, &units, own)
        };
        let informs = |group| dossier.group(group).kind == GroupKind::Ordinary && !is_main(dossier, group);
        let mut map = information(dossier, wanted);
        map.extend(object(
            wanted,
            [
                ("cum", &|own| cluster::cluster(dossier, result, own)),
                ("xep_hang", &|own| unit::ranked(dossier, result, facts, own)),
                ("don_vi", &|own| unit::all(dossier, result, facts, own)),
                ("khong_xep_hang", &|own| those(|unit| unit.rank.is_none(), own)),
                ("dan_dau", &|own| those(|unit| unit.rank == Some(1), own)),
                ("tieu_chi", &|own| cluster::criteria_by_code(dossier, result, facts, own)),
                ("nhom", &|own| cluster::groups(dossier, result, facts, |_| true, own)),
                ("nhom_chinh", &|own| cluster::groups(dossier, result, facts, |group| is_main(dossier, group), own)),
                ("chi_tieu_chua_dat", &|own| cluster::fallen_short(dossier, result, facts, own)),
                ("nhom_thong_tin", &|own| cluster::groups(dossier, result, facts, informs, own)),
                ("thuyet_minh", &|own| text::narratives(dossier, result, own)),
                ("bieu_do", &|own| chart::charts(dossier, result, own)),
            ],
        ));
        map.extend(scale(dossier, result, wanted));
        map.extend(standings(dossier, result, wanted));
        map.extend(signature::grid(dossier, result, wanted));
        map.extend(term::term(dossier, result, wanted));
        map
    }
}

/// Sheet Thông tin.
fn information(dossier: &Dossier, wanted: &Wanted) -> Map<String, Value> {
    let information = &dossier.information;
    let year = |offset: i32| words(&(information.year + offset).to_string());
    object(
        wanted,
        [
            ("nam", &|_| year(0)),
            ("nam_truoc", &|_| year(-1)),
            ("nam_sau", &|_| year(1)),
            ("ky", &|_| words(&information.period)),
            ("ca_nam", &|_| Value::Bool(crate::vietnamese::same(&information.period, "Cả năm"))),
            ("nhiem_ky", &|_| words(information.term.as_ref().map_or("", |term| &term.text))),
            ("co_quan_cap_tren", &|_| words(&information.superior_body)),
            ("co_quan_ban_hanh", &|_| words(&information.issuing_body)),
            ("ky_hieu", &|_| words(&information.symbol)),
            ("dia_danh", &|_| words(&information.place)),
            ("ngay_van_ban", &|_| maybe_date(information.document_date)),
            ("han_nop", &|_| maybe_date(information.deadline)),
            ("tran_xep_loai", &|_| figure_or_empty(Some(information.grade_ceiling))),
        ],
    )
}

/// The scoring table in numbers and flags.
fn scale(dossier: &Dossier, result: &ClusterResult, wanted: &Wanted) -> Map<String, Value> {
    let of_kind = |kind: GroupKind| result.scheme.iter().filter(move |(group, _)| dossier.group(*group).kind == kind);
    let main = || result.scheme.iter().filter(|(group, _)| is_main(dossier, *group));
    let lines: usize = main().map(|(_, lines)| lines.len()).sum();
    let maxima = result.units.first().into_iter().flat_map(|unit| &unit.groups);
    let total = maxima
        .filter(|group| dossier.group(group.group).kind == GroupKind::Ordinary)
        .filter_map(|group| group.max)
        .try_fold(Decimal::ZERO, Decimal::checked_add);
    let has_past = result.aggregates.values().any(|aggregate| aggregate.previous.is_some());
    object(
        wanted,
        [
            ("so_nhom", &|_| count(main().count())),
            ("so_tieu_chi", &|_| count(lines)),
            ("tong_diem_toi_da", &|_| figure_or_empty(total)),
            ("co_thuong", &|_| Value::Bool(of_kind(GroupKind::Bonus).next().is_some())),
            ("co_tru", &|_| Value::Bool(of_kind(GroupKind::Deduction).next().is_some())),
            ("co_ky_truoc", &|_| Value::Bool(has_past)),
        ],
    )
}

/// Classes, awards and ties.
fn standings(dossier: &Dossier, result: &ClusterResult, wanted: &Wanted) -> Map<String, Value> {
    let any = |test: fn(&UnitResult) -> bool| Value::Bool(result.units.iter().any(test));
    let awarded = result.units.iter().filter(|unit| !unit.awards.is_empty()).count();
    let votes = result.awards.iter().any(|(award, units)| cluster::needs_vote(dossier, *award, units));
    object(
        wanted,
        [
            ("xep_loai", &|own| cluster::grades(dossier, result, own)),
            ("khen_thuong", &|own| cluster::awards(dossier, result, true, own)),
            ("khen_thuong_trong", &|own| cluster::awards(dossier, result, false, own)),
            ("de_nghi_khen", &|own| cluster::proposed(dossier, result, own)),
            ("so_de_nghi_khen", &|_| count(awarded)),
            ("dong_diem", &|own| cluster::ties(dossier, result, own)),
            ("co_dong_diem", &|_| Value::Bool(!result.ties.is_empty())),
            ("co_can_bieu_quyet", &|_| Value::Bool(votes)),
            ("mien_cham", &|own| cluster::waivers(dossier, result, own)),
            ("mien_quy_doi", &|_| any(|unit| unit.conversion.is_some())),
            ("co_tu_cham", &|_| any(|unit| unit.self_total.is_some())),
            ("co_xep_loai", &|_| Value::Bool(!dossier.grades.is_empty())),
            ("co_khen_thuong", &|_| Value::Bool(awarded > 0)),
            ("co_thuyet_minh", &|_| any(|unit| !unit.narratives.is_empty())),
        ],
    )
}

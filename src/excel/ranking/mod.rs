//! The ranking workbook of a cluster (xep-hang.xlsx): seven sheets, every mark, sum, place and class a live formula.
//!
//! One module for each sheet; `atlas` says where everything stands, `formula` and `places` write the formulas,
//! `trail` follows the steps whose values stand between a total and a class. Nothing is scored here.

mod atlas;
mod chart;
mod details;
mod figures;
mod formula;
mod notes;
mod places;
mod row_names;
mod scale;
mod self_marks;
mod standings;
mod trail;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::WorkbookError;
use super::assembly::{Assembly, FASTEST};
use super::layout::Layout;
use super::paper::Paper;
use crate::dossier::Dossier;
use crate::scoring::ClusterResult;
use atlas::Atlas;

/// Words, columns and order.
const LAYOUT: &str = include_str!("../../../templates/xep-hang-excel.txt");

/// The word that marks a draft, as the built-in workbook has it.
pub fn draft_word() -> Result<String, WorkbookError> {
    Ok(Layout::read(LAYOUT)?.table("xep_hang")?.word("du_thao")?.to_string())
}

/// The ranking workbook of a cluster. `draft` marks every page DỰ THẢO; `date` is the workbook's own, so that the
/// same dossier gives the same bytes.
pub fn ranking(
    dossier: &Dossier,
    result: &ClusterResult,
    draft: bool,
    date: NaiveDate,
) -> Result<Vec<u8>, WorkbookError> {
    let layout = Layout::read(LAYOUT)?;
    let atlas = Atlas::draw(dossier, result, &layout)?;
    let trails = trail::follow(&atlas);
    let cluster = dossier.cluster(result.cluster);
    let year = dossier.information.year.to_string();
    let paper = Paper {
        layout: &layout,
        key: "xep_hang",
        values: vec![("nam", &year), ("cum", &cluster.name)],
        draft: if draft { layout.table("xep_hang")?.word("du_thao")? } else { "" },
    };
    // there is one for each cluster, and nearly all of it are cells
    let mut workbook = Assembly { frame_level: FASTEST, ..Assembly::new()? };
    row_names::define(&mut workbook.frame, &atlas)?;
    paper.sheet(&mut workbook, "xep_hang", |sheet| standings::write(sheet, &atlas, &layout, &trails))?;
    paper.sheet(&mut workbook, "chi_tiet", |sheet| details::write(sheet, &atlas, &layout))?;
    paper.sheet(&mut workbook, "tu_cham", |sheet| self_marks::write(sheet, &atlas, &layout))?;
    paper.sheet(&mut workbook, "so_lieu", |sheet| figures::write(sheet, &atlas, &layout))?;
    paper.sheet(&mut workbook, "thang_diem", |sheet| scale::write(sheet, &atlas, &layout))?;
    paper.sheet(&mut workbook, "dong_diem", |sheet| notes::write(sheet, &atlas, &layout, &trails))?;
    paper.sheet(&mut workbook, "bieu_do", |sheet| chart::write(sheet, &atlas, &layout))?;
    paper.bytes(workbook, date)
}

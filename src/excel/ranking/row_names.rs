//! Names for the cells of the row that a formula stands in: `ket_qua / ke_hoach` reads better than two addresses on another
//! sheet, and the same words in every row make a small file.
//!
//! The sheets Chi tiết, Tự chấm và thẩm định and Số liệu share their rows, so one name serves all three. Its row is
//! relative: a defined name that says row 1 means, in row 12, row 12. Excel and LibreOffice both know such names.

use rust_xlsxwriter::Workbook;

use super::super::WorkbookError;
use super::super::address::sheet_prefix;
use super::atlas::Atlas;
use crate::finding::CellAddress;

/// Sheet Số liệu: as read, open to typing.
pub(super) const PLAN: &str = "ke_hoach";
pub(super) const RESULT: &str = "ket_qua";
pub(super) const SELF_MARK_AS_READ: &str = "tu_cham_ghi";
pub(super) const VERIFIED_AS_READ: &str = "tham_dinh_ghi";
/// Sheet Tự chấm và thẩm định.
pub(super) const COMPUTED: &str = "diem_tinh";
pub(super) const VERIFIED: &str = "diem_tham_dinh";
pub(super) const SELF_MARK: &str = "diem_tu_cham";
pub(super) const TAKEN: &str = "diem_lay";
/// Sheet Chi tiết.
pub(super) const MAXIMUM: &str = "diem_toi_da";
pub(super) const MARK: &str = "diem_duoc_lay";
/// Sheet Thang điểm: one cell, the same for all rows.
pub(super) const DECIMALS: &str = "lam_tron";

/// Defines all of them in the workbook.
pub(super) fn define(workbook: &mut Workbook, atlas: &Atlas) -> Result<(), WorkbookError> {
    let (figures, self_marks, details) = (&atlas.figures, &atlas.self_marks, &atlas.details);
    for (name, sheet, column) in [
        (PLAN, figures.sheet, figures.plan),
        (RESULT, figures.sheet, figures.result),
        (SELF_MARK_AS_READ, figures.sheet, figures.self_mark),
        (VERIFIED_AS_READ, figures.sheet, figures.verified),
        (COMPUTED, self_marks.sheet, self_marks.computed),
        (VERIFIED, self_marks.sheet, self_marks.verified),
        (SELF_MARK, self_marks.sheet, self_marks.self_mark),
        (TAKEN, self_marks.sheet, self_marks.mark),
        (MAXIMUM, details.sheet, details.max),
        (MARK, details.sheet, details.mark),
    ] {
        let letters = CellAddress::column_letters(column.into());
        workbook.define_name(name, &format!("={}${letters}1", sheet_prefix(sheet)))?;
    }
    let decimals = atlas.decimals();
    let letters = CellAddress::column_letters(decimals.column.into());
    let cell = format!("={}${letters}${}", sheet_prefix(decimals.sheet), decimals.row + 1);
    workbook.define_name(DECIMALS, &cell)?;
    Ok(())
}

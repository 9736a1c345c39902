//! The second sheet, Thuyết minh: open rows for the unit's own words, a few for each item.

use super::super::WorkbookError;
use super::super::layout::Layout;
use super::super::page;
use super::super::paper::{HEADING, Sheet, headings};
use super::super::style::Style;
use super::check::Checks;

/// Rows that wait for each item.
const ROWS: u32 = 4;

pub(super) fn write(sheet: &mut Sheet, layout: &Layout) -> Result<(), WorkbookError> {
    let table = layout.table("thuyet_minh")?;
    let (item, content) = (table.position("muc")?, table.position("noi_dung")?);
    sheet.begin(&headings(table, "", &[]), (HEADING + 1, 0), (HEADING, HEADING))?;
    let items = items(layout)?;
    let mut row = HEADING;
    for name in &items {
        for _ in 0..ROWS {
            row += 1;
            sheet.pen.text(row, item, name, Style::text().open())?;
            sheet.pen.text(row, content, "", Style::text().open())?;
        }
    }
    let check = Checks::new(layout, 0)?.item(&items)?;
    sheet.pen.sheet().add_data_validation(HEADING + 1, item, row, item, &check)?;
    page::protect(&mut sheet.pen);
    Ok(())
}

/// The items in the order of the layout.
fn items(layout: &Layout) -> Result<Vec<String>, WorkbookError> {
    let table = layout.table("thuyet_minh.muc")?;
    let mut items = Vec::new();
    while let Ok(item) = table.word(&(items.len() + 1).to_string()) {
        items.push(item.to_string());
    }
    if items.is_empty() { Err(WorkbookError::Layout("[thuyet_minh.muc] 1 =".into())) } else { Ok(items) }
}

//! Cells merged downwards, after loops and conditions have run: a part whose beginning is gone begins itself.

use super::table::{Piece, Row, Table, changed};

/// Puts a filled table right: a cell that continues nothing becomes the first of its merged cells. None where all is well.
pub fn settle(text: &str) -> Option<String> {
    let mut changes = Vec::new();
    let mut running = Vec::new();
    for row in &Table::of(text).rows {
        running = columns_that_go_on(row, |column, place| {
            if !running.contains(&column) {
                changes.push((place, "<w:vMerge w:val=\"restart\"/>".into()));
            }
        });
    }
    (!changes.is_empty()).then(|| changed(text, changes))
}

/// Gives the columns in which merged cells go on below a row; tells of each that continues one above.
fn columns_that_go_on(row: &Row, mut continues: impl FnMut(usize, std::ops::Range<usize>)) -> Vec<usize> {
    let mut running = Vec::new();
    let mut column = row.skipped;
    for piece in &row.pieces {
        let Piece::Cell(cell) = piece else { continue };
        if let Some((place, begins)) = &cell.merge {
            running.push(column);
            if !begins {
                continues(column, place.clone());
            }
        }
        column += cell.span();
    }
    running
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_whose_beginning_is_gone_begins_itself() {
        let cell = |merge: &str| format!("<w:tc><w:tcPr>{merge}</w:tcPr><w:p/></w:tc>");
        let row = |cells: &[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(|own| cell(own)).collect::<String>());
        let (begin, go_on) = ("<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>");
        let table = |rows: &[String]| format!("<w:tbl>{}</w:tbl>", rows.concat());
        let lost = table(&[row(&[begin, ""]), row(&[go_on, go_on]), row(&["", go_on]), row(&[go_on, ""])]);
        let mended = table(&[row(&[begin, ""]), row(&[go_on, begin]), row(&["", go_on]), row(&[begin, ""])]);
        assert_eq!(settle(&lost), Some(mended.clone()));
        assert_eq!(settle(&mended), None);
    }
}

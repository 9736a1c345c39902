//! Cells merged downwards, after loops and conditions have run: a part whose beginning is gone begins itself.

use memchr::memmem;
use std::ops::Range;

use super::table::{Piece, Row, Table, changed};

/// Puts a filled table right: a cell that continues nothing becomes the first of its merged cells. None where all is well.
pub fn settle(text: &str) -> Option<String> {
    let mut changes = Vec::new();
    let mut running = Vec::new();
    for stretch in stretches(text) {
        for row in &Table::of(&text[stretch.clone()]).rows {
            running = columns_that_go_on(row, |column, place| {
                if !running.contains(&column) {
                    let place = place.start + stretch.start..place.end + stretch.start;
                    changes.push((place, "<w:vMerge w:val=\"restart\"/>".into()));
                }
            });
        }
        running.clear();
    }
    (!changes.is_empty()).then(|| changed(text, changes))
}

/// The stretches of a table's rows in which cells are merged: in most tables the first few. A table with others in it is
/// one stretch.
fn stretches(text: &str) -> Vec<Range<usize>> {
    const END: &str = "</w:tr>";
    if text.get(1..).is_some_and(|inside| memmem::find(inside.as_bytes(), b"<w:tbl>").is_some()) {
        return std::iter::once(0..text.len()).collect();
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    let merges: Vec<usize> = memmem::find_iter(text.as_bytes(), "<w:vMerge").collect();
    let mut merges = merges.into_iter().peekable();
    let mut start = 0;
    for end in memmem::find_iter(text.as_bytes(), END).map(|end| end + END.len()) {
        let mut is_merged = false;
        while merges.next_if(|merge| *merge < end).is_some() {
            is_merged = true;
        }
        match found.last_mut() {
            Some(last) if is_merged && last.end == start => last.end = end,
            _ if is_merged => found.push(start..end),
            _ => {}
        }
        start = end;
    }
    found
}

/// Gives the columns in which merged cells go on below a row; tells of each that continues one above.
fn columns_that_go_on(row: &Row, mut continues: impl FnMut(usize, Range<usize>)) -> Vec<usize> {
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
        assert_eq!((settle(&mended), settle("")), (None, None));
        let inner = table(&[row(&[go_on])]);
        let outer = table(&[row(&[begin]), format!("<w:tr><w:tc>{inner}</w:tc></w:tr>"), row(&[go_on])]);
        let expected = table(&[row(&[begin]), format!("<w:tr><w:tc>{inner}</w:tc></w:tr>"), row(&[begin])]);
        assert_eq!(settle(&outer), Some(expected));
    }
}

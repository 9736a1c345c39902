//! A table after a column loop: its grid, the widths of the repeated cells and the spans of the cells above and below.
//!
//! The template's column stands for the room of all its copies together: they share its width, and the table stays as
//! wide as it was drawn. A cell in another row that spans the column comes to span all copies.

use smol_str::{SmolStr, ToSmolStr, format_smolstr};

use super::table::{Change, GridColumn, Number, Piece, Row, Table, changed};

/// A stretch of template columns and how often it came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    start: usize,
    length: usize,
    copies: usize,
}

impl Stretch {
    fn end(&self) -> usize {
        self.start + self.length
    }
}

/// Puts a filled table right and takes the marks of the loop out; none where no row is left. Nested tables have been
/// settled before.
pub fn settle(text: &str) -> Option<String> {
    let table = Table::of(text);
    let mut stretches: Vec<Stretch> = Vec::new();
    for found in table.rows.iter().flat_map(stretches_of) {
        let clashes = stretches.iter().any(|known| found.start < known.end() && known.start < found.end());
        if !clashes {
            stretches.push(found);
        }
    }
    stretches.sort_by_key(|stretch| stretch.start);
    let mut changes = Vec::new();
    settle_grid(text, &table.grid, &stretches, &mut changes);
    let mut is_left = false;
    for row in &table.rows {
        is_left |= settle_row(row, &stretches, &mut changes);
    }
    is_left.then(|| changed(text, changes))
}

/// The column loops of one row, in template columns. A loop that did not turn tells no length: it is taken as one column.
fn stretches_of(row: &Row) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut column = row.skipped;
    let mut open: Option<Stretch> = None;
    for piece in &row.pieces {
        match (piece, &mut open) {
            (Piece::ColumnsBegin(_), _) => open = Some(Stretch { start: column, length: 0, copies: 0 }),
            (Piece::ColumnsNext(_), Some(stretch)) => stretch.copies += 1,
            (Piece::ColumnsNext(_), None) => {}
            (Piece::ColumnsEnd(_), _) => {
                if let Some(mut stretch) = open.take() {
                    stretch.length = stretch.length.max(1);
                    column += stretch.length;
                    found.push(stretch);
                }
            }
            (Piece::Cell(cell), Some(stretch)) if stretch.copies == 1 => stretch.length += cell.span(),
            (Piece::Cell(_), Some(_)) => {}
            (Piece::Cell(cell), None) => column += cell.span(),
        }
    }
    found
}

/// Gives whether a cell is left; a row without one goes.
fn settle_row(row: &Row, stretches: &[Stretch], changes: &mut Vec<Change>) -> bool {
    let before = changes.len();
    let mut column = row.skipped;
    let mut open: Option<Stretch> = None;
    let mut cells = 0;
    let gone = |place: &std::ops::Range<usize>| (place.clone(), SmolStr::default());
    for piece in &row.pieces {
        match piece {
            Piece::ColumnsBegin(place) => {
                changes.push(gone(place));
                open = stretches.iter().find(|stretch| stretch.start == column).copied();
            }
            Piece::ColumnsNext(place) => changes.push(gone(place)),
            Piece::ColumnsEnd(place) => {
                changes.push(gone(place));
                column += open.take().map_or(1, |stretch| stretch.length);
            }
            Piece::Cell(cell) => {
                if let Some(stretch) = open {
                    changes.extend(cell.width.as_ref().map(|width| shared(width, stretch.copies)));
                    cells += 1;
                    continue;
                }
                let width = cell.span();
                let wanted = span_after(column, width, stretches);
                column += width;
                match wanted {
                    0 => changes.push(gone(&cell.place)),
                    _ => changes.extend(cell.spanning(wanted)),
                }
                cells += usize::from(wanted > 0);
            }
        }
    }
    if cells == 0 {
        changes.truncate(before);
        changes.push(gone(&row.place));
    }
    cells > 0
}

/// A repeated cell takes its share of the template's width.
fn shared(width: &Number, copies: usize) -> Change {
    (width.place.clone(), (width.value / copies.max(1)).to_smolstr())
}

/// How many columns a cell outside the loop comes to span: each stretch counts for the cell that covers its last column.
fn span_after(column: usize, width: usize, stretches: &[Stretch]) -> usize {
    let end = column + width;
    let mut span = width;
    for stretch in stretches {
        let shared = end.min(stretch.end()).saturating_sub(column.max(stretch.start));
        if shared == stretch.length {
            span = span - stretch.length + stretch.length * stretch.copies;
        } else if shared > 0 && end >= stretch.end() {
            span += stretch.length * stretch.copies.saturating_sub(1);
        }
    }
    span
}

/// The columns of a stretch come as often as it did, each with its share of the width; the first's place takes them all.
fn settle_grid(text: &str, grid: &[GridColumn], stretches: &[Stretch], changes: &mut Vec<Change>) {
    for stretch in stretches {
        let end = stretch.end().min(grid.len());
        let Some(group) = grid.get(stretch.start..end).filter(|group| !group.is_empty()) else { continue };
        let mut columns = String::new();
        for column in std::iter::repeat_n(group, stretch.copies).flatten() {
            let markup = &text[column.place.clone()];
            match &column.width {
                Some(width) => {
                    let (from, to) = (width.place.start - column.place.start, width.place.end - column.place.start);
                    let share = width.value / stretch.copies;
                    columns.push_str(&format_smolstr!("{}{share}{}", &markup[..from], &markup[to..]));
                }
                None => columns.push_str(markup),
            }
        }
        changes.push((group[0].place.clone(), columns.into()));
        changes.extend(group[1..].iter().map(|column| (column.place.clone(), SmolStr::default())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGIN: &str = "<cot-begin/>";
    const NEXT: &str = "<cot-next/>";
    const END: &str = "<cot-end/>";

    fn cell(width: u32, span: u32) -> String {
        let span = if span == 1 { String::new() } else { format!("<w:gridSpan w:val=\"{span}\"/>") };
        format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}</w:tcPr><w:p/></w:tc>")
    }

    fn table(grid: &[u32], rows: &[String]) -> String {
        let grid: String = grid.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
        let rows: String = rows.iter().map(|row| format!("<w:tr>{row}</w:tr>")).collect();
        format!("<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>")
    }

    #[test]
    fn copies_share_the_width_and_a_heading_spans_them_all() {
        let heading = cell(100, 1) + &cell(900, 1);
        let row = format!("{}{BEGIN}{NEXT}{1}{NEXT}{1}{NEXT}{1}{END}", cell(100, 1), cell(900, 1));
        let expected =
            table(&[100, 300, 300, 300], &[cell(100, 1) + &cell(900, 3), cell(100, 1) + &cell(300, 1).repeat(3)]);
        assert_eq!(settle(&table(&[100, 900], &[heading, row])), Some(expected));
    }

    #[test]
    fn a_loop_that_did_not_turn_takes_its_column_with_it() {
        let row = format!("{}{BEGIN}{END}", cell(100, 1));
        let heading = cell(100, 1) + &cell(900, 1);
        let expected = table(&[100], &[cell(100, 1), cell(100, 1)]);
        assert_eq!(settle(&table(&[100, 900], &[heading, row])), Some(expected));
        assert_eq!(settle(&table(&[900], &[format!("{BEGIN}{END}")])), None);
    }
}

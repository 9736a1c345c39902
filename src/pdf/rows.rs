//! How many rows of a table fit into a room: repeated headings, rows that split, merged cells over a page's end.
//!
//! The counterpart of `split` for tables; what a table looks like is not known here.

use std::collections::VecDeque;
use std::rc::Rc;

use super::boxes::{BlockBox, CellBox, Merge, NoteBox, RowBox, TableBox};
use super::split::{self, Filling, Room};
use crate::word::document::VerticalAlignment;

/// Share of a page that repeated headings may take; taller ones are not repeated.
const MOST_HEADING: f64 = 0.6;

/// The least of a table that must stand with what is above it, its footnotes, and whether the next must too.
pub fn least(table: &TableBox, relaxed: bool) -> (f64, f64, bool) {
    let chain = chain(table.rows.iter(), relaxed);
    let whole = chain == table.rows.len() && table.rows.last().is_some_and(|row| row.keep_next);
    let rows = &table.rows[..chain];
    (rows.iter().map(|row| row.height).sum(), rows.iter().map(note_height).sum(), whole)
}

/// How many rows from the front stand together.
fn chain<'a>(rows: impl ExactSizeIterator<Item = &'a RowBox>, relaxed: bool) -> usize {
    let all = rows.len();
    let keeping = rows.take_while(|row| row.header || row.keep_next && !relaxed).count();
    (keeping + 1).min(all)
}

fn note_height(row: &RowBox) -> f64 {
    let mut height = 0.0;
    row.cells.iter().for_each(|cell| each_note(&cell.blocks, &mut |note| height += note.height));
    height
}

/// Hands over every footnote of the blocks, in order.
fn each_note(blocks: &[BlockBox], take: &mut dyn FnMut(&Rc<NoteBox>)) {
    for block in blocks {
        match block {
            BlockBox::Paragraph(paragraph) => paragraph.lines.iter().flat_map(|line| &line.notes).for_each(&mut *take),
            BlockBox::Table(table) => {
                table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| each_note(&cell.blocks, take));
            }
        }
    }
}

/// Takes the rows that fit, with the headings if the table comes from an earlier page; and the rest.
pub fn take(mut table: TableBox, filling: &mut Filling) -> (Option<TableBox>, Option<TableBox>) {
    let mut rest: VecDeque<RowBox> = std::mem::take(&mut table.rows).into();
    let repeats = table.continued && rest.front().is_some_and(|row| !row.header);
    let mut taken: Vec<RowBox> = if repeats { repeated(&table, filling.room.full) } else { Vec::new() };
    let headings = taken.len();
    let mut y = filling.y + taken.iter().map(|row| row.height).sum::<f64>();
    while let Some(row) = rest.front() {
        let must = filling.fresh && taken.len() == headings;
        let together = chain(rest.iter(), filling.relaxed);
        let needed: f64 = rest.iter().take(together).map(|row| row.height).sum();
        let notes: f64 = rest.iter().take(together).map(note_height).sum();
        if together > 1 && !must && needed <= filling.room.full && !filling.fits(y + needed, notes) {
            break;
        }
        if filling.fits(y + row.height + row.closing(), note_height(row)) {
            y += row.height;
            taken.extend(rest.pop_front());
            continue;
        }
        let Some(row) = rest.pop_front() else { break };
        let may_split = (row.can_split || row.height > filling.room.full) && !row.exact;
        let available = filling.room.height - y;
        match may_split.then(|| cut(&row, rest.front(), available, must)).flatten() {
            Some((head, tail)) => {
                taken.push(head);
                rest.push_front(tail);
            }
            None if must => taken.push(row),
            None => rest.push_front(row),
        }
        break;
    }
    if taken.len() == headings {
        table.rows = rest.into();
        return (None, (!table.rows.is_empty()).then_some(table));
    }
    let mut rest: Vec<RowBox> = rest.into();
    carry_merged(&mut taken, &mut rest);
    for row in &taken[headings..] {
        for cell in &row.cells {
            each_note(&cell.blocks, &mut |note| filling.notes.push(Rc::clone(note)));
        }
    }
    let head = TableBox { rows: taken, repeated: headings, ..table.clone() };
    table.continued = true;
    table.rows = rest;
    (Some(head), (!table.rows.is_empty()).then_some(table))
}

fn repeated(table: &TableBox, full: f64) -> Vec<RowBox> {
    let height: f64 = table.headers.iter().map(|row| row.height).sum();
    if height > full * MOST_HEADING { Vec::new() } else { table.headers.clone() }
}

/// Cuts a row at a height; none if nothing sensible can stand above the cut.
fn cut(row: &RowBox, next: Option<&RowBox>, available: f64, must: bool) -> Option<(RowBox, RowBox)> {
    let mut head = row.clone();
    let mut tail = row.clone();
    let mut rest = false;
    let mut any = false;
    let closing = row.closing() + row.rule_below;
    (head.height, tail.height) = (0.0, 0.0);
    for (upper, lower) in head.cells.iter_mut().zip(&mut tail.cells) {
        let goes_on = next.is_some_and(|next| continues(next, upper));
        if upper.merge == Merge::Continue || (upper.merge == Merge::Start && goes_on) {
            // What a merged cell holds is cut when it is known how far its rows reach.
            lower.merge = Merge::Continue;
            lower.blocks.clear();
            continue;
        }
        // What is cut stands at the top of its cell on both pages.
        (upper.alignment, lower.alignment) = (VerticalAlignment::Top, VerticalAlignment::Top);
        let inside = upper.padding[0] + upper.padding[2] + row.rule_above;
        let height = available - inside - closing;
        let room = Room { height, full: height, fresh: must, keep: false, separator: 0.0, automatic: false };
        let mut queue: VecDeque<BlockBox> = std::mem::take(&mut upper.blocks).into();
        let full = !queue.is_empty();
        let taken = split::take(&mut queue, &room, None);
        if taken.placed.is_empty() && full && !must {
            return None;
        }
        any |= !taken.placed.is_empty();
        rest |= !queue.is_empty();
        head.height = head.height.max(taken.height + inside + closing);
        upper.blocks = taken.placed.into_iter().map(|(_, block)| block).collect();
        lower.blocks = queue.into();
        tail.height = tail.height.max(split::height(&lower.blocks) + inside + row.rule_below);
    }
    if !rest || !any {
        return None;
    }
    tail.least = (row.least - head.height).max(0.0);
    tail.height = tail.height.max(tail.least);
    head.rule_below = closing;
    Some((head, tail))
}

/// Whether `row` goes on with a merged cell that stands above it.
fn continues(row: &RowBox, cell: &CellBox) -> bool {
    row.cells.iter().any(|other| other.column == cell.column && other.merge == Merge::Continue)
}

/// Gives the rest of merged cells that reach over the page's end to the first row of the next page.
fn carry_merged(taken: &mut [RowBox], rest: &mut [RowBox]) {
    let Some(first) = rest.first() else { return };
    let open: Vec<usize> = (0..first.cells.len()).filter(|&at| first.cells[at].merge == Merge::Continue).collect();
    for at in open {
        let column = rest[0].cells[at].column;
        let Some((start, index)) = find_start(taken, column) else { continue };
        let reach: f64 = taken[start..].iter().map(|row| row.height).sum();
        let cell = &mut taken[start].cells[index];
        let inside = cell.padding[0] + cell.padding[2];
        let height = reach - inside;
        let room = Room { height, full: height, fresh: false, keep: false, separator: 0.0, automatic: false };
        let mut queue: VecDeque<BlockBox> = std::mem::take(&mut cell.blocks).into();
        let part = split::take(&mut queue, &room, None);
        cell.blocks = part.placed.into_iter().map(|(_, block)| block).collect();
        let template = cell.clone();
        let lower = &mut rest[0].cells[at];
        *lower = CellBox { merge: Merge::Start, blocks: queue.into(), borders: lower.borders, ..template };
        let needed = split::height(&lower.blocks) + inside;
        stretch_group(rest, column, needed);
    }
}

fn find_start(rows: &[RowBox], column: usize) -> Option<(usize, usize)> {
    rows.iter().enumerate().rev().find_map(|(number, row)| {
        let start = |cell: &CellBox| cell.column == column && cell.merge == Merge::Start;
        row.cells.iter().position(start).map(|index| (number, index))
    })
}

/// Makes the last row of a merged group that begins in the first row tall enough for what the group holds.
pub fn stretch_group(rows: &mut [RowBox], column: usize, needed: f64) {
    let goes_on = |row: &RowBox| row.cells.iter().any(|cell| cell.column == column && cell.merge == Merge::Continue);
    let length = 1 + rows.iter().skip(1).take_while(|row| goes_on(row)).count();
    let height: f64 = rows.iter().take(length).map(|row| row.height).sum();
    if let Some(last) = rows.get_mut(length - 1)
        && !last.exact
        && needed > height
    {
        last.height += needed - height;
    }
}

//! How much of a column of blocks fits into a room: lines, widows, orphans, what keeps with what.
//!
//! Serves pages and cells alike. `rows` does the same for the rows of a table.

use std::collections::VecDeque;
use std::rc::Rc;

use super::boxes::{BlockBox, Break, NoteBox, ParagraphBox};
use super::rows;

/// Room to be filled.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    pub height: f64,
    /// Height of an empty page: what is taller need not be kept together.
    pub full: f64,
    /// Nothing stands above: at least one line must be taken, so that an end comes.
    pub fresh: bool,
    /// Whether paragraphs that keep with the next are kept; not so within cells.
    pub keep: bool,
    /// Height of the rule above footnotes.
    pub separator: f64,
    /// The space before the first block is dropped, as at the top of a page that began by itself.
    pub automatic: bool,
}

/// What stands right above, as far as the gap to the next block depends on it.
#[derive(Clone, Debug, Default)]
pub struct Above {
    after: f64,
    contextual: bool,
    style: Option<Rc<str>>,
}

/// Blocks at their heights, and why there are no more of them.
#[derive(Debug, Default)]
pub struct Taken {
    pub placed: Vec<(f64, BlockBox)>,
    /// Down to the last line.
    pub height: f64,
    pub notes: Vec<Rc<NoteBox>>,
    pub broken: Option<Break>,
    pub above: Option<Above>,
}

/// Less than this is no overflow.
const SLACK: f64 = 0.02;

/// The gap above a block.
pub fn gap(above: Option<&Above>, next: &BlockBox) -> f64 {
    let (before, style, contextual) = match next {
        BlockBox::Paragraph(paragraph) if paragraph.continued => (0.0, &paragraph.style, false),
        BlockBox::Paragraph(paragraph) => (paragraph.before, &paragraph.style, paragraph.contextual),
        BlockBox::Table(_) => return above.map_or(0.0, |above| above.after),
    };
    let Some(above) = above else { return before };
    let alike = above.style.as_deref().unwrap_or_default() == &**style;
    let after = if above.contextual && alike { 0.0 } else { above.after };
    let before = if contextual && alike { 0.0 } else { before };
    // The greater of the two counts, as in Word since 2010.
    after.max(before)
}

pub fn above(block: &BlockBox) -> Above {
    match block {
        BlockBox::Paragraph(paragraph) => {
            Above { after: paragraph.after, contextual: paragraph.contextual, style: Some(Rc::clone(&paragraph.style)) }
        }
        BlockBox::Table(_) => Above::default(),
    }
}

/// Height of a block that is not split.
pub fn block_height(block: &BlockBox) -> f64 {
    match block {
        BlockBox::Paragraph(paragraph) => paragraph.frame_above() + paragraph.lines_height() + paragraph.frame_below(),
        BlockBox::Table(table) => table.rows.iter().map(|row| row.height).sum(),
    }
}

/// Blocks under each other, with their heights, and the height of all with the space after the last.
pub fn stack(blocks: Vec<BlockBox>) -> (Vec<(f64, BlockBox)>, f64) {
    let mut y = 0.0;
    let mut last = None;
    let mut placed = Vec::with_capacity(blocks.len());
    for block in blocks {
        y += gap(last.as_ref(), &block);
        let height = block_height(&block);
        last = Some(above(&block));
        placed.push((y, block));
        y += height;
    }
    (placed, y + last.map_or(0.0, |above| above.after))
}

/// Height of blocks under each other, with the space after the last.
pub fn height(blocks: &[BlockBox]) -> f64 {
    let mut y = 0.0;
    let mut last = None;
    for block in blocks {
        y += gap(last.as_ref(), block) + block_height(block);
        last = Some(above(block));
    }
    y + last.map_or(0.0, |above| above.after)
}

/// Takes from the front of `queue` what fits; what does not is left there.
pub fn take(queue: &mut VecDeque<BlockBox>, room: &Room, above_first: Option<Above>) -> Taken {
    let mut taken = Taken { above: above_first, ..Taken::default() };
    // Blocks ahead that belong to a chain longer than a page.
    let mut relaxed = 0;
    while let Some(front) = queue.front() {
        let fresh = room.fresh && taken.placed.is_empty();
        if let BlockBox::Paragraph(paragraph) = front {
            // The break is spent once: the rest of the paragraph does not ask again.
            if paragraph.page_break_before && !paragraph.continued && !fresh && room.keep {
                taken.broken = Some(Break::Page);
                return taken;
            }
        }
        let gap = if fresh && room.automatic { 0.0 } else { gap(taken.above.as_ref(), front) };
        let notes = std::mem::take(&mut taken.notes);
        let mut filling = Filling { y: taken.height + gap, notes, room, fresh, relaxed: relaxed > 0 };
        if room.keep {
            if relaxed == 0 {
                relaxed = filling.too_long_chain(queue);
                filling.relaxed = relaxed > 0;
            }
            if !fresh && !filling.has_room_for_chain(queue) {
                taken.notes = filling.notes;
                return taken;
            }
            relaxed = relaxed.saturating_sub(1);
        }
        let Some(block) = queue.pop_front() else { return taken };
        let y = filling.y;
        let (head, rest, broken) = match block {
            BlockBox::Paragraph(paragraph) => filling.paragraph(paragraph),
            BlockBox::Table(table) => {
                let (head, rest) = rows::take(table, &mut filling);
                (head.map(BlockBox::Table), rest.map(BlockBox::Table), None)
            }
        };
        taken.notes = filling.notes;
        if let Some(head) = head {
            taken.height = y + block_height(&head);
            taken.above = Some(above(&head));
            taken.placed.push((y, head));
        }
        let more = rest.is_some();
        if let Some(rest) = rest {
            queue.push_front(rest);
        }
        if broken.is_some() || more {
            taken.broken = broken;
            return taken;
        }
    }
    taken
}

/// The state of a room while one block is put into it.
pub struct Filling<'a> {
    /// Where the block begins.
    pub y: f64,
    pub notes: Vec<Rc<NoteBox>>,
    pub room: &'a Room,
    /// Nothing has been put into the room.
    pub fresh: bool,
    /// The block is part of a chain longer than a page: rows need not keep together.
    pub relaxed: bool,
}

impl Filling<'_> {
    /// Whether content down to `bottom` fits together with these further footnotes.
    pub fn fits(&self, bottom: f64, further: f64) -> bool {
        let notes: f64 = self.notes.iter().map(|note| note.height).sum::<f64>() + further;
        let notes = if notes > 0.0 { notes + self.room.separator } else { 0.0 };
        bottom + notes <= self.room.height + SLACK
    }

    /// How many blocks from the front keep with each other although no page could hold them all.
    fn too_long_chain(&self, queue: &VecDeque<BlockBox>) -> usize {
        let (height, notes, blocks) = chain(queue, usize::MAX, false);
        if height + notes > self.room.full { blocks } else { 0 }
    }

    /// Whether the first block and what it must stand with fit. Of a chain longer than a page only neighbours do.
    fn has_room_for_chain(&self, queue: &VecDeque<BlockBox>) -> bool {
        let (height, notes, _) = chain(queue, if self.relaxed { 2 } else { usize::MAX }, self.relaxed);
        self.fits(self.y + height, notes) || height + notes > self.room.full
    }

    /// The lines that fit, and the rest.
    fn paragraph(&mut self, mut paragraph: ParagraphBox) -> (Option<BlockBox>, Option<BlockBox>, Option<Break>) {
        let all = paragraph.lines.len();
        let (fit, broken) = self.fitting_lines(&paragraph);
        let take = match broken {
            Some(_) => fit,
            None if fit >= all => all,
            None => self.allowed_lines(&paragraph, fit),
        };
        if take == 0 && all > 0 {
            return (None, Some(BlockBox::Paragraph(paragraph)), None);
        }
        let rest = paragraph.lines.split_off(take);
        self.notes.extend(paragraph.lines.iter().flat_map(|line| line.notes.iter().cloned()));
        if rest.is_empty() {
            return (Some(BlockBox::Paragraph(paragraph)), None, broken);
        }
        let tail = ParagraphBox { lines: rest, continued: true, heading: None, ..paragraph.clone() };
        paragraph.after = 0.0;
        (Some(BlockBox::Paragraph(paragraph)), Some(BlockBox::Paragraph(tail)), broken)
    }

    /// How many lines fit, up to a page or column break among them.
    fn fitting_lines(&self, paragraph: &ParagraphBox) -> (usize, Option<Break>) {
        let mut bottom = self.y + paragraph.frame_above();
        let mut notes = 0.0;
        for (index, line) in paragraph.lines.iter().enumerate() {
            bottom += line.height;
            notes += line.note_height();
            let last = index + 1 == paragraph.lines.len();
            let frame = if last { paragraph.frame_below() } else { 0.0 };
            if !self.fits(bottom + frame - line.extra, notes) {
                let begun = notes - line.note_height() + line.least_note_height();
                let begins = !line.notes.is_empty() && self.room.keep && self.fits(bottom + frame - line.extra, begun);
                return (if begins { index + 1 } else { index }, None);
            }
            if let Some(broken) = line.break_after.filter(|_| self.room.keep) {
                return (index + 1, Some(broken));
            }
        }
        (paragraph.lines.len(), None)
    }

    /// How many of `fit` lines may stand here when not all fit.
    fn allowed_lines(&self, paragraph: &ParagraphBox, fit: usize) -> usize {
        let all = paragraph.lines.len();
        let mut take = fit;
        if !self.room.keep {
            // Cells that are cut keep neither lines nor widows, as in LibreOffice.
        } else if paragraph.keep_lines && paragraph.lines_height() <= self.room.full {
            take = 0;
        } else if paragraph.widow_control {
            take = take.min(all.saturating_sub(2));
            if take < 2 && !paragraph.continued {
                take = 0;
            }
        }
        if take == 0 && self.fresh { fit.max(1) } else { take }
    }
}

/// Height, footnotes and number of the blocks at the front that keep with each other, up to so many.
fn chain(queue: &VecDeque<BlockBox>, most: usize, relaxed: bool) -> (f64, f64, usize) {
    let (mut height, mut notes, mut blocks) = (0.0, 0.0, 0);
    for (index, block) in queue.iter().enumerate().take(most) {
        if index > 0 {
            height += gap(queue.get(index - 1).map(above).as_ref(), block);
        }
        let (part, part_notes, goes_on) = least(block, relaxed);
        height += part;
        notes += part_notes;
        blocks += 1;
        if !goes_on {
            break;
        }
    }
    (height, notes, blocks)
}

/// The least of a block that must stand with what is above it, its footnotes, and whether the next must too.
fn least(block: &BlockBox, relaxed: bool) -> (f64, f64, bool) {
    match block {
        BlockBox::Paragraph(paragraph) => {
            let count = if paragraph.keep_next { paragraph.lines.len() } else { paragraph.least_lines() };
            let lines = &paragraph.lines[..count.min(paragraph.lines.len())];
            let extra = lines.last().map_or(0.0, |line| line.extra);
            let height = lines.iter().map(|line| line.height).sum::<f64>() - extra;
            let notes = lines.iter().map(|line| line.least_note_height()).sum();
            let below = if count == paragraph.lines.len() { paragraph.frame_below() } else { 0.0 };
            (paragraph.frame_above() + height + below, notes, paragraph.keep_next)
        }
        BlockBox::Table(table) => rows::least(table, relaxed),
    }
}

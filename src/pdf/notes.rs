//! Footnotes at the foot of a page: whole where they fit, else begun here and carried on at the foot of the next.
//!
//! Which line a note belongs to is known in `split`; pages are made in `page`.

use std::collections::VecDeque;
use std::rc::Rc;

use super::boxes::{BlockBox, NoteBox};
use super::draw::Canvas;
use super::sheet::{BLACK, Dash, Item, Placed, Rule};
use super::split::{self, Room};

/// Room for the rule above footnotes, and its length; points.
pub const SEPARATOR: f64 = 6.2;
const SEPARATOR_LENGTH: f64 = 144.0;
/// Share of a page that notes from earlier pages may take while there is text to set.
const MOST_CARRIED: f64 = 0.7;

pub fn height(notes: &[Rc<NoteBox>]) -> f64 {
    notes.iter().map(|note| note.height).sum()
}

/// Parts notes into those for a room of this height and the rest. Something is always taken.
pub fn part(notes: Vec<Rc<NoteBox>>, room: f64) -> (Vec<Rc<NoteBox>>, Vec<Rc<NoteBox>>) {
    let (mut here, mut rest) = (Vec::new(), Vec::new());
    let mut left = room;
    for note in notes {
        if !rest.is_empty() {
            rest.push(note);
        } else if note.height <= left + 0.02 {
            left -= note.height;
            here.push(note);
        } else {
            let (begun, carried) = cut(&note, left, here.is_empty());
            left = 0.0;
            here.extend(begun);
            rest.extend(carried);
        }
    }
    (here, rest)
}

/// The part of carried notes that a page of this height takes.
pub fn carried_part(notes: Vec<Rc<NoteBox>>, body: f64, text_follows: bool) -> (Vec<Rc<NoteBox>>, Vec<Rc<NoteBox>>) {
    part(notes, (body - SEPARATOR) * if text_follows { MOST_CARRIED } else { 1.0 })
}

/// Cuts a note at a height.
fn cut(note: &NoteBox, room: f64, must: bool) -> (Option<Rc<NoteBox>>, Option<Rc<NoteBox>>) {
    let mut queue: VecDeque<BlockBox> = note.blocks.clone().into();
    let room = Room { height: room, full: room, fresh: must, keep: false, separator: 0.0, automatic: false };
    let taken = split::take(&mut queue, &room, None);
    let blocks: Vec<BlockBox> = taken.placed.into_iter().map(|(_, block)| block).collect();
    (boxed(blocks), boxed(queue.into()))
}

fn boxed(blocks: Vec<BlockBox>) -> Option<Rc<NoteBox>> {
    let height = split::height(&blocks);
    (!blocks.is_empty()).then(|| Rc::new(NoteBox { blocks, height }))
}

/// Draws notes so that they end at `bottom`, with the rule above them.
pub fn draw(canvas: &mut Canvas, notes: Vec<Rc<NoteBox>>, x: f64, width: f64, bottom: f64) {
    if notes.is_empty() {
        return;
    }
    let mut y = bottom - height(&notes);
    let level = y - SEPARATOR / 2.0;
    let to = (x + SEPARATOR_LENGTH.min(width), level);
    let rule = Rule { from: (x, level), to, width: 0.5, color: BLACK, dash: Dash::Solid };
    canvas.items.push(Placed::artifact(Item::Rule(rule)));
    for note in notes {
        let (placed, height) = split::stack(note.blocks.clone());
        canvas.blocks(placed, x, y);
        y += height;
    }
}

//! Columns that end at the same height: where a section of several columns is followed by one on the same page.
//!
//! As in Word, only the page on which such a section ends is balanced.

use std::collections::VecDeque;

use super::boxes::BlockBox;
use super::split::{self, Room};

/// Steps of the search: halving a page so often leaves less than a tenth of a point.
const STEPS: usize = 14;

/// The least height at which the blocks fit into so many columns; none where they do not fit at all, or bring footnotes.
pub fn balanced(queue: &VecDeque<BlockBox>, columns: usize, room: &Room) -> Option<f64> {
    if columns < 2 || !fits(queue, columns, room, room.height) {
        return None;
    }
    let (mut short, mut enough) = (0.0, room.height);
    for _ in 0..STEPS {
        let middle = (short + enough) / 2.0;
        if fits(queue, columns, room, middle) { enough = middle } else { short = middle }
    }
    Some(enough)
}

fn fits(queue: &VecDeque<BlockBox>, columns: usize, room: &Room, height: f64) -> bool {
    let mut rest = queue.clone();
    for _ in 0..columns {
        // `fresh` would take a line that does not fit
        let column = Room { height, fresh: false, automatic: false, ..*room };
        let taken = split::take(&mut rest, &column, None);
        if !taken.notes.is_empty() || taken.broken == Some(super::boxes::Break::Page) {
            return false;
        }
    }
    rest.is_empty()
}

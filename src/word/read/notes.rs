//! Footnotes and endnotes: their text by number, as far as the document refers to them.

use std::collections::BTreeMap;

use super::parts::Part;
use super::report::Notice;
use super::story::{Reader, Story, Surroundings};
use super::values::number_of;
use crate::finding::catalogue::reading;
use crate::word::document::Block;

/// Endnotes stand among the footnotes, their ids moved out of the way.
const FIRST_ENDNOTE: i64 = 1 << 32;

/// The id under which an endnote is kept.
pub fn endnote_id(id: i64) -> i64 {
    FIRST_ENDNOTE.saturating_add(id)
}

impl Reader<'_> {
    /// Reads the notes of a part: `w:footnote` or `w:endnote`. Separators are left out.
    pub fn notes(&mut self, part: &Part, kind: &str, width: i32, notes: &mut BTreeMap<i64, Vec<Block>>) {
        let (name, element_name) = match kind {
            "endnotes" => ("chú thích cuối văn bản", "w:endnote"),
            _ => ("cước chú", "w:footnote"),
        };
        let mut story = Story::new(part, name);
        for note in part.root().elements().filter(|own| own.name() == element_name) {
            let Some(id) = number_of(note, "w:id") else { continue };
            if note.attribute("w:type").is_some_and(|kind| kind != "normal") {
                continue;
            }
            let id = if kind == "endnotes" { endnote_id(id) } else { id };
            story.note = Some(id);
            let blocks = self.blocks(&mut story, note, Surroundings::of_width(width));
            self.finish_story(&mut story);
            notes.insert(id, blocks);
        }
    }

    /// Says so where a field was left open: what followed its beginning was taken for its instruction.
    pub fn finish_story(&mut self, story: &mut Story) {
        for field in std::mem::take(&mut story.fields) {
            if field.swallows() {
                let name = field.instruction.split_whitespace().next().unwrap_or("").to_string();
                let sentence = format!("Trường {name} không có chỗ kết thúc, chữ sau nó không vào được bản PDF.");
                self.about(story, Notice::new(&reading::FIELD_LOST, sentence));
            }
        }
    }
}

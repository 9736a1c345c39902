//! The part of comments of a sheet: ours are added, those that were there stay.

use super::archive::Archive;
use super::cut::{self, Edit, Kind, Next, escape, for_each_tag};
use super::package::{Relations, state_part};
use super::{Notes, Unmarkable};
use crate::finding::CellAddress;

/// Who speaks in our comments.
const AUTHOR: &str = "thidua";
const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const EMPTY: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments \
                     xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><authors></authors><commentList>\
                     </commentList></comments>";

/// Adds the words of notes to the comments of a sheet, making the part where there is none; gives the cells that had no
/// comment before, with the lines of their new one.
pub(super) fn add(
    archive: &mut Archive,
    relations: &mut Relations,
    notes: &Notes,
) -> Result<Vec<(CellAddress, usize)>, Unmarkable> {
    let part = match relations.of_kind("comments") {
        Some(part) => part,
        None => {
            let (part, _) = archive.free_name("xl/comments", ".xml");
            archive.replace(&part, EMPTY.to_string());
            relations.add("comments", &part);
            state_part(archive, &part, CONTENT_TYPE)?;
            part
        }
    };
    let text = archive.text(&part)?;
    let survey = Survey::of(&text).ok_or_else(|| Unmarkable::part(&part))?;
    let (mut edits, mut fresh, mut comments) = (Vec::new(), Vec::new(), String::new());
    let prefix = &survey.prefix;
    for (cell, (_, words)) in notes {
        let words = words.join("\n\n");
        match survey.existing.iter().find(|(own, _)| own.replace('$', "") == cell.to_string()) {
            Some((_, place)) => edits.push(place.edit(&text, &run(prefix, &format!("\n\n{words}")))),
            None => {
                fresh.push((*cell, lines(&words)));
                comments.push_str(&format!(
                    "<{prefix}comment ref=\"{cell}\" authorId=\"{}\"><{prefix}text>{}</{prefix}text></{prefix}comment>",
                    survey.authors,
                    run(prefix, &words)
                ));
            }
        }
    }
    if !fresh.is_empty() {
        edits.push(survey.author_list.edit(&text, &format!("<{prefix}author>{AUTHOR}</{prefix}author>")));
        edits.push(survey.comment_list.edit(&text, &comments));
    }
    archive.replace(&part, cut::apply(&text, edits));
    Ok(fresh)
}

/// A run of text in a small font.
fn run(prefix: &str, words: &str) -> String {
    format!(
        "<{prefix}r><{prefix}rPr><{prefix}sz val=\"10\"/><{prefix}rFont val=\"Times New Roman\"/></{prefix}rPr><{prefix}t \
         xml:space=\"preserve\">{}</{prefix}t></{prefix}r>",
        escape(words)
    )
}

/// Lines that a comment takes at our width.
fn lines(words: &str) -> usize {
    words.split('\n').map(|line| line.chars().count() / 42 + 1).sum()
}

/// Where one more child goes: before the closing tag, or into an element that closes itself.
#[derive(Clone, Default)]
struct Room {
    start: usize,
    /// The end of a tag that closes itself; the same as the start else.
    end: usize,
}

impl Room {
    fn edit(&self, text: &str, new: &str) -> Edit {
        let own = &text[self.start..self.end];
        let tag = cut::Tag { kind: Kind::Empty, text: own, start: self.start, depth: 0 };
        match own {
            "" => (self.start..self.end, new.to_string()),
            _ => (self.start..self.end, format!("{}{new}</{}>", tag.opened(), tag.name())),
        }
    }
}

struct Survey {
    prefix: String,
    authors: usize,
    author_list: Room,
    comment_list: Room,
    /// Cells that have a comment, with the room in its text.
    existing: Vec<(String, Room)>,
}

impl Survey {
    fn of(text: &str) -> Option<Survey> {
        let (mut prefix, mut authors) = (None, 0);
        let (mut author_list, mut comment_list, mut existing) = (None, None, Vec::new());
        let mut cell: Option<String> = None;
        for_each_tag(text, |tag| {
            let ends = tag.kind != Kind::Open;
            let room = Room { start: tag.start, end: if tag.kind == Kind::Empty { tag.end() } else { tag.start } };
            match tag.depth {
                0 if tag.is("comments") => prefix = Some(tag.prefix().to_string()),
                1 if ends && tag.is("authors") => author_list = Some(room),
                1 if ends && tag.is("commentList") => comment_list = Some(room),
                2 if tag.begins("author") => authors += 1,
                2 if tag.begins("comment") => cell = tag.value("ref"),
                3 if ends && tag.is("text") => existing.extend(cell.take().map(|cell| (cell, room))),
                _ => {}
            }
            Next::More
        })?;
        Some(Survey { prefix: prefix?, authors, author_list: author_list?, comment_list: comment_list?, existing })
    }
}

//! Tables of contents: made anew from the headings of the filled text.
//!
//! What a file holds for its TOC field are the headings of the template, before anything was filled in. Word makes the
//! table anew when it is asked to; the PDF does it here, from every heading of the text, and its page numbers come from the
//! layout. A table with other sources than headings (figures, marked entries) is not one of these and keeps its text.

use super::section::SectionShape;
use super::story::{Reader, Story};
use crate::word::document::{Alignment, Block, Field, Inline, Leader, Paragraph, Role, TabAlignment, TabStop};

/// Indent of each level below the first where the file has no style for it, as in Word; twips.
const STEP: i32 = 220;
/// Gap below an entry where the file has no style for it.
const GAP: i32 = 100;

/// What a TOC field asks for: the levels of headings, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Levels {
    pub first: u8,
    pub last: u8,
}

/// A table of contents in the body: its section, the block before which it stands, and what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contents {
    pub section: usize,
    pub at: usize,
    pub levels: Levels,
}

impl Levels {
    /// Reads the switches of a TOC instruction; none where it lists something other than headings.
    pub fn read(switches: &str) -> Option<Levels> {
        let mut levels = Levels { first: 1, last: 3 };
        let mut words = switches.split_whitespace().peekable();
        while let Some(word) = words.next() {
            match word.to_lowercase().as_str() {
                "\\o" => {
                    let range = words.next_if(|next| !next.starts_with('\\')).unwrap_or("\"1-9\"");
                    let (first, last) = range.trim_matches(['"', '“', '”']).split_once('-')?;
                    levels = Levels { first: first.parse().ok()?, last: last.parse().ok()? };
                }
                // links, outline levels, web view, tabs and line ends: nothing that changes the entries
                "\\h" | "\\u" | "\\z" | "\\w" | "\\x" => {}
                "\\*" => drop(words.next()),
                _ => return None,
            }
        }
        (levels.first >= 1 && levels.first <= levels.last && levels.last <= 9).then_some(levels)
    }
}

impl Reader<'_> {
    /// Puts the entries of every table of contents into the sections.
    pub fn insert_contents(&mut self, story: &Story, shapes: &[SectionShape], texts: &mut [Vec<Block>]) {
        if story.contents.is_empty() {
            return;
        }
        let mut headings = Vec::new();
        for blocks in texts.iter_mut() {
            collect(blocks, &mut headings);
        }
        // from behind, so that the places before stay true
        for contents in story.contents.iter().rev() {
            let width = shapes.get(contents.section).or(shapes.last()).map_or(9_000, SectionShape::text_width);
            let Levels { first, last } = contents.levels;
            let wanted = headings.iter().filter(|heading| (first..=last).contains(&heading.level));
            let entries: Vec<Block> = wanted.map(|heading| Block::Paragraph(self.entry(heading, width))).collect();
            if let Some(blocks) = texts.get_mut(contents.section) {
                let at = contents.at.min(blocks.len());
                blocks.splice(at..at, entries);
            }
        }
    }

    /// A line of a table of contents: title, dots, page number.
    fn entry(&mut self, heading: &Heading, width: i32) -> Paragraph {
        let id = self.definitions.styles.contents_style(heading.level).map(str::to_string);
        let base = self.base_of(id.as_deref());
        let mut style = base.finished_paragraph.clone();
        if id.is_none() {
            style.indent_left = STEP * (i32::from(heading.level) - 1);
            (style.first_line, style.after, style.alignment) = (0, GAP, Alignment::Left);
        }
        style.tabs = vec![TabStop { position: width, alignment: TabAlignment::Right, leader: Leader::Dot }];
        let look = base.finished_run.clone();
        let inlines = vec![
            Inline::Text(heading.title.clone(), look.clone()),
            Inline::Tab(look.clone()),
            Inline::Field(Field::PageOf(heading.bookmark.clone(), String::new()), look.clone()),
        ];
        Paragraph { role: Role::Contents(heading.level), style, label: None, inlines, mark: look }
    }
}

struct Heading {
    title: String,
    level: u8,
    bookmark: String,
}

/// Finds the headings, and gives each a bookmark that its page is asked by.
fn collect(blocks: &mut [Block], headings: &mut Vec<Heading>) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let Role::Heading(level) = paragraph.role else { continue };
                let title = title(paragraph);
                if title.is_empty() {
                    continue;
                }
                let own = paragraph.inlines.iter().find_map(|inline| match inline {
                    Inline::Bookmark(name) if name.starts_with("_Toc") => Some(name.clone()),
                    _ => None,
                });
                let bookmark = own.unwrap_or_else(|| {
                    let name = format!("_muc_luc_{}", headings.len() + 1);
                    paragraph.inlines.insert(0, Inline::Bookmark(name.clone()));
                    name
                });
                headings.push(Heading { title, level, bookmark });
            }
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| collect(&mut cell.blocks, headings));
            }
        }
    }
}

/// The number and the words of a heading, in one line.
fn title(paragraph: &Paragraph) -> String {
    let label = paragraph.label.as_ref().map_or("", |label| label.text.as_str());
    let mut words = format!("{label} ");
    for inline in &paragraph.inlines {
        match inline {
            Inline::Text(text, style) if style.caps => words.push_str(&text.to_uppercase()),
            Inline::Text(text, _) => words.push_str(text),
            Inline::Tab(_) | Inline::LineBreak(_) => words.push(' '),
            _ => {}
        }
    }
    let joined: Vec<&str> = words.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
    joined.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_levels_are_those_that_the_field_names() {
        for (switches, levels) in [
            (" \\o \"1-2\" \\h \\z \\u", Some((1, 2))),
            ("", Some((1, 3))),
            ("\\o \"2-2\"", Some((2, 2))),
            ("\\o \\h", Some((1, 9))),
            ("\\o \"1-3\" \\* MERGEFORMAT", Some((1, 3))),
            ("\\c \"Bảng\"", None),
            ("\\f \\l 1-2", None),
            ("\\o \"3-1\"", None),
            ("\\o \"một\"", None),
        ] {
            let read = Levels::read(switches).map(|levels| (levels.first, levels.last));
            assert_eq!(read, levels, "{switches}");
        }
    }
}

//! The last pass over a filled part: what only shows once loops have run.
//!
//! Line breaks and tabs of values become elements; numbers and names that a loop has doubled (bookmarks, drawings,
//! content controls, notes, paragraph ids) get new ones; a cell that has lost its last paragraph gets an empty one; a row
//! without cells and a table without rows go; rows of a loop hold together (`keep`); a table with a column loop has its
//! grid put right; neighbouring runs of one look become one (`stretch`). One pass, no tree.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::assemble::{COLUMNS_BEGIN, LOOP_BEGIN, LOOP_END, TURN};
use super::columns;
use super::keep::{self, WrittenRow};
use super::lists::{Added, RESTART};
use super::markup::{self, replaced, value};
use super::merged;
use super::notes::{KINDS, NOTE};
use super::sections;
use super::stretch::{Stretches, is_mark};
use crate::word::xml::{DECLARATION, Element};

/// Stands for a line break of a value until the pass.
pub const LINE_BREAK: char = '\u{3}';
/// Stands for a tab of a value until the pass.
pub const TAB: char = '\u{4}';

/// Ids and names that must be unique, over all parts of one file.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    bookmarks: Numbers,
    names: HashSet<String>,
    drawings: Numbers,
    controls: Numbers,
    paragraphs: Numbers,
    permissions: Numbers,
    notes: Numbers,
    /// Notes made by loops, by the name of their kind's element.
    pub added_notes: BTreeMap<&'static str, Vec<String>>,
    /// The next free numbering, those given out for a turn of a loop, and all added so far.
    next_list: u32,
    lists: BTreeMap<(u32, usize), u32>,
    pub added_lists: Added,
    /// Turns of loops so far, over all parts.
    turns: usize,
}

/// Ids of one kind: those of the template, and those given out.
#[derive(Clone, Debug, Default)]
struct Numbers {
    template: BTreeSet<i64>,
    used: HashSet<i64>,
    next: i64,
}

impl Numbers {
    /// The id itself the first time, then a free one.
    fn unique(&mut self, id: i64) -> i64 {
        if self.used.insert(id) {
            return id;
        }
        self.next = self.next.max(1);
        while self.template.contains(&self.next) || !self.used.insert(self.next) {
            self.next += 1;
        }
        self.next
    }
}

/// Names given out, and how far each was counted.
#[derive(Default)]
struct Names {
    given: HashSet<String>,
    counted: HashMap<String, usize>,
}

impl Names {
    /// The name itself the first time, then with a number; Word takes at most 40 characters of a bookmark.
    fn unique(&mut self, name: String, taken: &HashSet<String>) -> String {
        if self.given.insert(name.clone()) {
            return name;
        }
        let base: String = name.chars().take(32).collect();
        let mut number = self.counted.get(&base).copied().unwrap_or(1);
        loop {
            number += 1;
            let candidate = format!("{base}_{number}");
            if !taken.contains(&candidate) && self.given.insert(candidate.clone()) {
                self.counted.insert(base, number);
                return candidate;
            }
        }
    }
}

impl Taken {
    pub fn new(next_list: u32) -> Taken {
        Taken { next_list, ..Taken::default() }
    }

    /// The numbering of a list in a turn of a loop: its own in the first turn, then a new one for each.
    fn list(&mut self, id: u32, turn: usize) -> u32 {
        if let Some(known) = self.lists.get(&(id, turn)) {
            return *known;
        }
        let first = self.lists.range((id, 0)..=(id, usize::MAX)).next().is_none();
        let given = if first { id } else { self.next_list };
        if !first {
            self.next_list = self.next_list.saturating_add(1);
            self.added_lists.push((given, id));
        }
        self.lists.insert((id, turn), given);
        given
    }

    /// Notes the ids that a part of the template holds, so that none of them is given out.
    pub fn note(&mut self, root: &Element) {
        for element in root.descendants() {
            let id = |name: &str| element.attribute(name).and_then(|id| id.parse::<i64>().ok());
            match element.name.as_str() {
                "w:bookmarkStart" => {
                    self.bookmarks.template.extend(id("w:id"));
                    self.names.extend(element.attribute("w:name").map(str::to_string));
                }
                "wp:docPr" => self.drawings.template.extend(id("id")),
                "w:id" => self.controls.template.extend(id("w:val")),
                "w:permStart" => self.permissions.template.extend(id("w:id")),
                name if KINDS.iter().any(|kind| kind.name == name) => {
                    let id = id("w:id");
                    self.notes.template.extend(id);
                    self.notes.used.extend(id);
                }
                _ => {}
            }
            self.paragraphs.template.extend(element.attribute("w14:paraId").and_then(hexadecimal));
        }
    }
}

fn hexadecimal(id: &str) -> Option<i64> {
    i64::from_str_radix(id, 16).ok()
}

/// Puts a filled part right and gives it its declaration.
pub fn finish(filled: &str, taken: &mut Taken) -> String {
    let mut out = String::with_capacity(filled.len() + filled.len() / 16 + DECLARATION.len());
    out.push_str(DECLARATION);
    let mut pass = Pass {
        out,
        taken,
        holders: Vec::new(),
        tables: Vec::new(),
        rows: Vec::new(),
        renamed: BTreeMap::new(),
        permitted: BTreeMap::new(),
        given_names: Names::default(),
        shapes: Names::default(),
        shape_ids: HashMap::new(),
        note_start: None,
        note_made: None,
        loops: Vec::new(),
    };
    for stretch in Stretches::of(filled) {
        pass.out.push_str(stretch.plain);
        pass.text(stretch.text, stretch.is_running_text);
        if !stretch.markup.is_empty() {
            pass.markup(stretch.markup);
        }
    }
    sections::drop_empty_last(pass.out)
}

struct Table {
    start: usize,
    rows: Vec<WrittenRow>,
    columns_loop: bool,
    /// Holds cells that are merged downwards.
    merged: bool,
    /// A loop stands in it.
    looped: bool,
}

struct Row {
    start: usize,
    cells: usize,
    header: bool,
}

struct Pass<'a> {
    out: String,
    taken: &'a mut Taken,
    /// For each open element that must end with a paragraph: whether it does so far.
    holders: Vec<bool>,
    tables: Vec<Table>,
    rows: Vec<Row>,
    /// New ids of the bookmarks that are open under their old one.
    renamed: BTreeMap<i64, i64>,
    /// The same for ranges that may be edited.
    permitted: BTreeMap<i64, i64>,
    given_names: Names,
    /// Ids of old drawings, and the one that each came to have last.
    shapes: Names,
    shape_ids: HashMap<String, String>,
    /// Where the note begins that is being filled, and the id of one that waits for its reference.
    note_start: Option<usize>,
    note_made: Option<i64>,
    /// For each loop around, from the outermost: its turn, counted over the whole file.
    loops: Vec<usize>,
}

impl Pass<'_> {
    /// The text between two tags; running text is what `w:t` holds.
    fn text(&mut self, mut text: &str, is_running_text: bool) {
        while let Some(at) = text.bytes().position(is_mark) {
            self.out.push_str(&text[..at]);
            self.control(text.as_bytes()[at], is_running_text);
            text = &text[at + 1..];
        }
        self.out.push_str(text);
    }

    /// A break or a tab of a value; the start of a turn goes. Outside running text they are spaces.
    fn control(&mut self, byte: u8, is_running_text: bool) {
        match char::from(byte) {
            mark if LOOP_BEGIN.starts_with(mark) => {
                self.loops.push(0);
                self.tables.last_mut().into_iter().for_each(|table| table.looped = true);
            }
            mark if LOOP_END.starts_with(mark) => drop(self.loops.pop()),
            mark if TURN.starts_with(mark) => {
                self.taken.turns += 1;
                let turn = self.taken.turns;
                self.loops.last_mut().into_iter().for_each(|own| *own = turn);
            }
            _ if !is_running_text => self.out.push(' '),
            LINE_BREAK => self.out.push_str("</w:t><w:br/><w:t xml:space=\"preserve\">"),
            _ => self.out.push_str("</w:t><w:tab/><w:t xml:space=\"preserve\">"),
        }
    }

    fn markup(&mut self, markup: &str) {
        if let Some(name) = markup.strip_prefix("</") {
            self.end(name.trim_end_matches('>'), markup);
            return;
        }
        let name = &markup[1..];
        let name = &name[..markup::name_length(name)];
        let empty = markup.ends_with("/>");
        if empty && holds_paragraphs(name) {
            // its only paragraph held a tag and went before anything was filled
            self.start(name, &format!("{}>", markup.trim_end_matches("/>")), false);
            return self.end(name, &format!("</{name}>"));
        }
        self.start(name, markup, empty);
        if empty {
            self.ended(name);
        }
    }

    fn start(&mut self, name: &str, markup: &str, empty: bool) {
        match name {
            _ if holds_paragraphs(name) && !empty => self.holders.push(false),
            "w:tbl" if !empty => {
                let start = self.out.len();
                self.tables.push(Table { start, rows: Vec::new(), columns_loop: false, merged: false, looped: false })
            }
            "w:tr" if !empty => self.rows.push(Row { start: self.out.len(), cells: 0, header: false }),
            "w:tblHeader" => {
                let on = !matches!(value(markup, "w:val"), Some("0" | "false" | "off"));
                self.rows.last_mut().into_iter().for_each(|row| row.header = on);
            }
            COLUMNS_BEGIN => self.tables.last_mut().into_iter().for_each(|table| table.columns_loop = true),
            "w:vMerge" => self.tables.last_mut().into_iter().for_each(|table| table.merged = true),
            NOTE => {
                self.note_start = Some(self.out.len());
                return;
            }
            _ => {}
        }
        if markup.bytes().any(is_mark) {
            let plain =
                [TURN, LOOP_BEGIN, LOOP_END].iter().fold(markup.to_string(), |text, mark| text.replace(mark, ""));
            let plain = plain.replace([LINE_BREAK, TAB], " ");
            self.unique(name, &plain);
        } else {
            self.unique(name, markup);
        }
    }

    fn end(&mut self, name: &str, markup: &str) {
        match name {
            NOTE => return self.end_note(),
            _ if !holds_paragraphs(name) => {}
            _ => {
                let ends_with_paragraph = self.holders.pop() != Some(false);
                self.out.push_str(if ends_with_paragraph { "" } else { "<w:p/>" });
            }
        }
        self.out.push_str(markup);
        self.ended(name);
    }

    /// What the end of an element means for those around it.
    fn ended(&mut self, name: &str) {
        match name {
            "w:p" => self.holders.last_mut().into_iter().for_each(|holder| *holder = true),
            "w:tc" => self.rows.last_mut().into_iter().for_each(|row| row.cells += 1),
            "w:tr" => self.end_row(),
            "w:tbl" => {
                self.end_table();
                self.holders.last_mut().into_iter().for_each(|holder| *holder = false);
            }
            _ => {}
        }
    }

    /// Takes a filled note out of the body and gives it an id of its own.
    fn end_note(&mut self) {
        let Some(start) = self.note_start.take() else { return };
        let note = self.out.split_off(start);
        let kind = KINDS.iter().find(|kind| note.trim_start_matches('<').starts_with(&format!("{} ", kind.name)));
        if let Some(kind) = kind {
            let id = self.taken.notes.unique(1);
            self.taken.added_notes.entry(kind.name).or_default().push(replaced(&note, "w:id", &id.to_string()));
            self.note_made = Some(id);
        }
    }

    fn end_row(&mut self) {
        let Some(row) = self.rows.pop() else { return };
        if row.cells == 0 {
            self.out.truncate(row.start);
        } else if let Some(table) = self.tables.last_mut() {
            table.rows.push(WrittenRow { start: row.start, header: row.header });
        }
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        if table.rows.is_empty() {
            self.out.truncate(table.start);
            return;
        }
        if table.looped {
            let end = self.out.rfind("</w:tbl>").unwrap_or(self.out.len());
            keep::rows_together(&mut self.out, &table.rows, end);
        }
        if table.columns_loop {
            let settled = columns::settle(&self.out[table.start..]);
            self.out.truncate(table.start);
            self.out.push_str(&settled.unwrap_or_default());
        }
        if table.merged
            && let Some(settled) = merged::settle(&self.out[table.start..])
        {
            self.out.truncate(table.start);
            self.out.push_str(&settled);
        }
    }

    /// Writes a start tag with ids and names that no one else has.
    fn unique(&mut self, name: &str, markup: &str) {
        let id = |attribute: &str| value(markup, attribute).and_then(|id| id.parse::<i64>().ok());
        match name {
            "w:bookmarkStart" => {
                if let Some(old) = id("w:id") {
                    let new = self.taken.bookmarks.unique(old);
                    self.renamed.insert(old, new);
                    let label = value(markup, "w:name").unwrap_or("").to_string();
                    let label = self.given_names.unique(label, &self.taken.names);
                    let markup = replaced(markup, "w:id", &new.to_string());
                    self.out.push_str(&replaced(&markup, "w:name", &label));
                    return;
                }
            }
            "w:bookmarkEnd" => {
                if let Some(new) = id("w:id").and_then(|old| self.renamed.get(&old)) {
                    self.out.push_str(&replaced(markup, "w:id", &new.to_string()));
                    return;
                }
            }
            "wp:docPr" => {
                if let Some(old) = id("id") {
                    let new = self.taken.drawings.unique(old);
                    self.out.push_str(&replaced(markup, "id", &new.to_string()));
                    return;
                }
            }
            "w:id" => {
                if let Some(old) = id("w:val") {
                    let new = self.taken.controls.unique(old);
                    self.out.push_str(&replaced(markup, "w:val", &new.to_string()));
                    return;
                }
            }
            "w:permStart" => {
                if let Some(old) = id("w:id") {
                    let new = self.taken.permissions.unique(old);
                    self.permitted.insert(old, new);
                    self.out.push_str(&replaced(markup, "w:id", &new.to_string()));
                    return;
                }
            }
            "w:permEnd" => {
                if let Some(new) = id("w:id").and_then(|old| self.permitted.get(&old)) {
                    self.out.push_str(&replaced(markup, "w:id", &new.to_string()));
                    return;
                }
            }
            _ if KINDS.iter().any(|kind| kind.reference == name) => {
                if let Some(new) = self.note_made.take() {
                    self.out.push_str(&replaced(markup, "w:id", &new.to_string()));
                    return;
                }
            }
            RESTART => {
                let number = |attribute: &str| value(markup, attribute).and_then(|own| own.parse().ok());
                let turn = number("loop").and_then(|depth: usize| self.loops.get(depth.checked_sub(1)?)).copied();
                let id = number("id").and_then(|id| u32::try_from(id).ok()).unwrap_or(0);
                let given = self.taken.list(id, turn.unwrap_or(0));
                self.out.push_str(&format!("<w:numId w:val=\"{given}\"/>"));
                return;
            }
            _ if name.starts_with("v:") => {
                if let Some(old) = value(markup, "id") {
                    let new = self.shapes.unique(old.to_string(), &HashSet::new());
                    self.out.push_str(&replaced(markup, "id", &new));
                    self.shape_ids.insert(old.to_string(), new);
                    return;
                }
            }
            "o:OLEObject" => {
                if let Some(new) = value(markup, "ShapeID").and_then(|old| self.shape_ids.get(old)) {
                    self.out.push_str(&replaced(markup, "ShapeID", new));
                    return;
                }
            }
            "w:p" | "w:tr" => {
                if let Some(old) = value(markup, "w14:paraId").and_then(hexadecimal) {
                    let new = self.taken.paragraphs.unique(old);
                    self.out.push_str(&replaced(markup, "w14:paraId", &format!("{new:08X}")));
                    return;
                }
            }
            _ => {}
        }
        self.out.push_str(markup);
    }
}

/// Elements that must end with a paragraph.
fn holds_paragraphs(name: &str) -> bool {
    matches!(name, "w:tc" | "w:txbxContent" | "w:hdr" | "w:ftr" | "w:footnote" | "w:endnote")
}

//! Comments that Excel itself puts on cells: the notes of every version, and the threads of talk of newer ones.
//!
//! Takes an .xlsx that has been read already, so that its size is known to be bearable. A workbook in another format, and a
//! part that cannot be read, has none.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::finding::CellAddress;

/// One comment on a cell; every answer in a thread is one of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub sheet: String,
    pub cell: CellAddress,
    /// Empty where the file names nobody.
    pub author: String,
    pub text: String,
}

/// How the words begin that the program itself writes into notes: where a figure is from, and why a line is waived.
const OUR_OWN: [&str; 2] = ["Nguồn: ", "Lý do: "];
/// The author of a note that stands in for a thread where a program knows no threads.
const STANDS_IN: &str = "tc=";
/// Most characters of one part that are looked at.
const LIMIT: u64 = 64 << 20;

/// The comments of a workbook, sheet by sheet, in the order of their cells.
pub fn comments(bytes: &[u8]) -> Vec<Comment> {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let mut package = Package { archive };
    let book = package.main_part();
    let persons = persons(&package.related(&book, "person").concat());
    let targets = package.targets(&book);
    let mut all = Vec::new();
    for (name, id) in sheets(&package.text(&book)) {
        let Some(part) = targets.iter().find(|target| target.id == id).map(|target| target.part.clone()) else {
            continue;
        };
        let mut own: Vec<Comment> = Vec::new();
        for xml in package.related(&part, "threadedComment") {
            own.extend(threads(&xml, &name, &persons));
        }
        for xml in package.related(&part, "comments") {
            for note in notes(&xml, &name) {
                let is_told = note.author.starts_with(STANDS_IN) && own.iter().any(|told| told.cell == note.cell);
                own.extend(Some(note).filter(|_| !is_told).and_then(without_ours));
            }
        }
        own.sort_by_key(|comment| (comment.cell.row, comment.cell.column));
        all.extend(own);
    }
    all
}

/// A note without the lines that the program wrote; none where nothing is left.
fn without_ours(note: Comment) -> Option<Comment> {
    let is_ours = |line: &&str| OUR_OWN.iter().any(|ours| line.trim_start().starts_with(ours));
    // Excel puts the writer's name above the words
    let signature = format!("{}:", note.author);
    let is_signature = |line: &&str| !note.author.trim().is_empty() && line.trim() == signature;
    let lines: Vec<&str> = note.text.lines().filter(|line| !is_ours(line) && !is_signature(line)).collect();
    let mut text = lines.join("\n");
    let stands_in = note.author.starts_with(STANDS_IN);
    if stands_in && let Some((_, own)) = text.split_once(":\n") {
        // before them stands what Excel says of threads, up to a line that ends in a colon
        text = own.to_string();
    }
    let author = if stands_in { String::new() } else { note.author.trim().to_string() };
    let text = text.trim().to_string();
    (!text.is_empty()).then_some(Comment { author, text, ..note })
}

struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

/// Where a relationship leads, as a part of the package.
struct Target {
    id: String,
    /// The last word of the relationship's type.
    kind: String,
    part: String,
}

impl Package<'_> {
    /// The text of a part; empty where there is none.
    fn text(&mut self, part: &str) -> String {
        let mut bytes = Vec::new();
        if let Ok(entry) = self.archive.by_name(part) {
            // a part that breaks off is read as far as it goes
            let _ = entry.take(LIMIT).read_to_end(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn main_part(&mut self) -> String {
        let targets = self.targets("");
        targets
            .into_iter()
            .find(|target| target.kind == "officeDocument")
            .map_or_else(String::new, |target| target.part)
    }

    fn targets(&mut self, part: &str) -> Vec<Target> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let xml = self.text(&format!("{prefix}_rels/{name}.rels"));
        let mut targets = Vec::new();
        each_element(&xml, |element| {
            if element.local_name().as_ref() == "Relationship" && attribute(element, "TargetMode") != "External" {
                let (kind, target) = (attribute(element, "Type"), attribute(element, "Target"));
                let kind = kind.rsplit('/').next().unwrap_or_default().to_string();
                targets.push(Target { id: attribute(element, "Id"), kind, part: absolute(folder, &target) });
            }
        });
        targets
    }

    /// The texts of the parts that a part leads to with one kind of relationship.
    fn related(&mut self, part: &str, kind: &str) -> Vec<String> {
        let targets = self.targets(part);
        targets.iter().filter(|target| target.kind == kind).map(|target| self.text(&target.part)).collect()
    }
}

/// The part that a target names, seen from a folder of the package.
fn absolute(folder: &str, target: &str) -> String {
    let (mut steps, rest): (Vec<&str>, &str) = match target.strip_prefix('/') {
        Some(rest) => (Vec::new(), rest),
        None => (folder.split('/').filter(|step| !step.is_empty()).collect(), target),
    };
    for step in rest.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn each_element(xml: &str, mut look: impl FnMut(&BytesStart)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => look(&element),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

fn attribute(element: &BytesStart, name: &str) -> String {
    let found = element.attributes().flatten().find(|own| own.key.local_name().as_ref() == name);
    let value = found.and_then(|own| own.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok());
    value.map_or_else(String::new, |value| value.into_owned())
}

/// Names of the sheets with their relationships.
fn sheets(xml: &str) -> Vec<(String, String)> {
    let mut sheets = Vec::new();
    each_element(xml, |element| {
        if element.local_name().as_ref() == "sheet" {
            sheets.push((attribute(element, "name"), attribute(element, "id")));
        }
    });
    sheets
}

/// Names of those who wrote in threads, by their numbers.
fn persons(xml: &str) -> HashMap<String, String> {
    let mut persons = HashMap::new();
    each_element(xml, |element| {
        if element.local_name().as_ref() == "person" {
            persons.insert(attribute(element, "id"), attribute(element, "displayName"));
        }
    });
    persons
}

fn threads(xml: &str, sheet: &str, persons: &HashMap<String, String>) -> Vec<Comment> {
    let author = |element: &BytesStart| persons.get(&attribute(element, "personId")).cloned().unwrap_or_default();
    worded(xml, sheet, "threadedComment", "text", author)
}

fn notes(xml: &str, sheet: &str) -> Vec<Comment> {
    let authors: Vec<String> = texts(xml, "author");
    let author = |element: &BytesStart| {
        let number: Option<usize> = attribute(element, "authorId").parse().ok();
        number.and_then(|number| authors.get(number).cloned()).unwrap_or_default()
    };
    worded(xml, sheet, "comment", "t", author)
}

/// Elements `name` with the words of all elements `words` in them.
fn worded(xml: &str, sheet: &str, name: &str, words: &str, author: impl Fn(&BytesStart) -> String) -> Vec<Comment> {
    let mut comments: Vec<Comment> = Vec::new();
    let mut current: Option<Comment> = None;
    walk(xml, words, |piece| match piece {
        Piece::Start(element) if element.local_name().as_ref() == name => {
            let cell = attribute(element, "ref").parse().ok();
            current = cell.map(|cell| Comment {
                sheet: sheet.to_string(),
                cell,
                author: author(element),
                text: String::new(),
            });
        }
        Piece::Words(own) => {
            if let Some(comment) = &mut current {
                comment.text.push_str(own);
            }
        }
        Piece::End(end) if end == name => {
            comments.extend(current.take().filter(|comment| !comment.text.trim().is_empty()));
        }
        _ => {}
    });
    comments
}

/// The words of every element of a name.
fn texts(xml: &str, name: &str) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    walk(xml, name, |piece| match piece {
        Piece::Start(element) if element.local_name().as_ref() == name => texts.push(String::new()),
        Piece::Words(own) => texts.last_mut().into_iter().for_each(|text| text.push_str(own)),
        _ => {}
    });
    texts
}

enum Piece<'a> {
    Start(&'a BytesStart<'a>),
    /// Words inside the element that was asked for.
    Words(&'a str),
    End(&'a str),
}

/// Goes through a part; `words` is the element whose words are told.
fn walk(xml: &str, words: &str, mut tell: impl FnMut(Piece)) {
    let mut reader = Reader::from_str(xml);
    let mut inside = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                inside = element.local_name().as_ref() == words;
                tell(Piece::Start(&element));
            }
            Ok(Event::Empty(element)) => {
                tell(Piece::Start(&element));
                tell(Piece::End(element.local_name().as_ref()));
            }
            Ok(Event::Text(text)) if inside => {
                tell(Piece::Words(&text.xml10_content()));
            }
            Ok(Event::GeneralRef(reference)) if inside => {
                if let Some(own) = referred(&reference) {
                    tell(Piece::Words(&own));
                }
            }
            Ok(Event::End(element)) => {
                inside = false;
                tell(Piece::End(element.local_name().as_ref()));
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// `&amp;` and its like, and characters by number.
fn referred(reference: &quick_xml::events::BytesRef) -> Option<String> {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return Some(letter.to_string());
    }
    quick_xml::escape::resolve_predefined_entity(reference).map(str::to_string)
}

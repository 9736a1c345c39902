//! Footnotes and endnotes that a loop refers to: each turn gets a note of its own, filled with what that turn stands on.
//!
//! The note is filled in the body, just before its reference; finishing takes it out again and gives both a new id.
//! The note of the template itself then has no reader any more and goes.

use std::collections::BTreeSet;

use crate::word::Package;
use crate::word::xml::{Element, Node};

/// Element that stands around a note in the body until the part is finished.
pub const NOTE: &str = "note-here";

/// A kind of notes.
#[derive(Debug)]
pub struct NoteKind {
    /// The element of a note, which also says what kind it is.
    pub name: &'static str,
    /// The element that refers to one.
    pub reference: &'static str,
    /// The root of the part that holds them.
    pub root: &'static str,
}

pub const KINDS: [NoteKind; 2] = [
    NoteKind { name: "w:footnote", reference: "w:footnoteReference", root: "w:footnotes" },
    NoteKind { name: "w:endnote", reference: "w:endnoteReference", root: "w:endnotes" },
];

/// The notes of a template, arranged, and those that were put into loops.
#[derive(Default)]
pub struct Notes<'a> {
    pub roots: Vec<&'a Element>,
    taken: BTreeSet<(&'static str, String)>,
}

impl<'a> Notes<'a> {
    pub fn new(roots: impl Iterator<Item = &'a Element>) -> Notes<'a> {
        let roots = roots.filter(|root| KINDS.iter().any(|kind| kind.root == root.name)).collect();
        Notes { roots, taken: BTreeSet::new() }
    }

    /// The note behind a reference, which is from now on one of the body.
    pub fn take(&mut self, reference: &Element) -> Option<&'a Element> {
        let kind = KINDS.iter().find(|kind| kind.reference == reference.name)?;
        let id = reference.attribute("w:id")?;
        let root = self.roots.iter().find(|root| root.name == kind.root)?;
        let note = root.elements().find(|note| note.name == kind.name && note.attribute("w:id") == Some(id))?;
        self.taken.insert((kind.name, id.to_string()));
        Some(note)
    }

    /// The part without the notes that stand in the body now; none where nothing changed.
    pub fn without_taken(&self, root: &Element) -> Option<Element> {
        let gone = |node: &Node| {
            node.element().is_some_and(|note| {
                let id = note.attribute("w:id").unwrap_or_default();
                self.taken.iter().any(|(name, own)| *name == note.name && own == id)
            })
        };
        root.children.iter().any(gone).then(|| {
            let mut rest = root.clone();
            rest.children.retain(|node| !gone(node));
            rest
        })
    }
}

/// Writes notes that loops have made into the part that holds their kind.
pub fn add(package: &mut Package, part: &str, notes: &[String]) {
    let Some(Ok(text)) = package.part(part).map(|bytes| String::from_utf8(bytes.to_vec())) else { return };
    if let (Some(end), false) = (text.rfind("</"), notes.is_empty()) {
        package.set(part, format!("{}{}{}", &text[..end], notes.concat(), &text[end..]).into_bytes());
    }
}

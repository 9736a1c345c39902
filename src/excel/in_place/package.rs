//! How the parts hang together: relations, content types, which part is which sheet.

use super::Unmarkable;
use super::archive::Archive;
use super::cut::{self, Edit, Kind, Next, Tag, escape, for_each_tag};
use crate::opc::{CONTENT_TYPES, OFFICE_RELATIONSHIPS, RELATIONSHIPS, relationships_of, resolve};
use crate::vietnamese;

/// The workbook: names of sheets with their parts, and the part of styles.
pub(super) struct Book {
    sheets: Vec<(String, String)>,
    pub(super) styles: Option<String>,
}

impl Book {
    pub(super) fn read(archive: &mut Archive) -> Result<Book, Unmarkable> {
        let root = Relations::of(archive, "")?;
        let other_kind = || Unmarkable::new("chỉ ghi vào được tệp Excel .xlsx, .xlsm");
        let part = root.of_kind("officeDocument").ok_or_else(other_kind)?;
        let relations = Relations::of(archive, &part)?;
        let text = archive.text(&part)?;
        let mut sheets = Vec::new();
        let read = for_each_tag(&text, |tag| {
            if tag.depth == 2
                && tag.begins("sheet")
                && let (Some(name), Some(id)) = (tag.value("name"), tag.prefixed("id"))
                && let Some(target) = relations.target(&id)
            {
                sheets.push((vietnamese::compose(name.trim()), target));
            }
            Next::More
        });
        read.ok_or_else(|| Unmarkable::part(&part))?;
        Ok(Book { sheets, styles: relations.of_kind("styles") })
    }

    /// The part of a sheet.
    pub(super) fn sheet(&self, name: &str) -> Option<&str> {
        self.sheets.iter().find(|(own, _)| own == name).map(|(_, part)| part.as_str())
    }
}

/// The relations of a part.
pub(super) struct Relations {
    /// The part they belong to; empty for the package itself.
    part: String,
    text: String,
    known: Vec<Relation>,
    added: Vec<Relation>,
}

struct Relation {
    id: String,
    kind: String,
    target: String,
}

impl Relations {
    pub(super) fn of(archive: &mut Archive, part: &str) -> Result<Relations, Unmarkable> {
        let name = relationships_of(part);
        let mut relations =
            Relations { part: part.to_string(), text: String::new(), known: Vec::new(), added: Vec::new() };
        if !archive.has(&name) {
            return Ok(relations);
        }
        relations.text = archive.text(&name)?;
        let mut strict = false;
        let read = for_each_tag(&relations.text, |tag| {
            let outside = tag.raw("TargetMode") == Some("External");
            if tag.depth == 1
                && tag.begins("Relationship")
                && !outside
                && let (Some(id), Some(kind), Some(target)) = (tag.value("Id"), tag.value("Type"), tag.value("Target"))
            {
                strict |= kind.starts_with("http://purl.oclc.org/");
                relations.known.push(Relation { id, kind, target });
            }
            Next::More
        });
        read.ok_or_else(|| Unmarkable::part(&name))?;
        if strict {
            return Err(Unmarkable::new("tệp lưu kiểu Strict Open XML; hãy lưu lại kiểu Excel Workbook (.xlsx)"));
        }
        Ok(relations)
    }

    /// The part that a relation leads to.
    pub(super) fn target(&self, id: &str) -> Option<String> {
        self.known.iter().find(|own| own.id == id).map(|own| resolve(&self.part, &own.target))
    }

    /// The part of the first relation of a kind, told by the end of its type.
    pub(super) fn of_kind(&self, kind: &str) -> Option<String> {
        let is = |own: &&Relation| own.kind.rsplit('/').next() == Some(kind);
        self.known.iter().find(is).map(|own| resolve(&self.part, &own.target))
    }

    /// Adds a relation to a part; gives its id.
    pub(super) fn add(&mut self, kind: &str, part: &str) -> String {
        let taken = |id: &str| self.known.iter().chain(&self.added).any(|own| own.id == id);
        let mut number = self.known.len() + self.added.len() + 1;
        while taken(&format!("rId{number}")) {
            number += 1;
        }
        let id = format!("rId{number}");
        self.added.push(Relation {
            id: id.clone(),
            kind: format!("{OFFICE_RELATIONSHIPS}/{kind}"),
            target: format!("/{part}"),
        });
        id
    }

    /// Writes what was added.
    pub(super) fn save(self, archive: &mut Archive) {
        if self.added.is_empty() {
            return;
        }
        let lines = |prefix: &str| -> String {
            let line = |own: &Relation| {
                format!(
                    "<{prefix}Relationship Id=\"{}\" Type=\"{}\" Target=\"{}\"/>",
                    own.id,
                    own.kind,
                    escape(&own.target)
                )
            };
            self.added.iter().map(line).collect()
        };
        let name = relationships_of(&self.part);
        let text = match insert_in_root(&self.text, |root| lines(root.prefix())) {
            Some(text) => text,
            None => format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships \
                 xmlns=\"{RELATIONSHIPS}\">{}</Relationships>",
                lines("")
            ),
        };
        archive.replace(&name, text);
    }
}

/// Puts elements at the end of the root. None where there is no root.
fn insert_in_root(text: &str, new: impl Fn(&Tag) -> String) -> Option<String> {
    let mut edit: Option<Edit> = None;
    for_each_tag(text, |tag| {
        match (tag.depth, tag.kind) {
            (0, Kind::Close) => edit = Some((tag.start..tag.start, new(&tag))),
            (0, Kind::Empty) => {
                edit = Some((tag.range(), format!("{}{}</{}>", tag.opened(), new(&tag), tag.name())));
            }
            _ => {}
        }
        Next::More
    })?;
    Some(cut::apply(text, vec![edit?]))
}

/// States the kind of a new part.
pub(super) fn state_part(archive: &mut Archive, part: &str, kind: &str) -> Result<(), Unmarkable> {
    let text = archive.text(CONTENT_TYPES)?;
    let line =
        |root: &Tag| format!("<{}Override PartName=\"/{}\" ContentType=\"{kind}\"/>", root.prefix(), escape(part));
    let text = insert_in_root(&text, line).ok_or_else(|| Unmarkable::part(CONTENT_TYPES))?;
    archive.replace(CONTENT_TYPES, text);
    Ok(())
}

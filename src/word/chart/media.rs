//! The parts behind pictures: a PNG and its SVG twin, their relationships and content types.

use std::collections::BTreeSet;

use crate::chart::{Drawing, png, svg};
use crate::word::Package;
use crate::word::xml::{Element, Xml, parse};

const CONTENT_TYPES: &str = "[Content_Types].xml";
const IMAGE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// Adds pictures to one part of a package.
pub(super) struct Media<'a> {
    package: &'a mut Package,
    part: &'a str,
    count: usize,
}

impl<'a> Media<'a> {
    pub(super) fn of(package: &'a mut Package, part: &'a str) -> Media<'a> {
        Media { package, part, count: 0 }
    }

    /// How many drawings have been added.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Adds a drawing; gives the relationships of the picture and of its twin.
    ///
    /// # Errors
    /// A Vietnamese half sentence: the drawing has no size, or a part cannot be read.
    pub(super) fn add(&mut self, drawing: &Drawing) -> Result<(String, String), String> {
        self.count += 1;
        let picture = png(drawing).map_err(|reason| format!("không vẽ được biểu đồ ({reason})"))?;
        let picture = self.put("png", "image/png", picture)?;
        let twin = self.put("svg", "image/svg+xml", svg(drawing).into_bytes())?;
        Ok((picture, twin))
    }

    /// Puts a file into the package; gives its relationship.
    fn put(&mut self, ending: &str, kind: &str, content: Vec<u8>) -> Result<String, String> {
        let names = (1..).map(|number| format!("media/bieu-do-{number}.{ending}"));
        // there are infinitely many names and finitely many parts
        let free = |name: &String| self.package.part(&format!("word/{name}")).is_none();
        let name = names.into_iter().find(free).unwrap_or_default();
        self.package.set(format!("word/{name}"), content);
        self.change(CONTENT_TYPES, None, |types| {
            let is_known = |own: &Element| {
                own.name == "Default" && own.attribute("Extension").is_some_and(|own| own.eq_ignore_ascii_case(ending))
            };
            if !types.elements().any(is_known) {
                let known = Element::new("Default").with("Extension", ending).with("ContentType", kind);
                types.children.insert(0, known.into());
            }
        })?;
        let id = format!("rIdBieuDo{}{ending}", self.count);
        let entry = Element::new("Relationship").with("Id", &id).with("Type", IMAGE).with("Target", &name);
        let none = Element::new("Relationships").with("xmlns", RELATIONSHIPS);
        self.change(&relationships_of(self.part), Some(none), |all| all.children.push(entry.into()))?;
        Ok(id)
    }

    /// Takes out the pictures that the part showed before and shows no longer.
    ///
    /// # Errors
    /// A Vietnamese half sentence: relationships that cannot be read.
    pub(super) fn clear_unused(&mut self, root: &Element) -> Result<(), String> {
        let name = relationships_of(self.part);
        if self.package.part(&name).is_none() {
            return Ok(());
        }
        let used: BTreeSet<&str> =
            root.descendants().flat_map(|element| &element.attributes).map(|(_, value)| value.as_str()).collect();
        let mut dropped = Vec::new();
        self.change(&name, None, |all| {
            all.children.retain(|child| {
                let Some(entry) = child.element() else { return true };
                let text = |name| entry.attribute(name).unwrap_or_default();
                let unused = text("Type") == IMAGE && !used.contains(text("Id"));
                if unused {
                    dropped.push(format!("word/{}", text("Target")));
                }
                !unused
            });
        })?;
        for target in dropped {
            let file = target.rsplit('/').next().unwrap_or_default();
            let others = self.package.names().filter(|name| name.ends_with(".rels"));
            let is_needed = others
                .filter_map(|name| self.package.part(name))
                .any(|content| content.windows(file.len()).any(|bytes| bytes == file.as_bytes()));
            if !is_needed {
                self.package.remove(&target);
            }
        }
        Ok(())
    }

    /// Changes a part of the package; one that there is not begins with what is given, or stays away.
    fn change(&mut self, name: &str, none: Option<Element>, change: impl FnOnce(&mut Element)) -> Result<(), String> {
        let mut xml = match (self.package.part(name), none) {
            (Some(content), _) => parse(content).map_err(|error| error.to_string())?,
            (None, Some(none)) => Xml::new(none),
            (None, None) => return Ok(()),
        };
        change(&mut xml.root);
        self.package.set(name, xml.to_bytes());
        Ok(())
    }
}

/// `word/document.xml` → `word/_rels/document.xml.rels`.
fn relationships_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    format!("{folder}/_rels/{file}.rels")
}

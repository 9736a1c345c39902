//! The parts behind pictures: a PNG and its SVG twin, their relationships and content types.

use crate::chart::{Drawing, png, svg};
use crate::opc::{CONTENT_TYPES, relationships_of, resolve};
use crate::word::Package;
use crate::word::link::{link, links, tree};
use crate::word::xml::{Element, Xml};

/// Adds pictures to one part of a package.
pub(super) struct Media<'a> {
    package: &'a mut Package,
    part: &'a str,
    types: Xml,
    links: Xml,
    count: usize,
}

impl<'a> Media<'a> {
    /// # Errors
    /// A Vietnamese half sentence: the content types or the part's relationships cannot be read.
    pub(super) fn of(package: &'a mut Package, part: &'a str) -> Result<Media<'a>, String> {
        let (types, links) = (tree(package, CONTENT_TYPES)?, links(package, part)?);
        Ok(Media { package, part, types, links, count: 0 })
    }

    /// How many drawings have been added.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Adds a drawing; gives the relationships of the picture and of its twin.
    ///
    /// # Errors
    /// A Vietnamese half sentence: the drawing has no size.
    pub(super) fn add(&mut self, drawing: &Drawing) -> Result<(String, String), String> {
        self.count += 1;
        let picture = png(drawing).map_err(|reason| format!("không vẽ được biểu đồ ({reason})"))?;
        let picture = self.put("png", "image/png", picture);
        let twin = self.put("svg", "image/svg+xml", svg(drawing).into_bytes());
        Ok((picture, twin))
    }

    /// Puts a file into the package; gives its relationship.
    fn put(&mut self, ending: &str, kind: &str, content: Vec<u8>) -> String {
        let names = (1..).map(|number| format!("media/bieu-do-{number}.{ending}"));
        // there are infinitely many names and finitely many parts
        let free = |name: &String| self.package.part(&format!("word/{name}")).is_none();
        let name = names.into_iter().find(free).unwrap_or_default();
        self.package.set(format!("word/{name}"), content);
        let is_known = |own: &Element| {
            own.name == "Default" && own.attribute("Extension").is_some_and(|own| own.eq_ignore_ascii_case(ending))
        };
        if !self.types.root.elements().any(is_known) {
            let known = Element::new("Default").with("Extension", ending).with("ContentType", kind);
            self.types.root.children.insert(0, known.into());
        }
        let id = format!("rIdBieuDo{}{ending}", self.count);
        self.links.root.children.push(link(&id, "image", &name).into());
        id
    }

    /// Writes what holds the pictures to the part whose text this is, and takes out those that it showed before and shows no longer.
    pub(super) fn finish(mut self, text: &str) {
        let dropped = self.unlink_unused(text);
        if !self.links.root.children.is_empty() {
            self.package.set(relationships_of(self.part), self.links.to_bytes());
        }
        self.package.set(CONTENT_TYPES, self.types.to_bytes());
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
    }

    /// Drops the relationships to pictures that the part does not use; gives the parts they led to.
    fn unlink_unused(&mut self, drawn: &str) -> Vec<String> {
        let mut dropped = Vec::new();
        self.links.root.children.retain(|child| {
            let Some(entry) = child.element() else { return true };
            let text = |name| entry.attribute(name).unwrap_or_default();
            let unused = text("Type").ends_with("/image") && !drawn.contains(&format!("=\"{}\"", text("Id")));
            if unused {
                dropped.push(resolve(self.part, text("Target")));
            }
            !unused
        });
        dropped
    }
}

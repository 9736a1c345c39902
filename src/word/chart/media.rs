//! The parts behind pictures: a PNG and its SVG twin, their relationships and content types.

use memchr::memmem;
use std::sync::Arc;

use crate::chart::{Drawing, png, png_size, reread, svg};
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
    /// How many links there were before.
    known: usize,
    /// What has been added, with the parts of the picture and its twin, which are empty so far.
    drawings: Vec<(Drawing, [String; 2])>,
}

impl<'a> Media<'a> {
    /// # Errors
    /// A Vietnamese half sentence: the content types or the part's relationships cannot be read.
    pub(super) fn of(package: &'a mut Package, part: &'a str) -> Result<Media<'a>, String> {
        let (types, links) = (tree(package, CONTENT_TYPES)?, links(package, part)?);
        let known = links.root.children.len();
        Ok(Media { package, part, types, links, known, drawings: Vec::new() })
    }

    /// How many drawings have been added.
    pub(super) fn count(&self) -> usize {
        self.drawings.len()
    }

    /// Adds a drawing; gives the relationships of the picture and of its twin.
    pub(super) fn add(&mut self, drawing: &Drawing) -> (String, String) {
        let number = self.count() + 1;
        let (picture, picture_part) = self.put("png", "image/png", number);
        let (twin, twin_part) = self.put("svg", "image/svg+xml", number);
        self.drawings.push((drawing.clone(), [picture_part, twin_part]));
        (picture, twin)
    }

    /// Makes room for a file in the package; gives its relationship and its part.
    fn put(&mut self, ending: &str, kind: &str, number: usize) -> (String, String) {
        let names = (1..).map(|number| format!("media/bieu-do-{number}.{ending}"));
        // there are infinitely many names and finitely many parts
        let free = |name: &String| self.package.part(&format!("word/{name}")).is_none();
        let name = names.into_iter().find(free).unwrap_or_default();
        let part = format!("word/{name}");
        self.package.set(&part, Vec::new());
        let is_known = |own: &Element| {
            own.name == "Default" && own.attribute("Extension").is_some_and(|own| own.eq_ignore_ascii_case(ending))
        };
        if !self.types.root.elements().any(is_known) {
            let known = Element::new("Default").with("Extension", ending).with("ContentType", kind);
            self.types.root.children.insert(0, known.into());
        }
        let id = format!("rIdBieuDo{number}{ending}");
        self.links.root.children.push(link(&id, "image", &name).into());
        (id, part)
    }

    /// Promises to draw what has been added: pictures and twins are asked for when the file is packed, while the PDF is drawn
    /// from the drawings that the twins are made of.
    fn draw(&mut self) -> Result<(), String> {
        for (drawing, [picture_part, twin_part]) in std::mem::take(&mut self.drawings) {
            png_size(&drawing).map_err(|reason| format!("không vẽ được biểu đồ ({reason})"))?;
            self.package.promise_of(twin_part, Arc::new(reread(&drawing)), |drawing| svg(drawing).into_bytes());
            // the encoder writes to memory, which does not fail, and the size is a picture's
            self.package.promise(picture_part, move || png(&drawing).unwrap_or_default());
        }
        Ok(())
    }

    /// Draws the pictures, writes what holds them to the part whose text this is, and takes out those that it showed before and
    /// shows no longer.
    ///
    /// # Errors
    /// A Vietnamese half sentence: a drawing has no size.
    pub(super) fn finish(mut self, text: &str) -> Result<(), String> {
        self.draw()?;
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
        Ok(())
    }

    /// Drops the relationships to pictures that the part does not use any more; gives the parts they led to.
    fn unlink_unused(&mut self, drawn: &str) -> Vec<String> {
        let mut dropped = Vec::new();
        let mut known = 0..self.known;
        self.links.root.children.retain(|child| {
            // what has been added is used
            let (Some(_), Some(entry)) = (known.next(), child.element()) else { return true };
            let text = |name| entry.attribute(name).unwrap_or_default();
            let shown = || memmem::find(drawn.as_bytes(), format!("=\"{}\"", text("Id")).as_bytes()).is_some();
            let unused = text("Type").ends_with("/image") && !shown();
            if unused {
                dropped.push(resolve(self.part, text("Target")));
            }
            !unused
        });
        dropped
    }
}

//! Reading a filled Word file into a [`Document`]: every style resolved, every number counted, nothing left out in
//! silence.
//!
//! The way: `parts` opens the package, `theme`, `numbering` and `styles` are read (`definitions`), then `story` walks the blocks
//! of body, headers and notes through `paragraph`, `run`, `table`, `drawing` in one pass. Layout does not live here.
//! Uses `word::xml`, `word::document` and `finding`.

mod borders;
mod contents;
mod control;
mod counters;
mod definitions;
mod drawing;
mod field;
mod grid;
mod looks;
mod notes;
mod numbering;
mod paragraph;
mod parts;
mod properties;
mod report;
mod run;
mod section;
mod story;
mod styles;
mod symbol;
mod table;
mod table_style;
mod theme;
mod unshown;
mod values;
mod vml;

use std::collections::HashMap;

use super::Package;
use super::document::{Block, Document, Margins, Section};
use super::xml::ElementRef;
use crate::finding::catalogue::reading;
use crate::finding::{Finding, Place};
use definitions::Definitions;
use parts::Part;
use report::{Notice, Report};
use section::{References, SectionShape};
use story::{MOST_PARAGRAPHS, Reader, Story, Surroundings};

/// The language of text with letters that no other has.
const LANGUAGE: &str = "vi-VN";
/// Name of the body in findings.
const BODY: &str = "thân văn bản";

/// Reads a Word file into the document that the PDF is made of.
///
/// `file_name` is what findings call the file. Whatever the document cannot hold as Word shows it is a finding.
///
/// # Errors
/// The body is missing or damaged, or the document is beyond the limits.
pub fn read(package: &Package, file_name: &str) -> Result<(Document, Vec<Finding>), Finding> {
    let unreadable = |why: &str| {
        let sentence = format!("Không lập được bản PDF: {why}.");
        Finding::new(&reading::UNREADABLE, Place::sheet(file_name, BODY), sentence)
    };
    let name = parts::main_part(package);
    let main = match Part::read(package, &name) {
        Some(Ok(part)) => part,
        Some(Err(error)) => return Err(unreadable(&format!("phần {name} {error}"))),
        None => return Err(unreadable(&format!("thiếu phần {name}"))),
    };
    let Some(body) = main.root().find("w:body") else {
        return Err(unreadable(&format!("phần {name} không có thân văn bản")));
    };
    let mut reader = Reader::open(package, &main, file_name);
    let mut document = reader.properties(&main);
    reader.sections(&main, body, &mut document);
    if reader.too_large() {
        let sentence = format!("Văn bản có quá {MOST_PARAGRAPHS} đoạn nên không lập được bản PDF.");
        return Err(Finding::new(&reading::TOO_LARGE, Place::sheet(file_name, BODY), sentence));
    }
    // Programs write the language they were set up in; the letters say which it is.
    if reader.vietnamese || document.language.is_empty() {
        document.language = LANGUAGE.to_string();
    }
    Ok((document, reader.report.finish()))
}

impl<'a> Reader<'a> {
    /// With what the text looks up.
    fn open(package: &'a Package, main: &Part, file_name: &str) -> Reader<'a> {
        let mut report = Report::new(file_name);
        let definitions = Definitions::of(package, main);
        for (part, notice) in &definitions.notices {
            report.about_part(part, notice.clone());
        }
        Reader {
            package,
            definitions,
            counters: Default::default(),
            report,
            pictures: HashMap::new(),
            bases: HashMap::new(),
            cell_texts: Vec::new(),
            cell_text_places: HashMap::new(),
            cell_bases: HashMap::new(),
            tables_stand_out: true,
            paragraphs: 0,
            vietnamese: false,
        }
    }

    /// A part that the main part points to; one that is damaged is told.
    fn side_part(&mut self, main: &Part, kind: &str) -> Option<Part> {
        let name = main.side_part_name(kind);
        Part::side_part(self.package, &name)?.map_err(|notice| self.report.about_part(&name, notice)).ok()
    }

    /// A document with what core.xml and settings.xml say, still without text.
    fn properties(&mut self, main: &Part) -> Document {
        let mut document = Document { default_tab: 720, ..Document::default() };
        if let Some(core) = self.package.part("docProps/core.xml").and_then(|bytes| parts::tree(bytes).ok()) {
            let text =
                |name: &str| core.root().find(name).map(ElementRef::all_text).unwrap_or_default().trim().to_string();
            document.title = text("dc:title");
            document.author = text("dc:creator");
            document.subject = text("dc:subject");
            document.language = text("dc:language");
        }
        if let Some(language) = self.definitions.styles.language() {
            document.language = language.to_string();
        }
        if let Some(settings) = self.side_part(main, "settings") {
            let settings = settings.root();
            if let Some(tab) = settings.value_of("w:defaultTabStop").and_then(values::twips).filter(|tab| *tab > 0) {
                document.default_tab = tab;
            }
            for notice in unshown::of_file(settings, main.root()) {
                self.report.about_part("cài đặt", notice);
            }
            self.tables_stand_out = compatibility_mode(settings) < 15;
        }
        document
    }

    /// Reads the notes, then section by section the headers and the text.
    fn sections(&mut self, main: &Part, body: ElementRef, document: &mut Document) {
        let mut shapes = section::shapes(body);
        let width = shapes.first().map_or(9_000, SectionShape::text_width);
        // Notes and headers are numbered before the text only where they hold lists, which hardly any do.
        for kind in ["footnotes", "endnotes"] {
            if let Some(part) = self.side_part(main, kind) {
                self.notes(&part, kind, width, &mut document.footnotes);
            }
        }
        for shape in &mut shapes {
            for notice in std::mem::take(&mut shape.notices) {
                self.report.about_paragraph(BODY, shape.last_paragraph, "", notice);
            }
        }
        self.margins(main, &mut shapes);
        let mut texts = self.body(main, body, &shapes).into_iter();
        for shape in shapes {
            let blocks = texts.next().unwrap_or_default();
            document.sections.push(Section { blocks, ..shape.section });
        }
    }

    /// Puts headers and footers into every section; what one does not name it has from the one before.
    fn margins(&mut self, main: &Part, shapes: &mut [SectionShape]) {
        let mut headers = Inherited::default();
        let mut footers = Inherited::default();
        for shape in shapes {
            let width = shape.text_width();
            let references = (shape.headers.clone(), shape.footers.clone());
            headers.take_over(self, main, &references.0, width, "đầu trang");
            footers.take_over(self, main, &references.1, width, "chân trang");
            shape.section.headers = headers.margins.clone();
            shape.section.footers = footers.margins.clone();
            let first = |inherited: &Inherited| inherited.first_watermark.clone();
            let watermark = headers.watermark.clone().or_else(|| footers.watermark.clone());
            shape.section.watermark = watermark.or_else(|| first(&headers)).or_else(|| first(&footers));
            self.paragraphs += headers.paragraphs() + footers.paragraphs();
            if self.too_large() {
                return;
            }
        }
    }

    /// Reads a header or footer: its blocks and its watermark.
    fn margin(&mut self, main: &Part, id: &str, width: i32, name: &'static str) -> (Vec<Block>, Option<String>) {
        let target = main.relationship(id).map(|target| target.target.clone()).unwrap_or_default();
        match Part::read(self.package, &target) {
            Some(Ok(part)) => {
                let mut story = Story { is_margin: true, ..Story::new(&part, name) };
                let blocks = self.blocks(&mut story, part.root(), Surroundings::of_width(width));
                self.finish_story(&mut story);
                (blocks, story.watermark)
            }
            damaged => {
                let why = match damaged {
                    Some(Err(error)) => error.to_string(),
                    _ => "không có trong tệp".to_string(),
                };
                let sentence = format!("Phần {name} ({target}) bị bỏ qua: {why}.");
                self.report.about_part(name, Notice::new(&reading::PART_LOST, sentence));
                (Vec::new(), None)
            }
        }
    }

    /// Reads the text of the body, a list of blocks for each section.
    fn body(&mut self, main: &Part, body: ElementRef, shapes: &[SectionShape]) -> Vec<Vec<Block>> {
        let mut story = Story { takes_contents: true, ..Story::new(main, BODY) };
        let mut texts: Vec<Vec<Block>> = vec![Vec::new()];
        self.body_blocks(&mut story, body, shapes, &mut texts);
        self.finish_story(&mut story);
        self.insert_contents(&story, shapes, &mut texts);
        // Text after the last section's end belongs to it.
        while texts.len() > shapes.len() {
            if let (Some(rest), Some(last)) = (texts.pop(), texts.last_mut()) {
                last.extend(rest);
            }
        }
        texts
    }

    fn body_blocks(
        &mut self,
        story: &mut Story,
        parent: ElementRef,
        shapes: &[SectionShape],
        texts: &mut Vec<Vec<Block>>,
    ) {
        for child in parent.elements() {
            let width = shapes.get(texts.len() - 1).or(shapes.last()).map_or(9_000, SectionShape::text_width);
            let holds_sections = matches!(child.name(), "w:sdt" | "w:customXml" | "w:ins" | "w:moveTo");
            if holds_sections && section::ends_inside(child) {
                let content = child.find("w:sdtContent").unwrap_or(child);
                self.body_blocks(story, content, shapes, texts);
                continue;
            }
            if let Some(blocks) = texts.last_mut() {
                self.block(story, child, Surroundings::of_width(width), blocks);
            }
            if child.name() == "w:p" && section::of_paragraph(child).is_some() {
                texts.push(Vec::new());
                story.section += 1;
            }
        }
    }
}

/// Headers, or footers, as far as they have been named.
#[derive(Default)]
struct Inherited {
    margins: Margins,
    watermark: Option<String>,
    first_watermark: Option<String>,
}

impl Inherited {
    fn take_over(&mut self, reader: &mut Reader, main: &Part, own: &References, width: i32, name: &'static str) {
        if let Some(id) = &own.default {
            (self.margins.default, self.watermark) = reader.margin(main, id, width, name);
        }
        if let Some(id) = &own.first {
            (self.margins.first, self.first_watermark) = reader.margin(main, id, width, name);
        }
    }

    fn paragraphs(&self) -> usize {
        self.margins.default.len() + self.margins.first.len()
    }
}

/// The version of Word as which the file asks to be laid out: 12 for 2007, 15 for 2013 and later.
fn compatibility_mode(settings: ElementRef) -> i64 {
    let settings = settings.find("w:compat").into_iter().flat_map(ElementRef::elements);
    let mode = settings
        .filter(|own| own.attribute("w:name") == Some("compatibilityMode"))
        .find_map(|own| values::number_of(own, "w:val"));
    mode.unwrap_or(12)
}

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod tests;

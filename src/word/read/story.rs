//! Stories: a run of blocks in one part (body, header, footnote), read in one pass with all they need to look up.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::contents::{Contents, Levels};
use super::counters::Counters;
use super::definitions::Definitions;
use super::field::{Instruction, OpenField};
use super::looks::Looks;
use super::parts::Part;
use super::properties::{ParagraphProperties, RunProperties};
use super::report::{Notice, Report};
use super::styles::Base;
use super::table_style::ConditionSet;
use crate::finding::catalogue::reading;
use crate::word::Package;
use crate::word::document::Block;
use crate::word::xml::ElementRef;

/// Most paragraphs in a document, headers counted for each section that shows them.
pub const MOST_PARAGRAPHS: usize = 300_000;
/// Deepest nesting of tables and text boxes.
const MOST_DEPTH: usize = 24;

/// What is looked up and counted through the whole document.
#[derive(Debug)]
pub struct Reader<'a> {
    pub package: &'a Package,
    pub definitions: Arc<Definitions>,
    pub counters: Counters,
    pub report: Report,
    /// Pictures by the name of their part.
    pub pictures: HashMap<String, Arc<[u8]>>,
    /// Looks of paragraphs outside tables, by the id of their style.
    pub bases: HashMap<String, Rc<Base>>,
    /// What table styles say about the text of cells, and its place by style and conditions.
    pub cell_texts: Vec<(ParagraphProperties, RunProperties)>,
    pub cell_text_places: HashMap<(String, ConditionSet), Option<usize>>,
    pub cell_bases: HashMap<(usize, String), Rc<Base>>,
    /// Tables stand out to the left by the room inside their cells, as in Word before 2013.
    pub tables_stand_out: bool,
    pub paragraphs: usize,
    /// Letters that only Vietnamese has were seen.
    pub vietnamese: bool,
}

/// What is known only inside one part.
#[derive(Debug)]
pub struct Story<'a> {
    pub part: &'a Part,
    pub looks: Looks,
    /// Its Vietnamese name, for findings.
    pub name: &'static str,
    /// Headers may hold watermarks.
    pub is_margin: bool,
    /// Id of the footnote that is read.
    pub note: Option<i64>,
    pub fields: Vec<OpenField>,
    /// Paragraphs so far.
    pub paragraph: usize,
    /// Bookmarks that start between paragraphs; they go into the next one.
    pub bookmarks: Vec<String>,
    pub watermark: Option<String>,
    /// The body: tables of contents are made anew in it.
    pub takes_contents: bool,
    /// Sections that have ended so far.
    pub section: usize,
    pub contents: Vec<Contents>,
    /// A table of contents that begins in the paragraph that is read.
    pub begun_contents: Option<Levels>,
}

/// Where blocks stand: the room they have, and what a table style says about their text.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings {
    pub width: i32,
    /// Place among the cell texts.
    pub cell_text: Option<usize>,
    pub depth: usize,
}

impl Surroundings {
    pub fn of_width(width: i32) -> Surroundings {
        Surroundings { width, cell_text: None, depth: 0 }
    }

    /// One level deeper, without a table style.
    pub fn inside(self, width: i32) -> Surroundings {
        Surroundings { width: width.max(1), cell_text: None, depth: self.depth + 1 }
    }
}

impl<'a> Story<'a> {
    pub fn new(part: &'a Part, name: &'static str) -> Story<'a> {
        Story {
            part,
            looks: Looks::default(),
            name,
            is_margin: false,
            note: None,
            fields: Vec::new(),
            paragraph: 0,
            bookmarks: Vec::new(),
            watermark: None,
            takes_contents: false,
            section: 0,
            contents: Vec::new(),
            begun_contents: None,
        }
    }

    /// Whether what is read now stands in a table of contents.
    pub fn in_contents(&self) -> bool {
        self.fields.iter().any(|field| matches!(field.meaning, Some(Instruction::Contents(_))))
    }
}

impl Reader<'_> {
    /// Whether the document is beyond its limits; what is read after that is thrown away.
    pub fn too_large(&self) -> bool {
        self.paragraphs > MOST_PARAGRAPHS
    }

    /// Reads all blocks of an element.
    pub fn blocks(&mut self, story: &mut Story, parent: ElementRef, surroundings: Surroundings) -> Vec<Block> {
        // most cells hold one paragraph
        let mut blocks = Vec::with_capacity(1);
        self.blocks_into(story, parent, surroundings, &mut blocks);
        blocks
    }

    pub fn blocks_into(
        &mut self,
        story: &mut Story,
        parent: ElementRef,
        surroundings: Surroundings,
        blocks: &mut Vec<Block>,
    ) {
        if surroundings.depth > MOST_DEPTH {
            self.about(story, Notice::new(&reading::NOT_DRAWN, "Bảng hoặc hộp văn bản lồng quá sâu bị bỏ qua."));
            return;
        }
        for child in parent.elements() {
            self.block(story, child, surroundings, blocks);
        }
    }

    /// Reads one child of a body, a cell or the like.
    pub fn block(&mut self, story: &mut Story, child: ElementRef, surroundings: Surroundings, blocks: &mut Vec<Block>) {
        if self.too_large() {
            return;
        }
        match child.name() {
            "w:p" => self.paragraph(story, child, surroundings, blocks),
            "w:tbl" => blocks.extend(self.table(story, child, surroundings).map(Block::Table)),
            "w:sdt" => self.content_control(story, child, surroundings, blocks),
            "w:sdtContent" | "w:customXml" | "w:ins" | "w:moveTo" => {
                self.blocks_into(story, child, surroundings, blocks);
            }
            "w:del" | "w:moveFrom" => self.about_deleted(story, child),
            "mc:AlternateContent" => {
                if let Some(chosen) = alternative(child) {
                    self.blocks_into(story, chosen, surroundings, blocks);
                }
            }
            "w:bookmarkStart" => story.bookmarks.extend(bookmark(child)),
            "w:altChunk" => self.about(story, Notice::not_drawn("Nội dung chèn từ tệp khác (altChunk)")),
            "w:subDoc" => self.about(story, Notice::not_drawn("Văn bản con (subdocument)")),
            "m:oMathPara" | "m:oMath" => self.about(story, Notice::not_drawn("Công thức toán")),
            _ => {}
        }
    }

    /// A finding about the paragraph read last, or the one to come.
    pub fn about(&mut self, story: &Story, notice: Notice) {
        self.report.about_paragraph(story.name, story.paragraph.max(1), "", notice);
    }

    /// Says which text a deletion leaves out.
    pub fn about_deleted(&mut self, story: &Story, deleted: ElementRef) {
        let words = deleted.all_text();
        let paragraph = story.paragraph.max(1);
        let notice = Notice::new(&reading::TRACKED_CHANGES, "Bản PDF bỏ chữ đã bị xoá mà chưa duyệt.");
        self.report.about_paragraph(story.name, paragraph, &words, notice);
    }

    /// The look of paragraphs of a style in these surroundings.
    pub fn base(&mut self, style: Option<&str>, surroundings: Surroundings) -> Rc<Base> {
        let Some(place) = surroundings.cell_text else { return self.base_of(style) };
        let key = (place, style.unwrap_or("").to_string());
        if let Some(base) = self.cell_bases.get(&key) {
            return Rc::clone(base);
        }
        let text = self.cell_texts.get(place).map(|(paragraph, run)| (paragraph, run));
        let base = Rc::new(self.definitions.styles.base_over(style, text));
        self.cell_bases.insert(key, Rc::clone(&base));
        base
    }

    /// The look of paragraphs of a style outside tables.
    pub fn base_of(&mut self, style: Option<&str>) -> Rc<Base> {
        let id = self.definitions.styles.known(style);
        if let Some(base) = self.bases.get(id) {
            return Rc::clone(base);
        }
        let base = Rc::new(self.definitions.styles.base_over(Some(id), None));
        self.bases.insert(base.style_id.to_string(), Rc::clone(&base));
        base
    }
}

/// The branch of alternatives that is read: the first of which everything required is known, else the fallback.
pub fn alternative(element: ElementRef) -> Option<ElementRef> {
    const KNOWN: [&str; 10] = ["wps", "wpg", "wpc", "wp14", "w14", "w15", "w16", "w16se", "w16cid", "a14"];
    let known = |choice: &ElementRef| {
        choice.name() == "mc:Choice"
            && choice.attribute("Requires").is_some_and(|all| all.split_whitespace().all(|own| KNOWN.contains(&own)))
    };
    element.elements().find(known).or_else(|| element.find("mc:Fallback"))
}

/// The name of a bookmark that somebody may refer to.
pub fn bookmark(element: ElementRef) -> Option<String> {
    element.attribute("w:name").filter(|name| !name.is_empty() && *name != "_GoBack").map(str::to_string)
}

//! Pages: sections and their paper, columns, headers and footers, footnotes at the foot, watermark, page numbers.
//!
//! Turns a document into sheets. A document that shows its own page numbers is laid out again until they are right.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use super::block::{Here, Known, Layout, numeral};
use super::boxes::{Anchor, BlockBox, Break, NoteBox};
use super::columns;
use super::draw::Canvas;
use super::notes::{self, SEPARATOR};
use super::sheet::{Artifact, Heading, Item, Owner, Placed, Sheet, Sheets, Text};
use super::split::{self, Above, Room};
use super::tree::Tree;
use crate::font::Face;
use crate::word::document::{Block, Document, Page, Section, SectionStart};

/// Turns of the layout until page numbers agree; more would not help a document whose numbers chase each other.
const MOST_TURNS: usize = 4;
/// Most pages of a document; what is beyond is left out.
const MOST_SHEETS: usize = 5_000;
/// Least width and height of a page's body, in points.
const LEAST_BODY: f64 = 36.0;

/// Lays a document out.
pub fn lay_out(document: &Document) -> Sheets {
    let mut known = Known { pages: 1, ..Known::default() };
    let mut turn = 1;
    loop {
        let (sheets, found, asked) = lay_out_once(document, &known);
        if !asked || found == known || turn == MOST_TURNS {
            return sheets;
        }
        known = found;
        turn += 1;
    }
}

fn lay_out_once(document: &Document, known: &Known) -> (Sheets, Known, bool) {
    let mut pager = Pager::new(document, known);
    let empty = [Section { columns: 1, ..Section::default() }];
    let sections = if document.sections.is_empty() { &empty[..] } else { &document.sections };
    for (index, section) in sections.iter().enumerate() {
        pager.section(section, index);
    }
    pager.close();
    pager.remaining_notes(sections);
    pager.finish()
}

/// Measures of a page, in points, made sane.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Paper {
    width: f64,
    height: f64,
    top: f64,
    bottom: f64,
    left: f64,
    right: f64,
    header: f64,
    footer: f64,
}

impl Paper {
    fn of(page: &Page) -> Paper {
        let side = |twips: i32| f64::from(twips.clamp(1_440, 288_000)) / 20.0;
        let margin = |twips: i32| f64::from(twips.unsigned_abs().min(31_680)) / 20.0;
        let (width, height) = (side(page.width), side(page.height));
        let fit = |one: f64, other: f64, whole: f64| {
            let most = whole - LEAST_BODY;
            if one + other <= most { (one, other) } else { (one * most / (one + other), other * most / (one + other)) }
        };
        let (top, bottom) = fit(margin(page.top), margin(page.bottom), height);
        let (left, right) = fit(margin(page.left), margin(page.right), width);
        let (header, footer) = (margin(page.header), margin(page.footer));
        Paper { width, height, top, bottom, left, right, header, footer }
    }

    fn body_width(&self) -> f64 {
        self.width - self.left - self.right
    }
}

/// A page that is being filled.
struct Open {
    paper: Paper,
    section: usize,
    number: u32,
    canvas: Canvas,
    /// Edges of the body.
    top: f64,
    bottom: f64,
    /// Where the columns of the section begin, and how far down the page is used.
    start: f64,
    used: f64,
    column: usize,
    notes: Vec<Rc<NoteBox>>,
    above: Option<Above>,
    /// The space before the first paragraph is dropped, as after a break that nobody asked for.
    automatic: bool,
    /// Height at which columns end before the page does.
    limit: Option<f64>,
}

struct Pager<'a> {
    layout: Layout<'a>,
    document: &'a Document,
    sheets: Vec<Sheet>,
    outline: Vec<Heading>,
    open: Option<Open>,
    number: u32,
    /// Pages on which each section stands.
    section_pages: Vec<u32>,
    bookmarks: BTreeMap<String, String>,
    page_fields: BTreeMap<usize, String>,
    section_fields: BTreeMap<usize, usize>,
    /// A page break that still has to happen.
    pending: bool,
    /// Footnotes that go on at the foot of the next page.
    carried: Vec<Rc<NoteBox>>,
}

impl<'a> Pager<'a> {
    fn new(document: &'a Document, known: &'a Known) -> Pager<'a> {
        Pager {
            layout: Layout::new(document, known),
            document,
            sheets: Vec::new(),
            outline: Vec::new(),
            open: None,
            number: 0,
            section_pages: Vec::new(),
            bookmarks: BTreeMap::new(),
            page_fields: BTreeMap::new(),
            section_fields: BTreeMap::new(),
            pending: false,
            carried: Vec::new(),
        }
    }

    fn section(&mut self, section: &Section, index: usize) {
        let paper = Paper::of(&section.page);
        let columns = section.columns.clamp(1, 20) as usize;
        let most_gap = (paper.body_width() - LEAST_BODY / 2.0 * columns as f64).max(0.0) / columns as f64;
        let gap = if columns > 1 { (f64::from(section.column_gap.max(0)) / 20.0).min(most_gap) } else { 0.0 };
        let width = (paper.body_width() - gap * (columns - 1) as f64) / columns as f64;
        self.section_pages.push(0);
        let continuous = section.start == SectionStart::Continuous
            && !self.pending
            && self
                .open
                .as_ref()
                .is_some_and(|open| (open.paper.width, open.paper.height) == (paper.width, paper.height));
        match self.open.as_mut().filter(|_| continuous) {
            Some(open) => {
                (open.paper.left, open.paper.right, open.section) = (paper.left, paper.right, index);
                (open.start, open.column, open.limit) = (open.used, 0, None);
                if let Some(pages) = self.section_pages.last_mut() {
                    *pages += 1;
                }
            }
            None => {
                self.close();
                self.open(section, index, paper, true, false);
            }
        }
        self.pending = false;
        let mut queue: VecDeque<BlockBox> = self.layout.blocks(&section.blocks, width, Tree::ROOT).into();
        let balances = self.is_followed_on_its_page(index);
        while !queue.is_empty() && self.sheets.len() < MOST_SHEETS {
            if balances {
                self.balance(&queue, columns);
            }
            let broken = self.fill(&mut queue, width + gap);
            if queue.is_empty() {
                self.pending = broken == Some(Break::Page);
                break;
            }
            let open_columns = self.open.as_ref().is_some_and(|open| open.column + 1 < columns);
            match self.open.as_mut() {
                Some(open) if open_columns && broken != Some(Break::Page) => {
                    open.column += 1;
                    open.above = None;
                }
                _ => {
                    self.close();
                    self.open(section, index, paper, false, broken.is_none());
                }
            }
        }
    }

    /// Whether the section after this one goes on under it.
    fn is_followed_on_its_page(&self, index: usize) -> bool {
        let next = self.document.sections.get(index + 1);
        next.is_some_and(|next| next.start == SectionStart::Continuous)
    }

    /// Where the rest of a section begins in the first column of a page and fits there, its columns end at one height.
    fn balance(&mut self, queue: &VecDeque<BlockBox>, columns: usize) {
        let Some(open) = self.open.as_mut().filter(|open| open.column == 0 && open.notes.is_empty()) else { return };
        let height = open.bottom - open.start;
        let full = open.bottom - open.top;
        let room = Room { height, full, fresh: false, keep: true, separator: SEPARATOR, automatic: false };
        open.limit = columns::balanced(queue, columns, &room);
    }

    /// Fills a column from the queue; says which break ended it, if one did.
    fn fill(&mut self, queue: &mut VecDeque<BlockBox>, step: f64) -> Option<Break> {
        let open = self.open.as_mut()?;
        let notes = notes::height(&open.notes);
        let separated = if open.notes.is_empty() { SEPARATOR } else { 0.0 };
        let taken_by_notes = if open.notes.is_empty() { 0.0 } else { notes + SEPARATOR };
        let fresh = open.start <= open.top;
        let room = Room {
            height: open.limit.unwrap_or(f64::INFINITY).min(open.bottom - open.start - taken_by_notes),
            full: open.bottom - open.top,
            fresh,
            keep: true,
            separator: separated,
            automatic: open.automatic && fresh,
        };
        let before = queue.len();
        let above = open.above.take();
        let taken = split::take(queue, &room, above);
        if fresh && taken.placed.is_empty() && taken.broken.is_none() && queue.len() == before {
            // Cannot be; but an end must come.
            queue.pop_front();
        }
        let x = open.paper.left + step * open.column as f64;
        open.used = open.used.max(open.start + taken.height);
        open.notes.extend(taken.notes);
        open.above = taken.above;
        open.canvas.blocks(taken.placed, x, open.start);
        taken.broken
    }

    /// Begins a page.
    fn open(&mut self, section: &Section, index: usize, paper: Paper, first: bool, automatic: bool) {
        self.number = match section.first_number.filter(|_| first) {
            Some(number) => number,
            None => self.number.saturating_add(1),
        };
        if let Some(pages) = self.section_pages.last_mut() {
            *pages += 1;
        }
        let header = self.margin(section, index, first, Artifact::Header, paper);
        let footer = self.margin(section, index, first, Artifact::Footer, paper);
        let (header_height, footer_height) = (split::height(&header), split::height(&footer));
        let limit = (paper.height - LEAST_BODY) / 2.0;
        let reach = |margin: f64, from: f64, height: f64| {
            if height > 0.0 { margin.max((from + height).min(limit.max(margin))) } else { margin }
        };
        let top = reach(paper.top, paper.header, header_height);
        let bottom = paper.height - reach(paper.bottom, paper.footer, footer_height);
        let mut canvas = Canvas::default();
        if let Some(text) = &section.watermark {
            canvas.items.extend(watermark(text, paper));
        }
        canvas.blocks(split::stack(header).0, paper.left, paper.header);
        canvas.blocks(split::stack(footer).0, paper.left, paper.height - paper.footer - footer_height);
        mark_artifacts(&mut canvas);
        let (notes, carried) = notes::carried_part(std::mem::take(&mut self.carried), bottom - top, true);
        self.carried = carried;
        self.open = Some(Open {
            paper,
            section: index,
            number: self.number,
            canvas,
            top,
            bottom,
            start: top,
            used: top,
            column: 0,
            notes,
            above: None,
            automatic,
            limit: None,
        });
    }

    /// Lays out the header or footer of the page that is begun.
    fn margin(
        &mut self,
        section: &Section,
        index: usize,
        first: bool,
        artifact: Artifact,
        paper: Paper,
    ) -> Vec<BlockBox> {
        let margins = if artifact == Artifact::Header { &section.headers } else { &section.footers };
        let blocks: &[Block] = if first && section.first_page_differs { &margins.first } else { &margins.default };
        if blocks.is_empty() {
            return Vec::new();
        }
        let section_pages = self.layout.known.section_pages.get(index).copied().unwrap_or(1);
        let here = Here { page: numeral(self.number, section.number_format), section_pages };
        self.layout.artifact = Some((artifact, here));
        let boxes = self.layout.blocks(blocks, paper.body_width(), Tree::ROOT);
        self.layout.artifact = None;
        boxes
    }

    /// Ends the page that is being filled: footnotes, then what was found on it.
    fn close(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        let left = open.bottom - open.used - SEPARATOR;
        let (here, carried) = notes::part(std::mem::take(&mut open.notes), left);
        self.carried.splice(0..0, carried);
        let (x, width) = (open.paper.left, open.paper.body_width());
        notes::draw(&mut open.canvas, here, x, width, open.bottom);
        let sheet = self.sheets.len();
        let Canvas { items, anchors, headings } = open.canvas;
        let format = self.document.sections.get(open.section).map(|section| section.number_format);
        let number = numeral(open.number, format.unwrap_or_default());
        for anchor in anchors {
            match anchor {
                Anchor::Bookmark(name) => {
                    self.bookmarks.entry(name).or_insert_with(|| number.clone());
                }
                Anchor::PageField(index) => {
                    self.page_fields.insert(index, number.clone());
                }
                Anchor::SectionField(index) => {
                    self.section_fields.insert(index, open.section);
                }
                Anchor::Note => {}
            }
        }
        let heading = |(title, level, y)| Heading { title, level, sheet, y };
        self.outline.extend(headings.into_iter().map(heading));
        self.sheets.push(Sheet { width: open.paper.width, height: open.paper.height, items });
    }

    /// Footnotes that are left when the text is over stand on pages of their own.
    fn remaining_notes(&mut self, sections: &[Section]) {
        while let Some((section, index)) = sections.last().zip(sections.len().checked_sub(1)) {
            if self.carried.is_empty() || self.sheets.len() >= MOST_SHEETS {
                return;
            }
            let all = std::mem::take(&mut self.carried);
            self.open(section, index, Paper::of(&section.page), false, false);
            if let Some(open) = self.open.as_mut() {
                open.notes = all;
            }
            self.close();
        }
    }

    fn finish(self) -> (Sheets, Known, bool) {
        let dense = |count: usize, map: &BTreeMap<usize, String>| -> Vec<String> {
            (0..count).map(|index| map.get(&index).cloned().unwrap_or_else(|| "1".to_string())).collect()
        };
        let pages_of = |section: &usize| self.section_pages.get(*section).copied().unwrap_or(1).to_string();
        let section_fields = self.section_fields.iter().map(|(index, section)| (*index, pages_of(section))).collect();
        let known = Known {
            pages: u32::try_from(self.sheets.len()).unwrap_or(u32::MAX),
            page_fields: dense(self.layout.page_fields, &self.page_fields),
            section_fields: dense(self.layout.section_fields, &section_fields),
            section_pages: self.section_pages,
            bookmarks: self.bookmarks,
        };
        let asked = self.layout.asked;
        (Sheets { sheets: self.sheets, tree: self.layout.tree, outline: self.outline }, known, asked)
    }
}

/// What stands in the margins is no part of the text, borders included.
fn mark_artifacts(canvas: &mut Canvas) {
    canvas.anchors.clear();
    canvas.headings.clear();
    for placed in &mut canvas.items {
        if let Owner::Node(_) = placed.owner {
            placed.owner = Owner::Artifact(Artifact::Layout);
        }
    }
}

/// Large grey words across the page, behind its text.
fn watermark(text: &str, paper: Paper) -> Option<Placed> {
    const GREY: [u8; 3] = [0xD9, 0xD9, 0xD9];
    /// Share of the page's diagonal that the words take, and the height of capitals in em.
    const SHARE: f64 = 0.62;
    const CAPITAL: f64 = 0.66;
    let face = Face::Bold;
    let font = face.font();
    let shown: String = text.chars().take(60).filter(|letter| font.glyph(*letter).is_some()).collect();
    let mut glyphs = Vec::new();
    let advance = super::shape::Shaper::default().shape(face, &shown, &mut glyphs);
    if advance <= 0.0 {
        return None;
    }
    let diagonal = paper.width.hypot(paper.height);
    let size = (diagonal * SHARE / advance).min(paper.height / 3.0);
    let width = advance * size;
    let (sine, cosine) = paper.height.atan2(paper.width).sin_cos();
    let drop = CAPITAL * size / 2.0;
    let item = Item::Text(Text {
        x: paper.width / 2.0 - cosine * width / 2.0 + sine * drop,
        baseline: paper.height / 2.0 + sine * width / 2.0 + cosine * drop,
        face,
        size,
        color: GREY,
        glyphs: glyphs.into(),
        // One piece for whoever copies the page's text, not a column of letters.
        actual: Some(shown),
        turn: paper.height.atan2(paper.width).to_degrees(),
    });
    Some(Placed { item, owner: Owner::Artifact(Artifact::Watermark) })
}

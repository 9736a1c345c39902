//! Paragraphs: their look, their number, and the pieces of text in them.

use std::rc::Rc;

use super::contents::Contents;
use super::control::measure_rooms;
use super::looks::ParagraphLook;
use super::properties::{RunBase, RunProperties};
use super::report::Notice;
use super::story::{Reader, Story, Surroundings, alternative, bookmark};
use super::styles::Base;
use crate::finding::catalogue::reading;
use crate::word::document::{Block, Inline, Label, Paragraph, Role, RunStyle, TabStop};
use crate::word::xml::ElementRef;

/// A paragraph while it is read.
#[derive(Debug)]
pub struct Line {
    pub base: Rc<Base>,
    pub surroundings: Surroundings,
    pub inlines: Vec<Inline>,
    /// What shapes in the paragraph put before and after it.
    pub before: Vec<Block>,
    pub after: Vec<Block>,
    pub notices: Vec<Notice>,
    /// Stops of tabs that go to a place of the page whatever stops the paragraph has (`w:ptab`).
    pub absolute_tabs: Vec<TabStop>,
}

impl Line {
    fn new(base: Rc<Base>, surroundings: Surroundings) -> Line {
        Line {
            base,
            surroundings,
            // most hold one text
            inlines: Vec::with_capacity(1),
            before: Vec::new(),
            after: Vec::new(),
            notices: Vec::new(),
            absolute_tabs: Vec::new(),
        }
    }

    /// Adds a piece; text of one look stays one piece, however the file splits it.
    pub fn push(&mut self, inline: Inline) {
        if let Inline::Text(text, style) = &inline
            && let Some(Inline::Text(before, own)) = self.inlines.last_mut()
            && own == style
        {
            before.push_str(text);
            return;
        }
        self.inlines.push(inline);
    }

    /// The text so far, for findings.
    fn words(&self) -> String {
        let text = self.inlines.iter().map(|inline| match inline {
            Inline::Text(text, _) => text.as_str(),
            Inline::Tab(_) | Inline::LineBreak(_) => " ",
            _ => "",
        });
        text.collect()
    }
}

/// Gives a paragraph the stops of its absolute tabs: instead of its own where it has no other tabs.
fn place_absolute_tabs(paragraph: &mut Paragraph, stops: Vec<TabStop>) {
    if stops.is_empty() {
        return;
    }
    let tabs = paragraph.inlines.iter().filter(|inline| matches!(inline, Inline::Tab(_))).count();
    if tabs == stops.len() {
        paragraph.style.tabs.clear();
    }
    paragraph.style.tabs.extend(stops);
    paragraph.style.tabs.sort_by_key(|stop| stop.position);
    paragraph.style.tabs.dedup_by_key(|stop| stop.position);
}

/// A look with whether it is hidden.
#[derive(Clone, Debug)]
pub struct Look {
    pub style: RunStyle,
    pub hidden: bool,
    /// An effect of its letters that the PDF does not show.
    pub unshown: Option<&'static str>,
}

impl Reader<'_> {
    pub fn paragraph(
        &mut self,
        story: &mut Story,
        element: ElementRef,
        surroundings: Surroundings,
        blocks: &mut Vec<Block>,
    ) {
        story.paragraph += 1;
        self.paragraphs += 1;
        let number = story.paragraph;
        let own = element.find("w:pPr");
        let look = self.paragraph_look(&mut story.looks, own, surroundings);
        let mut line = Line::new(Rc::clone(&look.base), surroundings);
        let paragraph = self.shaped(&look, own);
        line.notices.extend_from_slice(&look.notices);
        for name in story.bookmarks.drain(..) {
            line.inlines.push(Inline::Bookmark(name));
        }
        let in_contents = story.in_contents();
        story.begun_contents = None;
        self.pieces(story, &mut line, element);
        let begun = story.begun_contents.take();
        let shows = line.inlines.iter().any(|inline| !matches!(inline, Inline::Bookmark(_)));
        let is_entry = !shows && (begun.is_some() || in_contents && story.in_contents());
        if let Some(levels) = begun {
            let at = blocks.len() + usize::from(!is_entry);
            story.contents.push(Contents { section: story.section, at, levels });
        }
        if is_entry {
            return;
        }
        self.finish_paragraph(story, number, line, paragraph, look.mark.hidden, blocks);
    }

    fn finish_paragraph(
        &mut self,
        story: &Story,
        number: usize,
        mut line: Line,
        mut paragraph: Paragraph,
        hidden: bool,
        blocks: &mut Vec<Block>,
    ) {
        if !line.notices.is_empty() {
            let words = line.words();
            for notice in std::mem::take(&mut line.notices) {
                self.report.about_paragraph(story.name, number, &words, notice);
            }
        }
        blocks.append(&mut line.before);
        // A rule under the text comes before the room after the paragraph.
        if let Some(Block::Paragraph(rule)) = line.after.first_mut()
            && rule.inlines.is_empty()
            && rule.style.borders.bottom.is_some()
        {
            rule.style.after = std::mem::take(&mut paragraph.style.after);
            paragraph.style.keep_next = true;
        }
        paragraph.inlines = line.inlines;
        place_absolute_tabs(&mut paragraph, line.absolute_tabs);
        measure_rooms(&mut paragraph);
        if !(hidden && paragraph.inlines.is_empty()) {
            blocks.push(Block::Paragraph(paragraph));
        }
        blocks.append(&mut line.after);
    }

    /// The paragraph with its look, role and number, still without text.
    fn shaped(&mut self, look: &ParagraphLook, own: Option<ElementRef>) -> Paragraph {
        let level = look.numbering.and_then(|reference| reference.level).unwrap_or(0);
        let instance = look.numbering.and_then(|reference| reference.instance).filter(|instance| *instance != 0);
        let mark = own.and_then(|own| own.find("w:rPr"));
        let label = instance.and_then(|instance| self.label(&look.base, instance, level, mark));
        let role = match look.outline_level {
            Some(outline @ 0..=8) => Role::Heading(outline as u8 + 1),
            _ if look.base.caption => Role::Caption,
            _ if label.is_some() => Role::ListItem(level as u8),
            _ => Role::Body,
        };
        Paragraph { role, style: look.style.clone(), label, inlines: Vec::new(), mark: look.mark.style.clone() }
    }

    /// Counts the paragraph; its number looks like its mark, with what the level says over it.
    fn label(&mut self, base: &Base, instance: i64, level: usize, mark: Option<ElementRef>) -> Option<Label> {
        let text = self.counters.count(&self.definitions.numbering, instance, level)?;
        let (run, after) = self.definitions.numbering.level(instance, level).map(|own| (own.run.clone(), own.after))?;
        if text.is_empty() {
            return None;
        }
        let mut look = self.run_base(base, mark).unwrap_or_else(|| base.run.clone());
        look.apply_direct(&run);
        Some(Label { text, style: look.finish(), after })
    }

    /// The look of a run, given its `w:rPr`.
    pub fn look(&self, base: &Base, own: Option<ElementRef>) -> Look {
        match self.run_base(base, own) {
            Some(run) => Look { style: run.finish(), hidden: run.hidden(), unshown: run.unshown() },
            None => Look { style: base.finished_run.clone(), hidden: base.run.hidden(), unshown: base.run.unshown() },
        }
    }

    /// The base with the character style and the settings of a `w:rPr`; none where there is nothing to add.
    fn run_base(&self, base: &Base, own: Option<ElementRef>) -> Option<RunBase> {
        let direct = RunProperties::read(own?, &self.definitions.theme);
        let mut run = base.run.clone();
        if let Some(style) = direct.style.as_deref().and_then(|id| self.definitions.styles.character(id)) {
            run.apply_style(style);
        }
        run.apply_direct(&direct);
        Some(run)
    }

    /// Reads the pieces inside a paragraph, a hyperlink and the like.
    pub fn pieces(&mut self, story: &mut Story, line: &mut Line, parent: ElementRef) {
        for child in parent.elements() {
            match child.name() {
                "w:r" => self.run(story, line, child),
                "w:pPr" | "w:sdtPr" | "w:sdtEndPr" | "w:smartTagPr" | "w:customXmlPr" => {}
                "w:sdt" => self.inline_content_control(story, line, child),
                "w:fldSimple" => self.simple_field(story, line, child),
                "w:del" | "w:moveFrom" => {
                    let text = child.all_text();
                    if !text.is_empty() {
                        let sentence = format!("Bản PDF bỏ chữ “{text}” đã bị xoá mà chưa duyệt.");
                        line.notices.push(Notice::new(&reading::TRACKED_CHANGES, sentence));
                    }
                }
                "w:bookmarkStart" => {
                    line.inlines.extend(bookmark(child).map(Inline::Bookmark));
                }
                "mc:AlternateContent" => {
                    if let Some(chosen) = alternative(child) {
                        self.pieces(story, line, chosen);
                    }
                }
                "m:oMath" | "m:oMathPara" => self.formula(story, line, child),
                _ => self.pieces(story, line, child),
            }
        }
    }

    /// A formula: its letters in a row.
    fn formula(&mut self, story: &mut Story, line: &mut Line, element: ElementRef) {
        let letters =
            element.descendants().filter(|own| own.name() == "m:t").map(ElementRef::all_text).collect::<String>();
        let sentence = format!("Công thức toán được viết thành chữ thẳng hàng: “{letters}”.");
        line.notices.push(Notice::otherwise(sentence));
        let style = line.base.finished_run.clone();
        self.emit(story, line, Inline::Text(letters, style));
    }
}

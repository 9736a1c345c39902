//! One paragraph: its pieces as tokens, its lines, its spacing and its frame.
//!
//! Where the lines stand on a page is not known here.

use super::block::Layout;
use super::boxes::{Anchor, Edges, Frame, LineBox, ParagraphBox};
use super::line::{self, Measure, Stop};
use super::sheet::color;
use super::token::{Content, End, FieldLabel, Look, Tokens};
use super::tree::{Kind, NodeId};
use crate::word::document::{
    AfterLabel, Field, Inline, Paragraph, ParagraphStyle, Picture, Role, RunStyle, SignatureField, VerticalPosition,
};

/// English Metric Units in a point.
const EMU: f64 = 12_700.0;
/// Tallest picture or signature room, in points: what a page upright can hold.
const TALLEST: f64 = 700.0;

impl Layout<'_> {
    /// Lays a paragraph out for a column of this width; `label` and `body` are the nodes of its two parts.
    pub fn paragraph(&mut self, paragraph: &Paragraph, width: f64, label: NodeId, body: NodeId) -> ParagraphBox {
        let style = &paragraph.style;
        let measure = measure(style, width, f64::from(self.document.default_tab.clamp(20, 31_680)) / 20.0);
        let mark = Look::of(&paragraph.mark);
        let lines = self.lines(paragraph, &measure, &mark, width, label, body);
        let has_frame = style.shading.is_some()
            || [&style.borders.top, &style.borders.bottom, &style.borders.left, &style.borders.right]
                .iter()
                .any(|border| border.is_some());
        let frame = has_frame.then(|| Frame {
            left: measure.left.min(measure.first),
            right: measure.right,
            borders: Edges::of(&style.borders),
            shading: style.shading.as_deref().and_then(color),
        });
        ParagraphBox {
            lines,
            before: f64::from(style.before.clamp(0, 31_680)) / 20.0,
            after: f64::from(style.after.clamp(0, 31_680)) / 20.0,
            keep_next: style.keep_next,
            keep_lines: style.keep_lines,
            page_break_before: style.page_break_before,
            widow_control: style.widow_control,
            contextual: style.contextual_spacing,
            style: self.style(&style.style_id),
            frame,
            heading: self.heading(paragraph),
            joined_above: false,
            joined_below: false,
            continued: false,
        }
    }

    fn heading(&self, paragraph: &Paragraph) -> Option<(String, u8)> {
        let Role::Heading(level) = paragraph.role else { return None };
        if self.artifact.is_some() || self.in_note {
            return None;
        }
        let mut title = paragraph.label.as_ref().map(|label| format!("{} ", label.text)).unwrap_or_default();
        for inline in &paragraph.inlines {
            match inline {
                Inline::Text(text, style) if style.caps => title.push_str(&text.to_uppercase()),
                Inline::Text(text, _) => title.push_str(text),
                Inline::Tab(_) | Inline::LineBreak(_) => title.push(' '),
                _ => {}
            }
        }
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        (!title.is_empty()).then_some((title, level.clamp(1, 9)))
    }

    fn lines(
        &mut self,
        paragraph: &Paragraph,
        measure: &Measure,
        mark: &Look,
        width: f64,
        label: NodeId,
        body: NodeId,
    ) -> Vec<LineBox> {
        // The shaper is lent to the tokens while they are gathered.
        let mut shaper = std::mem::take(&mut self.shaper);
        let mut tokens = Tokens::new(&mut shaper, std::mem::take(&mut self.gathered));
        if let Some(text) = &paragraph.label {
            let owner = self.owner(label);
            tokens.text(&text.text, &text.style, owner);
            match text.after {
                AfterLabel::Tab => tokens.tab(&plain(&text.style), owner),
                AfterLabel::Space => tokens.text(" ", &text.style, owner),
                AfterLabel::Nothing => {}
            }
        }
        let mut notes = Vec::new();
        for inline in &paragraph.inlines {
            self.inline(inline, &mut tokens, measure, body, &mut notes);
        }
        let mut gathered = tokens.finish();
        self.shaper = shaper;
        let mut lines = line::lines(&mut gathered, measure, mark);
        self.gathered = gathered;
        // Notes are laid out when the paragraph's own pieces are done, since they need the shaper too.
        let mut notes = notes.into_iter();
        for line in &mut lines {
            let wanted = line.anchors.iter().filter(|anchor| matches!(anchor, Anchor::Note)).count();
            for (id, number) in notes.by_ref().take(wanted) {
                line.notes.extend(self.note(id, number, width, body));
            }
        }
        lines
    }

    fn inline(
        &mut self,
        inline: &Inline,
        tokens: &mut Tokens,
        measure: &Measure,
        body: NodeId,
        notes: &mut Vec<(i64, u32)>,
    ) {
        let owner = self.owner(body);
        let anchor = |tokens: &mut Tokens, anchor: Anchor| {
            tokens.object(Content::Anchor(anchor), 0.0, &RunStyle::default(), owner, true);
        };
        match inline {
            Inline::Text(text, style) => tokens.text(text, style, owner),
            Inline::Tab(style) => tokens.tab(style, owner),
            Inline::LineBreak(style) => tokens.end(End::Line, style, owner),
            Inline::PageBreak => tokens.end(End::Page, &RunStyle::default(), owner),
            Inline::ColumnBreak => tokens.end(End::Column, &RunStyle::default(), owner),
            Inline::Field(field, style) => {
                let (text, mark) = self.field(field);
                tokens.text(&text, style, owner);
                if let Some(mark) = mark {
                    anchor(tokens, mark);
                }
            }
            Inline::Bookmark(name) => anchor(tokens, Anchor::Bookmark(name.clone())),
            Inline::Picture(picture) => self.picture(picture, tokens, measure, body),
            Inline::Signature(field) => self.signature(field, tokens, measure, body),
            Inline::FootnoteReference(id, style) => {
                let raised = RunStyle { vertical: VerticalPosition::Superscript, ..style.clone() };
                if self.in_note || self.artifact.is_some() || !self.document.footnotes.contains_key(id) {
                    return;
                }
                self.notes = self.notes.saturating_add(1);
                let reference = self.node(body, Kind::Reference);
                let owner = self.owner(reference);
                tokens.text(&self.notes.to_string(), &raised, owner);
                anchor(tokens, Anchor::Note);
                notes.push((*id, self.notes));
            }
        }
    }

    /// What a field shows, and the anchor by which the next turn will know better.
    fn field(&mut self, field: &Field) -> (String, Option<Anchor>) {
        self.asked |= self.artifact.is_none() || *field != Field::PageNumber;
        if let Some((_, here)) = &self.artifact {
            let text = match field {
                Field::PageNumber => here.page.clone(),
                Field::SectionPageCount => here.section_pages.to_string(),
                Field::PageCount => self.known.pages.to_string(),
                Field::PageOf(name, held) => self.known.bookmarks.get(name).unwrap_or(held).clone(),
            };
            return (text, None);
        }
        let guess = |known: Option<&String>| known.cloned().unwrap_or_else(|| "1".to_string());
        match field {
            Field::PageNumber => {
                let index = self.page_fields;
                self.page_fields += 1;
                (guess(self.known.page_fields.get(index)), Some(Anchor::PageField(index)))
            }
            Field::SectionPageCount => {
                let index = self.section_fields;
                self.section_fields += 1;
                (guess(self.known.section_fields.get(index)), Some(Anchor::SectionField(index)))
            }
            Field::PageCount => (self.known.pages.to_string(), None),
            Field::PageOf(name, held) => (self.known.bookmarks.get(name).unwrap_or(held).clone(), None),
        }
    }

    fn picture(&mut self, picture: &Picture, tokens: &mut Tokens, measure: &Measure, body: NodeId) {
        let (width, height) = ((picture.width.max(0) as f64) / EMU, (picture.height.max(0) as f64) / EMU);
        if width <= 0.0 || height <= 0.0 {
            return;
        }
        let scale = ((measure.right - measure.left).max(1.0) / width).min(TALLEST / height).min(1.0);
        let node = self.node(body, Kind::Figure);
        if self.artifact.is_none() {
            let text = if picture.alternative_text.is_empty() { "Hình" } else { &picture.alternative_text };
            self.tree.node_mut(node).alternative = Some(text.to_string());
        }
        let height = height * scale;
        let content = match &picture.drawing {
            Some(drawing) => Content::Drawing { height, drawing: drawing.clone() },
            None => Content::Picture { height, data: picture.data.clone() },
        };
        tokens.object(content, width * scale, &RunStyle::default(), self.owner(node), false);
    }

    fn signature(&mut self, field: &SignatureField, tokens: &mut Tokens, measure: &Measure, body: NodeId) {
        // A field can be signed once: none in headers, which every page repeats.
        if self.artifact.is_some() {
            return;
        }
        let node = self.node(body, Kind::Form);
        self.tree.node_mut(node).alternative = Some(field.tooltip.clone());
        let height = (f64::from(field.height.max(0)) / 20.0).clamp(1.0, TALLEST);
        let label = Box::new(FieldLabel { name: field.name.clone(), tooltip: field.tooltip.clone() });
        let width = (measure.right - measure.first.max(measure.left)).max(1.0);
        tokens.object(Content::Field { height, label }, width, &RunStyle::default(), self.owner(node), false);
    }
}

/// The look of a label without what would show in the gap behind it.
fn plain(style: &RunStyle) -> RunStyle {
    RunStyle { underline: false, strike: false, highlight: None, ..style.clone() }
}

fn measure(style: &ParagraphStyle, width: f64, default_tab: f64) -> Measure {
    let points = |twips: i32| f64::from(twips.clamp(-31_680, 31_680)) / 20.0;
    let left = points(style.indent_left);
    let mut tabs: Vec<Stop> = style
        .tabs
        .iter()
        .map(|stop| Stop { position: points(stop.position), alignment: stop.alignment, leader: stop.leader })
        .collect();
    tabs.sort_by(|one, other| one.position.total_cmp(&other.position));
    // A first line that is centred or flush right is indented too.
    let first = left + points(style.first_line);
    Measure {
        left,
        first,
        right: width - points(style.indent_right),
        tabs,
        default_tab,
        alignment: style.alignment,
        spacing: style.line,
    }
}

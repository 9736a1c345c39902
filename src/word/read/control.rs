//! Content controls (`w:sdt`): their content as if they were not there, but for signature fields.

use super::paragraph::Line;
use super::story::{Reader, Story, Surroundings};
use crate::word::document::{Block, Inline, LineSpacing, Paragraph, SignatureField};
use crate::word::xml::Element;

/// A tag of this beginning makes a content control a signature field.
const SIGNATURE_TAG: &str = "ky:";

impl Reader<'_> {
    pub fn content_control(
        &mut self,
        story: &mut Story,
        element: &Element,
        surroundings: Surroundings,
        blocks: &mut Vec<Block>,
    ) {
        let Some(content) = element.find("w:sdtContent") else { return };
        let Some(mut field) = signature(element) else {
            return self.blocks_into(story, content, surroundings, blocks);
        };
        let inside = self.blocks(story, content, surroundings);
        let mut holder = Paragraph::default();
        let mut rest = Vec::new();
        for block in inside {
            match block {
                Block::Paragraph(paragraph) if is_empty(&paragraph) => {
                    if field.height == 0 {
                        holder.style = paragraph.style.clone();
                        holder.mark = paragraph.mark.clone();
                    }
                    field.height = field.height.saturating_add(height(&paragraph));
                }
                other => rest.push(other),
            }
        }
        // Its height is that of the empty paragraphs, their spacing included.
        holder.style.before = 0;
        holder.style.after = 0;
        holder.style.line = LineSpacing::Multiple(240);
        holder.inlines.push(Inline::Signature(field));
        blocks.push(Block::Paragraph(holder));
        blocks.append(&mut rest);
    }

    pub fn inline_content_control(&mut self, story: &mut Story, line: &mut Line, element: &Element) {
        if let Some(mut field) = signature(element) {
            let paragraph = Paragraph {
                style: line.base.finished_paragraph.clone(),
                mark: line.base.finished_run.clone(),
                ..Paragraph::default()
            };
            field.height = height(&paragraph);
            self.emit(story, line, Inline::Signature(field));
        }
        if let Some(content) = element.find("w:sdtContent") {
            self.pieces(story, line, content);
        }
    }
}

/// The signature field that a content control marks, still without height.
fn signature(element: &Element) -> Option<SignatureField> {
    let properties = element.find("w:sdtPr")?;
    let name = properties.value_of("w:tag")?.strip_prefix(SIGNATURE_TAG)?;
    let tooltip = properties.value_of("w:alias").unwrap_or(name);
    Some(SignatureField { name: name.to_string(), tooltip: tooltip.to_string(), height: 0 })
}

/// Whether nothing stands in it but marks.
fn is_empty(paragraph: &Paragraph) -> bool {
    paragraph.label.is_none()
        && paragraph.inlines.iter().all(|inline| match inline {
            Inline::Text(text, _) => text.trim().is_empty(),
            Inline::Bookmark(_) | Inline::Tab(_) | Inline::LineBreak(_) => true,
            _ => false,
        })
}

/// Height of an empty paragraph with its spacing; a single line is 1.15 times the size of the letters.
fn height(paragraph: &Paragraph) -> i32 {
    let style = &paragraph.style;
    let single = (paragraph.mark.size as i32).saturating_mul(23) / 2;
    let line = match style.line {
        LineSpacing::Exact(line) => line,
        LineSpacing::AtLeast(line) => line.max(single),
        LineSpacing::Multiple(line) => (i64::from(single) * i64::from(line) / 240) as i32,
    };
    let breaks = paragraph.inlines.iter().filter(|inline| matches!(inline, Inline::LineBreak(_))).count() as i32;
    style.before.saturating_add(style.after).saturating_add(line.saturating_mul(breaks.saturating_add(1)))
}

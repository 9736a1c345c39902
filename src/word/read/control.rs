//! Content controls (`w:sdt`): their content as if they were not there, but for signature fields.

use super::paragraph::Line;
use super::story::{Reader, Story, Surroundings};
use crate::word::document::{Block, Inline, LineSpacing, Paragraph, SignatureField};
use crate::word::xml::ElementRef;

/// A tag of this beginning makes a content control a signature field.
const SIGNATURE_TAG: &str = "ky:";

/// Name of the style of rooms for signatures; LibreOffice drops the tag of a control in it, and keeps its title.
pub const ROOM_STYLE_NAME: &str = "Ô ký";

impl Reader<'_> {
    pub fn content_control(
        &mut self,
        story: &mut Story,
        element: ElementRef,
        surroundings: Surroundings,
        blocks: &mut Vec<Block>,
    ) {
        let Some(content) = element.find("w:sdtContent") else { return };
        match signature(element) {
            Some(field) => {
                let inside = self.blocks(story, content, surroundings);
                blocks.extend(room(field, inside));
            }
            None => self.blocks_into(story, content, surroundings, blocks),
        }
    }

    /// A control in a line of text. The height of a field is that of its paragraph, known when that is finished.
    pub fn inline_content_control(&mut self, story: &mut Story, line: &mut Line, element: ElementRef) {
        let untagged = || {
            let title =
                element.path(&["w:sdtPr", "w:alias"])?.attribute("w:val").filter(|_| line.base.signature_room)?;
            Some(SignatureField { name: title.to_string(), tooltip: title.to_string(), height: 0 })
        };
        if let Some(field) = signature(element).or_else(untagged) {
            self.emit(story, line, Inline::Signature(field));
        }
        if let Some(content) = element.find("w:sdtContent") {
            self.pieces(story, line, content);
        }
    }
}

/// The blocks of a control as a signature field: its height is that of the empty paragraphs, spacing included; words
/// in it follow the field.
pub fn room(mut field: SignatureField, inside: Vec<Block>) -> Vec<Block> {
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
    flatten(&mut holder);
    holder.inlines.push(Inline::Signature(field));
    rest.insert(0, Block::Paragraph(holder));
    rest
}

/// Gives the fields in the line of a finished paragraph their height: all of it where nothing else stands there.
pub fn measure_rooms(paragraph: &mut Paragraph) {
    if !paragraph.inlines.iter().any(|inline| matches!(inline, Inline::Signature(_))) {
        return;
    }
    let whole = height(paragraph);
    let alone = paragraph.inlines.iter().all(|inline| matches!(inline, Inline::Signature(_)) || is_blank(inline));
    let own = if alone { whole } else { whole.saturating_sub(paragraph.style.before + paragraph.style.after) };
    for inline in &mut paragraph.inlines {
        if let Inline::Signature(field) = inline {
            field.height = field.height.max(own);
        }
    }
    if alone {
        flatten(paragraph);
    }
}

/// Takes away the spacing that the height of a field includes already.
fn flatten(paragraph: &mut Paragraph) {
    paragraph.style.before = 0;
    paragraph.style.after = 0;
    paragraph.style.line = LineSpacing::Multiple(240);
}

/// The signature field that a content control marks, still without height.
pub fn signature(element: ElementRef) -> Option<SignatureField> {
    let properties = element.find("w:sdtPr")?;
    let name = properties.value_of("w:tag")?.strip_prefix(SIGNATURE_TAG)?;
    let tooltip = properties.value_of("w:alias").unwrap_or(name);
    Some(SignatureField { name: name.to_string(), tooltip: tooltip.to_string(), height: 0 })
}

/// Whether nothing stands in it but marks.
fn is_empty(paragraph: &Paragraph) -> bool {
    paragraph.label.is_none() && paragraph.inlines.iter().all(is_blank)
}

fn is_blank(inline: &Inline) -> bool {
    match inline {
        Inline::Text(text, _) => text.trim().is_empty(),
        Inline::Bookmark(_) | Inline::Tab(_) | Inline::LineBreak(_) => true,
        _ => false,
    }
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

//! From the arranged tree to a plan of pieces, and from the plan to a Handlebars template.
//!
//! The plan is what names are checked against; Handlebars fills it. Its template is built element by element, so that
//! the XML between tags is never read as template text.

use handlebars::Template;
use handlebars::template::TemplateElement;

use super::gather::{MARK, TAG, tag_number};
use super::notes::{NOTE, Notes};
use super::tag::{Block, Kind, Tag};
use crate::word::xml::{Element, Node, escape_attribute, escape_text};

/// Stands at the start of every turn of a loop; finishing takes it out. It makes even an empty turn count as output.
pub const TURN: &str = "\u{6}";
/// Stand around a loop; finishing takes them out.
pub const LOOP_BEGIN: &str = "\u{5}";
pub const LOOP_END: &str = "\u{7}";
/// Elements that mark a column loop in a filled row; finishing takes them out.
pub const COLUMNS_BEGIN: &str = "cot-begin";
pub const COLUMNS_NEXT: &str = "cot-next";
pub const COLUMNS_END: &str = "cot-end";

/// A piece of a part to be filled.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// XML as it comes out.
    Raw(String),
    /// The value of a tag, by its number.
    Value(usize),
    Block {
        tag: usize,
        body: Vec<Piece>,
        otherwise: Vec<Piece>,
    },
}

/// The plan of a part whose tags have been arranged.
pub fn plan(root: &Element, tags: &[Tag], notes: &mut Notes) -> Vec<Piece> {
    let mut assembler = Assembler { tags, notes, in_note: false, pieces: Vec::new(), open: Vec::new() };
    assembler.element(root);
    assembler.pieces
}

/// Handlebars' form of a plan.
pub fn template(pieces: &[Piece], tags: &[Tag]) -> Template {
    let mut template = Template::new();
    for piece in pieces {
        match piece {
            Piece::Raw(text) => template.elements.push(TemplateElement::RawString(text.clone())),
            Piece::Value(number) => template.elements.extend(tags[*number].element.clone()),
            Piece::Block { tag, body, otherwise } => {
                let Some(TemplateElement::HelperBlock(mut helper)) = tags[*tag].element.clone() else { continue };
                helper.template = Some(self::template(body, tags));
                helper.inverse = (!otherwise.is_empty()).then(|| self::template(otherwise, tags));
                template.elements.push(TemplateElement::HelperBlock(helper));
            }
        }
    }
    template
}

struct Frame {
    tag: usize,
    /// What stood before the block on its level.
    before: Vec<Piece>,
    body: Option<Vec<Piece>>,
    /// Opened by `{{else if}}`: ends with the block around it.
    chained: bool,
}

struct Assembler<'a, 'n> {
    tags: &'a [Tag],
    notes: &'a mut Notes<'n>,
    /// Inside a note; one note does not hold another.
    in_note: bool,
    /// Pieces of the level that is being put together.
    pieces: Vec<Piece>,
    open: Vec<Frame>,
}

impl Assembler<'_, '_> {
    fn raw(&mut self, write: impl FnOnce(&mut String)) {
        if !matches!(self.pieces.last(), Some(Piece::Raw(_))) {
            self.pieces.push(Piece::Raw(String::new()));
        }
        if let Some(Piece::Raw(text)) = self.pieces.last_mut() {
            write(text);
        }
    }

    fn element(&mut self, element: &Element) {
        if element.name.ends_with("noteReference") && self.in_loop() && !self.in_note {
            self.note(element);
        }
        let closed = element.children.is_empty();
        if element.attributes.iter().any(|(_, value)| value.contains(MARK)) {
            self.start_with_tags(element, closed);
        } else {
            self.raw(|text| element.write_start(text, closed));
        }
        if closed {
            return;
        }
        for node in &element.children {
            match (tag_number(node), node) {
                (Some(number), _) => self.tag(number),
                (None, Node::Element(child)) if child.name != TAG => self.element(child),
                (None, Node::Text(own)) => self.raw(|text| escape_text(own, text)),
                (None, Node::Verbatim(own)) => self.raw(|text| text.push_str(own)),
                _ => {}
            }
        }
        self.raw(|text| element.write_end(text));
    }

    /// Whether the names of what is being put together stand on something else than the data as a whole.
    fn in_loop(&self) -> bool {
        self.open.iter().any(|frame| match self.tags[frame.tag].kind {
            Kind::Open(block) | Kind::ElseOpen(block) => !matches!(block, Block::If | Block::Unless),
            _ => false,
        })
    }

    fn note(&mut self, reference: &Element) {
        let Some(note) = self.notes.take(reference) else { return };
        self.in_note = true;
        self.raw(|text| text.push_str(&format!("<{NOTE}>")));
        self.element(note);
        self.raw(|text| text.push_str(&format!("</{NOTE}>")));
        self.in_note = false;
    }

    fn start_with_tags(&mut self, element: &Element, closed: bool) {
        self.raw(|text| text.push_str(&format!("<{}", element.name)));
        for (name, value) in &element.attributes {
            self.raw(|text| text.push_str(&format!(" {name}=\"")));
            for (at, part) in value.split(MARK).enumerate() {
                match part.parse() {
                    Ok(number) if at % 2 == 1 => self.tag(number),
                    _ => self.raw(|text| escape_attribute(part, text)),
                }
            }
            self.raw(|text| text.push('"'));
        }
        self.raw(|text| text.push_str(if closed { "/>" } else { ">" }));
    }

    fn tag(&mut self, number: usize) {
        match &self.tags[number].kind {
            Kind::Value => self.pieces.push(Piece::Value(number)),
            Kind::Open(block) => self.open(number, *block, false),
            Kind::ElseOpen(block) => {
                self.branch();
                self.open(number, *block, true);
            }
            Kind::Else => self.branch(),
            Kind::Close(_) => {
                while self.open.last().is_some_and(|frame| frame.chained) {
                    self.close();
                }
                self.close();
            }
            Kind::Comment | Kind::Unread(_) => {}
        }
    }

    fn open(&mut self, number: usize, block: Block, chained: bool) {
        match block {
            Block::Columns => self.raw(|text| text.push_str(&format!("<{COLUMNS_BEGIN}/>"))),
            Block::Each => self.raw(|text| text.push_str(LOOP_BEGIN)),
            _ => {}
        }
        let before = std::mem::take(&mut self.pieces);
        self.open.push(Frame { tag: number, before, body: None, chained });
        match block {
            Block::Columns => self.raw(|text| text.push_str(&format!("<{COLUMNS_NEXT}/>"))),
            Block::Each => self.raw(|text| text.push_str(TURN)),
            _ => {}
        }
    }

    /// Ends the first branch of the innermost block.
    fn branch(&mut self) {
        if let Some(frame) = self.open.last_mut() {
            frame.body = Some(std::mem::take(&mut self.pieces));
        }
    }

    fn close(&mut self) {
        let Some(frame) = self.open.pop() else { return };
        let last = std::mem::replace(&mut self.pieces, frame.before);
        let (body, otherwise) = match frame.body {
            Some(body) => (body, last),
            None => (last, Vec::new()),
        };
        self.pieces.push(Piece::Block { tag: frame.tag, body, otherwise });
        match self.tags[frame.tag].kind {
            Kind::Open(Block::Columns) => self.raw(|text| text.push_str(&format!("<{COLUMNS_END}/>"))),
            Kind::Open(Block::Each) | Kind::ElseOpen(Block::Each) => self.raw(|text| text.push_str(LOOP_END)),
            _ => {}
        }
    }
}

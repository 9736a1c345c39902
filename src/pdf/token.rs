//! A paragraph's pieces cut into tokens: the smallest things that a line takes whole.
//!
//! Resolves looks, capitals, substitutes for missing characters and break opportunities. Does not know how wide a
//! line is; `line` does.

use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use unicode_linebreak::linebreaks;
use unicode_normalization::UnicodeNormalization;

use super::boxes::Anchor;
use super::shape::{self, Glyph, Shaper};
use super::sheet::{BLACK, Color, Owner, color};
use super::symbol::{Shape, Substitute, standard, substitute};
use crate::chart::Drawing;
use crate::font::Face;
use crate::word::document::{RunStyle, VerticalPosition};

/// Resolved look of a piece; points.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    pub face: Face,
    pub size: f64,
    /// Height that the line must have for it, above and below the baseline.
    pub ascent: f64,
    pub descent: f64,
    /// How far the text is raised.
    pub rise: f64,
    pub color: Color,
    pub highlight: Option<Color>,
    pub underline: bool,
    pub strike: bool,
    pub spacing: f64,
}

/// Share of the size that raised and lowered text has, and how far it moves, as in LibreOffice.
const SCRIPT_SIZE: f64 = 0.58;
const SCRIPT_RISE: f64 = 0.33;
const SCRIPT_FALL: f64 = -0.08;
/// Share of the size that small capitals have.
const SMALL_CAPITAL: f64 = 0.8;

impl Look {
    pub fn of(style: &RunStyle) -> Look {
        let face = Face::of(style.bold, style.italic);
        let full = f64::from(style.size.clamp(2, 3_276)) / 2.0;
        let (scale, rise) = match style.vertical {
            VerticalPosition::Baseline => (1.0, 0.0),
            VerticalPosition::Superscript => (SCRIPT_SIZE, SCRIPT_RISE),
            VerticalPosition::Subscript => (SCRIPT_SIZE, SCRIPT_FALL),
        };
        let font = face.font();
        // Whole twips, as word processors count, so that a page holds the same lines.
        let height = (full * (font.ascent + font.descent) * 20.0).round() / 20.0;
        let descent = (full * font.descent * 20.0).round() / 20.0;
        Look {
            face,
            size: full * scale,
            ascent: height - descent,
            descent,
            rise: full * rise,
            color: style.color.as_deref().and_then(color).unwrap_or(BLACK),
            highlight: style.highlight.as_deref().and_then(color),
            underline: style.underline,
            strike: style.strike,
            spacing: f64::from(style.spacing.clamp(-1_000, 2_000)) / 20.0,
        }
    }
}

/// What a piece shows.
#[derive(Clone, Debug)]
pub enum Content {
    /// Glyphs of the paragraph, and the text behind them where it is another.
    Glyphs {
        glyphs: Range<usize>,
        actual: Option<Box<str>>,
    },
    Symbol(Shape, char),
    Picture {
        height: f64,
        data: Arc<[u8]>,
    },
    Drawing {
        height: f64,
        drawing: Arc<Drawing>,
    },
    Field {
        height: f64,
        label: Box<FieldLabel>,
    },
    Anchor(Anchor),
}

/// What a signature field is called, and what it says when pointed at.
#[derive(Clone, Debug)]
pub struct FieldLabel {
    pub name: String,
    pub tooltip: String,
}

/// A part of a token, of one look and one owner.
#[derive(Clone, Debug)]
pub struct Piece {
    pub content: Content,
    pub look: Rc<Look>,
    pub owner: Owner,
    pub width: f64,
}

/// What stands at the end of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The line may break here.
    Allowed,
    /// It stays with the next token.
    Forbidden,
    Line,
    Page,
    Column,
}

/// The smallest thing that a line takes whole.
#[derive(Clone, Debug)]
pub struct Token {
    /// Its pieces among those of the paragraph, and their width.
    pub pieces: Range<usize>,
    pub width: f64,
    /// Spaces behind, that hang over the end of a line.
    pub spaces: Range<usize>,
    pub space_width: f64,
    pub tab: bool,
    pub end: End,
}

/// The tokens of a paragraph, with the pieces and glyphs that they are made of.
#[derive(Default)]
pub struct Gathered {
    pub tokens: VecDeque<Token>,
    pub pieces: Vec<Piece>,
    pub glyphs: Vec<Glyph>,
    /// The text as it is written, one object replacement character for each object: what is not cut yet.
    text: String,
    spans: Vec<Span>,
    /// Ends of the parts into which it is cut.
    ends: Vec<usize>,
    /// Memory for the glyphs of a run of a line.
    pub run: Vec<Glyph>,
}

impl Gathered {
    /// Empties it for the next paragraph, which finds its memory.
    pub fn clear(&mut self) {
        self.tokens.clear();
        self.pieces.clear();
        self.glyphs.clear();
        self.text.clear();
        self.spans.clear();
    }

    /// A token cut into its glyphs, for a word that is wider than a line.
    pub fn shatter(&mut self, token: &Token) -> Vec<Token> {
        let mut tokens = Vec::new();
        for index in token.pieces.clone() {
            let piece = &self.pieces[index];
            let glyphs = match &piece.content {
                Content::Glyphs { glyphs, actual: None } if glyphs.len() > 1 => glyphs.clone(),
                _ => {
                    tokens.push(self.single(index));
                    continue;
                }
            };
            let (look, owner) = (Rc::clone(&piece.look), piece.owner);
            for glyph in glyphs {
                let width = self.glyphs[glyph].advance * look.size + look.spacing;
                let content = Content::Glyphs { glyphs: glyph..glyph + 1, actual: None };
                self.pieces.push(Piece { content, look: Rc::clone(&look), owner, width });
                tokens.push(self.single(self.pieces.len() - 1));
            }
        }
        if let Some(last) = tokens.last_mut() {
            (last.spaces, last.space_width, last.end) = (token.spaces.clone(), token.space_width, token.end);
        }
        tokens
    }

    /// A piece as a token of its own.
    fn single(&self, index: usize) -> Token {
        let width = self.pieces[index].width;
        Token { pieces: index..index + 1, width, spaces: 0..0, space_width: 0.0, tab: false, end: End::Allowed }
    }

    fn width(&self, pieces: &Range<usize>) -> f64 {
        self.pieces[pieces.clone()].iter().map(|piece| piece.width).sum()
    }
}

/// Gathers runs of text and objects, then cuts them where a line may break.
pub struct Tokens<'a> {
    shaper: &'a mut Shaper,
    done: Gathered,
}

struct Span {
    start: usize,
    end: usize,
    look: Rc<Look>,
    owner: Owner,
    source: Source,
}

enum Source {
    /// Characters that stand alone, each with its glyph; `next` is that of the first that is in no piece yet.
    Alone {
        next: usize,
    },
    /// The characters themselves.
    Plain,
    /// Another character in the place of one.
    Other(char),
    Drawing(Shape, char),
    Nothing,
    Object {
        content: Content,
        width: f64,
    },
}

const OBJECT: char = '\u{FFFC}';
/// Joins an object to what stands before it.
const JOINER: char = '\u{2060}';

impl<'a> Tokens<'a> {
    /// `memory`: what was gathered for an earlier paragraph, if anything.
    pub fn new(shaper: &'a mut Shaper, mut memory: Gathered) -> Tokens<'a> {
        memory.clear();
        Tokens { shaper, done: memory }
    }

    /// Adds text; tabs and line ends in it become what they mean.
    pub fn text(&mut self, text: &str, style: &RunStyle, owner: Owner) {
        let look = Rc::new(Look::of(style));
        let mut rest = text;
        while let Some(at) = rest.find(['\t', '\n', '\u{B}']) {
            self.run(&rest[..at], style, &look, owner);
            match rest.as_bytes()[at] {
                b'\t' => self.tab(style, owner),
                _ => self.end(End::Line, style, owner),
            }
            rest = &rest[at + 1..];
        }
        self.run(rest, style, &look, owner);
    }

    fn run(&mut self, text: &str, style: &RunStyle, look: &Rc<Look>, owner: Owner) {
        if !(style.caps || style.small_caps) {
            return self.composed(text, look, owner);
        }
        if style.caps {
            return self.composed(&text.to_uppercase(), look, owner);
        }
        let small = Rc::new(Look { size: look.size * SMALL_CAPITAL, ..Look::clone(look) });
        for letter in text.nfc() {
            let capital: String = letter.to_uppercase().collect();
            self.composed(&capital, if letter.is_lowercase() { &small } else { look }, owner);
        }
    }

    fn composed(&mut self, text: &str, look: &Rc<Look>, owner: Owner) {
        let font = look.face.font();
        let next = self.done.glyphs.len();
        if shape::side_by_side(look.face, text, &mut self.done.glyphs) {
            return self.span(text, look, owner, Source::Alone { next });
        }
        for character in text.nfc().map(standard) {
            let source = match substitute(character, |wanted| font.glyph(wanted).is_some()) {
                Substitute::Itself => Source::Plain,
                Substitute::Character(other) => Source::Other(other),
                Substitute::Drawing(shape) => Source::Drawing(shape, character),
                Substitute::Nothing => Source::Nothing,
            };
            self.span(character.encode_utf8(&mut [0; 4]), look, owner, source);
        }
    }

    fn span(&mut self, text: &str, look: &Rc<Look>, owner: Owner, source: Source) {
        let start = self.done.text.len();
        self.done.text.push_str(text);
        let end = self.done.text.len();
        let joins = |last: &Span| {
            matches!(last.source, Source::Alone { .. } | Source::Plain)
                && matches!(source, Source::Alone { .. } | Source::Plain)
                && (Rc::ptr_eq(&last.look, look) || last.look == *look)
                && last.owner == owner
        };
        match self.done.spans.last_mut() {
            Some(last) if joins(last) => {
                last.end = end;
                // Letters that all stand alone have their glyphs one after the other; with others they are shaped anew.
                if matches!(source, Source::Plain) {
                    last.source = source;
                }
            }
            _ if start == end => {}
            _ => self.done.spans.push(Span { start, end, look: Rc::clone(look), owner, source }),
        }
    }

    /// Adds an object; one that is `joined` never opens a line.
    pub fn object(&mut self, content: Content, width: f64, style: &RunStyle, owner: Owner, joined: bool) {
        let start = self.done.text.len();
        self.done.text.push(if joined { JOINER } else { OBJECT });
        let (end, look) = (self.done.text.len(), Rc::new(Look::of(style)));
        self.done.spans.push(Span { start, end, look, owner, source: Source::Object { content, width } });
    }

    pub fn tab(&mut self, style: &RunStyle, owner: Owner) {
        self.flush(End::Forbidden);
        let content = Content::Glyphs { glyphs: 0..0, actual: None };
        self.done.pieces.push(Piece { content, look: Rc::new(Look::of(style)), owner, width: 0.0 });
        let piece = self.done.pieces.len() - 1;
        self.done.tokens.push_back(Token { tab: true, ..self.done.single(piece) });
    }

    /// Ends the line, page or column here.
    pub fn end(&mut self, end: End, style: &RunStyle, owner: Owner) {
        // The break's own look gives an empty line its height.
        self.object(Content::Glyphs { glyphs: 0..0, actual: None }, 0.0, style, owner, true);
        self.flush(end);
    }

    pub fn finish(mut self) -> Gathered {
        self.flush(End::Line);
        self.done
    }

    /// Cuts what has been gathered.
    fn flush(&mut self, end: End) {
        if self.done.text.is_empty() {
            return;
        }
        // Lent to the pieces while they are made.
        let mut text = std::mem::take(&mut self.done.text);
        let mut spans = std::mem::take(&mut self.done.spans);
        let mut ends = std::mem::take(&mut self.done.ends);
        opportunities(&text, &mut ends);
        let mut from = 0;
        let mut first = 0;
        for to in ends.drain(..) {
            let chunk = &text[from..to];
            let body = from + chunk.trim_end_matches(' ').len();
            while spans.get(first).is_some_and(|span| span.end <= from) {
                first += 1;
            }
            let pieces = self.pieces(&text, &mut spans[first..], from..body);
            let spaces = self.pieces(&text, &mut spans[first..], body..to);
            let (width, space_width) = (self.done.width(&pieces), self.done.width(&spaces));
            let end = if to == text.len() { end } else { End::Allowed };
            self.done.tokens.push_back(Token { pieces, width, spaces, space_width, tab: false, end });
            from = to;
        }
        text.clear();
        spans.clear();
        (self.done.text, self.done.spans, self.done.ends) = (text, spans, ends);
    }

    /// Adds the pieces of a part of the text; parts come in their order.
    fn pieces(&mut self, text: &str, spans: &mut [Span], part: Range<usize>) -> Range<usize> {
        let first = self.done.pieces.len();
        for span in spans.iter_mut().take_while(|span| span.start < part.end).filter(|span| span.end > part.start) {
            let part = &text[span.start.max(part.start)..span.end.min(part.end)];
            let (content, width) = match &mut span.source {
                Source::Nothing => continue,
                Source::Alone { next } => {
                    let start = *next;
                    let (mut advance, mut bytes) = (0.0, 0);
                    while bytes < part.len() {
                        let glyph = &self.done.glyphs[*next];
                        advance += glyph.advance;
                        bytes += glyph.character.len_utf8();
                        *next += 1;
                    }
                    shown(advance, start..*next, &span.look, None)
                }
                Source::Plain => self.glyphs(&span.look, part, None),
                Source::Other(other) => self.glyphs(&span.look, other.encode_utf8(&mut [0; 4]), Some(part.into())),
                Source::Drawing(shape, character) => {
                    (Content::Symbol(*shape, *character), Shape::ADVANCE * span.look.size)
                }
                Source::Object { content, width } => (content.clone(), *width),
            };
            self.done.pieces.push(Piece { content, look: Rc::clone(&span.look), owner: span.owner, width });
        }
        first..self.done.pieces.len()
    }

    /// Shapes a text in a look; gives its glyphs and their width.
    fn glyphs(&mut self, look: &Look, text: &str, actual: Option<Box<str>>) -> (Content, f64) {
        let first = self.done.glyphs.len();
        let advance = self.shaper.shape(look.face, text, &mut self.done.glyphs);
        shown(advance, first..self.done.glyphs.len(), look, actual)
    }
}

/// Glyphs of this advance, in em, as a content; with its width.
fn shown(advance: f64, glyphs: Range<usize>, look: &Look, actual: Option<Box<str>>) -> (Content, f64) {
    let width = advance * look.size + look.spacing * glyphs.len() as f64;
    (Content::Glyphs { glyphs, actual }, width)
}

/// Adds the ends of the pieces into which lines may break a text: what Unicode allows, with the habits of word
/// processors.
fn opportunities(text: &str, ends: &mut Vec<usize>) {
    stretches(text, |stretch, is_word| {
        if is_word {
            return ends.push(stretch.end);
        }
        let allowed = linebreaks(&text[stretch.clone()]).map(|(end, _)| stretch.start + end);
        ends.extend(allowed.filter(|end| *end == text.len() || !is_within_number(&text[..*end])));
    });
    // Unicode keeps a closing quotation mark and a bracket together over a space; word processors do not.
    if text.bytes().any(|byte| matches!(byte, b'(' | b'[')) {
        for (at, _) in text.match_indices(" (").chain(text.match_indices(" [")) {
            if text[..at].trim_end_matches(' ').ends_with(['”', '’', '"', '\'', '»']) {
                ends.push(at + 1);
            }
        }
        ends.sort_unstable();
        ends.dedup();
    }
}

/// Cuts a text before words where a line may break whatever stands around: behind spaces that follow a letter, a figure or
/// a mark right behind one. Tells of each stretch whether it is one word and its spaces, which breaks nowhere within.
fn stretches(text: &str, mut take: impl FnMut(Range<usize>, bool)) {
    let (mut start, mut is_word, mut is_open) = (0, true, true);
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        match letter {
            ' ' => {}
            '0'..='9' | 'A'..='Z' | 'a'..='z' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' =>
            {
                if before == ' ' && is_open && at > 0 {
                    take(start..at, is_word);
                    (start, is_word) = (at, true);
                }
                is_open = true;
            }
            '.' | ',' | ':' | ';' if before != ' ' => {}
            _ => (is_word, is_open) = (false, false),
        }
        before = letter;
    }
    take(start..text.len(), is_word);
}

/// Whether a break here would cut the number of a paper, such as 05/BC-LĐLĐ.
fn is_within_number(before: &str) -> bool {
    before.ends_with('/') || before.ends_with('-') && before.rsplit(' ').next().is_some_and(|word| word.contains('/'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Where Unicode says that lines of a text may break, stretch by stretch.
    fn by_stretches(text: &str) -> Vec<usize> {
        let mut ends = Vec::new();
        stretches(text, |stretch, is_word| {
            let within = linebreaks(&text[stretch.clone()]).map(|(end, _)| stretch.start + end);
            let within: Vec<usize> = within.collect();
            assert!(!is_word || within == [stretch.end], "{text:?}");
            ends.extend(within);
        });
        ends
    }

    fn whole(text: &str) -> Vec<usize> {
        linebreaks(text).map(|(end, _)| end).collect()
    }

    #[test]
    fn letters_and_figures_hang_together() {
        let marks = " 09AZazÀÖØöøăĐơưẠỹẢ.,:;%-(".chars();
        let letters = ('\u{C0}'..='\u{24F}').chain('\u{1E00}'..='\u{1EFF}');
        for letter in letters {
            for mark in marks.clone() {
                for text in [format!("{letter}{mark}{letter}"), format!("{mark}{letter} {mark}{letter}9 a")] {
                    assert_eq!(by_stretches(&text), whole(&text), "{text:?}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn a_text_breaks_where_its_stretches_do(text in "[ a9Ắ.,:;%()“”\"'/–\\-\u{A0}\u{301}\u{2028}\u{FFFC}\u{2060}…!?•«»]{1,14}") {
            prop_assert_eq!(by_stretches(&text), whole(&text));
        }
    }
}

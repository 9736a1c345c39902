//! Lines: tokens put side by side until the column is full, tabs and alignment, then set at their places.
//!
//! Greedy, as Word and LibreOffice break. Knows one paragraph; not pages.

use std::collections::VecDeque;
use std::rc::Rc;

use super::boxes::{Break, LineBox};
use super::drawing;
use super::shape::Glyph;
use super::sheet::{Artifact, Item, Owner, Placed, Rule, Symbol, Text};

use super::token::{Content, End, Gathered, Look, Piece, Token};
use crate::word::document::{Alignment, Leader, LineSpacing, TabAlignment};

/// Where the lines of a paragraph run; points from the column's left edge.
#[derive(Clone, Debug)]
pub struct Measure {
    pub left: f64,
    /// Start of the first line.
    pub first: f64,
    pub right: f64,
    pub tabs: Vec<Stop>,
    /// Distance of default stops.
    pub default_tab: f64,
    pub alignment: Alignment,
    pub spacing: LineSpacing,
}

#[derive(Clone, Copy, Debug)]
pub struct Stop {
    pub position: f64,
    pub alignment: TabAlignment,
    pub leader: Leader,
}

/// A token at its place in a line.
struct Set {
    token: Token,
    x: f64,
    width: f64,
    leader: Leader,
}

/// A line that is being filled.
struct Draft {
    set: Vec<Set>,
    /// Where the next token goes.
    x: f64,
    /// Memory for the glyphs of a run.
    run: Vec<Glyph>,
}

/// Tokens of a line of text, about.
const USUAL: usize = 24;

impl Draft {
    /// Begins the next line.
    fn begin(&mut self, x: f64) {
        self.set.clear();
        self.x = x;
    }
}

/// What differs by less is equal: word processors count in whole twips.
const SLACK: f64 = 0.05;

/// Breaks tokens into lines. There is at least one line; `mark` gives an empty one its height.
pub fn lines(gathered: &mut Gathered, measure: &Measure, mark: &Look) -> Vec<LineBox> {
    let mut lines = Vec::new();
    // Taken from it while lines are made of it, and given back empty.
    let mut queue = std::mem::take(&mut gathered.tokens);
    let run = std::mem::take(&mut gathered.run);
    let mut draft = Draft { set: Vec::with_capacity(queue.len().min(USUAL)), x: measure.first, run };
    while let Some(token) = queue.pop_front() {
        let start = if lines.is_empty() { measure.first } else { measure.left };
        let width = unbroken_width(&token, &queue);
        let over = draft.x + width > measure.right + SLACK;
        if token.tab {
            let (stop, leader) = next_stop(draft.x, measure, &queue, gathered);
            if stop > measure.right + SLACK && !draft.set.is_empty() {
                lines.push(set(&mut draft, gathered, measure, mark, Ending::Wrapped, start));
                draft.begin(measure.left);
                queue.push_front(token);
                continue;
            }
            let width = (stop.min(measure.right.max(draft.x)) - draft.x).max(0.0);
            draft.set.push(Set { token, x: draft.x, width, leader });
            draft.x += width;
            continue;
        }
        if over && can_break_before(&draft) {
            lines.push(set(&mut draft, gathered, measure, mark, Ending::Wrapped, start));
            draft.begin(measure.left);
            queue.push_front(token);
            continue;
        }
        let glyphs = || gathered.pieces[token.pieces.clone()].iter().map(glyph_count).sum::<usize>();
        if over && glyphs() > 1 && token.width > measure.right - draft.x {
            for part in gathered.shatter(&token).into_iter().rev() {
                queue.push_front(part);
            }
            continue;
        }
        let end = token.end;
        let (width, spaces) = (token.width, token.space_width);
        draft.set.push(Set { token, x: draft.x, width, leader: Leader::None });
        draft.x += width + spaces;
        let ending = match end {
            End::Allowed | End::Forbidden => continue,
            End::Line if queue.is_empty() => break,
            End::Line => Ending::Hard(None),
            End::Page => Ending::Hard(Some(Break::Page)),
            End::Column => Ending::Hard(Some(Break::Column)),
        };
        lines.push(set(&mut draft, gathered, measure, mark, ending, start));
        draft.begin(measure.left);
    }
    // What a page break ends needs no empty line behind it.
    let broken = lines.last().is_some_and(|line: &LineBox| line.break_after.is_some());
    if !draft.set.is_empty() || !broken {
        let start = if lines.is_empty() { measure.first } else { measure.left };
        lines.push(set(&mut draft, gathered, measure, mark, Ending::Hard(None), start));
    }
    (gathered.tokens, gathered.run) = (queue, draft.run);
    lines
}

fn glyph_count(piece: &Piece) -> usize {
    match &piece.content {
        Content::Glyphs { glyphs, actual: None } => glyphs.len(),
        _ => 1,
    }
}

/// Width of the token and of those that must follow it on the same line.
fn unbroken_width(token: &Token, queue: &VecDeque<Token>) -> f64 {
    let mut width = token.width;
    let mut last = token;
    for next in queue {
        if last.end != End::Forbidden || next.tab || last.tab {
            break;
        }
        width += last.space_width + next.width;
        last = next;
    }
    width
}

fn can_break_before(draft: &Draft) -> bool {
    draft.set.last().is_some_and(|set| set.token.tab || set.token.end == End::Allowed)
        && draft.set.iter().any(|set| !set.token.pieces.is_empty())
}

/// Where a tab at `x` leads, given what follows it, and its leader.
fn next_stop(x: f64, measure: &Measure, queue: &VecDeque<Token>, gathered: &Gathered) -> (f64, Leader) {
    let custom = measure.tabs.iter().find(|stop| stop.position > x + SLACK);
    let hanging = (measure.left > x + SLACK && measure.left > measure.first).then_some(measure.left);
    match (custom, hanging) {
        (Some(stop), None) => (aligned(stop, x, measure, queue, gathered), stop.leader),
        (Some(stop), Some(left)) if stop.position <= left => (aligned(stop, x, measure, queue, gathered), stop.leader),
        (_, Some(left)) => (left, Leader::None),
        (None, None) => {
            let step = measure.default_tab.max(1.0);
            (((x + SLACK) / step).floor() * step + step, Leader::None)
        }
    }
}

fn aligned(stop: &Stop, x: f64, measure: &Measure, queue: &VecDeque<Token>, gathered: &Gathered) -> f64 {
    let position = match stop.alignment {
        TabAlignment::Left => return stop.position,
        _ => stop.position.min(measure.right),
    };
    let mut width = 0.0;
    let mut spaces = 0.0;
    let mut whole = 0.0;
    let mut decimal = false;
    for token in queue.iter().take_while(|token| !token.tab) {
        width += spaces;
        for piece in &gathered.pieces[token.pieces.clone()] {
            if !decimal {
                let (part, found) = before_decimal(piece, gathered);
                (whole, decimal) = (width + part, found);
            }
            width += piece.width;
        }
        spaces = token.space_width;
        if matches!(token.end, End::Line | End::Page | End::Column) {
            break;
        }
    }
    let back = match stop.alignment {
        TabAlignment::Left => 0.0,
        TabAlignment::Center => width / 2.0,
        TabAlignment::Right => width,
        TabAlignment::Decimal => whole,
    };
    (position - back).max(x)
}

/// Width of a piece up to its decimal comma, and whether it has one.
fn before_decimal(piece: &Piece, gathered: &Gathered) -> (f64, bool) {
    let Content::Glyphs { glyphs, .. } = &piece.content else { return (piece.width, false) };
    let glyphs = &gathered.glyphs[glyphs.clone()];
    match glyphs.iter().position(|glyph| glyph.character == ',') {
        None => (piece.width, false),
        Some(at) => {
            let advance: f64 = glyphs[..at].iter().map(|glyph| glyph.advance).sum();
            (advance * piece.look.size + piece.look.spacing * at as f64, true)
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Ending {
    Wrapped,
    Hard(Option<Break>),
}

/// Turns a draft into a line: its height, then its items at their places.
fn set(draft: &mut Draft, gathered: &Gathered, measure: &Measure, mark: &Look, ending: Ending, start: f64) -> LineBox {
    let break_after = match ending {
        Ending::Hard(broken) => broken,
        Ending::Wrapped => None,
    };
    let mut pieces = draft.set.iter().flat_map(|set| &gathered.pieces[set.token.pieces.clone()]);
    let (mut height, ascent, mut extra) = line_height(draft, gathered, mark, measure.spacing);
    if break_after.is_some() && pieces.all(|piece| piece.width <= 0.0) {
        // A break alone takes no room.
        (height, extra) = (0.0, 0.0);
    }
    let mut line = LineBox { height, extra, break_after, ..LineBox::default() };
    let (shift, stretch, stretch_from) = alignment(draft, gathered, measure, ending, start);
    let count = draft.set.len();
    let run = std::mem::take(&mut draft.run);
    let mut pen = Pen { line: &mut line, all: &gathered.glyphs, ascent, pending: None, glyphs: run };
    let mut added = 0.0;
    for (index, set) in draft.set.iter().enumerate() {
        let stretched = index >= stretch_from;
        let mut x = set.x + shift + added;
        if set.token.tab {
            pen.leader(set, gathered.pieces.get(set.token.pieces.start), x);
            continue;
        }
        for piece in &gathered.pieces[set.token.pieces.clone()] {
            pen.piece(piece, x, 0.0);
            x += piece.width;
        }
        let last = index + 1 == count;
        for piece in &gathered.pieces[set.token.spaces.clone()] {
            // What hangs over the end of a full line is left out: nothing stands outside the margins.
            if last && (ending != Ending::Wrapped || x + piece.width > measure.right + SLACK) {
                break;
            }
            let gap = if stretched && !last { stretch } else { 0.0 };
            let width = piece.width + gap * glyph_count(piece) as f64;
            added += width - piece.width;
            pen.piece(piece, x, gap);
            x += width;
        }
    }
    pen.flush();
    draft.run = pen.glyphs;
    line
}

/// Height of a line, where its baseline lies below its top, and how much of the height a multiple added below.
fn line_height(draft: &Draft, gathered: &Gathered, mark: &Look, spacing: LineSpacing) -> (f64, f64, f64) {
    let mut text = (0.0_f64, 0.0_f64);
    let mut object = 0.0_f64;
    for part in draft.set.iter().flat_map(|set| [&set.token.pieces, &set.token.spaces]) {
        for piece in &gathered.pieces[part.clone()] {
            match &piece.content {
                Content::Picture { height, .. } | Content::Drawing { height, .. } | Content::Field { height, .. } => {
                    object = object.max(*height)
                }
                Content::Anchor(_) => {}
                Content::Glyphs { .. } | Content::Symbol(..) => {
                    text = (text.0.max(piece.look.ascent), text.1.max(piece.look.descent));
                }
            }
        }
    }
    if text == (0.0, 0.0) && object == 0.0 {
        text = (mark.ascent, mark.descent);
    }
    let natural = text.0 + text.1;
    let (ascent, descent) = (text.0.max(object), text.1);
    match spacing {
        LineSpacing::Multiple(parts) => {
            let factor = f64::from(parts.clamp(24, 240 * 20)) / 240.0;
            // Whole twips, cut.
            let extra = (natural * factor * 20.0 + 0.01).floor() / 20.0 - natural;
            // More than single goes below the text, less is cut above it.
            match extra >= 0.0 {
                true => (ascent + descent + extra, ascent, extra),
                false => (ascent + descent + extra, ascent + extra, 0.0),
            }
        }
        LineSpacing::AtLeast(least) => {
            let missing = (f64::from(least) / 20.0 - ascent - descent).max(0.0);
            (ascent + descent + missing, ascent + missing, 0.0)
        }
        LineSpacing::Exact(exact) => {
            let height = f64::from(exact.clamp(1, 31_680)) / 20.0;
            (height, height * 0.8, 0.0)
        }
    }
}

/// How far the line moves to the right, how much each space grows, and from which token on.
fn alignment(draft: &Draft, gathered: &Gathered, measure: &Measure, ending: Ending, start: f64) -> (f64, f64, usize) {
    let end = draft.set.last().map_or(start, |set| set.x + set.width);
    let room = measure.right - end;
    let from = draft.set.iter().rposition(|set| set.token.tab).map_or(0, |tab| tab + 1);
    match measure.alignment {
        Alignment::Left => (0.0, 0.0, 0),
        Alignment::Center => (room / 2.0, 0.0, 0),
        Alignment::Right => (room, 0.0, 0),
        Alignment::Justified => {
            let inner = draft.set.iter().skip(from).rev().skip(1);
            let gaps: usize = inner.flat_map(|set| &gathered.pieces[set.token.spaces.clone()]).map(glyph_count).sum();
            let stretch = if ending == Ending::Wrapped && gaps > 0 { room.max(0.0) / gaps as f64 } else { 0.0 };
            (0.0, stretch, from)
        }
    }
}

/// Puts pieces into a line, joining glyphs of one look.
struct Pen<'a> {
    line: &'a mut LineBox,
    /// Glyphs of the paragraph.
    all: &'a [Glyph],
    ascent: f64,
    pending: Option<Run<'a>>,
    /// Glyphs of the run that is pending, with what is added to their advances.
    glyphs: Vec<Glyph>,
}

#[derive(Clone, Copy)]
struct Run<'a> {
    x: f64,
    end: f64,
    look: &'a Look,
    owner: Owner,
}

impl<'a> Pen<'a> {
    /// Sets a piece at `x`; `gap` is added behind each of its glyphs.
    fn piece(&mut self, piece: &'a Piece, x: f64, gap: f64) {
        let (look, owner, width): (&Look, _, _) = (&piece.look, piece.owner, piece.width);
        let baseline = self.ascent - look.rise;
        match &piece.content {
            Content::Glyphs { glyphs, actual } => {
                let glyphs = &self.all[glyphs.clone()];
                if glyphs.is_empty() {
                    return;
                }
                let end = x + width + gap * glyphs.len() as f64;
                match &mut self.pending {
                    Some(run)
                        if actual.is_none()
                            && run.owner == owner
                            && (std::ptr::eq(run.look, look) || run.look == look)
                            && (run.end - x).abs() < 0.001 =>
                    {
                        run.end = end;
                    }
                    _ => {
                        self.flush();
                        self.pending = Some(Run { x, end, look, owner });
                    }
                }
                let added = (look.spacing + gap) / look.size;
                self.glyphs.extend(glyphs.iter().map(|glyph| Glyph { advance: glyph.advance + added, ..*glyph }));
                if let Some(text) = actual {
                    self.end_run(Some(text.to_string()));
                }
            }
            Content::Symbol(shape, character) => {
                self.flush();
                let (size, color) = (look.size, look.color);
                let item = Item::Symbol(Symbol { x, baseline, size, color, shape: *shape, character: *character });
                self.line.items.push(Placed { item, owner });
            }
            Content::Picture { height, data } => {
                self.flush();
                let item = Item::Picture { x, y: self.ascent - height, width, height: *height, data: data.clone() };
                self.line.items.push(Placed { item, owner });
            }
            Content::Drawing { height, drawing } => {
                self.flush();
                let items = drawing::items(drawing, (x, self.ascent - height), (width, *height));
                self.line.items.extend(items.map(|item| Placed { item, owner }));
            }
            Content::Field { height, label } => {
                self.flush();
                let (name, tooltip, y) = (label.name.clone(), label.tooltip.clone(), self.ascent - height);
                let item = Item::Field { x, y, width, height: *height, name, tooltip };
                self.line.items.push(Placed { item, owner });
            }
            Content::Anchor(anchor) => self.line.anchors.push(anchor.clone()),
        }
    }

    fn flush(&mut self) {
        self.end_run(None);
    }

    /// Puts the pending run into the line; `actual` is the text behind it where it is another.
    fn end_run(&mut self, actual: Option<String>) {
        let Some(Run { x, end, look, owner }) = self.pending.take() else { return };
        let glyphs: Rc<[Glyph]> = self.glyphs.as_slice().into();
        self.glyphs.clear();
        let baseline = self.ascent - look.rise;
        if let Some(color) = look.highlight {
            let (y, height) = (self.ascent - look.ascent, look.ascent + look.descent);
            let fill = Item::Fill { x, y, width: end - x, height, color };
            self.line.items.push(Placed::artifact(fill));
        }
        let text = Text { x, baseline, face: look.face, size: look.size, color: look.color, glyphs, actual, turn: 0.0 };
        self.line.items.push(Placed { item: Item::Text(text), owner });
        let mut rule = |y: f64| {
            let rule = Rule {
                from: (x, y),
                to: (end, y),
                width: look.size / 20.0,
                color: look.color,
                dash: super::sheet::Dash::Solid,
            };
            self.line.items.push(Placed::artifact(Item::Rule(rule)));
        };
        if look.underline {
            rule(baseline + look.size * 0.11);
        }
        if look.strike {
            rule(baseline - look.size * 0.26);
        }
    }

    /// Fills the room of a tab.
    fn leader(&mut self, set: &Set, piece: Option<&Piece>, x: f64) {
        self.flush();
        let Some(piece) = piece else { return };
        let look = &piece.look;
        let y = self.ascent + look.size * 0.11;
        if look.underline || set.leader == Leader::Underscore {
            let rule = Rule {
                from: (x, y),
                to: (x + set.width, y),
                width: look.size / 20.0,
                color: look.color,
                dash: super::sheet::Dash::Solid,
            };
            self.line.items.push(Placed::artifact(Item::Rule(rule)));
            return;
        }
        let character = match set.leader {
            Leader::Dot => '.',
            Leader::Hyphen => '-',
            Leader::None | Leader::Underscore => return,
        };
        let font = look.face.font();
        let Some(id) = font.glyph(character) else { return };
        let advance = f64::from(font.advance(id)) / font.units_per_em;
        let count = ((set.width / (advance * look.size)).floor().max(0.0) as usize).min(2_000);
        let glyph = Glyph { id, character, advance, offset: (0.0, 0.0) };
        // Dots stand right before what they lead to.
        let x = x + set.width - count as f64 * advance * look.size;
        let text = Text {
            x,
            baseline: self.ascent,
            face: look.face,
            size: look.size,
            color: look.color,
            glyphs: vec![glyph; count].into(),
            actual: None,
            turn: 0.0,
        };
        if count > 0 {
            self.line.items.push(Placed { item: Item::Text(text), owner: Owner::Artifact(Artifact::Layout) });
        }
    }
}

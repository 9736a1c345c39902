//! One sheet as a content stream, each item inside the marked content of its owner.

use super::faces::{Coded, Faces};
use super::picture::Pictures;
use super::resources;
use super::structure::Marks;
use super::syntax::Syntax;
use crate::font::Face;
use crate::pdf::sheet::{self, Artifact, BLACK, Dash, Item, Owner, Placed, Rule, Sheet, Symbol, Text};
use crate::pdf::symbol::{Shape, Stroke};

/// Thousandths of an em by which a glyph may stand beside its place before it is corrected.
const DRIFT: f64 = 2.0;
/// Bytes that a page of text takes, about.
const USUAL: usize = 16 << 10;

pub struct Writer<'a> {
    faces: &'a Faces,
    pictures: &'a Pictures,
    marks: &'a mut Marks,
    number: usize,
    height: f64,
    out: Syntax,
    owner: Option<Owner>,
    in_text: bool,
    font: Option<(Face, f64)>,
    fill: sheet::Color,
    stroke: Option<(sheet::Color, f64, Dash)>,
}

impl<'a> Writer<'a> {
    pub fn new(
        faces: &'a Faces,
        pictures: &'a Pictures,
        marks: &'a mut Marks,
        number: usize,
        height: f64,
    ) -> Writer<'a> {
        Writer {
            faces,
            pictures,
            marks,
            number,
            height,
            out: Syntax { bytes: Vec::with_capacity(USUAL) },
            owner: None,
            in_text: false,
            font: None,
            fill: BLACK,
            stroke: None,
        }
    }

    pub fn sheet(mut self, sheet: &Sheet) -> Vec<u8> {
        for placed in &sheet.items {
            self.item(placed);
        }
        self.end_owner();
        self.out.bytes
    }

    fn item(&mut self, placed: &Placed) {
        if let Item::Field { .. } = placed.item {
            if let Owner::Node(node) = placed.owner {
                self.marks.field(node);
            }
            return;
        }
        if self.owner != Some(placed.owner) {
            self.end_owner();
            self.begin_owner(placed.owner);
        }
        match &placed.item {
            Item::Text(text) => self.text(text),
            Item::Symbol(symbol) => self.symbol(symbol),
            Item::Rule(rule) => self.rule(rule),
            Item::Fill { x, y, width, height, color } => {
                self.end_text();
                self.set_fill(*color);
                self.rectangle((*x, *y, *width, *height), "f");
            }
            Item::Picture { x, y, width, height, data } => self.picture((*x, *y, *width, *height), data),
            Item::Field { .. } => {}
        }
    }

    fn begin_owner(&mut self, owner: Owner) {
        self.owner = Some(owner);
        let properties = match owner {
            Owner::Node(node) => {
                let number = self.marks.mark(node, self.number);
                self.out.raw("/P<</MCID ").integer(number).raw(">>BDC\n");
                return;
            }
            Owner::Artifact(Artifact::Layout) => "/Type/Layout",
            Owner::Artifact(Artifact::Header) => "/Type/Pagination/Subtype/Header",
            Owner::Artifact(Artifact::Footer) => "/Type/Pagination/Subtype/Footer",
            Owner::Artifact(Artifact::Watermark) => "/Type/Pagination/Subtype/Watermark",
        };
        self.out.raw("/Artifact<<").raw(properties).raw(">>BDC\n");
    }

    fn end_owner(&mut self) {
        self.end_text();
        if self.owner.take().is_some() {
            self.out.raw("EMC\n");
        }
    }

    fn begin_text(&mut self) {
        if !self.in_text {
            self.out.raw("BT\n");
            self.in_text = true;
        }
    }

    fn end_text(&mut self) {
        if self.in_text {
            self.out.raw("ET\n");
            self.in_text = false;
        }
    }

    fn set_fill(&mut self, color: sheet::Color) {
        if self.fill != color {
            self.color(color, " rg\n");
            self.fill = color;
        }
    }

    fn color(&mut self, color: sheet::Color, operator: &str) {
        let [red, green, blue] = color.map(|part| f64::from(part) / 255.0);
        self.out.decimal::<3>(red).raw(" ").decimal::<3>(green).raw(" ").decimal::<3>(blue).raw(operator);
    }

    fn set_font(&mut self, face: Face, size: f64) {
        if self.font != Some((face, size)) {
            self.out.raw("/").raw(resources::name(face)).raw(" ").points(size).raw(" Tf\n");
            self.font = Some((face, size));
        }
    }

    fn text(&mut self, text: &Text) {
        if self.fill != text.color {
            self.end_text();
            self.set_fill(text.color);
        }
        self.begin_text();
        self.set_font(text.face, text.size);
        self.place(text.x, text.baseline, text.turn);
        if let Some(actual) = &text.actual {
            self.begin_span(actual);
        }
        self.glyphs(text);
        if text.actual.is_some() {
            self.out.raw("EMC\n");
        }
    }

    /// Sets the pen to a place, with the text turned by so many degrees.
    fn place(&mut self, x: f64, baseline: f64, turn: f64) {
        if turn == 0.0 {
            self.out.raw("1 0 0 1");
        } else {
            let (sine, cosine) = turn.to_radians().sin_cos();
            self.out.decimal::<5>(cosine).raw(" ").decimal::<5>(sine).raw(" ");
            self.out.decimal::<5>(-sine).raw(" ").decimal::<5>(cosine);
        }
        self.out.raw(" ").points(x).raw(" ").points(self.height - baseline).raw(" Tm\n");
    }

    fn begin_span(&mut self, actual: &str) {
        self.out.raw("/Span<</ActualText").text(actual).raw(">>BDC\n");
    }

    /// Shows glyphs where layout put them, whatever widths the file gives.
    fn glyphs(&mut self, text: &Text) {
        let mut show = Show::default();
        // How far the pen is ahead of its place, in thousandths of an em.
        let mut ahead = 0.0;
        let used = self.faces.used(text.face);
        for glyph in text.glyphs.iter() {
            let (right, up) = (glyph.offset.0 * 1000.0, glyph.offset.1 * text.size);
            let raised = up.abs() > 0.01;
            ahead -= right;
            if raised {
                show.end(&mut self.out);
                self.out.points(up).raw(" Ts\n");
            }
            if ahead.abs() > DRIFT {
                let step = (ahead * 10.0_f64).round() / 10.0;
                show.step(&mut self.out, step);
                ahead -= step;
            }
            let coded = used.coded(glyph.id);
            show.code(&mut self.out, coded);
            if raised {
                show.end(&mut self.out);
                self.out.raw("0 Ts\n");
            }
            ahead += right + coded.width - glyph.advance * 1000.0;
        }
        show.end(&mut self.out);
    }

    fn symbol(&mut self, symbol: &Symbol) {
        self.end_text();
        self.begin_span(symbol.character.encode_utf8(&mut [0; 4]));
        for stroke in symbol.shape.strokes() {
            self.stroke(symbol, &stroke);
        }
        self.begin_text();
        self.set_font(Face::Regular, symbol.size);
        self.place(symbol.x, symbol.baseline, 0.0);
        let space = Face::Regular.font().glyph(' ').unwrap_or(0);
        let mut show = Show::default();
        show.code(&mut self.out, self.faces.coded(Face::Regular, space));
        show.end(&mut self.out);
        self.end_text();
        self.out.raw("EMC\n");
    }

    fn stroke(&mut self, symbol: &Symbol, stroke: &Stroke) {
        if stroke.filled {
            self.set_fill(symbol.color);
        } else {
            self.set_stroke(symbol.color, Shape::PEN * symbol.size, Dash::Solid);
        }
        for (index, (x, y)) in stroke.points.iter().enumerate() {
            let place = (symbol.x + x * symbol.size, symbol.baseline - y * symbol.size);
            self.point(place, if index == 0 { " m\n" } else { " l\n" });
        }
        self.out.raw(match (stroke.filled, stroke.closed) {
            (true, _) => "f\n",
            (false, true) => "s\n",
            (false, false) => "S\n",
        });
    }

    fn rule(&mut self, rule: &Rule) {
        self.end_text();
        self.set_stroke(rule.color, rule.width, rule.dash);
        self.point(rule.from, " m ");
        self.point(rule.to, " l S\n");
    }

    fn set_stroke(&mut self, color: sheet::Color, width: f64, dash: Dash) {
        let known = self.stroke.replace((color, width, dash));
        if known.is_none_or(|(known, _, _)| known != color) {
            self.color(color, " RG\n");
        }
        let same_width = known.is_some_and(|(_, known, _)| known == width);
        if !same_width {
            self.out.points(width).raw(" w\n");
        }
        let (on, off) = match (dash, known.map(|(_, _, dash)| dash).unwrap_or_default()) {
            (one, other) if one == other && (same_width || one == Dash::Solid) => return,
            (Dash::Solid, _) => {
                self.out.raw("[]0 d\n");
                return;
            }
            (Dash::Dotted, _) => (width, width * 2.0),
            (Dash::Dashed, _) => (width * 6.0, width * 4.0),
        };
        self.out.list(&[on, off]).raw("0 d\n");
    }

    fn rectangle(&mut self, (x, y, width, height): (f64, f64, f64, f64), paint: &str) {
        self.out.points(x).raw(" ").points(self.height - y - height).raw(" ");
        self.out.points(width).raw(" ").points(height).raw(" re ").raw(paint).raw("\n");
    }

    /// A picture, or an empty frame where it cannot be shown.
    fn picture(&mut self, (x, y, width, height): (f64, f64, f64, f64), data: &std::sync::Arc<[u8]>) {
        self.end_text();
        let Some(id) = self.pictures.id(data) else {
            self.set_stroke(BLACK, 0.5, Dash::Solid);
            return self.rectangle((x, y, width, height), "S");
        };
        self.out.raw("q ").points(width).raw(" 0 0 ").points(height).raw(" ");
        self.out.points(x).raw(" ").points(self.height - y - height).raw(" cm/").raw(&id.0).raw(" Do Q\n");
    }

    fn point(&mut self, (x, y): (f64, f64), operator: &str) {
        self.out.points(x).raw(" ").points(self.height - y).raw(operator);
    }
}

/// A text-showing operator that is being written: one string, or an array of strings and steps.
#[derive(Default, PartialEq)]
enum Show {
    #[default]
    Closed,
    /// In a string, which opened at this byte if there is no array yet.
    String(Option<usize>),
    /// In the array, behind a step.
    Array,
}

impl Show {
    fn code(&mut self, out: &mut Syntax, coded: &Coded) {
        match self {
            Show::Closed => {
                *self = Show::String(Some(out.bytes.len()));
                out.raw("(");
            }
            Show::Array => {
                *self = Show::String(None);
                out.raw("(");
            }
            Show::String(_) => {}
        }
        // All four bytes and then back: quicker than as many as it takes.
        let end = out.bytes.len() + usize::from(coded.length);
        out.bytes.extend_from_slice(&coded.written);
        out.bytes.truncate(end);
    }

    /// Moves back by thousandths of an em.
    fn step(&mut self, out: &mut Syntax, step: f64) {
        match *self {
            Show::Closed => {
                out.raw("[");
            }
            Show::String(start) => {
                out.raw(")");
                if let Some(start) = start {
                    out.bytes.insert(start, b'[');
                }
            }
            Show::Array => {
                out.raw(" ");
            }
        }
        out.decimal::<1>(step);
        *self = Show::Array;
    }

    fn end(&mut self, out: &mut Syntax) {
        match std::mem::take(self) {
            Show::Closed => return,
            Show::String(Some(_)) => out.raw(")Tj\n"),
            Show::String(None) => out.raw(")]TJ\n"),
            Show::Array => out.raw("]TJ\n"),
        };
    }
}

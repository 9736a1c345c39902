//! One sheet as printpdf operations, each item inside the marked content of its owner.

use std::collections::BTreeMap;

use printpdf::{
    Color, DictItem, LineDashPattern, LinePoint, Op, PaintMode, PdfFontHandle, Point, Polygon, PolygonRing, Pt, Rgb,
    TextItem, TextMatrix, WindingOrder, XObjectTransform,
};

use super::embed::{self, Faces};
use super::picture::Pictures;
use super::rounded;
use super::structure::Marks;
use crate::font::Face;
use crate::pdf::sheet::{self, Artifact, BLACK, Dash, Item, Owner, Placed, Rule, Sheet, Symbol, Text};
use crate::pdf::symbol::{Shape, Stroke};

/// Thousandths of an em by which a glyph may stand beside its place before it is corrected.
const DRIFT: f64 = 2.0;

pub struct Writer<'a> {
    faces: &'a Faces,
    pictures: &'a Pictures,
    marks: &'a mut Marks,
    number: usize,
    height: f64,
    ops: Vec<Op>,
    owner: Option<Owner>,
    in_text: bool,
    font: Option<(Face, f32)>,
    fill: sheet::Color,
    stroke: Option<(sheet::Color, f32, Dash)>,
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
            ops: Vec::new(),
            owner: None,
            in_text: false,
            font: None,
            fill: BLACK,
            stroke: None,
        }
    }

    pub fn sheet(mut self, sheet: &Sheet) -> Vec<Op> {
        for placed in &sheet.items {
            self.item(placed);
        }
        self.end_owner();
        self.ops
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
                self.rectangle((*x, *y, *width, *height), PaintMode::Fill);
            }
            Item::Picture { x, y, width, height, data } => self.picture((*x, *y, *width, *height), data),
            Item::Field { .. } => {}
        }
    }

    fn begin_owner(&mut self, owner: Owner) {
        let (tag, properties) = match owner {
            Owner::Node(node) => {
                let number = self.marks.mark(node, self.number);
                ("P", BTreeMap::from([("MCID".to_string(), DictItem::Int(number))]))
            }
            Owner::Artifact(artifact) => {
                let (kind, part) = match artifact {
                    Artifact::Layout => ("Layout", None),
                    Artifact::Header => ("Pagination", Some("Header")),
                    Artifact::Footer => ("Pagination", Some("Footer")),
                    Artifact::Watermark => ("Pagination", Some("Watermark")),
                };
                let named = |text: &str| DictItem::Name(text.as_bytes().to_vec());
                let mut map = BTreeMap::from([("Type".to_string(), named(kind))]);
                map.extend(part.map(|part| ("Subtype".to_string(), named(part))));
                ("Artifact", map)
            }
        };
        let properties = DictItem::Dict { map: properties };
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: tag.into(), properties });
        self.owner = Some(owner);
    }

    fn end_owner(&mut self) {
        self.end_text();
        if self.owner.take().is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    fn begin_text(&mut self) {
        if !self.in_text {
            self.ops.push(Op::StartTextSection);
            self.in_text = true;
        }
    }

    fn end_text(&mut self) {
        if self.in_text {
            self.ops.push(Op::EndTextSection);
            self.in_text = false;
        }
    }

    fn set_fill(&mut self, color: sheet::Color) {
        if self.fill != color {
            self.ops.push(Op::SetFillColor { col: rgb(color) });
            self.fill = color;
        }
    }

    fn set_font(&mut self, face: Face, size: f64) {
        let size = rounded(size);
        if self.font != Some((face, size)) {
            self.ops.push(Op::SetFont { font: PdfFontHandle::External(embed::id(face)), size: Pt(size) });
            self.font = Some((face, size));
        }
    }

    fn text(&mut self, text: &Text) {
        self.set_fill_outside_text(text.color);
        self.begin_text();
        self.set_font(text.face, text.size);
        let (x, y) = (rounded(text.x), rounded(self.height - text.baseline));
        let matrix = if text.turn == 0.0 {
            TextMatrix::Translate(Pt(x), Pt(y))
        } else {
            let (sine, cosine) = text.turn.to_radians().sin_cos();
            let (sine, cosine) = (sine as f32, cosine as f32);
            TextMatrix::Raw([cosine, sine, -sine, cosine, x, y])
        };
        self.ops.push(Op::SetTextMatrix { matrix });
        if let Some(actual) = &text.actual {
            self.begin_span(actual);
        }
        self.glyphs(text);
        if text.actual.is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    /// Colour may change within a text object too; what matters is that it stands before the text.
    fn set_fill_outside_text(&mut self, color: sheet::Color) {
        if self.fill != color {
            self.end_text();
            self.set_fill(color);
        }
    }

    fn begin_span(&mut self, actual: &str) {
        let units = std::iter::once(0xFEFF).chain(actual.encode_utf16());
        let data: Vec<u8> = units.flat_map(u16::to_be_bytes).collect();
        let map = BTreeMap::from([("ActualText".to_string(), DictItem::String { data, literal: false })]);
        let properties = DictItem::Dict { map };
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".into(), properties });
    }

    /// Shows glyphs where layout put them, whatever widths the file gives.
    fn glyphs(&mut self, text: &Text) {
        let mut items = Vec::new();
        let mut run = String::new();
        // How far the pen is ahead of its place, in thousandths of an em.
        let mut ahead = 0.0;
        let offset = |items: &mut Vec<TextItem>, run: &mut String, ahead: &mut f64| {
            let step = (*ahead * 10.0).round() / 10.0;
            if step != 0.0 {
                if !run.is_empty() {
                    items.push(TextItem::Text(std::mem::take(run)));
                }
                items.push(TextItem::Offset(step as f32));
                *ahead -= step;
            }
        };
        for glyph in text.glyphs.iter() {
            let (right, up) = (glyph.offset.0 * 1000.0, glyph.offset.1 * text.size);
            ahead -= right;
            if ahead.abs() > DRIFT {
                offset(&mut items, &mut run, &mut ahead);
            }
            if up.abs() > 0.01 {
                flush(&mut items, &mut run, &mut self.ops);
                self.ops.push(Op::SetLineOffset { multiplier: rounded(up) });
            }
            run.push(glyph.character);
            if up.abs() > 0.01 {
                flush(&mut items, &mut run, &mut self.ops);
                self.ops.push(Op::SetLineOffset { multiplier: 0.0 });
            }
            ahead += right + self.faces.width(text.face, glyph.character) - glyph.advance * 1000.0;
        }
        flush(&mut items, &mut run, &mut self.ops);
    }

    fn symbol(&mut self, symbol: &Symbol) {
        self.end_text();
        self.begin_span(&symbol.character.to_string());
        for stroke in symbol.shape.strokes() {
            self.stroke(symbol, &stroke);
        }
        self.begin_text();
        self.set_font(Face::Regular, symbol.size);
        let matrix = TextMatrix::Translate(Pt(rounded(symbol.x)), Pt(rounded(self.height - symbol.baseline)));
        self.ops.push(Op::SetTextMatrix { matrix });
        self.ops.push(Op::ShowText { items: vec![TextItem::Text(" ".into())] });
        self.end_text();
        self.ops.push(Op::EndMarkedContent);
    }

    fn stroke(&mut self, symbol: &Symbol, stroke: &Stroke) {
        let point = |(x, y): &(f64, f64)| self.point(symbol.x + x * symbol.size, symbol.baseline - y * symbol.size);
        let points: Vec<LinePoint> = stroke.points.iter().map(point).collect();
        if stroke.filled {
            self.set_fill(symbol.color);
            let rings = vec![PolygonRing { points }];
            let polygon = Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
            self.ops.push(Op::DrawPolygon { polygon });
        } else {
            self.set_stroke(symbol.color, Shape::PEN * symbol.size, Dash::Solid);
            self.ops.push(Op::DrawLine { line: printpdf::Line { points, is_closed: stroke.closed } });
        }
    }

    fn rule(&mut self, rule: &Rule) {
        self.end_text();
        self.set_stroke(rule.color, rule.width, rule.dash);
        let points = vec![self.point(rule.from.0, rule.from.1), self.point(rule.to.0, rule.to.1)];
        self.ops.push(Op::DrawLine { line: printpdf::Line { points, is_closed: false } });
    }

    fn set_stroke(&mut self, color: sheet::Color, width: f64, dash: Dash) {
        let width = rounded(width);
        let wanted = Some((color, width, dash));
        if self.stroke == wanted {
            return;
        }
        let dashed = match (dash, self.stroke.map(|(_, _, dash)| dash).unwrap_or_default()) {
            (one, other) if one == other && self.stroke.is_some_and(|(_, known, _)| known == width) => None,
            (Dash::Solid, Dash::Solid) => None,
            (Dash::Solid, _) => Some(LineDashPattern::solid()),
            (Dash::Dotted, _) => Some(LineDashPattern::new(0.0, &[width, width * 2.0])),
            (Dash::Dashed, _) => Some(LineDashPattern::new(0.0, &[width * 6.0, width * 4.0])),
        };
        self.ops.push(Op::SetOutlineColor { col: rgb(color) });
        self.ops.push(Op::SetOutlineThickness { pt: Pt(width) });
        self.ops.extend(dashed.map(|dash| Op::SetLineDashPattern { dash }));
        self.stroke = wanted;
    }

    fn rectangle(&mut self, (x, y, width, height): (f64, f64, f64, f64), mode: PaintMode) {
        let rectangle = printpdf::Rect {
            x: Pt(rounded(x)),
            y: Pt(rounded(self.height - y - height)),
            width: Pt(rounded(width)),
            height: Pt(rounded(height)),
            mode: Some(mode),
            winding_order: Some(WindingOrder::NonZero),
        };
        self.ops.push(Op::DrawRectangle { rectangle });
    }

    /// A picture, or an empty frame where it cannot be shown.
    fn picture(&mut self, (x, y, width, height): (f64, f64, f64, f64), data: &std::sync::Arc<[u8]>) {
        self.end_text();
        let Some(id) = self.pictures.id(data) else {
            self.set_stroke(BLACK, 0.5, Dash::Solid);
            return self.rectangle((x, y, width, height), PaintMode::Stroke);
        };
        let transform = XObjectTransform {
            translate_x: Some(Pt(rounded(x))),
            translate_y: Some(Pt(rounded(self.height - y - height))),
            scale_x: Some(rounded(width)),
            scale_y: Some(rounded(height)),
            no_auto_scale: true,
            ..XObjectTransform::default()
        };
        self.ops.push(Op::UseXobject { id: id.clone(), transform });
    }

    fn point(&self, x: f64, y: f64) -> LinePoint {
        LinePoint { p: Point { x: Pt(rounded(x)), y: Pt(rounded(self.height - y)) }, bezier: false }
    }
}

fn flush(items: &mut Vec<TextItem>, run: &mut String, ops: &mut Vec<Op>) {
    if !run.is_empty() {
        items.push(TextItem::Text(std::mem::take(run)));
    }
    if !items.is_empty() {
        ops.push(Op::ShowText { items: std::mem::take(items) });
    }
}

fn rgb(color: sheet::Color) -> Color {
    let [r, g, b] = color.map(|part| (f32::from(part) / 255.0 * 1000.0).round() / 1000.0);
    Color::Rgb(Rgb { r, g, b, icc_profile: None })
}

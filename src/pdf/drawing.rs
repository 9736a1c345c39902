//! A drawn chart as items of a sheet: vectors and real text, not a picture.

use crate::chart::{Drawing, Shape, Strokes, Text, color};

use super::shape::Glyph;
use super::sheet::{self, Dash, Item, Rule};

/// The items of a drawing whose upper left corner stands at a place, fitted into a room. Points.
pub fn items(drawing: &Drawing, (x, y): (f64, f64), (width, height): (f64, f64)) -> impl Iterator<Item = Item> {
    let frame = Frame { x, y, across: width / drawing.width.max(0.01), down: height / drawing.height.max(0.01) };
    drawing.shapes.iter().flat_map(move |shape| frame.items(shape))
}

/// Where a drawing lies on the sheet.
#[derive(Clone, Copy)]
struct Frame {
    x: f64,
    y: f64,
    across: f64,
    down: f64,
}

impl Frame {
    fn at(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (self.x + x * self.across, self.y + y * self.down)
    }

    fn items(&self, shape: &Shape) -> Vec<Item> {
        match shape {
            Shape::Rectangle { x, y, width, height, tint } => {
                let (left, top) = self.at((*x, *y));
                let (width, height) = (width * self.across, height * self.down);
                vec![Item::Fill { x: left, y: top, width, height, color: color(*tint) }]
            }
            Shape::Strokes(strokes) => self.rules(strokes),
            Shape::Text(text) => vec![self.text(text)],
        }
    }

    fn rules(&self, strokes: &Strokes) -> Vec<Item> {
        let (width, color) = (strokes.width * self.across, color(strokes.tint));
        let rule = |[from, to]: &[(f64, f64); 2]| {
            Item::Rule(Rule { from: self.at(*from), to: self.at(*to), width, color, dash: Dash::Solid })
        };
        strokes.lines.iter().map(rule).collect()
    }

    fn text(&self, text: &Text) -> Item {
        let (face, font) = (text.face(), text.face().font());
        let glyph = |character: char| {
            let id = font.glyph(character)?;
            let advance = f64::from(font.advance(id)) / font.units_per_em;
            Some(Glyph { id, character, advance, offset: (0.0, 0.0) })
        };
        let (x, baseline) = self.at((text.x, text.baseline));
        Item::Text(sheet::Text {
            x,
            baseline,
            face,
            size: text.size * self.across,
            color: color(100),
            glyphs: text.text.chars().filter_map(glyph).collect(),
            actual: None,
            turn: 0.0,
        })
    }
}

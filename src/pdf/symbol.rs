//! Characters that Liberation Serif lacks: another character in their place, or a drawing, never an empty glyph.
//!
//! Knows shapes in em; not how they get into a file.

/// What stands for a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Substitute {
    /// Its own glyph.
    Itself,
    /// The glyph of another character, with the first as the text behind.
    Character(char),
    Drawing(Shape),
    /// Nothing to be seen.
    Nothing,
}

/// A drawing one can tell at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Box,
    CheckedBox,
    CrossedBox,
    Check,
    Cross,
    Star,
    HollowStar,
    /// An empty square: the fonts have no such character and neither have we.
    Missing,
}

/// The standard character for one of Word's Symbol and Wingdings fonts, which stand in the private use area and mean
/// nothing to a reader of the text; any other is itself.
pub fn standard(character: char) -> char {
    match character {
        '\u{F0B7}' | '\u{F09F}' | '\u{F06C}' => '•',
        '\u{F0A7}' | '\u{F06E}' => '▪',
        '\u{F0D8}' => '►',
        '\u{F02D}' => '-',
        '\u{F0A8}' | '\u{F06F}' | '\u{F072}' => '☐',
        '\u{F0FE}' => '☑',
        '\u{F0FD}' => '☒',
        '\u{F0FC}' => '✓',
        '\u{F0FB}' => '✗',
        '\u{F0AB}' => '★',
        '\u{F0E0}' => '→',
        // The rest of the Symbol font that repeats ASCII.
        '\u{F020}'..='\u{F07E}' => char::from_u32(u32::from(character) - 0xF000).unwrap_or(character),
        _ => character,
    }
}

/// What to show for `character`; `has` tells what the face holds.
pub fn substitute(character: char, has: impl Fn(char) -> bool) -> Substitute {
    match character {
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => {
            Substitute::Nothing
        }
        _ if character.is_control() || ('\u{FE00}'..='\u{FE0F}').contains(&character) => Substitute::Nothing,
        _ if has(character) => Substitute::Itself,
        '\u{2010}' | '\u{2011}' => Substitute::Character('-'),
        '\u{202F}' | '\u{2002}'..='\u{200A}' | '\u{3000}' => Substitute::Character('\u{A0}'),
        '\u{2610}' | '\u{25A2}' => Substitute::Drawing(Shape::Box),
        '\u{2611}' | '\u{2705}' => Substitute::Drawing(Shape::CheckedBox),
        '\u{2612}' => Substitute::Drawing(Shape::CrossedBox),
        '\u{2713}' | '\u{2714}' => Substitute::Drawing(Shape::Check),
        '\u{2715}'..='\u{2718}' => Substitute::Drawing(Shape::Cross),
        '\u{2605}' | '\u{2B50}' => Substitute::Drawing(Shape::Star),
        '\u{2606}' => Substitute::Drawing(Shape::HollowStar),
        _ => Substitute::Drawing(Shape::Missing),
    }
}

/// A stroke through points, in em, y upwards from the baseline.
pub struct Stroke {
    pub points: Vec<(f64, f64)>,
    pub closed: bool,
    pub filled: bool,
}

impl Shape {
    /// Advance width, in em.
    pub const ADVANCE: f64 = 0.8;
    /// Width of its strokes, in em.
    pub const PEN: f64 = 0.05;

    pub fn strokes(self) -> Vec<Stroke> {
        let open = |points: &[(f64, f64)]| Stroke { points: points.to_vec(), closed: false, filled: false };
        let frame = || Stroke { closed: true, ..open(&[(0.1, 0.0), (0.7, 0.0), (0.7, 0.6), (0.1, 0.6)]) };
        let check = || open(&[(0.2, 0.3), (0.35, 0.12), (0.62, 0.5)]);
        let cross = || [open(&[(0.2, 0.1), (0.6, 0.5)]), open(&[(0.2, 0.5), (0.6, 0.1)])];
        match self {
            Shape::Box | Shape::Missing => vec![frame()],
            Shape::CheckedBox => vec![frame(), check()],
            Shape::CrossedBox => [frame()].into_iter().chain(cross()).collect(),
            Shape::Check => vec![check()],
            Shape::Cross => cross().into(),
            Shape::Star => vec![star(true)],
            Shape::HollowStar => vec![star(false)],
        }
    }
}

fn star(filled: bool) -> Stroke {
    let points = (0..10).map(|corner| {
        let radius = if corner % 2 == 0 { 0.36 } else { 0.14 };
        let angle = std::f64::consts::FRAC_PI_2 + f64::from(corner) * std::f64::consts::PI / 5.0;
        (0.4 + radius * angle.cos(), 0.32 + radius * angle.sin())
    });
    Stroke { points: points.collect(), closed: true, filled }
}

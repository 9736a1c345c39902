//! The patterns of parts: tints and hatches that differ in a print in black and white too.

use super::drawing::Drawing;

/// How a part of a bar is filled.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Pattern {
    /// Per cent of the ink behind the hatch.
    tint: u8,
    hatch: &'static [Hatch],
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Hatch {
    /// Lines that rise to the right (`/`), their distance in points.
    Rising(f64),
    /// Lines that fall to the right (`\`).
    Falling(f64),
    Upright(f64),
    Level(f64),
}

/// Dark and light by turns: two neighbours never look alike. With more parts than patterns they begin anew.
const PATTERNS: [Pattern; 10] = [
    Pattern { tint: 90, hatch: &[] },
    Pattern { tint: 0, hatch: &[Hatch::Rising(4.0)] },
    Pattern { tint: 50, hatch: &[] },
    Pattern { tint: 0, hatch: &[Hatch::Level(3.0)] },
    Pattern { tint: 22, hatch: &[Hatch::Falling(4.0)] },
    Pattern { tint: 0, hatch: &[] },
    Pattern { tint: 70, hatch: &[] },
    Pattern { tint: 0, hatch: &[Hatch::Rising(4.5), Hatch::Falling(4.5)] },
    Pattern { tint: 25, hatch: &[] },
    Pattern { tint: 0, hatch: &[Hatch::Upright(3.0)] },
];

const HATCH_WIDTH: f64 = 0.6;
const OUTLINE_WIDTH: f64 = 0.5;

/// Fills a rectangle with the pattern of a part and draws its outline.
pub(super) fn fill(drawing: &mut Drawing, (x, y): (f64, f64), (width, height): (f64, f64), part: usize) {
    let Some(pattern) = PATTERNS.get(part % PATTERNS.len()) else { return };
    drawing.rectangle((x, y), (width, height), pattern.tint);
    let lines = pattern.hatch.iter().flat_map(|hatch| lines(*hatch, x, y, width, height)).collect();
    drawing.strokes(HATCH_WIDTH, 100, lines);
    let (right, bottom) = (x + width, y + height);
    let corners = [(x, y), (right, y), (right, bottom), (x, bottom)];
    let sides = (0..4).map(|side| [corners[side], corners[(side + 1) % 4]]).collect();
    drawing.strokes(OUTLINE_WIDTH, 100, sides);
}

/// The lines of a hatch inside a rectangle. They stand where they would on the whole sheet, whatever the rectangle.
fn lines(hatch: Hatch, x: f64, y: f64, width: f64, height: f64) -> Vec<[(f64, f64); 2]> {
    let multiples = |step: f64, from: f64, to: f64| {
        let first = (from / step).floor() as i64 + 1;
        let last = (to / step).ceil() as i64 - 1;
        (first..=last).map(move |number| number as f64 * step)
    };
    let (right, bottom) = (x + width, y + height);
    match hatch {
        Hatch::Level(step) => multiples(step, y, bottom).map(|y| [(x, y), (right, y)]).collect(),
        Hatch::Upright(step) => multiples(step, x, right).map(|x| [(x, y), (x, bottom)]).collect(),
        // x + y is one number along the line
        Hatch::Rising(step) => multiples(step * std::f64::consts::SQRT_2, x + y, right + bottom)
            .map(|sum| [((sum - bottom).max(x), bottom.min(sum - x)), ((sum - y).min(right), y.max(sum - right))])
            .collect(),
        // x - y is one number along the line
        Hatch::Falling(step) => multiples(step * std::f64::consts::SQRT_2, x - bottom, right - y)
            .map(|gap| [((gap + y).max(x), y.max(x - gap)), ((gap + bottom).min(right), bottom.min(right - gap))])
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_a_hatch_leaves_its_bar() {
        let all = PATTERNS.iter().flat_map(|pattern| pattern.hatch);
        for hatch in all {
            let lines = lines(*hatch, 100.3, 50.2, 33.3, 13.0);
            assert!(lines.len() > 2, "{hatch:?}: {lines:?}");
            for (x, y) in lines.iter().flatten() {
                assert!((100.29..=133.61).contains(x) && (50.19..=63.21).contains(y), "{hatch:?}: {x}, {y}");
            }
        }
    }

    #[test]
    fn neighbours_never_look_alike() {
        for (part, pattern) in PATTERNS.iter().enumerate() {
            assert_ne!(*pattern, PATTERNS[(part + 1) % PATTERNS.len()], "{part}");
        }
    }
}

//! Values as WordprocessingML writes them: lengths, switches, colours, borders. Knows attributes only, no styles.

use smol_str::SmolStr;

use crate::word::document::{Border, BorderLine};
use crate::word::xml::ElementRef;

/// The colour of what names none.
pub const BLACK: SmolStr = SmolStr::new_static("000000");

/// No length in a Word file is longer than this (about 17 m), so that sums of them stay inside an `i32`.
const LONGEST: f64 = 1_000_000.0;

/// EMU in a twip.
pub const EMU_PER_TWIP: i64 = 635;

/// A length in twips: a whole number, a decimal as Google Docs writes, or a number with a unit (`12.5pt`).
pub fn twips(text: &str) -> Option<i32> {
    let text = text.trim();
    if let Ok(number) = text.parse::<i32>() {
        return Some(number.clamp(-(LONGEST as i32), LONGEST as i32));
    }
    let (number, factor) = match text.char_indices().rev().nth(1).map(|(at, _)| text.split_at(at)) {
        Some((number, "pt")) => (number, 20.0),
        Some((number, "cm")) => (number, 1440.0 / 2.54),
        Some((number, "mm")) => (number, 1440.0 / 25.4),
        Some((number, "in")) => (number, 1440.0),
        Some((number, "pc" | "pi")) => (number, 240.0),
        _ => (text, 1.0),
    };
    let value = number.trim().parse::<f64>().ok().filter(|value| value.is_finite())? * factor;
    Some(value.round().clamp(-LONGEST, LONGEST) as i32)
}

/// The length in an attribute of the element.
pub fn twips_of(element: ElementRef, attribute: &str) -> Option<i32> {
    element.attribute(attribute).and_then(twips)
}

/// A whole number in an attribute of the element.
pub fn number_of(element: ElementRef, attribute: &str) -> Option<i64> {
    element.attribute(attribute)?.trim().parse().ok()
}

/// `w:val` of a child, as a whole number.
pub fn value_number(parent: ElementRef, child: &str) -> Option<i64> {
    parent.value_of(child)?.trim().parse().ok()
}

/// A switch: on without a value, else as the value says.
pub fn is_on(element: ElementRef) -> bool {
    element.attribute("w:val").is_none_or(is_true)
}

/// A switch among the children; none where it is not set at all.
pub fn switch(parent: ElementRef, child: &str) -> Option<bool> {
    parent.find(child).map(is_on)
}

/// A truth value as an attribute has it.
pub fn is_true(text: &str) -> bool {
    !matches!(text.trim(), "0" | "false" | "off" | "none")
}

/// RRGGBB in capitals; none for `auto` and anything else.
pub fn color(text: &str) -> Option<SmolStr> {
    let text = text.trim().trim_start_matches('#');
    (text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| text.to_ascii_uppercase().into())
}

/// The colour of a text marker.
pub fn highlight(text: &str) -> Option<SmolStr> {
    let hex = match text {
        "black" => "000000",
        "blue" => "0000FF",
        "cyan" => "00FFFF",
        "green" => "00FF00",
        "magenta" => "FF00FF",
        "red" => "FF0000",
        "yellow" => "FFFF00",
        "white" => "FFFFFF",
        "darkBlue" => "000080",
        "darkCyan" => "008080",
        "darkGreen" => "008000",
        "darkMagenta" => "800080",
        "darkRed" => "800000",
        "darkYellow" => "808000",
        "darkGray" => "808080",
        "lightGray" => "C0C0C0",
        _ => return None,
    };
    Some(hex.into())
}

/// The colour that a `w:shd` gives in the whole; a pattern of two colours is mixed by its share.
pub fn shading(element: ElementRef) -> Option<SmolStr> {
    let fill = element.attribute("w:fill").and_then(color);
    let pattern = element.attribute("w:val").unwrap_or("clear");
    let share = match pattern {
        "clear" | "nil" => return fill,
        "solid" => 100,
        _ => pattern.strip_prefix("pct").and_then(|share| share.parse::<u32>().ok()).unwrap_or(50).min(100),
    };
    let front = element.attribute("w:color").and_then(color).unwrap_or(BLACK);
    Some(mix(&front, fill.as_deref().unwrap_or("FFFFFF"), share))
}

/// `share` percent of the front colour over the back colour; both RRGGBB.
fn mix(front: &str, back: &str, share: u32) -> SmolStr {
    let channel = |color: &str, at: usize| u32::from_str_radix(color.get(at..at + 2).unwrap_or("00"), 16).unwrap_or(0);
    [0, 2, 4]
        .map(|at| format!("{:02X}", (channel(front, at) * share + channel(back, at) * (100 - share)) / 100))
        .concat()
        .into()
}

/// A border line; `Some(None)` takes an inherited one away.
pub fn border(element: ElementRef) -> Option<Option<Border>> {
    let line = match element.attribute("w:val")? {
        "nil" | "none" => return Some(None),
        "double"
        | "triple"
        | "thinThickSmallGap"
        | "thickThinSmallGap"
        | "thinThickThinSmallGap"
        | "thinThickMediumGap"
        | "thickThinMediumGap"
        | "thinThickLargeGap"
        | "thickThinLargeGap"
        | "doubleWave" => BorderLine::Double,
        "dotted" => BorderLine::Dotted,
        "dashed" | "dashSmallGap" | "dotDash" | "dotDotDash" | "dashDotStroked" => BorderLine::Dashed,
        _ => BorderLine::Single,
    };
    Some(Some(Border {
        line,
        width: number_of(element, "w:sz").unwrap_or(4).clamp(0, 96) as i32,
        space: number_of(element, "w:space").unwrap_or(0).clamp(0, 31) as i32,
        color: element.attribute("w:color").and_then(color).unwrap_or(BLACK),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_come_as_twips_whatever_their_unit() {
        for (text, expected) in [
            ("567", 567),
            ("-283", -283),
            ("283.46", 283),
            ("12.5pt", 250),
            ("2.54cm", 1440),
            ("10mm", 567),
            ("1in", 1440),
            ("99999999999", 1_000_000),
        ] {
            assert_eq!(twips(text), Some(expected), "{text}");
        }
        for text in ["", "ba", "pt", "NaN", "ằ", "1ằ"] {
            assert_eq!(twips(text), None, "{text}");
        }
    }

    #[test]
    fn a_pattern_of_a_quarter_black_is_light_grey() {
        assert_eq!(mix("000000", "FFFFFF", 25), "BFBFBF");
    }
}

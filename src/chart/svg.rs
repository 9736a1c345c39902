//! A drawing as SVG, and back. Read is only what is written here: any other SVG is none of ours.
//!
//! Word 2016 and later show it sharp in place of the picture beside it; the PDF is drawn from it.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::fmt::Write;

use super::drawing::{Drawing, Shape, Strokes, Text, color};

/// The mark of our own drawings.
const CLASS: &str = "thidua-bieu-do";
const FAMILY: &str = "'Times New Roman','Liberation Serif',serif";

/// Writes a drawing.
pub fn svg(drawing: &Drawing) -> String {
    let (width, height) = (drawing.width, drawing.height);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{CLASS}\" width=\"{width:.2}pt\" height=\"{height:.2}pt\" \
         viewBox=\"0 0 {width:.2} {height:.2}\" font-family=\"{FAMILY}\" fill=\"{}\"><title>{}</title>",
        hexadecimal(100),
        escaped(&drawing.description)
    );
    for shape in &drawing.shapes {
        // writing to a string does not fail
        let _ = match shape {
            Shape::Rectangle { x, y, width, height, tint } => {
                let fill = hexadecimal(*tint);
                write!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>")
            }
            Shape::Strokes(strokes) => {
                let path: String = strokes
                    .lines
                    .iter()
                    .map(|[from, to]| format!("M{} {}L{} {}", from.0, from.1, to.0, to.1))
                    .collect();
                let (stroke, width) = (hexadecimal(strokes.tint), strokes.width);
                write!(out, "<path d=\"{path}\" stroke=\"{stroke}\" stroke-width=\"{width}\"/>")
            }
            Shape::Text(text) => {
                let bold = if text.bold { " font-weight=\"bold\"" } else { "" };
                let (x, y, size, words) = (text.x, text.baseline, text.size, escaped(&text.text));
                write!(out, "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{bold}>{words}</text>")
            }
        };
    }
    out.push_str("</svg>");
    out
}

/// Reads a drawing that [`svg`] has written; none for anything else.
pub fn read_svg(bytes: &[u8]) -> Option<Drawing> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut reader = Reader::from_str(text);
    let mut drawing = Drawing::default();
    let mut open: Vec<Open> = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) => open.push(start(&element, &mut drawing, open.is_empty())?),
            Event::Empty(element) => drop(start(&element, &mut drawing, false)?),
            Event::End(_) => drop(open.pop()?),
            Event::Text(text) => words(&mut drawing, open.last()?, &text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let letter = quick_xml::escape::resolve_predefined_entity(&reference)?;
                words(&mut drawing, open.last()?, letter)?;
            }
            Event::Eof => break,
            _ => return None,
        }
    }
    (open.is_empty() && drawing.width > 0.0 && drawing.height > 0.0).then_some(drawing)
}

/// An element that may hold text.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Root,
    Title,
    Text,
    Other,
}

fn start(element: &BytesStart, drawing: &mut Drawing, is_root: bool) -> Option<Open> {
    let text = |name: &str| {
        let found = element.try_get_attribute(name).ok()??;
        Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
    };
    let length = |name: &str| number(text(name)?.trim_end_matches("pt"));
    match (element.name().as_ref(), is_root) {
        ("svg", true) if text("class")? == CLASS => {
            (drawing.width, drawing.height) = (length("width")?, length("height")?);
            Some(Open::Root)
        }
        ("title", false) => Some(Open::Title),
        ("rect", false) => {
            let (width, height, tint) = (length("width")?, length("height")?, tint(&text("fill")?)?);
            drawing.shapes.push(Shape::Rectangle { x: length("x")?, y: length("y")?, width, height, tint });
            Some(Open::Other)
        }
        ("path", false) => {
            let lines = text("d")?.split('M').skip(1).map(line).collect::<Option<_>>()?;
            let (width, tint) = (length("stroke-width")?, tint(&text("stroke")?)?);
            drawing.shapes.push(Shape::Strokes(Strokes { width, tint, lines }));
            Some(Open::Other)
        }
        ("text", false) => {
            let (x, baseline, size) = (length("x")?, length("y")?, length("font-size")?);
            let bold = text("font-weight").is_some();
            drawing.shapes.push(Shape::Text(Text { x, baseline, size, bold, text: String::new() }));
            Some(Open::Text)
        }
        _ => None,
    }
}

fn words(drawing: &mut Drawing, open: &Open, more: &str) -> Option<()> {
    match (open, drawing.shapes.last_mut()) {
        (Open::Title, _) => drawing.description.push_str(more),
        (Open::Text, Some(Shape::Text(text))) => text.text.push_str(more),
        _ => return None,
    }
    Some(())
}

/// `1 2L3 4`.
fn line(text: &str) -> Option<[(f64, f64); 2]> {
    let point = |text: &str| {
        let (x, y) = text.split_once(' ')?;
        Some((number(x)?, number(y)?))
    };
    let (from, to) = text.split_once('L')?;
    Some([point(from)?, point(to)?])
}

/// A length that can stand on a page.
fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.abs() < 100_000.0)
}

fn hexadecimal(tint: u8) -> String {
    let [red, green, blue] = color(tint);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// The tint of a colour: each has its own share of red, which leads to it within rounding.
fn tint(text: &str) -> Option<u8> {
    let red = |tint: u8| u32::from(color(tint)[0]);
    let own = u32::from_str_radix(text.get(1..3)?, 16).ok()?;
    let near = red(0).checked_sub(own)? * 100 / (red(0) - red(100));
    let near = u8::try_from(near).ok()?.min(100);
    (near.saturating_sub(1)..=near.saturating_add(1).min(100)).find(|tint| hexadecimal(*tint) == text)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

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
        match shape {
            Shape::Rectangle { x, y, width, height, tint } => {
                let lengths = [("<rect x=\"", *x), ("\" y=\"", *y), ("\" width=\"", *width), ("\" height=\"", *height)];
                push_lengths(&mut out, &lengths);
                out.extend(["\" fill=\"", &hexadecimal(*tint), "\"/>"]);
            }
            Shape::Strokes(strokes) => {
                out.push_str("<path d=\"");
                for [from, to] in &strokes.lines {
                    push_lengths(&mut out, &[("M", from.0), (" ", from.1), ("L", to.0), (" ", to.1)]);
                }
                out.extend(["\" stroke=\"", &hexadecimal(strokes.tint)]);
                push_lengths(&mut out, &[("\" stroke-width=\"", strokes.width)]);
                out.push_str("\"/>");
            }
            Shape::Text(text) => {
                let lengths = [("<text x=\"", text.x), ("\" y=\"", text.baseline), ("\" font-size=\"", text.size)];
                push_lengths(&mut out, &lengths);
                let bold = if text.bold { "\" font-weight=\"bold\">" } else { "\">" };
                out.extend([bold, &escaped(&text.text), "</text>"]);
            }
        }
    }
    out.push_str("</svg>");
    out
}

/// What reading gives of a drawing that [`svg`] writes: its size in hundredths too, its lines as XML ends them.
pub fn reread(drawing: &Drawing) -> Drawing {
    let written = |length: f64| format!("{length:.2}").parse().unwrap_or(length);
    Drawing {
        width: written(drawing.width),
        height: written(drawing.height),
        shapes: drawing.shapes.clone(),
        description: drawing.description.replace("\r\n", "\n").replace('\r', "\n"),
    }
}

/// Lengths, each behind what stands before it.
fn push_lengths(out: &mut String, lengths: &[(&str, f64)]) {
    for (before, length) in lengths {
        out.push_str(before);
        push_length(out, *length);
    }
}

/// A length as `{}` writes it: digit by digit where it is in hundredths, as those of a drawing are.
fn push_length(out: &mut String, length: f64) {
    let hundredths = (length.abs() * 100.0 + 0.5) as u32;
    if f64::from(hundredths) / 100.0 != length.abs() {
        // writing to a string does not fail
        let _ = write!(out, "{length}");
        return;
    }
    if length.is_sign_negative() {
        out.push('-');
    }
    push_whole(out, hundredths / 100);
    let (tenth, hundredth) = (hundredths / 10 % 10, hundredths % 10);
    if hundredth > 0 {
        out.push('.');
        push_whole(out, tenth);
        push_whole(out, hundredth);
    } else if tenth > 0 {
        out.push('.');
        push_whole(out, tenth);
    }
}

fn push_whole(out: &mut String, number: u32) {
    if number > 9 {
        push_whole(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_as_the_library_writes_them() {
        let hundredths = (-120_000..120_000).map(|number| f64::from(number) / 100.0);
        let odd = [-0.0, 0.001, -0.004, 1.0 / 3.0, 99_999.99, 5e9, 1e300, f64::NAN, f64::INFINITY];
        for length in hundredths.chain(odd) {
            let mut out = String::new();
            push_length(&mut out, length);
            assert_eq!(out, length.to_string());
        }
    }
}

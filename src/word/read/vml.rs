//! Drawings as Word wrote them before 2007, and still writes watermarks: VML.

use super::drawing::Frame;
use super::paragraph::Line;
use super::report::Notice;
use super::story::{Reader, Story};
use super::values::{EMU_PER_TWIP, color, is_true};
use crate::word::xml::ElementRef;

impl Reader<'_> {
    /// A `w:pict`, a `w:object` or a group of shapes.
    pub fn vml(&mut self, story: &mut Story, line: &mut Line, parent: ElementRef) {
        for child in parent.elements() {
            match child.name() {
                "v:group" => self.vml(story, line, child),
                "v:shape" | "v:rect" | "v:roundrect" | "v:oval" | "v:line" | "v:polyline" | "v:image" | "v:curve"
                | "v:arc" => self.vml_shape(story, line, child),
                "w:control" => line.notices.push(Notice::not_drawn("Nút điều khiển (ActiveX)")),
                _ => {}
            }
        }
    }

    fn vml_shape(&mut self, story: &mut Story, line: &mut Line, element: ElementRef) {
        let style = Style::read(element.attribute("style").unwrap_or(""));
        let mut frame = style.frame();
        frame.description = element.attribute("alt").unwrap_or("").to_string();
        if let Some(path) = element.find("v:textpath") {
            let text = path.attribute("string").unwrap_or("").trim();
            if story.is_margin && !text.is_empty() {
                story.watermark = Some(text.to_string());
            } else {
                line.notices.push(Notice::not_drawn("Chữ nghệ thuật (WordArt)"));
            }
        } else if let Some(data) = element.find("v:imagedata") {
            self.vml_picture(story, line, data, &frame);
        } else if let Some(content) = element.path(&["v:textbox", "w:txbxContent"]) {
            self.text_box(story, line, content, &frame);
        } else if let Some(own) = straight_line(element, &style, &frame, line.surroundings.width) {
            let stroke = element.attribute("strokecolor").and_then(|text| color(text.split_whitespace().next()?));
            let weight = element.attribute("strokeweight").and_then(emu).unwrap_or(9_525);
            self.rule(line, &own, weight, stroke);
        } else if style.value("visibility") != Some("hidden") {
            line.notices.push(Notice::not_drawn("Hình khối"));
        }
    }
}

/// The frame of a straight, level line; none where the shape is something else.
fn straight_line(element: ElementRef, style: &Style, frame: &Frame, room: i32) -> Option<Frame> {
    if element.attribute("o:hr").is_some_and(is_true) {
        let width = if frame.width > 0 { frame.width } else { i64::from(room) * EMU_PER_TWIP };
        return Some(Frame { width, left: None, ..frame.clone() });
    }
    if element.name() == "v:line" {
        let point = |name| {
            let (x, y) = element.attribute(name)?.split_once(',')?;
            Some((emu(x)?, emu(y)?))
        };
        let ((left, top), (right, bottom)) = (point("from")?, point("to")?);
        let width = left.abs_diff(right) as i64;
        let level = top.abs_diff(bottom) as i64 <= width / 20;
        let left = super::drawing::twips(left.min(right));
        return level.then(|| Frame { width, left: Some(left), top: super::drawing::twips(top), ..frame.clone() });
    }
    // A straight connector is the shape of type 32, a line that of type 20.
    let connector = element.attribute("o:connectortype") == Some("straight")
        || matches!(element.attribute("type"), Some("#_x0000_t32" | "#_x0000_t20"));
    (connector && frame.height <= frame.width / 20 && frame.width > 0).then(|| Frame {
        left: style.length("margin-left").map(super::drawing::twips),
        top: style.length("margin-top").map_or(0, super::drawing::twips),
        ..frame.clone()
    })
}

/// A `style` attribute: pairs of name and value.
struct Style<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Style<'a> {
    fn read(text: &'a str) -> Style<'a> {
        let pairs = text.split(';').filter_map(|pair| pair.split_once(':'));
        Style(pairs.map(|(name, value)| (name.trim(), value.trim())).collect())
    }

    fn value(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(own, _)| *own == name).map(|(_, value)| *value)
    }

    fn length(&self, name: &str) -> Option<i64> {
        self.value(name).and_then(emu)
    }

    fn frame(&self) -> Frame {
        let side = |name| self.length(name).unwrap_or(0).clamp(0, 22 * 914_400);
        Frame {
            floating: self.value("position") == Some("absolute"),
            width: side("width"),
            height: side("height"),
            ..Frame::default()
        }
    }
}

/// A length such as `12.5pt`, `3cm` or `40px`; one without a unit counts in pixels.
fn emu(text: &str) -> Option<i64> {
    let text = text.trim();
    let split = text.find(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(split)?;
    let per_unit = match unit.trim() {
        "pt" => 12_700.0,
        "in" => 914_400.0,
        "cm" => 360_000.0,
        "mm" => 36_000.0,
        "pc" | "pi" => 152_400.0,
        "" | "px" => 9_525.0,
        _ => return None,
    };
    let number = number.trim().parse::<f64>().ok().filter(|number| number.is_finite())?;
    Some((number * per_unit).round().clamp(-1e9, 1e9) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_old_drawings_have_units() {
        for (text, expected) in
            [("72pt", Some(914_400)), ("2.54cm", Some(914_400)), ("96", Some(914_400)), ("", None), ("3em", None)]
        {
            assert_eq!(emu(text), expected, "{text}");
        }
    }
}

//! Number formats of cells: what a cell's own format shows, and a format made from it where a value needs another.

use std::collections::{BTreeMap, HashMap};

use crate::word::xml::{Element, Node};

/// What a cell's number format is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    General,
    Text,
    Percent,
    Date,
    Number,
}

/// The part of styles.
#[derive(Clone, Debug)]
pub(super) struct Styles {
    root: Element,
    /// The number format of each cell format.
    formats: Vec<u32>,
    /// Size and boldness of the font of each cell format whose texts wrap.
    wrapped: Vec<Option<(f64, bool)>>,
    codes: HashMap<u32, String>,
    made: BTreeMap<(u32, String), u32>,
}

impl Styles {
    pub(super) fn read(root: Element) -> Styles {
        let formats = root.find("cellXfs").into_iter().flat_map(Element::elements);
        let formats: Vec<&Element> = formats.filter(|xf| xf.name == "xf").collect();
        let fonts: Vec<&Element> = root.find("fonts").into_iter().flat_map(Element::elements).collect();
        let wrapped = formats.iter().map(|xf| wrapped(xf, &fonts)).collect();
        let formats = formats.into_iter().map(|xf| number(xf, "numFmtId").unwrap_or(0)).collect();
        let own = root.find("numFmts").into_iter().flat_map(Element::elements);
        let codes = own
            .filter_map(|format| Some((number(format, "numFmtId")?, format.attribute("formatCode")?.to_string())))
            .collect();
        Styles { root, formats, wrapped, codes, made: BTreeMap::new() }
    }

    /// Size of the font in points and whether it is bold, where the texts of a format wrap.
    pub(super) fn wrapped(&self, style: Option<&str>) -> Option<(f64, bool)> {
        self.wrapped.get(style_number(style)? as usize).copied().flatten()
    }

    /// What the format of a cell shows.
    pub(super) fn look(&self, style: Option<&str>) -> Look {
        let format = style_number(style).and_then(|at| self.formats.get(at as usize)).copied().unwrap_or(0);
        match (self.codes.get(&format), format) {
            (Some(code), _) => look_of(code),
            (None, 0) => Look::General,
            (None, 49) => Look::Text,
            (None, 9 | 10) => Look::Percent,
            (None, 14..=22 | 27..=36 | 45..=47 | 50..=58) => Look::Date,
            (None, _) => Look::Number,
        }
    }

    /// The number of a format like this one but for the number format.
    pub(super) fn with_code(&mut self, style: Option<&str>, code: &str) -> String {
        let base = style_number(style).unwrap_or(0);
        let key = (base, code.to_string());
        if let Some(known) = self.made.get(&key) {
            return known.to_string();
        }
        let format = self.format(code);
        let Some(formats) = self.root.find_mut("cellXfs") else { return base.to_string() };
        let mut copy = formats
            .elements()
            .filter(|xf| xf.name == "xf")
            .nth(base as usize)
            .cloned()
            .unwrap_or_else(|| Element::new("xf"));
        copy.set("numFmtId", format.to_string());
        copy.set("applyNumberFormat", "1");
        formats.children.push(Node::Element(copy));
        let at = u32::try_from(self.formats.len()).unwrap_or(base);
        formats.set("count", (at + 1).to_string());
        self.formats.push(format);
        self.wrapped.push(self.wrapped.get(base as usize).copied().flatten());
        self.made.insert(key, at);
        at.to_string()
    }

    /// The number of a number format, new or known.
    fn format(&mut self, code: &str) -> u32 {
        let known = self.codes.iter().filter(|(_, own)| *own == code).map(|(id, _)| *id).min();
        if let Some(known) = known {
            return known;
        }
        // own number formats begin at 164
        let id = self.codes.keys().copied().max().unwrap_or(0).max(163) + 1;
        self.codes.insert(id, code.to_string());
        let format = Element::new("numFmt").with("numFmtId", id.to_string()).with("formatCode", code);
        if self.root.find("numFmts").is_none() {
            self.root.children.insert(0, Node::Element(Element::new("numFmts")));
        }
        if let Some(formats) = self.root.find_mut("numFmts") {
            formats.children.push(Node::Element(format));
            let count = formats.elements().count();
            formats.set("count", count.to_string());
        }
        id
    }

    /// The part, where anything was added to it.
    pub(super) fn changed(self) -> Option<Element> {
        (!self.made.is_empty()).then_some(self.root)
    }
}

fn wrapped(xf: &Element, fonts: &[&Element]) -> Option<(f64, bool)> {
    let is_on = |element: &Element, name: &str| matches!(element.attribute(name), Some("1" | "true"));
    xf.find("alignment").filter(|alignment| is_on(alignment, "wrapText"))?;
    let font = fonts.get(number(xf, "fontId")? as usize)?;
    let size = font.find("sz").and_then(|size| size.attribute("val")?.parse().ok()).unwrap_or(DEFAULT_SIZE);
    let bold = font.find("b").is_some_and(|bold| !matches!(bold.attribute("val"), Some("0" | "false")));
    Some((size, bold))
}

/// Size of a font that says none, in points.
const DEFAULT_SIZE: f64 = 11.0;

fn style_number(style: Option<&str>) -> Option<u32> {
    style.and_then(|number| number.parse().ok())
}

fn number(element: &Element, name: &str) -> Option<u32> {
    element.attribute(name)?.parse().ok()
}

/// What the code of a number format is for; texts in quotes, escapes and colours say nothing of it.
fn look_of(code: &str) -> Look {
    let mut bare = String::new();
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => drop(characters.by_ref().find(|own| *own == '"')),
            '[' => drop(characters.by_ref().find(|own| *own == ']')),
            '\\' | '_' | '*' => drop(characters.next()),
            other => bare.extend(other.to_lowercase()),
        }
    }
    match bare.as_str() {
        "general" | "" => Look::General,
        "@" => Look::Text,
        code if code.contains('%') => Look::Percent,
        code if code.contains(['0', '#', '?']) => Look::Number,
        code if code.contains(['y', 'd', 'm', 'h']) => Look::Date,
        _ => Look::Number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_code_tells_what_it_shows() {
        for (code, look) in [
            ("General", Look::General),
            ("@", Look::Text),
            ("0.0%", Look::Percent),
            ("#,##0.00\" điểm\"", Look::Number),
            ("[$-42A]dd/mm/yyyy", Look::Date),
            ("[Red]0", Look::Number),
            ("\"%\"0", Look::Number),
        ] {
            assert_eq!(look_of(code), look, "{code}");
        }
    }

    #[test]
    fn a_format_is_made_once_from_the_cell_s_own() {
        let xf = Element::new("xf").with("numFmtId", "0").with("fontId", "3");
        let root = Element::new("styleSheet").child(Element::new("cellXfs").with("count", "1").child(xf));
        let mut styles = Styles::read(root);
        assert_eq!(styles.with_code(Some("0"), "dd/mm/yyyy"), "1");
        assert_eq!(styles.with_code(Some("0"), "dd/mm/yyyy"), "1");
        assert_eq!(styles.look(Some("1")), Look::Date);
        let root = styles.changed().expect("a format was made");
        let made = root.path(&["cellXfs"]).and_then(|formats| formats.elements().nth(1)).expect("it stands there");
        assert_eq!((made.attribute("fontId"), made.attribute("numFmtId")), (Some("3"), Some("164")));
        assert_eq!(root.elements().next().map(|first| first.name.as_str()), Some("numFmts"));
    }
}

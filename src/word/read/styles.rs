//! Styles: each laid over the one it is based on, once, and kept for every paragraph that names it.

use std::collections::HashMap;

use smol_str::SmolStr;

use super::control::ROOM_STYLE_NAME;
use super::numbering::Numbering;
use super::properties::{NumberingReference, ParagraphProperties, RunBase, RunProperties};
use super::table_style::TableStyle;
use super::theme::Theme;
use super::values::is_true;
use crate::word::document::{ParagraphStyle, RunStyle};
use crate::word::xml::ElementRef;

/// Longest chain of styles based on each other; a chain that bites its tail ends here.
const LONGEST_CHAIN: usize = 40;

/// A look to start from: everything but what the paragraph and its text say themselves.
#[derive(Debug)]
pub struct Base {
    pub style_id: SmolStr,
    /// The style is the caption of a table or figure.
    pub caption: bool,
    /// The style is that of rooms for signatures.
    pub signature_room: bool,
    pub paragraph: ParagraphProperties,
    pub run: RunBase,
    pub finished_paragraph: ParagraphStyle,
    pub finished_run: RunStyle,
}

/// A style with those it is based on, without the document's defaults.
#[derive(Clone, Debug, Default)]
struct Flat {
    caption: bool,
    signature_room: bool,
    paragraph: ParagraphProperties,
    run: RunProperties,
    table: TableStyle,
}

#[derive(Debug, Default)]
pub struct Styles {
    default_paragraph: ParagraphProperties,
    default_run: RunProperties,
    paragraphs: HashMap<String, Flat>,
    characters: HashMap<String, Flat>,
    tables: HashMap<String, Flat>,
    /// Ids of the styles for what names none.
    usual_paragraph: String,
    usual_character: String,
    usual_table: String,
    /// Ids of the styles `toc 1` to `toc 9`.
    contents: HashMap<u8, String>,
    language: Option<String>,
}

impl Styles {
    pub fn read(root: ElementRef, theme: &Theme, numbering: &Numbering) -> Styles {
        let mut styles = Styles::default();
        if let Some(defaults) = root.find("w:docDefaults") {
            if let Some(own) = defaults.path(&["w:pPrDefault", "w:pPr"]) {
                styles.default_paragraph = ParagraphProperties::read(own);
            }
            if let Some(own) = defaults.path(&["w:rPrDefault", "w:rPr"]) {
                styles.default_run = RunProperties::read(own, theme);
                styles.language = own.value_of("w:lang").map(str::to_string);
            }
        }
        for (kind, usual, into) in [
            ("paragraph", &mut styles.usual_paragraph, &mut styles.paragraphs),
            ("character", &mut styles.usual_character, &mut styles.characters),
            ("table", &mut styles.usual_table, &mut styles.tables),
        ] {
            let mut raw: HashMap<&str, ElementRef> = HashMap::new();
            for element in root.elements().filter(|element| element.name() == "w:style") {
                let (Some(id), Some(own)) = (element.attribute("w:styleId"), element.attribute("w:type")) else {
                    continue;
                };
                if own == kind {
                    let name = element.value_of("w:name").unwrap_or("").to_lowercase();
                    if let Some(level) = name.strip_prefix("toc ").and_then(|level| level.parse().ok()) {
                        styles.contents.entry(level).or_insert_with(|| id.to_string());
                    }
                    raw.entry(id).or_insert(element);
                    if element.attribute("w:default").is_some_and(is_true) && usual.is_empty() {
                        *usual = id.to_string();
                    }
                }
            }
            let mut ids: Vec<&str> = raw.keys().copied().collect();
            ids.sort_unstable();
            for id in ids {
                flatten(id, &raw, into, theme, numbering);
            }
        }
        styles
    }

    /// The look of paragraphs of a style, over what a table style says for their cell.
    pub fn base_over(&self, style: Option<&str>, table: Option<(&ParagraphProperties, &RunProperties)>) -> Base {
        let id = self.known(style);
        let mut paragraph = self.default_paragraph.clone();
        let mut run = RunBase::new(&self.default_run);
        if let Some((table_paragraph, table_run)) = table {
            paragraph.apply(table_paragraph);
            run.apply_style(table_run);
        }
        let flat = self.paragraphs.get(id);
        if let Some(flat) = flat {
            paragraph.apply(&flat.paragraph);
            run.apply_style(&flat.run);
        }
        // A default character style belongs to all text that names none.
        if let Some(usual) = self.characters.get(&self.usual_character) {
            run.apply_style(&usual.run);
        }
        Base {
            caption: flat.is_some_and(|flat| flat.caption),
            signature_room: flat.is_some_and(|flat| flat.signature_room),
            finished_paragraph: paragraph.finish(id),
            finished_run: run.finish(),
            style_id: id.into(),
            paragraph,
            run,
        }
    }

    /// The style's own id, or that of the usual one where it is not defined.
    pub fn known<'a>(&'a self, style: Option<&'a str>) -> &'a str {
        style.filter(|id| self.paragraphs.contains_key(*id)).unwrap_or(&self.usual_paragraph)
    }

    /// The style of entries of this level in tables of contents.
    pub fn contents_style(&self, level: u8) -> Option<&str> {
        self.contents.get(&level).map(String::as_str)
    }

    /// The language of text that names none.
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    pub fn character(&self, id: &str) -> Option<&RunProperties> {
        self.characters.get(id).map(|flat| &flat.run)
    }

    /// A table style; the usual one where none is named or it is not defined. The id is for remembering.
    pub fn table<'a>(&'a self, style: Option<&'a str>) -> Option<(&'a str, &'a TableStyle)> {
        let id = style.filter(|id| self.tables.contains_key(*id)).unwrap_or(&self.usual_table);
        self.tables.get(id).map(|flat| (id, &flat.table))
    }
}

/// Puts a style with all it is based on among the finished ones, the base first.
fn flatten(
    id: &str,
    raw: &HashMap<&str, ElementRef>,
    finished: &mut HashMap<String, Flat>,
    theme: &Theme,
    numbering: &Numbering,
) {
    let mut chain: Vec<(&str, ElementRef)> = Vec::new();
    let mut next = Some(id);
    while let Some((&id, &element)) = next.and_then(|id| raw.get_key_value(id)) {
        if finished.contains_key(id) || chain.len() == LONGEST_CHAIN || chain.iter().any(|(other, _)| *other == id) {
            break;
        }
        chain.push((id, element));
        next = element.value_of("w:basedOn");
    }
    for (id, element) in chain.into_iter().rev() {
        let base = element.value_of("w:basedOn").and_then(|base| finished.get(base)).cloned().unwrap_or_default();
        finished.insert(id.to_string(), derive(id, element, base, theme, numbering));
    }
}

/// Lays what a style says over its base.
fn derive(id: &str, element: ElementRef, mut flat: Flat, theme: &Theme, numbering: &Numbering) -> Flat {
    let name = element.value_of("w:name").unwrap_or("");
    flat.caption = name.eq_ignore_ascii_case("caption");
    flat.signature_room = name == ROOM_STYLE_NAME;
    let own = element.find("w:pPr").map(ParagraphProperties::read).unwrap_or_default();
    if let Some(reference) = own.numbering {
        let inherited = flat.paragraph.numbering.unwrap_or_default();
        let instance = reference.instance.or(inherited.instance);
        let bound = instance.and_then(|instance| numbering.level_of_style(instance, id));
        let level = bound.or(reference.level).or(inherited.level).unwrap_or(0);
        flat.paragraph.numbering = Some(NumberingReference { instance, level: Some(level) });
        // The indents of the level stand under those of the style that names it.
        if let Some(level) = instance.and_then(|instance| numbering.level(instance, level)) {
            flat.paragraph.apply(&level.paragraph);
        }
    }
    let numbered = flat.paragraph.numbering;
    flat.paragraph.apply(&own);
    flat.paragraph.numbering = numbered;
    if let Some(run) = element.find("w:rPr") {
        flat.run.apply(&RunProperties::read(run, theme));
    }
    flat.table.read_over(element, theme);
    flat
}

//! Numbering definitions: what `numbering.xml` says of lists and their levels. Counting lives in `counters`.

use std::collections::HashMap;

use super::properties::{ParagraphProperties, RunProperties};
use super::symbol;
use super::theme::Theme;
use super::values::{switch, value_number};
use crate::word::document::AfterLabel;
use crate::word::xml::ElementRef;

/// Levels of a list in Word.
pub const LEVELS: usize = 9;
/// Word counts no further.
pub const HIGHEST: i64 = 32_767;

/// A level of a list.
#[derive(Clone, Debug, Default)]
pub struct Level {
    pub start: i64,
    /// `w:numFmt` as written: `decimal`, `lowerLetter`, `bullet`.
    pub format: String,
    /// Such as `%1.%2`; a bullet's character stands as itself.
    pub text: String,
    pub after: AfterLabel,
    /// `w:lvlRestart`: the level, counted from 1, whose use starts this one anew; 0 is none.
    pub restart: Option<i64>,
    /// All numbers in plain figures.
    pub legal: bool,
    pub paragraph: ParagraphProperties,
    pub run: RunProperties,
    /// The paragraph style bound to it.
    style: Option<String>,
}

type Levels = [Option<Level>; LEVELS];

/// A use of a definition (`w:num`), with what it changes.
#[derive(Clone, Debug, Default)]
struct Instance {
    definition: i64,
    starts: [Option<i64>; LEVELS],
    levels: Levels,
}

#[derive(Clone, Debug, Default)]
pub struct Numbering {
    definitions: HashMap<i64, Levels>,
    instances: HashMap<i64, Instance>,
}

impl Numbering {
    pub fn read(root: ElementRef, theme: &Theme) -> Numbering {
        let mut numbering = Numbering::default();
        // A definition may stand for a numbering style that another one holds.
        let mut named: HashMap<&str, i64> = HashMap::new();
        let mut links: Vec<(i64, &str)> = Vec::new();
        for element in root.elements().filter(|element| element.name() == "w:abstractNum") {
            let Some(id) = id(element, "w:abstractNumId") else { continue };
            if let Some(style) = element.value_of("w:styleLink") {
                named.insert(style, id);
            }
            if let Some(style) = element.value_of("w:numStyleLink") {
                links.push((id, style));
            }
            let mut levels = Levels::default();
            read_levels(element, theme, &mut levels);
            numbering.definitions.insert(id, levels);
        }
        let target: HashMap<i64, i64> =
            links.into_iter().filter_map(|(id, style)| Some((id, *named.get(style)?))).collect();
        for element in root.elements().filter(|element| element.name() == "w:num") {
            let (Some(id), Some(definition)) = (id(element, "w:numId"), value_number(element, "w:abstractNumId"))
            else {
                continue;
            };
            let definition = target.get(&definition).copied().unwrap_or(definition);
            let mut instance = Instance { definition, ..Instance::default() };
            for change in element.elements().filter(|child| child.name() == "w:lvlOverride") {
                if let Some(level) = level_index(change) {
                    instance.starts[level] = value_number(change, "w:startOverride").map(within);
                }
                read_levels(change, theme, &mut instance.levels);
            }
            numbering.instances.insert(id, instance);
        }
        numbering
    }

    /// The definition behind an instance: instances of one definition count on together.
    pub fn definition(&self, instance: i64) -> Option<i64> {
        self.instances.get(&instance).map(|instance| instance.definition)
    }

    pub fn level(&self, instance: i64, level: usize) -> Option<&Level> {
        let own = self.instances.get(&instance)?;
        let changed = own.levels.get(level)?.as_ref();
        changed.or_else(|| self.definitions.get(&own.definition)?.get(level)?.as_ref())
    }

    /// The number with which an instance makes a level begin, where it says so itself.
    pub fn start_override(&self, instance: i64, level: usize) -> Option<i64> {
        *self.instances.get(&instance)?.starts.get(level)?
    }

    /// The level of an instance that is bound to a paragraph style.
    pub fn level_of_style(&self, instance: i64, style: &str) -> Option<usize> {
        (0..LEVELS)
            .find(|level| self.level(instance, *level).is_some_and(|level| level.style.as_deref() == Some(style)))
    }
}

fn id(element: ElementRef, attribute: &str) -> Option<i64> {
    element.attribute(attribute)?.trim().parse().ok()
}

fn within(number: i64) -> i64 {
    number.clamp(0, HIGHEST)
}

fn level_index(element: ElementRef) -> Option<usize> {
    element.attribute("w:ilvl")?.trim().parse().ok().filter(|level| *level < LEVELS)
}

fn read_levels(parent: ElementRef, theme: &Theme, levels: &mut Levels) {
    for element in parent.elements().filter(|child| child.name() == "w:lvl") {
        if let Some(at) = level_index(element) {
            levels[at] = Some(read_level(element, theme));
        }
    }
}

fn read_level(element: ElementRef, theme: &Theme) -> Level {
    let mut run = element.find("w:rPr").map(|own| RunProperties::read(own, theme)).unwrap_or_default();
    let mut text = element.value_of("w:lvlText").unwrap_or("").to_string();
    let font = run.font.as_deref().unwrap_or("");
    if symbol::is_symbol_font(font) || text.chars().any(symbol::is_private) {
        text = text.chars().map(|letter| symbol::letter(letter, font)).collect();
        // The letter is a common one now; the symbol font has no more to do with it.
        run.font = None;
    }
    Level {
        start: within(value_number(element, "w:start").unwrap_or(0)),
        format: number_format(element),
        text,
        after: match element.value_of("w:suff") {
            Some("space") => AfterLabel::Space,
            Some("nothing") => AfterLabel::Nothing,
            _ => AfterLabel::Tab,
        },
        restart: value_number(element, "w:lvlRestart"),
        legal: switch(element, "w:isLgl").unwrap_or(false),
        paragraph: element.find("w:pPr").map(ParagraphProperties::read).unwrap_or_default(),
        run,
        style: element.value_of("w:pStyle").map(str::to_string),
    }
}

/// The format; a custom one stands in an alternative (`01, 02, 03, …`).
fn number_format(element: ElementRef) -> String {
    let format = element.find("w:numFmt").or_else(|| element.path(&["mc:AlternateContent", "mc:Fallback", "w:numFmt"]));
    format.and_then(|format| format.attribute("w:val")).unwrap_or("decimal").to_string()
}

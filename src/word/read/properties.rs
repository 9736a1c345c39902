//! What one place of a Word file says about the look of text: every property may be left unsaid.
//!
//! Styles, numbering levels, tables and paragraphs each say some; laid over each other in order they give the look.
//! No lookups happen here.

use smol_str::SmolStr;

use super::theme::Theme;
use super::unshown;
use super::values::{border, color, highlight, is_on, is_true, number_of, shading, switch, twips_of, value_number};
use crate::word::document::{
    Alignment, Border, Borders, Leader, LineSpacing, ParagraphStyle, RunStyle, TabAlignment, TabStop, VerticalPosition,
};
use crate::word::xml::ElementRef;

/// Puts what is said over what was said.
macro_rules! lay_over {
    ($under:expr, $over:expr; $($field:ident),+) => { $( if $over.$field.is_some() { $under.$field.clone_from(&$over.$field); } )+ };
}

/// Properties that styles switch to and fro: set in two styles at once, they cancel out.
pub const TOGGLES: [&str; 7] = ["w:b", "w:i", "w:caps", "w:smallCaps", "w:strike", "w:dstrike", "w:vanish"];
const BOLD: usize = 0;
const ITALIC: usize = 1;
const CAPS: usize = 2;
const SMALL_CAPS: usize = 3;
const STRIKE: usize = 4;
const DOUBLE_STRIKE: usize = 5;
const VANISH: usize = 6;

/// What a `w:rPr` says.
#[derive(Clone, Debug, Default)]
pub struct RunProperties {
    /// The character style it names.
    pub style: Option<SmolStr>,
    pub font: Option<SmolStr>,
    pub size: Option<u32>,
    pub toggles: [Option<bool>; TOGGLES.len()],
    pub underline: Option<bool>,
    pub color: Option<Option<SmolStr>>,
    pub highlight: Option<Option<SmolStr>>,
    pub shading: Option<Option<SmolStr>>,
    pub vertical: Option<VerticalPosition>,
    pub spacing: Option<i32>,
    /// An effect of letters that the PDF does not show.
    pub unshown: Option<Option<&'static str>>,
}

impl RunProperties {
    pub fn read(element: ElementRef, theme: &Theme) -> RunProperties {
        let mut properties = RunProperties::default();
        for child in element.elements() {
            let text = child.attribute("w:val").unwrap_or("");
            match child.name() {
                "w:rStyle" => properties.style = Some(text.into()),
                "w:rFonts" => properties.font = font(child, theme),
                "w:sz" => properties.size = number_of(child, "w:val").map(|size| size.clamp(2, 3276) as u32),
                "w:u" => properties.underline = Some(!matches!(text, "none" | "")),
                "w:color" => properties.color = Some(color(text)),
                "w:highlight" => properties.highlight = Some(highlight(text)),
                "w:shd" => properties.shading = Some(shading(child)),
                "w:vertAlign" => {
                    properties.vertical = Some(match text {
                        "superscript" => VerticalPosition::Superscript,
                        "subscript" => VerticalPosition::Subscript,
                        _ => VerticalPosition::Baseline,
                    });
                }
                "w:spacing" => properties.spacing = twips_of(child, "w:val"),
                name => {
                    if let Some(toggle) = TOGGLES.iter().position(|toggle| *toggle == name) {
                        properties.toggles[toggle] = Some(is_on(child));
                    } else if let Some(effect) = unshown::effect(child) {
                        properties.unshown = effect.map(Some).or(properties.unshown).or(Some(None));
                    }
                }
            }
        }
        properties
    }

    /// Lays others over these, as a derived style does over its base.
    pub fn apply(&mut self, over: &RunProperties) {
        lay_over!(self, over; font, size, underline, color, highlight, shading, vertical, spacing, unshown);
        for (under, over) in self.toggles.iter_mut().zip(over.toggles) {
            *under = over.or(*under);
        }
    }
}

/// The font of Latin letters; a theme font goes before a named one.
fn font(element: ElementRef, theme: &Theme) -> Option<SmolStr> {
    let from_theme = ["w:asciiTheme", "w:hAnsiTheme"].iter().find_map(|name| theme.font(element.attribute(name)?));
    from_theme
        .or_else(|| ["w:ascii", "w:hAnsi"].iter().find_map(|name| element.attribute(name)))
        .filter(|font| !font.is_empty())
        .map(SmolStr::from)
}

/// The look of text before its character style and its own settings: defaults, table style and paragraph style.
#[derive(Clone, Debug, Default)]
pub struct RunBase {
    said: RunProperties,
    /// Toggles that the document's defaults switch on for good.
    always: [bool; TOGGLES.len()],
    /// Toggles that an odd number of styles switches on.
    odd: [bool; TOGGLES.len()],
}

impl RunBase {
    pub fn new(defaults: &RunProperties) -> RunBase {
        RunBase {
            said: RunProperties { toggles: Default::default(), ..defaults.clone() },
            always: defaults.toggles.map(|toggle| toggle == Some(true)),
            odd: Default::default(),
        }
    }

    /// One more style in the order table, paragraph, character.
    pub fn apply_style(&mut self, style: &RunProperties) {
        for (odd, toggle) in self.odd.iter_mut().zip(style.toggles) {
            *odd ^= toggle == Some(true);
        }
        self.apply_direct(&RunProperties { toggles: Default::default(), ..style.clone() });
    }

    /// Settings of the text itself: what they say holds.
    pub fn apply_direct(&mut self, direct: &RunProperties) {
        self.said.apply(direct);
    }

    fn toggle(&self, which: usize) -> bool {
        self.said.toggles[which].unwrap_or(self.always[which] || self.odd[which])
    }

    /// Whether the text is hidden.
    pub fn hidden(&self) -> bool {
        self.toggle(VANISH)
    }

    /// An effect of its letters that the PDF does not show.
    pub fn unshown(&self) -> Option<&'static str> {
        self.said.unshown.flatten()
    }

    /// The finished look; what nobody says is as Word has it: Times New Roman, 10 points.
    pub fn finish(&self) -> RunStyle {
        let said = &self.said;
        RunStyle {
            font: said.font.clone().unwrap_or(SmolStr::new_static("Times New Roman")),
            size: said.size.unwrap_or(20),
            bold: self.toggle(BOLD),
            italic: self.toggle(ITALIC),
            underline: said.underline.unwrap_or(false),
            strike: self.toggle(STRIKE) || self.toggle(DOUBLE_STRIKE),
            caps: self.toggle(CAPS),
            small_caps: self.toggle(SMALL_CAPS),
            color: said.color.clone().flatten(),
            highlight: said.highlight.clone().flatten().or_else(|| said.shading.clone().flatten()),
            vertical: said.vertical.unwrap_or_default(),
            spacing: said.spacing.unwrap_or(0),
        }
    }
}

/// How a paragraph's number is named: `w:numPr`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NumberingReference {
    pub instance: Option<i64>,
    pub level: Option<usize>,
}

/// Borders of which each may be unsaid, taken away or given. `inside_*` are for tables.
#[derive(Clone, Debug, Default)]
pub struct BorderProperties {
    pub top: Option<Option<Border>>,
    pub bottom: Option<Option<Border>>,
    pub left: Option<Option<Border>>,
    pub right: Option<Option<Border>>,
    pub between: Option<Option<Border>>,
    pub inside_horizontal: Option<Option<Border>>,
    pub inside_vertical: Option<Option<Border>>,
}

impl BorderProperties {
    pub fn read(element: ElementRef) -> BorderProperties {
        let mut borders = BorderProperties::default();
        for child in element.elements() {
            let side = match child.name() {
                "w:top" => &mut borders.top,
                "w:bottom" => &mut borders.bottom,
                "w:left" | "w:start" => &mut borders.left,
                "w:right" | "w:end" => &mut borders.right,
                "w:between" => &mut borders.between,
                "w:insideH" => &mut borders.inside_horizontal,
                "w:insideV" => &mut borders.inside_vertical,
                _ => continue,
            };
            *side = border(child);
        }
        borders
    }

    pub fn apply(&mut self, over: &BorderProperties) {
        lay_over!(self, over; top, bottom, left, right, between, inside_horizontal, inside_vertical);
    }

    /// The borders of a paragraph.
    pub fn finish(&self) -> Borders {
        Borders {
            top: self.top.clone().flatten(),
            bottom: self.bottom.clone().flatten(),
            left: self.left.clone().flatten(),
            right: self.right.clone().flatten(),
            between: self.between.clone().flatten(),
        }
    }
}

/// What a `w:pPr` says.
#[derive(Clone, Debug, Default)]
pub struct ParagraphProperties {
    /// The paragraph style it names.
    pub style: Option<SmolStr>,
    pub alignment: Option<Alignment>,
    pub indent_left: Option<i32>,
    pub indent_right: Option<i32>,
    pub first_line: Option<i32>,
    pub before: Option<i32>,
    pub after: Option<i32>,
    pub before_automatic: Option<bool>,
    pub after_automatic: Option<bool>,
    pub line: Option<i32>,
    pub line_rule: Option<LineRule>,
    pub keep_next: Option<bool>,
    pub keep_lines: Option<bool>,
    pub page_break_before: Option<bool>,
    pub widow_control: Option<bool>,
    pub contextual_spacing: Option<bool>,
    /// Tab stops by their position; none takes an inherited one away.
    pub tabs: Vec<(i32, Option<TabStop>)>,
    pub borders: BorderProperties,
    pub shading: Option<Option<SmolStr>>,
    pub numbering: Option<NumberingReference>,
    /// From 0; 9 is body text.
    pub outline_level: Option<i64>,
}

/// What the number of `w:line` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineRule {
    Multiple,
    Exact,
    AtLeast,
}

/// Space that Word puts around a paragraph where it is left to it (`w:beforeAutospacing`), as in a web page.
const AUTOMATIC_SPACE: i32 = 280;

impl ParagraphProperties {
    pub fn read(element: ElementRef) -> ParagraphProperties {
        let mut properties = ParagraphProperties::default();
        for child in element.elements() {
            match child.name() {
                "w:pStyle" => properties.style = child.attribute("w:val").map(SmolStr::from),
                "w:jc" => properties.alignment = child.attribute("w:val").map(alignment),
                "w:ind" => properties.read_indents(child),
                "w:spacing" => properties.read_spacing(child),
                "w:tabs" => properties.tabs = child.elements().filter_map(tab).collect(),
                "w:pBdr" => properties.borders = BorderProperties::read(child),
                "w:shd" => properties.shading = Some(shading(child)),
                "w:numPr" => {
                    let level = value_number(child, "w:ilvl").and_then(|level| usize::try_from(level).ok());
                    properties.numbering = Some(NumberingReference { instance: value_number(child, "w:numId"), level });
                }
                "w:outlineLvl" => properties.outline_level = number_of(child, "w:val"),
                _ => {}
            }
        }
        properties.keep_next = switch(element, "w:keepNext");
        properties.keep_lines = switch(element, "w:keepLines");
        properties.page_break_before = switch(element, "w:pageBreakBefore");
        properties.widow_control = switch(element, "w:widowControl");
        properties.contextual_spacing = switch(element, "w:contextualSpacing");
        properties
    }

    fn read_indents(&mut self, element: ElementRef) {
        let either = |name: &str, other: &str| twips_of(element, name).or_else(|| twips_of(element, other));
        self.indent_left = either("w:start", "w:left");
        self.indent_right = either("w:end", "w:right");
        self.first_line =
            twips_of(element, "w:hanging").map(|hanging| -hanging).or_else(|| twips_of(element, "w:firstLine"));
    }

    fn read_spacing(&mut self, element: ElementRef) {
        self.before = twips_of(element, "w:before");
        self.after = twips_of(element, "w:after");
        self.before_automatic = element.attribute("w:beforeAutospacing").map(is_true);
        self.after_automatic = element.attribute("w:afterAutospacing").map(is_true);
        self.line = twips_of(element, "w:line");
        self.line_rule = element.attribute("w:lineRule").map(|rule| match rule {
            "exact" => LineRule::Exact,
            "atLeast" => LineRule::AtLeast,
            _ => LineRule::Multiple,
        });
    }

    /// Lays others over these, as a derived style does over its base.
    pub fn apply(&mut self, over: &ParagraphProperties) {
        lay_over!(self, over; alignment, indent_left, indent_right, first_line, before, after, before_automatic,
            after_automatic, line, line_rule, keep_next, keep_lines, page_break_before, widow_control,
            contextual_spacing, shading, outline_level);
        self.borders.apply(&over.borders);
        for (position, tab) in &over.tabs {
            self.tabs.retain(|(other, _)| other != position);
            self.tabs.push((*position, *tab));
        }
        if let Some(over) = over.numbering {
            let under = self.numbering.unwrap_or_default();
            self.numbering = Some(NumberingReference {
                instance: over.instance.or(under.instance),
                level: over.level.or(under.level),
            });
        }
    }

    /// The finished look; what nobody says is as Word has it.
    pub fn finish(&self, style_id: &str) -> ParagraphStyle {
        let mut tabs: Vec<TabStop> = self.tabs.iter().filter_map(|(_, tab)| *tab).collect();
        tabs.sort_by_key(|tab| tab.position);
        let space = |said: Option<i32>, automatic: Option<bool>| match automatic {
            Some(true) => AUTOMATIC_SPACE,
            _ => said.unwrap_or(0).max(0),
        };
        let line = self.line.unwrap_or(240).abs();
        ParagraphStyle {
            alignment: self.alignment.unwrap_or_default(),
            indent_left: self.indent_left.unwrap_or(0),
            indent_right: self.indent_right.unwrap_or(0),
            first_line: self.first_line.unwrap_or(0),
            before: space(self.before, self.before_automatic),
            after: space(self.after, self.after_automatic),
            line: match self.line_rule.unwrap_or(LineRule::Multiple) {
                LineRule::Exact => LineSpacing::Exact(line),
                LineRule::AtLeast => LineSpacing::AtLeast(line),
                LineRule::Multiple if line == 0 => LineSpacing::Multiple(240),
                LineRule::Multiple => LineSpacing::Multiple(line),
            },
            keep_next: self.keep_next.unwrap_or(false),
            keep_lines: self.keep_lines.unwrap_or(false),
            page_break_before: self.page_break_before.unwrap_or(false),
            widow_control: self.widow_control.unwrap_or(true),
            contextual_spacing: self.contextual_spacing.unwrap_or(false),
            style_id: style_id.into(),
            tabs,
            borders: self.borders.finish(),
            shading: self.shading.clone().flatten(),
        }
    }
}

/// The side to which lines, or a table, go.
pub fn alignment(text: &str) -> Alignment {
    match text {
        "center" => Alignment::Center,
        "right" | "end" => Alignment::Right,
        "both" | "distribute" | "thaiDistribute" | "lowKashida" | "mediumKashida" | "highKashida" | "justified" => {
            Alignment::Justified
        }
        _ => Alignment::Left,
    }
}

fn tab(element: ElementRef) -> Option<(i32, Option<TabStop>)> {
    let position = twips_of(element, "w:pos")?;
    let alignment = match element.attribute("w:val").unwrap_or("left") {
        "clear" => return Some((position, None)),
        "bar" => return None,
        "center" => TabAlignment::Center,
        "right" | "end" => TabAlignment::Right,
        "decimal" => TabAlignment::Decimal,
        _ => TabAlignment::Left,
    };
    let leader = element.attribute("w:leader").map(leader).unwrap_or_default();
    Some((position, Some(TabStop { position, alignment, leader })))
}

/// What fills the room before a tab stop.
pub fn leader(text: &str) -> Leader {
    match text {
        "dot" | "middleDot" => Leader::Dot,
        "hyphen" => Leader::Hyphen,
        "underscore" | "heavy" => Leader::Underscore,
        _ => Leader::None,
    }
}

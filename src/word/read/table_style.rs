//! Table styles: what a style, and its parts for certain rows and columns, say about borders, room and text.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::properties::{BorderProperties, ParagraphProperties, RunProperties, alignment};
use super::theme::Theme;
use super::values::{is_true, number_of, shading, twips_of, value_number};
use crate::word::document::{Alignment, VerticalAlignment};
use crate::word::xml::ElementRef;

/// Rows and columns for which a style has a part of its own, in the order in which the parts are laid over each other.
pub const CONDITIONS: [&str; 12] = [
    "band1Vert",
    "band2Vert",
    "band1Horz",
    "band2Horz",
    "firstCol",
    "lastCol",
    "firstRow",
    "lastRow",
    "neCell",
    "nwCell",
    "seCell",
    "swCell",
];

/// A set of [`CONDITIONS`], a bit for each.
pub type ConditionSet = u16;

/// What a table, a table style or a part of one says. Margins: top, right, bottom, left.
#[derive(Clone, Debug, Default)]
pub struct TableProperties {
    pub borders: BorderProperties,
    pub margins: [Option<i32>; 4],
    pub alignment: Option<Alignment>,
    pub indent: Option<i32>,
}

impl TableProperties {
    pub fn read(element: ElementRef) -> TableProperties {
        TableProperties {
            borders: element.find("w:tblBorders").map(BorderProperties::read).unwrap_or_default(),
            margins: element.find("w:tblCellMar").map(margins).unwrap_or_default(),
            alignment: element.value_of("w:jc").map(alignment),
            indent: element.find("w:tblInd").filter(|own| is_length(*own)).and_then(|own| twips_of(own, "w:w")),
        }
    }

    pub fn apply(&mut self, over: &TableProperties) {
        self.borders.apply(&over.borders);
        for (under, over) in self.margins.iter_mut().zip(over.margins) {
            *under = over.or(*under);
        }
        self.alignment = over.alignment.or(self.alignment);
        self.indent = over.indent.or(self.indent);
    }
}

/// What a cell, or a style for cells, says.
#[derive(Clone, Debug, Default)]
pub struct CellProperties {
    pub borders: BorderProperties,
    pub margins: [Option<i32>; 4],
    pub shading: Option<Option<SmolStr>>,
    pub vertical_alignment: Option<VerticalAlignment>,
}

impl CellProperties {
    pub fn read(element: ElementRef) -> CellProperties {
        CellProperties {
            borders: element.find("w:tcBorders").map(BorderProperties::read).unwrap_or_default(),
            margins: element.find("w:tcMar").map(margins).unwrap_or_default(),
            shading: element.find("w:shd").map(shading),
            vertical_alignment: element.value_of("w:vAlign").map(|text| match text {
                "center" | "both" => VerticalAlignment::Center,
                "bottom" => VerticalAlignment::Bottom,
                _ => VerticalAlignment::Top,
            }),
        }
    }

    pub fn apply(&mut self, over: &CellProperties) {
        self.borders.apply(&over.borders);
        for (under, over) in self.margins.iter_mut().zip(over.margins) {
            *under = over.or(*under);
        }
        if over.shading.is_some() {
            self.shading.clone_from(&over.shading);
        }
        self.vertical_alignment = over.vertical_alignment.or(self.vertical_alignment);
    }
}

/// The part of a style for some cells.
#[derive(Clone, Debug, Default)]
pub struct StylePart {
    says_of_text: bool,
    pub paragraph: ParagraphProperties,
    pub run: RunProperties,
    pub table: TableProperties,
    pub cell: CellProperties,
}

impl StylePart {
    fn read(element: ElementRef, theme: &Theme) -> StylePart {
        StylePart {
            says_of_text: element.find("w:pPr").is_some() || element.find("w:rPr").is_some(),
            paragraph: element.find("w:pPr").map(ParagraphProperties::read).unwrap_or_default(),
            run: element.find("w:rPr").map(|own| RunProperties::read(own, theme)).unwrap_or_default(),
            table: element.find("w:tblPr").map(TableProperties::read).unwrap_or_default(),
            cell: element.find("w:tcPr").map(CellProperties::read).unwrap_or_default(),
        }
    }

    fn apply(&mut self, over: &StylePart) {
        self.says_of_text |= over.says_of_text;
        self.paragraph.apply(&over.paragraph);
        self.run.apply(&over.run);
        self.table.apply(&over.table);
        self.cell.apply(&over.cell);
    }
}

#[derive(Clone, Debug, Default)]
pub struct TableStyle {
    pub whole: StylePart,
    /// By the place of their condition.
    parts: BTreeMap<usize, StylePart>,
    /// Rows, and columns, in a band.
    row_band: Option<usize>,
    column_band: Option<usize>,
}

impl TableStyle {
    /// Lays a `w:style` over what its base said.
    pub fn read_over(&mut self, element: ElementRef, theme: &Theme) {
        self.whole.apply(&StylePart::read(element, theme));
        if let Some(own) = element.find("w:tblPr") {
            let size =
                |name| value_number(own, name).and_then(|size| usize::try_from(size).ok()).filter(|size| *size > 0);
            self.row_band = size("w:tblStyleRowBandSize").or(self.row_band);
            self.column_band = size("w:tblStyleColBandSize").or(self.column_band);
        }
        for part in element.elements().filter(|child| child.name() == "w:tblStylePr") {
            let condition = part.attribute("w:type").unwrap_or("");
            let read = StylePart::read(part, theme);
            if condition == "wholeTable" {
                self.whole.apply(&read);
            } else if let Some(at) = CONDITIONS.iter().position(|own| *own == condition) {
                self.parts.entry(at).or_default().apply(&read);
            }
        }
    }

    /// Which parts count for a cell, given what the table asks for.
    pub fn conditions(&self, look: Look, cell: CellPosition) -> ConditionSet {
        let CellPosition { row, rows, column, columns, span } = cell;
        let (first_row, last_row) = (look.first_row && row == 0, look.last_row && row + 1 == rows);
        let (first_column, last_column) =
            (look.first_column && column == 0, look.last_column && column + span >= columns);
        let band = |at: usize, skipped: bool, size: Option<usize>| {
            at.checked_sub(usize::from(skipped)).map(|at| at / size.unwrap_or(1) % 2)
        };
        let row_band = if look.row_bands && !last_row { band(row, look.first_row, self.row_band) } else { None };
        let column_band =
            if look.column_bands && !last_column { band(column, look.first_column, self.column_band) } else { None };
        let holds = [
            column_band == Some(0),
            column_band == Some(1),
            row_band == Some(0),
            row_band == Some(1),
            first_column,
            last_column,
            first_row,
            last_row,
            first_row && last_column,
            first_row && first_column,
            last_row && last_column,
            last_row && first_column,
        ];
        let mut set = 0;
        for (at, holds) in holds.into_iter().enumerate() {
            if holds && self.parts.contains_key(&at) {
                set |= 1 << at;
            }
        }
        set
    }

    /// The parts of a set, in their order.
    pub fn parts(&self, set: ConditionSet) -> impl Iterator<Item = (usize, &StylePart)> {
        self.parts.iter().filter(move |(at, _)| set & (1 << **at) != 0).map(|(at, part)| (*at, part))
    }

    pub fn row_band(&self) -> usize {
        self.row_band.unwrap_or(1)
    }

    pub fn column_band(&self) -> usize {
        self.column_band.unwrap_or(1)
    }

    /// Whether anything is said about the text of cells to which a set of parts applies.
    pub fn says_of_text(&self, set: ConditionSet) -> bool {
        self.whole.says_of_text || self.parts(set).any(|(_, part)| part.says_of_text)
    }

    /// The text of cells to which a set of parts applies.
    pub fn text(&self, set: ConditionSet) -> (ParagraphProperties, RunProperties) {
        let (mut paragraph, mut run) = (self.whole.paragraph.clone(), self.whole.run.clone());
        for (_, part) in self.parts(set) {
            paragraph.apply(&part.paragraph);
            run.apply(&part.run);
        }
        (paragraph, run)
    }
}

/// Where a cell stands in its table; `span` columns wide.
#[derive(Clone, Copy, Debug)]
pub struct CellPosition {
    pub row: usize,
    pub rows: usize,
    pub column: usize,
    pub columns: usize,
    pub span: usize,
}

/// Which parts of its style a table asks for (`w:tblLook`).
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    pub first_row: bool,
    pub last_row: bool,
    pub first_column: bool,
    pub last_column: bool,
    pub row_bands: bool,
    pub column_bands: bool,
}

impl Look {
    /// Reads the attributes, or the bits that older Word wrote.
    pub fn read(element: Option<ElementRef>) -> Look {
        let Some(element) = element else { return Look::default() };
        let bits = element.attribute("w:val").and_then(|text| i64::from_str_radix(text.trim(), 16).ok()).unwrap_or(0);
        let flag = |name: &str, bit: i64| element.attribute(name).map_or(bits & bit != 0, is_true);
        Look {
            first_row: flag("w:firstRow", 0x20),
            last_row: flag("w:lastRow", 0x40),
            first_column: flag("w:firstColumn", 0x80),
            last_column: flag("w:lastColumn", 0x100),
            row_bands: !flag("w:noHBand", 0x200),
            column_bands: !flag("w:noVBand", 0x400),
        }
    }
}

/// Top, right, bottom, left.
fn margins(element: ElementRef) -> [Option<i32>; 4] {
    let side = |names: [&str; 2]| {
        let own = names.iter().find_map(|name| element.find(name)).filter(|own| is_length(*own))?;
        twips_of(own, "w:w").map(|width| width.max(0))
    };
    [side(["w:top", "w:top"]), side(["w:end", "w:right"]), side(["w:bottom", "w:bottom"]), side(["w:start", "w:left"])]
}

/// Whether a width is a length, not a share.
fn is_length(element: ElementRef) -> bool {
    matches!(element.attribute("w:type"), None | Some("dxa"))
}

/// The width of a table or a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Width {
    /// Twips.
    Length(i32),
    /// Of the room there is, in fiftieths of a percent.
    Share(f64),
}

impl Width {
    /// Reads a `w:tblW` or `w:tcW`; none where it leaves the width open.
    pub fn read(element: ElementRef) -> Option<Width> {
        match element.attribute("w:type") {
            None | Some("dxa") => twips_of(element, "w:w").map(Width::Length),
            Some("pct") => {
                let share = match element.attribute("w:w")?.trim().strip_suffix('%') {
                    Some(percent) => percent.parse::<f64>().ok()? * 50.0,
                    None => number_of(element, "w:w")? as f64,
                };
                Some(Width::Share(share.clamp(0.0, 25_000.0)))
            }
            _ => None,
        }
    }

    /// In twips, where there is so much room; none is less than one.
    pub fn in_room(self, room: i32) -> Option<i32> {
        let width = match self {
            Width::Length(width) => width,
            Width::Share(share) => (f64::from(room) * share / 5000.0).round() as i32,
        };
        Some(width).filter(|width| *width > 0)
    }
}

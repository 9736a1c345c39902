//! How high a filled row has to be for its texts, where the template gives it no height of its own.
//!
//! Excel fits such a row when it opens the file; LibreOffice shows it as high as one line, with the rest of the text cut.

use std::collections::HashMap;

use super::super::measure;
use super::reference::Area;
use super::styles::Styles;
use crate::word::xml::Element;

/// Width of a column that was given none, in characters.
const COLUMN_WIDTH: f64 = 8.43;

/// The room that the cells of a template's sheet have.
pub(super) struct Room {
    /// Widths in characters, for columns from the first to the second.
    widths: Vec<(u32, u32, f64)>,
    default: f64,
    /// For every cell of a merged area the last column of the area, where it is the area's first cell and the area one row
    /// high.
    merged: HashMap<(u32, u32), Option<u32>>,
}

impl Room {
    /// `root` is the part of the sheet.
    pub(super) fn read(root: &Element) -> Room {
        let number =
            |element: &Element, name: &str| element.attribute(name).and_then(|value| value.parse::<f64>().ok());
        let list = |name: &str| root.find(name).into_iter().flat_map(Element::elements);
        let widths = list("cols").filter_map(|column| {
            let (first, last) = (number(column, "min")?, number(column, "max")?);
            Some((first as u32 - 1, last as u32 - 1, number(column, "width")?))
        });
        let default = root.find("sheetFormatPr").and_then(|format| number(format, "defaultColWidth"));
        let mut merged = HashMap::new();
        for area in list("mergeCells").filter_map(|merge| Area::read(merge.attribute("ref")?)) {
            let (rows, columns) = (area.row_span(), area.column_span());
            let cells = (rows.0..=rows.1.min(rows.0 + MOST))
                .flat_map(|row| (columns.0..=columns.1.min(columns.0 + MOST)).map(move |column| (row, column)));
            merged.extend(cells.map(|cell| (cell, None)));
            if rows.0 == rows.1 {
                merged.insert((rows.0, columns.0), Some(columns.1));
            }
        }
        Room { widths: widths.collect(), default: default.unwrap_or(COLUMN_WIDTH), merged }
    }

    fn width(&self, column: u32) -> f64 {
        let own = self.widths.iter().find(|(first, last, _)| (*first..=*last).contains(&column));
        own.map_or(self.default, |(_, _, width)| *width)
    }

    /// The height in points that a text needs at a cell of the template; none where one line is enough or nothing wraps.
    pub(super) fn height(
        &self,
        (row, column): (u32, u32),
        text: &str,
        style: Option<&str>,
        styles: &Styles,
    ) -> Option<f64> {
        let last = match self.merged.get(&(row, column)) {
            Some(last) => (*last)?,
            None => column,
        };
        let (size, bold) = styles.wrapped(style)?;
        let width = (column..=last.min(column + MOST)).map(|column| self.width(column)).sum();
        let lines = measure::lines(text, width, size, bold);
        (lines > 1).then(|| measure::height(lines, size).min(measure::HIGHEST))
    }
}

/// Rows and columns of one merged area that are looked at.
const MOST: u32 = 1_000;

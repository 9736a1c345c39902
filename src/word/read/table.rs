//! Tables: the rows and cells on the grid, with what table, style and cell say, and the text in them.

use super::borders::{cell_borders, mend_merged_borders};
use super::control::{room, signature};
use super::grid::{RawCell, RawRow, column_widths, mend_merges, place_cells};
use super::report::Notice;
use super::story::{Reader, Story, Surroundings, alternative};
use super::table_style::{CellPosition, CellProperties, ConditionSet, Look, TableProperties};
use super::unshown;
use super::values::{switch, twips_of};
use crate::word::document::{Alignment, Borders, Cell, Row, RowHeight, Table, VerticalAlignment, VerticalMerge};
use crate::word::xml::ElementRef;

/// Room left and right inside cells where nothing is said, twips.
const USUAL_MARGIN: i32 = 108;

/// What holds for all cells of a row.
struct RowFrame<'a> {
    style: Option<&'a str>,
    properties: TableProperties,
    look: Look,
    row: usize,
    rows: usize,
    widths: &'a [i32],
}

impl Reader<'_> {
    /// Reads a table; none where it has no cells.
    pub fn table(&mut self, story: &mut Story, element: ElementRef, surroundings: Surroundings) -> Option<Table> {
        let mut elements = Vec::new();
        self.collect_rows(story, element, &mut elements);
        let mut rows: Vec<RawRow> = Vec::with_capacity(elements.len());
        rows.extend(
            elements.into_iter().map(|row| place_cells(row, &mut story.looks)).filter(|row| !row.cells.is_empty()),
        );
        mend_merges(&mut rows);
        let own = element.find("w:tblPr");
        let widths = column_widths(element, own, &rows, surroundings.width);
        let has_crossed_cells = rows.iter().flat_map(|row| &row.cells).any(|cell| cell.look.crossed);
        for notice in unshown::of_table(own, has_crossed_cells) {
            self.about(story, notice);
        }
        let style = own.and_then(|own| own.value_of("w:tblStyle"));
        let mut properties =
            self.definitions.styles.table(style).map(|(_, style)| style.whole.table.clone()).unwrap_or_default();
        if let Some(own) = own {
            properties.apply(&TableProperties::read(own));
        }
        let look = Look::read(own.and_then(|own| own.find("w:tblLook")));
        let alignment = properties.alignment.unwrap_or_default();
        let mut indent = properties.indent.unwrap_or(0);
        if self.tables_stand_out && surroundings.depth == 0 && alignment == Alignment::Left {
            indent -= properties.margins[3].unwrap_or(USUAL_MARGIN);
        }
        let mut table = Table {
            alignment,
            indent,
            description: own.map(description).unwrap_or_default(),
            rows: Vec::with_capacity(rows.len()),
            columns: Vec::new(),
        };
        for (at, row) in rows.iter().enumerate() {
            if self.too_large() {
                break;
            }
            let mut frame =
                RowFrame { style, properties: properties.clone(), look, row: at, rows: rows.len(), widths: &widths };
            // A row may change the borders of its table.
            if let Some(exception) = row.element.find("w:tblPrEx") {
                frame.properties.apply(&TableProperties::read(exception));
            }
            let read = self.row(story, row, &frame, surroundings);
            table.rows.push(read);
        }
        table.columns = widths;
        finish_rows(&mut table);
        (!table.rows.is_empty()).then_some(table)
    }

    /// The rows of a table, through content controls and the like.
    fn collect_rows<'e>(&mut self, story: &Story, parent: ElementRef<'e>, rows: &mut Vec<ElementRef<'e>>) {
        for child in parent.elements() {
            match child.name() {
                "w:tr" if child.path(&["w:trPr", "w:del"]).is_some() => self.about_deleted(story, child),
                "w:tr" => rows.push(child),
                "w:sdt" | "w:sdtContent" | "w:customXml" | "w:ins" | "w:moveTo" => {
                    self.collect_rows(story, child, rows);
                }
                "mc:AlternateContent" => {
                    if let Some(chosen) = alternative(child) {
                        self.collect_rows(story, chosen, rows);
                    }
                }
                _ => {}
            }
        }
    }

    fn row(&mut self, story: &mut Story, row: &RawRow, frame: &RowFrame, surroundings: Surroundings) -> Row {
        let properties = row.element.find("w:trPr");
        let on = |name| properties.and_then(|own| switch(own, name)).unwrap_or(false);
        let mut read = Row {
            cells: Vec::with_capacity(row.cells.len()),
            header: on("w:tblHeader"),
            can_split: !on("w:cantSplit"),
            height: properties.and_then(|own| own.find("w:trHeight")).and_then(row_height),
        };
        let mut column = 0;
        for cell in &row.cells {
            // What stands before the first cell of a row is empty room.
            if cell.column > column {
                read.cells.push(filler(cell.column - column));
            }
            column = cell.column + cell.span;
            let own = self.cell(story, cell, frame, surroundings);
            read.cells.push(own);
        }
        if column < frame.widths.len() {
            read.cells.push(filler(frame.widths.len() - column));
        }
        read
    }

    fn cell(&mut self, story: &mut Story, cell: &RawCell, frame: &RowFrame, surroundings: Surroundings) -> Cell {
        let position = CellPosition {
            row: frame.row,
            rows: frame.rows,
            column: cell.column,
            columns: frame.widths.len(),
            span: cell.span,
        };
        let direct = &cell.look.properties;
        let style = self.definitions.styles.table(frame.style);
        let set = style.map_or(0, |(_, style)| style.conditions(frame.look, position));
        let borders = cell_borders(&frame.properties.borders, style.map(|(_, style)| style), set, position, direct);
        let mut said = CellProperties { margins: frame.properties.margins, ..CellProperties::default() };
        if let Some((_, style)) = style {
            said.apply(&style.whole.cell);
            style.parts(set).for_each(|(_, part)| said.apply(&part.cell));
        }
        said.apply(direct);
        let margin = |side: usize| said.margins[side].unwrap_or(if side % 2 == 1 { USUAL_MARGIN } else { 0 });
        let padding = [margin(0), margin(1), margin(2), margin(3)];
        let cell_text = self.cell_text(frame.style, set);
        let width: i32 = frame.widths.iter().skip(cell.column).take(cell.span).sum();
        let inside = Surroundings { cell_text, ..surroundings.inside(width - padding[1] - padding[3]) };
        if cell.look.turned {
            self.about(story, Notice::otherwise("Chữ xoay dọc trong ô bảng được viết ngang."));
        }
        let mut blocks = self.blocks(story, cell.element, inside);
        if let Some(field) = cell.control.and_then(signature) {
            blocks = room(field, blocks);
        }
        if cell.merge == VerticalMerge::Continue {
            // Word does not show what stands in the covered part of a merged cell.
            blocks.clear();
        }
        Cell {
            span: cell.span,
            merge: cell.merge,
            borders,
            shading: said.shading.flatten(),
            vertical_alignment: said.vertical_alignment.unwrap_or_default(),
            padding,
            blocks,
        }
    }

    /// Remembers what a table style says about the text of cells; none where it says nothing.
    fn cell_text(&mut self, style: Option<&str>, set: ConditionSet) -> Option<usize> {
        let (id, style) = self.definitions.styles.table(style)?;
        let key = (id.to_string(), set);
        if let Some(place) = self.cell_text_places.get(&key) {
            return *place;
        }
        let place = style.says_of_text(set).then(|| {
            self.cell_texts.push(style.text(set));
            self.cell_texts.len() - 1
        });
        self.cell_text_places.insert(key, place);
        place
    }
}

/// Empty room in a row that does not fill the grid.
fn filler(span: usize) -> Cell {
    Cell {
        span,
        merge: VerticalMerge::None,
        borders: Borders::default(),
        shading: None,
        vertical_alignment: VerticalAlignment::Top,
        padding: [0, USUAL_MARGIN, 0, USUAL_MARGIN],
        blocks: Vec::new(),
    }
}

fn row_height(element: ElementRef) -> Option<RowHeight> {
    let height = twips_of(element, "w:val").filter(|height| *height > 0)?;
    match element.attribute("w:hRule") {
        Some("exact") => Some(RowHeight::Exact(height)),
        _ => Some(RowHeight::AtLeast(height)),
    }
}

fn description(properties: ElementRef) -> String {
    let text = ["w:tblDescription", "w:tblCaption"].iter().find_map(|name| properties.value_of(name));
    text.unwrap_or("").to_string()
}

/// Only rows at the top are repeated, and never all of them; merged cells have no border inside.
fn finish_rows(table: &mut Table) {
    let headers = table.rows.iter().take_while(|row| row.header).count();
    let headers = if headers == table.rows.len() { 0 } else { headers };
    for row in table.rows.iter_mut().skip(headers) {
        row.header = false;
    }
    mend_merged_borders(&mut table.rows);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::xml::{Element, Tree};

    #[test]
    fn a_row_height_is_a_least_height_unless_it_is_exact() {
        let height = |rule: &str| {
            let element = Element::new("w:trHeight").with("w:val", "400").with("w:hRule", rule);
            row_height(Tree::of(&element).root())
        };
        assert_eq!(height("exact"), Some(RowHeight::Exact(400)));
        assert_eq!(height("atLeast"), Some(RowHeight::AtLeast(400)));
        assert_eq!(height("auto"), Some(RowHeight::AtLeast(400)));
    }
}

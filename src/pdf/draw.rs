//! Boxes that found their place become items of a sheet: lines, frames, cells, borders drawn once.
//!
//! Decides nothing about where things go.

use super::boxes::{Anchor, BlockBox, CellBox, Edge, LineBox, Merge, ParagraphBox, RowBox, TableBox};
use super::sheet::{Artifact, Item, Owner, Placed};
use super::split;
use crate::word::document::VerticalAlignment;

/// What drawing gathers of one sheet.
#[derive(Debug, Default)]
pub struct Canvas {
    pub items: Vec<Placed>,
    pub anchors: Vec<Anchor>,
    /// Title, level, height on the sheet.
    pub headings: Vec<(String, u8, f64)>,
}

impl Canvas {
    /// Draws blocks that stand at these heights.
    pub fn blocks(&mut self, placed: Vec<(f64, BlockBox)>, x: f64, y: f64) {
        let mut placed = placed.into_iter().peekable();
        while let Some((top, block)) = placed.next() {
            match block {
                BlockBox::Paragraph(paragraph) => {
                    let next = placed.peek().filter(|_| paragraph.joined_below);
                    let reach = next.map(|(top, _)| top + y);
                    self.paragraph(paragraph, x, y + top, reach);
                }
                BlockBox::Table(table) => self.table(table, x, y + top),
            }
        }
    }

    /// `reach`: where the next paragraph begins that shares the frame.
    fn paragraph(&mut self, paragraph: ParagraphBox, x: f64, y: f64, reach: Option<f64>) {
        let (above, below) = (paragraph.frame_above(), paragraph.frame_below());
        let bottom = y + above + paragraph.lines_height() + below;
        if let Some((title, level)) = &paragraph.heading {
            self.headings.push((title.clone(), *level, y));
        }
        self.frame(&paragraph, x, (y, reach.unwrap_or(bottom)));
        let mut top = y + above;
        for line in paragraph.lines {
            let height = line.height;
            self.line(line, x, top);
            top += height;
        }
    }

    fn line(&mut self, line: LineBox, x: f64, y: f64) {
        self.anchors.extend(line.anchors);
        self.items.extend(line.items.into_iter().map(|mut placed| {
            placed.shift(x, y);
            placed
        }));
    }

    fn frame(&mut self, paragraph: &ParagraphBox, x: f64, (top, bottom): (f64, f64)) {
        let Some(frame) = paragraph.frame else { return };
        let space = |edge: &Option<Edge>| edge.map_or(0.0, |edge| edge.space);
        let borders = &frame.borders;
        let left = x + frame.left - space(&borders.left);
        let right = x + frame.right + space(&borders.right);
        if let Some(color) = frame.shading {
            let (width, height) = ((right - left).max(0.0), bottom - top);
            self.items.push(Placed::artifact(Item::Fill { x: left, y: top, width, height, color }));
        }
        let lower = if paragraph.joined_below { borders.between } else { borders.bottom };
        if let Some(border) = borders.top.filter(|_| !paragraph.joined_above && !paragraph.continued) {
            let y = top + border.thickness() / 2.0;
            self.strokes(border, (left, y), (right, y));
        }
        if let Some(border) = lower {
            let y = bottom - border.thickness() / 2.0;
            self.strokes(border, (left, y), (right, y));
        }
        for (border, x) in [(borders.left, left), (borders.right, right)] {
            if let Some(border) = border {
                self.strokes(border, (x, top), (x, bottom));
            }
        }
    }

    fn strokes(&mut self, border: Edge, from: (f64, f64), to: (f64, f64)) {
        if (from.0 - to.0).abs() + (from.1 - to.1).abs() < 0.01 || from.0 > to.0 + 0.01 {
            return;
        }
        self.items.extend(border.strokes(from, to).map(|rule| Placed::artifact(Item::Rule(rule))));
    }

    fn table(&mut self, mut table: TableBox, x: f64, y: f64) {
        let mut tops = vec![y];
        tops.extend(table.rows.iter().scan(y, |bottom, row| {
            *bottom += row.height;
            Some(*bottom)
        }));
        let heights: Vec<Vec<f64>> = (0..table.rows.len()).map(|number| cell_heights(&table.rows, number)).collect();
        self.shading(&table, x, &tops, &heights);
        let borders = Grid { table: &table, x, tops: &tops }.rules();
        let edges = std::mem::take(&mut table.edges);
        for (number, row) in table.rows.into_iter().enumerate() {
            let before = self.items.len();
            let (anchors, headings) = (self.anchors.len(), self.headings.len());
            let (above, below) = (row.rule_above, row.rule_below);
            for (cell, height) in row.cells.into_iter().zip(&heights[number]) {
                self.cell(cell, &edges, x, tops[number] + above, height - above - below);
            }
            if number < table.repeated {
                // A reader hears the heading once.
                self.anchors.truncate(anchors);
                self.headings.truncate(headings);
                self.items[before..].iter_mut().for_each(|item| item.owner = Owner::Artifact(Artifact::Layout));
            }
        }
        for (border, from, to) in borders {
            self.strokes(border, from, to);
        }
    }

    fn shading(&mut self, table: &TableBox, x: f64, tops: &[f64], heights: &[Vec<f64>]) {
        for (number, (row, heights)) in table.rows.iter().zip(heights).enumerate() {
            for (cell, height) in row.cells.iter().zip(heights.iter().copied()) {
                let Some(color) = cell.shading.filter(|_| cell.merge != Merge::Continue) else { continue };
                let left = x + table.edges[cell.column];
                let width = table.edges[cell.column + cell.span] - table.edges[cell.column];
                let fill = Item::Fill { x: left, y: tops[number], width, height, color };
                self.items.push(Placed::artifact(fill));
            }
        }
    }

    fn cell(&mut self, cell: CellBox, edges: &[f64], x: f64, y: f64, height: f64) {
        let left = x + edges[cell.column] + cell.padding[3];
        let (placed, content) = split::stack(cell.blocks);
        let room = (height - cell.padding[0] - cell.padding[2] - content).max(0.0);
        let down = match cell.alignment {
            VerticalAlignment::Top => 0.0,
            VerticalAlignment::Center => room / 2.0,
            VerticalAlignment::Bottom => room,
        };
        self.blocks(placed, left, y + cell.padding[0] + down);
    }
}

/// Height of each cell of a row, with the rows below that it is merged with.
fn cell_heights(rows: &[RowBox], number: usize) -> Vec<f64> {
    let goes_on =
        |row: &RowBox, column: usize| row.cells.iter().any(|c| c.column == column && c.merge == Merge::Continue);
    let height = |cell: &CellBox| {
        let below = rows[number + 1..].iter();
        let merged = match cell.merge {
            Merge::Start => below.take_while(|row| goes_on(row, cell.column)).map(|row| row.height).sum(),
            Merge::None | Merge::Continue => 0.0,
        };
        rows[number].height + merged
    };
    rows[number].cells.iter().map(height).collect()
}

/// The borders of a table's rows on one sheet, each drawn once though two cells share it.
struct Grid<'a> {
    table: &'a TableBox,
    x: f64,
    tops: &'a [f64],
}

type Segment = (Edge, (f64, f64), (f64, f64));

impl Grid<'_> {
    fn rules(&self) -> Vec<Segment> {
        let columns = self.table.edges.len() - 1;
        let mut segments = Vec::new();
        for level in 0..self.tops.len() {
            self.level(level, columns, &mut segments);
        }
        for edge in 0..=columns {
            self.upright(edge, &mut segments);
        }
        segments
    }

    /// The cell that covers a grid column in a row.
    fn cell<'b>(&self, row: Option<&'b RowBox>, column: usize) -> Option<&'b CellBox> {
        let covers = |cell: &&CellBox| cell.column <= column && column < cell.column + cell.span;
        row?.cells.iter().find(covers)
    }

    fn level(&self, level: usize, columns: usize, segments: &mut Vec<Segment>) {
        let rows = &self.table.rows;
        let above = level.checked_sub(1).and_then(|above| rows.get(above));
        let below = rows.get(level);
        let y = match (above, below) {
            (_, Some(row)) => self.tops[level] + row.rule_above / 2.0,
            (Some(row), None) => self.tops[level] - row.rule_below / 2.0,
            (None, None) => return,
        };
        let mut run: Option<Segment> = None;
        for column in 0..columns {
            let (upper, lower) = (self.cell(above, column), self.cell(below, column));
            let merged = upper.is_some() && lower.is_some_and(|cell| cell.merge == Merge::Continue);
            let border = if merged {
                None
            } else {
                stronger(upper.and_then(|cell| cell.borders.bottom), lower.and_then(|cell| cell.borders.top))
            };
            let (from, to) = (self.x + self.table.edges[column], self.x + self.table.edges[column + 1]);
            extend(&mut run, border, ((from, y), (to, y)), segments);
        }
        segments.extend(run);
    }

    fn upright(&self, edge: usize, segments: &mut Vec<Segment>) {
        let x = self.x + self.table.edges[edge];
        let mut run: Option<Segment> = None;
        for (number, row) in self.table.rows.iter().enumerate() {
            let before = row.cells.iter().find(|cell| cell.column + cell.span == edge);
            let after = row.cells.iter().find(|cell| cell.column == edge);
            let border = stronger(before.and_then(|cell| cell.borders.right), after.and_then(|cell| cell.borders.left));
            let (from, to) = ((x, self.tops[number]), (x, self.tops[number + 1]));
            extend(&mut run, border, (from, to), segments);
        }
        segments.extend(run);
    }
}

/// Makes the run longer if the border is the same, else ends it and begins another.
fn extend(
    run: &mut Option<Segment>,
    border: Option<Edge>,
    (from, to): ((f64, f64), (f64, f64)),
    segments: &mut Vec<Segment>,
) {
    match (run.as_mut(), border) {
        (Some(open), Some(border)) if open.0 == border => open.2 = to,
        (_, border) => {
            segments.extend(run.take());
            *run = border.map(|border| (border, from, to));
        }
    }
}

/// Of two borders on one edge the thicker one.
fn stronger(one: Option<Edge>, other: Option<Edge>) -> Option<Edge> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.thickness() > one.thickness() { other } else { one }),
        (one, other) => one.or(other),
    }
}

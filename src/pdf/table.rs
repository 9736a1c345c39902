//! From a table of the document to a table box: grid, cells, row heights, logical nodes.
//!
//! Where rows stand on pages is the business of `rows`; how borders are drawn, of `draw`.

use super::block::Layout;
use super::boxes::{BlockBox, CellBox, Edge, Edges, Merge, RowBox, TableBox};
use super::rows::stretch_group;
use super::sheet::color;
use super::split;
use super::tree::{Kind, NodeId};
use crate::word::document::{Alignment, Block, Borders, Cell, Row, RowHeight, Table, VerticalMerge};

/// Most columns of a grid and width of one that the file does not give, in points.
const MOST_COLUMNS: usize = 512;
const UNKNOWN_COLUMN: f64 = 36.0;

impl Layout<'_> {
    /// Lays a table out in a column of this width; none if it has no cells.
    pub fn table(&mut self, table: &Table, width: f64, parent: NodeId) -> Option<TableBox> {
        let edges = edges(table, width)?;
        let kinds = self.kinds(table, parent);
        let mut rows: Vec<RowBox> =
            table.rows.iter().enumerate().map(|(number, _)| self.row(table, number, &edges, &kinds)).collect();
        measure_rules(&mut rows);
        measure_groups(&mut rows);
        let headings = rows.iter().take_while(|row| row.header).count();
        let headers = if headings < rows.len() { rows[..headings].to_vec() } else { Vec::new() };
        Some(TableBox { edges, rows, headers, repeated: 0, continued: false })
    }

    /// What the table is to a reader: data with rows and cells, or only a means to set things side by side.
    fn kinds(&mut self, table: &Table, parent: NodeId) -> Kinds {
        let cells = || table.rows.iter().flat_map(|row| &row.cells);
        let data = table.rows.iter().any(|row| row.header) || cells().any(|cell| is_ruled(&cell.borders));
        if !data {
            return Kinds { node: parent, data };
        }
        let node = self.node(parent, Kind::Table);
        if self.artifact.is_none() && !table.description.is_empty() {
            self.tree.node_mut(node).alternative = Some(table.description.clone());
        }
        Kinds { node, data }
    }

    fn row(&mut self, table: &Table, number: usize, edges: &[f64], kinds: &Kinds) -> RowBox {
        let row = &table.rows[number];
        let (least, exact) = match row.height {
            None => (0.0, false),
            Some(RowHeight::AtLeast(height)) => (f64::from(height.clamp(0, 31_680)) / 20.0, false),
            Some(RowHeight::Exact(height)) => (f64::from(height.clamp(1, 31_680)) / 20.0, true),
        };
        let line = if kinds.data { self.node(kinds.node, Kind::Row) } else { kinds.node };
        let mut cells = Vec::with_capacity(row.cells.len());
        let mut column = 0;
        for cell in &row.cells {
            let span = cell.span.clamp(1, MOST_COLUMNS).min((edges.len() - 1).saturating_sub(column));
            if span == 0 {
                break;
            }
            let merge = merge(table, number, column, cell);
            let spot = Spot { number, column, span, merge };
            cells.push(self.cell(table, cell, spot, edges, line, kinds));
            column += span;
        }
        let keep_next = cells.iter().flat_map(|cell| &cell.blocks).any(|block| match block {
            BlockBox::Paragraph(paragraph) => paragraph.keep_next,
            BlockBox::Table(_) => false,
        });
        RowBox {
            cells,
            height: 0.0,
            header: row.header,
            can_split: row.can_split,
            exact,
            least,
            keep_next,
            rule_above: 0.0,
            rule_below: 0.0,
        }
    }

    fn cell(&mut self, table: &Table, cell: &Cell, spot: Spot, edges: &[f64], line: NodeId, kinds: &Kinds) -> CellBox {
        let Spot { column, span, merge, .. } = spot;
        let padding = cell.padding.map(|twips| f64::from(twips.clamp(0, 31_680)) / 20.0);
        let room = edges[column + span] - edges[column] - padding[1] - padding[3];
        let blocks = match merge {
            Merge::Continue => Vec::new(),
            Merge::None | Merge::Start => {
                let node = self.cell_node(table, spot, line, kinds);
                let is_lone = kinds.data && self.artifact.is_none() && matches!(cell.blocks[..], [Block::Paragraph(_)]);
                self.lone = is_lone.then_some(node);
                self.blocks(&cell.blocks, room.max(1.0), node)
            }
        };
        CellBox {
            column,
            span,
            merge,
            borders: Edges::of(&cell.borders),
            shading: cell.shading.as_deref().and_then(color),
            alignment: cell.vertical_alignment,
            padding,
            blocks,
        }
    }

    fn cell_node(&mut self, table: &Table, spot: Spot, line: NodeId, kinds: &Kinds) -> NodeId {
        let kind = match (kinds.data, table.rows[spot.number].header) {
            (false, _) => Kind::Division,
            (true, true) => Kind::HeadingCell,
            (true, false) => Kind::Cell,
        };
        let node = self.node(line, kind);
        if self.artifact.is_none() && kinds.data {
            let below = table.rows.iter().skip(spot.number + 1);
            let rows = match spot.merge {
                Merge::Start => 1 + below.take_while(|row| continues(row, spot.column)).count(),
                Merge::None | Merge::Continue => 1,
            };
            let node = self.tree.node_mut(node);
            (node.columns, node.rows) = (spot.span, rows);
        }
        node
    }
}

/// Where a cell stands: row, first grid column, how many, and its part in a merge.
#[derive(Clone, Copy)]
struct Spot {
    number: usize,
    column: usize,
    span: usize,
    merge: Merge,
}

struct Kinds {
    /// Where rows go, or the cells of a table that is no data.
    node: NodeId,
    data: bool,
}

fn is_ruled(borders: &Borders) -> bool {
    [&borders.top, &borders.bottom, &borders.left, &borders.right].iter().any(|border| border.is_some())
}

/// Edges of the grid, from the column's left edge.
fn edges(table: &Table, width: f64) -> Option<Vec<f64>> {
    let cells = |row: &Row| row.cells.iter().map(|cell| cell.span.clamp(1, MOST_COLUMNS)).sum::<usize>();
    let count = table.rows.iter().map(cells).max().unwrap_or(0).max(table.columns.len()).min(MOST_COLUMNS);
    if count == 0 || table.rows.iter().all(|row| row.cells.is_empty()) {
        return None;
    }
    let given = |column: usize| table.columns.get(column).map(|twips| f64::from((*twips).clamp(0, 31_680)) / 20.0);
    let mut widths: Vec<f64> = (0..count).map(|column| given(column).unwrap_or(UNKNOWN_COLUMN)).collect();
    if widths.iter().sum::<f64>() < 1.0 {
        widths = vec![width.max(1.0) / count as f64; count];
    }
    let total: f64 = widths.iter().sum();
    let start = match table.alignment {
        Alignment::Left | Alignment::Justified => f64::from(table.indent.clamp(-31_680, 31_680)) / 20.0,
        Alignment::Center => (width - total) / 2.0,
        Alignment::Right => width - total,
    };
    let mut edges = vec![start];
    edges.extend(widths.iter().scan(start, |edge, width| {
        *edge += width;
        Some(*edge)
    }));
    Some(edges)
}

/// A part of a merge that makes sense: one that starts is followed, one that goes on has a start above.
fn merge(table: &Table, number: usize, column: usize, cell: &Cell) -> Merge {
    match cell.merge {
        VerticalMerge::None => Merge::None,
        VerticalMerge::Start => match table.rows.get(number + 1) {
            Some(next) if continues(next, column) => Merge::Start,
            _ => Merge::None,
        },
        VerticalMerge::Continue => {
            let above = table.rows[..number].iter().rev().map(|row| part(row, column));
            let start = above.take_while(|part| part.is_some()).find(|part| *part != Some(VerticalMerge::Continue));
            if start == Some(Some(VerticalMerge::Start)) { Merge::Continue } else { Merge::None }
        }
    }
}

fn continues(row: &Row, column: usize) -> bool {
    part(row, column) == Some(VerticalMerge::Continue)
}

/// What the cell that begins in this grid column is in a merge.
fn part(row: &Row, column: usize) -> Option<VerticalMerge> {
    let mut start = 0;
    for cell in &row.cells {
        if start == column {
            return Some(cell.merge);
        }
        start += cell.span.clamp(1, MOST_COLUMNS);
    }
    None
}

/// Thickness of the rules between rows, which adds to the height.
fn measure_rules(rows: &mut [RowBox]) {
    let thickest =
        |edges: &mut dyn Iterator<Item = &Option<Edge>>| edges.flatten().map(Edge::thickness).fold(0.0_f64, f64::max);
    for number in 0..rows.len() {
        let above = match number {
            0 => 0.0,
            _ => thickest(&mut rows[number - 1].cells.iter().map(|cell| &cell.borders.bottom)),
        };
        let row = &rows[number];
        let own = thickest(&mut row.cells.iter().map(|cell| &cell.borders.top));
        let below = thickest(&mut row.cells.iter().map(|cell| &cell.borders.bottom));
        let last = number + 1 == rows.len();
        let row = &mut rows[number];
        row.rule_above = above.max(own);
        row.rule_below = if last { below } else { 0.0 };
        row.height = row.rule_above + row.rule_below + inner_height(row);
    }
}

/// Height of a row by its own cells, without rules.
fn inner_height(row: &RowBox) -> f64 {
    if row.exact {
        return row.least;
    }
    let own = row.cells.iter().filter(|cell| cell.merge == Merge::None);
    let height = own.map(|cell| cell.padding[0] + cell.padding[2] + split::height(&cell.blocks));
    height.fold(row.least, f64::max)
}

/// Rows grow where a merged cell holds more than they have room for.
fn measure_groups(rows: &mut [RowBox]) {
    for number in 0..rows.len() {
        let starts: Vec<(usize, f64)> = rows[number]
            .cells
            .iter()
            .filter(|cell| cell.merge == Merge::Start)
            .map(|cell| (cell.column, cell.padding[0] + cell.padding[2] + split::height(&cell.blocks)))
            .collect();
        for (column, needed) in starts {
            stretch_group(&mut rows[number..], column, needed);
        }
    }
}

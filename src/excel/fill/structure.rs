//! The tags of a sheet and what they rule: rows, columns, or the text of their own cell.
//!
//! A block whose tags stand in one cell rules the text of that cell. Any other block rules rows: its tags stand first or last
//! in their rows, and a row that holds nothing else vanishes. `{{#cot …}}` rules columns, and stands within one row. The
//! outcome is a tree for the filling core, with marks (`stream`) that say which row and cell what follows belongs to.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use super::axis::Body;
use super::grid::{Content, Grid, Run};
use super::mark::mark;
use super::reference::Area;
use super::typed;
use crate::finding::CellAddress;
use crate::finding::catalogue::template as codes;
use crate::word::fill::arrange::{Groups, pair};
use crate::word::fill::fault::{Faults, Spot, cell_number};
use crate::word::fill::gather::{Gatherer, tag_node, tag_number};
use crate::word::fill::tag::{Block, Expression, Kind, Tag};
use crate::word::xml::{Element, Node};

/// The names of lists, by number, over all sheets: loops over lists of one name go with each other.
#[derive(Debug, Default)]
pub(super) struct Lists {
    names: Vec<String>,
}

impl Lists {
    fn number(&mut self, tag: &Tag) -> usize {
        let name = match &tag.expression {
            Some(Expression::Path(name)) => name.segments.join("."),
            _ => tag.written.clone(),
        };
        self.names.iter().position(|own| *own == name).unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        })
    }
}

/// A loop over columns: the columns it repeats, and the loop around it.
#[derive(Clone, Debug)]
pub(super) struct Zone {
    pub(super) body: Body,
    pub(super) around: Option<usize>,
    pub(super) list: usize,
}

/// What the tags of a sheet rule.
#[derive(Clone, Debug, Default)]
pub(super) struct Structure {
    /// The sheet's own tags, among those of the workbook.
    pub(super) tags: Range<usize>,
    /// No tag of it is at fault.
    pub(super) is_sound: bool,
    /// The tree that the filling core fills.
    pub(super) tree: Element,
    /// The list of each loop over rows or columns, by its opening tag.
    pub(super) lists: HashMap<usize, usize>,
    pub(super) bodies: Vec<Body>,
    pub(super) zones: Vec<Zone>,
    /// The zone of each column loop, by its opening tag.
    pub(super) zone_of: HashMap<usize, usize>,
    /// The column loops of each row, from the outermost in.
    pub(super) zones_of_row: HashMap<u32, Vec<usize>>,
}

/// A piece of a cell's text.
#[derive(Clone, Debug)]
enum Bit {
    Text { run: usize, text: String },
    Tag { run: usize, number: usize },
}

impl Bit {
    /// Whether it is more than white space.
    fn is_seen(&self) -> bool {
        !matches!(self, Bit::Text { text, .. } if text.trim().is_empty())
    }
}

/// What a row holds, cell by cell: texts with tags, and other things to see.
#[derive(Debug, Default)]
struct Line {
    cells: BTreeMap<u32, Vec<Bit>>,
    solid: Vec<u32>,
    /// Row tags that stand before and after the row.
    before: Vec<usize>,
    after: Vec<usize>,
}

impl Line {
    fn vanishes(&self) -> bool {
        let ruled = !self.before.is_empty() || !self.after.is_empty();
        ruled && self.solid.is_empty() && !self.cells.values().flatten().any(Bit::is_seen)
    }
}

/// What a block rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Text,
    Rows,
    Columns,
}

/// Reads the tags of a sheet. Faults are told, and without any the tree can be filled. `referenced` are rows that something
/// outside them speaks of: a loop over them leaves an empty row where it has no turn.
pub(super) fn read(
    grid: &Grid,
    title: &str,
    referenced: &[(u32, u32)],
    tags: &mut Vec<Tag>,
    lists: &mut Lists,
    faults: &mut Faults,
) -> Structure {
    let (first, before) = (tags.len(), faults.count());
    let lines = gather(grid, title, tags, faults);
    let own = first..tags.len();
    let order: Vec<Option<usize>> = in_order(&lines).map(|(_, _, number)| Some(number)).collect();
    let groups = pair(&order, tags, faults);
    let mut builder = Builder { tags, lines, groups, positions: HashMap::new(), faults };
    builder.positions = in_order(&builder.lines).map(|(row, column, number)| (number, (row, column))).collect();
    let levels = builder.levels();
    builder.hoist(&levels);
    let mut structure = Structure::default();
    builder.columns(&levels, &merged(grid), lists, &mut structure);
    builder.rows(&levels, lists, &mut structure);
    structure.tags = own;
    structure.is_sound = builder.faults.count() == before;
    if structure.is_sound {
        builder.tree(grid, &levels, referenced, &mut structure);
    }
    structure
}

fn gather(grid: &Grid, title: &str, tags: &mut Vec<Tag>, faults: &mut Faults) -> BTreeMap<u32, Line> {
    let mut gatherer = Gatherer::new(title, tags, faults);
    let mut lines: BTreeMap<u32, Line> = BTreeMap::new();
    for (number, row) in &grid.rows {
        let mut line = Line::default();
        for (column, cell) in &row.cells {
            match &cell.content {
                Content::Blank => {}
                Content::Text(runs) => {
                    gatherer.stand_at(cell_number(CellAddress::new(*number, *column)));
                    line.cells.insert(*column, bits(runs, &mut gatherer));
                }
                _ => line.solid.push(*column),
            }
        }
        if !line.cells.is_empty() {
            lines.insert(*number, line);
        }
    }
    lines
}

/// Cuts the text of a cell; a tag takes the formatting of its first character.
fn bits(runs: &[Run], gatherer: &mut Gatherer) -> Vec<Bit> {
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    let mut ranges = Vec::with_capacity(runs.len());
    let mut at = 0;
    for run in runs {
        ranges.push(at..at + run.text.len());
        at += run.text.len();
    }
    let cut = gatherer.cut(&text, &ranges).into_iter().enumerate();
    cut.flat_map(|(run, nodes)| {
        nodes.into_iter().filter_map(move |node| match (tag_number(&node), node) {
            (Some(number), _) => Some(Bit::Tag { run, number }),
            (None, Node::Text(text)) => Some(Bit::Text { run, text }),
            _ => None,
        })
    })
    .collect()
}

/// Row, column and number of every tag in reading order.
fn in_order(lines: &BTreeMap<u32, Line>) -> impl Iterator<Item = (u32, u32, usize)> {
    lines.iter().flat_map(|(row, line)| {
        line.cells.iter().flat_map(move |(column, bits)| {
            bits.iter().filter_map(move |bit| match bit {
                Bit::Tag { number, .. } => Some((*row, *column, *number)),
                Bit::Text { .. } => None,
            })
        })
    })
}

/// The last column of each merged cell, by where it begins.
fn merged(grid: &Grid) -> HashMap<(u32, u32), u32> {
    let merges = grid.root.find("mergeCells").into_iter().flat_map(Element::elements);
    merges
        .filter_map(|merge| Area::read(merge.attribute("ref")?))
        .map(|area| ((area.row_span().0, area.column_span().0), area.column_span().1))
        .collect()
}

struct Builder<'a> {
    /// Of the whole workbook.
    tags: &'a mut Vec<Tag>,
    lines: BTreeMap<u32, Line>,
    groups: Groups,
    /// Row and column of each tag.
    positions: HashMap<usize, (u32, u32)>,
    faults: &'a mut Faults,
}

impl Builder<'_> {
    fn misplaced(&mut self, number: usize, message: String) {
        let Some(tag) = self.tags.get(number) else { return };
        let spot = Spot::of(tag);
        self.faults.at(&codes::MISPLACED, &spot, message).hint =
            "Đặt thẻ mở và thẻ đóng mỗi thẻ một hàng riêng, hoặc ở đầu ô đầu tiên và cuối ô cuối cùng có chữ của một hàng; \
             {{#cot …}} và {{/cot}} phải cùng một hàng."
                .into();
    }

    /// The tags of each block, by its opening tag.
    fn members(&self) -> BTreeMap<usize, Vec<usize>> {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (number, opening) in &self.groups {
            members.entry(*opening).or_default().push(*number);
        }
        members
    }

    /// What each block tag rules.
    fn levels(&mut self) -> HashMap<usize, Level> {
        let mut levels = HashMap::new();
        for (opening, members) in self.members() {
            let positions: Vec<(u32, u32)> =
                members.iter().filter_map(|one| self.positions.get(one).copied()).collect();
            let first = positions.first().copied().unwrap_or_default();
            let level = if self.tags[opening].kind == Kind::Open(Block::Columns) {
                if positions.iter().any(|(row, _)| *row != first.0) {
                    let message = format!("{} mở và đóng ở hai hàng khác nhau", self.tags[opening].written);
                    self.misplaced(opening, message);
                }
                Level::Columns
            } else if positions.iter().all(|position| *position == first) {
                Level::Text
            } else {
                Level::Rows
            };
            levels.extend(members.into_iter().map(|number| (number, level)));
        }
        levels
    }

    /// Takes row tags out of their rows: those that stand first go before the row, those that stand last behind it. Formulas
    /// and plain values may stand outside a pair of tags that repeats its own row.
    fn hoist(&mut self, levels: &HashMap<usize, Level>) {
        let (opens, closes) = self.pairs_in_a_row();
        let is_row = |number: &usize| levels.get(number) == Some(&Level::Rows);
        let mut left = Vec::new();
        for line in self.lines.values_mut() {
            let first_solid = line.solid.first().copied().unwrap_or(u32::MAX);
            let last_solid = line.solid.last().copied();
            let mut stopped = false;
            for (column, bits) in &mut line.cells {
                bits.retain(|bit| match bit {
                    Bit::Tag { number, .. }
                        if !stopped && is_row(number) && (*column < first_solid || opens.contains(number)) =>
                    {
                        line.before.push(*number);
                        false
                    }
                    bit => {
                        stopped |= bit.is_seen();
                        true
                    }
                });
            }
            stopped = false;
            for (column, bits) in line.cells.iter_mut().rev() {
                let is_last = last_solid.is_none_or(|last| *column > last);
                while let Some(at) = bits.iter().rposition(Bit::is_seen).filter(|_| !stopped) {
                    match &bits[at] {
                        Bit::Tag { number, .. } if is_row(number) && (is_last || closes.contains(number)) => {
                            line.after.push(*number);
                            bits.remove(at);
                        }
                        _ => stopped = true,
                    }
                }
            }
            line.after.reverse();
            left.extend(line.cells.values().flatten().filter_map(|bit| match bit {
                Bit::Tag { number, .. } if is_row(number) => Some(*number),
                _ => None,
            }));
        }
        for number in left {
            let written = self.tags[number].written.clone();
            self.misplaced(
                number,
                format!("Thẻ {written} lặp hoặc chọn cả hàng nhưng đứng giữa các ô có chữ của hàng"),
            );
        }
    }

    /// Opening and closing tags of blocks that open and close in one row, and have no other branch.
    fn pairs_in_a_row(&self) -> (HashSet<usize>, HashSet<usize>) {
        let row = |number: &usize| self.positions.get(number).map(|position| position.0);
        let members = self.members().into_values();
        let pairs = members.filter_map(|members| <[usize; 2]>::try_from(members).ok());
        pairs.filter(|[open, close]| row(open) == row(close)).map(|[open, close]| (open, close)).unzip()
    }

    /// Finds the zones of column loops, which all rows share.
    fn columns(
        &mut self,
        levels: &HashMap<usize, Level>,
        merged: &HashMap<(u32, u32), u32>,
        lists: &mut Lists,
        structure: &mut Structure,
    ) {
        let members = self.members();
        let mut open: Vec<(usize, u32)> = Vec::new();
        let mut found: Vec<(usize, Body, Option<usize>)> = Vec::new();
        for (opening, members) in &members {
            if levels.get(opening) != Some(&Level::Columns) {
                continue;
            }
            let (Some(start), Some(end)) = (
                self.positions.get(opening).copied(),
                members.last().and_then(|last| self.positions.get(last)).copied(),
            ) else {
                continue;
            };
            self.at_edges(*opening, start, false);
            self.at_edges(members.last().copied().unwrap_or(*opening), end, true);
            let last = merged.get(&end).copied().unwrap_or(end.1).max(end.1);
            let body = Body { first: start.1, last };
            // the loops of the same row that are still open when this one opens
            let close = |number: &usize| members.last().is_some_and(|last| last > number);
            open.retain(|(number, row)| {
                *row == start.0 && members_end(&self.groups, *number).is_some_and(|last| last > *opening)
            });
            let around = open.last().map(|(number, _)| *number);
            if close(opening) {
                open.push((*opening, start.0));
            }
            found.push((*opening, body, around));
        }
        for (opening, body, around) in found {
            let around = around.and_then(|number| structure.zone_of.get(&number).copied());
            let list = lists.number(&self.tags[opening]);
            let zone = self.zone(opening, body, around, list, structure);
            structure.zone_of.insert(opening, zone);
            structure.lists.insert(opening, list);
            let row = self.positions.get(&opening).map_or(0, |position| position.0);
            let of_row = structure.zones_of_row.entry(row).or_default();
            if !of_row.contains(&zone) {
                of_row.push(zone);
            }
        }
    }

    /// The number of a zone, new or known; one that crosses another is a fault.
    fn zone(
        &mut self,
        opening: usize,
        body: Body,
        around: Option<usize>,
        list: usize,
        structure: &mut Structure,
    ) -> usize {
        let same_level = |zone: &&Zone| zone.around == around;
        if let Some(at) = structure.zones.iter().position(|zone| zone.around == around && zone.body == body) {
            return at;
        }
        let crosses = |zone: &Zone| zone.body.first <= body.last && body.first <= zone.body.last;
        if structure.zones.iter().filter(same_level).any(crosses) {
            let written = self.tags[opening].written.clone();
            self.misplaced(opening, format!("{written} lặp các cột chéo với một {{{{#cot}}}} ở hàng khác"));
        }
        structure.zones.push(Zone { body, around, list });
        structure.zones.len() - 1
    }

    /// A column tag stands first (or last) in its cell, but for others of its kind.
    fn at_edges(&mut self, number: usize, position: (u32, u32), last: bool) {
        let bits = self.lines.get(&position.0).and_then(|line| line.cells.get(&position.1));
        let is_column = |tag: &Tag| match &tag.kind {
            Kind::Open(block) => *block == Block::Columns,
            Kind::Close(name) => name == Block::Columns.name(),
            _ => false,
        };
        let quiet = |bit: &&Bit| match bit {
            Bit::Text { text, .. } => text.trim().is_empty(),
            Bit::Tag { number, .. } => is_column(&self.tags[*number]),
        };
        let is_own = |bit: &Bit| matches!(bit, Bit::Tag { number: own, .. } if *own == number);
        let stands = bits.is_some_and(|bits| match last {
            false => bits.iter().take_while(quiet).any(is_own),
            true => bits.iter().rev().take_while(quiet).any(is_own),
        });
        if !stands {
            let written = self.tags[number].written.clone();
            let edge = if last { "cuối" } else { "đầu" };
            self.misplaced(number, format!("Thẻ {written} phải đứng ở {edge} ô"));
        }
    }

    /// Finds what each row loop repeats.
    fn rows(&mut self, levels: &HashMap<usize, Level>, lists: &mut Lists, structure: &mut Structure) {
        for (opening, members) in self.members() {
            let is_loop = self.tags[opening].kind == Kind::Open(Block::Each);
            if levels.get(&opening) != Some(&Level::Rows) {
                continue;
            }
            for number in members.iter().filter(|number| self.tags[**number].kind == Kind::ElseOpen(Block::Each)) {
                let list = lists.number(&self.tags[*number]);
                structure.lists.insert(*number, list);
            }
            if !is_loop {
                continue;
            }
            let list = lists.number(&self.tags[opening]);
            structure.lists.insert(opening, list);
            let row =
                |number: Option<&usize>| number.and_then(|number| self.positions.get(number)).map_or(0, |at| at.0);
            let after = |row: u32, number: &usize| self.lines.get(&row).is_some_and(|line| line.after.contains(number));
            let (first, last) = (row(Some(&opening)), row(members.last()));
            let first = first + u32::from(after(first, &opening) && !self.vanishes(first));
            let before_last = members.last().is_some_and(|number| !after(last, number)) && !self.vanishes(last);
            let last = last.saturating_sub(u32::from(before_last));
            structure.bodies.push(Body { first, last: last.max(first) });
        }
        structure.bodies.sort_by_key(|body| (body.first, std::cmp::Reverse(body.last)));
    }

    fn vanishes(&self, row: u32) -> bool {
        self.lines.get(&row).is_some_and(Line::vanishes)
    }

    /// Builds the tree: rows in their order, what stands between tags marked.
    fn tree(
        &mut self,
        grid: &Grid,
        levels: &HashMap<usize, Level>,
        referenced: &[(u32, u32)],
        structure: &mut Structure,
    ) {
        let keeps = self.kept_loops(levels, referenced, grid);
        let mut tree = Element::new("x");
        let mut next = 0;
        let lines = std::mem::take(&mut self.lines);
        for (row, line) in &lines {
            if next < *row {
                tree.children.push(mark('g', &[next, row - 1]));
            }
            next = row + 1;
            self.row_tags(&line.before, &keeps, &mut tree);
            if !line.vanishes() {
                tree.children.push(mark('r', &[*row]));
                for (column, bits) in &line.cells {
                    self.cell(*column, bits, levels, &mut tree);
                }
            }
            self.row_tags(&line.after, &keeps, &mut tree);
        }
        let end = grid.row_end();
        if next < end {
            tree.children.push(mark('g', &[next, end - 1]));
        }
        structure.tree = tree;
    }

    /// Closing tags of loops that leave an empty row where they have no turn, and those rows.
    fn kept_loops(
        &self,
        levels: &HashMap<usize, Level>,
        referenced: &[(u32, u32)],
        grid: &Grid,
    ) -> HashMap<usize, Vec<u32>> {
        let mut kept = HashMap::new();
        for (opening, members) in self.members() {
            let plain = members.len() == 2 && self.tags[opening].kind == Kind::Open(Block::Each);
            let (Some(close), Some(Level::Rows), true) = (members.last(), levels.get(&opening), plain) else {
                continue;
            };
            let row = |number: &usize| self.positions.get(number).map_or(0, |at| at.0);
            let (first, last) = (row(&opening), row(close));
            if !referenced.iter().any(|(low, high)| first <= *low && *high <= last) {
                continue;
            }
            let written = |row: &u32| !self.vanishes(*row) && *row < grid.row_end();
            kept.insert(*close, (first..=last).filter(written).collect());
        }
        kept
    }

    fn row_tags(&mut self, numbers: &[usize], keeps: &HashMap<usize, Vec<u32>>, tree: &mut Element) {
        for number in numbers {
            if let Some(rows) = keeps.get(number) {
                // the loop's own other branch, which the template does not have
                let branch = Tag { kind: Kind::Else, expression: None, element: None, ..self.tags[*number].clone() };
                self.tags.push(branch);
                tree.children.push(tag_node(self.tags.len() - 1));
                tree.children.extend(rows.iter().map(|row| mark('b', &[*row])));
            }
            tree.children.push(tag_node(*number));
            if matches!(self.tags[*number].kind, Kind::Open(Block::Each) | Kind::ElseOpen(Block::Each)) {
                tree.children.push(mark('t', &[number_of(*number)]));
            }
        }
    }

    /// The text of a cell, column tags before and behind it.
    fn cell(&mut self, column: u32, bits: &[Bit], levels: &HashMap<usize, Level>, tree: &mut Element) {
        let rules_columns =
            |bit: &&Bit| matches!(bit, Bit::Tag { number, .. } if levels.get(number) == Some(&Level::Columns));
        let opens = |number: usize, tags: &[Tag]| matches!(tags[number].kind, Kind::Open(_));
        for bit in bits.iter().filter(rules_columns) {
            if let Bit::Tag { number, .. } = bit
                && opens(*number, self.tags)
            {
                tree.children.push(tag_node(*number));
                tree.children.push(mark('t', &[number_of(*number)]));
            }
        }
        tree.children.push(mark('c', &[column]));
        for bit in bits.iter().filter(|bit| !rules_columns(bit)) {
            match bit {
                Bit::Text { run, text } => {
                    tree.children.push(mark('s', &[number_of(*run)]));
                    tree.children.push(Node::Text(text.clone()));
                }
                Bit::Tag { run, number } => {
                    tree.children.push(mark('s', &[number_of(*run)]));
                    typed::push(*number, self.tags, tree);
                }
            }
        }
        for bit in bits.iter().filter(rules_columns) {
            if let Bit::Tag { number, .. } = bit
                && !opens(*number, self.tags)
            {
                tree.children.push(tag_node(*number));
            }
        }
    }
}

/// The number of the last tag of a block.
fn members_end(groups: &Groups, opening: usize) -> Option<usize> {
    groups.iter().filter(|(_, own)| **own == opening).map(|(number, _)| *number).max()
}

/// Numbers of tags and runs are bounded by the limits of filling.
fn number_of(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

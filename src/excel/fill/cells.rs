//! The rows of a filled sheet: every cell of the template in every place where it stands.

use rust_decimal::Decimal;
use std::collections::HashSet;

use super::axis::{Path, Standing};
use super::grid::{Array, Cell, Content, Grid, Row, Run};
use super::heights::Room;
use super::limits::{LONGEST_FORMULA, LONGEST_TEXT, MOST_CELLS};
use super::moves::{Home, Moves, written};
use super::reference::{Area, Piece, pieces};
use super::stream::{Columns, FilledRow, Layout, Text, Words};
use super::structure::Structure;
use super::styles::{Look, Styles};
use super::typed::{Figure, Manner, serial};
use crate::finding::CellAddress;
use crate::vietnamese::plain;
use crate::word::xml::{Element, Node};

/// What the writer of one sheet needs to know.
pub(super) struct Sheet<'a> {
    pub(super) number: usize,
    pub(super) grid: &'a Grid,
    pub(super) structure: &'a Structure,
    pub(super) layout: &'a Layout,
    pub(super) moves: &'a Moves,
    pub(super) room: Room,
    /// Dates are counted from 1904.
    pub(super) from_1904: bool,
}

/// The rows as XML, and what came of them.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) rows: String,
    /// Cells that stand over several columns because a row below repeats more of them.
    pub(super) merged: Vec<Area>,
    /// The area that is written.
    pub(super) extent: Option<((u32, u32), (u32, u32))>,
}

/// A limit exceeded: where, and in words.
pub(super) type Exceeded = (Option<CellAddress>, String);

/// Where a cell of the template is being written.
struct Spot<'a> {
    row: u32,
    column: u32,
    at: CellAddress,
    row_path: &'a Path,
    column_path: &'a Path,
}

/// What a place shows of its cell.
enum Shown<'a> {
    /// The format only.
    Blank,
    /// What the template has there.
    Own,
    /// The filled text.
    Filled(&'a Text),
}

impl Sheet<'_> {
    /// Writes all rows.
    pub(super) fn write(&self, styles: &mut Styles) -> Result<Written, Exceeded> {
        let mut written = Written::default();
        let mut cells = 0;
        for standing in self.layout.rows.standings() {
            let end = standing.template + standing.length;
            for (number, row) in self.grid.rows.range(standing.template..end) {
                cells += row.cells.len();
                self.row(*number, row, standing, styles, &mut written)?;
                if cells > MOST_CELLS {
                    return Err((None, format!("điền ra quá {MOST_CELLS} ô")));
                }
            }
        }
        Ok(written)
    }

    fn row(
        &self,
        number: u32,
        row: &Row,
        standing: &Standing,
        styles: &mut Styles,
        written: &mut Written,
    ) -> Result<(), Exceeded> {
        let at = standing.at + number - standing.template;
        let filled = self.layout.filled.get(&at);
        let (mut text, mut height) = (String::new(), None::<f64>);
        // a row without a height of its own takes the height of what is filled in
        let is_own =
            row.attributes.iter().any(|(name, value)| name == "customHeight" && matches!(value.as_str(), "1" | "true"));
        let kept = |name: &str| !matches!(name, "ht" | "customHeight") || is_own || filled.is_none();
        for columns in self.layout.columns.standings() {
            for (column, cell) in row.cells.range(columns.template..columns.template + columns.length) {
                let at = CellAddress::new(at, columns.at + column - columns.template);
                let spot =
                    Spot { row: number, column: *column, at, row_path: &standing.path, column_path: &columns.path };
                let shown = self.shown(&spot, cell, filled);
                self.over_columns(&spot, cell, filled, written);
                if let (Shown::Filled(filled), false) = (&shown, is_own) {
                    let whole: String = filled.iter().map(|(_, words)| words.text()).collect();
                    let own = self.room.height((spot.row, spot.column), &whole, cell.style.as_deref(), styles);
                    height = own.into_iter().chain(height).reduce(f64::max);
                }
                self.cell(&spot, cell, shown, styles, &mut text)?;
                let (rows, all) = written.extent.get_or_insert(((at.row, at.row), (at.column, at.column)));
                *rows = (rows.0.min(at.row), rows.1.max(at.row));
                *all = (all.0.min(at.column), all.1.max(at.column));
            }
        }
        written.rows.push_str(&format!("<row r=\"{}\"", at + 1));
        for (name, value) in row.attributes.iter().filter(|(name, _)| kept(name)) {
            written.rows.push_str(&format!(" {name}=\"{}\"", escaped(value, true)));
        }
        if let Some(height) = height {
            written.rows.push_str(&format!(" ht=\"{:.2}\" customHeight=\"1\"", height));
        }
        match text.as_str() {
            "" => written.rows.push_str("/>"),
            cells => written.rows.push_str(&format!(">{cells}</row>")),
        }
        Ok(())
    }

    /// The column loops of the sheet around a column, from the outermost in, and how many of them a row has itself.
    fn zones(&self, spot: &Spot) -> (usize, Option<usize>) {
        let depth = spot.column_path.len();
        let own = self.structure.zones_of_row.get(&spot.row);
        let around = |zone: &&usize| {
            let body = self.structure.zones[**zone].body;
            body.first <= spot.column && spot.column <= body.last
        };
        let own: Vec<usize> = own.into_iter().flatten().filter(around).copied().collect();
        (depth.min(own.len()), own.last().copied())
    }

    fn shown<'a>(&self, spot: &Spot, cell: &Cell, filled: Option<&'a FilledRow>) -> Shown<'a> {
        let turns: Columns = spot.column_path.iter().map(|(_, turn)| *turn).collect();
        if filled.is_some_and(|row| row.is_empty) {
            return Shown::Blank;
        }
        let (depth, zone) = self.zones(spot);
        let (own, rest) = turns.split_at(depth);
        let is_first = rest.iter().all(|turn| *turn == 0);
        if !is_first {
            // a row that does not repeat here: its formulas over the repeated columns do
            let repeats = depth == 0 && self.looks_at_zone(spot, cell);
            return if repeats { Shown::Own } else { Shown::Blank };
        }
        let has_turn = zone.is_none_or(|zone| {
            filled.is_some_and(|row| row.turns.get(&zone).is_some_and(|turns| turns.iter().any(|turn| turn == own)))
        });
        if !has_turn {
            return Shown::Blank;
        }
        match (&cell.content, filled) {
            (Content::Text(_), Some(row)) => match row.cells.get(&(spot.column, own.to_vec())) {
                Some(text) => Shown::Filled(text),
                None => Shown::Blank,
            },
            (Content::Text(_), None) => Shown::Blank,
            _ => Shown::Own,
        }
    }

    /// Whether the formula of a cell speaks of the repeated columns that it stands under.
    fn looks_at_zone(&self, spot: &Spot, cell: &Cell) -> bool {
        let Content::Formula { text, .. } = &cell.content else { return false };
        let holds = |at: u32| {
            let zones = self.structure.zones.iter().filter(|zone| zone.around.is_none());
            zones.map(|zone| zone.body).any(|body| {
                body.first <= at && at <= body.last && body.first <= spot.column && spot.column <= body.last
            })
        };
        pieces(text).iter().any(|piece| match piece {
            Piece::Reference { sheet: None, area } => {
                let relative = area.columns.is_some_and(|columns| !columns.first.fixed);
                relative && holds(area.column_span().0)
            }
            _ => false,
        })
    }

    /// A cell of a row that repeats fewer columns than another row takes in all the columns that are its own.
    fn over_columns(&self, spot: &Spot, cell: &Cell, filled: Option<&FilledRow>, written: &mut Written) {
        let (depth, _) = self.zones(spot);
        let (own, rest) = spot.column_path.split_at(depth);
        if depth == 0 || rest.is_empty() || rest.iter().any(|(_, turn)| *turn != 0) || filled.is_none() {
            return;
        }
        if !matches!(cell.content, Content::Text(_)) {
            return;
        }
        let copies = self.layout.columns.copies(spot.column, spot.column, |_| true);
        let last = copies.iter().filter(|(path, _, _)| path.starts_with(own)).map(|(_, _, last)| *last).max();
        if let Some(last) = last.filter(|last| *last > spot.at.column) {
            written.merged.push(Area::of((spot.at.row, spot.at.row), (spot.at.column, last)));
        }
    }

    fn cell(
        &self,
        spot: &Spot,
        cell: &Cell,
        shown: Shown,
        styles: &mut Styles,
        text: &mut String,
    ) -> Result<(), Exceeded> {
        let mut style = cell.style.clone();
        let (kind, inside) = match (shown, &cell.content) {
            (Shown::Filled(filled), Content::Text(runs)) => self.filled(spot, filled, runs, &mut style, styles)?,
            (Shown::Own, Content::Constant { kind, children }) => {
                let mut inside = String::new();
                for child in children.iter().filter_map(Node::element) {
                    child.write(&mut inside);
                }
                (kind.clone(), inside)
            }
            (Shown::Own, Content::Formula { text, array }) => (None, self.formula(spot, text, array.as_ref())?),
            _ => (None, String::new()),
        };
        text.push_str(&format!("<c r=\"{}\"", spot.at));
        if let Some(style) = style {
            text.push_str(&format!(" s=\"{}\"", escaped(&style, true)));
        }
        if let Some(kind) = kind {
            text.push_str(&format!(" t=\"{}\"", escaped(&kind, true)));
        }
        match inside.as_str() {
            "" => text.push_str("/>"),
            inside => text.push_str(&format!(">{inside}</c>")),
        }
        Ok(())
    }

    /// A filled cell: a number where it is one, else a text.
    fn filled(
        &self,
        spot: &Spot,
        filled: &Text,
        runs: &[Run],
        style: &mut Option<String>,
        styles: &mut Styles,
    ) -> Result<(Option<String>, String), Exceeded> {
        let mut pieces = filled.iter().map(|(_, words)| words).filter(|words| !words.text().trim().is_empty());
        if let (Some(Words::Value { words, figure: Some((figure, manner)) }), None) = (pieces.next(), pieces.next())
            && let Some(number) = self.number(*figure, *manner, words, style, styles)
        {
            return Ok((None, format!("<v>{number}</v>")));
        }
        let length: usize = filled.iter().map(|(_, words)| words.text().chars().count()).sum();
        if length > LONGEST_TEXT {
            let at = CellAddress::new(spot.row, spot.column);
            return Err((Some(at), format!("ô điền ra dài quá {LONGEST_TEXT} chữ")));
        }
        if length == 0 {
            return Ok((None, String::new()));
        }
        Ok((Some("inlineStr".into()), format!("<is>{}</is>", rich(filled, runs))))
    }

    /// A value as the cell's number; its format is the cell's own where that shows such values. None for a text cell.
    fn number(
        &self,
        figure: Figure,
        manner: Manner,
        words: &str,
        style: &mut Option<String>,
        styles: &mut Styles,
    ) -> Option<String> {
        let look = styles.look(style.as_deref());
        if look == Look::Text {
            return None;
        }
        let decimals =
            words.split_once(',').map_or(0, |(_, decimals)| decimals.chars().take_while(char::is_ascii_digit).count());
        let zeros = if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(decimals)) };
        let (number, code) = match (figure, manner, look) {
            (Figure::Date(date), _, _) => {
                let days = serial(date) - if self.from_1904 { 1_462 } else { 0 };
                (days.to_string(), (look != Look::Date).then(|| "dd/mm/yyyy".to_string()))
            }
            // figures in per cent are counted in per cent, cells in parts of one
            (Figure::Number(number), _, Look::Percent) => (plain(number / Decimal::ONE_HUNDRED), None),
            (Figure::Number(number), Manner::Percent, _) => {
                (plain(number / Decimal::ONE_HUNDRED), Some(format!("0{zeros}%")))
            }
            (Figure::Number(number), Manner::Grouped, Look::General) => (plain(number), Some(format!("#,##0{zeros}"))),
            (Figure::Number(number), _, _) => (plain(number), None),
        };
        if let Some(code) = code {
            *style = Some(styles.with_code(style.as_deref(), &code));
        }
        Some(number)
    }

    fn formula(&self, spot: &Spot, text: &str, array: Option<&Array>) -> Result<String, Exceeded> {
        let home = self.home(spot);
        let formula = self.moves.formula(text, &home);
        if formula.chars().count() > LONGEST_FORMULA {
            let at = CellAddress::new(spot.row, spot.column);
            return Err((Some(at), format!("công thức sau khi lặp dài quá {LONGEST_FORMULA} chữ")));
        }
        let Some(array) = array else { return Ok(format!("<f>{}</f>", escaped(&formula, false))) };
        let copies = self.moves.copies(self.number, &array.area, |_| true);
        let place = copies.iter().find(|copy| copy.rows.0 == spot.at.row && copy.columns.0 == spot.at.column);
        let area = place.map_or_else(|| spot.at.to_string(), |copy| written(copy.rows, copy.columns));
        let mut element = Element::new("f");
        for (name, value) in &array.attributes {
            // the input cells of a table of data
            match name.as_str() {
                "r1" | "r2" => element.set(name, self.moves.formula(value, &home)),
                _ => element.set(name, value.clone()),
            }
        }
        element.set("ref", area);
        let mut written = String::new();
        element.text(formula).write(&mut written);
        Ok(written)
    }

    fn home(&self, spot: &Spot) -> Home {
        Home {
            sheet: Some(self.number),
            row: spot.row,
            column: spot.column,
            row_path: spot.row_path.clone(),
            column_path: spot.column_path.clone(),
            takes_all: false,
        }
    }
}

/// A text with the formatting of its runs; plain where there is none.
fn rich(filled: &Text, runs: &[Run]) -> String {
    let used: HashSet<usize> =
        filled.iter().filter(|(_, words)| !words.text().is_empty()).map(|(run, _)| *run).collect();
    let is_plain = used.iter().all(|run| runs.get(*run).is_none_or(|run| run.properties.is_none()));
    let holder = |text: &str| format!("<t xml:space=\"preserve\">{}</t>", escaped(text, false));
    if is_plain {
        let text: String = filled.iter().map(|(_, words)| words.text()).collect();
        return holder(&text);
    }
    let mut written = String::new();
    let mut rest = filled.as_slice();
    while let Some((run, _)) = rest.first() {
        let same = rest.iter().take_while(|(own, _)| own == run).count();
        let text: String = rest[..same].iter().map(|(_, words)| words.text()).collect();
        rest = &rest[same..];
        if text.is_empty() {
            continue;
        }
        written.push_str("<r>");
        if let Some(properties) = runs.get(*run).and_then(|run| run.properties.as_ref()) {
            properties.write(&mut written);
        }
        written.push_str(&holder(&text));
        written.push_str("</r>");
    }
    written
}

fn escaped(text: &str, in_attribute: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    if in_attribute {
        crate::word::xml::escape_attribute(text, &mut escaped);
    } else {
        crate::word::xml::escape_text(text, &mut escaped);
    }
    escaped
}

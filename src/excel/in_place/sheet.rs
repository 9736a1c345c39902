//! The part of a sheet: a style on the cells at fault, cells that were not there put in their place, the link to boxes.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Notes;
use super::cut::{Edit, Kind, Next, Tag, for_each_tag};
use crate::finding::{CellAddress, Severity};

/// What may follow the link to the boxes of comments in a sheet.
const AFTER_DRAWING: [&str; 10] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
    "legacyDrawing",
];
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A sheet at a glance.
pub(super) struct Survey {
    pub(super) prefix: String,
    dimension: Option<Range<usize>>,
    /// First and last column, from one, with their style.
    columns: Vec<(u32, u32, u32)>,
    merges: Vec<(CellAddress, CellAddress)>,
    /// The tag that opens the cells, and the one that closes them; the same where it closes itself.
    cells: (Range<usize>, Range<usize>),
    /// Id of the relation to the boxes of comments.
    pub(super) drawing: Option<String>,
    /// Where the link to boxes goes.
    room: usize,
}

impl Survey {
    /// None where the part is no sheet.
    pub(super) fn of(text: &str) -> Option<Survey> {
        let (mut prefix, mut cells_open, mut cells_close, mut room) = (None, None, None, None);
        let (mut dimension, mut drawing) = (None, None);
        let (mut columns, mut merges) = (Vec::new(), Vec::new());
        for_each_tag(text, |tag| {
            match (tag.depth, tag.kind) {
                (0, Kind::Close) => room = room.or(Some(tag.start)),
                (0, _) if tag.is("worksheet") => prefix = Some(tag.prefix().to_string()),
                (1, Kind::Close) if tag.is("sheetData") => cells_close = Some(tag.range()),
                (1, Kind::Open | Kind::Empty) => {
                    if tag.is("sheetData") {
                        cells_open = Some(tag.range());
                        cells_close = (tag.kind == Kind::Empty).then(|| tag.range());
                    } else if tag.is("dimension") {
                        dimension = Some(tag.range());
                    } else if cells_close.is_some() && AFTER_DRAWING.iter().any(|name| tag.is(name)) {
                        room = room.or(Some(tag.start));
                    }
                    if tag.is("legacyDrawing") {
                        drawing = tag.prefixed("id");
                    }
                }
                (2, Kind::Open | Kind::Empty) if tag.is("col") => {
                    let ends = tag.number("min").zip(tag.number("max"));
                    columns.extend(ends.map(|(min, max)| (min, max, tag.number("style").unwrap_or(0))));
                }
                (2, Kind::Open | Kind::Empty) if tag.is("mergeCell") => merges.extend(tag.raw("ref").and_then(area)),
                _ => {}
            }
            Next::More
        })?;
        let cells = (cells_open?, cells_close?);
        Some(Survey { prefix: prefix?, dimension, columns, merges, cells, drawing, room: room? })
    }

    /// The same notes at cells that can be seen: of merged cells the first.
    pub(super) fn at_anchors(&self, notes: Notes) -> Notes {
        let mut moved = Notes::new();
        for (cell, (severity, words)) in notes {
            let inside = |(first, last): &&(CellAddress, CellAddress)| {
                (first.row..=last.row).contains(&cell.row) && (first.column..=last.column).contains(&cell.column)
            };
            let anchor = self.merges.iter().find(inside).map_or(cell, |(first, _)| *first);
            let (own, all) = moved.entry(anchor).or_insert((severity, Vec::new()));
            *own = severity.min(*own);
            all.extend(words);
        }
        moved
    }

    /// The link to the boxes of comments, in the place that the schema gives it.
    pub(super) fn link_drawing(&self, text: &str, id: &str) -> Vec<Edit> {
        let prefix = &self.prefix;
        let link = format!("<{prefix}legacyDrawing xmlns:r=\"{RELATIONS}\" r:id=\"{id}\"/>");
        // a link that leads nowhere gives way
        let broken = text[self.room..].starts_with(&format!("<{prefix}legacyDrawing "));
        let end = text[self.room..].find('>').map_or(self.room, |end| self.room + end + 1);
        vec![(self.room..if broken { end } else { self.room }, link)]
    }

    /// The style of a cell that is not there: its row's, else its column's.
    fn style(&self, row: Option<u32>, column: u32) -> u32 {
        let of_column = || {
            let inside = |(min, max, _): &&(u32, u32, u32)| (*min..=*max).contains(&(column + 1));
            self.columns.iter().find(inside).map_or(0, |(_, _, style)| *style)
        };
        row.unwrap_or_else(of_column)
    }

    /// The stated extent of the sheet, made to hold more cells.
    fn extended(&self, text: &str, added: &[CellAddress]) -> Option<Edit> {
        let range = self.dimension.clone()?;
        let tag = Tag { kind: Kind::Empty, text: &text[range.clone()], start: range.start, depth: 1 };
        let (mut first, mut last) = area(tag.raw("ref")?)?;
        let before = (first, last);
        for cell in added {
            first = CellAddress::new(first.row.min(cell.row), first.column.min(cell.column));
            last = CellAddress::new(last.row.max(cell.row), last.column.max(cell.column));
        }
        ((first, last) != before).then(|| (range, tag.with("ref", &format!("{first}:{last}"))))
    }
}

/// `B3:E5`, or `B3` alone.
fn area(text: &str) -> Option<(CellAddress, CellAddress)> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    Some((address(first)?, address(last)?))
}

pub(super) fn address(text: &str) -> Option<CellAddress> {
    text.parse().ok()
}

/// The edits that give each noted cell its colour; `restyle` gives the coloured number of a style. None where the part is
/// broken.
pub(super) fn colour(
    text: &str,
    survey: &Survey,
    notes: &Notes,
    mut restyle: impl FnMut(u32, Severity) -> u32,
) -> Option<Vec<Edit>> {
    let mut waiting: Rows = BTreeMap::new();
    for (cell, (severity, _)) in notes {
        waiting.entry(cell.row).or_default().insert(cell.column, *severity);
    }
    let mut painter = Painter {
        survey,
        restyle: &mut restyle,
        waiting,
        row: None,
        last_row: None,
        edits: Vec::new(),
        added: Vec::new(),
    };
    for_each_tag(text, |tag| {
        match (tag.depth, tag.kind) {
            (2, Kind::Open | Kind::Empty) if tag.is("row") && survey.holds(&tag) => painter.begin_row(tag),
            (3, Kind::Open | Kind::Empty) if tag.is("c") => painter.cell(tag),
            (2, Kind::Close) if tag.is("row") => painter.end_row(tag.start),
            _ => {}
        }
        if painter.is_done() { Next::Enough } else { Next::More }
    })?;
    painter.finish(text);
    let extended = survey.extended(text, &painter.added);
    painter.edits.extend(extended);
    Some(painter.edits)
}

impl Survey {
    pub(super) fn holds(&self, tag: &Tag) -> bool {
        self.cells.0.end <= tag.start && tag.end() <= self.cells.1.start
    }
}

/// Columns of a row that wait for their colour.
type Columns = BTreeMap<u32, Severity>;
type Rows = BTreeMap<u32, Columns>;

struct Painter<'a, 't> {
    survey: &'a Survey,
    restyle: &'a mut dyn FnMut(u32, Severity) -> u32,
    waiting: Rows,
    row: Option<OpenRow<'t>>,
    /// The row seen last, for rows that do not say their number.
    last_row: Option<u32>,
    edits: Vec<Edit>,
    added: Vec<CellAddress>,
}

struct OpenRow<'t> {
    tag: Tag<'t>,
    number: u32,
    style: Option<u32>,
    last_column: Option<u32>,
    waiting: Columns,
    /// Columns put into the row.
    added: Vec<u32>,
}

impl<'a, 't> Painter<'a, 't> {
    fn is_done(&self) -> bool {
        self.row.is_none() && self.waiting.is_empty()
    }

    fn begin_row(&mut self, tag: Tag<'t>) {
        let next = self.last_row.map_or(0, |last| last.saturating_add(1));
        let number = tag.number("r").and_then(|number| number.checked_sub(1)).unwrap_or(next);
        self.last_row = Some(number);
        let later = self.waiting.split_off(&number);
        let missing = std::mem::replace(&mut self.waiting, later);
        let rows = self.new_rows(missing);
        self.insert(tag.start, rows);
        let Some(waiting) = self.waiting.remove(&number) else { return };
        let styled = matches!(tag.raw("customFormat"), Some("1" | "true"));
        let style = tag.number("s").filter(|_| styled);
        let row = OpenRow { tag, number, style, last_column: None, waiting, added: Vec::new() };
        if tag.kind == Kind::Open {
            self.row = Some(row);
            return;
        }
        let cells = self.new_cells(number, style, row.waiting);
        self.edits.push((tag.range(), format!("{}{cells}</{}>", tag.opened(), tag.name())));
    }

    fn cell(&mut self, tag: Tag) {
        let Some(row) = &mut self.row else { return };
        let next = row.last_column.map_or(0, |last| last.saturating_add(1));
        let column = tag.raw("r").and_then(address).map_or(next, |cell| cell.column);
        row.last_column = Some(column);
        let later = row.waiting.split_off(&column);
        let missing = std::mem::replace(&mut row.waiting, later);
        if let Some(severity) = row.waiting.remove(&column) {
            let style = (self.restyle)(tag.number("s").unwrap_or(0), severity).to_string();
            self.edits.push((tag.range(), tag.with("s", &style)));
        }
        row.added.extend(missing.keys());
        let (number, style) = (row.number, row.style);
        let cells = self.new_cells(number, style, missing);
        self.insert(tag.start, cells);
    }

    fn end_row(&mut self, end: usize) {
        let Some(mut row) = self.row.take() else { return };
        row.added.extend(row.waiting.keys());
        let cells = self.new_cells(row.number, row.style, row.waiting);
        self.insert(end, cells);
        // the stated span of a row holds all its cells
        let span = row.tag.raw("spans").and_then(|spans| spans.split_once(':'));
        let span = span.and_then(|(first, last)| Some((first.parse::<u32>().ok()?, last.parse::<u32>().ok()?)));
        if let (Some((first, last)), Some(least), Some(most)) = (span, row.added.iter().min(), row.added.iter().max()) {
            let spans = format!("{}:{}", first.min(least + 1), last.max(most + 1));
            self.edits.push((row.tag.range(), row.tag.with("spans", &spans)));
        }
    }

    /// What still waits goes behind the last row.
    fn finish(&mut self, text: &str) {
        let missing = std::mem::take(&mut self.waiting);
        let rows = self.new_rows(missing);
        let (open, close) = &self.survey.cells;
        if open != close {
            self.insert(close.start, rows);
        } else if !rows.is_empty() {
            let tag = Tag { kind: Kind::Empty, text: &text[open.clone()], start: open.start, depth: 1 };
            self.edits.push((open.clone(), format!("{}{rows}</{}>", tag.opened(), tag.name())));
        }
    }

    fn insert(&mut self, at: usize, new: String) {
        if !new.is_empty() {
            self.edits.push((at..at, new));
        }
    }

    fn new_rows(&mut self, rows: Rows) -> String {
        let survey: &'a Survey = self.survey;
        let prefix = &survey.prefix;
        let mut text = String::new();
        for (row, columns) in rows {
            let cells = self.new_cells(row, None, columns);
            text.push_str(&format!("<{prefix}row r=\"{}\">{cells}</{prefix}row>", row + 1));
        }
        text
    }

    fn new_cells(&mut self, row: u32, row_style: Option<u32>, columns: Columns) -> String {
        let mut text = String::new();
        for (column, severity) in columns {
            let cell = CellAddress::new(row, column);
            let style = (self.restyle)(self.survey.style(row_style, column), severity);
            text.push_str(&format!("<{}c r=\"{cell}\" s=\"{style}\"/>", self.survey.prefix));
            self.added.push(cell);
        }
        text
    }
}

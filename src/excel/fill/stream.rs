//! What the filling core gives back for a sheet: one text with marks, read into rows and cells.
//!
//! A mark is a letter and numbers between two characters that no value holds. `g` plain rows, `r` a row with tags, `b` an
//! emptied row; `t` a turn of a loop; `c` a cell, `s` a run of its text; `v` … `w` … `z` a value, for the cell and in words.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt};

use super::axis::{Axis, Body, Path};
use super::limits::{MOST_CELLS, MOST_COLUMNS_MADE, MOST_ROWS_MADE};
use super::mark::{CLOSE, OPEN};
use super::structure::Structure;
use super::typed::{self, Figure, Manner};
use crate::word::fill::assemble::{COLUMNS_BEGIN, COLUMNS_END, COLUMNS_NEXT, LOOP_BEGIN, LOOP_END, TURN};
use crate::word::fill::finish::{LINE_BREAK, TAB};

/// A filled text: pieces with the number of the run whose formatting they have.
pub(super) type Text = Vec<(usize, Words)>;

/// A piece of a filled text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Words {
    /// As the template has it.
    Own(String),
    /// The value of a tag.
    Value { words: String, figure: Option<(Figure, Manner)> },
}

impl Words {
    pub(super) fn text(&self) -> &str {
        match self {
            Words::Own(text) | Words::Value { words: text, .. } => text,
        }
    }
}

/// Turns of column loops, from the outermost in.
pub(super) type Columns = Vec<u32>;

/// A row with tags, filled.
#[derive(Clone, Debug, Default)]
pub(super) struct FilledRow {
    pub(super) cells: HashMap<(u32, Columns), Text>,
    /// The turns of column loops that this row has.
    pub(super) turns: HashMap<usize, Vec<Columns>>,
    /// Emptied: its loop had no turn.
    pub(super) is_empty: bool,
}

/// A filled sheet: where everything stands, and what the rows with tags hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    pub(super) rows: Axis,
    pub(super) columns: Axis,
    /// By the number of the row in the filled sheet.
    pub(super) filled: BTreeMap<u32, FilledRow>,
}

/// A limit exceeded, in words.
pub(super) type Exceeded = String;

/// Events of the stream.
#[derive(Debug)]
enum Event<'a> {
    Mark(char, Vec<u32>),
    LoopBegin,
    LoopEnd,
    ColumnsBegin,
    ColumnsEnd,
    Text(&'a str),
}

fn events(stream: &str) -> impl Iterator<Item = Event<'_>> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            if let Some(after) = rest.strip_prefix(OPEN) {
                let end = after.find(CLOSE).unwrap_or(after.len());
                let inside = &after[..end];
                rest = after.get(end + 1..).unwrap_or_default();
                let mut letters = inside.chars();
                let kind = letters.next()?;
                let numbers = letters.as_str().split('-').filter_map(|number| number.parse().ok()).collect();
                return Some(Event::Mark(kind, numbers));
            }
            let known = [LOOP_BEGIN, LOOP_END, TURN].into_iter().find(|sign| rest.starts_with(sign));
            if let Some(sign) = known {
                rest = &rest[sign.len()..];
                match sign {
                    TURN => continue,
                    LOOP_BEGIN => return Some(Event::LoopBegin),
                    _ => return Some(Event::LoopEnd),
                }
            }
            if rest.starts_with('<') {
                // only the core's own elements are left as elements: values and texts are escaped
                let end = rest.find('>').map_or(rest.len(), |at| at + 1);
                let name = rest[1..end].trim_end_matches("/>");
                rest = &rest[end..];
                match name {
                    COLUMNS_BEGIN => return Some(Event::ColumnsBegin),
                    COLUMNS_END => return Some(Event::ColumnsEnd),
                    COLUMNS_NEXT => continue,
                    _ => continue,
                }
            }
            let end = rest.find(|sign| matches!(sign, OPEN | '<' | '\u{5}'..='\u{7}')).unwrap_or(rest.len());
            let text = &rest[..end];
            rest = &rest[end..];
            return Some(Event::Text(text));
        }
    })
}

/// Takes back what was escaped for XML.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        let known = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#13;", '\r')];
        match known.iter().find(|(written, _)| rest[at..].starts_with(written)) {
            Some((written, character)) => {
                plain.push(*character);
                rest = &rest[at + written.len()..];
            }
            None => {
                plain.push('&');
                rest = &rest[at + 1..];
            }
        }
    }
    plain.push_str(rest);
    plain.replace(LINE_BREAK, "\n").replace(TAB, "\t")
}

/// A value that is being read: how it was asked for, what the cell gets, and whether the words have begun.
#[derive(Default)]
struct Open {
    manner: u32,
    given: String,
    words: Option<String>,
}

/// Reads texts: the part of the stream that stands inside a cell.
#[derive(Default)]
struct TextReader {
    text: Text,
    run: usize,
    value: Option<Open>,
}

impl TextReader {
    fn mark(&mut self, kind: char, numbers: &[u32]) {
        let number = numbers.first().copied().unwrap_or(0);
        match kind {
            's' => self.run = number as usize,
            'v' => self.value = Some(Open { manner: number, ..Open::default() }),
            'w' => {
                if let Some(value) = &mut self.value {
                    value.words = Some(String::new());
                }
            }
            'z' => {
                if let Some(value) = self.value.take() {
                    let figure = typed::read(&value.given).map(|figure| (figure, Manner::by_number(value.manner)));
                    self.text.push((self.run, Words::Value { words: value.words.unwrap_or_default(), figure }));
                }
            }
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        let text = plain(text);
        match &mut self.value {
            Some(Open { words: Some(words), .. }) => words.push_str(&text),
            Some(value) => value.given.push_str(&text),
            None => self.text.push((self.run, Words::Own(text))),
        }
    }
}

/// Reads the texts of a stream that has no rows: each after a mark `S` with its number.
pub(super) fn texts(stream: &str) -> BTreeMap<u32, Text> {
    let mut found = BTreeMap::new();
    let mut number = None;
    let mut reader = TextReader::default();
    let mut put = |number: Option<u32>, reader: &mut TextReader| {
        let text = std::mem::take(reader).text;
        if let Some(number) = number {
            found.insert(number, text);
        }
    };
    for event in events(stream) {
        match event {
            Event::Mark('S', numbers) => {
                put(number, &mut reader);
                number = numbers.first().copied();
            }
            Event::Mark(kind, numbers) => reader.mark(kind, &numbers),
            Event::Text(text) => reader.words(text),
            _ => {}
        }
    }
    put(number, &mut reader);
    found
}

/// Reads the stream of a sheet. `row_end` and `column_end` are where the template ends.
pub(super) fn read(stream: &str, structure: &Structure, row_end: u32, column_end: u32) -> Result<Layout, Exceeded> {
    let mut reader = Reader {
        structure,
        rows: Axis::new(row_end, structure.bodies.clone()),
        filled: BTreeMap::new(),
        loops: Vec::new(),
        columns: Vec::new(),
        most: HashMap::new(),
        cell: None,
        text: TextReader::default(),
        cells: 0,
    };
    for event in events(stream) {
        reader.take(event)?;
    }
    reader.end_cell();
    let mut columns = Axis::new(column_end, structure.zones.iter().map(|zone| zone.body).collect());
    reader.lay(0, column_end, None, &mut Vec::new(), &mut Path::new(), &mut columns)?;
    Ok(Layout { rows: reader.rows, columns, filled: reader.filled })
}

/// A loop over rows: its list, once a turn has told it, and how many turns there were.
type Loop = Option<(usize, usize, u32)>;

struct Reader<'a> {
    structure: &'a Structure,
    rows: Axis,
    filled: BTreeMap<u32, FilledRow>,
    loops: Vec<Loop>,
    /// Column loops that are open: zone, and which turn.
    columns: Vec<Option<(usize, u32)>>,
    /// The most turns of each zone, by the turns around it.
    most: HashMap<(usize, Columns), u32>,
    cell: Option<u32>,
    text: TextReader,
    cells: usize,
}

impl Reader<'_> {
    fn take(&mut self, event: Event) -> Result<(), Exceeded> {
        match event {
            Event::Mark('t', numbers) => self.turn(numbers.first().copied().unwrap_or(0) as usize)?,
            Event::Mark(kind @ ('g' | 'r' | 'b'), numbers) => self.row(kind, &numbers)?,
            Event::Mark('c', numbers) => {
                self.end_cell();
                self.cells += 1;
                if self.cells > MOST_CELLS {
                    return Err(format!("điền ra quá {MOST_CELLS} ô"));
                }
                self.cell = numbers.first().copied();
            }
            Event::Mark(kind, numbers) => self.text.mark(kind, &numbers),
            Event::Text(text) if self.cell.is_some() => self.text.words(text),
            Event::Text(_) => {}
            Event::LoopBegin => self.loops.push(None),
            Event::LoopEnd => drop(self.loops.pop()),
            Event::ColumnsBegin => {
                self.end_cell();
                self.columns.push(None);
            }
            Event::ColumnsEnd => {
                self.end_cell();
                self.columns.pop();
            }
        }
        Ok(())
    }

    fn path(&self) -> Path {
        self.loops.iter().flatten().map(|(_, list, turn)| (*list, *turn)).collect()
    }

    fn turns(&self) -> Columns {
        self.columns.iter().flatten().map(|(_, turn)| *turn).collect()
    }

    /// A turn of the loop that the tag opens, over rows or over columns, begins.
    fn turn(&mut self, tag: usize) -> Result<(), Exceeded> {
        if let Some(zone) = self.structure.zone_of.get(&tag).copied() {
            self.end_cell();
            if let Some(open) = self.columns.last_mut() {
                *open = Some((zone, open.map_or(0, |(_, turn)| turn + 1)));
            }
            let mut around = self.turns();
            let own = around.clone();
            let turn = around.pop().unwrap_or(0);
            if turn >= MOST_COLUMNS_MADE {
                return Err(format!("điền ra quá {MOST_COLUMNS_MADE} cột"));
            }
            let most = self.most.entry((zone, around)).or_insert(0);
            *most = (*most).max(turn + 1);
            let end = self.rows.end();
            if let Some(row) = end.checked_sub(1).and_then(|at| self.filled.get_mut(&at)) {
                row.turns.entry(zone).or_default().push(own);
            }
            return Ok(());
        }
        let list = self.structure.lists.get(&tag).copied().unwrap_or(usize::MAX);
        if let Some(open) = self.loops.last_mut() {
            *open = Some(open.map_or((tag, list, 0), |(tag, list, turn)| (tag, list, turn + 1)));
        }
        Ok(())
    }

    fn row(&mut self, kind: char, numbers: &[u32]) -> Result<(), Exceeded> {
        self.end_cell();
        self.cell = None;
        let first = numbers.first().copied().unwrap_or(0);
        let last = numbers.get(1).copied().unwrap_or(first);
        let at = self.rows.end();
        let path = self.path();
        self.rows.push(first, last - first + 1, &path);
        if self.rows.end() > MOST_ROWS_MADE {
            return Err(format!("điền ra quá {MOST_ROWS_MADE} hàng"));
        }
        if kind != 'g' {
            self.filled.insert(at, FilledRow { is_empty: kind == 'b', ..FilledRow::default() });
        }
        Ok(())
    }

    fn end_cell(&mut self) {
        let text = std::mem::take(&mut self.text).text;
        let Some(cell) = self.cell.take() else { return };
        let turns = self.turns();
        if let Some(row) = self.rows.end().checked_sub(1).and_then(|at| self.filled.get_mut(&at)) {
            row.cells.insert((cell, turns), text);
        }
    }

    /// Lays out the columns of the template from `from` up to `to`, which lie in `zone`.
    fn lay(
        &self,
        from: u32,
        to: u32,
        zone: Option<usize>,
        turns: &mut Columns,
        path: &mut Path,
        columns: &mut Axis,
    ) -> Result<(), Exceeded> {
        let zones = self.structure.zones.iter().enumerate().filter(|(_, own)| own.around == zone);
        let mut inner: Vec<(usize, Body, usize)> = zones.map(|(number, own)| (number, own.body, own.list)).collect();
        inner.sort_by_key(|(_, body, _)| body.first);
        let mut next = from;
        for (number, body, list) in inner {
            if next < body.first {
                columns.push(next, body.first - next, path);
            }
            for turn in 0..self.most.get(&(number, turns.clone())).copied().unwrap_or(0) {
                turns.push(turn);
                path.push((list, turn));
                self.lay(body.first, body.last + 1, Some(number), turns, path, columns)?;
                turns.pop();
                path.pop();
                if columns.end() > MOST_COLUMNS_MADE {
                    return Err(format!("điền ra quá {MOST_COLUMNS_MADE} cột"));
                }
            }
            next = body.last + 1;
        }
        if next < to {
            columns.push(next, to - next, path);
        }
        Ok(())
    }
}

//! The cells of one sheet on their way to the file: gathered in any order, written row by row.
//!
//! A ranking has tens of thousands of cells, most of them formulas; each is held as a few numbers and a stretch of one
//! text, and written once, straight into the package.

use std::io::{self, Write};

use memchr::memmem::Finder;
use rust_decimal::Decimal;

use super::digits::{push_figure, push_letters, push_quarters, push_whole};
use super::measure::HIGHEST;
use super::strings::{cut, escape};
use crate::finding::CellAddress;

/// Bytes that are gathered before they are handed on.
const CHUNK: usize = 1 << 16;

/// The cells and rows of a sheet.
#[derive(Default)]
pub(super) struct Cells {
    /// In the order of the file.
    cells: Vec<Cell>,
    /// Where the cells of the last row begin.
    last_row: usize,
    /// The formula that each column had last: most rows have the same.
    formulas: Vec<Option<(String, Stretch)>>,
    /// Escaped formulas, and results as they are written.
    text: String,
    /// Heights of rows in points, by row; 0 for those that were given none.
    heights: Vec<f64>,
    hidden: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Cell {
    row: u32,
    column: u16,
    /// Number of the look, in the order of [`super::assembly`].
    look: u16,
    content: Content,
}

#[derive(Clone, Copy)]
enum Content {
    Blank,
    /// A shared text by its number.
    Text(u32),
    Number(Stretch),
    Formula {
        formula: Stretch,
        result: Stretch,
        is_text: bool,
    },
}

/// A part of [`Cells::text`]; as short as can be, since every cell has one or two.
#[derive(Clone, Copy)]
struct Stretch {
    from: u32,
    to: u32,
}

/// Which cells say where they stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Addresses {
    All,
    /// Those that do not follow the cell before.
    AfterGaps,
}

/// What a formula gives now.
pub(super) enum Outcome<'a> {
    Number(Decimal),
    Text(&'a str),
}

impl Cells {
    /// Of two cells for one place the later stays.
    fn put(&mut self, (row, column): (u32, u16), look: u16, content: Content) {
        let cell = Cell { row, column, look, content };
        let Some(last) = self.cells.last().filter(|last| (row, column) <= (last.row, last.column)) else {
            if self.cells.last().is_none_or(|last| last.row < row) {
                self.last_row = self.cells.len();
            }
            return self.cells.push(cell);
        };
        // nearly every cell stands in the last row or below it
        let is_above = row < last.row;
        let from = if is_above { 0 } else { self.last_row };
        match self.cells[from..].binary_search_by_key(&(row, column), |own| (own.row, own.column)) {
            Ok(at) => self.cells[from + at] = cell,
            Err(at) => {
                self.cells.insert(from + at, cell);
                self.last_row += usize::from(is_above);
            }
        }
    }

    pub(super) fn blank(&mut self, place: (u32, u16), look: u16) {
        self.put(place, look, Content::Blank);
    }

    pub(super) fn text(&mut self, place: (u32, u16), look: u16, number: u32) {
        self.put(place, look, Content::Text(number));
    }

    pub(super) fn number(&mut self, place: (u32, u16), look: u16, value: Decimal) {
        let value = self.figure(value);
        self.put(place, look, Content::Number(value));
    }

    /// A formula without `=`. What `own_sheet` finds is taken out of it: cells of the same sheet need no name.
    pub(super) fn formula(
        &mut self,
        place: (u32, u16),
        look: u16,
        (formula, own_sheet): (&str, &Finder),
        outcome: Outcome,
    ) {
        let formula = self.said_before(place.1, formula).unwrap_or_else(|| self.say(place.1, formula, own_sheet));
        let (result, is_text) = match outcome {
            Outcome::Number(value) => (self.figure(value), false),
            Outcome::Text(text) => {
                let from = self.text.len();
                escape(cut(text), &mut self.text);
                (self.said_since(from), true)
            }
        };
        self.put(place, look, Content::Formula { formula, result, is_text });
    }

    fn said_before(&self, column: u16, formula: &str) -> Option<Stretch> {
        let (own, stretch) = self.formulas.get(usize::from(column))?.as_ref()?;
        (own == formula).then_some(*stretch)
    }

    fn say(&mut self, column: u16, formula: &str, own_sheet: &Finder) -> Stretch {
        let from = self.text.len();
        let mut said = 0;
        for at in own_sheet.find_iter(formula.as_bytes()) {
            escape(&formula[said..at], &mut self.text);
            said = at + own_sheet.needle().len();
        }
        escape(&formula[said..], &mut self.text);
        let stretch = self.said_since(from);
        let column = usize::from(column);
        if self.formulas.len() <= column {
            self.formulas.resize(column + 1, None);
        }
        let (last, own) = self.formulas[column].get_or_insert((String::new(), stretch));
        last.clear();
        last.push_str(formula);
        *own = stretch;
        stretch
    }

    fn figure(&mut self, value: Decimal) -> Stretch {
        let from = self.text.len();
        push_figure(value, &mut self.text);
        self.said_since(from)
    }

    /// What was said from a place on.
    fn said_since(&self, from: usize) -> Stretch {
        // the part of a sheet with so much text would be more than a reader takes
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Stretch { from: place(from), to: place(self.text.len()) }
    }

    /// Makes room for so many more cells.
    pub(super) fn expect(&mut self, count: usize) {
        self.cells.reserve(count);
    }

    /// Makes a row at least this high, in points.
    pub(super) fn grow(&mut self, row: u32, height: f64) {
        let row = row as usize;
        if self.heights.len() <= row {
            self.heights.resize(row + 1, 0.0);
        }
        self.heights[row] = self.heights[row].max(height.min(HIGHEST));
    }

    pub(super) fn hide(&mut self, row: u32) {
        self.hidden.push(row);
    }

    /// The height of a row in dots of the screen, where it was given one.
    pub(super) fn dots(&self, row: u32) -> Option<u32> {
        let height = self.heights.get(row as usize).filter(|height| **height > 0.0)?;
        Some((height * 4.0 / 3.0).round() as u32)
    }

    /// The rows that were given a height.
    pub(super) fn grown(&self) -> impl Iterator<Item = u32> {
        (0..).zip(&self.heights).filter(|(_, height)| **height > 0.0).map(|(row, _)| row)
    }

    /// The range of the cells, `A1:K364`.
    pub(super) fn range(&self) -> String {
        let rows = (self.cells.first().map(|cell| cell.row), self.cells.last().map(|cell| cell.row));
        let columns = self.cells.iter().map(|cell| cell.column);
        match (rows, columns.clone().min().zip(columns.max())) {
            ((Some(top), Some(bottom)), Some((left, right))) => {
                format!("{}:{}", CellAddress::new(top, left.into()), CellAddress::new(bottom, right.into()))
            }
            _ => String::from("A1"),
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.cells.len()
    }

    /// Writes `<sheetData>`; `looks` are the numbers that the file's styles have. Addresses may stay away
    /// where they follow from the order (ISO/IEC 29500-1 §18.3.1.4): a cell without one stands right of the one before,
    /// the first of a row in the first column.
    pub(super) fn write(&self, looks: &[u32], addresses: Addresses, out: &mut impl Write) -> io::Result<()> {
        let widest = self.cells.iter().map(|cell| cell.column).max().unwrap_or(0);
        let letters: Vec<String> = (0..=widest).map(cell_in).collect();
        let looks: Vec<String> = looks.iter().map(|look| look_of(*look)).collect();
        let mut xml = String::with_capacity(CHUNK + CHUNK / 4);
        xml.push_str("<sheetData>");
        let mut rest = self.cells.as_slice();
        let mut bare = self.bare_rows().into_iter().peekable();
        let mut number = String::new();
        while let Some(first) = rest.first() {
            while let Some(row) = bare.next_if(|row| *row < first.row) {
                self.open_row(row, &mut xml);
                xml.push_str("</row>");
            }
            let count = rest.iter().take_while(|cell| cell.row == first.row).count();
            let (row, below) = rest.split_at(count);
            self.open_row(first.row, &mut xml);
            number.clear();
            push_whole(u64::from(first.row) + 1, &mut number);
            let mut next = 0;
            for cell in row {
                let look = &looks[usize::from(cell.look)];
                if addresses == Addresses::All || cell.column != next {
                    xml.push_str(&letters[usize::from(cell.column)]);
                    xml.push_str(&number);
                    xml.push_str(look);
                } else {
                    // without the quote that ends an address
                    xml.push_str("<c");
                    xml.push_str(&look[1..]);
                }
                next = cell.column + 1;
                self.content(cell.content, &mut xml);
            }
            xml.push_str("</row>");
            rest = below;
            if xml.len() >= CHUNK {
                out.write_all(xml.as_bytes())?;
                xml.clear();
            }
        }
        for row in bare {
            self.open_row(row, &mut xml);
            xml.push_str("</row>");
        }
        xml.push_str("</sheetData>");
        out.write_all(xml.as_bytes())
    }

    /// Rows with a height and no cell.
    fn bare_rows(&self) -> Vec<u32> {
        let has_cell = |row: &u32| self.cells.binary_search_by_key(row, |cell| cell.row).is_ok();
        self.grown().filter(|row| !has_cell(row)).collect()
    }

    fn open_row(&self, row: u32, xml: &mut String) {
        xml.push_str("<row r=\"");
        push_whole(u64::from(row) + 1, xml);
        xml.push('"');
        if let Some(dots) = self.dots(row) {
            xml.push_str(" ht=\"");
            push_quarters(u64::from(dots) * 3, xml);
            xml.push_str("\" customHeight=\"1\"");
        }
        xml.push_str(if self.hidden.contains(&row) { " hidden=\"1\">" } else { ">" });
    }

    fn content(&self, content: Content, xml: &mut String) {
        match content {
            Content::Blank => return xml.push_str("/>"),
            Content::Text(number) => {
                xml.push_str(" t=\"s\"><v>");
                push_whole(number.into(), xml);
            }
            Content::Number(value) => {
                xml.push_str("><v>");
                xml.push_str(self.said(value));
            }
            Content::Formula { formula, result, is_text } => {
                xml.push_str(if is_text { " t=\"str\"><f>" } else { "><f>" });
                xml.push_str(self.said(formula));
                xml.push_str("</f><v>");
                xml.push_str(self.said(result));
            }
        }
        xml.push_str("</v></c>");
    }

    fn said(&self, stretch: Stretch) -> &str {
        self.text.get(stretch.from as usize..stretch.to as usize).unwrap_or_default()
    }
}

/// How the tag of a cell in a column begins, and how it goes on behind the number of the row.
fn cell_in(column: u16) -> String {
    let mut tag = String::from("<c r=\"");
    push_letters(column, &mut tag);
    tag
}

fn look_of(number: u32) -> String {
    let mut tag = String::from("\" s=\"");
    push_whole(number.into(), &mut tag);
    tag.push('"');
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &Cells, addresses: Addresses) -> String {
        let mut out = Vec::new();
        cells.write(&[4, 7], addresses, &mut out).expect("a vector takes everything");
        String::from_utf8(out).expect("XML is UTF-8")
    }

    #[test]
    fn cells_are_written_in_order_and_the_later_of_two_stays() {
        let mut cells = Cells::default();
        cells.number((2, 1), 0, Decimal::new(4500, 2));
        cells.blank((0, 0), 0);
        cells.text((0, 0), 1, 3);
        let own = Finder::new("'Số liệu'!");
        cells.formula((2, 0), 1, ("IF('Số liệu'!A1<5,\"\",Bảng!B2)", &own), Outcome::Text("a<b"));
        cells.formula((2, 27), 0, ("A1", &own), Outcome::Number(Decimal::NEGATIVE_ONE));
        cells.grow(2, 30.6);
        cells.grow(1, 500.0);
        cells.hide(0);
        assert_eq!(
            written(&cells, Addresses::All),
            "<sheetData><row r=\"1\" hidden=\"1\"><c r=\"A1\" s=\"7\" t=\"s\"><v>3</v></c></row>\
             <row r=\"2\" ht=\"408.75\" customHeight=\"1\"></row>\
             <row r=\"3\" ht=\"30.75\" customHeight=\"1\">\
             <c r=\"A3\" s=\"7\" t=\"str\"><f>IF(A1&lt;5,\"\",Bảng!B2)</f><v>a&lt;b</v></c>\
             <c r=\"B3\" s=\"4\"><v>45</v></c><c r=\"AB3\" s=\"4\"><f>A1</f><v>-1</v></c></row></sheetData>"
        );
        assert_eq!(cells.range(), "A1:AB3");
        assert!(written(&cells, Addresses::AfterGaps).ends_with(
            "<c s=\"7\" t=\"str\"><f>IF(A1&lt;5,\"\",Bảng!B2)</f><v>a&lt;b</v></c><c s=\"4\"><v>45</v></c>\
             <c r=\"AB3\" s=\"4\"><f>A1</f><v>-1</v></c></row></sheetData>"
        ));
    }

    #[test]
    fn a_sheet_without_cells_is_one_all_the_same() {
        let cells = Cells::default();
        assert_eq!(written(&cells, Addresses::All), "<sheetData></sheetData>");
        assert_eq!(cells.range(), "A1");
    }
}

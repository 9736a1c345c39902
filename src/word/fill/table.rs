//! A table as it stands in the text of a filled part: its grid, its rows and their cells, by their places.
//!
//! Reading a large table into a tree and writing it back took longer than all the rest of the last pass. What is to change
//! in a table, `columns` and `merged` say; here are the places, and the hand that makes the changes. Tables inside cells
//! are passed over: they have been put right before.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};
use memchr::memmem::Finder;
use smol_str::SmolStr;

use super::assemble::{COLUMNS_BEGIN, COLUMNS_END, COLUMNS_NEXT};
use super::markup::{Tag, TagKind, Tags, find_attribute, value};

/// Most columns that a cell spans or a row leaves free.
const MOST_COLUMNS: usize = 1_000;

/// The places of a table.
#[derive(Debug, Default)]
pub struct Table {
    pub grid: Vec<GridColumn>,
    pub rows: Vec<Row>,
}

/// A `w:gridCol`.
#[derive(Debug)]
pub struct GridColumn {
    pub place: Range<usize>,
    pub width: Option<Number>,
}

/// A whole number that is an attribute's value.
#[derive(Clone, Debug)]
pub struct Number {
    pub place: Range<usize>,
    pub value: usize,
}

#[derive(Debug)]
pub struct Row {
    pub place: Range<usize>,
    /// Columns left free before the first cell.
    pub skipped: usize,
    pub pieces: Vec<Piece>,
}

/// A cell, or a mark of a column loop.
#[derive(Debug)]
pub enum Piece {
    Cell(Cell),
    ColumnsBegin(Range<usize>),
    ColumnsNext(Range<usize>),
    ColumnsEnd(Range<usize>),
}

#[derive(Debug)]
pub struct Cell {
    pub place: Range<usize>,
    pub width: Option<Number>,
    /// Its `w:vMerge`, and whether that begins merged cells.
    pub merge: Option<(Range<usize>, bool)>,
    /// Its `w:gridSpan` and the columns that it says; 1 where it says no number.
    span: Option<(Range<usize>, usize)>,
    span_place: SpanPlace,
}

/// Where a `w:gridSpan` goes that the cell does not have yet.
#[derive(Debug)]
enum SpanPlace {
    /// Among properties, after `w:cnfStyle` and `w:tcW`, as the schema orders.
    Among(usize),
    /// In the place of this, with properties around it: empty ones, or none.
    Around(Range<usize>),
}

/// Something else in the place of a stretch of the text.
pub type Change = (Range<usize>, SmolStr);

impl Cell {
    /// Columns that it takes up.
    pub fn span(&self) -> usize {
        self.span.as_ref().map_or(1, |(_, columns)| (*columns).clamp(1, MOST_COLUMNS))
    }

    /// The change after which it takes up so many columns; none where it does.
    pub fn spanning(&self, span: usize) -> Option<Change> {
        if span == self.span() {
            return None;
        }
        let element = || format!("<w:gridSpan w:val=\"{span}\"/>");
        Some(match (&self.span, &self.span_place) {
            (Some((place, _)), _) => (place.clone(), element().into()),
            (None, SpanPlace::Among(at)) => (*at..*at, element().into()),
            (None, SpanPlace::Around(place)) => (place.clone(), format!("<w:tcPr>{}</w:tcPr>", element()).into()),
        })
    }
}

impl Table {
    /// The places of the table that a text is.
    pub fn of(text: &str) -> Table {
        let mut table = Table::default();
        let mut reading = Reading { text, tags: Tags::of(text), known: HashMap::new() };
        while let Some(tag) = reading.tags.next() {
            match (tag.name, tag.kind) {
                ("w:gridCol", TagKind::Start | TagKind::Empty) => {
                    table.grid.push(GridColumn { place: tag.start..tag.end, width: number(text, tag, "w:w") });
                }
                ("w:tr", TagKind::Start) => table.rows.push(reading.row(tag)),
                _ => {}
            }
        }
        table
    }
}

/// Makes changes in a text, of which none reaches into another.
pub fn changed(text: &str, mut changes: Vec<Change>) -> String {
    changes.sort_by_key(|(place, _)| place.start);
    let more: usize = changes.iter().map(|(_, new)| new.len()).sum();
    let mut out = String::with_capacity(text.len() + more);
    let mut copied = 0;
    for (place, new) in changes {
        out.push_str(&text[copied..place.start]);
        out.push_str(&new);
        copied = place.end;
    }
    out.push_str(&text[copied..]);
    out
}

/// A table while it is read.
struct Reading<'a> {
    text: &'a str,
    tags: Tags<'a>,
    /// What properties of cells say, by how they stand in the text: most cells of a column have the same.
    known: HashMap<&'a str, Said>,
}

/// What the properties of a cell say, by places in them.
#[derive(Clone, Debug)]
struct Said {
    width: Option<Number>,
    merge: Option<(Range<usize>, bool)>,
    span: Option<(Range<usize>, usize)>,
    span_place: usize,
}

impl<'a> Reading<'a> {
    /// The row that a tag begins.
    fn row(&mut self, begin: Tag) -> Row {
        let mut row = Row { place: begin.start..self.text.len(), skipped: 0, pieces: Vec::new() };
        while let Some(tag) = self.tags.next() {
            let place = tag.start..tag.end;
            match (tag.name, tag.kind) {
                ("w:tc", TagKind::Start) => row.pieces.push(Piece::Cell(self.cell(tag))),
                ("w:gridBefore", TagKind::Start | TagKind::Empty) => {
                    row.skipped = number(self.text, tag, "w:val").map_or(0, |before| before.value.min(MOST_COLUMNS));
                }
                (COLUMNS_BEGIN, _) => row.pieces.push(Piece::ColumnsBegin(place)),
                (COLUMNS_NEXT, _) => row.pieces.push(Piece::ColumnsNext(place)),
                (COLUMNS_END, _) => row.pieces.push(Piece::ColumnsEnd(place)),
                ("w:tr", TagKind::End) => {
                    row.place.end = tag.end;
                    break;
                }
                _ => {}
            }
        }
        row
    }

    /// The cell that a tag begins.
    fn cell(&mut self, begin: Tag) -> Cell {
        let mut cell = Cell {
            place: begin.start..self.text.len(),
            width: None,
            merge: None,
            span: None,
            span_place: SpanPlace::Around(begin.end..begin.end),
        };
        let mut depth = 1_usize;
        while let Some(tag) = self.tags.next() {
            match (tag.name, tag.kind) {
                ("w:tcPr", TagKind::Start) if tag.start == begin.end => {
                    self.properties(tag, &mut cell);
                    self.pass_content();
                }
                ("w:tcPr", TagKind::Empty) if tag.start == begin.end => {
                    cell.span_place = SpanPlace::Around(tag.start..tag.end);
                }
                ("w:tc", TagKind::Start) => depth += 1,
                ("w:tc", TagKind::End) => {
                    depth -= 1;
                    if depth == 0 {
                        cell.place.end = tag.end;
                        break;
                    }
                }
                _ => {}
            }
        }
        cell
    }

    /// Goes on to the end of a cell in which no table stands, as nearly all are, without a look at the tags in it.
    fn pass_content(&mut self) {
        static BEGIN: LazyLock<Finder> = LazyLock::new(|| Finder::new("<w:tc"));
        static END: LazyLock<Finder> = LazyLock::new(|| Finder::new("</w:tc>"));
        let rest = &self.text.as_bytes()[self.tags.at()..];
        if let Some(end) = END.find(rest)
            && BEGIN.find(&rest[..end]).is_none()
        {
            self.tags.pass(end);
        }
    }

    /// Reads what the properties of a cell say that a tag begins.
    fn properties(&mut self, begin: Tag, cell: &mut Cell) {
        const END: &str = "</w:tcPr>";
        static FOUND: LazyLock<Finder> = LazyLock::new(|| Finder::new(END));
        let rest = &self.text[begin.end..];
        let properties = &rest[..FOUND.find(rest.as_bytes()).unwrap_or(rest.len())];
        self.tags.pass(properties.len());
        let said = self.known.entry(properties).or_insert_with(|| Said::read(properties));
        let placed = |place: &Range<usize>| place.start + begin.end..place.end + begin.end;
        cell.width = said.width.as_ref().map(|width| Number { place: placed(&width.place), value: width.value });
        cell.merge = said.merge.as_ref().map(|(place, begins)| (placed(place), *begins));
        cell.span = said.span.as_ref().map(|(place, columns)| (placed(place), *columns));
        cell.span_place = SpanPlace::Among(said.span_place + begin.end);
    }
}

impl Said {
    fn read(text: &str) -> Said {
        let mut said = Said { width: None, merge: None, span: None, span_place: 0 };
        for tag in Tags::of(text) {
            if tag.start == said.span_place && matches!(tag.name, "w:cnfStyle" | "w:tcW") {
                said.span_place = tag.end;
            }
            match (tag.name, tag.kind) {
                (_, TagKind::End) => {}
                ("w:tcW", _) => said.width = number(text, tag, "w:w"),
                ("w:gridSpan", _) => {
                    let columns = number(text, tag, "w:val").map_or(1, |columns| columns.value);
                    said.span = Some((tag.start..tag.end, columns));
                }
                ("w:vMerge", _) => {
                    let begins = value(&text[tag.start..tag.end], "w:val") == Some("restart");
                    said.merge = Some((tag.start..tag.end, begins));
                }
                _ => {}
            }
        }
        said
    }
}

/// The number that an attribute of a tag says.
fn number(text: &str, tag: Tag, attribute: &str) -> Option<Number> {
    let markup = &text[tag.start..tag.end];
    let start = tag.start + find_attribute(markup, attribute)?;
    let digits = value(markup, attribute)?;
    Some(Number { place: start..start + digits.len(), value: digits.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_cell(text: &str) -> (Cell, String) {
        let text = format!("<w:tbl><w:tr>{text}</w:tr></w:tbl>");
        let mut table = Table::of(&text);
        match table.rows.remove(0).pieces.remove(0) {
            Piece::Cell(cell) => (cell, text),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_span_comes_where_the_schema_wants_it() {
        for (cell, wanted) in [
            ("<w:tc><w:p/></w:tc>", "<w:tc><w:tcPr><w:gridSpan w:val=\"3\"/></w:tcPr><w:p/></w:tc>"),
            ("<w:tc><w:tcPr/><w:p/></w:tc>", "<w:tc><w:tcPr><w:gridSpan w:val=\"3\"/></w:tcPr><w:p/></w:tc>"),
            (
                "<w:tc><w:tcPr><w:cnfStyle/><w:tcW w:w=\"9\"/><w:vAlign/></w:tcPr></w:tc>",
                "<w:tc><w:tcPr><w:cnfStyle/><w:tcW w:w=\"9\"/><w:gridSpan w:val=\"3\"/><w:vAlign/></w:tcPr></w:tc>",
            ),
            (
                "<w:tc><w:tcPr><w:vAlign/></w:tcPr></w:tc>",
                "<w:tc><w:tcPr><w:gridSpan w:val=\"3\"/><w:vAlign/></w:tcPr></w:tc>",
            ),
            (
                "<w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr></w:tc>",
                "<w:tc><w:tcPr><w:gridSpan w:val=\"3\"/></w:tcPr></w:tc>",
            ),
            (
                "<w:tc><w:tcPr><w:gridSpan w:val=\"hai\"/></w:tcPr></w:tc>",
                "<w:tc><w:tcPr><w:gridSpan w:val=\"3\"/></w:tcPr></w:tc>",
            ),
        ] {
            let (own, text) = first_cell(cell);
            let change = own.spanning(3).expect("another span");
            assert_eq!(changed(&text, vec![change]), format!("<w:tbl><w:tr>{wanted}</w:tr></w:tbl>"), "{cell}");
            assert!(own.spanning(own.span()).is_none());
        }
    }

    #[test]
    fn cells_of_a_table_in_a_cell_are_its_own() {
        let inner = "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"5\"/></w:tcPr></w:tc></w:tr></w:tbl>";
        let text = format!("<w:tbl><w:tr><w:tc>{inner}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>");
        let table = Table::of(&text);
        assert_eq!((table.rows.len(), table.rows[0].pieces.len()), (1, 2));
        assert!(table.rows[0].pieces.iter().all(|piece| matches!(piece, Piece::Cell(cell) if cell.span() == 1)));
    }
}

//! A table as it stands in the text of a filled part: its grid, its rows and their cells, by their places.
//!
//! Reading a large table into a tree and writing it back took longer than all the rest of the last pass. What is to change
//! in a table, `columns` and `merged` say; here are the places, and the hand that makes the changes. Tables inside cells
//! are passed over: they have been put right before.

use std::ops::Range;
use std::sync::LazyLock;

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
        let mut tags = Tags::of(text);
        while let Some(tag) = tags.next() {
            match (tag.name, tag.kind) {
                ("w:gridCol", TagKind::Start | TagKind::Empty) => {
                    table.grid.push(GridColumn { place: tag.start..tag.end, width: number(text, tag, "w:w") });
                }
                ("w:tr", TagKind::Start) => table.rows.push(row(text, tag, &mut tags)),
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

/// The row that a tag begins.
fn row(text: &str, begin: Tag, tags: &mut Tags) -> Row {
    let mut row = Row { place: begin.start..text.len(), skipped: 0, pieces: Vec::new() };
    while let Some(tag) = tags.next() {
        let place = tag.start..tag.end;
        match (tag.name, tag.kind) {
            ("w:tc", TagKind::Start) => row.pieces.push(Piece::Cell(cell(text, tag, tags))),
            ("w:gridBefore", TagKind::Start | TagKind::Empty) => {
                row.skipped = number(text, tag, "w:val").map_or(0, |before| before.value.min(MOST_COLUMNS));
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
fn cell(text: &str, begin: Tag, tags: &mut Tags) -> Cell {
    let mut cell = Cell {
        place: begin.start..text.len(),
        width: None,
        merge: None,
        span: None,
        span_place: SpanPlace::Around(begin.end..begin.end),
    };
    let mut depth = 1_usize;
    while let Some(tag) = tags.next() {
        match (tag.name, tag.kind) {
            ("w:tcPr", TagKind::Start) if tag.start == begin.end => {
                properties(text, tag, tags, &mut cell);
                pass_content(text, tags);
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
fn pass_content(text: &str, tags: &mut Tags) {
    static BEGIN: LazyLock<Finder> = LazyLock::new(|| Finder::new("<w:tc"));
    static END: LazyLock<Finder> = LazyLock::new(|| Finder::new("</w:tc>"));
    let rest = &text.as_bytes()[tags.at()..];
    if let Some(end) = END.find(rest)
        && BEGIN.find(&rest[..end]).is_none()
    {
        tags.pass(end);
    }
}

/// Reads what the properties of a cell say that a tag begins.
fn properties(text: &str, begin: Tag, tags: &mut Tags, cell: &mut Cell) {
    let mut span_place = begin.end;
    for tag in tags.by_ref() {
        if tag.start == span_place && matches!(tag.name, "w:cnfStyle" | "w:tcW") {
            span_place = tag.end;
        }
        match (tag.name, tag.kind) {
            ("w:tcPr", TagKind::End) => break,
            (_, TagKind::End) => {}
            ("w:tcW", _) => cell.width = number(text, tag, "w:w"),
            ("w:gridSpan", _) => {
                let columns = number(text, tag, "w:val").map_or(1, |columns| columns.value);
                cell.span = Some((tag.start..tag.end, columns));
            }
            ("w:vMerge", _) => {
                let begins = value(&text[tag.start..tag.end], "w:val") == Some("restart");
                cell.merge = Some((tag.start..tag.end, begins));
            }
            _ => {}
        }
    }
    cell.span_place = SpanPlace::Among(span_place);
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

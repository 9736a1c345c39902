//! The part of a sheet: its cells, and which are merged.

use std::borrow::Cow;

use super::styles::Looks;
use super::value::{shortened, value};
use super::{Common, strings};
use crate::finding::{CellAddress, Finding};
use crate::sheet::grid::{Cell, Cells, Merge, Value};
use crate::sheet::limit::{COLUMNS, MERGES, Room};
use crate::sheet::xml::{PlainCell, Scanner, Stop, Tag, Token};

/// Cells with a content unknown to us that a sheet may have before it counts as damaged.
const STRANGE_CELLS: usize = 100;

/// What a sheet holds, as far as it could be read.
#[derive(Default)]
pub(super) struct SheetContent {
    pub cells: Cells,
    pub merges: Vec<Merge>,
    /// The first cell beyond the caps.
    pub far: Option<CellAddress>,
    /// What stands behind the cells could not be read.
    pub damaged: bool,
    /// It is a chart or the like.
    pub no_sheet: bool,
}

/// Why reading a sheet ends the reading of its file.
pub(super) enum Refusal {
    Xml(Stop),
    TooMany(Box<Finding>),
}

impl From<Stop> for Refusal {
    fn from(stop: Stop) -> Self {
        Refusal::Xml(stop)
    }
}

/// Reads the part of a sheet.
pub(super) fn read(part: &[u8], common: &Common, room: &mut Room) -> Result<SheetContent, Refusal> {
    let scanner = match Scanner::new(part, common.limits.sheet_tags) {
        Ok(scanner) => scanner,
        Err(_) => return Ok(SheetContent { damaged: true, ..SheetContent::default() }),
    };
    let content = SheetContent::default();
    let mut reader = Reader { scanner, common, room, content, row: 0, column: 0, strange: 0 };
    match reader.run() {
        Ok(()) => {}
        Err(Refusal::Xml(Stop::Broken)) => reader.content.damaged = true,
        Err(refusal) => return Err(refusal),
    }
    Ok(reader.content)
}

struct Reader<'a> {
    scanner: Scanner<'a>,
    common: &'a Common<'a>,
    /// What more the workbook may hold.
    room: &'a mut Room,
    content: SheetContent,
    /// Where a cell without an address stands.
    row: u32,
    column: u32,
    strange: usize,
}

impl<'a> Reader<'a> {
    fn run(&mut self) -> Result<(), Refusal> {
        let mut elements = 0_usize;
        loop {
            match self.scanner.next()? {
                Token::Open(tag) if tag.name == "sheetData" => {
                    if !tag.is_empty {
                        self.rows()?;
                    }
                    break;
                }
                Token::Open(_) => elements += 1,
                Token::End => {
                    self.content.no_sheet = elements > 0;
                    return Err(Stop::Broken.into());
                }
                _ => {}
            }
        }
        match self.merges() {
            Ok(()) | Err(Stop::Broken) => Ok(()),
            Err(stop) => Err(stop.into()),
        }
    }

    fn rows(&mut self) -> Result<(), Refusal> {
        loop {
            if let Some(cell) = self.scanner.plain_cell() {
                self.plain_cell(cell)?;
                continue;
            }
            match self.scanner.next()? {
                Token::Open(tag) if tag.name == "c" => self.cell(tag)?,
                Token::Open(tag) if tag.name == "row" => {
                    if let Some(number) = tag.attribute("r").and_then(|number| number.parse::<u32>().ok()) {
                        self.row = number.saturating_sub(1);
                    }
                    if tag.is_empty {
                        self.end_row();
                    }
                }
                Token::Open(tag) => self.scanner.skip(tag)?,
                Token::Close("row") => self.end_row(),
                Token::Close("sheetData") => return Ok(()),
                Token::End => return Err(Stop::Broken.into()),
                _ => {}
            }
        }
    }

    fn end_row(&mut self) {
        (self.row, self.column) = (self.row.saturating_add(1), 0);
    }

    fn plain_cell(&mut self, cell: PlainCell<'a>) -> Result<(), Refusal> {
        let Some(address) = self::address(cell.address) else { return self.strange() };
        self.column = address.column.saturating_add(1);
        let Some(text) = cell.text.filter(|_| !stands_inside(cell.kind)) else { return Ok(()) };
        let looks = &self.common.looks;
        let style = cell.style.map(style_number);
        match self.value(cell.kind, Cow::Borrowed(text), style.and_then(|style| looks.get(style))) {
            Some(value) => self.keep(address, value, looks.get(style.unwrap_or(0)), false),
            None => self.strange(),
        }
    }

    fn cell(&mut self, tag: Tag<'a>) -> Result<(), Refusal> {
        let (mut style, mut kind) = (None, None);
        let mut address = Some(CellAddress::new(self.row, self.column));
        for (name, value) in tag.attributes() {
            match name {
                "r" => address = self::address(value),
                "s" => style = Some(style_number(value)),
                "t" => kind = Some(value),
                _ => {}
            }
        }
        let Some(address) = address else {
            self.scanner.skip(tag)?;
            return self.strange();
        };
        self.column = address.column.saturating_add(1);
        if tag.is_empty {
            return Ok(());
        }
        let (common, mut formula, mut content) = (self.common, false, Value::Empty);
        // a cell that states no style is shown as the first one, but is no date
        let dated = style.and_then(|style| common.looks.get(style));
        loop {
            match self.scanner.next()? {
                Token::Open(inner) if inner.name == "v" && !stands_inside(kind) => {
                    let text = self.scanner.text_in(inner)?;
                    match self.value(kind, text, dated) {
                        Some(value) => content = value,
                        None => self.strange()?,
                    }
                }
                Token::Open(inner) if inner.name == "is" => {
                    content = Value::Text(shortened(&strings::string(&mut self.scanner, inner)?));
                }
                Token::Open(inner) => {
                    formula |= inner.name == "f";
                    self.scanner.skip(inner)?;
                }
                Token::Close(_) => break,
                Token::End => return Err(Stop::Broken.into()),
                _ => {}
            }
        }
        self.keep(address, content, common.looks.get(style.unwrap_or(0)), formula)
    }

    fn value(&self, kind: Option<&str>, text: Cow<'_, str>, looks: Option<&Looks>) -> Option<Value> {
        match kind {
            Some("s") if text.trim_ascii().is_empty() => Some(Value::Empty),
            Some("s") => {
                let string = self.common.strings.get(text.trim_ascii().parse::<usize>().ok()?)?;
                Some(Value::Text(shortened(string)))
            }
            Some("str") => value(kind, &strings::unescaped(text), looks, self.common.from_1904),
            _ => value(kind, &text, looks, self.common.from_1904),
        }
    }

    /// Takes a cell over; an empty one only where a formula in it was never calculated.
    fn keep(
        &mut self,
        address: CellAddress,
        mut value: Value,
        looks: Option<&Looks>,
        formula: bool,
    ) -> Result<(), Refusal> {
        let uncached = formula && value == Value::Empty;
        if value == Value::Empty && !uncached {
            return Ok(());
        }
        if address.row >= self.common.limits.rows || address.column >= COLUMNS {
            self.content.far.get_or_insert(address);
            return Ok(());
        }
        let file = self.common.file;
        self.room.take(&mut value, file).map_err(|finding| Refusal::TooMany(Box::new(finding)))?;
        let mut cell = Cell::plain(value);
        cell.uncached = uncached;
        if let Some(looks) = looks.filter(|_| !uncached) {
            cell.percent = looks.percent;
            cell.decimals = looks.decimals;
            cell.legacy = looks.legacy;
        }
        self.content.cells.push(address, cell);
        Ok(())
    }

    /// A cell of a kind that is not known is passed over, unless there are very many.
    fn strange(&mut self) -> Result<(), Refusal> {
        self.strange += 1;
        if self.strange <= STRANGE_CELLS { Ok(()) } else { Err(Stop::Broken.into()) }
    }

    /// The merged rectangles, which stand behind the cells.
    fn merges(&mut self) -> Result<(), Stop> {
        loop {
            match self.scanner.next()? {
                Token::Open(tag) if tag.name == "mergeCell" => {
                    let merge = tag.attribute("ref").and_then(merge);
                    self.content.merges.extend(merge.filter(|_| self.content.merges.len() < MERGES));
                }
                Token::Close("mergeCells") | Token::End => return Ok(()),
                _ => {}
            }
        }
    }
}

fn style_number(text: &str) -> usize {
    text.parse().unwrap_or(0)
}

/// Whether a cell of a kind has its text in an element of its own, `<is>`, so that its `<v>` says nothing.
fn stands_inside(kind: Option<&str>) -> bool {
    matches!(kind, Some("inlineStr" | "is"))
}

/// `B7` counted from zero; none where it is no address. Excel's own columns have three letters at most.
fn address(text: &str) -> Option<CellAddress> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = text.split_at(letters);
    if letters.is_empty() || letters.len() > 5 {
        return None;
    }
    let column =
        letters.bytes().fold(0, |sum: u32, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row = digits.bytes().try_fold(0_u32, |row, digit| {
        let digit = digit.is_ascii_digit().then(|| u32::from(digit - b'0'))?;
        row.checked_mul(10)?.checked_add(digit)
    })?;
    Some(CellAddress::new(row.checked_sub(1)?, column - 1))
}

fn merge(text: &str) -> Option<Merge> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    Some(Merge { first: address(first)?, last: address(last)? })
}

//! Reading of .ods (LibreOffice, OpenOffice) that passed the guard: values, per cent, fonts, merged and hidden.
//!
//! Rows and cells may be repeated by a count in the file; only what holds something is written out, up to the limits.

use chrono::NaiveDate;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::collections::HashMap;
use std::io::{Cursor, Read};

use super::grid::{Cell, Cells, Grid, Merge, Value, Visibility, Workbook};
use super::limit::{COLUMNS, Limits, MERGES, Room, SHEETS, far_cell, too_many_cells, too_many_sheets};
use super::text;
use super::xlsx::number_value;
use crate::finding::catalogue::sheet as codes;
use crate::finding::{CellAddress, Finding, Place};
use crate::vietnamese::{self, LegacyEncoding};

pub(super) fn read(bytes: &[u8], file: &str) -> Result<Workbook, Finding> {
    let damaged = || {
        let message = format!("Tệp {file} đã hỏng, không đọc được (nội dung sai quy cách).");
        Finding::new(&codes::UNREADABLE, Place::file(file), message)
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut part = |name: &str| -> Option<String> {
        let mut text = String::new();
        archive.by_name(name).ok()?.read_to_string(&mut text).ok()?;
        Some(text)
    };
    if part("META-INF/manifest.xml").is_some_and(|manifest| manifest.contains("encryption-data")) {
        let message = format!("Tệp {file} có mật khẩu nên không mở được.");
        return Err(Finding::new(&codes::LOCKED, Place::file(file), message));
    }
    let content = part("content.xml").ok_or_else(damaged)?;
    let mut source = Source::new(file);
    // the styles that cells inherit from stand in a part of their own
    if let Some(styles) = part("styles.xml") {
        source.run(&styles).map_err(|stop| stop.unwrap_or_else(damaged))?;
    }
    source.run(&content).map_err(|stop| stop.unwrap_or_else(damaged))?;
    if source.sheets > SHEETS {
        return Err(too_many_sheets(file, source.sheets));
    }
    Ok(source.workbook)
}

/// Why reading ended early: a finding of its own, or none where the XML is broken.
type Stop = Option<Finding>;

/// A cell while its element is open.
#[derive(Default)]
struct OpenCell {
    attributes: HashMap<String, String>,
    text: String,
    paragraphs: usize,
}

/// The sheet that is open.
#[derive(Default)]
struct OpenSheet {
    name: String,
    hidden: bool,
    row: u32,
    column: u32,
    /// Cells of the open row, to be written once for each repetition.
    line: Vec<(u32, Cell)>,
    repeated: u32,
    cells: Cells,
    merges: Vec<Merge>,
    far: Option<CellAddress>,
}

struct Source<'a> {
    file: &'a str,
    workbook: Workbook,
    sheets: usize,
    room: Room,
    /// What fonts tell, and parents of styles, and the tables' styles that hide.
    fonts: HashMap<String, Option<LegacyEncoding>>,
    parents: HashMap<String, String>,
    hidden: HashMap<String, bool>,
    style: String,
    sheet: Option<OpenSheet>,
    cell: Option<OpenCell>,
    /// Inside a comment of a cell.
    aside: usize,
    in_paragraph: bool,
}

impl<'a> Source<'a> {
    fn new(file: &'a str) -> Self {
        Source {
            file,
            workbook: Workbook { file: file.into(), sheets: Vec::new(), remarks: Vec::new() },
            sheets: 0,
            room: Room::new(&Limits::USUAL),
            fonts: HashMap::new(),
            parents: HashMap::new(),
            hidden: HashMap::new(),
            style: String::new(),
            sheet: None,
            cell: None,
            aside: 0,
            in_paragraph: false,
        }
    }

    fn run(&mut self, xml: &str) -> Result<(), Stop> {
        let mut reader = quick_xml::Reader::from_str(xml);
        loop {
            match reader.read_event().map_err(|_| None)? {
                Event::Start(start) => self.open(&start)?,
                Event::Empty(start) => {
                    self.open(&start)?;
                    self.close(start.name().as_ref())?;
                }
                Event::End(end) => self.close(end.name().as_ref())?,
                Event::Text(text) => self.text(&text.xml10_content()),
                Event::CData(text) => self.text(&text.xml10_content()),
                Event::GeneralRef(reference) => self.text(resolve(&reference).ok_or(None)?.encode_utf8(&mut [0; 4])),
                Event::DocType(_) => return Err(None),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn open(&mut self, start: &BytesStart) -> Result<(), Stop> {
        match start.name().as_ref() {
            "style:style" => {
                let mut attributes = attributes(start)?;
                self.style = attributes.remove("style:name").unwrap_or_default();
                if let Some(parent) = attributes.remove("style:parent-style-name") {
                    self.parents.insert(self.style.clone(), parent);
                }
            }
            "style:text-properties" => {
                let mut attributes = attributes(start)?;
                let font = attributes.remove("style:font-name").or_else(|| attributes.remove("fo:font-family"));
                if let Some(font) = font {
                    self.fonts.insert(self.style.clone(), LegacyEncoding::of_font(font.trim_matches('\'')));
                }
            }
            "style:table-properties" => {
                let display = attributes(start)?.remove("table:display");
                self.hidden.insert(self.style.clone(), display.as_deref() == Some("false"));
            }
            "table:table" => self.open_sheet(attributes(start)?),
            "table:table-row" => {
                let repeated = count(&attributes(start)?, "table:number-rows-repeated");
                if let Some(sheet) = &mut self.sheet {
                    (sheet.column, sheet.repeated) = (0, repeated);
                    sheet.line.clear();
                }
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.cell = Some(OpenCell { attributes: attributes(start)?, ..OpenCell::default() });
            }
            "office:annotation" => self.aside += 1,
            "text:p" if self.aside == 0 => {
                self.in_paragraph = true;
                if let Some(cell) = &mut self.cell {
                    if cell.paragraphs > 0 {
                        cell.text.push('\n');
                    }
                    cell.paragraphs += 1;
                }
            }
            "text:s" => {
                let spaces = count(&attributes(start)?, "text:c").min(1_000);
                self.text(&" ".repeat(spaces as usize));
            }
            "text:tab" => self.text("\t"),
            "text:line-break" => self.text("\n"),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Stop> {
        match name {
            "table:table-cell" | "table:covered-table-cell" => self.close_cell()?,
            "table:table-row" => self.close_row()?,
            "table:table" => self.close_sheet(),
            "office:annotation" => self.aside = self.aside.saturating_sub(1),
            "text:p" if self.aside == 0 => self.in_paragraph = false,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let (Some(cell), true, 0) = (&mut self.cell, self.in_paragraph, self.aside) {
            cell.text.push_str(text);
        }
    }

    fn open_sheet(&mut self, attributes: HashMap<String, String>) {
        self.sheets += 1;
        let style = attributes.get("table:style-name").map_or("", String::as_str);
        let hidden = self.hidden.get(style).copied().unwrap_or_default();
        let name = vietnamese::clean(attributes.get("table:name").map_or("", |name| name.trim()));
        self.sheet = Some(OpenSheet { name, hidden, ..OpenSheet::default() });
    }

    fn close_cell(&mut self) -> Result<(), Stop> {
        let (Some(open), Some(sheet)) = (self.cell.take(), &mut self.sheet) else { return Ok(()) };
        let repeated = count(&open.attributes, "table:number-columns-repeated");
        let first = sheet.column;
        sheet.column = first.saturating_add(repeated);
        let rows = count(&open.attributes, "table:number-rows-spanned");
        let columns = count(&open.attributes, "table:number-columns-spanned");
        if (rows > 1 || columns > 1) && sheet.merges.len() < MERGES {
            let last = CellAddress::new(sheet.row.saturating_add(rows - 1), first.saturating_add(columns - 1));
            sheet.merges.push(Merge { first: CellAddress::new(sheet.row, first), last });
        }
        let style = open.attributes.get("table:style-name");
        let legacy = style.and_then(|style| legacy(&self.fonts, &self.parents, style));
        let cell = Cell { legacy, ..cell(&open) };
        if cell.is_empty() {
            return Ok(());
        }
        for column in first..sheet.column.min(COLUMNS) {
            sheet.line.push((column, cell.clone()));
        }
        if sheet.column > COLUMNS {
            sheet.far.get_or_insert(CellAddress::new(sheet.row, first.max(COLUMNS)));
        }
        if sheet.line.len() > Limits::USUAL.cells {
            return Err(Some(too_many_cells(self.file, &Limits::USUAL)));
        }
        Ok(())
    }

    fn close_row(&mut self) -> Result<(), Stop> {
        let Some(sheet) = &mut self.sheet else { return Ok(()) };
        let first = sheet.row;
        sheet.row = first.saturating_add(sheet.repeated);
        if sheet.line.is_empty() {
            return Ok(());
        }
        for row in first..sheet.row.min(Limits::USUAL.rows) {
            for (column, cell) in &mut sheet.line {
                self.room.take(&mut cell.value, self.file)?;
                sheet.cells.push(CellAddress::new(row, *column), cell.clone());
            }
        }
        if sheet.row > Limits::USUAL.rows {
            sheet.far.get_or_insert(CellAddress::new(first.max(Limits::USUAL.rows), sheet.line[0].0));
        }
        Ok(())
    }

    fn close_sheet(&mut self) {
        let Some(mut sheet) = self.sheet.take() else { return };
        self.workbook
            .remarks
            .extend(sheet.far.map(|address| far_cell(self.file, &sheet.name, address, &Limits::USUAL)));
        self.workbook.remarks.extend(text::mend(&mut sheet.cells, self.file, &sheet.name));
        let visibility = if sheet.hidden { Visibility::Hidden } else { Visibility::Visible };
        let grid =
            Grid::new(self.workbook.file.clone(), sheet.name.as_str().into(), visibility, sheet.merges, sheet.cells);
        self.workbook.sheets.push(grid);
    }
}

/// What the font of a style tells, or of the styles it comes from.
fn legacy(
    fonts: &HashMap<String, Option<LegacyEncoding>>,
    parents: &HashMap<String, String>,
    style: &str,
) -> Option<LegacyEncoding> {
    let mut style = style;
    // styles that name each other in a ring must end too
    for _ in 0..16 {
        if let Some(font) = fonts.get(style) {
            return *font;
        }
        style = parents.get(style)?;
    }
    None
}

fn cell(open: &OpenCell) -> Cell {
    let attribute = |name: &str| open.attributes.get(name).map(String::as_str);
    let number = || attribute("office:value").and_then(|value| value.trim().parse::<f64>().ok()).map(number_value);
    let words = || if open.text.trim().is_empty() { Value::Empty } else { Value::Text(open.text.clone()) };
    if attribute("calcext:value-type") == Some("error") {
        return Cell::plain(Value::Error(open.text.trim().into()));
    }
    let kind = attribute("office:value-type");
    let value = match kind {
        Some("float" | "currency" | "percentage") => number().unwrap_or_else(words),
        Some("boolean") => Value::Bool(attribute("office:boolean-value") == Some("true")),
        Some("date") => attribute("office:date-value")
            .and_then(|date| NaiveDate::parse_from_str(date.get(..10)?, "%Y-%m-%d").ok())
            .map_or_else(words, Value::Date),
        _ => words(),
    };
    let uncached = value == Value::Empty && attribute("table:formula").is_some() && kind.is_none();
    Cell { percent: kind == Some("percentage"), uncached, ..Cell::plain(value) }
}

/// A count that an attribute states, at least one.
fn count(attributes: &HashMap<String, String>, name: &str) -> u32 {
    attributes.get(name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

fn attributes(start: &BytesStart) -> Result<HashMap<String, String>, Stop> {
    let mut attributes = HashMap::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| None)?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| None)?;
        attributes.insert(attribute.key.as_ref().to_string(), value.into_owned());
    }
    Ok(attributes)
}

fn resolve(reference: &BytesRef) -> Option<char> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Some(character),
        Ok(None) => quick_xml::escape::resolve_predefined_entity(reference)?.chars().next(),
        Err(_) => None,
    }
}

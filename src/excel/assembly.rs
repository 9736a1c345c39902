//! A workbook on its way to bytes. rust_xlsxwriter makes the frame: looks, print set-up, names, charts, checks of input,
//! protection. Cells and notes, which are nearly all of the file, are written straight into the package.

use std::io::{Cursor, Read, Write};

use foldhash::HashMap;
use rust_xlsxwriter::{Note, Workbook, Worksheet};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::WorkbookError;
use super::cell_notes::{self, CellNote};
use super::cells::{Addresses, Cells};
use super::digits::{push_letters, push_whole};
use super::strings::Strings;
use super::style::Style;

/// Between speed and size: the last few per cent of size cost most of the time.
const LEVEL: u8 = 2;
/// As fast as can be: makes the small parts of the frame a fifth larger, a file with many cells one per cent.
pub(super) const FASTEST: u8 = 1;
/// Up to so many cells every one says where it stands, which some readers need; with more the addresses, half of the file,
/// stay away where they follow from the order.
const ADDRESSED: usize = 40_000;
/// Dots of a column and a row that were given no size.
const COLUMN_DOTS: u32 = 64;
const ROW_DOTS: u32 = 20;

const SHARED_STRINGS: &str = "xl/sharedStrings.xml";

/// A new workbook in which cells without a format of their own, and the widths of columns, go by Times New Roman.
pub(super) fn new_workbook() -> Result<Workbook, WorkbookError> {
    let mut workbook = Workbook::new();
    workbook.set_default_format(&Style::remark().plain(), ROW_DOTS, COLUMN_DOTS)?;
    Ok(workbook)
}

/// A workbook being written.
pub(super) struct Assembly {
    pub(super) frame: Workbook,
    pub(super) looks: Looks,
    pub(super) strings: Strings,
    pub(super) sheets: Vec<SheetParts>,
    /// How far the parts of the frame are packed.
    pub(super) frame_level: u8,
}

/// What is written of a sheet beside its frame.
#[derive(Default)]
pub(super) struct SheetParts {
    pub(super) cells: Cells,
    pub(super) notes: Vec<CellNote>,
    /// First and last rows and columns of cells that are one.
    pub(super) merged: Vec<((u32, u32), (u16, u16))>,
    /// Widths of columns, in characters; by column.
    pub(super) widths: Vec<Option<f64>>,
}

/// The looks of cells, each once, in the order in which they came.
#[derive(Default)]
pub(super) struct Looks {
    /// By what tells each from the others.
    numbers: HashMap<u64, u16>,
    styles: Vec<Style>,
}

impl Looks {
    pub(super) fn number(&mut self, style: Style) -> u16 {
        *self.numbers.entry(style.key()).or_insert_with(|| {
            self.styles.push(style);
            u16::try_from(self.styles.len() - 1).unwrap_or(u16::MAX)
        })
    }
}

impl SheetParts {
    /// Width of a column in dots of the screen.
    pub(super) fn column_dots(&self, column: u16) -> u32 {
        let width = self.widths.get(usize::from(column)).copied().flatten();
        width.map_or(COLUMN_DOTS, |width| (width * 7.0 + 5.0).round() as u32).max(1)
    }

    /// `<mergeCells>`; none where no cells are merged.
    fn merged_cells(&self) -> Option<String> {
        if self.merged.is_empty() {
            return None;
        }
        let mut xml = format!("<mergeCells count=\"{}\">", self.merged.len());
        for (rows, columns) in &self.merged {
            for (before, row, column) in [("<mergeCell ref=\"", rows.0, columns.0), (":", rows.1, columns.1)] {
                xml.push_str(before);
                push_letters(column, &mut xml);
                push_whole(u64::from(row) + 1, &mut xml);
            }
            xml.push_str("\"/>");
        }
        xml.push_str("</mergeCells>");
        Some(xml)
    }

    /// Height of a row in dots of the screen.
    pub(super) fn row_dots(&self, row: u32) -> u32 {
        self.cells.dots(row).unwrap_or(ROW_DOTS).max(1)
    }
}

impl Assembly {
    /// A workbook in which cells without a look of their own, and the widths of columns, go by Times New Roman.
    pub(super) fn new() -> Result<Self, WorkbookError> {
        let frame = new_workbook()?;
        let (looks, strings) = (Looks::default(), Strings::default());
        Ok(Assembly { frame, looks, strings, sheets: Vec::new(), frame_level: LEVEL })
    }

    /// The bytes of the workbook.
    pub(super) fn into_bytes(mut self) -> Result<Vec<u8>, WorkbookError> {
        for parts in &mut self.sheets {
            parts.notes.sort_by_key(|note| (note.row, note.column));
        }
        self.prepare_frame()?;
        self.frame.set_zip_compression_level(self.frame_level);
        let frame = self.frame.save_to_buffer()?;
        let mut frame = ZipArchive::new(Cursor::new(frame)).map_err(failed)?;
        let count: usize = self.sheets.iter().map(|parts| parts.cells.count()).sum();
        let addresses = if count <= ADDRESSED { Addresses::All } else { Addresses::AfterGaps };
        let mut sheets = Vec::with_capacity(self.sheets.len());
        for (index, parts) in self.sheets.iter().enumerate() {
            let name = sheet_part(index);
            sheets.push((read(&mut frame, &name)?, name, parts));
        }
        let looks = sheets.first().map(|(first, _, _)| self.look_numbers(first)).unwrap_or_default();
        let writer = ZipWriter::new(Cursor::new(Vec::with_capacity(SIZE)));
        let mut package = Package { writer, options: options(), looks, addresses };
        let mut replaced = self.replaced_parts();
        for index in 0..frame.len() {
            let entry = frame.by_index_raw(index).map_err(failed)?;
            let name = entry.name().map_err(failed)?.to_string();
            if let Some(at) = replaced.iter().position(|(part, _)| *part == name) {
                package.part(&name, &[replaced.swap_remove(at).1.as_bytes()])?;
                continue;
            }
            match sheets.iter().find(|(_, own, _)| *own == name) {
                Some((text, _, parts)) => package.sheet(&name, text, parts)?,
                None => package.writer.raw_copy_file(entry).map_err(failed)?,
            }
        }
        Ok(package.writer.finish().map_err(failed)?.into_inner())
    }

    /// Puts into the frame what makes its parts stand: a cell of every look, a text, a note where a sheet has notes, one
    /// pair of merged cells where it has such: the library would write every cell of every pair.
    fn prepare_frame(&mut self) -> Result<(), WorkbookError> {
        let plain = Style::remark().plain();
        for (index, parts) in self.sheets.iter().enumerate() {
            let sheet = self.frame.worksheet_from_index(index)?;
            if !parts.notes.is_empty() {
                sheet.insert_note(0, 0, &Note::new("-").add_author_prefix(false))?;
            }
            if !parts.merged.is_empty() {
                sheet.merge_range(2, 0, 2, 1, "", &plain)?;
            }
        }
        let first = self.frame.worksheet_from_index(0)?;
        for (column, style) in (0..).zip(&self.looks.styles) {
            first.write_blank(0, column, &style.format())?;
        }
        first.write_string(1, 0, "-")?;
        Ok(())
    }

    /// The number of each look in the styles of the frame, as the cells of its first row have it.
    fn look_numbers(&self, first_sheet: &str) -> Vec<u32> {
        let number = |column: usize| {
            let letters = crate::finding::CellAddress::column_letters(u32::try_from(column).unwrap_or(0));
            let (_, cell) = first_sheet.split_once(&format!("<c r=\"{letters}1\" s=\""))?;
            cell.split_once('"')?.0.parse().ok()
        };
        (0..self.looks.styles.len()).map(|column| number(column).unwrap_or(0)).collect()
    }

    /// Parts of the frame that are ours altogether.
    fn replaced_parts(&self) -> Vec<(String, String)> {
        let mut parts = vec![(SHARED_STRINGS.to_string(), self.strings.part())];
        let mut block = 1;
        for (number, sheet) in (1..).zip(self.sheets.iter().filter(|sheet| !sheet.notes.is_empty())) {
            let (boxes, taken) =
                cell_notes::boxes(&sheet.notes, block, |column| sheet.column_dots(column), |row| sheet.row_dots(row));
            block += taken;
            parts.push((format!("xl/comments{number}.xml"), cell_notes::words(&sheet.notes)));
            parts.push((format!("xl/drawings/vmlDrawing{number}.vml"), boxes));
        }
        parts
    }
}

/// Most workbooks are smaller.
const SIZE: usize = 1 << 17;

struct Package {
    writer: ZipWriter<Cursor<Vec<u8>>>,
    options: SimpleFileOptions,
    /// The numbers of the looks in the file's styles.
    looks: Vec<u32>,
    addresses: Addresses,
}

impl Package {
    fn part(&mut self, name: &str, content: &[&[u8]]) -> Result<(), WorkbookError> {
        self.writer.start_file(name, self.options).map_err(failed)?;
        content.iter().try_for_each(|piece| self.writer.write_all(piece)).map_err(failed)
    }

    /// A sheet of the frame with our cells.
    fn sheet(&mut self, name: &str, frame: &str, parts: &SheetParts) -> Result<(), WorkbookError> {
        let cells = &parts.cells;
        let strange = || WorkbookError::Writer(format!("{name} without <dimension>, <sheetData> or <mergeCells>"));
        let (head, rest) = frame.split_once("<dimension ref=\"").ok_or_else(strange)?;
        let (_, rest) = rest.split_once('"').ok_or_else(strange)?;
        let (middle, rest) = rest.split_once("<sheetData").ok_or_else(strange)?;
        let tail = match rest.strip_prefix("/>") {
            Some(tail) => tail,
            None => rest.split_once("</sheetData>").ok_or_else(strange)?.1,
        };
        let range = cells.range();
        let pieces = [head, "<dimension ref=\"", &range, "\"", middle];
        self.part(name, &pieces.map(str::as_bytes))?;
        cells.write(&self.looks, self.addresses, &mut self.writer).map_err(failed)?;
        let merged = parts.merged_cells();
        let tail = match &merged {
            None => [tail, "", ""],
            Some(merged) => {
                let (before, rest) = tail.split_once("<mergeCells").ok_or_else(strange)?;
                let (_, after) = rest.split_once("</mergeCells>").ok_or_else(strange)?;
                [before, merged, after]
            }
        };
        tail.iter().try_for_each(|piece| self.writer.write_all(piece.as_bytes())).map_err(failed)
    }
}

/// No time of the clock: entries carry the format's first day.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL.into()))
        .last_modified_time(zip::DateTime::default())
}

fn sheet_part(index: usize) -> String {
    format!("xl/worksheets/sheet{}.xml", index + 1)
}

fn read(archive: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Result<String, WorkbookError> {
    let mut text = String::new();
    archive.by_name(name).map_err(failed)?.read_to_string(&mut text).map_err(failed)?;
    Ok(text)
}

fn failed(error: impl std::fmt::Display) -> WorkbookError {
    WorkbookError::Writer(error.to_string())
}

/// Tells the frame the heights of rows, by which it places charts.
pub(super) fn tell_heights(frame: &mut Worksheet, cells: &Cells) -> Result<(), WorkbookError> {
    for row in cells.grown() {
        if let Some(dots) = cells.dots(row) {
            frame.set_row_height_pixels(row, dots)?;
        }
    }
    Ok(())
}

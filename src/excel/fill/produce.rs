//! From the filled streams to the bytes of the workbook.

use std::collections::BTreeMap;

use super::axis::{Axis, Path};
use super::book::{self, bytes};
use super::cells::{self, Written};
use super::compile::Reading;
use super::draft;
use super::grid::{Content, Grid};
use super::heights::Room;
use super::moves::{Moved, Moves};
use super::related;
use super::stream::{self, Columns, Layout, Text};
use super::structure::Structure;
use super::styles::Styles;
use super::surroundings::Around;
use super::texts::{self, Slot, SlotPlace};
use super::whole;
use crate::word::Package;
use crate::word::fill::fault::{Faults, cell_number};
use crate::word::xml::{Element, Node};

/// The workbook filled; none where a limit is exceeded, which is told. `streams` are those of the sheets, then of the texts
/// outside cells.
pub(super) fn workbook(reading: &Reading, streams: &[String], draft: &str, faults: &mut Faults) -> Option<Vec<u8>> {
    let count = reading.book.sheets.len();
    let mut layouts = Vec::with_capacity(count);
    for (number, stream) in streams.iter().take(count).enumerate() {
        match layout(reading, number, stream) {
            Ok(layout) => layouts.push(layout),
            Err(what) => faults.limit(&reading.book.sheets[number].title, 0, "", &what),
        }
    }
    let filled: Vec<Text> = streams
        .iter()
        .skip(count)
        .map(|stream| stream::texts(stream).into_values().next().unwrap_or_default())
        .collect();
    if layouts.len() < count {
        return None;
    }
    let titles = titles(reading, &filled);
    let sheets = reading.book.sheets.iter().zip(&layouts).zip(titles).map(|((sheet, layout), title)| Moved {
        old_title: sheet.title.clone(),
        title,
        rows: layout.rows.clone(),
        columns: layout.columns.clone(),
    });
    let moves = Moves { sheets: sheets.collect() };
    let production = Production { reading, layouts: &layouts, moves: &moves, filled: &filled, draft };
    let package = production.package(faults);
    if !faults.is_empty() {
        return None;
    }
    match package.to_bytes() {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            faults.unreadable("tệp", &format!("không đóng gói lại được: {error}"));
            None
        }
    }
}

/// Where everything of a sheet stands once filled; as it stood for one without tags.
fn layout(reading: &Reading, number: usize, stream: &str) -> Result<Layout, stream::Exceeded> {
    let (grid, structure) = (&reading.grids[number], &reading.structures[number]);
    let (rows, columns) = (grid.row_end(), column_end(grid, structure));
    if !structure.tags.is_empty() {
        return stream::read(stream, structure, rows, columns);
    }
    let still = |end: u32| {
        let mut axis = Axis::new(end, Vec::new());
        if end > 0 {
            axis.push(0, end, &Path::new());
        }
        axis
    };
    Ok(Layout { rows: still(rows), columns: still(columns), filled: BTreeMap::new() })
}

fn column_end(grid: &Grid, structure: &Structure) -> u32 {
    let zones = structure.zones.iter().map(|zone| zone.body.last + 1).max().unwrap_or(0);
    grid.column_end().max(zones)
}

/// The titles of the sheets, those with tags filled.
fn titles(reading: &Reading, filled: &[Text]) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    for (number, sheet) in reading.book.sheets.iter().enumerate() {
        let own = reading.slots.iter().zip(filled).find(|(slot, _)| slot.place == SlotPlace::Title(number));
        let others = reading.book.sheets.iter().map(|other| other.title.clone()).filter(|title| !title.contains("{{"));
        titles.push(match own {
            Some((_, text)) => texts::title(text, &others.chain(titles.iter().cloned()).collect::<Vec<_>>()),
            None => sheet.title.clone(),
        });
    }
    titles
}

struct Production<'a> {
    reading: &'a Reading,
    layouts: &'a [Layout],
    moves: &'a Moves,
    /// One for each slot of the reading.
    filled: &'a [Text],
    draft: &'a str,
}

impl Production<'_> {
    fn package(&self, faults: &mut Faults) -> Package {
        let book = &self.reading.book;
        let mut package = book.package.clone();
        let styles_part = book.of_kind("styles");
        let styles = styles_part.as_ref().and_then(|part| book::tree(&package, part).ok());
        let mut styles = Styles::read(styles.unwrap_or_else(|| Element::new("styleSheet")));
        for number in 0..book.sheets.len() {
            self.sheet(number, &mut styles, &mut package, faults);
            self.related(number, &mut package);
        }
        if let (Some(part), Some(root)) = (styles_part, styles.changed()) {
            package.set(part, bytes(root));
        }
        if let Some((part, root)) = &self.reading.shared {
            package.set(part.clone(), bytes(root.clone()));
        }
        let mut root = book.root.clone();
        whole::workbook(&mut root, self.moves);
        package.set(book.part.clone(), bytes(root));
        for part in book.of_type("drawingml.chart+xml") {
            change(&mut package, &part, |root| whole::chart(root, self.moves));
        }
        if !self.moves.is_still() {
            for part in book.of_type("pivotCacheDefinition+xml") {
                change(&mut package, &part, |root| whole::summary_source(root, self.moves));
            }
            if book.package.part("docProps/app.xml").is_some() && self.is_renamed() {
                change(&mut package, "docProps/app.xml", |root| whole::properties(root, self.moves));
            }
        }
        self.texts(&mut package);
        package
    }

    fn is_renamed(&self) -> bool {
        self.moves.sheets.iter().any(|sheet| sheet.title != sheet.old_title)
    }

    /// Whether a sheet is written anew.
    fn is_changed(&self, number: usize) -> bool {
        let (grid, structure) = (&self.reading.grids[number], &self.reading.structures[number]);
        let moved = &self.moves.sheets[number];
        let has_formulas = || {
            grid.rows
                .values()
                .flat_map(|row| row.cells.values())
                .any(|cell| matches!(cell.content, Content::Formula { .. }))
        };
        let speaks_of_others = || {
            let names = ["conditionalFormatting", "dataValidations", "hyperlinks", "extLst"];
            names.iter().any(|name| grid.root.find(name).is_some())
        };
        !structure.tags.is_empty()
            || !self.draft.is_empty()
            || !moved.rows.is_same()
            || self.headers(number).next().is_some()
            || has_formulas()
            || (!self.moves.is_still() && speaks_of_others())
    }

    /// The filled headers and footers of a sheet, by the name of their element.
    fn headers(&self, number: usize) -> impl Iterator<Item = (&Slot, &str, &Text)> {
        self.reading.slots.iter().zip(self.filled).filter_map(move |(slot, text)| match &slot.place {
            SlotPlace::Header(own, name) if *own == number => Some((slot, name.as_str(), text)),
            _ => None,
        })
    }

    fn sheet(&self, number: usize, styles: &mut Styles, package: &mut Package, faults: &mut Faults) {
        if !self.is_changed(number) {
            return;
        }
        let (grid, structure, layout) =
            (&self.reading.grids[number], &self.reading.structures[number], &self.layouts[number]);
        let date_system = self.reading.book.root.find("workbookPr").and_then(|own| own.attribute("date1904"));
        let sheet = cells::Sheet {
            number,
            grid,
            structure,
            layout,
            moves: self.moves,
            room: Room::read(&grid.root),
            from_1904: matches!(date_system, Some("1" | "true")),
        };
        let title = &self.reading.book.sheets[number].title;
        let written: Written = match sheet.write(styles) {
            Ok(written) => written,
            Err((at, what)) => return faults.limit(title, at.map_or(0, cell_number), "", &what),
        };
        let around =
            Around { sheet: number, moves: self.moves, rows: &layout.rows, columns: &layout.columns, structure };
        let mut root = around.finish(grid.root.clone(), written);
        for (slot, name, text) in self.headers(number) {
            match texts::header(text) {
                Ok(text) => {
                    if let Some(own) = root.find_mut("headerFooter").and_then(|holder| holder.find_mut(name)) {
                        own.children = vec![Node::Text(text)];
                    }
                }
                Err(()) => faults.limit(&slot.title, 0, "", "đầu trang hoặc chân trang điền ra dài quá 255 chữ"),
            }
        }
        if !self.draft.is_empty() {
            draft::mark(&mut root, self.draft);
        }
        package.set(self.reading.book.sheets[number].part.clone(), bytes(root));
    }

    /// Tables, comments, pictures of a sheet.
    fn related(&self, number: usize, package: &mut Package) {
        let moved = &self.moves.sheets[number];
        let has_tags = !self.reading.structures[number].tags.is_empty();
        let moves = moved.rows.is_same() && moved.columns.is_same();
        for relation in self.reading.book.relations(&self.reading.book.sheets[number].part) {
            let part = &relation.target;
            match relation.kind.as_str() {
                "table" if has_tags || !self.moves.is_still() => change(package, part, |root| {
                    related::table(root, self.moves, number, |row, column, at| self.heading(number, row, column, at));
                }),
                _ if moves => {}
                "comments" => change(package, part, |root| related::comments(root, self.moves, number)),
                "threadedComment" => change(package, part, |root| related::threads(root, self.moves, number)),
                "vmlDrawing" => change(package, part, |root| related::boxes(root, self.moves, number)),
                "drawing" => change(package, part, |root| related::drawing(root, self.moves, number)),
                "pivotTable" => change(package, part, |root| whole::summary_place(root, self.moves, number)),
                _ => {}
            }
        }
    }

    /// The text of a table's heading that was filled in, by the row and column of the template and the column's place.
    fn heading(&self, number: usize, row: u32, column: u32, at: u32) -> Option<String> {
        let cell = self.reading.grids[number].cell(row, column)?;
        if !matches!(cell.content, Content::Text(_)) {
            return None;
        }
        let layout = &self.layouts[number];
        let standing = layout.columns.standings().iter().find(|own| own.at <= at && at < own.at + own.length)?;
        let turns: Columns = standing.path.iter().map(|(_, turn)| *turn).collect();
        let (_, place, _) = layout.rows.copies(row, row, |_| true).into_iter().next()?;
        let cells = &layout.filled.get(&place)?.cells;
        let text = (0..=turns.len()).rev().find_map(|depth| cells.get(&(column, turns[..depth].to_vec())))?;
        Some(text.iter().map(|(_, words)| words.text()).collect())
    }

    /// Text boxes, titles of charts, properties.
    fn texts(&self, package: &mut Package) {
        let mut parts: BTreeMap<&str, Vec<(usize, &Text)>> = BTreeMap::new();
        for (slot, text) in self.reading.slots.iter().zip(self.filled) {
            if let SlotPlace::Element(part, number) = &slot.place {
                parts.entry(part).or_default().push((*number, text));
            }
        }
        for (part, filled) in parts {
            change(package, part, |root| texts::put(root, part.starts_with("docProps/"), &filled));
        }
    }
}

/// Changes a part that can be read; one that cannot stays as it is.
fn change(package: &mut Package, part: &str, change: impl FnOnce(&mut Element)) {
    if let Ok(mut root) = book::tree(package, part) {
        change(&mut root);
        package.set(part.to_string(), bytes(root));
    }
}

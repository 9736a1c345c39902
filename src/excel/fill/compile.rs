//! From the parts of a workbook to what its tags rule, all faults of building on the way.

use super::book::{self, Book};
use super::grid::{Content, Grid, Run, holds_tags, shared_strings};
use super::reference::{Area, Piece as FormulaPiece, pieces};
use super::structure::{self, Lists, Structure};
use super::texts::{self, Slot};
use super::whole::referenced_rows;
use crate::finding::CellAddress;
use crate::finding::catalogue::template as codes;
use crate::wanted::Sample;
use crate::word::fill::assemble::{self, Piece};
use crate::word::fill::check::{self, Depth};
use crate::word::fill::fault::{Faults, Spot, cell_number};
use crate::word::fill::limits::LARGEST_TEMPLATE;
use crate::word::fill::mentioned;
use crate::word::fill::notes::Notes;
use crate::word::fill::tag::Tag;
use crate::word::xml::{Element, Node};

/// What a workbook came to.
pub(super) struct Reading {
    pub(super) book: Book,
    pub(super) tags: Vec<Tag>,
    /// One for each sheet of the book.
    pub(super) grids: Vec<Grid>,
    pub(super) structures: Vec<Structure>,
    /// Texts outside cells.
    pub(super) slots: Vec<Slot>,
    /// The part of shared strings without those that hold tags, where any does.
    pub(super) shared: Option<(String, Element)>,
}

impl Reading {
    /// Reads all parts; faults are told. None where the file is no workbook.
    pub(super) fn new(bytes: &[u8], faults: &mut Faults) -> Option<Reading> {
        let read = Book::read(bytes).and_then(|book| {
            let (strings, shared) = strings(&book)?;
            let grids: Result<Vec<Grid>, String> = book
                .sheets
                .iter()
                .map(|sheet| Ok(Grid::read(book::tree(&book.package, &sheet.part)?, &strings)))
                .collect();
            Ok((book, grids?, shared))
        });
        let (book, grids, shared) = match read {
            Ok(read) => read,
            Err(reason) => {
                faults.unreadable("tệp", &reason);
                return None;
            }
        };
        let mut reading = Reading { book, tags: Vec::new(), grids, structures: Vec::new(), slots: Vec::new(), shared };
        reading.out_of_reach(faults);
        let referenced = referenced_rows(&reading.book, &reading.formulas());
        let mut lists = Lists::default();
        for ((sheet, grid), rows) in reading.book.sheets.iter().zip(&reading.grids).zip(&referenced) {
            if reading.book.package.part(&sheet.part).is_some_and(|bytes| bytes.len() > LARGEST_TEMPLATE) {
                faults.limit(&sheet.title, 0, "", "trang tính quá lớn");
            }
            reading.structures.push(structure::read(grid, &sheet.title, rows, &mut reading.tags, &mut lists, faults));
        }
        let roots: Vec<&Element> = reading.grids.iter().map(|grid| &grid.root).collect();
        reading.slots = texts::read(&reading.book, &roots, &mut reading.tags, faults);
        reading.tables_in_loops(faults);
        Some(reading)
    }

    /// Every formula with the number of its sheet.
    fn formulas(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for (number, grid) in self.grids.iter().enumerate() {
            for cell in grid.rows.values().flat_map(|row| row.cells.values()) {
                if let Content::Formula { text, .. } = &cell.content {
                    found.push((number, text.clone()));
                }
            }
            for element in
                grid.root.descendants().filter(|own| matches!(own.name.as_str(), "formula" | "formula1" | "xm:f"))
            {
                found.push((number, element.all_text()));
            }
        }
        found
    }

    /// The plan of each sheet, then of each text outside cells, with what users call it.
    pub(super) fn plans(&self) -> Vec<(String, Vec<Piece>)> {
        let sheets = self.book.sheets.iter().zip(&self.structures);
        let sheets = sheets.map(|(sheet, structure)| (sheet.title.clone(), &structure.tree));
        let slots = self.slots.iter().map(|slot| (slot.title.clone(), &slot.tree));
        sheets.chain(slots).map(|(title, tree)| (title, self.plan(tree))).collect()
    }

    fn plan(&self, tree: &Element) -> Vec<Piece> {
        assemble::plan(tree, &self.tags, &mut Notes::new(std::iter::empty()))
    }

    /// Checks the names against each of the samples, those of texts with faults of building as far as it can be told what they mean.
    pub(super) fn check(&self, samples: &[Sample], faults: &mut Faults) {
        let sheets = self.structures.iter().map(|own| (&own.tree, own.is_sound, &own.tags));
        let slots = self.slots.iter().map(|own| (&own.tree, own.is_sound, &own.tags));
        let (sound, unsound): (Vec<_>, Vec<_>) = sheets.chain(slots).partition(|(_, is_sound, _)| *is_sound);
        let plans: Vec<Vec<Piece>> = sound.into_iter().map(|(tree, ..)| self.plan(tree)).collect();
        let wanted = unsound.is_empty().then(|| mentioned::wanted(plans.iter().map(Vec::as_slice), &self.tags));
        check::check_against(samples, wanted.as_ref(), faults, |data, faults| {
            for plan in &plans {
                check::check(plan, &self.tags, data, Depth::All, faults);
            }
            for (.., tags) in &unsound {
                check::check_loosely((*tags).clone(), &self.tags, data, faults);
            }
        });
    }

    /// Tells tags where nothing can be filled in: in formulas, comments, and what is set for the sheet.
    fn out_of_reach(&self, faults: &mut Faults) {
        for (sheet, grid) in self.book.sheets.iter().zip(&self.grids) {
            for (row, line) in &grid.rows {
                for (column, cell) in &line.cells {
                    if let Content::Formula { text, .. } = &cell.content
                        && formula_holds_tags(text)
                    {
                        let number = cell_number(CellAddress::new(*row, *column));
                        let spot = Spot { part: &sheet.title, paragraph: number, tag: text, around: "" };
                        faults.out_of_reach(&spot, "công thức");
                    }
                }
            }
            let settings = grid.root.elements().filter(|own| own.name != "headerFooter");
            let holds = |own: &Element| {
                let attributes = own.attributes.iter().any(|(_, value)| formula_holds_tags(value));
                let text = own.children.iter().any(|node| matches!(node, Node::Text(text) if formula_holds_tags(text)));
                attributes || text
            };
            if settings.flat_map(Element::descendants).any(holds) {
                let spot = Spot { part: &sheet.title, paragraph: 0, tag: "{{", around: "" };
                faults.out_of_reach(&spot, "định dạng có điều kiện, kiểm tra nhập liệu hoặc liên kết của trang tính");
            }
            for relation in self.book.relations(&sheet.part) {
                if matches!(relation.kind.as_str(), "comments" | "threadedComment") {
                    self.comments_out_of_reach(&sheet.title, &relation.target, faults);
                }
            }
        }
        let names = self.book.root.find("definedNames").into_iter().flat_map(Element::elements);
        if names.map(Element::all_text).any(|text| formula_holds_tags(&text)) {
            let spot = Spot { part: "tên đã đặt", paragraph: 0, tag: "{{", around: "" };
            faults.out_of_reach(&spot, "một tên đã đặt (Name Manager)");
        }
    }

    fn comments_out_of_reach(&self, title: &str, part: &str, faults: &mut Faults) {
        let Ok(root) = book::tree(&self.book.package, part) else { return };
        for comment in root.descendants().filter(|own| own.attribute("ref").is_some()) {
            let Some(area) = comment.attribute("ref").and_then(Area::read) else { continue };
            let text = comment.all_text();
            if text.contains("{{") {
                let number = cell_number(CellAddress::new(area.row_span().0, area.column_span().0));
                let spot = Spot { part: title, paragraph: number, tag: "{{", around: "" };
                faults.out_of_reach(&spot, "ghi chú của ô");
            }
        }
    }

    /// A table of Excel cannot stand several times: each has a name of its own.
    fn tables_in_loops(&self, faults: &mut Faults) {
        for (sheet, structure) in self.book.sheets.iter().zip(&self.structures) {
            for relation in self.book.relations(&sheet.part).iter().filter(|relation| relation.kind == "table") {
                let Ok(root) = book::tree(&self.book.package, &relation.target) else { continue };
                let Some(area) = root.attribute("ref").and_then(Area::read) else { continue };
                let (first, last) = area.row_span();
                if structure.bodies.iter().any(|body| body.first <= first && last <= body.last) {
                    let number = cell_number(CellAddress::new(first, area.column_span().0));
                    let name = root.attribute("displayName").unwrap_or_default();
                    let spot = Spot { part: &sheet.title, paragraph: number, tag: name, around: "" };
                    let message = format!("Bảng (Table) “{name}” nằm trọn trong một vòng lặp, nên không nhân lên được");
                    faults.at(&codes::MISPLACED, &spot, message).hint =
                        "Bấm vào bảng, chọn Table Design › Convert to Range, hoặc để hàng tiêu đề của bảng ngoài vòng lặp.".into();
                }
            }
        }
    }
}

/// The shared strings, and their part without those that hold tags where any does.
type Strings = (Vec<Vec<Run>>, Option<(String, Element)>);

fn strings(book: &Book) -> Result<Strings, String> {
    let Some(part) = book.of_kind("sharedStrings") else { return Ok((Vec::new(), None)) };
    let mut root = book::tree(&book.package, &part)?;
    let strings = shared_strings(&root);
    if !strings.iter().any(|runs| holds_tags(runs)) {
        return Ok((strings, None));
    }
    let tagged = strings.iter().map(|runs| holds_tags(runs));
    for (item, tagged) in root.elements_mut().filter(|own| own.name == "si").zip(tagged) {
        if tagged {
            item.children = vec![Node::Element(Element::new("t"))];
        }
    }
    Ok((strings, Some((part, root))))
}

/// Whether a formula holds a tag besides in the names of sheets, which are filled.
fn formula_holds_tags(formula: &str) -> bool {
    formula.contains("{{")
        && pieces(formula).iter().any(|piece| matches!(piece, FormulaPiece::Text(text) if text.contains("{{")))
}

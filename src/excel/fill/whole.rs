//! What belongs to the workbook as a whole: names, print areas, charts' ranges, summaries (pivot tables), and that
//! everything is calculated anew when the file is opened.

use super::book::Book;
use super::moves::{Home, Moves};
use crate::word::xml::{Element, Node};

/// What stands after `calcPr` in the workbook's part (ISO/IEC 29500-1, CT_Workbook).
const AFTER_CALCULATION: [&str; 10] = [
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
    "mc:AlternateContent",
];

fn anywhere() -> Home {
    Home { takes_all: true, ..Home::default() }
}

/// Moves names, gives sheets their filled titles, and has everything calculated anew.
pub(super) fn workbook(root: &mut Element, moves: &Moves) {
    for sheet in root.find_mut("sheets").into_iter().flat_map(Element::elements_mut) {
        let moved = moves.sheets.iter().find(|own| sheet.attribute("name") == Some(&own.old_title));
        if let Some(moved) = moved {
            sheet.set("name", moved.title.clone());
        }
    }
    for name in root.find_mut("definedNames").into_iter().flat_map(Element::elements_mut) {
        let moved = moves.formula(&name.all_text(), &anywhere());
        name.children = vec![Node::Text(moved)];
    }
    if root.find("calcPr").is_none() {
        let after = |node: &Node| node.element().is_some_and(|own| AFTER_CALCULATION.contains(&own.name.as_str()));
        let last = root.children.iter().rposition(|node| node.is("definedNames") || node.is("sheets"));
        let at = last.map_or(root.children.len(), |last| last + 1);
        let at = root.children.iter().skip(at).position(after).map_or(root.children.len(), |more| at + more);
        root.children.insert(at, Node::Element(Element::new("calcPr")));
    }
    if let Some(calculation) = root.find_mut("calcPr") {
        calculation.attributes.retain(|(name, _)| name != "calcCompleted" && name != "calcMode");
        calculation.set("fullCalcOnLoad", "1");
    }
}

/// Moves the ranges of a chart; what it remembers of their values is dropped.
pub(super) fn chart(root: &mut Element, moves: &Moves) {
    root.for_each_mut(&mut |element| {
        if element.name == "c:f" {
            let moved = moves.formula(&element.all_text(), &anywhere());
            element.children = vec![Node::Text(moved)];
        }
        if element.find("c:f").is_some() {
            let remembered =
                |node: &Node| ["c:numCache", "c:strCache", "c:multiLvlStrCache"].iter().any(|name| node.is(name));
            element.children.retain(|node| !remembered(node));
        }
    });
}

/// Moves the source of a summary (pivot table), and has it made anew.
pub(super) fn summary_source(root: &mut Element, moves: &Moves) {
    let Some(source) = root.find_mut("cacheSource").and_then(|source| source.find_mut("worksheetSource")) else {
        return;
    };
    let sheet = source.attribute("sheet").map(str::to_string);
    let number = moves.sheets.iter().position(|own| Some(&own.old_title) == sheet.as_ref());
    let Some((number, own)) = number.and_then(|number| Some((number, moves.sheets.get(number)?))) else { return };
    if let Some(moved) = source.attribute("ref").and_then(|area| moves.whole(number, area)) {
        source.set("ref", moved);
    }
    source.set("sheet", own.title.clone());
    root.set("refreshOnLoad", "1");
}

/// Moves the place of a summary (pivot table) on its sheet.
pub(super) fn summary_place(root: &mut Element, moves: &Moves, sheet: usize) {
    let Some(place) = root.find_mut("location") else { return };
    if let Some(moved) = place.attribute("ref").and_then(|own| moves.whole(sheet, own)) {
        place.set("ref", moved);
    }
}

/// The list of sheets and names that the file's properties hold.
pub(super) fn properties(root: &mut Element, moves: &Moves) {
    root.for_each_mut(&mut |element| {
        if element.name == "vt:lpstr" {
            let text = element.all_text();
            let own = moves
                .sheets
                .iter()
                .find(|own| text == own.old_title || text.contains(&format!("'{}'!", own.old_title)));
            if let Some(own) = own.filter(|own| own.title != own.old_title) {
                element.children = vec![Node::Text(text.replace(&own.old_title, &own.title))];
            }
        }
    });
}

/// Rows that something speaks of, for each sheet: a loop over them may not leave nothing behind.
pub(super) fn referenced_rows(book: &Book, formulas: &[(usize, String)]) -> Vec<Vec<(u32, u32)>> {
    let mut rows = vec![Vec::new(); book.sheets.len()];
    let mut note = |own: Option<usize>, formula: &str| {
        for piece in super::reference::pieces(formula) {
            let super::reference::Piece::Reference { sheet, area } = piece else { continue };
            let number = match sheet {
                Some(title) => book.sheets.iter().position(|own| own.title.to_lowercase() == title.to_lowercase()),
                None => own,
            };
            if let (Some(list), Some(_)) = (number.and_then(|number| rows.get_mut(number)), area.rows) {
                list.push(area.row_span());
            }
        }
    };
    for (sheet, formula) in formulas {
        note(Some(*sheet), formula);
    }
    for name in book.root.find("definedNames").into_iter().flat_map(Element::elements) {
        note(None, &name.all_text());
    }
    for part in book.of_type("drawingml.chart+xml") {
        let Ok(root) = super::book::tree(&book.package, &part) else { continue };
        root.descendants().filter(|element| element.name == "c:f").for_each(|formula| note(None, &formula.all_text()));
    }
    for (number, sheet) in book.sheets.iter().enumerate() {
        for relation in book.relations(&sheet.part).iter().filter(|relation| relation.kind == "table") {
            let Ok(root) = super::book::tree(&book.package, &relation.target) else { continue };
            let Some(area) = root.attribute("ref").and_then(super::reference::Area::read) else { continue };
            // rows below the heading: each of them may be all that the table has
            let (first, last) = area.row_span();
            rows[number].extend((first + 1..=last).map(|row| (row, row)));
        }
    }
    rows
}

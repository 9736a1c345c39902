//! What stands around the cells of a sheet and speaks of them: columns, merged cells, formats with conditions, checks of
//! input, links, breaks, filters, views. Each is moved as its ranges are.

use super::axis::{Axis, Body};
use super::cells::Written;
use super::limits::MOST_COPIES;
use super::moves::{Home, Moves, written};
use super::reference::{Area, Coordinate, MOST_COLUMNS, MOST_ROWS};
use super::structure::Structure;
use crate::word::xml::{Element, Node};

/// What is needed to move what stands around.
pub(super) struct Around<'a> {
    pub(super) sheet: usize,
    pub(super) moves: &'a Moves,
    pub(super) rows: &'a Axis,
    pub(super) columns: &'a Axis,
    pub(super) structure: &'a Structure,
}

impl Around<'_> {
    /// The sheet's part with its rows put in and everything else moved.
    pub(super) fn finish(&self, mut root: Element, cells: Written) -> Element {
        let extent = cells.extent.map_or_else(|| "A1".to_string(), |(rows, columns)| written(rows, columns));
        let mut merged = Vec::new();
        let mut children = Vec::with_capacity(root.children.len());
        let mut rows = Some(cells.rows);
        let mut has_merged = false;
        for mut node in std::mem::take(&mut root.children) {
            let Node::Element(child) = &mut node else {
                children.push(node);
                continue;
            };
            let keeps = match child.name.as_str() {
                "dimension" => {
                    child.set("ref", extent.clone());
                    true
                }
                "sheetData" => {
                    child.children = vec![Node::Verbatim(rows.take().unwrap_or_default())];
                    true
                }
                "mergeCells" => {
                    has_merged = true;
                    self.merged(child, &cells.merged, &mut merged)
                }
                _ => self.element(child),
            };
            if keeps {
                children.push(node);
            }
        }
        if !has_merged && !cells.merged.is_empty() {
            let mut element = Element::new("mergeCells");
            if self.merged(&mut element, &cells.merged, &mut merged) {
                insert_in_order(&mut children, element);
            }
        }
        root.children = children;
        root
    }

    /// Moves one element of the sheet; whether anything of it is left.
    fn element(&self, element: &mut Element) -> bool {
        match element.name.as_str() {
            "sheetViews" => element.for_each_mut(&mut |view| self.view(view)),
            "cols" => return self.widths(element),
            "protectedRanges" | "ignoredErrors" => return self.each(element, |one| self.sqref(one)),
            "cellWatches" => return self.each(element, |one| self.single(one, "r")),
            "autoFilter" => return self.filter(element),
            "sortState" => return self.whole(element),
            // views of single users: their print areas and breaks are of the template
            "customSheetViews" | "scenarios" => return self.moves.is_still(),
            "conditionalFormatting" => return self.condition(element),
            "dataValidations" => {
                return self.each(element, |one| self.condition(one));
            }
            "hyperlinks" => return self.links(element),
            "rowBreaks" => return self.breaks(element, self.rows),
            "colBreaks" => return self.breaks(element, self.columns),
            "extLst" => self.extensions(element),
            _ => {}
        }
        true
    }

    /// Moves the children of a list, drops those that are gone, and counts anew.
    fn each(&self, list: &mut Element, change: impl Fn(&mut Element) -> bool) -> bool {
        list.children.retain_mut(|node| node.element_mut().is_none_or(&change));
        let count = list.elements().count();
        if list.attribute("count").is_some() {
            list.set("count", count.to_string());
        }
        count > 0
    }

    fn sqref(&self, element: &mut Element) -> bool {
        let Some(list) = element.attribute("sqref") else { return true };
        match self.moves.areas(self.sheet, list) {
            Some((list, _)) => element.set("sqref", list),
            None => return false,
        }
        true
    }

    fn single(&self, element: &mut Element, name: &str) -> bool {
        let Some(area) = element.attribute(name).and_then(Area::read) else { return true };
        let place = |axis: &Axis, at| axis.one(Coordinate { at, fixed: true }, &[]).map(|moved| moved.at);
        let (row, column) = (place(self.rows, area.row_span().0), place(self.columns, area.column_span().0));
        match (row, column) {
            (Some(row), Some(column)) => element.set(name, Area::cell(row, column).to_string()),
            _ => return false,
        }
        true
    }

    fn whole(&self, element: &mut Element) -> bool {
        let Some(moved) = element.attribute("ref").and_then(|own| self.moves.whole(self.sheet, own)) else {
            return false;
        };
        element.set("ref", moved);
        element.children.retain_mut(|node| match node {
            Node::Element(child) if child.name == "sortCondition" => self.whole(child),
            _ => true,
        });
        true
    }

    /// A filter: its range, and the columns that it filters by, which are counted from its first.
    fn filter(&self, element: &mut Element) -> bool {
        let first = element.attribute("ref").and_then(Area::read).map_or(0, |area| area.column_span().0);
        if !self.whole(element) {
            return false;
        }
        let start = element.attribute("ref").and_then(Area::read).map_or(0, |area| area.column_span().0);
        element.children.retain_mut(|node| {
            let Node::Element(child) = node else { return true };
            if child.name != "filterColumn" {
                return true;
            }
            let own = child.attribute("colId").and_then(|number| number.parse::<u32>().ok()).unwrap_or(0);
            let moved = self.columns.one(Coordinate { at: first + own, fixed: true }, &[]);
            let Some(moved) = moved.and_then(|moved| moved.at.checked_sub(start)) else { return false };
            child.set("colId", moved.to_string());
            true
        });
        true
    }

    /// What is in sight and what is selected; frozen panes stay as they are.
    fn view(&self, element: &mut Element) {
        if matches!(element.name.as_str(), "sheetView" | "pane") && !self.single(element, "topLeftCell") {
            element.attributes.retain(|(name, _)| name != "topLeftCell");
        }
        if element.name == "selection" {
            let keeps = self.single(element, "activeCell");
            let keeps =
                keeps && element.attribute("activeCell").is_none_or(|cell| element.attribute("sqref") == Some(cell));
            if !keeps {
                let cell = element.attribute("activeCell").map(str::to_string);
                element.attributes.retain(|(name, _)| name != "activeCell" && name != "sqref");
                let cell = cell.filter(|cell| Area::read(cell).is_some()).unwrap_or_else(|| "A1".into());
                element.set("activeCell", cell.clone());
                element.set("sqref", cell);
            }
        }
    }

    /// Widths of columns: each for all places where its columns stand.
    fn widths(&self, list: &mut Element) -> bool {
        let mut made: Vec<(u32, u32, Element)> = Vec::new();
        for own in list.elements().filter(|own| own.name == "col") {
            let number = |name| own.attribute(name).and_then(|value| value.parse::<u32>().ok());
            let (Some(first), Some(last)) = (number("min"), number("max")) else { continue };
            let (first, last) = (first.saturating_sub(1), last.saturating_sub(1).min(MOST_COLUMNS - 1));
            for standing in self.columns.standings() {
                let (low, high) = (first.max(standing.template), last.min(standing.template + standing.length - 1));
                if low <= high {
                    let shift = |at: u32| standing.at + at - standing.template;
                    made.push((shift(low), shift(high), own.clone()));
                }
            }
            let behind = |at: u32| self.columns.one(Coordinate { at, fixed: true }, &[]).map(|moved| moved.at);
            let template_end = self.columns.template_end();
            if last >= template_end
                && let (Some(low), Some(high)) = (behind(first.max(template_end)), behind(last))
            {
                made.push((low, high.min(MOST_COLUMNS - 1), own.clone()));
            }
        }
        made.sort_by_key(|(first, _, _)| *first);
        list.children.clear();
        for (first, last, mut own) in made.into_iter().filter(|(first, last, _)| first <= last) {
            own.set("min", (first + 1).to_string());
            own.set("max", (last + 1).to_string());
            list.children.push(Node::Element(own));
        }
        !list.children.is_empty()
    }

    /// Merged cells: in each turn that holds all of them, else stretched. No two may overlap.
    fn merged(&self, list: &mut Element, more: &[Area], taken: &mut Vec<Area>) -> bool {
        let own: Vec<Area> = list.elements().filter_map(|merge| Area::read(merge.attribute("ref")?)).collect();
        list.children.clear();
        let mut put = |area: Area, list: &mut Element| {
            let crosses = |other: &Area| {
                let over = |a: (u32, u32), b: (u32, u32)| a.0 <= b.1 && b.0 <= a.1;
                over(area.row_span(), other.row_span()) && over(area.column_span(), other.column_span())
            };
            if area.range && !taken.iter().rev().take(2_000).any(crosses) && taken.len() < MOST_COPIES {
                list.children.push(Node::Element(Element::new("mergeCell").with("ref", area.to_string())));
                taken.push(area);
            }
        };
        more.iter().for_each(|area| put(*area, list));
        for area in own {
            let copies = self.moves.copies(self.sheet, &area, |zone| self.repeats(zone, &area));
            copies.into_iter().for_each(|copy| put(Area::of(copy.rows, copy.columns), list));
        }
        let count = list.children.len();
        list.set("count", count.to_string());
        count > 0
    }

    /// Whether a row of an area has a column loop over these columns.
    fn repeats(&self, zone: &Body, area: &Area) -> bool {
        let (first, last) = area.row_span();
        self.structure.zones_of_row.iter().any(|(row, zones)| {
            (first..=last).contains(row) && zones.iter().any(|number| self.structure.zones[*number].body == *zone)
        })
    }

    /// A format with conditions, or a check of input: its range, and its formulas, which are written for its first cell.
    fn condition(&self, element: &mut Element) -> bool {
        let Some(list) = element.attribute("sqref") else { return true };
        let Some((list, home)) = self.moves.areas(self.sheet, list) else { return false };
        element.set("sqref", list);
        self.formulas(element, &home);
        true
    }

    fn formulas(&self, element: &mut Element, home: &Home) {
        element.for_each_mut(&mut |inner| match inner.name.as_str() {
            // in the newer form the formula stands one level further down
            "formula" | "formula1" | "formula2" | "xm:f" if inner.elements().next().is_none() => {
                let formula = self.moves.formula(&inner.all_text(), home);
                inner.children = vec![Node::Text(formula)];
            }
            "cfvo" if inner.attribute("type") == Some("formula") => {
                if let Some(formula) = inner.attribute("val").map(|own| self.moves.formula(own, home)) {
                    inner.set("val", formula);
                }
            }
            _ => {}
        });
    }

    /// Links: one for each place of their cells; what they point to inside the workbook moves too.
    fn links(&self, list: &mut Element) -> bool {
        let own = std::mem::take(&mut list.children);
        for link in own.iter().filter_map(Node::element) {
            let Some(area) = link.attribute("ref").and_then(Area::read) else { continue };
            for copy in self.moves.copies(self.sheet, &area, |_| true) {
                let mut moved = link.clone();
                moved.set("ref", written(copy.rows, copy.columns));
                if let Some(location) = link.attribute("location") {
                    let home = Home {
                        sheet: Some(self.sheet),
                        row: area.row_span().0,
                        column: area.column_span().0,
                        row_path: copy.row_path.clone(),
                        column_path: copy.column_path.clone(),
                        takes_all: false,
                    };
                    moved.set("location", self.moves.formula(location, &home));
                }
                list.children.push(Node::Element(moved));
            }
        }
        !list.children.is_empty()
    }

    /// Breaks between pages: below each place of the row that they stand below.
    fn breaks(&self, list: &mut Element, axis: &Axis) -> bool {
        const MOST_BREAKS: usize = 1_023;
        let own = std::mem::take(&mut list.children);
        for one in own.iter().filter_map(Node::element) {
            let Some(before) = one.attribute("id").and_then(|id| id.parse::<u32>().ok()?.checked_sub(1)) else {
                continue;
            };
            for (_, _, last) in axis.copies(before, before, |_| true) {
                if last + 1 < MOST_ROWS && list.children.len() < MOST_BREAKS {
                    let mut moved = one.clone();
                    moved.set("id", (last + 1).to_string());
                    list.children.push(Node::Element(moved));
                }
            }
        }
        let manual = list.elements().filter(|one| matches!(one.attribute("man"), Some("1" | "true"))).count();
        let count = list.children.len();
        list.set("count", count.to_string());
        list.set("manualBreakCount", manual.to_string());
        count > 0
    }

    /// What newer versions of Excel add: formats and checks in their newer form, small charts in cells.
    fn extensions(&self, element: &mut Element) {
        let mut children = Vec::with_capacity(element.children.len());
        for mut node in std::mem::take(&mut element.children) {
            let Node::Element(child) = &mut node else {
                children.push(node);
                continue;
            };
            let place = child.find("xm:sqref").map(Element::all_text);
            match place {
                None => {
                    self.extensions(child);
                    children.push(node);
                }
                Some(list) if child.name == "x14:sparkline" => {
                    children.extend(self.small_charts(child, &list).into_iter().map(Node::Element));
                }
                Some(list) => {
                    let Some((list, home)) = self.moves.areas(self.sheet, &list) else { continue };
                    self.formulas(child, &home);
                    if let Some(own) = child.find_mut("xm:sqref") {
                        own.children = vec![Node::Text(list)];
                    }
                    children.push(node);
                }
            }
        }
        element.children = children;
    }

    fn small_charts(&self, chart: &Element, place: &str) -> Vec<Element> {
        let Some(area) = Area::read(place) else { return vec![chart.clone()] };
        let copies = self.moves.copies(self.sheet, &area, |_| true);
        copies
            .into_iter()
            .map(|copy| {
                let mut moved = chart.clone();
                let home = Home {
                    sheet: Some(self.sheet),
                    row: area.row_span().0,
                    column: area.column_span().0,
                    row_path: copy.row_path,
                    column_path: copy.column_path,
                    takes_all: false,
                };
                self.formulas(&mut moved, &home);
                if let Some(own) = moved.find_mut("xm:sqref") {
                    own.children = vec![Node::Text(written(copy.rows, copy.columns))];
                }
                moved
            })
            .collect()
    }
}

/// What stands before and after in the part of a sheet (ISO/IEC 29500-1, CT_Worksheet).
const ORDER: [&str; 38] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "tableParts",
    "extLst",
];

/// Puts an element in its place among the children of a sheet.
pub(super) fn insert_in_order(children: &mut Vec<Node>, element: Element) {
    let rank = |name: &str| ORDER.iter().position(|own| *own == name);
    let own = rank(&element.name).unwrap_or(ORDER.len());
    let before = |node: &Node| node.element().is_some_and(|child| rank(&child.name).is_some_and(|rank| rank <= own));
    let at = children.iter().rposition(before).map_or(0, |at| at + 1);
    children.insert(at, Node::Element(element));
}

//! A sheet of the template as rows and cells: what stands in each, formulas written out one by one.

use std::collections::{BTreeMap, HashMap};

use smol_str::SmolStr;

use super::reference::{Area, MOST_COLUMNS, MOST_ROWS, copied};
use crate::finding::CellAddress;
use crate::word::xml::{Element, Node};

/// A sheet.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// The part, without its rows.
    pub(super) root: Element,
    pub(super) rows: BTreeMap<u32, Row>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// Without number and spans.
    pub(super) attributes: Vec<(SmolStr, SmolStr)>,
    pub(super) cells: BTreeMap<u32, Cell>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    /// Number of its format in the styles.
    pub(super) style: Option<String>,
    pub(super) content: Content,
}

#[derive(Clone, Debug, Default)]
pub(super) enum Content {
    #[default]
    Blank,
    /// A value: its type and the elements of the cell, as written.
    Constant { kind: Option<String>, children: Vec<Node> },
    /// A formula; `array` for one that fills a range, or a table of data: attributes and the range.
    Formula { text: String, array: Option<Array> },
    /// A text with tags.
    Text(Vec<Run>),
}

/// What a formula that fills a range has besides its text.
#[derive(Clone, Debug)]
pub(super) struct Array {
    pub(super) attributes: Vec<(SmolStr, SmolStr)>,
    pub(super) area: Area,
}

/// A text and its formatting.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Run {
    pub(super) properties: Option<Element>,
    pub(super) text: String,
}

/// The texts of the table of shared strings.
pub(super) fn shared_strings(root: &Element) -> Vec<Vec<Run>> {
    root.elements().filter(|element| element.name == "si").map(runs).collect()
}

/// The runs of a shared or inline string; reading aids are left out.
fn runs(holder: &Element) -> Vec<Run> {
    let text = |element: &Element| element.find("t").map(Element::all_text).unwrap_or_default();
    let rich: Vec<Run> = holder
        .elements()
        .filter(|element| element.name == "r")
        .map(|run| Run { properties: run.find("rPr").cloned(), text: text(run) })
        .collect();
    if rich.is_empty() { vec![Run { properties: None, text: text(holder) }] } else { rich }
}

/// Whether a text holds a pair of braces, over the edges of its runs.
pub(super) fn holds_tags(runs: &[Run]) -> bool {
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    text.contains("{{") || text.contains("}}")
}

impl Grid {
    /// Takes the rows out of a sheet's part.
    pub(super) fn read(mut root: Element, shared: &[Vec<Run>]) -> Grid {
        let mut rows = BTreeMap::new();
        let mut formulas = HashMap::new();
        let data = root.find_mut("sheetData").map(|data| std::mem::take(&mut data.children)).unwrap_or_default();
        let mut next = 0;
        for row in data.iter().filter_map(Node::element).filter(|element| element.name == "row") {
            let own = row.attribute("r").and_then(|number| number.parse::<u32>().ok()).and_then(|n| n.checked_sub(1));
            let number = own.unwrap_or(next);
            if number >= MOST_ROWS {
                continue;
            }
            next = number + 1;
            rows.insert(number, read_row(row, number, shared, &mut formulas));
        }
        Grid { root, rows }
    }

    /// The number of the last row that is written, and one more.
    pub(super) fn row_end(&self) -> u32 {
        self.rows.keys().next_back().map_or(0, |last| last + 1)
    }

    /// The number of the last column that is written, and one more.
    pub(super) fn column_end(&self) -> u32 {
        self.rows.values().filter_map(|row| row.cells.keys().next_back()).max().map_or(0, |last| last + 1)
    }

    pub(super) fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        self.rows.get(&row)?.cells.get(&column)
    }
}

/// Shared formulas by their number: where the first stands, and its text.
type Formulas = HashMap<String, (CellAddress, String)>;

fn read_row(row: &Element, number: u32, shared: &[Vec<Run>], formulas: &mut Formulas) -> Row {
    let kept = |name: &str| !matches!(name, "r" | "spans");
    let attributes = row.attributes.iter().filter(|(name, _)| kept(name)).cloned().collect();
    let mut cells = BTreeMap::new();
    let mut next = 0;
    for cell in row.elements().filter(|element| element.name == "c") {
        let own = cell.attribute("r").and_then(Area::read).map(|area| area.column_span().0);
        let column = own.unwrap_or(next);
        if column >= MOST_COLUMNS {
            continue;
        }
        next = column + 1;
        let content = read_content(cell, CellAddress::new(number, column), shared, formulas);
        cells.insert(column, Cell { style: cell.attribute("s").map(str::to_string), content });
    }
    Row { attributes, cells }
}

fn read_content(cell: &Element, at: CellAddress, shared: &[Vec<Run>], formulas: &mut Formulas) -> Content {
    if let Some(formula) = cell.find("f") {
        return read_formula(formula, at, formulas);
    }
    let kind = cell.attribute("t");
    let text = match kind {
        Some("s") => {
            let number = cell.find("v").and_then(|value| value.all_text().trim().parse::<usize>().ok());
            number.and_then(|number| shared.get(number)).cloned()
        }
        Some("inlineStr") => cell.find("is").map(runs),
        Some("str") => cell.find("v").map(|value| vec![Run { properties: None, text: value.all_text() }]),
        _ => None,
    };
    if let Some(runs) = text.filter(|runs| holds_tags(runs)) {
        return Content::Text(runs);
    }
    if cell.children.is_empty() {
        return Content::Blank;
    }
    Content::Constant { kind: kind.map(str::to_string), children: cell.children.clone() }
}

fn read_formula(formula: &Element, at: CellAddress, formulas: &mut Formulas) -> Content {
    let text = formula.all_text();
    let area = formula.attribute("ref").and_then(Area::read);
    match formula.attribute("t") {
        Some("shared") => {
            let number = formula.attribute("si").unwrap_or_default().to_string();
            if !text.is_empty() {
                formulas.insert(number, (at, text.clone()));
                return Content::Formula { text, array: None };
            }
            let Some((first, text)) = formulas.get(&number) else { return Content::Blank };
            let (rows, columns) =
                (i64::from(at.row) - i64::from(first.row), i64::from(at.column) - i64::from(first.column));
            Content::Formula { text: copied(text, rows, columns), array: None }
        }
        Some("array" | "dataTable") => {
            let attributes =
                formula.attributes.iter().filter(|(name, _)| !matches!(name.as_str(), "ref" | "ca")).cloned().collect();
            let area = area.unwrap_or_else(|| Area::cell(at.row, at.column));
            Content::Formula { text, array: Some(Array { attributes, area }) }
        }
        _ => Content::Formula { text, array: None },
    }
}

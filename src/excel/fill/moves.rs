//! Moving references: what every formula, range and anchor of the template becomes in the filled workbook.
//!
//! A relative reference of a formula in a loop stays in the formula's own turn; a fixed one does what it does when cells are
//! copied: one cell means the first copy, a range takes in all. Outside the loop a range takes in all copies, and so does a
//! single cell that is given to a function of ranges.

use super::axis::{Axis, Path};
use super::reference::{Area, Coordinate, LOST, Stretch, rewrite, sheet_prefix};

/// A sheet that has been laid out.
#[derive(Clone, Debug)]
pub(super) struct Moved {
    pub(super) old_title: String,
    pub(super) title: String,
    pub(super) rows: Axis,
    pub(super) columns: Axis,
}

/// Where a formula stands: its sheet, its row and column in the template, and the turns it is in.
#[derive(Clone, Debug, Default)]
pub(super) struct Home {
    /// None for what belongs to no sheet, such as a name of the whole workbook.
    pub(super) sheet: Option<usize>,
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) row_path: Path,
    pub(super) column_path: Path,
    /// Whether a single cell that stands several times becomes a range wherever it is: in names and charts.
    pub(super) takes_all: bool,
}

/// All sheets of a filled workbook.
#[derive(Clone, Debug, Default)]
pub(super) struct Moves {
    pub(super) sheets: Vec<Moved>,
}

/// Functions that look at all cells they are given, in one range.
const OF_RANGES: [&str; 14] = [
    "COUNTBLANK",
    "LARGE",
    "SMALL",
    "RANK",
    "SUMIF",
    "SUMIFS",
    "COUNTIF",
    "COUNTIFS",
    "AVERAGEIF",
    "AVERAGEIFS",
    "SUMPRODUCT",
    "MATCH",
    "INDEX",
    "ROWS",
];
/// Functions that take a list of ranges as well.
const OF_LISTS: [&str; 16] = [
    "SUM", "AVERAGE", "COUNT", "COUNTA", "MAX", "MIN", "PRODUCT", "MEDIAN", "MODE", "STDEV", "STDEVP", "VAR", "VARP",
    "SUBTOTAL", "SUMSQ", "GEOMEAN",
];
/// Most ranges that one function is given one by one; Excel takes 255 in all. More go in one pair of brackets.
const MOST_RANGES: usize = 200;

impl Moves {
    fn find(&self, title: &str) -> Option<usize> {
        let wanted = title.to_lowercase();
        self.sheets.iter().position(|sheet| sheet.old_title.to_lowercase() == wanted)
    }

    /// Whether nothing moves and no sheet has a new name.
    pub(super) fn is_still(&self) -> bool {
        self.sheets
            .iter()
            .all(|sheet| sheet.rows.is_same() && sheet.columns.is_same() && sheet.title == sheet.old_title)
    }

    /// A formula as it stands in the filled workbook.
    pub(super) fn formula(&self, formula: &str, home: &Home) -> String {
        rewrite(formula, |name, area, before, after| {
            let sheet = match name {
                Some(name) => self.find(name),
                None => home.sheet,
            };
            let prefix = match (name, sheet.and_then(|number| self.sheets.get(number))) {
                (Some(_), Some(sheet)) => sheet_prefix(&sheet.title),
                (Some(name), None) => sheet_prefix(name),
                (None, _) => String::new(),
            };
            let Some(sheet) = sheet else { return format!("{prefix}{area}") };
            let function = function_around(before, after);
            let listed = function.as_deref().is_some_and(|name| OF_LISTS.contains(&name));
            let of_ranges = listed || function.as_deref().is_some_and(|name| OF_RANGES.contains(&name));
            let as_range = area.range || home.takes_all || of_ranges;
            if listed && let Some(list) = self.list(sheet, area, home, &prefix) {
                return list;
            }
            match self.area(sheet, area, home, as_range) {
                Some(area) => format!("{prefix}{area}"),
                None => format!("{prefix}{LOST}"),
            }
        })
    }

    /// An area whose copies stand apart, as a list of ranges; none where one range says it.
    fn list(&self, sheet: usize, area: &Area, home: &Home, prefix: &str) -> Option<String> {
        let Moved { rows, columns, .. } = self.sheets.get(sheet)?;
        let of_rows = rows.parts(area.rows?, &home.row_path);
        let of_columns = columns.parts(area.columns?, &home.column_path);
        let count = of_rows.len() * of_columns.len();
        if count < 2 {
            return None;
        }
        let place = |stretch: Stretch, (first, last): (u32, u32)| Stretch {
            first: Coordinate { at: first, ..stretch.first },
            last: Coordinate { at: last, ..stretch.last },
        };
        let mut list = Vec::with_capacity(count);
        for rows in &of_rows {
            for columns in &of_columns {
                let rows = area.rows.map(|stretch| place(stretch, *rows));
                let columns = area.columns.map(|stretch| place(stretch, *columns));
                list.push(format!("{prefix}{}", Area { rows, columns, range: true }));
            }
        }
        let list = list.join(",");
        Some(if count > MOST_RANGES { format!("({list})") } else { list })
    }

    /// What an area on a sheet has become for a formula; none where nothing of it is left.
    fn area(&self, sheet: usize, area: &Area, home: &Home, as_range: bool) -> Option<Area> {
        let Moved { rows, columns, .. } = self.sheets.get(sheet)?;
        let single = |stretch: Option<Stretch>| stretch.map(|stretch| stretch.first);
        if let (false, Some(row), Some(column)) = (area.range, single(area.rows), single(area.columns)) {
            let own = home.sheet == Some(sheet);
            // a running figure looks at its own column above, or at its own row to the left
            let above = (own && column.at == home.column).then(|| rows.before_own_turn(row, home.row, &home.row_path));
            let left =
                (own && row.at == home.row).then(|| columns.before_own_turn(column, home.column, &home.column_path));
            let many = rows.is_many(row, &home.row_path) || columns.is_many(column, &home.column_path);
            let many = many || (home.takes_all && (rows.is_many(row, &[]) || columns.is_many(column, &[])));
            if !(as_range && many) {
                let row = above.flatten().or_else(|| rows.one(row, &home.row_path))?;
                let column = left.flatten().or_else(|| columns.one(column, &home.column_path))?;
                return Some(Area { rows: Some(at_one(row)), columns: Some(at_one(column)), range: false });
            }
        }
        let moved = |axis: &Axis, stretch: Option<Stretch>, path: &Path| match stretch {
            Some(stretch) => axis.stretch(stretch, path).map(Some),
            None => Some(None),
        };
        let rows = moved(rows, area.rows, &home.row_path)?;
        let columns = moved(columns, area.columns, &home.column_path)?;
        Some(Area { rows, columns, range: true })
    }

    /// The places of a whole area of a sheet: once for each turn of the loops that hold all of it. Column loops count where
    /// `counts` says so.
    pub(super) fn copies(&self, sheet: usize, area: &Area, counts: impl Fn(&super::axis::Body) -> bool) -> Vec<Copy> {
        let Some(Moved { rows, columns, .. }) = self.sheets.get(sheet) else { return Vec::new() };
        let (first_row, last_row) = area.row_span();
        let (first_column, last_column) = area.column_span();
        let of_columns = match area.columns {
            Some(_) => columns.copies(first_column, last_column, counts),
            None => vec![(Path::new(), first_column, last_column)],
        };
        let of_rows = match area.rows {
            Some(_) => rows.copies(first_row, last_row, |_| true),
            None => vec![(Path::new(), first_row, last_row)],
        };
        let mut copies = Vec::with_capacity(of_rows.len() * of_columns.len());
        for (row_path, top, bottom) in &of_rows {
            for (column_path, left, right) in &of_columns {
                let rows = (*top, *bottom);
                let columns = (*left, *right);
                copies.push(Copy { row_path: row_path.clone(), column_path: column_path.clone(), rows, columns });
                if copies.len() >= super::limits::MOST_COPIES {
                    return copies;
                }
            }
        }
        copies
    }

    /// A list of areas (`sqref`) as it stands in the filled workbook, copies that touch put together; where its first one
    /// stands goes with it.
    pub(super) fn areas(&self, sheet: usize, list: &str) -> Option<(String, Home)> {
        let areas: Vec<Area> = list.split_whitespace().filter_map(Area::read).collect();
        let base = areas.first()?;
        let first =
            Copy::first_of(&self.copies(sheet, &Area::of(head(base.row_span()), head(base.column_span())), |_| true));
        let mut spans: Vec<Span> = Vec::new();
        for area in &areas {
            for copy in self.copies(sheet, area, |_| true) {
                join(&mut spans, copy.rows, copy.columns);
            }
        }
        // whole rows of copies may continue one another
        let mut joined = Vec::with_capacity(spans.len());
        spans.iter().for_each(|(rows, columns)| join(&mut joined, *rows, *columns));
        let spans = joined;
        if spans.is_empty() {
            return None;
        }
        let written: Vec<String> = spans.iter().map(|(rows, columns)| written(*rows, *columns)).collect();
        let home = Home {
            sheet: Some(sheet),
            row: base.row_span().0,
            column: base.column_span().0,
            row_path: first.as_ref().map(|copy| copy.row_path.clone()).unwrap_or_default(),
            column_path: first.map(|copy| copy.column_path).unwrap_or_default(),
            takes_all: false,
        };
        Some((written.join(" "), home))
    }

    /// One range (`ref` of a table or filter) that takes in all copies.
    pub(super) fn whole(&self, sheet: usize, text: &str) -> Option<String> {
        let area = Area::read(text)?;
        let home = Home { takes_all: true, ..Home::default() };
        let moved = self.area(sheet, &Area { range: true, ..area }, &home, true)?;
        Some(written(moved.row_span(), moved.column_span()))
    }
}

/// One place of an area that stands several times.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Copy {
    pub(super) row_path: Path,
    pub(super) column_path: Path,
    pub(super) rows: (u32, u32),
    pub(super) columns: (u32, u32),
}

impl Copy {
    fn first_of(copies: &[Copy]) -> Option<Copy> {
        copies.first().cloned()
    }
}

/// First and last row, first and last column.
type Span = ((u32, u32), (u32, u32));

fn head(span: (u32, u32)) -> (u32, u32) {
    (span.0, span.0)
}

fn at_one(at: Coordinate) -> Stretch {
    Stretch { first: at, last: at }
}

/// Writes a range; one cell as a cell, whole columns and rows as such.
pub(super) fn written(rows: (u32, u32), columns: (u32, u32)) -> String {
    Area::of(rows, columns).to_string()
}

/// Adds an area to a list: to one that it continues below or to the right, where there is one near the end.
fn join(spans: &mut Vec<Span>, rows: (u32, u32), columns: (u32, u32)) {
    for (own_rows, own_columns) in spans.iter_mut().rev().take(64) {
        if *own_columns == columns && own_rows.1 + 1 == rows.0 {
            own_rows.1 = rows.1;
            return;
        }
        if *own_rows == rows && own_columns.1 + 1 == columns.0 {
            own_columns.1 = columns.1;
            return;
        }
    }
    spans.push((rows, columns));
}

/// The function whose one whole argument stands between two pieces of a formula, in capitals and without what newer
/// versions put before and behind its name.
fn function_around(before: &str, after: &str) -> Option<String> {
    let starts = before.trim_end();
    let ends = after.trim_start();
    if !starts.ends_with(['(', ',', ';']) || !ends.starts_with([')', ',', ';']) {
        return None;
    }
    let mut depth = 0_usize;
    for (at, character) in starts.char_indices().rev() {
        match character {
            ')' => depth += 1,
            '(' if depth == 0 => {
                let own = |character: char| character.is_alphanumeric() || matches!(character, '.' | '_');
                let name = starts[..at].rsplit(|character| !own(character)).next()?.to_uppercase();
                let name = name.trim_start_matches("_XLFN.");
                return name.split('.').next().map(str::to_string);
            }
            '(' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::axis::Body;
    use super::*;

    /// Heading rows 1–4, row 5 for each of `turns` units, a total in row 6; column C for each of `groups` groups.
    fn ranking(turns: u32, groups: u32) -> Moves {
        let mut rows = Axis::new(6, vec![Body { first: 4, last: 4 }]);
        rows.push(0, 4, &vec![]);
        (0..turns).for_each(|turn| rows.push(4, 1, &vec![(0, turn)]));
        rows.push(5, 1, &vec![]);
        let mut columns = Axis::new(6, vec![Body { first: 2, last: 2 }]);
        columns.push(0, 2, &vec![]);
        (0..groups).for_each(|turn| columns.push(2, 1, &vec![(1, turn)]));
        columns.push(3, 3, &vec![]);
        Moves { sheets: vec![Moved { old_title: "Bảng {{nam}}".into(), title: "Bảng 2024".into(), rows, columns }] }
    }

    fn home(row: u32, column: u32, turn: Option<u32>) -> Home {
        let row_path = turn.map(|turn| vec![(0, turn)]).unwrap_or_default();
        Home { sheet: Some(0), row, column, row_path, ..Home::default() }
    }

    #[test]
    fn formulas_of_a_ranking_say_the_same_of_more_rows() {
        let moves = ranking(8, 1);
        for (formula, home, expected) in [
            ("SUM(D5:D5)", home(5, 3, None), "SUM(D5:D12)"),
            ("SUM(D5)", home(5, 3, None), "SUM(D5:D12)"),
            ("ROUND(D5,2)", home(5, 3, None), "ROUND(D5,2)"),
            ("IF(D6>0,SUM($D$5:$D$5),0)", home(5, 4, None), "IF(D13>0,SUM($D$5:$D$12),0)"),
            ("RANK(D5,$D$5:$D$5)", home(4, 4, Some(3)), "RANK(D8,$D$5:$D$12)"),
            ("D5/$D$5", home(4, 4, Some(3)), "D8/$D$5"),
            ("SUM(D$5:D5)", home(4, 4, Some(3)), "SUM(D$5:D8)"),
            ("D5*B2", home(4, 4, Some(3)), "D8*B2"),
            ("A4+1", home(4, 0, Some(3)), "A7+1"),
            ("A4+1", home(4, 0, Some(0)), "A4+1"),
            ("D6/'Bảng {{nam}}'!D5", home(5, 4, None), "D13/'Bảng 2024'!D5"),
            ("SUM(D:D,5:5)", home(5, 4, None), "SUM(D:D,5:12)"),
        ] {
            assert_eq!(moves.formula(formula, &home), expected, "{formula}");
        }
    }

    #[test]
    fn formulas_take_in_repeated_columns() {
        let moves = ranking(2, 4);
        assert_eq!(moves.formula("SUM(C5:C5)", &home(4, 4, Some(1))), "SUM(C6:F6)");
        assert_eq!(moves.formula("D5+E5", &home(4, 5, Some(1))), "G6+H6");
        let own = Home { column_path: vec![(1, 2)], column: 2, ..home(5, 2, None) };
        assert_eq!(moves.formula("SUM(C5:C5)", &own), "SUM(E5:E6)");
    }

    #[test]
    fn what_stands_on_rows_that_are_gone_is_lost_and_nothing_else() {
        let moves = ranking(0, 1);
        assert_eq!(moves.formula("SUM(D5:D5)+D4", &home(5, 3, None)), "SUM(#REF!)+D4");
        assert_eq!(moves.formula("SUM(D4:D5)", &home(5, 3, None)), "SUM(D4:D4)");
    }

    #[test]
    fn ranges_of_formats_stay_one_range_where_they_can() {
        let moves = ranking(8, 2);
        let list = |text| moves.areas(0, text).map(|(list, _)| list);
        assert_eq!(list("A5:F5"), Some("A5:G12".into()));
        assert_eq!(list("C5"), Some("C5:D12".into()));
        assert_eq!(list("A6 A1:B4"), Some("A13 A1:B4".into()));
        assert_eq!(moves.whole(0, "A4:F5"), Some("A4:G12".into()));
    }
}

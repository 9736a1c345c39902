//! The tables with a column for remarks, and what stands in that column.

use super::{Collector, Comment, Remark, Returned};
use crate::dossier::code_key;
use crate::finding::catalogue::remarks as codes;
use crate::finding::{CellAddress, Finding, Place};
use crate::scoring::UnitResult;
use crate::sheet::{Column, Grid, Table, find_table};
use crate::vietnamese;

/// The heading of the open column; `templates/xep-hang-excel.txt` writes it.
pub(super) const HEADING: &str = "Ý kiến của đơn vị";

const COLUMNS: [Column; 3] = [
    Column::required(HEADING, &["Ý kiến", "Ý kiến đơn vị", "Góp ý", "Ý kiến góp ý"]),
    Column::required("Đơn vị", &["Mã đơn vị", "Tên đơn vị"]),
    Column::optional("Mã", &["Mã tiêu chí"]),
];

/// Rows above the headings in which a year is looked for.
const TITLE_ROWS: u32 = 8;

/// The table of a sheet with units and a column for remarks.
pub(super) fn find(grid: &Grid) -> Option<Table<'_>> {
    find_table(grid, &COLUMNS).filter(|table| table.columns[0].is_some() && table.columns[1].is_some())
}

/// The year that the titles above the tables tell: `… NĂM 2024`.
pub(super) fn year_of(tables: &[Table]) -> Option<i32> {
    tables.iter().find_map(|table| {
        let titles = table.grid.rows().take_while(|(row, _)| *row < table.heading_row.min(TITLE_ROWS));
        let texts = titles.flat_map(|(_, cells)| cells.iter().map(|(_, cell)| cell.text()));
        texts.filter_map(|text| year_in(&text)).next()
    })
}

fn year_in(text: &str) -> Option<i32> {
    let words: Vec<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(2).find_map(|pair| match pair {
        [word, year] if vietnamese::same(word, "năm") && year.len() == 4 => year.parse().ok(),
        _ => None,
    })
}

impl Collector<'_> {
    /// The remarks of one table. A remark in a row without a unit or a line of the dossier is a finding that keeps its words.
    pub(super) fn remarks_of(&self, table: &Table, returned: &mut Returned) {
        for row in table.rows() {
            let text = table.cell(row, 0).text();
            if text.is_empty() {
                continue;
            }
            let cell = CellAddress::new(row, table.columns[0].unwrap_or_default());
            match self.remark(table, cell, &text) {
                Some(remark) => returned.remarks.push(remark),
                None => returned.findings.push(unknown(table.place(row, 0), &text, &subject(table, row))),
            }
        }
    }

    /// A comment on a cell: bound by the row it stands in. Comments in the column for remarks, too, add to its words.
    pub(super) fn commented(&self, comment: &Comment, table: Option<&Table>, file: &str, returned: &mut Returned) {
        let known = table.and_then(|table| self.remark(table, comment.cell, &comment.text));
        let author = Some(comment.author.clone()).filter(|author| !author.is_empty());
        match known {
            Some(remark) => returned.remarks.push(Remark { author, ..remark }),
            None => {
                let place = Place::cell(file, &comment.sheet, comment.cell);
                let subject = table.map(|table| subject(table, comment.cell.row)).unwrap_or_default();
                returned.findings.push(unknown(place, &comment.text, &subject));
            }
        }
    }

    /// The remark that stands at a cell, bound to the unit and the line of its row.
    fn remark(&self, table: &Table, cell: CellAddress, text: &str) -> Option<Remark> {
        let unit = self.unit_of(&table.cell(cell.row, 1).text())?;
        let line = table.cell(cell.row, 2).text();
        let member = self.dossier.unit(unit);
        let result = self.results.get(member.cluster.0)?.units.iter().find(|result| result.unit == unit)?;
        let about = self.about(result, &line)?;
        Some(Remark {
            cluster: self.dossier.cluster(member.cluster).code.clone(),
            unit: member.code.clone(),
            unit_name: member.name.clone(),
            text: text.to_string(),
            file: table.grid.file.to_string(),
            sender: self.sender_of(&table.grid.file),
            sheet: table.grid.name.to_string(),
            cell: cell.to_string(),
            ..about
        })
    }

    /// What a remark is about: a line, a group, or with no code the unit. None for a code that is neither.
    fn about(&self, result: &UnitResult, code: &str) -> Option<Remark> {
        let nothing = Remark {
            cluster: String::new(),
            unit: String::new(),
            unit_name: String::new(),
            line: None,
            line_name: None,
            mark: result.submitted.then_some(result.total),
            why: None,
            text: String::new(),
            author: None,
            file: String::new(),
            sender: None,
            sheet: String::new(),
            cell: String::new(),
        };
        if code.is_empty() {
            return Some(nothing);
        }
        let key = code_key(code);
        for line in &result.lines {
            let criterion = self.dossier.criterion(line.criterion);
            if code_key(&criterion.code) == key {
                let (line_code, name) = (Some(criterion.code.clone()), Some(criterion.name.clone()));
                let mark = (result.submitted && line.counts()).then_some(line.mark);
                return Some(Remark { line: line_code, line_name: name, mark, why: Some(line.why.clone()), ..nothing });
            }
        }
        let group = result.groups.iter().find(|group| code_key(&self.dossier.group(group.group).code) == key)?;
        let named = self.dossier.group(group.group);
        let mark = result.submitted.then_some(group.points);
        Some(Remark { line: Some(named.code.clone()), line_name: Some(named.name.clone()), mark, ..nothing })
    }
}

/// Unit and line as a row names them.
fn subject(table: &Table, row: u32) -> String {
    [table.cell(row, 1).text(), table.cell(row, 2).text()].join(" ").trim().to_string()
}

/// A remark that is bound to nothing; its words are kept.
fn unknown(place: Place, text: &str, subject: &str) -> Finding {
    let message = match subject {
        "" => format!("Ý kiến “{text}” không ở dòng của đơn vị hay tiêu chí nào."),
        subject => format!("Ý kiến “{text}” ở dòng “{subject}”, không thấy trong hồ sơ."),
    };
    Finding::new(&codes::UNKNOWN_ROW, place, message).found(subject).expected("đơn vị và tiêu chí của hồ sơ")
}

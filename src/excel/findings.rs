//! The findings workbook (ra-soat.xlsx): how many findings each unit has, and every finding with its cell.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};

use super::WorkbookError;
use super::address::Spot;
use super::assembly::Assembly;
use super::layout::{Layout, Table};
use super::paper::{HEADING, Paper, Sheet, headings};
use super::pen::Cached;
use super::style::Style;
use crate::dossier::Dossier;
use crate::finding::{Finding, Severity};
use crate::vietnamese::number;

/// Words, columns and order.
const LAYOUT: &str = include_str!("../../templates/ra-soat-excel.txt");

/// The findings workbook. The dossier gives the names of units; without one, where it could not be read, codes stand
/// alone. `date` is the workbook's own.
pub fn findings(findings: &[Finding], dossier: Option<&Dossier>, date: NaiveDate) -> Result<Vec<u8>, WorkbookError> {
    let layout = Layout::read(LAYOUT)?;
    let year = dossier.map(|dossier| dossier.information.year).filter(|year| *year > 0);
    let year = year.map(|year| year.to_string()).unwrap_or_default();
    let body = dossier.map_or("", |dossier| &dossier.information.issuing_body);
    let paper = Paper { layout: &layout, key: "dem", values: vec![("nam", &year), ("co_quan", body)], draft: "" };
    let mut workbook = Assembly::new()?;
    paper.sheet(&mut workbook, "dem", |sheet| counts(sheet, findings, dossier, layout.table("dem")?))?;
    paper.sheet(&mut workbook, "phat_hien", |sheet| list(sheet, findings, layout.table("phat_hien")?))?;
    paper.bytes(workbook, date)
}

/// Whom findings concern: the whole dossier, a cluster, or a unit, with its place in protocol order.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Concerned<'a> {
    order: usize,
    cluster: &'a str,
    unit: &'a str,
}

/// The units of a dossier by their codes; without a dossier there are none.
struct Units<'a> {
    dossier: Option<&'a Dossier>,
    by_code: HashMap<&'a str, usize>,
}

impl<'a> Units<'a> {
    fn new(dossier: Option<&'a Dossier>) -> Self {
        let mut by_code = HashMap::new();
        for (index, unit) in dossier.iter().flat_map(|dossier| &dossier.units).enumerate() {
            by_code.entry(unit.code.as_str()).or_insert(index);
        }
        Units { dossier, by_code }
    }

    fn concerned(&self, finding: &'a Finding) -> Concerned<'a> {
        let unit = finding.unit.as_deref().unwrap_or_default();
        let order = self.by_code.get(unit).copied();
        let home = order.zip(self.dossier).map(|(index, dossier)| dossier.cluster(dossier.units[index].cluster));
        let home = home.map(|cluster| cluster.code.as_str());
        Concerned {
            order: order.map_or(0, |order| order + 1),
            cluster: home.or(finding.cluster.as_deref()).unwrap_or_default(),
            unit,
        }
    }

    /// The name of a code's unit, else the code itself.
    fn name(&self, code: &'a str) -> &'a str {
        let unit = self.by_code.get(code).zip(self.dossier).map(|(index, dossier)| &dossier.units[*index]);
        unit.map_or(code, |unit| &unit.name)
    }
}

/// Findings by severity: errors, warnings, notes.
type Tally = [usize; 3];

fn counts(
    sheet: &mut Sheet,
    findings: &[Finding],
    dossier: Option<&Dossier>,
    table: &Table,
) -> Result<(), WorkbookError> {
    let (at, units) = (|key: &str| table.position(key), Units::new(dossier));
    sheet.begin(&headings(table, "", &[]), (HEADING + 1, at("ten")? + 1), (HEADING, HEADING))?;
    let mut tallies: BTreeMap<Concerned, Tally> = BTreeMap::new();
    for finding in findings {
        tallies.entry(units.concerned(finding)).or_default()[rank(finding.severity())] += 1;
    }
    if tallies.is_empty() {
        return sheet.pen.across(HEADING + 1, (0, sheet.pen.last_column()), table.word("khong_co")?, Style::remark());
    }
    let mut rows: Vec<(&Concerned, &Tally)> = tallies.iter().collect();
    // Worst first; a stable sort keeps protocol order where the counts are equal.
    rows.sort_by(|left, right| right.1.cmp(left.1));
    let mut row = HEADING;
    for (concerned, tally) in &rows {
        row += 1;
        let name = match (concerned.unit, concerned.cluster) {
            ("", "") => table.word("chung")?,
            ("", _) => table.word("chung_cum")?,
            (code, _) => units.name(code),
        };
        sheet.pen.text(row, at("cum")?, concerned.cluster, Style::centre())?;
        sheet.pen.text(row, at("ma")?, concerned.unit, Style::centre())?;
        sheet.pen.text(row, at("ten")?, name, Style::text())?;
        for (key, count) in ["loi", "canh_bao", "ghi_chu"].into_iter().zip(*tally) {
            sheet.pen.number(row, at(key)?, Decimal::from(*count), Style::count())?;
        }
        sheet.pen.number(row, at("cong")?, Decimal::from(tally.iter().sum::<usize>()), Style::count().bold())?;
    }
    total(sheet, table, row, &rows)
}

fn total(sheet: &mut Sheet, table: &Table, last: u32, rows: &[(&Concerned, &Tally)]) -> Result<(), WorkbookError> {
    for column in 0..=sheet.pen.last_column() {
        sheet.pen.text(last + 1, column, "", Style::text().unit())?;
    }
    sheet.pen.text(last + 1, table.position("ten")?, table.word("tong_cong")?, Style::text().unit())?;
    for (index, key) in ["loi", "canh_bao", "ghi_chu", "cong"].into_iter().enumerate() {
        let column = table.position(key)?;
        let sum = |tally: &Tally| tally.get(index).copied().unwrap_or_else(|| tally.iter().sum());
        let count: usize = rows.iter().map(|(_, tally)| sum(tally)).sum();
        let range = Spot::new(table.word("ten")?, HEADING + 1, column).down_to(last);
        sheet.pen.formula(last + 1, column, &format!("SUM({range})"), Cached::count(count), Style::count().unit())?;
    }
    Ok(())
}

fn rank(severity: Severity) -> usize {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Note => 2,
    }
}

fn list(sheet: &mut Sheet, findings: &[Finding], table: &Table) -> Result<(), WorkbookError> {
    let at = |key: &str| table.position(key);
    sheet.begin(&headings(table, "", &[]), (HEADING + 1, at("ma")? + 1), (HEADING, HEADING))?;
    let mut row = HEADING;
    let listed = listed(findings, LISTED);
    for finding in &listed {
        row += 1;
        let place = &finding.place;
        let paragraph = || place.paragraph.map(|number| number.to_string());
        let cell = match (place.cell, paragraph()) {
            (Some(cell), _) => cell.to_string(),
            (None, Some(number)) => table.sentence("doan", &[("so", &number)])?,
            (None, None) => String::new(),
        };
        let found = finding.found.as_ref().or(place.tag.as_ref());
        let or_nothing = |text: Option<&String>| text.cloned().unwrap_or_default();
        let (centre, words) = (Style::centre(), Style::text());
        let severity = if finding.severity() == Severity::Error { centre.bold() } else { centre };
        sheet.pen.number(row, at("tt")?, Decimal::from(row - HEADING), Style::count())?;
        for (key, text, style) in [
            ("muc_do", finding.severity().word().to_string(), severity),
            ("ma", finding.code.id.to_string(), centre),
            ("cum", or_nothing(finding.cluster.as_ref()), centre),
            ("don_vi", or_nothing(finding.unit.as_ref()), centre),
            ("tieu_chi", or_nothing(finding.criterion.as_ref()), centre),
            ("tep", or_nothing(place.file.as_ref()), words),
            ("trang", or_nothing(place.sheet.as_ref()), words),
            ("o", cell, centre),
            ("noi_dung", finding.message.clone(), words),
            ("thay", or_nothing(found), words),
            ("can", or_nothing(finding.expected.as_ref()), words),
            ("cach_sua", finding.hint.clone(), words),
        ] {
            sheet.pen.text(row, at(key)?, &text, style)?;
        }
    }
    let columns = u16::try_from(table.columns.len()).unwrap_or(1);
    if row > HEADING {
        sheet.pen.sheet().autofilter(HEADING, 0, row, columns.saturating_sub(1))?;
    }
    if listed.len() == findings.len() {
        return Ok(());
    }
    let [shown, left] = [listed.len(), findings.len() - listed.len()].map(|count| number(Decimal::from(count)));
    let words = table.sentence("con_nua", &[("neu", &shown), ("con", &left)])?;
    sheet.pen.across(row + 1, (0, columns.saturating_sub(1)), &words, Style::remark())
}

/// Most findings that are listed: a sheet of Excel ends at 1,048,576 rows, and nobody reads that many.
const LISTED: usize = 200_000;

/// So many of the findings at most, the gravest before the others, in their own order.
fn listed(findings: &[Finding], most: usize) -> Vec<&Finding> {
    let mut room = most;
    let mut taken = [0; 3];
    for (severity, taken) in [Severity::Error, Severity::Warning, Severity::Note].into_iter().zip(&mut taken) {
        *taken = findings.iter().filter(|finding| finding.severity() == severity).count().min(room);
        room -= *taken;
    }
    let take = |finding: &&Finding| {
        let left = &mut taken[rank(finding.severity())];
        let is_taken = *left > 0;
        *left = left.saturating_sub(1);
        is_taken
    };
    findings.iter().filter(take).collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{findings, listed};
    use crate::excel::book::Book;
    use crate::finding::catalogue::scoring::{MISSING_RESULT, TIED};
    use crate::finding::{CellAddress, Finding, Place};
    use crate::scoring::sample::Office;

    #[test]
    fn each_finding_has_a_row_with_its_cell_and_the_worst_unit_comes_first() {
        let office = Office::with_units(&["YT", "GD"]);
        let missing = |row| {
            let place = Place::cell("so-lieu/gd.xlsx", "Biểu 1", CellAddress::new(row, 4));
            Finding::new(&MISSING_RESULT, place, "Chưa có kết quả.").unit("GD").criterion("1.1").found("")
        };
        let tied = Finding::new(&TIED, Place::default(), "Hai đơn vị cùng hạng 1.").cluster("K1");
        let date = NaiveDate::from_ymd_opt(2024, 12, 12).expect("a day in the calendar");
        let all = [tied, missing(11), missing(12)];
        let book = Book::read(&findings(&all, Some(&office.dossier), date).expect("the workbook is written"));
        assert_eq!(book.row("Theo đơn vị", 5, "ABCDEFG"), ["K1", "GD", "Công đoàn GD", "2", "0", "0", "2"]);
        assert_eq!(book.row("Theo đơn vị", 6, "ABCDG"), ["K1", "", "Chung của cụm", "0", "1"]);
        assert_eq!(book.row("Theo đơn vị", 7, "CDG"), ["Tổng cộng", "2", "3"]);
        let row = book.row("Phát hiện", 6, "ABCEFGHIJ");
        let expected =
            ["2", "lỗi", MISSING_RESULT.id, "GD", "1.1", "so-lieu/gd.xlsx", "Biểu 1", "E12", "Chưa có kết quả."];
        assert_eq!(row, expected);
    }

    #[test]
    fn of_more_findings_than_a_sheet_shows_the_gravest_are_listed() {
        let finding = |code, text: &str| Finding::new(code, Place::default(), text);
        let all =
            [finding(&TIED, "a"), finding(&MISSING_RESULT, "b"), finding(&TIED, "c"), finding(&MISSING_RESULT, "d")];
        let told = |most| listed(&all, most).into_iter().map(|it| it.message.as_str()).collect::<Vec<_>>().concat();
        assert_eq!([1, 2, 3, 4, 9].map(told), ["b", "bd", "abd", "abcd", "abcd"]);
    }

    #[test]
    fn without_a_finding_the_workbook_says_so() {
        let date = NaiveDate::from_ymd_opt(2024, 12, 12).expect("a day in the calendar");
        let book = Book::read(&findings(&[], None, date).expect("the workbook is written"));
        assert_eq!(book.cell("Theo đơn vị", "A5").value, "Không có phát hiện nào.");
    }
}

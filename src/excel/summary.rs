//! The summary of all clusters (tong-hop.xlsx): clusters side by side, never ranked against each other.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::WorkbookError;
use super::address::Spot;
use super::assembly::Assembly;
use super::layout::{Layout, Table, fill};
use super::paper::{HEADING, Paper, Sheet, headings};
use super::pen::Cached;
use super::style::Style;
use crate::dossier::Dossier;
use crate::scoring::{ClusterResult, UnitResult};

/// Words, columns and order.
const LAYOUT: &str = include_str!("../../templates/tong-hop-excel.txt");

/// The summary of the given clusters: one sheet of clusters, one of all units, one of the aggregated criteria.
/// Counts of the first sheet are formulas over the second. `draft` and `date` as for the ranking workbook.
pub fn summary(
    dossier: &Dossier,
    results: &[ClusterResult],
    draft: bool,
    date: NaiveDate,
) -> Result<Vec<u8>, WorkbookError> {
    let layout = Layout::read(LAYOUT)?;
    let year = dossier.information.year.to_string();
    let body = &dossier.information.issuing_body;
    let known = if body.is_empty() { "chi_nam" } else { "noi_va_nam" };
    let place_and_year = layout.table("cum")?.sentence(known, &[("nam", &year), ("co_quan", body)])?;
    let paper = Paper {
        layout: &layout,
        key: "cum",
        values: vec![("nam", &year), ("co_quan", body), ("noi_va_nam", &place_and_year)],
        draft: if draft { layout.table("cum")?.word("du_thao")? } else { "" },
    };
    let mut workbook = Assembly::new()?;
    paper.sheet(&mut workbook, "cum", |sheet| clusters(sheet, dossier, results, &layout))?;
    paper.sheet(&mut workbook, "don_vi", |sheet| units(sheet, dossier, results, layout.table("don_vi")?))?;
    paper.sheet(&mut workbook, "chi_tieu", |sheet| aggregates(sheet, dossier, results, layout.table("chi_tieu")?))?;
    paper.bytes(workbook, date)
}

/// The columns of the sheet of units that the counts look at.
struct Counted {
    cluster: String,
    submitted: String,
    rank: String,
    grade: String,
}

impl Counted {
    fn read(table: &Table, rows: usize) -> Result<Self, WorkbookError> {
        let last = HEADING + u32::try_from(rows.max(1)).unwrap_or(u32::MAX - HEADING);
        let name = table.word("ten")?;
        let range = |key: &str| table.position(key).map(|column| Spot::new(name, HEADING + 1, column).down_to(last));
        Ok(Counted {
            cluster: range("cum")?,
            submitted: range("da_nop")?,
            rank: range("hang")?,
            grade: range("xep_loai")?,
        })
    }
}

/// One figure of a cluster: where it stands, the formula, and what it gives.
type Figure = (u16, String, usize);

fn clusters(
    sheet: &mut Sheet,
    dossier: &Dossier,
    results: &[ClusterResult],
    layout: &Layout,
) -> Result<(), WorkbookError> {
    let (table, units_table) = (layout.table("cum")?, layout.table("don_vi")?);
    let heading = &table.column("xep_loai")?.heading;
    let names: Vec<String> = dossier.grades.iter().map(|grade| fill(heading, &[("ten", &grade.name)])).collect();
    let code = table.position("ma")?;
    let name = table.position("ten")?;
    sheet.begin(&headings(table, "xep_loai", &names), (HEADING + 1, name + 1), (HEADING, HEADING))?;
    let counted = Counted::read(units_table, results.iter().map(|result| result.units.len()).sum())?;
    let mut row = HEADING;
    let mut columns = Vec::new();
    for result in results {
        row += 1;
        let cluster = dossier.cluster(result.cluster);
        sheet.pen.text(row, code, &cluster.code, Style::centre())?;
        sheet.pen.text(row, name, &cluster.name, Style::text())?;
        let own = Spot::new(table.word("ten")?, row, code).to_string();
        let figures = cluster_figures(dossier, result, table, (&counted, &own), units_table)?;
        for (column, formula, count) in &figures {
            sheet.pen.formula(row, *column, formula, Cached::count(*count), Style::count())?;
        }
        columns.extend(figures.into_iter().map(|(column, _, count)| (column, count)));
    }
    totals(sheet, table, (row, name), &columns)
}

fn cluster_figures(
    dossier: &Dossier,
    result: &ClusterResult,
    table: &Table,
    (counted, own): (&Counted, &str),
    units: &Table,
) -> Result<Vec<Figure>, WorkbookError> {
    let at = |key: &str| table.position_after(key, "xep_loai", dossier.grades.len());
    let count = |wanted: &dyn Fn(&UnitResult) -> bool| result.units.iter().filter(|unit| wanted(unit)).count();
    let answer = |key: &str| {
        units.word(key).map(|word| format!("COUNTIFS({},{own},{},\"{word}\")", counted.cluster, counted.submitted))
    };
    let mut figures: Vec<Figure> = vec![
        (at("so_don_vi")?, format!("COUNTIF({},{own})", counted.cluster), result.units.len()),
        (at("da_nop")?, answer("co")?, count(&|unit| unit.submitted)),
        (at("chua_nop")?, answer("khong")?, count(&|unit| !unit.submitted)),
        (
            at("xep_hang")?,
            format!("COUNTIFS({},{own},{},\">0\")", counted.cluster, counted.rank),
            count(&|unit| unit.rank.is_some()),
        ),
    ];
    let first = table.position("xep_loai")?;
    let heading = table.word("ten")?;
    for (index, column) in (0..dossier.grades.len()).zip(first..) {
        // The heading of the column is the grade's name.
        let name = Spot::new(heading, HEADING, column);
        let formula = format!("COUNTIFS({},{own},{},{name})", counted.cluster, counted.grade);
        figures.push((column, formula, count(&|unit| unit.grade == Some(index))));
    }
    Ok(figures)
}

fn totals(
    sheet: &mut Sheet,
    table: &Table,
    (last, name): (u32, u16),
    figures: &[(u16, usize)],
) -> Result<(), WorkbookError> {
    if last == HEADING {
        return Ok(());
    }
    for column in 0..=sheet.pen.last_column() {
        sheet.pen.text(last + 1, column, "", Style::text().unit())?;
    }
    sheet.pen.text(last + 1, name, table.word("tong_cong")?, Style::text().unit())?;
    let mut columns: Vec<u16> = figures.iter().map(|(column, _)| *column).collect();
    columns.sort_unstable();
    columns.dedup();
    for column in columns {
        let sum: usize = figures.iter().filter(|(own, _)| *own == column).map(|(_, count)| count).sum();
        let range = Spot::new(table.word("ten")?, HEADING + 1, column).down_to(last);
        sheet.pen.formula(last + 1, column, &format!("SUM({range})"), Cached::count(sum), Style::count().unit())?;
    }
    Ok(())
}

fn units(sheet: &mut Sheet, dossier: &Dossier, results: &[ClusterResult], table: &Table) -> Result<(), WorkbookError> {
    sheet.begin(&headings(table, "", &[]), (HEADING + 1, table.position("ten")? + 1), (HEADING, HEADING))?;
    let mut row = HEADING;
    for result in results {
        let cluster = &dossier.cluster(result.cluster).code;
        for unit in result.ranking.iter().filter_map(|index| result.units.get(*index)) {
            row += 1;
            unit_row(sheet, dossier, table, row, (cluster, unit))?;
        }
    }
    filter(sheet, table, row)
}

fn unit_row(
    sheet: &mut Sheet,
    dossier: &Dossier,
    table: &Table,
    row: u32,
    (cluster, unit): (&str, &UnitResult),
) -> Result<(), WorkbookError> {
    let named = dossier.unit(unit.unit);
    let at = |key: &str| table.position(key);
    let grade = unit.grade.and_then(|grade| dossier.grades.get(grade)).map_or("", |grade| &grade.name);
    let awards = unit.awards.iter().filter_map(|award| dossier.awards.get(*award));
    let awards: Vec<&str> = awards.map(|award| award.name.as_str()).collect();
    let pen = &mut sheet.pen;
    pen.text(row, at("cum")?, cluster, Style::centre())?;
    pen.text(row, at("ma")?, &named.code, Style::centre())?;
    pen.text(row, at("ten")?, &named.name, Style::text())?;
    pen.text(row, at("da_nop")?, table.word(if unit.submitted { "co" } else { "khong" })?, Style::centre())?;
    let marks = Style::number(dossier.information.decimals);
    for (key, points) in [("cong", unit.base), ("thuong", unit.bonus), ("tru", unit.deduction), ("tong", unit.total)] {
        pen.number_or_blank(row, at(key)?, unit.submitted.then_some(points), marks)?;
    }
    pen.number_or_blank(row, at("hang")?, unit.rank.map(Decimal::from), Style::count().bold())?;
    pen.text(row, at("xep_loai")?, grade, Style::centre())?;
    pen.text(row, at("khen")?, &awards.join("; "), Style::text())?;
    pen.number_or_blank(row, at("tu_cham")?, unit.self_total, marks)
}

fn aggregates(
    sheet: &mut Sheet,
    dossier: &Dossier,
    results: &[ClusterResult],
    table: &Table,
) -> Result<(), WorkbookError> {
    sheet.begin(&headings(table, "", &[]), (HEADING + 1, table.position("noi_dung")? + 1), (HEADING, HEADING))?;
    let at = |key: &str| table.position(key);
    let mut row = HEADING;
    for result in results {
        let lines = result.scheme.iter().flat_map(|(_, lines)| lines);
        for (line, aggregate) in lines.filter_map(|line| result.aggregates.get_key_value(line)) {
            row += 1;
            let criterion = dossier.criterion(*line);
            let pen = &mut sheet.pen;
            pen.text(row, at("cum")?, &dossier.cluster(result.cluster).code, Style::centre())?;
            pen.text(row, at("ma")?, &criterion.code, Style::centre())?;
            pen.text(row, at("noi_dung")?, &criterion.name, Style::text())?;
            pen.text(row, at("dvt")?, &criterion.measure, Style::centre())?;
            for (key, value) in
                [("ke_hoach", aggregate.plan), ("ket_qua", aggregate.result), ("ky_truoc", aggregate.previous)]
            {
                let style = Style::number(value.map_or(0, |value| value.normalize().scale()));
                pen.number_or_blank(row, at(key)?, value, style)?;
            }
            pen.number_or_blank(row, at("ty_le")?, aggregate.ratio, Style::number(2))?;
            let counted = aggregate.of > 0;
            pen.number_or_blank(row, at("dat")?, counted.then(|| aggregate.met.into()), Style::count())?;
            pen.number_or_blank(row, at("trong_so")?, counted.then(|| aggregate.of.into()), Style::count())?;
        }
    }
    filter(sheet, table, row)
}

/// A filter over the whole table, where it has rows.
fn filter(sheet: &mut Sheet, table: &Table, last: u32) -> Result<(), WorkbookError> {
    let columns = u16::try_from(table.columns.len()).unwrap_or(1);
    if last > HEADING {
        sheet.pen.sheet().autofilter(HEADING, 0, last, columns.saturating_sub(1))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::summary;
    use crate::dossier::{Cluster, ClusterId, GroupKind, Rule};
    use crate::excel::book::Book;
    use crate::scoring::sample::Office;
    use crate::scoring::score;

    /// Two clusters: in the first one unit is missing.
    fn book() -> Book {
        let mut office = Office::with_units(&["YT", "GD", "XD"])
            .group("I", GroupKind::Ordinary, Some("5"))
            .line("1.1", "người", Rule::Ratio, Some("5"))
            .grade("Tốt", Some("4"), None, &[])
            .grade("Khá", None, None, &[])
            .submits("YT", &["1.1: 70/100"])
            .submits("XD", &["1.1: 300/200"]);
        office.dossier.clusters.push(Cluster {
            code: "K2".into(),
            name: "Khối thi đua II".into(),
            ..Cluster::default()
        });
        office.dossier.units[2].cluster = ClusterId(1);
        let results: Vec<_> =
            (0..2).map(|cluster| score(&office.dossier, ClusterId(cluster), &office.submissions).0).collect();
        let date = NaiveDate::from_ymd_opt(2024, 12, 12).expect("a day in the calendar");
        Book::read(&summary(&office.dossier, &results, false, date).expect("the workbook is written"))
    }

    #[test]
    fn clusters_stand_side_by_side_with_what_came_in_and_the_classes() {
        let book = book();
        assert_eq!(
            book.row("Các cụm", 4, "ABCDEFGH"),
            ["Mã", "Cụm, khối thi đua", "Số đơn vị", "Đã nộp", "Chưa nộp", "Được xếp hạng", "Tốt", "Khá"]
        );
        assert_eq!(book.row("Các cụm", 5, "ABCDEFGH"), ["K1", "Khối thi đua I", "2", "1", "1", "1", "0", "1"]);
        assert_eq!(book.row("Các cụm", 6, "ABCDEFGH"), ["K2", "Khối thi đua II", "1", "1", "0", "1", "1", "0"]);
        assert_eq!(book.row("Các cụm", 7, "BCDEFGH"), ["Tổng cộng", "3", "2", "1", "2", "1", "1"]);
    }

    #[test]
    fn a_place_is_that_in_the_own_cluster() {
        let book = book();
        assert_eq!(book.row("Các đơn vị", 5, "ABCDHIJ"), ["K1", "YT", "Công đoàn YT", "Có", "3.5", "1", "Khá"]);
        assert_eq!(book.row("Các đơn vị", 6, "ABCDHIJ"), ["K1", "GD", "Công đoàn GD", "Không", "", "", ""]);
        assert_eq!(book.row("Các đơn vị", 7, "ABCDHIJ"), ["K2", "XD", "Công đoàn XD", "Có", "5", "1", "Tốt"]);
        assert_eq!(book.row("Chỉ tiêu theo cụm", 6, "ABEFGHI"), ["K2", "1.1", "200", "300", "150", "1", "1"]);
    }
}

//! The form that a unit fills in and sends back (bieu-mau/<mã đơn vị>.xlsx): its lines with plan and maximum, open
//! cells only where something is to be typed, and a hidden first row with the unit's code, by which it binds for certain.
//!
//! `check` says what a cell takes, `words` writes the second sheet. What is read back is `intake`'s affair; labels,
//! headings and items stand in `templates/bieu-mau-excel.txt` in words that it knows.

mod check;
mod words;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_xlsxwriter::{ConditionalFormatFormula, Format};

use super::WorkbookError;
use super::assembly::Assembly;
use super::layout::{Layout, Table};
use super::page::{self, Running};
use super::paper::{Paper, headings};
use super::pen::Pen;
use super::style::Style;
use crate::dossier::{Criterion, CriterionId, Dossier, Group, GroupId, Rule, UnitId, Waiver};
use crate::finding::CellAddress;
use check::{Checks, Entry};

/// Words, columns and order.
const LAYOUT: &str = include_str!("../../../templates/bieu-mau-excel.txt");

/// Rows above the table, from the hidden one on.
const CODE: u32 = 0;
const TITLE: u32 = 1;
const SUBTITLE: u32 = 2;
const UNIT: u32 = 3;
const YEAR: u32 = 4;
const DATE: u32 = 5;
const GUIDE: u32 = 6;
const HEADING: u32 = 7;
/// First column of what stands behind a label.
const BEHIND_LABEL: u16 = 2;

/// The form of one unit; `date` is the workbook's own, so that the same dossier gives the same bytes.
///
/// # Errors
/// What the workbook writer says.
pub fn form(dossier: &Dossier, unit: UnitId, date: NaiveDate) -> Result<Vec<u8>, WorkbookError> {
    let layout = Layout::read(LAYOUT)?;
    let own = dossier.unit(unit);
    let year = dossier.information.year.to_string();
    let paper = Paper {
        layout: &layout,
        key: "bieu",
        values: vec![("nam", &year), ("cum", &dossier.cluster(own.cluster).name), ("don_vi", &own.name)],
        draft: "",
    };
    let mut workbook = Assembly::new()?;
    let table = layout.table("bieu")?;
    let mut pen = Pen::open(&mut workbook, table.word("ten")?)?;
    let writer = Writer { dossier, unit, table, checks: Checks::new(&layout, dossier.information.year)? };
    writer.head(&mut pen, &paper)?;
    writer.lines(&mut pen)?;
    page::protect(&mut pen);
    pen.finish()?;
    paper.sheet(&mut workbook, "thuyet_minh", |sheet| words::write(sheet, &layout))?;
    paper.bytes(workbook, date)
}

struct Writer<'a> {
    dossier: &'a Dossier,
    unit: UnitId,
    table: &'a Table,
    checks: Checks<'a>,
}

impl Writer<'_> {
    fn at(&self, key: &str) -> Result<u16, WorkbookError> {
        self.table.position(key)
    }

    /// Widths, what stands above the table, headings, print set-up.
    fn head(&self, pen: &mut Pen, paper: &Paper) -> Result<(), WorkbookError> {
        let headings = headings(self.table, "", &[]);
        for (column, width, _) in &headings {
            pen.widen(*column, *width)?;
        }
        for (column, _, heading) in &headings {
            pen.text(HEADING, *column, heading, Style::heading())?;
        }
        let last = pen.last_column();
        let unit = self.dossier.unit(self.unit);
        for (row, word, style) in [(TITLE, "tieu_de", Style::title()), (SUBTITLE, "phu_de", Style::subtitle())] {
            pen.across(row, (0, last), &self.table.sentence(word, &paper.values)?, style)?;
        }
        for (row, label) in [(CODE, "nhan_ma"), (UNIT, "nhan_don_vi"), (YEAR, "nhan_nam"), (DATE, "nhan_ngay")] {
            pen.across(row, (0, BEHIND_LABEL - 1), self.table.word(label)?, Style::remark())?;
        }
        pen.text(CODE, BEHIND_LABEL, &unit.code, Style::remark())?;
        pen.hide_row(CODE);
        pen.across(UNIT, (BEHIND_LABEL, last), &unit.name, Style::section())?;
        let year = Decimal::from(self.dossier.information.year);
        pen.number(YEAR, BEHIND_LABEL, year, Style::section())?;
        pen.text(DATE, BEHIND_LABEL, "", Style::date().open())?;
        pen.sheet().add_data_validation(DATE, BEHIND_LABEL, DATE, BEHIND_LABEL, &self.checks.date()?)?;
        pen.across(GUIDE, (0, last), self.table.word("huong_dan")?, Style::subtitle())?;
        let running = Running { left: &paper.running()?, draft: "" };
        page::set_up(pen, &running, (HEADING, HEADING), (HEADING + 1, BEHIND_LABEL))
    }

    /// Groups and their lines, from the row below the headings.
    fn lines(&self, pen: &mut Pen) -> Result<(), WorkbookError> {
        let mut row = HEADING;
        for (group, lines) in self.dossier.scheme(self.dossier.unit(self.unit).cluster) {
            row += 1;
            self.group(pen, row, group)?;
            for line in lines {
                row += 1;
                self.line(pen, row, line)?;
            }
        }
        self.thousands(pen, row)
    }

    fn group(&self, pen: &mut Pen, row: u32, id: GroupId) -> Result<(), WorkbookError> {
        let Group { code, name, max, .. } = self.dossier.group(id);
        for column in 0..=pen.last_column() {
            pen.text(row, column, "", Style::text().group())?;
        }
        pen.text(row, self.at("tt")?, code, Style::centre().group())?;
        pen.text(row, self.at("noi_dung")?, name, Style::text().group())?;
        match max.filter(|max| !max.is_zero()) {
            Some(max) => pen.number(row, self.at("toi_da")?, max, exactly(max).group()),
            None => Ok(()),
        }
    }

    fn line(&self, pen: &mut Pen, row: u32, id: CriterionId) -> Result<(), WorkbookError> {
        let criterion = self.dossier.criterion(id);
        pen.text(row, self.at("tt")?, &criterion.code, Style::centre())?;
        pen.text(row, self.at("noi_dung")?, &criterion.name, Style::text())?;
        pen.text(row, self.at("dvt")?, &criterion.measure, Style::centre())?;
        let max = criterion.max.filter(|_| criterion.rule.gives_points());
        pen.number_or_blank(row, self.at("toi_da")?, max, max.map_or(Style::centre(), exactly))?;
        if let Some(waiver) = self.dossier.waivers.get(&(self.unit, id)) {
            return self.waived(pen, row, waiver);
        }
        let plan = self.at("ke_hoach")?;
        match self.dossier.targets.value(self.unit, id) {
            Some(target) => pen.number(row, plan, target, exactly(target))?,
            None => self.entry(pen, row, plan, takes_plan(criterion).then(|| Entry::figure(criterion)))?,
        }
        self.entry(pen, row, self.at("ket_qua")?, takes_result(criterion).then(|| Entry::result(criterion)))?;
        let group = self.dossier.group(criterion.group);
        let mark = criterion.rule.gives_points().then_some(Entry::SelfMark { max: criterion.max, group: group.kind });
        self.entry(pen, row, self.at("tu_cham")?, mark)?;
        for key in ["minh_chung", "ghi_chu"] {
            pen.text(row, self.at(key)?, "", Style::text().open())?;
        }
        Ok(())
    }

    /// A line that the unit is excused from: nothing is to be typed, and it says why.
    fn waived(&self, pen: &mut Pen, row: u32, waiver: &Waiver) -> Result<(), WorkbookError> {
        for key in ["ke_hoach", "ket_qua", "tu_cham", "minh_chung"] {
            pen.text(row, self.at(key)?, "", Style::text())?;
        }
        let reason = if waiver.reason.is_empty() { String::new() } else { format!(": {}", waiver.reason) };
        pen.text(row, self.at("ghi_chu")?, &self.table.sentence("mien", &[("ly_do", &reason)])?, Style::text())
    }

    /// An open cell with its check, or a closed one where nothing is to be typed.
    fn entry(&self, pen: &mut Pen, row: u32, column: u16, entry: Option<Entry>) -> Result<(), WorkbookError> {
        let Some(entry) = entry else { return pen.text(row, column, "", Style::text()) };
        let style = if entry.is_answer() { Style::centre() } else { Style::figure() };
        pen.text(row, column, "", style.open())?;
        pen.sheet().add_data_validation(row, column, row, column, &self.checks.of(&entry)?)?;
        Ok(())
    }

    /// Whole figures from a thousand on show their thousands apart; others stand as they are typed, so that a per cent
    /// typed with its sign keeps it.
    fn thousands(&self, pen: &mut Pen, last: u32) -> Result<(), WorkbookError> {
        let (first, column, end) = (HEADING + 1, self.at("ke_hoach")?, self.at("ket_qua")?);
        if last < first {
            return Ok(());
        }
        let cell = CellAddress::new(first, column.into());
        let rule = format!("AND(ISNUMBER({cell}),{cell}>=1000,{cell}=INT({cell}))");
        let format = Format::new().set_num_format("[$-42A]#,##0");
        let whole = ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(format);
        pen.sheet().add_conditional_format(first, column, last, end, &whole)?;
        Ok(())
    }
}

/// A figure with all its decimals.
fn exactly(value: Decimal) -> Style {
    Style::number(value.normalize().scale())
}

/// Whether a unit may state a plan of its own: where the rule goes by it, or only reports it.
fn takes_plan(criterion: &Criterion) -> bool {
    let by_steps = matches!(criterion.rule, Rule::Steps(_)) && !criterion.is_percent();
    criterion.needs_plan() || by_steps || criterion.rule == Rule::Information
}

/// A line marked directly that counts nothing has a mark and no result.
fn takes_result(criterion: &Criterion) -> bool {
    let counts_nothing = criterion.measure.is_empty() || crate::vietnamese::same(&criterion.measure, "điểm");
    criterion.rule != Rule::Direct || !counts_nothing
}

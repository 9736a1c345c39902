//! The form of one unit: `TT | Nội dung | ĐVT | Kế hoạch | Kết quả | Điểm tự chấm | Minh chứng | Ghi chú`, in any order of
//! columns, headings renamed as people do, over one to three rows.

use std::borrow::Cow;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use foldhash::HashMap;

use super::cross_check::check_total;
use super::file::SubmissionReader;
use super::label::Labels;
use super::likeness::Likely;
use super::value::Cells;
use super::{Submission, SubmittedLine};
use crate::dossier::{CriterionId, Rule, Source, Sourced, UnitId};
use crate::finding::catalogue::intake as codes;
use crate::finding::{CellAddress, Finding, Severity};
use crate::sheet::{Cell, Grid, Measure, Value, read_figure};
use crate::vietnamese::{self, fold, one_of};

/// What a column of the form holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Code,
    Name,
    Measure,
    Plan,
    Result,
    SelfMark,
    Evidence,
    Remark,
}

/// A form found in a sheet.
#[derive(Clone, Debug)]
pub(super) struct Form {
    /// First and last row of the headings.
    pub heading_row: u32,
    pub last_heading_row: u32,
    pub columns: BTreeMap<Kind, u32>,
}

const SEARCHED_ROWS: usize = 60;
const HEADING_ROWS: u32 = 3;
/// Most rows of a form whose words are compared with the names of criteria.
const MOST_COMPARED: usize = 300;

/// What a heading names; none for headings that do not matter here.
fn kind(heading: &str) -> Option<Kind> {
    if heading.is_empty() { None } else { told(heading).kind }
}

/// What a text tells: the forms of one dossier hold the same words again and again, so that what was found out of one is
/// kept for the next.
struct Told {
    /// The text folded.
    key: String,
    kind: Option<Kind>,
}

/// Texts that are kept on each thread, and the longest that is.
const KEPT: usize = 4_096;
const LONGEST_KEPT: usize = 256;

thread_local! {
    static TOLD: RefCell<HashMap<Box<str>, Rc<Told>>> = RefCell::default();
}

fn told(text: &str) -> Rc<Told> {
    TOLD.with_borrow_mut(|all| {
        if let Some(told) = all.get(text) {
            return told.clone();
        }
        let key = fold(text);
        let told = Rc::new(Told { kind: kind_of_key(&key), key });
        if all.len() < KEPT && text.len() <= LONGEST_KEPT {
            all.insert(text.into(), told.clone());
        }
        told
    })
}

/// The same of a heading that is folded already.
fn kind_of_key(key: &str) -> Option<Kind> {
    let starts = |words: &[&str]| words.iter().any(|word| key.starts_with(word));
    let is = |words: &[&str]| words.contains(&key);
    let contains = |words: &[&str]| words.iter().any(|word| key.contains(word));
    if contains(&["tucham", "tudanhgia"]) {
        Some(Kind::SelfMark)
    } else if contains(&["minhchung", "kiemchung"]) {
        Some(Kind::Evidence)
    } else if starts(&["ghichu"]) {
        Some(Kind::Remark)
    } else if is(&["tt", "stt", "sott", "sothutu", "ma", "maso", "matieuchi", "machitieu", "muc"]) {
        Some(Kind::Code)
    } else if is(&["dvt", "dvtinh", "donvitinh", "dvitinh"]) {
        Some(Kind::Measure)
    } else if is(&["kh", "chitieuduocgiao"]) || starts(&["kehoach", "chitieugiao", "chitieukehoach"]) {
        Some(Kind::Plan)
    } else if is(&["th", "soluong"]) || starts(&["ketqua", "thuchien", "dathuchien", "soketqua"]) {
        Some(Kind::Result)
    } else if starts(&["noidung", "tieuchi", "tentieuchi", "chitieu", "tenchitieu"]) {
        Some(Kind::Name)
    } else {
        None
    }
}

/// Whether a text heads a column of a form.
pub(super) fn is_heading(text: &str) -> bool {
    kind(text).is_some()
}

/// What the headings near the top of a sheet name; a merged heading heads every row and column that it spans.
struct Headings {
    kinds: BTreeMap<(u32, u32), Kind>,
    /// The row of each, in ascending order.
    rows: Vec<u32>,
}

impl Headings {
    fn new(grid: &Grid) -> Self {
        let mut kinds = BTreeMap::new();
        for (row, cells) in grid.rows().take(SEARCHED_ROWS) {
            let named = cells.iter().filter_map(|(column, cell)| Some(((row, *column), kind(cell.words())?)));
            kinds.extend(named);
        }
        for merge in &grid.merges {
            let Some(&kind) = kinds.get(&(merge.first.row, merge.first.column)) else { continue };
            let below = merge.last.row.min(merge.first.row.saturating_add(HEADING_ROWS));
            // no heading of a form spans more columns than a form has
            let right = merge.last.column.min(merge.first.column.saturating_add(8));
            for row in merge.first.row..=below {
                for column in merge.first.column..=right {
                    kinds.entry((row, column)).or_insert(kind);
                }
            }
        }
        let rows = kinds.keys().map(|(row, _)| *row).collect();
        Headings { kinds, rows }
    }

    /// Whether a block of rows has the two headings without which there is no form.
    fn has_two(&self, first: u32, last: u32) -> bool {
        let before = self.rows.partition_point(|row| *row < first);
        self.rows.get(before + 1).is_some_and(|row| *row <= last)
    }

    /// The form that a block of rows heads; the lowest heading of a column counts first, then those above it.
    fn form(&self, first: u32, last: u32) -> Form {
        let mut by_column: BTreeMap<u32, Kind> = BTreeMap::new();
        for row in (first..=last).rev() {
            for ((_, column), kind) in self.kinds.range((row, 0)..=(row, u32::MAX)) {
                by_column.entry(*column).or_insert(*kind);
            }
        }
        let mut form = Form { heading_row: first, last_heading_row: last, columns: BTreeMap::new() };
        for (column, kind) in by_column {
            form.columns.entry(kind).or_insert(column);
        }
        form
    }
}

/// The form of a sheet: the block of heading rows that names the most columns. None where no block names lines and
/// what they hold.
pub(super) fn find_form(grid: &Grid) -> Option<Form> {
    let headings = Headings::new(grid);
    let mut best: Option<Form> = None;
    for (row, _) in grid.rows().take(SEARCHED_ROWS) {
        for depth in (0..HEADING_ROWS).filter(|depth| headings.has_two(row, row + depth)) {
            let form = headings.form(row, row + depth);
            let has = |kind: Kind| form.columns.contains_key(&kind);
            let names_lines = has(Kind::Code) || has(Kind::Name);
            let names_values = has(Kind::Result) || (has(Kind::SelfMark) || has(Kind::Plan)) && form.columns.len() > 2;
            // of blocks that name as much the lowest in height, so that no title counts as a heading
            let rank = |form: &Form| (form.columns.len(), Reverse(form.last_heading_row - form.heading_row));
            let better = best.as_ref().is_none_or(|best| rank(&form) > rank(best));
            if names_lines && names_values && better {
                best = Some(form);
            }
        }
    }
    best
}

impl Form {
    fn cell<'a>(&self, grid: &'a Grid, row: u32, kind: Kind) -> &'a Cell {
        // column u32::MAX holds nothing
        grid.cell(row, self.columns.get(&kind).copied().unwrap_or(u32::MAX))
    }
}

impl Form {
    /// The unit of measure that a row states; a ditto mark stands for the one above it.
    fn measure(&self, grid: &Grid, row: u32) -> String {
        let measure = self.cell(grid, row, Kind::Measure).shown();
        if !vietnamese::is_ditto_mark(&measure) {
            return measure.into_owned();
        }
        let above = (self.last_heading_row + 1..row).rev().map(|row| self.cell(grid, row, Kind::Measure).text());
        above.take(200).find(|text| !text.is_empty() && !vietnamese::is_ditto_mark(text)).unwrap_or_default()
    }
}

/// What a row of the form is about.
enum Row {
    Line(CriterionId),
    /// Groups, titles, totals, blanks.
    Passed,
    Refused(Finding),
    /// Its code says one criterion, its words another.
    Torn(CriterionId, Finding),
    /// Its words are not known; the finding stands unless they are like those of a criterion.
    Unknown {
        finding: Finding,
        words: String,
    },
}

impl SubmissionReader<'_> {
    /// Reads the form of a unit.
    pub(super) fn read_form(
        &self,
        grid: &Grid,
        form: &Form,
        unit: UnitId,
        labels: &Labels,
        findings: &mut Vec<Finding>,
    ) -> Submission {
        let mut submission = self.begin(grid, unit, labels, findings);
        let said_before = findings.len();
        let rows: Vec<(u32, Row)> =
            grid.rows_below(form.last_heading_row).map(|(row, _)| (row, self.row(grid, form, row, unit))).collect();
        // what is matched by likeness never takes the place of what is told by code or name
        let told =
            rows.iter().filter_map(|(_, row)| if let Row::Line(criterion) = row { Some(*criterion) } else { None });
        let mut taken: BTreeSet<CriterionId> = told.collect();
        let mut torn = Vec::new();
        let mut compared = 0;
        for (row, kind) in rows {
            let kind = match kind {
                Row::Unknown { finding, words } if compared < MOST_COMPARED => {
                    compared += 1;
                    self.by_likeness(row, unit, finding, &words, &mut taken, findings)
                }
                other => other,
            };
            match kind {
                Row::Line(criterion) => {
                    let line = self.form_line(grid, form, row, unit, criterion, findings);
                    self.insert(&mut submission, criterion, line, findings);
                }
                Row::Passed => {}
                Row::Torn(criterion, finding) => {
                    // its figures are there, so they are not missing
                    torn.push((criterion, row));
                    findings.push(finding.unit(&self.dossier.unit(unit).code));
                }
                Row::Refused(finding) | Row::Unknown { finding, .. } => {
                    findings.push(finding.unit(&self.dossier.unit(unit).code));
                }
            }
        }
        for (criterion, row) in torn {
            let place = form.columns.get(&Kind::Result).map(|column| Source::of(grid, row, *column));
            let line = SubmittedLine { place, unreadable: true, ..SubmittedLine::default() };
            submission.lines.entry(criterion).or_insert(line);
        }
        // lines are put in one after the other, which leaves a map half empty; gathered anew it is full
        submission.lines = std::mem::take(&mut submission.lines).into_iter().collect();
        findings.extend(self.no_result_column(grid, form, &submission));
        let wrong_total = self.wrong_total(grid, form, &submission, &findings[said_before..]);
        findings.extend(wrong_total);
        submission
    }

    /// A table without results is at fault, unless all its lines are marked directly.
    fn no_result_column(&self, grid: &Grid, form: &Form, submission: &Submission) -> Option<Finding> {
        let has = |kind| form.columns.contains_key(&kind);
        let marked_directly = |id: &CriterionId| self.dossier.criterion(*id).rule == Rule::Direct;
        if has(Kind::Result) || has(Kind::SelfMark) && submission.lines.keys().all(marked_directly) {
            return None;
        }
        let message = format!("Bảng ở trang tính “{}” không có cột “Kết quả”.", grid.name);
        let place = grid.place_of(form.last_heading_row, 0);
        let finding = Finding::new(&codes::NO_RESULT_COLUMN, place, message).expected("Kết quả");
        Some(finding.unit(&self.dossier.unit(submission.unit).code))
    }

    /// The last row of totals below the lines, with a mark that is not their sum. Where a line or a mark was lost the
    /// sum says nothing.
    fn wrong_total(&self, grid: &Grid, form: &Form, submission: &Submission, said: &[Finding]) -> Option<Finding> {
        let column = *form.columns.get(&Kind::SelfMark)?;
        let loses = [&codes::UNKNOWN_LINE, &codes::DUPLICATE_LINE, &codes::CODE_AND_NAME_DIFFER];
        let is_mark = |finding: &Finding| finding.place.cell.is_some_and(|cell| cell.column == column);
        if said
            .iter()
            .any(|finding| loses.contains(&finding.code) || finding.severity() == Severity::Error && is_mark(finding))
        {
            return None;
        }
        let totals = grid.rows_below(form.last_heading_row).map(|(row, _)| row).filter(|row| {
            let of_all = |kind| is_total_of_all(&form.cell(grid, *row, kind).shown());
            of_all(Kind::Code) || of_all(Kind::Name)
        });
        let row = totals.last()?;
        let total = read_figure(grid.cell(row, column), Measure::Points).ok()??;
        let source = Source::of(grid, row, column);
        check_total(self.dossier, submission, &Sourced { value: total.value, source })
    }

    /// A row that neither code nor name tells: the line that its words are like, or the finding with a question.
    fn by_likeness(
        &self,
        row: u32,
        unit: UnitId,
        finding: Finding,
        words: &str,
        taken: &mut BTreeSet<CriterionId>,
        findings: &mut Vec<Finding>,
    ) -> Row {
        let unit = self.dossier.unit(unit);
        match self.likely(words, Some(unit.cluster), taken) {
            Likely::Taken(criterion, score) => {
                taken.insert(criterion);
                let what = format!("Dòng {}", row + 1);
                let note = self.taken_by_likeness(&what, words, criterion, score, finding.place);
                findings.push(note.unit(&unit.code));
                Row::Line(criterion)
            }
            Likely::Asked(criterion, score) => Row::Refused(self.asked(finding, criterion, score)),
            Likely::Nothing => Row::Refused(finding),
        }
    }

    /// Tells a line by its code, where it has one, else by its words.
    fn row(&self, grid: &Grid, form: &Form, row: u32, unit: UnitId) -> Row {
        let cluster = self.dossier.unit(unit).cluster;
        let (code, name) = (words(form.cell(grid, row, Kind::Code)), words(form.cell(grid, row, Kind::Name)));
        let told = told(&name);
        if is_numbering(&told.key) || told.kind.is_some() && kind(&code) == Some(Kind::Code) {
            return Row::Passed;
        }
        let by_code = self.lookup.criterion(cluster, &code);
        let by_name = self.lookup.criterion_of_key(cluster, &told.key);
        let place = || match (form.columns.get(&Kind::Code), form.columns.get(&Kind::Name)) {
            (Some(column), _) if !code.is_empty() => grid.place_of(row, *column),
            (_, Some(column)) | (Some(column), None) => grid.place_of(row, *column),
            (None, None) => grid.place(),
        };
        match (by_code, by_name) {
            (Some(by_code), Some(by_name)) if by_code != by_name => {
                let (coded, named) = (self.dossier.criterion(by_code), self.dossier.criterion(by_name));
                let message = format!(
                    "Dòng {} ghi mã {} ({}) nhưng nội dung là của tiêu chí {} ({}).",
                    row + 1,
                    coded.code,
                    coded.name,
                    named.code,
                    named.name
                );
                let finding = Finding::new(&codes::CODE_AND_NAME_DIFFER, place(), message);
                Row::Torn(by_code, finding.criterion(&coded.code).found(&*code).expected(&named.code))
            }
            (Some(criterion), _) | (None, Some(criterion)) => Row::Line(criterion),
            (None, None) => self.unknown_row(grid, form, row, &code, &name, place()),
        }
    }

    /// A row that is no line: groups, totals and words are passed over; a row with values that would be lost is said.
    fn unknown_row(
        &self,
        grid: &Grid,
        form: &Form,
        row: u32,
        code: &str,
        name: &str,
        place: crate::finding::Place,
    ) -> Row {
        let group = self.lookup.is_group(code) || self.lookup.is_group_named(name);
        let has_value = [Kind::Result, Kind::Plan].into_iter().any(|kind| is_value(form.cell(grid, row, kind)));
        if code.is_empty() && name.is_empty() || group || is_total(name) || is_total(code) {
            return Row::Passed;
        }
        if is_signature(code) || code.is_empty() && is_signature(name) {
            return Row::Passed;
        }
        let exists = self.lookup.is_criterion(code);
        if !has_value && !exists {
            return Row::Passed;
        }
        // a running number is no code that anyone would look for
        let is_running = !name.is_empty() && !exists && code.bytes().all(|digit| digit.is_ascii_digit());
        let code = if is_running { "" } else { code };
        let what = if code.is_empty() { name } else { code };
        let message = if exists {
            format!("Dòng {} ghi tiêu chí {what}, không áp dụng cho cụm của đơn vị.", row + 1)
        } else if code.is_empty() {
            format!("Dòng {} ghi “{what}”, không khớp tiêu chí nào nên không được lấy.", row + 1)
        } else {
            format!("Dòng {} ghi mã “{what}”, không có trong hồ sơ nên không được lấy.", row + 1)
        };
        let finding = Finding::new(&codes::UNKNOWN_LINE, place, message).found(what);
        if exists { Row::Refused(finding) } else { Row::Unknown { finding, words: name.to_string() } }
    }

    fn form_line(
        &self,
        grid: &Grid,
        form: &Form,
        row: u32,
        unit: UnitId,
        criterion: CriterionId,
        findings: &mut Vec<Finding>,
    ) -> SubmittedLine {
        let at = |kind: Kind| form.columns.get(&kind).map(|column| (row, *column));
        let measure = form.measure(grid, row);
        let cells = Cells { reader: self, grid, unit, criterion, measure: &measure };
        if at(Kind::Result).is_some_and(|(row, column)| !grid.cell(row, column).is_empty()) {
            cells.check_measure(at(Kind::Measure), findings);
        }
        for words in [Kind::Evidence, Kind::Remark] {
            if let Some((row, column)) = at(words) {
                let place = || grid.place_of(row, column);
                self.check_names(&grid.cell(row, column).shown(), place, Some(unit), findings);
            }
        }
        cells.line(at(Kind::Plan), at(Kind::Result), at(Kind::SelfMark), findings, |line| {
            line.remark = form.cell(grid, row, Kind::Remark).text();
        })
    }

    /// A submission with what stands above its table.
    pub(super) fn begin(&self, grid: &Grid, unit: UnitId, labels: &Labels, findings: &mut Vec<Finding>) -> Submission {
        let code = &self.dossier.unit(unit).code;
        let mut submission = Submission {
            unit,
            place: grid.place(),
            year: None,
            report_date: None,
            lines: BTreeMap::new(),
            narratives: Vec::new(),
        };
        if let Some((text, place)) = &labels.year {
            submission.year = vietnamese::read_year(text);
            let wanted = self.dossier.information.year;
            if wanted != 0 && submission.year != Some(wanted) {
                let message = format!("Biểu ghi năm “{text}”, trong khi hồ sơ là năm {wanted}.");
                let finding = Finding::new(&codes::WRONG_YEAR, place.clone(), message).unit(code);
                findings.push(finding.found(text).expected(wanted.to_string()));
            }
        }
        if let Some((cell, place)) = &labels.report_date {
            let date = match cell.value {
                Value::Date(date) => Some(date),
                _ => vietnamese::read_date(&cell.text()),
            };
            let cell_of_date = place.cell.unwrap_or(CellAddress::new(0, 0));
            let source = Source::of(grid, cell_of_date.row, cell_of_date.column);
            submission.report_date = date.map(|value| Sourced { value, source });
            if submission.report_date.is_none() {
                let text = cell.text();
                let message = format!("Ngày báo cáo ghi “{text}”, không phải là một ngày.");
                let finding = Finding::new(&codes::BAD_REPORT_DATE, place.clone(), message).unit(code);
                findings.push(finding.found(text).expected("ngày/tháng/năm"));
            }
        }
        submission
    }

    /// Puts a line in; of a line that stands twice with different values neither is taken.
    pub(super) fn insert(
        &self,
        submission: &mut Submission,
        criterion: CriterionId,
        line: SubmittedLine,
        findings: &mut Vec<Finding>,
    ) {
        let Some(first) = submission.lines.get_mut(&criterion) else {
            submission.lines.insert(criterion, line);
            return;
        };
        let blank = |line: &SubmittedLine| {
            line.plan.is_none() && line.result.is_none() && line.self_mark.is_none() && !line.unreadable
        };
        if blank(&line) {
            return;
        }
        if blank(first) {
            *first = line;
            return;
        }
        let code = &self.dossier.criterion(criterion).code;
        let cell = |line: &SubmittedLine| line.place.as_ref().map(|place| place.cell.to_string()).unwrap_or_default();
        let message = format!(
            "Tiêu chí {code} có hai dòng số liệu (ô {} và ô {}) nên không lấy dòng nào.",
            cell(first),
            cell(&line)
        );
        let place = line.place.as_ref().map_or_else(|| submission.place.clone(), Source::place);
        let finding = Finding::new(&codes::DUPLICATE_LINE, place, message);
        findings.push(finding.unit(&self.dossier.unit(submission.unit).code).criterion(code));
        *first = SubmittedLine { place: first.place.clone(), unreadable: true, ..SubmittedLine::default() };
    }
}

/// What a cell of words holds; nothing where a formula failed, as in rows of `#N/A` that fill a form to its end.
fn words(cell: &Cell) -> Cow<'_, str> {
    let text = cell.shown();
    let failed = matches!(cell.value, Value::Error(_)) || text.starts_with("#N/A") || text.starts_with("#REF!");
    if failed { Cow::Borrowed("") } else { text }
}

/// Whether a cell holds a figure or an answer; words below a table are signatures.
fn is_value(cell: &Cell) -> bool {
    match &cell.value {
        Value::Empty | Value::Error(_) => false,
        Value::Number(_) | Value::Bool(_) | Value::Date(_) => true,
        Value::Text(text) => vietnamese::read_number(text).is_ok() || vietnamese::read_answer(text).is_some(),
    }
}

/// The row of column numbers below the headings: `(1) | (2) | …`, `A | B | 1 | 2`.
fn is_numbering(key: &str) -> bool {
    key.len() == 1 || !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit())
}

/// A row that adds up the whole table, not one group of it.
fn is_total_of_all(text: &str) -> bool {
    one_of(text, &["tong", "cong", "tongcong", "tongdiem", "tongsodiem", "tongcongdiem"]).is_some()
}

/// Who signs below a table; a date or a mark beside it is no figure of a line.
fn is_signature(text: &str) -> bool {
    let key = fold(text);
    let starts = ["nguoilap", "nguoitonghop", "ktchutich", "tmban", "thutruongdonvi", "xacnhancua"];
    matches!(key.as_str(), "chutich" | "phochutich" | "thutruong" | "ketoan" | "thuki")
        || starts.iter().any(|start| key.starts_with(start))
}

fn is_total(text: &str) -> bool {
    let key = fold(text);
    let starts =
        ["tongcong", "tongdiem", "tongsodiem", "tongnhom", "tongmuc", "tongphan", "congdiem", "congnhom", "congmuc"];
    matches!(key.as_str(), "tong" | "cong" | "tongso") || starts.iter().any(|start| key.starts_with(start))
}

//! The values of one line: plan, result, self mark; a finding at the cell for each that cannot be read.

use rust_decimal::Decimal;

use super::file::SubmissionReader;
use super::{Reading, SubmittedLine};
use crate::dossier::{Aggregation, Criterion, CriterionId, GroupKind, Rule, Source, Sourced, UnitId};
use crate::finding::catalogue::{intake as codes, sheet as sheet_codes};
use crate::finding::{CellAddress, Finding};
use crate::sheet::{Cell, Figure, FigureFault, Grid, Measure, Value, read_figure};
use crate::vietnamese::{self, Measures};

/// A cell's row and column; none where the table lacks the column.
type At = Option<(u32, u32)>;

/// The cells of one unit's line.
pub(super) struct Cells<'a> {
    pub reader: &'a SubmissionReader<'a>,
    pub grid: &'a Grid,
    pub unit: UnitId,
    pub criterion: CriterionId,
    /// The unit of measure that the line's own row states; empty where it states none.
    pub measure: &'a str,
}

impl Cells<'_> {
    /// Reads a line; `words` fills in what is text.
    pub(super) fn line(
        &self,
        plan: At,
        result: At,
        self_mark: At,
        findings: &mut Vec<Finding>,
        words: impl FnOnce(&mut SubmittedLine),
    ) -> SubmittedLine {
        let criterion = self.criterion();
        let mut line = SubmittedLine::default();
        words(&mut line);
        line.plan = self.plan(plan, findings);
        line.plan_place = plan.map(|(row, column)| Source::of(self.grid, row, column));
        line.self_mark = self.self_mark(self_mark, findings);
        if criterion.rule == Rule::Direct {
            self.direct(&mut line, result, self_mark, findings);
        } else {
            line.place = result.or(self_mark).map(|(row, column)| Source::of(self.grid, row, column));
            match result.map(|at| self.result(at, line.plan.as_ref().map(|plan| plan.value))) {
                // said once of the whole table
                None => line.unreadable = true,
                Some(Ok(reading)) => line.result = reading.map(|reading| self.sourced(reading, result, findings)),
                Some(Err(fault)) => {
                    line.unreadable = true;
                    self.report(fault, result, "Kết quả", findings);
                }
            }
        }
        line
    }

    fn criterion(&self) -> &Criterion {
        self.reader.dossier.criterion(self.criterion)
    }

    fn cell(&self, at: At) -> &Cell {
        // column u32::MAX holds nothing
        at.map_or_else(|| self.grid.cell(0, u32::MAX), |(row, column)| self.grid.cell(row, column))
    }

    /// The figure of a cell in the criterion's unit of measure. What stands behind the figure goes before what stands
    /// in the row's column of measures.
    fn read(&self, at: At) -> Result<Option<Figure>, FigureFault> {
        let figure = read_figure(self.cell(at), self.wanted())?;
        match (figure, vietnamese::compare_measures(self.measure, &self.criterion().measure)) {
            (Some(figure), Measures::Scaled(factor)) if figure.written_in.is_none() => figure.scaled(factor).map(Some),
            (figure, _) => Ok(figure),
        }
    }

    /// Says that the row counts in something else, where that cannot be turned into what is wanted.
    pub(super) fn check_measure(&self, at: At, findings: &mut Vec<Finding>) {
        let criterion = self.criterion();
        let (written, wanted) = (self.measure, &criterion.measure);
        let counts = !criterion.is_yes_no() && criterion.rule != Rule::Direct;
        if counts && !wanted.is_empty() && vietnamese::compare_measures(written, wanted) == Measures::Different {
            let message = format!(
                "{} ghi đơn vị tính “{written}”, trong khi tiêu chí {} tính bằng “{wanted}”.",
                name(at),
                criterion.code
            );
            findings.push(self.finding(&codes::OTHER_MEASURE, at, message).found(written).expected(wanted));
        }
    }

    fn wanted(&self) -> Measure<'_> {
        let criterion = self.criterion();
        if criterion.is_percent() { Measure::Percent } else { Measure::Of(&criterion.measure) }
    }

    fn plan(&self, at: At, findings: &mut Vec<Finding>) -> Option<Sourced<Decimal>> {
        let criterion = self.criterion();
        if criterion.is_yes_no() || matches!(criterion.rule, Rule::Direct) {
            // what is planned of a yes or of a mark is words; a figure among them is kept
            let figure = self.read(at).ok().flatten()?;
            return Some(Sourced { value: figure.value, source: self.source(at) });
        }
        match self.read(at) {
            Ok(figure) => figure.map(|figure| self.figure(figure, at, findings)),
            Err(fault) => {
                self.report(Fault::Figure(fault, &criterion.measure), at, "Kế hoạch", findings);
                None
            }
        }
    }

    fn self_mark(&self, at: At, findings: &mut Vec<Finding>) -> Option<Sourced<Decimal>> {
        let mark = match read_figure(self.cell(at), Measure::Points) {
            Ok(figure) => self.figure(figure?, at, findings),
            Err(fault) => {
                self.report(Fault::Figure(fault, ""), at, "Điểm tự chấm", findings);
                return None;
            }
        };
        let group = self.reader.dossier.group(self.criterion().group);
        if group.kind != GroupKind::Deduction || mark.value >= Decimal::ZERO {
            return Some(mark);
        }
        let text = vietnamese::number(mark.value);
        let message =
            format!("Điểm tự chấm của dòng trừ ghi {text}; được hiểu là trừ {}.", text.trim_start_matches('-'));
        findings.push(self.finding(&codes::NEGATIVE_DEDUCTION, at, message).found(text));
        Some(Sourced { value: mark.value.abs(), ..mark })
    }

    /// A line marked directly: without a self mark, a figure among the results is the self mark.
    fn direct(&self, line: &mut SubmittedLine, result: At, self_mark: At, findings: &mut Vec<Finding>) {
        line.place = self_mark.or(result).map(|(row, column)| Source::of(self.grid, row, column));
        let mark_told = !self.cell(self_mark).is_empty();
        line.unreadable = mark_told && line.self_mark.is_none();
        let cell = self.cell(result);
        if mark_told {
            let figure = self.read(result).ok().flatten();
            line.result = figure.map(|it| Sourced { value: Reading::Number(it.value), source: self.source(result) });
        } else {
            match read_figure(cell, Measure::Points) {
                Ok(figure) => line.self_mark = figure.map(|figure| self.figure(figure, result, findings)),
                Err(fault) => {
                    line.unreadable = true;
                    self.report(Fault::Figure(fault, ""), result, "Kết quả", findings);
                }
            }
        }
    }

    fn result(&self, at: (u32, u32), plan: Option<Decimal>) -> Result<Option<Read>, Fault<'_>> {
        let criterion = self.criterion();
        let cell = self.grid.cell(at.0, at.1);
        if cell.is_empty() {
            return Ok(None);
        }
        let answer = vietnamese::read_answer(&cell.shown()).map(|yes| if yes { Reading::Yes } else { Reading::No });
        let wants_answer = criterion.is_yes_no() || criterion.aggregation == Aggregation::CountMet;
        if let (Some(answer), true) = (answer, wants_answer) {
            return Ok(Some(Read { reading: answer, figure: None }));
        }
        if criterion.is_yes_no() {
            return Err(match &cell.value {
                Value::Error(error) => Fault::Figure(FigureFault::Error(error.to_string()), ""),
                Value::Date(date) => Fault::Figure(FigureFault::Date(*date), ""),
                _ if cell.uncached => Fault::Figure(FigureFault::Uncached, ""),
                _ => Fault::NoAnswer,
            });
        }
        match self.read(Some(at)) {
            Ok(figure) => Ok(figure.map(|it| Read { reading: Reading::Number(it.value), figure: Some(it) })),
            // “626/723” is 626 where 723 is what was planned; otherwise it could be either
            Err(FigureFault::Fraction(part, whole)) if plan == Some(whole) || self.target() == Some(whole) => {
                Ok(Some(Read { reading: Reading::Number(part), figure: Some(Figure::counted(part, whole)) }))
            }
            Err(FigureFault::Words) if criterion.rule == Rule::Information && answer.is_some() => {
                Ok(answer.map(|reading| Read { reading, figure: None }))
            }
            Err(fault) => Err(Fault::Figure(fault, &criterion.measure)),
        }
    }

    /// The plan of sheet Chỉ tiêu.
    fn target(&self) -> Option<Decimal> {
        self.reader.dossier.targets.value(self.unit, self.criterion)
    }

    fn sourced(&self, read: Read, at: At, findings: &mut Vec<Finding>) -> Sourced<Reading> {
        if let Some(figure) = &read.figure {
            self.tell(figure, at, findings);
        }
        Sourced { value: read.reading, source: self.source(at) }
    }

    fn figure(&self, figure: Figure, at: At, findings: &mut Vec<Finding>) -> Sourced<Decimal> {
        self.tell(&figure, at, findings);
        Sourced { value: figure.value, source: self.source(at) }
    }

    /// Says what was not plain in reading a figure: a guess, a conversion.
    fn tell(&self, figure: &Figure, at: At, findings: &mut Vec<Finding>) {
        if figure.otherwise.is_none() && figure.count_of.is_none() && !figure.converted {
            return;
        }
        let (shown, value) = (self.cell(at).quoted(), vietnamese::number(figure.value));
        if let Some(otherwise) = figure.otherwise {
            let otherwise = vietnamese::number(otherwise);
            let message =
                format!("{} ghi “{shown}” dạng chữ; được hiểu là {value}, cũng có thể là {otherwise}.", name(at));
            findings.push(self.finding(&codes::GUESSED_FIGURE, at, message).found(&shown).expected(&value));
        }
        if let Some((part, whole)) = figure.count_of {
            let (part, whole) = (vietnamese::number(part), vietnamese::number(whole));
            let unit = if self.criterion().is_percent() { "%" } else { "" };
            let message =
                format!("{} ghi “{shown}”, được hiểu là {part} trên tổng số {whole}, lấy {value}{unit}.", name(at));
            findings.push(self.finding(&codes::COUNT_OF, at, message).found(&shown).expected(format!("{value}{unit}")));
        }
        if figure.converted {
            let from = figure.written_in.as_deref().unwrap_or(self.measure);
            let wanted = &self.criterion().measure;
            let message = format!("{} ghi “{shown}” tính bằng {from}, được đổi thành {value} {wanted}.", name(at));
            findings.push(self.finding(&codes::CONVERTED, at, message).found(shown).expected(value));
        }
    }

    fn source(&self, at: At) -> Source {
        let (row, column) = at.unwrap_or_default();
        Source::of(self.grid, row, column)
    }

    fn report(&self, fault: Fault, at: At, column: &str, findings: &mut Vec<Finding>) {
        let cell = self.cell(at);
        let shown = cell.quoted();
        let subject = format!("{} ({column} của tiêu chí {})", name(at), self.criterion().code);
        findings.push(match fault {
            Fault::NoAnswer => {
                let message = format!("{subject} ghi “{shown}”, không rõ là đạt hay không.");
                self.finding(&codes::NO_ANSWER, at, message).found(shown).expected("đạt hoặc không")
            }
            Fault::Figure(fault, measure) => {
                let code = match fault {
                    FigureFault::Words => &codes::WORDS,
                    FigureFault::Error(_) => &codes::CELL_ERROR,
                    FigureFault::Date(_) => &codes::DATE,
                    FigureFault::Uncached => &sheet_codes::UNCACHED,
                    _ => &codes::UNCLEAR_FIGURE,
                };
                let message = format!("{subject} {}.", fault.words(cell, measure));
                self.finding(code, at, message).found(shown).expected("một con số").hint(fault.hint())
            }
        });
    }

    fn finding(&self, code: &'static crate::finding::Code, at: At, message: String) -> Finding {
        let place = at.map_or_else(|| self.grid.place(), |(row, column)| self.grid.place_of(row, column));
        let unit = &self.reader.dossier.unit(self.unit).code;
        Finding::new(code, place, message).unit(unit).criterion(&self.criterion().code)
    }
}

/// A result with the figure it was read from, where it is one.
struct Read {
    reading: Reading,
    figure: Option<Figure>,
}

/// Why a cell gives no value; with the unit of measure that was wanted.
enum Fault<'a> {
    Figure(FigureFault, &'a str),
    NoAnswer,
}

fn name(at: At) -> String {
    at.map(|(row, column)| format!("Ô {}", CellAddress::new(row, column))).unwrap_or_default()
}

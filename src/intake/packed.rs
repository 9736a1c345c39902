//! A submission in few bytes, while it waits for its cluster's turn: a form of 36 lines takes some 600 bytes and its own
//! words instead of 8,000 and more.
//!
//! Figures keep their digits, texts their letters and values their cells; nothing is rounded or left out.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use std::sync::Arc;

use super::{Narrative, NarrativeKind, Reading, Submission, SubmittedLine};
use crate::dossier::{CriterionId, Source, Sourced, UnitId};
use crate::finding::{CellAddress, Place};
use crate::sheet::SheetName;

/// A packed submission.
#[derive(Clone, Debug)]
pub(super) struct Bytes(Box<[u8]>);

impl Bytes {
    pub(super) fn pack(submission: &Submission) -> Bytes {
        let mut packer = Packer::default();
        packer.submission(submission);
        Bytes(packer.bytes.into_boxed_slice())
    }

    /// The submission of a unit as it was packed.
    pub(super) fn unpack(&self, unit: UnitId) -> Submission {
        Unpacker { rest: &self.0, sheets: Vec::new(), row: 0, sheet: 0 }.submission(unit)
    }
}

// What there is of a line, one bit each.
const PLAN: u64 = 1;
const RESULT: u64 = 1 << 1;
const MARK: u64 = 1 << 2;
const REMARK: u64 = 1 << 3;
const PLACE: u64 = 1 << 4;
const PLAN_PLACE: u64 = 1 << 5;
const UNREADABLE: u64 = 1 << 6;
/// The line's place is its result's cell, the plan's place the plan's cell.
const PLACE_OF_RESULT: u64 = 1 << 7;
const PLACE_OF_PLAN: u64 = 1 << 8;

#[derive(Default)]
struct Packer {
    bytes: Vec<u8>,
    /// Sheets that were named already; one cell after another is mostly of the same sheet and row.
    sheets: Vec<Arc<SheetName>>,
    row: u32,
    sheet: usize,
}

impl Packer {
    fn submission(&mut self, submission: &Submission) {
        self.place(&submission.place);
        self.number(submission.year.map_or(0, |year| (i64::from(year) << 1).unsigned_abs() + 1 + u64::from(year < 0)));
        self.number(submission.report_date.is_some().into());
        if let Some(date) = &submission.report_date {
            self.number(i64::from(date.value.num_days_from_ce()).unsigned_abs());
            self.source(&date.source);
        }
        self.number(submission.lines.len() as u64);
        for (criterion, line) in &submission.lines {
            self.number(criterion.0 as u64);
            self.line(line);
        }
        self.number(submission.narratives.len() as u64);
        for Narrative { kind, text } in &submission.narratives {
            self.number(KINDS.iter().position(|own| own == kind).unwrap_or_default() as u64);
            self.text(text);
        }
    }

    fn line(&mut self, line: &SubmittedLine) {
        let of_result = line.place.is_some() && line.place.as_ref() == line.result.as_ref().map(|it| &it.source);
        let of_plan = line.plan_place.is_some() && line.plan_place.as_ref() == line.plan.as_ref().map(|it| &it.source);
        let flags = [
            (PLAN, line.plan.is_some()),
            (RESULT, line.result.is_some()),
            (MARK, line.self_mark.is_some()),
            (REMARK, !line.remark.is_empty()),
            (PLACE, line.place.is_some() && !of_result),
            (PLAN_PLACE, line.plan_place.is_some() && !of_plan),
            (UNREADABLE, line.unreadable),
            (PLACE_OF_RESULT, of_result),
            (PLACE_OF_PLAN, of_plan),
        ];
        self.number(flags.into_iter().filter(|(_, is)| *is).map(|(flag, _)| flag).sum());
        for figure in [&line.plan, &line.self_mark].into_iter().flatten() {
            self.decimal(figure.value);
            self.source(&figure.source);
        }
        if let Some(result) = &line.result {
            match result.value {
                Reading::Yes => self.number(0),
                Reading::No => self.number(1),
                Reading::Number(value) => {
                    self.number(2);
                    self.decimal(value);
                }
            }
            self.source(&result.source);
        }
        if !line.remark.is_empty() {
            self.text(&line.remark);
        }
        let place = line.place.as_ref().filter(|_| !of_result);
        let plan_place = line.plan_place.as_ref().filter(|_| !of_plan);
        place.into_iter().chain(plan_place).for_each(|place| self.source(place));
    }

    /// Seven bits at a time, the lowest first.
    fn number(&mut self, number: u64) {
        self.wide(number.into());
    }

    fn wide(&mut self, mut number: u128) {
        while number > 0x7f {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn decimal(&mut self, value: Decimal) {
        self.number(u64::from(value.scale()) << 1 | u64::from(value.is_sign_negative()));
        self.wide(value.mantissa().unsigned_abs());
    }

    fn source(&mut self, source: &Source) {
        let name = source.full_name();
        let known = self.sheets.iter().position(|own| Arc::ptr_eq(own, name) || own == name);
        let sheet = known.unwrap_or(self.sheets.len());
        let moves = sheet != self.sheet || source.cell.row != self.row || known.is_none();
        self.number(u64::from(source.cell.column) << 1 | u64::from(moves));
        if !moves {
            return;
        }
        self.number(source.cell.row.into());
        self.number(sheet as u64);
        if known.is_none() {
            self.text(&name.file);
            self.text(&name.sheet);
            self.sheets.push(name.clone());
        }
        (self.row, self.sheet) = (source.cell.row, sheet);
    }

    fn place(&mut self, place: &Place) {
        for text in [&place.file, &place.sheet, &place.tag] {
            self.number(text.is_some().into());
            self.text(text.as_deref().unwrap_or_default());
        }
        for number in [place.cell.map(|cell| cell.row.into()), place.cell.map(|cell| cell.column.into())] {
            self.number(number.map_or(0, |number: u64| number + 1));
        }
        self.number(place.paragraph.map_or(0, |paragraph| paragraph as u64 + 1));
    }
}

const KINDS: [NarrativeKind; 5] = [
    NarrativeKind::Highlight,
    NarrativeKind::NewModel,
    NarrativeKind::Weakness,
    NarrativeKind::Cause,
    NarrativeKind::Proposal,
];

/// Reads what [`Packer`] wrote, in the same order.
struct Unpacker<'a> {
    rest: &'a [u8],
    sheets: Vec<Arc<SheetName>>,
    row: u32,
    sheet: usize,
}

impl Unpacker<'_> {
    fn submission(&mut self, unit: UnitId) -> Submission {
        let place = self.place();
        let year = match self.number() {
            0 => None,
            number => {
                let year = ((number - 1) >> 1) as i32;
                Some(if number & 1 == 0 { -year } else { year })
            }
        };
        let report_date = self.is().then(|| {
            let value = NaiveDate::from_num_days_from_ce_opt(self.number() as i32).unwrap_or_default();
            Sourced { value, source: self.source() }
        });
        let lines = (0..self.count()).map(|_| (CriterionId(self.number() as usize), self.line())).collect();
        let narratives = (0..self.count()).map(|_| {
            let kind = KINDS.get(self.number() as usize).copied().unwrap_or(NarrativeKind::Highlight);
            Narrative { kind, text: self.text() }
        });
        let narratives = narratives.collect();
        Submission { unit, place, year, report_date, lines, narratives }
    }

    fn line(&mut self) -> SubmittedLine {
        let flags = self.number();
        let has = |flag: u64| flags & flag != 0;
        let plan = has(PLAN).then(|| self.figure());
        let self_mark = has(MARK).then(|| self.figure());
        let result = has(RESULT).then(|| {
            let value = match self.number() {
                0 => Reading::Yes,
                1 => Reading::No,
                _ => Reading::Number(self.decimal()),
            };
            Sourced { value, source: self.source() }
        });
        let remark = if has(REMARK) { self.text() } else { String::new() };
        let place = has(PLACE).then(|| self.source());
        let plan_place = has(PLAN_PLACE).then(|| self.source());
        let of_result = result.as_ref().filter(|_| has(PLACE_OF_RESULT)).map(|result| result.source.clone());
        let of_plan = plan.as_ref().filter(|_| has(PLACE_OF_PLAN)).map(|plan| plan.source.clone());
        SubmittedLine {
            plan,
            result,
            self_mark,
            remark,
            place: place.or(of_result),
            plan_place: plan_place.or(of_plan),
            unreadable: has(UNREADABLE),
        }
    }

    fn figure(&mut self) -> Sourced<Decimal> {
        Sourced { value: self.decimal(), source: self.source() }
    }

    fn number(&mut self) -> u64 {
        self.wide() as u64
    }

    fn wide(&mut self) -> u128 {
        let mut number = 0;
        for shift in (0..u128::BITS).step_by(7) {
            let Some((byte, rest)) = self.rest.split_first() else { break };
            self.rest = rest;
            number |= u128::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        number
    }

    /// How many things follow, each of a byte at least.
    fn count(&mut self) -> usize {
        (self.number() as usize).min(self.rest.len())
    }

    fn is(&mut self) -> bool {
        self.number() == 1
    }

    fn text(&mut self) -> String {
        let length = self.number() as usize;
        let (text, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.rest = rest;
        String::from_utf8_lossy(text).into_owned()
    }

    fn decimal(&mut self) -> Decimal {
        let (scale, mantissa) = (self.number(), self.wide());
        let mut value = Decimal::try_from_i128_with_scale(mantissa as i128, (scale >> 1) as u32).unwrap_or_default();
        value.set_sign_negative(scale & 1 == 1);
        value
    }

    fn source(&mut self) -> Source {
        let column = self.number();
        if column & 1 == 1 {
            (self.row, self.sheet) = (self.number() as u32, self.number() as usize);
            if self.sheet == self.sheets.len() {
                let (file, sheet) = (self.text().into(), self.text().into());
                self.sheets.push(Arc::new(SheetName { file, sheet }));
            }
        }
        let cell = CellAddress::new(self.row, (column >> 1) as u32);
        match self.sheets.get(self.sheet) {
            Some(name) => Source::in_sheet(name.clone(), cell),
            None => Source::new(SheetName { file: "".into(), sheet: "".into() }, cell),
        }
    }

    fn place(&mut self) -> Place {
        let mut text = || (self.is(), self.text());
        let [file, sheet, tag] = [text(), text(), text()].map(|(is, text)| is.then_some(text));
        let (row, column, paragraph) = (self.number(), self.number(), self.number());
        let cell = (row > 0 && column > 0).then(|| CellAddress::new(row as u32 - 1, column as u32 - 1));
        Place { file, sheet, cell, paragraph: paragraph.checked_sub(1).map(|number| number as usize), tag }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::option::of;
    use proptest::prelude::*;

    fn source() -> impl Strategy<Value = Source> {
        let names = prop_oneof![Just(("so-lieu/a.xlsx", "Biểu 1")), Just(("so-lieu/a.xlsx", "Biểu 2"))];
        (names, 0_u32..4, 0_u32..200).prop_map(|((file, sheet), row, column)| {
            let name = SheetName { file: file.into(), sheet: sheet.into() };
            Source::new(name, CellAddress::new(row * 300, column))
        })
    }

    fn decimal() -> impl Strategy<Value = Decimal> {
        let wide = prop_oneof![Just(Decimal::MAX), Just(Decimal::MIN), Just(-Decimal::ZERO)];
        prop_oneof![9 => (any::<i64>(), 0_u32..20).prop_map(|(number, scale)| Decimal::new(number, scale)), 1 => wide]
    }

    fn figure() -> impl Strategy<Value = Sourced<Decimal>> {
        (decimal(), source()).prop_map(|(value, source)| Sourced { value, source })
    }

    fn line() -> impl Strategy<Value = SubmittedLine> {
        let reading = prop_oneof![Just(Reading::Yes), Just(Reading::No), decimal().prop_map(Reading::Number)];
        let result = (reading, source()).prop_map(|(value, source)| Sourced { value, source });
        let places = (of(source()), of(source()), any::<bool>());
        (of(figure()), of(result), of(figure()), "\\PC{0,9}", places, any::<bool>()).prop_map(
            |(plan, result, self_mark, remark, (place, plan_place, same), unreadable)| {
                let own = |place: Option<Source>, own: Option<&Source>| if same { own.cloned() } else { place };
                let place = own(place, result.as_ref().map(|result| &result.source));
                let plan_place = own(plan_place, plan.as_ref().map(|plan| &plan.source));
                SubmittedLine { plan, result, self_mark, remark, place, plan_place, unreadable }
            },
        )
    }

    proptest! {
        #[test]
        fn nothing_is_lost(
            lines in proptest::collection::btree_map((0_usize..500).prop_map(CriterionId), line(), 0..12),
            year in of(-3000_i32..3000),
            date in of((0_i32..800_000, source())),
            narratives in proptest::collection::vec((0_usize..5, "\\PC{0,40}"), 0..4),
            row in of(0_u32..9),
        ) {
            let cell = row.map(|row| CellAddress::new(row, row));
            let place = Place { cell, ..Place::sheet("so-lieu/a.xlsx", "Biểu 1") };
            let report_date = date.map(|(days, source)| {
                Sourced { value: NaiveDate::from_num_days_from_ce_opt(days).expect("a day"), source }
            });
            let narratives = narratives.into_iter().map(|(kind, text)| Narrative { kind: KINDS[kind], text }).collect();
            let given = Submission { unit: UnitId(7), place, year, report_date, lines, narratives };
            let told = |submission: &Submission| {
                let digits: Vec<_> = submission.lines.values().map(|line| {
                    [&line.plan, &line.self_mark].map(|figure| figure.as_ref().map(|figure| figure.value.serialize()))
                }).collect();
                format!("{submission:?} {digits:?}")
            };
            prop_assert_eq!(told(&Bytes::pack(&given).unpack(UnitId(7))), told(&given));
        }

        #[test]
        fn no_bytes_stop_it(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let _ = Bytes(bytes.into()).unpack(UnitId(0));
        }
    }
}

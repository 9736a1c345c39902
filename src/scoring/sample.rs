//! A small office for tests: a dossier and its submissions, told in few words. Compiled for tests only.

use rust_decimal::Decimal;
use std::sync::Arc;

use crate::dossier::*;
use crate::finding::{CellAddress, Finding, Place};
use crate::intake::{Reading, Submission, SubmittedLine};
use crate::scoring::{ClusterResult, LineResult, UnitResult, score};
use crate::sheet::SheetName;

/// A number written in a test.
pub(crate) fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("“{text}” in a test is not a number"))
}

/// One cluster `K1` with what a test puts into it.
#[derive(Clone, Debug)]
pub(crate) struct Office {
    pub dossier: Dossier,
    pub submissions: Vec<Submission>,
}

impl Office {
    /// An office with units of the given codes; the name of `A` is `Công đoàn A`.
    pub fn with_units(codes: &[&str]) -> Self {
        let cluster = Cluster { code: "K1".into(), name: "Khối thi đua I".into(), ..Cluster::default() };
        let information = Information { year: 2024, ..Information::default() };
        let dossier = Dossier { information, clusters: vec![cluster], ..Dossier::default() };
        let mut office = Office { dossier, submissions: Vec::new() };
        for code in codes {
            office.dossier.units.push(Unit {
                code: code.to_string(),
                name: format!("Công đoàn {code}"),
                short_name: String::new(),
                other_names: Vec::new(),
                cluster: ClusterId(0),
                role: Role::Member,
                role_text: "Thành viên".into(),
                signer_title: String::new(),
                signer_name: String::new(),
                place: Place::sheet("ho-so.xlsx", "Đơn vị"),
            });
        }
        office
    }

    pub fn group(mut self, code: &str, kind: GroupKind, max: Option<&str>) -> Self {
        self.dossier.groups.push(Group {
            code: code.into(),
            name: format!("Nhóm {code}"),
            kind,
            max: max.map(decimal),
            cluster: None,
            place: Place::sheet("ho-so.xlsx", "Tiêu chí"),
        });
        self
    }

    /// A line of the last group.
    pub fn line(mut self, code: &str, measure: &str, rule: Rule, max: Option<&str>) -> Self {
        self.dossier.criteria.push(Criterion {
            code: code.into(),
            name: format!("Chỉ tiêu {code}"),
            group: GroupId(self.dossier.groups.len() - 1),
            measure: measure.into(),
            rule,
            max: max.map(decimal),
            aggregation: if measure.contains('%') { Aggregation::None } else { Aggregation::Sum },
            other_names: Vec::new(),
            cluster: None,
            place: Place::sheet("ho-so.xlsx", "Tiêu chí"),
        });
        self
    }

    pub fn aggregated(mut self, code: &str, aggregation: Aggregation) -> Self {
        let line = self.line_id(code);
        self.dossier.criteria[line.0].aggregation = aggregation;
        self
    }

    /// A grade from so many points.
    pub fn grade(mut self, name: &str, from: Option<&str>, share: Option<&str>, conditions: &[GradeCondition]) -> Self {
        self.dossier.grades.push(Grade {
            name: name.into(),
            from: from.map(decimal),
            share: share.map(decimal),
            conditions: conditions.to_vec(),
            place: Place::sheet("ho-so.xlsx", "Xếp loại"),
        });
        self
    }

    pub fn award(mut self, name: &str, number: Option<usize>, conditions: &[AwardCondition]) -> Self {
        self.dossier.awards.push(Award {
            name: name.into(),
            number,
            conditions: conditions.to_vec(),
            place: Place::sheet("ho-so.xlsx", "Khen thưởng"),
        });
        self
    }

    /// A submission of a unit: lines as `3.1: 104/100` (result/plan), `1.5: đạt`, `9.1: 2`, `4.1: /100` (no result).
    pub fn submits(mut self, unit: &str, lines: &[&str]) -> Self {
        let unit = self.unit_id(unit);
        let file = format!("so-lieu/{}.xlsx", self.dossier.unit(unit).code);
        let mut submission = Submission {
            unit,
            place: Place::sheet(&file, "Biểu 1"),
            year: Some(2024),
            report_date: None,
            lines: Default::default(),
            narratives: Vec::new(),
        };
        for (row, text) in lines.iter().enumerate() {
            let (code, values) = text.split_once(": ").expect("a line of a test is `code: result/plan`");
            let (result, plan) = values.split_once('/').map_or((values, ""), |(result, plan)| (result, plan));
            let source = |column| source(&file, "Biểu 1", row as u32 + 9, column);
            let reading = match result {
                "" => None,
                "đạt" | "có" => Some(Reading::Yes),
                "không" => Some(Reading::No),
                figure => Some(Reading::Number(decimal(figure))),
            };
            submission.lines.insert(
                self.line_id(code),
                SubmittedLine {
                    plan: (!plan.is_empty()).then(|| Sourced { value: decimal(plan), source: source(3) }),
                    result: reading.map(|value| Sourced { value, source: source(4) }),
                    place: Some(source(4)),
                    ..SubmittedLine::default()
                },
            );
        }
        self.submissions.push(submission);
        self
    }

    /// Self marks of a unit that submitted, as `3.1: 5`.
    pub fn self_marks(mut self, unit: &str, marks: &[&str]) -> Self {
        let unit = self.unit_id(unit);
        let file = format!("so-lieu/{}.xlsx", self.dossier.unit(unit).code);
        for (row, text) in marks.iter().enumerate() {
            let (code, mark) = text.split_once(": ").expect("a mark of a test is `code: points`");
            let line = self.line_id(code);
            let submission = self.submissions.iter_mut().find(|submission| submission.unit == unit);
            let lines = &mut submission.expect("the unit submitted").lines;
            let source = source(&file, "Biểu 1", row as u32 + 9, 5);
            lines.entry(line).or_default().self_mark = Some(Sourced { value: decimal(mark), source });
        }
        self
    }

    pub fn target(mut self, unit: &str, line: &str, plan: &str) -> Self {
        let value = Sourced { value: decimal(plan), source: source("ho-so.xlsx", "Chỉ tiêu", 4, 5) };
        self.dossier.targets.insert(self.unit_id(unit), self.line_id(line), value);
        self
    }

    pub fn verified(mut self, unit: &str, line: &str, mark: &str) -> Self {
        let value = Sourced { value: decimal(mark), source: source("ho-so.xlsx", "Thẩm định", 4, 2) };
        self.dossier.verified.insert(self.unit_id(unit), self.line_id(line), value);
        self
    }

    pub fn waiver(mut self, unit: &str, line: &str, reason: &str) -> Self {
        let waiver = Waiver { reason: reason.into(), source: source("ho-so.xlsx", "Miễn chấm", 4, 1) };
        self.dossier.waivers.insert((self.unit_id(unit), self.line_id(line)), waiver);
        self
    }

    pub fn past(mut self, year: i32, unit: &str, line: &str, result: &str) -> Self {
        let value = Sourced { value: decimal(result), source: source("ho-so.xlsx", "Kỳ trước", 4, 3) };
        self.dossier.past.insert((year, self.unit_id(unit), self.line_id(line)), value);
        self
    }

    pub fn scored(&self) -> Scored {
        let (result, findings) = score(&self.dossier, ClusterId(0), &self.submissions);
        Scored { office: self.clone(), result, findings }
    }

    pub fn unit_id(&self, code: &str) -> UnitId {
        let index = self.dossier.units.iter().position(|unit| unit.code == code);
        UnitId(index.unwrap_or_else(|| panic!("no unit {code} in the test")))
    }

    pub fn line_id(&self, code: &str) -> CriterionId {
        let index = self.dossier.criteria.iter().position(|line| line.code == code);
        CriterionId(index.unwrap_or_else(|| panic!("no line {code} in the test")))
    }
}

/// What came out.
pub(crate) struct Scored {
    pub office: Office,
    pub result: ClusterResult,
    pub findings: Vec<Finding>,
}

impl Scored {
    pub fn unit(&self, code: &str) -> &UnitResult {
        let unit = self.office.unit_id(code);
        self.result.units.iter().find(|result| result.unit == unit).expect("every unit has a result")
    }

    pub fn line(&self, unit: &str, line: &str) -> &LineResult {
        let line = self.office.line_id(line);
        self.unit(unit).lines.iter().find(|result| result.criterion == line).expect("the line applies")
    }

    pub fn mark(&self, unit: &str, line: &str) -> String {
        self.line(unit, line).mark.normalize().to_string()
    }

    pub fn grade(&self, unit: &str) -> Option<&str> {
        self.unit(unit).grade.map(|grade| self.office.dossier.grades[grade].name.as_str())
    }

    /// Codes of the units proposed for an award, in rank order.
    pub fn awarded(&self, award: &str) -> Vec<&str> {
        let position = self.office.dossier.awards.iter().position(|known| known.name == award);
        let proposals = self.result.awards.iter().filter(|(index, _)| Some(*index) == position);
        proposals
            .flat_map(|(_, units)| units)
            .map(|index| self.office.dossier.unit(self.result.units[*index].unit).code.as_str())
            .collect()
    }

    /// Codes of the findings, in the order they came.
    pub fn codes(&self) -> Vec<&str> {
        self.findings.iter().map(|finding| finding.code.id).collect()
    }

    /// Those about lines and marks, without the ones about units, places and classes.
    pub fn line_codes(&self) -> Vec<&str> {
        self.codes().into_iter().filter(|code| *code < "CD20").collect()
    }

    pub fn finding(&self, code: &crate::finding::Code) -> &Finding {
        let found = self.findings.iter().find(|finding| finding.code == code);
        found.unwrap_or_else(|| panic!("no finding {} among {:?}", code.id, self.codes()))
    }
}

pub(crate) fn source(file: &str, sheet: &str, row: u32, column: u32) -> Source {
    Source::new(SheetName { file: Arc::from(file), sheet: Arc::from(sheet) }, CellAddress::new(row, column))
}

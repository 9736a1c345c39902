//! Sheets Xếp loại and Khen thưởng.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Reader;
use super::cells::{Spot, list};
use super::condition::{award_condition, grade_condition};
use super::units::spot;
use crate::dossier::{Award, Grade};
use crate::finding::Finding;
use crate::finding::catalogue::dossier as codes;
use crate::sheet::{Column, Measure};
use crate::vietnamese;

const GRADE: [Column; 4] = [
    Column::required("Xếp loại", &["Loại", "Mức"]),
    Column::required("Từ điểm", &["Điểm từ", "Điểm tối thiểu"]),
    Column::optional("Tỷ lệ tối đa", &["Tỷ lệ"]),
    Column::optional("Điều kiện", &[]),
];

const AWARD: [Column; 3] = [
    Column::required("Hình thức", &["Hình thức khen thưởng", "Khen thưởng"]),
    Column::required("Số lượng", &[]),
    Column::required("Điều kiện", &[]),
];

impl Reader<'_> {
    pub(super) fn grades(&mut self) {
        let Some(grid) = self.optional_sheet("Xếp loại") else { return };
        let Some(table) = self.table(grid, &GRADE) else { return };
        for row in table.rows() {
            let at = |column: usize| spot(&table, &GRADE, row, column);
            let name = self.text(&at(0));
            if name.is_empty() {
                continue;
            }
            if self.dossier.grades.iter().any(|grade| vietnamese::same(&grade.name, &name)) {
                let message = format!("Xếp loại “{name}” lặp lại.");
                self.report(Finding::new(&codes::DUPLICATE, at(0).place, message).found(name));
                continue;
            }
            let from = self.figure(&at(1), Measure::Points);
            let share = self.share(&at(2));
            let text = self.text(&at(3));
            let mut conditions = Vec::new();
            for part in list(&text) {
                match grade_condition(part) {
                    Some(condition) => conditions.push(condition),
                    None => self.bad_condition(&at(3), part, "mọi nhóm >= 50%; không có điểm trừ"),
                }
            }
            let above = self.dossier.grades.last().and_then(|grade| grade.from);
            if let (Some(above), Some(from)) = (above, from)
                && from >= above
            {
                let (from, above) = (vietnamese::number(from), vietnamese::number(above));
                let message = format!("Xếp loại “{name}” từ {from} điểm, không thấp hơn loại ở dòng trên ({above}).");
                self.report(Finding::new(&codes::GRADE_ORDER, at(1).place, message).found(from).expected(above));
            }
            self.dossier.grades.push(Grade { name, from, share, conditions, place: at(0).place });
        }
    }

    /// A share of the ranked units in per cent; 0,2 without a % sign is taken for 20%, with a warning.
    fn share(&mut self, spot: &Spot) -> Option<Decimal> {
        let value = self.amount(spot, Measure::Percent)?;
        let bare = !spot.cell.percent && !spot.cell.text().contains('%');
        if bare && value > Decimal::ZERO && value < Decimal::ONE {
            let percent = value * Decimal::ONE_HUNDRED;
            self.guessed(spot, percent, value);
            return Some(percent);
        }
        if value > Decimal::ONE_HUNDRED {
            let message = format!("{} là {}, quá 100%.", spot.name(), vietnamese::percent(value));
            self.report(Finding::new(&codes::BAD_FIGURE, spot.place.clone(), message).expected("tỷ lệ từ 0% đến 100%"));
            return None;
        }
        Some(value)
    }

    fn bad_condition(&mut self, spot: &Spot, part: &str, expected: &str) {
        let message = format!("{} có điều kiện “{part}” mà chương trình không hiểu nên không xét.", spot.name());
        let finding = Finding::new(&codes::BAD_CONDITION, spot.place.clone(), message);
        self.report(finding.found(part).expected(expected));
    }

    pub(super) fn awards(&mut self) {
        let Some(grid) = self.optional_sheet("Khen thưởng") else { return };
        let Some(table) = self.table(grid, &AWARD) else { return };
        for row in table.rows() {
            let at = |column: usize| spot(&table, &AWARD, row, column);
            let name = self.text(&at(0));
            if name.is_empty() {
                continue;
            }
            let number = self.number_of_awards(&at(1));
            let text = self.text(&at(2));
            let mut conditions = Vec::new();
            for part in list(&text) {
                match award_condition(part, &self.dossier.grades) {
                    Some(condition) => conditions.push(condition),
                    None => self.bad_condition(&at(2), part, "hạng 1; hạng <= 3; xếp loại Xuất sắc; không có điểm trừ"),
                }
            }
            self.dossier.awards.push(Award { name, number, conditions, place: at(0).place });
        }
    }

    fn number_of_awards(&mut self, spot: &Spot) -> Option<usize> {
        let value = self.amount(spot, Measure::Of(""))?;
        let number = (value == value.trunc()).then(|| value.to_usize()).flatten();
        if number.is_none() {
            let message = format!("{} là {}, không phải số nguyên.", spot.name(), vietnamese::number(value));
            self.report(Finding::new(&codes::BAD_FIGURE, spot.place.clone(), message).expected("số nguyên"));
        }
        number
    }
}

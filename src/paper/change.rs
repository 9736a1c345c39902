//! Growth against the past year, as a figure and in words.

use rust_decimal::Decimal;

use super::value::hundredths;
use crate::dossier::Criterion;
use crate::vietnamese::number;

/// A change against the past year: in per cent of it, or in points of per cent for a line measured in %.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change {
    pub value: Decimal,
    in_points: bool,
}

impl Change {
    /// None for yes/no lines, without both figures, or where the past one is 0 and nothing can be said in per cent.
    pub fn of(criterion: &Criterion, result: Option<Decimal>, previous: Option<Decimal>) -> Option<Self> {
        let (result, previous) = result.zip(previous)?;
        if criterion.is_yes_no() {
            return None;
        }
        let difference = result.checked_sub(previous)?;
        let in_points = criterion.is_percent();
        let value = if in_points {
            difference
        } else if previous > Decimal::ZERO {
            difference.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(previous)?
        } else {
            return None;
        };
        Some(Change { value: hundredths(value), in_points })
    }

    /// `tăng 12,5%`, `giảm 1,5 điểm phần trăm`, `không thay đổi`.
    pub fn words(&self) -> String {
        if self.value == Decimal::ZERO {
            return "không thay đổi".to_string();
        }
        let direction = if self.value > Decimal::ZERO { "tăng" } else { "giảm" };
        let amount = number(self.value.abs());
        if self.in_points {
            format!("{direction} {amount} điểm phần trăm")
        } else {
            format!("{direction} {amount}%")
        }
    }
}

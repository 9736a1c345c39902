//! Exact arithmetic of marks: rounding, per cent, and sums that cannot overflow into a panic.

use rust_decimal::{Decimal, RoundingStrategy};

/// Rounded half away from zero (contract §1): 4.975 is 4.98.
pub(super) fn round(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero).normalize()
}

/// part / whole × 100; none without a whole above 0, or where the figures are too large.
pub(super) fn per_cent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    if whole <= Decimal::ZERO {
        return None;
    }
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
}

/// The sum; none where it grows too large.
pub(super) fn sum(values: impl IntoIterator<Item = Decimal>) -> Option<Decimal> {
    values.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add)
}

/// The mean of some values; none of none, or where the sum grows too large.
pub(super) fn mean(values: &[Decimal]) -> Option<Decimal> {
    sum(values.iter().copied())?.checked_div(Decimal::from(values.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a number in the test itself")
    }

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(round(decimal("4.975"), 2), decimal("4.98"));
        assert_eq!(round(decimal("-4.975"), 2), decimal("-4.98"));
        assert_eq!(round(decimal("4.9749999"), 2), decimal("4.97"));
        assert_eq!(round(decimal("2.5"), 0), decimal("3"));
    }

    #[test]
    fn absurd_figures_give_nothing_instead_of_a_panic() {
        assert_eq!(per_cent(Decimal::MAX, decimal("1")), None);
        assert_eq!(per_cent(decimal("1"), decimal("0")), None);
        assert_eq!(sum([Decimal::MAX, Decimal::MAX]), None);
        assert_eq!(mean(&[]), None);
        assert_eq!(mean(&[decimal("1"), decimal("2")]), Some(decimal("1.5")));
    }
}

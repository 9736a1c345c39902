//! Small makers of template data.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Map, Value};

use crate::vietnamese::figure::{date, figure, text};

/// An object with names in the order given.
pub(super) fn object<const N: usize>(names: [(&str, Value); N]) -> Map<String, Value> {
    names.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
}

pub(super) fn figure_or_empty(value: Option<Decimal>) -> Value {
    value.map_or(Value::Null, figure)
}

/// A count of things.
pub(super) fn count(number: usize) -> Value {
    figure(Decimal::from(number))
}

pub(super) fn maybe_date(value: Option<NaiveDate>) -> Value {
    value.map_or(Value::Null, date)
}

/// A list of texts.
pub(super) fn texts<'a>(list: impl IntoIterator<Item = &'a str>) -> Value {
    Value::Array(list.into_iter().map(text).collect())
}

/// Two decimals, half away from zero, as ratios are given (contract §4, §6).
pub(super) fn hundredths(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// The mean of some figures with two decimals; none of none.
pub(super) fn mean(values: &[Decimal]) -> Option<Decimal> {
    let total = values.iter().copied().try_fold(Decimal::ZERO, Decimal::checked_add)?;
    total.checked_div(Decimal::from(values.len())).map(hundredths)
}

//! Small makers of template data.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Map, Value};

use crate::vietnamese::figure::{date, figure, text};
use crate::wanted::Wanted;

/// Makes the value of a name, as far as it is wanted.
pub(super) type Make<'a> = &'a dyn Fn(&Wanted) -> Value;

/// An object with those of the names that are wanted, in the order given; what is not wanted is not made.
pub(super) fn object<const N: usize>(wanted: &Wanted, names: [(&str, Make); N]) -> Map<String, Value> {
    let owns = names.map(|(name, make)| (name, make, wanted.name(name)));
    let mut map = Map::with_capacity(owns.iter().filter(|(.., own)| own.is_some()).count());
    for (name, make, own) in owns {
        if let Some(own) = own {
            map.insert(name.to_string(), make(own));
        }
    }
    map
}

/// Adds those of the names that are wanted to an object.
pub(super) fn add<const N: usize>(map: &mut Map<String, Value>, wanted: &Wanted, names: [(&str, Make); N]) {
    for (name, make) in names {
        if let Some(own) = wanted.name(name) {
            map.insert(name.to_string(), make(own));
        }
    }
}

/// A list of objects, of each no more than is wanted.
pub(super) fn list<T>(
    wanted: &Wanted,
    things: impl IntoIterator<Item = T>,
    make: impl Fn(T, &Wanted) -> Map<String, Value>,
) -> Value {
    Value::Array(things.into_iter().map(|thing| Value::Object(make(thing, wanted.items()))).collect())
}

/// The same with numbers from one.
pub(super) fn numbered<T>(
    wanted: &Wanted,
    things: impl IntoIterator<Item = T>,
    make: impl Fn(T, usize, &Wanted) -> Map<String, Value>,
) -> Value {
    list(wanted, things.into_iter().zip(1..), |(thing, number), own| make(thing, number, own))
}

/// An object with what is wanted of each thing under its code.
pub(super) fn by_code<T>(
    wanted: &Wanted,
    things: impl IntoIterator<Item = T>,
    code: impl Fn(&T) -> String,
    make: impl Fn(T, &Wanted) -> Map<String, Value>,
) -> Value {
    let entry = |thing: T| {
        let code = code(&thing);
        let own = wanted.name(&code)?;
        Some((code, Value::Object(make(thing, own))))
    };
    Value::Object(things.into_iter().filter_map(entry).collect())
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

//! Data in which nothing is empty, for checking templates: a name inside a list that happens to be empty this year is
//! looked up all the same.

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::names::{self, Kind, Name, Scope};
use crate::chart::{Bar, Chart};
use crate::vietnamese::figure::{date, figure};

/// The data of a paper with something under every known name that is empty. Never for papers themselves.
pub fn complete(data: &Value) -> Value {
    let mut complete = in_scope(data, &names::PAPER);
    let is_slip = data.get("don_vi_nay").is_some();
    if let (Value::Object(map), true) = (&mut complete, is_slip) {
        let Value::Object(slip) = in_scope(data, &names::SLIP) else { return complete };
        map.extend(slip.into_iter().filter(|(name, _)| names::SLIP.names.iter().any(|own| own.name == name)));
    }
    complete
}

fn in_scope(data: &Value, scope: &Scope) -> Value {
    let mut map = data.as_object().cloned().unwrap_or_default();
    for name in scope.names {
        let own = map.get(name.name).cloned().unwrap_or(Value::Null);
        map.insert(name.name.to_string(), filled(&own, name));
    }
    Value::Object(map)
}

/// The value itself, its empty parts filled; something of its kind where there is none.
fn filled(value: &Value, name: &Name) -> Value {
    let nothing = match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    };
    match (name.kind, value) {
        (Kind::One(scope) | Kind::ByKey(scope), _) => in_scope(value, scope),
        (Kind::Many(scope), Value::Array(list)) if !nothing => {
            Value::Array(list.iter().map(|item| in_scope(item, scope)).collect())
        }
        (Kind::ByCode(scope), Value::Object(map)) if !nothing => {
            Value::Object(map.iter().map(|(code, item)| (code.clone(), in_scope(item, scope))).collect::<Map<_, _>>())
        }
        (Kind::Many(scope) | Kind::ByCode(scope), _) => Value::Array(vec![in_scope(&Value::Null, scope)]),
        _ if !nothing => value.clone(),
        (Kind::Texts, _) => Value::Array(vec!["…".into()]),
        (Kind::Text, _) => "…".into(),
        (Kind::Figure, _) => figure(Decimal::ONE),
        (Kind::Date, _) => date(chrono::NaiveDate::default()),
        (Kind::Flag, _) => Value::Bool(true),
        (Kind::Chart, _) => {
            let bar = Bar { label: "…".into(), lengths: vec![Decimal::ONE], figure: "1".into() };
            Chart { bars: vec![bar], ..Chart::default() }.to_data()
        }
    }
}

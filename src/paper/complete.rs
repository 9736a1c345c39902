//! Data in which nothing is empty, for checking templates: a name inside a list that happens to be empty this year is
//! looked up all the same.

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::Paper;
use super::names::{self, Kind, Scope};
use crate::chart::{Bar, Chart};
use crate::vietnamese::figure::{date, figure};
use crate::wanted::Wanted;

/// The data of a paper with something under every known name that is wanted and empty. Never for papers themselves.
pub fn complete(data: Value, paper: Paper, wanted: &Wanted) -> Value {
    let data = in_scope(data, &names::PAPER, wanted);
    if paper.is_per_unit() { in_scope(data, &names::SLIP, wanted) } else { data }
}

/// An object with something under every name of a scope; what else it has stays.
fn in_scope(data: Value, scope: &Scope, wanted: &Wanted) -> Value {
    let mut map = if let Value::Object(map) = data { map } else { Map::new() };
    for name in scope.names {
        if let Some(wanted) = wanted.name(name.name) {
            let own = map.get_mut(name.name).map_or(Value::Null, Value::take);
            map.insert(name.name.to_string(), filled(own, name.kind, wanted));
        }
    }
    Value::Object(map)
}

/// The value itself, its empty parts filled; something of its kind where there is none.
fn filled(value: Value, kind: Kind, wanted: &Wanted) -> Value {
    let nothing = match &value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    };
    match (kind, value) {
        (Kind::One(scope) | Kind::ByKey(scope), value) => in_scope(value, scope, wanted),
        (Kind::Many(scope), Value::Array(list)) if !nothing => {
            Value::Array(list.into_iter().map(|item| in_scope(item, scope, wanted.items())).collect())
        }
        (Kind::ByCode(scope), Value::Object(map)) if !nothing => {
            let entry = |(code, item): (String, Value)| {
                let item = if let Some(own) = wanted.name(&code) { in_scope(item, scope, own) } else { item };
                (code, item)
            };
            Value::Object(map.into_iter().map(entry).collect::<Map<_, _>>())
        }
        (Kind::Many(scope) | Kind::ByCode(scope), _) => {
            Value::Array(vec![in_scope(Value::Null, scope, wanted.items())])
        }
        (_, value) if !nothing => value,
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

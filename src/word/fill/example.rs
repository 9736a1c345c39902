//! What the tags of a short text give, for showing helpers beside their values.

use serde_json::Value;

use super::tag::{Expression, Position, find_tags, read_tag, straighten};
use super::{check, helpers};

/// The printed value of each tag in a text, conditions as yes or no. A name is looked for in each of the holders in
/// turn; the last of them is the data as a whole. Tags that print nothing of their own are left out.
pub fn values(text: &str, holders: &[&Value]) -> Vec<String> {
    let ranges = find_tags(text).into_iter().flatten();
    let tags = ranges.filter_map(|range| read_tag(&straighten(&text[range]), Position::default()).ok());
    tags.filter_map(|tag| tag.expression).map(|expression| helpers::printed(&value(&expression, holders))).collect()
}

fn value(expression: &Expression, holders: &[&Value]) -> Value {
    match expression {
        Expression::Literal(value) => value.clone(),
        Expression::Path(name) => {
            let found = holders.iter().find_map(|holder| check::follow(holder, &name.segments).ok());
            found.cloned().unwrap_or_default()
        }
        Expression::Call(name, parameters) => {
            let values: Vec<Value> = parameters.iter().map(|parameter| value(parameter, holders)).collect();
            let root = holders.last().copied().unwrap_or(&Value::Null);
            helpers::compute(name, &values.iter().collect::<Vec<_>>(), root)
        }
    }
}

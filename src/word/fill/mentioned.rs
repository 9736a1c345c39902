//! Which of the data a template speaks of, so that filling it copies no more than that.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::Value;

use super::tag::{Expression, Kind, Tag};

/// The names in the tags of a template, whatever they belong to: rather a name too many than one too few.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mentioned {
    Names(BTreeSet<String>),
    /// A loop goes over something without a name, which may be everything.
    Everything,
}

impl Mentioned {
    pub fn in_tags<'a>(tags: impl Iterator<Item = &'a Tag>) -> Mentioned {
        let mut names = BTreeSet::new();
        for tag in tags {
            let Some(expression) = &tag.expression else { continue };
            if matches!(tag.kind, Kind::Open(_) | Kind::ElseOpen(_)) && is_nameless(expression) {
                return Mentioned::Everything;
            }
            note(expression, &mut names);
        }
        Mentioned::Names(names)
    }

    /// The data without the entries that no tag speaks of.
    pub fn part_of<'a>(&self, data: &'a Value) -> Cow<'a, Value> {
        let (Mentioned::Names(names), Value::Object(entries)) = (self, data) else { return Cow::Borrowed(data) };
        let wanted = entries.iter().filter(|(name, _)| names.contains(*name));
        Cow::Owned(Value::Object(wanted.map(|(name, value)| (name.clone(), value.clone())).collect()))
    }
}

fn is_nameless(expression: &Expression) -> bool {
    matches!(expression, Expression::Path(name) if name.segments.is_empty() && name.local.is_none())
}

fn note(expression: &Expression, names: &mut BTreeSet<String>) {
    match expression {
        Expression::Path(name) => names.extend(name.segments.iter().cloned()),
        Expression::Literal(_) => {}
        Expression::Call(helper, parameters) => {
            // room for a date that is not set yet ends with the dossier's year
            if helper == "ngay_dai" {
                names.insert("nam".into());
            }
            parameters.iter().for_each(|parameter| note(parameter, names));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tag::{Position, read_tag};
    use super::*;
    use serde_json::json;

    fn mentioned(tags: &[&str]) -> Mentioned {
        let tags: Vec<Tag> = tags.iter().map(|tag| read_tag(tag, Position::default()).expect("a sound tag")).collect();
        Mentioned::in_tags(tags.iter())
    }

    #[test]
    fn only_what_the_tags_speak_of_is_kept() {
        let data = json!({"nam": "2024", "cum": {"ten": "A"}, "don_vi": [1, 2], "xep_hang": [3]});
        let names = mentioned(&["{{#each don_vi}}", "{{../nam}}", "{{/each}}", "{{#if (va cum.ten nam)}}", "{{/if}}"]);
        assert_eq!(*names.part_of(&data), json!({"nam": "2024", "cum": {"ten": "A"}, "don_vi": [1, 2]}));
    }

    #[test]
    fn room_for_a_date_that_is_not_set_keeps_the_year() {
        let data = json!({"nam": "2024", "ngay_van_ban": null, "cum": {"ten": "A"}});
        let kept = mentioned(&["{{ngay_dai ngay_van_ban}}"]);
        assert_eq!(*kept.part_of(&data), json!({"nam": "2024", "ngay_van_ban": null}));
    }

    #[test]
    fn a_loop_without_a_name_keeps_everything() {
        let data = json!({"nam": "2024", "cum": {"ten": "A"}});
        assert_eq!(*mentioned(&["{{#each this}}", "{{/each}}"]).part_of(&data), data);
    }
}

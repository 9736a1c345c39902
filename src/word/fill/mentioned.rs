//! Which of the data a template speaks of, so that filling it copies no more than that.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::tag::{Block, Expression, Kind, Tag};

/// The names in the tags of a template, whatever they belong to: rather a name too many than one too few.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mentioned {
    Names(Names),
    /// A tag looks at something without a name, which may be everything.
    Everything,
}

/// The names that tags speak of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    all: BTreeSet<String>,
    /// Those of which not what is in them is asked for, but whether and what they are: all that is in them counts.
    whole: BTreeSet<String>,
    /// Those that a loop goes over: every entry counts, of which only what tags speak of.
    looped: BTreeSet<String>,
}

/// What a tag wants of the value it names.
#[derive(Clone, Copy)]
enum Asked {
    /// To print it.
    Value,
    /// To go through it.
    Entries,
    /// To know whether there is anything in it, or to give it to a helper.
    Whole,
}

impl Mentioned {
    pub fn in_tags<'a>(tags: impl Iterator<Item = &'a Tag>) -> Mentioned {
        let mut names = Names::default();
        for tag in tags {
            let Some(expression) = &tag.expression else { continue };
            let asked = match tag.kind {
                Kind::Open(Block::Each | Block::Columns) | Kind::ElseOpen(Block::Each | Block::Columns) => {
                    Asked::Entries
                }
                Kind::Open(_) | Kind::ElseOpen(_) => Asked::Whole,
                _ => Asked::Value,
            };
            if names.note(expression, asked).is_none() {
                return Mentioned::Everything;
            }
        }
        Mentioned::Names(names)
    }

    /// The data without what no tag speaks of. What stands in a later layer goes before what an earlier one has of the
    /// same name.
    pub fn part_of(&self, layers: &[&Value]) -> Value {
        let names = match self {
            Mentioned::Names(names) => Some(names),
            Mentioned::Everything => None,
        };
        let mut map = Map::new();
        for layer in layers {
            let Value::Object(entries) = layer else { return (*layer).clone() };
            for (name, value) in entries {
                match names {
                    None => drop(map.insert(name.clone(), value.clone())),
                    Some(names) if names.all.contains(name) => drop(map.insert(name.clone(), names.entry(name, value))),
                    Some(_) => {}
                }
            }
        }
        Value::Object(map)
    }
}

impl Names {
    /// Notes the names of a tag; none where one may be anything.
    fn note(&mut self, expression: &Expression, asked: Asked) -> Option<()> {
        match expression {
            Expression::Path(name) => {
                match (asked, name.segments.last()) {
                    (Asked::Value, _) => {}
                    (Asked::Entries, Some(last)) => drop(self.looped.insert(last.clone())),
                    (Asked::Whole, Some(last)) => drop(self.whole.insert(last.clone())),
                    (_, None) if name.local.is_none() => return None,
                    _ => {}
                }
                self.all.extend(name.segments.iter().cloned());
            }
            Expression::Literal(_) => {}
            Expression::Call(helper, parameters) => {
                // room for a date that is not set yet ends with the dossier's year
                if helper == "ngay_dai" {
                    self.all.insert("nam".into());
                }
                for parameter in parameters {
                    self.note(parameter, Asked::Whole)?;
                }
            }
        }
        Some(())
    }

    fn entry(&self, name: &str, value: &Value) -> Value {
        match value {
            Value::Object(_) if self.whole.contains(name) => value.clone(),
            Value::Object(entries) if self.looped.contains(name) => {
                Value::Object(entries.iter().map(|(name, value)| (name.clone(), self.entry(name, value))).collect())
            }
            _ => self.part_of(value),
        }
    }

    fn part_of(&self, value: &Value) -> Value {
        match value {
            Value::Object(entries) => {
                let wanted = entries.iter().filter(|(name, _)| self.all.contains(*name));
                Value::Object(wanted.map(|(name, value)| (name.clone(), self.entry(name, value))).collect())
            }
            Value::Array(items) => Value::Array(items.iter().map(|item| self.part_of(item)).collect()),
            other => other.clone(),
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
        assert_eq!(names.part_of(&[&data]), json!({"nam": "2024", "cum": {"ten": "A"}, "don_vi": [1, 2]}));
    }

    #[test]
    fn room_for_a_date_that_is_not_set_keeps_the_year() {
        let data = json!({"nam": "2024", "ngay_van_ban": null, "cum": {"ten": "A"}});
        let kept = mentioned(&["{{ngay_dai ngay_van_ban}}"]);
        assert_eq!(kept.part_of(&[&data]), json!({"nam": "2024", "ngay_van_ban": null}));
    }

    #[test]
    fn what_is_in_an_item_is_left_out_too_unless_it_is_asked_for_as_a_whole() {
        let data = json!({"don_vi": [{"ten": "A", "hang": 1, "nhom": {"I": 5}}, {"ten": "B", "hang": 2, "nhom": {}}]});
        let by_name = mentioned(&["{{#each don_vi}}", "{{ten}}", "{{nhom.ten}}", "{{/each}}"]);
        let expected = json!({"don_vi": [{"ten": "A", "nhom": {}}, {"ten": "B", "nhom": {}}]});
        assert_eq!(by_name.part_of(&[&data]), expected);
        for asked in ["{{#if nhom}}", "{{#with nhom}}", "{{#each nhom}}", "{{#cot nhom}}", "{{#if (khong nhom)}}"] {
            let part = mentioned(&["{{#each don_vi}}", asked]).part_of(&[&data]);
            assert_eq!(part, json!({"don_vi": [{"nhom": {"I": 5}}, {"nhom": {}}]}), "{asked}");
        }
    }

    #[test]
    fn a_loop_over_names_keeps_every_entry_and_of_each_what_is_spoken_of() {
        let data = json!({"tieu_chi": {"1.1": {"ten": "A", "diem": 5}, "1.2": {"ten": "B", "diem": 6}}});
        let names = mentioned(&["{{#each tieu_chi}}", "{{@key}}", "{{ten}}", "{{/each}}"]);
        assert_eq!(names.part_of(&[&data]), json!({"tieu_chi": {"1.1": {"ten": "A"}, "1.2": {"ten": "B"}}}));
    }

    #[test]
    fn a_later_layer_goes_before_an_earlier_one() {
        let (common, own) = (json!({"nam": "2024", "ky": "Cả năm"}), json!({"nam": "2025", "hang": 1}));
        assert_eq!(mentioned(&["{{nam}}", "{{ky}}"]).part_of(&[&common, &own]), json!({"nam": "2025", "ky": "Cả năm"}));
        let all = mentioned(&["{{#with this}}", "{{/with}}"]).part_of(&[&common, &own]);
        assert_eq!(all, json!({"nam": "2025", "ky": "Cả năm", "hang": 1}));
    }

    #[test]
    fn a_loop_without_a_name_keeps_everything() {
        let data = json!({"nam": "2024", "cum": {"ten": "A"}});
        assert_eq!(mentioned(&["{{#each this}}", "{{/each}}"]).part_of(&[&data]), data);
    }
}

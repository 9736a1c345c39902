//! Which of the data a template speaks of, so that no more than that is made and copied to fill it.

use super::assemble::Piece;
use super::tag::{Block, Expression, Kind, Name, Tag};
use crate::wanted::{Step, Wanted};

/// What the plans of a template's parts speak of.
pub fn wanted<'a>(plans: impl Iterator<Item = &'a [Piece]>, tags: &[Tag]) -> Wanted {
    let mut mentioned = Mentioned { tags, wanted: Wanted::default(), scopes: vec![Vec::new()] };
    plans.for_each(|pieces| mentioned.pieces(pieces));
    mentioned.wanted.settled()
}

struct Mentioned<'a> {
    tags: &'a [Tag],
    wanted: Wanted,
    /// The ways to what names stand on: the data, the item of a loop, the value of a `with`.
    scopes: Vec<Vec<Step>>,
}

impl Mentioned<'_> {
    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Raw(_) => {}
                Piece::Value(number) => self.value(&self.tags[*number]),
                Piece::Block { tag, body, otherwise } => {
                    self.block(&self.tags[*tag], body);
                    self.pieces(otherwise);
                }
            }
        }
    }

    fn value(&mut self, tag: &Tag) {
        match &tag.expression {
            Some(Expression::Path(name)) => {
                if let Some(way) = self.way(name) {
                    self.wanted.want(&way);
                }
            }
            Some(expression) => self.ask(expression),
            None => {}
        }
    }

    fn block(&mut self, tag: &Tag, body: &[Piece]) {
        let block = match tag.kind {
            Kind::Open(block) | Kind::ElseOpen(block) => block,
            _ => return,
        };
        let Some(expression) = &tag.expression else { return };
        if matches!(block, Block::If | Block::Unless) {
            self.ask(expression);
            return self.pieces(body);
        }
        let Expression::Path(name) = expression else { return self.wanted.want_everything() };
        let Some(mut way) = self.way(name) else { return self.wanted.want_everything() };
        match block {
            Block::With => self.wanted.ask(&way),
            _ => way.push(Step::Entry),
        }
        self.wanted.want(&way);
        self.scopes.push(way);
        self.pieces(body);
        self.scopes.pop();
    }

    /// Notes what a condition or a helper looks at: not what is in a value, but what it is.
    fn ask(&mut self, expression: &Expression) {
        match expression {
            Expression::Path(name) => {
                if let Some(way) = self.way(name) {
                    self.wanted.ask(&way);
                }
            }
            Expression::Literal(_) => {}
            Expression::Call(helper, parameters) => {
                // room for a date that is not set yet ends with the dossier's year
                if helper == "ngay_dai" {
                    self.wanted.want(&[Step::Name("nam".into())]);
                }
                parameters.iter().for_each(|parameter| self.ask(parameter));
            }
        }
    }

    /// The way to what a name stands for; none for a loop's own variable, and for a name that leads out of the data.
    fn way(&self, name: &Name) -> Option<Vec<Step>> {
        if name.local.is_some() {
            return None;
        }
        let depth = if name.from_root { 0 } else { (self.scopes.len() - 1).checked_sub(name.up)? };
        let mut way = self.scopes.get(depth)?.clone();
        way.extend(name.segments.iter().map(|segment| Step::Name(segment.clone())));
        Some(way)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tag::{Position, read_tag};
    use super::*;
    use serde_json::{Value, json};

    /// The plan of tags one behind the other.
    fn plan(tags: &[Tag], next: &mut usize) -> Vec<Piece> {
        let mut pieces = Vec::new();
        while let Some(tag) = tags.get(*next) {
            let number = *next;
            *next += 1;
            match tag.kind {
                Kind::Open(_) => {
                    let body = plan(tags, next);
                    pieces.push(Piece::Block { tag: number, body, otherwise: Vec::new() });
                }
                Kind::Close(_) => break,
                _ => pieces.push(Piece::Value(number)),
            }
        }
        pieces
    }

    fn part_of(data: &Value, tags: &[&str]) -> Value {
        let tags: Vec<Tag> = tags.iter().map(|tag| read_tag(tag, Position::default()).expect("a sound tag")).collect();
        wanted([plan(&tags, &mut 0).as_slice()].into_iter(), &tags).part_of(data)
    }

    #[test]
    fn only_what_the_tags_speak_of_is_kept() {
        let data = json!({"nam": "2024", "cum": {"ten": "A", "nam": 1}, "don_vi": [{"ten": 1}, 2], "xep_hang": [3]});
        let tags = ["{{#each don_vi}}", "{{../nam}}", "{{/each}}", "{{#if (va cum.ten nam)}}", "{{/if}}"];
        assert_eq!(part_of(&data, &tags), json!({"nam": "2024", "cum": {"ten": "A"}, "don_vi": [{}, 2]}));
    }

    #[test]
    fn room_for_a_date_that_is_not_set_keeps_the_year() {
        let data = json!({"nam": "2024", "ngay_van_ban": null, "cum": {"ten": "A"}});
        assert_eq!(part_of(&data, &["{{ngay_dai ngay_van_ban}}"]), json!({"nam": "2024", "ngay_van_ban": null}));
    }

    #[test]
    fn a_name_counts_where_it_stands() {
        let data = json!({
            "don_vi": [{"ten": "A", "diem": 1, "nhom": {"I": {"diem": 5, "ten": "x"}}}],
            "xep_hang": [{"ten": "A", "diem": 1, "nhom": {}}], "ten": "B", "cum": {"ten": "C", "diem": 3}
        });
        let tags = [
            "{{#each don_vi}}",
            "{{#with nhom.I}}",
            "{{/with}}",
            "{{#each nhom}}",
            "{{../ten}}",
            "{{/each}}",
            "{{/each}}",
            "{{#each xep_hang}}",
            "{{@root.cum.diem}}",
            "{{diem}}",
            "{{/each}}",
        ];
        let expected = json!({
            "don_vi": [{"ten": "A", "nhom": {"I": {"diem": 5, "ten": "x"}}}],
            "xep_hang": [{"diem": 1}], "cum": {"diem": 3}
        });
        assert_eq!(part_of(&data, &tags), expected);
    }

    #[test]
    fn a_thing_is_kept_whole_where_it_is_asked_whether_it_says_anything() {
        let data = json!({"don_vi": [{"nhom": {"I": 5}, "so": [{"a": 1}]}, {"nhom": {}, "so": []}]});
        for asked in ["{{#if nhom}}", "{{#with nhom}}", "{{#if (khong nhom)}}"] {
            let part = part_of(&data, &["{{#each don_vi}}", asked]);
            assert_eq!(part, json!({"don_vi": [{"nhom": {"I": 5}}, {"nhom": {}}]}), "{asked}");
        }
        let part = part_of(&data, &["{{#each don_vi}}", "{{#if so}}"]);
        assert_eq!(part, json!({"don_vi": [{"so": [{}]}, {"so": []}]}), "of a list only how long it is");
    }

    #[test]
    fn a_loop_over_names_keeps_every_entry_and_of_each_what_is_spoken_of() {
        let data = json!({"tieu_chi": {"1.1": {"ten": "A", "diem": 5}, "1.2": {"ten": "B", "diem": 6}}});
        let tags = ["{{#each tieu_chi}}", "{{@key}}", "{{ten}}", "{{/each}}", "{{tieu_chi.[1.2].diem}}"];
        assert_eq!(part_of(&data, &tags), json!({"tieu_chi": {"1.1": {"ten": "A"}, "1.2": {"ten": "B", "diem": 6}}}));
    }

    #[test]
    fn an_item_by_its_number_is_kept_with_the_others() {
        let data = json!({"don_vi": [{"ten": "A", "ma": "a"}, {"ten": "B", "ma": "b"}]});
        assert_eq!(part_of(&data, &["{{don_vi.[1].ten}}"]), json!({"don_vi": [{"ten": "A"}, {"ten": "B"}]}));
    }

    #[test]
    fn what_has_no_name_is_everything_in_it() {
        let data = json!({"nam": "2024", "cum": {"ten": "A"}});
        assert_eq!(part_of(&data, &["{{#if this}}", "{{/if}}"]), data);
        assert_eq!(part_of(&data, &["{{#with this}}", "{{/with}}"]), data);
        assert_eq!(part_of(&data, &["{{#each this}}", "{{/each}}"]), json!({"nam": "2024", "cum": {}}));
        assert_eq!(part_of(&data, &["{{#each this}}", "{{#if this}}", "{{/if}}", "{{/each}}"]), data);
    }
}

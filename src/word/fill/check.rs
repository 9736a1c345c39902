//! Checking the names of a template against the data, before anything is filled: all faults at once, in branches that
//! are not taken as well.
//!
//! A name must exist where it is used. Under a value that is there but empty every name is empty, not unknown. What a
//! loop holds is checked against its first item, or against all of them when filling has failed.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;

use super::assemble::Piece;
use super::fault::{Faults, Spot};
use super::helpers;
use super::limits::MOST_LOOKUPS;
use super::names::nearest;
use super::tag::{Block, Expression, Kind, Name, Tag};
use crate::chart::Chart;
use crate::finding::catalogue::template as codes;
use crate::wanted::{Sample, Wanted};

/// How many items of each list are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    First,
    All,
}

/// Checks one part's plan; faults are told.
pub fn check(pieces: &[Piece], tags: &[Tag], data: &Value, depth: Depth, faults: &mut Faults) {
    Checker::new(tags, data, depth, faults).pieces(pieces);
}

/// Checks the names of a file against each of some data. Where the file is well built, `wanted` is what it speaks of, and no more
/// than that is made; all of them only where a name is at fault that was not before, to tell what may stand in its place.
pub fn check_against(
    samples: &[Sample],
    wanted: Option<&Wanted>,
    faults: &mut Faults,
    check: impl Fn(&Value, &mut Faults),
) {
    let mut trial = faults.without_findings();
    for sample in samples {
        let told = trial.count();
        if let Some(wanted) = wanted {
            check(&sample(wanted), &mut trial);
        }
        if wanted.is_none() || trial.count() > told {
            check(&sample(Wanted::everything()), faults);
        }
    }
}

/// Checks the tags of a part whose blocks are at fault, so that it is not sure which of them stand in which loop: a name
/// is a fault only where no loop that may be around has it.
pub fn check_loosely(numbers: Range<usize>, tags: &[Tag], data: &Value, faults: &mut Faults) {
    let mut checker = Checker { loose: true, ..Checker::new(tags, data, Depth::First, faults) };
    let mut open: Vec<(String, usize)> = Vec::new();
    for tag in &tags[numbers] {
        match &tag.kind {
            Kind::Value => checker.value(tag),
            Kind::Open(block) | Kind::ElseOpen(block) => {
                if matches!(tag.kind, Kind::Open(_)) {
                    open.push((block.name().to_string(), checker.scopes.len()));
                }
                checker.open_loosely(*block, tag);
            }
            Kind::Unread(name) => {
                open.push((name.clone(), checker.scopes.len()));
                checker.scopes.push(Scope { value: None, turn: Some((0, 1)) });
            }
            Kind::Close(name) => {
                if let Some(at) = open.iter().rposition(|(own, _)| own == name) {
                    checker.scopes.truncate(open[at].1);
                    open.truncate(at);
                }
            }
            Kind::Else | Kind::Comment => {}
        }
    }
}

/// What a name stands on: the data, or an item of a loop.
#[derive(Clone, Copy)]
struct Scope<'a> {
    /// None where it is not known, in a damaged template: any name may be there.
    value: Option<&'a Value>,
    /// For an item of a loop: which, and of how many.
    turn: Option<(usize, usize)>,
}

struct Checker<'a> {
    tags: &'a [Tag],
    root: &'a Value,
    scopes: Vec<Scope<'a>>,
    depth: Depth,
    /// Names are looked for in all scopes.
    loose: bool,
    lookups: usize,
    faults: &'a mut Faults,
}

static EMPTY: Value = Value::Null;

impl<'a> Checker<'a> {
    fn new(tags: &'a [Tag], data: &'a Value, depth: Depth, faults: &'a mut Faults) -> Checker<'a> {
        let scopes = vec![Scope { value: Some(data), turn: None }];
        Checker { tags, root: data, scopes, depth, loose: false, lookups: 0, faults }
    }

    /// Enters a block of a damaged template.
    fn open_loosely(&mut self, block: Block, tag: &'a Tag) {
        let Some(expression) = &tag.expression else { return };
        if matches!(block, Block::If | Block::Unless) {
            self.evaluate(expression, tag);
            return;
        }
        let value = self.named(expression, tag);
        let (value, turn) = match (block, value) {
            (Block::With, value) => (value, None),
            (_, Some(Value::Array(items))) => (items.first(), Some((0, items.len()))),
            (_, Some(Value::Object(items))) => (items.values().next(), Some((0, items.len()))),
            _ => (None, Some((0, 1))),
        };
        self.scopes.push(Scope { value, turn });
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            if self.lookups > MOST_LOOKUPS {
                return;
            }
            match piece {
                Piece::Raw(_) => {}
                Piece::Value(number) => self.value(&self.tags[*number]),
                Piece::Block { tag, body, otherwise } => self.block(&self.tags[*tag], body, otherwise),
            }
        }
    }

    fn value(&mut self, tag: &'a Tag) {
        let Some(expression) = &tag.expression else { return };
        let Some(value) = self.evaluate(expression, tag) else { return };
        let things = match value.as_ref() {
            Value::Object(_) => true,
            Value::Array(items) => items.iter().any(|item| item.is_object() || item.is_array()),
            _ => false,
        };
        if things {
            let (what, way) = if value.is_array() {
                ("một danh sách", format!("{{{{#each {}}}}} … {{{{/each}}}}", tag_inside(tag)))
            } else {
                ("một nhóm giá trị", format!("một tên bên trong nó, chẳng hạn {{{{{}.ten}}}}", tag_inside(tag)))
            };
            let message = format!("{} là {what}, không in ra thành chữ được", tag.written);
            self.faults.at(&codes::WRONG_KIND, &Spot::of(tag), message).hint = format!("Dùng {way}.");
        }
        self.chart_in_cell(tag, value.as_ref());
    }

    /// A chart is drawn into a text; a cell of a workbook has no room for a drawing.
    fn chart_in_cell(&mut self, tag: &'a Tag, value: &Value) {
        if !self.faults.are_of_cells() || value.as_str().and_then(Chart::in_text).is_none() {
            return;
        }
        let message = format!("{} là một biểu đồ, không đặt được vào ô của trang tính", tag.written);
        self.faults.at(&codes::WRONG_KIND, &Spot::of(tag), message).hint =
            "Dùng Insert › Chart của Excel trên các ô số liệu của mẫu (vùng của biểu đồ tự dài theo vòng lặp); thẻ biểu đồ chỉ dùng trong mẫu Word.".into();
    }

    fn block(&mut self, tag: &'a Tag, body: &[Piece], otherwise: &[Piece]) {
        let Some(expression) = &tag.expression else { return };
        let block = match tag.kind {
            Kind::Open(block) | Kind::ElseOpen(block) => block,
            _ => return,
        };
        match block {
            Block::If | Block::Unless => {
                self.evaluate(expression, tag);
                self.pieces(body);
            }
            Block::With => {
                if let Some(value) = self.named(expression, tag)
                    && helpers::truthy(value)
                {
                    self.inside(Scope { value: Some(value), turn: None }, body);
                }
            }
            Block::Each | Block::Columns => self.each(expression, tag, body),
        }
        self.pieces(otherwise);
    }

    fn each(&mut self, expression: &'a Expression, tag: &'a Tag, body: &[Piece]) {
        let Some(list) = self.named(expression, tag) else { return };
        let items: Vec<&Value> = match list {
            Value::Array(items) => items.iter().collect(),
            Value::Object(items) => items.values().collect(),
            value if helpers::is_empty(value) => Vec::new(),
            _ => {
                let message = format!("“{}” trong {} không phải là danh sách", tag_inside(tag), tag.written);
                self.faults.at(&codes::WRONG_KIND, &Spot::of(tag), message).hint =
                    "Chỉ lặp trên danh sách như don_vi, xep_hang; để hỏi có hay không thì dùng {{#if …}}.".into();
                return;
            }
        };
        let looked_at = if self.depth == Depth::First { 1 } else { items.len() };
        let count = items.len();
        for (at, value) in items.into_iter().enumerate().take(looked_at) {
            self.inside(Scope { value: Some(value), turn: Some((at, count)) }, body);
        }
    }

    fn inside(&mut self, scope: Scope<'a>, body: &[Piece]) {
        self.scopes.push(scope);
        self.pieces(body);
        self.scopes.pop();
    }

    /// The value of a loop's or `with`'s parameter, which must be a name.
    fn named(&mut self, expression: &'a Expression, tag: &'a Tag) -> Option<&'a Value> {
        match expression {
            Expression::Path(name) if name.local.is_none() => self.look_up(name, tag),
            _ => {
                let message = format!("Sau {} phải là tên một danh sách hay một nhóm giá trị", tag.written);
                self.faults.at(&codes::WRONG_KIND, &Spot::of(tag), message);
                None
            }
        }
    }

    /// What an expression gives; none where a name in it is at fault, which is told.
    fn evaluate(&mut self, expression: &'a Expression, tag: &'a Tag) -> Option<Cow<'a, Value>> {
        match expression {
            Expression::Literal(value) => Some(Cow::Borrowed(value)),
            Expression::Path(name) if name.local.is_some() => self.local(name, tag).map(Cow::Owned),
            Expression::Path(name) => self.look_up(name, tag).map(Cow::Borrowed),
            Expression::Call(helper, parameters) => {
                let values: Vec<Option<Cow<Value>>> =
                    parameters.iter().map(|parameter| self.evaluate(parameter, tag)).collect();
                let values: Vec<Cow<Value>> = values.into_iter().collect::<Option<_>>()?;
                let values: Vec<&Value> = values.iter().map(Cow::as_ref).collect();
                Some(Cow::Owned(helpers::compute(helper, &values, self.root)))
            }
        }
    }

    fn local(&mut self, name: &Name, tag: &Tag) -> Option<Value> {
        let mut around = self.scopes.iter().rev().skip(name.up);
        let turn = if self.loose { around.find_map(|scope| scope.turn) } else { around.next().and_then(|s| s.turn) };
        let known = ["index", "tt", "first", "last", "key"];
        let local = name.local.as_deref().unwrap_or_default();
        match (turn, local) {
            (Some((at, _)), "index") => Some(at.into()),
            (Some((at, _)), "tt") => Some((at + 1).into()),
            (Some((at, _)), "first") => Some((at == 0).into()),
            (Some((at, count)), "last") => Some((at + 1 == count).into()),
            (Some(_), "key") => Some("".into()),
            _ => {
                let spot = Spot::of(tag);
                let message = if known.contains(&local) {
                    format!("{} chỉ có nghĩa ngay trong một {{{{#each}}}}", tag.written)
                } else {
                    format!("Không có thẻ @{local}")
                };
                self.faults.at(&codes::UNKNOWN, &spot, message).expected =
                    Some("@index, @tt, @first, @last hoặc @key".into());
                None
            }
        }
    }

    fn look_up(&mut self, name: &Name, tag: &Tag) -> Option<&'a Value> {
        self.lookups += 1;
        let depth = self.scopes.len() - 1;
        if self.loose {
            return self.look_up_loosely(name, tag);
        }
        if name.up > depth {
            let message = format!("{} có nhiều ../ hơn số vòng lặp bao quanh ({depth})", tag.written);
            self.faults.at(&codes::UNKNOWN, &Spot::of(tag), message);
            return None;
        }
        let holder = if name.from_root { self.root } else { self.scopes[depth - name.up].value? };
        match follow(holder, &name.segments) {
            Ok(value) => Some(value),
            Err((at, holder)) => {
                self.unknown(name, tag, at, holder);
                None
            }
        }
    }

    /// The name in the innermost scope that has it; told where all scopes are known and none has it.
    fn look_up_loosely(&mut self, name: &Name, tag: &Tag) -> Option<&'a Value> {
        let scopes: Vec<Option<&'a Value>> = self.scopes.iter().rev().map(|scope| scope.value).collect();
        let found = scopes.iter().flatten().find_map(|holder| follow(holder, &name.segments).ok());
        if found.is_none() && scopes.iter().all(Option::is_some) {
            // the scope that knows most of the name knows what it was meant to be
            let missed = scopes.iter().flatten().filter_map(|holder| follow(holder, &name.segments).err());
            if let Some((at, holder)) = missed.max_by_key(|(at, _)| *at) {
                self.unknown(name, tag, at, holder);
            }
        }
        found
    }

    fn unknown(&mut self, name: &Name, tag: &Tag, at: usize, holder: &Value) {
        let segment = &name.segments[at];
        let own: Vec<&str> = keys(holder);
        // the whole name, where it begins, may be meant for a scope further out
        let outer = (at == 0 && !name.from_root).then(|| self.outer(name, segment)).flatten();
        let near = outer.or_else(|| nearest(segment, own.iter().copied()).map(str::to_string));
        let near = near.or_else(|| {
            let all = self.scopes.iter().rev().skip(name.up + 1).enumerate();
            let mut candidates =
                all.flat_map(|(up, scope)| scope.value.map(keys).into_iter().flatten().map(move |key| (up, key)));
            candidates.find_map(|(up, key)| {
                (at == 0)
                    .then(|| nearest(segment, [key].into_iter()))
                    .flatten()
                    .map(|key| format!("{}{key}", "../".repeat(up + 1)))
            })
        });
        let inside = if at == 0 { String::new() } else { format!(" trong “{}”", name.segments[..at].join(".")) };
        let message = format!("Không có thẻ “{segment}”{inside} như trong {}", tag.written);
        let finding = self.faults.at(&codes::UNKNOWN, &Spot::of(tag), message);
        if !own.is_empty() {
            let more = if own.len() > 24 { ", …" } else { "" };
            let shown: Vec<&str> = own.into_iter().take(24).collect();
            finding.expected = Some(format!("một trong: {}{more}", shown.join(", ")));
        }
        if let Some(near) = near {
            finding.hint = format!("Có phải ý là {near}? Sửa lại tên thẻ trong tệp mẫu rồi chạy lại.");
        } else if name.segments.first().is_some_and(|first| first == "van_ban") {
            finding.hint = format!(
                "Thêm một dòng có Mục tương ứng với “{segment}” vào trang tính Văn bản của hồ sơ, hoặc bỏ thẻ này."
            );
        }
    }

    /// The name as it would have to be written to reach a scope further out that has it.
    fn outer(&self, name: &Name, segment: &str) -> Option<String> {
        let mut scopes = self.scopes.iter().rev().skip(name.up + 1).enumerate();
        scopes.find_map(|(up, scope)| {
            let has = scope.value.and_then(Value::as_object).is_some_and(|object| object.contains_key(segment));
            has.then(|| format!("{}{}", "../".repeat(name.up + up + 1), name.segments.join(".")))
        })
    }
}

/// The value at the end of the segments, or the first segment that is missing and what it is missing from. Under an
/// empty value every name is empty.
pub fn follow<'a>(holder: &'a Value, segments: &[String]) -> Result<&'a Value, (usize, &'a Value)> {
    let mut value = holder;
    for (at, segment) in segments.iter().enumerate() {
        let next = match value {
            Value::Object(object) => object.get(segment),
            Value::Array(list) => segment.parse().ok().and_then(|index: usize| list.get(index)),
            empty if helpers::is_empty(empty) => return Ok(&EMPTY),
            _ => None,
        };
        value = next.ok_or((at, value))?;
    }
    Ok(value)
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().map(|object| object.keys().map(String::as_str).collect()).unwrap_or_default()
}

/// The name inside a tag: `xep_hang` of `{{#each xep_hang}}`.
fn tag_inside(tag: &Tag) -> &str {
    match &tag.expression {
        Some(Expression::Path(name)) => &name.written,
        _ => &tag.written,
    }
}

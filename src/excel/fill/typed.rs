//! A value as a cell takes it: a number or a date where the whole cell is one, and how it is to look.

use chrono::NaiveDate;
use handlebars::template::{Parameter, TemplateElement};
use rust_decimal::Decimal;

use super::mark::mark;
use crate::word::fill::gather::tag_node;
use crate::word::fill::helpers::{TYPED, TYPED_MARK};
use crate::word::fill::tag::{Expression, Kind, Tag};
use crate::word::xml::Element;

/// A number or a date (as Excel counts it).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Figure {
    Number(Decimal),
    Date(NaiveDate),
}

/// How a value was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// `{{tong}}`
    Bare,
    /// `{{so tong}}`, `{{so tong 2}}`
    Grouped,
    /// `{{phan_tram ty_le}}`
    Percent,
    /// `{{ngay han_nop}}`
    Date,
}

impl Manner {
    const ALL: [Manner; 4] = [Manner::Bare, Manner::Grouped, Manner::Percent, Manner::Date];

    fn of(tag: &Tag) -> Option<Manner> {
        match &tag.expression {
            Some(Expression::Path(_)) => Some(Manner::Bare),
            Some(Expression::Call(name, _)) => match name.as_str() {
                "so" => Some(Manner::Grouped),
                "phan_tram" => Some(Manner::Percent),
                "ngay" => Some(Manner::Date),
                _ => None,
            },
            _ => None,
        }
    }

    fn number(self) -> u32 {
        Self::ALL.iter().position(|own| *own == self).map_or(0, |at| at as u32)
    }

    pub(super) fn by_number(number: u32) -> Manner {
        Self::ALL.get(number as usize).copied().unwrap_or(Manner::Bare)
    }
}

/// Puts a tag into the tree. A value that may be a number comes twice: for a cell of its own, then as words.
pub(super) fn push(number: usize, tags: &mut Vec<Tag>, tree: &mut Element) {
    let tag = &tags[number];
    let typed = Manner::of(tag).filter(|_| tag.kind == Kind::Value).and_then(|manner| Some((manner, typed(tag)?)));
    let Some((manner, typed)) = typed else {
        tree.children.push(tag_node(number));
        return;
    };
    tags.push(typed);
    tree.children.push(mark('v', &[manner.number()]));
    tree.children.push(tag_node(tags.len() - 1));
    tree.children.push(mark('w', &[]));
    tree.children.push(tag_node(number));
    tree.children.push(mark('z', &[]));
}

/// The same tag, giving a cell its value.
fn typed(tag: &Tag) -> Option<Tag> {
    let mut tag = tag.clone();
    let Some(TemplateElement::Expression(helper)) = &mut tag.element else { return None };
    helper.name = Parameter::Name(TYPED.into());
    helper.params.truncate(1);
    Some(tag)
}

/// What [`TYPED`] gave, if it is a number or a date.
pub(super) fn read(given: &str) -> Option<Figure> {
    let plain = given.strip_prefix(TYPED_MARK)?;
    match plain.parse() {
        Ok(number) => Some(Figure::Number(number)),
        Err(_) => NaiveDate::parse_from_str(plain, "%Y-%m-%d").ok().map(Figure::Date),
    }
}

/// The number of a date as workbooks that count from 1900 hold it.
pub(super) fn serial(date: NaiveDate) -> i64 {
    NaiveDate::from_ymd_opt(1899, 12, 30).map_or(0, |first| (date - first).num_days())
}

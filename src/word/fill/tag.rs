//! One tag: finding it in a text, straightening what Word did to it, and reading it.
//!
//! Handlebars reads the inside of each tag on its own, so that every fault has its place. What stands between tags
//! never reaches its grammar. Structure (which loop holds what) is the business of `arrange`.

use std::sync::Arc;

use handlebars::template::{HelperTemplate, Parameter, TemplateElement};
use handlebars::{Path, PathSeg};

use super::expression;
use super::helpers::{self, PRINT};
use super::limits::{LONGEST_TAG, MOST_BRACKETS};

/// A block: what stands after `#`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    Each,
    If,
    Unless,
    With,
    /// `{{#cot …}}`: repeats table cells sideways.
    Columns,
}

impl Block {
    const ALL: [(&'static str, Block); 5] = [
        ("each", Block::Each),
        ("if", Block::If),
        ("unless", Block::Unless),
        ("with", Block::With),
        ("cot", Block::Columns),
    ];

    pub fn of(name: &str) -> Option<Block> {
        Self::ALL.iter().find(|(own, _)| *own == name).map(|(_, block)| *block)
    }

    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, block)| *block == self).map_or("", |(name, _)| name)
    }

    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().map(|(name, _)| *name)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Value,
    Open(Block),
    Else,
    /// `{{else if …}}`: ends one branch and opens a block inside the other.
    ElseOpen(Block),
    /// The name after `/`, which may be empty.
    Close(String),
    Comment,
    /// An opening tag that could not be read, by the name after `#`: it keeps its partner from looking orphaned.
    Unread(String),
}

/// What a tag asks for, in our own terms, for checking names before anything is filled.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    Path(Name),
    Literal(serde_json::Value),
    Call(String, Vec<Expression>),
}

/// A name in a tag: `../cum.ten`, `@index`, `tieu_chi.[3.1]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub written: String,
    /// How many `../` stand before it.
    pub up: usize,
    /// Begins with `@root`.
    pub from_root: bool,
    /// The loop's own variable: `index` of `@index`.
    pub local: Option<String>,
    pub segments: Vec<String>,
}

/// A tag that has been read.
#[derive(Clone, Debug)]
pub struct Tag {
    /// As users see it, braces and all, after straightening.
    pub written: String,
    pub kind: Kind,
    /// None for `{{else}}`, closing tags and comments.
    pub expression: Option<Expression>,
    /// How Handlebars reads it; a block's body still empty.
    pub element: Option<TemplateElement>,
    /// What users call the part that it stands in.
    pub part: Arc<str>,
    /// Number of its paragraph in its part, from one.
    pub paragraph: usize,
    /// The words around it.
    pub around: String,
}

impl Tag {
    /// Whether it rules other text rather than prints a value.
    pub fn is_block(&self) -> bool {
        self.kind != Kind::Value
    }
}

/// Why a tag cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misread {
    /// `{{{`, `{{&`, `{{>`, `{{*`: raw text or other templates.
    Forbidden,
    Syntax(String),
    UnknownHelper(String),
    /// The helper's name and how many parameters it takes.
    WrongCount(String, String),
    TooLong,
}

/// Byte ranges of the tags in a text; `Err` holds where a tag opens that does not close, or a stray `}}`.
pub fn find_tags(text: &str) -> Vec<Result<std::ops::Range<usize>, std::ops::Range<usize>>> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut long_comments = true;
    while let Some(start) = text[from..].find("{{").map(|at| from + at) {
        if let Some(stray) = text[from..start].find("}}") {
            found.push(Err(from + stray..from + stray + 2));
        }
        let comment = text[start..].starts_with("{{!--") && long_comments;
        let long_end = if comment { text[start..].find("--}}") } else { None };
        // looked for once only: without this, many openings and no end would cost a pass over the text each
        long_comments &= !comment || long_end.is_some();
        let (close, length) = if long_end.is_some() { ("--}}", 4) } else { ("}}", 2) };
        let next_open = text[start + 2..].trim_start_matches('{').find("{{").map(|_| ());
        let Some(end) = text[start..].find(close).map(|at| start + at + length) else {
            found.push(Err(start..text.len()));
            return found;
        };
        // an opening brace pair inside means that the first one was never closed
        let inner = text[start + 2..end].trim_start_matches('{');
        if next_open.is_some() && long_end.is_none() && inner.contains("{{") {
            let again = end - inner.len() + inner.find("{{").unwrap_or(0);
            found.push(Err(start..again));
            from = again;
            continue;
        }
        let end = if text[start..].starts_with("{{{") && text[end..].starts_with('}') { end + 1 } else { end };
        found.push(Ok(start..end));
        from = end;
    }
    if let Some(stray) = text[from..].find("}}") {
        found.push(Err(from + stray..from + stray + 2));
    }
    found
}

/// Takes back what Word's typing aids do inside a tag: curly quotes, special spaces and hyphens, invisible characters.
pub fn straighten(tag: &str) -> String {
    tag.chars()
        .filter_map(|character| match character {
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' => Some('"'),
            '‘' | '’' | '‚' | '‛' | '′' => Some('\''),
            '\u{2010}' | '\u{2011}' => Some('-'),
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => None,
            other if other.is_whitespace() => Some(' '),
            other => Some(other),
        })
        .collect()
}

/// Where a tag stands.
#[derive(Clone, Debug, Default)]
pub struct Position {
    pub part: Arc<str>,
    pub paragraph: usize,
    pub around: String,
}

/// A tag that could not be read or is torn, where it opens or closes a block all the same.
pub fn broken_block(written: &str, position: Position) -> Option<Tag> {
    let inner = written.trim_start_matches('{').trim_start_matches('~').trim_start();
    let name = |rest: &str| -> String { rest.trim_start().chars().take_while(|c| c.is_alphanumeric()).collect() };
    let kind = match inner.chars().next()? {
        '#' => Kind::Unread(name(&inner[1..])),
        '/' => Kind::Close(name(&inner[1..])),
        _ => return None,
    };
    Some(tag_of(written, (kind, None, None), position))
}

fn tag_of(written: &str, (kind, expression, element): Reading, position: Position) -> Tag {
    let Position { part, paragraph, around } = position;
    Tag { written: written.to_string(), kind, expression, element, part, paragraph, around }
}

/// Reads a straightened tag, braces included.
pub fn read_tag(written: &str, position: Position) -> Result<Tag, Misread> {
    if written.len() > LONGEST_TAG {
        return Err(Misread::TooLong);
    }
    if written.starts_with("{{{") {
        return Err(Misread::Forbidden);
    }
    let inner = written.trim_start_matches("{{").trim_end_matches("}}");
    let reading = if inner.starts_with('!') {
        (Kind::Comment, None, None)
    } else {
        read_inner(inner.trim().trim_matches('~').trim())?
    };
    Ok(tag_of(written, reading, position))
}

type Reading = (Kind, Option<Expression>, Option<TemplateElement>);

fn read_inner(inner: &str) -> Result<Reading, Misread> {
    let brackets = inner.chars().fold((0_usize, 0_usize), |(now, most), character| match character {
        '(' => (now + 1, most.max(now + 1)),
        ')' => (now.saturating_sub(1), most),
        _ => (now, most),
    });
    if brackets.1 > MOST_BRACKETS {
        return Err(Misread::TooLong);
    }
    if let Some(rest) = inner.strip_prefix('/') {
        return Ok((Kind::Close(rest.trim().to_string()), None, None));
    }
    if inner == "else" || inner == "^" {
        return Ok((Kind::Else, None, None));
    }
    if let Some(rest) = inner.strip_prefix('#') {
        let rest = rest.trim_start();
        if rest.starts_with(['>', '*', '&']) {
            return Err(Misread::Forbidden);
        }
        let (block, expression, element) = read_block(rest)?;
        return Ok((Kind::Open(block), Some(expression), Some(element)));
    }
    if let Some(rest) = inner.strip_prefix("else ") {
        let (block, expression, element) = read_block(rest.trim_start())?;
        if block == Block::Columns {
            return Err(Misread::Syntax("{{else cot …}} không có nghĩa".into()));
        }
        return Ok((Kind::ElseOpen(block), Some(expression), Some(element)));
    }
    if inner.starts_with(['>', '*', '&', '{']) {
        return Err(Misread::Forbidden);
    }
    read_value(inner)
}

/// Reads `each don_vi`; the block's body is put in later.
fn read_block(inner: &str) -> Result<(Block, Expression, TemplateElement), Misread> {
    let (name, rest) = inner.split_once(' ').unwrap_or((inner, ""));
    let block = Block::of(name).ok_or_else(|| Misread::UnknownHelper(format!("#{name}")))?;
    if rest.trim().is_empty() {
        return Err(Misread::WrongCount(format!("#{name}"), "đúng một tham số".into()));
    }
    let engine = if block == Block::Columns { "each" } else { block.name() };
    let parameters = upward_locals(rest);
    let element = match expression::block(engine, &parameters) {
        Some(element) => element,
        None => one_element(&format!("{{{{#{engine} {parameters}}}}}{{{{/{engine}}}}}"))?,
    };
    let TemplateElement::HelperBlock(helper) = &element else {
        return Err(Misread::Syntax("thẻ mở không đọc được".into()));
    };
    if helper.block_param.is_some() || !helper.hash.is_empty() {
        return Err(Misread::Syntax("không dùng “as |…|” và “tên=giá trị” trong thẻ".into()));
    }
    let [parameter] = helper.params.as_slice() else {
        return Err(Misread::WrongCount(format!("#{name}"), "đúng một tham số".into()));
    };
    let expression = read_parameter(parameter)?;
    Ok((block, expression, element))
}

fn read_value(inner: &str) -> Result<Reading, Misread> {
    let inner = upward_locals(if inner == "." { "this" } else { inner });
    let element = printing(&inner)?;
    let TemplateElement::Expression(helper) = &element else { return Err(Misread::Forbidden) };
    if !helper.hash.is_empty() {
        return Err(Misread::Syntax("không dùng “tên=giá trị” trong thẻ".into()));
    }
    let expression = read_call(helper)?;
    // a bare name goes through our own printing, which knows figures, dates, yes and no, and lists of words
    let element = match &expression {
        Expression::Path(_) => printing(&format!("{PRINT} {inner}"))?,
        _ => element,
    };
    Ok((Kind::Value, Some(expression), Some(element)))
}

/// `../@index` is what people write; Handlebars wants `@../index`.
fn upward_locals(inner: &str) -> String {
    let Some(at) = inner.find("../@") else { return inner.to_string() };
    let mut start = at;
    while inner[..start].ends_with("../") {
        start -= 3;
    }
    let ups = &inner[start..at + 3];
    let rest = upward_locals(&inner[at + 4..]);
    if rest.starts_with("root") {
        format!("{}@{rest}", &inner[..start])
    } else {
        format!("{}@{ups}{rest}", &inner[..start])
    }
}

/// The element that prints what stands in a tag.
fn printing(inner: &str) -> Result<TemplateElement, Misread> {
    expression::value(inner).map_or_else(|| one_element(&format!("{{{{{inner}}}}}")), Ok)
}

fn one_element(source: &str) -> Result<TemplateElement, Misread> {
    let mut template = handlebars::Template::compile(source).map_err(|_| {
        Misread::Syntax(
            "dấu ngoặc, dấu nháy hay khoảng trắng sai chỗ; số lẻ trong thẻ viết bằng dấu chấm (97.5)".into(),
        )
    })?;
    match (template.elements.pop(), template.elements.is_empty()) {
        (Some(element), true) => Ok(element),
        _ => Err(Misread::Syntax("thẻ chứa nhiều hơn một lệnh".into())),
    }
}

fn read_call(helper: &HelperTemplate) -> Result<Expression, Misread> {
    let name = match &helper.name {
        Parameter::Name(name) => name.clone(),
        Parameter::Path(path) => {
            let name = read_name(path);
            if !helper.params.is_empty() {
                return Err(Misread::UnknownHelper(name.written));
            }
            if helpers::find(&name.written).is_none() {
                return Ok(Expression::Path(name));
            }
            name.written
        }
        _ => return Err(Misread::Syntax("thẻ phải bắt đầu bằng một tên".into())),
    };
    let Some(known) = helpers::find(&name) else { return Err(Misread::UnknownHelper(name)) };
    if !(known.least..=known.most).contains(&helper.params.len()) {
        return Err(Misread::WrongCount(name, known.count_in_words()));
    }
    let parameters: Result<Vec<Expression>, Misread> = helper.params.iter().map(read_parameter).collect();
    Ok(Expression::Call(name, parameters?))
}

fn read_parameter(parameter: &Parameter) -> Result<Expression, Misread> {
    match parameter {
        Parameter::Path(path) => Ok(Expression::Path(read_name(path))),
        Parameter::Literal(value) => Ok(Expression::Literal(value.clone())),
        Parameter::Subexpression(inner) => match inner.as_element() {
            TemplateElement::Expression(helper) if helper.hash.is_empty() => read_call(helper),
            _ => Err(Misread::Syntax("phần trong ngoặc không đọc được".into())),
        },
        _ => Err(Misread::Syntax("tham số không đọc được".into())),
    }
}

fn read_name(path: &Path) -> Name {
    match path {
        Path::Local((up, name, written)) => Name {
            written: written.clone(),
            up: *up,
            from_root: false,
            local: Some(name.clone()),
            segments: Vec::new(),
        },
        Path::Relative((segments, written)) => {
            let start = written.trim_start_matches("this.").trim_start_matches("./");
            let up = start.split('/').take_while(|step| *step == "..").count();
            let segments = segments
                .iter()
                .filter_map(|segment| match segment {
                    PathSeg::Named(name) => Some(name.clone()),
                    _ => None,
                })
                .collect();
            Name { written: written.clone(), up, from_root: start.starts_with("@root"), local: None, segments }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Tag, Misread> {
        read_tag(&straighten(text), Position::default())
    }

    #[test]
    fn tags_are_found_and_what_is_torn_is_told() {
        let text = "a {{x}} b {{#if (bang x \"}\")}}c {{{y}}} d }} e {{z {{t}} {{u";
        let found: Vec<Result<&str, &str>> = find_tags(text)
            .into_iter()
            .map(|range| match range {
                Ok(range) => Ok(&text[range]),
                Err(range) => Err(&text[range]),
            })
            .collect();
        let expected =
            [Ok("{{x}}"), Ok("{{#if (bang x \"}\")}}"), Ok("{{{y}}}"), Err("}}"), Err("{{z "), Ok("{{t}}"), Err("{{u")];
        assert_eq!(found, expected);
        assert!(find_tags("một {ngoặc} thường").is_empty());
    }

    #[test]
    fn what_word_types_into_a_tag_is_straightened() {
        let tag = read("{{#if\u{a0}(bang xep_loai “Xuất sắc”)}}").expect("a good tag");
        assert_eq!(tag.kind, Kind::Open(Block::If));
        let Some(Expression::Call(name, parameters)) = tag.expression else { panic!("a condition") };
        assert_eq!((name.as_str(), parameters.len()), ("bang", 2));
        assert_eq!(parameters[1], Expression::Literal("Xuất sắc".into()));
        assert_eq!(read("{{te\u{200b}n}}").expect("a good tag").written, "{{ten}}");
    }

    #[test]
    fn names_are_taken_apart() {
        for (text, up, segments) in [
            ("{{nam}}", 0, vec!["nam"]),
            ("{{../cum.ten}}", 1, vec!["cum", "ten"]),
            ("{{../../nam}}", 2, vec!["nam"]),
            ("{{tieu_chi.[3.1].diem}}", 0, vec!["tieu_chi", "3.1", "diem"]),
            ("{{this.ten}}", 0, vec!["ten"]),
            ("{{this}}", 0, vec![]),
        ] {
            let Some(Expression::Path(name)) = read(text).expect(text).expression else { panic!("{text} is a name") };
            assert_eq!((name.up, name.segments), (up, segments.into_iter().map(String::from).collect()), "{text}");
        }
        let Some(Expression::Path(name)) = read("{{../@index}}").expect("a good tag").expression else {
            panic!("a name")
        };
        assert_eq!((name.up, name.local.as_deref()), (1, Some("index")));
    }

    #[test]
    fn raw_output_and_other_templates_are_forbidden() {
        for text in ["{{{x}}}", "{{& x}}", "{{> x}}", "{{*inline x}}", "{{#>x}}", "{{#*inline \"x\"}}"] {
            assert_eq!(read(text).err(), Some(Misread::Forbidden), "{text}");
        }
    }

    #[test]
    fn helpers_are_known_by_name_and_count() {
        assert!(matches!(read("{{xx y}}").err(), Some(Misread::UnknownHelper(name)) if name == "xx"));
        assert!(matches!(read("{{#lap y}}").err(), Some(Misread::UnknownHelper(name)) if name == "#lap"));
        assert!(matches!(read("{{so}}").err(), Some(Misread::WrongCount(name, _)) if name == "so"));
        assert!(matches!(read("{{#if (xx y)}}").err(), Some(Misread::UnknownHelper(_))));
        assert!(matches!(read("{{#if}}").err(), Some(Misread::WrongCount(..))));
        for text in ["{{ten ten}}}", "{{so 97,5}}", "{{}}", "{{\"x\"}}", "{{#each a as |b|}}"] {
            assert!(read(text).is_err(), "{text}");
        }
        assert_eq!(read(&format!("{{{{{}x{}}}}}", "(so ".repeat(30), ")".repeat(30))).err(), Some(Misread::TooLong));
    }
}

//! Reading what stands in most tags by hand: `so tong 2`, `../cum.ten`, `if (va da_nop (lon_hon tong 90))`.
//!
//! Handlebars reads the same with a grammar that takes longer than all the rest of a template. What is not plain here
//! is left to it, faults above all; a test holds the two together.

use std::collections::HashMap;

use handlebars::template::{Parameter, Subexpression, TemplateElement};
use handlebars::{Path, PathSeg, Template};

/// The element of a tag that prints: a name, or a helper with its parameters. None where it is not plain.
pub fn value(inner: &str) -> Option<TemplateElement> {
    let (name, parameters) = inner.split_once(' ').unwrap_or((inner, ""));
    if parameters.trim().is_empty() {
        return Some(element(Parameter::Path(path(name)?), Vec::new()));
    }
    let name = Parameter::Name(identifier(name)?.to_string());
    Some(element(name, all(parameters)?))
}

/// The element of a tag that opens a block, which is empty so far. None where it is not plain.
pub fn block(name: &str, parameters: &str) -> Option<TemplateElement> {
    let name = Parameter::Name(identifier(name)?.to_string());
    let TemplateElement::Expression(mut helper) = element(name, all(parameters)?) else { return None };
    helper.block = true;
    helper.template = Some(Template::new());
    Some(TemplateElement::HelperBlock(helper))
}

fn element(name: Parameter, parameters: Vec<Parameter>) -> TemplateElement {
    *Subexpression::new(name, parameters, HashMap::new()).element
}

fn all(text: &str) -> Option<Vec<Parameter>> {
    let mut rest = text.trim();
    let mut parameters = Vec::new();
    while !rest.is_empty() {
        let (parameter, after) = parameter(rest)?;
        parameters.push(parameter);
        rest = after.trim_start();
    }
    Some(parameters)
}

/// The first parameter of a text, and what comes behind it.
fn parameter(text: &str) -> Option<(Parameter, &str)> {
    if let Some(inner) = text.strip_prefix('(') {
        return call(inner);
    }
    if let Some(inner) = text.strip_prefix('"') {
        let (literal, after) = inner.split_once('"')?;
        let is_plain =
            !literal.contains(['\\', '\n', '\r', '\t']) && (after.is_empty() || after.starts_with([' ', ')']));
        return is_plain.then(|| (Parameter::Literal(literal.into()), after));
    }
    let (word, after) = text.split_at(text.find([' ', ')']).unwrap_or(text.len()));
    let parameter = match number(word) {
        true => Parameter::Literal(serde_json::from_str(word).ok()?),
        false => Parameter::Path(path(word)?),
    };
    Some((parameter, after))
}

/// A helper with its parameters up to the bracket that closes it, and what comes behind that.
fn call(text: &str) -> Option<(Parameter, &str)> {
    let (name, mut rest) = text.split_once(' ')?;
    let name = Parameter::Name(identifier(name)?.to_string());
    let mut parameters = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix(')') {
            let is_apart = after.is_empty() || after.starts_with([' ', ')']);
            let call = Subexpression::new(name, parameters, HashMap::new());
            return (is_apart && !call.params()?.is_empty()).then_some((Parameter::Subexpression(call), after));
        }
        let (parameter, after) = parameter(rest)?;
        parameters.push(parameter);
        rest = after;
    }
}

/// `90`, `-3`, `97.5`.
fn number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let positive = word.strip_prefix('-').unwrap_or(word);
    positive.split_once('.').map_or_else(|| digits(positive), |(whole, part)| digits(whole) && digits(part))
}

/// A name of letters, digits and low lines that is no word of the language.
fn identifier(word: &str) -> Option<&str> {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let is_plain = word.bytes().all(is_letter) && word.bytes().next().is_some_and(|first| !first.is_ascii_digit());
    (is_plain && !matches!(word, "as" | "else" | "true" | "false" | "null")).then_some(word)
}

/// `ten`, `cum.ten`, `../cum.ten`, `@index`, `@root.nam`.
fn path(word: &str) -> Option<Path> {
    let mut names = word.strip_prefix('@').unwrap_or(word);
    while let Some(inner) = names.strip_prefix("../") {
        names = inner;
    }
    let steps: Option<Vec<&str>> = names.split('.').map(identifier).collect();
    if names.len() < word.len() {
        return steps.and_then(|_| Path::parse(word).ok());
    }
    let steps = steps?.into_iter().filter(|step| *step != "this").map(|step| PathSeg::Named(step.to_string()));
    Some(Path::Relative((steps.collect(), word.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::compose;
    use crate::word::fill::tag::{Kind, Position, find_tags, read_tag, straighten};
    use std::collections::BTreeSet;

    /// As Handlebars reads it; the body of a block does not count.
    fn by_grammar(source: &str) -> Option<TemplateElement> {
        let element = Template::compile(source).ok()?.elements.pop()?;
        Some(match element {
            TemplateElement::HelperBlock(mut helper) => {
                helper.template = Some(Template::new());
                TemplateElement::HelperBlock(helper)
            }
            other => other,
        })
    }

    #[test]
    fn plain_tags_are_read_as_handlebars_reads_them() {
        let values = [
            "ten",
            "cum.ten",
            "this",
            "this.ten",
            "../ten",
            "../../cum.ten",
            "@index",
            "@../index",
            "@root.nam",
            "so tong",
            "so tong 2",
            "so tong -2",
            "so tong 97.5",
            "in ../cum.ten",
            "in this",
            "bang ten \"Xuất sắc (A)\"",
            "so (so tong 2)",
            "va  ten (hoac a (khong b) \"\") @first",
            "so 0",
            "ngay_dai ngay_van_ban nam ",
        ];
        for inner in values {
            let own = value(inner).unwrap_or_else(|| panic!("{inner} is plain"));
            assert_eq!(Some(own), by_grammar(&format!("{{{{{inner}}}}}")), "{inner}");
        }
        for (name, parameters) in
            [("each", "don_vi"), ("if", "(lon_hon tong 90)"), ("unless", "@last"), ("with", "../a.b")]
        {
            let own = block(name, parameters).unwrap_or_else(|| panic!("{parameters} is plain"));
            assert_eq!(Some(own), by_grammar(&format!("{{{{#{name} {parameters}}}}}{{{{/{name}}}}}")), "{parameters}");
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_handlebars() {
        for inner in [
            "",
            ".",
            "..",
            "a.",
            ".a",
            "a..b",
            "a/b",
            "a b=1",
            "so \"x",
            "so \"a\\n\"",
            "so \"a\"b",
            "so (khong)",
            "so (khong a)b",
            "so (khong a",
            "so a)",
            "so 1a",
            "so 1.",
            "so 1.2.3",
            "so true",
            "so 'a'",
            "so [1]",
            "tieu_chi.[3.1].diem",
            "else",
            "so thưởng",
            "so a\u{a0}b",
            "a{",
            "@",
            "@../",
            "so as |x|",
            "1 a",
            "so ~a",
        ] {
            assert_eq!(value(inner), None, "{inner}");
        }
        assert_eq!(block("each", "a as |b|"), None);
        assert_eq!(block("each", "x=1"), None);
    }

    #[test]
    fn the_tags_of_the_built_in_templates_are_plain_and_mean_the_same() {
        let mut seen = BTreeSet::new();
        for name in compose::names() {
            let package = compose::template(name).expect("a template");
            let text =
                String::from_utf8_lossy(package.part("word/document.xml").expect("a body")).replace("&quot;", "\"");
            for range in find_tags(&text).into_iter().flatten() {
                let written = straighten(&text[range]);
                if !seen.insert(written.clone()) {
                    continue;
                }
                let tag = read_tag(&written, Position::default()).unwrap_or_else(|_| panic!("{written} is sound"));
                let inner = written.trim_start_matches("{{").trim_end_matches("}}");
                let same = match &tag.kind {
                    Kind::Value => value(inner) == by_grammar(&written),
                    Kind::Open(_) => {
                        let (name, parameters) = inner[1..].split_once(' ').expect("a block has a parameter");
                        let name = if name == "cot" { "each" } else { name };
                        block(name, parameters) == by_grammar(&format!("{{{{#{name} {parameters}}}}}{{{{/{name}}}}}"))
                    }
                    _ => true,
                };
                assert!(same, "{written}");
            }
        }
        assert!(seen.len() > 300, "{} tags", seen.len());
    }
}

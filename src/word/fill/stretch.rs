//! A filled part in stretches: what stays as it is letter for letter, and the texts and tags that want a look.
//!
//! Most of a part only tells looks, the same few thousands of times. Here they are passed over, and two neighbouring runs of
//! one look become one: templates and their tags split text at every value, which nobody wants to meet in a finished paper.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt};
use memchr::memchr;

use super::markup::{self, Tags};
use crate::word::xml::PropertiesFinder;

/// A piece of a filled part: what comes first in it, next and last. Each may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch<'a> {
    /// Stays as it is.
    pub plain: &'a str,
    /// A text between two tags that has marks in it.
    pub text: &'a str,
    /// The text stands in a `w:t`.
    pub is_running_text: bool,
    /// A tag that means something to what stands around it.
    pub markup: &'a str,
}

/// The stretches of a part, one after the other.
pub struct Stretches<'a> {
    filled: &'a str,
    /// Up to here everything was given out.
    given: usize,
    /// Up to here everything was looked at.
    at: usize,
    /// The tag looked at last, and where the last run began.
    tag: &'a str,
    run: usize,
    /// Properties that were met, and whether they stay as they are.
    properties: HashMap<&'a str, bool>,
    finder: PropertiesFinder,
}

/// How nearly all runs begin.
const PLAIN_RUN: &str = "<w:r><w:t xml:space=\"preserve\">";
const RUN_END: &str = "</w:r>";
const TEXT_BEGIN: &str = "<w:t>";
const TEXT_END: &str = "</w:t>";

impl<'a> Stretches<'a> {
    pub fn of(filled: &'a str) -> Stretches<'a> {
        let finder = PropertiesFinder::default();
        Stretches { filled, given: 0, at: 0, tag: "", run: 0, properties: HashMap::new(), finder }
    }

    /// Length of the properties that begin here, where they stay as they are.
    fn plain_properties(&mut self, begin: usize) -> Option<usize> {
        let rest = &self.filled[begin..];
        let length = self.finder.length(rest)?;
        let properties = &rest[..length];
        let is_plain = *self.properties.entry(properties).or_insert_with(|| {
            let mut tags = Tags::of(properties);
            !has_mark(properties) && tags.all(|tag| tells_look(tag.name))
        });
        is_plain.then_some(length)
    }

    /// The seam behind a text that ends here: the ends of text and run, and the beginning of a run of the same look up to
    /// its text. Loops may have left marks in it: where they stand, and where the seam ends.
    fn seam(&self, end: usize) -> Option<(Range<usize>, usize)> {
        let behind = self.filled[end..].strip_prefix(RUN_END)?;
        let begin = end + RUN_END.len();
        let marks = begin..begin + behind.bytes().take_while(|byte| is_loop_mark(*byte)).count();
        let next = Some(&self.filled[marks.end..]).filter(|next| next.starts_with("<w:r"))?;
        // the run so far: its beginning, its look, the text's tag and the text
        let run = &self.filled[self.run..end];
        let opening = markup::length(run);
        let look = match run[opening..].starts_with("<w:rPr>") {
            true => opening + run[opening..].find("</w:rPr>")? + "</w:rPr>".len(),
            false => opening,
        };
        let head = look + markup::length(&run[look..]);
        let is_text = run[look..head].starts_with("<w:t ") && run[look..head].contains("\"preserve\"");
        let is_one_text = is_text && run[head..].len() - TEXT_END.len() == memchr(b'<', &run.as_bytes()[head..])?;
        (is_one_text && next.starts_with(&run[..head])).then_some((marks.clone(), marks.end + head))
    }

    /// Gives out what was not given yet, the last of it being a text from a place on and the tag behind that.
    fn give(&mut self, text: usize, tag: usize, end: usize, is_running_text: bool) -> Stretch<'a> {
        let filled = self.filled;
        let stretch = Stretch {
            plain: &filled[self.given..text],
            text: &filled[text..tag],
            is_running_text,
            markup: &filled[tag..end],
        };
        (self.given, self.at) = (end, end);
        stretch
    }
}

impl<'a> Iterator for Stretches<'a> {
    type Item = Stretch<'a>;

    fn next(&mut self) -> Option<Stretch<'a>> {
        while let Some(begin) = memchr(b'<', &self.filled.as_bytes()[self.at..]).map(|length| self.at + length) {
            let is_running_text = opens_text(self.tag);
            let text = self.at;
            if has_mark(&self.filled[text..begin]) {
                // the tag behind it comes next
                return Some(self.give(text, begin, begin, is_running_text));
            }
            if self.filled[begin..].starts_with(PLAIN_RUN) {
                (self.run, self.tag, self.at) = (begin, TEXT_BEGIN, begin + PLAIN_RUN.len());
                continue;
            }
            let properties = self.plain_properties(begin);
            let end = begin + properties.unwrap_or_else(|| markup::length(&self.filled[begin..]));
            let tag = &self.filled[begin..end];
            self.tag = tag;
            if tag == TEXT_END {
                let Some((marks, end)) = self.seam(end) else {
                    self.at = end;
                    continue;
                };
                let plain = &self.filled[self.given..begin];
                // the text goes on, now as that of the run behind the seam
                (self.given, self.at, self.run, self.tag) = (end, end, marks.end, TEXT_BEGIN);
                return Some(Stretch { plain, text: &self.filled[marks], is_running_text: false, markup: "" });
            }
            let name = name_of(tag);
            if name == "w:r" && !tag.starts_with("</") {
                self.run = begin;
            }
            if properties.is_none() && (!tells_look(name) || has_mark(tag)) {
                return Some(self.give(begin, begin, end, false));
            }
            self.at = end;
        }
        let (rest, is_running_text) = (self.at, opens_text(self.tag));
        let end = self.filled.len();
        (self.given < end).then(|| self.give(rest, end, end, is_running_text))
    }
}

/// Whether one of the marks of values and loops is in it; in UTF-8 their bytes are part of no other character.
fn has_mark(text: &str) -> bool {
    text.bytes().any(is_mark)
}

/// Whether a byte is one of the marks of values and loops.
pub fn is_mark(byte: u8) -> bool {
    matches!(byte, 3..=7)
}

/// Whether a byte is a mark of a loop, which leaves no text behind.
fn is_loop_mark(byte: u8) -> bool {
    matches!(byte, 5..=7)
}

/// The name of a tag, of its beginning or its end.
fn name_of(tag: &str) -> &str {
    let name = tag.strip_prefix("</").or_else(|| tag.strip_prefix('<')).unwrap_or(tag);
    &name[..markup::name_length(name)]
}

/// Whether running text follows a tag.
fn opens_text(tag: &str) -> bool {
    tag == TEXT_BEGIN || tag.starts_with("<w:t ") && !tag.ends_with("/>")
}

/// Whether an element of this name stays as it is whatever stands around: it tells a look, or holds running text.
fn tells_look(name: &str) -> bool {
    matches!(
        name,
        "w:r"
            | "w:t"
            | "w:rPr"
            | "w:b"
            | "w:bCs"
            | "w:i"
            | "w:iCs"
            | "w:sz"
            | "w:szCs"
            | "w:rFonts"
            | "w:pPr"
            | "w:pStyle"
            | "w:jc"
            | "w:keepNext"
            | "w:spacing"
            | "w:ind"
            | "w:tcPr"
            | "w:tcW"
            | "w:vAlign"
            | "w:gridSpan"
            | "w:gridCol"
            | "w:trPr"
            | "w:cantSplit"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes out where every text and every tag stays as it is.
    fn put_together(filled: &str) -> String {
        Stretches::of(filled).map(|own| format!("{}{}{}", own.plain, own.text, own.markup)).collect()
    }

    fn run(look: &str, text: &str) -> String {
        format!("<w:r>{look}<w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    }

    #[test]
    fn neighbouring_runs_of_one_look_become_one() {
        let bold = "<w:rPr><w:b/></w:rPr>";
        let written = [run("", "Đạt "), run("", "92,1"), run("", "%"), run(bold, " kế "), run(bold, "hoạch")].concat();
        let expected = [run("", "Đạt 92,1%"), run(bold, " kế hoạch")].concat();
        assert_eq!(put_together(&format!("<w:p>{written}</w:p>")), format!("<w:p>{expected}</w:p>"));
        let looped =
            [run("", "Đạt"), "\u{5}\u{6}".to_string(), run("", ", "), "\u{6}".to_string(), run("", "đủ")].concat();
        assert_eq!(put_together(&looped), run("", "Đạt\u{5}\u{6}, \u{6}đủ"));
    }

    #[test]
    fn runs_that_are_more_than_text_stay_apart() {
        let break_ = "<w:r><w:br/></w:r>";
        let with_break = "<w:r><w:br/><w:t xml:space=\"preserve\">a</w:t></w:r>";
        let trimmed = "<w:r><w:t> a </w:t></w:r>";
        let two = "<w:r><w:t xml:space=\"preserve\">a</w:t><w:tab/><w:t xml:space=\"preserve\">b</w:t></w:r>";
        for runs in [
            [run("", "a"), break_.to_string(), run("", "b")].concat(),
            [with_break, with_break].concat(),
            [trimmed, trimmed].concat(),
            [run("", "a"), two.to_string()].concat().replace("</w:t></w:r><w:r>", "</w:t></w:r><w:r w:rsidR=\"1\">"),
            [two, two].concat(),
            [run("", "a"), "\u{3}".to_string(), run("", "b")].concat(),
            [run("", "a"), run("<w:rPr><w:b/></w:rPr>", "b")].concat(),
        ] {
            assert_eq!(put_together(&runs), runs);
        }
    }

    #[test]
    fn marks_are_found_in_texts_and_not_passed_over_in_properties() {
        let filled = "<w:tc><w:tcPr><w:tcW w:w=\"1\"/></w:tcPr>\u{5}<w:p><w:t>a\u{3}b</w:t></w:p></w:tc>";
        let stretches: Vec<Stretch> = Stretches::of(filled).collect();
        let texts: Vec<(&str, bool)> =
            stretches.iter().filter(|own| !own.text.is_empty()).map(|own| (own.text, own.is_running_text)).collect();
        assert_eq!(texts, [("\u{5}", false), ("a\u{3}b", true)]);
        let marked = "<w:p><w:pPr><w:pStyle w:val=\"a\u{3}\"/></w:pPr></w:p>";
        let tags: Vec<&str> = Stretches::of(marked).map(|own| own.markup).collect();
        assert!(tags.contains(&"<w:pStyle w:val=\"a\u{3}\"/>"), "{tags:?}");
        let merged = "<w:tcPr><w:vMerge/></w:tcPr>".repeat(2);
        assert_eq!(Stretches::of(&merged).filter(|own| own.markup == "<w:vMerge/>").count(), 2);
    }
}

//! The XML of spreadsheet parts, token by token, borrowed from a part that lies whole in memory.
//!
//! Knows elements, attributes, text, character references and CDATA: what programs write into workbooks. Names come
//! without their namespace prefix. Whatever else stands there ends the reading; so do towers of elements and more tags
//! than a part may have.

use std::borrow::Cow;

use super::limit::DEPTH;

/// Why a part cannot be read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// No well-formed XML, or a reference to an entity that is not one of XML's own.
    Broken,
    TooDeep,
    TooManyTags,
}

/// One piece of a part.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token<'a> {
    /// `<a …>`, also `<a …/>`, behind which no `Close` comes.
    Open(Tag<'a>),
    /// `</a>`: its name.
    Close(&'a str),
    /// Text as it stands, with references; white space between elements too.
    Text(&'a str),
    /// Text in which nothing is a reference.
    Verbatim(&'a str),
    /// The part is at its end.
    End,
}

/// The opening tag of an element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'a> {
    pub name: &'a str,
    attributes: &'a str,
    /// `<a/>`
    pub is_empty: bool,
}

/// Runs through a part.
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// How many more tags the part may have.
    tags: usize,
}

impl<'a> Scanner<'a> {
    /// A scanner of a part in UTF-8 that may have so many tags.
    pub(super) fn new(part: &'a [u8], tags: usize) -> Result<Self, Stop> {
        let text = simdutf8::basic::from_utf8(part).map_err(|_| Stop::Broken)?;
        Ok(Scanner { text: text.strip_prefix('\u{feff}').unwrap_or(text), at: 0, depth: 0, tags })
    }

    /// The next piece; comments and instructions are passed over.
    pub(super) fn next(&mut self) -> Result<Token<'a>, Stop> {
        loop {
            let rest = &self.text[self.at..];
            if rest.is_empty() {
                return Ok(Token::End);
            }
            if !rest.starts_with('<') {
                let end = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
                self.at += end;
                return Ok(Token::Text(&rest[..end]));
            }
            self.tags = self.tags.checked_sub(1).ok_or(Stop::TooManyTags)?;
            match rest.as_bytes().get(1) {
                Some(b'/') => {
                    let end = memchr::memchr(b'>', rest.as_bytes()).ok_or(Stop::Broken)?;
                    self.at += end + 1;
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Token::Close(local(rest[2..end].trim_ascii_end())));
                }
                Some(b'?') => self.pass(rest, "?>")?,
                Some(b'!') if rest.starts_with("<!--") => self.pass(rest, "-->")?,
                Some(b'!') => {
                    // a document type declares entities, which no spreadsheet program writes
                    let inside = rest.strip_prefix("<![CDATA[").ok_or(Stop::Broken)?;
                    let end = inside.find("]]>").ok_or(Stop::Broken)?;
                    self.pass(rest, "]]>")?;
                    return Ok(Token::Verbatim(&inside[..end]));
                }
                _ => return self.open(rest).map(Token::Open),
            }
        }
    }

    fn pass(&mut self, rest: &str, end: &str) -> Result<(), Stop> {
        self.at += rest.find(end).ok_or(Stop::Broken)? + end.len();
        Ok(())
    }

    fn open(&mut self, rest: &'a str) -> Result<Tag<'a>, Stop> {
        let end = end_of_tag(rest.as_bytes()).ok_or(Stop::Broken)?;
        self.at += end + 1;
        let inside = &rest[1..end];
        let (inside, is_empty) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
        let name_end = inside.bytes().position(|byte| byte.is_ascii_whitespace()).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(name_end);
        if name.is_empty() {
            return Err(Stop::Broken);
        }
        if !is_empty {
            self.depth += 1;
            if self.depth > DEPTH {
                return Err(Stop::TooDeep);
            }
        }
        Ok(Tag { name: local(name), attributes, is_empty })
    }

    /// Passes over what stands in an element that was opened, its end included.
    pub(super) fn skip(&mut self, tag: Tag) -> Result<(), Stop> {
        if tag.is_empty {
            return Ok(());
        }
        let outside = self.depth - 1;
        while self.depth > outside {
            if let Token::End = self.next()? {
                return Err(Stop::Broken);
            }
        }
        Ok(())
    }

    /// The text in an element that was opened, up to its end; of elements inside it nothing is taken.
    pub(super) fn text_in(&mut self, tag: Tag) -> Result<Cow<'a, str>, Stop> {
        let mut whole = Cow::Borrowed("");
        if tag.is_empty {
            return Ok(whole);
        }
        loop {
            match self.next()? {
                Token::Text(text) => append(&mut whole, resolved(text)?),
                Token::Verbatim(text) => append(&mut whole, plain_lines(text)),
                Token::Open(inner) => self.skip(inner)?,
                Token::Close(_) => return Ok(whole),
                Token::End => return Err(Stop::Broken),
            }
        }
    }
}

/// Adds a piece to a text; the first one stays borrowed.
pub(super) fn append<'a>(whole: &mut Cow<'a, str>, piece: Cow<'a, str>) {
    if whole.is_empty() {
        *whole = piece;
    } else {
        whole.to_mut().push_str(&piece);
    }
}

/// Where the tag that a text begins with ends: its `>` outside quotes. Tags and values are short, so that going byte by
/// byte is faster than a search for each.
fn end_of_tag(text: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        match *text.get(at)? {
            b'>' => return Some(at),
            quote @ (b'"' | b'\'') => at += 1 + text[at + 1..].iter().position(|byte| *byte == quote)?,
            _ => {}
        }
        at += 1;
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.bytes().rposition(|byte| byte == b':').map_or(name, |colon| &name[colon + 1..])
}

impl<'a> Tag<'a> {
    /// Its attributes in their order, as they stand.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let equals = rest.bytes().position(|byte| byte == b'=')?;
            let behind = rest[equals + 1..].trim_ascii_start();
            let quote = behind.bytes().next().filter(|quote| matches!(quote, b'"' | b'\''))?;
            let end = 1 + behind.bytes().skip(1).position(|byte| byte == quote)?;
            let name = rest[..equals].trim_ascii();
            rest = &behind[end + 1..];
            Some((name, &behind[1..end]))
        })
    }

    /// The value of one attribute as it stands.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(own, _)| *own == name).map(|(_, value)| value)
    }
}

/// A text with its references resolved and its line ends made plain.
pub(super) fn resolved(text: &str) -> Result<Cow<'_, str>, Stop> {
    if memchr::memchr2(b'&', b'\r', text.as_bytes()).is_none() {
        return Ok(Cow::Borrowed(text));
    }
    let lines = plain_lines(text);
    if memchr::memchr(b'&', lines.as_bytes()).is_none() {
        return Ok(lines);
    }
    let mut whole = String::with_capacity(lines.len());
    let mut rest = &*lines;
    while let Some(start) = memchr::memchr(b'&', rest.as_bytes()) {
        whole.push_str(&rest[..start]);
        let (reference, behind) = rest[start + 1..].split_once(';').ok_or(Stop::Broken)?;
        whole.push(character(reference).ok_or(Stop::Broken)?);
        rest = behind;
    }
    whole.push_str(rest);
    Ok(Cow::Owned(whole))
}

/// XML knows one end of a line.
fn plain_lines(text: &str) -> Cow<'_, str> {
    match memchr::memchr(b'\r', text.as_bytes()) {
        None => Cow::Borrowed(text),
        Some(_) => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
    }
}

/// The character that a reference stands for.
fn character(reference: &str) -> Option<char> {
    Some(match reference {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = reference.strip_prefix('#')?;
            let number = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(number).filter(|character| *character != '\0')?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The pieces of a part, written out.
    fn pieces(part: &str) -> Result<String, Stop> {
        let mut scanner = Scanner::new(part.as_bytes(), 1_000)?;
        let mut all = String::new();
        loop {
            match scanner.next()? {
                Token::Open(tag) => {
                    let attributes: Vec<String> =
                        tag.attributes().map(|(name, value)| format!(" {name}={value}")).collect();
                    all += &format!("({}{}{})", tag.name, attributes.concat(), if tag.is_empty { "/" } else { "" });
                }
                Token::Close(name) => all += &format!("(/{name})"),
                Token::Text(text) => all += &resolved(text)?,
                Token::Verbatim(text) => all += text,
                Token::End => return Ok(all),
            }
        }
    }

    #[test]
    fn what_programs_write_is_understood() {
        for (part, expected) in [
            ("\u{feff}<?xml version=\"1.0\"?><a/>", "(a/)"),
            ("<x:c r='A1'  x:t = \"s\" ><v>5</v></x:c >", "(c r=A1 x:t=s)(v)5(/v)(/c)"),
            ("<a b=\"1>2\" c='\"'/>", "(a b=1>2 c=\"/)"),
            ("<t>a &amp; b &#7897;&#x1ED9;&lt;\r\n</t><!-- <no> --><![CDATA[&x;<]]>", "(t)a & b ộộ<\n(/t)&x;<"),
        ] {
            assert_eq!(pieces(part).as_deref(), Ok(expected), "{part}");
        }
    }

    #[test]
    fn what_is_broken_ends_the_reading() {
        for part in
            ["<a", "<a b=\"", "</a", "<!-- a", "<![CDATA[", "<!DOCTYPE a>", "&x;", "a & b", "&#0;", "<>", "< a>"]
        {
            assert_eq!(pieces(part), Err(Stop::Broken), "{part}");
        }
        assert_eq!(pieces(&"<a>".repeat(DEPTH + 1)), Err(Stop::TooDeep));
        assert_eq!(pieces(&"<a/>".repeat(1_001)), Err(Stop::TooManyTags));
        assert_eq!(Scanner::new(b"<a>\xFF</a>", 9).err(), Some(Stop::Broken));
    }

    #[test]
    fn an_element_is_passed_over_whole() {
        let mut scanner = Scanner::new(b"<a><b><a/>x</b></a><c/>", 99).expect("plain letters");
        let Ok(Token::Open(outer)) = scanner.next() else { panic!("an element") };
        scanner.skip(outer).expect("its end");
        assert!(matches!(scanner.next(), Ok(Token::Open(tag)) if tag.name == "c"));
    }

    proptest! {
        #[test]
        fn no_text_stops_the_scanner(part in "[<>/!?a-c\"'=&;#x0-9 \\[\\]-]{0,80}", words in "\\PC{0,40}") {
            let _ = (pieces(&part), pieces(&words));
        }
    }
}

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

/// A cell as nearly all are written; without text it is empty.
pub(super) struct PlainCell<'a> {
    pub address: &'a str,
    pub style: Option<&'a str>,
    pub kind: Option<&'a str>,
    /// Nothing in it is a reference.
    pub text: Option<&'a str>,
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
                let end = find(b'<', rest.as_bytes()).unwrap_or(rest.len());
                self.at += end;
                return Ok(Token::Text(&rest[..end]));
            }
            self.tags = self.tags.checked_sub(1).ok_or(Stop::TooManyTags)?;
            match rest.as_bytes().get(1) {
                Some(b'/') => {
                    let end = find(b'>', rest.as_bytes()).ok_or(Stop::Broken)?;
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
        let (name_end, end) = ends_of_tag(rest.as_bytes()).ok_or(Stop::Broken)?;
        self.at += end + 1;
        let inside = &rest[1..end];
        let (inside, is_empty) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
        let (name, attributes) = inside.split_at((name_end - 1).min(inside.len()));
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

    /// Takes a piece that is written just so, with `tags` tags in it: the text between `before` and `behind`, as it stands.
    /// None, with nothing passed over, where something else comes. Programs write nearly everything in the same way, and
    /// the detour over single tokens takes several times as long.
    pub(super) fn between(&mut self, before: &str, behind: &str, tags: usize) -> Option<&'a str> {
        let rest = self.text[self.at..].strip_prefix(before)?;
        let end = find(b'<', rest.as_bytes())?;
        let (text, rest) = rest.split_at(end);
        self.pass_tags(tags, rest.strip_prefix(behind)?)?;
        Some(text)
    }

    /// The same of a cell without formula: `<c r="B7" s="3" t="s"><v>17</v></c>`, and `<c r="B7" s="3"/>`.
    pub(super) fn plain_cell(&mut self) -> Option<PlainCell<'a>> {
        let rest = self.text[self.at..].strip_prefix("<c r=\"")?;
        let (address, rest) = in_quotes(rest)?;
        let (style, rest) = stated(" s=\"", rest);
        let (kind, rest) = stated(" t=\"", rest);
        if let Some(rest) = rest.strip_prefix("/>") {
            self.pass_tags(1, rest)?;
            return Some(PlainCell { address, style, kind, text: None });
        }
        let rest = rest.strip_prefix("><v>")?;
        let (text, rest) = rest.split_at(find(b'<', rest.as_bytes())?);
        if text.is_empty() || !is_literal(text) {
            return None;
        }
        self.pass_tags(4, rest.strip_prefix("</v></c>")?)?;
        Some(PlainCell { address, style, kind, text: Some(text) })
    }

    /// Goes on at `rest`, behind so many tags that leave the depth as it was.
    fn pass_tags(&mut self, tags: usize, rest: &'a str) -> Option<()> {
        // what is too much is said where tokens are read one by one
        if self.depth + tags.div_ceil(2) > DEPTH {
            return None;
        }
        self.tags = self.tags.checked_sub(tags)?;
        self.at = self.text.len() - rest.len();
        Some(())
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

/// Where a byte stands first. What is looked for in a sheet nearly always stands near: going there byte by byte takes less
/// than a search of many bytes at a step takes to begin.
pub(super) fn find(byte: u8, text: &[u8]) -> Option<usize> {
    let (near, far) = text.split_at(text.len().min(NEAR));
    let at = near.iter().position(|own| *own == byte);
    at.or_else(|| memchr::memchr(byte, far).map(|at| at + NEAR))
}

const NEAR: usize = 16;

/// Where the name of the tag ends that a text begins with, and where the tag: its `>` outside quotes.
fn ends_of_tag(text: &[u8]) -> Option<(usize, usize)> {
    let mut name_end = None;
    let mut at = 1;
    loop {
        match *text.get(at)? {
            b'>' => return Some((name_end.unwrap_or(at), at)),
            b' ' | b'\t' | b'\n' | b'\r' | b'\x0C' => {
                name_end.get_or_insert(at);
            }
            quote @ (b'"' | b'\'') => at += 1 + text[at + 1..].iter().position(|byte| *byte == quote)?,
            _ => {}
        }
        at += 1;
    }
}

/// What stands up to a quote, and what behind it.
fn in_quotes(text: &str) -> Option<(&str, &str)> {
    let end = find(b'"', text.as_bytes())?;
    Some((&text[..end], &text[end + 1..]))
}

/// The value of the attribute that a text begins with, where it is this one, and what stands behind.
fn stated<'a>(attribute: &str, text: &'a str) -> (Option<&'a str>, &'a str) {
    let value = text.strip_prefix(attribute).and_then(in_quotes);
    value.map_or((None, text), |(value, rest)| (Some(value), rest))
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
            let bytes = rest.as_bytes();
            let equals = bytes.iter().position(|byte| *byte == b'=')?;
            let blanks = bytes[equals + 1..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let start = equals + 1 + blanks + 1;
            let quote = *bytes.get(start - 1).filter(|quote| matches!(quote, b'"' | b'\''))?;
            let end = start + bytes[start..].iter().position(|byte| *byte == quote)?;
            let (name, value) = (rest[..equals].trim_ascii(), &rest[start..end]);
            rest = &rest[end + 1..];
            Some((name, value))
        })
    }

    /// The value of one attribute as it stands.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(own, _)| *own == name).map(|(_, value)| value)
    }
}

/// A text with its references resolved and its line ends made plain.
pub(super) fn resolved(text: &str) -> Result<Cow<'_, str>, Stop> {
    if is_literal(text) {
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

/// Whether a text means what it says: without references, and with plain ends of lines.
fn is_literal(text: &str) -> bool {
    let (near, far) = text.as_bytes().split_at(text.len().min(NEAR));
    !near.iter().any(|byte| matches!(byte, b'&' | b'\r')) && memchr::memchr2(b'&', b'\r', far).is_none()
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
        while let Some(piece) = written(scanner.next()?)? {
            all += &piece;
        }
        Ok(all)
    }

    fn written(token: Token) -> Result<Option<String>, Stop> {
        Ok(Some(match token {
            Token::Open(tag) => {
                let attributes: String = tag.attributes().map(|(name, value)| format!(" {name}={value}")).collect();
                format!("({}{attributes}{})", tag.name, if tag.is_empty { "/" } else { "" })
            }
            Token::Close(name) => format!("(/{name})"),
            Token::Text(text) => resolved(text)?.into_owned(),
            Token::Verbatim(text) => text.to_string(),
            Token::End => return Ok(None),
        }))
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

    /// The same as [`pieces`], with what can be taken at a step taken so.
    fn pieces_at_a_step(part: &str, taken: &mut usize) -> Result<String, Stop> {
        let mut scanner = Scanner::new(part.as_bytes(), 1_000)?;
        let mut all = String::new();
        let attribute = |name: &str, value: Option<&str>| value.map(|value| format!(" {name}={value}"));
        loop {
            if let Some(text) = scanner.between("<si><t>", "</t></si>", 4) {
                *taken += 1;
                all += &format!("(si)(t){}(/t)(/si)", resolved(text)?);
                continue;
            }
            if let Some(PlainCell { address, style, kind, text }) = scanner.plain_cell() {
                *taken += 1;
                let attributes = [attribute("r", Some(address)), attribute("s", style), attribute("t", kind)];
                let attributes: String = attributes.into_iter().flatten().collect();
                all += &match text {
                    Some(text) => format!("(c{attributes})(v){text}(/v)(/c)"),
                    None => format!("(c{attributes}/)"),
                };
                continue;
            }
            match written(scanner.next()?)? {
                Some(piece) => all += &piece,
                None => return Ok(all),
            }
        }
    }

    #[test]
    fn what_is_taken_at_a_step_is_what_its_tokens_say() {
        let mut taken = 0;
        let part = "<row><c r=\"A1\" s=\"3\" t=\"s\"><v>17</v></c><c r=\"B1\"/><c r=\"C1\" t=\"b\"><v>1</v></c></row>\
                    <sst><si><t>Số &amp; chữ</t></si></sst>";
        assert_eq!(pieces_at_a_step(part, &mut taken), pieces(part));
        assert_eq!(taken, 4);
    }

    proptest! {
        #[test]
        fn nothing_is_taken_at_a_step_that_tokens_say_otherwise(pieces_of_part in proptest::collection::vec(
            proptest::sample::select(vec![
                "<c r=\"", "A1", "\"", " s=\"", "3", " t=\"", "s", "/>", "><v>", "17", "&amp;", "\r", "<", "</v></c>", "<f>",
                "<si><t>", "</t></si>", "<c r=\"B2\" s=\"1\"/>", "<c r=\"B2\"><v>5</v></c>", "<si><t>a&#10;b</t></si>", " ",
            ]),
            0..12,
        )) {
            let part = pieces_of_part.concat();
            prop_assert_eq!(pieces_at_a_step(&part, &mut 0), pieces(&part));
        }

        #[test]
        fn no_text_stops_the_scanner(part in "[<>/!?a-c\"'=&;#x0-9 \\[\\]-]{0,80}", words in "\\PC{0,40}") {
            let _ = (pieces(&part), pieces(&words));
        }
    }
}

//! Texts: the shared ones, which cells name by their number, and those that stand in a cell.

use std::borrow::Cow;

use crate::sheet::xml::{Scanner, Stop, Tag, Token, append, find, resolved};

/// The shared texts of a part with so many tags at most, or none where the part lies about how many they are.
pub(super) fn read(part: &[u8], tags: usize) -> Result<Option<Vec<Cow<'_, str>>>, Stop> {
    let mut scanner = Scanner::new(part, tags)?;
    let mut strings = Vec::new();
    loop {
        if let Some(text) = scanner.between("<si><t>", "</t></si>", 4) {
            strings.push(unescaped(trimmed(resolved(text)?)));
            continue;
        }
        match scanner.next()? {
            Token::Open(tag) if tag.name == "sst" => {
                let stated = tag.attribute("uniqueCount").map_or(0, |count| count.parse().unwrap_or(usize::MAX));
                if stated > part.len() / 4 + 16 {
                    return Ok(None);
                }
                strings.reserve(stated);
                if tag.is_empty {
                    return Ok(Some(strings));
                }
            }
            Token::Open(tag) if tag.name == "si" => strings.push(string(&mut scanner, tag)?),
            Token::Open(tag) => scanner.skip(tag)?,
            Token::Close("sst") => return Ok(Some(strings)),
            Token::End => return Err(Stop::Broken),
            _ => {}
        }
    }
}

/// The text of an element `<si>` or `<is>` that was opened: of all its runs, without what says how it is spoken.
pub(super) fn string<'a>(scanner: &mut Scanner<'a>, tag: Tag<'a>) -> Result<Cow<'a, str>, Stop> {
    let mut whole = Cow::Borrowed("");
    if tag.is_empty {
        return Ok(whole);
    }
    loop {
        match scanner.next()? {
            Token::Open(inner) if inner.name == "t" => {
                let preserved = inner.attribute("xml:space") == Some("preserve");
                let text = scanner.text_in(inner)?;
                append(&mut whole, unescaped(if preserved { text } else { trimmed(text) }));
            }
            Token::Open(inner) if inner.name == "r" => {}
            Token::Open(inner) => scanner.skip(inner)?,
            Token::Close(name) if name == tag.name => return Ok(whole),
            Token::End => return Err(Stop::Broken),
            _ => {}
        }
    }
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    let blank = [' ', '\t', '\r', '\n'];
    let is_blank = |byte: Option<&u8>| byte.is_some_and(|byte| blank.contains(&char::from(*byte)));
    if !is_blank(text.as_bytes().first()) && !is_blank(text.as_bytes().last()) {
        return text;
    }
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(blank)),
        Cow::Owned(text) => Cow::Owned(text.trim_matches(blank).to_string()),
    }
}

/// The text with the characters that Excel writes by their number, `_x000D_`, in their place; a character beyond the
/// first 65,536 is written as two.
pub(super) fn unescaped(text: Cow<'_, str>) -> Cow<'_, str> {
    // looked for by its first byte: few texts have one
    if find(b'_', text.as_bytes()).is_none() || !text.contains("_x") {
        return text;
    }
    let mut whole = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(start) = rest.find("_x") {
        whole.push_str(&rest[..start]);
        rest = &rest[start..];
        match unit(rest) {
            Some(first) => {
                rest = &rest[ESCAPE..];
                let pair = unit(rest).filter(|second| char::decode_utf16([first, *second]).all(|one| one.is_ok()));
                match pair.filter(|_| char::decode_utf16([first]).any(|one| one.is_err())) {
                    Some(second) => {
                        whole.extend(char::decode_utf16([first, second]).flatten());
                        rest = &rest[ESCAPE..];
                    }
                    None => whole.push(char::from_u32(first.into()).unwrap_or(char::REPLACEMENT_CHARACTER)),
                }
            }
            None => {
                whole.push('_');
                rest = &rest[1..];
            }
        }
    }
    whole.push_str(rest);
    Cow::Owned(whole)
}

/// Length of such a number in bytes.
const ESCAPE: usize = 7;

/// The number that a text begins with.
fn unit(text: &str) -> Option<u16> {
    let digits = text.get(..ESCAPE)?.strip_prefix("_x")?.strip_suffix('_')?;
    digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

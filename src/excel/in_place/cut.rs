//! XML as bytes with tags in it: where each tag stands, its attributes as written, and cutting in without touching the rest.

use quick_xml::events::Event;
use std::ops::Range;

/// A tag, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub(super) kind: Kind,
    /// `<x:c r="A1">`, brackets included.
    pub(super) text: &'a str,
    /// Where it stands in the part.
    pub(super) start: usize,
    /// Elements around its own; the root has none.
    pub(super) depth: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Close,
    /// Closes itself.
    Empty,
}

impl<'a> Tag<'a> {
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end()
    }

    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Its name with the prefix.
    pub(super) fn name(&self) -> &'a str {
        let inner = self.text.trim_start_matches(['<', '/']);
        let end = inner.find(|next: char| next.is_whitespace() || matches!(next, '/' | '>')).unwrap_or(inner.len());
        &inner[..end]
    }

    /// Its prefix with the colon; empty where it has none.
    pub(super) fn prefix(&self) -> &'a str {
        let name = self.name();
        &name[..name.find(':').map_or(0, |colon| colon + 1)]
    }

    /// Whether it opens an element of this name, whatever its prefix.
    pub(super) fn begins(&self, local: &str) -> bool {
        self.kind != Kind::Close && self.is(local)
    }

    pub(super) fn is(&self, local: &str) -> bool {
        self.name().rsplit(':').next() == Some(local)
    }

    /// An attribute's value as written, entities and all; the name with its prefix.
    pub(super) fn raw(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(own, _)| *own == name).map(|(_, value)| &self.text[value])
    }

    /// An attribute's value as meant.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        self.raw(name).map(meant)
    }

    /// The value of the first attribute of this name that has some prefix: `r:id`.
    pub(super) fn prefixed(&self, local: &str) -> Option<String> {
        let named = |name: &str| name.split_once(':').is_some_and(|(_, own)| own == local);
        self.attributes().find(|(name, _)| named(name)).map(|(_, value)| meant(&self.text[value]))
    }

    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.raw(name)?.trim().parse().ok()
    }

    /// The same tag with an attribute set.
    pub(super) fn with(&self, name: &str, value: &str) -> String {
        let mut text = self.text.to_string();
        match self.attributes().find(|(own, _)| *own == name) {
            Some((_, range)) => text.replace_range(range, value),
            None => {
                let at = text.trim_end_matches(['/', '>']).len();
                text.insert_str(at, &format!(" {name}=\"{value}\""));
            }
        }
        text
    }

    /// The opening tag of the same element, where this closes itself.
    pub(super) fn opened(&self) -> String {
        match self.text.strip_suffix("/>") {
            Some(rest) => format!("{}>", rest.trim_end()),
            None => self.text.to_string(),
        }
    }

    /// Names with where their values stand in the tag.
    fn attributes(&self) -> impl Iterator<Item = (&'a str, Range<usize>)> {
        let text = self.text;
        let mut at = text.len() - text.trim_start_matches(['<', '/']).len() + self.name().len();
        std::iter::from_fn(move || {
            let rest = &text[at..];
            let equals = rest.find('=')?;
            let name = rest[..equals].trim();
            let quote = equals + 1 + rest[equals + 1..].find(['"', '\''])?;
            let mark = rest[quote..].chars().next()?;
            let length = rest[quote + 1..].find(mark)?;
            let value = at + quote + 1..at + quote + 1 + length;
            at = value.end + 1;
            Some((name, value))
        })
    }
}

/// A value without its entities.
fn meant(raw: &str) -> String {
    quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_string(), |value| value.into_owned())
}

/// A text as it stands between tags or in quotes; characters that XML forbids are left out.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' => escaped.push(character),
            control if control < ' ' || matches!(control, '\u{fffe}' | '\u{ffff}') => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// Gives every tag to the caller, in order, until it says enough. None where the XML is broken before that.
pub(super) fn for_each_tag<'a>(text: &'a str, mut take: impl FnMut(Tag<'a>) -> Next) -> Option<()> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut depth = 0;
    loop {
        let start = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        let (kind, own) = match event {
            Event::Eof => return (depth == 0).then_some(()),
            Event::Start(_) => {
                depth += 1;
                (Kind::Open, depth - 1)
            }
            Event::End(_) => {
                depth = usize::checked_sub(depth, 1)?;
                (Kind::Close, depth)
            }
            Event::Empty(_) => (Kind::Empty, depth),
            _ => continue,
        };
        if take(Tag { kind, text: text.get(start..end)?, start, depth: own }) == Next::Enough {
            return Some(());
        }
    }
}

/// Whether a caller wants more tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    More,
    Enough,
}

/// What stands in a range from now on; an empty range is put in between.
pub(super) type Edit = (Range<usize>, String);

/// The text with the edits made; of edits at one place the earlier stands first.
pub(super) fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len() + edits.iter().map(|(_, new)| new.len()).sum::<usize>());
    let mut done = 0;
    for (range, new) in edits {
        out.push_str(&text[done..range.start.max(done)]);
        out.push_str(&new);
        done = range.end.max(done);
    }
    out.push_str(&text[done..]);
    out
}

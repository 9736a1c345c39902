//! Handlebars, fenced: strict, our helpers only, our escaping, output bounded.

use std::io;

use handlebars::{Context, Handlebars, RenderErrorReason, Template};
use serde_json::Value;

use super::finish::{LINE_BREAK, TAB};
use super::helpers;
use super::limits::{LARGEST_OUTPUT, MOST_PIECES};
use crate::vietnamese::figure::bare;

/// Why a part could not be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The result would be too large, or its loops turn too often.
    Limit,
    /// Anything else, in the engine's words.
    Other(String),
}

/// The templates of one file's parts, by number.
pub struct Engine {
    handlebars: Handlebars<'static>,
}

impl Engine {
    pub fn new(templates: impl Iterator<Item = Template>) -> Engine {
        let mut handlebars = Handlebars::new();
        handlebars.set_strict_mode(true);
        handlebars.register_escape_fn(escape);
        helpers::register(&mut handlebars);
        for (number, template) in templates.enumerate() {
            handlebars.register_template(&number.to_string(), template);
        }
        Engine { handlebars }
    }

    /// The data in the form that all parts are filled from.
    pub fn context(&self, data: Value) -> Context {
        let mut context = Context::null();
        *context.data_mut() = data;
        context
    }

    /// Fills a part.
    pub fn fill(&self, number: usize, context: &Context) -> Result<String, Failure> {
        let mut output = Bounded { bytes: Vec::new(), pieces: 0, exceeded: false };
        let result = self.handlebars.render_with_context_to_write(&number.to_string(), context, &mut output);
        match result {
            Ok(()) => String::from_utf8(output.bytes).map_err(|error| Failure::Other(error.to_string())),
            Err(_) if output.exceeded => Err(Failure::Limit),
            Err(error) => Err(match error.reason() {
                RenderErrorReason::MissingVariable(Some(name)) => Failure::Other(format!("không có thẻ “{name}”")),
                reason => Failure::Other(reason.to_string()),
            }),
        }
    }
}

/// A value as it stands in XML text or between double quotes. Breaks and tabs stay marked until the part is finished.
fn escape(value: &str) -> String {
    let value = bare(value);
    if value.bytes().all(is_plain) {
        return value.into_owned();
    }
    let mut text = String::with_capacity(value.len() + 8);
    let mut characters = value.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}' => text.push(LINE_BREAK),
            '\t' => text.push(TAB),
            '\0'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => text.push(other),
        }
    }
    text
}

/// Whether a byte stands for itself; the others begin a character that may not.
fn is_plain(byte: u8) -> bool {
    byte >= b' ' && !matches!(byte, b'&' | b'<' | b'>' | b'"' | 0x7f | 0xc2 | 0xe2 | 0xef)
}

/// Output that ends at its limits.
struct Bounded {
    bytes: Vec<u8>,
    pieces: usize,
    exceeded: bool,
}

impl io::Write for &mut Bounded {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.pieces += 1;
        if self.bytes.len() + piece.len() > LARGEST_OUTPUT || self.pieces > MOST_PIECES {
            self.exceeded = true;
            return Err(io::Error::other("too large"));
        }
        self.bytes.extend_from_slice(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_escaped_and_cleaned() {
        assert_eq!(escape("a<b> & \"c\"\u{b}\u{1}d\r\ne\tf"), "a&lt;b&gt; &amp; &quot;c&quot;\u{3}d\u{3}e\u{4}f");
        assert_eq!(escape("\u{2060}424830"), "424.830");
    }
}

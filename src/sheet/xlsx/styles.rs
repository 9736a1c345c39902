//! The part of styles: how each style shows its cells.

use foldhash::{HashMap, HashMapExt};

use crate::sheet::limit::STYLE_TAGS;
use crate::sheet::number_format::{NumberFormat, Time};
use crate::sheet::xml::{Scanner, Stop, Tag, Token, resolved};
use crate::vietnamese::LegacyEncoding;

/// How a style shows its cells.
#[derive(Clone, Debug)]
pub(super) struct Looks {
    pub percent: bool,
    pub decimals: Option<u8>,
    pub time: Time,
    pub legacy: Option<LegacyEncoding>,
}

/// The styles of cells by their number.
pub(super) fn read(part: &[u8]) -> Result<Vec<Looks>, Stop> {
    let mut scanner = Scanner::new(part, STYLE_TAGS)?;
    let mut formats: HashMap<u32, NumberFormat> = HashMap::new();
    let mut fonts: Vec<Option<LegacyEncoding>> = Vec::new();
    let mut styles = Vec::new();
    // the list that is open: fonts, formats and styles of cells stand in lists of their own
    let mut list = "";
    loop {
        match scanner.next()? {
            Token::Open(tag) => match (list, tag.name) {
                ("", "styleSheet") => {}
                ("", "numFmts" | "fonts" | "cellXfs") if !tag.is_empty => list = tag.name,
                ("numFmts", "numFmt") => {
                    if let (Some(number), Some(code)) = (number(tag, "numFmtId"), tag.attribute("formatCode")) {
                        formats.insert(number, NumberFormat::of_code(&resolved(code)?));
                    }
                    scanner.skip(tag)?;
                }
                ("fonts", "font") => fonts.push(font_encoding(&mut scanner, tag)?),
                ("cellXfs", "xf") => {
                    let format = number(tag, "numFmtId").unwrap_or(0);
                    let format = formats.get(&format).copied().unwrap_or_else(|| NumberFormat::built_in(format));
                    let legacy = number(tag, "fontId").and_then(|font| *fonts.get(font as usize)?);
                    styles.push(Looks {
                        percent: format.percent,
                        decimals: format.decimals,
                        time: format.time,
                        legacy,
                    });
                    scanner.skip(tag)?;
                }
                _ => scanner.skip(tag)?,
            },
            Token::Close("styleSheet") => return Ok(styles),
            Token::Close(name) if name == list => list = "",
            Token::End => return Err(Stop::Broken),
            _ => {}
        }
    }
}

fn number(tag: Tag, name: &str) -> Option<u32> {
    tag.attribute(name)?.parse().ok()
}

/// The old encoding that a font tells which was opened.
fn font_encoding(scanner: &mut Scanner, tag: Tag) -> Result<Option<LegacyEncoding>, Stop> {
    let mut encoding = None;
    if tag.is_empty {
        return Ok(encoding);
    }
    loop {
        match scanner.next()? {
            Token::Open(inner) => {
                if inner.name == "name"
                    && let Some(value) = inner.attribute("val")
                {
                    encoding = LegacyEncoding::of_font(&resolved(value)?);
                }
                scanner.skip(inner)?;
            }
            Token::Close(_) => return Ok(encoding),
            Token::End => return Err(Stop::Broken),
            _ => {}
        }
    }
}

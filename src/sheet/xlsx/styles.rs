//! The part of styles: how each style shows its cells.

use std::collections::HashMap;
use std::sync::Arc;

use crate::sheet::limit::STYLE_TAGS;
use crate::sheet::number_format::{NumberFormat, Time};
use crate::sheet::xml::{Scanner, Stop, Tag, Token, resolved};

/// How a style shows its cells.
#[derive(Clone, Debug)]
pub(super) struct Looks {
    pub percent: bool,
    pub decimals: Option<u32>,
    pub time: Time,
    pub font: Option<Arc<str>>,
}

/// The styles of cells by their number.
pub(super) fn read(part: &[u8]) -> Result<Vec<Looks>, Stop> {
    let mut scanner = Scanner::new(part, STYLE_TAGS)?;
    let mut formats: HashMap<u32, NumberFormat> = HashMap::new();
    let mut fonts: Vec<Option<Arc<str>>> = Vec::new();
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
                ("fonts", "font") => fonts.push(font_name(&mut scanner, tag)?),
                ("cellXfs", "xf") => {
                    let format = number(tag, "numFmtId").unwrap_or(0);
                    let format = formats.get(&format).copied().unwrap_or_else(|| NumberFormat::built_in(format));
                    let font = number(tag, "fontId").and_then(|font| fonts.get(font as usize)).cloned().flatten();
                    styles.push(Looks { percent: format.percent, decimals: format.decimals, time: format.time, font });
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

/// The name of a font that was opened.
fn font_name(scanner: &mut Scanner, tag: Tag) -> Result<Option<Arc<str>>, Stop> {
    let mut name = None;
    if tag.is_empty {
        return Ok(name);
    }
    loop {
        match scanner.next()? {
            Token::Open(inner) => {
                if inner.name == "name"
                    && let Some(value) = inner.attribute("val")
                {
                    name = Some(Arc::from(&*resolved(value)?));
                }
                scanner.skip(inner)?;
            }
            Token::Close(_) => return Ok(name),
            Token::End => return Err(Stop::Broken),
            _ => {}
        }
    }
}

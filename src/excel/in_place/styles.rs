//! The part of styles: for each style of a cell at fault a copy of it with another fill.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Unmarkable;
use super::cut::{self, Edit, Kind, Next, Tag, for_each_tag};
use crate::finding::Severity;

/// Fills of cells at fault and of cells to look at: light red, light orange.
const ERROR: &str = "FFFFB3B3";
const WARNING: &str = "FFFFD966";

pub(super) struct Styles {
    text: String,
    fills: List,
    formats: List,
    /// What each cell format says, as written.
    written: Vec<Range<usize>>,
    /// The copy made of a format, by its number and its colour.
    copies: BTreeMap<(u32, bool), u32>,
    fresh_fills: Vec<bool>,
    fresh_formats: String,
}

/// A list of the part: its opening tag, how many it holds, and where one more goes.
#[derive(Default)]
struct List {
    open: Range<usize>,
    count: u32,
    end: usize,
    prefix: String,
}

impl Styles {
    pub(super) fn read(text: String) -> Result<Styles, Unmarkable> {
        let (mut fills, mut formats, mut written) = (None::<List>, None::<List>, Vec::new());
        let mut inside = "";
        let read = for_each_tag(&text, |tag| {
            if tag.depth == 1 && tag.kind == Kind::Open {
                let list = || List { open: tag.range(), prefix: tag.prefix().to_string(), ..List::default() };
                inside = match () {
                    () if tag.is("fills") => {
                        fills = Some(list());
                        "fills"
                    }
                    () if tag.is("cellXfs") => {
                        formats = Some(list());
                        "cellXfs"
                    }
                    () => "",
                };
            }
            let list = match inside {
                "fills" => fills.as_mut(),
                "cellXfs" => formats.as_mut(),
                _ => None,
            };
            let Some(list) = list else { return Next::More };
            match (tag.depth, tag.kind) {
                (1, Kind::Close) => {
                    list.end = tag.start;
                    inside = "";
                }
                (2, Kind::Open | Kind::Empty) => {
                    list.count += 1;
                    if inside == "cellXfs" {
                        written.push(tag.range());
                    }
                }
                (2, Kind::Close) if inside == "cellXfs" => {
                    if let Some(last) = written.last_mut() {
                        last.end = tag.end();
                    }
                }
                _ => {}
            }
            Next::More
        });
        let lists = read.and(fills.zip(formats)).filter(|(fills, formats)| fills.end > 0 && formats.end > 0);
        let (fills, formats) = lists.ok_or_else(|| Unmarkable::part("styles.xml"))?;
        let (copies, fresh_fills) = (BTreeMap::new(), Vec::new());
        Ok(Styles { text, fills, formats, written, copies, fresh_fills, fresh_formats: String::new() })
    }

    /// The number of a format that is `base` with the colour of a severity.
    pub(super) fn coloured(&mut self, base: u32, severity: Severity) -> u32 {
        let grave = severity == Severity::Error;
        if let Some(copy) = self.copies.get(&(base, grave)) {
            return *copy;
        }
        let position = self.fresh_fills.iter().position(|own| *own == grave).unwrap_or_else(|| {
            self.fresh_fills.push(grave);
            self.fresh_fills.len() - 1
        });
        let fill = (self.fills.count as usize + position).to_string();
        let format = match self.written.get(base as usize) {
            Some(range) => with_fill(&self.text[range.clone()], &fill),
            None => {
                let prefix = &self.formats.prefix;
                format!("<{prefix}xf numFmtId=\"0\" fontId=\"0\" fillId=\"{fill}\" borderId=\"0\" applyFill=\"1\"/>")
            }
        };
        self.fresh_formats.push_str(&format);
        let number = self.formats.count + self.copies.len() as u32;
        self.copies.insert((base, grave), number);
        number
    }

    /// The part with what was added.
    pub(super) fn finish(self) -> String {
        if self.copies.is_empty() {
            return self.text;
        }
        let prefix = &self.fills.prefix;
        let fill = |grave: &bool| {
            let colour = if *grave { ERROR } else { WARNING };
            format!(
                "<{prefix}fill><{prefix}patternFill patternType=\"solid\"><{prefix}fgColor rgb=\"{colour}\"/><{prefix}bgColor \
                 indexed=\"64\"/></{prefix}patternFill></{prefix}fill>"
            )
        };
        let fills: String = self.fresh_fills.iter().map(fill).collect();
        let counted = |list: &List, more: usize| -> Edit {
            let tag = Tag { kind: Kind::Open, text: &self.text[list.open.clone()], start: list.open.start, depth: 1 };
            (list.open.clone(), tag.with("count", &(list.count as usize + more).to_string()))
        };
        let edits = vec![
            counted(&self.fills, self.fresh_fills.len()),
            (self.fills.end..self.fills.end, fills),
            counted(&self.formats, self.copies.len()),
            (self.formats.end..self.formats.end, self.fresh_formats),
        ];
        cut::apply(&self.text, edits)
    }
}

/// A cell format with another fill.
fn with_fill(format: &str, fill: &str) -> String {
    let length = format.find('>').map_or(format.len(), |end| end + 1);
    let tag = |text| Tag { kind: Kind::Open, text, start: 0, depth: 2 };
    let filled = tag(&format[..length]).with("fillId", fill);
    let filled = tag(&filled).with("applyFill", "1");
    format!("{filled}{}", &format[length..])
}

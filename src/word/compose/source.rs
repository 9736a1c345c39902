//! The source of a built-in template: reading its text format (`templates/README.md`) into blocks.
//!
//! Knows the format and nothing of Word; a source that cannot be read is told by line.

use super::ComposeError;
use super::profile::Look;

/// A template as its source says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Source {
    /// Title of the file, tags allowed.
    pub title: String,
    pub author: String,
    pub sections: Vec<Section>,
}

/// Pages of one shape.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Section {
    pub landscape: bool,
    /// Page numbers begin again at 1.
    pub restarts: bool,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    Paragraph(Line),
    Frame(Frame),
    Table(Table),
}

/// One paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub look: Look,
    pub text: String,
    /// Line of the source, counted from one.
    pub number: usize,
}

/// Things side by side without rules: letterhead, signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// Shares of the text width.
    pub widths: Vec<u32>,
    pub rows: Vec<FrameRow>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FrameRow {
    /// A row that holds only a tag, which rules the rows below it.
    Tag(String),
    Cells(Vec<FrameCell>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FrameCell {
    pub span: usize,
    pub lines: Vec<Line>,
}

/// A ruled table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// What it shows, for readers who cannot see it.
    pub caption: String,
    pub widths: Vec<u32>,
    pub aligns: Vec<Align>,
    pub rows: Vec<TableRow>,
    /// How many of the first rows repeat on each page.
    pub headers: usize,
    /// Small letters, for many columns.
    pub small: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TableRow {
    Tag(String),
    Cells {
        cells: Vec<String>,
        /// Not parted from the row below at the end of a page.
        keeps: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Center,
    Right,
    Justified,
}

/// A cell that belongs to the cell on its left.
pub(crate) const SPAN_LEFT: &str = "<";
/// A cell that belongs to the cell above it.
pub(crate) const SPAN_UP: &str = "^";

/// Reads a source.
///
/// # Errors
/// A line that the format does not know, with its number.
pub(crate) fn parse(text: &str) -> Result<Source, ComposeError> {
    let mut reader = Reader { lines: logical_lines(text), next: 0 };
    let mut source = Source { sections: vec![Section::default()], ..Source::default() };
    while let Some((number, line)) = reader.take() {
        let (word, rest) = directive(&line);
        match word {
            Some("title") => source.title = rest.to_string(),
            Some("author") => source.author = rest.to_string(),
            Some("page") => {
                let page = page(number, rest)?;
                match source.sections.last_mut() {
                    Some(empty) if empty.blocks.is_empty() => *empty = page,
                    _ => source.sections.push(page),
                }
            }
            Some("frame") => {
                let block = Block::Frame(reader.frame(number, rest)?);
                push(&mut source, block);
            }
            Some("table") => {
                let block = Block::Table(reader.table(number, rest)?);
                push(&mut source, block);
            }
            _ => {
                let block = Block::Paragraph(paragraph(number, &line)?);
                push(&mut source, block);
            }
        }
    }
    Ok(source)
}

fn push(source: &mut Source, block: Block) {
    if let Some(section) = source.sections.last_mut() {
        section.blocks.push(block);
    }
}

/// Lines with their numbers: comments and empty lines left out, indented lines joined to the line above.
fn logical_lines(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with("//") {
            continue;
        }
        match lines.last_mut() {
            Some((_, last)) if line.starts_with("    ") => {
                last.push(' ');
                last.push_str(trimmed);
            }
            _ => lines.push((index + 1, trimmed.to_string())),
        }
    }
    lines
}

/// `@word rest`.
fn directive(line: &str) -> (Option<&str>, &str) {
    match line.strip_prefix('@') {
        Some(after) => {
            let (word, rest) = after.split_once(' ').unwrap_or((after, ""));
            (Some(word), rest.trim())
        }
        None => (None, line),
    }
}

fn page(number: usize, rest: &str) -> Result<Section, ComposeError> {
    let mut section = Section::default();
    for word in rest.split_whitespace() {
        match word {
            "portrait" => section.landscape = false,
            "landscape" => section.landscape = true,
            "restart" => section.restarts = true,
            other => return Err(ComposeError::new(number, format!("@page does not know “{other}”"))),
        }
    }
    Ok(section)
}

/// A paragraph: its look by its mark, or plain text for the body.
fn paragraph(number: usize, line: &str) -> Result<Line, ComposeError> {
    if is_only_tag(line) {
        return Ok(Line { look: Look::Control, text: line.to_string(), number });
    }
    if let (Some(word), rest) = directive(line) {
        let look = Look::of_mark(word)
            .ok_or_else(|| ComposeError::new(number, format!("no paragraph is called “@{word}”")))?;
        return Ok(Line { look, text: rest.to_string(), number });
    }
    let marks = [("### ", Look::Heading3), ("## ", Look::Heading2), ("# ", Look::Heading1)];
    for (mark, look) in marks {
        if let Some(rest) = line.strip_prefix(mark) {
            return Ok(Line { look, text: rest.trim().to_string(), number });
        }
    }
    // a dash belongs to the text of the point, as it is typed in an office
    let look = if line.starts_with("- ") || line.starts_with("+ ") { Look::Point } else { Look::Body };
    Ok(Line { look, text: line.to_string(), number })
}

/// Whether a line holds one block tag and nothing else.
pub(crate) fn is_only_tag(line: &str) -> bool {
    let Some(inner) = line.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")) else { return false };
    !inner.contains("}}") && (inner.starts_with('#') || inner.starts_with('/') || inner.starts_with("else"))
}

struct Reader {
    lines: Vec<(usize, String)>,
    next: usize,
}

impl Reader {
    fn take(&mut self) -> Option<(usize, String)> {
        let line = self.lines.get(self.next).cloned();
        self.next += 1;
        line
    }

    fn take_in(&mut self, opened: usize) -> Result<(usize, String), ComposeError> {
        self.take().ok_or_else(|| ComposeError::new(opened, "is not closed by @end".to_string()))
    }

    fn frame(&mut self, opened: usize, rest: &str) -> Result<Frame, ComposeError> {
        let mut frame = Frame { widths: widths(opened, rest)?, rows: Vec::new() };
        loop {
            let (number, line) = self.take_in(opened)?;
            match directive(&line) {
                (Some("end"), _) => return Ok(frame),
                (Some("row"), "") => frame.rows.push(FrameRow::Cells(Vec::new())),
                (Some("row"), tag) => frame.rows.push(FrameRow::Tag(tag.to_string())),
                (Some("cell"), span) => {
                    let span = if span.is_empty() { Ok(1) } else { span.parse() };
                    let span = span.map_err(|_| ComposeError::new(number, "@cell takes a number".to_string()))?;
                    match frame.rows.last_mut() {
                        Some(FrameRow::Cells(cells)) => cells.push(FrameCell { span, lines: Vec::new() }),
                        _ => return Err(ComposeError::new(number, "@cell stands before any @row".to_string())),
                    }
                }
                _ => {
                    let line = paragraph(number, &line)?;
                    match frame.rows.last_mut() {
                        Some(FrameRow::Cells(cells)) if !cells.is_empty() => {
                            if let Some(cell) = cells.last_mut() {
                                cell.lines.push(line);
                            }
                        }
                        _ => return Err(ComposeError::new(number, "text stands before any @cell".to_string())),
                    }
                }
            }
        }
    }

    fn table(&mut self, opened: usize, caption: &str) -> Result<Table, ComposeError> {
        let mut table = Table {
            caption: caption.to_string(),
            widths: Vec::new(),
            aligns: Vec::new(),
            rows: Vec::new(),
            headers: 0,
            small: false,
        };
        loop {
            let (number, line) = self.take_in(opened)?;
            match directive(&line) {
                (Some("end"), _) => break,
                (Some("widths"), rest) => table.widths = widths(number, rest)?,
                (Some("align"), rest) => table.aligns = aligns(number, rest)?,
                (Some("small"), _) => table.small = true,
                (Some("body"), _) => table.headers = table.rows.len(),
                (None, text) if is_only_tag(text) => table.rows.push(TableRow::Tag(text.to_string())),
                (None, text) if text.starts_with('|') => {
                    let keeps = text.starts_with("||");
                    let cells = cells(text);
                    if cells.len() != table.widths.len() {
                        let message = format!("{} cells in a table of {} columns", cells.len(), table.widths.len());
                        return Err(ComposeError::new(number, message));
                    }
                    table.rows.push(TableRow::Cells { cells, keeps });
                }
                _ => return Err(ComposeError::new(number, format!("not a line of a table: “{line}”"))),
            }
        }
        if table.aligns.len() != table.widths.len() {
            return Err(ComposeError::new(opened, "@align and @widths count different columns".to_string()));
        }
        Ok(table)
    }
}

fn cells(line: &str) -> Vec<String> {
    let inner = line.trim_start_matches('|');
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    inner.split('|').map(|cell| cell.trim().to_string()).collect()
}

fn widths(number: usize, rest: &str) -> Result<Vec<u32>, ComposeError> {
    let widths: Result<Vec<u32>, _> = rest.split_whitespace().map(str::parse).collect();
    match widths {
        Ok(widths) if !widths.is_empty() && widths.iter().all(|width| *width > 0) => Ok(widths),
        _ => Err(ComposeError::new(number, format!("not widths: “{rest}”"))),
    }
}

fn aligns(number: usize, rest: &str) -> Result<Vec<Align>, ComposeError> {
    rest.split_whitespace()
        .map(|word| match word {
            "l" => Ok(Align::Left),
            "c" => Ok(Align::Center),
            "r" => Ok(Align::Right),
            "j" => Ok(Align::Justified),
            other => Err(ComposeError::new(number, format!("not an alignment: “{other}”"))),
        })
        .collect()
}

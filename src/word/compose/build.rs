//! From a template's source to a docx-rs document, together with what docx-rs cannot say ([`Additions`]).

use docx_rs::{
    AlignmentType, BorderType, BreakType, Docx, HeightRule, PageNumType, PageOrientationType, PageSize, Paragraph,
    ParagraphBorder, ParagraphBorderPosition, ParagraphBorders, Run, Section as PageSection, Table as RuledTable,
    TableAlignmentType, TableBorder, TableBorderPosition, TableBorders, TableCell, TableCellMargins, TableLayoutType,
    TableRow as Row, VAlignType, VMergeType, WidthType,
};

use super::ComposeError;
use super::inline::{Piece, pieces};
use super::profile::{self, Look};
use super::source::{
    Align, Block, Frame, FrameCell, FrameRow, Line, SPAN_LEFT, SPAN_UP, Section, Source, Table, TableRow,
};
use super::styles;
use crate::word::conform::{Additions, Room, TableAddition};

/// Composes a source.
///
/// # Errors
/// Columns that do not add up, a rule of an unknown name.
pub(super) fn build(source: &Source) -> Result<(Docx, Additions), ComposeError> {
    let mut builder = Builder::default();
    builder.additions.title = source.title.clone();
    builder.additions.author = source.author.clone();
    let mut document = styles::document();
    let last = source.sections.len().saturating_sub(1);
    for (index, section) in source.sections.iter().enumerate() {
        let parts = builder.section(section)?;
        if index == last {
            for part in parts {
                document = match part {
                    Part::Paragraph(paragraph) => document.add_paragraph(*paragraph),
                    Part::Table(table) => document.add_table(*table),
                };
            }
            document = shape_last(document, section, index == 0);
        } else {
            let mut page = PageSection::new().page_margin(styles::margins()).page_size(paper(section));
            if section.restarts {
                page = page.page_num_type(PageNumType::new().start(1));
            }
            for part in parts {
                page = match part {
                    Part::Paragraph(paragraph) => page.add_paragraph(*paragraph),
                    Part::Table(table) => page.add_table(*table),
                };
            }
            // later sections take over the header of the first
            if index == 0 {
                page = page.title_pg().header(styles::page_number_header());
            }
            document = document.add_section(page);
        }
    }
    Ok((document, builder.additions))
}

fn shape_last(document: Docx, section: &Section, first: bool) -> Docx {
    let (width, height) = paper_lengths(section);
    let mut document = document.page_size(width, height).page_margin(styles::margins());
    if section.landscape {
        document = document.page_orient(PageOrientationType::Landscape);
    }
    if section.restarts {
        document = document.page_num_type(PageNumType::new().start(1));
    }
    if first {
        document = document.header(styles::page_number_header()).title_pg();
    }
    document
}

fn paper_lengths(section: &Section) -> (u32, u32) {
    if section.landscape {
        (profile::PAPER_LONG, profile::PAPER_SHORT)
    } else {
        (profile::PAPER_SHORT, profile::PAPER_LONG)
    }
}

fn paper(section: &Section) -> PageSize {
    let (width, height) = paper_lengths(section);
    let size = PageSize::new().width(width).height(height);
    if section.landscape { size.orient(PageOrientationType::Landscape) } else { size }
}

enum Part {
    Paragraph(Box<Paragraph>),
    Table(Box<RuledTable>),
}

#[derive(Default)]
struct Builder {
    additions: Additions,
}

impl Builder {
    fn section(&mut self, section: &Section) -> Result<Vec<Part>, ComposeError> {
        let width = profile::text_width(section.landscape);
        let mut parts = Vec::new();
        for block in &section.blocks {
            parts.push(match block {
                Block::Paragraph(line) => Part::Paragraph(Box::new(self.paragraph(line, width)?)),
                Block::Frame(frame) => Part::Table(Box::new(self.frame(frame, width)?)),
                Block::Table(table) => Part::Table(Box::new(self.table(table, width)?)),
            });
        }
        // a page may not end with a table
        if matches!(parts.last(), Some(Part::Table(_))) {
            parts.push(Part::Paragraph(Box::new(styled(Look::Filler))));
        }
        Ok(parts)
    }

    /// A paragraph in a column of this width.
    fn paragraph(&mut self, line: &Line, width: u32) -> Result<Paragraph, ComposeError> {
        let paragraph = styled(line.look);
        match line.look {
            Look::Rule => {
                let length = profile::rule_length(&line.text)
                    .ok_or_else(|| ComposeError::new(line.number, format!("no rule is called “{}”", line.text)))?;
                Ok(ruled(paragraph, width, length))
            }
            Look::SignatureRoom => {
                let (code, name) = line
                    .text
                    .split_once('|')
                    .ok_or_else(|| ComposeError::new(line.number, "@room takes “code | name”".to_string()))?;
                let room = Room { code: code.trim().to_string(), name: name.trim().to_string() };
                self.additions.rooms.push(room);
                Ok(paragraph)
            }
            Look::Superior | Look::Issuer => {
                let side = Some(profile::LETTERHEAD_SIDE);
                Ok(with_text(paragraph, &line.text, false).indent(side, None, side, None))
            }
            _ => Ok(with_text(paragraph, &line.text, false)),
        }
    }

    fn frame(&mut self, frame: &Frame, width: u32) -> Result<RuledTable, ComposeError> {
        self.additions.tables.push(TableAddition::default());
        let grid = shares(&frame.widths, width);
        let mut rows = Vec::new();
        for row in &frame.rows {
            match row {
                FrameRow::Tag(tag) => rows.push(tag_row(tag, &grid)),
                FrameRow::Cells(cells) if grid.len() > 2 => rows.extend(self.party_rows(cells, &grid)?),
                FrameRow::Cells(cells) => rows.push(self.frame_row(cells, &grid, false)?),
            }
        }
        // columns of a letterhead need all their room; parties side by side must not touch
        let padding = if grid.len() > 2 { profile::TABLE_PADDING as usize } else { 0 };
        let margins = TableCellMargins::new().margin(0, padding, 0, padding);
        Ok(laid_out(RuledTable::without_borders(rows), &grid).margins(margins))
    }

    /// Parties side by side: their names begin on one line, and the rooms and the signers' names below stand on one
    /// line too, however long the names above are. So two rows, never parted.
    fn party_rows(&mut self, cells: &[FrameCell], grid: &[u32]) -> Result<Vec<Row>, ComposeError> {
        let (mut names, mut rooms) = (cells.to_vec(), cells.to_vec());
        for (names, rooms) in names.iter_mut().zip(&mut rooms) {
            let room = names.lines.iter().position(|line| line.look == Look::SignatureRoom);
            let room = room.unwrap_or(names.lines.len());
            names.lines.truncate(room);
            rooms.lines.drain(..room);
        }
        let mut rows = vec![self.frame_row(&names, grid, true)?];
        if rooms.iter().any(|cell| !cell.lines.is_empty()) {
            // LibreOffice asks the first paragraph of a row whether it stands with the next, Word asks them all
            let keeps = rooms.iter().flat_map(|cell| &cell.lines).any(|line| line.look.shape().keep_next);
            rows.push(self.frame_row(&rooms, grid, keeps)?);
        }
        Ok(rows)
    }

    /// `keeps`: not parted from the row below.
    fn frame_row(&mut self, cells: &[FrameCell], grid: &[u32], keeps: bool) -> Result<Row, ComposeError> {
        let mut composed = Vec::new();
        let mut column = 0;
        for cell in cells {
            let number = cell.lines.first().map_or(0, |line| line.number);
            let widths = grid.get(column..column + cell.span).ok_or_else(|| {
                ComposeError::new(number, "the cells of this row span more columns than there are".to_string())
            })?;
            let width: u32 = widths.iter().sum();
            column += cell.span;
            let mut table_cell = TableCell::new().width(width as usize, WidthType::Dxa);
            if cell.span > 1 {
                table_cell = table_cell.grid_span(cell.span);
            }
            for line in &cell.lines {
                let paragraph = self.paragraph(line, width)?;
                table_cell = table_cell.add_paragraph(if keeps { paragraph.keep_next(true) } else { paragraph });
            }
            composed.push(table_cell);
        }
        if column != grid.len() {
            let number = cells.iter().flat_map(|cell| &cell.lines).map(|line| line.number).next().unwrap_or(0);
            return Err(ComposeError::new(number, "the cells of this row leave columns empty".to_string()));
        }
        Ok(Row::new(composed).cant_split())
    }

    fn table(&mut self, table: &Table, width: u32) -> Result<RuledTable, ComposeError> {
        self.additions.tables.push(TableAddition { headers: table.headers, caption: table.caption.clone() });
        let grid = shares(&table.widths, width);
        let look = if table.small { Look::TableSmall } else { Look::TableText };
        let mut rows = Vec::new();
        for (index, row) in table.rows.iter().enumerate() {
            rows.push(match row {
                TableRow::Tag(tag) => tag_row(tag, &grid),
                TableRow::Cells { cells, keeps } => {
                    let head = index < table.headers;
                    let below = table.rows.get(index + 1);
                    let look = RowLook { look, head, keeps: *keeps || head };
                    table_row(cells, below, &grid, &table.aligns, look)
                }
            });
        }
        let padding = if table.small { profile::SMALL_TABLE_PADDING } else { profile::TABLE_PADDING } as usize;
        let margins = TableCellMargins::new().margin(0, padding, 0, padding);
        Ok(laid_out(RuledTable::new(rows), &grid).margins(margins).set_borders(table_lines()))
    }
}

/// How a row of a ruled table looks.
#[derive(Clone, Copy)]
struct RowLook {
    look: Look,
    head: bool,
    /// Not parted from the row below.
    keeps: bool,
}

/// One row of a ruled table; the row below tells whether a cell runs on downwards.
fn table_row(
    cells: &[String],
    below: Option<&TableRow>,
    grid: &[u32],
    aligns: &[Align],
    RowLook { look, head, keeps }: RowLook,
) -> Row {
    let mut composed = Vec::new();
    let mut column = 0;
    while column < cells.len() {
        let span = 1 + cells[column + 1..].iter().take_while(|cell| *cell == SPAN_LEFT).count();
        let width: u32 = grid[column..column + span].iter().sum();
        let text = if cells[column] == SPAN_UP { "" } else { cells[column].as_str() };
        let align = if head || span > 1 && aligns[column] != Align::Left { Align::Center } else { aligns[column] };
        let mut paragraph = with_text(styled(look).align(alignment(align)), text, head);
        if keeps {
            paragraph = paragraph.keep_next(true);
        }
        let mut cell = TableCell::new()
            .width(width as usize, WidthType::Dxa)
            .vertical_align(VAlignType::Center)
            .add_paragraph(paragraph);
        if span > 1 {
            cell = cell.grid_span(span);
        }
        let goes_on = matches!(below, Some(TableRow::Cells { cells: below, .. }) if below[column] == SPAN_UP);
        if cells[column] == SPAN_UP {
            cell = cell.vertical_merge(VMergeType::Continue);
        } else if goes_on {
            cell = cell.vertical_merge(VMergeType::Restart);
        }
        composed.push(cell);
        column += span;
    }
    Row::new(composed).cant_split().height_rule(HeightRule::AtLeast)
}

/// A row that holds only a tag.
fn tag_row(tag: &str, grid: &[u32]) -> Row {
    let width: u32 = grid.iter().sum();
    let cell = TableCell::new().width(width as usize, WidthType::Dxa).grid_span(grid.len()).add_paragraph(with_text(
        styled(Look::Control),
        tag,
        false,
    ));
    Row::new(vec![cell]).cant_split()
}

fn laid_out(table: RuledTable, grid: &[u32]) -> RuledTable {
    let width: u32 = grid.iter().sum();
    table
        .set_grid(grid.iter().map(|width| *width as usize).collect())
        .layout(TableLayoutType::Fixed)
        .width(width as usize, WidthType::Dxa)
        .align(TableAlignmentType::Center)
}

fn table_lines() -> TableBorders {
    use TableBorderPosition::{Bottom, InsideH, InsideV, Left, Right, Top};
    [Top, Left, Bottom, Right, InsideH, InsideV].into_iter().fold(TableBorders::with_empty(), |lines, position| {
        lines.set(TableBorder::new(position).size(profile::TABLE_LINE as usize).color(profile::COLOR))
    })
}

fn alignment(align: Align) -> AlignmentType {
    match align {
        Align::Left => AlignmentType::Left,
        Align::Center => AlignmentType::Center,
        Align::Right => AlignmentType::Right,
        Align::Justified => AlignmentType::Both,
    }
}

fn styled(look: Look) -> Paragraph {
    Paragraph::new().style(look.shape().id)
}

fn with_text(mut paragraph: Paragraph, text: &str, head: bool) -> Paragraph {
    for piece in pieces(text) {
        paragraph = paragraph.add_run(match piece {
            Piece::Text { text, bold, italic } => {
                let mut run = Run::new().add_text(text);
                if bold || head {
                    run = run.bold();
                }
                if italic {
                    run = run.italic();
                }
                run
            }
            Piece::Break => Run::new().add_break(BreakType::TextWrapping),
            Piece::Tab => Run::new().add_tab(),
        });
    }
    paragraph
}

/// An empty paragraph whose lower border is a rule of this length in the middle of the column.
fn ruled(mut paragraph: Paragraph, width: u32, length: u32) -> Paragraph {
    let side = (width.saturating_sub(length) / 2) as i32;
    let border = ParagraphBorder::new(ParagraphBorderPosition::Bottom)
        .val(BorderType::Single)
        .size(profile::RULE_WEIGHT as usize)
        .space(0)
        .color(profile::COLOR);
    paragraph.property = paragraph.property.set_borders(ParagraphBorders::with_empty().set(border));
    paragraph.indent(Some(side), None, Some(side), None)
}

/// The text width dealt out by shares; what rounding leaves goes to the widest column.
fn shares(widths: &[u32], width: u32) -> Vec<u32> {
    let total: u32 = widths.iter().sum::<u32>().max(1);
    let mut grid: Vec<u32> = widths.iter().map(|share| share * width / total).collect();
    let rest = width - grid.iter().sum::<u32>();
    if let Some(widest) = grid.iter_mut().max() {
        *widest += rest;
    }
    grid
}

//! The document: what a filled Word file says and how it wants to look, with every style already resolved.
//!
//! It is what `word` hands to `pdf`. Lengths are twips (1/20 pt) unless stated; colours are RRGGBB.

use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::chart::Drawing;

/// A whole document (văn bản).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// From docProps/core.xml.
    pub title: String,
    pub author: String,
    pub subject: String,
    /// Language of the text, such as `vi-VN`.
    pub language: String,
    /// Distance of default tab stops.
    pub default_tab: i32,
    pub sections: Vec<Section>,
    /// Footnotes by their id in the file.
    pub footnotes: BTreeMap<i64, Vec<Block>>,
}

/// A run of pages of one shape (mục trang).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    pub page: Page,
    pub start: SectionStart,
    pub headers: Margins,
    pub footers: Margins,
    /// `w:titlePg`: the first page has its own header and footer, empty if none is given.
    pub first_page_differs: bool,
    /// Page number of the first page; none: goes on from the section before.
    pub first_number: Option<u32>,
    pub number_format: NumberFormat,
    /// Text columns, at least one, and the gap between them.
    pub columns: u32,
    pub column_gap: i32,
    pub blocks: Vec<Block>,
    /// A watermark across every page, such as `DỰ THẢO`: an artifact, not text.
    pub watermark: Option<String>,
}

/// Paper and margins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    pub width: i32,
    pub height: i32,
    pub top: i32,
    pub bottom: i32,
    pub left: i32,
    pub right: i32,
    /// From the upper edge to the header.
    pub header: i32,
    /// From the lower edge to the footer.
    pub footer: i32,
}

impl Default for Page {
    /// A4 upright with the margins of NĐ 30/2020: 20/20/30/15 mm.
    fn default() -> Self {
        Page { width: 11906, height: 16838, top: 1134, bottom: 1134, left: 1701, right: 851, header: 567, footer: 567 }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SectionStart {
    #[default]
    NextPage,
    Continuous,
}

/// Headers or footers of a section; none: inherited ones are already put in by the reader.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Margins {
    pub default: Vec<Block>,
    pub first: Vec<Block>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberFormat {
    #[default]
    Decimal,
    LowerRoman,
    UpperRoman,
    LowerLetter,
    UpperLetter,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    Paragraph(Paragraph),
    Table(Table),
}

/// A paragraph (đoạn).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paragraph {
    pub role: Role,
    pub style: ParagraphStyle,
    /// Number or bullet in front, already counted: `1.`, `a)`, `-`.
    pub label: Option<Label>,
    pub inlines: Vec<Inline>,
    /// Look of the paragraph mark; it gives an empty paragraph its height.
    pub mark: RunStyle,
}

/// What a paragraph is to a reader who cannot see it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    #[default]
    Body,
    /// Level from 1 (`w:outlineLvl` + 1); also a bookmark of the PDF.
    Heading(u8),
    /// A list item; level from 0.
    ListItem(u8),
    Caption,
    /// An entry of a table of contents; level from 1.
    Contents(u8),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Label {
    pub text: String,
    pub style: RunStyle,
    pub after: AfterLabel,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AfterLabel {
    #[default]
    Tab,
    Space,
    Nothing,
}

/// Look of a paragraph, resolved through styles and numbering.
#[derive(Clone, Debug, PartialEq)]
pub struct ParagraphStyle {
    pub alignment: Alignment,
    pub indent_left: i32,
    pub indent_right: i32,
    /// First-line indent; negative is hanging.
    pub first_line: i32,
    pub before: i32,
    pub after: i32,
    pub line: LineSpacing,
    pub keep_next: bool,
    pub keep_lines: bool,
    pub page_break_before: bool,
    pub widow_control: bool,
    /// No space between paragraphs of the same style; `style_id` tells.
    pub contextual_spacing: bool,
    pub style_id: SmolStr,
    pub tabs: Vec<TabStop>,
    pub borders: Borders,
    pub shading: Option<SmolStr>,
}

impl Default for ParagraphStyle {
    fn default() -> Self {
        ParagraphStyle {
            alignment: Alignment::Left,
            indent_left: 0,
            indent_right: 0,
            first_line: 0,
            before: 0,
            after: 0,
            line: LineSpacing::Multiple(240),
            keep_next: false,
            keep_lines: false,
            page_break_before: false,
            widow_control: true,
            contextual_spacing: false,
            style_id: SmolStr::default(),
            tabs: Vec::new(),
            borders: Borders::default(),
            shading: None,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    #[default]
    Left,
    Center,
    Right,
    Justified,
}

/// Line spacing: in 240ths of a single line, or twips.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineSpacing {
    Multiple(i32),
    Exact(i32),
    AtLeast(i32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TabStop {
    /// From the left margin.
    pub position: i32,
    pub alignment: TabAlignment,
    pub leader: Leader,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TabAlignment {
    #[default]
    Left,
    Center,
    Right,
    Decimal,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leader {
    #[default]
    None,
    Dot,
    Hyphen,
    Underscore,
}

/// Borders of a paragraph, a table or a cell. `inside_*` count for tables only, and are resolved into cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Borders {
    pub top: Option<Border>,
    pub bottom: Option<Border>,
    pub left: Option<Border>,
    pub right: Option<Border>,
    /// Between paragraphs of the same borders.
    pub between: Option<Border>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Border {
    pub line: BorderLine,
    /// Eighths of a point.
    pub width: i32,
    /// Distance from the text, in points (paragraph borders).
    pub space: i32,
    pub color: SmolStr,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BorderLine {
    Single,
    Double,
    Dotted,
    Dashed,
}

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    Text(String, RunStyle),
    Tab(RunStyle),
    /// A line break inside the paragraph.
    LineBreak(RunStyle),
    PageBreak,
    ColumnBreak,
    Field(Field, RunStyle),
    Picture(Picture),
    FootnoteReference(i64, RunStyle),
    Signature(SignatureField),
    /// A bookmark's start, for references.
    Bookmark(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// PAGE
    PageNumber,
    /// NUMPAGES
    PageCount,
    /// SECTIONPAGES
    SectionPageCount,
    /// PAGEREF of a bookmark, with the text the file holds for it.
    PageOf(String, String),
}

/// Look of a run, resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct RunStyle {
    /// As the file names it, such as `Times New Roman`.
    pub font: SmolStr,
    /// Half points.
    pub size: u32,
    pub bold: bool,
    pub italic: bool,
    pub underline: bool,
    pub strike: bool,
    pub caps: bool,
    pub small_caps: bool,
    pub color: Option<SmolStr>,
    pub highlight: Option<SmolStr>,
    pub vertical: VerticalPosition,
    /// Extra space after each character, twips.
    pub spacing: i32,
}

impl Default for RunStyle {
    fn default() -> Self {
        RunStyle {
            font: "Times New Roman".into(),
            size: 28,
            bold: false,
            italic: false,
            underline: false,
            strike: false,
            caps: false,
            small_caps: false,
            color: None,
            highlight: None,
            vertical: VerticalPosition::Baseline,
            spacing: 0,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VerticalPosition {
    #[default]
    Baseline,
    Superscript,
    Subscript,
}

/// A picture in the line (inline); size in EMU (914,400 to the inch).
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    pub width: i64,
    pub height: i64,
    /// PNG or JPEG bytes as in the file.
    pub data: Arc<[u8]>,
    pub alternative_text: String,
    /// The same as a drawing of our own, where the file has one beside the picture.
    pub drawing: Option<Arc<Drawing>>,
}

/// An open signature field (ô ký số): in Word a content control with tag `ky:NAME` and the tooltip as its title,
/// around the empty room for signature and seal; in PDF a field of that name over the same room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureField {
    pub name: String,
    pub tooltip: String,
    /// Height of the room; the width is the column's.
    pub height: i32,
}

/// A table (bảng).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Widths of the grid columns.
    pub columns: Vec<i32>,
    pub rows: Vec<Row>,
    pub alignment: Alignment,
    /// Of the left edge from the margin; Word draws the text, not the border, at the margin when 0 minus cell margin.
    pub indent: i32,
    /// Alternative text.
    pub description: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub cells: Vec<Cell>,
    /// Repeated at the top of each page (`w:tblHeader`).
    pub header: bool,
    /// Whether the row may break over pages.
    pub can_split: bool,
    pub height: Option<RowHeight>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowHeight {
    AtLeast(i32),
    Exact(i32),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Grid columns it covers, at least one.
    pub span: usize,
    pub merge: VerticalMerge,
    /// Resolved from table style, table and cell.
    pub borders: Borders,
    pub shading: Option<SmolStr>,
    pub vertical_alignment: VerticalAlignment,
    /// Room inside: top, right, bottom, left.
    pub padding: [i32; 4],
    pub blocks: Vec<Block>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VerticalMerge {
    #[default]
    None,
    Start,
    Continue,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VerticalAlignment {
    #[default]
    Top,
    Center,
    Bottom,
}

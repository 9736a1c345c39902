//! How cells look: Times New Roman everywhere, thin borders, Vietnamese number formats, shades that survive black
//! and white.

use super::measure;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

/// A cell's look, put together from a few words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    kind: Kind,
    bold: bool,
    italic: bool,
    /// Open to typing on a protected sheet.
    open: bool,
    shade: Option<u32>,
    decimals: Option<u32>,
    /// In points.
    size: u8,
    border: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Text,
    /// Text that does not wrap, however narrow its column.
    Line,
    Centre,
    Number,
    Date,
    Heading,
    Title,
}

/// The font of every cell.
pub(super) const FONT: &str = "Times New Roman";

/// Headings, heads of units, heads of groups, cells to type into.
const HEADING_SHADE: u32 = 0x00D9_E2F3;
const UNIT_SHADE: u32 = 0x00E7_E6E6;
const GROUP_SHADE: u32 = 0x00F5_F5F5;
const OPEN_SHADE: u32 = 0x00FF_F8DC;

impl Style {
    const fn of(kind: Kind) -> Self {
        Style { kind, bold: false, italic: false, open: false, shade: None, decimals: None, size: 11, border: true }
    }

    /// Wrapped text from the left.
    pub(super) fn text() -> Self {
        Style::of(Kind::Text)
    }

    /// A short word or code in the middle.
    pub(super) fn centre() -> Self {
        Style::of(Kind::Centre)
    }

    /// A figure with thousands apart and as many decimals as it has itself.
    pub(super) fn number(decimals: u32) -> Self {
        Style { decimals: Some(decimals), ..Style::of(Kind::Number) }
    }

    /// A figure with the decimals it is typed with.
    pub(super) fn figure() -> Self {
        Style::of(Kind::Number)
    }

    /// A whole number in the middle: a place, a count, a 1 or 0.
    pub(super) fn count() -> Self {
        Style { decimals: Some(0), ..Style::of(Kind::Centre) }
    }

    /// A date, day first.
    pub(super) fn date() -> Self {
        Style::of(Kind::Date)
    }

    pub(super) fn heading() -> Self {
        Style { bold: true, shade: Some(HEADING_SHADE), ..Style::of(Kind::Heading) }
    }

    /// A number in a heading.
    pub(super) fn heading_number(decimals: u32) -> Self {
        Style { italic: true, bold: false, decimals: Some(decimals), ..Style::heading() }
    }

    pub(super) fn title() -> Self {
        Style { bold: true, size: 14, border: false, ..Style::of(Kind::Title) }
    }

    pub(super) fn subtitle() -> Self {
        Style { italic: true, border: false, ..Style::of(Kind::Title) }
    }

    /// The heading of a table further down a sheet.
    pub(super) fn section() -> Self {
        Style { bold: true, size: 12, border: false, ..Style::of(Kind::Text) }
    }

    /// Words that stand free under a table.
    pub(super) fn remark() -> Self {
        Style { border: false, ..Style::of(Kind::Text) }
    }

    /// Words on one line that may reach over the edge of their cell.
    pub(super) fn line() -> Self {
        Style { border: false, ..Style::of(Kind::Line) }
    }

    pub(super) fn bold(self) -> Self {
        Style { bold: true, ..self }
    }

    pub(super) fn unit(self) -> Self {
        Style { bold: true, shade: Some(UNIT_SHADE), ..self }
    }

    pub(super) fn group(self) -> Self {
        Style { bold: true, shade: Some(GROUP_SHADE), ..self }
    }

    /// A cell to type into.
    pub(super) fn open(self) -> Self {
        Style { open: true, shade: Some(OPEN_SHADE), ..self }
    }

    /// All that tells this look from others, in one number: every cell's look is compared with those that are known.
    pub(super) fn key(self) -> u64 {
        let flags = [self.bold, self.italic, self.open, self.border];
        let flags = flags.into_iter().fold(0, |flags, flag| flags << 1 | u8::from(flag));
        // nothing said is not the same as none, and not as black
        let decimals = self.decimals.map_or(0, |decimals| decimals.min(MOST_DECIMALS) as u8 + 1);
        let [a, b, c, d] = self.shade.map_or(0, |shade| shade + 1).to_be_bytes();
        u64::from_be_bytes([self.kind as u8, flags, self.size, decimals, a, b, c, d])
    }

    /// Lines that a text takes in a column of a width; 1 where it does not wrap.
    pub(super) fn lines(self, text: &str, width: f64) -> u32 {
        if matches!(self.kind, Kind::Number | Kind::Line) {
            1
        } else {
            measure::lines(text, width, self.size.into(), self.bold)
        }
    }

    /// Height of so many lines, in points.
    pub(super) fn height(self, lines: u32) -> f64 {
        measure::height(lines, self.size.into())
    }

    /// The font alone.
    pub(super) fn plain(self) -> Format {
        Format::new().set_font_name(FONT).set_font_size(f64::from(self.size))
    }

    pub(super) fn format(self) -> Format {
        let mut format = self.plain().set_align(FormatAlign::VerticalCenter);
        format = match self.kind {
            Kind::Text => format.set_align(FormatAlign::Left).set_text_wrap(),
            Kind::Date => format.set_align(FormatAlign::Center).set_text_wrap().set_num_format("dd/mm/yyyy"),
            Kind::Centre | Kind::Heading | Kind::Title => format.set_align(FormatAlign::Center).set_text_wrap(),
            Kind::Line => format.set_align(FormatAlign::Left),
            Kind::Number => format.set_align(FormatAlign::Right),
        };
        if let Some(decimals) = self.decimals {
            // At the right edge a figure keeps a little air to the border.
            let air = if self.kind == Kind::Number { "_)" } else { "" };
            format = format.set_num_format(format!("{}{air}", number_format(decimals)));
        }
        if self.border {
            format = format.set_border(FormatBorder::Thin);
        }
        if let Some(shade) = self.shade {
            format = format.set_background_color(shade);
        }
        if self.bold {
            format = format.set_bold();
        }
        if self.italic {
            format = format.set_italic();
        }
        if self.open {
            format = format.set_unlocked();
        }
        format
    }
}

/// A format shows no more decimals than these.
const MOST_DECIMALS: u32 = 10;

/// The Vietnamese format of a figure: `1.234,50`, where the program follows the format's language.
fn number_format(decimals: u32) -> String {
    match decimals {
        0 => "[$-42A]#,##0".to_string(),
        some => format!("[$-42A]#,##0.{}", "0".repeat(some.min(MOST_DECIMALS) as usize)),
    }
}

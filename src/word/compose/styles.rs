//! Styles, numbering and page shape of the built-in templates, out of the profile.

use docx_rs::{
    AbstractNumbering, AlignmentType, Docx, Header, IndentLevel, Level, LevelJc, LevelSuffixType, LevelText,
    LineSpacing, LineSpacingType, NumberFormat, Numbering, NumberingId, NumberingProperty, PageMargin, PageNum,
    Paragraph, RunFonts, SpecialIndentType, Start, Style, StyleType, Tab, TabLeaderType, TabValueType,
};

use super::HEADING_NUMBERING;
use super::profile::{self, Look, Place, Shape};

/// An empty document with the profile's fonts, styles and numbering.
pub(super) fn document() -> Docx {
    let mut document = Docx::new().default_fonts(fonts()).default_size(28).default_tab_stop(720);
    for look in Look::ALL {
        document = document.add_style(style(*look));
    }
    document
        .add_abstract_numbering(heading_numbers())
        .add_numbering(Numbering::new(HEADING_NUMBERING, HEADING_NUMBERING))
}

fn fonts() -> RunFonts {
    RunFonts::new().ascii(profile::FONT).hi_ansi(profile::FONT).east_asia(profile::FONT).cs(profile::FONT)
}

fn style(look: Look) -> Style {
    let shape = look.shape();
    let mut style = Style::new(shape.id, StyleType::Paragraph)
        .name(shape.name)
        .based_on("Normal")
        .size(shape.size as usize)
        .align(alignment(shape.place))
        .line_spacing(spacing(shape));
    if shape.outline.is_some() || look == Look::Annex {
        style = style.next(Look::Body.shape().id);
    }
    if shape.bold {
        style = style.bold();
    }
    if shape.italic {
        style = style.italic();
    }
    if shape.left > 0 || shape.first_line > 0 {
        let first = (shape.first_line > 0).then_some(SpecialIndentType::FirstLine(shape.first_line as i32));
        style = style.indent(Some(shape.left as i32), first, None, None);
    }
    if look == Look::Control {
        style = style.color(profile::CONTROL_COLOR);
    }
    if let Some(level) = shape.outline {
        style = style.outline_lvl(level);
    }
    let property = &mut style.paragraph_property;
    property.keep_next = shape.keep_next.then_some(true);
    property.keep_lines = shape.keep_lines.then_some(true);
    property.widow_control = Some(true);
    if let Some(level) = shape.numbered {
        property.numbering_property =
            Some(NumberingProperty::new().add_num(NumberingId::new(HEADING_NUMBERING), IndentLevel::new(level)));
    }
    if look == Look::FillIn {
        let tab = Tab::new().val(TabValueType::Right).leader(TabLeaderType::Dot);
        property.tabs.push(tab.pos(profile::text_width(false) as usize));
    }
    style
}

fn alignment(place: Place) -> AlignmentType {
    match place {
        Place::Left => AlignmentType::Left,
        Place::Center => AlignmentType::Center,
        Place::Justified => AlignmentType::Both,
    }
}

fn spacing(shape: Shape) -> LineSpacing {
    let rule = if shape.exact { LineSpacingType::Exact } else { LineSpacingType::Auto };
    LineSpacing::new().before(shape.before).after(shape.after).line_rule(rule).line(shape.line as i32)
}

/// `I.` and `1.`, the second beginning anew under each of the first. Points `a)` are typed, since Word knows no
/// Vietnamese alphabet.
fn heading_numbers() -> AbstractNumbering {
    let level = |index: usize, format: &str, text: &str, look: Look| {
        Level::new(index, Start::new(1), NumberFormat::new(format), LevelText::new(text), LevelJc::new("left"))
            .suffix(LevelSuffixType::Space)
            .paragraph_style(look.shape().id)
            .indent(Some(0), Some(SpecialIndentType::FirstLine(look.shape().first_line as i32)), None, None)
    };
    AbstractNumbering::new(HEADING_NUMBERING).add_level(level(0, "upperRoman", "%1.", Look::Heading1)).add_level(level(
        1,
        "decimal",
        "%2.",
        Look::Heading2,
    ))
}

/// The header of every page but the first: its number in the middle.
pub(super) fn page_number_header() -> Header {
    Header::new().add_paragraph(Paragraph::new().style(Look::PageNumber.shape().id).add_page_num(PageNum::new()))
}

pub(super) fn margins() -> PageMargin {
    PageMargin {
        top: profile::MARGIN_TOP as i32,
        bottom: profile::MARGIN_BOTTOM as i32,
        left: profile::MARGIN_LEFT as i32,
        right: profile::MARGIN_RIGHT as i32,
        header: profile::HEADER as i32,
        footer: profile::FOOTER as i32,
        gutter: 0,
    }
}

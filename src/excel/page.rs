//! How a sheet prints: A4 landscape, one page wide, heading rows on each page, header and page numbers.

use super::WorkbookError;
use super::pen::Pen;

/// What stands in the header of each printed page.
pub(super) struct Running<'a> {
    pub(super) left: &'a str,
    /// Empty, or the word that marks a draft.
    pub(super) draft: &'a str,
}

/// Sets a sheet up for the printer. `heading` rows repeat on each page; everything above `frozen.0` and left of
/// `frozen.1` stays in sight on the screen.
pub(super) fn set_up(
    pen: &mut Pen,
    running: &Running,
    heading: (u32, u32),
    frozen: (u32, u16),
) -> Result<(), WorkbookError> {
    const A4: u8 = 9;
    let sheet = pen.sheet();
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.4, 0.7, 0.6, 0.3, 0.3);
    sheet.set_repeat_rows(heading.0, heading.1)?;
    sheet.set_freeze_panes(frozen.0, frozen.1)?;
    // The header may hold 255 characters in all; ampersands are codes there.
    let left: String = running.left.chars().take(120).collect::<String>().replace('&', "&&");
    let draft = match running.draft {
        "" => String::new(),
        word => format!("&R&\"Times New Roman,Bold\"&12 {word}"),
    };
    sheet.set_header(format!("&L&\"Times New Roman,Italic\"&10 {left}{draft}"));
    sheet.set_footer("&C&\"Times New Roman,Regular\"&10 &P/&N");
    Ok(())
}

/// Breaks pages before tables that would else begin at the foot of a page and go on, without their headings, on the next:
/// before one that fits on a page as a whole, or that would have less than its first rows. `tables` are the first and
/// last rows of the tables, from the top; `repeated` the rows that stand on each page. After all texts.
pub(super) fn keep_together(pen: &mut Pen, repeated: (u32, u32), tables: &[(u32, u32)]) -> Result<(), WorkbookError> {
    /// Room on a page of A4 lying down, within our margins; dots of the screen, a little less for safety.
    const WIDTH: f64 = 1035.0;
    const HEIGHT: f64 = 660.0;
    /// Rows below the title and headings of a table that is longer than a page.
    const LEAST: u32 = 4;
    const FULL: f64 = 1.03;
    let last = tables.last().map_or(0, |table| table.1);
    let heights = |first: u32, end: u32| (first..end).map(|row| pen.row_dots(row)).sum::<f64>();
    let scale = (WIDTH / pen.dots_across()).min(1.0);
    let room = HEIGHT / scale - heights(repeated.0, repeated.1 + 1);
    let (mut used, mut breaks) = (heights(0, repeated.0), Vec::new());
    for row in repeated.1 + 1..=last {
        if let Some((first, end)) = tables.iter().find(|table| table.0 == row) {
            let whole = heights(*first, end + 1);
            let needed = if whole <= room { whole } else { heights(*first, first + LEAST) };
            if used > 0.0 && used + needed > room {
                breaks.push(row);
                used = 0.0;
            }
        }
        let height = pen.row_dots(row);
        // a page that is just full in our reckoning may hold its last row all the same
        used = if used + height > room * FULL { height } else { used + height };
    }
    pen.sheet().set_page_breaks(&breaks)?;
    Ok(())
}

/// Protects a sheet against slips, without a password: typing goes into open cells only; columns and rows may still
/// be widened and filtered.
pub(super) fn protect(pen: &mut Pen) {
    let options = rust_xlsxwriter::ProtectionOptions {
        format_columns: true,
        format_rows: true,
        use_autofilter: true,
        sort: true,
        ..rust_xlsxwriter::ProtectionOptions::new()
    };
    pen.sheet().protect_with_options(&options);
}

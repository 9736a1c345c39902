//! The boxes in which comments show (VML): one shape for each new comment.

use super::Unmarkable;
use super::archive::Archive;
use super::package::{Relations, state_part};
use crate::finding::CellAddress;

const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
const NAMESPACES: &str = "xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
                          xmlns:x=\"urn:schemas-microsoft-com:office:excel\"";
const SHAPE_TYPE: &str = "_x0000_t202";
/// Shapes are numbered in blocks of this many, a block for each drawing.
const BLOCK: usize = 1024;
/// The last cell of a sheet; a box cannot reach beyond it.
const LAST: CellAddress = CellAddress { row: 1_048_575, column: 16_383 };
/// Height of a row and of a line of a comment, in points, as nearly as a box needs.
const ROW: usize = 15;
const LINE: usize = 14;

/// Makes the part with its boxes; gives the id by which the sheet links it.
pub(super) fn create(
    archive: &mut Archive,
    relations: &mut Relations,
    fresh: &[(CellAddress, usize)],
) -> Result<String, Unmarkable> {
    let (part, number) = archive.free_name("xl/drawings/vmlDrawing", ".vml");
    let text = format!(
        "<xml {NAMESPACES}><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{number}\"/></o:shapelayout>{}{}</xml>",
        shape_type(""),
        shapes(number * BLOCK + 1, fresh, "")
    );
    archive.replace(&part, text);
    state_part(archive, &part, CONTENT_TYPE)?;
    Ok(relations.add("vmlDrawing", &part))
}

/// Adds boxes to a part that is there. Its XML is often not well formed, so it is only cut in at its end.
pub(super) fn extend(archive: &mut Archive, part: &str, fresh: &[(CellAddress, usize)]) -> Result<(), Unmarkable> {
    if fresh.is_empty() {
        return Ok(());
    }
    let mut text = archive.text(part)?;
    let end = text.rfind("</").ok_or_else(|| Unmarkable::part(part))?;
    let namespaces = format!(" {NAMESPACES}");
    let kind = if text.contains(&format!("id=\"{SHAPE_TYPE}\"")) { String::new() } else { shape_type(&namespaces) };
    let first = last_number(&text).max(BLOCK) + 1;
    text.insert_str(end, &format!("{kind}{}", shapes(first, fresh, &namespaces)));
    archive.replace(part, text);
    Ok(())
}

/// The greatest number of a shape.
fn last_number(text: &str) -> usize {
    let after = text.split("_x0000_s").skip(1);
    let number =
        |rest: &str| rest.split(|next: char| !next.is_ascii_digit()).next().and_then(|digits| digits.parse().ok());
    after.filter_map(number).filter(|number| *number < 1 << 24).max().unwrap_or(0)
}

fn shape_type(namespaces: &str) -> String {
    format!(
        "<v:shapetype{namespaces} id=\"{SHAPE_TYPE}\" coordsize=\"21600,21600\" o:spt=\"202\" \
         path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" \
         o:connecttype=\"rect\"/></v:shapetype>"
    )
}

fn shapes(first: usize, fresh: &[(CellAddress, usize)], namespaces: &str) -> String {
    let shape = |(number, (cell, lines)): (usize, &(CellAddress, usize))| {
        let CellAddress { row, column } = *cell;
        let rows = u32::try_from(lines * LINE / ROW + 2).unwrap_or(20).min(30);
        format!(
            "<v:shape{namespaces} id=\"_x0000_s{number}\" type=\"#{SHAPE_TYPE}\" style=\"position:absolute;margin-left:60pt;\
             margin-top:2pt;width:210pt;height:{}pt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" \
             o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path \
             o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div>\
             </v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{}, 15, {row}, 2, \
             {}, 40, {}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>\
             </x:ClientData></v:shape>",
            rows as usize * ROW,
            (column + 1).min(LAST.column),
            (column + 4).min(LAST.column),
            (row + rows).min(LAST.row),
        )
    };
    (first..).zip(fresh).map(shape).collect()
}

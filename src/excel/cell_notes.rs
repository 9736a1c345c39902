//! Notes on cells: their words, and the boxes that show them (VML, ISO/IEC 29500-4 §19).

use super::digits::{push_letters, push_quarters, push_whole};
use super::strings::{DECLARATION, NAMESPACE, escape, keeps_spaces};

/// Width of a box, height of its edges and of a line of its text, in dots of the screen.
const WIDTH: u32 = 250;
const EDGES: u32 = 24;
const LINE: u32 = 16;
const MOST_LINES: u32 = 12;
/// Characters that a line of a box holds.
const IN_LINE: usize = 34;
/// Where a box stands beside its cell: dots from the edges of the next column and of the row above.
const RIGHT_OF: u32 = 15;
const BELOW_EDGE: u32 = 10;
/// Bytes that the two parts have around each note, about.
const WORDS_AROUND: usize = 220;
const BOX: usize = 800;
/// Numbers of shapes come in blocks of so many.
const BLOCK: usize = 1024;

/// A note on a cell, row and column counted from zero.
pub(super) struct CellNote {
    pub(super) row: u32,
    pub(super) column: u16,
    pub(super) text: String,
}

impl CellNote {
    /// Room for the text of the note, in dots.
    fn height(&self) -> u32 {
        let lines = self.text.chars().count() / IN_LINE + 1 + self.text.matches('\n').count();
        EDGES + LINE * u32::try_from(lines).unwrap_or(MOST_LINES).min(MOST_LINES)
    }
}

/// The part `xl/comments1.xml`: the words.
pub(super) fn words(notes: &[CellNote]) -> String {
    let mut xml =
        format!("{DECLARATION}<comments xmlns=\"{NAMESPACE}\"><authors><author></author></authors><commentList>");
    xml.reserve(notes.iter().map(|note| note.text.len() + WORDS_AROUND).sum());
    for note in notes {
        xml.push_str("<comment ref=\"");
        push_letters(note.column, &mut xml);
        push_whole(u64::from(note.row) + 1, &mut xml);
        xml.push_str(
            "\" authorId=\"0\"><text><r><rPr><sz val=\"10\"/><color indexed=\"81\"/><rFont val=\"Times New Roman\"/>\
             <family val=\"2\"/></rPr><t",
        );
        xml.push_str(if keeps_spaces(&note.text) { " xml:space=\"preserve\">" } else { ">" });
        escape(&note.text, &mut xml);
        xml.push_str("</t></r></text></comment>");
    }
    xml.push_str("</commentList></comments>");
    xml
}

/// The part `xl/drawings/vmlDrawing1.vml`: the boxes. `width` and `height` say how many dots a column and a row take;
/// `first` is the first block of numbers for shapes; gives the part and the blocks that it took.
pub(super) fn boxes(
    notes: &[CellNote],
    first: usize,
    width: impl Fn(u16) -> u32,
    height: impl Fn(u32) -> u32,
) -> (String, usize) {
    let blocks = notes.len() / BLOCK + 1;
    let numbers: Vec<String> = (first..first + blocks).map(|block| block.to_string()).collect();
    let mut xml = format!(
        "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
         xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" \
         data=\"{}\"/></o:shapelayout><v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
         path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" \
         o:connecttype=\"rect\"/></v:shapetype>",
        numbers.join(",")
    );
    xml.reserve(notes.len() * BOX);
    for (number, note) in (first * BLOCK + 1..).zip(notes) {
        push_box(number, note, (&width, &height), &mut xml);
    }
    xml.push_str("</xml>");
    (xml, blocks)
}

/// The box of one note, as the shape of a number.
fn push_box(
    number: usize,
    note: &CellNote,
    (width, height): (&impl Fn(u16) -> u32, &impl Fn(u32) -> u32),
    xml: &mut String,
) {
    let tall = note.height();
    let (column, row) = (note.column + 1, note.row.saturating_sub(1));
    let (right, right_dots) = end(column, RIGHT_OF + WIDTH, width);
    let (bottom, bottom_dots) = end(row, BELOW_EDGE + tall, height);
    xml.push_str("<v:shape id=\"_x0000_s");
    push_whole(number as u64, xml);
    xml.push_str("\" type=\"#_x0000_t202\" style=\"position:absolute;width:");
    push_quarters(u64::from(WIDTH) * 3, xml);
    xml.push_str("pt;height:");
    push_quarters(u64::from(tall) * 3, xml);
    xml.push_str(
        "pt;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow \
         on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox \
         style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData \
         ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>",
    );
    let anchor = [column.into(), RIGHT_OF, row, BELOW_EDGE, right.into(), right_dots, bottom, bottom_dots];
    for (at, figure) in anchor.into_iter().enumerate() {
        xml.push_str(if at == 0 { "" } else { ", " });
        push_whole(figure.into(), xml);
    }
    xml.push_str("</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>");
    push_whole(note.row.into(), xml);
    xml.push_str("</x:Row><x:Column>");
    push_whole(note.column.into(), xml);
    xml.push_str("</x:Column></x:ClientData></v:shape>");
}

/// The column or row in which a stretch of dots ends that begins with `first`, and the dots into it.
fn end<T: Copy + std::ops::AddAssign + From<u8>>(first: T, mut dots: u32, size: &impl Fn(T) -> u32) -> (T, u32) {
    let mut at = first;
    // a hidden row has no dots: what is left of the stretch lies behind it
    while dots >= size(at) {
        dots -= size(at);
        at += T::from(1);
    }
    (at, dots)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(row: u32, column: u16, text: &str) -> CellNote {
        CellNote { row, column, text: text.to_string() }
    }

    #[test]
    fn a_box_stands_beside_its_cell_and_ends_where_its_dots_end() {
        let widths = |column: u16| if column == 6 { 82 } else { 110 };
        let heights = |row: u32| if row == 5 { 41 } else { 20 };
        let (boxes, blocks) = boxes(&[note(6, 4, "Nguồn: a")], 1, widths, heights);
        assert!(boxes.contains("<x:Anchor>5, 15, 5, 10, 7, 73, 6, 9</x:Anchor>"), "{boxes}");
        assert!(boxes.contains("<x:Row>6</x:Row><x:Column>4</x:Column>"), "{boxes}");
        assert_eq!(blocks, 1);
    }

    #[test]
    fn more_than_a_thousand_boxes_take_several_blocks_of_numbers() {
        let notes: Vec<CellNote> = (0..2048).map(|row| note(row, 0, "x")).collect();
        let (boxes, blocks) = boxes(&notes, 2, |_| 64, |_| 20);
        assert_eq!(blocks, 3);
        assert!(boxes.contains("data=\"2,3,4\""));
        assert!(boxes.contains("_x0000_s2049\"") && boxes.contains("_x0000_s4096\""));
    }

    #[test]
    fn words_are_escaped() {
        let words = words(&[note(0, 27, "a & b\n")]);
        assert!(words.contains("<comment ref=\"AB1\" authorId=\"0\">"), "{words}");
        assert!(words.contains("<t xml:space=\"preserve\">a &amp; b\n</t>"), "{words}");
    }
}

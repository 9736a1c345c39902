//! The texts of a workbook, each held once (ISO/IEC 29500-1 §18.4), and the escapes of texts in SpreadsheetML.

use std::fmt::Write;

use foldhash::HashMap;

/// Excel holds at most this many characters in a cell.
const CELL_LIMIT: usize = 32_767;
/// Characters of an escape such as `_x000B_`.
const ESCAPE: usize = 7;

/// The table of shared texts, in the order in which they were first said.
#[derive(Default)]
pub(super) struct Strings {
    numbers: HashMap<Box<str>, u32>,
    items: String,
    uses: usize,
}

impl Strings {
    /// The number of a text, cut to what a cell holds.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        let text = cut(text);
        self.uses += 1;
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(text.into(), number);
        self.items.push_str(if keeps_spaces(text) { "<si><t xml:space=\"preserve\">" } else { "<si><t>" });
        escape(text, &mut self.items);
        self.items.push_str("</t></si>");
        number
    }

    /// The part `xl/sharedStrings.xml`.
    pub(super) fn part(&self) -> String {
        format!(
            "{DECLARATION}<sst xmlns=\"{NAMESPACE}\" count=\"{}\" uniqueCount=\"{}\">{}</sst>",
            self.uses,
            self.numbers.len(),
            self.items
        )
    }
}

/// How every part begins.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
pub(super) const NAMESPACE: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// As much of a text as a cell holds.
pub(super) fn cut(text: &str) -> &str {
    if text.len() <= CELL_LIMIT {
        return text;
    }
    text.char_indices().nth(CELL_LIMIT).map_or(text, |(end, _)| &text[..end])
}

/// Whether a reader of XML would trim the text.
pub(super) fn keeps_spaces(text: &str) -> bool {
    let blank = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_whitespace());
    blank(text.chars().next()) || blank(text.chars().next_back())
}

/// Appends a text as SpreadsheetML writes it (ST_Xstring, §22.9.2.19): characters that XML cannot hold stand as `_x000B_`,
/// and an underscore that would begin such an escape is one itself.
pub(super) fn escape(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    let (mut plain, mut seen) = (0, 0);
    while let Some(step) = bytes[seen..].iter().position(|byte| IN_QUESTION[usize::from(*byte)]) {
        let at = seen + step;
        seen = at + 1;
        let known = match bytes[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'_' if begins_escape(&text[at..]) => "_x005F_",
            0..=31 => "",
            FIRST_OF_NONE if matches!(bytes.get(at + 1..at + 3), Some([0xBF, 0xBE | 0xBF])) => "",
            _ => continue,
        };
        out.push_str(&text[plain..at]);
        if !known.is_empty() {
            out.push_str(known);
        } else {
            let letter = text[at..].chars().next().unwrap_or_default();
            seen = at + letter.len_utf8();
            // writing into a text never fails
            let _ = write!(out, "_x{:04X}_", u32::from(letter));
        }
        plain = seen;
    }
    out.push_str(&text[plain..]);
}

/// The first byte of U+FFFE and U+FFFF, which are no characters, and of others that are.
const FIRST_OF_NONE: u8 = 0xEF;

/// The bytes that may begin something that stands as more than itself: one look tells that a letter does not.
const IN_QUESTION: [bool; 256] = {
    let mut bytes = [false; 256];
    let mut control = 0;
    while control < 32 {
        bytes[control] = control != 9 && control != 10;
        control += 1;
    }
    bytes[b'&' as usize] = true;
    bytes[b'<' as usize] = true;
    bytes[b'>' as usize] = true;
    bytes[b'_' as usize] = true;
    bytes[FIRST_OF_NONE as usize] = true;
    bytes
};

fn begins_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= ESCAPE
        && bytes[1] == b'x'
        && bytes[2..ESCAPE - 1].iter().all(u8::is_ascii_hexdigit)
        && bytes[ESCAPE - 1] == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = String::new();
        escape(text, &mut out);
        out
    }

    #[test]
    fn characters_that_xml_cannot_hold_stand_as_escapes() {
        for (text, expected) in [
            ("Công đoàn <A> & B", "Công đoàn &lt;A&gt; &amp; B"),
            ("dòng 1\ndòng 2\t", "dòng 1\ndòng 2\t"),
            ("a\u{b}b\u{1}\r", "a_x000B_b_x0001__x000D_"),
            ("\u{FFFE}x\u{FFFF}", "_xFFFE_x_xFFFF_"),
            ("\u{FFFD}\u{FEFF}", "\u{FFFD}\u{FEFF}"),
            ("_x0041_ _x004_ _y0041_", "_x005F_x0041_ _x004_ _y0041_"),
            ("", ""),
        ] {
            assert_eq!(escaped(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_text_is_held_once_and_its_spaces_are_kept() {
        let mut strings = Strings::default();
        assert_eq!([strings.number("Đạt"), strings.number(" cũ"), strings.number("Đạt")], [0, 1, 0]);
        let part = strings.part();
        assert!(part.contains("count=\"3\" uniqueCount=\"2\""), "{part}");
        assert!(part.ends_with("<si><t>Đạt</t></si><si><t xml:space=\"preserve\"> cũ</t></si></sst>"), "{part}");
    }

    #[test]
    fn a_text_longer_than_a_cell_is_cut_between_letters() {
        let long = "ệ".repeat(CELL_LIMIT + 5);
        assert_eq!(cut(&long).chars().count(), CELL_LIMIT);
        assert_eq!(cut("ngắn"), "ngắn");
    }
}

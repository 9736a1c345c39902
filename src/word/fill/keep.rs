//! Rows that a loop made, at the end of a page: never one alone.
//!
//! Nobody can say beforehand where the pages of a filled table end. So the heading rows stand with two rows at least, and
//! two rows at least go over to the last page: the first and the last but one are kept with the next, as one would do by
//! hand in Word. Works on written XML, with the places of the rows; the table itself is not read.

use std::ops::Range;

/// A row of a table that has been written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenRow {
    pub start: usize,
    /// Repeated on every page.
    pub header: bool,
}

/// Keeps the rows of a table together that must not stand alone; `end` is where its last row ends.
pub fn rows_together(out: &mut String, rows: &[WrittenRow], end: usize) {
    let first = rows.iter().take_while(|row| row.header).count();
    let all = rows.len();
    if first == 0 || all < first + 2 {
        return;
    }
    let range = |row: usize| rows[row].start..rows.get(row + 1).map_or(end, |next| next.start);
    // from behind, so that the places before stay true
    keep_with_next(out, range(all - 2));
    if all - 2 != first {
        keep_with_next(out, range(first));
    }
}

/// Keeps every paragraph of a range with the next.
fn keep_with_next(out: &mut String, range: Range<usize>) {
    let Some(row) = out.get(range.clone()) else { return };
    let mut kept = String::with_capacity(row.len() + 64);
    let mut rest = row;
    while let Some(at) = rest.find("<w:p") {
        let length = rest[at..].find('>').map_or(rest.len() - at, |end| end + 1);
        let markup = &rest[at..at + length];
        kept.push_str(&rest[..at]);
        rest = &rest[at + length..];
        match markup {
            "<w:p/>" => kept.push_str("<w:p><w:pPr><w:keepNext/></w:pPr></w:p>"),
            _ if !is_paragraph(markup) => kept.push_str(markup),
            _ => {
                kept.push_str(markup);
                rest = keep_paragraph(&mut kept, rest);
            }
        }
    }
    kept.push_str(rest);
    out.replace_range(range, &kept);
}

fn is_paragraph(markup: &str) -> bool {
    markup.starts_with("<w:p>") || markup.starts_with("<w:p ") && !markup.ends_with("/>")
}

/// Writes the properties of a paragraph with `w:keepNext`, which comes after the style; gives what is left to write.
fn keep_paragraph<'a>(kept: &mut String, rest: &'a str) -> &'a str {
    let Some(mut rest) = rest.strip_prefix("<w:pPr>") else {
        let rest = rest.strip_prefix("<w:pPr/>").unwrap_or(rest);
        kept.push_str("<w:pPr><w:keepNext/></w:pPr>");
        return rest;
    };
    kept.push_str("<w:pPr>");
    if rest.starts_with("<w:pStyle ") {
        let end = rest.find("/>").map_or(0, |end| end + 2);
        kept.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    if !rest.starts_with("<w:keepNext") {
        kept.push_str("<w:keepNext/>");
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A written table of these rows, `*` a heading row; which rows are kept with the next.
    fn kept(rows: &str) -> Vec<usize> {
        let mut out = "<w:tbl>".to_string();
        let mut places = Vec::new();
        for (at, letter) in rows.chars().enumerate() {
            places.push(WrittenRow { start: out.len(), header: letter == '*' });
            let paragraph = match at % 4 {
                0 => "<w:p><w:pPr><w:pStyle w:val=\"a\"/><w:jc w:val=\"left\"/></w:pPr><w:r/></w:p>",
                1 => "<w:p w14:paraId=\"1\"><w:r/></w:p>",
                2 => "<w:p/>",
                _ => "<w:p><w:pPr/></w:p>",
            };
            out.push_str(&format!("<w:tr><w:tc>{paragraph}</w:tc></w:tr>"));
        }
        let end = out.len();
        rows_together(&mut out, &places, end);
        out.push_str("</w:tbl>");
        crate::word::xml::parse_text(&out.replace("<w:tbl>", "<w:tbl xmlns:w=\"w\" xmlns:w14=\"x\">")).expect("XML");
        let rows: Vec<&str> = out.split("<w:tr>").skip(1).collect();
        (0..rows.len()).filter(|row| rows[*row].contains("<w:keepNext/>")).collect()
    }

    #[test]
    fn two_rows_stand_under_the_heading_and_two_on_the_last_page() {
        for (rows, expected) in [
            ("*.......", vec![1, 6]),
            ("**......", vec![2, 6]),
            ("*...", vec![1, 2]),
            ("*..", vec![1]),
            ("*.", vec![]),
            ("*", vec![]),
            ("....", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(kept(rows), expected, "{rows}");
        }
    }

    #[test]
    fn what_is_kept_already_is_not_said_twice() {
        let mut out = String::from("<w:tr><w:p><w:pPr><w:pStyle w:val=\"a\"/><w:keepNext/></w:pPr></w:p></w:tr>");
        let (before, whole) = (out.clone(), 0..out.len());
        keep_with_next(&mut out, whole);
        assert_eq!(out, before);
    }
}

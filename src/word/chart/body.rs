//! The blocks of a filled body as they stand in its text, so that those without charts need not be read.

use memchr::{memchr, memmem};
use std::ops::Range;

/// The places of the blocks (paragraphs, tables, sections' ends) right inside the body; none where there is no body, or
/// where it is not written as filling writes it: without `<` and `>` in values.
pub(super) fn blocks(text: &str) -> Option<Vec<Range<usize>>> {
    let body = text.find("<w:body>").map(|at| at + "<w:body>".len())?;
    let mut found = Vec::new();
    let (mut at, mut depth, mut start) = (body, 0_usize, body);
    loop {
        let begin = at + memchr(b'<', &text.as_bytes()[at..])?;
        let rest = &text[begin..];
        let end = match rest {
            _ if rest.starts_with("<!--") => begin + rest.find("-->")? + "-->".len(),
            _ if rest.starts_with("<?") => begin + rest.find("?>")? + "?>".len(),
            _ => begin + memchr(b'>', rest.as_bytes())? + 1,
        };
        at = end;
        if rest.starts_with("<!") || rest.starts_with("<?") {
            continue;
        }
        let closes = rest.starts_with("</");
        if closes && depth == 0 {
            return Some(found);
        }
        if depth == 0 {
            start = begin;
            if let Some(length) = plain_table(rest) {
                at = begin + length;
                found.push(start..at);
                continue;
            }
        }
        depth = match (closes, text[begin..end].ends_with("/>")) {
            (true, _) => depth - 1,
            (false, true) => depth,
            (false, false) => depth + 1,
        };
        if depth == 0 {
            found.push(start..end);
        }
    }
}

/// Length of the table that a text begins with, if no other stands in it: most of a body, passed over in one leap.
fn plain_table(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("<w:tbl>")?;
    let end = memmem::find(inside.as_bytes(), b"</w:tbl>")?;
    let is_plain = memmem::find(&inside.as_bytes()[..end], b"<w:tbl>").is_none();
    is_plain.then_some("<w:tbl>".len() + end + "</w:tbl>".len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_blocks_of_a_body_are_found_whole() {
        let text = "<?xml?><w:document><w:background/><w:body> <w:p><w:p a=\"&gt;\"/></w:p><!-- <w:p> --><w:tbl/>\
                    <?pi > ?><w:sectPr><x>1</x></w:sectPr></w:body></w:document>";
        let found = blocks(text).expect("a body");
        let texts: Vec<&str> = found.into_iter().map(|place| &text[place]).collect();
        assert_eq!(texts, ["<w:p><w:p a=\"&gt;\"/></w:p>", "<w:tbl/>", "<w:sectPr><x>1</x></w:sectPr>"]);
        let tables = "<w:body><w:tbl><w:p/></w:tbl><w:tbl><w:tbl><w:p/></w:tbl><w:p/></w:tbl></w:body>";
        let found = blocks(tables).expect("a body");
        let texts: Vec<&str> = found.into_iter().map(|place| &tables[place]).collect();
        assert_eq!(texts, ["<w:tbl><w:p/></w:tbl>", "<w:tbl><w:tbl><w:p/></w:tbl><w:p/></w:tbl>"]);
        for other in ["<w:hdr><w:p/></w:hdr>", "<w:body><w:p>", "<w:body><w:p/>", "<w:body/>", "<w:body><"] {
            assert_eq!(blocks(other), None, "{other}");
        }
    }
}

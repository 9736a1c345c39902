//! A last section that filling has left without text vanishes, and with it an empty last page.
//!
//! In Word the last paragraph of a section carries its page shape, and the last section's stands at the end of the body. An
//! annex on pages of its own is such a last section; where the data have nothing for it, the shape of the section before
//! becomes the last one. Works on written XML.

use memchr::memmem;

/// Takes the last section away if no block stands in it.
pub fn drop_empty_last(filled: String) -> String {
    settled(&filled).unwrap_or(filled)
}

fn settled(filled: &str) -> Option<String> {
    let end = memmem::rfind(filled.as_bytes(), b"</w:body>")?;
    let own = memmem::rfind(&filled.as_bytes()[..end], b"<w:sectPr")?;
    let before = filled[..own].trim_end();
    let paragraph = last_paragraph(before)?;
    // the paragraph that ends the section before, and nothing after it
    if !before.ends_with("</w:p>") || before[paragraph..].matches("</w:p>").count() != 1 {
        return None;
    }
    let shape = paragraph + before[paragraph..].find("<w:sectPr")?;
    let shape_end = shape + before[shape..].find("</w:sectPr>")? + "</w:sectPr>".len();
    let mut settled = String::with_capacity(filled.len());
    settled.push_str(&filled[..shape]);
    settled.push_str(&before[shape_end..]);
    settled.push_str(&filled[shape..shape_end]);
    settled.push_str(&filled[end..]);
    Some(settled)
}

/// Where the last paragraph begins.
fn last_paragraph(text: &str) -> Option<usize> {
    let mut end = text.len();
    loop {
        end = memmem::rfind(&text.as_bytes()[..end], b"<w:p")?;
        if matches!(text.as_bytes().get(end + "<w:p".len()), Some(b'>' | b' ')) {
            return Some(end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UPRIGHT: &str = "<w:sectPr><w:pgSz w:w=\"1\"/></w:sectPr>";
    const LYING: &str = "<w:sectPr><w:pgSz w:w=\"2\"/></w:sectPr>";

    #[test]
    fn a_section_without_text_goes_and_the_shape_of_the_one_before_stays() {
        let text = format!("<w:body><w:p><w:r/></w:p><w:p><w:pPr><w:jc/>{UPRIGHT}</w:pPr></w:p>{LYING}</w:body>");
        let expected = format!("<w:body><w:p><w:r/></w:p><w:p><w:pPr><w:jc/></w:pPr></w:p>{UPRIGHT}</w:body>");
        assert_eq!(drop_empty_last(text), expected);
    }

    #[test]
    fn a_section_with_text_stays_as_it_is() {
        for text in [
            format!("<w:body><w:p><w:pPr>{UPRIGHT}</w:pPr></w:p><w:p/>{LYING}</w:body>"),
            format!("<w:body><w:p><w:pPr>{UPRIGHT}</w:pPr></w:p><w:p><w:r/></w:p>{LYING}</w:body>"),
            format!("<w:body><w:p><w:pPr>{UPRIGHT}</w:pPr></w:p><w:tbl><w:p></w:p></w:tbl>{LYING}</w:body>"),
            format!("<w:body><w:p></w:p>{LYING}</w:body>"),
            "<w:body><w:p/></w:body>".to_string(),
            "<w:hdr><w:p/></w:hdr>".to_string(),
        ] {
            assert_eq!(drop_empty_last(text.clone()), text);
        }
    }
}

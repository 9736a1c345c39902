//! Tags as filling writes them: their names and the values of their attributes, looked up and replaced in the text itself.

use memchr::memchr;

/// A tag in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Where it begins and where it ends.
    pub start: usize,
    pub end: usize,
    /// `w:p`, without a slash.
    pub name: &'a str,
    pub kind: TagKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagKind {
    Start,
    End,
    /// It opens and closes an element that is empty.
    Empty,
}

/// The tags of a text one after the other; comments and instructions are passed over.
#[derive(Clone, Debug)]
pub struct Tags<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tags<'a> {
    pub fn of(text: &'a str) -> Tags<'a> {
        Tags { text, at: 0 }
    }

    /// Where the tag ends that came last.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Goes on by so many bytes, which end where a tag begins.
    pub fn pass(&mut self, length: usize) {
        self.at += length;
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let start = self.at + memchr(b'<', &self.text.as_bytes()[self.at..])?;
            let rest = &self.text[start..];
            let length = length(rest);
            self.at = start + length;
            if rest.starts_with("<!") || rest.starts_with("<?") {
                continue;
            }
            let (from, kind) = match (rest.starts_with("</"), rest[..length].ends_with("/>")) {
                (true, _) => (2, TagKind::End),
                (false, true) => (1, TagKind::Empty),
                (false, false) => (1, TagKind::Start),
            };
            let name = &rest[from..from + name_length(&rest[from..])];
            return Some(Tag { start, end: self.at, name, kind });
        }
    }
}

/// Length of the tag or comment that a text begins with.
pub fn length(text: &str) -> usize {
    let end = match text.starts_with("<!--") {
        true => text.find("-->").map(|end| end + "-->".len()),
        false => memchr(b'>', text.as_bytes()).map(|end| end + 1),
    };
    end.unwrap_or(text.len())
}

/// Length of the name that a text begins with.
pub fn name_length(text: &str) -> usize {
    text.bytes().position(|byte| matches!(byte, b' ' | b'/' | b'>')).unwrap_or(text.len())
}

/// The raw value of an attribute in a start tag.
pub fn value<'a>(markup: &'a str, attribute: &str) -> Option<&'a str> {
    let start = find_attribute(markup, attribute)?;
    let length = markup[start..].find('"')?;
    Some(&markup[start..start + length])
}

/// The same tag with another value of an attribute; as it was where it has none of this name.
pub fn replaced(markup: &str, attribute: &str, new: &str) -> String {
    let Some(start) = find_attribute(markup, attribute) else { return markup.to_string() };
    let length = markup[start..].find('"').unwrap_or(0);
    format!("{}{new}{}", &markup[..start], &markup[start + length..])
}

/// Where the attribute's value begins. A value cannot hold `="`, because quotes in it are escaped.
pub fn find_attribute(markup: &str, attribute: &str) -> Option<usize> {
    memchr::memchr_iter(b'=', markup.as_bytes())
        .find(|equals| {
            let named = markup[..*equals].strip_suffix(attribute).is_some_and(|before| before.ends_with(' '));
            named && markup[equals + 1..].starts_with('"')
        })
        .map(|equals| equals + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_come_in_order_and_comments_do_not_count() {
        let text = "<?xml?><w:p a=\"1\"><!-- <w:t> --><w:r/>chữ</w:p>";
        let tags: Vec<(&str, TagKind)> = Tags::of(text).map(|tag| (tag.name, tag.kind)).collect();
        assert_eq!(tags, [("w:p", TagKind::Start), ("w:r", TagKind::Empty), ("w:p", TagKind::End)]);
        assert!(Tags::of("chữ < w").count() < 2);
    }

    #[test]
    fn values_are_found_by_their_whole_name() {
        let markup = "<w:tcW w:type=\"dxa\" w:w=\"12\"/>";
        assert_eq!((value(markup, "w:w"), value(markup, "w")), (Some("12"), None));
        assert_eq!(replaced(markup, "w:w", "7"), "<w:tcW w:type=\"dxa\" w:w=\"7\"/>");
        assert_eq!(replaced(markup, "w:x", "7"), markup);
    }
}

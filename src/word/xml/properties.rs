//! Properties of paragraphs, runs, cells and rows as they stand in a text: parts repeat them letter for letter, so that
//! who goes through a part may know them again by their text.

use memchr::memmem::Finder;

const KINDS: [(&str, &str); 4] =
    [("<w:pPr>", "</w:pPr>"), ("<w:tcPr>", "</w:tcPr>"), ("<w:rPr>", "</w:rPr>"), ("<w:trPr>", "</w:trPr>")];
/// Longer ones, in bytes, are not looked for: a part of beginnings without ends would be searched again for each.
const LONGEST: usize = 2_000;

/// Finds where properties end.
#[derive(Debug)]
pub struct PropertiesFinder {
    ends: [Finder<'static>; KINDS.len()],
}

impl Default for PropertiesFinder {
    fn default() -> PropertiesFinder {
        PropertiesFinder { ends: KINDS.map(|(_, end)| Finder::new(end)) }
    }
}

impl PropertiesFinder {
    /// Length of the properties that a text begins with, up to the first end tag of their name.
    pub fn length(&self, text: &str) -> Option<usize> {
        let kind = kind_at(text)?;
        let near = &text.as_bytes()[..text.len().min(LONGEST)];
        Some(self.ends[kind].find(near)? + KINDS[kind].1.len())
    }
}

/// Whether a text begins with properties.
pub fn begin(text: &str) -> bool {
    kind_at(text).is_some()
}

fn kind_at(text: &str) -> Option<usize> {
    KINDS.iter().position(|(start, _)| text.starts_with(start))
}

//! The word that marks a draft, in the header of every printed page: at the right, as in the built-in workbooks.

use super::limits::LONGEST_HEADER;
use super::surroundings::insert_in_order;
use crate::word::xml::{Element, Node};

/// Marks a sheet.
pub(super) fn mark(root: &mut Element, word: &str) {
    if root.find("headerFooter").is_none() {
        insert_in_order(&mut root.children, Element::new("headerFooter"));
    }
    let Some(holder) = root.find_mut("headerFooter") else { return };
    let on = |holder: &Element, name: &str| matches!(holder.attribute(name), Some("1" | "true"));
    let mut wanted = vec!["oddHeader"];
    wanted.extend(on(holder, "differentOddEven").then_some("evenHeader"));
    wanted.extend(on(holder, "differentFirst").then_some("firstHeader"));
    for name in wanted {
        let text = holder.find(name).map(Element::all_text).unwrap_or_default();
        let marked = Element::new(name).text(marked(&text, word));
        match holder.find_mut(name) {
            Some(own) => *own = marked,
            None => {
                // odd, even, first; of each the header before the footer
                let before = |node: &Node| node.element().is_some_and(|own| order(&own.name) < order(name));
                let at = holder.children.iter().rposition(before).map_or(0, |at| at + 1);
                holder.children.insert(at, Node::Element(marked));
            }
        }
    }
}

fn order(name: &str) -> usize {
    ["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"]
        .iter()
        .position(|own| *own == name)
        .unwrap_or(0)
}

/// A header with the word at the beginning of its right part. Where the whole would be too long, the word alone.
fn marked(header: &str, word: &str) -> String {
    let own = format!("&R&\"Times New Roman,Bold\"&12 {word}");
    let whole = match right_part(header) {
        Some(at) => format!("{}{own}&\"-,Regular\"\n{}", &header[..at], &header[at + 2..]),
        None => format!("{header}{own}"),
    };
    if whole.chars().count() > LONGEST_HEADER { own } else { whole }
}

/// Where the code of the right part stands; a doubled ampersand is none.
fn right_part(header: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = header[from..].find('&').map(|at| from + at) {
        let code = header[at + 1..].chars().next()?;
        if code == 'R' {
            return Some(at);
        }
        from = at + 1 + code.len_utf8();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_stands_at_the_right_of_every_header() {
        for (header, expected) in [
            ("", "&R&\"Times New Roman,Bold\"&12 DỰ THẢO"),
            ("&LCụm A&&R", "&LCụm A&&R&R&\"Times New Roman,Bold\"&12 DỰ THẢO"),
            ("&LCụm A&RNăm 2024", "&LCụm A&R&\"Times New Roman,Bold\"&12 DỰ THẢO&\"-,Regular\"\nNăm 2024"),
        ] {
            assert_eq!(marked(header, "DỰ THẢO"), expected, "{header}");
        }
        assert_eq!(marked(&"x".repeat(250), "DỰ THẢO"), marked("", "DỰ THẢO"), "a header that is full already");
    }

    #[test]
    fn a_sheet_without_headers_gets_one_in_its_place() {
        let mut root = Element::new("worksheet").child(Element::new("pageSetup")).child(Element::new("drawing"));
        mark(&mut root, "DỰ THẢO");
        let names: Vec<&str> = root.elements().map(|own| own.name.as_str()).collect();
        assert_eq!(names, ["pageSetup", "headerFooter", "drawing"]);
    }
}

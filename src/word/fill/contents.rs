//! Tables of contents (mục lục) of the template's own: their headings and pages change with what is filled in, so Word
//! is told to make them anew when it opens the file.

use std::collections::BTreeSet;

use crate::word::xml::Element;

/// Marks the fields that are tables of contents as out of date, unless they are locked.
pub fn mark_outdated(root: &mut Element) {
    let outdated = contents(root);
    let mut number = 0;
    root.for_each_mut(&mut |element| {
        let is_contents = match element.name.as_str() {
            "w:fldSimple" => element.attribute("w:instr").is_some_and(is_code_of_contents),
            "w:fldChar" if is_begin(element) => {
                number += 1;
                outdated.contains(&number)
            }
            _ => false,
        };
        if is_contents && !matches!(element.attribute("w:fldLock"), Some("1" | "true" | "on")) {
            element.set("w:dirty", "true");
        }
    });
}

/// Which of the fields that begin are tables of contents, counted from one.
fn contents(root: &Element) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut number = 0;
    for element in root.descendants() {
        match element.name.as_str() {
            "w:fldChar" if is_begin(element) => {
                number += 1;
                open.push((number, String::new()));
            }
            "w:fldChar" if element.attribute("w:fldCharType") == Some("end") => {
                let ended = open.pop().filter(|(_, code)| is_code_of_contents(code));
                found.extend(ended.map(|(number, _)| number));
            }
            "w:instrText" => open.last_mut().into_iter().for_each(|(_, code)| code.push_str(&element.all_text())),
            _ => {}
        }
    }
    found
}

fn is_begin(field: &Element) -> bool {
    field.attribute("w:fldCharType") == Some("begin")
}

fn is_code_of_contents(code: &str) -> bool {
    code.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("TOC"))
}

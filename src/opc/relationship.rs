//! Where the relationships of a part stand, and which part a target means (ECMA-376 part 2, §6.5).

/// The name of the part that holds the relationships of a part; those of the package itself for an empty name.
pub fn relationships_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The part whose relationships a part holds, empty for the package itself; none where it holds no relationships.
pub fn source_of(relationships: &str) -> Option<String> {
    let (folder, name) = relationships.rsplit_once('/')?;
    let name = name.strip_suffix(".rels")?;
    if folder == "_rels" {
        return Some(name.to_string());
    }
    Some(format!("{}/{name}", folder.strip_suffix("/_rels")?))
}

/// The name of the part that a target means in the relationships of a part (empty for the package itself). A path that
/// leads out of the package ends at its root.
pub fn resolve(part: &str, target: &str) -> String {
    let mut steps: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => part.rsplit_once('/').map_or_else(Vec::new, |(folder, _)| folder.split('/').collect()),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relationships_stand_in_a_folder_beside_their_part() {
        for (part, relationships) in [
            ("word/document.xml", "word/_rels/document.xml.rels"),
            ("xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"),
            ("document.xml", "_rels/document.xml.rels"),
            ("", "_rels/.rels"),
        ] {
            assert_eq!(relationships_of(part), relationships);
            assert_eq!(source_of(relationships).as_deref(), Some(part));
        }
        for other in ["word/document.xml", "word/document.rels", "[Content_Types].xml", "x_rels/a.rels"] {
            assert_eq!(source_of(other), None, "{other}");
        }
    }

    #[test]
    fn targets_are_seen_from_the_folder_of_their_part() {
        for (part, target, expected) in [
            ("word/document.xml", "media/anh.png", "word/media/anh.png"),
            ("word/document.xml", "/word/media/anh.png", "word/media/anh.png"),
            ("word/document.xml", "../docProps/core.xml", "docProps/core.xml"),
            ("word/document.xml", "../../../x", "x"),
            ("xl/worksheets/sheet1.xml", "../drawings/./drawing1.xml", "xl/drawings/drawing1.xml"),
            ("word/document.xml", "//word//footer1.xml", "word/footer1.xml"),
            ("document.xml", "media/anh.png", "media/anh.png"),
            ("", "word/document.xml", "word/document.xml"),
            ("", "/word/document.xml", "word/document.xml"),
        ] {
            assert_eq!(resolve(part, target), expected, "{target} in {part}");
        }
    }
}

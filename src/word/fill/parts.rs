//! Which parts of a package may hold tags, and what users call them.

use std::collections::BTreeSet;

use crate::opc::{CONTENT_TYPES, Package, resolve, source_of};
use crate::word::link::of_type;
use crate::word::xml::{Xml, XmlError, parse};

/// A part that may hold tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FillablePart {
    /// Its name in the package.
    pub name: String,
    /// What users call it: `thân văn bản`, `đầu trang 2`.
    pub title: String,
}

const PROPERTIES: &str = "docProps/core.xml";

/// Ends of the content types of parts with text, and what users call such a part.
const KINDS: [(&str, &str); 8] = [
    ("document.main+xml", "thân văn bản"),
    ("template.main+xml", "thân văn bản"),
    ("macroEnabled.main+xml", "thân văn bản"),
    ("macroEnabledTemplate.main+xml", "thân văn bản"),
    ("header+xml", "đầu trang"),
    ("footer+xml", "chân trang"),
    ("footnotes+xml", "chú thích cuối trang"),
    ("endnotes+xml", "chú thích cuối văn bản"),
];

/// The fillable parts in the order of reading: body, headers, footers, notes, properties.
///
/// # Errors
/// A Vietnamese half sentence where the package is no Word file.
pub fn fillable(package: &Package) -> Result<Vec<FillablePart>, String> {
    let types = package.part(CONTENT_TYPES).ok_or("không phải là văn bản Word (thiếu [Content_Types].xml)")?;
    let types = parse(types).map_err(|error| error.to_string())?;
    let mut found = Vec::new();
    for (end, title) in KINDS {
        let overrides = types.root.elements().filter(|element| element.name == "Override");
        let mut names: Vec<&str> = overrides
            .filter(|element| element.attribute("ContentType").is_some_and(|own| own.ends_with(end)))
            .filter_map(|element| element.attribute("PartName"))
            .map(|name| name.trim_start_matches('/'))
            .filter(|name| package.part(name).is_some() && !name.starts_with("word/glossary/"))
            .collect();
        names.sort_by_key(|name| (name.len(), *name));
        let several = names.len() > 1;
        for (at, name) in names.into_iter().enumerate() {
            let title = if several { format!("{title} {}", at + 1) } else { title.to_string() };
            found.push(FillablePart { name: name.to_string(), title });
        }
    }
    if !found.iter().any(|part| part.title == "thân văn bản") {
        return Err("không phải là văn bản Word (không có phần thân)".into());
    }
    if package.part(PROPERTIES).is_some() {
        found.push(FillablePart { name: PROPERTIES.into(), title: "thuộc tính tệp".into() });
    }
    Ok(found)
}

/// The first part whose content type has this end.
pub fn of_kind(package: &Package, end: &str) -> Option<String> {
    let types = tree(package, CONTENT_TYPES).ok()?;
    of_type(&types.root, end).filter(|name| package.part(name).is_some())
}

/// The tree of a part.
pub fn tree(package: &Package, name: &str) -> Result<Xml, XmlError> {
    let mut xml = parse(package.part(name).unwrap_or_default())?;
    xml.root.use_usual_prefixes();
    Ok(xml)
}

/// Parts that show text in the paper but cannot be filled, where they hold tags all the same; with what users call them.
pub fn unreachable_tags(package: &Package) -> Vec<&'static str> {
    const PLACES: [(&str, &str, &str); 4] = [
        ("word/charts/", ".xml", "biểu đồ"),
        ("word/diagrams/", ".xml", "sơ đồ SmartArt"),
        ("word/glossary/", ".xml", "khối dựng sẵn"),
        ("word/_rels/", ".rels", "địa chỉ của một liên kết"),
    ];
    let holds = |folder: &str, end: &str| {
        let mut names = package.names().filter(|name| name.starts_with(folder) && name.ends_with(end));
        names.any(|name| package.part(name).is_some_and(|bytes| contains(bytes, b"{{") || contains(bytes, b"%7B%7B")))
    };
    PLACES.into_iter().filter(|(folder, end, _)| holds(folder, end)).map(|(_, _, title)| title).collect()
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Makes a plain document of a template or of a file with macros: macros are not carried into papers.
pub fn make_plain(package: &mut Package) {
    const PLAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    const OTHERS: [&str; 3] = ["template.main+xml", "macroEnabled.main+xml", "macroEnabledTemplate.main+xml"];
    let Ok(mut types) = tree(package, CONTENT_TYPES) else { return };
    let mut changed = false;
    for element in types.root.elements_mut() {
        if element.attribute("ContentType").is_some_and(|own| OTHERS.iter().any(|end| own.ends_with(end))) {
            element.set("ContentType", PLAIN);
            changed = true;
        }
    }
    if changed {
        package.set(CONTENT_TYPES, types.to_bytes());
    }
    remove(package, |name| name.contains("vbaProject") || name.contains("vbaData"));
}

/// Takes parts out of a package, and whatever speaks of them in its content types and relationships.
pub fn remove(package: &mut Package, is_gone: impl Fn(&str) -> bool) {
    let gone: BTreeSet<String> = package.names().filter(|name| is_gone(name)).map(str::to_string).collect();
    if gone.is_empty() {
        return;
    }
    for name in &gone {
        package.remove(name);
    }
    let speaking: Vec<String> =
        package.names().filter(|name| *name == CONTENT_TYPES || name.ends_with(".rels")).map(str::to_string).collect();
    for name in speaking {
        let Ok(mut xml) = tree(package, &name) else { continue };
        let source = source_of(&name).unwrap_or_default();
        let before = xml.root.children.len();
        xml.root.children.retain(|node| {
            let spoken_of = node.element().and_then(|element| {
                let target = element.attribute("PartName").or_else(|| element.attribute("Target"))?;
                Some(resolve(&source, target))
            });
            !spoken_of.is_some_and(|part| gone.contains(&part))
        });
        if xml.root.children.len() < before {
            package.set(name, xml.to_bytes());
        }
    }
}

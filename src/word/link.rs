//! How parts of a Word file are tied together while it is changed: trees of parts, relationships, content types.

use std::collections::BTreeSet;

use super::Package;
use super::xml::{Element, Xml, parse};
use crate::opc::{OFFICE_RELATIONSHIPS, RELATIONSHIPS, relationships_of};

/// Namespace of WordprocessingML.
pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The tree of a part, with the usual prefixes.
///
/// # Errors
/// A Vietnamese half sentence: there is no such part, or it cannot be read.
pub(super) fn tree(package: &Package, name: &str) -> Result<Xml, String> {
    let bytes = package.part(name).ok_or_else(|| format!("tệp thiếu phần {name}"))?;
    let mut xml = parse(bytes).map_err(|error| format!("phần {name} {error}"))?;
    xml.root.use_usual_prefixes();
    Ok(xml)
}

/// The relationships of a part, empty where it has none.
///
/// # Errors
/// A Vietnamese half sentence: they cannot be read.
pub(super) fn links(package: &Package, part: &str) -> Result<Xml, String> {
    let name = relationships_of(part);
    match package.part(&name) {
        Some(_) => tree(package, &name),
        None => Ok(Xml::new(Element::new("Relationships").with("xmlns", RELATIONSHIPS))),
    }
}

/// Adds a relationship of a kind (`header`); gives its id.
pub(super) fn add_link(links: &mut Element, kind: &str, target: &str) -> String {
    let taken: BTreeSet<&str> = links.elements().filter_map(|link| link.attribute("Id")).collect();
    let mut number = links.children.len() + 1;
    while taken.contains(format!("rId{number}").as_str()) {
        number += 1;
    }
    let id = format!("rId{number}");
    links.children.push(link(&id, kind, target).into());
    id
}

/// A relationship.
pub(super) fn link(id: &str, kind: &str, target: &str) -> Element {
    let kind = format!("{OFFICE_RELATIONSHIPS}/{kind}");
    Element::new("Relationship").with("Id", id).with("Type", kind).with("Target", target)
}

/// The first part whose content type has this end.
pub(super) fn of_type(types: &Element, end: &str) -> Option<String> {
    let mut overrides = types.elements().filter(|element| element.name == "Override");
    let found = overrides.find(|element| element.attribute("ContentType").is_some_and(|own| own.ends_with(end)))?;
    found.attribute("PartName").map(|name| name.trim_start_matches('/').to_string())
}

/// States the content type of a new part.
pub(super) fn state_type(types: &mut Element, part: &str, content_type: &str) {
    let entry = Element::new("Override").with("PartName", format!("/{part}")).with("ContentType", content_type);
    types.children.push(entry.into());
}

//! What is set right in the parts beside the body: styles, settings, properties, relationships.

use super::Additions;
use crate::word::compose::LANGUAGE;
use crate::word::xml::{Element, Node};

/// Parts that docx-rs always writes and that say nothing.
pub(super) const UNUSED: [&str; 5] = [
    "word/comments.xml",
    "word/commentsExtended.xml",
    "word/footnotes.xml",
    "word/_rels/header1.xml.rels",
    "docProps/custom.xml",
];

const NUMBERING: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering";

/// Drops the entries of unused parts.
pub(super) fn content_types(root: &mut Element) {
    root.children.retain(|child| {
        let part = child.element().and_then(|entry| entry.attribute("PartName"));
        !part.is_some_and(|part| UNUSED.contains(&part.trim_start_matches('/')))
    });
}

/// Drops the relationships to unused parts.
pub(super) fn relationships(root: &mut Element) {
    root.children.retain(|child| {
        let target = child.element().and_then(|entry| entry.attribute("Target")).unwrap_or_default();
        !UNUSED.iter().any(|unused| unused.ends_with(target.trim_start_matches('/')))
    });
}

/// docx-rs links the numbering only where a paragraph asks for it; here the styles do.
pub(super) fn link_numbering(root: &mut Element) {
    if root.elements().any(|entry| entry.attribute("Type") == Some(NUMBERING)) {
        return;
    }
    let entry =
        Element::new("Relationship").with("Id", "rIdNumbering").with("Type", NUMBERING).with("Target", "numbering.xml");
    root.children.push(entry.into());
}

/// Drops the numbering that docx-rs always writes; ours is the one that headings use.
pub(super) fn numbering(root: &mut Element) {
    let own = crate::word::compose::HEADING_NUMBERING.to_string();
    root.children.retain(|child| {
        child.element().is_some_and(|entry| {
            entry.attribute("w:abstractNumId") == Some(own.as_str()) || entry.attribute("w:numId") == Some(own.as_str())
        })
    });
}

/// Normal is the default, and the language of the text is Vietnamese.
pub(super) fn styles(root: &mut Element) {
    for style in root.elements_mut().filter(|child| child.name == "w:style") {
        if style.attribute("w:styleId") == Some("Normal") {
            style.attributes.insert(1, ("w:default".into(), "1".into()));
        }
    }
    let language = Element::new("w:lang").with("w:val", LANGUAGE).with("w:eastAsia", LANGUAGE).with("w:bidi", "ar-SA");
    if let Some(defaults) = root.find_mut("w:docDefaults") {
        // docx-rs may put run properties among the paragraph defaults
        if let Some(paragraph) = defaults.find_mut("w:pPrDefault") {
            paragraph.children.retain(|child| child.is("w:pPr"));
        }
        if let Some(run) = defaults.find_mut("w:rPrDefault") {
            if run.find("w:rPr").is_none() {
                run.children.push(Element::new("w:rPr").into());
            }
            if let Some(properties) = run.find_mut("w:rPr") {
                properties.children.push(language.into());
            }
        }
    }
}

/// Settings of our own: the layout rules of Word 2013 and later, Vietnamese signs in figures.
pub(super) fn settings(old: &Element) -> Element {
    let value = |name: &str, value: &str| Element::new(name).with("w:val", value);
    let mut settings = Element { name: old.name.clone(), attributes: old.attributes.clone(), children: Vec::new() };
    let compatibility = Element::new("w:compatSetting")
        .with("w:name", "compatibilityMode")
        .with("w:uri", "http://schemas.microsoft.com/office/word")
        .with("w:val", "15");
    settings.children = [
        Element::new("w:zoom").with("w:percent", "100"),
        old.find("w:defaultTabStop").cloned().unwrap_or_else(|| value("w:defaultTabStop", "720")),
        value("w:characterSpacingControl", "doNotCompress"),
        Element::new("w:compat").child(compatibility),
        value("w:themeFontLang", LANGUAGE),
        value("w:decimalSymbol", ","),
        value("w:listSeparator", ";"),
    ]
    .into_iter()
    .map(Node::Element)
    .collect();
    settings
}

/// Title, author and language; no dates, for they would differ from run to run.
pub(super) fn core_properties(additions: &Additions) -> Element {
    Element::new("cp:coreProperties")
        .with("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties")
        .with("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .child(Element::new("dc:title").text(&additions.title))
        .child(Element::new("dc:creator").text(&additions.author))
        .child(Element::new("dc:language").text(LANGUAGE))
}

//! Numbered lists in loops within loops: each turn of the outer loop counts from the beginning again.
//!
//! In Word all paragraphs of one numbering count on through the file. A list that stands only in inner loops gets a
//! numbering of its own for each further turn of the loop around, with the same look.

use std::collections::{BTreeMap, HashMap};

use super::gather::tag_number;
use super::parts;
use super::tag::{Block, Kind, Tag};
use crate::word::Package;
use crate::word::xml::{Element, Node};

/// Stands in place of `w:numId` where a list may restart: the numbering, and the loop whose turns restart it.
pub const RESTART: &str = "list-restart";

/// What the file says about its lists.
#[derive(Debug, Default)]
pub struct Lists {
    /// Name of the numbering part, where there is one.
    part: Option<String>,
    /// Numbering and level that paragraph styles bring along.
    styles: HashMap<String, (String, String)>,
    largest: u32,
}

/// Numberings that filling has added: new id, and the id of the one it continues.
pub type Added = Vec<(u32, u32)>;

impl Lists {
    pub fn read(package: &Package) -> Lists {
        let Some(part) = parts::of_kind(package, "numbering+xml") else { return Lists::default() };
        let Ok(numbering) = parts::tree(package, &part) else { return Lists::default() };
        let ids = numbering.root.elements().filter(|element| element.name == "w:num");
        let largest = ids.filter_map(|num| num.attribute("w:numId")?.parse().ok()).max().unwrap_or(0);
        let styles = parts::of_kind(package, "styles+xml").and_then(|name| parts::tree(package, &name).ok());
        let styles = styles.map(|styles| numbered_styles(&styles.root)).unwrap_or_default();
        Lists { part: Some(part), styles, largest }
    }

    /// The id of the first numbering that may be added.
    pub fn first_free(&self) -> u32 {
        self.largest.saturating_add(1)
    }

    /// Marks the paragraphs of a part whose list restarts.
    pub fn mark(&self, root: &mut Element, tags: &[Tag]) {
        if self.part.is_none() {
            return;
        }
        let mut least: BTreeMap<String, usize> = BTreeMap::new();
        self.walk(root, tags, &mut 0, &mut |paragraph, depth| {
            if let Some((id, _)) = self.numbering_of(paragraph) {
                let entry = least.entry(id).or_insert(depth);
                *entry = depth.min(*entry);
            }
        });
        least.retain(|_, depth| *depth >= 2);
        if least.is_empty() {
            return;
        }
        self.walk(root, tags, &mut 0, &mut |paragraph, _| {
            if let Some((id, level)) = self.numbering_of(paragraph)
                && let Some(depth) = least.get(&id)
            {
                set_restart(paragraph, &id, &level, depth - 1);
            }
        });
    }

    /// Gives every paragraph with the number of loops around it.
    fn walk(&self, element: &mut Element, tags: &[Tag], depth: &mut usize, give: &mut impl FnMut(&mut Element, usize)) {
        for node in &mut element.children {
            if let Some(number) = tag_number(node) {
                match &tags[number].kind {
                    Kind::Open(Block::Each) => *depth += 1,
                    Kind::Close(name) if name == Block::Each.name() => *depth = depth.saturating_sub(1),
                    _ => {}
                }
            } else if let Node::Element(child) = node {
                if child.name == "w:p" {
                    give(child, *depth);
                }
                self.walk(child, tags, depth, give);
            }
        }
    }

    /// Numbering and level of a paragraph, its own or its style's.
    fn numbering_of(&self, paragraph: &Element) -> Option<(String, String)> {
        let properties = paragraph.find("w:pPr")?;
        let own = properties.find("w:numPr");
        let style = properties.value_of("w:pStyle").and_then(|style| self.styles.get(style));
        let id = own.and_then(|own| own.value_of("w:numId")).or(style.map(|(id, _)| id.as_str()))?;
        let level = own.and_then(|own| own.value_of("w:ilvl")).or(style.map(|(_, level)| level.as_str()));
        (id != "0").then(|| (id.to_string(), level.unwrap_or("0").to_string()))
    }

    /// Writes the added numberings into the numbering part.
    pub fn add(&self, package: &mut Package, added: &Added) {
        let (Some(part), false) = (&self.part, added.is_empty()) else { return };
        let Ok(mut numbering) = parts::tree(package, part) else { return };
        let root = &mut numbering.root;
        let nums: Vec<Element> = added.iter().filter_map(|(new, old)| continued(root, *new, *old)).collect();
        let last = root.children.iter().rposition(|node| node.is("w:num")).map_or(root.children.len(), |at| at + 1);
        root.children.splice(last..last, nums.into_iter().map(Node::Element));
        package.set(part.clone(), numbering.to_bytes());
    }
}

/// A numbering that looks like an old one and counts from the beginning on every level.
fn continued(root: &Element, new: u32, old: u32) -> Option<Element> {
    let id = old.to_string();
    let num = root.elements().find(|num| num.name == "w:num" && num.attribute("w:numId") == Some(&id))?;
    let definition = num.find("w:abstractNumId")?;
    let number = definition.attribute("w:val")?;
    let levels = root
        .elements()
        .find(|own| own.name == "w:abstractNum" && own.attribute("w:abstractNumId") == Some(number))
        .map(|own| own.elements().filter(|level| level.name == "w:lvl").collect::<Vec<_>>())
        .unwrap_or_default();
    let mut copy = Element::new("w:num").with("w:numId", new.to_string()).child(definition.clone());
    for level in levels {
        let start = level.value_of("w:start").unwrap_or("1");
        let at = level.attribute("w:ilvl").unwrap_or("0");
        copy = copy.child(
            Element::new("w:lvlOverride")
                .with("w:ilvl", at)
                .child(Element::new("w:startOverride").with("w:val", start)),
        );
    }
    Some(copy)
}

/// Numbering and level of each paragraph style that has one, also by the style it is based on.
fn numbered_styles(root: &Element) -> HashMap<String, (String, String)> {
    let styles: HashMap<&str, &Element> = root
        .elements()
        .filter(|style| style.name == "w:style")
        .filter_map(|style| Some((style.attribute("w:styleId")?, style)))
        .collect();
    let mut found = HashMap::new();
    for id in styles.keys() {
        let mut style = *id;
        for _ in 0..32 {
            let Some(own) = styles.get(style) else { break };
            if let Some(numbering) = own.path(&["w:pPr", "w:numPr"]) {
                if let Some(number) = numbering.value_of("w:numId") {
                    let level = numbering.value_of("w:ilvl").unwrap_or("0");
                    found.insert(id.to_string(), (number.to_string(), level.to_string()));
                }
                break;
            }
            let Some(base) = own.value_of("w:basedOn") else { break };
            style = base;
        }
    }
    found
}

/// Replaces the paragraph's `w:numId` by a mark; numbering that comes from the style is written out.
fn set_restart(paragraph: &mut Element, id: &str, level: &str, depth: usize) {
    const BEFORE: [&str; 6] =
        ["w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr", "w:widowControl"];
    let Some(properties) = paragraph.find_mut("w:pPr") else { return };
    let mark = Element::new(RESTART).with("id", id).with("loop", depth.to_string());
    let numbering = Element::new("w:numPr").child(Element::new("w:ilvl").with("w:val", level)).child(mark);
    match properties.find_mut("w:numPr") {
        Some(own) => *own = numbering,
        None => {
            let at = properties.elements().take_while(|child| BEFORE.contains(&child.name.as_str())).count();
            properties.children.insert(at, Node::Element(numbering));
        }
    }
}

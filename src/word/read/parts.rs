//! The parts of the package as trees, each with what its relationships point to. Nothing outside the package is opened.

use std::collections::HashMap;

use smol_str::format_smolstr;

use super::report::Notice;
use crate::finding::catalogue::reading;
use crate::opc::{Package, relationships_of, resolve};
use crate::word::xml::{Element, ElementRef, Tree, XmlError};

/// A part with its relationships.
#[derive(Debug)]
pub struct Part {
    tree: Tree,
    relationships: HashMap<String, Relationship>,
}

/// What an id such as `rId5` in a part points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relationship {
    /// The last piece of the type: `header`, `image`.
    pub kind: String,
    /// Name of a part, or an address outside the package.
    pub target: String,
    pub external: bool,
}

impl Part {
    /// Reads a part and its relationships; none where the package has no such part.
    pub fn read(package: &Package, name: &str) -> Option<Result<Part, XmlError>> {
        let tree = tree(package.part(name)?);
        Some(tree.map(|tree| Part { tree, relationships: relationships(package, name) }))
    }

    /// Reads a part beside the text; a damaged one is told, one that is not there is none.
    pub fn side_part(package: &Package, name: &str) -> Option<Result<Part, Notice>> {
        let lost = |error| Notice::new(&reading::PART_LOST, format!("Phần {name} bị bỏ qua: {error}."));
        Some(Part::read(package, name)?.map_err(lost))
    }

    /// The name of the part that this one points to for its styles, its settings …
    pub fn side_part_name(&self, kind: &str) -> String {
        let usual = || format!("word/{}.xml", if kind == "theme" { "theme/theme1" } else { kind });
        self.part_of_kind(kind).map_or_else(usual, str::to_string)
    }

    pub fn root(&self) -> ElementRef<'_> {
        self.tree.root()
    }

    pub fn relationship(&self, id: &str) -> Option<&Relationship> {
        self.relationships.get(id)
    }

    /// Name of the part inside the package to which the first relationship of a kind points.
    pub fn part_of_kind(&self, kind: &str) -> Option<&str> {
        let fitting = self.relationships.values().filter(|other| other.kind == kind && !other.external);
        fitting.map(|other| other.target.as_str()).min()
    }
}

/// Name of the part that holds the text.
pub fn main_part(package: &Package) -> String {
    let targets = relationships(package, "");
    let mut documents = targets.into_values().filter(|target| target.kind == "officeDocument").map(|own| own.target);
    documents.next().filter(|name| package.part(name).is_some()).unwrap_or_else(|| "word/document.xml".to_string())
}

/// Reads bytes into a tree whose names have the usual prefixes.
pub fn tree(bytes: &[u8]) -> Result<Tree, XmlError> {
    let tree = Tree::read(bytes)?;
    let renamed: Vec<(String, &str)> = tree
        .root()
        .attributes()
        .filter_map(|(name, address)| {
            let own = if name == "xmlns" { "" } else { name.strip_prefix("xmlns:")? };
            let usual = usual_prefix(address)?;
            (own != usual).then(|| (own.to_string(), usual))
        })
        .collect();
    if renamed.is_empty() {
        return Ok(tree);
    }
    let mut root = tree.root().to_element();
    root.for_each_mut(&mut |element| rename(element, &renamed));
    Ok(Tree::of(&root))
}

/// Prefixes that the reader looks for, by the end of the namespace's address (transitional and strict differ before it).
fn usual_prefix(address: &str) -> Option<&'static str> {
    [
        ("/wordprocessingml/2006/main", "w"),
        ("/ooxml/wordprocessingml/main", "w"),
        ("/officeDocument/2006/relationships", "r"),
        ("/ooxml/officeDocument/relationships", "r"),
        ("/drawingml/2006/main", "a"),
        ("/ooxml/drawingml/main", "a"),
        ("/markup-compatibility/2006", "mc"),
    ]
    .into_iter()
    .find_map(|(ending, prefix)| address.ends_with(ending).then_some(prefix))
}

fn rename(element: &mut Element, renamed: &[(String, &str)]) {
    let new = |name: &str| {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let usual = renamed.iter().find(|(own, _)| own == prefix)?.1;
        Some(format_smolstr!("{usual}:{local}"))
    };
    if let Some(name) = new(&element.name) {
        element.name = name;
    }
    for (name, _) in &mut element.attributes {
        // An attribute without a prefix is in no namespace.
        if let Some(renamed) = name.contains(':').then(|| new(name)).flatten() {
            *name = renamed;
        }
    }
}

fn relationships(package: &Package, part: &str) -> HashMap<String, Relationship> {
    let Some(tree) = package.part(&relationships_of(part)).and_then(|bytes| Tree::read(bytes).ok()) else {
        return HashMap::new();
    };
    let read = |element: ElementRef| {
        let external = element.attribute("TargetMode") == Some("External");
        let target = element.attribute("Target")?;
        let relationship = Relationship {
            kind: element.attribute("Type")?.rsplit('/').next()?.to_string(),
            target: if external { target.to_string() } else { resolve(part, target) },
            external,
        };
        Some((element.attribute("Id")?.to_string(), relationship))
    };
    tree.root().elements().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_prefixes_of_its_own_reads_like_any_other() {
        let text = r#"<ns0:document xmlns:ns0="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><ns0:p ns0:x="1" y="2"/></ns0:document>"#;
        let tree = tree(text.as_bytes()).expect("well-formed");
        let paragraph = tree.root().find("w:p").expect("renamed");
        assert_eq!((paragraph.attribute("w:x"), paragraph.attribute("y")), (Some("1"), Some("2")));
    }
}

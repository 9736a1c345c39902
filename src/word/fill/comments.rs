//! Word comments of a template: notes for those who write it. They never come out in a paper.

use std::collections::BTreeSet;

use super::parts;
use crate::word::Package;
use crate::word::xml::{Element, Node};

/// Ends of the content types of parts with comments and what belongs to them.
const KINDS: [&str; 5] =
    ["comments+xml", "commentsExtended+xml", "commentsIds+xml", "commentsExtensible+xml", "people+xml"];

/// Takes the comments out of a package. Their anchors in the text go with [`drop_anchors`]; the body without tags that
/// holds some is written anew, nothing else is.
pub fn strip(package: &mut Package) {
    let names: BTreeSet<String> = KINDS.iter().filter_map(|kind| parts::of_kind(package, kind)).collect();
    if names.is_empty() {
        return;
    }
    parts::remove(package, |name| names.contains(name));
    let Some(body) = parts::fillable(package).ok().and_then(|parts| parts.into_iter().next()) else { return };
    if let Ok(mut tree) = parts::tree(package, &body.name)
        && drop_anchors(&mut tree.root)
    {
        package.set(body.name, tree.to_bytes());
    }
}

/// Whether there were any. A run that held nothing but the anchor goes with it.
fn drop_anchors(element: &mut Element) -> bool {
    let anchor = |node: &Node| {
        ["w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"].iter().any(|name| node.is(name))
    };
    let mut dropped = false;
    element.children.retain_mut(|node| {
        if anchor(node) {
            dropped = true;
            return false;
        }
        let Node::Element(child) = node else { return true };
        if !drop_anchors(child) {
            return true;
        }
        dropped = true;
        child.name != "w:r" || child.elements().any(|own| own.name != "w:rPr" && own.name != "w:annotationRef")
    });
    dropped
}

//! The marks by which a sheet's filled text is read into rows and cells again (`stream` says what each means).

use crate::word::xml::Node;

pub(super) const OPEN: char = '\u{1}';
pub(super) const CLOSE: char = '\u{2}';

/// A mark for the tree.
pub(super) fn mark(kind: char, numbers: &[u32]) -> Node {
    let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
    Node::Verbatim(format!("{OPEN}{kind}{}{CLOSE}", numbers.join("-")))
}

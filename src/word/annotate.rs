//! Faults of a template as comments in a copy of it, so that they are seen where they stand, inside Word.

use super::comment::{Anchor, Comment, write};
use super::{Package, fill};
use crate::finding::Finding;

/// Writes a comment for each finding into a template's package. Where Word takes no comments (headers, footers, notes,
/// text boxes, properties of the file) the comment stands where the body leads there, and begins with the place.
///
/// # Errors
/// A Vietnamese half sentence where the file has no body that could be written.
pub fn annotate(package: &mut Package, findings: &[Finding]) -> Result<(), String> {
    let parts = fill::fillable(package)?;
    let body = parts.first().map(|part| part.title.clone()).unwrap_or_default();
    let comment = |finding: &Finding| {
        let title = finding.place.sheet.as_deref().unwrap_or_default();
        let part = parts.iter().find(|part| part.title == title);
        let anchor = Anchor {
            part: part.map_or_else(String::new, |part| part.name.clone()),
            paragraph: finding.place.paragraph.filter(|_| part.is_some()).unwrap_or(1),
            words: finding.place.tag.clone().unwrap_or_default(),
        };
        Comment { anchor, paragraphs: words(finding, title != body) }
    };
    let comments: Vec<Comment> = findings.iter().map(comment).collect();
    write(package, &comments)
}

/// What the comment says: what is wrong, what to do, what may stand there.
fn words(finding: &Finding, elsewhere: bool) -> Vec<String> {
    let mut words = vec![format!("{}: {}", finding.code.id, finding.code.title)];
    if let (true, Some(part)) = (elsewhere, &finding.place.sheet) {
        let paragraph = finding.place.paragraph.map(|number| format!(", đoạn {number}")).unwrap_or_default();
        words.push(format!("Ở {part}{paragraph}."));
    }
    words.push(format!("{}.", finding.message.trim_end_matches('.')));
    words.push(format!("→ {}", finding.hint));
    words.extend(finding.expected.as_ref().map(|expected| format!("Dùng được: {expected}.")));
    words
}

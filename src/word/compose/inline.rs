//! Marks inside a paragraph of a template source: `**bold**`, `*italic*`, `<br>`, `<tab>`, `~` for a space that does not break.

/// A piece of a paragraph's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Text { text: String, bold: bool, italic: bool },
    Break,
    Tab,
}

/// Splits a text at its marks. Inside a tag (`{{…}}`) nothing is a mark.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut splitter = Splitter::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("{{") {
            let end = rest.find("}}").map_or(rest.len(), |end| end + 2);
            splitter.text.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if let Some(after) = rest.strip_prefix("**") {
            splitter.flush();
            splitter.bold = !splitter.bold;
            rest = after;
        } else if let Some(after) = rest.strip_prefix('*') {
            splitter.flush();
            splitter.italic = !splitter.italic;
            rest = after;
        } else if let Some(after) = rest.strip_prefix("<br>") {
            splitter.mark(Piece::Break);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("<tab>") {
            splitter.mark(Piece::Tab);
            rest = after;
        } else {
            splitter.text.push(if first == '~' { '\u{a0}' } else { first });
            rest = &rest[first.len_utf8()..];
        }
    }
    splitter.flush();
    splitter.pieces
}

#[derive(Default)]
struct Splitter {
    pieces: Vec<Piece>,
    text: String,
    bold: bool,
    italic: bool,
}

impl Splitter {
    fn flush(&mut self) {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            self.pieces.push(Piece::Text { text, bold: self.bold, italic: self.italic });
        }
    }

    fn mark(&mut self, piece: Piece) {
        self.flush();
        self.pieces.push(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str, bold: bool, italic: bool) -> Piece {
        Piece::Text { text: text.into(), bold, italic }
    }

    #[test]
    fn marks_split_a_paragraph_and_tags_stay_whole() {
        assert_eq!(
            pieces("Số:~05 **in {{so (nhan * 2)}}** và *nghiêng*<br>{{ten}}<tab>"),
            [
                text("Số:\u{a0}05 ", false, false),
                text("in {{so (nhan * 2)}}", true, false),
                text(" và ", false, false),
                text("nghiêng", false, true),
                Piece::Break,
                text("{{ten}}", false, false),
                Piece::Tab,
            ]
        );
    }
}

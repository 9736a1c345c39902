//! The findings of one reading: each with the part, the paragraph and the words around it.

use std::collections::BTreeMap;

use crate::finding::catalogue::reading;
use crate::finding::{Code, Finding, Place};

/// Most findings of one code in one file; the rest are counted in one more.
const MOST_OF_A_KIND: usize = 20;
/// Letters of the words around that are shown.
const WORDS_SHOWN: usize = 60;

/// Something that the document cannot hold as it is, seen while a paragraph is read.
#[derive(Clone, Debug)]
pub struct Notice {
    pub code: &'static Code,
    /// A sentence about it, without its place.
    pub message: String,
}

impl Notice {
    pub fn new(code: &'static Code, message: impl Into<String>) -> Notice {
        Notice { code, message: message.into() }
    }

    /// What the PDF leaves out.
    pub fn not_drawn(what: &str) -> Notice {
        Notice::new(&reading::NOT_DRAWN, format!("{what} không vẽ được vào bản PDF."))
    }

    /// What the PDF has, but not as Word shows it.
    pub fn otherwise(sentence: impl Into<String>) -> Notice {
        Notice::new(&reading::DRAWN_OTHERWISE, sentence)
    }
}

#[derive(Debug, Default)]
pub struct Report {
    file: String,
    findings: Vec<Finding>,
    /// How many there were of each code.
    counts: BTreeMap<&'static str, (usize, Option<&'static Code>)>,
}

impl Report {
    pub fn new(file: &str) -> Report {
        Report { file: file.to_string(), ..Report::default() }
    }

    /// Something about a part as a whole.
    pub fn about_part(&mut self, part: &str, notice: Notice) {
        let place = Place::sheet(self.file.as_str(), part);
        self.push(notice.code, Finding::new(notice.code, place, notice.message));
    }

    /// Something in a paragraph, counted from 1, of which the words are shown.
    pub fn about_paragraph(&mut self, part: &str, paragraph: usize, words: &str, notice: Notice) {
        let place = Place { paragraph: Some(paragraph), ..Place::sheet(self.file.as_str(), part) };
        let mut finding = Finding::new(notice.code, place, notice.message);
        if !words.trim().is_empty() {
            finding = finding.found(shortened(words.trim()));
        }
        self.push(notice.code, finding);
    }

    fn push(&mut self, code: &'static Code, finding: Finding) {
        let (count, _) = self.counts.entry(code.id).or_insert((0, Some(code)));
        *count += 1;
        if *count <= MOST_OF_A_KIND {
            self.findings.push(finding);
        }
    }

    /// Everything found, in the order of the file.
    pub fn finish(mut self) -> Vec<Finding> {
        for (count, code) in self.counts.values() {
            if let Some(code) = code.filter(|_| *count > MOST_OF_A_KIND) {
                let message = format!("Còn {} chỗ khác như vậy trong tệp này.", count - MOST_OF_A_KIND);
                self.findings.push(Finding::new(code, Place::file(self.file.as_str()), message));
            }
        }
        self.findings
    }
}

/// The beginning of the words.
fn shortened(words: &str) -> String {
    let mut shown: String = words.chars().take(WORDS_SHOWN).collect();
    if shown.len() < words.len() {
        shown.push('…');
    }
    shown
}

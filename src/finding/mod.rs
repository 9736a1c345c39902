//! Findings (phát hiện): what the program has to tell its user about their files.
//!
//! Here live the finding itself, its place and the catalogue of codes with their explanations. Rendering
//! (terminal, JSON, workbook) does not live here. Uses `vietnamese` only.

pub mod catalogue;
mod place;

pub use catalogue::Code;
pub use place::{CellAddress, Place};

use serde::Serialize;

/// How grave a finding is (mức độ).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The papers cannot be relied on until it is mended (lỗi).
    Error,
    /// Something to look at; the papers stand (cảnh báo).
    Warning,
    /// Said for the record, nothing to do (ghi chú).
    Note,
}

impl Severity {
    /// The Vietnamese word for it, as shown to users.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "lỗi",
            Severity::Warning => "cảnh báo",
            Severity::Note => "ghi chú",
        }
    }
}

/// One finding (phát hiện): a code, a place, what was found, what was expected and one thing to do.
///
/// Texts are Vietnamese sentences for a secretary. `unit`, `cluster` and `criterion` are the codes of the dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub code: &'static Code,
    pub place: Place,
    /// The cluster it concerns; with neither cluster nor unit it concerns the whole dossier.
    pub cluster: Option<String>,
    pub unit: Option<String>,
    pub criterion: Option<String>,
    /// What is wrong, in one sentence that can stand alone.
    pub message: String,
    /// What stood there, as read.
    pub found: Option<String>,
    /// What was expected instead.
    pub expected: Option<String>,
    /// The one thing to do.
    pub hint: String,
}

impl Finding {
    /// A finding of the given kind at a place; the hint is the catalogue's until another is given.
    pub fn new(code: &'static Code, place: Place, message: impl Into<String>) -> Self {
        Finding {
            code,
            place,
            cluster: None,
            unit: None,
            criterion: None,
            message: message.into(),
            found: None,
            expected: None,
            hint: code.mend.to_string(),
        }
    }

    pub fn severity(&self) -> Severity {
        self.code.severity
    }

    pub fn cluster(mut self, code: impl Into<String>) -> Self {
        self.cluster = Some(code.into());
        self
    }

    pub fn unit(mut self, code: impl Into<String>) -> Self {
        self.unit = Some(code.into());
        self
    }

    pub fn criterion(mut self, code: impl Into<String>) -> Self {
        self.criterion = Some(code.into());
        self
    }

    pub fn found(mut self, text: impl Into<String>) -> Self {
        self.found = Some(text.into());
        self
    }

    pub fn expected(mut self, text: impl Into<String>) -> Self {
        self.expected = Some(text.into());
        self
    }

    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hint = text.into();
        self
    }
}

//! What a run gave, as far as it is compared: the object of ket-qua.json, of this version or an earlier one.
//!
//! Everything that a comparison can do without may be missing; what is there must have the form of contract §4.

use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Figures and words by the code of a criterion.
type ByCode<T> = BTreeMap<String, T>;

/// The outcome of one run (kết quả một lần chấm).
#[derive(Clone, Debug, Deserialize)]
pub struct Outcome {
    pub year: i32,
    pub conventions: Option<Conventions>,
    pub clusters: Vec<Cluster>,
}

/// What the definition says for all clusters, in words.
#[derive(Clone, Debug, Deserialize)]
pub struct Conventions {
    pub decimals: u32,
    pub grade_ceiling: String,
    pub rank_style: String,
    pub tie_breaks: Vec<String>,
    pub waived_lines: String,
    pub grades: Vec<String>,
    pub awards: Vec<String>,
}

/// One cluster.
#[derive(Clone, Debug, Deserialize)]
pub struct Cluster {
    pub code: String,
    pub name: String,
    /// The lines that apply; empty in files of earlier versions.
    #[serde(default)]
    pub criteria: Vec<Criterion>,
    pub units: Vec<Unit>,
}

/// One line of the scoring table.
#[derive(Clone, Debug, Deserialize)]
pub struct Criterion {
    pub code: String,
    pub name: String,
    /// The rule with its parameter, in words.
    pub rule: String,
    pub max: Option<Decimal>,
}

/// One unit.
#[derive(Clone, Debug, Deserialize)]
pub struct Unit {
    pub code: String,
    pub name: String,
    pub submitted: bool,
    pub rank: Option<u32>,
    pub total: Decimal,
    pub base: Decimal,
    pub bonus: Decimal,
    pub deduction: Decimal,
    pub grade: Option<String>,
    #[serde(default)]
    pub awards: Vec<String>,
    pub scores: ByCode<Decimal>,
    pub results: ByCode<Decimal>,
    #[serde(default)]
    pub sources: ByCode<String>,
    #[serde(default)]
    pub disqualified: bool,
    #[serde(default)]
    pub why: ByCode<String>,
    #[serde(default)]
    pub plans: ByCode<Decimal>,
    #[serde(default)]
    pub verified: ByCode<Decimal>,
    #[serde(default, rename = "self")]
    pub self_marks: ByCode<Decimal>,
    #[serde(default)]
    pub waived: ByCode<String>,
}

/// Why a file is no outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Not JSON at all.
    NotJson,
    /// JSON of another kind or of a form that is not known.
    OtherForm,
}

impl Outcome {
    /// Reads the text of a ket-qua.json.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(text: &str) -> Result<Outcome, Unreadable> {
        let value: serde_json::Value = serde_json::from_str(text).map_err(|_| Unreadable::NotJson)?;
        serde_json::from_value(value).map_err(|_| Unreadable::OtherForm)
    }
}

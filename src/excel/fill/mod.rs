//! Filling a workbook of the office's own with data: tags in cells, rows and columns that loop, everything else moved rightly.
//!
//! The core is that of Word (`word::fill`): tags, names, helpers, limits and Handlebars are the same. The way of a sheet: part →
//! cells (`grid`) → what its tags rule (`structure`) → filled by the core → rows and cells again (`stream`), with the law of where
//! everything stands (`axis`) → references moved by that law (`moves`) → parts written (`cells`, `surroundings`, `related`, `whole`).
//! Parts without tags, formulas and references stay byte for byte. Knows nothing of dossiers: the data are JSON, made elsewhere.

mod axis;
mod book;
mod cells;
mod compile;
mod draft;
mod grid;
mod heights;
mod limits;
mod mark;
mod moves;
mod produce;
mod reference;
mod related;
mod stream;
mod structure;
mod styles;
mod surroundings;
mod texts;
mod typed;
mod whole;

use serde_json::Value;

use self::compile::Reading;
use crate::finding::Finding;
use crate::wanted::{Sample, Wanted};
use crate::word::fill::assemble::{self, Piece};
use crate::word::fill::check::{self, Depth};
use crate::word::fill::engine::{Engine, Failure};
use crate::word::fill::fault::Faults;
use crate::word::fill::mentioned;

/// A ranking workbook with tags for an office to begin with. It stands in for no built-in template: the built-in ranking
/// workbook has live formulas that no template has.
pub const EXAMPLE: &[u8] = include_bytes!("../../../templates/xep-hang-vi-du.xlsx");

/// A workbook that has been read and found well built; filling it changes nothing in it.
pub struct Template {
    /// As users know the file, for findings.
    file: String,
    reading: Reading,
    plans: Vec<Plan>,
    engine: Engine,
    wanted: Wanted,
}

/// What is filled in one go: a sheet, or a text outside cells.
struct Plan {
    title: String,
    pieces: Vec<Piece>,
}

impl Template {
    /// Reads the tags of an .xlsx. `name` is the file's name in findings, such as `mau/xep-hang.xlsx`. Macros are not carried.
    ///
    /// # Errors
    /// All faults that can be seen without data, each at its cell: torn and misspelt tags, unknown helpers, loops that do not
    /// close, cross or stand where they cannot be, and what exceeds the limits.
    pub fn compile(bytes: &[u8], name: &str) -> Result<Template, Vec<Finding>> {
        let mut faults = Faults::of_workbook(name);
        let reading = match Reading::new(bytes, &mut faults) {
            Some(reading) if faults.is_empty() => reading,
            _ => return Err(faults.into_findings()),
        };
        let plans: Vec<Plan> = reading.plans().into_iter().map(|(title, pieces)| Plan { title, pieces }).collect();
        let engine = Engine::new(plans.iter().map(|plan| assemble::template(&plan.pieces, &reading.tags)));
        let wanted = mentioned::wanted(plans.iter().map(|plan| plan.pieces.as_slice()), &reading.tags);
        Ok(Template { file: name.to_string(), reading, plans, engine, wanted })
    }

    /// Every fault of a workbook as a template, of building and of names, in one list. `samples` are what it may be filled with; a
    /// name must be in each of them.
    pub fn faults(bytes: &[u8], name: &str, samples: &[Sample]) -> Vec<Finding> {
        let mut faults = Faults::of_workbook(name);
        if let Some(reading) = Reading::new(bytes, &mut faults) {
            reading.check(samples, &mut faults);
        }
        faults.into_findings()
    }

    /// Puts data in. Figures and dates in it are marked strings (see `vietnamese::figure`). `draft` is the word that marks every
    /// page of a draft; empty for none. Gives the bytes of the .xlsx, the same for the same data. Of the data no more is made
    /// than is wanted; once more and all of them where a name is at fault, to tell what may stand in its place.
    ///
    /// # Errors
    /// All names that the data do not have, each at its cell and with the nearest known name, or a limit exceeded.
    pub fn fill_made(&self, make: impl Fn(&Wanted) -> Value, draft: &str) -> Result<Vec<u8>, Vec<Finding>> {
        let data = make(&self.wanted);
        let mut faults = Faults::of_workbook(&self.file);
        self.check(&data, Depth::First, &mut faults);
        if !faults.is_empty() {
            let mut faults = faults.without_findings();
            self.check(&make(Wanted::everything()), Depth::First, &mut faults);
            return Err(faults.into_findings());
        }
        let streams = self.streams(data, &make, &mut faults);
        let bytes = streams.and_then(|streams| produce::workbook(&self.reading, &streams, draft, &mut faults));
        match bytes {
            Some(bytes) if faults.is_empty() => Ok(bytes),
            _ => Err(faults.into_findings()),
        }
    }

    /// Fills every sheet and text; none where one cannot be filled, which is told.
    fn streams(&self, data: Value, make: impl Fn(&Wanted) -> Value, faults: &mut Faults) -> Option<Vec<String>> {
        let context = self.engine.context(data);
        let mut streams = Vec::with_capacity(self.plans.len());
        for (number, plan) in self.plans.iter().enumerate() {
            match self.engine.fill(number, &context) {
                Ok(stream) => streams.push(stream),
                Err(failure) => {
                    if failure != Failure::Limit {
                        self.check(&make(Wanted::everything()), Depth::All, faults);
                    }
                    if faults.is_empty() {
                        faults.not_filled(&plan.title, &failure);
                    }
                    return None;
                }
            }
        }
        Some(streams)
    }

    fn check(&self, data: &Value, depth: Depth, faults: &mut Faults) {
        for plan in &self.plans {
            check::check(&plan.pieces, &self.reading.tags, data, depth, faults);
        }
    }
}

#[cfg(test)]
mod tests;

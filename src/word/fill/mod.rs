//! Filling a Word file with data: Handlebars tags in body, tables, headers, footers, notes and text boxes.
//!
//! A template is compiled once and filled many times. The way of a part: tree → tags gathered (`gather`) → arranged
//! into whole blocks (`arrange`) → a plan of pieces (`assemble`) → names checked against the data (`check`) → filled by
//! Handlebars with our helpers (`helpers`) → put right (`finish`, `columns`, `merged`, `keep`, `sections`, `lists`,
//! `notes`). Parts without tags stay byte for byte, but comments are taken out (`comments`); tables of contents are
//! marked out of date (`contents`). `compile` joins the steps up to the plan.
//! Knows nothing of dossiers: the data are JSON, made elsewhere.
//!
//! What is not of Word in it (`tag`, `expression`, `check`, `engine`, `fault`, `helpers`, `limits`, `mentioned`, the plan of `assemble`) is
//! the core that `excel::fill` fills a workbook with.

pub(crate) mod arrange;
pub(crate) mod assemble;
pub(crate) mod check;
mod columns;
mod comments;
mod compile;
mod contents;
pub(crate) mod engine;
pub mod example;
mod expression;
pub(crate) mod fault;
pub(crate) mod finish;
pub(crate) mod gather;
pub mod helpers;
mod keep;
pub(crate) mod limits;
mod lists;
mod markup;
pub(crate) mod mentioned;
mod merged;
pub(crate) mod names;
pub(crate) mod notes;
mod parts;
mod sections;
mod stretch;
mod table;
pub(crate) mod tag;

use serde_json::Value;

pub(crate) use self::gather::text_of;
pub(crate) use self::parts::fillable;
pub(crate) use self::tag::straighten;

use self::check::Depth;
use self::compile::{Part, Reading};
use self::engine::Engine;
use self::fault::Faults;
use self::finish::Taken;
use self::lists::Lists;
use self::notes::KINDS;
use self::tag::Tag;
use super::{Package, chart};
use crate::finding::Finding;
use crate::wanted::{Sample, Wanted};

/// A template that has been read and found well built; filling it changes nothing in it.
pub struct Template {
    /// As users know the file, for findings.
    file: String,
    package: Package,
    tags: Vec<Tag>,
    parts: Vec<Part>,
    engine: Engine,
    taken: Taken,
    lists: Lists,
    wanted: Wanted,
}

impl Template {
    /// Reads the tags of a Word file. `name` is the file's name in findings, such as `mau/giao-uoc.docx`. Comments of
    /// the template do not come into what it is filled to.
    ///
    /// # Errors
    /// All faults that can be seen without data: torn and misspelt tags, unknown helpers, loops that do not close,
    /// cross or stand where they cannot be, tracked changes, and what exceeds the limits.
    pub fn compile(package: Package, name: &str) -> Result<Template, Vec<Finding>> {
        let mut faults = Faults::new(name);
        let (package, reading) = prepare(package, &mut faults);
        if !faults.is_empty() {
            return Err(faults.into_findings());
        }
        let parts = reading.plan();
        let Reading { tags, taken, lists, .. } = reading;
        let engine = Engine::new(parts.iter().map(|part| assemble::template(&part.plan, &tags)));
        let wanted = mentioned::wanted(parts.iter().map(|part| part.plan.as_slice()), &tags);
        Ok(Template { file: name.to_string(), package, tags, parts, engine, taken, lists, wanted })
    }

    /// Every fault of a Word file as a template, of building and of names, in one list. `samples` are what it may be filled
    /// with; a name must be in each of them. In the order of the file.
    pub fn faults(package: Package, name: &str, samples: &[Sample]) -> Vec<Finding> {
        let mut faults = Faults::new(name);
        let (_, reading) = prepare(package, &mut faults);
        reading.check(samples, &mut faults);
        reading.in_order(faults.into_findings())
    }

    /// Puts data in. Figures and dates in it are marked strings (see `vietnamese::figure`).
    ///
    /// # Errors
    /// All names that the data do not have, each with its place and the nearest known name, or a limit exceeded.
    pub fn fill(&self, data: &Value) -> Result<Package, Vec<Finding>> {
        self.fill_made(|wanted| wanted.part_of(data))
    }

    /// Puts data in that are made for it, no more of them than is wanted; once more and all of them where a name is at
    /// fault, to tell what may stand in its place.
    ///
    /// # Errors
    /// Those of [`Template::fill`].
    pub fn fill_made(&self, make: impl Fn(&Wanted) -> Value) -> Result<Package, Vec<Finding>> {
        let data = make(&self.wanted);
        let mut faults = Faults::new(&self.file);
        self.check(&data, Depth::First, &mut faults);
        if !faults.is_empty() {
            return Err(self.faults_in(&make(Wanted::everything()), Depth::First).into_findings());
        }
        let mut package = self.package.clone();
        let mut taken = self.taken.clone();
        let context = self.engine.context(data);
        for (number, part) in self.parts.iter().enumerate() {
            match self.engine.fill(number, &context) {
                Ok(filled) => package.set(&part.name, finish::finish(&filled, &mut taken).into_bytes()),
                Err(failure) => {
                    if failure != engine::Failure::Limit {
                        faults = self.faults_in(&make(Wanted::everything()), Depth::All);
                    }
                    if faults.is_empty() {
                        faults.not_filled(&part.title, &failure);
                    }
                    return Err(faults.into_findings());
                }
            }
        }
        self.lists.add(&mut package, &taken.added_lists);
        self.add_notes(&mut package, &taken);
        if let Err(reason) = chart::draw_all(&mut package) {
            faults.not_filled("biểu đồ", &engine::Failure::Other(reason));
            return Err(faults.into_findings());
        }
        Ok(package)
    }

    /// The names at fault, told with all that may stand in their place.
    fn faults_in(&self, data: &Value, depth: Depth) -> Faults {
        let mut faults = Faults::new(&self.file);
        self.check(data, depth, &mut faults);
        faults
    }

    /// Notes that loops have made go to where their kind stands.
    fn add_notes(&self, package: &mut Package, taken: &Taken) {
        for kind in &KINDS {
            let part = self.parts.iter().find(|part| part.starts_with_root(kind.root));
            if let (Some(part), Some(made)) = (part, taken.added_notes.get(kind.name)) {
                notes::add(package, &part.name, made);
            }
        }
    }

    fn check(&self, data: &Value, depth: Depth, faults: &mut Faults) {
        for part in &self.parts {
            check::check(&part.plan, &self.tags, data, depth, faults);
        }
    }
}

/// Makes a file ready to be a template, and reads its parts.
fn prepare(mut package: Package, faults: &mut Faults) -> (Package, Reading) {
    parts::make_plain(&mut package);
    comments::strip(&mut package);
    let reading = Reading::new(&package, faults);
    (package, reading)
}

#[cfg(test)]
mod tests;

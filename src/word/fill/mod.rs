//! Filling a Word file with data: Handlebars tags in body, tables, headers, footers, notes and text boxes.
//!
//! A template is compiled once and filled many times. The way of a part: tree → tags gathered (`gather`) → arranged
//! into whole blocks (`arrange`) → a plan of pieces (`assemble`) → names checked against the data (`check`) → filled by
//! Handlebars with our helpers (`helpers`) → put right (`finish`, `columns`, `lists`). Parts without tags stay byte for byte.
//! Knows nothing of dossiers: the data are JSON, made elsewhere.
//!
//! What is not of Word in it (`tag`, `check`, `engine`, `fault`, `helpers`, `limits`, `mentioned`, the plan of `assemble`) is
//! the core that `excel::fill` fills a workbook with.

mod arrange;
pub(crate) mod assemble;
pub(crate) mod check;
mod columns;
pub(crate) mod engine;
pub(crate) mod fault;
mod finish;
mod gather;
pub mod helpers;
pub(crate) mod limits;
mod lists;
pub(crate) mod mentioned;
pub(crate) mod names;
mod parts;
pub(crate) mod tag;

use serde_json::Value;

use self::assemble::Piece;
use self::check::Depth;
use self::engine::Engine;
use self::fault::Faults;
use self::finish::Taken;
use self::gather::Gatherer;
use self::lists::Lists;
use self::mentioned::Mentioned;
use self::tag::Tag;
use super::Package;
use crate::finding::Finding;

/// A template that has been read and found well built; filling it changes nothing in it.
pub struct Template {
    /// As users know the file, for findings.
    file: String,
    package: Package,
    parts: Vec<Part>,
    engine: Engine,
    taken: Taken,
    lists: Lists,
    mentioned: Mentioned,
}

/// A part with tags.
struct Part {
    name: String,
    title: String,
    tags: Vec<Tag>,
    plan: Vec<Piece>,
}

impl Template {
    /// Reads the tags of a Word file. `name` is the file's name in findings, such as `mau/giao-uoc.docx`.
    ///
    /// # Errors
    /// All faults that can be seen without data: torn and misspelt tags, unknown helpers, loops that do not close,
    /// cross or stand where they cannot be, tracked changes, and what exceeds the limits.
    pub fn compile(package: Package, name: &str) -> Result<Template, Vec<Finding>> {
        let mut package = package;
        let mut faults = Faults::new(name);
        parts::make_plain(&mut package);
        let fillable = match parts::fillable(&package) {
            Ok(fillable) => fillable,
            Err(reason) => {
                faults.unreadable("tệp", &reason);
                return Err(faults.into_findings());
            }
        };
        for title in parts::unreachable_tags(&package) {
            faults.out_of_reach(title, 1, "{{");
        }
        let mut compiled = Vec::new();
        let lists = Lists::read(&package);
        let mut taken = Taken::new(lists.first_free());
        for part in fillable {
            let mut tree = match parts::tree(&package, &part.name) {
                Ok(tree) => tree,
                Err(reason) => {
                    faults.unreadable(&part.title, &reason.to_string());
                    continue;
                }
            };
            taken.note(&tree.root);
            if !gather::holds_tags(&tree.root) {
                continue;
            }
            if package.part(&part.name).is_some_and(|bytes| bytes.len() > limits::LARGEST_TEMPLATE) {
                faults.limit(&part.title, 1, "", "phần có thẻ quá lớn");
                continue;
            }
            let mut gatherer = Gatherer::new(&part.title, &mut faults);
            gatherer.gather(&mut tree.root);
            let tags = gatherer.tags;
            arrange::arrange(&mut tree.root, &tags, &part.title, &mut faults);
            lists.mark(&mut tree.root, &tags);
            let plan = if faults.is_empty() { assemble::plan(&tree.root, &tags) } else { Vec::new() };
            compiled.push(Part { name: part.name, title: part.title, tags, plan });
        }
        if !faults.is_empty() {
            return Err(faults.into_findings());
        }
        let engine = Engine::new(compiled.iter().map(|part| assemble::template(&part.plan, &part.tags)));
        let mentioned = Mentioned::in_tags(compiled.iter().flat_map(|part| &part.tags));
        Ok(Template { file: name.to_string(), package, parts: compiled, engine, taken, lists, mentioned })
    }

    /// Puts data in. Figures and dates in it are marked strings (see `vietnamese::figure`).
    ///
    /// # Errors
    /// All names that the data do not have, each with its place and the nearest known name, or a limit exceeded.
    pub fn fill(&self, data: &Value) -> Result<Package, Vec<Finding>> {
        let mut faults = Faults::new(&self.file);
        self.check(data, Depth::First, &mut faults);
        if !faults.is_empty() {
            return Err(faults.into_findings());
        }
        let mut package = self.package.clone();
        let mut taken = self.taken.clone();
        let context = self.engine.context(&self.mentioned.part_of(data));
        for (number, part) in self.parts.iter().enumerate() {
            match context.as_ref().map_err(Clone::clone).and_then(|context| self.engine.fill(number, context)) {
                Ok(filled) => package.set(&part.name, engine::with_declaration(&finish::finish(&filled, &mut taken))),
                Err(failure) => {
                    if failure != engine::Failure::Limit {
                        self.check(data, Depth::All, &mut faults);
                    }
                    if faults.is_empty() {
                        faults.not_filled(&part.title, &failure);
                    }
                    return Err(faults.into_findings());
                }
            }
        }
        self.lists.add(&mut package, &taken.added_lists);
        Ok(package)
    }

    fn check(&self, data: &Value, depth: Depth, faults: &mut Faults) {
        for part in &self.parts {
            check::check(&part.plan, &part.tags, &part.title, data, depth, faults);
        }
    }
}

#[cfg(test)]
mod tests;

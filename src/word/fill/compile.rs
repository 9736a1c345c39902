//! From the parts of a file to the plans they are filled by, all faults of building on the way.

use std::ops::Range;

use super::arrange;
use super::assemble::{self, Piece};
use super::check::{self, Depth};
use super::contents;
use super::fault::{Faults, Spot};
use super::finish::Taken;
use super::gather::{self, Gatherer};
use super::limits::LARGEST_TEMPLATE;
use super::lists::Lists;
use super::mentioned;
use super::notes::{KINDS, Notes};
use super::parts::{self, FillablePart};
use super::tag::Tag;
use crate::finding::Finding;
use crate::wanted::Sample;
use crate::word::xml::Element;
use crate::word::{Package, chart};

/// What a file's parts came to.
pub struct Reading {
    pub tags: Vec<Tag>,
    pub lists: Lists,
    pub taken: Taken,
    trees: Vec<Tree>,
}

/// A part that is read.
struct Tree {
    part: FillablePart,
    root: Element,
    /// Its tags; empty for notes that are looked at because a loop may refer to them.
    tags: Range<usize>,
    /// No block in it is at fault.
    sound: bool,
}

/// A part to be filled.
pub struct Part {
    pub name: String,
    pub title: String,
    pub plan: Vec<Piece>,
}

impl Part {
    /// Whether its root is of this name.
    pub fn starts_with_root(&self, root: &str) -> bool {
        matches!(self.plan.first(), Some(Piece::Raw(text)) if text.trim_start_matches('<').starts_with(root))
    }
}

impl Reading {
    /// Reads all parts; faults are told.
    pub fn new(package: &Package, faults: &mut Faults) -> Reading {
        let lists = Lists::read(package);
        let taken = Taken::new(lists.first_free());
        let mut reading = Reading { tags: Vec::new(), lists, taken, trees: Vec::new() };
        for title in parts::unreachable_tags(package) {
            faults.out_of_reach(&Spot { part: title, paragraph: 1, tag: "{{", around: "" }, title);
        }
        match parts::fillable(package) {
            Ok(fillable) => fillable.into_iter().for_each(|part| reading.read(package, part, faults)),
            Err(reason) => faults.unreadable("tệp", &reason),
        }
        reading
    }

    fn read(&mut self, package: &Package, part: FillablePart, faults: &mut Faults) {
        let mut root = match parts::tree(package, &part.name) {
            Ok(tree) => tree.root,
            Err(reason) => return faults.unreadable(&part.title, &reason.to_string()),
        };
        self.taken.note(&root);
        chart::mark(&mut root);
        if let Some(paragraph) = gather::tracked_change(&root) {
            faults.tracked_change(&part.title, paragraph);
        }
        let first = self.tags.len();
        let before = faults.count();
        if !gather::holds_tags(&root) {
            if KINDS.iter().any(|kind| kind.root == root.name) {
                self.trees.push(Tree { part, root, tags: first..first, sound: true });
            }
            return;
        }
        if package.part(&part.name).is_some_and(|bytes| bytes.len() > LARGEST_TEMPLATE) {
            return faults.limit(&part.title, 1, "", "phần có thẻ quá lớn");
        }
        Gatherer::new(&part.title, &mut self.tags, faults).gather(&mut root);
        contents::mark_outdated(&mut root);
        arrange::arrange(&mut root, &self.tags, faults);
        self.lists.mark(&mut root, &self.tags);
        self.trees.push(Tree { part, root, tags: first..self.tags.len(), sound: faults.count() == before });
    }

    /// The plans of the parts that have tags or lose notes to a loop. Only those of sound parts can be filled.
    pub fn plan(&self) -> Vec<Part> {
        let mut notes = Notes::new(self.trees.iter().filter(|tree| tree.sound).map(|tree| &tree.root));
        let mut planned = Vec::new();
        for tree in self.trees.iter().filter(|tree| tree.sound) {
            let rest = notes.without_taken(&tree.root);
            if rest.is_none() && tree.tags.is_empty() {
                continue;
            }
            let plan = assemble::plan(rest.as_ref().unwrap_or(&tree.root), &self.tags, &mut notes);
            let FillablePart { name, title } = tree.part.clone();
            planned.push(Part { name, title, plan });
        }
        planned
    }

    /// Findings in the order of parts and paragraphs; those about the file itself come first.
    pub fn in_order(&self, mut findings: Vec<Finding>) -> Vec<Finding> {
        let part = |finding: &Finding| {
            let title = finding.place.sheet.as_deref().unwrap_or_default();
            self.trees.iter().position(|tree| tree.part.title == title)
        };
        findings.sort_by_key(|finding| (part(finding), finding.place.paragraph));
        findings
    }

    /// Checks the names in all parts against each of the samples, those with faults of building as far as it can be told what they mean.
    pub fn check(&self, samples: &[Sample], faults: &mut Faults) {
        let plans = self.plan();
        let is_sound = self.trees.iter().all(|tree| tree.sound);
        let wanted = is_sound.then(|| mentioned::wanted(plans.iter().map(|part| part.plan.as_slice()), &self.tags));
        check::check_against(samples, wanted.as_ref(), faults, |data, faults| {
            for part in &plans {
                check::check(&part.plan, &self.tags, data, Depth::All, faults);
            }
            for tree in self.trees.iter().filter(|tree| !tree.sound) {
                check::check_loosely(tree.tags.clone(), &self.tags, data, faults);
            }
        });
    }
}

//! One paper from its data: fill the template, mark a draft, lay out.

use rayon::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::outcome::add_once;
use super::trial::{data_of, unreadable};
use crate::dossier::Dossier;
use crate::finding::{Finding, Place, catalogue::output};
use crate::paper::Paper;
use crate::pdf;
use crate::scoring::ClusterResult;
use crate::wanted::Wanted;
use crate::word::{self, Package, Template};

/// The templates of a run, each composed or read and compiled once.
pub(super) struct Templates {
    compiled: BTreeMap<&'static str, Template>,
    /// What is wrong with templates of the user's.
    pub findings: Vec<Finding>,
}

impl Templates {
    /// The built-in ones of these papers, for those of which the dossier has none. They need nothing of the dossier, so that they
    /// can be made while it is read.
    pub fn built_in(directory: &Path, papers: &[Paper]) -> Templates {
        let compile = |paper: &Paper| {
            let (own, path) = own_file(directory, *paper);
            // one that is at fault is told when all are loaded
            let template = if path.is_file() { None } else { built_in(*paper, &own).ok() };
            Some((paper.name(), template?))
        };
        Templates { compiled: papers.par_iter().filter_map(compile).collect(), findings: Vec::new() }
    }

    /// Takes `mau/<name>.docx` where the dossier has it, else the built-in template. The dossier's own are checked
    /// whole, as `templates --check` does.
    pub fn load(
        mut self,
        directory: &Path,
        papers: &[Paper],
        dossier: &Dossier,
        samples: &[ClusterResult],
    ) -> Templates {
        let load = |paper: &Paper| {
            let mut findings = Vec::new();
            (paper.name(), load(directory, *paper, (dossier, samples), &mut findings), findings)
        };
        let missing: Vec<Paper> =
            papers.iter().copied().filter(|paper| !self.compiled.contains_key(paper.name())).collect();
        let loaded: Vec<_> = missing.par_iter().map(load).collect();
        let templates = &mut self;
        for (name, template, findings) in loaded {
            templates.compiled.extend(template.map(|template| (name, template)));
            templates.findings.extend(findings);
        }
        self
    }

    /// Fills a paper's template with data that are made for it (see [`Template::fill_made`]); none when the template itself was at fault, which is said already.
    ///
    /// # Errors
    /// What filling found wrong and checking had not.
    pub fn fill(&self, paper: Paper, make: impl Fn(&Wanted) -> Value) -> Option<Result<Package, Vec<Finding>>> {
        let template = self.compiled.get(paper.name())?;
        Some(template.fill_made(make).map_err(|mut findings| {
            findings.retain(|finding| !self.findings.contains(finding));
            findings
        }))
    }
}

/// A dossier with the results that its own templates are tried on.
type Samples<'a> = (&'a Dossier, &'a [ClusterResult]);

/// The template of a paper; none where it cannot be used.
fn load(directory: &Path, paper: Paper, samples: Samples, findings: &mut Vec<Finding>) -> Option<Template> {
    let (own, path) = own_file(directory, paper);
    let outcome =
        if path.is_file() { own_template(&path, &own, paper, samples, findings) } else { built_in(paper, &own) };
    outcome.map_err(|more| add_once(findings, more)).ok()
}

/// The file of a paper's own template in a dossier, as findings call it and where it lies.
fn own_file(directory: &Path, paper: Paper) -> (String, PathBuf) {
    let own = format!("mau/{}.docx", paper.name());
    let path = directory.join(&own);
    (own, path)
}

fn built_in(paper: Paper, file: &str) -> Result<Template, Vec<Finding>> {
    let package = word::compose::template(paper.name()).map_err(|error| {
        vec![Finding::new(&output::NOT_WRITTEN, Place::file(file), format!("Mẫu có sẵn hỏng: {error}."))]
    })?;
    Template::compile(package, file)
}

fn own_template(
    path: &Path,
    file: &str,
    paper: Paper,
    (dossier, samples): Samples,
    findings: &mut Vec<Finding>,
) -> Result<Template, Vec<Finding>> {
    let unreadable = |reason: String| vec![unreadable(file, &reason)];
    let bytes = std::fs::read(path).map_err(|error| unreadable(error.to_string()))?;
    let package = Package::read(&bytes).map_err(unreadable)?;
    findings.extend(Template::faults(package.clone(), file, &data_of(paper, dossier, samples)));
    Template::compile(package, file)
}

/// Files by their ending, and what laying them out had to tell.
pub(super) type Files = (Vec<(&'static str, Vec<u8>)>, Vec<Finding>);

/// A filled paper as files.
pub(super) fn files(
    paper: Paper,
    mut package: Package,
    draft: bool,
    wanted: impl Fn(&str) -> bool,
    options: &pdf::Options,
) -> Result<Files, Vec<Finding>> {
    let name = format!("{}.docx", paper.name());
    let failed = |message: String| vec![Finding::new(&output::NOT_WRITTEN, Place::file(&name), message)];
    if draft {
        word::draft::mark(&mut package)
            .map_err(|reason| failed(format!("Không đóng được dấu “DỰ THẢO”: {reason}.")))?;
    }
    let wants = |ending| paper.endings().contains(&ending) && wanted(ending);
    let (word, print) = (wants("docx"), wants("pdf"));
    let pack = || package.to_bytes().map_err(|error| failed(format!("Không đóng gói được {name}: {error}.")));
    let lay_out = || -> Result<(Vec<u8>, Vec<Finding>), Vec<Finding>> {
        let (document, findings) = word::read(&package, &name).map_err(|finding| vec![finding])?;
        Ok((pdf::render(&document, options), findings))
    };
    // laying out takes longest and begins here; who is idle draws what is to be packed, and packs it
    let (laid_out, packed) = rayon::join(|| print.then(lay_out).transpose(), || word.then(pack).transpose());
    let mut files: Vec<(&str, Vec<u8>)> = packed?.map(|bytes| ("docx", bytes)).into_iter().collect();
    let (bytes, findings) = laid_out?.unzip();
    files.extend(bytes.map(|bytes| ("pdf", bytes)));
    Ok((files, findings.unwrap_or_default()))
}

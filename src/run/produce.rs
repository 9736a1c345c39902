//! One paper from its data: fill the template, mark a draft, lay out.

use rayon::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

use super::cluster::add_once;
use super::templates;
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
    /// Takes `mau/<name>.docx` where the dossier has it, else the built-in template. The dossier's own are checked
    /// whole, as `templates --check` does.
    pub fn load(directory: &Path, papers: &[Paper], dossier: &Dossier, samples: &[ClusterResult]) -> Templates {
        let load = |paper: &Paper| {
            let mut findings = Vec::new();
            (paper.name(), load(directory, *paper, (dossier, samples), &mut findings), findings)
        };
        let loaded: Vec<_> = papers.par_iter().map(load).collect();
        let mut templates = Templates { compiled: BTreeMap::new(), findings: Vec::new() };
        for (name, template, findings) in loaded {
            templates.compiled.extend(template.map(|template| (name, template)));
            templates.findings.extend(findings);
        }
        templates
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
    let own = format!("mau/{}.docx", paper.name());
    let path = directory.join(&own);
    let outcome =
        if path.is_file() { own_template(&path, &own, paper, samples, findings) } else { built_in(paper, &own) };
    outcome.map_err(|more| add_once(findings, more)).ok()
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
    let unreadable = |reason: String| {
        let message = format!("Không đọc được mẫu {file}: {reason}.");
        vec![Finding::new(&output::TEMPLATE_UNREADABLE, Place::file(file), message)]
    };
    let bytes = std::fs::read(path).map_err(|error| unreadable(error.to_string()))?;
    let package = Package::read(&bytes).map_err(unreadable)?;
    findings.extend(Template::faults(package.clone(), file, &templates::data_of(paper, dossier, samples)));
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
    let mut files = Vec::new();
    let mut findings = Vec::new();
    if paper.endings().contains(&"docx") && wanted("docx") {
        let bytes = package.to_bytes().map_err(|error| failed(format!("Không đóng gói được {name}: {error}.")))?;
        files.push(("docx", bytes));
    }
    if paper.endings().contains(&"pdf") && wanted("pdf") {
        let (document, more) = word::read(&package, &name).map_err(|finding| vec![finding])?;
        findings.extend(more);
        files.push(("pdf", pdf::render(&document, options)));
    }
    Ok((files, findings))
}

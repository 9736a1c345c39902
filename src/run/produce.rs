//! One paper from its data: fill the template, mark a draft, lay out.

use rayon::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

use crate::finding::{Finding, Place, catalogue::output};
use crate::paper::Paper;
use crate::pdf;
use crate::word::{self, Package, Template};

/// The templates of a run, each composed or read and compiled once.
pub(super) struct Templates {
    compiled: BTreeMap<&'static str, Template>,
    /// What is wrong with templates of the user's.
    pub findings: Vec<Finding>,
}

impl Templates {
    /// Takes `mau/<name>.docx` where the dossier has it, else the built-in template.
    pub fn load(directory: &Path, papers: &[Paper]) -> Templates {
        let loaded: Vec<_> = papers.par_iter().map(|paper| (paper.name(), load(directory, *paper))).collect();
        let mut templates = Templates { compiled: BTreeMap::new(), findings: Vec::new() };
        for (name, outcome) in loaded {
            match outcome {
                Ok(template) => drop(templates.compiled.insert(name, template)),
                Err(findings) => templates.findings.extend(findings),
            }
        }
        templates
    }

    /// Fills a paper's template; none when the template itself was at fault, which is said already.
    pub fn fill(&self, paper: Paper, data: &Value) -> Option<Result<Package, Vec<Finding>>> {
        self.compiled.get(paper.name()).map(|template| template.fill(data))
    }
}

fn load(directory: &Path, paper: Paper) -> Result<Template, Vec<Finding>> {
    let own = format!("mau/{}.docx", paper.name());
    let path = directory.join(&own);
    if !path.is_file() {
        let package = word::compose::template(paper.name()).map_err(|error| {
            vec![Finding::new(&output::NOT_WRITTEN, Place::file(&own), format!("Mẫu có sẵn hỏng: {error}."))]
        })?;
        return Template::compile(package, &own);
    }
    let unreadable = |reason: String| {
        let message = format!("Không đọc được mẫu {own}: {reason}.");
        vec![Finding::new(&output::TEMPLATE_UNREADABLE, Place::file(&own), message)]
    };
    let bytes = std::fs::read(&path).map_err(|error| unreadable(error.to_string()))?;
    Template::compile(Package::read(&bytes).map_err(unreadable)?, &own)
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

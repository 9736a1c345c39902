//! Checking the office's own templates (mau/): every fault of every file at once, and copies with comments at them.

use std::path::{Path, PathBuf};

use super::outcome::refused;
use super::ranking_workbook;
use super::trial::{Examined, alone, data_of, unreadable};
use super::write::write_whole;
use super::{Checked, Progress, check};
use crate::finding::catalogue::{reading, template};
use crate::finding::{Finding, Place};
use crate::paper::Paper;
use crate::wanted::Sample;
use crate::word::fill::names::nearest;
use crate::word::{self, Package, Template};
use rayon::prelude::*;

/// The list of tags that `thidua templates --tags` writes; it may lie among the templates and is none.
pub const TAG_LIST: &str = "danh-muc-the.docx";

/// A file among the templates, checked.
#[derive(Debug)]
pub struct CheckedTemplate {
    /// As findings call it: `mau/giao-uoc.docx`.
    pub file: String,
    /// Every fault in the order of the file; empty for a template that is fine.
    pub findings: Vec<Finding>,
    /// Where the copy with comments went.
    pub copy: Option<PathBuf>,
}

/// Whether copies written into a folder would replace the templates in mau/ themselves.
pub fn is_among_templates(directory: &Path, out: &Path) -> bool {
    matches!((directory.join("mau").canonicalize(), out.canonicalize()), (Ok(mau), Ok(out)) if mau == out)
}

/// Checks every file in the dossier's mau/ against the data of every cluster; with `out` writes there a copy of each
/// faulty one with a comment at each fault.
///
/// # Errors
/// The findings that say why there is no readable dossier in the folder.
pub fn check_templates(
    directory: &Path,
    out: Option<&Path>,
    progress: &dyn Progress,
) -> Result<Vec<CheckedTemplate>, Vec<Finding>> {
    let checked = check(directory, progress)?;
    let paths = template_files(&directory.join("mau"));
    progress.begin("Kiểm tra mẫu", paths.len());
    let examine = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let file = format!("mau/{name}");
        let Examined { mut findings, copy } = match std::fs::read(path) {
            Ok(bytes) => examine(&file, &name, &bytes, &checked),
            Err(error) => alone(unreadable(&file, &error.to_string())),
        };
        let mut written = None;
        if let (Some(out), Some(bytes)) = (out, copy) {
            let target = out.join(&name);
            match write_whole(&target, &bytes) {
                Ok(()) => written = Some(target),
                Err(failure) => findings.push(refused(&failure)),
            }
        }
        progress.step();
        CheckedTemplate { file, findings, copy: written }
    };
    Ok(paths.par_iter().map(examine).collect())
}

/// The files of a folder in the order of their names, without those that Office and the system put there.
fn template_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| !kind.is_dir()))
        .filter(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            !name.starts_with(['.', '~']) && name != TAG_LIST
        })
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    paths
}

/// One file, by its kind.
fn examine(file: &str, name: &str, bytes: &[u8], checked: &Checked) -> Examined {
    let paper = |ending: &str| Paper::ALL.into_iter().find(|paper| Some(paper.name()) == name.strip_suffix(ending));
    if let Some(paper) = paper(".docx") {
        return word_template(file, bytes, &data_of(paper, &checked.dossier, &checked.results));
    }
    if file == ranking_workbook::OWN {
        return ranking_workbook::examine(bytes, checked);
    }
    alone(unused(file, name))
}

/// A file that replaces no built-in template.
fn unused(file: &str, name: &str) -> Finding {
    let known: Vec<String> = Paper::ALL.iter().map(|paper| format!("{}.docx", paper.name())).collect();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let finding = Finding::new(&template::UNUSED, Place::file(file), format!("Không văn bản nào dùng mẫu {file}"));
    let same = Paper::ALL.iter().map(|paper| paper.name()).find(|paper| *paper == stem);
    let near = same.or_else(|| nearest(stem, Paper::ALL.iter().map(|paper| paper.name())));
    let finding = match near {
        Some(near) => finding.hint(format!("Có phải ý là {near}.docx? Lưu lại dạng .docx với đúng tên ấy.")),
        None => finding,
    };
    finding.found(name).expected(format!("một trong: {}, xep-hang.xlsx", known.join(", ")))
}

/// A Word template: faults of building and of names together, then what its PDF would lack.
fn word_template(file: &str, bytes: &[u8], data: &[Sample]) -> Examined {
    let package = match Package::read(bytes) {
        Ok(package) => package,
        Err(reason) => return alone(unreadable(file, &reason)),
    };
    let mut findings = Template::faults(package.clone(), file, data);
    let tracked = findings.iter().any(|finding| std::ptr::eq(finding.code, &template::TRACKED));
    if let Ok((_, more)) = word::read(&package, file) {
        let told = |finding: &Finding| tracked && std::ptr::eq(finding.code, &reading::TRACKED_CHANGES);
        findings.extend(more.into_iter().filter(|finding| !told(finding)));
    }
    let mut copy = package;
    let commented = !findings.is_empty() && word::annotate::annotate(&mut copy, &findings).is_ok();
    let copy = if commented { copy.to_bytes().ok() } else { None };
    Examined { findings, copy }
}

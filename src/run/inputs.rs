//! What a build is made from, as digests: the definition, the submissions, the office's templates, the program itself.

use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::digest::{digest, digest_of};
use super::request::Request;
use crate::sheet::{self, Limits};
use crate::{dossier, intake};

/// Of the sources of this program, made when it was compiled.
const PROGRAM: &str = env!("THIDUA_SOURCES");
/// The folder of the office's own templates.
const TEMPLATES: &str = "mau";

/// Digests of everything that a build looks at.
pub(super) struct Inputs {
    /// What every cluster depends on.
    common: String,
    /// Each file of so-lieu/ by its path inside the dossier.
    files: BTreeMap<String, String>,
    whole: String,
}

impl Inputs {
    /// Looks at a dossier's folder. What cannot be opened counts by what is said of it.
    pub fn look(directory: &Path, only: &Request) -> Inputs {
        let mut common = vec![PROGRAM.to_string(), format!("{only:?}")];
        common.push(std::env::var("SOURCE_DATE_EPOCH").unwrap_or_default());
        match dossier::definition(directory) {
            Ok((path, name)) => common.extend([content(&path, &name, &Limits::DEFINITION), name]),
            Err(finding) => common.push(finding.message),
        }
        common.extend(templates(&directory.join(TEMPLATES)));
        let common = digest_of(common.iter().map(String::as_bytes));
        let (paths, findings) = intake::files(directory);
        let files: BTreeMap<String, String> = paths
            .into_par_iter()
            .map(|path| (path.clone(), content(&directory.join(&path), &path, &Limits::USUAL)))
            .collect();
        let told = findings.iter().map(|finding| finding.message.as_bytes());
        let named = files.iter().flat_map(|(path, content)| [path.as_bytes(), content.as_bytes()]);
        let whole = digest_of([common.as_bytes()].into_iter().chain(told).chain(named));
        Inputs { common, files, whole }
    }

    /// Of everything.
    pub fn whole(&self) -> &str {
        &self.whole
    }

    /// Of what one cluster's papers are made from: the files that hold its submissions, and whether they are drafts.
    pub fn of_cluster(&self, files: &[&str], draft: bool) -> String {
        let draft: &[u8] = if draft { b"draft" } else { b"" };
        let mut parts = vec![self.common.as_bytes(), draft];
        for path in files {
            parts.extend([path.as_bytes(), self.files.get(*path).map_or(b"", |content| content.as_bytes())]);
        }
        digest_of(parts)
    }
}

/// A spreadsheet's content; one that is too large to be read counts by that.
fn content(path: &Path, name: &str, limits: &Limits) -> String {
    match sheet::load_within(path, name, limits) {
        Ok(bytes) => digest(&bytes),
        Err(finding) => finding.message,
    }
}

/// Names and contents of the office's templates.
fn templates(folder: &Path) -> Vec<String> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let told = |path: PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        [name, std::fs::read(&path).map_or_else(|error| error.kind().to_string(), |bytes| digest(&bytes))]
    };
    paths.into_iter().filter(|path| path.is_file()).flat_map(told).collect()
}

//! ket-qua.json while clusters are still being made: each cluster's part is written out as soon as its turn has come.

use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Seek, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::SpooledTempFile;

use super::result_file::{cluster_json, file_json, finding_json};
use crate::dossier::Dossier;
use crate::finding::Finding;
use crate::scoring::ClusterResult;

/// Up to here the parts stay in memory, in bytes.
const IN_MEMORY: usize = 8 << 20;
/// How far the clusters stand from the edge of the file, in steps and in spaces.
const DEPTH: &str = "    ";

/// The clusters' parts, in the order of clusters whatever the order they come in.
pub(super) struct ResultSpool {
    parts: Mutex<Parts>,
}

struct Parts {
    file: SpooledTempFile,
    /// Those that came before their turn.
    waiting: BTreeMap<usize, String>,
    next: usize,
    failure: Option<io::Error>,
}

impl ResultSpool {
    /// An empty one; what does not stay in memory goes into a nameless file in `folder`.
    pub fn new(folder: &Path) -> ResultSpool {
        let file = tempfile::spooled_tempfile_in(IN_MEMORY, folder);
        ResultSpool { parts: Mutex::new(Parts { file, waiting: BTreeMap::new(), next: 0, failure: None }) }
    }

    /// Takes a cluster's part; each cluster is given once.
    pub fn add(&self, dossier: &Dossier, result: &ClusterResult) {
        let part = indented(&cluster_json(dossier, result));
        let mut parts = self.lock();
        parts.waiting.insert(result.cluster.0, part);
        loop {
            let next = parts.next;
            let Some(part) = parts.waiting.remove(&next) else { return };
            let separator = if next == 0 { "\n" } else { ",\n" };
            let Parts { file, failure, .. } = &mut *parts;
            if let Err(error) = file.write_all(separator.as_bytes()).and_then(|()| file.write_all(part.as_bytes())) {
                failure.get_or_insert(error);
            }
            parts.next += 1;
        }
    }

    /// Writes the whole file, as [`super::result_json`] printed with line breaks, and a line break at its end.
    ///
    /// # Errors
    /// Of the disk: now, or when a part was put aside.
    pub fn write(&self, dossier: &Dossier, findings: &[Finding], to: &mut dyn Write) -> io::Result<()> {
        const CLUSTERS: &str = "\"clusters\": []";
        const FINDINGS: &str = "\"findings\": []";
        let mut parts = self.lock();
        if let Some(failure) = parts.failure.take() {
            return Err(failure);
        }
        // with neither clusters nor findings; no text before theirs is the user's
        let frame = format!("{:#}\n", file_json(dossier, Vec::new(), &[]));
        let (before, rest) = frame.split_once(CLUSTERS).unwrap_or((&frame, ""));
        let (between, after) = rest.split_once(FINDINGS).unwrap_or((rest, ""));
        let mut to = BufWriter::new(to);
        to.write_all(before.as_bytes())?;
        if parts.next == 0 {
            to.write_all(CLUSTERS.as_bytes())?;
        } else {
            to.write_all(b"\"clusters\": [")?;
            parts.file.rewind()?;
            io::copy(&mut parts.file, &mut to)?;
            to.write_all(b"\n  ]")?;
        }
        to.write_all(between.as_bytes())?;
        if findings.is_empty() {
            to.write_all(FINDINGS.as_bytes())?;
        } else {
            to.write_all(b"\"findings\": [")?;
            for (index, finding) in findings.iter().enumerate() {
                to.write_all(if index == 0 { b"\n" } else { b",\n" })?;
                to.write_all(indented(&finding_json(finding)).as_bytes())?;
            }
            to.write_all(b"\n  ]")?;
        }
        to.write_all(after.as_bytes())?;
        to.flush()
    }

    /// A thread that panicked while adding has harmed no part but its own.
    fn lock(&self) -> MutexGuard<'_, Parts> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// As it stands inside the file. A line break inside a text is written `\n`, so lines are lines of the file.
fn indented(value: &Value) -> String {
    let mut text = String::new();
    for (index, line) in format!("{value:#}").lines().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        text.push_str(DEPTH);
        text.push_str(line);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::{GroupKind, Rule};
    use crate::run::result_json;
    use crate::scoring::sample::Office;

    #[test]
    fn parts_that_come_in_any_order_give_the_same_file_as_the_whole_at_once() {
        let office = Office::with_units(&["A", "B"])
            .group("I", GroupKind::Ordinary, Some("5"))
            .line("1.1", "người", Rule::Ratio, Some("5"))
            .submits("A", &["1.1: 99/100"]);
        let scored = office.scored();
        let mut results = Vec::new();
        for cluster in 0..3 {
            let mut result = scored.result.clone();
            result.cluster = crate::dossier::ClusterId(cluster);
            results.push(result);
        }
        let mut dossier = scored.office.dossier.clone();
        for code in ["K2", "K3"] {
            let mut cluster = dossier.clusters[0].clone();
            cluster.code = code.to_string();
            cluster.name = "Khối “hai\nba”".to_string();
            dossier.clusters.push(cluster);
        }
        for count in [0, 1, 3] {
            let spool = ResultSpool::new(Path::new("."));
            for result in results[..count].iter().rev() {
                spool.add(&dossier, result);
            }
            let mut written = Vec::new();
            spool.write(&dossier, &scored.findings, &mut written).expect("memory does not fail");
            let whole = format!("{:#}\n", result_json(&dossier, &results[..count], &scored.findings));
            assert_eq!(String::from_utf8(written).expect("text"), whole, "{count} clusters");
        }
    }
}

//! Jobs (việc đang làm): papers made while the page goes on, with how far they are, and stopped when asked.
//!
//! A build goes into a hidden folder first and takes the place of the old papers only when all of it is done, so that one that is
//! stopped leaves everything as it was.

use axum::http::StatusCode;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tempfile::TempDir;

use super::answer::Refusal;
use super::{limits, place};
use crate::finding::Finding;
use crate::run::{self, BuildOptions, Progress, Request};

/// Folders under way begin with this; what a killed program left behind is cleared by the next build.
const UNDER_WAY: &str = ".thidua-";
/// Older than this, a folder under way is nobody's any more.
const LEFT_BEHIND: Duration = Duration::from_secs(3600);
/// Where papers go inside a dossier.
const RESULTS: &str = "ket-qua";

/// What a job makes.
#[derive(Clone, Debug)]
pub enum Kind {
    /// The documents asked for, into ket-qua/.
    Build(Wanted),
    /// Every page as PDF, to be looked at and thrown away.
    Preview,
}

/// What is asked of a build.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub only: Request,
    /// Nothing while there are errors.
    pub strict: bool,
    /// Everything anew, also what has not changed.
    pub fresh: bool,
}

pub struct Job {
    pub id: u64,
    pub kind: Kind,
    dossier: PathBuf,
    stage: Mutex<String>,
    steps: AtomicUsize,
    done: AtomicUsize,
    cancelled: AtomicBool,
    outcome: Mutex<Option<Outcome>>,
}

/// How a job ended.
enum Outcome {
    Done {
        /// Paths inside the results with `/`.
        files: Vec<String>,
        /// How many that lie in the results already were left as they are.
        unchanged: usize,
        /// Files that could not be put in place.
        failures: Vec<String>,
        has_errors: bool,
        /// The pages of a preview; gone with the job.
        folder: Option<TempDir>,
    },
    Cancelled,
    /// Strict, and there were errors: nothing was written.
    Withheld,
    /// There is no dossier to read.
    Unreadable(Vec<Finding>),
    Failed(String),
}

impl Progress for Job {
    fn begin(&self, stage: &str, steps: usize) {
        *lock(&self.stage) = stage.to_string();
        self.done.store(0, Ordering::Relaxed);
        self.steps.store(steps, Ordering::Relaxed);
    }

    fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

impl Job {
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    fn is_running(&self) -> bool {
        lock(&self.outcome).is_none()
    }

    /// How far it is, or how it ended.
    pub fn report(&self) -> Value {
        let kind = match &self.kind {
            Kind::Build(_) => "build",
            Kind::Preview => "preview",
        };
        let mut report = json!({ "id": self.id, "kind": kind });
        match &*lock(&self.outcome) {
            None => {
                report["state"] = json!("running");
                report["stage"] = json!(*lock(&self.stage));
                report["done"] = json!(self.done.load(Ordering::Relaxed));
                report["steps"] = json!(self.steps.load(Ordering::Relaxed));
            }
            Some(Outcome::Done { files, unchanged, failures, has_errors, .. }) => {
                report["state"] = json!("done");
                report["files"] = json!(files);
                report["unchanged"] = json!(unchanged);
                report["failures"] = json!(failures);
                report["has_errors"] = json!(has_errors);
            }
            Some(Outcome::Cancelled) => report["state"] = json!("cancelled"),
            Some(Outcome::Withheld) => report["state"] = json!("withheld"),
            Some(Outcome::Unreadable(findings)) => {
                report["state"] = json!("failed");
                report["error"] = json!(findings.first().map(|finding| &finding.message));
            }
            Some(Outcome::Failed(reason)) => {
                report["state"] = json!("failed");
                report["error"] = json!(reason);
            }
        }
        report
    }

    /// A page of a preview.
    pub fn page(&self, path: &str) -> Result<Vec<u8>, Refusal> {
        let gone = || Refusal::not_found("Bản xem thử này không còn; hãy xem thử lại.");
        let outcome = lock(&self.outcome);
        let Some(Outcome::Done { files, folder: Some(folder), .. }) = &*outcome else { return Err(gone()) };
        if !files.iter().any(|file| file == path) {
            return Err(gone());
        }
        std::fs::read(place::inside(folder.path(), path)?).map_err(|_| gone())
    }
}

/// All jobs, running ones and the last that ended.
#[derive(Default)]
pub struct Jobs {
    jobs: Mutex<BTreeMap<u64, Arc<Job>>>,
    started: AtomicUsize,
}

impl Jobs {
    pub fn get(&self, id: u64) -> Result<Arc<Job>, Refusal> {
        lock(&self.jobs).get(&id).cloned().ok_or_else(|| Refusal::not_found("Việc này không còn."))
    }

    /// The job that is making papers of a dossier, if any.
    pub fn running(&self, dossier: &Path) -> Option<Arc<Job>> {
        lock(&self.jobs).values().find(|job| job.is_running() && job.dossier == dossier).cloned()
    }

    /// Begins a job in a thread of its own.
    ///
    /// # Errors
    /// One of this dossier is running, or too many of others.
    pub fn start(&self, kind: Kind, dossier: &Path) -> Result<Arc<Job>, Refusal> {
        let mut jobs = lock(&self.jobs);
        let running = jobs.values().filter(|job| job.is_running()).count();
        if jobs.values().any(|job| job.is_running() && job.dossier == dossier) {
            let sentence = "Đang lập văn bản của hồ sơ này; hãy chờ xong hoặc bấm Dừng.";
            return Err(Refusal::new(StatusCode::CONFLICT, sentence));
        }
        if running >= limits::JOBS {
            let sentence = "Chương trình đang lập văn bản của các hồ sơ khác; xin thử lại sau.";
            return Err(Refusal::new(StatusCode::TOO_MANY_REQUESTS, sentence));
        }
        let ended: Vec<u64> = jobs.values().filter(|job| !job.is_running()).map(|job| job.id).collect();
        for id in ended.iter().take((ended.len() + 1).saturating_sub(limits::FINISHED)) {
            jobs.remove(id);
        }
        let job = Arc::new(Job {
            id: self.started.fetch_add(1, Ordering::Relaxed) as u64 + 1,
            kind,
            dossier: dossier.to_path_buf(),
            stage: Mutex::new("Bắt đầu".to_string()),
            steps: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            cancelled: AtomicBool::new(false),
            outcome: Mutex::new(None),
        });
        jobs.insert(job.id, Arc::clone(&job));
        drop(jobs);
        let own = Arc::clone(&job);
        let thread = std::thread::Builder::new().name("job".to_string()).spawn(move || own.run());
        if thread.is_err() {
            *lock(&job.outcome) = Some(Outcome::Failed("Máy không đủ sức để bắt đầu.".to_string()));
        }
        Ok(job)
    }
}

impl Job {
    fn run(&self) {
        let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| match &self.kind {
            Kind::Build(wanted) => self.build(wanted),
            Kind::Preview => self.preview(),
        }));
        let outcome = match made {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(error)) => Outcome::Failed(format!("Không ghi được vào thư mục hồ sơ: {error}.")),
            Err(_) => Outcome::Failed("Không lập được vì một lỗi của chương trình.".to_string()),
        };
        *lock(&self.outcome) = Some(outcome);
    }

    fn build(&self, wanted: &Wanted) -> std::io::Result<Outcome> {
        clear_leftovers(&self.dossier);
        let under_way = tempfile::Builder::new().prefix(UNDER_WAY).tempdir_in(&self.dossier)?;
        let Wanted { only, strict, fresh } = wanted.clone();
        let (out, settled) = (under_way.path().to_path_buf(), Some(self.dossier.join(RESULTS)));
        let made = self.make(BuildOptions { out, only, strict, settled, fresh, results: false });
        let Outcome::Done { files, unchanged, has_errors, mut failures, .. } = made else { return Ok(made) };
        let mut placed = Vec::with_capacity(files.len());
        for file in files {
            match self.put_in_place(under_way.path(), &file) {
                Ok(()) => placed.push(file),
                Err(reason) => failures.push(format!("Không thay được {RESULTS}/{file}: {reason}.")),
            }
        }
        Ok(Outcome::Done { files: placed, unchanged, failures, has_errors, folder: None })
    }

    fn put_in_place(&self, under_way: &Path, file: &str) -> Result<(), String> {
        let to = place::inside(&self.dossier, &format!("{RESULTS}/{file}"))
            .map_err(|_| "đường dẫn đi ra ngoài thư mục hồ sơ".to_string())?;
        let folder = to.parent().unwrap_or(&self.dossier);
        std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        let refused = |error: std::io::Error| format!("tệp đang mở ở chương trình khác, hoặc {error}");
        std::fs::rename(under_way.join(file), to).map_err(refused)
    }

    fn preview(&self) -> std::io::Result<Outcome> {
        let folder = tempfile::Builder::new().prefix("thidua-").tempdir()?;
        let (out, only) = (folder.path().to_path_buf(), Request::of_ending("pdf"));
        let options = BuildOptions { out, only, strict: false, settled: None, fresh: true, results: false };
        Ok(match self.make(options) {
            Outcome::Done { files, unchanged, failures, has_errors, .. } => {
                Outcome::Done { files, unchanged, failures, has_errors, folder: Some(folder) }
            }
            other => other,
        })
    }

    fn make(&self, options: BuildOptions) -> Outcome {
        match run::build(&self.dossier, &options, self) {
            Err(findings) => Outcome::Unreadable(findings),
            Ok(built) if built.cancelled => Outcome::Cancelled,
            Ok(built) if built.withheld => Outcome::Withheld,
            Ok(built) => Outcome::Done {
                files: built.files.iter().filter_map(|file| inner_path(&options.out, file)).collect(),
                unchanged: built.unchanged.files,
                failures: Vec::new(),
                has_errors: built.survey.has_errors(),
                folder: None,
            },
        }
    }
}

/// A file's path inside a folder with `/`.
pub fn inner_path(folder: &Path, file: &Path) -> Option<String> {
    let inner = file.strip_prefix(folder).ok()?;
    let steps: Option<Vec<&str>> = inner.components().map(|step| step.as_os_str().to_str()).collect();
    Some(steps?.join("/"))
}

fn clear_leftovers(dossier: &Path) {
    let Ok(entries) = std::fs::read_dir(dossier) else { return };
    for entry in entries.flatten() {
        let hidden = entry.file_name().to_string_lossy().starts_with(UNDER_WAY);
        let Ok(found) = entry.metadata() else { continue };
        let age = found.modified().ok().and_then(|time| time.elapsed().ok());
        if hidden && found.is_dir() && age.is_some_and(|age| age > LEFT_BEHIND) {
            // one that cannot be removed does no harm: it is hidden and never read
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// A thread that panicked while holding a lock has not harmed what it guards: whole values only are put in.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! What all requests share (bàn làm việc): the shelf, readings kept while the files are as they were, jobs under way. It can be
//! thrown away at any time; everything that lasts is in the dossier's folder.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};
use tokio::sync::{Mutex as Turn, Notify, Semaphore};

use super::answer::Refusal;
use super::job::Jobs;
use super::limits;
use super::shelf::Shelf;
use crate::finding::Finding;
use crate::run::{self, Checked, Progress};
use crate::{dossier, intake};

/// A dossier as read, or the findings that say why it cannot be.
pub type Read = Arc<Result<Checked, Vec<Finding>>>;

/// A reading and the state of the files that it was made of.
struct Kept {
    state: FolderState,
    read: Read,
}

/// A digest of names, sizes and times of a dossier's files.
type FolderState = [u8; 32];
type Slot = Arc<Turn<Option<Kept>>>;

pub struct Desk {
    pub shelf: Shelf,
    pub jobs: Jobs,
    slots: Mutex<BTreeMap<PathBuf, Slot>>,
    readings: Arc<Semaphore>,
    /// Changes to folders are made one after another.
    changes: Arc<Turn<()>>,
    close: Notify,
}

/// Nobody watches how far it is.
pub struct Unwatched;

impl Progress for Unwatched {
    fn begin(&self, _stage: &str, _steps: usize) {}
    fn step(&self) {}
}

impl Desk {
    pub fn new(shelf: Shelf) -> Desk {
        Desk {
            shelf,
            jobs: Jobs::default(),
            slots: Mutex::default(),
            readings: Arc::new(Semaphore::new(limits::READINGS)),
            changes: Arc::default(),
            close: Notify::new(),
        }
    }

    pub fn close(&self) {
        self.close.notify_one();
    }

    pub async fn closed(&self) {
        self.close.notified().await;
    }

    /// The dossier in a folder as it is now; read anew only when a file has changed. Whoever asks while it is being read
    /// waits for the same reading.
    pub async fn read(&self, folder: &Path) -> Result<Read, Refusal> {
        let slot = self.slot(folder);
        let readings = Arc::clone(&self.readings);
        let folder = folder.to_path_buf();
        // goes on to its end also when the browser gives up, so that asking again finds it done
        let reading = tokio::spawn(async move {
            let mut kept = slot.lock().await;
            let _permit = readings.acquire_owned().await.ok()?;
            let before = kept.take();
            let now = tokio::task::spawn_blocking(move || {
                let state = state(&folder);
                match before {
                    Some(kept) if kept.state == state => kept,
                    _ => Kept { state, read: Arc::new(run::check(&folder, &Unwatched)) },
                }
            });
            let now = now.await.ok()?;
            let read = Arc::clone(&now.read);
            *kept = Some(now);
            Some(read)
        });
        reading.await.ok().flatten().ok_or_else(|| Refusal::failed("Không đọc được hồ sơ vì một lỗi của chương trình."))
    }

    /// Does something that takes a while, away from the threads that answer.
    pub async fn work<T: Send + 'static>(
        &self,
        task: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let busy = || Refusal::new(axum::http::StatusCode::SERVICE_UNAVAILABLE, "Chương trình đang bận; xin thử lại.");
        let permit = tokio::time::timeout(Duration::from_secs(60), Arc::clone(&self.readings).acquire_owned());
        let permit = permit.await.ok().and_then(Result::ok).ok_or_else(busy)?;
        let outcome = tokio::task::spawn_blocking(move || {
            let outcome = task();
            drop(permit);
            outcome
        });
        outcome.await.unwrap_or_else(|_| Err(Refusal::failed("Không làm được vì một lỗi của chương trình.")))
    }

    /// Does something with a dossier's folder that changes nothing there.
    pub async fn look<T: Send + 'static>(
        &self,
        name: &str,
        task: impl FnOnce(&Path) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let folder = self.shelf.dossier(name)?;
        self.work(move || task(&folder)).await
    }

    /// Changes files; one change at a time, each to its end.
    pub async fn change<T: Send + 'static>(
        &self,
        task: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let turn = Arc::clone(&self.changes).lock_owned().await;
        self.work(move || {
            let outcome = task();
            drop(turn);
            outcome
        })
        .await
    }

    /// Changes files of a dossier.
    pub async fn change_in<T: Send + 'static>(
        &self,
        name: &str,
        task: impl FnOnce(&Path) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let folder = self.shelf.dossier(name)?;
        self.change(move || task(&folder)).await
    }

    /// Changes files of a dossier, knowing what it holds when its turn has come.
    pub async fn change_knowing<T: Send + 'static>(
        &self,
        name: &str,
        task: impl FnOnce(&Path, &Checked) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let folder = self.shelf.dossier(name)?;
        let turn = Arc::clone(&self.changes).lock_owned().await;
        let read = self.read(&folder).await?;
        self.work(move || {
            let outcome = match &*read {
                Ok(checked) => task(&folder, checked),
                Err(_) => Err(Refusal::unusable("Chưa có tệp ho-so.xlsx đọc được nên chưa nhận số liệu được.")),
            };
            drop(turn);
            outcome
        })
        .await
    }

    fn slot(&self, folder: &Path) -> Slot {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if !slots.contains_key(folder) && slots.len() >= limits::KEPT {
            slots.clear();
        }
        Arc::clone(slots.entry(folder.to_path_buf()).or_default())
    }
}

/// Names, sizes and times of everything that a reading depends on.
fn state(folder: &Path) -> FolderState {
    let mut digest = Sha256::new();
    let mut take = |name: &str| {
        let Ok(found) = folder.join(name).metadata() else { return };
        let changed = found.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
        digest.update(name.as_bytes());
        digest.update([0]);
        digest.update(found.len().to_le_bytes());
        digest.update(changed.as_nanos().to_le_bytes());
    };
    if let Ok((_, name)) = dossier::definition(folder) {
        take(&name);
    }
    let (files, _) = intake::files(folder);
    files.iter().for_each(|file| take(file));
    if !folder.join("so-lieu").is_dir() {
        digest.update(b"none");
    }
    digest.finalize().into()
}

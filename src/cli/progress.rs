//! The progress bar, on standard error, only when that is a terminal.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Mutex;

use crate::run::Progress;

/// Shows a bar for each stage and takes it away at the end.
pub(super) struct Bar {
    shown: bool,
    bar: Mutex<Option<ProgressBar>>,
}

impl Bar {
    pub fn new() -> Bar {
        Bar { shown: std::io::stderr().is_terminal(), bar: Mutex::new(None) }
    }

    fn with(&self, action: impl FnOnce(&mut Option<ProgressBar>)) {
        // A thread that panicked while holding the bar has not harmed it.
        action(&mut self.bar.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
    }
}

impl Progress for Bar {
    fn begin(&self, stage: &str, steps: usize) {
        if !self.shown {
            return;
        }
        let style = ProgressStyle::with_template("{msg:30} {bar:40} {pos}/{len}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        let next = ProgressBar::new(steps as u64).with_style(style).with_message(stage.to_string());
        self.with(|bar| {
            if let Some(before) = bar.replace(next) {
                before.finish_and_clear();
            }
        });
    }

    fn step(&self) {
        self.with(|bar| {
            if let Some(bar) = bar {
                bar.inc(1);
            }
        });
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.with(|bar| {
            if let Some(bar) = bar.take() {
                bar.finish_and_clear();
            }
        });
    }
}

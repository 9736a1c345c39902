//! The power goes in the middle: every file is the old one or the new one, never half of one.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::desk::{files_below, fixture, program};

#[test]
fn a_killed_build_leaves_whole_files() {
    let out = tempfile::tempdir().expect("a folder");
    let dossier = fixture("khoi-nganh-2024");
    let build =
        |out: &std::path::Path| program().arg("build").arg(&dossier).arg("--out").arg(out).output().expect("it starts");
    assert_eq!(build(out.path()).status.code(), Some(0));
    let whole = files_below(out.path());

    // Replace every file by an older one, then kill the program at different moments of writing.
    for pause in [5, 20, 60, 120, 250, 400] {
        for path in whole.keys() {
            std::fs::write(out.path().join(path), b"old").expect("an older file");
        }
        let mut running = Command::new(assert_cmd::cargo::cargo_bin("thidua"))
            .arg("build")
            .arg(&dossier)
            .arg("--out")
            .arg(out.path())
            .stdout(Stdio::null())
            .spawn()
            .expect("it starts");
        std::thread::sleep(Duration::from_millis(pause));
        // It may have ended by itself on a fast machine; then there is nothing to kill.
        let _ = running.kill();
        running.wait().expect("it ends");
        for (path, bytes) in files_below(out.path()) {
            if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(".thidua-")) {
                continue;
            }
            assert!(bytes == b"old" || bytes == whole[&path], "{} is half written after {pause} ms", path.display());
        }
    }

    // The next build clears up and is whole again.
    assert_eq!(build(out.path()).status.code(), Some(0));
    assert_eq!(files_below(out.path()).keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
}

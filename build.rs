//! Gives the program a digest of its own sources, so that a build can tell whether papers were made by the same program.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    let mut files = Vec::new();
    for root in ["src", "templates", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={root}");
        below(Path::new(root), &mut files)?;
    }
    files.sort();
    let mut sum = DefaultHasher::new();
    for file in files {
        // with `/` on every system
        file.iter().map(|step| step.to_string_lossy()).collect::<Vec<_>>().join("/").hash(&mut sum);
        std::fs::read(&file)?.hash(&mut sum);
    }
    println!("cargo::rustc-env=THIDUA_SOURCES={:016x}", sum.finish());
    Ok(())
}

fn below(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_file() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    for entry in std::fs::read_dir(path)? {
        below(&entry?.path(), files)?;
    }
    Ok(())
}

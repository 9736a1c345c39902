//! Digests of contents, by which a later build tells what has changed.

use sha2::{Digest, Sha256};

/// SHA-256 of a content, in hexadecimal.
pub(super) fn digest(content: &[u8]) -> String {
    hexadecimal(&Sha256::digest(content))
}

/// SHA-256 of several contents, each with its length before it.
pub(super) fn digest_of<'a>(contents: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut sum = Sha256::new();
    for content in contents {
        sum.update((content.len() as u64).to_le_bytes());
        sum.update(content);
    }
    hexadecimal(&sum.finalize())
}

/// A file that is being written, and the digest of what went into it.
pub(super) struct Summed<'a> {
    file: &'a mut std::fs::File,
    sum: Sha256,
}

impl<'a> Summed<'a> {
    pub fn new(file: &'a mut std::fs::File) -> Summed<'a> {
        Summed { file, sum: Sha256::new() }
    }

    pub fn digest(self) -> String {
        hexadecimal(&self.sum.finalize())
    }
}

impl std::io::Write for Summed<'_> {
    fn write(&mut self, content: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(content)?;
        self.sum.update(&content[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    const FIGURES: &[u8; 16] = b"0123456789abcdef";
    let figures = |byte: &u8| [FIGURES[usize::from(byte >> 4)], FIGURES[usize::from(byte & 15)]].map(char::from);
    bytes.iter().flat_map(figures).collect()
}

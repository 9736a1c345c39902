//! Parts that the copies of a package have in common, deflated once for all of them: what a template has and its papers
//! keep as it is.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::sync::Arc;

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Deflated parts in a zip of their own, from which they are copied.
#[derive(Debug)]
pub(super) struct Kept {
    archive: ZipArchive<Cursor<Arc<[u8]>>>,
    /// By name: its place in the archive, and its bytes, by which a part that has been replaced since is told from it.
    parts: BTreeMap<String, (usize, Arc<Vec<u8>>)>,
}

/// The deflated parts for one writing.
pub(super) struct Copies<'a> {
    archive: ZipArchive<Cursor<Arc<[u8]>>>,
    parts: &'a BTreeMap<String, (usize, Arc<Vec<u8>>)>,
}

impl Kept {
    /// Deflates parts; none where there are none, or where a zip cannot hold one, which writing it will tell.
    pub(super) fn of<'a>(
        parts: impl Iterator<Item = (&'a String, &'a Arc<Vec<u8>>)>,
        options: SimpleFileOptions,
    ) -> Option<Kept> {
        let mut parts = parts.enumerate().peekable();
        parts.peek()?;
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let mut known = BTreeMap::new();
        for (index, (name, content)) in parts {
            writer.start_file(name, options).ok()?;
            writer.write_all(content).ok()?;
            known.insert(name.clone(), (index, Arc::clone(content)));
        }
        let bytes = writer.finish().ok()?.into_inner();
        let archive = ZipArchive::new(Cursor::new(Arc::from(bytes))).ok()?;
        Some(Kept { archive, parts: known })
    }

    pub(super) fn copies(&self) -> Copies<'_> {
        Copies { archive: self.archive.clone(), parts: &self.parts }
    }
}

impl Copies<'_> {
    /// Copies a part into a zip; false where it is not among the deflated ones.
    pub(super) fn put(
        &mut self,
        name: &str,
        content: &Arc<Vec<u8>>,
        writer: &mut ZipWriter<Cursor<Vec<u8>>>,
    ) -> ZipResult<bool> {
        let Some((index, known)) = self.parts.get(name) else { return Ok(false) };
        if !Arc::ptr_eq(known, content) {
            return Ok(false);
        }
        writer.raw_copy_file(self.archive.by_index_raw(*index)?)?;
        Ok(true)
    }
}

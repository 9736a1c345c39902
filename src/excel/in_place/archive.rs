//! The file as a zip of parts: parts that change are written anew, all others are copied as they lie there.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::Unmarkable;

/// Largest part that is unfolded, in bytes.
const PART: u64 = 64 << 20;

pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    changed: BTreeMap<String, Vec<u8>>,
}

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Unmarkable> {
        let zip = ZipArchive::new(Cursor::new(bytes));
        let zip = zip.map_err(|_| Unmarkable::new("chỉ ghi vào được tệp Excel .xlsx, .xlsm"))?;
        Ok(Archive { zip, changed: BTreeMap::new() })
    }

    /// Whether a part of this name exists, in whatever case.
    pub(super) fn has(&self, name: &str) -> bool {
        self.own_name(name).is_some() || self.changed.contains_key(name)
    }

    /// The name under which a part is stored, as programs that do not look at case would find it.
    fn own_name(&self, name: &str) -> Option<String> {
        let mut other_case = None;
        for own in self.zip.file_names().flatten() {
            if own == name {
                return Some(name.to_string());
            }
            if own.eq_ignore_ascii_case(name) {
                other_case.get_or_insert_with(|| own.to_string());
            }
        }
        other_case
    }

    /// The text of a part as it is now.
    pub(super) fn text(&mut self, name: &str) -> Result<String, Unmarkable> {
        let own = self.own_name(name).unwrap_or_else(|| name.to_string());
        let bytes = match self.changed.get(&own) {
            Some(bytes) => bytes.clone(),
            None => self.stored(&own).ok_or_else(|| Unmarkable::part(name))?,
        };
        let text = String::from_utf8(bytes).map_err(|_| Unmarkable::part(name))?;
        // positions are counted from behind a byte order mark
        Ok(text.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(text))
    }

    fn stored(&mut self, name: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.zip.by_name(name).ok()?.take(PART + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= PART).then_some(bytes)
    }

    /// Puts a part in place of the one of this name, or adds it.
    pub(super) fn replace(&mut self, name: &str, text: String) {
        let own = self.own_name(name).unwrap_or_else(|| name.to_string());
        self.changed.insert(own, text.into_bytes());
    }

    /// A name `xl/comments1.xml` with the first number that is free, and the number.
    pub(super) fn free_name(&self, before: &str, after: &str) -> (String, usize) {
        let mut number = 1;
        loop {
            let name = format!("{before}{number}{after}");
            if !self.has(&name) {
                return (name, number);
            }
            number += 1;
        }
    }

    /// The whole file. New parts stand at its end and carry no time.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, Unmarkable> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        let failed = |_| Unmarkable::new("không đóng gói lại được tệp");
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..self.zip.len() {
            let entry = self.zip.by_index_raw(index).map_err(failed)?;
            let name = entry.name().map(|name| name.to_string()).unwrap_or_default();
            match self.changed.remove(&name) {
                None => writer.raw_copy_file(entry).map_err(failed)?,
                Some(bytes) => add(&mut writer, &name, &bytes, options).map_err(failed)?,
            }
        }
        for (name, bytes) in &self.changed {
            add(&mut writer, name, bytes, options).map_err(failed)?;
        }
        Ok(writer.finish().map_err(failed)?.into_inner())
    }
}

fn add(
    writer: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    bytes: &[u8],
    options: SimpleFileOptions,
) -> zip::result::ZipResult<()> {
    writer.start_file(name, options)?;
    writer.write_all(bytes)?;
    Ok(())
}

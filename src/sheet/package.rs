//! The zip of parts that a workbook of Excel is: a part is unfolded when it is asked for, and no further than it may be.

use flate2::{Crc, Decompress, FlushDecompress, Status};
use foldhash::{HashMap, HashMapExt};
use std::io::{Cursor, Read};
use zip::{CompressionMethod, ZipArchive};

use super::guard::{broken, too_large, unfolds_too_far};
use super::limit::{Limits, PARTS};
use crate::finding::Finding;

/// A package that is open.
pub(super) struct Package<'a> {
    bytes: &'a [u8],
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// One for all parts: making one takes as long as unfolding a small part.
    inflater: Decompress,
    /// Where each part lies, by its name in small letters with `/`, as programs that do not look at case find it.
    places: HashMap<String, usize>,
    file: &'a str,
    limits: Limits,
    /// Bytes unfolded so far.
    unfolded: u64,
}

impl<'a> Package<'a> {
    /// Opens a package that does not state to be beyond all measure.
    pub(super) fn open(bytes: &'a [u8], file: &'a str, limits: &Limits) -> Result<Self, Finding> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken(file, "gói nén không mở được"))?;
        if archive.len() > PARTS {
            let why = format!("có {} phần bên trong, quá giới hạn {PARTS}", archive.len());
            return Err(too_large(file, &why));
        }
        let mut places = HashMap::with_capacity(archive.len());
        let mut total = 0_u64;
        for place in 0..archive.len() {
            let part = archive.by_index_data(place).map_err(|_| broken(file, "một phần của gói nén không mở được"))?;
            let name = part.name().map_err(|_| broken(file, "tên một phần trong gói nén sai"))?;
            total = total.saturating_add(part.size());
            if part.size() > limits.part || total > limits.total {
                return Err(unfolds_too_far(file, total, limits));
            }
            places.entry(name.replace('\\', "/").to_ascii_lowercase()).or_insert(place);
        }
        let inflater = Decompress::new(false);
        Ok(Package { bytes, archive, inflater, places, file, limits: *limits, unfolded: 0 })
    }

    /// How much of it may be read.
    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    /// The names of the parts, in small letters.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// The bytes of a part, its name in any case; none without it. What the package states of its size is not trusted.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Finding> {
        let Some(&place) = self.places.get(&name.to_ascii_lowercase()) else { return Ok(None) };
        let damaged = || broken(self.file, "dữ liệu nén bị cắt hoặc sai");
        let bytes = match self.deflated(place) {
            Some(folded) => self.unfold(folded).ok_or_else(damaged)?,
            None => {
                let part = self.archive.by_index(place).map_err(|_| damaged())?;
                let mut bytes = Vec::with_capacity(part.size().min(1 << 20) as usize);
                part.take(self.limits.part + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
                bytes
            }
        };
        self.unfolded += bytes.len() as u64;
        if bytes.len() as u64 > self.limits.part || self.unfolded > self.limits.total {
            return Err(unfolds_too_far(self.file, self.unfolded, &self.limits));
        }
        Ok(Some(bytes))
    }

    /// A part that is deflated, as nearly all are; none for one that is kept in another way, or cannot be found.
    fn deflated(&mut self, place: usize) -> Option<Folded<'a>> {
        let part = self.archive.by_index_raw(place).ok()?;
        if part.compression() != CompressionMethod::Deflated || part.encrypted() {
            return None;
        }
        let from = usize::try_from(part.data_start()?).ok()?;
        let to = from.checked_add(usize::try_from(part.compressed_size()).ok()?)?;
        Some(Folded { bytes: self.bytes.get(from..to)?, stated: part.size(), sum: part.crc32() })
    }

    /// The bytes of a part, one more than may be where it is too large; none where it is damaged.
    fn unfold(&mut self, folded: Folded) -> Option<Vec<u8>> {
        // zip's own limit of growth: 1,032 bytes for one
        let most = (folded.bytes.len() as u64).saturating_mul(1_032).min(self.limits.part + 1) as usize;
        let mut bytes = Vec::with_capacity((folded.stated as usize).saturating_add(1).min(most));
        self.inflater.reset(false);
        loop {
            let rest = folded.bytes.get(self.inflater.total_in() as usize..)?;
            let before = self.inflater.total_out();
            match self.inflater.decompress_vec(rest, &mut bytes, FlushDecompress::Finish).ok()? {
                Status::StreamEnd => break,
                _ if bytes.len() > self.limits.part as usize => return Some(bytes),
                _ if bytes.len() == bytes.capacity() => bytes.reserve(bytes.len().max(64)),
                _ if self.inflater.total_out() == before => return None,
                _ => {}
            }
        }
        let mut sum = Crc::new();
        sum.update(&bytes);
        (sum.sum() == folded.sum).then_some(bytes)
    }
}

/// A deflated part.
struct Folded<'a> {
    bytes: &'a [u8],
    /// What the package states of its size.
    stated: u64,
    /// Its check sum.
    sum: u32,
}

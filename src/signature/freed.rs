//! Objects that a later revision strikes out of the cross-reference, in a table or in a stream (ISO 32000-2, 7.5.4 and 7.5.8).
//!
//! The reader behind this room goes on showing such objects, other programs do not; so they are looked for here.

use lopdf::xref::{Xref, XrefEntry, XrefType};
use lopdf::{Document, Object, Reader, Stream};
use std::collections::{BTreeMap, HashSet};

use super::UNFOLDED;

/// Longest header of an object, `4294967295 65535 obj`.
const HEADER: usize = 20;

/// Whether anything after `end` strikes out an object of `revision`.
///
/// # Errors
/// Nothing can be said: a cross-reference of the tail cannot be read, or lies elsewhere.
pub(super) fn strikes_out(bytes: &[u8], end: usize, revision: &Document) -> Result<bool, ()> {
    let tail = &bytes[end..];
    if in_table(tail) {
        return Ok(true);
    }
    for start in starts(tail) {
        let start = start.filter(|start| *start >= end && *start < bytes.len()).ok_or(())?;
        if !bytes[start..].starts_with(b"xref") && in_stream(bytes, start, revision).ok_or(())? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// An entry `0000000000 00001 f` other than the head of the list of free objects.
fn in_table(tail: &[u8]) -> bool {
    tail.windows(18).any(|entry| {
        let digits = |range: std::ops::Range<usize>| entry[range].iter().all(u8::is_ascii_digit);
        digits(0..10)
            && entry[10] == b' '
            && digits(11..16)
            && &entry[16..] == b" f"
            && &entry[..16] != b"0000000000 65535"
    })
}

/// The places that each `startxref` of the tail names; nothing where it names none.
fn starts(tail: &[u8]) -> impl Iterator<Item = Option<usize>> {
    const WORD: &[u8] = b"startxref";
    tail.windows(WORD.len()).enumerate().filter(|(_, word)| *word == WORD).map(|(place, _)| {
        let digits = tail[place + WORD.len()..].trim_ascii_start();
        let length = digits.iter().take_while(|digit| digit.is_ascii_digit()).count();
        std::str::from_utf8(&digits[..length]).ok()?.parse().ok()
    })
}

fn in_stream(bytes: &[u8], start: usize, revision: &Document) -> Option<bool> {
    let stream = stream_at(bytes, start)?;
    let numbers = |key: &[u8]| -> Option<Vec<usize>> {
        let array = stream.dict.get(key).ok()?.as_array().ok()?;
        array.iter().map(|number| usize::try_from(number.as_i64().ok()?).ok()).collect()
    };
    let widths = numbers(b"W")?;
    let width = widths.iter().try_fold(0usize, |sum, width| sum.checked_add(*width)).filter(|width| *width > 0)?;
    let index = match stream.dict.get(b"Index") {
        Ok(_) => numbers(b"Index")?,
        Err(_) => vec![0, usize::MAX],
    };
    let content = stream.decompressed_content_with_limit(UNFOLDED).ok()?;
    let mut entries = content.chunks_exact(width);
    for section in index.chunks_exact(2) {
        for (entry, number) in entries.by_ref().take(section[1]).zip(section[0]..) {
            // Without a first column every entry is in use.
            let kind = entry.get(..*widths.first()?)?;
            let is_free = !kind.is_empty() && kind.iter().all(|byte| *byte == 0);
            if is_free && number != 0 && revision.reference_table.get(u32::try_from(number).ok()?).is_some() {
                return Some(true);
            }
        }
    }
    Some(false)
}

/// The object at this place, which has to be a stream.
fn stream_at(bytes: &[u8], start: usize) -> Option<Stream> {
    let header = &bytes[start..bytes.len().min(start.checked_add(HEADER)?)];
    let header = String::from_utf8_lossy(header);
    let mut words = header.split_ascii_whitespace();
    let id = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let mut document = Document::new();
    let mut table = Xref::new(0, XrefType::CrossReferenceStream);
    table.insert(id.0, XrefEntry::Normal { offset: u32::try_from(start).ok()?, generation: id.1 });
    document.reference_table = table;
    let reader = Reader {
        buffer: bytes,
        document,
        encryption_state: None,
        raw_objects: BTreeMap::new(),
        password: None,
        strict: false,
        max_decompressed_size: Some(UNFOLDED),
    };
    // Not our reader: should it panic on damage, there is no stream.
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| reader.get_object(id, &mut HashSet::new())));
    match outcome.ok()?.ok()? {
        Object::Stream(stream) => Some(stream),
        _ => None,
    }
}

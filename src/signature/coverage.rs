//! Which bytes a signature signs, and whether they are all of its revision but the signature itself (ISO 32000-2, 12.8.1).

use lopdf::{Dictionary, Object};

use super::Fault;

/// The signed bytes of a revision.
#[derive(Clone, Copy, Debug)]
pub(super) struct Coverage<'a> {
    /// Before and after the signature's string.
    pub signed: [&'a [u8]; 2],
    /// The signature's envelope, with the zeros that fill its place.
    pub contents: &'a [u8],
    /// Where the revision ends.
    pub end: usize,
}

/// Reads the ranges and holds them against the file.
///
/// # Errors
/// [`Fault::Damaged`] where the entries are missing, [`Fault::ByteRange`] where the ranges leave out anything else than
/// the string of the signature, lie outside the file or do not end with a revision.
pub(super) fn read<'a>(bytes: &'a [u8], signature: &'a Dictionary) -> Result<Coverage<'a>, Fault> {
    let range = signature.get(b"ByteRange").and_then(Object::as_array).map_err(|_| Fault::Damaged)?;
    let contents = signature.get(b"Contents").and_then(Object::as_str).map_err(|_| Fault::Damaged)?;
    let numbers: Vec<usize> = range
        .iter()
        .filter_map(|number| number.as_i64().ok().and_then(|number| usize::try_from(number).ok()))
        .collect();
    let numbers: [usize; 4] = numbers.try_into().map_err(|_| Fault::ByteRange)?;
    let [start, first, second, length] = numbers;
    if range.len() != 4 {
        return Err(Fault::ByteRange);
    }
    let end = second.checked_add(length).filter(|end| *end <= bytes.len()).ok_or(Fault::ByteRange)?;
    if start != 0 || first == 0 || first >= second || !ends_revision(&bytes[..end]) {
        return Err(Fault::ByteRange);
    }
    if unhex(&bytes[first..second]).as_deref() != Some(contents) {
        return Err(Fault::ByteRange);
    }
    Ok(Coverage { signed: [&bytes[..first], &bytes[second..end]], contents, end })
}

/// A revision ends with `%%EOF` and at most one end of line.
fn ends_revision(revision: &[u8]) -> bool {
    let revision = revision.strip_suffix(b"\n").unwrap_or(revision);
    revision.strip_suffix(b"\r").unwrap_or(revision).ends_with(b"%%EOF")
}

/// The bytes of a hexadecimal string with its brackets; nothing where it is anything else.
fn unhex(string: &[u8]) -> Option<Vec<u8>> {
    let digits = string.strip_prefix(b"<")?.strip_suffix(b">")?;
    let mut halves = Vec::with_capacity(digits.len());
    for digit in digits.iter().filter(|digit| !digit.is_ascii_whitespace()) {
        halves.push(u8::try_from(char::from(*digit).to_digit(16)?).ok()?);
    }
    Some(halves.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect())
}

/// The two kinds whose envelope signs the ranges themselves; time stamps and the old SHA-1 kind are others.
pub(super) fn is_detached(signature: &Dictionary) -> bool {
    let kind = signature.get(b"SubFilter").and_then(Object::as_name).unwrap_or_default();
    matches!(kind, b"adbe.pkcs7.detached" | b"ETSI.CAdES.detached")
}

/// The time in the signature's PDF entry, `D:20261121150000+07'00'`, as ISO 8601.
pub(super) fn claimed_time(signature: &Dictionary) -> Option<String> {
    let written = signature.get(b"M").and_then(Object::as_str).ok()?;
    let written = std::str::from_utf8(written).ok()?.strip_prefix("D:")?;
    let (digits, zone) = written.split_at_checked(14)?;
    if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let zone: String = zone.chars().filter(char::is_ascii_digit).collect();
    let zone = match (written.as_bytes().get(14), zone.len()) {
        (None | Some(b'Z'), _) => "Z".to_string(),
        (Some(sign @ (b'+' | b'-')), 4) => format!("{}{}:{}", char::from(*sign), &zone[..2], &zone[2..]),
        _ => return None,
    };
    let [year, month, day] = [&digits[..4], &digits[4..6], &digits[6..8]];
    let [hour, minute, second] = [&digits[8..10], &digits[10..12], &digits[12..14]];
    Some(format!("{year}-{month}-{day}T{hour}:{minute}:{second}{zone}"))
}

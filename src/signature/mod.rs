//! The signatures of a PDF: who has signed, who has not, whether each signature holds and the file is still what was signed.
//!
//! Reads only; signing is left to the signers' own programs. Works from the bytes and may use `lopdf` and the cryptographic
//! crates, no other room. **Trust is not judged**: that a name in a certificate is true, that its issuer may be believed, that it
//! was not revoked, are outside; so are the clock and time stamps.
//!
//! ```text
//! bytes ─► field ─► coverage ─► container ─► key, certificate ─┐
//!               └─► change: the signed revision against the file ─┴─► Inspection
//! ```
//!
//! As JSON (schema 1; keys may be added, never change their meaning), an [`Inspection`] is
//!
//! ```text
//! {"fields": [{"name": "ky_YT", "label": "Công đoàn ngành Y tế" | null,
//!    "signature": null (open) | {
//!      "verdict": "sound" | "changed" | "broken" | "unchecked",
//!      "faults": ["byte-range" | "container" | "no-certificate" | "other-certificate" | "digest" | "signature" | "damaged" | "unsupported"],
//!      "algorithm": "RSA PKCS#1 v1.5, SHA-256" | null,
//!      "certificate": null | {"common_name", "organization", "issuer", "serial", "self_signed": bool,
//!                             "not_before": "2026-01-01T00:00:00Z", "not_after", "valid_at_claimed_time": bool | null},
//!      "claimed_time": "2026-11-21T08:00:00Z" | null,
//!      "later": {"bytes": 0, "signatures": 0, "new_fields": 0, "changes": ["pages" | "content" | "annotations" | "form" | "other" | "unreadable"]}}}]}
//! ```

mod certificate;
mod change;
mod container;
mod coverage;
mod field;
mod freed;
mod in_words;
mod key;
#[cfg(test)]
mod tests;

use lopdf::{Dictionary, Document, LoadOptions};
use serde::Serialize;
use std::collections::BTreeSet;
use std::panic::catch_unwind;

pub use certificate::Certificate;
pub use in_words::{TRUST, details, refusal_words, title, verdict_words};

/// Largest file that is looked at, in bytes.
pub const LARGEST: usize = 64 << 20;
/// Most signatures that are checked: each means reading the file as it was then.
const MOST_SIGNATURES: usize = 64;
/// Largest unfolded stream of objects, in bytes.
const UNFOLDED: usize = 32 << 20;

/// All signature fields of a file in the order of its form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Inspection {
    pub fields: Vec<Field>,
}

impl Inspection {
    /// The signatures that are there.
    pub fn signatures(&self) -> impl Iterator<Item = &Signature> {
        self.fields.iter().filter_map(|field| field.signature.as_ref())
    }

    /// Every signature that is there holds, and nothing but signatures was added since; open fields are allowed.
    pub fn is_sound(&self) -> bool {
        self.signatures().all(|signature| signature.verdict == Verdict::Sound)
    }
}

/// A place to sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Full name, parts joined with a point.
    pub name: String,
    /// What the reader shows for it (the tooltip): in our papers the unit's name.
    pub label: Option<String>,
    /// Nothing while the field is open.
    pub signature: Option<Signature>,
}

/// What was found out about one signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Signature {
    pub verdict: Verdict,
    pub faults: BTreeSet<Fault>,
    pub algorithm: Option<String>,
    pub certificate: Option<Certificate>,
    /// When it was signed, as the signer says, in ISO 8601; no proof.
    pub claimed_time: Option<String>,
    pub later: Later,
}

/// One word about a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It fits the bytes and the certificate's key, and only signatures came after it.
    Sound,
    /// It fits what was signed, but the document was changed afterwards.
    Changed,
    /// It does not fit.
    Broken,
    /// Of a kind that is not checked here; nothing is known.
    Unchecked,
}

/// Why a signature does not hold or could not be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// The signed ranges are not the whole revision but for the signature itself.
    ByteRange,
    /// The signature's envelope (CMS) cannot be read.
    Container,
    /// The envelope lacks the signer's certificate.
    NoCertificate,
    /// The signed attributes speak of another certificate.
    OtherCertificate,
    /// The bytes differ from those that were signed.
    Digest,
    /// The signature was not made with the certificate's key.
    Signature,
    /// The signature's entry in the PDF is damaged, or the revision it signed is no readable PDF that holds it.
    Damaged,
    /// A kind of signature, digest or key that is not checked here.
    Unsupported,
}

/// What came after the signed revision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Later {
    /// Bytes after the signed revision.
    pub bytes: usize,
    /// Signatures that were not there when this one was made.
    pub signatures: usize,
    /// Signature fields that were not there, signed at once where they were put.
    pub new_fields: usize,
    /// What else became different; any of these makes the document a changed one.
    pub changes: BTreeSet<Change>,
}

/// The kind of a later change that is not a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Pages were added, taken away or set otherwise.
    Pages,
    /// What is drawn on a page.
    Content,
    /// Notes and other things laid over a page.
    Annotations,
    /// Form fields, or a signature that was there.
    Form,
    /// Anything else the document is made of.
    Other,
    /// What was added cannot be read for sure.
    Unreadable,
}

/// Why there is nothing to say about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not a PDF, or one too damaged to read.
    NotReadable,
    /// Locked with a password.
    Locked,
    /// Larger than [`LARGEST`], or with more signatures than a paper can have.
    TooLarge,
    /// A readable PDF without any place to sign.
    NoFields,
}

/// Looks at every signature field of the PDF in `bytes`.
///
/// # Errors
/// A [`Refusal`] where the file cannot be read or has no signature fields. A broken signature is no error.
pub fn inspect(bytes: &[u8]) -> Result<Inspection, Refusal> {
    if bytes.len() > LARGEST {
        return Err(Refusal::TooLarge);
    }
    let document = read(bytes)?;
    let found = field::find(&document);
    if found.is_empty() {
        return Err(Refusal::NoFields);
    }
    if found.iter().filter(|field| field.is_signed()).count() > MOST_SIGNATURES {
        return Err(Refusal::TooLarge);
    }
    let fields = found.iter().map(|field| Field {
        name: field.name.clone(),
        label: field.label.clone(),
        signature: field.value.map(|value| match value {
            field::Value::Signature(dictionary) => check(bytes, &document, &field.name, dictionary),
            field::Value::Else => broken(Fault::Damaged),
        }),
    });
    Ok(Inspection { fields: fields.collect() })
}

/// The PDF's objects. The reader behind it is not ours: should it panic on a damaged file, that file is unreadable.
fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    let options = || LoadOptions { max_decompressed_size: Some(UNFOLDED), ..LoadOptions::default() };
    let outcome = catch_unwind(|| Document::load_mem_with_options(bytes, options()));
    let document = outcome.map_err(|_| Refusal::NotReadable)?.map_err(|_| Refusal::NotReadable)?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(Refusal::Locked);
    }
    Ok(document)
}

fn broken(fault: Fault) -> Signature {
    Signature {
        verdict: Verdict::Broken,
        faults: BTreeSet::from([fault]),
        algorithm: None,
        certificate: None,
        claimed_time: None,
        later: Later::default(),
    }
}

/// Checks one signature: its ranges, its envelope, and what came later.
fn check(bytes: &[u8], document: &Document, name: &str, dictionary: &Dictionary) -> Signature {
    let coverage = match coverage::read(bytes, dictionary) {
        Ok(coverage) => coverage,
        Err(fault) => return broken(fault),
    };
    let mut faults = BTreeSet::new();
    let examined = if coverage::is_detached(dictionary) {
        container::examine(coverage.contents, coverage.signed)
    } else {
        container::Examined::failed(Fault::Unsupported)
    };
    faults.extend(examined.faults);
    let revision = read(&bytes[..coverage.end]);
    let later = match &revision {
        Ok(revision) if change::holds(revision, name, dictionary) => {
            change::since(revision, document, bytes, coverage.end)
        }
        _ => {
            faults.insert(Fault::Damaged);
            Later { bytes: bytes.len() - coverage.end, ..Later::default() }
        }
    };
    let verdict = if faults.iter().any(|fault| *fault != Fault::Unsupported) {
        Verdict::Broken
    } else if !later.changes.is_empty() {
        Verdict::Changed
    } else if !faults.is_empty() {
        Verdict::Unchecked
    } else {
        Verdict::Sound
    };
    let claimed_time = examined.claimed_time.or_else(|| coverage::claimed_time(dictionary));
    Signature { verdict, faults, algorithm: examined.algorithm, certificate: examined.certificate, claimed_time, later }
}

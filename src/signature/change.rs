//! The document as it was signed against the document as it is now, object by object from the root.
//!
//! Allowed are further signatures: in fields that were open, in fields that came with them, and what signers keep for later
//! checks (DSS, metadata). Everything else that can be reached and differs is a change. Objects that nothing refers to do not count.

use lopdf::{Dictionary, Document, Object};
use std::collections::{BTreeSet, HashMap, HashSet};

use super::field::{self, Found, Value};
use super::{Change, Later, freed};

/// Most pairs that are compared.
const MOST: usize = 2_000_000;
/// What signing writes into an open field.
const FILLED: [&[u8]; 7] = [b"V", b"AP", b"AS", b"F", b"DA", b"Q", b"M"];
/// What a signature field that came with its signature may consist of: nothing that acts.
const NEW_FIELD: [&[u8]; 22] = [
    b"Type", b"Subtype", b"FT", b"T", b"TU", b"V", b"Rect", b"P", b"F", b"AP", b"AS", b"DA", b"Q", b"M", b"MK", b"Ff",
    b"Lock", b"SV", b"BS", b"Border", b"NM", b"H",
];
/// Entries of the catalogue that signers renew and that show nothing.
const KEPT_FOR_CHECKS: [&[u8]; 4] = [b"DSS", b"Extensions", b"Metadata", b"Version"];

static NULL: Object = Object::Null;

/// The revision holds this very signature in the field of this name.
pub(super) fn holds(revision: &Document, name: &str, signature: &Dictionary) -> bool {
    let same = |other: &Dictionary, key: &[u8]| other.get(key).ok() == signature.get(key).ok();
    field::find(revision).iter().any(|field| {
        let Some(Value::Signature(other)) = field.value else { return false };
        field.name == name && same(other, b"ByteRange") && same(other, b"Contents")
    })
}

/// What happened between the signed revision, which ends at `end`, and the whole file.
pub(super) fn since(revision: &Document, document: &Document, bytes: &[u8], end: usize) -> Later {
    let tail = &bytes[end..];
    let mut later = Later { bytes: tail.len(), ..Later::default() };
    if tail.iter().all(u8::is_ascii_whitespace) {
        return later;
    }
    let (before, after) = (field::find(revision), field::find(document));
    let signed = |fields: &[Found]| fields.iter().filter(|field| field.is_signed()).count();
    later.signatures = signed(&after).saturating_sub(signed(&before));
    // Places count from the head of the PDF, which is that of the file but for oddities.
    let is_plain = bytes.starts_with(b"%PDF-") && document.xref_start >= end && ends_as_a_revision(tail);
    let doubt = match freed::strikes_out(bytes, end, revision) {
        Ok(true) => Some(Change::Other),
        Ok(false) if is_plain => None,
        _ => Some(Change::Unreadable),
    };
    later.changes.extend(doubt);
    let mut comparison = Comparison {
        old: revision,
        new: document,
        old_fields: parts(&before),
        new_fields: parts(&after),
        pending: Vec::new(),
        seen: HashSet::new(),
        changes: BTreeSet::new(),
        added: HashSet::new(),
    };
    comparison.run();
    later.new_fields = comparison.added.len();
    later.changes.extend(comparison.changes);
    later
}

fn ends_as_a_revision(tail: &[u8]) -> bool {
    tail.trim_ascii_end().ends_with(b"%%EOF")
}

/// Dictionaries that make up signature fields, and whether the field is signed.
fn parts(fields: &[Found]) -> HashMap<*const Dictionary, bool> {
    fields
        .iter()
        .flat_map(|field| field.parts.iter().map(|part| (std::ptr::from_ref(*part), field.is_signed())))
        .collect()
}

struct Comparison<'a> {
    old: &'a Document,
    new: &'a Document,
    old_fields: HashMap<*const Dictionary, bool>,
    new_fields: HashMap<*const Dictionary, bool>,
    pending: Vec<(&'a Object, &'a Object, Change)>,
    seen: HashSet<(*const Object, *const Object)>,
    changes: BTreeSet<Change>,
    added: HashSet<*const Dictionary>,
}

impl<'a> Comparison<'a> {
    fn run(&mut self) {
        let (Ok(old), Ok(new)) = (self.old.catalog(), self.new.catalog()) else {
            self.changes.insert(Change::Unreadable);
            return;
        };
        for key in keys(old, new) {
            if KEPT_FOR_CHECKS.contains(&key) {
                continue;
            }
            if key == b"AcroForm" {
                self.forms();
            } else {
                self.entry(old, new, key, Change::Other);
            }
        }
        while let Some((old, new, kind)) = self.pending.pop() {
            if self.seen.len() > MOST {
                self.changes.insert(Change::Unreadable);
                return;
            }
            self.pair(old, new, kind);
        }
    }

    fn entry(&mut self, old: &'a Dictionary, new: &'a Dictionary, key: &[u8], kind: Change) {
        self.pending.push((old.get(key).unwrap_or(&NULL), new.get(key).unwrap_or(&NULL), kind));
    }

    fn pair(&mut self, old: &'a Object, new: &'a Object, kind: Change) {
        let (old, new) = (resolve(self.old, old), resolve(self.new, new));
        match (old, new) {
            (Object::Dictionary(_) | Object::Array(_) | Object::Stream(_), _)
                if !self.seen.insert((std::ptr::from_ref(old), std::ptr::from_ref(new))) => {}
            (Object::Dictionary(old), Object::Dictionary(new)) => self.dictionaries(old, new, kind),
            (Object::Array(old), Object::Array(new)) if old.len() == new.len() => {
                self.pending.extend(old.iter().zip(new).map(|(old, new)| (old, new, kind)));
            }
            (Object::Stream(old), Object::Stream(new)) if old.content == new.content => {
                for key in keys(&old.dict, &new.dict) {
                    if key != b"Length" {
                        self.entry(&old.dict, &new.dict, key, kind);
                    }
                }
            }
            (Object::String(..), Object::String(..)) if is_same_text(old, new) => {}
            (old, new) if is_simple(old) && old == new => {}
            _ => {
                self.changes.insert(kind);
            }
        }
    }

    fn dictionaries(&mut self, old: &'a Dictionary, new: &'a Dictionary, kind: Change) {
        let kind = kind_of(old, kind);
        let (was_signed, is_signed) =
            (self.old_fields.get(&std::ptr::from_ref(old)), self.new_fields.get(&std::ptr::from_ref(new)));
        let was_filled = was_signed == Some(&false) && is_signed == Some(&true);
        let is_page = old.has_type(b"Page");
        for key in keys(old, new) {
            match key {
                key if was_filled && FILLED.contains(&key) => {}
                b"Annots" if is_page => self.lists(old, new, key, Change::Annotations),
                b"Contents" | b"Resources" if is_page => self.entry(old, new, key, Change::Content),
                _ => self.entry(old, new, key, kind),
            }
        }
    }

    /// The form: fields may only be added as signatures; flags and resources serve the signatures.
    fn forms(&mut self) {
        static NONE: std::sync::LazyLock<Dictionary> = std::sync::LazyLock::new(Dictionary::new);
        let old = field::form(self.old).unwrap_or(&NONE);
        let new = field::form(self.new).unwrap_or(&NONE);
        let old_fields = field::array(self.old, old, b"Fields").map_or(0, Vec::len);
        let only_signatures = old_fields <= field::find(self.old).len();
        for key in keys(old, new) {
            match key {
                b"Fields" => self.lists(old, new, key, Change::Form),
                b"SigFlags" => {}
                b"DA" | b"DR" if only_signatures => {}
                _ => self.entry(old, new, key, Change::Form),
            }
        }
    }

    /// A list that may grow at its end by signature fields that are signed, and by nothing else.
    fn lists(&mut self, old: &'a Dictionary, new: &'a Dictionary, key: &[u8], kind: Change) {
        let old = field::array(self.old, old, key).map(Vec::as_slice).unwrap_or_default();
        let new = field::array(self.new, new, key).map(Vec::as_slice).unwrap_or_default();
        if new.len() < old.len() {
            self.changes.insert(kind);
        }
        self.pending.extend(old.iter().zip(new).map(|(old, new)| (old, new, kind)));
        for added in new.iter().skip(old.len()) {
            match resolve(self.new, added) {
                Object::Dictionary(field) if self.is_new_signature(field) => {
                    self.added.insert(std::ptr::from_ref(field));
                }
                _ => {
                    self.changes.insert(kind);
                }
            }
        }
    }

    fn is_new_signature(&self, field: &Dictionary) -> bool {
        self.new_fields.get(&std::ptr::from_ref(field)) == Some(&true)
            && field.iter().all(|(key, _)| NEW_FIELD.contains(&key.as_slice()))
    }
}

/// What a difference inside this dictionary means; `around` where it does not say.
fn kind_of(dictionary: &Dictionary, around: Change) -> Change {
    match dictionary.get_type() {
        Ok(b"Pages" | b"Page") => Change::Pages,
        Ok(b"Annot") => Change::Annotations,
        _ if dictionary.has(b"FT") => Change::Form,
        _ if dictionary.has(b"Rect") && dictionary.has(b"Subtype") => Change::Annotations,
        _ => around,
    }
}

/// Signers that write a field again may spell its texts otherwise: in hexadecimal or not, in UTF-16 or not.
fn is_same_text(old: &Object, new: &Object) -> bool {
    let text = |object| lopdf::decode_text_string(object).ok();
    old.as_str().ok() == new.as_str().ok() || text(old).is_some_and(|old| Some(old) == text(new))
}

fn is_simple(object: &Object) -> bool {
    matches!(object, Object::Null | Object::Boolean(_) | Object::Integer(_) | Object::Real(_) | Object::Name(_))
}

fn keys<'a>(old: &'a Dictionary, new: &'a Dictionary) -> Vec<&'a [u8]> {
    let added = new.iter().filter(|(key, _)| !old.has(key));
    old.iter().chain(added).map(|(key, _)| key.as_slice()).collect()
}

/// What a reference leads to; nothing (null) where it leads nowhere, as the standard has it.
fn resolve<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    document.dereference(object).map_or(&NULL, |(_, object)| object)
}

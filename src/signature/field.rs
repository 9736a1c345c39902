//! The signature fields in a PDF's form, also below other fields.

use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::HashSet;

/// Deepest nesting of fields, and most fields; forms made by programs stay far below.
const DEPTH: usize = 32;
const MOST: usize = 20_000;

/// A signature field as the form holds it.
#[derive(Clone, Debug)]
pub(super) struct Found<'a> {
    pub name: String,
    pub label: Option<String>,
    pub value: Option<Value<'a>>,
    /// The field's own dictionary and those of its places on pages, which may be the same.
    pub parts: Vec<&'a Dictionary>,
}

/// What stands in a field that is not open.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'a> {
    Signature(&'a Dictionary),
    /// Something that is no signature.
    Else,
}

impl Found<'_> {
    pub fn is_signed(&self) -> bool {
        self.value.is_some()
    }
}

/// What a field hands down to the fields below it.
#[derive(Clone, Debug, Default)]
struct Inherited<'a> {
    name: String,
    label: Option<String>,
    is_signature: bool,
    value: Option<Value<'a>>,
    depth: usize,
}

/// The form of the document.
pub(super) fn form(document: &Document) -> Option<&Dictionary> {
    document.catalog().ok().and_then(|catalog| dictionary(document, catalog, b"AcroForm"))
}

/// Every signature field, in the form's order.
pub(super) fn find(document: &Document) -> Vec<Found<'_>> {
    let mut found = Vec::new();
    let mut seen: HashSet<ObjectId> = HashSet::new();
    let Some(fields) = form(document).and_then(|form| array(document, form, b"Fields")) else { return found };
    // A stack, the first field on top.
    let mut pending: Vec<(&Object, Inherited)> =
        fields.iter().rev().map(|field| (field, Inherited::default())).collect();
    let mut visited = 0;
    while let Some((object, above)) = pending.pop() {
        visited += 1;
        if visited > MOST || above.depth > DEPTH {
            continue;
        }
        let Ok((id, Object::Dictionary(dictionary))) = document.dereference(object) else { continue };
        if id.is_some_and(|id| !seen.insert(id)) {
            continue;
        }
        let here = inherit(document, dictionary, above);
        let kids = array(document, dictionary, b"Kids").map(Vec::as_slice).unwrap_or_default();
        let (below, places) = split(document, kids);
        if below.is_empty() {
            if here.is_signature {
                let parts = std::iter::once(dictionary).chain(places).collect();
                found.push(Found { name: here.name, label: here.label, value: here.value, parts });
            }
        } else {
            pending.extend(below.into_iter().rev().map(|kid| (kid, here.clone())));
        }
    }
    found
}

/// Kids with a name of their own are fields; the others are places on pages.
fn split<'a>(document: &'a Document, kids: &'a [Object]) -> (Vec<&'a Object>, Vec<&'a Dictionary>) {
    let (mut fields, mut places) = (Vec::new(), Vec::new());
    for kid in kids {
        if let Ok((_, Object::Dictionary(dictionary))) = document.dereference(kid) {
            if dictionary.has(b"T") { fields.push(kid) } else { places.push(dictionary) }
        }
    }
    (fields, places)
}

fn inherit<'a>(document: &'a Document, field: &'a Dictionary, above: Inherited<'a>) -> Inherited<'a> {
    let name = match text(document, field, b"T") {
        Some(part) if above.name.is_empty() => part,
        Some(part) => format!("{}.{part}", above.name),
        None => above.name,
    };
    let is_signature = match resolve(document, field, b"FT") {
        Some(Object::Name(kind)) => kind == b"Sig",
        _ => above.is_signature,
    };
    let value = match resolve(document, field, b"V") {
        None | Some(Object::Null) => above.value,
        Some(Object::Dictionary(dictionary)) => Some(Value::Signature(dictionary)),
        Some(_) => Some(Value::Else),
    };
    let label = text(document, field, b"TU").or(above.label);
    Inherited { name, label, is_signature, value, depth: above.depth + 1 }
}

fn resolve<'a>(document: &'a Document, holder: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    document.dereference(holder.get(key).ok()?).ok().map(|(_, object)| object)
}

/// A dictionary below `key`, itself or by reference.
pub(super) fn dictionary<'a>(document: &'a Document, holder: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    resolve(document, holder, key)?.as_dict().ok()
}

/// An array below `key`, itself or by reference.
pub(super) fn array<'a>(document: &'a Document, holder: &'a Dictionary, key: &[u8]) -> Option<&'a Vec<Object>> {
    resolve(document, holder, key)?.as_array().ok()
}

fn text(document: &Document, holder: &Dictionary, key: &[u8]) -> Option<String> {
    lopdf::decode_text_string(resolve(document, holder, key)?).ok()
}

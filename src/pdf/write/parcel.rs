//! Objects of lopdf as bytes, with room for the numbers that they get in a file: taken once, put into any file.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, StringFormat};

use super::file::File;
use super::syntax::Id;
use super::syntax::Syntax;
use crate::press::Press;

/// A value and all objects that it refers to.
pub struct Parcel {
    root: Draft,
    /// In the order in which they stand in the file.
    objects: Vec<Part>,
}

struct Part {
    /// Its place among the objects of the parcel, in the order of their numbers.
    number: usize,
    value: Draft,
    /// The data of a stream, and whether they were pressed here.
    stream: Option<(Vec<u8>, bool)>,
}

/// A value in the making: references are left out, and written where they belong when their numbers are known.
#[derive(Default)]
struct Draft {
    out: Syntax,
    /// Where in the bytes a reference goes, and to which object of the parcel.
    references: Vec<(usize, usize)>,
}

impl Parcel {
    /// Takes a dictionary with all that it refers to.
    pub fn of(source: &lopdf::Document, root: &Dictionary) -> Parcel {
        Parcel::take(source, |taking, out| taking.dictionary(root, out))
    }

    /// Takes an object with all that it refers to; the value is the reference to it.
    pub fn of_object(source: &lopdf::Document, id: ObjectId) -> Parcel {
        Parcel::take(source, |taking, out| taking.reference(id, out))
    }

    fn take(source: &lopdf::Document, root: impl FnOnce(&mut Taking, &mut Draft)) -> Parcel {
        let mut taking = Taking { source, press: Press::lent(), known: BTreeMap::new(), objects: Vec::new() };
        let mut value = Draft::default();
        root(&mut taking, &mut value);
        taking.press.give_back();
        Parcel { root: value, objects: taking.objects }
    }

    /// Puts the objects into a file, and the value into what is being written.
    pub fn put(&self, file: &mut File, out: &mut Syntax) {
        let ids: Vec<Id> = self.objects.iter().map(|_| file.reserve()).collect();
        for object in &self.objects {
            let id = ids[object.number];
            match &object.stream {
                Some((data, pressed)) => {
                    let mut dictionary = Syntax::default();
                    object.value.put(&ids, &mut dictionary);
                    file.ready_stream(id, &dictionary.bytes, data, *pressed);
                }
                None => object.value.put(&ids, file.object(id)),
            }
        }
        self.root.put(&ids, out);
    }
}

impl Draft {
    fn put(&self, ids: &[Id], out: &mut Syntax) {
        let mut from = 0;
        for (at, number) in &self.references {
            out.bytes.extend_from_slice(&self.out.bytes[from..*at]);
            out.reference(ids[*number]);
            from = *at;
        }
        out.bytes.extend_from_slice(&self.out.bytes[from..]);
    }
}

/// Takes objects of a document of lopdf, each once.
struct Taking<'a> {
    source: &'a lopdf::Document,
    press: Press,
    known: BTreeMap<ObjectId, usize>,
    objects: Vec<Part>,
}

impl Taking<'_> {
    fn reference(&mut self, id: ObjectId, out: &mut Draft) {
        let number = match self.known.get(&id) {
            Some(known) => *known,
            None => self.object(id),
        };
        out.references.push((out.out.bytes.len(), number));
    }

    fn object(&mut self, id: ObjectId) -> usize {
        let number = self.known.len();
        self.known.insert(id, number);
        let mut value = Draft::default();
        let stream = match self.source.objects.get(&id) {
            Some(Object::Stream(stream)) => {
                for (key, entry) in stream.dict.iter().filter(|(key, _)| key.as_slice() != b"Length") {
                    value.out.name(key).raw(" ");
                    self.value(entry, &mut value);
                }
                let pressed = !stream.dict.has(b"Filter") && !stream.content.is_empty();
                let data = if pressed { self.press.press(&stream.content) } else { &stream.content };
                Some((data.to_vec(), pressed))
            }
            other => {
                self.value(other.unwrap_or(&Object::Null), &mut value);
                None
            }
        };
        self.objects.push(Part { number, value, stream });
        number
    }

    fn value(&mut self, value: &Object, draft: &mut Draft) {
        match value {
            Object::Reference(id) => self.reference(*id, draft),
            Object::Dictionary(entries) => self.dictionary(entries, draft),
            Object::Array(values) => {
                draft.out.raw("[");
                for (index, value) in values.iter().enumerate() {
                    draft.out.raw(if index > 0 { " " } else { "" });
                    self.value(value, draft);
                }
                draft.out.raw("]");
            }
            plain => put_plain(plain, &mut draft.out),
        }
    }

    fn dictionary(&mut self, entries: &Dictionary, draft: &mut Draft) {
        draft.out.raw("<<");
        for (key, value) in entries {
            draft.out.name(key).raw(" ");
            self.value(value, draft);
        }
        draft.out.raw(">>");
    }
}

/// Writes a value that refers to no other.
fn put_plain(value: &Object, out: &mut Syntax) {
    match value {
        Object::Boolean(truth) => out.raw(if *truth { "true" } else { "false" }),
        Object::Integer(number) => out.integer(*number),
        Object::Real(number) => out.decimal::<5>(f64::from(*number)),
        Object::Name(name) => out.name(name),
        Object::String(bytes, StringFormat::Literal) => out.literal(bytes),
        Object::String(bytes, StringFormat::Hexadecimal) => out.hexadecimal(bytes),
        // A stream stands alone: elsewhere it would be no value.
        _ => out.raw("null"),
    };
}

//! A PDF file that grows object by object: streams as they come, all else packed into object streams at the end.
//!
//! Knows how objects stand in a file (ISO 32000-1, 7.5); not what is in them.

use sha2::{Digest, Sha256};

use super::syntax::{Id, Syntax};
use crate::press::Press;

/// Objects of one object stream: a reader unpacks all of them to see one.
const MOST_PACKED: usize = 200;
/// Bytes of the checksum of a pressed stream.
const CHECKSUM: usize = 4;
/// Bytes that a paper takes, about.
const USUAL: usize = 128 << 10;

/// Where an object is in the file.
#[derive(Clone, Copy)]
enum Place {
    Nowhere,
    At(usize),
    Packed { stream: Id, index: usize },
}

pub struct File {
    bytes: Vec<u8>,
    /// By number; the first is that of no object.
    places: Vec<Place>,
    /// Objects that are no streams, and where each begins.
    packed: Syntax,
    starts: Vec<(Id, usize)>,
    press: Press,
    /// Of all that tells this file from others.
    hash: Sha256,
}

impl File {
    pub fn new() -> File {
        // Bytes above 127 in the second line tell programs that the file is not text.
        let mut bytes = Vec::with_capacity(USUAL);
        bytes.extend_from_slice(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
        let places = vec![Place::Nowhere];
        File { bytes, places, packed: Syntax::default(), starts: Vec::new(), press: Press::lent(), hash: Sha256::new() }
    }

    /// A number for an object that is written later.
    pub fn reserve(&mut self) -> Id {
        let id = Id(u32::try_from(self.places.len()).unwrap_or(u32::MAX));
        self.places.push(Place::Nowhere);
        id
    }

    /// Begins an object that is no stream; its value is written next.
    pub fn object(&mut self, id: Id) -> &mut Syntax {
        self.starts.push((id, self.packed.bytes.len()));
        &mut self.packed
    }

    /// Presses data and writes it as a stream; `dictionary` is what it holds besides length and filter.
    pub fn stream(&mut self, id: Id, dictionary: &[u8], data: &[u8]) {
        if data.is_empty() {
            return self.ready_stream(id, dictionary, data, false);
        }
        // Lent out while the file grows by what it holds.
        let mut press = std::mem::take(&mut self.press);
        self.ready_stream(id, dictionary, press.press(data), true);
        self.press = press;
    }

    /// Writes a stream of data that are pressed already, or stand as they are.
    pub fn ready_stream(&mut self, id: Id, dictionary: &[u8], data: &[u8], pressed: bool) {
        let start = self.bytes.len();
        self.places[id.0 as usize] = Place::At(start);
        let mut out = Syntax { bytes: std::mem::take(&mut self.bytes) };
        out.integer(i64::from(id.0)).raw(" 0 obj\n<<");
        out.bytes.extend_from_slice(dictionary);
        out.raw(if pressed { "/Filter/FlateDecode" } else { "" });
        out.raw("/Length ").integer(data.len() as i64).raw(">>\nstream\n");
        self.hash.update(&out.bytes[start..]);
        // What is pressed ends with a checksum of all of it.
        self.hash.update(if pressed { &data[data.len().saturating_sub(CHECKSUM)..] } else { data });
        out.bytes.extend_from_slice(data);
        out.raw("\nendstream\nendobj\n");
        self.bytes = out.bytes;
    }

    /// The whole file, with an id out of all that is in it.
    pub fn finish(mut self, catalog: Id, information: Id) -> Vec<u8> {
        self.pack();
        let hash = std::mem::take(&mut self.hash).finalize();
        let table = self.reserve();
        let start = self.bytes.len();
        self.places[table.0 as usize] = Place::At(start);
        let size = self.places.len();
        // As many bytes as the greatest offset takes, at least three.
        let wide = if start < 1 << 24 { 3 } else { 8 };
        let mut dictionary = Syntax::default();
        dictionary.raw("/Type/XRef/Size ").integer(size as i64).raw("/W[1 ").integer(wide as i64).raw(" 1]");
        dictionary.raw("/DecodeParms<</Predictor 12/Columns ").integer(wide as i64 + 2).raw(">>");
        dictionary.raw("/Root ").reference(catalog).raw("/Info ").reference(information).raw("/ID[");
        dictionary.hexadecimal(&hash[..16]).hexadecimal(&hash[..16]).raw("]");
        let rows = table_of(&self.places, wide);
        self.stream(table, &dictionary.bytes, &rows);
        self.press.give_back();
        let mut end = Syntax { bytes: self.bytes };
        end.raw("startxref\n").integer(start as i64).raw("\n%%EOF\n");
        end.bytes
    }

    /// Writes the packed objects.
    fn pack(&mut self) {
        let (packed, starts) = (std::mem::take(&mut self.packed), std::mem::take(&mut self.starts));
        for (chunk, group) in starts.chunks(MOST_PACKED).enumerate() {
            let end = starts.get((chunk + 1) * MOST_PACKED).map_or(packed.bytes.len(), |(_, start)| *start);
            let Some(first) = group.first().map(|(_, start)| *start) else { return };
            let stream = self.reserve();
            let mut data = Syntax::default();
            for (index, (id, start)) in group.iter().enumerate() {
                self.places[id.0 as usize] = Place::Packed { stream, index };
                data.integer(i64::from(id.0)).raw(" ").integer((start - first) as i64).raw(" ");
            }
            let mut dictionary = Syntax::default();
            dictionary.raw("/Type/ObjStm/N ").integer(group.len() as i64);
            dictionary.raw("/First ").integer(data.bytes.len() as i64);
            data.bytes.extend_from_slice(&packed.bytes[first..end]);
            self.stream(stream, &dictionary.bytes, &data.bytes);
        }
    }
}

/// The cross-reference table, each row as its difference from the one above (predictor 12, "up").
fn table_of(places: &[Place], wide: usize) -> Vec<u8> {
    let mut rows = Vec::with_capacity(places.len() * (wide + 3));
    let mut above = [0; 10];
    for place in places {
        let (kind, number, index) = match *place {
            Place::Nowhere => (0, 0, 0),
            Place::At(offset) => (1, offset as u64, 0),
            // An object stream holds fewer than 256.
            Place::Packed { stream, index } => (2, u64::from(stream.0), index as u8),
        };
        let mut row = [0; 10];
        row[0] = kind;
        row[1..=wide].copy_from_slice(&number.to_be_bytes()[8 - wide..]);
        row[wide + 1] = index;
        let difference: [u8; 10] = std::array::from_fn(|column| row[column].wrapping_sub(above[column]));
        rows.push(2);
        rows.extend_from_slice(&difference[..wide + 2]);
        above = row;
    }
    rows
}

//! Pictures in the file: PNG decoded and deflated, JPEG as it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use printpdf::{DictItem, ExternalStream, ExternalXObject, PdfDocument, RawImage, XObject, XObjectId};

use crate::pdf::sheet::{Item, Sheets};

/// Most points of a picture: 64 million.
const MOST_PIXELS: u64 = 64 << 20;

/// Pictures by their bytes; none where they cannot be shown.
pub struct Pictures {
    known: BTreeMap<Arc<[u8]>, Option<XObjectId>>,
}

impl Pictures {
    pub fn id(&self, data: &Arc<[u8]>) -> Option<&XObjectId> {
        self.known.get(data)?.as_ref()
    }
}

/// Puts every picture into the file, once.
pub fn add(sheets: &Sheets, pdf: &mut PdfDocument) -> Pictures {
    let mut known: BTreeMap<Arc<[u8]>, Option<XObjectId>> = BTreeMap::new();
    for placed in sheets.sheets.iter().flat_map(|sheet| &sheet.items) {
        let Item::Picture { data, .. } = &placed.item else { continue };
        if known.contains_key(data) {
            continue;
        }
        let id = XObjectId(format!("IM{}", known.len()));
        let object = object(data);
        known.insert(data.clone(), object.is_some().then(|| id.clone()));
        if let Some(object) = object {
            pdf.resources.xobjects.map.insert(id, object);
        }
    }
    Pictures { known }
}

fn object(data: &[u8]) -> Option<XObject> {
    if data.starts_with(&[0xFF, 0xD8]) {
        return jpeg(data).map(XObject::External);
    }
    // The size stands in the first chunk of a PNG.
    let header = data.strip_prefix(b"\x89PNG\r\n\x1a\n")?.get(..16)?;
    let number =
        |at: usize| header.get(at..at + 4).map(|four| four.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte)));
    if number(8)?.checked_mul(number(12)?)? > MOST_PIXELS {
        return None;
    }
    RawImage::decode_from_bytes(data, &mut Vec::new()).ok().map(XObject::Image)
}

/// A JPEG passed through, if it is grey or of three colours.
fn jpeg(data: &[u8]) -> Option<ExternalXObject> {
    let (width, height, components) = frame(data)?;
    let space = match components {
        1 => "DeviceGray",
        3 => "DeviceRGB",
        // Four colours are not allowed beside an sRGB output intent.
        _ => return None,
    };
    let named = |text: &str| DictItem::Name(text.as_bytes().to_vec());
    let dict = BTreeMap::from([
        ("Type".to_string(), named("XObject")),
        ("Subtype".to_string(), named("Image")),
        ("Width".to_string(), DictItem::Int(width)),
        ("Height".to_string(), DictItem::Int(height)),
        ("BitsPerComponent".to_string(), DictItem::Int(8)),
        ("ColorSpace".to_string(), named(space)),
        ("Filter".to_string(), named("DCTDecode")),
    ]);
    let stream = ExternalStream { dict, content: data.to_vec(), compress: false };
    Some(ExternalXObject { stream, width: None, height: None, dpi: None })
}

/// Width, height and number of colours, from the frame header.
fn frame(data: &[u8]) -> Option<(i64, i64, u8)> {
    let mut at = 2;
    loop {
        let marker = data.get(at..at + 4)?;
        if marker[0] != 0xFF {
            return None;
        }
        if marker[1] == 0xFF {
            at += 1;
            continue;
        }
        let length = usize::from(marker[2]) << 8 | usize::from(marker[3]);
        // All start-of-frame markers but those of tables (C4, C8, CC).
        if matches!(marker[1], 0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF) {
            let frame = data.get(at + 4..at + 10)?;
            let pair = |at: usize| i64::from(frame[at]) << 8 | i64::from(frame[at + 1]);
            let (height, width) = (pair(1), pair(3));
            return (frame[0] == 8 && width > 0 && height > 0).then_some((width, height, frame[5]));
        }
        at = at.checked_add(2 + length.max(2))?;
    }
}

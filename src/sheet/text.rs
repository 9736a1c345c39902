//! The text of cells made whole as they are read: by the font where it tells an old encoding, by the letters where it is
//! silent, and then with a remark that names the cells.

use std::cell::RefCell;
use std::collections::BTreeMap;

use foldhash::{HashSet, HashSetExt};

use super::grid::{Cells, Value};
use crate::finding::catalogue::sheet as codes;
use crate::finding::{CellAddress, Finding, Place};
use crate::vietnamese::{self, Damage, Evidence};

/// Most cells that a remark names one by one.
const NAMED: usize = 40;
/// Texts that a thread remembers as sound, and the bytes of the longest: headings, lines and units of measure stand alike in
/// the forms of all units; what a unit tells in its own words does not come again.
const MOST_KNOWN: usize = 1_024;
const LONGEST_KNOWN: usize = 160;

thread_local! {
    static SOUND: RefCell<HashSet<Box<str>>> = RefCell::new(HashSet::new());
}

/// [`vietnamese::is_sound`], found once for a text that comes again.
fn is_sound(text: &str) -> bool {
    if text.len() > LONGEST_KNOWN {
        return vietnamese::is_sound(text);
    }
    SOUND.with_borrow_mut(|known| {
        if known.contains(text) {
            return true;
        }
        let is_sound = vietnamese::is_sound(text);
        if is_sound && known.len() < MOST_KNOWN {
            known.insert(text.into());
        }
        is_sound
    })
}

/// Mends the texts of one sheet's cells, in place; gives a remark for each kind of guess.
pub(super) fn mend(cells: &mut Cells, file: &str, sheet: &str) -> Vec<Finding> {
    let fonts_are_idle = fonts_are_idle(cells);
    let mut guesses: BTreeMap<Damage, Vec<Guess>> = BTreeMap::new();
    for (address, cell) in cells.iter_mut() {
        let Value::Text(text) = &mut cell.value else { continue };
        let encoding = cell.legacy;
        // numbers of characters are plain letters; everything else that can be damaged is not
        let is_ascii = text.is_ascii() && (memchr::memchr(b'&', text.as_bytes()).is_none() || !text.contains("&#"));
        if is_ascii || encoding.is_none() && is_sound(text) {
            continue;
        }
        let decoded = encoding.and_then(|encoding| match vietnamese::evidence(text, encoding) {
            Evidence::Legacy => encoding.decode(text),
            Evidence::Silent if !fonts_are_idle => encoding.decode(text),
            Evidence::Silent | Evidence::Unicode => None,
        });
        if let Some(decoded) = decoded {
            *text = vietnamese::clean(&decoded);
        } else if let Some((damage, whole)) = vietnamese::guess(text) {
            let guess = Guess { address, before: text.trim().to_string(), after: whole.trim().to_string() };
            guesses.entry(damage).or_default().push(guess);
            *text = whole;
        } else {
            *text = vietnamese::clean(text);
        }
    }
    guesses.into_iter().map(|(damage, guesses)| remark(damage, &guesses, file, sheet)).collect()
}

struct Guess {
    address: CellAddress,
    before: String,
    after: String,
}

/// Whether the fonts of old encodings in a sheet are a leftover: people type Unicode into forms of long ago.
fn fonts_are_idle(cells: &Cells) -> bool {
    let (mut legacy, mut unicode) = (0_usize, 0_usize);
    for cell in cells.iter() {
        let (Value::Text(text), Some(encoding)) = (&cell.value, cell.legacy) else { continue };
        match vietnamese::evidence(text, encoding) {
            Evidence::Legacy => legacy += 1,
            Evidence::Unicode => unicode += 1,
            Evidence::Silent => {}
        }
    }
    unicode > legacy
}

fn remark(damage: Damage, guesses: &[Guess], file: &str, sheet: &str) -> Finding {
    let mut cells: Vec<String> = guesses.iter().take(NAMED).map(|guess| guess.address.to_string()).collect();
    if guesses.len() > NAMED {
        cells.push(format!("và {} ô khác", guesses.len() - NAMED));
    }
    let first = &guesses[0];
    let message = format!(
        "Trang tính “{sheet}” có {} ô viết bằng {} mà phông chữ không cho biết, được đọc theo mặt chữ, ví dụ “{}” là “{}” (ô {}).",
        guesses.len(),
        damage.name(),
        shortened(&first.before),
        shortened(&first.after),
        cells.join(", ")
    );
    Finding::new(&codes::GUESSED_ENCODING, Place::cell(file, sheet, first.address), message)
        .found(shortened(&first.before))
        .expected(shortened(&first.after))
}

fn shortened(text: &str) -> String {
    const SHOWN: usize = 60;
    if text.chars().count() <= SHOWN {
        return text.to_string();
    }
    text.chars().take(SHOWN).chain(['…']).collect()
}

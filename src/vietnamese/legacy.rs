//! The encodings of the years before Unicode: TCVN3 (ABC) and VNI, one byte for a letter or a mark.
//!
//! A workbook holds such text as letters of western Europe that only the font shows as Vietnamese: `C«ng ®oµn`. Here
//! live the tables and the decoding; when to decode is the business of `repair`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// An encoding that a font stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LegacyEncoding {
    Tcvn3,
    /// TCVN3 in a font that shows small letters as capitals (`.VnTimeH`).
    Tcvn3Capitals,
    Vni,
}

impl LegacyEncoding {
    /// The encoding that a font's name tells: `.VnTime`, `.VnArialH`, `VNI-Times`.
    pub fn of_font(font: &str) -> Option<Self> {
        let font = font.trim();
        let begins = |word: &str| font.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        if begins(".vn") {
            Some(if font.ends_with('H') { LegacyEncoding::Tcvn3Capitals } else { LegacyEncoding::Tcvn3 })
        } else if begins("vni-") {
            Some(LegacyEncoding::Vni)
        } else {
            None
        }
    }

    /// Its name as users know it.
    pub fn name(self) -> &'static str {
        match self {
            LegacyEncoding::Tcvn3 | LegacyEncoding::Tcvn3Capitals => "TCVN3 (ABC)",
            LegacyEncoding::Vni => "VNI",
        }
    }

    fn table(self) -> &'static HashMap<Vec<u8>, char> {
        match self {
            LegacyEncoding::Tcvn3 | LegacyEncoding::Tcvn3Capitals => &TABLES.0,
            LegacyEncoding::Vni => &TABLES.1,
        }
    }

    /// The text in Unicode; none where it holds a letter that no text of this encoding can hold, so that it is another.
    pub fn decode(self, text: &str) -> Option<String> {
        let bytes = text.chars().map(byte).collect::<Option<Vec<u8>>>()?;
        let table = self.table();
        let mut decoded = String::with_capacity(text.len());
        let mut rest = bytes.as_slice();
        while let Some(&first) = rest.first() {
            // a capital with a mark takes two bytes or, in VNI, every marked letter does
            let pair = rest.get(..2).and_then(|pair| table.get(pair));
            let (letter, used) = match (pair, table.get(&rest[..1])) {
                (Some(letter), _) => (*letter, 2),
                (None, Some(letter)) => (*letter, 1),
                (None, None) => (char::from(first), 1),
            };
            decoded.push(letter);
            rest = &rest[used..];
        }
        Some(if self == LegacyEncoding::Tcvn3Capitals { decoded.to_uppercase() } else { decoded })
    }
}

/// The byte behind a character: those of western Europe are their own number. Programs that went half the way to
/// Unicode have left a Greek mu and a true minus sign for two of them.
fn byte(character: char) -> Option<u8> {
    match character {
        '\u{3bc}' => Some(0xB5),
        '\u{2212}' => Some(0xAD),
        // quotes and dashes stand in every encoding of these fonts where they stand in western Europe's
        '\u{2018}' | '\u{2019}' => Some(b'\''),
        '\u{201c}' | '\u{201d}' => Some(b'"'),
        '\u{2013}' | '\u{2014}' => Some(b'-'),
        '\u{2026}' => Some(b'.'),
        other => u8::try_from(u32::from(other)).ok(),
    }
}

type Table = HashMap<Vec<u8>, char>;

/// TCVN3 and VNI: bytes to letter.
static TABLES: LazyLock<(Table, Table)> = LazyLock::new(|| {
    let mut tables = (Table::new(), Table::new());
    for [letter, tcvn3, vni] in rows() {
        let Some(letter) = letter.chars().next() else { continue };
        tables.0.insert(bytes(tcvn3), letter);
        tables.1.insert(bytes(vni), letter);
    }
    tables
});

/// The rows of the table: letter, TCVN3, VNI.
fn rows() -> impl Iterator<Item = [&'static str; 3]> {
    let lines = include_str!("legacy-encodings.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.filter_map(|line| {
        let mut columns = line.split('\t');
        Some([columns.next()?, columns.next()?, columns.next()?])
    })
}

fn bytes(hexadecimal: &str) -> Vec<u8> {
    hexadecimal.split(' ').filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The text as an old program would have stored it.
    pub(in crate::vietnamese) fn encode(text: &str, encoding: LegacyEncoding) -> String {
        let column = if encoding == LegacyEncoding::Vni { 2 } else { 1 };
        let table: HashMap<&str, Vec<u8>> = rows().map(|row| (row[0], bytes(row[column]))).collect();
        let text = if encoding == LegacyEncoding::Tcvn3Capitals { text.to_lowercase() } else { text.to_string() };
        let letters = text.chars().flat_map(|character| {
            let own = vec![u32::from(character) as u8];
            table.get(character.to_string().as_str()).cloned().unwrap_or(own)
        });
        letters.map(char::from).collect()
    }

    /// Words of union papers, small, with a capital in front, or all in capitals.
    pub(in crate::vietnamese) fn words() -> impl Strategy<Value = String> {
        let words = "công đoàn ngành giáo dục y tế khối thi đua liên đoàn lao động tỉnh thành phố hội nghị tổng kết phong \
                     trào ký thoả ước tập thể số lượt thăm hỏi sáng kiến quỹ trợ vốn nữ kỷ yếu mỹ thuật ỷ lại ổn định \
                     ẩm ướt ứng dụng đạt không chưa bằng khen ưu tú ở đâu ăn uống ầm ĩ ý kiến gửi giữ rỗng";
        let words: Vec<String> = words.split_whitespace().map(str::to_string).collect();
        let dressed = (proptest::sample::select(words), 0..3).prop_map(|(word, dress): (String, i32)| match dress {
            0 => word,
            1 => {
                let mut letters = word.chars();
                letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
            }
            _ => word.to_uppercase(),
        });
        proptest::collection::vec(dressed, 1..8).prop_map(|words| words.join(" "))
    }

    #[test]
    fn the_table_holds_every_letter_once() {
        assert_eq!(rows().count(), 134);
        assert_eq!((TABLES.0.len(), TABLES.1.len()), (134, 134), "no two letters share their bytes");
        // two letters that a table in common use has wrong
        assert_eq!(LegacyEncoding::Vni.decode("kyû yeáu, myõ thuaät, kì").as_deref(), Some("kỷ yếu, mỹ thuật, kì"));
    }

    #[test]
    fn lines_of_old_papers_are_read() {
        for (written, encoding, text) in [
            ("C«ng ®oµn ngµnh Gi¸o dôc", LegacyEncoding::Tcvn3, "Công đoàn ngành Giáo dục"),
            ("C«ng ®oµn ngµnh Gi¸o dôc", LegacyEncoding::Tcvn3Capitals, "CÔNG ĐOÀN NGÀNH GIÁO DỤC"),
            ("§¹t", LegacyEncoding::Tcvn3, "Đạt"),
            ("l\u{ad}îng", LegacyEncoding::Tcvn3, "lượng"),
            ("l−îng ngμnh", LegacyEncoding::Tcvn3, "lượng ngành"),
            ("Coâng ñoaøn ngaønh Giaùo duïc", LegacyEncoding::Vni, "Công đoàn ngành Giáo dục"),
            ("KEÁT QUAÛ THÖÏC HIEÄN", LegacyEncoding::Vni, "KẾT QUẢ THỰC HIỆN"),
        ] {
            assert_eq!(encoding.decode(written).as_deref(), Some(text));
        }
        assert_eq!(LegacyEncoding::Tcvn3.decode("Công đoàn"), None, "Unicode already");
    }

    #[test]
    fn fonts_tell_the_encoding() {
        for (font, encoding) in [
            (".VnTime", Some(LegacyEncoding::Tcvn3)),
            (".VnTimeH", Some(LegacyEncoding::Tcvn3Capitals)),
            (".vnArial Narrow", Some(LegacyEncoding::Tcvn3)),
            ("VNI-Times", Some(LegacyEncoding::Vni)),
            ("Times New Roman", None),
            ("Vni", None),
        ] {
            assert_eq!(LegacyEncoding::of_font(font), encoding, "{font}");
        }
    }

    proptest! {
        #[test]
        fn what_was_encoded_is_decoded_again(text in words()) {
            for encoding in [LegacyEncoding::Tcvn3, LegacyEncoding::Vni] {
                prop_assert_eq!(encoding.decode(&encode(&text, encoding)), Some(text.clone()));
            }
            let capitals = LegacyEncoding::Tcvn3Capitals;
            prop_assert_eq!(capitals.decode(&encode(&text, capitals)), Some(text.to_uppercase()));
        }

        #[test]
        fn every_letter_in_any_order_comes_back_from_vni(letters in "[a-zăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ ]{0,30}") {
            let vni = LegacyEncoding::Vni;
            prop_assert_eq!(vni.decode(&encode(&letters, vni)), Some(letters.clone()));
            let tcvn3 = LegacyEncoding::Tcvn3;
            prop_assert_eq!(tcvn3.decode(&encode(&letters, tcvn3)), Some(letters));
        }
    }
}

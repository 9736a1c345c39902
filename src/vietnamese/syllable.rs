//! Whether a word can be a Vietnamese syllable: the evidence that text was decoded rightly.
//!
//! Spelling only; no dictionary. Tones may stand in the old or the new place.

use std::collections::HashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

const ONSETS: [&str; 28] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
    "r", "s", "t", "th", "tr", "v", "x",
];

/// What may follow an onset, without tone.
const RIMES: &str = "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong ooc \
    oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt \
    u ua uân uâng uât uây uc uê uêch uên uênh uêt ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt \
    uyn uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu \
    y yêm yên yêng yêt yêu ych ynh";

static KNOWN_RIMES: LazyLock<HashSet<&str>> = LazyLock::new(|| RIMES.split_whitespace().collect());

/// Whether a word is spelt as a Vietnamese syllable, in any case.
pub(super) fn is_syllable(word: &str) -> bool {
    let mut tone = None;
    let mut bare = String::new();
    for character in word.nfd() {
        if matches!(character, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}') {
            if tone.replace(character).is_some() {
                return false;
            }
        } else {
            bare.push(character);
        }
    }
    let bare: String = bare.nfc().flat_map(char::to_lowercase).collect();
    let stopped = ["c", "ch", "p", "t"].iter().any(|stop| bare.ends_with(stop));
    if stopped && !matches!(tone, Some('\u{301}' | '\u{323}')) {
        return false;
    }
    let rime = |onset: &str| bare.strip_prefix(onset).is_some_and(|rime| KNOWN_RIMES.contains(rime));
    bare == "gi" || ONSETS.iter().any(|onset| rime(onset))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_union_papers_are_syllables() {
        let text = "Công đoàn ngành Giáo dục tổ chức hội nghị quốc gia khuyến khích người lao động nghiêm chỉnh \
                    thực hiện thoả thuận hòa giải uỷ ban gì giếng quyền huỷ tuyết khuya xoong rượu bưởi yêu nguyệt";
        for word in text.split_whitespace() {
            assert!(is_syllable(word), "{word}");
            assert!(is_syllable(&word.to_uppercase()), "{word}");
        }
    }

    #[test]
    fn what_comes_of_a_wrong_decoding_is_none() {
        for word in ["ngµnh", "ñoaøn", "Coâng", "dôc", "lợng", "", "t", "ữỡ", "áà", "abcằ"] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}

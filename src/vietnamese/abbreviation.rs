//! Abbreviations that every trade-union office writes and reads: `CĐCS`, `NLĐ`, `CNVCLĐ` ….

/// Each with its words, both folded as by `fold_words`.
const ABBREVIATIONS: [(&str, &str); 20] = [
    ("atvsld", "an toan ve sinh lao dong"),
    ("bch", "ban chap hanh"),
    ("bhtn", "bao hiem that nghiep"),
    ("bhxh", "bao hiem xa hoi"),
    ("bhit", "bao hiem i te"),
    ("cbccvc", "can bo cong chuc vien chuc"),
    ("cbcd", "can bo cong doan"),
    ("cd", "cong doan"),
    ("cdcs", "cong doan co so"),
    ("cdn", "cong doan nganh"),
    ("cnld", "cong nhan lao dong"),
    ("cnvcld", "cong nhan vien chuc lao dong"),
    ("dn", "doanh nghiep"),
    ("ldld", "lien doan lao dong"),
    ("nld", "nguoi lao dong"),
    ("tld", "tong lien doan"),
    ("tnld", "tai nan lao dong"),
    ("tp", "thanh pho"),
    ("tuldtt", "thoa uoc lao dong tap the"),
    ("ubkt", "ui ban kiem tra"),
];

/// Folded words with their abbreviations written out.
pub(super) fn written_out(words: &str) -> String {
    let whole = |word| ABBREVIATIONS.iter().find(|(short, _)| *short == word).map_or(word, |(_, whole)| *whole);
    words.split(' ').map(whole).collect::<Vec<_>>().join(" ")
}

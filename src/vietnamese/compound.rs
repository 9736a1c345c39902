//! Words of several syllables that a line must not part, for names set in narrow columns.
//!
//! Vietnamese puts a space between syllables, so any line may end inside a word: `VIỆT | NAM`. In names of bodies a typist
//! does not let that happen. Known are the words that such names are made of.

use std::sync::LazyLock;

use super::fold::fold;

/// Words of two or three syllables in names of bodies, longest first where one begins another.
const WORDS: [&str; 62] = [
    "ban chấp hành",
    "ban quản lý",
    "ban thường vụ",
    "bảo hiểm xã hội",
    "công đoàn ngành",
    "hợp tác xã",
    "khoa học",
    "khu công nghiệp",
    "khu kinh tế",
    "thủ đô",
    "ủy ban",
    "việt nam",
    "an ninh",
    "bình dương",
    "bưu điện",
    "cao đẳng",
    "cao su",
    "chế biến",
    "chính quyền",
    "cổ phần",
    "công an",
    "công chức",
    "công đoàn",
    "công nghệ",
    "công nghiệp",
    "công thương",
    "công trình",
    "công ty",
    "cơ quan",
    "cơ sở",
    "dầu khí",
    "dệt may",
    "du lịch",
    "đại học",
    "đào tạo",
    "đầu tư",
    "điện lực",
    "điện tử",
    "đô thị",
    "đường sắt",
    "giao thông",
    "giáo dục",
    "hàng hải",
    "hàng không",
    "hồ chí minh",
    "kế hoạch",
    "kinh tế",
    "lao động",
    "liên đoàn",
    "môi trường",
    "nhân dân",
    "nông nghiệp",
    "nông thôn",
    "tài chính",
    "tài nguyên",
    "thành phố",
    "thi đua",
    "thủy sản",
    "tiểu học",
    "trung tâm",
    "trung ương",
    "trực thuộc",
];

/// More such words: kept apart so that each list fits a screen.
const MORE_WORDS: [&str; 14] = [
    "tư pháp",
    "vận tải",
    "văn hóa",
    "văn phòng",
    "viên chức",
    "xã hội",
    "xây dựng",
    "xí nghiệp",
    "y tế",
    "ngoại giao",
    "nội vụ",
    "thương binh",
    "thể thao",
    "thủy lợi",
];

/// A syllable as it is told from others: the same in any case and tone placement.
#[derive(PartialEq, Eq)]
struct Syllable {
    letters: usize,
    key: String,
}

impl Syllable {
    /// A comma behind belongs to the syllable before it, marks before do not.
    fn of(text: &str) -> Syllable {
        let bare = text.trim_end_matches([',', '.', ';', ')']);
        Syllable { letters: bare.chars().count(), key: fold(bare) }
    }
}

/// The known words by their syllables.
static KNOWN: LazyLock<Vec<Vec<Syllable>>> =
    LazyLock::new(|| WORDS.iter().chain(&MORE_WORDS).map(|word| word.split(' ').map(Syllable::of).collect()).collect());

/// The name with spaces that do not break inside its words: `Liên đoàn Lao động thành phố` in three pieces.
pub fn whole_words(name: &str) -> String {
    let own: Vec<Syllable> = name.split(' ').map(Syllable::of).collect();
    let mut whole = String::with_capacity(name.len() + 8);
    // where the word ends that the syllable stands in
    let mut end = 0;
    for (at, syllable) in name.split(' ').enumerate() {
        if at > 0 {
            whole.push(if at < end { '\u{a0}' } else { ' ' });
        }
        if at >= end {
            end = at + word_length(&own[at..]).max(1);
        }
        whole.push_str(syllable);
    }
    whole
}

/// Letters of the longest line where the name is set in lines of at most so many letters, its words unparted.
pub fn longest_line(name: &str, most: usize) -> usize {
    let (mut longest, mut line) = (0, 0);
    for word in whole_words(name).split(' ') {
        let letters = word.chars().count();
        line = if line > 0 && line + 1 + letters <= most { line + 1 + letters } else { letters };
        longest = longest.max(line);
    }
    longest
}

/// How many syllables from the front are one known word; none: 0.
fn word_length(syllables: &[Syllable]) -> usize {
    KNOWN.iter().filter(|word| syllables.starts_with(word)).map(Vec::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_line_of_a_name_is_known_beforehand() {
        for (name, most, letters) in [
            ("Khối thi đua Công đoàn ngành", 27, 15),
            ("Liên đoàn Lao động thành phố An Phú", 27, 18),
            ("Công đoàn thành phố An Phú", 27, 26),
            ("An", 27, 2),
            ("", 27, 0),
        ] {
            assert_eq!(longest_line(name, most), letters, "{name}");
        }
    }

    #[test]
    fn a_line_ends_between_words_only() {
        for (name, pieces) in [
            ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "TỔNG LIÊN_ĐOÀN LAO_ĐỘNG VIỆT_NAM"),
            ("KHỐI THI ĐUA CÔNG ĐOÀN NGÀNH", "KHỐI THI_ĐUA CÔNG_ĐOÀN_NGÀNH"),
            ("Công đoàn ngành Y tế", "Công_đoàn_ngành Y_tế"),
            ("CĐCS Hợp tác xã Vận tải Đoàn Kết", "CĐCS Hợp_tác_xã Vận_tải Đoàn Kết"),
            ("Uỷ ban nhân dân, thành phố", "Uỷ_ban nhân_dân, thành_phố"),
            ("An", "An"),
            ("", ""),
        ] {
            assert_eq!(whole_words(name).replace('\u{a0}', "_"), pieces, "{name}");
        }
    }
}

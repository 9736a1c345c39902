//! Units of measure: whether two names mean one, and the factor between đồng, nghìn đồng, triệu đồng, tỷ đồng.

use rust_decimal::Decimal;

use super::fold::fold_words;

/// How one unit of measure stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measures {
    /// The same, or one name says more than the other (`lượt`, `lượt người`), or nothing is said.
    Same,
    /// A figure in the first, times this, is the figure in the second.
    Scaled(Decimal),
    Different,
}

/// Compares the unit of measure that stands beside a figure with the one that is wanted.
pub fn compare_measures(written: &str, wanted: &str) -> Measures {
    if written.trim() == wanted.trim() || is_ditto(written) {
        return Measures::Same;
    }
    if is_percent(written) != is_percent(wanted) {
        return Measures::Different;
    }
    if is_percent(written) {
        return Measures::Same;
    }
    let (written, wanted) = (parse(written), parse(wanted));
    let same_base = begins_with(&written.base, &wanted.base) || begins_with(&wanted.base, &written.base);
    if !same_base || (written.base.is_empty() && written.scale == 1) {
        return Measures::Different;
    }
    if written.scale == wanted.scale {
        return Measures::Same;
    }
    let factor = Decimal::from(written.scale).checked_div(Decimal::from(wanted.scale));
    factor.map_or(Measures::Different, Measures::Scaled)
}

/// Whether a text is a mark that stands for what is written above it: `“`, `"`, `nt`, `như trên`.
pub fn is_ditto_mark(text: &str) -> bool {
    let text = text.trim();
    let quotes = |character: char| matches!(character, '"' | '“' | '”' | '„' | '\'' | '’' | '〃' | '″');
    let marks = text.contains(quotes) && text.chars().all(|character| quotes(character) || " -–".contains(character));
    marks || super::one_of(text, &["nt", "nhutren"]).is_some()
}

/// Whether a unit of measure is per cent, by its sign or in words.
pub fn is_percent(measure: &str) -> bool {
    let in_words = |words: &str| words.split(' ').zip(words.split(' ').skip(1)).any(|pair| pair == ("phan", "tram"));
    // shorter than the two words it cannot be
    measure.contains('%') || measure.len() >= "phan tram".len() && in_words(&fold_words(measure))
}

/// Marks that stand for “as above”, and empty cells.
fn is_ditto(text: &str) -> bool {
    let text = text.trim();
    text.chars().all(|character| matches!(character, '"' | '“' | '”' | '\'' | '-' | '–' | '/' | '.' | '〃' | '″'))
        || super::one_of(text, &["nt"]).is_some()
}

/// Whether the first words of a text are another text.
fn begins_with(text: &str, words: &str) -> bool {
    words.is_empty() || text.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

struct Parsed {
    scale: u64,
    base: String,
}

fn parse(text: &str) -> Parsed {
    let words = fold_words(text);
    let mut scale: u64 = 1;
    let mut rest = Vec::new();
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        let factor = match word {
            "nghin" | "ngan" => 1_000,
            "trieu" | "tr" | "trd" => 1_000_000,
            "ti" | "tid" => 1_000_000_000,
            _ => 1,
        };
        // only in front does such a word say how many
        if factor > 1 && rest.is_empty() && scale == 1 {
            scale = factor;
            if word.len() > 2 && word.ends_with('d') {
                rest.push("dong");
            }
        } else {
            rest.push(match word {
                "d" | "vnd" => "dong",
                other => other,
            });
        }
    }
    Parsed { scale, base: rest.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_measure_are_one() {
        for (written, wanted) in [
            ("Triệu đồng", "triệu đồng"),
            ("tr.đ", "triệu đồng"),
            ("trđ", "triệu đồng"),
            ("đ", "đồng"),
            ("VNĐ", "đồng"),
            ("lượt", "lượt người"),
            ("triệu", "triệu đồng"),
            ("“", "người"),
            ("", "người"),
            ("Tỉ đồng", "tỷ đồng"),
            ("%", "%"),
            ("phần trăm", "%"),
            ("Tỷ lệ %", "phần trăm (%)"),
        ] {
            assert_eq!(compare_measures(written, wanted), Measures::Same, "{written} / {wanted}");
        }
    }

    #[test]
    fn ditto_marks_are_known() {
        for text in ["“", "\"", "”", "''", "- \" -", "nt", "-nt-", "Như trên", "″"] {
            assert!(is_ditto_mark(text), "{text}");
        }
        for text in ["", "-", "–", ".", "người"] {
            assert!(!is_ditto_mark(text), "{text}");
        }
    }

    #[test]
    fn money_and_heads_are_counted_in_thousands_and_millions() {
        for (written, wanted, factor) in [
            ("tỷ đồng", "triệu đồng", Decimal::from(1000)),
            ("đồng", "triệu đồng", Decimal::new(1, 6)),
            ("nghìn người", "người", Decimal::from(1000)),
            ("ngàn đồng", "triệu đồng", Decimal::new(1, 3)),
            ("triệu", "lượt người", Decimal::from(1_000_000)),
        ] {
            assert_eq!(compare_measures(written, wanted), Measures::Scaled(factor), "{written} / {wanted}");
        }
    }

    #[test]
    fn other_things_are_other_things() {
        for (written, wanted) in
            [("%", "người"), ("người", "%"), ("phần trăm", "người"), ("vụ", "lượt"), ("cuộc", "triệu đồng")]
        {
            assert_eq!(compare_measures(written, wanted), Measures::Different, "{written} / {wanted}");
        }
    }
}

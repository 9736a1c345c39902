//! Finding units and criteria by what people call them. Built once for a dossier, then only asked.

use foldhash::HashMap;

use super::{ClusterId, CriterionId, Dossier, GroupId, UnitId};
use crate::vietnamese::{fold, fold_words};

/// The key for matching codes of criteria: `a7.2`, `a.7.1`, `A 7.2`, `10.3.a`, `1,1` and `1.1.` are written apart but
/// meant alike.
pub fn code_key(text: &str) -> String {
    if is_code_key(text) {
        return text.to_string();
    }
    let mut key = String::with_capacity(text.len());
    let composed;
    let text = if text.is_ascii() {
        text
    } else {
        composed = crate::vietnamese::compose(text);
        &composed
    };
    for character in text.chars().flat_map(char::to_lowercase) {
        match character {
            letter if letter.is_alphanumeric() => {
                // a dot between a letter and a figure is a habit, not a step
                let before = key.strip_suffix('.').and_then(|rest| rest.chars().next_back());
                let after_dot = |before: char| {
                    before.is_alphabetic() && letter.is_ascii_digit()
                        || before.is_ascii_digit() && letter.is_alphabetic()
                };
                if before.is_some_and(after_dot) {
                    key.pop();
                }
                key.push(letter);
            }
            '.' | ',' | '-' | '_' | '–' if !key.is_empty() && !key.ends_with('.') => key.push('.'),
            _ => {}
        }
    }
    key.trim_end_matches('.').to_string()
}

/// Whether a code is its own key: figures and single dots between them, as most are.
fn is_code_key(text: &str) -> bool {
    let mut before = b'.';
    for byte in text.bytes() {
        if !(byte.is_ascii_digit() || byte == b'.' && before != b'.') {
            return false;
        }
        before = byte;
    }
    before != b'.'
}

/// Finds units, clusters and criteria by code and by name.
#[derive(Clone, Debug, Default)]
pub struct Lookup {
    clusters: HashMap<String, ClusterId>,
    units: HashMap<String, Vec<UnitId>>,
    /// Codes of units letter for letter.
    unit_codes: HashMap<String, UnitId>,
    /// Names of units with their words apart, for finding them inside longer texts.
    unit_words: Phrases,
    /// The same without the words that most units' names begin with (`Công đoàn ngành`).
    unit_cores: Phrases,
    codes: HashMap<String, Vec<CriterionId>>,
    names: HashMap<String, Vec<CriterionId>>,
    groups: HashMap<String, Vec<GroupId>>,
    group_names: HashMap<String, Vec<GroupId>>,
    /// The one cluster each criterion applies to, its group's included; none: all.
    scopes: Vec<Option<ClusterId>>,
}

/// A unit found by a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitMatch {
    /// The text is its code or one of its names.
    Exact(UnitId),
    /// One of its names stands inside the text, and of no other unit so much.
    Inside(UnitId),
    /// Two or more units answer to the text.
    Ambiguous,
    Unknown,
}

impl UnitMatch {
    pub fn unit(self) -> Option<UnitId> {
        match self {
            UnitMatch::Exact(unit) | UnitMatch::Inside(unit) => Some(unit),
            UnitMatch::Ambiguous | UnitMatch::Unknown => None,
        }
    }
}

impl Lookup {
    pub fn new(dossier: &Dossier) -> Self {
        let mut lookup = Lookup::default();
        for (index, cluster) in dossier.clusters.iter().enumerate() {
            for key in [fold(&cluster.code), fold(&cluster.name)] {
                if !key.is_empty() {
                    lookup.clusters.entry(key).or_insert(ClusterId(index));
                }
            }
        }
        for (index, unit) in dossier.units.iter().enumerate() {
            let names = [&unit.code, &unit.name, &unit.short_name].into_iter().chain(&unit.other_names);
            for name in names {
                add(&mut lookup.units, fold(name), UnitId(index));
                let words = fold_words(name);
                if let Some(core) = core(&words) {
                    lookup.unit_cores.add(core, UnitId(index));
                }
                if words.chars().count() >= 2 {
                    lookup.unit_words.add(&words, UnitId(index));
                }
            }
            lookup.unit_codes.entry(unit.code.clone()).or_insert(UnitId(index));
        }
        for (index, group) in dossier.groups.iter().enumerate() {
            add(&mut lookup.groups, code_key(&group.code), GroupId(index));
            add(&mut lookup.group_names, fold(&group.name), GroupId(index));
        }
        for (index, criterion) in dossier.criteria.iter().enumerate() {
            add(&mut lookup.codes, code_key(&criterion.code), CriterionId(index));
            for name in std::iter::once(&criterion.name).chain(&criterion.other_names) {
                add(&mut lookup.names, fold(name), CriterionId(index));
            }
            lookup.scopes.push(criterion.cluster.or(dossier.group(criterion.group).cluster));
        }
        lookup
    }

    /// A cluster by code or name.
    pub fn cluster(&self, text: &str) -> Option<ClusterId> {
        self.clusters.get(&fold(text)).copied()
    }

    /// A unit by code, name, short name or other name; `Inside` where the text says more than that.
    pub fn unit(&self, text: &str) -> UnitMatch {
        match self.units.get(&fold(text)).map(Vec::as_slice) {
            Some([unit]) => UnitMatch::Exact(*unit),
            Some(_) => UnitMatch::Ambiguous,
            None => self.unit_inside(text),
        }
    }

    /// The unit whose name of most letters stands word for word inside a text, such as a file's name.
    pub fn unit_inside(&self, text: &str) -> UnitMatch {
        self.unit_words.longest_inside(text)
    }

    /// The one unit whose name without its usual beginning stands in a text: `bieu xay dung.csv` for Công đoàn ngành Xây
    /// dựng. Less than a name; whoever takes it must say so.
    pub fn unit_hinted(&self, text: &str) -> Option<UnitId> {
        self.unit_cores.longest_inside(text).unit()
    }

    /// The unit of a code, letter for letter.
    pub fn unit_of_code(&self, code: &str) -> Option<UnitId> {
        self.unit_codes.get(code).copied()
    }

    /// The criterion of a code that applies to a cluster.
    pub fn criterion(&self, cluster: ClusterId, code: &str) -> Option<CriterionId> {
        if is_code_key(code) {
            return self.applying(&self.codes, code, cluster);
        }
        self.applying(&self.codes, &code_key(code), cluster)
    }

    /// The one criterion of a name, or other name, that applies to a cluster; none where two have the name.
    pub fn criterion_named(&self, cluster: ClusterId, name: &str) -> Option<CriterionId> {
        self.criterion_of_key(cluster, &fold(name))
    }

    /// The same of a name that is folded already.
    pub fn criterion_of_key(&self, cluster: ClusterId, key: &str) -> Option<CriterionId> {
        self.applying(&self.names, key, cluster)
    }

    /// Whether a criterion of this code or name exists in some cluster.
    pub fn is_criterion(&self, text: &str) -> bool {
        let holds = |map: &HashMap<String, Vec<CriterionId>>, key: &str| !key.is_empty() && map.contains_key(key);
        holds(&self.codes, &code_key(text)) || holds(&self.names, &fold(text))
    }

    /// Whether a group has this code.
    pub fn is_group(&self, code: &str) -> bool {
        self.groups.contains_key(&code_key(code))
    }

    /// Whether a group has this name.
    pub fn is_group_named(&self, name: &str) -> bool {
        self.group_names.contains_key(&fold(name))
    }

    fn applying(&self, map: &HashMap<String, Vec<CriterionId>>, key: &str, cluster: ClusterId) -> Option<CriterionId> {
        if key.is_empty() {
            return None;
        }
        let mut applying =
            map.get(key)?.iter().copied().filter(|id| self.scopes[id.0].is_none_or(|only| only == cluster));
        let first = applying.next()?;
        applying.next().is_none().then_some(first)
    }
}

/// Names in folded words, found again inside longer texts.
#[derive(Clone, Debug, Default)]
struct Phrases {
    units: HashMap<String, Vec<UnitId>>,
    /// Most words of a name.
    longest: usize,
}

impl Phrases {
    fn add(&mut self, words: &str, unit: UnitId) {
        self.longest = self.longest.max(words.split(' ').count());
        add(&mut self.units, words.to_string(), unit);
    }

    /// The name of most letters that stands word for word inside a text.
    fn longest_inside(&self, text: &str) -> UnitMatch {
        let text = fold_words(text);
        let mut best: Option<(usize, UnitMatch)> = None;
        for span in self.spans(&text) {
            let Some(units) = self.units.get(span) else { continue };
            let own = if let [unit] = units[..] { UnitMatch::Inside(unit) } else { UnitMatch::Ambiguous };
            best = match best {
                Some((longest, found)) if span.len() < longest => Some((longest, found)),
                Some((longest, found)) if span.len() == longest && found != own => {
                    Some((longest, UnitMatch::Ambiguous))
                }
                _ => Some((span.len(), own)),
            };
        }
        best.map_or(UnitMatch::Unknown, |(_, found)| found)
    }

    /// Every run of words in a text that could be a name: how many grows with the text, not with the names.
    fn spans<'a>(&self, text: &'a str) -> impl Iterator<Item = &'a str> + use<'a> {
        let ends: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).chain([text.len()]).collect();
        let longest = self.longest;
        (0..ends.len()).flat_map(move |first| {
            let start = if first == 0 { 0 } else { ends[first - 1] + 1 };
            let ends: Vec<usize> = ends.iter().skip(first).take(longest).copied().collect();
            ends.into_iter().map(move |end| &text[start..end])
        })
    }
}

/// What is left of a union's folded name behind the words that say it is one; none where that is nothing, or too little
/// to know it by.
fn core(words: &str) -> Option<&str> {
    const BEGINNINGS: [&str; 8] =
        ["cong doan nganh ", "cong doan co so ", "cong doan khoi ", "cong doan ", "cd nganh ", "cdcs ", "cdn ", "cd "];
    let rest = BEGINNINGS.iter().find_map(|beginning| words.strip_prefix(beginning))?;
    (rest.chars().count() >= 4).then_some(rest)
}

fn add<T: PartialEq>(map: &mut HashMap<String, Vec<T>>, key: String, value: T) {
    if key.is_empty() {
        return;
    }
    // what comes twice comes one after the other
    let values = map.entry(key).or_default();
    if values.last() != Some(&value) {
        values.push(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The index against going through all names.
        #[test]
        fn the_longest_name_inside_a_text_is_found(
            names in proptest::collection::vec("[a-c]{1,2}( [a-c]{1,2}){0,3}", 1..12), text in "[a-c]{1,2}( [a-c]{1,2}){0,9}",
        ) {
            let mut phrases = Phrases::default();
            let mut inside: Vec<(usize, usize)> = Vec::new();
            for (number, name) in names.iter().enumerate() {
                phrases.add(name, UnitId(number));
                if format!(" {text} ").contains(&format!(" {name} ")) {
                    inside.push((name.len(), number));
                }
            }
            let most = inside.iter().map(|(length, _)| *length).max();
            let longest: Vec<usize> = inside.into_iter().filter(|(length, _)| Some(*length) == most).map(|(_, number)| number).collect();
            let expected = match longest[..] {
                [] => UnitMatch::Unknown,
                [number] => UnitMatch::Inside(UnitId(number)),
                _ => UnitMatch::Ambiguous,
            };
            prop_assert_eq!(phrases.longest_inside(&text), expected);
        }
    }

    /// A joint table with a wide text in every row once took half a minute: each was compared with every unit's name.
    #[test]
    fn very_many_units_cost_no_more_questions() {
        let text = "cong doan khong co trong danh sach ".repeat(100);
        let questions = |units: usize| {
            let mut phrases = Phrases::default();
            (0..units).for_each(|unit| phrases.add(&format!("cong doan so {unit}"), UnitId(unit)));
            assert_eq!(phrases.longest_inside(&text), UnitMatch::Unknown);
            phrases.spans(text.trim()).count()
        };
        assert_eq!(questions(20_000), questions(20));
        assert!(questions(20) <= 4 * text.split_whitespace().count());
    }

    #[test]
    fn habits_of_writing_a_code_do_not_matter() {
        for (left, right) in [
            ("a7.2", "A 7.2"),
            ("a.7.1", "a7.1"),
            ("1.1", "1.1."),
            ("1,1", "1.1"),
            ("C4.2", "c 4.2"),
            ("10.3.a", "10.3a"),
            ("II", "ii"),
        ] {
            assert_eq!(code_key(left), code_key(right), "{left} / {right}");
        }
        for code in ["1.1", "10.3.12", "7"] {
            assert!(is_code_key(code) && code_key(code) == code);
        }
        assert!(!["", ".1", "1.", "1..1", "1,1", "a1"].into_iter().any(is_code_key));
        assert_ne!(code_key("1.11"), code_key("11.1"));
        assert_ne!(code_key("1.1"), code_key("11"));
    }
}

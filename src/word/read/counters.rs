//! Counting: the number that a paragraph of a list gets, as Word counts. Knows no look of it.

use std::collections::{HashMap, HashSet};

use super::numbering::{LEVELS, Level, Numbering};
use crate::vietnamese::{latin_letter, roman};

/// How far each list has come. Lists of one definition count on together.
#[derive(Debug, Default)]
pub struct Counters {
    current: HashMap<i64, [Option<i64>; LEVELS]>,
    /// Instances with a start of their own that have begun, by level.
    begun: HashSet<(i64, usize)>,
}

impl Counters {
    /// Counts one paragraph and gives its number, empty where the level has none; none where the list is not defined.
    pub fn count(&mut self, numbering: &Numbering, instance: i64, level: usize) -> Option<String> {
        let definition = numbering.definition(instance)?;
        let own = numbering.level(instance, level)?;
        let begins = |at: usize| {
            let start = numbering.level(instance, at).map_or(1, |level| level.start);
            numbering.start_override(instance, at).unwrap_or(start)
        };
        let current = self.current.entry(definition).or_default();
        let restarts = numbering.start_override(instance, level).is_some() && self.begun.insert((instance, level));
        current[level] = Some(match current[level] {
            Some(number) if !restarts => number.saturating_add(1),
            _ => begins(level),
        });
        for (deeper, count) in current.iter_mut().enumerate().skip(level + 1) {
            let restart = numbering.level(instance, deeper).and_then(|level| level.restart);
            // Counted from 1; without it, every level above restarts this one.
            if restart.is_none_or(|restart| (level as i64) < restart) {
                *count = None;
            }
        }
        let numbers: Vec<i64> = (0..=level).map(|at| current[at].unwrap_or_else(|| begins(at))).collect();
        Some(label(own, &numbers, |at| numbering.level(instance, at)))
    }
}

/// Puts the numbers into the text of a level: `%1.%2`.
fn label<'a>(level: &Level, numbers: &[i64], other: impl Fn(usize) -> Option<&'a Level>) -> String {
    if level.format == "none" && !level.text.contains('%') {
        return level.text.clone();
    }
    let mut text = String::new();
    let mut letters = level.text.chars().peekable();
    while let Some(letter) = letters.next() {
        let place = letters.peek().and_then(|digit| digit.to_digit(10)).filter(|digit| letter == '%' && *digit > 0);
        let Some(place) = place else {
            text.push(letter);
            continue;
        };
        letters.next();
        let at = place as usize - 1;
        if let Some(number) = numbers.get(at) {
            let format = other(at).map_or("decimal", |level| level.format.as_str());
            text.push_str(&written(*number, if level.legal { "decimal" } else { format }));
        }
    }
    text
}

/// A number in a format of Word's; formats of other scripts are written in figures.
pub fn written(number: i64, format: &str) -> String {
    let small = u32::try_from(number).ok();
    match (format, small) {
        ("none" | "bullet", _) => String::new(),
        ("upperRoman", Some(number @ 1..)) => roman(number),
        ("lowerRoman", Some(number @ 1..)) => roman(number).to_lowercase(),
        ("upperLetter", Some(number)) => latin_letter(number).to_uppercase(),
        ("lowerLetter", Some(number)) => latin_letter(number),
        ("decimalZero", _) => format!("{number:02}"),
        ("decimalEnclosedParen", _) => format!("({number})"),
        ("decimalEnclosedFullstop", _) => format!("{number}."),
        ("numberInDash", _) => format!("- {number} -"),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::read::theme::Theme;
    use crate::word::xml::Tree;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        for (number, format, expected) in [
            (1, "decimal", "1"),
            (14, "upperRoman", "XIV"),
            (9, "lowerRoman", "ix"),
            (26, "lowerLetter", "z"),
            (27, "lowerLetter", "aa"),
            (54, "upperLetter", "BBB"),
            (7, "decimalZero", "07"),
            (3, "bullet", ""),
            (0, "upperRoman", "0"),
            (5, "chineseCounting", "5"),
        ] {
            assert_eq!(written(number, format), expected, "{number} {format}");
        }
    }

    fn numbering() -> Numbering {
        let level = |at: usize, format: &str, text: &str| {
            format!(
                r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>"#
            )
        };
        let levels = [level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2."), level(2, "lowerLetter", "%3)")];
        let text = format!(
            r#"<w:numbering><w:abstractNum w:abstractNumId="7">{}</w:abstractNum>
               <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
               <w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
               <w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#,
            levels.concat()
        );
        Numbering::read(Tree::read(text.as_bytes()).expect("well-formed").root(), &Theme::default())
    }

    #[test]
    fn deeper_levels_start_anew_under_each_new_heading() {
        let (numbering, mut counters) = (numbering(), Counters::default());
        let mut next = |level| counters.count(&numbering, 1, level).expect("defined");
        let labels: Vec<String> = [0, 1, 1, 2, 2, 1, 2, 0, 1].into_iter().map(&mut next).collect();
        assert_eq!(labels, ["I.", "I.1.", "I.2.", "a)", "b)", "I.3.", "a)", "II.", "II.1."]);
    }

    #[test]
    fn a_list_goes_on_unless_its_instance_starts_anew() {
        let (numbering, mut counters) = (numbering(), Counters::default());
        let mut next = |instance| counters.count(&numbering, instance, 0).expect("defined");
        assert_eq!([next(1), next(1), next(3)], ["I.", "II.", "III."]);
        assert_eq!([next(2), next(2), next(1)], ["I.", "II.", "III."]);
    }

    #[test]
    fn a_list_that_is_not_defined_has_no_number() {
        assert_eq!(Counters::default().count(&numbering(), 9, 0), None);
        assert_eq!(Counters::default().count(&numbering(), 1, 8), None);
    }
}

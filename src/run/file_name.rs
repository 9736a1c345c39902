//! File and folder names made of codes that users chose.

use std::collections::BTreeSet;

/// Names that Windows keeps for devices.
const DEVICES: [&str; 8] = ["con", "prn", "aux", "nul", "com1", "com2", "lpt1", "lpt2"];

/// Names for a list of codes, in its order: safe on every system, each given once, the code itself where it can be.
pub(super) fn file_names<'a>(codes: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    codes
        .map(|code| {
            let base = safe(code);
            let mut name = base.clone();
            let mut number = 2;
            // Upper and lower case are one name on most desks.
            while !taken.insert(name.to_lowercase()) {
                name = format!("{base}-{number}");
                number += 1;
            }
            name
        })
        .collect()
}

fn safe(code: &str) -> String {
    let replaced: String = code
        .trim()
        .chars()
        .map(|character| match character {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
            control if control.is_control() => '-',
            other => other,
        })
        .take(80)
        .collect();
    let trimmed = replaced.trim_matches(|character: char| character == '.' || character == ' ');
    if trimmed.is_empty() || DEVICES.contains(&trimmed.to_lowercase().as_str()) {
        format!("_{trimmed}")
    } else {
        trimmed.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_safe_names_each_given_once() {
        let names = file_names(["GD", "CĐN/01", "../../etc", "con", "", "gd", "a.b"].into_iter());
        assert_eq!(names, ["GD", "CĐN-01", "-..-etc", "_con", "_", "gd-2", "a.b"]);
    }
}

//! File and folder names made of codes that users chose.

use std::collections::BTreeSet;

/// Names that Windows keeps for devices; the last two with a figure behind.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// Whether Windows takes a file of this name for a device, whatever its ending.
pub fn is_device_name(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_lowercase();
    let numbered = |device: &str| {
        let mut rest = stem.strip_prefix(device).unwrap_or_default().chars();
        matches!(rest.next(), Some('0'..='9' | '¹' | '²' | '³')) && rest.next().is_none()
    };
    DEVICES.contains(&stem.as_str()) || NUMBERED_DEVICES.iter().any(|device| numbered(device))
}

/// Names for a list of codes, in its order: safe on every system, each given once, the code itself where it can be.
pub(super) fn file_names<'a>(codes: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    codes
        .map(|code| {
            let base = safe_name(code);
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

/// A name that is safe on every system, the text itself where it can be: nothing in it leads to another folder.
pub fn safe_name(code: &str) -> String {
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
    if trimmed.is_empty() || is_device_name(trimmed) { format!("_{trimmed}") } else { trimmed.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_safe_names_each_given_once() {
        let names = file_names(["GD", "CĐN/01", "../../etc", "con", "", "gd", "a.b", "Com7.x", "comic"].into_iter());
        assert_eq!(names, ["GD", "CĐN-01", "-..-etc", "_con", "_", "gd-2", "a.b", "_Com7.x", "comic"]);
    }
}

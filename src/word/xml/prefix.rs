//! Prefixes: a file may call its namespaces what it likes; everybody looks for the usual names (`w:p`).

use smol_str::format_smolstr;

use super::Element;

/// Usual prefixes by the end of the namespace's address (the transitional and the strict form differ before it).
const USUAL: [(&str, &str); 15] = [
    ("/wordprocessingml/2006/main", "w"),
    ("/ooxml/wordprocessingml/main", "w"),
    ("/officeDocument/2006/relationships", "r"),
    ("/ooxml/officeDocument/relationships", "r"),
    ("/drawingml/2006/main", "a"),
    ("/drawingml/2006/wordprocessingDrawing", "wp"),
    ("/drawingml/2006/picture", "pic"),
    ("/drawingml/2006/spreadsheetDrawing", "xdr"),
    ("/drawingml/2006/chart", "c"),
    ("urn:schemas-microsoft-com:office:excel", "x"),
    ("/markup-compatibility/2006", "mc"),
    ("/word/2010/wordml", "w14"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("/metadata/core-properties", "cp"),
    ("/dc/elements/1.1/", "dc"),
];

impl Element {
    /// Gives names their usual prefixes, declarations included. A part that declares namespaces anew further down, in
    /// a way that renaming could confuse, stays as it is.
    pub fn use_usual_prefixes(&mut self) {
        let renamed: Vec<(String, &str)> = self
            .attributes
            .iter()
            .filter_map(|(name, address)| {
                let own = if name == "xmlns" { "" } else { name.strip_prefix("xmlns:")? };
                let usual = USUAL.iter().find(|(ending, _)| address.ends_with(ending))?.1;
                (own != usual).then(|| (own.to_string(), usual))
            })
            .collect();
        let declared_twice = |element: &Element| {
            element.attributes.iter().any(|(name, _)| {
                let own = if name == "xmlns" { Some("") } else { name.strip_prefix("xmlns:") };
                own.is_some_and(|own| renamed.iter().any(|(old, new)| old == own || *new == own))
            })
        };
        let taken = |prefix: &str| self.attribute(&format!("xmlns:{prefix}")).is_some();
        if renamed.is_empty()
            || renamed.iter().any(|(_, usual)| taken(usual))
            || self.descendants().skip(1).any(declared_twice)
        {
            return;
        }
        self.for_each_mut(&mut |element| rename(element, &renamed));
    }
}

fn rename(element: &mut Element, renamed: &[(String, &str)]) {
    let usual = |prefix: &str| renamed.iter().find(|(own, _)| own == prefix).map(|(_, usual)| *usual);
    let (prefix, local) = element.name.split_once(':').unwrap_or(("", &element.name));
    if let Some(usual) = usual(prefix) {
        element.name = format_smolstr!("{usual}:{local}");
    }
    for (name, value) in &mut element.attributes {
        let new = match name.split_once(':') {
            // an attribute without a prefix is in no namespace
            None if name == "xmlns" => usual("").map(|usual| format_smolstr!("xmlns:{usual}")),
            None => None,
            Some(("xmlns", own)) => usual(own).map(|usual| format_smolstr!("xmlns:{usual}")),
            Some((own, local)) => usual(own).map(|usual| format_smolstr!("{usual}:{local}")),
        };
        if let Some(new) = new {
            *name = new;
        }
        // these hold prefixes in their value
        if matches!(name.as_str(), "mc:Ignorable" | "Requires" | "mc:ProcessContent") {
            let words: Vec<&str> = value.split(' ').map(|word| usual(word).unwrap_or(word)).collect();
            *value = words.join(" ").into();
        }
    }
}

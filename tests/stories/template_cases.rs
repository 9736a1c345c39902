//! Word files as templates, each with the text and the structure that filling must give: `tests/word/templates/cases`.
//!
//! `make-cases.py` there makes the files and says how the expectations are written. `FILLED=DIR cargo test --test stories
//! template_cases` also writes the filled files, for judges that are not ours.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde_json::Value;
use thidua::word::xml::{Element, Node, parse};
use thidua::word::{Package, Template};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/word/templates")
}

/// A case: its template and what is expected of the filled file.
struct Case {
    name: String,
    template: Package,
    /// Text by part; the body under an empty name.
    text: BTreeMap<String, Vec<String>>,
    structure: Vec<String>,
}

fn cases() -> Vec<Case> {
    let entries = std::fs::read_dir(folder().join("cases")).expect("the cases").flatten().map(|entry| entry.path());
    let mut paths: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|end| end == "docx")).collect();
    paths.sort();
    paths.iter().map(|path| case(path)).collect()
}

fn case(path: &Path) -> Case {
    let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
    let expected =
        std::fs::read_to_string(path.with_extension("txt")).unwrap_or_else(|_| panic!("{name} expects nothing"));
    let (texts, structure) =
        expected.split_once("\n==\n").unwrap_or((expected.strip_suffix('\n').unwrap_or(&expected), ""));
    let mut text: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut part = String::new();
    for line in texts.split('\n') {
        let named = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        match named.filter(|name| !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric())) {
            Some(name) => part = name.to_string(),
            None => text.entry(part.clone()).or_default().push(line.to_string()),
        }
    }
    let template = Package::read(&std::fs::read(path).expect("the template")).expect("a Word file");
    Case { name, template, text, structure: structure.lines().map(str::to_string).collect() }
}

/// A filled file, part by part.
struct Filled {
    package: Package,
    parts: BTreeMap<String, Element>,
}

impl Filled {
    fn new(package: Package) -> Result<Filled, String> {
        let mut parts = BTreeMap::new();
        for name in package.names().filter(|name| name.ends_with(".xml")) {
            let mut xml = parse(package.part(name).unwrap_or_default()).map_err(|error| format!("{name}: {error}"))?;
            xml.root.use_usual_prefixes();
            parts.insert(name.to_string(), xml.root);
        }
        Ok(Filled { package, parts })
    }

    fn part(&self, name: &str) -> Option<&Element> {
        let path = if name == "core" { "docProps/core.xml".into() } else { format!("word/{name}.xml") };
        self.parts.get(&path)
    }

    fn body(&self) -> &Element {
        self.part("document").expect("a Word file has a body")
    }

    fn values(&self, element: &str, attribute: &str) -> Vec<String> {
        let found = self.body().descendants().filter(|own| own.name == element);
        found.map(|own| own.attribute(attribute).unwrap_or_default().to_string()).collect()
    }

    /// A line for each paragraph, as the generator describes it.
    fn lines(&self, element: &Element) -> Vec<String> {
        let mut lines = Vec::new();
        for child in element.elements() {
            match child.name.as_str() {
                "w:p" => lines.push(self.text(child)),
                "w:tr" => lines.push(self.cells(child).join(" | ")),
                "dc:title" => lines.push(child.all_text()),
                "w:footnote" | "w:endnote" if child.attribute("w:type").is_some() => {}
                _ => lines.extend(self.lines(child)),
            }
        }
        lines
    }

    fn cells(&self, row: &Element) -> Vec<String> {
        let mut cells = Vec::new();
        for child in row.elements() {
            match child.name.as_str() {
                "w:tc" => cells.push(self.lines(child).join(" / ")),
                "w:sdt" | "w:sdtContent" => cells.extend(self.cells(child)),
                _ => {}
            }
        }
        cells
    }

    fn text(&self, element: &Element) -> String {
        let mut out = String::new();
        for child in element.elements() {
            match child.name.as_str() {
                "w:t" => out.push_str(&child.all_text()),
                "w:br" => out.push('⏎'),
                "w:tab" => out.push('→'),
                "w:sym" => out.push('§'),
                "w:txbxContent" => out.push_str(&format!("⟦{}⟧", self.lines(child).join("¶"))),
                "w:footnoteReference" => out.push_str(&self.note("footnotes", child)),
                "w:endnoteReference" => out.push_str(&self.note("endnotes", child)),
                "w:pPr" | "w:rPr" => {}
                _ => out.push_str(&self.text(child)),
            }
        }
        out
    }

    fn note(&self, part: &str, reference: &Element) -> String {
        let id = reference.attribute("w:id");
        let note = self.part(part).and_then(|root| root.elements().find(|note| note.attribute("w:id") == id));
        note.map_or_else(|| "‹không có›".into(), |note| format!("‹{}›", self.lines(note).join("¶")))
    }

    /// What must hold for every filled file.
    fn breaks(&self, braces: bool) -> Option<String> {
        let mut seen: BTreeSet<(&str, String)> = BTreeSet::new();
        for (part, root) in self.parts.iter().filter(|(name, _)| is_text(name)) {
            for element in root.descendants() {
                let unique = match element.name.as_str() {
                    "w:bookmarkStart" => [("bookmark", "w:id"), ("bookmark's name", "w:name")].to_vec(),
                    "w:permStart" => vec![("range", "w:id")],
                    "wp:docPr" => vec![("drawing", "id")],
                    "w:footnote" => vec![("footnote", "w:id")],
                    "w:endnote" => vec![("endnote", "w:id")],
                    "w:footnoteReference" => vec![("reference to a footnote", "w:id")],
                    "w:endnoteReference" => vec![("reference to an endnote", "w:id")],
                    "w:id" => vec![("control", "w:val")],
                    "v:shape" => vec![("shape", "id")],
                    "w:p" => vec![("paragraph", "w14:paraId")],
                    _ => Vec::new(),
                };
                for (kind, attribute) in unique {
                    if let Some(id) = element.attribute(attribute)
                        && !seen.insert((kind, id.to_string()))
                    {
                        return Some(format!("{part}: two times the {kind} {id}"));
                    }
                }
                let last = element.elements().last().map(|last| last.name.as_str());
                match element.name.as_str() {
                    "w:tc" | "w:txbxContent" | "w:footnote" | "w:endnote" if last != Some("w:p") => {
                        return Some(format!("{part}: a {} does not end with a paragraph", element.name));
                    }
                    "w:tr" if self.cells(element).is_empty() => return Some(format!("{part}: a row without cells")),
                    "w:tbl" if !element.descendants().any(|own| own.name == "w:tr") => {
                        return Some(format!("{part}: a table without rows"));
                    }
                    _ => {}
                }
            }
            let text = root.all_text();
            if !braces && (text.contains("{{") || text.contains("}}")) {
                return Some(format!("{part}: a tag is left in “{text}”"));
            }
        }
        self.dangling()
    }

    /// A reference to a note or to a numbering that is not there.
    fn dangling(&self) -> Option<String> {
        let told = |part: &str, element: &Element| {
            let id = element.attribute("w:id").or_else(|| element.attribute("w:val")).unwrap_or_default().to_string();
            let root = self.part(part)?;
            let known = root
                .elements()
                .any(|own| [own.attribute("w:id"), own.attribute("w:numId")].contains(&Some(id.as_str())));
            (!known && id != "0").then(|| format!("{} {id} leads nowhere", element.name))
        };
        self.body().descendants().find_map(|element| match element.name.as_str() {
            "w:footnoteReference" => told("footnotes", element),
            "w:endnoteReference" => told("endnotes", element),
            "w:numId" => told("numbering", element),
            _ => None,
        })
    }

    /// What is told against one line of structure.
    fn differs(&self, line: &str, template: &Package) -> Option<String> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let given = match word {
            "allows" => return None,
            "same" => {
                let name = format!("word/{rest}");
                let same = template.part(&name).is_some() && self.package.part(&name) == template.part(&name);
                return (!same).then(|| format!("{rest} is not what it was"));
            }
            "without" => {
                let there = self.package.names().any(|name| name.ends_with(rest));
                return there.then(|| format!("{rest} is still there"));
            }
            "numbers" => self.values("w:numId", "w:val").join(" "),
            "spans" => self.values("w:gridSpan", "w:val").join(" "),
            "tags" => self.values("w:tag", "w:val").join(" "),
            "description" => self.values("wp:docPr", "descr").join(" "),
            "merges" => {
                let merges = self.values("w:vMerge", "w:val");
                let named = merges.iter().map(|own| if own == "restart" { "restart" } else { "continue" });
                named.collect::<Vec<_>>().join(" ")
            }
            "parts" => {
                let margins = self.parts.iter().filter(|(name, _)| name.contains("header") || name.contains("footer"));
                let text = margins.flat_map(|(_, root)| self.lines(root)).collect::<Vec<_>>();
                let missing = rest.split("; ").find(|wanted| !text.iter().any(|line| line == wanted));
                return missing.map(|missing| format!("no header or footer says “{missing}”: {text:?}"));
            }
            part => {
                let (element, _) = rest.split_once(' ')?;
                let root = self.part(part);
                let count = root.map_or(0, |root| root.descendants().filter(|own| own.name == element).count());
                format!("{element} {count}")
            }
        };
        (given != rest).then(|| format!("{word} {rest} expected, {given} given"))
    }
}

/// Whether a part holds text of the paper.
fn is_text(part: &str) -> bool {
    ["document", "header", "footer", "footnotes", "endnotes"]
        .iter()
        .any(|kind| part.starts_with(&format!("word/{kind}")))
}

/// What is wrong with a case; nothing where it is well filled.
fn judged(case: &Case, data: &Value) -> Result<Filled, String> {
    let said = |findings: Vec<thidua::finding::Finding>| {
        findings.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>().join("; ")
    };
    let template = Template::compile(case.template.clone(), &case.name).map_err(said)?;
    let filled = Filled::new(template.fill(data).map_err(said)?)?;
    for (name, expected) in &case.text {
        let name = if name.is_empty() { "document" } else { name };
        let root = filled.part(name).ok_or_else(|| format!("there is no part {name}"))?;
        let lines = filled.lines(root);
        if lines != *expected {
            return Err(format!("{name}:\n     given {lines:?}\n  expected {expected:?}"));
        }
    }
    let braces = case.structure.iter().any(|line| line == "allows braces");
    if let Some(broken) = filled.breaks(braces) {
        return Err(broken);
    }
    match case.structure.iter().find_map(|line| filled.differs(line, &case.template)) {
        Some(difference) => Err(difference),
        None => Ok(filled),
    }
}

#[test]
fn every_template_case_is_filled_as_expected() {
    let data = std::fs::read_to_string(folder().join("data.json")).expect("the data");
    let data: Value = serde_json::from_str(&data).expect("JSON");
    let cases = cases();
    let mut failures = String::new();
    for case in &cases {
        match judged(case, &data) {
            Err(reason) => drop(writeln!(failures, "{}: {reason}", case.name)),
            Ok(filled) => {
                if let Some(kept) = std::env::var_os("FILLED").map(PathBuf::from) {
                    std::fs::create_dir_all(&kept).expect("a folder for the filled files");
                    let bytes = filled.package.to_bytes().expect("a zip");
                    std::fs::write(kept.join(format!("{}.docx", case.name)), bytes).expect("a filled file");
                }
            }
        }
    }
    assert!(failures.is_empty(), "of {} cases these fail:\n{failures}", cases.len());
    assert!(cases.len() >= 40, "only {} cases", cases.len());
    for made_by in ["word-", "python-docx-", "libreoffice-"] {
        assert!(cases.iter().any(|case| case.name.starts_with(made_by)), "no case {made_by}…");
    }
}

#[test]
fn the_judge_of_cases_sees_what_is_wrong() {
    let paragraph = |id: &str| Element::new("w:p").with("w14:paraId", id);
    let document = |inside: Element| {
        let body = Element::new("w:body").child(Node::Element(inside)).child(paragraph("00000001"));
        let parts = BTreeMap::from([("word/document.xml".to_string(), Element::new("w:document").child(body))]);
        Filled { package: Package::default(), parts }
    };
    assert_eq!(document(paragraph("00000002")).breaks(false), None);
    for wrong in
        [paragraph("00000001"), Element::new("w:tc"), Element::new("w:tbl"), Element::new("w:t").text("{{nam}}")]
    {
        assert!(document(wrong.clone()).breaks(false).is_some(), "{wrong:?}");
    }
    assert!(document(paragraph("00000002")).differs("document w:p 3", &Package::default()).is_some());
}

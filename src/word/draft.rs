//! The mark of a draft: `DỰ THẢO` across every page, as Word itself writes a watermark.
//!
//! It stands in the headers, since a header is what every page has: in each header of each section, and in new, empty
//! ones for pages that have none (the first page of a section with `titlePg`, even pages where they differ).

use std::collections::BTreeSet;

use super::Package;
use super::link::{WORD, add_link, links, of_type, state_type, tree};
use super::xml::{Element, Node, Xml, parse};
use crate::opc::{CONTENT_TYPES, OFFICE_RELATIONSHIPS, relationships_of, resolve};

/// What is written across the pages.
pub const WORDS: &str = "DỰ THẢO";

const HEADER_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml";
/// How Word names its watermarks; a header with one is not marked twice.
const SHAPE: &str = "PowerPlusWaterMarkObject";

/// Marks every page of a Word file. A file that is marked already stays as it is.
///
/// # Errors
/// A Vietnamese half sentence about the part that cannot be read.
pub fn mark(package: &mut Package) -> Result<(), String> {
    let mut types = tree(package, CONTENT_TYPES)?;
    let main = of_type(&types.root, ".main+xml").ok_or("tệp không có phần thân văn bản")?;
    let mut document = tree(package, &main)?;
    let mut links = links(package, &main)?;
    let even = package
        .part(&sibling(&main, "settings.xml"))
        .and_then(|bytes| parse(bytes).ok())
        .is_some_and(|settings| is_on(settings.root.find("w:evenAndOddHeaders")));

    let mut headers = BTreeSet::new();
    let mut missing = Vec::new();
    for (number, section) in sections(&document.root).into_iter().enumerate() {
        let kinds = [("default", true), ("first", is_on(section.find("w:titlePg"))), ("even", even)];
        for (kind, wanted) in kinds {
            match reference(section, kind) {
                Some(id) => headers.extend(target(&links.root, id, &main)),
                None if wanted => missing.push((number, kind)),
                None => {}
            }
        }
    }
    // a section without a header of its own takes that of the section before
    let inherited = |number: usize, kind: &str| {
        sections(&document.root)[..number].iter().any(|before| reference(before, kind).is_some())
    };
    missing.retain(|(number, kind)| !inherited(*number, kind));
    let mut given = BTreeSet::new();
    missing.retain(|(_, kind)| given.insert(*kind));

    let mut marks = 0;
    for name in &headers {
        let mut header = tree(package, name)?;
        let marked = header.root.descendants().any(is_mark);
        marks += 1;
        if !marked {
            insert_mark(&mut header.root, marks);
            package.set(name.clone(), header.to_bytes());
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    for (number, kind) in missing {
        marks += 1;
        let name = new_header(package, &main, marks);
        state_type(&mut types.root, &name, HEADER_TYPE);
        let file = name.rsplit('/').next().unwrap_or(&name);
        let id = add_link(&mut links.root, "header", file);
        refer(&mut document.root, number, kind, &id);
    }
    if !document.root.attributes.iter().any(|(name, _)| name == "xmlns:r") {
        document.root.attributes.push(("xmlns:r".into(), OFFICE_RELATIONSHIPS.into()));
    }
    package.set(CONTENT_TYPES, types.to_bytes());
    package.set(relationships_of(&main), links.to_bytes());
    package.set(main, document.to_bytes());
    Ok(())
}

fn sibling(part: &str, file: &str) -> String {
    part.rsplit_once('/').map_or_else(|| file.to_string(), |(folder, _)| format!("{folder}/{file}"))
}

fn is_on(switch: Option<&Element>) -> bool {
    switch.is_some_and(|switch| !matches!(switch.attribute("w:val"), Some("0" | "false" | "off")))
}

/// The properties of all sections in order; former ones kept by tracked changes do not count.
fn sections(root: &Element) -> Vec<&Element> {
    fn add<'a>(element: &'a Element, found: &mut Vec<&'a Element>) {
        for child in element.elements() {
            match child.name.as_str() {
                "w:sectPr" => found.push(child),
                "w:pPrChange" | "w:txbxContent" => {}
                _ => add(child, found),
            }
        }
    }
    let mut found = Vec::new();
    add(root, &mut found);
    found
}

fn reference<'a>(section: &'a Element, kind: &str) -> Option<&'a str> {
    let mut references = section.elements().filter(|element| element.name == "w:headerReference");
    references.find(|element| element.attribute("w:type").unwrap_or("default") == kind)?.attribute("r:id")
}

/// The part behind a relationship of the main part.
fn target(links: &Element, id: &str, main: &str) -> Option<String> {
    let link = links.elements().find(|link| link.attribute("Id") == Some(id))?;
    Some(resolve(main, link.attribute("Target")?))
}

/// Puts the reference of a new header into the section of this number, where the schema has it: at the front.
fn refer(element: &mut Element, number: usize, kind: &str, id: &str) {
    fn add(element: &mut Element, left: &mut usize, reference: &Element) -> bool {
        for child in element.elements_mut() {
            let is_section = child.name == "w:sectPr";
            if is_section && *left == 0 {
                child.children.insert(0, Node::Element(reference.clone()));
                return true;
            }
            if is_section {
                *left -= 1;
            } else if !matches!(child.name.as_str(), "w:pPrChange" | "w:txbxContent") && add(child, left, reference) {
                return true;
            }
        }
        false
    }
    let reference = Element::new("w:headerReference").with("w:type", kind).with("r:id", id);
    let mut left = number;
    add(element, &mut left, &reference);
}

fn new_header(package: &mut Package, main: &str, number: usize) -> String {
    let mut free = number;
    let name = loop {
        let name = sibling(main, &format!("header{free}.xml"));
        if package.part(&name).is_none() {
            break name;
        }
        free += 1;
    };
    let mut root = Element::new("w:hdr").with("xmlns:w", WORD).child(Element::new("w:p"));
    insert_mark(&mut root, number);
    package.set(name.clone(), Xml::new(root).to_bytes());
    name
}

fn is_mark(element: &Element) -> bool {
    element.name == "v:shape" && element.attribute("id").is_some_and(|id| id.starts_with(SHAPE))
}

/// Hangs the mark on a paragraph of the header: its own first one, else one inside a table, else a new one.
fn insert_mark(header: &mut Element, number: usize) {
    let run = Element::new("w:r").child(Element::new("w:rPr").child(Element::new("w:noProof"))).child(picture(number));
    if header.find("w:p").is_none() && !header.descendants().any(|element| element.name == "w:p") {
        header.children.push(Node::Element(Element::new("w:p")));
    }
    let mut run = Some(run);
    if let Some(paragraph) = header.find_mut("w:p") {
        hang(paragraph, &mut run);
    }
    header.for_each_mut(&mut |element| {
        if element.name == "w:p" {
            hang(element, &mut run);
        }
    });
}

/// Puts the run at the front of a paragraph, once.
fn hang(paragraph: &mut Element, run: &mut Option<Element>) {
    if let Some(run) = run.take() {
        let at = usize::from(paragraph.children.first().is_some_and(|first| first.is("w:pPr")));
        paragraph.children.insert(at, Node::Element(run));
    }
}

/// The WordArt of Word's own watermark gallery, in silver, half transparent, rising across the page.
fn picture(number: usize) -> Element {
    let formulas = [
        "sum #0 0 10800",
        "prod #0 2 1",
        "sum 21600 0 @1",
        "sum 0 0 @2",
        "sum 21600 0 @3",
        "if @0 @3 0",
        "if @0 21600 @1",
        "if @0 0 @2",
        "if @0 @4 21600",
        "mid @5 @6",
        "mid @8 @5",
        "mid @7 @8",
        "mid @6 @7",
        "sum @6 0 @5",
    ];
    let formulas = formulas
        .into_iter()
        .fold(Element::new("v:formulas"), |all, formula| all.child(Element::new("v:f").with("eqn", formula)));
    let kind = Element::new("v:shapetype")
        .with("id", "_x0000_t136")
        .with("coordsize", "21600,21600")
        .with("o:spt", "136")
        .with("adj", "10800")
        .with("path", "m@7,l@8,m@5,21600l@6,21600e")
        .child(formulas)
        .child(
            Element::new("v:path")
                .with("textpathok", "t")
                .with("o:connecttype", "custom")
                .with("o:connectlocs", "@9,0;@10,10800;@11,21600;@12,10800")
                .with("o:connectangles", "270,180,90,0"),
        )
        .child(Element::new("v:textpath").with("on", "t").with("fitshape", "t"))
        .child(
            Element::new("v:handles")
                .child(Element::new("v:h").with("position", "#0,bottomRight").with("xrange", "6629,14971")),
        )
        .child(Element::new("o:lock").with("v:ext", "edit").with("text", "t").with("shapetype", "t"));
    let shape = Element::new("v:shape")
        .with("id", format!("{SHAPE}{number}"))
        .with("o:spid", format!("_x0000_s{}", 2048 + number))
        .with("type", "#_x0000_t136")
        .with(
            "style",
            "position:absolute;margin-left:0;margin-top:0;width:460pt;height:115pt;rotation:315;z-index:-251658752;\
             mso-position-horizontal:center;mso-position-horizontal-relative:margin;\
             mso-position-vertical:center;mso-position-vertical-relative:margin",
        )
        .with("o:allowincell", "f")
        .with("fillcolor", "silver")
        .with("stroked", "f")
        .child(Element::new("v:fill").with("opacity", ".5"))
        .child(
            Element::new("v:textpath")
                .with("style", "font-family:\"Times New Roman\";font-size:1pt;font-weight:bold")
                .with("string", WORDS),
        )
        .child(Element::new("w10:wrap").with("anchorx", "margin").with("anchory", "margin"));
    Element::new("w:pict")
        .with("xmlns:v", "urn:schemas-microsoft-com:vml")
        .with("xmlns:o", "urn:schemas-microsoft-com:office:office")
        .with("xmlns:w10", "urn:schemas-microsoft-com:office:word")
        .child(kind)
        .child(shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

    /// A file with these sections and headers by relationship id.
    fn package(body: &str, headers: &[(&str, &str)]) -> Package {
        let mut package = Package::default();
        let mut types = format!("<Types><Override PartName=\"/word/document.xml\" ContentType=\"{BODY_TYPE}\"/>");
        let mut links = String::from("<Relationships>");
        for (id, inside) in headers {
            types.push_str(&format!("<Override PartName=\"/word/{id}.xml\" ContentType=\"{HEADER_TYPE}\"/>"));
            links.push_str(&format!(
                "<Relationship Id=\"{id}\" Type=\"{OFFICE_RELATIONSHIPS}/header\" Target=\"{id}.xml\"/>"
            ));
            package.set(format!("word/{id}.xml"), format!("<w:hdr xmlns:w=\"{WORD}\">{inside}</w:hdr>").into_bytes());
        }
        package.set(CONTENT_TYPES, format!("{types}</Types>").into_bytes());
        package.set("word/_rels/document.xml.rels", format!("{links}</Relationships>").into_bytes());
        let body = format!(
            "<w:document xmlns:w=\"{WORD}\" xmlns:r=\"{OFFICE_RELATIONSHIPS}\"><w:body>{body}</w:body></w:document>"
        );
        package.set("word/document.xml", body.into_bytes());
        package
    }

    fn words(package: &Package, name: &str) -> Vec<String> {
        let root = tree(package, name).expect("a part").root;
        let paths = root.descendants().filter(|element| element.name == "v:textpath");
        paths.filter_map(|path| path.attribute("string")).map(String::from).collect()
    }

    fn references(package: &Package) -> Vec<(String, String)> {
        let document = tree(package, "word/document.xml").expect("the body").root;
        let links = tree(package, "word/_rels/document.xml.rels").expect("the links").root;
        let found = document.descendants().filter(|element| element.name == "w:headerReference");
        found
            .map(|element| {
                let id = element.attribute("r:id").expect("an id");
                let kind = element.attribute("w:type").expect("a type").to_string();
                (kind, target(&links, id, "word/document.xml").expect("a part behind it"))
            })
            .collect()
    }

    #[test]
    fn every_header_of_every_section_is_marked_and_keeps_what_it_says() {
        let body = "<w:p><w:pPr><w:sectPr><w:headerReference w:type=\"default\" r:id=\"a\"/></w:sectPr></w:pPr></w:p>\
                    <w:sectPr><w:headerReference w:type=\"default\" r:id=\"b\"/></w:sectPr>";
        let inside = "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:t>Trang</w:t></w:r></w:p>";
        let table = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>";
        let mut package = package(body, &[("a", inside), ("b", table)]);
        mark(&mut package).expect("a good file");
        for name in ["word/a.xml", "word/b.xml"] {
            assert_eq!(words(&package, name), [WORDS], "{name}");
        }
        let header = tree(&package, "word/a.xml").expect("a part").root;
        assert_eq!(header.all_text(), "Trang");
        let first = header.find("w:p").and_then(|paragraph| paragraph.elements().next()).expect("properties");
        assert_eq!(first.name, "w:pPr");
        let once = package.clone();
        mark(&mut package).expect("a good file");
        assert!(package == once, "a marked file stays as it is");
    }

    #[test]
    fn pages_without_a_header_get_one() {
        let body =
            "<w:p><w:pPr><w:sectPr><w:pgSz/><w:titlePg/></w:sectPr></w:pPr></w:p><w:sectPr><w:titlePg/></w:sectPr>";
        let mut package = package(body, &[]);
        mark(&mut package).expect("a good file");
        let references = references(&package);
        let kinds: BTreeSet<&str> = references.iter().map(|(kind, _)| kind.as_str()).collect();
        assert_eq!((references.len(), kinds), (2, BTreeSet::from(["default", "first"])));
        for (kind, part) in &references {
            assert_eq!(words(&package, part), [WORDS], "{kind}");
            let types = tree(&package, CONTENT_TYPES).expect("types").root;
            let listed = types.elements().any(|element| element.attribute("PartName") == Some(&format!("/{part}")));
            assert!(listed, "{part} has a content type");
        }
        let document = tree(&package, "word/document.xml").expect("the body").root;
        let section = sections(&document)[0].elements().map(|element| element.name.as_str()).collect::<Vec<_>>();
        assert_eq!(section, ["w:headerReference", "w:headerReference", "w:pgSz", "w:titlePg"]);
    }

    #[test]
    fn a_file_that_is_none_is_told() {
        assert!(mark(&mut Package::default()).is_err());
    }
}

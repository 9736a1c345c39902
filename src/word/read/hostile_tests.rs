//! Damaged and hostile files: whatever stands in the parts, the reader comes back.

use proptest::prelude::*;

use super::read;
use crate::word::Package;
use crate::word::xml::{self, Element, Node, Xml};

const SAMPLES: [&[u8]; 3] = [
    include_bytes!("../../../tests/word/word.docx"),
    include_bytes!("../../../tests/word/libreoffice.docx"),
    include_bytes!("../../../tests/word/python-docx.docx"),
];

/// Values that programs get wrong.
const VALUES: [&str; 14] = [
    "",
    "0",
    "-1",
    "1",
    "9",
    "2147483647",
    "-2147483648",
    "99999999999999999999",
    "1e308",
    "NaN",
    "ằ",
    "auto",
    "restart",
    "100%",
];

/// One change of a tree: which element, what is done to it, and with what.
type Change = (usize, u8, usize);

fn change(root: &mut Element, (at, what, with): Change) {
    let count = root.descendants().count();
    let other = root.descendants().nth(with % count).cloned().unwrap_or_default();
    let mut left = at % count;
    root.for_each_mut(&mut |element| {
        if left != 0 {
            left = left.wrapping_sub(1);
            return;
        }
        left = usize::MAX;
        match what % 6 {
            0 => element.children.clear(),
            1 => element.attributes.clear(),
            2 => {
                let chosen = with % element.attributes.len().max(1);
                if let Some((_, value)) = element.attributes.get_mut(chosen) {
                    *value = VALUES[with % VALUES.len()].into();
                }
            }
            3 => element.name.clone_from(&other.name),
            4 if count < 20_000 => element.children.push(Node::Element(other.clone())),
            _ => element.children.reverse(),
        }
    });
}

fn changed(sample: usize, changes: &[(usize, Vec<Change>)]) -> Package {
    let mut package = Package::read(SAMPLES[sample % SAMPLES.len()]).expect("a sample");
    let names: Vec<String> = package.names().filter(|name| name.starts_with("word/")).map(str::to_string).collect();
    for (part, changes) in changes {
        let name = &names[part % names.len()];
        let Ok(mut tree) = xml::parse(package.part(name).unwrap_or_default()) else { continue };
        changes.iter().for_each(|own| change(&mut tree.root, *own));
        package.set(name.as_str(), Xml::new(tree.root).to_bytes());
    }
    package
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(50))]

    #[test]
    fn no_change_of_a_file_ends_the_run(
        sample in 0_usize..3,
        changes in prop::collection::vec((0_usize..20, prop::collection::vec((0_usize..5_000, 0_u8..6, 0_usize..5_000), 1..12)), 1..4),
    ) {
        let _ = read(&changed(sample, &changes), "thu.docx");
    }

    #[test]
    fn no_bytes_end_the_run(sample in 0_usize..3, at in 0_usize..100_000, byte in any::<u8>()) {
        let mut package = Package::read(SAMPLES[sample]).expect("a sample");
        for name in ["word/document.xml", "word/styles.xml", "word/numbering.xml"] {
            if let Some(mut bytes) = package.remove(name) {
                let place = at % bytes.len().max(1);
                bytes[place] = byte;
                package.set(name, bytes);
            }
        }
        let _ = read(&package, "thu.docx");
    }
}

#[test]
fn a_document_beyond_the_limits_is_refused() {
    let body = "<w:p/>".repeat(super::story::MOST_PARAGRAPHS + 1);
    let mut package = Package::default();
    package.set("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>").into_bytes());
    assert_eq!(read(&package, "thu.docx").expect_err("too large").code.id, "VB02");
}

#[test]
fn wrappers_nested_as_deep_as_the_parts_allow_do_not_end_the_run() {
    for (open, close) in [
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        (
            "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>",
            "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
        ),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:p><w:ins>", "</w:ins></w:p>"),
        ("<w:customXml>", "</w:customXml>"),
    ] {
        let times = 250 / open.matches('<').count();
        let body = open.repeat(times) + "<w:p/>" + &close.repeat(times);
        let mut package = Package::default();
        package.set("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>").into_bytes());
        assert!(read(&package, "thu.docx").is_ok(), "{open}");
    }
    let deep = "<w:hyperlink>".repeat(250) + "<w:r><w:t>a</w:t></w:r>" + &"</w:hyperlink>".repeat(250);
    let mut package = Package::default();
    package
        .set("word/document.xml", format!("<w:document><w:body><w:p>{deep}</w:p></w:body></w:document>").into_bytes());
    assert!(read(&package, "thu.docx").is_ok());
}

//! What PDF/A-2a and PDF/UA-1 ask and can be read from the file.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Object, ObjectId};

use super::*;

fn dictionary<'a>(file: &'a lopdf::Document, object: &'a Object) -> &'a Dictionary {
    match object {
        Object::Reference(id) => file.get_dictionary(*id).expect("an object"),
        other => other.as_dict().expect("a dictionary"),
    }
}

fn entry<'a>(file: &'a lopdf::Document, dictionary: &'a Dictionary, key: &str) -> &'a Object {
    let object = dictionary.get(key.as_bytes()).unwrap_or_else(|_| panic!("no {key}"));
    match object {
        Object::Reference(id) => file.get_object(*id).expect("an object"),
        other => other,
    }
}

/// The parent tree: arrays of the pages, elements of the fields.
fn parent_tree(file: &lopdf::Document) -> Vec<(i64, Object)> {
    let catalog = file.catalog().expect("a catalog");
    let root = entry(file, catalog, "StructTreeRoot").as_dict().expect("a root");
    let numbers = entry(file, entry(file, root, "ParentTree").as_dict().expect("a tree"), "Nums");
    let pairs = numbers.as_array().expect("an array").chunks(2);
    pairs.map(|pair| (pair[0].as_i64().expect("a key"), pair[1].clone())).collect()
}

fn elements(file: &lopdf::Document, kind: &str) -> Vec<Dictionary> {
    let is = |object: &&Object| {
        let dictionary = object.as_dict().ok();
        dictionary.and_then(|it| it.get(b"S").ok()).and_then(|s| s.as_name().ok()) == Some(kind.as_bytes())
    };
    file.objects.values().filter(is).map(|object| object.as_dict().expect("an element").clone()).collect()
}

#[test]
fn the_file_says_what_it_is() {
    let file = write(&paper());
    let catalog = file.catalog().expect("a catalog");
    assert_eq!(file.version, "1.7");
    assert_eq!(entry(&file, catalog, "Lang").as_str().unwrap(), b"vi-VN");
    assert!(entry(&file, entry(&file, catalog, "MarkInfo").as_dict().unwrap(), "Marked").as_bool().unwrap());
    let viewer = entry(&file, catalog, "ViewerPreferences").as_dict().unwrap();
    assert!(entry(&file, viewer, "DisplayDocTitle").as_bool().unwrap());
    let packet = entry(&file, catalog, "Metadata").as_stream().unwrap();
    assert!(packet.dict.get(b"Filter").is_err(), "metadata stay readable");
    let xmp = String::from_utf8(packet.content.clone()).unwrap();
    for fact in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
        "<rdf:li xml:lang=\"x-default\">Báo cáo tổng kết năm 2024</rdf:li>",
        "<xmp:CreateDate>2024-11-30T20:53:20Z</xmp:CreateDate>",
    ] {
        assert!(xmp.contains(fact), "{fact}");
    }
    let intent = &entry(&file, catalog, "OutputIntents").as_array().unwrap()[0];
    let intent = dictionary(&file, intent);
    assert_eq!(entry(&file, intent, "S").as_name().unwrap(), b"GTS_PDFA1");
    let profile = entry(&file, intent, "DestOutputProfile").as_stream().unwrap();
    assert_eq!(profile.dict.get(b"N").unwrap().as_i64().unwrap(), 3);
    let id = file.trailer.get(b"ID").unwrap().as_array().unwrap();
    assert_eq!((id[0].as_str().unwrap().len(), id[0] == id[1]), (16, true));
    let information = dictionary(&file, file.trailer.get(b"Info").unwrap());
    assert!(information.get(b"GTS_PDFXVersion").is_err());
}

#[test]
fn every_mark_of_a_page_leads_to_its_element() {
    let file = write(&paper());
    let tree = parent_tree(&file);
    let mut marks = 0;
    for (number, (_, page)) in file.get_pages().into_iter().enumerate() {
        let dictionary = file.get_dictionary(page).unwrap();
        assert_eq!(dictionary.get(b"StructParents").unwrap().as_i64().unwrap(), number as i64);
        assert_eq!(dictionary.get(b"Tabs").unwrap().as_name().unwrap(), b"S");
        let (_, parents) = tree.iter().find(|(key, _)| *key == number as i64).expect("the page's parents");
        let parents = parents.as_array().unwrap();
        let content = file.get_and_decode_page_content(page).unwrap();
        let mut depth = 0;
        for operation in &content.operations {
            match operation.operator.as_str() {
                "BDC" => {
                    depth += 1;
                    let properties = operation.operands[1].as_dict().unwrap();
                    let Ok(mark) = properties.get(b"MCID") else { continue };
                    let parent = &parents[usize::try_from(mark.as_i64().unwrap()).unwrap()];
                    let element = file.get_dictionary(parent.as_reference().unwrap()).expect("an element");
                    assert!(element.has(b"S"));
                    marks += 1;
                }
                "EMC" => depth -= 1,
                "Tj" | "TJ" | "S" | "f" => assert!(depth > 0, "everything is marked"),
                _ => {}
            }
        }
        assert_eq!(depth, 0);
    }
    assert!(marks > 180, "{marks}");
}

#[test]
fn the_tree_names_what_there_is() {
    let file = write(&paper());
    let count = |kind: &str| elements(&file, kind).len();
    // The second heading is of level 3 in Word; levels without gaps make it 2.
    assert_eq!((count("H1"), count("H2"), count("H3")), (1, 1, 0));
    assert_eq!((count("L"), count("LI"), count("Lbl"), count("LBody")), (1, 2, 2, 2));
    // The heading row counts once though every page shows it; empty cells count too.
    assert_eq!((count("Table"), count("TR"), count("TH"), count("TD")), (1, 62, 3, 183));
    assert_eq!((count("Form"), count("Note"), count("Reference")), (2, 1, 1));
    for heading in elements(&file, "TH") {
        let attributes = entry(&file, &heading, "A").as_dict().unwrap();
        assert_eq!(attributes.get(b"Scope").unwrap().as_name().unwrap(), b"Column");
    }
    assert!(elements(&file, "Note")[0].has(b"ID"));
}

#[test]
fn every_party_has_an_open_field() {
    let file = write(&paper());
    let form = entry(&file, file.catalog().unwrap(), "AcroForm").as_dict().unwrap();
    let fields = form.get(b"Fields").unwrap().as_array().unwrap();
    assert_eq!(fields.len(), 2);
    let tree = parent_tree(&file);
    let mut names = BTreeSet::new();
    for field in fields {
        let id = field.as_reference().unwrap();
        let widget = file.get_dictionary(id).unwrap();
        names.insert(lopdf::decode_text_string(widget.get(b"T").unwrap()).unwrap());
        assert_eq!(widget.get(b"FT").unwrap().as_name().unwrap(), b"Sig");
        assert_eq!(widget.get(b"F").unwrap().as_i64().unwrap(), 4);
        assert!(widget.get(b"V").is_err(), "nobody has signed");
        let tooltip = lopdf::decode_text_string(widget.get(b"TU").unwrap()).unwrap();
        assert!(tooltip.starts_with("Đại diện cd"), "{tooltip}");
        entry(&file, entry(&file, widget, "AP").as_dict().unwrap(), "N").as_stream().expect("an appearance");
        let page: ObjectId = widget.get(b"P").unwrap().as_reference().unwrap();
        let annotations = file.get_dictionary(page).unwrap().get(b"Annots").unwrap().as_array().unwrap();
        assert!(annotations.contains(field));
        let key = widget.get(b"StructParent").unwrap().as_i64().unwrap();
        let (_, parent) = tree.iter().find(|(other, _)| *other == key).expect("the field's element");
        let element = file.get_dictionary(parent.as_reference().unwrap()).unwrap();
        assert_eq!(element.get(b"S").unwrap().as_name().unwrap(), b"Form");
        let reference = element.get(b"K").unwrap().as_dict().expect("directly, not in an array");
        assert_eq!(reference.get(b"Obj").unwrap().as_reference().unwrap(), id);
        let above = file.get_dictionary(element.get(b"P").unwrap().as_reference().unwrap()).unwrap();
        let children = above.get(b"K").unwrap().as_array().expect("elements in an array, where pyHanko looks for them");
        assert!(children.contains(parent));
    }
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["cdgd", "cdyt"]);
}

#[test]
fn two_fields_of_one_name_become_two_fields() {
    let field = |name: &str| {
        let field = SignatureField { name: name.into(), tooltip: String::new(), height: 900 };
        Block::Paragraph(Paragraph { inlines: vec![Inline::Signature(field)], ..Paragraph::default() })
    };
    let file = write(&document(vec![field("cd.gd"), field("cd.gd"), field("")]));
    let form = entry(&file, file.catalog().unwrap(), "AcroForm").as_dict().unwrap();
    let name = |field: &Object| {
        let widget = file.get_dictionary(field.as_reference().unwrap()).unwrap();
        lopdf::decode_text_string(widget.get(b"T").unwrap()).unwrap()
    };
    let names: Vec<String> = form.get(b"Fields").unwrap().as_array().unwrap().iter().map(name).collect();
    assert_eq!(names, ["cd_gd", "cd_gd_2", "ky"]);
}

#[test]
fn every_font_is_in_the_file_and_only_its_used_part() {
    let bytes = render(&paper(), &Options::default());
    assert!(bytes.len() < 60_000, "{}", bytes.len());
    let file = lopdf::Document::load_mem(&bytes).unwrap();
    let mut fonts = 0;
    for object in file.objects.values() {
        let Ok(descriptor) = object.as_dict() else { continue };
        if descriptor.get(b"Type").and_then(Object::as_name).ok() != Some(b"FontDescriptor") {
            continue;
        }
        fonts += 1;
        let name = descriptor.get(b"FontName").unwrap().as_name().unwrap();
        assert!(name[..6].iter().all(u8::is_ascii_uppercase) && name[6] == b'+', "{name:?}");
        entry(&file, descriptor, "FontFile2").as_stream().expect("a font file");
    }
    assert_eq!(fonts, 2, "regular for the text, bold for the watermark");
}

#[test]
fn bookmarks_are_nested_in_the_order_of_the_text() {
    let blocks = ["10. Mười", "9. Chín"].map(|title| Block::Paragraph(heading(2, title)));
    let mut all = vec![Block::Paragraph(heading(1, "Phần một"))];
    all.extend(blocks);
    all.push(Block::Paragraph(heading(1, "Phần hai")));
    let file = write(&document(all));
    let outlines = entry(&file, file.catalog().unwrap(), "Outlines").as_dict().unwrap();
    let title = |item: &Dictionary| lopdf::decode_text_string(item.get(b"Title").unwrap()).unwrap();
    let first = entry(&file, outlines, "First").as_dict().unwrap();
    let below = entry(&file, first, "First").as_dict().unwrap();
    let beside = entry(&file, below, "Next").as_dict().unwrap();
    let second = entry(&file, first, "Next").as_dict().unwrap();
    assert_eq!([first, below, beside, second].map(title), ["Phần một", "10. Mười", "9. Chín", "Phần hai"]);
    let destination = below.get(b"Dest").unwrap().as_array().unwrap();
    assert_eq!(destination[1].as_name().unwrap(), b"XYZ");
    assert_eq!(entry(&file, file.catalog().unwrap(), "PageMode").as_name().unwrap(), b"UseOutlines");
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    let options = Options { seconds: None, creator: "thidua".into() };
    let first = render(&paper(), &options);
    assert_eq!(first, render(&paper(), &options));
    let mut other = paper();
    other.title.push('!');
    assert_ne!(first, render(&other, &options));
}

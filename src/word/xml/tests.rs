//! Reading and writing of parts: what is kept, what is refused.

use super::read::MOST_DEPTH;
use super::*;
use proptest::prelude::*;

fn written(text: &str) -> String {
    let mut out = String::new();
    parse_text(text).expect("a part in the test itself").root.write(&mut out);
    out
}

#[test]
fn what_is_read_is_written_back() {
    for text in [
        r#"<w:p w:rsidR="00A1" mc:Ignorable="w14"><w:r><w:t xml:space="preserve"> Tổng &amp; hợp &lt;1&gt; </w:t></w:r><w:x/></w:p>"#,
        "<a><!-- ghi chú --><?pi x?><b c=\"&quot;&#10;\"/>\n <d>x</d></a>",
    ] {
        assert_eq!(written(text), text);
    }
}

#[test]
fn entities_and_cdata_are_text() {
    let root = parse_text("<a>x&amp;y&#7879;&#x1EC7;<![CDATA[<z>]]></a>").expect("well-formed").root;
    assert_eq!(root.children, [Node::Text("x&yệệ<z>".into())]);
}

#[test]
fn damaged_and_hostile_parts_are_refused() {
    assert_eq!(parse(b"\xff\xfe\x00"), Err(XmlError::NotText));
    assert_eq!(parse_text("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), Err(XmlError::DocumentType));
    assert_eq!(parse_text(&"<a>".repeat(100_000)), Err(XmlError::TooDeep));
    for text in ["", "<a>", "</a>", "<a></b>", "<a/><b/>", "<a>&b;</a>", "<a b='1' b='2'/>", "x<a/>", "<a>&#xD800;</a>"]
    {
        assert!(matches!(parse_text(text), Err(XmlError::Malformed(_))), "{text}");
    }
}

#[test]
fn a_part_in_utf_16_is_read() {
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend("<a>điểm</a>".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(parse(&bytes).expect("well-formed").root.all_text(), "điểm");
}

proptest! {
    #[test]
    fn any_text_and_value_comes_back(text in "\\PC*", value in "[\\PC\n\t\r]*") {
        let element = Element::new("a").with("b", value).text(format!("{text}."));
        let mut out = String::new();
        element.write(&mut out);
        prop_assert_eq!(parse_text(&out).expect("our own writing").root, element);
    }

    #[test]
    fn no_input_ends_the_run(text in "[<>/a&;#x\"'=! \\-\\[\\]?]{0,60}") {
        let _ = parse_text(&text);
    }
}

#[test]
fn parts_as_programs_write_them_are_read_the_quick_way() {
    for text in [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<w:p a=\"điểm\" b='c'/>",
        "<w:p a=\"&amp;\"/>",
        "<a>x\ry</a>",
        "<a><!-- ghi chú --></a>",
        "<a>&#7879;</a>",
        "<a>1</a> <!-- hết -->",
    ] {
        assert_eq!(plain::root(text), None, "{text}");
    }
    for text in [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:p><w:pPr /><w:r\n a=\"1\" b=\"\">Khối &amp; cụm \u{feff}</w:r></w:p>\n",
        "<a>\n\t<b/> <c d=\">/\"></c></a>",
    ] {
        assert_eq!(plain::root(text), read::with_care(text).ok().map(|xml| xml.root), "{text}");
        assert_ne!(plain::root(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn the_quick_way_reads_nothing_otherwise(text in "(<a>|<a b=\"c\">|<d/>|<d e=\"&lt;\"/>|</a>|&amp;|&#9;|\u{ffff}|[ab<>/&;\"'=!?\r\n \\-\\[\\]]){0,12}") {
        for text in [format!("<a>{text}</a>"), text] {
            if let Some(root) = plain::root(&text) {
                prop_assert_eq!(Tree::read(text.as_bytes()).map(|tree| tree.root().to_element()), Ok(root.clone()));
                prop_assert_eq!(read::with_care(&text).map(|xml| xml.root), Ok(root));
            }
        }
    }
}

#[test]
fn a_part_with_prefixes_of_its_own_gets_the_usual_ones() {
    let usual = |text: &str| {
        let mut root = parse_text(text).expect("a part in the test itself").root;
        root.use_usual_prefixes();
        let mut out = String::new();
        root.write(&mut out);
        out
    };
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    for (text, expected) in [
        (
            format!("<ns0:p xmlns:ns0=\"{main}\" ns0:a=\"1\" b=\"2\"/>"),
            format!("<w:p xmlns:w=\"{main}\" w:a=\"1\" b=\"2\"/>"),
        ),
        (format!("<p xmlns=\"{main}\"><r a=\"1\"/></p>"), format!("<w:p xmlns:w=\"{main}\"><w:r a=\"1\"/></w:p>")),
        (
            format!("<p xmlns=\"{main}\"><r xmlns=\"other\"/></p>"),
            format!("<p xmlns=\"{main}\"><r xmlns=\"other\"/></p>"),
        ),
        (format!("<w:p xmlns:w=\"{main}\"/>"), format!("<w:p xmlns:w=\"{main}\"/>")),
    ] {
        assert_eq!(usual(&text), expected);
    }
}

#[test]
fn a_tree_that_is_only_read_tells_the_same() {
    let text = "<w:p a=\"1\" b=\"\">Khối <w:r c=\"2\"><w:t>một &amp; hai</w:t><w:br/></w:r> cụm<w:r/></w:p>";
    for part in [text.to_string(), text.replace("<w:br/>", "<w:br/><!-- ghi chú -->")] {
        let tree = Tree::read(part.as_bytes()).expect("well-formed");
        let root = tree.root();
        assert_eq!((root.name(), root.attribute("b"), root.attribute("c")), ("w:p", Some(""), None));
        assert_eq!(root.elements().map(ElementRef::name).collect::<Vec<_>>(), ["w:r", "w:r"]);
        assert_eq!(root.texts().collect::<Vec<_>>(), ["Khối ", " cụm"]);
        assert_eq!(root.descendants().map(ElementRef::name).collect::<Vec<_>>(), ["w:p", "w:r", "w:t", "w:br", "w:r"]);
        assert_eq!(root.all_text(), "Khối một & hai cụm");
        assert_eq!(root.path(&["w:r", "w:t"]).map(ElementRef::all_text).as_deref(), Some("một & hai"));
        assert_eq!(root.to_element(), parse_text(text).expect("well-formed").root);
    }
    assert_eq!(Tree::read(b"<a>").err(), parse(b"<a>").err());
}

#[test]
fn properties_that_come_again_tell_the_same_wherever_they_stand() {
    let center = "<w:pPr><w:jc w:val=\"center\"/><w:rPr><w:b/></w:rPr></w:pPr>";
    let changed = format!("<w:pPr><w:b/><w:pPrChange>{center}</w:pPrChange></w:pPr>");
    let paragraphs = [center, "<w:pPr/>", center, &changed, center, &changed, "<w:rPr><w:b/></w:rPr>"]
        .map(|own| format!("<w:p>{own}<w:r><w:rPr><w:b/></w:rPr><w:t>chữ</w:t></w:r></w:p>"));
    let text = format!("<w:body>{}</w:body>", paragraphs.concat());
    let tree = Tree::read(text.as_bytes()).expect("well-formed");
    let whole = parse_text(&text).expect("well-formed").root;
    assert_eq!(tree.root().to_element(), whole);
    let names = |root: &Element| root.descendants().map(|own| own.name.to_string()).collect::<Vec<_>>();
    assert_eq!(tree.root().descendants().map(ElementRef::name).collect::<Vec<_>>(), names(&whole));
    let own = |at: usize| tree.root().elements().nth(at).and_then(|own| own.find("w:pPr")).map(ElementRef::key);
    assert!(own(0).is_some() && own(0) == own(2) && own(0) == own(4) && own(0) != own(3));
    assert_eq!(tree.root().elements().count(), 7);
    // nested as deep as may be, and one deeper
    for (depth, is_read) in [(MOST_DEPTH - 4, true), (MOST_DEPTH - 2, false)] {
        let (open, close) = ("<w:x>".repeat(depth), "</w:x>".repeat(depth));
        let deep = format!("<w:y><w:p>{center}</w:p>{open}{center}{close}</w:y>");
        assert_eq!((Tree::read(deep.as_bytes()).is_ok(), parse_text(&deep).is_ok()), (is_read, is_read));
    }
}

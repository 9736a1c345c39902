//! Stories of the built-in templates, and of the text format they are written in.

use super::*;
use crate::word::xml::{self, Element};

mod sentences;

fn part(package: &Package, name: &str) -> Element {
    xml::parse(package.part(name).expect("the part is there")).expect("the part is XML").root
}

fn body(source: &str) -> Element {
    part(&compose(source).unwrap_or_else(|error| panic!("{error}")), "word/document.xml")
}

fn all<'a>(root: &'a Element, name: &str) -> Vec<&'a Element> {
    root.descendants().filter(|element| element.name == name).collect()
}

#[test]
fn every_template_composes_and_gives_the_same_bytes_twice() {
    assert_eq!(names().count(), 7);
    for name in names() {
        let package = template(name).unwrap_or_else(|error| panic!("{error}"));
        let again = template(name).expect("composed once already");
        assert_eq!(package.to_bytes().expect("a zip"), again.to_bytes().expect("a zip"), "{name}");
    }
    assert_eq!(template("khong-co").map(|_| ()).map_err(|error| error.name), Err("khong-co".to_string()));
}

#[test]
fn every_template_is_well_built_for_filling() {
    for name in names() {
        let compiled = crate::word::Template::compile(template(name).expect("a template"), name);
        let faults = compiled.err().unwrap_or_default();
        assert!(faults.is_empty(), "{:?}", faults.iter().map(|fault| &fault.message).collect::<Vec<_>>());
    }
}

#[test]
fn every_paper_is_named_and_has_a_template() {
    let papers: Vec<&str> = crate::paper::Paper::ALL.iter().map(|paper| paper.name()).collect();
    assert_eq!(names().collect::<Vec<_>>(), papers);
}

#[test]
fn a_paper_keeps_the_page_of_the_decree() {
    for name in names() {
        let document = part(&template(name).expect("a template"), "word/document.xml");
        for section in all(&document, "w:sectPr") {
            let size = section.find("w:pgSz").expect("a paper size");
            let mut sides = [size.attribute("w:w").expect("a width"), size.attribute("w:h").expect("a height")];
            sides.sort();
            assert_eq!(sides, ["11906", "16838"], "{name}: A4");
            let margin = |side: &str| -> u32 {
                let margins = section.find("w:pgMar").expect("margins");
                margins.attribute(side).expect("this margin").parse().expect("a number")
            };
            // 20-25, 20-25, 30-35, 15-20 mm in twips
            assert!((1134..=1417).contains(&margin("w:top")) && (1134..=1417).contains(&margin("w:bottom")), "{name}");
            assert!((1701..=1984).contains(&margin("w:left")) && (850..=1134).contains(&margin("w:right")), "{name}");
        }
    }
}

#[test]
fn the_page_number_stands_on_every_page_but_the_first_and_annexes_count_anew() {
    let package = template("bao-cao-tong-ket").expect("a template");
    let document = part(&package, "word/document.xml");
    let sections = all(&document, "w:sectPr");
    assert_eq!(sections.len(), 6);
    assert!(sections[0].find("w:titlePg").is_some() && sections[0].find("w:headerReference").is_some());
    for annex in &sections[1..] {
        assert!(annex.find("w:titlePg").is_none() && annex.find("w:headerReference").is_none());
        assert_eq!(annex.find("w:pgNumType").and_then(|number| number.attribute("w:start")), Some("1"));
    }
    let lies =
        |annex: &&&Element| annex.find("w:pgSz").and_then(|size| size.attribute("w:orient")) == Some("landscape");
    assert_eq!(sections[1..].iter().filter(lies).count(), 4, "tables lie, charts stand");
    let header = part(&package, "word/header1.xml");
    assert_eq!(header.all_text().trim_end_matches('1'), "PAGE");
}

#[test]
fn styles_are_vietnamese_numbered_and_default() {
    let package = template("bao-cao-tong-ket").expect("a template");
    let styles = part(&package, "word/styles.xml");
    let style = |id: &str| {
        styles.elements().find(|style| style.attribute("w:styleId") == Some(id)).unwrap_or_else(|| panic!("{id}"))
    };
    assert_eq!(style("Normal").attribute("w:default"), Some("1"));
    assert!(all(&styles, "w:lang").iter().all(|language| language.attribute("w:val") == Some("vi-VN")));
    for (id, level) in [("Heading1", "0"), ("Heading2", "1"), ("Heading3", "2")] {
        let outline = style(id).path(&["w:pPr", "w:outlineLvl"]).and_then(|outline| outline.attribute("w:val"));
        assert_eq!(outline, Some(level));
        assert!(style(id).path(&["w:pPr", "w:keepNext"]).is_some());
    }
    let numbering = part(&package, "word/numbering.xml");
    let levels: Vec<_> = all(&numbering, "w:lvl")
        .into_iter()
        .map(|level| (level.value_of("w:numFmt"), level.value_of("w:lvlText"), level.value_of("w:pStyle")))
        .collect();
    assert_eq!(
        levels,
        [(Some("upperRoman"), Some("%1."), Some("Heading1")), (Some("decimal"), Some("%2."), Some("Heading2"))]
    );
    let links = part(&package, "word/_rels/document.xml.rels");
    assert!(links.elements().any(|link| link.attribute("Target") == Some("numbering.xml")));
    assert_eq!(all(&styles, "w:style").len(), profile::Look::ALL.len() + 1);
}

#[test]
fn title_and_author_may_hold_tags() {
    let package = compose("@title Giao ước {{nam}} & các bên\n@author {{co_quan_ban_hanh}}\nThân").expect("a package");
    let core = part(&package, "docProps/core.xml");
    assert_eq!(core.find("dc:title").map(Element::all_text).as_deref(), Some("Giao ước {{nam}} & các bên"));
    assert_eq!(core.find("dc:creator").map(Element::all_text).as_deref(), Some("{{co_quan_ban_hanh}}"));
}

#[test]
fn a_room_for_a_signature_is_a_control_named_after_its_unit() {
    let document = body("@frame 1 1\n@row\n@cell\n@room {{ma}} | {{ten}}\n@cell\n@room b | Bên B\n@end");
    let controls: Vec<_> = all(&document, "w:sdtPr")
        .into_iter()
        .map(|control| (control.value_of("w:tag"), control.value_of("w:alias"), control.value_of("w:id")))
        .collect();
    assert_eq!(controls, [(Some("ky:{{ma}}"), Some("{{ten}}"), Some("1")), (Some("ky:b"), Some("Bên B"), Some("2"))]);
    let inner = document.descendants().find(|element| element.name == "w:sdtContent").expect("a control");
    assert_eq!(inner.elements().map(|child| child.name.as_str()).collect::<Vec<_>>(), ["w:p"]);
}

#[test]
fn a_table_repeats_its_heading_rows_and_says_what_it_shows() {
    let document = body(
        "@table Điểm của {{ten}}\n@widths 10 30 20 20\n@align c l r r\n| TT | Đơn vị | Điểm | < |\n| ^ | ^ | Tự chấm | \
         Cụm chấm |\n@body\n{{#each xep_hang}}\n| {{tt}} | **{{ten}}** | {{so a}} | {{so b}} |\n{{/each}}\n@end",
    );
    let rows = all(&document, "w:tr");
    let headers: Vec<bool> = rows.iter().map(|row| row.path(&["w:trPr", "w:tblHeader"]).is_some()).collect();
    assert_eq!(headers, [true, true, false, false, false]);
    assert!(rows.iter().all(|row| row.path(&["w:trPr", "w:cantSplit"]).is_some()));
    let caption = document.descendants().find(|element| element.name == "w:tblDescription").expect("a description");
    assert_eq!(caption.attribute("w:val"), Some("Điểm của {{ten}}"));
    let spans: Vec<_> = all(rows[0], "w:tcPr")
        .into_iter()
        .map(|cell| (cell.value_of("w:gridSpan"), cell.value_of("w:vMerge")))
        .collect();
    assert_eq!(spans, [(None, Some("restart")), (None, Some("restart")), (Some("2"), None)]);
    // a row that holds only a tag is one cell over all columns
    assert_eq!(rows[2].all_text(), "{{#each xep_hang}}");
    assert_eq!(all(rows[2], "w:gridSpan")[0].attribute("w:val"), Some("4"));
    let width: u32 = all(&document, "w:gridCol")
        .iter()
        .map(|column| column.attribute("w:w").unwrap_or("0").parse().unwrap_or(0))
        .sum::<u32>();
    assert_eq!(width, profile::text_width(false), "the table is as wide as the text");
}

#[test]
fn long_lines_go_on_indented_and_comments_stay_out() {
    let document = body("// ghi chú\nMột câu dài\n    nối tiếp.\n\n- Một ý;\n# KẾT QUẢ\n{{#if a}}\n");
    let paragraphs: Vec<_> = all(&document, "w:p")
        .into_iter()
        .map(|paragraph| {
            let style = paragraph.path(&["w:pPr", "w:pStyle"]).and_then(|style| style.attribute("w:val"));
            (style.unwrap_or_default().to_string(), paragraph.all_text())
        })
        .collect();
    let expected = [
        ("BodyText", "Một câu dài nối tiếp."),
        ("GachDauDong", "- Một ý;"),
        ("Heading1", "KẾT QUẢ"),
        ("The", "{{#if a}}"),
    ];
    let expected: Vec<_> = expected.iter().map(|(style, text)| (style.to_string(), text.to_string())).collect();
    assert_eq!(paragraphs, expected);
}

#[test]
fn a_source_at_fault_is_told_by_its_line() {
    for (source, line, words) in [
        ("a\n@khongco b", 2, "khongco"),
        ("@page nằm", 1, "nằm"),
        ("@frame x", 1, "widths"),
        ("@frame 1 1\n@row\n@cell\na\n@end", 4, "columns"),
        ("@frame 1\n@row\n@cell 2\na\n@end", 4, "span"),
        ("@frame 1\na\n@end", 2, "before"),
        ("@frame 1\n@cell\n@end", 2, "before"),
        ("@table t\n@widths 1 1\n@align l l\n| a |\n@end", 4, "1 cells"),
        ("@table t\n@widths 1 1\n@align l\n| a | b |\n@end", 1, "@align"),
        ("@table t\nlạc\n@end", 2, "lạc"),
        ("a\n@table t\n@widths 1", 2, "@end"),
        ("@rule lạ", 1, "lạ"),
        ("@room một mình", 1, "code | name"),
    ] {
        let error = compose(source).map(|_| ()).expect_err(source);
        assert_eq!(error.line, line, "{source}: {error}");
        assert!(error.message.contains(words), "{source}: {error}");
    }
}

#[test]
fn the_covenant_has_a_place_to_sign_for_every_party() {
    for units in [2, 3, 5, 7, 15] {
        let text = sentences::filled("giao-uoc", &sentences::many(units));
        assert_eq!(text.iter().filter(|line| line.starts_with("CHỨNG KIẾN")).count(), 1);
        let copies = format!("{:02}\u{a0}", units + 2);
        assert!(text.iter().any(|line| line.replace(' ', "\u{a0}").contains(&copies)), "{units} units");
    }
}

#[test]
fn letters_keep_the_sizes_of_the_decree() {
    use profile::Look;
    for (look, sizes, bold, italic) in [
        (Look::Country, 24..=26, true, false),
        (Look::Motto, 26..=28, true, false),
        (Look::Superior, 24..=26, false, false),
        (Look::Issuer, 24..=26, true, false),
        (Look::Number, 26..=26, false, false),
        (Look::PlaceAndDate, 26..=28, false, true),
        (Look::Kind, 26..=28, true, false),
        (Look::Subject, 26..=28, true, false),
        (Look::Basis, 26..=28, false, true),
        (Look::Body, 26..=28, false, false),
        (Look::Signer, 26..=28, true, false),
        (Look::SignerName, 26..=28, true, false),
        (Look::Party, 26..=28, true, false),
        (Look::RecipientsLabel, 24..=24, true, true),
        (Look::Recipient, 22..=22, false, false),
        (Look::Annex, 28..=28, true, false),
        (Look::AnnexOf, 26..=28, false, true),
        (Look::PageNumber, 26..=28, false, false),
    ] {
        let shape = look.shape();
        assert!(sizes.contains(&shape.size), "{look:?}");
        assert_eq!((shape.bold, shape.italic), (bold, italic), "{look:?}");
    }
    let body = profile::Look::Body.shape();
    assert!((567..=720).contains(&body.first_line) && body.after >= 120 && (240..=360).contains(&body.line));
    assert!(profile::Look::Closing.shape().keep_next, "the last lines stay with the signature");
}

#[test]
fn what_is_handed_out_is_clean() {
    for name in names() {
        let package = handed_out(name).unwrap_or_else(|error| panic!("{error}"));
        let document = part(&package, "word/document.xml");
        for paragraph in all(&document, "w:p") {
            let named = paragraph.path(&["w:pPr", "w:pStyle"]).is_some();
            assert!(named || paragraph.all_text().is_empty(), "{name}: a paragraph without a style");
            for text in all(paragraph, "w:t") {
                let text = text.all_text();
                assert_eq!(text.matches("{{").count(), text.matches("}}").count(), "{name}: a tag is split: {text}");
            }
        }
        assert_eq!(all(&document, "w:commentReference").len(), 1, "{name}: one comment explains");
        let words = part(&package, "word/comments.xml").all_text();
        assert!(words.contains("thẻ") && words.contains("--check"), "{name}: {words}");
        let compiled = crate::word::Template::compile(package, name);
        assert!(compiled.is_ok(), "{name}: the comment does not keep it from being filled");
    }
}

//! Stories of charts in Word files: where the office puts the tag, the chart comes.

use serde_json::{Value, json};

use crate::chart::{Bar, Chart, png, read_svg};
use crate::vietnamese::figure::text;
use crate::word::document::{Block, Inline, Picture};
use crate::word::xml::{Element, parse};
use crate::word::{Package, Template, read};

const NAMESPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" "#,
    r#"xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" "#,
    r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" "#,
    r#"xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture""#,
);
const UPRIGHT: &str = r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701"/></w:sectPr>"#;
const LYING: &str = r#"<w:sectPr><w:pgSz w:w="16838" w:h="11906"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701"/></w:sectPr>"#;
const TAG: &str = "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:t>{{bieu_do.diem_nhom}}</w:t></w:r></w:p>";

/// A picture of 10 × 5 cm whose alternative text is this.
fn picture(alternative: &str) -> String {
    format!(
        "<w:p><w:r><w:drawing><wp:anchor><wp:extent cx=\"3600000\" cy=\"1800000\"/><wp:wrapSquare wrapText=\"bothSides\"/>\
         <wp:docPr id=\"7\" name=\"Picture 7\" descr=\"{alternative}\"/><a:graphic><a:graphicData \
         uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:blipFill>\
         <a:blip r:embed=\"rId1\"/></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:anchor>\
         </w:drawing></w:r></w:p>"
    )
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn package(body: &str) -> Package {
    let mut package = Package::default();
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" \
                 ContentType=\"application/xml\"/><Default Extension=\"PNG\" ContentType=\"image/png\"/><Override \
                 PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.\
                 wordprocessingml.document.main+xml\"/></Types>";
    let relationship = "<Relationship Id=\"rId1\" \
                        Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    let namespace = "http://schemas.openxmlformats.org/package/2006/relationships";
    let parts = [
        ("[Content_Types].xml", types.to_string()),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{namespace}\">{relationship}officeDocument\" Target=\"word/document.xml\"/></Relationships>"
            ),
        ),
        (
            "word/_rels/document.xml.rels",
            format!(
                "<Relationships xmlns=\"{namespace}\">{relationship}image\" Target=\"media/image1.png\"/></Relationships>"
            ),
        ),
        ("word/document.xml", format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")),
        ("word/media/image1.png", "ảnh giữ chỗ".to_string()),
    ];
    for (name, content) in parts {
        package.set(name, content.into_bytes());
    }
    package
}

fn chart(units: usize) -> Chart {
    let bar = |unit: usize| Bar {
        label: format!("Đơn vị {unit}"),
        lengths: vec![(50 + unit % 50).into()],
        figure: "9,5".into(),
    };
    Chart {
        title: "Điểm".into(),
        axis: "Điểm".into(),
        parts: vec!["I".into()],
        bars: (0..units).map(bar).collect(),
        ..Chart::default()
    }
}

fn fill(body: &str, value: Value) -> Package {
    let data = json!({"bieu_do": {"diem_nhom": value}, "ten": text("\u{2060}\u{2060}{}")});
    let template = Template::compile(package(body), "mau/bao-cao-tong-ket.docx").expect("a sound template");
    template.fill(&data).expect("a filled paper")
}

fn document(package: &Package) -> Element {
    parse(package.part("word/document.xml").expect("a body")).expect("well-formed").root
}

/// Width and height of every drawing in points, and its alternative text.
fn drawings(package: &Package) -> Vec<(f64, f64, String)> {
    let root = document(package);
    let holders = root.descendants().filter(|own| own.name == "wp:inline" || own.name == "wp:anchor");
    let drawing = |holder: &Element| {
        let side = |name| holder.find("wp:extent").and_then(|own| own.attribute(name)?.parse::<f64>().ok());
        let text = holder.find("wp:docPr").and_then(|own| own.attribute("descr")).unwrap_or_default();
        (side("cx").expect("a width") / 12_700.0, side("cy").expect("a height") / 12_700.0, text.to_string())
    };
    holders.map(drawing).collect()
}

fn pictures(package: &Package) -> Vec<Picture> {
    let (document, _) = read(package, "bao-cao-tong-ket.docx").expect("a paper");
    let blocks = document.sections.into_iter().flat_map(|section| section.blocks);
    let inlines = blocks.flat_map(|block| match block {
        Block::Paragraph(paragraph) => paragraph.inlines,
        Block::Table(_) => Vec::new(),
    });
    inlines.filter_map(|inline| if let Inline::Picture(picture) = inline { Some(picture) } else { None }).collect()
}

#[test]
fn a_tag_in_a_paragraph_becomes_a_chart_as_wide_as_the_text() {
    for (section, width) in [(UPRIGHT, 467.7), (LYING, 714.3)] {
        let package = fill(&format!("{TAG}{section}"), chart(3).to_data());
        let all = drawings(&package);
        assert_eq!(all.len(), 1);
        assert!((all[0].0 - width).abs() < 0.1, "{all:?}");
        assert_eq!(all[0].2, "Điểm: Đơn vị 0 9,5; Đơn vị 1 9,5; Đơn vị 2 9,5.");
        assert!(!document(&package).all_text().contains('{'), "the figures themselves are not shown");
    }
}

#[test]
fn text_around_the_tag_stays_around_the_chart() {
    let body = "<w:p><w:r><w:t>Hình: {{bieu_do.diem_nhom}} (điểm)</w:t></w:r></w:p>";
    let package = fill(&format!("{body}{UPRIGHT}"), chart(3).to_data());
    assert_eq!(document(&package).all_text(), "Hình:  (điểm)");
    assert_eq!(drawings(&package).len(), 1);
}

#[test]
fn a_chart_in_a_loop_comes_in_every_turn() {
    let alone =
        format!("{}{TAG}{}", paragraph("{{#each don_vi}}"), paragraph("{{/each}}")).replace("bieu_do", "../bieu_do");
    let data =
        json!({"bieu_do": {"diem_nhom": chart(3).to_data()}, "don_vi": [{"ten": "A"}, {"ten": "B"}, {"ten": "C"}]});
    let inline = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{{#each don_vi}}{{ten}} {{../bieu_do.diem_nhom}}; {{/each}}hết</w:t></w:r></w:p>";
    let framed =
        format!("{}{}{}", paragraph("{{#each don_vi}}"), picture("{{../bieu_do.diem_nhom}}"), paragraph("{{/each}}"));
    for (body, text) in [(alone.as_str(), ""), (inline, "A ; B ; C ; hết"), (&framed, "")] {
        let template = Template::compile(package(&format!("{body}{UPRIGHT}")), "m.docx").expect("a sound template");
        let package = template.fill(&data).expect("a filled paper");
        let root = document(&package);
        assert_eq!((drawings(&package).len(), root.all_text().as_str()), (3, text), "{body}");
        let ids = root.descendants().filter(|own| own.name == "wp:docPr").filter_map(|own| own.attribute("id"));
        assert_eq!(ids.collect::<std::collections::BTreeSet<_>>().len(), 3, "{body}");
        let words = root.descendants().filter(|own| own.name == "w:r" && !own.all_text().is_empty());
        assert!(words.into_iter().all(|run| run.path(&["w:rPr", "w:b"]).is_some()), "{body}");
    }
}

#[test]
fn a_picture_keeps_its_place_and_width_and_gives_its_file_away() {
    let package = fill(&format!("{}{UPRIGHT}", picture("{{bieu_do.diem_nhom}}")), chart(3).to_data());
    let all = drawings(&package);
    assert_eq!(all.len(), 1);
    assert!((all[0].0 - 283.46).abs() < 0.1 && all[0].1 <= 141.8, "{all:?}");
    let root = document(&package);
    let anchor = root.descendants().find(|own| own.name == "wp:anchor").expect("it still floats");
    assert!(anchor.find("wp:wrapSquare").is_some());
    let media: Vec<&str> = package.names().filter(|name| name.starts_with("word/media/")).collect();
    assert_eq!(media, ["word/media/bieu-do-1.png", "word/media/bieu-do-1.svg"]);
    let relationships = String::from_utf8_lossy(package.part("word/_rels/document.xml.rels").expect("a part"));
    assert!(!relationships.contains("image1.png"), "{relationships}");
}

#[test]
fn without_figures_the_picture_goes_and_other_pictures_stay() {
    let body = format!("{}{}{UPRIGHT}", picture("{{bieu_do.diem_nhom}}"), picture("Cờ thi đua"));
    let package = fill(&body, json!(""));
    let all = drawings(&package);
    assert_eq!(all.iter().map(|(.., text)| text.as_str()).collect::<Vec<_>>(), ["Cờ thi đua"]);
    assert!(package.part("word/media/image1.png").is_some(), "the other picture needs it");
}

#[test]
fn a_chart_of_many_units_goes_on_in_paragraphs_of_the_same_look() {
    let package = fill(&format!("{TAG}<w:p/>{UPRIGHT}"), chart(100).to_data());
    let all = drawings(&package);
    assert_eq!(all.len(), 3);
    assert!(all[2].2.starts_with("Điểm (phần 3/3): "), "{}", all[2].2);
    let root = document(&package);
    let body = root.find("w:body").expect("a body");
    let holders = body.elements().filter(|own| own.descendants().any(|inner| inner.name == "w:drawing"));
    let centred =
        holders.filter(|own| own.path(&["w:pPr", "w:jc"]).is_some_and(|own| own.attribute("w:val") == Some("center")));
    assert_eq!(centred.count(), 3);
    assert_eq!(body.elements().filter(|own| own.name == "w:sectPr").count(), 1);
}

#[test]
fn a_chart_in_a_table_fits_its_cell() {
    let table = format!(
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"4000\"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w=\"4000\" \
         w:type=\"dxa\"/></w:tcPr>{TAG}</w:tc></w:tr></w:tbl><w:p/>"
    );
    let package = fill(&format!("{table}{UPRIGHT}"), chart(3).to_data());
    assert!((drawings(&package)[0].0 - 188.0).abs() < 0.1);
}

#[test]
fn what_a_user_writes_is_never_taken_for_a_chart() {
    let written = chart(3).to_data();
    let package = fill(&format!("{TAG}{UPRIGHT}"), text(written.as_str().expect("a text")));
    assert!(drawings(&package).is_empty());
    assert!(document(&package).all_text().starts_with("{\"title\":\"Điểm\""));
}

#[test]
fn word_shows_the_twin_that_the_pdf_is_drawn_from() {
    let package = fill(&format!("{TAG}{UPRIGHT}"), chart(3).to_data());
    let twin = read_svg(package.part("word/media/bieu-do-1.svg").expect("a twin")).expect("our own drawing");
    assert_eq!(package.part("word/media/bieu-do-1.png"), png(&twin).ok().as_deref(), "one drawing, two files");
    let read = pictures(&package);
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].drawing.as_deref(), Some(&twin));
    assert_eq!(read[0].alternative_text, twin.description);
}

#[test]
fn an_svg_of_another_program_is_left_to_its_picture() {
    let mut package = fill(&format!("{TAG}{UPRIGHT}"), chart(3).to_data());
    package
        .set("word/media/bieu-do-1.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"5\"/></svg>".to_vec());
    let read = pictures(&package);
    assert_eq!((read.len(), &read[0].drawing), (1, &None));
    assert!(read[0].data.starts_with(b"\x89PNG"));
}

#[test]
fn the_same_figures_give_the_same_bytes() {
    let bytes = || fill(&format!("{TAG}{TAG}{UPRIGHT}"), chart(9).to_data()).to_bytes().expect("a file");
    assert_eq!(bytes(), bytes());
}

//! Filling as secretaries know it: a template as Word writes it, data, and what the paper then says.

mod faults;
mod files;
mod safety;
mod structure;
mod values;

use serde_json::{Value, json};

use crate::finding::Finding;
use crate::vietnamese::figure::figure;
use crate::word::xml::{Element, parse};
use crate::word::{Package, Template};

const NAMESPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" "#,
    r#"xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" "#,
    r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" "#,
    r#"xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" "#,
    r#"xmlns:v="urn:schemas-microsoft-com:vml" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
    r#"xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14""#
);

const SECTION: &str = r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>"#;

/// A Word file with this body and these further parts (name in the package, content type's end, root element, inside).
fn package_with(body: &str, others: &[(&str, &str, &str, &str)]) -> Package {
    const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    let mut types = format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"{WORD}document.main+xml\"/>"
    );
    let mut package = Package::default();
    for (name, kind, root, inside) in others {
        types.push_str(&format!("<Override PartName=\"/{name}\" ContentType=\"{WORD}{kind}+xml\"/>"));
        package.set(*name, format!("<{root} {NAMESPACES}>{inside}</{root}>").into_bytes());
    }
    package.set("[Content_Types].xml", format!("{types}</Types>").into_bytes());
    package.set(
        "word/document.xml",
        format!("<w:document {NAMESPACES}><w:body>{body}{SECTION}</w:body></w:document>").into_bytes(),
    );
    package
}

fn template(body: &str) -> Template {
    compiled(package_with(body, &[]))
}

fn compiled(package: Package) -> Template {
    match Template::compile(package, "mau/giao-uoc.docx") {
        Ok(template) => template,
        Err(findings) => panic!("{:#?}", messages(&findings)),
    }
}

fn messages(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{} {}: {}", finding.code.id, finding.place, finding.message)).collect()
}

/// The filled body's XML.
fn filled(body: &str, data: &Value) -> Element {
    part(&fill(&template(body), data), "word/document.xml")
}

fn fill(template: &Template, data: &Value) -> Package {
    match template.fill(data) {
        Ok(package) => package,
        Err(findings) => panic!("{:#?}", messages(&findings)),
    }
}

fn part(package: &Package, name: &str) -> Element {
    parse(package.part(name).expect("the part is there")).expect("well-formed").root
}

/// What stands on the page: a line for each paragraph, a table row with `|` between its cells.
fn lines(element: &Element) -> Vec<String> {
    let mut lines = Vec::new();
    for child in element.elements() {
        match child.name.as_str() {
            "w:p" => lines.push(text(child)),
            "w:tr" => {
                let cells = child.elements().filter(|cell| cell.name == "w:tc");
                lines.push(cells.map(|cell| self::lines(cell).join(" / ")).collect::<Vec<_>>().join(" | "));
            }
            _ => lines.extend(self::lines(child)),
        }
    }
    lines
}

fn text(element: &Element) -> String {
    let mut out = String::new();
    for child in element.elements() {
        match child.name.as_str() {
            "w:t" => out.push_str(&child.all_text()),
            "w:br" => out.push('⏎'),
            "w:tab" => out.push('→'),
            "w:pPr" | "w:rPr" => {}
            _ => out.push_str(&text(child)),
        }
    }
    out
}

fn says(body: &str, data: &Value) -> Vec<String> {
    lines(&filled(body, data))
}

/// A paragraph of one run.
fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A table row of cells with one paragraph each.
fn row(cells: &[&str]) -> String {
    format!("<w:tr>{}</w:tr>", cells.iter().map(|cell| format!("<w:tc>{}</w:tc>", p(cell))).collect::<String>())
}

fn table(rows: &[String]) -> String {
    format!("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"5000\"/></w:tblGrid>{}</w:tbl>", rows.concat())
}

fn fig(text: &str) -> Value {
    figure(text.parse().expect("a number in the test itself"))
}

/// A small cluster: three units, one of which is not ranked.
fn cluster() -> Value {
    let criteria =
        |mark: &str| json!({"3.1": {"ma": "3.1", "diem": fig(mark)}, "3.2": {"ma": "3.2", "diem": fig("2")}});
    let unit = |number: usize, name: &str, rank: Value, total: Value| {
        json!({"tt": number, "ten": name, "hang": rank, "tong": total, "da_nop": number < 3, "khen_thuong": ["Cờ", "Bằng khen"],
               "xep_loai": "Xuất sắc", "tieu_chi": criteria("4.5"),
               "nhom": [{"ten": "I", "diem": fig("50")}, {"ten": "II", "diem": fig("48.75")}]})
    };
    json!({
        "nam": "2024",
        "cum": {"ten": "Cụm A & B <số 1>", "cum_truong": null, "so_don_vi": fig("3")},
        "ngay_van_ban": null,
        "don_vi": [unit(1, "Điện lực", fig("1"), fig("98.75")), unit(2, "Y tế", fig("2"), fig("94.10")),
                   unit(3, "Giáo dục", Value::Null, Value::Null)],
        "trong": [],
        "van_ban": {"can_cu": ["Luật A", "Nghị định B"], "loi": "dòng 1\ndòng 2\tcột"}
    })
}

//! No template and no data can hang the run, end it, or break the file.

use proptest::prelude::*;

use super::*;

#[test]
fn deep_nesting_is_refused() {
    let deep = format!("{}x{}", "{{#if nam}}".repeat(51), "{{/if}}".repeat(51));
    let findings = Template::compile(package_with(&p(&deep), &[]), "m").err().expect("too deep");
    assert_eq!(findings[0].code.id, "MAU10");
    let deep = format!("{}x{}", "{{#if nam}}".repeat(50), "{{/if}}".repeat(50));
    assert_eq!(says(&p(&deep), &cluster()), ["x"]);
    let long = format!("{{{{#if nam}}}}a{}{{{{/if}}}}", "{{else if nam}}b".repeat(5_000));
    assert!(Template::compile(package_with(&p(&long), &[]), "m").is_err());
    let hostile = "<w:p>".repeat(100_000);
    assert!(Template::compile(package_with(&hostile, &[]), "m").is_err());
}

#[test]
fn a_heap_of_braces_is_gone_through_once() {
    for heap in ["{{!--", "{{", "}}", "{{{", "{{!-- {{x}} ", "{{#if x}}"] {
        let findings = Template::compile(package_with(&p(&heap.repeat(1_000)), &[]), "m").err().expect("nothing good");
        assert!(findings.iter().all(|finding| finding.message.len() < 4_000), "{heap}");
    }
}

#[test]
fn loops_that_would_never_end_are_stopped() {
    let items: Vec<Value> = (0..200).map(|item| json!({"tt": item})).collect();
    let loops = 8;
    let body = format!("{}{}", "{{#each @root.ds}}".repeat(loops), "{{/each}}".repeat(loops));
    let findings = template(&p(&body)).fill(&json!({"ds": items})).expect_err("200 to the eighth turns");
    assert_eq!(findings[0].code.id, "MAU10");
}

#[test]
fn the_same_template_and_data_give_the_same_bytes_from_many_threads() {
    use rayon::prelude::*;
    let template = template(&[p("{{#each don_vi}}"), p("{{ten}} {{so tong}}"), p("{{/each}}")].concat());
    let first = fill(&template, &cluster()).to_bytes().expect("a zip");
    assert!((0..16).into_par_iter().all(|_| fill(&template, &cluster()).to_bytes().expect("a zip") == first));
}

#[test]
fn macros_are_not_carried() {
    let mut package = package_with(&p("{{nam}}"), &[]);
    let types = String::from_utf8(package.part("[Content_Types].xml").expect("types").to_vec()).expect("UTF-8");
    let types = types.replace(
        "vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        "vnd.ms-word.document.macroEnabled.main",
    );
    package.set("[Content_Types].xml", types.into_bytes());
    package.set("word/vbaProject.bin", vec![1]);
    package.set("word/_rels/document.xml.rels", br#"<Relationships><Relationship Id="a" Target="vbaProject.bin"/><Relationship Id="b" Target="x.xml"/></Relationships>"#.to_vec());
    let result = fill(&compiled(package), &cluster());
    assert!(result.part("word/vbaProject.bin").is_none());
    let text = |name: &str| String::from_utf8_lossy(result.part(name).expect("the part")).into_owned();
    assert!(!text("[Content_Types].xml").contains("macroEnabled"));
    assert!(
        !text("word/_rels/document.xml.rels").contains("vba") && text("word/_rels/document.xml.rels").contains("x.xml")
    );
}

#[test]
fn cells_that_held_nothing_but_the_tags_of_a_column_loop_keep_a_paragraph() {
    let cell = |tag: &str| format!("<w:tc><w:p><w:r><w:t>{tag}</w:t></w:r></w:p></w:tc>");
    let row = format!("<w:tr>{}{}</w:tr>", cell("{{#cot don_vi}}"), cell("{{/cot}}"));
    let body = format!("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{row}</w:tbl>");
    let template = Template::compile(package_with(&body, &[]), "m").expect("a sound template");
    let page = part(&template.fill(&cluster()).expect("filled"), "word/document.xml");
    let cells: Vec<_> = page.descendants().filter(|element| element.name == "w:tc").collect();
    assert!(cells.len() >= 2 && cells.iter().all(|cell| cell.elements().last().is_some_and(|last| last.name == "w:p")));
}

/// Pieces from which templates are thrown together.
fn piece() -> impl Strategy<Value = String> {
    let words = [
        "{{",
        "}}",
        "{{nam}}",
        "{{#each don_vi}}",
        "{{/each}}",
        "{{#if da_nop}}",
        "{{else}}",
        "{{/if}}",
        "{{ten}}",
        "{{#cot don_vi}}",
        "{{/cot}}",
        "chữ",
        " ",
        "{{so tong}}",
        "{",
    ];
    prop::sample::select(words.to_vec()).prop_map(String::from)
}

fn paragraph() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..4).prop_map(|pieces| {
        format!(
            "<w:p>{}</w:p>",
            pieces.iter().map(|piece| format!("<w:r><w:t>{piece}</w:t></w:r>")).collect::<String>()
        )
    })
}

fn body() -> impl Strategy<Value = String> {
    let cell = prop::collection::vec(paragraph(), 1..3).prop_map(|inside| format!("<w:tc>{}</w:tc>", inside.concat()));
    let row = prop::collection::vec(cell, 1..4).prop_map(|cells| format!("<w:tr>{}</w:tr>", cells.concat()));
    let table = prop::collection::vec(row, 1..4)
        .prop_map(|rows| format!("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{}</w:tbl>", rows.concat()));
    prop::collection::vec(prop_oneof![3 => paragraph(), 1 => table], 0..6).prop_map(|blocks| blocks.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Whatever is thrown together: either findings, or a well-formed part in which every cell holds a paragraph.
    #[test]
    fn a_template_is_refused_or_filled_well(body in body()) {
        if let Ok(template) = Template::compile(package_with(&body, &[]), "m")
            && let Ok(package) = template.fill(&cluster())
        {
            let page = part(&package, "word/document.xml");
            for cell in page.descendants().filter(|element| element.name == "w:tc") {
                prop_assert_eq!(cell.elements().last().map(|last| last.name.as_str()), Some("w:p"));
            }
            for row in page.descendants().filter(|element| element.name == "w:tr") {
                prop_assert!(row.find("w:tc").is_some());
            }
            prop_assert!(!page.descendants().any(|element| element.name.starts_with("cot-")));
        }
    }

    #[test]
    fn no_value_breaks_the_part(value in "\\PC*|[\\x00-\\x7f]*") {
        let page = filled(&p("[{{x}}]"), &json!({"x": value}));
        prop_assert!(lines(&page)[0].starts_with('['));
    }
}

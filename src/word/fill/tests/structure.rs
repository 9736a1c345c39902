//! Loops and conditions over paragraphs, rows, cells and tables.

use super::*;

#[test]
fn a_loop_alone_in_its_paragraph_vanishes_and_rules_those_between() {
    let body = [
        p("Đầu"),
        p("{{#each don_vi}}"),
        p("{{tt}}. {{ten}}"),
        p("{{#if da_nop}}"),
        p("đã nộp"),
        p("{{else}}"),
        p("chưa nộp"),
        p("{{/if}}"),
        p(" {{/each}} "),
        p("Cuối"),
    ];
    assert_eq!(
        says(&body.concat(), &cluster()),
        ["Đầu", "1. Điện lực", "đã nộp", "2. Y tế", "đã nộp", "3. Giáo dục", "chưa nộp", "Cuối"]
    );
}

#[test]
fn a_loop_may_begin_and_end_in_the_paragraphs_that_it_repeats() {
    let body = [p("{{#each don_vi}}{{tt}}. {{ten}}"), p("tổng: {{tong}}{{/each}}"), p("Hết")];
    assert_eq!(
        says(&body.concat(), &cluster()),
        ["1. Điện lực", "tổng: 98,75", "2. Y tế", "tổng: 94,1", "3. Giáo dục", "tổng: ", "Hết"]
    );
    let body = [p("Gồm: {{#each don_vi}}"), p("- {{ten}}"), p("{{/each}} và hết")];
    assert_eq!(says(&body.concat(), &cluster()), ["Gồm: ", "- Điện lực", "- Y tế", "- Giáo dục", " và hết"]);
}

#[test]
fn blocks_inside_one_line_keep_the_look_of_each_part() {
    let body = "<w:p><w:r><w:t>A{{#if nam}}b</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>ĐẬM</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>{{else}}không{{/if}} cuối</w:t></w:r></w:p>";
    let page = filled(body, &cluster());
    assert_eq!(lines(&page), ["AbĐẬM cuối"]);
    let bold = page.descendants().filter(|run| run.name == "w:r" && run.path(&["w:rPr", "w:b"]).is_some());
    assert_eq!(bold.map(text).collect::<Vec<_>>(), ["ĐẬM"]);
    assert_eq!(says(body, &json!({"nam": ""})), ["Akhông cuối"]);
}

#[test]
fn else_if_chains_and_comments() {
    let body = [
        p("{{!-- ghi chú }} cho thư ký --}}"),
        p("{{#each so}}"),
        p("{{#if (bang this 1)}}"),
        p("một"),
        p("{{else if (bang this 2)}}"),
        p("hai"),
        p("{{else}}"),
        p("nhiều"),
        p("{{/if}}"),
        p("{{/each}}"),
    ];
    assert_eq!(says(&body.concat(), &json!({"so": [1, 2, 3]})), ["một", "hai", "nhiều"]);
}

#[test]
fn a_row_with_only_a_tag_rules_the_rows_between() {
    let body = table(&[
        row(&["TT", "Tên"]),
        row(&["{{#each don_vi}}", ""]),
        row(&["{{tt}}", "{{ten}}"]),
        row(&["", "{{/each}}"]),
        row(&["", "Cộng"]),
    ]);
    assert_eq!(says(&body, &cluster()), ["TT | Tên", "1 | Điện lực", "2 | Y tế", "3 | Giáo dục", " | Cộng"]);
}

#[test]
fn tags_in_first_and_last_cell_repeat_the_row_or_the_rows() {
    let body = table(&[row(&["TT", "Tên", "Điểm"]), row(&["{{#each don_vi}}{{tt}}", "{{ten}}", "{{tong}}{{/each}}"])]);
    assert_eq!(
        says(&body, &cluster()),
        ["TT | Tên | Điểm", "1 | Điện lực | 98,75", "2 | Y tế | 94,1", "3 | Giáo dục | "]
    );
    let body =
        table(&[row(&["{{#each don_vi}}{{#if da_nop}}{{tt}}", "{{ten}}"]), row(&["điểm", "{{tong}}{{/if}}{{/each}}"])]);
    assert_eq!(says(&body, &cluster()), ["1 | Điện lực", "điểm | 98,75", "2 | Y tế", "điểm | 94,1"]);
}

#[test]
fn loops_within_loops_over_rows() {
    let body = table(&[
        row(&["{{#each don_vi}}", ""]),
        row(&["{{tt}}", "{{ten}}"]),
        row(&["{{#each nhom}}{{@../tt}}.{{@tt}}", "{{ten}}: {{diem}}{{/each}}"]),
        row(&["{{/each}}", ""]),
    ]);
    let said = says(&body, &cluster());
    assert_eq!(said.len(), 9);
    assert_eq!(said[..4], ["1 | Điện lực", "1.1 | I: 50", "1.2 | II: 48,75", "2 | Y tế"]);
}

#[test]
fn a_table_in_a_table_is_repeated_and_looped() {
    let inner = table(&[row(&["{{#each nhom}}{{ten}}", "{{diem}}{{/each}}"])]);
    let body = format!(
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>{}</w:tc><w:tc>{inner}<w:p/></w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
        p("{{#each don_vi}}{{ten}}"),
        p("{{tong}}{{/each}}")
    );
    let said = says(&body, &cluster());
    assert_eq!(said.len(), 3);
    assert_eq!(said[0], "Điện lực | I | 50 / II | 48,75 /  | 98,75");
}

#[test]
fn a_cell_always_keeps_a_paragraph_and_an_emptied_table_goes() {
    let body = format!(
        "{}{}",
        table(&[row(&["{{#if trong}}x{{/if}}", "y"])]),
        table(&[row(&["{{#each trong}}", ""]), row(&["{{x}}", ""]), row(&["{{/each}}", ""])])
    );
    let page = filled(&body, &cluster());
    assert_eq!(lines(&page), [" | y"]);
    assert_eq!(page.descendants().filter(|element| element.name == "w:tbl").count(), 1);
    let hidden = format!(
        "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{}{}{}</w:tc></w:tr></w:tbl>",
        p("{{#if trong}}"),
        p("x"),
        p("{{/if}}")
    );
    let page = filled(&hidden, &cluster());
    let cell = page.descendants().find(|element| element.name == "w:tc").expect("the cell");
    assert_eq!(cell.elements().filter(|element| element.name == "w:p").count(), 1);
    let nested = format!(
        "<w:tbl><w:tr><w:tc>{}{}{}</w:tc></w:tr></w:tbl>",
        p("{{#if nam}}"),
        table(&[row(&["z"])]),
        p("{{/if}}")
    );
    let page = filled(&nested, &cluster());
    let cell = page.descendants().find(|element| element.name == "w:tc").expect("the cell");
    assert_eq!(cell.elements().last().map(|last| last.name.as_str()), Some("w:p"), "a cell ends with a paragraph");
}

#[test]
fn a_paragraph_that_ends_a_section_is_never_dropped() {
    let body = format!(
        "{}{}<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"1\"/></w:sectPr></w:pPr><w:r><w:t>{{{{/if}}}}</w:t></w:r></w:p>{}",
        p("{{#if trong}}"),
        p("ẩn"),
        p("sau")
    );
    let page = filled(&body, &cluster());
    assert_eq!(lines(&page), ["", "sau"]);
    assert_eq!(page.descendants().filter(|element| element.name == "w:sectPr").count(), 2);
}

#[test]
fn ids_that_a_loop_doubles_are_given_anew() {
    let body = format!(
        "{}<w:p w14:paraId=\"0000000A\"><w:bookmarkStart w:id=\"0\" w:name=\"muc\"/><w:r><w:t>{{{{ten}}}}</w:t></w:r><w:bookmarkEnd w:id=\"0\"/><w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"a\"/></wp:inline></w:drawing></w:r></w:p>{}<w:p w14:paraId=\"00000001\"><w:bookmarkStart w:id=\"1\" w:name=\"muc_2\"/><w:bookmarkEnd w:id=\"1\"/></w:p>",
        p("{{#each don_vi}}"),
        p("{{/each}}")
    );
    let page = filled(&body, &cluster());
    let all = |name: &str, attribute: &str| -> Vec<String> {
        page.descendants()
            .filter(|element| element.name == name)
            .filter_map(|element| element.attribute(attribute))
            .map(String::from)
            .collect()
    };
    for (name, attribute, count) in [
        ("w:bookmarkStart", "w:id", 4),
        ("w:bookmarkStart", "w:name", 4),
        ("wp:docPr", "id", 3),
        ("w:p", "w14:paraId", 4),
    ] {
        let values = all(name, attribute);
        let distinct: std::collections::BTreeSet<&String> = values.iter().collect();
        assert_eq!((values.len(), distinct.len()), (count, count), "{name} {attribute}: {values:?}");
    }
    assert_eq!(all("w:bookmarkStart", "w:id"), all("w:bookmarkEnd", "w:id"));
    assert_eq!(all("w:bookmarkStart", "w:name")[3], "muc_2", "what stood in the template keeps its name");
}

/// Cells of given widths.
fn cells(cells: &[(&str, usize, usize)]) -> String {
    let cells = cells.iter().map(|(text, width, span)| {
        format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:gridSpan w:val=\"{span}\"/></w:tcPr>{}</w:tc>",
            p(text)
        )
    });
    format!("<w:tr>{}</w:tr>", cells.collect::<String>())
}

fn grid_table(widths: &[usize], rows: &[String]) -> String {
    let grid: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    format!("<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{}</w:tbl>", rows.concat())
}

fn attributes(page: &Element, name: &str, attribute: &str) -> Vec<String> {
    page.descendants()
        .filter(|element| element.name == name)
        .filter_map(|element| element.attribute(attribute))
        .map(String::from)
        .collect()
}

#[test]
fn columns_repeat_and_share_the_room_of_the_one_they_came_from() {
    let body = grid_table(
        &[2000, 6000, 1000],
        &[
            cells(&[("Nhóm", 2000, 1), ("Các đơn vị", 6000, 1), ("Ghi chú", 1000, 1)]),
            cells(&[("", 2000, 1), ("{{#cot don_vi}}{{ten}}{{/cot}}", 6000, 1), ("", 1000, 1)]),
            cells(&[
                ("{{#each don_vi.[0].nhom}}{{ten}}", 2000, 1),
                ("{{#cot ../don_vi}}{{tong}}{{/cot}}", 6000, 1),
                ("{{/each}}", 1000, 1),
            ]),
        ],
    );
    let page = filled(&body, &cluster());
    assert_eq!(
        lines(&page),
        [
            "Nhóm | Các đơn vị | Ghi chú",
            " | Điện lực | Y tế | Giáo dục | ",
            "I | 98,75 | 94,1 |  | ",
            "II | 98,75 | 94,1 |  | "
        ]
    );
    assert_eq!(attributes(&page, "w:gridCol", "w:w"), ["2000", "2000", "2000", "2000", "1000"]);
    assert_eq!(attributes(&page, "w:gridSpan", "w:val")[..3], ["1", "3", "1"]);
    assert_eq!(attributes(&page, "w:tcW", "w:w")[3..8], ["2000", "2000", "2000", "2000", "1000"]);
    assert!(!page.descendants().any(|element| element.name.starts_with("cot-")));
}

#[test]
fn a_column_loop_over_two_cells_and_one_over_nothing() {
    let body = grid_table(
        &[1000, 4000, 2000],
        &[
            cells(&[("Tên", 1000, 1), ("{{#cot don_vi}}{{ten}}", 4000, 1), ("{{hang}}{{/cot}}", 2000, 1)]),
            cells(&[("Tổng", 7000, 3)]),
        ],
    );
    let page = filled(&body, &cluster());
    assert_eq!(lines(&page), ["Tên | Điện lực | 1 | Y tế | 2 | Giáo dục | ", "Tổng"]);
    assert_eq!(attributes(&page, "w:gridCol", "w:w").len(), 7);
    assert_eq!(attributes(&page, "w:gridSpan", "w:val").last().map(String::as_str), Some("7"));
    let body = grid_table(
        &[1000, 4000],
        &[
            cells(&[("Tên", 1000, 1), ("{{#cot trong}}{{x}}{{/cot}}", 4000, 1)]),
            cells(&[("a", 1000, 1), ("b", 4000, 1)]),
        ],
    );
    let page = filled(&body, &cluster());
    assert_eq!(lines(&page), ["Tên", "a"]);
    assert_eq!(attributes(&page, "w:gridCol", "w:w"), ["1000"]);
}

#[test]
fn what_is_not_understood_stays() {
    let odd = r#"<w:p><x:la xmlns:x="urn:la" x:a="1&quot;2"><!-- giữ --><x:b/> chữ </x:la><w:r><w:t>{{nam}}</w:t></w:r></w:p>"#;
    let package = fill(&template(odd), &cluster());
    let xml = String::from_utf8(package.part("word/document.xml").expect("the part").to_vec()).expect("UTF-8");
    assert!(xml.contains(r#"<x:la xmlns:x="urn:la" x:a="1&quot;2"><!-- giữ --><x:b/> chữ </x:la>"#), "{xml}");
}

#[test]
fn a_file_with_prefixes_of_its_own_is_filled_like_any_other() {
    let mut package = package_with("", &[]);
    let body = "<ns0:document xmlns:ns0=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><ns0:body><ns0:p><ns0:r><ns0:t>{{nam}}</ns0:t></ns0:r></ns0:p></ns0:body></ns0:document>";
    package.set("word/document.xml", body.as_bytes().to_vec());
    assert_eq!(lines(&part(&fill(&compiled(package), &cluster()), "word/document.xml")), ["2024"]);
}

#[test]
fn a_list_in_an_inner_loop_counts_from_one_in_each_turn_of_the_outer() {
    let item = |id: &str, text: &str| {
        format!("<w:p><w:pPr><w:jc w:val=\"left\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
            .replace("<w:jc", &format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{id}\"/></w:numPr><w:jc"))
    };
    let styled =
        "<w:p><w:pPr><w:pStyle w:val=\"So\"/><w:jc w:val=\"left\"/></w:pPr><w:r><w:t>{{ten}}</w:t></w:r></w:p>";
    let body = [
        p("{{#each don_vi}}"),
        item("1", "{{ten}}"),
        p("{{#each nhom}}"),
        item("2", "{{ten}}"),
        styled.into(),
        p("{{/each}}"),
        p("{{/each}}"),
    ];
    let level = "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/></w:lvl>";
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"0\">{level}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"5\"><w:abstractNumId w:val=\"0\"/></w:num>"
    );
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"Goc\"><w:pPr><w:numPr><w:numId w:val=\"5\"/></w:numPr></w:pPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"So\"><w:basedOn w:val=\"Goc\"/></w:style>";
    let package = package_with(
        &body.concat(),
        &[
            ("word/numbering.xml", "numbering", "w:numbering", &numbering),
            ("word/styles.xml", "styles", "w:styles", styles),
        ],
    );
    let result = fill(&compiled(package), &cluster());
    let page = part(&result, "word/document.xml");
    let ids = attributes(&page, "w:numId", "w:val");
    let expected = ["1", "2", "5", "2", "5", "1", "6", "7", "6", "7", "1", "8", "9", "8", "9"];
    assert_eq!(ids, expected, "the outer list counts on, the inner ones begin anew");
    let numbering = part(&result, "word/numbering.xml");
    let added: Vec<&Element> = numbering.elements().filter(|num| num.name == "w:num").skip(3).collect();
    assert_eq!(added.iter().filter_map(|num| num.attribute("w:numId")).collect::<Vec<_>>(), ["6", "7", "8", "9"]);
    assert!(added.iter().all(|num| num.path(&["w:lvlOverride", "w:startOverride"]).is_some()));
}

//! What a tag prints, and in which formatting.

use super::*;

#[test]
fn figures_dates_and_empty_values_print_as_in_papers() {
    let body = [
        p("Năm {{nam}}: {{so_lieu}}; {{han_nop}}; “{{trong}}”; {{ty}}%; {{dung}}"),
        p("{{so so_lieu 2}} {{ngay_dai trong}}"),
    ];
    let data = json!({"nam": "2024", "so_lieu": fig("424830.5"), "han_nop": "\u{2060}2024-03-05", "trong": null, "ty": fig("98.750"), "dung": true});
    let room = "\u{a0}".repeat(6);
    assert_eq!(
        says(&body.concat(), &data),
        [
            "Năm 2024: 424.830,5; 05/3/2024; “”; 98,75%; có".to_string(),
            format!("424.830,50 ngày{room}tháng{room}năm 2024")
        ]
    );
}

#[test]
fn values_cannot_bring_markup_or_control_characters() {
    let data = json!({"x": "<w:p>&amp;\"'\u{1}\u{3}\u{6}\u{b} {{nam}}"});
    let page = filled(&p("[{{x}}]"), &data);
    assert_eq!(lines(&page), ["[<w:p>&amp;\"'⏎ {{nam}}]"]);
}

#[test]
fn line_breaks_and_tabs_of_a_value_become_those_of_word() {
    let page = filled(&p("{{van_ban.loi}}."), &cluster());
    assert_eq!(lines(&page), ["dòng 1⏎dòng 2→cột."]);
}

#[test]
fn a_tag_torn_over_runs_takes_the_look_of_its_first_character() {
    let body = r#"<w:p w:rsidR="00AB12CD"><w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:t xml:space="preserve">Tên: </w:t></w:r><w:r w:rsidRPr="00FF0011"><w:rPr><w:b/></w:rPr><w:t>{</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>{c</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>um</w:t></w:r><w:proofErr w:type="spellEnd"/><w:bookmarkStart w:id="1" w:name="b"/><w:r><w:t>.te</w:t></w:r><w:bookmarkEnd w:id="1"/><w:r><w:tab/></w:r><w:r><w:t>n}</w:t></w:r><w:r><w:t>} hết</w:t></w:r></w:p>"#;
    // a tab inside the name itself tears it for good; here it stands before the closing braces
    let body =
        body.replace("<w:r><w:tab/></w:r><w:r><w:t>n}</w:t></w:r>", "<w:r><w:t>n</w:t><w:tab/><w:t>}</w:t></w:r>");
    let page = filled(&body, &cluster());
    assert_eq!(lines(&page), ["Tên: Cụm A & B <số 1> hết"]);
    let runs: Vec<&Element> = page.descendants().filter(|element| element.name == "w:r").collect();
    let bold = runs.iter().find(|run| text(run).contains("Cụm")).expect("the run of the value");
    assert!(bold.path(&["w:rPr", "w:b"]).is_some(), "the value is bold as its first brace was");
    assert!(page.descendants().any(|element| element.name == "w:bookmarkStart"), "the bookmark in the tag is kept");
    assert!(page.descendants().any(|element| element.attribute("w:rsidR") == Some("00AB12CD")));
}

#[test]
fn quotes_and_spaces_that_word_puts_into_tags_do_no_harm() {
    let body = p("{{#if\u{a0}(bang don_vi.[0].xep_loai “Xuất sắc”)}}giỏi{{else}}chưa{{/if}}");
    assert_eq!(says(&body, &cluster()), ["giỏi"]);
}

#[test]
fn conditions_take_comparisons_with_numbers_and_words() {
    let body = p(
        "{{#each don_vi}}{{#if (va da_nop (lon_hon tong 94.1))}}A{{else if (khong (bang hang \"\"))}}B{{else}}C{{/if}}{{/each}}",
    );
    assert_eq!(says(&body, &cluster()), ["ABC"]);
}

#[test]
fn loops_know_their_turn_and_reach_outside() {
    let body = p("{{#each don_vi}}{{@tt}}/{{@index}} {{ten}} {{../nam}}{{#unless @last}}; {{/unless}}{{/each}}");
    assert_eq!(says(&body, &cluster()), ["1/0 Điện lực 2024; 2/1 Y tế 2024; 3/2 Giáo dục 2024"]);
    let body = p("{{#each don_vi}}{{#each nhom}}{{../../nam}}{{@../tt}}{{ten}} {{/each}}{{/each}}");
    assert_eq!(says(&body, &cluster()), ["20241I 20241II 20242I 20242II 20243I 20243II "]);
}

#[test]
fn a_criterion_is_reached_by_its_code_and_lists_of_words_print_with_commas() {
    let body = [
        p("{{#each don_vi}}{{tieu_chi.[3.1].diem}} {{/each}}"),
        p("{{don_vi.[0].khen_thuong}}"),
        p("{{#each van_ban.can_cu}}- {{this}}{{/each}}"),
        p("{{#each don_vi.[0].tieu_chi}}{{@key}}={{diem}} {{/each}}"),
    ];
    assert_eq!(
        says(&body.concat(), &cluster()),
        ["4,5 4,5 4,5 ", "Cờ, Bằng khen", "- Luật A- Nghị định B", "3.1=4,5 3.2=2 "]
    );
}

#[test]
fn under_an_empty_value_names_are_empty() {
    let body = [
        p("[{{cum.cum_truong.ten}}{{hoa cum.cum_truong.ten}}]"),
        p("{{#if cum.cum_truong.ten}}có{{else}}không{{/if}}"),
        p("{{#with cum.cum_truong}}{{ten}}{{else}}chưa có{{/with}}"),
    ];
    assert_eq!(says(&body.concat(), &cluster()), ["[]", "không", "chưa có"]);
}

#[test]
fn tags_work_in_every_part_and_parts_without_tags_stay_as_they_are() {
    let others = [
        ("word/header1.xml", "header", "w:hdr", "<w:p><w:r><w:t>{{cum.ten}}</w:t></w:r></w:p>"),
        ("word/header2.xml", "header", "w:hdr", "<w:p   ><w:r ><w:t>không thẻ</w:t></w:r></w:p>"),
        ("word/footer1.xml", "footer", "w:ftr", "<w:p><w:r><w:t>{{nam}}</w:t></w:r></w:p>"),
        (
            "word/footnotes.xml",
            "footnotes",
            "w:footnotes",
            "<w:footnote w:id=\"2\"><w:p><w:r><w:t>Chú: {{nam}}</w:t></w:r></w:p></w:footnote>",
        ),
        (
            "word/endnotes.xml",
            "endnotes",
            "w:endnotes",
            "<w:endnote w:id=\"2\"><w:p><w:r><w:t>Cuối: {{nam}}</w:t></w:r></w:p></w:endnote>",
        ),
    ];
    let package = package_with(&p("thân"), &others);
    let untouched = ["word/document.xml", "word/header2.xml"].map(|name| package.part(name).map(<[u8]>::to_vec));
    let result = fill(&compiled(package), &cluster());
    assert_eq!(["word/document.xml", "word/header2.xml"].map(|name| result.part(name).map(<[u8]>::to_vec)), untouched);
    for (name, said) in [
        ("word/header1.xml", "Cụm A & B <số 1>"),
        ("word/footer1.xml", "2024"),
        ("word/footnotes.xml", "Chú: 2024"),
        ("word/endnotes.xml", "Cuối: 2024"),
    ] {
        assert_eq!(lines(&part(&result, name)), [said], "{name}");
    }
}

#[test]
fn both_copies_of_a_text_box_are_filled() {
    let inside = p("{{nam}}");
    let body = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:anchor><wp:docPr id=\"1\" name=\"Hộp\" descr=\"Năm {{{{nam}}}}, “{{{{cum.ten}}}}”\"/><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    );
    let page = filled(&body, &cluster());
    let boxes: Vec<String> =
        page.descendants().filter(|element| element.name == "w:txbxContent").flat_map(lines).collect();
    assert_eq!(boxes, ["2024", "2024"]);
    let drawing = page.descendants().find(|element| element.name == "wp:docPr").expect("the drawing");
    assert_eq!(drawing.attribute("descr"), Some("Năm 2024, “Cụm A & B <số 1>”"));
}

#[test]
fn names_of_content_controls_and_the_title_of_the_file_take_values() {
    let body = format!(
        "{}<w:sdt><w:sdtPr><w:alias w:val=\"Chữ ký {{{{ten}}}}\"/><w:tag w:val=\"ky:{{{{tt}}}}\"/><w:id w:val=\"7\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>{}",
        p("{{#each don_vi}}"),
        p("{{ten}}"),
        p("{{/each}}")
    );
    let mut package = package_with(&body, &[]);
    package.set("docProps/core.xml", br#"<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>{{#if nam}}Giao "{{van_ban.loi}}"{{/if}}</dc:title></cp:coreProperties>"#.to_vec());
    let result = fill(&compiled(package), &cluster());
    let page = part(&result, "word/document.xml");
    assert_eq!(lines(&page), ["Điện lực", "Y tế", "Giáo dục"]);
    let values = |name: &str| -> Vec<String> {
        page.descendants()
            .filter(|element| element.name == name)
            .filter_map(|element| element.attribute("w:val"))
            .map(String::from)
            .collect()
    };
    assert_eq!(values("w:tag"), ["ky:1", "ky:2", "ky:3"]);
    assert_eq!(values("w:alias")[1], "Chữ ký Y tế");
    let mut ids = values("w:id");
    ids.dedup();
    assert_eq!(ids.len(), 3);
    assert_eq!(part(&result, "docProps/core.xml").all_text(), "Giao \"dòng 1 dòng 2 cột\"");
}

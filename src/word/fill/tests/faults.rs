//! All faults at once, each at its place, with the nearest name.

use super::*;
use crate::wanted::{Sample, Wanted};

fn compile_faults(body: &str) -> Vec<Finding> {
    Template::compile(package_with(body, &[]), "mau/giao-uoc.docx").err().expect("a faulty template")
}

fn fill_faults(body: &str) -> Vec<Finding> {
    template(body).fill(&cluster()).expect_err("names that are not there")
}

#[test]
fn every_unknown_name_is_told_with_place_and_neighbour() {
    let body = [
        p("Năm {{nma}} của cụm"),
        p("{{#if khong_co}}x{{/if}}{{#unless cum.tne}}y{{/unless}}"),
        p("{{#if (lon_hon tongg 90)}}x{{else}}{{hoa cum.teen}}{{/if}}"),
        p("{{#each don_vii}}{{x}}{{/each}}"),
        p("{{#each don_vi}}{{nam}} {{ten}} {{tieu_chi.[3.9].diem}} {{../../nam}}{{/each}}"),
        p("{{@index}} {{van_ban.loi_chao}}"),
    ];
    let findings = fill_faults(&body.concat());
    let tags: Vec<(usize, &str)> = findings
        .iter()
        .map(|finding| (finding.place.paragraph.unwrap_or(0), finding.place.tag.as_deref().unwrap_or("")))
        .collect();
    assert_eq!(
        tags,
        [
            (1, "{{nma}}"),
            (2, "{{#if khong_co}}"),
            (2, "{{#unless cum.tne}}"),
            (3, "{{#if (lon_hon tongg 90)}}"),
            (3, "{{hoa cum.teen}}"),
            (4, "{{#each don_vii}}"),
            (5, "{{nam}}"),
            (5, "{{tieu_chi.[3.9].diem}}"),
            (5, "{{../../nam}}"),
            (6, "{{@index}}"),
            (6, "{{van_ban.loi_chao}}")
        ]
    );
    let hint = |at: usize| findings[at].hint.as_str();
    assert!(hint(0).contains("ý là nam?"), "{}", hint(0));
    assert!(hint(2).contains("ý là ten?"), "{}", hint(2));
    assert!(hint(5).contains("ý là don_vi?"), "{}", hint(5));
    assert!(hint(6).contains("ý là ../nam?"), "{}", hint(6));
    assert!(hint(10).contains("Văn bản"), "{}", hint(10));
    assert_eq!(findings[0].place.file.as_deref(), Some("mau/giao-uoc.docx"));
    assert_eq!(findings[0].place.sheet.as_deref(), Some("thân văn bản"));
    assert!(findings[0].message.contains("Năm {{nma}} của cụm"), "the words around: {}", findings[0].message);
}

#[test]
fn a_name_missing_from_a_later_item_only_is_found_when_filling() {
    let data = json!({"ds": [{"ten": "a"}, {"ten": "b"}, {"tenn": "c"}]});
    let findings = template(&p("{{#each ds}}{{ten}}{{/each}}")).fill(&data).expect_err("the third has no such name");
    assert_eq!(findings.len(), 1);
    assert!(findings[0].hint.contains("ý là tenn?"), "{}", findings[0].hint);
}

#[test]
fn all_faults_of_writing_are_told_at_once() {
    let body = [
        p("{{nam và {{ten}}"),
        p("thừa }} đây"),
        p("{{{ten}}} {{> khac}}"),
        p("{{so}} {{lam_tron tong}} {{so tong 2 3}}"),
        p("{{so tong,2}}"),
        p("{{#lap don_vi}}{{/lap}}"),
    ];
    let found: Vec<(usize, &str)> = compile_faults(&body.concat())
        .iter()
        .map(|finding| (finding.place.paragraph.unwrap_or(0), finding.code.id))
        .collect();
    assert_eq!(
        found[..9],
        [
            (1, "MAU04"),
            (2, "MAU04"),
            (3, "MAU07"),
            (3, "MAU07"),
            (4, "MAU08"),
            (4, "MAU08"),
            (4, "MAU08"),
            (5, "MAU03"),
            (6, "MAU08")
        ]
    );
}

/// The one cluster, as checking asks for it.
fn samples() -> [Sample<'static>; 1] {
    [Box::new(|wanted| wanted.part_of(&cluster()))]
}

#[test]
fn names_are_told_together_with_faults_of_building() {
    let body = [
        p("{{#each don_vi}}"),
        p("{{tne}} {{ten}} {{nam}}"),
        p("{{#each nhom}}{{diemm}} {{ten}}"),
        p("{{/each}}"),
        p("{{cum.tenn}} {{so tongg}}"),
        p("{{#each don_vii}} {{bat_ky}} {{/each}} {{#if"),
    ];
    let findings = Template::faults(package_with(&body.concat(), &[]), "mau/giao-uoc.docx", &samples());
    let told: Vec<(&str, usize, &str)> = findings
        .iter()
        .map(|f| (f.code.id, f.place.paragraph.unwrap_or(0), f.place.tag.as_deref().unwrap_or("")))
        .collect();
    assert_eq!(
        told,
        [
            ("MAU05", 1, "{{#each don_vi}}"),
            ("MAU02", 2, "{{tne}}"),
            ("MAU02", 3, "{{diemm}}"),
            ("MAU02", 5, "{{cum.tenn}}"),
            ("MAU02", 5, "{{so tongg}}"),
            ("MAU04", 6, "{{#if"),
            ("MAU02", 6, "{{#each don_vii}}"),
        ],
        "{:#?}",
        messages(&findings)
    );
}

#[test]
fn the_partner_of_a_tag_that_cannot_be_read_is_no_fault_of_its_own() {
    for body in [
        "{{#eech don_vi}}{{ten}}{{/each}}",
        "{{#each don_vi as |x|}}{{ten}}{{/each}}",
        "{{#each don_vi}{{ten}}{{/each}}",
        "{{#if (bang nam}}{{nam}}{{/if}}",
        "{{#each don_vi}}{{#if (}}{{/each}}",
        "{{#each don_vi}}{{ten}}{{/each",
    ] {
        let findings = Template::faults(package_with(&p(body), &[]), "m", &samples());
        assert_eq!(findings.len(), 1, "{body}: {:#?}", messages(&findings));
    }
}

#[test]
fn a_sound_template_asks_for_no_more_than_it_speaks_of() {
    let body = p("{{#each don_vi}}{{ten}}{{/each}}");
    let sample = |wanted: &Wanted| {
        assert_ne!(wanted, Wanted::everything());
        wanted.part_of(&cluster())
    };
    assert_eq!(Template::faults(package_with(&body, &[]), "m", &[Box::new(sample), Box::new(sample)]), []);
}

#[test]
fn a_name_that_only_a_later_cluster_lacks_is_told_with_the_names_that_it_has() {
    let body = p("{{#each don_vi}}{{ten}} {{dia_chi}}{{/each}}");
    let unit = |own: &str| json!({"nam": "2024", "don_vi": [{"ten": "A", own: "B"}]});
    let samples: Vec<Sample> = ["dia_chi", "diachi", "diachi"]
        .map(|own| Box::new(move |wanted: &Wanted| wanted.part_of(&unit(own))) as Sample)
        .into_iter()
        .collect();
    let findings = Template::faults(package_with(&body, &[]), "m", &samples);
    let told: Vec<_> = findings.iter().map(|own| (own.code.id, own.expected.as_deref())).collect();
    assert_eq!(told, [("MAU02", Some("một trong: ten, diachi"))]);
    assert!(findings[0].hint.contains("diachi"), "{}", findings[0].hint);
}

#[test]
fn a_sound_template_is_told_to_be_so_by_an_empty_list() {
    let body = [p("{{#each don_vi}}{{ten}}"), p("{{/each}}{{nam}}")].concat();
    assert_eq!(Template::faults(package_with(&body, &[]), "m", &samples()), []);
}

#[test]
fn open_and_crossed_blocks_say_which_tag_was_opened_where() {
    let body =
        [p("{{#each don_vi}}"), p("{{#if da_nop}}"), p("{{/each}}"), p("{{/if}}"), p("{{else}}"), p("{{#with cum}}")];
    let messages = messages(&compile_faults(&body.concat()));
    assert_eq!(messages.len(), 4, "{messages:#?}");
    assert!(messages[0].contains("đoạn 3") && messages[0].contains("{{#if da_nop}} mở ở đoạn 2"), "{}", messages[0]);
    assert!(messages[1].contains("{{/if}} không có thẻ mở"), "{}", messages[1]);
    assert!(messages[2].contains("{{else}}"), "{}", messages[2]);
    assert!(messages[3].contains("{{#with cum}} mở ở đoạn 6 không có thẻ đóng {{/with}}"), "{}", messages[3]);
}

#[test]
fn blocks_that_would_break_the_file_are_refused() {
    for body in [
        [p("trước {{#each don_vi}} giữa"), p("x{{/each}}")].concat(),
        [p("{{#each don_vi}}"), table(&[row(&["{{ten}}", "{{/each}}"]), row(&["a", "b"])])].concat(),
        table(&[row(&["a", "{{#each don_vi}}{{ten}}", "b{{/each}}", "c"])]),
        table(&[row(&["{{#each don_vi}}{{ten}}{{else}}", "b{{/each}}"])]),
    ] {
        let findings = compile_faults(&body);
        assert!(findings.iter().all(|finding| finding.code.id == "MAU06"), "{:#?}", messages(&findings));
        assert_eq!(findings.len(), 1, "{:#?}", messages(&findings));
    }
}

#[test]
fn lists_and_texts_are_not_taken_for_each_other() {
    let findings = fill_faults(&[p("{{don_vi}} {{cum}}"), p("{{#each nam}}{{/each}}")].concat());
    assert_eq!(findings.iter().map(|finding| finding.code.id).collect::<Vec<_>>(), ["MAU09", "MAU09", "MAU09"]);
}

#[test]
fn tracked_changes_must_be_accepted_first() {
    let body = format!("{}<w:p><w:ins w:id=\"1\" w:author=\"a\"><w:r><w:t>mới</w:t></w:r></w:ins></w:p>", p("{{nam}}"));
    let findings = compile_faults(&body);
    assert_eq!((findings.len(), findings[0].code.id), (1, "MAU11"));
}

#[test]
fn both_copies_of_a_text_box_tell_a_fault_once() {
    let inside = p("{{nma}}");
    let body = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><w:txbxContent>{inside}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>{}",
        p("{{tne}}")
    );
    let findings = fill_faults(&body);
    assert_eq!(findings.iter().map(|finding| finding.place.paragraph).collect::<Vec<_>>(), [Some(2), Some(3)]);
}

#[test]
fn tags_that_cannot_be_reached_are_told() {
    let body = format!("{}<w:p><w:r><w:instrText>HYPERLINK {{{{nam}}}}</w:instrText></w:r></w:p>", p("a"));
    let mut package = package_with(&body, &[]);
    package.set("word/charts/chart1.xml", b"<c><a:t>{{nam}}</a:t></c>".to_vec());
    let findings = Template::compile(package, "m").err().expect("tags out of reach");
    assert_eq!(findings.iter().map(|finding| finding.code.id).collect::<Vec<_>>(), ["MAU13", "MAU13"]);
}

#[test]
fn a_tag_in_a_field_code_is_told_however_word_cut_it() {
    let run = |inside: &str| format!("<w:r>{inside}</w:r>");
    let code = |text: &str| run(&format!("<w:instrText xml:space=\"preserve\">{text}</w:instrText>"));
    let mark = |kind: &str| run(&format!("<w:fldChar w:fldCharType=\"{kind}\"/>"));
    let cut = [mark("begin"), code(" HYPERLINK \"{"), code("{na"), code("m}}\" "), mark("end")].concat();
    let whole = [mark("begin"), code("REF {"), mark("end"), mark("begin"), code("{ x"), mark("end")].concat();
    let body = format!("{}<w:p>{cut}</w:p><w:p>{whole}</w:p>", p("{{nam}}"));
    let findings = Template::compile(package_with(&body, &[]), "m").err().expect("a tag out of reach");
    assert_eq!(findings.len(), 1, "{:#?}", messages(&findings));
    assert_eq!((findings[0].code.id, findings[0].place.paragraph), ("MAU13", Some(2)));
    assert_eq!(findings[0].found.as_deref(), Some("HYPERLINK \"{{nam}}\""));
}

#[test]
fn a_file_that_is_no_word_file_is_told() {
    let findings = Template::compile(Package::default(), "mau/x.docx").err().expect("nothing in it");
    assert_eq!(findings[0].code.id, "MAU01");
    let mut package = package_with("", &[]);
    package.set("word/document.xml", b"<!DOCTYPE a><w:document/>".to_vec());
    assert_eq!(Template::compile(package, "mau/x.docx").err().expect("a DTD")[0].code.id, "MAU01");
}

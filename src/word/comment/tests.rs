//! Comments at their places, in files as Word writes them.

use super::*;

const SPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006""#
);

fn package(body: &str, footnotes: &str) -> Package {
    let mut package = Package::default();
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let types = format!(
        "<Types xmlns=\"t\"><Override PartName=\"/word/document.xml\" ContentType=\"{kind}.document.main+xml\"/><Override \
         PartName=\"/word/footnotes.xml\" ContentType=\"{kind}.footnotes+xml\"/></Types>"
    );
    package.set(CONTENT_TYPES, types.into_bytes());
    let body = format!("<w:document {SPACES}><w:body>{body}</w:body></w:document>");
    package.set("word/document.xml", body.into_bytes());
    package.set("word/footnotes.xml", format!("<w:footnotes {SPACES}>{footnotes}</w:footnotes>").into_bytes());
    package
}

fn p(text: &str) -> String {
    format!("<w:p><w:pPr/><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn commented(body: &str, footnotes: &str, anchors: &[(&str, usize, &str)]) -> Package {
    let mut package = package(body, footnotes);
    let comments: Vec<Comment> = anchors
        .iter()
        .map(|(part, paragraph, words)| Comment {
            anchor: Anchor { part: part.to_string(), paragraph: *paragraph, words: words.to_string() },
            paragraphs: vec!["Lỗi".into(), "vì sao".into()],
        })
        .collect();
    write(&mut package, &comments).expect("a good file");
    package
}

/// The body with `[n` and `n]` where comment n begins and ends.
fn seen(package: &Package) -> String {
    fn add(element: &Element, text: &mut String) {
        let id = element.attribute("w:id").unwrap_or_default();
        match element.name.as_str() {
            "w:commentRangeStart" => text.push_str(&format!("[{id}:")),
            "w:commentRangeEnd" => text.push_str(&format!(":{id}]")),
            "w:t" => text.push_str(&element.all_text()),
            "w:footnoteReference" => text.push('*'),
            "w:p" => text.push('¶'),
            _ => {}
        }
        element.elements().for_each(|child| add(child, text));
    }
    let mut text = String::new();
    add(&tree(package, "word/document.xml").expect("the body").root, &mut text);
    text
}

#[test]
fn a_comment_stands_around_the_words_that_it_speaks_of() {
    let torn = "<w:p><w:pPr/><w:r><w:t>a </w:t></w:r><w:r><w:t>{{n</w:t></w:r><w:r><w:t>ma}}</w:t></w:r><w:r><w:t> b</w:t></w:r></w:p>";
    let package = commented(&format!("{}{torn}", p("x")), "", &[("", 2, "{{nma}}"), ("", 1, ""), ("", 9, "không có")]);
    assert_eq!(seen(&package), "¶[1:x:1]¶[2:a [0:{{nma}}:0] b:2]");
    let comments = tree(&package, "word/comments.xml").expect("the comments").root;
    let authors: Vec<&str> = comments.elements().filter_map(|own| own.attribute("w:author")).collect();
    assert_eq!(authors, ["thidua"; 3]);
    assert_eq!(comments.elements().next().map(Element::all_text).as_deref(), Some("Lỗivì sao"));
}

#[test]
fn where_word_takes_no_comments_they_stand_where_the_body_leads_there() {
    let inside = format!("<w:txbxContent>{}{}</w:txbxContent>", p("hộp"), p("{{nma}}"));
    let text_box = format!(
        "<w:p><w:r><w:t>trước</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{inside}</mc:Choice><mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    );
    let note = "<w:p><w:r><w:t>chú</w:t></w:r><w:r><w:footnoteReference w:id=\"7\"/></w:r></w:p>";
    let notes = format!(
        "<w:footnote w:id=\"0\">{}</w:footnote><w:footnote w:id=\"7\">{}{}</w:footnote>",
        p(""),
        p("a"),
        p("b")
    );
    let package = commented(
        &format!("{}{text_box}{note}{}", p("đầu"), p("cuối")),
        &notes,
        &[("", 4, "{{nma}}"), ("word/footnotes.xml", 3, "b"), ("word/header1.xml", 1, "x"), ("", 6, "cuối")],
    );
    assert_eq!(seen(&package), "¶[2:đầu:2]¶[0:trước¶hộp¶{{nma}}¶hộp¶{{nma}}:0]¶chú[1:*:1]¶[3:cuối:3]");
}

#[test]
fn comments_of_others_stay_and_no_id_is_given_twice() {
    let mut package = commented(&p("một"), "", &[("", 1, "")]);
    let again = Comment { anchor: Anchor::default(), paragraphs: vec!["hai".into()] };
    write(&mut package, std::slice::from_ref(&again)).expect("a good file");
    let comments = tree(&package, "word/comments.xml").expect("the comments").root;
    let ids: Vec<&str> = comments.elements().filter_map(|own| own.attribute("w:id")).collect();
    assert_eq!(ids, ["0", "1"]);
    let types = String::from_utf8(package.part(CONTENT_TYPES).expect("types").to_vec()).expect("UTF-8");
    assert_eq!(types.matches("comments+xml").count(), 1, "the part is declared once");
}

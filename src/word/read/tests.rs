//! Files written by hand, each with one thing that Word does, and what the document must say of it.

use super::*;
use crate::word::document::*;

const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math""#;

/// A Word file under construction.
#[derive(Default)]
struct File {
    package: Package,
    relationships: String,
}

impl File {
    fn of_body(body: &str) -> File {
        let mut file = File::default();
        file.package
            .set("word/document.xml", format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>").into());
        file
    }

    /// A part beside the text, wrapped into its root.
    fn with(mut self, kind: &str, root: &str, content: &str) -> File {
        let id = format!("r-{kind}");
        self = self.related(&id, kind, &format!("{kind}.xml"));
        self.package.set(format!("word/{kind}.xml"), format!("<{root} {NAMESPACES}>{content}</{root}>").into());
        self
    }

    fn with_styles(self, content: &str) -> File {
        self.with("styles", "w:styles", content)
    }

    fn related(mut self, id: &str, kind: &str, target: &str) -> File {
        self.relationships += &format!(r#"<Relationship Id="{id}" Type="http://x/{kind}" Target="{target}"/>"#);
        let text = format!("<Relationships>{}</Relationships>", self.relationships);
        self.package.set("word/_rels/document.xml.rels", text.into());
        self
    }

    fn with_bytes(mut self, part: &str, bytes: &[u8]) -> File {
        self.package.set(part, bytes.to_vec());
        self
    }

    fn read(&self) -> (Document, Vec<Finding>) {
        read(&self.package, "mau/thu.docx").expect("a readable file")
    }

    fn document(&self) -> Document {
        let (document, findings) = self.read();
        assert_eq!(findings, [], "nothing to say about this file");
        document
    }
}

fn paragraphs(blocks: &[Block]) -> Vec<&Paragraph> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => found.push(paragraph),
            Block::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    found.extend(paragraphs(&cell.blocks));
                }
            }
        }
    }
    found
}

fn text(paragraph: &Paragraph) -> String {
    let piece = |inline: &Inline| match inline {
        Inline::Text(text, _) => text.clone(),
        Inline::Tab(_) => "\t".to_string(),
        Inline::LineBreak(_) => "\n".to_string(),
        Inline::Field(field, _) => format!("{field:?}"),
        _ => String::new(),
    };
    paragraph.inlines.iter().map(piece).collect()
}

fn texts(document: &Document) -> Vec<String> {
    document.sections.iter().flat_map(|section| paragraphs(&section.blocks)).map(text).collect()
}

fn only(document: &Document) -> &Paragraph {
    paragraphs(&document.sections[0].blocks)[0]
}

fn style(paragraph: &Paragraph) -> &RunStyle {
    let first = paragraph.inlines.iter().find_map(|inline| match inline {
        Inline::Text(_, style) => Some(style),
        _ => None,
    });
    first.expect("a paragraph with text")
}

fn table(document: &Document) -> &Table {
    let found = document.sections[0].blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    });
    found.expect("a document with a table")
}

#[test]
fn a_style_is_laid_over_the_one_it_is_based_on() {
    let document = File::of_body(
        r#"<w:p><w:pPr><w:pStyle w:val="Con"/><w:ind w:right="100"/></w:pPr><w:r><w:rPr><w:sz w:val="30"/></w:rPr><w:t>a</w:t></w:r></w:p>"#,
    )
    .with_styles(
        r#"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:ascii="Sai"/></w:rPr></w:rPrDefault>
             <w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
           <w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Me"/><w:pPr><w:spacing w:before="40"/><w:ind w:firstLine="567"/></w:pPr><w:rPr><w:color w:val="ff0000"/></w:rPr></w:style>
           <w:style w:type="paragraph" w:styleId="Me"><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="both"/><w:ind w:left="300" w:hanging="200"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
           <w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:rPr><w:sz w:val="28"/></w:rPr></w:style>"#,
    )
    .with(
        "theme",
        "a:theme",
        r#"<a:themeElements><a:fontScheme><a:minorFont><a:latin typeface="Cambria"/></a:minorFont></a:fontScheme></a:themeElements>"#,
    )
    .document();
    let paragraph = only(&document);
    let look = &paragraph.style;
    assert_eq!(
        (look.alignment, look.indent_left, look.indent_right, look.first_line),
        (Alignment::Justified, 300, 100, 567)
    );
    assert_eq!((look.before, look.after, look.line), (40, 160, LineSpacing::Multiple(259)));
    let run = style(paragraph);
    assert_eq!((run.font.as_str(), run.size, run.bold, run.color.as_deref()), ("Cambria", 30, true, Some("FF0000")));
    assert_eq!(paragraph.mark.size, 28);
}

#[test]
fn bold_in_two_styles_is_not_bold_and_bold_of_the_text_itself_is() {
    let document = File::of_body(
        r#"<w:p><w:pPr><w:pStyle w:val="Dam"/></w:pPr><w:r><w:rPr><w:rStyle w:val="Manh"/></w:rPr><w:t>a</w:t></w:r></w:p>
           <w:p><w:pPr><w:pStyle w:val="Dam"/></w:pPr><w:r><w:rPr><w:rStyle w:val="Manh"/><w:b/></w:rPr><w:t>b</w:t></w:r></w:p>
           <w:p><w:pPr><w:pStyle w:val="Dam"/></w:pPr><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>c</w:t></w:r></w:p>
           <w:p><w:r><w:rPr><w:rStyle w:val="Manh"/></w:rPr><w:t>d</w:t></w:r></w:p>"#,
    )
    .with_styles(
        r#"<w:style w:type="paragraph" w:styleId="Dam"><w:rPr><w:b/></w:rPr></w:style>
           <w:style w:type="character" w:styleId="Manh"><w:rPr><w:b/></w:rPr></w:style>"#,
    )
    .document();
    let bold: Vec<bool> = paragraphs(&document.sections[0].blocks).into_iter().map(|own| style(own).bold).collect();
    assert_eq!(bold, [false, true, false, true]);
}

#[test]
fn a_tab_stop_of_the_style_can_be_cleared() {
    let document = File::of_body(
        r#"<w:p><w:pPr><w:pStyle w:val="S"/><w:tabs><w:tab w:val="clear" w:pos="720"/><w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs></w:pPr></w:p>"#,
    )
    .with_styles(
        r#"<w:style w:type="paragraph" w:styleId="S"><w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/><w:tab w:val="center" w:pos="4000"/></w:tabs></w:pPr></w:style>"#,
    )
    .document();
    let tabs: Vec<(i32, TabAlignment, Leader)> =
        only(&document).style.tabs.iter().map(|tab| (tab.position, tab.alignment, tab.leader)).collect();
    assert_eq!(tabs, [(4000, TabAlignment::Center, Leader::None), (9000, TabAlignment::Right, Leader::Dot)]);
}

const NUMBERING: &str = r#"<w:abstractNum w:abstractNumId="0">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:pStyle w:val="Muc"/><w:lvlText w:val="%1."/><w:suff w:val="space"/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr><w:rPr><w:b/></w:rPr></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2."/><w:pPr><w:ind w:left="1440" w:hanging="360"/></w:pPr></w:lvl>
  </w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>"#;

fn item(level: usize, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
    )
}

#[test]
fn list_paragraphs_carry_their_counted_numbers_and_the_indents_of_their_level() {
    let body = [item(0, "a"), item(1, "b"), item(1, "c"), item(0, "d"), item(1, "e")].concat();
    let document = File::of_body(&body).with("numbering", "w:numbering", NUMBERING).document();
    let items = paragraphs(&document.sections[0].blocks);
    let labels: Vec<&str> =
        items.iter().filter_map(|item| item.label.as_ref()).map(|label| label.text.as_str()).collect();
    assert_eq!(labels, ["I.", "1.1.", "1.2.", "II.", "2.1."]);
    assert_eq!((items[1].style.indent_left, items[1].style.first_line, items[1].role), (1440, -360, Role::ListItem(1)));
    let label = items[0].label.as_ref().expect("numbered");
    assert!(label.style.bold && label.after == AfterLabel::Space && !style(items[0]).bold);
}

#[test]
fn a_heading_style_bound_to_a_level_is_numbered_and_its_own_indents_win() {
    let document = File::of_body(r#"<w:p><w:pPr><w:pStyle w:val="Muc"/></w:pPr><w:r><w:t>Kết quả</w:t></w:r></w:p>"#)
        .with("numbering", "w:numbering", NUMBERING)
        .with_styles(
            r#"<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr><w:ind w:left="0"/><w:outlineLvl w:val="0"/></w:pPr></w:style>"#,
        )
        .document();
    let heading = only(&document);
    assert_eq!((heading.role, heading.style.indent_left, heading.style.first_line), (Role::Heading(1), 0, -360));
    assert_eq!(heading.label.as_ref().map(|label| label.text.as_str()), Some("I."));
}

#[test]
fn fields_that_count_pages_stay_fields_and_others_keep_their_text() {
    let field = |instruction: &str, result: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{result}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
        )
    };
    let nested = field("HYPERLINK \\l muc", "NESTED").replace(
        "<w:t>NESTED</w:t></w:r>",
        &format!(r#"<w:t xml:space="preserve">mục </w:t></w:r>{}"#, field("PAGEREF muc \\h", "7")),
    );
    let body = format!(
        r#"<w:p>{}</w:p><w:p><w:fldSimple w:instr="NUMPAGES"><w:r><w:t>9</w:t></w:r></w:fldSimple></w:p><w:p>{}</w:p><w:p>{nested}</w:p>"#,
        field("PAGE \\* MERGEFORMAT", "3"),
        field("FILENAME", "bao-cao.docx"),
    );
    let document = File::of_body(&body).document();
    let read = paragraphs(&document.sections[0].blocks);
    assert!(matches!(&read[0].inlines[..], [Inline::Field(Field::PageNumber, style)] if style.bold));
    assert!(matches!(&read[1].inlines[..], [Inline::Field(Field::PageCount, _)]));
    assert_eq!(text(read[2]), "bao-cao.docx");
    assert!(
        matches!(&read[3].inlines[..], [Inline::Text(words, _), Inline::Field(Field::PageOf(name, cached), _)] if words == "mục " && name == "muc" && cached == "7")
    );
}

#[test]
fn a_field_without_a_result_is_said() {
    let (document, findings) = File::of_body(
        r#"<w:p><w:r><w:t>Mục lục</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \c "Bảng"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"#,
    )
    .read();
    assert_eq!(texts(&document), ["Mục lục"]);
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].code.id, findings[0].place.paragraph), ("VB07", Some(1)));
    assert_eq!(findings[0].found.as_deref(), Some("Mục lục"));
}

#[test]
fn a_table_of_contents_is_made_from_the_headings_that_the_text_has_now() {
    let heading = |level: u8, text: &str| {
        format!(r#"<w:p><w:pPr><w:outlineLvl w:val="{}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#, level - 1)
    };
    let body = format!(
        r#"<w:p><w:r><w:t>MỤC LỤC</w:t></w:r></w:p><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \o "1-2" \h</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:hyperlink><w:r><w:t>Đề mục cũ</w:t></w:r><w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>9</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:hyperlink></w:p><w:p><w:r><w:t>Đề mục cũ nữa</w:t></w:r></w:p><w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>{}{}{}<w:p><w:r><w:t>Hết</w:t></w:r></w:p>"#,
        heading(1, "I. KẾT QUẢ"),
        heading(2, "1. Chăm lo"),
        heading(3, "a) Tết")
    );
    let (document, findings) = File::of_body(&body).read();
    assert!(findings.is_empty(), "{findings:?}");
    let shown: Vec<String> =
        texts(&document).iter().map(|line| line.split("PageOf").next().unwrap_or_default().to_string()).collect();
    assert_eq!(shown, ["MỤC LỤC", "I. KẾT QUẢ\t", "1. Chăm lo\t", "", "I. KẾT QUẢ", "1. Chăm lo", "a) Tết", "Hết"]);
    let entry = paragraphs(&document.sections[0].blocks)[1];
    assert_eq!(entry.role, Role::Contents(1));
    assert!(matches!(entry.style.tabs[..], [TabStop { alignment: TabAlignment::Right, leader: Leader::Dot, .. }]));
    let Some(Inline::Field(Field::PageOf(name, _), _)) = entry.inlines.last() else { panic!("{entry:?}") };
    assert_eq!(paragraphs(&document.sections[0].blocks)[4].inlines[0], Inline::Bookmark(name.clone()));
}

#[test]
fn signs_breaks_and_spaces_come_as_in_word() {
    let document = File::of_body(
        r#"<w:p><w:r><w:t xml:space="preserve"> a </w:t><w:tab/><w:t> b </w:t><w:br/><w:t>c&amp;d</w:t><w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0FC"/><w:cr/></w:r><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins><w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>"#,
    )
    .document();
    assert_eq!(texts(&document), [" a \tb\nc&d\u{2011}✓\nthêmliên kết"]);
}

#[test]
fn deleted_text_is_left_out_and_said() {
    let (document, findings) = File::of_body(
        r#"<w:p><w:r><w:t>Đồng chí</w:t></w:r></w:p><w:p><w:r><w:t>Ông</w:t></w:r><w:del><w:r><w:delText> Chủ tịch</w:delText></w:r></w:del></w:p>"#,
    )
    .read();
    assert_eq!(texts(&document), ["Đồng chí", "Ông"]);
    assert_eq!((findings[0].code.id, findings[0].place.paragraph, findings.len()), ("VB05", Some(2), 1));
    assert!(findings[0].message.contains("Chủ tịch"));
}

#[test]
fn a_cell_has_the_borders_of_its_place_unless_it_says_otherwise() {
    let cell = |own: &str| format!("<w:tc><w:tcPr>{own}</w:tcPr><w:p/></w:tc>");
    let body = format!(
        r#"<w:tbl><w:tblPr><w:tblStyle w:val="T"/><w:tblLook w:val="0020"/></w:tblPr><w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="2000"/></w:tblGrid>
           <w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl><w:p/>"#,
        cell(""),
        cell(r#"<w:tcBorders><w:right w:val="nil"/></w:tcBorders>"#),
        cell(r#"<w:vAlign w:val="center"/><w:shd w:fill="EEEEEE"/>"#),
        cell(""),
    );
    let document = File::of_body(&body)
        .with_styles(
            r#"<w:style w:type="table" w:styleId="T"><w:rPr><w:i/></w:rPr><w:tblPr><w:tblBorders><w:top w:val="double" w:sz="12"/><w:left w:val="single"/><w:bottom w:val="single"/><w:right w:val="single"/><w:insideV w:val="dotted"/></w:tblBorders><w:tblCellMar><w:left w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>
                 <w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8"/></w:tcBorders><w:shd w:fill="D9E2F3"/></w:tcPr></w:tblStylePr></w:style>"#,
        )
        .document();
    let table = table(&document);
    let line = |border: &Option<Border>| border.as_ref().map(|border| border.line);
    let (head, below) = (&table.rows[0].cells, &table.rows[1].cells);
    assert_eq!(line(&head[0].borders.top), Some(BorderLine::Double));
    assert_eq!(line(&head[0].borders.right), Some(BorderLine::Dotted));
    assert_eq!(head[0].borders.bottom.as_ref().map(|border| border.width), Some(8));
    assert_eq!(line(&head[1].borders.right), None);
    assert_eq!((line(&below[0].borders.top), line(&below[0].borders.bottom)), (None, Some(BorderLine::Single)));
    assert_eq!((head[0].shading.as_deref(), below[0].shading.as_deref()), (Some("D9E2F3"), Some("EEEEEE")));
    assert_eq!((below[0].vertical_alignment, head[0].padding), (VerticalAlignment::Center, [0, 108, 0, 70]));
    assert!(table.rows[0].header && !table.rows[0].can_split && !table.rows[1].header);
    assert_eq!((table.columns.as_slice(), table.indent), ([1000, 2000].as_slice(), -70));
    let marks: Vec<(bool, bool)> =
        paragraphs(&document.sections[0].blocks).iter().map(|own| (own.mark.bold, own.mark.italic)).collect();
    assert_eq!(marks, [(true, true), (true, true), (false, true), (false, true), (false, false)]);
}

#[test]
fn merged_cells_cover_the_grid_without_lines_inside() {
    let document = File::of_body(
        r#"<w:tbl><w:tblPr><w:tblBorders><w:top w:val="single"/><w:bottom w:val="single"/><w:insideH w:val="single"/></w:tblBorders></w:tblPr><w:tblGrid/>
           <w:tr><w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>cao</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p/></w:tc></w:tr>
           <w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p/></w:tc><w:sdt><w:sdtContent><w:tc><w:p><w:r><w:t>cuối</w:t></w:r></w:p></w:tc></w:sdtContent></w:sdt></w:tr>
           <w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>lẻ</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#,
    )
    .document();
    let table = table(&document);
    let shape: Vec<Vec<(usize, VerticalMerge)>> =
        table.rows.iter().map(|row| row.cells.iter().map(|cell| (cell.span, cell.merge)).collect()).collect();
    use VerticalMerge::{Continue, None, Start};
    assert_eq!(
        shape,
        [vec![(1, Start), (2, None)], vec![(1, Continue), (1, None), (1, None)], vec![(2, None), (1, None)]]
    );
    assert!(table.rows[0].cells[0].borders.bottom.is_none() && table.rows[1].cells[0].borders.top.is_none());
    assert!(table.rows[1].cells[0].borders.bottom.is_some());
    assert_eq!(table.columns[0], 3000);
    assert_eq!(texts(&document), ["cao", "", "", "cuối", "lẻ"]);
}

#[test]
fn headers_are_inherited_and_sections_keep_their_shape() {
    let header = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let mut file = File::of_body(
        r#"<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="r-header1"/><w:headerReference w:type="first" r:id="r-header2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:bottom="1134" w:left="1701" w:right="851" w:header="567" w:footer="567" w:gutter="100"/><w:pgNumType w:start="2" w:fmt="lowerRoman"/><w:titlePg/></w:sectPr></w:pPr><w:r><w:t>một</w:t></w:r></w:p>
           <w:p><w:r><w:t>hai</w:t></w:r></w:p><w:sectPr><w:type w:val="continuous"/><w:pgSz w:w="16838" w:h="11906"/><w:cols w:num="2" w:space="500"/></w:sectPr>"#,
    );
    file = file.with("header1", "w:hdr", &header("chung")).with("header2", "w:hdr", &header("trang đầu"));
    let document = file.document();
    let [first, second] = &document.sections[..] else { panic!("two sections") };
    assert_eq!((first.page.left, first.first_number, first.number_format), (1801, Some(2), NumberFormat::LowerRoman));
    assert!(first.first_page_differs && !second.first_page_differs);
    assert_eq!(text(paragraphs(&second.headers.default)[0]), "chung");
    assert_eq!(text(paragraphs(&first.headers.first)[0]), "trang đầu");
    assert_eq!((second.start, second.page.width), (SectionStart::Continuous, 16838));
    assert_eq!((second.columns, second.column_gap), (2, 500));
    assert_eq!((texts(&document), first.blocks.len()), (vec!["một".to_string(), "hai".to_string()], 1));
}

#[test]
fn a_watermark_in_the_header_is_no_text() {
    let shape = r##"<w:p><w:r><w:pict><v:shapetype id="t"/><v:shape type="#t" style="position:absolute;width:400pt;height:100pt"><v:textpath string="DỰ THẢO"/></v:shape></w:pict></w:r></w:p>"##;
    let file = File::of_body(r#"<w:p/><w:sectPr><w:headerReference w:type="default" r:id="r-header1"/></w:sectPr>"#);
    let document = file.with("header1", "w:hdr", shape).document();
    assert_eq!(document.sections[0].watermark.as_deref(), Some("DỰ THẢO"));
    assert_eq!(text(paragraphs(&document.sections[0].headers.default)[0]), "");
}

#[test]
fn a_content_control_tagged_ky_is_a_signature_field_as_high_as_its_empty_paragraphs() {
    let document = File::of_body(
        r#"<w:sdt><w:sdtPr><w:alias w:val="Đại diện Công đoàn A"/><w:tag w:val="ky:A"/></w:sdtPr><w:sdtContent><w:p><w:pPr><w:spacing w:before="100" w:line="600" w:lineRule="exact"/></w:pPr></w:p><w:p><w:pPr><w:spacing w:line="600" w:lineRule="exact"/></w:pPr></w:p></w:sdtContent></w:sdt><w:sdt><w:sdtContent><w:p><w:r><w:t>chữ</w:t></w:r></w:p></w:sdtContent></w:sdt>"#,
    )
    .document();
    let field = SignatureField { name: "A".into(), tooltip: "Đại diện Công đoàn A".into(), height: 1300 };
    assert_eq!(only(&document).inlines, [Inline::Signature(field)]);
    assert_eq!(texts(&document), ["", "chữ"]);
}

#[test]
fn a_signature_field_may_stand_around_a_cell_or_in_the_line_as_libreoffice_puts_it() {
    let room = r#"<w:pPr><w:pStyle w:val="K"/></w:pPr>"#;
    let body = format!(
        r#"<w:tbl><w:tr><w:sdt><w:sdtPr><w:tag w:val="ky:A"/></w:sdtPr><w:sdtContent><w:tc><w:p>{room}</w:p></w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>
           <w:p>{room}<w:sdt><w:sdtPr><w:tag w:val="ky:B"/></w:sdtPr><w:sdtContent><w:r/></w:sdtContent></w:sdt></w:p>
           <w:p>{room}<w:sdt><w:sdtPr><w:alias w:val="Bên C"/></w:sdtPr><w:sdtContent><w:r/></w:sdtContent></w:sdt></w:p>"#
    );
    let document = File::of_body(&body)
        .with_styles(
            r#"<w:style w:type="paragraph" w:styleId="K"><w:name w:val="Ô ký"/><w:pPr><w:spacing w:before="2000" w:line="20" w:lineRule="exact"/></w:pPr></w:style>"#,
        )
        .document();
    let fields: Vec<(&str, i32)> = paragraphs(&document.sections[0].blocks)
        .into_iter()
        .flat_map(|paragraph| &paragraph.inlines)
        .filter_map(|inline| match inline {
            Inline::Signature(field) => Some((field.name.as_str(), field.height)),
            _ => None,
        })
        .collect();
    assert_eq!(fields, [("A", 2020), ("B", 2020), ("Bên C", 2020)]);
    assert!(paragraphs(&document.sections[0].blocks).iter().all(|paragraph| paragraph.style.before == 0));
}

#[test]
fn a_tab_to_the_right_edge_goes_there_whatever_stops_the_style_has() {
    let document = File::of_body(
        r#"<w:p><w:pPr><w:tabs><w:tab w:val="center" w:pos="4680"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/><w:t>b</w:t></w:r></w:p><w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1701" w:right="1205"/></w:sectPr>"#,
    )
    .document();
    let stop = TabStop { position: 9000, alignment: TabAlignment::Right, leader: Leader::None };
    assert_eq!((only(&document).style.tabs.as_slice(), text(only(&document)).as_str()), ([stop].as_slice(), "a\tb"));
}

#[test]
fn a_page_number_of_its_own_form_is_counted_and_said() {
    let (document, findings) = File::of_body(
        r#"<w:p><w:fldSimple w:instr="PAGE \* ROMAN \* MERGEFORMAT"><w:r><w:t>II</w:t></w:r></w:fldSimple></w:p>"#,
    )
    .read();
    assert!(matches!(only(&document).inlines[..], [Inline::Field(Field::PageNumber, _)]));
    assert!(findings.len() == 1 && findings[0].message.contains("ROMAN"), "{findings:?}");
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";

fn picture(kind: &str, id: &str) -> String {
    format!(
        r#"<w:p><w:r><w:t>Ảnh</w:t><w:drawing><wp:{kind}><wp:extent cx="914400" cy="457200"/><wp:docPr id="1" name="x" descr="Cờ thi đua"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="{id}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:{kind}></w:drawing></w:r></w:p>"#
    )
}

#[test]
fn pictures_stand_in_the_line_and_those_that_cannot_are_said() {
    let body = [picture("inline", "r1"), picture("anchor", "r1"), picture("inline", "r2")].concat();
    let file = File::of_body(&body).related("r1", "image", "media/co.png").related("r2", "image", "media/co.emf");
    let (document, findings) = file.with_bytes("word/media/co.png", PNG).with_bytes("word/media/co.emf", b"EMF").read();
    let expected = Inline::Picture(Picture {
        width: 914_400,
        height: 457_200,
        data: PNG.into(),
        alternative_text: "Cờ thi đua".into(),
        drawing: None,
    });
    let read = paragraphs(&document.sections[0].blocks);
    assert_eq!((&read[0].inlines[1], &read[1].inlines[1]), (&expected, &expected));
    assert_eq!(read[2].inlines.len(), 1);
    let said: Vec<(&str, Option<usize>)> = findings.iter().map(|own| (own.code.id, own.place.paragraph)).collect();
    assert_eq!(said, [("VB04", Some(2)), ("VB06", Some(3))]);
}

#[test]
fn the_text_of_a_text_box_follows_its_paragraph_once() {
    let box_of = |tag: &str, words: &str| {
        format!("<{tag}><w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent></{tag}>")
    };
    let body = format!(
        r#"<w:p><w:r><w:t>neo</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:extent cx="914400" cy="914400"/><a:graphic><a:graphicData><wps:wsp>{}</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>{}</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p><w:p><w:r><w:t>sau</w:t></w:r></w:p>"#,
        box_of("wps:txbx", "trong hộp"),
        box_of("v:textbox", "trong hộp"),
    );
    let (document, findings) = File::of_body(&body).read();
    assert_eq!(texts(&document), ["neo", "trong hộp", "sau"]);
    assert_eq!((findings[0].code.id, findings.len()), ("VB04", 1));
}

#[test]
fn a_drawn_line_under_a_title_becomes_a_rule_of_its_length() {
    let document = File::of_body(
        r#"<w:p><w:pPr><w:jc w:val="center"/><w:spacing w:after="120"/></w:pPr><w:r><w:t>Độc lập - Tự do - Hạnh phúc</w:t></w:r><w:r><w:drawing><wp:anchor><wp:positionH relativeFrom="column"><wp:posOffset>1270000</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>254000</wp:posOffset></wp:positionV><wp:extent cx="1905000" cy="0"/><a:graphic><a:graphicData><wps:wsp><wps:spPr><a:prstGeom prst="line"/></wps:spPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p><w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1701" w:right="1205"/></w:sectPr>"#,
    )
    .document();
    let read = paragraphs(&document.sections[0].blocks);
    let rule = &read[1].style;
    assert_eq!((rule.indent_left, rule.indent_right, rule.after, read[0].style.after), (2000, 4000, 120, 0));
    assert!(rule.borders.bottom.is_some());
}

#[test]
fn what_cannot_be_drawn_is_named_with_its_paragraph() {
    let drawing = |content: &str| {
        format!(
            "<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData>{content}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )
    };
    let body = [
        drawing("<c:chart/>"),
        drawing("<dgm:relIds/>"),
        drawing("<wps:wsp><wps:spPr><a:prstGeom prst=\"star5\"/></wps:spPr></wps:wsp>"),
        "<w:p><w:r><w:object><o:OLEObject/></w:object></w:r></w:p>".to_string(),
        "<w:p><m:oMath><m:r><m:t>x²</m:t></m:r></m:oMath></w:p>".to_string(),
        "<w:altChunk/>".to_string(),
    ]
    .concat();
    let (document, findings) = File::of_body(&body).read();
    let said: Vec<(&str, Option<usize>)> = findings.iter().map(|own| (own.code.id, own.place.paragraph)).collect();
    assert_eq!(
        said,
        [
            ("VB03", Some(1)),
            ("VB03", Some(2)),
            ("VB03", Some(3)),
            ("VB03", Some(4)),
            ("VB04", Some(5)),
            ("VB03", Some(5))
        ]
    );
    assert_eq!(text(paragraphs(&document.sections[0].blocks)[4]), "x²");
}

#[test]
fn looks_that_the_pdf_does_not_show_are_named_with_their_paragraph() {
    let styles = r#"<w:style w:type="character" w:styleId="Noi"><w:rPr><w:emboss/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Khung"><w:rPr><w:bdr w:val="single"/></w:rPr></w:style>"#;
    for (body, said) in [
        (r#"<w:p/><w:p><w:r><w:rPr><w:em w:val="dot"/></w:rPr><w:t>a</w:t></w:r></w:p>"#, "dấu nhấn"),
        (r#"<w:p/><w:p><w:r><w:rPr><w:rStyle w:val="Noi"/></w:rPr><w:t>a</w:t></w:r></w:p>"#, "chữ nổi"),
        (
            r#"<w:p/><w:p><w:pPr><w:pStyle w:val="Khung"/></w:pPr><w:r><w:t>a</w:t></w:r><w:r><w:t>b</w:t></w:r></w:p>"#,
            "khung quanh chữ",
        ),
        (r#"<w:p/><w:p><w:r><w:rPr><w:w w:val="66"/></w:rPr><w:t>a</w:t></w:r></w:p>"#, "co giãn"),
        (r#"<w:p/><w:p><w:r><w:rPr><w:position w:val="6"/></w:rPr><w:t>a</w:t></w:r></w:p>"#, "nâng lên"),
        (r#"<w:p/><w:p><w:pPr><w:bidi/></w:pPr></w:p>"#, "phải sang trái"),
        (r#"<w:p/><w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr></w:p>"#, "đầu đoạn"),
        (
            r#"<w:p/><w:p/><w:tbl><w:tblPr><w:tblCellSpacing w:w="20"/></w:tblPr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"#,
            "các ô của bảng",
        ),
        (
            r#"<w:p/><w:p/><w:tbl><w:tr><w:tc><w:tcPr><w:tcBorders><w:tl2br w:val="single"/></w:tcBorders></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"#,
            "chéo",
        ),
        (r#"<w:p/><w:p/><w:sectPr><w:pgBorders/></w:sectPr>"#, "viền trang"),
        (r#"<w:p/><w:p><w:pPr><w:sectPr><w:lnNumType/></w:sectPr></w:pPr></w:p><w:p/><w:sectPr/>"#, "Số dòng"),
    ] {
        let (_, findings) = File::of_body(body).with_styles(styles).read();
        let told: Vec<(&str, Option<usize>)> = findings.iter().map(|own| (own.code.id, own.place.paragraph)).collect();
        assert_eq!(told, [("VB04", Some(2))], "{said}: {findings:?}");
        assert!(findings[0].message.contains(said), "{said}: {}", findings[0].message);
    }
    for plain in [
        r#"<w:p><w:r><w:rPr><w:rStyle w:val="Noi"/><w:emboss w:val="0"/></w:rPr><w:t>a</w:t></w:r></w:p>"#,
        r#"<w:p><w:r><w:rPr><w:w w:val="100"/><w:position w:val="0"/><w:em w:val="none"/></w:rPr><w:t>a</w:t></w:r></w:p>"#,
        r#"<w:p><w:r><w:rPr><w:shadow/></w:rPr></w:r></w:p>"#,
    ] {
        let (_, findings) = File::of_body(plain).with_styles(styles).read();
        assert!(findings.is_empty(), "{plain}: {findings:?}");
    }
}

#[test]
fn notes_are_kept_by_their_number() {
    let note = |id: i64, kind: &str, words: &str| {
        format!(
            r#"<w:footnote w:id="{id}" w:type="{kind}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote>"#
        )
    };
    let notes = note(-1, "separator", "") + &note(2, "normal", "Theo Luật Thi đua");
    let document = File::of_body(r#"<w:p><w:r><w:t>Căn cứ</w:t><w:footnoteReference w:id="2"/></w:r></w:p>"#)
        .with("footnotes", "w:footnotes", &notes)
        .document();
    assert!(matches!(only(&document).inlines[1], Inline::FootnoteReference(2, _)));
    assert_eq!(document.footnotes.keys().copied().collect::<Vec<_>>(), [2]);
    assert_eq!(text(paragraphs(&document.footnotes[&2])[0]), "Theo Luật Thi đua");
}

#[test]
fn notes_numbered_in_another_way_are_said_where_there_are_notes() {
    let properties = r#"<w:footnotePr><w:numFmt w:val="lowerRoman"/></w:footnotePr>"#;
    let reference = r#"<w:p><w:r><w:t>Căn cứ</w:t><w:footnoteReference w:id="2"/></w:r></w:p>"#;
    let note = r#"<w:footnote w:id="2"><w:p><w:r><w:t>Luật</w:t></w:r></w:p></w:footnote>"#;
    for (body, settings, said) in [
        (format!("{reference}<w:sectPr>{properties}</w:sectPr>"), "", true),
        (reference.to_string(), properties, true),
        (reference.to_string(), r#"<w:footnotePr><w:numFmt w:val="decimal"/></w:footnotePr>"#, false),
        (format!("<w:p/><w:sectPr>{properties}</w:sectPr>"), properties, false),
    ] {
        let file = File::of_body(&body).with("settings", "w:settings", settings);
        let (_, findings) = file.with("footnotes", "w:footnotes", note).read();
        assert_eq!(findings.iter().any(|own| own.message.contains("đánh số chú thích")), said, "{body} {settings}");
    }
}

#[test]
fn a_file_without_a_body_is_refused_and_one_without_styles_is_read() {
    let mut package = Package::default();
    assert_eq!(read(&package, "a.docx").expect_err("empty").code.id, "VB01");
    package.set("word/document.xml", b"<w:document><w:p>".to_vec());
    assert_eq!(read(&package, "a.docx").expect_err("damaged").code.id, "VB01");
    let file = File::of_body("<w:p><w:r><w:t>a</w:t></w:r></w:p>").with_bytes("word/styles.xml", b"<w:styles");
    let (document, findings) = file.read();
    assert_eq!((texts(&document), findings[0].code.id), (vec!["a".to_string()], "VB08"));
}

#[test]
fn tables_nested_without_end_do_not_end_the_run() {
    let deep = "<w:tbl><w:tr><w:tc>".repeat(60) + "<w:p/>" + &"</w:tc></w:tr></w:tbl>".repeat(60);
    let (_, findings) = File::of_body(&deep).read();
    assert_eq!(findings[0].code.id, "VB03");
}

#[test]
fn styles_and_lists_that_refer_to_each_other_come_to_an_end() {
    File::of_body(r#"<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr></w:p>"#)
        .with_styles(
            r#"<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>"#,
        )
        .document();
}

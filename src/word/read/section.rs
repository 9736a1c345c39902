//! Sections: paper, margins, columns, page numbers and which headers belong to which. The text is put in elsewhere.

use super::report::Notice;
use super::values::{is_on, number_of, switch, twips_of};
use crate::word::document::{NumberFormat, Page, Section, SectionStart};
use crate::word::xml::ElementRef;

const UNEQUAL_COLUMNS: &str = "Các cột có độ rộng khác nhau được vẽ rộng bằng nhau.";
/// Longest side of paper that Word knows, 22 inches.
const LONGEST_SIDE: i32 = 31_680;

/// A section without its text, and the ids of its headers and footers.
#[derive(Debug, Default)]
pub struct SectionShape {
    pub section: Section,
    pub headers: References,
    pub footers: References,
    pub notices: Vec<Notice>,
    /// Number of the paragraph that it ends with.
    pub last_paragraph: usize,
}

/// Relationship ids.
#[derive(Clone, Debug, Default)]
pub struct References {
    pub default: Option<String>,
    pub first: Option<String>,
    pub even: Option<String>,
}

/// The `w:sectPr` of every section, in order: in the last paragraph of each, and of the last one in the body.
pub fn shapes(body: ElementRef) -> Vec<SectionShape> {
    let mut shapes: Vec<SectionShape> =
        properties(body, |_| 0).into_iter().map(|(_, element)| SectionShape::read(element)).collect();
    // where a section ends is only told with what is not shown of it
    if shapes.iter().any(|shape| !shape.notices.is_empty()) {
        for (shape, (last, _)) in shapes.iter_mut().zip(properties(body, count)) {
            shape.last_paragraph = last;
        }
    }
    if body.find("w:sectPr").is_none() {
        shapes.push(SectionShape { section: Section { columns: 1, ..Section::default() }, ..SectionShape::default() });
    }
    shapes
}

/// The properties of sections, each with the number of the paragraph that it ends with, as far as paragraphs are counted.
fn properties(parent: ElementRef, count: fn(ElementRef) -> usize) -> Vec<(usize, ElementRef)> {
    let mut found = Vec::new();
    collect(parent, count, &mut 0, &mut found);
    found.iter_mut().for_each(|(last, _)| *last = 1.max(*last));
    found
}

fn collect<'a>(
    parent: ElementRef<'a>,
    count: fn(ElementRef) -> usize,
    paragraphs: &mut usize,
    found: &mut Vec<(usize, ElementRef<'a>)>,
) {
    for child in parent.elements() {
        match child.name() {
            "w:p" => {
                found.extend(of_paragraph(child).map(|section| (*paragraphs + 1, section)));
                *paragraphs += count(child);
            }
            "w:sectPr" => found.push((*paragraphs, child)),
            "w:sdt" | "w:sdtContent" | "w:customXml" | "w:ins" | "w:moveTo" => collect(child, count, paragraphs, found),
            _ => *paragraphs += count(child),
        }
    }
}

/// Paragraphs of an element, itself and those of text boxes included; of two copies one counts.
fn count(element: ElementRef) -> usize {
    let may_hold = |name: &str| !matches!(name, "w:t" | "w:pPr" | "w:rPr" | "w:tcPr" | "w:trPr" | "mc:Fallback");
    let inside = element.elements().filter(|child| may_hold(child.name())).map(count).sum::<usize>();
    inside + usize::from(element.name() == "w:p")
}

/// The section that a paragraph ends.
pub fn of_paragraph(paragraph: ElementRef) -> Option<ElementRef> {
    paragraph.path(&["w:pPr", "w:sectPr"])
}

/// Whether a section ends inside a wrapper of blocks.
pub fn ends_inside(wrapper: ElementRef) -> bool {
    !properties(wrapper, |_| 0).is_empty()
}

impl SectionShape {
    fn read(element: ElementRef) -> SectionShape {
        let mut shape =
            SectionShape { section: Section { columns: 1, ..Section::default() }, ..SectionShape::default() };
        let mut gutter = 0;
        let notices = &mut shape.notices;
        let mut notice = |sentence: &str| notices.push(Notice::otherwise(sentence));
        for child in element.elements() {
            let section = &mut shape.section;
            match child.name() {
                "w:headerReference" => shape.headers.read(child),
                "w:footerReference" => shape.footers.read(child),
                "w:type" => match child.attribute("w:val") {
                    Some("continuous") => section.start = SectionStart::Continuous,
                    Some("nextColumn") => {
                        section.start = SectionStart::Continuous;
                        notice("Ngắt mục sang cột mới được thay bằng ngắt mục liền trang.");
                    }
                    Some("evenPage" | "oddPage") => {
                        notice("Ngắt mục sang trang chẵn hoặc lẻ được thay bằng ngắt sang trang kế tiếp.");
                    }
                    _ => {}
                },
                "w:pgSz" => read_paper(child, &mut section.page),
                "w:pgMar" => gutter = read_margins(child, &mut section.page),
                "w:cols" => {
                    let unequal = read_columns(child, section);
                    unequal.then(|| notice(UNEQUAL_COLUMNS));
                }
                "w:pgNumType" => {
                    section.first_number = number_of(child, "w:start").and_then(|start| u32::try_from(start).ok());
                    section.number_format = page_number_format(child.attribute("w:fmt").unwrap_or("decimal"));
                }
                "w:titlePg" => section.first_page_differs = is_on(child),
                "w:pgBorders" => notice("Đường viền trang không được vẽ."),
                "w:lnNumType" => notice("Số dòng ở lề không được vẽ."),
                "w:vAlign" if !matches!(child.attribute("w:val"), None | Some("top")) => {
                    notice("Trang căn giữa hoặc căn dưới theo chiều dọc được vẽ từ mép trên.");
                }
                _ => {}
            }
        }
        if switch(element, "w:bidi") == Some(true) {
            shape.notices.push(Notice::otherwise("Mục viết từ phải sang trái được vẽ từ trái sang phải."));
        }
        shape.section.page.left += gutter;
        shape
    }

    /// Room between the margins, or in a column.
    pub fn text_width(&self) -> i32 {
        let page = self.section.page;
        let columns = self.section.columns.max(1) as i32;
        let width = page.width - page.left - page.right - (columns - 1) * self.section.column_gap;
        (width / columns).max(1)
    }
}

impl References {
    fn read(&mut self, element: ElementRef) {
        let id = element.attribute("r:id").map(str::to_string);
        match element.attribute("w:type") {
            Some("first") => self.first = id,
            Some("even") => self.even = id,
            _ => self.default = id,
        }
    }
}

fn read_paper(element: ElementRef, page: &mut Page) {
    let side = |name| twips_of(element, name).filter(|side| (1..=LONGEST_SIDE).contains(side));
    page.width = side("w:w").unwrap_or(page.width);
    page.height = side("w:h").unwrap_or(page.height);
}

/// Gives the gutter.
fn read_margins(element: ElementRef, page: &mut Page) -> i32 {
    // A negative margin lets the header run into the text; its size counts.
    let margin = |name: &str, usual: i32| twips_of(element, name).unwrap_or(usual).abs().min(LONGEST_SIDE);
    page.top = margin("w:top", page.top);
    page.bottom = margin("w:bottom", page.bottom);
    page.left = margin("w:left", page.left);
    page.right = margin("w:right", page.right);
    page.header = margin("w:header", page.header);
    page.footer = margin("w:footer", page.footer);
    margin("w:gutter", 0)
}

/// Tells whether columns of different widths were asked for.
fn read_columns(element: ElementRef, section: &mut Section) -> bool {
    let own: Vec<ElementRef> = element.elements().filter(|child| child.name() == "w:col").collect();
    let equal = element.attribute("w:equalWidth").is_none_or(super::values::is_true) || own.is_empty();
    let count = if equal { number_of(element, "w:num").unwrap_or(1) } else { own.len() as i64 };
    section.columns = count.clamp(1, 45) as u32;
    let gap = if equal { element } else { own.first().copied().unwrap_or(element) };
    section.column_gap = twips_of(gap, "w:space").unwrap_or(720).clamp(0, LONGEST_SIDE);
    let widths: Vec<Option<i32>> = own.iter().map(|column| twips_of(*column, "w:w")).collect();
    !equal && widths.windows(2).any(|pair| pair[0] != pair[1])
}

fn page_number_format(text: &str) -> NumberFormat {
    match text {
        "lowerRoman" => NumberFormat::LowerRoman,
        "upperRoman" => NumberFormat::UpperRoman,
        "lowerLetter" => NumberFormat::LowerLetter,
        "upperLetter" => NumberFormat::UpperLetter,
        _ => NumberFormat::Decimal,
    }
}

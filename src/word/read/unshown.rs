//! What the PDF does not show of a look: named, so that it is said and not passed over.

use super::report::Notice;
use super::values::{is_on, switch};
use crate::word::xml::ElementRef;

/// An effect of letters in the properties of a run: none where nothing is said about effects, `Some(None)` where one is
/// switched off.
pub fn effect(property: ElementRef) -> Option<Option<&'static str>> {
    let text = property.attribute("w:val").unwrap_or("");
    let (what, on) = match property.name() {
        "w:emboss" => ("chữ nổi", is_on(property)),
        "w:imprint" => ("chữ chìm", is_on(property)),
        "w:shadow" => ("bóng chữ", is_on(property)),
        "w:outline" => ("chữ rỗng", is_on(property)),
        "w:em" => ("dấu nhấn trên chữ", text != "none"),
        "w:bdr" => ("khung quanh chữ", !matches!(text, "none" | "nil")),
        "w:effect" => ("chữ động", text != "none"),
        "w:position" => ("chữ nâng lên hoặc hạ xuống", !matches!(text, "0" | "")),
        "w:w" => ("chữ co giãn bề ngang", !matches!(text.trim_end_matches('%'), "100" | "")),
        "w:fitText" => ("chữ dàn vừa bề rộng", true),
        "w14:glow" | "w14:shadow" | "w14:reflection" | "w14:textOutline" | "w14:textFill" => ("hiệu ứng chữ", true),
        _ => return None,
    };
    Some(on.then_some(what))
}

/// What is said of letters with such an effect.
pub fn of_letters(what: &str) -> Notice {
    Notice::otherwise(format!("Định dạng {what} không có trong bản PDF, chữ được vẽ bình thường."))
}

/// What is not shown of a paragraph with these properties.
pub fn of_paragraph(properties: ElementRef) -> Vec<Notice> {
    let mut notices = Vec::new();
    match properties.find("w:framePr") {
        Some(frame) if frame.attribute("w:dropCap").is_none_or(|kind| kind == "none") => {
            notices.push(Notice::otherwise("Khung chữ nổi được đặt vào dòng chảy của văn bản."));
        }
        Some(_) => notices.push(Notice::otherwise("Chữ lớn đầu đoạn được đặt thành một đoạn riêng.")),
        None => {}
    }
    if switch(properties, "w:bidi") == Some(true) {
        notices.push(Notice::otherwise("Đoạn viết từ phải sang trái được vẽ từ trái sang phải."));
    }
    notices
}

/// Whether the borders of a cell have a diagonal.
pub fn has_diagonal(borders: ElementRef) -> bool {
    let drawn = |border: ElementRef| !matches!(border.attribute("w:val"), None | Some("none" | "nil"));
    ["w:tl2br", "w:tr2bl"].iter().any(|name| borders.find(name).is_some_and(drawn))
}

/// What is not shown of a table with these properties, and perhaps with diagonals in its cells.
pub fn of_table(properties: Option<ElementRef>, has_crossed_cells: bool) -> Vec<Notice> {
    let mut notices = Vec::new();
    let holds = |name: &str| properties.is_some_and(|own| own.find(name).is_some());
    if holds("w:tblpPr") {
        notices.push(Notice::otherwise("Bảng nổi được đặt vào dòng chảy của văn bản."));
    }
    if holds("w:tblCellSpacing") {
        notices.push(Notice::otherwise("Khoảng cách giữa các ô của bảng không được vẽ."));
    }
    if has_crossed_cells {
        notices.push(Notice::otherwise("Đường chéo trong ô bảng không được vẽ."));
    }
    notices
}

/// What is not shown of a whole file, by its settings and the root of its body.
pub fn of_file(settings: ElementRef, document: ElementRef) -> Vec<Notice> {
    let mut notices = Vec::new();
    let on = |name: &str| switch(settings, name) == Some(true);
    if on("w:evenAndOddHeaders") {
        let sentence = "Đầu trang và chân trang riêng cho trang chẵn không được vẽ, mọi trang dùng loại chung.";
        notices.push(Notice::otherwise(sentence));
    }
    if on("w:mirrorMargins") {
        notices.push(Notice::otherwise("Lề đối xứng của trang chẵn không được vẽ, mọi trang dùng lề của trang lẻ."));
    }
    for _ in Notes::of(settings, document).iter().filter(|notes| notes.are_used && notes.are_numbered_otherwise) {
        let sentence = "Cách đánh số chú thích riêng không được dùng, chú thích được đánh số 1, 2, 3 liên tục.";
        notices.push(Notice::otherwise(sentence));
    }
    if on("w:displayBackgroundShape") && document.find("w:background").is_some() {
        notices.push(Notice::otherwise("Màu hoặc hình nền của trang không được vẽ."));
    }
    notices
}

/// What a document says of its foot- or endnotes.
#[derive(Default)]
struct Notes {
    are_used: bool,
    are_numbered_otherwise: bool,
}

impl Notes {
    /// Of footnotes and of endnotes.
    fn of(settings: ElementRef, document: ElementRef) -> [Notes; 2] {
        let mut both = <[Notes; 2]>::default();
        if !["footnote", "endnote"].iter().any(|notes| document.part_mentions(notes)) {
            return both;
        }
        for element in settings.elements().chain(document.descendants()) {
            match element.name() {
                "w:footnoteReference" => both[0].are_used = true,
                "w:endnoteReference" => both[1].are_used = true,
                "w:footnotePr" => both[0].are_numbered_otherwise |= numbers_notes_its_own_way(element),
                "w:endnotePr" => both[1].are_numbered_otherwise |= numbers_notes_its_own_way(element),
                _ => {}
            }
        }
        both
    }
}

/// Whether the properties of foot- or endnotes (ISO 29500-1 §17.11) ask for other numbers than 1, 2, 3 through the document.
fn numbers_notes_its_own_way(properties: ElementRef) -> bool {
    let is_other = |name: &str, usual: &str| {
        properties.find(name).and_then(|own| own.attribute("w:val")).is_some_and(|value| value != usual)
    };
    is_other("w:numFmt", "decimal") || is_other("w:numStart", "1") || is_other("w:numRestart", "continuous")
}

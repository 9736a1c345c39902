//! Differences as a secretary reads them, the same words on the terminal and in the workbook.

use rust_decimal::Decimal;

use super::difference::{Both, Cause, LineDifference, Presence, UnitDifference};
use crate::vietnamese::number;

const NONE: &str = "không có";

/// `95 → 104`; what is not there is `không có`.
pub fn changed_figure(figures: &Both<Option<Decimal>>) -> String {
    let words = |value: &Option<Decimal>| value.map_or_else(|| NONE.to_string(), number);
    format!("{} → {}", words(&figures.before), words(&figures.after))
}

/// What moved a line: `kết quả 95 → 104 (ô so-lieu/a.xlsx!Biểu 1!E12); kế hoạch 100 → 90`.
pub fn line_words(line: &LineDifference) -> String {
    let parts: Vec<String> = line.causes.iter().map(|cause| cause_words(*cause, line)).collect();
    parts.join("; ")
}

fn cause_words(cause: Cause, line: &LineDifference) -> String {
    match cause {
        Cause::Result => {
            let source = line.source.after.as_ref().or(line.source.before.as_ref());
            let cell = source.map(|cell| format!(" (ô {cell})")).unwrap_or_default();
            format!("kết quả {}{cell}", changed_figure(&line.result))
        }
        Cause::Plan => format!("kế hoạch {}", changed_figure(&line.plan)),
        Cause::Verified => format!("điểm thẩm định {}", changed_figure(&line.verified)),
        Cause::SelfMark => format!("điểm tự chấm {}", changed_figure(&line.self_mark)),
        Cause::Waiver => "thêm hoặc bỏ miễn chấm".to_string(),
        Cause::Rule => "cách tính hoặc điểm tối đa của tiêu chí đổi".to_string(),
        Cause::Others => "số liệu của đơn vị không đổi; kết quả dẫn đầu của cụm đổi".to_string(),
    }
}

/// A unit's own outcome: `hạng 3 → 1; 95,5 → 98 điểm (+2,5); xếp loại Tốt → Xuất sắc`. Empty where nothing of it differs.
pub fn unit_words(unit: &UnitDifference) -> String {
    match unit.presence {
        Presence::OnlyBefore => return "chỉ có ở lần trước".to_string(),
        Presence::OnlyAfter => return "chỉ có ở lần sau".to_string(),
        Presence::Both => {}
    }
    let mut parts = Vec::new();
    if unit.submitted.differs() {
        parts.push(if unit.submitted.after { "mới nộp báo cáo" } else { "không còn báo cáo" }.to_string());
    }
    if unit.disqualified.differs() {
        let words = if unit.disqualified.after {
            "nay thuộc diện không xếp loại"
        } else {
            "nay được xếp hạng"
        };
        parts.push(words.to_string());
    }
    if unit.rank.differs() {
        parts.push(format!("hạng {}", changed_figure(&unit.rank.map(|rank| rank.map(Decimal::from)))));
    }
    if unit.total.differs() {
        parts.push(format!("{} điểm{}", changed_figure(&unit.total), signed(&unit.total)));
    }
    if unit.grade.differs() {
        let words = |grade: &Option<String>| grade.clone().unwrap_or_else(|| NONE.to_string());
        parts.push(format!("xếp loại {} → {}", words(&unit.grade.before), words(&unit.grade.after)));
    }
    if unit.awards.differs() {
        let words = |awards: &Vec<String>| if awards.is_empty() { NONE.to_string() } else { awards.join(", ") };
        parts.push(format!("đề nghị khen {} → {}", words(&unit.awards.before), words(&unit.awards.after)));
    }
    parts.join("; ")
}

/// ` (+2,5)`; nothing where a figure is missing.
fn signed(figures: &Both<Option<Decimal>>) -> String {
    let difference = figures.after.zip(figures.before).and_then(|(after, before)| after.checked_sub(before));
    match difference {
        Some(points) if points > Decimal::ZERO => format!(" (+{})", number(points)),
        Some(points) => format!(" (−{})", number(points.abs())),
        None => String::new(),
    }
}

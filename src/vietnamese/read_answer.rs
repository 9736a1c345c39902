//! Yes and no as people write them (contract §1): `đạt`, `có`, `x`, `✓` … and `không`, `–` ….

/// Whether a text says yes or no; none where it says neither.
pub fn read_answer(text: &str) -> Option<bool> {
    let text = text.trim();
    if matches!(text, "✓" | "✔" | "√" | "☑" | "☒" | "×" | "✗" | "✘" | "+") {
        // a cross in a box is how a form is ticked
        return Some(true);
    }
    if matches!(text, "-" | "–" | "—" | "−" | "☐") {
        return Some(false);
    }
    match super::fold(text).as_str() {
        "dat" | "co" | "x" | "v" | "1" | "true" | "ies" | "dung" | "roi" | "dadat" | "hoanthanh" | "dahoanthanh" => {
            Some(true)
        }
        "khong" | "khongdat" | "khongco" | "0" | "false" | "no" | "sai" | "chua" | "chuadat" | "chuaco" | "ko"
        | "kdat" | "khonghoanthanh" | "chuahoanthanh" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_have_many_spellings() {
        for text in ["đạt", "Đạt", "ĐẠT", "có", "x", "X", "✓", "1", "true", "Co", "dat"] {
            assert_eq!(read_answer(text), Some(true), "{text}");
        }
        for text in ["không", "Không đạt", "KHÔNG", "0", "false", "–", "-", "chưa đạt", "khong dat"] {
            assert_eq!(read_answer(text), Some(false), "{text}");
        }
        for text in ["", "đạt 95%", "2", "tốt", "không rõ"] {
            assert_eq!(read_answer(text), None, "{text}");
        }
    }
}

//! Signatures as a secretary reads of them, the same words on the terminal and on the page.

use super::{Certificate, Change, Fault, Field, LARGEST, Refusal, Signature, Verdict};

/// Said wherever there is a signature.
pub const TRUST: &str = "Lưu ý: chương trình chỉ kiểm tra chữ ký khớp với nội dung và với chứng thư nằm trong tệp; KHÔNG kiểm tra cơ quan cấp chứng thư \
                         có đáng tin không, chứng thư có bị thu hồi không, nên tên người ký là tên ghi trong chứng thư, chưa được xác nhận.";

/// Why a file was not looked at, to follow its name.
pub fn refusal_words(refusal: Refusal) -> String {
    match refusal {
        Refusal::NotReadable => "không phải PDF hoặc đã hỏng, không đọc được.".to_string(),
        Refusal::Locked => "có mật khẩu nên không xem được chữ ký.".to_string(),
        Refusal::TooLarge => format!("quá lớn (hơn {} MB) hoặc có quá nhiều chữ ký.", LARGEST >> 20),
        Refusal::NoFields => "không có ô ký số nào, nên không có chữ ký để xem.".to_string(),
    }
}

/// The unit's name, then the field's; letters that steer a terminal are left out.
pub fn title(field: &Field) -> String {
    let title = match &field.label {
        Some(label) if *label != field.name => format!("{label} [{}]", field.name),
        _ => field.name.clone(),
    };
    title.chars().filter(|letter| !letter.is_control()).collect()
}

/// What became of a signature.
pub fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Sound => "đã ký, chữ ký nguyên vẹn",
        Verdict::Changed => "đã ký, nhưng văn bản ĐÃ BỊ SỬA SAU KHI KÝ",
        Verdict::Broken => "CHỮ KÝ HỎNG",
        Verdict::Unchecked => "đã ký, CHƯA KIỂM ĐƯỢC",
    }
}

/// What there is to know of a signature, a line each: why it does not hold, who signed, when, what came after.
pub fn details(signature: &Signature) -> Vec<String> {
    let mut lines: Vec<String> = signature.faults.iter().map(|fault| format!("Vì: {}", reason(*fault))).collect();
    if !signature.later.changes.is_empty() {
        let changes: Vec<&str> = signature.later.changes.iter().map(|change| changed(*change)).collect();
        lines.push(format!("Đã sửa sau khi ký: {}", changes.join("; ")));
    }
    if let Some(certificate) = &signature.certificate {
        lines.extend(certificate_lines(certificate));
    }
    if let Some(time) = &signature.claimed_time {
        lines.push(format!("Thời điểm ký, do người ký tự khai: {}", moment(time)));
    }
    if let Some(algorithm) = &signature.algorithm {
        lines.push(format!("Thuật toán: {algorithm}"));
    }
    if signature.later.changes.is_empty() && signature.later.signatures > 0 {
        let fields = match signature.later.new_fields {
            0 => String::new(),
            count => format!(" (trong đó {count} ô ký mới được thêm)"),
        };
        let count = signature.later.signatures;
        lines.push(format!("Sau đó có thêm {count} chữ ký{fields}, nội dung không đổi"));
    }
    lines
}

fn certificate_lines(certificate: &Certificate) -> Vec<String> {
    let unnamed = "(không ghi)".to_string();
    let name = certificate.common_name.as_ref().unwrap_or(&unnamed);
    let organization = certificate.organization.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
    let issuer = if certificate.self_signed {
        "tự cấp cho mình, không cơ quan nào bảo đảm".to_string()
    } else {
        format!("do {} cấp", certificate.issuer.as_ref().unwrap_or(&unnamed))
    };
    let (from, until) = (day(&certificate.not_before), day(&certificate.not_after));
    let mut lines = vec![
        format!("Người ký theo chứng thư: {name}{organization}"),
        format!("Chứng thư: {issuer}, hạn từ {from} đến {until}"),
    ];
    if certificate.valid_at_claimed_time == Some(false) {
        lines.push("Thời điểm tự khai nằm NGOÀI hạn của chứng thư".to_string());
    }
    lines
}

fn reason(fault: Fault) -> &'static str {
    match fault {
        Fault::ByteRange => "chữ ký không bao trùm trọn văn bản tại lúc ký",
        Fault::Container => "dữ liệu chữ ký hỏng hoặc sai dạng",
        Fault::NoCertificate => "không kèm chứng thư của người ký",
        Fault::OtherCertificate => "chứng thư đã bị đổi so với lúc ký",
        Fault::Digest => "nội dung khác với nội dung đã ký",
        Fault::Signature => "chữ ký không khớp với chứng thư đi kèm",
        Fault::Damaged => "phần ghi chữ ký trong tệp hỏng",
        Fault::Unsupported => "loại chữ ký hoặc thuật toán này chương trình chưa kiểm được",
    }
}

fn changed(change: Change) -> &'static str {
    match change {
        Change::Pages => "trang (thêm, bớt hoặc đổi)",
        Change::Content => "nội dung trên trang",
        Change::Annotations => "ghi chú hoặc vật đặt trên trang",
        Change::Form => "ô biểu mẫu hoặc chữ ký đã có",
        Change::Other => "phần khác của văn bản",
        Change::Unreadable => "có phần thêm vào mà không đọc chắc được",
    }
}

/// `2026-11-21T08:00:00Z` as `21/11/2026`.
fn day(time: &str) -> String {
    match time.get(..10).map(|day| day.split('-').collect::<Vec<_>>()).as_deref() {
        Some([year, month, day]) => format!("{day}/{month}/{year}"),
        _ => time.to_string(),
    }
}

fn moment(time: &str) -> String {
    match (time.get(11..19), time.get(19..)) {
        (Some(clock), Some("Z")) => format!("{clock} ngày {} (giờ quốc tế UTC)", day(time)),
        (Some(clock), Some(zone)) => format!("{clock} ngày {} (múi giờ {zone})", day(time)),
        _ => time.to_string(),
    }
}

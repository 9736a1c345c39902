//! Codes of findings about ranking workbooks that units sent back: `GYnn` (góp ý).

use super::{Code, Severity};

/// All of them, in order.
pub const CODES: &[&Code] = &[&NOT_A_RANKING, &OTHER_YEAR, &FIGURES_DEPART, &UNKNOWN_ROW];

pub static NOT_A_RANKING: Code = Code {
    id: "GY01",
    severity: Severity::Warning,
    title: "Tệp gửi lại không phải bảng xếp hạng",
    meaning: "Tệp không có trang tính nào có cột “Ý kiến của đơn vị”, nên không có gì để gom. Có thể đơn vị gửi nhầm tệp, hoặc đã xoá cột.",
    example: "tra-loi/y-te.xlsx là biểu số liệu chứ không phải xep-hang.xlsx.",
    mend: "Mở tệp xem; nếu đơn vị góp ý ở chỗ khác thì chép ý kiến vào cột “Ý kiến của đơn vị” của xep-hang.xlsx.",
};

pub static OTHER_YEAR: Code = Code {
    id: "GY02",
    severity: Severity::Warning,
    title: "Bảng xếp hạng của năm khác",
    meaning: "Tiêu đề của tệp gửi lại ghi một năm khác với hồ sơ, nên ý kiến trong đó không được gom.",
    example: "tra-loi/y-te.xlsx có tiêu đề “… NĂM 2023”, hồ sơ này là năm 2024.",
    mend: "Chạy lệnh với hồ sơ của năm ấy, hoặc gửi lại đơn vị bảng của năm nay.",
};

pub static FIGURES_DEPART: Code = Code {
    id: "GY03",
    severity: Severity::Warning,
    title: "Số trong bảng gửi lại khác hồ sơ",
    meaning: "Trang tính Số liệu hoặc Thang điểm của tệp gửi lại không giống hồ sơ hiện nay: hoặc đơn vị đã sửa số trong bảng, hoặc bảng được \
              lập trước khi hồ sơ thay đổi. Số trong bảng gửi lại không được lấy; ý kiến vẫn được gom.",
    example: "tra-loi/y-te.xlsx, trang tính “Số liệu”, ô F12: 104; so-lieu/y-te.xlsx hiện ghi 95.",
    mend: "Nếu số mới là đúng thì đề nghị đơn vị gửi lại biểu số liệu; nếu bảng đã cũ thì gửi đơn vị bảng mới.",
};

pub static UNKNOWN_ROW: Code = Code {
    id: "GY04",
    severity: Severity::Warning,
    title: "Ý kiến ở dòng không nhận ra",
    meaning: "Ý kiến nằm ở một dòng mà đơn vị hoặc mã tiêu chí không có trong hồ sơ, thường vì dòng đã bị sửa hay chép sang chỗ \
              khác. Nội dung ý kiến được ghi ngay trong phát hiện này.",
    example: "tra-loi/y-te.xlsx, trang tính “Chi tiết”, ô L40: dòng “YTX 9.9”.",
    mend: "Xem ý kiến ở ô đã nêu và xử lý bằng tay.",
};

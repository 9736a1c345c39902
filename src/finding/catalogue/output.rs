//! Codes of findings about writing of results: `KQnn`.

use super::{Code, Severity};

/// All of them, in order.
pub const CODES: &[&Code] = &[&NOT_WRITTEN, &TEMPLATE_UNREADABLE, &NOT_MARKED];

pub static NOT_WRITTEN: Code = Code {
    id: "KQ01",
    severity: Severity::Error,
    title: "Không ghi được tệp kết quả",
    meaning: "Chương trình đã lập xong văn bản nhưng hệ thống không cho ghi vào chỗ đã định. Tệp cũ, nếu có, vẫn còn \
              nguyên; các tệp khác vẫn được ghi đủ.",
    example: "ket-qua/K1/giao-uoc.docx đang mở trong Word nên không thay được.",
    mend: "Đóng tệp đang mở trong Word hoặc Excel, kiểm tra ổ đĩa còn chỗ và thư mục cho phép ghi, rồi chạy lại.",
};

pub static TEMPLATE_UNREADABLE: Code = Code {
    id: "KQ02",
    severity: Severity::Error,
    title: "Không đọc được mẫu văn bản",
    meaning: "Tệp trong thư mục mau/ không mở được như một văn bản Word (.docx), nên văn bản theo mẫu ấy chưa được lập. \
              Các văn bản khác vẫn được lập đủ.",
    example: "mau/giao-uoc.docx thực ra là tệp .doc đời cũ được đổi tên.",
    mend: "Mở mẫu bằng Word, chọn “Lưu thành” kiểu .docx, hoặc xoá tệp ấy đi để dùng mẫu có sẵn.",
};

pub static NOT_MARKED: Code = Code {
    id: "KQ03",
    severity: Severity::Warning,
    title: "Không lập được bản đánh dấu",
    meaning: "Tệp của đơn vị có ô sai nhưng không tô màu, ghi chú thẳng vào tệp được: tệp đã bị dời đi, bị \
              hỏng hoặc lưu theo cách hiếm gặp. Các ô sai vẫn có đủ trong ra-soat.xlsx.",
    example: "so-lieu/y-te.xlsx vừa bị đổi tên trong lúc rà soát nên không có bản đánh dấu.",
    mend: "Mở tệp bằng Excel, lưu thành kiểu .xlsx rồi chạy lại, hoặc gửi đơn vị bảng ra-soat.xlsx.",
};

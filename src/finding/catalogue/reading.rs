//! Codes of findings about reading of filled Word files for the PDF: `VBnn`.

use super::Code;
use crate::finding::Severity;

pub static UNREADABLE: Code = Code {
    id: "VB01",
    severity: Severity::Error,
    title: "Văn bản Word hỏng, không lập được PDF",
    meaning: "Phần thân của tệp Word thiếu hoặc hỏng, nên không có nội dung để lập bản PDF. Các văn bản khác vẫn được lập.",
    example: "mau/giao-uoc.docx: thiếu phần thân văn bản (word/document.xml).",
    mend: "Mở tệp bằng Word, chọn Lưu thành tệp .docx mới rồi chạy lại.",
};

pub static TOO_LARGE: Code = Code {
    id: "VB02",
    severity: Severity::Error,
    title: "Văn bản Word quá lớn, không lập được PDF",
    meaning: "Văn bản có quá nhiều đoạn, bảng lồng nhau quá sâu hoặc quá nhiều mục trang. Giới hạn này giữ cho chương trình không treo máy khi gặp tệp lỗi.",
    example: "mau/bao-cao-tong-ket.docx có hơn 200.000 đoạn.",
    mend: "Tách văn bản thành nhiều tệp nhỏ hơn rồi chạy lại.",
};

pub static NOT_DRAWN: Code = Code {
    id: "VB03",
    severity: Severity::Warning,
    title: "Có hình không vẽ được vào PDF",
    meaning: "Bản Word có biểu đồ, hình khối, công thức hoặc đối tượng nhúng mà bản PDF không vẽ được. Bản Word vẫn đủ, bản PDF thiếu chỗ đó.",
    example: "mau/bao-cao-tong-ket.docx › thân văn bản › đoạn 42: một biểu đồ không vẽ được.",
    mend: "Trong mẫu Word, thay hình đó bằng ảnh PNG hoặc JPEG đặt thẳng hàng với chữ.",
};

pub static DRAWN_OTHERWISE: Code = Code {
    id: "VB04",
    severity: Severity::Warning,
    title: "Có chỗ trong PDF trình bày khác bản Word",
    meaning: "Nội dung vẫn đủ, nhưng bản PDF đặt nó khác bản Word: ảnh nổi, hộp văn bản hay khung được đặt vào dòng chảy của chữ.",
    example: "mau/giao-uoc.docx › thân văn bản › đoạn 3: hộp văn bản được đặt ngay sau đoạn này.",
    mend: "Trong mẫu Word, đặt ảnh thẳng hàng với chữ (In Line with Text) và dùng bảng thay cho hộp văn bản.",
};

pub static TRACKED_CHANGES: Code = Code {
    id: "VB05",
    severity: Severity::Warning,
    title: "Văn bản còn theo dõi sửa đổi (Track Changes)",
    meaning: "Trong văn bản còn chữ chờ duyệt. Bản PDF lấy chữ được thêm vào và bỏ chữ bị xoá, như khi đã duyệt tất cả.",
    example: "mau/to-trinh-khen-thuong.docx › thân văn bản › đoạn 7: bỏ “Chủ tịch” đã bị xoá.",
    mend: "Mở mẫu bằng Word, vào Review, chọn Accept All Changes rồi lưu lại.",
};

pub static PICTURE_LOST: Code = Code {
    id: "VB06",
    severity: Severity::Warning,
    title: "Có ảnh không đưa được vào PDF",
    meaning: "Bản PDF chỉ nhận ảnh PNG và JPEG nằm trong tệp Word. Ảnh EMF, WMF, GIF, BMP, SVG hay ảnh liên kết tới tệp bên ngoài bị bỏ qua.",
    example: "mau/giao-uoc.docx › đầu trang › đoạn 1: ảnh logo.emf không phải là PNG hay JPEG.",
    mend: "Trong mẫu Word, chèn lại ảnh từ một tệp PNG hoặc JPEG.",
};

pub static FIELD_LOST: Code = Code {
    id: "VB07",
    severity: Severity::Warning,
    title: "Có trường (field) chưa có kết quả",
    meaning: "Bản Word có một trường mà Word chưa tính, nên bản PDF không có gì để in ở chỗ đó. Trường số trang và tổng số trang thì chương trình tự tính.",
    example: "mau/bao-cao-tong-ket.docx › thân văn bản › đoạn 2: trường TOC chưa có kết quả.",
    mend: "Mở mẫu bằng Word, bấm Ctrl+A rồi F9 để cập nhật các trường, lưu lại.",
};

pub static PART_LOST: Code = Code {
    id: "VB08",
    severity: Severity::Warning,
    title: "Một thành phần của tệp Word hỏng hoặc thiếu",
    meaning: "Tệp Word thiếu phần kiểu chữ, đánh số, đầu trang hay cước chú mà văn bản nhắc tới, hoặc phần đó hỏng. Phần còn lại vẫn được lập thành PDF.",
    example: "mau/giao-uoc.docx: phần kiểu chữ (word/styles.xml) hỏng, dùng kiểu mặc định.",
    mend: "Mở tệp bằng Word, để Word sửa tệp, lưu lại rồi chạy lại.",
};

/// All of them, in order.
pub const CODES: &[&Code] =
    &[&UNREADABLE, &TOO_LARGE, &NOT_DRAWN, &DRAWN_OTHERWISE, &TRACKED_CHANGES, &PICTURE_LOST, &FIELD_LOST, &PART_LOST];

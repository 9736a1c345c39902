//! Codes of findings about templates: `MAUnn`.

use super::Code;
use crate::finding::Severity;

/// All of them, in order.
pub const CODES: &[&Code] = &[
    &UNREADABLE,
    &UNKNOWN,
    &SYNTAX,
    &TORN,
    &UNPAIRED,
    &MISPLACED,
    &FORBIDDEN,
    &HELPER,
    &WRONG_KIND,
    &LIMIT,
    &TRACKED,
    &NOT_FILLED,
    &OUT_OF_REACH,
    &UNUSED,
];

pub static UNREADABLE: Code = Code {
    id: "MAU01",
    severity: Severity::Error,
    title: "Không đọc được tệp mẫu",
    meaning: "Tệp trong thư mục mau không phải là văn bản Word (.docx), hay bảng tính Excel (.xlsx) với xep-hang.xlsx, hoặc đã hỏng, nên không lập được văn bản theo mẫu này.",
    example: "mau/giao-uoc.docx: thực ra là tệp .doc cũ được đổi đuôi.",
    mend: "Mở tệp bằng Word hoặc Excel, lưu lại dạng Word Document (.docx) hoặc Excel Workbook (.xlsx) rồi chạy lại.",
};

pub static UNKNOWN: Code = Code {
    id: "MAU02",
    severity: Severity::Error,
    title: "Thẻ không tồn tại",
    meaning: "Mẫu dùng một tên mà dữ liệu không có ở chỗ đó, kể cả trong {{#if …}}. Không đoán thay, vì để trống một chỗ trong văn bản sẽ khó thấy. Trong vòng lặp, tên ở ngoài phải viết với ../ ở trước.",
    example: "mau/bao-cao-tong-ket.docx, thân văn bản, đoạn 12: {{#each xep_hagn}} — ý là xep_hang.",
    mend: "Sửa tên thẻ trong tệp mẫu theo danh sách thẻ rồi chạy lại.",
};

pub static SYNTAX: Code = Code {
    id: "MAU03",
    severity: Severity::Error,
    title: "Thẻ viết sai",
    meaning: "Phần trong {{ }} không đọc được: thừa thiếu dấu ngoặc, dấu nháy, hoặc dùng cách viết không có.",
    example: "mau/giao-uoc.docx, đoạn 5: {{so tong,2}} — phải là {{so tong 2}}.",
    mend: "Viết lại thẻ trong tệp mẫu theo ví dụ của hướng dẫn.",
};

pub static TORN: Code = Code {
    id: "MAU04",
    severity: Severity::Error,
    title: "Thẻ thiếu dấu ngoặc nhọn",
    meaning: "Một thẻ phải mở bằng {{ và đóng bằng }} trong cùng một đoạn, hoặc cùng một ô của bảng tính. Thiếu một đầu thì không biết thẻ dừng ở đâu.",
    example: "mau/giao-uoc.docx, đoạn 3: “Năm {{nam} của cụm”.",
    mend: "Thêm dấu ngoặc nhọn còn thiếu trong tệp mẫu.",
};

pub static UNPAIRED: Code = Code {
    id: "MAU05",
    severity: Severity::Error,
    title: "Vòng lặp hoặc điều kiện không khép kín",
    meaning: "Mỗi {{#each}}, {{#if}}, {{#unless}}, {{#with}}, {{#cot}} phải có đúng một thẻ đóng cùng tên, và khối mở sau phải đóng trước.",
    example: "mau/bao-cao-tong-ket.docx: {{#each don_vi}} mở ở đoạn 7, đến hết văn bản không có {{/each}}.",
    mend: "Thêm hoặc sửa thẻ đóng cho khớp với thẻ mở.",
};

pub static MISPLACED: Code = Code {
    id: "MAU06",
    severity: Severity::Error,
    title: "Vòng lặp đặt sai chỗ",
    meaning: "Thẻ mở và thẻ đóng của một khối phải ở cùng một cấp: cùng trong một câu, hoặc mỗi thẻ một đoạn riêng, một hàng riêng, hoặc ở ô đầu và ô cuối của một hàng. {{#cot …}} và {{/cot}} phải ở cùng một hàng. Nếu không, văn bản điền ra sẽ hỏng.",
    example: "mau/giao-uoc.docx: {{#each don_vi}} ở giữa câu của đoạn 4, {{/each}} lại ở trong bảng.",
    mend: "Đặt thẻ mở và thẻ đóng thành hai đoạn riêng (hoặc hai hàng riêng) bao quanh phần cần lặp.",
};

pub static FORBIDDEN: Code = Code {
    id: "MAU07",
    severity: Severity::Error,
    title: "Thẻ không được phép",
    meaning: "Các thẻ {{{ }}}, {{& }}, {{> }}, {{* }} đưa thẳng mã vào tệp Word hoặc gọi mẫu khác; chúng có thể làm hỏng tệp nên bị từ chối.",
    example: "mau/giao-uoc.docx, đoạn 2: {{{ten}}} — chỉ cần {{ten}}.",
    mend: "Thay bằng thẻ thường {{ }}.",
};

pub static HELPER: Code = Code {
    id: "MAU08",
    severity: Severity::Error,
    title: "Hàm không có hoặc sai số tham số",
    meaning: "Chữ đứng đầu một thẻ có tham số phải là tên một hàm: so, phan_tram, ngay, ngay_dai, bang_chu, hoa, la_ma, chu_cai, hai_so, do_dai, hoặc phép so sánh bang, lon_hon, nho_hon, va, hoac, khong.",
    example: "mau/bao-cao-tong-ket.docx, đoạn 9: {{lamtron tong}} — ý là {{so tong}}.",
    mend: "Sửa tên hàm hoặc số tham số trong tệp mẫu.",
};

pub static WRONG_KIND: Code = Code {
    id: "MAU09",
    severity: Severity::Error,
    title: "Dùng danh sách như chữ, hoặc chữ như danh sách",
    meaning: "Một danh sách chỉ in được qua {{#each}}; ngược lại {{#each}} chỉ chạy trên danh sách.",
    example: "mau/bao-cao-tong-ket.docx, đoạn 6: {{xep_hang}} — phải là {{#each xep_hang}} {{ten}} {{/each}}.",
    mend: "Dùng {{#each}} cho danh sách, thẻ thường cho chữ và số.",
};

pub static LIMIT: Code = Code {
    id: "MAU10",
    severity: Severity::Error,
    title: "Mẫu vượt giới hạn an toàn",
    meaning: "Mẫu quá lớn, lồng nhau quá sâu, hoặc vòng lặp chạy quá nhiều lượt. Giới hạn giữ cho máy không bị treo.",
    example: "mau/bao-cao-tong-ket.docx: 60 khối {{#if}} lồng nhau.",
    mend: "Làm mẫu đơn giản hơn: bớt lồng vòng lặp, tách văn bản.",
};

pub static TRACKED: Code = Code {
    id: "MAU11",
    severity: Severity::Error,
    title: "Mẫu còn sửa đổi đang theo dõi",
    meaning: "Trong mẫu còn chữ thêm, chữ xoá do Track Changes ghi lại. Không rõ bản nào là đúng nên không điền.",
    example: "mau/to-trinh-khen-thuong.docx, đoạn 4: một chữ bị xoá nhưng chưa được chấp nhận.",
    mend: "Trong Word chọn Review › Accept › Accept All Changes, lưu rồi chạy lại.",
};

pub static NOT_FILLED: Code = Code {
    id: "MAU12",
    severity: Severity::Error,
    title: "Không điền được mẫu",
    meaning: "Mẫu đọc được nhưng khi điền dữ liệu thì có chỗ không tính ra.",
    example: "mau/bao-cao-tong-ket.docx, thân văn bản.",
    mend: "Xem lại các thẻ trong phần được nêu, hoặc dùng lại mẫu gốc do lệnh “thidua templates” viết ra.",
};

pub static OUT_OF_REACH: Code = Code {
    id: "MAU13",
    severity: Severity::Error,
    title: "Thẻ ở chỗ không điền được",
    meaning: "Thẻ nằm trong biểu đồ, sơ đồ SmartArt hoặc mã trường của Word; trong công thức, ghi chú của ô, định dạng có điều kiện hoặc tên đã đặt của Excel. Những chỗ này không được điền, nên thẻ sẽ còn nguyên trong văn bản.",
    example: "mau/bao-cao-tong-ket.docx: tiêu đề một biểu đồ ghi {{nam}}.",
    mend: "Chuyển thẻ ra đoạn văn, ô bảng, ô tính hoặc hộp chữ thường.",
};

pub static UNUSED: Code = Code {
    id: "MAU14",
    severity: Severity::Warning,
    title: "Tệp trong mau không thay cho mẫu nào",
    meaning: "Mẫu riêng phải mang đúng tên văn bản và đuôi .docx (bảng xếp hạng có thêm xep-hang.xlsx). Tệp tên khác không được dùng, văn bản vẫn lập theo mẫu có sẵn.",
    example: "mau/giao_uoc.docx — phải là mau/giao-uoc.docx.",
    mend: "Đổi tên tệp cho đúng tên văn bản, hoặc chuyển tệp ra khỏi thư mục mau.",
};

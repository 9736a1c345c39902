//! Codes of findings about reading of spreadsheet files: `TEPnn`.

use super::Code;
use crate::finding::Severity;

pub static UNREADABLE: Code = Code {
    id: "TEP01",
    severity: Severity::Error,
    title: "Tệp hỏng, không đọc được",
    meaning: "Tệp rỗng, bị cắt giữa chừng khi gửi hoặc chép, hoặc không phải là bảng tính dù tên có đuôi bảng tính. \
              Không một số liệu nào trong tệp được lấy.",
    example: "so-lieu/cong-doan-giao-duc.xlsx nặng 0 KB vì tải từ thư điện tử chưa xong.",
    mend: "Xin lại tệp gốc, mở thử bằng Excel rồi chép đè vào chỗ cũ.",
};

pub static LOCKED: Code = Code {
    id: "TEP02",
    severity: Severity::Error,
    title: "Tệp có mật khẩu",
    meaning: "Tệp được đặt mật khẩu khi mở nên chương trình không đọc được. Khoá sửa trang tính thì không sao, chỉ mật khẩu \
              mở tệp mới chặn việc đọc.",
    example: "so-lieu/cong-doan-y-te.xlsx hỏi mật khẩu khi mở bằng Excel.",
    mend: "Mở tệp bằng Excel, bỏ mật khẩu (Tệp › Thông tin › Bảo vệ sổ làm việc) rồi lưu lại.",
};

pub static UNSUPPORTED: Code = Code {
    id: "TEP03",
    severity: Severity::Error,
    title: "Loại bảng tính chưa đọc được",
    meaning: "Chương trình đọc .xlsx, .xlsm, .xlsb, .xls, .ods và .csv. Loại tệp được nhận ra theo nội dung, không theo tên: \
              nhiều phần mềm ghi một trang web hoặc tệp XML rồi đặt đuôi .xls, Excel mở được nhưng đó không phải bảng tính.",
    example: "so-lieu/cong-doan-cong-thuong.xls thật ra là trang web do phần mềm kế toán xuất ra.",
    mend: "Mở tệp bằng Excel hoặc LibreOffice, chọn Lưu thành (Save As) loại .xlsx rồi thay tệp cũ.",
};

pub static TOO_LARGE: Code = Code {
    id: "TEP04",
    severity: Severity::Error,
    title: "Tệp quá lớn",
    meaning: "Tệp, hoặc phần bung ra từ tệp nén, vượt xa kích thước của một bảng số liệu thật. Thường do chèn ảnh, do định dạng \
              kéo tới tận cuối trang tính, hoặc do tệp độc hại.",
    example: "so-lieu/bao-cao.xlsx có 1.000.000 dòng công thức trống.",
    mend: "Chép riêng bảng số liệu sang một tệp .xlsx mới rồi thay tệp cũ.",
};

pub static DAMAGED_SHEET: Code = Code {
    id: "TEP05",
    severity: Severity::Error,
    title: "Trang tính hỏng giữa chừng",
    meaning: "Một trang tính của tệp hỏng nên chỉ đọc được phần đầu; các dòng sau chỗ hỏng không được lấy.",
    example: "so-lieu/cong-doan-xay-dung.xlsx, trang tính “Biểu 1” mất phần cuối.",
    mend: "Mở tệp bằng Excel, đồng ý sửa chữa nếu được hỏi, kiểm tra số liệu rồi lưu lại.",
};

pub static FAR_CELL: Code = Code {
    id: "TEP06",
    severity: Severity::Warning,
    title: "Có ô nằm quá xa bảng",
    meaning: "Có dữ liệu ở ô rất xa, thường do gõ nhầm. Ô đó không được đọc; bảng ở đầu trang tính vẫn được đọc đủ.",
    example: "so-lieu/cong-doan-ngan-hang.xlsx, trang tính “Biểu 1”, ô XFD1048576 có một dấu cách.",
    mend: "Xoá các ô thừa ở xa; nếu là số liệu thật thì chuyển về bảng ở đầu trang tính.",
};

pub static UNCACHED: Code = Code {
    id: "TEP07",
    severity: Severity::Error,
    title: "Công thức chưa được tính",
    meaning: "Ô chứa công thức nhưng tệp không lưu kết quả, thường do tệp được một phần mềm khác ghi ra. Chương trình không tự \
              tính công thức nên không biết giá trị của ô.",
    example: "so-lieu/cong-doan-dien-luc.xlsx, trang tính “Biểu 1”, ô E12 có công thức =C12+D12 chưa tính.",
    mend: "Mở tệp bằng Excel, bấm Lưu rồi đóng lại.",
};

pub static NOT_A_SPREADSHEET: Code = Code {
    id: "TEP08",
    severity: Severity::Warning,
    title: "Tệp không phải bảng tính",
    meaning: "Trong thư mục số liệu có tệp Word, ảnh, PDF hoặc tệp nén. Chương trình chỉ đọc bảng tính nên bỏ qua tệp này.",
    example: "so-lieu/bao cao hoan chinh.docx là tệp Word.",
    mend: "Nếu tệp chứa số liệu, chép số liệu vào biểu .xlsx; nếu là minh chứng, chuyển tệp ra ngoài thư mục so-lieu.",
};

pub static NO_ACCESS: Code = Code {
    id: "TEP09",
    severity: Severity::Error,
    title: "Không mở được tệp hoặc thư mục",
    meaning: "Máy không cho đọc tệp hoặc thư mục: tệp đang bị chương trình khác giữ, thiếu quyền, hoặc ổ đĩa không sẵn sàng.",
    example: "so-lieu/cong-doan-cang.xlsx nằm trên ổ mạng đã ngắt.",
    mend: "Đóng tệp ở các chương trình khác, kiểm tra quyền đọc rồi chạy lại.",
};

pub static GUESSED_ENCODING: Code = Code {
    id: "TEP10",
    severity: Severity::Note,
    title: "Chữ viết bằng bảng mã cũ, được đọc theo mặt chữ",
    meaning: "Ô chứa chữ của bảng mã cũ (TCVN3, VNI) hoặc chữ bị vỡ khi chuyển đổi, trong khi phông chữ của ô không cho biết là \
              bảng mã nào. Chương trình đoán theo chính tả tiếng Việt; đoán thì có thể sai nên được ghi lại ở đây.",
    example: "so-lieu/cong-doan-giao-duc.xlsx, trang tính “Biểu 1”, ô B4 ghi “C«ng ®oµn”, được đọc là “Công đoàn”.",
    mend: "Nhìn lại các ô được nêu; nếu đọc sai thì gõ lại bằng chữ Unicode.",
};

/// All of them, in order.
pub const CODES: &[&Code] = &[
    &UNREADABLE,
    &LOCKED,
    &UNSUPPORTED,
    &TOO_LARGE,
    &DAMAGED_SHEET,
    &FAR_CELL,
    &UNCACHED,
    &NOT_A_SPREADSHEET,
    &NO_ACCESS,
    &GUESSED_ENCODING,
];

//! The definition workbook of a new, empty dossier: every sheet with its headings, a note on each heading, and lists to
//! choose from where only certain words are understood (contract §1).

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Note, Workbook, Worksheet,
    XlsxError,
};

use super::WorkbookError;
use crate::dossier::RULE_WORDS;

/// A column: heading, width in characters, what to put in, and the words to choose from.
struct Column(&'static str, f64, &'static str, &'static [&'static str]);

const ROLES: &[&str] = &["Cụm trưởng", "Cụm phó", "Khối trưởng", "Phó Trưởng khối", "Thành viên"];

/// Mục of sheet Thông tin, with the value it starts with and what to put in.
const INFORMATION: &[(&str, &str, &str)] = &[
    ("Năm", "", "Bắt buộc, ví dụ 2026."),
    ("Kỳ báo cáo", "Cả năm", "Cả năm, 6 tháng đầu năm, năm học…"),
    ("Nhiệm kỳ", "", "Ví dụ 2023-2028; để trống nếu không cần."),
    ("Cơ quan cấp trên", "", "Dòng trên bên trái của văn bản."),
    ("Cơ quan ban hành", "", "Dòng dưới, in đậm."),
    ("Ký hiệu", "", "Phần sau dấu “/” của số văn bản, ví dụ BC-LĐLĐ."),
    ("Địa danh", "", "Ví dụ Hải Phòng."),
    ("Ngày văn bản", "", "Để trống thì văn bản chừa chỗ ghi tay."),
    ("Hạn nộp", "", "Ngày cuối các đơn vị phải gửi báo cáo."),
    ("Trần xếp loại", "100", "Xếp loại theo điểm không quá mức này; xếp hạng theo tổng điểm đầy đủ."),
    ("Kiểu xếp hạng", "1,2,2,4", "1,2,2,4 hoặc 1,2,2,3."),
    (
        "Phân định đồng điểm",
        "",
        "Lần lượt: mã nhóm hoặc mã tiêu chí, thưởng, ít trừ; cách nhau dấu chấm phẩy. Để trống: đồng hạng.",
    ),
    ("Làm tròn", "2", "Số chữ số thập phân của điểm."),
    ("Ngưỡng tăng giảm", "5", "Hỏi lại khi kết quả gấp, hoặc kém, từng này lần năm trước; 0: không hỏi."),
    (
        "Dòng miễn chấm",
        "Quy đổi",
        "Quy đổi: dòng ở trang tính Miễn chấm ra khỏi thang điểm, các dòng còn lại nhân lên. Tính đủ điểm: dòng ấy được điểm tối đa.",
    ),
];

const SHEETS: &[(&str, &[Column])] = &[
    (
        "Cụm",
        &[
            Column("Mã", 10.0, "Mã ngắn, không dấu; là tên thư mục kết quả.", &[]),
            Column("Tên", 44.0, "Tên đầy đủ của cụm, khối thi đua.", &[]),
            Column("Chủ đề", 44.0, "Chủ đề thi đua của năm.", &[]),
            Column("Chứng kiến", 36.0, "Cơ quan chứng kiến ký giao ước.", &[]),
            Column("Chức vụ chứng kiến", 20.0, "Ví dụ Phó Chủ tịch.", &[]),
            Column("Người chứng kiến", 24.0, "Họ và tên.", &[]),
            Column("Địa điểm", 30.0, "Nơi họp.", &[]),
            Column("Ngày hội nghị", 14.0, "Ngày họp, ví dụ 12/12/2026.", &[]),
        ],
    ),
    (
        "Đơn vị",
        &[
            Column("Mã", 10.0, "Mã ngắn, mỗi đơn vị một mã.", &[]),
            Column("Tên", 44.0, "Tên đầy đủ. Thứ tự dòng là thứ tự trong văn bản.", &[]),
            Column("Tên viết tắt", 18.0, "Tên gọn dùng trong bảng.", &[]),
            Column("Tên gọi khác", 30.0, "Các cách viết khác, cách nhau dấu chấm phẩy.", &[]),
            Column("Cụm", 10.0, "Mã ở trang tính Cụm.", &[]),
            Column("Vai trò", 16.0, "Chọn trong danh sách.", ROLES),
            Column("Chức vụ người ký", 20.0, "Ví dụ Chủ tịch.", &[]),
            Column("Người ký", 24.0, "Họ và tên.", &[]),
        ],
    ),
    (
        "Tiêu chí",
        &[
            Column("Mã", 8.0, "Ví dụ I cho nhóm, 1.1 cho dòng. Dòng có mã mà không có Cách tính là một nhóm.", &[]),
            Column("Nội dung", 60.0, "Nội dung nhóm hoặc tiêu chí.", &[]),
            Column("ĐVT", 12.0, "%, người, triệu đồng…", &[]),
            Column("Cách tính", 18.0, "Chọn trong danh sách; để trống ở dòng nhóm.", &RULE_WORDS),
            Column(
                "Tham số",
                34.0,
                "Theo số lượng: điểm cho một. Trừ dần: 0,5; không quá 2. Theo bậc: >=100: 4; >=95: 3; còn lại: 0.",
                &[],
            ),
            Column("Điểm tối đa", 12.0, "Điểm tối đa của nhóm phải bằng tổng các dòng trong nhóm.", &[]),
            Column(
                "Tổng hợp",
                18.0,
                "Cộng, Bình quân, Gia quyền <mã>, Tỷ lệ <mã>/<mã>, Lớn nhất, Nhỏ nhất, Đếm đạt, Không.",
                &[],
            ),
            Column("Tên gọi khác", 30.0, "Các cách viết khác của nội dung, cách nhau dấu chấm phẩy.", &[]),
            Column("Cụm", 10.0, "Để trống: áp dụng cho mọi cụm.", &[]),
        ],
    ),
    ("Chỉ tiêu", &[Column("Đơn vị", 30.0, "Mã hoặc tên đơn vị. Thêm mỗi cột một mã tiêu chí có kế hoạch.", &[])]),
    ("Thẩm định", &[Column("Đơn vị", 30.0, "Mã hoặc tên đơn vị. Thêm mỗi cột một mã tiêu chí mà cụm chấm lại.", &[])]),
    (
        "Miễn chấm",
        &[
            Column("Đơn vị", 30.0, "Mã hoặc tên đơn vị được miễn.", &[]),
            Column("Tiêu chí", 12.0, "Mã tiêu chí, hoặc mã nhóm để miễn cả nhóm.", &[]),
            Column("Lý do", 60.0, "Vì sao miễn; mọi đơn vị đều thấy lý do này trong bảng xếp hạng.", &[]),
        ],
    ),
    (
        "Kỳ trước",
        &[
            Column("Năm", 8.0, "Năm của kết quả.", &[]),
            Column("Đơn vị", 30.0, "Mã hoặc tên đơn vị.", &[]),
            Column("Tiêu chí", 12.0, "Mã tiêu chí.", &[]),
            Column("Kết quả", 14.0, "Kết quả năm ấy.", &[]),
        ],
    ),
    (
        "Xếp loại",
        &[
            Column("Xếp loại", 34.0, "Loại cao nhất ở trên cùng.", &[]),
            Column("Từ điểm", 10.0, "Điểm thấp nhất của loại.", &[]),
            Column("Tỷ lệ tối đa", 12.0, "Ví dụ 20%; để trống: không giới hạn.", &[]),
            Column("Điều kiện", 40.0, "mọi nhóm >= 50%; không có điểm trừ", &[]),
        ],
    ),
    (
        "Khen thưởng",
        &[
            Column("Hình thức", 40.0, "Ví dụ Cờ thi đua.", &[]),
            Column("Số lượng", 10.0, "Số lượng trong mỗi cụm.", &[]),
            Column("Điều kiện", 40.0, "hạng 1; hạng <= 3; xếp loại Xuất sắc; không có điểm trừ", &[]),
        ],
    ),
    (
        "Văn bản",
        &[
            Column("Văn bản", 20.0, "Tên văn bản như giao-uoc, hoặc * cho mọi văn bản.", &[]),
            Column(
                "Mục",
                22.0,
                "Căn cứ, Nơi nhận, Kính gửi, Quyền hạn ký, Chức vụ ký, Người ký, Nội dung giao ước, Cam kết, Phương hướng…",
                &[],
            ),
            Column("Nội dung", 90.0, "Mỗi ý một dòng; lặp lại Mục để thành danh sách.", &[]),
        ],
    ),
];

/// Rows that get a list to choose from, below the heading.
const ROWS_WITH_LISTS: u32 = 500;

/// Writes it: the same bytes each time.
///
/// # Errors
/// What the workbook writer says.
pub fn empty_dossier() -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2024, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title("Hồ sơ thi đua").set_creation_datetime(&made));
    information(workbook.add_worksheet())?;
    for (name, columns) in SHEETS {
        sheet(workbook.add_worksheet().set_name(*name)?, columns)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn text() -> Format {
    Format::new().set_font_name("Times New Roman").set_font_size(12).set_text_wrap().set_align(FormatAlign::Top)
}

fn heading() -> Format {
    text()
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0x00DD_EBF7))
        .set_border(FormatBorder::Thin)
}

fn information(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("Thông tin")?;
    sheet.write_with_format(0, 0, "Mục", &heading())?;
    sheet.write_with_format(0, 1, "Giá trị", &heading())?;
    for (row, (item, value, help)) in (1..).zip(INFORMATION) {
        sheet.write_with_format(row, 0, *item, &text())?;
        match value.parse::<f64>() {
            Ok(number) => sheet.write_with_format(row, 1, number, &text())?,
            Err(_) => sheet.write_with_format(row, 1, *value, &text())?,
        };
        sheet.insert_note(row, 0, &note(help))?;
    }
    sheet.set_column_width(0, 24)?.set_column_width(1, 60)?;
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn sheet(sheet: &mut Worksheet, columns: &[Column]) -> Result<(), XlsxError> {
    for (index, Column(name, width, help, choices)) in (0..).zip(columns) {
        sheet.write_with_format(0, index, *name, &heading())?;
        sheet.set_column_width(index, *width)?.set_column_format(index, &text())?;
        sheet.insert_note(0, index, &note(help))?;
        if !choices.is_empty() {
            let list = DataValidation::new()
                .allow_list_strings(choices)?
                .set_error_title("Chưa đúng")?
                .set_error_message("Hãy chọn một mục trong danh sách.")?;
            sheet.add_data_validation(1, index, ROWS_WITH_LISTS, index, &list)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn note(help: &str) -> Note {
    Note::new(help).set_author("thidua").add_author_prefix(false)
}

//! Codes of findings about scoring: `CDnn` (chấm điểm).

use super::Code;
use crate::finding::Severity;

pub static MISSING_RESULT: Code = Code {
    id: "CD01",
    severity: Severity::Error,
    title: "Thiếu kết quả",
    meaning: "Đơn vị đã nộp báo cáo nhưng để trống kết quả của một tiêu chí. Ô trống không phải là số 0: không rõ đơn vị \
              không làm hay quên ghi, nên dòng này tạm được 0 điểm và số liệu chung của cụm còn thiếu.",
    example: "so-lieu/cong-doan-y-te.xlsx, trang tính Biểu 1, ô E12: trống; tiêu chí 3.1 của Công đoàn ngành Y tế.",
    mend: "Hỏi đơn vị rồi điền kết quả vào ô này; nếu không có thì ghi số 0.",
};

pub static MISSING_PLAN: Code = Code {
    id: "CD02",
    severity: Severity::Error,
    title: "Thiếu kế hoạch, hoặc kế hoạch không dương",
    meaning: "Cách tính của tiêu chí cần kế hoạch để so sánh, nhưng đơn vị không có kế hoạch hoặc kế hoạch là 0. Chương trình \
              không chấm theo phỏng đoán: dòng này tạm được 0 điểm cho đến khi có kế hoạch.",
    example: "ho-so.xlsx, trang tính Chỉ tiêu, ô F5: 0; tiêu chí 4.1 tính theo Tỷ lệ.",
    mend: "Ghi kế hoạch của đơn vị vào trang tính Chỉ tiêu, hoặc đổi Cách tính của tiêu chí.",
};

pub static PLAN_DIFFERS: Code = Code {
    id: "CD03",
    severity: Severity::Warning,
    title: "Kế hoạch trong báo cáo khác trang tính Chỉ tiêu",
    meaning: "Đơn vị ghi kế hoạch khác với số đã giao trong hồ sơ. Số của trang tính Chỉ tiêu được dùng để chấm.",
    example: "so-lieu/xay-dung.xlsx, ô D9: 80; trang tính Chỉ tiêu giao 100.",
    mend: "Xác nhận số nào đúng; nếu đã điều chỉnh kế hoạch thì sửa trang tính Chỉ tiêu.",
};

pub static NEGATIVE_RESULT: Code = Code {
    id: "CD04",
    severity: Severity::Error,
    title: "Kết quả là số âm",
    meaning: "Số lượng, số lần và kết quả đem so với kế hoạch không thể âm, nên dòng này được 0 điểm.",
    example: "so-lieu/cong-thuong.xlsx, ô E20: -3; tiêu chí 9.1 tính Theo số lượng.",
    mend: "Sửa lại số trong ô này; ở nhóm trừ cũng ghi số lần là số dương.",
};

pub static MARK_ABOVE_MAXIMUM: Code = Code {
    id: "CD05",
    severity: Severity::Error,
    title: "Điểm vượt mức tối đa",
    meaning: "Điểm thẩm định hoặc điểm chấm trực tiếp cao hơn điểm tối đa của tiêu chí. Chỉ được tính bằng mức tối đa.",
    example: "ho-so.xlsx, trang tính Thẩm định, ô C7: 6; tiêu chí 2.3 tối đa 5 điểm.",
    mend: "Sửa điểm trong ô này cho không quá mức tối đa.",
};

pub static NEGATIVE_MARK: Code = Code {
    id: "CD06",
    severity: Severity::Error,
    title: "Điểm là số âm",
    meaning: "Điểm thẩm định hoặc điểm chấm trực tiếp không thể âm; dòng này được 0 điểm. Điểm trừ thuộc về nhóm trừ, ghi số \
              dương.",
    example: "ho-so.xlsx, trang tính Thẩm định, ô D4: -1; tiêu chí 2.3 của Công đoàn ngành Xây dựng.",
    mend: "Sửa điểm trong ô này thành số từ 0 đến mức tối đa.",
};

pub static SELF_MARK_TAKEN: Code = Code {
    id: "CD07",
    severity: Severity::Warning,
    title: "Lấy điểm tự chấm vì chưa có điểm thẩm định",
    meaning: "Tiêu chí chấm trực tiếp chưa có điểm ở trang tính Thẩm định, nên tạm lấy điểm đơn vị tự chấm.",
    example: "Tiêu chí 2.3 của Công đoàn ngành Y tế: tự chấm 4,5; trang tính Thẩm định để trống.",
    mend: "Ghi điểm đã thống nhất vào trang tính Thẩm định.",
};

pub static MISSING_DIRECT_MARK: Code = Code {
    id: "CD08",
    severity: Severity::Error,
    title: "Chưa có điểm chấm trực tiếp",
    meaning: "Tiêu chí chấm trực tiếp mà trang tính Thẩm định và điểm tự chấm của đơn vị đều trống, nên được 0 điểm.",
    example: "Tiêu chí 2.3 của Công đoàn ngành Y tế: cả hai ô đều trống.",
    mend: "Ghi điểm đã thống nhất vào trang tính Thẩm định; nếu không được điểm thì ghi 0.",
};

pub static WRONG_KIND_OF_RESULT: Code = Code {
    id: "CD09",
    severity: Severity::Error,
    title: "Kết quả không đúng loại",
    meaning: "Tiêu chí Đạt/Không cần câu trả lời đạt hoặc không, tiêu chí tính theo số cần một con số. Ô kết quả ghi loại kia, \
              nên dòng này được 0 điểm.",
    example: "so-lieu/giao-duc.xlsx, ô E10: 7; tiêu chí 1.5 tính Đạt/Không.",
    mend: "Ghi lại kết quả đúng loại vào ô này.",
};

pub static VERIFIED_DIFFERS: Code = Code {
    id: "CD10",
    severity: Severity::Note,
    title: "Điểm thẩm định khác điểm tính",
    meaning: "Điểm ở trang tính Thẩm định khác điểm tính theo Cách tính. Điểm thẩm định được dùng; chỗ khác nhau được nêu ra để khi \
              đơn vị hỏi thì trả lời được.",
    example: "Tiêu chí 3.1 của Công đoàn ngành Xây dựng: tính được 5 điểm, thẩm định 4,5 điểm.",
    mend: "Không phải sửa nếu cụm đã thống nhất; nên ghi lý do vào biên bản.",
};

pub static FIGURE_TOO_LARGE: Code = Code {
    id: "CD11",
    severity: Severity::Error,
    title: "Số quá lớn, không tính được",
    meaning: "Một con số có quá nhiều chữ số nên phép tính vượt quá khả năng; thường là gõ nhầm hoặc hai số dính liền nhau.",
    example: "so-lieu/giao-duc.xlsx, ô E12: 99999999999999999999999999999.",
    mend: "Sửa lại con số trong ô được nêu.",
};

pub static EMPTY_TAKEN_AS_NONE: Code = Code {
    id: "CD13",
    severity: Severity::Note,
    title: "Ô trống ở nhóm thưởng, nhóm trừ được hiểu là không có",
    meaning: "Đơn vị không có gì để cộng hoặc trừ thường để trống các dòng thưởng, trừ. Các ô ấy được tính là 0, không phải lỗi; \
              cụm cần nắm để xem lại các dòng trừ.",
    example: "Công đoàn ngành Y tế để trống các dòng 9.1, 9.2 và 10.3.",
    mend: "Xem lại các dòng trừ; nếu đơn vị có vi phạm thì ghi vào báo cáo hoặc trang tính Thẩm định.",
};

pub static STEPS_WITHOUT_PLAN: Code = Code {
    id: "CD14",
    severity: Severity::Warning,
    title: "Theo bậc nhưng đơn vị này không có kế hoạch",
    meaning: "Các đơn vị khác có kế hoạch ở tiêu chí này và được xếp bậc theo tỷ lệ %, còn đơn vị này không có nên bị xếp bậc \
              theo chính kết quả. Hai cách có thể cho điểm rất khác nhau.",
    example: "Tiêu chí 8.1, bậc >=100: 4; Công đoàn ngành Y tế làm 12 cuộc, không có kế hoạch.",
    mend: "Ghi kế hoạch của đơn vị vào trang tính Chỉ tiêu.",
};

pub static NEGATIVE_DEDUCTION: Code = Code {
    id: "CD15",
    severity: Severity::Warning,
    title: "Điểm trừ ghi bằng số âm",
    meaning: "Ở nhóm trừ, điểm được ghi bằng số dương rồi trừ đi. Số âm được hiểu là số điểm phải trừ.",
    example: "ho-so.xlsx, trang tính Thẩm định, ô K4: -0,5; tiêu chí 10.1 thuộc nhóm trừ, được hiểu là trừ 0,5 điểm.",
    mend: "Bỏ dấu trừ trong ô này.",
};

pub static LINES_WAIVED: Code = Code {
    id: "CD16",
    severity: Severity::Note,
    title: "Đơn vị được miễn chấm",
    meaning: "Trang tính Miễn chấm cho đơn vị không phải chấm các dòng này. Theo mục Dòng miễn chấm của trang tính Thông tin, hoặc dòng ấy ra \
              khỏi thang điểm và phần còn lại được quy đổi, hoặc dòng ấy được tính đủ điểm.",
    example: "Công đoàn Khu kinh tế được miễn chấm 3.2 (không có công trình trọng điểm); điểm quy đổi từ thang 95 lên 100.",
    mend: "Không phải sửa; báo cho các đơn vị khác biết lý do.",
};

pub static WAIVED_AND_VERIFIED: Code = Code {
    id: "CD17",
    severity: Severity::Warning,
    title: "Dòng miễn chấm lại có điểm thẩm định",
    meaning: "Một dòng vừa được miễn chấm vừa có điểm ở trang tính Thẩm định. Miễn chấm thắng: điểm thẩm định không được lấy.",
    example: "ho-so.xlsx, trang tính Thẩm định, ô C7: 4,5; trang tính Miễn chấm cũng có tiêu chí 3.2 của đơn vị ấy.",
    mend: "Xoá điểm thẩm định, hoặc xoá dòng miễn chấm.",
};

pub static EVERYTHING_WAIVED: Code = Code {
    id: "CD18",
    severity: Severity::Error,
    title: "Đơn vị được miễn chấm mọi dòng",
    meaning: "Mọi dòng có điểm tối đa của đơn vị đều được miễn, nên không còn thang điểm để quy đổi; điểm các nhóm của đơn vị \
              tạm là 0.",
    example: "Công đoàn Khu kinh tế được miễn chấm cả ba nhóm I, II, III.",
    mend: "Bớt dòng ở trang tính Miễn chấm, hoặc ghi “Tính đủ điểm” ở mục Dòng miễn chấm.",
};

pub static NOT_SUBMITTED: Code = Code {
    id: "CD20",
    severity: Severity::Warning,
    title: "Đơn vị chưa nộp báo cáo",
    meaning: "Không có báo cáo nào của đơn vị, nên đơn vị được nêu tên mà không được chấm, xếp hạng và xếp loại. Số liệu chung \
              của cụm cũng chưa có đơn vị này.",
    example: "Công đoàn ngành Xây dựng: không có tệp nào trong so-lieu/ mang tên hoặc mã của đơn vị.",
    mend: "Xin báo cáo của đơn vị, đặt vào so-lieu/ rồi chạy lại.",
};

pub static TIED: Code = Code {
    id: "CD21",
    severity: Severity::Warning,
    title: "Các đơn vị đồng hạng",
    meaning: "Các đơn vị bằng nhau về tổng điểm và về mọi mục ở Phân định đồng điểm, nên cùng một thứ hạng.",
    example: "Công đoàn ngành Y tế và Công đoàn ngành Giáo dục cùng 97,5 điểm, cùng hạng 2.",
    mend: "Để hội nghị biểu quyết, hoặc ghi thêm mục vào Phân định đồng điểm ở trang tính Thông tin.",
};

pub static DISQUALIFIED: Code = Code {
    id: "CD22",
    severity: Severity::Warning,
    title: "Đơn vị không được xếp hạng, xếp loại",
    meaning: "Một dòng Không xếp loại được trả lời là có. Đơn vị vẫn có tổng điểm và vẫn được tính vào số liệu chung của cụm.",
    example: "Tiêu chí 10.4 của Công đoàn ngành Xây dựng: có.",
    mend: "Kiểm tra lại câu trả lời; nếu đúng thì không phải làm gì.",
};

pub static GRADE_CONDITION_FAILED: Code = Code {
    id: "CD23",
    severity: Severity::Note,
    title: "Đủ điểm nhưng không đủ điều kiện xếp loại",
    meaning: "Đơn vị đủ điểm của một mức xếp loại nhưng không thỏa Điều kiện của mức ấy, nên được xét ở mức kế tiếp.",
    example: "Công đoàn ngành Y tế được 96 điểm nhưng nhóm V chỉ đạt 40%, mức Xuất sắc đòi mọi nhóm >= 50%.",
    mend: "Không phải sửa; nêu lý do này khi thông báo với đơn vị.",
};

pub static GRADE_SHARE_FULL: Code = Code {
    id: "CD24",
    severity: Severity::Note,
    title: "Đủ điểm nhưng hết tỷ lệ của mức xếp loại",
    meaning: "Số đơn vị đủ điểm và điều kiện nhiều hơn Tỷ lệ tối đa của mức xếp loại; các đơn vị thứ hạng thấp hơn được xét ở \
              mức kế tiếp.",
    example: "Mức Xuất sắc tối đa 20% của 10 đơn vị là 2; đơn vị thứ ba đủ điểm được xét ở mức Tốt.",
    mend: "Không phải sửa; nêu lý do này khi thông báo với đơn vị.",
};

pub static GRADE_SHARE_TIED: Code = Code {
    id: "CD25",
    severity: Severity::Warning,
    title: "Đồng hạng ở ranh giới tỷ lệ xếp loại",
    meaning: "Các đơn vị đồng hạng nằm vắt qua Tỷ lệ tối đa của một mức xếp loại. Không có lý do chọn đơn vị nào, nên tất cả \
              được xét ở mức kế tiếp.",
    example: "Mức Xuất sắc còn một chỗ mà hai đơn vị cùng hạng 2: cả hai được xét ở mức Tốt.",
    mend: "Phân định các đơn vị đồng hạng (trang tính Thông tin, mục Phân định đồng điểm) hoặc giữ nguyên kết quả này.",
};

pub static GRADE_LOWERED: Code = Code {
    id: "CD26",
    severity: Severity::Warning,
    title: "Đơn vị bị hạ bậc xếp loại",
    meaning: "Một dòng Hạ bậc được trả lời là có, nên đơn vị bị hạ một bậc xếp loại.",
    example: "Tiêu chí 10.5 của Công đoàn ngành Công thương: có; từ Xuất sắc xuống Tốt.",
    mend: "Kiểm tra lại câu trả lời; nếu đúng thì không phải làm gì.",
};

pub static AWARD_TIED: Code = Code {
    id: "CD27",
    severity: Severity::Warning,
    title: "Đồng hạng vượt số lượng khen thưởng",
    meaning: "Các đơn vị đồng hạng nằm vắt qua số lượng của một hình thức khen thưởng. Tất cả được đề nghị, nhiều hơn số lượng \
              cho phép, và hội nghị phải biểu quyết chọn.",
    example: "Cờ thi đua: 1; hai đơn vị cùng hạng 1 đều được đề nghị.",
    mend: "Đưa ra hội nghị biểu quyết, rồi ghi kết quả vào biên bản.",
};

pub static AWARDS_REPEATED: Code = Code {
    id: "CD28",
    severity: Severity::Warning,
    title: "Một đơn vị được đề nghị nhiều hình thức",
    meaning: "Một đơn vị đủ điều kiện của nhiều hình thức khen thưởng. Luật Thi đua, khen thưởng (Điều 5) không tặng nhiều hình \
              thức cho cùng một thành tích.",
    example: "Công đoàn ngành Y tế: Cờ thi đua và Bằng khen.",
    mend: "Quyết định giữ hình thức nào; có thể sửa Điều kiện ở trang tính Khen thưởng, ví dụ hạng >= 2 cho Bằng khen.",
};

pub static TERM_LINE_WITHOUT_AGGREGATION: Code = Code {
    id: "CD30",
    severity: Severity::Warning,
    title: "Chỉ tiêu nhiệm kỳ không có cách tổng hợp",
    meaning: "Tiêu chí ở trang tính Nhiệm kỳ không có Tổng hợp, nên không có số liệu chung của cụm để tính lũy kế.",
    example: "ho-so.xlsx, trang tính Nhiệm kỳ, tiêu chí 4.3 có đơn vị tính % và Tổng hợp để trống.",
    mend: "Ghi Tổng hợp cho tiêu chí ấy ở trang tính Tiêu chí, ví dụ Bình quân hoặc Tỷ lệ 4.1/4.2.",
};

pub static PAST_YEAR_INCOMPLETE: Code = Code {
    id: "CD31",
    severity: Severity::Warning,
    title: "Số liệu một năm trước của đơn vị còn thiếu tiêu chí",
    meaning: "Trang tính Kỳ trước có số liệu một năm của đơn vị nhưng thiếu vài tiêu chí của nhiệm kỳ, nên số chung của năm ấy ở các \
              tiêu chí đó chỉ gồm các đơn vị khác.",
    example: "Năm 2018: trang tính Kỳ trước thiếu tiêu chí 3.1 của Công đoàn ngành Xây dựng.",
    mend: "Bổ sung số liệu vào trang tính Kỳ trước.",
};

pub static PAST_YEAR_WITHOUT_UNIT: Code = Code {
    id: "CD32",
    severity: Severity::Note,
    title: "Năm trước không có số liệu của đơn vị",
    meaning: "Trang tính Kỳ trước không có số liệu nào của đơn vị cho một năm của nhiệm kỳ, thường vì đơn vị chưa thành lập. Số chung \
              của năm ấy chỉ gồm các đơn vị khác.",
    example: "Năm 2018: trang tính Kỳ trước không có số liệu của Công đoàn Công ty Ánh Dương.",
    mend: "Không phải sửa nếu năm ấy đơn vị chưa thành lập; nếu có số liệu thì bổ sung vào trang tính Kỳ trước.",
};

/// All of them, in order.
pub const CODES: &[&Code] = &[
    &MISSING_RESULT,
    &MISSING_PLAN,
    &PLAN_DIFFERS,
    &NEGATIVE_RESULT,
    &MARK_ABOVE_MAXIMUM,
    &NEGATIVE_MARK,
    &SELF_MARK_TAKEN,
    &MISSING_DIRECT_MARK,
    &WRONG_KIND_OF_RESULT,
    &VERIFIED_DIFFERS,
    &FIGURE_TOO_LARGE,
    &EMPTY_TAKEN_AS_NONE,
    &STEPS_WITHOUT_PLAN,
    &NEGATIVE_DEDUCTION,
    &LINES_WAIVED,
    &WAIVED_AND_VERIFIED,
    &EVERYTHING_WAIVED,
    &NOT_SUBMITTED,
    &TIED,
    &DISQUALIFIED,
    &GRADE_CONDITION_FAILED,
    &GRADE_SHARE_FULL,
    &GRADE_SHARE_TIED,
    &GRADE_LOWERED,
    &AWARD_TIED,
    &AWARDS_REPEATED,
    &TERM_LINE_WITHOUT_AGGREGATION,
    &PAST_YEAR_INCOMPLETE,
    &PAST_YEAR_WITHOUT_UNIT,
];

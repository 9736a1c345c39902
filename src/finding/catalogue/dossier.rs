//! Codes of findings about the definition workbook (ho-so.xlsx): `HSnn`.

use super::Code;
use crate::finding::Severity;

const ERROR: Severity = Severity::Error;
const WARNING: Severity = Severity::Warning;

pub static NO_DEFINITION: Code = Code {
    id: "HS01",
    severity: ERROR,
    title: "Không có tệp ho-so.xlsx",
    meaning: "Tệp ho-so.xlsx định nghĩa năm, cụm, đơn vị và tiêu chí; không có tệp này thì không thể chấm điểm hay lập văn \
              bản nào.",
    example: "Gọi thidua build D:\\thi-dua nhưng ho-so.xlsx nằm ở D:\\thi-dua\\2024.",
    mend: "Chỉ đúng thư mục có ho-so.xlsx, hoặc tạo hồ sơ mới bằng lệnh thidua new.",
};

pub static NO_SHEET: Code = Code {
    id: "HS02",
    severity: ERROR,
    title: "Thiếu trang tính bắt buộc",
    meaning: "ho-so.xlsx phải có các trang tính Thông tin, Cụm, Đơn vị và Tiêu chí. Tên trang tính không phân biệt dấu và chữ hoa.",
    example: "ho-so.xlsx không có trang tính “Tiêu chí” vì đã đổi tên thành “Bảng điểm”.",
    mend: "Thêm trang tính còn thiếu hoặc đặt lại đúng tên trang tính.",
};

pub static NO_COLUMN: Code = Code {
    id: "HS03",
    severity: ERROR,
    title: "Thiếu cột hoặc dòng tiêu đề",
    meaning: "Trang tính không có cột bắt buộc, hoặc không tìm thấy dòng tiêu đề. Thứ tự cột tuỳ ý, phía trên bảng được có các \
              dòng tên bảng.",
    example: "ho-so.xlsx, trang tính “Tiêu chí”, không có cột “Điểm tối đa”.",
    mend: "Thêm cột còn thiếu vào dòng tiêu đề của bảng.",
};

pub static EMPTY: Code = Code {
    id: "HS04",
    severity: ERROR,
    title: "Thiếu giá trị bắt buộc",
    meaning: "Một ô bắt buộc để trống nên dòng đó không dùng được hoặc thiếu thông tin quan trọng.",
    example: "ho-so.xlsx, trang tính “Thông tin”, mục “Năm” không có giá trị.",
    mend: "Điền giá trị vào ô còn trống.",
};

pub static BAD_VALUE: Code = Code {
    id: "HS05",
    severity: ERROR,
    title: "Giá trị không hiểu được",
    meaning: "Một ô phải chứa ngày, năm, mã hoặc một từ trong danh sách nhưng lại chứa thứ khác; giá trị mặc định được dùng \
              thay.",
    example: "ho-so.xlsx, trang tính “Thông tin”, ô B9 ghi hạn nộp là “31/02/2024”.",
    mend: "Sửa lại ô theo dạng đã nêu.",
};

pub static DUPLICATE: Code = Code {
    id: "HS06",
    severity: ERROR,
    title: "Mã hoặc dòng lặp lại",
    meaning: "Hai dòng có cùng mã thì không biết dòng nào đúng; dòng sau không được đọc. Một mã tiêu chí chỉ được lặp khi mỗi \
              dòng dành cho một cụm khác nhau.",
    example: "ho-so.xlsx, trang tính “Tiêu chí”, ô A12 và A15 cùng ghi mã 3.1.",
    mend: "Đặt lại mã khác hoặc xoá dòng thừa.",
};

pub static UNKNOWN_CLUSTER: Code = Code {
    id: "HS07",
    severity: ERROR,
    title: "Cụm không có trong danh sách",
    meaning: "Ô ghi một cụm không có trong trang tính Cụm, nên đơn vị hoặc tiêu chí ở dòng đó không được đọc.",
    example: "ho-so.xlsx, trang tính “Đơn vị”, ô E7 ghi cụm “C3” nhưng trang tính “Cụm” chỉ có C1 và C2.",
    mend: "Sửa mã cụm cho khớp với trang tính Cụm, hoặc thêm cụm vào trang tính Cụm.",
};

pub static UNKNOWN_UNIT: Code = Code {
    id: "HS08",
    severity: ERROR,
    title: "Đơn vị không có trong danh sách",
    meaning: "Ô ghi một đơn vị không có trong trang tính Đơn vị, hoặc một tên chung cho nhiều đơn vị; số liệu của dòng đó không \
              được dùng.",
    example: "ho-so.xlsx, trang tính “Chỉ tiêu”, ô A9 ghi “CĐ Xây lắp”.",
    mend: "Ghi mã hoặc tên đúng như trang tính Đơn vị, hoặc thêm tên này vào cột “Tên gọi khác”.",
};

pub static UNKNOWN_CODE: Code = Code {
    id: "HS09",
    severity: ERROR,
    title: "Mã tiêu chí không có trong bảng",
    meaning: "Một trang tính nhắc tới mã tiêu chí không có trong trang tính Tiêu chí, hoặc không áp dụng cho cụm đó; số liệu hay cách tổng \
              hợp ấy không được dùng.",
    example: "ho-so.xlsx, trang tính “Kỳ trước”, ô C20 ghi mã “7.9”.",
    mend: "Sửa mã cho khớp với trang tính Tiêu chí.",
};

pub static UNKNOWN_RULE: Code = Code {
    id: "HS10",
    severity: ERROR,
    title: "Cách tính không có trong danh sách",
    meaning: "Cột Cách tính ghi một từ mà chương trình không biết; tiêu chí được 0 điểm cho mọi đơn vị tới khi sửa.",
    example: "ho-so.xlsx, trang tính “Tiêu chí”, ô D8 ghi “Theo cảm nhận”.",
    mend: "Chọn một cách tính: Tỷ lệ, So với dẫn đầu, Đạt/Không, Theo số lượng, Trừ dần, Theo bậc, Chấm trực tiếp, \
           Không xếp loại, Hạ bậc, Thông tin.",
};

pub static BAD_PARAMETER: Code = Code {
    id: "HS11",
    severity: ERROR,
    title: "Tham số thiếu hoặc không hiểu được",
    meaning: "Cách tính này cần tham số ở cột Tham số; thiếu hoặc sai thì tiêu chí được 0 điểm tới khi sửa.",
    example: "ho-so.xlsx, trang tính “Tiêu chí”, ô E10 của cách tính “Theo bậc” ghi “trên 90 thì 2”.",
    mend: "Ghi tham số theo mẫu: 0,5 hoặc 0,5; không quá 2 hoặc >=100: 4; >=95: 3; còn lại: 0.",
};

pub static WRONG_SUM: Code = Code {
    id: "HS12",
    severity: ERROR,
    title: "Điểm nhóm không bằng tổng các tiêu chí",
    meaning: "Điểm tối đa của nhóm phải bằng tổng điểm tối đa các tiêu chí trong nhóm áp dụng cho cụm. Lệch nhau nghĩa là có \
              dòng sai, thiếu hoặc thừa.",
    example: "ho-so.xlsx, trang tính “Tiêu chí”, ô F2: nhóm I ghi 20 điểm, các tiêu chí cộng lại 19,5 điểm.",
    mend: "Sửa điểm tối đa của nhóm hoặc của tiêu chí cho khớp.",
};

pub static UNKNOWN_AGGREGATION: Code = Code {
    id: "HS13",
    severity: ERROR,
    title: "Cách tổng hợp không có trong danh sách",
    meaning: "Cột Tổng hợp ghi một từ mà chương trình không biết; tiêu chí không được tổng hợp cho cả cụm.",
    example: "ho-so.xlsx, trang tính “Tiêu chí”, ô G8 ghi “Trung vị”.",
    mend: "Chọn: Cộng, Bình quân, Gia quyền <mã>, Tỷ lệ <mã>/<mã>, Lớn nhất, Nhỏ nhất, Đếm đạt hoặc Không.",
};

pub static NO_GROUP: Code = Code {
    id: "HS14",
    severity: ERROR,
    title: "Tiêu chí không thuộc nhóm nào",
    meaning: "Mỗi tiêu chí phải nằm dưới một dòng nhóm, là dòng có mã mà không có cách tính.",
    example: "ho-so.xlsx, trang tính “Tiêu chí”, dòng 2 là tiêu chí 1.1 nhưng phía trên chưa có nhóm.",
    mend: "Thêm dòng nhóm phía trên tiêu chí, hoặc chuyển tiêu chí xuống dưới nhóm của nó.",
};

pub static BAD_FIGURE: Code = Code {
    id: "HS15",
    severity: ERROR,
    title: "Ô số không đọc được",
    meaning: "Ô phải chứa một con số nhưng lại có chữ, ngày, lỗi công thức, số âm hoặc sai đơn vị tính; ô đó coi như trống.",
    example: "ho-so.xlsx, trang tính “Chỉ tiêu”, ô D5 ghi “theo kế hoạch”.",
    mend: "Ghi lại ô chỉ bằng con số.",
};

pub static BAD_CONDITION: Code = Code {
    id: "HS16",
    severity: ERROR,
    title: "Điều kiện không hiểu được",
    meaning: "Cột Điều kiện của trang tính Xếp loại hoặc Khen thưởng có một điều kiện mà chương trình không biết, nên không xét điều \
              kiện đó.",
    example: "ho-so.xlsx, trang tính “Khen thưởng”, ô C3 ghi “hạng nhất”.",
    mend: "Viết lại theo mẫu, các điều kiện cách nhau bằng dấu chấm phẩy.",
};

pub static NOTHING: Code = Code {
    id: "HS17",
    severity: ERROR,
    title: "Trang tính không có dòng nào",
    meaning: "Trang tính bắt buộc có tiêu đề nhưng không có dòng dữ liệu nào đọc được, nên không có gì để chấm.",
    example: "ho-so.xlsx, trang tính “Đơn vị” chỉ có dòng tiêu đề.",
    mend: "Điền các dòng vào trang tính.",
};

pub static UNKNOWN_ROLE: Code = Code {
    id: "HS18",
    severity: WARNING,
    title: "Vai trò không rõ",
    meaning: "Cột Vai trò ghi một từ không phải cụm trưởng, cụm phó (khối trưởng, phó trưởng khối) hay thành viên; đơn vị được \
              coi là thành viên.",
    example: "ho-so.xlsx, trang tính “Đơn vị”, ô F4 ghi “Đầu mối”.",
    mend: "Ghi Cụm trưởng, Cụm phó hoặc Thành viên.",
};

pub static UNKNOWN_ITEM: Code = Code {
    id: "HS19",
    severity: WARNING,
    title: "Mục không rõ",
    meaning: "Có một mục hoặc tên văn bản mà chương trình không biết nên bỏ qua; có thể do viết sai tên.",
    example: "ho-so.xlsx, trang tính “Thông tin”, ô A7 ghi “Nơi ban hành”.",
    mend: "Sửa tên cho đúng; nếu chỉ là ghi chú riêng thì để nguyên cũng được.",
};

pub static GUESSED_FIGURE: Code = Code {
    id: "HS20",
    severity: WARNING,
    title: "Số ghi dạng chữ có thể hiểu hai cách",
    meaning: "Ô chứa số dạng chữ mà dấu chấm hoặc dấu phẩy có thể là phần nghìn hay phần thập phân; chương trình hiểu theo cách \
              viết Việt Nam.",
    example: "ho-so.xlsx, trang tính “Chỉ tiêu”, ô C4 ghi chữ “1.500”, được hiểu là một nghìn năm trăm.",
    mend: "Kiểm tra con số; đổi định dạng ô sang Number và gõ lại để hết cảnh báo.",
};

pub static NO_MAX: Code = Code {
    id: "HS21",
    severity: ERROR,
    title: "Tiêu chí thiếu điểm tối đa",
    meaning: "Cách tính này dựa trên điểm tối đa; để trống thì không tính được điểm của tiêu chí.",
    example: "ho-so.xlsx, trang tính “Tiêu chí”, ô F6 để trống trong khi cách tính là “Tỷ lệ”.",
    mend: "Điền điểm tối đa của tiêu chí.",
};

pub static GRADE_ORDER: Code = Code {
    id: "HS22",
    severity: WARNING,
    title: "Thứ tự xếp loại không giảm dần",
    meaning: "Các loại phải xếp từ cao xuống thấp, mức điểm sau thấp hơn mức trước; nếu không, loại ở dưới không bao giờ được \
              dùng tới.",
    example: "ho-so.xlsx, trang tính “Xếp loại”, ô B4: loại Khá từ 95 điểm trong khi Xuất sắc từ 90 điểm.",
    mend: "Xếp lại các dòng từ loại cao nhất xuống.",
};

pub static STEP_ABOVE_MAX: Code = Code {
    id: "HS23",
    severity: WARNING,
    title: "Bậc cao hơn điểm tối đa",
    meaning: "Một bậc ở cột Tham số cho nhiều điểm hơn điểm tối đa của tiêu chí.",
    example: "ho-so.xlsx, trang tính “Tiêu chí”, tiêu chí 2.3 tối đa 4 điểm nhưng có bậc >=100: 5.",
    mend: "Sửa điểm của bậc hoặc điểm tối đa cho khớp.",
};

pub static STRANGE_SHEET: Code = Code {
    id: "HS24",
    severity: Severity::Note,
    title: "Trang tính không thuộc hồ sơ",
    meaning: "ho-so.xlsx có thêm trang tính mà chương trình không dùng. Trang tính ghi chú riêng thì không sao; trang tính viết sai tên thì số \
              liệu của nó chưa được đọc.",
    example: "ho-so.xlsx có trang tính “Chỉ tiêu 2024” thay cho “Chỉ tiêu”.",
    mend: "Nếu là trang tính của hồ sơ thì đặt lại đúng tên.",
};

pub static CONVERTED: Code = Code {
    id: "HS25",
    severity: Severity::Note,
    title: "Số đã được đổi đơn vị tính",
    meaning: "Ô ghi kèm một đơn vị tính khác bậc với tiêu chí (nghìn, triệu, tỷ); con số đã được đổi về đúng đơn vị tính.",
    example: "ho-so.xlsx, trang tính “Chỉ tiêu”, ô C4 ghi “2,7 tỷ đồng”, được đổi thành 2.700 triệu đồng.",
    mend: "Kiểm tra con số đã đổi; ghi thẳng theo đơn vị tính của tiêu chí để hết ghi chú.",
};

pub static WAIVER_WITHOUT_REASON: Code = Code {
    id: "HS30",
    severity: WARNING,
    title: "Miễn chấm không có lý do",
    meaning: "Trang tính Miễn chấm cho một đơn vị không phải chấm một tiêu chí nhưng cột Lý do để trống. Các đơn vị khác xem bảng \
              xếp hạng sẽ hỏi vì sao; tiêu chí vẫn được miễn.",
    example: "ho-so.xlsx, trang tính “Miễn chấm”, ô C3 để trống: Công đoàn Khu kinh tế, tiêu chí 3.2.",
    mend: "Ghi lý do, ví dụ “Đơn vị không có công trình trọng điểm”.",
};

pub static NOT_WAIVABLE: Code = Code {
    id: "HS31",
    severity: WARNING,
    title: "Tiêu chí không có điểm để miễn",
    meaning: "Trang tính Miễn chấm nhắc tới một tiêu chí không tính điểm (Không xếp loại, Hạ bậc, Thông tin). Không có gì để miễn, nên \
              dòng ấy không được xét.",
    example: "ho-so.xlsx, trang tính “Miễn chấm”, ô B5 ghi tiêu chí 10.4, cách tính Không xếp loại.",
    mend: "Xoá dòng này, hoặc ghi đúng mã tiêu chí có điểm.",
};

pub static WAIVER_EFFECT_UNSTATED: Code = Code {
    id: "HS32",
    severity: WARNING,
    title: "Chưa nói cách tính dòng miễn chấm",
    meaning: "Có dòng miễn chấm nhưng trang tính Thông tin chưa có mục “Dòng miễn chấm”. “Quy đổi”: dòng ấy ra khỏi thang điểm của đơn vị, \
              điểm các dòng còn lại nhân lên cho đủ thang. “Tính đủ điểm”: dòng ấy được điểm tối đa. Hai cách cho thứ hạng khác nhau.",
    example: "ho-so.xlsx, trang tính “Miễn chấm” có 2 dòng, trang tính “Thông tin” không có mục “Dòng miễn chấm”.",
    mend: "Thêm mục “Dòng miễn chấm” vào trang tính Thông tin với giá trị “Quy đổi” hoặc “Tính đủ điểm”.",
};

/// All of them, in order.
pub const CODES: &[&Code] = &[
    &NO_DEFINITION,
    &NO_SHEET,
    &NO_COLUMN,
    &EMPTY,
    &BAD_VALUE,
    &DUPLICATE,
    &UNKNOWN_CLUSTER,
    &UNKNOWN_UNIT,
    &UNKNOWN_CODE,
    &UNKNOWN_RULE,
    &BAD_PARAMETER,
    &WRONG_SUM,
    &UNKNOWN_AGGREGATION,
    &NO_GROUP,
    &BAD_FIGURE,
    &BAD_CONDITION,
    &NOTHING,
    &UNKNOWN_ROLE,
    &UNKNOWN_ITEM,
    &GUESSED_FIGURE,
    &NO_MAX,
    &GRADE_ORDER,
    &STEP_ABOVE_MAX,
    &STRANGE_SHEET,
    &CONVERTED,
    &WAIVER_WITHOUT_REASON,
    &NOT_WAIVABLE,
    &WAIVER_EFFECT_UNSTATED,
];

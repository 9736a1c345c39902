//! Codes of findings about submissions: `SLnn`.

use super::Code;
use crate::finding::Severity;

const ERROR: Severity = Severity::Error;
const WARNING: Severity = Severity::Warning;

pub static NO_FOLDER: Code = Code {
    id: "SL01",
    severity: WARNING,
    title: "Chưa có thư mục so-lieu",
    meaning: "Báo cáo của các đơn vị được đọc từ thư mục so-lieu trong hồ sơ. Chưa có thư mục thì mọi đơn vị coi như chưa nộp.",
    example: "Hồ sơ mới lập đầu năm, chỉ có ho-so.xlsx.",
    mend: "Tạo thư mục so-lieu và chép báo cáo của các đơn vị vào đó.",
};

pub static NO_TABLE: Code = Code {
    id: "SL02",
    severity: ERROR,
    title: "Không tìm thấy bảng số liệu",
    meaning: "Bảng được nhận ra qua dòng tiêu đề: TT, Nội dung, Kế hoạch, Kết quả …, hoặc bảng chung có cột Đơn vị và các cột mã \
              tiêu chí. Không có dòng tiêu đề như vậy thì không đọc được gì.",
    example: "so-lieu/cong-doan-y-te.xlsx chỉ có trang bìa, bảng số liệu nằm ở tệp khác.",
    mend: "Dùng lại biểu mẫu đã gửi, giữ nguyên dòng tiêu đề.",
};

pub static UNKNOWN_UNIT: Code = Code {
    id: "SL03",
    severity: ERROR,
    title: "Không biết báo cáo của đơn vị nào",
    meaning: "Tên trong biểu, tên trang tính và tên tệp đều không khớp một đơn vị duy nhất của hồ sơ, nên báo cáo không được lấy.",
    example: "so-lieu/bao cao.xlsx, trang tính “Biểu 1”, ô B4 ghi “Đơn vị: CĐ Xây lắp”.",
    mend: "Ghi mã hoặc tên đơn vị đúng như hồ sơ, hoặc thêm tên này vào cột “Tên gọi khác” của trang tính Đơn vị.",
};

pub static DUPLICATE_SUBMISSION: Code = Code {
    id: "SL04",
    severity: ERROR,
    title: "Một đơn vị có nhiều báo cáo",
    meaning: "Tìm thấy từ hai báo cáo trở lên của cùng một đơn vị; không thể tự chọn nên không báo cáo nào được lấy và đơn vị coi \
              như chưa nộp.",
    example: "so-lieu/y-te.xlsx và so-lieu/y-te (sua).xlsx đều của Công đoàn ngành Y tế.",
    mend: "Giữ lại một báo cáo đúng, chuyển báo cáo kia ra khỏi thư mục so-lieu.",
};

pub static UNKNOWN_LINE: Code = Code {
    id: "SL05",
    severity: WARNING,
    title: "Dòng hoặc cột không khớp tiêu chí nào",
    meaning: "Báo cáo có một dòng hoặc cột có số liệu nhưng mã và nội dung không khớp tiêu chí nào áp dụng cho đơn vị; số liệu đó \
              không được lấy.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, ô A19 ghi mã “9.9”.",
    mend: "Sửa mã cho khớp với biểu mẫu; nếu là dòng đơn vị tự thêm thì bỏ dòng đó.",
};

pub static WORDS: Code = Code {
    id: "SL06",
    severity: ERROR,
    title: "Ô số liệu ghi chữ",
    meaning: "Ô cần một con số nhưng ghi chữ, nên không lấy được giá trị; tiêu chí được 0 điểm tới khi sửa.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, ô E12 ghi “đã thực hiện tốt”.",
    mend: "Ghi lại chỉ bằng số; nếu không phát sinh, ghi 0.",
};

pub static CELL_ERROR: Code = Code {
    id: "SL07",
    severity: ERROR,
    title: "Ô báo lỗi công thức",
    meaning: "Ô chứa lỗi của Excel như #N/A, #REF! hoặc #DIV/0! nên không có giá trị.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, ô E15 hiện #DIV/0!.",
    mend: "Sửa công thức hoặc gõ thẳng con số vào ô.",
};

pub static DATE: Code = Code {
    id: "SL08",
    severity: ERROR,
    title: "Ô số liệu đã bị đổi thành ngày",
    meaning: "Ô cần một con số nhưng chứa một ngày. Excel tự đổi những gì giống ngày, chẳng hạn gõ 5/5 thành mùng 5 tháng 5.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, ô E9 hiện 05-May.",
    mend: "Định dạng ô là Number rồi gõ lại con số.",
};

pub static UNCLEAR_FIGURE: Code = Code {
    id: "SL09",
    severity: ERROR,
    title: "Con số không dùng được ngay",
    meaning: "Ô có số nhưng là số áng chừng, phân số, sai đơn vị tính hoặc ghi phần trăm không đúng chỗ; chương trình không tự \
              chọn thay đơn vị.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, ô E7 ghi “gần 9.692”.",
    mend: "Ghi một con số chính xác theo đúng đơn vị tính.",
};

pub static NO_ANSWER: Code = Code {
    id: "SL10",
    severity: ERROR,
    title: "Không rõ đạt hay không",
    meaning: "Dòng này cần câu trả lời đạt hoặc không, có hoặc không; ô ghi một thứ khác.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, ô E20 ghi “cơ bản đạt”.",
    mend: "Ghi Đạt hoặc Không.",
};

pub static WRONG_YEAR: Code = Code {
    id: "SL11",
    severity: ERROR,
    title: "Báo cáo ghi năm khác",
    meaning: "Năm ghi trong biểu khác năm của hồ sơ; có thể đơn vị gửi nhầm báo cáo năm trước. Số liệu vẫn được đọc.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, ô B5 ghi “Năm: 2023” trong khi hồ sơ là năm 2024.",
    mend: "Hỏi lại đơn vị; nếu đúng là số liệu năm nay thì sửa năm trong biểu.",
};

pub static GUESSED_FIGURE: Code = Code {
    id: "SL12",
    severity: WARNING,
    title: "Số ghi dạng chữ có thể hiểu hai cách",
    meaning: "Ô chứa số dạng chữ mà dấu chấm hoặc dấu phẩy có thể là phần nghìn hay phần thập phân; chương trình hiểu theo cách \
              viết Việt Nam.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, ô E6 ghi chữ “1.500”, được hiểu là một nghìn năm trăm.",
    mend: "Kiểm tra con số; đổi định dạng ô sang Number và gõ lại để hết cảnh báo.",
};

pub static BOUND_BY_LIKENESS: Code = Code {
    id: "SL13",
    severity: WARNING,
    title: "Báo cáo được gắn cho đơn vị theo tên gần giống",
    meaning: "Tên đơn vị trong biểu không đúng hẳn tên nào của hồ sơ; báo cáo được gắn theo phần tên giống, tên trang tính hoặc tên \
              tệp.",
    example: "so-lieu/y-te.xlsx ghi “Công đoàn ngành Y tế tỉnh Hải Minh”, được gắn cho Công đoàn ngành Y tế.",
    mend: "Kiểm tra đúng đơn vị chưa; thêm tên này vào cột “Tên gọi khác” để hết cảnh báo.",
};

pub static DUPLICATE_LINE: Code = Code {
    id: "SL14",
    severity: ERROR,
    title: "Một tiêu chí có hai dòng số liệu",
    meaning: "Trong một báo cáo, cùng một tiêu chí có hai dòng có số liệu; không thể tự chọn nên không dòng nào được lấy.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, mã 3.1 có ở cả E12 và E25.",
    mend: "Giữ lại một dòng đúng, xoá dòng kia.",
};

pub static HIDDEN_SHEET: Code = Code {
    id: "SL15",
    severity: WARNING,
    title: "Trang tính ẩn không được đọc",
    meaning: "Trang tính ẩn thường là bản cũ hoặc bảng phụ nên không được đọc như báo cáo.",
    example: "so-lieu/y-te.xlsx có trang tính ẩn “Biểu 2023”.",
    mend: "Nếu đó là báo cáo thật thì cho hiện trang tính (Unhide) rồi lưu lại.",
};

pub static NO_RESULT_COLUMN: Code = Code {
    id: "SL16",
    severity: ERROR,
    title: "Bảng thiếu cột Kết quả",
    meaning: "Tìm thấy bảng nhưng không có cột Kết quả, nên không có số liệu để chấm.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, cột “Kết quả” bị đổi tên thành “Số”.",
    mend: "Đặt lại tên cột là “Kết quả”.",
};

pub static BAD_REPORT_DATE: Code = Code {
    id: "SL17",
    severity: WARNING,
    title: "Ngày báo cáo không đọc được",
    meaning: "Ô ngày báo cáo không chứa một ngày có thật, nên không biết báo cáo gửi lúc nào. Số liệu vẫn được đọc.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, ô B6 ghi “30/02/2024”.",
    mend: "Ghi ngày theo dạng 05/3/2024.",
};

pub static NARRATIVE: Code = Code {
    id: "SL18",
    severity: WARNING,
    title: "Lời thuyết minh không được lấy",
    meaning: "Trang tính Thuyết minh có dòng không rõ thuộc mục nào (Nổi bật, Mô hình mới, Hạn chế, Nguyên nhân, Kiến nghị) hoặc của đơn \
              vị nào.",
    example: "so-lieu/y-te.xlsx, trang tính “Thuyết minh”, ô A4 ghi mục “Khác”.",
    mend: "Ghi đúng tên mục; nếu tệp có nhiều đơn vị thì thêm cột “Đơn vị”.",
};

pub static CODE_AND_NAME_DIFFER: Code = Code {
    id: "SL19",
    severity: ERROR,
    title: "Mã và nội dung của dòng không khớp nhau",
    meaning: "Mã ở cột TT là của một tiêu chí, nội dung lại là của tiêu chí khác; không thể tự chọn nên dòng không được lấy.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, dòng 14 ghi mã 2.1 nhưng nội dung của tiêu chí 2.2.",
    mend: "Sửa mã hoặc nội dung cho khớp với biểu mẫu.",
};

pub static NEGATIVE_DEDUCTION: Code = Code {
    id: "SL20",
    severity: Severity::Note,
    title: "Điểm trừ ghi số âm",
    meaning: "Dòng của nhóm trừ đếm bằng số dương rồi trừ vào tổng; số âm đơn vị ghi được hiểu là số điểm bị trừ.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, ô F30 ghi -0,5.",
    mend: "Không cần sửa; lần sau ghi số dương.",
};

pub static CONVERTED: Code = Code {
    id: "SL21",
    severity: Severity::Note,
    title: "Số đã được đổi đơn vị tính",
    meaning: "Đơn vị ghi theo một bậc khác của cùng đơn vị tính (đồng, nghìn, triệu, tỷ); con số đã được đổi về đơn vị tính của \
              tiêu chí.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, ô E8 ghi “2,7 tỷ đồng”, được đổi thành 2.700 triệu đồng.",
    mend: "Kiểm tra con số đã đổi; không đúng thì ghi lại theo đơn vị tính của biểu mẫu.",
};

pub static OTHER_MEASURE: Code = Code {
    id: "SL22",
    severity: WARNING,
    title: "Đơn vị tính khác biểu mẫu",
    meaning: "Cột ĐVT của dòng ghi một đơn vị tính khác với tiêu chí và không đổi sang được; con số vẫn được lấy như đã ghi.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, ô C8 ghi “cuộc” trong khi tiêu chí tính bằng “lượt người”.",
    mend: "Hỏi lại đơn vị con số tính bằng gì, rồi ghi theo đơn vị tính của biểu mẫu.",
};

pub static LINE_BY_LIKENESS: Code = Code {
    id: "SL23",
    severity: Severity::Note,
    title: "Dòng hoặc cột được gắn cho tiêu chí theo chữ gần giống",
    meaning: "Dòng không có mã đúng và nội dung không đúng hẳn tên nào, nhưng rất giống tên của một tiêu chí và bỏ xa các tiêu chí \
              khác, nên được lấy cho tiêu chí đó. Độ giống tính bằng phần trăm ghi kèm.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, ô B8 ghi “Số luợt thăm hỏii”, được hiểu là tiêu chí 1.2 (Số lượt thăm hỏi), giống 90%.",
    mend: "Xem có đúng tiêu chí không; nếu sai thì ghi mã tiêu chí vào cột TT.",
};

pub static COUNT_OF: Code = Code {
    id: "SL24",
    severity: Severity::Note,
    title: "Số ghi dạng đếm trên tổng số",
    meaning: "Ô ghi dạng 626/723. Ở dòng tính bằng % thì lấy tỷ lệ phần trăm; ở dòng khác chỉ lấy tử số khi mẫu số đúng bằng kế hoạch.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, ô E7 ghi “10/10”, dòng tính bằng % nên lấy 100%.",
    mend: "Không cần sửa nếu đúng; lần sau ghi một con số theo đơn vị tính.",
};

pub static WRONG_TOTAL: Code = Code {
    id: "SL25",
    severity: WARNING,
    title: "Tổng điểm tự chấm không bằng tổng các dòng",
    meaning: "Dòng tổng của đơn vị khác với tổng điểm tự chấm cộng lại từ các dòng; đơn vị có thể cộng sai hoặc sửa một dòng mà quên \
              sửa tổng. Chương trình tự cộng lại, không lấy dòng tổng.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, ô F40 ghi tổng 124,4 trong khi các dòng cộng lại là 118,4.",
    mend: "Hỏi lại đơn vị dòng nào đúng, rồi sửa dòng tổng hoặc dòng điểm sai.",
};

pub static MARK_ABOVE_MAXIMUM: Code = Code {
    id: "SL26",
    severity: WARNING,
    title: "Điểm tự chấm cao hơn điểm tối đa",
    meaning: "Đơn vị tự chấm cao hơn điểm tối đa của tiêu chí trong hồ sơ.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, ô F12 tự chấm 6 điểm trong khi tối đa 5 điểm.",
    mend: "Nhắc đơn vị sửa điểm tự chấm; điểm chính thức không bị ảnh hưởng.",
};

pub static SHARE_ABOVE_WHOLE: Code = Code {
    id: "SL27",
    severity: WARNING,
    title: "Tỷ lệ lớn hơn 100%",
    meaning: "Dòng là tỷ lệ của một phần trên tổng số nên không thể quá 100%; có thể đơn vị ghi nhầm số đếm vào ô tỷ lệ.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, ô E7, Tỷ lệ công đoàn cơ sở ký thoả ước ghi 626.",
    mend: "Hỏi lại đơn vị; ghi tỷ lệ phần trăm vào ô.",
};

pub static PART_ABOVE_WHOLE: Code = Code {
    id: "SL28",
    severity: WARNING,
    title: "“Trong đó” lớn hơn tổng số",
    meaning: "Dòng “Trong đó” là một phần của dòng ngay trên nó nên không thể lớn hơn.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, ô E9, trong đó nữ 1.250 trong khi tổng số đoàn viên 1.205.",
    mend: "Hỏi lại đơn vị số nào gõ nhầm.",
};

pub static STEEP_CHANGE: Code = Code {
    id: "SL29",
    severity: WARNING,
    title: "Số liệu tăng hoặc giảm quá mạnh so với năm trước",
    meaning: "Kết quả gấp quá nhiều lần năm trước hoặc chỉ bằng một phần nhỏ; thường do thừa, thiếu một số 0 hoặc sai đơn vị tính. \
              Mức xét là 5 lần, đổi được ở mục Ngưỡng tăng giảm của trang tính Thông tin; ghi 0 thì không xét.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, ô E12 ghi 70.740, năm trước 7.074.",
    mend: "Hỏi lại đơn vị; nếu đúng thì không cần sửa.",
};

pub static LATE: Code = Code {
    id: "SL30",
    severity: WARNING,
    title: "Báo cáo ghi ngày sau hạn nộp",
    meaning: "Ngày báo cáo ghi trong biểu sau Hạn nộp của hồ sơ. Số liệu vẫn được lấy; có trừ điểm hay không là do quy định của cụm.",
    example: "so-lieu/y-te.xlsx, trang tính “Biểu 1”, ô D3 ghi ngày 12/12/2024 trong khi hạn nộp là 30/11/2024.",
    mend: "Kiểm tra ngày nộp; nếu cụm trừ điểm nộp chậm thì ghi vào dòng điểm trừ.",
};

pub static SAME_FIGURES: Code = Code {
    id: "SL31",
    severity: WARNING,
    title: "Hai đơn vị gửi số liệu giống hệt nhau",
    meaning: "Mọi kết quả bằng số của hai báo cáo trùng nhau; thường do một tệp được chép cho đơn vị khác rồi quên sửa số.",
    example: "so-lieu/y-te.xlsx và so-lieu/giao-duc.xlsx có 24 kết quả giống nhau.",
    mend: "Hỏi lại hai đơn vị báo cáo nào là của mình.",
};

pub static NAMED_OTHERWISE: Code = Code {
    id: "SL32",
    severity: WARNING,
    title: "Số đếm trong lời văn khác danh sách kèm theo",
    meaning: "Một câu ghi số đơn vị, tập thể, công đoàn … rồi kể tên từng nơi, nhưng số tên kể ra không bằng con số; thường do sót \
              một tên hoặc quên sửa số. Số liệu vẫn được lấy như đã ghi.",
    example: "so-lieu/y-te.xlsx, trang tính “Thuyết minh”, ô B5 ghi “8 công đoàn: …” mà chỉ kể 7 tên.",
    mend: "Đếm lại danh sách, sửa con số hoặc thêm tên còn thiếu.",
};

pub static TOO_MANY_FINDINGS: Code = Code {
    id: "SL33",
    severity: ERROR,
    title: "Biểu có quá nhiều chỗ phải xem lại",
    meaning: "Chỉ những chỗ đầu tiên của tệp được nêu, các chỗ khác chỉ được đếm. Thường do cả một cột lệch, hoặc tệp không phải \
              biểu của hồ sơ này.",
    example: "so-lieu/y-te.xlsx có 1.200 dòng không khớp tiêu chí nào.",
    mend: "Chép số liệu sang đúng biểu mẫu đã gửi rồi thay tệp cũ.",
};

pub static BOUND_BY_HAND: Code = Code {
    id: "SL40",
    severity: Severity::Note,
    title: "Báo cáo được gắn tay cho đơn vị",
    meaning: "Tên tệp bắt đầu bằng mã đơn vị trong ngoặc vuông nên báo cáo được lấy cho đơn vị ấy, dù trong biểu ghi tên khác. \
              Trang làm việc đặt tên như vậy khi anh chị gắn tệp bằng tay; tự đổi tên tệp cũng có tác dụng như thế.",
    example: "so-lieu/[YT] bieu gui lai.xlsx, ô B4 ghi “Công đoàn bệnh viện”.",
    mend: "Đúng thì không phải làm gì; gắn nhầm thì bỏ phần trong ngoặc ở tên tệp.",
};

/// All of them, in order.
pub const CODES: &[&Code] = &[
    &NO_FOLDER,
    &NO_TABLE,
    &UNKNOWN_UNIT,
    &DUPLICATE_SUBMISSION,
    &UNKNOWN_LINE,
    &WORDS,
    &CELL_ERROR,
    &DATE,
    &UNCLEAR_FIGURE,
    &NO_ANSWER,
    &WRONG_YEAR,
    &GUESSED_FIGURE,
    &BOUND_BY_LIKENESS,
    &DUPLICATE_LINE,
    &HIDDEN_SHEET,
    &NO_RESULT_COLUMN,
    &BAD_REPORT_DATE,
    &NARRATIVE,
    &CODE_AND_NAME_DIFFER,
    &NEGATIVE_DEDUCTION,
    &CONVERTED,
    &OTHER_MEASURE,
    &LINE_BY_LIKENESS,
    &COUNT_OF,
    &WRONG_TOTAL,
    &MARK_ABOVE_MAXIMUM,
    &SHARE_ABOVE_WHOLE,
    &PART_ABOVE_WHOLE,
    &STEEP_CHANGE,
    &LATE,
    &SAME_FIGURES,
    &NAMED_OTHERWISE,
    &TOO_MANY_FINDINGS,
    &BOUND_BY_HAND,
];

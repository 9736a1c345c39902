//! The names that templates may use, each with its meaning: the list behind `templates --tags` and the guide.
//!
//! Only the list lives here; the values are made in `data`, and a test there holds the two together, name by name.
//! Where a parent is empty (`cum.cum_truong` without a lead), the names under it are empty too, not unknown.

/// What stands under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words; printed as they are.
    Text,
    /// A figure (see `vietnamese::figure`), or empty.
    Figure,
    /// A date (see `vietnamese::figure`), or empty.
    Date,
    /// Yes or no, for `if`.
    Flag,
    /// A chart, drawn where the tag stands, or empty.
    Chart,
    /// A list of texts.
    Texts,
    /// One thing of a scope, or empty.
    One(&'static Scope),
    /// A list of things of a scope.
    Many(&'static Scope),
    /// Criteria by code, as in `tieu_chi.[3.1].ket_qua`; also a list to loop over, in the order of the dossier.
    ByCode(&'static Scope),
    /// The texts of sheet Văn bản by key.
    ByKey(&'static Scope),
}

/// One name with its meaning in Vietnamese, for secretaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    pub name: &'static str,
    pub kind: Kind,
    pub meaning: &'static str,
}

/// Names that stand together: those of the paper itself, of a unit, of a criterion …
#[derive(Debug, PartialEq, Eq)]
pub struct Scope {
    pub title: &'static str,
    pub names: &'static [Name],
}

const fn text(name: &'static str, meaning: &'static str) -> Name {
    Name { name, kind: Kind::Text, meaning }
}

const fn figure(name: &'static str, meaning: &'static str) -> Name {
    Name { name, kind: Kind::Figure, meaning }
}

const fn date(name: &'static str, meaning: &'static str) -> Name {
    Name { name, kind: Kind::Date, meaning }
}

const fn flag(name: &'static str, meaning: &'static str) -> Name {
    Name { name, kind: Kind::Flag, meaning }
}

const fn texts(name: &'static str, meaning: &'static str) -> Name {
    Name { name, kind: Kind::Texts, meaning }
}

const fn chart(name: &'static str, meaning: &'static str) -> Name {
    Name { name, kind: Kind::Chart, meaning }
}

const fn one(name: &'static str, scope: &'static Scope, meaning: &'static str) -> Name {
    Name { name, kind: Kind::One(scope), meaning }
}

const fn many(name: &'static str, scope: &'static Scope, meaning: &'static str) -> Name {
    Name { name, kind: Kind::Many(scope), meaning }
}

/// Names that can stand anywhere in a template.
pub static PAPER: Scope = Scope {
    title: "Dùng ở mọi chỗ",
    names: &[
        text("nam", "Năm của hồ sơ: 2024"),
        text("nam_truoc", "Năm liền trước: 2023"),
        text(
            "nam_giao_uoc",
            "Năm của giao ước: Mục Năm giao ước của trang tính Văn bản, không có thì là năm của hồ sơ",
        ),
        flag("giao_uoc_nam_nay", "Giao ước là của chính năm trong hồ sơ, nên chỉ tiêu của hồ sơ đi kèm"),
        date(
            "ngay_ky_giao_uoc",
            "Ngày ký giao ước: Mục Ngày ký của trang tính Văn bản; không có thì là ngày hội nghị nếu giao ước là của năm khác, nếu không thì trống",
        ),
        text("noi_ky_giao_uoc", "Nơi ký giao ước: Mục Nơi ký của trang tính Văn bản; không có thì như ngày ký"),
        text("nam_sau", "Năm liền sau, cho phương hướng: 2025"),
        text("ky", "Kỳ báo cáo: Cả năm, 6 tháng đầu năm …"),
        flag("ca_nam", "Đúng khi kỳ báo cáo là cả năm"),
        text("nhiem_ky", "Nhiệm kỳ: 2017-2022"),
        text("co_quan_cap_tren", "Cơ quan cấp trên"),
        text("co_quan_ban_hanh", "Cơ quan ban hành"),
        text("ky_hieu", "Ký hiệu như ghi trong hồ sơ: LĐLĐ, BC-LĐLĐ"),
        text("ky_hieu_day_du", "Ký hiệu của văn bản này, có chữ viết tắt tên loại: BC-LĐLĐ, TTr-LĐLĐ, BB-LĐLĐ"),
        text("dia_danh", "Địa danh"),
        date("ngay_van_ban", "Ngày văn bản; để trống thì chừa chỗ điền tay"),
        date("han_nop", "Hạn nộp báo cáo"),
        figure("tran_xep_loai", "Trần điểm khi xếp loại"),
        one("cum", &CLUSTER, "Cụm, khối thi đua của văn bản này"),
        many("don_vi", &UNIT, "Các đơn vị theo thứ tự trong hồ sơ"),
        many("xep_hang", &UNIT, "Các đơn vị theo thứ hạng; đơn vị không xếp hạng ở cuối"),
        many("khong_xep_hang", &MEMBER, "Các đơn vị không được xếp hạng: chưa nộp báo cáo hoặc không xếp loại"),
        many("dan_dau", &MEMBER, "Đơn vị hạng 1; nhiều đơn vị nếu đồng hạng"),
        many("nhom", &GROUP, "Các nhóm tiêu chí với số liệu chung của cụm"),
        many("nhom_chinh", &GROUP, "Như nhom, chỉ các nhóm thường có tính điểm (không có nhóm thưởng, nhóm trừ)"),
        many("chi_tieu_chua_dat", &CRITERION, "Các tiêu chí mà kết quả chung thấp hơn kế hoạch chung"),
        many("nhom_thong_tin", &GROUP, "Như nhom, chỉ các nhóm thường không tính điểm (tối đa 0): số liệu chung"),
        Name {
            name: "tieu_chi",
            kind: Kind::ByCode(&CRITERION),
            meaning: "Các tiêu chí với số liệu chung của cụm, lấy theo mã: tieu_chi.[3.1]",
        },
        figure("so_nhom", "Số nhóm tiêu chí thường"),
        figure("so_tieu_chi", "Số tiêu chí của các nhóm thường"),
        figure("tong_diem_toi_da", "Tổng điểm tối đa của các nhóm thường"),
        many("xep_loai", &GRADE, "Các mức xếp loại, cao trước"),
        many("khen_thuong", &AWARD, "Các hình thức khen thưởng có đơn vị được đề nghị"),
        many("khen_thuong_trong", &AWARD, "Các hình thức khen thưởng không có đơn vị nào đủ điều kiện"),
        many("de_nghi_khen", &PROPOSED, "Danh sách đề nghị khen thưởng, mỗi đơn vị và hình thức một dòng"),
        figure("so_de_nghi_khen", "Số đơn vị được đề nghị khen thưởng"),
        many("dong_diem", &TIE, "Các nhóm đơn vị đồng hạng sau khi đã phân định"),
        flag("co_dong_diem", "Có đơn vị đồng hạng"),
        many("mien_cham", &WAIVED, "Các dòng miễn chấm, mỗi đơn vị và tiêu chí một dòng"),
        flag("mien_quy_doi", "Có đơn vị được quy đổi điểm vì dòng miễn chấm"),
        flag("co_can_bieu_quyet", "Có hình thức khen thưởng phải biểu quyết vì đồng hạng"),
        flag("co_thuong", "Thang điểm có nhóm thưởng"),
        flag("co_tru", "Thang điểm có nhóm trừ"),
        flag("co_tu_cham", "Có đơn vị tự chấm điểm"),
        flag("co_xep_loai", "Hồ sơ có xếp loại"),
        flag("co_khen_thuong", "Có đơn vị được đề nghị khen thưởng"),
        flag("co_ky_truoc", "Có số liệu năm trước để so sánh"),
        flag("co_thuyet_minh", "Có đơn vị gửi phần thuyết minh"),
        Name {
            name: "van_ban", kind: Kind::ByKey(&TEXTS), meaning: "Các mục của trang tính Văn bản cho văn bản này"
        },
        texts("cac_kinh_gui", "Kính gửi, luôn là danh sách"),
        one(
            "bieu_do",
            &CHARTS,
            "Các biểu đồ: thẻ đứng trong một đoạn, hoặc trong văn bản thay thế của một ảnh giữ chỗ",
        ),
        one("thuyet_minh", &NARRATIVES, "Phần thuyết minh của các đơn vị"),
        many("cac_ben_ky", &PARTY, "Các bên ký: trưởng, phó, rồi các đơn vị khác"),
        many("luoi_ky_dau", &SIGNATURE_LINE, "Các bên ký xếp thành hàng 3 hoặc 2 ô, không có ô trống; trừ hàng cuối"),
        many("luoi_ky_cuoi", &SIGNATURE_LINE, "Hàng cuối của các bên ký, để giữ cùng trang với bên chứng kiến"),
        many("hang_ky", &SIGNATURE_ROW, "Các bên ký xếp theo hàng: 3 ô một hàng khi chia hết cho 3, nếu không thì 2 ô"),
        many("hang_ky_2", &SIGNATURE_ROW, "Các bên ký, 2 ô một hàng"),
        many("hang_ky_3", &SIGNATURE_ROW, "Các bên ký, 3 ô một hàng"),
        flag("ky_3_cot", "hang_ky có 3 ô một hàng"),
        one("ben_chung_kien", &WITNESS, "Bên chứng kiến; trống nếu hồ sơ không nêu"),
        figure("so_ban", "Số bản: mỗi bên ký một bản, một bản lưu và một bản cho bên chứng kiến nếu có"),
        many("nhiem_ky_ket_qua", &TERM_LINE, "Các chỉ tiêu nhiệm kỳ với kết quả từng năm"),
        texts("nhiem_ky_cac_nam", "Các năm có số liệu của nhiệm kỳ, cũ trước"),
        figure("nhiem_ky_so_nam", "Số năm có số liệu của nhiệm kỳ"),
        figure("nhiem_ky_so_dat", "Số chỉ tiêu nhiệm kỳ đã đạt hoặc vượt"),
        figure("nhiem_ky_so_chi_tieu", "Số chỉ tiêu nhiệm kỳ có mức phấn đấu"),
    ],
};

/// `cum`.
pub static CLUSTER: Scope = Scope {
    title: "Cụm: cum",
    names: &[
        text("ma", "Mã cụm"),
        text("ten", "Tên cụm, khối"),
        text("loai", "Cách gọi trong câu: cụm, khối hoặc hệ thống"),
        flag("la_cum_khoi", "Đúng khi là cụm hoặc khối thi đua; sai khi là các đơn vị trực thuộc một công đoàn"),
        text("chu_de", "Chủ đề thi đua"),
        one("cum_truong", &MEMBER, "Đơn vị Cụm trưởng (Khối trưởng)"),
        one("cum_pho", &MEMBER, "Đơn vị Cụm phó (Khối phó) thứ nhất"),
        many("cac_cum_pho", &MEMBER, "Tất cả các đơn vị Cụm phó (Khối phó)"),
        text("chung_kien", "Cơ quan chứng kiến"),
        text("chuc_vu_chung_kien", "Chức vụ người chứng kiến"),
        text("nguoi_chung_kien", "Người chứng kiến"),
        text("dia_diem", "Địa điểm hội nghị"),
        date("ngay_hoi_nghi", "Ngày hội nghị"),
        figure("so_don_vi", "Số đơn vị"),
        figure("so_da_nop", "Số đơn vị đã nộp báo cáo"),
        figure("so_chua_nop", "Số đơn vị chưa nộp báo cáo"),
        figure("so_xep_hang", "Số đơn vị được xếp hạng"),
        many("chua_nop", &MEMBER, "Các đơn vị chưa nộp báo cáo"),
        flag("nop_du", "Mọi đơn vị đã nộp báo cáo"),
        figure("diem_cao_nhat", "Tổng điểm cao nhất của các đơn vị được xếp hạng"),
        figure("diem_thap_nhat", "Tổng điểm thấp nhất của các đơn vị được xếp hạng"),
        figure("diem_binh_quan", "Tổng điểm bình quân của các đơn vị được xếp hạng"),
    ],
};

/// Names shared by every unit, wherever it stands.
macro_rules! member_names {
    ($($more:expr),* $(,)?) => {
        &[
            figure("tt", "Số thứ tự trong danh sách đang lặp"),
            text("ma", "Mã đơn vị"),
            text("ten", "Tên đơn vị"),
            text("ten_viet_tat", "Tên viết tắt; không có thì là tên đầy đủ"),
            text("vai_tro", "Vai trò như ghi trong hồ sơ: Cụm trưởng, Khối phó, Thành viên"),
            flag("la_truong", "Là Cụm trưởng, Khối trưởng"),
            flag("la_pho", "Là Cụm phó, Khối phó"),
            text("nguoi_ky", "Người ký"),
            text("chuc_vu", "Chức vụ người ký"),
            flag("da_nop", "Đã nộp báo cáo"),
            flag("khong_xep_loai", "Đã nộp nhưng thuộc diện không xếp loại"),
            figure("hang", "Thứ hạng; trống nếu không xếp hạng"),
            flag("dong_hang", "Cùng hạng với đơn vị khác"),
            figure("tong", "Tổng điểm: điểm các nhóm + thưởng − trừ; trống nếu chưa nộp"),
            figure("diem", "Điểm các nhóm thường"),
            figure("thuong", "Điểm thưởng sau khi tính mức tối đa"),
            figure("tru", "Điểm trừ, ghi số dương"),
            figure("tu_cham", "Tổng điểm tự chấm"),
            flag("quy_doi", "Điểm được quy đổi vì có dòng miễn chấm ra khỏi thang điểm"),
            figure("diem_truoc_quy_doi", "Điểm các nhóm trước khi quy đổi; trống nếu không quy đổi"),
            figure("thang_con_lai", "Thang điểm còn lại sau khi bớt dòng miễn chấm; trống nếu không quy đổi"),
            text("xep_loai", "Xếp loại; trống nếu không xếp loại"),
            texts("khen_thuong", "Các hình thức khen thưởng được đề nghị"),
            $($more),*
        ]
    };
}

/// A unit where its lines are not at hand: in `cum.cum_truong`, `cum.chua_nop`, `xep_loai.don_vi`, `khen_thuong.don_vi`.
pub static MEMBER: Scope = Scope {
    title: "Đơn vị trong danh sách: cum.cum_truong, cum.chua_nop, xep_loai.don_vi, khen_thuong.don_vi …",
    names: member_names![],
};

/// A line of the list of proposed awards.
pub static PROPOSED: Scope = Scope {
    title: "Dòng của danh sách đề nghị khen thưởng: de_nghi_khen",
    names: member_names![
        text("hinh_thuc", "Hình thức khen thưởng"),
        flag("can_bieu_quyet", "Đồng hạng vượt số lượng, phải biểu quyết"),
    ],
};

/// A unit with its groups and lines.
pub static UNIT: Scope = Scope {
    title: "Đơn vị: trong don_vi, xep_hang và don_vi_nay",
    names: member_names![
        many("nhom", &UNIT_GROUP, "Điểm của đơn vị theo nhóm tiêu chí"),
        many("nhom_chinh", &UNIT_MAIN_GROUP, "Như nhom, chỉ các nhóm thường có tính điểm, không kèm tiêu chí"),
        Name {
            name: "tieu_chi",
            kind: Kind::ByCode(&UNIT_CRITERION),
            meaning: "Từng tiêu chí của đơn vị, lấy theo mã: tieu_chi.[3.1].diem",
        },
    ],
};

/// A unit named in a sentence: `tieu_bieu`, `duoi_ke_hoach`.
pub static NAMED_UNIT: Scope = Scope {
    title: "Đơn vị được nêu tên: tieu_bieu, duoi_ke_hoach",
    names: &[
        text("ma", "Mã đơn vị"),
        text("ten", "Tên đơn vị"),
        text("ten_viet_tat", "Tên viết tắt; không có thì là tên đầy đủ"),
        figure("ke_hoach", "Kế hoạch của đơn vị ở tiêu chí này"),
        figure("ket_qua", "Kết quả của đơn vị ở tiêu chí này"),
        figure("ty_le", "Kết quả so với kế hoạch, tính bằng %"),
        figure("diem", "Điểm của đơn vị ở tiêu chí hoặc nhóm này"),
    ],
};

/// `nhom` of the paper.
pub static GROUP: Scope = Scope {
    title: "Nhóm tiêu chí với số liệu chung của cụm: nhom",
    names: &[
        figure("tt", "Số thứ tự"),
        text("ma", "Mã nhóm"),
        text("ten", "Tên nhóm"),
        text("loai", "thường, thưởng hoặc trừ"),
        flag("la_thuong", "Là nhóm thưởng"),
        flag("la_tru", "Là nhóm trừ"),
        figure("toi_da", "Điểm tối đa, hoặc mức tối đa được cộng, trừ"),
        figure("diem", "Điểm bình quân của các đơn vị đã nộp, hai số lẻ"),
        figure("diem_cao_nhat", "Điểm nhóm cao nhất của một đơn vị"),
        figure("diem_thap_nhat", "Điểm nhóm thấp nhất của một đơn vị"),
        figure("so_dat_toi_da", "Số đơn vị đạt điểm tối đa của nhóm"),
        many(
            "tieu_bieu",
            &NAMED_UNIT,
            "Các đơn vị cùng có điểm nhóm cao nhất; trống nếu quá 3 đơn vị hoặc mọi đơn vị như nhau",
        ),
        flag("co_so_lieu", "Có tiêu chí có kết quả chung của cụm"),
        flag("co_ky_truoc", "Có tiêu chí so sánh được với năm trước"),
        figure("so_tieu_chi", "Số tiêu chí của nhóm"),
        figure("so_duoc_neu", "Số tiêu chí có gì để nêu trong báo cáo"),
        text(
            "mo_dau",
            "Câu mở đầu của nhóm trong báo cáo: Mục “Nhóm” kèm mã nhóm ở trang tính Văn bản; trống nếu không nêu",
        ),
        many("tieu_chi", &CRITERION, "Các tiêu chí của nhóm, với số liệu chung của cụm"),
        many("tieu_chi_giao", &CRITERION, "Như tieu_chi, chỉ các tiêu chí có giao kế hoạch cho đơn vị"),
        many("don_vi", &GROUP_UNIT, "Các đơn vị theo thứ tự trong hồ sơ, với điểm và số liệu của nhóm này"),
    ],
};

/// Names shared by a criterion of the cluster and of one unit.
macro_rules! criterion_names {
    ($($more:expr),* $(,)?) => {
        &[
            figure("tt", "Số thứ tự trong nhóm"),
            text("ma", "Mã tiêu chí"),
            text("ten", "Nội dung"),
            text("dvt", "Đơn vị tính"),
            text("cach_tinh", "Cách tính: Tỷ lệ, Theo bậc …"),
            flag("la_phan_tram", "Kết quả tính bằng %"),
            flag("la_dat_khong", "Kết quả là đạt hoặc không"),
            flag("co_diem", "Tiêu chí có tính điểm"),
            figure("toi_da", "Điểm tối đa"),
            figure("diem", "Điểm; ở số liệu chung là điểm bình quân của các đơn vị đã nộp, hai số lẻ"),
            figure("ke_hoach", "Kế hoạch; ở số liệu chung là của cả cụm theo cách tổng hợp"),
            figure("ket_qua", "Kết quả; đạt là 1, không là 0; ở số liệu chung là của cả cụm theo cách tổng hợp"),
            figure("ty_le", "Kết quả so với kế hoạch, tính bằng %, hai số lẻ"),
            figure("ky_truoc", "Kết quả năm trước"),
            flag("co_ky_truoc", "So sánh được với năm trước"),
            figure("tang_giam", "Tăng (+), giảm (−) so với năm trước, tính bằng %, hai số lẻ; dòng % thì là điểm phần trăm"),
            text("tang_giam_chu", "Viết thành lời: tăng 12,5%, giảm 3%, không thay đổi"),
            figure("so_dat", "Số đơn vị đạt kế hoạch; dòng đạt/không là số đơn vị đạt"),
            figure("so_don_vi", "Số đơn vị có kế hoạch; dòng đạt/không là số đơn vị trả lời"),
            $($more),*
        ]
    };
}

/// A criterion of the cluster.
pub static CRITERION: Scope = Scope {
    title: "Tiêu chí với số liệu chung của cụm: tieu_chi, nhom.tieu_chi",
    names: criterion_names![
        many("tieu_bieu", &NAMED_UNIT, "Nhiều nhất 3 đơn vị nổi trội của cụm; trống nếu không có"),
        text(
            "ten_dan",
            "Nội dung kèm dấu nối với số liệu viết sau nó: “Tổng số đoàn viên:”, “Trong đó, đoàn viên nữ:”"
        ),
        flag("co_so_lieu", "Có kết quả chung của cụm để đưa vào báo cáo"),
        flag("duoc_neu", "Có gì để nêu trong báo cáo: kết quả chung, hoặc số đơn vị đạt kế hoạch"),
        text("loi_tong_hop", "“cao nhất ”, “thấp nhất ” khi cách tổng hợp là Lớn nhất, Nhỏ nhất; còn lại để trống"),
        flag("dem_thieu_sot", "Cách tính là Trừ dần: kết quả là số lần thiếu sót"),
        flag("cum_chua_dat", "Kết quả chung thấp hơn kế hoạch chung"),
        flag("tat_ca_dat", "Mọi đơn vị có kế hoạch đều đạt"),
        flag("chi_mot_dat", "Chỉ một đơn vị đạt"),
        figure("so_duoi_ke_hoach", "Số đơn vị chưa đạt kế hoạch"),
        many("duoi_ke_hoach", &NAMED_UNIT, "Các đơn vị chưa đạt kế hoạch"),
        figure("so_chua_dat", "Dòng đạt/không: số đơn vị trả lời không"),
        many("chua_dat", &NAMED_UNIT, "Dòng đạt/không: các đơn vị trả lời không"),
        flag("co_ke_hoach", "Có đơn vị được giao kế hoạch"),
        figure("ke_hoach_giao", "Kế hoạch cộng theo cách tổng hợp trên mọi đơn vị, kể cả đơn vị chưa nộp"),
        many("theo_don_vi", &UNIT_FIGURES, "Số liệu từng đơn vị theo thứ tự trong hồ sơ, để lặp theo cột"),
        text("nhom_ma", "Mã nhóm"),
        text("nhom_ten", "Tên nhóm"),
    ],
};

/// One unit's figures beside a criterion of the cluster.
pub static UNIT_FIGURES: Scope = Scope {
    title: "Số liệu một đơn vị: tieu_chi.theo_don_vi",
    names: &[
        text("ma", "Mã đơn vị"),
        text("ten", "Tên đơn vị"),
        text("ten_viet_tat", "Tên viết tắt; không có thì là tên đầy đủ"),
        flag("da_nop", "Đã nộp báo cáo"),
        figure("ke_hoach", "Kế hoạch"),
        figure("ket_qua", "Kết quả; đạt là 1, không là 0"),
        text("ket_qua_chu", "Kết quả viết thành chữ: 424.830, 97,5, Đạt, Không đạt"),
        figure("ty_le", "Kết quả so với kế hoạch, tính bằng %, hai số lẻ"),
        figure("diem", "Điểm; trống nếu chưa nộp hoặc dòng không tính điểm"),
    ],
};

/// A unit beside a group of the cluster, for tables of units by lines.
pub static GROUP_UNIT: Scope = Scope {
    title: "Đơn vị trong bảng của một nhóm: nhom.don_vi",
    names: &[
        figure("tt", "Số thứ tự"),
        text("ma", "Mã đơn vị"),
        text("ten", "Tên đơn vị"),
        text("ten_viet_tat", "Tên viết tắt; không có thì là tên đầy đủ"),
        flag("da_nop", "Đã nộp báo cáo"),
        figure("diem", "Điểm của nhóm; trống nếu chưa nộp"),
        many("tieu_chi", &GROUP_UNIT_LINE, "Số liệu của đơn vị ở từng tiêu chí của nhóm"),
        many("tieu_chi_giao", &GROUP_UNIT_LINE, "Như tieu_chi, chỉ các tiêu chí có giao kế hoạch cho đơn vị"),
    ],
};

/// One line of a unit in such a table.
pub static GROUP_UNIT_LINE: Scope = Scope {
    title: "Số liệu một tiêu chí trong bảng của nhóm: nhom.don_vi.tieu_chi",
    names: &[
        text("ma", "Mã tiêu chí"),
        text("ten", "Nội dung"),
        figure("ke_hoach", "Kế hoạch"),
        figure("ket_qua", "Kết quả; đạt là 1, không là 0"),
        text("ket_qua_chu", "Kết quả viết thành chữ: 424.830, 97,5, Đạt, Không đạt"),
        figure("ty_le", "Kết quả so với kế hoạch, tính bằng %, hai số lẻ"),
        figure("diem", "Điểm; trống nếu chưa nộp hoặc dòng không tính điểm"),
    ],
};

/// Names shared by a group of one unit, with and without its criteria.
macro_rules! unit_group_names {
    ($($more:expr),* $(,)?) => {
        &[
            figure("tt", "Số thứ tự"),
            text("ma", "Mã nhóm"),
            text("ten", "Tên nhóm"),
            text("loai", "thường, thưởng hoặc trừ"),
            flag("la_thuong", "Là nhóm thưởng"),
            flag("la_tru", "Là nhóm trừ"),
            figure("toi_da", "Điểm tối đa, hoặc mức tối đa được cộng, trừ"),
            figure("diem", "Điểm của nhóm, đã tính mức tối đa"),
            figure("diem_cong_don", "Điểm cộng dồn của nhóm trước khi tính mức tối đa"),
            flag("cham_muc_toi_da", "Nhóm thưởng hoặc trừ cộng dồn quá mức tối đa"),
            figure("tu_cham", "Điểm tự chấm của nhóm"),
            $($more),*
        ]
    };
}

/// `nhom_chinh` of a unit.
pub static UNIT_MAIN_GROUP: Scope =
    Scope { title: "Nhóm thường của một đơn vị: don_vi.nhom_chinh", names: unit_group_names![] };

/// `nhom` of a unit.
pub static UNIT_GROUP: Scope = Scope {
    title: "Nhóm tiêu chí của một đơn vị: don_vi.nhom",
    names: unit_group_names![many("tieu_chi", &UNIT_CRITERION, "Các tiêu chí của nhóm")],
};

/// A unit by name only, beside a criterion of one unit.
pub static UNIT_NAME: Scope = Scope {
    title: "Tên đơn vị: don_vi.tieu_chi.tieu_bieu",
    names: &[
        text("ma", "Mã đơn vị"),
        text("ten", "Tên đơn vị"),
        text("ten_viet_tat", "Tên viết tắt; không có thì là tên đầy đủ"),
    ],
};

/// A criterion of one unit.
pub static UNIT_CRITERION: Scope = Scope {
    title: "Tiêu chí của một đơn vị: don_vi.tieu_chi, don_vi.nhom.tieu_chi",
    names: criterion_names![
        many("tieu_bieu", &UNIT_NAME, "Nhiều nhất 3 đơn vị nổi trội của cụm; trống nếu không có"),
        text("ket_qua_chu", "Kết quả viết thành chữ: 424.830, 97,5, Đạt, Không đạt"),
        figure("tu_cham", "Điểm tự chấm"),
        figure("diem_tinh", "Điểm tính theo cách tính"),
        figure("tham_dinh", "Điểm thẩm định"),
        figure("chenh_lech", "Điểm được tính trừ điểm tự chấm"),
        flag("dat_ke_hoach", "Kết quả đạt kế hoạch trở lên"),
        text("vi_sao", "Vì sao được điểm ấy, một dòng"),
        flag("mien_cham", "Đơn vị được miễn chấm tiêu chí này"),
        text("ly_do_mien", "Lý do miễn chấm"),
        text("nguon", "Ô có kết quả: so-lieu/a.xlsx!Biểu 1!E12"),
        text("nguon_o", "Trang và ô có kết quả, không có tên tệp: Biểu 1!E12"),
        text("ghi_chu", "Ghi chú của đơn vị"),
    ],
};

/// `xep_loai`.
pub static GRADE: Scope = Scope {
    title: "Mức xếp loại: xep_loai",
    names: &[
        figure("tt", "Số thứ tự"),
        text("ten", "Tên mức"),
        figure("so_luong", "Số đơn vị"),
        figure("ty_le", "Tỷ lệ trong các đơn vị được xếp hạng, tính bằng %, hai số lẻ"),
        figure("tu_diem", "Từ điểm"),
        many("don_vi", &MEMBER, "Các đơn vị, theo thứ hạng"),
    ],
};

/// `khen_thuong`.
pub static AWARD: Scope = Scope {
    title: "Hình thức khen thưởng: khen_thuong",
    names: &[
        figure("tt", "Số thứ tự"),
        text("hinh_thuc", "Hình thức"),
        figure("so_luong", "Số đơn vị được đề nghị"),
        figure("chi_tieu", "Số lượng theo hồ sơ; trống nếu không giới hạn"),
        flag("can_bieu_quyet", "Đồng hạng vượt số lượng, phải biểu quyết"),
        many("don_vi", &MEMBER, "Các đơn vị được đề nghị, theo thứ hạng"),
    ],
};

/// `dong_diem`.
pub static TIE: Scope = Scope {
    title: "Đồng hạng: dong_diem",
    names: &[
        figure("hang", "Thứ hạng chung"),
        figure("tong", "Tổng điểm chung"),
        figure("so_luong", "Số đơn vị đồng hạng"),
        many("don_vi", &MEMBER, "Các đơn vị đồng hạng"),
    ],
};

/// `mien_cham`.
pub static WAIVED: Scope = Scope {
    title: "Dòng miễn chấm: mien_cham",
    names: &[
        figure("tt", "Số thứ tự"),
        text("ma", "Mã tiêu chí"),
        text("ten", "Nội dung tiêu chí"),
        figure("toi_da", "Điểm tối đa"),
        text("ly_do", "Lý do miễn chấm"),
        one("don_vi", &MEMBER, "Đơn vị được miễn"),
    ],
};

/// `thuyet_minh`.
pub static NARRATIVES: Scope = Scope {
    title: "Thuyết minh: thuyet_minh",
    names: &[
        many("noi_bat", &NARRATIVE, "Kết quả nổi bật"),
        many("mo_hinh_moi", &NARRATIVE, "Mô hình mới, cách làm hay"),
        many("han_che", &NARRATIVE, "Hạn chế"),
        many("nguyen_nhan", &NARRATIVE, "Nguyên nhân"),
        many("kien_nghi", &NARRATIVE, "Kiến nghị"),
    ],
};

/// One row of a unit's sheet Thuyết minh.
pub static NARRATIVE: Scope = Scope {
    title: "Một ý thuyết minh",
    names: &[
        text("don_vi", "Tên đơn vị"),
        text("don_vi_viet_tat", "Tên viết tắt của đơn vị; không có thì là tên đầy đủ"),
        text("ma", "Mã đơn vị"),
        text("noi_dung", "Nội dung"),
    ],
};

/// `cac_ben_ky`, and the cells of the signature grid.
pub static PARTY: Scope = Scope {
    title: "Bên ký: cac_ben_ky, hang_ky.o",
    names: &[
        figure("tt", "Số thứ tự"),
        text("ma", "Mã đơn vị"),
        text("ten", "Tên đơn vị"),
        text("chuc_vu", "Chức vụ người ký"),
        text("nguoi_ky", "Người ký"),
        text("vai_tro", "Vai trò: Khối trưởng, Cụm phó, Thành viên"),
        flag("la_truong", "Là Cụm trưởng, Khối trưởng"),
        flag("la_pho", "Là Cụm phó, Khối phó"),
        flag("trong", "Ô trống để hàng cuối đủ số ô"),
    ],
};

/// A row of the signature grid.
pub static SIGNATURE_ROW: Scope = Scope {
    title: "Hàng ký: hang_ky",
    names: &[many("o", &PARTY, "Các ô của hàng; ô thừa của hàng cuối để trống")],
};

/// A row of the signature grid without empty cells.
pub static SIGNATURE_LINE: Scope = Scope {
    title: "Hàng ký: luoi_ky_dau, luoi_ky_cuoi",
    names: &[
        figure("so_o", "Số ô của hàng: 3, 2 hoặc 1"),
        one("mot", &PARTY, "Ô thứ nhất"),
        one("hai", &PARTY, "Ô thứ hai; trống nếu hàng có 1 ô"),
        one("ba", &PARTY, "Ô thứ ba; trống nếu hàng có 1 hoặc 2 ô"),
    ],
};

/// `ben_chung_kien`.
pub static WITNESS: Scope = Scope {
    title: "Bên chứng kiến: ben_chung_kien",
    names: &[
        text("ten", "Cơ quan chứng kiến"),
        text("chuc_vu", "Chức vụ người chứng kiến"),
        text("nguoi_ky", "Người chứng kiến"),
    ],
};

/// `nhiem_ky_ket_qua`.
pub static TERM_LINE: Scope = Scope {
    title: "Chỉ tiêu nhiệm kỳ: nhiem_ky_ket_qua",
    names: &[
        figure("tt", "Số thứ tự"),
        text("ma", "Mã tiêu chí"),
        text("ten", "Nội dung"),
        text("dvt", "Đơn vị tính"),
        flag("la_phan_tram", "Kết quả tính bằng %"),
        text("cach_luy_ke", "Cộng, Cuối kỳ hoặc Bình quân"),
        figure("chi_tieu", "Mức phấn đấu của nhiệm kỳ"),
        figure("luy_ke", "Lũy kế đến nay"),
        figure("ty_le", "Lũy kế so với mức phấn đấu, tính bằng %, hai số lẻ"),
        flag("dat", "Đã đạt hoặc vượt mức phấn đấu"),
        many("cac_nam", &TERM_YEAR, "Từng năm, theo nhiem_ky_cac_nam"),
    ],
};

/// One year of a term line.
pub static TERM_YEAR: Scope = Scope {
    title: "Một năm của chỉ tiêu nhiệm kỳ",
    names: &[text("nam", "Năm"), figure("ket_qua", "Kết quả của năm; trống nếu không có số liệu")],
};

/// Keys of sheet Văn bản that always exist; those with several rows, and the kinds marked as lists, are lists.
pub static TEXTS: Scope = Scope {
    title: "Trang tính Văn bản: van_ban (mọi Mục khác cũng dùng được, viết không dấu, nối bằng _; dấu ; hoặc . ở cuối mỗi ý được bỏ)",
    names: &[
        texts("can_cu", "Căn cứ"),
        texts("noi_nhan", "Nơi nhận"),
        texts("noi_dung_giao_uoc", "Nội dung giao ước"),
        texts("cam_ket", "Cam kết"),
        texts("phuong_huong", "Phương hướng"),
        text("kinh_gui", "Kính gửi; nhiều dòng thì là danh sách"),
        text("quyen_han_ky", "Quyền hạn ký: TM. BAN THƯỜNG VỤ"),
        text("chuc_vu_ky", "Chức vụ người ký văn bản"),
        text("nguoi_ky", "Người ký văn bản"),
        text("trich_yeu", "Trích yếu, thay cho câu có sẵn"),
        text("mo_dau", "Câu mở đầu, thay cho câu có sẵn"),
        texts("dac_diem_tinh_hinh", "Đặc điểm tình hình"),
        texts("hoat_dong_cum", "Hoạt động chung của cụm, khối"),
        texts("uu_diem", "Ưu điểm"),
        texts("han_che", "Hạn chế"),
        texts("nguyen_nhan", "Nguyên nhân"),
        texts("bai_hoc", "Bài học kinh nghiệm"),
        texts("kien_nghi", "Kiến nghị, đề xuất"),
        texts("thanh_phan", "Thành phần dự họp"),
        texts("y_kien_thao_luan", "Ý kiến thảo luận"),
        text("thoi_gian_bat_dau", "Thời gian bắt đầu"),
        text("thoi_gian_ket_thuc", "Thời gian kết thúc"),
        text("chu_toa", "Chủ tọa"),
        text("chuc_vu_chu_toa", "Chức vụ chủ tọa"),
        text("thu_ky", "Thư ký"),
        text("chuc_vu_thu_ky", "Chức vụ thư ký"),
        text("so_trieu_tap", "Số người được triệu tập"),
        text("so_co_mat", "Số người có mặt"),
        text("so_van_ban", "Số văn bản; để trống thì chừa chỗ điền tay"),
        text("hieu_luc", "Hiệu lực của giao ước"),
        text("luu", "Dòng lưu ở cuối Nơi nhận: VT, Ban Tổ chức"),
    ],
};

static CHARTS: Scope = Scope {
    title: "Biểu đồ: bieu_do",
    names: &[
        chart(
            "diem_nhom",
            "Biểu đồ điểm theo nhóm tiêu chí của các đơn vị, theo thứ hạng; trống khi chưa đơn vị nào nộp",
        ),
        chart(
            "so_ke_hoach",
            "Biểu đồ kết quả chung so với kế hoạch của các chỉ tiêu; trống khi không chỉ tiêu nào có kế hoạch",
        ),
    ],
};

/// Names of the score slip besides those of the paper.
pub static SLIP: Scope = Scope {
    title: "Phiếu điểm (phieu-diem)",
    names: &[
        one("don_vi_nay", &UNIT, "Đơn vị của phiếu"),
        one("don_vi_tren", &MEMBER, "Đơn vị xếp ngay trên; trống nếu đứng đầu hoặc không xếp hạng"),
        figure("cach_hang_tren", "Số điểm còn kém đơn vị xếp ngay trên"),
        texts("tep_nguon", "Các tệp có kết quả của đơn vị"),
        many("mat_diem_nhieu", &LOSS, "Các tiêu chí mất nhiều điểm nhất, nhiều nhất 5"),
    ],
};

/// A line where the unit of the slip lost points.
pub static LOSS: Scope = Scope {
    title: "Tiêu chí mất điểm: mat_diem_nhieu",
    names: &[
        text("ma", "Mã tiêu chí"),
        text("ten", "Nội dung"),
        figure("toi_da", "Điểm tối đa"),
        figure("diem", "Điểm được tính"),
        figure("mat", "Số điểm mất"),
        text("vi_sao", "Vì sao được điểm ấy, một dòng"),
    ],
};

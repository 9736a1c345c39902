//! The presentation profile: every size, margin, gap and indent of the built-in papers, each with its source.
//!
//! Clauses are of Nghị định 30/2020/NĐ-CP, Phụ lục I, unless another source is named. To present papers after another
//! rule, change this file only. Lengths are twips (1/20 pt), sizes half points.

/// Twips of a length in tenths of a millimetre, rounded up, so that no margin falls below its bound.
const fn tenths(tenths: u32) -> u32 {
    (tenths * 1440).div_ceil(254)
}

/// Mục I.1: A4, 210 × 297 mm.
pub(crate) const PAPER_SHORT: u32 = tenths(2100);
pub(crate) const PAPER_LONG: u32 = tenths(2970);
/// Mục I.3: upper and lower margin 20-25 mm.
pub(crate) const MARGIN_TOP: u32 = tenths(200);
pub(crate) const MARGIN_BOTTOM: u32 = tenths(200);
/// Mục I.3: left margin 30-35 mm, right margin 15-20 mm.
pub(crate) const MARGIN_LEFT: u32 = tenths(300);
pub(crate) const MARGIN_RIGHT: u32 = tenths(150);
/// Mục I.6: the page number stands in the upper margin.
pub(crate) const HEADER: u32 = tenths(100);
pub(crate) const FOOTER: u32 = tenths(100);

/// Mục I.4: Times New Roman.
pub(crate) const FONT: &str = "Times New Roman";
/// Mục I.4: black.
pub(crate) const COLOR: &str = "000000";
/// Of paragraphs that are not printed.
pub(crate) const CONTROL_COLOR: &str = "7F7F7F";
/// The papers are Vietnamese.
pub(crate) const LANGUAGE: &str = "vi-VN";

/// Phụ lục I, mục II.5: first line 1 or 1.27 cm in.
const FIRST_LINE: u32 = tenths(127);
/// Mục II.5: at least 6 pt between paragraphs.
const GAP: u32 = 120;
/// Mục II.5: line spacing from single to one and a half; in 240ths.
const BODY_LINE: u32 = 264;
const SINGLE: u32 = 240;

/// Room for signature and round seal, about 36 mm (office practice: a seal of 36 mm across).
pub(crate) const SIGNATURE_ROOM: u32 = tenths(360);

/// Rules under texts, in eighths of a point.
pub(crate) const RULE_WEIGHT: u32 = 6;
/// Height of the empty paragraph that carries a rule.
pub(crate) const RULE_LINE: u32 = 60;
/// Mục II.1: the rule under the motto is as long as its text; width of the motto at 13 pt bold.
const RULE_MOTTO: u32 = 3183;
/// Mục II.2: the rule under the issuing body is a third to a half of its text: of 24 to 36 mm, of 33 to 50 mm, of 50 to
/// 75 mm, and on a lying page of 63 to 94 mm and of 80 to 117 mm. The templates choose by the number of letters.
const RULE_ISSUER_SHORTEST: u32 = tenths(120);
const RULE_ISSUER_SHORT: u32 = tenths(165);
const RULE_ISSUER: u32 = tenths(250);
const RULE_ISSUER_MIDDLE: u32 = tenths(315);
const RULE_ISSUER_LONG: u32 = tenths(400);
/// Mục II.4: the rule under the subject is a third to a half of its text: of 60 to 90 mm, of 84 to 126 mm, of 110 to 165 mm.
const RULE_SUBJECT_SHORT: u32 = tenths(300);
const RULE_SUBJECT_MIDDLE: u32 = tenths(420);
const RULE_SUBJECT: u32 = tenths(550);

/// Room on both sides of the body's names in a letterhead, so that they do not touch the country's name beside them.
pub(crate) const LETTERHEAD_SIDE: i32 = 85;

/// Lines of tables, in eighths of a point.
pub(crate) const TABLE_LINE: u32 = 4;
/// Room between a table's line and its text, left and right.
pub(crate) const TABLE_PADDING: u32 = tenths(12);
pub(crate) const SMALL_TABLE_PADDING: u32 = tenths(8);

/// Width of the text on an upright or a lying page.
pub(crate) const fn text_width(landscape: bool) -> u32 {
    (if landscape { PAPER_LONG } else { PAPER_SHORT }) - MARGIN_LEFT - MARGIN_RIGHT
}

/// Length of a rule by its name in the sources.
pub(crate) fn rule_length(name: &str) -> Option<u32> {
    match name {
        "motto" => Some(RULE_MOTTO),
        "issuer-shortest" => Some(RULE_ISSUER_SHORTEST),
        "issuer-short" => Some(RULE_ISSUER_SHORT),
        "issuer" => Some(RULE_ISSUER),
        "issuer-middle" => Some(RULE_ISSUER_MIDDLE),
        "issuer-long" => Some(RULE_ISSUER_LONG),
        "subject-short" => Some(RULE_SUBJECT_SHORT),
        "subject-middle" => Some(RULE_SUBJECT_MIDDLE),
        "subject" => Some(RULE_SUBJECT),
        _ => None,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Left,
    Center,
    Justified,
}

macro_rules! looks {
    ($($(#[$doc:meta])* $look:ident = $mark:literal),+ $(,)?) => {
        /// How a paragraph looks: one for each component of a paper, each a style in Word.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Look { $($(#[$doc])* $look),+ }

        impl Look {
            pub(crate) const ALL: &[Look] = &[$(Look::$look),+];

            /// The look of a paragraph that begins with `@mark`.
            pub(crate) fn of_mark(mark: &str) -> Option<Look> {
                match mark { $($mark => Some(Look::$look),)+ _ => None }
            }
        }
    };
}

looks! {
    /// Nội dung.
    Body = "body",
    /// `I.`: headings of the first level.
    Heading1 = "heading1",
    /// `1.`
    Heading2 = "heading2",
    /// `a)`
    Heading3 = "heading3",
    /// A sentence that leads to the list or the table below it, and stands with it.
    Introduction = "lead",
    /// `-`: points.
    Point = "point",
    /// The last paragraph before a signature.
    Closing = "closing",
    /// Căn cứ.
    Basis = "basis",
    /// Kính gửi.
    Addressee = "to",
    /// Kính gửi, one of several.
    AddresseeLine = "to-line",
    /// A line with a dotted leader to fill in by hand.
    FillIn = "fill",
    /// Text in the middle.
    Centered = "center",
    /// A remark in italics.
    Remark = "remark",
    /// Tên cơ quan chủ quản.
    Superior = "superior",
    /// Tên cơ quan ban hành.
    Issuer = "issuer",
    /// Quốc hiệu.
    Country = "country",
    /// Tiêu ngữ.
    Motto = "motto",
    /// A rule under a text.
    Rule = "rule",
    /// Số, ký hiệu.
    Number = "number",
    /// Địa danh, thời gian.
    PlaceAndDate = "place",
    /// Tên loại văn bản.
    Kind = "kind",
    /// Trích yếu.
    Subject = "subject",
    /// `Phụ lục I`.
    Annex = "annex",
    /// Title of an annex or of a page that is all table.
    AnnexTitle = "annex-title",
    /// Kèm theo văn bản.
    AnnexOf = "annex-of",
    /// `Nơi nhận:`.
    RecipientsLabel = "recipients",
    /// A line of the recipients.
    Recipient = "recipient",
    /// Quyền hạn, chức vụ của người ký.
    Signer = "signer",
    /// The empty room for signature and seal: `@room code | name`.
    SignatureRoom = "room",
    /// Họ tên người ký.
    SignerName = "name",
    /// Name of a party over its signature.
    Party = "party",
    /// Title of the party's signer.
    PartyTitle = "party-title",
    /// Name of the party's signer.
    PartyName = "party-name",
    /// The same, not parted from the row below.
    PartyNameKeep = "party-name-keep",
    /// Heading of one of several tables of an annex.
    TableHeading = "group",
    /// Room between a table and the text below it.
    AfterTable = "after-table",
    /// A chart, on one page with its caption.
    Chart = "chart",
    /// `Biểu đồ 1. …`, below the chart.
    ChartCaption = "chart-caption",
    /// Text of a table.
    TableText = "table-text",
    /// Text of a dense table.
    TableSmall = "table-small",
    /// The tiny paragraph after a table that ends a section.
    Filler = "filler",
    /// A paragraph that holds only a tag and vanishes when the template is filled: small and grey in Word.
    Control = "tag",
    /// Page number.
    PageNumber = "page-number",
}

/// What a look is in Word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// Id and name of the style; built-in names where Word has one.
    pub id: &'static str,
    pub name: &'static str,
    /// Half points.
    pub size: u32,
    pub bold: bool,
    pub italic: bool,
    pub place: Place,
    /// Left indent.
    pub left: u32,
    pub first_line: u32,
    pub before: u32,
    pub after: u32,
    /// 240ths of a line; exact twips where `exact`.
    pub line: u32,
    pub exact: bool,
    pub keep_next: bool,
    pub keep_lines: bool,
    /// Level in the navigation pane, from 0.
    pub outline: Option<usize>,
    /// Level of the automatic numbers I. / 1.
    pub numbered: Option<usize>,
}

const PLAIN: Shape = Shape {
    id: "Normal",
    name: "Normal",
    size: 28,
    bold: false,
    italic: false,
    place: Place::Left,
    left: 0,
    first_line: 0,
    before: 0,
    after: 0,
    line: SINGLE,
    exact: false,
    keep_next: false,
    keep_lines: false,
    outline: None,
    numbered: None,
};

/// Mục II.5: body 13-14 pt, justified, first line in, 6 pt between paragraphs.
const BODY: Shape = Shape {
    id: "BodyText",
    name: "Body Text",
    place: Place::Justified,
    first_line: FIRST_LINE,
    after: GAP,
    line: BODY_LINE,
    ..PLAIN
};

const CENTERED: Shape = Shape { place: Place::Center, ..PLAIN };

const HEADING: Shape = Shape { bold: true, keep_next: true, keep_lines: true, before: 60, ..BODY };

impl Look {
    pub(crate) fn shape(self) -> Shape {
        match self {
            Look::Body => BODY,
            // mục II.5.d: phần, mục: capitals or bold with their title; khoản bold when titled; điểm upright
            Look::Heading1 => {
                Shape { id: "Heading1", name: "heading 1", outline: Some(0), numbered: Some(0), ..HEADING }
            }
            Look::Heading2 => {
                Shape { id: "Heading2", name: "heading 2", outline: Some(1), numbered: Some(1), ..HEADING }
            }
            Look::Heading3 => Shape { id: "Heading3", name: "heading 3", outline: Some(2), bold: false, ..HEADING },
            Look::Introduction => Shape { id: "DoanDan", name: "Đoạn dẫn", keep_next: true, ..BODY },
            Look::Point => Shape { id: "GachDauDong", name: "Gạch đầu dòng", ..BODY },
            Look::Closing => Shape { id: "DoanKet", name: "Đoạn kết", keep_next: true, keep_lines: true, ..BODY },
            // mục II.5.c: căn cứ 13-14 pt italic, one a line
            Look::Basis => Shape { id: "CanCu", name: "Căn cứ", italic: true, ..BODY },
            Look::Addressee => Shape { id: "KinhGui", name: "Kính gửi", before: 120, after: 120, ..CENTERED },
            Look::AddresseeLine => {
                Shape { id: "KinhGuiDong", name: "Kính gửi (dòng)", left: FIRST_LINE * 3, after: 60, ..PLAIN }
            }
            Look::FillIn => Shape { id: "DienTay", name: "Điền tay", place: Place::Left, ..BODY },
            Look::Centered => Shape { id: "GiuaDong", name: "Giữa dòng", after: GAP, ..CENTERED },
            Look::Remark => {
                Shape { id: "GhiChu", name: "Ghi chú", size: 21, italic: true, before: 60, after: 60, ..PLAIN }
            }
            // mục II.2: 12-13 pt capitals upright, not bold
            Look::Superior => Shape { id: "CoQuanCapTren", name: "Cơ quan cấp trên", size: 24, ..CENTERED },
            // mục II.2: 12-13 pt capitals upright bold
            Look::Issuer => Shape { id: "CoQuanBanHanh", name: "Cơ quan ban hành", size: 24, bold: true, ..CENTERED },
            // mục II.1: capitals 12-13 pt upright bold
            Look::Country => Shape { id: "QuocHieu", name: "Quốc hiệu", size: 24, bold: true, ..CENTERED },
            // mục II.1: 13-14 pt upright bold
            Look::Motto => Shape { id: "TieuNgu", name: "Tiêu ngữ", size: 26, bold: true, ..CENTERED },
            Look::Rule => Shape {
                id: "GachChan",
                name: "Gạch chân",
                size: 2,
                after: 160,
                line: RULE_LINE,
                exact: true,
                ..CENTERED
            },
            // mục II.3: 13 pt upright
            Look::Number => Shape { id: "SoKyHieu", name: "Số và ký hiệu", size: 26, before: 80, ..CENTERED },
            // mục II.3: 13-14 pt italic
            Look::PlaceAndDate => {
                Shape {
                    id: "DiaDanhNgay", name: "Địa danh và ngày", size: 26, italic: true, before: 80, ..CENTERED
                }
            }
            // mục II.4: capitals 13-14 pt upright bold
            Look::Kind => {
                Shape { id: "TenLoai", name: "Tên loại", bold: true, before: 280, keep_next: true, ..CENTERED }
            }
            // mục II.4: 13-14 pt upright bold, right below
            Look::Subject => Shape { id: "TrichYeu", name: "Trích yếu", bold: true, keep_next: true, ..CENTERED },
            // mục II.8: `Phụ lục I` 14 pt upright bold, its title 13-14 pt capitals bold
            Look::Annex => {
                Shape { id: "PhuLuc", name: "Phụ lục", bold: true, keep_next: true, outline: Some(0), ..CENTERED }
            }
            Look::AnnexTitle => {
                Shape { id: "TenPhuLuc", name: "Tên phụ lục", bold: true, keep_next: true, ..CENTERED }
            }
            // mục II.8: 13-14 pt italic in brackets
            Look::AnnexOf => Shape {
                id: "KemTheo",
                name: "Kèm theo",
                size: 26,
                italic: true,
                after: 160,
                keep_next: true,
                ..CENTERED
            },
            // mục II.9: label 12 pt bold italic, list 11 pt upright
            Look::RecipientsLabel => {
                Shape { id: "NoiNhan", name: "Nơi nhận", size: 24, bold: true, italic: true, ..PLAIN }
            }
            Look::Recipient => Shape { id: "NoiNhanDong", name: "Nơi nhận (dòng)", size: 22, ..PLAIN },
            // mục II.7: 13-14 pt bold
            Look::Signer => Shape { id: "NguoiKy", name: "Người ký", bold: true, ..CENTERED },
            Look::SignatureRoom => {
                Shape { id: super::ROOM_STYLE, name: "Ô ký", size: 2, line: SIGNATURE_ROOM, exact: true, ..CENTERED }
            }
            Look::SignerName => Shape { id: "HoTenNguoiKy", name: "Họ tên người ký", bold: true, ..CENTERED },
            // mục II.7, at 13 pt: long names of unions in narrow columns
            Look::Party => Shape { id: "BenKy", name: "Bên ký", size: 26, bold: true, before: 160, ..CENTERED },
            Look::PartyTitle => {
                Shape { id: "ChucVuBenKy", name: "Chức vụ bên ký", size: 26, bold: true, ..CENTERED }
            }
            Look::PartyName => {
                Shape { id: "HoTenBenKy", name: "Họ tên bên ký", size: 26, bold: true, after: 160, ..CENTERED }
            }
            Look::PartyNameKeep => Shape {
                id: "HoTenBenKyCuoi",
                name: "Họ tên bên ký (hàng cuối)",
                keep_next: true,
                ..Look::PartyName.shape()
            },
            Look::TableHeading => Shape {
                id: "TenBang",
                name: "Tên bảng",
                size: 26,
                bold: true,
                before: 160,
                after: 80,
                keep_next: true,
                outline: Some(1),
                ..PLAIN
            },
            Look::AfterTable => Shape { id: "SauBang", name: "Sau bảng", size: 12, line: GAP, exact: true, ..PLAIN },
            Look::Chart => {
                Shape { id: "BieuDo", name: "Biểu đồ", before: 120, after: 60, keep_next: true, ..CENTERED }
            }
            // as the caption of a table: below the name of the annex, above small letters
            Look::ChartCaption => {
                Shape { id: "Caption", name: "caption", size: 26, bold: true, after: 240, ..CENTERED }
            }
            Look::TableText => Shape { id: "ChuBang", name: "Chữ bảng", size: 24, before: 30, after: 30, ..PLAIN },
            Look::TableSmall => {
                Shape { id: "ChuBangNho", name: "Chữ bảng nhỏ", size: 21, before: 30, after: 30, ..PLAIN }
            }
            Look::Filler => {
                Shape { id: super::FILLER_STYLE, name: "Cuối phần", size: 2, line: 20, exact: true, ..PLAIN }
            }
            Look::Control => Shape { id: "The", name: "Thẻ điều khiển", size: 16, ..PLAIN },
            // mục I.6: 13-14 pt upright, in the middle
            Look::PageNumber => Shape { id: "Header", name: "header", ..CENTERED },
        }
    }
}

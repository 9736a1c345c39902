//! The arguments, with the help that a secretary reads.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

const TEMPLATE: &str = "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}";

/// Đọc số liệu Excel của các đơn vị, chấm điểm, xếp hạng và lập văn bản cuối năm cho cụm, khối thi đua công đoàn.
#[derive(Debug, Parser)]
#[command(
    name = "thidua",
    version,
    help_template = TEMPLATE,
    subcommand_help_heading = "Lệnh",
    subcommand_value_name = "LỆNH",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    after_help = "\nBắt đầu nhanh:\n  thidua                                               mở trang làm việc trong trình duyệt\n  \
                  thidua new ho-so-cua-toi --example khoi-nganh-2024   tạo hồ sơ từ ví dụ\n  \
                  thidua check ho-so-cua-toi                           xem còn sai sót gì\n  \
                  thidua build ho-so-cua-toi                           lập mọi văn bản vào ho-so-cua-toi/ket-qua\n\n\
                  Mã thoát: 0 xong (có thể còn cảnh báo); 1 còn lỗi phải sửa; 2 gõ sai lệnh hoặc không có hồ sơ.\n"
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,

    /// In hướng dẫn này
    #[arg(short = 'h', long, action = clap::ArgAction::Help, global = true, help_heading = "Tuỳ chọn")]
    help: Option<bool>,

    /// In số phiên bản
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help_heading = "Tuỳ chọn")]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    New(New),
    Forms(Forms),
    Check(Check),
    Build(Build),
    Compare(Compare),
    Collect(Collect),
    Templates(Templates),
    Explain(Explain),
    Signatures(Signatures),
    Serve(Serve),
}

/// Tạo một hồ sơ mới, trống hoặc chép từ ví dụ có sẵn
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, override_usage = "thidua new <THƯ_MỤC> [--example TÊN]\n       thidua new --list")]
pub(super) struct New {
    /// Thư mục hồ sơ sẽ tạo
    #[arg(value_name = "THƯ_MỤC", required_unless_present = "list", help_heading = "Đối số")]
    pub directory: Option<PathBuf>,

    /// Chép từ ví dụ này (xem tên bằng --list)
    #[arg(long, value_name = "TÊN", help_heading = "Tuỳ chọn")]
    pub example: Option<String>,

    /// Liệt kê các ví dụ có sẵn
    #[arg(long, help_heading = "Tuỳ chọn")]
    pub list: bool,
}

/// Lập cho mỗi đơn vị một biểu Excel để điền và gửi lại
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, override_usage = "thidua forms <HỒ_SƠ> [--out THƯ_MỤC] [--force]")]
pub(super) struct Forms {
    /// Thư mục hồ sơ (có tệp ho-so.xlsx)
    #[arg(value_name = "HỒ_SƠ", help_heading = "Đối số")]
    pub directory: PathBuf,

    /// Thư mục ghi biểu mẫu [mặc định: HỒ_SƠ/bieu-mau]
    #[arg(long, value_name = "THƯ_MỤC", help_heading = "Tuỳ chọn")]
    pub out: Option<PathBuf>,

    /// Ghi đè cả biểu đã có số liệu (bình thường biểu đã điền được giữ nguyên)
    #[arg(long, help_heading = "Tuỳ chọn")]
    pub force: bool,
}

/// Đọc mọi tệp và báo chỗ sai, chỗ thiếu; không ghi gì nếu không có --out
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, override_usage = "thidua check <HỒ_SƠ> [--out THƯ_MỤC] [--json] [--all]")]
pub(super) struct Check {
    /// Thư mục hồ sơ (có tệp ho-so.xlsx)
    #[arg(value_name = "HỒ_SƠ", help_heading = "Đối số")]
    pub directory: PathBuf,

    /// In kết quả dạng JSON ra màn hình, cho chương trình khác đọc
    #[arg(long, help_heading = "Tuỳ chọn")]
    pub json: bool,

    /// Ghi vào thư mục này danh sách phát hiện (ra-soat.xlsx) và bản đánh dấu ô sai của từng tệp đơn vị gửi
    #[arg(long, value_name = "THƯ_MỤC", help_heading = "Tuỳ chọn")]
    pub out: Option<PathBuf>,

    /// In mọi phát hiện, không rút gọn
    #[arg(long, help_heading = "Tuỳ chọn")]
    pub all: bool,
}

/// Chấm điểm, xếp hạng và lập mọi văn bản của mọi cụm
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, override_usage = "thidua build <HỒ_SƠ> [--out THƯ_MỤC] [--only TÊN] [--strict] [--fresh] [--json]")]
pub(super) struct Build {
    /// Thư mục hồ sơ (có tệp ho-so.xlsx)
    #[arg(value_name = "HỒ_SƠ", help_heading = "Đối số")]
    pub directory: PathBuf,

    /// Thư mục ghi kết quả [mặc định: HỒ_SƠ/ket-qua]
    #[arg(long, value_name = "THƯ_MỤC", help_heading = "Tuỳ chọn")]
    pub out: Option<PathBuf>,

    /// Chỉ lập các văn bản này, cách nhau dấu phẩy; thêm đuôi để lấy riêng một tệp (giao-uoc,xep-hang.xlsx)
    #[arg(long, value_name = "TÊN", help_heading = "Tuỳ chọn")]
    pub only: Option<String>,

    /// Còn lỗi thì không ghi gì cả (bình thường vẫn ghi và đóng dấu DỰ THẢO)
    #[arg(long, help_heading = "Tuỳ chọn")]
    pub strict: bool,

    /// Lập lại tất cả (bình thường bỏ qua cụm không có gì thay đổi từ lần lập trước)
    #[arg(long, help_heading = "Tuỳ chọn")]
    pub fresh: bool,

    /// In kết quả dạng JSON ra màn hình, cho chương trình khác đọc
    #[arg(long, help_heading = "Tuỳ chọn")]
    pub json: bool,
}

/// So hai lần chấm: đơn vị nào đổi hạng, đổi điểm, vì ô nào
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "thidua compare <TRƯỚC> <SAU> [--json] [--all] [--out NƠI_GHI]",
    after_help = "\nMỗi bên là một tệp ket-qua.json hoặc một thư mục hồ sơ; thư mục hồ sơ được đọc và chấm lại.\n"
)]
pub(super) struct Compare {
    /// Lần chấm trước: tệp ket-qua.json hoặc thư mục hồ sơ
    #[arg(value_name = "TRƯỚC", help_heading = "Đối số")]
    pub before: PathBuf,

    /// Lần chấm sau: tệp ket-qua.json hoặc thư mục hồ sơ
    #[arg(value_name = "SAU", help_heading = "Đối số")]
    pub after: PathBuf,

    /// In kết quả dạng JSON ra màn hình, cho chương trình khác đọc
    #[arg(long, help_heading = "Tuỳ chọn")]
    pub json: bool,

    /// In mọi dòng thay đổi của từng đơn vị, không rút gọn
    #[arg(long, help_heading = "Tuỳ chọn")]
    pub all: bool,

    /// Ghi thêm bảng so sánh (so-sanh.xlsx) vào thư mục này, hoặc vào tệp .xlsx này
    #[arg(long, value_name = "NƠI_GHI", help_heading = "Tuỳ chọn")]
    pub out: Option<PathBuf>,
}

/// Gom ý kiến các đơn vị ghi trong bảng xếp hạng (xep-hang.xlsx) gửi lại
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "thidua collect <HỒ_SƠ> <BẢNG_GỬI_LẠI>... [--json] [--out NƠI_GHI]",
    after_help = "\nĐơn vị ghi vào cột “Ý kiến của đơn vị”, bằng Excel hay LibreOffice. Số khác với hồ sơ hiện nay được báo, không được lấy.\n"
)]
pub(super) struct Collect {
    /// Thư mục hồ sơ (có tệp ho-so.xlsx)
    #[arg(value_name = "HỒ_SƠ", help_heading = "Đối số")]
    pub directory: PathBuf,

    /// Các tệp xep-hang.xlsx đơn vị gửi lại, hoặc thư mục chứa chúng
    #[arg(value_name = "BẢNG_GỬI_LẠI", required = true, help_heading = "Đối số")]
    pub returned: Vec<PathBuf>,

    /// In kết quả dạng JSON ra màn hình, cho chương trình khác đọc
    #[arg(long, help_heading = "Tuỳ chọn")]
    pub json: bool,

    /// Ghi thêm bảng ý kiến (y-kien.xlsx) vào thư mục này, hoặc vào tệp .xlsx này
    #[arg(long, value_name = "NƠI_GHI", help_heading = "Tuỳ chọn")]
    pub out: Option<PathBuf>,
}

/// Chép các mẫu văn bản có sẵn vào HỒ_SƠ/mau để sửa bằng Word; kiểm tra mẫu đã sửa; in danh mục thẻ
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "thidua templates <HỒ_SƠ> [--force]\n       thidua templates <HỒ_SƠ> --check [--out THƯ_MỤC]\n       \
                      thidua templates <HỒ_SƠ> --tags [--out THƯ_MỤC]"
)]
pub(super) struct Templates {
    /// Thư mục hồ sơ; mẫu được chép vào thư mục con mau/
    #[arg(value_name = "HỒ_SƠ", help_heading = "Đối số")]
    pub directory: PathBuf,

    /// Không chép gì, chỉ kiểm tra các mẫu trong HỒ_SƠ/mau: báo mọi chỗ sai cùng lúc
    #[arg(long, conflicts_with_all = ["tags", "force"], help_heading = "Tuỳ chọn")]
    pub check: bool,

    /// Không chép mẫu, chỉ in danh mục mọi thẻ và hàm với giá trị trong hồ sơ này, và ghi thành tệp Word danh-muc-the.docx
    #[arg(long, conflicts_with = "force", help_heading = "Tuỳ chọn")]
    pub tags: bool,

    /// Với --check: ghi vào đây bản sao của mẫu sai, có ghi chú Word ở từng chỗ sai; với --tags: nơi ghi danh mục thẻ [mặc định: HỒ_SƠ/mau]
    #[arg(long, value_name = "THƯ_MỤC", help_heading = "Tuỳ chọn")]
    pub out: Option<PathBuf>,

    /// Ghi đè mẫu đã có (bình thường mẫu anh chị đã sửa được giữ nguyên)
    #[arg(long, help_heading = "Tuỳ chọn")]
    pub force: bool,
}

/// Giải thích một mã phát hiện và cách sửa; không có mã thì liệt kê tất cả
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, override_usage = "thidua explain [MÃ]")]
pub(super) struct Explain {
    /// Mã phát hiện, ví dụ HS02
    #[arg(value_name = "MÃ", help_heading = "Đối số")]
    pub code: Option<String>,
}

/// Xem một tệp PDF: ai đã ký, ai chưa ký, sau khi ký có bị sửa không
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    override_usage = "thidua signatures <TỆP.pdf> [--json]",
    after_help = "\nMã thoát: 0 mọi chữ ký đã có đều nguyên vẹn (có thể còn ô chưa ký); 1 có chữ ký hỏng, chưa kiểm được, hoặc văn bản\n\
                  bị sửa sau khi ký; 2 không đọc được tệp hoặc tệp không có ô ký.\n\
                  Chương trình không kiểm tra cơ quan cấp chứng thư có đáng tin hay không.\n"
)]
pub(super) struct Signatures {
    /// Tệp PDF cần xem
    #[arg(value_name = "TỆP.pdf", help_heading = "Đối số")]
    pub file: PathBuf,

    /// In kết quả dạng JSON ra màn hình, cho chương trình khác đọc
    #[arg(long, help_heading = "Tuỳ chọn")]
    pub json: bool,
}

/// Mở trang làm việc trong trình duyệt, chỉ trên máy này; gõ thidua không kèm gì cũng vậy
#[derive(Debug, Default, Args)]
#[command(help_template = TEMPLATE, override_usage = "thidua serve [THƯ_MỤC] [--port SỐ] [--no-open]")]
pub(super) struct Serve {
    /// Một hồ sơ, hoặc thư mục chứa các hồ sơ [mặc định: thư mục thidua trong Documents]
    #[arg(value_name = "THƯ_MỤC", help_heading = "Đối số")]
    pub directory: Option<PathBuf>,

    /// Cổng trên máy này; 0 là cổng nào còn trống
    #[arg(long, value_name = "SỐ", default_value_t = 0, hide_default_value = true, help_heading = "Tuỳ chọn")]
    pub port: u16,

    /// Không tự mở trình duyệt, chỉ in địa chỉ
    #[arg(long, help_heading = "Tuỳ chọn")]
    pub no_open: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound_and_speaks_vietnamese() {
        let mut command = Arguments::command();
        command.clone().debug_assert();
        let help = command.render_long_help().to_string();
        for english in ["Usage", "Options", "Commands", "Arguments", "Print help"] {
            assert!(!help.contains(english), "“{english}” in the help:\n{help}");
        }
        for sub in command.get_subcommands_mut() {
            let help = sub.render_long_help().to_string();
            for english in ["Usage", "OPTIONS", "Options", "Arguments", "Print help"] {
                assert!(!help.contains(english), "“{english}” in the help of {}:\n{help}", sub.get_name());
            }
        }
    }
}

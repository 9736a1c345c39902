//! What is let in: files that are what they should be and do not unfold beyond all measure.
//!
//! The reader behind this trusts counts that a file states about itself, and an allocation that fails ends the whole
//! run; so everything that could be large is measured here first by really unfolding it.

use std::io::{Cursor, Read};

use crate::finding::catalogue::sheet as codes;
use crate::finding::{Finding, Place};

/// Largest file, in bytes.
const FILE: u64 = 32 << 20;
/// Largest unfolded part and all parts together, in bytes.
const PART: u64 = 64 << 20;
const TOTAL: u64 = 128 << 20;
/// Most parts in a package.
const PARTS: usize = 4_000;
/// Parts that are read, by a word in their names.
const READ: [&str; 5] = ["worksheets/", "sharedstrings", "workbook", "styles", "content.xml"];
/// Most tags in the parts that cost time or memory for each: formats (Excel itself stops at 64,000), names of sheets,
/// strings, cells.
const TAGS: [(&str, u64); 5] = [
    ("styles", 400_000),
    ("workbook", 200_000),
    ("sharedstrings", 3_000_000),
    ("worksheets/", 4_000_000),
    ("content.xml", 6_000_000),
];
/// Deepest nesting of elements in a part; real sheets have below ten.
const DEPTH: usize = 64;

/// What a file is by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// .xlsx, .xlsm
    Xlsx,
    Xlsb,
    /// The container of Office 97 with a workbook in it.
    Xls,
    Ods,
    /// Text with columns parted by a character.
    Csv,
}

/// Lets a spreadsheet through, its kind told by content; for anything else gives the finding.
pub(super) fn admit(bytes: &[u8], file: &str) -> Result<Kind, Finding> {
    let place = || Place::file(file);
    if bytes.is_empty() {
        return Err(Finding::new(&codes::UNREADABLE, place(), format!("Tệp {file} rỗng, không có dữ liệu nào.")));
    }
    admit_size(bytes.len() as u64, file)?;
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return old_container(bytes, file);
    }
    if !bytes.starts_with(b"PK") {
        return other_kind(bytes, file);
    }
    package(bytes, file)
}

/// Lets a file of this size, in bytes, through.
pub(super) fn admit_size(size: u64, file: &str) -> Result<(), Finding> {
    if size <= FILE {
        return Ok(());
    }
    let message = format!("Tệp {file} nặng {} MB, quá giới hạn {} MB của một bảng số liệu.", size >> 20, FILE >> 20);
    Err(Finding::new(&codes::TOO_LARGE, Place::file(file), message))
}

/// The container of Office 97 holds old workbooks, and new ones locked with a password.
fn old_container(bytes: &[u8], file: &str) -> Result<Kind, Finding> {
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let holds = |name: &str| {
        let name = wide(name);
        bytes.windows(name.len()).any(|window| window == name)
    };
    if holds("EncryptedPackage") {
        let message = format!("Tệp {file} có mật khẩu nên không mở được.");
        Err(Finding::new(&codes::LOCKED, Place::file(file), message))
    } else if holds("Workbook") || holds("Book") {
        Ok(Kind::Xls)
    } else if holds("WordDocument") {
        Err(not_a_spreadsheet(file, "Word"))
    } else {
        Err(broken(file, "không có bảng tính nào bên trong"))
    }
}

fn broken(file: &str, why: &str) -> Finding {
    Finding::new(&codes::UNREADABLE, Place::file(file), format!("Tệp {file} đã hỏng, không đọc được ({why})."))
}

fn other_kind(bytes: &[u8], file: &str) -> Result<Kind, Finding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let is_text = matches!(ending.as_str(), "csv" | "txt" | "tsv");
    let is_workbook = matches!(ending.as_str(), "xlsx" | "xlsm" | "xlsb" | "xls" | "ods");
    if head.starts_with("<!doctype html") || head.starts_with("<html") || head.contains("<table") {
        Err(unsupported(file, "trang web (HTML) mang tên bảng tính"))
    } else if head.starts_with("<?xml") && head.contains("workbook") {
        Err(unsupported(file, "Excel 2003 dạng XML"))
    } else if (is_text || is_workbook) && super::csv::looks_like_one(bytes) {
        Ok(Kind::Csv)
    } else if is_workbook || ending == "csv" {
        Err(Finding::new(
            &codes::UNREADABLE,
            Place::file(file),
            format!("Tệp {file} không phải là bảng tính, dù tên có đuôi .{ending}; tệp có thể đã hỏng."),
        ))
    } else {
        Err(not_a_spreadsheet(file, if ending.is_empty() { "không rõ loại" } else { &ending }))
    }
}

fn unsupported(file: &str, kind: &str) -> Finding {
    Finding::new(&codes::UNSUPPORTED, Place::file(file), format!("Tệp {file} là {kind}, chương trình không đọc."))
        .found(kind)
        .expected(".xlsx")
}

fn not_a_spreadsheet(file: &str, kind: &str) -> Finding {
    Finding::new(
        &codes::NOT_A_SPREADSHEET,
        Place::file(file),
        format!("Tệp {file} ({kind}) không phải bảng tính nên không được đọc."),
    )
    .found(kind)
}

/// Unfolds every part to its end and looks at what the reader will trust.
fn package(bytes: &[u8], file: &str) -> Result<Kind, Finding> {
    let broken = |why: &str| broken(file, why);
    let bomb = |why: String| Finding::new(&codes::TOO_LARGE, Place::file(file), format!("Tệp {file} {why}."));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken("gói nén không mở được"))?;
    if archive.len() > PARTS {
        return Err(bomb(format!("có {} phần bên trong, quá giới hạn {PARTS}", archive.len())));
    }
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.to_ascii_lowercase()).collect();
    let kind = kind_of_package(&names, file)?;
    let mut total = 0;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|_| broken("một phần của gói nén không mở được"))?;
        let name = part.name().map_err(|_| broken("tên một phần trong gói nén sai"))?.to_ascii_lowercase();
        let is_read = READ.iter().any(|word| name.contains(word));
        let mut measure = Measure::default();
        measure
            .run(&mut part, is_read && !name.ends_with(".bin"))
            .map_err(|_| broken("dữ liệu nén bị cắt hoặc sai"))?;
        total += measure.bytes;
        if measure.bytes > PART || total > TOTAL {
            return Err(bomb(format!("bung ra quá {} MB, không phải một bảng số liệu thật", PART.min(total) >> 20)));
        }
        if TAGS.iter().any(|(part, most)| name.contains(part) && measure.tags > *most) {
            return Err(bomb("có quá nhiều định dạng, chuỗi ký tự hoặc ô".to_string()));
        }
        if measure.deepest > DEPTH {
            return Err(broken("cấu trúc lồng nhau quá sâu"));
        }
        if measure.stated_count.is_some_and(|count| count > measure.bytes / 4 + 16) {
            return Err(broken("bảng chuỗi ký tự khai sai số lượng"));
        }
    }
    Ok(kind)
}

/// What a package is by the parts it has.
fn kind_of_package(names: &[String], file: &str) -> Result<Kind, Finding> {
    let has = |end: &str| names.iter().any(|name| name.ends_with(end));
    if has("workbook.bin") {
        Ok(Kind::Xlsb)
    } else if has("word/document.xml") {
        Err(not_a_spreadsheet(file, "Word"))
    } else if has("content.xml") && names.iter().any(|name| name == "mimetype") {
        Ok(Kind::Ods)
    } else if has("[content_types].xml") {
        Ok(Kind::Xlsx)
    } else {
        Err(not_a_spreadsheet(file, "tệp nén"))
    }
}

/// Runs through a part without keeping it: its size, its depth, and the count its string table states.
#[derive(Default)]
struct Measure {
    bytes: u64,
    deepest: usize,
    tags: u64,
    stated_count: Option<u64>,
}

impl Measure {
    fn run(&mut self, part: &mut impl Read, is_read: bool) -> std::io::Result<()> {
        let mut buffer = vec![0; 64 << 10];
        let mut head: Vec<u8> = Vec::new();
        let mut nesting = Nesting::default();
        while self.bytes <= PART {
            let count = part.read(&mut buffer)?;
            if count == 0 {
                break;
            }
            self.bytes += count as u64;
            if is_read {
                nesting.feed(&buffer[..count]);
                if head.len() < 4096 {
                    head.extend_from_slice(&buffer[..count.min(4096)]);
                }
            }
        }
        (self.deepest, self.tags) = (nesting.deepest, nesting.tags);
        self.stated_count = stated_count(&String::from_utf8_lossy(&head));
        Ok(())
    }
}

/// The `uniqueCount` of a string table; a count beyond numbers is the greatest one.
fn stated_count(head: &str) -> Option<u64> {
    let rest = &head[head.find("uniqueCount")?..];
    let digits: String =
        rest.chars().skip_while(|next| !next.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    Some(digits.parse().unwrap_or(u64::MAX))
}

/// Counts open elements well enough to tell a sheet from a tower: `<a>` up, `</a>` down, `<a/>` and `<?…?>` neither.
#[derive(Default)]
struct Nesting {
    depth: usize,
    deepest: usize,
    tags: u64,
    inside: bool,
    first: u8,
    last: u8,
}

impl Nesting {
    fn feed(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            match byte {
                b'<' => {
                    (self.inside, self.first, self.last) = (true, 0, 0);
                    self.tags += 1;
                }
                b'>' if self.inside => {
                    self.inside = false;
                    match self.first {
                        b'/' => self.depth = self.depth.saturating_sub(1),
                        b'?' | b'!' => {}
                        _ if self.last == b'/' => {}
                        _ => self.depth += 1,
                    }
                    self.deepest = self.deepest.max(self.depth);
                }
                _ if self.inside => {
                    if self.first == 0 {
                        self.first = byte;
                    }
                    self.last = byte;
                }
                _ => {}
            }
        }
    }
}

//! What is let in: files that are what they should be and do not unfold beyond all measure.
//!
//! The parts of a workbook of Excel are measured as they are read (`package`, `xml`). The readers of the other packages
//! trust counts that a file states about itself, and an allocation that fails ends the whole run; so everything that
//! could be large there is measured here first by really unfolding it.

use std::io::{Cursor, Read};

use super::limit::{CONTENT_TAGS, DEPTH, Limits, STYLE_TAGS, WORKBOOK_TAGS};
use super::package::Package;
use crate::finding::catalogue::sheet as codes;
use crate::finding::{Finding, Place};

/// What a file is by its content.
pub(super) enum Kind<'a> {
    /// .xlsx, .xlsm
    Xlsx(Package<'a>),
    Xlsb,
    /// The container of Office 97 with a workbook in it.
    Xls,
    Ods,
    /// Text with columns parted by a character.
    Csv,
}

/// Lets a spreadsheet through, its kind told by content; for anything else gives the finding.
pub(super) fn admit<'a>(bytes: &'a [u8], file: &'a str, limits: &Limits) -> Result<Kind<'a>, Finding> {
    let place = || Place::file(file);
    if bytes.is_empty() {
        return Err(Finding::new(&codes::UNREADABLE, place(), format!("Tệp {file} rỗng, không có dữ liệu nào.")));
    }
    admit_size(bytes.len() as u64, file, limits)?;
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return old_container(bytes, file);
    }
    if !bytes.starts_with(b"PK") {
        return other_kind(bytes, file);
    }
    package(bytes, file, limits)
}

/// Lets a file of this size, in bytes, through.
pub(super) fn admit_size(size: u64, file: &str, limits: &Limits) -> Result<(), Finding> {
    if size <= limits.file {
        return Ok(());
    }
    let (size, most) = (size >> 20, limits.file >> 20);
    let message = format!("Tệp {file} nặng {size} MB, quá giới hạn {most} MB của một bảng số liệu.");
    Err(Finding::new(&codes::TOO_LARGE, Place::file(file), message))
}

/// The container of Office 97 holds old workbooks, and new ones locked with a password.
fn old_container(bytes: &[u8], file: &str) -> Result<Kind<'static>, Finding> {
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

pub(super) fn broken(file: &str, why: &str) -> Finding {
    Finding::new(&codes::UNREADABLE, Place::file(file), format!("Tệp {file} đã hỏng, không đọc được ({why})."))
}

pub(super) fn too_large(file: &str, why: &str) -> Finding {
    Finding::new(&codes::TOO_LARGE, Place::file(file), format!("Tệp {file} {why}."))
}

pub(super) fn too_many_tags(file: &str) -> Finding {
    too_large(file, "có quá nhiều định dạng, chuỗi ký tự hoặc ô")
}

pub(super) fn too_deep(file: &str) -> Finding {
    broken(file, "cấu trúc lồng nhau quá sâu")
}

/// Says that the parts of a file, so many bytes of them, are beyond all measure.
pub(super) fn unfolds_too_far(file: &str, total: u64, limits: &Limits) -> Finding {
    too_large(file, &format!("bung ra quá {} MB, không phải một bảng số liệu thật", limits.part.min(total) >> 20))
}

fn other_kind(bytes: &[u8], file: &str) -> Result<Kind<'static>, Finding> {
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

fn package<'a>(bytes: &'a [u8], file: &'a str, limits: &Limits) -> Result<Kind<'a>, Finding> {
    let package = Package::open(bytes, file, limits)?;
    let has = |end: &str| package.names().any(|name| name.ends_with(end));
    if has("workbook.bin") {
        measure(bytes, file, |name| (name.contains("workbook") && !name.ends_with(".bin")).then_some(WORKBOOK_TAGS))?;
        Ok(Kind::Xlsb)
    } else if has("word/document.xml") {
        Err(not_a_spreadsheet(file, "Word"))
    } else if has("content.xml") && package.names().any(|name| name == "mimetype") {
        measure(bytes, file, |name| match name {
            name if name.contains("content.xml") => Some(CONTENT_TAGS),
            name => name.contains("styles").then_some(STYLE_TAGS),
        })?;
        Ok(Kind::Ods)
    } else if has("[content_types].xml") {
        Ok(Kind::Xlsx(package))
    } else {
        Err(not_a_spreadsheet(file, "tệp nén"))
    }
}

/// Unfolds every part to its end, and looks at how the XML is built that the reader will go through: of such a part
/// `most` gives the most tags.
fn measure(bytes: &[u8], file: &str, most: impl Fn(&str) -> Option<usize>) -> Result<(), Finding> {
    let opened = zip::ZipArchive::new(Cursor::new(bytes));
    let mut archive = opened.map_err(|_| broken(file, "gói nén không mở được"))?;
    let mut buffer = vec![0; 64 << 10];
    let (mut total, limits) = (0, &Limits::USUAL);
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| broken(file, "một phần của gói nén không mở được"))?;
        let name = part.name().map_err(|_| broken(file, "tên một phần trong gói nén sai"))?.to_ascii_lowercase();
        let (most, mut part) = (most(&name), part.take(limits.part + 1));
        let (mut size, mut nesting) = (0, Nesting::default());
        loop {
            let count = part.read(&mut buffer).map_err(|_| broken(file, "dữ liệu nén bị cắt hoặc sai"))?;
            if count == 0 {
                break;
            }
            size += count as u64;
            if most.is_some() {
                nesting.feed(&buffer[..count]);
            }
        }
        total += size;
        if size > limits.part || total > limits.total {
            return Err(unfolds_too_far(file, total, limits));
        }
        if most.is_some_and(|most| nesting.tags > most) {
            return Err(too_many_tags(file));
        }
        if nesting.deepest > DEPTH {
            return Err(too_deep(file));
        }
    }
    Ok(())
}

/// Counts open elements well enough to tell a sheet from a tower: `<a>` up, `</a>` down, `<a/>` and `<?…?>` neither.
#[derive(Default)]
struct Nesting {
    depth: usize,
    deepest: usize,
    tags: usize,
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

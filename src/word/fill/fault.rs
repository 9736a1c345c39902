//! Faults of a template, collected to the end: where each stands and the words for it.

use std::collections::BTreeSet;

use super::engine::Failure;
use super::limits::MOST_FAULTS;
use super::names;
use super::tag::{Block, Misread, Tag};
use super::{helpers, limits};
use crate::finding::catalogue::template as codes;
use crate::finding::{CellAddress, Code, Finding, Place};

/// Where a fault stands.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'a> {
    pub part: &'a str,
    pub paragraph: usize,
    pub tag: &'a str,
    pub around: &'a str,
}

impl<'a> Spot<'a> {
    pub fn of(tag: &'a Tag) -> Spot<'a> {
        Spot { part: &tag.part, paragraph: tag.paragraph, tag: &tag.written, around: &tag.around }
    }
}

/// What the numbers of tags count: paragraphs of a Word file, or cells of a workbook (see [`cell_number`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Counted {
    #[default]
    Paragraphs,
    Cells,
}

/// More columns than any sheet has.
const COLUMNS: usize = 1 << 14;

/// A cell as the number that a tag carries in place of its paragraph's; 0 is no cell.
pub fn cell_number(cell: CellAddress) -> usize {
    cell.row as usize * COLUMNS + cell.column as usize + 1
}

/// The faults of one template, each told once.
#[derive(Debug, Default)]
pub struct Faults {
    file: String,
    counted: Counted,
    findings: Vec<Finding>,
    told: BTreeSet<(Place, String)>,
    /// The last finding that was told before: what is added to it is lost.
    repeated: Option<Finding>,
}

impl Faults {
    pub fn new(file: &str) -> Faults {
        Faults { file: file.to_string(), ..Faults::default() }
    }

    /// The faults of a workbook: the numbers of its tags are those of cells.
    pub fn of_workbook(file: &str) -> Faults {
        Faults { counted: Counted::Cells, ..Faults::new(file) }
    }

    /// The faults of the same file, none told yet.
    pub fn without_findings(&self) -> Faults {
        Faults { counted: self.counted, ..Faults::new(&self.file) }
    }

    /// Whether these are the faults of a workbook.
    pub fn are_of_cells(&self) -> bool {
        self.counted == Counted::Cells
    }

    fn cell(&self, number: usize) -> Option<CellAddress> {
        let at = number.checked_sub(1).filter(|_| self.counted == Counted::Cells)?;
        Some(CellAddress::new(u32::try_from(at / COLUMNS).ok()?, u32::try_from(at % COLUMNS).ok()?))
    }

    /// Where a tag stands, in words: `đoạn 7`, `ô D5`.
    pub fn position(&self, number: usize) -> String {
        match (self.counted, self.cell(number)) {
            (_, Some(cell)) => format!("ô {cell}"),
            (Counted::Cells, None) => "ngoài các ô".into(),
            (Counted::Paragraphs, None) => format!("đoạn {number}"),
        }
    }

    fn place(&self, part: &str, number: usize, tag: &str) -> Place {
        match self.counted {
            Counted::Paragraphs => Place::paragraph(&self.file, part, number, tag),
            Counted::Cells => {
                Place { cell: self.cell(number), tag: Some(tag.to_string()), ..Place::sheet(&self.file, part) }
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    pub fn count(&self) -> usize {
        self.findings.len()
    }

    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// Takes a finding in, unless it was told before or there are too many.
    fn push(&mut self, finding: Finding) -> bool {
        let key = (finding.place.clone(), finding.message.clone());
        let new = self.findings.len() < MOST_FAULTS && self.told.insert(key);
        if new {
            self.findings.push(finding);
        }
        new
    }

    /// A fault at a tag; the words around it are added where they say more than the tag itself.
    pub fn at(&mut self, code: &'static Code, spot: &Spot, message: impl Into<String>) -> &mut Finding {
        let mut message = message.into();
        if spot.around.chars().count() > spot.tag.chars().count() {
            message.push_str(&format!(" — trong câu “… {} …”", spot.around));
        }
        let place = self.place(spot.part, spot.paragraph, spot.tag);
        let finding = Finding::new(code, place, message).found(spot.tag);
        if self.push(finding.clone())
            && let Some(last) = self.findings.last_mut()
        {
            return last;
        }
        self.repeated.insert(finding)
    }

    /// A part or the whole file that cannot be read.
    pub fn unreadable(&mut self, part: &str, reason: &str) {
        let place = Place::sheet(&self.file, part);
        self.push(Finding::new(&codes::UNREADABLE, place, format!("Tệp mẫu không đọc được: {part} {reason}")));
    }

    pub fn tracked_change(&mut self, part: &str, paragraph: usize) {
        let place = Place { paragraph: Some(paragraph.max(1)), ..Place::sheet(&self.file, part) };
        if !self.findings.iter().any(|finding| std::ptr::eq(finding.code, &codes::TRACKED)) {
            let message = "Mẫu còn những chỗ sửa đổi đang được theo dõi (Track Changes) chưa chấp nhận";
            self.push(Finding::new(&codes::TRACKED, place, message));
        }
    }

    /// A tag where nothing can be filled in; `what` is what users call the place.
    pub fn out_of_reach(&mut self, spot: &Spot, what: &str) {
        self.at(&codes::OUT_OF_REACH, spot, format!("Có thẻ trong {what}, là chỗ không điền được"));
    }

    pub fn limit(&mut self, part: &str, paragraph: usize, tag: &str, what: &str) {
        let spot = Spot { part, paragraph, tag, around: "" };
        self.at(&codes::LIMIT, &spot, format!("Mẫu vượt giới hạn an toàn: {what}"));
    }

    /// A part that could not be filled although every name was found.
    pub fn not_filled(&mut self, part: &str, failure: &Failure) {
        match failure {
            Failure::Limit => self.limit(part, 1, "", "văn bản điền ra quá lớn hoặc vòng lặp chạy quá nhiều lượt"),
            Failure::Other(reason) => {
                let place = Place::sheet(&self.file, part);
                self.push(Finding::new(&codes::NOT_FILLED, place, format!("Không điền được mẫu: {reason}")));
            }
        }
    }

    pub fn torn_tag(&mut self, part: &str, paragraph: usize, torn: &str, around: &str) {
        let shown: String = torn.chars().take(40).collect();
        let spot = Spot { part, paragraph, tag: &shown, around };
        if torn == "}}" {
            self.at(&codes::TORN, &spot, "Có dấu }} mà không có {{ mở trước nó");
        } else {
            let holder = if self.counted == Counted::Cells { "ô" } else { "đoạn" };
            self.at(&codes::TORN, &spot, format!("Thẻ “{shown}” mở bằng {{{{ nhưng không có }}}} trong cùng {holder}"));
        }
    }

    pub fn misread(&mut self, spot: &Spot, misread: Misread) {
        let tag = spot.tag;
        match misread {
            Misread::Forbidden => {
                self.at(&codes::FORBIDDEN, spot, format!("Không được dùng thẻ dạng {tag}"));
            }
            Misread::Syntax(reason) => {
                self.at(&codes::SYNTAX, spot, format!("Thẻ {tag} viết sai: {reason}"));
            }
            Misread::TooLong => {
                let longest = limits::LONGEST_TAG;
                self.limit(
                    spot.part,
                    spot.paragraph,
                    tag,
                    &format!("thẻ dài quá {longest} byte hoặc quá nhiều ngoặc lồng nhau"),
                );
            }
            Misread::WrongCount(name, count) => {
                self.at(&codes::HELPER, spot, format!("“{name}” trong thẻ {tag} cần {count}"));
            }
            Misread::UnknownHelper(name) => {
                let known: Vec<String> = match name.strip_prefix('#') {
                    Some(_) => Block::names().map(|block| format!("#{block}")).collect(),
                    None => helpers::HELPERS.iter().map(|known| known.name.to_string()).collect(),
                };
                let message = format!("Không có hàm “{name}” như trong thẻ {tag}");
                let finding = self.at(&codes::HELPER, spot, message);
                finding.expected = Some(format!("một trong: {}", known.join(", ")));
                if let Some(near) = names::nearest(&name, known.iter().map(String::as_str)) {
                    finding.hint = format!("Có phải ý là {near}? Sửa lại tên hàm trong tệp mẫu rồi chạy lại.");
                }
            }
        }
    }
}

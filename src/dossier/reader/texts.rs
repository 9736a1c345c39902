//! Sheet Văn bản.

use super::Reader;
use super::cells::Spot;
use super::units::spot;
use crate::dossier::DocumentText;
use crate::finding::Finding;
use crate::finding::catalogue::dossier as codes;
use crate::sheet::Column;
use crate::vietnamese;

pub(super) const TEXT: [Column; 3] = [
    Column::required("Văn bản", &["Tên văn bản"]),
    Column::required("Mục", &[]),
    Column::required("Nội dung", &["Giá trị"]),
];

/// Names of the outputs that texts can be for (contract §4).
const PAPERS: [&str; 7] = [
    "bao-cao-tong-ket",
    "giao-uoc",
    "bien-ban-binh-xet",
    "to-trinh-khen-thuong",
    "so-ket-nhiem-ky",
    "xep-hang",
    "phieu-diem",
];

impl Reader<'_> {
    pub(super) fn texts(&mut self) {
        let Some(grid) = self.optional_sheet("Văn bản") else { return };
        let Some(table) = self.table(grid, &TEXT) else { return };
        // an empty cell goes on with the paper and the key above it, as merged cells do
        let (mut paper, mut key) = ("*".to_string(), String::new());
        for row in table.rows() {
            let at = |column: usize| spot(&table, &TEXT, row, column);
            let (named, keyed) = (self.text(&at(0)), self.text(&at(1)));
            if !named.is_empty() {
                paper = self.paper(&named, &at(0));
            }
            if !keyed.is_empty() {
                key = keyed;
            }
            let text = self.text(&at(2));
            if text.is_empty() {
                continue;
            }
            if key.is_empty() {
                self.empty(&at(1), &format!("dòng {}", row + 1));
                continue;
            }
            let (paper, key) = (paper.clone(), key.clone());
            self.dossier.texts.push(DocumentText { paper, key, text, place: at(2).place });
        }
    }

    /// The output's name however it is written; an unknown one stays as it is, with a warning.
    fn paper(&mut self, text: &str, spot: &Spot) -> String {
        if text == "*" || vietnamese::same(text, "tất cả") {
            return "*".into();
        }
        if let Some(paper) = PAPERS.iter().find(|paper| vietnamese::same(paper, text)) {
            return (*paper).to_string();
        }
        let message = format!("{} ghi “{text}”, không phải tên một văn bản.", spot.name());
        let finding = Finding::new(&codes::UNKNOWN_ITEM, spot.place.clone(), message).found(text);
        self.report(finding.expected(format!("* hoặc {}", PAPERS.join(", "))));
        text.to_string()
    }
}

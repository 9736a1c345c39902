//! Sheet Thông tin.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Reader;
use super::cells::{Spot, list};
use crate::dossier::{RankStyle, TermYears, TieBreak, WaiverEffect};
use crate::finding::Finding;
use crate::finding::catalogue::dossier as codes;
use crate::sheet::{Column, Measure};
use crate::vietnamese;

pub(super) const COLUMNS: [Column; 2] =
    [Column::required("Mục", &["Tên mục", "Thông tin"]), Column::required("Giá trị", &["Nội dung"])];

/// Most decimals a mark may be rounded to.
const DECIMALS: u32 = 6;

impl Reader<'_> {
    pub(super) fn information(&mut self) {
        let Some(grid) = self.required_sheet("Thông tin") else { return };
        let mut year_place = grid.place();
        if let Some(table) = self.table(grid, &COLUMNS) {
            year_place = grid.place_of(table.heading_row, 0);
            for row in table.rows() {
                let item = table.cell(row, 0).text();
                let spot = Spot { cell: table.cell(row, 1), place: table.place(row, 1), column: "Giá trị" };
                if vietnamese::same(&item, "Năm") {
                    year_place = spot.place.clone();
                }
                self.item(&item, &spot);
            }
        }
        let told = self.findings.iter().any(|finding| finding.place == year_place);
        if self.dossier.information.year == 0 && !told {
            let message = "Trang tính “Thông tin” chưa có năm báo cáo (mục “Năm”).";
            let finding = Finding::new(&codes::EMPTY, year_place, message).expected("Năm");
            self.report(finding.hint("Thêm dòng “Năm” với giá trị như 2024."));
        }
    }

    fn item(&mut self, item: &str, spot: &Spot) {
        let key = vietnamese::fold(item);
        if key.is_empty() || spot.cell.is_empty() {
            return;
        }
        match key.as_str() {
            "nam" => self.year(spot),
            "kibaocao" => self.dossier.information.period = self.text(spot),
            "nhiemki" => self.term_years(spot),
            "coquancaptren" => self.dossier.information.superior_body = self.text(spot),
            "coquanbanhanh" => self.dossier.information.issuing_body = self.text(spot),
            "kihieu" => self.dossier.information.symbol = self.text(spot),
            "diadanh" => self.dossier.information.place = self.text(spot),
            "ngaivanban" => self.dossier.information.document_date = self.date(spot),
            "hannop" => self.dossier.information.deadline = self.date(spot),
            "tranxeploai" => {
                if let Some(points) = self.amount(spot, Measure::Points) {
                    self.dossier.information.grade_ceiling = points;
                }
            }
            "kieuxephang" => self.rank_style(spot),
            "phandinhdongdiem" => self.dossier.information.tie_breaks = self.tie_breaks(spot),
            "lamtron" => self.decimals(spot),
            "nguongtanggiam" => self.steep_change(spot),
            "dongmiencham" | "miencham" => self.waiver_effect(spot),
            _ => {
                let place = spot.place.clone();
                let message = format!("Trang tính “Thông tin” có mục “{item}” mà chương trình không biết nên bỏ qua.");
                self.report(Finding::new(&codes::UNKNOWN_ITEM, place, message).found(item));
            }
        }
    }

    fn bad(&mut self, spot: &Spot, what: &str, expected: &str) {
        let text = spot.cell.text();
        let message = format!("{} ghi “{text}”, {what}.", spot.name());
        self.report(Finding::new(&codes::BAD_VALUE, spot.place.clone(), message).found(text).expected(expected));
    }

    fn year(&mut self, spot: &Spot) {
        let text = self.text(spot);
        match vietnamese::read_year(&text) {
            Some(year) => self.dossier.information.year = year,
            None if text.is_empty() => {}
            None => self.bad(spot, "không phải là một năm", "năm như 2024"),
        }
    }

    fn term_years(&mut self, spot: &Spot) {
        let text = self.text(spot);
        match vietnamese::read_years(&text) {
            Some((first, last)) => self.dossier.information.term = Some(TermYears { text, first, last }),
            None => self.bad(spot, "không phải là một nhiệm kỳ", "năm đầu-năm cuối như 2023-2028"),
        }
    }

    fn rank_style(&mut self, spot: &Spot) {
        let digits: String = self.text(spot).chars().filter(char::is_ascii_digit).collect();
        match digits.as_str() {
            "1224" => self.dossier.information.rank_style = RankStyle::Competition,
            "1223" => self.dossier.information.rank_style = RankStyle::Dense,
            _ => self.bad(spot, "không phải là một kiểu xếp hạng", "1,2,2,4 hoặc 1,2,2,3"),
        }
    }

    fn waiver_effect(&mut self, spot: &Spot) {
        let effect = match vietnamese::fold(&self.text(spot)).as_str() {
            "quydoi" | "quidoi" => WaiverEffect::Convert,
            "tinhdudiem" | "tinhdu" | "dudiem" | "tinhdiemtoida" => WaiverEffect::CountFull,
            _ => return self.bad(spot, "không phải là một cách tính dòng miễn chấm", "Quy đổi hoặc Tính đủ điểm"),
        };
        self.dossier.information.waiver_effect = effect;
        self.waiver_effect_stated = true;
    }

    fn decimals(&mut self, spot: &Spot) {
        let Some(value) = self.figure(spot, Measure::Of("")) else { return };
        let whole = (value == value.trunc() && value >= Decimal::ZERO).then(|| value.to_u32()).flatten();
        match whole.filter(|decimals| *decimals <= DECIMALS) {
            Some(decimals) => self.dossier.information.decimals = decimals,
            None => self.bad(spot, "không phải là số chữ số thập phân", "số nguyên từ 0 đến 6"),
        }
    }

    fn steep_change(&mut self, spot: &Spot) {
        let Some(times) = self.figure(spot, Measure::Of("lần")) else { return };
        if times.is_zero() || times > Decimal::ONE {
            self.dossier.information.steep_change = times;
        } else {
            self.bad(spot, "không phải là một số lần", "số lần lớn hơn 1, hoặc 0 để không xét");
        }
    }

    fn tie_breaks(&mut self, spot: &Spot) -> Vec<TieBreak> {
        let text = self.text(spot);
        list(&text)
            .map(|part| match vietnamese::fold(part).as_str() {
                "thuong" | "diemthuong" => TieBreak::Bonus,
                "ittru" | "ittrudiem" | "itdiemtru" => TieBreak::FewerDeductions,
                _ => TieBreak::Code(part.to_string()),
            })
            .collect()
    }
}

//! Reading of single cells with a finding for each fault; shared by the readers of all sheets.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Reader;
use crate::dossier::{ClusterId, UnitId, UnitMatch};
use crate::finding::catalogue::{dossier as codes, sheet as sheet_codes};
use crate::finding::{Finding, Place};
use crate::sheet::{Cell, FigureFault, Measure, Value, read_figure};
use crate::vietnamese;

/// Most clusters that a finding names: it may stand at each of very many units.
const CLUSTERS_NAMED: usize = 100;

/// One cell of a row with where it stands and what its column means.
#[derive(Clone)]
pub(super) struct Spot<'a> {
    pub cell: &'a Cell,
    pub place: Place,
    /// Heading of its column.
    pub column: &'static str,
}

impl Spot<'_> {
    /// `Ô E12 (cột “Điểm tối đa”)`, the start of a message.
    pub(super) fn name(&self) -> String {
        match self.place.cell {
            Some(address) => format!("Ô {address} (cột “{}”)", self.column),
            None => format!("Cột “{}”", self.column),
        }
    }
}

/// The parts of a list written into one cell with `;` or line breaks.
pub(super) fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty())
}

impl Reader<'_> {
    /// The text of a cell; a formula without a value and an error of Excel are findings and give an empty text.
    pub(super) fn text(&mut self, spot: &Spot) -> String {
        if spot.cell.uncached {
            let message = format!("{} có công thức chưa được tính nên không có giá trị.", spot.name());
            self.report(Finding::new(&sheet_codes::UNCACHED, spot.place.clone(), message));
        } else if let Value::Error(error) = &spot.cell.value {
            let message = format!("{} báo lỗi công thức {error}.", spot.name());
            self.report(Finding::new(&codes::BAD_VALUE, spot.place.clone(), message).found(&**error));
            return String::new();
        }
        spot.cell.text()
    }

    /// The code in a cell. Excel turns codes such as 1.1 into dates, which is a finding and gives an empty text.
    pub(super) fn code(&mut self, spot: &Spot) -> String {
        if let Value::Date(_) = spot.cell.value {
            let shown = spot.cell.text();
            let message = format!("{} là ngày {shown}; Excel đã tự đổi mã thành ngày.", spot.name());
            let hint = "Định dạng cả cột là Text rồi gõ lại mã.";
            self.report(Finding::new(&codes::BAD_VALUE, spot.place.clone(), message).found(shown).hint(hint));
            return String::new();
        }
        self.text(spot)
    }

    /// The figure of a cell; none where it is empty or, with a finding, where it holds no figure.
    pub(super) fn figure(&mut self, spot: &Spot, measure: Measure) -> Option<Decimal> {
        match read_figure(spot.cell, measure) {
            Ok(None) => None,
            Ok(Some(figure)) => {
                if let Some(otherwise) = figure.otherwise {
                    self.guessed(spot, figure.value, otherwise);
                }
                if figure.converted {
                    let (shown, value) = (spot.cell.quoted(), vietnamese::number(figure.value));
                    let message = format!("{} ghi “{shown}”, được đổi thành {value} theo đơn vị tính.", spot.name());
                    let finding = Finding::new(&codes::CONVERTED, spot.place.clone(), message).found(shown);
                    self.report(finding.expected(value));
                }
                Some(figure.value)
            }
            Err(fault) => {
                let name = match measure {
                    Measure::Percent => "%",
                    Measure::Points => "",
                    Measure::Of(name) => name,
                };
                let code = if fault == FigureFault::Uncached { &sheet_codes::UNCACHED } else { &codes::BAD_FIGURE };
                let message = format!("{} {}.", spot.name(), fault.words(spot.cell, name));
                let finding = Finding::new(code, spot.place.clone(), message).found(spot.cell.quoted());
                self.report(finding.expected("một con số").hint(fault.hint()));
                None
            }
        }
    }

    /// A figure that must not be below zero.
    pub(super) fn amount(&mut self, spot: &Spot, measure: Measure) -> Option<Decimal> {
        let value = self.figure(spot, measure)?;
        if value < Decimal::ZERO {
            let message = format!("{} là số âm {}.", spot.name(), vietnamese::number(value));
            let finding = Finding::new(&codes::BAD_FIGURE, spot.place.clone(), message);
            self.report(finding.found(vietnamese::number(value)).expected("một số không âm"));
            return None;
        }
        Some(value)
    }

    pub(super) fn guessed(&mut self, spot: &Spot, value: Decimal, otherwise: Decimal) {
        let (value, otherwise) = (vietnamese::number(value), vietnamese::number(otherwise));
        let shown = spot.cell.quoted();
        let message =
            format!("{} ghi “{shown}” dạng chữ; được hiểu là {value}, cũng có thể là {otherwise}.", spot.name());
        self.report(Finding::new(&codes::GUESSED_FIGURE, spot.place.clone(), message).found(shown).expected(value));
    }

    /// The date of a cell; none where it is empty or, with a finding, where it holds no date.
    pub(super) fn date(&mut self, spot: &Spot) -> Option<NaiveDate> {
        if let Value::Date(date) = spot.cell.value {
            return Some(date);
        }
        let text = self.text(spot);
        let date = vietnamese::read_date(&text);
        if date.is_none() && !text.is_empty() {
            let message = format!("{} ghi “{text}”, không phải là một ngày.", spot.name());
            let finding = Finding::new(&codes::BAD_VALUE, spot.place.clone(), message).found(text);
            self.report(finding.expected("ngày/tháng/năm").hint("Ghi ngày theo dạng 05/3/2024."));
        }
        date
    }

    /// The cluster a cell names; none with a finding where there is no such cluster.
    pub(super) fn cluster_of(&mut self, spot: &Spot) -> Option<ClusterId> {
        let text = self.text(spot);
        let found = self.clusters.get(&vietnamese::fold(&text)).copied();
        if found.is_none() && !text.is_empty() {
            let mut known: Vec<&str> =
                self.dossier.clusters.iter().take(CLUSTERS_NAMED).map(|cluster| cluster.code.as_str()).collect();
            if self.dossier.clusters.len() > CLUSTERS_NAMED {
                known.push("…");
            }
            let expected = known.join(", ");
            let message = format!("{} ghi “{text}”, không có trong trang tính “Cụm”.", spot.name());
            let finding = Finding::new(&codes::UNKNOWN_CLUSTER, spot.place.clone(), message);
            self.report(finding.found(text).expected(expected));
        }
        found
    }

    /// The unit a cell names, by code or any of its names; none with a finding where there is no such unit.
    pub(super) fn unit_of(&mut self, spot: &Spot) -> Option<UnitId> {
        let text = self.text(spot);
        if text.is_empty() {
            return None;
        }
        let (code, trouble) = match self.lookup.unit(&text) {
            UnitMatch::Exact(unit) => return Some(unit),
            UnitMatch::Ambiguous => (&codes::UNKNOWN_UNIT, "là tên chung của nhiều đơn vị"),
            UnitMatch::Inside(_) | UnitMatch::Unknown => (&codes::UNKNOWN_UNIT, "không có trong trang tính “Đơn vị”"),
        };
        let message = format!("{} ghi “{text}”, {trouble}.", spot.name());
        self.report(Finding::new(code, spot.place.clone(), message).found(text));
        None
    }

    /// A finding about a required cell that is empty.
    pub(super) fn empty(&mut self, spot: &Spot, whose: &str) {
        let message = format!("{} của {whose} để trống.", spot.name());
        self.report(Finding::new(&codes::EMPTY, spot.place.clone(), message).expected(spot.column));
    }
}

//! Sheets Cụm and Đơn vị.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::Reader;
use super::cells::{Spot, list};
use crate::dossier::{Cluster, ClusterId, Role, Unit};
use crate::finding::catalogue::dossier as codes;
use crate::finding::{CellAddress, Finding};
use crate::sheet::{Column, Grid, Table};
use crate::vietnamese;

pub(super) const CLUSTER: [Column; 8] = [
    Column::required("Mã", &["Mã cụm", "Mã khối"]),
    Column::required("Tên", &["Tên cụm", "Tên khối"]),
    Column::optional("Chủ đề", &["Chủ đề thi đua"]),
    Column::optional("Chứng kiến", &["Cơ quan chứng kiến"]),
    Column::optional("Chức vụ chứng kiến", &["Chức vụ người chứng kiến"]),
    Column::optional("Người chứng kiến", &[]),
    Column::optional("Địa điểm", &["Địa điểm hội nghị"]),
    Column::optional("Ngày hội nghị", &["Ngày"]),
];

pub(super) const UNIT: [Column; 8] = [
    Column::required("Mã", &["Mã đơn vị"]),
    Column::required("Tên", &["Tên đơn vị"]),
    Column::optional("Tên viết tắt", &["Viết tắt"]),
    Column::optional("Tên gọi khác", &["Tên khác"]),
    Column::required("Cụm", &["Khối", "Mã cụm"]),
    Column::optional("Vai trò", &[]),
    Column::optional("Chức vụ người ký", &["Chức vụ"]),
    Column::optional("Người ký", &["Họ tên người ký"]),
];

/// Codes that stand further up, folded, with their cells.
type Seen = BTreeMap<String, Option<CellAddress>>;

/// The cell of a row in a wanted column with its place and heading.
pub(super) fn spot<'a>(table: &Table<'a>, columns: &[Column], row: u32, column: usize) -> Spot<'a> {
    Spot { cell: table.cell(row, column), place: table.place(row, column), column: columns[column].name }
}

impl<'a> Reader<'a> {
    pub(super) fn clusters(&mut self) {
        let Some(grid) = self.required_sheet("Cụm") else { return };
        let Some(table) = self.table(grid, &CLUSTER) else { return };
        let mut seen = Seen::new();
        for row in table.rows() {
            let at = |column: usize| spot(&table, &CLUSTER, row, column);
            let code = self.code(&at(0));
            let name = self.text(&at(1));
            if code.is_empty() {
                if !name.is_empty() {
                    self.empty(&at(0), &format!("cụm “{name}”"));
                }
                continue;
            }
            if self.is_repeated(&mut seen, &code, &at(0), "Mã cụm") {
                continue;
            }
            let mut text = |column: usize| self.text(&at(column));
            let cluster = Cluster {
                name: if name.is_empty() { code.clone() } else { name.clone() },
                theme: text(2),
                witness_body: text(3),
                witness_title: text(4),
                witness_name: text(5),
                meeting_place: text(6),
                meeting_date: None,
                code: code.clone(),
            };
            let meeting_date = self.date(&at(7));
            if name.is_empty() {
                self.empty(&at(1), &format!("cụm {code}"));
            }
            self.dossier.clusters.push(Cluster { meeting_date, ..cluster });
        }
        if self.dossier.clusters.is_empty() {
            self.nothing(grid, "cụm");
        }
        self.know_clusters();
    }

    /// Makes the clusters known by code and name; of two with one name it is the first's.
    fn know_clusters(&mut self) {
        for (index, cluster) in self.dossier.clusters.iter().enumerate() {
            for name in [&cluster.code, &cluster.name] {
                self.clusters.entry(vietnamese::fold(name)).or_insert(ClusterId(index));
            }
        }
    }

    pub(super) fn units(&mut self) {
        let Some(grid) = self.required_sheet("Đơn vị") else { return };
        let Some(table) = self.table(grid, &UNIT) else { return };
        if self.workbook.sheet(&["Cụm"]).is_none() {
            self.clusters_of_units(&table);
        }
        let mut seen = Seen::new();
        let mut rows = 0;
        for row in table.rows() {
            rows += u32::from(self.unit(&table, row, &mut seen));
        }
        if rows == 0 {
            self.nothing(grid, "đơn vị");
        }
    }

    /// Reads one row; says whether it names a unit at all.
    fn unit(&mut self, table: &Table<'a>, row: u32, seen: &mut Seen) -> bool {
        let at = |column: usize| spot(table, &UNIT, row, column);
        let code = self.code(&at(0));
        let name = self.text(&at(1));
        if code.is_empty() {
            if !name.is_empty() {
                self.empty(&at(0), &format!("đơn vị “{name}”"));
            }
            return !name.is_empty();
        }
        if self.is_repeated(seen, &code, &at(0), "Mã đơn vị") {
            return true;
        }
        if name.is_empty() {
            self.empty(&at(1), &format!("đơn vị {code}"));
        }
        let Some(cluster) = self.cluster_of_unit(&at(4), &code) else { return true };
        let (role, role_text) = self.role(&at(5));
        let unit = Unit {
            name: if name.is_empty() { code.clone() } else { name },
            short_name: self.text(&at(2)),
            other_names: list(&self.text(&at(3))).map(str::to_string).collect(),
            cluster,
            role,
            role_text,
            signer_title: self.text(&at(6)),
            signer_name: self.text(&at(7)),
            place: at(0).place,
            code,
        };
        self.dossier.units.push(unit);
        true
    }

    /// The cluster of a unit's row; with one cluster only, an empty cell means that one.
    fn cluster_of_unit(&mut self, spot: &Spot, unit: &str) -> Option<ClusterId> {
        if spot.cell.is_empty() {
            if self.dossier.clusters.len() == 1 {
                return Some(ClusterId(0));
            }
            self.empty(spot, &format!("đơn vị {unit}"));
            return None;
        }
        self.cluster_of(spot)
    }

    /// Without the sheet Cụm, the clusters that units name stand in for it, so that the rest can still be read.
    fn clusters_of_units(&mut self, table: &Table<'a>) {
        let mut known = BTreeSet::new();
        for row in table.rows() {
            let code = table.cell(row, 4).text();
            if !code.is_empty() && known.insert(vietnamese::fold(&code)) {
                self.dossier.clusters.push(Cluster { name: code.clone(), code, ..Cluster::default() });
            }
        }
        self.know_clusters();
    }

    fn role(&mut self, spot: &Spot) -> (Role, String) {
        let text = self.text(spot);
        let key = vietnamese::fold(&text);
        let role = match key.as_str() {
            "" => return (Role::Member, "Thành viên".into()),
            "thanhvien" | "uivien" => Role::Member,
            key if key.contains("pho") => Role::Deputy,
            key if key.contains("truong") => Role::Lead,
            _ => {
                let message = format!("{} ghi “{text}”, chương trình không biết nên coi là thành viên.", spot.name());
                let finding = Finding::new(&codes::UNKNOWN_ROLE, spot.place.clone(), message);
                self.report(finding.found(text.clone()).expected("Cụm trưởng, Cụm phó hoặc Thành viên"));
                Role::Member
            }
        };
        (role, text)
    }

    /// Whether a code stands further up already; a finding names both rows.
    fn is_repeated(&mut self, seen: &mut Seen, code: &str, spot: &Spot, what: &str) -> bool {
        let first = match seen.entry(vietnamese::fold(code)) {
            Entry::Occupied(first) => *first.get(),
            Entry::Vacant(place) => {
                place.insert(spot.place.cell);
                return false;
            }
        };
        let cell = first.map(|cell| cell.to_string()).unwrap_or_default();
        let message = format!("{what} “{code}” lặp lại; mã này đã có ở ô {cell} nên dòng này không được đọc.");
        self.report(Finding::new(&codes::DUPLICATE, spot.place.clone(), message).found(code));
        true
    }

    /// A finding about a sheet that lists nothing.
    pub(super) fn nothing(&mut self, grid: &Grid, what: &str) {
        let message = format!("Trang tính “{}” không có {what} nào.", grid.name);
        self.report(Finding::new(&codes::NOTHING, grid.place(), message));
    }
}

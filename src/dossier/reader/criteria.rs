//! Sheet Tiêu chí: groups, lines, and the checks that only the whole sheet allows.

use rust_decimal::Decimal;
use std::collections::BTreeMap;

use super::Reader;
use super::cells::{Spot, list};
use super::rule::{self, Keyword};
use super::units::spot;
use crate::dossier::{
    Aggregation, ClusterId, Criterion, CriterionId, Group, GroupId, GroupKind, Rule, TieBreak, code_key,
};
use crate::finding::catalogue::dossier as codes;
use crate::finding::{Finding, Place};
use crate::sheet::{Column, Measure, Table};
use crate::vietnamese;

const CRITERION: [Column; 9] = [
    Column::required("Mã", &["Mã tiêu chí", "TT", "STT"]),
    Column::required("Nội dung", &["Tên tiêu chí", "Tiêu chí", "Nội dung tiêu chí", "Chỉ tiêu"]),
    Column::required("ĐVT", &["Đơn vị tính"]),
    Column::required("Cách tính", &["Cách chấm"]),
    Column::optional("Tham số", &[]),
    Column::required("Điểm tối đa", &["Điểm chuẩn", "Điểm"]),
    Column::optional("Tổng hợp", &["Cách tổng hợp"]),
    Column::optional("Tên gọi khác", &["Tên khác"]),
    Column::optional("Cụm", &["Khối"]),
];

/// A line's maximum with where it applies, for the sums; lines that were not taken count too.
struct Share {
    group: usize,
    cluster: Option<ClusterId>,
    max: Decimal,
}

/// What is gathered on the way down the sheet.
#[derive(Default)]
struct Progress {
    seen: BTreeMap<String, Vec<(Option<ClusterId>, Place)>>,
    shares: Vec<Share>,
    /// The cells of the groups' maxima.
    group_cells: Vec<Place>,
    /// The sheet has no column of maxima; a finding says so once, not for each line.
    without_max: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn criteria(&mut self) {
        let Some(grid) = self.required_sheet("Tiêu chí") else { return };
        let Some(table) = self.table(grid, &CRITERION) else { return };
        let mut progress = Progress { without_max: table.columns[5].is_none(), ..Progress::default() };
        for row in table.rows() {
            self.criterion_row(&table, row, &mut progress);
        }
        if self.dossier.criteria.is_empty() {
            self.nothing(grid, "tiêu chí");
        }
        if !progress.without_max {
            self.check_sums(&progress);
        }
    }

    fn criterion_row(&mut self, table: &Table<'a>, row: u32, progress: &mut Progress) {
        let at = |column: usize| spot(table, &CRITERION, row, column);
        let (name, rule_text) = (self.text(&at(1)), self.text(&at(3)));
        let code = self.code(&at(0));
        if code.is_empty() {
            // a row of words only is a title inside the table
            let readable = !matches!(at(0).cell.value, crate::sheet::Value::Date(_));
            if !rule_text.is_empty() && readable {
                self.empty(&at(0), &format!("tiêu chí “{name}”"));
            }
            return;
        }
        if rule_text.is_empty() && (is_total(&code) || is_total(&name)) {
            return;
        }
        let scope_told = !at(8).cell.is_empty();
        let scope = self.cluster_of(&at(8));
        if scope_told && scope.is_none() {
            return;
        }
        let max = self.amount(&at(5), Measure::Points);
        let keyword = if rule_text.is_empty() { None } else { Some(rule::keyword(&rule_text)) };
        if name.is_empty() {
            self.empty(&at(1), &format!("mã {code}"));
        }
        let repeated = self.is_repeated_code(progress, &code, scope, &at(0));
        let kind = match keyword {
            None => Some(GroupKind::Ordinary),
            Some(Some(Keyword::Bonus)) => Some(GroupKind::Bonus),
            Some(Some(Keyword::Deduction)) => Some(GroupKind::Deduction),
            _ => None,
        };
        if let Some(kind) = kind {
            progress.group_cells.push(at(5).place);
            self.dossier.groups.push(Group { code, name, kind, max, cluster: scope, place: at(0).place });
            return;
        }
        let group = self.group_of_line(&at(0), &code, progress);
        let cluster = scope.or(self.dossier.groups[group].cluster);
        progress.shares.push(Share { group, cluster, max: max.unwrap_or_default() });
        if repeated {
            return;
        }
        let measure = self.text(&at(2));
        let rule = self.rule_of(keyword.flatten(), &at, &code);
        if !progress.without_max {
            self.check_max(&rule, max, &at(5), &code, self.dossier.groups[group].kind);
        }
        let aggregation = self.aggregation(&at(6), &rule, &measure);
        let criterion = Criterion {
            name,
            group: GroupId(group),
            measure,
            rule,
            max,
            aggregation,
            other_names: list(&self.text(&at(7))).map(str::to_string).collect(),
            cluster: scope,
            place: at(0).place,
            code,
        };
        self.dossier.criteria.push(criterion);
    }

    /// The rule of a line. A line whose rule or parameter cannot be read gives no points until mended.
    fn rule_of(&mut self, keyword: Option<Keyword>, at: &dyn Fn(usize) -> Spot<'a>, code: &str) -> Rule {
        let Some(keyword) = keyword else {
            let spot = at(3);
            let text = spot.cell.text();
            let message =
                format!("{} của tiêu chí {code} ghi “{text}”, không phải một cách tính đã biết.", spot.name());
            let finding = Finding::new(&codes::UNKNOWN_RULE, spot.place, message).criterion(code).found(text);
            self.report(finding.expected(rule::KEYWORDS.join(", ")));
            return Rule::Information;
        };
        let spot = at(4);
        let text = self.text(&spot);
        match rule::rule(keyword, &text, spot.cell) {
            Ok((rule, guesses)) => {
                for (value, otherwise) in guesses {
                    self.guessed(&spot, value, otherwise);
                }
                rule
            }
            Err(expected) => {
                let message = if text.is_empty() {
                    format!("{} của tiêu chí {code} để trống.", spot.name())
                } else {
                    format!("{} của tiêu chí {code} ghi “{text}”, không hiểu được.", spot.name())
                };
                let finding = Finding::new(&codes::BAD_PARAMETER, spot.place, message).criterion(code).found(text);
                self.report(finding.expected(expected));
                Rule::Information
            }
        }
    }

    fn check_max(&mut self, rule: &Rule, max: Option<Decimal>, spot: &Spot, code: &str, kind: GroupKind) {
        let needed = match rule {
            Rule::Ratio | Rule::AgainstLeader | Rule::PassFail | Rule::Deduct { .. } | Rule::Direct => true,
            Rule::PerCount { .. } | Rule::Steps(_) => kind == GroupKind::Ordinary,
            Rule::Disqualify | Rule::LowerGrade | Rule::Information => false,
        };
        if needed && max.is_none() && spot.cell.is_empty() {
            let message = format!("{} của tiêu chí {code} để trống, trong khi cách tính cần điểm tối đa.", spot.name());
            self.report(Finding::new(&codes::NO_MAX, spot.place.clone(), message).criterion(code));
        }
        let Rule::Steps(steps) = rule else { return };
        let highest = steps.steps.iter().map(|step| step.points).chain([steps.otherwise]).max();
        if let (Some(max), Some(highest)) = (max, highest)
            && highest > max
        {
            let (highest, max) = (vietnamese::number(highest), vietnamese::number(max));
            let message = format!("Tiêu chí {code} có bậc {highest} điểm, cao hơn điểm tối đa {max}.");
            let finding = Finding::new(&codes::STEP_ABOVE_MAX, spot.place.clone(), message);
            self.report(finding.criterion(code).found(highest).expected(max));
        }
    }

    /// The group above a line; a line above every group gets one of its own making, with a finding.
    fn group_of_line(&mut self, spot: &Spot, code: &str, progress: &mut Progress) -> usize {
        if let Some(last) = self.dossier.groups.len().checked_sub(1) {
            return last;
        }
        let message = format!("Tiêu chí {code} đứng trước mọi nhóm nên không thuộc nhóm nào.");
        self.report(Finding::new(&codes::NO_GROUP, spot.place.clone(), message).criterion(code));
        progress.group_cells.push(Place::default());
        let name = "Chưa xếp nhóm".to_string();
        let (kind, place) = (GroupKind::Ordinary, spot.place.clone());
        self.dossier.groups.push(Group { code: String::new(), name, kind, max: None, cluster: None, place });
        0
    }

    /// A code may stand twice if each row is for a cluster of its own.
    fn is_repeated_code(&mut self, progress: &mut Progress, code: &str, scope: Option<ClusterId>, spot: &Spot) -> bool {
        let rows = progress.seen.entry(code_key(code)).or_default();
        let first = rows.iter().find(|(other, _)| other.is_none() || scope.is_none() || *other == scope);
        let Some((_, first)) = first else {
            rows.push((scope, spot.place.clone()));
            return false;
        };
        let cell = first.cell.map(|cell| cell.to_string()).unwrap_or_default();
        let message = format!("Mã “{code}” lặp lại; mã này đã có ở ô {cell}.");
        self.report(Finding::new(&codes::DUPLICATE, spot.place.clone(), message).criterion(code).found(code));
        true
    }

    fn aggregation(&mut self, spot: &Spot, rule: &Rule, measure: &str) -> Aggregation {
        let text = self.text(spot);
        if text.is_empty() {
            return rule::default_aggregation(rule, measure);
        }
        rule::aggregation(&text).unwrap_or_else(|| {
            let message = format!("{} ghi “{text}”, không phải một cách tổng hợp đã biết.", spot.name());
            let finding = Finding::new(&codes::UNKNOWN_AGGREGATION, spot.place.clone(), message);
            self.report(finding.found(text).expected(rule::AGGREGATIONS));
            Aggregation::None
        })
    }

    /// A group's maximum against the sum of its lines, for each cluster over the lines that apply (contract §6).
    fn check_sums(&mut self, progress: &Progress) {
        for index in 0..self.dossier.groups.len() {
            let group = self.dossier.groups[index].clone();
            if group.kind != GroupKind::Ordinary || group.code.is_empty() {
                continue;
            }
            let sums: Vec<(ClusterId, Option<Decimal>)> = (0..self.dossier.clusters.len())
                .map(ClusterId)
                .filter(|cluster| group.cluster.is_none_or(|only| only == *cluster))
                .map(|cluster| (cluster, sum(progress, index, Some(cluster))))
                .collect();
            let place = &progress.group_cells[index];
            let wrong: Vec<_> = sums.iter().filter(|(_, sum)| *sum != group.max || sum.is_none()).collect();
            let all_alike = sums.windows(2).all(|pair| pair[0].1 == pair[1].1);
            if sums.is_empty() {
                let sum = sum(progress, index, None);
                if sum != group.max {
                    self.wrong_sum(&group, None, sum, place);
                }
            } else if all_alike && !wrong.is_empty() {
                let only = group.cluster;
                self.wrong_sum(&group, only, sums[0].1, place);
            } else {
                for (cluster, sum) in wrong.into_iter().copied() {
                    self.wrong_sum(&group, Some(cluster), sum, place);
                }
            }
        }
    }

    fn wrong_sum(&mut self, group: &Group, cluster: Option<ClusterId>, sum: Option<Decimal>, place: &Place) {
        let number = |value: Option<Decimal>| value.map_or("trống".to_string(), vietnamese::number);
        let (stated, counted) = (number(group.max), number(sum));
        let within = cluster.map(|id| format!(" ở cụm {}", self.dossier.cluster(id).code)).unwrap_or_default();
        let message = match sum {
            None => format!("Nhóm {} không có tiêu chí nào{within}.", group.code),
            Some(_) => format!(
                "Nhóm {} ghi điểm tối đa {stated}, trong khi tổng điểm các tiêu chí{within} là {counted}.",
                group.code
            ),
        };
        let mut finding = Finding::new(&codes::WRONG_SUM, place.clone(), message);
        if let Some(cluster) = cluster {
            finding = finding.cluster(&self.dossier.cluster(cluster).code);
        }
        self.report(finding.found(stated).expected(counted));
    }

    /// Codes that other cells refer to: Tổng hợp of the lines and Phân định đồng điểm.
    pub(super) fn check_references(&mut self) {
        for index in 0..self.dossier.criteria.len() {
            let criterion = self.dossier.criterion(CriterionId(index)).clone();
            let referred = match &criterion.aggregation {
                Aggregation::WeightedBy(code) => vec![code],
                Aggregation::RatioOf(part, whole) => vec![part, whole],
                _ => continue,
            };
            let unknown = referred.into_iter().find(|code| !self.has_line(code));
            if let Some(unknown) = unknown {
                let message =
                    format!("Cột “Tổng hợp” của tiêu chí {} nhắc mã “{unknown}”, không có trong bảng.", criterion.code);
                let finding = Finding::new(&codes::UNKNOWN_CODE, criterion.place.clone(), message);
                self.report(finding.criterion(&criterion.code).found(unknown));
                self.dossier.criteria[index].aggregation = Aggregation::None;
            }
        }
        let breaks = std::mem::take(&mut self.dossier.information.tie_breaks);
        let (known, unknown): (Vec<_>, Vec<_>) = breaks.into_iter().partition(|step| match step {
            TieBreak::Code(code) => self.has_line(code) || self.lookup.is_group(code),
            _ => true,
        });
        self.dossier.information.tie_breaks = known;
        for step in unknown {
            let TieBreak::Code(code) = step else { continue };
            let place = self.optional_sheet("Thông tin").map(|grid| grid.place()).unwrap_or_default();
            let message = format!("Mục “Phân định đồng điểm” nhắc mã “{code}”, không có trong trang tính “Tiêu chí”.");
            self.report(Finding::new(&codes::UNKNOWN_CODE, place, message).found(code));
        }
    }

    fn has_line(&self, code: &str) -> bool {
        let key = code_key(code);
        self.dossier.criteria.iter().any(|criterion| code_key(&criterion.code) == key)
    }
}

/// The sum of a group's lines in a cluster (none: over all); none without any line.
fn sum(progress: &Progress, group: usize, cluster: Option<ClusterId>) -> Option<Decimal> {
    let applies = |share: &&Share| {
        share.group == group && (cluster.is_none() || share.cluster.is_none() || share.cluster == cluster)
    };
    let mut shares = progress.shares.iter().filter(applies).peekable();
    shares.peek()?;
    Some(shares.fold(Decimal::ZERO, |sum, share| sum.saturating_add(share.max)))
}

/// `Tổng cộng` and its like close a table and are no group.
fn is_total(text: &str) -> bool {
    matches!(vietnamese::fold(text).as_str(), "tong" | "tongcong" | "cong" | "tongdiem" | "tongso" | "tongsodiem")
}

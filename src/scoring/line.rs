//! One line of one unit: its plan, its result, and the mark that counts, with every fault said.

use rust_decimal::Decimal;

use super::arithmetic::{per_cent, round};
use super::result::{LineResult, Waived};
use super::rule::{self, Inputs, Obstacle, Points};
use super::standing::Standing;
use crate::dossier::{CriterionId, GroupKind, Rule, Source, Sourced, UnitId, Waiver};
use crate::finding::catalogue::scoring as codes;
use crate::finding::{Code, Finding, Place};
use crate::intake::{Reading, SubmittedLine};
use crate::vietnamese::{number, plain};

/// Scores one line of a unit that submitted.
pub(super) fn score(standing: &Standing, unit: UnitId, line: CriterionId, findings: &mut Vec<Finding>) -> LineResult {
    LineScorer::new(standing, unit, line, findings).score()
}

/// The line of a unit that did not submit: its plan, and no mark.
pub(super) fn absent(standing: &Standing, unit: UnitId, line: CriterionId) -> LineResult {
    LineResult {
        criterion: line,
        plan: standing.plan(unit, line),
        result: None,
        ratio: None,
        computed: None,
        verified: None,
        self_mark: None,
        self_counted: None,
        mark: Decimal::ZERO,
        waived: None,
        scored: standing.criterion(line).rule.gives_points(),
        previous: standing.past(standing.dossier.information.year - 1, unit, line),
        why: "Chưa nộp báo cáo".to_string(),
        source: None,
        remark: String::new(),
    }
}

/// A mark on its way: by the rule, and the words for it.
struct Computed {
    mark: Option<Decimal>,
    way: String,
}

struct LineScorer<'a> {
    standing: &'a Standing<'a>,
    unit: UnitId,
    line: CriterionId,
    kind: GroupKind,
    submitted: Option<&'a SubmittedLine>,
    plan: Option<Decimal>,
    result: Option<Reading>,
    findings: &'a mut Vec<Finding>,
}

impl<'a> LineScorer<'a> {
    fn new(standing: &'a Standing<'a>, unit: UnitId, line: CriterionId, findings: &'a mut Vec<Finding>) -> Self {
        LineScorer {
            standing,
            unit,
            line,
            kind: standing.kind(line),
            submitted: standing.submissions.get(&unit).and_then(|submission| submission.lines.get(&line)),
            plan: standing.plan(unit, line),
            result: standing.result(unit, line),
            findings,
        }
    }

    fn score(mut self) -> LineResult {
        let criterion = self.standing.criterion(self.line);
        if let Some(waiver) = self.standing.waiver(self.unit, self.line) {
            return self.waived(waiver);
        }
        self.compare_plans();
        let scored = criterion.rule.gives_points();
        let verified = if scored { self.verified_mark() } else { None };
        let computed = if !scored {
            Computed { mark: None, way: self.answer() }
        } else if criterion.rule == Rule::Direct {
            self.direct(verified.is_some())
        } else {
            self.by_rule(verified.is_some())
        };
        let mark = verified.or(computed.mark).unwrap_or(Decimal::ZERO);
        if let Some(verified) = verified {
            self.compare_marks(verified, computed.mark);
        }
        LineResult {
            computed: computed.mark,
            verified,
            self_counted: self.self_mark().filter(|_| scored),
            mark,
            scored,
            why: if scored { self.why(&computed, verified) } else { computed.way },
            ..self.as_submitted()
        }
    }

    /// What is known of the line before any mark.
    fn as_submitted(&self) -> LineResult {
        LineResult {
            plan: self.plan,
            result: self.result,
            ratio: self.result.zip(self.plan).and_then(|(result, plan)| per_cent(result.number(), plan)),
            self_mark: self.self_mark(),
            source: self.submitted.and_then(|line| line.result.as_ref()).map(|result| result.source.clone()),
            remark: self.submitted.map(|line| line.remark.clone()).unwrap_or_default(),
            ..absent(self.standing, self.unit, self.line)
        }
    }

    /// A line that the unit is excused from.
    fn waived(mut self, waiver: &Waiver) -> LineResult {
        let criterion = self.standing.criterion(self.line);
        if let Some(verified) = self.standing.dossier.verified.get(self.unit, self.line) {
            let what = format!("được miễn chấm nên không lấy điểm thẩm định {}.", number(verified.value));
            let place = verified.source.place();
            self.report_mark(&codes::WAIVED_AND_VERIFIED, place, verified.value, &what);
        }
        let left_out = self.standing.leaves_scale(self.line);
        let full = criterion.max.filter(|_| self.kind == GroupKind::Ordinary && !left_out).unwrap_or_default();
        let outcome = match (self.kind, left_out) {
            (GroupKind::Ordinary, true) => "không tính, quy đổi theo các dòng còn lại".to_string(),
            (GroupKind::Ordinary, false) => format!("tính đủ {} điểm", number(full)),
            _ => "0 điểm".to_string(),
        };
        let reason = if waiver.reason.is_empty() { String::new() } else { format!(" ({})", waiver.reason) };
        LineResult {
            mark: full,
            waived: Some(Waived { reason: waiver.reason.clone(), left_out }),
            why: format!("Miễn chấm{reason} → {outcome}"),
            ..self.as_submitted()
        }
    }

    /// The sheet Chỉ tiêu has won already; here the other plan is only reported.
    fn compare_plans(&mut self) {
        let target = self.standing.dossier.targets.get(self.unit, self.line);
        let own = self.submitted.and_then(|line| line.plan.as_ref());
        let (Some(target), Some(own)) = (target, own) else { return };
        if target.value == own.value {
            return;
        }
        let what = format!(
            "báo cáo ghi kế hoạch {}, trang tính Chỉ tiêu giao {}; đã chấm theo trang tính Chỉ tiêu.",
            number(own.value),
            number(target.value)
        );
        let finding = self
            .standing
            .line_finding(&codes::PLAN_DIFFERS, own.source.place(), self.unit, self.line, &what)
            .found(plain(own.value))
            .expected(plain(target.value));
        self.findings.push(finding);
    }

    /// What a line without points answers. For a knock-out line an empty answer is a no.
    fn answer(&mut self) -> String {
        let yes = match self.result.map(rule::is_yes) {
            Some(None) => {
                self.report(&codes::NEGATIVE_RESULT, "câu trả lời là số âm, được hiểu là không.");
                false
            }
            Some(Some(yes)) => yes,
            None => false,
        };
        match (&self.standing.criterion(self.line).rule, yes) {
            (Rule::Disqualify, true) => "Có → không xếp hạng, không xếp loại".to_string(),
            (Rule::LowerGrade, true) => "Có → hạ một bậc xếp loại".to_string(),
            (Rule::Disqualify | Rule::LowerGrade, false) => "Không".to_string(),
            _ => "Chỉ báo cáo, không tính điểm".to_string(),
        }
    }

    /// Chấm trực tiếp: the verified mark is taken later, so here it is the self mark.
    fn direct(&mut self, verified: bool) -> Computed {
        if verified {
            return Computed { mark: None, way: String::new() };
        }
        let own = self.submitted.and_then(|line| line.self_mark.clone());
        let Some(own) = own else {
            if self.kind == GroupKind::Ordinary {
                self.report(&codes::MISSING_DIRECT_MARK, "chưa có điểm thẩm định, cũng không có điểm tự chấm.");
                return Computed { mark: None, way: "Chưa có điểm chấm trực tiếp".to_string() };
            }
            return Computed { mark: Some(Decimal::ZERO), way: "Để trống, hiểu là không có".to_string() };
        };
        let what = format!("chưa có điểm thẩm định, lấy điểm tự chấm {}.", number(own.value));
        let finding = self
            .standing
            .line_finding(&codes::SELF_MARK_TAKEN, own.source.place(), self.unit, self.line, &what)
            .found(plain(own.value));
        self.findings.push(finding);
        let mark = self.bounded(&own, "điểm tự chấm");
        Computed { mark: Some(mark), way: "Tự chấm, chưa thẩm định".to_string() }
    }

    fn by_rule(&mut self, verified: bool) -> Computed {
        let criterion = self.standing.criterion(self.line);
        let Some(result) = self.result else { return self.without_result(verified) };
        let inputs = Inputs {
            rule: &criterion.rule,
            max: criterion.max,
            result,
            plan: self.plan,
            leader: self.standing.leaders.get(&self.line).copied(),
            percent: criterion.is_percent(),
            deduction: self.kind == GroupKind::Deduction,
        };
        match rule::points(&inputs) {
            Some(Ok(Points { points, way })) => {
                self.warn_of_steps_without_plan();
                Computed { mark: Some(round(points, self.decimals())), way }
            }
            Some(Err(obstacle)) => self.obstacle(obstacle, result, verified),
            None => Computed { mark: None, way: String::new() },
        }
    }

    /// An empty result is missing: a fault and no points. In bonus and deduction groups an empty line means that
    /// there is nothing to add or take off; the unit's note about it is `unit`'s.
    fn without_result(&mut self, verified: bool) -> Computed {
        if self.submitted.is_some_and(|line| line.unreadable) {
            return Computed { mark: None, way: "Kết quả không đọc được".to_string() };
        }
        // who gives itself points there has something to count
        let claims = self.self_mark().is_some_and(|mark| !mark.is_zero());
        if self.kind != GroupKind::Ordinary && !claims {
            return Computed { mark: Some(Decimal::ZERO), way: "Để trống, hiểu là không có".to_string() };
        }
        self.report(&codes::MISSING_RESULT, "chưa có kết quả.");
        if self.standing.criterion(self.line).needs_plan() && self.lacks_plan() && !verified {
            self.report_plan();
        }
        Computed { mark: None, way: "Thiếu kết quả".to_string() }
    }

    fn obstacle(&mut self, obstacle: Obstacle, result: Reading, verified: bool) -> Computed {
        let found = number(result.number());
        let way = match obstacle {
            Obstacle::Plan => {
                // a verified mark settles the line without a plan
                if !verified {
                    self.report_plan();
                }
                format!("TH {found}, thiếu kế hoạch")
            }
            Obstacle::Negative => {
                self.report(&codes::NEGATIVE_RESULT, &format!("kết quả {found} là số âm."));
                format!("Kết quả {found} là số âm")
            }
            Obstacle::WrongKind => self.wrong_kind(result),
            Obstacle::TooLarge => {
                self.report(&codes::FIGURE_TOO_LARGE, "con số quá lớn, không tính được điểm.");
                "Số quá lớn".to_string()
            }
            Obstacle::Maximum => {
                // said where the definition is read, once for the line
                "Tiêu chí không có điểm tối đa".to_string()
            }
        };
        Computed { mark: None, way }
    }

    fn wrong_kind(&mut self, result: Reading) -> String {
        let (found, expected) = match result {
            Reading::Number(value) => (number(value), "đạt hoặc không"),
            Reading::Yes => ("đạt".to_string(), "một con số"),
            Reading::No => ("không".to_string(), "một con số"),
        };
        let what = format!("kết quả ghi “{found}” trong khi cần {expected}.");
        let place = self.standing.place(self.unit, self.line);
        let finding = self
            .standing
            .line_finding(&codes::WRONG_KIND_OF_RESULT, place, self.unit, self.line, &what)
            .found(found.clone())
            .expected(expected)
            .hint(format!("Ghi {expected} vào ô này."));
        self.findings.push(finding);
        format!("Kết quả “{found}” không đúng loại")
    }

    fn lacks_plan(&self) -> bool {
        self.plan.is_none_or(|plan| plan <= Decimal::ZERO)
    }

    /// The plan's own cell where there is one, else the line.
    fn report_plan(&mut self) {
        let target = self.standing.dossier.targets.get(self.unit, self.line);
        let own = self.submitted.and_then(|line| line.plan.as_ref());
        let stated = target.as_ref().or(own).map(|plan| plan.source.place());
        let place = stated
            .or_else(|| self.submitted.and_then(|line| line.plan_place.as_ref()).map(Source::place))
            .unwrap_or_else(|| self.standing.place(self.unit, self.line));
        let word = self.standing.criterion(self.line).rule.word();
        let what = match self.plan {
            Some(plan) => format!("kế hoạch là {}, không tính được theo cách {word}.", number(plan)),
            None => format!("chưa có kế hoạch, không tính được theo cách {word}."),
        };
        let mut finding = self.standing.line_finding(&codes::MISSING_PLAN, place, self.unit, self.line, &what);
        finding.found = self.plan.map(plain);
        self.findings.push(finding);
    }

    fn warn_of_steps_without_plan(&mut self) {
        let criterion = self.standing.criterion(self.line);
        let by_steps = matches!(criterion.rule, Rule::Steps(_)) && !criterion.is_percent();
        if by_steps && self.lacks_plan() && self.standing.planned.contains(&self.line) {
            self.report(&codes::STEPS_WITHOUT_PLAN, "không có kế hoạch, nên xếp bậc theo chính kết quả.");
        }
    }

    /// Sheet Thẩm định, within 0 and the maximum, rounded.
    fn verified_mark(&mut self) -> Option<Decimal> {
        let verified = self.standing.dossier.verified.get(self.unit, self.line)?;
        Some(self.bounded(&verified, "điểm thẩm định"))
    }

    /// A mark given by people: rounded, and held within 0 and the maximum, with a fault where it was not.
    fn bounded(&mut self, mark: &Sourced<Decimal>, what: &str) -> Decimal {
        let place = mark.source.place();
        let mut value = round(mark.value, self.decimals());
        if value < Decimal::ZERO && self.kind == GroupKind::Deduction {
            let text = format!("{what} {} là số âm, được hiểu là trừ {} điểm.", number(value), number(-value));
            self.report_mark(&codes::NEGATIVE_DEDUCTION, place.clone(), mark.value, &text);
            value = -value;
        }
        if value < Decimal::ZERO {
            let text = format!("{what} {} là số âm.", number(value));
            self.report_mark(&codes::NEGATIVE_MARK, place, mark.value, &text);
            return Decimal::ZERO;
        }
        match self.standing.criterion(self.line).max {
            Some(max) if value > max => {
                let text = format!("{what} {} cao hơn mức tối đa {}.", number(value), number(max));
                self.report_mark(&codes::MARK_ABOVE_MAXIMUM, place, mark.value, &text);
                max
            }
            _ => value,
        }
    }

    fn report_mark(&mut self, code: &'static Code, place: Place, found: Decimal, what: &str) {
        let mut finding = self.standing.line_finding(code, place, self.unit, self.line, what).found(plain(found));
        if code == &codes::MARK_ABOVE_MAXIMUM {
            finding.expected = self.standing.criterion(self.line).max.map(|max| format!("0–{}", number(max)));
        }
        self.findings.push(finding);
    }

    /// Lists a verified mark that differs from the computed one.
    fn compare_marks(&mut self, verified: Decimal, computed: Option<Decimal>) {
        let Some(computed) = computed.filter(|computed| *computed != verified) else { return };
        let Some(source) = self.standing.dossier.verified.get(self.unit, self.line) else { return };
        let what = format!("tính được {} điểm, thẩm định {} điểm.", number(computed), number(verified));
        let finding = self
            .standing
            .line_finding(&codes::VERIFIED_DIFFERS, source.source.place(), self.unit, self.line, &what)
            .found(plain(verified))
            .expected(plain(computed));
        self.findings.push(finding);
    }

    /// The self mark for comparison; in a deduction group a minus sign means points off, as it stands there.
    fn self_mark(&self) -> Option<Decimal> {
        let own = self.submitted?.self_mark.as_ref()?.value;
        let own = if self.kind == GroupKind::Deduction { own.abs() } else { own };
        Some(round(own, self.decimals()))
    }

    fn why(&self, computed: &Computed, verified: Option<Decimal>) -> String {
        let max = self.standing.criterion(self.line).max;
        let most = match (self.kind, max) {
            (_, None) => String::new(),
            (GroupKind::Deduction, Some(max)) => [" (không quá ", &number(max), ")"].concat(),
            (_, Some(max)) => [" (tối đa ", &number(max), ")"].concat(),
        };
        let taken = |mark: Decimal| match self.kind {
            GroupKind::Deduction => ["trừ ", &number(mark), " điểm"].concat(),
            _ => number(mark) + " điểm",
        };
        let own = computed.mark.unwrap_or(Decimal::ZERO);
        match verified {
            None => [&*computed.way, " → ", &*taken(own), &most].concat(),
            Some(mark) if computed.way.is_empty() => format!("Thẩm định → {}{most}", taken(mark)),
            Some(mark) => match computed.mark {
                Some(own) => format!("{} → {}; thẩm định {}{most}", computed.way, taken(own), taken(mark)),
                None => format!("{}; thẩm định {}{most}", computed.way, taken(mark)),
            },
        }
    }

    fn report(&mut self, code: &'static Code, what: &str) {
        let place = self.standing.place(self.unit, self.line);
        let mut finding = self.standing.line_finding(code, place, self.unit, self.line, what);
        finding.found = self.result.map(|result| match result {
            Reading::Number(value) => plain(value),
            Reading::Yes => "có".to_string(),
            Reading::No => "không".to_string(),
        });
        self.findings.push(finding);
    }

    fn decimals(&self) -> u32 {
        self.standing.dossier.information.decimals
    }
}

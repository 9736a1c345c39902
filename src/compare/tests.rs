//! Stories of two runs: what moved, and what moved it.

use serde_json::{Value, json};

use super::{Cause, Comparison, Outcome, Presence, Unreadable, compare};

fn unit(code: &str, rank: Option<u32>, total: &str, result: &str, mark: &str) -> Value {
    json!({
        "code": code, "name": format!("Công đoàn {code}"), "submitted": true, "rank": rank, "total": total, "base": total,
        "bonus": "0", "deduction": "0", "self_total": null, "grade": null, "awards": [],
        "scores": {"1.1": mark}, "results": {"1.1": result},
        "sources": {"1.1": format!("so-lieu/{code}.xlsx!Biểu 1!E10")},
        "why": {"1.1": format!("TH {result} → {mark} điểm")}, "plans": {"1.1": "100"}
    })
}

fn run(units: &[Value]) -> Value {
    json!({
        "schema": 1, "year": 2024, "findings": [],
        "clusters": [{
            "code": "K1", "name": "Khối I", "units": units,
            "criteria": [{"code": "1.1", "name": "Kết nạp đoàn viên", "rule": "Tỷ lệ", "max": "5"}]
        }]
    })
}

fn compared(before: &Value, after: &Value) -> Comparison {
    let [before, after] =
        [before, after].map(|value| Outcome::read(&value.to_string()).expect("the outcome is well formed"));
    compare(&before, &after)
}

#[test]
fn two_equal_runs_differ_in_nothing() {
    let run = run(&[unit("A", Some(1), "5", "100", "5"), unit("B", Some(2), "4", "80", "4")]);
    assert!(compared(&run, &run).is_empty());
}

#[test]
fn a_unit_that_rose_is_shown_with_the_cell_that_moved_it_and_whom_it_passed() {
    let before = run(&[unit("A", Some(1), "4.5", "90", "4.5"), unit("B", Some(2), "4", "80", "4")]);
    let after = run(&[unit("A", Some(2), "4.5", "90", "4.5"), unit("B", Some(1), "5", "104", "5")]);
    let comparison = compared(&before, &after);
    let [b, a] = comparison.clusters[0].units.as_slice() else { panic!("two units, by the new places") };
    assert_eq!((b.code.as_str(), b.rank.before, b.rank.after), ("B", Some(2), Some(1)));
    assert_eq!(b.passed, ["Công đoàn A"]);
    let line = &b.lines[0];
    assert_eq!((line.points.to_string(), &line.causes), ("1".to_string(), &vec![Cause::Result]));
    assert_eq!(line.source.after.as_deref(), Some("so-lieu/B.xlsx!Biểu 1!E10"));
    assert_eq!(line.name, "Kết nạp đoàn viên");
    assert!(a.lines.is_empty(), "nothing of its own changed");
    assert_eq!((a.has_moved(), &a.passed_by), (true, &vec!["Công đoàn B".to_string()]));
}

#[test]
fn each_cause_is_told_apart() {
    let base = run(&[unit("A", Some(1), "4.5", "90", "4.5")]);
    for (change, causes) in [
        (json!({"plans": {"1.1": "90"}, "scores": {"1.1": "5"}}), vec![Cause::Plan]),
        (json!({"verified": {"1.1": "3"}, "scores": {"1.1": "3"}}), vec![Cause::Verified]),
        (json!({"waived": {"1.1": "mới thành lập"}, "scores": {}}), vec![Cause::Waiver]),
        (json!({"scores": {"1.1": "4"}}), vec![Cause::Others]),
        (json!({"self": {"1.1": "4"}, "scores": {"1.1": "4"}}), vec![Cause::SelfMark]),
        (json!({"results": {}, "scores": {"1.1": "0"}}), vec![Cause::Result]),
    ] {
        let mut own = unit("A", Some(1), "4.5", "90", "4.5");
        for (key, value) in change.as_object().expect("an object") {
            own[key] = value.clone();
        }
        let comparison = compared(&base, &run(&[own]));
        assert_eq!(comparison.clusters[0].units[0].lines[0].causes, causes, "{change}");
    }
}

#[test]
fn another_maximum_is_a_change_of_rules_that_explains_the_marks() {
    let before = run(&[unit("A", Some(1), "4.5", "90", "4.5")]);
    let mut after = run(&[unit("A", Some(1), "9", "90", "9")]);
    after["clusters"][0]["criteria"][0]["max"] = json!("10");
    let comparison = compared(&before, &after);
    let cluster = &comparison.clusters[0];
    assert_eq!((cluster.criteria[0].code.as_str(), cluster.criteria[0].presence), ("1.1", Presence::Both));
    assert_eq!(cluster.units[0].lines[0].causes, [Cause::Rule]);
}

#[test]
fn a_unit_of_one_run_only_is_said_to_be_so() {
    let before = run(&[unit("A", Some(1), "5", "100", "5"), unit("B", Some(2), "4", "80", "4")]);
    let after = run(&[unit("A", Some(1), "5", "100", "5"), unit("C", Some(2), "4", "80", "4")]);
    let comparison = compared(&before, &after);
    let presence: Vec<_> =
        comparison.clusters[0].units.iter().map(|unit| (unit.code.as_str(), unit.presence)).collect();
    assert_eq!(presence, [("A", Presence::Both), ("C", Presence::OnlyAfter), ("B", Presence::OnlyBefore)]);
}

#[test]
fn a_file_of_an_earlier_version_can_still_be_compared() {
    let mut before = run(&[unit("A", Some(1), "5", "100", "5")]);
    before["clusters"][0].as_object_mut().expect("a cluster").remove("criteria");
    assert!(compared(&before, &run(&[unit("A", Some(1), "5", "100", "5")])).is_empty());
}

#[test]
fn what_is_no_outcome_is_refused() {
    assert_eq!(Outcome::read("PK\u{3}\u{4}").expect_err("a workbook"), Unreadable::NotJson);
    assert_eq!(Outcome::read("{\"schema\": 1}").expect_err("another object"), Unreadable::OtherForm);
    assert_eq!(Outcome::read("[]").expect_err("a list"), Unreadable::OtherForm);
}

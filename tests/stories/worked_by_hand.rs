//! Story: a secretary works out units of each example by hand, line by line, and the program says the same.
//!
//! The tables stand in `worked_by_hand/`, one file for each unit, named dossier, cluster, unit. They were worked out from the
//! rules with pencil arithmetic that each line spells out, never from what the program prints.

use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use thidua::dossier::{ClusterId, Dossier};
use thidua::intake::Reading;
use thidua::scoring::{ClusterResult, LineResult, UnitResult};

/// One file: rows under their first cell. The last cell of a row may hold the arithmetic; it is for readers.
struct Table {
    name: String,
    cluster: String,
    unit: String,
    lines: BTreeMap<String, [String; 3]>,
    rows: BTreeMap<String, String>,
}

impl Table {
    fn read(path: &Path) -> Table {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut parts = name.split('.').skip(1).map(String::from);
        let (cluster, unit) = (parts.next().unwrap(), parts.next().unwrap());
        let mut table = Table { name, cluster, unit, lines: BTreeMap::new(), rows: BTreeMap::new() };
        for row in std::fs::read_to_string(path).unwrap().lines().filter(|row| !row.is_empty() && !row.starts_with('#'))
        {
            let cells: Vec<String> = row.split('|').map(|cell| cell.trim().to_string()).collect();
            match &cells[..] {
                [code, plan, result, mark, _arithmetic] => {
                    table.lines.insert(code.clone(), [plan.clone(), result.clone(), mark.clone()]);
                }
                [what, figure, ..] => {
                    table.rows.insert(what.clone(), figure.clone());
                }
                _ => panic!("{}: not a row: {row}", table.name),
            }
        }
        table
    }

    fn row(&self, what: &str) -> &str {
        self.rows.get(what).unwrap_or_else(|| panic!("{}: no row {what}", self.name))
    }
}

/// Where the program and the table part, in words.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn compare(&mut self, what: &str, by_hand: &str, program: String) {
        if by_hand != program {
            self.0.push(format!("{what}: bằng tay “{by_hand}”, chương trình “{program}”"));
        }
    }
}

fn figure(value: Option<Decimal>) -> String {
    value.map(|value| value.normalize().to_string()).unwrap_or_default()
}

fn reading(value: Option<Reading>) -> String {
    match value {
        Some(Reading::Yes) => "có".into(),
        Some(Reading::No) => "không".into(),
        Some(Reading::Number(number)) => figure(Some(number)),
        None => String::new(),
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

fn tables(example: &str) -> Vec<Table> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/worked_by_hand");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let own = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with(&format!("{example}."));
    paths.iter().filter(|path| own(path)).map(|path| Table::read(path)).collect()
}

/// Reads and scores an example as the program does, and holds every table of it against the outcome.
fn the_program_agrees(example: &str, units: usize) {
    let (dossier, _) = thidua::dossier::read(&folder(example));
    let dossier = dossier.expect("the example has a definition workbook");
    let (submissions, _) = thidua::intake::read(&dossier, &folder(example));
    let tables = tables(example);
    assert_eq!(tables.len(), units, "tables worked out for {example}");
    for table in &tables {
        let cluster =
            dossier.clusters.iter().position(|cluster| cluster.code == table.cluster).expect("the cluster is known");
        let (result, _) = thidua::scoring::score(&dossier, ClusterId(cluster), &submissions);
        let unit =
            result.units.iter().find(|unit| dossier.unit(unit.unit).code == table.unit).expect("the unit is known");
        let mut differences = Differences::default();
        compare_lines(&dossier, table, unit, &mut differences);
        compare_totals(&dossier, table, &result, unit, &mut differences);
        assert!(differences.0.is_empty(), "{}\n{}", table.name, differences.0.join("\n"));
    }
}

fn compare_lines(dossier: &Dossier, table: &Table, unit: &UnitResult, differences: &mut Differences) {
    let codes: Vec<&str> = unit.lines.iter().map(|line| dossier.criterion(line.criterion).code.as_str()).collect();
    for code in table.lines.keys().filter(|code| !codes.contains(&code.as_str())) {
        differences.0.push(format!("{code}: chương trình không có dòng này"));
    }
    for (line, code) in unit.lines.iter().zip(codes) {
        match table.lines.get(code) {
            Some([plan, result, mark]) => {
                differences.compare(&format!("{code} kế hoạch"), plan, figure(line.plan));
                differences.compare(&format!("{code} kết quả"), result, reading(line.result));
                differences.compare(&format!("{code} điểm"), mark, points(line));
            }
            None => differences.0.push(format!("{code}: bằng tay không có dòng này")),
        }
    }
}

fn points(line: &LineResult) -> String {
    figure(line.scored.then_some(line.mark))
}

fn compare_totals(
    dossier: &Dossier,
    table: &Table,
    result: &ClusterResult,
    unit: &UnitResult,
    differences: &mut Differences,
) {
    for group in &unit.groups {
        let what = format!("nhóm {}", dossier.group(group.group).code);
        if let Some(by_hand) = table.rows.get(&what) {
            differences.compare(&what, by_hand, figure(Some(group.points)));
        } else if !group.points.is_zero() {
            differences.0.push(format!("{what}: bằng tay không có nhóm này"));
        }
    }
    differences.compare("cơ bản", table.row("cơ bản"), figure(Some(unit.base)));
    differences.compare("thưởng", table.row("thưởng"), figure(Some(unit.bonus)));
    differences.compare("trừ", table.row("trừ"), figure(Some(unit.deduction)));
    differences.compare("tổng", table.row("tổng"), figure(Some(unit.total)));
    differences.compare("tự chấm", table.row("tự chấm"), figure(unit.self_total));
    differences.compare("hạng", table.row("hạng"), unit.rank.map(|rank| rank.to_string()).unwrap_or_default());
    let grade = unit.grade.map(|grade| dossier.grades[grade].name.clone()).unwrap_or_default();
    differences.compare("xếp loại", table.row("xếp loại"), grade);
    let awards: Vec<&str> = unit.awards.iter().map(|award| dossier.awards[*award].name.as_str()).collect();
    differences.compare("khen thưởng", table.row("khen thưởng"), awards.join("; "));
    assert!(result.units.len() > 1, "a cluster of one unit shows no ranking");
}

#[test]
fn the_unions_of_a_city_with_bonus_at_its_cap_a_tie_resolved_and_deductions() {
    the_program_agrees("khoi-nganh-2024", 3);
}

#[test]
fn the_five_cities_measured_against_the_leader_of_each_line() {
    the_program_agrees("cum-5-thanh-pho-2023", 2);
}

#[test]
fn the_nine_ministries_with_lines_marked_directly_and_a_tie_that_stays() {
    the_program_agrees("khoi-thi-dua-1-2024", 1);
}

#[test]
fn the_offices_of_the_capital_in_two_blocks_with_a_share_limit_crossed_by_a_tie() {
    the_program_agrees("cong-doan-vien-chuc-2024", 2);
}

#[test]
fn the_grassroots_unions_with_a_lowered_class_a_weak_group_and_deductions_at_their_cap() {
    the_program_agrees("giua-nhiem-ky-2020", 3);
}

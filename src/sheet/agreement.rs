//! Our own reader of .xlsx against calamine's: what both understand they must understand alike, cell by cell.

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use super::grid::{Cell, Cells, Grid, Merge, Value, Visibility};
use super::sample::{Put, workbook};
use super::text;
use super::xlsx::number_value;
use crate::finding::CellAddress;
use crate::finding::catalogue::sheet as codes;
use crate::vietnamese::{self, LegacyEncoding};

type Source<'a> = Xlsx<Cursor<&'a [u8]>>;

/// The sheets as calamine gives them.
fn theirs(bytes: &[u8], file: &str) -> Vec<Grid> {
    let mut source: Source = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a sound file");
    let sheets: Vec<_> =
        source.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect();
    let grid = |sheet: calamine::Sheet| {
        let mut cells = cells(&mut source, &sheet.name);
        uncached(&mut source, &sheet.name, &mut cells);
        let address = |(row, column)| CellAddress::new(row, column);
        let merges = source.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        let merges = merges.iter().map(|it| Merge { first: address(it.start), last: address(it.end) }).collect();
        let visible = sheet.visible == SheetVisible::Visible;
        let visibility = if visible { Visibility::Visible } else { Visibility::Hidden };
        text::mend(&mut cells, file, &sheet.name);
        Grid::new(file.into(), vietnamese::clean(sheet.name.trim()).into(), visibility, merges, cells)
    };
    sheets.into_iter().map(grid).collect()
}

fn cells(source: &mut Source, sheet: &str) -> Cells {
    let mut reader = source.worksheet_cells_reader(sheet).expect("a sheet");
    let styles = reader.styles().to_vec();
    let mut cells = Cells::default();
    while let Some((read, style)) = reader.next_cell_with_style_id().expect("a cell") {
        let value = value(read.get_value());
        if value == Value::Empty {
            continue;
        }
        let style = styles.get(style);
        let format = style.and_then(|style| style.number_format.as_ref()).map_or("", |it| it.format_code.as_str());
        let first = format.split(';').next().unwrap_or_default();
        let zeros =
            first.split_once('.').map(|(_, it)| it.bytes().take_while(|byte| *byte == b'0').count().min(255) as u8);
        let cell = Cell {
            percent: first.contains('%'),
            decimals: zeros.filter(|zeros| *zeros > 0),
            legacy: style.and_then(|style| LegacyEncoding::of_font(style.font.as_ref()?.name.as_deref()?)),
            ..Cell::plain(value)
        };
        let (row, column) = read.get_position();
        cells.push(CellAddress::new(row, column), cell);
    }
    cells
}

/// Adds the cells whose formula was never calculated.
fn uncached(source: &mut Source, sheet: &str, cells: &mut Cells) {
    let mut reader = source.worksheet_cells_reader(sheet).expect("a sheet");
    while let Some(record) = reader.next_cell_with_formula_metadata().expect("a cell") {
        if record.formula.is_some() && record.value == DataRef::Empty {
            let cell = Cell { uncached: true, ..Cell::plain(Value::Empty) };
            cells.push(CellAddress::new(record.pos.0, record.pos.1), cell);
        }
    }
}

fn value(data: &DataRef) -> Value {
    match data {
        DataRef::Empty => Value::Empty,
        DataRef::Int(number) => Value::Number(Decimal::from(*number)),
        DataRef::Float(number) => number_value(*number),
        DataRef::String(text) => Value::Text(text.clone()),
        DataRef::SharedString(text) => Value::Text(text.to_string()),
        DataRef::Bool(answer) => Value::Bool(*answer),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            let date = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
            date.map_or_else(|| number_value(moment.as_f64()), Value::Date)
        }
        DataRef::DateTime(duration) => number_value(duration.as_f64()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Value::Text(text.clone()),
        DataRef::Error(error) => Value::Error(error.to_string().into()),
    }
}

/// Compares where we read the whole file; whether we did.
fn agree(bytes: &[u8], file: &str) -> bool {
    let Ok(ours) = super::read(bytes, file) else { return false };
    if ours.remarks.iter().any(|remark| remark.code == &codes::DAMAGED_SHEET) {
        return false;
    }
    let theirs = theirs(bytes, file);
    assert_eq!(ours.sheets.len(), theirs.len(), "{file}");
    for (own, other) in ours.sheets.iter().zip(&theirs) {
        let looks = |grid: &Grid| (grid.name.clone(), grid.visibility, grid.merges.clone());
        assert_eq!(looks(own), looks(other), "{file}");
        for (mine, yours) in own.rows().zip(other.rows()) {
            assert_eq!(mine, yours, "{file} {}", own.name);
        }
        assert_eq!(own.rows().count(), other.rows().count(), "{file} {}", own.name);
    }
    true
}

fn workbooks(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the project").flatten() {
        let path = entry.path();
        if path.is_dir() {
            workbooks(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "xlsx" || ending == "xlsm") {
            found.push(path);
        }
    }
}

#[test]
fn every_workbook_of_the_project_is_read_as_by_the_library() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["fixtures", "tests", "templates"] {
        workbooks(&root.join(folder), &mut found);
    }
    let mut compared = 0;
    for path in &found {
        let bytes = std::fs::read(path).expect("a file of the project");
        compared += usize::from(agree(&bytes, &path.display().to_string()));
    }
    // those with faults of the file itself are refused or cut off
    assert!(compared > 50 && compared + 10 > found.len(), "only {compared} of {} workbooks", found.len());
}

fn put() -> impl Strategy<Value = Put> {
    prop_oneof![
        "[a-zđếộ &<>\"'_x0-9\n\t]{0,12}".prop_map(Put::Text),
        "\\PC{1,12}".prop_map(Put::Text),
        Just(Put::Text("a_x000D_b_x005F_x0041_ _xD83D__xDE00_".into())),
        (-1e9..1e9_f64).prop_map(Put::Number),
        (-999_999..999_999_i64, 0..6_i32)
            .prop_map(|(mantissa, scale)| Put::Number(mantissa as f64 / 10_f64.powi(scale))),
        prop_oneof![Just(1e20), Just(1e-9), Just(-0.0), Just(123_456_789_012_345_680.0)].prop_map(Put::Number),
        (0.0..2.0_f64).prop_map(Put::Percent),
        (1900..2100_u16, 1..13_u8, 1..29_u8).prop_map(|(year, month, day)| Put::Date(year, month, day)),
        Just(Put::Formula("=1+1", "2")),
        Just(Put::Formula("=A1", "chữ")),
        "[A-Z§®«µ¸ ]{1,8}".prop_map(|text| Put::Font(".VnTime", text)),
        Just(Put::Nothing),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_workbook_is_read_as_by_the_library(rows in proptest::collection::vec(proptest::collection::vec(put(), 0..6), 0..6)) {
        prop_assert!(agree(&workbook(&[("Biểu 1", rows), ("Thuyết minh", vec![vec!["a".into()]])]), "a.xlsx"));
    }
}

//! Names, signers, dates, themes and texts in forms: what is in the cells of ho-so.xlsx, and other values written back into these
//! very cells. What is written is read back before it takes the place of the file: only the cells asked for may differ.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use std::path::Path as Folder;
use std::sync::Arc;

use crate::dossier::{self, Dossier, Field, Lookup, UnitMatch};
use crate::excel::{self, CellChange, NewValue};
use crate::finding::CellAddress;
use crate::sheet::{self, Limits, Value, Workbook};
use crate::vietnamese;
use crate::web::answer::{self, Refusal};
use crate::web::desk::Desk;
use crate::web::store;

/// Longest text of a cell in Excel, in letters.
const LONGEST: usize = 32_767;

/// The cells that the forms show.
pub async fn show(State(desk): State<Arc<Desk>>, Path(name): Path<String>) -> Result<Response, Refusal> {
    let shown = desk.look(&name, |folder| {
        let (file, _, workbook) = read(folder)?;
        let shown = |field: &Field| {
            json!({
                "sheet": field.sheet, "row": field.row, "column": field.column, "cell": field.cell.to_string(),
                "value": field.value, "date": field.date,
            })
        };
        let fields: Vec<Json> = dossier::fields(&workbook).iter().map(shown).collect();
        Ok(json!({ "file": file, "fields": fields }))
    });
    Ok(answer::json(&shown.await?))
}

#[derive(Deserialize)]
struct Changes {
    changes: Vec<Asked>,
}

#[derive(Deserialize)]
struct Asked {
    sheet: String,
    cell: String,
    /// What the form showed before.
    old: String,
    new: String,
}

/// Writes other values into cells that the forms show.
pub async fn change(State(desk): State<Arc<Desk>>, Path(name): Path<String>, body: Body) -> Result<Response, Refusal> {
    let asked: Changes = answer::receive_json(body).await?;
    let written = desk.change_in(&name, move |folder| write(folder, &asked.changes));
    Ok(answer::json(&json!({ "written": written.await? })))
}

fn read(folder: &Folder) -> Result<(String, Vec<u8>, Workbook), Refusal> {
    let (path, file) = dossier::definition(folder).map_err(|finding| Refusal::not_found(finding.message))?;
    let bytes =
        sheet::load_within(&path, &file, &Limits::DEFINITION).map_err(|finding| Refusal::unusable(finding.message))?;
    let workbook =
        sheet::read_within(&bytes, &file, &Limits::DEFINITION).map_err(|finding| Refusal::unusable(finding.message))?;
    Ok((file, bytes, workbook))
}

fn write(folder: &Folder, asked: &[Asked]) -> Result<usize, Refusal> {
    let (file, bytes, workbook) = read(folder)?;
    let fields = dossier::fields(&workbook);
    // new rows follow one another, whichever of those offered are filled
    let mut free = fields.iter().filter(|field| !field.with.is_empty()).map(|field| field.cell.row).min().unwrap_or(0);
    let mut changes = Vec::new();
    for one in asked {
        let field = fields.iter().find(|field| field.sheet == one.sheet && field.cell.to_string() == one.cell);
        let field = field.filter(|field| field.value == one.old).ok_or_else(|| {
            let sentence =
                format!("Ô {} của trang tính “{}” đã đổi ở nơi khác; hãy bấm Đọc lại rồi sửa.", one.cell, one.sheet);
            Refusal::conflict(sentence, Json::Null)
        })?;
        let value = value(&workbook, field, &one.new)?;
        let is_new = !field.with.is_empty();
        let at = |cell: CellAddress| if is_new { CellAddress::new(free, cell.column) } else { cell };
        let sheet = || field.sheet.clone();
        let beside = |(cell, text): &(CellAddress, String)| CellChange {
            sheet: sheet(),
            cell: at(*cell),
            value: NewValue::Text(text.clone()),
        };
        changes.extend(field.with.iter().map(beside));
        changes.push(CellChange { sheet: sheet(), cell: at(field.cell), value });
        free += u32::from(is_new);
    }
    if changes.is_empty() {
        return Ok(0);
    }
    put(folder, &file, &bytes, &workbook, &changes)?;
    Ok(asked.len())
}

/// Adds a name to the other names of a unit; where the sheet has no column for them, it gets one.
pub fn add_other_name(folder: &Folder, dossier: &Dossier, code: &str, name: &str) -> Result<(), Refusal> {
    let name = vietnamese::compose(name.trim());
    if Lookup::new(dossier).unit(&name) == UnitMatch::Ambiguous {
        let sentence = format!(
            "“{name}” là tên chung của nhiều đơn vị nên không ghi làm tên gọi khác được; hãy ghi mã đơn vị vào ô ấy của tệp."
        );
        return Err(Refusal::unusable(sentence));
    }
    let (file, bytes, workbook) = read(folder)?;
    let field = dossier::other_names(&workbook, code)
        .ok_or_else(|| Refusal::unusable(format!("Không thấy đơn vị mã “{code}” trong {file}.")))?;
    let held = field.value.trim();
    let names = if held.is_empty() { name } else { format!("{held}; {name}") };
    let heading = field.with.iter();
    let heading = heading.map(|(cell, text)| (*cell, NewValue::Text(text.clone())));
    let changes: Vec<CellChange> = heading
        .chain([(field.cell, NewValue::Text(names))])
        .map(|(cell, value)| CellChange { sheet: field.sheet.clone(), cell, value })
        .collect();
    put(folder, &file, &bytes, &workbook, &changes)
}

/// Puts the definition with changed cells in the place of the one there is, if it reads as it should.
fn put(folder: &Folder, file: &str, bytes: &[u8], before: &Workbook, changes: &[CellChange]) -> Result<(), Refusal> {
    let changed = excel::changed_cells(bytes, changes)
        .map_err(|why| Refusal::unusable(format!("Không ghi được vào {file}: {why}.")))?;
    compare(before, &changed, file, changes)?;
    store::write(&folder.join(file), &changed)
}

/// What a form's text means in its cell.
fn value(workbook: &Workbook, field: &Field, text: &str) -> Result<NewValue, Refusal> {
    let text = vietnamese::compose(text.trim());
    if text.is_empty() {
        return Ok(NewValue::Empty);
    }
    if text.chars().count() > LONGEST {
        return Err(Refusal::unusable(format!("Ô {} dài quá {LONGEST} ký tự.", field.cell)));
    }
    let held = workbook.sheet(&[&field.sheet]).map(|grid| &grid.cell(field.cell.row, field.cell.column).value);
    if field.date {
        let date = vietnamese::read_date(&text)
            .ok_or_else(|| Refusal::unusable(format!("“{text}” không phải là ngày; hãy ghi như 05/3/2025.")))?;
        let shown_as_date = matches!(held, Some(Value::Date(_)));
        return Ok(if shown_as_date { NewValue::Date(date) } else { NewValue::Text(vietnamese::short_date(date)) });
    }
    let whole = text.len() < 10 && text.bytes().all(|letter| letter.is_ascii_digit());
    match (held, text.parse()) {
        (Some(Value::Number(_)), Ok(number)) if whole => Ok(NewValue::Number(number)),
        _ => Ok(NewValue::Text(text)),
    }
}

/// The changed file reads as the old one but for the cells that were to change.
fn compare(before: &Workbook, changed: &[u8], file: &str, changes: &[CellChange]) -> Result<(), Refusal> {
    let failed = || {
        Refusal::failed(format!(
            "Không ghi được vào {file} cho chắc chắn nên tệp được giữ nguyên; hãy sửa trong Excel."
        ))
    };
    let after = sheet::read_within(changed, file, &Limits::DEFINITION).map_err(|_| failed())?;
    if before.sheets.len() != after.sheets.len() {
        return Err(failed());
    }
    for (old, new) in before.sheets.iter().zip(&after.sheets) {
        let wanted = |cell: CellAddress| {
            changes.iter().find(|change| change.cell == cell && change.sheet == vietnamese::compose(old.name.trim()))
        };
        let cells = |grid: &sheet::Grid| {
            let of_row = |(row, cells): (u32, &[(u32, sheet::Cell)])| -> Vec<CellAddress> {
                cells.iter().map(|(column, _)| CellAddress::new(row, *column)).collect()
            };
            grid.rows().flat_map(of_row).collect::<Vec<_>>()
        };
        for cell in cells(old).into_iter().chain(cells(new)) {
            let (own, other) = (old.cell(cell.row, cell.column), new.cell(cell.row, cell.column));
            let as_wanted = match wanted(cell).map(|change| &change.value) {
                None => own.value == other.value,
                Some(NewValue::Empty) => other.is_empty(),
                Some(NewValue::Text(text)) => other.text() == *text,
                Some(NewValue::Number(number)) => other.value == Value::Number(*number),
                Some(NewValue::Date(date)) => other.value == Value::Date(*date),
            };
            if !as_wanted {
                return Err(failed());
            }
        }
    }
    Ok(())
}

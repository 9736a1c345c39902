//! A cell in its surroundings of the sheet.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

use crate::finding::CellAddress;
use crate::sheet::{self, Grid};
use crate::vietnamese;
use crate::web::answer::{self, Refusal};
use crate::web::desk::Desk;
use crate::web::place;

/// Rows above and below, columns to the left and to the right.
const ROWS: u32 = 3;
const LEFT: u32 = 4;
const RIGHT: u32 = 3;
/// Longest text of a cell that is shown, in letters.
const TEXT: usize = 160;

#[derive(Deserialize)]
pub struct Asked {
    file: String,
    sheet: String,
    /// `E12`
    cell: String,
}

pub async fn around(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let cell: CellAddress =
        asked.cell.parse().map_err(|_| Refusal::unusable(format!("“{}” không phải là địa chỉ ô.", asked.cell)))?;
    let shown = desk.look(&name, move |folder| {
        let path = place::inside(folder, &asked.file)?;
        let bytes = sheet::load(&path, &asked.file).map_err(|finding| Refusal::not_found(finding.message))?;
        let workbook = sheet::read(&bytes, &asked.file).map_err(|finding| Refusal::unusable(finding.message))?;
        let named = |grid: &&Grid| vietnamese::compose(grid.name.trim()) == vietnamese::compose(asked.sheet.trim());
        let grid = workbook.sheets.iter().find(named);
        grid.map(|grid| window(grid, cell)).ok_or_else(|| Refusal::not_found("Không có trang tính này trong tệp."))
    });
    Ok(answer::json(&shown.await?))
}

fn window(grid: &Grid, cell: CellAddress) -> Value {
    let columns = cell.column.saturating_sub(LEFT)..=cell.column.saturating_add(RIGHT);
    let rows = cell.row.saturating_sub(ROWS)..=cell.row.saturating_add(ROWS);
    let shown = |row: u32| -> Value {
        let texts: Vec<String> =
            columns.clone().map(|column| grid.cell(row, column).text().chars().take(TEXT).collect()).collect();
        json!({ "number": row.saturating_add(1), "cells": texts })
    };
    json!({
        "columns": columns.clone().map(CellAddress::column_letters).collect::<Vec<String>>(),
        "rows": rows.map(shown).collect::<Vec<Value>>(),
        "row": cell.row.saturating_add(1),
        "column": CellAddress::column_letters(cell.column),
    })
}

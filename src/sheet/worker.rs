//! The worker: a second process of the same program that reads one file of an old binary format within limits of memory
//! and time. Whatever happens to it costs that one file.
//!
//! The program must have said that it can be started so ([`allow_worker`]); a library in another program has no worker
//! and refuses these files.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use super::grid::{Cell, Cells, Grid, Merge, Value, Visibility, Workbook};
use super::limit::{Limits, Room, far_cell, too_many_cells, too_many_sheets};
use super::old::{self, Answer, OldFormat, OldSheet, OldValue};
use super::text;
use crate::finding::catalogue::sheet as codes;
use crate::finding::{CellAddress, Finding, Place};
use crate::vietnamese;

/// The first argument that makes the program a worker; no user types it.
const ARGUMENT: &str = "doc-bang-tinh-doi-cu";
/// Largest file for the worker. Where its memory cannot be limited, only what is small from the start is let in.
const FILE: u64 = if cfg!(unix) { 32 << 20 } else { 4 << 20 };
/// Memory that mimalloc reserves when the program starts, before the worker can say how much it may have: none. What is
/// reserved is not counted when the system's limits are.
const RESERVE: &str = "MIMALLOC_ARENA_RESERVE";
/// What the worker may ask for, in bytes, and the addresses that it may use for all, its own program among it.
#[cfg(unix)]
const MEMORY: u64 = 200 << 20;
#[cfg(unix)]
const ADDRESSES: u64 = 600 << 20;
/// Longest answer, in bytes.
const ANSWER: u64 = 48 << 20;
/// Longest time for one file.
const TIME: Duration = Duration::from_secs(20);

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Says that the running program is one that calls [`serve_if_asked`] first of all.
pub fn allow_worker() {
    if let Ok(program) = std::env::current_exe() {
        PROGRAM.get_or_init(|| program);
    }
}

/// Serves as a worker where the arguments of the process ask for it, and gives the exit status; none otherwise.
pub fn serve_if_asked() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next()?.to_str()? != ARGUMENT {
        return None;
    }
    let format = arguments.next().and_then(|word| OldFormat::of_word(word.to_str()?))?;
    Some(match serve(format) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    })
}

fn serve(format: OldFormat) -> std::io::Result<()> {
    limit_memory();
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(FILE).read_to_end(&mut bytes)?;
    let answer = std::panic::catch_unwind(|| old::read(&bytes, format)).unwrap_or(Answer::Damaged);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    serde_json::to_writer(&mut out, &answer)?;
    out.flush()
}

/// Where the system knows no such limit, the time limit alone remains.
#[cfg(unix)]
fn limit_memory() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    for (resource, most) in [(Resource::Data, MEMORY), (Resource::As, ADDRESSES)] {
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
}

#[cfg(not(unix))]
fn limit_memory() {}

/// Reads a file of an old format through a worker.
pub(super) fn read(bytes: &[u8], format: OldFormat, file: &str) -> Result<Workbook, Finding> {
    let Some(program) = PROGRAM.get() else {
        let message = format!("Tệp {file} là bảng tính nhị phân đời cũ (.{}), ở đây không đọc được.", format.word());
        return Err(Finding::new(&codes::UNSUPPORTED, Place::file(file), message).found(format.word()));
    };
    if bytes.len() as u64 > FILE {
        let message = format!("Tệp {file} nặng quá {} MB, quá giới hạn của bảng tính đời cũ.", FILE >> 20);
        return Err(Finding::new(&codes::TOO_LARGE, Place::file(file), message));
    }
    let damaged = |why: &str| {
        let message = format!("Tệp {file} đã hỏng, không đọc được ({why}).");
        Err(Finding::new(&codes::UNREADABLE, Place::file(file), message))
    };
    match ask(program, bytes, format) {
        Ok(Answer::Sheets(sheets)) => workbook(sheets, file),
        Ok(Answer::Locked) => {
            let message = format!("Tệp {file} có mật khẩu nên không mở được.");
            Err(Finding::new(&codes::LOCKED, Place::file(file), message))
        }
        Ok(Answer::Damaged) => damaged("nội dung sai quy cách"),
        Ok(Answer::TooManySheets(count)) => Err(too_many_sheets(file, count)),
        Ok(Answer::TooManyCells) => Err(too_many_cells(file, &Limits::USUAL)),
        Err(Failure::Time) => damaged("đọc quá lâu"),
        Err(Failure::Ended) => damaged("đòi quá nhiều bộ nhớ hoặc sai quy cách"),
        Err(Failure::NotStarted) => {
            let message = format!("Không khởi động được tiến trình đọc tệp {file}.");
            Err(Finding::new(&codes::NO_ACCESS, Place::file(file), message))
        }
    }
}

enum Failure {
    NotStarted,
    Time,
    Ended,
}

/// Hands the bytes to a worker and takes its answer; threads of their own write and read, so that neither waits for the
/// other.
fn ask(program: &std::path::Path, bytes: &[u8], format: OldFormat) -> Result<Answer, Failure> {
    let mut child = Command::new(program)
        .args([ARGUMENT, format.word()])
        .env(RESERVE, "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| Failure::NotStarted)?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let mut answer = Vec::new();
    let ended = std::thread::scope(|scope| {
        scope.spawn(move || {
            // a worker that ended early does not take all of it
            stdin.map(|mut stdin| stdin.write_all(bytes))
        });
        let answer = &mut answer;
        scope.spawn(move || stdout.map(|stdout| stdout.take(ANSWER).read_to_end(answer)));
        wait(&mut child)
    });
    if !ended? {
        return Err(Failure::Ended);
    }
    serde_json::from_slice(&answer).map_err(|_| Failure::Ended)
}

/// Waits for the worker to end, as long as it may take; whether it ended well.
fn wait(child: &mut Child) -> Result<bool, Failure> {
    let start = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.success()),
            Ok(None) if start.elapsed() < TIME => {
                std::thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(50));
            }
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(Failure::Time);
            }
        }
    }
}

fn workbook(sheets: Vec<OldSheet>, file: &str) -> Result<Workbook, Finding> {
    let mut room = Room::new(&Limits::USUAL);
    let mut workbook = Workbook { file: file.into(), sheets: Vec::new(), remarks: Vec::new() };
    for sheet in sheets {
        let name = vietnamese::clean(sheet.name.trim());
        if sheet.damaged {
            let message = format!("Trang tính “{name}” của tệp {file} hỏng nên không đọc được.");
            workbook.remarks.push(Finding::new(&codes::DAMAGED_SHEET, Place::sheet(file, &*name), message));
        }
        let far = sheet.far.map(|(row, column)| far_cell(file, &name, CellAddress::new(row, column), &Limits::USUAL));
        workbook.remarks.extend(far);
        let mut cells: Cells =
            sheet.cells.into_iter().map(|(row, column, value)| (CellAddress::new(row, column), cell(value))).collect();
        for (_, cell) in cells.iter_mut() {
            room.take(&mut cell.value, file)?;
        }
        workbook.remarks.extend(text::mend(&mut cells, file, &name));
        let address = |row, column| CellAddress::new(row, column);
        let merges = sheet
            .merges
            .into_iter()
            .map(|[top, left, bottom, right]| Merge { first: address(top, left), last: address(bottom, right) });
        let visibility = if sheet.hidden { Visibility::Hidden } else { Visibility::Visible };
        let file = workbook.file.clone();
        workbook.sheets.push(Grid::new(file, name.as_str().into(), visibility, merges.collect(), cells));
    }
    Ok(workbook)
}

fn cell(value: OldValue) -> Cell {
    // the library tells no number formats here, so a number may stand there as per cent
    let unformatted = matches!(value, OldValue::Number(_));
    let value = match value {
        OldValue::Text(text) => Value::Text(text),
        OldValue::Number(number) => Value::Number(number),
        OldValue::Bool(answer) => Value::Bool(answer),
        OldValue::Date(year, month, day) => {
            chrono::NaiveDate::from_ymd_opt(year, month, day).map_or(Value::Empty, Value::Date)
        }
        OldValue::Error(error) => Value::Error(error.into()),
    };
    Cell { unformatted, ..Cell::plain(value) }
}

//! A desk to work at: a folder that goes away, small dossiers written cell by cell, and the program itself.

use assert_cmd::Command;
use rust_xlsxwriter::Workbook;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::TempDir;

/// A cell as a user types it.
#[derive(Clone, Debug)]
pub enum Cell {
    Text(String),
    Number(f64),
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_string()) }
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Cell {
        Cell::Number(number)
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Cell {
        Cell::Number(f64::from(number))
    }
}

/// A row of cells: `row!["1.1", 100, 97.5]`.
#[macro_export]
macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$($crate::desk::Cell::from($cell)),*] };
}

/// One sheet: its name and its rows from the first.
pub type Sheet = (String, Vec<Vec<Cell>>);

/// A small dossier: two units, one group of three lines, forms for both.
#[derive(Clone, Debug)]
pub struct SmallDossier {
    pub definition: Vec<Sheet>,
    /// File name below so-lieu/ and its sheets.
    pub submissions: Vec<(String, Vec<Sheet>)>,
}

impl SmallDossier {
    pub fn new() -> SmallDossier {
        let sheet = |name: &str, rows: Vec<Vec<Cell>>| (name.to_string(), rows);
        SmallDossier {
            definition: vec![
                sheet(
                    "Thông tin",
                    vec![row!["Mục", "Giá trị"], row!["Năm", 2024], row!["Cơ quan ban hành", "Khối thi đua số 1"]],
                ),
                sheet("Cụm", vec![row!["Mã", "Tên"], row!["K1", "Khối thi đua số 1"]]),
                sheet(
                    "Đơn vị",
                    vec![
                        row!["Mã", "Tên", "Cụm", "Vai trò"],
                        row!["YT", "Công đoàn ngành Y tế", "K1", "Khối trưởng"],
                        row!["GD", "Công đoàn ngành Giáo dục", "K1", "Thành viên"],
                    ],
                ),
                sheet(
                    "Tiêu chí",
                    vec![
                        row!["Mã", "Nội dung", "ĐVT", "Cách tính", "Tham số", "Điểm tối đa"],
                        row!["I", "Phát triển đoàn viên", "", "", "", 10],
                        row!["1.1", "Số đoàn viên kết nạp mới", "người", "Tỷ lệ", "", 5],
                        row!["1.2", "Số cuộc tuyên truyền", "cuộc", "Theo số lượng", 1, 3],
                        row!["1.3", "Không có tai nạn lao động", "đạt/không", "Đạt/Không", "", 2],
                    ],
                ),
            ],
            submissions: vec![
                ("yte.xlsx".to_string(), vec![form("Công đoàn ngành Y tế", 104)]),
                ("giaoduc.xlsx".to_string(), vec![form("Công đoàn ngành Giáo dục", 95)]),
            ],
        }
    }

    /// Puts a value into a cell of the definition (row and column counted from zero).
    pub fn set(mut self, sheet: &str, row: usize, column: usize, value: impl Into<Cell>) -> SmallDossier {
        let (_, rows) = self.definition.iter_mut().find(|(name, _)| name == sheet).expect("a sheet of the definition");
        rows[row][column] = value.into();
        self
    }

    /// Puts a value into a cell of a submission.
    pub fn submit(mut self, file: &str, row: usize, column: usize, value: impl Into<Cell>) -> SmallDossier {
        let (_, sheets) = self.submissions.iter_mut().find(|(name, _)| name == file).expect("a submission");
        sheets[0].1[row][column] = value.into();
        self
    }

    pub fn without_sheet(mut self, sheet: &str) -> SmallDossier {
        self.definition.retain(|(name, _)| name != sheet);
        self
    }

    pub fn add_sheet(mut self, name: &str, rows: Vec<Vec<Cell>>) -> SmallDossier {
        self.definition.push((name.to_string(), rows));
        self
    }
}

/// The form that a unit fills in; the result of line 1.1 is given.
pub fn form(unit: &str, result: i32) -> Sheet {
    let rows = vec![
        row!["BÁO CÁO KẾT QUẢ THI ĐUA"],
        row!["Đơn vị:", unit],
        row!["Năm:", 2024],
        row!["TT", "Nội dung", "ĐVT", "Kế hoạch", "Kết quả", "Điểm tự chấm"],
        row!["1.1", "Số đoàn viên kết nạp mới", "người", 100, result, 5],
        row!["1.2", "Số cuộc tuyên truyền", "cuộc", "", 2, 2],
        row!["1.3", "Không có tai nạn lao động", "đạt/không", "", "Đạt", 2],
    ];
    ("Biểu 1".to_string(), rows)
}

/// A folder with at most one dossier in it.
pub struct Desk {
    folder: TempDir,
}

impl Desk {
    /// An empty folder.
    pub fn new() -> Desk {
        Desk { folder: tempfile::tempdir().expect("a folder to work in") }
    }

    /// A folder with this dossier.
    pub fn with(dossier: &SmallDossier) -> Desk {
        let desk = Desk::new();
        desk.put("", dossier);
        desk
    }

    /// Puts a dossier into a folder of the desk.
    pub fn put(&self, folder: &str, dossier: &SmallDossier) {
        write_workbook(&self.path(folder).join("ho-so.xlsx"), &dossier.definition);
        self.put_submissions(folder, dossier);
    }

    /// Puts the submissions of a dossier alone into a folder of the desk.
    pub fn put_submissions(&self, folder: &str, dossier: &SmallDossier) {
        for (file, sheets) in &dossier.submissions {
            write_workbook(&self.path(folder).join("so-lieu").join(file), sheets);
        }
    }

    pub fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    /// Runs the program with this folder as the working folder.
    pub fn run(&self, arguments: &[&str]) -> Output {
        program().current_dir(self.folder.path()).args(arguments).output().expect("the program starts")
    }

    /// Runs `check --json` here.
    pub fn check(&self) -> (Option<i32>, Value) {
        let output = self.run(&["check", ".", "--json"]);
        let json = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
            panic!(
                "no JSON ({error}): {}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            )
        });
        (output.status.code(), json)
    }
}

/// What the program remembers of its builds stays out of the user's own folders.
pub const MEMORY: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/cache");

/// The program under test.
pub fn program() -> Command {
    let mut command = Command::cargo_bin("thidua").expect("the program is built");
    command.env_remove("SOURCE_DATE_EPOCH");
    command.env("XDG_CACHE_HOME", MEMORY).env("LOCALAPPDATA", MEMORY);
    command
}

/// A dossier of fixtures/.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// Every file below a folder with its bytes, by its path inside.
pub fn files_below(folder: &Path) -> std::collections::BTreeMap<PathBuf, Vec<u8>> {
    let mut found = std::collections::BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let inside = path.strip_prefix(folder).expect("below the folder").to_path_buf();
                found.insert(inside, std::fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

fn write_workbook(path: &Path, sheets: &[Sheet]) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(name).expect("a sheet's name");
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Cell::Text(text) => drop(sheet.write(row, column, text.as_str()).expect("a text")),
                    Cell::Number(number) => drop(sheet.write(row, column, *number).expect("a number")),
                    Cell::Empty => {}
                }
            }
        }
    }
    workbook.save(path).expect("the workbook");
}

//! What the units sent in: files dropped, bound to units, replaced only when the person says so. The old one stays in
//! so-lieu/.cu/, which nothing reads.
//!
//! A file of one unit is stored under that unit's name, others under their own. A file bound by hand bears the unit's code in
//! brackets before its name; `intake` reads it so, and so does the command line.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path as Folder;
use std::sync::Arc;

use super::dossiers::{self, set_aside as move_aside};
use crate::dossier::{Dossier, UnitId};
use crate::intake::{SubmissionReader, name_of_code};
use crate::run::{self, Checked, SubmissionFile};
use crate::web::answer::{self, Refusal};
use crate::web::desk::{Desk, Read};
use crate::web::{limits, place};
use crate::{sheet, vietnamese};

const FOLDER: &str = "so-lieu";
const ENDINGS: [&str; 6] = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv"];

#[derive(Deserialize)]
pub struct Dropped {
    /// The file's name as it came.
    file: String,
    /// Code of the unit to bind it to by hand.
    unit: Option<String>,
    #[serde(default)]
    replace: bool,
}

/// Takes in one file.
pub async fn receive(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    Query(dropped): Query<Dropped>,
    body: Body,
) -> Result<Response, Refusal> {
    let content = answer::receive(body, limits::FILE).await?;
    let folder = desk.shelf.dossier(&name)?;
    let turn = desk.turn().await;
    let read = desk.read(&folder).await?;
    let stored = desk.change(turn, move || Intake::new(&folder, &read)?.store(&dropped, &content)).await?;
    Ok(answer::json(&stored))
}

#[derive(Deserialize)]
struct Binding {
    file: String,
    /// Code of the unit; none: by what stands in the file.
    unit: Option<String>,
    #[serde(default)]
    replace: bool,
}

/// Binds a file that is there to a unit by hand, or lets go of it.
pub async fn bind(State(desk): State<Arc<Desk>>, Path(name): Path<String>, body: Body) -> Result<Response, Refusal> {
    let binding: Binding = answer::receive_json(body).await?;
    let folder = desk.shelf.dossier(&name)?;
    let turn = desk.turn().await;
    let read = desk.read(&folder).await?;
    let bound = desk.change(turn, move || Intake::new(&folder, &read)?.bind(&binding)).await?;
    Ok(answer::json(&bound))
}

#[derive(Deserialize)]
struct OneFile {
    file: String,
}

/// Puts a file away into so-lieu/.cu/.
pub async fn set_aside(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    body: Body,
) -> Result<Response, Refusal> {
    let asked: OneFile = answer::receive_json(body).await?;
    let folder = desk.shelf.dossier(&name)?;
    let turn = desk.turn().await;
    let kept = desk
        .change(turn, move || {
            let (above, own) = parts(&asked.file)?;
            move_aside(&folder, above, own)
        })
        .await?;
    Ok(answer::json(&json!({ "kept": format!("{FOLDER}/.cu/{kept}") })))
}

/// The folder and the name of a path in so-lieu/.
fn parts(file: &str) -> Result<(&str, &str), Refusal> {
    let (above, own) = file.rsplit_once('/').unwrap_or_default();
    let inside = above == FOLDER || above.starts_with("so-lieu/");
    if inside { Ok((above, own)) } else { Err(Refusal::unusable("Tệp này không nằm trong thư mục so-lieu.")) }
}

/// The dossier's side of taking in a file.
struct Intake<'a> {
    folder: &'a Folder,
    checked: &'a Checked,
}

/// Where a file is to go, and which files it would take the place of.
struct Target {
    path: String,
    units: BTreeSet<UnitId>,
    rivals: Vec<String>,
}

impl<'a> Intake<'a> {
    fn new(folder: &'a Folder, read: &'a Read) -> Result<Self, Refusal> {
        match &**read {
            Ok(checked) => Ok(Intake { folder, checked }),
            Err(_) => Err(Refusal::unusable("Chưa có tệp ho-so.xlsx đọc được nên chưa nhận số liệu được.")),
        }
    }

    fn dossier(&self) -> &Dossier {
        &self.checked.dossier
    }

    fn store(&self, dropped: &Dropped, content: &[u8]) -> Result<Value, Refusal> {
        let own = own_name(&dropped.file)?;
        if let Err(finding) = sheet::read(content, &format!("{FOLDER}/{own}")) {
            return Err(Refusal::unusable(format!("{} {}", finding.message, finding.hint)));
        }
        let by_hand = dropped.unit.as_deref().map(|code| self.unit(code)).transpose()?;
        if by_hand.is_none()
            && let Some(same) = self.same(content)
        {
            return Ok(json!({ "outcome": "same", "file": same.path, "units": self.codes(same.units.iter()) }));
        }
        self.room_for(content.len())?;
        let target = self.target(&own, by_hand, content)?;
        self.ask(&target, dropped.replace)?;
        let kept = self.clear(&target)?;
        dossiers::write(&place::inside(self.folder, &target.path)?, content)?;
        Ok(self.outcome("stored", &target, kept))
    }

    fn bind(&self, binding: &Binding) -> Result<Value, Refusal> {
        let (above, own) = parts(&binding.file)?;
        let from = place::inside(self.folder, &binding.file)?;
        let content = std::fs::read(&from).map_err(|_| Refusal::not_found("Tệp này không còn."))?;
        let unit = binding.unit.as_deref().map(|code| self.unit(code)).transpose()?;
        let bare = without_code(own);
        let name = unit.map_or_else(|| bare.to_string(), |unit| self.with_code(unit, bare));
        let path = format!("{above}/{name}");
        let units = self.units_of(&content, &path);
        if let Some(unit) = unit {
            self.must_hold(unit, &units)?;
        }
        let rivals = self.rivals(&units, &path).into_iter().filter(|rival| *rival != binding.file).collect();
        let target = Target { path, units, rivals };
        self.ask(&target, binding.replace)?;
        let kept = self.clear(&target)?;
        let to = place::inside(self.folder, &target.path)?;
        std::fs::rename(from, to).map_err(|error| dossiers::refused(&error))?;
        Ok(self.outcome("bound", &target, kept))
    }

    /// Where a dropped file goes.
    fn target(&self, own: &str, by_hand: Option<UnitId>, content: &[u8]) -> Result<Target, Refusal> {
        let ending = own.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
        if let Some(unit) = by_hand {
            let path = format!("{FOLDER}/{}", self.with_code(unit, without_code(own)));
            let units = self.units_of(content, &path);
            self.must_hold(unit, &units)?;
            return Ok(Target { rivals: self.rivals(&units, &path), path, units });
        }
        let units = self.units_of(content, &format!("{FOLDER}/{own}"));
        let mut one = units.iter();
        let clear = match (one.next(), one.next()) {
            (Some(unit), None) if without_code(own) == own => {
                format!("{}.{ending}", run::safe_name(&self.dossier().unit(*unit).name))
            }
            _ => own.to_string(),
        };
        let mut path = format!("{FOLDER}/{clear}");
        let mut number = 2;
        // a file of another unit that has the name by chance stays where it is
        while self.is_of_others(&path, &units) {
            let (stem, ending) = clear.rsplit_once('.').unwrap_or((&clear, ""));
            path = format!("{FOLDER}/{stem} ({number}).{ending}");
            number += 1;
        }
        Ok(Target { rivals: self.rivals(&units, &path), path, units })
    }

    fn is_of_others(&self, path: &str, units: &BTreeSet<UnitId>) -> bool {
        let there = self.checked.files.iter().find(|file| file.path.to_lowercase() == path.to_lowercase());
        there.is_some_and(|file| !file.units.is_empty() && !file.units.iter().any(|unit| units.contains(unit)))
    }

    /// Files of the same units, and the one that has the path already.
    fn rivals(&self, units: &BTreeSet<UnitId>, path: &str) -> Vec<String> {
        let same_path = |file: &&SubmissionFile| file.path.to_lowercase() == path.to_lowercase();
        let same_unit = |file: &&SubmissionFile| file.units.iter().any(|unit| units.contains(unit));
        let rivals = self.checked.files.iter().filter(|file| same_path(file) || same_unit(file));
        rivals.map(|file| file.path.clone()).collect()
    }

    /// Asks back where files would be replaced and the person has not said so.
    fn ask(&self, target: &Target, replace: bool) -> Result<(), Refusal> {
        let joint = target.rivals.iter().find(|rival| {
            let file = self.checked.files.iter().find(|file| file.path == **rival);
            file.is_some_and(|file| file.units.iter().any(|unit| !target.units.contains(unit)))
        });
        if let Some(joint) = joint {
            let sentence = format!(
                "Đơn vị này đã có trong bảng chung {joint}, nơi còn số liệu của đơn vị khác. Hãy bỏ dòng của đơn vị này khỏi \
                 bảng chung rồi nhận lại."
            );
            return Err(Refusal::unusable(sentence));
        }
        if replace || target.rivals.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = target.units.iter().map(|unit| self.dossier().unit(*unit).name.as_str()).collect();
        let whose = if names.is_empty() {
            "Đã có tệp cùng tên".to_string()
        } else {
            format!("{} đã có báo cáo", names.join(", "))
        };
        let sentence =
            format!("{whose}: {}. Thay bằng tệp mới? Tệp cũ được giữ trong so-lieu/.cu.", target.rivals.join(", "));
        Err(Refusal::conflict(sentence, json!({ "replace": target.rivals, "units": self.codes(target.units.iter()) })))
    }

    fn clear(&self, target: &Target) -> Result<Vec<String>, Refusal> {
        let aside = |rival: &String| {
            let (above, own) = parts(rival)?;
            move_aside(self.folder, above, own).map(|kept| format!("{FOLDER}/.cu/{kept}"))
        };
        target.rivals.iter().map(aside).collect()
    }

    fn outcome(&self, outcome: &str, target: &Target, kept: Vec<String>) -> Value {
        json!({ "outcome": outcome, "file": target.path, "units": self.codes(target.units.iter()), "kept": kept })
    }

    /// The file that holds these very bytes.
    fn same(&self, content: &[u8]) -> Option<&SubmissionFile> {
        self.checked.files.iter().find(|file| {
            let path = file.path.split('/').fold(self.folder.to_path_buf(), |path, step| path.join(step));
            let as_long = path.metadata().is_ok_and(|found| found.len() == content.len() as u64);
            as_long && std::fs::read(path).is_ok_and(|own| own == content)
        })
    }

    fn room_for(&self, more: usize) -> Result<(), Refusal> {
        let size = |file: &SubmissionFile| {
            let path = file.path.split('/').fold(self.folder.to_path_buf(), |path, step| path.join(step));
            path.metadata().map_or(0, |found| found.len())
        };
        let all: u64 = self.checked.files.iter().map(size).sum();
        if self.checked.files.len() >= limits::FILES || all + more as u64 > limits::FOLDER {
            return Err(Refusal::unusable(format!(
                "Thư mục so-lieu đã đầy: giới hạn {} tệp và {} MB.",
                limits::FILES,
                limits::FOLDER >> 20
            )));
        }
        Ok(())
    }

    fn units_of(&self, content: &[u8], path: &str) -> BTreeSet<UnitId> {
        let reading = SubmissionReader::new(self.dossier()).read_bytes(content, path);
        reading.submissions.iter().map(|submission| submission.unit).collect()
    }

    /// A file with several units' figures cannot be bound to one.
    fn must_hold(&self, unit: UnitId, units: &BTreeSet<UnitId>) -> Result<(), Refusal> {
        if units.iter().eq([&unit]) {
            return Ok(());
        }
        let name = &self.dossier().unit(unit).name;
        let sentence = match units.len() {
            0 => format!("Trong tệp không có bảng số liệu nào đọc được nên chưa gắn cho {name} được."),
            _ => format!("Tệp này là bảng chung nên không gắn riêng cho {name} được."),
        };
        Err(Refusal::unusable(sentence))
    }

    fn unit(&self, code: &str) -> Result<UnitId, Refusal> {
        let found = self.dossier().units.iter().position(|unit| unit.code == code).map(UnitId);
        found.ok_or_else(|| Refusal::unusable(format!("Hồ sơ không có đơn vị mã “{code}”.")))
    }

    fn with_code(&self, unit: UnitId, name: &str) -> String {
        format!("[{}] {name}", name_of_code(&self.dossier().unit(unit).code))
    }

    fn codes<'b>(&self, units: impl Iterator<Item = &'b UnitId>) -> Vec<String> {
        units.map(|unit| self.dossier().unit(*unit).code.clone()).collect()
    }
}

/// A name without the code of a hand-made binding.
fn without_code(name: &str) -> &str {
    let rest = name.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(_, rest)| rest.trim_start());
    rest.filter(|rest| !rest.starts_with('.') && !rest.is_empty()).unwrap_or(name)
}

/// The name under which a file came, made safe; folders that a browser may give before it are left out.
fn own_name(file: &str) -> Result<String, Refusal> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = run::safe_name(&vietnamese::compose(name));
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    // the name may have been cut in its ending
    if !ENDINGS.contains(&ending.as_str()) {
        let long = file.rsplit_once('.').map(|(_, ending)| ending.trim().to_ascii_lowercase()).unwrap_or_default();
        if !ENDINGS.contains(&long.as_str()) {
            return Err(Refusal::unusable(format!(
                "“{file}” không phải bảng tính; chỉ nhận .xlsx, .xlsm, .xlsb, .xls, .ods và .csv."
            )));
        }
        return Ok(format!("{name}.{long}"));
    }
    if sheet::is_leaving(&name) || !place::is_plain(&name) {
        return Err(Refusal::unusable(format!("“{file}” không phải là tệp số liệu.")));
    }
    Ok(name)
}

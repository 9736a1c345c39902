//! Where a file that was dropped goes in so-lieu/, whose it is, and what it would take the place of.
//!
//! A file of one unit is stored under that unit's name, others under their own. A file bound by hand bears the unit's code in
//! brackets before its name; `intake` reads it so, and so does the command line. A file that gives no figures is stored as well,
//! so that it is there to be seen with its fault, but never in the place of a report that does give some.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

use super::overview::units_of;
use crate::dossier::{Dossier, UnitId};
use crate::finding::catalogue::{intake as codes, sheet as sheet_codes};
use crate::finding::{Finding, Severity};
use crate::intake::{FOLDER, SubmissionReader, name_of_code};
use crate::run::{self, Checked, SubmissionFile};
use crate::web::answer::Refusal;
use crate::web::{limits, place, store};
use crate::{sheet, vietnamese};

const ENDINGS: [&str; 6] = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv"];

/// The dossier's side of taking in a file.
pub struct TakingIn<'a> {
    pub folder: &'a Path,
    pub checked: &'a Checked,
}

/// A file as it came.
pub struct Sent<'a> {
    pub name: &'a str,
    pub content: &'a [u8],
    /// Code of the unit to bind it to by hand.
    pub unit: Option<&'a str>,
    /// Other files may give way to it.
    pub replace: bool,
}

/// What a file would give under a path.
struct Given {
    units: BTreeSet<UnitId>,
    /// Why it gives nothing, with the unit that its name tells.
    fault: Option<Finding>,
}

/// Where a file is to go, and which files it would take the place of.
struct Target {
    path: String,
    given: Given,
    rivals: Vec<String>,
}

impl TakingIn<'_> {
    /// Stores a file.
    pub fn store(&self, sent: &Sent) -> Result<Value, Refusal> {
        let own = own_name(sent.name)?;
        let by_hand = sent.unit.map(|code| self.unit(code)).transpose()?;
        if by_hand.is_none()
            && let Some(same) = self.same(sent.content)
        {
            return Ok(json!({ "outcome": "same", "file": same.path, "units": self.codes(&same.units) }));
        }
        self.room_for(sent.content.len())?;
        let target = self.target(&own, by_hand, sent.content)?;
        self.ask(&target, sent.replace)?;
        let kept = self.clear(&target)?;
        store::write(&place::inside(self.folder, &target.path)?, sent.content)?;
        Ok(self.outcome("stored", &target, kept))
    }

    /// Binds a file that is there to a unit, or lets go of it.
    pub fn bind(&self, file: &str, unit: Option<&str>, replace: bool) -> Result<Value, Refusal> {
        let (above, own) = file.rsplit_once('/').unwrap_or_default();
        let from = place::inside(self.folder, file)?;
        let content = sheet::load(&from, file).map_err(|finding| Refusal::not_found(finding.message))?;
        let unit = unit.map(|code| self.unit(code)).transpose()?;
        let bare = without_code(own);
        let name = unit.map_or_else(|| bare.to_string(), |unit| self.with_code(unit, bare));
        let path = format!("{above}/{name}");
        let given = self.given(&content, &path)?;
        if let Some(unit) = unit {
            self.must_be_of(unit, &given)?;
        }
        let rivals = self.rivals(&given, &path).into_iter().filter(|rival| *rival != file).collect();
        let target = Target { path, given, rivals };
        self.ask(&target, replace)?;
        let kept = self.clear(&target)?;
        let to = place::inside(self.folder, &target.path)?;
        std::fs::rename(from, to).map_err(|error| store::refused(&error))?;
        Ok(self.outcome("bound", &target, kept))
    }

    fn dossier(&self) -> &Dossier {
        &self.checked.dossier
    }

    fn target(&self, own: &str, by_hand: Option<UnitId>, content: &[u8]) -> Result<Target, Refusal> {
        if let Some(unit) = by_hand {
            let path = format!("{FOLDER}/{}", self.with_code(unit, without_code(own)));
            let given = self.given(content, &path)?;
            self.must_be_of(unit, &given)?;
            return Ok(Target { rivals: self.rivals(&given, &path), path, given });
        }
        let given = self.given(content, &format!("{FOLDER}/{own}"))?;
        let mut one = given.units.iter();
        let clear = match (one.next(), one.next()) {
            (Some(unit), None) if without_code(own) == own => {
                let ending = own.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
                format!("{}.{ending}", run::safe_name(&self.dossier().unit(*unit).name))
            }
            _ => own.to_string(),
        };
        // a file of another unit that has the name by chance stays where it is
        let name = store::free_name(&clear, |name| self.is_of_others(&format!("{FOLDER}/{name}"), &given.units));
        let path = format!("{FOLDER}/{name}");
        Ok(Target { rivals: self.rivals(&given, &path), path, given })
    }

    /// What a file gives under a path.
    ///
    /// # Errors
    /// It is larger than any that is read.
    fn given(&self, content: &[u8], path: &str) -> Result<Given, Refusal> {
        let reading = SubmissionReader::new(self.dossier()).read_bytes(content, path);
        let units: BTreeSet<UnitId> = reading.submissions.iter().map(|submission| submission.unit).collect();
        let is_fault =
            |finding: &Finding| finding.severity() == Severity::Error && finding.code != &codes::UNKNOWN_UNIT;
        let fault = reading.findings.into_iter().find(is_fault).filter(|_| units.is_empty());
        match fault {
            Some(finding) if finding.code == &sheet_codes::TOO_LARGE => {
                Err(Refusal::unusable(format!("{} {}", finding.message, finding.hint)))
            }
            fault => Ok(Given { units, fault }),
        }
    }

    /// The units that a file is for: those it gives figures of, else the one that its name tells.
    fn meant(&self, given: &Given) -> BTreeSet<UnitId> {
        let told = given.fault.as_ref().and_then(|finding| finding.unit.as_deref());
        let told = told.and_then(|code| self.unit(code).ok());
        if given.units.is_empty() { told.into_iter().collect() } else { given.units.clone() }
    }

    fn is_of_others(&self, path: &str, units: &BTreeSet<UnitId>) -> bool {
        let there = self.checked.files.iter().find(|file| file.path.to_lowercase() == path.to_lowercase());
        there.is_some_and(|file| !file.units.is_empty() && !file.units.iter().any(|unit| units.contains(unit)))
    }

    /// Files of the same units, and the one that has the path already.
    fn rivals(&self, given: &Given, path: &str) -> Vec<String> {
        let meant = self.meant(given);
        let same_path = |file: &SubmissionFile| file.path.to_lowercase() == path.to_lowercase();
        let same_unit = |file: &SubmissionFile| units_of(self.checked, file).iter().any(|unit| meant.contains(unit));
        let rivals = self.checked.files.iter().filter(|file| same_path(file) || same_unit(file));
        rivals.map(|file| file.path.clone()).collect()
    }

    /// Asks back where files would be replaced and the person has not said so.
    fn ask(&self, target: &Target, replace: bool) -> Result<(), Refusal> {
        let rivals = || self.checked.files.iter().filter(|file| target.rivals.contains(&file.path));
        if let Some(finding) = &target.given.fault
            && let Some(good) = rivals().find(|file| !file.units.is_empty())
        {
            let sentence =
                format!("{} Báo cáo đang có ({}) được giữ nguyên. {}", finding.message, good.path, finding.hint);
            return Err(Refusal::unusable(sentence));
        }
        let units = self.meant(&target.given);
        if let Some(joint) = rivals().find(|file| file.units.iter().any(|unit| !units.contains(unit))) {
            let sentence = format!(
                "Đơn vị này đã có trong bảng chung {}, nơi còn số liệu của đơn vị khác. Hãy bỏ dòng của đơn vị này khỏi \
                 bảng chung rồi nhận lại.",
                joint.path
            );
            return Err(Refusal::unusable(sentence));
        }
        if replace || target.rivals.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = units.iter().map(|unit| self.dossier().unit(*unit).name.as_str()).collect();
        let whose = if names.is_empty() {
            "Đã có tệp cùng tên".to_string()
        } else {
            format!("{} đã có tệp", names.join(", "))
        };
        let sentence =
            format!("{whose}: {}. Thay bằng tệp mới? Tệp cũ được giữ trong so-lieu/.cu.", target.rivals.join(", "));
        Err(Refusal::conflict(sentence, json!({ "replace": target.rivals, "units": self.codes(&units) })))
    }

    fn clear(&self, target: &Target) -> Result<Vec<String>, Refusal> {
        target.rivals.iter().map(|rival| store::set_aside(self.folder, rival)).collect()
    }

    fn outcome(&self, outcome: &str, target: &Target, kept: Vec<String>) -> Value {
        let fault = target.given.fault.as_ref().map(|finding| format!("{} {}", finding.message, finding.hint));
        json!({
            "outcome": outcome, "file": target.path, "units": self.codes(&self.meant(&target.given)), "kept": kept,
            "fault": fault,
        })
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

    /// A file with several units' figures cannot be bound to one.
    fn must_be_of(&self, unit: UnitId, given: &Given) -> Result<(), Refusal> {
        let meant = self.meant(given);
        if meant.iter().eq([&unit]) {
            return Ok(());
        }
        let name = &self.dossier().unit(unit).name;
        let sentence = match given.units.len() {
            0 => format!("Tệp này không gắn cho {name} được: không thấy biểu nào của riêng một đơn vị."),
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

    fn codes<'b>(&self, units: impl IntoIterator<Item = &'b UnitId>) -> Vec<String> {
        units.into_iter().map(|unit| self.dossier().unit(*unit).code.clone()).collect()
    }
}

/// A name without the code of a hand-made binding.
fn without_code(name: &str) -> &str {
    let rest = name.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(_, rest)| rest.trim_start());
    rest.filter(|rest| !rest.starts_with('.') && !rest.is_empty()).unwrap_or(name)
}

/// The name under which a spreadsheet came, made safe; folders that a browser may give before it are left out.
pub fn own_name(file: &str) -> Result<String, Refusal> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = run::safe_name(&vietnamese::compose(name));
    let ending = |name: &str| name.rsplit_once('.').map(|(_, ending)| ending.trim().to_ascii_lowercase());
    let is_table = |name: &str| ending(name).is_some_and(|ending| ENDINGS.contains(&ending.as_str()));
    if !is_table(&name) {
        // a long name may have been cut in its ending
        return match ending(file) {
            Some(long) if is_table(file) => Ok(format!("{name}.{long}")),
            _ => Err(Refusal::unusable(format!(
                "“{file}” không phải bảng tính; chỉ nhận .xlsx, .xlsm, .xlsb, .xls, .ods và .csv."
            ))),
        };
    }
    if sheet::is_leaving(&name) || !place::is_plain(&name) {
        return Err(Refusal::unusable(format!("“{file}” không phải là tệp số liệu.")));
    }
    Ok(name)
}

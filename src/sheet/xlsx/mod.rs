//! Reading of .xlsx and .xlsm, part by part and each once, straight into grids, with caps on what is kept.

mod cells;
mod strings;
mod styles;
mod value;

pub(super) use value::{exact, number_value};

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::grid::{Grid, Visibility, Workbook};
use super::guard::{broken, too_deep, too_many_tags};
use super::limit::{Limits, Room, SHEETS, WORKBOOK_TAGS, far_cell, too_many_sheets};
use super::package::Package;
use super::text;
use super::xml::{Scanner, Stop, Token, local, resolved};
use crate::finding::catalogue::sheet as codes;
use crate::finding::{Finding, Place};
use crate::vietnamese;
use cells::{Refusal, SheetContent};
use styles::Looks;

pub(super) fn read(package: Package, file: &str) -> Result<Workbook, Finding> {
    // a fault inside must cost one file, not the run
    let outcome = catch_unwind(AssertUnwindSafe(|| workbook(package, file)));
    outcome.unwrap_or_else(|_| Err(broken(file, "nội dung sai quy cách")))
}

/// What all sheets of a workbook share.
struct Common<'a> {
    file: &'a str,
    strings: Vec<Cow<'a, str>>,
    looks: Vec<Looks>,
    /// Days are counted from 1904, as Macs once did.
    from_1904: bool,
    limits: Limits,
}

fn workbook(mut package: Package, file: &str) -> Result<Workbook, Finding> {
    let stopped = |stop: Stop| match stop {
        Stop::Broken => broken(file, "thiếu phần chính của bảng tính"),
        Stop::TooDeep => too_deep(file),
        Stop::TooManyTags => too_many_tags(file),
    };
    let missing = || stopped(Stop::Broken);
    let root = package.part("_rels/.rels")?.unwrap_or_default();
    let main = relations(&root).ok().and_then(|root| root.into_values().find(|one| one.kind == "officeDocument"));
    let main = main.map_or_else(|| "xl/workbook.xml".to_string(), |main| resolve("", &main.target));
    let (folder, name) = main.rsplit_once('/').unwrap_or(("", &main));
    let links = package.part(&resolve(folder, &format!("_rels/{name}.rels")))?.ok_or_else(missing)?;
    let links = relations(&links).map_err(stopped)?;
    let index = package.part(&main)?.ok_or_else(missing)?;
    let index = index_of_sheets(&index, &links).map_err(stopped)?;
    if index.sheets.len() > SHEETS {
        return Err(too_many_sheets(file, index.sheets.len()));
    }
    let part_of = |kind: &str, usual: &str| {
        let link = links.values().find(|link| link.kind == kind);
        resolve(folder, link.map_or(usual, |link| &link.target))
    };
    let styles = package.part(&part_of("styles", "styles.xml"))?;
    let looks = styles.map_or_else(|| Ok(Vec::new()), |part| styles::read(&part)).map_err(stopped)?;
    let strings = package.part(&part_of("sharedStrings", "sharedStrings.xml"))?;
    let limits = package.limits();
    let read = |part| strings::read(part, limits.string_tags);
    let strings = strings.as_deref().map_or_else(|| Ok(Some(Vec::new())), read).map_err(stopped)?;
    let strings = strings.ok_or_else(|| broken(file, "bảng chuỗi ký tự khai sai số lượng"))?;
    let common = Common { file, strings, looks, from_1904: index.from_1904, limits };
    let mut workbook = Workbook { file: file.into(), sheets: Vec::new(), remarks: Vec::new() };
    let mut room = Room::new(&limits);
    for sheet in index.sheets {
        let Some(part) = package.part(&resolve(folder, &sheet.target))? else { continue };
        match cells::read(&part, &common, &mut room) {
            Ok(content) if content.no_sheet => {}
            Ok(content) => add(&mut workbook, &sheet, content, &limits),
            Err(Refusal::Xml(stop)) => return Err(stopped(stop)),
            Err(Refusal::TooMany(finding)) => return Err(*finding),
        }
    }
    Ok(workbook)
}

fn add(workbook: &mut Workbook, sheet: &ListedSheet, content: SheetContent, limits: &Limits) {
    let SheetContent { mut cells, merges, far, damaged, .. } = content;
    let file = workbook.file.clone();
    if damaged {
        let message =
            format!("Trang tính “{}” của tệp {file} hỏng từ giữa chừng; phần sau không đọc được.", sheet.name);
        let place = Place::sheet(&*file, &sheet.name);
        workbook.remarks.push(Finding::new(&codes::DAMAGED_SHEET, place, message));
    }
    workbook.remarks.extend(far.map(|address| far_cell(&file, &sheet.name, address, limits)));
    let name: Arc<str> = vietnamese::clean(sheet.name.trim()).into();
    workbook.remarks.extend(text::mend(&mut cells, &file, &name));
    workbook.sheets.push(Grid::new(file, name, sheet.visibility, merges, cells));
}

/// What a part refers to.
struct Relation {
    /// The last word of its type: `worksheet`, `styles`.
    kind: String,
    target: String,
}

/// The relations of a part by their names.
fn relations(part: &[u8]) -> Result<BTreeMap<String, Relation>, Stop> {
    let mut scanner = Scanner::new(part, WORKBOOK_TAGS)?;
    let mut relations = BTreeMap::new();
    loop {
        match scanner.next()? {
            Token::Open(tag) if tag.name == "Relationship" => {
                let text = |name: &str| resolved(tag.attribute(name).unwrap_or_default());
                let kind = text("Type")?;
                let kind = kind.rsplit('/').next().unwrap_or_default().to_string();
                relations.insert(text("Id")?.into_owned(), Relation { kind, target: text("Target")?.into_owned() });
            }
            Token::Close("Relationships") | Token::End => return Ok(relations),
            _ => {}
        }
    }
}

/// A sheet as the workbook lists it.
struct ListedSheet {
    name: String,
    visibility: Visibility,
    target: String,
}

/// What the main part says.
struct Index {
    /// Sheets with cells, in their order; charts and dialogs are left out.
    sheets: Vec<ListedSheet>,
    from_1904: bool,
}

fn index_of_sheets(part: &[u8], links: &BTreeMap<String, Relation>) -> Result<Index, Stop> {
    let mut scanner = Scanner::new(part, WORKBOOK_TAGS)?;
    let mut index = Index { sheets: Vec::new(), from_1904: false };
    loop {
        match scanner.next()? {
            Token::Open(tag) if tag.name == "sheet" => {
                let (mut name, mut link) = (Cow::Borrowed(""), "");
                let mut visibility = Visibility::Visible;
                for (attribute, value) in tag.attributes() {
                    match attribute {
                        "name" => name = resolved(value)?,
                        "state" if value != "visible" => visibility = Visibility::Hidden,
                        other if local(other) == "id" => link = value,
                        _ => {}
                    }
                }
                let link = links.get(link).ok_or(Stop::Broken)?;
                if link.kind == "worksheet" {
                    let target = link.target.clone();
                    index.sheets.push(ListedSheet { name: name.into_owned(), visibility, target });
                }
            }
            Token::Open(tag) if tag.name == "workbookPr" => {
                index.from_1904 |= matches!(tag.attribute("date1904"), Some("1" | "true"));
            }
            Token::Close("workbook") => return Ok(index),
            Token::End => return Err(Stop::Broken),
            _ => {}
        }
    }
}

/// The name of a part that another one in a folder refers to.
fn resolve(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split(['/', '\\']) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            other => steps.push(other),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

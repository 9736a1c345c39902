//! The list of tags and helpers: made from the code, with the values of a dossier where there is one.

use serde_json::{Value, json};
use std::fmt::Write;
use std::path::Path;

use super::{Checked, Progress, check};
use crate::chart::Chart;
use crate::finding::Finding;
use crate::paper::names::{self, Kind, Name, Scope};
use crate::paper::{ClusterData, Paper};
use crate::wanted::Wanted;
use crate::word::compose;
use crate::word::fill::helpers::{HELPERS, printed};
use crate::word::{Template, fill};

/// Longest value shown, in letters.
const SHOWN: usize = 90;
/// Shown where there is nothing.
const EMPTY: &str = "(trống)";
/// Things of a list that are named.
const NAMED: usize = 3;

/// What is said before the list.
const WORDS: [&str; 5] = [
    "Thẻ viết trong hai dấu ngoặc nhọn, ở bất cứ đâu trong tệp mẫu: thân văn bản, bảng, đầu trang, chân trang, hộp chữ, chú thích. Định dạng của giá trị là định dạng của chữ đầu tiên trong thẻ.",
    "Tên ở ngoài vòng lặp viết thêm ../ ở trước: trong {{#each don_vi}} thì năm của hồ sơ là {{../nam}}, hoặc {{@root.nam}}.",
    "Trong vòng lặp có {{@tt}} (thứ tự từ 1), {{@index}} (từ 0), {{#if @first}} (lượt đầu), {{#if @last}} (lượt cuối); giá trị đang lặp là {{this}}.",
    "Đoạn, hàng bảng chỉ có thẻ {{#each}}, {{#if}}, {{else}}, {{/each}}, {{/if}} sẽ mất đi và điều khiển các đoạn, các hàng ở giữa; đặt hai đầu ở ô đầu và ô cuối của một hàng thì lặp hàng ấy.",
    "Ghi chú (comment) của Word trong mẫu dành cho người soạn mẫu, không sang văn bản.",
];

/// Blocks: how they are written, what they do, an example.
const BLOCKS: [(&str, &str, &str); 7] = [
    (
        "{{#each danh_sach}} … {{/each}}",
        "lặp phần ở giữa, mỗi mục một lần",
        "{{#each xep_hang}} {{ten}}: {{so tong}} {{/each}}",
    ),
    (
        "{{#each danh_sach}} … {{else}} … {{/each}}",
        "phần sau {{else}} dùng khi danh sách trống",
        "{{#each khen_thuong}} {{hinh_thuc}} {{else}} Không có. {{/each}}",
    ),
    (
        "{{#if điều_kiện}} … {{else}} … {{/if}}",
        "chọn một trong hai phần; ô trống, số 0, danh sách trống là không",
        "{{#if co_thuong}} có điểm thưởng {{/if}}",
    ),
    (
        "{{else if điều_kiện}}",
        "thêm một nhánh vào giữa {{#if}}",
        "{{#if (bang hang 1)}} nhất {{else if (bang hang 2)}} nhì {{/if}}",
    ),
    ("{{#unless điều_kiện}} … {{/unless}}", "ngược với {{#if}}", "{{#unless @last}}, {{/unless}}"),
    (
        "{{#with nhóm_giá_trị}} … {{/with}}",
        "trong phần ở giữa, tên lấy từ nhóm giá trị ấy",
        "{{#with cum.cum_truong}} {{ten}} {{/with}}",
    ),
    (
        "{{#cot danh_sach}} … {{/cot}}",
        "trong một hàng bảng: lặp các ô ở giữa theo cột",
        "{{#cot don_vi}}{{ten}}{{/cot}}",
    ),
];

/// The list of tags (danh mục thẻ).
#[derive(Debug)]
pub struct TagList {
    /// The cluster whose values are shown; none in a list without values.
    source: Option<String>,
    helpers: Vec<Row>,
    scopes: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    title: String,
    /// How one comes to write its names.
    way: String,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    written: String,
    meaning: String,
    example: String,
    value: String,
}

/// The list with the values of a dossier: those of its first cluster, and of that cluster's first unit that sent in.
///
/// # Errors
/// The findings that say why there is no readable dossier in the folder.
pub fn tag_list(directory: &Path, progress: &dyn Progress) -> Result<TagList, Vec<Finding>> {
    let checked = check(directory, progress)?;
    Ok(match data_of(&checked) {
        Some((data, source)) => TagList::new(Some(&data), Some(source)),
        None => TagList::new(None, None),
    })
}

fn data_of(checked: &Checked) -> Option<(Value, String)> {
    let result = checked.results.iter().find(|result| !result.units.is_empty())?;
    let cluster = checked.dossier.cluster(result.cluster);
    let data = ClusterData::new(&checked.dossier, result);
    let unit = result.units.iter().position(|unit| unit.submitted).unwrap_or(0);
    let everything = Wanted::everything();
    let mut paper = data.paper(Paper::YearEndReport, everything);
    if let (Value::Object(paper), Value::Object(slip)) = (&mut paper, data.slip(unit, everything)) {
        paper.extend(slip.into_iter().filter(|(name, _)| names::SLIP.names.iter().any(|own| own.name == name)));
    }
    Some((paper, format!("{} năm {}", cluster.name, checked.dossier.information.year)))
}

impl TagList {
    /// The list without values, as the documents have it.
    pub fn without_values() -> TagList {
        TagList::new(None, None)
    }

    fn new(data: Option<&Value>, source: Option<String>) -> TagList {
        let mut walk = Walk { scopes: Vec::new(), seen: Vec::new() };
        walk.scope(&names::PAPER, &[], data);
        walk.scope(&names::SLIP, &[], data);
        while let Some((scope, way, value)) = walk.next() {
            walk.scope(scope, &way, value.as_ref());
        }
        TagList { source, helpers: helpers(data), scopes: walk.scopes }
    }

    /// As text for the terminal.
    pub fn to_text(&self) -> String {
        let mut text = String::from("DANH MỤC THẺ VÀ HÀM CỦA MẪU\n");
        if let Some(source) = &self.source {
            let _ = writeln!(text, "Giá trị (sau dấu =) lấy từ {source}.");
        }
        let _ = writeln!(text, "\n{}", WORDS.join("\n"));
        let _ = writeln!(text, "\nKHỐI");
        for (written, meaning, example) in BLOCKS {
            let _ = writeln!(text, "  {written}\n      {meaning}; ví dụ {example}");
        }
        let _ = writeln!(text, "\nHÀM");
        for row in &self.helpers {
            let value = if row.value.is_empty() { String::new() } else { format!(" = {}", row.value) };
            let _ = writeln!(text, "  {}: {}; ví dụ {}{value}", row.written, row.meaning, row.example);
        }
        for group in &self.scopes {
            let _ = writeln!(text, "\n{}\n  {}", group.title.to_uppercase(), group.way);
            for row in &group.rows {
                let value = if self.source.is_some() { format!(" = {}", row.value) } else { String::new() };
                let _ = writeln!(text, "  {}{value}\n      {}", row.written, row.meaning);
            }
        }
        text
    }

    /// As Markdown for the documents, without values.
    pub fn to_markdown(&self) -> String {
        let row = |cells: &[&str]| {
            let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let code = |text: &str| format!("`{text}`");
        let mut text = String::from("# Danh mục thẻ và hàm của mẫu\n\n");
        let _ = writeln!(text, "{}\n", WORDS.join("\n\n"));
        let _ = write!(text, "## Khối\n\n| viết | nghĩa | ví dụ |\n|---|---|---|\n");
        for (written, meaning, example) in BLOCKS {
            text.push_str(&row(&[&code(written), meaning, &code(example)]));
        }
        let _ = write!(text, "\n## Hàm\n\n| hàm | nghĩa | ví dụ |\n|---|---|---|\n");
        for helper in &self.helpers {
            text.push_str(&row(&[&code(&helper.written), &helper.meaning, &code(&helper.example)]));
        }
        for group in &self.scopes {
            let _ = write!(text, "\n## {}\n\n{}\n\n| thẻ | nghĩa |\n|---|---|\n", group.title, group.way);
            for own in &group.rows {
                text.push_str(&row(&[&code(&own.written), &own.meaning]));
            }
        }
        text
    }

    /// As a Word file: the built-in template of the list, filled.
    ///
    /// # Errors
    /// A half sentence about a fault of the program's own template, which its tests would have found.
    pub fn to_word(&self) -> Result<Vec<u8>, String> {
        let package = compose::template(compose::TAG_LIST).map_err(|error| error.to_string())?;
        let first = |findings: Vec<Finding>| findings.into_iter().next().map_or_else(String::new, |own| own.message);
        let template = Template::compile(package, super::TAG_LIST).map_err(first)?;
        let package = template.fill(&self.data()).map_err(first)?;
        package.to_bytes().map_err(|error| error.to_string())
    }

    fn data(&self) -> Value {
        let row =
            |row: &Row| json!({"viet": row.written, "nghia": row.meaning, "vi_du": row.example, "gia_tri": row.value});
        let blocks =
            BLOCKS.map(|(written, meaning, example)| json!({"viet": written, "nghia": meaning, "vi_du": example}));
        let group = |group: &Group| {
            let rows: Vec<Value> = group.rows.iter().map(row).collect();
            json!({"ten": group.title, "cach_viet": group.way, "the": rows})
        };
        json!({
            "nguon": self.source, "loi": WORDS, "khoi": blocks,
            "ham": self.helpers.iter().map(row).collect::<Vec<_>>(),
            "nhom": self.scopes.iter().map(group).collect::<Vec<_>>(),
        })
    }
}

fn helpers(data: Option<&Value>) -> Vec<Row> {
    let unit = data.and_then(|data| data.pointer("/xep_hang/0"));
    let mut lines = unit.and_then(|unit| unit.get("tieu_chi")?.as_object()).into_iter().flat_map(|map| map.values());
    let line = lines.find(|line| line.get("ty_le").is_some_and(|ratio| !ratio.is_null()));
    let holders: Vec<&Value> = [unit, line, data].into_iter().flatten().collect();
    let value = |example: &str| match data {
        Some(_) => fill::example::values(example, &holders).join(", "),
        None => String::new(),
    };
    let row = |known: &fill::helpers::Known| Row {
        written: known.name.to_string(),
        meaning: known.meaning.to_string(),
        example: known.example.to_string(),
        value: shortened(&value(known.example)),
    };
    HELPERS.iter().map(row).collect()
}

/// A step from the data to a scope.
#[derive(Clone, Copy, Debug)]
struct Step {
    name: &'static str,
    /// One item of a list, not the thing itself.
    each: bool,
}

type Waiting = (&'static Scope, Vec<Step>, Option<Value>);

/// Goes through all scopes, each once, on the shortest way.
struct Walk {
    scopes: Vec<Group>,
    seen: Vec<Waiting>,
}

impl Walk {
    /// The next scope that is not listed yet.
    fn next(&mut self) -> Option<Waiting> {
        while !self.seen.is_empty() {
            let waiting = self.seen.remove(0);
            if self.scopes.iter().all(|group| group.title != waiting.0.title) {
                return Some(waiting);
            }
        }
        None
    }

    fn scope(&mut self, scope: &'static Scope, way: &[Step], value: Option<&Value>) {
        let only_into = way.iter().all(|step| !step.each);
        let prefix: String = match only_into {
            true => way.iter().map(|step| format!("{}.", step.name)).collect(),
            false => String::new(),
        };
        let mut rows = Vec::new();
        for name in scope.names {
            let own = value.and_then(|value| value.get(name.name));
            rows.push(Row {
                written: written(&prefix, name),
                meaning: name.meaning.to_string(),
                example: String::new(),
                value: value.map_or_else(String::new, |_| shown(own.unwrap_or(&Value::Null))),
            });
            let inside = match name.kind {
                Kind::One(scope) | Kind::ByKey(scope) => {
                    Some((scope, Step { name: name.name, each: false }, own.cloned()))
                }
                Kind::Many(scope) => {
                    Some((scope, Step { name: name.name, each: true }, own.and_then(|own| own.get(0)).cloned()))
                }
                Kind::ByCode(scope) => {
                    let first = own.and_then(|own| own.as_object()?.values().next());
                    Some((scope, Step { name: name.name, each: true }, first.cloned()))
                }
                _ => None,
            };
            if let Some((scope, step, value)) = inside {
                self.seen.push((scope, [way, &[step]].concat(), value));
            }
        }
        let way = match std::ptr::eq(scope, &names::SLIP) {
            true => "Chỉ có trong mẫu phieu-diem.docx.".to_string(),
            false => way_in_words(way, only_into),
        };
        self.scopes.push(Group { title: scope.title.to_string(), way, rows });
    }
}

fn written(prefix: &str, name: &Name) -> String {
    let own = format!("{prefix}{}", name.name);
    match name.kind {
        Kind::Text | Kind::Figure | Kind::Date | Kind::Chart => format!("{{{{{own}}}}}"),
        Kind::Flag => format!("{{{{#if {own}}}}}"),
        Kind::Texts | Kind::Many(_) => format!("{{{{#each {own}}}}}"),
        Kind::One(scope) if scope.names.iter().all(|name| name.kind == Kind::Chart) => {
            format!("{{{{#with {own}}}}}")
        }
        Kind::One(_) => format!("{{{{{own}.ten}}}}, {{{{#with {own}}}}}"),
        Kind::ByCode(_) => format!("{{{{{own}.[3.1].ten}}}}, {{{{#each {own}}}}}"),
        Kind::ByKey(_) => format!("{{{{{own}.mo_dau}}}}"),
    }
}

fn way_in_words(way: &[Step], only_into: bool) -> String {
    if only_into {
        return "Viết như dưới đây ở bất cứ chỗ nào.".into();
    }
    let steps: Vec<String> =
        way.iter().map(|step| format!("{{{{#{} {}}}}}", if step.each { "each" } else { "with" }, step.name)).collect();
    format!("Viết như dưới đây ở trong {}.", steps.join(" "))
}

/// A value in a few words.
fn shown(value: &Value) -> String {
    match value {
        Value::Array(list) if list.iter().any(Value::is_object) => {
            let name = |item: &Value| {
                let known = ["ten", "hinh_thuc", "noi_dung", "hang"].iter().find_map(|name| item.get(name));
                known.map(printed).filter(|text| !text.is_empty())
            };
            let names: Vec<String> = list.iter().filter_map(name).take(NAMED).collect();
            let more = if list.len() > names.len() { ", …" } else { "" };
            let names = if names.is_empty() { String::new() } else { format!(": {}{more}", names.join(", ")) };
            shortened(&format!("{} mục{names}", list.len()))
        }
        Value::Object(map) => match map.get("ten") {
            Some(name) => {
                Some(shortened(&printed(name))).filter(|text| !text.is_empty()).unwrap_or_else(|| EMPTY.into())
            }
            None if map.values().all(Value::is_object) => format!("{} mục", map.len()),
            None => "(nhóm giá trị)".into(),
        },
        Value::String(text) if Chart::in_text(text).is_some() => "(biểu đồ)".into(),
        other => Some(shortened(&printed(other))).filter(|text| !text.is_empty()).unwrap_or_else(|| EMPTY.into()),
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= SHOWN {
        return text.to_string();
    }
    text.chars().take(SHOWN).chain(['…']).collect()
}

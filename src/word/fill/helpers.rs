//! The helpers of contract §5 and §6 as plain functions over JSON values, and their coming into Handlebars.
//!
//! Helpers take figures (marked strings, see `vietnamese::figure`), plain numbers and texts; an empty value prints
//! nothing. What a helper cannot make sense of it prints as it stands, so that nothing is lost on the way.

use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderError, RenderErrorReason,
    Renderable, ScopedJson,
};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value;

use crate::vietnamese;
use crate::vietnamese::figure::{bare, read_date, read_figure};

/// The helper that prints a bare name; users do not write it.
pub const PRINT: &str = "in";

/// The helper that gives a cell of a workbook its value: a figure, a number or a date comes behind [`TYPED_MARK`], in
/// plain form; anything else is printed. Users do not write it.
pub const TYPED: &str = "in_o";

/// Stands before a number (`98.75`) or a date (`2024-03-05`) that [`TYPED`] gives. No text of the data begins with it.
pub const TYPED_MARK: &str = "\u{2060}=";

/// A helper as users know it.
pub struct Known {
    pub name: &'static str,
    pub least: usize,
    pub most: usize,
    /// What it gives, in Vietnamese.
    pub meaning: &'static str,
    pub example: &'static str,
    compute: fn(&[&Value], &Value) -> Value,
}

impl Known {
    /// `1 tham số`, `1–2 tham số`, for messages.
    pub fn count_in_words(&self) -> String {
        match (self.least, self.most) {
            (least, most) if least == most => format!("{least} tham số"),
            (least, usize::MAX) => format!("từ {least} tham số trở lên"),
            (least, most) => format!("{least} hoặc {most} tham số"),
        }
    }
}

/// All helpers, in the order of the guide.
pub const HELPERS: &[Known] = &[
    Known {
        name: "so",
        least: 1,
        most: 2,
        meaning: "số kiểu Việt Nam, bỏ số 0 thừa; tham số thứ hai định số chữ số lẻ",
        example: "{{so tong}}, {{so tong 2}}",
        compute: |parameters, _| with_figure(parameters[0], |value| fixed(value, parameters.get(1).copied())),
    },
    Known {
        name: "phan_tram",
        least: 1,
        most: 2,
        meaning: "số kèm dấu %, giá trị đã tính theo %",
        example: "{{phan_tram ty_le}}",
        compute: |parameters, _| {
            with_figure(parameters[0], |value| format!("{}%", fixed(value, parameters.get(1).copied())))
        },
    },
    Known {
        name: "ngay",
        least: 1,
        most: 1,
        meaning: "ngày dạng 05/3/2024",
        example: "{{ngay han_nop}}",
        compute: |parameters, _| printed(parameters[0]).into(),
    },
    Known {
        name: "ngay_dai",
        least: 1,
        most: 2,
        meaning: "ngày 05 tháng 3 năm 2024; để trống thì chừa chỗ điền tay, tham số thứ hai là năm",
        example: "{{ngay_dai ngay_van_ban}}",
        compute: long_date,
    },
    Known {
        name: "bang_chu",
        least: 1,
        most: 1,
        meaning: "số đọc bằng chữ",
        example: "{{bang_chu tong}}",
        compute: |parameters, _| with_figure(parameters[0], vietnamese::decimal_words),
    },
    Known {
        name: "hoa",
        least: 1,
        most: 1,
        meaning: "chữ in hoa",
        example: "{{hoa ten}}",
        compute: |parameters, _| printed(parameters[0]).to_uppercase().into(),
    },
    Known {
        name: "hoa_ten",
        least: 1,
        most: 1,
        meaning: "tên in hoa, cuối dòng không ngắt giữa một từ như VIỆT NAM, LAO ĐỘNG",
        example: "{{hoa_ten co_quan_ban_hanh}}",
        compute: |parameters, _| vietnamese::whole_words(&printed(parameters[0]).to_uppercase()).into(),
    },
    Known {
        name: "do_dai",
        least: 1,
        most: 1,
        meaning: "số chữ cái và dấu cách của một chuỗi, để chọn kiểu trình bày theo độ dài",
        example: "{{#if (nho_hon (do_dai cum.ten) 20)}}",
        compute: |parameters, _| printed(parameters[0]).chars().count().into(),
    },
    Known {
        name: "dong_dai",
        least: 2,
        most: 2,
        meaning: "số chữ cái của dòng dài nhất khi một tên được ngắt thành các dòng không quá chừng ấy chữ cái",
        example: "{{#if (nho_hon (dong_dai cum.ten 27) 14)}}",
        compute: |parameters, _| {
            let most = number_of(parameters[1]).and_then(|most| most.to_usize()).unwrap_or(usize::MAX);
            vietnamese::longest_line(&printed(parameters[0]), most).into()
        },
    },
    Known {
        name: "la_ma",
        least: 1,
        most: 1,
        meaning: "số La Mã: I, II, III",
        example: "{{la_ma tt}}",
        compute: |parameters, _| with_count(parameters[0], vietnamese::roman),
    },
    Known {
        name: "chu_cai",
        least: 1,
        most: 1,
        meaning: "chữ cái theo thứ tự điểm trong văn bản: a, b, c, d, đ, e, g",
        example: "{{chu_cai tt}}",
        compute: |parameters, _| with_count(parameters[0], vietnamese::letter),
    },
    Known {
        name: "hai_so",
        least: 1,
        most: 1,
        meaning: "số dưới 10 thêm số 0 ở trước: 05",
        example: "{{hai_so cum.so_don_vi}}",
        compute: |parameters, _| with_figure(parameters[0], vietnamese::two_digits),
    },
    Known {
        name: "bang",
        least: 2,
        most: 2,
        meaning: "hai giá trị bằng nhau",
        example: "{{#if (bang xep_loai \"Xuất sắc\")}}",
        compute: |parameters, _| equal(parameters[0], parameters[1]).into(),
    },
    Known {
        name: "lon_hon",
        least: 2,
        most: 2,
        meaning: "giá trị trước lớn hơn giá trị sau; so với ô trống thì không",
        example: "{{#if (lon_hon tong 90)}}",
        compute: |parameters, _| (order(parameters[0], parameters[1]) == Some(std::cmp::Ordering::Greater)).into(),
    },
    Known {
        name: "nho_hon",
        least: 2,
        most: 2,
        meaning: "giá trị trước nhỏ hơn giá trị sau; so với ô trống thì không",
        example: "{{#if (nho_hon tong 50)}}",
        compute: |parameters, _| (order(parameters[0], parameters[1]) == Some(std::cmp::Ordering::Less)).into(),
    },
    Known {
        name: "va",
        least: 2,
        most: usize::MAX,
        meaning: "mọi điều đều đúng",
        example: "{{#if (va da_nop (lon_hon tong 90))}}",
        compute: |parameters, _| parameters.iter().all(|value| truthy(value)).into(),
    },
    Known {
        name: "hoac",
        least: 2,
        most: usize::MAX,
        meaning: "có ít nhất một điều đúng",
        example: "{{#if (hoac thuong tru)}}",
        compute: |parameters, _| parameters.iter().any(|value| truthy(value)).into(),
    },
    Known {
        name: "khong",
        least: 1,
        most: 1,
        meaning: "điều ngược lại",
        example: "{{#if (khong da_nop)}}",
        compute: |parameters, _| (!truthy(parameters[0])).into(),
    },
];

/// The helper of this name.
pub fn find(name: &str) -> Option<&'static Known> {
    HELPERS.iter().find(|known| known.name == name)
}

/// What a helper gives; null for one that there is not.
pub fn compute(name: &str, parameters: &[&Value], root: &Value) -> Value {
    match find(name) {
        Some(known) if parameters.len() >= known.least => (known.compute)(parameters, root),
        _ => Value::Null,
    }
}

/// Whether a condition holds: not for empty values, `false`, the number 0, empty lists, and things with nothing in them.
pub fn truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(yes) => *yes,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => match read_figure(text) {
            Some(figure) => !figure.is_zero(),
            None => !text.is_empty(),
        },
        Value::Array(list) => !list.is_empty(),
        Value::Object(object) => object.values().any(truthy),
    }
}

/// A value as a tag prints it: figures and dates the Vietnamese way, yes and no in words, words of a list with commas.
pub fn printed(value: &Value) -> String {
    match value {
        Value::Null | Value::Object(_) => String::new(),
        Value::Bool(yes) => if *yes { "có" } else { "không" }.to_string(),
        Value::Number(number) => number.to_string().replace('.', ","),
        Value::String(text) => bare(text).into_owned(),
        Value::Array(list) => list.iter().map(printed).collect::<Vec<_>>().join(", "),
    }
}

/// A value for a cell of its own, see [`TYPED`].
fn typed(value: &Value) -> Value {
    let plain = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) if read_figure(text).is_some() || read_date(text).is_some() => {
            text.trim_start_matches('\u{2060}').to_string()
        }
        other => return printed(other).into(),
    };
    format!("{TYPED_MARK}{plain}").into()
}

fn with_figure(value: &Value, write: impl Fn(Decimal) -> String) -> Value {
    number_of(value).map_or_else(|| printed(value), write).into()
}

fn with_count(value: &Value, write: impl Fn(u32) -> String) -> Value {
    let count = number_of(value).filter(|number| number.fract().is_zero()).and_then(|number| number.to_u32());
    count.map_or_else(|| printed(value), write).into()
}

/// With a fixed count of decimals where it is given, at most 12.
fn fixed(value: Decimal, decimals: Option<&Value>) -> String {
    match decimals.and_then(number_of).and_then(|count| count.to_u32()) {
        Some(count) => vietnamese::number_fixed(value, count.min(12)),
        None => vietnamese::number(value),
    }
}

/// The year of a date left blank: the parameter's, else the dossier's, else blank too.
fn long_date(parameters: &[&Value], root: &Value) -> Value {
    let value = parameters[0];
    if let Some(date) = value.as_str().and_then(read_date) {
        return vietnamese::long_date(date).into();
    }
    let text = printed(value);
    if !text.trim().is_empty() {
        return text.into();
    }
    let year =
        parameters.get(1).copied().or_else(|| root.get("nam")).and_then(number_of).and_then(|year| year.to_i32());
    match year {
        Some(year) => vietnamese::long_date_blank(year),
        None => {
            let room = "\u{a0}".repeat(6);
            format!("ngày{room}tháng{room}năm{room}")
        }
    }
    .into()
}

/// The number in a figure, a JSON number, or a text that is a number as people write it.
fn number_of(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => {
            number.to_string().parse().ok().or_else(|| Decimal::from_scientific(&number.to_string()).ok())
        }
        Value::String(text) => read_figure(text).or_else(|| written_number(text.trim())),
        _ => None,
    }
}

/// A comma is for decimals; dots before exactly three figures each are for thousands.
fn written_number(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) {
        return None;
    }
    let mut groups = digits.split(',').next()?.split('.');
    let first = groups.next()?;
    let mut rest = groups.clone().peekable();
    let thousands = rest.peek().is_some() && (1..=3).contains(&first.len()) && rest.all(|group| group.len() == 3);
    if thousands || digits.contains(',') {
        text.replace('.', "").replace(',', ".").parse().ok()
    } else {
        text.parse().ok()
    }
}

fn is_number(value: &Value) -> bool {
    match value {
        Value::Number(_) => true,
        Value::String(text) => read_figure(text).is_some(),
        _ => false,
    }
}

/// Numbers by value, texts by their letters whatever the case; two texts are never taken for numbers (`3.1`, `3.10`).
fn equal(left: &Value, right: &Value) -> bool {
    if is_number(left) || is_number(right) {
        return match (number_of(left), number_of(right)) {
            (Some(left), Some(right)) => left == right,
            _ => false,
        };
    }
    if let (Value::Bool(left), Value::Bool(right)) = (left, right) {
        return left == right;
    }
    let key = |value: &Value| vietnamese::compose(printed(value).trim()).to_lowercase();
    key(left) == key(right)
}

fn order(left: &Value, right: &Value) -> Option<std::cmp::Ordering> {
    if let (Some(left), Some(right)) = (left.as_str().and_then(read_date), right.as_str().and_then(read_date)) {
        return Some(left.cmp(&right));
    }
    Some(number_of(left)?.cmp(&number_of(right)?))
}

/// Puts our helpers in place of all that Handlebars brings along.
pub fn register(engine: &mut Handlebars<'static>) {
    for own in ["lookup", "raw", "log", "eq", "ne", "gt", "gte", "lt", "lte", "and", "or", "not", "len"] {
        engine.unregister_helper(own);
    }
    for known in HELPERS {
        engine.register_helper(known.name, Box::new(Computed { compute: known.compute }));
    }
    engine.register_helper(PRINT, Box::new(Computed { compute: |parameters, _| printed(parameters[0]).into() }));
    engine.register_helper(TYPED, Box::new(Computed { compute: |parameters, _| typed(parameters[0]) }));
    engine.register_helper("if", Box::new(Condition { positive: true }));
    engine.register_helper("unless", Box::new(Condition { positive: false }));
    engine.register_helper("each", Box::new(Each));
    engine.register_helper("with", Box::new(With));
}

struct Computed {
    compute: fn(&[&Value], &Value) -> Value,
}

impl HelperDef for Computed {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let parameters = known_parameters(helper, context, state)?;
        if parameters.is_empty() {
            return Err(RenderErrorReason::ParamNotFoundForIndex("helper", 0).into());
        }
        Ok(ScopedJson::Derived((self.compute)(&parameters, context.data())))
    }
}

/// The parameters' values. A name under an empty value is empty; an unknown name is a fault.
fn known_parameters<'a>(
    helper: &'a Helper<'_>,
    context: &Context,
    state: &RenderContext<'_, '_>,
) -> Result<Vec<&'a Value>, RenderError> {
    helper
        .params()
        .iter()
        .map(|parameter| {
            let path = parameter.relative_path().map_or("", String::as_str);
            if parameter.is_value_missing() && !under_emptiness(path, context, state) {
                return Err(RenderError::strict_error(parameter.relative_path()));
            }
            Ok(parameter.value())
        })
        .collect()
}

/// Whether something on the way to a name is there and empty, such as `cum_truong` of `cum_truong.ten`.
fn under_emptiness(path: &str, context: &Context, state: &RenderContext<'_, '_>) -> bool {
    let mut rest = path;
    while let Some((before, _)) = rest.rsplit_once(['.', '/']) {
        rest = before;
        if let Ok(value) = state.evaluate(context, rest)
            && !value.is_missing()
        {
            return is_empty(value.as_json());
        }
    }
    false
}

/// Whether a value is there but says nothing.
pub fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

struct Condition {
    positive: bool,
}

impl HelperDef for Condition {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        engine: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let parameters = known_parameters(helper, context, state)?;
        let holds = parameters.first().is_some_and(|value| truthy(value)) == self.positive;
        match if holds { helper.template() } else { helper.inverse() } {
            Some(branch) => branch.render(engine, context, state, out),
            None => Ok(()),
        }
    }
}

/// Most entries of an item that is copied: of more, fewer are asked for than are there.
const MOST_PLAIN_ENTRIES: usize = 12;

/// `each` over a list or an object, strict, with `@tt` (from one) besides `@index @first @last @key`.
struct Each;

impl HelperDef for Each {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        engine: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        known_parameters(helper, context, state)?;
        let Some(list) = helper.param(0) else { return Ok(()) };
        let items: Vec<(String, &Value)> = match list.value() {
            Value::Array(items) => items.iter().enumerate().map(|(at, item)| (at.to_string(), item)).collect(),
            Value::Object(items) => items.iter().map(|(key, item)| (key.clone(), item)).collect(),
            value if !truthy(value) => Vec::new(),
            _ => return Err(RenderErrorReason::InvalidParamType("list").into()),
        };
        let Some(body) = helper.template() else { return Ok(()) };
        if items.is_empty() {
            return match helper.inverse() {
                Some(branch) => branch.render(engine, context, state, out),
                None => Ok(()),
            };
        }
        state.push_block(handlebars::BlockContext::new());
        let count = items.len();
        // a name is looked up from the root of the data, step by step; in a copy of a plain item it is found at once
        let path = list.context_path().filter(|_| !items.iter().all(|(_, item)| is_plain(item)));
        for (at, (key, item)) in items.into_iter().enumerate() {
            if let Some(block) = state.block_mut() {
                block.set_local_var("index", at.into());
                block.set_local_var("tt", (at + 1).into());
                block.set_local_var("first", (at == 0).into());
                block.set_local_var("last", (at + 1 == count).into());
                block.set_local_var("key", key.clone().into());
                match path {
                    Some(path) => {
                        let own = block.base_path_mut();
                        own.clone_from(path);
                        own.push(key);
                    }
                    None => block.set_base_value(item.clone()),
                }
            }
            body.render(engine, context, state, out)?;
        }
        state.pop_block();
        Ok(())
    }
}

/// Whether an item of a list is a text, a figure, or an object with a few of these and nothing else.
fn is_plain(item: &Value) -> bool {
    match item {
        Value::Array(_) => false,
        Value::Object(entries) => {
            entries.len() <= MOST_PLAIN_ENTRIES && !entries.values().any(|own| own.is_object() || own.is_array())
        }
        _ => true,
    }
}

/// `with`: the names inside stand on a value; nothing, or the other branch, where it is empty.
struct With;

impl HelperDef for With {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        engine: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        known_parameters(helper, context, state)?;
        let Some(value) = helper.param(0).filter(|value| truthy(value.value())) else {
            return helper.inverse().map_or(Ok(()), |branch| branch.render(engine, context, state, out));
        };
        let Some(body) = helper.template() else { return Ok(()) };
        let mut block = handlebars::BlockContext::new();
        match value.context_path() {
            Some(path) => block.base_path_mut().clone_from(path),
            None => block.set_base_value(value.value().clone()),
        }
        state.push_block(block);
        body.render(engine, context, state, out)?;
        state.pop_block();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vietnamese::figure::{date, figure};
    use chrono::NaiveDate;
    use serde_json::json;

    fn fig(text: &str) -> Value {
        figure(text.parse().expect("a number in the test itself"))
    }

    fn gives(name: &str, parameters: &[Value]) -> Value {
        compute(name, &parameters.iter().collect::<Vec<_>>(), &json!({"nam": "2024"}))
    }

    #[test]
    fn figures_print_as_in_vietnamese_papers() {
        for (name, parameters, text) in [
            ("so", vec![fig("94.10")], "94,1"),
            ("so", vec![fig("94.1"), json!(2)], "94,10"),
            ("so", vec![json!(424830)], "424.830"),
            ("so", vec![json!("424.830")], "424.830"),
            ("so", vec![json!("98,75")], "98,75"),
            ("so", vec![json!("chưa có")], "chưa có"),
            ("so", vec![Value::Null], ""),
            ("phan_tram", vec![fig("12.50")], "12,5%"),
            ("phan_tram", vec![json!("")], ""),
            ("bang_chu", vec![fig("98.5")], "chín mươi tám phẩy năm"),
            ("la_ma", vec![json!(4)], "IV"),
            ("chu_cai", vec![fig("5")], "đ"),
            ("hai_so", vec![json!(5)], "05"),
            ("hoa", vec![json!("Đường Điện Biên")], "ĐƯỜNG ĐIỆN BIÊN"),
            ("hoa_ten", vec![json!("Liên đoàn Lao động tỉnh")], "LIÊN\u{a0}ĐOÀN LAO\u{a0}ĐỘNG TỈNH"),
        ] {
            assert_eq!(gives(name, &parameters), json!(text), "{name} {parameters:?}");
        }
    }

    #[test]
    fn dates_print_and_leave_room_for_a_hand() {
        let day = date(NaiveDate::from_ymd_opt(2024, 3, 5).expect("a date"));
        assert_eq!(gives("ngay", std::slice::from_ref(&day)), json!("05/3/2024"));
        assert_eq!(gives("do_dai", &[json!("Khối thi đua số 1")]), json!(17));
        assert_eq!(gives("ngay_dai", &[day]), json!("ngày 05 tháng 3 năm 2024"));
        let room = "\u{a0}".repeat(6);
        assert_eq!(gives("ngay_dai", &[Value::Null]), json!(format!("ngày{room}tháng{room}năm 2024")));
        assert_eq!(gives("ngay_dai", &[json!(""), json!(2025)]), json!(format!("ngày{room}tháng{room}năm 2025")));
        assert_eq!(gives("ngay", &[Value::Null]), json!(""));
    }

    #[test]
    fn a_cell_gets_figures_and_dates_that_no_text_can_be_taken_for() {
        let day = date(NaiveDate::from_ymd_opt(2024, 3, 5).expect("a date"));
        for (value, given) in [
            (fig("98.750"), "\u{2060}=98.75"),
            (json!(3), "\u{2060}=3"),
            (day, "\u{2060}=2024-03-05"),
            (json!("98.75"), "98.75"),
            (json!(true), "có"),
            (Value::Null, ""),
        ] {
            assert_eq!(typed(&value), json!(given), "{value}");
            assert_eq!(bare(given), given, "{value} is not printed as a figure on its way");
        }
    }

    #[test]
    fn comparisons_know_figures_texts_and_emptiness() {
        for (name, left, right, expected) in [
            ("bang", json!("Xuất sắc"), json!("xuất sắc"), true),
            ("bang", json!("3.1"), json!("3.10"), false),
            ("bang", fig("90.0"), json!(90), true),
            ("bang", Value::Null, json!(""), true),
            ("bang", fig("0"), json!(""), false),
            ("lon_hon", fig("90.01"), json!(90), true),
            ("lon_hon", fig("90"), json!(90), false),
            ("nho_hon", fig("1.5"), json!(2), true),
            ("nho_hon", Value::Null, json!(2), false),
            ("va", json!(true), json!("x"), true),
            ("va", json!(true), fig("0"), false),
            ("hoac", json!([]), json!(1), true),
        ] {
            assert_eq!(gives(name, &[left.clone(), right.clone()]), json!(expected), "{name} {left} {right}");
        }
        assert_eq!(gives("khong", &[Value::Null]), json!(true));
    }
}

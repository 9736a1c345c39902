//! The figure a cell holds, in the unit of measure that is wanted of it; or why it holds none.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::grid::{Cell, Value};
use crate::vietnamese::{self, Measures, NotANumber};

/// What a figure should be measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure<'a> {
    /// Per cent: 0.975 in a cell shown as 97,5% is 97.5.
    Percent,
    /// Points of a mark.
    Points,
    /// A unit of measure by its name; an empty one takes any figure.
    Of(&'a str),
}

/// A figure as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub value: Decimal,
    /// The unit of measure that stands behind the figure in its own cell; the value is in the wanted one already.
    pub written_in: Option<String>,
    /// The value was turned from that unit of measure into the wanted one.
    pub converted: bool,
    /// What the text could be in the other style of writing, where reading it was a guess.
    pub otherwise: Option<Decimal>,
    /// It is written as a count out of a count, `626/723`; the value is the first, or the percentage.
    pub count_of: Option<(Decimal, Decimal)>,
}

impl Figure {
    fn plain(value: Decimal) -> Self {
        Figure { value, written_in: None, converted: false, otherwise: None, count_of: None }
    }

    /// A count out of a count, where the second is known to be right: the first.
    pub fn counted(part: Decimal, whole: Decimal) -> Self {
        Figure { count_of: Some((part, whole)), ..Figure::plain(part) }
    }

    /// The same figure in another unit of measure.
    pub fn scaled(self, factor: Decimal) -> Result<Self, FigureFault> {
        let value = self.value.checked_mul(factor).ok_or(FigureFault::TooLong)?.normalize();
        let otherwise = self.otherwise.and_then(|otherwise| otherwise.checked_mul(factor));
        Ok(Figure { value, otherwise, converted: true, ..self })
    }
}

/// Why a cell gives no figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureFault {
    Words,
    /// `#N/A` and its like.
    Error(String),
    /// Excel made a date of it, as of 5/5.
    Date(NaiveDate),
    /// `gần 9.692`: the bare figure is proposed.
    Approximate(Decimal),
    /// `626/723`.
    Fraction(Decimal, Decimal),
    /// A per cent in a cell of something else.
    UnwantedPercent,
    /// Another unit of measure stands behind the figure.
    OtherMeasure(String),
    TooLong,
    /// A formula that was never calculated.
    Uncached,
    /// A number up to 1 in a file that does not tell whether it is shown as per cent.
    PerhapsPercent(Decimal),
}

impl FigureFault {
    /// What is wrong, to follow “Ô E12 …”; `measure` is the wanted unit of measure, empty for points.
    pub fn words(&self, cell: &Cell, measure: &str) -> String {
        let shown = cell.quoted();
        match self {
            FigureFault::Words => format!("ghi “{shown}”, không phải là một con số"),
            FigureFault::Error(error) => format!("báo lỗi công thức {error}"),
            FigureFault::Date(_) => format!("chứa ngày {shown}; Excel có thể đã tự đổi một phân số như 5/5 thành ngày"),
            FigureFault::Approximate(_) => format!("ghi “{shown}”, là số áng chừng chứ không phải số chính xác"),
            FigureFault::Fraction(..) => format!("ghi “{shown}” dạng phân số, không rõ lấy số nào"),
            FigureFault::UnwantedPercent if measure.is_empty() => {
                format!("ghi {shown} dạng phần trăm, trong khi cần một số điểm")
            }
            FigureFault::UnwantedPercent => format!("ghi {shown} dạng phần trăm, trong khi đơn vị tính là “{measure}”"),
            FigureFault::OtherMeasure(other) if measure.is_empty() => {
                format!("ghi kèm “{other}”, trong khi cần một số điểm")
            }
            FigureFault::OtherMeasure(other) => {
                format!("ghi kèm đơn vị “{other}”, trong khi đơn vị tính là “{measure}”")
            }
            FigureFault::TooLong => "chứa số có quá nhiều chữ số".to_string(),
            FigureFault::Uncached => "có công thức chưa được tính nên không có giá trị".to_string(),
            FigureFault::PerhapsPercent(_) => {
                format!("chứa số {shown}; loại tệp này không cho biết đó có phải là phần trăm hay không")
            }
        }
    }

    /// The one thing to do.
    pub fn hint(&self) -> String {
        match self {
            FigureFault::Words => "Ghi lại chỉ bằng số; nếu không phát sinh, ghi 0.".into(),
            FigureFault::Error(_) => "Sửa công thức hoặc gõ thẳng con số vào ô.".into(),
            FigureFault::Date(date) => {
                let (day, month) = (date.day(), date.month());
                format!(
                    "Định dạng ô là Text rồi gõ lại con số; nếu định ghi {day}/{month} thì gõ “{day}/{month}” vào ô đó."
                )
            }
            FigureFault::Approximate(value) => {
                format!("Ghi số chính xác; nếu đúng là {0} thì ghi {0}.", vietnamese::number(*value))
            }
            FigureFault::Fraction(part, whole) => match percentage(*part, *whole, 2) {
                Some(percent) => format!(
                    "Ghi riêng tử số {} hoặc tỷ lệ {} tuỳ theo đơn vị tính.",
                    vietnamese::number(*part),
                    vietnamese::percent(percent)
                ),
                None => "Ghi một con số.".into(),
            },
            FigureFault::UnwantedPercent => "Ghi con số theo đúng đơn vị tính, không ghi phần trăm.".into(),
            FigureFault::OtherMeasure(_) => "Đổi số liệu về đúng đơn vị tính rồi ghi lại chỉ con số.".into(),
            FigureFault::TooLong => "Kiểm tra và ghi lại con số.".into(),
            FigureFault::Uncached => "Mở tệp bằng Excel, bấm Lưu rồi gửi lại.".into(),
            FigureFault::PerhapsPercent(value) => {
                let percent = value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(*value);
                format!("Lưu tệp thành .xlsx, hoặc gõ vào ô chữ “{}” nếu đúng là vậy.", vietnamese::percent(percent))
            }
        }
    }
}

fn percentage(part: Decimal, whole: Decimal, decimals: u32) -> Option<Decimal> {
    let ratio = part.checked_div(whole)?.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(ratio.round_dp_with_strategy(decimals, rust_decimal::RoundingStrategy::MidpointAwayFromZero))
}

/// The figure of a cell; `None` for an empty cell.
pub fn read_figure(cell: &Cell, measure: Measure) -> Result<Option<Figure>, FigureFault> {
    if cell.uncached {
        return Err(FigureFault::Uncached);
    }
    let takes_percent = match measure {
        Measure::Percent => true,
        Measure::Points => false,
        Measure::Of(name) => name.is_empty(),
    };
    match &cell.value {
        Value::Empty => Ok(None),
        Value::Number(value) if cell.percent && takes_percent => {
            let value = value.checked_mul(Decimal::ONE_HUNDRED).ok_or(FigureFault::TooLong)?;
            Ok(Some(Figure::plain(value)))
        }
        Value::Number(value)
            if cell.unformatted && measure == Measure::Percent && !value.is_zero() && value.abs() <= Decimal::ONE =>
        {
            Err(FigureFault::PerhapsPercent(*value))
        }
        Value::Number(_) if cell.percent => Err(FigureFault::UnwantedPercent),
        Value::Number(value) => Ok(Some(Figure::plain(*value))),
        Value::Bool(_) => Err(FigureFault::Words),
        Value::Date(date) => Err(FigureFault::Date(*date)),
        Value::Error(error) => Err(FigureFault::Error(error.to_string())),
        Value::Text(text) => from_text(text, measure, takes_percent),
    }
}

fn from_text(text: &str, measure: Measure, takes_percent: bool) -> Result<Option<Figure>, FigureFault> {
    let number = match vietnamese::read_number(text) {
        Ok(number) => number,
        Err(NotANumber::Empty) => return Ok(None),
        Err(NotANumber::Words) => return Err(FigureFault::Words),
        Err(NotANumber::Approximate(value)) => return Err(FigureFault::Approximate(value)),
        Err(NotANumber::Fraction(part, whole)) if measure == Measure::Percent => {
            let percent = percentage(part, whole, 4).filter(|percent| *percent >= Decimal::ZERO);
            let value = percent.ok_or(FigureFault::Fraction(part, whole))?;
            return Ok(Some(Figure { count_of: Some((part, whole)), ..Figure::plain(value) }));
        }
        Err(NotANumber::Fraction(part, whole)) => return Err(FigureFault::Fraction(part, whole)),
        Err(NotANumber::TooLong) => return Err(FigureFault::TooLong),
    };
    if number.percent && !takes_percent {
        return Err(FigureFault::UnwantedPercent);
    }
    let plain = Figure { otherwise: number.otherwise, ..Figure::plain(number.value) };
    if number.suffix.is_empty() {
        return Ok(Some(plain));
    }
    let suffix = vietnamese::fold(&number.suffix);
    let measures = match measure {
        Measure::Percent if suffix == "phantram" => Measures::Same,
        Measure::Points if suffix == "diem" || suffix == "d" => Measures::Same,
        Measure::Percent | Measure::Points => Measures::Different,
        Measure::Of("") => Measures::Same,
        Measure::Of(name) => vietnamese::compare_measures(&number.suffix, name),
    };
    let figure = Figure { written_in: Some(number.suffix.clone()), ..plain };
    match measures {
        Measures::Same => Ok(Some(figure)),
        Measures::Scaled(factor) => figure.scaled(factor).map(Some),
        Measures::Different => Err(FigureFault::OtherMeasure(number.suffix)),
    }
}

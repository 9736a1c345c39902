//! From figures to a drawing: labels on the left, bars beside them, the axis below, the legend above.
//!
//! A chart takes the height it needs. Where that is more than there is, letters and bars grow smaller down to a bound,
//! and beyond it the chart goes on in a second drawing.

use rust_decimal::prelude::ToPrimitive;

use super::drawing::Drawing;
use super::figures::{Bar, Chart};
use super::hatch;
use super::legend::Legend;
use super::words::{LEADING, lines, shown, width};
use crate::vietnamese::number;

/// How closely a chart is set; points.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Look {
    /// Of the letters.
    size: f64,
    /// Thickness of a bar.
    bar: f64,
    /// Between rows.
    gap: f64,
}

/// From the roomy to the closest look.
const LOOKS: [Look; 4] = [
    Look { size: 10.5, bar: 14.0, gap: 8.0 },
    Look { size: 10.0, bar: 12.0, gap: 5.0 },
    Look { size: 9.5, bar: 10.0, gap: 3.5 },
    Look { size: 9.0, bar: 9.0, gap: 2.0 },
];

/// Share of the width that labels may take.
const LABEL_SHARE: f64 = 0.38;
/// Between a label and the axis, and between a bar and its figure.
const ROOM: f64 = 5.0;
/// Most steps of the axis.
const MOST_STEPS: f64 = 8.0;
/// Tint of the lines behind the bars.
const GRID: u8 = 22;

/// Draws a chart in a width and up to a height, in points. Nothing where there is nothing to be seen; several drawings
/// where one would be too high.
pub fn draw(chart: &Chart, width: f64, most_height: f64) -> Vec<Drawing> {
    if chart.bars.iter().all(|bar| bar.length().is_zero()) {
        return Vec::new();
    }
    let texts: Vec<[String; 2]> = chart.bars.iter().map(|bar| [shown(&bar.label), shown(&bar.figure)]).collect();
    let mut plan = Plan::new(chart, &texts, LOOKS[0], width);
    for look in &LOOKS[1..] {
        if plan.height() <= most_height {
            break;
        }
        plan = Plan::new(chart, &texts, *look, width);
    }
    let pages = plan.pages(most_height);
    let count = pages.len();
    pages.into_iter().enumerate().map(|(page, rows)| plan.drawing(rows, (page, count))).collect()
}

/// A label in its lines with the height of its row.
struct Row<'a> {
    bar: &'a Bar,
    label: Vec<String>,
    figure: &'a str,
    height: f64,
}

/// Where everything stands.
struct Plan<'a> {
    chart: &'a Chart,
    look: Look,
    width: f64,
    legend: Legend,
    rows: Vec<Row<'a>>,
    /// Left and right end of the axis.
    left: f64,
    right: f64,
    /// Value at the right end of the axis, and between its lines.
    top: f64,
    step: f64,
}

impl<'a> Plan<'a> {
    /// `texts`: label and figure of each bar as the fonts can show them.
    fn new(chart: &'a Chart, texts: &'a [[String; 2]], look: Look, width_of_all: f64) -> Plan<'a> {
        let size = look.size;
        let most_label = width_of_all * LABEL_SHARE;
        let rows = chart.bars.iter().zip(texts).map(|(bar, [label, figure])| {
            let label = lines(label, size, most_label);
            let height = (label.len() as f64 * size * LEADING).max(look.bar);
            Row { bar, label, figure, height }
        });
        let rows: Vec<Row> = rows.collect();
        let label = rows.iter().flat_map(|row| &row.label).map(|line| width(line, size, false)).fold(0.0, f64::max);
        let left = label + ROOM;
        let (top, step) = axis(chart);
        // the axis is as long as the room behind every bar allows for its figure
        let last_tick = width_of_all - width(&tick(top), size, false) / 2.0;
        let behind = rows.iter().filter_map(|row| {
            let share = (row.bar.length().to_f64()? / top).min(1.0);
            let room = width_of_all - ROOM * 1.5 - width(row.figure, size, true) - left;
            (share > 0.0).then_some(left + room / share)
        });
        let right = behind.fold(last_tick, f64::min).max(left + ROOM);
        Plan {
            chart,
            look,
            width: width_of_all,
            legend: Legend::new(chart, size, width_of_all),
            rows,
            left,
            right,
            top,
            step,
        }
    }

    /// Above the bars: the legend, and the name of the line across them.
    fn head(&self) -> f64 {
        let name = if self.chart.line.is_some() { self.look.size * LEADING + 2.0 } else { 0.0 };
        self.legend.height + name + 3.0
    }

    /// Below the bars: the axis with its name.
    fn foot(&self) -> f64 {
        let lines = if self.chart.axis.is_empty() { 1.0 } else { 2.0 };
        lines * self.look.size * LEADING + 6.0
    }

    fn row_height(&self, row: &Row) -> f64 {
        row.height + self.look.gap
    }

    fn height(&self) -> f64 {
        self.head() + self.foot() + self.rows.iter().map(|row| self.row_height(row)).sum::<f64>()
    }

    /// The rows of each drawing: as few drawings as will do, about equally long.
    fn pages(&self, most_height: f64) -> Vec<&[Row<'a>]> {
        let room = (most_height - self.head() - self.foot()).max(1.0);
        let all: f64 = self.rows.iter().map(|row| self.row_height(row)).sum();
        let count = (all / room).ceil().max(1.0);
        let share = (all / count + self.rows.iter().map(|row| self.row_height(row)).fold(0.0, f64::max)).min(room);
        let mut pages = Vec::new();
        let (mut start, mut filled) = (0, 0.0);
        for (at, row) in self.rows.iter().enumerate() {
            let height = self.row_height(row);
            if filled + height > share && at > start {
                pages.push(&self.rows[start..at]);
                (start, filled) = (at, 0.0);
            }
            filled += height;
        }
        pages.push(&self.rows[start..]);
        pages
    }

    /// Where a value stands on the axis.
    fn place(&self, value: f64) -> f64 {
        self.left + (self.right - self.left) * (value / self.top).clamp(0.0, 1.0)
    }

    fn drawing(&self, rows: &[Row], (page, pages): (usize, usize)) -> Drawing {
        let body: f64 = rows.iter().map(|row| self.row_height(row)).sum();
        let height = self.head() + body + self.foot();
        let description = description(self.chart, rows, (page, pages));
        let mut drawing = Drawing { width: self.width, height, description, ..Drawing::default() };
        drawing.rectangle((0.0, 0.0), (self.width, height), 0);
        self.legend.draw(&mut drawing);
        let (top, bottom) = (self.head(), self.head() + body);
        self.axis(&mut drawing, rows, top, bottom);
        let mut y = top;
        for row in rows {
            let height = self.row_height(row);
            self.bar(&mut drawing, row, y + height / 2.0);
            y += height;
        }
        self.line(&mut drawing, rows, top, bottom);
        y = top;
        for row in rows {
            let height = self.row_height(row);
            self.texts(&mut drawing, row, y + height / 2.0);
            y += height;
        }
        drawing
    }

    /// The lines behind the bars with the values below, and the name of the axis.
    fn axis(&self, drawing: &mut Drawing, rows: &[Row], top: f64, bottom: f64) {
        let size = self.look.size;
        let count = (self.top / self.step).round() as usize;
        let places: Vec<f64> = (0..=count).map(|number| self.place(number as f64 * self.step)).collect();
        let upright =
            |x: f64| self.free(rows, x, (top, bottom)).into_iter().map(move |(from, to)| [(x, from), (x, to)]);
        drawing.strokes(0.5, GRID, places.iter().skip(1).flat_map(|x| upright(*x)).collect());
        drawing.strokes(
            0.75,
            100,
            vec![[(self.left, top), (self.left, bottom)], [(self.left, bottom), (self.right, bottom)]],
        );
        let below = bottom + size * LEADING;
        for (number, x) in places.iter().enumerate() {
            let text = tick(number as f64 * self.step);
            drawing.text((x - width(&text, size, false) / 2.0, below), size, false, &text);
        }
        let name = shown(&self.chart.axis);
        let middle = f64::midpoint(self.left, self.right) - width(&name, size, false) / 2.0;
        drawing.text((middle, below + size * LEADING + 1.0), size, false, &name);
    }

    /// Where an upright line can stand without running through the figure of a row.
    fn free(&self, rows: &[Row], x: f64, (top, bottom): (f64, f64)) -> Vec<(f64, f64)> {
        let (mut pieces, mut from, mut y) = (Vec::new(), top, top);
        for row in rows {
            let middle = y + self.row_height(row) / 2.0;
            y += self.row_height(row);
            let start = self.figure_start(row) - 1.5;
            if (start..start + width(row.figure, self.look.size, true) + 3.0).contains(&x) {
                pieces.push((from, middle - self.look.size * 0.55));
                from = middle + self.look.size * 0.55;
            }
        }
        pieces.push((from, bottom));
        pieces.retain(|(from, to)| to > from);
        pieces
    }

    /// The left end of a row's figure.
    fn figure_start(&self, row: &Row) -> f64 {
        self.place(row.bar.length().to_f64().unwrap_or(f64::MAX)) + ROOM
    }

    fn bar(&self, drawing: &mut Drawing, row: &Row, middle: f64) {
        let top = middle - self.look.bar / 2.0;
        let mut before = 0.0;
        for (part, length) in row.bar.lengths.iter().enumerate() {
            let length = length.to_f64().unwrap_or(0.0).max(0.0);
            let (from, to) = (self.place(before), self.place(before + length));
            before += length;
            if to - from > 0.01 {
                hatch::fill(drawing, (from, top), (to - from, self.look.bar), part);
            }
        }
        if before > self.top {
            self.broken_off(drawing, top);
        }
    }

    /// A gap in a bar that is longer than can be shown.
    fn broken_off(&self, drawing: &mut Drawing, top: f64) {
        let (x, bottom) = (self.right - 12.0, top + self.look.bar + 1.0);
        let slanted = |x: f64| [(x, bottom), (x + 5.0, top - 1.0)];
        drawing.strokes(3.5, 0, vec![slanted(x)]);
        drawing.strokes(0.75, 100, vec![slanted(x - 1.75), slanted(x + 1.75)]);
    }

    /// The line across all bars with its name above them.
    fn line(&self, drawing: &mut Drawing, rows: &[Row], top: f64, bottom: f64) {
        let Some((value, name)) = &self.chart.line else { return };
        let (x, size, name) = (self.place(value.to_f64().unwrap_or(0.0)), self.look.size, shown(name));
        for (from, to) in self.free(rows, x, (top, bottom)) {
            // on a light ground, so that it shows across dark bars too
            drawing.strokes(2.5, 0, vec![[(x, from), (x, to)]]);
            let dashes = (0..).map(|number| from + f64::from(number) * 6.0).take_while(|y| *y < to);
            drawing.strokes(1.25, 100, dashes.map(|y| [(x, y), (x, (y + 4.0).min(to))]).collect());
        }
        let length = width(&name, size, true);
        let start = (x - length / 2.0).clamp(0.0, (self.width - length).max(0.0));
        drawing.text((start, top - 4.0), size, true, &name);
    }

    /// Label and figure of a row.
    fn texts(&self, drawing: &mut Drawing, row: &Row, middle: f64) {
        let size = self.look.size;
        let leading = size * LEADING;
        // the first baseline, such that the lines stand around the middle
        let mut baseline = middle - leading * (row.label.len() as f64 - 1.0) / 2.0 + size * 0.33;
        for line in &row.label {
            drawing.text((0.0, baseline), size, false, line);
            baseline += leading;
        }
        let is_figure = !row.bar.length().is_zero();
        drawing.text((self.figure_start(row), middle + size * 0.33), size, is_figure, row.figure);
    }
}

/// The value at the end of the axis and the step of its lines: 1, 2 or 5 of a power of ten.
fn axis(chart: &Chart) -> (f64, f64) {
    let longest = chart.bars.iter().map(Bar::length).max().unwrap_or_default();
    let longest = chart.line.as_ref().map_or(longest, |(value, _)| longest.max(*value));
    let cut = chart.limit.map_or(longest, |limit| longest.min(limit));
    let value = cut.to_f64().unwrap_or(1.0).max(0.01);
    let rough = value / MOST_STEPS;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|part| part * power).find(|step| *step >= rough * 0.999_999);
    let step = step.unwrap_or(rough);
    ((value / step * 0.999_999).ceil() * step, step)
}

/// A value of the axis as people write it.
fn tick(value: f64) -> String {
    rust_decimal::Decimal::from_f64_retain(value).map_or_else(String::new, |value| number(value.round_dp(4)))
}

/// The figures of the rows as a sentence.
fn description(chart: &Chart, rows: &[Row], (page, pages): (usize, usize)) -> String {
    let part = if pages > 1 { format!(" (phần {}/{pages})", page + 1) } else { String::new() };
    let figures: Vec<String> = rows.iter().map(|row| format!("{} {}", row.bar.label.trim(), row.bar.figure)).collect();
    format!("{}{part}: {}.", chart.title, figures.join("; "))
}

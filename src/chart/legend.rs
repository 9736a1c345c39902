//! The legend: which pattern stands for which part, in as many columns as the names allow.

use super::drawing::Drawing;
use super::figures::Chart;
use super::hatch;
use super::words::{LEADING, lines, shown, width};

/// Size of a sample of a pattern, in points.
const SAMPLE: (f64, f64) = (17.0, 8.5);
/// Between a sample and its name, and between columns.
const ROOM: f64 = 5.0;
/// Below the legend.
const BELOW: f64 = 8.0;

/// A laid out legend; of no height where there is nothing to tell apart.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Legend {
    pub(super) height: f64,
    size: f64,
    entries: Vec<Entry>,
}

#[derive(Debug, PartialEq)]
struct Entry {
    part: usize,
    /// Upper left corner.
    x: f64,
    y: f64,
    name: Vec<String>,
}

impl Legend {
    /// The parts that some bar has, when there are several.
    pub(super) fn new(chart: &Chart, size: f64, width_of_all: f64) -> Legend {
        let seen =
            |part: &usize| chart.bars.iter().any(|bar| bar.lengths.get(*part).is_some_and(|length| *length > 0.into()));
        let parts: Vec<usize> = (0..chart.parts.len()).filter(seen).collect();
        if chart.parts.len() < 2 {
            return Legend::default();
        }
        let names: Vec<String> = parts.iter().map(|part| shown(&chart.parts[*part])).collect();
        let widest = names.iter().map(|name| width(name, size, false)).fold(0.0, f64::max);
        let columns = [4.0, 3.0, 2.0]
            .into_iter()
            .find(|columns| widest <= column_width(width_of_all, *columns) && names.len() as f64 >= *columns);
        // names too long for any: two columns of several lines are read more easily than one wide one
        let columns = columns.unwrap_or(if names.len() > 1 { 2.0 } else { 1.0 });
        let column = column_width(width_of_all, columns);
        let mut legend = Legend { size, ..Legend::default() };
        let mut entries = parts.into_iter().zip(names).peekable();
        while entries.peek().is_some() {
            let mut tallest = 0.0_f64;
            for (place, (part, name)) in entries.by_ref().take(columns as usize).enumerate() {
                let name = lines(&name, size, column);
                let x = place as f64 * (column + SAMPLE.0 + ROOM * 2.0);
                tallest = tallest.max(name.len() as f64 * size * LEADING);
                legend.entries.push(Entry { part, x, y: legend.height, name });
            }
            legend.height += tallest + 1.5;
        }
        legend.height += BELOW;
        legend
    }

    pub(super) fn draw(&self, drawing: &mut Drawing) {
        let leading = self.size * LEADING;
        for entry in &self.entries {
            let sample = (entry.x + 0.5, entry.y + (leading - SAMPLE.1) / 2.0);
            hatch::fill(drawing, sample, SAMPLE, entry.part);
            for (line, baseline) in entry.name.iter().zip((1..).map(|line| entry.y + leading * f64::from(line))) {
                let x = entry.x + SAMPLE.0 + ROOM;
                drawing.text((x, baseline - self.size * 0.25), self.size, false, line);
            }
        }
    }
}

/// Room for a name where the width is shared by so many columns.
fn column_width(width: f64, columns: f64) -> f64 {
    width / columns - SAMPLE.0 - ROOM * 2.0
}

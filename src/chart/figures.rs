//! The figures that a chart shows, and their way through template data.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::vietnamese::figure;

/// A chart of horizontal bars, one below the other, each of one part or of several end to end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// What it shows, as a sentence without its end: the beginning of the text for those who cannot see it.
    pub title: String,
    /// What the axis counts: `Điểm`.
    pub axis: String,
    /// Names of the parts of a bar, each drawn in a pattern of its own; one look for all where there is but one part.
    pub parts: Vec<String>,
    pub bars: Vec<Bar>,
    /// A value with its name at which a line stands across all bars.
    pub line: Option<(Decimal, String)>,
    /// Bars that would be longer are broken off here; their figure says how long they are.
    pub limit: Option<Decimal>,
}

/// One bar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    pub label: String,
    /// Length of each part, in the order of [`Chart::parts`]. Below zero counts as zero.
    pub lengths: Vec<Decimal>,
    /// What stands at its end: the figure as people write it, or why there is no bar.
    pub figure: String,
}

impl Bar {
    /// The whole length.
    pub fn length(&self) -> Decimal {
        let positive = self.lengths.iter().filter(|length| length.is_sign_positive());
        positive.fold(Decimal::ZERO, |sum, length| sum.saturating_add(*length))
    }
}

impl Chart {
    /// As template data: a text that a tag puts where the chart shall stand.
    pub fn to_data(&self) -> serde_json::Value {
        // plain names, texts and figures: writing them cannot fail
        figure::carried(&serde_json::to_string(self).unwrap_or_default())
    }

    /// The chart in a text into which a tag has put it, with what stands before and behind; none in any other text,
    /// whatever a user writes.
    pub fn in_text(text: &str) -> Option<(String, Chart, String)> {
        let (before, carried) = figure::find_carried(text)?;
        let mut values = serde_json::Deserializer::from_str(carried).into_iter::<Chart>();
        let chart = values.next()?.ok()?;
        let after = carried.get(values.byte_offset()..)?;
        Some((before.to_string(), chart, after.to_string()))
    }
}

//! Stories of scoring: what a secretary expects of each rule, of totals, places, classes, awards and sums.

mod aggregates;
mod laws;
mod rules;
mod standings;
mod waivers;

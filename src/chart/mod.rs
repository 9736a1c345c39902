//! Charts (biểu đồ) as drawings: figures go in, rectangles, lines and texts in points come out.
//!
//! `figures` are the values that a chart shows, `layout` turns them into a [`Drawing`]; `svg` writes a drawing and reads
//! back what it wrote, `png` (with the letters of `glyph`) makes a picture of print quality of it. Pure: same figures and
//! size, same drawing. One ink only, in tints and hatches, so that a print in black and white says the same as the screen.
//!
//! Knows nothing of dossiers, Word or PDF. May use `font` and `vietnamese`.

mod drawing;
mod figures;
mod glyph;
mod hatch;
mod layout;
mod legend;
mod png;
mod svg;
#[cfg(test)]
mod tests;
mod words;

pub use drawing::{Drawing, Shape, Strokes, Text, color};
pub use figures::{Bar, Chart};
pub use layout::draw;
pub use png::{png, png_size};
pub use svg::{read_svg, reread, svg};

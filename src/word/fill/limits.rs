//! The limits of filling, all in one place: no template can hang the run, overflow the stack or fill the memory.

/// Deepest nesting of loops and conditions.
pub const MOST_NESTING: usize = 50;
/// Longest tag, in bytes.
pub const LONGEST_TAG: usize = 1_000;
/// Deepest nesting of brackets in one tag.
pub const MOST_BRACKETS: usize = 10;
/// Most tags in one part of a template.
pub const MOST_TAGS: usize = 20_000;
/// Largest part that holds tags, in bytes.
pub const LARGEST_TEMPLATE: usize = 16 << 20;
/// Largest filled part, in bytes.
pub const LARGEST_OUTPUT: usize = 64 << 20;
/// Most pieces of text written into one part: what bounds the turns of loops, even of empty ones. Nearer in tests, so
/// that they need not wait for it.
pub const MOST_PIECES: usize = if cfg!(test) { 200_000 } else { 5_000_000 };
/// Most names looked up while faults are being collected.
pub const MOST_LOOKUPS: usize = 1_000_000;
/// Most faults reported for one template.
pub const MOST_FAULTS: usize = 200;

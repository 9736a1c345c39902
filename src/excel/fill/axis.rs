//! Where the rows (or columns) of a template stand in the filled sheet: the law that all references are moved by.
//!
//! The filled axis is made of blocks of the template one after the other; a block inside a loop stands once for each turn.
//! Knows nothing of cells; rows and columns are numbers from zero.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt};

use super::reference::{Coordinate, Stretch};

/// One turn of one loop: the list's name, by number, and which turn. Loops over the same list go with each other.
pub(super) type Turn = (usize, u32);
/// The turns of the loops around, from the outermost in.
pub(super) type Path = Vec<Turn>;

/// A loop in the template: what it repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Body {
    pub(super) first: u32,
    pub(super) last: u32,
}

impl Body {
    fn holds(&self, first: u32, last: u32) -> bool {
        self.first <= first && last <= self.last
    }
}

/// A block of the template and all places where it stands.
#[derive(Clone, Debug, Default)]
struct Block {
    length: u32,
    /// For each path and each beginning of one: where the block stands first and last.
    places: HashMap<Path, (u32, u32)>,
    /// In the order of the filled axis.
    paths: Vec<(Path, u32)>,
}

/// See the head of this file.
#[derive(Clone, Debug, Default)]
pub(super) struct Axis {
    blocks: BTreeMap<u32, Block>,
    /// Where the template ends, and where the filled axis does; what lies behind only moves.
    template_end: u32,
    end: u32,
    bodies: Vec<Body>,
    /// In the order of the filled axis: template, length, place, path.
    order: Vec<Standing>,
}

/// A block where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) template: u32,
    pub(super) length: u32,
    pub(super) at: u32,
    pub(super) path: Path,
}

/// Which end of a stretch is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    First,
    Last,
}

impl Axis {
    /// An empty axis for a template that ends before `template_end`, with these loops.
    pub(super) fn new(template_end: u32, bodies: Vec<Body>) -> Axis {
        Axis { template_end, bodies, ..Axis::default() }
    }

    /// Adds a block of the template at the end of the filled axis.
    pub(super) fn push(&mut self, template: u32, length: u32, path: &Path) {
        let at = self.end;
        let block = self.blocks.entry(template).or_default();
        block.length = length;
        for depth in 0..=path.len() {
            let place = block.places.entry(path[..depth].to_vec()).or_insert((at, at));
            place.1 = at;
        }
        block.paths.push((path.clone(), at));
        self.order.push(Standing { template, length, at, path: path.clone() });
        self.end = self.end.saturating_add(length);
    }

    /// Whether everything stands where it stood.
    pub(super) fn is_same(&self) -> bool {
        self.end == self.template_end && self.order.iter().all(|standing| standing.template == standing.at)
    }

    /// How far the filled axis goes.
    pub(super) fn end(&self) -> u32 {
        self.end
    }

    /// Where the template ends.
    pub(super) fn template_end(&self) -> u32 {
        self.template_end
    }

    /// The blocks where they stand, in the order of the filled axis.
    pub(super) fn standings(&self) -> &[Standing] {
        &self.order
    }

    /// Where the first loop around a place of the template begins, and where the turn of `path` stands.
    fn block_of(&self, template: u32) -> Option<(u32, &Block)> {
        let (start, block) = self.blocks.range(..=template).next_back()?;
        (template < start + block.length).then_some((template - start, block))
    }

    fn behind(&self, template: u32) -> Option<u32> {
        (template >= self.template_end).then(|| template - self.template_end + self.end)
    }

    /// Where a place of the template stands: as near as can be to the turns of `path`, there first or last.
    fn place(&self, template: u32, path: &[Turn], end: End) -> Option<u32> {
        if let Some(at) = self.behind(template) {
            return Some(at);
        }
        let (offset, block) = self.block_of(template)?;
        let place = (0..=path.len()).rev().find_map(|depth| block.places.get(&path[..depth]))?;
        Some(offset + if end == End::First { place.0 } else { place.1 })
    }

    /// Where a single place stands for a formula in the turns of `path`.
    pub(super) fn one(&self, coordinate: Coordinate, path: &[Turn]) -> Option<Coordinate> {
        let path = if coordinate.fixed { &[][..] } else { path };
        self.place(coordinate.at, path, End::First).map(|at| Coordinate { at, ..coordinate })
    }

    /// Whether one place stands more than once for a formula in the turns of `path`.
    pub(super) fn is_many(&self, coordinate: Coordinate, path: &[Turn]) -> bool {
        let path = if coordinate.fixed { &[][..] } else { path };
        self.place(coordinate.at, path, End::First) != self.place(coordinate.at, path, End::Last)
    }

    /// What a stretch has become for a formula in the turns of `path`: a relative end stays in the formula's own turn, a
    /// fixed one takes in all. None where nothing of it is left.
    pub(super) fn stretch(&self, stretch: Stretch, path: &[Turn]) -> Option<Stretch> {
        let path_of = |end: Coordinate| if end.fixed { &[][..] } else { path };
        let first = self.edge(stretch.first.at, stretch.last.at, path_of(stretch.first), End::First)?;
        let last = self.edge(stretch.first.at, stretch.last.at, path_of(stretch.last), End::Last)?;
        let (first, last) = if first <= last { (first, last) } else { (last, first) };
        Some(Stretch {
            first: Coordinate { at: first, ..stretch.first },
            last: Coordinate { at: last, ..stretch.last },
        })
    }

    /// The outermost place of a stretch that still stands.
    fn edge(&self, first: u32, last: u32, path: &[Turn], end: End) -> Option<u32> {
        let wanted = if end == End::First { first } else { last };
        if let Some(at) = self.place(wanted, path, end) {
            return Some(at);
        }
        let mut candidates: Box<dyn Iterator<Item = (&u32, &Block)>> = Box::new(self.blocks.range(first..=last));
        if end == End::Last {
            candidates = Box::new(self.blocks.range(..=last).rev());
        }
        candidates.find_map(|(start, block)| {
            let inside = if end == End::First { *start } else { start + block.length - 1 };
            (first <= inside && inside <= last).then(|| self.place(inside, path, end)).flatten()
        })
    }

    /// The places where a whole stretch of the template stands: once for each turn of the loops that hold all of it,
    /// counting only loops that `counts` says yes to.
    pub(super) fn copies(&self, first: u32, last: u32, counts: impl Fn(&Body) -> bool) -> Vec<(Path, u32, u32)> {
        let depth = self.bodies.iter().filter(|body| body.holds(first, last) && counts(body)).count();
        let mut copies: Vec<(Path, u32, u32)> = Vec::new();
        let mut index: HashMap<Path, usize> = HashMap::new();
        let from = self.blocks.range(..=first).next_back().map_or(first, |(start, _)| *start);
        for (start, block) in self.blocks.range(from..=last) {
            let (low, high) = (first.max(*start), last.min(start + block.length - 1));
            if low > high {
                continue;
            }
            for (path, at) in &block.paths {
                let prefix = path[..depth.min(path.len())].to_vec();
                let (low, high) = (at + low - start, at + high - start);
                let number = *index.entry(prefix.clone()).or_insert_with(|| {
                    copies.push((prefix, low, high));
                    copies.len() - 1
                });
                if let Some(copy) = copies.get_mut(number) {
                    copy.1 = copy.1.min(low);
                    copy.2 = copy.2.max(high);
                }
            }
        }
        if let Some(end) = self.behind(last) {
            match (copies.first_mut(), self.behind(first)) {
                (_, Some(start)) => copies.push((Path::new(), start, end)),
                (Some(copy), None) => copy.2 = end,
                (None, None) => copies.push((Path::new(), self.end, end)),
            }
        }
        copies.sort_by_key(|(_, first, last)| (*first, *last));
        copies
    }

    /// The parts of a stretch for a formula in the turns of `path`: one for each run of rows (or columns) that are copies of
    /// it, nothing else in between. One whole where its ends are of two kinds.
    pub(super) fn parts(&self, stretch: Stretch, path: &[Turn]) -> Vec<(u32, u32)> {
        let whole = |stretch: Stretch| vec![(stretch.first.at, stretch.last.at)];
        if stretch.first.fixed != stretch.last.fixed || self.behind(stretch.last.at).is_some() {
            return self.stretch(stretch, path).map(whole).unwrap_or_default();
        }
        let path = if stretch.first.fixed { &[][..] } else { path };
        let copies = self.copies(stretch.first.at, stretch.last.at, |_| true);
        let shared = |own: &Path| own.iter().zip(path).take_while(|(one, other)| one == other).count();
        let most = copies.iter().map(|(own, _, _)| shared(own)).max().unwrap_or(0);
        let mut parts: Vec<(u32, u32)> = Vec::new();
        for (_, first, last) in copies.iter().filter(|(own, _, _)| shared(own) == most) {
            match parts.last_mut() {
                Some(before) if before.1 + 1 >= *first => before.1 = before.1.max(*last),
                _ => parts.push((*first, *last)),
            }
        }
        parts
    }

    /// For a formula in a later turn that looks at the place just above its own loop: the place just above its own turn.
    pub(super) fn before_own_turn(&self, coordinate: Coordinate, from: u32, path: &[Turn]) -> Option<Coordinate> {
        if coordinate.fixed || coordinate.at >= from {
            return None;
        }
        let around: Vec<&Body> = self.bodies.iter().filter(|body| body.holds(from, from)).collect();
        let depth = around.iter().position(|body| coordinate.at < body.first)?;
        let body = around[depth];
        let gap = coordinate.at + 1..body.first;
        let is_next = gap.clone().count() < 8 && gap.clone().all(|template| self.block_of(template).is_none());
        let turn = path.get(depth)?.1;
        if !is_next || turn == 0 {
            return None;
        }
        let own = path.get(..=depth)?;
        let start = self.edge(body.first, body.last, own, End::First)?;
        start.checked_sub(1).map(|at| Coordinate { at, ..coordinate })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn relative(at: u32) -> Coordinate {
        Coordinate { at, fixed: false }
    }

    fn span(first: u32, last: u32, fixed: bool) -> Stretch {
        Stretch { first: Coordinate { at: first, fixed }, last: Coordinate { at: last, fixed } }
    }

    fn ends(stretch: Option<Stretch>) -> Option<(u32, u32)> {
        stretch.map(|stretch| (stretch.first.at, stretch.last.at))
    }

    /// Heading 0–3, a loop over row 4 with `turns`, a total in row 5.
    fn ranking(turns: u32) -> Axis {
        let mut axis = Axis::new(6, vec![Body { first: 4, last: 4 }]);
        axis.push(0, 4, &vec![]);
        for turn in 0..turns {
            axis.push(4, 1, &vec![(0, turn)]);
        }
        axis.push(5, 1, &vec![]);
        axis
    }

    #[test]
    fn a_sum_over_the_repeated_row_takes_in_all_its_copies() {
        let axis = ranking(8);
        assert_eq!(ends(axis.stretch(span(4, 4, false), &[])), Some((4, 11)), "from the total row");
        assert_eq!(ends(axis.stretch(span(4, 4, false), &[(0, 3)])), Some((7, 7)), "from a copy, relative");
        assert_eq!(ends(axis.stretch(span(4, 4, true), &[(0, 3)])), Some((4, 11)), "from a copy, fixed");
        assert_eq!(ends(axis.stretch(span(3, 5, false), &[])), Some((3, 12)), "heading to total");
        assert_eq!(axis.one(relative(5), &[]), Some(relative(12)), "the total itself");
        assert_eq!(axis.one(relative(20), &[]), Some(relative(27)), "below everything");
    }

    #[test]
    fn a_loop_without_turns_leaves_nothing_behind() {
        let axis = ranking(0);
        assert_eq!(axis.one(relative(4), &[]), None);
        assert_eq!(ends(axis.stretch(span(4, 4, false), &[])), None);
        assert_eq!(ends(axis.stretch(span(3, 4, false), &[])), Some((3, 3)));
        assert_eq!(ends(axis.stretch(span(4, 5, false), &[])), Some((4, 4)));
    }

    #[test]
    fn a_running_total_looks_at_the_turn_before() {
        let axis = ranking(3);
        assert_eq!(axis.before_own_turn(relative(3), 4, &[(0, 2)]), Some(relative(5)));
        assert_eq!(axis.before_own_turn(relative(3), 4, &[(0, 0)]), None, "the first turn has the heading above");
        assert_eq!(axis.before_own_turn(relative(1), 4, &[(0, 2)]), None, "a heading further up stays");
    }

    #[test]
    fn a_range_inside_a_loop_has_a_part_for_each_turn_that_stands_apart() {
        // a heading row and two lines for each of three units; the lines are a loop of their own
        let mut axis = Axis::new(3, vec![Body { first: 0, last: 1 }, Body { first: 1, last: 1 }]);
        for unit in 0..3 {
            axis.push(0, 1, &vec![(0, unit)]);
            (0..2).for_each(|line| axis.push(1, 1, &vec![(0, unit), (1, line)]));
        }
        axis.push(2, 1, &vec![]);
        assert_eq!(axis.parts(span(1, 1, false), &[]), [(1, 2), (4, 5), (7, 8)], "the lines of all units");
        assert_eq!(axis.parts(span(1, 1, false), &[(0, 1)]), [(4, 5)], "the lines of the unit itself");
        assert_eq!(axis.parts(span(0, 1, false), &[]), [(0, 8)], "headings and lines");
        assert_eq!(axis.parts(span(0, 2, false), &[]), [(0, 9)], "everything");
    }

    #[test]
    fn a_merged_cell_stands_in_every_turn_or_is_stretched() {
        let axis = ranking(3);
        let copies = |first, last| -> Vec<(u32, u32)> {
            axis.copies(first, last, |_| true).into_iter().map(|(_, first, last)| (first, last)).collect()
        };
        assert_eq!(copies(4, 4), [(4, 4), (5, 5), (6, 6)]);
        assert_eq!(copies(3, 4), [(3, 6)]);
        assert_eq!(copies(5, 5), [(7, 7)]);
        assert_eq!(copies(5, 9), [(7, 11)]);
        assert_eq!(copies(0, 1), [(0, 1)]);
    }

    /// Loops at the top, each with so many rows and turns, and plain rows between them.
    fn any_axis() -> impl Strategy<Value = (Vec<(bool, u32, u32)>, Axis)> {
        proptest::collection::vec((any::<bool>(), 1..4_u32, 0..5_u32), 1..6).prop_map(|parts| {
            let length = parts.iter().map(|(_, rows, _)| rows).sum();
            let mut bodies = Vec::new();
            let mut at = 0;
            for (repeats, rows, _) in &parts {
                if *repeats {
                    bodies.push(Body { first: at, last: at + rows - 1 });
                }
                at += rows;
            }
            let mut axis = Axis::new(length, bodies);
            let mut at = 0;
            for (number, (repeats, rows, turns)) in parts.iter().enumerate() {
                if *repeats {
                    (0..*turns).for_each(|turn| axis.push(at, *rows, &vec![(number, turn)]));
                } else {
                    axis.push(at, *rows, &vec![]);
                }
                at += rows;
            }
            (parts, axis)
        })
    }

    /// The template's row that stands in a row of the filled axis.
    fn origin(axis: &Axis, at: u32) -> Option<u32> {
        let standing = axis.standings().iter().find(|own| own.at <= at && at < own.at + own.length)?;
        Some(standing.template + at - standing.at)
    }

    proptest! {
        /// However many rows go in above, a reference still means the row it meant.
        #[test]
        fn a_reference_resolves_to_the_row_it_was_written_for((parts, axis) in any_axis(), row in 0..18_u32) {
            let length: u32 = parts.iter().map(|(_, rows, _)| rows).sum();
            let row = row % length;
            if let Some(moved) = axis.one(relative(row), &[]) {
                prop_assert_eq!(origin(&axis, moved.at), Some(row));
            }
        }

        /// A range holds every copy of every row that it held in the template, and no copy of a row outside it.
        #[test]
        fn a_range_holds_the_copies_of_its_rows_and_no_others((parts, axis) in any_axis(), a in 0..18_u32, b in 0..18_u32) {
            let length: u32 = parts.iter().map(|(_, rows, _)| rows).sum();
            let (a, b) = (a % length, b % length);
            let (first, last) = (a.min(b), a.max(b));
            let moved = ends(axis.stretch(span(first, last, true), &[]));
            let standing: Vec<u32> = (0..axis.end())
                .filter(|at| origin(&axis, *at).is_some_and(|row| (first..=last).contains(&row)))
                .collect();
            // where a range ends inside a loop, all turns of that loop lie between its ends
            let inside_loops = axis.copies(first, last, |_| false);
            prop_assert_eq!(moved.is_none(), standing.is_empty());
            if let (Some((low, high)), Some((_, from, to))) = (moved, inside_loops.first()) {
                prop_assert_eq!((low, high), (*from, *to));
                prop_assert_eq!(Some(&low), standing.first());
                prop_assert_eq!(Some(&high), standing.last());
            }
        }

        /// The turns of a loop never overlap, and follow one another.
        #[test]
        fn copies_stand_apart_and_in_order((parts, axis) in any_axis(), a in 0..18_u32, b in 0..18_u32) {
            let length: u32 = parts.iter().map(|(_, rows, _)| rows).sum();
            let (a, b) = (a % length, b % length);
            let (first, last) = (a.min(b), a.max(b));
            let copies = axis.copies(first, last, |_| true);
            for pair in copies.windows(2) {
                prop_assert!(pair[0].2 < pair[1].1, "{:?}", copies);
            }
        }
    }
}

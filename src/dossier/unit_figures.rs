//! Figures of units by criterion, plans and verified marks: millions of them, in few bytes each.

use rust_decimal::Decimal;
use std::sync::Arc;

use super::{CriterionId, Source, Sourced, UnitId};
use crate::finding::CellAddress;
use crate::sheet::SheetName;

/// At most one figure for each unit and criterion, with the cell it stands in.
#[derive(Clone, Debug, Default)]
pub struct UnitFigures {
    /// By unit; those of one in the order of criteria.
    units: Vec<Vec<Figure>>,
    /// The sheets that the cells stand in.
    sheets: Vec<Arc<SheetName>>,
}

#[derive(Clone, Copy, Debug)]
struct Figure {
    criterion: u32,
    row: u32,
    column: u16,
    /// Index in [`UnitFigures::sheets`].
    sheet: u16,
    value: Decimal,
}

impl UnitFigures {
    /// The figure of a unit and a criterion.
    pub fn value(&self, unit: UnitId, criterion: CriterionId) -> Option<Decimal> {
        self.figure(unit, criterion).map(|figure| figure.value)
    }

    /// The same with its cell.
    pub fn get(&self, unit: UnitId, criterion: CriterionId) -> Option<Sourced<Decimal>> {
        let figure = self.figure(unit, criterion)?;
        let sheet = self.sheets.get(usize::from(figure.sheet))?;
        let cell = CellAddress::new(figure.row, figure.column.into());
        Some(Sourced { value: figure.value, source: Source::in_sheet(sheet.clone(), cell) })
    }

    /// Puts a figure in; one that is there already goes.
    ///
    /// Of a sheet beyond the first 65,536, or a column or criterion beyond what a workbook can have, nothing is kept.
    pub fn insert(&mut self, unit: UnitId, criterion: CriterionId, figure: Sourced<Decimal>) {
        let Sourced { value, source } = figure;
        let sheet = self.sheet(source.full_name());
        let (Ok(criterion), Ok(column), Ok(sheet)) =
            (u32::try_from(criterion.0), u16::try_from(source.cell.column), u16::try_from(sheet))
        else {
            return;
        };
        if self.units.len() <= unit.0 {
            self.units.resize_with(unit.0 + 1, Vec::new);
        }
        let figures = &mut self.units[unit.0];
        let figure = Figure { criterion, row: source.cell.row, column, sheet, value };
        match figures.binary_search_by_key(&criterion, |figure| figure.criterion) {
            Ok(place) => figures[place] = figure,
            Err(place) => figures.insert(place, figure),
        }
    }

    /// Gives back what room is left at the end of a unit's figures.
    pub(super) fn close(&mut self, unit: UnitId) {
        if let Some(figures) = self.units.get_mut(unit.0) {
            figures.shrink_to_fit();
        }
    }

    fn figure(&self, unit: UnitId, criterion: CriterionId) -> Option<&Figure> {
        let figures = self.units.get(unit.0)?;
        let found = figures.binary_search_by_key(&criterion.0, |figure| figure.criterion as usize);
        found.ok().and_then(|place| figures.get(place))
    }

    /// The index of a sheet; nearly always the one that came before.
    fn sheet(&mut self, name: &Arc<SheetName>) -> usize {
        let known = self.sheets.iter().rposition(|own| Arc::ptr_eq(own, name) || own == name);
        known.unwrap_or_else(|| {
            self.sheets.push(name.clone());
            self.sheets.len() - 1
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        /// Against a plain map.
        #[test]
        fn every_figure_comes_back_with_its_cell(
            given in proptest::collection::vec((0_usize..6, 0_usize..8, -50_i64..50, 0_u32..1_048_576, 0_u32..1_024, 0_usize..2), 0..60),
        ) {
            let (mut figures, mut expected) = (UnitFigures::default(), BTreeMap::new());
            for (unit, criterion, value, row, column, sheet) in given {
                let name = ["Chỉ tiêu", "Thẩm định"][sheet];
                let name = SheetName { file: "ho-so.xlsx".into(), sheet: name.into() };
                let source = Source::new(name, CellAddress::new(row, column));
                let figure = Sourced { value: Decimal::from(value), source };
                figures.insert(UnitId(unit), CriterionId(criterion), figure.clone());
                figures.close(UnitId(unit));
                expected.insert((unit, criterion), figure);
            }
            for unit in 0..7 {
                for criterion in 0..9 {
                    let (one, other) = (UnitId(unit), CriterionId(criterion));
                    let wanted = expected.get(&(unit, criterion));
                    prop_assert_eq!(figures.get(one, other), wanted.cloned());
                    prop_assert_eq!(figures.value(one, other), wanted.map(|figure| figure.value));
                }
            }
        }
    }
}

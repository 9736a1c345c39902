//! What the properties of paragraphs, runs and cells come to, found once for each that stands in a part.
//!
//! A part names the same few properties thousands of times; [`ElementRef::key`] tells which are the same. What differs from
//! place to place (numbers, borders at the edges of a table) is not kept here.

use std::rc::Rc;

use foldhash::HashMap;

use super::paragraph::Look;
use super::properties::{NumberingReference, ParagraphProperties};
use super::report::Notice;
use super::story::{Reader, Surroundings};
use super::styles::Base;
use super::table_style::{CellProperties, Width};
use super::unshown;
use super::values::value_number;
use crate::word::document::ParagraphStyle;
use crate::word::xml::ElementRef;

/// What was found so far in one part.
#[derive(Debug, Default)]
pub struct Looks {
    /// By the key of a `w:pPr`, where there is one, and the place among the cell texts.
    paragraphs: HashMap<(Option<usize>, Option<usize>), Rc<ParagraphLook>>,
    /// By the key of a `w:rPr` and that of the paragraph's look.
    runs: HashMap<(usize, *const Base), Look>,
    /// By the key of a `w:tcPr`.
    cells: HashMap<usize, Rc<CellLook>>,
}

/// A `w:pPr` over the look of its style.
#[derive(Debug)]
pub struct ParagraphLook {
    pub base: Rc<Base>,
    pub style: ParagraphStyle,
    pub numbering: Option<NumberingReference>,
    pub outline_level: Option<i64>,
    /// The look of the paragraph's mark.
    pub mark: Look,
    pub notices: Vec<Notice>,
}

/// A `w:tcPr`.
#[derive(Debug, Default)]
pub struct CellLook {
    pub properties: CellProperties,
    pub width: Option<Width>,
    /// Columns, where it says how many.
    pub span: Option<i64>,
    /// Merged downwards: whether it goes on with the cell above.
    pub continues_downwards: Option<bool>,
    /// The older way to merge to the right: whether it goes on with the cell before.
    pub continues_across: Option<bool>,
    /// Its text does not run from left to right.
    pub turned: bool,
    /// It has a diagonal line.
    pub crossed: bool,
}

impl Looks {
    /// The look of a cell by its properties.
    pub fn cell(&mut self, own: Option<ElementRef>) -> Rc<CellLook> {
        let Some(own) = own else { return Rc::default() };
        Rc::clone(self.cells.entry(own.key()).or_insert_with(|| Rc::new(CellLook::read(own))))
    }
}

impl CellLook {
    fn read(own: ElementRef) -> CellLook {
        let continues = |name| Some(own.find(name)?.attribute("w:val").is_none_or(|text| text == "continue"));
        CellLook {
            properties: CellProperties::read(own),
            width: own.find("w:tcW").and_then(Width::read),
            span: value_number(own, "w:gridSpan"),
            continues_downwards: continues("w:vMerge"),
            continues_across: continues("w:hMerge"),
            turned: own.value_of("w:textDirection").is_some_and(|text| text != "lrTb"),
            crossed: own.find("w:tcBorders").is_some_and(unshown::has_diagonal),
        }
    }
}

impl Reader<'_> {
    /// The look of a paragraph by its properties.
    pub fn paragraph_look(
        &mut self,
        looks: &mut Looks,
        own: Option<ElementRef>,
        surroundings: Surroundings,
    ) -> Rc<ParagraphLook> {
        let key = (own.map(ElementRef::key), surroundings.cell_text);
        if let Some(known) = looks.paragraphs.get(&key) {
            return Rc::clone(known);
        }
        let look = Rc::new(self.read_paragraph_look(own, surroundings));
        looks.paragraphs.insert(key, Rc::clone(&look));
        look
    }

    fn read_paragraph_look(&mut self, own: Option<ElementRef>, surroundings: Surroundings) -> ParagraphLook {
        let direct = own.map(ParagraphProperties::read);
        let base = self.base(direct.as_ref().and_then(|direct| direct.style.as_deref()), surroundings);
        let mark = self.look(&base, own.and_then(|own| own.find("w:rPr")));
        let inherited = base.paragraph.numbering;
        let mut look = ParagraphLook {
            style: base.finished_paragraph.clone(),
            numbering: inherited,
            outline_level: base.paragraph.outline_level,
            mark,
            notices: own.map(unshown::of_paragraph).unwrap_or_default(),
            base,
        };
        let Some(mut direct) = direct else { return look };
        let mut all = look.base.paragraph.clone();
        if let Some(own) = direct.numbering.take() {
            let under = inherited.unwrap_or_default();
            let (instance, level) = (own.instance.or(under.instance), own.level.or(under.level));
            look.numbering = Some(NumberingReference { instance, level });
            if let Some(level) = instance.and_then(|id| self.definitions.numbering.level(id, level.unwrap_or(0))) {
                all.apply(&level.paragraph);
            }
        }
        all.apply(&direct);
        look.outline_level = all.outline_level;
        look.style = all.finish(&look.base.style_id);
        look
    }

    /// The look of a run by its properties.
    pub fn run_look(&self, looks: &mut Looks, base: &Rc<Base>, own: Option<ElementRef>) -> Look {
        let Some(own) = own else { return self.look(base, None) };
        looks.runs.entry((own.key(), Rc::as_ptr(base))).or_insert_with(|| self.look(base, Some(own))).clone()
    }
}

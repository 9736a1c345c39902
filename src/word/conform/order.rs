//! The order of children that the schema of WordprocessingML (ECMA-376, wml.xsd) asks for; docx-rs does not keep it.

use crate::word::xml::{Element, Node};

const PARAGRAPH: &str = "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr \
    shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi \
    adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection \
    textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange";
const RUN: &str = "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof \
    snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl \
    cs em lang eastAsianLayout specVanish oMath";
const TABLE: &str = "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc \
    tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription";
const TABLE_LINES: &str = "top left start bottom right end insideH insideV tl2br tr2bl";
const CELL_MARGINS: &str = "top left start bottom right end";
const CELL: &str = "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign \
    hideMark";
const SECTION: &str = "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders \
    lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid";
const STYLE: &str = "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat \
    locked personal rsid pPr rPr tblPr trPr tcPr tblStylePr";
const LEVEL: &str = "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr";
const NUMBERING: &str = "ilvl numId";
const DEFAULTS: &str = "rPrDefault pPrDefault";
const SETTINGS: &str = "writeProtection view zoom documentProtection defaultTabStop evenAndOddHeaders \
    characterSpacingControl footnotePr endnotePr compat docVars rsids themeFontLang decimalSymbol listSeparator docId";

fn order_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "w:pPr" => PARAGRAPH,
        "w:rPr" => RUN,
        "w:tblPr" => TABLE,
        "w:tblBorders" | "w:tcBorders" => TABLE_LINES,
        "w:tblCellMar" | "w:tcMar" => CELL_MARGINS,
        "w:tcPr" => CELL,
        "w:sectPr" => SECTION,
        "w:style" => STYLE,
        "w:lvl" => LEVEL,
        "w:numPr" => NUMBERING,
        "w:docDefaults" => DEFAULTS,
        "w:settings" => SETTINGS,
        _ => return None,
    })
}

/// Puts the children of an element, and of all below it, in the order of the schema. Children that the order does not
/// name go to the end, as they stood.
pub(super) fn put_in_order(root: &mut Element) {
    root.for_each_mut(&mut |element| {
        if element.children.len() > 1
            && let Some(order) = order_of(&element.name)
        {
            element.children.sort_by_cached_key(|child| rank(order, child));
        }
    });
}

fn rank(order: &str, child: &Node) -> usize {
    let name = child.element().map_or("", |element| element.name.as_str());
    let local = name.split_once(':').map_or(name, |(_, local)| local);
    order.split_whitespace().position(|known| known == local).unwrap_or(usize::MAX)
}

//! The XML of a picture in the line, with its SVG twin.

use super::EMU;
use crate::chart::Drawing;
use crate::opc::OFFICE_RELATIONSHIPS;
use crate::word::xml::Element;

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
const MAIN: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
/// The extension of a picture that is the SVG beside it (MS-ODRAWXML 2.26).
const TWIN: &str = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}";
const TWIN_NAMES: &str = "http://schemas.microsoft.com/office/drawing/2016/SVG/main";
/// Above the ids of drawings that a template of an office is likely to hold.
const FIRST_ID: usize = 500_000;

/// A picture in the line. `picture` and `twin` are relationships of the part; `number` counts the drawings of the part.
pub(super) fn inline(drawing: &Drawing, picture: &str, twin: &str, number: usize) -> Element {
    let (width, height) = size(drawing);
    let extent = Element::new("wp:extent").with("cx", &width).with("cy", &height);
    let properties = Element::new("wp:docPr")
        .with("id", (FIRST_ID + number).to_string())
        .with("name", name(number))
        .with("descr", &drawing.description);
    Element::new("wp:inline")
        .with("xmlns:wp", DRAWING)
        .with("distT", "0")
        .with("distB", "0")
        .with("distL", "0")
        .with("distR", "0")
        .child(extent)
        .child(properties)
        .child(graphic(drawing, picture, twin, number))
}

/// Puts a drawing in the place of another picture, which keeps how it stands in the text.
pub(super) fn replace(holder: &mut Element, drawing: &Drawing, picture: &str, twin: &str, number: usize) {
    let (width, height) = size(drawing);
    if let Some(extent) = holder.find_mut("wp:extent") {
        extent.set("cx", &width);
        extent.set("cy", &height);
    }
    if let Some(properties) = holder.find_mut("wp:docPr") {
        properties.set("name", name(number));
        properties.set("descr", &drawing.description);
        properties.attributes.retain(|(name, _)| name != "title");
    }
    // a size relative to the page would undo the one given above
    let is_kept = |own: &Element| own.name != "a:graphic" && !own.name.starts_with("wp14:sizeRel");
    holder.children.retain(|child| child.element().is_none_or(is_kept));
    holder.children.push(graphic(drawing, picture, twin, number).into());
}

fn graphic(drawing: &Drawing, picture: &str, twin: &str, number: usize) -> Element {
    let (width, height) = size(drawing);
    let extension = Element::new("a:ext")
        .with("uri", TWIN)
        .child(Element::new("asvg:svgBlip").with("xmlns:asvg", TWIN_NAMES).with("r:embed", twin));
    let blip = Element::new("a:blip")
        .with("xmlns:r", OFFICE_RELATIONSHIPS)
        .with("r:embed", picture)
        .child(Element::new("a:extLst").child(extension));
    let stretch = Element::new("a:stretch").child(Element::new("a:fillRect"));
    let own_properties = Element::new("pic:cNvPr").with("id", number.to_string()).with("name", name(number));
    let frame = Element::new("a:xfrm")
        .child(Element::new("a:off").with("x", "0").with("y", "0"))
        .child(Element::new("a:ext").with("cx", &width).with("cy", &height));
    let shape = Element::new("a:prstGeom").with("prst", "rect").child(Element::new("a:avLst"));
    let picture = Element::new("pic:pic")
        .with("xmlns:pic", PICTURE)
        .child(Element::new("pic:nvPicPr").child(own_properties).child(Element::new("pic:cNvPicPr")))
        .child(Element::new("pic:blipFill").child(blip).child(stretch))
        .child(Element::new("pic:spPr").child(frame).child(shape));
    let data = Element::new("a:graphicData").with("uri", PICTURE).child(picture);
    Element::new("a:graphic").with("xmlns:a", MAIN).child(data)
}

/// Width and height in EMU.
fn size(drawing: &Drawing) -> (String, String) {
    let emu = |points: f64| ((points * EMU).round() as i64).to_string();
    (emu(drawing.width), emu(drawing.height))
}

fn name(number: usize) -> String {
    format!("Biểu đồ {number}")
}

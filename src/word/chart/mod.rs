//! Charts in a filled Word file: where a tag has put the figures of a chart, the drawing comes.
//!
//! A tag of a chart stands in a paragraph, or in the alternative text of a picture that keeps its place and its width;
//! the picture's height is the most that the chart may take. A chart comes as a picture of 220 dots to the inch with an
//! SVG twin: Word 2016 and later show the twin, others the picture, and the PDF is drawn from the twin, so that Word
//! and PDF show one drawing. A chart that needs more than one page goes on in paragraphs of its own. Filling has no
//! part in it but to carry the figures; how a chart looks is the business of [`crate::chart`].

mod body;
mod markup;
mod media;
#[cfg(test)]
mod tests;

use memchr::memmem;
use std::ops::Range;

use self::media::Media;
use super::Package;
use super::xml::{DECLARATION, Element, Node, parse_text};
use crate::chart::{Chart, Drawing, draw};

/// Share of the text's height that a chart may take where no picture says how high it may be: room for the headings
/// above it and the caption below.
const HEIGHT_SHARE: f64 = 0.8;
/// Width and height of the text where the file does not say: A4 with the margins of NĐ 30/2020, points.
const USUAL_ROOM: Room = Room { width: 467.0, height: 728.0 };
/// EMU in a point.
const EMU: f64 = 12_700.0;
/// Marks a picture whose alternative text is a tag of a chart: without figures it goes.
const PLACEHOLDER: &str = "bieu_do";
/// What stands in a filled text wherever there is something to do: figures of a chart, and the mark of a picture.
const FIGURES: &str = "\u{2060}\u{2060}";
const PLACE: &str = "name=\"bieu_do\"";

/// Room for text, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Room {
    width: f64,
    height: f64,
}

/// Marks the pictures of a template in whose place a chart shall come.
pub(super) fn mark(root: &mut Element) {
    root.for_each_mut(&mut |element| {
        let is_place = element.name == "wp:docPr"
            && ["descr", "title"]
                .iter()
                .filter_map(|name| element.attribute(name))
                .any(|text| text.contains("{{") && text.contains(&format!("{PLACEHOLDER}.")));
        if is_place {
            element.set("name", PLACEHOLDER);
        }
    });
}

/// Draws every chart whose figures stand in a filled package.
///
/// # Errors
/// A Vietnamese half sentence: a part that cannot be read again, or a chart that cannot be drawn.
pub(super) fn draw_all(package: &mut Package) -> Result<(), String> {
    let names: Vec<String> =
        package.names().filter(|name| may_hold_charts(package, name)).map(str::to_string).collect();
    for name in names {
        let Some(text) = package.part(&name).and_then(text_of) else { continue };
        let text = text.to_string();
        let mut place = Place { media: Media::of(package, &name)?, changed: false };
        let drawn = match body::blocks(&text) {
            Some(blocks) => place.in_body(&text, &blocks)?,
            None => place.in_whole(&text)?,
        };
        if place.changed {
            place.media.finish(&drawn)?;
            package.set(&name, drawn.into_bytes());
        }
    }
    Ok(())
}

/// The text of a filled part, which is UTF-8; none of any other.
fn text_of(content: &[u8]) -> Option<&str> {
    simdutf8::basic::from_utf8(content).ok()
}

fn may_hold_charts(package: &Package, name: &str) -> bool {
    let is_text = name.starts_with("word/") && name.ends_with(".xml");
    is_text && package.part(name).is_some_and(|text| marks(text).next().is_some())
}

/// Where figures of charts stand in a text, and pictures in whose places they should come.
fn marks(text: &[u8]) -> impl Iterator<Item = usize> {
    memmem::find_iter(text, FIGURES).chain(memmem::find_iter(text, PLACE))
}

fn tree(text: &str) -> Result<Element, String> {
    parse_text(text).map(|xml| xml.root).map_err(|error| error.to_string())
}

/// Puts the charts of one part in their places.
struct Place<'a> {
    media: Media<'a>,
    changed: bool,
}

impl Place<'_> {
    /// Charts in a part that is no body, such as a header.
    fn in_whole(&mut self, text: &str) -> Result<String, String> {
        let mut root = tree(text)?;
        root.use_usual_prefixes();
        self.blocks(&mut root, USUAL_ROOM)?;
        let mut drawn = String::from(DECLARATION);
        root.write(&mut drawn);
        Ok(drawn)
    }

    /// Charts in the body, whose blocks stand at these places; blocks without charts are not looked at.
    fn in_body(&mut self, text: &str, blocks: &[Range<usize>]) -> Result<String, String> {
        let mut drawn = String::with_capacity(text.len());
        let mut copied = 0;
        let mut marks: Vec<usize> = marks(text.as_bytes()).collect();
        marks.sort_unstable();
        let holds_charts = |place: &Range<usize>| {
            let behind = marks.partition_point(|mark| *mark < place.start);
            marks.get(behind).is_some_and(|mark| *mark < place.end)
        };
        for (number, place) in blocks.iter().enumerate().filter(|(_, place)| holds_charts(place)) {
            drawn.push_str(&text[copied..place.start]);
            copied = place.end;
            // what stands before a section's end has that section's room
            let room = blocks[number..].iter().find_map(|place| section_of(&text[place.clone()]));
            let mut out = Vec::new();
            self.block(tree(&text[place.clone()])?.into(), room.map_or(USUAL_ROOM, |own| room_of(&own)), &mut out)?;
            out.iter().filter_map(Node::element).for_each(|element| element.write(&mut drawn));
        }
        drawn.push_str(&text[copied..]);
        Ok(drawn)
    }

    fn blocks(&mut self, holder: &mut Element, room: Room) -> Result<(), String> {
        let children = std::mem::take(&mut holder.children);
        for child in children {
            self.block(child, room, &mut holder.children)?;
        }
        Ok(())
    }

    /// A block, and the paragraphs in which a chart of it goes on.
    fn block(&mut self, mut node: Node, room: Room, out: &mut Vec<Node>) -> Result<(), String> {
        let Some(element) = node.element_mut() else {
            out.push(node);
            return Ok(());
        };
        let mut more = Vec::new();
        match element.name.as_str() {
            "w:p" => more = self.paragraph(element, room)?,
            "w:tc" => {
                let width = element.path(&["w:tcPr", "w:tcW"]).and_then(|own| number(own, "w:w"));
                let width = width.map_or(room.width, |twips| (twips / 20.0 - 12.0).max(1.0));
                self.blocks(element, Room { width, ..room })?;
            }
            _ => self.blocks(element, room)?,
        }
        out.push(node);
        out.extend(more.into_iter().map(Node::from));
        Ok(())
    }

    /// The charts of a paragraph; gives the paragraphs in which they go on.
    fn paragraph(&mut self, paragraph: &mut Element, room: Room) -> Result<Vec<Element>, String> {
        let mut rest = Vec::new();
        self.runs(paragraph, room, &mut rest)?;
        let properties = paragraph.find("w:pPr").cloned();
        let go_on = |run: Element| {
            let mut holder = Element::new("w:p");
            // the end of a section stays where it is
            let kept = properties.clone().map(|mut own| {
                own.children.retain(|child| !child.is("w:sectPr"));
                own
            });
            holder.children.extend(kept.map(Node::from));
            holder.child(run)
        };
        Ok(rest.into_iter().map(go_on).collect())
    }

    fn runs(&mut self, holder: &mut Element, room: Room, rest: &mut Vec<Element>) -> Result<(), String> {
        let children = std::mem::take(&mut holder.children);
        for mut node in children {
            match node.element_mut() {
                Some(run) if run.name == "w:r" => {
                    let pieces = self.run(run, room, rest)?;
                    holder.children.push(node);
                    holder.children.extend(pieces.into_iter().map(Node::from));
                }
                Some(other) if other.name != "w:pPr" => {
                    self.runs(other, room, rest)?;
                    holder.children.push(node);
                }
                _ => holder.children.push(node),
            }
        }
        Ok(())
    }

    /// The charts of a run: in its pictures and in its text. Gives the runs that come right behind it.
    fn run(&mut self, run: &mut Element, room: Room, rest: &mut Vec<Element>) -> Result<Vec<Element>, String> {
        let mut pieces = Vec::new();
        let children = std::mem::take(&mut run.children);
        for mut node in children {
            let Some(element) = node.element_mut() else {
                run.children.push(node);
                continue;
            };
            if element.name == "w:t"
                && let Some((before, chart, after)) = Chart::in_text(&element.all_text())
            {
                element.children = vec![Node::Text(before)];
                run.children.push(node);
                let look = run.find("w:rPr").cloned();
                self.text(chart, after, look, room, &mut pieces, rest)?;
                continue;
            }
            if let Some(holder) = picture_holder(element) {
                let keep = self.picture(holder, rest)?;
                if keep {
                    run.children.push(node);
                }
                continue;
            }
            run.children.push(node);
        }
        Ok(pieces)
    }

    /// A chart in a text and what comes behind it, which may be more of them, each a run of its own.
    fn text(
        &mut self,
        chart: Chart,
        after: String,
        look: Option<Element>,
        room: Room,
        pieces: &mut Vec<Element>,
        rest: &mut Vec<Element>,
    ) -> Result<(), String> {
        self.changed = true;
        let mut next = Some((chart, after));
        while let Some((chart, after)) = next {
            let drawings = draw(&chart, room.width, room.height * HEIGHT_SHARE).into_iter();
            let new: Vec<Element> = drawings.map(|drawing| self.inline(&drawing)).collect();
            let mut runs =
                new.into_iter().map(|inline| Element::new("w:r").child(Element::new("w:drawing").child(inline)));
            pieces.extend(runs.next());
            rest.extend(runs);
            let (text, more) = match Chart::in_text(&after) {
                Some((text, chart, after)) => (text, Some((chart, after))),
                None => (after, None),
            };
            let mut run = Element::new("w:r");
            run.children.extend(look.clone().filter(|_| !text.is_empty()).map(Node::from));
            pieces.push(run.child(Element::new("w:t").with("xml:space", "preserve").text(text)));
            next = more;
        }
        Ok(())
    }

    /// Puts a chart into a picture that stands for it; false where the picture goes, because there are no figures.
    fn picture(&mut self, holder: &mut Element, rest: &mut Vec<Element>) -> Result<bool, String> {
        let properties = holder.find("wp:docPr");
        let text = |name| properties.and_then(|own| own.attribute(name)).unwrap_or_default();
        let chart = Chart::in_text(text("descr")).or_else(|| Chart::in_text(text("title")));
        let is_place = text("name") == PLACEHOLDER;
        let Some((_, chart, _)) = chart else {
            self.changed |= is_place;
            return Ok(!is_place);
        };
        self.changed = true;
        let side = |name| holder.find("wp:extent").and_then(|own| number(own, name)).unwrap_or(0.0) / EMU;
        let mut drawings = draw(&chart, side("cx"), side("cy")).into_iter();
        let Some(first) = drawings.next() else { return Ok(false) };
        for drawing in drawings {
            let inline = self.inline(&drawing);
            rest.push(Element::new("w:r").child(Element::new("w:drawing").child(inline)));
        }
        let (picture, twin) = self.media.add(&first);
        markup::replace(holder, &first, &picture, &twin, self.media.count());
        Ok(true)
    }

    fn inline(&mut self, drawing: &Drawing) -> Element {
        let (picture, twin) = self.media.add(drawing);
        markup::inline(drawing, &picture, &twin, self.media.count())
    }
}

/// The holder of a picture in a `w:drawing`.
fn picture_holder(element: &mut Element) -> Option<&mut Element> {
    let is_drawing = element.name == "w:drawing";
    element.elements_mut().find(|own| is_drawing && matches!(own.name.as_str(), "wp:inline" | "wp:anchor"))
}

/// The section that ends with a block of the body.
fn section_of(block: &str) -> Option<Element> {
    let root = block.contains("<w:sectPr").then(|| tree(block).ok()).flatten()?;
    if root.name == "w:sectPr" { Some(root) } else { root.path(&["w:pPr", "w:sectPr"]).cloned() }
}

/// The room for text on the pages of a section.
fn room_of(section: &Element) -> Room {
    let value = |child: &str, name: &str| section.find(child).and_then(|own| number(own, name));
    let between = |side: &str, from: &str, to: &str, usual: f64| {
        let length = value("w:pgSz", side)? - value("w:pgMar", from)?.abs() - value("w:pgMar", to)?.abs();
        (length > 0.0).then_some(length / 20.0).or(Some(usual))
    };
    let width = between("w:w", "w:left", "w:right", USUAL_ROOM.width).unwrap_or(USUAL_ROOM.width);
    let height = between("w:h", "w:top", "w:bottom", USUAL_ROOM.height).unwrap_or(USUAL_ROOM.height);
    Room { width, height }
}

fn number(element: &Element, name: &str) -> Option<f64> {
    element.attribute(name)?.parse().ok().filter(|number: &f64| number.is_finite())
}

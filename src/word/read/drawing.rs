//! Drawings: pictures, text boxes, straight lines. What is not one of them is named in a finding.

use std::sync::Arc;

use smol_str::SmolStr;

use super::paragraph::Line;
use super::report::Notice;
use super::story::{Reader, Story, alternative};
use super::values::{BLACK, EMU_PER_TWIP, is_true, number_of};
use crate::chart::{Drawing, read_svg};
use crate::finding::catalogue::reading;
use crate::word::document::{Block, Border, BorderLine, Inline, LineSpacing, Paragraph, Picture, RunStyle};
use crate::word::xml::ElementRef;

/// Longest side of a picture: Word's largest page, 22 inches.
const LONGEST_SIDE: i64 = 22 * 914_400;

/// What is known of a drawing before its content.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// It does not stand in the line of text.
    pub floating: bool,
    /// EMU.
    pub width: i64,
    pub height: i64,
    pub description: String,
    /// Distance of its left edge from that of the text, in twips.
    pub left: Option<i32>,
    /// Distance of its upper edge from the top of the paragraph, in twips.
    pub top: i32,
}

impl Reader<'_> {
    /// A `w:drawing`.
    pub fn drawing(&mut self, story: &mut Story, line: &mut Line, element: ElementRef) {
        for holder in element.elements().filter(|own| matches!(own.name(), "wp:inline" | "wp:anchor")) {
            let properties = holder.find("wp:docPr");
            let own = |name| properties.and_then(|own| own.attribute(name)).filter(|text| !text.is_empty());
            if own("hidden").is_some_and(is_true) {
                continue;
            }
            if story.is_margin && own("name").is_some_and(|name| name.contains("WaterMark")) {
                let text: String =
                    holder.descendants().filter(|own| own.name() == "w:t").map(ElementRef::all_text).collect();
                if !text.is_empty() {
                    story.watermark = Some(text);
                    continue;
                }
            }
            let floating = holder.name() == "wp:anchor";
            let frame = Frame {
                floating,
                width: side(holder.find("wp:extent"), "cx"),
                height: side(holder.find("wp:extent"), "cy"),
                description: own("descr").or_else(|| own("title")).unwrap_or("").to_string(),
                left: if floating { left_offset(holder, line.surroundings.width) } else { None },
                top: offset(holder.path(&["wp:positionV", "wp:posOffset"])).unwrap_or(0),
            };
            if let Some(data) = holder.path(&["a:graphic", "a:graphicData"]) {
                self.graphics(story, line, data, &frame);
            }
        }
    }

    fn graphics(&mut self, story: &mut Story, line: &mut Line, parent: ElementRef, frame: &Frame) {
        for child in parent.elements() {
            match child.name() {
                "pic:pic" => self.drawing_picture(story, line, child, frame),
                "wps:wsp" => self.shape(story, line, child, frame),
                "wpg:wgp" | "wpg:grpSp" | "wpc:wpc" => {
                    let grouped = Frame { width: 0, height: 0, floating: true, ..frame.clone() };
                    self.graphics(story, line, child, &grouped);
                }
                "mc:AlternateContent" => {
                    if let Some(chosen) = alternative(child) {
                        self.graphics(story, line, chosen, frame);
                    }
                }
                "c:chart" | "cx:chart" => line.notices.push(Notice::not_drawn("Biểu đồ")),
                "dgm:relIds" => line.notices.push(Notice::not_drawn("Sơ đồ SmartArt")),
                "lc:lockedCanvas" | "a:graphicFrame" | "wpg:graphicFrame" => {
                    line.notices.push(Notice::not_drawn("Nhóm hình"));
                }
                name if parent.name() == "a:graphicData" => {
                    line.notices.push(Notice::not_drawn(&format!("Hình ({name})")));
                }
                _ => {}
            }
        }
    }

    fn drawing_picture(&mut self, story: &mut Story, line: &mut Line, element: ElementRef, frame: &Frame) {
        let blip = element.path(&["pic:blipFill", "a:blip"]);
        let own_size = element.path(&["pic:spPr", "a:xfrm", "a:ext"]);
        let mut frame = frame.clone();
        if frame.width == 0 || frame.height == 0 {
            (frame.width, frame.height) = (side(own_size, "cx"), side(own_size, "cy"));
        }
        let turned = element.path(&["pic:spPr", "a:xfrm"]).and_then(|own| number_of(own, "rot")).unwrap_or(0);
        let cropped = element.path(&["pic:blipFill", "a:srcRect"]);
        if cropped.is_some_and(|own| ["l", "t", "r", "b"].iter().any(|side| number_of(own, side).unwrap_or(0) != 0)) {
            line.notices.push(Notice::otherwise("Ảnh đã cắt bớt được vẽ cả ảnh, thu vào khung cũ."));
        }
        if turned != 0 {
            line.notices.push(Notice::otherwise("Ảnh xoay nghiêng được vẽ thẳng."));
        }
        if blip.is_some_and(|blip| blip.attribute("r:embed").is_none() && blip.attribute("r:link").is_some()) {
            line.notices.push(Notice::new(&reading::PICTURE_LOST, "Ảnh liên kết tới tệp bên ngoài bị bỏ qua."));
            return;
        }
        let own = |element: ElementRef| element.attribute("r:embed").map(str::to_string);
        let twin = blip.and_then(|blip| blip.descendants().find(|own| own.name().ends_with(":svgBlip")).and_then(own));
        let drawing = twin.and_then(|id| self.twin(story, &id));
        self.picture(story, line, blip.and_then(|blip| blip.attribute("r:embed")), drawing, &frame);
    }

    /// The drawing in an SVG beside a picture. One that is not ours is left to its picture.
    fn twin(&self, story: &Story, relationship: &str) -> Option<Arc<Drawing>> {
        let target = story.part.relationship(relationship).filter(|target| !target.external)?;
        let made_of = self.package.made_of::<Drawing>(&target.target);
        made_of.or_else(|| read_svg(self.package.part(&target.target)?).map(Arc::new))
    }

    /// Puts a picture of the package into the line.
    fn picture(
        &mut self,
        story: &mut Story,
        line: &mut Line,
        relationship: Option<&str>,
        drawing: Option<Arc<Drawing>>,
        frame: &Frame,
    ) {
        let target = relationship.and_then(|id| story.part.relationship(id));
        let lost = |sentence: String| Notice::new(&reading::PICTURE_LOST, sentence);
        let Some(target) = target.filter(|target| !target.external) else {
            line.notices.push(lost("Ảnh không nằm trong tệp Word nên bị bỏ qua.".to_string()));
            return;
        };
        let file = target.target.rsplit('/').next().unwrap_or("").to_string();
        // of a picture with a drawing beside it nothing is shown
        let data = match drawing {
            Some(_) => self.package.has(&target.target).then(|| Arc::from([])),
            None => self.picture_data(&target.target),
        };
        let Some(data) = data else {
            line.notices.push(lost(format!("Ảnh {file} thiếu hoặc không phải là PNG hay JPEG nên bị bỏ qua.")));
            return;
        };
        if frame.width == 0 || frame.height == 0 {
            line.notices.push(lost(format!("Ảnh {file} không có kích thước nên bị bỏ qua.")));
            return;
        }
        if frame.floating {
            line.notices.push(Notice::otherwise(format!("Ảnh nổi {file} được đặt thẳng hàng với chữ.")));
        }
        let (width, height, alternative_text) = (frame.width, frame.height, frame.description.clone());
        self.emit(story, line, Inline::Picture(Picture { width, height, data, alternative_text, drawing }));
    }

    /// The bytes of a part that is a PNG or JPEG; read once, however often it is shown.
    fn picture_data(&mut self, part: &str) -> Option<Arc<[u8]>> {
        if let Some(data) = self.pictures.get(part) {
            return Some(Arc::clone(data));
        }
        let bytes = self.package.part(part)?;
        if !(bytes.starts_with(b"\x89PNG\r\n\x1a\n") || bytes.starts_with(b"\xff\xd8\xff")) {
            return None;
        }
        let data: Arc<[u8]> = Arc::from(bytes);
        self.pictures.insert(part.to_string(), Arc::clone(&data));
        Some(data)
    }

    /// A DrawingML shape: a text box, a straight line, or something that is not drawn.
    fn shape(&mut self, story: &mut Story, line: &mut Line, element: ElementRef, frame: &Frame) {
        let kind = element.path(&["wps:spPr", "a:prstGeom"]).and_then(|own| own.attribute("prst")).unwrap_or("");
        if let Some(content) = element.path(&["wps:txbx", "w:txbxContent"]) {
            self.text_box(story, line, content, frame);
        } else if matches!(kind, "line" | "straightConnector1") && frame.height <= frame.width / 20 && frame.width > 0 {
            let outline = element.path(&["wps:spPr", "a:ln"]);
            let color = outline.and_then(|own| own.path(&["a:solidFill", "a:srgbClr"])?.attribute("val"));
            let width = outline.and_then(|own| number_of(own, "w")).unwrap_or(9_525);
            self.rule(line, frame, width, color.and_then(super::values::color));
        } else {
            line.notices.push(Notice::not_drawn("Hình khối"));
        }
    }

    /// Puts the paragraphs of a text box after the paragraph to which it is fastened.
    pub fn text_box(&mut self, story: &mut Story, line: &mut Line, content: ElementRef, frame: &Frame) {
        let width = if frame.width > 0 { twips(frame.width) } else { line.surroundings.width };
        let fields = std::mem::take(&mut story.fields);
        let blocks = self.blocks(story, content, line.surroundings.inside(width));
        story.fields = fields;
        if !blocks.iter().all(is_blank) {
            line.after.extend(blocks);
            line.notices.push(Notice::otherwise("Hộp văn bản được đặt ngay sau đoạn này, trong dòng chảy của chữ."));
        }
    }

    /// A straight line, as is set under titles: a paragraph without height and with a border. Width in EMU.
    pub fn rule(&mut self, line: &mut Line, frame: &Frame, width: i64, color: Option<SmolStr>) {
        let room = line.surroundings.width;
        let length = twips(frame.width).clamp(1, room.max(1));
        let indent_left = frame.left.unwrap_or((room - length) / 2).clamp(0, (room - length).max(0));
        let mark = RunStyle { size: 2, ..RunStyle::default() };
        let mut paragraph = Paragraph { mark, ..Paragraph::default() };
        paragraph.style.indent_left = indent_left;
        paragraph.style.indent_right = (room - length - indent_left).max(0);
        paragraph.style.line = LineSpacing::Exact(20);
        paragraph.style.borders.bottom = Some(Border {
            line: BorderLine::Single,
            width: (width.clamp(0, 127_000) / 1_588).clamp(2, 48) as i32,
            space: 0,
            color: color.unwrap_or(BLACK),
        });
        // Fastened to an empty paragraph under the title, it lies above that; else under the text.
        let above = line.inlines.is_empty() && frame.top < line.base.finished_run.size as i32 * 6;
        let place = if above { &mut line.before } else { &mut line.after };
        place.push(Block::Paragraph(paragraph));
    }

    /// An embedded object: what Word shows of it is a picture.
    pub fn object(&mut self, story: &mut Story, line: &mut Line, element: ElementRef) {
        let before = line.inlines.len();
        self.vml(story, line, element);
        if line.inlines.len() == before {
            line.notices.push(Notice::not_drawn("Đối tượng nhúng (OLE)"));
        }
    }

    /// The picture behind a `v:imagedata`.
    pub fn vml_picture(&mut self, story: &mut Story, line: &mut Line, data: ElementRef, frame: &Frame) {
        let relationship = data.attribute("r:id").or_else(|| data.attribute("r:pict"));
        self.picture(story, line, relationship, None, frame);
    }
}

/// Whether a block says nothing.
fn is_blank(block: &Block) -> bool {
    match block {
        Block::Paragraph(paragraph) => paragraph.inlines.is_empty() && paragraph.label.is_none(),
        Block::Table(_) => false,
    }
}

fn side(element: Option<ElementRef>, attribute: &str) -> i64 {
    element.and_then(|own| number_of(own, attribute)).unwrap_or(0).clamp(0, LONGEST_SIDE)
}

/// EMU as twips.
pub fn twips(emu: i64) -> i32 {
    (emu / EMU_PER_TWIP).clamp(-1_000_000, 1_000_000) as i32
}

fn offset(element: Option<ElementRef>) -> Option<i32> {
    element?.all_text().trim().parse().ok().map(twips)
}

/// Where a floating drawing begins, seen from the left edge of text of this width; none is the middle.
fn left_offset(holder: ElementRef, width: i32) -> Option<i32> {
    let position = holder.find("wp:positionH")?;
    if let Some(offset) = offset(position.find("wp:posOffset")) {
        return matches!(position.attribute("relativeFrom"), Some("column" | "margin" | "character")).then_some(offset);
    }
    match position.find("wp:align")?.all_text().trim() {
        "left" => Some(0),
        "right" => Some(width - twips(side(holder.find("wp:extent"), "cx"))),
        _ => None,
    }
}

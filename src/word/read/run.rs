//! Runs: text, tabs, breaks, symbols, fields and references to notes, each with its look.

use super::field::{Instruction, OpenField, unusual_form};
use super::paragraph::{Line, Look};
use super::properties::leader;
use super::report::Notice;
use super::story::{Reader, Story, alternative};
use super::symbol;
use super::unshown;
use super::values::is_true;
use crate::finding::catalogue::reading;
use crate::word::document::{Field, Inline, TabAlignment, TabStop};
use crate::word::read::notes::endnote_id;
use crate::word::xml::ElementRef;

impl Reader<'_> {
    pub fn run(&mut self, story: &mut Story, line: &mut Line, element: ElementRef) {
        let base = std::rc::Rc::clone(&line.base);
        let mut look = self.run_look(&mut story.looks, &base, element.find("w:rPr"));
        let symbols = symbol::is_symbol_font(&look.style.font).then(|| look.style.font.clone());
        if symbols.is_some() {
            // Its letters are given as common ones, which stand in the font of the paragraph.
            look.style.font.clone_from(&base.finished_run.font);
        }
        if let Some(what) = look.unshown.filter(|_| element.find("w:t").is_some() && !look.hidden) {
            let notice = unshown::of_letters(what);
            if line.notices.iter().all(|told| told.message != notice.message) {
                line.notices.push(notice);
            }
        }
        self.run_pieces(story, line, element, &look, symbols.as_deref());
    }

    fn run_pieces(
        &mut self,
        story: &mut Story,
        line: &mut Line,
        parent: ElementRef,
        look: &Look,
        symbols: Option<&str>,
    ) {
        for child in parent.elements() {
            match child.name() {
                "w:fldChar" => self.field_character(story, line, child, look),
                "w:instrText" => {
                    if let Some(field) = story.fields.last_mut().filter(|field| field.meaning.is_none()) {
                        field.instruction.push_str(&child.all_text());
                    }
                }
                _ if look.hidden => {}
                "w:t" => self.text(story, line, child, look, symbols),
                "mc:AlternateContent" => {
                    if let Some(chosen) = alternative(child) {
                        self.run_pieces(story, line, chosen, look, symbols);
                    }
                }
                "w:drawing" => self.drawing(story, line, child),
                "w:pict" => self.vml(story, line, child),
                "w:object" => self.object(story, line, child),
                _ => {
                    if let Some(inline) = self.sign(story, line, child, look) {
                        self.emit(story, line, inline);
                    }
                }
            }
        }
    }

    /// A piece that is one sign: a tab, a break, a hyphen, a reference.
    fn sign(&mut self, story: &mut Story, line: &mut Line, element: ElementRef, look: &Look) -> Option<Inline> {
        let style = || look.style.clone();
        let letter = |letter: char| Inline::Text(letter.to_string(), look.style.clone());
        Some(match element.name() {
            "w:tab" => Inline::Tab(style()),
            "w:ptab" => {
                let (width, left) = (line.surroundings.width, line.base.finished_paragraph.indent_left);
                line.absolute_tabs.extend(absolute_tab(element, width, left));
                Inline::Tab(style())
            }
            "w:br" => match element.attribute("w:type") {
                Some("page") => Inline::PageBreak,
                Some("column") => Inline::ColumnBreak,
                _ => Inline::LineBreak(style()),
            },
            "w:cr" => Inline::LineBreak(style()),
            "w:noBreakHyphen" => letter('\u{2011}'),
            "w:softHyphen" => letter('\u{ad}'),
            "w:sym" => {
                let code = u32::from_str_radix(element.attribute("w:char")?.trim(), 16).ok()?;
                letter(symbol::letter(char::from_u32(code)?, element.attribute("w:font").unwrap_or("")))
            }
            "w:pgNum" => Inline::Field(Field::PageNumber, style()),
            "w:footnoteReference" => Inline::FootnoteReference(super::values::number_of(element, "w:id")?, style()),
            "w:endnoteReference" => {
                let sentence = "Chú thích cuối văn bản được đặt thành cước chú cuối trang.";
                line.notices.push(Notice::otherwise(sentence));
                Inline::FootnoteReference(endnote_id(super::values::number_of(element, "w:id")?), style())
            }
            "w:footnoteRef" | "w:endnoteRef" => Inline::FootnoteReference(story.note?, style()),
            "w:ruby" => {
                line.notices.push(Notice::otherwise("Chữ chú âm trên đầu chữ bị bỏ, chữ chính vẫn giữ."));
                if let Some(base) = element.find("w:rubyBase") {
                    self.pieces(story, line, base);
                }
                return None;
            }
            "w:contentPart" => {
                line.notices.push(Notice::not_drawn("Nét viết tay"));
                return None;
            }
            _ => return None,
        })
    }

    fn text(&mut self, story: &mut Story, line: &mut Line, element: ElementRef, look: &Look, symbols: Option<&str>) {
        let keeps_space = element.attribute("xml:space") == Some("preserve");
        for text in element.texts() {
            self.vietnamese = self.vietnamese || text.chars().any(only_vietnamese);
            let text = if keeps_space { text } else { text.trim_matches([' ', '\t', '\n', '\r']) };
            // A line end in the file is a space, as in Word; a tab is a tab.
            for (place, piece) in text.split('\t').enumerate() {
                if place > 0 {
                    self.emit(story, line, Inline::Tab(look.style.clone()));
                }
                let piece = match symbols {
                    Some(font) => piece.chars().map(|letter| symbol::letter(letter, font)).collect(),
                    None if piece.contains(['\n', '\r']) => piece.replace("\r\n", " ").replace(['\n', '\r'], " "),
                    None => piece.to_string(),
                };
                if !piece.is_empty() {
                    self.emit(story, line, Inline::Text(piece, look.style.clone()));
                }
            }
        }
    }

    /// Puts a piece into the paragraph, or into the field that swallows it.
    pub fn emit(&mut self, story: &mut Story, line: &mut Line, inline: Inline) {
        if let Some(field) = story.fields.iter_mut().find(|field| field.swallows()) {
            if field.meaning.is_some()
                && let Inline::Text(text, style) = inline
            {
                field.cached.push_str(&text);
                field.style.get_or_insert(style);
            }
            return;
        }
        for field in &mut story.fields {
            field.shown = true;
        }
        line.push(inline);
    }

    fn field_character(&mut self, story: &mut Story, line: &mut Line, element: ElementRef, look: &Look) {
        match element.attribute("w:fldCharType") {
            Some("begin") => {
                story.fields.push(OpenField::default());
                if let Some(box_) = element.path(&["w:ffData", "w:checkBox"]) {
                    self.check_box(story, line, box_, look);
                }
            }
            Some("separate") => {
                if let Some(field) = story.fields.last_mut().filter(|field| field.meaning.is_none()) {
                    let takes = story.takes_contents && line.surroundings.depth == 0;
                    let meaning = read_instruction(&field.instruction, takes);
                    if let Instruction::Contents(levels) = meaning {
                        story.begun_contents = Some(levels);
                    }
                    field.meaning = Some(meaning);
                }
            }
            Some("end") => {
                if let Some(field) = story.fields.pop() {
                    self.close_field(story, line, field, look);
                }
            }
            _ => {}
        }
    }

    fn close_field(&mut self, story: &mut Story, line: &mut Line, field: OpenField, look: &Look) {
        let takes = story.takes_contents && line.surroundings.depth == 0;
        let begun = field.meaning.is_some();
        match field.meaning.unwrap_or_else(|| read_instruction(&field.instruction, takes)) {
            Instruction::Contents(levels) if !begun => story.begun_contents = Some(levels),
            Instruction::Contents(_) => {}
            Instruction::Counted(mut counted) => {
                if let Some(form) = unusual_form(&field.instruction) {
                    let sentence = format!("Số trang dạng {form} được viết theo dạng số trang của mục.");
                    line.notices.push(Notice::otherwise(sentence));
                }
                if let Field::PageOf(_, text) = &mut counted {
                    *text = field.cached;
                }
                if field.style.is_some() || !look.hidden {
                    let style = field.style.unwrap_or_else(|| look.style.clone());
                    self.emit(story, line, Inline::Field(counted, style));
                }
            }
            Instruction::Kept(name) if !field.shown => self.lost_field(story, line, &name),
            Instruction::Kept(_) | Instruction::Silent => {}
        }
    }

    /// A field without a result is a gap; only one inside another's instruction is none.
    fn lost_field(&mut self, story: &Story, line: &mut Line, name: &str) {
        if !story.fields.iter().any(OpenField::swallows) {
            let sentence = format!("Trường {name} chưa có kết quả, bản PDF để trống chỗ này.");
            line.notices.push(Notice::new(&reading::FIELD_LOST, sentence));
        }
    }

    pub fn simple_field(&mut self, story: &mut Story, line: &mut Line, element: ElementRef) {
        let instruction = element.attribute("w:instr").unwrap_or("").to_string();
        let mut field = OpenField { instruction, ..OpenField::default() };
        let meaning = read_instruction(&field.instruction, story.takes_contents && line.surroundings.depth == 0);
        if let Instruction::Contents(levels) = meaning {
            story.begun_contents = Some(levels);
        }
        field.meaning = Some(meaning);
        story.fields.push(field);
        self.pieces(story, line, element);
        let base = std::rc::Rc::clone(&line.base);
        let run = element.find("w:r").and_then(|run| run.find("w:rPr"));
        let look = self.run_look(&mut story.looks, &base, run);
        if let Some(field) = story.fields.pop() {
            self.close_field(story, line, field, &look);
        }
    }

    /// A check box of an old form; it is shown in place of the field.
    fn check_box(&mut self, story: &mut Story, line: &mut Line, element: ElementRef, look: &Look) {
        let state = element.find("w:checked").or_else(|| element.find("w:default"));
        let checked = state.is_some_and(|state| state.attribute("w:val").is_none_or(is_true));
        if let Some(field) = story.fields.last_mut() {
            field.meaning = Some(Instruction::Kept("FORMCHECKBOX".to_string()));
        }
        let letter = if checked { "☒" } else { "☐" };
        self.emit(story, line, Inline::Text(letter.to_string(), look.style.clone()));
    }
}

/// What a field asks for. Where no table of contents can be made anew, in a cell or a margin, it keeps its text.
fn read_instruction(text: &str, takes_contents: bool) -> Instruction {
    match Instruction::read(text) {
        Instruction::Contents(_) if !takes_contents => Instruction::Kept("TOC".to_string()),
        meaning => meaning,
    }
}

/// Whether no other language writes this letter.
fn only_vietnamese(letter: char) -> bool {
    matches!(letter, 'Ơ' | 'ơ' | 'Ư' | 'ư' | '\u{1ea0}'..='\u{1ef9}')
}

/// The stop of a tab that goes to the middle or the right edge of text of this width.
fn absolute_tab(element: ElementRef, width: i32, indent_left: i32) -> Option<TabStop> {
    let from = if element.attribute("w:relativeTo") == Some("indent") { indent_left } else { 0 };
    let (position, alignment) = match element.attribute("w:alignment")? {
        "center" => (from + (width - from) / 2, TabAlignment::Center),
        "right" => (width, TabAlignment::Right),
        _ => return None,
    };
    let leader = element.attribute("w:leader").map(leader).unwrap_or_default();
    Some(TabStop { position, alignment, leader })
}

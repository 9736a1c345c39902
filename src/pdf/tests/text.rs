//! Lines: where they break, how they are aligned, how high they stand, what they say.

use super::*;
use crate::pdf::missing_characters;
use crate::word::document::{Leader, LineSpacing, TabAlignment, TabStop};

/// Right edge of the body of a page with the default margins.
const RIGHT: f64 = (11906.0 - 851.0) / 20.0;
const LEFT: f64 = 1701.0 / 20.0;

fn ends(sheet: &Sheet) -> Vec<f64> {
    let mut ends: BTreeMap<i64, f64> = BTreeMap::new();
    for placed in &sheet.items {
        if let Item::Text(text) = &placed.item {
            // The space behind a wrapped line hangs over its end.
            let shown = text.glyphs.iter().rposition(|glyph| glyph.character != ' ').map_or(0, |last| last + 1);
            let advance: f64 = text.glyphs[..shown].iter().map(|glyph| glyph.advance).sum();
            let end = ends.entry((text.baseline * 10.0) as i64).or_insert(0.0);
            *end = end.max(text.x + advance * text.size);
        }
    }
    ends.into_values().collect()
}

#[test]
fn a_justified_paragraph_fills_every_line_but_the_last() {
    let sheets = lay_out(&document(vec![Block::Paragraph(justified(&SENTENCE.repeat(3)))]));
    let ends = ends(&sheets.sheets[0]);
    assert!(ends.len() > 4);
    let (last, full) = ends.split_last().unwrap();
    assert!(full.iter().all(|end| (end - RIGHT).abs() < 0.1), "{full:?}");
    assert!(*last < RIGHT - 20.0);
    let text: String = texts(&sheets.sheets[0]).join(" ");
    assert_eq!(text.trim(), SENTENCE.repeat(3).trim());
}

#[test]
fn a_line_before_a_manual_break_is_not_stretched() {
    let mut broken = justified("Đại diện các đơn vị");
    broken.inlines.extend([Inline::LineBreak(RunStyle::default()), run("cùng ký tên")]);
    let sheets = lay_out(&document(vec![Block::Paragraph(broken)]));
    assert_eq!(texts(&sheets.sheets[0]), ["Đại diện các đơn vị", "cùng ký tên"]);
    assert!(ends(&sheets.sheets[0]).iter().all(|end| *end < 300.0));
}

#[test]
fn lines_stand_as_high_as_in_libreoffice() {
    // Baselines measured in LibreOffice 7.4 for the same paragraphs, to a tenth of a point.
    let spaced = |line: LineSpacing| {
        let style = ParagraphStyle { line, ..ParagraphStyle::default() };
        Block::Paragraph(Paragraph { style, ..paragraph("Dòng") })
    };
    let single = LineSpacing::Multiple(240);
    let all = [single, single, LineSpacing::Multiple(360), LineSpacing::Multiple(288), LineSpacing::Exact(360)];
    let more = [LineSpacing::AtLeast(400), LineSpacing::Multiple(216), single];
    let sheets = lay_out(&document(all.into_iter().chain(more).map(spaced).collect()));
    let expected = [69.8, 85.9, 102.0, 126.15, 146.7, 167.2, 181.7, 197.8];
    for (found, wanted) in baselines(&sheets).iter().zip(expected) {
        assert!((found - wanted).abs() < 0.15, "{found} {wanted}");
    }
}

#[test]
fn of_two_spaces_between_paragraphs_the_greater_counts() {
    let spaced = |before, after, contextual_spacing| {
        let style = ParagraphStyle { before, after, contextual_spacing, ..ParagraphStyle::default() };
        Block::Paragraph(Paragraph { style, ..paragraph("Đoạn") })
    };
    let blocks = vec![spaced(0, 120, false), spaced(240, 0, false), spaced(0, 200, true), spaced(200, 0, true)];
    let baselines = baselines(&lay_out(&document(blocks)));
    let steps: Vec<i64> = baselines.windows(2).map(|pair| ((pair[1] - pair[0]) * 10.0).round() as i64).collect();
    assert_eq!(steps, [281, 161, 161]);
}

#[test]
fn a_number_of_a_paper_and_a_hard_space_stay_whole() {
    for whole in ["05/BC-LĐLĐ", "Nguyễn\u{A0}Văn\u{A0}An", "không\u{2011}tách"] {
        for fill in 60..80 {
            let text = format!("{} {whole} hết", "a ".repeat(fill / 2) + &"i".repeat(fill % 7));
            let sheets = lay_out(&document(vec![Block::Paragraph(paragraph(&text))]));
            let shown = whole.replace('\u{2011}', "-");
            assert!(texts(&sheets.sheets[0]).iter().any(|line| line.contains(&shown)), "{text}");
        }
    }
}

#[test]
fn a_line_may_break_between_a_quotation_and_a_bracket() {
    let second_lines = (30..80).filter_map(|length| {
        let text = format!("{} “Giỏi việc nước” (cuộc)", "a".repeat(length));
        let sheets = lay_out(&document(vec![Block::Paragraph(paragraph(&text))]));
        texts(&sheets.sheets[0]).get(1).cloned()
    });
    assert!(second_lines.into_iter().any(|line| line == "(cuộc)"));
}

#[test]
fn a_word_wider_than_the_page_is_cut() {
    let sheets = lay_out(&document(vec![Block::Paragraph(paragraph(&"ấ".repeat(300)))]));
    assert!(texts(&sheets.sheets[0]).len() > 3);
    assert!(ends(&sheets.sheets[0]).iter().all(|end| *end <= RIGHT + 0.1));
}

#[test]
fn tabs_lead_to_their_stops() {
    let stop = |position, alignment, leader| TabStop { position, alignment, leader };
    let mut line = paragraph("Mục");
    line.style.tabs =
        vec![stop(4677, TabAlignment::Center, Leader::None), stop(9354, TabAlignment::Right, Leader::Dot)];
    line.inlines.extend([Inline::Tab(RunStyle::default()), run("giữa"), Inline::Tab(RunStyle::default()), run("12")]);
    let sheets = lay_out(&document(vec![Block::Paragraph(line)]));
    let place = |wanted: &str| {
        sheets.sheets[0].items.iter().find_map(|placed| match &placed.item {
            Item::Text(text) => {
                let shown: String = text.glyphs.iter().map(|glyph| glyph.character).collect();
                let width: f64 = text.glyphs.iter().map(|glyph| glyph.advance * text.size).sum();
                shown.contains(wanted).then_some((text.x, text.x + width))
            }
            _ => None,
        })
    };
    let (from, to) = place("giữa").unwrap();
    assert!(((from + to) / 2.0 - LEFT - 4677.0 / 20.0).abs() < 0.1);
    let (_, to) = place("12").unwrap();
    assert!((to - LEFT - 9354.0 / 20.0).abs() < 0.1);
    assert!(place("......").is_some(), "dots lead to the number");
}

#[test]
fn a_list_hangs_behind_its_label() {
    let label = Label { text: "a)".into(), ..Label::default() };
    let style = ParagraphStyle { indent_left: 720, first_line: -360, ..ParagraphStyle::default() };
    let item = Paragraph { role: Role::ListItem(0), label: Some(label), style, ..paragraph(&SENTENCE.repeat(2)) };
    let sheets = lay_out(&document(vec![Block::Paragraph(item)]));
    let mut starts: Vec<i64> = Vec::new();
    for placed in &sheets.sheets[0].items {
        if let Item::Text(text) = &placed.item {
            starts.push(((text.x - LEFT) * 10.0).round() as i64);
        }
    }
    assert_eq!(starts[..3], [180, 360, 360]);
}

#[test]
fn a_character_without_a_glyph_is_drawn_never_dropped() {
    let shown = document(vec![Block::Paragraph(paragraph("☐ Có ☑ Không ✓ ★ 漢"))]);
    let sheets = lay_out(&shown);
    let symbols = sheets.sheets[0].items.iter().filter(|placed| matches!(placed.item, Item::Symbol(_))).count();
    assert_eq!(symbols, 5);
    assert_eq!(missing_characters(&shown).into_iter().collect::<String>(), "漢");
}

#[test]
fn bullets_of_symbol_fonts_become_characters() {
    let shown = document(vec![Block::Paragraph(paragraph("\u{F0B7} \u{F0A7} \u{F0D8} \u{F0E0} \u{F0FC}"))]);
    assert_eq!(texts(&lay_out(&shown).sheets[0]), ["• ▪ ► → "]);
    assert!(missing_characters(&shown).is_empty());
}

#[test]
fn decomposed_letters_are_composed_and_capitals_keep_their_marks() {
    let caps = RunStyle { caps: true, ..RunStyle::default() };
    let decomposed = "Tie\u{302}\u{301}ng Vie\u{323}\u{302}t";
    let inlines = vec![run(decomposed), Inline::Text(" hoà giải ở cơ sở".into(), caps)];
    let sheets = lay_out(&document(vec![Block::Paragraph(Paragraph { inlines, ..Paragraph::default() })]));
    assert_eq!(texts(&sheets.sheets[0]), ["Tiếng Việt HOÀ GIẢI Ở CƠ SỞ"]);
}

#[test]
fn every_vietnamese_letter_has_a_glyph_in_every_face() {
    let vowels = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ";
    let all: String = vowels.chars().chain(vowels.to_uppercase().chars()).collect();
    for (bold, italic) in [(false, false), (true, false), (false, true), (true, true)] {
        let style = RunStyle { bold, italic, ..RunStyle::default() };
        let inlines = vec![Inline::Text(all.clone(), style)];
        let shown = document(vec![Block::Paragraph(Paragraph { inlines, ..Paragraph::default() })]);
        assert!(missing_characters(&shown).is_empty());
        assert_eq!(texts(&lay_out(&shown).sheets[0]).concat(), all);
    }
}

//! Stories of charts: from the marks of a cluster to the lengths of bars.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::*;

/// Width of the text of an upright page, and what is left of its height below a heading; points.
const WIDTH: f64 = 467.0;
const HEIGHT: f64 = 600.0;

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a number in the test itself")
}

fn bar(label: &str, lengths: &[&str], figure: &str) -> Bar {
    Bar { label: label.into(), lengths: lengths.iter().map(|length| decimal(length)).collect(), figure: figure.into() }
}

/// Marks by group of so many units.
fn marks(units: usize) -> Chart {
    let name = |unit: usize| match unit % 3 {
        0 => format!("Công đoàn Giáo dục {unit}"),
        1 => format!("Công đoàn cơ sở Trung tâm Dịch vụ việc làm và Bảo hiểm thất nghiệp thành phố số {unit}"),
        _ => format!("LĐLĐ quận {unit}"),
    };
    Chart {
        title: "Điểm theo nhóm tiêu chí".into(),
        axis: "Điểm".into(),
        parts: (1..=8).map(|group| format!("Nhóm {group}. Công tác tuyên truyền, giáo dục")).collect(),
        bars: (1..=units)
            .map(|unit| bar(&name(unit), &["10", "12.5", "0", "20", "5", "8", "15", "20.5"], "91"))
            .collect(),
        ..Chart::default()
    }
}

fn ratios(values: &[&str]) -> Chart {
    Chart {
        title: "Kết quả so với kế hoạch (%)".into(),
        axis: "%".into(),
        parts: vec!["Đạt kế hoạch".into(), "Chưa đạt kế hoạch".into()],
        bars: values
            .iter()
            .map(|value| bar(&format!("Chỉ tiêu {value}"), &["0", value], &format!("{value}%")))
            .collect(),
        line: Some((Decimal::ONE_HUNDRED, "Kế hoạch: 100%".into())),
        limit: Some(decimal("200")),
    }
}

fn texts(drawing: &Drawing) -> Vec<&Text> {
    let all = drawing.shapes.iter();
    all.filter_map(|shape| if let Shape::Text(text) = shape { Some(text) } else { None }).collect()
}

/// Widths of the filled pieces that are as high as a bar, from the first row on.
fn pieces(drawing: &Drawing, thickness: f64) -> Vec<(f64, f64, f64)> {
    let all = drawing.shapes.iter().filter_map(|shape| match shape {
        Shape::Rectangle { x, y, width, height, .. } if (height - thickness).abs() < 0.02 => Some((*y, *x, *width)),
        _ => None,
    });
    all.collect()
}

fn measured(text: &Text) -> f64 {
    words::width(&text.text, text.size, text.bold)
}

#[test]
fn bars_are_as_long_as_their_figures_say() {
    let values = ["50", "100", "98.75", "0.5", "200", "424.83", "150"];
    let drawings = draw(&ratios(&values), WIDTH, HEIGHT);
    let bars = pieces(&drawings[0], 14.0);
    assert_eq!(bars.len(), values.len());
    let whole = bars[4].2;
    for (value, (_, _, length)) in values.iter().zip(&bars) {
        let expected = whole * (decimal(value).to_f64().expect("a small number") / 200.0).min(1.0);
        assert!((length - expected).abs() < 0.02, "{value}%: {length} pt instead of {expected} pt");
    }
}

#[test]
fn a_bar_that_is_broken_off_still_says_its_figure() {
    let drawing = &draw(&ratios(&["424.83", "90"]), WIDTH, HEIGHT)[0];
    assert!(texts(drawing).iter().any(|text| text.text == "424.83%"));
    let is_gap = |shape: &Shape| matches!(shape, Shape::Strokes(strokes) if strokes.tint == 0 && strokes.width > 3.0);
    assert_eq!(drawing.shapes.iter().filter(|shape| is_gap(shape)).count(), 1, "only the long bar is broken off");
}

#[test]
fn parts_follow_each_other_without_gap() {
    let drawing = &draw(&marks(2), WIDTH, HEIGHT)[0];
    let first_row = pieces(drawing, 14.0)[0].0;
    let parts: Vec<_> = pieces(drawing, 14.0).into_iter().filter(|(y, ..)| *y == first_row).collect();
    assert_eq!(parts.len(), 7, "a group without points has no part");
    for pair in parts.windows(2) {
        assert!((pair[0].1 + pair[0].2 - pair[1].1).abs() < 0.011, "{pair:?}");
    }
}

#[test]
fn any_number_of_units_fits_its_pages() {
    for (units, pages) in [(1, 1), (2, 1), (9, 1), (40, 2), (150, 5)] {
        let drawings = draw(&marks(units), WIDTH, HEIGHT);
        assert_eq!(drawings.len(), pages, "{units} units");
        let labels: usize =
            drawings.iter().map(|drawing| texts(drawing).iter().filter(|text| text.text == "91").count()).sum();
        assert_eq!(labels, units, "{units} units");
        for drawing in &drawings {
            assert!(drawing.height <= HEIGHT, "{units} units: {} pt", drawing.height);
            assert!(texts(drawing).iter().all(|text| text.size >= 9.0), "{units} units: letters too small");
        }
    }
}

#[test]
fn no_text_is_cut_and_none_lies_over_another() {
    for units in [1, 2, 9, 40] {
        for drawing in draw(&marks(units), WIDTH, HEIGHT) {
            let texts = texts(&drawing);
            for text in &texts {
                let inside = text.x >= -0.01 && text.x + measured(text) <= drawing.width + 0.01;
                assert!(inside && text.baseline <= drawing.height, "{units} units: {text:?}");
            }
            for (number, one) in texts.iter().enumerate() {
                for other in &texts[number + 1..] {
                    let beside = one.x + measured(one) <= other.x || other.x + measured(other) <= one.x;
                    let below = (one.baseline - other.baseline).abs() >= one.size.min(other.size) * 0.95;
                    assert!(beside || below, "{units} units: {one:?} over {other:?}");
                }
            }
        }
    }
}

#[test]
fn no_line_runs_through_a_figure() {
    let many = ["97.5", "99.9", "100", "106.21", "35", "88", "150", "190"];
    for drawing in [&draw(&ratios(&many), WIDTH, HEIGHT)[0], &draw(&marks(9), WIDTH, HEIGHT)[0]] {
        let lines = drawing.shapes.iter().filter_map(|shape| match shape {
            Shape::Strokes(strokes) => Some(&strokes.lines),
            _ => None,
        });
        let upright: Vec<_> = lines.flatten().filter(|[from, to]| from.0 == to.0).collect();
        for text in texts(drawing).iter().filter(|text| text.bold && text.text.ends_with(['%', '1'])) {
            for [from, to] in &upright {
                let beside = from.0 < text.x || from.0 > text.x + measured(text);
                let apart = from.1.max(to.1) < text.baseline - text.size * 0.7 || from.1.min(to.1) > text.baseline;
                assert!(beside || apart, "{text:?}: {from:?} {to:?}");
            }
        }
    }
}

#[test]
fn a_long_name_is_written_out_over_several_lines() {
    let mut chart = marks(1);
    let name = "Công đoàn cơ sở Trung tâm Kiểm soát bệnh tật và Chăm sóc sức khỏe nhân dân thành phố";
    chart.bars[0].label = name.into();
    let drawing = &draw(&chart, WIDTH, HEIGHT)[0];
    let lines: Vec<&str> = texts(drawing)
        .into_iter()
        .filter(|text| text.x == 0.0 && name.contains(&text.text))
        .map(|text| text.text.as_str())
        .collect();
    assert!(lines.len() > 1);
    assert_eq!(lines.join(" "), name);
}

#[test]
fn without_figures_there_is_no_chart() {
    assert_eq!(draw(&Chart::default(), WIDTH, HEIGHT), []);
    let mut chart = marks(2);
    for bar in &mut chart.bars {
        bar.lengths.clear();
        bar.figure = "chưa nộp báo cáo".into();
    }
    assert_eq!(draw(&chart, WIDTH, HEIGHT), []);
}

#[test]
fn the_description_says_every_figure() {
    let drawing = &draw(&ratios(&["97.5", "424.83"]), WIDTH, HEIGHT)[0];
    let words = "Kết quả so với kế hoạch (%): Chỉ tiêu 97.5 97.5%; Chỉ tiêu 424.83 424.83%.";
    assert_eq!(drawing.description, words);
}

#[test]
fn svg_gives_back_the_same_drawing_and_knows_no_other() {
    let mut chart = marks(9);
    chart.bars[0].label = "Công đoàn <A> & \"B\"".into();
    for drawing in draw(&chart, WIDTH, HEIGHT).into_iter().chain(draw(&ratios(&["50", "300"]), WIDTH, HEIGHT)) {
        let text = svg(&drawing);
        let mut rounded = drawing.clone();
        (rounded.width, rounded.height) = (drawing::rounded(drawing.width), drawing::rounded(drawing.height));
        assert_eq!(read_svg(text.as_bytes()).as_ref(), Some(&rounded));
        assert_eq!(reread(&drawing), rounded);
        let foreign = [
            text.replace("thidua-bieu-do", "hinh"),
            text.replace("<title>", "<script/><title>"),
            text.replace("</svg>", ""),
            text.replace("<rect x=\"0\"", "<rect x=\"NaN\""),
            text.replace("<rect x=\"0\"", "<rect x=\"inf\""),
        ];
        for (number, foreign) in foreign.iter().enumerate() {
            assert_eq!(read_svg(foreign.as_bytes()), None, "{number}");
        }
    }
}

#[test]
fn every_tint_comes_back_from_its_colour() {
    for tint in 0..=100 {
        let shape = Shape::Rectangle { x: 0.0, y: 0.0, width: 9.0, height: 9.0, tint };
        let drawing = Drawing { width: 9.0, height: 9.0, shapes: vec![shape], description: "Một tông".into() };
        let text = svg(&drawing);
        assert_eq!(read_svg(text.as_bytes()), Some(drawing));
        assert_eq!(read_svg(text.replace("fill=\"#", "fill=\"#0").as_bytes()), None, "{tint}");
    }
}

#[test]
fn the_picture_has_print_quality_and_the_same_bytes_each_time() {
    let drawing = &draw(&marks(9), WIDTH, HEIGHT)[0];
    let bytes = png(drawing).expect("a picture");
    assert_eq!(bytes, png(drawing).expect("a picture"));
    let decoder = ::png::Decoder::new(std::io::Cursor::new(&bytes));
    let reader = decoder.read_info().expect("a PNG");
    let info = reader.info();
    let dots = (WIDTH / 72.0 * 220.0).ceil() as u32;
    assert_eq!((info.width, info.pixel_dims.map(|own| own.xppu)), (dots, Some(8_661)));
    assert!(bytes.len() < 100_000, "{} bytes", bytes.len());
}

#[test]
fn the_picture_shows_bars_where_the_drawing_has_them() {
    let mut drawing = Drawing { width: 72.0, height: 12.0, ..Drawing::default() };
    drawing.shapes.push(Shape::Rectangle { x: 0.0, y: 0.0, width: 72.0, height: 12.0, tint: 0 });
    drawing.shapes.push(Shape::Rectangle { x: 36.0, y: 0.0, width: 36.0, height: 12.0, tint: 100 });
    let bytes = png(&drawing).expect("a picture");
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().expect("a PNG");
    let mut dots = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut dots).expect("a picture");
    // two dots in a byte: 55 bytes of paper, 55 of ink in each row
    assert!(dots.chunks(110).all(|row| row[..55] == [0x00; 55] && row[55..] == [0x77; 55]));
}

#[test]
fn only_what_was_carried_is_a_chart() {
    let chart = ratios(&["97.5"]);
    let data = chart.to_data();
    let carried = data.as_str().expect("a text");
    let inside = format!("Hình: {carried}.");
    assert_eq!(Chart::in_text(&inside), Some(("Hình: ".into(), chart, ".".into())));
    assert_eq!(Chart::in_text(carried.trim_start_matches('\u{2060}')), None);
    assert_eq!(Chart::in_text("Báo cáo"), None);
}

//! Stories of reading spreadsheet files: real ones, damaged ones, hostile ones.

use super::sample::{Put, row, workbook};
use super::*;
use crate::finding::catalogue::sheet as codes;
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::io::{Cursor, Read, Write};

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a number in the test itself")
}

fn number(text: &str) -> Value {
    Value::Number(decimal(text))
}

#[test]
fn cells_come_with_what_the_user_sees() {
    let bytes = workbook(&[(
        "Biểu 1",
        vec![
            row!["Chỉ tiêu", 0.1 + 0.2, Put::Percent(0.975), Put::Date(2024, 3, 5)],
            row![424_830.0, "đ\u{323}e\u{302}\u{301}\u{a0}x", Put::Formula("=1+1", "2"), 1e15],
        ],
    )]);
    let book = read(&bytes, "so-lieu/a.xlsx").expect("a sound file");
    let sheet = book.sheet(&["BIEU 1"]).expect("the sheet under a folded name");
    assert_eq!(sheet.cell(0, 0).value, Value::Text("Chỉ tiêu".into()));
    assert_eq!(sheet.cell(0, 1).value, number("0.3"), "floating noise is gone");
    assert_eq!(sheet.cell(0, 2).value, number("0.975"));
    assert_eq!(
        read_figure(sheet.cell(0, 2), Measure::Percent).map(|figure| figure.map(|it| it.value)),
        Ok(Some(decimal("97.5")))
    );
    assert_eq!(sheet.cell(0, 2).text(), "97,5%");
    assert_eq!(sheet.cell(0, 3).text(), "05/3/2024");
    assert_eq!(sheet.cell(1, 0).value, number("424830"));
    assert_eq!(sheet.cell(1, 1).text(), "đ\u{323}ế x", "composed, with plain spaces");
    assert_eq!(sheet.cell(1, 2).text(), "2");
    assert_eq!(sheet.cell(1, 3).value, number("1000000000000000"));
    assert!(sheet.cell(7, 7).is_empty());
}

#[test]
fn the_users_own_definition_may_have_as_many_rows_as_excel() {
    let rows: Vec<Vec<Put>> = (0..20_002).map(|number| row![f64::from(number)]).collect();
    let bytes = workbook(&[("Đơn vị", rows)]);
    let last = |book: &Workbook| book.sheets[0].rows().last().map(|(row, _)| row);
    let usual = read(&bytes, "so-lieu/a.xlsx").expect("a sound file");
    assert_eq!((last(&usual), usual.remarks[0].code), (Some(19_999), &codes::FAR_CELL));
    let own = read_within(&bytes, "ho-so.xlsx", &Limits::DEFINITION).expect("a sound file");
    assert_eq!((last(&own), own.remarks.len()), (Some(20_001), 0));
}

#[test]
fn old_fonts_tell_the_encoding_and_letters_only_where_fonts_are_silent() {
    let font = |name: &'static str, text: &str| Put::Font(name, text.to_string());
    let bytes = workbook(&[(
        "Biểu 1",
        vec![
            row![
                font(".VnTime", "C«ng ®oµn ngµnh Gi¸o dôc"),
                font(".VnTimeH", "b¸o c¸o"),
                font("VNI-Times", "Giaùo duïc")
            ],
            row!["§¹t", "Coâng ñoaøn", "Ngμnh", "Công đoàn", "·", "phƣờng"],
            row![font(".VnTime", "Công đoàn"), font(".VnTime", "2024")],
        ],
    )]);
    let book = read(&bytes, "a.xlsx").expect("a sound file");
    let sheet = &book.sheets[0];
    let line = |row: u32| (0..6).map(|column| sheet.cell(row, column).text()).collect::<Vec<_>>().join("|");
    assert_eq!(line(0), "Công đoàn ngành Giáo dục|BÁO CÁO|Giáo dục|||");
    assert_eq!(line(1), "Đạt|Công đoàn|Ngành|Công đoàn|·|phường");
    assert_eq!(line(2), "Công đoàn|2024||||");
    let said: Vec<String> = book.remarks.iter().map(|it| format!("{} {}", it.code.id, it.place)).collect();
    let at = |cell: &str| format!("TEP10 a.xlsx › Biểu 1 › {cell}");
    assert_eq!(said, [at("A2"), at("B2")], "{:#?}", book.remarks);
    assert!(book.remarks[0].message.contains("(ô A2, C2)"), "every guess is named");
}

#[test]
fn unicode_typed_into_a_form_of_long_ago_stays_unicode() {
    let font = |text: &str| Put::Font(".VnTime", text.to_string());
    let sheets = [("Biểu 1", vec![row![font("Công đoàn ngành Y tế"), font("Kết quả"), font("không"), font("Có")]])];
    let book = read(&workbook(&sheets), "a.xlsx").expect("a sound file");
    let texts: Vec<String> = (0..4).map(|column| book.sheets[0].cell(0, column).text()).collect();
    assert_eq!(texts, ["Công đoàn ngành Y tế", "Kết quả", "không", "Có"]);
    assert!(book.remarks.is_empty(), "{:#?}", book.remarks);
}

#[test]
fn a_formula_that_was_never_calculated_is_not_an_empty_cell() {
    let bytes = edited(&workbook(&[("Biểu 1", vec![row!["a", Put::Formula("=1+1", "2")]])]), |name, text| {
        if name.ends_with("sheet1.xml") { text.replace("<v>2</v>", "<v></v>") } else { text }
    });
    let book = read(&bytes, "a.xlsx").expect("a sound file");
    let cell = book.sheets[0].cell(0, 1);
    assert!(cell.uncached && !cell.is_empty());
    assert_eq!(read_figure(cell, Measure::Points), Err(FigureFault::Uncached));
}

#[test]
fn a_cell_out_of_sight_is_left_out_and_said() {
    let bytes = edited(&workbook(&[("Biểu 1", vec![row!["gần", 5.0]])]), |name, text| {
        let far = r#"<row r="1048576"><c r="XFD1048576"><v>7</v></c></row></sheetData>"#;
        if name.ends_with("sheet1.xml") { text.replace("</sheetData>", far) } else { text }
    });
    let book = read(&bytes, "a.xlsx").expect("a far cell costs no file");
    assert_eq!(book.sheets[0].cell(0, 1).value, number("5"));
    assert_eq!(book.remarks.len(), 1);
    assert_eq!(book.remarks[0].code, &codes::FAR_CELL);
    assert_eq!(book.remarks[0].place.to_string(), "a.xlsx › Biểu 1 › XFD1048576");
}

#[test]
fn an_error_word_newer_than_the_library_costs_one_cell_only() {
    let bytes = edited(&workbook(&[("Biểu 1", vec![row![1.0, 2.0, 3.0]])]), |name, text| {
        let spill = r#"<c r="B1" t="e"><v>#WHATEVER!</v></c>"#;
        if name.ends_with("sheet1.xml") { text.replace(r#"<c r="B1"><v>2</v></c>"#, spill) } else { text }
    });
    let book = read(&bytes, "a.xlsx").expect("a sound file");
    assert_eq!(book.sheets[0].cell(0, 0).value, number("1"));
    assert_eq!(book.sheets[0].cell(0, 2).value, number("3"));
}

#[test]
fn what_is_no_workbook_is_refused_by_content_and_named() {
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let container = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    let locked = [&container[..], &wide("EncryptedPackage")].concat();
    let old = [&container[..], &wide("Workbook")].concat();
    let word = zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")]);
    let ods =
        zipped(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<o>&x;</o>")]);
    let locked_ods = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", b"secret"),
        ("META-INF/manifest.xml", b"<m><manifest:encryption-data/></m>"),
    ]);
    let cases: [(&[u8], &str, &str); 12] = [
        (b"", "a.xlsx", "TEP01"),
        (b"rubbish", "a.xlsx", "TEP01"),
        (b"PK\x03\x04 cut off", "a.xlsx", "TEP01"),
        (&locked, "a.xlsx", "TEP02"),
        (&container, "a.xls", "TEP01"),
        (&old, "a.xls", "TEP03"),
        (b"<html><table>", "a.xls", "TEP03"),
        (b"<?xml version=\"1.0\"?><Workbook/>", "a.xls", "TEP03"),
        (&word, "a.xlsx", "TEP08"),
        (b"just, a letter", "a.txt", "TEP08"),
        (&ods, "a.xlsx", "TEP01"),
        (&locked_ods, "a.ods", "TEP02"),
    ];
    for (bytes, name, code) in cases {
        let finding = read(bytes, name).map(|_| ()).expect_err(name);
        assert_eq!(finding.code.id, code, "{}", finding.message);
        assert!(finding.message.contains(name));
    }
}

#[test]
fn a_file_is_what_its_content_is_whatever_its_name() {
    let csv = "Đơn vị;1.1\nA;5\n".as_bytes();
    let xlsx = workbook(&[("Biểu 1", vec![row!["Đơn vị", "1.1"], row!["A", 5.0]])]);
    for (bytes, name) in [(csv, "a.csv"), (csv, "a.xls"), (&xlsx, "a.xls"), (&xlsx, "a.csv")] {
        let book = read(bytes, name).expect(name);
        assert_eq!(book.sheets[0].cell(1, 1).text(), "5", "{name}");
    }
}

#[test]
fn a_file_of_libreoffice_keeps_per_cent_fonts_and_what_is_hidden() {
    let content = r##"<office:document-content><office:automatic-styles>
        <style:style style:name="old"><style:text-properties style:font-name=".VnTime"/></style:style>
        <style:style style:name="away"><style:table-properties table:display="false"/></style:style>
        </office:automatic-styles><office:body><office:spreadsheet>
        <table:table table:name="Biểu 1"><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3"/></table:table-row>
        <table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>A<text:s text:c="2"/>&amp; B</text:p><office:annotation><text:p>note</text:p></office:annotation></table:table-cell><table:covered-table-cell/>
        <table:table-cell office:value-type="percentage" office:value="0.975"><text:p>97,5%</text:p></table:table-cell>
        <table:table-cell office:value-type="date" office:date-value="2024-03-05T00:00:00"><text:p>x</text:p></table:table-cell>
        <table:table-cell table:style-name="old" office:value-type="string"><text:p>C«ng ®oµn</text:p></table:table-cell>
        <table:table-cell office:value-type="float" office:value="424830"/><table:table-cell calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>
        <table:table-cell table:formula="of:=[.A1]"/></table:table-row>
        <table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>
        <table:table table:name="Cũ" table:style-name="away"><table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>
        </office:spreadsheet></office:body></office:document-content>"##;
    let bytes =
        zipped(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())]);
    let book = read(&bytes, "a.ods").expect("a sound file");
    let sheet = &book.sheets[0];
    let line: Vec<String> = (0..8).map(|column| sheet.cell(2, column).text()).collect();
    assert_eq!(line, ["A  & B", "", "97,5%", "05/3/2024", "Công đoàn", "424830", "#DIV/0!", ""]);
    assert!(sheet.cell(2, 2).percent && sheet.cell(2, 7).uncached);
    assert_eq!(sheet.merges.len(), 1);
    assert_eq!(book.sheets[1].visibility, Visibility::Hidden);
    assert!(book.remarks.is_empty(), "{:#?}", book.remarks);
}

#[test]
fn cells_repeated_beyond_measure_cost_one_finding() {
    let filled = |rows: u32, columns: u32| {
        let content = format!(
            r#"<o><table:table table:name="B"><table:table-row table:number-rows-repeated="{rows}"><table:table-cell table:number-columns-repeated="{columns}" office:value-type="float" office:value="1"/></table:table-row></table:table></o>"#
        );
        zipped(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
    };
    let finding = read(&filled(1_048_576, 16_384), "a.ods").map(|_| ()).expect_err("too many cells");
    assert_eq!(finding.code, &codes::TOO_LARGE);
    let book = read(&filled(2, 4_000_000_000), "a.ods").expect("a row that is too long");
    assert_eq!(book.remarks[0].code, &codes::FAR_CELL);
}

#[test]
fn a_number_without_a_format_is_no_percentage_by_guess() {
    let cell = Cell { unformatted: true, ..Cell::plain(number("0.975")) };
    let Err(fault) = read_figure(&cell, Measure::Percent) else { panic!("a guess") };
    assert!(fault.hint().contains("97,5%"), "{}", fault.hint());
    assert!(read_figure(&cell, Measure::Points).is_ok());
    let whole = Cell { unformatted: true, ..Cell::plain(number("97.5")) };
    assert_eq!(read_figure(&whole, Measure::Percent).map(|it| it.map(|it| it.value)), Ok(Some(decimal("97.5"))));
}

#[test]
fn files_that_lie_about_their_size_are_refused_before_they_unfold() {
    let sound = workbook(&[("Biểu 1", vec![row!["a", "b"]])]);
    let lie = edited(&sound, |name, text| {
        if name.ends_with("sharedStrings.xml") {
            text.replace("uniqueCount=\"2\"", "uniqueCount=\"4294967295\"")
        } else {
            text
        }
    });
    assert_eq!(read(&lie, "a.xlsx").map(|_| ()).expect_err("a lie").code, &codes::UNREADABLE);
    let bomb = zipped(&[("[Content_Types].xml", b"<Types/>"), ("xl/media/a.bin", &vec![0; 65 << 20])]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(read(&bomb, "a.xlsx").map(|_| ()).expect_err("a bomb").code, &codes::TOO_LARGE);
    let formats = "<xf/>".repeat(1_000_000);
    let styles = format!("<styleSheet><cellXfs>{formats}</cellXfs></styleSheet>");
    let painted = edited(&sound, |name, text| if name == "xl/styles.xml" { styles.clone() } else { text });
    assert_eq!(read(&painted, "a.xlsx").map(|_| ()).expect_err("a bomb of formats").code, &codes::TOO_LARGE);
    let tower = "<a>".repeat(100_000);
    let deep = edited(&sound, |name, text| if name.ends_with("sheet1.xml") { tower.clone() } else { text });
    let finding = read(&deep, "a.xlsx").map(|_| ()).expect_err("a tower");
    assert!(finding.code == &codes::UNREADABLE && finding.message.contains("lồng nhau"), "{}", finding.message);
}

#[test]
fn leavings_of_programs_are_no_data() {
    for name in ["~$bao cao.xlsx", "Thumbs.db", ".DS_Store", "desktop.ini", ".~lock.a.xlsx#"] {
        assert!(is_leaving(name), "{name}");
    }
    assert!(!is_leaving("bao cao.xlsx"));
}

#[test]
fn floats_become_the_decimals_that_excel_shows() {
    for (float, text) in [
        (0.1 + 0.2, "0.3"),
        (4.35 * 100.0, "435"),
        (0.07, "0.07"),
        (1e-20, "0.00000000000000000001"),
        (1e-300, "0"),
        (-2.5, "-2.5"),
        (123_456_789_012_345.0, "123456789012345"),
    ] {
        assert_eq!(xlsx::exact(float), Some(decimal(text)), "{float}");
    }
    for float in [f64::NAN, f64::INFINITY, 1e300] {
        assert_eq!(xlsx::exact(float), None);
    }
}

/// A zip of the given parts.
fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(content).expect("its content");
    }
    archive.finish().expect("an archive").into_inner()
}

/// The same package with every text part passed through a change.
fn edited(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let name = part.name().expect("a name").to_string();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        parts.push((name.clone(), change(&name, text).into_bytes()));
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (name.as_str(), text.as_slice())).collect();
    zipped(&parts)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_damage_to_a_file_stops_the_reader(spots in proptest::collection::vec((0_usize..10_000, any::<u8>()), 1..20)) {
        let mut bytes = workbook(&[("Biểu 1", vec![row!["a", 1.5, Put::Percent(0.5)]])]);
        for (position, byte) in spots {
            let position = position % bytes.len();
            bytes[position] = byte;
        }
        let _ = read(&bytes, "a.xlsx");
    }

    #[test]
    fn no_damage_inside_a_sheet_stops_the_reader(from in 0_usize..400, length in 0_usize..40, text in "[<>/a-z0-9\"= ]{0,20}") {
        let bytes = edited(&workbook(&[("Biểu 1", vec![row!["a", 1.5, Put::Percent(0.5)]])]), |name, sheet| {
            if !name.ends_with("sheet1.xml") { return sheet }
            let from = from.min(sheet.len());
            let to = (from + length).min(sheet.len());
            format!("{}{}{}", &sheet[..from], text, &sheet[to..])
        });
        let _ = read(&bytes, "a.xlsx");
    }
}

//! Hostile files, made on the spot: none is large in the project, some are very large once unfolded.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// A file's name, its bytes, and the code of the one finding that it must bring up.
pub type Hostile = (&'static str, Vec<u8>, &'static str);

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const LINKS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const SHEET: &str = "xl/worksheets/sheet1.xml";

pub fn all() -> Vec<Hostile> {
    let mut files = packages();
    files.extend(old_containers());
    files.extend(open_document());
    files.extend(wrong_kinds());
    files
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a name");
        writer.write_all(content).expect("memory takes it");
    }
    writer.finish().expect("memory takes it").into_inner()
}

/// A workbook of one sheet, some of its parts replaced or added.
fn xlsx(replaced: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let workbook = sheets(1);
    let sheet = in_sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#);
    let styles = format!(r#"<styleSheet xmlns="{MAIN}"><cellXfs count="1"><xf/></cellXfs></styleSheet>"#);
    let strings = format!(r#"<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>a</t></si></sst>"#);
    let sound: [(&str, &[u8]); 7] = [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", LINKS.as_bytes()),
        (SHEET, sheet.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
    ];
    let is_replaced = |name: &str| replaced.iter().any(|(other, _)| *other == name);
    let kept = sound.into_iter().filter(|(name, _)| !is_replaced(name));
    let parts: Vec<(&str, &[u8])> = kept.chain(replaced.iter().map(|(name, part)| (*name, part.as_slice()))).collect();
    zipped(&parts)
}

fn sheets(count: usize) -> String {
    let sheet = |number| format!(r#"<sheet name="T{number}" sheetId="{number}" r:id="rId1"/>"#);
    let all: String = (1..=count).map(sheet).collect();
    format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{all}</sheets></workbook>"#
    )
}

fn in_sheet(rows: &str) -> String {
    format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#)
}

/// Text repeated between a beginning and an end.
fn tower(begin: &str, middle: &str, times: usize, end: &str) -> Vec<u8> {
    [begin, &middle.repeat(times), end].concat().into_bytes()
}

fn packages() -> Vec<Hostile> {
    let strings = format!(r#"<sst xmlns="{MAIN}" uniqueCount="1"><si><t>"#);
    let shared: String =
        (1..=3_000).map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#)).collect();
    let entities = r#"<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>"#;
    let bomb = zipped(&[("a.xml", &vec![0; 4 << 20])]);
    let nested: Vec<(String, Vec<u8>)> = (0..16).map(|number| (format!("{number}.zip"), bomb.clone())).collect();
    let nested: Vec<(&str, &[u8])> = nested.iter().map(|(name, part)| (name.as_str(), part.as_slice())).collect();
    let whole = xlsx(&[]);
    vec![
        ("bom-ty-le.xlsx", xlsx(&[(SHEET, vec![b' '; (64 << 20) + 1])]), "TEP04"),
        (
            "bom-hai-phan.xlsx",
            xlsx(&[
                ("xl/media/a.bin", vec![0; 60 << 20]),
                ("xl/media/b.bin", vec![0; 60 << 20]),
                ("xl/media/c.bin", vec![0; 9 << 20]),
            ]),
            "TEP04",
        ),
        ("bom-long-nhau.xlsx", zipped(&nested), "TEP08"),
        (
            "khai-sai-chuoi.xlsx",
            xlsx(&[(
                "xl/sharedStrings.xml",
                format!(r#"<sst xmlns="{MAIN}" count="9" uniqueCount="4294967295"><si><t>a</t></si></sst>"#)
                    .into_bytes(),
            )]),
            "TEP01",
        ),
        (
            "nhieu-chuoi.xlsx",
            xlsx(&[(
                "xl/sharedStrings.xml",
                tower(&format!(r#"<sst xmlns="{MAIN}">"#), "<si><t/></si>", 1_100_000, "</sst>"),
            )]),
            "TEP04",
        ),
        (
            "chuoi-lap-lai.xlsx",
            xlsx(&[
                ("xl/sharedStrings.xml", tower(&strings, "abcdefgh", 1 << 20, "</t></si></sst>")),
                (SHEET, in_sheet(&shared).into_bytes()),
            ]),
            "TEP04",
        ),
        (
            "o-trong.xlsx",
            xlsx(&[(
                SHEET,
                tower(
                    &in_sheet("").replace("</sheetData></worksheet>", "<row>"),
                    "<c/>",
                    9_000_000,
                    "</row></sheetData></worksheet>",
                ),
            )]),
            "TEP04",
        ),
        ("xml-sau.xlsx", xlsx(&[(SHEET, tower("", "<a>", 200_000, ""))]), "TEP01"),
        ("muoi-nghin-trang.xlsx", xlsx(&[("xl/workbook.xml", sheets(10_000).into_bytes())]), "TEP04"),
        (
            "nhieu-kieu.xlsx",
            xlsx(&[(
                "xl/styles.xml",
                tower(&format!(r#"<styleSheet xmlns="{MAIN}"><cellXfs>"#), "<xf/>", 500_000, "</cellXfs></styleSheet>"),
            )]),
            "TEP04",
        ),
        (
            "thuc-the.xlsx",
            xlsx(&[(
                SHEET,
                format!(
                    "{entities}{}",
                    in_sheet(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row>"#)
                )
                .into_bytes(),
            )]),
            "TEP05",
        ),
        ("nhieu-phan.xlsx", numbered_parts(4_100), "TEP04"),
        ("cat-ngang.xlsx", whole[..whole.len() * 2 / 3].to_vec(), "TEP01"),
        ("mat-phan.xlsx", zipped(&[("[Content_Types].xml", TYPES.as_bytes())]), "TEP01"),
    ]
}

fn numbered_parts(count: usize) -> Vec<u8> {
    let names: Vec<String> = (0..count).map(|number| format!("xl/media/{number}.png")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    zipped(&parts)
}

const FREE: u32 = 0xFFFF_FFFF;
const END: u32 = 0xFFFF_FFFE;
const TABLE: u32 = 0xFFFF_FFFD;

/// A container of Office 97: its table of sectors, its directory of (name, first sector, bytes), and the sectors behind.
fn container(table: &[(usize, u32)], directory: &[(&str, u32, u64)], more: &[u8]) -> Vec<u8> {
    let mut file = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    file.extend([0; 16]);
    for short in [0x3E_u16, 3, 0xFFFE, 9, 6, 0, 0, 0] {
        file.extend(short.to_le_bytes());
    }
    for long in [0_u32, 1, 1, 0, 4096, END, 0, END, 0, 0] {
        file.extend(long.to_le_bytes());
    }
    file.resize(512, 0xFF);
    let mut sectors = vec![FREE; 128];
    (sectors[0], sectors[1]) = (TABLE, END);
    for (sector, next) in table {
        sectors[*sector] = *next;
    }
    file.extend(sectors.iter().flat_map(|next| next.to_le_bytes()));
    let mut entries = entry("Root Entry", 5, 1, END, 0);
    for (index, (name, start, size)) in directory.iter().enumerate() {
        let right = if index + 1 < directory.len() { index as u32 + 2 } else { FREE };
        let mut one = entry(name, 2, FREE, *start, *size);
        one[72..76].copy_from_slice(&right.to_le_bytes());
        entries.extend(one);
    }
    entries.resize(512, 0);
    file.extend(entries);
    file.extend(more);
    file
}

fn entry(name: &str, kind: u8, child: u32, start: u32, size: u64) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = entry.len() as u16 + 2;
    entry.resize(64, 0);
    entry.extend(length.to_le_bytes());
    entry.extend([kind, 1]);
    entry.extend([FREE, FREE, child].iter().flat_map(|number| number.to_le_bytes()));
    entry.extend([0; 36]);
    entry.extend(start.to_le_bytes());
    entry.extend(size.to_le_bytes());
    entry
}

/// Records of an old workbook: kind and content of each, in a stream of at least eight sectors.
fn records(records: &[(u16, &[u8])]) -> Vec<u8> {
    let mut stream = Vec::new();
    for (kind, content) in records {
        stream.extend(kind.to_le_bytes());
        stream.extend((content.len() as u16).to_le_bytes());
        stream.extend(*content);
    }
    stream.resize(4096, 0);
    stream
}

fn old_containers() -> Vec<Hostile> {
    const BEGIN: (u16, &[u8]) = (0x0809, &[0, 6, 5, 0, 0xDB, 0x0D, 0xCC, 7, 0, 0, 0, 0, 6, 0, 0, 0]);
    let chain: Vec<(usize, u32)> =
        (2..10).map(|sector| (sector, if sector == 9 { END } else { sector as u32 + 1 })).collect();
    let locked = records(&[BEGIN, (0x002F, &[1, 0, 1, 0, 1, 0]), (0x000A, &[])]);
    let whole = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sheets/giao-duc.xls")).expect("a sample");
    let bundle = [&[0, 0, 0, 0, 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F][..], &[0x41, 0]].concat();
    let lying = [&[0x83, 1, 0, 0x8F, 1, 0, 0x9C, 1, bundle.len() as u8][..], &bundle].concat();
    let mut strings = vec![0x9F, 1, 8];
    strings.extend([0xFF; 8]);
    let binary = |workbook: &[u8], strings: &[u8]| {
        let links = LINKS.replace("sharedStrings.xml", "sharedStrings.bin");
        zipped(&[
            ("[Content_Types].xml", TYPES.as_bytes()),
            ("_rels/.rels", ROOT.as_bytes()),
            ("xl/workbook.bin", workbook),
            ("xl/_rels/workbook.bin.rels", links.as_bytes()),
            ("xl/sharedStrings.bin", strings),
        ])
    };
    vec![
        (
            "mat-khau-moi.xlsx",
            container(&[], &[("EncryptionInfo", END, 0), ("EncryptedPackage", END, 0)], &[]),
            "TEP02",
        ),
        ("mat-khau-cu.xls", container(&chain, &[("Workbook", 2, 4096)], &locked), "TEP02"),
        ("vong-lap.xls", container(&[(2, 3), (3, 2)], &[("Workbook", 2, 0xFFFF_FFFF)], &[0; 1024]), "TEP01"),
        ("thu-muc-lap.xls", container(&[(1, 1)], &[("Workbook", 2, 4096)], &[0; 4096]), "TEP01"),
        ("khai-sai.xls", container(&chain, &[("Workbook", 0x7FFF_FFF0, 4096)], &[0; 4096]), "TEP01"),
        ("rong-ruot.xls", container(&chain, &[("Workbook", 2, 4096)], &[0; 4096]), "SL02"),
        ("cat-ngang.xls", whole[..9_000].to_vec(), "TEP01"),
        ("khai-sai.xlsb", binary(&lying, &strings), "TEP01"),
        ("rong-ruot.xlsb", binary(&[], &[]), "TEP01"),
    ]
}

fn open_document() -> Vec<Hostile> {
    let ods = |content: &[u8]| {
        zipped(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)])
    };
    let row = |rows: u64, columns: u64, text: &str| {
        format!(
            r#"<table:table table:name="T"><table:table-row table:number-rows-repeated="{rows}"><table:table-cell table:number-columns-repeated="{columns}" office:value-type="string"><text:p>{text}</text:p></table:table-cell></table:table-row></table:table>"#
        )
    };
    let whole = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sheets/giao-duc.ods")).expect("a sample");
    vec![
        ("lap-hai-mu-31.ods", ods(row(2_147_483_647, 2_147_483_647, "x").as_bytes()), "TEP04"),
        ("lap-chu-dai.ods", ods(row(20_000, 20, &"x".repeat(30_000)).as_bytes()), "TEP04"),
        ("lap-mot-cot.ods", ods(row(4_294_967_295, 1, "x").as_bytes()), "SL02"),
        ("nhieu-trang.ods", ods(row(1, 1, "x").repeat(10_000).as_bytes()), "TEP04"),
        ("xml-sau.ods", ods(&tower("", "<table:table>", 100_000, "")), "TEP01"),
        ("xml-hong.ods", ods(b"<office:spreadsheet><table:table"), "TEP01"),
        ("cat-ngang.ods", whole[..whole.len() / 2].to_vec(), "TEP01"),
    ]
}

fn wrong_kinds() -> Vec<Hostile> {
    // bytes that look like chance and are the same each time
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut chance = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    let random: Vec<u8> = (0..60_000).map(|_| chance()).collect();
    let wide_line = tower("TT,a\n1,b\n", "1,", 8 << 20, "\n");
    let open_quote = tower("TT;a\n1;b\n\"", "a;b\n", 4 << 20, "");
    vec![
        ("rong.xlsx", Vec::new(), "TEP01"),
        ("byte-bat-ky.xlsx", random.clone(), "TEP01"),
        ("byte-bat-ky.csv", random.clone(), "TEP01"),
        ("byte-bat-ky.xlsb", [b"PK\x03\x04", random.as_slice()].concat(), "TEP01"),
        ("byte-bat-ky.xls", [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", random.as_slice()].concat(), "TEP01"),
        ("anh.xlsx", [b"\x89PNG\r\n\x1A\n", random.as_slice()].concat(), "TEP01"),
        ("van-ban.xlsx", zipped(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]), "TEP08"),
        ("pdf.xls", b"%PDF-1.7\n1 0 obj, 2;\n3, 4\n".to_vec(), "TEP01"),
        ("trang-web.xls", b"<html><table><tr><td>TT</td></tr></table></html>".to_vec(), "TEP03"),
        (
            "excel-2003.xls",
            b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>".to_vec(),
            "TEP03",
        ),
        ("mot-dong.csv", "a,".repeat(8 << 20).into_bytes(), "TEP01"),
        ("dong-rong.csv", wide_line, "SL02"),
        ("ngoac-ho.csv", open_quote, "SL02"),
        ("so-khong.csv", vec![0; 1 << 20], "TEP01"),
    ]
}

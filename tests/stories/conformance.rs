//! Every PDF of a build is what archives and screen readers ask for: PDF/A-2a and PDF/UA-1, asserted from the file itself.

use lopdf::{Dictionary, Document, Object, ObjectId, content::Content};
use std::collections::BTreeMap;
use std::path::Path;

use crate::desk::{Desk, SmallDossier, files_below, fixture, program};

/// A PDF with what the assertions need at hand.
struct File {
    name: String,
    bytes: Vec<u8>,
    pdf: Document,
}

impl File {
    fn dictionary<'a>(&'a self, object: &'a Object) -> &'a Dictionary {
        match self.pdf.dereference(object).unwrap_or_else(|error| panic!("{}: {error}", self.name)).1 {
            Object::Dictionary(dictionary) => dictionary,
            Object::Stream(stream) => &stream.dict,
            other => panic!("{}: no dictionary but {other:?}", self.name),
        }
    }

    fn entry<'a>(&'a self, dictionary: &'a Dictionary, key: &str) -> &'a Object {
        let object = dictionary.get(key.as_bytes()).unwrap_or_else(|_| panic!("{}: /{key} is missing", self.name));
        self.pdf.dereference(object).unwrap_or_else(|error| panic!("{}: /{key}: {error}", self.name)).1
    }

    fn array<'a>(&'a self, dictionary: &'a Dictionary, key: &str) -> &'a [Object] {
        self.entry(dictionary, key).as_array().unwrap_or_else(|_| panic!("{}: /{key} is no array", self.name))
    }

    fn name_of(&self, dictionary: &Dictionary, key: &str) -> String {
        let name = self.entry(dictionary, key).as_name().unwrap_or_else(|_| panic!("{}: /{key} is no name", self.name));
        String::from_utf8_lossy(name).to_string()
    }

    fn number(&self, dictionary: &Dictionary, key: &str) -> i64 {
        self.entry(dictionary, key).as_i64().unwrap_or_else(|_| panic!("{}: /{key} is no number", self.name))
    }

    fn catalogue(&self) -> &Dictionary {
        self.pdf.catalog().unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    /// The parent tree: what each key of a page or an annotation leads to.
    fn parents(&self) -> BTreeMap<i64, &Object> {
        let root = self.dictionary(self.entry(self.catalogue(), "StructTreeRoot"));
        let numbers = self.array(self.dictionary(self.entry(root, "ParentTree")), "Nums");
        numbers.chunks(2).map(|pair| (pair[0].as_i64().expect("a key"), &pair[1])).collect()
    }

    fn annotations(&self, page: ObjectId) -> Vec<&Dictionary> {
        let page = self.pdf.get_dictionary(page).expect("a page");
        if page.get(b"Annots").is_err() {
            return Vec::new();
        }
        self.array(page, "Annots").iter().map(|annotation| self.dictionary(annotation)).collect()
    }
}

/// ISO 19005-2: identification, language, output intent, no encryption, an id.
fn says_what_it_is(file: &File) {
    assert!(file.bytes.starts_with(b"%PDF-1.7"), "{}: header", file.name);
    assert_eq!(file.array(&file.pdf.trailer, "ID").len(), 2, "{}: id", file.name);
    assert!(file.pdf.trailer.get(b"Encrypt").is_err(), "{}: encrypted", file.name);
    let catalogue = file.catalogue();
    let metadata = file.entry(catalogue, "Metadata").as_stream().expect("metadata");
    assert!(metadata.dict.get(b"Filter").is_err(), "{}: metadata must be readable as they are", file.name);
    let xmp = String::from_utf8(metadata.content.clone()).expect("UTF-8");
    for words in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<dc:title>",
    ] {
        assert!(xmp.contains(words), "{}: {words} is missing in\n{xmp}", file.name);
    }
    assert_eq!(file.entry(catalogue, "Lang").as_str().expect("a language"), b"vi-VN", "{}", file.name);
    let viewer = file.dictionary(file.entry(catalogue, "ViewerPreferences"));
    assert!(file.entry(viewer, "DisplayDocTitle").as_bool().expect("yes or no"), "{}", file.name);
    let marked = file.dictionary(file.entry(catalogue, "MarkInfo"));
    assert!(file.entry(marked, "Marked").as_bool().expect("yes or no"), "{}", file.name);
    let intent = file.dictionary(&file.array(catalogue, "OutputIntents")[0]);
    assert_eq!(file.name_of(intent, "S"), "GTS_PDFA1", "{}", file.name);
    assert_eq!(file.number(file.dictionary(file.entry(intent, "DestOutputProfile")), "N"), 3, "{}", file.name);
}

/// ISO 14289-1: every piece of content is an artifact or leads to an element of the tree.
fn is_tagged(file: &File) {
    let parents = file.parents();
    for (number, page) in file.pdf.get_pages() {
        let place = format!("{}, page {number}", file.name);
        let dictionary = file.pdf.get_dictionary(page).expect("a page");
        assert_eq!(file.name_of(dictionary, "Tabs"), "S", "{place}");
        let own =
            parents.get(&file.number(dictionary, "StructParents")).unwrap_or_else(|| panic!("{place}: no parents"));
        let own = file.pdf.dereference(own).expect("the page's parents").1.as_array().expect("a list of elements");
        let content = file.pdf.get_page_content(page);
        let operations = Content::decode(&content).unwrap_or_else(|error| panic!("{place}: {error}")).operations;
        let (mut depth, mut marks) = (0, Vec::new());
        for operation in &operations {
            match operation.operator.as_str() {
                "BMC" | "BDC" => {
                    depth += 1;
                    let tag = operation.operands[0].as_name().expect("a tag");
                    if tag != b"Artifact" {
                        let properties = operation.operands[1].as_dict().expect("properties");
                        match properties.get(b"MCID").and_then(Object::as_i64) {
                            Ok(id) => marks.push(id),
                            // Inside a mark there may be a span that says how its letters are read.
                            Err(_) => assert!(depth > 1, "{place}: a mark that leads nowhere"),
                        }
                    }
                }
                "EMC" => depth -= 1,
                "Tj" | "TJ" | "Do" | "S" | "f" | "B" => assert!(depth > 0, "{place}: content outside every tag"),
                _ => {}
            }
        }
        assert_eq!(depth, 0, "{place}: marks that do not close");
        assert_eq!(marks, (0..own.len() as i64).collect::<Vec<_>>(), "{place}: marks and parents");
    }
}

/// Annotations are printed, have a look of their own and stand in the tree; open fields are named for their signer.
fn has_sound_fields(file: &File) {
    let parents = file.parents();
    for (number, page) in file.pdf.get_pages() {
        for annotation in file.annotations(page) {
            let place = format!("{}, page {number}", file.name);
            assert_eq!(file.number(annotation, "F"), 4, "{place}");
            file.entry(file.dictionary(file.entry(annotation, "AP")), "N");
            let element =
                parents.get(&file.number(annotation, "StructParent")).unwrap_or_else(|| panic!("{place}: no parent"));
            if file.name_of(annotation, "Subtype") == "Widget" {
                assert_eq!(file.name_of(annotation, "FT"), "Sig", "{place}");
                assert!(!file.entry(annotation, "TU").as_str().expect("a tooltip").is_empty(), "{place}");
                let kid = file.dictionary(element).get(b"K").expect("the field's place in the tree");
                assert!(matches!(kid, Object::Dictionary(_)), "{place}: a list here makes earlier signatures invalid");
            }
        }
    }
}

/// Every figure says in words what it shows, and where on the page it lies. Gives how many there are.
fn describes_its_figures(file: &File) -> usize {
    let is_figure =
        |element: &&Dictionary| element.get(b"S").and_then(Object::as_name).is_ok_and(|kind| kind == b"Figure");
    let figures: Vec<&Dictionary> =
        file.pdf.objects.values().filter_map(|object| object.as_dict().ok()).filter(is_figure).collect();
    for figure in &figures {
        let words = lopdf::decode_text_string(file.entry(figure, "Alt")).expect("words");
        assert!(words.ends_with('.') && words.contains(": "), "{}: {words}", file.name);
        let layout = file.dictionary(file.entry(figure, "A"));
        let sides: Vec<f32> =
            file.array(layout, "BBox").iter().map(|side| side.as_float().expect("a number")).collect();
        let [left, bottom, right, top] = sides[..] else { panic!("{}: {sides:?}", file.name) };
        assert!(0.0 < left && left < right && 0.0 < bottom && bottom < top, "{}: {sides:?}", file.name);
    }
    figures.len()
}

/// Every font is in the file, only its used part, and says which letters its glyphs are.
fn carries_its_fonts(file: &File) {
    let mut fonts = 0;
    for object in file.pdf.objects.values() {
        let Object::Dictionary(font) = object else { continue };
        if font.get(b"Type").and_then(Object::as_name).is_ok_and(|kind| kind == b"Font")
            && file.name_of(font, "Subtype") == "Type0"
        {
            fonts += 1;
            let base = file.name_of(font, "BaseFont");
            let (tag, _) = base.split_once('+').unwrap_or_else(|| panic!("{}: {base} is no subset", file.name));
            assert!(tag.len() == 6 && tag.bytes().all(|letter| letter.is_ascii_uppercase()), "{}: {base}", file.name);
            file.entry(font, "ToUnicode").as_stream().expect("letters of the glyphs");
            let own = file.dictionary(&file.array(font, "DescendantFonts")[0]);
            let descriptor = file.dictionary(file.entry(own, "FontDescriptor"));
            file.entry(descriptor, "FontFile2").as_stream().expect("the font itself");
        } else if font.get(b"Subtype").is_ok_and(|kind| kind.as_name().is_ok_and(|kind| kind == b"Type1")) {
            panic!("{}: a font that is not in the file", file.name);
        }
    }
    assert!(fonts > 0, "{}: no font at all", file.name);
}

fn conforms(folder: &Path) -> usize {
    let mut count = 0;
    for (path, bytes) in files_below(folder) {
        if path.extension().is_none_or(|ending| ending != "pdf") {
            continue;
        }
        let name = path.display().to_string();
        let pdf = Document::load_mem(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        let file = File { name, bytes, pdf };
        says_what_it_is(&file);
        is_tagged(&file);
        has_sound_fields(&file);
        carries_its_fonts(&file);
        let charts = if file.name.ends_with("bao-cao-tong-ket.pdf") { 2 } else { 0 };
        assert_eq!(describes_its_figures(&file), charts, "{}: charts", file.name);
        count += 1;
    }
    count
}

#[test]
fn every_pdf_of_a_cluster_conforms() {
    let out = tempfile::tempdir().expect("a folder");
    let status = program()
        .arg("build")
        .arg(fixture("khoi-thi-dua-1-2024"))
        .arg("--out")
        .arg(out.path())
        .output()
        .expect("the program starts")
        .status;
    assert_eq!(status.code(), Some(0));
    assert_eq!(conforms(out.path()), 14, "four papers, the ranking and nine slips");
}

#[test]
fn a_draft_conforms_too() {
    let desk = Desk::with(&SmallDossier::new().submit("yte.xlsx", 4, 4, ""));
    assert_eq!(desk.run(&["build", "."]).status.code(), Some(1));
    assert_eq!(conforms(&desk.path("ket-qua")), 7, "four papers, the ranking and two slips");
}

//! What the file says about itself: title, dates, language, PDF/A-2a and PDF/UA-1, sRGB.

use std::sync::OnceLock;

use super::file::File;
use super::syntax::Id;
use super::syntax::Syntax;
use crate::pdf::Options;
use crate::pdf::sheet::Sheets;
use crate::press::Press;
use crate::word::Document;

const PRODUCER: &str = "printpdf 0.12";

/// Objects that say what the file is, for its catalog and trailer.
pub struct Added<'a> {
    pub packet: Id,
    pub information: Id,
    pub intent: Id,
    pub language: &'a str,
}

/// Adds XMP, document information and output intent.
pub fn add<'a>(file: &mut File, document: &'a Document, sheets: &'a Sheets, options: &'a Options) -> Added<'a> {
    let heading = sheets.outline.first().map(|heading| heading.title.as_str()).unwrap_or("Văn bản");
    let title = if document.title.trim().is_empty() { heading } else { document.title.trim() };
    let language = if document.language.is_empty() { "vi-VN" } else { &document.language };
    let about = About { title, document, language, options };
    let (profile, packet, information, intent) = (file.reserve(), file.reserve(), file.reserve(), file.reserve());
    file.ready_stream(profile, b"/N 3/Alternate/DeviceRGB", pressed_profile(), true);
    file.ready_stream(packet, b"/Type/Metadata/Subtype/XML", about.xmp().as_bytes(), false);
    about.information(file.object(information));
    file.object(intent)
        .raw("<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)")
        .raw("/DestOutputProfile ")
        .reference(profile)
        .raw(">>");
    Added { packet, information, intent, language }
}

/// The same in every file, and pressed once.
fn pressed_profile() -> &'static [u8] {
    static PRESSED: OnceLock<Vec<u8>> = OnceLock::new();
    PRESSED.get_or_init(|| Press::default().press(include_bytes!("../sRGB.icc")).to_vec())
}

struct About<'a> {
    title: &'a str,
    document: &'a Document,
    language: &'a str,
    options: &'a Options,
}

impl About<'_> {
    fn date(&self, format: &str) -> Option<String> {
        let date = chrono::DateTime::from_timestamp(self.options.seconds?, 0)?;
        Some(date.format(format).to_string())
    }

    fn information(&self, out: &mut Syntax) {
        out.raw("<<");
        let facts = [
            ("/Title", self.title),
            ("/Producer", PRODUCER),
            ("/Author", &self.document.author),
            ("/Subject", &self.document.subject),
            ("/Creator", &self.options.creator),
        ];
        for (key, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()) {
            out.raw(key).text(value);
        }
        if let Some(date) = self.date("D:%Y%m%d%H%M%S+00'00'") {
            out.raw("/CreationDate").literal(date.as_bytes()).raw("/ModDate").literal(date.as_bytes());
        }
        out.raw(">>");
    }

    fn xmp(&self) -> String {
        let mut facts = String::from("<dc:format>application/pdf</dc:format>");
        let plain = |facts: &mut String, tag: &str, value: &str| {
            if !value.is_empty() {
                facts.push_str(&format!("<{tag}>{}</{tag}>", escape(value)));
            }
        };
        let listed = |facts: &mut String, tag: &str, list: &str, attribute: &str, value: &str| {
            if !value.is_empty() {
                let value = escape(value);
                let item = format!("<rdf:{list}><rdf:li{attribute}>{value}</rdf:li></rdf:{list}>");
                facts.push_str(&format!("<{tag}>{item}</{tag}>"));
            }
        };
        let default = " xml:lang=\"x-default\"";
        listed(&mut facts, "dc:title", "Alt", default, self.title);
        listed(&mut facts, "dc:creator", "Seq", "", &self.document.author);
        listed(&mut facts, "dc:description", "Alt", default, &self.document.subject);
        listed(&mut facts, "dc:language", "Bag", "", self.language);
        if let Some(date) = self.date("%Y-%m-%dT%H:%M:%SZ") {
            plain(&mut facts, "xmp:CreateDate", &date);
            plain(&mut facts, "xmp:ModifyDate", &date);
        }
        plain(&mut facts, "xmp:CreatorTool", &self.options.creator);
        plain(&mut facts, "pdf:Producer", PRODUCER);
        plain(&mut facts, "pdfaid:part", "2");
        plain(&mut facts, "pdfaid:conformance", "A");
        plain(&mut facts, "pdfuaid:part", "1");
        let spaces = [
            ("dc", "http://purl.org/dc/elements/1.1/"),
            ("xmp", "http://ns.adobe.com/xap/1.0/"),
            ("pdf", "http://ns.adobe.com/pdf/1.3/"),
            ("pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
            ("pdfuaid", UA_NAMESPACE),
            ("pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/"),
            ("pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"),
            ("pdfaProperty", "http://www.aiim.org/pdfa/ns/property#"),
        ];
        let spaces: String = spaces.iter().map(|(prefix, uri)| format!(" xmlns:{prefix}=\"{uri}\"")).collect();
        format!(
            "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
             <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
             <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
             <rdf:Description rdf:about=\"\"{spaces}>{facts}{}</rdf:Description>\
             </rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>",
            extension()
        )
    }
}

const UA_NAMESPACE: &str = "http://www.aiim.org/pdfua/ns/id/";

/// PDF/A wants every schema that it does not know described; that of PDF/UA is one.
fn extension() -> String {
    let tag = |name: &str, inner: &str| format!("<{name}>{inner}</{name}>");
    let resource = |inner: &str| format!("<rdf:li rdf:parseType=\"Resource\">{inner}</rdf:li>");
    let property = [
        tag("pdfaProperty:name", "part"),
        tag("pdfaProperty:valueType", "Integer"),
        tag("pdfaProperty:category", "internal"),
        tag("pdfaProperty:description", "Part of ISO 14289 that the file follows"),
    ];
    let properties = tag("rdf:Seq", &resource(&property.concat()));
    let schema = [
        tag("pdfaSchema:schema", "PDF/UA Universal Accessibility Schema"),
        tag("pdfaSchema:namespaceURI", UA_NAMESPACE),
        tag("pdfaSchema:prefix", "pdfuaid"),
        tag("pdfaSchema:property", &properties),
    ];
    tag("pdfaExtension:schemas", &tag("rdf:Bag", &resource(&schema.concat())))
}

fn escape(text: &str) -> String {
    let legal = |letter: &char| matches!(letter, '\t' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars().filter(legal) {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

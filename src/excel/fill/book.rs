//! The workbook as a package: which part is which sheet, how parts hang together, and what is refused.

use crate::opc::{CONTENT_TYPES, Package, relationships_of, resolve};
use crate::word::xml::{Element, Node, Xml, parse};

const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const STRICT: &str = "http://purl.oclc.org/";

/// A workbook's parts.
#[derive(Clone, Debug)]
pub(super) struct Book {
    pub(super) package: Package,
    /// Name of the part of the workbook itself.
    pub(super) part: String,
    pub(super) root: Element,
    /// In the order of the tabs; sheets that are charts only are left out.
    pub(super) sheets: Vec<SheetPart>,
}

/// A sheet: its name as the tab shows it, and its part.
#[derive(Clone, Debug)]
pub(super) struct SheetPart {
    pub(super) title: String,
    pub(super) part: String,
}

/// A relation of a part to another part of the package.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    pub(super) id: String,
    /// The last word of its type: `drawing`, `comments`.
    pub(super) kind: String,
    pub(super) target: String,
}

impl Book {
    /// Reads a package. The error is half a Vietnamese sentence.
    pub(super) fn read(bytes: &[u8]) -> Result<Book, String> {
        const NONE: &str = "không phải là tệp Excel (.xlsx)";
        if !bytes.starts_with(b"PK") {
            return Err(NONE.into());
        }
        let mut package = Package::read(bytes)?;
        let root = relations(&package, "");
        let part = root.iter().find(|relation| relation.kind == "officeDocument").ok_or(NONE)?.target.clone();
        make_plain(&mut package, &part);
        let workbook = tree(&package, &part)?;
        if workbook.name != "workbook" {
            return Err(NONE.into());
        }
        let known = relations(&package, &part);
        let mut sheets = Vec::new();
        let listed = workbook.find("sheets").into_iter().flat_map(Element::elements);
        for sheet in listed.filter(|sheet| sheet.name == "sheet") {
            let (Some(title), Some(id)) = (sheet.attribute("name"), relation_id(sheet)) else { continue };
            let Some(relation) = known.iter().find(|relation| relation.id == id) else { continue };
            if relation.kind == "worksheet" && package.part(&relation.target).is_some() {
                sheets.push(SheetPart { title: title.to_string(), part: relation.target.clone() });
            }
        }
        if sheets.is_empty() {
            return Err("không có trang tính nào".into());
        }
        Ok(Book { package, part, root: workbook, sheets })
    }

    /// The part of a kind that the workbook is related to, such as `sharedStrings`.
    pub(super) fn of_kind(&self, kind: &str) -> Option<String> {
        let found = relations(&self.package, &self.part).into_iter().find(|relation| relation.kind == kind)?;
        self.package.part(&found.target).map(|_| found.target)
    }

    /// The relations of a part to others that are there.
    pub(super) fn relations(&self, part: &str) -> Vec<Relation> {
        let mut found = relations(&self.package, part);
        found.retain(|relation| self.package.part(&relation.target).is_some());
        found
    }

    /// Parts whose content type ends so, in the order of their names.
    pub(super) fn of_type(&self, end: &str) -> Vec<String> {
        let Ok(types) = tree(&self.package, CONTENT_TYPES) else { return Vec::new() };
        let overrides = types.elements().filter(|element| element.name == "Override");
        let mut names: Vec<String> = overrides
            .filter(|element| element.attribute("ContentType").is_some_and(|own| own.ends_with(end)))
            .filter_map(|element| element.attribute("PartName"))
            .map(|name| name.trim_start_matches('/').to_string())
            .filter(|name| self.package.part(name).is_some())
            .collect();
        names.sort();
        names
    }
}

/// The value of `r:id`, whatever the prefix.
pub(super) fn relation_id(element: &Element) -> Option<&str> {
    element.attributes.iter().find(|(name, _)| name.ends_with(":id")).map(|(_, value)| value.as_str())
}

/// The tree of a part, names of spreadsheets without a prefix. The error is half a Vietnamese sentence.
pub(super) fn tree(package: &Package, part: &str) -> Result<Element, String> {
    let bytes = package.part(part).ok_or_else(|| format!("thiếu phần {part}"))?;
    let Xml { mut root } = parse(bytes).map_err(|error| format!("có phần {part} hỏng: {error}"))?;
    if root.attributes.iter().any(|(name, value)| name.starts_with("xmlns") && value.starts_with(STRICT)) {
        return Err("lưu kiểu Strict Open XML; hãy lưu lại kiểu Excel Workbook (.xlsx)".into());
    }
    drop_prefix(&mut root);
    root.use_usual_prefixes();
    Ok(root)
}

/// Gives the names of spreadsheets their usual form, without a prefix.
fn drop_prefix(root: &mut Element) {
    let own = root.attributes.iter().find(|(name, value)| value == MAIN && name.starts_with("xmlns:"));
    let Some((declaration, _)) = own.cloned() else { return };
    let prefix = format!("{}:", declaration.trim_start_matches("xmlns:"));
    if !root.name.starts_with(&prefix) {
        return;
    }
    root.attributes.retain(|(name, _)| *name != declaration && name != "xmlns");
    root.attributes.insert(0, ("xmlns".into(), MAIN.into()));
    root.for_each_mut(&mut |element| {
        if let Some(local) = element.name.strip_prefix(&prefix) {
            element.name = local.into();
        }
    });
}

/// The bytes of a part from its root.
pub(super) fn bytes(root: Element) -> Vec<u8> {
    Xml::new(root).to_bytes()
}

fn relations(package: &Package, part: &str) -> Vec<Relation> {
    let Some(xml) = package.part(&relationships_of(part)).and_then(|bytes| parse(bytes).ok()) else {
        return Vec::new();
    };
    let inside = xml.root.elements().filter(|element| element.attribute("TargetMode") != Some("External"));
    inside
        .filter_map(|element| {
            let kind = element.attribute("Type")?.rsplit('/').next()?.to_string();
            let target = resolve(part, element.attribute("Target")?);
            Some(Relation { id: element.attribute("Id")?.to_string(), kind, target })
        })
        .collect()
}

/// Makes a plain workbook of a template or of a file with macros, and drops the order of calculation, which Excel makes anew.
fn make_plain(package: &mut Package, workbook: &str) {
    let is_dropped =
        |name: &str| name.contains("vbaProject") || name.contains("vbaData") || name.ends_with("calcChain.xml");
    let dropped: Vec<String> = package.names().filter(|name| is_dropped(name)).map(str::to_string).collect();
    for name in &dropped {
        package.remove(name);
    }
    if let Some(mut types) = package.part(CONTENT_TYPES).and_then(|bytes| parse(bytes).ok()) {
        let own = format!("/{workbook}");
        let mut changed = !dropped.is_empty();
        for element in types.root.elements_mut() {
            let is_workbook = element.attribute("PartName").is_some_and(|name| name == own);
            if is_workbook && element.attribute("ContentType") != Some(WORKBOOK) {
                element.set("ContentType", WORKBOOK);
                changed = true;
            }
        }
        let named =
            |node: &Node| node.element().and_then(|element| element.attribute("PartName")).is_some_and(is_dropped);
        types.root.children.retain(|node| !named(node));
        if changed {
            package.set(CONTENT_TYPES, types.to_bytes());
        }
    }
    let of_relations: Vec<String> =
        package.names().filter(|name| name.ends_with(".rels")).map(str::to_string).collect();
    for name in of_relations.iter().filter(|_| !dropped.is_empty()) {
        let Some(mut xml) = package.part(name).and_then(|bytes| parse(bytes).ok()) else { continue };
        let before = xml.root.children.len();
        let target =
            |node: &Node| node.element().and_then(|element| element.attribute("Target")).is_some_and(is_dropped);
        xml.root.children.retain(|node| !target(node));
        if xml.root.children.len() < before {
            package.set(name.clone(), xml.to_bytes());
        }
    }
}

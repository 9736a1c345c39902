//! A package in memory: the parts of a file of Office, written back with the same bytes for the same parts.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{Cursor, Read, Write};
use std::sync::{Arc, LazyLock, OnceLock};

use rayon::prelude::*;

use super::CONTENT_TYPES;
use super::kept::Kept;
use super::made::Made;

/// The parts of a package by name (`word/document.xml`), each with its bytes; order of the file kept for writing.
#[derive(Clone, Debug, Default)]
pub struct Package {
    order: Vec<String>,
    /// Shared by copies of the package until one of them puts another in its place.
    parts: BTreeMap<String, Content>,
    /// What the copies share, deflated when one of them is first written.
    kept: Arc<OnceLock<Option<Kept>>>,
    made: Arc<Made>,
}

impl PartialEq for Package {
    fn eq(&self, other: &Package) -> bool {
        self.order == other.order && self.parts == other.parts
    }
}

impl Eq for Package {}

/// The bytes of a part.
#[derive(Clone)]
enum Content {
    Ready(Arc<Vec<u8>>),
    /// Made when they are asked for first.
    Promised(Arc<Promise>),
}

struct Promise {
    bytes: LazyLock<Vec<u8>, Box<dyn FnOnce() -> Vec<u8> + Send>>,
    /// What the bytes are made of, where that is told.
    value: Option<Arc<dyn Any + Send + Sync>>,
}

impl Content {
    fn bytes(&self) -> &[u8] {
        match self {
            Content::Ready(bytes) => bytes,
            Content::Promised(promise) => &promise.bytes,
        }
    }

    fn into_bytes(self) -> Vec<u8> {
        match self {
            Content::Ready(bytes) => Arc::unwrap_or_clone(bytes),
            Content::Promised(promise) => promise.bytes.to_vec(),
        }
    }
}

impl PartialEq for Content {
    fn eq(&self, other: &Content) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Content {}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bytes().fmt(f)
    }
}

/// Largest inflated size of one part, in bytes.
const MOST_PART: u64 = 64 << 20;
/// Largest inflated size of all parts together, in bytes.
const MOST_TOTAL: u64 = 128 << 20;
/// Most parts in a package.
const MOST_PARTS: usize = 4_000;
/// Of deflate's nine: the last few per cent of size cost most of the time.
const LEVEL: i64 = 2;

impl Package {
    /// Reads a zip. The error is a Vietnamese sentence saying what is wrong with the file.
    pub fn read(bytes: &[u8]) -> Result<Package, String> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| "tệp hỏng hoặc không phải là tệp .docx, .xlsx".to_string())?;
        if archive.len() > MOST_PARTS {
            return Err(format!("tệp có quá nhiều thành phần (giới hạn {MOST_PARTS})"));
        }
        let mut package = Package::default();
        let mut total = 0;
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).map_err(|_| "tệp hỏng, không đọc được".to_string())?;
            if entry.is_dir() {
                continue;
            }
            let name = entry.name().map_err(|_| "tệp hỏng, không đọc được".to_string())?.to_string();
            let mut content = Vec::new();
            entry
                .by_ref()
                .take(MOST_PART + 1)
                .read_to_end(&mut content)
                .map_err(|_| "tệp hỏng, không giải nén được".to_string())?;
            total += content.len() as u64;
            if content.len() as u64 > MOST_PART || total > MOST_TOTAL {
                return Err("tệp giải nén ra quá lớn".to_string());
            }
            package.set(name, content);
        }
        Ok(package)
    }

    pub fn part(&self, name: &str) -> Option<&[u8]> {
        self.parts.get(name).map(Content::bytes)
    }

    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(name)
    }

    /// Puts a part in place of one of this name, or at the end.
    pub fn set(&mut self, name: impl Into<String>, content: Vec<u8>) {
        self.put(name.into(), Content::Ready(Arc::new(content)));
    }

    /// The same for a part that is made when its bytes are asked for: who asks for none does not wait for it.
    pub fn promise(&mut self, name: impl Into<String>, make: impl FnOnce() -> Vec<u8> + Send + 'static) {
        self.put_promise(name.into(), make, None);
    }

    /// The same for a part that tells what it is made of: who knows what to do with that need not have it as bytes.
    pub fn promise_of<T: Any + Send + Sync>(
        &mut self,
        name: impl Into<String>,
        value: Arc<T>,
        make: impl FnOnce(&T) -> Vec<u8> + Send + 'static,
    ) {
        let told = Arc::clone(&value);
        self.put_promise(name.into(), move || make(&value), Some(told));
    }

    /// What a part is made of, if it tells that and it is of this kind.
    pub fn made_of<T: Any + Send + Sync>(&self, name: &str) -> Option<Arc<T>> {
        match self.parts.get(name)? {
            Content::Promised(promise) => promise.value.clone()?.downcast().ok(),
            Content::Ready(_) => None,
        }
    }

    /// What is made of these parts and of no others, made once for all copies of the package that have the same ones.
    pub fn made_once<T: Any + Send + Sync>(&self, names: &[&str], make: impl FnOnce() -> T) -> Arc<T> {
        let ready = |name: &&str| match self.parts.get(*name) {
            None => Some(None),
            Some(Content::Ready(bytes)) => Some(Some(Arc::clone(bytes))),
            Some(Content::Promised(_)) => None,
        };
        match names.iter().map(ready).collect() {
            Some(origin) => self.made.get_or_make(origin, make),
            None => Arc::new(make()),
        }
    }

    fn put_promise(
        &mut self,
        name: String,
        make: impl FnOnce() -> Vec<u8> + Send + 'static,
        value: Option<Arc<dyn Any + Send + Sync>>,
    ) {
        let bytes = LazyLock::new(Box::new(make) as Box<dyn FnOnce() -> Vec<u8> + Send>);
        self.put(name, Content::Promised(Arc::new(Promise { bytes, value })));
    }

    fn put(&mut self, name: String, content: Content) {
        if self.parts.insert(name.clone(), content).is_none() {
            self.order.push(name);
        }
    }

    pub fn remove(&mut self, name: &str) -> Option<Vec<u8>> {
        self.order.retain(|other| other != name);
        self.parts.remove(name).map(Content::into_bytes)
    }

    /// Names in the order of the file.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.order.iter().map(String::as_str)
    }

    /// The zip: `[Content_Types].xml` first, deflated but for pictures, no times, so that the same parts give the same bytes.
    ///
    /// # Errors
    /// A part's name that a zip cannot hold.
    pub fn to_bytes(&self) -> std::io::Result<Vec<u8>> {
        self.parts.par_iter().for_each(|(_, content)| {
            content.bytes();
        });
        let deflated = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated)
            .compression_level(Some(LEVEL))
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(0o644);
        // what is stored may name no level
        let stored = deflated.compression_method(zip::CompressionMethod::Stored).compression_level(None);
        let kept = self.kept.get_or_init(|| Kept::of(self.shared(), deflated));
        let mut copies = kept.as_ref().map(Kept::copies);
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let first = self.names().filter(|name| *name == CONTENT_TYPES);
        for name in first.chain(self.names().filter(|name| *name != CONTENT_TYPES)) {
            if let (Some(copies), Some(Content::Ready(content))) = (&mut copies, self.parts.get(name))
                && copies.put(name, content, &mut writer).map_err(std::io::Error::other)?
            {
                continue;
            }
            let options = if is_packed(name) { stored } else { deflated };
            writer.start_file(name, options).map_err(std::io::Error::other)?;
            writer.write_all(self.part(name).unwrap_or_default())?;
        }
        Ok(writer.finish().map_err(std::io::Error::other)?.into_inner())
    }

    /// The parts that a copy of the package has too, and that are deflated. How many they are says nothing of the bytes of the
    /// file: a part is deflated alike by itself and among others.
    fn shared(&self) -> impl Iterator<Item = (&String, &Arc<Vec<u8>>)> {
        self.parts.iter().filter_map(|(name, content)| match content {
            Content::Ready(bytes) if Arc::strong_count(bytes) > 1 && !is_packed(name) => Some((name, bytes)),
            _ => None,
        })
    }
}

/// Whether a part is packed already, so that deflating it gains nothing.
fn is_packed(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default();
    ["png", "jpg", "jpeg", "gif"].iter().any(|packed| ending.eq_ignore_ascii_case(packed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template() -> Package {
        let mut package = Package::default();
        for (name, content) in [("word/styles.xml", "<styles/>"), ("word/a.png", "dots"), (CONTENT_TYPES, "<Types/>")] {
            package.set(name, content.repeat(50).into_bytes());
        }
        package
    }

    #[test]
    fn copies_are_written_like_a_package_that_shares_nothing() {
        let alone = |change: &dyn Fn(&mut Package)| {
            let mut package = template();
            change(&mut package);
            package.to_bytes().expect("a zip")
        };
        let template = template();
        let changes: [&dyn Fn(&mut Package); 4] = [
            &|_| {},
            &|package| package.set("word/styles.xml", b"others".to_vec()),
            &|package| package.promise("word/styles.xml", || b"promised".to_vec()),
            &|package| drop(package.remove(CONTENT_TYPES)),
        ];
        for change in changes {
            let mut copy = template.clone();
            change(&mut copy);
            assert_eq!(copy.to_bytes().expect("a zip"), alone(change));
        }
        assert!(template.kept.get().is_some_and(Option::is_some), "copied from what was deflated once");
    }

    #[test]
    fn a_promised_part_tells_what_it_is_made_of() {
        let mut package = Package::default();
        package.promise_of("a", Arc::new(5_u64), |number| number.to_string().into_bytes());
        assert_eq!((package.made_of::<u64>("a").as_deref(), package.made_of::<u8>("a")), (Some(&5), None));
        assert_eq!(package.part("a"), Some(b"5".as_slice()));
        package.set("a", b"5".to_vec());
        assert_eq!((package.made_of::<u64>("a"), package.made_of::<u64>("b")), (None, None));
    }

    #[test]
    fn what_is_made_of_parts_is_made_anew_only_where_one_of_them_was_replaced() {
        let template = template();
        let made =
            |package: &Package| package.made_once(&["word/styles.xml", "word/theme.xml"], || package.names().count());
        let first = made(&template);
        let mut copy = template.clone();
        copy.set("word/document.xml", Vec::new());
        assert!(Arc::ptr_eq(&first, &made(&copy)));
        for (name, content) in [("word/styles.xml", b"<styles/>".to_vec()), ("word/theme.xml", Vec::new())] {
            let mut other = copy.clone();
            other.set(name, content);
            let count = other.names().count();
            assert_eq!((*made(&other), *first), (count, 3), "{name}");
        }
        copy.promise("word/styles.xml", Vec::new);
        assert_eq!(*made(&copy), 4);
        assert_eq!(
            *template.made_once(&["word/styles.xml", "word/theme.xml"], || "of another kind"),
            "of another kind"
        );
    }
}

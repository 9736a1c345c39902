//! The theme: which fonts stand behind names such as `minorHAnsi`. Colours of themes are not read; Word writes the
//! plain colour beside them.

use crate::word::xml::ElementRef;

/// The fonts of Latin letters for headings (major) and body text (minor).
#[derive(Clone, Debug, Default)]
pub struct Theme {
    major: Option<String>,
    minor: Option<String>,
}

impl Theme {
    pub fn read(root: ElementRef) -> Theme {
        let font = |kind| {
            let latin = root.path(&["a:themeElements", "a:fontScheme", kind, "a:latin"])?;
            latin.attribute("typeface").filter(|font| !font.is_empty()).map(str::to_string)
        };
        Theme { major: font("a:majorFont"), minor: font("a:minorFont") }
    }

    /// The font behind a name such as `majorAscii` or `minorHAnsi`.
    pub fn font(&self, name: &str) -> Option<&str> {
        if name.starts_with("major") { self.major.as_deref() } else { self.minor.as_deref() }
    }
}

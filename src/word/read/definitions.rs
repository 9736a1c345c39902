//! What text looks up: theme, numbering, styles. Read once for all papers of a template, which have the same.

use std::sync::Arc;

use super::numbering::Numbering;
use super::parts::Part;
use super::report::Notice;
use super::styles::Styles;
use super::theme::Theme;
use crate::word::Package;

#[derive(Debug, Default)]
pub struct Definitions {
    pub theme: Theme,
    pub numbering: Numbering,
    pub styles: Styles,
    /// What is wrong with a part, by its name.
    pub notices: Vec<(String, Notice)>,
}

impl Definitions {
    pub fn of(package: &Package, main: &Part) -> Arc<Definitions> {
        let [theme, numbering, styles] = ["theme", "numbering", "styles"].map(|kind| main.side_part_name(kind));
        package.made_once(&[theme.as_str(), &numbering, &styles], || {
            let mut notices = Vec::new();
            let mut part = |name: &str| {
                Part::side_part(package, name)?.map_err(|notice| notices.push((name.to_string(), notice))).ok()
            };
            let theme = part(&theme).map(|part| Theme::read(part.root())).unwrap_or_default();
            let numbering = part(&numbering).map(|part| Numbering::read(part.root(), &theme)).unwrap_or_default();
            let styles = part(&styles).map(|part| Styles::read(part.root(), &theme, &numbering)).unwrap_or_default();
            Definitions { theme, numbering, styles, notices }
        })
    }
}

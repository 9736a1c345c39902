//! Which files a build is asked for (`--only`, contract §3).

use crate::paper::Paper;

/// Outputs that are not papers, with their endings.
const WORKBOOKS: [(&str, &str); 3] = [("tong-hop", "xlsx"), ("ra-soat", "xlsx"), ("ket-qua", "json")];

/// What was asked for: everything, or a list of output names each with or without an ending.
#[derive(Clone, Debug, Default)]
pub struct Request {
    wanted: Option<Vec<(String, Option<String>)>>,
}

/// A name in the list that no output has; `known` is every name that would do.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownOutput {
    pub name: String,
    pub known: Vec<String>,
}

impl Request {
    /// Reads a comma list such as `giao-uoc,xep-hang.xlsx`.
    ///
    /// # Errors
    /// The first name that is no output's.
    pub fn parse(list: &str) -> Result<Request, UnknownOutput> {
        let mut wanted = Vec::new();
        for item in list.split(',').map(str::trim).filter(|item| !item.is_empty()) {
            let (name, ending) = match item.rsplit_once('.') {
                Some((name, ending)) => (name, Some(ending.to_lowercase())),
                None => (item, None),
            };
            let known = outputs().any(|(output, endings)| {
                output == name && ending.as_deref().is_none_or(|ending| endings.contains(&ending))
            });
            if !known {
                return Err(UnknownOutput {
                    name: item.to_string(),
                    known: outputs().map(|(name, _)| name.to_string()).collect(),
                });
            }
            wanted.push((name.to_string(), ending));
        }
        Ok(Request { wanted: (!wanted.is_empty()).then_some(wanted) })
    }

    /// Every output of one ending: `pdf`.
    pub fn of_ending(ending: &str) -> Request {
        let with = outputs().filter(|(_, endings)| endings.contains(&ending));
        Request { wanted: Some(with.map(|(name, _)| (name.to_string(), Some(ending.to_string()))).collect()) }
    }

    /// Whether this file is asked for.
    pub fn wants(&self, name: &str, ending: &str) -> bool {
        match &self.wanted {
            None => true,
            Some(wanted) => {
                wanted.iter().any(|(output, only)| output == name && only.as_deref().is_none_or(|only| only == ending))
            }
        }
    }
}

/// Every output with the endings it is written with.
pub fn outputs() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let papers = Paper::ALL.iter().map(|paper| (paper.name(), paper.endings().to_vec()));
    papers.chain(WORKBOOKS.iter().map(|(name, ending)| (*name, vec![*ending])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_asks_for_all_its_files_and_an_ending_for_one() {
        let request = Request::parse("giao-uoc, xep-hang.xlsx").expect("both are outputs");
        assert!(request.wants("giao-uoc", "docx") && request.wants("giao-uoc", "pdf"));
        assert!(request.wants("xep-hang", "xlsx") && !request.wants("xep-hang", "pdf"));
        assert!(!request.wants("ket-qua", "json"));
        assert!(Request::default().wants("ket-qua", "json"));
    }

    #[test]
    fn an_ending_asks_for_it_alone() {
        let request = Request::of_ending("pdf");
        assert!(
            request.wants("giao-uoc", "pdf") && request.wants("xep-hang", "pdf") && request.wants("phieu-diem", "pdf")
        );
        assert!(!request.wants("giao-uoc", "docx") && !request.wants("tong-hop", "xlsx"));
    }

    #[test]
    fn an_unknown_output_is_named_with_those_there_are() {
        for list in ["giao-uoc,giao-uoc.odt", "bao-cao"] {
            let unknown = Request::parse(list).expect_err("no such output");
            assert!(unknown.known.contains(&"bao-cao-tong-ket".to_string()), "{unknown:?}");
        }
    }
}

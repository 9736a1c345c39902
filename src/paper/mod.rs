//! The papers (văn bản): which there are, and the data that each template is filled with.
//!
//! May use `dossier`, `scoring`, `intake`, `vietnamese`, `chart`. Filling is `word`, layout is `pdf`.

mod change;
mod chart;
mod cluster;
mod complete;
mod data;
mod facts;
pub mod names;
mod outstanding;
mod signature;
mod term;
#[cfg(test)]
mod tests;
mod text;
mod unit;
mod value;

pub use complete::complete;
pub use data::{ClusterData, data, slip_data};

use crate::dossier::Dossier;

/// A kind of paper (loại văn bản) made from a Word template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Paper {
    /// Báo cáo tổng kết.
    YearEndReport,
    /// Giao ước thi đua.
    Covenant,
    /// Biên bản bình xét.
    Minutes,
    /// Tờ trình đề nghị khen thưởng.
    Nomination,
    /// Báo cáo sơ kết nhiệm kỳ.
    MidTermReport,
    /// Bảng xếp hạng, the printable form of the ranking workbook.
    Ranking,
    /// Phiếu điểm of one unit.
    ScoreSlip,
}

impl Paper {
    pub const ALL: [Paper; 7] = [
        Paper::YearEndReport,
        Paper::Covenant,
        Paper::Minutes,
        Paper::Nomination,
        Paper::MidTermReport,
        Paper::Ranking,
        Paper::ScoreSlip,
    ];

    /// The output's name (contract §4); its template is `<name>.docx`.
    pub fn name(self) -> &'static str {
        match self {
            Paper::YearEndReport => "bao-cao-tong-ket",
            Paper::Covenant => "giao-uoc",
            Paper::Minutes => "bien-ban-binh-xet",
            Paper::Nomination => "to-trinh-khen-thuong",
            Paper::MidTermReport => "so-ket-nhiem-ky",
            Paper::Ranking => "xep-hang",
            Paper::ScoreSlip => "phieu-diem",
        }
    }

    /// The name as users speak of it.
    pub fn title(self) -> &'static str {
        match self {
            Paper::YearEndReport => "Báo cáo tổng kết",
            Paper::Covenant => "Giao ước thi đua",
            Paper::Minutes => "Biên bản bình xét",
            Paper::Nomination => "Tờ trình khen thưởng",
            Paper::MidTermReport => "Báo cáo sơ kết nhiệm kỳ",
            Paper::Ranking => "Bảng xếp hạng",
            Paper::ScoreSlip => "Phiếu điểm",
        }
    }

    /// Endings of the files it is written as. The ranking's workbook is not filled from a Word template.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Paper::Ranking => &["xlsx", "pdf"],
            Paper::ScoreSlip => &["pdf"],
            _ => &["docx", "pdf"],
        }
    }

    /// The endings that come out of its Word template.
    pub fn word_endings(self) -> impl Iterator<Item = &'static str> {
        self.endings().iter().copied().filter(|ending| *ending != "xlsx")
    }

    /// Whether there is one for each unit instead of one for the cluster.
    pub fn is_per_unit(self) -> bool {
        self == Paper::ScoreSlip
    }

    /// Whether the dossier asks for it: the mid-term report needs the sheet Nhiệm kỳ.
    pub fn applies(self, dossier: &Dossier) -> bool {
        self.applies_always() || dossier.term.is_some()
    }

    /// Whether it does so whatever the dossier says.
    pub fn applies_always(self) -> bool {
        self != Paper::MidTermReport
    }
}

//! Lines and columns that no code and no exact name tells, matched by their words; never in silence.

use std::collections::BTreeSet;

use super::file::SubmissionReader;
use crate::dossier::{ClusterId, Criterion, CriterionId};
use crate::finding::catalogue::intake as codes;
use crate::finding::{Finding, Place};
use crate::vietnamese::{self, fold};

/// From this likeness on, in per cent, words are taken for a criterion's name; between the two bars it is asked.
const TAKEN: u32 = 85;
const ASKED: u32 = 55;
/// By how much the best must be ahead of the next.
const AHEAD: u32 = 8;
/// Shorter names say too little; longer texts are no names, and cost too much to compare.
const LETTERS: usize = 8;
const MOST_LETTERS: usize = 600;

/// What some words may mean.
pub(super) enum Likely {
    /// They mean this criterion, at this likeness.
    Taken(CriterionId, u32),
    /// They may mean it, but it must be asked.
    Asked(CriterionId, u32),
    Nothing,
}

impl SubmissionReader<'_> {
    /// The criterion whose name some words are most like; with a cluster only of those that apply to it. One that has
    /// its own line already is only asked about.
    pub(super) fn likely(&self, words: &str, cluster: Option<ClusterId>, taken: &BTreeSet<CriterionId>) -> Likely {
        if words.len() > MOST_LETTERS || fold(words).len() < LETTERS {
            return Likely::Nothing;
        }
        let words = vietnamese::Likely::new(words);
        let mut best: Option<(u32, CriterionId)> = None;
        let mut next = 0;
        for (index, criterion) in self.dossier.criteria.iter().enumerate() {
            let id = CriterionId(index);
            if cluster.is_some_and(|cluster| !self.applies(criterion, cluster)) {
                continue;
            }
            let score = self.names[index].iter().map(|name| words.likeness(name)).max().unwrap_or(0);
            match best {
                Some((most, _)) if score <= most => next = next.max(score),
                _ => {
                    next = best.map_or(0, |(most, _)| most);
                    best = Some((score, id));
                }
            }
        }
        match best {
            Some((score, id)) if score >= TAKEN && score >= next + AHEAD && !taken.contains(&id) => {
                Likely::Taken(id, score)
            }
            Some((score, id)) if score >= ASKED => Likely::Asked(id, score),
            _ => Likely::Nothing,
        }
    }

    fn applies(&self, criterion: &Criterion, cluster: ClusterId) -> bool {
        let scope = criterion.cluster.or(self.dossier.group(criterion.group).cluster);
        scope.is_none_or(|only| only == cluster)
    }

    /// What is said of words that were taken for a criterion's name.
    pub(super) fn taken_by_likeness(
        &self,
        what: &str,
        words: &str,
        id: CriterionId,
        score: u32,
        place: Place,
    ) -> Finding {
        let criterion = self.dossier.criterion(id);
        let message = format!(
            "{what} ghi “{words}”, được hiểu là tiêu chí {} ({}), giống {score}%.",
            criterion.code, criterion.name
        );
        Finding::new(&codes::LINE_BY_LIKENESS, place, message)
            .criterion(&criterion.code)
            .found(words)
            .expected(&criterion.name)
    }

    /// Adds to a finding about unknown words the question whether another name was meant.
    pub(super) fn asked(&self, finding: Finding, id: CriterionId, score: u32) -> Finding {
        let criterion = self.dossier.criterion(id);
        let hint = format!(
            "Có phải ý là {} ({}), giống {score}%? Nếu phải thì ghi mã {} vào cột TT.",
            criterion.code, criterion.name, criterion.code
        );
        finding.expected(&criterion.name).hint(hint)
    }
}

//! `thidua check`: read everything and report; with --out the findings workbook and the marked copies.

use super::arguments::Check;
use super::progress::Bar;
use super::{Status, complain, report, say, written};
use crate::dossier::Dossier;
use crate::finding::Finding;
use crate::run::{self, Checked, Survey};

pub(super) fn run(arguments: &Check) -> Status {
    if let Some(out) = &arguments.out
        && run::is_among_submissions(&arguments.directory, out)
    {
        complain(format!("--out {}: không ghi vào thư mục so-lieu, nơi để tệp của các đơn vị.", out.display()));
        return Status::Usage;
    }
    let bar = Bar::new();
    let read = if arguments.json {
        run::check(&arguments.directory, &bar).map(Read::Whole)
    } else {
        run::survey(&arguments.directory, &bar).map(|(dossier, survey)| Read::AtAGlance(dossier, survey))
    };
    let mut read = match read {
        Ok(read) => read,
        Err(findings) => return report::no_dossier(&arguments.directory, &findings),
    };
    let copies = match &arguments.out {
        Some(out) => run::marked_copies(&arguments.directory, read.findings(), out, &bar),
        None => run::MarkedCopies::default(),
    };
    read.findings_mut().extend(copies.findings);
    drop(bar);
    match &read {
        Read::Whole(checked) => say(report::json(checked)),
        Read::AtAGlance(_, survey) => {
            say(report::overview(survey));
            say(report::findings(survey, arguments.all));
            for path in &copies.files {
                say(format!("Đã ghi bản đánh dấu: {}", path.display()));
            }
        }
    }
    let written = arguments.out.as_ref().is_none_or(|out| {
        let path = out.join("ra-soat.xlsx");
        written::write(
            "danh sách phát hiện",
            &path,
            run::findings_workbook(read.dossier(), read.findings()),
            arguments.json,
        )
    });
    if read.has_errors() || !written { Status::Findings } else { Status::Done }
}

/// What was read: with every mark where the marks are asked for.
enum Read {
    Whole(Checked),
    AtAGlance(Dossier, Survey),
}

impl Read {
    fn dossier(&self) -> &Dossier {
        match self {
            Read::Whole(checked) => &checked.dossier,
            Read::AtAGlance(dossier, _) => dossier,
        }
    }

    fn findings(&self) -> &[Finding] {
        match self {
            Read::Whole(checked) => &checked.findings,
            Read::AtAGlance(_, survey) => &survey.findings,
        }
    }

    fn findings_mut(&mut self) -> &mut Vec<Finding> {
        match self {
            Read::Whole(checked) => &mut checked.findings,
            Read::AtAGlance(_, survey) => &mut survey.findings,
        }
    }

    fn has_errors(&self) -> bool {
        match self {
            Read::Whole(checked) => checked.has_errors(),
            Read::AtAGlance(_, survey) => survey.has_errors(),
        }
    }
}

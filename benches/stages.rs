//! Time of each stage of the work, one by one, on the example of eight branch unions: `cargo bench --bench stages`.
//!
//! A name picks stages: `cargo bench --bench stages -- read`. Every stage works on what the stages before it gave, made
//! ready outside the measured time.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use chrono::NaiveDate;
use divan::{Bencher, black_box};
use thidua::dossier::{ClusterId, Dossier};
use thidua::intake::{self, Submission, SubmissionReader};
use thidua::paper::{ClusterData, Paper, complete, data, slip_data};
use thidua::scoring::ClusterResult;
use thidua::wanted::{Sample, Wanted};
use thidua::word::{self, Document, Template};
use thidua::{dossier, excel, pdf, scoring, sheet};

fn main() {
    divan::main();
}

/// The example as the stages before scoring give it.
struct Example {
    dossier: Dossier,
    submissions: Vec<Submission>,
    /// One form: its path inside the dossier and its bytes.
    form: (String, Vec<u8>),
}

static EXAMPLE: LazyLock<Example> = LazyLock::new(|| {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/khoi-nganh-2024");
    let dossier = dossier::read(&folder).0.expect("an example that can be read");
    let (submissions, _) = intake::read(&dossier, &folder);
    let path = "so-lieu/CĐ GTVT (gửi lại).xlsx".to_string();
    let bytes = std::fs::read(folder.join(&path)).expect("a form of the example");
    Example { dossier, submissions, form: (path, bytes) }
});

/// The bytes of a form to its cells.
#[divan::bench]
fn read_one_form(bencher: Bencher) {
    let (path, bytes) = &EXAMPLE.form;
    bencher.bench(|| sheet::read(black_box(bytes), path).expect("a form that can be read"));
}

/// The bytes of a form to a submission bound to its unit and lines; reading its cells counts in.
#[divan::bench]
fn match_one_form(bencher: Bencher) {
    let (path, bytes) = &EXAMPLE.form;
    let reader = SubmissionReader::new(&EXAMPLE.dossier);
    bencher.bench(|| reader.read_bytes(black_box(bytes), path));
}

/// The submissions of a cluster to its marks, places, classes and awards.
#[divan::bench]
fn score_a_cluster(bencher: Bencher) {
    bencher.bench(|| scoring::score(&EXAMPLE.dossier, ClusterId(0), black_box(&EXAMPLE.submissions)));
}

fn result() -> ClusterResult {
    scoring::score(&EXAMPLE.dossier, ClusterId(0), &EXAMPLE.submissions).0
}

fn template(paper: Paper) -> Template {
    let package = word::compose::template(paper.name()).expect("a built-in template");
    Template::compile(package, &format!("{}.docx", paper.name())).expect("a sound template")
}

fn report() -> Template {
    template(Paper::YearEndReport)
}

/// The text of the report's built-in template to a Word file whose tags are read.
#[divan::bench]
fn compose_a_template(bencher: Bencher) {
    bencher.bench(report);
}

/// The names of an office's own report, tried on the data of a cluster with nothing empty; reading its tags counts in.
#[divan::bench]
fn try_an_own_template(bencher: Bencher) {
    let result = result();
    let data = ClusterData::new(&EXAMPLE.dossier, &result);
    let package = word::compose::template(Paper::YearEndReport.name()).expect("a built-in template");
    let paper = Paper::YearEndReport;
    let samples: [Sample; 1] = [Box::new(|wanted| complete(data.paper(paper, wanted), paper, wanted))];
    bencher.bench_local(|| {
        let faults = Template::faults(package.clone(), "mau/bao-cao-tong-ket.docx", black_box(&samples));
        assert_eq!(faults, []);
    });
}

/// The marks of a cluster to the office's own ranking workbook.
#[divan::bench]
fn fill_an_own_workbook(bencher: Bencher) {
    let result = result();
    let data = ClusterData::new(&EXAMPLE.dossier, &result);
    let template = excel::Template::compile(excel::EXAMPLE, "mau/xep-hang.xlsx").expect("a sound template");
    let make = |wanted: &Wanted| black_box(&data).paper(Paper::Ranking, wanted);
    bencher.bench(|| template.fill_made(make, "").expect("a filled workbook"));
}

/// The marks of a cluster to all data of a paper.
#[divan::bench]
fn prepare_the_data(bencher: Bencher) {
    let result = result();
    bencher.bench(|| data(&EXAMPLE.dossier, black_box(&result), Paper::YearEndReport));
}

/// The data of a cluster to the filled report, its charts drawn.
#[divan::bench]
fn fill_the_report(bencher: Bencher) {
    let (result, template) = (result(), report());
    let data = ClusterData::new(&EXAMPLE.dossier, &result);
    let make = |wanted: &Wanted| black_box(&data).paper(Paper::YearEndReport, wanted);
    bencher.bench(|| template.fill_made(make).expect("a filled report"));
}

/// A filled report to the bytes of the .docx; drawing its charts as pictures, which is put off until then, counts in.
#[divan::bench]
fn pack_the_report(bencher: Bencher) {
    let (result, template) = (result(), report());
    let data = data(&EXAMPLE.dossier, &result, Paper::YearEndReport);
    let fill = || template.fill(&data).expect("a filled report");
    bencher.with_inputs(fill).bench_refs(|package| package.to_bytes().expect("a file"));
}

/// The year-end report of the cluster, filled and read.
static REPORT: LazyLock<Document> = LazyLock::new(|| {
    let data = data(&EXAMPLE.dossier, &result(), Paper::YearEndReport);
    let filled = report().fill(&data).expect("data for every tag");
    word::read(&filled, "bao-cao-tong-ket.docx").expect("a document that can be read").0
});

/// The report to positioned items on its pages.
#[divan::bench]
fn lay_out(bencher: Bencher) {
    bencher.bench(|| pdf::lay_out(black_box(&REPORT)));
}

/// The laid-out report to the bytes of a tagged PDF/A file.
#[divan::bench]
fn write_pdf(bencher: Bencher) {
    let (sheets, options) = (pdf::lay_out(&REPORT), pdf::Options::default());
    bencher.bench_local(|| pdf::write(black_box(&sheets), &REPORT, &options));
}

/// A page with one table, the printed ranking, to the bytes of a tagged PDF/A file.
#[divan::bench]
fn lay_out_and_write_one_page(bencher: Bencher) {
    let package = template(Paper::Ranking).fill(&data(&EXAMPLE.dossier, &result(), Paper::Ranking));
    let page = word::read(&package.expect("a filled page"), "xep-hang.docx").expect("a document that can be read").0;
    bencher.bench(|| pdf::render(black_box(&page), &pdf::Options::default()));
}

/// A paper's data to the bytes of its .docx and .pdf: a score slip of four pages, a covenant of nine.
#[divan::bench(args = [Paper::ScoreSlip, Paper::Covenant])]
fn fill_one_paper_to_its_files(bencher: Bencher, paper: Paper) {
    let (result, template) = (result(), template(paper));
    let data = match paper {
        Paper::ScoreSlip => slip_data(&EXAMPLE.dossier, &result, 0),
        _ => data(&EXAMPLE.dossier, &result, paper),
    };
    bencher.bench(|| {
        let package = template.fill(black_box(&data)).expect("a filled paper");
        let document = word::read(&package, "van-ban.docx").expect("a document that can be read").0;
        (package.to_bytes().expect("a file"), pdf::render(&document, &pdf::Options::default()))
    });
}

/// The results of a cluster to its ranking workbook.
#[divan::bench]
fn write_a_ranking_workbook(bencher: Bencher) {
    let (result, _) = scoring::score(&EXAMPLE.dossier, ClusterId(0), &EXAMPLE.submissions);
    bencher.bench(|| {
        let bytes = excel::ranking(&EXAMPLE.dossier, black_box(&result), false, NaiveDate::default());
        bytes.expect("a workbook")
    });
}

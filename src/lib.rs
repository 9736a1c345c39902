//! thidua: a folder of Excel files goes in, the papers of a cluster's year end come out.
//!
//! The rooms, in the order of the data; an arrow never points back:
//!
//! ```text
//! ho-so.xlsx ──► dossier ─┐
//!                         ├─► scoring ─► paper ─┬─► word: fill ─► .docx ─► Document ─► pdf ─► .pdf
//! so-lieu/*  ──► intake ──┘                     └─► excel ─► .xlsx
//!      every stage adds to one list of findings ──► cli, ket-qua.json, ra-soat.xlsx
//!
//! two ket-qua.json, or dossiers ──► compare ──► cli, excel
//! ranking workbooks that came back ──► collect ──► cli, excel
//! a signed .pdf that came back ──► signature ──► cli
//! ```
//!
//! `opc` holds the packages that Word and Excel files are, for `word` and `excel`.
//! `chart` turns the figures of `paper` into drawings for `word` and `pdf`; `font` holds the letters that it and `pdf` measure.
//! `press` deflates for `pdf` and `chart`.
//! `wanted` says which of the data the templates speak of: `word::fill` reads it out of their tags, `paper` makes no more than that.
//! The tags of templates are one thing in Word and Excel: `excel::fill` fills a workbook of the office's own with the core of
//! `word::fill`.
//!
//! `run` joins the rooms into the two things a user asks for (check, build); `cli` only talks, in a terminal, and `web` in a
//! browser on the same machine.
//! `signature` stands alone: it reads files that others signed, and knows nothing of dossiers.

pub mod chart;
pub mod cli;
pub mod collect;
pub mod compare;
pub mod dossier;
pub mod excel;
pub mod finding;
pub mod font;
pub mod intake;
pub mod opc;
pub mod paper;
pub mod pdf;
pub mod press;
pub mod run;
pub mod scoring;
pub mod sheet;
pub mod signature;
pub mod vietnamese;
pub mod wanted;
pub mod web;
pub mod word;

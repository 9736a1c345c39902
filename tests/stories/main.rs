//! Stories of the whole program, one file for each; they drive it as a user does.

mod again;
mod bad_input;
mod browser;
mod build_an_example;
mod collect;
mod command_line;
mod compare;
mod conformance;
mod desk;
mod formats;
mod forms;
mod hostile;
mod interrupted;
mod marked_copies;
mod own_templates;
mod page;
mod page_attacks;
mod ranking_templates;
mod reading;
mod signature_grid;
mod signatures;
mod template_cases;
mod twins;
mod workbook;
mod worked_by_hand;

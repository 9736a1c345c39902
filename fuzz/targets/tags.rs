//! Finding of tags: text as people type it, cut into runs and cells, compiled as a template.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thidua::word::Template;

fuzz_target!(|text: &str| {
    let package = thidua_fuzz::word_file(&thidua_fuzz::body(text), &[]);
    let _ = Template::compile(package, "mau/giao-uoc.docx");
});

//! Reading of figures, dates, answers and damaged text: whatever is typed, the readers come back, and a figure that
//! was read is read again from what we print of it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thidua::vietnamese;

fuzz_target!(|text: &str| {
    if let Ok(read) = vietnamese::read_number(text) {
        let printed = vietnamese::number(read.value);
        let again = vietnamese::read_number(&printed).map(|number| number.value);
        assert!(again == Ok(read.value), "{text}: {printed}");
    }
    let _ = (vietnamese::read_date(text), vietnamese::read_answer(text), vietnamese::read_years(text));
    if let Some((left, right)) = text.split_once('\n') {
        let _ = (vietnamese::compare_measures(left, right), vietnamese::likeness(left, right));
    }
    // clean text is clean, and mending it once is enough
    let clean = vietnamese::clean(text);
    assert_eq!(vietnamese::clean(&clean), clean);
    if let Some((_, mended)) = vietnamese::guess(text) {
        assert_eq!(vietnamese::clean(&mended), mended);
    }
});

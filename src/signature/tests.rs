//! Stories of papers that came back signed: samples made by pyHanko (tests/signed), then damaged at random.

use proptest::prelude::*;
use std::collections::BTreeSet;

use super::{Change, Fault, Field, Inspection, Refusal, Signature, Verdict, inspect};

const OPEN: &[u8] = include_bytes!("../../tests/signed/open.pdf");
const PARTLY: &[u8] = include_bytes!("../../tests/signed/partly.pdf");
const ALL: &[u8] = include_bytes!("../../tests/signed/all.pdf");

fn seen(bytes: &[u8]) -> Inspection {
    inspect(bytes).expect("a readable paper with places to sign")
}

fn signature<'a>(inspection: &'a Inspection, name: &str) -> &'a Signature {
    let field = inspection.fields.iter().find(|field| field.name == name);
    field.and_then(|field| field.signature.as_ref()).unwrap_or_else(|| panic!("{name} is signed"))
}

fn first(bytes: &[u8]) -> Signature {
    signature(&seen(bytes), "ky_YT").clone()
}

#[test]
fn a_paper_that_nobody_signed_shows_its_open_places_with_the_units_names() {
    let inspection = seen(OPEN);
    let open = |name: &str, label: &str| Field { name: name.into(), label: Some(label.into()), signature: None };
    assert_eq!(
        inspection.fields,
        [
            open("ky_YT", "Công đoàn ngành Y tế"),
            open("ky_GD", "Công đoàn ngành Giáo dục"),
            open("chung_kien.ky", "Liên đoàn Lao động thành phố"),
        ]
    );
    assert!(inspection.is_sound());
}

#[test]
fn one_has_signed_and_two_places_are_open() {
    let inspection = seen(PARTLY);
    assert_eq!(inspection.signatures().count(), 1);
    let signature = signature(&inspection, "ky_YT");
    assert_eq!((signature.verdict, &signature.faults), (Verdict::Sound, &BTreeSet::new()));
    assert_eq!(signature.algorithm.as_deref(), Some("RSA PKCS#1 v1.5, SHA-256"));
    assert_eq!(signature.later, super::Later::default());
    assert!(signature.claimed_time.as_ref().is_some_and(|time| time.starts_with("20")), "{signature:?}");
    let certificate = signature.certificate.as_ref().expect("a certificate");
    assert_eq!(certificate.common_name.as_deref(), Some("Nguyễn Thị Thử"));
    assert_eq!(certificate.organization.as_deref(), Some("Công đoàn ngành Y tế"));
    assert!(certificate.self_signed);
    assert_eq!(
        (certificate.not_before.as_str(), certificate.not_after.as_str(), certificate.valid_at_claimed_time),
        ("2024-01-01T00:00:00Z", "2034-01-01T00:00:00Z", Some(true))
    );
}

#[test]
fn signatures_that_follow_do_not_break_the_first_ones() {
    let inspection = seen(ALL);
    assert!(inspection.is_sound(), "{inspection:#?}");
    let story: Vec<_> = inspection
        .signatures()
        .map(|signature| (signature.algorithm.as_deref().unwrap_or_default(), signature.later.signatures))
        .collect();
    assert_eq!(story, [("RSA PKCS#1 v1.5, SHA-256", 2), ("ECDSA, SHA-256", 1), ("RSA PSS, SHA-256", 0)]);
    let witness = signature(&inspection, "chung_kien.ky").certificate.as_ref().expect("a certificate");
    assert_eq!(witness.issuer.as_deref(), Some("Nơi cấp thử nghiệm"));
    assert!(!witness.self_signed);
}

#[test]
fn longer_digests_and_the_other_curve_are_checked_too() {
    let inspection = seen(include_bytes!("../../tests/signed/stronger.pdf"));
    let algorithms: BTreeSet<_> = inspection.signatures().filter_map(|signature| signature.algorithm.clone()).collect();
    assert!(inspection.is_sound(), "{inspection:#?}");
    assert_eq!(algorithms, BTreeSet::from(["ECDSA, SHA-384".to_string(), "RSA PKCS#1 v1.5, SHA-512".to_string()]));
}

#[test]
fn a_signature_in_a_place_of_its_own_is_told_but_is_no_change() {
    let signature = first(include_bytes!("../../tests/signed/added.pdf"));
    assert_eq!(signature.verdict, Verdict::Sound, "{signature:#?}");
    assert_eq!((signature.later.signatures, signature.later.new_fields), (1, 1));
}

#[test]
fn words_changed_by_an_update_are_found_though_the_signed_bytes_still_stand() {
    let signature = first(include_bytes!("../../tests/signed/changed.pdf"));
    assert_eq!((signature.verdict, signature.faults), (Verdict::Changed, BTreeSet::new()));
    assert_eq!(signature.later.changes, BTreeSet::from([Change::Content]));
}

#[test]
fn a_note_laid_over_the_page_is_a_change() {
    let signature = first(include_bytes!("../../tests/signed/noted.pdf"));
    assert_eq!((signature.verdict, signature.faults), (Verdict::Changed, BTreeSet::new()));
    assert_eq!(signature.later.changes, BTreeSet::from([Change::Annotations]));
}

#[test]
fn a_year_overwritten_in_place_breaks_the_signature() {
    let signature = first(include_bytes!("../../tests/signed/flipped.pdf"));
    assert_eq!((signature.verdict, signature.faults), (Verdict::Broken, BTreeSet::from([Fault::Digest])));
}

#[test]
fn a_signature_by_another_key_does_not_pass() {
    let signature = first(include_bytes!("../../tests/signed/other-key.pdf"));
    assert_eq!((signature.verdict, signature.faults), (Verdict::Broken, BTreeSet::from([Fault::Signature])));
}

#[test]
fn there_is_nothing_to_say_about_other_files() {
    assert_eq!(inspect(include_bytes!("../../tests/signed/plain.pdf")), Err(Refusal::NoFields));
    for other in [&b""[..], b"%PDF-1.7\n", b"PK\x03\x04", &[0; 2000]] {
        assert_eq!(inspect(other), Err(Refusal::NotReadable));
    }
}

/// The paper with `section` added, whose startxref names it, or `start`.
fn with_update(section: impl Fn(usize) -> Vec<u8>, start: Option<usize>) -> Vec<u8> {
    let text = String::from_utf8_lossy(PARTLY).into_owned();
    let previous = text.rsplit("startxref").next().and_then(|rest| rest.split_whitespace().next());
    let previous: usize = previous.and_then(|number| number.parse().ok()).expect("a startxref");
    let mut bytes = PARTLY.to_vec();
    let place = bytes.len();
    bytes.extend(section(previous));
    bytes.extend(format!("\nstartxref\n{}\n%%EOF\n", start.map_or(place, |_| previous)).bytes());
    bytes
}

#[test]
fn words_struck_out_of_the_cross_reference_are_a_change() {
    let table = |previous| {
        let head = "xref\n4 1\n0000000000 00001 f \ntrailer\n";
        format!("{head}<</Size 15 /Root 1 0 R /Prev {previous}>>").into_bytes()
    };
    let stream = |previous| {
        let head = format!(
            "20 0 obj\n<</Type /XRef /W [1 2 1] /Index [4 1] /Size 21 /Root 1 0 R /Prev {previous} /Length 4>>"
        );
        [head.as_bytes(), b"\nstream\n\x00\x00\x00\x01\nendstream\nendobj"].concat()
    };
    for bytes in [with_update(table, None), with_update(stream, None)] {
        let signature = first(&bytes);
        assert_eq!((signature.verdict, signature.faults), (Verdict::Changed, BTreeSet::new()));
        assert_eq!(signature.later.changes, BTreeSet::from([Change::Other]));
    }
}

#[test]
fn an_update_that_hides_behind_the_old_cross_reference_is_not_trusted() {
    let object = |_| b"4 0 obj\n<</Length 0>>\nstream\n\nendstream\nendobj".to_vec();
    let signature = first(&with_update(object, Some(0)));
    assert_eq!(signature.later.changes, BTreeSet::from([Change::Unreadable]));
    assert_eq!(signature.verdict, Verdict::Changed);
}

#[test]
fn blank_lines_at_the_end_are_no_change() {
    assert_eq!(first(&[PARTLY, b"\n\n"].concat()).verdict, Verdict::Sound);
}

/// Writes other numbers over the ranges, in their room.
fn with_ranges(numbers: &str) -> Vec<u8> {
    let mut bytes = PARTLY.to_vec();
    let begin = bytes.windows(11).position(|window| window == b"/ByteRange ").expect("ranges") + 11;
    let end = begin + bytes[begin..].iter().position(|byte| *byte == b']').expect("their end") + 1;
    let end = end + bytes[end..].iter().take_while(|byte| **byte == b' ').count();
    let room = end - begin;
    let numbers = format!("{numbers:<room$}");
    assert_eq!(numbers.len(), room, "no room");
    bytes[begin..end].copy_from_slice(numbers.as_bytes());
    bytes
}

#[test]
fn ranges_that_leave_something_out_or_run_out_of_the_file_are_refused() {
    let huge = i64::MAX;
    for numbers in [
        "[1 3519 11714 561]".to_string(),
        "[0 3500 11714 561]".to_string(),
        "[0 3520 11714 500]".to_string(),
        "[0 3520 11714 562]".to_string(),
        "[0 3520 11715 560]".to_string(),
        "[0 3520]".to_string(),
        "[0 11714 3520 5]".to_string(),
        "[0 3520 -1 5]".to_string(),
        format!("[0 1 {huge} {huge}]"),
    ] {
        let signature = first(&with_ranges(&numbers));
        assert_eq!(signature.verdict, Verdict::Broken, "{numbers}");
        assert_eq!(signature.faults, BTreeSet::from([Fault::ByteRange]), "{numbers}");
    }
}

/// The offsets of `partly.pdf` that its signature signs.
fn signed_offset() -> impl Strategy<Value = usize> {
    let begin = PARTLY.windows(11).position(|window| window == b"/Contents <").expect("a signature") + 10;
    let end = begin + PARTLY[begin..].iter().position(|byte| *byte == b'>').expect("its end") + 1;
    (0..begin + PARTLY.len() - end).prop_map(move |offset| if offset < begin { offset } else { offset - begin + end })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_signed_byte_can_be_changed_unseen(offset in signed_offset(), bits in 1u8..) {
        let mut bytes = PARTLY.to_vec();
        bytes[offset] ^= bits;
        if let Ok(inspection) = inspect(&bytes) {
            prop_assert!(inspection.signatures().all(|signature| signature.verdict != Verdict::Sound), "{offset}");
        }
    }

    #[test]
    fn damaged_and_cut_files_are_answered_without_a_panic(
        damage in prop::collection::vec((0..ALL.len(), any::<u8>()), 0..12),
        length in ALL.len() / 2..=ALL.len(),
    ) {
        let mut bytes = ALL.to_vec();
        for (offset, byte) in damage {
            bytes[offset] = byte;
        }
        let _ = inspect(&bytes[..length]);
        let _ = inspect(&bytes);
    }
}

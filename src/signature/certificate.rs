//! What a certificate says of itself. Nobody is asked whether it is true.

use serde::Serialize;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::{DateTime, Encode};
use x509_cert::ext::pkix::name::DirectoryString;
use x509_cert::name::Name;

use super::key::Scheme;

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const ORGANIZATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");

/// The signer's certificate; times in ISO 8601, UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Certificate {
    pub common_name: Option<String>,
    pub organization: Option<String>,
    /// The issuer's common name, else its organization.
    pub issuer: Option<String>,
    /// Serial number, hexadecimal.
    pub serial: String,
    /// Made by the signer alone: nobody else vouches for the name.
    pub self_signed: bool,
    pub not_before: String,
    pub not_after: String,
    /// Whether the time that the signer claims lies within; nothing where none is signed.
    pub valid_at_claimed_time: Option<bool>,
}

/// Reads the facts out of the certificate.
pub(super) fn describe(certificate: &x509_cert::Certificate, claimed: Option<DateTime>) -> Certificate {
    let body = certificate.tbs_certificate();
    let (from, until) = (body.validity().not_before.to_date_time(), body.validity().not_after.to_date_time());
    let serial = body.serial_number().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    Certificate {
        common_name: part(body.subject(), COMMON_NAME),
        organization: part(body.subject(), ORGANIZATION),
        issuer: part(body.issuer(), COMMON_NAME).or_else(|| part(body.issuer(), ORGANIZATION)),
        serial,
        self_signed: is_self_signed(certificate),
        not_before: from.to_string(),
        not_after: until.to_string(),
        valid_at_claimed_time: claimed.map(|time| from <= time && time <= until),
    }
}

/// Issued to itself, and signed with its own key.
fn is_self_signed(certificate: &x509_cert::Certificate) -> bool {
    let body = certificate.tbs_certificate();
    let (Ok(message), Some(signature)) = (body.to_der(), certificate.signature().as_bytes()) else { return false };
    body.subject() == body.issuer()
        && Scheme::from_algorithm(certificate.signature_algorithm(), None)
            .and_then(|scheme| scheme.verify(body.subject_public_key_info(), &[&message], signature))
            .unwrap_or(false)
}

fn part(name: &Name, kind: ObjectIdentifier) -> Option<String> {
    let part: &AttributeTypeAndValue = name.iter().find(|part| part.oid == kind)?;
    let text = DirectoryString::try_from(&part.value).ok()?.value().into_owned();
    // A name is shown on a terminal: no control characters out of a stranger's file.
    let text: String = text.chars().filter(|letter| !letter.is_control()).collect();
    (!text.trim().is_empty()).then(|| text.trim().to_string())
}

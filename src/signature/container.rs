//! The signature's envelope, CMS SignedData (RFC 5652): does it fit the signed bytes and the key of its certificate?

use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use x509_cert::attr::Attribute;
use x509_cert::der::asn1::{Any, ObjectIdentifier, OctetString};
use x509_cert::der::{DateTime, Decode, Encode, Reader, SliceReader, Tag, Tagged};
use x509_cert::ext::pkix::SubjectKeyIdentifier;
use x509_cert::time::Time;

use super::Fault;
use super::certificate::{Certificate, describe};
use super::key::{Hash, Scheme};

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");
const SIGNING_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");

/// What the envelope says and how far it holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Examined {
    pub faults: Vec<Fault>,
    pub algorithm: Option<String>,
    pub certificate: Option<Certificate>,
    /// Out of the signed attributes, ISO 8601.
    pub claimed_time: Option<String>,
}

impl Examined {
    pub fn failed(fault: Fault) -> Examined {
        Examined { faults: vec![fault], ..Examined::default() }
    }
}

/// Checks the envelope in `contents` against the bytes that it should sign.
pub(super) fn examine(contents: &[u8], signed: [&[u8]; 2]) -> Examined {
    let Some(envelope) = open(contents) else { return Examined::failed(Fault::Container) };
    // One signature field, one signer (ISO 32000-2, 12.8.3.3.1).
    let [signer] = envelope.signer_infos.0.as_slice() else { return Examined::failed(Fault::Container) };
    if envelope.encap_content_info.econtent_type != DATA || envelope.encap_content_info.econtent.is_some() {
        return Examined::failed(Fault::Unsupported);
    }
    let claimed = attribute(signer, SIGNING_TIME).and_then(|time| time.decode_as::<Time>().ok());
    let claimed: Option<DateTime> = claimed.map(|time| time.to_date_time());
    let mut examined = Examined { claimed_time: claimed.map(|time| time.to_string()), ..Examined::default() };
    let Some(certificate) = certificate_of(&envelope, signer) else {
        examined.faults.push(Fault::NoCertificate);
        return examined;
    };
    examined.certificate = Some(describe(certificate, claimed));
    let hash = Hash::from_oid(signer.digest_alg.oid);
    let (Some(hash), Some(scheme)) = (hash, Scheme::from_algorithm(&signer.signature_algorithm, hash)) else {
        examined.faults.push(Fault::Unsupported);
        return examined;
    };
    examined.algorithm = Some(scheme.to_string());
    examined.faults.extend(attributes(signer, hash, signed, certificate));
    examined.faults.extend(signature(signer, scheme, signed, certificate));
    examined
}

/// The envelope, and after it nothing but the zeros that fill its place.
fn open(contents: &[u8]) -> Option<SignedData> {
    let mut reader = SliceReader::new(contents).ok()?;
    let content = ContentInfo::decode(&mut reader).ok()?;
    let rest = reader.remaining_len();
    let rest = reader.read_slice(rest).ok()?;
    if content.content_type != SIGNED_DATA || rest.iter().any(|byte| *byte != 0) {
        return None;
    }
    content.content.decode_as().ok()
}

fn certificate_of<'a>(envelope: &'a SignedData, signer: &SignerInfo) -> Option<&'a x509_cert::Certificate> {
    envelope.certificates.as_ref()?.0.iter().find_map(|choice| {
        let CertificateChoices::Certificate(certificate) = choice else { return None };
        let body = certificate.tbs_certificate();
        let is_it = match &signer.sid {
            SignerIdentifier::IssuerAndSerialNumber(it) => {
                it.issuer == *body.issuer() && it.serial_number == *body.serial_number()
            }
            SignerIdentifier::SubjectKeyIdentifier(it) => {
                matches!(body.get_extension::<SubjectKeyIdentifier>(), Ok(Some((_, own))) if own == *it)
            }
        };
        is_it.then_some(certificate)
    })
}

/// The only value of the only signed attribute of that kind.
fn attribute(signer: &SignerInfo, kind: ObjectIdentifier) -> Option<&Any> {
    let attributes = signer.signed_attrs.as_ref()?;
    let mut of_kind = attributes.iter().filter(|attribute| attribute.oid == kind);
    let attribute: &Attribute = of_kind.next().filter(|_| of_kind.next().is_none())?;
    match attribute.values.as_slice() {
        [value] => Some(value),
        _ => None,
    }
}

/// Signed attributes have to name the kind of content, its digest and, where they do, this certificate.
fn attributes(signer: &SignerInfo, hash: Hash, signed: [&[u8]; 2], certificate: &x509_cert::Certificate) -> Vec<Fault> {
    if signer.signed_attrs.is_none() {
        return Vec::new();
    }
    let mut faults = Vec::new();
    let kind = attribute(signer, CONTENT_TYPE).and_then(|kind| kind.decode_as::<ObjectIdentifier>().ok());
    if kind != Some(DATA) {
        faults.push(Fault::Container);
    }
    let stated = attribute(signer, MESSAGE_DIGEST).and_then(|digest| digest.decode_as::<OctetString>().ok());
    if stated.is_none_or(|stated| stated.as_bytes() != hash.of(&signed)) {
        faults.push(Fault::Digest);
    }
    if attribute(signer, SIGNING_CERTIFICATE).is_some_and(|stated| names_other(stated, certificate)) {
        faults.push(Fault::OtherCertificate);
    }
    faults
}

/// SigningCertificateV2 (RFC 5035): its first entry holds the digest of the signer's certificate.
fn names_other(stated: &Any, certificate: &x509_cert::Certificate) -> bool {
    let first = |any: &Any| any.decode_as::<Vec<Any>>().ok().and_then(|parts| parts.into_iter().next());
    let Some(entry) = first(stated).and_then(|entries| first(&entries)) else { return true };
    let Ok(parts) = entry.decode_as::<Vec<Any>>() else { return true };
    let Some(digest) = parts.iter().find(|part| part.tag() == Tag::OctetString) else { return true };
    let hash = match parts.first().filter(|part| part.tag() == Tag::Sequence) {
        Some(algorithm) => {
            first(algorithm).and_then(|oid| oid.decode_as::<ObjectIdentifier>().ok()).and_then(Hash::from_oid)
        }
        None => Some(Hash::Sha256),
    };
    let (Some(hash), Ok(der)) = (hash, certificate.to_der()) else { return true };
    hash.of(&[&der]) != digest.value()
}

/// The signature itself: over the signed attributes as a SET, or over the bytes where there are none.
fn signature(
    signer: &SignerInfo,
    scheme: Scheme,
    signed: [&[u8]; 2],
    certificate: &x509_cert::Certificate,
) -> Option<Fault> {
    let key = certificate.tbs_certificate().subject_public_key_info();
    let outcome = match &signer.signed_attrs {
        Some(attributes) => match attributes.to_der() {
            Ok(attributes) => scheme.verify(key, &[&attributes], signer.signature.as_bytes()),
            Err(_) => return Some(Fault::Container),
        },
        None => scheme.verify(key, &signed, signer.signature.as_bytes()),
    };
    match outcome {
        Some(true) => None,
        Some(false) => Some(Fault::Signature),
        None => Some(Fault::Unsupported),
    }
}

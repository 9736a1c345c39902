//! Digests, keys and the schemes that are checked: RSA PKCS#1 v1.5 and PSS, ECDSA P-256 and P-384, with SHA-256, -384, -512.

use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::pkcs1::{DecodeRsaPublicKey, RsaPssParams};
use rsa::{Pkcs1v15Sign, Pss, RsaPublicKey};
use sha2::{Digest, Sha256, Sha384, Sha512};
use std::fmt;
use x509_cert::der::asn1::{Any, ObjectIdentifier};
use x509_cert::der::{Decode, Encode};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA_512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const RSA_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const RSA_SHA_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12");
const RSA_SHA_512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13");
const MASK_1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.8");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const EC_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const EC_SHA_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");
const EC_SHA_512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.4");
const P_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

/// A digest that is strong enough to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub fn from_oid(oid: ObjectIdentifier) -> Option<Hash> {
        match oid {
            SHA_256 => Some(Hash::Sha256),
            SHA_384 => Some(Hash::Sha384),
            SHA_512 => Some(Hash::Sha512),
            _ => None,
        }
    }

    pub fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        match self {
            Hash::Sha256 => digest::<Sha256>(parts),
            Hash::Sha384 => digest::<Sha384>(parts),
            Hash::Sha512 => digest::<Sha512>(parts),
        }
    }
}

fn digest<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
    parts.iter().fold(D::new(), |digest, part| digest.chain_update(part)).finalize().to_vec()
}

impl fmt::Display for Hash {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(match self {
            Hash::Sha256 => "SHA-256",
            Hash::Sha384 => "SHA-384",
            Hash::Sha512 => "SHA-512",
        })
    }
}

/// How a signature was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    Pkcs1(Hash),
    Pss { hash: Hash, salt: usize },
    Ecdsa(Hash),
}

impl fmt::Display for Scheme {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Scheme::Pkcs1(hash) => write!(out, "RSA PKCS#1 v1.5, {hash}"),
            Scheme::Pss { hash, .. } => write!(out, "RSA PSS, {hash}"),
            Scheme::Ecdsa(hash) => write!(out, "ECDSA, {hash}"),
        }
    }
}

impl Scheme {
    /// The scheme that an algorithm names; `digest` serves where it names only the kind of key.
    pub fn from_algorithm(algorithm: &AlgorithmIdentifierOwned, digest: Option<Hash>) -> Option<Scheme> {
        match algorithm.oid {
            RSA => digest.map(Scheme::Pkcs1),
            RSA_SHA_256 => Some(Scheme::Pkcs1(Hash::Sha256)),
            RSA_SHA_384 => Some(Scheme::Pkcs1(Hash::Sha384)),
            RSA_SHA_512 => Some(Scheme::Pkcs1(Hash::Sha512)),
            RSA_PSS => pss(algorithm),
            EC => digest.map(Scheme::Ecdsa),
            EC_SHA_256 => Some(Scheme::Ecdsa(Hash::Sha256)),
            EC_SHA_384 => Some(Scheme::Ecdsa(Hash::Sha384)),
            EC_SHA_512 => Some(Scheme::Ecdsa(Hash::Sha512)),
            _ => None,
        }
    }

    /// Whether `signature` over `message` was made with the private half of `key`; nothing for keys that are not checked here.
    pub fn verify(self, key: &SubjectPublicKeyInfoOwned, message: &[&[u8]], signature: &[u8]) -> Option<bool> {
        let bits = key.subject_public_key.as_bytes()?;
        match self {
            Scheme::Pkcs1(hash) => {
                let key = rsa_key(key.algorithm.oid, bits)?;
                let scheme = match hash {
                    Hash::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
                    Hash::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
                    Hash::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
                };
                Some(key.verify(scheme, &hash.of(message), signature).is_ok())
            }
            Scheme::Pss { hash, salt } => {
                let (key, digest) = (rsa_key(key.algorithm.oid, bits)?, hash.of(message));
                let outcome = match hash {
                    Hash::Sha256 => key.verify(Pss::<Sha256>::new_with_salt(salt), &digest, signature),
                    Hash::Sha384 => key.verify(Pss::<Sha384>::new_with_salt(salt), &digest, signature),
                    Hash::Sha512 => key.verify(Pss::<Sha512>::new_with_salt(salt), &digest, signature),
                };
                Some(outcome.is_ok())
            }
            Scheme::Ecdsa(hash) => ecdsa(key, bits, &hash.of(message), signature),
        }
    }
}

fn rsa_key(kind: ObjectIdentifier, bits: &[u8]) -> Option<RsaPublicKey> {
    matches!(kind, RSA | RSA_PSS).then(|| RsaPublicKey::from_pkcs1_der(bits).ok()).flatten()
}

fn ecdsa(key: &SubjectPublicKeyInfoOwned, bits: &[u8], digest: &[u8], signature: &[u8]) -> Option<bool> {
    let curve: ObjectIdentifier = key.algorithm.parameters.as_ref()?.decode_as().ok()?;
    match (key.algorithm.oid, curve) {
        (EC, P_256) => {
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(bits).ok()?;
            let signature = p256::ecdsa::Signature::from_der(signature);
            Some(signature.is_ok_and(|signature| key.verify_prehash(digest, &signature).is_ok()))
        }
        (EC, P_384) => {
            let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(bits).ok()?;
            let signature = p384::ecdsa::Signature::from_der(signature);
            Some(signature.is_ok_and(|signature| key.verify_prehash(digest, &signature).is_ok()))
        }
        _ => None,
    }
}

/// The parameters of PSS; the mask has to use the same digest, as every signer in use does.
fn pss(algorithm: &AlgorithmIdentifierOwned) -> Option<Scheme> {
    let parameters = algorithm.parameters.as_ref()?.to_der().ok()?;
    let parameters = RsaPssParams::<Any>::from_der(&parameters).ok()?;
    let hash = Hash::from_oid(parameters.hash.oid)?;
    let mask = parameters.mask_gen.parameters.and_then(|mask| Hash::from_oid(mask.oid));
    (parameters.mask_gen.oid == MASK_1 && mask == Some(hash))
        .then_some(Scheme::Pss { hash, salt: usize::from(parameters.salt_len) })
}

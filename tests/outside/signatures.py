"""Judge: the signature fields of the covenant can be signed one after the other, and all signatures stay valid.

Signs with certificates made on the spot, by pyHanko, and has pyHanko check each signature and every later change.
"""

import datetime
import io
import logging
import os

from asn1crypto import keys, pem, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from verdict import Verdict


def open_fields(path):
    """Names of the empty signature fields, in the document's order."""
    with open(path, "rb") as handle:
        return [name for name, value, _ in fields.enumerate_sig_fields(PdfFileReader(handle)) if value is None]


def judge(file, path, expected):
    """Signs every field in turn; `expected` is how many there have to be."""
    logging.disable(logging.CRITICAL)
    names = open_fields(path)
    if len(names) != expected:
        return Verdict("signatures", file, False, f"{len(names)} open fields, expected {expected}: {names}")
    certificate, signer = _signer()
    data = path.read_bytes()
    for name in names:
        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        out = signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name=name), signer=signer,
                               existing_fields_only=True)
        data = out.getvalue()
    context = ValidationContext(trust_roots=[certificate])
    signatures = PdfFileReader(io.BytesIO(data)).embedded_signatures
    faults = []
    for signature in signatures:
        status = validate_pdf_signature(signature, context)
        if not status.bottom_line:
            faults.append(f"{signature.field_name}: {status.summary()} {status.modification_level}")
    passed = len(signatures) == expected and not faults
    return Verdict("signatures", file, passed, f"{len(signatures)} signatures" if passed else "\n".join(faults))


def _signer():
    """A key with a certificate that signs itself, good for today."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, "Chữ ký thử")])
    now = datetime.datetime.now(datetime.timezone.utc)
    usage = certificates.KeyUsage(True, True, False, False, False, False, False, False, False)
    built = (certificates.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
             .serial_number(int.from_bytes(os.urandom(8), "big")).not_valid_before(now - datetime.timedelta(days=1))
             .not_valid_after(now + datetime.timedelta(days=30)).add_extension(usage, critical=True)
             .sign(key, hashes.SHA256()))
    certificate = x509.Certificate.load(built.public_bytes(serialization.Encoding.DER))
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    info = keys.PrivateKeyInfo.load(pem.unarmor(private)[2])
    store = SimpleCertificateStore()
    store.register(certificate)
    return certificate, signers.SimpleSigner(signing_cert=certificate, signing_key=info, cert_registry=store)

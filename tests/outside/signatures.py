"""Judge: the signature fields of the covenant can be signed one after the other, and all signatures stay valid.

Signs with certificates made on the spot, by pyHanko, and has pyHanko check each signature and every later change. Then
`thidua signatures` has to say the same as pyHanko of the blank, the half signed and the signed covenant, and of one changed later.
"""

import datetime
import io
import json
import logging
import os
import subprocess

from asn1crypto import keys, pem, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
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


def judge(file, path, expected, program, work):
    """Signs every field in turn; `expected` is how many there have to be. Then compares our reading with pyHanko's."""
    logging.disable(logging.CRITICAL)
    names = open_fields(path)
    if len(names) != expected:
        return [Verdict("signatures", file, False, f"{len(names)} open fields, expected {expected}: {names}")]
    certificate, signer = _signer()
    data = path.read_bytes()
    states = {"blank": data}
    for number, name in enumerate(names, 1):
        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        out = signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name=name), signer=signer,
                               existing_fields_only=True)
        data = out.getvalue()
        if number == expected // 2:
            states["half"] = data
    states |= {"signed": data, "changed": _changed(data)}
    context = ValidationContext(trust_roots=[certificate])
    signatures = PdfFileReader(io.BytesIO(data)).embedded_signatures
    faults = []
    for signature in signatures:
        status = validate_pdf_signature(signature, context)
        if not status.bottom_line:
            faults.append(f"{signature.field_name}: {status.summary()} {status.modification_level}")
    passed = len(signatures) == expected and not faults
    signing = Verdict("signatures", file, passed, f"{len(signatures)} signatures" if passed else "\n".join(faults))
    return [signing, *(_reading(file, state, states[state], context, program, work) for state in states)]


def _reading(file, state, data, context, program, work):
    """Our word on each field against pyHanko's: open or signed, by whom, sound or not, and the exit status."""
    work.mkdir(parents=True, exist_ok=True)
    path = work / f"signed-{state}.pdf"
    path.write_bytes(data)
    run = subprocess.run([program, "signatures", path, "--json"], capture_output=True, text=True, timeout=120)
    if run.returncode not in (0, 1):
        return Verdict("signatures", file, False, f"{state}: status {run.returncode}: {run.stderr}")
    ours = {field["name"]: _said(field["signature"]) for field in json.loads(run.stdout)["fields"]}
    reader = PdfFileReader(io.BytesIO(data))
    theirs = {name: None for name, value, _ in fields.enumerate_sig_fields(reader) if value is None}
    for signature in reader.embedded_signatures:
        status = validate_pdf_signature(signature, context)
        name = status.signing_cert.subject.native["common_name"]
        theirs[signature.field_name] = (name, status.intact and status.valid, status.bottom_line)
    sound = all(word is None or word[2] for word in theirs.values())
    passed = ours == theirs and (run.returncode == 0) == sound and sound == (state != "changed")
    if passed:
        return Verdict("signatures", file, True, f"{state}: {len(ours)} fields read alike")
    return Verdict("signatures", file, False, f"{state}: ours {ours}\npyHanko's {theirs}\nstatus {run.returncode}")


def _said(signature):
    """Name, whether the signature fits what was signed, whether the document is still that."""
    if signature is None:
        return None
    return signature["certificate"]["common_name"], not signature["faults"], signature["verdict"] == "sound"


def _changed(data):
    """The covenant with one more stroke on its first page, by an incremental update."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    stroke = writer.add_object(generic.StreamObject(stream_data=b"q 72 700 m 500 700 l S Q"))
    page, _ = writer.find_page_for_modification(0)
    page = page.get_object()
    contents = page.raw_get("/Contents")
    page["/Contents"] = generic.ArrayObject([contents, stroke])
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


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

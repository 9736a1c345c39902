"""Makes the signed samples beside it: python3 tests/signed/make-samples.py (needs pyHanko 0.38 and its certvalidator).

A short paper of one page with three places to sign, one of them below another field; keys and certificates are made anew and
thrown away, so every run gives other bytes.

  open.pdf      nobody has signed
  partly.pdf    RSA in the first field, the others open
  all.pdf       RSA PKCS#1 v1.5, ECDSA P-256 and RSA PSS in turn; the last certificate was issued by another
  stronger.pdf  ECDSA P-384 with SHA-384, and RSA with SHA-512
  added.pdf     partly.pdf, then a signature in a field that was not there
  changed.pdf   partly.pdf, then other words on the page by an incremental update
  noted.pdf     partly.pdf, then a note laid over the page
  flipped.pdf   partly.pdf with one letter of the page replaced in place
  other-key.pdf partly.pdf with the signature's last bytes replaced
  plain.pdf     no place to sign
"""

import datetime
import io
from pathlib import Path

from asn1crypto import keys, pem, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

HERE = Path(__file__).parent
BEGIN = datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc)
END = datetime.datetime(2034, 1, 1, tzinfo=datetime.timezone.utc)


def paper(places=True):
    """The unsigned paper, written by hand."""
    words = b"BT /F1 14 Tf 72 760 Td (GIAO UOC THI DUA NAM 2024) Tj ET"
    form = b"/AcroForm <</Fields [6 0 R 7 0 R 8 0 R] /SigFlags 3>>" if places else b""
    annotations = b"/Annots [6 0 R 7 0 R 9 0 R]" if places else b""
    objects = [
        b"<</Type /Catalog /Pages 2 0 R " + form + b">>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>> " + annotations + b">>",
        b"<</Length %d>>\nstream\n" % len(words) + words + b"\nendstream",
        b"<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman>>",
    ]
    if places:
        objects += [
            place("ky_YT", "Công đoàn ngành Y tế", 72),
            place("ky_GD", "Công đoàn ngành Giáo dục", 240),
            b"<</T " + text("chung_kien") + b" /Kids [9 0 R]>>",
            place("ky", "Liên đoàn Lao động thành phố", 400, b"/Parent 8 0 R "),
        ]
    out, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def text(words):
    return b"<FEFF" + words.encode("utf-16-be").hex().upper().encode() + b">"


def place(name, label, left, more=b""):
    return (b"<</Type /Annot /Subtype /Widget /FT /Sig " + more + b"/T " + text(name) + b" /TU " + text(label)
            + b" /Rect [%d 100 %d 180] /P 3 0 R /F 132>>" % (left, left + 120))


def name(common, organization):
    return certificates.Name([certificates.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
                              certificates.NameAttribute(NameOID.COMMON_NAME, common)])


def issue(key, subject, issuer=None, issuer_key=None):
    usage = certificates.KeyUsage(True, True, False, False, False, False, False, False, False)
    return (certificates.CertificateBuilder().subject_name(subject).issuer_name(issuer or subject)
            .public_key(key.public_key()).serial_number(certificates.random_serial_number())
            .not_valid_before(BEGIN).not_valid_after(END).add_extension(usage, critical=True)
            .sign(issuer_key or key, hashes.SHA256()))


def signer(key, certificate, pss=False):
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                serialization.NoEncryption())
    loaded = x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
    store = SimpleCertificateStore()
    store.register(loaded)
    return signers.SimpleSigner(signing_cert=loaded, signing_key=keys.PrivateKeyInfo.load(pem.unarmor(private)[2]),
                                cert_registry=store, prefer_pss=pss)


def sign(data, field, by, digest="sha256", existing=True):
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    if not existing:
        fields.append_signature_field(writer, fields.SigFieldSpec(field, box=(72, 300, 200, 360)))
    metadata = signers.PdfSignatureMetadata(field_name=field, md_algorithm=digest)
    return signers.sign_pdf(writer, metadata, signer=by, existing_fields_only=existing, bytes_reserved=8192).getvalue()


def changed(data):
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    words = generic.StreamObject(stream_data=b"BT /F1 14 Tf 72 760 Td (GIAO UOC KHAC) Tj ET")
    page["/Contents"] = writer.add_object(words)
    writer.update_container(page)
    return written(writer)


def noted(data):
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    note = generic.DictionaryObject({
        generic.pdf_name("/Type"): generic.pdf_name("/Annot"), generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
        generic.pdf_name("/Rect"): generic.ArrayObject([generic.NumberObject(number) for number in (72, 740, 300, 780)]),
        generic.pdf_name("/Contents"): generic.pdf_string("khac"), generic.pdf_name("/DA"): generic.pdf_string("/F1 14 Tf")})
    page["/Annots"].append(writer.add_object(note))
    writer.update_container(page["/Annots"])
    return written(writer)


def written(writer):
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def other_signature(data):
    """Another last byte of the signature value, which stands last in the envelope, before the zeros."""
    end = data.index(b">", data.index(b"/Contents <"))
    digits = data[:end].rstrip(b"0")
    place = len(digits) - 8
    return data[:place] + (b"1" if data[place:place + 1] != b"1" else b"2") + data[place + 1:]


def main():
    first, third, issuer_key = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(3))
    second, fourth = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP384R1())
    issuer = name("Nơi cấp thử nghiệm", "Trung tâm thử nghiệm")
    rsa_signer = signer(first, issue(first, name("Nguyễn Thị Thử", "Công đoàn ngành Y tế")))
    ec_signer = signer(second, issue(second, name("Trần Văn Thử", "Công đoàn ngành Giáo dục")))
    pss_signer = signer(third, issue(third, name("Lê Thị Thử", "Liên đoàn Lao động"), issuer, issuer_key), pss=True)
    p384_signer = signer(fourth, issue(fourth, name("Phạm Văn Thử", "Công đoàn ngành Giáo dục")))
    blank = paper()
    partly = sign(blank, "ky_YT", rsa_signer)
    signed = sign(sign(partly, "ky_GD", ec_signer), "chung_kien.ky", pss_signer)
    samples = {
        "open": blank, "partly": partly, "all": signed,
        "stronger": sign(sign(blank, "ky_GD", p384_signer, "sha384"), "ky_YT", rsa_signer, "sha512"),
        "added": sign(partly, "them", ec_signer, existing=False), "changed": changed(partly), "noted": noted(partly),
        "flipped": partly.replace(b"NAM 2024", b"NAM 2025", 1), "other-key": other_signature(partly), "plain": paper(places=False),
    }
    for stem, data in samples.items():
        (HERE / f"{stem}.pdf").write_bytes(data)


if __name__ == "__main__":
    main()

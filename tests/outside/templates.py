"""Judges of templates: what they are filled to, and what becomes of them in LibreOffice.

`cases`: every template case of tests/word/templates/cases, filled by the project's own test (FILLED=DIR cargo test), has no
error for the Open XML SDK that its template did not have, and LibreOffice opens it and shows the text that is expected.
`through_libreoffice`: every built-in template, opened and saved by LibreOffice as .docx, is filled to the same text.
`faults`: the copy of a faulty template with comments is a valid Word file in which LibreOffice shows the comments.
"""

import re
import shutil
import subprocess
import zipfile
from collections import Counter

from lxml import etree

import libreoffice
from office_files import sdk_errors
from verdict import Verdict
from word_text import W, paragraphs

PLACES = re.compile(r"\[\d+\]")


def cases(folder, filled, validator, work):
    """Verdicts on every case; `filled` holds what the templates in `folder` were filled to."""
    names = sorted(path.stem for path in folder.glob("*.docx"))
    outputs = {name: filled / f"{name}.docx" for name in names}
    shown = _texts(work / "template-cases", outputs)
    for name in names:
        file = f"templates/{name}"
        if not outputs[name].exists():
            yield Verdict("open-xml-sdk", file, False, "the test did not fill it")
            continue
        yield _no_new_errors(file, folder / f"{name}.docx", outputs[name], validator)
        yield _shows(file, folder / f"{name}.txt", shown.get(name))


def _no_new_errors(file, template, output, validator):
    """The kinds of errors count, not how often: a loop repeats what stands in it."""
    kinds = lambda path: {PLACES.sub("", error) for error in sdk_errors(path, validator)}
    new = sorted(kinds(output) - kinds(template))
    return Verdict("open-xml-sdk", file, not new, "\n".join([f"{len(new)} new kinds of errors", *new[:6]]))


def _shows(file, expected, shown):
    """Every word of the body that is expected, letter by letter; where lines end is not asked."""
    if shown is None:
        return Verdict("libreoffice", file, False, "LibreOffice could not open it")
    whole = expected.read_text(encoding="utf-8")
    text = re.split(r"\n==\n|\n\[\w+\]\n", whole)[0]
    if "allows other results of fields" in whole:
        text = re.sub(r"\d", "|", text)
    squeeze = lambda words: re.sub(r"\s+", "", words)
    page, missing = squeeze(shown), []
    for words in re.split(r"[|/¶⟦⟧‹›⏎→§\n]", text):
        if squeeze(words) not in page:
            missing.append(words.strip())
    return Verdict("libreoffice", file, not missing, "missing: " + "; ".join(missing[:5]))


def _texts(work, paths):
    """The text that LibreOffice shows of each file, by way of a PDF."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    sources = []
    for name, path in paths.items():
        if path.exists():
            sources.append(work / f"{name}.docx")
            shutil.copyfile(path, sources[-1])
    libreoffice.soffice(work.parent, "profile-never", libreoffice.NEVER, "pdf", sources, work)
    return {name: _pdf_text(work / f"{name}.pdf") for name in paths if (work / f"{name}.pdf").exists()}


def _pdf_text(path):
    return subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"], capture_output=True).stdout.decode("utf-8")


def through_libreoffice(program, dossier, first, work):
    """A build with the built-in templates as LibreOffice saved them says what the build with our own says."""
    own = work / "through-libreoffice"
    shutil.rmtree(own, ignore_errors=True)
    shutil.copytree(dossier, own / "dossier", ignore=shutil.ignore_patterns("ket-qua", "mau"))
    subprocess.run([program, "templates", own / "dossier"], check=True, capture_output=True)
    mau = own / "dossier" / "mau"
    templates = sorted(mau.glob("*.docx"))
    libreoffice.soffice(work, "profile-never", libreoffice.NEVER, "docx:MS Word 2007 XML", templates, own / "saved")
    for template in templates:
        saved = own / "saved" / template.name
        if not saved.exists():
            yield Verdict("through", f"mau/{template.name}", False, "LibreOffice did not save it")
            return
        template.write_bytes(saved.read_bytes())
    checked = subprocess.run([program, "templates", own / "dossier", "--check"], capture_output=True, text=True)
    yield Verdict("through", "mau/ --check", checked.returncode == 0, checked.stdout[-1500:])
    built = subprocess.run([program, "build", own / "dossier", "--out", own / "out"], capture_output=True, text=True)
    yield Verdict("through", "mau/ build", built.returncode == 0, built.stdout[-1500:] + built.stderr[-500:])
    for path in sorted([*first.rglob("*.docx"), *first.rglob("*.pdf")]):
        name = str(path.relative_to(first))
        again = own / "out" / name
        if not again.exists():
            yield Verdict("through", name, False, "not built from the saved template")
        elif path.suffix == ".docx":
            yield _same_paragraphs(name, path, again)
        elif not path.with_suffix(".docx").exists():
            yield _same_words(name, path, again)


def _same_paragraphs(name, path, again):
    tell = lambda path: [(" ".join((own.label + " " + own.text).split())) for own in paragraphs(path)]
    one, other = tell(path), tell(again)
    for number, (own, saved) in enumerate(zip(one, other), start=1):
        if own != saved:
            return Verdict("through", name, False, f"paragraph {number}\nours:  {own[:200]}\nsaved: {saved[:200]}")
    same = len(one) == len(other)
    return Verdict("through", name, same, f"{len(one)} paragraphs, from the saved template {len(other)}")


def _same_words(name, path, again):
    """A paper without .docx: no word is lost and none is new, page numbers aside. Lines and pages may break elsewhere, so
    the heading of a table may come once more."""
    words = lambda path: Counter(word for word in _pdf_text(path).split() if not word.isdigit())
    one, other = words(path), words(again)
    new, lost = set(other) - set(one), one - other
    return Verdict("through", name, not new and not lost, f"new: {list(new)[:8]}, lost: {list(lost)[:8]}")


FAULTS = [("{{cum.ten}}", "{{cum.tne}}"), ("{{#each cac_ben_ky}}", "{{#each cac_ben_kyy}}"), ("{{/each}}", "{{/if}}")]


def faults(program, dossier, validator, work):
    """A covenant with slips of the pen comes back with a comment at each."""
    own = work / "faulty-templates"
    shutil.rmtree(own, ignore_errors=True)
    shutil.copytree(dossier, own / "dossier", ignore=shutil.ignore_patterns("ket-qua", "mau"))
    subprocess.run([program, "templates", own / "dossier"], check=True, capture_output=True)
    template = own / "dossier" / "mau" / "giao-uoc.docx"
    with zipfile.ZipFile(template) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for old, new in FAULTS:
        parts["word/document.xml"] = parts["word/document.xml"].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(template, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    run = subprocess.run([program, "templates", own / "dossier", "--check", "--out", own / "seen"], capture_output=True, text=True)
    told = run.stdout.count("[MAU")
    copy = own / "seen" / "giao-uoc.docx"
    yield Verdict("faults", "mau/giao-uoc.docx", run.returncode == 1 and told >= len(FAULTS), f"{told} faults, status {run.returncode}")
    errors = sdk_errors(copy, validator)
    yield Verdict("open-xml-sdk", "mau/giao-uoc.docx with comments", not errors, "\n".join(errors[:6]))
    libreoffice.soffice(work, "profile-never", libreoffice.NEVER, "odt", [copy], own / "odt")
    with zipfile.ZipFile(own / "odt" / "giao-uoc.odt") as archive:
        content = etree.fromstring(archive.read("content.xml"))
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    seen = [note for note in content.iter(f"{office}annotation") if "thidua" in "".join(note.itertext())]
    # one more is the comment that explains the template
    yield Verdict("libreoffice", "mau/giao-uoc.docx with comments", len(seen) == told + 1, f"{len(seen)} comments for {told} faults")

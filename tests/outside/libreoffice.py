"""Judges that use LibreOffice: it opens and converts each file, and its own calculation gives the figures we wrote.

Files are gathered under plain names first, so that one call of soffice takes them all.
"""

import csv
import re
import shutil
import subprocess
import zipfile

from verdict import Verdict

# All sheets as text with the cells' shown values: separator, quote, UTF-8, from line 1, …, every sheet (-1).
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>{mode}</value>
</prop></item></oor:items>
"""
ALWAYS, NEVER = 0, 1


def soffice(work, profile, mode, target, sources, out):
    """One call for all sources. Its exit status says nothing; what it wrote does."""
    settings = work / profile / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(SETTINGS.format(mode=mode), encoding="utf-8")
    out.mkdir(parents=True, exist_ok=True)
    subprocess.run(["soffice", f"-env:UserInstallation=file://{work / profile}", "--headless", "--norestore", "--convert-to",
                    target, "--outdir", str(out), *map(str, sources)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, timeout=900)


def gather(work, paths):
    """Copies with plain names: 0001.docx. Gives file → copy."""
    folder = work / "gathered"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    copies = {}
    for index, (file, path) in enumerate(sorted(paths.items()), start=1):
        copies[file] = folder / f"{index:04}{path.suffix}"
        shutil.copyfile(path, copies[file])
    return copies


def opens(work, paths):
    """LibreOffice makes a PDF with pages from each file."""
    copies = gather(work, paths)
    out = work / "converted"
    shutil.rmtree(out, ignore_errors=True)
    for ending in (".docx", ".xlsx", ".xlsb"):
        sources = [copy for copy in copies.values() if copy.suffix == ending]
        if sources:
            soffice(work, "profile-never", NEVER, "pdf", sources, out)
    for file, copy in copies.items():
        made = out / f"{copy.stem}.pdf"
        pages = _pages(made) if made.exists() else 0
        narrow = _too_narrow(made) if pages and copy.suffix == ".xlsx" else []
        detail = "figures shown as ###: " + "; ".join(narrow) if narrow else f"{pages} pages"
        yield Verdict("libreoffice", file, pages > 0 and not narrow, detail if pages else "LibreOffice could not open it")


def _pages(path):
    run = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True)
    found = re.search(r"^Pages:\s+(\d+)", run.stdout, re.MULTILINE)
    return int(found.group(1)) if found else 0


def _too_narrow(path):
    """Lines of the printed pages where a column is too narrow for its figure."""
    run = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True)
    return [line.strip() for line in run.stdout.splitlines() if "###" in line][:5]


def recalculates(work, paths):
    """The values stored beside the formulas are those that LibreOffice works out itself.

    A tampered copy goes along: if recalculation does not mend it, the judge itself is broken and says so.
    """
    workbooks = {file: path for file, path in paths.items() if path.suffix == ".xlsx"}
    copies = gather(work, workbooks)
    tampered = _tamper(work, copies)
    for name, profile, mode in (("stored", "profile-never", NEVER), ("worked-out", "profile-always", ALWAYS)):
        shutil.rmtree(work / name, ignore_errors=True)
        soffice(work, profile, mode, CSV, [*copies.values(), *([tampered] if tampered else [])], work / name)
    for file, copy in copies.items():
        yield _compare(file, work, copy)
    if tampered is None:
        yield Verdict("recalculation", "(control: a tampered figure is noticed)", False, "no workbook holds a formula")
    else:
        verdict = _compare("control", work, tampered)
        yield Verdict("recalculation", "(control: a tampered figure is noticed)", not verdict.passed, verdict.detail)


def formulas(path):
    with zipfile.ZipFile(path) as package:
        return sum(package.read(name).count(b"</f>") for name in package.namelist() if name.startswith("xl/worksheets/"))


def _compare(file, work, copy):
    count = formulas(copy)
    if count == 0 and file.endswith("xep-hang.xlsx"):
        return Verdict("recalculation", file, False, "the ranking workbook has no formula")
    differences, sheets = [], sorted((work / "stored").glob(f"{copy.stem}*.csv"))
    for sheet in sheets:
        other = work / "worked-out" / sheet.name
        one, two = _rows(sheet), _rows(other) if other.exists() else []
        if len(one) != len(two):
            differences.append(f"{sheet.name}: {len(one)} rows stored, {len(two)} worked out")
        for row, (left, right) in enumerate(zip(one, two), start=1):
            differences += [f"{sheet.stem.partition('-')[2]} row {row} column {column}: stored {a!r}, worked out {b!r}"
                            for column, (a, b) in enumerate(zip(left, right), start=1) if a != b]
    detail = f"{count} formulas on {len(sheets)} sheets" if not differences else "\n".join(differences)
    return Verdict("recalculation", file, bool(sheets) and not differences, detail)


def _rows(path):
    with open(path, newline="", encoding="utf-8") as handle:
        return list(csv.reader(handle))


def _tamper(work, copies):
    """A copy of the first workbook with a formula of figures whose stored value is changed."""
    for copy in copies.values():
        with zipfile.ZipFile(copy) as package:
            parts = [(entry, package.read(entry)) for entry in package.infolist()]
        for index, (entry, data) in enumerate(parts):
            if entry.filename.startswith("xl/worksheets/sheet"):
                changed = re.sub(rb"(<c (?:(?!t=\"(?:str|b|e)\")[^>])*><f[^>]*>[^<]*</f><v>)[^<]*(</v>)", rb"\g<1>987654\g<2>", data,
                                 count=1)
                if changed != data:
                    parts[index] = (entry, changed)
                    path = copy.with_name("tampered.xlsx")
                    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
                        for entry, data in parts:
                            package.writestr(entry, data)
                    return path
    return None

"""Judges ranking workbooks of an office's own (tests/excel), filled with every example.

Open XML SDK finds no error that the template did not have; LibreOffice calculates the formulas to the figures of ket-qua.json;
openpyxl finds formats and ranges where they should be.
"""

import csv
import functools
import json
import re
import shutil
import subprocess
from decimal import ROUND_HALF_UP, Decimal

import openpyxl

import libreoffice
import office_files
from verdict import Verdict

# Totals that LibreOffice is to work out: sheet, words at the beginning of the row, and which figure of the units is added up.
SUMS = {
    "don-gian": ("Xếp hạng", "Cộng", "total"),
    "nhieu-trang": (None, "Cộng", "total"),
    "libreoffice-1": ("Xếp hạng", "Cộng", "without deduction"),
    "libreoffice-2": ("Xếp hạng", "Cộng", "without deduction"),
}
FAULTY = "co-loi"


def judge(example, program, dossier, built, work, validator, samples):
    """Verdicts on one example with each workbook."""
    work = work / "excel-templates" / example
    shutil.rmtree(work, ignore_errors=True)
    wanted = json.loads((built / "ket-qua.json").read_text(encoding="utf-8"))
    filled = {}
    handed_out = samples.parent.parent / "templates" / "xep-hang-vi-du.xlsx"
    for sample in [*sorted(samples.glob("*.xlsx")), handed_out]:
        if sample.stem == FAULTY:
            continue
        own = work / sample.stem
        shutil.copytree(dossier, own, ignore=shutil.ignore_patterns("ket-qua"))
        (own / "mau").mkdir(exist_ok=True)
        shutil.copyfile(sample, own / "mau" / "xep-hang.xlsx")
        run = subprocess.run([program, "build", str(own), "--only", "xep-hang.xlsx", "--out", str(own / "ra")],
                             capture_output=True, text=True, stdin=subprocess.DEVNULL)
        made = sorted((own / "ra").glob("*/xep-hang.xlsx"))
        file = f"{example}/{sample.name}"
        yield Verdict("excel-templates", f"{file} (filled)", run.returncode == 0 and len(made) == len(wanted["clusters"]),
                      f"status {run.returncode}, {len(made)} workbooks: {run.stdout[-300:]}")
        before = _template_errors(sample, validator)
        for path in made:
            after = [error for error in office_files.sdk_errors(path, validator) if _kind(error) not in before]
            yield Verdict("open-xml-sdk", f"{file} (new errors)", not after, "\n".join(after[:6]))
            yield _reader(file, path)
            filled[(sample.stem, path.parent.name)] = path
    yield from _recalculated(example, work, wanted, filled)


def _kind(error):
    """The words of an error without where it stands: a row that repeats repeats its template's own errors."""
    return re.sub(r"\[\d+\]|\d+", "", error)


@functools.cache
def _template_errors(sample, validator):
    return {_kind(error) for error in office_files.sdk_errors(sample, validator)}


def _reader(file, path):
    """openpyxl reads it; no tag and no lost reference is left, and no two merged cells overlap."""
    book = openpyxl.load_workbook(path)
    wrong = []
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                text = str(cell.value.text if hasattr(cell.value, "text") else cell.value or "")
                if "{{" in text or "#REF!" in text:
                    wrong.append(f"{sheet.title}!{cell.coordinate}: {text}")
        taken = set()
        for area in sheet.merged_cells.ranges:
            cells = {(row, column) for row in range(area.min_row, area.max_row + 1)
                     for column in range(area.min_col, area.max_col + 1)}
            if cells & taken:
                wrong.append(f"{sheet.title}: {area} overlaps")
            taken |= cells
    return Verdict("excel-templates", f"{file} (read again)", not wrong, "\n".join(wrong[:6]))


def _recalculated(example, work, wanted, filled):
    """LibreOffice works out every formula without an error, and the totals that ket-qua.json gives."""
    copies = {}
    folder = work / "gathered"
    folder.mkdir(parents=True, exist_ok=True)
    for number, (key, path) in enumerate(sorted(filled.items())):
        copies[key] = folder / f"{number:03}.xlsx"
        shutil.copyfile(path, copies[key])
    out = work / "worked-out"
    libreoffice.soffice(work.parent.parent, "profile-always", libreoffice.ALWAYS, libreoffice.CSV, list(copies.values()), out)
    for (sample, cluster), copy in copies.items():
        file = f"{example}/{sample}.xlsx ({cluster})"
        sheets = {}
        for path in sorted(out.glob(f"{copy.stem}-*.csv")):
            with path.open(encoding="utf-8", newline="") as stream:
                sheets[path.stem.split("-", 1)[1]] = list(csv.reader(stream))
        broken = [f"{name}: {value}" for name, rows in sheets.items() for row in rows for value in row
                  if re.fullmatch(r"#(REF!|NAME\?|VALUE!|DIV/0!|N/A|NUM!)|Err:\d+", value)]
        yield Verdict("libreoffice", f"{file} (formulas)", sheets and not broken, ", ".join(broken[:6]) or f"{len(sheets)} sheets")
        if sample in SUMS:
            yield _sum(file, sample, sheets, next(own for own in wanted["clusters"] if cluster_folder(own, cluster)))
        if sample == "don-gian":
            yield _rows(file, sheets, next(own for own in wanted["clusters"] if cluster_folder(own, cluster)))


def cluster_folder(cluster, folder):
    return re.sub(r"[^\w]", "", cluster["code"]) == re.sub(r"[^\w]", "", folder) or cluster["code"] == folder


def _number(text):
    text = text.strip()
    if "," in text and "." in text:
        text = text.replace(",", "") if text.rindex(".") > text.rindex(",") else text.replace(".", "").replace(",", ".")
    return Decimal(text.replace(",", "."))


def _figure(unit, kind):
    if not unit["submitted"]:
        return Decimal(0)
    if kind == "total":
        return Decimal(unit["total"])
    return Decimal(unit["base"]) + Decimal(unit["bonus"])


def _sum(file, sample, sheets, cluster):
    title, words, kind = SUMS[sample]
    rows = next(rows for name, rows in sheets.items() if title is None or title in name)
    row = next((row for row in rows if words in row[:2]), [])
    expected = sum((_figure(unit, kind) for unit in cluster["units"]), Decimal(0)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    figures = []
    for value in row:
        try:
            figures.append(_number(value).quantize(Decimal("0.01"), ROUND_HALF_UP))
        except ArithmeticError:
            pass
    return Verdict("libreoffice", f"{file} (total)", expected in figures, f"expected {expected}, the row says {row}")


def _rows(file, sheets, cluster):
    """Every unit's total, by rank, as the formula of its row gives it."""
    rows = next(iter(sheets.values()))[4:4 + len(cluster["units"])]
    totals = {row[1]: row[5] for row in rows}
    wrong = [f"{unit['name']}: {totals.get(unit['name'])}, not {unit['total']}" for unit in cluster["units"]
             if unit["submitted"] and _number(totals.get(unit["name"], "-1")) != Decimal(unit["total"]).quantize(Decimal("0.01"), ROUND_HALF_UP)]
    return Verdict("libreoffice", f"{file} (each unit)", not wrong, "\n".join(wrong[:6]))

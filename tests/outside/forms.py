"""Judges the forms for units: filled in by openpyxl, and saved again by LibreOffice, they come back without a finding.

The values are those of the example itself, so that what is read from the forms can be compared figure for figure.
"""

import json
import shutil
import subprocess
from datetime import datetime

import openpyxl

import libreoffice
from verdict import Verdict

RESAVED = "xlsx:Calc MS Excel 2007 XML"


def judge(example, program, dossier, built, work):
    """Verdicts on one example, and its first blank form for the judges of single files."""
    work = work / "forms" / example
    shutil.rmtree(work, ignore_errors=True)
    blank = work / "blank"
    run = subprocess.run([program, "forms", str(dossier), "--out", str(blank)], capture_output=True, text=True,
                         stdin=subprocess.DEVNULL)
    forms = sorted(blank.glob("*.xlsx"))
    if run.returncode != 0 or not forms:
        return [Verdict("forms", f"{example}/bieu-mau", False, f"status {run.returncode}: {run.stderr[:300]}")], {}
    wanted = json.loads((built / "ket-qua.json").read_text(encoding="utf-8"))
    units = {unit["code"]: unit for cluster in wanted["clusters"] for unit in cluster["units"] if unit["submitted"]}
    filled, refused = [], []
    for form in forms:
        book = openpyxl.load_workbook(form)
        code = book.worksheets[0]["C1"].value
        if code in units:
            refused += [f"{code} {words}" for words in fill(book, units[code], wanted["year"])]
            target = work / "openpyxl" / "so-lieu" / f"bieu {len(filled):03}.xlsx"
            target.parent.mkdir(parents=True, exist_ok=True)
            book.save(target)
            filled.append(target)
    libreoffice.soffice(work.parent, "profile-forms", libreoffice.NEVER, RESAVED, filled, work / "libreoffice" / "so-lieu")
    verdicts = [Verdict("forms", f"{example}/bieu-mau (every unit has one)", len(filled) == len(units),
                        f"{len(filled)} forms for {len(units)} units that sent figures"),
                Verdict("forms", f"{example}/bieu-mau (own checks)", not refused, "\n".join(refused))]
    for way in ("openpyxl", "libreoffice"):
        shutil.copyfile(dossier / "ho-so.xlsx", work / way / "ho-so.xlsx")
        verdicts.append(compare(f"{example}/bieu-mau ({way})", program, work / way, wanted, units))
    return verdicts, {f"{example}/bieu-mau/{forms[0].name}": forms[0]}


def fill(book, unit, year):
    """Types a unit's figures into the open cells of its form; gives what the form's own checks would not take."""
    sheet = book.worksheets[0]
    checks = {}
    for check in sheet.data_validations.dataValidation:
        for area in check.sqref.ranges:
            for row, column in area.cells:
                checks[row, column] = check
    heads = next(row for row in sheet.iter_rows() if row[0].value == "TT")
    column = {cell.value: cell.column for cell in heads}
    # In time for every example: a later day would rightly be remarked upon.
    sheet["C6"] = datetime(year, 11, 20)
    refused = []
    for row in range(heads[0].row + 1, sheet.max_row + 1):
        code = str(sheet.cell(row, column["TT"]).value)
        for head, values in (("Kế hoạch", "plans"), ("Kết quả", "results"), ("Điểm tự chấm", "scores")):
            cell = sheet.cell(row, column[head])
            if cell.protection.locked or code not in unit[values]:
                continue
            cell.value = typed(unit[values][code], checks.get((cell.row, cell.column)))
            if not takes(checks.get((cell.row, cell.column)), cell.value):
                refused.append(f"{code}: {head} does not take {cell.value!r}")
    words = book["Thuyết minh"]
    words["B5"] = "Hoàn thành vượt mức các chỉ tiêu"
    return refused


def typed(value, check):
    """A figure as a number; an answer as one of the words of the cell's list."""
    if check is not None and check.type == "list":
        yes, no = check.formula1.strip('"').split(",")
        return yes if value == "1" else no
    number = float(value)
    return int(number) if number.is_integer() else number


def takes(check, value):
    if check is None:
        return False
    if check.type == "list":
        return value in check.formula1.strip('"').split(",")
    if not isinstance(value, (int, float)):
        return False
    low = float(check.formula1)
    return low <= value <= float(check.formula2) if check.operator in (None, "between") else value >= low


def compare(file, program, dossier, wanted, units):
    """The figures read from the forms are those of the example, and nothing is found that was not found there."""
    run = subprocess.run([program, "check", str(dossier), "--json"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    try:
        found = json.loads(run.stdout)
    except ValueError:
        return Verdict("forms", file, False, f"status {run.returncode}: {run.stdout[:200]}{run.stderr[:200]}")
    differences = []
    read = {unit["code"]: unit for cluster in found["clusters"] for unit in cluster["units"]}
    figures = 0
    for code, unit in units.items():
        for values in ("plans", "results", "scores"):
            figures += len(unit[values])
            if read[code][values] != unit[values]:
                differences.append(f"{code} {values}: {read[code][values]} instead of {unit[values]}")
    known = {key(finding) for finding in wanted["findings"]}
    differences += [f"{finding['code']} {finding['cell']}: {finding['message']}" for finding in found["findings"]
                    if key(finding) not in known]
    return Verdict("forms", file, not differences and figures > 0, "\n".join(differences) or f"{figures} figures")


def key(finding):
    return finding["code"], finding["unit"], finding["criterion"]

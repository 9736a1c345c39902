"""Judges the marked copies of faulty submissions: the unit's own file, the bad cells coloured and commented, all else as it was.

Faults are put into the example's own submissions by openpyxl, and into copies of them saved again by LibreOffice, some of which
carry comments of their own. Of copies saved as .ods the values come back in a marked .xlsx.
"""

import copy
import json
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment

import libreoffice
import office_files
from verdict import Verdict

OWN_COMMENT = "Ghi chú của đơn vị"
# Parts that may differ; all others are byte for byte those of the unit's file.
TOUCHED = ("[Content_Types].xml", "xl/styles.xml", "xl/worksheets/", "xl/comments", "xl/drawings/", "xl/threadedComments")


@dataclass
class Copy:
    """A marked copy with the file it was made of and the cells that must be marked: (sheet, cell) → codes."""

    name: str
    source: Path
    path: Path
    cells: dict


def judge(example, program, dossier, work, validator):
    """Verdicts on one example, and its copies for the judges of single files."""
    work = work / "marked" / example
    shutil.rmtree(work, ignore_errors=True)
    damaged = work / "openpyxl" / "so-lieu"
    for number, source in enumerate(sorted((dossier / "so-lieu").rglob("*.xlsx"))[:4]):
        target = damaged / f"thư mục {number % 2}" / f"bieu-{number}.xlsx"
        target.parent.mkdir(parents=True, exist_ok=True)
        damage(source, target, number)
    files = sorted(damaged.rglob("*.xlsx"))
    libreoffice.soffice(work.parent, "profile-marked", libreoffice.NEVER, "xlsx:Calc MS Excel 2007 XML", files,
                        work / "libreoffice" / "so-lieu")
    libreoffice.soffice(work.parent, "profile-marked", libreoffice.NEVER, "ods", files, work / "ods" / "so-lieu")
    verdicts, opened = [], {}
    for way in ("openpyxl", "libreoffice", "ods"):
        copies, why = check(program, dossier, work / way)
        file = f"{example}/so-lieu ({way})"
        verdicts.append(Verdict("marked", file, len(copies) == len(files) and not why,
                                "\n".join(why) or f"{len(copies)} copies of {len(files)} faulty files"))
        for one in copies:
            if way == "ods":
                faults = [*copied_out(one), *office_files.sdk_errors(one.path, validator)]
            else:
                faults = [*untouched(one), *marked(one), *no_new_errors(one, validator)]
            name = f"{example}/so-lieu ({way})/{one.name}"
            verdicts.append(Verdict("marked", name, not faults, "\n".join(faults)))
            opened[name] = one.path
    return verdicts, opened


def damage(source, target, number):
    """Words instead of a figure, an error, an empty cell; every second file has a comment of its own at a bad cell."""
    book = openpyxl.load_workbook(source)
    sheet = next(sheet for sheet in book if sheet.sheet_state == "visible" and sheet.title != "Thuyết minh")
    figures = [cell for row in sheet.iter_rows(min_row=6) for cell in row
               if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool) and cell.column > 3]
    picked = figures[:: max(1, len(figures) // 7)][1:6]
    for cell, value in zip(picked, ("chưa rõ", "#N/A", None, "gần 20", "12a")):
        cell.value = value
    if number % 2 and picked:
        picked[0].comment = Comment(OWN_COMMENT, "Đơn vị")
        sheet["A1"].comment = Comment(OWN_COMMENT, "Đơn vị")
    book.save(target)


def check(program, dossier, folder):
    """Runs `check --out`; gives the copies that were due and written, and what was wrong."""
    shutil.copyfile(dossier / "ho-so.xlsx", folder / "ho-so.xlsx")
    out = folder / "ra"
    run = subprocess.run([program, "check", str(folder), "--json", "--out", str(out)], capture_output=True, text=True,
                         stdin=subprocess.DEVNULL)
    findings = json.loads(run.stdout)["findings"]
    due = {}
    for finding in findings:
        path = finding["file"] or ""
        if finding["cell"] and path.startswith("so-lieu/") and finding["severity"] != "note":
            cells = due.setdefault(path, {})
            cells.setdefault((finding["sheet"], finding["cell"]), []).append(finding["code"])
    copies, why = [], []
    for path, cells in due.items():
        name = path.removeprefix("so-lieu/")
        name += ".xlsx" if name.endswith(".ods") else ""
        if (out / name).is_file():
            copies.append(Copy(name, folder / path, out / name, cells))
        else:
            why.append(f"no marked copy of {path}")
    expected = {one.path for one in copies} | {out / "ra-soat.xlsx"}
    why += [f"nobody asked for {path.relative_to(out)}" for path in out.rglob("*") if path.is_file() and path not in expected]
    return copies, why


def untouched(one):
    with zipfile.ZipFile(one.source) as before, zipfile.ZipFile(one.path) as after:
        for name in before.namelist():
            if name not in after.namelist():
                yield f"part {name} is gone"
            elif not name.startswith(TOUCHED) and before.read(name) != after.read(name):
                yield f"part {name} has changed"


def marked(one):
    """Values and formats are those of the unit; bad cells have a colour and our words; its own comments are there."""
    before, after = openpyxl.load_workbook(one.source), openpyxl.load_workbook(one.path)
    if before.sheetnames != after.sheetnames:
        yield f"sheets {after.sheetnames} instead of {before.sheetnames}"
        return
    for sheet in before:
        other = after[sheet.title]
        merged = {(row, column): (area.min_row, area.min_col) for area in sheet.merged_cells.ranges
                  for row, column in area.cells}
        bad = {}
        for (title, address), codes in one.cells.items():
            if title == sheet.title.strip():
                cell = sheet[address]
                bad.setdefault(merged.get((cell.row, cell.column), (cell.row, cell.column)), []).extend(codes)
        for row in range(1, max(sheet.max_row, other.max_row) + 1):
            for column in range(1, max(sheet.max_column, other.max_column) + 1):
                yield from compare(sheet.cell(row, column), other.cell(row, column), bad.get((row, column)))


def compare(before, after, codes):
    where = f"{before.parent.title}!{before.coordinate}"
    if before.value != after.value:
        yield f"{where}: {after.value!r} instead of {before.value!r}"
    for look in ("font", "border", "number_format", "alignment", "protection"):
        if not same(getattr(before, look), getattr(after, look)):
            yield f"{where}: another {look}"
    own = before.comment.text if before.comment else ""
    said = after.comment.text if after.comment else ""
    if codes is None:
        if own != said or not same(before.fill, after.fill):
            yield f"{where}: marked without a finding"
        return
    if own not in said or any(f"[{code}]" not in said for code in codes):
        yield f"{where}: the comment says {said!r}, not {codes}"
    if after.fill.fill_type != "solid" or same(after.fill, before.fill):
        yield f"{where}: no colour"


def copied_out(one):
    """Every bad cell is marked at its own address, or at the first of those it is merged with."""
    book = openpyxl.load_workbook(one.path)
    for (title, address), codes in one.cells.items():
        sheet = next((sheet for sheet in book if sheet.title.strip() == title), None)
        if sheet is None:
            yield f"no sheet {title}"
            continue
        area = next((area for area in sheet.merged_cells.ranges if address in area), None)
        cell = sheet.cell(area.min_row, area.min_col) if area else sheet[address]
        said = cell.comment.text if cell.comment else ""
        if any(f"[{code}]" not in said for code in codes) or cell.fill.fill_type != "solid":
            yield f"{title}!{address}: {said!r}, not {codes}"


def same(one, other):
    """openpyxl hands out stand-ins for styles, which only their copies compare by what they say."""
    return copy.copy(one) == copy.copy(other)


def no_new_errors(one, validator):
    """The SDK has nothing to say that it did not say about the unit's file."""
    def errors(path):
        return office_files.sdk_errors(path, validator)
    known = set(errors(one.source))
    return [f"new error: {error}" for error in errors(one.path) if error not in known]

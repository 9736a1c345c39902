"""Judges `thidua collect`: remarks typed into the ranking workbook by openpyxl and comments put on its cells, saved again by
LibreOffice as .xlsx and .ods, come back line by line (comments from .xlsx only); a figure that was changed on the way is
named, and the notes that the program itself wrote are no remarks.
"""

import json
import shutil
import subprocess
from collections import Counter

import openpyxl
from openpyxl.comments import Comment

import libreoffice
from verdict import Verdict

HEADING = "Ý kiến của đơn vị"
FORMATS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods:calc8"}


def judge(example, program, dossier, built, work):
    """One verdict for each cluster's workbook and each way of saving it."""
    folder = work / "returned" / example
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "openpyxl").mkdir(parents=True)
    typed = {}
    for path in sorted(built.glob("*/xep-hang.xlsx")):
        name = f"{path.parent.name}.xlsx"
        typed[path.parent.name] = fill(path, folder / "openpyxl" / name)
    sources = sorted((folder / "openpyxl").glob("*.xlsx"))
    for ending, target in FORMATS.items():
        libreoffice.soffice(work, "profile-forms", libreoffice.NEVER, target, sources, folder / f"libreoffice-{ending}")
    for way, ending in (("openpyxl", "xlsx"), *((f"libreoffice-{ending}", ending) for ending in FORMATS)):
        for cluster, (wanted, commented, changed) in typed.items():
            path = folder / way / f"{cluster}.{ending}"
            if ending == "xlsx":
                # LibreOffice saves no writers of comments
                wanted = wanted + Counter({(*told[:2], told[2] if way == "openpyxl" else None): 1 for told in commented})
            yield Verdict("returned", f"{example}/{cluster}/xep-hang ({way})", *compare(program, dossier, path, wanted, changed))


def fill(path, target):
    """Types a remark into the open cells of every seventh row, puts a comment on every eleventh, and changes one result. Gives
    what has to come back: text, cell and writer."""
    book = openpyxl.load_workbook(path)
    wanted, commented, changed = Counter(), Counter(), None
    for sheet in book:
        row = next((row for row in sheet.iter_rows(min_row=1, max_row=8) if any(cell.value == HEADING for cell in row)), None)
        if row is None:
            continue
        heads = {cell.value: cell.column for cell in row}
        for number in range(row[0].row + 1, sheet.max_row + 1):
            cell = sheet.cell(number, heads[HEADING])
            unit = sheet.cell(number, heads["Đơn vị"]).value
            if number % 7 == 0 and unit and not cell.protection.locked:
                cell.value = f"Đề nghị xem lại, {sheet.title} dòng {number}"
                wanted[cell.value, cell.coordinate, None] += 1
            name = sheet.cell(number, heads["Đơn vị"])
            if number % 11 == 0 and unit and not cell.protection.locked and name.comment is None:
                name.comment = Comment(f"Số liệu này\nở {sheet.title} dòng {number}?", "Trần Thị B")
                commented[name.comment.text, name.coordinate, "Trần Thị B"] += 1
        if sheet.title == "Số liệu":
            figures = (sheet.cell(number, heads["Kết quả"]) for number in range(row[0].row + 1, sheet.max_row + 1))
            cell = next(cell for cell in figures if isinstance(cell.value, (int, float)))
            cell.value += 1000
            changed = cell.coordinate
    book.save(target)
    return wanted, commented, changed


def compare(program, dossier, path, wanted, changed):
    run = subprocess.run([program, "collect", dossier, path, "--json"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    try:
        found = json.loads(run.stdout)
    except ValueError:
        return False, f"status {run.returncode}: {run.stdout[:200]}{run.stderr[:200]}"
    came = Counter((remark["text"], remark["cell"], remark["author"]) for remark in found["remarks"])
    faults = [f"lost: {one}" for one in wanted - came] + [f"nobody wrote: {one}" for one in came - wanted]
    cells = [one["cell"] for one in found["departures"]]
    if cells != [changed]:
        faults.append(f"departures at {cells[:6]}, changed {changed}")
    codes = [finding["code"] for finding in found["findings"]]
    if codes != ["GY03"]:
        faults.append(f"findings {codes}")
    return not faults and bool(wanted), "\n".join(faults[:8]) or f"{sum(wanted.values())} remarks"

"""Judge: a secretary works on the page in a browser that is not ours, from an empty folder to the papers.

Prepares what the units sent (one file faulty, one of a name that nobody knows, one late), has `page.mjs` do the work in Chromium,
and compares what the page showed and wrote with what the command line says of the same folder.

`python page.py PROGRAM TOOLS DOSSIERS [PICTURES]` judges alone; with PICTURES it leaves there the pictures of the guide.
"""

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl

from verdict import Verdict, report

FAULT = "đã thực hiện tốt"
# Dossier, the unit whose file becomes faulty, the one whose name nobody knows (and whether the name is bound, or the file), the one
# that is late (and the day it gets, where the example's own is in time).
FLOWS = {
    "khoi-nganh-2024": ("Công đoàn ngành Y tế", ("Công đoàn Khu Kinh tế", False), ("Công đoàn ngành Giao thông Vận tải", None)),
    "cum-5-thanh-pho-2023": ("Liên đoàn Lao động thành phố Hải Phòng", ("Liên đoàn Lao động thành phố Cần Thơ", True),
                             ("Liên đoàn Lao động thành phố Đà Nẵng", date(2023, 12, 20))),
}
SIGNED = Path(__file__).resolve().parent.parent / "signed"


def judge(example, program, dossier, work, modules, pictures=None):
    faulty, (stranger, by_name), (late, day) = FLOWS[example]
    work = work / "page" / example
    shutil.rmtree(work, ignore_errors=True)
    (work / "shelf").mkdir(parents=True)
    checked = command_line(program, dossier)
    files = {}
    for unit in checked["clusters"][0]["units"]:
        source = next(iter(unit["sources"].values())).split("!")[0]
        files[unit["name"]] = dossier / source
    sent = work / "sent"
    sent.mkdir()
    dropped = []
    for number, (unit, source) in enumerate(files.items(), 1):
        target = sent / f"{number:02} {source.name}"
        if unit == stranger:
            target = sent / f"bieu so {number}.xlsx"
            rename_unit(source, target, unit)
        elif unit == faulty:
            put_words(source, target, checked, unit)
        elif unit == late and day:
            put_day(source, target, day)
        else:
            shutil.copy(source, target)
        dropped.append(target)
    damaged = sent / "scan0001.xlsx"
    damaged.write_bytes(dropped[0].read_bytes()[:2000])
    settings = {
        "program": str(program.resolve()), "shelf": str((work / "shelf").resolve()), "name": "Thi đua thử",
        "definition": str((dossier / "ho-so.xlsx").resolve()), "files": [str(path.resolve()) for path in dropped],
        "units": len(files), "faulty": {"unit": faulty, "text": FAULT}, "mended": str(files[faulty].resolve()),
        "stranger": {"file": next(path.name for path in dropped if path.name.startswith("bieu so")), "unit": stranger, "byName": by_name},
        "late": late, "damaged": str(damaged.resolve()), "signed": str(SIGNED / "partly.pdf"), "changed": str(SIGNED / "changed.pdf"),
        "python": sys.executable, "remark": str(Path(__file__).resolve()), "scratch": str(work.resolve()),
        "patience": int(os.environ.get("PATIENCE", "120")) * 1000,
        "pictures": str(pictures.resolve()) if pictures else str((work / "pictures").resolve()),
        "modules": str(modules.resolve()), "chromium": shutil.which("chromium"),
    }
    (work / "settings.json").write_text(json.dumps(settings, ensure_ascii=False))
    run = subprocess.run(["node", Path(__file__).with_suffix(".mjs"), work / "settings.json"], capture_output=True, text=True, timeout=1200)
    shown = None
    seen = 0
    for line in run.stdout.splitlines():
        said = json.loads(line)
        if "name" in said:
            seen += 1
            yield Verdict("page", f"{example}: {said['name']}", said["passed"], said["detail"])
        elif "ranking" in said:
            shown = said
        elif "time" in said:
            print(f"page: {example}: {said['time']}: {said['ms']} ms", file=sys.stderr)
    yield Verdict("page", f"{example}: (the flow)", run.returncode == 0 and seen > 20, run.stderr[-800:])
    if shown:
        yield from agree(example, program, work / "shelf" / "Thi đua thử", shown)


def agree(example, program, folder, shown):
    """The command line, asked about the folder that the page left, says the same."""
    units = command_line(program, folder)["clusters"][0]["units"]
    ranked = sorted((unit for unit in units if unit["rank"]), key=lambda unit: unit["rank"])
    totals = [unit["total"].replace(".", ",") for unit in ranked]
    same = [unit["code"] for unit in ranked] == shown["ranking"][:len(ranked)] and totals == shown["totals"][:len(ranked)]
    yield Verdict("page", f"{example}: the command line ranks alike", same and len(ranked) == len(units), f"{totals} {shown}")


def command_line(program, folder):
    run = subprocess.run([program, "check", folder, "--json"], capture_output=True, text=True)
    return json.loads(run.stdout)


def rename_unit(source, target, name):
    """The same workbook without anything that says whose it is."""
    book = openpyxl.load_workbook(source)
    words = name.split()[-2:]
    for sheet in book:
        for row in sheet.iter_rows(max_row=12):
            for cell in row:
                if isinstance(cell.value, str) and all(word.lower() in cell.value.lower() for word in words):
                    cell.value = "Đơn vị: Công đoàn cơ sở mới thành lập" if ":" in cell.value else "Công đoàn cơ sở mới thành lập"
        sheet.title = f"Biểu {book.index(sheet) + 1}"
    book.save(target)


def put_day(source, target, day):
    """The same workbook reported on another day."""
    book = openpyxl.load_workbook(source)
    labels = [cell for row in book.worksheets[0].iter_rows(max_row=12) for cell in row if cell.value == "Ngày báo cáo:"]
    labels[0].offset(column=1).value = day
    book.save(target)


def put_words(source, target, checked, unit):
    """The same workbook with words where a figure has to be."""
    own = next(one for one in checked["clusters"][0]["units"] if one["name"] == unit)
    place = next(place for code, place in own["sources"].items() if own["results"].get(code, "0") not in ("0", "1"))
    _, sheet, cell = place.rsplit("!", 2)
    book = openpyxl.load_workbook(source)
    book[sheet][cell].value = FAULT
    book.save(target)


def put_remarks(source, target):
    """A ranking workbook as its unit sends it back: three remarks in the open column, and one figure written over."""
    book = openpyxl.load_workbook(source)
    remarks = iter(["Đã bổ sung biên bản, đề nghị xem lại", "Đề nghị tính cả hai lớp mở trong tháng 12", "Nhất trí"])
    for sheet in book:
        heads = next(({cell.value: cell.column for cell in row} for row in sheet.iter_rows(max_row=8)
                      if any(cell.value == "Ý kiến của đơn vị" for cell in row)), None)
        for row in sheet.iter_rows(min_row=9) if heads else ():
            cell = row[heads["Ý kiến của đơn vị"] - 1]
            if row[0].row % 9 == 0 and not cell.protection.locked:
                cell.value = next(remarks, None)
        if sheet.title == "Số liệu":
            figures = (row[heads["Kết quả"] - 1] for row in sheet.iter_rows(min_row=9))
            next(cell for cell in figures if isinstance(cell.value, (int, float))).value += 1000
    book.save(target)


if __name__ == "__main__" and sys.argv[1] == "--remarks":
    put_remarks(*sys.argv[2:])
elif __name__ == "__main__":
    own_program, tools, dossiers = (Path(path) for path in sys.argv[1:4])
    kept = Path(sys.argv[4]) if len(sys.argv) > 4 else None
    verdicts = []
    for flow in FLOWS:
        wanted = kept if flow == "khoi-nganh-2024" else None
        verdicts += judge(flow, own_program, dossiers / flow, tools / "work", tools / "node" / "node_modules", wanted)
    sys.exit(0 if report(verdicts) else 1)

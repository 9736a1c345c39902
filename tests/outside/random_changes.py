"""Judge: whatever is typed into sheet Số liệu of xep-hang.xlsx, the workbook reckons as the program does.

Results, plans and verified marks are changed by lot in the written workbook, LibreOffice works out every formula anew, and the
same figures are given to `check --json` as a dossier. Points, totals, places, classes and awards of every unit must agree.
The same seed draws the same changes.
"""

import csv
import json
import random
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter

import libreoffice
import scoring
from verdict import Verdict

SEED = 2
# Rounds on each example, and on dossiers drawn by lot, which hold every rule beside every other, waived lines too.
ROUNDS = 40
DRAWN = 40
# Sheet Xếp hạng alone, values as they are and not as shown.
RANKING = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,1"
COLUMNS = {"Cộng": "base", "Thưởng": "bonus", "Trừ": "deduction", "Tổng": "total", "Xếp thứ": "rank", "Xếp loại": "grade",
           "Đề nghị khen": "awards", "Tự chấm": "self_total"}
NO_POINTS = ("Không xếp loại", "Hạ bậc", "Thông tin")


def judge(program, dossiers, drawn, work):
    """One verdict for each dossier. `dossiers` gives a folder for each example, `drawn` a list of folders."""
    folder = work / "random-changes"
    shutil.rmtree(folder, ignore_errors=True)
    books = folder / "books"
    books.mkdir(parents=True)
    plan = [(name, path, ROUNDS) for name, path in dossiers.items()]
    plan += [("dossiers drawn by lot", path, 1) for path in drawn[:DRAWN]]
    rounds = []
    for name, path, count in plan:
        bench = Bench(program, path, folder / f"bench-{len(rounds)}")
        for number in range(max(count // len(bench.clusters), 1)):
            draw = random.Random(f"{SEED}/{path.name}/{number}")
            for cluster in bench.clusters:
                rounds.append((name, bench, cluster, *bench.change(draw, cluster, books / f"{len(rounds):04}.xlsx")))
    for start in range(0, len(rounds), 50):
        sources = [books / f"{number:04}.xlsx" for number in range(start, min(start + 50, len(rounds)))]
        libreoffice.soffice(work, "profile-always", libreoffice.ALWAYS, RANKING, sources, folder / "worked-out")
    faults, moved, counts = {}, {}, {}
    for number, (name, bench, cluster, answer, changes) in enumerate(rounds):
        found = worked_out(folder / "worked-out", f"{number:04}")
        wrong = differences(answer, found)
        faults.setdefault(name, []).extend(f"round {number} {cluster}: {words} after {changes}" for words in wrong)
        counts[name] = counts.get(name, 0) + 1
        moved[name] = moved.get(name, 0) + bool(differences(bench.unchanged[cluster], found))
    for name, wrong in faults.items():
        # A judge whose changes change nothing would pass whatever the formulas say.
        telling = moved[name] * 2 > counts[name]
        detail = "\n".join(wrong[:8]) or f"{counts[name]} rounds, {moved[name]} with another outcome"
        yield Verdict("random", f"{name}/(random changes)", not wrong and telling, detail)


class Bench:
    """A dossier taken apart: its figures by unit and line, and the ranking workbooks the program made of it."""

    def __init__(self, program, path, folder):
        self.program, self.folder = program, folder
        run = subprocess.run([program, "build", path, "--only", "xep-hang.xlsx,ket-qua.json", "--out", folder / "built", "--json"],
                             capture_output=True, text=True, stdin=subprocess.DEVNULL)
        self.base = json.loads(run.stdout)
        self.rules = scoring.read(path)
        self.clusters = [cluster["code"] for cluster in self.base["clusters"]]
        self.unchanged = {cluster["code"]: cluster["units"] for cluster in self.base["clusters"]}
        self.definition = openpyxl.load_workbook(path / "ho-so.xlsx")
        self.books = {code: Book(folder / "built" / code / "xep-hang.xlsx") for code in self.clusters}

    def lines(self, cluster):
        return {line.code: line for line in self.rules.lines if line.cluster in ("", cluster)}

    def change(self, draw, cluster, target):
        """Draws some changes; writes the workbook with them; gives the program's answer to them and their words."""
        figures = {unit["code"]: {key: dict(unit[key]) for key in ("plans", "results", "self", "verified", "waived")}
                   for unit in self.unchanged[cluster] if unit["submitted"]}
        before = json.loads(json.dumps(figures))
        lines = self.lines(cluster)
        for _ in range(draw.randint(1, 14) if figures else 0):
            one_change(draw, figures, lines)
        changes = [(unit, kind, code, figures[unit][kind].get(code)) for unit in figures for kind in ("plans", "results", "verified")
                   for code in lines if figures[unit][kind].get(code) != before[unit][kind].get(code)]
        self.books[cluster].write(target, changes, lines)
        return self.ask(cluster, figures), ", ".join(f"{unit} {kind} {code} = {value}" for unit, kind, code, value in changes[:6])

    def ask(self, cluster, figures):
        """What the program makes of the same figures, given as a dossier of this cluster's forms."""
        dossier = self.folder / "asked"
        shutil.rmtree(dossier, ignore_errors=True)
        (dossier / "so-lieu").mkdir(parents=True)
        definition(self.definition, dossier / "ho-so.xlsx", self.rules, figures)
        forms(dossier / "so-lieu" / "bieu.xlsx", self.base["year"], self.lines(cluster), figures)
        run = subprocess.run([self.program, "check", dossier, "--json"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        return next(one["units"] for one in json.loads(run.stdout)["clusters"] if one["code"] == cluster)


def one_change(draw, figures, lines):
    unit = draw.choice(sorted(figures))
    own = figures[unit]
    if draw.random() < 0.06:
        # A twin: ties, and ties across limits.
        other = figures[draw.choice(sorted(figures))]
        for kind in ("plans", "results", "verified"):
            own[kind] = dict(other[kind])
        return
    line = lines[draw.choice(sorted(lines))]
    asked = line.rule not in NO_POINTS and line.code not in own["waived"]
    lot = draw.random()
    if lot < 0.2 and asked and line.max:
        own["verified"][line.code] = plain(line.max * draw.randint(0, 40) / 40)
    elif lot < 0.25:
        own["verified"].pop(line.code, None)
    elif lot < 0.4 and line.code in own["plans"]:
        own["plans"][line.code] = own["results"].get(line.code) if draw.random() < 0.2 else whole(draw, own["plans"][line.code])
        if own["plans"][line.code] is None or draw.random() < 0.05:
            del own["plans"][line.code]
    elif line.code in own["results"]:
        own["results"][line.code] = result(draw, line, own, figures)
        if draw.random() < 0.04:
            del own["results"][line.code]


def result(draw, line, own, figures):
    old = own["results"][line.code]
    if line.rule in scoring.YES_NO:
        # Units out of the ranking are few, lest nobody is left to rank.
        yes = 0.7 if line.rule == "Đạt/Không" else 0.15
        return "1" if draw.random() < yes else "0"
    if draw.random() < 0.25:
        return draw.choice([unit["results"].get(line.code, old) for unit in figures.values()])
    if draw.random() < 0.2 and own["plans"].get(line.code):
        return own["plans"][line.code]
    if "%" in line.measure:
        return plain(Decimal(draw.randint(300, 12000)) / 100)
    if line.rule in ("Theo số lượng", "Trừ dần"):
        return str(draw.randint(0, 12))
    return whole(draw, own["plans"].get(line.code, old))


def whole(draw, around):
    """A figure about another one, above 2 so that no reader takes it for a share."""
    return plain((Decimal(around) * draw.randint(30, 170) / 100 + 3).quantize(Decimal(draw.choice(["1", "0.1", "0.01"]))))


def plain(value):
    text = format(Decimal(value).normalize(), "f")
    return "0" if text == "-0" else text


class Book:
    """A ranking workbook whose cells on sheet Số liệu are rewritten in its XML, all else left as the program wrote it."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as package:
            self.parts = [(entry, package.read(entry)) for entry in package.infolist()]
        book = openpyxl.load_workbook(path)
        self.part = f"xl/worksheets/sheet{book.sheetnames.index('Số liệu') + 1}.xml"
        sheet = book["Số liệu"]
        heads = {cell.value: cell.column_letter for cell in sheet[4]}
        self.columns = {"plans": heads["Kế hoạch"], "results": heads["Kết quả"], "verified": heads["Điểm thẩm định"]}
        self.rows = {(row[0].value, str(row[1].value)): row[0].row for row in sheet.iter_rows(min_row=5) if row[1].value}

    def write(self, target, changes, lines):
        cells = {f"{self.columns[kind]}{self.rows[unit, code]}": shown(value, lines[code]) if kind == "results" else (value, None)
                 for unit, kind, code, value in changes}

        def one(address, element):
            value, word = cells.pop(address)
            style = re.search(r' s="\d+"', element[:element.index(">")])
            head = f'<c r="{address}"{style[0] if style else ""}'
            if word is not None:
                return f'{head} t="inlineStr"><is><t>{escape(word)}</t></is></c>'
            return f"{head}/>" if value is None else f"{head}><v>{value}</v></c>"

        def row(match):
            """A cell without an address stands right of the one before."""
            stands = 0

            def cell(found):
                nonlocal stands
                address = re.search(r' r="([A-Z]+)\d+"', found[0][:found[0].index(">")])
                stands = column_index_from_string(address[1]) if address else stands + 1
                own = f"{get_column_letter(stands)}{match[1]}"
                return one(own, found[0]) if own in cells else found[0]

            return re.sub(r"<c(?=[ />])[^>]*?(?:/>|>.*?</c>)", cell, match[0])

        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for entry, data in self.parts:
                if entry.filename == self.part:
                    data = re.sub(r'<row r="(\d+)".*?</row>', row, data.decode("utf-8")).encode("utf-8")
                    assert not cells, f"cells to be changed are not there: {sorted(cells)}"
                package.writestr(entry, data)


def shown(value, line):
    """A figure, or the word that stands for an answer on sheet Số liệu."""
    if value is None or line.rule not in scoring.YES_NO:
        return value, None
    words = {"Đạt/Không": ("Không đạt", "Đạt")}.get(line.rule, ("Không", "Có"))
    return None, words[value == "1"]


def definition(book, target, rules, figures):
    """The definition with all plans and all verified marks in its own sheets."""
    for name, kind in (("Chỉ tiêu", "plans"), ("Thẩm định", "verified")):
        if name in book.sheetnames:
            del book[name]
        codes = [line.code for line in rules.lines if any(line.code in unit[kind] for unit in figures.values())]
        if codes:
            sheet = book.create_sheet(name)
            sheet.append(["Đơn vị", *codes])
            for unit, own in figures.items():
                sheet.append([unit, *(number(own[kind].get(code)) for code in codes)])
    book.save(target)


def forms(target, year, lines, figures):
    """A sheet for each unit."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for unit, own in figures.items():
        sheet = book.create_sheet(re.sub(r"\W", "_", unit))
        for row in [["BÁO CÁO"], [None, "Đơn vị:", unit], [None, "Năm:", year],
                    ["TT", "Nội dung", "ĐVT", "Kế hoạch", "Kết quả", "Điểm tự chấm"]]:
            sheet.append(row)
        for code, line in lines.items():
            value, word = shown(own["results"].get(code), line)
            sheet.append([code, line.name, line.measure, None, word or number(value), number(own["self"].get(code))])
    if figures:
        book.save(target)


def number(text):
    if text is None:
        return None
    return int(text) if "." not in text else float(text)


def worked_out(folder, stem):
    """The rows of sheet Xếp hạng by the unit's name."""
    path = next(folder.glob(f"{stem}*.csv"), None)
    if path is None:
        return {}
    with open(path, newline="", encoding="utf-8") as handle:
        rows = list(csv.reader(handle))
    heads = next(row for row in rows if row and row[0] == "TT")
    places = {key: heads.index(head) for head, key in COLUMNS.items()}
    name = heads.index("Đơn vị")
    return {row[name]: {key: row[place] for key, place in places.items()} for row in rows if row and re.fullmatch(r"\d+", row[0])}


def differences(units, found):
    if not found:
        return ["LibreOffice wrote nothing"]
    wrong = []
    for unit in units:
        own = found.get(unit["name"])
        if own is None:
            wrong.append(f"{unit['code']} is not in the workbook")
            continue
        for key in COLUMNS.values():
            said = unit[key]
            if not unit["submitted"] and key in ("base", "bonus", "deduction", "total"):
                said = None
            if not same(said, own[key]):
                wrong.append(f"{unit['code']} {key}: worked out {own[key]!r}, the program says {said!r}")
    return wrong


def same(said, cell):
    if isinstance(said, list):
        return "; ".join(said) == cell
    if said is None or cell == "":
        return said in (None, "") and cell == ""
    try:
        # The figures come with the decimal comma of the cells' language.
        return abs(Decimal(str(said)) - Decimal(cell.replace(",", "."))) < Decimal("1e-9")
    except ArithmeticError:
        return said == cell

"""Scores a dossier apart from the program: reads its workbooks with openpyxl and works everything out in exact decimals.

`python scoring.py DOSSIER` prints each cluster; `python scoring.py DOSSIER --unit CODE` one unit line by line.
Only what the example dossiers need is read here: tidy workbooks without faults. The judge `figures.py` compares the
outcome with ket-qua.json.
"""

import re
import sys
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import openpyxl

import marks

KINDS = ("", "Nhóm thưởng", "Nhóm trừ")
YES_NO = ("Đạt/Không", "Không xếp loại", "Hạ bậc")


@dataclass
class Line:
    code: str
    name: str
    measure: str
    rule: str
    parameter: str
    max: Decimal | None
    aggregation: str
    cluster: str
    group: str = ""
    kind: str = ""


@dataclass
class Unit:
    code: str
    name: str
    cluster: str
    plans: dict = field(default_factory=dict)
    results: dict = field(default_factory=dict)
    self_marks: dict = field(default_factory=dict)
    submitted: bool = False
    scores: dict = field(default_factory=dict)
    groups: dict = field(default_factory=dict)
    self_total: Decimal | None = None
    total: Decimal = Decimal(0)
    base: Decimal = Decimal(0)
    bonus: Decimal = Decimal(0)
    deduction: Decimal = Decimal(0)
    disqualified: bool = False
    lowered: int = 0
    rank: int | None = None
    grade: str | None = None
    awards: list = field(default_factory=list)
    left: dict = field(default_factory=dict)


@dataclass
class Dossier:
    information: dict
    clusters: list
    units: list
    groups: list
    lines: list
    verified: dict
    waived: dict
    past: dict
    term: list
    grades: list
    awards: list


def exact(value):
    """A cell's figure. Excel holds binary doubles; their shortest form is what was typed."""
    if isinstance(value, bool):
        return Decimal(int(value))
    return None if value is None else Decimal(str(value).removesuffix("%"))


def text(value):
    return "" if value is None else str(value).strip()


def rows(book, name):
    """The rows of a definition sheet as dictionaries; headings stand in row 4."""
    if name not in book.sheetnames:
        return []
    sheet = book[name]
    heads = [text(cell.value) for cell in sheet[4]]
    return [{head: cell.value for head, cell in zip(heads, row)} for row in sheet.iter_rows(min_row=5)
            if any(cell.value is not None for cell in row)]


def read(folder):
    folder = Path(folder)
    book = openpyxl.load_workbook(folder / "ho-so.xlsx", data_only=True)
    units = [Unit(text(r["Mã"]), text(r["Tên"]), text(r["Cụm"])) for r in rows(book, "Đơn vị")]
    groups, lines = [], []
    for row in rows(book, "Tiêu chí"):
        line = Line(text(row["Mã"]), text(row["Nội dung"]), text(row["ĐVT"]), text(row["Cách tính"]),
                    text(row["Tham số"]), exact(row["Điểm tối đa"]), text(row["Tổng hợp"]), text(row["Cụm"]))
        if line.rule in KINDS:
            groups.append(line)
        else:
            line.group, line.kind = groups[-1].code, groups[-1].rule
            lines.append(line)
    dossier = Dossier(
        {text(r["Mục"]): r["Giá trị"] for r in rows(book, "Thông tin")},
        [(text(r["Mã"]), text(r["Tên"])) for r in rows(book, "Cụm")], units, groups, lines,
        _cross(book, "Thẩm định"),
        {(text(r["Đơn vị"]), text(r["Tiêu chí"])): text(r["Lý do"]) for r in rows(book, "Miễn chấm")},
        {(int(r["Năm"]), text(r["Đơn vị"]), text(r["Tiêu chí"])): exact(r["Kết quả"]) for r in rows(book, "Kỳ trước")},
        [(text(r["Tiêu chí"]), exact(r["Chỉ tiêu"]), text(r["Luỹ kế"])) for r in rows(book, "Nhiệm kỳ")],
        rows(book, "Xếp loại"), rows(book, "Khen thưởng"))
    for path in sorted((folder / "so-lieu").rglob("*.xlsx")):
        _submissions(dossier, path)
    for (unit, code), plan in _cross(book, "Chỉ tiêu").items():
        _unit(dossier, unit).plans[code] = plan
    return dossier


def _cross(book, name):
    return {(text(row["Đơn vị"]), code): exact(value) for row in rows(book, name)
            for code, value in row.items() if code != "Đơn vị" and value is not None}


def _unit(dossier, name):
    return next(unit for unit in dossier.units if name in (unit.code, unit.name))


def _submissions(dossier, path):
    for sheet in openpyxl.load_workbook(path, data_only=True):
        head = next(([text(cell.value) for cell in row] for row in sheet.iter_rows()
                     if text(row[0].value) in ("TT", "STT")), None)
        if head is None:
            continue
        if head[1] == "Đơn vị":
            _joint_table(dossier, sheet, head)
        else:
            _form(dossier, sheet)


def _form(dossier, sheet):
    unit = None
    for row in sheet.iter_rows():
        if text(row[1].value) == "Đơn vị:":
            unit = _unit(dossier, text(row[2].value))
            unit.submitted = True
        line = next((line for line in dossier.lines if line.code == text(row[0].value)), None)
        if unit is None or line is None:
            continue
        for place, cell in ((unit.plans, row[3]), (unit.results, row[4]), (unit.self_marks, row[5])):
            if cell.value is not None:
                value = exact(cell.value) if isinstance(cell.value, (int, float)) else text(cell.value)
                place[line.code] = value * 100 if "%" in cell.number_format else value


def _joint_table(dossier, sheet, head):
    codes = [next((line.code for line in dossier.lines if name in (line.code, line.name)), None) for name in head]
    for row in sheet.iter_rows():
        if not isinstance(row[0].value, int):
            continue
        unit = _unit(dossier, text(row[1].value))
        unit.submitted = True
        for code, cell in zip(codes, row):
            if code is not None and cell.value is not None:
                value = exact(cell.value) if isinstance(cell.value, (int, float)) else text(cell.value)
                value = value * 100 if "%" in cell.number_format else value
                direct = next(line for line in dossier.lines if line.code == code).rule == "Chấm trực tiếp"
                (unit.self_marks if direct else unit.results)[code] = value


def score(dossier):
    decimals = int(dossier.information.get("Làm tròn", 2))
    for cluster, _ in dossier.clusters:
        members = [unit for unit in dossier.units if unit.cluster == cluster]
        sent = [unit for unit in members if unit.submitted]
        lines = [line for line in dossier.lines if line.cluster in ("", cluster)]
        for line in lines:
            racing = [unit for unit in sent if (unit.code, line.code) not in dossier.waived]
            best = max((unit.results[line.code] for unit in racing), default=None) if line.rule == "So với dẫn đầu" else None
            for unit in sent:
                if (unit.code, line.code) in dossier.waived:
                    _waived(dossier, unit, line)
                else:
                    _line(dossier, unit, line, best, decimals)
        for unit in sent:
            unit.groups, base, unit.bonus, unit.deduction = put_together(dossier, lines, unit.scores)
            unit.base = on_whole_scale(dossier, lines, unit, base, decimals)
            unit.total = unit.base + unit.bonus - unit.deduction
            own = {code: mark for code, mark in unit.self_marks.items() if (unit.code, code) not in dossier.waived}
            if own:
                own |= {line.code: unit.scores[line.code] for line in lines if line.kind == ""
                        and line.code in unit.scores and (unit.code, line.code) in dossier.waived}
                _, base, bonus, deduction = put_together(dossier, lines, own)
                unit.self_total = on_whole_scale(dossier, lines, unit, base, decimals) + bonus - deduction
        _rank(dossier, [unit for unit in sent if not unit.disqualified])
        _grade(dossier, [unit for unit in sent if not unit.disqualified])
        _award(dossier, [unit for unit in sent if not unit.disqualified])
    return dossier


def _line(dossier, unit, line, best, decimals):
    result = unit.results.get(line.code)
    if line.rule in ("Không xếp loại", "Hạ bậc"):
        if marks.is_yes(result):
            unit.disqualified |= line.rule == "Không xếp loại"
            unit.lowered += line.rule == "Hạ bậc"
        return
    if line.rule == "Thông tin":
        return
    computed = marks.mark(line.rule, line.parameter, line.max, line.measure, unit.plans.get(line.code), result, best,
                          unit.self_marks.get(line.code), decimals)
    verified = dossier.verified.get((unit.code, line.code))
    unit.scores[line.code] = computed if verified is None else verified


def _counts_full(dossier):
    return text(dossier.information.get("Dòng miễn chấm")) == "Tính đủ điểm"


def _waived(dossier, unit, line):
    """A waived line counts its maximum, or has no mark at all; in a bonus or a deduction it is nothing."""
    if line.kind != "":
        unit.scores[line.code] = Decimal(0)
    elif _counts_full(dossier):
        unit.scores[line.code] = line.max


def on_whole_scale(dossier, lines, unit, base, decimals):
    """The ordinary points of a unit, stretched from the lines that are left to all of them."""
    whole = sum(line.max for line in lines if line.kind == "" and line.max is not None)
    unit.left = {group.code: sum((line.max for line in lines if line.group == group.code and line.max is not None
                                  and (_counts_full(dossier) or (unit.code, line.code) not in dossier.waived)), Decimal(0))
                 for group in dossier.groups if group.rule == ""}
    left = sum(unit.left.values())
    if left == whole:
        return base
    return marks.rounded(base * whole / left, decimals) if left else Decimal(0)


def put_together(dossier, lines, points):
    """Sum of groups, plus bonus under its cap, less deduction under its cap."""
    base = bonus = deduction = Decimal(0)
    sums = {}
    for group in dossier.groups:
        own = sum((points.get(line.code, Decimal(0)) for line in lines if line.group == group.code), Decimal(0))
        if group.rule != "" and group.max is not None:
            own = min(own, group.max)
        sums[group.code] = own
        base += own if group.rule == "" else 0
        bonus += own if group.rule == "Nhóm thưởng" else 0
        deduction += own if group.rule == "Nhóm trừ" else 0
    return sums, base, bonus, deduction


def order_key(dossier, unit):
    """Totals first, then the tie-breaks of the dossier."""
    key = [-unit.total]
    for step in [step.strip() for step in text(dossier.information.get("Phân định đồng điểm")).split(";") if step.strip()]:
        if step == "thưởng":
            key.append(-unit.bonus)
        elif step == "ít trừ":
            key.append(unit.deduction)
        else:
            key.append(-unit.groups.get(step, unit.scores.get(step, Decimal(0))))
    return tuple(key)


def _rank(dossier, units):
    dense = text(dossier.information.get("Kiểu xếp hạng")) == "1,2,2,3"
    keys = sorted(order_key(dossier, unit) for unit in units)
    places = sorted(set(keys)) if dense else keys
    for unit in units:
        unit.rank = places.index(order_key(dossier, unit)) + 1


def _grade(dossier, units):
    names = [text(row["Xếp loại"]) for row in dossier.grades]
    ceiling = exact(dossier.information.get("Trần xếp loại", 100))
    given = {id(unit): 0 for unit in units}
    for index, row in enumerate(dossier.grades):
        def holds(unit):
            start = exact(row["Từ điểm"])
            return (start is None or min(unit.total, ceiling) >= start) and _conditions(dossier, unit, text(row["Điều kiện"]))
        fit = [unit for unit in units if given[id(unit)] == index and holds(unit)]
        share = row["Tỷ lệ tối đa"]
        if share not in (None, ""):
            room = int(exact(share) * len(units) / (100 if exact(share) > 1 else 1))
            fit.sort(key=lambda unit: unit.rank)
            kept = fit[:room]
            if len(fit) > room and room > 0 and fit[room].rank == fit[room - 1].rank:
                kept = [unit for unit in kept if unit.rank != fit[room].rank]
            fit = kept
        for unit in units:
            if given[id(unit)] == index and not any(unit is other for other in fit):
                given[id(unit)] = index + 1
    for unit in units:
        if given[id(unit)] < len(names):
            unit.grade = names[min(given[id(unit)] + unit.lowered, len(names) - 1)]


def _conditions(dossier, unit, condition):
    for part in [part.strip() for part in condition.split(";") if part.strip()]:
        if part == "không có điểm trừ":
            if unit.deduction > 0:
                return False
        else:
            bound = marks.decimal(part.replace("mọi nhóm", "").replace(">=", "").replace("%", ""))
            for group in dossier.groups:
                left = unit.left.get(group.code, Decimal(0))
                if group.rule == "" and group.max and left and unit.groups[group.code] * 100 < bound * left:
                    return False
    return True


def _award(dossier, units):
    for row in dossier.awards:
        fit = sorted((unit for unit in units if _award_holds(unit, text(row["Điều kiện"]))), key=lambda unit: unit.rank)
        number = row["Số lượng"]
        if number is not None and len(fit) > int(number):
            last = fit[int(number) - 1].rank
            fit = [unit for unit in fit if unit.rank <= last]
        for unit in fit:
            unit.awards.append(text(row["Hình thức"]))


def _award_holds(unit, condition):
    for part in [part.strip() for part in condition.split(";") if part.strip()]:
        if part == "không có điểm trừ":
            holds = unit.deduction == 0
        elif part.startswith("xếp loại"):
            holds = unit.grade == part.removeprefix("xếp loại").strip()
        else:
            sign, bound = re.fullmatch(r"hạng\s*(<=|>=|)\s*(\d+)", part).groups()
            holds = {"<=": unit.rank <= int(bound), ">=": unit.rank >= int(bound), "": unit.rank == int(bound)}[sign]
        if not holds:
            return False
    return True


def show(dossier, wanted):
    for cluster, name in dossier.clusters:
        print(f"{cluster} {name}")
        for unit in dossier.units:
            if unit.cluster != cluster or wanted not in (None, unit.code):
                continue
            print(f"  {unit.rank or '-':>3} {unit.code:8} {unit.total:>7} = {unit.base} + {unit.bonus} - {unit.deduction}"
                  f"  self {unit.self_total}  {unit.grade}  {'; '.join(unit.awards)}"
                  f"  {' '.join(f'{code} {points}' for code, points in unit.groups.items())}")
            for line in dossier.lines if wanted else ():
                if line.cluster in ("", cluster):
                    print(f"      {line.code:6} {line.rule:16} max {line.max}  plan {unit.plans.get(line.code)}"
                          f"  result {unit.results.get(line.code)}  self {unit.self_marks.get(line.code)}"
                          f"  mark {unit.scores.get(line.code)}")


if __name__ == "__main__":
    show(score(read(sys.argv[1])), sys.argv[3] if "--unit" in sys.argv else None)

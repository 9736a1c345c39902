"""Judge: the figures of dossiers drawn by lot are those of the independent calculation (`scoring.py`).

Each dossier is written with openpyxl, with submissions in all three shapes, and given to `check --json`. The examples show
what offices do; these show every rule beside every other: caps, ties, classes with conditions and shares, awards, knock-outs.
The same seed draws the same dossiers.
"""

import json
import random
import shutil
import subprocess
from fractions import Fraction as F

import openpyxl

import figures
from verdict import Verdict

DOSSIERS = 80
SEED = 1

YES = ["Đạt", "có", "x", "✓", 1, True]
NO = ["Không", "không đạt", 0, False, "–"]


def judge(program, work):
    """One verdict for each dossier."""
    folder = work / "drawn"
    shutil.rmtree(folder, ignore_errors=True)
    for number in range(DOSSIERS):
        draw = random.Random(f"{SEED}/{number}")
        dossier = folder / f"{number:02}"
        _write(_dossier(draw), dossier, draw)
        file = f"{DOSSIERS} dossiers drawn by lot"
        answer = subprocess.run([program, "check", dossier, "--json"], capture_output=True, text=True)
        (dossier / "ket-qua.json").write_text(answer.stdout, encoding="utf-8")
        try:
            findings = json.loads(answer.stdout)["findings"]
        except (ValueError, KeyError, TypeError) as error:
            yield Verdict("figures", file, False, f"number {number}: no answer ({error!r}): {answer.stderr[:300]}")
            continue
        faults = [f"an error where there is none: {one['code']} {one['message']}" for one in findings if one["severity"] == "error"]
        faults += [verdict.detail for verdict in figures.judge(file, dossier, dossier) if not verdict.passed]
        yield Verdict("figures", file, not faults, f"number {number}: " + "; ".join(faults[:4]))


def _plain(value):
    """A fraction that ends, as the contract prints it."""
    if value is None:
        return None
    value = F(value)
    text = f"{abs(value.numerator) * 10**12 // value.denominator:013d}"
    whole, part = text[:-12], text[-12:].rstrip("0")
    sign = "-" if value < 0 else ""
    return sign + whole + ("." + part if part else "")


def _half_up(value, places=2):
    """Rounded half away from zero."""
    scaled = abs(F(value)) * 10**places
    whole = scaled.numerator // scaled.denominator
    if scaled - whole >= F(1, 2):
        whole += 1
    return F(whole, 10**places) * (-1 if value < 0 else 1)


def _between(r, low, high, places):
    return F(r.randint(low * 10**places, high * 10**places), 10**places)


def _line(r, code, kind):
    rules = ["Tỷ lệ", "So với dẫn đầu", "Đạt/Không", "Theo số lượng", "Trừ dần", "Theo bậc", "Chấm trực tiếp"]
    if kind != "thường":
        rules = ["Đạt/Không", "Theo số lượng", "Chấm trực tiếp"]
    rule = r.choice(rules)
    line = {"code": code, "rule": rule, "max": F(r.randint(2, 20), 2), "measure": r.choice(["người", "cuộc", "triệu đồng"]),
            "parameter": None, "aggregation": None}
    if rule == "Đạt/Không":
        line["measure"] = "đạt/không"
    elif rule == "Theo số lượng":
        line["points"] = r.choice([F(1), F(1, 2), F(1, 5), F(1, 4)])
        line["parameter"] = line["points"]
        if kind != "thường" and r.random() < 0.5:
            line["max"] = None
    elif rule == "Trừ dần":
        line["points"] = r.choice([F(1), F(1, 2)])
        line["limit"] = r.choice([None, F(1), F(2)])
        text = _vietnamese(line["points"])
        line["parameter"] = line["points"] if line["limit"] is None else f"{text}; không quá {_vietnamese(line['limit'])}"
    elif rule == "Theo bậc":
        bounds = sorted(r.sample(range(70, 120), 3), reverse=True)
        marks = [line["max"], line["max"] * F(3, 4), line["max"] * F(1, 2)]
        line["steps"] = list(zip([r.choice([">=", ">"]) for _ in bounds], bounds, marks))
        line["otherwise"] = F(0)
        line["parameter"] = "; ".join(f"{c}{b}: {_vietnamese(m)}" for c, b, m in line["steps"]) + "; còn lại: 0"
        line["measure"] = r.choice(["%", "cuộc"])
    if line["measure"] == "%":
        line["aggregation"] = r.choice([None, "Bình quân", "Không"])
    elif rule not in ("Đạt/Không", "Chấm trực tiếp"):
        line["aggregation"] = r.choice([None, None, "Cộng", "Lớn nhất", "Nhỏ nhất", "Bình quân"])
    return line


def _vietnamese(value):
    return _plain(value).replace(".", ",")


def _dossier(r):
    d = {"year": 2024, "clusters": [], "groups": [], "units": [], "targets": {}, "verified": {}, "waived": [], "subs": {}}
    for c in range(r.randint(1, 2)):
        d["clusters"].append(f"K{c + 1}")
        for u in range(r.randint(2, 7)):
            d["units"].append({"code": f"U{c + 1}{u + 1}", "name": f"Công đoàn số {c + 1}-{u + 1}", "cluster": f"K{c + 1}"})
    for g in range(r.randint(1, 3)):
        lines = [_line(r, f"{g + 1}.{k + 1}", "thường") for k in range(r.randint(1, 5))]
        d["groups"].append({"code": f"N{g + 1}", "kind": "thường", "lines": lines, "max": sum(l["max"] for l in lines)})
    for kind, code in (("thưởng", "T"), ("trừ", "P")):
        if r.random() < 0.7:
            lines = [_line(r, f"{code}.{k + 1}", kind) for k in range(r.randint(1, 3))]
            d["groups"].append({"code": f"N{code}", "kind": kind, "lines": lines, "max": r.choice([None, F(2), F(3)])})
    if r.random() < 0.5:
        d["groups"].append({"code": "KX", "kind": "trừ", "max": None, "lines": [
            {"code": "K.1", "rule": "Không xếp loại", "max": None, "measure": "", "parameter": None, "aggregation": None},
            {"code": "K.2", "rule": "Hạ bậc", "max": None, "measure": "", "parameter": None, "aggregation": None}]})
    d["style"] = r.choice(["1,2,2,4", "1,2,2,3"])
    d["ties"] = r.choice([[], ["N1"], ["thưởng", "ít trừ"], ["1.1", "ít trừ"]])
    d["ceiling"] = r.choice([F(100), F(20)])
    top = sum(g["max"] for g in d["groups"] if g["kind"] == "thường")
    d["grades"] = []
    if r.random() < 0.8:
        cap = min(top, d["ceiling"])
        d["grades"] = [
            {"name": "Xuất sắc", "from": _half_up(cap * F(7, 10)), "share": r.choice([None, 20, 34, 50]), "conditions": r.choice([[], ["mọi nhóm >= 50%"], ["không có điểm trừ"], ["mọi nhóm >= 60%", "không có điểm trừ"]])},
            {"name": "Tốt", "from": _half_up(cap * F(5, 10)), "share": r.choice([None, None, 60]), "conditions": []},
            {"name": "Hoàn thành", "from": F(0), "share": None, "conditions": []}]
    d["awards"] = []
    if r.random() < 0.8:
        d["awards"] = [{"name": "Cờ thi đua", "number": 1, "conditions": ["hạng 1"]},
                       {"name": "Bằng khen", "number": r.choice([1, 2, None]), "conditions": [r.choice(["hạng <= 3", "không có điểm trừ"])]}]
        if d["grades"]:
            d["awards"].append({"name": "Giấy khen", "number": 2, "conditions": ["xếp loại Tốt"]})
    lines = [(g, l) for g in d["groups"] for l in g["lines"]]
    for unit in d["units"]:
        if r.random() < 0.08:
            continue
        sub = d["subs"][unit["code"]] = {}
        for group, line in lines:
            entry = sub[line["code"]] = {"plan": None, "result": None, "self": None}
            needs = line["rule"] in ("Tỷ lệ", "So với dẫn đầu") or (line["rule"] == "Theo bậc" and line["measure"] != "%")
            if needs:
                entry["plan"] = F(r.randint(20, 400))
                if r.random() < 0.2:
                    d["targets"][unit["code"], line["code"]] = entry["plan"]
                    if r.random() < 0.3:
                        entry["plan"] = None
            coarse = r.random() < 0.5  # coarse figures make ties
            if line["rule"] in ("Đạt/Không", "Không xếp loại", "Hạ bậc"):
                entry["result"] = r.random() < (0.8 if line["rule"] == "Đạt/Không" and group["kind"] == "thường" else 0.15)
            elif line["rule"] in ("Theo số lượng", "Trừ dần"):
                entry["result"] = F(r.randint(0, 6))
            elif line["rule"] == "Chấm trực tiếp":
                entry["self"] = _half_up(line["max"] * F(r.randint(0, 4), 4))
            elif line["measure"] == "%" and not needs:
                entry["result"] = _between(r, 60, 120, 0 if coarse else 2)
            else:
                plan = entry["plan"] or d["targets"][unit["code"], line["code"]]
                entry["result"] = _half_up(plan * r.choice([F(1), F(6, 5), _between(r, 0, 2, 2)]), 0 if coarse else 2)
            if line["max"] is not None and line["rule"] != "Chấm trực tiếp" and r.random() < 0.9:
                entry["self"] = _half_up(line["max"] * F(r.randint(2, 4), 4))
            if line["max"] is not None and line["rule"] not in ("Không xếp loại", "Hạ bậc") and r.random() < 0.05:
                d["verified"][unit["code"], line["code"]] = _half_up(line["max"] * F(r.randint(0, 10), 10))
    # Every third dossier excuses units from lines, in one of the two ways.
    if r.random() < 0.34:
        d["waiving"] = r.choice(["Quy đổi", "Tính đủ điểm"])
        scored = [l for g, l in lines if l["rule"] not in ("Không xếp loại", "Hạ bậc")]
        ordinary = [l for g, l in lines if g["kind"] == "thường"]
        for unit in d["subs"]:
            own = {line["code"] for line in r.sample(scored, r.randint(0, min(2, len(scored))))}
            if own >= {line["code"] for line in ordinary}:
                continue
            for code in sorted(own):
                if (unit, code) not in d["verified"]:
                    d["waived"].append((unit, code, r.choice(["không có đối tượng", "mới thành lập"])))
                    if r.random() < 0.5:
                        d["subs"][unit][code] = {"plan": None, "result": None, "self": None}
                        d["targets"].pop((unit, code), None)
    d["joint"] = r.random() < 0.25
    if d["joint"]:
        # One table holds results only: plans stand in the definition, self marks are those of lines marked directly.
        rules = {line["code"]: line["rule"] for _, line in lines}
        for unit, sub in d["subs"].items():
            for code, entry in sub.items():
                if entry["plan"] is not None:
                    d["targets"][unit, code] = entry["plan"]
                entry["plan"] = None
                if rules[code] != "Chấm trực tiếp":
                    entry["self"] = None
    return d


def _cell(r, value):
    if value is True or value is False:
        return r.choice(YES if value else NO)
    if isinstance(value, F):
        number = float(value)
        return int(number) if number == int(number) else number
    return value


def _write(d, folder, r):
    book = openpyxl.Workbook()
    book.remove(book.active)

    def sheet(name, rows):
        s = book.create_sheet(name)
        # Titles above the headings, as in the examples: `scoring.py` reads headings in row 4.
        for row in [[name.upper()], [None], [None], *rows]:
            s.append([_cell(r, v) for v in row])
    info = [["Mục", "Giá trị"], ["Năm", d["year"]], ["Kiểu xếp hạng", d["style"]], ["Trần xếp loại", d["ceiling"]]]
    if d["ties"]:
        info.append(["Phân định đồng điểm", "; ".join(d["ties"])])
    if d["waived"]:
        info.append(["Dòng miễn chấm", d["waiving"]])
    sheet("Thông tin", info)
    sheet("Cụm", [["Mã", "Tên"]] + [[c, f"Cụm thi đua {c}"] for c in d["clusters"]])
    sheet("Đơn vị", [["Mã", "Tên", "Cụm", "Vai trò"]] + [[u["code"], u["name"], u["cluster"], "Thành viên"] for u in d["units"]])
    rows = [["Mã", "Nội dung", "ĐVT", "Cách tính", "Tham số", "Điểm tối đa", "Tổng hợp", "Cụm"]]
    for g in d["groups"]:
        rule = {"thường": None, "thưởng": "Nhóm thưởng", "trừ": "Nhóm trừ"}[g["kind"]]
        rows.append([g["code"], f"Nhóm {g['code']}", None, rule, None, g["max"], None])
        rows += [[l["code"], f"Chỉ tiêu {l['code']}", l["measure"], l["rule"], l["parameter"], l["max"], l["aggregation"]] for l in g["lines"]]
    sheet("Tiêu chí", rows)
    codes = [l["code"] for g in d["groups"] for l in g["lines"]]
    for name, table in (("Chỉ tiêu", d["targets"]), ("Thẩm định", d["verified"])):
        if table:
            used = [c for c in codes if any(k[1] == c for k in table)]
            units = [u["code"] for u in d["units"] if any(k[0] == u["code"] for k in table)]
            sheet(name, [["Đơn vị"] + used] + [[u] + [table.get((u, c)) for c in used] for u in units])
    if d["waived"]:
        sheet("Miễn chấm", [["Đơn vị", "Tiêu chí", "Lý do"], *map(list, d["waived"])])
    if d["grades"]:
        sheet("Xếp loại", [["Xếp loại", "Từ điểm", "Tỷ lệ tối đa", "Điều kiện"]] +
              [[g["name"], g["from"], None if g["share"] is None else f"{g['share']}%", "; ".join(g["conditions"]) or None] for g in d["grades"]])
    if d["awards"]:
        sheet("Khen thưởng", [["Hình thức", "Số lượng", "Điều kiện"]] + [[a["name"], a["number"], "; ".join(a["conditions"])] for a in d["awards"]])
    folder.mkdir(parents=True)
    book.save(folder / "ho-so.xlsx")
    data = folder / "so-lieu"
    data.mkdir()
    if d["joint"]:
        _joint_table(d, data, r)
        return
    forms = openpyxl.Workbook()
    forms.remove(forms.active)
    for unit in d["units"]:
        sub = d["subs"].get(unit["code"])
        if sub is None:
            continue
        own = r.random() < 0.6
        book = openpyxl.Workbook() if own else forms
        s = book.active if own else forms.create_sheet(unit["code"])
        s.append([r.choice(["BIỂU TỔNG HỢP KẾT QUẢ", "BÁO CÁO"])])
        s.append([None, "Đơn vị:", r.choice([unit["name"], unit["code"]])])
        s.append([None, "Năm:", d["year"]])
        s.append(["TT", "Nội dung", "ĐVT", "Kế hoạch", "Kết quả", "Điểm tự chấm"])
        for g in d["groups"]:
            s.append([g["code"], f"Nhóm {g['code']}"])
            for l in g["lines"]:
                e = sub[l["code"]]
                s.append([l["code"], f"Chỉ tiêu {l['code']}", l["measure"]] + [_cell(r, e[k]) for k in ("plan", "result", "self")])
        if own:
            book.save(data / f"{unit['code']}.xlsx")
    if forms.sheetnames:
        forms.save(data / "nhieu-don-vi.xlsx")


def _joint_table(d, data, r):
    """A row for each unit and a column for each criterion, headed by its code or its words."""
    book = openpyxl.Workbook()
    sheet = book.active
    lines = [line for group in d["groups"] for line in group["lines"]]
    sheet.append([None, "BẢNG TỔNG HỢP KẾT QUẢ"])
    sheet.append(["TT", "Đơn vị"] + [r.choice([line["code"], f"Chỉ tiêu {line['code']}"]) for line in lines])
    for number, (unit, sub) in enumerate(d["subs"].items(), 1):
        entries = [sub[line["code"]]["self" if line["rule"] == "Chấm trực tiếp" else "result"] for line in lines]
        sheet.append([number, unit] + [_cell(r, value) for value in entries])
    book.save(data / "tong-hop.xlsx")

#!/usr/bin/env python3
"""A second scorer, written from the contract alone, against the program: random dossiers, every figure compared.

oracle.py PROGRAM [--dossiers N] [--seed S]

Each dossier is written with openpyxl (all three shapes of submissions), given to `PROGRAM check --json`, and its marks,
totals, ranks, classes, awards and aggregates are compared with those worked out here in fractions. Prints the first
differences and a line `N passed, N failed`.
"""
import argparse, json, pathlib, random, subprocess, sys, tempfile
from fractions import Fraction as F

import openpyxl

YES = ["Đạt", "có", "x", "✓", 1, True]
NO = ["Không", "không đạt", 0, False, "–"]


def plain(value):
    """A fraction that ends, as the contract prints it."""
    if value is None:
        return None
    value = F(value)
    text = f"{abs(value.numerator) * 10**12 // value.denominator:013d}"
    whole, part = text[:-12], text[-12:].rstrip("0")
    sign = "-" if value < 0 else ""
    return sign + whole + ("." + part if part else "")


def half_up(value, places=2):
    """Rounded half away from zero."""
    scaled = abs(F(value)) * 10**places
    whole = scaled.numerator // scaled.denominator
    if scaled - whole >= F(1, 2):
        whole += 1
    return F(whole, 10**places) * (-1 if value < 0 else 1)


def dec(r, low, high, places):
    return F(r.randint(low * 10**places, high * 10**places), 10**places)


# ---------------------------------------------------------------- a random dossier

def random_line(r, code, kind):
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
        text = vietnamese(line["points"])
        line["parameter"] = line["points"] if line["limit"] is None else f"{text}; không quá {vietnamese(line['limit'])}"
    elif rule == "Theo bậc":
        bounds = sorted(r.sample(range(70, 120), 3), reverse=True)
        marks = [line["max"], line["max"] * F(3, 4), line["max"] * F(1, 2)]
        line["steps"] = list(zip([r.choice([">=", ">"]) for _ in bounds], bounds, marks))
        line["otherwise"] = F(0)
        line["parameter"] = "; ".join(f"{c}{b}: {vietnamese(m)}" for c, b, m in line["steps"]) + "; còn lại: 0"
        line["measure"] = r.choice(["%", "cuộc"])
    if line["measure"] == "%":
        line["aggregation"] = r.choice([None, "Bình quân", "Không"])
    elif rule not in ("Đạt/Không", "Chấm trực tiếp"):
        line["aggregation"] = r.choice([None, None, "Cộng", "Lớn nhất", "Nhỏ nhất", "Bình quân"])
    return line


def vietnamese(value):
    return plain(value).replace(".", ",")


def random_dossier(r):
    d = {"year": 2024, "clusters": [], "groups": [], "units": [], "targets": {}, "verified": {}, "subs": {}}
    for c in range(r.randint(1, 2)):
        d["clusters"].append(f"K{c + 1}")
        for u in range(r.randint(2, 7)):
            d["units"].append({"code": f"U{c + 1}{u + 1}", "name": f"Công đoàn số {c + 1}-{u + 1}", "cluster": f"K{c + 1}"})
    for g in range(r.randint(1, 3)):
        lines = [random_line(r, f"{g + 1}.{k + 1}", "thường") for k in range(r.randint(1, 5))]
        d["groups"].append({"code": f"N{g + 1}", "kind": "thường", "lines": lines, "max": sum(l["max"] for l in lines)})
    for kind, code in (("thưởng", "T"), ("trừ", "P")):
        if r.random() < 0.7:
            lines = [random_line(r, f"{code}.{k + 1}", kind) for k in range(r.randint(1, 3))]
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
            {"name": "Xuất sắc", "from": half_up(cap * F(7, 10)), "share": r.choice([None, 20, 34, 50]), "conditions": r.choice([[], ["mọi nhóm >= 50%"], ["không có điểm trừ"], ["mọi nhóm >= 60%", "không có điểm trừ"]])},
            {"name": "Tốt", "from": half_up(cap * F(5, 10)), "share": r.choice([None, None, 60]), "conditions": []},
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
                entry["self"] = half_up(line["max"] * F(r.randint(0, 4), 4))
            elif line["measure"] == "%" and not needs:
                entry["result"] = dec(r, 60, 120, 0 if coarse else 2)
            else:
                plan = entry["plan"] or d["targets"][unit["code"], line["code"]]
                entry["result"] = half_up(plan * r.choice([F(1), F(6, 5), dec(r, 0, 2, 2)]), 0 if coarse else 2)
            if line["max"] is not None and line["rule"] != "Chấm trực tiếp" and r.random() < 0.9:
                entry["self"] = half_up(line["max"] * F(r.randint(2, 4), 4))
            if line["max"] is not None and line["rule"] not in ("Không xếp loại", "Hạ bậc") and r.random() < 0.05:
                d["verified"][unit["code"], line["code"]] = half_up(line["max"] * F(r.randint(0, 10), 10))
    return d


# ---------------------------------------------------------------- written with openpyxl

def cell(r, value):
    if value is True or value is False:
        return r.choice(YES if value else NO)
    if isinstance(value, F):
        number = float(value)
        return int(number) if number == int(number) else number
    return value


def write(d, folder, r):
    book = openpyxl.Workbook()
    book.remove(book.active)

    def sheet(name, rows):
        s = book.create_sheet(name)
        for row in rows:
            s.append([cell(r, v) for v in row])
    info = [["Mục", "Giá trị"], ["Năm", d["year"]], ["Kiểu xếp hạng", d["style"]], ["Trần xếp loại", d["ceiling"]]]
    if d["ties"]:
        info.append(["Phân định đồng điểm", "; ".join(d["ties"])])
    sheet("Thông tin", info)
    sheet("Cụm", [["Mã", "Tên"]] + [[c, f"Cụm thi đua {c}"] for c in d["clusters"]])
    sheet("Đơn vị", [["Mã", "Tên", "Cụm", "Vai trò"]] + [[u["code"], u["name"], u["cluster"], "Thành viên"] for u in d["units"]])
    rows = [["Mã", "Nội dung", "ĐVT", "Cách tính", "Tham số", "Điểm tối đa", "Tổng hợp"]]
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
    if d["grades"]:
        sheet("Xếp loại", [["Xếp loại", "Từ điểm", "Tỷ lệ tối đa", "Điều kiện"]] +
              [[g["name"], g["from"], None if g["share"] is None else f"{g['share']}%", "; ".join(g["conditions"]) or None] for g in d["grades"]])
    if d["awards"]:
        sheet("Khen thưởng", [["Hình thức", "Số lượng", "Điều kiện"]] + [[a["name"], a["number"], "; ".join(a["conditions"])] for a in d["awards"]])
    folder.mkdir(parents=True)
    book.save(folder / "ho-so.xlsx")
    data = folder / "so-lieu"
    data.mkdir()
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
        s.append(["Đơn vị:", r.choice([unit["name"], unit["code"]])])
        s.append(["Năm:", d["year"]])
        s.append(["TT", "Nội dung", "ĐVT", "Kế hoạch", "Kết quả", "Điểm tự chấm"])
        for g in d["groups"]:
            s.append([g["code"], f"Nhóm {g['code']}"])
            for l in g["lines"]:
                e = sub[l["code"]]
                s.append([l["code"], f"Chỉ tiêu {l['code']}", l["measure"]] + [cell(r, e[k]) for k in ("plan", "result", "self")])
        if own:
            book.save(data / f"{unit['code']}.xlsx")
    if forms.sheetnames:
        forms.save(data / "nhieu-don-vi.xlsx")


# ---------------------------------------------------------------- scored from the contract

def score(d, cluster):
    units = [u["code"] for u in d["units"] if u["cluster"] == cluster]
    out = {}
    for code in units:
        out[code] = {"submitted": code in d["subs"], "scores": {}, "groups": {}, "self": {}}

    def plan(u, c):
        return d["targets"].get((u, c), d["subs"][u][c]["plan"])

    here = [u for u in units if u in d["subs"]]
    for u in here:
        o = out[u]
        for g in d["groups"]:
            for l in g["lines"]:
                c, e, top = l["code"], d["subs"][u][l["code"]], l["max"]
                t, k = e["result"], plan(u, c)
                if l["rule"] == "Tỷ lệ":
                    m = top * min(t / k, 1)
                elif l["rule"] == "So với dẫn đầu":
                    best = max(d["subs"][v][c]["result"] for v in here)
                    if t < k:
                        m = top / 2 * t / k
                    elif t == best and t > k:
                        m = top
                    elif t == k:
                        m = top / 2
                    else:
                        m = top / 2 + (t - k) / (best - k) * top / 2
                elif l["rule"] == "Đạt/Không":
                    m = (top or 0) if t else F(0)
                elif l["rule"] == "Theo số lượng":
                    m = t * l["points"]
                    m = m if top is None else min(m, top)
                elif l["rule"] == "Trừ dần":
                    off = t * l["points"]
                    off = off if l["limit"] is None else min(off, l["limit"])
                    m = max(top - off, F(0))
                elif l["rule"] == "Theo bậc":
                    x = t if l["measure"] == "%" or k is None else t / k * 100
                    m = next((p for cmp, b, p in l["steps"] if (x >= b if cmp == ">=" else x > b)), l["otherwise"])
                elif l["rule"] == "Chấm trực tiếp":
                    m = e["self"]
                else:
                    o["out" if l["rule"] == "Không xếp loại" else "lower"] = bool(t)
                    continue
                if (u, c) in d["verified"]:
                    m = d["verified"][u, c]
                o["scores"][c] = half_up(m)
        def put(marks):
            """base, bonus, deduction of a set of marks."""
            parts = {"thường": F(0), "thưởng": F(0), "trừ": F(0)}
            for g in d["groups"]:
                s = sum((marks.get(l["code"]) or F(0) for l in g["lines"]), F(0))
                if g["kind"] != "thường" and g["max"] is not None:
                    s = min(s, g["max"])
                parts[g["kind"]] += s
            return parts["thường"], parts["thưởng"], parts["trừ"]
        o["base"], o["bonus"], o["deduction"] = put(o["scores"])
        o["total"] = o["base"] + o["bonus"] - o["deduction"]
        selfs = {c: half_up(e["self"]) for c, e in d["subs"][u].items() if e["self"] is not None}
        a, b, c = put(selfs)
        o["self_total"] = a + b - c if selfs else None
    ranked = [u for u in here if not out[u].get("out")]

    def key(u):
        o, k = out[u], [-out[u]["total"]]
        for t in d["ties"]:
            if t == "thưởng":
                k.append(-o["bonus"])
            elif t == "ít trừ":
                k.append(o["deduction"])
            else:
                lines = next(([l["code"] for l in g["lines"]] for g in d["groups"] if g["code"] == t), [t])
                k.append(-sum((o["scores"].get(c, F(0)) for c in lines), F(0)))
        return tuple(k)
    keys = sorted({key(u) for u in ranked})
    for u in ranked:
        better = sum(1 for v in ranked if key(v) < key(u))
        out[u]["rank"] = better + 1 if d["style"] == "1,2,2,4" else keys.index(key(u)) + 1
    grade(d, out, ranked, key)
    award(d, out, ranked, key)
    return out


def grade(d, out, ranked, key):
    if not d["grades"]:
        return
    n = len(d["grades"])

    def meets(u, g):
        o = out[u]
        for condition in g["conditions"]:
            if condition == "không có điểm trừ":
                if o["deduction"] > 0:
                    return False
            else:
                share = F(int(condition.split(">=")[1].strip(" %")), 100)
                for group in d["groups"]:
                    if group["kind"] == "thường":
                        if sum((o["scores"].get(l["code"], F(0)) for l in group["lines"]), F(0)) < share * group["max"]:
                            return False
        return True
    at = {}
    for u in ranked:
        capped = min(out[u]["total"], d["ceiling"])
        i = next((i for i, g in enumerate(d["grades"]) if capped >= g["from"] and meets(u, g)), None)
        at[u] = i
    for i, g in enumerate(d["grades"]):
        if g["share"] is None:
            continue
        limit = g["share"] * len(ranked) // 100
        members = sorted((u for u in ranked if at[u] == i), key=key)
        if len(members) > limit:
            edge = key(members[limit])
            fall = [u for u in members if key(u) >= edge]
            for u in fall:
                capped = min(out[u]["total"], d["ceiling"])
                at[u] = next((j for j in range(i + 1, n) if capped >= d["grades"][j]["from"] and meets(u, d["grades"][j])), None)
    for u in ranked:
        if at[u] is not None and out[u].get("lower"):
            at[u] = min(at[u] + 1, n - 1)
        out[u]["grade"] = None if at[u] is None else d["grades"][at[u]]["name"]


def award(d, out, ranked, key):
    for u in out:
        out[u]["awards"] = []
    for a in d["awards"]:
        def fits(u):
            o = out[u]
            for c in a["conditions"]:
                if c == "hạng 1" and o["rank"] != 1:
                    return False
                if c == "hạng <= 3" and o["rank"] > 3:
                    return False
                if c == "không có điểm trừ" and o["deduction"] > 0:
                    return False
                if c.startswith("xếp loại") and o.get("grade") != c[len("xếp loại "):]:
                    return False
            return True
        fit = sorted((u for u in ranked if fits(u)), key=key)
        if a["number"] is not None and len(fit) > a["number"]:
            edge = key(fit[a["number"] - 1])
            fit = [u for u in fit if key(u) <= edge]
        for u in fit:
            out[u]["awards"].append(a["name"])


def aggregates(d, cluster):
    here = [u["code"] for u in d["units"] if u["cluster"] == cluster and u["code"] in d["subs"]]
    found = {}
    for g in d["groups"]:
        for l in g["lines"]:
            c, a = l["code"], l["aggregation"]
            results = [d["subs"][u][c]["result"] for u in here]
            if l["rule"] == "Đạt/Không":
                found[c] = F(sum(1 for t in results if t))
                continue
            if l["rule"] in ("Chấm trực tiếp", "Không xếp loại", "Hạ bậc") or a == "Không" or not results:
                continue
            if a is None and l["measure"] == "%":
                continue
            if a in (None, "Cộng"):
                found[c] = sum(results, F(0))
            elif a == "Bình quân":
                found[c] = half_up(sum(results, F(0)) / len(results))
            else:
                found[c] = (max if a == "Lớn nhất" else min)(results)
    return found


# ---------------------------------------------------------------- compared

def differences(d, answer):
    for cluster in answer["clusters"]:
        expected = score(d, cluster["code"])
        for unit in cluster["units"]:
            o, where = expected[unit["code"]], f"{cluster['code']}/{unit['code']}"
            if unit["submitted"] != o["submitted"]:
                yield f"{where}: submitted {unit['submitted']}"
            if not o["submitted"]:
                if unit["rank"] is not None or unit["grade"] is not None:
                    yield f"{where}: ranked without a submission"
                continue
            for k in ("total", "base", "bonus", "deduction", "self_total"):
                if unit[k] != plain(o[k]):
                    yield f"{where}: {k} {unit[k]}, expected {plain(o[k])}"
            for c, m in o["scores"].items():
                if unit["scores"].get(c) != plain(m):
                    yield f"{where}: mark of {c} is {unit['scores'].get(c)}, expected {plain(m)}"
            if unit["rank"] != o.get("rank"):
                yield f"{where}: rank {unit['rank']}, expected {o.get('rank')}"
            if unit["grade"] != o.get("grade"):
                yield f"{where}: grade {unit['grade']}, expected {o.get('grade')}"
            if unit["awards"] != o["awards"]:
                yield f"{where}: awards {unit['awards']}, expected {o['awards']}"
        for c, value in aggregates(d, cluster["code"]).items():
            got = (cluster["aggregates"].get(c) or {}).get("result")
            if got != plain(value):
                yield f"{cluster['code']}: aggregate of {c} is {got}, expected {plain(value)}"
    for finding in answer["findings"]:
        if finding["severity"] == "error":
            yield f"an error where there is none: {finding['code']} {finding['file']} {finding['sheet']} {finding['cell']} {finding['message']}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--dossiers", type=int, default=60)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--keep", help="leave the dossiers in this folder")
    a = parser.parse_args()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        root = pathlib.Path(a.keep or scratch)
        for n in range(a.dossiers):
            r = random.Random(f"{a.seed}/{n}")
            d = random_dossier(r)
            folder = root / f"d{n}"
            write(d, folder, r)
            done = subprocess.run([a.program, "check", str(folder), "--json"], capture_output=True, text=True)
            try:
                found = list(differences(d, json.loads(done.stdout)))
            except (json.JSONDecodeError, KeyError, TypeError) as error:
                found = [f"no answer that can be read ({error!r}): {done.stderr[:400]}"]
            if found:
                failed += 1
                print(f"dossier {n} (seed {a.seed}): {len(found)} differences")
                for line in found[:6]:
                    print("   ", line)
            else:
                passed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

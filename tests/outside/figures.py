"""Judge: the figures of ket-qua.json are those of an independent calculation (`scoring.py`), unit by unit, line by line."""

import json
import re
from decimal import Decimal

import marks
import scoring
from verdict import Verdict

EXACT = re.compile(r"-?(0|[1-9]\d*)(\.\d*[1-9])?")


def plain(value):
    """An exact decimal as the contract wants it: a point, no trailing zeros."""
    if value is None:
        return None
    text = format(Decimal(value).normalize(), "f")
    return "0" if text in ("-0", "0") else text


def judge(example, folder, output):
    """One verdict for each unit and one for the clusters' figures."""
    file = f"{example}/ket-qua.json"
    try:
        found = json.loads((output / "ket-qua.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        yield Verdict("figures", file, False, str(error))
        return
    dossier = scoring.score(scoring.read(folder))
    yield Verdict("figures", file, *_head(dossier, found))
    clusters = {cluster["code"]: cluster for cluster in found.get("clusters", [])}
    for code, _ in dossier.clusters:
        cluster = clusters.get(code)
        if cluster is None:
            yield Verdict("figures", file, False, f"cluster {code} is missing")
            continue
        members = [unit for unit in dossier.units if unit.cluster == code]
        yield Verdict("figures", file, *_cluster(dossier, code, members, cluster))
        for unit, said in zip(members, cluster["units"]):
            faults = _unit(dossier, unit, said)
            yield Verdict("figures", file, not faults, f"{unit.code}: " + "; ".join(faults[:8]) if faults else unit.code)


def shown(output):
    """What each paper without a .docx has to show, from ket-qua.json: names and totals as Vietnamese writes them.

    Gives pairs of file and words: a slip shows its unit and total, the ranking every unit with its total by rank.
    """
    found = json.loads((output / "ket-qua.json").read_text(encoding="utf-8"))
    for cluster in found["clusters"]:
        sent = [unit for unit in cluster["units"] if unit["submitted"]]
        for unit in sent:
            yield f"{cluster['code']}/phieu-diem/{unit['code']}.pdf", [unit["name"], unit["total"].replace(".", ",")]
        ranked = sorted((unit for unit in sent if unit["rank"]), key=lambda unit: unit["rank"])
        yield f"{cluster['code']}/xep-hang.pdf", [word for unit in ranked for word in (unit["name"], unit["total"].replace(".", ","))]


def _head(dossier, found):
    faults = []
    year = int(dossier.information["Năm"])
    if (found.get("schema"), found.get("year")) != (1, year):
        faults.append(f"schema {found.get('schema')}, year {found.get('year')}")
    faults += [f"{finding['code']} {finding['message']}" for finding in found.get("findings", []) if finding["severity"] == "error"]
    return not faults, "\n".join(faults)


def _cluster(dossier, code, members, said):
    sent = [unit for unit in members if unit.submitted]
    grades = {}
    for unit in members:
        if unit.grade:
            grades[unit.grade] = grades.get(unit.grade, 0) + 1
    wanted = {"expected": len(members), "submitted": len(sent), "units": [unit.code for unit in members]}
    given = {"expected": said["expected"], "submitted": said["submitted"], "units": [unit["code"] for unit in said["units"]]}
    faults = [f"{key}: {given[key]}, worked out {wanted[key]}" for key in wanted if given[key] != wanted[key]]
    counted = {name: count for name, count in said["grades"].items() if count}
    if counted != grades:
        faults.append(f"grades: {counted}, worked out {grades}")
    for line in dossier.lines:
        if line.cluster in ("", code):
            faults += _aggregate(dossier, line, sent, said["aggregates"].get(line.code))
    for line_code, target, how in dossier.term:
        faults += _term(dossier, line_code, target, how, sent, said.get("term", {}).get(line_code))
    return not faults, "\n".join(faults)


def put_together(rule, code, results, weights_of):
    """Tổng hợp over one year: `results` by unit; `weights_of` gives another line's results by unit."""
    figures = [value for value in results.values() if isinstance(value, Decimal)]
    if rule in ("", "Không") or not results:
        return None
    if rule == "Đếm đạt":
        return Decimal(sum(marks.is_yes(value) for value in results.values()))
    if rule == "Cộng":
        return sum(figures, Decimal(0))
    if rule == "Bình quân":
        return marks.rounded(sum(figures) / len(figures))
    if rule == "Lớn nhất":
        return max(figures)
    if rule == "Nhỏ nhất":
        return min(figures)
    if rule.startswith("Gia quyền"):
        weights = weights_of(rule.split()[-1])
        return marks.rounded(sum(value * weights[unit] for unit, value in results.items()) / sum(weights[unit] for unit in results))
    if rule.startswith("Tỷ lệ"):
        above, below = rule.split()[-1].split("/")
        return marks.rounded(sum(weights_of(above).values()) / sum(weights_of(below).values()) * 100)
    raise ValueError(rule)


def _rule(line):
    """Where nothing is said, counts and money are added up, a yes counts for one, and per cent is not put together."""
    if line.aggregation:
        return line.aggregation
    if line.rule in scoring.YES_NO:
        return "Đếm đạt"
    return "" if "%" in line.measure else "Cộng"


def _aggregate(dossier, line, sent, said):
    if line.rule == "Chấm trực tiếp":
        return []
    rule = _rule(line)
    results = {unit.code: unit.results[line.code] for unit in sent if line.code in unit.results}
    value = put_together(rule, line.code, results, lambda code: {unit.code: unit.results[code] for unit in sent})
    if value is None:
        return [f"{line.code}: put together though it has no rule"] if said and said.get("result") is not None else []
    if said is None:
        return [f"{line.code}: not put together"]
    faults = []
    if said.get("result") != plain(value):
        faults.append(f"{line.code}: result {said.get('result')}, worked out {plain(value)}")
    with_plan = [unit for unit in sent if line.code in unit.plans and isinstance(unit.results.get(line.code), Decimal)]
    if with_plan and rule != "Đếm đạt":
        met = sum(unit.results[line.code] >= unit.plans[line.code] for unit in with_plan)
        if (said.get("met"), said.get("of")) != (met, len(with_plan)):
            faults.append(f"{line.code}: {said.get('met')}/{said.get('of')} met, worked out {met}/{len(with_plan)}")
        if rule == "Cộng" and len(with_plan) == len(results):
            plan = sum(unit.plans[line.code] for unit in with_plan)
            wanted = (plain(plan), plain(marks.rounded(value / plan * 100)))
            if (said.get("plan"), said.get("ratio")) != wanted:
                faults.append(f"{line.code}: plan {said.get('plan')} ratio {said.get('ratio')}, worked out {wanted}")
    return faults


def _term(dossier, code, target, how, sent, said):
    if said is None:
        return [f"term {code}: missing"]
    line = next(line for line in dossier.lines if line.code == code)
    first, last = map(int, str(dossier.information["Nhiệm kỳ"]).split("-"))
    this = int(dossier.information["Năm"])
    years = {}
    for year in sorted({key[0] for key in dossier.past if first <= key[0] <= last}):
        def of(name, year=year):
            return {unit: value for (own, unit, own_code), value in dossier.past.items() if own == year and own_code == name}
        years[year] = put_together(_rule(line), code, of(code), of)
    years[this] = put_together(_rule(line), code, {unit.code: unit.results[code] for unit in sent},
                               lambda name: {unit.code: unit.results[name] for unit in sent})
    figures = [years[year] for year in sorted(years)]
    total = {"Cộng": sum(figures), "Cuối kỳ": figures[-1], "Bình quân": marks.rounded(sum(figures) / len(figures))}[how]
    wanted = {"target": plain(target), "years": {str(year): plain(value) for year, value in sorted(years.items())},
              "cumulative": plain(total), "ratio": plain(marks.rounded(total / target * 100))}
    return [f"term {code} {key}: {said.get(key)}, worked out {wanted[key]}" for key in wanted if said.get(key) != wanted[key]]


def _unit(dossier, unit, said):
    wanted = {"code": unit.code, "name": unit.name, "submitted": unit.submitted, "rank": unit.rank, "grade": unit.grade,
              "awards": unit.awards}
    if unit.submitted:
        wanted |= {"total": plain(unit.total), "base": plain(unit.base), "bonus": plain(unit.bonus),
                   "deduction": plain(unit.deduction), "self_total": plain(unit.self_total)}
    faults = [f"{key} {said.get(key)!r}, worked out {wanted[key]!r}" for key in wanted if said.get(key) != wanted[key]]
    for code, points in unit.scores.items():
        if said["scores"].get(code) != plain(points):
            faults.append(f"mark {code}: {said['scores'].get(code)}, worked out {plain(points)}")
    for code, value in unit.results.items():
        text = plain(value) if isinstance(value, Decimal) else None
        if text is not None and said["results"].get(code) != text:
            faults.append(f"result {code}: {said['results'].get(code)}, in the workbook {text}")
        if code not in said["sources"]:
            faults.append(f"result {code} has no source")
    faults += [f"{name} {value!r} is no exact decimal" for name, value in [*said["scores"].items(), ("total", said.get("total"))]
               if value is not None and not EXACT.fullmatch(str(value))]
    return faults

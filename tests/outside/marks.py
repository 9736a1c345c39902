"""The rules of scoring once more, in exact decimals, written apart from the program to check it.

Nothing here was copied from or derived from the program's code: only the rules that its users are told.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

YES = {"đạt", "có", "x", "✓", "1", "true"}
NO = {"không", "không đạt", "0", "false", "–", "-"}


def rounded(value, decimals=2):
    """Half away from zero."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def decimal(text):
    """A figure as a Vietnamese hand writes it in a parameter: 0,5."""
    return Decimal(str(text).strip().replace(",", "."))


def is_yes(value):
    word = str(value).strip().lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ValueError(f"neither yes nor no: {value!r}")


def steps(parameter, value):
    """`>=100: 4; >=95: 3; còn lại: 0`: the first step that holds."""
    for part in str(parameter).split(";"):
        condition, points = part.split(":")
        condition = condition.strip()
        if condition.startswith("còn lại"):
            return decimal(points)
        sign, bound = re.fullmatch(r"(>=|<=|>|<|=)\s*([\d.,]+)", condition).groups()
        bound = decimal(bound)
        holds = {">=": value >= bound, "<=": value <= bound, ">": value > bound, "<": value < bound,
                 "=": value == bound}[sign]
        if holds:
            return decimal(points)
    raise ValueError(f"no step holds: {parameter}")


def mark(rule, parameter, maximum, measure, plan, result, leader=None, self_mark=None, decimals=2):
    """Points of one line before any verified mark. None for lines without points."""
    if rule in ("Thông tin", "Không xếp loại", "Hạ bậc"):
        return None
    if rule == "Đạt/Không":
        points = maximum if is_yes(result) else Decimal(0)
    elif rule == "Tỷ lệ":
        points = maximum * min(result / plan, Decimal(1))
    elif rule == "So với dẫn đầu":
        points = _against_leader(maximum, plan, result, leader)
    elif rule == "Theo số lượng":
        points = result * decimal(parameter)
        points = points if maximum is None else min(points, maximum)
    elif rule == "Trừ dần":
        points = _deduct(parameter, maximum, result)
    elif rule == "Theo bậc":
        own = "%" in measure or plan is None
        points = steps(parameter, result if own else result / plan * 100)
    elif rule == "Chấm trực tiếp":
        points = self_mark if self_mark is not None else Decimal(0)
    else:
        raise ValueError(f"unknown rule: {rule}")
    return rounded(points, decimals)


def _against_leader(maximum, plan, result, leader):
    half = maximum / 2
    if result < plan:
        return half * result / plan
    if result == plan:
        return half
    if result == leader:
        return maximum
    return half + (result - plan) / (leader - plan) * half


def _deduct(parameter, maximum, count):
    parts = str(parameter).split(";")
    off = count * decimal(parts[0])
    for part in parts[1:]:
        off = min(off, decimal(part.replace("không quá", "")))
    return max(maximum - off, Decimal(0))

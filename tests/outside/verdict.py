"""What a judge says about one file, and how all of it is told to a reader."""

from collections import defaultdict
from dataclasses import dataclass


@dataclass
class Verdict:
    """One judge's word on one file. `detail` says why it failed, or in brief what was seen."""

    judge: str
    file: str
    passed: bool
    detail: str = ""


# The judges in the order of the table's columns, each with a short head.
COLUMNS = [
    ("exit-status", "status"), ("written", "written"), ("same-bytes", "2 builds"), ("figures", "figures"), ("open-xml-sdk", "OpenXML"),
    ("libreoffice", "LibreOf"), ("recalculation", "recalc"), ("random", "random"), ("python-reader", "py-read"), ("qpdf", "qpdf"),
    ("fonts", "fonts"), ("forms", "forms"), ("returned", "returned"), ("excel-templates", "excel"), ("marked", "marked"), ("hostile", "hostile"),
    ("text", "text"), ("signatures", "signed"),
    ("page", "page"), ("form", "form"), ("through", "through"), ("faults", "faults"), ("pictures", "pictures"), ("side-by-side", "beside"),
]


def report(verdicts):
    """Prints a table with a row for each file, then every failure in full, then the closing line."""
    by_file = defaultdict(lambda: defaultdict(list))
    for verdict in verdicts:
        by_file[verdict.file][verdict.judge].append(verdict)
    width = max((len(file) for file in by_file), default=10)
    heads = [(judge, head) for judge, head in COLUMNS if any(judge in judges for judges in by_file.values())]
    print("file".ljust(width) + "".join(head.rjust(9) for _, head in heads))
    for file in sorted(by_file):
        print(file.ljust(width) + "".join(_mark(by_file[file].get(judge, [])).rjust(9) for judge, _ in heads))
    failures = [verdict for verdict in verdicts if not verdict.passed]
    if failures:
        print("\nFAILED:")
        for verdict in failures:
            print(f"  {verdict.judge}: {verdict.file}")
            for line in verdict.detail.splitlines()[:12]:
                print(f"      {line}")
    print("\njudge            passed  failed")
    for judge, _ in COLUMNS:
        own = [verdict for verdict in verdicts if verdict.judge == judge]
        if own:
            passed = sum(verdict.passed for verdict in own)
            print(f"{judge:15} {passed:7} {len(own) - passed:7}")
    print(f"\n{len(verdicts) - len(failures)} passed, {len(failures)} failed")
    return not failures


def _mark(verdicts):
    if not verdicts:
        return "·"
    failed = sum(not verdict.passed for verdict in verdicts)
    if failed:
        return f"FAIL {failed}" if failed > 1 else "FAIL"
    return "ok" if len(verdicts) == 1 else f"ok {len(verdicts)}"

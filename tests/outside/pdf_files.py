"""Judges of .pdf: qpdf finds it sound; every font is embedded, a subset, and says which letters its glyphs are."""

import re
import subprocess

from verdict import Verdict


def qpdf(file, path):
    run = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True)
    passed = run.returncode == 0 and "WARNING" not in run.stdout + run.stderr
    return Verdict("qpdf", file, passed, "" if passed else (run.stdout + run.stderr).strip())


def fonts(file, path):
    run = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True)
    rows = run.stdout.splitlines()[2:]
    faults = []
    for row in rows:
        # … embedded, subset, Unicode map, object number, generation
        embedded, subset, unicode_map = row.split()[-5:-2]
        tagged = re.match(r"[A-Z]{6}\+", row) is not None
        if (embedded, subset, unicode_map, tagged) != ("yes", "yes", "yes", True):
            faults.append(row.strip())
    passed = run.returncode == 0 and bool(rows) and not faults
    return Verdict("fonts", file, passed, f"{len(rows)} fonts" if passed else "\n".join(faults or [run.stderr or "no font"]))

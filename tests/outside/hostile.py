"""Hostile files one by one: `check` on a dossier with one of them, its greatest memory and its working time.

The story `hostile` of the program's own tests writes the files, each named after the code that it must bring up; what
is measured here is what no test inside a process can see: `wait4` gives the peak of the program and of its worker.

Usage: hostile.py PROGRAM SCRATCH [FOLDER]     FOLDER: files written before; without it the story writes them
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from verdict import Verdict

MEMORY = 300 << 20
SECONDS = 5.0
ROOT = Path(__file__).resolve().parents[2]


def write_files(folder):
    environment = dict(os.environ, THIDUA_HOSTILE_FILES=str(folder))
    subprocess.run(["cargo", "test", "--quiet", "--locked", "--test", "stories", "hostile::each"], cwd=ROOT, env=environment, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def measured(program, dossier):
    """Exit status, output, seconds of work (a machine may have other things to do) and peak of memory in bytes."""
    process = subprocess.Popen([str(program), "check", str(dossier), "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, output, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def judge(program, scratch, folder=None):
    """Checks every file; gives for each its name, what is wrong (empty where nothing is), seconds and bytes."""
    scratch = Path(scratch)
    if folder is None:
        folder = scratch / "files"
        shutil.rmtree(folder, ignore_errors=True)
        write_files(folder)
    measures = []
    for path in sorted(Path(folder).iterdir()):
        expected, name = path.name.split("-", 1)
        dossier = scratch / "dossier"
        shutil.rmtree(dossier, ignore_errors=True)
        shutil.copytree(ROOT / "fixtures" / "khoi-nganh-2024", dossier)
        shutil.copyfile(path, dossier / "so-lieu" / name)
        status, output, seconds, memory = measured(program, dossier)
        wrong = []
        if status not in (0, 1):
            wrong.append(f"exit status {status}")
        else:
            found = [finding["code"] for finding in json.loads(output)["findings"] if finding["file"] == f"so-lieu/{name}"]
            if found != [expected]:
                wrong.append(f"findings {found}, not {expected}")
        if memory > MEMORY:
            wrong.append(f"{memory >> 20} MiB")
        if seconds > SECONDS:
            wrong.append(f"{seconds:.1f} s")
        measures.append((name, "; ".join(wrong), seconds, memory))
    return measures


def verdicts(program, work):
    """The same as verdicts of the judge."""
    return [Verdict("hostile", name, not wrong, wrong or f"{memory >> 20} MiB, {seconds:.2f} s")
            for name, wrong, seconds, memory in judge(program, work / "hostile")]


def main(program, scratch, folder=None):
    measures = judge(program, scratch, folder)
    for name, wrong, seconds, memory in sorted(measures, key=lambda measure: -measure[3]):
        print(f"{name:28} {memory >> 20:4} MiB {seconds:6.2f} s  {wrong or 'ok'}")
    failed = sum(bool(wrong) for _, wrong, _, _ in measures)
    print(f"hostile files: {len(measures) - failed} passed, {failed} failed")
    return 1 if failed or not measures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

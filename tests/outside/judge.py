"""Judges every file of the example dossiers with programs that are not ours.

`python judge.py --program FILE --tools DIR --first DIR --second DIR --dossiers DIR --pictures DIR
--cases DIR --filled DIR NAME…`: the two folders hold two builds of each named dossier, pictures the kept pages, cases the
templates that the tests fill, filled what they were filled to.
Prints a table, the failures, and `N passed, N failed`; exit status 1 on any failure.
"""

import argparse
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import drawn_dossiers
import excel_templates
import figures
import form_of_papers
import forms
import golden
import hostile
import libreoffice
import marked_copies
import office_files
import outputs
import page
import page_text
import pdf_files
import random_changes
import returned
import side_by_side
import signatures
import templates
from verdict import Verdict, report

# The covenant of the nine unions is signed by each of them and by the witness.
SIGNED = {"khoi-thi-dua-1-2024/K1/giao-uoc.pdf": 10}


def main():
    parser = argparse.ArgumentParser()
    for name in ("program", "tools", "first", "second", "dossiers", "pictures", "cases", "filled"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("examples", nargs="+")
    options = parser.parse_args()
    started = time.monotonic()
    verdicts = []
    office, opened, pdfs = {}, {}, {}
    work = options.tools / "work"
    validator = options.tools / "node" / "node_modules" / ".bin" / "ooxml-validator"
    for example in options.examples:
        dossier, first, second = options.dossiers / example, options.first / example, options.second / example
        verdicts += [exit_status(folder, example) for folder in (options.first, options.second)]
        verdicts += outputs.judge(example, dossier, first, second)
        verdicts += guarded("figures", f"{example}/ket-qua.json", lambda: list(figures.judge(example, dossier, first)))
        verdicts += guarded("text", f"{example}/ket-qua.json", lambda: [
            page_text.holds(f"{example}/{name}", first / name, words) for name, words in figures.shown(first)])
        for name in outputs.files(first):
            file, path = f"{example}/{name}", first / name
            if path.suffix in (".docx", ".xlsx"):
                office[file] = path
            elif path.suffix == ".pdf":
                pdfs[file] = path
        verdicts += guarded("pictures", f"{example}/(pictures)", lambda: list(
            golden.judge(example, first, options.pictures, options.tools / "differences")))
        own, blank = guarded_pair("forms", f"{example}/bieu-mau", lambda: forms.judge(
            example, options.program, dossier, first, work))
        verdicts += own
        office.update(blank)
        verdicts += guarded("excel-templates", f"{example}/mau/xep-hang.xlsx", lambda: list(excel_templates.judge(
            example, options.program, dossier, first, work, validator, Path(__file__).parent.parent / "excel")))
        own, copies = guarded_pair("marked", f"{example}/so-lieu", lambda: marked_copies.judge(
            example, options.program, dossier, work, validator))
        verdicts += own
        opened.update(copies)
        verdicts += guarded("returned", f"{example}/xep-hang.xlsx", lambda: list(
            returned.judge(example, options.program, dossier, first, work)))
    # the one binary workbook that no program but ours has written yet
    opened.update({f"{path.parts[-3]}/{path.name}": path for path in options.dossiers.glob("twins/*/so-lieu/*.xlsb")})
    verdicts += guarded("hostile", "hostile files", lambda: hostile.verdicts(options.program, work))
    verdicts += guarded("figures", "dossiers drawn by lot", lambda: list(drawn_dossiers.judge(options.program, work)))
    with ThreadPoolExecutor(2) as pool:
        # LibreOffice is the longest: it goes first, on a thread of its own.
        slow = pool.submit(lambda: guarded("libreoffice", "(all)", lambda: [
            *libreoffice.opens(work, {**office, **opened}),
            *side_by_side.judge(work, {**office, **opened}, pdfs),
            *libreoffice.recalculates(work, office),
            *random_changes.judge(options.program, {name: options.dossiers / name for name in options.examples},
                                  sorted((work / "drawn").iterdir()), work),
            *templates.cases(options.cases, options.filled, validator, work),
            *templates_of(options, validator, work)]))
        quick = pool.submit(lambda: [*office_verdicts(office, validator), *pdf_verdicts(pdfs, options.program, work)])
        verdicts += quick.result() + slow.result()
    for example in set(page.FLOWS) & set(options.examples):
        verdicts += guarded("page", f"{example}/(page)", lambda: list(page.judge(
            example, options.program, options.dossiers / example, work, options.tools / "node" / "node_modules")))
    passed = report(verdicts)
    print(f"judged in {time.monotonic() - started:.0f} s", file=sys.stderr)
    return 0 if passed else 1


def templates_of(options, validator, work):
    """The built-in templates by way of the example that asks for every paper."""
    example = "giua-nhiem-ky-2020"
    dossier, first = options.dossiers / example, options.first / example
    yield from templates.through_libreoffice(options.program, dossier, first, work)
    yield from templates.faults(options.program, dossier, validator, work)


def exit_status(folder, example):
    """The run wrote down how each build ended: 0 means done, warnings allowed."""
    ended = dict(line.split() for line in (folder / "exit-status").read_text().splitlines())
    return Verdict("exit-status", f"{example}/", ended.get(example) == "0", f"exit status {ended.get(example)}")


def office_verdicts(office, validator):
    for file, path in office.items():
        yield from guarded("open-xml-sdk", file, lambda: [office_files.open_xml_sdk(file, path, validator)])
        yield office_files.python_reader(file, path)


def pdf_verdicts(pdfs, program, work):
    for file, path in pdfs.items():
        yield pdf_files.qpdf(file, path)
        yield from guarded("fonts", file, lambda: [pdf_files.fonts(file, path)])
        yield from guarded("form", file, lambda: [form_of_papers.judge(file, path)])
        word = path.with_suffix(".docx")
        if word.exists():
            yield from guarded("text", file, lambda: [page_text.judge(file, path, word)])
        if file in SIGNED:
            yield from guarded("signatures", file, lambda: signatures.judge(file, path, SIGNED[file], program, work))


def guarded_pair(judge, file, work):
    """The same for work that gives files besides verdicts."""
    try:
        return work()
    except Exception as error:
        return [Verdict(judge, file, False, f"the judge broke: {type(error).__name__}: {error}")], {}


def guarded(judge, file, work):
    """A judge that breaks is a failure, never a silence."""
    try:
        return work()
    except Exception as error:
        return [Verdict(judge, file, False, f"the judge broke: {type(error).__name__}: {error}")]


if __name__ == "__main__":
    sys.exit(main())

"""Judges: every file that applies is written and nothing else, and a second build gives the same bytes."""

import hashlib
from pathlib import Path

import scoring
from verdict import Verdict

PAPERS = ("bao-cao-tong-ket", "giao-uoc", "bien-ban-binh-xet", "to-trinh-khen-thuong")


def expected(folder):
    """The files that the dossier asks for: a unit that sent nothing gets no score slip."""
    dossier = scoring.read(folder)
    papers = PAPERS + (("so-ket-nhiem-ky",) if dossier.term else ())
    names = ["tong-hop.xlsx", "ra-soat.xlsx", "ket-qua.json"]
    for cluster, _ in dossier.clusters:
        names += [f"{cluster}/{paper}.{ending}" for paper in papers for ending in ("docx", "pdf")]
        names += [f"{cluster}/xep-hang.xlsx", f"{cluster}/xep-hang.pdf"]
        names += [f"{cluster}/phieu-diem/{unit.code}.pdf" for unit in dossier.units
                  if unit.cluster == cluster and unit.submitted]
    return sorted(names)


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file())


def judge(example, dossier, first, second):
    """`first` and `second` are the folders of two builds."""
    wanted, found = expected(dossier), files(first)
    for name in sorted(set(wanted) | set(found)):
        file = f"{example}/{name}"
        if name not in wanted:
            yield Verdict("written", file, False, "nobody asked for this file")
        elif name not in found:
            yield Verdict("written", file, False, "missing")
        else:
            size = (first / name).stat().st_size
            yield Verdict("written", file, size > 0, f"{size} bytes")
            yield _same_bytes(file, first / name, second / name)


def _same_bytes(file, one, other):
    if not other.exists():
        return Verdict("same-bytes", file, False, "the second build did not write it")
    same = hashlib.sha256(one.read_bytes()).digest() == hashlib.sha256(other.read_bytes()).digest()
    return Verdict("same-bytes", file, same, "" if same else "two builds of one dossier differ")

"""Our PDF beside the one that LibreOffice makes of the same Word file: the same number of pages, the same text on each.

Both are set in Liberation Serif, so they can be held side by side word by word. Where they differ for a known reason, the
paper stands in REASONS; a paper there that no longer differs is a failure too, so that the list stays true.
"""

import re
import subprocess
from collections import Counter

from verdict import Verdict
from word_text import drawn_words

# Paper → reason. No paper of the examples needs one today.
REASONS = {}


def pages(path):
    run = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    # dots that lead to the end of a line are as many as fit
    return [sorted(re.sub(r"[\s\u00a0]+|\.{4,}", " ", page).split()) for page in run.stdout.split("\f")[:-1]]


def judge(work, office, pdfs):
    """After `libreoffice.opens`, which left its PDF files in the folder `converted` under the numbers of the sorted names."""
    for index, file in enumerate(sorted(office), start=1):
        ours = pdfs.get(file.removesuffix("docx") + "pdf") if file.endswith(".docx") else None
        if ours is not None:
            theirs = pages(work / "converted" / f"{index:04}.pdf")
            yield _judge(file, without_charts(pages(ours), theirs, drawn_words(office[file])), theirs)


def without_charts(ours, theirs, drawn):
    """Our pages without the words of charts, which LibreOffice shows as dots; words of charts that we lack stand on a page more."""
    drawn, rest = Counter(drawn), []
    for number, page in enumerate(ours):
        surplus = Counter(page) - Counter(theirs[number] if number < len(theirs) else [])
        taken = surplus & drawn
        drawn -= taken
        rest.append(sorted((Counter(page) - taken).elements()))
    return rest + [sorted(drawn.elements())] if drawn else rest


def _judge(file, ours, theirs):
    told = difference(ours, theirs)
    reason = REASONS.get(file)
    if reason:
        words = f"differs as expected: {reason}" if told else "stands in REASONS but no longer differs"
        return Verdict("side-by-side", file, told is not None, words)
    return Verdict("side-by-side", file, told is None, told or f"{len(ours)} pages alike")


def difference(ours, theirs):
    if len(ours) != len(theirs):
        return f"{len(ours)} pages, LibreOffice has {len(theirs)}; first different page {_first(ours, theirs)}"
    page = _first(ours, theirs)
    if page is None:
        return None
    mine, other = ours[page - 1], theirs[page - 1]
    only_ours = [word for word in mine if word not in other][:8]
    only_theirs = [word for word in other if word not in mine][:8]
    return f"page {page}: {len(mine)} words, LibreOffice {len(other)}; only here {only_ours}, only there {only_theirs}"


def _first(ours, theirs):
    return next((number for number, (one, other) in enumerate(zip(ours, theirs), start=1) if one != other), None)

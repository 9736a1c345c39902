"""Judge: the words of a .pdf are those of its .docx, paragraph by paragraph, letter by letter.

The PDF is read by `pdftotext -raw`, in the order in which things stand in its pages. What it may hold besides:
- the page number, a line of digits alone that is the first of its page, or on all pages the last; page 1 has none;
- the heading rows of a table once more, right at the start of a page, where the table goes on.
Both are taken out here and nowhere else. White space: where the .docx has any (a space, a no-break space, a tab, a line break) the
PDF must have some too; where it has none the PDF may only have the end of a line. Dots that fill a tab count as white space.
Everything else must be the same character; the .docx is brought to NFC first, the PDF is taken as it is.
"""

import re
import subprocess

from verdict import Verdict
from word_text import paragraphs

HYPHENS = {"\u2011": "[-\u2010\u2011]"}


def judge(file, pdf, docx):
    run = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", "-eol", "unix", str(pdf), "-"], capture_output=True)
    if run.returncode != 0:
        return Verdict("text", file, False, run.stderr.decode(errors="replace"))
    wanted = paragraphs(docx)
    pages = run.stdout.decode("utf-8").split("\f")
    if pages and not pages[-1].strip():
        pages.pop()
    fault = compare(wanted, _without_numbers(pages))
    return Verdict("text", file, fault is None, fault or f"{len(wanted)} paragraphs on {len(pages)} pages")


def holds(file, pdf, wanted):
    """For papers without a .docx: the PDF holds each of these words, in this order."""
    run = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"], capture_output=True)
    text, position = run.stdout.decode("utf-8", errors="replace"), 0
    for words in wanted:
        # A name may be set in capitals.
        found = re.compile(_loose(words), re.IGNORECASE).search(text, position)
        if found is None:
            return Verdict("text", file, False, f"“{words}” is missing, or stands in another place")
        position = found.end()
    return Verdict("text", file, bool(wanted), f"{len(wanted)} names and figures")


def _loose(words):
    """The words whole, with any white space between them; lines may end inside of one that is broken."""
    return r"(?<!\w)" + r"\s+".join(r"\n?".join(map(re.escape, word)) for word in words.split()) + r"(?!\w)"


def compare(wanted, pages):
    """Nothing, or the first place where the two part."""
    text, starts = "", set()
    for page in pages:
        starts.add(len(text))
        text += page.rstrip("\n") + "\n"
    position = 0
    for number, paragraph in enumerate(wanted, start=1):
        found = _match(_pattern(paragraph), text, position, starts, paragraph.heading)
        if found is None:
            return (f"paragraph {number}\n.docx: {(paragraph.label + ' ' + paragraph.text).strip()[:300]}\n"
                    f".pdf:  {text[position:position + 300].strip()}")
        position = found
    rest = text[position:].strip()
    return f"the .pdf goes on after the last paragraph: {rest[:300]}" if rest else None


def _match(pattern, text, position, starts, heading):
    """The end of the paragraph in the text; over the end of a page a repeated heading may stand before or inside it."""
    found = pattern.match(text, position)
    if found:
        return found.end()
    if heading:
        skipped = position
        while skipped < len(text) and text[skipped].isspace():
            skipped += 1
        if skipped in starts or any(position <= start <= skipped for start in starts):
            for row in heading:
                found = _pattern(row).match(text, skipped)
                if not found:
                    return None
                skipped = found.end()
            found = pattern.match(text, skipped)
            if found:
                return found.end()
    return None


def _pattern(paragraph):
    whole = f"{paragraph.label} {paragraph.text}" if paragraph.label else paragraph.text
    parts = []
    for piece in re.split(r"(\s+)", whole.strip()):
        if not piece:
            continue
        if piece.isspace():
            parts.append(r"[\s.…_]+" if "\t" in piece else r"\s+")
        else:
            parts.append(r"\n?".join(HYPHENS.get(letter, re.escape(letter)) for letter in piece))
    if not whole.strip():
        return re.compile(r"[\s.…_]*(?=\s|\Z)")
    before, after = (r"[\s.…_]*", r"[ \t.…_]*") if "\t" in whole else (r"\s*", "")
    return re.compile(before + "".join(parts) + after + r"(?=\s|\Z)")


def _without_numbers(pages):
    """Takes the page numbers out: they stand in the same place, first or last, on every page but the first."""
    lines = [page.strip("\n").split("\n") for page in pages]
    numbered = {index: [page for page in lines[1:] if re.fullmatch(r"\s*\d{1,3}\s*", page[index])] for index in (0, -1)}
    place = 0 if len(numbered[0]) >= len(numbered[-1]) else -1
    for page in numbered[place]:
        del page[place]
    return ["\n".join(page) for page in lines]

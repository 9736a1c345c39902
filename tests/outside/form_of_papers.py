"""The form of papers as Nghị định 30/2020/NĐ-CP, Phụ lục I asks for it, measured on the pages of every PDF with pdfplumber.

`judge(file, path)` gives one verdict for each PDF; a failure names page, what was asked and what was measured. Lengths are
millimetres, sizes points. `python form_of_papers.py PDF…` measures single files.
"""

import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
from pdfminer.pdfdocument import PDFNoOutlines

from verdict import Verdict

MM = 72 / 25.4
PAPER = (210.0, 297.0)
# mục I.3, the least of each margin; text may not stand beyond, lines not by more than their own width and the table's padding
TOP, BOTTOM, LEFT, RIGHT = 20.0, 20.0, 30.0, 15.0
TEXT_SLACK, LINE_SLACK = 0.4, 0.6
COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
KINDS = {
    "bao-cao-tong-ket": "BÁO CÁO", "so-ket-nhiem-ky": "BÁO CÁO", "giao-uoc": "GIAO ƯỚC THI ĐUA", "bien-ban-binh-xet": "BIÊN BẢN",
    "to-trinh-khen-thuong": "TỜ TRÌNH", "xep-hang": "BẢNG ĐIỂM VÀ XẾP HẠNG THI ĐUA", "phieu-diem": "PHIẾU ĐIỂM THI ĐUA",
}
SIGNED = ("bao-cao-tong-ket", "so-ket-nhiem-ky", "giao-uoc", "bien-ban-binh-xet", "to-trinh-khen-thuong")
NUMBERED = ("bao-cao-tong-ket", "so-ket-nhiem-ky", "bien-ban-binh-xet", "to-trinh-khen-thuong")
LEVEL = ("bao-cao-tong-ket", "so-ket-nhiem-ky", "to-trinh-khen-thuong")
# annexes count their pages from 1
WITH_ANNEXES = ("bao-cao-tong-ket", "so-ket-nhiem-ky", "giao-uoc")
# the covenant of five pages is smaller than this; each page more may take its share
LARGEST, PAGES = 80 * 1024, 5
# a line of Times New Roman takes 1.15 of its size
SINGLE = 1.15


@dataclass
class Line:
    """A piece of text on one baseline, millimetres from the page's upper left corner."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    italic: bool

    @property
    def middle(self):
        return (self.left + self.right) / 2

    @property
    def width(self):
        return self.right - self.left


@dataclass
class Stroke:
    """A drawn line or a thin box."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def level(self):
        return self.bottom - self.top < 0.8

    @property
    def middle(self):
        return (self.left + self.right) / 2


class Page:
    def __init__(self, page):
        self.number = page.page_number
        self.width, self.height = float(page.width) / MM, float(page.height) / MM
        self.upright = self.height > self.width
        self.chars = [char for char in page.chars if char["text"].strip() and char["upright"]]
        self.lines = _lines(page)
        self.strokes = [Stroke(item["x0"] / MM, item["x1"] / MM, item["top"] / MM, item["bottom"] / MM)
                        for item in [*page.lines, *page.rects]]
        self.words = page.extract_words(use_text_flow=False, keep_blank_chars=False, x_tolerance=1.5)
        self.fields = [item for item in page.annots if (item.get("data") or {}).get("Subtype", "").__str__().find("Widget") >= 0]

    def find(self, text):
        return next((line for line in self.lines if line.text.startswith(text)), None)

    @property
    def page_number(self):
        """What stands in the upper margin."""
        return [line for line in self.lines if line.baseline < TOP - TEXT_SLACK]

    @property
    def text(self):
        return [line for line in self.lines if line.baseline >= TOP - TEXT_SLACK]

    @property
    def centre(self):
        return (LEFT + self.width - RIGHT) / 2


def _rows(table):
    return [[re.sub(r"\s+", " ", cell or "") for cell in row] for row in table.extract()]


def _outline(pdf):
    """Bookmarks: level and title, in their order."""
    try:
        return [(level, title) for level, title, *_ in pdf.doc.get_outlines()]
    except PDFNoOutlines:
        return []


def _lines(page):
    """Characters on one baseline, parted where the gap is wider than any between words."""
    rows = {}
    for char in page.chars:
        if not char["upright"]:
            continue
        baseline = round(float(page.height) - char["matrix"][5], 1)
        key = next((other for other in rows if abs(other - baseline) < 0.8), baseline)
        rows.setdefault(key, []).append(char)
    lines = []
    for baseline, chars in rows.items():
        chars.sort(key=lambda char: char["x0"])
        piece = []
        for char in chars:
            blank = not char["text"].strip()
            inked = next((other for other in reversed(piece) if other["text"].strip()), None)
            if inked and not blank and _parted(inked, char):
                lines.append(_line(piece, baseline))
                piece = []
            if not (blank and not piece):
                piece.append(char)
        lines.append(_line(piece, baseline))
    return sorted((line for line in lines if line), key=lambda line: (line.baseline, line.left))


def _parted(last, char):
    """Another column: a wide gap, or a gap with another look on each side."""
    gap = char["x0"] - last["x1"]
    return gap > 1.8 * char["size"] or gap > 0.3 * char["size"] and last["fontname"] != char["fontname"]


def _line(chars, baseline):
    while chars and not chars[-1]["text"].strip():
        chars = chars[:-1]
    if not chars:
        return None
    inked = [char for char in chars if char["text"].strip()]
    text, last = "", None
    for char in chars:
        if last is not None and char["x0"] - last > 0.15 * char["size"] and not text.endswith(" ") and char["text"].strip():
            text += " "
        text += " " if not char["text"].strip() else char["text"]
        last = char["x1"]
    size = Counter(round(char["size"], 1) for char in inked).most_common(1)[0][0]
    return Line(re.sub(r"\s+", " ", text), inked[0]["x0"] / MM, inked[-1]["x1"] / MM, baseline / MM, size,
                all("Bold" in char["fontname"] for char in inked), all("Italic" in char["fontname"] for char in inked))


class Measured:
    """Collects what is wrong, by page."""

    def __init__(self, path):
        self.kind = "phieu-diem" if path.parent.name == "phieu-diem" else path.stem
        self.faults, self.count = [], 0
        with pdfplumber.open(path) as pdf:
            self.pages = [Page(page) for page in pdf.pages]
            self.tables = [[_rows(table) for table in page.find_tables()] for page in pdf.pages]
            self.outline = _outline(pdf)
        self.size = path.stat().st_size

    def ask(self, page, passed, what):
        self.count += 1
        if not passed:
            self.faults.append(f"page {page.number}: {what}")

    def all(self):
        for page in self.pages:
            self.paper(page)
            self.no_overlap(page)
        self.page_numbers()
        self.rows_stand_together()
        self.file()
        self.letterhead(self.pages[0])
        self.title(self.pages[0])
        if self.kind in SIGNED:
            self.body()
            self.ending()
        return self

    def paper(self, page):
        size = sorted((page.width, page.height))
        self.ask(page, abs(size[0] - PAPER[0]) < 0.5 and abs(size[1] - PAPER[1]) < 0.5, f"paper {page.width:.1f} × {page.height:.1f}")
        for line in page.text:
            inside = (line.left >= LEFT - TEXT_SLACK and line.right <= page.width - RIGHT + TEXT_SLACK
                      and line.baseline <= page.height - BOTTOM + TEXT_SLACK)
            self.ask(page, inside, f"“{line.text[:40]}” stands beyond the margins: {line.left:.1f} to {line.right:.1f}, "
                     f"baseline {line.baseline:.1f} of {page.width:.0f} × {page.height:.0f}")
        for stroke in page.strokes:
            inside = (stroke.left >= LEFT - LINE_SLACK and stroke.right <= page.width - RIGHT + LINE_SLACK
                      and stroke.top >= TOP - LINE_SLACK and stroke.bottom <= page.height - BOTTOM + LINE_SLACK)
            self.ask(page, inside, f"a line is drawn beyond the margins: {stroke.left:.1f} to {stroke.right:.1f}, "
                     f"{stroke.top:.1f} to {stroke.bottom:.1f}")
        fonts = {char["fontname"].partition("+")[2] for char in page.chars}
        self.ask(page, all(font.startswith(("LiberationSerif", "TimesNewRoman")) for font in fonts), f"fonts {sorted(fonts)}")

    def no_overlap(self, page):
        """No text over text, no line through text; by the middle part of the letters' height, as marks stand close."""
        words = sorted(page.words, key=lambda word: word["top"])
        cores = []
        for word in words:
            height = word["bottom"] - word["top"]
            cores.append((word["top"] + 0.3 * height, word["bottom"] - 0.25 * height, word["x0"], word["x1"], word["text"]))
        self.count += 1
        for index, (top, bottom, left, right, text) in enumerate(cores):
            for other in cores[index + 1:]:
                if words[index]["bottom"] < other[0] - 40:
                    break
                if min(bottom, other[1]) - max(top, other[0]) > 0.5 and min(right, other[3]) - max(left, other[2]) > 0.8:
                    self.ask(page, False, f"“{text}” and “{other[4]}” stand over each other")
            for stroke in page.strokes:
                x0, x1, y0, y1 = (value * MM for value in (stroke.left, stroke.right, stroke.top, stroke.bottom))
                through = min(right, x1) - max(left, x0) > 0.6 and min(bottom, y1) - max(top, y0) > 0
                if stroke.right - stroke.left < 0.8:
                    through = left + 0.6 < x0 and x1 < right - 0.6 and min(bottom, y1) - max(top, y0) > 1
                if through and (stroke.level or stroke.right - stroke.left < 0.8):
                    self.ask(page, False, f"a line goes through “{text}”")

    def page_numbers(self):
        expected = 0
        for page in self.pages:
            found = page.page_number
            begins = any(line.text.startswith("Phụ lục") and line.bold and line.size >= 13.5 for line in page.text[:1])
            expected = 1 if begins and self.kind in WITH_ANNEXES else expected + 1
            if page.number == 1:
                self.ask(page, not found, f"“{found[0].text if found else ''}” stands in the upper margin of the first page")
                continue
            words = [line.text for line in found]
            self.ask(page, words == [str(expected)], f"the page number should be {expected}, the upper margin holds {words}")
            for line in found:
                self.ask(page, 13 <= line.size <= 14 and not line.bold and not line.italic and abs(line.middle - page.centre) < 1.5,
                         f"page number of {line.size} pt at {line.middle:.1f}, the text's middle is {page.centre:.1f}")

    def rows_stand_together(self):
        """A table that goes on over a page has two rows at least on both sides of the page's end, headings not counted."""
        for page, above, below in zip(self.pages, self.tables, self.tables[1:]):
            if not above or not below or not above[-1] or not below[0]:
                continue
            one, other = above[-1], below[0]
            headings = next((at for at, (own, repeated) in enumerate(zip(one, other)) if own != repeated), min(len(one), len(other)))
            if headings:
                self.ask(page, len(one) - headings >= 2 and len(other) - headings >= 2,
                         f"of the table “{one[0][:3]}…” {len(one) - headings} rows stand on this page, {len(other) - headings} on the next")

    def file(self):
        """Size, and bookmarks nested in the order of the pages."""
        first = self.pages[0]
        if self.kind == "giao-uoc":
            most = LARGEST * max(len(self.pages), PAGES) // PAGES
            self.ask(first, self.size < most, f"{len(self.pages)} pages take {self.size} bytes, more than {most}")
        for (level, title), (before, _) in zip(self.outline[1:], self.outline):
            self.ask(first, level <= before + 1, f"the bookmark “{title}” of level {level} stands under one of level {before}")
        if self.kind in SIGNED:
            self.ask(first, bool(self.outline) and self.outline[0][0] == 1, f"the bookmarks begin with {self.outline[:1]}")
            text = " ".join(line.text for page in self.pages for line in page.lines)
            place = 0
            for _, title in self.outline:
                words = re.sub(r"\s+", " ", title).split(" ")[:4]
                found = text.find(" ".join(words), place)
                self.ask(first, found >= 0, f"the bookmark “{title}” is not where its order says")
                place = max(found, place)

    def letterhead(self, page):
        country, motto = page.find(COUNTRY), page.find(MOTTO)
        self.ask(page, country is not None and motto is not None, "Quốc hiệu or Tiêu ngữ is missing")
        if country is None or motto is None:
            return
        self.ask(page, 12 <= country.size <= 13 and country.bold and country.left > page.width * 0.4 and country.baseline < 32,
                 f"Quốc hiệu of {country.size} pt at {country.left:.1f}, {country.baseline:.1f}, bold {country.bold}")
        self.ask(page, 13 <= motto.size <= 14 and motto.bold and abs(motto.middle - country.middle) < 1
                 and 4 < motto.baseline - country.baseline < 7, f"Tiêu ngữ of {motto.size} pt, middle {motto.middle:.1f} under "
                 f"{country.middle:.1f}, {motto.baseline - country.baseline:.1f} below")
        rule = self.rule_below(page, motto)
        self.ask(page, rule is not None and abs(rule.right - rule.left - motto.width) <= 1 and abs(rule.middle - motto.middle) <= 1,
                 f"the rule under Tiêu ngữ is {rule and round(rule.right - rule.left, 1)}, the text {motto.width:.1f} long")
        left = [line for line in page.text if line.right < country.left + 1 and line.baseline < country.baseline + 45]
        rules = [stroke for stroke in page.strokes if stroke.level and stroke.right < country.left and stroke.top < 75]
        rule = min(rules, key=lambda stroke: stroke.top, default=None)
        self.ask(page, rule is not None, "no rule under the issuing body")
        if rule is None:
            return
        issuer = [line for line in left if line.bold and line.baseline < rule.top]
        superior = [line for line in left if not line.bold and line.baseline < rule.top]
        self.ask(page, bool(issuer) and all(12 <= line.size <= 13 and line.text.upper() == line.text for line in issuer + superior),
                 f"issuing body {[(line.text, line.size) for line in issuer + superior]}")
        if issuer:
            widest = max(line.width for line in issuer)
            share = (rule.right - rule.left) / widest
            self.ask(page, 0.325 <= share <= 0.505, f"the rule under the issuing body is {share:.2f} of its text ({widest:.1f})")
            self.ask(page, 0.5 < rule.top - issuer[-1].baseline < 4.5, f"the rule stands {rule.top - issuer[-1].baseline:.1f} below the issuing body")
        if self.kind in NUMBERED:
            number = page.find("Số:")
            beside = [] if number is None else [line for line in page.lines if abs(line.baseline - number.baseline) < 1]
            written = "".join(line.text for line in beside if line.right < country.left + 3)
            self.ask(page, number is not None and number.size == 13 and not number.bold and not number.italic
                     and re.fullmatch(r"Số: ?\d*/[^\s/]+", written) is not None, f"number “{written}”: {number}")
            dated = [line for line in beside if line.italic]
            place = dated[0] if re.search(r"ngày.*tháng.*năm", " ".join(line.text for line in dated)) else None
            if self.kind == "bien-ban-binh-xet":
                self.ask(page, place is None, "minutes have no line of place and date (mẫu 1.9)")
            elif number is not None:
                self.ask(page, place is not None and 13 <= place.size <= 14 and abs(place.baseline - number.baseline) < 1
                         and place.left > number.right, f"place and date: {place} beside {number.baseline:.1f}")

    def rule_below(self, page, line):
        below = [stroke for stroke in page.strokes if stroke.level and 0 < stroke.top - line.baseline < 5
                 and stroke.left < line.middle < stroke.right]
        return min(below, key=lambda stroke: stroke.top, default=None)

    def title(self, page):
        kind = page.find(KINDS[self.kind])
        self.ask(page, kind is not None, f"“{KINDS[self.kind]}” is missing")
        if kind is None:
            return
        self.ask(page, 13 <= kind.size <= 14 and kind.bold and abs(kind.middle - page.centre) < 1.5,
                 f"title of {kind.size} pt, bold {kind.bold}, middle {kind.middle:.1f} of {page.centre:.1f}")
        subject, last = [], kind
        for line in page.text:
            if line.baseline > last.baseline and line.bold and abs(line.middle - page.centre) < 1.5 and line.baseline - last.baseline < 8:
                subject.append(line)
                last = line
        self.ask(page, bool(subject) and all(13 <= line.size <= 14 for line in subject), f"subject {[line.text for line in subject]}")
        rule = self.rule_below(page, last)
        if self.kind in SIGNED and subject:
            widest = max(line.width for line in subject)
            share = (rule.right - rule.left) / widest if rule else 0
            self.ask(page, 0.325 <= share <= 0.505, f"the rule under the subject is {share:.2f} of its text ({widest:.1f})")

    def body(self):
        """Sizes, first lines and line spacing of the upright pages before the signatures."""
        sizes, indents, steps = Counter(), Counter(), []
        for page in self.pages:
            if not page.upright:
                continue
            for line in page.text:
                sizes[line.size] += len(line.text)
            full = [line for line in page.text if 13 <= line.size <= 14]
            for above, line in zip(full, full[1:]):
                indent = line.left - LEFT
                if 3 < indent < 20 and line.right > page.width - RIGHT - 40:
                    indents[round(indent, 1)] += 1
                if abs(indent) < 0.5 and abs(above.right - (page.width - RIGHT)) < 1 and not line.bold:
                    steps.append((page, line, (line.baseline - above.baseline) * MM / (line.size * SINGLE)))
        first = self.pages[0]
        size = sizes.most_common(1)[0][0]
        self.ask(first, 13 <= size <= 14, f"most of the text is of {size} pt")
        if indents:
            indent = indents.most_common(1)[0][0]
            self.ask(first, 9.8 <= indent <= 12.9, f"first lines stand {indent} in")
        for page, line, step in steps:
            self.ask(page, 0.97 <= step <= 1.55, f"“{line.text[:30]}” stands {step:.2f} lines below the line above")

    def ending(self):
        marked = [(page, line) for page in self.pages for line in page.text if line.text.endswith("./.")]
        self.ask(self.pages[-1], len(marked) == 1, f"the end mark ./. stands {len(marked)} times")
        if not marked:
            return
        page, line = marked[0]
        names = {"giao-uoc": None, "bien-ban-binh-xet": "THƯ KÝ"}
        if self.kind == "giao-uoc":
            fields = [page.number for page in self.pages if page.fields]
            self.ask(page, bool(fields) and fields[0] == page.number, f"the first signatures stand on page {fields[:1]}, the last text on {page.number}")
        elif names.get(self.kind):
            self.ask(page, page.find("THƯ KÝ") is not None, "the signatures do not stand under the text")
        above = [other for other in page.text if other.baseline < line.baseline and line.baseline - other.baseline < 9]
        self.ask(page, bool(above), "the signatures stand with less than two lines of text")
        label = next((found for page in self.pages if (found := page.find("Nơi nhận:"))), None)
        if self.kind == "giao-uoc":
            return
        self.ask(page, label is not None and label.size == 12 and label.bold and label.italic and abs(label.left - LEFT) < 0.7,
                 f"Nơi nhận: {label}")
        listed = [other for other in page.text if other.text.startswith("- Lưu:")]
        self.ask(page, len(listed) == 1 and listed[0].size == 11, f"Lưu: {listed}")
        if label is not None and self.kind in LEVEL:
            beside = [other for other in page.text if other.left > page.centre - 15 and other.bold and 13 <= other.size <= 14
                      and abs(other.baseline - label.baseline) < 1.5]
            self.ask(page, bool(beside), f"Nơi nhận at {label.baseline:.1f} is not level with the signer's power")


def judge(file, path):
    measured = Measured(path).all()
    passed = not measured.faults
    return Verdict("form", file, passed, f"{measured.count} measurements" if passed else "\n".join(measured.faults))


if __name__ == "__main__":
    failed = 0
    for name in sys.argv[1:]:
        verdict = judge(name, Path(name))
        failed += not verdict.passed
        print("ok  " if verdict.passed else "FAIL", name, verdict.detail if verdict.passed else "")
        if not verdict.passed:
            print("    " + verdict.detail.replace("\n", "\n    "))
    sys.exit(bool(failed))

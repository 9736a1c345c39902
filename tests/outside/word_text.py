"""The paragraphs of a .docx in reading order, with what Word puts before them by itself (numbers of lists).

Read straight from the XML, apart from our reader. Page headers and footers are no part of it.
"""

import unicodedata
import zipfile
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
TWIN = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
ROMAN = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
         (5, "V"), (4, "IV"), (1, "I")]


@dataclass
class Paragraph:
    """Text as Word shows it; a tab is \\t, a line break \\n. `table` is the innermost table, `heading` its repeated rows' text."""

    text: str
    label: str = ""
    heading: list = field(default_factory=list)


def paragraphs(path):
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        body = etree.fromstring(package.read("word/document.xml")).find(f"{W}body")
        numbering = etree.fromstring(package.read("word/numbering.xml")) if "word/numbering.xml" in names else None
        styles = etree.fromstring(package.read("word/styles.xml")) if "word/styles.xml" in names else None
        _write_out_charts(package, body)
    return list(_blocks(body, [], Numbering(numbering, styles)))


def drawn_words(path):
    """The words in the charts of a .docx, which a program that shows their pictures has as dots."""
    with zipfile.ZipFile(path) as package:
        body = etree.fromstring(package.read("word/document.xml")).find(f"{W}body")
        return [word for words in _write_out_charts(package, body) for word in words.split()]


def _write_out_charts(package, body):
    """Puts the texts of each chart's SVG twin into its picture, in the order in which they are drawn; gives them."""
    texts = []
    if next(body.iter(TWIN), None) is not None:
        relationships = etree.fromstring(package.read("word/_rels/document.xml.rels"))
        targets = {entry.get("Id"): entry.get("Target") for entry in relationships}
        for twin in body.iter(TWIN):
            drawing = etree.fromstring(package.read("word/" + targets[twin.get(EMBED)]))
            words = " ".join(element.text for element in drawing.iter("{http://www.w3.org/2000/svg}text"))
            etree.SubElement(twin, f"{W}t").text = words
            texts.append(words)
    return texts


def _blocks(parent, heading, numbering):
    for child in parent:
        if child.tag == f"{W}p":
            label = numbering.label(child)
            text = unicodedata.normalize("NFC", _text(child))
            # A line of dots to fill in by hand is a tab alone.
            if label or text.strip() or "\t" in text:
                yield Paragraph(text, label, heading)
        elif child.tag == f"{W}tbl":
            yield from _table(child, numbering)
        elif child.tag == f"{W}sdt":
            yield from _blocks(child.find(f"{W}sdtContent"), heading, numbering)


def _table(table, numbering):
    """Cells row by row. The rows marked as headings are what may be repeated on each page."""
    heading = []
    for row in table.iter(f"{W}tr"):
        if _table_of(row) is not table:
            continue
        marked = row.find(f"{W}trPr/{W}tblHeader")
        for cell in (cell for cell in row.iter(f"{W}tc") if _row_of(cell) is row):
            own = list(_blocks(cell, heading, numbering))
            if marked is not None and marked.get(f"{W}val") not in ("0", "false"):
                heading += own
            yield from own


def _table_of(row):
    return next(row.iterancestors(f"{W}tbl"))


def _row_of(cell):
    return next(cell.iterancestors(f"{W}tr"))


def _text(element):
    """Text of runs; of two copies of a thing the first, no instructions of fields, nothing deleted."""
    parts = []
    for child in element:
        tag = child.tag
        if tag == f"{W}t":
            parts.append(child.text or "")
        elif tag == f"{W}tab":
            parts.append("\t")
        elif tag in (f"{W}br", f"{W}cr"):
            parts.append("\n")
        elif tag == f"{W}noBreakHyphen":
            parts.append("\u2011")
        elif tag == f"{MC}AlternateContent":
            choice = child.find(f"{MC}Choice")
            parts.append(_text(choice) if choice is not None else "")
        elif tag in (f"{W}pPr", f"{W}rPr", f"{W}del", f"{W}instrText"):
            continue
        elif isinstance(tag, str):
            parts.append(_text(child))
    return "".join(parts)


class Numbering:
    """Counts numbered paragraphs as Word does."""

    def __init__(self, numbering, styles):
        self.levels, self.lists, self.counters, self.by_style = {}, {}, {}, {}
        if numbering is None:
            return
        for abstract in numbering.iter(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId")
            for level in abstract.iter(f"{W}lvl"):
                self.levels[(key, int(level.get(f"{W}ilvl")))] = (
                    _value(level, "numFmt", "decimal"), _value(level, "lvlText", ""), int(_value(level, "start", "1")))
        for number in numbering.iter(f"{W}num"):
            self.lists[number.get(f"{W}numId")] = _value(number, "abstractNumId", "")
        for style in styles.iter(f"{W}style") if styles is not None else ():
            properties = style.find(f"{W}pPr/{W}numPr")
            if properties is not None:
                self.by_style[style.get(f"{W}styleId")] = properties

    def label(self, paragraph):
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        if properties is None:
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            properties = self.by_style.get(style.get(f"{W}val")) if style is not None else None
        if properties is None:
            return ""
        number, level = _value(properties, "numId", "0"), int(_value(properties, "ilvl", "0"))
        abstract = self.lists.get(number)
        if abstract is None or (abstract, level) not in self.levels:
            return ""
        kind, pattern, start = self.levels[(abstract, level)]
        if kind == "bullet":
            return pattern
        counters = self.counters.setdefault(abstract, {})
        counters[level] = counters.get(level, start - 1) + 1
        for deeper in [key for key in counters if key > level]:
            del counters[deeper]
        for index in range(level + 1):
            form = self.levels[(abstract, index)][0]
            pattern = pattern.replace(f"%{index + 1}", _numeral(counters.get(index, 1), form))
        return pattern


def _value(element, name, default):
    found = element.find(f"{W}{name}")
    return default if found is None else found.get(f"{W}val")


def _numeral(number, form):
    if form in ("upperRoman", "lowerRoman"):
        text = ""
        for value, sign in ROMAN:
            text += sign * (number // value)
            number %= value
        return text if form == "upperRoman" else text.lower()
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if form == "lowerLetter" else letter.upper()
    return f"{number:02}" if form == "decimalZero" else str(number)

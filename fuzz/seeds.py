#!/usr/bin/env python3
"""Seeds for the fuzz targets, cut from the project's own examples, templates and tests: fuzz/corpus/<target>/.

Usage: python3 seeds.py     needs openpyxl
"""

import hashlib
import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
MOST = 20_000

ODS = """<office:document-content><office:automatic-styles>
<style:style style:name="ce1" style:family="table-cell" style:parent-style-name="ce2"><style:text-properties fo:font-family="'.VnTime'"/></style:style>
<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Biểu" table:style-name="ta1">
<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
<table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="2" table:number-rows-spanned="2"><text:p>N&#233;i dung</text:p><text:p>hai</text:p></table:table-cell><table:covered-table-cell/>
<table:table-cell office:value-type="percentage" office:value="0.975"><text:p>97,5%</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2024-05-05"><text:p>5/5</text:p></table:table-cell>
<table:table-cell office:value-type="boolean" office:boolean-value="true"><office:annotation><text:p>ghi chú</text:p></office:annotation><text:p>TRUE</text:p></table:table-cell>
<table:table-cell table:formula="of:=[.A1]/0" calcext:value-type="error" office:value-type="string"><text:p>#DIV/0!</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


def save(target, content):
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    content = content.encode() if isinstance(content, str) else content
    (folder / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content[:MOST])


def workbooks():
    return sorted(path for path in (PROJECT / "fixtures").rglob("*.xlsx") if not path.name.startswith("~$"))


def sheet():
    save("sheet", b"\x01" + ODS.encode())
    save("sheet", b"\x02" + ODS.encode())
    save("sheet", b"\x00" + "TT;Nội dung;Kết quả\n1.1;\"Tỷ lệ; thoả ước\";97,5%\n".encode())
    choices = {"sharedStrings.xml": 3, "styles.xml": 4, "workbook.xml": 5, "workbook.xml.rels": 6, "sheet1.xml": 7}
    for path in workbooks()[::4]:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                choice = choices.get(name.rsplit("/", 1)[-1])
                if choice is not None:
                    save("sheet", bytes([choice]) + archive.read(name))


def cell(value, number_format):
    if value is None:
        return ""
    if isinstance(value, date):
        return f"@{value:%Y-%m-%d}"
    if isinstance(value, (int, float)):
        return ("%" if "%" in number_format else "#") + repr(value)
    return str(value).replace("\n", " ").replace("\t", " ")


def table():
    for path in workbooks():
        book = openpyxl.load_workbook(path, data_only=True)
        for grid in book.worksheets:
            spans = {
                (merge.min_row, merge.min_col): f"§{min(merge.size['columns'], 9)}{min(merge.size['rows'], 9)}"
                for merge in grid.merged_cells.ranges
            }
            lines = [grid.title]
            for row in grid.iter_rows():
                texts = [spans.get((it.row, it.column), "") + cell(it.value, it.number_format) for it in row]
                lines.append("\t".join(texts).rstrip("\t"))
            save("table", "\n".join(lines))


def number():
    for line in (PROJECT / "src/vietnamese/written-numbers.tsv").read_text("utf-8").splitlines():
        written = re.sub(r"\\u\{(\w+)\}", lambda found: chr(int(found[1], 16)), line.split("\t")[0])
        save("number", written)
    for text in ["ngày 15 tháng 12 năm 2024", "15/12/2024", "2022 - 2024", "có", "Đạt", "triệu đồng\ntỷ đồng", "x",
                 "Tæng sè c«ng nh©n", "Toång soá coâng nhaân", "Hoµn thµnh", "Đơn vi\u0323 ti\u0301nh"]:
        save("number", text)


def templates():
    for path in sorted((PROJECT / "templates").glob("*.txt")):
        lines = path.read_text("utf-8").splitlines()
        for start in range(0, len(lines), 12):
            text = "\n".join(lines[start : start + 12]).replace(" | ", "\t")
            save("tags", text)
            save("fill", text)
    for text in [
        "{{#each don_vi}}\n{{@tt}}. {{ten}}: {{so diem}}\n{{/each}}",
        "{{#each don_vi}}{{@tt}}\t{{ten}}\t{{so diem 2}}{{/each}}",
        "{{#if co}}có{{else if khong}}không{{else}}gì{{/if}}",
        "{{#with truong}}{{chuc_vu}} {{../nam}} {{vung.ten}}{{/with}}",
        "{{#unless khong}}{{bang_chu (so 5)}}{{/unless}} {{{{ \\{{nam}} {{¦n¦am}}",
        "{{#columns don_vi}}{{ten}}{{/columns}}\t{{#each @root.don_vi}}{{@first}}{{@last}}{{@index}}{{/each}}",
    ]:
        save("tags", text)
        save("fill", text)


def word():
    choices = {"word/styles.xml": 1, "word/numbering.xml": 2, "word/footnotes.xml": 3}
    for path in sorted((PROJECT / "tests/word").glob("*.docx")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                content = archive.read(name)
                if name in choices:
                    save("word", bytes([choices[name]]) + content)
                elif name == "word/document.xml":
                    body = re.search(rb"<w:body>(.*)</w:body>", content, re.S)
                    parts = re.findall(rb"<w:(?:p|tbl|sectPr)[ >].*?</w:(?:p|tbl|sectPr)>", body[1], re.S)
                    for part in parts:
                        save("word", b"\x04" + part)


for fill in (sheet, table, number, templates, word):
    fill()
for folder in sorted((HERE / "corpus").iterdir()):
    print(folder.name, len(list(folder.iterdir())))

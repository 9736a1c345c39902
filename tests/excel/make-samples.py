#!/usr/bin/env python3
"""Makes the ranking workbooks of offices in this folder, as people make them: with openpyxl, and with LibreOffice; and the
example that the program hands out, templates/xep-hang-vi-du.xlsx.

    make-samples.py [--soffice soffice]

Needs openpyxl and pillow; without LibreOffice the two files of LibreOffice stay as they are. The same files come out each time.
"""

import argparse
import io
import pathlib
import re
import subprocess
import tempfile
import zipfile

from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, DataBarRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table, TableStyleInfo

HERE = pathlib.Path(__file__).parent
FONT = "Times New Roman"
THIN = Border(*[Side(style="thin")] * 4)
HEAD = PatternFill("solid", fgColor="D9E2F3")


def book(title="Xếp hạng"):
    workbook = Workbook()
    workbook.active.title = title
    return workbook, workbook.active


def put(sheet, cell, value, bold=False, code=None, frame=False, fill=None, center=False):
    target = sheet[cell]
    if not isinstance(target, MergedCell):
        target.value = value
    target.font = Font(name=FONT, size=12, bold=bold)
    if code:
        target.number_format = code
    if frame:
        target.border = THIN
    if fill:
        target.fill = fill
    if center:
        target.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return target


def row(sheet, number, values, first="A", **look):
    codes = look.pop("codes", {})
    column = ord(first) - ord("A") + 1
    for at, value in enumerate(values):
        cell = sheet.cell(row=number, column=column + at)
        put(sheet, cell.coordinate, value, code=codes.get(at), **look)


def save(workbook, name):
    path = HERE / name
    workbook.save(path)
    settle(path)


def settle(path):
    """The same bytes each time: no times, neither in the properties nor in the zip."""
    entries = []
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            content = archive.read(info.filename)
            if info.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", b"2024-01-01T00:00:00Z", content)
            entries.append((info.filename, content))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)


def edit(name, part, change):
    """Changes a part in a way that openpyxl cannot write."""
    path = HERE / name
    with zipfile.ZipFile(path) as archive:
        entries = [(info.filename, archive.read(info.filename)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for own, content in entries:
            if own == part:
                changed = change(content.decode("utf-8")).encode("utf-8")
                assert changed != content, f"{part} of {name} is not changed"
                content = changed
            archive.writestr(own, content)
    settle(path)


def simple():
    """One row that repeats, totals below, everything set up for print."""
    workbook, sheet = book()
    sheet.merge_cells("A1:G1")
    put(sheet, "A1", "BẢNG XẾP HẠNG {{hoa cum.ten}} NĂM {{nam}}", bold=True, center=True)
    sheet.merge_cells("A2:G2")
    put(sheet, "A2", "{{cum.so_da_nop}}/{{cum.so_don_vi}} đơn vị đã nộp báo cáo", center=True)
    row(sheet, 4, ["TT", "Đơn vị", "Điểm", "Thưởng", "Trừ", "Tổng", "Hạng"], bold=True, frame=True, fill=HEAD, center=True)
    row(
        sheet, 5,
        ["{{#each xep_hang}}{{tt}}", "{{ten}}", "{{diem}}", "{{thuong}}", "{{tru}}", "=C5+D5-E5", "{{hang}}{{/each}}"],
        frame=True, codes={2: "0.00", 3: "0.00", 4: "0.00", 5: "0.00"},
    )
    row(
        sheet, 6, [None, "Cộng", "=SUM(C5:C5)", "=SUM(D5:D5)", "=SUM(E5:E5)", "=SUM(F5:F5)", None],
        bold=True, frame=True, codes={2: "0.00", 3: "0.00", 4: "0.00", 5: "0.00"},
    )
    row(sheet, 7, [None, "Bình quân", "=AVERAGE(C5:C5)", None, None, "=AVERAGE(F5)", None], codes={2: "0.00", 5: "0.00"})
    row(sheet, 8, [None, "Cao nhất", None, None, None, "=MAX($F$5:$F$5)", None], codes={5: "0.00"})
    sheet.merge_cells("E10:G10")
    put(sheet, "E10", "{{dia_danh}}, {{ngay_dai ngay_van_ban}}", center=True)
    sheet.freeze_panes = "C5"
    sheet.print_title_rows = "4:4"
    sheet.print_area = "A1:G10"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddHeader.left.text = "{{cum.ten}}"
    sheet.oddFooter.center.text = "Năm {{nam}} - &P/&N"
    sheet.conditional_formatting.add("F5", DataBarRule(start_type="num", start_value=0, end_type="max", color="638EC6"))
    sheet.conditional_formatting.add("A5:G5", FormulaRule(formula=["$G5=1"], fill=PatternFill("solid", bgColor="FFF2CC")))
    sheet.conditional_formatting.add("C5:C5", CellIsRule(operator="lessThan", formula=["$C$7"], font=Font(color="C00000")))
    for column, width in {"A": 6, "B": 42, "C": 11, "D": 11, "E": 11, "F": 11, "G": 9}.items():
        sheet.column_dimensions[column].width = width
    sheet.row_dimensions[4].height = 33
    save(workbook, "don-gian.xlsx")


def nested():
    """Groups and lines of every unit, subtotals inside the loop, a grand total behind it."""
    workbook, sheet = book("Chi tiết")
    put(sheet, "A1", "ĐIỂM CHI TIẾT NĂM {{nam}}", bold=True)
    row(sheet, 3, ["Mã", "Nội dung", "Tối đa", "Điểm", "Tỷ lệ"], bold=True, frame=True, fill=HEAD)
    put(sheet, "A4", "{{#each xep_hang}}")
    sheet.merge_cells("A5:B5")
    row(sheet, 5, ["{{tt}}. {{ten}}", None, "=SUM(C8:C8)", "=SUM(D8:D8)", None], bold=True, frame=True, codes={2: "0.00", 3: "0.00"})
    put(sheet, "A6", "{{#each nhom}}")
    put(sheet, "A7", "{{#each tieu_chi}}")
    row(sheet, 8, ["{{ma}}", "{{ten}}", "{{toi_da}}", "{{diem}}", "=IF(C8>0,D8/C8,0)"], frame=True, codes={2: "0.00", 3: "0.00", 4: "0.0%"})
    put(sheet, "A9", "{{/each}}")
    put(sheet, "A10", "{{/each}}")
    row(sheet, 11, [None, "Cộng của {{ten_viet_tat}}", "=C5", "=D5", "=D11/C11"], frame=True, codes={2: "0.00", 3: "0.00", 4: "0.0%"})
    put(sheet, "A12", "{{/each}}")
    row(sheet, 13, [None, "Tất cả", "=SUM(C8:C8)", "=SUM(D8:D8)", "=D13/C13"], bold=True, frame=True, codes={2: "0.00", 3: "0.00", 4: "0.0%"})
    put(sheet, "B15", "Số dòng: ")
    put(sheet, "C15", "=COUNTA(A8:A8)")
    for number in (8,):
        sheet.row_dimensions[number].outlineLevel = 1
    sheet.column_dimensions["B"].width = 60
    sheet["B8"].alignment = Alignment(wrap_text=True)
    save(workbook, "chi-tiet.xlsx")


def columns():
    """A column for each group, sums over rows and over columns, a heading over all groups."""
    workbook, sheet = book()
    sheet.merge_cells("A1:E1")
    put(sheet, "A1", "ĐIỂM THEO NHÓM NĂM {{nam}}", bold=True, center=True)
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("B3:B4")
    sheet.merge_cells("D3:D4")
    sheet.merge_cells("E3:E4")
    row(sheet, 3, ["TT", "Đơn vị", "Điểm các nhóm", "Cộng", "Hạng"], bold=True, frame=True, fill=HEAD, center=True)
    row(sheet, 4, [None, None, "{{#cot nhom}}{{ma}}. {{ten}}{{/cot}}", None, None], bold=True, frame=True, fill=HEAD, center=True)
    put(sheet, "A5", "{{#each xep_hang}}")
    row(sheet, 6, ["{{tt}}", "{{ten_viet_tat}}", "{{#cot nhom}}{{diem}}{{/cot}}", "=SUM(C6:C6)", "{{hang}}"], frame=True, codes={2: "0.00", 3: "0.00"})
    put(sheet, "A7", "{{/each}}")
    row(sheet, 8, [None, "Bình quân", "=AVERAGE(C6:C6)", "=AVERAGE(D6:D6)", None], bold=True, frame=True, codes={2: "0.00", 3: "0.00"})
    row(sheet, 9, [None, "Tối đa", "{{#cot nhom}}{{toi_da}}{{/cot}}", "=SUM(C9:C9)", None], frame=True, codes={2: "0.00", 3: "0.00"})
    put(sheet, "E11", "NGƯỜI LẬP BẢNG", bold=True)
    sheet.column_dimensions["B"].width = 30
    sheet.column_dimensions["C"].width = 14
    sheet.column_dimensions["D"].width = 11
    sheet.row_dimensions[4].height = 90
    sheet.conditional_formatting.add("C6", ColorScaleRule(start_type="min", start_color="F8696B", end_type="max", end_color="63BE7B"))
    sheet.print_title_cols = "A:B"
    sheet.print_area = "A1:E11"
    save(workbook, "cot-nhom.xlsx")


def columns_in_columns():
    """Lines under their groups: the heading of a group stands over all its lines."""
    workbook, sheet = book()
    put(sheet, "A1", "ĐIỂM TỪNG TIÊU CHÍ NĂM {{nam}}", bold=True)
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("D3:D4")
    row(sheet, 3, ["Đơn vị", "{{#cot nhom}}{{ten}}", "Cộng nhóm{{/cot}}", "Tổng"], bold=True, frame=True, fill=HEAD, center=True)
    row(sheet, 4, [None, "{{#cot nhom}}{{#cot tieu_chi}}{{ma}}{{/cot}}", "{{ma}}{{/cot}}", None], bold=True, frame=True, fill=HEAD, center=True)
    row(
        sheet, 5,
        ["{{#each xep_hang}}{{ten_viet_tat}}", "{{#cot nhom}}{{#cot tieu_chi}}{{diem}}{{/cot}}", "{{diem}}{{/cot}}", "{{tong}}{{/each}}"],
        frame=True, codes={1: "0.00", 2: "0.00", 3: "0.00"},
    )
    row(sheet, 6, ["Cao nhất", "=MAX(B5:B5)", "=MAX(C5:C5)", "=MAX(D5:D5)"], frame=True, codes={1: "0.00", 2: "0.00", 3: "0.00"})
    sheet.column_dimensions["A"].width = 26
    sheet.column_dimensions["B"].width = 7
    sheet.column_dimensions["C"].width = 10
    save(workbook, "cot-tieu-chi.xlsx")


def tables():
    """Tables of Excel with filter, computed column and total row; formulas by the names of the table."""
    workbook, sheet = book()
    put(sheet, "A1", "Bảng Excel, năm {{nam}}", bold=True)
    row(sheet, 3, ["TT", "Đơn vị", "Điểm {{nam}}", "Thưởng", "Cộng"], bold=True)
    row(sheet, 4, ["{{#each xep_hang}}{{tt}}", "{{ten}}", "{{diem}}", "{{thuong}}", "=C4+D4{{/each}}".replace("{{/each}}", "")])
    put(sheet, "F4", "{{xep_loai}}{{/each}}")
    put(sheet, "F3", "Xếp loại", bold=True)
    row(sheet, 5, ["Cộng", None, "=SUBTOTAL(109,C4:C4)", "=SUBTOTAL(109,D4:D4)", "=SUBTOTAL(109,E4:E4)", None], bold=True)
    table = Table(displayName="BangDiem", ref="A3:F5", totalsRowCount=1)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
    table._initialise_columns()
    for column, name in zip(table.tableColumns, ["TT", "Đơn vị", "Điểm {{nam}}", "Thưởng", "Cộng", "Xếp loại"]):
        column.name = name
    table.tableColumns[0].totalsRowLabel = "Cộng"
    for at in (2, 3, 4):
        table.tableColumns[at].totalsRowFunction = "sum"
    table.autoFilter.ref = "A3:F4"
    sheet.add_table(table)
    put(sheet, "H3", "Cao nhất")
    put(sheet, "I3", "=MAX(BangDiem[Cộng])", code="0.00")
    row(sheet, 8, ["Đơn vị", "Khen thưởng"], bold=True)
    row(sheet, 9, ["{{#each de_nghi_khen}}{{ten}}", "{{khen_thuong}}{{/each}}"])
    second = Table(displayName="BangKhen", ref="A8:B9")
    second.tableStyleInfo = TableStyleInfo(name="TableStyleLight9", showRowStripes=True)
    sheet.add_table(second)
    for column, width in {"B": 36, "C": 12, "D": 12, "E": 12, "F": 22}.items():
        sheet.column_dimensions[column].width = width
    save(workbook, "bang-excel.xlsx")


def picture(colour):
    from PIL import Image as Picture

    stream = io.BytesIO()
    Picture.new("RGB", (64, 64), colour).save(stream, format="PNG")
    stream.seek(0)
    return Image(stream)


def charts():
    """Charts over the repeated rows, a picture in the repeated row, one below it, formulas of another sheet."""
    workbook, sheet = book()
    put(sheet, "A1", "Biểu đồ điểm năm {{nam}}", bold=True)
    row(sheet, 3, ["Đơn vị", "Điểm", "Tự chấm", "Cờ"], bold=True, frame=True)
    row(sheet, 4, ["{{#each xep_hang}}{{ten_viet_tat}}", "{{tong}}", "{{tu_cham}}", "{{#if (bang hang 1)}}nhất{{/if}}{{/each}}"], frame=True, codes={1: "0.00", 2: "0.00"})
    row(sheet, 5, ["Trung bình", "=AVERAGE(B4:B4)", None, None], frame=True, codes={1: "0.00"})
    sheet.column_dimensions["A"].width = 30
    bars = BarChart()
    bars.title = "Tổng điểm năm {{nam}}"
    bars.add_data(Reference(sheet, min_col=2, max_col=3, min_row=3, max_row=4), titles_from_data=True)
    bars.set_categories(Reference(sheet, min_col=1, min_row=4, max_row=4))
    sheet.add_chart(bars, "A8")
    line = LineChart()
    line.add_data(Reference(sheet, min_col=2, min_row=4, max_row=4))
    sheet.add_chart(line, "F3")
    small = picture("red")
    small.width = small.height = 16
    sheet.add_image(small, "E4")
    sheet.add_image(picture("blue"), "D7")
    other = workbook.create_sheet("Tóm tắt")
    put(other, "A1", "Điểm cao nhất")
    put(other, "B1", "=MAX('Xếp hạng'!B4:B4)", code="0.00")
    put(other, "A2", "Trung bình")
    put(other, "B2", "='Xếp hạng'!B5", code="0.00")
    put(other, "A3", "Đơn vị đứng đầu")
    put(other, "B3", "=INDEX('Xếp hạng'!A4:A4,MATCH(B1,'Xếp hạng'!B4:B4,0))")
    save(workbook, "bieu-do.xlsx")


def sheets():
    """Names of sheets with tags, formulas from sheet to sheet and turn to turn, names, print areas, a hidden sheet."""
    workbook, sheet = book("Năm {{nam}}")
    row(sheet, 1, ["Đơn vị", "Tổng", "Chênh lệch với đầu bảng"], bold=True)
    row(sheet, 2, ["{{#each xep_hang}}{{ten}}", "{{tong}}", "=diem_dau-B2"], codes={1: "0.00", 2: "0.00"})
    put(sheet, "D2", "{{/each}}")
    put(sheet, "A3", "Cộng")
    put(sheet, "B3", "=SUM(tat_ca_diem)", code="0.00")
    sheet.print_area = "A1:C3"
    sheet.print_title_rows = "1:1"
    second = workbook.create_sheet("Đối chiếu")
    row(second, 1, ["Đơn vị", "Điểm ở trang kia", "Tỷ trọng"], bold=True)
    row(
        second, 3,
        ["{{#each xep_hang}}{{ten_viet_tat}}", "='Năm {{nam}}'!B2", "=B3/SUM('Năm {{nam}}'!$B$2:$B$2)", "{{/each}}"],
        codes={1: "0.00", 2: "0.0%"},
    )
    put(second, "B4", "=SUM(B3:B3)-'Năm {{nam}}'!B3", code="0.00")
    third = workbook.create_sheet("Ẩn")
    put(third, "A1", "='Năm {{nam}}'!B3")
    put(third, "A2", "Không có thẻ ở đây")
    third.sheet_state = "hidden"
    workbook.defined_names["tat_ca_diem"] = DefinedName("tat_ca_diem", attr_text="'Năm {{nam}}'!$B$2")
    workbook.defined_names["diem_dau"] = DefinedName("diem_dau", attr_text="MAX('Năm {{nam}}'!$B$2:$B$2)")
    workbook.defined_names["o_cong"] = DefinedName("o_cong", attr_text="'Năm {{nam}}'!$B$3")
    for own in (sheet, second):
        own.column_dimensions["A"].width = 40
        own.column_dimensions["C"].width = 24
    save(workbook, "nhieu-trang.xlsx")


def around():
    """What stands around cells: checks of input, links, comments, breaks, merged cells in and below the loop, levels."""
    workbook, sheet = book()
    put(sheet, "A1", "Bảng có kiểm tra, liên kết, ghi chú", bold=True)
    row(sheet, 3, ["TT", "Đơn vị", "Tổng", "Ý kiến", "Nhận xét"], bold=True, frame=True)
    put(sheet, "A4", "{{#each xep_hang}}")
    sheet.merge_cells("A5:A6")
    sheet.merge_cells("D5:E5")
    row(sheet, 5, ["{{tt}}", "{{ten}}", "{{tong}}", "Ý kiến của {{ten_viet_tat}}", None], frame=True, codes={2: "0.00"})
    row(sheet, 6, [None, "Vai trò: {{vai_tro}}", "=C5", None, None], frame=True, codes={2: "0.00"})
    put(sheet, "A7", "{{/each}}")
    sheet.merge_cells("B9:C9")
    put(sheet, "B9", "Danh mục ý kiến", bold=True)
    for number, text in enumerate(["Nhất trí", "Không nhất trí", "Ý kiến khác"]):
        put(sheet, f"B{10 + number}", text)
    check = DataValidation(type="list", formula1="$B$10:$B$12", allow_blank=True)
    check.add("D6")
    check.add("E6")
    sheet.add_data_validation(check)
    sheet["B5"].hyperlink = Hyperlink(ref="B5", location="'Xếp hạng'!B9")
    sheet["B10"].hyperlink = "https://example.org/"
    sheet["C5"].comment = Comment("Tổng điểm sau thẩm định", "Ban Thi đua")
    sheet["B12"].comment = Comment("Ghi rõ ở cột Nhận xét", "Ban Thi đua")
    sheet.row_breaks.append(Break(id=6))
    sheet.row_breaks.append(Break(id=8))
    sheet.row_dimensions[6].outlineLevel = 1
    sheet.row_dimensions[5].height = 30
    sheet.conditional_formatting.add("B5:E6", FormulaRule(formula=["$C5<AVERAGE($C$5:$C$6)"], font=Font(italic=True)))
    sheet.auto_filter.ref = "A3:E6"
    for column, width in {"B": 44, "C": 10, "D": 18, "E": 18}.items():
        sheet.column_dimensions[column].width = width
    save(workbook, "xung-quanh.xlsx")


def conditions():
    """Rows that stand or not, the other branch, lists without a member, blocks inside a cell, rich text cut by a tag."""
    workbook, sheet = book()
    rich = CellRichText(
        TextBlock(InlineFont(rFont=FONT, sz=14, b=True), "Kết quả {"),
        TextBlock(InlineFont(rFont=FONT, sz=14, b=True, color="FFC00000"), "{na"),
        TextBlock(InlineFont(rFont=FONT, sz=14, i=True), "m}} của "),
        TextBlock(InlineFont(rFont=FONT, sz=12), "{{cum.ten}}"),
    )
    sheet["A1"] = rich
    put(sheet, "A2", "{{#if cum.chu_de}}")
    put(sheet, "A3", "Chủ đề: {{cum.chu_de}}")
    put(sheet, "A4", "{{else}}")
    put(sheet, "A5", "Không có chủ đề")
    put(sheet, "A6", "{{/if}}")
    row(sheet, 7, ["Hạng", "Đơn vị", "Ghi chú"], bold=True, frame=True)
    put(sheet, "A8", "{{#each xep_hang}}")
    put(sheet, "A9", "{{#if hang}}")
    row(sheet, 10, ["{{hang}}", "{{ten}}", "{{#if dong_hang}}Đồng hạng{{else}}{{#if khen_thuong}}{{khen_thuong}}{{/if}}{{/if}}"], frame=True)
    put(sheet, "A11", "{{else}}")
    row(sheet, 12, ["–", "{{ten}}", "{{#if da_nop}}Không xếp loại{{else}}Chưa nộp báo cáo{{/if}}"], frame=True)
    put(sheet, "A13", "{{/if}}")
    put(sheet, "A14", "{{/each}}")
    row(sheet, 15, ["Số đơn vị có hạng", None, "=COUNT(A10:A10)"])
    row(sheet, 16, ["Tất cả", None, "=COUNTA(B10:B12)"])
    put(sheet, "A18", "{{#unless cum.chua_nop}}")
    put(sheet, "A19", "Mọi đơn vị đã nộp báo cáo.")
    put(sheet, "A20", "{{/unless}}")
    put(sheet, "A21", "Chưa nộp: {{#each cum.chua_nop}}{{ten}}{{#unless @last}}, {{/unless}}{{else}}không có{{/each}}.")
    put(sheet, "A23", "{{#each dong_diem}}")
    row(sheet, 24, ["{{@tt}}", "Đồng hạng {{hang}}", None])
    put(sheet, "A25", "{{/each}}")
    row(sheet, 26, ["Số nhóm đồng hạng", None, "=COUNT(A24:A24)"])
    sheet.column_dimensions["A"].width = 22
    sheet.column_dimensions["B"].width = 48
    sheet.column_dimensions["C"].width = 34
    save(workbook, "dieu-kien.xlsx")


def formulas():
    """Running totals, places, shares, shared and array formulas, conditions over the whole loop, an absolute cell."""
    workbook, sheet = book()
    put(sheet, "A1", "Hệ số")
    put(sheet, "B1", 1.5)
    row(sheet, 3, ["TT", "Đơn vị", "Tổng", "Hạng tính lại", "Luỹ kế", "Kém đầu bảng", "Tỷ trọng", "Nhân hệ số", "Gấp đôi", "Hiệu"], bold=True)
    row(
        sheet, 4,
        ["=N(A3)+1", "{{#each xep_hang}}{{ten}}", "{{tong}}", '=IF(C4="","",RANK(C4,$C$4:$C$4))', "=N(E3)+C4", "=$C$4-C4", "=C4/SUM($C$4:$C$4)",
         "=C4*B1", "=C4*2", "=I4-C4"],
        codes={2: "0.00", 4: "0.00", 5: "0.00", 6: "0.0%", 7: "0.00", 8: "0.00", 9: "0.00"},
    )
    put(sheet, "B4", "{{#each xep_hang}}{{ten}}")
    put(sheet, "K4", "{{/each}}")
    put(sheet, "B6", "Trên 90")
    put(sheet, "C6", '=COUNTIF(C4:C4,">=90")')
    put(sheet, "B7", "Tổng trên 90")
    put(sheet, "C7", '=SUMIF(C4:C4,">=90",C4:C4)', code="0.00")
    put(sheet, "B8", "Tổng bình phương")
    sheet["C8"] = ArrayFormula("C8", "=SUM(C4:C4*C4:C4)")
    put(sheet, "B9", "Luỹ kế cuối")
    put(sheet, "C9", "=MAX(E4:E4)", code="0.00")
    put(sheet, "B10", "Cả cột")
    put(sheet, "C10", "=SUM(E:E)-SUM(E4:E4)", code="0.00")
    sheet.column_dimensions["B"].width = 40
    save(workbook, "cong-thuc.xlsx")
    # formulas as Excel saves them when filled to the right: one shared by two cells, with values remembered
    edit(
        "cong-thuc.xlsx", "xl/worksheets/sheet1.xml",
        lambda text: text.replace("<f>C4*2</f><v />", '<f t="shared" ref="I4:I4" si="0">C4*2</f><v>8</v>').replace(
            "<f>C4*2</f><v></v>", '<f t="shared" ref="I4:I4" si="0">C4*2</f><v>8</v>'),
    )


def numbers():
    """Numbers, shares and dates as cells take them; texts in cells for text; a workbook that counts from 1904."""
    workbook, sheet = book()
    put(sheet, "A1", "Ngày văn bản")
    put(sheet, "B1", "{{ngay_van_ban}}", code="dd/mm/yyyy")
    put(sheet, "C1", "{{ngay han_nop}}")
    put(sheet, "A2", "Số tiêu chí")
    put(sheet, "B2", "{{so_tieu_chi}}")
    put(sheet, "C2", "{{so so_tieu_chi 2}}")
    row(sheet, 4, ["Mã", "Tiêu chí", "Kế hoạch", "Kết quả", "Tỷ lệ (ô %)", "Tỷ lệ (hàm)", "Viết liền", "Ô chữ"], bold=True)
    put(sheet, "A5", "{{#each nhom}}{{#each tieu_chi}}")
    row(
        sheet, 6,
        ["{{ma}}", "{{ten}}", "{{ke_hoach}}", "{{so ket_qua}}", "{{ty_le}}", "{{phan_tram ty_le}}", "{{so ket_qua}}/{{so ke_hoach}}", "{{ket_qua}}"],
        codes={2: "#,##0", 4: "0.0%", 7: "@"},
    )
    put(sheet, "A7", "{{/each}}{{/each}}")
    put(sheet, "B8", "Lớn nhất")
    put(sheet, "C8", "=MAX(C6:C6)")
    put(sheet, "D8", "=MAX(D6:D6)")
    sheet.column_dimensions["B"].width = 60
    for column in "CDEFGH":
        sheet.column_dimensions[column].width = 16
    workbook.epoch = __import__("openpyxl.utils.datetime", fromlist=["CALENDAR_MAC_1904"]).CALENDAR_MAC_1904
    save(workbook, "so-va-ngay.xlsx")


def example():
    """The workbook that the program hands out to begin with: groups as columns, units as rows, totals as formulas."""
    workbook, sheet = book()
    for cells, text, look in (
        ("A1:D1", "{{hoa co_quan_cap_tren}}", {}),
        ("A2:D2", "{{hoa co_quan_ban_hanh}}", {"bold": True}),
        ("A4:K4", "BẢNG TỔNG HỢP ĐIỂM, XẾP HẠNG NĂM {{nam}}", {"bold": True}),
        ("A5:K5", "{{cum.ten}} ({{cum.so_da_nop}}/{{cum.so_don_vi}} đơn vị đã nộp báo cáo)", {}),
    ):
        sheet.merge_cells(cells)
        put(sheet, cells.split(":")[0], text, center=True, **look)
    row(
        sheet, 7,
        ["TT", "Đơn vị", "{{#cot nhom}}Nhóm {{ma}}{{/cot}}", "Điểm", "Thưởng", "Trừ", "Tổng", "Xếp thứ", "Xếp loại", "Đề nghị khen", "Ghi chú"],
        bold=True, frame=True, fill=HEAD, center=True,
    )
    codes = {number: "#,##0.00" for number in (2, 3, 4, 5, 6)}
    row(
        sheet, 8,
        ["{{#each xep_hang}}{{tt}}", "{{ten}}", "{{#cot nhom}}{{diem}}{{/cot}}", "{{diem}}", "{{thuong}}", "{{tru}}", "=D8+E8-F8", "{{hang}}",
         "{{xep_loai}}", "{{khen_thuong}}", "{{#unless da_nop}}Chưa nộp báo cáo{{/unless}}{{#if dong_hang}}Đồng hạng{{/if}}{{/each}}"],
        frame=True, codes=codes,
    )
    row(
        sheet, 9,
        [None, "Bình quân", "=AVERAGE(C8:C8)", "=AVERAGE(D8:D8)", "=AVERAGE(E8:E8)", "=AVERAGE(F8:F8)", "=AVERAGE(G8:G8)"] + [None] * 4,
        bold=True, frame=True, codes=codes,
    )
    for column in "ABCDEFGHIJK":
        across = "center" if column in "AH" else None
        sheet[f"{column}8"].alignment = Alignment(wrap_text=column in "BIJK", vertical="center", horizontal=across)
    put(sheet, "B11", "Các nhóm tiêu chí:", bold=True)
    put(sheet, "A12", "{{#each nhom}}")
    put(sheet, "B13", "Nhóm {{ma}}: {{ten}}{{#if toi_da}} (tối đa {{so toi_da}} điểm){{/if}}")
    put(sheet, "A14", "{{/each}}")
    sheet.merge_cells("G16:K16")
    put(sheet, "G16", "{{dia_danh}}, {{ngay_dai ngay_van_ban}}", center=True)
    for column, width in {"A": 5, "B": 34, "C": 9, "D": 9, "E": 9, "F": 8, "G": 10, "H": 8, "I": 14, "J": 26, "K": 18}.items():
        sheet.column_dimensions[column].width = width
    sheet.row_dimensions[7].height = 36
    sheet.row_dimensions[8].height = 36
    sheet.freeze_panes = "C8"
    sheet.print_title_rows = "7:7"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddHeader.left.text = "{{cum.ten}} - năm {{nam}}"
    sheet.oddFooter.center.text = "&P/&N"
    sheet.conditional_formatting.add("G8", DataBarRule(start_type="num", start_value=0, end_type="max", color="8EA9DB"))
    save(workbook, "../../templates/xep-hang-vi-du.xlsx")


def faulty():
    """Every kind of fault, each in a cell of its own."""
    workbook, sheet = book()
    put(sheet, "A1", "{{namm}}")
    put(sheet, "B1", "{{lamtron nam}}")
    put(sheet, "C1", "Năm {{nam")
    put(sheet, "D1", "{{{nam}}}")
    put(sheet, "E1", "{{xep_hang}}")
    put(sheet, "F1", "{{so nam,2}}")
    put(sheet, "A3", "{{#each xep_hagn}}")
    put(sheet, "A4", "{{ten}}")
    put(sheet, "A5", "{{/each}}")
    row(sheet, 7, ["Năm {{nam}}", "{{#each xep_hang}}{{ten}}", "{{tong}}{{/each}}"])
    row(sheet, 9, ["{{#each don_vi}}{{ten}}", "{{tnog}}{{/each}}"])
    put(sheet, "A11", "{{#cot nhom}}{{ma}}")
    put(sheet, "A12", "{{ma}}{{/cot}}")
    put(sheet, "A14", '="Năm {{nam}}"')
    put(sheet, "A16", "{{/if}}")
    put(sheet, "A18", "{{#if cum.chu_de}}")
    sheet["B20"] = "Ghi chú có thẻ"
    sheet["B20"].comment = Comment("{{nam}}", "Ban Thi đua")
    save(workbook, "co-loi.xlsx")


# What LibreOffice makes of a sheet that somebody drew in it, saved as Excel 2007.
FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
  xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
  xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"
  office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
 <office:automatic-styles>
  <number:number-style style:name="N2"><number:number number:decimal-places="2" number:min-integer-digits="1"/></number:number-style>
  <style:style style:name="two" style:family="table-cell" style:data-style-name="N2"/>
  <style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>
  <style:style style:name="wide" style:family="table-column"><style:table-column-properties style:column-width="8cm"/></style:style>
 </office:automatic-styles>
 <office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>
</office:document>
"""


def cell(value, style=None, formula=None, spanned=None):
    attributes = f' table:style-name="{style}"' if style else ""
    if spanned:
        attributes += f' table:number-columns-spanned="{spanned}"'
    if formula:
        return f'<table:table-cell{attributes} table:formula="of:={formula}" office:value-type="float" office:value="0"/>'
    if value is None:
        return f"<table:table-cell{attributes}/>"
    text = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return f'<table:table-cell{attributes} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def flat_row(*cells):
    return "<table:table-row>" + "".join(cells) + "</table:table-row>"


def flat_simple():
    rows = [
        flat_row(cell("BẢNG XẾP HẠNG NĂM {{nam}}", "head", spanned=4)),
        flat_row(cell("Đơn vị", "head"), cell("Điểm", "head"), cell("Thưởng", "head"), cell("Cộng", "head")),
        flat_row(cell("{{#each xep_hang}}{{ten}}"), cell("{{diem}}", "two"), cell("{{thuong}}{{/each}}", "two"), cell(None, "two", "[.B3]+[.C3]")),
        flat_row(cell("Cộng", "head"), cell(None, "two", "SUM([.B3:.B3])"), cell(None, "two", "SUM([.C3:.C3])"), cell(None, "two", "SUM([.D3:.D3])")),
    ]
    # the closing tag stands last in its row, so the sum goes before it
    rows[2] = flat_row(cell("{{#each xep_hang}}{{ten}}"), cell("{{diem}}", "two"), cell("{{thuong}}", "two"), cell(None, "two", "[.B3]+[.C3]"), cell("{{/each}}"))
    return f'<table:table table:name="Xếp hạng"><table:table-column table:style-name="wide"/>{"".join(rows)}</table:table>'


def flat_columns():
    rows = [
        flat_row(cell("Nhóm", "head"), cell("{{#cot nhom}}{{ma}}{{/cot}}", "head"), cell("Cộng", "head")),
        flat_row(cell("{{#each don_vi}}")),
        flat_row(cell("{{ten}}"), cell("{{#cot nhom}}{{diem}}{{/cot}}", "two"), cell(None, "two", "SUM([.B3:.B3])")),
        flat_row(cell("{{/each}}")),
        flat_row(cell("Cao nhất"), cell(None, "two", "MAX([.B3:.B3])"), cell(None, "two", "MAX([.C3:.C3])")),
    ]
    return f'<table:table table:name="Theo nhóm"><table:table-column table:style-name="wide"/>{"".join(rows)}</table:table>'


def libreoffice(soffice):
    for name, sheets in {"libreoffice-1": flat_simple(), "libreoffice-2": flat_columns() + flat_simple()}.items():
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / f"{name}.fods"
            source.write_text(FLAT.replace("{sheets}", sheets), encoding="utf-8")
            subprocess.run(
                [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx", "--outdir", folder, source],
                check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
            (HERE / f"{name}.xlsx").write_bytes((pathlib.Path(folder) / f"{name}.xlsx").read_bytes())
        settle(HERE / f"{name}.xlsx")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--soffice", default="soffice")
    parser.add_argument("--without-libreoffice", action="store_true")
    arguments = parser.parse_args()
    for make in (simple, nested, columns, columns_in_columns, tables, charts, sheets, around, conditions, formulas, numbers, example, faulty):
        make()
    if not arguments.without_libreoffice:
        libreoffice(arguments.soffice)


main()

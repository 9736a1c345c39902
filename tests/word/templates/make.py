"""Makes the template fixtures: python-docx.docx as python-docx writes it, and libreoffice.docx, the same file opened
and saved by LibreOffice. Needs python-docx and soffice; run it in this folder. The files are committed."""

import subprocess
import tempfile
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT

HERE = Path(__file__).parent


def fill_cells(row, texts):
    for cell, text in zip(row.cells, texts):
        cell.text = text


def make(path):
    document = Document()
    document.core_properties.title = "Báo cáo {{cum.ten}} năm {{nam}}"
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "{{cum.ten}}"
    section.header.paragraphs[0].text = "{{hoa cum.ten}}"
    section.footer.paragraphs[0].text = "Năm {{nam}}"

    document.add_heading("Báo cáo của {{cum.ten}}", 1)
    torn = document.add_paragraph("Đơn vị đầu: ")
    torn.add_run("{{don_vi.").bold = True
    torn.add_run("[0].t").italic = True
    torn.add_run("en}}!")
    document.add_paragraph("{{#if\u00a0(bang don_vi.[0].xep_loai “Xuất sắc”)}}Đơn vị xuất sắc{{else}}Chưa xuất sắc{{/if}}")
    document.add_paragraph("{{#each don_vi}}")
    document.add_paragraph("{{ten}}: {{tong}}", style="List Number")
    document.add_paragraph("{{#each nhom}}")
    document.add_paragraph("nhóm {{ten}} {{diem}}", style="List Bullet")
    document.add_paragraph("{{/each}}")
    document.add_paragraph("{{/each}}")

    rows = document.add_table(rows=4, cols=3, style="Table Grid")
    fill_cells(rows.rows[0], ["TT", "Đơn vị", "Điểm"])
    fill_cells(rows.rows[1], ["{{#each don_vi}}", "", ""])
    fill_cells(rows.rows[2], ["{{tt}}", "{{ten}}", "{{so tong 2}}"])
    fill_cells(rows.rows[3], ["", "", "{{/each}}"])

    document.add_paragraph()
    columns = document.add_table(rows=3, cols=3, style="Table Grid")
    fill_cells(columns.rows[0], ["Nhóm", "Các đơn vị", "Ghi chú"])
    fill_cells(columns.rows[1], ["", "{{#cot don_vi}}{{ten}}{{/cot}}", ""])
    fill_cells(columns.rows[2], ["{{#each don_vi.[0].nhom}}{{ten}}", "{{#cot @root.don_vi}}{{hang}}{{/cot}}", "{{/each}}"])

    landscape = document.add_section()
    landscape.orientation = WD_ORIENT.LANDSCAPE
    landscape.page_width, landscape.page_height = landscape.page_height, landscape.page_width
    document.add_paragraph("{{#if cum.cum_truong}}Trưởng: {{cum.cum_truong.ten}}{{else}}Chưa có cụm trưởng{{/if}}")
    document.save(path)


if __name__ == "__main__":
    original = HERE / "python-docx.docx"
    make(original)
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, original]
        subprocess.run(command, check=True, capture_output=True)
        (HERE / "libreoffice.docx").write_bytes((Path(folder) / "python-docx.docx").read_bytes())

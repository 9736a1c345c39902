#!/usr/bin/env python3
"""Makes the template cases: cases/NAME.docx, and cases/NAME.txt with the text and the structure of the filled file.

    pip install python-docx==1.2.0; python3 make-cases.py          (needs soffice for the cases by LibreOffice)

Cases named word-… are written part by part in the manner of Word 365 (rsid, paraId, proofErr, AlternateContent), those
named python-docx-… by python-docx, those named libreoffice-… by LibreOffice. All are filled with data.json. The text has
a line for each paragraph, a table row with | between its cells and / between a cell's paragraphs, → for a tab, ⏎ for a
break, § for a symbol, ⟦ ⟧ around a text box, ‹ › around the note that a reference leads to; other parts follow under their names in
brackets. Under == stand counts of elements (`document w:tr 5`) and whatever else the test understands.
"""
import io
import subprocess
import tempfile
import zipfile
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Cm

HERE = Path(__file__).resolve().parent
CASES = HERE / "cases"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "r": OFFICE,
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml", "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office", "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}.items()) + ' mc:Ignorable="w14"'
SECTION = '<w:sectPr w:rsidR="00A77B3E">{}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
                    "53de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082")
STYLES = f"""<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="28"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="DanhSach"><w:name w:val="Danh sach"/><w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>"""
LEVEL = '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl>'
NUMBERING = f'<w:numbering {SPACES}>' + "".join(f'<w:abstractNum w:abstractNumId="{n}">{LEVEL}</w:abstractNum>' for n in (1, 2, 3)) \
    + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2, 3)) + "</w:numbering>"


def r(text, look=""):
    """A run as Word writes it."""
    look = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r w:rsidRPr="00F1A2B3">{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


COUNT = [0]


def p(*content, look=""):
    """A paragraph of runs; a text becomes a run."""
    COUNT[0] += 1
    runs = "".join(part if part.startswith("<") else r(part) for part in content)
    look = f"<w:pPr>{look}</w:pPr>" if look else ""
    return f'<w:p w14:paraId="{COUNT[0]:08X}" w14:textId="77777777" w:rsidR="00C77E1A" w:rsidRDefault="00C77E1A">{look}{runs}</w:p>'


def cell(*content, span=1, merge="", width=2000):
    """A cell; a text becomes a paragraph."""
    inside = "".join(part if part.startswith("<") else p(part) for part in content) or p()
    span = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}</w:tcPr>{inside}</w:tc>'


def row(*cells, look=""):
    look = f"<w:trPr>{look}</w:trPr>" if look else ""
    return f'<w:tr w:rsidR="00C77E1A">{look}{"".join(own if own.startswith("<w:tc") else cell(own) for own in cells)}</w:tr>'


def table(*rows, widths=(2000, 2000, 2000)):
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'


RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def numbered(text, number):
    return p(text, look=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')


def picture(number, description=""):
    return (f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="360000" cy="360000"/>'
            f'<wp:docPr id="{number}" name="Hình {number}" descr="{description}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="anh.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdAnh"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="360000" cy="360000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>')


def text_box(*paragraphs):
    """A text box as Word writes it: the drawing, and the same once more for old programs."""
    inside = f'<w:txbxContent>{"".join(paragraphs)}</w:txbxContent>'
    return ('<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
            '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
            '<wp:extent cx="2000000" cy="1000000"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="41" name="Hộp 1"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
            '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="1000000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
            f'<wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>'
            f'<mc:Fallback><w:pict><v:shape id="hop1" style="width:157pt;height:79pt"><v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>')


def control(properties, content):
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def reference(kind, number):
    return f'<w:r><w:{kind}noteReference w:id="{number}"/></w:r>'


def notes(kind, *texts):
    special = "".join(f'<w:{kind}note w:type="{name}" w:id="{number}"><w:p><w:r><w:{name}/></w:r></w:p></w:{kind}note>'
                      for number, name in ((-1, "separator"), (0, "continuationSeparator")))
    own = "".join(f'<w:{kind}note w:id="{number}">{p(f"<w:r><w:{kind}noteRef/></w:r>", text)}</w:{kind}note>'
                  for number, text in enumerate(texts, start=1))
    return f"<w:{kind}notes {SPACES}>{special}{own}</w:{kind}notes>"


def field(code, result):
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return mark("begin") + f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>' + mark("separate") + result + mark("end")


def write(path, parts):
    """A zip that is the same each time."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content if isinstance(content, bytes) else content.encode())


HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


def package(body, others=None, section="", main="document.main", title=None, raw=None):
    """The parts of a file with this body; `others`: name below word/ → (kind, XML)."""
    others = {"styles.xml": ("styles", STYLES), "numbering.xml": ("numbering", NUMBERING), **(others or {})}
    kinds = {"document": ("document", main)}
    main_type = f"{WORD}.{main}+xml" if "." in main and not main.startswith("application") else main
    overrides = f'<Override PartName="/word/document.xml" ContentType="{main_type}"/>'
    links = f'<Relationship Id="rIdAnh" Type="{OFFICE}/image" Target="media/anh.png"/><Relationship Id="rIdLienKet" Type="{OFFICE}/hyperlink" Target="https://example.vn/" TargetMode="External"/>'
    parts = {}
    for name, (kind, content) in others.items():
        if kind == "vba":
            overrides += f'<Override PartName="/word/{name}" ContentType="application/vnd.ms-office.vbaProject"/>'
            links += f'<Relationship Id="rIdMa" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="{name}"/>'
        else:
            overrides += f'<Override PartName="/word/{name}" ContentType="{WORD}.{kind}+xml"/>'
            links += f'<Relationship Id="rId_{name[:-4]}" Type="{OFFICE}/{kind}" Target="{name}"/>'
        parts[f"word/{name}"] = HEAD + content if isinstance(content, str) else content
    top = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    if title:
        overrides += '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        top += '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        parts["docProps/core.xml"] = HEAD + ('<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
                                             f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>')
    relationships = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    document = raw if raw is not None else HEAD + f"<w:document {SPACES}><w:body>{body}{SECTION.format(section)}</w:body></w:document>"
    return {
        "[Content_Types].xml": HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>{overrides}</Types>',
        "_rels/.rels": HEAD + f"<Relationships {relationships}>{top}</Relationships>",
        "word/document.xml": document,
        "word/_rels/document.xml.rels": HEAD + f"<Relationships {relationships}>{links}</Relationships>",
        "word/media/anh.png": PNG, **parts,
    }


def case(name, parts, text, structure=""):
    COUNT[0] = 0
    if isinstance(parts, str):
        parts = package(parts)
    write(CASES / f"{name}.docx", parts)
    expect(name, text, structure)


def expect(name, text, structure=""):
    lines = text + "\n" + (f"==\n{structure.strip()}\n" if structure else "")
    (CASES / f"{name}.txt").write_text(lines, encoding="utf-8")


def texts_and_tags():
    torn = p(r("Tên: "), r("{", "<w:b/>"), r("{c", "<w:i/>"), '<w:proofErr w:type="spellStart"/>', r("um"), '<w:proofErr w:type="spellEnd"/>',
             '<w:bookmarkStart w:id="1" w:name="b"/>', r(".te"), '<w:bookmarkEnd w:id="1"/>', r("n}"), r("} hết"))
    case("word-the-bi-cat-qua-nhieu-run", torn, "Tên: Cụm A & B <số 1> hết", "document w:b 1\ndocument w:i 0\ndocument w:proofErr 0\ndocument w:bookmarkStart 1")
    case("word-nhay-cong-va-dau-cach-la", p("{{#if\u00a0(bang don_vi.[0].ten “Điện lực”)}}đúng{{else}}sai{{/if}}, {{na\u200bm}}, {{hoa ‘a’}}"), "đúng, 2024, A")
    case("word-tab-va-ngat-dong-trong-the", p(r("{{hoa"), "<w:r><w:tab/></w:r>", r("cum."), "<w:r><w:lastRenderedPageBreak/></w:r>", r("ten}}→")),
         "CỤM A & B <SỐ 1>→", "document w:tab 0")
    case("word-dinh-dang-theo-chu-dau", p(r("Điểm ", ""), r("{{so ", '<w:b/><w:color w:val="C00000"/>'), r("don_vi.[0].tong", "<w:i/>"), r("}}", "<w:u w:val=\"single\"/>"), r(" điểm")),
         "Điểm 98,75 điểm", "document w:b 1\ndocument w:i 0\ndocument w:u 0")
    case("word-gia-tri-nhieu-dong", p("[{{nhieu_dong}}]"), "[dòng 1⏎dòng 2→cột]", "document w:br 1\ndocument w:tab 1\ndocument w:p 1")
    case("word-ky-tu-nguy-hiem", p("[{{la}}] [{{cum.ten}}]"), "[a&amp;<w:p/>\"'bc] [Cụm A & B <số 1>]", "document w:p 1")
    case("word-gia-tri-giong-the", p("{{giong_the}}"), "{{nam}} và {{#each don_vi}}", "allows braces")
    case("word-so-ngay-trong", p("{{so_lon}}; {{so so_lon 2}}; {{han_nop}}; {{ngay_dai ngay}}; [{{trong}}]; {{don_vi.[2].tong}}; {{bang_chu don_vi.[0].hang}}"),
         "424.830; 424.830,00; 05/3/2024; ngày\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0tháng\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0năm 2024; []; ; một")
    case("word-dau-gach-noi-trong-the", p(r("{{#if (lon_hon 5 "), "<w:r><w:noBreakHyphen/></w:r>", r("3)}}lớn"), "<w:r><w:softHyphen/></w:r>", r("{{/if}}")), "lớn", "document w:noBreakHyphen 0")


def paragraphs():
    case("word-lap-doan", p("Đầu") + p("{{#each don_vi}}") + p("{{tt}}. {{ten}}") + p(" {{/each}} ") + p("Cuối"), "Đầu\n1. Điện lực\n2. Y tế\n3. Giáo dục\nCuối", "document w:p 5")
    case("word-lap-trong-cau", p("Gồm {{#each don_vi}}{{ten}}{{#if @last}}.{{else}}, {{/if}}{{/each}}"), "Gồm Điện lực, Y tế, Giáo dục.", "document w:p 1")
    case("word-lap-dau-cuoi-trong-doan-lap", p("{{#each don_vi}}{{ten}}") + p("điểm {{tong}}{{/each}}"), "Điện lực\nđiểm 98,75\nY tế\nđiểm 94,1\nGiáo dục\nđiểm ")
    case("word-dieu-kien-noi-nhau", p("{{#each don_vi}}") + p("{{#if (bang hang 1)}}") + p("nhất") + p("{{else if (bang hang 2)}}") + p("nhì") + p("{{else}}") + p("không xếp") + p("{{/if}}") + p("{{/each}}"), "nhất\nnhì\nkhông xếp")
    case("word-with-unless-else", p("{{#with don_vi.[1]}}{{ten}} {{../nam}}{{/with}}") + p("{{#with cum.cum_truong}}{{ten}}{{else}}chưa có{{/with}}") + p("{{#each trong}}x{{else}}không ai{{/each}}{{#unless trong}}!{{/unless}}"), "Y tế 2024\nchưa có\nkhông ai!")
    case("word-lap-long-nhau", p("{{#each don_vi}}") + p("{{ten}}") + p("{{#each nhom}}") + p("{{@../tt}}.{{@tt}} {{ten}}: {{#each tieu_chi}}{{ma}}={{ket_qua}}{{#unless @last}}; {{/unless}}{{/each}}") + p("{{/each}}") + p("{{/each}}"),
         "\n".join(f"{name}\n{n}.1 I: 1.1=10; 1.2=20,5\n{n}.2 II: 2.1=30" for n, name in enumerate(("Điện lực", "Y tế", "Giáo dục"), 1)))
    case("word-ngat-trang-trong-lap", p("{{#each don_vi}}") + p("{{ten}}") + p('<w:r><w:br w:type="page"/></w:r>') + p("{{/each}}"), "Điện lực\n⏎\nY tế\n⏎\nGiáo dục\n⏎", "document w:br 3")
    section = SECTION.format("")
    case("word-ngat-phan-trong-lap", p("{{#each don_vi}}") + p("{{ten}}") + p(look=section) + p("{{/each}}") + p("Hết"), "Điện lực\n\nY tế\n\nGiáo dục\n\nHết", "document w:sectPr 4")
    case("word-the-o-doan-ket-phan", p("{{#if trong}}") + p("ẩn") + p("{{/if}}", look=section) + p("sau"), "\nsau", "document w:sectPr 2")
    case("word-danh-sach-dem-lai", p("{{#each don_vi}}") + numbered("{{ten}}", 1) + p("{{#each nhom}}") + numbered("{{ten}}", 2) + p("{{/each}}") + p("{{/each}}"),
         "\n".join(f"{name}\nI\nII" for name in ("Điện lực", "Y tế", "Giáo dục")), "numbers 1 2 2 1 4 4 1 5 5\nnumbering w:num 5\nnumbering w:startOverride 2")
    case("word-danh-sach-theo-kieu", p("{{#each don_vi}}") + p("{{ten}}") + p("{{#each nhom}}") + p("{{ten}}", look='<w:pStyle w:val="DanhSach"/><w:jc w:val="left"/>') + p("{{/each}}") + p("{{/each}}"),
         "\n".join(f"{name}\nI\nII" for name in ("Điện lực", "Y tế", "Giáo dục")), "numbers 3 3 4 4 5 5")
    case("word-danh-sach-mot-vong", p("{{#each don_vi}}") + numbered("{{ten}}", 1) + p("{{/each}}") + numbered("Khác", 1), "Điện lực\nY tế\nGiáo dục\nKhác", "numbers 1 1 1 1\nnumbering w:num 3")


def tables():
    head = row("TT", "Tên", "Điểm", look="<w:tblHeader/>")
    case("word-lap-hang", table(head, row("{{#each don_vi}}", "", ""), row("{{tt}}", "{{ten}}", "{{so tong 2}}"), row("", "", "{{/each}}"), row("", "Cộng", "")),
         "TT | Tên | Điểm\n1 | Điện lực | 98,75\n2 | Y tế | 94,10\n3 | Giáo dục | \n | Cộng | ", "document w:tr 5\ndocument w:tblHeader 1")
    case("word-lap-trong-hang", table(row("{{#each don_vi}}{{tt}}", "{{ten}}", "{{tong}}{{/each}}")), "1 | Điện lực | 98,75\n2 | Y tế | 94,1\n3 | Giáo dục | ", "document w:tr 3")
    case("word-lap-nhieu-hang", table(row("{{#each don_vi}}{{#if da_nop}}{{tt}}", "{{ten}}"), row("điểm", "{{tong}}{{/if}}{{/each}}"), widths=(2000, 4000)), "1 | Điện lực\nđiểm | 98,75\n2 | Y tế\nđiểm | 94,1", "document w:tr 4")
    case("word-lap-hang-long-nhau", table(row("{{#each don_vi}}", ""), row("{{tt}}", "{{ten}}"), row("{{#each nhom}}{{@../tt}}.{{@tt}}", "{{ten}}: {{diem}}{{/each}}"), row("{{/each}}", ""), widths=(2000, 4000)),
         "1 | Điện lực\n1.1 | I: 50\n1.2 | II: 48,75\n2 | Y tế\n2.1 | I: 50\n2.2 | II: 48,75\n3 | Giáo dục\n3.1 | I: 50\n3.2 | II: 48,75")
    columns = [cell("{{#cot don_vi}}{{ten}}{{/cot}}", width=6000)]
    case("word-lap-cot", table(row(cell("Nhóm"), cell("Các đơn vị", width=6000)), row(cell(""), *columns), row(cell("Điểm"), cell("{{#cot don_vi}}{{tong}}{{/cot}}", width=6000)), widths=(2000, 6000)),
         "Nhóm | Các đơn vị\n | Điện lực | Y tế | Giáo dục\nĐiểm | 98,75 | 94,1 | ", "document w:gridCol 4\ndocument w:tc 10\nspans 3")
    case("word-lap-hang-va-cot", table(row(cell("", merge=RESTART), cell("Đơn vị", width=6000)), row(cell("", merge=CONTINUE), cell("{{#cot don_vi}}{{ten}}{{/cot}}", width=6000)),
                                       row(cell("{{#each don_vi.[0].nhom}}{{ten}}"), cell("{{#cot @root.don_vi}}{{hang}}{{/cot}}{{/each}}", width=6000)), widths=(2000, 6000)),
         " | Đơn vị\n | Điện lực | Y tế | Giáo dục\nI | 1 | 2 | \nII | 1 | 2 | ", "document w:gridCol 4\nspans 3\nmerges restart continue")
    case("word-lap-hai-cot-mot-luot", table(row("Tên", cell("{{#cot don_vi}}{{ten}}", width=3000), cell("{{hang}}{{/cot}}", width=3000)), row(cell("Tổng", span=3, width=8000)), widths=(2000, 3000, 3000)),
         "Tên | Điện lực | 1 | Y tế | 2 | Giáo dục | \nTổng", "document w:gridCol 7\nspans 7")
    case("word-cot-khong-co-luot-nao", table(row("Tên", "{{#cot trong}}{{x}}{{/cot}}"), row("a", "b"), widths=(2000, 4000)), "Tên\na", "document w:gridCol 1")
    inner = table(row("{{#each nhom}}{{ten}}", "{{diem}}{{/each}}"), widths=(1000, 1000))
    case("word-bang-trong-bang", table(row(cell("{{#each don_vi}}{{ten}}"), cell(inner, p()), cell("{{tong}}{{/each}}"))),
         "Điện lực | I | 50 / II | 48,75 /  | 98,75\nY tế | I | 50 / II | 48,75 /  | 94,1\nGiáo dục | I | 50 / II | 48,75 /  | ", "document w:tbl 4")
    case("word-lap-bang-nguyen", p("{{#each don_vi}}") + table(row("{{ten}}", "{{tong}}"), widths=(2000, 2000)) + p() + p("{{/each}}"), "Điện lực | 98,75\n\nY tế | 94,1\n\nGiáo dục | \n", "document w:tbl 3")
    case("word-o-gop-doc-qua-vong-lap", table(row(cell("Các nhóm", merge=RESTART), "Đầu", ""), row(cell("", merge=CONTINUE), "{{#each don_vi.[0].nhom}}", ""), row(cell("", merge=CONTINUE), "{{ten}}", "{{diem}}"), row("{{/each}}", "", "")),
         "Các nhóm | Đầu | \n | I | 50\n | II | 48,75", "merges restart continue continue")
    case("word-o-gop-doc-mat-dau", table(row(cell("{{#if trong}}Nhóm", merge=RESTART), "một", "x{{/if}}"), row(cell("Còn lại", merge=CONTINUE), "hai", "y"), row(cell("", merge=CONTINUE), "ba", "z")),
         "Còn lại | hai | y\n | ba | z", "merges restart continue")
    case("word-o-gop-doc-moi-luot", table(row(cell("{{#each don_vi}}{{ten}}", merge=RESTART), "điểm", "{{tong}}"), row(cell("", merge=CONTINUE), "hạng", "{{hang}}{{/each}}")),
         "Điện lực | điểm | 98,75\n | hạng | 1\nY tế | điểm | 94,1\n | hạng | 2\nGiáo dục | điểm | \n | hạng | ", "merges restart continue restart continue restart continue")
    case("word-o-mat-het-chu", table(row(cell(p("{{#if trong}}"), p("x"), p("{{/if}}")), "y")), " | y", "document w:tc 2")
    case("word-bang-khong-con-hang", p("trước") + table(row("{{#each trong}}", ""), row("{{x}}", ""), row("{{/each}}", "")) + p("sau"), "trước\nsau", "document w:tbl 0")


def boxes_and_parts():
    case("word-hop-chu-hai-ban", p("Trước ", text_box(p("{{cum.ten}}"), p("{{#each don_vi}}{{ten}} {{/each}}"))), "Trước ⟦Cụm A & B <số 1>¶Điện lực Y tế Giáo dục ⟧⟦Cụm A & B <số 1>¶Điện lực Y tế Giáo dục ⟧")
    case("word-hop-chu-trong-lap", p("{{#each don_vi}}") + p("{{tt}}", text_box(p("{{ten}}"))) + p("{{/each}}"), "1⟦Điện lực⟧⟦Điện lực⟧\n2⟦Y tế⟧⟦Y tế⟧\n3⟦Giáo dục⟧⟦Giáo dục⟧")
    case("word-hop-chu-kieu-cu", p('<w:r><w:pict><v:shape id="cu" style="width:157pt;height:79pt"><v:textbox><w:txbxContent>' + p("{{nam}}") + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"), "⟦2024⟧")
    headers = {"header1.xml": ("header", f"<w:hdr {SPACES}>{p('{{hoa cum.ten}}')}</w:hdr>"), "header2.xml": ("header", f"<w:hdr {SPACES}>{p('Năm {{nam}}')}</w:hdr>"),
               "footer1.xml": ("footer", f"<w:ftr {SPACES}>{p(r('Trang '), field('PAGE', r('1')), r(' — {{nam}}'))}</w:ftr>")}
    links = '<w:headerReference w:type="default" r:id="rId_header1"/><w:headerReference w:type="first" r:id="rId_header2"/><w:footerReference w:type="default" r:id="rId_footer1"/>'
    case("word-dau-trang-chan-trang", package(p("thân"), headers, links), "thân\n[header1]\nCỤM A & B <SỐ 1>\n[header2]\nNăm 2024\n[footer1]\nTrang 1 — 2024", "same document.xml")
    case("word-chu-thich", package(p("Luật", reference("foot", 1), " và {{nam}}"), {"footnotes.xml": ("footnotes", notes("foot", " Xem {{cum.ten}}."))}), "Luật‹ Xem Cụm A & B <số 1>.› và 2024")
    loop = p("{{#each don_vi}}") + p("{{ten}}", "{0}") + p("{{/each}}") + p("Chung", "{1}")
    text = "\n".join(f"{name}‹ Điểm {mark} của {name}, năm 2024.›" for name, mark in (("Điện lực", "98,75"), ("Y tế", "94,1"), ("Giáo dục", ""))) + "\nChung‹ Chú thích chung.›"
    loop = p("{{#each don_vi}}") + p("{{ten}}", "<!--1-->") + p("{{/each}}") + p("Chung", "<!--2-->")
    for kind in ("foot", "end"):
        body = loop.replace("<!--1-->", reference(kind, 1)).replace("<!--2-->", reference(kind, 2))
        case(f"word-chu-thich-{'cuoi-trang' if kind == 'foot' else 'cuoi-van-ban'}-trong-lap",
             package(body, {f"{kind}notes.xml": (f"{kind}notes", notes(kind, " Điểm {{tong}} của {{ten}}, năm {{../nam}}.", " Chú thích chung."))}), text, f"{kind}notes w:{kind}note 6")
    case("word-chu-thich-khong-the-trong-lap", package(p("{{#each don_vi}}{{ten}}", reference("foot", 1), "{{/each}}"), {"footnotes.xml": ("footnotes", notes("foot", " Theo báo cáo."))}),
         "Điện lực‹ Theo báo cáo.›Y tế‹ Theo báo cáo.›Giáo dục‹ Theo báo cáo.›", "footnotes w:footnote 5")
    comments = {"comments.xml": ("comments", f'<w:comments {SPACES}><w:comment w:id="0" w:author="Thư ký">{p("<w:r><w:annotationRef/></w:r>", "Nhớ {{thay}} câu này")}</w:comment></w:comments>')}
    noted = p('<w:commentRangeStart w:id="0"/>', r("Năm {{nam}}"), '<w:commentRangeEnd w:id="0"/>', '<w:r><w:commentReference w:id="0"/></w:r>')
    case("word-ghi-chu-khong-sang-van-ban", package(p("{{#each don_vi}}") + noted.replace("{{nam}}", "{{ten}}") + p("{{/each}}"), comments), "Năm Điện lực\nNăm Y tế\nNăm Giáo dục",
         "document w:commentReference 0\ndocument w:commentRangeStart 0\nwithout comments.xml\ndocument w:r 3")
    case("word-thuoc-tinh-va-chu-thay-hinh", package(p("Ảnh", picture(3, "Ảnh của {{cum.ten}}, “{{nam}}”")), title="Báo cáo {{cum.ten}} {{#if nam}}{{nam}}{{/if}}"), "Ảnh\n[core]\nBáo cáo Cụm A & B <số 1> 2024",
         "description Ảnh của Cụm A & B <số 1>, “2024”")
    case("word-khong-co-the", package(p("Không có thẻ nào, chỉ có { và }.") + table(row("a", "b"), widths=(1000, 1000))), "Không có thẻ nào, chỉ có { và }.\na | b", "same document.xml\nsame styles.xml\nallows braces")
    case("word-co-macro", package(p("{{nam}}"), {"vbaProject.bin": ("vba", b"VBA")}, main="application/vnd.ms-word.document.macroEnabled.main+xml"), "2024", "without vbaProject.bin")
    case("word-tep-mau-dotx", package(p("{{nam}}"), main="template.main"), "2024")
    spaces = SPACES.replace("xmlns:w=", "xmlns:ns0=")
    case("word-tien-to-khac", package("", raw=HEAD + f'<ns0:document {spaces}><ns0:body><ns0:p><ns0:r><ns0:t>{{{{nam}}}}</ns0:t></ns0:r></ns0:p></ns0:body></ns0:document>'), "2024")
    wide = ('<?xml version="1.0" encoding="UTF-16"?>' + f"<w:document {SPACES}><w:body>{p('{{cum.ten}}')}{SECTION.format('')}</w:body></w:document>").encode("utf-16")
    case("word-phan-than-utf-16", package("", raw=wide), "Cụm A & B <số 1>")


def controls_and_ids():
    rich = '<w:alias w:val="Ô {{ten}}"/><w:tag w:val="ky:{{tt}}"/><w:id w:val="7"/>'
    case("word-o-dieu-khien-trong-lap", p("{{#each don_vi}}") + control(rich, p("{{ten}}")) + p("{{/each}}"), "Điện lực\nY tế\nGiáo dục", "document w:sdt 3\ntags ky:1 ky:2 ky:3")
    bound = '<w:id w:val="8"/><w:placeholder><w:docPart w:val="DefaultPlaceholder_1081868574"/></w:placeholder><w:showingPlcHdr/><w:dataBinding w:xpath="/a" w:storeItemID="{11111111-1111-1111-1111-111111111111}"/><w:text/>'
    case("word-o-dieu-khien-noi-du-lieu", p(control(bound, r("{{nam}}")), " hết"), "2024 hết", "document w:dataBinding 0\ndocument w:showingPlcHdr 0\ndocument w:placeholder 1")
    case("word-o-dieu-khien-quanh-hang", table(row("TT", "Tên"), control('<w:id w:val="9"/>', row("{{#each don_vi}}{{tt}}", "{{ten}}{{/each}}")), widths=(1000, 3000)), "TT | Tên\n1 | Điện lực\n2 | Y tế\n3 | Giáo dục", "document w:tr 4")
    drawn = p('<w:bookmarkStart w:id="0" w:name="muc"/>', r("{{ten}}"), '<w:bookmarkEnd w:id="0"/>', picture(1))
    case("word-hinh-va-dau-trang-trong-lap", p("{{#each don_vi}}") + drawn + p("{{/each}}") + p('<w:bookmarkStart w:id="1" w:name="muc_2"/>', r("x"), '<w:bookmarkEnd w:id="1"/>'), "Điện lực\nY tế\nGiáo dục\nx", "document w:bookmarkStart 4\ndocument wp:docPr 3")
    case("word-vung-duoc-sua-trong-lap", p("{{#each don_vi}}") + p('<w:permStart w:id="5" w:edGrp="everyone"/>', r("{{ten}}"), '<w:permEnd w:id="5"/>') + p("{{/each}}"), "Điện lực\nY tế\nGiáo dục", "document w:permStart 3")
    smart = '<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="place">' + r("{{cum.") + "</w:smartTag>" + r("ten}}")
    case("word-the-thong-minh-cua-word", p('<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="place">' + r("Năm {{na") + "</w:smartTag>", r("m}}")) + p(smart), "Năm 2024\nCụm A & B <số 1>")
    case("word-sieu-lien-ket-trong-lap", p("{{#each don_vi}}", '<w:hyperlink r:id="rIdLienKet" w:history="1">' + r("{{ten}}") + "</w:hyperlink>", " {{/each}}"), "Điện lực Y tế Giáo dục ", "document w:hyperlink 3")
    case("word-truong-va-ket-qua", p(field("PAGE", r("{{nam}}")), r(" "), '<w:fldSimple w:instr=" NUMPAGES ">' + r("9") + "</w:fldSimple>", r(" {{nam}}")), "2024 9 2024", "allows other results of fields\ndocument w:fldChar 3\ndocument w:fldSimple 1")
    case("word-cong-thuc-giu-nguyen", p("{{nam}} ", "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"), "2024 ", "document m:t 1")
    case("word-phan-la-giu-nguyen", p(r("{{nam}} "), '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', '<w:r><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/></w:r>', r("x")), "2024 §x", "document w:sym 1\ndocument w:ptab 1")


def by_python_docx():
    document = Document()
    document.core_properties.title = "Báo cáo {{cum.ten}}"
    document.add_heading("Báo cáo của {{cum.ten}}", 1)
    document.add_paragraph("{{#each don_vi}}")
    document.add_paragraph("{{ten}}: {{tong}}", style="List Number")
    document.add_paragraph("{{/each}}")
    torn = document.add_paragraph("Đơn vị đầu: ")
    torn.add_run("{{don_vi.").bold = True
    torn.add_run("[0].t").italic = True
    torn.add_run("en}}!")
    save(document, "python-docx-doan-va-danh-sach", "Báo cáo của Cụm A & B <số 1>\nĐiện lực: 98,75\nY tế: 94,1\nGiáo dục: \nĐơn vị đầu: Điện lực!", "document w:p 5")

    document = Document()
    rows = document.add_table(4, 3, style="Table Grid")
    for number, texts in enumerate((("Kết quả", "", "Điểm"), ("{{#each don_vi}}", "", ""), ("{{tt}}", "{{ten}}", "{{so tong 2}}"), ("", "", "{{/each}}"))):
        for own, text in zip(rows.rows[number].cells, texts):
            own.text = text
    rows.cell(0, 0).merge(rows.cell(0, 1))
    inner = document.add_table(1, 2, style="Table Grid")
    inner.cell(0, 0).text = "{{#each don_vi}}{{ten}}"
    nested = inner.cell(0, 1).add_table(1, 2)
    nested.cell(0, 0).text, nested.cell(0, 1).text = "{{#each nhom}}{{ten}}", "{{diem}}{{/each}}"
    inner.cell(0, 1).add_paragraph("{{/each}}")
    save(document, "python-docx-bang", "Kết quả /  | Điểm\n1 | Điện lực | 98,75\n2 | Y tế | 94,10\n3 | Giáo dục | \nĐiện lực |  / I | 50 / II | 48,75 / \nY tế |  / I | 50 / II | 48,75 / \nGiáo dục |  / I | 50 / II | 48,75 / ", "document w:tbl 5")

    document = Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "{{cum.ten}}"
    section.header.paragraphs[0].text = "{{hoa cum.ten}}"
    section.footer.paragraphs[0].text = "Năm {{nam}}"
    document.add_paragraph("{{#if cum.cum_truong}}Trưởng: {{cum.cum_truong.ten}}{{else}}Chưa có cụm trưởng{{/if}}")
    landscape = document.add_section()
    landscape.orientation, landscape.page_width, landscape.page_height = WD_ORIENT.LANDSCAPE, landscape.page_height, landscape.page_width
    columns = document.add_table(2, 2, style="Table Grid")
    for number, texts in enumerate((("Nhóm", "{{#cot don_vi}}{{ten}}{{/cot}}"), ("{{#each don_vi.[0].nhom}}{{ten}}", "{{#cot @root.don_vi}}{{hang}}{{/cot}}{{/each}}"))):
        for own, text in zip(columns.rows[number].cells, texts):
            own.text = text
    document.add_picture(io.BytesIO(PNG), width=Cm(1))
    save(document, "python-docx-phan-va-cot", "Chưa có cụm trưởng\n\nNhóm | Điện lực | Y tế | Giáo dục\nI | 1 | 2 | \nII | 1 | 2 | \n", "document w:gridCol 4\nparts CỤM A & B <SỐ 1>; Cụm A & B <số 1>; Năm 2024")


def save(document, name, text, structure):
    data = io.BytesIO()
    document.save(data)
    with zipfile.ZipFile(data) as archive:
        write(CASES / f"{name}.docx", {entry: archive.read(entry) for entry in archive.namelist()})
    expect(name, text, structure)


FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:body><office:text>
<text:p>Năm {{<text:span>na</text:span>m}} của {{cum.ten}}</text:p>
<text:p>{{#each don_vi}}</text:p>
<text:p>{{ten}}<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Điểm của {{ten}}: {{tong}}</text:p></text:note-body></text:note></text:p>
<text:p>{{/each}}</text:p>
<text:list><text:list-item><text:p>{{#each can_cu}}{{this}}; {{/each}}</text:p></text:list-item></text:list>
<table:table table:name="B"><table:table-column table:number-columns-repeated="2"/><table:table-row><table:table-cell><text:p>{{#each don_vi}}{{tt}}</text:p></table:table-cell><table:table-cell><text:p>{{ten}}{{/each}}</text:p></table:table-cell></table:table-row></table:table>
<text:p><draw:frame text:anchor-type="as-char" svg:width="5cm" svg:height="2cm"><draw:text-box><text:p>Hộp {{nam}}</text:p></draw:text-box></draw:frame></text:p>
</office:text></office:body></office:document>"""


def by_libreoffice():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "libreoffice-van-ban.fodt").write_text(FLAT, encoding="utf-8")
        sources = [folder / "libreoffice-van-ban.fodt"]
        again = ["python-docx-doan-va-danh-sach", "python-docx-bang", "python-docx-phan-va-cot", "word-chu-thich-cuoi-trang-trong-lap", "word-danh-sach-dem-lai", "word-o-gop-doc-moi-luot", "word-hop-chu-hai-ban"]
        for name in again:
            copy = folder / f"libreoffice-{name.removeprefix('word-').removeprefix('python-docx-')}.docx"
            copy.write_bytes((CASES / f"{name}.docx").read_bytes())
            sources.append(copy)
            expected = (CASES / f"{name}.txt").read_text(encoding="utf-8").replace("\n==\n", "\n\0").partition("\0")[0].removesuffix("\n")
            # LibreOffice puts a text box at the front of its paragraph
            if "hop-chu" in name:
                before, box = expected.split("⟦", 1)
                expected = f"⟦{box}{before}"
            if name.endswith("phan-va-cot"):
                expected = expected.replace("\n\n", "\n", 1)
            expect(copy.stem, expected)
        expect("libreoffice-van-ban", "Năm 2024 của Cụm A & B <số 1>\nĐiện lực‹→Điểm của Điện lực: 98,75›\nY tế‹→Điểm của Y tế: 94,1›\nGiáo dục‹→Điểm của Giáo dục: ›\nLuật Công đoàn; Nghị định 98; \n1 | Điện lực\n2 | Y tế\n3 | Giáo dục\n⟦Hộp 2024⟧⟦Hộp 2024⟧", "footnotes w:footnote 5")
        out = folder / "out"
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", out, *sources],
                       check=True, capture_output=True)
        for made in sorted(out.glob("*.docx")):
            with zipfile.ZipFile(made) as archive:
                write(CASES / made.name, {entry: archive.read(entry) for entry in archive.namelist()})


def main():
    CASES.mkdir(exist_ok=True)
    for old in CASES.iterdir():
        old.unlink()
    texts_and_tags()
    paragraphs()
    tables()
    boxes_and_parts()
    controls_and_ids()
    by_python_docx()
    by_libreoffice()


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Makes the Word files that the reader is tried on, and the text that each must give.

    pip install python-docx pillow; python3 make-samples.py

python-docx.docx is written by python-docx; libreoffice.docx and libreoffice-again.docx by LibreOffice, from
libreoffice.fodt and from python-docx.docx; word.docx part by part in the manner of Word 365 (rsid, proofErr,
AlternateContent, theme fonts). The texts are those that python-docx reads back, a line for each paragraph; word.txt is
written by hand, for python-docx leaves out inserted text and content controls.
"""
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from PIL import Image

HERE = Path(__file__).resolve().parent


def picture():
    data = io.BytesIO()
    Image.new("RGB", (6, 4), (200, 0, 0)).save(data, "PNG")
    data.seek(0)
    return data


def by_python_docx(path):
    document = Document()
    document.core_properties.title = "Báo cáo tổng kết"
    document.core_properties.author = "Cụm thi đua số 5"
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    document.add_heading("Kết quả phong trào thi đua", 1)
    paragraph = document.add_paragraph("Năm 2024, ")
    paragraph.add_run("toàn cụm").bold = True
    paragraph.add_run(" đạt 424.830 sáng kiến & vượt “kế hoạch” <đề ra>.")
    paragraph.paragraph_format.first_line_indent = Cm(1)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    document.add_heading("Chi tiết", 2)
    for text in ["Chăm lo đời sống", "Phát triển đoàn viên"]:
        document.add_paragraph(text, style="List Number")
    for text in ["Tuyên truyền", "Tài chính"]:
        document.add_paragraph(text, style="List Bullet")
    paragraph = document.add_paragraph("Tên\tĐiểm\tHạng")
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(5))
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(15), WD_TAB_ALIGNMENT.RIGHT)
    paragraph = document.add_paragraph("dòng một")
    paragraph.add_run().add_break()
    paragraph.add_run("dòng hai")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    table = document.add_table(3, 3, style="Light Grid Accent 1")
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"ô {row}.{column}"
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 2).merge(table.cell(2, 2))
    inner = table.cell(2, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "trong", "bảng"
    document.add_picture(picture(), width=Cm(2))
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.header.is_linked_to_previous = False
    section.header.paragraphs[0].text = "Phụ lục"
    document.add_paragraph("Trang ngang", style="Intense Quote")
    document.save(path)


def by_libreoffice(source, path):
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True)
        path.write_bytes(Path(folder, source.stem + ".docx").read_bytes())


SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)


def run(text, properties=""):
    return f'<w:r w:rsidRPr="00A31D52"><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content, properties=""):
    return f'<w:p w14:paraId="1F2E3D4C" w:rsidR="00C77E1A" w:rsidRDefault="00C77E1A"><w:pPr>{properties}</w:pPr>{content}</w:p>'


def field(instruction, result):
    character = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return character("begin") + code + character("separate") + result + character("end")


def anchored(content, extent, left="0", top="0"):
    return (
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" '
        'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>'
        f'{left}</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>{top}</wp:posOffset>'
        f'</wp:positionV><wp:extent {extent}/><wp:wrapNone/><wp:docPr id="3" name="Hình 3"/><a:graphic>'
        f"{content}</a:graphic></wp:anchor>"
    )


def data(kind, content):
    return f'<a:graphicData uri="http://schemas/{kind}">{content}</a:graphicData>'


def alternatives(choice, fallback):
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{choice}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{fallback}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def word_body():
    line = anchored(
        data("wps", '<wps:wsp><wps:cNvCnPr/><wps:spPr><a:prstGeom prst="straightConnector1"/><a:ln w="9525"/></wps:spPr></wps:wsp>'),
        'cx="1905000" cy="0"', left="1905000", top="222250",
    )
    box = f"<w:txbxContent>{paragraph(run('Mẫu số 01'))}</w:txbxContent>"
    text_box = anchored(data("wps", f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp>"), 'cx="1270000" cy="317500"')
    pic = (
        '<pic:pic><pic:blipFill><a:blip r:embed="rId9"/><a:stretch/></pic:blipFill><pic:spPr><a:xfrm><a:ext cx="1" cy="1"/>'
        "</a:xfrm></pic:spPr></pic:pic>"
    )
    inline = f'<w:r><w:drawing><wp:inline><wp:extent cx="720000" cy="480000"/><wp:docPr id="7" name="Ảnh 7" descr="Lá cờ"/><a:graphic>{data("pic", pic)}</a:graphic></wp:inline></w:drawing></w:r>'
    chart = f'<w:r><w:drawing><wp:inline><wp:extent cx="720000" cy="480000"/><wp:docPr id="8" name="Biểu đồ 8"/><a:graphic>{data("chart", "<c:chart/>")}</a:graphic></wp:inline></w:drawing></w:r>'
    page = field("PAGEREF _Toc1 \\h", run("2"))
    entry = f'<w:hyperlink w:anchor="_Toc1" w:history="1">{run("Kết quả")}<w:r><w:tab/></w:r>{page}</w:hyperlink>'
    contents = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent>"
        + paragraph(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-2" </w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{entry}',
            '<w:pStyle w:val="TOC1"/><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9350"/></w:tabs>',
        )
        + paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + "</w:sdtContent></w:sdt>"
    )
    split = (
        run("Căn cứ Luật ") + '<w:proofErr w:type="spellStart"/>' + run("Thi", "<w:b/><w:bCs/>") + '<w:proofErr w:type="spellEnd"/>'
        + run(" đua", "<w:b/><w:bCs/>") + '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="1"/></w:r>'
        + run(";") + '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
    )
    tracked = (
        run("Chủ tịch") + '<w:ins w:id="1" w:author="a" w:date="2024-12-01T00:00:00Z">' + run(" Công đoàn") + "</w:ins>"
        + '<w:del w:id="2" w:author="a" w:date="2024-12-01T00:00:00Z"><w:r><w:delText xml:space="preserve"> Ban Chấp hành</w:delText></w:r></w:del>'
    )
    control = "<w:sdt><w:sdtPr><w:alias w:val=\"Số\"/><w:id w:val=\"5\"/></w:sdtPr><w:sdtContent>" + run("12") + "</w:sdtContent></w:sdt>"
    cell = lambda text, width, own="": f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{own}</w:tcPr>{paragraph(run(text))}</w:tc>'
    table = (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/><w:tblLook w:val="04A0" w:firstRow="1" '
        'w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid><w:gridCol w:w="1000"/>'
        '<w:gridCol w:w="5000"/></w:tblGrid><w:tr w:rsidR="00C77E1A"><w:trPr><w:tblHeader/></w:trPr>'
        + cell("TT", 1000) + cell("Đơn vị", 5000) + "</w:tr><w:tr>" + cell("1", 1000) + cell("Công đoàn Hà Nội", 5000) + "</w:tr></w:tbl>"
    )
    numbered = lambda level: f'<w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="2"/></w:numPr>'
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId6"/><w:footerReference w:type="first" r:id="rId7"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="567" '
        'w:footer="567" w:gutter="0"/><w:cols w:space="708"/><w:titlePg/><w:docGrid w:linePitch="360"/></w:sectPr>'
    )
    return "".join([
        paragraph(run("Độc lập - Tự do - Hạnh phúc", "<w:b/>") + alternatives(line, '<v:shape type="#_x0000_t32"/>'), '<w:jc w:val="center"/>'),
        paragraph(alternatives(text_box, f"<v:shape><v:textbox>{box}</v:textbox></v:shape>") + run("BÁO CÁO")),
        contents,
        paragraph('<w:bookmarkStart w:id="4" w:name="_Toc1"/>' + run("Kết quả") + '<w:bookmarkEnd w:id="4"/>', '<w:pStyle w:val="Heading1"/>'),
        paragraph(split),
        paragraph(run("Phong trào"), '<w:pStyle w:val="Heading2"/>'),
        paragraph(run("Lao động giỏi"), numbered(0)),
        paragraph(run("Lao động sáng tạo"), numbered(1)),
        paragraph(tracked),
        paragraph(run("Số ") + control + run("/BC-CĐ") + '<w:r><w:lastRenderedPageBreak/><w:noBreakHyphen/></w:r>' + run("x")),
        table,
        paragraph(run("Đánh giá"), '<w:pStyle w:val="Heading1"/>'),
        paragraph(inline + chart),
        paragraph(run("hết phần một"), section),
        paragraph(run("hai cột")),
        '<w:sectPr><w:type w:val="continuous"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" '
        'w:left="1701" w:header="567" w:footer="567" w:gutter="0"/><w:cols w:num="2" w:space="708"/></w:sectPr>',
    ])


STYLES = """<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:cstheme="minorBidi"/><w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:rPr><w:sz w:val="28"/></w:rPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:before="240" w:after="0"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:rFonts w:asciiTheme="majorHAnsi" w:hAnsiTheme="majorHAnsi"/><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Heading1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/><w:basedOn w:val="Normal"/><w:pPr><w:ind w:left="720"/><w:contextualSpacing/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:left w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:right w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tblBorders></w:tblPr></w:style>"""

NUMBERING = """<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:pStyle w:val="Heading1"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading2"/><w:lvlText w:val="%2."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr><w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol" w:hint="default"/></w:rPr></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="1440" w:hanging="360"/></w:pPr><w:rPr><w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/></w:rPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>"""

NOTES = f"""<w:footnote w:type="separator" w:id="-1">{paragraph('<w:r><w:separator/></w:r>')}</w:footnote><w:footnote w:type="continuationSeparator" w:id="0">{paragraph('<w:r><w:continuationSeparator/></w:r>')}</w:footnote><w:footnote w:id="1">{paragraph('<w:r><w:footnoteRef/></w:r>' + run(' Luật số 06/2022/QH15.'))}</w:footnote>"""

WATERMARK = '<w:r><w:pict><v:shapetype id="_x0000_t136" o:spt="136"/><v:shape id="PowerPlusWaterMarkObject1" type="#_x0000_t136" style="position:absolute;width:400pt;height:160pt;rotation:315"><v:textpath style="font-family:&quot;Times New Roman&quot;" string="DỰ THẢO"/></v:shape></w:pict></w:r>'


def by_hand(path):
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = {"rId1": ("styles", "styles.xml"), "rId2": ("numbering", "numbering.xml"), "rId3": ("settings", "settings.xml"),
             "rId4": ("theme", "theme/theme1.xml"), "rId5": ("footnotes", "footnotes.xml"), "rId6": ("header", "header1.xml"),
             "rId7": ("footer", "footer1.xml"), "rId9": ("image", "media/image1.png")}
    links = lambda items: '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + "".join(
        f'<Relationship Id="{id}" Type="{relation}/{kind}" Target="{target}"/>' for id, (kind, target) in items) + "</Relationships>"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{main}.{kind}+xml"/>' for name, kind in [
        ("document", "document.main"), ("styles", "styles"), ("numbering", "numbering"), ("settings", "settings"),
        ("footnotes", "footnotes"), ("header1", "header"), ("footer1", "footer")])
    theme = "application/vnd.openxmlformats-officedocument.theme+xml"
    fonts = "".join(f'<a:{kind}><a:latin typeface="{font}"/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}>' for kind, font in
                    [("majorFont", "Calibri Light"), ("minorFont", "Calibri")])
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/theme/theme1.xml" ContentType="{theme}"/>{overrides}</Types>',
        "_rels/.rels": links([("rId1", ("officeDocument", "word/document.xml"))]),
        "word/_rels/document.xml.rels": links(kinds.items()),
        "word/document.xml": f'<w:document {SPACES} mc:Ignorable="w14"><w:body>{word_body()}</w:body></w:document>',
        "word/styles.xml": f"<w:styles {SPACES}>{STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {SPACES}>{NUMBERING}</w:numbering>",
        "word/settings.xml": f'<w:settings {SPACES}><w:defaultTabStop w:val="567"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>',
        "word/theme/theme1.xml": f'<a:theme {SPACES} name="Office"><a:themeElements><a:fontScheme name="Office">{fonts}</a:fontScheme></a:themeElements></a:theme>',
        "word/footnotes.xml": f"<w:footnotes {SPACES}>{NOTES}</w:footnotes>",
        "word/header1.xml": f'<w:hdr {SPACES}>{paragraph(WATERMARK + field("PAGE", run("2")), "<w:jc w:val=" + chr(34) + "center" + chr(34) + "/>")}</w:hdr>',
        "word/footer1.xml": f"<w:ftr {SPACES}>{paragraph(run('Lưu: VT'))}</w:ftr>",
        "word/media/image1.png": picture().getvalue(),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n' if name.endswith((".xml", ".rels")) else b""
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, head + (content if isinstance(content, bytes) else content.encode()))


def covered(element):
    """Whether a paragraph stands in a second copy, or in a covered part of a merged cell."""
    for parent in element.iterancestors():
        if parent.tag.endswith("}Fallback"):
            return True
        if parent.tag == qn("w:tc"):
            merge = parent.find(qn("w:tcPr") + "/" + qn("w:vMerge"))
            if merge is not None and merge.get(qn("w:val"), "continue") == "continue":
                return True
    return False


def text_of(path):
    document = Document(path)
    paragraphs = [own for own in document.element.body.iter(qn("w:p")) if not covered(own)]
    return "".join(Paragraph(own, document).text.replace("\n", "⏎") + "\n" for own in paragraphs)


def main():
    by_python_docx(HERE / "python-docx.docx")
    by_libreoffice(HERE / "libreoffice.fodt", HERE / "libreoffice.docx")
    by_libreoffice(HERE / "python-docx.docx", HERE / "libreoffice-again.docx")
    by_hand(HERE / "word.docx")
    for path in sorted(HERE.glob("*.docx")):
        if path.stem == "word":
            continue
        path.with_suffix(".txt").write_text(text_of(path), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

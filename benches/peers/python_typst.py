#!/usr/bin/env python3
"""Peer B: python_typst.py DOSSIER OUT. As peer A, but the PDF by the typst compiler from the pip package."""
import json, os
import common, typst

HERE = os.path.dirname(os.path.abspath(__file__))
FONTS = "/usr/share/fonts/truetype/liberation2"


def pdf(views, out):
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    for doc in common.DOCS:
        compiler = typst.Compiler(f"{HERE}/{doc}.typ", root=HERE, font_paths=fonts)
        for code, v in views.items():
            compiler.compile(output=f"{out}/{code}/{doc}.pdf", sys_inputs={"data": json.dumps(v)}, pdf_tags=False)


if __name__ == "__main__":
    common.main(pdf)

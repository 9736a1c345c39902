#!/usr/bin/env python3
"""Peer A: python_libreoffice.py DOSSIER OUT. openpyxl + docxtpl + XlsxWriter, PDF by one LibreOffice call for all files."""
import os, shutil, subprocess, tempfile
import common

PROFILE = f"file://{common.INSTALLED}/lo-profile"  # kept between runs: the first start, which writes it, is not counted


def pdf(views, out):
    with tempfile.TemporaryDirectory() as tmp:
        files = []
        for code in views:
            for doc in common.DOCS:
                files.append(f"{tmp}/{code}__{doc}.docx")
                shutil.copy(f"{out}/{code}/{doc}.docx", files[-1])
        subprocess.run(["soffice", f"-env:UserInstallation={PROFILE}", "--headless", "--convert-to", "pdf", "--outdir", tmp, *files],
                       check=True, stdout=subprocess.DEVNULL)
        for f in files:
            code, doc = os.path.basename(f)[:-5].split("__")
            shutil.move(f[:-5] + ".pdf", f"{out}/{code}/{doc}.pdf")


if __name__ == "__main__":
    common.main(pdf)

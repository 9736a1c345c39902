"""Judges of .docx and .xlsx: Microsoft's Open XML SDK, and the Python readers python-docx and openpyxl."""

import json
import os
import subprocess

import docx
import openpyxl

from verdict import Verdict


def open_xml_sdk(file, path, validator):
    """No error of schema or meaning by the SDK's validator for Microsoft 365."""
    try:
        lines = sdk_errors(path, validator)
    except ValueError as error:
        return Verdict("open-xml-sdk", file, False, str(error))
    return Verdict("open-xml-sdk", file, not lines, "\n".join([f"{len(lines)} errors", *lines[:6]]))


def sdk_errors(path, validator):
    """The errors that the SDK's validator finds, a line each."""
    # The validator is a self-contained .NET program; without this it asks for libicu.
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    run = subprocess.run([validator, str(path), "--officeVersion", "Microsoft365"], capture_output=True, text=True,
                         stdin=subprocess.DEVNULL, env=environment)
    try:
        outcome = json.loads(run.stdout)
    except ValueError:
        raise ValueError(f"the validator gave no answer: {run.stdout[:200]} {run.stderr[:300]}") from None
    errors = [f"{error['path']} {error['xPath']}: {error['description']}" for error in outcome.get("errors", [])]
    if not errors and (outcome.get("ok") is not True or run.returncode != 0):
        raise ValueError(f"the validator ended with status {run.returncode}: {run.stdout[:200]}")
    return errors


def python_reader(file, path):
    """Reads it back and finds words in it."""
    try:
        words = _docx_words(path) if path.suffix == ".docx" else _xlsx_words(path)
    except Exception as error:  # whatever the reader stumbles over is the verdict
        return Verdict("python-reader", file, False, f"{type(error).__name__}: {error}")
    return Verdict("python-reader", file, words > 0, f"{words} filled cells or paragraphs")


def _docx_words(path):
    document = docx.Document(path)
    assert document.sections, "no section"
    count = sum(bool(paragraph.text.strip()) for paragraph in document.paragraphs)
    return count + sum(bool(cell.text.strip()) for table in document.tables for row in table.rows for cell in row.cells)


def _xlsx_words(path):
    count = 0
    for sheet in openpyxl.load_workbook(path):
        count += sum(cell.value is not None for row in sheet.iter_rows() for cell in row)
    return count

"""Files as people and attackers send them, made in memory."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

DOCX_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XLSX_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def upload(name, content, content_type="application/octet-stream"):
    return SimpleUploadedFile(name, content, content_type)


def pdf(padding=0, before=b""):
    return before + b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n" + b" " * padding + b"\ntrailer<<>>\n%%EOF\n"


def picture(kind="PNG", size=(8, 6)):
    out = io.BytesIO()
    Image.new("RGB", size, "#98191f").save(out, kind)
    return out.getvalue()


def office(main=DOCX_MAIN, parts=None, types="", method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    folder = "xl/workbook.xml" if main == XLSX_MAIN else "word/document.xml"
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types><Override PartName="/{folder}" ContentType="{main}"/>{types}</Types>',
        )
        for name, content in {folder: "<x/>", **(parts or {})}.items():
            archive.writestr(name, content)
    return out.getvalue()

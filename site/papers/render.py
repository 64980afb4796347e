"""Frozen data in, PDF bytes out: the same data give the same bytes, on every machine.

Typst with its built-in fonts and those of PAPERS_FONT_FOLDER, never the machine's, from one folder of
templates; values travel as JSON and are never read as markup. PDF/A-2a for the archive, PDF/UA-1 for those
who listen to it.
"""

import json
import threading
from datetime import UTC, date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import segno
import typst
from django.conf import settings

from vietnamese.dates import long_date, short_date

from .glyphs import breakable, printable

TEMPLATES = Path(__file__).resolve().parent / "typst"
STANDARDS = ["a-2a", "ua-1"]
BUILT_IN_FONT = "Libertinus Serif"
_local = threading.local()


def certificate_pdf(data):
    """The PDF of a certificate's frozen `data`. First 50 ms, then some 10; call it outside transactions."""
    shown = _printable(data) | {
        "birth_date": _date(data, "birth_date", short_date),
        "decision_on": _date(data, "decision_on", long_date),
        "issued_on": _date(data, "issued_on", long_date),
        "issued_iso": data["issued_on"],
        "verify_page": data["verify_url"].split("://")[-1].rsplit("/", 2)[0] + "/",
    }
    issued_on = date.fromisoformat(data["issued_on"])
    return _compiled(data["template"], shown, issued_on, qr=qr_svg(data["verify_url"]))


def document_pdf(template, data, issued_on):
    """Any other paper of the office: `template` is a file of papers/typst, `data` JSON values it shows."""
    return _compiled(template, _printable(data), issued_on)


def cleaned_pdf(template, data, issued_on, **inputs):
    """As `document_pdf`, for data whose texts hold nothing but `glyphs.SHOWN`: blanks stay as they are."""
    return _compiled(template, _each_text(data, breakable), issued_on, **inputs)


def coded_pdf(template, data, issued_on, addresses):
    """As `document_pdf`, with a QR code of each of `addresses` (`qrs`, in order): papers to fill in."""
    shown = _printable(data) | {"qrs": [qr_svg(address) for address in addresses]}
    return _compiled(template, shown, issued_on)


def _compiled(template, shown, issued_on, **inputs):
    return _compiler().compile(
        input=str(TEMPLATES / template),
        sys_inputs={"data": json.dumps(shown), **inputs},
        pdf_standards=STANDARDS,
        timestamp=datetime(issued_on.year, issued_on.month, issued_on.day, tzinfo=UTC),
    )


@lru_cache(maxsize=1)
def fonts():
    """Typst's own fonts and the office's, loaded once; the machine's would make papers differ there."""
    folder = settings.PAPERS_FONT_FOLDER
    return typst.Fonts(include_system_fonts=False, font_paths=[folder] if folder else [])


def _compiler():
    """One compiler a thread: it keeps the parsed template, and it can't be used by two threads at once."""
    if not hasattr(_local, "compiler"):
        _local.compiler = typst.Compiler(root=str(TEMPLATES), font_paths=fonts(), ignore_system_fonts=True)
    return _local.compiler


def _printable(value):
    return _each_text(value, printable)


def _each_text(value, change):
    if isinstance(value, dict):
        return {key: _each_text(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [_each_text(item, change) for item in value]
    return change(value) if isinstance(value, str) else value


def _date(data, key, words):
    return words(date.fromisoformat(data[key])) if data.get(key) else ""


def qr_svg(url):
    """The QR code of an address, as the templates draw it."""
    out = BytesIO()
    segno.make(url, error="m", micro=False).save(
        out, kind="svg", border=0, xmldecl=False, svgns=True, nl=False, dark="#1d2a2c", light="#ffffff"
    )
    return out.getvalue().decode()

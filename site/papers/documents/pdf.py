"""A paper as PDF/A-2a and PDF/UA-1, drawn by Typst from data alone (papers.render)."""

from datetime import date

from django.conf import settings

from ..render import BUILT_IN_FONT, cleaned_pdf, qr_svg

TEMPLATE = "nd30.typ"
_UNDATED = date(2000, 1, 1)  # a draft has no date; one fixed day keeps its bytes the same


def drawn(shown, issued_on=None):
    """The bytes of a laid-out paper; the same paper gives the same bytes."""
    fonts = [font for font in (settings.PAPERS_FONT, BUILT_IN_FONT) if font]
    code = {"qr": qr_svg(shown["code"]["url"])} if "code" in shown else {}
    values = shown | {"fonts": fonts, "issued_iso": (issued_on or _UNDATED).isoformat()}
    return cleaned_pdf(TEMPLATE, values, issued_on or _UNDATED, **code)

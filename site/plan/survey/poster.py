"""The poster of a point: its QR code, where it leads and what is asked, on A4 or A5, as PDF."""

from django.utils import timezone
from django.utils.translation import gettext as _

from papers.codes import shown
from papers.render import coded_pdf
from portal.sharing import address

PAPERS = ("a4", "a5")


def poster_pdf(point, paper, issuer):
    """The bytes; the same on every machine for the same day."""
    url = address(f"/khao-sat/{point.code}/")
    data = {
        "paper": paper,
        "issuer": issuer,
        "title": _("How satisfied are you?"),
        "unit": point.unit.name,
        "point": point.name,
        "how": _("Scan the code with the camera of your telephone and choose one of five answers."),
        "private": _("No name, no telephone number and no account are asked for."),
        "url": url.split("://")[-1],
        "code": shown(point.code),
        "qr_alt": _("QR code of %(url)s") % {"url": url},
        "is_sample": point.is_sample,
    }
    return coded_pdf("survey_poster.typ", data, timezone.localdate(), [url])

"""How a public page presents itself where it is shared or found: its one address, Open Graph, schema.org."""

from django.conf import settings
from django.utils.text import Truncator

DESCRIPTION_CHARS = 200
SCHEMA = "https://schema.org"


def address(path) -> str:
    """The one absolute address of `path`, whatever host and query it was asked by."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def ward():
    """The ward's committee as schema.org names it."""
    return {"@type": "GovernmentOrganization", "name": settings.PORTAL["ward_committee"]}


def shared(path, title, description="", kind="website", json_ld=None, picture=None, is_rated=True) -> dict:
    """What templates/portal/_share.html is drawn from. `json_ld` says nothing the page does not show;
    `picture` is (its file, what is seen)."""
    return {
        "share_picture": _share_picture(*picture) if picture else None,
        "public_path": path if is_rated else "",  # what readers are asked about (portal.rating)
        "canonical": address(path),
        "share_title": title,
        "description": Truncator(" ".join(description.split())).chars(DESCRIPTION_CHARS),
        "share_kind": kind,
        "json_ld": json_ld,
    }


def _share_picture(file, seen):
    return {"url": address(file.url), "width": file.width, "height": file.height, "alt": seen}

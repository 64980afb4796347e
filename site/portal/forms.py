"""The form behind the page editor."""

from django import forms
from django.urls import get_resolver
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from vietnamese.text import fold

_OUTSIDE_DJANGO = {"static", "ws"}
_BESIDE_PAGES = {"tin-tuc", "cuoc-thi"}  # pages of the tree with addresses of the portal below them


class PortalPageForm(WagtailAdminPageForm):
    """Refuses an address the portal itself answers: the page would be published and never seen."""

    def clean_slug(self):
        slug = address_of(self.cleaned_data["slug"])
        parent = self.parent_page
        if parent is not None and parent.depth == 2 and _taken(slug):
            raise forms.ValidationError(
                _("The portal itself uses the address /%(slug)s/. Choose another one."), params={"slug": slug}
            )
        return slug


def address_of(text):
    """`text` as a part of an address: without marks, đ as d."""
    return slugify(fold(text))


def _taken(slug):
    if slug in _BESIDE_PAGES:
        return False
    return slug in _OUTSIDE_DJANGO or any(prefix.startswith(f"{slug}/") for prefix in _prefixes())


def _prefixes(resolver=None):
    """How the portal's own addresses begin, the page tree's left out."""
    for entry in (resolver or get_resolver()).url_patterns:
        prefix = str(entry.pattern).lstrip("^")
        if prefix:
            yield prefix
        elif getattr(entry, "app_name", None):  # mounted at the root, as portal.urls is
            yield from _prefixes(entry)

"""The form behind the page editor."""

from django import forms
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm


class PortalPageForm(WagtailAdminPageForm):
    """Refuses an address the portal itself answers: the page would be published and never seen."""

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        parent = self.parent_page
        if parent is not None and parent.depth == 2 and _taken(f"/{slug}/"):
            raise forms.ValidationError(
                _("The portal itself uses the address /%(slug)s/. Choose another one."), params={"slug": slug}
            )
        return slug


def _taken(path):
    try:
        return resolve(path).url_name != "wagtail_serve"
    except Resolver404:
        return False

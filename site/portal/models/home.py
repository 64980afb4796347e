"""The front page."""

from functools import cache

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from ..readable import readable
from ..registry import home_sections
from .base import BasePage


class HomePage(BasePage):
    """Its sections come from the apps (`portal.registry`); the editor writes the greeting."""

    lead = models.TextField(
        _("lead sentence"), blank=True, help_text=_("Shown when nothing is open for submission.")
    )

    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    template = "portal/home_page.html"
    content_panels = [*Page.content_panels, FieldPanel("lead")]
    promote_panels = [FieldPanel("seo_title"), FieldPanel("search_description")]  # its address is the root

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def crumbs(self):
        return []

    def own_description(self):
        return self.lead or _(
            "Initiatives that were recognised, news, documents and training of %(ward)s, in one place."
        ) % {"ward": settings.PORTAL["ward_name"]}

    def json_ld(self):
        ward = settings.PORTAL
        return {
            "@context": "https://schema.org",
            "@type": "GovernmentOrganization",
            "name": ward["ward_committee"],
            "address": ward["address"],
            "url": self.canonical(),
            "parentOrganization": {
                "@type": "GovernmentOrganization",
                "name": ward["parent_name"],
                "url": ward["parent_url"],
            },
        }

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["sections"] = home_sections(request)
        context["has_heading"] = any(section.heads_page for section in context["sections"])
        children = readable(self.get_children()).in_menu().annotate(summary=_summary())
        context["menu_pages"] = [
            {"title": page.title, "url": page.get_url(request), "summary": page.summary}
            for page in children.only("title", "url_path")
        ]
        return context


@cache
def _summary():
    """A page's summary, whatever its kind; asking for each as its own model would take a query a kind."""
    kinds = HomePage.allowed_subpage_models()
    own = (kind for kind in kinds if any(field.name == "summary" for field in kind._meta.local_fields))
    return Coalesce(*(f"{kind._meta.model_name}__summary" for kind in own))

"""Pages editors write. Their body is made of a few plain blocks, so that every page looks like the portal."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from .blocks import PageBody
from .forms import PortalPageForm
from .registry import home_sections


class BasePage(Page):
    """What every page of the portal has: a place in the crumbs and a date of its last publication."""

    base_form_class = PortalPageForm
    show_in_menus_default = False

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["crumbs"] = self.crumbs()
        context["updated_at"] = self.last_published_at
        return context

    def crumbs(self):
        """(label, address) from the home page down to this one, which has no address."""
        above = self.get_ancestors().live().filter(depth__gte=2)
        return [(page.title, page.url) for page in above] + [(self.title, "")]


class HomePage(BasePage):
    """The front page. Its sections come from the apps (`portal.registry`); the editor writes the greeting."""

    lead = models.TextField(
        _("lead sentence"), blank=True, help_text=_("Shown when nothing is open for submission.")
    )

    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    template = "portal/home_page.html"
    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def crumbs(self):
        return []

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["sections"] = home_sections(request)
        context["has_heading"] = any(section.heads_page for section in context["sections"])
        context["menu_pages"] = self.get_children().live().public().in_menu().specific()
        return context


class StandardPage(BasePage):
    """A plain page: what something is, how it works, whom to ask."""

    summary = models.TextField(
        _("summary"),
        blank=True,
        max_length=400,
        help_text=_("One or two sentences: the most important thing."),
    )
    body = StreamField(PageBody(), verbose_name=_("content"), blank=True)

    parent_page_types = ["portal.HomePage", "portal.StandardPage"]
    subpage_types = ["portal.StandardPage"]
    template = "portal/standard_page.html"
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["children"] = self.get_children().live().public().specific()
        return context

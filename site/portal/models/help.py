"""Pages that help people find their way: questions and answers, contact, the map of the site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from ..blocks import PageBody, QuestionBody
from ..readable import readable
from .base import BasePage


class FaqPage(BasePage):
    """Questions people ask, each with its answer folded away."""

    summary = models.TextField(_("summary"), blank=True, max_length=400)
    questions = StreamField(QuestionBody(), verbose_name=_("questions"))

    parent_page_types = ["portal.HomePage"]
    subpage_types = []
    template = "portal/faq_page.html"
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("questions")]

    class Meta:
        verbose_name = _("questions and answers")
        verbose_name_plural = _("pages of questions and answers")


class ContactPage(BasePage):
    """Where and how to reach the ward: the addresses are those of the settings, the text is the editor's."""

    summary = models.TextField(_("summary"), blank=True, max_length=400)
    body = StreamField(PageBody(), verbose_name=_("content"), blank=True)

    parent_page_types = ["portal.HomePage"]
    subpage_types = []
    max_count = 1
    template = "portal/contact_page.html"
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")


class SiteMapPage(BasePage):
    """Every page everybody may read, as one list."""

    parent_page_types = ["portal.HomePage"]
    subpage_types = []
    max_count = 1
    template = "portal/site_map_page.html"

    class Meta:
        verbose_name = _("map of the site")
        verbose_name_plural = _("maps of the site")

    def own_description(self):
        return _("Every page of the portal as one list.")

    def get_context(self, request, *args, **kwargs):
        """`outline`: (depth below the home page, page), articles left to the news list."""
        from .news import ArticlePage

        context = super().get_context(request, *args, **kwargs)
        home = self.get_parent()
        pages = readable(Page.objects).descendant_of(home).not_type(ArticlePage).order_by("path")
        context["outline"] = [(page.depth - home.depth, page) for page in pages]
        return context

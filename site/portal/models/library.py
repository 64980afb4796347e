"""The document library."""

from datetime import date

from django.core.paginator import Paginator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, Page

from .base import BasePage

PAGE_SIZE = 20


class DocumentKind(models.TextChoices):
    PLAN = "plan", _("Plan")
    DECISION = "decision", _("Decision")
    NOTICE = "notice", _("Notice")
    GUIDE = "guide", _("Guide")
    FORM = "form", _("Form")
    OTHER = "other", _("Other")


class DocumentLibraryPage(BasePage):
    """Documents with number, date, issuer, kind and file; narrowed by kind and year."""

    summary = models.TextField(_("summary"), blank=True, max_length=400)

    parent_page_types = ["portal.HomePage"]
    subpage_types = []
    max_count = 1
    template = "portal/document_library_page.html"
    query_names = ("loai", "nam", "page")
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        InlinePanel(
            "entries",
            heading=pgettext_lazy("library", "Documents"),
            label=pgettext_lazy("library", "Document"),
        ),
    ]

    class Meta:
        verbose_name = _("document library")
        verbose_name_plural = _("document libraries")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        # In a preview the entries are not rows yet; narrowing happens in Python, a ward's library is small.
        rows = sorted(self.entries.all(), key=lambda entry: (entry.issued_on, entry.pk or 0), reverse=True)
        years = sorted({entry.issued_on.year for entry in rows}, reverse=True)
        kind, year = request.GET.get("loai", ""), request.GET.get("nam", "")
        if kind in DocumentKind.values:
            rows = [entry for entry in rows if entry.kind == kind]
        if year in map(str, years):
            rows = [entry for entry in rows if str(entry.issued_on.year) == year]
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        models.prefetch_related_objects(
            [entry for entry in page.object_list if entry.pk], "file", "page_shown"
        )
        context |= {
            "kinds": DocumentKind.choices,
            "years": years,
            "kind": kind,
            "year": year,
            "narrowed": kind in DocumentKind.values or year in map(str, years),
            "page_obj": page,
        }
        return context


class LibraryEntry(Orderable):
    """A document of the library: a file, a page of the portal that carries its text, or both."""

    page = ParentalKey(DocumentLibraryPage, on_delete=models.CASCADE, related_name="entries")
    doc_number = models.CharField(
        _("number and code"), max_length=60, help_text=_("For example 178/KH-UBND.")
    )
    doc_subject = models.CharField(_("subject line"), max_length=300)
    issued_on = models.DateField(_("date of issue"), default=date.today)
    issuer = models.CharField(_("issuer"), max_length=160)
    kind = models.CharField(_("kind"), max_length=10, choices=DocumentKind.choices, default=DocumentKind.PLAN)
    file = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    page_shown = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page with its text"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    panels = [
        FieldPanel("doc_number"),
        FieldPanel("doc_subject"),
        FieldPanel("issued_on"),
        FieldPanel("issuer"),
        FieldPanel("kind"),
        FieldPanel("file"),
        FieldPanel("page_shown"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("library entry")
        verbose_name_plural = _("library entries")

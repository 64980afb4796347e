"""News: the list and the article."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from .. import pictures
from ..blocks import PageBody
from ..readable import readable
from ..sharing import address
from .base import BasePage

PAGE_SIZE = 12
RELATED = 3


class Section(models.TextChoices):
    """The sections of the news (chuyên mục)."""

    INNOVATION = "doi-moi-sang-tao", _("Innovation")
    DIGITAL = "chuyen-doi-so", _("Digital transformation")
    INITIATIVES = "sang-kien", _("Initiatives")
    SKILLS = "ky-nang-so", _("Digital skills")
    NOTICES = "thong-bao", _("Notices")


def public_articles():
    """Articles everybody may read, the latest first: neither drafts nor scheduled nor private ones."""
    return readable(ArticlePage.objects).order_by("-published_on", "-pk")


def with_pictures(articles):
    """`articles` to be listed with their pictures and without their text: one query more, however many there
    are."""
    return articles.defer("body").select_related("picture").prefetch_related(pictures.files("picture", "row"))


def _year(text):
    """A usable year of a query, or None."""
    return int(text) if len(text) == 4 and text.isascii() and text.isdigit() and text != "0000" else None


class NewsIndexPage(BasePage):
    """All articles, narrowed by section and year."""

    summary = models.TextField(_("summary"), blank=True, max_length=400)

    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.ArticlePage"]
    max_count = 1
    template = "portal/news_index_page.html"
    query_names = ("chuyen-muc", "nam", "page")
    content_panels = [*Page.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        rows = public_articles().descendant_of(self)
        years = [day.year for day in rows.order_by().dates("published_on", "year", order="DESC")]
        section, year = request.GET.get("chuyen-muc", ""), _year(request.GET.get("nam", ""))
        if section in Section.values:
            rows = rows.filter(section=section)
        if year:
            rows = rows.filter(published_on__gte=date(year, 1, 1), published_on__lte=date(year, 12, 31))
        page = Paginator(with_pictures(rows), PAGE_SIZE).get_page(request.GET.get("page"))
        context |= {
            "first_picture": next((each.picture for each in page.object_list if each.picture), None),
            "sections": Section.choices,
            "years": years,
            "section": section,
            "year": year,
            "narrowed": section in Section.values or bool(year),
            "page_obj": page,
        }
        return context


class ArticlePage(BasePage):
    """One piece of news. Source, author and date stand on every article."""

    section = models.CharField(
        _("section"), max_length=20, choices=Section.choices, default=Section.INNOVATION
    )
    lead = models.TextField(
        _("lead sentence"), max_length=400, help_text=_("What happened, where and when, in two sentences.")
    )
    published_on = models.DateField(_("date"), default=timezone.localdate)
    author_line = models.CharField(
        _("author"), max_length=120, help_text=_("As it stands above the text: a name or a unit.")
    )
    source = models.CharField(
        _("source"), max_length=200, help_text=_("Where it comes from: a document with its number, a unit.")
    )
    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Set the focal point in the picture itself: it stays in sight when the picture is cut."),
    )
    picture_alt = models.CharField(
        _("the picture in words"),
        max_length=200,
        blank=True,
        help_text=_("What is seen, for those who cannot see it. Needed with every picture."),
    )
    body = StreamField(PageBody(), verbose_name=_("content"))

    parent_page_types = ["portal.NewsIndexPage"]
    subpage_types = []
    template = "portal/article_page.html"
    share_kind = "article"
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("section"),
                FieldPanel("published_on"),
                FieldPanel("author_line"),
                FieldPanel("source"),
            ],
            heading=_("Section, date, author and source"),
        ),
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def clean(self):
        super().clean()
        if self.picture_id and not self.picture_alt.strip():
            raise ValidationError(
                {"picture_alt": _("Say in words what the picture shows: some readers cannot see it.")}
            )

    def own_description(self):
        return self.lead

    def pictures(self):
        if self.picture:
            yield from ((self.picture, cut) for cut in ("article", "row", "share"))
        yield from super().pictures()

    def share_picture(self):
        for file in pictures.renditions(self.picture, "share").values() if self.picture else ():
            return file, self.picture_alt

    def related(self):
        """The latest of the same section."""
        return public_articles().filter(section=self.section).exclude(pk=self.pk)[:RELATED]

    def json_ld(self):
        shared = self.share_picture()
        return {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.title,
            "description": self.lead,
            "articleSection": self.get_section_display(),
            "datePublished": self.published_on.isoformat(),
            "dateModified": (self.last_published_at or timezone.now()).isoformat(),
            "author": {"name": self.author_line},
            "publisher": {"@type": "GovernmentOrganization", "name": settings.PORTAL["ward_committee"]},
            "mainEntityOfPage": self.canonical(),
            **({"image": address(shared[0].url)} if shared else {}),
        }

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"related": self.related()}

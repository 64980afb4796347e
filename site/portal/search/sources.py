"""What of the portal's own pages can be found: news, documents, all other pages."""

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.fields import StreamField
from wagtail.models import Page

from ..models import ArticlePage, DocumentLibraryPage, HomePage, SearchEntry
from ..models.library import LibraryEntry
from ..models.news import public_articles
from ..readable import readable
from .index import refresh
from .registry import Found, Source, register_source

NEWS, DOCUMENT, PAGE = "news", "document", "page"
_NO_TEXT = (HomePage, ArticlePage)  # the home page is others' content, articles are news


def register():
    register_source(Source(NEWS, _("News"), "msg", _news))
    register_source(Source(DOCUMENT, pgettext_lazy("library", "Documents"), "file", _documents))
    register_source(Source(PAGE, _("Pages"), "info", _pages))


def refresh_page(sender, instance, **kwargs):
    """A page was published, taken back or deleted: a receiver of Wagtail's and Django's signals."""
    if not isinstance(instance, Page):
        return
    refresh(NEWS if issubclass(instance.specific_class, ArticlePage) else PAGE, [instance.pk])
    leads_to_it = LibraryEntry.objects.filter(page_shown=instance.pk).exists()
    if leads_to_it or issubclass(instance.specific_class, DocumentLibraryPage):
        refresh(DOCUMENT)


def follow_made_page(sender, instance, created=False, **kwargs):
    """A page that was live from the beginning, as an alias is, was never published."""
    if created and isinstance(instance, Page) and instance.live:
        refresh_page(sender, instance)


def refresh_documents(*args, **kwargs):
    """A file has another name, or is gone."""
    refresh(DOCUMENT)


def forget_page(sender, instance, **kwargs):
    """A page is gone, with what hung on it."""
    if isinstance(instance, Page):
        SearchEntry.objects.filter(kind__in=(NEWS, PAGE), object_id=str(instance.pk)).delete()
        refresh(DOCUMENT)


def refresh_pages(*args, **kwargs):
    """Something changed for whole branches: an address, a place, who may read."""
    for code in (NEWS, DOCUMENT, PAGE):
        refresh(code)


def follow_restriction(sender, origin=None, **kwargs):
    """Who may read a branch changed. A restriction that goes with its page is nobody's concern any more."""
    if origin is None or getattr(origin, "model", type(origin)) is sender:
        refresh_pages()


def _news(ids):
    rows = public_articles()
    for article in rows if ids is None else rows.filter(pk__in=ids):
        yield Found(
            object_id=str(article.pk),
            title=article.title,
            url=article.url,
            text=" ".join([article.lead, *_bodies(article)]),
            detail=article.author_line,
            day=article.published_on,
        )


def _pages(ids):
    rows = readable(Page.objects).not_type(*_NO_TEXT).filter(depth__gt=2).order_by("pk")
    for page in (rows if ids is None else rows.filter(pk__in=ids)).specific():
        yield Found(
            object_id=str(page.pk),
            title=page.title,
            url=page.url,
            text=" ".join([getattr(page, "summary", ""), *_bodies(page)]),
        )


def _documents(ids):
    libraries = {page.pk: page.url for page in readable(DocumentLibraryPage.objects)}
    rows = LibraryEntry.objects.filter(page__in=libraries).select_related("file").order_by("pk")
    pages = set(readable(Page.objects).values_list("pk", flat=True))
    for entry in (rows if ids is None else rows.filter(pk__in=ids)).select_related("page_shown"):
        shown = entry.page_shown if entry.page_shown_id in pages else None
        yield Found(
            object_id=str(entry.pk),
            title=entry.doc_subject,
            url=shown.url if shown else _file_url(entry) or libraries[entry.page_id],
            text=f"{entry.get_kind_display()} {entry.issuer}",
            detail=entry.doc_number,
            day=entry.issued_on,
        )


def _file_url(entry):
    if entry.file is None:
        return ""
    return reverse("wagtaildocs_serve", args=[entry.file.pk, entry.file.filename])


def _bodies(page):
    """The plain text of a page's blocks."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield from (
                strip_tags(piece) for piece in field.get_searchable_content(getattr(page, field.name))
            )

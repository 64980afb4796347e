"""Makes the pages that are missing, once each."""

from datetime import date

from django.conf import settings
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from config.plan_file import read_plan

from ..models import (
    ContactPage,
    DocumentLibraryPage,
    FaqPage,
    NewsIndexPage,
    PlanPage,
    SiteMapPage,
    StandardPage,
)
from ..models.library import DocumentKind, LibraryEntry
from ..tree import ensure_site
from . import texts
from .keys import key_of
from .plan_body import plan_body
from .registry import pages_of_others


@transaction.atomic
def build() -> list[str]:
    """Titles of the pages made. A page is known by its key, not by its title or address: one that an editor
    changed stays as it is, one that was deleted does not come back."""
    home = ensure_site()
    pages = [*first_pages(), *pages_of_others()]
    made = [page.title for page in pages if _add(home, page)]
    _list_the_plan()
    return made


def first_pages():
    ward = settings.PORTAL["ward_name"]
    source = read_plan()["source"]
    yield NewsIndexPage(
        title="Tin tức", slug="tin-tuc", summary="Hoạt động đổi mới sáng tạo và chuyển đổi số của phường."
    )
    yield StandardPage(
        title="Giới thiệu",
        slug="gioi-thieu",
        show_in_menus=True,
        summary=f"Cổng Đổi mới sáng tạo {ward} phục vụ Kế hoạch số {source['number']}.",
        body=texts.INTRODUCTION,
    )
    yield PlanPage(
        title=source["title_vi"],
        slug="ke-hoach",
        show_in_menus=True,
        summary=f"Kế hoạch số {source['number']} ngày 12/6/2026: 42 chỉ tiêu đến năm 2030, "
        "7 đơn vị thực hiện.",
        body=plan_body(),
    )
    yield DocumentLibraryPage(
        title="Văn bản",
        slug="van-ban",
        show_in_menus=True,
        summary="Kế hoạch, quyết định, hướng dẫn, biểu mẫu.",
    )
    yield FaqPage(
        title="Hỏi và đáp",
        slug="hoi-dap",
        summary="Những điều hay được hỏi về sáng kiến và tập huấn.",
        questions=texts.QUESTIONS,
    )
    yield ContactPage(
        title="Liên hệ",
        slug="lien-he",
        summary="Nơi tiếp nhận câu hỏi và góp ý về cổng.",
        body=texts.CONTACT,
    )
    yield StandardPage(
        title="Khả năng tiếp cận",
        slug="tiep-can",
        summary="Cổng làm cho mọi người dùng được; chỗ nào chưa được, xin cho biết.",
        body=texts.ACCESSIBILITY,
    )
    yield StandardPage(
        title="Bảo vệ dữ liệu cá nhân",
        slug="du-lieu-ca-nhan",
        summary="Cổng giữ dữ liệu gì, để làm gì, và ông/bà có quyền gì.",
        body=texts.PRIVACY,
    )
    yield SiteMapPage(title="Sơ đồ trang", slug="so-do-trang")


def _add(home, page):
    page.translation_key = key_of(page.slug)
    if Page.objects.filter(translation_key=page.translation_key).exists():
        return False
    if home.get_children().filter(slug=page.slug).exists() or _was_deleted(page):
        return False
    page.locale = home.locale
    home.refresh_from_db()
    home.add_child(instance=page)
    revision = page.save_revision()
    log(instance=page, action="wagtail.create", revision=revision)
    revision.publish()
    return True


def _was_deleted(page):
    kind = page.cached_content_type
    return PageLogEntry.objects.filter(
        action="wagtail.delete", content_type=kind, label=page.get_admin_display_title()
    ).exists()


def _list_the_plan():
    """The plan stands first in the library, unless an editor has filled it already."""
    library = DocumentLibraryPage.objects.filter(entries__isnull=True, has_unpublished_changes=False).first()
    if library is None or library.revisions.count() > 1:
        return
    source = read_plan()["source"]
    entry = LibraryEntry(
        doc_number=source["number"],
        doc_subject=f"Kế hoạch {source['title_vi']}",
        issued_on=date.fromisoformat(source["date"]),
        issuer=source["issuer_vi"],
        kind=DocumentKind.PLAN,
        page_shown=PlanPage.objects.first(),
    )
    library.entries = [entry]
    library.save_revision().publish()

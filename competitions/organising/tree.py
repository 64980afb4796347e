"""Where competitions stand in the tree of pages, and what a new one is called there."""

import re

from django.conf import settings

from portal.forms import address_of
from portal.tree import ensure_site

from ..models import CompetitionIndexPage, CompetitionPage
from ..models.page import RESERVED_SLUGS

_LONGEST = 80


def ward_in_a_sentence():
    name = settings.PORTAL["ward_name"]
    return name[:1].lower() + name[1:]


def new_index():
    return CompetitionIndexPage(
        title="Cuộc thi",
        slug="cuoc-thi",
        summary=f"Các cuộc thi, diễn đàn về đổi mới sáng tạo của {ward_in_a_sentence()}.",
    )


def index_page(*, lock=False) -> CompetitionIndexPage:
    """The list of competitions; made where it is missing. `lock`: whoever makes a competition waits for the
    one before."""
    rows = CompetitionIndexPage.objects.order_by("path")
    found = rows.first()
    if found is None:
        home = ensure_site()
        found = home.add_child(instance=new_index())
    return rows.select_for_update(of=("self",), no_key=True).get(pk=found.pk) if lock else found


def first_pages():
    """For the first site (`portal.first_site`): the list, unless there is one."""
    if not CompetitionIndexPage.objects.exists():
        yield new_index()


def next_code(year) -> str:
    """CT-2026-01 and on; ask with the index page locked."""
    head = f"CT-{year}-"
    codes = CompetitionPage.objects.filter(code__startswith=head).values_list("code", flat=True)
    numbers = [int(found[1]) for code in codes if (found := re.fullmatch(rf"{head}(\d{{1,6}})", code))]
    return f"{head}{max(numbers, default=0) + 1:02d}"


def slug_for(title, index) -> str:
    """An address of its own below the list, never one of ours."""
    stem = address_of(title)[:_LONGEST].strip("-") or "cuoc-thi"
    taken = set(index.get_children().values_list("slug", flat=True)) | RESERVED_SLUGS
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug

"""The pages every book has: overview, list, Excel, one entry. Writing is in `books_writing`."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.kept_post import keep_post
from trust.storage import serve_private

from ..access import works_with_the_plan
from ..books import all_books, book_at, files, listing
from ..books.access import Rights
from ..books.workbook import workbook
from ..groups.residential import may_keep
from ..models import BookFile

ROOT = "/ke-hoach/dieu-hanh/hoat-dong/"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def door(view):
    """Inside the work area: a view of one book, with what this person may do in it; 403 in words for whoever
    reads none of it."""

    @wraps(view)
    @keep_post
    @never_cache
    def guarded(request, book, **kwargs):
        found, rights = book_at(book), Rights(request.user)
        if found is None:
            raise Http404
        if not works_with_the_plan(request.user):
            raise PermissionDenied(_("This page is for those who carry out the plan or report on it."))
        if not rights.reads(found):
            raise PermissionDenied(rights.refusal(found))
        return view(request, found, rights, **kwargs)

    return guarded


def entry_of(book, rights, pk, *, to_write=False, to_take_away=False):
    """One entry this person reads; 403 where they may not write it (or take a file away) and want to."""
    rows = book.load(rights.visible(book).select_related("unit__residential_end"))
    entry = get_object_or_404(rows, pk=pk)
    if to_write and entry.struck_at is not None:
        raise PermissionDenied(_("This entry is struck out: it stays as it is."))
    if to_write and not rights.keeps_entry(book, entry):
        raise PermissionDenied(rights.refusal(book))
    if to_write and (why := book.fixed(entry) if to_take_away else rights.kept(book, entry)):
        raise PermissionDenied(why)
    return entry


def address(book, *parts):
    return f"{ROOT}{book.slug}/" + "".join(f"{part}/" for part in parts)


def crumbs(book=None, entry=None, here=""):
    way = [(_("Plan work"), "/ke-hoach/dieu-hanh/"), (_("Activities"), ROOT)]
    if book:
        way.append((str(book.label), address(book)))
    if entry:
        way.append((entry.title, address(book, entry.pk)))
    return [*way, (here, "")] if here else way


def sub_tabs(rights, current=None):
    """The books this person reads."""
    return [
        {"label": book.label, "url": address(book), "current": book is current}
        for book in all_books()
        if rights.reads(book)
    ]


@require_safe
@keep_post
@never_cache
def overview(request):
    if not works_with_the_plan(request.user):
        raise PermissionDenied(_("This page is for those who carry out the plan or report on it."))
    rights = Rights(request.user)
    books = [book for book in all_books() if rights.reads(book)]
    count = listing.counts(books, rights)
    context = {
        "cards": [
            {
                "book": book,
                "url": address(book),
                "count": count.get(book.code, 0),
                "add": address(book, "them") if rights.writes(book) else "",
            }
            for book in books
        ],
        "may_keep_groups": may_keep(request.user),
        "crumbs": crumbs(),
    }
    return render(request, "plan/books/overview.html", context)


@require_safe
@door
def entries(request, book, rights):
    years = listing.years(book, rights)
    year = _year(request, years)
    rows = listing.rows(book, rights, year)
    shown = [column for column in book.columns if column.in_list]
    page = Paginator(rows, listing.PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "book": book,
        "tabs": sub_tabs(rights, book),
        "years": [(one, one == year) for one in years],
        "year": year,
        "columns": shown,
        "page_obj": page,
        "table": [
            (address(book, row.pk), [(column, column.value(row)) for column in shown], row) for row in page
        ],
        "add": address(book, "them") if rights.writes(book) else "",
        "needs_groups": book.of_residential_groups
        and rights.writes(book)
        and not rights.writable_units(book) - rights.gone,
        "may_keep_groups": may_keep(request.user),
        "refusal": "" if rights.writes(book) else rights.refusal(book),
        "excel": address(book, "excel"),
        "above": book.above(rights, year) if book.above else None,
        "crumbs": crumbs(book),
    }
    return render(request, "plan/books/list.html", context)


def _year(request, years):
    text = request.GET.get("nam", "")
    return int(text) if text.isascii() and text.isdigit() and int(text) in years else None


@require_safe
@door
def excel(request, book, rights):
    year = _year(request, listing.years(book, rights))
    content = workbook(book, listing.rows(book, rights, year), book.more_sheets(rights, year))
    response = HttpResponse(content, content_type=EXCEL)
    name = f"{book.slug}-{year or 'tat-ca'}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@door
def entry(request, book, rights, pk):
    found = entry_of(book, rights, pk)
    may_write = rights.may_write(book, found)
    context = {
        "book": book,
        "entry": found,
        "facts": [(label, value) for label, value in book.facts(found) if value not in ("", None, [])],
        "parts": [_part(book, found, part) for part in book.parts],
        "steps": _steps(book, found, rights) if found.struck_at is None else [],
        "files": files.standing(found),
        "below": [(template, context(found)) for template, context in book.below],
        "changes": [(change, words_of(book, change)) for change in found.changes.all()],
        "may_write": may_write,
        "takes_away": rights.takes_away(book, found),
        "refusal": _refusal(book, found, rights),
        "at": address(book, found.pk),
        "crumbs": crumbs(book, found),
    }
    return render(request, "plan/books/entry.html", context)


def _refusal(book, found, rights):
    """Why this person does not change it, in words; nothing where they do or it is struck out."""
    if found.struck_at or rights.may_write(book, found):
        return ""
    return rights.kept(book, found) if rights.keeps_entry(book, found) else rights.refusal(book)


def _part(book, found, part):
    return {
        "part": part,
        "at": address(book, found.pk, part.slug),
        "rows": [(row, [(column, column.value(row)) for column in part.columns]) for row in part.rows(found)],
    }


def _steps(book, found, rights):
    """(step, why this person may not) of those that make sense now."""
    return [(step, step.refusal(rights, found)) for step in book.steps if step.offered(found)]


CHANGES = {
    "made": lambda: pgettext("history", "Entered"),
    "changed": lambda: pgettext("history", "Changed"),
    "struck": lambda: _("Struck out"),
    "file_added": lambda: _("File added"),
    "file_removed": lambda: _("File taken away"),
    "part_added": lambda: _("Added"),
    "part_changed": lambda: pgettext("history", "Changed"),
    "part_removed": lambda: _("Taken out"),
}


def words_of(book, change):
    """What a line of the log says happened."""
    step = next((step for step in book.steps if step.code == change.change), None)
    words = str(step.label) if step else CHANGES.get(change.change, lambda: change.change)()
    part = book.part(change.data.get("part", ""))
    names = [str(part.label)] if part else []
    names += [change.data["name"]] if "name" in change.data else []
    names += [
        str(book.form.base_fields[name].label)
        for name in change.data.get("fields", ())
        if name in book.form.base_fields
    ]
    return f"{words}: {', '.join(names)}" if names else words


@require_safe
@door
def file(request, book, rights, pk, file):
    """A file of an entry, for whoever reads the entry."""
    found = entry_of(book, rights, pk)
    row = get_object_or_404(BookFile, pk=file, entry_id=found.pk, removed_at__isnull=True)
    return serve_private(row.file, row.name, row.content_type, inline=True)

"""Writing into a book: a form of its own for each thing that is done."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ..books import Step, marks, writing
from ..forms.base import ReasonForm, StepForm
from ..forms.files import FileForm
from ..models import BookChange, BookFile
from .books import address, crumbs, door, entry_of, words_of

ASKS = ["GET", "HEAD", "POST"]


def _typed(request):
    return request.POST if request.method == "POST" else request.kept_post or None


def _draw(request, book, form, words, back, entry=None, status=200, **more):
    context = {
        "book": book,
        "entry": entry,
        "form": form,
        "words": words,
        "back": back,
        "file_lost": request.method == "POST" and form.is_multipart(),
        "crumbs": crumbs(book, entry, words["title"]),
        **more,
    }
    if status == 409 and (pk := entry.pk if entry else form.instance.pk):
        context["latest"] = _latest(book, pk)
    return render(request, "plan/books/form.html", context, status=status)


def _latest(book, pk):
    """The last line of the entry's log: who was quicker, with what."""
    change = BookChange.objects.filter(entry=pk).order_by("-at", "-pk").first()
    return change and {"change": change, "words": words_of(book, change), "url": address(book, pk)}


def _version_now(book, pk):
    return lambda: book.model.objects.values_list("edit_version", flat=True).get(pk=pk)


def _answered(request, form, take, done, back, draw, seen_now=None):
    """The page of the form; after a valid POST what it does, and back. Where somebody else was quicker, what
    was typed stands there still, and sent again it stands on what `seen_now` answers."""
    if request.method != "POST":
        return draw(200)
    if not form.is_valid():
        return draw(422)
    try:
        made = take()
    except ValidationError as refused:
        form.add_error(None, refused)
        if refused.code != "changed":
            return draw(422)
        if seen_now:
            form.data = form.data.copy()
            form.data[form.add_prefix("seen")] = seen_now()
        return draw(409)
    messages.success(request, done)
    return redirect(back(made))


@require_http_methods(ASKS)
@door
def new(request, book, rights):
    if not rights.writes(book):
        raise PermissionDenied(rights.refusal(book))
    form = book.form(
        _typed(request), request.FILES or None, book=book, rights=rights, initial=_asked_for(request, book)
    )
    words = {"title": book.add, "action": _("Save")}
    return _answered(
        request,
        form,
        lambda: writing.write(form, request.user),
        _("Saved."),
        lambda made: address(book, made.pk),
        lambda status: _draw(request, book, form, words, address(book), status=status),
    )


def _asked_for(request, book):
    """What a link brings along: the group or the campaign an entry is about."""
    found = {name: request.GET[name] for name in book.form.taken_from_link if name in request.GET}
    return {name: value for name, value in found.items() if value.isascii() and value.isdigit()}


@require_http_methods(ASKS)
@door
def edit(request, book, rights, pk):
    entry = entry_of(book, rights, pk, to_write=True)
    title = entry.title
    form = book.form(_typed(request), request.FILES or None, instance=entry, book=book, rights=rights)
    words = {"title": _("Change: %(title)s") % {"title": title}, "action": _("Save")}
    return _answered(
        request,
        form,
        lambda: writing.write(form, request.user),
        _("Saved."),
        lambda made: address(book, pk),
        lambda status: _draw(request, book, form, words, address(book, pk), status=status),
        _version_now(book, pk),
    )


STRIKE = Step(
    slug="gach-bo",
    code="struck",
    label=gettext_lazy("Strike it out…"),
    happens=gettext_lazy("It counts nowhere any more. The entry and its log stay."),
    done=gettext_lazy("Struck out."),
    form=ReasonForm,
    take=lambda *args: None,
    is_danger=True,
)


@require_http_methods(ASKS)
@door
def strike(request, book, rights, pk):
    if not book.can_be_struck:
        raise Http404
    entry = entry_of(book, rights, pk, to_write=True)
    form = ReasonForm(_typed(request), entry=entry)

    def take():
        reason, seen = form.cleaned_data["reason"], form.cleaned_data.get("seen") or 0
        return writing.strike(book, entry, request.user, reason, seen)

    return _step_page(request, book, entry, STRIKE, form, take)


@require_http_methods(ASKS)
@door
def step(request, book, rights, pk, step):
    found = book.step(step)
    if found is None:
        raise Http404
    entry = entry_of(book, rights, pk)
    if entry.struck_at is not None:
        raise PermissionDenied(_("This entry is struck out: it stays as it is."))
    if refusal := found.refusal(rights, entry):
        raise PermissionDenied(refusal)
    if not found.offered(entry):
        messages.warning(request, writing.Changed().messages[0])
        return redirect(address(book, pk))
    form = found.form(_typed(request), request.FILES or None, entry=entry)

    def take():
        return writing.take_step(book, found, entry, form, request.user)

    return _step_page(request, book, entry, found, form, take)


def _step_page(request, book, entry, step, form, take):
    words = {
        "title": str(step.label).removesuffix("…"),
        "action": str(step.label).removesuffix("…"),
        "happens": step.happens,
        "is_danger": step.is_danger,
    }
    back = address(book, entry.pk)
    return _answered(
        request,
        form,
        take,
        step.done,
        lambda made: back,
        lambda status: _draw(request, book, form, words, back, entry, status),
        _version_now(book, entry.pk),
    )


@require_http_methods(ASKS)
@door
def file_new(request, book, rights, pk):
    entry = entry_of(book, rights, pk, to_write=True)
    form = FileForm(_typed(request), request.FILES or None, book=book)
    words = {"title": _("Add a file"), "action": _("Add the file")}

    def take():
        cleaned = form.cleaned_data
        about = {
            "alt": cleaned.get("alt", ""),
            "consent": cleaned.get("consent", ""),
            "key": marks.mark_of_page(form),
        }
        return writing.add_file(book, entry, cleaned["file"], request.user, **about)

    back = address(book, pk)
    return _answered(
        request,
        form,
        take,
        _("The file is added."),
        lambda made: back,
        lambda status: _draw(request, book, form, words, back, entry, status),
    )


def _is_gone(request, rows, pk):
    """Whether what is to be taken away is away already: a second click, another window."""
    return request.method == "POST" and not rows.filter(pk=pk).exists()


def _gone(request, book, pk):
    messages.info(request, _("It is taken away already."))
    return redirect(address(book, pk))


@require_http_methods(ASKS)
@door
def file_remove(request, book, rights, pk, file):
    entry = entry_of(book, rights, pk, to_write=True, to_take_away=True)
    rows = BookFile.objects.filter(entry_id=entry.pk, removed_at__isnull=True)
    if _is_gone(request, rows, file):
        return _gone(request, book, pk)
    row = get_object_or_404(rows, pk=file)
    form = StepForm(_typed(request), entry=entry)
    words = {
        "title": _("Take away “%(name)s”") % {"name": row.name},
        "action": _("Take it away"),
        "happens": _("Nobody can open it any more. The log keeps its name."),
        "is_danger": True,
    }
    back = address(book, pk)
    return _answered(
        request,
        form,
        lambda: writing.remove_file(book, entry, row, request.user),
        _("Taken away."),
        lambda made: back,
        lambda status: _draw(request, book, form, words, back, entry, status),
    )


# ---- rows below an entry


def _part_of(book, slug):
    part = book.part(slug)
    if part is None:
        raise Http404
    return part


@require_http_methods(ASKS)
@door
def part_new(request, book, rights, pk, part):
    part = _part_of(book, part)
    entry = entry_of(book, rights, pk, to_write=True)
    form = part.form(_typed(request), entry=entry, instance=part.fresh(entry))
    return _part_page(request, book, part, entry, form, part.add)


@require_http_methods(ASKS)
@door
def part_edit(request, book, rights, pk, part, row):
    part = _part_of(book, part)
    entry = entry_of(book, rights, pk, to_write=True)
    found = get_object_or_404(part.rows(entry), pk=row)
    title = _("Change: %(title)s") % {"title": part.name(found)}
    form = part.form(_typed(request), entry=entry, instance=found)
    remove = address(book, pk, part.slug, row, "bo")
    return _part_page(request, book, part, entry, form, title, remove=remove)


def _part_page(request, book, part, entry, form, title, **more):
    words = {"title": title, "action": _("Save"), "note": part.note}
    back = address(book, entry.pk)
    return _answered(
        request,
        form,
        lambda: writing.write_part(book, part, entry, form, request.user),
        _("Saved."),
        lambda made: back,
        lambda status: _draw(request, book, form, words, back, entry, status, **more),
        lambda: marks.mark_of(part.model.objects.filter(pk=form.instance.pk).first()),
    )


@require_http_methods(ASKS)
@door
def part_remove(request, book, rights, pk, part, row):
    part = _part_of(book, part)
    entry = entry_of(book, rights, pk, to_write=True)
    if _is_gone(request, part.rows(entry), row):
        return _gone(request, book, pk)
    found = get_object_or_404(part.rows(entry), pk=row)
    form = StepForm(_typed(request), entry=entry)
    words = {
        "title": _("Take out “%(name)s”") % {"name": part.name(found)},
        "action": _("Take it out"),
        "happens": _("For what was entered by mistake. What has come to an end keeps its last day instead."),
        "is_danger": True,
    }
    back = address(book, pk)
    return _answered(
        request,
        form,
        lambda: writing.remove_part(book, part, entry, found, request.user),
        _("Taken out."),
        lambda made: back,
        lambda status: _draw(request, book, form, words, back, entry, status),
    )

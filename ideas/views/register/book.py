"""The register: read page by page, taken as Excel, written into by whoever keeps a dossier."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ideas.forms.register import RegisterNoteForm, RegisterSearch
from ideas.models import Initiative, RegisterNote
from ideas.moves import Refused
from ideas.reasons import sentence
from ideas.register.asking import choices, rows
from ideas.register.lines import Lines
from ideas.register.noting import NoteChanged, may_note, write_note
from ideas.register.outcome import OUTCOME_LABELS
from ideas.register.reading import may_write, received, require_reader
from ideas.register.workbook import file_name, write_register
from people.kept_post import keep_post

from .handing import hand_out_workbook

PAGE = 50


@never_cache
@require_safe
@keep_post
def book(request):
    """One page of the register as it was asked for; a line leads to the dossiers this person may open."""
    require_reader(request.user)
    form = RegisterSearch(request.GET, choices=choices())
    asked = form.asked()
    page = Paginator(rows(asked), PAGE).get_page(request.GET.get("page"))
    lines = Lines(request.user).of(page.object_list, first=page.start_index())
    may_open = set(
        Initiative.objects.visible_to(request.user)
        .filter(code__in=[line.code for line in lines])
        .values_list("code", flat=True)
    )
    context = {
        "form": form,
        "asked": asked,
        "page_obj": page,
        "lines": [(line, line.code in may_open, OUTCOME_LABELS[line.outcome]) for line in lines],
        "may_write": may_write(request.user),
        "narrowed": any((asked.round, asked.unit, asked.field, asked.outcome, asked.reason)),
        "crumbs": [(_("Initiatives"), "/sang-kien/"), (_("Register"), "")],
    }
    return render(request, "ideas/register/book.html", context)


@never_cache
@require_safe
@keep_post
def workbook(request):
    """The lines that were asked for with all twenty columns, as Excel."""
    require_reader(request.user)
    asked = RegisterSearch(request.GET, choices=choices()).asked()
    lines = Lines(request.user).all_of(rows(asked))
    return hand_out_workbook(lambda file: write_register(file, lines, asked), file_name(asked))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_post
def note(request, code):
    """Commendation and note of one line."""
    require_reader(request.user)
    initiative = _found(code)
    answer = may_note(initiative, request.user)
    if not answer.allowed:
        raise PermissionDenied(sentence(answer))
    kept = RegisterNote.objects.filter(initiative=initiative).first() or RegisterNote(initiative=initiative)
    initial = {"seen": kept.edit_version, "reward": kept.reward, "note": kept.note}
    form = RegisterNoteForm(request.POST or request.kept_post or None, initial=initial)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                write_note(request.user, code, **form.cleaned_data)
            except NoteChanged:
                form = _over_what_stands(form, kept)
                status = 409
            except Refused as refused:
                raise PermissionDenied(sentence(refused.answer)) from refused
            else:
                messages.success(request, _("Written into the register: %(code)s.") % {"code": code})
                return redirect("ideas:register")
        else:
            status = 422
    way = [(_("Initiatives"), "/sang-kien/"), (_("Register"), "/sang-kien/so-theo-doi/"), (code, "")]
    context = {"form": form, "initiative": initiative, "kept": kept, "crumbs": way, "status": status}
    return render(request, "ideas/register/note.html", context, status=status)


def _found(code):
    rows = Initiative.objects.for_workflow().filter(pk__in=received().order_by().values("pk"))
    found = rows.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _over_what_stands(form, kept):
    """What was typed, now over the version that stands; the page shows both."""
    typed = {name: form.cleaned_data[name] for name in ("reward", "note")}
    again = RegisterNoteForm(typed | {"seen": kept.edit_version})
    again.is_valid()
    again.add_error(
        None, _("Somebody wrote into this line meanwhile: look at what stands, then send once more.")
    )
    return again

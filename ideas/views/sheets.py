"""Score sheets: fill in, keep, send, stand aside, read and print. Every way in asks two questions."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ideas import evaluation
from ideas.access import may_read_sheet
from ideas.evaluation import SheetChanged, SheetRefused, can_score
from ideas.forms.council import ReasonForm
from ideas.judged import judged
from ideas.models import Initiative, ScoreSheet
from ideas.reasons import sentence
from ideas.sheet_list import my_sheets, progress_of
from people.kept_post import keep_post
from scoring.forms import SheetForm
from scoring.models import SheetState
from scoring.result import SheetValues, compute
from vietnamese.numbers import format_decimal

# ---- the two questions


def _sheet(user, pk):
    """The sheet, where this person fills it or may read it; any other does not exist for them."""
    sheet = (
        ScoreSheet.objects.select_related("staff__user", "seat__appointment", "version", "alternate")
        .prefetch_related("points")
        .filter(pk=pk)
        .first()
    )
    if sheet is None:
        raise Http404
    sheet.initiative = sheet.version.initiative = Initiative.objects.for_workflow().get(
        pk=sheet.initiative_id
    )
    if can_score(user, sheet).allowed or may_read_sheet(user, sheet):
        return sheet
    raise Http404


def _require(user, sheet):
    answer = can_score(user, sheet)
    if not answer.allowed:
        raise PermissionDenied(sentence(answer))


# ---- filling in


@never_cache
@keep_post
def sheet(request, pk):
    """The sheet beside the dossier; sent or closed ones are read. POST keeps it, `act=send` asks to send."""
    found = _sheet(request.user, pk)
    if request.method == "POST":
        _require(request.user, found)
        return _keep(request, found)
    answer = can_score(request.user, found)
    if not answer.allowed:
        return _read(request, found, answer)
    if request.kept_post:
        form = _form(found, request.kept_post)
        return _page(request, found, form, base_version=_base_version(request.kept_post))
    return _page(request, found, _form(found))


def _form(sheet, data=None, *, final=False):
    return SheetForm(
        sheet.initiative.rubric.rubric,
        data,
        points={point.criterion: point.points for point in sheet.points.all()},
        comments={point.criterion: point.comment for point in sheet.points.all()},
        comment=sheet.comment,
        final=final,
    )


def _base_version(data):
    text = data.get("edit_version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _keep(request, sheet):
    """Keeps what can be kept; what cannot is marked by its field and stays as it was typed."""
    sending = request.POST.get("act") == "send"
    form = _form(sheet, request.POST)
    form.is_valid()
    try:
        kept = _save(request.user, sheet, form, request.POST)
    except SheetChanged as changed:
        return _show_conflict(request, sheet, changed.sheet)
    except SheetRefused as refused:
        raise PermissionDenied(sentence(refused.answer)) from refused
    final = _form(kept, request.POST, final=sending)
    if not final.is_valid():
        return _page(request, _sheet(request.user, sheet.pk), final, status=422, sending=sending)
    if sending:
        return redirect("ideas:sheet_send", sheet.pk)
    saved_at = time_format(timezone.localtime(kept.updated_at), "H:i")
    messages.success(
        request, _("%(code)s: sheet saved at %(time)s.") % {"code": sheet.initiative.code, "time": saved_at}
    )
    return redirect("ideas:sheets")


def _save(user, sheet, form, data):
    return evaluation.save_sheet(
        user,
        sheet,
        form.points,
        form.cleaned_data.get("comment", sheet.comment),
        comments=form.comments,
        base_version=_base_version(data),
    )


def _show_conflict(request, sheet, kept):
    """Both versions: what was typed here stands in the form, what is kept beside it. Saving again decides."""
    kept = _sheet(request.user, kept.pk)
    form = _form(kept, request.POST)
    form.is_valid()
    return _page(request, kept, form, status=409, differences=_differences(form, kept))


def _differences(form, kept):
    """[(label, kept text)] of the fields where this window differs from what is kept."""
    saved = _form(kept)
    pairs = [(field, saved[field.name].value()) for field in form]
    return [
        (field.label, value if value not in (None, "") else _("empty"))
        for field, value in pairs
        if str(field.value() or "").strip() != str(value or "").strip()
    ]


def _page(request, sheet, form, *, status=200, base_version=None, sending=False, differences=None):
    done, total = progress_of(request.user)
    context = {
        "sheet": sheet,
        "initiative": sheet.initiative,
        "form": form,
        "groups": form.rows(),
        "edit_version": sheet.edit_version if base_version is None else base_version,
        "judged": judged(sheet.version),
        "due": can_score(request.user, sheet).until,
        "standing": standing(sheet),
        "place": min(done + 1, total),
        "total": total,
        "sending": sending,
        "differences": differences,
        "kept": bool(request.method == "GET" and form.is_bound),
    }
    return render(request, "ideas/council/sheet.html", context, status=status)


def standing(sheet):
    """How far the kept sheet is: total and grade only once every required criterion has points."""
    rubric = sheet.initiative.rubric.rubric
    values = sheet.values(str(sheet.seat.number))
    missing = evaluation.missing_criteria(sheet)
    found = {
        "scored": len([c for c in rubric.required if c not in missing]),
        "required": len(rubric.required),
        "missing": [criterion.name for criterion in missing],
        "done": sorted(code for code, points in values.points.items() if points is not None),
        "total": "",
        "grade": "",
    }
    if not missing:
        result = compute(rubric, [SheetValues(values.seat, values.points)])
        labels = {grade.code: grade.label for grade in rubric.grades}
        found |= {
            "total": format_decimal(result.sheets[0].total),
            "grade": labels.get(result.grade, _("below every grade") if labels else ""),
        }
    return found


@never_cache
@require_POST
def sheet_autosave(request, pk):
    """Keeps a draft while it is typed: JSON with the time, the version, and errors by field."""
    if not request.user.is_authenticated:
        words = _("The session has ended. Press “Save, go on later” to sign in again; nothing typed is lost.")
        return JsonResponse({"message": words}, status=401)
    found = _sheet(request.user, pk)
    _answer = can_score(request.user, found)
    if not _answer.allowed:
        return JsonResponse({"message": sentence(_answer)}, status=403)
    form = _form(found, request.POST)
    form.is_valid()
    try:
        kept = _save(request.user, found, form, request.POST)
    except SheetChanged as changed:
        saved_at = time_format(timezone.localtime(changed.sheet.updated_at), "H:i")
        words = _(
            "This sheet was saved in another window at %(time)s. What is typed here is not saved. "
            "Press “Save, go on later” to see both and choose."
        )
        return JsonResponse({"message": words % {"time": saved_at}}, status=409)
    except SheetRefused as refused:
        return JsonResponse({"message": sentence(refused.answer)}, status=403)
    kept = _sheet(request.user, pk)
    saved_at = time_format(timezone.localtime(kept.updated_at), "H:i")
    return JsonResponse(
        {
            "saved": _("Saved at %(time)s") % {"time": saved_at},
            "version": kept.edit_version,
            "errors": {name: [str(e) for e in errors] for name, errors in form.errors.items()},
            "standing": standing(kept),
            "words": _standing_words(standing(kept)),
        }
    )


def _standing_words(standing):
    """The sentences the page shows for `standing`, in the reader's language."""
    scored = _("%(scored)s of %(required)s criteria scored") % standing
    why = _("not scored yet: %(names)s.") % {"names": ", ".join(standing["missing"])}
    return {"scored": scored, "why": why if standing["missing"] else ""}


# ---- sending


@never_cache
@keep_post
def sheet_send(request, pk):
    """Asks before it sends: afterwards only whoever presides can reopen the sheet."""
    found = _sheet(request.user, pk)
    if found.state == SheetState.SUBMITTED and can_score(request.user, found).reason != "not_your_sheet":
        return redirect("ideas:sheet", pk)  # sent already: a second press does nothing
    _require(request.user, found)
    form = _complete(found)
    if form is None:
        return redirect("ideas:sheet", pk)
    if request.method == "POST":
        return _send(request, found, form)
    context = {
        "sheet": found,
        "initiative": found.initiative,
        "standing": standing(found),
        "rows": _shown(found),
    }
    return render(request, "ideas/council/sheet_send.html", context)


def _complete(sheet):
    """The kept sheet as a final form, or None where something is missing."""
    kept = _form(sheet)
    typed = {name: _as_typed(kept[name]) for name in kept.fields}
    form = _form(sheet, typed, final=True)
    return form if form.is_valid() else None


def _as_typed(field):
    value = field.value()
    return "" if value is None else str(value)


def _send(request, sheet, form):
    try:
        evaluation.submit_sheet(
            request.user,
            sheet,
            form.points,
            form.cleaned_data["comment"],
            comments=form.comments,
            base_version=_base_version(request.POST),
        )
    except SheetChanged:
        messages.warning(
            request, _("The sheet was changed in another window meanwhile. Look at it and send it again.")
        )
        return redirect("ideas:sheet", sheet.pk)
    except SheetRefused as refused:
        if refused.answer.reason == "sheet_already_sent":
            return redirect("ideas:sheet", sheet.pk)
        raise PermissionDenied(sentence(refused.answer)) from refused
    messages.success(request, _("%(code)s: sheet sent.") % {"code": sheet.initiative.code})
    return redirect("ideas:sheets")


# ---- standing aside


@never_cache
@keep_post
def sheet_recuse(request, pk):
    """A member declares what connects them with the dossier; an alternate takes the seat."""
    found = _sheet(request.user, pk)
    _require(request.user, found)
    help_text = _("For example: I work in the authors' team. The council's officers can read this.")
    form = ReasonForm(request.POST or request.kept_post or None, help_text=help_text)
    if request.method == "POST" and form.is_valid():
        try:
            evaluation.declare_conflict(request.user, found, form.cleaned_data["reason"])
        except SheetRefused as refused:
            raise PermissionDenied(sentence(refused.answer)) from refused
        messages.success(
            request, _("%(code)s: noted that you stand aside.") % {"code": found.initiative.code}
        )
        return redirect("ideas:sheets")
    context = {"sheet": found, "initiative": found.initiative, "form": form}
    return render(request, "ideas/council/sheet_recuse.html", context, status=422 if form.errors else 200)


# ---- reading


def _read(request, sheet, answer):
    """A sheet nobody writes in now: one's own at any time, others' after the close."""
    if not may_read_sheet(request.user, sheet):
        raise PermissionDenied(sentence(answer))
    own = answer.reason != "not_your_sheet"
    context = {
        "sheet": sheet,
        "initiative": sheet.initiative,
        "own": own,
        "why": sentence(answer) if own and not answer.allowed else "",
        "rows": _shown(sheet),
        "standing": standing(sheet),
        "judged": judged(sheet.version),
    }
    return render(request, "ideas/council/sheet_read.html", context)


def _shown(sheet):
    """[(criterion, its row or None, band)] in the rubric's order."""
    kept = {point.criterion: point for point in sheet.points.all()}
    rows = []
    for criterion in sheet.initiative.rubric.rubric.criteria:
        point = kept.get(criterion.code)
        given = point is not None and point.points is not None
        rows.append((criterion, point, criterion.band_of(point.points) if given else None))
    return rows


@never_cache
@require_safe
@keep_post
def sheet_print(request, pk):
    """One's own sheet, or one that may be read, on a page of paper."""
    found = _sheet(request.user, pk)
    if not may_read_sheet(request.user, found):
        raise Http404
    context = {
        "sheet": found,
        "initiative": found.initiative,
        "rows": _shown(found),
        "standing": standing(found),
        "judged": judged(found.version),
        "rubric": found.initiative.rubric.rubric,
    }
    return render(request, "ideas/council/sheet_print.html", context)


# ---- a member's list


@never_cache
@require_safe
@keep_post
def sheets(request):
    """Everything this member scores or scored, with how many sheets are in: counts alone."""
    lines = my_sheets(request.user)
    context = {
        "to_do": [line for line in lines if line.is_to_do],
        "done": [line for line in lines if not line.is_to_do],
        "progress": progress_of(request.user),
    }
    return render(request, "ideas/council/sheets.html", context)


@never_cache
@require_safe
@keep_post
def sheet_row(request, pk):
    """One row of the list, fetched anew by the page when something changed."""
    line = next(iter(my_sheets(request.user, pk=pk)), None)
    if line is None:
        raise Http404
    return render(request, "ideas/council/sheet_row.html", {"line": line})

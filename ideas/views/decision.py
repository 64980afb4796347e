"""The head's pages: what waits for a decision, what was decided, complaints; one decision about several."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.access import check_role
from people.kept_post import keep_post
from people.roles import Role
from scoring.words import grade_label

from .. import deciding, workflow
from ..files import StoredFile, store_signed_file
from ..forms.recognition import RecogniseManyForm
from ..moves import Refused
from ..reasons import sentence

PAGE_SIZE = 20
_TO_BE_STORED = StoredFile("", "", "", 0)  # stands for the file while the workflow is asked first


def _tabs(user, current):
    found = [
        ("waiting", "/sang-kien/quyet-dinh/", _("Waiting for a decision"), deciding.waiting(user).count()),
        ("decided", "/sang-kien/quyet-dinh/da-quyet-dinh/", _("Decided"), deciding.decided(user).count()),
        (
            "complaints",
            "/sang-kien/quyet-dinh/khieu-nai/",
            _("Complaints"),
            deciding.complaints(user).count(),
        ),
    ]
    return [
        {"url": url, "label": label, "count": count, "current": code == current}
        for code, url, label, count in found
    ]


def _crumbs(label):
    return [(_("My work"), "/viec-cua-toi/"), (label, "")]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def waiting(request):
    """Dossiers that wait; a POST recognises the ticked ones by one decision, all or none."""
    check_role(request.user, Role.HEAD, Role.DEPUTY_HEAD)
    rows = deciding.waiting(request.user)
    data = request.POST if request.method == "POST" else request.kept_post
    form = RecogniseManyForm(data or None, request.FILES if request.method == "POST" else None, waiting=rows)
    if request.method == "POST":
        if not deciding.decides(request.user):
            raise PermissionDenied(_("Only the head of the ward, or a deputy with a delegation, decides."))
        if form.is_valid() and _recognise(request, form):
            return redirect("ideas:decisions")
    dossiers = _dossiers(rows, request.user)
    context = {
        "dossiers": dossiers,
        "can_recognise_some": any(d["recognise"].allowed for d in dossiers),
        "form": form,
        "decides": deciding.decides(request.user),
        "tabs": _tabs(request.user, "waiting"),
        "next_due": min(
            (d["initiative"].decision_due_on for d in dossiers if d["initiative"].decision_due_on),
            default=None,
        ),
        "crumbs": _crumbs(_("Waiting for a decision")),
    }
    return render(request, "ideas/decision/waiting.html", context)


def _recognise(request, form):
    """True when recorded; else the refusal stands in the form, naming the dossier."""
    chosen = [initiative.pk for initiative in form.cleaned_data["initiatives"]]
    decision = {name: form.cleaned_data[name] for name in ("number", "decided_on")}
    if refused := _first_refusal(chosen, request.user, decision):
        _show(form, *refused)
        return False
    file = store_signed_file(form.cleaned_data["file"])
    try:
        moved = workflow.move_many(chosen, "recognise", request.user, **decision, file=file)
    except Refused as refusal:
        _show(form, refusal.initiative, refusal.answer)
        return False
    messages.success(
        request,
        ngettext(
            "%(count)s initiative is recognised; its authors are told and the certificates are issued.",
            "%(count)s initiatives are recognised; their authors are told and the certificates are issued.",
            len(moved),
        )
        % {"count": len(moved)},
    )
    return True


def _first_refusal(pks, user, decision):
    """(dossier, answer) of the first one that cannot be recognised so; asked before the file is kept."""
    lookups = {}
    data = {**decision, "file": _TO_BE_STORED}
    for initiative in deciding.waiting(user).for_workflow().filter(pk__in=pks):
        answer = workflow.may(initiative, "recognise", user, data=data, lookups=lookups, asking=False)
        if not answer.allowed:
            return initiative, answer
    return None


def _show(form, initiative, answer):
    words = sentence(answer)
    if initiative is not None:
        words = _("%(code)s: %(reason)s Nothing was recorded.") % {"code": initiative.code, "reason": words}
    form.add_error(answer.field if answer.field in form.fields else None, words)


def _dossiers(rows, user):
    """What the page shows of each; a constant number of queries."""
    lookups, now = {}, timezone.now()
    shown = []
    for initiative in rows.for_workflow():
        result, item = initiative.current_result, initiative.current_item
        authors = list(initiative.authors.all())
        main = initiative.main_author or (authors[0] if authors else None)
        rubric = initiative.rubric.rubric if initiative.rubric else None
        recognise = workflow.may(initiative, "recognise", user, now=now, lookups=lookups)
        decline = workflow.may(initiative, "decline", user, now=now, lookups=lookups)
        shown.append(
            {
                "initiative": initiative,
                "main": main,
                "others": len(authors) - 1,
                "result": result,
                "grade": grade_label(rubric, result.grade) if result and rubric and result.grade else "",
                "item": item,
                "enough": item.votes_for >= item.needed,
                "recognise": recognise,
                "decline": decline,
                "why": "" if recognise.allowed else sentence(recognise),
            }
        )
    return shown


@require_safe
@never_cache
@keep_post
def decided(request):
    check_role(request.user, Role.HEAD, Role.DEPUTY_HEAD)
    page = Paginator(deciding.decided(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "tabs": _tabs(request.user, "decided"),
        "crumbs": _crumbs(_("Decided")),
    }
    return render(request, "ideas/decision/decided.html", context)


@require_safe
@never_cache
@keep_post
def complaints(request):
    check_role(request.user, Role.HEAD, Role.DEPUTY_HEAD)
    page = Paginator(deciding.complaints(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "tabs": _tabs(request.user, "complaints"),
        "today": timezone.localdate(),
        "crumbs": _crumbs(_("Complaints")),
    }
    return render(request, "ideas/decision/complaints.html", context)

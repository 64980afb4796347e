"""The roll on a phone: one tap a person, each tick stored; without script the whole form is sent."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from people.kept_post import keep_post
from people.models import Staff

from .. import finding
from .. import roll as taking
from ..answers import Refused
from ..forms.steps import FindForm, HeadCountForm
from ..models import Status
from .found import back, crumbs, find_managed, page_of, say_why

MARK, WAS = "mark-", "was-"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def roll(request, code):
    """Everybody listed with one choice each. A POST holds the whole page; only what differs from the page as
    it was drawn is written, so that two organisers with a phone each do not undo one another."""
    session = find_managed(request, code)
    problem = ""
    if request.method == "POST":
        try:
            count = taking.mark(session, _changed(request.POST), request.user)
        except Refused as refused:
            problem = refused.answer.words
        else:
            words = ngettext("%(count)s mark is saved.", "%(count)s marks are saved.", count)
            messages.success(request, words % {"count": count})
            return back(session)
    typed = request.POST if request.method == "POST" else request.kept_post or {}
    context = {
        "session": session,
        "lines": [
            (line, typed.get(MARK + str(line.staff.pk), line.status)) for line in taking.lines(session)
        ],
        "tally": taking.tally(session),
        "answer": taking.may_take(session, request.user),
        "statuses": _choices(),
        "count_form": HeadCountForm(initial={"head_count": session.head_count}),
        "problem": problem,
        "crumbs": crumbs(session, _("Roll")),
    }
    return render(request, "training/roll/roll.html", context, status=409 if problem else 200)


def _choices():
    """The four marks as a button says them."""
    return [
        (Status.PRESENT, pgettext("mark of the roll", "Present")),
        (Status.LATE, pgettext("mark of the roll", "Late")),
        (Status.EXCUSED, pgettext("mark of the roll", "Excused")),
        (Status.ABSENT, pgettext("mark of the roll", "Absent")),
    ]


def _changed(data):
    """`{staff key: status}` of what differs from the page as it was drawn."""
    found = {}
    for name, value in data.items():
        key = name.removeprefix(MARK)
        if name.startswith(MARK) and key.isdecimal() and value != data.get(WAS + key, ""):
            found[int(key)] = value
    return found


@require_POST
def tick(request, code):
    """One tick, for the script: JSON with the words to show. A signed-out organiser is told to sign in, and
    the tick stays on the phone."""
    if not request.user.is_authenticated:
        return JsonResponse({"message": _("Signed out. Sign in again; the marks are kept here.")}, status=401)
    session = find_managed(request, code)
    key = request.POST.get("staff", "")
    statuses = {int(key): request.POST.get("status", "")} if key.isdecimal() and len(key) < 16 else {}
    try:
        if not statuses:
            raise Refused(taking.NOT_LISTED)
        taking.mark(session, statuses, request.user)
    except Refused as refused:
        return JsonResponse({"message": refused.answer.words}, status=409)
    at = timezone.localtime().strftime("%H:%M")
    return JsonResponse({"message": _("Saved %(time)s") % {"time": at}})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def add(request, code):
    """Somebody off the list: found by name or code, put on the roll as present."""
    session = find_managed(request, code)
    query = request.GET.get("q", "")
    if request.method == "POST":
        person = finding.person_by_code(request.POST.get("staff", ""))
        try:
            if person is None:
                raise Refused(taking.UNKNOWN)
            taking.add(session, person, request.user)
        except Refused as refused:
            say_why(request, refused)
        else:
            messages.success(request, _("%(name)s is on the roll, present.") % {"name": person.full_name})
        return back(session, "diem-danh/")
    there = [line.staff.pk for line in taking.lines(session)]
    context = {
        "session": session,
        "form": FindForm(request.GET if query else None),
        "query": query,
        "found": finding.found_by(query, besides=there),
        "answer": taking.may_take(session, request.user),
        "crumbs": crumbs(session, _("Add somebody")),
    }
    return render(request, "training/roll/add.html", context)


@require_POST
@keep_post(page=page_of("roll"))
def take_back(request, code):
    """Somebody off the list was added by mistake."""
    session = find_managed(request, code)
    person = get_object_or_404(Staff, staff_code=request.POST.get("staff", ""))
    try:
        taking.take_back(session, person, request.user)
    except Refused as refused:
        say_why(request, refused)
    else:
        messages.success(request, _("%(name)s is off the roll.") % {"name": person.full_name})
    return back(session, "diem-danh/")


@require_POST
@keep_post(page=page_of("session"))
def head_count(request, code):
    session = find_managed(request, code)
    form = HeadCountForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["head_count"]))
        return back(session, "#doi-chieu")
    try:
        taking.save_head_count(session, form.cleaned_data["head_count"], request.user)
    except Refused as refused:
        say_why(request, refused)
    else:
        messages.success(request, _("The head-count is saved."))
    return back(session, "#doi-chieu")


_ANSWERS = {"accept": True, "refuse": False}


@require_POST
@keep_post(page=page_of("session"))
def answer_scan(request, code):
    """From the session's page: accepts or refuses somebody who scanned without being on the list, or marks
    somebody who lacks a mark."""
    session = find_managed(request, code)
    person = get_object_or_404(Staff, staff_code=request.POST.get("staff", ""))
    act = request.POST.get("act", "")
    try:
        if act in (Status.EXCUSED, Status.ABSENT):
            taking.mark(session, {person.pk: act}, request.user)
        elif act in _ANSWERS:
            taking.answer_scan(session, person, _ANSWERS[act], request.user)
        else:
            raise Http404
    except Refused as refused:
        say_why(request, refused)
    else:
        messages.success(request, _("Noted: %(name)s.") % {"name": person.full_name})
    return back(session, "#viec-con-lai")

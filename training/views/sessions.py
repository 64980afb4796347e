"""Sessions: the list of whoever runs them, the page of one, its plan."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.access import require_role
from people.kept_post import keep_post
from people.roles import Role

from .. import editing, listing, sharing
from ..access import is_training_officer, may_manage
from ..answers import Refused
from ..forms.sessions import SessionForm, code_of, stored
from ..lifecycle import SessionState
from ..models import Course
from ..session_page import page_for
from .found import back, crumbs, deny, find, find_managed, typed

PAGE_SIZE = 30


@require_safe
@never_cache
@keep_post
def session_list(request):
    """The sessions this account runs, the latest first; `?trang-thai=` narrows to a state."""
    rows = listing.managed_by(request.user).order_by("-held_on", "-starts_at", "code")
    if not is_training_officer(request.user) and not rows.exists():
        raise PermissionDenied(_("This page is for the training officer and organisers of sessions."))
    wanted = request.GET.get("trang-thai", "")
    if wanted in SessionState.values:
        rows = rows.filter(state=wanted)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "lines": listing.with_seats(page),
        "states": [("", _("All"))] + [(state.value, state.label) for state in SessionState],
        "wanted": wanted,
        "may_plan": is_training_officer(request.user),
        "crumbs": crumbs(None, _("Sessions")),
    }
    return render(request, "training/session/list.html", context)


@require_safe
@never_cache
def detail(request, code):
    """The session as its reader may see it: the public when and where, staff their seat, organisers all."""
    session = find(request, code)
    context = {"session": session, "crumbs": crumbs(session), "page": page_for(session, request.user)}
    context |= sharing.shared_session(session)
    manages = may_manage(request.user, session)
    template = "training/session/manage.html" if manages else "training/session/detail.html"
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def create(request):
    return _create(request)


@require_role(Role.TRAINING_OFFICER)
def _create(request):
    form = SessionForm(typed(request), initial=_suggested(request))
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"] or editing.next_session_code(form.cleaned_data["course"])
        try:
            session = editing.create(code, form.values, request.user)
        except Refused as refused:
            _refuse(form, refused)
        else:
            messages.success(request, _("The session is planned. Open it when people may enrol."))
            return back(session)
    return _plan(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def change(request, code):
    session = find_managed(request, code)
    answer = editing.may_change(session, request.user)
    if request.method != "POST":
        deny(answer)
    seen = editing.last_seen(session)
    form = SessionForm(typed(request), initial=stored(session, seen), session=session)
    if request.method == "POST" and form.is_valid():
        try:
            editing.change(session, form.values, request.user, seen=form.cleaned_data["seen"])
        except Refused as refused:
            _refuse(form, refused)
        else:
            messages.success(request, _("Saved. Whoever it concerns is told."))
            return redirect(session)
    return _plan(request, form, session)


def _plan(request, form, session):
    title = _("Change the session") if session else _("Plan a session")
    way = crumbs(session, title) if session else crumbs(None, title)
    context = {"form": form, "session": session, "title": title, "crumbs": way}
    return render(request, "training/session/form.html", context, status=422 if form.errors else 200)


def _suggested(request):
    """A new session as it usually is: the course asked for, oneself as organiser, on the calendar."""
    course = Course.objects.filter(code=request.GET.get("khoa", ""), is_active=True).first()
    values = {"is_public": True, "organiser": code_of(request.user), "held_on": timezone.localdate()}
    if course:
        values |= {"course": course.pk, "mode": course.mode}
    return values


def _refuse(form, refused):
    field = refused.answer.field
    form.add_error(field if field in form.fields else None, refused.answer.words)

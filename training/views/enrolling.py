"""Seats: one's own, and the list as the organiser keeps it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.kept_post import keep_post
from people.models import Staff

from .. import calling_up, enrolment
from ..answers import Refused
from .found import back, crumbs, deny, find, find_managed, page_of, say_why


@require_POST
@keep_post(page=page_of("session"))
def enrol(request, code):
    session = find(request, code)
    try:
        row = enrolment.enrol(session, request.user)
    except Refused as refused:
        say_why(request, refused)
        return back(session)
    if row.state == row.State.WAITLISTED:
        place, length = enrolment.queue_place(session, request.user.staff)
        words = _("All seats are taken. You are number %(place)s of %(length)s in line and are told at once.")
        messages.warning(request, words % {"place": place, "length": length})
    else:
        messages.success(request, _("You have a seat. Day, time and place stand on this page."))
    return back(session)


@require_POST
@keep_post(page=page_of("session"))
def give_back(request, code):
    session = find(request, code)
    try:
        enrolment.give_back(session, request.user)
    except Refused as refused:
        say_why(request, refused)
    else:
        messages.success(request, _("You are off the list. The seat goes to whoever waits first."))
    return back(session)


@require_safe
@never_cache
@keep_post
def people(request, code):
    """The list of a session, for whoever runs it: called up, enrolled, waiting in order."""
    session = find_managed(request, code)
    context = {
        "session": session,
        "groups": calling_up.groups_of(session),
        "seats": enrolment.seats_of(session),
        "call_up": enrolment.may_call_up(session, request.user),
        "crumbs": crumbs(session, _("List")),
    }
    return render(request, "training/session/people.html", context)


@require_POST
@keep_post(page=page_of("session_people"))
def take_off(request, code):
    session = find_managed(request, code)
    person = get_object_or_404(Staff, staff_code=request.POST.get("staff", ""))
    try:
        enrolment.take_off(session, person, request.user)
    except Refused as refused:
        say_why(request, refused)
    else:
        messages.success(request, _("%(name)s is off the list and is told.") % {"name": person.full_name})
    return back(session, "danh-sach/")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@keep_post
def call_up(request, code):
    """Choosing people by unit, or all who still miss what the course counts for; nobody is called up before
    the organiser has seen the names."""
    session = find_managed(request, code)
    answer = enrolment.may_call_up(session, request.user)
    problem = ""
    if request.method == "POST":
        chosen = calling_up.keys_of(request.POST.getlist("people"))
        try:
            count = enrolment.call_up(session, chosen, request.user)
        except Refused as refused:
            problem = refused.answer.words
        else:
            words = ngettext(
                "%(count)s person is called up and told.", "%(count)s people are called up and told.", count
            )
            messages.success(request, words % {"count": count})
            return back(session, "danh-sach/")
    else:
        deny(answer)
    choice = calling_up.choice_for(session, request.GET)
    context = {
        "session": session,
        "choice": choice,
        "chosen": set(request.POST.getlist("people")) if problem else choice.proposed,
        "seats": enrolment.seats_of(session),
        "problem": problem,
        "crumbs": crumbs(session, _("Call people up")),
    }
    return render(request, "training/session/call_up.html", context, status=422 if problem else 200)

"""The steps taken with a difficulty, each a page of its own with its form."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.kept_post import keep_post
from trust.consents import standing

from ..difficulties import access, codes, consents, handling, log
from ..difficulties.refusing import Refused
from ..forms.difficulty import AnswerForm, AssignForm, CloseForm, PublishForm, ReasonForm
from .difficulties import ASKS, check_inside, find, way_to


@require_http_methods(ASKS)
@keep_post
@never_cache
def assign(request, number):
    words = {
        "title": _("Hand it to a unit"),
        "action": _("Hand it to a unit"),
        "happens": _("The unit's reporters and head are told and answer by the day below."),
    }

    def take_step(row, form):
        given = form.cleaned_data
        handling.assign(row, request.user, given["unit"], due_on=given["due_on"], seen=form.seen_entry)

    return _step(request, number, "assign", AssignForm, words, take_step, _("Handed over. The unit is told."))


@require_http_methods(ASKS)
@keep_post
@never_cache
def answer(request, number):
    words = {
        "title": pgettext("difficulty", "Answer it"),
        "action": pgettext("difficulty", "Send the answer"),
        "happens": _("The plan's coordinator checks the answer, then publishes it or returns it."),
    }

    def take_step(row, form):
        given = form.cleaned_data
        reason = given.get("reason", "")
        handling.answer(row, request.user, given["answer"], reason=reason, seen=form.seen_entry)

    return _step(
        request,
        number,
        "answer",
        AnswerForm,
        words,
        take_step,
        _("Sent. The plan's coordinator checks it."),
        in_place=lambda row: not access.answers(row, request.user),
    )


@require_http_methods(ASKS)
@keep_post
@never_cache
def send_back(request, number):
    words = {
        "title": _("Return the answer"),
        "action": _("Return it to the unit"),
        "is_danger": True,
        "happens": _("The unit reads the reason and owes the answer again, by the same day."),
    }

    def take_step(row, form):
        handling.send_back(row, request.user, form.cleaned_data["reason"], seen=form.seen_entry)

    return _step(request, number, "send_back", ReasonForm, words, take_step, _("Returned. The unit is told."))


@require_http_methods(ASKS)
@keep_post
@never_cache
def publish(request, number):
    words = {
        "title": _("Check and publish"),
        "action": _("Publish for everybody"),
        "happens": _("Everybody reads these three texts. Whoever raised it is told."),
    }

    def take_step(row, form):
        given = form.cleaned_data
        public = handling.Public(
            given["public_title"],
            given["public_text"],
            given["public_answer"],
            given.get("with_name", False),
        )
        handling.publish(row, request.user, public, seen=form.seen_entry)

    return _step(
        request,
        number,
        "publish",
        PublishForm,
        words,
        take_step,
        pgettext("difficulty", "Published."),
        may_name=lambda row: consents.NAME in standing(row.subject),
    )


@require_http_methods(ASKS)
@keep_post
@never_cache
def close(request, number):
    words = {
        "title": _("Close without publication"),
        "action": pgettext("difficulty", "Close it"),
        "is_danger": True,
        "happens": _("Whoever raised it reads that it is closed and why. It can be opened again."),
    }

    def take_step(row, form):
        given = form.cleaned_data
        handling.close(
            row,
            request.user,
            given["why"],
            pointed_to=given["pointed_to"],
            duplicate_of=given["duplicate_of"],
            seen=form.seen_entry,
        )

    return _step(request, number, "close", CloseForm, words, take_step, pgettext("difficulty", "Closed."))


@require_http_methods(ASKS)
@keep_post
@never_cache
def reopen(request, number):
    words = {
        "title": pgettext("difficulty", "Open it again"),
        "action": _("Open again"),
        "is_danger": True,
        "happens": _("It is handled again, by the same day. What is published leaves the public list."),
    }

    def take_step(row, form):
        handling.reopen(row, request.user, form.cleaned_data["reason"], seen=form.seen_entry)

    return _step(
        request, number, "reopen", ReasonForm, words, take_step, pgettext("difficulty", "Opened again.")
    )


@require_http_methods(ASKS)
@keep_post
@never_cache
def renew(request, number):
    words = {
        "title": _("Give a new tracking code"),
        "action": _("Make the old code void"),
        "is_danger": True,
        "happens": _(
            "The old code opens nothing any more. The sender gets the new one from you or by e-mail."
        ),
    }

    def take_step(row, form):
        renewed = handling.renew(row, request.user, form.cleaned_data["reason"], seen=form.seen_entry)
        messages.info(request, _("The new code: %(code)s") % {"code": codes.shown(renewed.code)})

    return _step(request, number, "renew", ReasonForm, words, take_step, _("The old code is void."))


def _step(request, number, step, form_class, words, take_step, done, **options):
    """Draws the form of a step, takes it, and says why not. A second click finds the step taken: a word, and
    the page of the difficulty."""
    check_inside(request.user)
    found = find(request, number)
    if refused := handling.refusal(step, found, request.user):
        if request.method == "POST" and not refused.code.startswith("only_"):
            messages.warning(request, refused.sentence)
            return redirect(found)
        raise PermissionDenied(refused.sentence)
    data = request.POST if request.method == "POST" else request.kept_post or None
    values = {name: value(found) for name, value in options.items()}
    form = form_class(data, difficulty=found, seen=log.last_seen(found), **values)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                take_step(found, form)
            except Refused as refused:
                form.refuse(refused)
                if refused.code == "changed":
                    status, form.data = 409, _seen_now(form.data, found)
            else:
                messages.success(request, done)
                return redirect(found)
    context = {
        "difficulty": found,
        "form": form,
        "step": words,
        "crumbs": way_to((found.number, found.get_absolute_url()), (words["title"], "")),
    }
    return render(request, "plan/difficulties/step.html", context, status=status)


def _seen_now(data, difficulty):
    """What was typed, beside the log as it stands: whoever looked may send again."""
    data = data.copy()
    data["seen"] = log.last_seen(difficulty)
    return data

"""What whoever runs a session can do with it now, the next thing first, what takes away last; and what stands
in the way of the rest."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vietnamese.dates import short_date

from . import checkin, editing, enrolment, roll, workflow
from .duties import CONFIRM_WITHIN
from .forms.steps import STEPS
from .lifecycle import SessionState


@dataclass(frozen=True)
class Act:
    """A button. `url` is empty where it is blocked; then `why` says why."""

    code: str
    label: str
    url: str = ""
    why: str = ""
    note: str = ""
    icon: str = ""
    look: str = "secondary"  # primary, secondary, quiet, danger


def acts_of(session, user, now=None) -> list[Act]:
    """A constant number of queries."""
    now = now or timezone.now()
    acts = [*_steps(session, user, now), *_besides(session, user, now)]
    main = _next(session, acts, now)
    shown = [replace(act, look="primary") if act.code == main else act for act in acts]
    order = {"primary": 0, "secondary": 1, "quiet": 2, "danger": 3}
    return sorted(shown, key=lambda act: order[act.look])


def _next(session, acts, now):
    """The code of what comes next, if it can be done."""
    possible = {act.code for act in acts if act.url}
    if session.state == SessionState.OPEN:
        wanted = ["roll"] if session.has_begun(now) else ["roll", "call_up"]
    elif session.state == SessionState.HELD:
        wanted = ["roll", "confirm"] if roll.unmarked(session) else ["confirm"]
    else:
        wanted = ["open"]
    return next((code for code in wanted if code in possible), None)


def _steps(session, user, now):
    for code, answer in workflow.options(session, user, now).items():
        if answer.reason == "wrong_state":
            continue
        step = STEPS[code]
        yield Act(
            code,
            str(step.button),
            url=_at(session, "session_step", code) if answer.allowed else "",
            why=answer.words,
            note=_confirm_by(session) if code == "confirm" else "",
            look="danger" if step.is_danger else "secondary",
        )


def _confirm_by(session):
    day = short_date(session.held_on + CONFIRM_WITHIN)
    return _("By %(day)s. Until then nobody's minutes count.") % {"day": day}


def _besides(session, user, now):
    """What is not a step: the roll, the code on the screen, calling up, papers, changes."""
    answer = roll.may_take(session, user, now=now)
    if answer.allowed:
        yield Act("roll", _("Take the roll"), _at(session, "roll"), icon="check")
    elif session.state in (SessionState.OPEN, SessionState.HELD):
        yield Act("roll", _("Take the roll"), why=answer.words)
    elif session.state != SessionState.DRAFT:
        yield Act("roll", _("See the roll"), _at(session, "roll"))
    if checkin.may_show(session).allowed:
        yield Act("screen", _("Code on the screen"), _at(session, "screen"), icon="qr")
    if enrolment.may_call_up(session, user).allowed:
        yield Act("call_up", _("Call people up"), _at(session, "call_up"), icon="user")
    yield Act("sheet", _("Print the sheet to sign"), _at(session, "sheet"), icon="print", look="quiet")
    if editing.may_change(session, user).allowed:
        yield Act(
            "change", _("Change the session"), _at(session, "session_change"), icon="edit", look="quiet"
        )


def _at(session, name, *args):
    return reverse(f"training:{name}", args=[session.code, *args])

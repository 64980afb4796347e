"""What waits for people in training, by when, for the work page."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from obligations.duties import WorkItem, WorkSection

from . import roll
from .access import is_training_officer
from .lifecycle import SessionState
from .models import Enrolment, Session

CONFIRM_WITHIN = timedelta(days=7)  # training.md §1: confirmed within seven days of the session


def of_organisers(user, now):
    """Sessions that took place and are not confirmed; people off the list who wait. Two queries.

    The training officer sees those without an organiser, and everybody's once they are overdue.
    """
    today = timezone.localdate(now)
    mine = Q(organiser=user)
    if is_training_officer(user):
        mine |= Q(organiser=None) | Q(held_on__lt=today - CONFIRM_WITHIN)
    took_place = Q(state=SessionState.HELD) | Q(state=SessionState.OPEN, held_on__lte=today)
    sessions = list(Session.objects.filter(mine, took_place).order_by("held_on", "starts_at", "code"))
    if not sessions:
        return
    waiting = roll.waiting_by_session([session.pk for session in sessions])
    yield WorkSection(
        _("People off the list"), [_off_list(s, waiting[s.pk]) for s in sessions if s.pk in waiting], 30
    )
    over = [session for session in sessions if session.state == SessionState.HELD or now > session.ends]
    yield WorkSection(_("Sessions to confirm"), [_to_confirm(session) for session in over], 31)


def _to_confirm(session):
    return WorkItem(
        title=_("Confirm session %(code)s") % {"code": session.code},
        link=session.get_absolute_url(),
        due=session.held_on + CONFIRM_WITHIN,
        action=_("Open the session"),
        kind="confirm_session",
        code=session.code,
        note=_("Until then nobody's minutes count."),
    )


def _off_list(session, waiting):
    words = ngettext(
        "%(count)s person scanned and is not on the list.",
        "%(count)s people scanned and are not on the list.",
        len(waiting),
    )
    return WorkItem(
        title=_("Accept or refuse, session %(code)s") % {"code": session.code},
        link=session.get_absolute_url(),
        due=session.held_on + CONFIRM_WITHIN,
        action=pgettext("scan", "Answer"),
        kind="off_list",
        code=session.code,
        note=words % {"count": len(waiting)},
    )


def of_staff(user, now):
    """Sessions this person is called up to. One query."""
    staff = getattr(user, "staff", None)
    if staff is None:
        return
    rows = Enrolment.objects.filter(
        staff=staff,
        state=Enrolment.State.INVITED,
        session__state=SessionState.OPEN,
        session__held_on__gte=timezone.localdate(now),
    ).select_related("session")
    items = [_called_up(row.session) for row in rows if row.session.ends > now]
    yield WorkSection(_("Sessions I am called up to"), items, 32)


def _called_up(session):
    return WorkItem(
        title=_("Attend session %(code)s") % {"code": session.code},
        link=session.get_absolute_url(),
        due=session.begins if session.begins > timezone.now() else session.ends,
        action=_("See when and where"),
        kind="attend_session",
        code=session.code,
        note=session.place,
    )


PROVIDERS = (of_organisers, of_staff)

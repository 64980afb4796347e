"""What waits for people in training, by when, for the work page."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from obligations.desk import branch, day
from obligations.duties import Source, WorkItem, WorkSection

from .access import is_training_officer
from .lifecycle import SessionState
from .models import AttendanceEvent, Enrolment, Session

CONFIRM_WITHIN = timedelta(days=7)  # training.md §1: confirmed within seven days of the session
_SESSIONS, _CALLED_UP = "training.sessions", "training.called_up"
_Source = AttendanceEvent.Source


# ---- sessions that took place and are not confirmed; people off the list who wait


def _asks_organisers(desk):
    """The training officer sees those without an organiser, and everybody's once they are overdue."""
    mine = Q(organiser=desk.user)
    if is_training_officer(desk.user):
        mine |= Q(organiser=None) | Q(held_on__lt=desk.today - CONFIRM_WITHIN)
    took_place = Q(state=SessionState.HELD) | Q(state=SessionState.OPEN, held_on__lte=desk.today)
    yield branch(
        Session.objects.filter(mine, took_place),
        _SESSIONS,
        code="code",
        state="state",
        held_on="held_on",
        ends_at="ends_at",
        starts_at="starts_at",
        waiting=_off_the_list(),
    )


def _off_the_list():
    """How many people scanned off the list and were not answered; the rule of `roll.waiting_by_session`."""
    told = AttendanceEvent.objects.filter(session=OuterRef("pk"))
    answered = AttendanceEvent.objects.filter(session=OuterRef("session"), staff=OuterRef("staff")).exclude(
        source=_Source.SCAN_OFF_LIST
    )
    waiting = told.filter(~Exists(answered), source=_Source.SCAN_OFF_LIST)
    people = waiting.order_by().values("session").annotate(n=Count("staff", distinct=True)).values("n")
    return Coalesce(Subquery(people), 0)


def _tells_organisers(desk):
    rows = sorted(desk.rows[_SESSIONS], key=lambda row: (row["held_on"], row["starts_at"], row["code"]))
    yield WorkSection(_("People off the list"), [_off_list(row) for row in rows if row["waiting"]], 30)
    over = [row for row in rows if row["state"] == SessionState.HELD or desk.now > _moment(row, "ends_at")]
    yield WorkSection(_("Sessions to confirm"), [_to_confirm(row) for row in over], 31)


def _moment(row, field):
    """A session's times are local clock times of its day."""
    clock = timezone.datetime.fromisoformat(f"{row['held_on'][:10]} {row[field]}")
    return timezone.make_aware(clock)


def _to_confirm(row):
    return WorkItem(
        title=_("Confirm session %(code)s") % {"code": row["code"]},
        link=reverse("training:session", args=[row["code"]]),
        due=day(row["held_on"]) + CONFIRM_WITHIN,
        action=_("Open the session"),
        kind="confirm_session",
        code=row["code"],
        note=_("Until then nobody's minutes count."),
    )


def _off_list(row):
    words = ngettext(
        "%(count)s person scanned and is not on the list.",
        "%(count)s people scanned and are not on the list.",
        row["waiting"],
    )
    return WorkItem(
        title=_("Accept or refuse, session %(code)s") % {"code": row["code"]},
        link=reverse("training:session", args=[row["code"]]),
        due=day(row["held_on"]) + CONFIRM_WITHIN,
        action=pgettext("scan", "Answer"),
        kind="off_list",
        code=row["code"],
        note=words % {"count": row["waiting"]},
    )


# ---- sessions this person is called up to


def _asks_staff(desk):
    if desk.staff is None:
        return
    rows = Enrolment.objects.filter(
        staff=desk.staff,
        state=Enrolment.State.INVITED,
        session__state=SessionState.OPEN,
        session__held_on__gte=desk.today,
    )
    names = ("code", "held_on", "starts_at", "ends_at", "place")
    yield branch(rows, _CALLED_UP, **{name: f"session__{name}" for name in names})


def _tells_staff(desk):
    if desk.staff is not None:
        rows = [row for row in desk.rows[_CALLED_UP] if _moment(row, "ends_at") > desk.now]
        yield WorkSection(_("Sessions I am called up to"), [_called_up(row) for row in rows], 32)


def _called_up(row):
    begins = _moment(row, "starts_at")
    return WorkItem(
        title=_("Attend session %(code)s") % {"code": row["code"]},
        link=reverse("training:session", args=[row["code"]]),
        due=begins if begins > timezone.now() else _moment(row, "ends_at"),
        action=_("See when and where"),
        kind="attend_session",
        code=row["code"],
        note=row["place"],
    )


of_organisers = Source(_asks_organisers, _tells_organisers)
of_staff = Source(_asks_staff, _tells_staff)
PROVIDERS = (of_organisers, of_staff)

"""More time for a phase of a competition that is out: the one way its dates move, and never to an earlier
one.

Only while the phase is not over: after its last second people have been told that it closed, and one who came
too late is taken in by a late entry, with a reason, not by turning the clock back for everybody. Phases after
it move by as much as they would overlap and keep their length.
"""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from notifications.events import Announcement

from . import events, telling
from .acts import log
from .models import Participant
from .organising.editing import locked, plain_window
from .organising.refusals import ActRefused
from .organising.team import organiser_rows, seats
from .phases import NO_TIME, ORDER, Window, faults, phase_at


def extended(windows, code, closes_at) -> list[Window]:
    """The windows of a competition with `code` closing at `closes_at`; those after it where they then begin.
    Pure."""
    in_order = sorted(windows, key=lambda window: ORDER.index(window.code))
    moved, edge = [], None
    for window in in_order:
        if window.code == code:
            window, edge = replace(window, closes_at=closes_at), closes_at
        elif edge is not None and edge - window.opens_at > NO_TIME:
            shift = edge - window.opens_at
            window = replace(window, opens_at=window.opens_at + shift, closes_at=window.closes_at + shift)
            edge = window.closes_at
        moved.append(window)
    return moved


def why_not(competition, code, now) -> str:
    """The code of what forbids to extend this phase now, or ""."""
    window = competition.window(code)
    if not competition.is_out:
        return "not_out_yet"
    if window is None:
        return "no_such_phase"
    return "phase_over" if phase_at([window], now).is_over else ""


def extendable(competition, now) -> list[Window]:
    """The windows that can be given more time."""
    found = [phase.window for phase in competition.phases.all()]
    return [window for window in found if not why_not(competition, window.code, now)]


def plan(competition, code, closes_at, now) -> list[Window]:
    """The windows as they would be. Raises ActRefused."""
    if why := why_not(competition, code, now):
        raise ActRefused(why, field="phase")
    if closes_at - competition.window(code).closes_at <= NO_TIME:
        raise ActRefused("not_later", {"closes_at": competition.window(code).closes_at}, field="closes_at")
    windows = extended([phase.window for phase in competition.phases.all()], code, closes_at)
    if faults(windows):
        raise ActRefused("windows", {"faults": faults(windows)}, field="closes_at")
    return windows


def extend(competition, code, closes_at, user, *, reason, seen=None, now=None):
    """Gives the phase more time. Everybody in an entry, the jury and the other organisers are told; the page
    shows it with its reason. `seen`: the close the
    person had before them, in ISO. Raises ActRefused."""
    with transaction.atomic():
        row = locked(competition, user)
        now = now or timezone.now()  # read inside the lock: whoever waited past the close came too late
        if not reason.strip():
            raise ActRefused("reason_missing", field="reason")
        if seen is not None and row.window(code) and row.window(code).closes_at.isoformat() != seen:
            raise ActRefused("changed_meanwhile")
        windows = {window.code: window for window in plan(row, code, closes_at, now)}
        moved = []
        for phase in row.phases.all():
            window = windows[phase.code]
            if window == phase.window:
                continue
            moved.append([plain_window(phase.window), plain_window(window)])
            phase.opens_at, phase.closes_at = window.opens_at, window.closes_at
            phase.save(update_fields=["opens_at", "closes_at"])
        change = log(row, "extended", user, reason=reason.strip(), now=now, phase=code, moved=moved)
        _tell(row, user, now)
    return change


def entrants(competition):
    """Everybody who is in an entry of it now, drafts included: they are the ones who gain."""
    return (
        Participant.objects.filter(
            participations__competition=competition, participations__ended_at__isnull=True
        )
        .select_related("user")
        .distinct()
        .order_by("pk")
    )


def _tell(row, user, now):
    jury = [seat.user for seat in seats(row)]
    others = [p.user for p in organiser_rows(row) if p.user_id != user.pk]
    told = [(events.EXTENDED, list(entrants(row)), row.url or "/cuoc-thi/", row.code, (), {})]
    telling.tell_many(
        told,
        now=now,
        besides=[
            Announcement(events.EXTENDED, jury, "/cuoc-thi/cham/", row.code),
            Announcement(events.EXTENDED, others, row.written_at, row.code),
        ],
    )


def extensions(competition):
    """[(change, [(phase, window before, window after)])] for the public page, the latest first."""
    changes = competition.changes.filter(act="extended").order_by("-at", "-pk")
    return [(change, [_pair(*moved) for moved in change.details["moved"]]) for change in changes]


def _pair(before, after):
    before, after = _window(before), _window(after)
    return before.code, before, after


def _window(kept):
    code, opens_at, closes_at = kept
    return Window(code, datetime.fromisoformat(opens_at), datetime.fromisoformat(closes_at))

"""From events to attendance: who was there is what was last said by whoever outranks (training.md §3, §4).

`record` is the only way attendance is written: events first, then the rows they amount to, in one
transaction.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import QuerySet

from .models import COUNTED, Attendance, AttendanceEvent

_Source = AttendanceEvent.Source
# A scan is the person's own word; the organiser, a file and its revert overrule it.
_RANK = {_Source.SCAN: 0, _Source.ROLL: 1, _Source.IMPORT: 1, _Source.REVERT: 1}
_BATCH = 500


@dataclass(frozen=True)
class Standing:
    """What the events about one person in one session amount to."""

    status: str
    minutes: int


def fold(events, session_minutes) -> Standing | None:
    """The standing, whatever the order of `events`; None when nobody said anything that still holds.

    Each event has source, at, key, status and minutes. The highest rank wins, then the latest, then the
    greatest key. Scans by people off the list wait for the organiser and say nothing yet.
    """
    last = last_word(events)
    if last is None or not last.status:
        return None
    return Standing(last.status, credited(last.status, last.minutes, session_minutes))


def last_word(events):
    """The event that decides, or None. It may be one that takes back what was said (no status)."""
    spoken = [event for event in events if event.source in _RANK]
    return max(spoken, key=lambda event: (_RANK[event.source], event.at, event.key), default=None)


def credited(status, minutes, session_minutes) -> int:
    """Minutes of a mark: the session's where none are given, none for excused and absent, never more than
    the session's."""
    if status not in COUNTED:
        return 0
    return session_minutes if minutes is None else min(minutes, session_minutes)


def record(session_minutes, events) -> int:
    """Writes `events` (unsaved, keys unique) and brings the rows they touch up to date. Inside atomic(),
    the sessions locked by the caller. `session_minutes`: {session pk: its credit}.

    An event whose key is there already is left alone: sending twice is sending once. Returns how many were
    new.
    """
    events = {event.key: event for event in events}
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("attendance is written in atomic()")
    known = _known_keys(list(events))
    fresh = [event for key, event in events.items() if key not in known]
    AttendanceEvent.objects.bulk_create(fresh, _BATCH)
    pairs = {(event.session_id, event.staff_id) for event in fresh}
    project(pairs, session_minutes)
    return len(fresh)


def last_words(pairs):
    """`{(session pk, staff pk): the event that decides}` of those `pairs` about which something was said."""
    told = defaultdict(list)
    sessions = sorted({session for session, _staff in pairs})
    for part in _parts(sorted({staff for _session, staff in pairs})):
        for event in AttendanceEvent.objects.filter(session__in=sessions, staff__in=part):
            told[event.session_id, event.staff_id].append(event)
    return {pair: last for pair, events in told.items() if pair in pairs and (last := last_word(events))}


def forget_session(session_pks, key_prefix):
    """Takes away what the import `key_prefix` said of sessions it had made itself and now takes back.

    The only way an event ever goes: with the session nothing is left it could speak of, and the rows of the
    import keep what was said. Events of anybody else stay, and keep the session from being deleted.
    """
    Attendance.objects.filter(session__in=session_pks).delete()
    own = QuerySet(AttendanceEvent).filter(session__in=session_pks, key__startswith=key_prefix)
    own._raw_delete(own.db)


def _known_keys(keys):
    found = set()
    for start in range(0, len(keys), _BATCH):
        part = keys[start : start + _BATCH]
        found.update(AttendanceEvent.objects.filter(key__in=part).values_list("key", flat=True))
    return found


def project(pairs, session_minutes):
    """Brings the attendance of `pairs` {(session pk, staff pk)} in line with their events."""
    if not pairs:
        return
    told, stored = defaultdict(list), {}
    sessions = sorted({session for session, _staff in pairs})
    for part in _parts(sorted({staff for _session, staff in pairs})):
        of_part = {"session__in": sessions, "staff__in": part}
        for event in AttendanceEvent.objects.filter(**of_part):
            told[event.session_id, event.staff_id].append(event)
        for row in Attendance.objects.filter(**of_part):
            stored[row.session_id, row.staff_id] = row
    new, changed, gone = [], defaultdict(list), []
    for pair in sorted(pairs):
        minutes = session_minutes[pair[0]]
        standing, row = fold(told[pair], minutes), stored.get(pair)
        if standing is None:
            gone += [row.pk] if row else []
        elif row is None:
            new.append(_row(pair, standing, minutes))
        elif (row.status, row.minutes, row.session_minutes) != (standing.status, standing.minutes, minutes):
            changed[standing.status, standing.minutes, minutes].append(row.pk)
    Attendance.objects.bulk_create(new, _BATCH)
    # Many rows become the same few things: one statement for each is far quicker than bulk_update's cases.
    for (status, minutes, session_minutes), rows in changed.items():
        becomes = {"status": status, "minutes": minutes, "session_minutes": session_minutes}
        for part in _parts(rows):
            Attendance.objects.filter(pk__in=part).update(**becomes)
    for part in _parts(gone):
        Attendance.objects.filter(pk__in=part).delete()


def _row(pair, standing, minutes):
    return Attendance(
        session_id=pair[0],
        staff_id=pair[1],
        status=standing.status,
        minutes=standing.minutes,
        session_minutes=minutes,
    )


def _parts(keys):
    return [keys[start : start + _BATCH] for start in range(0, len(keys), _BATCH)]

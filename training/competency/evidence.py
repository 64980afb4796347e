"""What writes evidence: a confirmed session, a verified credit, the training officer; and what withdraws it.

Evidence is only added to. What no longer holds is answered by a row that withdraws it; what holds again
afterwards is given anew, as the next `take`.
"""

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access import is_training_officer
from ..claims import Refused
from ..models import COUNTED, Area, Attendance, CompetencyEvidence, SessionState
from . import levels

Kind = CompetencyEvidence.Kind
BY_HAND = (Kind.TEST, Kind.WORK)
_BATCH = 500


def from_session(session, user=None, *, now=None) -> int:
    """Brings the evidence of a session in line with who was there; the number of rows written.

    Call it in the transaction that confirms, cancels or corrects the session, the session locked. Whoever
    was present or late in a confirmed session shows the course's level in each of its topics; evidence of
    whoever no longer counts is withdrawn. Calling it again changes nothing.
    """
    _inside_atomic()
    present = set()
    if session.state == SessionState.CONFIRMED:
        present = set(
            Attendance.objects.filter(session=session, status__in=COUNTED, minutes__gt=0).values_list(
                "staff", flat=True
            )
        )
    areas = areas_of(session.course.topics)
    wanted = {(staff, area): session.course.level for staff in present for area in areas}
    standing = CompetencyEvidence.objects.filter(kind=Kind.COURSE, source=session.code)
    return _bring_in_line(
        wanted, standing, Kind.COURSE, session.code, session.held_on, user, now, _("Attendance corrected")
    )


def from_credit(credit, user, *, now=None) -> int:
    """The evidence of a credit just verified: its level in each of its topics, none if unknown."""
    _inside_atomic()
    wanted = {(credit.staff_id, area): credit.level for area in areas_of(credit.topics)}
    source = source_of(credit)
    standing = CompetencyEvidence.objects.filter(kind=Kind.OUTSIDE, source=source, staff=credit.staff_id)
    return _bring_in_line(wanted, standing, Kind.OUTSIDE, source, credit.completed_on, user, now, "")


def withdraw_credit(credit, user, reason, *, now=None) -> int:
    """Withdraws whatever a credit had shown."""
    _inside_atomic()
    source = source_of(credit)
    standing = CompetencyEvidence.objects.filter(kind=Kind.OUTSIDE, source=source, staff=credit.staff_id)
    return _bring_in_line({}, standing, Kind.OUTSIDE, source, credit.completed_on, user, now, reason)


def source_of(credit) -> str:
    """Number and day of the certificate: what makes a credit one of its person."""
    day = f"{credit.completed_on:%d/%m/%Y}"
    return f"{credit.certificate_number}, {day}" if credit.certificate_number else day


def areas_of(topics) -> list[int]:
    """Keys of the current framework's areas for some numbers of TOPICS."""
    return list(
        Area.objects.filter(framework__is_current=True, topic__in=topics).values_list("pk", flat=True)
    )


def add_by_hand(user, staff, area, *, kind, level, source, shown_on, now=None):
    """A test passed or something shown at work, written by the training officer. Raises Refused."""
    now = now or timezone.now()
    source = source.strip()
    if refused := refusal_by_hand(user, staff):
        raise refused
    if kind not in BY_HAND:
        raise ValueError(f"{kind} is not written by hand")
    levels.check(level)
    if not source:
        raise Refused("evidence_source_missing", "source")
    if shown_on > timezone.localdate(now):
        raise Refused("shown_in_future", "shown_on")
    with transaction.atomic():
        type(staff).objects.select_for_update(no_key=True).get(pk=staff.pk)
        same = CompetencyEvidence.objects.filter(staff=staff, area=area, kind=kind, source=source)
        if same.filter(withdrawal__isnull=True).exists():
            raise Refused("evidence_is_there", "source")
        return CompetencyEvidence.objects.create(
            staff=staff,
            area=area,
            kind=kind,
            level=level,
            source=source,
            take=(same.aggregate(last=Max("take"))["last"] or 0) + 1,
            shown_on=shown_on,
            **_by(user, now),
        )


def withdraw(user, item, reason, *, now=None):
    """Withdraws evidence that was written by hand. Raises Refused.

    What a session or a credit shows is withdrawn where it comes from: by correcting that.
    """
    now = now or timezone.now()
    reason = reason.strip()
    if refused := refusal_to_withdraw(user, item):
        raise refused
    if not reason:
        raise Refused("withdrawal_reason_missing", "reason")
    with transaction.atomic():
        type(item.staff).objects.select_for_update(no_key=True).get(pk=item.staff_id)
        if CompetencyEvidence.objects.filter(withdraws=item).exists():
            raise Refused("evidence_withdrawn_already")
        return CompetencyEvidence.objects.create(**_withdrawal(item, user, now, reason))


def refusal_by_hand(user, staff):
    """Why this person can't write evidence for `staff`; None when they can."""
    if not is_training_officer(user):
        return Refused("only_officer_writes_evidence")
    own = getattr(user, "staff", None)
    return Refused("evidence_of_oneself") if own is not None and own.pk == staff.pk else None


def refusal_to_withdraw(user, item):
    if refused := refusal_by_hand(user, item.staff):
        return refused
    return None if item.kind in BY_HAND else Refused("evidence_has_its_source")


def _bring_in_line(wanted, standing, kind, source, shown_on, user, now, reason):
    """`wanted` {(staff, area): level} against the rows of one source: adds and withdraws."""
    now = now or timezone.now()
    takes, held = {}, {}
    for item in standing.select_related("withdrawal").order_by("take"):
        pair = (item.staff_id, item.area_id)
        takes[pair] = item.take
        if not hasattr(item, "withdrawal"):
            held[pair] = item
    over = [item for pair, item in sorted(held.items()) if wanted.get(pair) != item.level]
    lost = {item.pk for item in over}
    new = [pair for pair in sorted(wanted) if pair not in held or held[pair].pk in lost]
    rows = [CompetencyEvidence(**_withdrawal(item, user, now, reason)) for item in over]
    rows += [
        CompetencyEvidence(
            staff_id=staff,
            area_id=area,
            kind=kind,
            level=wanted[staff, area],
            source=source,
            take=takes.get((staff, area), 0) + 1,
            shown_on=shown_on,
            **_by(user, now),
        )
        for staff, area in new
    ]
    CompetencyEvidence.objects.bulk_create(rows, _BATCH)
    return len(rows)


def _withdrawal(item, user, now, reason):
    return {
        "staff_id": item.staff_id,
        "area_id": item.area_id,
        "kind": Kind.WITHDRAWN,
        "level": item.level,
        "source": item.source,
        "take": item.take,
        "shown_on": item.shown_on,
        "withdraws": item,
        "reason": reason[:300],
        **_by(user, now),
    }


def _by(user, now):
    return {"by": user, "by_name": user.display_name if user else "", "at": now}


def _inside_atomic():
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("evidence is written in atomic()")

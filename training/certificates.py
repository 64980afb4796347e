"""Certificates of attendance: issued for a confirmed session, revoked when what they say no longer holds."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.events import announce_many
from papers import certificates as papers
from papers.certificates import CertificateData
from papers.kinds import CertificateKind, add_kind
from papers.models import Certificate
from people.service import workplaces
from vietnamese.dates import long_date

from . import events, telling
from .access import is_training_officer, may_manage
from .answers import YES, Answer, Refused, no, require
from .history import note
from .lifecycle import SessionState
from .models import COUNTED, Attendance, Session, SessionHistory, TrainingCertificate

KIND = add_kind(
    CertificateKind(
        code="training",
        label=_("Certificate of attendance"),
        template="certificate_training.typ",
        number_format="{number:02d}/GCN-TH",
        title_label=_("Course"),
    )
)
_VALID = Certificate.State.VALID


# ---- asking


def certificates_visible_to(user):
    """One's own; all for the training officer."""
    rows = TrainingCertificate.objects.select_related("certificate__replaced_by", "session", "staff")
    rows = rows.order_by("-session__held_on", "staff__order_key", "pk")
    if is_training_officer(user):
        return rows
    staff = getattr(user, "staff", None) if user.is_active else None
    return rows.filter(staff=staff) if staff else rows.none()


def may_issue(session, user) -> Answer:
    if not may_manage(user, session):
        return no("only_managers")
    return YES if session.state == SessionState.CONFIRMED else no("not_confirmed")


def count_without(session) -> int:
    """How many people were there and hold no valid certificate."""
    return len(_attended(session).keys() - _held(session, _VALID).keys())


# ---- issuing


def issue(session, user, *, now=None) -> int:
    """A certificate for everybody who was there and has none; asking twice is asking once. Raises `Refused`.

    A person whose certificate was revoked gets a new one; the old paper keeps its number and says so.
    """
    now = now or timezone.now()
    with transaction.atomic():
        session = Session.objects.locked(session.pk)
        require(may_issue(session, user))
        attended, held = _attended(session), _held(session)
        waiting = [
            row for key, row in attended.items() if key not in held or held[key].certificate.state != _VALID
        ]
        if not waiting:
            raise Refused(no("nobody_to_certify"))
        described = _described(session, waiting, timezone.localdate(now))
        made = papers.issue_many(KIND.code, described)
        _link(session, waiting, made, held)
        note(session, "certificates", user, now, details={"count": len(made)})
        people = telling.accounts_of([row.staff_id for row in waiting])
        announce_many([telling.say(events.CERTIFIED, people, session)])
    return len(made)


def _link(session, waiting, made, held):
    fresh, again = [], []
    for row, paper in zip(waiting, made, strict=True):
        old = held.get(row.staff_id)
        if old:
            old.certificate = paper
            again.append(old)
        else:
            fresh.append(TrainingCertificate(session=session, staff_id=row.staff_id, certificate=paper))
    TrainingCertificate.objects.bulk_update(again, ["certificate"])
    TrainingCertificate.objects.bulk_create(fresh)


def _described(session, rows, day):
    """What the papers say, in Vietnamese whatever the reader's language: time in `summary`, length in
    `benefit`."""
    places = workplaces([row.staff_id for row in rows], session.held_on)
    nowhere = (None, "")
    return [
        CertificateData(
            holder_name=row.staff.full_name,
            holder_unit=unit.name if unit else "",
            position=position,
            title=session.course.name,
            issued_on=day,
            summary=f"{session.starts_at:%H:%M} đến {session.ends_at:%H:%M}, {long_date(session.held_on)}",
            benefit=f"{row.minutes} phút",
            is_sample=session.is_sample,
        )
        for row in rows
        for unit, position in [places.get(row.staff_id, nowhere)]
    ]


# ---- keeping them true


def keep_true(session, announcements, *, reason="") -> dict:
    """At a new confirmation, in its transaction: whoever was not there after all loses the certificate, and
    one that says something else by now is replaced. Counts for the history; adds what is to be told.
    `reason`: why, where it was not reopened."""
    held = _held(session, _VALID)
    if not held:
        return {}
    attended = _attended(session)
    reason = reason or _reason_of_reopening(session)
    gone = [row for key, row in held.items() if key not in attended]
    _revoke(session, gone, reason, announcements)
    replaced = 0
    rows = [attended[key] for key in held if key in attended]
    for row, data in zip(rows, _described(session, rows, timezone.localdate()), strict=True):
        replaced += _replace_if_changed(held[row.staff_id], data, reason)
    return {"revoked": len(gone), "replaced": replaced}


def revoke_all(session, reason, announcements) -> dict:
    """The session is cancelled: nobody attended it."""
    held = list(_held(session, _VALID).values())
    _revoke(session, held, reason, announcements)
    return {"revoked": len(held)} if held else {}


def _revoke(session, held, reason, announcements):
    for row in held:
        papers.revoke(row.certificate, reason)
    people = telling.accounts_of([row.staff_id for row in held])
    announcements.append(telling.say(events.CERTIFICATE_REVOKED, people, session))


def _replace_if_changed(held, data, reason):
    old = held.certificate.data
    if all(old.get(name) == getattr(data, name) for name in ("title", "summary", "benefit")):
        return 0
    held.certificate = papers.replace(held.certificate, data, reason)
    held.save(update_fields=["certificate"])
    return 1


def _attended(session):
    rows = Attendance.objects.filter(session=session, status__in=COUNTED, minutes__gt=0)
    return {
        row.staff_id: row for row in rows.select_related("staff").order_by("staff__order_key", "staff_id")
    }


def _held(session, state=None):
    rows = TrainingCertificate.objects.filter(session=session).select_related("certificate")
    if state:
        rows = rows.filter(certificate__state=state)
    return {row.staff_id: row for row in rows}


def _reason_of_reopening(session):
    last = SessionHistory.objects.filter(session=session, transition="reopen").last()
    return last.reason if last else ""

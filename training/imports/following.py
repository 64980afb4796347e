"""What follows in other records when an import is written or taken back: evidence of competencies,
certificates that no longer say what is so, lines of history, notices to whoever has a seat."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from notifications.events import announce_many
from people.models import User

from .. import certificates, events, telling
from ..competency import evidence
from ..models import CreditHistory, ExemptionHistory, OutsideCredit, Session, SessionState

_BATCH = 500
_HISTORY = {"outside": (CreditHistory, "credit_id"), "exemptions": (ExemptionHistory, "exemption_id")}
_WHEN = ("held_on", "starts_at", "ends_at")


@dataclass(frozen=True)
class Step:
    """A record before and after, as raw fields; None: it was not there, or goes."""

    sheet: str
    pk: object
    old: dict | None
    new: dict | None


def follow(steps, attended, importer, now, name):
    """`steps` of plain records, `attended`: keys of sessions whose attendance was written. `name` of the step
    in the histories: import or revert. Inside the transaction, all else written; announces last."""
    user = User.objects.filter(pk=importer.user_id).first() if importer.user_id else None
    announcements = []
    of_sessions = {step.pk: step for step in steps if step.sheet == "sessions"}
    touched = Session.objects.filter(pk__in=attended | of_sessions.keys()).select_related("course")
    for session in touched.order_by("pk"):
        evidence.from_session(session, user, now=now)
        _keep_certificates(session, announcements)
        _tell_seats(session, of_sessions.get(session.pk), user, announcements)
    _follow_credits([step for step in steps if step.sheet == "outside"], user, now)
    for sheet in _HISTORY:
        _note(sheet, [step for step in steps if step.sheet == sheet], importer, now, name)
    announce_many(announcements)


def _keep_certificates(session, announcements):
    reason = _("Attendance corrected from a file")
    if session.state == SessionState.CONFIRMED:
        certificates.keep_true(session, announcements, reason=reason)
    elif session.state == SessionState.CANCELLED:
        certificates.revoke_all(session, reason, announcements)


def _tell_seats(session, step, user, announcements):
    """Of a session that was there before: called off, or moved while people may still come."""
    if step is None or step.old is None or step.new is None:
        return
    called_off = SessionState.CANCELLED == step.new["state"] != step.old["state"]
    moved = session.state == SessionState.OPEN and any(step.old[n] != step.new[n] for n in _WHEN)
    if called_off or moved:
        heard = set(telling.accounts_of(telling.with_a_seat_or_waiting(session)))
        event = events.CANCELLED if called_off else events.CHANGED
        announcements.append(telling.say(event, heard - {user.pk if user else None}, session))


def _follow_credits(steps, user, now):
    verified = {step.pk for step in steps if step.new and step.new["state"] == OutsideCredit.State.VERIFIED}
    was = {step.pk for step in steps if step.old and step.old["state"] == OutsideCredit.State.VERIFIED}
    for credit in OutsideCredit.objects.filter(pk__in=verified | was).order_by("pk"):
        if str(credit.pk) in verified:
            evidence.from_credit(credit, user, now=now)
        else:
            evidence.withdraw_credit(credit, user, _("No longer verified"), now=now)


def _note(sheet, steps, importer, now, name):
    """A line for each claim that stays; of one that goes nothing is left to tell."""
    model, key = _HISTORY[sheet]
    model.objects.bulk_create(
        [
            model(
                at=now,
                step=name,
                from_state=step.old["state"] if step.old else "",
                to_state=step.new["state"],
                user_id=importer.user_id,
                actor_name=importer.name[:120],
                actor_code=importer.code,
                **{key: step.pk},
            )
            for step in steps
            if step.new is not None
        ],
        _BATCH,
    )

"""Courses completed elsewhere: handed in by one person, verified or refused by another (training.md §1, §3).

The unit head of the person's unit and the training officer verify; nobody what is their own or what they
handed in. A verified credit counts from the day the course ended, and shows its level in the groups of
content it is verified for.
"""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from notifications.events import announce
from people.models import Staff
from people.roles import Role, holders_of
from trust.storage import private_storage, private_upload_to
from trust.uploads import UploadPolicy, check_upload

from . import claim_events as events
from .access import is_training_officer
from .claims import Refused, person_of, staff_of, write_line
from .competency import evidence, levels
from .headed import headed_staff, heads_over
from .models import OutsideCredit, Requirement

State = OutsideCredit.State
CERTIFICATE = UploadPolicy(kinds=frozenset({"pdf", "jpg", "png"}), max_bytes=settings.UPLOAD_MAX_BYTES)
MOST_MINUTES = 60_000  # a thousand hours: more is a slip of the hand


@dataclass(frozen=True)
class Certificate:
    """A checked file in private storage, before the row that names it."""

    path: str
    name: str
    content_type: str
    sha256: str


@dataclass(frozen=True)
class Handed:
    """What the certificate says."""

    requirement: Requirement
    completed_on: date
    minutes: int
    title: str = ""
    issuer: str = ""
    certificate_number: str = ""
    topics: tuple = field(default=())


def store_certificate(file) -> Certificate:
    """Checks and stores a certificate, outside any transaction. Raises UploadRefused.

    A file whose row is then refused stays without an owner; nobody can reach it.
    """
    checked = check_upload(file, CERTIFICATE)
    path = private_storage().save(private_upload_to("outside-credits")(None, checked.name), file)
    return Certificate(path, checked.name, checked.content_type, checked.sha256)


# ---- who sees, who may


def visible_to(user, day=None):
    """The training officer's all, a unit head's of the subtree on `day`, and what is one's own or one
    handed in."""
    if is_training_officer(user):
        return OutsideCredit.objects.all()
    staff = person_of(user)
    if staff is None:
        return OutsideCredit.objects.none()
    headed = headed_staff(user, day or timezone.localdate())
    return OutsideCredit.objects.filter(
        Q(staff=staff) | Q(submitter=staff) | Q(staff__in=headed.values("pk"))
    )


def waiting_for(user, day=None, units=None):
    """Those this person can verify now, the oldest first. `units`: keys of those they head, where known."""
    staff = person_of(user)
    if staff is None:
        return OutsideCredit.objects.none()
    rows = OutsideCredit.objects.filter(state=State.SUBMITTED).exclude(staff=staff)
    rows = rows.filter(Q(submitter__isnull=True) | ~Q(submitter=staff)).order_by("submitted_at", "pk")
    if is_training_officer(user):
        return rows
    return rows.filter(staff__in=headed_staff(user, day or timezone.localdate(), units).values("pk"))


def refusal(credit, user, to, day=None):
    """Why this person can't bring `credit` to the state `to`; None when they can."""
    if to not in _FOLLOWS.get(credit.state, ()):
        return Refused("already_decided")
    staff = person_of(user)
    if staff is None:
        return Refused("no_staff")
    if credit.staff_id == staff.pk:
        return Refused("verifier_is_the_person")
    if credit.submitter_id == staff.pk:
        return Refused("verifier_submitted_it")
    if is_training_officer(user):
        return None
    if not headed_staff(user, day or timezone.localdate()).filter(pk=credit.staff_id).exists():
        return Refused("only_verifiers")
    return Refused("only_officer_takes_back") if credit.state == State.VERIFIED else None


_FOLLOWS = {State.SUBMITTED: (State.VERIFIED, State.REFUSED), State.VERIFIED: (State.REFUSED,)}


# ---- steps


def submit(user, staff, handed: Handed, certificate: Certificate, *, now=None) -> OutsideCredit:
    """Hands a course in for `staff`: one's own, or somebody's by the training officer. Raises Refused.

    A refused one with the same person, day and number is taken up again; any other is a double.
    """
    now = now or timezone.now()
    submitter = staff_of(user)
    if staff.pk != submitter.pk and not is_training_officer(user):
        raise Refused("only_own_or_officer", "staff_code")
    _check(handed, timezone.localdate(now))
    try:
        with transaction.atomic():
            Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)
            credit = _row_for(staff, handed)
            before = "" if credit._state.adding else credit.state
            _fill(credit, handed, certificate, submitter, now)
            credit.save(force_insert=credit._state.adding)
            write_line(credit.history, "submit", user, before, credit.state, now)
            _tell_verifiers(credit, user, timezone.localdate(now))
    except IntegrityError as error:
        raise Refused("credit_is_there", "certificate_number", state=State.SUBMITTED.label) from error
    return credit


def decide(credit, user, to, *, topics=(), level=1, reason="", now=None) -> OutsideCredit:
    """Verifies (`topics` it shows `level` in; none: unknown) or refuses with a reason. Raises Refused."""
    now = now or timezone.now()
    reason = reason.strip()
    if to == State.REFUSED and not reason:
        raise Refused("refusal_reason_missing", "reason")
    levels.check(level)
    with transaction.atomic():
        locked = (
            OutsideCredit.objects.select_for_update(of=("self",))
            .select_related("staff__user")
            .get(pk=credit.pk)
        )
        if refused := refusal(locked, user, to, timezone.localdate(now)):
            raise refused
        before = locked.state
        locked.state, locked.decided_at, locked.refusal_reason = to, now, reason
        locked.verifier, locked.verifier_name = user.staff, user.display_name
        if to == State.VERIFIED:
            locked.topics, locked.level = sorted(set(topics)), level
        locked.save()
        if to == State.VERIFIED:
            evidence.from_credit(locked, user, now=now)
        else:
            evidence.withdraw_credit(locked, user, reason, now=now)
        write_line(
            locked.history, "verify" if to == State.VERIFIED else "refuse", user, before, to, now, reason
        )
        event = events.CREDIT_VERIFIED if to == State.VERIFIED else events.CREDIT_REFUSED
        announce(event, _concerned(locked, user), link=locked.get_absolute_url())
    return locked


def _check(handed, today):
    if handed.completed_on > today:
        raise Refused("completed_in_future", "completed_on")
    if not 0 < handed.minutes <= MOST_MINUTES:
        raise Refused("minutes_wrong", "minutes", most=MOST_MINUTES)


def _row_for(staff, handed):
    """The row to write: a new one, or the refused one with the same key. Raises Refused for a double."""
    key = {
        "staff": staff,
        "completed_on": handed.completed_on,
        "certificate_number": handed.certificate_number.strip(),
    }
    present = OutsideCredit.objects.select_for_update(of=("self",)).filter(**key).first()
    if present is None:
        return OutsideCredit(**key)
    if present.state != State.REFUSED:
        raise Refused("credit_is_there", "certificate_number", state=present.get_state_display())
    return present


def _fill(credit, handed, certificate, submitter, now):
    credit.requirement, credit.minutes = handed.requirement, handed.minutes
    credit.title, credit.issuer = handed.title.strip(), handed.issuer.strip()
    credit.topics = sorted(set(handed.topics))
    credit.state, credit.submitter, credit.submitted_at = State.SUBMITTED, submitter, now
    credit.verifier, credit.verifier_name, credit.decided_at, credit.refusal_reason = None, "", None, ""
    credit.file.name, credit.file_name = certificate.path, certificate.name
    credit.content_type, credit.sha256 = certificate.content_type, certificate.sha256


def _tell_verifiers(credit, user, day):
    own = {user.pk, credit.staff.user_id}
    people = [*holders_of(Role.TRAINING_OFFICER), *heads_over(credit.staff, day)]
    told = [person for person in people if person.pk not in own]
    announce(events.CREDIT_TO_VERIFY, told, link=credit.get_absolute_url())


def _concerned(credit, user):
    submitter = credit.submitter.user_id if credit.submitter else None
    return {credit.staff.user_id, submitter} - {user.pk, None}

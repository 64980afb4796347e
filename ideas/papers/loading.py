"""Reading what the papers need, in a constant number of queries; the papers themselves ask no database."""

import json
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from papers.models import OfficePaper
from people.roles import Role, holders_of
from people.service import workplaces

from .. import meetings
from ..access import DECIDED
from ..capacities import delegation_of
from ..leads.commenting import leads_shown
from ..models import Initiative
from ..moves import Actor, Move
from ..sitting import Sitting
from .kinds import MINUTES


@dataclass(frozen=True)
class MeetingRecord:
    """A meeting as its papers tell it. `posts` is {staff key: `Post`} on its day."""

    meeting: object
    sitting: Sitting
    items: list
    posts: dict
    counters: list
    leads: dict

    def post(self, seat):
        """What the holder of a seat is in the ward."""
        return self.posts.get(seat.staff_id, NO_POST)

    @property
    def day(self):
        return timezone.localdate(self.meeting.starts_at)

    @property
    def presiding(self):
        """The seat of whoever presided; for a meeting still to come, of whoever would."""
        held = [s for s in self.sitting.council.seats if s.staff_id == self.meeting.presided_by_id]
        return held[0] if held and self.meeting.presided_by_id else self.sitting.presiding()

    @property
    def keeping(self):
        """The seat of whoever kept the record; None where that was also who presided: somebody else signs."""
        seat = self.sitting.keeping()
        return None if seat is None or seat == self.presiding else seat


def meeting_record(meeting):
    """`meeting.appointment` and `presided_by` should be loaded."""
    sitting = Sitting(meeting, meeting.starts_at)
    staff = [seat.staff_id for seat in sitting.council.seats if seat.staff_id]
    day = timezone.localdate(meeting.starts_at)
    counters = list(meeting.counters.select_related("staff"))
    items = meetings.items_of(meeting)
    leads = leads_shown([item.initiative for item in items])
    return MeetingRecord(meeting, sitting, items, _posts(staff, day), counters, leads)


@dataclass(frozen=True)
class Post:
    """What somebody is in the ward on a day: "Chuyên viên, Phòng Văn hóa - Xã hội"."""

    position: str = ""
    unit: str = ""

    def __str__(self):
        return ", ".join(filter(None, (self.position, self.unit)))


NO_POST = Post()


def _posts(staff_ids, day):
    found = workplaces(staff_ids, day)
    return {pk: Post(position, unit.name) for pk, (unit, position) in found.items()}


@dataclass(frozen=True)
class Signature:
    """Who signs for the ward."""

    name: str = ""
    is_deputy: bool = False


@dataclass(frozen=True)
class DecisionRecord:
    """What a paper about recognition tells: the dossiers, the council's meetings, the decision once made.

    `minutes` is {meeting key: number of its registered minutes}; `changed` what a correction set right.
    """

    initiatives: tuple
    meetings: tuple
    minutes: dict
    signature: Signature
    decision: object = None
    recognition: object = None
    reason: str = ""
    changed: tuple = ()

    @property
    def initiative(self):
        return self.initiatives[0]


def decision_record(initiatives, user, kind):
    """`kind` is a DecisionKind: what is, or was, decided. The dossiers come from `for_workflow()`.

    A decision counts once the dossiers stand where it brought them: a declined one that is considered again
    gets a paper of its own.
    """
    met = {i.current_item.meeting_id: i.current_item.meeting for i in initiatives if i.current_item}
    for meeting in met.values():
        meeting.appointment = initiatives[0].round.appointment
    numbers = _minutes_of(met)
    decisions = list(initiatives[0].decisions.all())
    decision = decision_made(initiatives[0], kind)
    recognised = [d for d in decisions if d.kind == "recognise"]
    reason, changed = _told(initiatives[0], kind) if decision else ("", ())
    return DecisionRecord(
        initiatives=tuple(initiatives),
        meetings=tuple(sorted(met.values(), key=lambda meeting: meeting.starts_at)),
        minutes=numbers,
        signature=_signature(decision, user),
        decision=decision,
        recognition=recognised[-1] if recognised else None,
        reason=reason,
        changed=changed,
    )


def decision_made(initiative, kind):
    """The last decision of this kind that still stands, or None. Reads prefetched `decisions`."""
    if initiative.state not in DECIDED:
        return None
    made = [decision for decision in initiative.decisions.all() if decision.kind == kind]
    return made[-1] if made else None


def decided_together(initiative, decision, user):
    """All dossiers of the decision that recognised this one which this person may read."""
    rows = Initiative.objects.visible_to(user).filter(
        decisions__kind=decision.kind,
        decisions__number=decision.number,
        decisions__decided_on=decision.decided_on,
        decisions__sha256=decision.sha256,
    )
    found = Initiative.objects.for_workflow().prefetch_related("decisions").filter(pk__in=rows.values("pk"))
    return sorted(found, key=lambda one: (one.pk != initiative.pk, one.pk)) or [initiative]


def _minutes_of(met):
    subjects = {meeting_subject(meeting): pk for pk, meeting in met.items()}
    rows = OfficePaper.objects.filter(kind=MINUTES.code, subject__in=subjects)
    return {subjects[row.subject]: row.number for row in rows}


def _told(initiative, kind):
    """The reason and the changes of the last such step, from the history."""
    entry = initiative.history.filter(transition=kind).order_by("-pk").first()
    if entry is None:
        return "", ()
    reason = entry.reason or initiative.public_reason
    return reason, tuple(entry.details.get("changed", ()))


def _signature(decision, user):
    if decision is not None:
        return Signature(decision.signer_name, decision.is_delegated)
    if user is None:
        return head_signature()
    move = Move("recognise", Actor.of(user), timezone.now())
    if Role.HEAD in move.actor.roles:
        return Signature(move.actor.name)
    if delegation_of(move) is not None:
        return Signature(move.actor.name, True)
    return head_signature()


def head_signature():
    """The head of the ward, where somebody else draws the paper up."""
    head = holders_of(Role.HEAD).select_related("staff").first()
    return Signature(head.display_name if head else "")


@dataclass(frozen=True)
class ReceiptRecord:
    """What the receipt of an application says, as the first submission wrote it."""

    initiative: Initiative
    title: str
    received_on: date
    answer_due: date | None
    receiver: str
    documents: tuple


def receipt_record(initiative):
    """None before a submission. Names of confidential files stay out."""
    versions = sorted(initiative.versions.all(), key=lambda version: version.number)
    if not versions or not initiative.receipt_number:
        return None
    frozen = json.loads(versions[0].payload)
    details = initiative.history.filter(transition="submit").values_list("details", flat=True).first() or {}
    due = details.get("answer_due")
    named = [file["name"] for file in frozen["attachments"] if not file["is_confidential"]]
    hidden = len(frozen["attachments"]) - len(named)
    secretary = initiative.round.appointment.seats.filter(role="secretary").select_related("staff").first()
    return ReceiptRecord(
        initiative=initiative,
        title=frozen["title"],
        received_on=initiative.received_on,
        answer_due=date.fromisoformat(due) if due else None,
        receiver=secretary.staff.full_name if secretary and secretary.staff else "",
        documents=(*named, *([f"Tài liệu cần bảo mật: {hidden:02d} tệp"] if hidden else [])),
    )


def meeting_subject(meeting):
    """The key of a meeting's papers in `papers`."""
    return f"meeting:{meeting.pk}"


def dossier_subject(initiative, times=1):
    """The key of the papers about a dossier; of the notices each time it was refused."""
    return f"initiative:{initiative.code}:{times}"

"""Which papers can be made now, by whom, and what is registered of them.

Pages, addresses and the register ask here alike; a paper that cannot be made says why by a reason code.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils import timezone

from papers.office import paper_about, papers_about

from .. import workflow
from ..access import is_author, is_officer
from ..capacities import DEPUTY, HEAD, SECRETARY, acting_capacity
from ..lifecycle import State
from ..models import SeatRole
from ..models.meeting import MeetingState
from ..moves import Actor, Answer, Move
from . import decisions, invitation, minutes, notices, scores, tally
from .kinds import (
    CORRECTION,
    DECLINE,
    INVITATION,
    MINUTES,
    OF_DOSSIERS,
    OF_MEETINGS,
    RECOGNITION,
    REFUSAL,
    REVOCATION,
    SCORES,
    TALLY,
)
from .loading import (
    decided_together,
    decision_made,
    decision_record,
    dossier_subject,
    meeting_record,
    meeting_subject,
)


@dataclass(frozen=True)
class Offer:
    """One paper of one subject, as one person may handle it.

    `answer`: whether it can be drawn. `registers`: whether number, date and file are entered here. `document`
    makes its blocks. `number` and `issued_on` are what is known of it already.
    """

    kind: object
    subject: str
    address: str
    answer: Answer
    registers: Answer
    document: Callable = field(repr=False)
    paper: object = None
    number: str = ""
    issued_on: object = None
    not_before: object = None

    @property
    def file_name(self):
        """Plain letters: bien-ban-hop-12 without its ending."""
        return f"{self.kind.code}-{self.subject.split(':')[1]}"


def _answer(reason="", params=None, who=("secretary", "chair")):
    return Answer("paper", not reason, reason, params or {}, who=who)


# ---- a meeting


class MeetingPapers:
    """The papers of one meeting. `sitting` and `items` where the page has them already."""

    def __init__(self, user, meeting, sitting=None, items=None):
        self.meeting, self.actor = meeting, Actor.of(user)
        self._record = None
        if sitting is None:
            self._record = meeting_record(meeting)
            sitting, items = self._record.sitting, self._record.items
        self.sitting, self.items = sitting, items

    @property
    def is_drawn_up_by_reader(self):
        """Whoever may work on the meeting's papers; for others there is nothing to list."""
        return self.actor.staff_id in {seat.staff_id for seat in self._seats()}

    def _seats(self):
        """The seats that draw papers up: secretary, chair, the vice chair where they preside; in term."""
        if not self.meeting.appointment.contains(timezone.localdate()):
            return []
        council = self.sitting.council
        held = [council.holder(SeatRole.SECRETARY), council.holder(SeatRole.CHAIR)]
        vice = council.holder(SeatRole.VICE_CHAIR)
        if vice is not None and self._presides(vice):
            held.append(vice)
        return [seat for seat in held if seat is not None and seat.staff_id]

    def _presides(self, vice):
        if vice.staff_id and vice.staff_id == self.meeting.presided_by_id:
            return True
        matters = (None, *(item.initiative for item in self.items))
        return any(self.sitting.presiding(matter) == vice for matter in matters)

    def _is_concerned(self, staff_id):
        return any(self.sitting.concerned(staff_id, item.initiative) for item in self.items)

    def offers(self):
        """One `Offer` for each kind, in the order of a meeting's life; none for who draws up nothing."""
        if not self.is_drawn_up_by_reader:
            return []
        known = papers_about(meeting_subject(self.meeting))
        return [self._offer(kind, known.get(kind.code)) for kind in OF_MEETINGS]

    def offer(self, code):
        """The offer of one kind, or None where there is no such kind."""
        return next((offer for offer in self._all() if offer.kind.code == code), None)

    def _all(self):
        known = papers_about(meeting_subject(self.meeting))
        return [self._offer(kind, known.get(kind.code)) for kind in OF_MEETINGS]

    def _offer(self, kind, paper):
        answer = self._may(kind)
        return Offer(
            kind=kind,
            subject=meeting_subject(self.meeting),
            address=f"{self.meeting.get_absolute_url()}giay-to/{kind.code}",
            answer=answer,
            registers=self._may_register(kind, answer),
            document=lambda: _MEETING_PAPERS[kind](self._loaded()),
            paper=paper,
            number=paper.number if paper else "",
            issued_on=paper.issued_on if paper else None,
            not_before=None if kind == INVITATION else timezone.localdate(self.meeting.starts_at),
        )

    def _loaded(self):
        self._record = self._record or meeting_record(self.meeting)
        return self._record

    def _may(self, kind):
        if not self.is_drawn_up_by_reader:
            return _answer("only_paper_officers")
        if kind == INVITATION:
            return _answer()
        if reason := self._missing(kind):
            return reason
        free = [seat for seat in self._seats() if not self._is_concerned(seat.staff_id)]
        # Whoever is concerned sees no votes; but where nobody else is left, somebody has to write it down.
        if self._is_concerned(self.actor.staff_id) and free:
            return _answer("paper_concerned")
        return _answer()

    def _missing(self, kind):
        """What the record lacks for this paper: an `Answer`, or None."""
        if kind == MINUTES and self.meeting.state != MeetingState.CLOSED:
            return _answer("meeting_not_closed")
        if kind == TALLY:
            return self._missing_for_the_tally()
        if kind == SCORES:
            if not self.items:
                return _answer("agenda_empty")
            unscored = [i.initiative.code for i in self.items if i.initiative.current_result is None]
            return _answer("paper_result_missing", {"codes": ", ".join(unscored)}) if unscored else None
        return None

    def _missing_for_the_tally(self):
        secret = [(n, item) for n, item in enumerate(self.items, start=1) if item.mode == "secret"]
        if not secret:
            return _answer("paper_no_secret_ballot")
        counting = [str(number) for number, item in secret if not item.recorded_at]
        return _answer("items_open", {"numbers": ", ".join(counting)}) if counting else None

    def _may_register(self, kind, answer):
        if not answer.allowed or kind == INVITATION or self.meeting.state == MeetingState.CLOSED:
            return answer
        return _answer("meeting_not_closed")


_MEETING_PAPERS = {
    INVITATION: invitation.invitation,
    MINUTES: minutes.minutes,
    TALLY: tally.tally,
    SCORES: scores.scores,
}


# ---- a dossier


class DossierPapers:
    """The papers about one dossier that this person draws up: the head's decisions, the secretary's refusal.

    `initiative` comes from `for_workflow()` with `decisions`.
    """

    def __init__(self, user, initiative):
        self.user, self.initiative = user, initiative
        self.move = Move("paper", Actor.of(user), timezone.now())

    def offers(self):
        """One `Offer` for each paper that fits where the dossier stands; none for who draws up nothing."""
        kinds = [kind for kind in OF_DOSSIERS if self._fits(kind) and self._is_theirs(kind)]
        if not kinds:
            return []
        return [self._offer(kind) for kind in kinds]

    def for_step(self, transition):
        """The paper that is signed before this step is recorded; none for other steps."""
        return [offer for offer in self.offers() if _DECIDED_AS.get(offer.kind) == transition]

    def offer(self, code):
        """The offer of one kind; None for an unknown kind and one that does not fit the state."""
        kind = next((kind for kind in OF_DOSSIERS if kind.code == code and self._fits(kind)), None)
        if kind is None:
            return None
        return self._offer(kind)

    def _fits(self, kind):
        return self.initiative.state in _WHEN[kind]

    def role(self, kind):
        """The code of the capacity in which this person draws the paper up, or None."""
        who = (SECRETARY,) if kind == REFUSAL else (HEAD, DEPUTY)
        capacity = acting_capacity(who, self.initiative, self.move)
        return capacity.code if capacity else None

    def _is_theirs(self, kind):
        return self.role(kind) is not None

    def _offer(self, kind):
        decision = decision_made(self.initiative, _DECIDED_AS[kind]) if kind in _DECIDED_AS else None
        answer, subject = self._may(kind), dossier_subject(self.initiative, self._times(kind))
        paper = paper_about(kind.code, subject) if kind in (REFUSAL, DECLINE) else None
        number, day = (paper.number, paper.issued_on) if paper else ("", None)
        if decision is not None and decision.number:
            number, day = decision.number, decision.decided_on
        return Offer(
            kind=kind,
            subject=subject,
            address=f"{self.initiative.get_absolute_url()}giay-to/{kind.code}",
            answer=answer,
            registers=self._may_register(kind, answer, decision),
            document=lambda: self._document(kind, decision),
            paper=paper,
            number=number,
            issued_on=day,
            not_before=self.initiative.received_on,
        )

    def _times(self, kind):
        """How often it was refused or declined: after a reconsideration the notice is another one."""
        if kind == REFUSAL:
            return self.initiative.history.filter(transition="refuse").count()
        return sum(d.kind == "decline" for d in self.initiative.decisions.all()) if kind == DECLINE else 0

    def _may(self, kind):
        if not self._is_theirs(kind):
            if kind == REFUSAL:
                return _answer("only_secretary", who=("secretary",))
            return _answer("only_head", who=("head", "deputy_head"))
        if self.initiative.state == State.EVALUATED:
            return workflow.may(self.initiative, _DECIDED_AS[kind], self.user)
        return _answer()

    def _may_register(self, kind, answer, decision):
        """Decisions bring number, date and file with their step; notices that did not are entered here."""
        if not answer.allowed:
            return answer
        if kind == REFUSAL or (kind == DECLINE and decision is not None and not decision.number):
            return answer
        return _answer("paper_by_decision", who=("head", "deputy_head"))

    def _document(self, kind, decision):
        initiatives = [self.initiative]
        if kind == RECOGNITION and decision is not None:
            initiatives = decided_together(self.initiative, decision, self.user)
        return _DOSSIER_PAPERS[kind](self._record(kind, initiatives))

    def _record(self, kind, initiatives):
        if kind == REFUSAL:  # the secretary draws it up, the head signs
            return decision_record(initiatives, None, "refuse")
        return decision_record(initiatives, self.user, _DECIDED_AS[kind])


_DECIDED_AS = {RECOGNITION: "recognise", DECLINE: "decline", CORRECTION: "correct", REVOCATION: "revoke"}
_WHEN = {
    REFUSAL: (State.REFUSED,),
    RECOGNITION: (State.EVALUATED, State.RECOGNISED, State.REVOKED),
    DECLINE: (State.EVALUATED, State.DECLINED),
    CORRECTION: (State.RECOGNISED,),
    REVOCATION: (State.RECOGNISED, State.REVOKED),
}
_DOSSIER_PAPERS = {
    REFUSAL: notices.refusal,
    RECOGNITION: decisions.recognition,
    DECLINE: notices.non_recognition,
    CORRECTION: decisions.correction,
    REVOCATION: decisions.revocation,
}


# ---- the receipt


def may_read_receipt(user, initiative):
    """Authors, the clerk who keyed the dossier, its council's officers. They may open the dossier anyway."""
    keyed = initiative.keyed_from_paper and initiative.created_by_id == user.pk
    return is_author(user, initiative) or keyed or is_officer(user, initiative)

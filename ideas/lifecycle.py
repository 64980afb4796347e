"""The states of a dossier and the steps between them (design §4), one method a step.

A method sets this row's own fields. Whether it may run is asked by `ideas.workflow`, which also does what
follows in other rows; called from anywhere else it raises `OutsideTheDoor`.
"""

from django.db import models
from django.utils.translation import pgettext_lazy
from django_fsm import RETURN_VALUE, transition

from obligations.terms import term_of_months

from . import rules
from .capacities import CHAIR, CLERK, CLOCK, DEPUTY, HEAD, MAIN_AUTHOR, SECRETARY

FORMALITY_MONTHS = 1  # NĐ 13/2012 Đ5
SUPPLEMENT_MONTHS = 1
DECISION_MONTHS = 3  # NĐ 13/2012 Đ7.1
MONTHS_OF = {"formality": FORMALITY_MONTHS, "supplement": SUPPLEMENT_MONTHS, "decision": DECISION_MONTHS}


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("dossier", "draft")
    SUBMITTED = "submitted", pgettext_lazy("dossier", "submitted")
    SUPPLEMENT_REQUESTED = "supplement_requested", pgettext_lazy("dossier", "supplement requested")
    EXPIRED = "expired", pgettext_lazy("dossier", "expired")
    ACCEPTED = "accepted", pgettext_lazy("dossier", "accepted")
    REFUSED = "refused", pgettext_lazy("dossier", "refused")
    EVALUATING = "evaluating", pgettext_lazy("dossier", "being scored")
    EVALUATED = "evaluated", pgettext_lazy("dossier", "scoring closed")
    RECOGNISED = "recognised", pgettext_lazy("dossier", "recognised")
    DECLINED = "declined", pgettext_lazy("dossier", "not recognised")
    WITHDRAWN = "withdrawn", pgettext_lazy("dossier", "withdrawn")
    MERGED = "merged", pgettext_lazy("dossier", "merged")
    REVOKED = "revoked", pgettext_lazy("dossier", "recognition revoked")


UNDECIDED = (
    State.DRAFT,
    State.SUBMITTED,
    State.SUPPLEMENT_REQUESTED,
    State.ACCEPTED,
    State.EVALUATING,
    State.EVALUATED,
)


def step(source, target, *, who, needs=(), brings=(), until=rules.no_term):
    """A transition with its rules: `needs` are facts to look at, `brings` what the actor must supply."""
    return transition(
        "state",
        source=list(source) if isinstance(source, tuple) else source,
        target=target,
        custom={"who": who, "needs": needs, "brings": brings, "until": until},
    )


class Lifecycle:
    """Mixin of `Initiative`: its transitions. `move` is an `ideas.moves.Move`."""

    def begin_term(self, clock, start, move):
        """Sets one of `MONTHS_OF` running from a local day (also from one that is yet to come)."""
        due = term_of_months(start, MONTHS_OF[clock], *move.announced)
        setattr(self, f"{clock}_from", start)
        setattr(self, f"{clock}_due_on", due)

    @step(
        State.DRAFT,
        State.SUBMITTED,
        who=(MAIN_AUTHOR, CLERK),
        needs=(
            rules.round_is_open,
            rules.form_is_complete,
            rules.shares_make_100,
            rules.shares_are_confirmed,
            rules.within_a_year_of_first_use,
            rules.paper_is_attached,
        ),
        brings=(rules.brings_receipt_date,),
        until=rules.until_round_closes,
    )
    def submit(self, move):
        self.round = rules.round_for(move)
        self.submitted_at = move.now
        self.received_on = rules.receipt_date(move)
        self.begin_term("formality", self.received_on, move)

    @step(
        State.SUBMITTED,
        State.SUPPLEMENT_REQUESTED,
        who=(SECRETARY,),
        brings=(rules.brings_reason,),
        until=rules.until_formality,
    )
    def request_supplement(self, move):
        self.supplement_kind = "formality"
        self.supplement_request = move.reason
        self.begin_term("supplement", move.today, move)

    @step(
        State.SUPPLEMENT_REQUESTED,
        RETURN_VALUE(State.SUBMITTED, State.EVALUATING),
        who=(MAIN_AUTHOR, CLERK),
        needs=(
            rules.supplement_in_time,
            rules.form_is_complete,
            rules.shares_make_100,
            rules.shares_are_confirmed,
            rules.enough_eligible_seats_again,
        ),
        until=rules.until_supplement,
    )
    def resubmit(self, move):
        self.submitted_at = move.now
        self.supplement_due_on = self.supplement_from = None
        if self.supplement_kind == "council":
            self.evaluation_number += 1
            return State.EVALUATING
        self.begin_term("formality", move.today, move)
        return State.SUBMITTED

    @step(
        State.SUPPLEMENT_REQUESTED,
        State.EXPIRED,
        who=(CLOCK,),
        needs=(rules.supplement_is_overdue,),
    )
    def expire(self, move):
        pass

    @step(State.EXPIRED, State.SUBMITTED, who=(SECRETARY,), brings=(rules.brings_reason,))
    def late_accept(self, move):
        self.supplement_due_on = self.supplement_from = None
        self.begin_term("formality", move.today, move)

    @step(
        State.SUBMITTED,
        State.ACCEPTED,
        who=(SECRETARY,),
        needs=(rules.checklist_is_done,),
        brings=(rules.brings_reason_when_late,),
        until=rules.until_formality,
    )
    def accept(self, move):
        self.accepted_on = move.today
        # "Three months from acceptance, or from the end of first use if that is later" (Đ7.1).
        self.begin_term("decision", max(filter(None, [move.today, self.first_use_ended_on])), move)

    @step(
        State.SUBMITTED,
        State.REFUSED,
        who=(SECRETARY,),
        brings=(rules.brings_public_reason,),
        until=rules.until_formality,
    )
    def refuse(self, move):
        self.public_reason = move.data["public_reason"].strip()

    @step(
        State.ACCEPTED,
        State.EVALUATING,
        who=(SECRETARY,),
        needs=(rules.rubric_is_chosen, rules.enough_eligible_seats),
        until=rules.until_decision,
    )
    def start_evaluation(self, move):
        self.rubric = self.round.rubric
        self.evaluation_number += 1

    @step(
        State.EVALUATING,
        State.EVALUATED,
        who=(SECRETARY, CLOCK),
        needs=(rules.quorum_of_sheets, rules.clock_waits_for_all_sheets),
        until=rules.until_scoring_due,
    )
    def close_evaluation(self, move):
        pass

    @step(
        State.EVALUATED,
        State.EVALUATING,
        who=(CHAIR,),
        needs=(rules.not_yet_voted,),
        brings=(rules.brings_reason,),
        until=rules.until_decision,
    )
    def reopen_evaluation(self, move):
        pass

    @step(
        State.EVALUATED,
        State.SUPPLEMENT_REQUESTED,
        who=(SECRETARY,),
        needs=(rules.completion_was_asked,),
        brings=(rules.brings_reason, rules.brings_due_date),
        until=rules.until_decision,
    )
    def complete_again(self, move):
        self.supplement_kind = "council"
        self.supplement_request = move.reason
        self.supplement_due_on, self.supplement_from = move.data["due_on"], None

    @step(
        State.EVALUATED,
        State.RECOGNISED,
        who=(HEAD, DEPUTY),
        needs=(rules.met_with_quorum, rules.two_thirds_agreed, rules.superior_approved),
        brings=(rules.brings_decision,),
        until=rules.until_decision,
    )
    def recognise(self, move):
        self.public_reason = ""

    @step(
        State.EVALUATED,
        State.DECLINED,
        who=(HEAD, DEPUTY),
        needs=(rules.met_with_quorum,),
        brings=(
            rules.brings_public_reason,
            rules.brings_reason_against_the_vote,
            rules.brings_no_impossible_day,
        ),
        until=rules.until_decision,
    )
    def decline(self, move):
        self.public_reason = move.data["public_reason"].strip()

    @step(
        (State.REFUSED, State.DECLINED, State.REVOKED),
        RETURN_VALUE(State.SUBMITTED, State.EVALUATING),
        who=(HEAD, DEPUTY),
        needs=(rules.complaint_was_accepted, rules.enough_eligible_seats_again),
        brings=(rules.brings_reason,),
    )
    def reconsider(self, move):
        self.public_reason = ""
        if self.state in (State.DECLINED, State.REVOKED):
            self.evaluation_number += 1
            self.begin_term("decision", move.today, move)
            return State.EVALUATING
        self.begin_term("formality", move.today, move)
        return State.SUBMITTED

    @step(UNDECIDED, State.WITHDRAWN, who=(MAIN_AUTHOR,), brings=(rules.brings_reason,))
    def withdraw(self, move):
        pass

    @step(
        UNDECIDED,
        None,
        who=(SECRETARY,),
        needs=(rules.main_author_is_gone,),
        brings=(rules.brings_reason, rules.brings_new_main_author),
    )
    def hand_over(self, move):
        pass

    @step(
        (State.SUBMITTED, State.ACCEPTED),
        State.MERGED,
        who=(SECRETARY,),
        needs=(rules.all_authors_consented,),
        brings=(rules.brings_reason, rules.brings_surviving_dossier),
    )
    def merge(self, move):
        self.merged_into = move.data["surviving"]

    @step(
        State.RECOGNISED,
        None,
        who=(HEAD, DEPUTY),
        brings=(rules.brings_reason, rules.brings_decision),
    )
    def correct(self, move):
        pass

    @step(
        State.RECOGNISED,
        State.REVOKED,
        who=(HEAD, DEPUTY),
        brings=(rules.brings_public_reason, rules.brings_decision),
    )
    def revoke(self, move):
        self.public_reason = move.data["public_reason"].strip()

"""Who owes what by when for a dossier: read from its own row, so that entering a state begins it and leaving
ends it. The duties on the work page are `ideas.duties`; here is what the clock reminds of.
"""

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.reminders import reminding, telling
from obligations.kinds import Kind, register_kind
from obligations.ledger import Debt, cancel, capacity, fulfil, owe, owe_many
from obligations.models import Obligation
from people.models import Staff

from . import deciding, events
from .capacities import HEAD, MAIN_AUTHOR, SECRETARY, council_for
from .lifecycle import State
from .models import Complaint, Initiative
from .moves import CLOCK, Move
from .superiors import deciders, superiors

FORMALITY = "ideas.formality"
SUPPLEMENT = "ideas.supplement"
SCORING = "ideas.scoring"
DECISION = "ideas.decision"
COMPLAINT = "ideas.complaint"
OF_A_DOSSIER = (FORMALITY, SUPPLEMENT, SCORING, DECISION)
COUNCIL_MEMBER = "member"

_OWING = (
    State.SUBMITTED,
    State.SUPPLEMENT_REQUESTED,
    State.ACCEPTED,
    State.EVALUATING,
    State.EVALUATED,
)
_FELL_AWAY = (State.WITHDRAWN, State.MERGED, State.EXPIRED)
_AT_ONCE = 50


def subject_of(initiative):
    return subject_of_key(initiative.pk)


def subject_of_key(pk):
    return f"initiative:{pk}"


def debts_of(initiative):
    """What is owed as the dossier stands; each with a term that runs."""
    state, address = initiative.state, initiative.get_absolute_url()
    if state == State.SUBMITTED:
        yield from _debt(
            FORMALITY,
            initiative,
            SECRETARY.code,
            initiative.formality_due_on,
            f"{address}kiem-tra/",
            fixed=False,
        )
    elif state == State.SUPPLEMENT_REQUESTED:
        # Never later than the day on which the portal itself ends the term.
        due = initiative.supplement_due_on
        yield from _debt(SUPPLEMENT, initiative, MAIN_AUTHOR.code, due, f"{address}sua/7/")
    elif state == State.EVALUATING:
        due = (initiative.round and initiative.round.scoring_due_on) or initiative.decision_due_on
        yield from _debt(SCORING, initiative, COUNCIL_MEMBER, due, "/sang-kien/phieu-cham/")
    if state in _OWING:
        yield from _debt(
            DECISION, initiative, SECRETARY.code, initiative.decision_due_on, address, fixed=False
        )


def _debt(kind, initiative, owner, due_on, link, fixed=True):
    if due_on:
        yield Debt(kind, subject_of(initiative), capacity(owner), due_on, fixed, initiative.code, link)


# ---- beginning and ending, in the transaction of the cause


def follow(initiatives, now):
    """Brings the obligations of these dossiers in line with their states; a constant number of queries."""
    groups, debts = {}, []
    for initiative in initiatives:
        owed = list(debts_of(initiative))
        debts += owed
        over = tuple(kind for kind in OF_A_DOSSIER if kind not in {debt.kind for debt in owed})
        end = cancel if initiative.state in _FELL_AWAY else fulfil
        groups.setdefault((end, over), []).append(subject_of(initiative))
    for (end, over), subjects in groups.items():
        end(over, subjects, now=now)
    owe_many(debts, now=now)


def round_changed(round_, now):
    """The day by which sheets are due moved: members are reminded by the new one."""
    scoring = Initiative.objects.for_workflow().filter(round=round_, state=State.EVALUATING)
    owe_many([debt for row in scoring for debt in debts_of(row) if debt.kind == SCORING], now=now)


def owe_complaint(complaint, initiative, now):
    """To be taken up, then to be settled: one obligation, whose day moves."""
    owe(
        COMPLAINT,
        f"complaint:{complaint.pk}",
        capacity(HEAD.code),
        complaint.settle_due_on or complaint.take_up_due_on,
        code=initiative.code,
        fixed=False,
        link="/sang-kien/quyet-dinh/khieu-nai/",
        now=now,
    )


def end_complaint(complaint, now):
    fulfil(COMPLAINT, f"complaint:{complaint.pk}", now=now)


def begin_missing(now):
    """Dossiers in work and open complaints without an obligation get theirs: those written in bulk, or before
    there was a table. Asks three queries where nothing is missing."""
    for pks in _in_parts(_without(Initiative.objects.filter(state__in=_OWING), "initiative:", OF_A_DOSSIER)):
        with transaction.atomic():
            rows = Initiative.objects.select_for_update(of=("self",)).for_workflow().filter(pk__in=pks)
            follow(list(rows.order_by("pk")), now)
    for pks in _in_parts(_without(Complaint.objects.filter(settled_on=None), "complaint:", (COMPLAINT,))):
        with transaction.atomic():
            locked = Complaint.objects.select_for_update(of=("self",)).filter(pk__in=pks, settled_on=None)
            for complaint in locked.select_related("initiative").order_by("pk"):
                owe_complaint(complaint, complaint.initiative, now)


def _without(rows, prefix, kinds):
    subject = Concat(Value(prefix), Cast(OuterRef("pk"), CharField()))
    open_ones = Obligation.objects.open().filter(kind__in=kinds, subject=subject)
    return list(rows.filter(~Exists(open_ones)).order_by("pk").values_list("pk", flat=True))


def _in_parts(pks):
    return [pks[start : start + _AT_ONCE] for start in range(0, len(pks), _AT_ONCE)]


# ---- asked at sending


def _dossiers(obligations):
    """{subject: dossier as the workflow reads it}."""
    rows = Initiative.objects.for_workflow().filter(pk__in=map(_pk_of, obligations))
    return {subject_of(row): row for row in rows}


def _pk_of(obligation):
    return int(obligation.subject.partition(":")[2])


def still_owed(obligations, now):
    """Those the dossiers still owe; a supplement out of time is about to expire and is told as that."""
    today = timezone.localdate(now)
    owed = {
        (debt.kind, debt.subject)
        for row in _dossiers(obligations).values()
        for debt in debts_of(row)
        if debt.kind != SUPPLEMENT or debt.due_on >= today
    }
    return [obligation for obligation in obligations if (obligation.kind, obligation.subject) in owed]


def complaints_still_open(obligations, now):
    unsettled = Complaint.objects.filter(pk__in=map(_pk_of, obligations), settled_on=None)
    standing = set(unsettled.values_list("pk", flat=True))
    return [obligation for obligation in obligations if _pk_of(obligation) in standing]


def _of_each(people_of):
    """People by dossier, as `people_of(dossier, move)` names them."""

    def people(obligations, now):
        move, dossiers = Move("remind", CLOCK, now), _dossiers(obligations)
        return {
            obligation.pk: people_of(dossiers[obligation.subject], move)
            for obligation in obligations
            if obligation.subject in dossiers
        }

    return people


def _keeper(initiative, move):
    council = council_for(initiative, move)
    seat = council.keeping(initiative) if council else None
    return [seat.staff.user] if seat and seat.staff else []


def _who_completes(initiative, move):
    """The main author, and the clerk who keyed it from paper."""
    author = initiative.main_author
    people = [author.staff.user] if author and author.staff else []
    return [*people, initiative.created_by_id] if initiative.keyed_from_paper else people


def _members_to_score(obligations, now):
    waiting = {
        subject: {sheet.staff_id for sheet in row.current_sheets if sheet.is_open}
        for subject, row in _dossiers(obligations).items()
    }
    staff = Staff.objects.filter(pk__in=set().union(*waiting.values())).select_related("user")
    accounts = {person.pk: person.user for person in staff}
    return {
        obligation.pk: [accounts[pk] for pk in waiting.get(obligation.subject, ())]
        for obligation in obligations
    }


def _who_brings_to_decision(obligations, now):
    """Whoever keeps the dossier; once it was voted on, whoever decides."""
    kept, decide = _of_each(_keeper)(obligations, now), deciders(now)
    voted_on = deciding.voted_on(Initiative.objects.filter(pk__in=map(_pk_of, obligations)))
    voted = set(voted_on.values_list("pk", flat=True))
    return {
        obligation.pk: decide if _pk_of(obligation) in voted else kept.get(obligation.pk, [])
        for obligation in obligations
    }


def _who_settles(obligations, now):
    found = deciders(now)
    return {obligation.pk: found for obligation in obligations}


def register():
    """The kinds; called when the app is ready."""
    told = {
        FORMALITY: (_("Check %(code)s"), events.FORMALITY_DUE, _of_each(_keeper)),
        SUPPLEMENT: (_("Complete %(code)s"), events.SUPPLEMENT_DUE, _of_each(_who_completes)),
        SCORING: (_("Score %(code)s"), events.SCORING_DUE, _members_to_score),
        DECISION: (_("Decide on %(code)s"), events.DECISION_DUE, _who_brings_to_decision),
        COMPLAINT: (_("Settle the complaint about %(code)s"), events.COMPLAINT_DUE, _who_settles),
    }
    late = {  # who else may be told; the supplement ends by itself
        FORMALITY: superiors(events.FORMALITY_LATE, "chair", "head", beside=told[FORMALITY][2]),
        SCORING: superiors(events.SCORING_LATE, "secretary", "chair", "head"),
        DECISION: superiors(events.DECISION_LATE, "secretary", "chair", "head", beside=told[DECISION][2]),
        COMPLAINT: superiors(events.COMPLAINT_LATE, "secretary", "chair", beside=_who_settles),
    }
    for code, (title, (soon, overdue), people) in told.items():
        register_kind(
            Kind(
                code,
                title,
                reminding(soon, overdue, people),
                still_owed=complaints_still_open if code == COMPLAINT else still_owed,
                tell_moved=telling(events.TERM_MOVED, people),
                superiors=late.get(code, {}),
            )
        )

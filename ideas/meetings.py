"""The door of meetings: planning, opening, the roll, votes, conclusions, closing (design §4).

Everything that writes about a meeting is here. Each function locks the meeting (then, where it writes about
one, the initiative), compares the version the page was drawn from, asks who may and whether, writes, and
announces last. Refusals carry a reason code, as those of `ideas.workflow` do.
"""

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils import timezone

from notifications.events import Announcement, announce_many
from people.roles import Role, holders_of
from vietnamese.text import nfc

from . import events, votes
from .lifecycle import State
from .models import (
    AgendaItem,
    Appointment,
    Conclusion,
    HistoryEntry,
    Initiative,
    Meeting,
    MeetingAttendance,
    SeatRole,
    Vote,
)
from .models.meeting import MeetingState, VotingMode
from .moves import Actor, Answer, Refused
from .sitting import Sitting


class MeetingRefused(Refused):
    """Something about a meeting was not allowed; `answer` says why."""


class MeetingChanged(Exception):
    """The meeting was changed elsewhere after the page was drawn; nothing was written."""


# ---- looking


def meetings_visible_to(user):
    """Meetings of the councils this person holds a seat in, alternates included; nobody else's."""
    staff = getattr(user, "staff", None)
    if not user.is_authenticated or not user.is_active or staff is None:
        return Meeting.objects.none()
    return Meeting.objects.filter(appointment__seats__staff=staff)


def appointments_kept_by(user, now=None):
    """Councils in term whose meetings this person may plan: as secretary, or presiding in the absence."""
    now = now or timezone.now()
    actor = Actor.of(user)
    if actor.staff_id is None:
        return []
    today = timezone.localdate(now)
    mine = Appointment.objects.filter(
        seats__staff=actor.staff_id,
        seats__role__in=(SeatRole.CHAIR, SeatRole.VICE_CHAIR, SeatRole.SECRETARY),
    )
    return [a for a in mine if a.contains(today) and _planner(a, actor, now)]


def _planner(appointment, actor, now):
    return Sitting(Meeting(appointment=appointment), now).may_run(actor)


def can_be_put_on(appointment, meeting=None):
    """Scored initiatives of this council's rounds that are neither voted on nor on another open agenda."""
    elsewhere = AgendaItem.objects.filter(
        initiative=OuterRef("pk"), evaluation_number=OuterRef("evaluation_number")
    ).filter(Q(recorded_at__isnull=False) | ~Q(meeting__state=MeetingState.CLOSED))
    if meeting is not None and meeting.pk:
        elsewhere = elsewhere.exclude(meeting=meeting, recorded_at__isnull=True)
    return (
        Initiative.objects.filter(state=State.EVALUATED, round__appointment=appointment)
        .exclude(Exists(elsewhere))
        .order_by("decision_due_on", "code")
    )


def items_of(meeting):
    """The agenda with all that rules and pages look at: a constant number of queries."""
    initiatives = Initiative.objects.for_workflow()
    items = list(meeting.items.prefetch_related("votes__staff"))
    found = {i.pk: i for i in initiatives.filter(pk__in=[item.initiative_id for item in items])}
    for item in items:
        item.initiative = found[item.initiative_id]
        item.meeting = meeting
    return items


# ---- asking


def may_open(sitting, actor, items):
    """Whether the meeting can be opened now: an `Answer`."""
    answer = _asked("open_meeting", sitting, actor)
    if not answer.allowed:
        return answer
    meeting = sitting.meeting
    if meeting.state != MeetingState.PLANNED:
        return _no("open_meeting", "meeting_not_planned")
    if timezone.localdate(sitting.now) != timezone.localdate(meeting.starts_at):
        return _no("open_meeting", "meeting_other_day", {"day": timezone.localdate(meeting.starts_at)})
    if not items:
        return _no("open_meeting", "agenda_empty")
    if sitting.presiding() is None:
        return _no("open_meeting", "nobody_presides")
    return answer


def may_record(sitting, actor, item):
    """Whether the vote on this item can be taken and recorded now: an `Answer`."""
    initiative = item.initiative
    step = "record_vote"
    if sitting.meeting.state != MeetingState.OPEN:
        return _no(step, "meeting_not_open")
    if not sitting.may_run(actor, initiative):
        return _no(step, "only_keeper")
    if item.recorded_at:
        return _no(step, "already_voted")
    if initiative.state != State.EVALUATED or initiative.evaluation_number != item.evaluation_number:
        return _no(step, "wrong_state", {"state": initiative.state})
    if not sitting.has_quorum:
        figures = {"present": sitting.seats_present, "seats": sitting.seats, "needed": sitting.needed}
        return _no(step, "quorum_missing", figures)
    if sitting.presiding(initiative) is None:
        return _no(step, "nobody_presides")
    return Answer(step, True, who=("secretary",))


def may_close(sitting, actor, items):
    """Whether the meeting can be closed: every item recorded or taken off, and somebody presided."""
    answer = _asked("close_meeting", sitting, actor)
    if not answer.allowed:
        return answer
    if sitting.meeting.state != MeetingState.OPEN:
        return _no("close_meeting", "meeting_not_open")
    open_items = [str(number) for number, item in enumerate(items, start=1) if not item.recorded_at]
    if open_items:
        return _no("close_meeting", "items_open", {"numbers": ", ".join(open_items)})
    return answer


def _asked(step, sitting, actor):
    if sitting.may_run(actor):
        return Answer(step, True, who=("secretary",))
    return _no(step, "only_keeper")


def _no(step, reason, params=None, field=""):
    return Answer(step, False, reason, params or {}, who=("secretary", "chair"), field=field)


def _require(answer, initiative=None):
    if not answer.allowed:
        raise MeetingRefused(answer, initiative)


# ---- planning


def plan_meeting(user, appointment, *, starts_at, place, initiatives, now=None):
    """A planned meeting with its agenda; every seat is invited. Raises MeetingRefused."""
    now = now or timezone.now()
    actor = Actor.of(user)
    with transaction.atomic():
        appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
        year = timezone.localdate(starts_at).year
        meeting = Meeting(
            appointment=appointment,
            number=_next_number(appointment, year),
            starts_at=starts_at,
            place=nfc(place),
            is_sample=appointment.is_sample,
        )
        sitting = Sitting(meeting, now)
        _require(_asked("plan_meeting", sitting, actor))
        _check_time(appointment, starts_at, now)
        meeting.save()
        _put_on(meeting, initiatives)
        announce_many([_invitation(events.MEETING_INVITED, sitting)])
    return meeting


def _next_number(appointment, year):
    last = Meeting.objects.filter(appointment=appointment, starts_at__year=year).aggregate(Max("number"))
    return (last["number__max"] or 0) + 1


def _check_time(appointment, starts_at, now):
    day = timezone.localdate(starts_at)
    if day < timezone.localdate(now):
        raise MeetingRefused(_no("plan_meeting", "meeting_in_past", field="day"))
    if not appointment.contains(day):
        raise MeetingRefused(_no("plan_meeting", "meeting_outside_term", field="day"))


def change_meeting(user, meeting, *, starts_at, place, initiatives, base_version, now=None):
    """Another time, place or agenda. Time and place only before it is open, and everybody hears of it."""
    with transaction.atomic():
        meeting, sitting, actor = _locked(user, meeting, base_version, now)
        _require(_asked("change_meeting", sitting, actor))
        if meeting.state == MeetingState.CLOSED:
            raise MeetingRefused(_no("change_meeting", "meeting_closed"))
        moved = (meeting.starts_at, meeting.place) != (starts_at, nfc(place))
        if moved:
            if meeting.state != MeetingState.PLANNED:
                raise MeetingRefused(_no("change_meeting", "meeting_not_planned"))
            _check_time(meeting.appointment, starts_at, sitting.now)
            meeting.starts_at, meeting.place = starts_at, nfc(place)
        changed = _put_on(meeting, initiatives)
        if moved or changed:
            _save(meeting, "starts_at", "place")
            announce_many([_invitation(events.MEETING_CHANGED, sitting)])
    return meeting


def _put_on(meeting, initiatives):
    """Makes the agenda hold these, in this order, beside what is recorded. True when that changed it."""
    wanted = [initiative.pk for initiative in initiatives]
    # The dossiers are locked before they are looked at: two secretaries do not put one on two agendas.
    locked = set(
        can_be_put_on(meeting.appointment, meeting)
        .filter(pk__in=wanted)
        .order_by("pk")
        .select_for_update(of=("self",))
        .values_list("pk", flat=True)
    )
    lost = [initiative.code for initiative in initiatives if initiative.pk not in locked]
    if lost:
        raise MeetingRefused(
            _no("plan_meeting", "agenda_not_free", {"codes": ", ".join(lost)}, field="initiatives")
        )
    pending = {item.initiative_id: item for item in meeting.items.filter(recorded_at__isnull=True)}
    meeting.items.filter(pk__in=[item.pk for pk, item in pending.items() if pk not in locked]).delete()
    start = meeting.items.filter(recorded_at__isnull=False).count()
    numbers = dict(Initiative.objects.filter(pk__in=locked).values_list("pk", "evaluation_number"))
    fresh = []
    for order, pk in enumerate(wanted, start=start + 1):
        if pk in pending:
            AgendaItem.objects.filter(pk=pending[pk].pk).update(order=order, evaluation_number=numbers[pk])
        else:
            fresh.append(
                AgendaItem(meeting=meeting, initiative_id=pk, evaluation_number=numbers[pk], order=order)
            )
    AgendaItem.objects.bulk_create(fresh)
    return bool(fresh) or bool(set(pending) - locked)


# ---- in session


def open_meeting(user, meeting, *, base_version, now=None):
    """Opens it on its day, with every seat on the roll."""
    with transaction.atomic():
        meeting, sitting, actor = _locked(user, meeting, base_version, now)
        _require(may_open(sitting, actor, list(meeting.items.all())))
        meeting.state, meeting.opened_at = MeetingState.OPEN, sitting.now
        meeting.presided_by = sitting.presiding().staff
        _save(meeting, "state", "opened_at", "presided_by")
        _refresh(sitting)
    return meeting


def take_roll(user, meeting, present, reasons, *, base_version, now=None):
    """Who is there: `present` is {seat pk: bool}, `reasons` {seat pk: why absent}. Seats not named keep
    what the roll says. Votes not yet recorded that the new roll does not allow are dropped."""
    with transaction.atomic():
        meeting, sitting, actor = _locked(user, meeting, base_version, now)
        if not sitting.may_take_roll(actor):
            raise MeetingRefused(_no("take_roll", "only_officers"))
        if meeting.state != MeetingState.OPEN:
            raise MeetingRefused(_no("take_roll", "meeting_not_open"))
        _write_roll(sitting, present, reasons)
        sitting = Sitting(meeting, sitting.now)
        _drop_stale_votes(sitting)
        presiding = sitting.presiding()
        meeting.presided_by = presiding.staff if presiding else None
        _save(meeting, "presided_by")
        _refresh(sitting)
    return meeting


def _write_roll(sitting, present, reasons):
    seats = {seat.pk for seat in sitting.council.seats if seat.staff_id}
    rows = [
        MeetingAttendance(
            meeting=sitting.meeting,
            seat_id=pk,
            is_present=is_present,
            reason="" if is_present else nfc(reasons.get(pk, ""))[:200],
        )
        for pk, is_present in present.items()
        if pk in seats
    ]
    MeetingAttendance.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["meeting", "seat"],
        update_fields=["is_present", "reason"],
    )


def _drop_stale_votes(sitting):
    """A vote stands for the person who cast it: it goes when another now sits there, or nobody."""
    stale = []
    for item in items_of(sitting.meeting):
        if item.recorded_at:
            continue
        able = sitting.able(item.initiative)
        stale += [
            vote.pk
            for vote in item.votes.all()
            if vote.seat_id not in able or able[vote.seat_id].staff.pk != vote.staff_id
        ]
    Vote.objects.filter(pk__in=stale).delete()


def choose_mode(user, item, mode, *, base_version, now=None):
    """Open vote or secret ballot. Open votes already noted are dropped when the ballot becomes secret."""
    with transaction.atomic():
        sitting, item, _actor = _locked_item(user, item, base_version, now)
        item.mode = VotingMode(mode)
        if item.mode == VotingMode.SECRET:
            item.votes.all().delete()
        item.save(update_fields=["mode"])
        _save(sitting.meeting)
        _refresh(sitting, item)
    return item


def save_votes(user, item, cast, *, base_version, now=None):
    """Notes open votes, {seat pk: True, False or None}, before the result is recorded."""
    with transaction.atomic():
        sitting, item, _actor = _locked_item(user, item, base_version, now)
        _write_votes(sitting, item, cast)
        _save(sitting.meeting)
        _refresh(sitting, item)
    return item


def _write_votes(sitting, item, cast):
    """Votes of the seats that can vote; any other seat is refused, not passed over in silence."""
    if item.mode != VotingMode.OPEN:
        raise MeetingRefused(_no("record_vote", "vote_not_open"), item.initiative)
    able = sitting.able(item.initiative)
    if any(agrees is not None and seat not in able for seat, agrees in cast.items()):
        raise MeetingRefused(_no("record_vote", "vote_not_theirs"), item.initiative)
    item.votes.all().delete()
    Vote.objects.bulk_create(
        Vote(item=item, seat_id=seat, staff=able[seat].staff, agrees=agrees)
        for seat, agrees in cast.items()
        if agrees is not None
    )
    return votes.count_open(
        sitting.seats, sitting.needed, {s: a for s, a in cast.items() if a is not None}, able
    )


def record_open_vote(user, item, cast, conclusion, *, base_version, now=None):
    """The result of an open vote and what the council concludes from it."""
    with transaction.atomic():
        sitting, item, actor = _locked_item(user, item, base_version, now)
        count = _write_votes(sitting, item, cast)
        if count.votes_for + count.votes_against == 0:
            raise MeetingRefused(_no("record_vote", "votes_none"), item.initiative)
        _record(sitting, item, actor, count, conclusion)
    return item


def record_secret_ballot(user, item, ballots, conclusion, *, file=None, base_version, now=None):
    """The totals of a secret ballot, who voted how is not known here. `file`: the signed tally, stored."""
    with transaction.atomic():
        sitting, item, actor = _locked_item(user, item, base_version, now)
        if item.mode != VotingMode.SECRET:
            raise MeetingRefused(_no("record_vote", "vote_not_secret"), item.initiative)
        for problem in votes.ballot_problems(ballots, len(sitting.able(item.initiative))):
            raise MeetingRefused(
                _no("record_vote", problem.code, problem.params, problem.field), item.initiative
            )
        item.issued, item.returned = ballots.issued, ballots.returned
        item.valid, item.invalid = ballots.valid, ballots.invalid
        if file:
            item.tally_file, item.tally_sha256 = file.path, file.sha256
        count = ballots.count(sitting.seats, sitting.needed)
        _record(sitting, item, actor, count, conclusion)
    return item


def _record(sitting, item, actor, count, conclusion):
    if problem := votes.conclusion_problem(conclusion, count):
        raise MeetingRefused(_no("record_vote", problem.code, problem.params, problem.field), item.initiative)
    item.seats, item.needed, item.had_quorum = count.seats, count.needed, sitting.has_quorum
    item.votes_for, item.votes_against = count.votes_for, count.votes_against
    item.conclusion, item.recorded_at = conclusion, sitting.now
    item.save()
    _save(sitting.meeting)
    _write_history(sitting, item, actor)
    _refresh(sitting, item)


def _write_history(sitting, item, actor):
    """Counts and the conclusion; how each seat voted openly stays with the meeting."""
    details = {
        "meeting": sitting.meeting.number,
        "mode": item.mode,
        "seats": item.seats,
        "needed": item.needed,
        "for": item.votes_for,
        "against": item.votes_against,
        "conclusion": item.conclusion,
    }
    if item.mode == VotingMode.SECRET:
        details |= {name: getattr(item, name) for name in ("issued", "returned", "valid", "invalid")}
    seat = sitting.keeping(item.initiative)
    HistoryEntry.objects.create(
        initiative=item.initiative,
        at=sitting.now,
        transition="vote_recorded",
        from_state=item.initiative.state,
        to_state=item.initiative.state,
        user=actor.user,
        actor_name=actor.name,
        actor_code=actor.code,
        actor_role="secretary" if seat.role == SeatRole.SECRETARY else "chair",
        details=details,
    )


def take_off(user, item, *, base_version, now=None):
    """An item without a result leaves the agenda; a later meeting can take it up."""
    with transaction.atomic():
        meeting, sitting, actor = _locked(user, item.meeting, base_version, now)
        item = AgendaItem.objects.select_for_update().get(pk=item.pk, meeting=meeting)
        _require(_asked("take_off", sitting, actor), item.initiative)
        if meeting.state == MeetingState.CLOSED or item.recorded_at:
            raise MeetingRefused(_no("take_off", "already_voted"), item.initiative)
        item.delete()
        _save(meeting)
        _refresh(sitting, item)
    return meeting


def save_conclusion(user, meeting, text, *, base_version, now=None):
    """The words of the conclusion, as they go into the minutes."""
    with transaction.atomic():
        meeting, sitting, actor = _locked(user, meeting, base_version, now)
        _require(_asked("save_conclusion", sitting, actor))
        if meeting.state != MeetingState.OPEN:
            raise MeetingRefused(_no("save_conclusion", "meeting_not_open"))
        meeting.conclusion = nfc(text)
        _save(meeting, "conclusion")
        _refresh(sitting)
    return meeting


def close_meeting(user, meeting, text, *, base_version, now=None):
    """Ends the meeting; what the council proposed now waits for the head."""
    with transaction.atomic():
        meeting, sitting, actor = _locked(user, meeting, base_version, now)
        items = items_of(meeting)
        _require(may_close(sitting, actor, items))
        if not (text or "").strip():
            raise MeetingRefused(_no("close_meeting", "conclusion_text_missing", field="conclusion"))
        presiding = sitting.presiding()
        meeting.presided_by = presiding.staff if presiding else meeting.presided_by
        meeting.conclusion = nfc(text)
        meeting.state, meeting.closed_at = MeetingState.CLOSED, sitting.now
        _save(meeting, "conclusion", "state", "closed_at", "presided_by")
        announce_many([*_to_decide(items), _quietly(sitting)])
    return meeting


# ---- locking, saving, telling


def _locked(user, meeting, base_version, now):
    """The meeting locked and unchanged since `base_version`; its sitting; the actor."""
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("appointment").get(pk=meeting.pk)
    if locked.edit_version != base_version:
        raise MeetingChanged(locked.pk)
    return locked, Sitting(locked, now), Actor.of(user)


def _locked_item(user, item, base_version, now):
    """The meeting, the item and its initiative, locked in that order, when a vote may be written."""
    meeting, sitting, actor = _locked(user, item.meeting, base_version, now)
    locked = AgendaItem.objects.select_for_update().get(pk=item.pk, meeting=meeting)
    locked.meeting = meeting
    locked.initiative = (
        Initiative.objects.select_for_update(of=("self",)).for_workflow().get(pk=locked.initiative_id)
    )
    _require(may_record(sitting, actor, locked), locked.initiative)
    return sitting, locked, actor


def _save(meeting, *fields):
    meeting.edit_version = F("edit_version") + 1
    meeting.save(update_fields=[*fields, "edit_version"])
    meeting.refresh_from_db(fields=["edit_version"])


def _accounts(sitting):
    return [seat.staff.user for seat in sitting.council.seats if seat.staff and seat.staff.user]


def _invitation(event, sitting):
    day = timezone.localtime(sitting.meeting.starts_at)
    return Announcement(
        event,
        _accounts(sitting),
        link=sitting.meeting.get_absolute_url(),
        refresh=(_key(sitting.meeting),),
        params={"day": f"{day:%d/%m/%Y}", "time": f"{day:%H:%M}"},
    )


def _key(meeting):
    return f"meeting:{meeting.pk}"


def _quietly(sitting, item=None):
    keys = (_key(sitting.meeting), *((f"initiative:{item.initiative_id}",) if item else ()))
    return Announcement(
        events.MEETING_MOVED_ON, _accounts(sitting), link=sitting.meeting.get_absolute_url(), refresh=keys
    )


def _refresh(sitting, item=None):
    announce_many([_quietly(sitting, item)])


def _to_decide(items):
    """What the head now has to decide; completion is the secretary's to ask for."""
    heads = list(holders_of(Role.HEAD))
    return [
        Announcement(
            events.TO_DECIDE,
            heads,
            link="/sang-kien/quyet-dinh/",
            subject=item.initiative.code,
            refresh=(f"initiative:{item.initiative_id}",),
        )
        for item in items
        if item.conclusion != Conclusion.COMPLETE_AGAIN
    ]

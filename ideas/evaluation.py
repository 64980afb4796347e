"""Scoring: opening sheets, who may write in one, standing aside, the close. Every way in asks `can_score`."""

from django.db import transaction
from django.utils import timezone

from notifications.events import Announcement, announce_many
from people.models import Staff
from scoring.models import SheetState
from scoring.points import ScoreRefused, check_points, parse_points
from scoring.result import compute, freeze

from .capacities import CHAIR, SECRETARY, acting_capacity, council_for
from .events import CHANGED, MEMBER_RECUSED, SHEET_IN, SHEET_REMINDER, SHEET_REOPENED, TO_SCORE
from .lifecycle import State
from .models import Conflict, FrozenResult, HistoryEntry, Initiative, ScoreSheet, SheetPoint
from .moves import CLOCK, Actor, Answer, Move, Refusal, Refused


class SheetRefused(Refused):
    """A sheet could not be written or sent; `answer.reason` says why."""


class SheetChanged(Exception):
    """The sheet was saved elsewhere meanwhile; `sheet` is what is kept now."""

    def __init__(self, sheet):
        self.sheet = sheet
        super().__init__(sheet.pk)


# ---- opening


def open_sheets(initiatives, move):
    """One empty sheet per voting seat of each dossier; an alternate takes a conflicted or empty seat."""
    sheets = []
    for initiative in initiatives:
        version = max(initiative.versions.all(), key=lambda version: version.number)
        sheets += [
            ScoreSheet(
                initiative=initiative,
                evaluation_number=initiative.evaluation_number,
                seat=filled.seat,
                staff=filled.staff,
                alternate=filled.alternate,
                version=version,
            )
            for filled in council_for(initiative, move).fill(initiative)
            if filled.staff is not None
        ]
    ScoreSheet.objects.bulk_create(sheets)
    move.lookups.setdefault("opened_sheets", []).extend(sheets)  # told of at the end of the move
    return sheets


def void_open_sheets(initiatives):
    """Unsent sheets of dossiers that leave scoring; sent ones stay."""
    ScoreSheet.objects.filter(
        initiative__in=initiatives, state__in=(SheetState.TODO, SheetState.DRAFT)
    ).update(state=SheetState.VOID)


# ---- the one question


def can_score(user, sheet, now=None):
    """Whether this person may write in this sheet: an `Answer` with a reason code.

    Asked by the page, the autosave, the sending, the socket and the file of a sheet alike. `sheet` should
    come with its initiative's authors and conflicts loaded.
    """
    now = now or timezone.now()
    initiative = sheet.initiative
    move = Move("score", Actor.of(user), now)

    def no(reason):
        until = (initiative.round and initiative.round.scoring_due_on) or initiative.decision_due_on
        return Answer("score", False, reason, who=("assigned_member",), until=until)

    if move.actor.staff_id is None or sheet.staff_id != move.actor.staff_id:
        return no("not_your_sheet")
    council = council_for(initiative, move)
    if council.in_conflict(move.actor.staff_id, initiative):
        return no("in_conflict")
    staff_id = move.actor.staff_id
    if council.seat_of(staff_id) is None or council.has_left(staff_id) or not council.in_term:
        return no("no_seat")
    if initiative.state != State.EVALUATING or sheet.evaluation_number != initiative.evaluation_number:
        return no("scoring_closed")
    if sheet.state in (SheetState.RECUSED, SheetState.VOID):
        return no("sheet_given_up")
    if sheet.state == SheetState.SUBMITTED:
        return no("sheet_already_sent")
    return Answer("score", True, who=("assigned_member",), until=no("").until)


def _locked(sheet):
    """The sheet and its dossier, locked in that order everywhere: dossier first."""
    initiative = (
        Initiative.objects.select_for_update(of=("self",))
        .for_workflow()
        .prefetch_related("versions")
        .get(pk=sheet.initiative_id)
    )
    locked = ScoreSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    locked.initiative = initiative
    return locked


def _require(user, sheet, now):
    answer = can_score(user, sheet, now)
    if not answer.allowed:
        raise SheetRefused(answer, sheet.initiative)


# ---- writing


def read_points(rubric, typed):
    """`({code: Decimal or None}, {code: ScoreRefused})` of what was typed by criterion."""
    points, problems = {}, {}
    for criterion in rubric.scored:
        text = (typed.get(criterion.code) or "").strip()
        if not text:
            points[criterion.code] = None
            continue
        try:
            points[criterion.code] = check_points(criterion, parse_points(text))
        except ScoreRefused as refused:
            problems[criterion.code] = refused
    return points, problems


def save_sheet(user, sheet, points, comment, *, base_version, comments=None, now=None):
    """Keeps a draft: `points` is {criterion: Decimal or None}, `comments` the words for criteria that take
    no points. A criterion left out stays as it was. Raises SheetRefused, SheetChanged."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = _locked(sheet)
        _require(user, locked, now)
        if locked.edit_version != base_version:
            raise SheetChanged(locked)
        _write(locked, points, comment, comments or {})
    return locked


def _write(sheet, points, comment, comments):
    kept = {point.criterion: point for point in sheet.points.all()}
    changed = [*points, *comments]
    new = [SheetPoint(sheet=sheet, criterion=code) for code in changed if code not in kept]
    rows = kept | {point.criterion: point for point in new}
    for criterion, value in points.items():
        rows[criterion].points = value
    for criterion, words in comments.items():
        rows[criterion].comment = words
    SheetPoint.objects.bulk_update([kept[c] for c in changed if c in kept], ["points", "comment"])
    SheetPoint.objects.bulk_create(new)
    sheet.comment = comment
    sheet.state = SheetState.DRAFT
    sheet.edit_version += 1
    sheet.save(update_fields=["comment", "state", "edit_version", "updated_at"])


def missing_criteria(sheet):
    """The required criteria without points: a sheet lacking one is incomplete, never zero."""
    given = {p.criterion for p in sheet.points.all() if p.points is not None}
    return [c for c in sheet.initiative.rubric.rubric.required if c.code not in given]


def submit_sheet(user, sheet, points, comment, *, base_version, comments=None, now=None):
    """Sends a complete sheet; the last one in closes the evaluation. Raises SheetRefused, SheetChanged."""
    from . import workflow

    now = now or timezone.now()
    with transaction.atomic():
        locked = _locked(sheet)
        _require(user, locked, now)
        if locked.edit_version != base_version:
            raise SheetChanged(locked)
        _write(locked, points, comment, comments or {})
        if missing := missing_criteria(locked):
            raise SheetRefused(
                Answer("score", False, "sheet_incomplete", {"names": ", ".join(c.name for c in missing)}),
                locked.initiative,
            )
        locked.state, locked.submitted_at = SheetState.SUBMITTED, now
        locked.save(update_fields=["state", "submitted_at", "updated_at"])
        _log(locked.initiative, "sheet_sent", Actor.of(user), "member", now)
        # One announcement a transaction, so that recipients are locked once, in key order: closing tells
        # everybody anyway.
        if not workflow.close_if_all_in(locked.initiative, now):
            announce_many([to_watchers(SHEET_IN, locked.initiative, now)])
    return locked


# ---- standing aside and coming back


def declare_conflict(user, sheet, reason, now=None):
    """A member stands aside from a dossier; an alternate takes the seat, the secretary is told.

    The words stay with the record; logs and mails carry the code alone.
    """
    now = now or timezone.now()
    reason = (reason or "").strip()
    with transaction.atomic():
        locked = _locked(sheet)
        actor = Actor.of(user)
        if locked.staff_id != actor.staff_id:
            raise SheetRefused(can_score(user, locked, now), locked.initiative)
        if not locked.is_open or locked.initiative.state != State.EVALUATING:
            raise SheetRefused(can_score(user, locked, now), locked.initiative)
        if not reason:
            raise SheetRefused(Answer("recuse", False, "reason_missing", field="reason"), locked.initiative)
        Conflict.objects.get_or_create(
            initiative=locked.initiative, staff_id=actor.staff_id, defaults={"reason": reason}
        )
        locked.recusal_reason = reason
        give_up(locked, SheetState.RECUSED)
        _log(locked.initiative, "recuse", actor, "member", now)
        stand_in = fill_seat(locked, now)
        fresh = Initiative.objects.for_workflow().get(pk=locked.initiative_id)
        announce_many(
            [
                *assignments(fresh, [stand_in] if stand_in else []),
                to_officers(MEMBER_RECUSED, fresh, now),
                to_watchers(CHANGED, fresh, now),
            ]
        )
    return stand_in


def give_up(sheet, state):
    """A sheet nobody goes on with: what was written in it goes (a sheet half done judges nothing)."""
    sheet.state, sheet.comment = state, ""
    sheet.edit_version += 1
    sheet.save(update_fields=["state", "comment", "recusal_reason", "edit_version", "updated_at"])
    SheetPoint.objects.filter(sheet=sheet).delete()


def fill_seat(sheet, now):
    """A new sheet for the seat of a given-up one; None when nobody is left.

    Whoever holds the seat by now takes it (a successor), else the next free alternate. The caller tells
    them (`assignments`).
    """
    initiative = Initiative.objects.for_workflow().get(pk=sheet.initiative_id)
    council = council_for(initiative, Move("assign", CLOCK, now))
    taken = {s.staff_id for s in initiative.current_sheets} | {sheet.staff_id}
    own = next(seat for seat in council.seats if seat.pk == sheet.seat_id)
    if own.staff_id not in taken and council.can_fill(own, initiative):
        return _assign(sheet, own.staff, initiative)
    free = next(
        (
            seat
            for seat in council.alternates
            if seat.staff_id
            and seat.staff_id not in taken
            and not council.is_absent(seat)
            and not council.in_conflict(seat.staff_id, initiative)
        ),
        None,
    )
    return _assign(sheet, free.staff, initiative, free) if free else None


def _assign(sheet, staff, initiative, alternate=None):
    return ScoreSheet.objects.create(
        initiative=initiative,
        evaluation_number=initiative.evaluation_number,
        seat=sheet.seat,
        staff=staff,
        alternate=alternate,
        version=sheet.version,
    )


def assign_alternate(user, sheet, alternate, reason, now=None):
    """The secretary gives a seat's unsent sheet to an alternate by hand; the holder's draft is void."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = _locked(sheet)
        move = Move("assign", Actor.of(user), now, {"reason": reason})
        refusal = _assignment_refusal(locked, alternate, move)
        if refusal:
            answer = Answer("assign", False, refusal.code, who=("secretary",), field=refusal.field)
            raise SheetRefused(answer, locked.initiative)
        if locked.is_open:
            give_up(locked, SheetState.VOID)
        new = _assign(locked, alternate.staff, locked.initiative, alternate)
        _log(locked.initiative, "assign_alternate", move.actor, "secretary", now, move.reason)
        fresh = Initiative.objects.for_workflow().get(pk=locked.initiative_id)
        announce_many([*assignments(fresh, [new]), to_watchers(CHANGED, fresh, now, [locked.staff.user])])
    return new


def _assignment_refusal(sheet, alternate, move):
    initiative = sheet.initiative
    if acting_capacity((SECRETARY,), initiative, move) is None:
        return Refusal("only_secretary")
    if initiative.state != State.EVALUATING or sheet.state == SheetState.SUBMITTED:
        return Refusal("scoring_closed")
    if not move.reason:
        return Refusal("reason_missing", field="reason")
    council = council_for(initiative, move)
    eligible = alternate in council.alternates and alternate.staff_id
    if not eligible or not council.can_fill(alternate, initiative):
        return Refusal("alternate_not_eligible", field="alternate")
    if any(s.staff_id == alternate.staff_id for s in initiative.current_sheets):
        return Refusal("alternate_not_eligible", field="alternate")
    replaced = any(s.seat_id == sheet.seat_id and s.pk != sheet.pk for s in initiative.current_sheets)
    return Refusal("seat_already_filled") if replaced else None


def reopen_sheet(user, sheet, reason, now=None):
    """Whoever presides gives a sent sheet back to its member while scoring runs; logged with the reason."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = _locked(sheet)
        move = Move("reopen_sheet", Actor.of(user), now, {"reason": reason})
        refusal = _reopening_refusal(locked, move)
        if refusal:
            answer = Answer("reopen_sheet", False, refusal.code, who=("chair",), field=refusal.field)
            raise SheetRefused(answer, locked.initiative)
        locked.state, locked.submitted_at = SheetState.DRAFT, None
        locked.save(update_fields=["state", "submitted_at", "updated_at"])
        _log(locked.initiative, "reopen_sheet", move.actor, "chair", now, move.reason)
        told = _say(SHEET_REOPENED, [locked.staff.user], locked.initiative, locked.get_absolute_url())
        announce_many([told, to_watchers(CHANGED, locked.initiative, now)])


def _reopening_refusal(sheet, move):
    if acting_capacity((CHAIR,), sheet.initiative, move) is None:
        return Refusal("only_chair")
    if sheet.initiative.state != State.EVALUATING or sheet.state != SheetState.SUBMITTED:
        return Refusal("sheet_not_sent")
    return None if move.reason else Refusal("reason_missing", field="reason")


def remind(user, initiatives, now=None):
    """The secretary asks for the sheets still out; returns how many people were told.

    `initiatives` come from `for_workflow()`; those this person may not remind for are passed over. A
    constant number of queries.
    """
    move = Move("remind", Actor.of(user), now or timezone.now())
    waiting = [
        (initiative, sheet)
        for initiative in initiatives
        if initiative.state == State.EVALUATING and acting_capacity((SECRETARY,), initiative, move)
        for sheet in initiative.current_sheets
        if sheet.is_open
    ]
    people = {
        s.pk: s.user
        for s in Staff.objects.filter(pk__in={s.staff_id for _i, s in waiting}).select_related("user")
    }
    with transaction.atomic():
        announce_many(
            _say(SHEET_REMINDER, [people[sheet.staff_id]], initiative, sheet.get_absolute_url(), refresh=())
            for initiative, sheet in waiting
        )
    return sum(1 for user in people.values() if user and user.is_active)


# ---- the close


def freeze_results(initiatives, move):
    """The frozen result of each closed evaluation: what was handed in, nothing else."""
    rows = []
    for initiative in initiatives:
        rubric = initiative.rubric.rubric
        handed_in = [
            sheet.values(str(sheet.seat.number))
            for sheet in ScoreSheet.objects.filter(
                initiative=initiative,
                evaluation_number=initiative.evaluation_number,
                state=SheetState.SUBMITTED,
            )
            .select_related("seat")
            .prefetch_related("points")
        ]
        expected = len(council_for(initiative, move).voting_seats)
        result = compute(rubric, handed_in, expected=expected)
        frozen = freeze(result, rubric, handed_in)
        before = [r for r in initiative.results.all() if r.evaluation_number == initiative.evaluation_number]
        rows.append(
            FrozenResult(
                initiative=initiative,
                evaluation_number=initiative.evaluation_number,
                sequence=len(before) + 1,
                frozen_at=move.now,
                payload=frozen.canonical.decode(),
                sha256=frozen.sha256,
                submitted=result.count,
                expected=result.expected,
                mean=result.total.mean_shown if result.total else None,
                median=result.total.median_shown if result.total else None,
                spread=result.total.spread_shown if result.total else None,
                grade=result.grade or "",
                verdict=result.verdict or "",
                has_disagreement=result.disagreement,
                for_city=result.sent_to_city,
            )
        )
    FrozenResult.objects.bulk_create(rows)
    return rows


# ---- telling


def refresh_keys(initiative):
    return (f"initiative:{initiative.pk}",)


def _log(initiative, step, actor, role, now, reason=""):
    """A line of history; never with points."""
    HistoryEntry.objects.create(
        initiative=initiative,
        at=now,
        transition=step,
        from_state=initiative.state,
        to_state=initiative.state,
        user=actor.user,
        actor_name=actor.name,
        actor_code=actor.code,
        actor_role=role,
        reason=reason,
    )


def officers_of(initiative, now):
    """Accounts of chair, vice chair and secretary, but for those in conflict with this dossier."""
    council = council_for(initiative, Move("tell", CLOCK, now))
    return [
        seat.staff.user
        for seat in council.voting_seats
        if seat.role != "member"
        and seat.staff
        and seat.staff.user
        and not council.in_conflict(seat.staff_id, initiative)
    ]


def members_of(initiative):
    """Accounts of everybody with a sheet in force, the submitted ones too."""
    return [
        sheet.staff.user for sheet in initiative.sheets.select_related("staff__user").in_force().current()
    ]


def _say(event, recipients, initiative, link=None, refresh=None, **params):
    return Announcement(
        event,
        [user for user in recipients if user],
        link=link or initiative.get_absolute_url(),
        subject=initiative.code,
        refresh=refresh_keys(initiative) if refresh is None else refresh,
        params=params,
    )


def to_officers(event, initiative, now):
    return _say(event, officers_of(initiative, now), initiative)


def to_watchers(event, initiative, now, besides=()):
    """Quietly: pages of officers and members show the new count."""
    watching = {*officers_of(initiative, now), *members_of(initiative), *besides}
    return _say(event, watching, initiative)


def assignments(initiative, sheets):
    """Each new member hears of their own sheet."""
    due = (initiative.round and initiative.round.scoring_due_on) or initiative.decision_due_on
    day = f"{due:%d/%m/%Y}" if due else ""
    return [
        _say(TO_SCORE, [sheet.staff.user], initiative, sheet.get_absolute_url(), due=day) for sheet in sheets
    ]

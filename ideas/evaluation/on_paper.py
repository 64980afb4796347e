"""Paper sheets: printed with a code, keyed by two people who do not see each other's keying, then compared.

Only when both say the same does the paper become the seat's sheet. No log line, notice or mail holds a point.
"""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from notifications.events import announce_many
from papers.codes import new_code
from people.models import User
from people.roles import Role, holders_of
from scoring.points import ScoreRefused, check_points
from scoring.saving import hand_in, write
from vietnamese.text import nfc

from ..capacities import SECRETARY, acting_capacity
from ..events import PAPER_DIFFERS, PAPER_TO_KEY, SHEET_IN
from ..history import record
from ..models import Initiative, KeyingRole, PaperSheet, SheetKeying
from ..moves import Actor, Answer, Move
from .asking import SheetRefused, can_score, locked_sheet
from .comparing import Reading, differences
from .telling import officers_of, say, to_watchers


def print_papers(user, initiative, sheets, now=None):
    """The papers of these open sheets, each with its code; one printed before keeps it. The secretary's act.

    Raises SheetRefused, also where nothing is open.
    """
    now = now or timezone.now()
    with transaction.atomic():
        locked = Initiative.objects.select_for_update(of=("self",)).for_workflow().get(pk=initiative.pk)
        move = Move("print_papers", Actor.of(user), now)
        if acting_capacity((SECRETARY,), locked, move) is None:
            raise SheetRefused(Answer("score", False, "only_secretary", who=("secretary",)), locked)
        wanted = {sheet.pk for sheet in sheets}
        still_open = [sheet for sheet in locked.current_sheets if sheet.is_open and sheet.pk in wanted]
        if locked.state != "evaluating" or not still_open:
            raise SheetRefused(Answer("score", False, "no_open_sheet", who=("secretary",)), locked)
        in_hand = set(
            PaperSheet.objects.in_hand().filter(sheet__in=still_open).values_list("sheet", flat=True)
        )
        fresh = [sheet for sheet in still_open if sheet.pk not in in_hand]
        PaperSheet.objects.bulk_create(
            PaperSheet(sheet=sheet, code=new_code(), printed_at=now) for sheet in fresh
        )
        record(locked, "papers_printed", move.actor, "secretary", now, details={"count": len(still_open)})
    papers = PaperSheet.objects.in_hand().filter(sheet__in=still_open)
    return list(papers.select_related("sheet__seat", "sheet__staff", "sheet__version"))


def locked_paper(paper):
    """The paper with its sheet and dossier, locked: dossier, sheet, paper."""
    sheet = locked_sheet(paper.sheet)
    locked = PaperSheet.objects.select_for_update(of=("self",)).prefetch_related("keyings").get(pk=paper.pk)
    locked.sheet = sheet
    return locked


def key_in(user, paper, points, comment, *, comments=None, scan=None, now=None):
    """One person's reading of the paper. With the second one both are compared.

    `points` {criterion: Decimal}, complete; `scan` is the `StoredFile` of the scan, needed from whoever keys
    first. Returns the keying. Raises SheetRefused.
    """
    now = now or timezone.now()
    with transaction.atomic():
        locked = locked_paper(paper)
        answer = can_score(user, locked.sheet, now, from_paper=locked)
        _require(answer, locked)
        _take_scan(locked, scan)
        reading = _checked(locked, points, comments or {}, comment)
        actor = Actor.of(user)
        keying = SheetKeying(
            paper=locked,
            role=answer.acting_as,
            user=user,
            keyer_name=actor.name,
            keyer_code=actor.code,
            keyed_at=now,
        )
        _put(keying, reading)
        keying.save()
        record(locked.sheet.initiative, "sheet_keyed", actor, keying.role, now)
        _compare(locked, actor, keying.role, now)
    return keying


def correct(user, paper, points, comment, reason, *, comments=None, now=None):
    """One of the two sets their own keying right after looking at the scan again, with a reason.

    The other keying is never touched: the paper is sent only when both people's own readings agree.
    """
    now = now or timezone.now()
    with transaction.atomic():
        locked = locked_paper(paper)
        keying = own_keying(user, locked)
        _require(_correcting(user, locked, keying, now), locked)
        if not (reason or "").strip():
            _require(Answer("score", False, "reason_missing", field="reason"), locked)
        _put(keying, _checked(locked, points, comments or {}, comment))
        keying.corrected_at, keying.correction_reason = now, nfc(reason).strip()[:500]
        keying.save()
        actor = Actor.of(user)
        record(locked.sheet.initiative, "keying_corrected", actor, keying.role, now)
        _compare(locked, actor, keying.role, now)
    return keying


def can_correct(user, paper, now=None):
    """Whether this person may set their own keying right now: an `Answer`."""
    return _correcting(user, paper, own_keying(user, paper), now or timezone.now())


def _correcting(user, paper, keying, now):
    """The same question as for the first keying, with one's own keying out of the way."""
    if keying is None or len(paper.keyings.all()) < 2:
        return Answer("score", False, "nothing_to_compare", who=("paper_keyer",))
    return can_score(user, paper.sheet, now, from_paper=paper, again=keying)


def own_keying(user, paper):
    """What this person keyed of the paper, or None."""
    return next((keying for keying in paper.keyings.all() if keying.user_id == user.pk), None)


def drop_paper(user, paper, reason, now=None):
    """The secretary puts a paper aside (another one scanned, a sheet filled in online): what was keyed from
    it goes, the scan stays. Raises SheetRefused."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = locked_paper(paper)
        initiative = locked.sheet.initiative
        move = Move("drop_paper", Actor.of(user), now, {"reason": reason})
        if acting_capacity((SECRETARY,), initiative, move) is None:
            _require(Answer("score", False, "only_secretary", who=("secretary",)), locked)
        if locked.settled_at or locked.dropped_at:
            _require(Answer("score", False, "paper_not_in_hand", who=("secretary",)), locked)
        if not move.reason:
            _require(Answer("score", False, "reason_missing", field="reason"), locked)
        locked.keyings.all().delete()
        locked.dropped_at = now
        locked.save(update_fields=["dropped_at"])
        record(initiative, "paper_dropped", move.actor, "secretary", now, move.reason)
        announce_many([to_watchers(SHEET_IN, initiative, now, [locked.sheet.staff.user])])


# ---- what was read


def reading_of(keying):
    """A keying as exact values."""
    points = {code: Decimal(text) for code, text in keying.points.items()}
    return Reading(points, dict(keying.comments), keying.comment)


def differing(paper, rubric):
    """The criteria (and "" for the remarks) in which the two keyings differ; [] before both are in."""
    keyings = list(paper.keyings.all())
    if len(keyings) < 2:
        return []
    codes = [criterion.code for criterion in rubric.criteria]
    return differences(reading_of(keyings[0]), reading_of(keyings[1]), codes)


def _require(answer, paper):
    if not answer.allowed:
        raise SheetRefused(answer, paper.sheet.initiative)


def _take_scan(paper, scan):
    if paper.scan:
        return
    if scan is None:
        _require(Answer("score", False, "scan_missing", field="scan"), paper)
    paper.scan, paper.scan_name, paper.scan_sha256 = scan.path, scan.name, scan.sha256
    paper.save(update_fields=["scan", "scan_name", "scan_sha256"])


def _checked(paper, points, comments, comment):
    """The reading, once every value stands in its criterion's range and nothing required is missing."""
    rubric = paper.sheet.initiative.rubric.rubric
    for code, value in points.items():
        if value is not None:
            try:
                check_points(rubric.criterion(code), value)
            except ScoreRefused as refused:
                raise SheetRefused(
                    Answer("score", False, "points_out_of_range", {"name": rubric.criterion(code).name}),
                    paper.sheet.initiative,
                ) from refused
    missing = [criterion.name for criterion in rubric.required if points.get(criterion.code) is None]
    if missing:
        _require(Answer("score", False, "sheet_incomplete", {"names": ", ".join(missing)}), paper)
    given = {code: value for code, value in points.items() if value is not None}
    return Reading(given, {code: nfc(words) for code, words in comments.items() if words}, nfc(comment or ""))


def _put(keying, reading):
    keying.points = {code: str(value) for code, value in sorted(reading.points.items())}
    keying.comments = dict(sorted(reading.comments.items()))
    keying.comment = reading.comment


# ---- when both are in


def _compare(paper, actor, role, now):
    fresh = PaperSheet.objects.prefetch_related("keyings").get(pk=paper.pk)
    fresh.sheet = paper.sheet
    initiative = paper.sheet.initiative
    keyings = list(fresh.keyings.all())
    if len(keyings) < 2:
        announce_many([_to_the_other(fresh, role, now)])
    elif differing(fresh, initiative.rubric.rubric):
        keyers = User.objects.filter(pk__in=[k.user_id for k in keyings if k.user_id != actor.user.pk])
        announce_many([say(PAPER_DIFFERS, keyers, initiative, fresh.get_absolute_url())])
    else:
        _settle(fresh, reading_of(keyings[0]), actor, role, now)


def _to_the_other(paper, role, now):
    """Whoever is to key it as well: the clerks, or who keeps the dossier for the council."""
    initiative = paper.sheet.initiative
    if role == KeyingRole.SECRETARY:
        people = list(holders_of(Role.RECORDS_CLERK))
    else:
        people = [user for user in officers_of(initiative, now) if _keeps(user, initiative, now)]
    return say(PAPER_TO_KEY, people, initiative, paper.get_absolute_url())


def _keeps(user, initiative, now):
    return acting_capacity((SECRETARY,), initiative, Move("tell", Actor.of(user), now)) is not None


def _settle(paper, reading, actor, role, now):
    """Both said the same: the paper is the seat's sheet, sent by the second of the two."""
    from .. import workflow

    sheet = paper.sheet
    emptied = {point.criterion: None for point in sheet.points.all()}  # what was begun online gives way
    write(
        sheet,
        emptied | reading.points,
        reading.comment,
        reading.comments,
        base_version=sheet.edit_version,
    )
    if sheet.no_conflict_at is None:  # the paper says it above the signature, and both keyers saw it
        sheet.no_conflict_at = now
        sheet.save(update_fields=["no_conflict_at"])
    hand_in(sheet, now)
    paper.settled_at = now
    paper.save(update_fields=["settled_at"])
    record(sheet.initiative, "paper_sheet_sent", actor, role, now)
    if not workflow.close_if_all_in(sheet.initiative, now):
        announce_many([to_watchers(SHEET_IN, sheet.initiative, now, [sheet.staff.user])])

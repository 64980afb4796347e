"""Many more dossiers, written in bulk: rows that say the same as if each had walked through the door.

Nothing here is offered to a person or reachable from a page. A state is set once, when its row is made, with
everything that belongs to it: authors and their rights, evidence, the frozen version, history, sheets with
points, the frozen result, the vote, decision and certificates. Nobody is notified: it all lies in the past.
"""

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.contrib.auth.models import Permission
from django.db.models import prefetch_related_objects
from django.utils import timezone

from ideas.authorship import PERMISSIONS
from ideas.council import Council
from ideas.decisions import certificate_data
from ideas.files import EVIDENCE, store_signed_file
from ideas.formality import CHECKLIST
from ideas.lifecycle import DECISION_MONTHS, FORMALITY_MONTHS
from ideas.models import (
    AgendaItem,
    Appointment,
    Attachment,
    Author,
    Counter,
    Decision,
    Field,
    FrozenResult,
    HistoryEntry,
    Initiative,
    InitiativeCertificate,
    InitiativeUserObjectPermission,
    Meeting,
    MeetingAttendance,
    ScoreSheet,
    Seat,
    SheetPoint,
    SubmittedVersion,
)
from ideas.moves import CLOCK
from ideas.shares import even_shares
from ideas.text import title_key
from ideas.versions import canonical, content_of, digest
from obligations.terms import term_of_months, working_day_by
from papers import certificates
from people.models import Staff, User
from people.roles import Role
from people.service import workplaces
from scoring.result import SheetValues, compute, freeze

from . import texts
from .calendar import at
from .evidence import page
from .points import points_for
from .setting import make_round
from .story import INVESTOR

BATCH = 250
_OPEN_WEIGHTS = {"draft": 3, "submitted": 4, "accepted": 3, "evaluating": 5, "evaluated": 4, "withdrawn": 1}
_CLOSED_WEIGHTS = {"recognised": 14, "declined": 3, "refused": 2, "withdrawn": 1}
_SCORED = ("evaluating", "evaluated", "recognised", "declined")
_REASONS = {
    "refused": "Giải pháp đã được quy định bắt buộc nên không có tính mới tại phường.",
    "declined": "Hội đồng chưa đủ 2/3 số ghế đồng ý.",
    "withdrawn": "Tác giả muốn theo dõi thêm số liệu.",
}


@dataclass
class Made:
    rounds: int = 0
    initiatives: int = 0


@dataclass
class Case:
    """One dossier to write: its round, where it ends, and when each step was taken."""

    round: object
    state: str
    text: dict
    authors: list
    moments: dict
    rng: random.Random
    initiative: Initiative = None


class Desk:
    """What all dossiers of a load share, read once."""

    def __init__(self, calendar, appointment):
        self.calendar = calendar
        self.fields = {row.code: row for row in Field.objects.all()}
        self.permissions = list(
            Permission.objects.filter(content_type__app_label="ideas", codename__in=PERMISSIONS)
        )
        seated = Seat.objects.filter(appointment=appointment).values("staff_id")
        self.pool = list(
            Staff.objects.filter(is_sample=True, user__is_active=True)
            .exclude(pk__in=seated)
            .exclude(user__groups__name=Role.HEAD)
            .select_related("user")
            .order_by("pk")
        )
        self.places = workplaces([person.pk for person in self.pool], calendar.today)
        self.pool = [person for person in self.pool if person.pk in self.places]
        self.head = User.objects.select_related("staff").get(username="lanhdao")
        self.secretary = User.objects.select_related("staff").get(username="thuky")
        self.evidence = store_signed_file(_evidence(), "dossiers", policy=EVIDENCE)
        self.decision = store_signed_file(_signed(self.head))
        self._councils = {}
        self._meetings = {}

    def council(self, round_):
        if round_.appointment_id not in self._councils:
            day = timezone.localdate(round_.opens_at) + timedelta(days=30)
            self._councils[round_.appointment_id] = Council(round_.appointment, day)
        return self._councils[round_.appointment_id]

    def meeting(self, round_):
        """The one meeting that settled a closed round's dossiers, made when first asked for."""
        if round_.pk not in self._meetings:
            self._meetings[round_.pk] = self._hold(round_)
        return self._meetings[round_.pk]

    def _hold(self, round_):
        starts_at = at(working_day_by(timezone.localdate(round_.closes_at) + timedelta(days=24)), 8)
        council = self.council(round_)
        meeting = Meeting.objects.create(
            appointment=round_.appointment,
            number=Meeting.objects.filter(starts_at__year=starts_at.year).count() + 1,
            starts_at=starts_at,
            place="Phòng họp tầng 2, trụ sở UBND phường",
            state="closed",
            presided_by=council.holder("chair").staff,
            opened_at=starts_at + timedelta(minutes=5),
            closed_at=starts_at + timedelta(hours=3),
            conclusion="Hội đồng đã biểu quyết các sáng kiến trong danh sách.",
            is_sample=True,
        )
        MeetingAttendance.objects.bulk_create(
            MeetingAttendance(meeting=meeting, seat=seat, is_present=True) for seat in council.voting_seats
        )
        return meeting


def _evidence():
    parts = [("Số liệu", "Như mô tả trong hồ sơ.")]
    return page("so-lieu.pdf", "Bảng số liệu trước và sau", "Minh chứng mẫu", parts, signer="Người lập bảng")


def _signed(head):
    parts = [("Điều 1", "Như danh sách kèm theo.")]
    return page("quyet-dinh.pdf", "Quyết định", "Kèm danh sách", parts, signer=head.display_name)


def load_more(calendar, appointment, rounds, size, count):
    """Writes `count` dossiers over the rounds of `size.years` years. Returns what was made."""
    if count <= 0:
        return Made()
    earlier = _earlier_rounds(calendar, appointment, size.years - 1)
    desk = Desk(calendar, appointment)
    all_rounds = [*earlier, *rounds]
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        _write(desk, [_case(desk, all_rounds, number, size.seed) for number in numbers])
    return Made(rounds=len(earlier), initiatives=count)


def _earlier_rounds(calendar, appointment, years):
    """Two closed rounds for each earlier year, judged by the council of the term before."""
    if years < 1:
        return []
    before = Appointment.objects.create(
        decision_number="88/QĐ-UBND",
        decided_on=calendar.day(320 + 365 * years),
        start_on=calendar.day(320 + 365 * years),
        end_before=appointment.start_on,
        is_sample=True,
    )
    Seat.objects.bulk_create(
        Seat(appointment=before, number=seat.number, role=seat.role, staff=seat.staff)
        for seat in appointment.seats.select_related("staff")
    )
    windows = [
        (opens + 365 * year, closes + 365 * year)
        for year in range(years, 0, -1)
        for opens, closes in ((300, 130), (100, -10))
    ]
    return [
        make_round(before, calendar.moment(opens), calendar.moment(closes, 17), calendar.day(closes - 10))
        for opens, closes in windows
    ]


# ---- one dossier


def _case(desk, rounds, number, seed):
    rng = random.Random(f"{seed}:more:{number}")  # noqa: S311 - repeatable on purpose
    round_ = rounds[number % len(rounds)]
    is_open = round_.closes_at > at(desk.calendar.today, 0)
    weights = _OPEN_WEIGHTS if is_open else _CLOSED_WEIGHTS
    state = rng.choices(list(weights), list(weights.values()))[0]
    text = rng.choice([story for story in texts.initiatives() if story["texts"]["description"]])
    authors = rng.sample(desk.pool, min(rng.choice([1, 1, 2, 2, 3]), len(desk.pool)))
    return Case(round_, state, text, authors, _moments(desk, round_, is_open, rng), rng)


def _moments(desk, round_, is_open, rng):
    """When each step fell: in the round, on working days, the last one before today."""
    first = timezone.localdate(round_.opens_at)
    last = desk.calendar.day(40) if is_open else timezone.localdate(round_.closes_at) - timedelta(days=2)
    filed = first + timedelta(days=rng.randint(3, max((last - first).days, 4)))
    offsets = {"create": -2, "submit": 0, "accept": 7, "start": 9, "score": 12, "close": 21}
    found = {
        name: at(max(working_day_by(filed + timedelta(days=days)), first), 9 + order)
        for order, (name, days) in enumerate(offsets.items())
    }
    if not is_open:
        met = working_day_by(timezone.localdate(round_.closes_at) + timedelta(days=24))
        found["close"] = min(found["close"], at(working_day_by(met - timedelta(days=1)), 16))
        found["vote"] = at(met, 10)
        found["decide"] = at(working_day_by(met + timedelta(days=8)), 15)
    return found


def _reached(case, *steps):
    order = {
        "draft": (),
        "submitted": ("submit",),
        "refused": ("submit",),
        "withdrawn": ("submit",),
        "accepted": ("submit", "accept"),
    }.get(case.state, ("submit", "accept", "start"))
    return all(step in order for step in steps)


# ---- writing


def _write(desk, cases):
    _write_initiatives(desk, cases)
    _write_authors(desk, cases)
    _write_files(desk, cases)
    initiatives = [case.initiative for case in cases]
    prefetch_related_objects(initiatives, "authors__staff", "participants", "attachments")
    versions = _write_versions(cases)
    sheets = _write_sheets(desk, [case for case in cases if case.state in _SCORED], versions)
    closed = [case for case in cases if case.state in ("evaluated", "recognised", "declined")]
    _write_results(desk, closed, sheets)
    decided = [case for case in cases if case.state in ("recognised", "declined")]
    _write_votes(desk, decided)
    _write_decisions(desk, decided)
    HistoryEntry.objects.bulk_create(
        (entry for case in cases for entry in _history(desk, case)), batch_size=2000
    )


def _write_initiatives(desk, cases):
    codes = _codes(cases)
    receipts = _receipts(cases)
    for case, code, receipt in zip(cases, codes, receipts, strict=True):
        case.initiative = Initiative(code=code, receipt_number=receipt, **_values(desk, case))
    Initiative.objects.bulk_create(case.initiative for case in cases)
    for case in cases:
        made = case.initiative
        made.created_at = case.moments["create"]
        made.edited_at = case.moments["submit" if made.submitted_at else "create"]
        made.state_since = case.moments[_last_step(case)]
    Initiative.objects.bulk_update(
        [case.initiative for case in cases], ["created_at", "edited_at", "state_since"]
    )


def _last_step(case):
    return {
        "draft": "create",
        "submitted": "submit",
        "refused": "accept",
        "withdrawn": "accept",
        "accepted": "accept",
        "evaluating": "start",
        "evaluated": "close",
    }.get(case.state, "decide")


def _values(desk, case):
    main = case.authors[0]
    unit, _position = desk.places[main.pk]
    number = case.rng.randint(1, 24)
    title = f"{case.text['title']}, tổ dân phố số {number}"
    submitted = _reached(case, "submit")
    day = {name: timezone.localdate(moment) for name, moment in case.moments.items()}
    values = {
        "state": case.state,
        "unit": unit,
        "created_by": main.user,
        "edited_by": main.user,
        "is_sample": True,
        "title": title,
        "title_key": title_key(title),
        "kind": case.text["kind"],
        "field": desk.fields[case.text["field"]],
        "investor": INVESTOR,
        "uses_public_money": False,
        "first_applied_on": day["submit"] - timedelta(days=case.rng.randint(40, 300)),
        "has_confidential_part": False,
        "edit_version": 5,
        **(case.text["texts"] | {"confidential_part": ""}),
    }
    if submitted:
        values |= {
            "round": case.round,
            "submitted_at": case.moments["submit"],
            "received_on": day["submit"],
            "formality_due_on": term_of_months(day["submit"], FORMALITY_MONTHS),
        }
    if _reached(case, "accept"):
        values |= {
            "accepted_on": day["accept"],
            "decision_due_on": term_of_months(day["accept"], DECISION_MONTHS),
            "formality_checklist": dict.fromkeys(CHECKLIST, True),
        }
    if _reached(case, "start"):
        values |= {"rubric": case.round.rubric, "evaluation_number": 1}
    if case.state in ("refused", "declined"):
        values["public_reason"] = _REASONS[case.state]
    return values


def _codes(cases):
    years = [timezone.localdate(case.moments["create"]).year for case in cases]
    numbers = _take("initiative", years)
    return [f"SK-{year}-HD{next(numbers[year]):02d}" for year in years]


def _receipts(cases):
    years = [
        timezone.localdate(case.moments["submit"]).year if _reached(case, "submit") else None
        for case in cases
    ]
    numbers = _take("receipt", [year for year in years if year])
    return [next(numbers[year]) if year else None for year in years]


def _filed_in(case):
    return timezone.localdate(case.moments["submit"]).year


def _take(series, years):
    """`{year: numbers}`: as many running numbers of each year as it has dossiers here."""
    counts = defaultdict(int)
    for year in years:
        counts[year] += 1
    taken = {}
    for year, count in counts.items():
        name = f"{series}:{year}"
        Counter.objects.get_or_create(series=name)
        row = Counter.objects.select_for_update().get(series=name)
        taken[year] = iter(range(row.last + 1, row.last + count + 1))
        row.last += count
        row.save(update_fields=["last"])
    return taken


def _write_authors(desk, cases):
    Author.objects.bulk_create(
        _author(desk, case, person, order, share)
        for case in cases
        for order, (person, share) in enumerate(
            zip(case.authors, even_shares(len(case.authors)), strict=True), start=1
        )
    )
    InitiativeUserObjectPermission.objects.bulk_create(
        InitiativeUserObjectPermission(
            user=person.user, permission=permission, content_object=case.initiative
        )
        for case in cases
        for person in case.authors
        for permission in desk.permissions
    )


def _author(desk, case, person, order, share):
    unit, position = desk.places[person.pk]
    return Author(
        initiative=case.initiative,
        order=order,
        staff=person,
        full_name=person.full_name,
        birth_date=person.birth_date,
        workplace=unit.name,
        job_title=position,
        qualification=person.qualification,
        share=share,
        is_main=order == 1,
        confirmed_at=None if order == 1 else case.moments["create"],
    )


def _write_files(desk, cases):
    """One stored page serves as everybody's evidence."""
    rows = Attachment.objects.bulk_create(
        Attachment(
            initiative=case.initiative,
            file=desk.evidence.path,
            name=desk.evidence.name,
            content_type="application/pdf",
            size=desk.evidence.size,
            sha256=desk.evidence.sha256,
            uploaded_by=case.authors[0].user,
        )
        for case in cases
    )
    for row, case in zip(rows, cases, strict=True):
        row.uploaded_at = case.moments["create"]
    Attachment.objects.bulk_update(rows, ["uploaded_at"])


def _write_versions(cases):
    submitted = [case for case in cases if _reached(case, "submit")]
    rows = []
    for case in submitted:
        payload = canonical(content_of(case.initiative))
        rows.append(
            SubmittedVersion(
                initiative=case.initiative,
                number=1,
                payload=payload.decode(),
                sha256=digest(payload),
                submitted_at=case.moments["submit"],
                submitted_by_name=case.authors[0].full_name,
            )
        )
    return {row.initiative_id: row for row in SubmittedVersion.objects.bulk_create(rows)}


def _write_sheets(desk, cases, versions):
    """`{initiative pk: [(sheet, points)]}`; while scoring runs some sheets are still out."""
    written, rows = defaultdict(list), []
    for case in cases:
        level = case.rng.uniform(0.3, 0.5) if case.state == "declined" else case.rng.uniform(0.62, 0.94)
        out = case.rng.randint(1, 6) if case.state == "evaluating" else 0
        for nth, filled in enumerate(desk.council(case.round).fill(case.initiative)):
            sent = nth >= out
            sheet = ScoreSheet(
                initiative=case.initiative,
                evaluation_number=1,
                seat=filled.seat,
                staff=filled.staff,
                alternate=filled.alternate,
                version=versions[case.initiative.pk],
                state="submitted" if sent else "todo",
                submitted_at=case.moments["score"] + timedelta(hours=nth) if sent else None,
                edit_version=1 if sent else 0,
                comment=case.rng.choice(texts.comments()) if sent else "",
            )
            points = points_for(case.round.rubric.rubric, level, case.rng) if sent else {}
            rows.append(sheet)
            written[case.initiative.pk].append((sheet, points))
    ScoreSheet.objects.bulk_create(rows, batch_size=1000)
    SheetPoint.objects.bulk_create(
        (
            SheetPoint(sheet=sheet, criterion=criterion, points=value)
            for pairs in written.values()
            for sheet, points in pairs
            for criterion, value in points.items()
        ),
        batch_size=3000,
    )
    return written


def _write_results(desk, cases, sheets):
    rows = []
    for case in cases:
        rubric = case.round.rubric.rubric
        handed_in = [_values_of(sheet, points) for sheet, points in sheets[case.initiative.pk]]
        result = compute(rubric, handed_in, expected=len(desk.council(case.round).voting_seats))
        frozen = freeze(result, rubric, handed_in)
        rows.append(
            FrozenResult(
                initiative=case.initiative,
                evaluation_number=1,
                sequence=1,
                frozen_at=case.moments["close"],
                payload=frozen.canonical.decode(),
                sha256=frozen.sha256,
                submitted=result.count,
                expected=result.expected,
                mean=result.total.mean_shown,
                median=result.total.median_shown,
                spread=result.total.spread_shown,
                grade=result.grade or "",
                verdict=result.verdict or "",
                has_disagreement=result.disagreement,
                for_city=result.sent_to_city,
            )
        )
    FrozenResult.objects.bulk_create(rows)


def _values_of(sheet, points):
    return SheetValues(str(sheet.seat.number), {code: Decimal(value) for code, value in points.items()})


def _write_votes(desk, cases):
    """Secret ballots, as totals: the way large agendas are voted on."""
    rows = []
    for case in cases:
        meeting, council = desk.meeting(case.round), desk.council(case.round)
        seats = len(council.voting_seats)
        agreed = seats - case.rng.randint(0, 1) if case.state == "recognised" else council.needed - 2
        rows.append(
            AgendaItem(
                meeting=meeting,
                initiative=case.initiative,
                evaluation_number=1,
                mode="secret",
                seats=seats,
                needed=council.needed,
                had_quorum=True,
                votes_for=agreed,
                votes_against=seats - agreed,
                issued=seats,
                returned=seats,
                valid=seats,
                invalid=0,
                conclusion="recognise" if case.state == "recognised" else "decline",
                recorded_at=meeting.starts_at + timedelta(hours=2),
            )
        )
    AgendaItem.objects.bulk_create(rows)


def _write_decisions(desk, cases):
    rows = Decision.objects.bulk_create(_decision(desk, case) for case in cases)
    for row, case in zip(rows, cases, strict=True):
        row.recorded_at = case.moments["decide"]
    Decision.objects.bulk_update(rows, ["recorded_at"])
    recognised = [
        (case, decision, author)
        for case, decision in zip(cases, rows, strict=True)
        if case.state == "recognised"
        for author in case.initiative.authors.all()
    ]
    data = [
        certificate_data(case.initiative, author, decision, None) for case, decision, author in recognised
    ]
    issued = certificates.issue_many("initiative", data) if data else []
    InitiativeCertificate.objects.bulk_create(
        InitiativeCertificate(author=author, certificate=paper)
        for (_case_, _decision_, author), paper in zip(recognised, issued, strict=True)
    )


def _decision(desk, case):
    day = timezone.localdate(case.moments["decide"])
    return Decision(
        initiative=case.initiative,
        kind="recognise" if case.state == "recognised" else "decline",
        number=f"{300 + case.round.pk}/QĐ-UBND",
        decided_on=day,
        signer=desk.head.staff,
        signer_name=desk.head.display_name,
        reason=_REASONS["declined"] if case.state == "declined" else "",
        file=desk.decision.path,
        file_name=desk.decision.name,
        sha256=desk.decision.sha256,
    )


# ---- history


def _history(desk, case):
    """The lines the door would have written."""
    main, clerk, head = case.authors[0].user, desk.secretary, desk.head
    yield _entry(case, "create", "create", "", "draft", main, "main_author")
    if not _reached(case, "submit"):
        return
    yield _entry(case, "submit", "submit", "draft", "submitted", main, "main_author")
    reason = _REASONS.get(case.state, "")
    if case.state == "refused":
        yield _entry(case, "accept", "refuse", "submitted", "refused", clerk, "secretary", reason)
    if case.state == "withdrawn":
        yield _entry(case, "accept", "withdraw", "submitted", "withdrawn", main, "main_author", reason)
    if not _reached(case, "accept"):
        return
    yield _entry(case, "accept", "accept", "submitted", "accepted", clerk, "secretary")
    if not _reached(case, "start"):
        return
    yield _entry(case, "start", "start_evaluation", "accepted", "evaluating", clerk, "secretary")
    if case.state == "evaluating":
        return
    yield _entry(case, "close", "close_evaluation", "evaluating", "evaluated", None, "clock")
    if case.state in ("recognised", "declined"):
        yield _entry(case, "vote", "vote_recorded", "evaluated", "evaluated", clerk, "secretary")
    if case.state == "recognised":
        yield _entry(case, "decide", "recognise", "evaluated", "recognised", head, "head")
    if case.state == "declined":
        yield _entry(case, "decide", "decline", "evaluated", "declined", head, "head", reason)


def _entry(case, when, transition, source, target, user, role, reason=""):
    return HistoryEntry(
        initiative=case.initiative,
        at=case.moments[when],
        transition=transition,
        from_state=source,
        to_state=target,
        user=user,
        actor_name=user.display_name if user else CLOCK.name,
        actor_code=user.staff.staff_code if user else "",
        actor_role=role,
        reason=reason,
    )

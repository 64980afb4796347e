"""The written dossiers walk through the workflow's own door, all together in the order of time.

Each step is what a person would have done on that day, asked and logged as theirs; so codes, receipt numbers
and certificates run in the order things happened.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from django.utils import timezone

from ideas import complaints, evaluation, formality, workflow
from ideas.files import store_signed_file
from ideas.formality import CHECKLIST
from ideas.models import (
    Initiative,
    ScoreSheet,
)
from ideas.moves import CLOCK
from people.models import User
from people.samples.calendar import at

from . import authors_steps as authors
from . import texts
from .backdate import Clock
from .evidence import page
from .meetings import hold, invite
from .points import points_for

READ_AFTER_DAYS = 10  # notices of the last days are still unread


@dataclass
class Stage:
    """Who and what the steps refer to: accounts by user name, dossiers by their key."""

    seed: int
    calendar: object
    appointment: object
    people: dict
    initiatives: dict = field(default_factory=dict)
    meetings: dict = field(default_factory=dict)

    def dossier(self, key):
        return Initiative.objects.select_related("rubric").get(pk=self.initiatives[key])

    def rng(self, *parts):
        return random.Random(":".join(map(str, (self.seed, *parts))))  # noqa: S311 - repeatable on purpose


@dataclass(order=True)
class Event:
    """One step on one day; `order` keeps the order of days that fall on the same working day."""

    day: object
    order: int
    run: Callable = field(compare=False)  # run(moment); may return a later one


def play(calendar, appointment, count, seed):
    """Tells the first `count` dossiers and the council's meetings; returns how many dossiers were made."""
    people = {user.username: user for user in User.objects.filter(is_sample=True).select_related("staff")}
    stage = Stage(seed, calendar, appointment, people)
    chosen = texts.initiatives()[:count]
    clock = Clock()
    for event, moment in _with_moments(_events(stage, chosen)):
        moment = event.run(moment) or moment
        clock.turn(moment, read=timezone.localdate(moment) < calendar.day(READ_AFTER_DAYS))
    return len(chosen)


def _events(stage, chosen):
    keys = {dossier["key"] for dossier in chosen}
    planned = []
    for dossier in chosen:
        for days_ago, name, *options in dossier["steps"]:
            options = options[0] if options else {}
            if name == "merge" and options["into"] not in keys:
                continue
            planned += [(when, run) for when, run in _spread(stage, dossier, days_ago, name, options)]
    for meeting in texts.meetings():
        items = [item for item in meeting["items"] if item["key"] in keys]
        if items:
            planned.append((meeting["invited_days_ago"], partial(invite, stage, meeting, items)))
        if items and meeting["days_ago"] >= 0:
            planned.append((meeting["days_ago"], partial(hold, stage, meeting, items)))
    planned.sort(key=lambda step: -step[0])  # stable: the steps of one day keep their order
    return [Event(stage.calendar.day(when), order, run) for order, (when, run) in enumerate(planned)]


def _spread(stage, dossier, days_ago, name, options):
    """A step as one event; score sheets come in one by one over some days."""
    if name != "sheets":
        return [(days_ago, partial(STEPS[name], stage, dossier, **options))]
    seats = options.get("only") or [None] * 7
    return [
        (
            days_ago + (len(seats) - 1 - nth) * 0.7,
            partial(_sheet, stage, dossier, by=by, nth=nth, split=options.get("split", 0)),
        )
        for nth, by in enumerate(seats)
    ]


def _with_moments(events):
    """Each event with a moment of its day: from eight on, in order, nine minutes apart."""
    day, count = None, 0
    for event in sorted(events):
        count = count + 1 if event.day == day else 0
        day = event.day
        yield event, at(day, 8, 5) + timedelta(minutes=9 * count)


# ---- the secretary's steps


def _by_secretary(transition):
    def step(stage, dossier, moment, **data):
        workflow.move(stage.dossier(dossier["key"]), transition, stage.people["thuky"], now=moment, **data)

    return step


def _check(stage, dossier, moment, ticked):
    initiative = stage.dossier(dossier["key"])
    for item in list(CHECKLIST)[:ticked]:
        formality.tick(initiative, stage.people["thuky"], item, True, now=moment)


def _accept(stage, dossier, moment):
    _check(stage, dossier, moment, len(CHECKLIST))
    workflow.move(stage.dossier(dossier["key"]), "accept", stage.people["thuky"], now=moment)


def _expire(stage, dossier, moment):
    workflow.move(stage.dossier(dossier["key"]), "expire", CLOCK, now=moment)


def _merge(stage, dossier, moment, into, reason):
    secretary, file = stage.people["thuky"], authors.file(dossier, "dong-y-gop")
    formality.attach_document(stage.dossier(dossier["key"]), secretary, "merge_consent", file, now=moment)
    workflow.move(
        stage.dossier(dossier["key"]),
        "merge",
        secretary,
        now=moment,
        reason=reason,
        surviving=stage.dossier(into),
    )


def _complete_again(stage, dossier, moment, reason, days):
    workflow.move(
        stage.dossier(dossier["key"]),
        "complete_again",
        stage.people["thuky"],
        now=moment,
        reason=reason,
        due_on=timezone.localdate(moment) + timedelta(days=days),
    )


# ---- the members' steps


def _open_sheets(initiative):
    sheets = ScoreSheet.objects.filter(initiative=initiative).current()
    sheets = sheets.filter(state__in=("todo", "draft"))
    return sheets.select_related("seat", "staff__user", "initiative__rubric")


def _sheet(stage, dossier, moment, *, by, nth, split):
    """The next sheet comes in, or that of one member. `split` sets half of the members far apart."""
    initiative = stage.dossier(dossier["key"])
    sheets = _open_sheets(initiative)
    sheet = sheets.get(staff__user__username=by) if by else sheets.order_by("seat__number").last()
    rng = stage.rng(dossier["key"], initiative.evaluation_number, sheet.seat.number)
    level = dossier["level"] + (split / 2 if nth % 2 else -split / 2)
    _confirm(sheet, moment)
    evaluation.submit_sheet(
        sheet.staff.user,
        sheet,
        points_for(initiative.rubric.rubric, level, rng),
        rng.choice(texts.comments()),
        base_version=sheet.edit_version,
        now=moment,
    )


def _confirm(sheet, moment):
    evaluation.confirm_no_conflict(sheet.staff.user, [sheet], now=moment)
    sheet.refresh_from_db()


def _save(stage, dossier, moment, by):
    """A draft sheet with all criteria but the last."""
    initiative = stage.dossier(dossier["key"])
    sheet = _open_sheets(initiative).get(staff__user__username=by)
    points = points_for(initiative.rubric.rubric, dossier["level"], stage.rng(dossier["key"], by))
    points.popitem()
    _confirm(sheet, moment)
    evaluation.save_sheet(sheet.staff.user, sheet, points, "", base_version=sheet.edit_version, now=moment)


def _declare(stage, dossier, moment, by, reason):
    sheet = _open_sheets(stage.dossier(dossier["key"])).get(staff__user__username=by)
    evaluation.declare_conflict(stage.people[by], sheet, reason, now=moment)


# ---- the head's steps


def _by_head(transition):
    def step(stage, dossier, moment, number, by="lanhdao", **data):
        signer = stage.people[by]
        paper = page(
            f"quyet-dinh-{number.split('/')[0]}.pdf",
            f"Quyết định số {number}",
            dossier["title"],
            [("Điều 1", data.get("public_reason") or data.get("reason") or "Công nhận sáng kiến.")],
            signer=signer.display_name,
        )
        workflow.move(
            stage.dossier(dossier["key"]),
            transition,
            signer,
            now=moment,
            number=number,
            decided_on=timezone.localdate(moment),
            file=store_signed_file(paper),
            **data,
        )

    return step


def _complaint_of(stage, dossier):
    return stage.dossier(dossier["key"]).complaints.get()


def _take_up(stage, dossier, moment):
    complaints.take_up(_complaint_of(stage, dossier), stage.people["lanhdao"], now=moment)


def _settle(stage, dossier, moment, outcome, answer):
    complaint = _complaint_of(stage, dossier)
    complaints.settle(complaint, stage.people["lanhdao"], outcome=outcome, answer=answer, now=moment)


STEPS = {
    "begin": authors.begin,
    "begin_part": authors.begin_part,
    "confirm": authors.confirm,
    "ask": authors.ask,
    "submit": authors.submit,
    "resubmit": authors.resubmit,
    "withdraw": authors.withdraw,
    "complaint": authors.complaint,
    "take_up": _take_up,
    "settle": _settle,
    "check": _check,
    "accept": _accept,
    "expire": _expire,
    "merge": _merge,
    "complete_again": _complete_again,
    "request_supplement": _by_secretary("request_supplement"),
    "late_accept": _by_secretary("late_accept"),
    "refuse": _by_secretary("refuse"),
    "start": _by_secretary("start_evaluation"),
    "declare": _declare,
    "save": _save,
    "recognise": _by_head("recognise"),
    "decline": _by_head("decline"),
    "correct": _by_head("correct"),
    "revoke": _by_head("revoke"),
}

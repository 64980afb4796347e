"""A frozen report (or a draft as it would be frozen) as pages draw it: values and words, no database."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..models import Part
from . import saying


@dataclass(frozen=True)
class ShownTarget:
    code: str
    text: str
    coordinates: bool
    goal: str
    expected: str
    figure: str
    words: str
    note: str
    standing: str
    standing_words: str
    source: str
    evidence: tuple


@dataclass(frozen=True)
class ShownTask:
    code: str
    text: str
    coordinates: bool
    state: str
    progress: str
    due: str
    is_late: bool
    is_invited: bool
    done: str
    next: str


@dataclass(frozen=True)
class ShownReport:
    cut_off: str
    last_day: str
    unit: str
    unit_code: str
    by: str
    is_late: bool
    targets: list
    tasks: list
    results: str
    difficulties: list
    next: str
    roll_on: str
    roll_people: int
    roll_categories: list
    roll_rows: list


def shown(payload) -> ShownReport:
    period, roll = payload["period"], payload["roll"]
    return ShownReport(
        cut_off=saying.day(period["cut_off"]),
        last_day=saying.day(period["last_day"]),
        unit=payload["unit"]["name"],
        unit_code=payload["unit"]["code"],
        by=payload["by"],
        is_late=payload["is_late"],
        targets=[_target(entry) for entry in payload["targets"]],
        tasks=[_task(entry) for entry in payload["tasks"]],
        results=payload["results"],
        difficulties=payload["difficulties"],
        next=payload["next"],
        roll_on=saying.day(roll["on"]),
        roll_people=roll["people"],
        roll_categories=[(saying.category_words(code), count) for code, count in roll["by_category"].items()],
        roll_rows=[
            (code, name, saying.category_words(category), position)
            for code, name, category, position in roll["rows"]
        ],
    )


def _target(entry):
    coordinates = entry["part"] == Part.COORDINATE
    return ShownTarget(
        code=entry["code"],
        text=entry["indicator"] or entry["text"],
        coordinates=coordinates,
        goal=saying.goal_words(entry),
        expected=saying.with_measure(entry["expected"], entry),
        figure=saying.figure_words(entry),
        words=entry["words"],
        note=entry["note"],
        standing=entry["standing"],
        standing_words=saying.standing_words(entry),
        source=_source(entry),
        evidence=tuple(entry["evidence"]),
    )


def _source(entry):
    if entry["as_of"] is None:
        return ""
    words = _("counted by the portal, %(day)s") if entry["source"] == "computed" else _("as of %(day)s")
    return words % {"day": saying.day(entry["as_of"])}


def _task(entry):
    return ShownTask(
        code=entry["code"],
        text=entry["text"],
        coordinates=entry["part"] == Part.COORDINATE,
        state=entry["state"],
        progress=saying.progress_words(entry),
        due=saying.day(entry["due_on"]),
        is_late=entry["is_late"],
        is_invited=entry["is_invited"],
        done=entry["done"],
        next=entry["next"],
    )

"""The kinds of competition as data (legal.md §4.1): what one brings along, so that an organiser sets only
dates."""

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from wagtail.blocks import StreamValue

from vietnamese.text import nfc

from .acts import log
from .models import Blueprint, CompetitionPage, EntryRubric, Phase, Prize
from .organising.refusals import ActRefused
from .organising.team import let_organise
from .organising.tree import index_page, next_code, slug_for, ward_in_a_sentence
from .phases import Window, faults

_DATA = Path(__file__).parent / "data" / "blueprints.json"
_FIRST_DAYS = 14  # proposed: two weeks to finish, be approved and be read before entries open
_OPENS, _CLOSES = time(8, 0), time(17, 0)


@dataclass(frozen=True)
class PhasePlan:
    """A phase as proposed: `gap_days` after the one before, `days` long; an optional one may be left out."""

    code: str
    gap_days: int
    days: int
    optional: bool = False


@dataclass(frozen=True)
class Article:
    code: str
    heading: str
    text: str
    required: bool


@dataclass(frozen=True)
class Plan:
    """One blueprint: texts with {ward} and {title} open, phases, facts of the page, prizes, rubric."""

    code: str
    summary: str
    page_summary: str
    articles: tuple[Article, ...]
    phases: tuple[PhasePlan, ...]
    facts: dict
    prizes: tuple[dict, ...]
    rubric: str

    @property
    def label(self):
        return Blueprint(self.code).label

    @property
    def required(self):
        """Codes of the articles it cannot be published without."""
        return tuple(article.code for article in self.articles if article.required)

    @property
    def takes_entries(self):
        return any(phase.code == "entry" for phase in self.phases)

    @property
    def is_judged(self):
        return bool(self.rubric)

    def phase(self, code):
        return next((phase for phase in self.phases if phase.code == code), None)


@cache
def all_plans() -> dict[str, Plan]:
    """{code: Plan}, in the order they are offered."""
    data = json.loads(_DATA.read_text(encoding="utf-8"))
    return {row["code"]: _plan(row, data["articles"]) for row in data["blueprints"]}


def plan_of(code) -> Plan:
    """Raises KeyError for a kind nobody knows."""
    return all_plans()[code]


def _plan(row, articles):
    required = set(row["required"])
    return Plan(
        code=row["code"],
        summary=row["summary"],
        page_summary=row["page_summary"],
        articles=tuple(
            Article(code, articles[code]["heading"], _text(articles[code], row["code"]), code in required)
            for code in row["articles"]
        ),
        phases=tuple(PhasePlan(**phase) for phase in row["phases"]),
        facts=row["facts"],
        prizes=tuple(row["prizes"]),
        rubric=row["rubric"],
    )


def _text(article, blueprint):
    texts = article["texts"]
    return "\n".join(texts.get(blueprint) or texts["default"])


# ---- dates


def proposed(plan: Plan, first_day=None) -> list[Window]:
    """The windows of `plan` when it begins on `first_day`: from 08:00 to 17:00 of their days, the optional
    ones included."""
    day = first_day or timezone.localdate() + timedelta(days=_FIRST_DAYS)
    windows = []
    for phase in plan.phases:
        first = day + timedelta(days=phase.gap_days)
        day = first + timedelta(days=phase.days)
        windows.append(Window(phase.code, _at(first, _OPENS), _at(day, _CLOSES)))
    return windows


def _at(day, moment):
    return timezone.make_aware(datetime.combine(day, moment))


# ---- making one


def make(blueprint, title, starts, organiser, *, now=None) -> CompetitionPage:
    """A draft of this kind, with everything the blueprint brings; `starts` are its windows, `organiser` may
    organise it from then on. One transaction. Raises ActRefused for windows that cannot be, ("windows",
    faults).
    """
    plan, windows, now = plan_of(blueprint), list(starts), now or timezone.now()
    known = {phase.code for phase in plan.phases}
    needed = {phase.code for phase in plan.phases if not phase.optional}
    given = {window.code for window in windows}
    if found := faults(windows):
        raise ActRefused("windows", {"faults": found})
    if given - known or needed - given:
        raise ActRefused("windows_of_another_kind")
    with transaction.atomic():
        index = index_page(lock=True)  # codes are given one after the other
        page = index.add_child(instance=_page(plan, nfc(title).strip(), organiser, index, now))
        revision = page.save_revision(user=organiser, log_action=True)
        Phase.objects.bulk_create(
            Phase(competition=page, code=w.code, opens_at=w.opens_at, closes_at=w.closes_at) for w in windows
        )
        Prize.objects.bulk_create(
            Prize(competition=page, order=order, **prize) for order, prize in enumerate(plan.prizes)
        )
        let_organise(page, organiser)
        log(page, "made", organiser, now=now, blueprint=plan.code, revision=revision.pk)
    return CompetitionPage.objects.get(pk=page.pk)


def _page(plan, title, organiser, index, now):
    words = {"ward": ward_in_a_sentence(), "title": title}
    return CompetitionPage(
        title=title,
        slug=slug_for(title, index),
        code=next_code(timezone.localtime(now).year),
        blueprint=plan.code,
        live=False,
        has_unpublished_changes=True,
        owner=organiser,
        summary=plan.page_summary.format(**words),
        rules=rules_of([(a.code, a.heading, a.text.format(**words)) for a in plan.articles]),
        contact_name=organiser.display_name[:120],
        contact_email=organiser.email,
        rubric=EntryRubric.objects.filter(code=plan.rubric).first() if plan.rubric else None,
        is_sample=organiser.is_sample,
        **plan.facts,
    )


def rules_of(articles) -> StreamValue:
    """[(code, heading, text)] as the page keeps them."""
    block = CompetitionPage._meta.get_field("rules").stream_block
    raw = [
        {"type": "article", "value": {"code": code, "heading": heading, "text": text}}
        for code, heading, text in articles
    ]
    return StreamValue(block, raw, is_lazy=True)

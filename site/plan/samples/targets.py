"""Sample figures of targets, through the doors people use.

Some units and definitions are confirmed; several targets stay without a figure, one is late, one at risk.
"""

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from config.figures import figure_of
from people.models import User

from ..access import reported_units
from ..loading import YEARS
from ..models import Target
from ..targets import defining, expecting, owners, reporting
from ..targets.access import START
from ..targets.figures import Figure

SOURCE = "Số liệu mẫu"
IN_PLACE = "Nhập thay đơn vị chưa có người báo cáo (số liệu mẫu)"
_DATA = Path(__file__).parent / "targets.json"
_REPORTERS = ("baocao", "truongdonvi")


def load_targets(size, now):
    """`{what: how many}`; nothing where the plan is not loaded or its time is over."""
    today = timezone.localdate(now)
    coordinator = User.objects.filter(username="dieuphoi").first()
    targets = {target.code: target for target in Target.objects.all()}
    if not targets or coordinator is None or today.year not in YEARS:
        return {}
    people = [(user, reported_units(user, today)) for user in User.objects.filter(username__in=_REPORTERS)]
    made = 0
    for code, wanted in json.loads(_DATA.read_text())["targets"].items():
        if code in targets and figure_of(code) is None:
            made += _load(targets[code], wanted, coordinator, people, now)
    return {"target_figures": made}


def _load(target, wanted, coordinator, people, now):
    today = timezone.localdate(now)
    unit = target.parts.select_related("unit").get(unit__code=wanted["unit"]).unit
    if wanted.get("confirmed"):
        seen = owners.state_of(target.parts.all())
        owners.confirm(target, coordinator, seen=seen, now=now - timedelta(days=30))
    if wanted.get("definition"):
        defining.confirm(target, coordinator, seen=1, now=now - timedelta(days=30))
    if wanted.get("expected"):
        numbers = {
            expecting.name_of(year): Decimal(number)
            for year, number in zip(YEARS, wanted["expected"], strict=False)
        }
        base = expecting.base_of(expecting.stored(target))
        expecting.save(target, coordinator, numbers, base, now=now - timedelta(days=29))
    reporter = next((user for user, units in people if unit.pk in units), coordinator)
    figures = []
    if wanted.get("start"):
        figures.append((START, _figure(date(START, 12, 31), *wanted["start"])))
    if "value" in wanted or "words" in wanted:
        day = max(date(today.year, 1, 1), today - timedelta(days=20))
        said = {name: wanted[name] for name in ("words", "is_met") if name in wanted}
        figures.append((today.year, _figure(day, *wanted.get("value", ()), **said)))
    for year, figure in figures:
        reason = IN_PLACE if reporter == coordinator else ""
        moment = now - timedelta(days=15)
        reporting.report(target, unit, year, reporter, figure, reason=reason, now=max(moment, _noon(figure)))
    return len(figures)


def _noon(figure):
    """A figure is typed on its day at the earliest."""
    return timezone.make_aware(datetime.combine(figure.as_of, time(12)))


def _figure(day, numerator=None, denominator=None, **said):
    number = [None if one is None else Decimal(one) for one in (numerator, denominator)]
    return Figure(day, *number, source=SOURCE, **said)

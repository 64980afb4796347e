"""What was typed, what was published, and what must not be told of either."""

from datetime import date

from django.utils import timezone

from plan.models import KeptFigure, ReportedValue, Target
from plan.public import publishing

SECRETS = {
    "words a unit typed for a target": (
        ("Chữ riêng 8861", "Sổ riêng 8862"),
        ("coordinator", "head", "deputy", "delegated", "reporter", "other_reporter", "unit_head"),
    ),
    "figure typed after the publication": (
        ("88.637", '"88637"', ",88637,"),  # a hash may hold the bare figures
        ("coordinator", "head", "deputy", "delegated", "reporter", "other_reporter", "unit_head"),
    ),
}


def add_public(world):
    """One publication; then a newer figure, which only those who work with the plan may see."""
    user, year = world.ward.dieuphoi, timezone.localdate().year
    _reported("C6", None, year, words="Chữ riêng 8861", source="Sổ riêng 8862", is_met=True)
    _reported("A1", 846, year, denominator=1000)
    KeptFigure.objects.create(
        code="C4",
        year=year,
        as_of=date(year, 1, 1),
        numerator=3,
        denominator=4,
        is_complete=False,
        population=4,
        source="coverage:core-digital-skills",
        computed_at=timezone.now(),
    )
    held = publishing.draft(year)
    publishing.publish(user, year, seen=held.seen)
    _reported("A1", 88637, year, denominator=100000)


def _reported(code, numerator, year, **more):
    target = Target.objects.get(code=code)
    ReportedValue.objects.create(
        target=target,
        definition=target.definitions.last(),
        unit=target.parts.filter(part="lead").first().unit,
        year=year,
        as_of=date(year, 1, 1),
        numerator=numerator,
        by_name="Lương Thị Mai",
        at=timezone.now(),
        **more,
    )

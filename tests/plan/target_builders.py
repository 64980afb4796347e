"""Targets for tests, written through the portal's own doors."""

from datetime import date, datetime
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from people.models import Unit
from plan.models import Target, TargetDefinition
from plan.targets import owners, reporting
from plan.targets.figures import Figure
from tests.ideas.builders import PDF

NOW = timezone.make_aware(datetime(2026, 10, 20, 9, 0))
TODAY = date(2026, 10, 20)


def target(code="A1"):
    return Target.objects.get(code=code)


def unit(code="PVHCC"):
    return Unit.objects.get(code=code)


def led_by(code, unit_code, coordinator, *, now=NOW):
    """The target, led by that unit alone, confirmed."""
    one = target(code)
    parts = list(one.parts.all())
    owners.change(one, coordinator, [(unit(unit_code), "lead")], seen=owners.state_of(parts), now=now)
    return one


def share(numerator, denominator, as_of=TODAY, **more):
    return Figure(as_of, Decimal(numerator), Decimal(denominator), **more)


def report(one, unit_code, user, figure, *, year=2026, base=None, now=NOW, **more):
    """As somebody would who looked at the page just before."""
    where = unit(unit_code)
    if base is None:
        base = reporting.base_of(reporting.latest(one, where, year))
    return reporting.report(one, where, year, user, figure, base=base, now=now, **more)


def pdf(name="bien-ban.pdf", mark=""):
    return reporting.store([ContentFile(PDF + mark.encode(), name=name)])


def redefined(one, in_force_on, **changed):
    """One more definition, straight into the table."""
    last = one.definitions.last()
    names = [
        "indicator",
        "is_measurable",
        "numerator",
        "denominator",
        "source",
        "comparator",
        "goal",
        "goal_upper",
        "measured_in",
    ]
    values = {name: getattr(last, name) for name in names} | changed
    return TargetDefinition.objects.create(
        target=one,
        version=last.version + 1,
        in_force_on=in_force_on,
        made_at=NOW,
        reason="Theo hướng dẫn",
        **values,
    )

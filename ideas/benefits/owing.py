"""Measurements after 3, 6 and 12 months are owed by the main author's unit: entered and verified by then."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ideas import events
from ideas.capacities import SECRETARY
from ideas.lifecycle import State
from ideas.models import Author, BenefitIndicator, Initiative
from ideas.superiors import superiors
from ideas.unit_heads import heads_of
from notifications.reminders import reminding, telling
from obligations.days_off import announced_days
from obligations.kinds import Kind, register_kind
from obligations.ledger import Debt, cancel, capacity, fulfil, owe_many, unit
from obligations.models import Obligation

from .terms import MONTHS, due_on, with_day_of_recognition

MEASUREMENT = "ideas.measurement"
_AT_ONCE = 50


def subject_of(initiative, months):
    return f"benefit:{initiative.pk}:{months}"


def address_of(initiative):
    return f"{initiative.get_absolute_url()}ket-qua-ap-dung/"


def measured(initiative, months, due):
    """Whether every figure that stands was measured after `months` and verified. Reads prefetched rows.

    A figure written down after the day `due` is not owed for that term, unless there is no other.
    """
    standing = [one for one in initiative.indicators.all() if one.state != "returned"]
    in_time = [one for one in standing if timezone.localdate(one.entered_at) <= due]
    indicators = in_time or standing
    return bool(indicators) and all(
        any(m.months == months and m.is_verified for m in one.measurements.all()) for one in indicators
    )


def with_results(initiatives):
    """The queryset with what `measured` and `follow` look at."""
    indicators = BenefitIndicator.objects.prefetch_related("measurements")
    return (
        with_day_of_recognition(initiatives)
        .select_related("unit")
        .prefetch_related(Prefetch("indicators", indicators))
    )


def bring_up_to_date(initiatives, now):
    """What these recognised dossiers (of `with_results`) owe; a constant number of queries."""
    announced, debts, done = announced_days(), [], []
    for initiative in initiatives:
        day = initiative.recognised_on
        if day is None:
            continue
        owner = unit(initiative.unit) if initiative.unit else capacity(SECRETARY.code)
        for months in MONTHS:
            due = due_on(day, months, announced)
            if measured(initiative, months, due):
                done.append(subject_of(initiative, months))
                continue
            debts.append(
                Debt(
                    MEASUREMENT,
                    subject_of(initiative, months),
                    owner,
                    due,
                    fixed=False,
                    code=initiative.code,
                    link=address_of(initiative),
                    data={"months": months},
                )
            )
    if done:
        fulfil(MEASUREMENT, done, now=now)
    owe_many(debts, now=now)


def follow(initiatives, states_before, now):
    """After a step of dossiers: a recognition begins the terms, a revocation ends them."""
    now_in = [i.pk for i in initiatives if i.state == State.RECOGNISED and states_before[i.pk] != i.state]
    out = [i for i in initiatives if i.state != State.RECOGNISED and states_before[i.pk] == State.RECOGNISED]
    if now_in:
        bring_up_to_date(with_results(Initiative.objects.filter(pk__in=now_in)), now)
    if out:
        cancel(MEASUREMENT, [subject_of(i, months) for i in out for months in MONTHS], now=now)


def begin_missing(now):
    """Those recognised within the last year that were written in bulk get their terms."""
    today = timezone.localdate(now)
    recent = with_day_of_recognition(Initiative.objects.published()).filter(
        recognised_on__gt=today - timedelta(days=366)
    )
    pks = set(recent.values_list("pk", flat=True))
    known = Obligation.objects.filter(kind=MEASUREMENT).values_list("subject", flat=True)
    missing = sorted(pks - {int(subject.split(":")[1]) for subject in known})
    for start in range(0, len(missing), _AT_ONCE):
        with transaction.atomic():
            rows = Initiative.objects.published().filter(pk__in=missing[start : start + _AT_ONCE])
            locked = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
            bring_up_to_date(with_results(Initiative.objects.filter(pk__in=locked)), now)


# ---- asked at sending


def _pk_of(obligation):
    return int(obligation.subject.split(":")[1])


def still_owed(obligations, now):
    rows = Initiative.objects.published().filter(pk__in={_pk_of(row) for row in obligations})
    standing = {initiative.pk: initiative for initiative in with_results(rows)}
    return [
        row
        for row in obligations
        if _pk_of(row) in standing and not measured(standing[_pk_of(row)], row.data["months"], row.due_on)
    ]


def _who(obligations, now):
    """The main author, and the head of the unit."""
    pks = {_pk_of(row) for row in obligations}
    mains = Author.objects.filter(initiative__in=pks, is_main=True, staff__user__isnull=False)
    authors = dict(mains.values_list("initiative", "staff__user"))
    units = dict(Initiative.objects.filter(pk__in=pks, unit__isnull=False).values_list("pk", "unit"))
    heads = heads_of(set(units.values()), timezone.localdate(now)) if units else {}
    return {row.pk: [authors.get(_pk_of(row)), *heads.get(units.get(_pk_of(row)), ())] for row in obligations}


def register():
    register_kind(
        Kind(
            MEASUREMENT,
            _("Measure %(code)s after %(months)s months"),
            reminding(*events.BENEFIT_DUE, _who),
            still_owed=still_owed,
            tell_moved=telling(events.TERM_MOVED, _who),
            superiors=superiors(events.MEASUREMENT_LATE, "secretary", "chair", "head", beside=_who),
        )
    )

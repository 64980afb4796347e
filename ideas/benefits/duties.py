"""What waits for authors, verifiers and the heads of using units after a recognition, on the work page."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ideas.access import offices_of
from ideas.models import Adoption, BenefitIndicator, ClaimState, Initiative, Measurement
from obligations.duties import WorkItem, WorkSection
from obligations.models import Obligation
from people.units import headed_units

from .access import Rights, ledgers_visible_to
from .owing import MEASUREMENT, address_of, subject_of
from .terms import MONTHS

AHEAD = timedelta(days=30)  # a measurement stands on the work page from a month before its day


def of_measurers(user, now):
    """Authors: what is to be measured within a month, and dossiers without a figure yet. Three queries."""
    staff = getattr(user, "staff", None)
    if staff is None:
        return
    own = Initiative.objects.published().filter(authors__staff=staff, authors__is_main=True)
    own = {initiative.pk: initiative for initiative in own.prefetch_related("indicators").order_by("pk")}
    if not own:
        return
    subjects = {subject_of(i, months): (i, months) for i in own.values() for months in MONTHS}
    open_ones = Obligation.objects.open().filter(kind=MEASUREMENT, subject__in=subjects)
    items, soon = [], timezone.localdate(now) + AHEAD
    for row in open_ones.order_by("due_on"):
        initiative, months = subjects[row.subject]
        without = not initiative.indicators.all()
        if without and months == MONTHS[0]:
            items.append(_item(initiative, _("Write down what is measured"), row.due_on, "write_benefit"))
        elif not without and row.due_on <= soon:
            title = _("Measure %(code)s after %(months)s months") % {
                "code": initiative.code,
                "months": months,
            }
            items.append(_item(initiative, title, row.due_on, "measure"))
    yield WorkSection(_("Results to measure"), items, order=25)


def of_verifiers(user, now):
    """Heads of units and the secretary: figures to verify; heads: uses by their unit to confirm."""
    headed = headed_units(user, timezone.localdate(now))
    keeps = offices_of(user).exists()
    if not headed and not keeps:
        return
    items = [*_to_verify(user, now, headed), *_to_confirm(user, now, headed)]
    yield WorkSection(_("Results to verify"), items, order=26)


def _to_verify(user, now, headed):
    waiting = {"state": ClaimState.ENTERED}
    indicators = BenefitIndicator.objects.filter(**waiting).exclude(entered_by=user)
    measurements = Measurement.objects.filter(**waiting).exclude(entered_by=user)
    pks = {*indicators.values_list("initiative", flat=True)}
    pks |= {*measurements.values_list("indicator__initiative", flat=True)}
    rows = Initiative.objects.published().filter(pk__in=pks).for_workflow().order_by("pk")
    near = Q(unit__in=headed) | Q(pk__in=ledgers_visible_to(user).values("pk"))
    lookups = {}
    for initiative in rows.filter(near):
        rights = Rights(initiative, user, now, lookups)
        if (initiative.unit_id in headed or rights.is_secretary) and not rights.is_author:
            yield _item(
                initiative, _("Verify the results of %(code)s") % {"code": initiative.code}, None, "verify"
            )


def _to_confirm(user, now, headed):
    staff = getattr(user, "staff", None)
    uses = Adoption.objects.filter(
        state=ClaimState.ENTERED, unit__in=headed, initiative__state="recognised"
    ).exclude(initiative__authors__staff=staff)
    for use in uses.select_related("initiative", "unit").order_by("pk"):
        title = _("Confirm that %(unit)s uses %(code)s") % {
            "unit": use.unit.name,
            "code": use.initiative.code,
        }
        yield _item(use.initiative, title, None, "confirm_use")


def _item(initiative, title, due, kind):
    return WorkItem(
        title=title,
        link=address_of(initiative),
        due=due,
        action=pgettext("work", "Open"),
        kind=kind,
        code=initiative.code,
        note=initiative.title,
    )


PROVIDERS = (of_measurers, of_verifiers)

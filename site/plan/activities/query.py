"""Sessions and campaigns of a year as rows, for the figures and the public page."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.figures import Figure, Value

from ..models import ResidentSession
from .counting import Counted, Held, counted


def sessions_of(year):
    """As `Held`, in two queries."""
    rows = ResidentSession.objects.filter(struck_at__isnull=True, held_on__year=year)
    for row in rows.select_related("campaign").prefetch_related("groups"):
        campaign = row.campaign if row.campaign and row.campaign.struck_at is None else None
        yield Held(
            held_on=row.held_on,
            topic=row.topic,
            people=row.people,
            is_cancelled=row.is_cancelled,
            campaign=campaign.pk if campaign else None,
            campaign_topic=campaign.topic if campaign else "",
            groups=frozenset(unit.pk for unit in row.groups.all()),
        )


def summary(year: int | None = None, day: date | None = None) -> Counted:
    """What everybody may read: counts of a year."""
    day = day or timezone.localdate()
    return counted(sessions_of(year or day.year), year or day.year, day)


def _sessions(year, day):
    number = summary(year, day).sessions
    return Value(number, None, None, number >= 1, day, "plan.sessions")


def _campaigns(year, day):
    number = summary(year, day).campaigns
    return Value(number, None, None, number >= 1, day, "plan.campaigns")


def figures():
    yield Figure("C5", _("Sessions on digital skills for residents"), _sessions)
    yield Figure("C8", _("Campaigns on digital skills for residents"), _campaigns)

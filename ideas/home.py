"""What the home page shows of initiatives; the same to everybody."""

from collections import Counter
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.plots import columns
from portal.public_page import keep_until
from portal.registry import KeyFigure

from . import publication
from .queries import open_round

LATEST = 3
YEARS = 5


def open_now(request):
    """The open round with its closing moment, or nothing."""
    current = open_round()
    if current is None:
        return None
    keep_until(request, current.closes_at)
    return "ideas/public/_open_round.html", {"heads_page": True, "round": current}


def latest(request):
    """The latest recognised initiatives, or nothing."""
    cards = publication.cards(publication.published()[:LATEST])
    return ("ideas/public/_latest.html", {"cards": cards}) if cards else None


def recognised_this_year(request):
    """How many were recognised this year, beside the years before; nothing before the first one ever."""
    today = timezone.localdate()
    days = publication.days_of_recognition(since=date(today.year - YEARS + 1, 1, 1), until=today)
    if not days:
        return None
    series = _by_year(days, today) if days[0].year < today.year else _by_quarter(days, today)
    count = sum(day.year == today.year for day in days)
    plot = {"plot": columns(series), "words": _said(series)} if len(series) > 1 else {}
    data = {"year": today.year, "count": count, **plot}
    return KeyFigure("ideas/public/_recognised_this_year.html", data, today)


def _by_year(days, today):
    """[(label, number)] from the first year with one to this year."""
    counts = Counter(day.year for day in days)
    return [(str(year), counts[year]) for year in range(days[0].year, today.year + 1)]


def _by_quarter(days, today):
    """The same by the quarters of this year, up to the one under way."""
    counts = Counter((day.month - 1) // 3 + 1 for day in days)
    quarters = range(1, (today.month - 1) // 3 + 2)
    return [(_("Quarter %(number)d") % {"number": number}, counts[number]) for number in quarters]


def _said(series):
    """The plot as a sentence."""
    parts = [_("%(when)s: %(number)d") % {"when": label, "number": number} for label, number in series]
    return _("Initiatives recognised. %(parts)s.") % {"parts": "; ".join(parts)}

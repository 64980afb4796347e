"""Asking the answers: a constant number of queries for any number of points and answers."""

from datetime import datetime, time, timedelta

from django.db.models import Count
from django.db.models.functions import ExtractMonth
from django.utils import timezone

from config.figure_sources import add_sources
from config.figures import Figure, Value, add_figure

from ..models import SurveyAnswer, SurveyComment
from .counting import Tally, tally_of

TARGET = "A7"
GOAL = 95  # "đạt trên 95%": strictly more


def between(first_day, last_day):
    """Answers of these local days, both included."""
    start = timezone.make_aware(datetime.combine(first_day, time.min))
    end = timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min))
    return SurveyAnswer.objects.filter(hour__gte=start, hour__lt=end)


def of_year(year, points=None, last_day=None):
    """Answers of a year, up to a day of it; of `points`, a queryset, where given."""
    first = datetime(year, 1, 1).date()
    last = min(datetime(year, 12, 31).date(), last_day or datetime(year, 12, 31).date())
    rows = between(first, last)
    return rows if points is None else rows.filter(point__in=points)


def tallies(answers, key):
    """{value of `key`: Tally}."""
    return tally_of(answers.order_by().values_list(key, "level").annotate(count=Count("pk")))


def by_month(answers):
    """{1 … 12: Tally}; months nobody answered in are there too."""
    found = tallies(answers.annotate(month=ExtractMonth("hour")), "month")
    return {month: found.get(month, Tally()) for month in range(1, 13)}


def total(answers):
    return sum(tallies(answers, "level").values(), Tally())


def years():
    """Years with answers, the latest first, this one always."""
    first = SurveyAnswer.objects.order_by("hour").values_list("hour", flat=True).first()
    this = timezone.localdate().year
    start = timezone.localtime(first).year if first else this
    return list(range(this, min(start, this) - 1, -1))


def comments(points):
    """What was written, the latest first."""
    rows = SurveyComment.objects.filter(answer__point__in=points)
    return rows.select_related("answer__point").order_by("-answer__hour", "-answer")


# ---- target A7


def satisfied(year, day):
    """A7: "Phấn đấu tỷ lệ hài lòng của người dân, tổ chức đạt trên 95%" (II.2.a): those satisfied (4 and 5 of
    5) of all who answered in the year, by `day`."""
    found = total(of_year(year, last_day=day))
    return Value(
        numerator=found.satisfied,
        denominator=found.total,
        percent=found.percent,
        complete=found.is_above(GOAL),
        as_of=day,
        source="survey",
        population=found.total,
    )


def register_figure():
    from django.utils.translation import gettext_lazy as _

    add_sources({"survey": _("answers to the satisfaction survey, without names")})
    add_figure(Figure(TARGET, _("People satisfied with the service"), satisfied))

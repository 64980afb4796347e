"""What a year's report says beside its tables: acceptances, use, money, people. Ward totals, no names."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from papers.models import Certificate

from ..benefits.applied import applied_in_year
from ..models import Adoption, Author, ClaimState, YearReport
from .asking import Asked, rows
from .figures import Tables, statistics
from .outcome import RECEIVED, RECOGNISED, SETTLED
from .reading import received


@dataclass(frozen=True)
class YearFigures:
    """The figures of one year. Money is what authors promised for a year of use, in đồng."""

    year: int
    received: Tables
    settled: Tables
    accepted: int
    certificates: int
    authors_of_ward: int
    authors_outside: int
    applied: int
    adopted: int
    money: Decimal
    with_money: int
    rewarded: int
    texts: YearReport


def year_figures(year):
    """A constant number of queries."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    recognised = rows(Asked(year=year, basis=SETTLED, outcome=RECOGNISED)).order_by()
    authors = Author.objects.filter(initiative__in=recognised.values("pk")).aggregate(
        ward=Count("staff", distinct=True), outside=Count("pk", filter=Q(staff__isnull=True))
    )
    amounts = [amount for amount in recognised.values_list("benefit_amount", flat=True) if amount]
    adopted = Adoption.objects.filter(
        state=ClaimState.VERIFIED,
        start_on__range=(first, last),
        initiative__in=received().order_by().values("pk"),
    )
    return YearFigures(
        year=year,
        received=statistics(year, RECEIVED),
        settled=statistics(year, SETTLED),
        accepted=received().filter(accepted_on__range=(first, last)).count(),
        certificates=Certificate.objects.filter(
            kind="initiative", state=Certificate.State.VALID, issued_on__range=(first, last)
        ).count(),
        authors_of_ward=authors["ward"],
        authors_outside=authors["outside"],
        applied=applied_in_year(year).count(),
        adopted=adopted.count(),
        money=sum(amounts, Decimal(0)),  # in Python: SQLite would add them as floats
        with_money=len(amounts),
        rewarded=recognised.filter(register_note__reward__gt="").count(),
        texts=YearReport.objects.filter(year=year).first() or YearReport(year=year),
    )

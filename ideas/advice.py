"""Advice beside the results of a round: a ranking that forgives a strict or a lenient hand.

Only of closed scorings, from what was frozen; it decides nothing.
"""

import json
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F

from scoring.models import SheetState
from scoring.ranking import Ranked, normalised_ranking

from .board import BEFORE_CLOSE
from .models import FrozenResult, Initiative, ScoreSheet


@dataclass(frozen=True)
class Advised:
    """A closed dossier with its frozen mean and where it stands by each member's own order."""

    initiative: Initiative
    mean: Decimal | None
    place: Ranked

    @property
    def percent(self):
        """The part of the other dossiers it beats, in percent; None where nobody scored a second one."""
        return None if self.place.share is None else 100 * self.place.share


def advice(user, round_):
    """(`Advised` by rank, how many dossiers of the round are still open): three queries for any number.

    Dossiers this officer does not follow (own ones, conflicts) are left out, and so play no part for others.
    """
    mine = Initiative.objects.on_board_of(user).filter(round=round_)
    closed = {i.code: i for i in mine.exclude(state__in=BEFORE_CLOSE)}
    still_open = mine.filter(state__in=BEFORE_CLOSE).count()
    results = _last_results(closed.values())
    places = normalised_ranking(_totals(results))
    by_code = {initiative.code: results.get(initiative.pk) for initiative in closed.values()}
    advised = [Advised(closed[place.subject], by_code[place.subject].mean, place) for place in places]
    return advised, still_open


def _last_results(initiatives):
    results = FrozenResult.objects.filter(
        initiative__in=[initiative.pk for initiative in initiatives],
        evaluation_number=F("initiative__evaluation_number"),
    ).select_related("initiative")
    return {result.initiative_id: result for result in results.order_by("sequence")}  # the last one stays


def _totals(results):
    """{person: {code: total}}: by the person, not the seat, since alternates have a hand of their own."""
    people = {
        (initiative, str(number)): staff
        for initiative, number, staff in ScoreSheet.objects.current()
        .filter(initiative__in=list(results), state=SheetState.SUBMITTED)
        .values_list("initiative", "seat__number", "staff")
    }
    totals = {}
    for pk, result in results.items():
        for sheet in json.loads(result.payload)["result"]["sheets"]:
            person = people.get((pk, sheet["seat"]))
            if person is not None and sheet["total"] is not None:
                totals.setdefault(person, {})[result.initiative.code] = Decimal(sheet["total"])
    return totals

"""The shortlist: by rank of the preliminary round; who ties at its edge is chosen by the organiser in
writing, or all of them go on."""

from django.db import transaction
from django.utils import timezone

from .. import acts, events
from ..models import Finalist, Participation, Stage
from ..moves import Answer, Refused
from ..telling import tell_many
from .closing import latest_result, ranking_of
from .handing_out import locked_competition
from .places import shortlist
from .stages import entries_of, run_of, stages_of
from .telling import quietly


def edge_of(competition, result):
    """(`Edge`, ranking) over the entries that still take part."""
    codes = list(entries_of(competition, Stage.PRELIMINARY).values_list("code", flat=True))
    ranking = ranking_of(result, codes)
    return shortlist(ranking, competition.finalists), ranking


def may_choose(competition):
    """Whether the shortlist can be drawn now."""
    stages = stages_of(competition)
    if Stage.FINAL not in stages or Stage.PRELIMINARY not in stages:
        return _no("no_final")
    if latest_result(competition, Stage.PRELIMINARY) is None:
        return _no("preliminary_not_closed")
    if competition.finalist_rows.exists():
        return _no("finalists_chosen")
    final = run_of(competition, Stage.FINAL)
    return _no("already_assigned") if final and final.assigned_at else Answer("shortlist", True)


def choose_finalists(competition, user, chosen=(), *, reason="", now=None):
    """Draws the shortlist. `chosen` are the codes taken of those who tie at the edge: as many as places are
    left, with a reason, or all of them. Everybody in an entry is told. Raises `Refused`."""
    with transaction.atomic():
        competition = locked_competition(competition)
        now = now or timezone.now()
        answer = may_choose(competition)
        if not answer.allowed:
            raise Refused(answer)
        result = latest_result(competition, Stage.PRELIMINARY)
        edge, ranking = edge_of(competition, result)
        taken = _taken(edge, set(chosen), reason.strip())
        entries = {entry.code: entry for entry in entries_of(competition, Stage.PRELIMINARY)}
        ranks = {place.key: place.rank for place in ranking}
        rows = [
            Finalist(
                competition=competition,
                entry=entries[code],
                rank=ranks[code],
                reason=reason.strip() if code in edge.tied else "",
            )
            for code in [*edge.sure, *taken]
        ]
        Finalist.objects.bulk_create(rows)
        on = [row.entry.code for row in rows]
        acts.log(
            competition, "finalists_chosen", user, reason=reason.strip(), now=now,
            finalists=on, tied=list(edge.tied), result=result.sha256,
        )  # fmt: skip
        _tell(competition, entries, set(on), now)
    return rows


def _taken(edge, chosen, reason):
    if not edge.tied:
        return []
    if not chosen <= set(edge.tied):
        raise Refused(_no("not_at_the_edge", field="chosen"))
    everybody = len(chosen) == len(edge.tied)
    if not everybody and len(chosen) != edge.left:
        params = {"left": edge.left, "tied": len(edge.tied)}
        raise Refused(_no("choose_of_the_tied", params, field="chosen"))
    if not reason:
        raise Refused(_no("reason_missing", field="reason"))
    return [code for code in edge.tied if code in chosen]


def _tell(competition, entries, on, now):
    """Each entry's people hear of their own entry: a constant number of queries."""
    people = {}
    rows = Participation.objects.filter(entry__in=entries.values(), ended_at__isnull=True)
    for place in rows.select_related("participant__user"):
        people.setdefault(place.entry_id, []).append(place.participant)
    told = [
        (
            events.IN_THE_FINAL if code in on else events.NOT_IN_THE_FINAL,
            people.get(entry.pk, []),
            entry.get_absolute_url(),
            code,
            (f"entry-{entry.pk}",),
            {},
        )
        for code, entry in entries.items()
    ]
    tell_many(told, now=now, besides=[quietly(competition)])


def _no(reason, params=None, field=""):
    return Answer("shortlist", False, reason, params or {}, who=("organiser",), field=field)

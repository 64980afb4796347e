"""What the results rest on: the frozen result of the last stage or the quizzes, and the count of votes."""

import hashlib
import json
from dataclasses import dataclass
from fractions import Fraction

from scoring.freezing import canonical_json
from scoring.rubric import plain_text

from ..judging.closing import entries_in, latest_result
from ..judging.places import Place, fraction, places
from ..judging.stages import entries_have_closed, entries_of, last_stage
from ..models import Blueprint, Entry, PrizeKind, Sitting
from ..moves import Answer, Refused
from ..phases import PhaseCode, phase_at
from .ranking import Score, Standing, scores

_WHO = ("organiser",)


@dataclass(frozen=True)
class Basis:
    """The ranking and what it comes from. `votes` {entry code: votes} of everything that takes part, None
    where the public did not vote."""

    ranking: list[Place]
    standings: dict[str, Standing]
    scores: dict[str, Score]
    source: dict
    votes: dict | None
    count: dict | None  # which count of the votes


def may_draft(competition, now):
    """Whether there is something to draft results from."""
    try:
        basis_of(competition, now)
    except Refused as refused:
        return refused.answer
    return Answer("draft", True, who=_WHO)


def basis_of(competition, now):
    """The `Basis` as it stands now. Raises `Refused` where something is still missing."""
    if competition.blueprint == Blueprint.FORUM:
        raise _refused("nothing_is_ranked")
    standings, source = _quiz(competition, now) if _is_quiz(competition) else _judged(competition)
    votes, count = _votes(competition, now)
    if votes is not None:
        standings = {
            code: Standing(s.marks, s.most, votes.get(code, 0), s.seconds) for code, s in standings.items()
        }
    found = scores(standings, competition.vote_share)
    ranking = places({code: score.key for code, score in found.items()})
    return Basis(ranking, standings, found, source, votes, count)


def needs_votes(competition):
    """Whether the results rest on the public vote at all."""
    favourites = competition.prizes.filter(kind=PrizeKind.FAVOURITE)
    return bool(competition.vote_share) or favourites.exists()


def _is_quiz(competition):
    return competition.blueprint == Blueprint.QUIZ and last_stage(competition) is None


# ---- the jury


def _judged(competition):
    stage = last_stage(competition)
    if stage is None:
        raise _refused("nothing_is_ranked")
    result = latest_result(competition, stage)
    if result is None:
        raise _refused("stage_not_closed", {"stage": str(stage.label)})
    frozen = entries_in(result)
    codes = list(entries_of(competition, stage).values_list("code", flat=True))
    if unjudged := [code for code in codes if code not in frozen]:
        raise _refused("entries_unjudged", {"codes": ", ".join(unjudged)})
    most = Fraction(competition.rubric.rubric.max_total)
    standings = {code: Standing(fraction(frozen[code]["result"]["total"]["mean"]), most) for code in codes}
    source = {"kind": "stage", "stage": str(stage), "sequence": result.sequence, "sha256": result.sha256}
    return standings, source


# ---- the quiz


def _quiz(competition, now):
    if not entries_have_closed(competition, now):
        raise _refused("quiz_still_open")
    rows = Sitting.objects.filter(entry__competition=competition, right__isnull=False)
    rows = rows.filter(entry__in=Entry.objects.counted()).select_related("entry").order_by("entry__number")
    standings = {
        sitting.entry.code: Standing(
            Fraction(sitting.right), Fraction(len(sitting.paper)), seconds=sitting.seconds
        )
        for sitting in rows
    }
    if not standings:
        raise _refused("nobody_sat")
    kept = {code: [str(s.marks), str(s.most), s.seconds] for code, s in standings.items()}
    return standings, {"kind": "quiz", "sha256": hashlib.sha256(canonical_json(kept)).hexdigest()}


# ---- the public


def _votes(competition, now):
    """({entry code: votes}, which count) of what takes part; (None, None) where there was no vote."""
    window = competition.window(PhaseCode.VOTE)
    if window is None and not needs_votes(competition):
        return None, None
    latest = competition.vote_counts.order_by("-pk").first()
    over = window is not None and phase_at([window], now).is_over
    if latest is None or not over:
        if needs_votes(competition):
            raise _refused("votes_not_counted")
        return None, None
    taking_part = Entry.objects.counted().filter(competition=competition).values_list("code", flat=True)
    counted = json.loads(latest.payload)
    return {code: counted.get(code, 0) for code in taking_part}, {"sha256": latest.sha256}


# ---- as data


def ranking_payload(basis):
    return [
        {
            "entry": place.key,
            "rank": place.rank,
            "tied": place.tied,
            "score": str(basis.scores[place.key].value),
            "marks": str(basis.standings[place.key].marks),
            "most": str(basis.standings[place.key].most),
            "votes": basis.standings[place.key].votes,
            "seconds": basis.standings[place.key].seconds,
        }
        for place in basis.ranking
    ]


def share_text(competition):
    return plain_text(competition.vote_share)


def _refused(code, params=None):
    return Refused(Answer("draft", False, code, params or {}, who=_WHO))

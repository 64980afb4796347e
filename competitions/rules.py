"""What each step of an entry asks for. A rule answers None, or a `Refusal` with a stable code."""

from .moves import Refusal
from .phases import PhaseCode

_JUDGED_IN = (PhaseCode.FINAL, PhaseCode.PRELIMINARY, PhaseCode.VOTE)  # the last of these ends the judging


def no_term(entry, move):
    return None


def until_entries_close(entry, move):
    """The moment entries stop being taken."""
    window = entry.competition.window(PhaseCode.ENTRY)
    return window.closes_at if window else None


# ---- facts


def entries_are_taken(entry, move):
    """The server's moment decides: the first is inside, the last one is not."""
    return refusal_to_take(entry.competition, move.now)


def refusal_to_take(competition, now):
    """Why the competition takes no entry at `now`, or None."""
    if competition.standing(now).code == PhaseCode.ENTRY:
        return None
    window = competition.window(PhaseCode.ENTRY)
    if window is None:
        return Refusal("takes_no_entries")
    if now < window.opens_at:
        return Refusal("entries_not_open_yet", {"opens_at": window.opens_at})
    return Refusal("entries_closed", {"closes_at": window.closes_at})


def entries_have_closed(entry, move):
    """A late entry is one that came too late, not one in time by another hand."""
    window = entry.competition.window(PhaseCode.ENTRY)
    if window is None or move.now < window.closes_at:
        return Refusal("entries_still_open")
    return None


def judging_is_not_over(entry, move):
    """While a stage is closed its ranking stands: an entry more would have been judged by nobody."""
    if entry.competition.stage_runs.filter(closed_at__isnull=False).exists():
        return Refusal("judging_is_over")
    return None


def results_are_not_out(entry, move):
    result_list = getattr(entry.competition, "result_list", None)
    if result_list is not None and result_list.state == "published":
        return Refusal("results_are_out")
    return None


def may_enter(entry, move):
    """Everybody in the entry may be in it: age, place, group, not organiser or judge."""
    from .eligibility import first_refusal

    return first_refusal(entry, move.now)


def is_complete(entry, move):
    from .completeness import first_lack

    return first_lack(entry)


def team_has_answered(entry, move):
    """Nobody is sent in who has not agreed to it."""
    waiting = [i.full_name for i in entry.invitations.all() if i.answer == "waiting"]
    if waiting:
        return Refusal("team_has_not_answered", {"names": ", ".join(waiting)}, field="team")
    return None


def consents_are_given(entry, move):
    from .consenting import first_without_consent

    return first_without_consent(entry)


def sitting_has_run_out(entry, move):
    """The clock hands in what a person no longer can: the quiz sitting's own end has passed."""
    from .quiz.sitting import time_of

    sitting = getattr(entry, "sitting", None)
    if sitting is None:
        return Refusal("sitting_missing")
    if time_of(sitting).holds(move.now):
        return Refusal("sitting_still_runs", {"ends_at": time_of(sitting).closes_at})
    return None


def is_no_quiz(entry, move):
    """A quiz is sat once; there is no second version of it."""
    return Refusal("quiz_is_sat_once") if entry.competition.blueprint == "quiz" else None


# ---- what the actor brings along


def is_not_sent_twice(entry, move):
    """A page says how many versions it was drawn with (`seen`): a second click comes after one more."""
    seen = move.data.get("seen")
    if seen is not None and seen != entry.versions.count():
        return Refusal("handed_in_already")
    return None


def brings_reason(entry, move):
    return None if move.reason else Refusal("reason_missing", field="reason")

"""Who may be in an entry (the rules' Điều 3), with the reason where somebody may not."""

from datetime import date

from django.utils import timezone

from .access import is_connected
from .moves import Refusal
from .phases import PhaseCode


def age_on(birth_date: date, day: date) -> int:
    """Whole years on `day`. Who was born on 29 February grows older on 1 March of other years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def day_of_age(competition, now):
    """The day ages are counted on: the one entries open, so that nobody grows in or out while it runs."""
    window = competition.window(PhaseCode.ENTRY)
    return timezone.localdate(window.opens_at if window else now)


def refusal_for(competition, participant, now):
    """Why this person may not enter the competition, or None. Names nobody: the page knows who it is."""
    if is_connected(participant.user, competition):
        return Refusal("organises_or_judges")
    is_staff = getattr(participant.user, "staff", None) is not None
    if competition.who == "staff" and not is_staff:
        return Refusal("staff_only")
    if competition.who == "residents" and is_staff:
        return Refusal("residents_only")
    if competition.ward_only and not is_staff and not participant.place.strip():
        return Refusal("place_missing", field="place")
    return _age_refusal(competition, participant, now)


def _age_refusal(competition, participant, now):
    if competition.min_age is None and competition.max_age is None:
        return None
    if participant.birth_date is None:
        return Refusal("birth_date_missing", field="birth_date")
    day = day_of_age(competition, now)
    age = age_on(participant.birth_date, day)
    params = {"age": age, "day": day, "min": competition.min_age, "max": competition.max_age}
    if competition.min_age is not None and age < competition.min_age:
        return Refusal("too_young", params, field="birth_date")
    if competition.max_age is not None and age > competition.max_age:
        return Refusal("too_old", params, field="birth_date")
    return None


def first_refusal(entry, now):
    """The first reason why somebody of the entry may not be in it, with their name; None where all may."""
    rows = entry.participations.filter(ended_at__isnull=True)
    places = list(rows.select_related("participant__user__staff"))
    for place in places:
        if refusal := refusal_for(entry.competition, place.participant, now):
            return Refusal(refusal.code, {**refusal.params, "name": str(place.participant)}, refusal.field)
    if len(places) > entry.competition.team_most:
        return Refusal(
            "team_too_large", {"most": entry.competition.team_most, "count": len(places)}, field="team"
        )
    return None

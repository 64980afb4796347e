"""Who sees the results before they are out, and who may check them."""

from django.shortcuts import get_object_or_404

from people.roles import Role, has_role

from ..access import is_entrant
from ..models import CompetitionPage


def organises(user, competition):
    return CompetitionPage.objects.organised_by(user).filter(pk=competition.pk).exists()


def seen_or_404(user, code):
    """The competition, for its organisers; for publishers once there are results to look at."""
    mine = CompetitionPage.objects.organised_by(user)
    if has_role(user, Role.PUBLISHER):
        drafted = CompetitionPage.objects.filter(result_list__isnull=False)
        mine = CompetitionPage.objects.filter(pk__in=[*_keys(mine, code), *_keys(drafted, code)])
    return get_object_or_404(mine, code=code)


def _keys(rows, code):
    return rows.filter(code=code).values_list("pk", flat=True)


def refusal_to_check(user, competition, result_list):
    """Why this person may not check or send back the draft: a code, "" where they may. Never whoever drafted
    it, nobody who is in an entry."""
    if not (organises(user, competition) or has_role(user, Role.PUBLISHER)):
        return "only_checkers"
    if result_list.drafted_by_id == user.pk:
        return "own_draft"
    return "takes_part" if is_entrant(user, competition) else ""

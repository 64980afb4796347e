"""My entries, and one of them."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ... import reasons, workflow
from ...certificates import certificates_of
from ...entering import agreeing, handing_in, listing, steps, team
from ...entering.permits import ALIVE, leads, place_of
from ...entering.reading import files_of, storyline, team_of, version_of
from ...models import Entry
from ...phases import PhaseCode
from ...results import initiative
from ...visitors import participant_required
from .doors import for_entrants
from .handing_in import actor_of

ON_A_PAGE = 20


@require_safe
@never_cache
@participant_required("mine")
def my_entries(request):
    """What I am in, the latest first, and what I am asked to join."""
    own = handing_in.with_content(Entry.objects.ever_of(request.participant)).order_by("-created_at", "-pk")
    page = Paginator(own, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": listing.rows(list(page.object_list), request.participant, timezone.now()),
        "page_obj": page,
        "invitations": team.invitations_of(request.participant).filter(
            answer=team.WAITING, entry__state__in=ALIVE
        ),
        "participant": request.participant,
    }
    return render(request, "competitions/entering/mine.html", context)


@for_entrants(methods=("GET", "HEAD"))
def entry(request, entry):
    """One entry: where it stands, what it holds, what can be done with it."""
    now, participant = timezone.now(), request.participant
    version = handing_in.counting_version(entry)
    is_leader = leads(entry, participant)
    row = listing.rows([entry], participant, now)[0]
    withdrawing = workflow.may(entry, "withdraw", actor_of(request), now=now)
    context = {
        "entry": entry,
        "competition": entry.competition,
        "window": entry.competition.window(PhaseCode.ENTRY),
        "participant": participant,
        "is_leader": is_leader,
        "is_in": place_of(entry, participant) is not None,
        "is_alive": entry.state in ALIVE,
        "row": row,
        "steps": steps.steps_of(entry, participant, now) if row.act == "go_on" else [],
        "next_url": steps.next_open(entry, participant, now) if row.act == "go_on" else "",
        "can_edit": is_leader and handing_in.still_open(entry, now),
        "is_open": handing_in.still_open(entry, now),
        "version": version_of(entry, version.number) if version else None,
        "versions": sorted(entry.versions.all(), key=lambda v: -v.number),
        "has_changed": handing_in.has_changed(entry),
        "files": files_of(entry),
        "places": team_of(entry),
        "waiting": [i for i in entry.invitations.all() if i.answer == team.WAITING],
        "events": storyline(entry),
        "purposes": agreeing.asked_of(participant, entry.competition),
        "may_withdraw": withdrawing.allowed,
        "why_not_withdraw": reasons.sentence(withdrawing),
        "certificates": certificates_of(entry, participant),
        "offer": initiative.offer_for(entry, request.user, participant),
    }
    return render(request, "competitions/entering/entry.html", context)


@for_entrants(methods=("GET", "HEAD"))
def entry_version(request, entry, number):
    """A version that was handed in, as it was frozen."""
    version = version_of(entry, number)
    if version is None:
        raise Http404
    context = {
        "entry": entry,
        "competition": entry.competition,
        "version": version,
        "participant": request.participant,
    }
    return render(request, "competitions/entering/version.html", context)

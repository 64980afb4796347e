"""The public's side of a vote: the entries, one entry, "I vote for this one"."""

import re
import secrets

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from config.cookies import cookie_name
from config.errors import too_many
from portal.readable import readable
from trust.limits import Requests, network_of
from vietnamese.dates import spoken_moment

from ..models import CompetitionPage, EntryFile, EntryVersion
from ..phases import PhaseCode
from ..visitors import current, participant_required
from ..voting import ballot as on_ballot
from ..voting import casting, pictures, rules, showing, words
from ..voting.forms import VoteForm

PAGE_SIZE = 12
# A hall, an office, the customers of a mobile network share an address; a script is slowed down all the same.
VOTES_OF_A_NETWORK = Requests("competitions-vote", most=120, seconds=600)
ORDER_COOKIE = "thu_tu"
_SEED = re.compile(r"[0-9a-f]{16}")


def _competition_or_404(slug):
    """A published competition that has a public vote, at some time."""
    published = readable(CompetitionPage.objects.prefetch_related("phases"))
    competition = get_object_or_404(published, slug=slug)
    if rules.time_of(competition, timezone.now()) is None:
        raise Http404
    return competition


def _card_or_404(competition, code):
    """An entry that is on the ballot now."""
    card = next(iter(showing.cards(on_ballot.entries_of(competition).filter(code=code))), None)
    if card is None:
        raise Http404
    return card


def _page(request, competition, template, context, status=200):
    context |= {
        "competition": competition,
        "time": rules.time_of(competition, timezone.now()),
        "list_url": reverse("competitions:vote", args=[competition.slug]),
    }
    response = render(request, f"competitions/voting/{template}.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"  # an entry is no page of the portal before it wins
    return response


@require_safe
@never_cache
def ballot(request, slug):
    """The entries in this visitor's own order while the vote runs; before and after, when it is or was."""
    competition = _competition_or_404(slug)
    vote = casting.vote_of(competition, current(request))
    context = {"vote": vote, "own_title": _title_of(vote)}
    if not rules.time_of(competition, timezone.now()).is_open:
        return _page(request, competition, "ballot", context)
    cookie = cookie_name(ORDER_COOKIE, request.path)
    seed = request.COOKIES.get(cookie, "")
    is_new = not _SEED.fullmatch(seed)
    seed = secrets.token_hex(8) if is_new else seed
    entries = on_ballot.entries_of(competition)
    keys = on_ballot.in_order_for(seed, entries.values_list("pk", flat=True))
    page = Paginator(keys, PAGE_SIZE).get_page(request.GET.get("page"))
    place = {key: number for number, key in enumerate(page.object_list)}
    cards = sorted(showing.cards(entries.filter(pk__in=place)), key=lambda card: place[card.pk])
    response = _page(request, competition, "ballot", context | {"page_obj": page, "cards": cards})
    if is_new:
        # Sent back to this list alone: elsewhere it would walk past the front cache.
        response.set_cookie(
            cookie,
            seed,
            path=request.path,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


def _title_of(vote):
    """What a visitor voted for, as it was handed in."""
    if vote is None:
        return ""
    last = EntryVersion.objects.filter(entry=vote.entry_id).order_by("-number").first()
    return showing.title_in(last.payload)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def entry(request, slug, code):
    """GET shows one entry, POST votes for it."""
    if request.method == "POST":
        return _cast(request, slug, code)
    competition = _competition_or_404(slug)
    if not rules.time_of(competition, timezone.now()).is_open:
        return redirect("competitions:vote", slug)
    card = _card_or_404(competition, code)
    vote = casting.vote_of(competition, current(request))
    return _page(request, competition, "entry", {"card": card, "vote": vote})


@require_safe
@never_cache
@participant_required("vote")
def confirm(request, slug, code):
    """What voting means, before it is done."""
    competition = _competition_or_404(slug)
    if not rules.time_of(competition, timezone.now()).is_open:
        return redirect("competitions:vote", slug)
    card = _card_or_404(competition, code)
    vote = casting.vote_of(competition, request.participant)
    if vote is not None:
        return _already(request, slug, vote)
    refusal = rules.person_refusal(on_ballot.ballot_of(competition), request.participant, code)
    return _confirmation(request, competition, card, VoteForm(), refusal)


def _confirmation(request, competition, card, form, refusal=None, status=200):
    context = {
        "card": card,
        "form": form,
        "why": words.sentence(refusal) if refusal else "",
        "back_url": reverse("competitions:vote_entry", args=[competition.slug, card.code]),
    }
    return _page(request, competition, "confirm", context, status)


@participant_required("vote")
def _cast(request, slug, code):
    """The way of the many: nothing of the page is read unless it has to be shown again."""
    if not VOTES_OF_A_NETWORK.take(request):
        return too_many(request, VOTES_OF_A_NETWORK.minutes)
    ballot = on_ballot.recent_ballot(slug)
    if ballot is None or code not in ballot.entries:
        raise Http404
    form = VoteForm(request.POST)
    if not form.is_valid():
        return _not_cast(request, slug, code, form)
    try:
        casting.cast(ballot, code, request.participant, network_of(request))
    except casting.AlreadyVoted as already:
        return _already(request, slug, already.vote)
    except casting.VoteRefused:
        return _not_cast(request, slug, code, VoteForm())
    messages.success(request, _("The vote is counted. Thank you for taking part."))
    return redirect("competitions:vote", slug)


def _not_cast(request, slug, code, form):
    """The page again with what is in the way: the time, the person, or the consent that was not given."""
    competition = _competition_or_404(slug)
    if refusal := rules.time_refusal(competition.window(PhaseCode.VOTE), timezone.now()):
        return _closed(request, competition, refusal)
    card = _card_or_404(competition, code)
    refusal = rules.person_refusal(on_ballot.ballot_of(competition), request.participant, code)
    return _confirmation(request, competition, card, form, refusal, status=409 if refusal else 422)


def _already(request, slug, vote):
    """The vote that stands and when it was cast, on the list; nothing went wrong."""
    messages.info(
        request,
        _("The vote of this address or account was cast at %(moment)s and stands. A vote is not changed.")
        % {"moment": spoken_moment(vote.at)},
    )
    return redirect("competitions:vote", slug)


def _closed(request, competition, refusal):
    vote = casting.vote_of(competition, request.participant)
    context = {"vote": vote, "own_title": _title_of(vote), "refused": words.sentence(refusal)}
    return _page(request, competition, "ballot", context, status=409)


@require_safe
def picture(request, slug, code, pk, size):
    """A picture of an entry on the ballot, drawn anew without what the original hides."""
    competition = _competition_or_404(slug)
    if size not in pictures.SIZES or not rules.time_of(competition, timezone.now()).is_open:
        raise Http404
    card = _card_or_404(competition, code)
    if pk not in {picture.pk for picture in card.pictures}:
        raise Http404
    path = pictures.path_of(EntryFile.objects.select_related("entry").get(pk=pk), size)
    if path is None:
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type=pictures.CONTENT_TYPE)
    response.headers["Cache-Control"] = "private, max-age=600"
    # A browser that opens the picture by itself lays out a page of its own around it.
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response.headers["X-Robots-Tag"] = "noindex"
    return response

"""My entries: where each stands and what comes next, in words."""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from people.facts import fact
from vietnamese.dates import spoken_moment

from .. import visitors
from ..lifecycle import EntryState
from ..models import Award, Blueprint, Entry, Participation, ResultList, ResultState
from ..phases import PhaseCode
from .handing_in import has_changed, still_open
from .permits import leads

HAS_ENTERED = "has_entered_a_competition"  # the fact of an account


@dataclass(frozen=True)
class Row:
    """One of my entries. `act`: what its button does (go_on, hand_in, see)."""

    entry: Entry
    is_leader: bool
    says: str
    act: str
    prizes: tuple = ()


def rows(entries, participant, now):
    """A `Row` for each; `entries` from `handing_in.with_content`, as a list."""
    prizes = prizes_of(entries)
    published = published_among(entries)
    return [
        Row(
            entry,
            leads(entry, participant),
            says(entry, now, is_published=entry.competition_id in published, prizes=prizes[entry.pk]),
            act(entry, participant, now),
            tuple(prizes[entry.pk]),
        )
        for entry in entries
    ]


def act(entry, participant, now):
    if not (leads(entry, participant) and still_open(entry, now)):
        return "see"
    if entry.state == EntryState.DRAFT:
        return "go_on"
    return "hand_in" if has_changed(entry) else "see"


def says(entry, now, *, is_published=False, prizes=()):
    """The one sentence about where the entry stands."""
    if prizes:
        return _("Prize: %(names)s") % {"names": ", ".join(prizes)}
    if entry.state == EntryState.REFUSED:
        return _("Not admitted by the organisers: %(reason)s") % {"reason": entry.public_reason}
    if entry.state == EntryState.WITHDRAWN:
        return _("Withdrawn; it no longer takes part.")
    if is_published:
        return _("The results are out. This entry won no prize.")
    window = entry.competition.window(PhaseCode.ENTRY)
    figures = {
        "closes": spoken_moment(window.closes_at) if window else "",
        "handed_in": spoken_moment(entry.submitted_at) if entry.submitted_at else "",
    }
    return _open_words(entry, still_open(entry, now)) % figures


def _open_words(entry, is_open):
    if entry.state == EntryState.DRAFT:
        if is_open:
            return _("Not handed in yet. Entries close at %(closes)s.")
        return _("Entries closed at %(closes)s. This draft was not handed in.")
    if not is_open:
        return _("Handed in at %(handed_in)s. The results will stand here.")
    if has_changed(entry):
        return _("Handed in at %(handed_in)s; what was changed since then does not count until handed in.")
    if entry.competition.blueprint == Blueprint.QUIZ:
        return _("Handed in at %(handed_in)s.")
    return _("Handed in at %(handed_in)s. It can be changed until %(closes)s.")


def prizes_of(entries):
    """{entry key: names of its prizes}, of published results alone."""
    found = defaultdict(list)
    awards = Award.objects.filter(
        entry__in=[entry.pk for entry in entries],
        withdrawn_at__isnull=True,
        result_list__state=ResultState.PUBLISHED,
    )
    for award in awards.select_related("prize"):
        found[award.entry_id].append(award.prize.name)
    return found


def published_among(entries):
    """Keys of the competitions among theirs whose results are out."""
    lists = ResultList.objects.filter(state=ResultState.PUBLISHED)
    return set(
        lists.filter(competition__in={entry.competition_id for entry in entries}).values_list(
            "competition_id", flat=True
        )
    )


def entries_of_account():
    """The fact `HAS_ENTERED` of an account."""
    return Exists(Participation.objects.filter(participant__user=OuterRef("pk")))


def has_entries(request):
    """Whether the navigation leads to "my entries": asked once a page, and of nobody who cannot have one. An
    account that never entered is not made a participant for it."""
    if not hasattr(request, "_has_entries"):
        request._has_entries = _asked(request)
    return request._has_entries


def _asked(request):
    user = getattr(request, "user", None)
    if user is None:
        return False
    if user.is_authenticated:
        return fact(user, HAS_ENTERED)
    # Public pages open no session of their own.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or visitors.SESSION_ENTRY not in request.session:
        return False
    return Participation.objects.filter(participant=visitors.current(request)).exists()

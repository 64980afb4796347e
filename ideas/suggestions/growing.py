"""An idea grows into an initiative: the dossier that starts from it, the credit it gives, what is told once
it is recognised. Which dossier it is stays inside until then: early publication can destroy novelty."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ideas import events
from ideas.access import PUBLISHED, may_start
from ideas.authorship import start_dossier
from ideas.history import record
from ideas.lifecycle import UNDECIDED, State
from ideas.models import Idea, IdeaContact, IdeaGrowth, IdeaState
from ideas.moves import Actor
from ideas.refusing import Refused
from notifications.events import announce

from . import consents, log, published, telling
from .access import handlers

TITLE_CHARS = 120
_ALIVE = (*UNDECIDED, State.RECOGNISED, State.EXPIRED)  # an expired one can still be taken up again
_GROWABLE = ("will_do", "will_study")


@dataclass(frozen=True)
class Credit:
    """Where a dossier comes from: the idea's number, and the sender's name where they agreed to be named."""

    number: str
    name: str
    url: str  # of the published idea; empty where it is not

    @property
    def shown_name(self):
        return self.name or published.a_resident()


def refusal(idea, user):
    """Why this person cannot start a dossier from `idea`; None when they can."""
    if "own" not in may_start(user):
        return Refused("only_staff_grow")
    if idea.state != IdeaState.ANSWERED or idea.outcome not in _GROWABLE:
        return Refused("idea_not_growable")
    if idea.growths.filter(initiative__state__in=_ALIVE).exists():
        return Refused("idea_grows_already")
    return None


def start(idea, user, *, now=None):
    """A draft of this person with what the resident wrote as its beginning. Raises Refused."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = Idea.objects.select_for_update().get(pk=idea.pk)
        if refused := refusal(locked, user):
            raise refused
        initiative = start_dossier(user, title_of(locked), is_sample=locked.is_sample, now=now)
        initiative.problem, initiative.description = _problem_of(locked), locked.proposal
        initiative.save(update_fields=["problem", "description"])
        IdeaGrowth.objects.create(idea=locked, initiative=initiative, started_at=now)
        record(initiative, "from_idea", Actor.of(user), "main_author", now, details={"idea": locked.number})
        log.write(locked, "grown", now, user=user, initiative=initiative.code)
        announce(
            events.IDEA_GROWN,
            handlers(timezone.localdate(now)),
            subject=locked.number,
            link=locked.get_absolute_url(),
        )
    return initiative


def title_of(idea):
    """What the draft is called at first: the public title, else how the proposal begins."""
    if idea.public_title:
        return idea.public_title
    line = idea.proposal.strip().splitlines()[0]
    if len(line) <= TITLE_CHARS:
        return line
    return line[:TITLE_CHARS].rsplit(" ", 1)[0] + "…"


def _problem_of(idea):
    return "\n\n".join(filter(None, [idea.trouble, idea.place]))


# ---- both ways


def growth_of(idea):
    """The dossier it grew into last that did not come to nothing, or None."""
    return (
        idea.growths.filter(initiative__state__in=_ALIVE)
        .select_related("initiative")
        .order_by("-started_at", "-pk")
        .first()
    )


def credit_of(initiative):
    """The idea this dossier grew from, or None; at most three queries."""
    growth = IdeaGrowth.objects.filter(initiative=initiative).select_related("idea").first()
    if growth is None:
        return None
    idea, name = growth.idea, ""
    if consents.standing_among([idea], consents.CREDIT):
        name = IdeaContact.objects.filter(idea=idea).values_list("name", flat=True).first() or ""
    return Credit(idea.number, name, published.address_of(idea.number) if idea.is_public else "")


def follow(initiatives, states_before, now):
    """After a step of dossiers: once one that grew from an idea is recognised its sender is told, and the
    public list follows whenever it becomes public or stops being so."""
    changed = [
        initiative
        for initiative in initiatives
        if (initiative.state in PUBLISHED) != (states_before[initiative.pk] in PUBLISHED)
    ]
    if not changed:
        return
    growths = list(IdeaGrowth.objects.filter(initiative__in=changed).select_related("idea"))
    if not growths:
        return
    recognised = {initiative.pk for initiative in changed if initiative.state in PUBLISHED}
    telling.write_to_senders([g.idea for g in growths if g.initiative_id in recognised], "recognised", now)
    if shown := [growth.idea for growth in growths if growth.idea.is_public]:
        published.follow(shown)

"""What an organiser reads first about a competition: where it stands, what is missing, what comes next."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import publishing
from ..models import Blueprint
from ..phases import PhaseCode
from . import sending, words
from .stand import approval, next_moment, stand

_SEND = gettext_lazy("Everything is there. Send it for approval; a publisher reads it and publishes it.")
_SEND_AGAIN = gettext_lazy(
    "The changed text is complete. Send it for approval; until then the public reads the earlier one."
)


@dataclass(frozen=True)
class PartLine:
    """One part of the competition with what it lacks, as `components/steps.html` draws it too."""

    code: str
    title: str
    url: str
    lacks: list
    here: bool = False

    @property
    def state(self):
        return "missing" if self.lacks else "ok"

    @property
    def note(self):
        return _("something is missing") if self.lacks else _("complete")


@dataclass(frozen=True)
class NextStep:
    """What to do now. `url` is empty where there is nothing to press."""

    text: str
    url: str = ""
    label: str = ""
    is_post: bool = False


def address(competition, name):
    """Of one of the organiser's pages. Pages of other parts have fixed addresses."""
    if name == "questions":
        return f"{competition.written_at}cau-hoi/"
    return reverse(f"competitions:{name}", args=[competition.code])


def part_lines(competition, here=""):
    """The parts in the order of the work, as the latest revision has them."""
    lacks = publishing.lacks_by_part(publishing.latest(competition), first=not competition.is_out)
    return [
        PartLine(
            code,
            capfirst(str(words.PARTS[code])),
            address(competition, code),
            [words.lack(lack) for lack in found],
            code == here,
        )
        for code, found in lacks.items()
    ]


def overview(competition, now=None):
    """Everything the overview shows, as the context of its template."""
    now = now or timezone.now()
    asked = approval(competition)
    where = stand(competition, approval=asked, now=now)
    parts = part_lines(competition)
    coming = next_moment(competition, now)
    complete = sum(not part.lacks for part in parts)
    return {
        "kind": competition.get_blueprint_display(),
        "stand": where,
        "stand_label": capfirst(str(words.STANDS[where])),
        "text_waits": asked if competition.live else "",
        "coming": coming and {"what": coming[0], "phase": PhaseCode(coming[1]).label, "at": coming[2]},
        "phases": [
            {"label": phase.get_code_display(), "opens_at": phase.opens_at, "closes_at": phase.closes_at}
            for phase in competition.phases.all()
        ],
        "parts": parts,
        "complete": complete,
        "all_parts": len(parts),
        "came_back": sending.what_came_back(competition),
        "step": next_step(competition, where, asked, parts, now),
        "may_take_back": asked == "waits",
        "may_extend": competition.is_out and not competition.standing(now).is_over,
        "log": [(change, words.act(change)) for change in competition.changes.order_by("-at", "-pk")[:50]],
    }


def next_step(competition, where, asked, parts, now):
    """The one thing that comes next."""
    if asked == "waits":
        return NextStep(_("It waits for a publisher. You are told as soon as they have decided."))
    lacking = next((part for part in parts if part.lacks), None)
    if lacking and (not competition.live or sending.has_something_to_send(competition)):
        return NextStep(lacking.lacks[0], lacking.url, lacking.title)
    if not competition.is_out or (sending.has_something_to_send(competition) and competition.live):
        return NextStep(
            _SEND_AGAIN if competition.live else _SEND,
            address(competition, "send"),
            _("Send for approval"),
            True,
        )
    return _running_step(competition, where, parts)


def _running_step(competition, where, parts):
    root = competition.written_at
    if lacking := next((part for part in parts if part.lacks), None):
        return NextStep(lacking.lacks[0], lacking.url, lacking.title)
    if competition.blueprint == Blueprint.FORUM or where in ("planned", "down", "scheduled"):
        return NextStep(_("Nothing to do now."))
    if where == PhaseCode.ENTRY:
        return NextStep(
            _("Entries come in. Check whether each may take part."), f"{root}bai/", _("See the entries")
        )
    if where == "over":
        return NextStep(
            _("Draft the results; somebody else checks them."), f"{root}ket-qua/", _("Go to the results")
        )
    if where == PhaseCode.VOTE:
        return NextStep(_("The public votes."), f"{root}binh-chon/", _("See the vote"))
    if competition.blueprint == Blueprint.QUIZ:
        return NextStep(_("Nothing to do now."))
    return NextStep(_("The jury is at work, or about to be."), f"{root}cham/", _("Go to the judging"))

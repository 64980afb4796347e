"""The steps of an entry, one task a page: which ones a person has, and how far each has come."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trust.consents import given

from ..completeness import lacks
from ..consenting import NEEDED, subject_of
from ..eligibility import refusal_for
from ..models import Blueprint
from .permits import leads

TITLES = {
    "about": gettext_lazy("About oneself"),
    "content": gettext_lazy("Title and text"),
    "files": gettext_lazy("Photos and files"),
    "team": gettext_lazy("The team"),
    "consents": gettext_lazy("Consents"),
    "submit": gettext_lazy("Check and hand in"),
}
# What stands at the end of the copy a browser keeps (static/js/local-copy.js); never changed.
COPY_NUMBER = {"about": 1, "content": 2, "files": 3, "team": 4, "consents": 5, "submit": 6}


@dataclass(frozen=True)
class Step:
    """One line of the steps list (templates/components/steps.html)."""

    code: str
    title: str
    url: str
    here: bool = False
    state: str = ""
    note: str = ""


def codes_of(competition, *, is_leader=True):
    """The steps in order. A quiz has no content of its own; who is not the leader answers for themselves."""
    if not is_leader or competition.blueprint == Blueprint.QUIZ:
        return ["about", "consents"]
    found = ["about", "content"]
    if competition.files_most:
        found.append("files")
    if competition.team_most > 1:
        found.append("team")
    return [*found, "consents", "submit"]


def address(entry, code):
    return reverse(f"competitions:entry_{code}", args=[entry.pk])


def steps_of(entry, participant, now, here=""):
    """[Step] with what each still lacks; `entry` with its content prefetched."""
    codes = codes_of(entry.competition, is_leader=leads(entry, participant))
    missing = unfinished(entry, participant, now)
    return [
        Step(
            code,
            str(TITLES[code]),
            address(entry, code),
            code == here,
            "" if code == "submit" else ("missing" if code in missing else "ok"),
            "" if code == "submit" else (_("to do") if code in missing else _("Complete")),
        )
        for code in codes
    ]


def unfinished(entry, participant, now):
    """The codes of this person's steps that still lack something."""
    found = set()
    if refusal_for(entry.competition, participant, now) or not participant.full_name:
        found.add("about")
    for lack in lacks(entry):
        found.add("files" if lack.field == "files" else "content")
    if any(invitation.answer == "waiting" for invitation in entry.invitations.all()):
        found.add("team")
    if not given(subject_of(participant, entry.competition), NEEDED):
        found.add("consents")
    return found


def next_open(entry, participant, now):
    """The address where this person goes on: the first step that lacks something, else the last one."""
    codes = codes_of(entry.competition, is_leader=leads(entry, participant))
    missing = unfinished(entry, participant, now)
    code = next((code for code in codes if code in missing), None)
    if code or codes[-1] == "submit":
        return address(entry, code or "submit")
    return after(entry, participant, codes[-1])


def after(entry, participant, code):
    """The address of the step that follows; a quiz goes on to its sitting, a member to the entry."""
    is_leader = leads(entry, participant)
    codes = codes_of(entry.competition, is_leader=is_leader)
    following = codes[codes.index(code) + 1 :]
    if following:
        return address(entry, following[0])
    if is_leader and entry.competition.blueprint == Blueprint.QUIZ:
        return f"/cuoc-thi/{entry.competition.slug}/thi/"
    return entry.get_absolute_url()


def before(entry, participant, code):
    """The address of the step before, or ""."""
    codes = codes_of(entry.competition, is_leader=leads(entry, participant))
    number = codes.index(code)
    return address(entry, codes[number - 1]) if number else ""

"""What pages show of similar work and of links."""

import json
from dataclasses import dataclass

from ideas.access import PUBLISHED
from ideas.lifecycle import State

from . import access, links
from .finding import similar_to
from .saying import why
from .words import Compared


@dataclass(frozen=True)
class Card:
    """A similar initiative. `url` is empty where the reader may not open it; `state` is for the council."""

    code: str
    title: str
    url: str
    why: str
    state: str = ""
    state_label: str = ""


def hint_for(initiative, title, problem, solution):
    """Cards for whoever writes: published initiatives alone. `initiative` is None before a dossier begins."""
    rows = access.rows_for_writers(initiative)
    hits = similar_to(Compared.of(title, problem, solution), rows)
    return [_card(hit, title, solution, f"/sang-kien/{hit.code}/") for hit in hits]


def hint_for_draft(initiative):
    """The same from what is saved."""
    return hint_for(initiative, initiative.title, initiative.problem, initiative.description)


def similar_part(user, initiative, version):
    """The dossier's page: what the authors say about the difference for everybody who may read the dossier;
    similar ones for the council; links for whoever may read both. `version` is the one being read."""
    submitted = json.loads(version.payload) if version else {}
    part = {
        "difference": submitted.get("difference", ""),
        "links": links.shown_on(initiative, user),
        "may_link": links.keeps(user, initiative),
        "judges_similar": False,
    }
    if version and access.judges(user, initiative):
        part |= {"judges_similar": True, "similar": similar_for_judges(user, initiative, submitted)}
    return part


def similar_for_judges(user, initiative, submitted):
    title, problem, solution = submitted["title"], submitted["problem"], submitted["description"]
    hits = similar_to(Compared.of(title, problem, solution), access.rows_for_judges(user, initiative))
    readable = access.readable_keys(user, [hit.pk for hit in hits])
    return [_card(hit, title, solution, _address(hit, readable), hit.state) for hit in hits]


def _address(hit, readable):
    if hit.pk in readable:
        return f"/sang-kien/ho-so/{hit.code}/"
    return f"/sang-kien/{hit.code}/" if hit.state in PUBLISHED else ""


def _card(hit, title, solution, url, state=""):
    label = State(state).label if state else ""
    return Card(hit.code, hit.title, url, " ".join(why(hit, title, solution)), state, label)

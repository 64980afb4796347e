"""What the home page shows of initiatives; the same to everybody."""

from . import publication
from .queries import open_round

LATEST = 3


def open_now(request):
    """The open round with its closing moment, or nothing."""
    current = open_round()
    if current is None:
        return None
    return "ideas/public/_open_round.html", {"heads_page": True, "round": current}


def latest(request):
    """The latest recognised initiatives, or nothing."""
    cards = publication.cards(publication.published()[:LATEST])
    return ("ideas/public/_latest.html", {"cards": cards}) if cards else None

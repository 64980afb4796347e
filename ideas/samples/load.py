"""What `load_samples` makes of initiatives."""

from django.utils import timezone

from people.samples.calendar import Calendar

from . import bulk, texts
from .after import load_after
from .setting import make_setting
from .story import play


def load_initiatives(size, now):
    """The council, the rounds and the dossiers. `{what: how many}`; part of the samples' transaction."""
    calendar = Calendar(timezone.localdate(now))
    appointment, rounds = make_setting(calendar)
    written = play(calendar, appointment, size.initiatives, size.seed)
    more = bulk.load_more(calendar, appointment, rounds, size, size.initiatives - len(texts.initiatives()))
    after = load_after(calendar)
    return after | {"rounds": len(rounds) + more.rounds, "initiatives": written + more.initiatives}

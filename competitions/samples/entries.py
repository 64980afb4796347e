"""Entries of the samples, from the first answer to the receipt."""

from datetime import timedelta

from .. import workflow
from ..consenting import ASKED, NEEDED
from ..entering import agreeing, files, starting, writing
from ..moves import Actor
from . import people, pictures


def begin(page, written, begun):
    """(entry, its person, when): only begun, with the consents of whoever begins it."""
    person = people.resident(written["by"], written["place"], written["born"])
    answers = {"full_name": person.full_name, "place": person.place}
    entry = starting.start(page, person, answers, now=begun)
    given = set(ASKED) if written.get("publishes", True) else set(NEEDED)
    agreeing.agree(entry, person, given, now=begun)
    return entry, person, begun


def write(page, written, now, number=0):
    """The same with what is written and its picture. `now` is the moment of loading."""
    entry, person, begun = begin(page, written, now - timedelta(days=written["days_ago"]))
    texts = {"title": written["title"], "text": written["text"]}
    writing.save_content(entry, person, texts, writing.base_of(entry), now=begun)
    if "picture" in written:
        photograph = pictures.photograph(written["picture"], number)
        row = files.attach(entry, person, photograph, now=begun)
        files.caption(entry, person, {row.pk: written["caption"]}, now=begun)
    entry.refresh_from_db()
    return entry, person, begun


def hand_in(page, written, now, number=0):
    """The same, handed in an hour later."""
    entry, person, begun = write(page, written, now, number)
    return workflow.move(entry, "submit", Actor.of(participant=person), now=begun + timedelta(hours=1))

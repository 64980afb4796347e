"""Whether an entry has all its competition asks for."""

import re

from .moves import Refusal

_WORD = re.compile(r"\S+")


def word_count(text):
    """Words as people count them: what stands between blanks."""
    return len(_WORD.findall(text or ""))


def lacks(entry):
    """Everything that is missing or too much, in the order of the form, as refusals."""
    competition = entry.competition
    if competition.blueprint == "quiz":
        yield from _sitting_lacks(entry)
        return
    if not entry.title.strip():
        yield Refusal("title_missing", field="title")
    if competition.words_most:
        yield from _text_lacks(entry, competition.words_most)
    count = sum(file.removed_at is None for file in entry.files.all())
    if count < competition.files_least:
        yield Refusal("files_missing", {"least": competition.files_least, "count": count}, field="files")
    if count > competition.files_most:
        yield Refusal("too_many_files", {"most": competition.files_most, "count": count}, field="files")


def _sitting_lacks(entry):
    """Of a quiz nothing is asked but that it was sat to its end."""
    sitting = getattr(entry, "sitting", None)
    if sitting is None:
        yield Refusal("sitting_missing", field="sitting")
    elif sitting.handed_in_at is None:
        yield Refusal("sitting_open", field="sitting")


def _text_lacks(entry, most):
    count = word_count(entry.text)
    if not count:
        yield Refusal("text_missing", field="text")
    elif count > most:
        yield Refusal("too_many_words", {"most": most, "count": count}, field="text")


def first_lack(entry):
    return next(lacks(entry), None)

"""What stands before the letter box of ideas (`trust.letterbox`)."""

from trust import letterbox
from trust.letterbox import LetterBox, key_of_form
from trust.limits import WrongTries
from vietnamese.text import fold

__all__ = ["BOX", "key_of_form", "key_of_words"]

BOX = LetterBox(
    "ideas.suggestions", WrongTries("idea-sent", most=10, seconds=3600)
)  # every idea taken counts, none is wrong


def key_of_words(*texts):
    """The same for texts that differ only in accents, case and blanks."""
    return letterbox.key_of_words(*map(fold, texts))

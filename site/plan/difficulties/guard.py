"""What stands before the letter box of difficulties (`trust.letterbox`)."""

from trust import letterbox
from trust.letterbox import LetterBox, key_of_form
from trust.limits import WrongTries
from vietnamese.text import fold

__all__ = ["BOX", "key_of_form", "key_of_words"]

BOX = LetterBox("plan.difficulties", WrongTries("difficulty-sent", most=10, seconds=3600))


def key_of_words(*texts):
    """The same for texts that differ only in accents, case and blanks."""
    return letterbox.key_of_words(*map(fold, texts))

"""What stands before the letter box of data rights (`trust.letterbox`)."""

from trust.letterbox import LetterBox
from trust.limits import WrongTries

BOX = LetterBox("rights.requests", WrongTries("rights-sent", most=10, seconds=3600))

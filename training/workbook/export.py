"""Training as a workbook whose import changes nothing."""

from people.workbook.exporting import export

from .sheets import SESSION_WORDS, SHEETS, STATUS_WORDS
from .stored import stored_training

_WORD_OF_STATE = {code: word for word, code in SESSION_WORDS.items()}
_WORD_OF_STATUS = {code: word for word, code in STATUS_WORDS.items()}


def export_training(*, only=None) -> bytes:
    """The five sheets, rows by key; `only`: one of them as CSV."""
    stored = stored_training()
    for values in stored["sessions"].values():
        values["state"] = _WORD_OF_STATE[values["state"]]
    for values in stored["attendance"].values():
        values["status"] = _WORD_OF_STATUS[values["status"]]
    return export(SHEETS, stored, title="Sổ đào tạo", only=only)

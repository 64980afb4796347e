"""What the cells of a training workbook hold; the reading itself is every workbook's."""

from people.workbook import (
    FileRows,
    NumberCode,
    as_code,
    as_code_list,
    as_date,
    as_minutes,
    as_number_list,
    as_short_code,
    as_text,
    as_time,
    as_word,
    as_yes_no,
    read_file,
)

from .sheets import SESSION_WORDS, SHEETS, STATUS_WORDS, TOPICS_ALLOWED, YEARS_ALLOWED

_MOST_MINUTES = 30_000  # what the database holds


def read_training(file, on_rows=None) -> FileRows:
    """Reads the five sheets of `file` (binary, seekable), or the one a CSV carries. Raises WorkbookRefused.

    `on_rows(read, total)` is called every thousand rows.
    """
    return read_file(file, SHEETS, _KINDS, on_rows)


def _certificate(cell, column):
    """A number of a certificate is text; typed as a number it is padded by its format."""
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        code = as_code(cell)
        return code.digits if isinstance(code, NumberCode) else code
    return as_text(cell, column.length)


_KINDS = {
    "code": lambda cell, column: as_short_code(cell, column.length),
    "text": lambda cell, column: as_text(cell, column.length),
    "date": lambda cell, column: as_date(cell),
    "time": lambda cell, column: as_time(cell),
    "minutes": lambda cell, column: as_minutes(cell, _MOST_MINUTES),
    "topics": lambda cell, column: as_number_list(cell, TOPICS_ALLOWED, "1, 3"),
    "years": lambda cell, column: as_number_list(cell, YEARS_ALLOWED, "2026, 2027"),
    "requirements": lambda cell, column: as_code_list(cell),
    "session_state": lambda cell, column: as_word(cell, SESSION_WORDS),
    "status": lambda cell, column: as_word(cell, STATUS_WORDS),
    "yes_no": lambda cell, column: as_yes_no(cell, empty=False),
    "certificate": _certificate,
}

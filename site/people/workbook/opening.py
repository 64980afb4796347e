"""Which reader a file needs, decided by its first bytes and never by its name."""

from .container import OLD_CONTAINER
from .delimited import looks_like_text, open_text
from .reader import open_workbook


def open_file(file, specs, on_rows=None):
    """The sheets of a workbook or of a text file. Raises WorkbookRefused."""
    if is_text(file):
        return open_text(file, specs, on_rows)
    known = {spec.title: [column.heading for column in spec.columns] for spec in specs}
    return open_workbook(file, known, on_rows)


def is_text(file):
    """Whether `file` (binary, seekable) is to be read as text; anything else has to be a workbook."""
    head = file.read(4096)
    file.seek(0)
    return bool(head) and not head.startswith((b"PK", OLD_CONTAINER)) and looks_like_text(head)

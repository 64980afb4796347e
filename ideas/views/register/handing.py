"""Files made for whoever asked: written to a temporary file first, so that memory stays small, an error is an
error page, and a slow reader holds no database cursor."""

import tempfile

from trust.storage import FileInPieces

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def hand_out_workbook(write, name):
    """`write(file)` fills an open binary file, which is handed out as the download `name`."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    return hand_out_file(file, name, XLSX)


def hand_out_file(file, name, content_type):
    """An open file, from its beginning, as a download that no cache between keeps. `name`: plain letters."""
    file.seek(0)
    response = FileInPieces(file, as_attachment=True, filename=name, content_type=content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response

"""A QR code as the path of an SVG: the page draws it itself, no picture is stored and none is fetched."""

from dataclasses import dataclass

import segno


@dataclass(frozen=True)
class QrCode:
    """`path` fills a square of `size` modules; the page adds the white border (`box`)."""

    size: int
    path: str

    @property
    def box(self):
        """The viewBox with one module of white around; the page's padding makes the rest of the four."""
        return f"-1 -1 {self.size + 2} {self.size + 2}"


def qr_code(text) -> QrCode:
    matrix = segno.make(text, error="m", micro=False).matrix
    runs = (run for y, row in enumerate(matrix) for run in _runs(y, row))
    return QrCode(len(matrix), "".join(runs))


def _runs(y, row):
    """Dark modules side by side as one rectangle each."""
    x = 0
    while x < len(row):
        if not row[x]:
            x += 1
            continue
        start = x
        while x < len(row) and row[x]:
            x += 1
        yield f"M{start} {y}h{x - start}v1h-{x - start}z"

"""Two readings of one paper, side by side. Pure."""

from dataclasses import dataclass

WHOLE_SHEET = ""  # the remarks, which belong to no criterion


@dataclass(frozen=True)
class Reading:
    """What a person read: `points` {criterion: Decimal}, `comments` {criterion: words}, and the remarks."""

    points: dict
    comments: dict
    comment: str = ""

    def of(self, criterion):
        """What it says of one criterion, or of the whole sheet."""
        if criterion == WHOLE_SHEET:
            return spaced(self.comment)
        if criterion in self.points:
            return self.points[criterion]
        return spaced(self.comments.get(criterion, ""))


def spaced(text):
    """Words without what paper does not show: line ends and doubled blanks."""
    return " ".join((text or "").split())


def differences(first, second, criteria):
    """The codes of `criteria` (and `WHOLE_SHEET`, last) of which the two readings say different things."""
    return [code for code in [*criteria, WHOLE_SHEET] if first.of(code) != second.of(code)]

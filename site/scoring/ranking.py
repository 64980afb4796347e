"""Advice: a ranking that forgives a strict or a lenient hand. Pure."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Ranked:
    """`share`: the part of the other dossiers this one beats, averaged over the `members` who compared it.

    1 is best, 0 last, a tie counts half. `rank` and `share` are None where nobody scored a second dossier.
    """

    subject: str
    rank: int | None
    share: Fraction | None
    members: int


def normalised_ranking(totals):
    """Advice only: subjects ranked by how each member orders them, best first.

    `totals` is {member: {subject: total}} of complete sheets. A member's own scale cancels out exactly (only
    the order within a member's sheets counts), so neither square root nor rounding is needed. Equal shares
    have the same rank (1, 1, 3).
    """
    shares = {}
    for marks in totals.values():
        for subject, mark in marks.items():
            mine = shares.setdefault(subject, [])
            others = [other for name, other in marks.items() if name != subject]
            if others:
                beaten = sum(Fraction(2) if mark > o else Fraction(mark == o) for o in others)
                mine.append(beaten / (2 * len(others)))
    means = {subject: sum(s, Fraction(0)) / len(s) if s else None for subject, s in shares.items()}
    ranked = [
        Ranked(
            subject,
            None if mean is None else 1 + sum(other is not None and other > mean for other in means.values()),
            mean,
            len(shares[subject]),
        )
        for subject, mean in means.items()
    ]
    return tuple(sorted(ranked, key=lambda r: (r.rank is None, r.rank or 0, r.subject)))

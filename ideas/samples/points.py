"""Points as members would give them: around a level, on the criterion's step."""

from decimal import Decimal


def points_for(rubric, level, rng):
    """`{criterion: Decimal}` at about `level` (0 to 1) of each maximum."""
    points, level = {}, level + rng.uniform(-0.09, 0.09)  # some give more than others
    for criterion in rubric.scored:
        step = criterion.step or Decimal(1)
        share = min(max(level + rng.uniform(-0.06, 0.06), 0.0), 1.0)
        steps = (criterion.max_points * Decimal(f"{share:.4f}") / step).to_integral_value()
        points[criterion.code] = steps * step
    return points

"""What happened to sample people on the roster: service, units, leave; as told, or some of everything."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

_DAYS_TOLD = 1000  # how far back a crowd's changes lie
_KINDS_OF_LEAVE = ("Nghỉ thai sản", "Nghỉ ốm", "Nghỉ không hưởng lương")


@dataclass
class Life:
    """Dates are half-open. `places`: unit, position, primary."""

    spells: list[tuple[str, date, date | None]] = field(default_factory=list)
    places: list[tuple[object, str, bool, date, date | None]] = field(default_factory=list)
    leaves: list[tuple[str, str, bool, date, date]] = field(default_factory=list)  # kind, decision, approved

    def is_over(self, today):
        return all(end and end <= today for _category, _start, end in self.spells)


def steady(category, unit, position, since):
    """Serves in one category and unit, and nothing else happened."""
    return Life([(category, since, None)], [(unit, position, True, since, None)])


def told(life, units, calendar):
    """A life as `people.json` writes it: dates counted from the day of loading."""
    dated = calendar.dated
    return Life(
        [(category, dated(start), dated(end)) for category, start, end in life["spells"]],
        [
            (units[code], position, is_primary, dated(start), dated(end))
            for code, position, is_primary, start, end in life["places"]
        ],
        [
            (kind, decision, is_approved, dated(start), dated(end))
            for kind, decision, is_approved, start, end in life.get("leaves", [])
        ],
    )


def drawn(number, seed, places, today, life):
    """Something happens to one in six of a crowd; `life` is what they have until then."""
    rng = random.Random(f"life:{seed}:{number}")  # noqa: S311 - repeatable on purpose
    happens = rng.choices(list(_HAPPENS), list(_HAPPENS.values()))[0]
    if happens:
        day = today - timedelta(days=rng.randint(20, min(_DAYS_TOLD, (today - life.spells[0][1]).days - 10)))
        happens(life, day, rng, places)
    return life


def _leave(life, day, rng, _places):
    length = rng.choice([10, 30, 60, 180])
    life.leaves.append((rng.choice(_KINDS_OF_LEAVE), "", True, day, day + timedelta(days=length)))


def _moved(life, day, rng, places):
    ((unit, position, _is_primary, start, _end),) = life.places
    others = [place for place in rng.sample(places, 2) if place != unit]
    life.places = [(unit, position, True, start, day), (others[0], position, True, day, None)]


def _left(life, day, _rng, _places):
    life.spells = [(category, start, day) for category, start, _end in life.spells]
    life.places = [(*place[:4], day) for place in life.places]


def _came_back(life, day, rng, places):
    ((category, _start, _end),), ((unit, position, *_dates),) = life.spells, life.places
    again = day + timedelta(days=rng.randint(5, 15))
    _left(life, day, rng, places)
    life.spells.append((category, again, None))
    life.places.append((unit, position, True, again, None))


def _second_task(life, day, rng, places):
    life.places.append((rng.choice(places), "Kiêm nhiệm", False, day, None))


def _other_category(life, day, _rng, _places):
    ((category, start, _end),) = life.spells
    life.spells = [(category, start, day), ("VC" if category == "CC" else "CC", day, None)]


def _without_unit(life, day, _rng, _places):
    life.places = [(*place[:4], day) for place in life.places]


# Of 1,000 people; the rest simply serve on.
_HAPPENS = {
    None: 833,
    _leave: 50,
    _moved: 50,
    _left: 20,
    _came_back: 5,
    _second_task: 30,
    _other_category: 10,
    _without_unit: 2,
}

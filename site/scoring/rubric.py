"""What a council judges by: groups, criteria, bands, grades. Plain frozen values, no database.

A rubric is kept as one JSON definition (see `models.RubricBase`); `read_rubric` turns it into a `Rubric` and
refuses whatever does not add up. Numbers are exact: a definition holds whole numbers or text ("0.5"), never
floats.
"""

import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from itertools import pairwise
from pathlib import Path

SHIPPED = Path(__file__).parent / "data" / "rubrics.json"
PLAIN, TRIMMED = "plain", "trimmed"
DEFAULT_SPREAD_FLAG = Decimal(20)
CITY_MARK = Decimal(85)  # Hải Phòng: from 85 points a dossier goes to the chairman of the city


class RubricInvalid(ValueError):
    """A definition that does not add up. `problems` lists every fault, one sentence each."""

    def __init__(self, problems):
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


@dataclass(frozen=True)
class Band:
    """A labelled range of points, printed beside the criterion as guidance."""

    label: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Group:
    """Criteria judged together. `min_mean` bounds the mean of the group's weighted points."""

    code: str
    name: str
    min_mean: Decimal | None = None


@dataclass(frozen=True)
class Criterion:
    """One thing to judge.

    `min_mean` bounds the mean over the sheets, not one sheet. Below it the initiative does not pass; if the
    criterion is `eliminating` it may not be completed again either. `comment_only` takes words and no points.
    """

    code: str
    group: str
    name: str
    guidance: str = ""
    max_points: Decimal = Decimal(0)
    min_mean: Decimal | None = None
    weight: Decimal = Decimal(1)
    step: Decimal = Decimal("0.5")
    bands: tuple[Band, ...] = ()
    comment_only: bool = False
    eliminating: bool = False
    required: bool = True

    def band_of(self, points):
        """The band `points` falls in: the highest that starts at or below them (30,5 is in "21–30")."""
        return max((b for b in self.bands if b.low <= points), key=lambda b: b.low, default=None)


@dataclass(frozen=True)
class Grade:
    """Given when the mean total and the means of the named criteria all reach their lower bounds."""

    code: str
    label: str
    min_total: Decimal
    conditions: tuple[tuple[str, Decimal], ...] = ()  # (criterion code, lower bound of its mean)


@dataclass(frozen=True)
class Rubric:
    """A version of a set of criteria. `pass_total` None means that entries are ranked, not passed.

    `complete_again_from`: from this mean total on, what does not pass may be completed and judged again.
    `city_mark` None means that nothing judged by it goes to the city.
    """

    code: str
    version: int
    name: str
    groups: tuple[Group, ...]
    criteria: tuple[Criterion, ...]
    note: str = ""
    source: str = ""
    pass_total: Decimal | None = None
    complete_again_from: Decimal | None = None
    grades: tuple[Grade, ...] = ()  # best first
    mean_kind: str = PLAIN
    spread_flag: Decimal | None = DEFAULT_SPREAD_FLAG
    city_mark: Decimal | None = CITY_MARK

    @property
    def scored(self):
        """The criteria that take points, in order."""
        return tuple(c for c in self.criteria if not c.comment_only)

    @property
    def required(self):
        return tuple(c for c in self.scored if c.required)

    @property
    def max_total(self):
        return sum((c.max_points * c.weight for c in self.scored), Decimal(0))

    def criterion(self, code):
        """The criterion with this code; KeyError if there is none."""
        return {c.code: c for c in self.criteria}[code]

    def group(self, code):
        return {g.code: g for g in self.groups}[code]

    def criteria_of(self, group_code):
        return tuple(c for c in self.criteria if c.group == group_code)

    def grouped(self):
        """(group, its criteria) pairs in order, for templates."""
        return tuple((g, self.criteria_of(g.code)) for g in self.groups)


# ---- reading a definition


def read_rubric(definition):
    """The `Rubric` of a JSON definition. Raises `RubricInvalid` naming every fault."""
    problems = []
    try:
        reader = _Reader(problems)
        rubric = reader.rubric(definition)
        stated_total = reader.optional(definition.get("max_total"), "max_total")
    except (KeyError, TypeError, AttributeError) as error:
        raise RubricInvalid([*problems, f"the definition lacks or misuses {error}"]) from error
    problems += _faults(rubric, stated_total)
    if problems:
        raise RubricInvalid(problems)
    return rubric


@cache
def shipped_rubrics():
    """The rubrics that come with the portal, the default first."""
    data = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return tuple(read_rubric(definition) for definition in data["rubrics"])


class _Reader:
    """Turns JSON into values; a bad number is noted and read as 0 so that all faults are found at once."""

    def __init__(self, problems):
        self.problems = problems

    def number(self, value, where):
        if isinstance(value, int | str | Decimal) and not isinstance(value, bool):
            try:
                number = Decimal(value)
            except InvalidOperation:
                number = None
            if number is not None and number.is_finite():
                return number
        self.problems.append(f"{where}: {value!r} is not an exact number")
        return Decimal(0)

    def optional(self, value, where):
        return None if value is None else self.number(value, where)

    def flag(self, value, where):
        if not isinstance(value, bool):
            self.problems.append(f"{where}: {value!r} is neither true nor false")
        return bool(value)

    def rubric(self, d):
        return Rubric(
            code=str(d["code"]),
            version=d["version"],
            name=str(d["name"]),
            note=d.get("note", ""),
            source=d.get("source", ""),
            groups=tuple(
                Group(g["code"], g["name"], self.optional(g.get("min_mean"), f"group {g['code']}, minimum"))
                for g in d["groups"]
            ),
            criteria=tuple(self.criterion(c) for c in d["criteria"]),
            pass_total=self.optional(d.get("pass_total"), "pass_total"),
            complete_again_from=self.optional(d.get("complete_again_from"), "complete_again_from"),
            grades=tuple(self.grade(g) for g in d.get("grades", ())),
            mean_kind=d.get("mean_kind", PLAIN),
            spread_flag=self.optional(d.get("spread_flag", 20), "spread_flag"),
            city_mark=self.optional(d.get("city_mark", 85), "city_mark"),
        )

    def criterion(self, c):
        where = f"criterion {c['code']}"
        return Criterion(
            code=str(c["code"]),
            group=c["group"],
            name=c["name"],
            guidance=c.get("guidance", ""),
            max_points=self.number(c.get("max_points", 0), f"{where}, maximum"),
            min_mean=self.optional(c.get("min_mean"), f"{where}, minimum"),
            weight=self.number(c.get("weight", 1), f"{where}, weight"),
            step=self.number(c.get("step", "0.5"), f"{where}, step"),
            bands=tuple(
                Band(
                    b["label"],
                    self.number(b["low"], f"{where}, band"),
                    self.number(b["high"], f"{where}, band"),
                )
                for b in c.get("bands", ())
            ),
            comment_only=self.flag(c.get("comment_only", False), f"{where}, comment_only"),
            eliminating=self.flag(c.get("eliminating", False), f"{where}, eliminating"),
            required=self.flag(c.get("required", True), f"{where}, required"),
        )

    def grade(self, g):
        where = f"grade {g['code']}"
        conditions = tuple(
            (code, self.number(bound, f"{where}, {code}")) for code, bound in g.get("conditions", {}).items()
        )
        return Grade(g["code"], g["label"], self.number(g["min_total"], where), conditions)


def definition_of(rubric):
    """The JSON definition of `rubric`; `read_rubric(definition_of(r)) == r`."""
    return {
        "code": rubric.code,
        "version": rubric.version,
        "name": rubric.name,
        "note": rubric.note,
        "source": rubric.source,
        "max_total": plain_text(rubric.max_total),
        "pass_total": plain_text(rubric.pass_total),
        "complete_again_from": plain_text(rubric.complete_again_from),
        "mean_kind": rubric.mean_kind,
        "spread_flag": plain_text(rubric.spread_flag),
        "city_mark": plain_text(rubric.city_mark),
        "groups": [
            {"code": g.code, "name": g.name, "min_mean": plain_text(g.min_mean)} for g in rubric.groups
        ],
        "criteria": [_criterion_definition(c) for c in rubric.criteria],
        "grades": [
            {
                "code": g.code,
                "label": g.label,
                "min_total": plain_text(g.min_total),
                "conditions": {code: plain_text(bound) for code, bound in g.conditions},
            }
            for g in rubric.grades
        ],
    }


def _criterion_definition(c):
    return {
        "code": c.code,
        "group": c.group,
        "name": c.name,
        "guidance": c.guidance,
        "max_points": plain_text(c.max_points),
        "min_mean": plain_text(c.min_mean),
        "weight": plain_text(c.weight),
        "step": plain_text(c.step),
        "bands": [{"label": b.label, "low": plain_text(b.low), "high": plain_text(b.high)} for b in c.bands],
        "comment_only": c.comment_only,
        "eliminating": c.eliminating,
        "required": c.required,
    }


def plain_text(number):
    """A Decimal as the shortest exact text without exponent ("30", "8.5"); None stays None."""
    if number is None:
        return None
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


# ---- what must hold


def _faults(rubric, stated_total):
    yield from _head_faults(rubric, stated_total)
    yield from _repeated("group", rubric.groups)
    yield from _repeated("criterion", rubric.criteria)
    yield from _repeated("grade", rubric.grades)
    groups = {g.code for g in rubric.groups}
    for criterion in rubric.criteria:
        if criterion.group not in groups:
            yield f"criterion {criterion.code}: unknown group {criterion.group!r}"
        yield from _comment_faults(criterion) if criterion.comment_only else _points_faults(criterion)
    yield from _group_faults(rubric)
    yield from _grade_faults(rubric)


def _head_faults(rubric, stated_total):
    total = rubric.max_total
    if not rubric.code or not rubric.name:
        yield "code and name are needed"
    if isinstance(rubric.version, bool) or not isinstance(rubric.version, int) or rubric.version < 1:
        yield f"version: {rubric.version!r} is not a whole number from 1"
    if not rubric.scored:
        yield "no criterion takes points"
    if rubric.scored and not rubric.required:
        yield "at least one criterion with points is required"
    if stated_total is not None and stated_total != total:
        yield f"the maxima add up to {plain_text(total)}, not to {plain_text(stated_total)}"
    if rubric.mean_kind not in (PLAIN, TRIMMED):
        yield f"mean_kind: {rubric.mean_kind!r} is neither plain nor trimmed"
    for name in ("pass_total", "complete_again_from", "city_mark"):
        bound = getattr(rubric, name)
        if bound is not None and not 0 <= bound <= total:
            yield f"{name}: {plain_text(bound)} is outside 0–{plain_text(total)}"
    if rubric.spread_flag is not None and rubric.spread_flag < 0:
        yield "spread_flag is negative"
    if rubric.complete_again_from is not None and (
        rubric.pass_total is None or rubric.complete_again_from >= rubric.pass_total
    ):
        yield "complete_again_from must be below pass_total"


def _repeated(kind, items):
    codes = [item.code for item in items]
    for code in sorted({c for c in codes if codes.count(c) > 1}):
        yield f"{kind} {code} stands twice"


def _comment_faults(c):
    if c.max_points or c.min_mean is not None or c.bands or c.eliminating:
        yield f"criterion {c.code}: takes comments only, so no points, minimum or bands"


def _points_faults(c):
    where = f"criterion {c.code}"
    if not 0 < c.max_points <= 9999:
        yield f"{where}: the maximum must lie between 0 and 9999"
    if c.weight <= 0 or c.weight.as_tuple().exponent < -4:
        yield f"{where}: the weight must be positive, with at most four decimals"
    if c.step <= 0 or c.max_points % c.step or c.step.as_tuple().exponent < -2:
        yield f"{where}: step {plain_text(c.step)} does not divide the maximum into hundredths or more"
    if c.min_mean is not None and not 0 <= c.min_mean <= c.max_points:
        yield f"{where}: the minimum is outside 0–{plain_text(c.max_points)}"
    if c.eliminating and c.min_mean is None:
        yield f"{where}: eliminates, but has no minimum"
    yield from _band_faults(c, where)


def _band_faults(c, where):
    """Bands go from 0 to the maximum without overlap; printed whole numbers may leave a gap of one."""
    bands = sorted(c.bands, key=lambda b: b.low)
    if not bands:
        return
    if any(b.low > b.high for b in bands):
        yield f"{where}: a band ends before it starts"
    if bands[0].low != 0 or bands[-1].high != c.max_points:
        yield f"{where}: the bands do not cover 0–{plain_text(c.max_points)}"
    for lower, upper in pairwise(bands):
        if upper.low <= lower.high:
            yield f"{where}: bands {lower.label!r} and {upper.label!r} overlap"
        elif upper.low - lower.high > max(c.step, 1):
            yield f"{where}: a gap lies between bands {lower.label!r} and {upper.label!r}"


def _group_faults(rubric):
    for group in rubric.groups:
        criteria = rubric.criteria_of(group.code)
        if not criteria:
            yield f"group {group.code} has no criterion"
        most = sum((c.max_points * c.weight for c in criteria if not c.comment_only), Decimal(0))
        if group.min_mean is not None and not 0 <= group.min_mean <= most:
            yield f"group {group.code}: the minimum is outside 0–{plain_text(most)}"


def _grade_faults(rubric):
    scored = {c.code: c for c in rubric.scored}
    totals = [g.min_total for g in rubric.grades]
    if totals != sorted(set(totals), reverse=True):
        yield "grades must stand from the best down, each from its own total"
    for grade in rubric.grades:
        if not 0 <= grade.min_total <= rubric.max_total:
            yield f"grade {grade.code}: its total is outside 0–{plain_text(rubric.max_total)}"
        for code, bound in grade.conditions:
            if code not in scored:
                yield f"grade {grade.code}: unknown criterion {code!r}"
            elif not 0 <= bound <= scored[code].max_points:
                yield f"grade {grade.code}: the bound on {code} is outside its points"

"""A result with all it rests on, as canonical data anyone can recompute and hash again. Pure."""

import hashlib
import json
from typing import NamedTuple

from .result import half_up
from .rubric import definition_of, plain_text


class Frozen(NamedTuple):
    """`payload` for a JSON field, `canonical` its canonical bytes, `sha256` their hash in hex."""

    payload: dict
    canonical: bytes
    sha256: str


def freeze(result, rubric, sheets):
    """The result with all it rests on, as data anyone can recompute and hash again.

    Rubric (criteria, maxima, minima, weights, bands), every sheet's points by seat, every figure as exact
    text ("211/3") beside the shown one. Deterministic: the order of `sheets` does not matter.
    """
    payload = {
        "format": 1,
        "rubric": definition_of(rubric),
        "sheets": [
            {"seat": s.seat, "points": {c: plain_text(p) for c, p in s.points.items() if p is not None}}
            for s in sorted(sheets, key=lambda sheet: sheet.seat)
        ],
        "result": result_payload(result),
    }
    canonical = canonical_json(payload)
    return Frozen(payload, canonical, hashlib.sha256(canonical).hexdigest())


def hash_of(payload):
    """The SHA-256 of a payload read back from the database, to compare with the one kept."""
    return hashlib.sha256(canonical_json(payload)).hexdigest()


def canonical_json(payload):
    """Sorted keys, no blanks, UTF-8, no floats (TypeError): one payload, one sequence of bytes."""
    _refuse_floats(payload)
    return json.dumps(
        payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def _refuse_floats(value):
    if isinstance(value, float):
        raise TypeError("a float has no exact text")
    if isinstance(value, dict):
        value = value.values()
    if not isinstance(value, str | int | None):
        for item in value:
            _refuse_floats(item)


def result_payload(result):
    """The result alone as JSON data, for the command line and the frozen file."""
    return {
        "count": result.count,
        "expected": result.expected,
        "sheets": [
            {"seat": s.seat, "total": plain_text(s.total), "missing": list(s.missing)} for s in result.sheets
        ],
        "total": _figures_payload(result.total),
        "criteria": {code: _figures_payload(f) for code, f in result.criteria.items()},
        "groups": {code: _figures_payload(f) for code, f in result.groups.items()},
        "verdict": result.verdict,
        "reasons": [
            {
                "code": r.code,
                "subject": r.subject,
                "value": None if r.value is None else str(r.value),
                "bound": plain_text(r.bound),
            }
            for r in result.reasons
        ],
        "grade": result.grade,
        "disagreement": result.disagreement,
        "sent_to_city": result.sent_to_city,
    }


def _figures_payload(figures):
    if figures is None:
        return None
    exact = ("mean", "median", "minimum", "maximum", "spread")
    shown = {f"{name}_shown": str(half_up(getattr(figures, name))) for name in ("mean", "median", "spread")}
    return {"count": figures.count, **{name: str(getattr(figures, name)) for name in exact}, **shown}

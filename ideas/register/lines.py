"""The twenty columns of a dossier's line (legal.md §2.6), in Vietnamese whatever the reader's language.

Personal data is what the register needs: names, shares, unit. No birth date, no residence, nothing of the
application's text. Points and votes stand there only once the ward has decided, and never for a reader who
declared a conflict.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from papers.models import OfficePaper
from vietnamese.dates import short_date
from vietnamese.numbers import format_decimal, format_percent

from ..access import DECIDED
from ..lifecycle import State
from ..models import Adoption, Author, ClaimState, Conflict, Decision, InitiativeCertificate
from ..papers.kinds import CITY_SUBMISSION
from .outcome import OUTCOME_OF

CHUNK = 500  # dossiers held in memory at once

RESULTS = {
    State.SUBMITTED: "Đang kiểm tra hình thức",
    State.SUPPLEMENT_REQUESTED: "Đang bổ sung hồ sơ",
    State.ACCEPTED: "Đã chấp nhận đơn, chờ chấm điểm",
    State.EVALUATING: "Đang chấm điểm",
    State.EVALUATED: "Đã chấm điểm, chờ quyết định",
    State.RECOGNISED: "Công nhận",
    State.DECLINED: "Không công nhận",
    State.REFUSED: "Từ chối đơn",
    State.EXPIRED: "Hết hạn bổ sung",
    State.WITHDRAWN: "Đã rút đơn",
    State.MERGED: "Gộp vào hồ sơ khác",
    State.REVOKED: "Đã hủy bỏ công nhận",
}
_ROW = (
    "pk",
    "code",
    "state",
    "unit__name",
    "field__name",
    "title",
    "investor",
    "first_applied_on",
    "trial_applied_on",
    "received_on",
    "receipt_number",
    "accepted_on",
    "formality_due_on",
    "decision_due_on",
    "public_reason",
    "keyed_from_paper",
    "is_sample",
    "merged_into__code",
    "register_note__reward",
    "register_note__note",
    "city_sending__batch",
    "city_sending__round__year",
    "city_sending__round__number",
    "result_mean",
    "item_for",
    "item_seats",
)


@dataclass(frozen=True)
class Line:
    """One line of the register. `number` is its place in the list that was asked for."""

    number: int
    code: str
    received_on: date
    receipt_number: int | None
    title: str
    authors: str
    unit: str
    field: str
    investor: str
    first_use_on: date | None
    accepted_on: date | None
    due_on: date | None
    result: str
    score: str
    decision: str
    certificates: str
    sent_to: str
    reward: str
    use: str
    note: str
    state: str
    outcome: str
    mean: Decimal | None

    @property
    def cells(self):
        """The twenty columns in the order of the form."""
        return tuple(getattr(self, name) for name in COLUMNS)


COLUMNS = (
    "number",
    "code",
    "received_on",
    "receipt_number",
    "title",
    "authors",
    "unit",
    "field",
    "investor",
    "first_use_on",
    "accepted_on",
    "due_on",
    "result",
    "score",
    "decision",
    "certificates",
    "sent_to",
    "reward",
    "use",
    "note",
)


class Lines:
    """Lines of `asking.rows(…)` for one reader. Plain values are read, no objects made: each chunk costs the
    same few queries, and ten thousand lines a third of the time."""

    def __init__(self, user):
        staff = getattr(user, "staff", None)
        conflicts = Conflict.objects.filter(staff=staff) if staff else Conflict.objects.none()
        self._aside = frozenset(conflicts.values_list("initiative_id", flat=True))
        papers = OfficePaper.objects.filter(kind=CITY_SUBMISSION.code)
        self._city_papers = {
            subject: (number, day)
            for subject, number, day in papers.values_list("subject", "number", "issued_on")
        }

    def of(self, rows, first=1):
        """`Line`s of a slice or page of rows, numbered from `first`."""
        return list(self._chunk(list(rows.values(*_ROW)), first))

    def all_of(self, rows):
        """Every line, `CHUNK` dossiers at a time: memory does not grow with the register."""
        keys = list(rows.values_list("pk", flat=True))  # a whole register sorted at once would not be small
        for start in range(0, len(keys), CHUNK):
            chunk = rows.filter(pk__in=keys[start : start + CHUNK]).values(*_ROW)
            yield from self._chunk(list(chunk), start + 1)

    def _chunk(self, chunk, first):
        beside = _Beside([row["pk"] for row in chunk])
        for number, row in enumerate(chunk, start=first):
            yield self._line(row, beside, number)

    def _line(self, row, beside, number):
        is_open = row["state"] in DECIDED and row["pk"] not in self._aside
        first_use = min(filter(None, (row["first_applied_on"], row["trial_applied_on"])), default=None)
        return Line(
            number=number,
            code=row["code"],
            received_on=row["received_on"],
            receipt_number=row["receipt_number"],
            title=row["title"],
            authors=_authors(beside.authors[row["pk"]]),
            unit=row["unit__name"] or "",
            field=row["field__name"] or "",
            investor=row["investor"],
            first_use_on=first_use,
            accepted_on=row["accepted_on"],
            due_on=row["decision_due_on"] or row["formality_due_on"],
            result=RESULTS[row["state"]],
            score=_score(row) if is_open else "",
            decision=_decision(row["state"], beside.decisions[row["pk"]]),
            certificates=_certificates(beside.certificates[row["pk"]]),
            sent_to=self._sent_to(row),
            reward=row["register_note__reward"] or "",
            use=_use(row["state"], first_use, beside.adoptions[row["pk"]]),
            note=_note(row, beside.decisions[row["pk"]]),
            state=row["state"],
            outcome=OUTCOME_OF[row["state"]],
            mean=row["result_mean"] if is_open else None,
        )

    def _sent_to(self, row):
        if row["city_sending__batch"] is None:
            return ""
        place = (row[f"city_sending__{name}"] for name in ("round__year", "round__number", "batch"))
        paper = self._city_papers.get(city_subject(*place))
        if paper is None:
            return "Thành phố (đang lập hồ sơ)"
        number, day = paper
        return f"Thành phố, Tờ trình số {number} ngày {short_date(day)}"


class _Beside:
    """What stands beside the rows of a chunk, by dossier: four queries."""

    def __init__(self, keys):
        of = {"initiative__in": keys}
        self.authors = _by_dossier(
            Author.objects.filter(**of).order_by("-is_main", "order", "pk"), "full_name", "share"
        )
        self.decisions = _by_dossier(
            Decision.objects.filter(**of).order_by("pk"), "kind", "number", "decided_on"
        )
        self.certificates = _by_dossier(
            InitiativeCertificate.objects.filter(author__initiative__in=keys).order_by("certificate_id"),
            "certificate__number",
            "certificate__issued_on",
            "certificate__state",
            key="author__initiative_id",
        )
        self.adoptions = _by_dossier(
            Adoption.objects.filter(**of, state=ClaimState.VERIFIED).order_by("start_on", "pk"),
            "unit__name",
            "start_on",
            "end_before",
        )


def _by_dossier(rows, *names, key="initiative_id"):
    found = defaultdict(list)
    for owner, *values in rows.values_list(key, *names):
        found[owner].append(values)
    return found


def city_subject(year, number, batch):
    """The key in `papers` of the submission paper of one batch of a round."""
    return f"city:{year}-{number}-{batch}"


def _authors(people):
    """ "Bùi Thị Ngọc (60 %); Đỗ Minh Tuấn (40 %)", the main one first."""
    return "; ".join(f"{name} ({_share(share)} %)" for name, share in people)


def _share(share):
    return format_decimal(share, 0 if share == share.to_integral_value() else 2, "vi")


def _score(row):
    parts = []
    if row["result_mean"] is not None:
        parts.append(f"{format_decimal(row['result_mean'], 2, 'vi')} điểm")
    if row["item_for"] is not None and row["item_seats"]:
        share = format_percent(Fraction(100 * row["item_for"], row["item_seats"]), 1, "vi")
        parts.append(f"{row['item_for']}/{row['item_seats']} ghế đồng ý ({share})")
    return "; ".join(parts)


_KINDS = {
    State.RECOGNISED: ("recognise",),
    State.DECLINED: ("decline",),
    State.REVOKED: ("recognise", "revoke"),
}


def _decision(state, decisions):
    """Number and day of the decision by which it stands where it stands; of a revoked one both."""
    made = {kind: (number, day) for kind, number, day in decisions}
    return "; ".join(_numbered(*made[kind]) for kind in _KINDS.get(state, ()) if kind in made)


def _numbered(number, day):
    return f"{number}, {short_date(day)}" if number else short_date(day)


def _certificates(issued):
    """Those in force; once recognition was revoked the revoked ones."""
    return "; ".join(
        _numbered(number, day) + (" (đã hủy)" if state == "revoked" else "")
        for number, day, state in issued
        if state != "replaced"
    )


def _use(state, first_use, adoptions):
    """Since when it is used, and which units took it over (confirmed ones)."""
    if state != State.RECOGNISED:
        return ""
    parts = [f"Áp dụng từ {short_date(first_use)}"] if first_use else []
    for unit, start_on, end_before in adoptions:
        until = f" đến trước {short_date(end_before)}" if end_before else ""
        parts.append(f"Nhân rộng: {unit} từ {short_date(start_on)}{until}")
    return "; ".join(parts)


def _note(row, decisions):
    parts = [row["register_note__note"]]
    if row["merged_into__code"]:
        parts.append(f"Gộp vào {row['merged_into__code']}")
    if row["state"] in (State.REFUSED, State.DECLINED, State.REVOKED) and row["public_reason"]:
        parts.append(f"Lý do: {row['public_reason']}")
    if any(kind == "correct" for kind, _number, _day in decisions):
        parts.append("Đã đính chính")
    if row["keyed_from_paper"]:
        parts.append("Hồ sơ giấy")
    if row["is_sample"]:
        parts.append("Dữ liệu mẫu")
    return "; ".join(filter(None, parts))

"""What became of a dossier, on which day and why: in SQL, so that lists, figures and links count alike.

By a year two things are meant. *Received*: the day of receipt lies in it. *Settled*: the day of the decision
does, or, where it ended without one, the local day on which it did. Each dossier counts once, where it stands
now. Days are those of Asia/Ho_Chi_Minh: 31 December ends at midnight there.
"""

from datetime import date, datetime, time

from django.db.models import Case, CharField, DateField, F, OuterRef, Q, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from scoring.result import FAIL

from ..lifecycle import State
from ..models import AgendaItem, Decision, FrozenResult

RECEIVED, SETTLED = "nhan", "ket-thuc"
BASES = (RECEIVED, SETTLED)

# outcome code → states; the codes stand in addresses
STATES_OF = {
    "cong-nhan": (State.RECOGNISED,),
    "khong-cong-nhan": (State.DECLINED,),
    "tu-choi": (State.REFUSED,),
    "het-han": (State.EXPIRED,),
    "rut-don": (State.WITHDRAWN,),
    "gop": (State.MERGED,),
    "huy-bo": (State.REVOKED,),
    "dang-xu-ly": (
        State.SUBMITTED,
        State.SUPPLEMENT_REQUESTED,
        State.ACCEPTED,
        State.EVALUATING,
        State.EVALUATED,
    ),
}
OUTCOMES = tuple(STATES_OF)
UNDER_WAY, RECOGNISED = "dang-xu-ly", "cong-nhan"
NOT_RECOGNISED = tuple(code for code in OUTCOMES if code not in (UNDER_WAY, RECOGNISED))
OUTCOME_OF = {state: code for code, states in STATES_OF.items() for state in states}

OUTCOME_LABELS = {
    "cong-nhan": pgettext_lazy("outcome", "recognised"),
    "khong-cong-nhan": pgettext_lazy("outcome", "not recognised"),
    "tu-choi": pgettext_lazy("outcome", "refused"),
    "het-han": pgettext_lazy("outcome", "not completed in time"),
    "rut-don": pgettext_lazy("outcome", "withdrawn"),
    "gop": pgettext_lazy("outcome", "merged"),
    "huy-bo": pgettext_lazy("outcome", "recognition revoked"),
    "dang-xu-ly": pgettext_lazy("outcome", "under way"),
}
REASON_LABELS = {
    "hinh-thuc": _("Refused at the formality check"),
    "khong-bo-sung": _("What was missing did not come in time"),
    "tac-gia-rut": _("Withdrawn by the author"),
    "gop-ho-so": _("Merged into another dossier"),
    "khong-dat-diem": _("Points below the mark"),
    "khong-du-phieu": _("Fewer votes than needed"),
    "nguoi-quyet-dinh": _("Decided otherwise by the head of the ward"),
    "bi-huy-bo": _("Recognition revoked"),
}
REASONS = tuple(REASON_LABELS)
_BY_DECISION = (State.RECOGNISED, State.DECLINED, State.REVOKED)
_BY_STEP = (State.REFUSED, State.EXPIRED, State.WITHDRAWN, State.MERGED)
_DECISION_OF = {State.RECOGNISED: "recognise", State.DECLINED: "decline", State.REVOKED: "revoke"}


def with_outcome(rows):
    """`rows` with `outcome`, `reason` (empty where there is none) and what these rest on."""
    last = _of_evaluation(FrozenResult).order_by("-sequence")
    item = _of_evaluation(AgendaItem).order_by("-pk")
    return rows.annotate(
        settled_by_decision_on=_decided_on(),
        result_mean=Subquery(last.values("mean")[:1]),
        result_verdict=Subquery(last.values("verdict")[:1]),
        result_for_city=Subquery(last.values("for_city")[:1]),
        item_for=Subquery(item.values("votes_for")[:1]),
        item_seats=Subquery(item.values("seats")[:1]),
        item_needed=Subquery(item.values("needed")[:1]),
    ).annotate(outcome=_outcome(), reason=_reason())


def _of_evaluation(model):
    return model.objects.filter(initiative=OuterRef("pk"), evaluation_number=OuterRef("evaluation_number"))


def _decided_on():
    """The day of the decision that brought the dossier where it stands; null where none did."""

    def day(kind):
        made = Decision.objects.filter(initiative=OuterRef("pk"), kind=kind).order_by("-pk")
        return Subquery(made.values("decided_on")[:1])

    whens = [When(state=state, then=day(kind)) for state, kind in _DECISION_OF.items()]
    return Case(*whens, output_field=DateField())


def _outcome():
    whens = [When(state__in=states, then=Value(code)) for code, states in STATES_OF.items()]
    return Case(*whens, output_field=CharField())


def _reason():
    return Case(
        When(state=State.REFUSED, then=Value("hinh-thuc")),
        When(state=State.EXPIRED, then=Value("khong-bo-sung")),
        When(state=State.WITHDRAWN, then=Value("tac-gia-rut")),
        When(state=State.MERGED, then=Value("gop-ho-so")),
        When(state=State.REVOKED, then=Value("bi-huy-bo")),
        When(state=State.DECLINED, result_verdict=FAIL, then=Value("khong-dat-diem")),
        When(state=State.DECLINED, item_for__lt=F("item_needed"), then=Value("khong-du-phieu")),
        When(state=State.DECLINED, then=Value("nguoi-quyet-dinh")),
        default=Value(""),
        output_field=CharField(),
    )


def of_year(rows, year, basis):
    """Those of `with_outcome(…)` that count for `year` by `basis`."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    if basis == RECEIVED:
        return rows.filter(received_on__gte=first, received_on__lt=after)
    begins, ends = _midnight(first), _midnight(after)
    return rows.filter(
        Q(state__in=_BY_DECISION, settled_by_decision_on__gte=first, settled_by_decision_on__lt=after)
        | Q(state__in=_BY_STEP, state_since__gte=begins, state_since__lt=ends)
    )


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))

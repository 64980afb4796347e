"""How freezes speak: labels, states, and the one word for both ways of being exempt (the reason is health
data, so pages and files do not tell a leave from an exemption)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..coverage import State
from ..models import CoverageSnapshot

UNASSIGNED = _("No unit yet")
_EXEMPT = pgettext_lazy("coverage", "exempt")
_STATES = {
    State.TRAINED: pgettext_lazy("coverage", "trained"),
    State.WAIVED: _EXEMPT,
    State.EXEMPT_LEAVE: _EXEMPT,
    State.NOT_DUE: pgettext_lazy("coverage", "not due"),
    State.MISSING: pgettext_lazy("coverage", "missing"),
}


def state_of(code) -> str:
    """The word of a state; of none, that the person is not in scope."""
    return str(_STATES.get(code, pgettext_lazy("coverage", "not in scope")))


def label_of(code) -> str:
    return str(CoverageSnapshot.Label(code).label)

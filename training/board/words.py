"""The words and looks of the states of coverage. Logic knows the codes alone."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..coverage import State

# Codes of addresses → states; the columns of the board.
GROUPS = {
    "trained": (State.TRAINED,),
    "exempt": (State.WAIVED, State.EXEMPT_LEAVE),
    "not_due": (State.NOT_DUE,),
    "missing": (State.MISSING,),
}
GROUP_WORDS = {
    "": pgettext_lazy("coverage", "Everybody in scope"),
    "trained": pgettext_lazy("coverage", "Trained"),
    "exempt": pgettext_lazy("coverage", "Exempt"),
    "not_due": pgettext_lazy("coverage", "Not due"),
    "missing": pgettext_lazy("coverage", "Missing"),
}
_LOOKS = {
    State.OUT: ("off", "minus", _("not in scope")),
    State.TRAINED: ("ok", "check", _("trained")),
    State.WAIVED: ("off", "no", _("exempt by decision")),
    State.EXEMPT_LEAVE: ("off", "cal", _("exempt: on leave")),
    State.NOT_DUE: ("work", "clock", _("not due yet")),
    State.MISSING: ("wait", "warn", _("missing")),
}
_OVERDUE = ("bad", "warn", _("missing, overdue"))


def state_look(state, overdue=False):
    """`(tone, icon, words)`."""
    return _OVERDUE if overdue and state == State.MISSING else _LOOKS[State(state)]


def state_words(state, overdue=False):
    return str(state_look(state, overdue)[2])

"""The words and looks of the states of coverage. Logic knows the codes alone."""

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
    "left": pgettext_lazy("coverage", "Left during the year"),
}
_LOOKS = {
    State.OUT: ("off", "minus", pgettext_lazy("coverage", "not in scope")),
    State.TRAINED: ("ok", "check", pgettext_lazy("coverage", "trained")),
    State.WAIVED: ("off", "no", pgettext_lazy("coverage", "exempt by decision")),
    State.EXEMPT_LEAVE: ("off", "cal", pgettext_lazy("coverage", "exempt: on leave")),
    State.NOT_DUE: ("work", "clock", pgettext_lazy("coverage", "not due yet")),
    State.MISSING: ("wait", "warn", pgettext_lazy("coverage", "missing")),
}
_OVERDUE = ("bad", "warn", pgettext_lazy("coverage", "missing, overdue"))


def state_look(state, overdue=False):
    """`(tone, icon, words)`."""
    return _OVERDUE if overdue and state == State.MISSING else _LOOKS[State(state)]

"""Which officials have had their training: the one definition (training.md §1).

`rules` says it over plain values, `statement` in SQL; page, export, command, public figure, reminders and
plan targets all come here.
"""

from .facts import explain, facts_of
from .left import Left, left_scope
from .policy import Policy, UnknownRequirement, default_day, last_day, policies_of, policy_of
from .query import PersonState, credits, figures_by_unit, people
from .rollup import UnitRow, roll_up, whole
from .rules import Facts, Figures, Judgement, State, judge

__all__ = [
    "Facts",
    "Figures",
    "Judgement",
    "Left",
    "PersonState",
    "Policy",
    "State",
    "UnitRow",
    "UnknownRequirement",
    "credits",
    "default_day",
    "explain",
    "facts_of",
    "figures_by_unit",
    "judge",
    "last_day",
    "left_scope",
    "people",
    "policies_of",
    "policy_of",
    "roll_up",
    "whole",
]

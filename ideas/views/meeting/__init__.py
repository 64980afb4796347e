"""The council's meetings: the list, the plan, the page of one meeting and what is done on it."""

from .files import tally
from .listing import meeting_list
from .page import detail
from .planning import change, plan

__all__ = ["change", "detail", "meeting_list", "plan", "tally"]

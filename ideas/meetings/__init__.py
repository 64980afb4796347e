"""The door of meetings: planning, opening, the roll, votes, conclusions, closing (design §4).

Everything that writes about a meeting is here. Each function locks the meeting (then, where it writes about
one, the initiative), compares the version the page was drawn from, asks who may and whether, writes, and
announces last. Refusals carry a reason code, as those of `ideas.workflow` do.
"""

from .asking import may_close, may_open, may_record
from .closing import close_meeting, save_conclusion
from .counting import name_counters
from .looking import appointments_kept_by, can_be_put_on, items_of, meetings_visible_to
from .opening import open_meeting, take_roll
from .planning import change_meeting, plan_meeting, take_off
from .refusals import MeetingChanged, MeetingRefused
from .voting import choose_mode, record_open_vote, record_secret_ballot, save_votes

__all__ = [
    "MeetingChanged",
    "MeetingRefused",
    "appointments_kept_by",
    "can_be_put_on",
    "change_meeting",
    "choose_mode",
    "close_meeting",
    "items_of",
    "may_close",
    "may_open",
    "may_record",
    "meetings_visible_to",
    "name_counters",
    "open_meeting",
    "plan_meeting",
    "record_open_vote",
    "record_secret_ballot",
    "save_conclusion",
    "save_votes",
    "take_off",
    "take_roll",
]

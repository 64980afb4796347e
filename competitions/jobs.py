"""What the worker does for competitions by itself."""

from obligations.clock import every

from .quiz import sitting
from .voting import counting, retention


@every(seconds=10, name="competitions.hand-in-quizzes")
def hand_in_quizzes(now):
    """A quiz whose time is up is handed in as of its end; a stopped worker does it when it is back."""
    sitting.hand_in_run_out(now)


@every(seconds=60, name="competitions.count-votes")
def count_votes(now):
    """A vote that is over gets its count; a stopped worker makes it when it is back."""
    counting.count_closed(now)


@every(seconds=60, name="competitions.vote-pictures")
def vote_pictures(now):
    """Pictures for voters are there before they are asked for, and gone when the vote is over."""
    retention.keep_pictures(now)


@every(seconds=3600, name="competitions.forget-networks")
def forget_networks(now):
    """Marks of the networks votes came from go once nobody needs them."""
    retention.forget_networks(now)

"""What the worker's clock does for people."""

from obligations.clock import every

from .sign_in import sessions, sleeping, told, tries
from .uploads import drop_old


@every(seconds=24 * 3600, name="people.drop-old-previews")
def drop_old_previews(now):
    """A roster uploaded and never taken over goes, whether or not anybody uploads again."""
    drop_old(now)


@every(seconds=30, name="people.wrong-tries")
def wrong_tries(now):
    told.tell_of_wrong_tries(now)


@every(seconds=300, name="people.ended-sessions")
def ended_sessions(now):
    sessions.drop_dead(now)


@every(seconds=24 * 3600, name="people.unused-accounts")
def unused_accounts(now):
    sleeping.look_after(now)
    tries.drop_old(now)

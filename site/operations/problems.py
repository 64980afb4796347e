"""Why something was not done, in words for whoever runs the command."""


class Problem(Exception):
    """`returncode` as the commands' exit codes have it: 1 it was tried and failed, 2 it was not begun."""

    returncode = 1

    def __init__(self, message):
        super().__init__(str(message))


class Refused(Problem):
    """Nothing was begun: the input or the state of the portal does not allow it."""

    returncode = 2


class Damaged(Problem):
    """A backup that is not whole, was altered, or is not for this key."""


class Failed(Problem):
    """It was begun and undone: a full disk, a database that does not answer."""

"""The wall clock of a child, moved while it runs, as when somebody sets the system's.

`time.time` and Django's `now` go by the offset (seconds) in a file; what measures spans (monotonic) goes on,
as it does then. Installed before anything of the portal is imported. (libfaketime, which would move the clock
from outside, makes Python's `time.sleep` fail: version 0.9.10, Debian 12.)
"""

import time
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

LOOK_EVERY = 0.1  # seconds


def go_by(file):
    file = Path(file)
    real_time, real_now = time.time, timezone.now
    seen = {"at": float("-inf"), "offset": 0}

    def offset():
        if time.monotonic() - seen["at"] > LOOK_EVERY:
            seen.update(at=time.monotonic(), offset=int(file.read_text() or 0))
        return seen["offset"]

    time.time = lambda: real_time() + offset()
    timezone.now = lambda: real_now() + timedelta(seconds=offset())

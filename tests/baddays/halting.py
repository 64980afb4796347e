"""Places where a child stands still, so that it can be killed just there.

A test makes the file `place`; the child that comes by makes `place.reached` and waits until `place` is gone.
"""

import time

from django.conf import settings
from django.utils.decorators import sync_only_middleware


def halt(place):
    wish = settings.HALT_FOLDER / place
    if wish.exists():
        (settings.HALT_FOLDER / f"{place}.reached").touch()
        while wish.exists():
            time.sleep(0.02)


def after_a_row(sender, **kwargs):
    """In the middle of a transaction: a row is written, the others are not, nothing is committed."""
    halt(f"saved-{sender._meta.label}")


@sync_only_middleware
def before_the_answer(get_response):
    """Everything is committed, and the browser does not know it yet."""

    def middleware(request):
        response = get_response(request)
        if request.method == "POST":
            halt("answer")
        return response

    return middleware

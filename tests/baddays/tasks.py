"""A task of the queue to be killed in."""

from pathlib import Path

from django_tasks import task

from .halting import halt


@task()
def leave_a_mark(where):
    """Writes a line when it begins and one when it is done."""
    with Path(where).open("a") as log:
        log.write("begun\n")
    halt("task")
    with Path(where).open("a") as log:
        log.write("done\n")

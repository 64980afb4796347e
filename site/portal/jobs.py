"""What the worker's clock does for pages."""

from django.core.management import call_command

from obligations.clock import every

from . import search
from .picture_making import make_missing
from .stamp import drop_old


@every(seconds=30, name="portal.publish-scheduled")
def publish_scheduled(now):
    """Pages whose time has come go out, those whose time is over go; a stopped worker catches up."""
    call_command("publish_scheduled", verbosity=0)


@every(seconds=600, name="portal.drop-old-stamps")
def drop_old_stamps(now):
    drop_old(now)


@every(seconds=6 * 3600, name="portal.rebuild-search")
def rebuild_search(now):
    """The index follows each change by itself; this mends what was written past the pages and the doors."""
    search.rebuild()


@every(seconds=6 * 3600, name="portal.make-pictures")
def make_pictures(now):
    """Files are made when a page is published; this mends what a restored backup or a new size left open."""
    make_missing()

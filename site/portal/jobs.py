"""What the worker's clock does for pages."""

from django.core.management import call_command

from obligations.clock import every

from .stamp import drop_old


@every(seconds=30, name="portal.publish-scheduled")
def publish_scheduled(now):
    """Pages whose time has come go out, those whose time is over go; a stopped worker catches up."""
    call_command("publish_scheduled", verbosity=0)


@every(seconds=600, name="portal.drop-old-stamps")
def drop_old_stamps(now):
    drop_old(now)

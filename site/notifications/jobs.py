"""What the worker does for notifications."""

from datetime import timedelta

from obligations.clock import every

from .digest import build_digests
from .models import Notification
from .sending import send_due

QUIET_KEPT = timedelta(days=1)


@every(seconds=30, name="mail-digest")
def digest(now):
    build_digests(now)


@every(seconds=5, name="mail")
def mail(now):
    send_due()


@every(seconds=3600, name="prune-quiet")
def prune_quiet(now):
    """Quiet rows only refresh open pages; a page away for longer fetches everything anew anyway."""
    Notification.objects.filter(quiet=True, created_at__lt=now - QUIET_KEPT).delete()

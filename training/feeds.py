"""The personal calendar address: made, renewed and taken back by its owner; whoever has it reads the owner's
sessions, so that it can be revoked at any time."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from .enrolment import SEATED
from .models import CalendarFeed, Session
from .models.feeds import new_token


def feed_of(user):
    return CalendarFeed.objects.filter(user=user).first()


def address_of(user) -> str:
    """The whole address for a calendar program; empty where there is none."""
    feed = feed_of(user)
    return settings.SITE_URL + reverse("training:personal_feed", args=[feed.token]) if feed else ""


def renew(user) -> CalendarFeed:
    """A new address; the old one opens nothing from now on."""
    values = {"token": new_token(), "made_at": timezone.now()}
    return CalendarFeed.objects.update_or_create(user=user, defaults=values)[0]


def take_back(user):
    CalendarFeed.objects.filter(user=user).delete()


def owner_of(token):
    """The open account behind a token, or None."""
    feed = (
        CalendarFeed.objects.select_related("user__staff").filter(token=token, user__is_active=True).first()
    )
    return feed.user if feed else None


def sessions_of(user):
    """The sessions somebody has a seat in."""
    staff = getattr(user, "staff", None)
    rows = Session.objects.select_related("course")
    if staff is None:
        return rows.none()
    return rows.filter(pk__in=staff.enrolments.filter(state__in=SEATED).values("session"))

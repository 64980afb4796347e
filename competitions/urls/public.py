"""Addresses of what everybody reads; the pages themselves are Wagtail's."""

from django.urls import path

from .. import feeds

urlpatterns = [
    path("tin.xml", feeds.rss, name="rss"),
    path("tin.atom", feeds.atom, name="atom"),
    path("lich.ics", feeds.calendar, name="calendar_feed"),
    path("gio/", feeds.clock, name="clock"),
]

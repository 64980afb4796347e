"""Mounted at the root, before the page tree."""

from django.urls import path

from . import feeds, media

app_name = "portal"
urlpatterns = [
    path("tin-tuc/rss.xml", feeds.rss, name="news_rss"),
    path("tin-tuc/atom.xml", feeds.atom, name="news_atom"),
    path("media/images/<str:name>", media.picture, name="picture"),
]

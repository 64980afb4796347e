"""Mounted at the root, before the page tree."""

from django.urls import path

from . import feeds, media
from .search import views as search_views

app_name = "portal"
urlpatterns = [
    path("tim-kiem/", search_views.search, name="search"),
    path("tin-tuc/rss.xml", feeds.rss, name="news_rss"),
    path("tin-tuc/atom.xml", feeds.atom, name="news_atom"),
    path("media/images/<str:name>", media.picture, name="picture"),
]

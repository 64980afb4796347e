"""Mounted at the root, before the page tree."""

from django.urls import include, path

from . import calendar, feeds, media, my_calendar_views, rating, sitemap
from .search import views as search_views

app_name = "portal"
urlpatterns = [
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("danh-gia/", rating.rate, name="rate"),
    path("lich/", calendar.month, name="calendar"),
    path("lich/lich.ics", calendar.feed, name="calendar_feed"),
    path("lich/cua-toi/", my_calendar_views.own, name="my_calendar"),
    path("lich/viec/<str:token>.ics", my_calendar_views.duties, name="duty_feed"),
    path("robots.txt", sitemap.robots, name="robots"),
    path(".well-known/security.txt", sitemap.security_contact, name="security_contact"),
    path("tim-kiem/", search_views.search, name="search"),
    path("tin-tuc/rss.xml", feeds.rss, name="news_rss"),
    path("tin-tuc/atom.xml", feeds.atom, name="news_atom"),
    path("du-lieu-mo/", include("portal.opendata.urls")),
    path("media/images/<str:name>", media.picture, name="picture"),
]

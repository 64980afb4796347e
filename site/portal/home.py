"""What the home page shows of the portal's own pages, and the frame of what the apps count."""

from .models.news import public_articles, with_pictures
from .registry import key_figures

LATEST = 4


def latest_news(request):
    """The latest articles with the address of all, or nothing."""
    articles = list(with_pictures(public_articles())[:LATEST])
    index = articles[0].get_parent() if articles else None  # as public as the article
    if index is None or not index.live:
        return None
    return "portal/sections/news.html", {"articles": articles, "index_url": index.get_url(request)}


def year_in_figures(request):
    """The key figures the apps registered, with the day they are of; nothing where none has anything."""
    figures = key_figures(request)
    if not figures:
        return None
    days = {figure.as_of for figure in figures}
    # One day over all of them; where they differ, each says its own.
    shared = {"as_of": days.pop()} if len(days) == 1 else {}
    year = max(figure.as_of for figure in figures).year
    return "portal/sections/figures.html", {"figures": figures, "year": year, **shared}

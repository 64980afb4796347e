"""Pages editors write. Their body is made of a few plain blocks, so that every page looks like the portal."""

from .base import BasePage
from .help import ContactPage, FaqPage, SiteMapPage
from .home import HomePage
from .library import DocumentLibraryPage
from .my_calendar import CalendarAddress, CalendarEntry
from .news import ArticlePage, NewsIndexPage, Section
from .outage import PlannedOutage
from .plan_text import PlanPage
from .rating import Answer, PageRating, RatedPage
from .search import SearchEntry
from .stamp import ContentStamp
from .standard import StandardPage

__all__ = [
    "Answer",
    "ArticlePage",
    "BasePage",
    "CalendarAddress",
    "CalendarEntry",
    "ContactPage",
    "ContentStamp",
    "DocumentLibraryPage",
    "FaqPage",
    "HomePage",
    "NewsIndexPage",
    "PageRating",
    "PlanPage",
    "PlannedOutage",
    "RatedPage",
    "SearchEntry",
    "Section",
    "SiteMapPage",
    "StandardPage",
]

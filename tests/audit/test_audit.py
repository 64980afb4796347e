"""The tools of `make audit`: which pages are looked at, and what counts as held."""

import pytest

from audit import html, lighthouse, walk
from audit.pages import Page
from tests.portal.builders import news_index, site

pytestmark = pytest.mark.once


def found(path, *links, reader="", status=200, from_path=""):
    anchors = "".join(f'<a href="{link}">x</a>' for link in links)
    return walk.Found(reader, path, status, f"<html>{anchors}</html>", from_path)


@pytest.fixture
def served(monkeypatch):
    """{path: links on it}: a portal of these pages; any other path is a 404."""
    pages = {}

    def ask(site, reader, path, from_path=""):
        return found(
            path,
            *pages.get(path, ()),
            reader=reader,
            status=200 if path in pages else 404,
            from_path=from_path,
        )

    monkeypatch.setattr(walk, "ask", ask)
    return pages


@pytest.mark.django_db
def test_a_walk_looks_at_two_pages_of_a_kind_and_leaves_files_and_other_sites_alone(served):
    site()
    sessions = [f"/dao-tao/buoi/KNS-2026-0{number}/" for number in (1, 2, 3)]
    served |= {"/": ["dao-tao/#buoi", "/static/a.css", "/lich/lich.ics", "//khac.example/", "mailto:a@b.vn"]}
    served |= {"/dao-tao/": [*sessions, "/"], **dict.fromkeys(sessions, ())}
    assert [page.path for page in walk.walk(None, "", ["/"])] == ["/", "/dao-tao/", *sessions[:2]]


@pytest.mark.django_db
def test_whoever_is_signed_in_is_not_led_through_the_public_pages_again(served):
    news_index()
    served |= {"/viec-cua-toi/": ["/tin-tuc/", "/du-lieu-mo/", "/thong-bao/"], "/thong-bao/": []}
    paths = [page.path for page in walk.walk(None, "thuky", ["/viec-cua-toi/"])]
    assert paths == ["/viec-cua-toi/", "/thong-bao/"]


def test_a_link_that_leads_nowhere_and_a_page_that_is_gone_are_complaints(monkeypatch):
    monkeypatch.setattr(html, "public_pages", lambda: [Page("home", "/"), Page("gone", "/khong-co/", 404)])
    pages = [found("/"), found("/500/", status=500), found("/cu/", status=404, from_path="/")]
    said = [(one["path"], one["message"]) for one in html._wrong_answers(pages)]
    assert said == [("/cu/", "answers 404, linked from /"), ("/khong-co/", "no page")]


@pytest.mark.parametrize(
    ("scores", "asked", "counts"), [((0.95,), 1, 95), ((0.94, 0.99, 0.96), 3, 96), ((0.8, 0.99, 0.9), 3, 90)]
)
def test_a_score_under_the_least_is_asked_again_and_the_median_counts(monkeypatch, scores, asked, counts):
    runs = iter(scores)

    def report(site, page):
        score = {"score": next(runs), "auditRefs": []}
        return {"categories": dict.fromkeys(lighthouse.CATEGORIES, score), "audits": {}}

    monkeypatch.setattr(lighthouse, "_report", report)
    outcome = lighthouse._scores(None, Page("home", "/"))
    assert (len(outcome["runs"]), outcome["seo"]) == (asked, counts)

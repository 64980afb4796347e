"""What everybody reads of competitions: list, page, feeds, calendar, search, home; how long it is kept."""

from datetime import timedelta

import feedparser
import pytest
from django.core.management import call_command
from django.utils import timezone
from icalendar import Calendar

from competitions import found, publishing, reading
from competitions.models import CompetitionPage, Phase
from portal import search
from portal.models import SearchEntry
from tests.competitions import builders

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SECOND = timedelta(seconds=1)
PHASES = ["before", "entry", "preliminary", "vote", "final", "over"]


def page(client, competition):
    return client.get(competition.url).content.decode()


def at(monkeypatch, moment):
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.mark.parametrize(
    ("phase", "group"),
    [
        ("before", reading.COMING),
        ("entry", reading.OPEN),
        ("preliminary", reading.JUDGING),
        ("vote", reading.OPEN),
        ("final", reading.JUDGING),
        ("over", reading.PAST),
    ],
)
def test_each_stands_in_the_part_of_the_list_it_belongs_to(phase, group):
    competition = builders.competition(phase=phase)
    groups = {code: [c for c, _standing in rows] for code, rows in reading.grouped().items()}
    assert groups == {code: [competition] if code == group else [] for code in groups}


@pytest.mark.parametrize("phase", PHASES)
def test_a_page_offers_what_can_be_done_now_and_nothing_else(client, phase):
    competition = builders.competition(phase=phase)
    text = page(client, competition)
    assert ("Gửi bài dự thi" in text) == (phase == "entry")
    assert ("Xem bài và bình chọn" in text) == (phase == "vote")
    assert ("Cách tham gia" in text) == (phase in ("before", "entry"))
    assert competition.title in text and "Giải Nhất" in text and "5.000.000" in text


def test_the_act_changes_in_the_very_second_the_window_closes(client, monkeypatch):
    competition = builders.competition()
    closes = competition.window("entry").closes_at
    offered = []
    for offset in (-1, 0, 1):
        at(monkeypatch, closes + offset * SECOND)
        offered.append("Gửi bài dự thi" in page(client, competition))
    assert offered == [True, False, False]


def test_a_page_is_kept_no_longer_than_until_its_next_edge(client):
    competition = builders.competition()
    closes = competition.window("entry").closes_at
    for address in (competition.url, "/cuoc-thi/", "/"):
        answer = client.get(address)
        assert "X-Public" in answer.headers, address
        assert float(answer.headers["X-Public-Until"]) == closes.timestamp(), address


def test_a_page_that_is_over_is_true_for_good(client):
    answer = client.get(builders.competition(phase="over").url)
    assert "X-Public-Until" not in answer.headers


def test_drafts_are_nowhere(client):
    draft = builders.competition(title="Cuộc thi còn nháp", live=False)
    open_one = builders.competition(title="Cuộc thi đã ra")
    search.rebuild()
    assert client.get(draft.get_url() or f"/cuoc-thi/{draft.slug}/").status_code == 404
    for address in (
        "/",
        "/cuoc-thi/",
        "/cuoc-thi/tin.xml",
        "/cuoc-thi/tin.atom",
        "/cuoc-thi/lich.ics",
        "/lich/",
    ):
        text = client.get(address).content.decode()
        assert "Cuộc thi còn nháp" not in text, address
    rows = SearchEntry.objects.filter(kind=found.FOUND_AS).values_list("title", flat=True)
    assert list(rows) == [open_one.title]


def test_it_is_found_without_accents_once_it_is_published_and_not_after(client, monkeypatch):
    monkeypatch.setattr(publishing, "what_is_missing", lambda page, first=None: [])
    competition = builders.competition(title="Sáng kiến xanh", live=False)
    competition.save_revision().publish()
    assert "Sáng kiến xanh" in client.get("/tim-kiem/?q=sang+kien+xanh").content.decode()
    CompetitionPage.objects.get(pk=competition.pk).unpublish()
    assert not SearchEntry.objects.filter(kind=found.FOUND_AS).exists()


def test_feeds_name_each_competition_with_what_comes_next(client):
    competition = builders.competition()
    for address in ("/cuoc-thi/tin.xml", "/cuoc-thi/tin.atom"):
        feed = feedparser.parse(client.get(address).content)
        assert not feed.bozo, feed.get("bozo_exception")
        (entry,) = feed.entries
        assert entry.title == competition.title
        assert "Nhận bài đến" in entry.summary


def test_the_calendar_has_every_window_and_the_deadlines(client):
    competition = builders.competition()
    events = Calendar.from_ical(client.get("/cuoc-thi/lich.ics").content).walk("VEVENT")
    names = sorted(str(event["summary"]).removeprefix(f"{competition.title}: ") for event in events)
    assert len(names) == 6 and sum("hạn cuối" in name for name in names) == 2
    first = next(e for e in events if "hạn cuối" not in str(e["summary"]))
    assert first["dtstart"].dt.tzinfo is not None


def test_an_extension_gives_the_same_event_a_higher_sequence(client):
    competition = builders.competition()
    phase = competition.phases.get(code="final")

    def event():
        events = Calendar.from_ical(client.get("/cuoc-thi/lich.ics").content).walk("VEVENT")
        return next(e for e in events if str(e["uid"]).startswith(f"competition-phase-{phase.pk}@"))

    before = event()
    Phase.objects.filter(pk=phase.pk).update(closes_at=phase.closes_at + timedelta(days=2))
    after = event()
    assert after["uid"] == before["uid"] and after["sequence"] > before["sequence"]


def test_the_clock_is_the_servers(client, monkeypatch):
    moment = timezone.now()
    at(monkeypatch, moment)
    answer = client.get("/cuoc-thi/gio/")
    assert answer.json() == {"now": int(moment.timestamp() * 1000)}
    assert "no-store" in answer.headers["Cache-Control"] and "X-Public" not in answer.headers


def test_rules_are_text_and_never_markup(client):
    rules = [
        ("article", {"code": "aim", "heading": "Mục đích", "text": "Một <b>hai</b>\n- ba\n- bốn\n\nnăm"})
    ]
    text = page(client, builders.competition(rules=rules))
    assert "Điều 1. Mục đích" in text
    assert "<p>Một &lt;b&gt;hai&lt;/b&gt;</p>\n<ul><li>ba</li><li>bốn</li></ul>\n<p>năm</p>" in text


def test_the_list_costs_the_same_for_one_and_for_thirty(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    builders.competition()

    def queries(address):
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        return len(caught)

    addresses = ("/cuoc-thi/", "/", "/cuoc-thi/tin.xml", "/cuoc-thi/lich.ics", "/lich/")
    one = {address: queries(address) for address in addresses}
    for number in range(29):
        builders.competition(phase=PHASES[number % 6], prizes=False)
    assert {address: queries(address) for address in addresses} == one


def test_the_site_map_names_it(client):
    competition = builders.competition()
    assert competition.url in client.get("/sitemap.xml").content.decode()


def test_the_worker_rebuilds_the_search_with_competitions():
    competition = builders.competition()
    SearchEntry.objects.all().delete()
    search.rebuild()
    assert SearchEntry.objects.get(kind=found.FOUND_AS).object_id == str(competition.pk)
    call_command("check")

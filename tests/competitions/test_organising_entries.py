"""Entries as organisers see them: never a draft, the version that counts, acts through the door."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from competitions import workflow
from competitions.models import Entry, EntryFile, StageRun
from competitions.moves import Actor
from competitions.organising import late
from competitions.organising.refusals import ActRefused
from notifications.models import OutboxMail
from tests.competitions import builders
from tests.competitions import organising_builders as o
from tests.html import assert_sound

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SECOND = timedelta(seconds=1)


@pytest.fixture
def user():
    return o.organiser()


@pytest.fixture
def competition(user):
    return builders.competition(organiser=user)


@pytest.fixture
def browser(client, user):
    client.force_login(user)
    return client


def at(competition, path=""):
    return f"/cuoc-thi/to-chuc/{competition.code}/bai/{path}"


def titles(response):
    return [line.title for line in response.context["lines"]]


def test_the_list_holds_what_was_handed_in_in_the_words_that_count(browser, competition):
    first = builders.handed_in(competition, title="Bài một")
    builders.handed_in(competition, title="Bài hai")
    builders.entry(competition, builders.participant(), title="Nháp kín 9911")
    builders.handed_in(builders.competition(), title="Của cuộc thi khác 9922")
    Entry.objects.filter(pk=first.pk).update(title="Đang sửa dở 9933")
    response = browser.get(at(competition))
    html = response.content.decode()
    assert_sound(html)
    assert titles(response) == ["Bài một", "Bài hai"]
    assert not any(secret in html for secret in ("9911", "9922", "9933"))


def test_a_withdrawn_draft_was_never_handed_in(browser, competition):
    draft = builders.entry(competition, builders.participant(), title="Rút khi còn nháp")
    workflow.move(draft, "withdraw", Actor.of(participant=builders.leader_of(draft)))
    assert titles(browser.get(at(competition))) == []
    assert browser.get(at(competition, f"{draft.pk}/")).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Đổi mới chợ", "Vườn hoa", "Thùng rác"]),
        ("?trang-thai=submitted", ["Đổi mới chợ", "Vườn hoa"]),
        ("?trang-thai=refused", ["Thùng rác"]),
        ("?trang-thai=withdrawn", []),
        ("?trang-thai=draft", ["Đổi mới chợ", "Vườn hoa", "Thùng rác"]),
        ("?q=doi moi", ["Đổi mới chợ"]),
        ("?q=CHỢ đổi", ["Đổi mới chợ"]),
        ("?q=-002", ["Vườn hoa"]),
        ("?q=hoa&trang-thai=refused", []),
        ("?q=khong co", []),
        ("?q=%22%27%3B--", []),
    ],
)
def test_it_narrows_by_state_code_and_title(browser, competition, user, query, found):
    builders.handed_in(competition, title="Đổi mới chợ")
    builders.handed_in(competition, title="Vườn hoa")
    refused = builders.handed_in(competition, title="Thùng rác")
    workflow.move(refused, "refuse", Actor.of(user=user), reason="Trùng bài.")
    response = browser.get(at(competition) + query)
    assert titles(response) == found
    assert [count for _code, _label, count in response.context["counts"]] == [2, 1, 0]
    assert_sound(response.content.decode())


def many(competition, count):
    from competitions.addresses import email_key
    from competitions.models import EntryVersion, Participant, Participation

    template = builders.handed_in(competition)
    version = template.versions.get()
    addresses = [f"dong{number}@hungdao.example" for number in range(count - 1)]
    people = Participant.objects.bulk_create(
        Participant(email=a, email_key=email_key(a), full_name="Người Đông") for a in addresses
    )
    now = timezone.now()
    entries = Entry.objects.bulk_create(
        Entry(
            competition=competition,
            state="submitted",
            number=number,
            code=f"{competition.code}-{number:03d}",
            blind_code=f"B{number}",
            submitted_at=now,
        )
        for number in range(2, count + 1)
    )
    EntryVersion.objects.bulk_create(
        EntryVersion(entry=e, number=1, submitted_at=now, payload=version.payload, sha256="0" * 64)
        for e in entries
    )
    Participation.objects.bulk_create(
        Participation(competition=competition, entry=e, participant=p, role="leader", joined_at=now)
        for e, p in zip(entries, people, strict=True)
    )


@pytest.mark.parametrize("query", ["", "?q=thu", "?page=20", "?trang-thai=submitted"])
def test_a_thousand_entries_cost_few_queries_a_page(browser, competition, query, settings):
    settings.SAMPLES_ALLOWED = False  # as in production, where nobody asks for samples
    many(competition, 1000)
    browser.get(at(competition))
    from competitions.views.organising import entries as views

    with CaptureQueriesContext(connection) as queries:
        response = browser.get(at(competition) + query)
    assert response.context["page_obj"].paginator.count == 1000
    assert len(response.context["lines"]) == views.PAGE_SIZE
    assert len(queries) <= 12, "\n".join(query["sql"][:150] for query in queries)


def test_excel_holds_them_all_and_runs_no_formula(browser, competition):
    leader = builders.participant(full_name="=HYPERLINK(1)", phone="0912 000 111")
    competition.team_most = 3
    competition.save()
    builders.handed_in(competition, leader, builders.participant(full_name="Bạn Đội"), title="=1+1")
    builders.entry(competition, builders.participant(), title="Nháp 9911")
    response = browser.get(at(competition, "excel/"))
    sheet = load_workbook(io.BytesIO(response.content)).active
    head, row = list(sheet.iter_rows())
    assert len(head) == len(row) == 11 and sheet.max_row == 2
    assert (row[0].value, row[1].value, row[5].value, row[8].value) == (
        f"{competition.code}-001",
        "=1+1",
        "=HYPERLINK(1)",
        "Bạn Đội",
    )
    assert {cell.data_type for cell in row if cell.value} <= {"s", "n"}
    assert competition.changes.get().act == "entries_exported"


def born(years):
    """Who was so many years old all the while the competition has run."""
    return timezone.localdate() - timedelta(days=round(365.25 * years) + 120)


def test_an_entry_shows_content_team_facts_and_history(browser, user):
    competition = builders.competition(organiser=user, min_age=18, max_age=35, team_most=2)
    leader = builders.participant(birth_date=born(20), full_name="Trẻ Tuổi")
    member = builders.participant(birth_date=born(25), full_name="Bạn Cùng")
    entry = builders.entry(competition, leader, member, title="Bài đủ")
    kept, _gone = builders.attach(entry, "co.png"), builders.attach(entry, "bo.png", content=b"x")
    EntryFile.objects.filter(pk=kept.pk).update(sha256="a" * 64)
    EntryFile.objects.filter(name="bo.png").update(removed_at=timezone.now(), sha256="b" * 64)
    entry = builders.hand_in(entry)
    extra = builders.attach(entry, "sau-khi-nop-9944.png")
    EntryFile.objects.filter(pk=extra.pk).update(sha256="c" * 64)
    response = browser.get(at(competition, f"{entry.pk}/"))
    html = response.content.decode()
    assert_sound(html)
    assert "Nội dung bài dự thi." in html and "Trẻ Tuổi" in html and "Bạn Cùng" in html
    assert [file["name"] for file in response.context["files"]] == ["co.png"]
    assert "9944" not in html and "bo.png" not in html
    assert [line["person"].age for line in response.context["people"]] == [20, 25]
    assert [line["refusal"] for line in response.context["people"]] == ["", ""]
    assert leader.birth_date.strftime("%d/%m/%Y") not in html
    address = response.context["files"][0]["url"]
    assert b"".join(browser.get(address)) == b"\x89PNG\r\n"
    assert browser.get(at(competition, f"{entry.pk}/tep/{extra.pk}/")).status_code == 404
    assert browser.get(at(competition, f"{entry.pk}/tep/999/")).status_code == 404


def test_who_may_not_be_in_it_is_said(browser, user):
    competition = builders.competition(organiser=user)
    leader = builders.participant()
    entry = builders.handed_in(competition, leader)
    competition.min_age, competition.ward_only = 18, True
    competition.save()
    shown = browser.get(at(competition, f"{entry.pk}/")).context["people"]
    assert len(shown) == 1 and shown[0]["refusal"] and shown[0]["person"].age is None


def test_drafts_and_entries_of_others_do_not_exist(browser, competition, client):
    draft = builders.entry(competition, builders.participant())
    foreign = builders.handed_in(builders.competition(organiser=o.organiser("khac")))
    own = builders.handed_in(competition)
    for path in (f"{draft.pk}/", f"{foreign.pk}/", f"{draft.pk}/refuse/", "999999/", f"{own.pk}/withdraw/"):
        assert browser.get(at(competition, path)).status_code == 404, path
    assert browser.get(at(foreign.competition)).status_code == 404
    assert browser.get(at(foreign.competition, "excel/")).status_code == 404


def test_refused_and_reinstated_through_the_door_with_a_reason(browser, competition):
    entry = builders.handed_in(competition)
    page, address = at(competition, f"{entry.pk}/"), at(competition, f"{entry.pk}/refuse/")
    assert_sound(browser.get(address).content.decode())
    assert browser.post(address, {"reason": " "}).status_code == 422
    assert browser.post(address, {"reason": "Đã đạt giải nơi khác."}).url == page
    entry.refresh_from_db()
    assert (entry.state, entry.public_reason) == ("refused", "Đã đạt giải nơi khác.")
    assert "Đã đạt giải nơi khác." in browser.get(page).content.decode()
    assert browser.get(address).url == page
    again = browser.post(address, {"reason": "Lần nữa."})
    assert again.status_code == 422
    address = at(competition, f"{entry.pk}/reinstate/")
    assert browser.post(address, {"reason": "Đã xác minh."}).url == page
    entry.refresh_from_db()
    assert entry.state == "submitted" and entry.history.count() == 3


def test_once_results_are_out_the_act_is_shown_blocked_with_its_reason(browser, competition):
    from competitions.models import ResultList

    entry = builders.handed_in(competition)
    now = timezone.now()
    ResultList.objects.create(
        competition=competition,
        state="published",
        payload="{}",
        sha256="0" * 64,
        drafted_by_name="A",
        drafted_at=now,
        checked_at=now,
        published_at=now,
    )
    response = browser.get(at(competition, f"{entry.pk}/"))
    assert_sound(response.content.decode())
    assert [(act["code"], act["url"], bool(act["why"])) for act in response.context["acts"]] == [
        ("refuse", "", True)
    ]
    assert browser.post(at(competition, f"{entry.pk}/refuse/"), {"reason": "Muộn."}).status_code == 422


# ---- late


@pytest.fixture
def closed(user):
    return builders.competition(phase="preliminary", organiser=user)


def refused(*args, **kwargs):
    with pytest.raises(ActRefused) as caught:
        late.take_in(*args, **kwargs)
    return caught.value.code


def test_a_draft_is_found_by_the_leaders_address_and_taken_in(browser, closed):
    person = builders.participant("le.muon@gmail.com")
    builders.entry(closed, person)
    OutboxMail.objects.all().delete()
    address = at(closed, "nop-muon/")
    assert_sound(browser.get(address).content.decode())
    response = browser.post(address, {"email": "LeMuon+thi@gmail.com", "reason": "Mất điện."})
    entry = Entry.objects.get()
    assert response.url == at(closed, f"{entry.pk}/")
    assert (entry.state, entry.is_late, entry.code) == ("submitted", True, f"{closed.code}-001")
    assert entry.history.get().reason == "Mất điện."
    assert [letter.to for letter in OutboxMail.objects.all()] == ["le.muon@gmail.com"]


def test_nobody_no_draft_and_one_that_lacks_something_sound_the_same(browser, closed, user):
    builders.entry(closed, builders.participant("thieu@hungdao.example"), text="")
    builders.entry(closed, builders.participant("chuadongy@hungdao.example"), consents=False)
    member = builders.participant("thanhvien@hungdao.example")
    builders.entry(closed, builders.participant("truong@hungdao.example"), member)
    builders.handed_in(closed, builders.participant("danop@hungdao.example"))
    builders.entry(builders.competition(), builders.participant("noikhac@hungdao.example"))
    answers = set()
    for name in ("khongco", "thieu", "chuadongy", "thanhvien", "danop", "noikhac"):
        sent = {"email": f"{name}@hungdao.example", "reason": "Mất điện."}
        response = browser.post(at(closed, "nop-muon/"), sent)
        assert response.status_code == 422
        answers.add(str(response.context["form"].errors["email"]).replace(name, ""))
        assert refused(closed, user, sent["email"], "Mất điện.") == "late_none"
    assert len(answers) == 1


def test_late_means_after_the_close_and_before_a_round_is_closed(user, competition):
    person = builders.participant("muon@hungdao.example")
    builders.entry(competition, person)
    closes = competition.window("entry").closes_at
    assert refused(competition, user, person.email, "X", now=closes - SECOND) == "entries_still_open"
    assert refused(competition, user, person.email, " ", now=closes) == "reason_missing"
    assert refused(competition, o.organiser("khac"), person.email, "X", now=closes) == "late_none"
    assert refused(competition, user, "", "X", now=closes) == "late_none"
    StageRun.objects.create(
        competition=competition, stage="preliminary", assigned_at=closes, closed_at=closes
    )
    assert refused(competition, user, person.email, "X", now=closes) == "judging_is_over"


def test_the_page_says_why_it_is_too_early(browser, competition):
    response = browser.get(at(competition, "nop-muon/"))
    assert response.context["why"] and "nop-muon" not in browser.get(at(competition)).content.decode()
    sent = {"email": "ai@hungdao.example", "reason": "X"}
    assert browser.post(at(competition, "nop-muon/"), sent).status_code == 422


def test_an_accounts_draft_is_found_by_the_accounts_address(closed, user):
    staff = o.organiser("canbo")
    draft = builders.entry(closed, builders.participant(user=staff))
    assert late.take_in(closed, user, staff.email.upper(), "Ốm.").pk == draft.pk

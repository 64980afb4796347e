"""Blueprints, and making a competition from one."""

import threading

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from competitions import blueprints
from competitions.models import Blueprint, CompetitionIndexPage, CompetitionPage, OrganiserPermission
from competitions.organising.refusals import ActRefused
from competitions.organising.tree import next_code, slug_for
from competitions.phases import ORDER, Window, faults
from portal.tree import ensure_site
from tests.competitions import organising_builders as o
from tests.competitions.builders import index
from tests.html import assert_sound
from tests.ideas.builders import PASSWORD

KINDS = list(Blueprint.values)
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def user():
    return o.organiser()


def test_every_kind_has_a_plan_and_no_other():
    assert sorted(blueprints.all_plans()) == sorted(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_is_whole(kind):
    plan = blueprints.plan_of(kind)
    assert plan.required and set(plan.required) <= {article.code for article in plan.articles}
    for article in plan.articles:
        assert len(article.text) > 40 and article.heading
        words = article.text.format(ward="phường Hưng Đạo", title="Tên")
        assert "{" not in words and "[" not in words and "…" not in words
    assert [phase.code for phase in plan.phases] == [c for c in ORDER if plan.phase(c)]
    assert faults(blueprints.proposed(plan)) == []
    assert plan.summary and plan.page_summary


def test_a_competition_has_the_fifteen_articles_of_a_the_le():
    assert [a.heading for a in blueprints.plan_of("ideas").articles] == [
        "Mục đích, yêu cầu",
        "Tên, chủ đề",
        "Đối tượng dự thi",
        "Nội dung, lĩnh vực",
        "Hình thức và yêu cầu đối với bài dự thi",
        "Hồ sơ, cách nộp",
        "Thời gian, các vòng",
        "Tiêu chí chấm",
        "Cơ cấu giải",
        "Công bố, trao giải",
        "Bản quyền, trách nhiệm",
        "Ban Tổ chức, Ban Giám khảo, Tổ Thư ký",
        "Khiếu nại, xử lý vi phạm",
        "Kinh phí",
        "Điều khoản thi hành",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_one_made_from_it_is_a_draft_with_everything(kind, user):
    page = o.made(user, kind, "Cuộc thi {lạ} 2026")
    plan = blueprints.plan_of(kind)
    year = timezone.localdate().year
    assert (page.code, page.live, page.is_out) == (f"CT-{year}-01", False, False)
    assert page.get_parent().specific == CompetitionIndexPage.objects.get()
    assert page.slug == "cuoc-thi-la-2026"
    assert [b.value["code"] for b in page.rules] == [a.code for a in plan.articles]
    assert "“Cuộc thi {lạ} 2026”" in page.rules[1].value["text"]
    assert [p.code for p in page.phases.all()] == [p.code for p in plan.phases if not p.optional]
    assert [p.name for p in page.prizes.all()] == [p["name"] for p in plan.prizes]
    assert (page.rubric.code if page.rubric else "") == plan.rubric
    assert list(OrganiserPermission.objects.values_list("user", "permission__codename")) == [
        (user.pk, "organise")
    ]
    revision = page.get_latest_revision()
    assert revision.user == user and revision.content["title"] == page.title
    line = page.changes.get()
    assert (line.act, line.actor_name) == ("made", "Trần Tổ Chức")


def test_prizes_are_first_second_third_and_encouragement(user):
    assert [(p.name, p.count, p.amount) for p in o.made(user).prizes.all()] == [
        ("Giải Nhất", 1, 5_000_000),
        ("Giải Nhì", 2, 3_000_000),
        ("Giải Ba", 3, 2_000_000),
        ("Giải Khuyến khích", 5, 1_000_000),
    ]


def test_codes_run_on_by_year_and_addresses_stay_free(user):
    ensure_site()
    first, second = o.made(user, title="Một"), o.made(user, title="Một")
    assert [first.code[-2:], second.code[-2:], second.slug] == ["01", "02", "mot-2"]
    assert next_code(1999) == "CT-1999-01"
    assert slug_for("Tổ chức", index()) == "to-chuc-2" and slug_for("???", index()) == "cuoc-thi"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda ws: ws[1:], "windows_of_another_kind"),
        (
            lambda ws: [*ws, Window("event", ws[-1].closes_at, ws[-1].closes_at + o.DAY)],
            "windows_of_another_kind",
        ),
        (lambda ws: [Window("entry", ws[0].closes_at, ws[0].opens_at), *ws[1:]], "windows"),
        (lambda ws: [Window("entry", None, ws[0].closes_at), *ws[1:]], "windows"),
    ],
)
def test_dates_that_cannot_be_make_nothing(user, change, code):
    with pytest.raises(ActRefused) as refused:
        o.made(user, starts=change(o.windows()))
    assert refused.value.code == code
    assert not CompetitionPage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_made_at_once_get_two_codes():
    ensure_site()
    users = [o.organiser(f"tc{number}") for number in range(4)]
    o.made(users[0])
    barrier = threading.Barrier(4)

    def make(user):
        try:
            barrier.wait(20)
            o.made(user, title="Cùng lúc")
        finally:
            connection.close()

    threads = [threading.Thread(target=make, args=(user,)) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [c[-2:] for c in CompetitionPage.objects.order_by("code").values_list("code", flat=True)] == [
        "01",
        "02",
        "03",
        "04",
        "05",
    ]
    assert len(set(CompetitionPage.objects.values_list("slug", flat=True))) == 5


def test_load_plan_makes_the_list_once(client):
    call_command("load_plan", "--format", "json")
    call_command("load_plan", "--format", "json")
    page = CompetitionIndexPage.objects.get()
    assert page.live and page.url == "/cuoc-thi/"
    html = client.get("/cuoc-thi/").content.decode()
    assert_sound(html)
    assert "<h1>Cuộc thi</h1>" in html


# ---- the pages


def typed(windows, **more):
    fields = {"title": "Ý tưởng 2026"}
    for window in windows:
        for edge in ("opens_at", "closes_at"):
            moment = getattr(window, edge)
            fields[f"{window.code}-{edge}"] = f"{timezone.localtime(moment):%d/%m/%Y %H:%M}"
    return fields | more


@pytest.fixture
def browser(client, user):
    ensure_site()
    client.force_login(user)
    return client


ADDRESS = "/cuoc-thi/to-chuc/moi/ideas/"


def test_an_organiser_chooses_a_kind_then_sets_the_dates_proposed(browser):
    html = browser.get(reverse("competitions:make")).content.decode()
    assert_sound(html)
    assert all(f'href="/cuoc-thi/to-chuc/moi/{kind}/"' in html for kind in KINDS)
    response = browser.get(ADDRESS)
    assert_sound(response.content.decode())
    proposed = [w for w in blueprints.proposed(blueprints.plan_of("ideas")) if w.code != "vote"]
    form = response.context["form"]
    for window in proposed:
        assert form[f"{window.code}-opens_at"].value() == window.opens_at
    assert form["vote-opens_at"].value() is None
    assert browser.get("/cuoc-thi/to-chuc/moi/khac/").status_code == 404


def test_title_and_dates_make_a_draft(browser):
    response = browser.post(ADDRESS, typed(o.windows()))
    page = CompetitionPage.objects.get()
    assert response.url == f"/cuoc-thi/to-chuc/{page.code}/"
    assert [p.window for p in page.phases.all()] == o.windows()
    html = browser.get(response.url).content.decode()
    assert_sound(html)
    assert "Chưa ai" in html or page.code in html


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"entry-opens_at": ""}, "entry-opens_at"),
        ({"entry-closes_at": ""}, "entry-closes_at"),
        ({"entry-closes_at": "01/01/2020 08:00"}, "entry-closes_at"),
        ({"preliminary-opens_at": "01/01/2020 08:00"}, "preliminary-opens_at"),
        ({"entry-opens_at": "32/01/2027 08:00"}, "entry-opens_at"),
        ({"entry-opens_at": "01/01/2027 24:00"}, "entry-opens_at"),
        ({"entry-opens_at": "mai"}, "entry-opens_at"),
        ({"vote-opens_at": "01/01/2027 08:00"}, "vote-closes_at"),
        ({"vote-closes_at": "01/01/2027 08:00"}, "vote-opens_at"),
    ],
)
def test_what_is_wrong_stands_by_its_field_and_what_was_typed_stays(browser, change, field):
    sent = typed(o.windows(), **change)
    response = browser.post(ADDRESS, sent)
    assert response.status_code == 422
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert all(form[name].value() == value for name, value in sent.items())
    assert_sound(response.content.decode())
    assert not CompetitionPage.objects.exists()


@pytest.mark.parametrize(
    "text", ["25/12/2030 17:00", "17:00 25/12/2030", "25-12-2030  17h00", "25.12.2030, 17.00"]
)
def test_a_moment_may_be_written_as_people_write_it(text):
    from competitions.organising.forms.parts import MomentField

    assert f"{timezone.localtime(MomentField().clean(text)):%d/%m/%Y %H:%M:%S}" == "25/12/2030 17:00:00"


def test_what_was_typed_survives_a_session_that_ended(client, user):
    ensure_site()
    client.force_login(user)
    client.get(ADDRESS)
    client.logout()
    sent = typed(o.windows(), title="Giữ lại tên này")
    assert client.post(ADDRESS, sent).status_code == 302
    client.post("/tai-khoan/login/", {"login": user.username, "password": PASSWORD})
    assert not CompetitionPage.objects.exists()
    assert "Giữ lại tên này" in client.get(ADDRESS).content.decode()


def test_only_organisers_come_in(client):
    from people.roles import Role
    from tests.ideas.builders import make_user

    for address in ("/cuoc-thi/to-chuc/", "/cuoc-thi/to-chuc/moi/", ADDRESS):
        assert client.get(address).status_code == 302
    client.force_login(make_user("giamkhao", "", Role.JUDGE))
    for address in ("/cuoc-thi/to-chuc/", "/cuoc-thi/to-chuc/moi/", ADDRESS):
        assert client.get(address).status_code == 403
        assert client.post(ADDRESS, {}).status_code == 403


def test_the_list_shows_own_competitions_alone_in_few_queries(browser, user, django_assert_max_num_queries):
    o.made(o.organiser("tochuc2"), title="Của người khác 7788")
    o.made(user, title="Của tôi 1")
    browser.get("/cuoc-thi/to-chuc/")
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        html = browser.get("/cuoc-thi/to-chuc/").content.decode()
    assert "Của tôi 1" in html and "7788" not in html
    assert_sound(html)
    for number in range(2, 16):
        o.made(user, title=f"Của tôi {number}")
    with CaptureQueriesContext(connection) as many:
        html = browser.get("/cuoc-thi/to-chuc/").content.decode()
    assert html.count("/cuoc-thi/to-chuc/CT-") == 15
    assert len(many) <= len(one)

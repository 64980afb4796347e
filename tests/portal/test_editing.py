"""Editor → publisher, in Wagtail's own screens."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from notifications.models import Notification
from people.models import User
from portal.jobs import publish_scheduled
from portal.models import HomePage, StandardPage
from tests.portal.builders import site, standard_page

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def member_of(group):
    user = User.objects.create_user(group, password="mật khẩu dài đủ")
    user.groups.add(Group.objects.get(name=group))
    return user


def form(**changes):
    return {
        "title": "Nội quy",
        "slug": "noi-quy",
        "summary": "",
        "body-count": "0",
        "seo_title": "",
        "search_description": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        **changes,
    }


def add_address():
    return f"/quan-tri/pages/add/portal/standardpage/{HomePage.objects.get().pk}/"


def told():
    return list(Notification.objects.order_by("pk").values_list("recipient__username", "event"))


def test_a_page_sent_back_is_told_to_its_editor(client):
    site()
    member_of("publisher")
    client.force_login(member_of("editor"))
    client.post(add_address(), form(**{"action-submit": "x"}))
    page = StandardPage.objects.get()
    client.force_login(User.objects.get(username="publisher"))
    task = page.current_workflow_task_state
    client.post(f"/quan-tri/pages/workflow/action/{page.pk}/reject/{task.pk}/", {"comment": "Thiếu nguồn"})
    assert not StandardPage.objects.get().live
    assert told()[1:] == [("editor", "portal.page_returned")]


def test_the_clock_publishes_what_is_due_and_takes_down_what_is_over():
    site()
    now = timezone.now()
    due = standard_page("Đến giờ", "den-gio", live=False, go_live_at=now - timedelta(minutes=1))
    due.save_revision(approved_go_live_at=due.go_live_at)
    later = standard_page("Chưa đến giờ", "chua", live=False, go_live_at=now + timedelta(hours=1))
    later.save_revision(approved_go_live_at=later.go_live_at)
    standard_page("Hết hạn", "het-han", expire_at=now - timedelta(minutes=1))
    publish_scheduled(now)
    assert list(StandardPage.objects.live().values_list("slug", flat=True)) == ["den-gio"]


def test_an_editor_writes_and_a_publisher_lets_it_out(client):
    site()
    publisher = member_of("publisher")
    client.force_login(member_of("editor"))
    answer = client.post(add_address(), form(**{"action-submit": "x"}))
    assert answer.status_code == 302
    page = StandardPage.objects.get()
    assert not page.live and page.workflow_in_progress
    assert told() == [("publisher", "portal.page_waits")]

    client.force_login(publisher)
    task = page.current_workflow_task_state
    client.post(f"/quan-tri/pages/workflow/action/{page.pk}/approve/{task.pk}/")
    assert StandardPage.objects.get().live
    assert told() == [("publisher", "portal.page_waits"), ("editor", "portal.page_approved")]
    assert not Notification.objects.filter(params__icontains="Nội quy").exists()
    client.logout()
    assert client.get("/noi-quy/").status_code == 200


def test_an_editor_cannot_publish(client):
    site()
    client.force_login(member_of("editor"))
    client.post(add_address(), form(**{"action-publish": "x"}))
    assert not StandardPage.objects.get().live


def test_an_address_of_the_portal_itself_is_refused(client):
    site()
    client.force_login(member_of("editor"))
    for slug in ("tai-khoan", "xac-minh", "ngon-ngu", "media", "static"):
        answer = client.post(add_address(), form(slug=slug))
        assert answer.status_code == 200
    assert not StandardPage.objects.exists()


def test_such_an_address_is_free_below_another_page(client):
    site()
    parent = standard_page()
    client.force_login(member_of("editor"))
    client.post(f"/quan-tri/pages/add/portal/standardpage/{parent.pk}/", form(slug="tai-khoan"))
    assert StandardPage.objects.get(slug="tai-khoan").get_parent().pk == parent.pk


def test_accounts_and_groups_have_no_entry_and_no_page(client):
    site()
    client.force_login(User.objects.create_superuser("quantri", password="x"))
    html = client.get("/quan-tri/").content.decode()
    assert "/quan-tri/users/" not in html and "/quan-tri/groups/" not in html
    for address in ("/quan-tri/users/", "/quan-tri/groups/", "/quan-tri/users/add/"):
        assert client.get(address).status_code == 404


def test_a_person_without_the_role_is_refused_the_editor(client):
    site()
    client.force_login(User.objects.create_user("ngoc", password="x"))
    assert client.get("/quan-tri/", follow=True).status_code == 403


def test_the_editor_speaks_vietnamese(client):
    site()
    client.force_login(member_of("editor"))
    assert '<html lang="vi"' in client.get("/quan-tri/").content.decode()


def test_only_editors_are_offered_the_editor(client):
    site()
    client.force_login(member_of("editor"))
    assert 'href="/quan-tri/"' in client.get("/").content.decode()
    client.force_login(User.objects.create_user("ngoc", password="x"))
    assert 'href="/quan-tri/"' not in client.get("/").content.decode()


@pytest.mark.parametrize("slug", ["Đèn-đường", "den-duong", "ĐÈN-ĐƯỜNG"])
def test_an_address_has_no_marks_however_it_was_typed(client, slug):
    site()
    client.force_login(member_of("editor"))
    client.post(add_address(), form(title="Đèn đường", slug=slug, **{"action-submit": "x"}))
    assert list(StandardPage.objects.values_list("slug", flat=True)) == ["den-duong"]


def test_a_page_made_without_an_address_gets_one_from_its_title():
    assert [standard_page("Đổi mới", "").slug for _twice in range(2)] == ["doi-moi", "doi-moi-2"]


@pytest.mark.parametrize(("kind", "made"), [("password", []), ("login", ["login"])])
def test_a_page_is_closed_by_who_somebody_is_and_never_by_a_password(client, kind, made):
    site()
    page = standard_page()
    client.force_login(member_of("publisher"))
    address = f"/quan-tri/pages/{page.pk}/privacy/"
    client.post(address, {"restriction_type": kind, "password": "mo-ra", "groups": []})
    assert [row.restriction_type for row in page.view_restrictions.all()] == made
    assert client.get(f"/_util/authenticate_with_password/1/{page.pk}/").status_code == 404

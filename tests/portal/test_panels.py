"""The editor's first page, and that Wagtail mails nobody."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.models import User
from portal.models import PageRating, PlannedOutage, RatedPage, StandardPage
from tests.portal.builders import site
from tests.portal.test_editing import add_address, form, member_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def with_mail(group):
    user = member_of(group)
    user.email = f"{group}@hungdao.example"
    user.save()
    return user


@pytest.mark.parametrize("act", ["approve", "reject"])
def test_wagtail_mails_nobody_about_moderation(client, act):
    site()
    editor, publisher = with_mail("editor"), with_mail("publisher")
    User.objects.create_superuser("quantri", "quantri@hungdao.example", "x")
    client.force_login(editor)
    client.post(add_address(), form(**{"action-submit": "x"}))
    page = StandardPage.objects.get()
    assert page.workflow_in_progress
    client.force_login(publisher)
    task = page.current_workflow_task_state
    client.post(f"/quan-tri/pages/workflow/action/{page.pk}/{act}/{task.pk}/", {"comment": "Lý do"})
    assert StandardPage.objects.get().live == (act == "approve")
    assert mail.outbox == []


def test_wagtail_mails_nobody_about_a_comment(client):
    site()
    client.force_login(with_mail("editor"))
    client.post(add_address(), form(comment_notifications="on"))
    page = StandardPage.objects.get()
    client.force_login(with_mail("publisher"))
    comment = {"text": "Thiếu nguồn", "contentpath": "title", "position": "", "id": ""}
    replies = dict.fromkeys(("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"), "0")
    fields = {f"comments-0-{name}": value for name, value in comment.items()}
    fields |= {f"comments-0-replies-{name}": value for name, value in replies.items()}
    client.post(f"/quan-tri/pages/{page.pk}/edit/", form(**fields, **{"comments-TOTAL_FORMS": "1"}))
    assert [row.text for row in page.wagtail_admin_comments.all()] == ["Thiếu nguồn"]
    assert mail.outbox == []


def test_a_publisher_sees_what_waits(client):
    site()
    client.force_login(member_of("editor"))
    client.post(add_address(), form(**{"action-submit": "x"}))
    client.force_login(member_of("publisher"))
    page = StandardPage.objects.get()
    task = page.current_workflow_task_state
    assert f"/workflow/action/{page.pk}/approve/{task.pk}/" in client.get("/quan-tri/").content.decode()


def outage(affected, ends):
    now = timezone.now()
    PlannedOutage.objects.create(
        affected=affected, starts_at=now - timedelta(days=2), ends_at=now + ends, announced_at=now
    )


def test_outages_to_come_are_shown_and_those_over_are_not(client):
    site()
    client.force_login(member_of("editor"))
    assert "Tạm ngừng theo kế hoạch" not in client.get("/quan-tri/").content.decode()
    outage("Đã xong", timedelta(hours=-1))
    outage("Gửi <hồ sơ>", timedelta(hours=1))
    html = client.get("/quan-tri/").content.decode()
    assert "Tạm ngừng theo kế hoạch" in html
    assert "Gửi &lt;hồ sơ&gt;" in html and "Đã xong" not in html


def rated(title, **numbers):
    page = RatedPage.objects.create(title=title, path=f"/t{RatedPage.objects.count()}/")
    for answer, number in numbers.items():
        PageRating.objects.create(page=page, day=timezone.localdate(), answer=answer, count=number)


def test_the_pages_found_least_useful_come_first(client):
    site()
    rated("Trang tốt", yes=9)
    rated("Trang yếu", no=2)
    rated("Trang yếu nhất", no=5, yes=30)
    client.force_login(member_of("editor"))
    html = client.get("/quan-tri/").content.decode()
    panel = html[html.index("Trang người đọc thấy ít hữu ích nhất") :]
    panel = panel[: panel.index("</table>")]
    assert panel.index("Trang yếu nhất") < panel.index(">Trang yếu<") and "Trang tốt" not in panel


def test_the_first_page_costs_the_same_with_many_rated_pages(client):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get("/quan-tri/")
        return len(queries)

    site()
    client.force_login(member_of("editor"))
    rated("Trang", no=1)
    asked()
    few = asked()
    for number in range(30):
        rated(f"Trang {number}", no=1)
    assert asked() == few

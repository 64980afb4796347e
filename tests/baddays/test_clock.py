"""Somebody sets the clock an hour forward, then two hours back: nothing waits for the hour to come again."""

from ideas.models import Initiative
from notifications.models import OutboxMail
from obligations.models import Heartbeat
from tests.ideas.builders import make_ward
from tests.notifications.builders import DECIDED, tell
from tests.portal.builders import site

from .machines import until
from .portal import codes_on

NEW = "/sang-kien/ho-so/moi/"


def test_an_hour_forward_and_two_back_pages_forms_news_mail_and_the_worker_go_on(
    open_portal, monkeypatch, settings
):
    # An hour without doing anything ends a sign-in, as it should; here everything else is asked.
    settings.IDLE_MINUTES = 300
    portal = open_portal("postgresql", TEST_IDLE_MINUTES="300")
    clock = portal.own_clock(monkeypatch)
    site()
    ward = make_ward()
    person = portal.visitor(ward.tacgia)
    portal.web.start()
    portal.worker.start()
    until(lambda: Heartbeat.objects.filter(name="worker").exists(), "the worker does not work")
    with person.socket() as line:
        for number, offset in enumerate(["+1h", "-1h", "+0h"], start=1):
            clock.set(offset)
            assert person.get("/viec-cua-toi/").status == 200, offset
            assert person.post(NEW, title=f"Sáng kiến thứ {number} của ngày đổi giờ").status == 302, offset
            tell(DECIDED, ward.tacgia, subject=f"SK-{number}")
            assert codes_on(line, 1) == [f"SK-{number}"]
            sent = OutboxMail.objects.filter(state="sent")
            until(lambda: sent.count() == number, f"mail waits at {offset}")  # noqa: B023
            until(lambda: portal.health()[0] == 200, f"health is bad at {offset}")
    codes = Initiative.objects.order_by("pk").values_list("code", flat=True)
    assert [code[-4:] for code in codes] == ["HD01", "HD02", "HD03"]

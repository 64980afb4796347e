"""PostgreSQL is killed in the middle of a transaction: words instead of a broken page, and back by itself."""

import threading

from django.db import connection

from ideas.models import Author, Initiative
from notifications.models import OutboxMail
from obligations.models import Heartbeat
from tests.ideas.builders import make_ward
from tests.notifications.builders import DECIDED, RECEIVED, tell
from tests.portal.builders import site

from .machines import until
from .portal import codes_on

NEW, TITLE = "/sang-kien/ho-so/moi/", {"title": "Nhắc hạn hồ sơ bằng bảng màu dùng chung"}
IN_WORDS = "Cơ sở dữ liệu của cổng chưa trả lời"


def test_postgresql_killed_in_mid_transaction_is_a_page_in_words_and_the_portal_comes_back_by_itself(
    open_portal, postgresql
):
    portal = open_portal("postgresql")
    site()
    ward = make_ward()
    person, public = portal.visitor(ward.tacgia), portal.visitor()
    portal.web.start()
    portal.worker.start()
    until(lambda: Heartbeat.objects.filter(name="worker").exists(), "the worker does not work")
    with person.socket() as line:
        tell(RECEIVED, ward.tacgia, subject="SK-before")
        assert codes_on(line, 1) == ["SK-before"]
        answers = []
        portal.halt("saved-ideas.Initiative")
        sending = threading.Thread(target=lambda: answers.append(person.post(NEW, **TITLE)))
        sending.start()
        portal.wait_for("saved-ideas.Initiative")
        postgresql.kill()
        connection.close()
        try:
            portal.go_on("saved-ideas.Initiative")
            sending.join(60)
            answers += [person.get("/viec-cua-toi/"), public.get("/"), public.get("/tin-tuc/?page=2")]
            assert [(a.status, IN_WORDS in a.text, a.headers["Retry-After"]) for a in answers] == [
                (503, True, "30")
            ] * 4
            status, said = portal.health()
            assert (status, said["database"], said["cache"]) == (503, "failing", "ok")
        finally:
            postgresql.start()
        # Nobody restarts anything: the same processes, the same socket, the same form sent again.
        assert [person.get("/viec-cua-toi/").status, public.get("/").status] == [200, 200]
        assert (Initiative.objects.count(), Author.objects.count()) == (0, 0)
        assert person.post(NEW, **TITLE).status == 302
        assert Initiative.objects.get().authors.count() == 1
        tell(RECEIVED, ward.tacgia, subject="SK-after")
        assert codes_on(line, 1) == ["SK-after"]
    tell(DECIDED, ward.tacgia)
    until(lambda: OutboxMail.objects.filter(state="sent").exists(), "the worker did not come back")
    assert (portal.worker.process.poll(), portal.web.process.poll()) == (None, None)
    until(lambda: portal.health()[1] == dict.fromkeys(portal.health()[1], "ok"), "health stays bad")

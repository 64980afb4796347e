"""The web server is killed with -9: nothing half is left, and sending again doubles nothing."""

import http.client
import threading

import pytest

from ideas.models import Author, HistoryEntry, Initiative
from notifications.models import Notification
from tests.ideas.builders import draft, fresh, make_ward

NEW, TITLE = "/sang-kien/ho-so/moi/", {"title": "Nhắc hạn hồ sơ bằng bảng màu dùng chung"}


def sent_and_killed(portal, visitor, place, path, **fields):
    """Sends a form, kills the server where it stands still at `place`, and starts it again."""
    portal.halt(place)
    errors = []

    def send():
        try:
            visitor.post(path, **fields)
        except (OSError, http.client.HTTPException) as error:
            errors.append(error)

    sending = threading.Thread(target=send)
    sending.start()
    portal.wait_for(place)
    portal.web.stop(9)
    sending.join(30)
    assert len(errors) == 1, "the browser got an answer"
    portal.go_on(place)
    portal.web.start()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_while_a_dossier_is_begun_nothing_half_is_left_and_sending_again_begins_it_once(
    open_portal, kind
):
    portal = open_portal(kind)
    author = portal.visitor(make_ward().tacgia)
    portal.web.start()
    sent_and_killed(portal, author, "saved-ideas.Initiative", NEW, **TITLE)
    assert (Initiative.objects.count(), Author.objects.count(), HistoryEntry.objects.count()) == (0, 0, 0)
    sent_and_killed(portal, author, "answer", NEW, **TITLE)  # committed; the browser does not know
    [made] = Initiative.objects.all()
    assert (made.title, made.authors.count(), made.code[-4:]) == (TITLE["title"], 1, "HD01")
    again = author.post(NEW, **TITLE)
    assert (again.status, again.location) == (302, f"/sang-kien/ho-so/{made.code}/sua/1/")
    assert (Initiative.objects.count(), Author.objects.count(), HistoryEntry.objects.count()) == (1, 1, 1)


def test_a_submission_killed_in_the_middle_and_killed_again_before_its_answer_counts_once(open_portal):
    portal = open_portal("postgresql")
    ward = make_ward()
    dossier, author = draft(ward), portal.visitor(ward.tacgia)
    path = f"/sang-kien/ho-so/{dossier.code}/sua/7/"
    submissions = HistoryEntry.objects.filter(initiative=dossier, transition="submit")
    portal.web.start()
    sent_and_killed(portal, author, "saved-ideas.Initiative", path, pledge="on")
    assert (fresh(dossier).state, submissions.count(), Notification.objects.count()) == ("draft", 0, 0)
    sent_and_killed(portal, author, "answer", path, pledge="on")
    assert (fresh(dossier).state, submissions.count()) == ("submitted", 1)
    told = list(Notification.objects.values_list("recipient", "event"))
    assert len(told) == len(set(told)) > 0
    again = author.post(path, pledge="on")
    assert (again.status, again.location) == (302, f"/sang-kien/ho-so/{dossier.code}/")
    assert (fresh(dossier).versions.count(), submissions.count()) == (1, 1)
    assert list(Notification.objects.values_list("recipient", "event")) == told

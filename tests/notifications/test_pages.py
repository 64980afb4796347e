"""The list, the preferences and the outbox in a browser without script."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from notifications.forms import choosable_categories
from notifications.models import MailState, Notification, OutboxMail, Preference

from .builders import CHANGED, DECIDED, MEETING, RECEIVED, make_user, questions, tell

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LIST = "/thong-bao/"


@pytest.fixture
def lan(client):
    user = make_user("lan")
    client.force_login(user)
    client.cookies["ngon_ngu"] = "en"
    return user


def test_a_person_sees_their_own_rows_only_and_no_quiet_ones(client, lan):
    tell(RECEIVED, lan, subject="SK-2026-HD01")
    tell(RECEIVED, make_user("minh"), subject="SK-2026-HD02")
    tell(CHANGED, lan, subject="SK-2026-HD03")
    page = client.get(LIST).content.decode()
    assert [code in page for code in ("SK-2026-HD01", "SK-2026-HD02", "SK-2026-HD03")] == [True, False, False]
    assert "1 unread, 1 in all." in page


def test_rows_are_grouped_by_local_day(client, lan):
    tell(RECEIVED, lan)
    tell(RECEIVED, lan, subject="SK-2026-HD09")
    earlier = timezone.make_aware(timezone.datetime(2026, 10, 15, 23, 30))
    Notification.objects.filter(subject="SK-2026-HD09").update(created_at=earlier)
    page = client.get(LIST).content.decode()
    assert page.count('<h2 class="h4 mt-3">') == 2
    assert "Thursday, 15/10/2026" in page
    assert "23:30" in page


def test_filters_and_their_counts(client, lan):
    tell(RECEIVED, lan)
    tell(MEETING, lan, day="04/12")
    Notification.objects.filter(event="test.meeting").update(read_at=timezone.now())
    page = client.get(LIST).content.decode()
    for chip in ("All 2", "Unread 1", "Initiatives 1", "Meetings and papers 1"):
        assert f"{chip}</a>" in page
    assert "Open dossier" not in client.get(LIST, {"loc": "meeting"}).content.decode()
    assert "Answer the invitation" not in client.get(LIST, {"loc": "chua-doc"}).content.decode()
    assert client.get(LIST, {"loc": "\x00'", "trang": "9" * 40}).status_code == 200


def test_opening_marks_read_and_leads_on(client, lan):
    [row] = tell(RECEIVED, lan, link="/viec-cua-toi/?a=1")
    assert client.get(f"{LIST}{row.id}/mo/").headers["Location"] == "/viec-cua-toi/?a=1"
    row.refresh_from_db()
    assert row.read_at is not None


@pytest.mark.parametrize("link", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_opening_never_leads_off_the_portal(client, lan, link):
    [row] = tell(RECEIVED, lan, link=link)
    assert client.get(f"{LIST}{row.id}/mo/").headers["Location"] == LIST


def test_somebody_elses_row_is_not_found(client, lan):
    [row] = tell(RECEIVED, make_user("minh"))
    assert client.get(f"{LIST}{row.id}/mo/").status_code == 404
    assert client.post(f"{LIST}{row.id}/da-doc/").status_code == 404
    client.post(f"{LIST}da-doc/")
    row.refresh_from_db()
    assert row.read_at is None


def test_marking_needs_a_post(client, lan):
    [row] = tell(RECEIVED, lan)
    assert client.get(f"{LIST}{row.id}/da-doc/").status_code == 405
    assert client.get(f"{LIST}da-doc/").status_code == 405
    assert client.post(f"{LIST}{row.id}/da-doc/", {"next": "/viec-cua-toi/"}).headers["Location"] == (
        "/viec-cua-toi/"
    )
    row.refresh_from_db()
    assert row.read_at is not None


def test_marking_all_leaves_what_came_after_the_page_was_drawn(client, lan):
    [shown] = tell(RECEIVED, lan)
    tell(RECEIVED, lan, subject="SK-2026-HD16")
    client.post(f"{LIST}da-doc/", {"newest": shown.id, "next": "//evil.example"})
    unread = Notification.objects.unread().values_list("subject", flat=True)
    assert list(unread) == ["SK-2026-HD16"]
    client.post(f"{LIST}da-doc/", {"newest": "nonsense"})
    assert Notification.objects.unread().count() == 0


def test_the_list_asks_the_same_questions_for_any_number_of_rows(client, lan):
    tell(RECEIVED, lan)
    one = questions(client, LIST)
    for _ in range(29):
        tell(RECEIVED, lan)
    assert questions(client, LIST) == one
    assert one[1] == 4  # counts, pages, rows, bell
    assert client.get(LIST).content.decode().count("Open dossier SK-2026-HD15</a>") == 30


def test_thirty_rows_a_page(client, lan):
    for number in range(31):
        tell(RECEIVED, lan, subject=f"SK-2026-HD{number:02}")
    assert "SK-2026-HD00" not in client.get(LIST).content.decode()
    last = client.get(LIST, {"trang": 2}).content.decode()
    assert "SK-2026-HD00" in last
    assert "Page 2 of 2" in last


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": "sent"}, "Mail sent"),
        ({"state": "skipped", "skipped_why": "no_address"}, "No mail: the account has no e-mail address."),
        (
            {"state": "dead", "attempts": 6, "last_error": "552 mailbox full"},
            "Tried 6 times: 552 mailbox full.",
        ),
        (
            {"state": "failed", "attempts": 1, "last_error": "timed out"},
            "The mail is not sent yet (timed out).",
        ),
        ({"digest": True}, "The mail goes with the digest at 07:00"),
    ],
)
def test_what_became_of_the_mail_is_said_beside_the_row(client, lan, fields, sentence):
    tell(RECEIVED, lan)
    OutboxMail.objects.update(**fields)
    assert sentence in client.get(LIST).content.decode()


def all_at_once():
    return {category.code: "now" for category in choosable_categories()}


def test_a_person_chooses_their_mail(client, lan):
    page = client.get(f"{LIST}thu-dien-tu/").content.decode()
    assert "Always sent at once and cannot be switched off" in page
    chosen = all_at_once() | {"initiative": "digest", "meeting": "none"}
    answer = client.post(f"{LIST}thu-dien-tu/", chosen | {"language": "en"}, follow=True)
    assert "Your choices are saved." in answer.content.decode()
    kept = Preference.objects.get(user=lan)
    assert (kept.wishes, kept.language) == (chosen, "en")


def test_a_choice_that_does_not_exist_changes_nothing_and_says_so(client, lan):
    wrong = all_at_once() | {"initiative": "weekly", "language": "en"}
    answer = client.post(f"{LIST}thu-dien-tu/", wrong)
    assert answer.status_code == 422
    assert "Not saved." in answer.content.decode()
    assert not Preference.objects.exists()


def test_outgoing_mail_is_for_administrators(client, lan):
    tell(DECIDED, lan)
    OutboxMail.objects.update(state=MailState.DEAD, attempts=6, last_error="550 no such user")
    mail = OutboxMail.objects.get()
    assert client.get(f"{LIST}thu-di/").status_code == 403
    assert client.post(f"{LIST}thu-di/{mail.pk}/gui-lai/").status_code == 403
    lan.groups.add(Group.objects.get_or_create(name="administrator")[0])
    assert "550 no such user" in client.get(f"{LIST}thu-di/").content.decode()
    client.post(f"{LIST}thu-di/{mail.pk}/gui-lai/")
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.QUEUED, 0)


def test_polling_tells_what_the_socket_would(client, lan):
    first, second = tell(RECEIVED, lan)[0], tell(CHANGED, lan, refresh=("initiative:12",))[0]
    answer = client.get(f"{LIST}moi/", {"after": first.id}).json()
    assert answer == {
        "rows": [
            {
                "id": second.id,
                "text": "",
                "code": "SK-2026-HD15",
                "icon": "bell",
                "link": f"{LIST}{second.id}/mo/",
                "refresh": ["initiative:12"],
                "quiet": True,
            }
        ],
        "unread": 1,
        "more": False,
    }
    assert [row["id"] for row in client.get(f"{LIST}moi/", {"after": 0}).json()["rows"]] == [
        first.id,
        second.id,
    ]


@pytest.mark.parametrize("after", ["", "x", "-1", "9" * 30])
def test_polling_with_nonsense_is_a_bad_request(client, lan, after):
    assert client.get(f"{LIST}moi/", {"after": after}).status_code == 400


def test_polling_without_sign_in_is_401_and_pages_lead_to_the_sign_in(client):
    assert client.get(f"{LIST}moi/", {"after": 0}).status_code == 401
    for path in ("", "thu-dien-tu/", "thu-di/", "1/mo/"):
        assert client.get(LIST + path).headers["Location"].startswith("/tai-khoan/login/")


def test_the_header_knows_the_count_and_the_last_row_in_one_question(client, lan):
    tell(RECEIVED, lan)
    [row] = tell(CHANGED, lan)
    page = client.get(f"{LIST}thu-dien-tu/").content.decode()
    assert f'data-last-notification="{row.id}"' in page
    assert "Notifications: 1 unread" in page


def test_old_quiet_rows_are_pruned_and_others_kept(lan):
    from notifications.jobs import prune_quiet

    tell(CHANGED, lan)
    tell(RECEIVED, lan)
    prune_quiet(timezone.now() + timedelta(hours=25))
    assert list(Notification.objects.values_list("event", flat=True)) == ["test.received"]

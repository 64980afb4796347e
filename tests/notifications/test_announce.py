"""Announcing: the rows, who gets them, and what goes out by mail."""

import datetime

import pytest
from django.db import transaction

from notifications.events import Mail, NotInTransaction, announce, declare
from notifications.models import MailState, Notification, OutboxMail, Preference, SkipReason

from .builders import CHANGED, DECIDED, MEETING, RECEIVED, make_user, tell

pytestmark = pytest.mark.django_db


def test_each_recipient_gets_one_row_even_when_named_twice():
    lan, minh = make_user("lan"), make_user("minh")
    rows = tell(RECEIVED, minh, lan, lan, None)
    assert [row.recipient for row in rows] == [lan, minh]
    assert [str(row.text) for row in rows] == ["Open dossier SK-2026-HD15"] * 2
    kept = Notification.objects.order_by().values_list("event", "category", "quiet", "read_at").distinct()
    assert list(kept) == [("test.received", "initiative", False, None)]


def test_closed_accounts_are_not_told():
    assert tell(RECEIVED, make_user("gone", is_active=False)) == []
    assert OutboxMail.objects.count() == 0


def test_the_number_of_queries_does_not_grow_with_the_audience(django_assert_num_queries):
    one = [make_user("first")]
    many = [make_user(f"user{i}") for i in range(30)]
    for people in (one, many):
        with transaction.atomic(), django_assert_num_queries(4):
            announce(RECEIVED, people, link="/", subject="SK-1")


@pytest.mark.django_db(transaction=True)
def test_announcing_outside_a_transaction_is_refused():
    with pytest.raises(NotInTransaction):
        announce(RECEIVED, [make_user("lan")], link="/", subject="SK-1")
    assert Notification.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_failed_cause_leaves_neither_row_nor_mail():
    lan = make_user("lan")
    with pytest.raises(RuntimeError), transaction.atomic():
        announce(RECEIVED, [lan], link="/", subject="SK-1")
        raise RuntimeError
    assert (Notification.objects.count(), OutboxMail.objects.count()) == (0, 0)


def test_a_missing_value_for_the_text_is_the_callers_error():
    with pytest.raises(KeyError):
        tell(MEETING, make_user("lan"))
    with pytest.raises(TypeError):
        tell(MEETING, make_user("minh"), day=datetime.date(2026, 12, 4))


def test_an_event_code_is_declared_once_and_its_category_is_known():
    with pytest.raises(ValueError, match="declared twice"):
        declare("test.received", "Again", category="initiative")
    with pytest.raises(ValueError, match="unknown category"):
        declare("test.other", "Other", category="nonsense")


def test_quiet_events_send_no_mail_and_count_for_nobody():
    lan = make_user("lan")
    tell(CHANGED, lan, refresh=("initiative:12",))
    assert CHANGED.mail is Mail.NEVER
    assert OutboxMail.objects.count() == 0
    assert Notification.objects.visible_to(lan).count() == 0
    assert Notification.objects.unread().count() == 0


@pytest.mark.parametrize(
    ("fields", "wish", "expected"),
    [
        ({}, None, (MailState.QUEUED, "", False)),
        ({}, "digest", (MailState.QUEUED, "", True)),
        ({}, "none", (MailState.SKIPPED, SkipReason.PREFERENCE, False)),
        ({"email": ""}, None, (MailState.SKIPPED, SkipReason.NO_ADDRESS, False)),
        ({"is_sample": True}, None, (MailState.SKIPPED, SkipReason.SAMPLE, False)),
    ],
)
def test_every_mail_says_whether_it_goes_and_why_not(fields, wish, expected):
    lan = make_user("lan", **fields)
    if wish:
        Preference.objects.create(user=lan, wishes={"initiative": wish})
    tell(RECEIVED, lan)
    mail = OutboxMail.objects.get()
    assert (mail.state, mail.skipped_why, mail.digest) == expected


def test_outcome_mail_cannot_be_switched_off():
    lan = make_user("lan")
    Preference.objects.create(user=lan, wishes={"initiative": "none"})
    tell(DECIDED, lan)
    assert OutboxMail.objects.get().state == MailState.QUEUED


def test_mail_carries_the_code_what_to_do_and_the_address_in_the_recipients_language(settings):
    settings.SITE_URL = "https://portal.example"
    lan = make_user("lan")
    Preference.objects.create(user=lan, language="en")
    tell(RECEIVED, lan, link="/sang-kien/12/")
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.subject) == ("lan@hungdao.example", "Open dossier SK-2026-HD15")
    assert "Open on the portal: https://portal.example/sang-kien/12/\n" in mail.body


def test_a_row_whose_event_is_no_longer_declared_still_reads():
    row = Notification(event="gone.away", subject="SK-2026-HD15", params={})
    assert (row.text, row.icon) == ("SK-2026-HD15", "bell")

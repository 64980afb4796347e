"""More time: who, when to the second, what moves with it, who is told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from competitions import extending
from competitions.models import Participation, Phase
from competitions.organising.refusals import ActRefused
from competitions.phases import ORDER, Window, faults
from notifications.models import Notification, OutboxMail
from portal.models import ContentStamp
from tests.competitions import builders
from tests.competitions import organising_builders as o
from tests.html import assert_sound

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
START = datetime(2027, 3, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def user(db):
    return o.organiser()


@pytest.fixture
def competition(user):
    return builders.competition(organiser=user)


def refusal(*args, reason="Mưa bão.", **kwargs):
    with pytest.raises(ActRefused) as refused:
        extending.extend(*args, reason=reason, **kwargs)
    return refused.value.code


# ---- what moves: pure


def windows(*pairs):
    return [
        Window(code, START + a * DAY, START + b * DAY) for code, (a, b) in zip(ORDER, pairs, strict=False)
    ]


@pytest.mark.parametrize(
    ("closes", "after"),
    [
        (11, [(0, 11), (12, 20), (20, 24)]),  # into the gap: nothing moves
        (12, [(0, 12), (12, 20), (20, 24)]),  # they touch: nothing moves
        (14, [(0, 14), (14, 22), (22, 26)]),  # overlaps by two days: all after it by as much as they would
        (30, [(0, 30), (30, 38), (38, 42)]),
    ],
)
def test_later_phases_move_where_they_would_overlap_and_keep_their_length(closes, after):
    before = windows((0, 10), (12, 20), (20, 24))
    assert extending.extended(before, "entry", START + closes * DAY) == windows(*after)


def test_a_gap_further_on_takes_the_rest():
    before = windows((0, 10), (10, 20), (25, 30))
    assert extending.extended(before, "entry", START + 13 * DAY) == windows((0, 13), (13, 23), (25, 30))


def test_phases_before_it_stay():
    before = windows((0, 10), (10, 20), (20, 30))
    assert extending.extended(before, "preliminary", START + 21 * DAY) == windows((0, 10), (10, 21), (21, 31))


@given(
    st.lists(st.integers(0, 5000), min_size=8, max_size=8, unique=True).map(sorted),
    st.integers(0, 3),
    st.integers(1, 4000),
)
def test_whatever_is_extended_still_fits_and_nothing_gets_earlier_or_shorter(edges, which, more):
    before = [
        Window(code, START + timedelta(minutes=a), START + timedelta(minutes=b))
        for code, a, b in zip(ORDER, edges[::2], edges[1::2], strict=False)
    ]
    closes = before[which].closes_at + timedelta(minutes=more)
    after = extending.extended(before, before[which].code, closes)
    assert faults(after) == []
    for old, new in zip(before, after, strict=True):
        assert new.opens_at >= old.opens_at
        assert new.closes_at - new.opens_at >= old.closes_at - old.opens_at


# ---- who and when


@pytest.mark.parametrize(
    ("offset", "code"), [(-1, ""), (0, "phase_over"), (1, "phase_over")], ids=["-1s", "0s", "+1s"]
)
def test_the_last_second_of_a_phase_is_the_last_to_extend_it(competition, user, offset, code):
    window = competition.window("entry")
    later, now = window.closes_at + DAY, window.closes_at + offset * SECOND
    if code:
        assert refusal(competition, "entry", later, user, now=now) == code
        assert o.fresh(competition).window("entry") == window
    else:
        extending.extend(competition, "entry", later, user, reason="Mưa bão.", now=now)
        assert o.fresh(competition).window("entry").closes_at == later


@pytest.mark.parametrize(("minutes", "code"), [(-1, "not_later"), (0, "not_later"), (1, "")])
def test_a_close_moves_later_only(competition, user, minutes, code):
    closes = competition.window("entry").closes_at + minutes * o.MINUTE
    if code:
        assert refusal(competition, "entry", closes, user) == code
    else:
        extending.extend(competition, "entry", closes, user, reason="Mưa bão.")


@pytest.mark.parametrize("phase", ["preliminary", "vote", "final"])
def test_a_phase_that_has_not_begun_may_get_more_time_too(competition, user, phase):
    closes = competition.window(phase).closes_at + DAY
    extending.extend(competition, phase, closes, user, reason="Nhiều bài.")
    assert o.fresh(competition).window(phase).closes_at == closes


@pytest.mark.parametrize(
    ("phase", "closes", "reason", "code"),
    [
        ("entry", DAY, " ", "reason_missing"),
        ("event", DAY, "Có.", "no_such_phase"),
        ("entry", DAY + SECOND, "Có.", "windows"),
    ],
)
def test_what_else_is_refused(competition, user, phase, closes, reason, code):
    moment = competition.window("entry").closes_at + closes
    assert refusal(competition, phase, moment, user, reason=reason) == code
    assert not competition.changes.exists() and not Notification.objects.exists()


def test_only_its_organisers_and_only_once_it_is_out(competition, user):
    closes = competition.window("entry").closes_at + DAY
    assert refusal(competition, "entry", closes, o.organiser("khac")) == "only_organiser"
    draft = o.made(user)
    assert refusal(draft, "entry", closes + 100 * DAY, user) == "not_out_yet"


def test_somebody_who_saw_another_close_does_not_extend_twice(competition, user):
    seen = competition.window("entry").closes_at
    extending.extend(competition, "entry", seen + DAY, user, reason="Một.", seen=seen.isoformat())
    assert refusal(competition, "entry", seen + 2 * DAY, user, seen=seen.isoformat()) == "changed_meanwhile"


# ---- what follows


def test_it_is_logged_shown_and_told_to_everybody_in_an_entry(competition, user, client):
    staff = builders.participant(user=o.organiser("canbo"))
    gone, drafting = builders.participant(), builders.participant()
    leader, member = builders.participant(), builders.participant()
    competition.team_most = 2
    competition.save()
    builders.handed_in(competition, leader, member)
    builders.entry(competition, drafting)
    builders.entry(competition, staff)
    withdrawn = builders.entry(competition, gone)
    Participation.objects.filter(entry=withdrawn).update(ended_at=timezone.now())
    other = o.organiser("tochuc2")
    builders.may_organise(other, competition)
    judge = o.with_jury(competition, 1)[0]
    OutboxMail.objects.all().delete()
    Notification.objects.all().delete()
    stamps = ContentStamp.objects.count()
    closes = competition.window("entry").closes_at + 3 * DAY
    change = extending.extend(competition, "entry", closes, user, reason="Bão số 5.")
    letters = OutboxMail.objects.filter(notification=None)
    assert sorted(letter.to for letter in letters) == sorted(p.email for p in (leader, member, drafting))
    assert all(competition.code in letter.subject for letter in letters)
    assert not any("Bão" in letter.subject + letter.body for letter in letters)
    told = {n.recipient.username: n.link for n in Notification.objects.select_related("recipient")}
    assert told == {
        "canbo": f"/cuoc-thi/{competition.slug}/",
        judge.username: "/cuoc-thi/cham/",
        "tochuc2": f"/cuoc-thi/to-chuc/{competition.code}/",
    }
    assert (change.act, change.reason, change.user) == ("extended", "Bão số 5.", user)
    ((found, moved),) = extending.extensions(competition)
    assert found == change
    _code, before, after = moved[0]
    assert (before.closes_at, after.closes_at) == (closes - 3 * DAY, closes)
    assert [code for code, *_ in moved] == ["entry", "preliminary", "vote"]  # the final has room enough
    assert ContentStamp.objects.count() > stamps
    assert "Bão số 5." in client.get(f"/cuoc-thi/{competition.slug}/").content.decode()


def test_telling_five_hundred_costs_as_many_queries_as_telling_few(user):
    counted = []
    for count in (4, 500):
        competition = builders.competition(organiser=user)
        _many(competition, count)
        with CaptureQueriesContext(connection) as queries:
            extending.extend(
                competition, "vote", competition.window("vote").closes_at + o.MINUTE, user, reason="Có."
            )
        counted.append(len(queries))
        assert OutboxMail.objects.filter(notification=None).count() >= count
    # Rows go in by batches where the database takes only so many values at once.
    assert counted[1] <= counted[0] + 10, counted


def _many(competition, count):
    from competitions.addresses import email_key
    from competitions.models import Entry, Participant

    addresses = [f"dong{competition.pk}x{number}@hungdao.example" for number in range(count)]
    made = Participant.objects.bulk_create(
        Participant(email=address, email_key=email_key(address), full_name="Đông") for address in addresses
    )
    entries = Entry.objects.bulk_create(Entry(competition=competition) for _person in made)
    Participation.objects.bulk_create(
        Participation(
            competition=competition, entry=entry, participant=person, role="leader", joined_at=timezone.now()
        )
        for person, entry in zip(made, entries, strict=True)
    )


# ---- the pages


def test_the_page_asks_shows_what_moves_then_does_it(competition, user, client):
    client.force_login(user)
    address = f"/cuoc-thi/to-chuc/{competition.code}/gia-han/"
    html = client.get(address).content.decode()
    assert_sound(html)
    closes = competition.window("entry").closes_at + 3 * DAY
    typed = {
        "phase": "entry",
        "closes_at": f"{timezone.localtime(closes):%d/%m/%Y %H:%M}",
        "reason": "Bão số 5.",
    }
    before = list(Phase.objects.values_list("closes_at", flat=True))
    asked = client.post(address, typed)
    assert asked.status_code == 200 and list(Phase.objects.values_list("closes_at", flat=True)) == before
    assert_sound(asked.content.decode())
    assert [label for label, *_ in asked.context["moved"]] == [
        phase.get_code_display() for phase in competition.phases.exclude(code="final")
    ]
    again = dict(asked.context["hidden"])
    assert client.post(address, again).url == f"/cuoc-thi/to-chuc/{competition.code}/"
    assert o.fresh(competition).window("entry").closes_at == closes
    refused = client.post(address, again)
    assert refused.status_code == 422
    assert client.post(address, typed | {"closes_at": "01/01/2020 08:00"}).status_code == 422
    assert client.post(address, {}).status_code == 422


def test_without_a_phase_to_extend_the_page_says_why(user, client):
    client.force_login(user)
    for competition in (o.made(user), builders.competition(phase="over", organiser=user)):
        response = client.get(f"/cuoc-thi/to-chuc/{competition.code}/gia-han/")
        assert response.status_code == 200 and response.context["why"]

"""Results: drafted by one, checked by another, published in one step; a prize taken back afterwards."""

import json
import re
from copy import deepcopy
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from competitions import consenting, workflow
from competitions.certificates import certificates_of, download_of
from competitions.judging import closing, handing_out
from competitions.judging.handing_out import assign_stage
from competitions.models import (
    Award,
    AwardCertificate,
    CompetitionChange,
    Entry,
    Participation,
    Prize,
    ResultList,
    Sitting,
    StageResult,
    VoteCount,
)
from competitions.moves import Actor, Refused
from competitions.results import checking, drafting, publishing
from competitions.results.basis import basis_of, may_draft
from competitions.winners import published_of, winners_of
from notifications.models import Notification, OutboxMail
from papers.models import Certificate
from people.roles import Role, has_role
from portal.models import ContentStamp
from scoring.freezing import canonical_json
from tests.competitions import builders
from tests.competitions import judging_builders as judging
from tests.html import assert_sound
from tests.ideas.builders import make_user
from tests.standing import standing
from trust.consents import set_consents

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TOTALS = {"Bài số 0": 70, "Bài số 1": 90, "Bài số 2": 80}


def make_world():
    """An organiser and a competition of theirs whose one stage is closed."""
    organiser = make_user("tochuc", "Trần Tổ Chức", Role.ORGANISER)
    return organiser, only_preliminary(judging.closed(organiser, TOTALS))


standing_world = standing(make_world)


@pytest.fixture
def organiser(standing_world):
    return deepcopy(standing_world[0])


@pytest.fixture
def publisher():
    return make_user("duyetbai", "Lê Duyệt Bài", Role.PUBLISHER)


@pytest.fixture
def competition(standing_world):
    return deepcopy(standing_world[1])


def only_preliminary(page):
    """A competition whose one stage is the preliminary round, without a vote."""
    page.phases.filter(code__in=("vote", "final")).delete()
    return judging.fresh(page)


def choices(competition, **changed):
    """What the ranking proposes, with changes by slot name."""
    basis = basis_of(competition, timezone.now())
    found = {o.slot.name: drafting.Choice(o.proposed) for o in drafting.offers(competition, basis)}
    return found | changed


def drafted(competition, user, *, seen="", **changed):
    return drafting.draft(competition, user, choices(competition, **changed), seen=seen)


def published(competition, organiser, publisher):
    kept = drafted(competition, organiser)
    checking.check(competition, publisher, seen=kept.sha256)
    return publishing.publish(competition, organiser, **decision(kept))


def decision(kept):
    return {
        "seen": kept.sha256,
        "number": "512/QĐ-UBND",
        "on": timezone.localdate(),
        "signed_as": "head",
        "signer_name": "Phạm Chủ Tịch",
    }


def refusal(call, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.answer.reason


def contents(row):
    with row.file.open("rb") as stored:
        return stored.read()


def address(competition, tail=""):
    return f"/cuoc-thi/to-chuc/{competition.code}/ket-qua/{tail}"


def codes(competition):
    """{title: code}."""
    return dict(competition.entries.values_list("title", "code"))


def slots(competition):
    return {o.prize.name + str(o.number): o.slot.name for o in
            drafting.offers(competition, basis_of(competition, timezone.now()))}  # fmt: skip


def consent(entry, *purposes):
    for place in entry.participations.select_related("participant"):
        subject = consenting.subject_of(place.participant, entry.competition)
        wanted = [*consenting.NEEDED, *purposes]
        set_consents(subject, wanted, consenting.ASKED, timezone.now())


# ---- the draft


def test_the_ranking_follows_the_frozen_result_and_proposes_the_prizes(competition, organiser):
    kept = drafted(competition, organiser)
    payload = json.loads(kept.payload)
    by = codes(competition)
    assert [(line["entry"], line["rank"], line["score"]) for line in payload["ranking"]] == [
        (by["Bài số 1"], 1, "90"),
        (by["Bài số 2"], 2, "80"),
        (by["Bài số 0"], 3, "70"),
    ]
    given = [(p["name"], p["entry"]) for p in payload["prizes"]]
    assert given == [
        ("Giải Nhất", by["Bài số 1"]),
        ("Giải Nhì", by["Bài số 2"]),
        ("Giải Nhì", by["Bài số 0"]),
        *[("Giải Khuyến khích", "")] * 3,
    ]
    assert payload["source"]["sha256"] == StageResult.objects.get().sha256
    assert kept.state == "draft" and kept.drafted_by == organiser


def test_nothing_is_drafted_before_the_stage_is_closed(organiser):
    page = only_preliminary(judging.assigned(organiser))
    assert may_draft(page, timezone.now()).reason == "stage_not_closed"
    assert refusal(drafting.draft, page, organiser, {}, seen="") == "stage_not_closed"


def test_a_final_that_is_not_closed_keeps_the_preliminary_from_deciding(organiser):
    page = judging.closed(organiser, TOTALS)
    answer = may_draft(page, timezone.now())
    assert answer.reason == "stage_not_closed"


def test_what_came_back_unjudged_stops_the_draft(competition, organiser):
    late = builders.handed_in(competition, title="Bài sót")
    answer = may_draft(competition, timezone.now())
    assert (answer.reason, answer.params) == ("entries_unjudged", {"codes": late.code})


def test_a_tie_asks_for_a_written_reason(client, organiser):
    page = only_preliminary(judging.closed(organiser, {"Bài số 0": 70, "Bài số 1": 90, "Bài số 2": 90}))
    with pytest.raises(drafting.PrizesRefused) as refused:
        drafted(page, organiser)
    assert {fault.code for fault in refused.value.faults} == {"tie_without_reason"}
    client.force_login(organiser)
    html = client.get(address(page, "du-thao/"))
    assert_sound(html.content)
    assert [offer.is_tied for offer, *_rest in html.context["rows"]][:3] == [True, True, False]
    typed = {name: choice.entry for name, choice in choices(page).items()}
    answer = client.post(address(page, "du-thao/"), typed | {"seen": ""})
    assert answer.status_code == 422 and not ResultList.objects.exists()
    first, second = slots(page)["Giải Nhất1"], slots(page)["Giải Nhì1"]
    reasons = {f"why-{first}": "Sản phẩm đã chạy thử", f"why-{second}": "Chưa chạy thử"}
    assert client.post(address(page, "du-thao/"), typed | reasons | {"seen": ""}).status_code == 302
    given = json.loads(ResultList.objects.get().payload)["prizes"]
    assert given[0]["reason"] == "Sản phẩm đã chạy thử"


def test_a_better_place_never_gets_less_and_a_prize_may_stay_open(competition, organiser):
    by, slot = codes(competition), slots(competition)
    with pytest.raises(drafting.PrizesRefused):
        drafted(
            competition,
            organiser,
            **{
                slot["Giải Nhất1"]: drafting.Choice(by["Bài số 2"]),
                slot["Giải Nhì1"]: drafting.Choice(by["Bài số 1"]),
            },
        )
    kept = drafted(
        competition,
        organiser,
        **{
            slot["Giải Nhất1"]: drafting.Choice(""),
            slot["Giải Nhì1"]: drafting.Choice(by["Bài số 1"]),
            slot["Giải Nhì2"]: drafting.Choice(by["Bài số 2"]),
            slot["Giải Khuyến khích1"]: drafting.Choice(by["Bài số 0"]),
        },
    )
    assert json.loads(kept.payload)["prizes"][0]["entry"] == ""


def test_two_drafters_at_once_see_each_other(competition, organiser):
    other = make_user("tochuc2", "Người Thứ Hai", Role.ORGANISER)
    builders.may_organise(other, competition)
    kept = drafted(competition, organiser)
    assert refusal(drafted, competition, other) == "drafted_meanwhile"
    again = drafted(competition, other, seen=kept.sha256)
    assert again.drafted_by == other and ResultList.objects.count() == 1


# ---- the public vote


def test_the_vote_counts_by_its_share_and_waits_for_the_count(organiser):
    page = judging.closed(organiser, TOTALS, vote_share=Decimal(50))
    page.phases.filter(code="final").delete()
    page = judging.move_on(judging.fresh(page), 40)
    page.phases.filter(code="preliminary").update(opens_at=timezone.now() - timedelta(days=40))
    page = judging.fresh(page)
    assert may_draft(page, timezone.now()).reason == "votes_not_counted"
    by = codes(page)
    votes = {by["Bài số 0"]: 100, by["Bài số 2"]: 25}
    count_votes(page, {by["Bài số 1"]: 999})
    count_votes(page, votes)  # the latest count stands
    payload = json.loads(drafted(page, organiser).payload)
    found = {line["entry"]: (line["rank"], line["score"], line["votes"]) for line in payload["ranking"]}
    assert found == {
        by["Bài số 0"]: (1, "85", 100),
        by["Bài số 2"]: (2, "105/2", 25),
        by["Bài số 1"]: (3, "45", 0),
    }
    count_votes(page, {})
    kept = ResultList.objects.get()
    other = make_user("duyet2", "", Role.PUBLISHER)
    assert checking.may_check(page, kept, other, timezone.now()).reason == "outdated"


def count_votes(page, votes):
    payload = canonical_json(votes)
    return VoteCount.objects.create(
        competition=page, counted_at=timezone.now(), payload=payload.decode(), sha256=f"{len(votes):064d}"
    )


def test_the_favourite_goes_by_votes_and_equal_votes_are_decided_in_writing(organiser):
    page = judging.closed(organiser, TOTALS)
    page.phases.filter(code="final").delete()
    Prize.objects.create(competition=page, name="Bài được yêu thích", kind="favourite", order=9)
    page = judging.move_on(judging.fresh(page), 40)
    assert may_draft(page, timezone.now()).reason == "votes_not_counted"
    by = codes(page)
    count_votes(page, {by["Bài số 0"]: 7, by["Bài số 1"]: 7})
    slot = slots(page)["Bài được yêu thích1"]
    wrong = {slot: drafting.Choice(by["Bài số 2"], "Thích hơn")}
    with pytest.raises(drafting.PrizesRefused) as refused:
        drafted(page, organiser, **wrong)
    assert refused.value.faults[0].code == "not_the_favourite"
    with pytest.raises(drafting.PrizesRefused):
        drafted(page, organiser, **{slot: drafting.Choice(by["Bài số 0"])})
    drafted(page, organiser, **{slot: drafting.Choice(by["Bài số 0"], "Bốc thăm trước hai đội")})


# ---- the quiz


def test_a_quiz_ranks_by_right_answers_then_time(organiser):
    page = builders.competition(phase="over", organiser=organiser, blueprint="quiz", words_most=0)
    page.phases.exclude(code="entry").delete()
    entries = [builders.entry(page, builders.participant(), title=f"Lượt {n}") for n in range(4)]
    now = timezone.now()
    for entry, right, seconds in zip(entries, (8, 9, 9, None), (100, 300, 200, None), strict=True):
        Sitting.objects.create(
            entry=entry,
            competition=page,
            participant=builders.leader_of(entry),
            paper=[[1, [1]]] * 10,
            started_at=now,
            ends_at=now,
            handed_in_at=None if right is None else now,
            right=right,
            seconds=seconds,
        )
    entries = [builders.hand_in(entry) for entry in entries[:3]]
    page = judging.fresh(page)
    payload = json.loads(drafted(page, organiser).payload)
    ranking = [(line["entry"], line["rank"], line["score"]) for line in payload["ranking"]]
    assert ranking == [(entries[2].code, 1, "9"), (entries[1].code, 2, "9"), (entries[0].code, 3, "8")]
    assert payload["source"]["kind"] == "quiz"


def test_a_forum_ranks_nothing(organiser):
    page = builders.competition(phase="over", organiser=organiser, blueprint="forum")
    assert may_draft(page, timezone.now()).reason == "nothing_is_ranked"


# ---- the second person


def test_nobody_checks_their_own_draft(client, competition, organiser):
    kept = drafted(competition, organiser)
    organiser.groups.add(*make_user("phu", "", Role.PUBLISHER).groups.all())
    assert refusal(checking.check, competition, organiser, seen=kept.sha256) == "own_draft"
    client.force_login(organiser)
    assert client.post(address(competition, "kiem-tra/"), {"seen": kept.sha256}).status_code == 403
    assert client.get(address(competition, "tra-lai/")).status_code == 403
    assert ResultList.objects.get().state == "draft"


def test_an_organiser_of_another_competition_and_a_judge_do_not_check(client, competition, organiser):
    kept = drafted(competition, organiser)
    stranger = make_user("khac", "", Role.ORGANISER)
    for user in (stranger, competition.judges.first().user):
        client.force_login(user)
        assert client.get(address(competition)).status_code == 404
        assert client.post(address(competition, "kiem-tra/"), {"seen": kept.sha256}).status_code == 404
        assert refusal(checking.check, competition, user, seen=kept.sha256) == "only_checkers"


def test_who_takes_part_does_not_check(competition, organiser, publisher):
    kept = drafted(competition, organiser)
    Participation.objects.create(
        competition=competition,
        entry=competition.entries.first(),
        participant=builders.participant(user=publisher),
        role="member",
        joined_at=timezone.now(),
    )
    assert refusal(checking.check, competition, publisher, seen=kept.sha256) == "takes_part"


def test_a_publisher_sees_the_draft_compares_and_confirms(client, competition, organiser, publisher):
    client.force_login(publisher)
    assert client.get(address(competition)).status_code == 404  # nothing is drafted yet
    kept = drafted(competition, organiser)
    assert Notification.objects.filter(recipient=publisher, event="competitions.results_drafted").exists()
    page = client.get(address(competition))
    assert_sound(page.content)
    assert page.context["checking"].allowed and kept.sha256 in page.content.decode()
    assert client.post(address(competition, "kiem-tra/"), {"seen": "x"}).status_code == 302
    assert ResultList.objects.get().state == "draft"
    client.post(address(competition, "kiem-tra/"), {"seen": kept.sha256})
    checked = ResultList.objects.get()
    assert (checked.state, checked.checked_by) == ("checked", publisher)
    assert Notification.objects.filter(recipient=organiser, event="competitions.results_checked").exists()


def test_sent_back_with_a_reason_it_is_a_draft_again(client, competition, organiser, publisher):
    kept = drafted(competition, organiser)
    checking.check(competition, publisher, seen=kept.sha256)
    client.force_login(publisher)
    assert client.post(address(competition, "tra-lai/"), {"reason": " "}).status_code == 422
    client.post(address(competition, "tra-lai/"), {"reason": "Thiếu biên bản chung khảo 5517"})
    kept = ResultList.objects.get()
    assert (kept.state, kept.checked_by, kept.checked_at) == ("draft", None, None)
    client.force_login(organiser)
    assert "5517" in client.get(address(competition)).content.decode()
    assert "5517" not in str(list(OutboxMail.objects.values_list("subject", "body")))
    drafted(competition, organiser, seen=kept.sha256)
    assert "5517" not in client.get(address(competition)).content.decode()


def test_what_changed_since_the_draft_is_neither_checked_nor_published(competition, organiser, publisher):
    kept = drafted(competition, organiser)
    gone = competition.entries.get(title="Bài số 0")
    workflow.move(gone, "withdraw", Actor.of(participant=builders.leader_of(gone)))
    assert refusal(checking.check, competition, publisher, seen=kept.sha256) == "outdated"
    kept = drafted(competition, organiser, seen=kept.sha256)
    checking.check(competition, publisher, seen=kept.sha256)
    gone = competition.entries.get(title="Bài số 2")
    workflow.move(gone, "withdraw", Actor.of(participant=builders.leader_of(gone)))
    assert refusal(publishing.publish, competition, organiser, **decision(kept)) == "outdated"
    assert not Award.objects.exists()


def test_a_checked_stage_is_not_reopened(competition, organiser, publisher):
    kept = drafted(competition, organiser)
    checking.check(competition, publisher, seen=kept.sha256)
    reopen = {"reason": "Sai sót"}
    assert (
        refusal(closing.reopen_stage, competition, "preliminary", organiser, **reopen)
        == "results_are_checked"
    )
    checking.send_back(competition, publisher, "Sai sót")
    closing.reopen_stage(competition, "preliminary", organiser, **reopen)
    assert may_draft(judging.fresh(competition), timezone.now()).reason == "stage_not_closed"


# ---- publication


def test_nothing_is_published_unchecked(competition, organiser):
    kept = drafted(competition, organiser)
    assert refusal(publishing.publish, competition, organiser, **decision(kept)) == "not_checked"


def test_publishing_does_everything_at_once(client, competition, organiser, publisher):
    member = builders.participant("dong.doi@hungdao.example", full_name="Đồng Đội")
    best = competition.entries.get(title="Bài số 1")
    Participation.objects.create(
        competition=competition, entry=best, participant=member, role="member", joined_at=timezone.now()
    )
    kept = drafted(competition, organiser)
    checking.check(competition, publisher, seen=kept.sha256)
    stamps = ContentStamp.objects.count()
    client.force_login(organiser)
    form = client.get(address(competition, "cong-bo/"))
    assert_sound(form.content)
    assert client.post(address(competition, "cong-bo/"), {"seen": kept.sha256}).status_code == 422
    typed = decision(kept) | {"on": f"{timezone.localdate():%d/%m/%Y}"}
    assert client.post(address(competition, "cong-bo/"), typed).status_code == 302
    kept = ResultList.objects.get()
    assert (kept.state, kept.decision_number) == ("published", "512/QĐ-UBND")
    assert Award.objects.count() == 3
    assert ContentStamp.objects.count() == stamps + 1
    papers = {row.participant.full_name: row.certificate for row in AwardCertificate.objects.all()}
    assert len(papers) == 4
    assert papers["Đồng Đội"].data["co_authors"] == [builders.leader_of(best).full_name]
    assert papers["Đồng Đội"].data["summary"] == "Giải Nhất"
    letters = OutboxMail.objects.filter(to=member.email).latest("pk")
    assert best.code in letters.subject and "Giải" not in letters.subject + letters.body
    line = CompetitionChange.objects.get(act="published")
    assert (line.user, line.details["awards"], line.details["certificates"]) == (organiser, 3, 4)


def test_pressed_twice_it_is_published_once(client, competition, organiser, publisher):
    kept = drafted(competition, organiser)
    checking.check(competition, publisher, seen=kept.sha256)
    client.force_login(organiser)
    typed = decision(kept) | {"on": f"{timezone.localdate():%d/%m/%Y}"}
    for _again in range(2):
        assert client.post(address(competition, "cong-bo/"), typed)["Location"] == address(competition)
    assert (Award.objects.count(), Certificate.objects.count()) == (3, 3)
    assert CompetitionChange.objects.filter(act="published").count() == 1


def test_a_certificate_is_verified_by_its_code(client, competition, organiser, publisher):
    published(competition, organiser, publisher)
    row = AwardCertificate.objects.select_related("certificate").first()
    page = client.get(f"/xac-minh/{row.certificate.code}/")
    body = page.content.decode()
    assert row.certificate.holder_name in body
    assert f"{row.award.prize.name}, {competition.title}" in body
    session = client.session
    session["competitions_participant"] = {"pk": row.participant_id, "at": timezone.now().timestamp()}
    session.save()
    entry = row.award.entry
    (own,) = certificates_of(entry, row.participant)
    answer = client.get(download_of(own))
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    other = AwardCertificate.objects.exclude(pk=row.pk).first()
    assert client.get(download_of(other)).status_code == 404
    assert list(certificates_of(entry, other.participant)) == []


def test_publishing_costs_the_same_for_few_and_many(organiser, publisher):
    costs = []
    for count in (1, 30):
        page = judging.judged(organiser, entries=count, judges=0, judges_each=1)
        Prize.objects.filter(competition=page).update(count=count)
        user = make_user(f"gk{count}", "", Role.JUDGE)
        page.judges.create(user=user, appointed_at=timezone.now())
        assign_stage(page, "preliminary", organiser)
        send_in_bulk(page)
        closing.close_stage(page, "preliminary", organiser)
        page = only_preliminary(page)
        slot_names = [o.slot.name for o in drafting.offers(page, basis_of(page, timezone.now()))]
        given = {
            name: drafting.Choice(choice.entry, "Theo biên bản") for name, choice in choices(page).items()
        }
        assert len(slot_names) == 3 * count
        kept = drafting.draft(page, organiser, given, seen="")
        checking.check(page, publisher, seen=kept.sha256)
        has_role(organiser, Role.ORGANISER)  # asked once an account
        with CaptureQueriesContext(connection) as caught:
            publishing.publish(page, organiser, **decision(kept))
        costs.append(len(caught))
        assert AwardCertificate.objects.filter(award__result_list=kept).count() == count
    assert costs[0] == costs[1]


def send_in_bulk(page):
    from competitions.models import EntryPoint, EntrySheet

    sheets = list(EntrySheet.objects.filter(competition=page))
    EntryPoint.objects.bulk_create(
        EntryPoint(sheet=sheet, criterion=code, points=points)
        for sheet in sheets
        for code, points in judging.POINTS.items()
    )
    EntrySheet.objects.filter(competition=page).update(state="submitted", submitted_at=timezone.now())


# ---- what the public sees


def test_before_publication_nothing_is_public(competition, organiser, publisher):
    consent(competition.entries.get(title="Bài số 1"), consenting.PUBLISH_NAME, consenting.PUBLISH_ENTRY)
    kept = drafted(competition, organiser)
    checking.check(competition, publisher, seen=kept.sha256)
    assert (winners_of(competition), published_of(competition)) == ([], None)


def test_names_texts_and_pictures_only_by_consent(competition, organiser, publisher):
    named, shown, silent = (competition.entries.get(title=f"Bài số {n}") for n in (1, 2, 0))
    consent(named, consenting.PUBLISH_NAME)
    consent(shown, consenting.PUBLISH_ENTRY)
    published(competition, organiser, publisher)
    by = {winner.code: winner for winner in winners_of(competition)}
    assert by[named.code].names == (builders.leader_of(named).full_name,)
    assert (by[named.code].title, by[named.code].text) == ("", "")
    assert (by[shown.code].names, by[shown.code].title) == ((), "Bài số 2")
    assert by[shown.code].shown_as == shown.code
    assert (by[silent.code].names, by[silent.code].title, by[silent.code].pictures) == ((), "", ())
    consent(named)  # withdrawn: gone from the page
    assert {w.names for w in winners_of(competition)} == {()}


def test_a_team_s_entry_is_shown_only_where_everybody_agreed(competition, organiser, publisher):
    best = competition.entries.get(title="Bài số 1")
    consent(best, consenting.PUBLISH_NAME, consenting.PUBLISH_ENTRY)
    Participation.objects.create(
        competition=competition,
        entry=best,
        participant=builders.participant(full_name="Người Im Lặng"),
        role="member",
        joined_at=timezone.now(),
    )
    published(competition, organiser, publisher)
    winner = winners_of(competition)[0]
    assert winner.names == (builders.leader_of(best).full_name,)
    assert winner.title == ""


def test_the_public_page_lists_prizes_and_what_was_not_awarded(competition, organiser, publisher):
    from django.template.loader import render_to_string

    published(competition, organiser, publisher)
    results = published_of(competition)
    assert [(line.prize.name, len(line.winners), line.open) for line in results.prizes] == [
        ("Giải Nhất", 1, 0),
        ("Giải Nhì", 2, 0),
        ("Giải Khuyến khích", 0, 3),
    ]
    html = render_to_string("competitions/results/_winners.html", {"results": results})
    assert "512/QĐ-UBND" in html and "Thí Sinh Kín" not in html
    for place in Participation.objects.select_related("participant"):
        assert place.participant.email not in html


def test_winners_cost_the_same_for_one_and_for_many(competition, organiser, publisher):
    for entry in competition.entries.all():
        consent(entry, consenting.PUBLISH_NAME, consenting.PUBLISH_ENTRY)
    published(competition, organiser, publisher)
    awards = list(Award.objects.order_by("pk"))
    costs = []
    for count in (1, 3):
        Award.objects.filter(pk__in=[a.pk for a in awards[count:]]).update(withdrawn_at=timezone.now())
        with CaptureQueriesContext(connection) as caught:
            assert len(winners_of(competition)) == count
        costs.append(len(caught))
        Award.objects.update(withdrawn_at=None)
    assert costs[0] == costs[1] <= 6


def test_a_winner_s_picture_is_public_by_consent_alone(client, organiser, publisher):
    page = judging.judged(organiser, entries=0)
    entry = builders.entry(page, builders.participant(), title="Bài có ảnh")
    kept_file = builders.attach(entry, "anh-rieng-6619.png")
    entry = builders.hand_in(entry)
    assign_stage(page, "preliminary", organiser)
    judging.send_all(page)
    closing.close_stage(page, "preliminary", organiser)
    page = only_preliminary(page)
    published(page, organiser, publisher)
    award = Award.objects.get()
    path = f"/cuoc-thi/{page.slug}/giai/{award.pk}/1/"
    assert client.get(path).status_code == 404
    consent(entry, consenting.PUBLISH_ENTRY)
    answer = client.get(path)
    assert b"".join(answer.streaming_content) == contents(kept_file)
    assert "6619" not in str(answer.headers)
    (winner,) = winners_of(page)
    assert [picture.url for picture in winner.pictures] == [path]
    assert client.get(f"/cuoc-thi/{page.slug}/giai/{award.pk}/2/").status_code == 404
    assert client.get(f"/cuoc-thi/khac/giai/{award.pk}/1/").status_code == 404
    publishing.withdraw_award(award, organiser, "Sao chép")
    assert client.get(path).status_code == 404


# ---- a prize taken back


def test_a_prize_taken_back_cancels_its_certificates_and_nobody_moves_up(
    client, competition, organiser, publisher
):
    published(competition, organiser, publisher)
    best = competition.entries.get(title="Bài số 1")
    award = Award.objects.get(entry=best)
    path = address(competition, f"giai/{award.pk}/thu-hoi/")
    client.force_login(publisher)
    assert client.get(path).status_code == 404
    client.force_login(organiser)
    assert client.post(path, {"reason": ""}).status_code == 422
    stamps = ContentStamp.objects.count()
    assert client.post(path, {"reason": "Bài đã đạt giải nơi khác"}).status_code == 302
    client.post(path, {"reason": "Lần hai"})
    award.refresh_from_db()
    assert award.withdrawn_reason == "Bài đã đạt giải nơi khác"
    assert ContentStamp.objects.count() == stamps + 1
    paper = award.certificates.get().certificate
    assert paper.state == "revoked"
    body = client.get(f"/xac-minh/{paper.code}/").content.decode()
    assert "Giấy chứng nhận đã bị thu hồi" in body and "nơi khác" not in body
    results = published_of(competition)
    assert [(len(line.winners), line.open) for line in results.prizes] == [(0, 1), (2, 0), (0, 3)]
    letter = OutboxMail.objects.filter(to=builders.leader_of(best).email).latest("pk")
    assert best.code in letter.subject and "nơi khác" not in letter.body


def test_a_winner_who_withdraws_is_not_named_and_keeps_the_prize_until_the_organiser_acts(
    competition, organiser, publisher
):
    published(competition, organiser, publisher)
    best = competition.entries.get(title="Bài số 1")
    consent(best, consenting.PUBLISH_NAME)
    assert winners_of(competition)[0].names == (builders.leader_of(best).full_name,)
    workflow.move(best, "withdraw", Actor.of(participant=builders.leader_of(best)))
    assert winners_of(competition)[0].shown_as == best.code  # with the entry the consents are taken back
    publishing.withdraw_award(Award.objects.get(entry=best), organiser, "Thí sinh xin rút")
    assert best.code not in {winner.code for winner in winners_of(competition)}


# ---- Excel


def test_the_workbook_lists_ranking_and_prizes_with_names_for_organisers_alone(
    client, competition, organiser, publisher
):
    published(competition, organiser, publisher)
    client.force_login(publisher)
    assert client.get(address(competition, "bang.xlsx")).status_code == 404
    client.force_login(organiser)
    book = load_workbook(BytesIO(client.get(address(competition, "bang.xlsx")).content))
    ranking, prizes = book.worksheets
    by = codes(competition)
    rows = list(ranking.iter_rows(min_row=2, values_only=True))
    assert [row[:2] for row in rows] == [(1, by["Bài số 1"]), (2, by["Bài số 2"]), (3, by["Bài số 0"])]
    assert rows[0][3] == builders.leader_of(Entry.objects.get(code=by["Bài số 1"])).full_name
    assert prizes.max_row == 7


# ---- an initiative from an entry


def test_a_member_of_staff_starts_an_initiative_from_their_entry(client, competition, organiser):
    from ideas.models import Initiative

    user = make_user("canbo", "Lý Văn Thường")
    entry = builders.handed_in(
        competition, builders.participant(user=user), title="Số hóa sổ hộ", text="Quét theo lô."
    )
    path = f"/cuoc-thi/bai-cua-toi/{entry.pk}/thanh-sang-kien/"
    client.force_login(user)
    plain = client.get(path).content.decode()
    consent(entry, consenting.PUBLISH_ENTRY)
    warned = client.get(path).content.decode()
    assert len(warned) > len(plain)
    answer = client.post(path)
    made = Initiative.objects.get()
    assert answer["Location"] == f"{made.get_absolute_url()}sua/1/"
    assert made.title == "Số hóa sổ hộ"
    assert made.description == f"Xuất phát từ bài dự thi {entry.code}.\n\nQuét theo lô."
    assert made.state == "draft" and made.authors.get().staff == user.staff
    client.force_login(make_user("nguoikhac", "Người Khác"))
    assert client.get(path).status_code == 404


def test_a_resident_is_offered_no_initiative(client, competition):
    entry = competition.entries.first()
    leader = builders.leader_of(entry)
    session = client.session
    session["competitions_participant"] = {"pk": leader.pk, "at": timezone.now().timestamp()}
    session.save()
    path = f"/cuoc-thi/bai-cua-toi/{entry.pk}/thanh-sang-kien/"
    assert client.get(path).status_code in (302, 404)
    assert client.post(path).status_code in (302, 404)


def test_pages_of_results_hold_no_name_of_an_entrant(client, competition, organiser, publisher):
    kept = drafted(competition, organiser)
    client.force_login(publisher)
    body = client.get(address(competition)).content.decode()
    assert not re.search(r"Thí Sinh Kín|thi\.sinh\.", body)
    assert kept.payload.count("Thí Sinh Kín") == 0
    assert handing_out.may_assign(competition, "preliminary", timezone.now()).reason == "already_assigned"

"""Lead members: proposed evenly by a seed, by hand, from Excel after a dry run, undone, told, commented."""

import io
from collections import Counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ideas import evaluation
from ideas.leads import assigning, commenting, looking, proposing, workbook
from ideas.leads.assigning import LeadsChanged, LeadsRefused
from ideas.models import LeadBatch, LeadMember
from ideas.papers import minutes
from notifications.models import Notification
from people.workbook import write_workbook
from tests.html import assert_sound

from . import builders
from .paper_builders import held, record, texts
from .starting import begun_by, starting

pytestmark = [pytest.mark.django_db]
PAGE = "/sang-kien/hoi-dong/phu-trach/"
HEADINGS = [(column.heading, 20) for column in workbook.LEADS.columns]


def three(ward):
    return [builders.evaluating(ward, title=f"Việc thứ {number}") for number in range(3)]


start = begun_by(three)


@pytest.fixture
def dossiers(world):
    return world[1]


def kept(ward, user=None):
    return looking.dossiers_kept(user or ward.thuky, ward.round, timezone.now())


def assign(ward, plan, user=None, how="hand", **more):
    by_key = {initiative.pk: {member.staff.pk for member in members} for initiative, members in plan.items()}
    return assigning.apply(user or ward.thuky, ward.round, by_key, how, **more)


def reason_of(act, *args, **kwargs):
    with pytest.raises(LeadsRefused) as refused:
        act(*args, **kwargs)
    return refused.value.answer.reason


def names_of(initiative):
    return sorted(
        lead.staff.user.username for lead in LeadMember.objects.current().filter(initiative=initiative)
    )


# ---- the proposal


def test_the_same_seed_draws_the_same_proposal_and_loads_differ_by_one_at_most(ward, dossiers):
    first, short = proposing.propose(kept(ward), 2, "2026")
    again, _short = proposing.propose(dict(reversed(list(kept(ward).items()))), 2, "2026")
    assert first == again and short == {}
    assert any(proposing.propose(kept(ward), 2, str(seed))[0] != first for seed in range(5))
    loads = Counter(staff for chosen in first.values() for staff in chosen)
    assert all(len(chosen) == 2 for chosen in first.values())
    assert set(loads.values()) == {1}  # six of seven seats present one each


def test_authors_and_members_in_conflict_are_never_proposed(ward, dossiers):
    out = dossiers[0].sheets.get(staff=ward.hoidong1.staff)
    evaluation.declare_conflict(ward.hoidong1, out, "Vợ là tác giả")
    for seed in range(6):
        plan, _short = proposing.propose(kept(ward), 3, str(seed))
        assert ward.hoidong1.staff.pk not in plan[dossiers[0].pk]
    assert ward.hoidong5.staff.pk in kept(ward)[dossiers[0].pk].eligible  # the alternate who stepped in


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sets(st.integers(1, 7), min_size=1), min_size=1, max_size=15),
    st.integers(1, 3),
    st.integers(0, 5),
)
def test_any_proposal_keeps_to_who_may_and_is_as_even_as_can_be(eligible, each, seed):
    """Over plain stand-ins: no dossier could go from one member to another and make it more even."""

    class Person:
        def __init__(self, pk):
            self.pk, self.staff_code = pk, f"HD-{pk}"

    class Plain:
        def __init__(self, code):
            self.code = code

    people = {pk: Person(pk) for pk in range(1, 8)}
    found = {
        number: looking.Dossier(Plain(f"SK-{number}"), {pk: people[pk] for pk in chosen})
        for number, chosen in enumerate(eligible)
    }
    plan, short = proposing.propose(found, each, seed)
    loads = Counter(staff for chosen in plan.values() for staff in chosen)
    for number, may in enumerate(eligible):
        assert plan[number] <= may
        assert len(plan[number]) == min(each, len(may))
        assert short.get(f"SK-{number}", 0) == each - len(plan[number])
        for giver in plan[number]:
            for taker in may - plan[number]:
                assert loads[giver] - loads[taker] <= 1


# ---- writing it


def test_assigned_leads_are_logged_and_told_by_code_alone(ward, dossiers):
    batch = assign(ward, {dossiers[0]: [ward.hoidong1, ward.hoidong2]})
    assert names_of(dossiers[0]) == ["hoidong1", "hoidong2"]
    assert (batch.how, batch.actor_name) == ("hand", "Trần Văn Bình")
    told = Notification.objects.filter(event="ideas.lead_assigned")
    assert {row.recipient.username for row in told} == {"hoidong1", "hoidong2"}
    assert {row.subject for row in told} == {dossiers[0].code} and {str(row.params) for row in told} == {"{}"}
    assert dossiers[0].history.filter(transition="leads_assigned").count() == 1
    assert assign(ward, {dossiers[0]: [ward.hoidong1, ward.hoidong2]}) is None  # nothing differs


def test_only_who_keeps_the_dossier_assigns_and_only_members_who_score_lead(ward, dossiers):
    for user in (ward.chutich, ward.hoidong1, ward.quantri, ward.lanhdao):
        assert reason_of(assign, ward, {dossiers[0]: [ward.hoidong1]}, user) == "only_secretary"
    assert reason_of(assign, ward, {dossiers[0]: [ward.hoidong6]}) == "lead_not_scoring"
    assert not LeadBatch.objects.exists()


def test_a_preview_that_is_out_of_date_writes_nothing(ward, dossiers):
    seen = looking.fingerprint(kept(ward))
    assign(ward, {dossiers[1]: [ward.hoidong3]})
    with pytest.raises(LeadsChanged):
        assign(ward, {dossiers[0]: [ward.hoidong1]}, seen=seen)
    assert names_of(dossiers[0]) == []


def test_the_last_assignment_is_taken_back_as_a_whole(ward, dossiers):
    first = assign(ward, {dossiers[0]: [ward.hoidong1]})
    second = assign(ward, {dossiers[0]: [ward.hoidong2], dossiers[1]: [ward.hoidong3]})
    assert reason_of(assigning.undo, ward.thuky, first) == "not_the_last"
    assigning.undo(ward.thuky, second)
    assert (names_of(dossiers[0]), names_of(dossiers[1])) == (["hoidong1"], [])
    assert Notification.objects.filter(event="ideas.lead_released", recipient=ward.hoidong3).count() == 1
    assert dossiers[1].history.filter(transition="leads_undone").count() == 1
    assert assigning.last_batch(ward.round) == first
    assigning.undo(ward.thuky, first)
    assert names_of(dossiers[0]) == [] and assigning.last_batch(ward.round) is None


def test_nothing_is_taken_back_once_something_depends_on_it(ward, dossiers):
    batch = assign(ward, {dossiers[0]: [ward.hoidong1], dossiers[1]: [ward.hoidong2]})
    write(ward.hoidong1, dossiers[0])
    assert reason_of(assigning.undo, ward.thuky, batch) == "lead_wrote_since"
    assert reason_of(assign, ward, {dossiers[0]: [ward.hoidong2]}) == "lead_wrote"
    for sheet in dossiers[1].sheets.select_related("staff__user"):
        builders.send_sheet(sheet)
    LeadMember.objects.update(commented_at=None)
    assert reason_of(assigning.undo, ward.thuky, batch) == "leads_closed"


def test_a_lead_who_stands_aside_presents_nothing_and_is_named_to_the_secretary(client, ward, dossiers):
    assign(ward, {dossiers[0]: [ward.hoidong1]})
    evaluation.declare_conflict(ward.hoidong1, dossiers[0].sheets.get(staff=ward.hoidong1.staff), "Em ruột")
    assert commenting.lead_of(ward.hoidong1, dossiers[0].code) is None
    assert [lead.staff_id for lead in kept(ward)[dossiers[0].pk].gone] == [ward.hoidong1.staff.pk]
    client.force_login(ward.thuky)
    client.cookies["ngon_ngu"] = "en"
    assert "one no longer scores it" in client.get(PAGE).content.decode()
    plan, _short = proposing.propose(kept(ward), 1, "7")
    assigning.apply(ward.thuky, ward.round, plan, "proposal")
    assert "hoidong1" not in names_of(dossiers[0]) and len(names_of(dossiers[0])) == 1


# ---- the comment


def write(user, dossier, text="Cần hỏi thêm về số liệu tháng 9."):
    lead = commenting.lead_of(user, dossier.code)
    return commenting.save_comment(user, lead, text, base_version=lead.edit_version)


def test_a_comment_is_its_writers_own_until_the_close_and_stands_once_voted(client, ward, dossiers):
    dossier = dossiers[0]
    assign(ward, {dossier: [ward.hoidong1]})
    address = f"{PAGE}{dossier.code}/y-kien/"
    client.force_login(ward.hoidong1)
    assert_sound(client.get(address).content)
    assert client.post(address, {"comment": "", "version": "0"}).status_code == 422
    assert client.post(address, {"comment": "Điểm mới rõ 5518", "version": "0"}).status_code == 302
    again = client.post(address, {"comment": "Cửa sổ cũ", "version": "0"})
    assert again.status_code == 409 and "Điểm mới rõ 5518" in again.content.decode()
    for user in (ward.thuky, ward.chutich, ward.hoidong2, ward.tacgia):
        client.force_login(user)
        assert client.get(address).status_code == 404
    client.force_login(ward.thuky)
    assert "5518" not in client.get(PAGE).content.decode()
    for sheet in dossier.sheets.select_related("staff__user"):
        builders.send_sheet(sheet)
    meeting = held(ward, builders.fresh(dossier))
    client.force_login(ward.hoidong2)
    assert "Điểm mới rõ 5518" in client.get(meeting.get_absolute_url()).content.decode()
    assert "Ủy viên phụ trách trình bày: Vũ Thị Lan." in texts(minutes.minutes(record(meeting)))
    assert reason_of(write, ward.hoidong1, dossier) == "already_voted"


def test_no_comment_before_the_declaration(ward):
    dossier = builders.evaluating(ward, declared=False)
    assign(ward, {dossier: [ward.hoidong1]})
    assert reason_of(write, ward.hoidong1, dossier) == "conflict_not_declared"


# ---- the pages


def test_a_proposal_is_shown_with_its_seed_and_written_from_the_preview(client, ward, dossiers):
    client.force_login(ward.thuky)
    client.cookies["ngon_ngu"] = "en"
    assert_sound(client.get(PAGE).content)
    page = client.get(f"{PAGE}de-xuat/", {"each": "1", "seed": "42"})
    assert_sound(page.content)
    assert "Draw 42" in page.content.decode() and not LeadBatch.objects.exists()
    answer = client.post(f"{PAGE}ghi/", {"signed": page.context["signed"]})
    assert answer.status_code == 302
    batch = LeadBatch.objects.get()
    assert (batch.how, batch.seed) == ("proposal", "42")
    assert all(len(names_of(dossier)) == 1 for dossier in dossiers)
    assert_sound(client.get(PAGE).content)
    stale = client.post(f"{PAGE}ghi/", {"signed": page.context["signed"]})
    assert stale.status_code == 302 and LeadBatch.objects.count() == 1
    assert client.post(f"{PAGE}{batch.pk}/bo/").status_code == 302
    assert not LeadMember.objects.exists()


def test_a_preview_is_its_persons_own_and_cannot_be_made_up(client, ward, dossiers):
    client.force_login(ward.thuky)
    signed = client.get(f"{PAGE}de-xuat/", {"each": "1"}).context["signed"]
    client.force_login(ward.chutich)
    for sent in (signed, signed[:-2], "", "x"):
        assert client.post(f"{PAGE}ghi/", {"signed": sent}).status_code == 302
    assert not LeadBatch.objects.exists()
    assert client.get(f"{PAGE}de-xuat/", {"each": "0"}).status_code == 422
    assert client.get(f"{PAGE}de-xuat/", {"each": "1", "seed": "x; 1"}).status_code == 422


def test_by_hand_only_members_who_score_can_be_ticked(client, ward, dossiers):
    client.force_login(ward.thuky)
    address = f"{PAGE}{dossiers[0].code}/"
    assert_sound(client.get(address).content)
    assert client.post(address, {"leads": [ward.hoidong6.staff.pk]}).status_code == 422
    assert client.post(address, {"leads": [ward.hoidong4.staff.pk]}).status_code == 302
    assert names_of(dossiers[0]) == ["hoidong4"]
    assert client.post(address, {}).status_code == 302
    assert names_of(dossiers[0]) == []


def sent(client, rows, name="phu-trach.xlsx"):
    content = write_workbook([(workbook.LEADS.title, HEADINGS, rows)])
    return client.post(f"{PAGE}excel/", {"file": SimpleUploadedFile(name, content)})


def test_the_template_read_back_changes_nothing(client, ward, dossiers):
    assign(ward, {dossiers[0]: [ward.hoidong1, ward.hoidong2]})
    client.force_login(ward.thuky)
    content = client.get(f"{PAGE}mau/").content
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Phụ trách", "Người chấm"]
    assert len(list(book["Phụ trách"].rows)) == 5 and len(list(book["Người chấm"].rows)) == 8
    answer = client.post(f"{PAGE}excel/", {"file": SimpleUploadedFile("mau.xlsx", content)})
    assert answer.status_code == 200
    assert answer.context["lines"] == [] and answer.context["issues"] == [] and not answer.context["signed"]


def test_a_dry_run_writes_nothing_and_the_file_is_applied_from_its_preview(client, ward, dossiers):
    client.force_login(ward.thuky)
    rows = [(dossiers[0].code, "", "HD-hoidong1", ""), (dossiers[1].code, "", "HD-hoidong2", "")]
    page = sent(client, rows)
    assert_sound(page.content)
    assert not LeadBatch.objects.exists()
    assert [(line[0].code, line[2]) for line in page.context["lines"]] == [
        (dossiers[0].code, ["Vũ Thị Lan"]),
        (dossiers[1].code, ["Hoàng Văn Sơn"]),
    ]
    client.post(f"{PAGE}ghi/", {"signed": page.context["signed"]})
    assert names_of(dossiers[0]) == ["hoidong1"] and names_of(dossiers[2]) == []
    assert LeadBatch.objects.get().how == "workbook"


def test_every_wrong_row_is_named_with_its_reason_and_nothing_can_be_written(client, ward, dossiers):
    author = ward.tacgia.staff.staff_code
    client.force_login(ward.thuky)
    client.cookies["ngon_ngu"] = "en"
    page = sent(
        client,
        [
            (dossiers[0].code, "", "HD-hoidong1", ""),
            ("SK-2026-HD99", "", "HD-hoidong1", ""),
            (dossiers[1].code, "", author, ""),
            (dossiers[0].code, "", "HD-hoidong1", ""),
            ("", "", "HD-hoidong2", ""),
        ],
    )
    assert page.status_code == 422 and not page.context["signed"]
    assert_sound(page.content)
    found = [(issue.row, issue.column) for issue in page.context["issues"]]
    assert found == [
        (3, "Mã hồ sơ"),
        (4, "Mã cán bộ phụ trách"),
        (5, "Mã cán bộ phụ trách"),
        (6, "Mã hồ sơ"),
    ]
    assert "does not score the dossier" in page.content.decode()


def test_a_file_that_is_no_workbook_is_refused_with_its_reason(client, ward, dossiers):
    client.force_login(ward.thuky)
    for content in (b"MZ\x90", b"PK\x03\x04 broken", b""):
        answer = client.post(f"{PAGE}excel/", {"file": SimpleUploadedFile("a.xlsx", content)})
        assert answer.status_code == 422, content
    assert not LeadBatch.objects.exists()


@starting(builders.evaluating)
def test_the_list_takes_a_constant_number_of_queries(client, ward, initiative):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        return len(queries)

    assign(ward, {initiative: [ward.hoidong1]})
    client.force_login(ward.thuky)
    client.get(PAGE)
    one = asked()
    for number in range(4):
        more = builders.evaluating(ward, title=f"Việc {number}")
        assign(ward, {more: [ward.hoidong2, ward.hoidong3]})
    assert asked() == one

"""The head's page: what waits, one decision for several, all or none; and the commands about a dossier."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from ideas import diagram, workflow
from ideas.models import Decision, Delegation, Initiative, InitiativeCertificate
from obligations.duties import work_of
from papers.models import Certificate
from tests.html import assert_sound

from . import builders
from .starting import begun_by, starting

pytestmark = pytest.mark.django_db
URL = "/sang-kien/quyet-dinh/"
start = begun_by(builders.voted)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user)
        client.cookies["ngon_ngu"] = "en"
        return client

    return sign_in


def decision(*codes, **changes):
    return {
        "initiatives": list(codes),
        "number": "468/QĐ-UBND",
        "decided_on": f"{timezone.localdate():%d/%m/%Y}",
        "file": SimpleUploadedFile("quyet-dinh.pdf", builders.PDF, "application/pdf"),
    } | changes


def states(*initiatives):
    return [Initiative.objects.get(pk=i.pk).state for i in initiatives]


def test_several_initiatives_are_recognised_by_one_decision(ward, initiative, as_user):
    first, second = initiative, builders.voted(ward, title="Việc thứ hai")
    client = as_user(ward.lanhdao)
    page = client.get(URL)
    assert_sound(page.content)
    assert client.post(URL, decision(first.code, second.code)).status_code == 302
    assert states(first, second) == ["recognised", "recognised"]
    assert list(Decision.objects.values_list("number", flat=True)) == ["468/QĐ-UBND"] * 2
    assert len(set(Decision.objects.values_list("file", flat=True))) == 1
    assert InitiativeCertificate.objects.count() == 4
    assert "468/QĐ-UBND" in client.get(f"{URL}da-quyet-dinh/").content.decode()


def test_one_that_cannot_be_recognised_stops_them_all_and_is_named(ward, initiative, as_user):
    good, short = initiative, builders.voted(ward, votes_for=4, conclusion="decline", title="Thiếu")
    page = as_user(ward.lanhdao).post(URL, decision(good.code, short.code))
    words = f"{short.code}: 4 of 7 seats agreed; 5 are needed. Nothing was recorded."
    assert words in page.content.decode()
    assert 'value="468/QĐ-UBND"' in page.content.decode()
    assert f'value="{good.code}" id="chon-{good.code}" checked' in page.content.decode()
    assert states(good, short) == ["evaluated", "evaluated"]
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"initiatives": []}, "Tick the initiatives the decision recognises."),
        ({"number": " "}, "Enter the number of the signed decision."),
        ({"decided_on": "31/02/2026"}, "Month 2/2026 has only 28 days."),
        ({"decided_on": "01/01/2026"}, "The decision is dated before the council met on"),
        ({"file": ""}, "Choose the signed decision as a PDF."),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_recorded(ward, initiative, as_user, change, words):
    page = as_user(ward.lanhdao).post(URL, decision(initiative.code, **change))
    assert page.status_code == 200
    assert words in page.content.decode()
    assert states(initiative) == ["evaluated"]


def test_who_may_open_the_page(ward, initiative, as_user, client):
    seen = {name: as_user(user).get(URL).status_code for name, user in ward.users.items()}
    assert seen == dict.fromkeys(ward.users, 403) | {"lanhdao": 200, "cappho": 200}
    client.logout()
    assert client.get(URL).headers["Location"].startswith("/tai-khoan/login/")


def test_a_deputy_decides_by_a_delegation_alone(ward, initiative, as_user):
    client = as_user(ward.cappho)
    assert "One decision for the ticked" not in client.get(URL).content.decode()
    assert client.post(URL, decision(initiative.code)).status_code == 403
    today = timezone.localdate()
    Delegation.objects.create(
        deputy=ward.cappho.staff,
        document_number="12/UQ-UBND",
        start_on=today,
        end_before=today + timedelta(days=2),
    )
    assert client.post(URL, decision(initiative.code)).status_code == 302
    row = Decision.objects.get()
    assert (row.is_delegated, row.delegation_number) == (True, "12/UQ-UBND")


def test_only_what_a_closed_meeting_proposed_waits(ward, initiative, as_user):
    hidden = [
        builders.voted(ward, closed=False, title="Còn đang họp"),
        builders.voted(ward, conclusion="complete_again", title="Phải hoàn thiện"),
        builders.evaluated(ward, title="Chưa họp"),
    ]
    page = as_user(ward.lanhdao).get(URL).content.decode()
    assert initiative.code in page
    assert [i.code for i in hidden if i.code in page] == []
    page = as_user(ward.lanhdao).post(URL, decision(hidden[2].code)).content.decode()
    assert "no longer waits for a decision" in page


def test_the_head_finds_it_among_the_work_to_do(ward, initiative):
    sections = {s.heading: s for s in work_of(ward.lanhdao)}
    assert [(i.code, i.due) for i in sections["Decisions"].items] == [
        (initiative.code, initiative.decision_due_on)
    ]
    assert "Decisions" not in {s.heading for s in work_of(ward.cappho)}


def test_the_page_asks_no_more_for_five_than_for_one(ward, initiative, as_user, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = as_user(ward.lanhdao)
    client.get(URL)
    with CaptureQueriesContext(connection) as one:
        client.get(URL)
    builders.voted_together(ward, [f"Việc {number}" for number in range(4)])
    with django_assert_num_queries(len(one)):
        client.get(URL)


# ---- certificates


@starting(builders.recognised)
def test_a_certificate_is_read_by_its_author_and_the_officers_alone(ward, initiative, as_user, client):
    paper = Certificate.objects.get(holder_name="Bùi Thị Ngọc")
    url = f"/sang-kien/giay-chung-nhan/{paper.code}/"
    expected = dict.fromkeys(ward.users, 404) | dict.fromkeys(
        ["tacgia", "thuky", "chutich", "phochutich", "lanhdao"], 200
    )
    seen = {}
    for name, user in ward.users.items():
        answer = as_user(user).get(url)
        seen[name] = answer.status_code
        if answer.status_code == 200:
            assert answer.headers["Content-Type"] == "application/pdf"
            assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert seen == expected
    assert as_user(ward.tacgia).get("/sang-kien/giay-chung-nhan/AAAAAAAA/").status_code == 404
    client.logout()
    assert client.get(url).status_code == 302


# ---- commands


def run(*arguments):
    out = StringIO()
    call_command("initiative", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_says_where_a_dossier_stands_to_the_byte(ward):
    now = timezone.now()
    initiative = builders.submitted(ward, now=now)
    due = initiative.formality_due_on.isoformat()
    until = {
        "submit": timezone.localdate(ward.round.closes_at).isoformat(),
        "request_supplement": due,
        "accept": due,
        "refuse": due,
        "close_evaluation": ward.round.scoring_due_on.isoformat(),
    }
    people = {
        "submit": ["main_author", "records_clerk"],
        "resubmit": ["main_author", "records_clerk"],
        "expire": ["clock"],
        "close_evaluation": ["secretary", "clock"],
        "reopen_evaluation": ["chair"],
        **{
            step: ["head", "deputy_head"]
            for step in ("recognise", "decline", "reconsider", "correct", "revoke")
        },
        "withdraw": ["main_author"],
    }
    open_to = {
        "request_supplement": (True, None, "secretary"),
        "accept": (False, "checklist_open", "secretary"),
        "refuse": (True, None, "secretary"),
        "withdraw": (True, None, "main_author"),
        "hand_over": (False, "main_author_still_here", "secretary"),
        "merge": (False, "merge_consent_missing", "secretary"),
    }
    steps = []
    for step in workflow.TRANSITIONS:
        allowed, reason, acting_as = open_to.get(step, (False, "wrong_state", None))
        steps.append(
            {
                "transition": step,
                "allowed": allowed,
                "reason": reason,
                "who": people.get(step, ["secretary"]),
                "until": until.get(step),
                "acting_as": acting_as,
            }
        )
    expected = {
        "code": initiative.code,
        "state": "submitted",
        "state_since": timezone.localtime(now).isoformat(timespec="seconds"),
        "round": f"{ward.round.year}/2",
        "evaluation": 0,
        "asked_as": None,
        "transitions": steps,
        "result": None,
    }
    assert (
        run(initiative.code, "--format", "json") == json.dumps(expected, ensure_ascii=False, indent=2) + "\n"
    )


def test_the_command_asks_as_a_named_account_and_shows_the_frozen_result(ward, initiative):
    answer = json.loads(run(initiative.code, "--as", "lanhdao", "--format", "json"))
    steps = {step["transition"]: step for step in answer["transitions"]}
    assert steps["recognise"]["allowed"] is True
    assert (steps["withdraw"]["allowed"], steps["withdraw"]["reason"]) == (False, "only_main_author")
    result = initiative.current_result
    assert answer["result"]["sha256"] == result.sha256
    assert (answer["result"]["submitted"], answer["result"]["expected"]) == (7, 7)
    assert "points" not in json.dumps(answer)
    text = run(initiative.code)
    assert text.splitlines()[0] == f"{initiative.code}: scoring closed (evaluated)"
    assert "+ recognise (head of the ward or deputy with a delegation" in text


@pytest.mark.parametrize("arguments", [("SK-1999-HD01",), ("code", "--as", "khongco")])
def test_the_command_refuses_what_it_does_not_know_with_exit_2(ward, arguments):
    code = builders.draft(ward).code
    with pytest.raises(CommandError) as refused:
        run(*[code if argument == "code" else argument for argument in arguments])
    assert refused.value.returncode == 2


def test_the_state_diagram_in_docs_is_current():
    path = Path(settings.ROOT) / diagram.PATH
    assert path.read_text(encoding="utf-8") == diagram.page()
    call_command("state_diagram", "--check")
    assert diagram.arrows() >= {
        ("evaluated", "recognised", "recognise"),
        ("declined", "evaluating", "reconsider"),
        ("recognised", "recognised", "correct"),
    }

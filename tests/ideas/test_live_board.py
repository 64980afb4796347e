"""The board names who is out; the ranking beside the results is advice, after the close only."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ideas import evaluation
from ideas.advice import advice
from ideas.models import Round
from notifications.models import Notification
from tests.html import assert_sound

from . import builders

pytestmark = [pytest.mark.django_db]
BOARD = "/sang-kien/hoi-dong/"


@pytest.fixture
def ward():
    return builders.make_ward()


@pytest.fixture
def officer(ward, client):
    client.force_login(ward.thuky)
    client.cookies["ngon_ngu"] = "en"
    return client


def line_of(client, dossier):
    lines = client.get(BOARD).context["lines"]
    return next(line for line in lines if line.initiative.pk == dossier.pk)


def test_the_board_names_who_has_not_declared_and_who_has_not_sent(ward, officer):
    dossier = builders.evaluating(ward, declared=False)
    sheets = {sheet.staff.user.username: sheet for sheet in dossier.sheets.select_related("staff__user")}
    for name in ("hoidong1", "hoidong2", "hoidong3"):
        evaluation.confirm_no_conflict(ward.users[name], [sheets[name]])
    builders.send_sheet(sheets["hoidong1"])
    line = line_of(officer, dossier)
    assert line.late_names == "Hoàng Văn Sơn, Lê Thị Hoa"
    assert line.undeclared_names == "Phạm Quốc Khánh, Nguyễn Văn An, Trần Văn Bình, Đỗ Văn Hải"
    row = officer.get(f"{BOARD}dong/{dossier.code}/").content.decode()
    assert "Still out:" in row and "Hoàng Văn Sơn" in row and "Not declared yet:" in row and "1/7" in row
    assert_sound(officer.get(BOARD).content)
    page = officer.get(f"{BOARD}phieu/{dossier.code}/").content.decode()
    assert page.count("Conflict of interest not declared yet") == 4
    Round.objects.update(scoring_due_on=timezone.localdate() - timedelta(days=1))
    assert "Late:" in officer.get(f"{BOARD}dong/{dossier.code}/").content.decode()


def test_closed_nobody_is_named(ward, officer):
    dossier = builders.evaluated(ward)
    line = line_of(officer, dossier)
    assert (line.late_names, line.undeclared_names, line.sent) == ("", "", 7)


def test_each_declaration_and_sheet_refreshes_that_row_on_the_officers_boards(ward):
    dossier = builders.evaluating(ward, declared=False)
    sheet = dossier.sheets.get(staff=ward.hoidong1.staff)
    before = Notification.objects.order_by("-pk").first().pk
    evaluation.confirm_no_conflict(ward.hoidong1, [sheet])
    fresh = Notification.objects.filter(pk__gt=before)
    assert {row.recipient.username for row in fresh} == {"chutich", "phochutich", "thuky"}
    assert {tuple(row.refresh) for row in fresh} == {(f"initiative:{dossier.pk}",)}


def test_the_board_takes_a_constant_number_of_queries_with_names(ward, officer):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            officer.get(BOARD)
        return len(queries)

    builders.evaluating(ward)
    officer.get(BOARD)
    one = asked()
    for number in range(4):
        builders.evaluating(ward, title=f"Việc {number}", declared=False)
    assert asked() == one


# ---- the ranking


def scored(ward, title, shares):
    """Closed with one share of the maximum a seat: the hands differ."""
    dossier = builders.evaluating(ward, title=title)
    sheets = dossier.sheets.select_related("staff__user").order_by("seat__number")
    for sheet, share in zip(sheets, shares, strict=True):
        builders.send_sheet(sheet, Decimal(share))
    return builders.fresh(dossier)


def test_the_ranking_forgives_a_strict_hand(ward):
    """One strict member pulls a mean down; by everybody's own order the other dossier comes first."""
    lenient = scored(ward, "Một", ["0.9", "0.7", "0.7", "0.7", "0.7", "0.7", "0.7"])
    strict = scored(ward, "Hai", ["0.2", "0.75", "0.75", "0.75", "0.75", "0.75", "0.75"])
    advised, still_open = advice(ward.thuky, ward.round)
    assert lenient.current_result.mean > strict.current_result.mean
    assert [(row.initiative.pk, row.place.rank) for row in advised] == [(strict.pk, 1), (lenient.pk, 2)]
    assert advised[0].place.members == 7 and still_open == 0


def test_nothing_of_an_open_scoring_stands_in_the_ranking(ward, officer):
    closed = builders.evaluated(ward)
    running = builders.evaluating(ward, title="Đang chấm")
    for sheet in running.sheets.select_related("staff__user")[:6]:
        builders.send_sheet(sheet)
    reopened = builders.evaluated(ward, title="Mở lại")
    builders.workflow.move(reopened, "reopen_evaluation", ward.chutich, reason="Sót minh chứng")
    advised, still_open = advice(ward.thuky, ward.round)
    assert [row.initiative.pk for row in advised] == [closed.pk] and still_open == 2
    assert advised[0].place.rank is None  # nobody compared it with another closed one
    page = officer.get(f"{BOARD}xep-hang/")
    assert_sound(page.content)
    assert "Đang chấm" not in page.content.decode() and "Mở lại" not in page.content.decode()


def test_only_officers_read_the_ranking_and_never_their_own_dossier(ward, client):
    dossier = builders.evaluated(ward)
    for name in ("hoidong1", "tacgia", "quantri", "lanhdao"):
        client.force_login(ward.users[name])
        assert client.get(f"{BOARD}xep-hang/").status_code == 403, name
    dossier.authors.filter(is_main=False).update(staff=ward.phochutich.staff)
    assert advice(ward.phochutich, ward.round) == ([], 0)

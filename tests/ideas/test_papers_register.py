"""Number, date and signed file of a paper: typed in afterwards, kept with hash, replaced with a reason."""

import hashlib
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from ideas import workflow
from ideas.models import Complaint, HistoryEntry, Meeting
from ideas.papers.registering import register_meeting_paper
from papers.models import OfficePaper, PaperChange, PaperSeries
from papers.office import PaperChanged, PaperRefused, next_number, normal_number
from tests.html import assert_sound
from tests.papers.document_builders import word_texts

from . import builders
from .paper_builders import quick
from .starting import begun_by

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
start = begun_by(builders.evaluated)


@pytest.fixture
def meeting(ward, initiative):
    return quick(ward, initiative)


@pytest.fixture
def secretary(ward, client):
    client.force_login(ward.thuky)
    client.cookies["ngon_ngu"] = "en"
    return client


def address(meeting, kind="bien-ban"):
    return f"{meeting.get_absolute_url()}giay-to/{kind}/"


def signed(mark=b"", name="da-ky.pdf"):
    return SimpleUploadedFile(name, builders.PDF + mark, "application/pdf")


def typed(**changes):
    return {"number": "05/BB-HĐSK", "issued_on": f"{TODAY():%d/%m/%Y}", "seen": "0", **changes}


def test_number_date_and_file_are_kept_and_then_stand_on_the_paper(secretary, meeting):
    page = secretary.get(address(meeting))
    assert_sound(page.content.decode())
    assert 'value="01/BB-HĐSK"' in page.content.decode()  # the next of the series
    answer = secretary.post(address(meeting), typed(file=signed()))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{meeting.get_absolute_url()}#giay-to")
    paper = OfficePaper.objects.get()
    assert (paper.number, paper.issued_on, paper.subject) == ("05/BB-HĐSK", TODAY(), f"meeting:{meeting.pk}")
    assert paper.file_sha256 == hashlib.sha256(builders.PDF).hexdigest()
    assert (paper.recorded_by, len(paper.sha256)) == ("Trần Văn Bình", 64)
    drawn = secretary.get(f"{meeting.get_absolute_url()}giay-to/bien-ban.docx").content
    assert "Số: 05/BB-HĐSK" in word_texts(drawn)
    kept = secretary.get(f"{address(meeting)}ban-ky/")
    assert b"".join(kept.streaming_content) == builders.PDF
    assert "no-store" in kept.headers["Cache-Control"]
    page = secretary.get(meeting.get_absolute_url()).content.decode()
    assert "05/BB-HĐSK" in page
    assert f"{meeting.get_absolute_url()}giay-to/bien-ban/ban-ky/" in page


def test_what_is_registered_no_longer_follows_the_record(secretary, meeting):
    secretary.post(address(meeting), typed())
    Meeting.objects.update(conclusion="Kết luận khác 7731", place="Nơi khác")
    drawn = word_texts(secretary.get(f"{meeting.get_absolute_url()}giay-to/bien-ban.docx").content)
    assert not any("7731" in text or "Nơi khác" in text for text in drawn)


def test_what_stands_is_replaced_only_with_a_reason_and_the_old_file_stays(secretary, meeting):
    secretary.post(address(meeting), typed(file=signed()))
    old = OfficePaper.objects.get()
    answer = secretary.post(address(meeting), typed(seen="1", reason=" ", file=signed(b"%hai\n")))
    assert answer.status_code == 422
    assert OfficePaper.objects.get().file_sha256 == old.file_sha256
    answer = secretary.post(address(meeting), typed(seen="1", reason="Bản quét mờ", file=signed(b"%hai\n")))
    assert answer.status_code == 302
    paper = OfficePaper.objects.get()
    assert paper.file_sha256 != old.file_sha256
    assert paper.sha256 == old.sha256
    first, second = PaperChange.objects.all()
    assert (first.reason, second.reason, second.actor_name) == ("", "Bản quét mờ", "Trần Văn Bình")
    assert second.before == first.after
    assert second.before["file"] == old.file.name
    assert old.file.storage.exists(old.file.name)
    page = secretary.get(address(meeting)).content.decode()
    assert "Bản quét mờ" in page
    with pytest.raises(TypeError):
        second.delete()


def test_a_number_alone_may_come_first_and_the_file_later(secretary, meeting):
    secretary.post(address(meeting), typed(number="7"))
    assert OfficePaper.objects.get().number == "07/BB-HĐSK"
    assert secretary.get(f"{address(meeting)}ban-ky/").status_code == 404
    secretary.post(address(meeting), typed(number="7", seen="1", reason="Bổ sung bản ký", file=signed()))
    paper = OfficePaper.objects.get()
    assert paper.file and paper.number == "07/BB-HĐSK"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"number": ""}, "Enter the number of the signed paper."),
        ({"number": "không số"}, "Enter the number as on the paper, for example 05/BB-HĐSK."),
        ({"number": "0"}, "Enter the number as on the paper, for example 05/BB-HĐSK."),
        ({"issued_on": ""}, "Enter the date of the signed paper."),
        ({"issued_on": "31/02/2026"}, "has only 28 days"),
        ({"issued_on": "01/01/2099"}, "The date lies in the future."),
        ({"issued_on": "01/01/2020"}, "The date lies before"),
    ],
)
def test_what_does_not_hold_is_said_at_its_field_and_nothing_is_lost(secretary, meeting, changes, words):
    answer = secretary.post(address(meeting), typed(**changes))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert_sound(page)
    assert not OfficePaper.objects.exists()
    for name, value in typed(**changes).items():
        if value and name != "seen":
            assert f'value="{value}"' in page


def test_only_a_pdf_is_a_signed_file(secretary, meeting):
    answer = secretary.post(address(meeting), typed(file=SimpleUploadedFile("a.pdf", b"MZ program")))
    assert answer.status_code == 422
    assert not OfficePaper.objects.exists()


def test_a_number_is_given_once_in_its_series(secretary, ward, meeting):
    secretary.post(address(meeting), typed())
    other = quick(ward, builders.evaluated(ward, title="Hai"), mode="secret", votes_for=5)
    answer = secretary.post(address(other), typed())
    assert answer.status_code == 422
    assert "Another paper has the number 05/BB-HĐSK" in answer.content.decode()
    # The ballot count runs in the same series as the minutes, the invitation in its own.
    assert secretary.post(address(other, "kiem-phieu"), typed()).status_code == 422
    assert secretary.post(address(other, "giay-moi"), typed(number="5")).status_code == 302
    assert next_number("bien-ban", "BB-HĐSK", TODAY()) == "06/BB-HĐSK"
    series = PaperSeries.objects.order_by("kind").values_list("issuer", "kind", "year", "last_number")
    assert list(series) == [("council", "BB", TODAY().year, 5), ("council", "GM", TODAY().year, 5)]


def test_a_paper_without_a_number_takes_date_and_file(secretary, meeting):
    page = secretary.get(address(meeting, "tong-hop-diem")).content.decode()
    assert 'name="number"' not in page
    secretary.post(address(meeting, "tong-hop-diem"), typed(file=signed()))
    paper = OfficePaper.objects.get()
    assert (paper.number, paper.series) == ("", None)


def test_whoever_comes_second_sees_that_somebody_was_first(secretary, meeting):
    secretary.post(address(meeting), typed())
    answer = secretary.post(address(meeting), typed(number="06", reason="x"))
    assert answer.status_code == 409
    assert "Somebody entered something about this paper meanwhile." in answer.content.decode()
    assert OfficePaper.objects.get().number == "05/BB-HĐSK"


def test_results_are_registered_after_the_meeting_the_invitation_before(secretary, ward, initiative):
    planned = quick(ward, initiative, state="planned")
    assert secretary.post(address(planned, "giay-moi"), typed(number="1")).status_code == 302
    assert secretary.get(address(planned, "tong-hop-diem")).status_code == 403


def test_the_secretary_registers_a_refusal_and_the_history_says_so(secretary, ward):
    refused = workflow.move(builders.submitted(ward), "refuse", ward.thuky, public_reason="Không mới.")
    url = f"{refused.get_absolute_url()}giay-to/thong-bao-tu-choi/"
    assert secretary.post(url, typed(number="12/TB-UBND", file=signed())).status_code == 302
    entry = HistoryEntry.objects.order_by("-pk").first()
    assert (entry.transition, entry.actor_role, entry.details["name"]) == (
        "paper_registered",
        "secretary",
        "12/TB-UBND",
    )
    page = secretary.get(refused.get_absolute_url()).content.decode()
    assert "Number and date of an official paper entered" in page
    assert_sound(page)


def test_a_decision_s_number_is_not_entered_twice(ward, client):
    initiative = builders.recognised(ward)
    client.force_login(ward.lanhdao)
    assert client.get(f"{initiative.get_absolute_url()}giay-to/quyet-dinh-cong-nhan/").status_code == 403
    drawn = client.get(f"{initiative.get_absolute_url()}giay-to/quyet-dinh-cong-nhan.docx").content
    assert "Số: 468/QĐ-UBND" in word_texts(drawn)


def test_after_a_reconsideration_the_notice_is_another_one(ward, client):
    initiative = builders.declined(ward)
    client.force_login(ward.lanhdao)
    url = f"{initiative.get_absolute_url()}giay-to/thong-bao-khong-cong-nhan/"
    assert client.post(url, typed(number="3/TB-UBND")).status_code == 302
    Complaint.objects.create(
        initiative=initiative,
        complainant="Bùi Thị Ngọc",
        text="Xin xem lại.",
        against_state="declined",
        filed_on=TODAY(),
        take_up_due_on=TODAY(),
        settled_on=TODAY(),
        outcome="accepted",
    )
    again = workflow.move(builders.fresh(initiative), "reconsider", ward.lanhdao, reason="Khiếu nại đúng.")
    for sheet in again.sheets.filter(evaluation_number=again.evaluation_number):
        builders.send_sheet(sheet)
    builders.put_to_vote(ward, builders.fresh(again), votes_for=2, conclusion="decline")
    workflow.move(builders.fresh(again), "decline", ward.lanhdao, public_reason="Vẫn chưa đủ.")
    drawn = word_texts(client.get(f"{url.rstrip('/')}.docx").content)
    assert "Vẫn chưa đủ." in drawn
    assert not any("03/TB-UBND" in text for text in drawn)
    assert client.post(url, typed(number="4/TB-UBND")).status_code == 302
    assert OfficePaper.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5", "05/BB-HĐSK"),
        (" 05 ", "05/BB-HĐSK"),
        ("12a", "12a/BB-HĐSK"),
        ("005/BB-HĐSK", "05/BB-HĐSK"),
        ("7/QĐ-UBND", "07/QĐ-UBND"),
    ],
)
def test_numbers_are_written_in_one_way(text, number):
    assert normal_number(text, "BB-HĐSK") == number


@pytest.mark.parametrize("text", ["", "a", "-1", "1 / x", "123456", "05/", "0"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(PaperRefused):
        normal_number(text, "BB-HĐSK")


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_gets_the_number(ward):
    meetings = [quick(ward, builders.evaluated(ward, title=f"Sáng kiến {n}")) for n in range(2)]
    barrier, outcomes = Barrier(2), []

    def work(meeting):
        try:
            barrier.wait(20)
            register_meeting_paper(ward.thuky, meeting, "bien-ban", number="9", issued_on=TODAY())
            outcomes.append("kept")
        except (PaperRefused, PaperChanged) as refused:
            outcomes.append(getattr(refused, "code", "changed"))
        finally:
            connection.close()

    threads = [Thread(target=work, args=(meeting,)) for meeting in meetings]
    [thread.start() for thread in threads]
    [thread.join(60) for thread in threads]
    assert sorted(outcomes) == ["kept", "paper_number_taken"]
    assert PaperSeries.objects.get().last_number == 9


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_about_the_same_paper_one_is_told(ward):
    meeting = quick(ward, builders.evaluated(ward))
    barrier, outcomes = Barrier(2), []

    def work(number):
        try:
            barrier.wait(20)
            register_meeting_paper(ward.thuky, meeting, "bien-ban", number=number, issued_on=TODAY())
            outcomes.append("kept")
        except PaperChanged:
            outcomes.append("changed")
        finally:
            connection.close()

    threads = [Thread(target=work, args=(number,)) for number in ("1", "2")]
    [thread.start() for thread in threads]
    [thread.join(60) for thread in threads]
    assert sorted(outcomes) == ["changed", "kept"]
    assert PaperChange.objects.count() == 1


def test_a_year_starts_its_own_series(ward, meeting):
    Meeting.objects.update(starts_at=timezone.now() - timedelta(days=400))
    old = date(TODAY().year - 1, 12, 31)
    register_meeting_paper(ward.thuky, meeting, "bien-ban", number="41", issued_on=old)
    assert next_number("bien-ban", "BB-HĐSK", old) == "42/BB-HĐSK"
    assert next_number("bien-ban", "BB-HĐSK", TODAY()) == "01/BB-HĐSK"

import logging
import re
from datetime import date
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from papers import certificates, codes, render
from papers.certificates import (
    NotValid,
    PaperAltered,
    ensure_pdf,
    issue,
    issue_many,
    read_pdf,
    replace,
    revoke,
)
from papers.models import Certificate, CertificateSeries

from .builders import certificate, data


@pytest.mark.django_db
def test_numbers_run_from_one_each_year():
    numbers = [certificate(issued_on=date(2026, 12, 31)).number for _ in range(2)]
    assert numbers == ["01/GCN-UBND", "02/GCN-UBND"]
    assert certificate(issued_on=date(2027, 1, 1)).number == "01/GCN-UBND"
    assert certificate(issued_on=date(2026, 12, 31)).number == "03/GCN-UBND"


@pytest.mark.django_db
def test_a_hundred_are_issued_with_the_queries_of_one(django_assert_num_queries):
    with django_assert_num_queries(6):  # series made, locked, raised; savepoint, rows, release
        issue_many("initiative", [data()])
    with django_assert_num_queries(6):
        made = issue_many("initiative", [data(holder_name=f"Người {i}") for i in range(30)])
    assert [c.sequence for c in made] == list(range(2, 32))
    assert [c.holder_name for c in made] == [f"Người {i}" for i in range(30)]
    assert len({c.code for c in made}) == 30


@pytest.mark.django_db(transaction=True)
def test_a_number_is_given_with_its_decision_or_not_at_all():
    with pytest.raises(TransactionManagementError):
        issue("initiative", data())
    with pytest.raises(RuntimeError, match="the decision failed"), transaction.atomic():
        issue("initiative", data())
        raise RuntimeError("the decision failed")
    assert certificate().number == "01/GCN-UBND"


@pytest.mark.django_db
def test_the_frozen_data_say_all_the_paper_needs(settings):
    settings.SITE_URL = "https://cong.example"
    made = certificate(holder_name="Hòa".replace("ò", "o\u0300"))
    assert made.holder_name == made.data["holder_name"] == "Hòa"
    assert made.data["verify_url"] == f"https://cong.example/xac-minh/{made.code}/"
    assert made.data["code"] == made.code_shown
    assert made.data["issued_on"] == "2026-10-16"
    assert made.file_name == "giay-chung-nhan-01-GCN-UBND-2026.pdf"


@pytest.mark.django_db
def test_a_code_that_is_taken_is_drawn_anew(monkeypatch):
    taken = certificate()
    drawn = iter([taken.code, "K7QM4TXD", "R2HB9WNC"])
    monkeypatch.setattr(certificates, "new_code", lambda: next(drawn))
    assert certificate().code == "K7QM4TXD"
    assert Certificate.objects.count() == 2


@pytest.mark.django_db
def test_codes_that_never_fit_end_in_an_error_not_a_loop(monkeypatch):
    taken = certificate()
    monkeypatch.setattr(certificates, "new_code", lambda: taken.code)
    with pytest.raises(IntegrityError):
        certificate()


def test_codes_are_forty_random_bits_of_letters_nobody_confuses():
    assert len(set(codes.ALPHABET)) == 32
    assert not set("01IO") & set(codes.ALPHABET)
    assert len({codes.new_code() for _ in range(2000)}) == 2000
    assert re.fullmatch(f"[{codes.ALPHABET}]{{8}}", codes.new_code())


@pytest.mark.parametrize("text", ["K7QM4TXD", "k7qm-4txd", " K7QM 4TXD ", "k7qm–4txd", "K7QM.4TXD"])
def test_a_code_is_understood_however_it_is_typed(text):
    assert codes.typed(text) == "K7QM4TXD"


@pytest.mark.parametrize(
    "text", ["", None, "K7QM4TX", "K7QM4TXDD", "K7QM4TX0", "đ7QM4TXD", "x" * 10_000, "\x00"]
)
def test_what_cannot_be_a_code_is_none(text):
    assert codes.typed(text) == ""


@pytest.mark.django_db
def test_a_replaced_certificate_keeps_everything_and_names_its_successor():
    old = certificate()
    new = replace(old, data(holder_name="Phạm Thị Thu Hà"), "Ghi sai họ tên", decision_number="410/QĐ-UBND")
    kept = Certificate.objects.get(pk=old.pk)
    assert (kept.state, kept.replaced_by, kept.number, kept.holder_name, kept.code) == (
        "replaced",
        new,
        old.number,
        "Phạm Thu Hà",
        old.code,
    )
    assert (kept.state_reason, kept.state_decision_number) == ("Ghi sai họ tên", "410/QĐ-UBND")
    assert (new.state, new.number) == ("valid", "02/GCN-UBND")
    assert new.code != old.code


@pytest.mark.django_db
def test_only_a_valid_certificate_changes_its_state():
    gone = revoke(certificate(), "Trùng", decision_number="431/QĐ-UBND", decision_on=date(2026, 11, 9))
    assert (gone.state, gone.state_changed_on) == ("revoked", date(2026, 11, 9))
    with pytest.raises(NotValid):
        revoke(gone, "again")
    with pytest.raises(NotValid):
        replace(gone, data(), "again")
    assert Certificate.objects.count() == 1
    assert CertificateSeries.objects.get().last_number == 1


@pytest.mark.django_db
def test_the_database_refuses_a_replacement_without_successor():
    made = certificate()
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=made.pk).update(state="replaced")


@pytest.mark.django_db
def test_the_paper_is_drawn_once_and_kept_with_its_hash():
    made = ensure_pdf(certificate())
    path, digest = made.pdf.path, made.sha256
    assert read_pdf(made) == Path(path).read_bytes() == render.certificate_pdf(made.data)
    again = ensure_pdf(Certificate.objects.get())
    assert (again.pdf.path, again.sha256) == (path, digest)


@pytest.mark.django_db
def test_an_altered_paper_is_given_to_nobody_and_logged(caplog):
    made = ensure_pdf(certificate())
    Path(made.pdf.path).write_bytes(read_pdf(made) + b"%")
    with caplog.at_level(logging.ERROR), pytest.raises(PaperAltered):
        ensure_pdf(made)
    assert "01/GCN-UBND" in caplog.text
    assert Path(made.pdf.path).read_bytes().endswith(b"%")  # left as evidence


@pytest.mark.django_db
def test_a_lost_paper_is_drawn_again_only_if_it_is_the_same():
    made = ensure_pdf(certificate())
    Path(made.pdf.path).unlink()
    assert read_pdf(made) == render.certificate_pdf(made.data)
    Path(made.pdf.path).unlink()
    Certificate.objects.update(data={**made.data, "holder_name": "Người khác"})
    with pytest.raises(PaperAltered):
        ensure_pdf(Certificate.objects.get())


@pytest.mark.django_db(transaction=True)
def test_a_paper_is_never_stored_inside_a_transaction():
    made = certificate()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        ensure_pdf(made)


def in_threads(work, count=8):
    """Runs `work(i)` in `count` threads at once; their results, or the first error."""
    barrier, results, errors = Barrier(count), [], []

    def run(i):
        try:
            barrier.wait(10)
            results.append(work(i))
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(i,)) for i in range(count)]
    [thread.start() for thread in threads]
    [thread.join(60) for thread in threads]
    assert not errors, errors
    return results


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_get_numbers_without_gap_or_double():
    def work(i):
        made = []
        for _ in range(5):
            with transaction.atomic():
                made += issue_many("initiative", [data(), data(issued_on=date(2027, 1, 5))][: 1 + i % 2])
        return made

    made = [c for batch in in_threads(work) for c in batch]
    by_year = {y: sorted(c.sequence for c in made if c.year == y) for y in (2026, 2027)}
    assert by_year == {2026: list(range(1, 41)), 2027: list(range(1, 21))}


@pytest.mark.django_db(transaction=True)
def test_eight_readers_at_once_make_one_file():
    made = certificate()
    papers = in_threads(lambda i: read_pdf(Certificate.objects.get(pk=made.pk)))
    assert len(set(papers)) == 1
    assert len(list(Path(django_settings.PRIVATE_ROOT).rglob("*.pdf"))) == 1

"""Files of a dossier: what is taken, what is refused in words, who may open it."""

import unicodedata

import pytest
from django.test import override_settings
from django.utils import timezone

from ideas import evaluation, files, workflow
from ideas.models import Attachment, Initiative
from trust.uploads import UploadPolicy

from . import builders
from .form_builders import address, pdf, reread, step, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return builders.make_ward()


@pytest.fixture
def dossier(ward, client):
    client.force_login(ward.tacgia)
    return builders.draft(ward)


def upload(client, dossier, *uploads, **values):
    return client.post(step(dossier, 6), typed(dossier, 6, files=list(uploads), then="stay", **values))


def names(dossier):
    return [a.name for a in reread(dossier).attachments.all() if a.removed_at is None]


def test_several_files_are_taken_at_once_with_composed_names(dossier, client):
    decomposed = unicodedata.normalize("NFD", "Ảnh đối soát.pdf")
    upload(client, dossier, pdf(decomposed), pdf("b.pdf"), files_kind="evidence", files_confidential="on")
    assert names(dossier) == ["minh-chung.pdf", "Ảnh đối soát.pdf", "b.pdf"]
    taken = reread(dossier).attachments.get(name="b.pdf")
    assert (taken.is_confidential, taken.kind, taken.content_type) == (True, "evidence", "application/pdf")


@pytest.mark.parametrize(
    ("name", "content"), [("gia.pdf", b"MZ not a pdf at all"), ("rong.pdf", b""), ("trang.html", b"<html>")]
)
def test_a_file_that_is_not_what_it_says_is_refused_by_name_and_the_others_are_taken(
    dossier, client, name, content
):
    page = upload(client, dossier, pdf("tot.pdf"), pdf(name, content))
    assert page.status_code == 200
    (message,) = page.context["form"].errors["files"]
    assert name in message
    assert names(dossier) == ["minh-chung.pdf", "tot.pdf"]


def test_a_file_that_is_too_large_is_told_both_sizes(dossier, client, monkeypatch):
    monkeypatch.setattr(files, "EVIDENCE", UploadPolicy(files.EVIDENCE.kinds, 1024, 20))
    page = upload(client, dossier, pdf("nang.pdf", builders.PDF + b" " * 2048))
    assert "1 kB" in page.context["form"].errors["files"][0].replace("\u00a0", " ")


def test_a_file_far_too_large_never_reaches_the_disk(dossier, client):
    with override_settings(UPLOAD_MAX_BYTES=1024):
        page = upload(client, dossier, pdf("rat-nang.pdf", builders.PDF + b" " * 200_000))
    assert page.status_code == 200
    assert "rat-nang.pdf" in page.context["form"].errors["files"][0]
    assert names(dossier) == ["minh-chung.pdf"]


def test_more_files_than_a_dossier_holds_are_refused(dossier, client, monkeypatch):
    monkeypatch.setattr(files, "EVIDENCE", UploadPolicy(files.EVIDENCE.kinds, 1024, 2))
    page = upload(client, dossier, pdf("hai.pdf"), pdf("ba.pdf"))
    assert names(dossier) == ["minh-chung.pdf", "hai.pdf"]
    assert "ba.pdf" in page.context["form"].errors["files"][0]


def test_the_list_says_whether_the_bytes_are_those_that_came_in(dossier, client):
    upload(client, dossier, pdf("a.pdf"))
    shown = {f["attachment"].name: f["is_intact"] for f in client.get(step(dossier, 6)).context["files"]}
    assert shown == {"minh-chung.pdf": True, "a.pdf": True}
    attachment = Attachment.objects.get(name="a.pdf")
    Attachment.objects.filter(pk=attachment.pk).update(sha256="0" * 64)
    shown = {f["attachment"].name: f["is_intact"] for f in client.get(step(dossier, 6)).context["files"]}
    assert shown == {"minh-chung.pdf": True, "a.pdf": False}


def file_of(dossier, attachment):
    return address(dossier, f"tep/{attachment.pk}/")


def test_removing_asks_first_and_keeps_what_a_version_names(dossier, client, ward):
    attachment = dossier.attachments.get()
    question = client.get(file_of(dossier, attachment) + "bo/")
    assert question.context["explanation"] in question.content.decode()
    assert names(dossier) == ["minh-chung.pdf"]
    client.post(file_of(dossier, attachment) + "bo/")
    assert names(dossier) == []
    assert client.get(file_of(dossier, attachment)).status_code == 404
    # once submitted with it, whoever reads that version may still open it
    attachment = builders.attach(dossier)
    workflow.move(reread(dossier), "submit", ward.tacgia)
    workflow.move(dossier, "request_supplement", ward.thuky, reason="Thiếu ảnh")
    client.post(file_of(dossier, attachment) + "bo/")
    assert reread(dossier).attachments.get(pk=attachment.pk).removed_at <= timezone.now()
    assert status(client, file_of(dossier, attachment)) == 200


def status(client, url):
    """The status of a download, read to its end so that its file is closed."""
    answer = client.get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def test_a_download_is_private_and_carries_its_name(dossier, client):
    answer = client.get(file_of(dossier, dossier.attachments.get()))
    assert b"".join(answer.streaming_content) == builders.PDF
    assert "minh-chung.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_who_may_open_a_file_of_a_draft(dossier, client, ward):
    here = file_of(dossier, dossier.attachments.get())
    seen = {}
    for name, user in ward.users.items():
        client.force_login(user)
        seen[name] = status(client, here)
    assert {name for name, answered in seen.items() if answered == 200} == {"tacgia", "dongtacgia"}
    assert set(seen.values()) == {200, 404}
    client.logout()
    assert client.get(here).status_code == 302


def test_who_may_open_open_and_confidential_files_while_it_is_scored(ward, client):
    dossier = builders.evaluating(ward)
    plain = dossier.attachments.get()
    secret = builders.attach(dossier, name="mat.pdf")
    Attachment.objects.filter(pk=secret.pk).update(is_confidential=True)
    out = dossier.sheets.get(staff=ward.hoidong4.staff)
    evaluation.declare_conflict(ward.hoidong4, out, "Người nhà")
    council = {"chutich", "phochutich", "thuky", "hoidong1", "hoidong2", "hoidong3"}
    council.add("hoidong5")  # the alternate who took the seat of the one in conflict
    for attachment in (plain, secret):
        opened = set()
        for name, user in ward.users.items():
            client.force_login(user)
            if status(client, file_of(dossier, attachment)) == 200:
                opened.add(name)
        assert opened == council | {"tacgia", "dongtacgia", "lanhdao"}


def test_a_seat_at_the_meeting_alone_does_not_open_confidential_files(ward, client):
    dossier = builders.voted(ward)
    plain, secret = dossier.attachments.get(), builders.attach(dossier, name="mat.pdf")
    Attachment.objects.filter(pk=secret.pk).update(is_confidential=True)
    client.force_login(ward.hoidong5)  # an alternate who scored nothing
    assert status(client, file_of(dossier, plain)) == 200
    assert client.get(file_of(dossier, secret)).status_code == 404
    assert not Initiative.objects.confidential_to(ward.hoidong5).exists()


def test_a_file_of_another_dossier_is_not_found_here(dossier, client, ward):
    foreign = builders.draft(ward, title="Hồ sơ khác").attachments.get()
    for rest in (f"tep/{foreign.pk}/", f"tep/{foreign.pk}/bo/"):
        assert client.get(address(dossier, rest)).status_code == 404
    assert client.post(address(dossier, f"tep/{foreign.pk}/bo/")).status_code == 404
    foreign.refresh_from_db()
    assert foreign.removed_at is None

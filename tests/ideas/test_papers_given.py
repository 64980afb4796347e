"""The signed notice reaches those it is addressed to, and nobody else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from ideas import workflow
from ideas.papers.registering import register_dossier_paper

from . import builders
from .world_papers import signed

pytestmark = [pytest.mark.django_db, pytest.mark.once]
KIND = "thong-bao-tu-choi"


@pytest.fixture
def ward():
    return builders.make_ward()


@pytest.fixture
def refused(ward):
    return workflow.move(
        builders.submitted(ward), "refuse", ward.thuky, public_reason="Trùng với quy trình đã ban hành."
    )


def register(ward, initiative, mark, **more):
    typed = {"number": "7", "issued_on": timezone.localdate(), "file": signed(mark)}
    register_dossier_paper(ward.thuky, initiative, KIND, **{**typed, **more})


def page(client, user, initiative):
    client.force_login(user)
    return client.get(initiative.get_absolute_url()).content.decode()


def file_of(client, user, initiative):
    client.force_login(user)
    answer = client.get(reverse("ideas:dossier_paper_signed", args=[initiative.code, KIND]))
    return answer.status_code, b"".join(answer) if answer.streaming else b""


def test_an_author_reads_the_notice_once_its_signed_file_is_there(client, ward, refused):
    address = reverse("ideas:dossier_paper_signed", args=[refused.code, KIND])
    assert address not in page(client, ward.tacgia, refused)
    assert file_of(client, ward.tacgia, refused)[0] == 403
    register(ward, refused, "%dau-7\n")
    for author in (ward.tacgia, ward.dongtacgia):
        assert address in page(client, author, refused)
        status, content = file_of(client, author, refused)
        assert (status, content.endswith(b"%dau-7\n")) == (200, True)


def test_who_is_no_author_gets_no_notice_by_this_way(client, ward, refused):
    register(ward, refused, "%dau-7\n")
    assert file_of(client, ward.hoidong1, refused)[0] == 404
    assert file_of(client, ward.lanhdao, refused)[0] == 403

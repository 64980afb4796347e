"""Papers of the crawler's ward: registered minutes with a signed file, a refused dossier and its notice."""

from django.core.files.base import ContentFile
from django.utils import timezone

from ideas import workflow
from ideas.files import store_signed_file
from ideas.models import Meeting
from ideas.papers.registering import register_dossier_paper, register_meeting_paper

from . import builders


def add_papers(world):
    ward, today = world.ward, timezone.localdate()
    meeting = Meeting.objects.get(pk=world.labels["meeting"])
    typed = {"number": "1", "issued_on": today}
    register_meeting_paper(ward.thuky, meeting, "bien-ban", file=signed("%ban-ky-8830\n"), **typed)
    refused = workflow.move(
        builders.submitted(ward, title="Bảng màu chưa quyết 6127 tám"),
        "refuse",
        ward.thuky,
        public_reason="Trùng với quy trình đã ban hành.",
    )
    register_dossier_paper(
        ward.thuky, refused, "thong-bao-tu-choi", file=signed("%thong-bao-8831\n"), **typed
    )
    world.labels["refused"] = refused.code


def signed(mark=""):
    return store_signed_file(ContentFile(builders.PDF + mark.encode(), name="da-ky.pdf"), "papers")
